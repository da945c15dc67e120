//! What the protocols of the Internet layer share: names of protocol numbers and classes of service, the checksum of RFC 1071,
//! and the nodes that show how a datagram was put together from fragments.

use std::fmt::Write as _;
use std::sync::Arc;

use crate::dissect::text::LABEL_LIMIT;
use crate::dissect::{Layer, NodeId, Value};
use crate::field::Field;
use crate::flow::address::Address;

/// How a checksum stands: shared by all protocols that have one.
pub static CHECKSUM_STATES: &[(u64, &str)] = &[
    (0, "Bad"),
    (1, "Good"),
    (2, "Unverified"),
    (3, "Not present"),
    (4, "Illegal"),
];

/// What was found out about a checksum; the numbers are those of [`CHECKSUM_STATES`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Checksum {
    /// It does not fit; the right one.
    Bad(u16),
    /// It fits.
    Good,
    /// It was not verified.
    Unverified,
    /// The sender computed none.
    Absent,
    /// A value that must not occur.
    Illegal,
}

impl Checksum {
    /// The value of a `checksum.status` field.
    pub const fn state(self) -> Value {
        Value::U(match self {
            Checksum::Bad(_) => 0,
            Checksum::Good => 1,
            Checksum::Unverified => 2,
            Checksum::Absent => 3,
            Checksum::Illegal => 4,
        })
    }

    /// Compare what stands in the packet with the sum over all that it covers, itself included.
    pub fn of(found: u16, sum: u32) -> Checksum {
        let folded = fold(sum);
        if folded == 0xffff {
            return Checksum::Good;
        }
        // Take the found value out of the sum again (one's complement: add its complement).
        let without = fold(u32::from(folded) + u32::from(!found));
        Checksum::Bad(!without)
    }
}

/// Add bytes to a sum of 16-bit words (RFC 1071). An odd byte at the end counts as the high half of a word.
pub fn add_words(mut sum: u32, bytes: &[u8]) -> u32 {
    for pair in bytes.chunks(2) {
        let word = u32::from(pair[0]) << 8 | pair.get(1).map_or(0, |b| u32::from(*b));
        sum += word;
        if sum > 0xffff_0000 {
            sum = u32::from(fold(sum));
        }
    }
    sum
}

/// Bring a sum down to 16 bits with end-around carry.
pub fn fold(mut sum: u32) -> u16 {
    while sum > 0xffff {
        sum = (sum & 0xffff) + (sum >> 16);
    }
    sum as u16
}

/// The sum over the pseudo header: addresses, length and protocol (RFC 768, RFC 9293 section 3.1, RFC 8200 section 8.1).
pub fn pseudo_header(source: Address, destination: Address, len: usize, protocol: u8) -> u32 {
    let mut sum = 0;
    for address in [source, destination] {
        sum = match &address {
            Address::V4(a) => add_words(sum, a),
            Address::V6(a) => add_words(sum, a),
            _ => sum,
        };
    }
    let len = u32::try_from(len).unwrap_or(u32::MAX);
    sum + (len >> 16) + (len & 0xffff) + u32::from(protocol)
}

