//! A frame of the capture as the ladder needs it.

use super::Scope;
use super::stage::{Word, words};
use crate::capture::NO_TIME;
use crate::dissect::tree::PROTOCOL;
use crate::dissect::{Node, Tree, Value, Want};
use crate::export::ladder::{Numbers, Remark};
use crate::flow::address::Address;
use crate::flow::tcp::Marks;
use crate::session::view::View;

/// Letters of the application's line that are kept.
const LETTERS: usize = 160;

/// Transport headers of a frame that are looked through for the one of a stream.
const HEADERS: u16 = 8;

/// The flags, from the lowest bit.
const FLAGS: [&str; 9] = ["FIN", "SYN", "RST", "PSH", "ACK", "URG", "ECE", "CWR", "AE"];

const ACK: u16 = 16;

/// One end of a packet.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct Party {
    /// Its address.
    pub(super) address: Address,
    /// Its port, where that tells it from others; 0 otherwise.
    pub(super) port: u16,
}

/// What a frame says.
#[derive(Clone, Debug, Default)]
pub(super) struct Heard {
    pub(super) frame: u32,
    pub(super) time_ns: Option<i64>,
    pub(super) parties: [Party; 2],
    pub(super) ports: Option<(u16, u16)>,
    pub(super) numbers: Option<Numbers>,
    pub(super) len: u32,
    /// The TCP connection (not one that is only quoted).
    pub(super) stream: Option<u32>,
    /// Somewhere in the capture a SYN, ACK answers.
    pub(super) answered: bool,
    pub(super) remarks: Vec<Remark>,
    pub(super) words: Vec<Word>,
    pub(super) title: String,
    pub(super) line: String,
    /// The sender of an ARP packet says who it is: hardware and protocol address.
    pub(super) arp: Option<(Address, Address)>,
}

/// Read a frame; `None` if it does not belong to the ladder. Without `whole`, titles and lines are left out.
pub(super) fn hear(
    view: &mut View,
    tree: &mut Tree,
    number: u32,
    scope: &Scope,
    whole: bool,
) -> Result<Option<Heard>, String> {
    let Some(meta) = view.meta(number) else {
        return Ok(None);
    };
    let want = Want {
        columns: whole || matches!(scope, Scope::Rows(_)),
        ..Want::NODES
    };
    let known = view.dissect(number, None, want, tree);
    if !known.map_err(|e| e.to_string())? {
        return Ok(None);
    }
    let frame = view.bytes();
    let mut out = Heard {
        frame: number,
        time_ns: Some(meta.time_ns).filter(|t| *t != NO_TIME),
        len: meta.original,
        ..Heard::default()
    };
    let transport = match transport(tree, scope) {
        Some(transport) => Some(transport),
        None if matches!(scope, Scope::Rows(_)) => None,
        None => return Ok(None),
    };
    let columns = &tree.columns;
    let mut ends = [columns.source, columns.destination];
    if let Some(at) = transport.as_ref().map(|t| t.at)
        && let Some(addresses) = addresses(tree, at)
    {
        ends = addresses;
    }
    let mut ports = [0; 2];
    if let Some(transport) = transport.as_ref().filter(|t| !t.quoted) {
        header(&mut out, tree, transport);
        let (source, destination) = out.ports.unwrap_or_default();
        // Two programs of one machine are told apart by their ports.
        if !matches!(scope, Scope::Rows(_)) || ends[0] == ends[1] {
            ports = [source, destination];
        }
        if transport.is_tcp {
            remarks(&mut out, view, number, scope);
            out.words = words(tree, frame);
        }
    } else if let Some(quoted) = &transport {
        // An ICMP error about the conversation: its own addresses count, and if its sender is one of the ends, it is that end.
        let outer = addresses(tree, first_of(tree, &["icmp", "icmpv6"]).unwrap_or(0));
        let inner = addresses(tree, quoted.at).unwrap_or(ends);
        let quoted_ports = ports_of(tree, quoted).unwrap_or_default();
        ends = outer.unwrap_or(ends);
        let port = |address: Address| {
            if address == inner[0] {
                quoted_ports.0
            } else if address == inner[1] {
                quoted_ports.1
            } else {
                0
            }
        };
        if !matches!(scope, Scope::Rows(_)) {
            ports = [port(ends[0]), port(ends[1])];
        }
    }
    for (party, (address, port)) in out.parties.iter_mut().zip(ends.into_iter().zip(ports)) {
        *party = Party { address, port };
    }
    if matches!(scope, Scope::Rows(_)) {
        out.arp = arp(tree);
    }
    if whole {
        titles(&mut out, tree);
    }
    Ok(Some(out))
}

