//! Filters made for the user: from a value that is shown, from a column of the list, for a conversation, and joined with
//! the filter that is already there.

use std::fmt::Write as _;

use super::syntax::Expr;
use crate::dissect::text::show;
use crate::dissect::tree::{PROTOCOL, Value};
use crate::dissect::{Node, Registry, Tree};
use crate::field::{Field, Kind};
use crate::flow::address::{Address, push_hex};

/// Of longer texts and bytes only this many bytes go into a filter.
const LONG: usize = 256;

/// How a new filter is joined with the one that is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Join {
    /// The new one alone.
    Only,
    /// The opposite of the new one alone.
    Not,
    /// Both.
    And,
    /// One of them.
    Or,
    /// The old one, but not the new one.
    AndNot,
    /// The old one, or the opposite of the new one.
    OrNot,
}

impl Join {
    /// All ways, in the order of menus.
    pub const ALL: [Join; 6] = [
        Join::Only,
        Join::Not,
        Join::And,
        Join::Or,
        Join::AndNot,
        Join::OrNot,
    ];

    /// As menus have it.
    pub const fn title(self) -> &'static str {
        match self {
            Join::Only => "Selected",
            Join::Not => "Not selected",
            Join::And => "… and selected",
            Join::Or => "… or selected",
            Join::AndNot => "… and not selected",
            Join::OrNot => "… or not selected",
        }
    }

    /// Join `new` with `old`; an empty `old` stands for no filter, so that the new one is left.
    pub fn apply(self, old: &str, new: &str) -> String {
        let old = old.trim();
        let (word, negative) = match self {
            Join::Only => return new.to_owned(),
            Join::Not => return opposite(new),
            Join::And => ("and", false),
            Join::Or => ("or", false),
            Join::AndNot => ("and", true),
            Join::OrNot => ("or", true),
        };
        let right = if negative {
            opposite(new)
        } else {
            grouped(new, word)
        };
        if old.is_empty() {
            return if negative { right } else { new.to_owned() };
        }
        format!("{} {word} {right}", grouped(old, word))
    }
}

/// `!tcp`, `!(tcp.port == 80)`.
fn opposite(text: &str) -> String {
    match super::parse(text) {
        Ok(Some(Expr::Test(_))) => format!("!{}", text.trim()),
        _ => format!("!({})", text.trim()),
    }
}

/// The text in parentheses, unless it can stand beside this word without them.
fn grouped(text: &str, word: &str) -> String {
    let text = text.trim();
    let plain = match super::parse(text) {
        Ok(Some(Expr::Test(_) | Expr::Compare { .. } | Expr::In { .. } | Expr::Not(_))) => true,
        Ok(Some(Expr::And(_))) => word == "and",
        Ok(Some(Expr::Or(_))) => word == "or",
        _ => false,
    };
    if plain {
        text.to_owned()
    } else {
        format!("({text})")
    }
}

/// A filter that passes packets with this node's field and value; `None` for lines of the tree that have no name. Where a
/// value cannot be written (a time outside the years of four digits, a number that is none), the field's presence is asked.
pub fn of_node(tree: &Tree, frame: &[u8], node: &Node) -> Option<String> {
    let field = node.field;
    if field.abbrev.is_empty() || field.kind == Kind::Text {
        return None;
    }
    let name = field.abbrev;
    let bytes = match (field.kind, node.value) {
        (Kind::Str | Kind::Bytes | Kind::Oid, Value::Slice { .. } | Value::Made { .. }) => {
            tree.value_bytes(frame, node)
        }
        _ => {
            return Some(match scalar(tree, frame, node) {
                Some(value) => format!("{name} == {value}"),
                None => name.to_owned(),
            });
        }
    };
    if field.kind == Kind::Oid {
        return Some(format!("{name} == {}", String::from_utf8_lossy(bytes)));
    }
    let (part, slice) = match bytes.get(..LONG) {
        Some(part) if bytes.len() > LONG => (part, Some(LONG)),
        _ => (bytes, None),
    };
    if slice.is_some() && field.kind == Kind::Str {
        return Some(format!("{name} contains {}", quoted(part)));
    }
    let literal = if field.kind == Kind::Str || part.is_empty() {
        quoted(part)
    } else {
        hexadecimal(part)
    };
    Some(match slice {
        Some(len) => format!("{name}[:{len}] == {literal}"),
        None => format!("{name} == {literal}"),
    })
}

