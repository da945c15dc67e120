//! ICMP, the Internet Control Message Protocol (RFC 792): how hosts and routers tell each other what went wrong, and ping.
//! A message about a packet quotes the beginning of that packet, so that its sender knows which one is meant.
//!
//! ```text
//!  0      7 8     15 16             31
//! +--------+--------+-----------------+
//! |  Type  |  Code  |    Checksum     |
//! +--------+--------+-----------------+
//! |     depends on type and code      |
//! +-----------------------------------+
//! ```

pub(in crate::protocols) mod extensions;
mod fields;
mod names;
#[cfg(test)]
mod tests;

use std::fmt::Write as _;

use super::internet::{self, Checksum};
use crate::dissect::layer::{point_in_time, span_of_time};
use crate::dissect::{Done, Layer, Protocol, Region, Stop, Table, Value};
use crate::flow::address::Key;
use crate::flow::facts::{Note, tag};
use crate::flow::history::RequestKey;
use fields::*;

/// The Internet Control Message Protocol.
pub static ICMP: Protocol = Protocol {
    spec: "RFC 792",
    fields: FIELDS,
    issues: ISSUES,
    parents: &[(Table::IpProtocol, 1)],
    ..Protocol::new("icmp", "Internet Control Message Protocol", "ICMP", dissect)
};

crate::issues! {
    /// Nobody answered this ping: the host is down, unknown, or does not want to.
    NO_RESPONSE = Issue::new("icmp.resp_not_found", "No response seen to ICMP request", Severity::Warn, Group::Sequence);
    /// The message was damaged on its way.
    BAD_CHECKSUM = Issue::new("icmp.checksum_bad", "Bad checksum", Severity::Warn, Group::Checksum);
    /// The extensions were damaged on their way.
    BAD_EXTENSION_CHECKSUM = Issue::new("icmp.ext.checksum_bad", "Bad checksum", Severity::Warn, Group::Checksum);
}

const ECHO_REPLY: u8 = 0;
const UNREACHABLE: u8 = 3;
const REDIRECT: u8 = 5;
const ECHO: u8 = 8;
const ADVERTISEMENT: u8 = 9;
const SOLICITATION: u8 = 10;
const TIME_EXCEEDED: u8 = 11;
const PARAMETER_PROBLEM: u8 = 12;
const EXTENDED_ECHO: u8 = 42;
const EXTENDED_ECHO_REPLY: u8 = 43;

/// Notes of pings: the frame of the other half.
const NOTE: u16 = tag(b"IC");

fn dissect(l: &mut Layer<'_, '_>) -> Done {
    l.protocol("ICMP");
    l.info(|_| {});
    let (kind, code) = (l.peek_u8(0)?, l.peek_u8(1)?);
    let mobile = kind == ADVERTISEMENT && l.reported() >= 16 && is_mobile(l);
    let name = match kind {
        ADVERTISEMENT if mobile => "Mobile IP Advertisement",
        SOLICITATION if l.cx.packet.hop_limit == 1 => "Mobile IP Solicitation",
        _ => names::type_name(kind).unwrap_or("Unknown ICMP (obsolete or malformed?)"),
    };
    let pair = other_half(l, kind);
    summary(l, kind, code, name, pair);
    if l.scanning()
        && !matches!(
            kind,
            UNREACHABLE | 4 | REDIRECT | TIME_EXCEEDED | PARAMETER_PROBLEM
        )
    {
        return Ok(());
    }
    let at = l.add(&TYPE, 0, 1, Value::U(u64::from(kind)));
    l.append(at, |out| {
        let _ = write!(out, " ({name})");
    });
    let at = l.add(&CODE, 1, 1, Value::U(u64::from(code)));
    if names::has_codes(kind) {
        l.append(at, |out| match names::code_name(kind, code) {
            Some(name) => {
                let _ = write!(out, " ({name})");
            }
            None => {
                let _ = write!(out, " (Unknown code: {code})");
            }
        });
    }
    checksum(l)?;
    l.seek(4);
    body(l, kind, code, mobile, pair)
}

/// The Info column.
fn summary(l: &mut Layer<'_, '_>, kind: u8, code: u8, name: &str, pair: Option<u32>) {
    let id_seq = l.peek(4, 4).ok().map(|b| {
        (
            u16::from_be_bytes([b[0], b[1]]),
            u16::from_be_bytes([b[2], b[3]]),
        )
    });
    let ttl = l.cx.packet.hop_limit;
    l.info(|out| {
        out.push_str(name);
        if names::has_codes(kind) && !matches!(kind, EXTENDED_ECHO | EXTENDED_ECHO_REPLY) {
            match names::code_name(kind, code) {
                Some(name) => {
                    let _ = write!(out, " ({name})");
                }
                None => {
                    let _ = write!(out, " (Unknown code: {code})");
                }
            }
        }
        if let Some((id, seq)) = id_seq
            && matches!(kind, ECHO | ECHO_REPLY | 13..=18)
        {
            // Requests and answers of echo stand in one column width.
            let pad = 21usize.saturating_sub(name.len());
            let _ = write!(
                out,
                "{:pad$}id=0x{id:04x}, seq={seq}/{}, ttl={ttl}",
                "",
                seq.swap_bytes(),
                pad = pad.max(2)
            );
            match (kind, pair) {
                (ECHO, Some(0)) => out.push_str(" (no response found!)"),
                (ECHO, Some(frame)) => {
                    let _ = write!(out, " (reply in {frame})");
                }
                (ECHO_REPLY, Some(frame)) if frame != 0 => {
                    let _ = write!(out, " (request in {frame})");
                }
                _ => {}
            }
        }
    });
}

