//! What all layers of one frame share while it is dissected.

use super::ahead::Look;
use super::registry::Registry;
use super::tree::Tree;
use crate::flow::address::{Address, Foreseen};
use crate::flow::facts::{Facts, PathId, Span};
use crate::flow::history::History;

/// What is wanted of a dissection; what is not wanted is not made.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Want {
    /// Nodes with fields and values.
    pub nodes: bool,
    /// Labels that differ from the standard ones (needs nodes).
    pub labels: bool,
    /// The packet list's columns.
    pub columns: bool,
    /// Protocols nested deeper than this (0: the frame itself) are left out, as if they had been taken whole.
    pub until: Option<u8>,
    /// Of the headers up to the transport, nodes are made for these protocols only ([`Want::bit`] of each); 0: for all. Every
    /// protocol's own node is there in any case.
    pub carriers: u64,
    /// What is costly to make is made for these fields only ([`Want::bit`] of each); 0: for all.
    pub fields: u64,
}

impl Want {
    /// The bit that stands for a field or protocol. Others may have the same: then more is made than is wanted.
    pub fn bit<T>(of: &'static T) -> u64 {
        // The upper bits of a product depend on all bits of the address.
        let address = std::ptr::from_ref(of).addr() as u64;
        1 << (address.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 58)
    }

    /// Everything, for the tree pane and exports.
    pub const ALL: Want = Want {
        nodes: true,
        labels: true,
        columns: true,
        until: None,
        carriers: 0,
        fields: 0,
    };
    /// For filters and `-T fields`.
    pub const NODES: Want = Want {
        nodes: true,
        labels: false,
        columns: false,
        until: None,
        carriers: 0,
        fields: 0,
    };
    /// For the packet list.
    pub const COLUMNS: Want = Want {
        nodes: false,
        labels: false,
        columns: true,
        until: None,
        carriers: 0,
        fields: 0,
    };
    /// For the scan.
    pub const NOTHING: Want = Want {
        nodes: false,
        labels: false,
        columns: false,
        until: None,
        carriers: 0,
        fields: 0,
    };
}

/// In which pass this is.
pub enum Mode<'a> {
    /// The one pass in capture order: history is kept, facts are written.
    Scan {
        /// What is remembered.
        history: &'a mut History,
        /// What is found out.
        facts: &'a mut Facts,
    },
    /// Before its turn in the scan: only what needs no history ([`super::ahead`]).
    Ahead(Look<'a>),
    /// Any time later, any frame: facts are read.
    Read {
        /// What was found out.
        facts: &'a Facts,
    },
}

/// Gives the bytes and times of other frames: messages are put together from several.
pub trait Frames {
    /// The time of a frame, nanoseconds since 1970.
    fn time_ns(&self, frame: u32) -> Option<i64>;
    /// Append the bytes of a span. `false` if they cannot be had (the file is gone or shorter).
    fn append(&mut self, span: Span, out: &mut Vec<u8>) -> bool;
}

/// A source without other frames, for single packets and tests.
pub struct NoFrames;

impl Frames for NoFrames {
    fn time_ns(&self, _: u32) -> Option<i64> {
        None
    }
    fn append(&mut self, _: Span, _: &mut Vec<u8>) -> bool {
        false
    }
}

/// An interface of the capture, as far as a frame's description shows it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct InterfaceInfo {
    /// Its index inside its section, from 0.
    pub id: u32,
    /// Number of its section, from 1.
    pub section: u32,
    /// Name (`eth0`), where the file has one.
    pub name: Option<String>,
    /// Description, where the file has one.
    pub description: Option<String>,
    /// Link type of its frames.
    pub link_type: u16,
}

