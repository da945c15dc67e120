//! Who dissects what: every protocol, once, with the tables and keys under which others find it.

use std::collections::HashMap;

use super::ahead::Foresight;
use super::glance::Glance;
use super::layer::{Done, Layer};
use crate::field::{Field, Issue, Kind};
use crate::flow::facts::{Facts, Piece};
use crate::flow::history::Chooser;
use crate::flow::message::{Framer, Reader};

/// Where a protocol looks for the next one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Table {
    /// By link type of the capture (1 = Ethernet).
    LinkType,
    /// By EtherType.
    EtherType,
    /// By LLC service access point.
    Llc,
    /// By IP protocol number.
    IpProtocol,
    /// By UDP port.
    UdpPort,
    /// By TCP port.
    TcpPort,
    /// By PPP protocol number.
    Ppp,
}

impl Table {
    /// The tables in which the user may change who gets what.
    pub const NAMED: &'static [Table] = &[
        Table::EtherType,
        Table::IpProtocol,
        Table::Llc,
        Table::Ppp,
        Table::TcpPort,
        Table::UdpPort,
    ];

    /// Its name on the command line: that of the field whose value is looked up in it. The link type of a capture has none.
    pub const fn name(self) -> &'static str {
        match self {
            Table::LinkType => "",
            Table::EtherType => "ethertype",
            Table::Llc => "llc.dsap",
            Table::IpProtocol => "ip.proto",
            Table::UdpPort => "udp.port",
            Table::TcpPort => "tcp.port",
            Table::Ppp => "ppp.protocol",
        }
    }

    /// The greatest key that it can have.
    pub const fn greatest(self) -> u32 {
        match self {
            Table::Llc | Table::IpProtocol => 0xff,
            _ => 0xffff,
        }
    }

    /// Whether this protocol can be chosen for a key of the table: those found by such keys anyway, those that know their bytes
    /// where they meet them, and plain data.
    pub fn takes(self, protocol: &Protocol) -> bool {
        let known = match self {
            Table::TcpPort => protocol.framer.is_some(),
            Table::UdpPort => protocol.recognise_udp.is_some(),
            _ => false,
        };
        let stream = self != Table::TcpPort || protocol.framer.is_some();
        known
            || stream && protocol.parents.iter().any(|(table, _)| *table == self)
            || protocol.field.abbrev == "data"
    }
}

/// A rule of the user: these keys belong to this protocol, whatever is registered for them ("Decode as"). A protocol that reads
/// nothing there (plain data) has the bytes shown as they are.
#[derive(Clone, Copy, Debug)]
pub struct DecodeAs {
    /// The table in which the keys are changed.
    pub table: Table,
    /// The first key, and the last: one or many.
    pub keys: (u32, u32),
    /// Who gets what comes under these keys.
    pub protocol: &'static Protocol,
}

/// A content type handled by a protocol, or by its ending (`+xml`).
pub type MediaType = &'static str;

/// How the messages of a protocol on TCP stand in one segment.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum InSegment {
    /// Each is dissected on its own.
    #[default]
    Each,
    /// Several whole ones that follow each other are dissected in one go: TLS records, one protocol node for all.
    Together,
    /// Each is dissected on its own, and its length is shown (`tcp.pdu.size`).
    Sized,
}