/// Names of the IP protocol numbers 0 to 143, in order (IANA's registry).
static PROTOCOLS: [&str; 144] = [
    "IPv6 Hop-by-Hop Option",
    "ICMP",
    "IGMP",
    "GGP",
    "IPIP",
    "Stream",
    "TCP",
    "CBT",
    "EGP",
    "IGRP",
    "BBN RCC",
    "Network Voice",
    "PUP",
    "ARGUS",
    "EMCON",
    "XNET",
    "CHAOS",
    "UDP",
    "Multiplex",
    "DCN Measurement",
    "Host Monitoring",
    "Packet radio",
    "IDP",
    "Trunk-1",
    "Trunk-2",
    "Leaf-1",
    "Leaf-2",
    "Reliable Data",
    "IRT",
    "ISO TP4",
    "Bulk Data",
    "MFE NSP",
    "Merit Internodal",
    "Datagram Congestion Control Protocol",
    "3rd Party Connect",
    "Inter-Domain Policy Routing Protocol",
    "XTP",
    "Datagram delivery",
    "Control Message",
    "TP++",
    "IL",
    "IPv6",
    "Source demand routing",
    "Routing Header for IPv6",
    "Fragment Header for IPv6",
    "Inter-Domain Routing Protocol",
    "Reservation Protocol",
    "Generic Routing Encapsulation",
    "Dynamic source routing",
    "BNA",
    "Encap Security Payload",
    "Authentication Header",
    "INSLP",
    "SWIPE",
    "NBMA ARP",
    "IP Mobility",
    "TLSP Kryptonet",
    "SKIP",
    "ICMPv6",
    "No Next Header for IPv6",
    "Destination Options for IPv6",
    "any host internal protocol",
    "Mobile IPv6 (old)",
    "any local network",
    "SATNET EXPAK",
    "Kryptolan",
    "Remote Virtual Disk",
    "IPPC",
    "any distributed file system",
    "SATNET Monitoring",
    "VISA",
    "IPCV",
    "CPNX",
    "CPHB",
    "Wang Span",
    "Packet Video",
    "Backroom SATNET Mon",
    "Sun ND Protocol",
    "Wideband Mon",
    "Wideband Expak",
    "ISO Internet Protocol",
    "VMTP",
    "Secure VMTP",
    "VINES",
    "TTP",
    "NSFNET IGP",
    "Dissimilar Gateway",
    "TCF",
    "EIGRP",
    "OSPF IGP",
    "Sprite RPC",
    "Locus ARP",
    "Multicast Transport",
    "AX.25 Frames",
    "IP in IP",
    "MICP",
    "Semaphore",
    "Ether in IP",
    "ENCAP",
    "any private encryption scheme",
    "GMTP",
    "Ipsilon Flow",
    "PNNI over IP",
    "PIM",
    "ARIS",
    "SCPS",
    "QNX",
    "Active Networks",
    "IPComp",
    "Sitara Networks",
    "Compaq Peer",
    "IPX IN IP",
    "VRRP",
    "PGM",
    "any 0-hop protocol",
    "Layer 2 Tunneling",
    "DDX",
    "IATP",
    "STP",
    "SpectraLink",
    "UTI",
    "SMP",
    "SM",
    "PTP",
    "ISIS over IP",
    "FIRE",
    "CRTP",
    "CRUDP",
    "SSCOPMCE",
    "IPLT",
    "Secure Packet",
    "PIPE",
    "SCTP",
    "Fibre Channel",
    "RSVP E2EI",
    "Mobile IPv6",
    "UDPLite",
    "MPLS in IP",
    "MANET",
    "HIP",
    "Shim6 header",
    "WESP",
    "ROHC",
    "Ethernet",
];

/// The name of an IP protocol number or IPv6 next-header value.
pub fn protocol_name(number: u64) -> Option<&'static str> {
    match number {
        0..144 => PROTOCOLS.get(usize::try_from(number).ok()?).copied(),
        173 => Some("AX/4000 Testframe"),
        144..=252 => Some("Unassigned"),
        253 | 254 => Some("Use for experimentation and testing"),
        255 => Some("Reserved"),
        _ => None,
    }
}

/// The names of the congestion bits (RFC 3168 section 5).
pub static ECN_NAMES: &[(u64, &str)] = &[
    (0, "Not ECN-Capable Transport"),
    (1, "ECN-Capable Transport codepoint '01'"),
    (2, "ECN-Capable Transport codepoint '10'"),
    (3, "Congestion Experienced"),
];

