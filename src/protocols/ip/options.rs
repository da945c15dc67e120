//! The options of an IPv4 header (RFC 791 section 3.1 and others). Hardly any packet has one today: routers handle such packets
//! slowly, or not at all.

use std::fmt::Write as _;

use super::fields::*;
use super::{CIPSO_MALFORMED, NOPS, OPTION_LENGTH, POINTER_BEFORE, POINTER_MIDDLE, SUBOPTION_LONG};
use crate::dissect::{Done, Layer, NodeId, Value};
use crate::field::Field;
use crate::flow::address::Address;

/// How an option is called and how long it may be, type and length bytes included; 0 = as long as it likes.
struct Shape {
    kind: u8,
    field: &'static Field,
    name: &'static str,
    least: usize,
    exact: bool,
}

const fn shape(
    kind: u8,
    field: &'static Field,
    name: &'static str,
    least: usize,
    exact: bool,
) -> Shape {
    Shape {
        kind,
        field,
        name,
        least,
        exact,
    }
}

static SHAPES: &[Shape] = &[
    shape(130, &OPTIONS_SECURITY, "Security", 3, false),
    shape(131, &OPTIONS_ROUTE, "Loose Source Route", 3, false),
    shape(68, &OPTIONS_TIMESTAMP, "Time Stamp", 4, false),
    shape(133, &OPTIONS_EXT_SECURITY, "Extended Security", 3, false),
    shape(134, &OPTIONS_CIPSO, "Commercial Security", 10, false),
    shape(7, &OPTIONS_RECORD_ROUTE, "Record Route", 3, false),
    shape(136, &OPTIONS_SID, "Stream ID", 4, true),
    shape(137, &OPTIONS_SOURCE_ROUTE, "Strict Source Route", 3, false),
    shape(11, &OPTIONS_MTU_PROBE, "MTU Probe", 4, true),
    shape(12, &OPTIONS_MTU_REPLY, "MTU Reply", 4, true),
    shape(82, &OPTIONS_TRACEROUTE, "Traceroute", 12, true),
    shape(148, &OPTIONS_ROUTERALERT, "Router Alert", 4, true),
    shape(149, &OPTIONS_SDB, "Selective Directed Broadcast", 6, false),
    shape(25, &OPTIONS_QS, "Quick-Start", 8, true),
];

/// Show the options, which lie between byte 20 and byte `end`.
pub(super) fn show(l: &mut Layer<'_, '_>, end: usize) -> Done {
    let all = l.peek(20, end - 20)?;
    let root = l.open_text(20, all.len(), |out| {
        let _ = write!(out, "Options: ({} bytes)", all.len());
    });
    let (mut at, mut nops) = (20, 0);
    while at < end {
        let kind = l.peek_u8(at)?;
        nops = if kind == 1 { nops + 1 } else { 0 };
        if nops == 4 {
            l.issue(root, &NOPS);
        }
        if kind < 2 {
            let field = if kind == 0 {
                &OPTIONS_EOL
            } else {
                &OPTIONS_NOP
            };
            let value = l.slice(at, 1);
            let id = l.open(field, at, 1, value);
            l.label(id, |out| out.push_str(field.label));
            show_type(l, at)?;
            l.close();
            at += 1;
            if kind == 0 {
                break;
            }
            continue;
        }
        let known = SHAPES.iter().find(|s| s.kind == kind);
        // A length that leaves the header, or no length at all: nothing behind it can be told.
        let len = if at + 1 < end {
            usize::from(l.peek_u8(at + 1)?)
        } else {
            0
        };
        if len < 2 || at + len > end {
            let name = known.map_or("Unknown option", |s| s.name);
            let id = l.text(at, 2.min(end - at), |out| {
                let _ = write!(out, "{name} (length {len} does not fit)");
            });
            l.issue(id, &OPTION_LENGTH);
            break;
        }
        match known {
            Some(known) => {
                l.append(root, |out| {
                    let _ = write!(out, ", {}", known.name);
                });
                option(l, known, at, len)?;
            }
            None => {
                l.text(at, len, |out| {
                    let _ = write!(out, "Unknown (0x{kind:02x}) ({len} bytes)");
                });
            }
        }
        at += len;
    }
    l.close();
    Ok(())
}

