//! IPv6, the Internet Protocol with 128-bit addresses (RFC 8200). Its header is of fixed length; whatever else is to be said
//! stands in extension headers, each of which names the next.
//!
//! ```text
//!  0                   1                   2                   3
//!  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
//! +-------+---------------+---------------------------------------+
//! |Version| Traffic Class |              Flow Label               |
//! +-------+---------------+-------+---------------+---------------+
//! |         Payload Length        |  Next Header  |   Hop Limit   |
//! +-------------------------------+---------------+---------------+
//! |                    Source Address (16 bytes)                  |
//! +---------------------------------------------------------------+
//! |                  Destination Address (16 bytes)               |
//! +---------------------------------------------------------------+
//! ```

mod address;
mod extension;
mod fields;
mod options;
#[cfg(test)]
mod tests;

use std::fmt::Write as _;

use super::internet;
use crate::dissect::{Done, Foresight, Layer, Protocol, Region, Seen, Stop, Table, Value};
use crate::flow::address::Address;
use extension::Next;
pub use extension::{DSTOPTS, FRAGHDR, HOPOPTS, ROUTING};
use fields::*;

/// The Internet Protocol, version 6.
pub static IPV6: Protocol = Protocol {
    spec: "RFC 8200",
    fields: FIELDS,
    issues: ISSUES,
    parents: &[
        (Table::LinkType, 229),
        (Table::EtherType, 0x86dd),
        (Table::IpProtocol, 41),
        (Table::Ppp, 0x0057),
    ],
    foresight: Foresight::Header,
    glance: Some(glance),
    ..Protocol::new("ipv6", "Internet Protocol Version 6", "IPv6", dissect)
};

crate::issues! {
    /// The first four bits must be 6.
    BOGUS_VERSION = Issue::new("ipv6.bogus_ipv6_version", "Bogus IPv6 version", Severity::Error, Group::Malformed);
    /// The header is not well formed.
    INVALID_HEADER = Issue::new("ipv6.invalid_header", "Invalid IPv6 header", Severity::Error, Group::Malformed);
    /// The packet claims to be longer than what the link delivered.
    LENGTH_EXCEEDS = Issue::new("ipv6.plen_exceeds_framing", "IPv6 payload length does not match expected framing length", Severity::Warn, Group::Protocol);
    /// A length of 0 means a jumbo packet, or that the network card cuts one large packet into many later on.
    LENGTH_ZERO = Issue::new("ipv6.plen_zero", "IPv6 payload length equals 0", Severity::Warn, Group::Protocol);
    /// A length of 0 calls for a jumbo payload option.
    JUMBO_MISSING = Issue::new("ipv6.opt.jumbo.missing", "Jumbo Payload option missing", Severity::Error, Group::Protocol);
    /// Only a packet with length 0 may have a jumbo payload option.
    JUMBO_PROHIBITED = Issue::new("ipv6.opt.jumbo.prohibited", "Jumbo Payload option must not be present", Severity::Error, Group::Protocol);
    /// A jumbo packet is longer than 65,535 bytes, otherwise it would need no option.
    JUMBO_SMALL = Issue::new("ipv6.opt.jumbo.truncated", "Jumbo Payload length below 65536", Severity::Error, Group::Protocol);
    /// Jumbo packets cannot be fragments.
    JUMBO_FRAGMENT = Issue::new("ipv6.opt.jumbo.fragment", "Jumbo Payload option cannot be used with a fragment header", Severity::Error, Group::Protocol);
    /// The option's length byte cannot be right.
    OPTION_LENGTH = Issue::new("ipv6.opt.invalid_len", "Invalid IPv6 option length", Severity::Error, Group::Malformed);
    /// More data than the option should have.
    OPTION_DATA = Issue::new("ipv6.opt.unknown_data.expert", "Unknown Data (not interpreted)", Severity::Note, Group::Undecoded);
    /// The option belongs into the other kind of header.
    OPTION_MISPLACED = Issue::new("ipv6.opt.header_mismatch", "Wrong options extension header for type", Severity::Note, Group::Protocol);
    /// The option should not be used any more.
    OPTION_DEPRECATED = Issue::new("ipv6.opt.deprecated", "Option type is deprecated", Severity::Note, Group::Deprecated);
    /// No name is given: the sender's address is meant.
    MPL_SEED = Issue::new("ipv6.opt.mpl.ipv6_src_seed_id", "Seed ID is the IPv6 Source Address", Severity::Comment, Group::Protocol);
    /// A record has at least 4 bytes.
    IOAM_NODE_LENGTH = Issue::new("ipv6.opt.ioam.trace.invalid_nodelen", "Invalid \"NodeLen\" value: cannot be 0", Severity::Error, Group::Malformed);
    /// More place left than the option has.
    IOAM_REMAINING = Issue::new("ipv6.opt.ioam.trace.invalid_remlen", "Invalid \"RemLen\" value", Severity::Error, Group::Malformed);
    /// The records' length does not fit what nodes write down.
    IOAM_TYPE = Issue::new("ipv6.opt.ioam.trace.invalid_type", "Mismatch between Trace Type and NodeLen", Severity::Error, Group::Malformed);
    /// A byte that must be 0 is not.
    EMBEDDED_U = Issue::new("ipv6.embed_ipv4.u.nonzero", "IPv4-Embedded IPv6 address bit 64 to 71 must be zero", Severity::Warn, Group::Protocol);
}

/// What extension headers must know of the packet.
struct Header {
    payload_len: u16,
    source: [u8; 16],
    destination: [u8; 16],
    ordinal: u16,
    /// A jumbo payload option was seen, with this length.
    jumbo: Option<u32>,
}

