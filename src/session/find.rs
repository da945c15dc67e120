//! Finding packets: a text, a regular expression or bytes, in the list's columns, in the tree or in the frame. The frames that
//! have it are found like those that a filter passes: in the background, on all cores.

use regex::bytes::{Regex, RegexBuilder};

use super::filtering::Predicate;
use crate::dissect::text::label;
use crate::dissect::tree::HIDDEN;
use crate::dissect::{Tree, Want};
use crate::flow::facts::{Facts, PathId};

/// How what is looked for is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum By {
    /// A display filter.
    Filter,
    /// A text.
    #[default]
    Text,
    /// A regular expression.
    Regex,
    /// Bytes in hexadecimal: `0d 0a`, `0d:0a`, `0d0a`.
    Hex,
}

/// Where it is looked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Place {
    /// In the columns of the packet list.
    #[default]
    List,
    /// In the lines of the tree.
    Tree,
    /// In the bytes of the frame.
    Bytes,
}

/// Where in a frame it was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spot {
    /// A line of the tree.
    Node(usize),
    /// A byte of the frame.
    Byte(u32),
}

/// What is looked for, ready to look.
#[derive(Clone, Debug)]
pub struct Finder {
    pattern: Regex,
    place: Place,
}

impl Finder {
    /// Look for `text`; why it cannot be looked for, if so. Display filters are not looked for here.
    pub fn new(by: By, place: Place, text: &str, case: bool) -> Result<Finder, String> {
        let (pattern, place) = match by {
            By::Filter => return Err("a display filter is tried as one".into()),
            By::Text => (regex::escape(text), place),
            By::Regex => (text.to_owned(), place),
            By::Hex => (hexadecimal(text)?, Place::Bytes),
        };
        let pattern = RegexBuilder::new(&pattern)
            .case_insensitive(!case && by != By::Hex)
            .unicode(by != By::Hex)
            .build()
            .map_err(|error| match error {
                regex::Error::CompiledTooBig(_) => "The expression is too large.".to_owned(),
                // The last line says what is wrong, those before where.
                other => {
                    let text = other.to_string();
                    let last = text.lines().last().unwrap_or_default().trim();
                    format!(
                        "Not a regular expression: {}",
                        last.trim_start_matches("error: ")
                    )
                }
            })?;
        Ok(Finder { pattern, place })
    }

    /// Where in a frame that has it.
    pub fn spot(&self, tree: &Tree, frame: &[u8]) -> Option<Spot> {
        match self.place {
            Place::List => None,
            Place::Bytes => {
                let at = self.pattern.find(frame)?.start();
                u32::try_from(at).ok().map(Spot::Byte)
            }
            Place::Tree => self.node(tree, frame).map(Spot::Node),
        }
    }

    /// The first line of the tree that has it; the deepest of those that say it alike.
    fn node(&self, tree: &Tree, frame: &[u8]) -> Option<usize> {
        let mut text = String::new();
        (0..tree.nodes.len()).find(|at| {
            let node = &tree.nodes[*at];
            text.clear();
            if node.is(HIDDEN) {
                return false;
            }
            label(tree, frame, node, &mut text);
            self.pattern.is_match(text.as_bytes())
        })
    }
}

/// A pattern for bytes in hexadecimal.
fn hexadecimal(text: &str) -> Result<String, String> {
    let digits: String = text
        .trim_start_matches("0x")
        .chars()
        .filter(|c| !matches!(c, ' ' | ':' | '-' | '.' | ','))
        .collect();
    if !digits.chars().all(|c| c.is_ascii_hexdigit()) {
        return Err("Bytes are written with the digits 0 to 9 and a to f.".into());
    }
    if !digits.len().is_multiple_of(2) {
        return Err("Each byte has two digits.".into());
    }
    let pairs = digits.as_bytes().chunks_exact(2);
    Ok(pairs
        .map(|pair| format!("\\x{}{}", char::from(pair[0]), char::from(pair[1])))
        .collect())
}

impl Predicate for Finder {
    fn decide(&self, _: &Facts, _: PathId, _: bool) -> Option<bool> {
        None
    }

    fn until(&self, _: &Facts, _: PathId, _: bool) -> Option<u8> {
        // The frame's bytes are there without any dissecting.
        (self.place == Place::Bytes).then_some(0)
    }

    fn want(&self) -> Want {
        match self.place {
            Place::List => Want::COLUMNS,
            Place::Tree => Want {
                labels: true,
                ..Want::NODES
            },
            Place::Bytes => Want::NOTHING,
        }
    }

    fn matches(&self, tree: &Tree, frame: &[u8]) -> bool {
        match self.place {
            Place::Bytes => self.pattern.is_match(frame),
            Place::Tree => self.node(tree, frame).is_some(),
            Place::List => {
                let columns = &tree.columns;
                let has = |text: &str| self.pattern.is_match(text.as_bytes());
                has(&columns.info)
                    || has(&columns.protocol)
                    || has(&columns.source.to_string())
                    || has(&columns.destination.to_string())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::session::{Rows, Session, filter_all};
    use std::sync::Arc;

    fn found(by: By, place: Place, text: &str, case: bool) -> Vec<u32> {
        let path =
            std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("captures/http-keep-alive.pcap");
        let registry = Arc::new(crate::protocols::registry());
        let session = Session::open(&path, registry, Default::default(), Arc::new(|| {}));
        let session = Arc::new(session.unwrap());
        session.wait();
        let finder = Finder::new(by, place, text, case).unwrap();
        let rows: Rows = filter_all(&session, &finder).unwrap();
        rows.iter().collect()
    }

    #[test]
    fn texts_expressions_and_bytes_are_found_in_their_places() {
        assert_eq!(found(By::Text, Place::List, "get /", false), [4, 10, 15]);
        assert_eq!(found(By::Text, Place::List, "get /", true), []);
        assert_eq!(found(By::Regex, Place::List, r"^GET /\w+ ", true), [10]);
        // The request line of the third has a query.
        assert_eq!(
            found(By::Text, Place::Tree, "lang=de", false).first(),
            Some(&15)
        );
        assert_eq!(found(By::Hex, Place::List, "47 45:54 202f 20", false), [4]);
        assert_eq!(found(By::Text, Place::Bytes, "GET /text", true), [10]);
    }

    #[test]
    fn what_cannot_be_looked_for_is_said() {
        let fails = |by, text: &str| Finder::new(by, Place::Bytes, text, false).unwrap_err();
        assert!(fails(By::Hex, "4").contains("two digits"));
        assert!(fails(By::Hex, "zz").contains("digits 0 to 9"));
        assert!(fails(By::Regex, "(").contains("unclosed group"));
    }
}
