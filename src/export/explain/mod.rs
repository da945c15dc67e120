//! What the chosen field says, in plain words: its teaching text, and how this packet's value came about, as sums that can be
//! checked, with links to the packets they were computed from.
//!
//! A pure function of dissected packets. A sum is only told where it holds: what does not come out as the field says is left
//! out rather than explained away.

mod address;
mod bytes;
mod checksum;
mod network;
mod tcp;
mod time;

pub(super) use bytes::pattern;

use crate::dissect::text::label_value;
use crate::dissect::tree::{GENERATED, PROTOCOL};
use crate::dissect::{Node, Tree, Value};
use crate::field::{Kind, Names};

/// A dissected packet with its bytes.
#[derive(Clone, Copy)]
pub struct Packet<'a> {
    /// Its frame number.
    pub number: u32,
    /// Its tree, with labels.
    pub tree: &'a Tree,
    /// Its bytes.
    pub bytes: &'a [u8],
}

/// A part of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// Words.
    Words(String),
    /// A value of this packet, or of another.
    Value(String),
    /// A link to another packet.
    Frame(u32),
}

/// A line of an explanation.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Line(pub Vec<Part>);

impl Line {
    fn value(value: impl ToString) -> Line {
        Line(vec![Part::Value(value.to_string())])
    }

    fn words(words: &str) -> Line {
        Line(vec![Part::Words(words.to_owned())])
    }

    fn and(mut self, words: &str) -> Line {
        self.0.push(Part::Words(words.to_owned()));
        self
    }

    fn of(mut self, value: impl ToString) -> Line {
        self.0.push(Part::Value(value.to_string()));
        self
    }

    fn frame(mut self, number: u32) -> Line {
        self.0.push(Part::Frame(number));
        self
    }
}

/// The line as it reads.
impl std::fmt::Display for Line {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for part in &self.0 {
            match part {
                Part::Words(text) | Part::Value(text) => f.write_str(text)?,
                Part::Frame(number) => write!(f, "packet {number}")?,
            }
        }
        Ok(())
    }
}

/// What there is to say about a field.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Explanation {
    /// The field's name.
    pub title: String,
    /// Its value in this packet, if it has one.
    pub value: String,
    /// What the field is for.
    pub lesson: String,
    /// How the value came about: sums.
    pub sums: Vec<Line>,
    /// What follows from the value.
    pub remarks: Vec<Line>,
    /// RFC and section.
    pub spec: String,
}

/// Longest value shown, characters.
const LONGEST: usize = 160;

/// Explain a node of a packet. `others` are packets that it refers to, as far as they are at hand.
pub fn explain(packet: Packet<'_>, node: usize, others: &[Packet<'_>]) -> Explanation {
    let Some(at) = packet.tree.nodes.get(node) else {
        return Explanation::default();
    };
    let field = at.field;
    let mut out = Explanation::default();
    if field.abbrev.is_empty() {
        crate::dissect::text::label(packet.tree, packet.bytes, at, &mut out.title);
        out.lesson = "A line that groups others; it is not a field of its own.".into();
        return out;
    }
    field.label.trim().clone_into(&mut out.title);
    field.spec.clone_into(&mut out.spec);
    field.help.trim().clone_into(&mut out.lesson);
    if !matches!(field.kind, Kind::Protocol | Kind::None | Kind::Text) {
        label_value(packet.tree, packet.bytes, at, &mut out.value);
        if let Some((cut, _)) = out.value.char_indices().nth(LONGEST) {
            out.value.truncate(cut);
            out.value.push('…');
        }
    }
    let subject = Subject {
        packet,
        at,
        layer: layer_of(packet.tree, node),
        others,
    };
    if at.is(PROTOCOL) || field.kind == Kind::Protocol {
        layer(&subject, &mut out);
        return out;
    }
    bytes::read(&subject, &mut out);
    tcp::sums(&subject, &mut out);
    network::sums(&subject, &mut out);
    checksum::sums(&subject, &mut out);
    time::sums(&subject, &mut out);
    address::remarks(&subject, &mut out);
    general(&subject, &mut out);
    out
}

/// What is to be explained.
struct Subject<'a> {
    packet: Packet<'a>,
    at: &'a Node,
    /// The nodes of its layer.
    layer: std::ops::Range<usize>,
    others: &'a [Packet<'a>],
}

