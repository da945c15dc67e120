//! The extension headers of IPv6 (RFC 8200 section 4).

use std::fmt::Write as _;
use std::sync::Arc;

use super::fields::*;
use super::{Header, options as option};
use crate::dissect::{Layer, Protocol, Stop, Value};
use crate::field::Field;
use crate::flow::address::Address;
use crate::flow::history::FragmentKey;
use crate::protocols::internet::{self, Reassembly};

/// Options for every router on the way.
pub static HOPOPTS: Protocol = header(
    "ipv6.hopopts",
    "IPv6 Hop-by-Hop Option",
    "RFC 8200 section 4.3",
);
/// Nodes to pass on the way.
pub static ROUTING: Protocol = Protocol {
    issues: ISSUES,
    ..header(
        "ipv6.routing",
        "Routing Header for IPv6",
        "RFC 8200 section 4.4",
    )
};
/// A piece of a larger packet.
pub static FRAGHDR: Protocol = header(
    "ipv6.fraghdr",
    "Fragment Header for IPv6",
    "RFC 8200 section 4.5",
);
/// Options for the destination.
pub static DSTOPTS: Protocol = header(
    "ipv6.dstopts",
    "Destination Options for IPv6",
    "RFC 8200 section 4.6",
);

/// An extension header as a protocol. It is read by IPv6 itself, which must know what came before.
const fn header(abbrev: &'static str, title: &'static str, spec: &'static str) -> Protocol {
    Protocol {
        spec,
        ..Protocol::new(abbrev, title, title, |_| Err(Stop::NotMine))
    }
}

crate::issues! {
    /// Hop-by-hop options are for routers, who do not search for them: they stand first.
    NOT_FIRST = Issue::new("ipv6.hopopts.not_first", "IPv6 Hop-by-Hop extension header must appear immediately after IPv6 header", Severity::Warn, Group::Protocol);
    /// A list of nodes to pass makes no sense for a group.
    MULTICAST_DESTINATION = Issue::new("ipv6.dst_addr.not_multicast", "Destination address must not be a multicast address", Severity::Warn, Group::Protocol);
    /// The packet would go in a circle.
    ADDRESS_TWICE = Issue::new("ipv6.src_route_list.mult_inst_same_addr", "Multiple instances of the same address must not appear in the source route list", Severity::Warn, Group::Protocol);
    /// The packet would come back to its sender.
    SOURCE_IN_ROUTE = Issue::new("ipv6.src_route_list.src_addr", "Source address must not appear in the source route list", Severity::Warn, Group::Protocol);
    /// The destination is in the header already.
    DESTINATION_IN_ROUTE = Issue::new("ipv6.src_route_list.dst_addr", "Destination address must not appear in the source route list", Severity::Warn, Group::Protocol);
    /// A group cannot pass a packet on.
    MULTICAST_IN_ROUTE = Issue::new("ipv6.src_route_list.multicast_addr", "Multicast addresses must not appear in the source route list", Severity::Warn, Group::Protocol);
    /// Addresses that leave nothing out need no filling.
    RPL_PADDING = Issue::new("ipv6.routing.rpl.cmprI_cmprE_pad", "Padding must be 0 where nothing is compressed", Severity::Warn, Group::Protocol);
    /// The lengths contradict each other.
    RPL_COUNT = Issue::new("ipv6.routing.rpl.addr_count_ge0", "Calculated total address count is negative", Severity::Error, Group::Malformed);
    /// Bits that are kept for later are 0.
    RPL_RESERVED = Issue::new("ipv6.routing.rpl.reserved_not0", "Reserved field is not 0", Severity::Warn, Group::Protocol);
    /// The length does not fit the list.
    ROUTING_LENGTH = Issue::new("ipv6.routing.invalid_length", "Invalid IPv6 Routing header length", Severity::Error, Group::Malformed);
    /// No more nodes can be left than there are.
    ROUTING_LEFT = Issue::new("ipv6.routing.invalid_segleft", "IPv6 Routing Header segments left field must not exceed address count", Severity::Error, Group::Malformed);
    /// A form that is not read here.
    ROUTING_UNDECODED = Issue::new("ipv6.routing.undecoded", "Undecoded IPv6 routing header field", Severity::Note, Group::Undecoded);
    /// The form is forbidden today.
    ROUTING_DEPRECATED = Issue::new("ipv6.routing.deprecated", "Routing header type is deprecated", Severity::Note, Group::Deprecated);
}

