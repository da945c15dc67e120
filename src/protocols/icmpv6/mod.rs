//! ICMPv6 (RFC 4443): errors and ping as in ICMP, and all that a network needs to run IPv6: who has which hardware address,
//! which routers and prefixes there are (neighbour discovery, RFC 4861), who listens to which group (RFC 3810).
//!
//! ```text
//!  0      7 8     15 16             31
//! +--------+--------+-----------------+
//! |  Type  |  Code  |    Checksum     |
//! +--------+--------+-----------------+
//! |     depends on type and code      |
//! +-----------------------------------+
//! ```

mod fields;
mod mobility;
mod names;
mod node_information;
mod notices;
mod options;
mod parts;
mod renumbering;
mod rpl;
mod send;
#[cfg(test)]
mod tests;

use std::fmt::Write as _;

use super::icmp::{extensions, quoted};
use super::internet::{self, Checksum};
use crate::dissect::{Done, Layer, Protocol, Table, Value};
use crate::field::Field;
use crate::flow::address::{Address, Key};
use crate::flow::facts::{Note, tag};
use crate::flow::history::RequestKey;
use fields::*;

/// ICMP for IPv6.
pub static ICMPV6: Protocol = Protocol {
    spec: "RFC 4443",
    fields: &ALL_FIELDS,
    issues: ISSUES,
    parents: &[(Table::IpProtocol, 58)],
    ..Protocol::new(
        "icmpv6",
        "Internet Control Message Protocol v6",
        "ICMPv6",
        dissect,
    )
};

/// The fields of this protocol's files.
static ALL_FIELDS: [&Field;
    FIELDS.len()
        + mobility::own::FIELDS.len()
        + node_information::FIELDS.len()
        + notices::FIELDS.len()
        + renumbering::FIELDS.len()
        + rpl::FIELDS.len()] = join(&[
    FIELDS,
    mobility::own::FIELDS,
    node_information::FIELDS,
    notices::FIELDS,
    renumbering::FIELDS,
    rpl::FIELDS,
]);