/// The type byte and its parts.
fn show_type(l: &mut Layer<'_, '_>, at: usize) -> Done {
    l.seek(at);
    l.u8(&OPT_TYPE)?;
    l.enter();
    l.bits(&OPT_TYPE_COPY, at, 1)?;
    l.bits(&OPT_TYPE_CLASS, at, 1)?;
    l.bits(&OPT_TYPE_NUMBER, at, 1)?;
    l.close();
    Ok(())
}

fn option(l: &mut Layer<'_, '_>, shape: &'static Shape, at: usize, len: usize) -> Done {
    let value = l.slice(at, len);
    let root = l.open(shape.field, at, len, value);
    l.label(root, |out| {
        let _ = write!(out, "{} ({len} bytes)", shape.field.label);
    });
    show_type(l, at)?;
    l.u8(&OPT_LEN)?;
    let at_len = l.last();
    if len < shape.least || shape.exact && len != shape.least {
        l.issue_with(at_len, &OPTION_LENGTH, |out| {
            let _ = write!(
                out,
                "{}: {len} bytes where {} are needed",
                shape.name, shape.least
            );
        });
        if len < shape.least {
            l.close();
            return Ok(());
        }
    }
    let end = at + len;
    match shape.kind {
        130 => security(l, end)?,
        131 | 137 | 7 => route(l, shape.kind == 7, end)?,
        68 => time_stamps(l, end)?,
        133 => {
            l.u8(&OPT_EXT_SEC_ADD_SEC_INFO_FORMAT_CODE)?;
            if end > l.pos() {
                l.bytes(&OPT_EXT_SEC_ADD_SEC_INFO, end - l.pos())?;
            }
        }
        134 => cipso(l, end)?,
        136 => {
            l.u16(&OPT_SID)?;
        }
        11 | 12 => {
            l.u16(&OPT_MTU)?;
        }
        82 => {
            l.u16(&OPT_ID_NUMBER)?;
            l.u16(&OPT_OHC)?;
            l.u16(&OPT_RHC)?;
            l.ipv4(&OPT_ORIGINATOR)?;
        }
        148 => {
            let value = l.u16(&OPT_RA)?;
            l.append(root, |out| {
                let name = OPT_RA.name_of(u64::from(value)).unwrap_or("Unknown");
                let _ = write!(out, ": {name} ({value})");
            });
        }
        149 => {
            while l.pos() + 4 <= end {
                l.ipv4(&OPT_ADDR)?;
            }
        }
        25 => quick_start(l, root)?,
        _ => {}
    }
    l.close();
    Ok(())
}

/// Secrecy: with 11 bytes as in RFC 791, otherwise as in RFC 1108.
fn security(l: &mut Layer<'_, '_>, end: usize) -> Done {
    if end - l.pos() == 9 {
        l.u16(&OPT_SEC_RFC791_SEC)?;
        l.u16(&OPT_SEC_RFC791_COMP)?;
        for (field, len) in [(&OPT_SEC_RFC791_HR, 2), (&OPT_SEC_RFC791_TCC, 3)] {
            // Text that ends at the first zero byte.
            let at = l.pos();
            let text = l.peek(at, len)?;
            let shown = text.iter().position(|b| *b == 0).unwrap_or(len);
            let value = l.slice(at, shown);
            l.add(field, at, len, value);
            l.skip(len);
        }
        return Ok(());
    }
    l.u8(&OPT_SEC_CL)?;
    while l.pos() < end {
        let at = l.pos();
        let flags = l.u8(&OPT_SEC_PROT_AUTH_FLAGS)?;
        let id = l.last();
        l.append(id, |out| {
            for (bit, name) in [
                (0x80, ", GENSER"),
                (0x40, ", SIOP-ESI"),
                (0x20, ", SCI"),
                (0x10, ", NSA"),
                (0x08, ", DOE"),
                (0x01, ", Field Termination Indicator"),
            ] {
                if flags & bit != 0 {
                    out.push_str(name);
                }
            }
        });
        l.enter();
        for field in [
            &OPT_SEC_PROT_AUTH_GENSER,
            &OPT_SEC_PROT_AUTH_SIOP_ESI,
            &OPT_SEC_PROT_AUTH_SCI,
            &OPT_SEC_PROT_AUTH_NSA,
            &OPT_SEC_PROT_AUTH_DOE,
            &OPT_SEC_PROT_AUTH_UNASSIGNED,
            &OPT_SEC_PROT_AUTH_FTI,
        ] {
            l.bits(field, at, 1)?;
        }
        l.close();
        if flags & 1 == 0 {
            break;
        }
    }
    Ok(())
}