static REASSEMBLY: Reassembly = Reassembly {
    title: "Reassembled IPv6",
    name: "IPv6",
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

/// How it goes on behind an extension header.
pub(super) enum Next {
    /// With this next header, at the cursor.
    Header(u8),
    /// With this next header, in a datagram put together.
    Assembled(u8, Arc<[u8]>),
    /// Not at all: everything is shown.
    Done,
}

/// Next header and length, which most extension headers begin with. Returns them, the length in bytes.
fn start(
    l: &mut Layer<'_, '_>,
    next: &'static Field,
    length: &'static Field,
    octets: &'static Field,
) -> Result<(u8, usize), Stop> {
    let at = l.pos();
    let number = l.u8(next)?;
    let units = l.u8(length)?;
    let len = (usize::from(units) + 1) * 8;
    let id = l.add(octets, at + 1, 1, Value::U(len as u64));
    l.flag(id, crate::dissect::tree::GENERATED);
    Ok((number, len))
}

/// A header of options: hop-by-hop or destination.
pub(super) fn options(
    l: &mut Layer<'_, '_>,
    h: &mut Header,
    protocol: &'static Protocol,
    first: bool,
) -> Result<Next, Stop> {
    let hop_by_hop = std::ptr::eq(protocol, &HOPOPTS);
    let at = l.pos();
    let root = l.open(&protocol.field, at, 0, Value::None);
    l.pass(protocol);
    if hop_by_hop && !first {
        l.issue(root, &NOT_FIRST);
    }
    let (next, len) = if hop_by_hop {
        start(l, &HOPOPTS_NXT, &HOPOPTS_LEN, &HOPOPTS_LEN_OCT)?
    } else {
        start(l, &DSTOPTS_NXT, &DSTOPTS_LEN, &DSTOPTS_LEN_OCT)?
    };
    l.end_at(root, at + len);
    // Only the jumbo option matters to what follows; everything else is only to be shown.
    if l.wants_nodes() || (hop_by_hop && h.payload_len == 0) {
        option::show(l, h, hop_by_hop, at + len)?;
    }
    l.need(at, len)?;
    l.close();
    l.seek(at + len);
    Ok(Next::Header(next))
}

/// A fragment header: remember the piece, and go on where it makes the packet complete.
pub(super) fn fragment(l: &mut Layer<'_, '_>, h: &Header) -> Result<Next, Stop> {
    let at = l.pos();
    let root = l.open(&FRAGHDR.field, at, 8, Value::None);
    l.pass(&FRAGHDR);
    let next = l.u8(&FRAGHDR_NXT)?;
    l.u8(&FRAGHDR_RESERVED_OCTET)?;
    let word = l.peek_u16(at + 2)?;
    let offset = u32::from(word & 0xfff8);
    let more = word & 1 != 0;
    l.bits(&FRAGHDR_OFFSET, at + 2, 2)?;
    let id = l.last();
    l.append(id, |out| {
        let _ = write!(out, " ({offset} bytes)");
    });
    l.bits(&FRAGHDR_RESERVED_BITS, at + 2, 2)?;
    l.bits(&FRAGHDR_MORE, at + 2, 2)?;
    l.seek(at + 4);
    let ident = l.u32(&FRAGHDR_IDENT)?;
    if h.jumbo.is_some() {
        l.issue(root, &super::JUMBO_FRAGMENT);
    }
    l.close();
    if offset == 0 && !more {
        return Ok(Next::Header(next)); // a whole packet that merely has the header (RFC 6946)
    }
    let payload = l.pos();
    let len = l.left();
    let frame = l.cx.frame.number;
    let whole = l.captured() >= l.reported() && len > 0;
    if whole && let Some(span) = l.span(payload, len) {
        let key = FragmentKey {
            source: Address::V6(h.source),
            destination: Address::V6(h.destination),
            id: ident,
            protocol: 0,
        };
        let ordinal = h.ordinal;
        if let Some((history, facts)) = l.scan() {
            history.fragment(facts, key, ordinal, offset, span, more);
        }
    }
    if let Some(assembled) = internet::assemble(l, h.ordinal) {
        let bytes = assembled.bytes.clone();
        let region = l.buffer(REASSEMBLY.title, &bytes);
        l.within(region, |l| {
            internet::show_pieces(l, &REASSEMBLY, &assembled);
        });
        return Ok(Next::Assembled(next, bytes));
    }
    let complete_in = l
        .facts()
        .datagram(frame, h.ordinal)
        .map_or(0, |d| d.last_frame);
    if complete_in != 0 {
        l.generated(&REASSEMBLED_IN, at, Value::U(u64::from(complete_in)));
    } else if offset == 0 && !whole {
        l.cx.packet.fragment = true;
        return Ok(Next::Header(next)); // its beginning can be read all the same
    }
    l.info(|out| {
        let _ = write!(
            out,
            "IPv6 fragment (off={offset} more={} ident=0x{ident:08x} nxt={next})",
            if more { 'y' } else { 'n' }
        );
    });
    let rest = l.remainder();
    l.plain(rest);
    Ok(Next::Done)
}

/// A routing header: nodes that the packet shall pass.
pub(super) fn routing(l: &mut Layer<'_, '_>, h: &Header) -> Result<Next, Stop> {
    let at = l.pos();
    let root = l.open(&ROUTING.field, at, 0, Value::None);
    l.pass(&ROUTING);
    let (next, len) = start(l, &ROUTING_NXT, &ROUTING_LEN, &ROUTING_LEN_OCT)?;
    let end = at + len;
    l.end_at(root, end);
    let kind = l.u8(&ROUTING_TYPE)?;
    let at_kind = l.last();
    l.append(root, |out| {
        let name = ROUTING_TYPE.name_of(u64::from(kind)).unwrap_or("Unknown");
        let _ = write!(out, " ({name})");
    });
    if kind == 0 {
        l.issue(at_kind, &ROUTING_DEPRECATED);
    }
    let left = l.u8(&ROUTING_SEGLEFT)?;
    if l.wants_nodes() {
        let count = match kind {
            0 => source_route(l, h, end)?,
            2 => home_address(l, end)?,
            3 => rpl(l, h, end, root)?,
            4 => segments(l, end)?,
            5 => compact(l, end, &ROUTING_CRH16_CURRENT_SID, &ROUTING_CRH16_SID, 2)?,
            6 => compact(l, end, &ROUTING_CRH32_CURRENT_SID, &ROUTING_CRH32_SID, 4)?,
            _ => {
                l.bytes(&ROUTING_UNKNOWN_DATA, end - at - 4)?;
                let id = l.last();
                l.issue(id, &ROUTING_UNDECODED);
                usize::MAX
            }
        };
        if usize::from(left) > count {
            l.issue(root, &ROUTING_LEFT);
        }
    }
    l.need(at, len)?;
    l.close();
    l.seek(end);
    Ok(Next::Header(next))
}

/// Addresses, numbered from `first`, up to `end`.
fn addresses(
    l: &mut Layer<'_, '_>,
    field: &'static Field,
    end: usize,
    first: usize,
) -> Result<usize, Stop> {
    let mut count = 0;
    while l.pos() + 16 <= end {
        let address = l.ipv6(field)?;
        let id = l.last();
        let number = first + count;
        l.label(id, |out| {
            let _ = write!(out, "Address[{number}]: {}", Address::V6(address));
        });
        if address[0] == 0xff {
            l.issue(id, &MULTICAST_IN_ROUTE);
        }
        count += 1;
    }
    Ok(count)
}

fn source_route(l: &mut Layer<'_, '_>, h: &Header, end: usize) -> Result<usize, Stop> {
    l.bytes(&ROUTING_SRC_RESERVED, 4)?;
    if h.destination[0] == 0xff {
        let id = l.last();
        l.issue(id, &MULTICAST_DESTINATION);
    }
    addresses(l, &ROUTING_SRC_ADDR, end, 1)
}

fn home_address(l: &mut Layer<'_, '_>, end: usize) -> Result<usize, Stop> {
    l.bytes(&ROUTING_MIPV6_RESERVED, 4)?;
    if l.pos() + 16 <= end {
        l.ipv6(&ROUTING_MIPV6_HOME_ADDRESS)?;
    }
    Ok(1)
}

fn segments(l: &mut Layer<'_, '_>, end: usize) -> Result<usize, Stop> {
    let last = l.u8(&ROUTING_SRH_LAST_ENTRY)?;
    l.u8(&ROUTING_SRH_FLAGS)?;
    l.bytes(&ROUTING_SRH_TAG, 2)?;
    let list_end = end.min(l.pos() + (usize::from(last) + 1) * 16);
    addresses(l, &ROUTING_SRH_ADDR, list_end, 0)
}

fn compact(
    l: &mut Layer<'_, '_>,
    end: usize,
    current: &'static Field,
    segment: &'static Field,
    size: usize,
) -> Result<usize, Stop> {
    let _ = current;
    let mut count = 0;
    while l.pos() + size <= end {
        l.uint(segment, size)?;
        count += 1;
    }
    Ok(count)
}

/// The compressed list of RFC 6554: each address leaves out what it shares with the destination.
fn rpl(
    l: &mut Layer<'_, '_>,
    h: &Header,
    end: usize,
    root: crate::dissect::NodeId,
) -> Result<usize, Stop> {
    let at = l.pos();
    let inner = l.bits(&ROUTING_RPL_CMPRI, at, 4)? as usize;
    let last = l.bits(&ROUTING_RPL_CMPRE, at, 4)? as usize;
    let padding = l.bits(&ROUTING_RPL_PAD, at, 4)? as usize;
    let at_padding = l.last();
    if inner == 0 && last == 0 && padding != 0 {
        l.issue(at_padding, &RPL_PADDING);
    }
    if l.bits(&ROUTING_RPL_RESERVED, at, 4)? != 0 {
        let id = l.last();
        l.issue(id, &RPL_RESERVED);
    }
    l.seek(at + 4);
    let (inner_len, last_len) = (16 - inner, 16 - last);
    let room = end.saturating_sub(at + 4 + padding);
    let Some(before_last) = room.checked_sub(last_len) else {
        l.generated(&ROUTING_RPL_ADDR_COUNT, at, Value::I(0));
        l.issue(root, &RPL_COUNT);
        return Ok(0);
    };
    let count = before_last / inner_len + 1;
    let id = l.add(&ROUTING_RPL_ADDR_COUNT, at, 4, Value::I(count as i64));
    l.flag(id, crate::dissect::tree::GENERATED);
    for i in 1..=count {
        let len = if i == count { last_len } else { inner_len };
        let start = l.pos();
        l.bytes(&ROUTING_RPL_ADDRESS, len)?;
        let mut full = h.destination;
        full[16 - len..].copy_from_slice(l.peek(start, len)?);
        l.computed(&ROUTING_RPL_FULL_ADDRESS, start, len, Value::Ipv6(full));
    }
    Ok(count)
}
