//! Filters on columns: who talks to whom, the number of the conversation, and what the analysis of TCP says stand in the facts.
//! A filter that asks for nothing else is answered without reading a frame, once for all frames that are alike in it.

use std::collections::HashMap;

use crate::dissect::tree::{Label, PROTOCOL};
use crate::dissect::{Node, Protocol, Registry, Tree, Value};
use crate::field::Field;
use crate::filter::Filter;
use crate::flow::address::Address;
use crate::flow::facts::{Ends, Facts, PathId, Transport};
use crate::flow::tcp::{Direction, Marks};
use crate::protocols::tcp::analysis;

/// Fields that do not tell sender from receiver.
const EITHER: &[&str] = &[
    "ip.addr",
    "ipv6.addr",
    "tcp.port",
    "udp.port",
    "tcp.stream",
    "udp.stream",
];

/// Fields that do; of UDP the facts do not tell which way a datagram went.
const DIRECTED: &[&str] = &[
    "ip.src",
    "ip.dst",
    "ipv6.src",
    "ipv6.dst",
    "tcp.srcport",
    "tcp.dstport",
    "udp.srcport",
    "udp.dstport",
];

/// Protocols that show headers of another packet, or change whom a packet is for: their frames are dissected.
const INVOLVED: &[&str] = &["icmp", "icmpv6", "ipv6.routing", "udplite", "teredo"];

/// How a filter is answered from columns.
#[derive(Clone)]
pub struct Plan {
    /// It asks for addresses, ports or stream numbers.
    ends: bool,
    /// It tells sender from receiver.
    directed: bool,
    /// It asks what the analysis says.
    marks: bool,
    fields: Fields,
}