/// Whether a frame with these pieces of messages surely has none of these fields.
pub type Lacks = fn(&Facts, &[Piece], &[&'static Field]) -> bool;

/// Says whether bytes are surely of a protocol.
type Knows = fn(&[u8]) -> bool;

/// A protocol: its names, its fields, who its parents are, and how it is dissected.
pub struct Protocol {
    /// Filter name and full title (`tcp`, "Transmission Control Protocol"); kind [`Kind::Protocol`].
    pub field: Field,
    /// Short name, as the packet list has it (`TCP`).
    pub name: &'static str,
    /// Where it is defined.
    pub spec: &'static str,
    /// Its fields.
    pub fields: &'static [&'static Field],
    /// Its issues.
    pub issues: &'static [&'static Issue],
    /// Under which keys others find it.
    pub parents: &'static [(Table, u32)],
    /// Content types that it dissects (HTTP and mail bodies).
    pub media: &'static [MediaType],
    /// Whether what it carries (or whether it is this protocol at all) shows only when all its bytes are there as they were
    /// meant: the scan, which does not decode bodies, then leaves the frame's chain open.
    pub container: bool,
    /// What the scan may do of it before the frame's turn.
    pub foresight: Foresight,
    /// The usual form of its header, read quickly: for protocols that [`Foresight::Header`] says stand for themselves.
    pub glance: Option<Glance>,
    /// Says, from the facts alone, that a frame whose pieces of messages are these has none of these fields: a filter that asks for
    /// nothing else of the protocol need not read the frame.
    pub lacks: Option<Lacks>,
    /// The dissector: one message, top to bottom as on the wire.
    pub dissect: fn(&mut Layer<'_, '_>) -> Done,
    /// For protocols on TCP: what finds its messages in a stream.
    pub framer: Option<fn() -> Box<dyn Framer>>,
    /// For protocols on TCP: whether a stream on one of its ports may begin with these bytes; without this, with any.
    pub accept_tcp: Option<fn(&[u8]) -> bool>,
    /// For protocols on TCP: how several messages in one segment are dissected.
    pub in_segment: InSegment,
    /// For protocols on TCP: whether a stream that begins with these bytes is surely this one, whatever the port.
    pub recognise_tcp: Option<fn(&[u8]) -> bool>,
    /// The same for UDP payloads.
    pub recognise_udp: Option<fn(&[u8]) -> bool>,
}

impl Protocol {
    /// A protocol with nothing but names; to be completed with struct update syntax.
    pub const fn new(
        abbrev: &'static str,
        title: &'static str,
        name: &'static str,
        dissect: fn(&mut Layer<'_, '_>) -> Done,
    ) -> Protocol {
        Protocol {
            field: Field::new(abbrev, title, Kind::Protocol),
            name,
            spec: "",
            fields: &[],
            issues: &[],
            parents: &[],
            media: &[],
            container: false,
            foresight: Foresight::None,
            glance: None,
            lacks: None,
            dissect,
            framer: None,
            in_segment: InSegment::Each,
            accept_tcp: None,
            recognise_tcp: None,
            recognise_udp: None,
        }
    }
}

impl std::fmt::Debug for Protocol {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.field.abbrev)
    }
}

