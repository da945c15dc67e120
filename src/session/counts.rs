//! Counts over a whole capture: conversations and endpoints.

use std::collections::HashMap;
use std::sync::Arc;

use super::job::Counting;
use super::load::Session;
use super::work::in_order;
use crate::dissect::tree::PROTOCOL;
use crate::dissect::{Node, Value};
use crate::dissect::{Tree, Want};
use crate::field::Field;
use crate::flow::address::Address;

/// Which ends are told apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Layer {
    /// Hardware addresses.
    Ethernet,
    /// IPv4 addresses.
    Ipv4,
    /// IPv6 addresses.
    Ipv6,
    /// TCP: address and port.
    Tcp,
    /// UDP: address and port.
    Udp,
}

impl Layer {
    /// All of them, from the link up.
    pub const ALL: [Layer; 5] = [
        Layer::Ethernet,
        Layer::Ipv4,
        Layer::Ipv6,
        Layer::Tcp,
        Layer::Udp,
    ];

    /// Its name in headings.
    pub fn title(self) -> &'static str {
        match self {
            Layer::Ethernet => "Ethernet",
            Layer::Ipv4 => "IPv4",
            Layer::Ipv6 => "IPv6",
            Layer::Tcp => "TCP",
            Layer::Udp => "UDP",
        }
    }
}

/// An end of a conversation: address, and port where the layer has ports.
pub type End = (Address, Option<u16>);

/// Packets and bytes of a conversation, both ways.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Conversation {
    /// The end that sent the first packet.
    pub a: End,
    /// The other end.
    pub b: End,
    /// Packets from `a` to `b`, and their bytes on the wire.
    pub forward: (u64, u64),
    /// Packets from `b` to `a`, and their bytes.
    pub backward: (u64, u64),
    /// Its first frame.
    pub first_frame: u32,
    /// Time of the first packet, nanoseconds since 1970.
    pub first_ns: i64,
    /// Time of the last packet.
    pub last_ns: i64,
}

/// Packets and bytes that an end sent and received.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Endpoint {
    /// Who.
    pub end: End,
    /// Packets and bytes sent.
    pub sent: (u64, u64),
    /// Packets and bytes received.
    pub received: (u64, u64),
}

type Table = HashMap<(Layer, End, End), Conversation>;

/// The abbreviations of the fields that name the ends of each layer.
const ENDS: [(Layer, &str, &str); 5] = [
    (Layer::Ethernet, "eth.src", "eth.dst"),
    (Layer::Ipv4, "ip.src", "ip.dst"),
    (Layer::Ipv6, "ipv6.src", "ipv6.dst"),
    (Layer::Tcp, "tcp.srcport", "tcp.dstport"),
    (Layer::Udp, "udp.srcport", "udp.dstport"),
];

/// Frames counted as one piece of work.
const PIECE: u32 = 4096;

/// The same for frames of which each is costly: messages put together and unpacked.
const OPEN_PIECE: usize = 64;

/// All conversations of a loaded capture, by layer, in the order in which they began. Each layer's outermost header counts.
pub fn conversations(
    session: &Arc<Session>,
    counting: &Counting,
) -> Result<Vec<(Layer, Vec<Conversation>)>, String> {
    counting.begin(u64::from(session.snapshot().len().div_ceil(PIECE)));
    let last = session.snapshot().len();
    let mut all = Table::new();
    let mut error = None;
    let fields: Vec<(Layer, Vec<&'static Field>, Vec<&'static Field>)> = ENDS
        .iter()
        .map(|(layer, source, destination)| {
            let of = |name: &str| session.registry().fields_named(name).to_vec();
            (*layer, of(source), of(destination))
        })
        .collect();
    in_order(
        u64::from(last.div_ceil(PIECE)),
        || (session.view(), Tree::new()),
        |(view, tree), piece| {
            let mut table = Table::new();
            let from = u32::try_from(piece).unwrap_or(0) * PIECE + 1;
            for number in from..=last.min(from + PIECE - 1) {
                if !counting.counts(number) {
                    continue;
                }
                let Some(meta) = view.meta(number) else {
                    continue;
                };
                view.dissect(number, None, Want::NODES, tree)
                    .map_err(|e| e.to_string())?;
                count(
                    &mut table,
                    tree,
                    &fields,
                    number,
                    meta.time_ns,
                    u64::from(meta.original),
                );
            }
            Ok(table)
        },
        |result: Result<Table, String>| match result {
            Ok(table) => {
                merge(&mut all, table);
                counting.step()
            }
            Err(e) => {
                error = Some(e);
                false
            }
        },
    );
    if let Some(error) = error {
        return Err(error);
    }
    Ok(Layer::ALL
        .iter()
        .map(|layer| {
            let mut of: Vec<Conversation> = all
                .iter()
                .filter(|((l, ..), _)| l == layer)
                .map(|(_, c)| *c)
                .collect();
            of.sort_by_key(|c| (c.first_frame, c.a, c.b));
            (*layer, of)
        })
        .collect())
}