/// Classes of service: code point, name and short name (RFC 2474, 2597, 3246, 5865, 8622).
static DSCP: &[(u64, &str, &str)] = &[
    (0, "Default", "CS0"),
    (1, "Lower Effort", "LE"),
    (8, "Class Selector 1", "CS1"),
    (10, "Assured Forwarding 11", "AF11"),
    (12, "Assured Forwarding 12", "AF12"),
    (14, "Assured Forwarding 13", "AF13"),
    (16, "Class Selector 2", "CS2"),
    (18, "Assured Forwarding 21", "AF21"),
    (20, "Assured Forwarding 22", "AF22"),
    (22, "Assured Forwarding 23", "AF23"),
    (24, "Class Selector 3", "CS3"),
    (26, "Assured Forwarding 31", "AF31"),
    (28, "Assured Forwarding 32", "AF32"),
    (30, "Assured Forwarding 33", "AF33"),
    (32, "Class Selector 4", "CS4"),
    (34, "Assured Forwarding 41", "AF41"),
    (36, "Assured Forwarding 42", "AF42"),
    (38, "Assured Forwarding 43", "AF43"),
    (40, "Class Selector 5", "CS5"),
    (44, "Voice Admit", "VOICE-ADMIT"),
    (46, "Expedited Forwarding", "EF PHB"),
    (48, "Class Selector 6", "CS6"),
    (56, "Class Selector 7", "CS7"),
];

/// The name of a class of service.
pub fn dscp_name(code: u64) -> Option<&'static str> {
    DSCP.iter().find(|(c, ..)| *c == code).map(|(_, n, _)| *n)
}

/// ` (DSCP: CS0, ECN: Not-ECT)`: the byte of class and congestion in short.
pub fn write_traffic_class(byte: u8, out: &mut String) {
    let code = u64::from(byte >> 2);
    let short = DSCP
        .iter()
        .find(|(c, ..)| *c == code)
        .map_or("Unknown", |(.., s)| *s);
    let ecn = ["Not-ECT", "ECT(1)", "ECT(0)", "CE"][usize::from(byte & 3)];
    let _ = write!(out, " (DSCP: {short}, ECN: {ecn})");
}

/// The fields that show a reassembly; IPv4 and IPv6 have the same under names of their own.
pub struct Reassembly {
    /// Title of the buffer.
    pub title: &'static str,
    /// What the pieces are called: "IPv4".
    pub name: &'static str,
    /// All pieces.
    pub fragments: &'static Field,
    /// One piece.
    pub fragment: &'static Field,
    /// One piece that cannot be right.
    pub error: &'static Field,
    /// It overlaps others.
    pub overlap: &'static Field,
    /// It overlaps others with different bytes.
    pub conflict: &'static Field,
    /// It is one of several last pieces.
    pub multiple_tails: &'static Field,
    /// It goes beyond the end.
    pub too_long: &'static Field,
    /// How many pieces.
    pub count: &'static Field,
    /// Length of the whole.
    pub length: &'static Field,
    /// The whole.
    pub data: &'static Field,
}

/// One piece as it was fitted in.
struct Piece {
    frame: u32,
    offset: u32,
    len: u32,
    overlap: bool,
    conflict: bool,
    tail: bool,
    too_long: bool,
}

/// A datagram put together.
pub struct Assembled {
    /// Its bytes.
    pub bytes: Arc<[u8]>,
    pieces: Vec<Piece>,
}

