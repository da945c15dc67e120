//! Files that went over the wire: bodies of HTTP messages, mails, what FTP carried. Found by dissecting the packets that a filter
//! names, put together again when they are saved.

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::filtering::filter_all;
use super::load::Session;
use super::saving::{SaveError, write_whole};
use super::view::View;
use super::work::in_order;
use crate::capture::FileError;
use crate::dissect::text::show;
use crate::dissect::{Node, Tree, Value, Want};
use crate::filter::compile;

/// Packets looked at as one piece of work.
const PIECE: usize = 256;
/// Longest name of a file, characters.
const NAME: usize = 120;

/// What carried the object.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Carrier {
    /// The body of an HTTP message, unpacked.
    Http,
    /// A mail.
    Mail,
    /// A file that FTP carried.
    Ftp,
}

impl Carrier {
    /// All of them.
    pub const ALL: [Carrier; 3] = [Carrier::Http, Carrier::Mail, Carrier::Ftp];

    /// Its name for people.
    pub const fn title(self) -> &'static str {
        match self {
            Carrier::Http => "HTTP",
            Carrier::Mail => "Mail",
            Carrier::Ftp => "FTP",
        }
    }

    const fn filter(self) -> &'static str {
        match self {
            Carrier::Http => "http.file_data",
            Carrier::Mail => "imf",
            Carrier::Ftp => "ftp-data",
        }
    }
}

/// Bytes of a packet that belong to an object.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Part {
    frame: u32,
    /// The how manieth of its kind in the packet.
    ordinal: usize,
    /// Where it belongs; the order of parts.
    at: u64,
    len: u64,
}

/// A file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Object {
    /// What carried it.
    pub carrier: Carrier,
    /// The packet that made it complete.
    pub frame: u32,
    /// Who had it, as far as it was said.
    pub host: String,
    /// Its media type, as far as it was said.
    pub media: String,
    /// A name for the file: no folders in it, nothing that a file system does not take.
    pub name: String,
    /// Its length in bytes.
    pub len: u64,
    parts: Vec<Part>,
    /// What tells files apart whose parts come in several packets.
    key: Option<(u64, String)>,
}

/// The objects of a capture, in the order of their first packets.
pub fn objects(session: &Arc<Session>, carriers: &[Carrier]) -> Result<Vec<Object>, String> {
    let names: Vec<&str> = carriers.iter().map(|c| c.filter()).collect();
    if names.is_empty() {
        return Ok(Vec::new());
    }
    let filter = compile(&names.join(" or "), session.registry()).map_err(|e| e.message)?;
    let rows: Vec<u32> = filter_all(session, &filter)?.iter().collect();
    let mut all: Vec<Object> = Vec::new();
    let mut failed = None;
    in_order(
        rows.len().div_ceil(PIECE) as u64,
        || (session.view(), Tree::new()),
        |(view, tree), piece| {
            let start = usize::try_from(piece)
                .unwrap_or(usize::MAX)
                .saturating_mul(PIECE);
            let end = rows.len().min(start.saturating_add(PIECE));
            let mut found = Vec::new();
            for frame in rows.get(start..end).unwrap_or_default() {
                view.dissect(*frame, None, Want::ALL, tree)?;
                found.extend(
                    carriers
                        .iter()
                        .flat_map(|c| of_packet(tree, view.bytes(), *frame, *c)),
                );
            }
            Ok::<_, FileError>(found)
        },
        |found| match found {
            Ok(found) => {
                for object in found {
                    join(&mut all, object);
                }
                true
            }
            Err(error) => {
                failed = Some(error.to_string());
                false
            }
        },
    );
    failed.map_or(Ok(all), Err)
}

/// Add a part to the object that it belongs to, or begin a new one.
fn join(all: &mut Vec<Object>, object: Object) {
    let known = object
        .key
        .as_ref()
        .and_then(|key| all.iter_mut().rfind(|o| o.key.as_ref() == Some(key)));
    match known {
        Some(known) => {
            known.frame = object.frame;
            known.parts.extend(object.parts);
            known.parts.sort_by_key(|p| p.at);
            let mut end = known.parts.first().map_or(0, |p| p.at);
            known.len = 0;
            for part in &known.parts {
                let fresh = (part.at + part.len).saturating_sub(part.at.max(end));
                known.len += fresh;
                end = end.max(part.at + part.len);
            }
        }
        None => all.push(object),
    }
}

/// The nodes that hold an object's bytes.
fn holders(tree: &Tree, carrier: Carrier) -> impl Iterator<Item = (usize, &Node)> {
    let name = carrier.filter();
    tree.nodes
        .iter()
        .enumerate()
        .filter(move |(_, n)| n.field.abbrev == name)
}

fn text(tree: &Tree, bytes: &[u8], node: &Node) -> String {
    let mut out = String::new();
    show(tree, bytes, node, &mut out);
    out
}

