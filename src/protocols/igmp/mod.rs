//! IGMP, the Internet Group Management Protocol (RFC 3376): hosts tell the routers of their network which groups they want to
//! hear, and routers ask from time to time who is still listening. Version 3 can also say from whom.
//!
//! ```text
//!  0      7 8             15 16             31
//! +--------+----------------+-----------------+
//! |  Type  | Max Resp Time  |    Checksum     |
//! +--------+----------------+-----------------+
//! |               Group Address               |
//! +-------------------------------------------+
//! ```

mod fields;
#[cfg(test)]
mod tests;

use std::fmt::Write as _;

use super::internet::{self, Checksum};
use crate::dissect::{Done, Layer, Protocol, Table, Value};
use crate::flow::address::Address;
use fields::*;

/// The Internet Group Management Protocol.
pub static IGMP: Protocol = Protocol {
    spec: "RFC 3376",
    fields: FIELDS,
    issues: ISSUES,
    parents: &[(Table::IpProtocol, 2)],
    ..Protocol::new(
        "igmp",
        "Internet Group Management Protocol",
        "IGMP",
        dissect,
    )
};

crate::issues! {
    /// The message was damaged on its way.
    BAD_CHECKSUM = Issue::new("igmp.bad_checksum", "Bad checksum", Severity::Error, Group::Checksum);
}

const QUERY: u8 = 0x11;
const REPORT_V1: u8 = 0x12;
const REPORT_V2: u8 = 0x16;
const LEAVE: u8 = 0x17;
const REPORT_V3: u8 = 0x22;

fn dissect(l: &mut Layer<'_, '_>) -> Done {
    let (kind, second) = (l.peek_u8(0)?, l.peek_u8(1)?);
    l.protocol("IGMP");
    let version = version(l, kind, second);
    if let Some(version) = version {
        l.protocol(["IGMPv0", "IGMPv1", "IGMPv2", "IGMPv3"][usize::from(version & 3)]);
    }
    let name = TYPE.name_of(u64::from(kind)).unwrap_or("Unknown Type");
    l.info(|out| out.push_str(name));
    if let Some(version) = version {
        l.generated(&VERSION, 0, Value::U(u64::from(version)));
    }
    l.u8(&TYPE)?;
    match (version, kind) {
        (Some(0), _) => version_0(l, kind),
        (Some(1), QUERY | REPORT_V1) => {
            l.bytes(&RESERVED, 1)?;
            checksum(l)?;
            group(l, kind)
        }
        (_, QUERY) if version == Some(3) => {
            max_response(l, second)?;
            checksum(l)?;
            query_v3(l)
        }
        (_, QUERY) => {
            max_response(l, second)?;
            checksum(l)?;
            group(l, kind)
        }
        (_, REPORT_V2 | LEAVE | REPORT_V1) => {
            max_response(l, second)?;
            checksum(l)?;
            group(l, kind)
        }
        (_, REPORT_V3) => report_v3(l),
        (_, 0x1e | 0x1f) => trace(l),
        _ => {
            let rest = l.remainder();
            let value = l.slice(1, rest.data.len());
            l.add(&DATA, 1, rest.data.len(), value);
            Ok(())
        }
    }
}

/// Versions share their types: length and second byte tell them apart (RFC 3376 section 7.1).
fn version(l: &Layer<'_, '_>, kind: u8, second: u8) -> Option<u8> {
    match kind {
        1..=8 => Some(0),
        QUERY if l.reported() >= 12 => Some(3),
        QUERY if second == 0 => Some(1),
        QUERY => Some(2),
        REPORT_V1 if second == 0 => Some(1),
        REPORT_V1 | REPORT_V2 | LEAVE => Some(2),
        REPORT_V3 => Some(3),
        _ => None,
    }
}