/// Put the datagram together to which header `ordinal` of this frame belongs, if this frame made it complete.
pub fn assemble(l: &mut Layer<'_, '_>, ordinal: u16) -> Option<Assembled> {
    let frame = l.cx.frame.number;
    let datagram = l.facts().datagram(frame, ordinal)?;
    if datagram.last_frame != frame {
        return None;
    }
    let len = datagram.len as usize;
    let mut parts: Vec<_> = datagram.fragments.clone();
    // Stable: pieces for the same place stay in the order in which they came.
    parts.sort_by_key(|(offset, _)| *offset);
    let mut bytes: Vec<u8> = Vec::with_capacity(len.min(70_000));
    let mut pieces = Vec::with_capacity(parts.len());
    let mut piece = Vec::new();
    for (offset, span) in parts {
        piece.clear();
        if span.frame == frame {
            let start = span.offset as usize;
            piece.extend_from_slice(l.cx.bytes.get(start..start + span.len as usize)?);
        } else if !l.cx.frames.append(span, &mut piece) {
            return None;
        }
        let at = offset as usize;
        if at > bytes.len() {
            return None; // a hole: cannot be in a complete datagram
        }
        let end = at + piece.len();
        let known = bytes.len().min(end) - at;
        pieces.push(Piece {
            frame: span.frame,
            offset,
            len: span.len,
            overlap: known > 0,
            conflict: bytes[at..at + known] != piece[..known],
            tail: false,
            too_long: end > len,
        });
        let from = known.min(piece.len());
        let to = len.saturating_sub(at).min(piece.len());
        if from < to {
            bytes.extend_from_slice(&piece[from..to]);
        }
    }
    (bytes.len() == len).then(|| Assembled {
        bytes: bytes.into(),
        pieces,
    })
}

/// Show how a datagram was put together. `l` must be a layer over the datagram's own buffer.
pub fn show_pieces(l: &mut Layer<'_, '_>, fields: &'static Reassembly, assembled: &Assembled) {
    if !l.wants_nodes() {
        return;
    }
    let len = assembled.bytes.len();
    let pieces = &assembled.pieces;
    let value = if fields.fragments.kind == crate::field::Kind::Bytes {
        l.slice(0, len)
    } else {
        Value::None
    };
    let root = l.open(fields.fragments, 0, len, value);
    l.flag(root, crate::dissect::tree::GENERATED);
    l.label(root, |out| {
        let _ = write!(
            out,
            "{} {} Fragment{} ({len} byte{}): ",
            pieces.len(),
            fields.name,
            plural(pieces.len()),
            plural(len),
        );
        for (i, piece) in pieces.iter().enumerate() {
            if out.len() > LABEL_LIMIT {
                break;
            }
            let comma = if i == 0 { "" } else { ", " };
            let _ = write!(out, "{comma}#{}({})", piece.frame, piece.len);
        }
        out.truncate(LABEL_LIMIT - 1);
    });
    for piece in pieces {
        show_piece(l, fields, piece);
    }
    l.generated(fields.count, 0, Value::U(pieces.len() as u64));
    l.generated(fields.length, 0, Value::U(len as u64));
    let value = l.slice(0, len);
    l.computed(fields.data, 0, len, value);
    l.close();
}

fn show_piece(l: &mut Layer<'_, '_>, fields: &'static Reassembly, piece: &Piece) {
    let wrong = piece.conflict || piece.tail || piece.too_long;
    let field = if wrong { fields.error } else { fields.fragment };
    let (at, len) = (piece.offset as usize, piece.len as usize);
    let id = l.open(field, at, len, Value::U(u64::from(piece.frame)));
    l.flag(id, crate::dissect::tree::GENERATED);
    label_piece(l, id, piece);
    for (holds, field) in [
        (piece.overlap, fields.overlap),
        (piece.conflict, fields.conflict),
        (piece.tail, fields.multiple_tails),
        (piece.too_long, fields.too_long),
    ] {
        if holds {
            l.generated(field, at, Value::U(1));
        }
    }
    l.close();
}

fn label_piece(l: &mut Layer<'_, '_>, id: NodeId, piece: &Piece) {
    l.label(id, |out| {
        let _ = write!(
            out,
            "Frame: {}, payload: {}-{} ({} byte{})",
            piece.frame,
            piece.offset,
            (piece.offset + piece.len).saturating_sub(1),
            piece.len,
            plural(piece.len as usize)
        );
    });
}

/// `s` for any count but one.
pub fn plural(n: usize) -> &'static str {
    if n == 1 { "" } else { "s" }
}