/// All protocols and the tables between them.
#[derive(Clone)]
pub struct Registry {
    protocols: Vec<&'static Protocol>,
    index: HashMap<usize, u16, foldhash::fast::FixedState>,
    tables: HashMap<(Table, u32), &'static Protocol, foldhash::fast::FixedState>,
    /// The same for keys of 16 bits, asked for with every packet: by table, then index + 1 by key, 0 for none.
    dense: [Vec<u16>; 7],
    /// Protocols by filter name.
    names: HashMap<&'static str, &'static Protocol, foldhash::fast::FixedState>,
    /// Plain data.
    data: Option<&'static Protocol>,
    recognise_tcp: Vec<(Knows, &'static Protocol)>,
    recognise_udp: Vec<(Knows, &'static Protocol)>,
    /// The rules of the user, and what they come to.
    rules: Vec<DecodeAs>,
    forced: HashMap<(Table, u32), &'static Protocol, foldhash::fast::FixedState>,
    media: HashMap<&'static str, &'static Protocol>,
    fields: HashMap<&'static str, Vec<&'static Field>>,
}

impl Registry {
    /// The registry of these protocols.
    pub fn new(protocols: &[&'static Protocol]) -> Registry {
        let mut registry = Registry {
            protocols: protocols.to_vec(),
            index: HashMap::default(),
            tables: HashMap::default(),
            dense: std::array::from_fn(|_| vec![0; 1 << 16]),
            names: HashMap::default(),
            data: None,
            recognise_tcp: Vec::new(),
            recognise_udp: Vec::new(),
            rules: Vec::new(),
            forced: HashMap::default(),
            media: HashMap::new(),
            fields: HashMap::new(),
        };
        for (i, protocol) in protocols.iter().enumerate() {
            registry
                .index
                .insert(address(protocol), u16::try_from(i).unwrap_or(u16::MAX));
            registry
                .names
                .entry(protocol.field.abbrev)
                .or_insert(protocol);
            for key in protocol.parents {
                registry.tables.insert(*key, protocol);
            }
            let knows = |list: &mut Vec<_>, knows: Option<Knows>| {
                list.extend(knows.map(|knows| (knows, *protocol)));
            };
            knows(&mut registry.recognise_tcp, protocol.recognise_tcp);
            knows(&mut registry.recognise_udp, protocol.recognise_udp);
            for media in protocol.media {
                registry.media.insert(media, protocol);
            }
            registry
                .fields
                .entry(protocol.field.abbrev)
                .or_default()
                .push(&protocol.field);
            let issues = protocol.issues.iter().map(|i| &i.field);
            for field in protocol.fields.iter().copied().chain(issues) {
                registry.fields.entry(field.abbrev).or_default().push(field);
            }
        }
        for ((table, key), protocol) in &registry.tables {
            let index = registry.index.get(&address(protocol)).copied();
            if let (Some(slot), Some(index)) = (
                registry.dense[*table as usize].get_mut(*key as usize),
                index.and_then(|index| index.checked_add(1)),
            ) {
                *slot = index;
            }
        }
        registry.data = registry.protocol_named("data");
        let common = super::ISSUES.iter().map(|i| &i.field);
        for field in super::COMMON_FIELDS.iter().copied().chain(common) {
            registry.fields.entry(field.abbrev).or_default().push(field);
        }
        registry
    }

    /// With issues that several protocols share, so that filters know them.
    pub fn with_issues(mut self, issues: &[&'static Issue]) -> Registry {
        for issue in issues {
            let of_name = self.fields.entry(issue.field.abbrev).or_default();
            of_name.push(&issue.field);
        }
        self
    }

    /// The same registry with these rules of the user in place of those it has. Of several for one key the last holds. A capture
    /// that is open keeps the registry that it was scanned with: it must be loaded anew.
    #[must_use]
    pub fn decoding_as(&self, rules: Vec<DecodeAs>) -> Registry {
        let mut registry = self.clone();
        registry.forced.clear();
        for rule in &rules {
            for key in rule.keys.0..=rule.keys.1.min(rule.table.greatest()) {
                registry.forced.insert((rule.table, key), rule.protocol);
            }
        }
        registry.rules = rules;
        registry
    }

    /// The rules of the user.
    pub fn rules(&self) -> &[DecodeAs] {
        &self.rules
    }

    /// Who gets what comes under this key by a rule of the user.
    fn forced(&self, table: Table, key: u32) -> Option<&'static Protocol> {
        if self.forced.is_empty() {
            return None; // nearly always: no look into a table
        }
        self.forced.get(&(table, key)).copied()
    }

    /// Every protocol, in the order of the list.
    pub fn protocols(&self) -> &[&'static Protocol] {
        &self.protocols
    }

    /// A protocol by its index.
    pub fn protocol(&self, index: u16) -> Option<&'static Protocol> {
        self.protocols.get(usize::from(index)).copied()
    }

    /// A protocol by its filter name.
    pub fn protocol_named(&self, abbrev: &str) -> Option<&'static Protocol> {
        self.names.get(abbrev).copied()
    }

    /// Plain data: what nobody else takes.
    pub fn data(&self) -> Option<&'static Protocol> {
        self.data
    }