/// The frame of the answer to this request (0 = none) or of the request that this answers. `None` where nobody asks.
fn other_half(l: &mut Layer<'_, '_>, kind: u8) -> Option<u32> {
    let is_request = matches!(kind, ECHO | EXTENDED_ECHO);
    if l.cx.packet.quoted || !(is_request || matches!(kind, ECHO_REPLY | EXTENDED_ECHO_REPLY)) {
        return None;
    }
    let header = l.peek(0, 8).ok()?;
    let frame = l.cx.frame.number;
    let ordinal = l.cx.packet.ip_ordinal;
    let ends = Key::new(1, (l.cx.packet.source, 0), (l.cx.packet.destination, 0)).0;
    let found = u16::from_be_bytes([header[2], header[3]]);
    // The answer repeats everything but the type, so its checksum differs by just that: with it a ping is told from
    // another one that has the same numbers.
    let sum = if is_request {
        found
    } else {
        let request = if kind == ECHO_REPLY {
            ECHO
        } else {
            EXTENDED_ECHO
        };
        !internet::fold(
            u32::from(!found) + (u32::from(request) << 8) + u32::from(!(u16::from(kind) << 8)),
        )
    };
    let id = u64::from(sum) << 32
        | u64::from(u32::from_be_bytes([
            header[4], header[5], header[6], header[7],
        ]));
    if let Some((history, facts)) = l.scan() {
        let key = RequestKey {
            tag: NOTE,
            conversation: history.conversation(ends),
            id,
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

fn checksum(l: &mut Layer<'_, '_>) -> Done {
    let found = l.peek_u16(2)?;
    let whole = l.captured() >= l.reported() && !l.cx.packet.fragment;
    let checksum = if whole && !l.cx.packet.quoted {
        Checksum::of(found, internet::add_words(0, l.data()))
    } else {
        Checksum::Unverified
    };
    let quoted = l.cx.packet.quoted;
    let at = l.add(&CHECKSUM, 2, 2, Value::U(u64::from(found)));
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

/// Everything behind the checksum.
fn body(l: &mut Layer<'_, '_>, kind: u8, code: u8, mobile: bool, pair: Option<u32>) -> Done {
    match kind {
        ECHO | ECHO_REPLY => {
            identify(l)?;
            show_pair(l, kind == ECHO, pair);
            echo_data(l);
        }
        UNREACHABLE | TIME_EXCEEDED => {
            let has_mtu = kind == UNREACHABLE && code == 4;
            let unused = if has_mtu { 2 } else { 4 };
            let quoted = if l.peek_u8(5)? == 0 {
                l.bytes(&UNUSED, unused)?;
                0
            } else {
                l.bytes(&UNUSED, 1)?;
                let quoted = extensions::length(l)?;
                if !has_mtu {
                    l.bytes(&UNUSED, 2)?;
                }
                quoted
            };
            if has_mtu {
                l.u16(&MTU)?;
            }
            quote(l, quoted)?;
        }
        4 => {
            l.bytes(&UNUSED, 4)?;
            quote(l, 0)?;
        }
        REDIRECT => {
            l.ipv4(&REDIR_GW)?;
            quote(l, 0)?;
        }
        PARAMETER_PROBLEM => {
            l.u8(&POINTER)?;
            let quoted = if l.peek_u8(5)? == 0 {
                l.bytes(&UNUSED, 3)?;
                0
            } else {
                let quoted = extensions::length(l)?;
                l.bytes(&UNUSED, 2)?;
                quoted
            };
            quote(l, quoted)?;
        }
        ADVERTISEMENT => extensions::advertisement(l, mobile)?,
        SOLICITATION => {
            l.bytes(&RESERVED, 4)?;
        }
        13 | 14 => {
            identify(l)?;
            for field in [
                &ORIGINATE_TIMESTAMP,
                &RECEIVE_TIMESTAMP,
                &TRANSMIT_TIMESTAMP,
            ] {
                let ms = l.u32(field)?;
                let at = l.last();
                l.append(at, |out| time_of_day(ms, out));
            }
        }
        15 | 16 => identify(l)?,
        17 | 18 => {
            identify(l)?;
            l.ipv4(&ADDRESS_MASK)?;
        }
        EXTENDED_ECHO | EXTENDED_ECHO_REPLY => {
            extensions::extended_echo(l, kind == EXTENDED_ECHO, pair)?
        }
        _ => {}
    }
    Ok(())
}

/// Identifier and sequence number, in both byte orders, since some systems send the lower byte first.
fn identify(l: &mut Layer<'_, '_>) -> Done {
    for (big, little) in [(&IDENT, &IDENT_LE), (&SEQ, &SEQ_LE)] {
        let at = l.pos();
        let value = l.u16(big)?;
        l.add(little, at, 2, Value::U(u64::from(value.swap_bytes())));
    }
    Ok(())
}

/// The link between a ping and its answer.
pub(super) fn show_pair(l: &mut Layer<'_, '_>, is_request: bool, pair: Option<u32>) {
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
                let nanos = l.cx.frame.time_ns.saturating_sub(sent);
                let ms = nanos as f64 / 1e6;
                let at = l.generated(&RESPTIME, 0, Value::F(ms));
                l.label(at, |out| {
                    let _ = write!(out, "Response time: {ms:.3} ms");
                });
            }
        }
        _ => {}
    }
}

/// The data of a ping. Many systems put the time of sending first, so that the answer tells how long it took.
fn echo_data(l: &mut Layer<'_, '_>) {
    if let Ok(b) = l.peek(8, 8) {
        let word = |at: usize| [b[at], b[at + 1], b[at + 2], b[at + 3]];
        let big = (u32::from_be_bytes(word(0)), u32::from_be_bytes(word(4)));
        let little = (u32::from_le_bytes(word(0)), u32::from_le_bytes(word(4)));
        let now = l.cx.frame.time_ns;
        // It is a time if it is within a day of the capture's.
        let plausible = |(secs, micros): (u32, u32)| {
            let apart = (now.div_euclid(1_000_000_000) - i64::from(secs)).abs();
            apart < 86_400 && micros < 1_000_000
        };
        if let Some((secs, micros)) = [big, little].into_iter().find(|t| plausible(*t)) {
            let sent = i64::from(secs) * 1_000_000_000 + i64::from(micros) * 1000;
            l.add(&DATA_TIME, 8, 8, point_in_time(sent));
            l.computed(
                &DATA_TIME_RELATIVE,
                8,
                8,
                span_of_time(now.saturating_sub(sent)),
            );
            l.skip(8);
        }
    }
    let rest = l.remainder();
    l.nested(|l| l.plain(rest));
}

/// The packet that an error is about, and what the router adds behind it. `len` is its length by the message's own account,
/// 0 where it has none.
fn quote(l: &mut Layer<'_, '_>, len: usize) -> Done {
    let at = l.pos();
    let rest = l.remainder();
    if rest.reported == 0 {
        return Ok(());
    }
    let len = if len == 0 {
        extensions::implied_length(l)
    } else {
        len
    };
    let region = if len == 0 { rest } else { l.part(at, len) };
    quoted(l, 0x0800, region);
    if len != 0 {
        if len > rest.reported {
            return Err(Stop::Malformed);
        }
        l.seek(at + len);
        extensions::structure(l)?;
    }
    Ok(())
}

/// Dissect a packet that a message quotes: the columns stay, and so does what is known of the outer packet.
pub fn quoted(l: &mut Layer<'_, '_>, ethertype: u32, region: Region<'_>) {
    let outer = l.cx.packet.clone();
    l.cx.packet.quoted = true;
    l.cx.packet.columns_locked = true;
    l.nested(|l| l.next(Table::EtherType, ethertype, region));
    let inner = std::mem::replace(&mut l.cx.packet, outer);
    // What is counted over the whole frame goes on.
    l.cx.packet.ip_ordinal = inner.ip_ordinal;
    l.cx.packet.transport_ordinal = inner.transport_ordinal;
    l.cx.packet.path = inner.path;
}

/// Whether a router advertisement may carry extensions for mobile hosts: it is longer than a count of entries in single bytes
/// would have it. (So nearly every one is taken for mobile.)
fn is_mobile(l: &Layer<'_, '_>) -> bool {
    let entries = l.peek_u8(4).map_or(0, usize::from) * l.peek_u8(5).map_or(0, usize::from);
    l.reported() > 8 + entries
}

/// ` (12 hours, 3 minutes, 4.005 seconds after midnight UTC)`.
fn time_of_day(ms: u32, out: &mut String) {
    let _ = write!(out, " (");
    write_time_span(u64::from(ms), out);
    let _ = write!(out, " after midnight UTC)");
}

/// A span of milliseconds in words.
fn write_time_span(ms: u64, out: &mut String) {
    let secs = ms / 1000;
    let mut first = true;
    for (n, unit) in [
        (secs / 86_400, "day"),
        (secs / 3600 % 24, "hour"),
        (secs / 60 % 60, "minute"),
    ] {
        if n > 0 {
            let comma = if first { "" } else { ", " };
            let _ = write!(out, "{comma}{n} {unit}{}", if n == 1 { "" } else { "s" });
            first = false;
        }
    }
    let (rest, fraction) = (secs % 60, ms % 1000);
    if rest > 0 || fraction > 0 || first {
        let comma = if first { "" } else { ", " };
        let _ = write!(out, "{comma}{rest}");
        if fraction > 0 {
            let _ = write!(out, ".{fraction:03}");
        }
        let one = rest == 1 && fraction == 0;
        out.push_str(if one { " second" } else { " seconds" });
    }
}