/// The frame itself.
#[derive(Clone, Debug, Default)]
pub struct FrameInfo<'a> {
    /// Its number, from 1.
    pub number: u32,
    /// When it was captured, nanoseconds since 1970; `i64::MIN` if the file does not tell (pcapng's simple packets).
    pub time_ns: i64,
    /// Bytes captured.
    pub captured: u32,
    /// Bytes on the wire.
    pub original: u32,
    /// Link type number as in pcap files (1 = Ethernet).
    pub link_type: u16,
    /// The interface, where the format knows one (pcapng); `None` in pcap files.
    pub interface: Option<&'a InterfaceInfo>,
    /// The comments that the capture file has on this frame.
    pub comments: &'a [String],
    /// pcapng's packet flags (`epb_flags`: direction, reception type, errors), where the file has them.
    pub flags: Option<u32>,
    /// The user marked it.
    pub marked: bool,
    /// The user wants it passed over: nothing of it is dissected.
    pub ignored: bool,
    /// Time of the first frame of the capture, or of the user's last time reference before this frame.
    pub first_time_ns: i64,
    /// Time of the frame before, if there is one.
    pub previous_time_ns: Option<i64>,
    /// Time of the frame displayed before, if there is one.
    pub previous_displayed_time_ns: Option<i64>,
}

/// Settings that dissectors heed.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Verify checksums of IP, TCP, UDP, ICMP.
    pub verify_checksums: bool,
}

/// What inner layers learn from outer ones.
#[derive(Clone, Debug, Default)]
pub struct Packet {
    /// Network source of the innermost network layer so far.
    pub source: Address,
    /// Network destination.
    pub destination: Address,
    /// Transport source port.
    pub source_port: u16,
    /// Transport destination port.
    pub destination_port: u16,
    /// Link source (for protocols directly on the link; in the scan, transports and what they carry do not know it).
    pub link_source: Address,
    /// Link destination.
    pub link_destination: Address,
    /// In the scan: what was worked out of the transport's ends before the frame's turn. For the first transport only.
    pub foreseen: Option<Foreseen>,
    /// How many IP headers came before the one being dissected.
    pub ip_ordinal: u16,
    /// How many transport headers came before.
    pub transport_ordinal: u16,
    /// Inside the packet that an ICMP error quotes.
    pub quoted: bool,
    /// A fragment whose datagram is not put together here: inner layers are incomplete.
    pub fragment: bool,
    /// The packet list's columns are not to be changed (quoted packets).
    pub columns_locked: bool,
    /// The chain of protocols so far.
    pub path: PathId,
    /// Stream (TCP or UDP) of the innermost transport header.
    pub stream: u32,
    /// The note of the message being dissected, an index into the facts' notes ([`NONE`](crate::flow::facts::NONE) if none).
    pub message_note: u32,
    /// Which way the message goes in its TCP stream: 0 forward, 1 backward.
    pub direction: u8,
    /// The content type, as written with its parameters, of the body being dissected.
    pub content_type: String,
    /// Whether the message at hand was put together of several segments.
    pub reassembled: bool,
    /// IP protocol number or last next-header value.
    pub ip_protocol: u8,
    /// How deep protocols are nested.
    pub depth: u8,
    /// TTL or hop limit of the innermost network layer.
    pub hop_limit: u8,
    /// At which depth of the tree protocols are put: 0, but inside a protocol's own tree where a packet is quoted there.
    pub below: u8,
    /// How many bytes of its region the protocol called last took, by its own length field ([`Layer::limit`](super::Layer::limit));
    /// all of them if it has none. What lies behind is the caller's trailer.
    pub taken: usize,
    /// A wireless frame follows whose first two bytes were exchanged by the controller that passed it on.
    pub swapped_control: bool,
}

/// Everything shared by the layers of one frame.
pub struct Context<'a> {
    /// Where nodes go.
    pub tree: &'a mut Tree,
    /// What is wanted.
    pub want: Want,
    /// Scan or read.
    pub mode: Mode<'a>,
    /// Who dissects what.
    pub registry: &'a Registry,
    /// Settings.
    pub options: &'a Options,
    /// The frame.
    pub frame: FrameInfo<'a>,
    /// The frame's bytes.
    pub bytes: &'a [u8],
    /// Other frames.
    pub frames: &'a mut dyn Frames,
    /// What inner layers learn from outer ones.
    pub packet: Packet,
    /// In the scan, the beginning of the first transport's header, where it was copied before the frame's turn: at hand when the
    /// frame's bytes are not yet. For the first transport only, which takes it.
    pub head: &'a [u8],
    /// A string for texts in the making, reused.
    pub scratch: String,
}
