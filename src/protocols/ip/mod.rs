//! IPv4, the Internet Protocol (RFC 791): carries a packet from any host to any other, over any links, as well as it can and
//! without promise. Routers read nothing but this header; what it carries is the business of the two ends.
//!
//! ```text
//!  0                   1                   2                   3
//!  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
//! +-------+-------+---------------+-------------------------------+
//! |Version|Hdr Len| Class     |ECN|          Total Length         |
//! +-------+-------+---------------+-----+-------------------------+
//! |         Identification        |Flags|     Fragment Offset     |
//! +---------------+---------------+-----+-------------------------+
//! |  Time to Live |    Protocol   |        Header Checksum        |
//! +---------------+---------------+-------------------------------+
//! |                         Source Address                        |
//! +---------------------------------------------------------------+
//! |                      Destination Address                      |
//! +---------------------------------------------------------------+
//! |                            Options                            |
//! +---------------------------------------------------------------+
//! ```

mod fields;
mod options;
#[cfg(test)]
pub mod testing;
#[cfg(test)]
mod tests;

use std::fmt::Write as _;

pub use super::internet::CHECKSUM_STATES;
use super::internet::{self, Checksum, Reassembly};
use crate::dissect::{Done, Foresight, Layer, Protocol, Region, Seen, Stop, Table, Value};
use crate::flow::address::Address;
use crate::flow::history::FragmentKey;
pub use fields::VERSION;
use fields::*;

/// The Internet Protocol, version 4.
pub static IP: Protocol = Protocol {
    spec: "RFC 791",
    fields: FIELDS,
    issues: ISSUES,
    parents: &[
        (Table::LinkType, 228),
        (Table::EtherType, 0x0800),
        (Table::IpProtocol, 4),
        (Table::Ppp, 0x0021),
    ],
    foresight: Foresight::Header,
    glance: Some(glance),
    ..Protocol::new("ip", "Internet Protocol Version 4", "IPv4", dissect)
};

crate::issues! {
    /// The first four bits must be 4.
    BOGUS_VERSION = Issue::new("ip.bogus_ip_version", "Bogus IPv4 version", Severity::Error, Group::Protocol);
    /// A header is at least 20 bytes long, and not longer than the packet.
    BOGUS_HEADER_LENGTH = Issue::new("ip.bogus_header_length", "Bogus IP header length", Severity::Error, Group::Protocol);
    /// The total length must cover the header and fit into what the link delivered.
    BOGUS_LENGTH = Issue::new("ip.bogus_ip_length", "Bogus IP length", Severity::Error, Group::Protocol);
    /// The header was damaged, or the sending card fills the sum in after the capture saw the packet.
    BAD_CHECKSUM = Issue::new("ip.checksum_bad.expert", "Bad checksum", Severity::Error, Group::Checksum);
    /// Routers will throw the packet away soon; a traceroute does so on purpose.
    TTL_SMALL = Issue::new("ip.ttl.too_small", "Time To Live", Severity::Note, Group::Sequence);
    /// Packets to the control addresses of the local network must not leave it, so their time to live is 1.
    TTL_LOCAL = Issue::new("ip.ttl.lncb", "Time To Live", Severity::Note, Group::Sequence);
    /// The flag of RFC 3514 is set.
    EVIL = Issue::new("ip.evil_packet", "Packet has evil intent", Severity::Warn, Group::Security);
    /// Four fillers in a row: a router may have blanked an option out.
    NOPS = Issue::new("ip.nop", "4 NOP in a row - a router may have removed some options", Severity::Warn, Group::Protocol);
    /// The option's length byte cannot be right.
    OPTION_LENGTH = Issue::new("ip.opt.len.invalid", "Invalid length for option", Severity::Warn, Group::Protocol);
    /// The pointer must stand at or behind the first entry.
    POINTER_BEFORE = Issue::new("ip.opt.ptr.before_address", "Pointer points before first address", Severity::Warn, Group::Protocol);
    /// The pointer must stand at the start of an entry.
    POINTER_MIDDLE = Issue::new("ip.opt.ptr.middle_address", "Pointer points to middle of address", Severity::Warn, Group::Protocol);
    /// A part of the option is longer than the option.
    SUBOPTION_LONG = Issue::new("ip.subopt_too_long", "Suboption would go past end of option", Severity::Warn, Group::Protocol);
    /// The secrecy label is not well formed.
    CIPSO_MALFORMED = Issue::new("ip.cipso.malformed", "Malformed CIPSO tag", Severity::Error, Group::Protocol);
}