/// Check the pointer of a list whose entries begin at byte 4 (5 for time stamps) of the option.
fn pointer(
    l: &mut Layer<'_, '_>,
    first: u8,
    entry: u8,
) -> Result<Option<u8>, crate::dissect::Stop> {
    let pointer = l.u8(&OPT_PTR)?;
    let id = l.last();
    if pointer < first {
        l.issue(id, &POINTER_BEFORE);
        return Ok(None);
    }
    if !(pointer - first).is_multiple_of(entry) {
        l.issue(id, &POINTER_MIDDLE);
        return Ok(None);
    }
    Ok(Some(pointer))
}

/// A list of routers: written by them, or by the sender.
fn route(l: &mut Layer<'_, '_>, recorded: bool, end: usize) -> Done {
    let start = l.pos() - 2;
    let Some(pointer) = pointer(l, 4, 4)? else {
        return Ok(());
    };
    let next = start + usize::from(pointer) - 1;
    while l.pos() + 4 <= end {
        let at = l.pos();
        let field: &'static Field = match (recorded, at < next) {
            // The last entry of a source route is where the packet goes in the end.
            (false, _) if next < end && at + 8 > end => &DST,
            (_, true) => &REC_RT,
            (true, false) => &EMPTY_RT,
            (false, false) => &SRC_RT,
        };
        l.ipv4(field)?;
        if at == next && !std::ptr::eq(field, &DST) {
            let id = l.last();
            l.append(id, |out| out.push_str(" <- (next)"));
        }
    }
    Ok(())
}

fn time_stamps(l: &mut Layer<'_, '_>, end: usize) -> Done {
    l.u8(&OPT_PTR)?;
    let at = l.pos();
    l.bits(&OPT_OVERFLOW, at, 1)?;
    let flag = l.bits(&OPT_FLAG, at, 1)?;
    l.skip(1);
    loop {
        if matches!(flag, 1 | 3) {
            if l.pos() + 8 > end {
                break;
            }
            let address = l.ipv4(&OPT_TIME_STAMP_ADDR)?;
            if address == [0; 4] {
                let id = l.last();
                l.label(id, |out| out.push_str("Address: -"));
            }
        } else if l.pos() + 4 > end {
            break;
        }
        l.u32(&OPT_TIME_STAMP)?;
    }
    Ok(())
}