fn checksum(l: &mut Layer<'_, '_>) -> Done {
    l.seek(2);
    let found = l.peek_u16(2)?;
    let checksum = if l.captured() >= l.reported() && !l.cx.packet.quoted {
        Checksum::of(found, internet::add_words(0, l.data()))
    } else {
        Checksum::Unverified
    };
    l.u16(&CHECKSUM)?;
    let at = l.last();
    l.append(at, |out| match checksum {
        Checksum::Good => out.push_str(" [correct]"),
        Checksum::Bad(right) => {
            let _ = write!(out, " incorrect, should be 0x{right:04x}");
        }
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

/// A code of RFC 3376 section 4.1.1: below 128 the number itself, above with exponent and mantissa.
fn spread(code: u8) -> u32 {
    if code < 128 {
        u32::from(code)
    } else {
        (u32::from(code & 15) | 16) << (u32::from(code >> 4 & 7) + 3)
    }
}

fn max_response(l: &mut Layer<'_, '_>, code: u8) -> Done {
    let tenths = if l.reported() >= 12 {
        spread(code)
    } else {
        u32::from(code)
    };
    l.u8(&MAX_RESP)?;
    let at = l.last();
    l.label(at, |out| {
        let _ = write!(
            out,
            "Max Resp Time: {}.{} sec (0x{code:02x})",
            tenths / 10,
            tenths % 10
        );
    });
    if code >= 128 && l.reported() >= 12 {
        l.enter();
        l.bits(&MAX_RESP_EXP, 1, 1)?;
        l.bits(&MAX_RESP_MANT, 1, 1)?;
        l.close();
    }
    Ok(())
}

/// The group of a short message.
fn group(l: &mut Layer<'_, '_>, kind: u8) -> Done {
    l.seek(4);
    let group = l.ipv4(&MADDR)?;
    let address = Address::V4(group);
    let general = group == [0; 4];
    l.info_append(|out| {
        let _ = match kind {
            QUERY if general => write!(out, ", general"),
            QUERY => write!(out, ", specific for group {address}"),
            LEAVE => write!(out, " {address}"),
            _ => write!(out, " group {address}"),
        };
    });
    Ok(())
}

fn query_v3(l: &mut Layer<'_, '_>) -> Done {
    l.seek(4);
    let group = l.ipv4(&MADDR)?;
    l.info_append(|out| {
        let _ = if group == [0; 4] {
            write!(out, ", general")
        } else {
            write!(out, ", specific for group {}", Address::V4(group))
        };
    });
    l.bits(&S, 8, 1)?;
    l.bits(&QRV, 8, 1)?;
    l.seek(9);
    let code = l.u8(&QQIC)?;
    if code >= 128 {
        let at = l.last();
        l.append(at, |out| {
            let _ = write!(out, " ({} sec)", spread(code));
        });
    }
    let count = l.u16(&NUM_SRC)?;
    for i in 0..count {
        let source = l.ipv4(&SADDR)?;
        l.info_append(|out| {
            let start = if i == 0 { ", source {" } else { ", " };
            let end = if i + 1 == count { "}" } else { "" };
            let _ = write!(out, "{start}{}{end}", Address::V4(source));
        });
    }
    Ok(())
}

fn report_v3(l: &mut Layer<'_, '_>) -> Done {
    l.bytes(&RESERVED, 1)?;
    checksum(l)?;
    l.seek(4);
    l.bytes(&RESERVED, 2)?;
    let count = l.u16(&NUM_GRP_RECS)?;
    for _ in 0..count {
        record(l)?;
    }
    Ok(())
}

/// One group of a report (RFC 3376 section 4.2.4).
fn record(l: &mut Layer<'_, '_>) -> Done {
    let at = l.pos();
    let head = l.peek(at, 8)?;
    let (kind, extra) = (head[0], usize::from(head[1]) * 4);
    let sources = u16::from_be_bytes([head[2], head[3]]);
    let group = Address::V4([head[4], head[5], head[6], head[7]]);
    let len = 8 + usize::from(sources) * 4 + extra;
    l.open_text(at, len, |out| {
        let _ = write!(
            out,
            "Group Record : {group}  {}",
            RECORD_TYPE.name_of(u64::from(kind)).unwrap_or("Unknown")
        );
    });
    l.info_append(|out| {
        let s = if sources == 1 { "" } else { "s" };
        let place = if sources == 1 { "" } else { " in" };
        let _ = match (kind, sources) {
            (1 | 3, 0) => write!(out, " / Leave group {group}"),
            (2 | 4, 0) => write!(out, " / Join group {group} for any sources"),
            (5, 0) => write!(
                out,
                " / Group {group}, ALLOW_NEW_SOURCES but no source specified (?)"
            ),
            (6, 0) => write!(
                out,
                " / Group {group}, BLOCK_OLD_SOURCES but no source specified (?)"
            ),
            (1 | 3, _) => write!(out, " / Join group {group} for source{s}{place} {{"),
            (2 | 4, _) => write!(out, " / Join group {group}, for source{s} not{place} {{"),
            (5, _) => write!(out, " / Group {group}, new source{s} {{"),
            (6, _) => write!(out, " / Group {group}, block source{s} {{"),
            (_, 0) => write!(out, " / Group {group}, unknown record type (?)"),
            _ => write!(out, " / Group {group}, unknown record type (?), sources {{"),
        };
    });
    l.u8(&RECORD_TYPE)?;
    l.u8(&AUX_DATA_LEN)?;
    l.u16(&NUM_SRC)?;
    l.ipv4(&MADDR)?;
    for i in 0..sources {
        let source = l.ipv4(&SADDR)?;
        l.info_append(|out| {
            let comma = if i == 0 { "" } else { ", " };
            let end = if i + 1 == sources { "}" } else { "" };
            let _ = write!(out, "{comma}{}{end}", Address::V4(source));
        });
    }
    if extra > 0 {
        l.bytes(&AUX_DATA, extra)?;
    }
    l.close();
    Ok(())
}

/// Version 0 (RFC 988): groups were created and joined by request.
fn version_0(l: &mut Layer<'_, '_>, kind: u8) -> Done {
    if kind == 1 {
        l.u8(&GROUP_TYPE)?;
    } else if kind & 1 == 0 {
        let code = l.peek_u8(1)?;
        l.u8(if code < 5 { &REPLY } else { &REPLY_PENDING })?;
    } else {
        l.bytes(&RESERVED, 1)?;
    }
    checksum(l)?;
    l.seek(4);
    l.u32(&IDENTIFIER)?;
    l.ipv4(&MADDR)?;
    l.bytes(&ACCESS_KEY, 8)?;
    Ok(())
}

/// A trace of the way that packets of a group take.
fn trace(l: &mut Layer<'_, '_>) -> Done {
    l.u8(&MTRACE_MAX_HOPS)?;
    checksum(l)?;
    l.seek(4);
    l.ipv4(&MADDR)?;
    l.ipv4(&MTRACE_SADDR)?;
    l.ipv4(&MTRACE_RADDR)?;
    l.ipv4(&MTRACE_RSPADDR)?;
    l.u8(&MTRACE_RESP_TTL)?;
    l.uint(&MTRACE_Q_ID, 3)?;
    while l.left() >= 32 {
        let at = l.pos();
        l.open_text(at, 32, |out| out.push_str("Response data block"));
        l.u32(&MTRACE_Q_ARRIVAL)?;
        l.ipv4(&MTRACE_Q_INADDR)?;
        l.ipv4(&MTRACE_Q_OUTADDR)?;
        l.ipv4(&MTRACE_Q_PREVRTR)?;
        l.u32(&MTRACE_Q_INPKT)?;
        l.u32(&MTRACE_Q_OUTPKT)?;
        l.u32(&MTRACE_Q_TOTAL)?;
        l.u8(&MTRACE_Q_RTG_PROTO)?;
        l.u8(&MTRACE_Q_FWD_TTL)?;
        let bits = l.pos();
        l.bits(&MTRACE_Q_MBZ, bits, 1)?;
        l.bits(&MTRACE_Q_S, bits, 1)?;
        l.bits(&MTRACE_Q_SRC_MASK, bits, 1)?;
        l.skip(1);
        l.u8(&MTRACE_Q_FWD_CODE)?;
        l.close();
    }
    Ok(())
}
