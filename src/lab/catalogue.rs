//! The exchanges that come with the program: scripts of `assets/lab/`, recipes in code, and what cannot be played yet.

use std::path::PathBuf;

use super::plan::Plan;
use super::recipes;
use super::script::{Files, ScriptError, nearest, parse};

/// How an exchange of the catalogue is made.
#[derive(Debug, Clone, Copy)]
enum Maker {
    /// A script.
    Script(&'static str),
    /// Code.
    Recipe(fn() -> Plan),
    /// Not at all yet, for this reason.
    NotYet {
        title: &'static str,
        text: &'static str,
        reason: &'static str,
    },
}

/// An exchange of the catalogue.
#[derive(Debug, Clone, Copy)]
pub struct Entry {
    /// Its name.
    pub id: &'static str,
    maker: Maker,
}

/// Why an exchange cannot be had.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum CatalogueError {
    /// There is none of this name.
    #[error("there is no exchange `{name}`{}; `wireglass lab list` names them all", near(.nearest))]
    Unknown {
        /// The name that was asked for.
        name: String,
        /// The one that is most like it.
        nearest: Option<String>,
    },
    /// It cannot be played yet.
    #[error("{id} cannot be played yet: {reason}")]
    NotYet {
        /// Its name.
        id: String,
        /// Why.
        reason: String,
    },
    /// The script is none.
    #[error("{file}, {error}")]
    Script {
        /// Which.
        file: String,
        /// What is wrong with it.
        error: ScriptError,
    },
    /// The script's file cannot be read.
    #[error("{file} cannot be read: {reason}")]
    File {
        /// Which.
        file: String,
        /// Why.
        reason: String,
    },
}

fn near(nearest: &Option<String>) -> String {
    nearest
        .as_ref()
        .map(|n| format!("; did you mean `{n}`?"))
        .unwrap_or_default()
}

macro_rules! script {
    ($id:literal) => {
        Entry {
            id: $id,
            maker: Maker::Script(include_str!(concat!("../../assets/lab/", $id, ".lab"))),
        }
    };
}

macro_rules! file {
    ($name:literal) => {
        (
            concat!("files/", $name),
            include_bytes!(concat!("../../assets/lab/files/", $name)) as &[u8],
        )
    };
}

macro_rules! recipe {
    ($id:literal, $make:path) => {
        Entry {
            id: $id,
            maker: Maker::Recipe($make),
        }
    };
}

macro_rules! not_yet {
    ($id:literal, $text:literal, $title:literal, $reason:literal) => {
        Entry {
            id: $id,
            maker: Maker::NotYet {
                title: $title,
                text: $text,
                reason: $reason,
            },
        }
    };
}

/// All of them, in the order of the texts' subjects.
pub const CATALOGUE: &[Entry] = &[
    script!("tcp-handshake"),
    script!("tcp-refused"),
    script!("tcp-loss"),
    script!("tcp-time"),
    script!("tcp-sum"),
    script!("tcp-echo"),
    script!("tcp-framing"),
    script!("tcp-chat"),
    script!("udp-hello"),
    script!("udp-closed"),
    recipe!("ping", recipes::ping),
    recipe!("traceroute", recipes::traceroute),
    recipe!("arp", recipes::arp),
    recipe!("ndp", recipes::ndp),
    recipe!("dhcp", recipes::dhcp),
    recipe!("dhcpv6", recipes::dhcpv6),
    recipe!("dns-a", recipes::dns_a),
    recipe!("dns-cname", recipes::dns_cname),
    recipe!("dns-mx", recipes::dns_mx),
    recipe!("dns-more", recipes::dns_more),
    recipe!("ntp", recipes::ntp),
    script!("http-raw"),
    script!("http-rfc"),
    script!("http-index"),
    script!("http-verbs"),
    script!("http-content"),
    script!("http-keepalive"),
    script!("http-listing"),
    script!("rest-s3"),
    script!("smtp"),
    script!("smtp-mime"),
    script!("smtp-auth-tls"),
    script!("pop3"),
    script!("imap"),
    script!("imap-stacked"),
    script!("imap-more"),
    script!("ftp"),
    recipe!("snmp-get", recipes::snmp_get),
    recipe!("snmp-walk", recipes::snmp_walk),
    recipe!("snmp-v3", recipes::snmp_v3),
    not_yet!(
        "ssh",
        "Learning Python Network Programming, ch. 5",
        "A login over SSH",
        "it needs SSH at both ends"
    ),
    not_yet!(
        "sftp",
        "Learning Python Network Programming, ch. 5",
        "A file over SSH",
        "it needs SSH at both ends"
    ),
    not_yet!(
        "ssh-tunnel",
        "Learning Python Network Programming, ch. 7",
        "An FTP login through a tunnel",
        "it needs SSH at both ends"
    ),
    not_yet!(
        "ldap",
        "Learning Python Network Programming, ch. 5",
        "A directory is searched",
        "it needs LDAP at both ends"
    ),
    not_yet!(
        "smb2",
        "Learning Python Network Programming, ch. 5",
        "A file from a share",
        "it needs SMB at both ends"
    ),
    not_yet!(
        "tls-1.0",
        "Learning Python Network Programming, ch. 7",
        "A handshake of TLS 1.0",
        "it needs TLS at both ends"
    ),
    not_yet!(
        "tls-custom",
        "Learning Python Network Programming, ch. 7",
        "A server of one's own with a certificate of one's own",
        "it needs TLS at both ends"
    ),
    not_yet!(
        "tls-modern",
        "beyond the texts",
        "TLS 1.2 and 1.3",
        "it needs TLS at both ends"
    ),
    script!("web-app"),
    script!("ssdp"),
];