/// The literal of a number, address or time.
fn scalar(tree: &Tree, frame: &[u8], node: &Node) -> Option<String> {
    let mut shown = String::new();
    match (node.field.kind, node.value) {
        (Kind::Protocol | Kind::None | Kind::Text, _) | (_, Value::None) => return None,
        (Kind::Bool, Value::U(v)) => return Some(if v == 0 { "False" } else { "True" }.to_owned()),
        (Kind::Char, Value::U(v)) => {
            return Some(match u8::try_from(v) {
                Ok(c) => format!("'{}'", c.escape_ascii()),
                Err(_) => v.to_string(),
            });
        }
        (_, Value::F(v)) => return v.is_finite().then(|| v.to_string()),
        (Kind::AbsTime, _) => {
            // A time that says "none" is no literal.
            show(tree, frame, node, &mut shown);
            super::literal::date(&shown)?;
            return Some(format!("\"{shown}\""));
        }
        _ => show(tree, frame, node, &mut shown),
    }
    (!shown.is_empty()).then_some(shown)
}

/// A text in quotes, with escapes for what cannot stand there.
pub fn quoted(bytes: &[u8]) -> String {
    let mut out = String::from("\"");
    for chunk in bytes.utf8_chunks() {
        for c in chunk.valid().chars() {
            match c {
                '"' | '\\' => out.extend(['\\', c]),
                '\n' => out.push_str("\\n"),
                '\r' => out.push_str("\\r"),
                '\t' => out.push_str("\\t"),
                c if u32::from(c) < 0x20 || c == '\x7f' => {
                    let _ = write!(out, "\\x{:02x}", u32::from(c));
                }
                c => out.push(c),
            }
        }
        for byte in chunk.invalid() {
            let _ = write!(out, "\\x{byte:02x}");
        }
    }
    out.push('"');
    out
}

/// Bytes as a literal: `00:1b:ff`; a single one with a colon in front, since `fc` could be a name.
pub fn hexadecimal(bytes: &[u8]) -> String {
    let mut out = String::new();
    if bytes.len() == 1 {
        out.push(':');
    }
    for (i, byte) in bytes.iter().enumerate() {
        if i > 0 {
            out.push(':');
        }
        push_hex(&mut out, *byte);
    }
    out
}

/// A filter for some bytes of the frame itself, chosen by the user: `frame[14:2] == 45:00`.
pub fn of_frame_bytes(frame: &[u8], start: usize, len: usize) -> Option<String> {
    let len = len.min(LONG);
    let part = frame.get(start..start.checked_add(len)?)?;
    (len > 0).then(|| format!("frame[{start}:{len}] == {}", hexadecimal(part)))
}

/// A column of the packet list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Column {
    /// The frame's number.
    Number,
    /// Time since the first frame.
    Time,
    /// Sender.
    Source,
    /// Receiver.
    Destination,
    /// The innermost protocol.
    Protocol,
    /// Length on the wire.
    Length,
    /// The line about the packet.
    Info,
}

/// A filter for what a column of the list shows of a packet. `None` where no field says it (the Info column).
pub fn of_column(registry: &Registry, tree: &Tree, frame: &[u8], column: Column) -> Option<String> {
    let columns = &tree.columns;
    let first = |names: &[&str]| {
        names.iter().find_map(|name| {
            let node = tree.nodes.iter().find(|n| n.field.abbrev == *name)?;
            of_node(tree, frame, node)
        })
    };
    match column {
        Column::Number => first(&["frame.number"]),
        Column::Time => first(&["frame.time_relative"]),
        Column::Length => first(&["frame.len"]),
        Column::Source => address(tree, frame, columns.source, SOURCES),
        Column::Destination => address(tree, frame, columns.destination, DESTINATIONS),
        Column::Protocol => protocol(registry, tree, &columns.protocol),
        Column::Info => None,
    }
}