/// A label of FIPS 188: whose numbering, then tags.
fn cipso(l: &mut Layer<'_, '_>, end: usize) -> Done {
    l.u32(&CIPSO_DOI)?;
    while l.pos() + 2 <= end {
        let at = l.pos();
        let kind = l.u8(&CIPSO_TAG_TYPE)?;
        let id = l.last();
        let len = usize::from(l.peek_u8(at + 1)?);
        let tag_end = at + len;
        if len < 4 || tag_end > end {
            l.issue(
                id,
                if len < 4 {
                    &CIPSO_MALFORMED
                } else {
                    &SUBOPTION_LONG
                },
            );
            return Ok(());
        }
        l.seek(at + 3);
        if matches!(kind, 1 | 2 | 5) {
            l.u8(&CIPSO_SENSITIVITY_LEVEL)?;
        }
        let from = l.pos();
        let bytes = l.peek(from, tag_end - from)?;
        let mut text = String::new();
        match kind {
            1 => {
                for (i, byte) in bytes.iter().enumerate() {
                    for bit in 0..8 {
                        if byte & (0x80 >> bit) != 0 {
                            list(&mut text, format_args!("{}", i * 8 + bit));
                        }
                    }
                }
            }
            2 => {
                for pair in bytes.chunks_exact(2) {
                    list(
                        &mut text,
                        format_args!("{}", u16::from_be_bytes([pair[0], pair[1]])),
                    );
                }
            }
            5 => {
                for pair in bytes.chunks(4) {
                    let high = u16::from_be_bytes([pair[0], pair.get(1).copied().unwrap_or(0)]);
                    let low = match pair {
                        [_, _, a, b] => u16::from_be_bytes([*a, *b]),
                        _ => 0,
                    };
                    list(&mut text, format_args!("{high}-{low}"));
                }
            }
            _ => {
                let value = l.slice(from, bytes.len());
                l.add(&CIPSO_TAG_DATA, from, bytes.len(), value);
            }
        }
        if !text.is_empty() {
            let value = l.made(text.as_bytes());
            l.add(&CIPSO_CATEGORIES, from, bytes.len(), value);
        }
        l.seek(tag_end);
    }
    Ok(())
}

/// Add to a list with commas.
fn list(out: &mut String, item: std::fmt::Arguments<'_>) {
    if !out.is_empty() {
        out.push(',');
    }
    let _ = out.write_fmt(item);
}

fn quick_start(l: &mut Layer<'_, '_>, root: NodeId) -> Done {
    let at = l.pos();
    let function = l.bits(&OPT_QS_FUNC, at, 1)?;
    let rate = l.bits(&OPT_QS_RATE, at, 1)?;
    l.skip(1);
    let words = (
        OPT_QS_FUNC.name_of(function).unwrap_or("Unknown"),
        OPT_QS_RATE.name_of(rate).unwrap_or("Unknown"),
    );
    if function == 0 {
        let count = l.u8(&OPT_QS_TTL)?;
        // Both go down by one at each router that knows the option.
        let difference = l.peek_u8(8)?.wrapping_sub(count);
        l.generated(&OPT_QS_TTL_DIFF, at + 1, Value::U(u64::from(difference)));
        let id = l.last();
        l.end_at(id, at + 2);
        l.append(root, |out| {
            let _ = write!(
                out,
                ": {} ({function}), {}, QS TTL {count}, QS TTL diff {difference}",
                words.0, words.1
            );
        });
    } else {
        l.u8(&OPT_QS_UNUSED)?;
        l.append(root, |out| {
            let _ = write!(out, ": {} ({function}), {}", words.0, words.1);
        });
    }
    l.bits(&OPT_QS_NONCE, at + 2, 4)?;
    l.bits(&OPT_QS_RESERVED, at + 2, 4)?;
    l.seek(at + 6);
    Ok(())
}

/// The last entry of a source route: where the packet goes in the end, while the header's destination is the next router.
pub(super) fn final_destination(l: &Layer<'_, '_>, end: usize) -> Option<Address> {
    let mut at = 20;
    while at + 3 <= end {
        let kind = l.peek_u8(at).ok()?;
        let len = match kind {
            0 => return None,
            1 => 1,
            _ => usize::from(l.peek_u8(at + 1).ok()?),
        };
        if kind > 1 && len < 2 {
            return None;
        }
        if matches!(kind, 131 | 137) && len >= 7 && at + len <= end {
            let pointer = usize::from(l.peek_u8(at + 2).ok()?);
            if pointer > len {
                return None; // all routers passed: the header's destination is the last one
            }
            let last = at + 3 + (len - 3) / 4 * 4 - 4;
            let b = l.peek(last, 4).ok()?;
            return Some(Address::V4([b[0], b[1], b[2], b[3]]));
        }
        at += len;
    }
    None
}