/// The files that scripts of the catalogue name.
const FILES: &[(&str, &[u8])] = &[
    file!("logo.png"),
    file!("mail-head.txt"),
    file!("mail-text.txt"),
    file!("notes.tar.gz"),
    file!("page.html.gz"),
    file!("page.html.zlib"),
    file!("photo.jpeg"),
];

struct BuiltIn;

impl Files for BuiltIn {
    fn file(&self, name: &str) -> Result<Vec<u8>, String> {
        FILES
            .iter()
            .find(|(n, _)| *n == name)
            .map(|(_, bytes)| bytes.to_vec())
            .ok_or_else(|| format!("there is no file {name}"))
    }
}

/// Files beside a script of the user's.
struct Beside(PathBuf);

impl Files for Beside {
    fn file(&self, name: &str) -> Result<Vec<u8>, String> {
        let path = self.0.join(name);
        let meta = std::fs::metadata(&path).map_err(|e| format!("{name} cannot be read: {e}"))?;
        if meta.len() > 4 << 20 || !meta.is_file() {
            return Err(format!("{name} is no file of at most 4 MB"));
        }
        std::fs::read(&path).map_err(|e| format!("{name} cannot be read: {e}"))
    }
}

impl Entry {
    /// The plan.
    pub fn plan(&self) -> Result<Plan, CatalogueError> {
        match self.maker {
            Maker::Script(text) => {
                parse(self.id, text, &BuiltIn).map_err(|error| CatalogueError::Script {
                    file: format!("{}.lab", self.id),
                    error,
                })
            }
            Maker::Recipe(make) => Ok(make()),
            Maker::NotYet { reason, .. } => Err(CatalogueError::NotYet {
                id: self.id.to_owned(),
                reason: reason.to_owned(),
            }),
        }
    }

    /// Title, text and chapter; and the reason if it cannot be played yet.
    pub fn line(&self) -> (String, String, Option<&'static str>) {
        match self.maker {
            Maker::NotYet {
                title,
                text,
                reason,
            } => (title.to_owned(), text.to_owned(), Some(reason)),
            _ => match self.plan() {
                Ok(plan) => (plan.about.title, plan.about.text, None),
                Err(error) => (error.to_string(), String::new(), None),
            },
        }
    }

    /// Whether it can be played.
    pub fn is_playable(&self) -> bool {
        !matches!(self.maker, Maker::NotYet { .. })
    }
}

/// The plan of an exchange: the name of one of the catalogue, or the path of a script (which ends in `.lab`).
pub fn find(name: &str) -> Result<Plan, CatalogueError> {
    if let Some(entry) = CATALOGUE.iter().find(|entry| entry.id == name) {
        return entry.plan();
    }
    if name.ends_with(".lab") {
        return open(name);
    }
    Err(CatalogueError::Unknown {
        name: name.to_owned(),
        nearest: nearest(name, CATALOGUE.iter().map(|entry| entry.id)).map(str::to_owned),
    })
}

/// Reads a script of the user's.
pub fn open(path: &str) -> Result<Plan, CatalogueError> {
    let unreadable = |reason: String| CatalogueError::File {
        file: path.to_owned(),
        reason,
    };
    let meta = std::fs::metadata(path).map_err(|e| unreadable(e.to_string()))?;
    if meta.len() > 1 << 20 || !meta.is_file() {
        return Err(unreadable("a script is a file of at most 1 MB".to_owned()));
    }
    let bytes = std::fs::read(path).map_err(|e| unreadable(e.to_string()))?;
    let text = String::from_utf8(bytes).map_err(|e| {
        let before = &e.as_bytes()[..e.utf8_error().valid_up_to()];
        let line = before.iter().filter(|b| **b == b'\n').count() + 1;
        unreadable(format!(
            "line {line} is not in UTF-8; write bytes as ${{hex:...}}"
        ))
    })?;
    let path_of = std::path::Path::new(path);
    let folder = path_of
        .parent()
        .unwrap_or_else(|| std::path::Path::new("."));
    let id = path_of
        .file_stem()
        .map_or_else(|| "script".to_owned(), |s| s.to_string_lossy().into_owned());
    parse(&id, &text, &Beside(folder.to_path_buf())).map_err(|error| CatalogueError::Script {
        file: path.to_owned(),
        error,
    })
}