static REASSEMBLY: Reassembly = Reassembly {
    title: "Reassembled IPv4",
    name: "IPv4",
    fragments: &FRAGMENTS,
    fragment: &FRAGMENT,
    error: &FRAGMENT_ERROR,
    overlap: &FRAGMENT_OVERLAP,
    conflict: &FRAGMENT_OVERLAP_CONFLICT,
    multiple_tails: &FRAGMENT_MULTIPLETAILS,
    too_long: &FRAGMENT_TOOLONGFRAGMENT,
    count: &FRAGMENT_COUNT,
    length: &REASSEMBLED_LENGTH,
    data: &REASSEMBLED_DATA,
};

const RESERVED: u16 = 0x8000;
const DONT_FRAGMENT: u16 = 0x4000;
const MORE_FRAGMENTS: u16 = 0x2000;

/// The header's numbers, before anything is shown.
struct Header {
    len: usize,
    total: usize,
    id: u16,
    flags: u16,
    ttl: u8,
    protocol: u8,
    source: Address,
    destination: Address,
}

impl Header {
    /// Byte offset of the fragment in the datagram.
    fn offset(&self) -> u32 {
        u32::from(self.flags & 0x1fff) * 8
    }

    fn more(&self) -> bool {
        self.flags & MORE_FRAGMENTS != 0
    }
}

/// A whole datagram behind a header without options.
fn glance(header: &[u8], seen: &mut Seen) -> Option<(usize, Table, u32)> {
    let h = header.first_chunk::<20>()?;
    let total = usize::from(u16::from_be_bytes([h[2], h[3]]));
    let fragment = u16::from_be_bytes([h[6], h[7]]) & 0x3fff;
    if h[0] != 0x45 || fragment != 0 || (1..20).contains(&total) {
        return None;
    }
    if total != 0 {
        seen.reported = seen.reported.min(total);
    }
    seen.ip_ordinal = seen.ip_ordinal.saturating_add(1);
    (seen.hop_limit, seen.ip_protocol) = (h[8], h[9]);
    seen.source = Address::V4([h[12], h[13], h[14], h[15]]);
    seen.destination = Address::V4([h[16], h[17], h[18], h[19]]);
    Some((20, Table::IpProtocol, u32::from(h[9])))
}

fn dissect(l: &mut Layer<'_, '_>) -> Done {
    let ordinal = l.cx.packet.ip_ordinal;
    l.cx.packet.ip_ordinal = ordinal.saturating_add(1);
    let first = l.peek_u8(0)?;
    if l.scanning() && first == 0x45 {
        // The usual header, of which nothing is shown.
        let h = read_header(l, 20)?;
        addresses(l, &h);
        return carried(l, &h, ordinal);
    }
    l.protocol("IPv4");
    l.info(|_| {});
    l.bits(&VERSION, 0, 1)?;
    if first >> 4 != 4 {
        let at = l.last();
        l.issue(at, &BOGUS_VERSION);
        l.info(|out| {
            let _ = write!(out, "Bogus IPv4 version ({}, must be 4)", first >> 4);
        });
        return Ok(());
    }
    let len = usize::from(first & 15) * 4;
    let at = l.add(&HDR_LEN, 0, 1, Value::U(len as u64));
    l.label(at, |out| {
        crate::dissect::text::bit_pattern(u64::from(first & 15), 15, 8, out);
        let _ = write!(out, " = Header Length: {len} bytes ({})", first & 15);
    });
    if len < 20 {
        l.issue(at, &BOGUS_HEADER_LENGTH);
        l.info(|out| {
            let _ = write!(out, "Bogus IP header length ({len}, must be at least 20)");
        });
        return Ok(());
    }
    if l.wants_nodes() {
        show_header(l, len)?;
    }
    let mut h = read_header(l, len)?;
    let mut via = None;
    if len > 20
        && let Some(last) = options::final_destination(l, len)
    {
        via = Some(std::mem::replace(&mut h.destination, last));
        l.leave_open(); // whom it is for, the columns alone do not tell
    }
    addresses(l, &h);
    if let Some(via) = via {
        let root = l.root();
        l.append(root, |out| {
            let _ = write!(out, ", Via: {via}");
        });
    }
    if h.total < h.len {
        l.info(|out| {
            let _ = write!(
                out,
                "Bogus IP length ({}, less than header length {len})",
                h.total
            );
        });
        return Ok(());
    }
    l.limit(h.total);
    l.set_len(len);
    if len > 20 && l.wants_nodes() {
        options::show(l, len)?;
    }
    carried(l, &h, ordinal)
}

/// What the packet carries, whole or a fragment of it.
fn carried(l: &mut Layer<'_, '_>, h: &Header, ordinal: u16) -> Done {
    if h.total < h.len {
        return Ok(());
    }
    l.limit(h.total);
    l.seek(h.len);
    l.cx.packet.ip_protocol = h.protocol;
    l.cx.packet.hop_limit = h.ttl;
    if h.offset() != 0 || h.more() {
        fragment(l, h, ordinal)
    } else {
        let payload = l.remainder();
        payload_of(l, h, payload);
        Ok(())
    }
}