/// The fields that the columns stand for.
#[derive(Clone, Copy)]
struct Fields {
    /// Source and destination: IPv4, IPv6.
    ip: [&'static Field; 2],
    ipv6: [&'static Field; 2],
    /// Source port, destination port, stream number: TCP, UDP.
    tcp: [&'static Field; 3],
    udp: [&'static Field; 3],
}

impl Fields {
    fn of(registry: &Registry) -> Option<Fields> {
        let field = |name: &str| registry.fields_named(name).first().copied();
        Some(Fields {
            ip: [field("ip.src")?, field("ip.dst")?],
            ipv6: [field("ipv6.src")?, field("ipv6.dst")?],
            tcp: [
                field("tcp.srcport")?,
                field("tcp.dstport")?,
                field("tcp.stream")?,
            ],
            udp: [
                field("udp.srcport")?,
                field("udp.dstport")?,
                field("udp.stream")?,
            ],
        })
    }
}

impl Plan {
    /// How to answer this filter from columns, if they suffice for it.
    pub(super) fn of(filter: &Filter, registry: &Registry) -> Option<Plan> {
        if !filter.is_plain() {
            return None;
        }
        let mut plan = Plan {
            ends: false,
            directed: false,
            marks: false,
            fields: Fields::of(registry)?,
        };
        for name in &filter.touches().names {
            if EITHER.contains(name) {
                plan.ends = true;
            } else if DIRECTED.contains(name) {
                plan.ends = true;
                plan.directed = true;
            } else if analysis::names_of_marks().any(|n| n == *name) {
                plan.marks = true;
            } else if registry.protocol_named(name).is_none() {
                return None;
            }
        }
        (plan.ends || plan.marks).then_some(plan)
    }
}

/// What frames with one chain of protocols are.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Shape {
    /// Not to be answered from columns.
    Unknown,
    /// Without a network layer.
    Bare,
    Tcp,
    Udp,
}

/// All in which two frames may differ for a filter.
type Kind = (PathId, u32, bool, u32);

/// Answers for the frames of one age of facts.
pub(super) struct Columns<'a> {
    plan: &'a Plan,
    facts: &'a Facts,
    registry: &'a Registry,
    shapes: HashMap<PathId, Shape, foldhash::fast::RandomState>,
    known: HashMap<Kind, bool, foldhash::fast::RandomState>,
}

impl<'a> Columns<'a> {
    pub(super) fn new(plan: &'a Plan, facts: &'a Facts, registry: &'a Registry) -> Columns<'a> {
        Columns {
            plan,
            facts,
            registry,
            shapes: HashMap::default(),
            known: HashMap::default(),
        }
    }

    /// Whether a frame with this chain (which must not be open) passes; `None` if the columns do not tell. `tree` is written over.
    pub(super) fn decide(
        &mut self,
        frame: u32,
        path: PathId,
        tree: &mut Tree,
        passes: impl FnOnce(&Tree) -> bool,
    ) -> Option<bool> {
        let shape = match self.shapes.get(&path) {
            Some(shape) => *shape,
            None => {
                let shape = self.shape(path);
                self.shapes.insert(path, shape);
                shape
            }
        };
        let transport = match shape {
            Shape::Unknown => return None,
            Shape::Udp if self.plan.directed => return None,
            Shape::Bare => None,
            Shape::Tcp | Shape::Udp => Some(self.facts.transport(frame, 0)?),
        };
        let tcp = transport.filter(|_| shape == Shape::Tcp);
        let marks = match tcp {
            Some(transport) if self.plan.marks => analysis::marks(self.facts, transport, frame),
            _ => Marks::default(),
        };
        let backward = tcp.is_some_and(|t| t.direction() == Direction::Backward);
        let ends = transport.filter(|_| self.plan.ends);
        let kind = (
            path,
            ends.map_or(u32::MAX, |t| t.stream),
            self.plan.directed && backward,
            marks.0,
        );
        if let Some(known) = self.known.get(&kind) {
            return Some(*known);
        }
        tree.clear();
        self.protocols(path, tree);
        if let Some(transport) = ends {
            self.ends(transport, shape, backward, tree)?;
        }
        for field in analysis::fields_of(marks) {
            push(tree, field, Value::None, 0);
        }
        let passes = passes(tree);
        self.known.insert(kind, passes);
        Some(passes)
    }

    fn chain(&self, mut path: PathId) -> impl Iterator<Item = &'static Protocol> {
        std::iter::from_fn(move || {
            let (parent, protocol) = self.facts.paths.get(path)?;
            path = parent;
            self.registry.protocol(protocol)
        })
    }

    fn shape(&self, path: PathId) -> Shape {
        let (mut networks, mut tcp, mut udp) = (0, 0, 0);
        for protocol in self.chain(path) {
            match protocol.field.abbrev {
                "ip" | "ipv6" => networks += 1,
                "tcp" => tcp += 1,
                "udp" => udp += 1,
                name if INVOLVED.contains(&name) => return Shape::Unknown,
                _ => {}
            }
        }
        match (networks, tcp, udp) {
            (0, 0, 0) => Shape::Bare,
            (1, 1, 0) => Shape::Tcp,
            (1, 0, 1) => Shape::Udp,
            _ => Shape::Unknown,
        }
    }

    fn protocols(&self, path: PathId, tree: &mut Tree) {
        for protocol in self.chain(path) {
            push(tree, &protocol.field, Value::None, PROTOCOL);
        }
    }

    /// The nodes of addresses, ports and stream.
    fn ends(
        &self,
        transport: Transport,
        shape: Shape,
        backward: bool,
        tree: &mut Tree,
    ) -> Option<()> {
        let stream = transport.stream as usize;
        let Ends { first, second } = match shape {
            Shape::Tcp => *self.facts.tcp_ends.get(stream)?,
            _ => self.facts.udp.get(stream)?.ends,
        };
        let (source, destination) = if backward {
            (second, first)
        } else {
            (first, second)
        };
        let fields = &self.plan.fields;
        let (network, from, to) = match (source.0, destination.0) {
            (Address::V4(a), Address::V4(b)) => (fields.ip, Value::Ipv4(a), Value::Ipv4(b)),
            (Address::V6(a), Address::V6(b)) => (fields.ipv6, Value::Ipv6(a), Value::Ipv6(b)),
            _ => return None,
        };
        push(tree, network[0], from, 0);
        push(tree, network[1], to, 0);
        let [source_port, destination_port, number] = match shape {
            Shape::Tcp => fields.tcp,
            _ => fields.udp,
        };
        push(tree, source_port, Value::U(u64::from(source.1)), 0);
        push(
            tree,
            destination_port,
            Value::U(u64::from(destination.1)),
            0,
        );
        push(tree, number, Value::U(u64::from(transport.stream)), 0);
        Some(())
    }
}

fn push(tree: &mut Tree, field: &'static Field, value: Value, flags: u8) {
    tree.nodes.push(Node {
        field,
        value,
        start: 0,
        len: 0,
        label: Label::Standard,
        depth: u8::from(flags & PROTOCOL == 0),
        buffer: 0,
        flags,
        severity: 0,
    });
}