/// What a packet has.
fn of_packet(tree: &Tree, bytes: &[u8], frame: u32, carrier: Carrier) -> Vec<Object> {
    let mut found = Vec::new();
    for (ordinal, (at, node)) in holders(tree, carrier).enumerate() {
        // FTP's remarks stand behind its layer, those of the others in it.
        let start = (0..=at)
            .rev()
            .find(|i| tree.nodes[*i].depth == 0)
            .unwrap_or(0);
        let end = match carrier {
            Carrier::Ftp => tree.nodes.len(),
            _ => tree.end_of(start),
        };
        let near = |abbrev: &str| {
            tree.nodes[start..end]
                .iter()
                .find(|n| n.field.abbrev == abbrev)
                .map(|n| text(tree, bytes, n))
        };
        let len = held(tree, bytes, node, carrier).len() as u64;
        let mut object = Object {
            carrier,
            frame,
            host: String::new(),
            media: String::new(),
            name: String::new(),
            len,
            parts: vec![Part {
                frame,
                ordinal,
                at: 0,
                len,
            }],
            key: None,
        };
        match carrier {
            Carrier::Http => {
                let uri = near("http.response_for.uri")
                    .or_else(|| near("http.request.full_uri"))
                    .or_else(|| near("http.request.uri"))
                    .unwrap_or_default();
                object.media = near("http.content_type").unwrap_or_default();
                let rest = uri.split_once("://").map_or(uri.as_str(), |(_, rest)| rest);
                let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
                object.host = near("http.host").unwrap_or_else(|| host.to_owned());
                let path = path.split(['?', '#']).next().unwrap_or_default();
                object.name = safe(path.rsplit('/').find(|p| !p.is_empty()).unwrap_or("index"));
            }
            Carrier::Mail => {
                object.media = "message/rfc822".into();
                object.host = near("imf.from").unwrap_or_default();
                let subject = near("imf.subject").unwrap_or_else(|| "mail".into());
                object.name = format!("{}.eml", safe(&subject));
            }
            Carrier::Ftp => {
                let command = near("ftp-data.command").unwrap_or_default();
                let (verb, path) = command.split_once(' ').unwrap_or((&command, ""));
                let verbs = ["RETR", "STOR", "STOU", "APPE"];
                if !verbs.iter().any(|v| verb.eq_ignore_ascii_case(v)) {
                    continue;
                }
                object.name = safe(path.rsplit(['/', '\\']).next().unwrap_or_default());
                object.host = tree.columns.source.to_string();
                let number = |abbrev: &str| {
                    let node = tree.nodes.iter().find(|n| n.field.abbrev == abbrev)?;
                    match node.value {
                        Value::U(v) => Some(v),
                        _ => None,
                    }
                };
                if let Some(part) = object.parts.first_mut() {
                    part.at = number("tcp.seq").unwrap_or(0);
                }
                object.key = Some((number("tcp.stream").unwrap_or(u64::MAX), command.clone()));
            }
        }
        found.push(object);
    }
    found
}

/// The bytes of an object in a packet.
fn held<'a>(tree: &'a Tree, bytes: &'a [u8], node: &Node, carrier: Carrier) -> &'a [u8] {
    match carrier {
        Carrier::Http => tree.value_bytes(bytes, node),
        Carrier::Mail | Carrier::Ftp => tree.bytes(bytes, node),
    }
}

/// A name that every file system takes, and that leads nowhere else.
fn safe(name: &str) -> String {
    let good = |c: char| match c {
        '/' | '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|' => '_',
        c if c.is_control() => '_',
        c => c,
    };
    let name: String = name.trim().chars().map(good).take(NAME).collect();
    let name = name.trim_matches(['.', ' ']);
    if name.is_empty() {
        "object".into()
    } else {
        name.to_owned()
    }
}

impl Object {
    /// Its bytes. What did not come is left out.
    pub fn bytes(&self, view: &mut View) -> Result<Vec<u8>, FileError> {
        let mut out = Vec::new();
        let mut tree = Tree::new();
        let mut end = self.parts.first().map_or(0, |p| p.at);
        for part in &self.parts {
            view.dissect(part.frame, None, Want::ALL, &mut tree)?;
            let Some((_, node)) = holders(&tree, self.carrier).nth(part.ordinal) else {
                continue;
            };
            let bytes = held(&tree, view.bytes(), node, self.carrier);
            // What came twice is taken once.
            let skip = usize::try_from(end.saturating_sub(part.at)).unwrap_or(usize::MAX);
            out.extend_from_slice(bytes.get(skip..).unwrap_or_default());
            end = end.max(part.at + part.len);
        }
        Ok(out)
    }
}

/// Save objects into a folder, which is made if it is not there. No file is replaced: names that are taken get a number.
/// Returns the files.
pub fn save_objects(
    session: &Arc<Session>,
    objects: &[Object],
    folder: &Path,
) -> Result<Vec<PathBuf>, SaveError> {
    std::fs::create_dir_all(folder).map_err(|e| FileError::from_io(folder, "create", &e))?;
    let mut view = session.view();
    let mut taken = HashSet::new();
    let mut files = Vec::new();
    for object in objects {
        let bytes = object.bytes(&mut view)?;
        let (stem, ending) = match object.name.rsplit_once('.') {
            Some((stem, ending)) if !stem.is_empty() => (stem, format!(".{ending}")),
            _ => (object.name.as_str(), String::new()),
        };
        for copy in 0u32.. {
            let name = match copy {
                0 => object.name.clone(),
                n => format!("{stem}({n}){ending}"),
            };
            if taken.contains(&name) {
                continue;
            }
            let path = folder.join(&name);
            taken.insert(name);
            let written = write_whole(&path, false, |out| {
                out.write_all(&bytes)
                    .map_err(|e| FileError::from_io(&path, "write", &e).into())
            });
            match written {
                Ok(()) => {
                    files.push(path);
                    break;
                }
                Err(SaveError::Exists { .. }) => {}
                Err(error) => return Err(error),
            }
        }
    }
    Ok(files)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_lead_nowhere_else() {
        assert_eq!(safe("../../etc/passwd"), "_.._etc_passwd");
        assert_eq!(safe(".."), "object");
        assert_eq!(safe("a\0b\n.html"), "a_b_.html");
        assert_eq!(safe("Grüße.txt"), "Grüße.txt");
        assert_eq!(safe(&"x".repeat(500)).len(), NAME);
    }
}