/// Several lists as one.
const fn join<const N: usize>(lists: &[&[&'static Field]]) -> [&'static Field; N] {
    let mut all = [&TYPE; N];
    let (mut list, mut at) = (0, 0);
    while list < lists.len() {
        let mut i = 0;
        while i < lists[list].len() {
            all[at] = lists[list][i];
            i += 1;
            at += 1;
        }
        list += 1;
    }
    assert!(at == N, "the array is as long as the lists together");
    all
}

crate::issues! {
    /// The option's length byte cannot be right.
    OPTION_LENGTH = Issue::new("icmpv6.invalid_option_length", "Invalid Option Length", Severity::Error, Group::Malformed);
    /// An option that is not read here.
    OPTION_UNDECODED = Issue::new("icmpv6.undecoded.option", "Undecoded option", Severity::Note, Group::Undecoded);
    /// Data that is not read here.
    UNKNOWN_DATA_ISSUE = Issue::new("icmpv6.unknown_data.expert", "Unknown Data (not interpreted)", Severity::Error, Group::Malformed);
    /// An option of a routing message that is not read here.
    RPL_UNDECODED = Issue::new("icmpv6.undecoded.rpl_option", "Undecoded RPL Option", Severity::Note, Group::Undecoded);
    /// A message that is not read here.
    TYPE_UNDECODED = Issue::new("icmpv6.undecoded.type", "Undecoded type", Severity::Note, Group::Undecoded);
    /// An address has no more than 128 bits.
    MATCH_LENGTH = Issue::new("icmpv6.rr.pco.mp.matchlen.gt128", "MatchLen is greater than 128", Severity::Warn, Group::Protocol);
    /// An address has no more than 128 bits.
    MATCHED_LENGTH = Issue::new("icmpv6.rr.pco.mp.matchedlen.gt128", "MatchedLen is greater than 128", Severity::Warn, Group::Protocol);
    /// The message was damaged on its way.
    BAD_CHECKSUM = Issue::new("icmpv6.checksum_bad.expert", "Bad checksum", Severity::Warn, Group::Checksum);
    /// Nobody answered this ping.
    NO_RESPONSE = Issue::new("icmpv6.resp_not_found", "No response seen to ICMPv6 request", Severity::Warn, Group::Sequence);
    /// A metric that is not known.
    RPL_METRIC = Issue::new("icmpv6.rpl.unknown.metric", "Unknown RPL metric/constraint type", Severity::Note, Group::Undecoded);
    /// A route of this kind needs an answer.
    P2P_HOP_BY_HOP = Issue::new("icmpv6.rpl.p2p.hop_by_hop", "Reply MUST be set to one in order to establish a Hop-by-Hop Route", Severity::Warn, Group::Protocol);
    /// The number has no meaning for routes of this kind.
    P2P_ROUTES = Issue::new("icmpv6.rpl.p2p.num_of_routes", "This field MUST be set to zero when Hop-by-Hop Routes are being discovered", Severity::Warn, Group::Protocol);
    /// The field has no meaning in this message.
    P2P_RDO_ZERO = Issue::new("icmpv6.rpl.p2p.dro.rdo.zero", "This field MUST be set to zero when the P2P-RDO is included in a P2P-DRO", Severity::Warn, Group::Protocol);
    /// The field has no meaning in this message.
    P2P_ZERO = Issue::new("icmpv6.rpl.p2p.dro.zero", "This field MUST be set to zero", Severity::Warn, Group::Protocol);
}

const ECHO: u8 = 128;
const ECHO_REPLY: u8 = 129;

/// Notes of pings: the frame of the other half.
const NOTE: u16 = tag(b"I6");

fn dissect(l: &mut Layer<'_, '_>) -> Done {
    l.protocol("ICMPv6");
    l.info(|_| {});
    let (kind, code) = (l.peek_u8(0)?, l.peek_u8(1)?);
    let name = TYPE.name_of(u64::from(kind)).unwrap_or("Unknown");
    l.info(|out| {
        out.push_str(name);
        if names::has_codes(kind) && kind < 128 {
            write_code(kind, code, out);
        }
    });
    let pair = if matches!(kind, ECHO | ECHO_REPLY) {
        echo_info(l, kind)
    } else {
        None
    };
    if l.scanning() && kind >= 128 && kind != 137 {
        return Ok(());
    }
    l.u8(&TYPE)?;
    l.u8(&CODE)?;
    if names::has_codes(kind) {
        let at = l.last();
        l.append(at, |out| write_code(kind, code, out));
    } else if matches!(kind, 150 | 154) {
        let (at, subtype) = (l.last(), l.peek_u8(4).unwrap_or(0));
        if let Some(name) = names::handover_code(subtype, code) {
            l.append(at, |out| {
                let _ = write!(out, " ({name})");
            });
        }
    }
    checksum(l)?;
    body(l, kind, code, pair)
}

fn write_code(kind: u8, code: u8, out: &mut String) {
    let _ = match names::code_name(kind, code) {
        Some(name) => write!(out, " ({name})"),
        None if kind == 1 => write!(out, " (Unknown)"),
        None => write!(out, " (Unknown ({code}))"),
    };
}

fn checksum(l: &mut Layer<'_, '_>) -> Done {
    let found = l.u16(&CHECKSUM)?;
    let whole = l.captured() >= l.reported() && !l.cx.packet.fragment;
    let checksum = if whole && !l.cx.packet.quoted {
        let (source, destination) = (l.cx.packet.source, l.cx.packet.destination);
        let sum = internet::pseudo_header(source, destination, l.reported(), 58);
        Checksum::of(found, internet::add_words(sum, l.data()))
    } else {
        Checksum::Unverified
    };
    let quoted = l.cx.packet.quoted;
    let at = l.last();
    l.append(at, |out| match checksum {
        Checksum::Good => out.push_str(" [correct]"),
        Checksum::Bad(right) => {
            let _ = write!(out, " incorrect, should be 0x{right:04x}");
        }
        _ if quoted => out.push_str(" [unverified] [in ICMP error packet]"),
        _ => out.push_str(" [unverified]"),
    });
    if let Checksum::Bad(right) = checksum {
        l.issue_with(at, &BAD_CHECKSUM, |out| {
            let _ = write!(out, "Bad checksum [should be 0x{right:04x}]");
        });
    }
    l.generated(&CHECKSUM_STATUS, 2, checksum.state());
    Ok(())
}

/// The frame of the other half of a ping (0 = not in the capture), and the Info column.
fn echo_info(l: &mut Layer<'_, '_>, kind: u8) -> Option<u32> {
    let b = l.peek(0, 8).ok()?;
    let (id, seq) = (
        u16::from_be_bytes([b[4], b[5]]),
        u16::from_be_bytes([b[6], b[7]]),
    );
    let found = u16::from_be_bytes([b[2], b[3]]);
    let pair = other_half(l, kind, id, seq, found);
    let hops = l.cx.packet.hop_limit;
    l.info_append(|out| {
        let _ = write!(out, " id=0x{id:04x}, seq={seq}, hop limit={hops}");
        match (kind, pair) {
            (ECHO, Some(0)) => out.push_str(" (no response found!)"),
            (ECHO, Some(frame)) => {
                let _ = write!(out, " (reply in {frame})");
            }
            (_, Some(frame)) if frame != 0 => {
                let _ = write!(out, " (request in {frame})");
            }
            _ => {}
        }
    });
    pair
}

fn other_half(l: &mut Layer<'_, '_>, kind: u8, id: u16, seq: u16, found: u16) -> Option<u32> {
    if l.cx.packet.quoted {
        return None;
    }
    let is_request = kind == ECHO;
    let frame = l.cx.frame.number;
    let ordinal = l.cx.packet.ip_ordinal;
    let ends = Key::new(58, (l.cx.packet.source, 0), (l.cx.packet.destination, 0)).0;
    // The answer repeats everything but the type, so its checksum differs by just that.
    let sum = if is_request {
        found
    } else {
        !internet::fold(u32::from(!found) + 0x8000 + u32::from(!0x8100u16))
    };
    if let Some((history, facts)) = l.scan() {
        let key = RequestKey {
            tag: NOTE,
            conversation: history.conversation(ends),
            id: u64::from(sum) << 32 | u64::from(id) << 16 | u64::from(seq),
        };
        let at = u32::try_from(facts.notes.len()).unwrap_or(u32::MAX);
        let mut note = Note {
            frame,
            tag: NOTE,
            ordinal,
            values: [0; 7],
        };
        if is_request {
            history.request(key, at);
        } else {
            let request = history
                .answered(&key)
                .and_then(|n| facts.notes.get_mut(n as usize))?;
            request.values[0] = frame;
            note.values[0] = request.frame;
        }
        facts.notes.push(note);
    }
    l.facts().note(frame, NOTE, ordinal).map(|n| n.values[0])
}

/// Everything behind the checksum.
fn body(l: &mut Layer<'_, '_>, kind: u8, code: u8, pair: Option<u32>) -> Done {
    match kind {
        1 | 3 => {
            let words = usize::from(l.peek_u8(4)?);
            if words == 0 {
                l.bytes(&RESERVED, 4)?;
                return error(l);
            }
            l.u8(&LENGTH)?;
            l.bytes(&RESERVED, 3)?;
            extended_error(l, words * 8)
        }
        2 => {
            l.u32(&MTU)?;
            error(l)
        }
        4 => {
            l.u32(&POINTER)?;
            error(l)
        }
        ECHO | ECHO_REPLY => {
            l.u16(&ECHO_IDENTIFIER)?;
            l.u16(&ECHO_SEQUENCE_NUMBER)?;
            echo(l, kind == ECHO, pair)
        }
        130..=132 => listeners(l, kind),
        133 => {
            l.bytes(&RESERVED, 4)?;
            options::show(l)
        }
        134 => advertisement(l),
        135 => {
            l.bytes(&RESERVED, 4)?;
            let target = l.ipv6(&ND_NS_TARGET_ADDRESS)?;
            l.info_append(|out| {
                let _ = write!(out, " for {}", Address::V6(target));
            });
            options::show(l)
        }
        136 => neighbor(l),
        137 => {
            l.bytes(&RESERVED, 4)?;
            l.ipv6(&ND_RD_TARGET_ADDRESS)?;
            l.ipv6(&RD_NA_DESTINATION_ADDRESS)?;
            options::show(l)
        }
        141 | 142 => {
            l.bytes(&RESERVED, 4)?;
            options::show(l)
        }
        143 => report(l),
        157 | 158 => {
            l.u8(&N6LOWPANND_DA_STATUS)?;
            l.u8(&N6LOWPANND_DA_RSV)?;
            l.u16(&N6LOWPANND_DA_LIFETIME)?;
            l.u64(&N6LOWPANND_DA_EUI64)?;
            let address = l.ipv6(&N6LOWPANND_DA_REG_ADDR)?;
            l.info_append(|out| {
                let _ = write!(out, " for {}", Address::V6(address));
            });
            Ok(())
        }
        138 => renumbering::message(l, code),
        139 | 140 => node_information::message(l, kind, code),
        144..=147 => mobility::home(l, kind),
        148 | 149 => send::certification_path(l, kind),
        150 | 154 => mobility::handover(l),
        151 => {
            l.u16(&MCAST_RA_QUERY_INTERVAL)?;
            l.u16(&MCAST_RA_ROBUSTNESS_VARIABLE)?;
            Ok(())
        }
        152 | 153 => Ok(()), // type and code say it all
        155 => rpl::message(l, code),
        156 => notices::locators(l),
        159 => notices::kept_messages(l),
        160 | 161 => notices::extended_echo(l, kind == 160),
        _ => parts::unread(l),
    }
}

/// The packet that an error quotes.
fn error(l: &mut Layer<'_, '_>) -> Done {
    let rest = l.remainder();
    if rest.reported > 0 {
        quoted(l, 0x86dd, rest);
    }
    Ok(())
}

/// The same with a length, behind which extensions follow (RFC 4884 section 4).
fn extended_error(l: &mut Layer<'_, '_>, len: usize) -> Done {
    let packet = l.part(l.pos(), len);
    quoted(l, 0x86dd, packet);
    l.skip(len);
    extensions::structure(l)
}

fn echo(l: &mut Layer<'_, '_>, is_request: bool, pair: Option<u32>) -> Done {
    if l.left() == 4 {
        // The test of a Teredo client whether a host can be reached: only a random value (RFC 4380 section 5.2.9).
        l.bytes(&NONCE, 4)?;
        return Ok(());
    }
    match (is_request, pair) {
        (true, Some(0)) => {
            let at = l.generated(&NO_RESP, 0, Value::None);
            l.issue(at, &NO_RESPONSE);
        }
        (true, Some(frame)) => {
            l.generated(&RESP_IN, 0, Value::U(u64::from(frame)));
        }
        (false, Some(frame)) if frame != 0 => {
            l.generated(&RESP_TO, 0, Value::U(u64::from(frame)));
            if let Some(sent) = l.time_of(frame) {
                let ms = l.cx.frame.time_ns.saturating_sub(sent) as f64 / 1e6;
                let at = l.generated(&RESPTIME, 0, Value::F(ms));
                l.label(at, |out| {
                    let _ = write!(out, "Response Time: {ms:.3} ms");
                });
            }
        }
        _ => {}
    }
    let rest = l.remainder();
    l.nested(|l| l.plain(rest));
    Ok(())
}

/// Queries, reports and farewells of listeners (RFC 2710, and queries of RFC 3810).
fn listeners(l: &mut Layer<'_, '_>, kind: u8) -> Done {
    let version_2 = kind == 130 && l.reported() >= 28;
    if version_2 {
        l.u16(&MLD_MAXIMUM_RESPONSE_CODE)?;
    } else {
        l.u16(&MLD_MAXIMUM_RESPONSE_DELAY)?;
    }
    l.bytes(&RESERVED, 2)?;
    l.ipv6(&MLD_MULTICAST_ADDRESS)?;
    if !version_2 {
        return Ok(());
    }
    let at = l.pos();
    l.u8(&MLD_FLAG)?;
    l.enter();
    l.bits(&MLD_FLAG_S, at, 1)?;
    l.bits(&MLD_FLAG_QRV, at, 1)?;
    l.bits(&MLD_FLAG_RESERVED, at, 1)?;
    l.close();
    l.u8(&MLD_QQI)?;
    let count = l.u16(&MLD_NB_SOURCES)?;
    for _ in 0..count {
        l.ipv6(&MLD_SOURCE_ADDRESS)?;
    }
    Ok(())
}

/// A report of RFC 3810.
fn report(l: &mut Layer<'_, '_>) -> Done {
    l.bytes(&RESERVED, 2)?;
    let count = l.u16(&MLDR_NB_MCAST_RECORDS)?;
    for _ in 0..count {
        let at = l.pos();
        let root = l.open(&MLDR_MAR, at, 0, Value::None);
        let kind = l.u8(&MLDR_MAR_RECORD_TYPE)?;
        let extra = usize::from(l.u8(&MLDR_MAR_AUX_DATA_LEN)?) * 4;
        let sources = l.u16(&MLDR_MAR_NB_SOURCES)?;
        let group = l.ipv6(&MLDR_MAR_MULTICAST_ADDRESS)?;
        l.append(root, |out| {
            let _ = write!(
                out,
                " {}: {}",
                MLDR_MAR_RECORD_TYPE
                    .name_of(u64::from(kind))
                    .unwrap_or("Unknown"),
                Address::V6(group)
            );
        });
        for _ in 0..sources {
            l.ipv6(&MLDR_MAR_SOURCE_ADDRESS)?;
        }
        if extra > 0 {
            l.bytes(&MLDR_MAR_AUXILIARY_DATA, extra)?;
        }
        let end = l.pos();
        l.close_at(root, end);
    }
    Ok(())
}

/// A router's advertisement (RFC 4861 section 4.2).
fn advertisement(l: &mut Layer<'_, '_>) -> Done {
    l.u8(&ND_RA_CUR_HOP_LIMIT)?;
    let at = l.pos();
    let flags = l.u8(&ND_RA_FLAG)?;
    let root = l.last();
    l.append(root, |out| {
        for (bit, name) in [
            (0x80, ", Managed address configuration"),
            (0x40, ", Other configuration"),
            (0x20, ", Home Agent"),
        ] {
            if flags & bit != 0 {
                out.push_str(name);
            }
        }
        let preference = ND_RA_FLAG_PRF
            .name_of(u64::from(flags >> 3 & 3))
            .unwrap_or("");
        let _ = write!(out, ", Prf (Default Router Preference): {preference}");
        if flags & 4 != 0 {
            out.push_str(", Proxy");
        }
    });
    l.enter();
    for field in [
        &ND_RA_FLAG_M,
        &ND_RA_FLAG_O,
        &ND_RA_FLAG_H,
        &ND_RA_FLAG_PRF,
        &ND_RA_FLAG_P,
        &ND_RA_FLAG_RSV,
    ] {
        l.bits(field, at, 1)?;
    }
    l.close();
    l.u16(&ND_RA_ROUTER_LIFETIME)?;
    l.u32(&ND_RA_REACHABLE_TIME)?;
    l.u32(&ND_RA_RETRANS_TIMER)?;
    options::show(l)
}

/// The answer of a neighbour (RFC 4861 section 4.4).
fn neighbor(l: &mut Layer<'_, '_>) -> Done {
    let at = l.pos();
    let flags = l.u32(&ND_NA_FLAG)?;
    let root = l.last();
    l.append(root, |out| {
        for (bit, name) in [(31, ", Router"), (30, ", Solicited"), (29, ", Override")] {
            if flags >> bit & 1 != 0 {
                out.push_str(name);
            }
        }
    });
    l.enter();
    for field in [&ND_NA_FLAG_R, &ND_NA_FLAG_S, &ND_NA_FLAG_O, &ND_NA_FLAG_RSV] {
        l.bits(field, at, 4)?;
    }
    l.close();
    let target = l.ipv6(&ND_NA_TARGET_ADDRESS)?;
    l.info_append(|out| {
        let _ = write!(out, " {}", Address::V6(target));
        let mut start = " (";
        for (bit, name) in [(31, "rtr"), (30, "sol"), (29, "ovr")] {
            if flags >> bit & 1 != 0 {
                out.push_str(start);
                out.push_str(name);
                start = ", ";
            }
        }
        if start == ", " {
            out.push(')');
        }
    });
    options::show(l)
}