/// The numbers of a header that is there whole.
fn read_header(l: &Layer<'_, '_>, len: usize) -> Result<Header, Stop> {
    let b = l.peek(0, 20)?;
    let total = usize::from(u16::from_be_bytes([b[2], b[3]]));
    Ok(Header {
        len,
        // 0 where the network card cuts one large packet into many later on: then it goes as far as the link says.
        total: if total == 0 { l.reported() } else { total },
        id: u16::from_be_bytes([b[4], b[5]]),
        flags: u16::from_be_bytes([b[6], b[7]]),
        ttl: b[8],
        protocol: b[9],
        source: Address::V4([b[12], b[13], b[14], b[15]]),
        destination: Address::V4([b[16], b[17], b[18], b[19]]),
    })
}

fn addresses(l: &mut Layer<'_, '_>, h: &Header) {
    l.cx.packet.source = h.source;
    l.cx.packet.destination = h.destination;
    if l.scanning() {
        return;
    }
    if !l.cx.packet.columns_locked {
        l.cx.tree.columns.source = h.source;
        l.cx.tree.columns.destination = h.destination;
    }
    let root = l.root();
    l.append(root, |out| {
        let _ = write!(out, ", Src: {}, Dst: {}", h.source, h.destination);
    });
}

/// The nodes of the first 20 bytes; as many as there are, if the packet ends before.
fn show_header(l: &mut Layer<'_, '_>, len: usize) -> Done {
    let class = l.peek_u8(1)?;
    let at = l.open(&DSFIELD, 1, 1, Value::U(u64::from(class)));
    l.append(at, |out| internet::write_traffic_class(class, out));
    l.bits(&DSFIELD_DSCP, 1, 1)?;
    l.bits(&DSFIELD_ECN, 1, 1)?;
    l.close();
    total_length(l, len)?;
    l.seek(4);
    l.u16(&ID)?;
    let flags = l.peek_u16(6)?;
    show_flags(l, flags)?;
    let offset = l.add(&FRAG_OFFSET, 6, 2, Value::U(u64::from(flags & 0x1fff)));
    l.label(offset, |out| {
        crate::dissect::text::bit_pattern(u64::from(flags & 0x1fff), 0x1fff, 16, out);
        let _ = write!(out, " = Fragment Offset: {}", u32::from(flags & 0x1fff) * 8);
    });
    l.seek(8);
    let ttl = l.u8(&TTL)?;
    let at_ttl = l.last();
    let protocol = l.u8(&PROTO)?;
    checksum(l, len)?;
    l.seek(12);
    l.ipv4(&SRC)?;
    // With a source route the header names the next router; the destination stands in the route.
    let routed = len > 20 && options::final_destination(l, len).is_some();
    let destination = l.ipv4(if routed { &CUR_RT } else { &DST })?;
    if !l.cx.packet.quoted {
        time_to_live(l, at_ttl, ttl, protocol, destination);
    }
    Ok(())
}

fn total_length(l: &mut Layer<'_, '_>, header: usize) -> Done {
    let total = usize::from(l.peek_u16(2)?);
    let reported = l.reported();
    if total == 0 {
        let at = l.add(&LEN, 2, 2, Value::U(reported as u64));
        l.label(at, |out| {
            let _ = write!(
                out,
                "Total Length: {reported} (0 on the wire: segmentation is left to the network card)"
            );
        });
        return Ok(());
    }
    let at = l.add(&LEN, 2, 2, Value::U(total as u64));
    if total < header {
        l.append(at, |out| {
            let _ = write!(out, " (bogus, less than header length {header})");
        });
        l.issue_with(at, &BOGUS_LENGTH, |out| {
            let _ = write!(
                out,
                "IPv4 total length is less than the header length {header}"
            );
        });
    } else if total > reported && !l.cx.packet.quoted {
        l.issue_with(at, &BOGUS_LENGTH, |out| {
            let _ = write!(
                out,
                "IPv4 total length exceeds packet length ({reported} bytes)"
            );
        });
    }
    Ok(())
}

fn show_flags(l: &mut Layer<'_, '_>, flags: u16) -> Done {
    let at = l.open(&FLAGS, 6, 1, Value::U(u64::from(flags >> 13)));
    l.append(at, |out| {
        for (bit, name) in [
            (RESERVED, ", Reserved bit"),
            (DONT_FRAGMENT, ", Don't fragment"),
            (MORE_FRAGMENTS, ", More fragments"),
        ] {
            if flags & bit != 0 {
                out.push_str(name);
            }
        }
    });
    l.bits(&FLAGS_RB, 6, 1)?;
    l.bits(&FLAGS_DF, 6, 1)?;
    l.bits(&FLAGS_MF, 6, 1)?;
    l.close();
    Ok(())
}