/// A header without extensions.
fn glance(header: &[u8], seen: &mut Seen) -> Option<(usize, Table, u32)> {
    const EXTENSIONS: [u8; 5] = [0, 43, 44, 59, 60];
    let h = header.first_chunk::<40>()?;
    if h[0] >> 4 != 6 || EXTENSIONS.contains(&h[6]) {
        return None;
    }
    let payload = usize::from(u16::from_be_bytes([h[4], h[5]]));
    if payload != 0 {
        seen.reported = seen.reported.min(40 + payload);
    }
    seen.ip_ordinal = seen.ip_ordinal.saturating_add(1);
    (seen.ip_protocol, seen.hop_limit) = (h[6], h[7]);
    seen.source = Address::V6(*h[8..24].first_chunk()?);
    seen.destination = Address::V6(*h[24..40].first_chunk()?);
    Some((40, Table::IpProtocol, u32::from(h[6])))
}

fn dissect(l: &mut Layer<'_, '_>) -> Done {
    let ordinal = l.cx.packet.ip_ordinal;
    let first = l.peek_u8(0)?;
    if first >> 4 != 6 {
        // Not counted as a header: the layer below says that nobody knows this.
        l.bits(&VERSION, 0, 1)?;
        let at = l.last();
        l.issue(at, &BOGUS_VERSION);
        l.set_len(40);
        return Err(Stop::Malformed);
    }
    l.cx.packet.ip_ordinal = ordinal.saturating_add(1);
    l.protocol("IPv6");
    l.info(|_| {});
    if l.wants_nodes() {
        show_header(l)?;
    }
    let h = l.peek(0, 40)?;
    let mut header = Header {
        payload_len: u16::from_be_bytes([h[4], h[5]]),
        source: [0; 16],
        destination: [0; 16],
        ordinal,
        jumbo: None,
    };
    header.source.copy_from_slice(&h[8..24]);
    header.destination.copy_from_slice(&h[24..40]);
    let (next, hop_limit) = (h[6], h[7]);
    addresses(l, &header);
    l.cx.packet.hop_limit = hop_limit;
    if header.payload_len != 0 {
        l.limit(40 + usize::from(header.payload_len));
    }
    l.set_len(40);
    l.seek(40);
    follow(l, header, next)
}

fn addresses(l: &mut Layer<'_, '_>, h: &Header) {
    let (source, destination) = (Address::V6(h.source), Address::V6(h.destination));
    l.cx.packet.source = source;
    l.cx.packet.destination = destination;
    if l.scanning() {
        return;
    }
    if !l.cx.packet.columns_locked {
        l.cx.tree.columns.source = source;
        l.cx.tree.columns.destination = destination;
    }
    let root = l.root();
    l.append(root, |out| {
        let _ = write!(out, ", Src: {source}, Dst: {destination}");
    });
}

/// The nodes of the first 40 bytes; as many as there are, if the packet ends before.
fn show_header(l: &mut Layer<'_, '_>) -> Done {
    l.bits(&VERSION, 0, 1)?;
    let word = l.peek_u32(0)?;
    let class = (word >> 20) as u8;
    let at = l.open(&TCLASS, 0, 4, Value::U(u64::from(class)));
    l.append(at, |out| internet::write_traffic_class(class, out));
    l.bits(&TCLASS_DSCP, 0, 4)?;
    l.bits(&TCLASS_ECN, 0, 4)?;
    l.close();
    l.bits(&FLOW, 1, 3)?;
    l.seek(4);
    let payload_len = usize::from(l.u16(&PLEN)?);
    let at_length = l.last();
    let next = l.u8(&NXT)?;
    if payload_len == 0 && next != 0 && l.left() > 0 {
        l.issue(at_length, &LENGTH_ZERO);
    } else if payload_len + 40 > l.reported() && !l.cx.packet.quoted {
        l.issue(at_length, &LENGTH_EXCEEDS);
    }
    l.u8(&HLIM)?;
    let source = l.ipv6(&SRC)?;
    let destination = l.ipv6(&DST)?;
    address::show(l, &address::SOURCE, 8, source);
    address::show(l, &address::DESTINATION, 24, destination);
    Ok(())
}

/// Follow the chain of extension headers to what the packet carries.
fn follow(l: &mut Layer<'_, '_>, mut h: Header, mut next: u8) -> Done {
    let mut first = true;
    loop {
        let step = match next {
            0 => extension::options(l, &mut h, &HOPOPTS, first)?,
            60 => extension::options(l, &mut h, &DSTOPTS, first)?,
            43 => extension::routing(l, &h)?,
            44 => extension::fragment(l, &h)?,
            _ => break,
        };
        first = false;
        match step {
            Next::Header(number) => next = number,
            Next::Assembled(number, bytes) => {
                let end = l.pos();
                l.set_len(end);
                let region = Region {
                    data: &bytes,
                    buffer: u8::try_from(l.cx.tree.buffers.len()).unwrap_or(u8::MAX),
                    base: 0,
                    reported: bytes.len(),
                };
                return l.within(region, |l| follow(l, h, number));
            }
            Next::Done => return Ok(()),
        }
    }
    let end = l.pos();
    if l.region().buffer == 0 || end > 0 && !first {
        l.set_len(end);
    }
    l.cx.packet.ip_protocol = next;
    let payload = l.remainder();
    if next == 59 {
        l.info(|out| out.push_str("IPv6 no next header"));
        l.plain(payload);
        return Ok(());
    }
    if !l.next(Table::IpProtocol, u32::from(next), payload) {
        unknown(l, next);
        l.plain(payload);
    }
    Ok(())
}

fn unknown(l: &mut Layer<'_, '_>, next: u8) {
    l.info(|out| {
        let _ = write!(
            out,
            "Unknown IP Protocol: {} ({next})",
            internet::protocol_name(u64::from(next)).unwrap_or("Unknown")
        );
    });
}