/// Fields that hold the sender's address, and those that hold the receiver's.
const SOURCES: &[&str] = &["ip.src", "ipv6.src", "eth.src"];
const DESTINATIONS: &[&str] = &["ip.dst", "ipv6.dst", "eth.dst"];

/// The innermost field of these names, or else of any name, that holds an address.
fn address(tree: &Tree, frame: &[u8], address: Address, names: &[&str]) -> Option<String> {
    let is = |node: &&Node| match (address, node.value) {
        (Address::V4(a), Value::Ipv4(b)) => a == b,
        (Address::V6(a), Value::Ipv6(b)) => a == b && node.field.kind == Kind::Ipv6,
        (Address::Ether(a), Value::Ether(b)) => a == b,
        _ => false,
    };
    let mut holders = tree.nodes.iter().rev().filter(is);
    let named = holders
        .clone()
        .find(|n| names.contains(&n.field.abbrev))
        .or_else(|| holders.next())?;
    of_node(tree, frame, named)
}

/// The innermost protocol of the packet whose name stands in the column (`HTTP` in `HTTP/JSON`), or else the innermost.
fn protocol(registry: &Registry, tree: &Tree, shown: &str) -> Option<String> {
    let protocols = || {
        let on_top = |n: &&Node| n.depth == 0 && n.is(PROTOCOL);
        let known = |n: &Node| registry.protocol_named(n.field.abbrev);
        tree.nodes.iter().rev().filter(on_top).filter_map(known)
    };
    let named = protocols().find(|p| {
        let name = p.name;
        shown
            .get(..name.len())
            .is_some_and(|s| s.eq_ignore_ascii_case(name))
    });
    named
        .or_else(|| protocols().next())
        .map(|p| p.field.abbrev.to_owned())
}

/// Between whom a conversation is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Conversation {
    /// Two Ethernet addresses.
    Ethernet,
    /// Two IPv4 addresses.
    Ipv4,
    /// Two IPv6 addresses.
    Ipv6,
    /// Two TCP ports of two addresses.
    Tcp,
    /// Two UDP ports of two addresses.
    Udp,
}

impl Conversation {
    /// All kinds, in the order of menus.
    pub const ALL: [Conversation; 5] = [
        Conversation::Ethernet,
        Conversation::Ipv4,
        Conversation::Ipv6,
        Conversation::Tcp,
        Conversation::Udp,
    ];

    /// As menus have it.
    pub const fn title(self) -> &'static str {
        match self {
            Conversation::Ethernet => "Ethernet",
            Conversation::Ipv4 => "IPv4",
            Conversation::Ipv6 => "IPv6",
            Conversation::Tcp => "TCP",
            Conversation::Udp => "UDP",
        }
    }

    /// Both directions of the conversation that a packet belongs to; `None` if it has no such layer. Of several layers of
    /// a kind (tunnels) the innermost counts; headers that an error message quotes do not.
    pub fn filter(self, tree: &Tree, frame: &[u8]) -> Option<String> {
        match self {
            Conversation::Ethernet => pair(tree, frame, "eth", "eth.addr", None),
            Conversation::Ipv4 => pair(tree, frame, "ip", "ip.addr", None),
            Conversation::Ipv6 => pair(tree, frame, "ipv6", "ipv6.addr", None),
            Conversation::Tcp | Conversation::Udp => {
                let (name, port) = match self {
                    Conversation::Tcp => ("tcp", "tcp.port"),
                    _ => ("udp", "udp.port"),
                };
                let at = layer(tree, name, None)?;
                let ports = pair(tree, frame, name, port, None)?;
                let below = |name| layer(tree, name, Some(at));
                let addresses = if below("ip") > below("ipv6") {
                    pair(tree, frame, "ip", "ip.addr", Some(at))
                } else {
                    pair(tree, frame, "ipv6", "ipv6.addr", Some(at))
                };
                Some(match addresses {
                    Some(addresses) => format!("({addresses}) and ({ports})"),
                    None => ports,
                })
            }
        }
    }
}

