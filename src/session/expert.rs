//! Expert information over a whole capture: what dissectors observed, grouped.

use std::collections::HashMap;
use std::sync::Arc;

use super::job::Counting;
use super::load::Session;
use super::work::in_order;
use crate::dissect::tree::{PROTOCOL, Value};
use crate::dissect::{Node, Registry, Tree, Want};
use crate::field::{Group, Names, Severity};

/// Frames looked at as one piece of work.
const PIECE: u32 = 2048;

/// Observations of one sort.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// How much it matters.
    pub severity: Severity,
    /// What it is about: "Sequence".
    pub group: &'static str,
    /// Short name of the protocol that observed it.
    pub protocol: String,
    /// Its filter name.
    pub name: &'static str,
    /// What was observed, in general words.
    pub summary: &'static str,
    /// Where: the frame, and which of [`Expert::messages`] it has. In order of frames.
    pub items: Vec<(u32, u32)>,
}

/// All observations.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Expert {
    /// The sorts of observations, the gravest first, then in the order in which they were met.
    pub findings: Vec<Finding>,
    /// The words of single observations; many share them.
    pub messages: Vec<String>,
}

/// An observation in one frame.
struct Seen {
    frame: u32,
    severity: Severity,
    group: &'static str,
    protocol: &'static str,
    name: &'static str,
    summary: &'static str,
    message: String,
}

/// Collect what was observed in a loaded capture.
pub fn expert(session: &Arc<Session>, counting: &Counting) -> Result<Expert, String> {
    let last = session.snapshot().len();
    let pieces = u64::from(last.div_ceil(PIECE));
    counting.begin(pieces);
    let mut all = Expert::default();
    let mut known: HashMap<(u8, &'static str, &'static str, &'static str), usize> = HashMap::new();
    let mut words: HashMap<String, u32> = HashMap::new();
    let mut error = None;
    in_order(
        pieces,
        || (session.view(), Tree::new()),
        |(view, tree), piece| {
            let mut seen = Vec::new();
            let from = u32::try_from(piece).unwrap_or(0) * PIECE + 1;
            for number in from..=last.min(from + PIECE - 1) {
                if !counting.counts(number) {
                    continue;
                }
                view.dissect(number, None, Want::NODES, tree)
                    .map_err(|e| e.to_string())?;
                observations(session.registry(), tree, view.bytes(), number, &mut seen);
            }
            Ok(seen)
        },
        |result: Result<Vec<Seen>, String>| match result {
            Ok(seen) => {
                for one in seen {
                    let key = (one.severity as u8, one.group, one.protocol, one.name);
                    let at = *known.entry(key).or_insert_with(|| {
                        all.findings.push(Finding {
                            severity: one.severity,
                            group: one.group,
                            protocol: one.protocol.to_owned(),
                            name: one.name,
                            summary: one.summary,
                            items: Vec::new(),
                        });
                        all.findings.len() - 1
                    });
                    let message = match words.get(&one.message) {
                        Some(message) => *message,
                        None => {
                            let message = u32::try_from(all.messages.len()).unwrap_or(u32::MAX);
                            all.messages.push(one.message.clone());
                            words.insert(one.message, message);
                            message
                        }
                    };
                    all.findings[at].items.push((one.frame, message));
                }
                counting.step()
            }
            Err(e) => {
                error = Some(e);
                false
            }
        },
    );
    // Stable: those of one severity stay in the order in which they were met.
    all.findings
        .sort_by_key(|f| std::cmp::Reverse(f.severity as u8));
    error.map_or(Ok(all), Err)
}

/// The observations in a tree.
fn observations(registry: &Registry, tree: &Tree, frame: &[u8], number: u32, seen: &mut Vec<Seen>) {
    for (at, node) in tree.nodes.iter().enumerate() {
        match node.field.abbrev {
            "_ws.expert" => {}
            "_ws.malformed" => {
                let above = tree.nodes[..at].iter().rfind(|n| n.is(PROTOCOL));
                let protocol = above.and_then(|n| registry.protocol_named(n.field.abbrev));
                seen.push(Seen {
                    frame: number,
                    severity: Severity::Error,
                    group: Group::Malformed.parts().0,
                    protocol: protocol.map_or("", |p| p.name),
                    name: node.field.abbrev,
                    summary: node.field.label,
                    message: node.field.label.to_owned(),
                });
                continue;
            }
            _ => continue,
        }
        let below = &tree.nodes[at + 1..tree.end_of(at)];
        let part = |name: &str| below.iter().find(|n| n.field.abbrev == name);
        let (Some(about), Some(message), Some(severity), Some(group)) = (
            below.first(),
            part("_ws.expert.message"),
            part("_ws.expert.severity"),
            part("_ws.expert.group"),
        ) else {
            continue;
        };
        let Some(severity) = severity_of(severity) else {
            continue;
        };
        let abbrev = about.field.abbrev;
        let first = abbrev.split('.').next().unwrap_or(abbrev);
        let message = tree.value_bytes(frame, message);
        seen.push(Seen {
            frame: number,
            severity,
            group: word(group),
            protocol: registry.protocol_named(first).map_or(first, |p| p.name),
            name: abbrev,
            summary: about.field.label,
            message: String::from_utf8_lossy(message).into_owned(),
        });
    }
}

fn severity_of(node: &Node) -> Option<Severity> {
    use Severity::{Chat, Comment, Error, Note, Warn};
    let all = [Comment, Chat, Note, Warn, Error];
    all.into_iter()
        .find(|s| node.value == Value::U(s.parts().1))
}

/// The word for a number that has one.
fn word(node: &Node) -> &'static str {
    match (node.field.names, node.value) {
        (Names::Lookup(name), Value::U(value)) => name(value).unwrap_or(""),
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn observations_are_grouped_with_their_frames() {
        let path =
            std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("captures/http-keep-alive.pcap");
        let registry = Arc::new(crate::protocols::registry());
        let session = Session::open(&path, registry, Default::default(), Arc::new(|| {}));
        let session = Arc::new(session.unwrap());
        session.wait();
        let all = expert(&session, &Counting::default()).unwrap();
        let told: Vec<String> = all
            .findings
            .iter()
            .map(|f| {
                let frames: Vec<u32> = f.items.iter().map(|i| i.0).collect();
                format!(
                    "{:?} {} {} {} {frames:?}",
                    f.severity, f.group, f.protocol, f.name
                )
            })
            .collect();
        assert!(
            told.contains(&"Chat Sequence TCP tcp.connection.syn [1]".to_owned()),
            "{told:#?}"
        );
        let chat = all.findings.iter().find(|f| f.name == "http.chat").unwrap();
        let words = |(_, message): &(u32, u32)| all.messages[*message as usize].clone();
        let said: Vec<String> = chat.items.iter().map(words).collect();
        assert_eq!(said[0], "GET / HTTP/1.1\\r\\n");
        assert_eq!(said.len(), 6);
        // Limited to some frames.
        let mut rows = crate::session::Rows::default();
        (0..2).for_each(|_| rows.push(true));
        let some = expert(&session, &Counting::of(Some(Arc::new(rows)))).unwrap();
        assert!(
            some.findings
                .iter()
                .all(|f| f.items.iter().all(|i| i.0 <= 2))
        );
        assert!(!some.findings.is_empty());
    }
}