/// The ends of these conversations with what each sent and received, in order of address.
pub fn endpoints(conversations: &[Conversation]) -> Vec<Endpoint> {
    let mut ends: HashMap<End, Endpoint> = HashMap::new();
    let mut add = |end: End, sent: (u64, u64), received: (u64, u64)| {
        let e = ends.entry(end).or_insert(Endpoint {
            end,
            sent: (0, 0),
            received: (0, 0),
        });
        e.sent = plus(e.sent, sent);
        e.received = plus(e.received, received);
    };
    for c in conversations {
        add(c.a, c.forward, c.backward);
        add(c.b, c.backward, c.forward);
    }
    let mut all: Vec<Endpoint> = ends.into_values().collect();
    all.sort_by_key(|e| e.end);
    all
}

fn plus(a: (u64, u64), b: (u64, u64)) -> (u64, u64) {
    (a.0 + b.0, a.1 + b.1)
}

fn count(
    table: &mut Table,
    tree: &Tree,
    fields: &[(Layer, Vec<&'static Field>, Vec<&'static Field>)],
    frame: u32,
    time_ns: i64,
    bytes: u64,
) {
    let first = |of: &[&'static Field]| -> Option<&Node> {
        tree.nodes
            .iter()
            .find(|n| of.iter().any(|f| std::ptr::eq(*f, n.field)))
    };
    let mut network = None;
    for (layer, source, destination) in fields {
        let (Some(source), Some(destination)) = (first(source), first(destination)) else {
            continue;
        };
        let ends = match (source.value, destination.value) {
            (Value::Ether(a), Value::Ether(b)) => {
                ((Address::Ether(a), None), (Address::Ether(b), None))
            }
            (Value::Ipv4(a), Value::Ipv4(b)) => ((Address::V4(a), None), (Address::V4(b), None)),
            (Value::Ipv6(a), Value::Ipv6(b)) => ((Address::V6(a), None), (Address::V6(b), None)),
            (Value::U(a), Value::U(b)) => {
                let Some((from, to)) = network else { continue };
                ((from, u16::try_from(a).ok()), (to, u16::try_from(b).ok()))
            }
            _ => continue,
        };
        if matches!(layer, Layer::Ipv4 | Layer::Ipv6) && network.is_none() {
            network = Some((ends.0.0, ends.1.0));
        }
        let (a, b) = ends;
        let key = (*layer, a.min(b), a.max(b));
        let fresh = Conversation {
            a,
            b,
            forward: (0, 0),
            backward: (0, 0),
            first_frame: frame,
            first_ns: time_ns,
            last_ns: time_ns,
        };
        let c = table.entry(key).or_insert(fresh);
        let way = if c.a == a {
            &mut c.forward
        } else {
            &mut c.backward
        };
        *way = plus(*way, (1, bytes));
        c.last_ns = c.last_ns.max(time_ns);
    }
}

fn merge(all: &mut Table, piece: Table) {
    for (key, c) in piece {
        match all.entry(key) {
            std::collections::hash_map::Entry::Vacant(slot) => {
                slot.insert(c);
            }
            std::collections::hash_map::Entry::Occupied(mut slot) => {
                let known = slot.get_mut();
                let (forward, backward) = if known.a == c.a {
                    (c.forward, c.backward)
                } else {
                    (c.backward, c.forward)
                };
                known.forward = plus(known.forward, forward);
                known.backward = plus(known.backward, backward);
                known.last_ns = known.last_ns.max(c.last_ns);
            }
        }
    }
}