impl<'a> Subject<'a> {
    /// The first node with this name in its layer.
    fn near(&self, abbrev: &str) -> Option<&'a Node> {
        self.packet
            .tree
            .nodes
            .get(self.layer.clone())?
            .iter()
            .find(|n| n.field.abbrev == abbrev)
    }

    /// Its number.
    fn number(&self, abbrev: &str) -> Option<u64> {
        number(self.near(abbrev)?)
    }

    /// The last node with this name in the layers before its own: the one that carries this layer.
    fn below(&self, abbrev: &str) -> Option<&'a Node> {
        self.packet
            .tree
            .nodes
            .get(..self.layer.start)?
            .iter()
            .rfind(|n| n.field.abbrev == abbrev)
    }

    fn below_number(&self, abbrev: &str) -> Option<u64> {
        number(self.below(abbrev)?)
    }

    /// Another packet.
    fn other(&self, number: u32) -> Option<&'a Packet<'a>> {
        self.others.iter().find(|o| o.number == number)
    }

    /// The bytes that the node covers.
    fn raw(&self) -> &'a [u8] {
        self.packet.tree.bytes(self.packet.bytes, self.at)
    }
}

impl<'a> Packet<'a> {
    /// The first node with this name.
    fn find(&self, abbrev: &str) -> Option<&'a Node> {
        self.tree.nodes.iter().find(|n| n.field.abbrev == abbrev)
    }

    fn number_of(&self, abbrev: &str) -> Option<u64> {
        number(self.find(abbrev)?)
    }
}

fn number(node: &Node) -> Option<u64> {
    match node.value {
        Value::U(value) => Some(value),
        Value::I(value) => u64::try_from(value).ok(),
        _ => None,
    }
}

/// The nodes of the layer that a node is in.
pub(super) fn layer_of(tree: &Tree, node: usize) -> std::ops::Range<usize> {
    let start = (0..=node.min(tree.nodes.len().saturating_sub(1)))
        .rev()
        .find(|i| tree.nodes.get(*i).is_some_and(|n| n.depth == 0))
        .unwrap_or(0);
    start..tree.end_of(start)
}

/// "1 byte", "2 bytes".
fn count(n: u64, what: &str) -> String {
    format!("{n} {what}{}", if n == 1 { "" } else { "s" })
}

/// What a layer is made of and where it stands.
fn layer(subject: &Subject<'_>, out: &mut Explanation) {
    let (tree, at) = (subject.packet.tree, subject.at);
    let is_layer = |n: &&Node| n.depth == 0 && n.is(PROTOCOL) && n.field.abbrev != "frame";
    let before = tree.nodes[..subject.layer.start].iter().rfind(is_layer);
    let behind = tree.nodes[subject.layer.end..].iter().find(is_layer);
    if at.len > 0 && at.field.abbrev != "frame" {
        let line = Line::words("It takes up ").of(count(u64::from(at.len), "byte"));
        out.sums.push(
            line.and(&format!(
                ", from byte {} to byte {}",
                at.start,
                at.start.saturating_add(at.len - 1)
            ))
            .and(if at.buffer == 0 {
                " of the packet."
            } else {
                " of bytes that were put together."
            }),
        );
    }
    match (before, behind) {
        (Some(a), Some(b)) => out.remarks.push(Line::words(&format!(
            "{} carries it; it carries {}.",
            a.field.label, b.field.label
        ))),
        (Some(a), None) => out
            .remarks
            .push(Line::words(&format!("{} carries it.", a.field.label))),
        (None, Some(b)) if at.field.abbrev != "frame" => out
            .remarks
            .push(Line::words(&format!("It carries {}.", b.field.label))),
        _ => {}
    }
}

/// What can be said about a value by its kind alone.
fn general(subject: &Subject<'_>, out: &mut Explanation) {
    let at = subject.at;
    if let (Kind::Frame, Value::U(value)) = (at.field.kind, at.value)
        && let Ok(target) = u32::try_from(value)
    {
        let mut line = Line::words("It leads to ").frame(target);
        if let Some(other) = subject.other(target) {
            let columns = &other.tree.columns;
            let mut info: String = columns.info.chars().take(100).collect();
            if info.len() < columns.info.len() {
                info.push('…');
            }
            line = line.and(&format!(": {} {info}", columns.protocol));
        }
        out.remarks.push(line);
    }
    if let (Some(value), Names::Values(values)) = (number(at), at.field.names)
        && at.field.kind != Kind::Bool
        && out.remarks.is_empty()
        && values.len() > 1
    {
        let others: Vec<String> = values
            .iter()
            .filter(|(v, _)| *v != value)
            .take(5)
            .map(|(v, name)| format!("{v} {name}"))
            .collect();
        let more = if values.len() > others.len() + 1 {
            ", …"
        } else {
            ""
        };
        out.remarks.push(Line::words(&format!(
            "Other values: {}{more}",
            others.join(", ")
        )));
    }
    if at.is(GENERATED) && at.field.kind != Kind::None {
        out.remarks.push(Line::words(
            "This value is in no byte of the packet: it was worked out, and so it stands in brackets.",
        ));
    }
}