/// The last node of a protocol that stands on its own, before the node `before` if there is one.
fn layer(tree: &Tree, name: &str, before: Option<usize>) -> Option<usize> {
    let nodes = tree.nodes.get(..before.unwrap_or(tree.nodes.len()))?;
    nodes
        .iter()
        .rposition(|n| n.depth == 0 && n.is(PROTOCOL) && n.field.abbrev == name)
}

/// `either == a and either == b` for the two values of a layer that are also found under the name `either`.
fn pair(
    tree: &Tree,
    frame: &[u8],
    protocol: &str,
    either: &str,
    before: Option<usize>,
) -> Option<String> {
    let at = layer(tree, protocol, before)?;
    // Either the ends are also found under the common name, or nodes of that name stand below them.
    let is_end =
        |field: &Field| field.abbrev == either || field.also.iter().any(|a| a.abbrev == either);
    let mut ends = tree.nodes[at..tree.end_of(at)]
        .iter()
        .filter(|n| is_end(n.field))
        .filter_map(|n| scalar(tree, frame, n));
    let (first, second) = (ends.next()?, ends.next()?);
    Some(format!("{either} == {first} and {either} == {second}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn filters_are_joined_with_as_few_parentheses_as_can_be() {
        let joined = |join: Join, old: &str, new: &str| join.apply(old, new);
        assert_eq!(
            joined(Join::Only, "dns", "tcp.port == 80"),
            "tcp.port == 80"
        );
        assert_eq!(
            joined(Join::Not, "dns", "tcp.port == 80"),
            "!(tcp.port == 80)"
        );
        assert_eq!(joined(Join::Not, "", "tcp"), "!tcp");
        assert_eq!(joined(Join::And, "", "tcp"), "tcp");
        assert_eq!(
            joined(Join::And, "dns or arp", "tcp"),
            "(dns or arp) and tcp"
        );
        assert_eq!(joined(Join::Or, "dns or arp", "tcp"), "dns or arp or tcp");
        assert_eq!(
            joined(Join::And, "a.b == 1 and c", "d"),
            "a.b == 1 and c and d"
        );
        assert_eq!(joined(Join::Or, "a and b", "c"), "(a and b) or c");
        assert_eq!(
            joined(Join::AndNot, "dns", "ip.src == 1.2.3.4"),
            "dns and !(ip.src == 1.2.3.4)"
        );
        assert_eq!(joined(Join::OrNot, "", "tcp"), "!tcp");
        assert_eq!(joined(Join::OrNot, "dns", "tcp"), "dns or !tcp");
        // What is no filter is kept together as it is.
        assert_eq!(joined(Join::And, "dns ==", "tcp"), "(dns ==) and tcp");
    }

    #[test]
    fn texts_and_bytes_are_written_so_that_they_read_back() {
        assert_eq!(
            quoted(b"a\"b\\c\r\n\x00\xff\xc3\xa4"),
            r#""a\"b\\c\r\n\x00\xffä""#
        );
        assert_eq!(hexadecimal(&[0xfc]), ":fc");
        assert_eq!(hexadecimal(&[0, 0x1b, 0xff]), "00:1b:ff");
        assert_eq!(
            of_frame_bytes(&[1, 2, 3], 1, 2),
            Some("frame[1:2] == 02:03".into())
        );
        assert_eq!(of_frame_bytes(&[1, 2, 3], 2, 2), None);
        assert_eq!(of_frame_bytes(&[1], usize::MAX, 1), None);
    }
}