/// A chain of protocols with its packets and bytes, and those of the chains that go on from it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Chain {
    /// Filter name of the last protocol.
    pub protocol: &'static str,
    /// Packets and their bytes on the wire, in this chain and all that go on from it.
    pub count: (u64, u64),
    /// The chains that go on from it, in the order in which they were met.
    pub below: Vec<Chain>,
}

impl Chain {
    fn add(&mut self, names: &[&'static str], count: (u64, u64)) {
        self.count = plus(self.count, count);
        let Some((first, rest)) = names.split_first() else {
            return;
        };
        let at = match self.below.iter().position(|c| c.protocol == *first) {
            Some(at) => at,
            None => {
                self.below.push(Chain {
                    protocol: first,
                    ..Chain::default()
                });
                self.below.len() - 1
            }
        };
        self.below[at].add(rest, count);
    }
}

/// The protocol hierarchy of a loaded capture; the root has no name. The scan's chains are counted as they are, and the few
/// frames that may hold more (messages put together of several segments) are dissected.
pub fn chains(session: &Arc<Session>, counting: &Counting) -> Result<Chain, String> {
    let snapshot = session.snapshot();
    let mut open_frames = Vec::new();
    let mut root = Chain::default();
    let ages = session.facts();
    // Nothing is known of frames that a live capture is about to let go of.
    let known = ages.each()[0].before() + 1;
    let unknown = snapshot.frames(snapshot.first()..known);
    let unknown = unknown.filter(|(number, _)| counting.counts(*number));
    open_frames.extend(unknown.map(|(number, meta)| (number, u64::from(meta.original))));
    for facts in ages.each() {
        let mut counts = vec![(0u64, 0u64); facts.paths.len().max(1)];
        let frames = snapshot.frames(facts.before() + 1..facts.len() + 1);
        let gone = snapshot.first().saturating_sub(facts.before() + 1);
        for ((number, meta), (path, open)) in frames.zip(facts.chains().skip(gone as usize)) {
            if !counting.counts(number) {
                continue;
            }
            if open {
                open_frames.push((number, u64::from(meta.original)));
            } else {
                let count = &mut counts[usize::from(path)];
                *count = plus(*count, (1, u64::from(meta.original)));
            }
        }
        for (path, count) in counts.iter().enumerate().filter(|(_, c)| c.0 > 0) {
            let mut names = Vec::new();
            let mut at = crate::flow::facts::PathId::try_from(path).unwrap_or(0);
            while let Some((parent, protocol)) = facts.paths.get(at) {
                names.push(
                    session
                        .registry()
                        .protocol(protocol)
                        .map_or("?", |p| p.field.abbrev),
                );
                at = parent;
            }
            names.reverse();
            root.add(&names, *count);
        }
    }
    drop(ages);
    let mut error = None;
    let pieces = open_frames.len().div_ceil(OPEN_PIECE) as u64;
    counting.begin(pieces);
    in_order(
        pieces,
        || (session.view(), Tree::new()),
        |(view, tree), piece| {
            let start = piece as usize * OPEN_PIECE;
            let mut part = Chain::default();
            for (number, len) in &open_frames[start..open_frames.len().min(start + OPEN_PIECE)] {
                view.dissect(*number, None, Want::NODES, tree)
                    .map_err(|e| e.to_string())?;
                let tops = tree
                    .nodes
                    .iter()
                    .filter(|n| n.depth == 0 && n.is(PROTOCOL) && !n.field.abbrev.starts_with('_'));
                let names: Vec<&'static str> = tops.map(|n| n.field.abbrev).collect();
                part.add(&names, (1, *len));
            }
            Ok(part)
        },
        |result: Result<Chain, String>| match result {
            Ok(part) => {
                absorb(&mut root, part);
                counting.step()
            }
            Err(e) => {
                error = Some(e);
                false
            }
        },
    );
    error.map_or(Ok(root), Err)
}

/// Add the counts of one tree of chains to another.
fn absorb(into: &mut Chain, from: Chain) {
    into.count = plus(into.count, from.count);
    for chain in from.below {
        match into.below.iter_mut().find(|c| c.protocol == chain.protocol) {
            Some(known) => absorb(known, chain),
            None => into.below.push(chain),
        }
    }
}