fn checksum(l: &mut Layer<'_, '_>, len: usize) -> Done {
    let found = l.peek_u16(10)?;
    let checksum = match l.peek(0, len) {
        Ok(header) if l.cx.options.verify_checksums => {
            Checksum::of(found, internet::add_words(0, header))
        }
        _ => Checksum::Unverified,
    };
    let at = l.add(&CHECKSUM, 10, 2, Value::U(u64::from(found)));
    l.append(at, |out| match checksum {
        Checksum::Good => out.push_str(" [correct]"),
        Checksum::Bad(right) => {
            let _ = write!(out, " incorrect, should be 0x{right:04x}");
        }
        _ => out.push_str(" [validation disabled]"),
    });
    let status = l.generated(&CHECKSUM_STATUS, 10, checksum.state());
    if let Checksum::Bad(right) = checksum {
        l.issue_with(status, &BAD_CHECKSUM, |out| {
            let _ = write!(out, "Bad checksum [should be 0x{right:04x}]");
        });
        l.generated(&CHECKSUM_CALCULATED, 10, Value::U(u64::from(right)));
    }
    Ok(())
}

/// What is odd about the time to live.
fn time_to_live(
    l: &mut Layer<'_, '_>,
    at: crate::dissect::NodeId,
    ttl: u8,
    protocol: u8,
    destination: [u8; 4],
) {
    match destination {
        [224, 0, 0, last] => {
            // IGMP always goes to the next router only; mDNS and VRRP check that nobody forwarded the packet, so they start
            // at 255 (RFC 6762 section 11, RFC 9568 section 5.1.1.3).
            let expected = match last {
                18 | 102 | 251 if protocol != 2 => 255,
                _ => 1,
            };
            if ttl != expected {
                l.issue_with(at, &TTL_LOCAL, |out| {
                    let _ = write!(out, "Time To Live is not {expected} in a packet to the Local Network Control Block");
                });
            }
        }
        [first, ..] if first & 0xf0 != 0xe0 && ttl < 5 => {
            l.issue_with(at, &TTL_SMALL, |out| {
                let _ = write!(out, "Time To Live is only {ttl}");
            });
        }
        _ => {}
    }
}

/// A fragment: remember it, and go on with the whole datagram where this one makes it complete.
fn fragment(l: &mut Layer<'_, '_>, h: &Header, ordinal: u16) -> Done {
    let payload_len = h.total - h.len;
    let whole = l.captured() >= h.total && payload_len > 0;
    let frame = l.cx.frame.number;
    if whole && let Some(span) = l.span(h.len, payload_len) {
        let key = FragmentKey {
            source: h.source,
            destination: h.destination,
            id: u32::from(h.id),
            protocol: h.protocol,
        };
        if let Some((history, facts)) = l.scan() {
            history.fragment(facts, key, ordinal, h.offset(), span, h.more());
        }
    }
    if let Some(assembled) = internet::assemble(l, ordinal) {
        let bytes = assembled.bytes.clone();
        let region = l.buffer(REASSEMBLY.title, &bytes);
        l.within(region, |l| {
            internet::show_pieces(l, &REASSEMBLY, &assembled)
        });
        payload_of(l, h, region);
        return Ok(());
    }
    let complete_in = l
        .facts()
        .datagram(frame, ordinal)
        .map_or(0, |d| d.last_frame);
    if complete_in != 0 {
        l.generated(&REASSEMBLED_IN, 0, Value::U(u64::from(complete_in)));
    } else if h.offset() == 0 && !whole {
        // The beginning of a datagram that was cut short by the capture: its headers can still be read.
        let fragment = std::mem::replace(&mut l.cx.packet.fragment, true);
        let payload = l.remainder();
        payload_of(l, h, payload);
        l.cx.packet.fragment = fragment;
        return Ok(());
    }
    l.info(|out| {
        let _ = write!(
            out,
            "Fragmented IP protocol (proto={} {}, off={}, ID={:04x})",
            internet::protocol_name(u64::from(h.protocol)).unwrap_or("Unknown"),
            h.protocol,
            h.offset(),
            h.id
        );
        if complete_in != 0 {
            let _ = write!(out, " [Reassembled in #{complete_in}]");
        }
    });
    let rest = l.remainder();
    l.plain(rest);
    Ok(())
}

/// Hand the payload to its protocol.
fn payload_of(l: &mut Layer<'_, '_>, h: &Header, payload: Region<'_>) {
    if l.next(Table::IpProtocol, u32::from(h.protocol), payload) {
        return;
    }
    l.info(|out| {
        let _ = write!(
            out,
            "{} ({})",
            internet::protocol_name(u64::from(h.protocol)).unwrap_or("Unknown"),
            h.protocol
        );
    });
    l.plain(payload);
}