/// Where the transport header is that the ladder is about.
struct Transport {
    /// Index of its protocol's node.
    at: usize,
    /// Index behind its last node.
    end: usize,
    is_tcp: bool,
    /// An ICMP error shows it; it went over the wire before.
    quoted: bool,
}

fn transport(tree: &Tree, scope: &Scope) -> Option<Transport> {
    let mut quoted = false;
    for (at, node) in tree
        .nodes
        .iter()
        .enumerate()
        .filter(|(_, n)| n.is(PROTOCOL))
    {
        let name = node.field.abbrev;
        quoted |= matches!(name, "icmp" | "icmpv6");
        let is_tcp = name == "tcp";
        if !is_tcp && name != "udp" {
            continue;
        }
        let end = tree.end_of(at);
        let stream = |name: &str| {
            let node = tree.nodes[at..end].iter().find(|n| n.field.abbrev == name);
            node.map(|n| n.value)
        };
        let wanted = match scope {
            Scope::Tcp(n) => is_tcp && stream("tcp.stream") == Some(Value::U(u64::from(*n))),
            Scope::Udp(n) => !is_tcp && stream("udp.stream") == Some(Value::U(u64::from(*n))),
            Scope::Rows(_) => !quoted,
        };
        if wanted {
            return Some(Transport {
                at,
                end,
                is_tcp,
                quoted,
            });
        }
    }
    None
}

fn first_of(tree: &Tree, names: &[&str]) -> Option<usize> {
    let is = |n: &Node| n.is(PROTOCOL) && names.contains(&n.field.abbrev);
    tree.nodes.iter().position(is)
}

/// The addresses of the IP header before a node.
fn addresses(tree: &Tree, at: usize) -> Option<[Address; 2]> {
    let before = tree.nodes.get(..at)?;
    let ip = before
        .iter()
        .rposition(|n| n.is(PROTOCOL) && matches!(n.field.abbrev, "ip" | "ipv6"))?;
    let header = &tree.nodes[ip..tree.end_of(ip).min(at)];
    let address = |names: [&str; 2]| {
        let node = header.iter().find(|n| names.contains(&n.field.abbrev))?;
        match node.value {
            Value::Ipv4(a) => Some(Address::V4(a)),
            Value::Ipv6(a) => Some(Address::V6(a)),
            _ => None,
        }
    };
    Some([
        address(["ip.src", "ipv6.src"])?,
        address(["ip.dst", "ipv6.dst"])?,
    ])
}

fn number(nodes: &[Node], name: &str) -> Option<u32> {
    let node = nodes.iter().find(|n| n.field.abbrev == name)?;
    match node.value {
        Value::U(n) => u32::try_from(n).ok(),
        _ => None,
    }
}

fn ports_of(tree: &Tree, transport: &Transport) -> Option<(u16, u16)> {
    let nodes = &tree.nodes[transport.at..transport.end];
    let names = match transport.is_tcp {
        true => ["tcp.srcport", "tcp.dstport"],
        false => ["udp.srcport", "udp.dstport"],
    };
    let port = |name| number(nodes, name).and_then(|n| u16::try_from(n).ok());
    Some((port(names[0])?, port(names[1])?))
}

/// Ports and numbers of the header.
fn header(out: &mut Heard, tree: &Tree, transport: &Transport) {
    out.ports = ports_of(tree, transport);
    let nodes = &tree.nodes[transport.at..transport.end];
    let get = |name| number(nodes, name);
    if !transport.is_tcp {
        out.len = get("udp.length").unwrap_or(8).saturating_sub(8);
        return;
    }
    out.len = get("tcp.len").unwrap_or(0);
    out.stream = get("tcp.stream");
    let flags = get("tcp.flags").unwrap_or(0);
    let flags = u16::try_from(flags & 0x1ff).unwrap_or(0);
    let acks = |name| get(name).filter(|_| flags & ACK != 0);
    out.numbers = get("tcp.seq").map(|seq| Numbers {
        seq,
        ack: acks("tcp.ack"),
        seq_raw: get("tcp.seq_raw").unwrap_or(seq),
        ack_raw: acks("tcp.ack_raw"),
        window: get("tcp.window_size").unwrap_or(0),
        flags,
    });
}