    /// The index of a protocol; `u16::MAX` for one that is not in the list.
    pub fn index_of(&self, protocol: &'static Protocol) -> u16 {
        self.index
            .get(&address(protocol))
            .copied()
            .unwrap_or(u16::MAX)
    }

    /// Who is registered under a key.
    pub fn find(&self, table: Table, key: u32) -> Option<&'static Protocol> {
        if let Some(chosen) = self.forced(table, key) {
            return Some(chosen);
        }
        match self.dense[table as usize].get(key as usize) {
            Some(index) => self.protocol(index.checked_sub(1)?),
            None => self.tables.get(&(table, key)).copied(),
        }
    }

    /// Who dissects a content type, given in lower case without parameters.
    pub fn find_media(&self, media: &str) -> Option<&'static Protocol> {
        self.media.get(media).copied()
    }

    /// The fields with this filter name: usually one; several where a protocol has one name for several forms.
    pub fn fields_named(&self, abbrev: &str) -> &[&'static Field] {
        self.fields.get(abbrev).map_or(&[], Vec::as_slice)
    }

    /// Every filter name with its fields, in no order.
    pub fn all_fields(&self) -> impl Iterator<Item = (&'static str, &[&'static Field])> {
        self.fields
            .iter()
            .map(|(name, fields)| (*name, fields.as_slice()))
    }

    /// Who takes a UDP payload between these ports: whom the user chose, the lower port's owner, the higher port's, whoever knows
    /// the bytes.
    pub fn udp(&self, source: u16, destination: u16, bytes: &[u8]) -> Option<&'static Protocol> {
        let (low, high) = (source.min(destination), source.max(destination));
        self.forced(Table::UdpPort, u32::from(low))
            .or_else(|| self.forced(Table::UdpPort, u32::from(high)))
            .or_else(|| self.find(Table::UdpPort, u32::from(low)))
            .or_else(|| self.find(Table::UdpPort, u32::from(high)))
            .or_else(|| {
                let mut all = self.recognise_udp.iter();
                all.find(|(knows, _)| knows(bytes)).map(|(_, p)| *p)
            })
    }

    /// Who reads a TCP stream between these ports that begins with these bytes: whom the user chose, the lower port's owner if it
    /// accepts them, the higher port's, whoever knows the bytes.
    pub fn tcp(&self, source: u16, destination: u16, bytes: &[u8]) -> Option<&'static Protocol> {
        let (low, high) = (source.min(destination), source.max(destination));
        let accepts = |p: &&'static Protocol| p.accept_tcp.is_none_or(|accepts| accepts(bytes));
        let chosen = |port: u16| self.forced(Table::TcpPort, u32::from(port));
        if let Some(protocol) = chosen(low).or_else(|| chosen(high)).filter(accepts) {
            return Some(protocol);
        }
        let owner = |port: u16| self.find(Table::TcpPort, u32::from(port)).filter(accepts);
        owner(low).or_else(|| owner(high)).or_else(|| {
            let mut all = self.recognise_tcp.iter();
            all.find(|(knows, _)| knows(bytes)).map(|(_, p)| *p)
        })
    }
}

impl Chooser for Registry {
    fn choose(&self, source_port: u16, destination_port: u16, bytes: &[u8]) -> Option<Reader> {
        let protocol = self.tcp(source_port, destination_port, bytes)?;
        Some((self.index_of(protocol), protocol.framer?()))
    }

    fn named(&self, name: &str) -> Option<Reader> {
        let protocol = self.protocol_named(name)?;
        Some((self.index_of(protocol), protocol.framer?()))
    }

    fn owns(&self, name: &str, port: u16, other: u16) -> bool {
        let forced = |port: u16| self.forced(Table::TcpPort, u32::from(port));
        let owner = if forced(other).is_some() {
            forced(port)
        } else {
            self.find(Table::TcpPort, u32::from(port))
        };
        owner.is_some_and(|p| p.field.abbrev == name)
    }
}

fn address(protocol: &'static Protocol) -> usize {
    std::ptr::from_ref(protocol).addr()
}