/// What the analysis of TCP says.
fn remarks(out: &mut Heard, view: &View, frame: u32, scope: &Scope) {
    let Some(stream) = out.stream else { return };
    let ages = view.session().facts();
    let facts = ages.of(frame);
    let mut all = (0..HEADERS).map_while(|ordinal| facts.transport(frame, ordinal));
    let found = match scope {
        Scope::Rows(_) => all.next(),
        _ => all.find(|t| t.stream == stream),
    };
    let Some(transport) = found else { return };
    let known = facts.tcp.get(stream as usize);
    out.answered = known.is_some_and(|s| s.completeness(frame).0 & 2 != 0);
    let Some(segment) = facts.segments.get(transport.segment() as usize) else {
        return;
    };
    let marks = segment.marks;
    let repetition = || {
        let at = facts
            .tcp_notes
            .binary_search_by_key(&transport.segment(), |(at, _)| *at);
        at.map_or(0, |at| facts.tcp_notes[at].1.duplicate_ack_num)
    };
    let again = if marks.has(Marks::FAST_RETRANSMISSION) {
        Remark::FastRetransmission
    } else if marks.has(Marks::SPURIOUS_RETRANSMISSION) {
        Remark::SpuriousRetransmission
    } else {
        Remark::Retransmission
    };
    let all = [
        (Marks::RETRANSMISSION, again),
        (Marks::OUT_OF_ORDER, Remark::OutOfOrder),
        (Marks::KEEP_ALIVE, Remark::KeepAlive),
        (Marks::KEEP_ALIVE_ACK, Remark::KeepAliveAck),
        (Marks::ZERO_WINDOW_PROBE, Remark::WindowProbe),
        (Marks::ZERO_WINDOW_PROBE_ACK, Remark::WindowProbeAck),
        (Marks::ZERO_WINDOW, Remark::ZeroWindow),
        (Marks::WINDOW_FULL, Remark::WindowFull),
        (Marks::WINDOW_UPDATE, Remark::WindowUpdate),
        (Marks::LOST_SEGMENT, Remark::GapBefore),
        (Marks::ACK_LOST_SEGMENT, Remark::AcksUnseen),
        (Marks::REUSED_PORTS, Remark::PortsReused),
    ];
    out.remarks
        .extend(all.iter().filter(|(mark, _)| marks.has(*mark)).map(|a| a.1));
    if marks.has(Marks::DUPLICATE_ACK) {
        out.remarks.push(Remark::DuplicateAck(repetition()));
    }
}

/// Who the sender of an ARP packet says that it is.
fn arp(tree: &Tree) -> Option<(Address, Address)> {
    let at = first_of(tree, &["arp"])?;
    let nodes = &tree.nodes[at..tree.end_of(at)];
    let value = |name: &str| {
        let node = nodes.iter().find(|n| n.field.abbrev == name);
        node.map(|n| n.value)
    };
    match (value("arp.src.hw_mac")?, value("arp.src.proto_ipv4")?) {
        (Value::Ether(hardware), Value::Ipv4(address)) if address != [0; 4] => {
            Some((Address::Ether(hardware), Address::V4(address)))
        }
        _ => None,
    }
}

/// What stands at the arrow.
fn titles(out: &mut Heard, tree: &Tree) {
    let protocol = &tree.columns.protocol;
    let line = match protocol.as_str() {
        "TCP" | "UDP" => "",
        _ => plain(&tree.columns.info),
    };
    match out.numbers {
        Some(numbers) => {
            out.title = flags(numbers.flags);
            // A segment without data says nothing, whoever the conversation belongs to.
            if out.len > 0 {
                out.line = shortened(line);
            }
        }
        None => {
            protocol.clone_into(&mut out.title);
            out.line = shortened(line);
        }
    }
}

/// The application's line without what TCP's analysis puts before it, and without the speaker that the arrow shows.
fn plain(info: &str) -> &str {
    let mut rest = info;
    while let Some(behind) = rest.strip_prefix("[TCP ") {
        match behind.split_once("] ") {
            Some((_, behind)) => rest = behind,
            None => break,
        }
    }
    let speakers = ["C: ", "S: ", "Request: ", "Response: "];
    let said = speakers.iter().find_map(|s| rest.strip_prefix(s));
    said.unwrap_or(rest)
}

fn shortened(line: &str) -> String {
    let line = line.trim_end();
    match line.char_indices().nth(LETTERS) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line.to_owned(),
    }
}

/// `SYN, ACK`.
fn flags(flags: u16) -> String {
    let names = FLAGS.iter().enumerate();
    let set = names
        .filter(|(bit, _)| flags & 1 << bit != 0)
        .map(|(_, n)| *n);
    let text = set.collect::<Vec<_>>().join(", ");
    match text.is_empty() {
        true => "no flags".into(),
        false => text,
    }
}
