//! Names of SNMP engines (RFC 3411 section 5): the maker's number, then an address, a text or bytes that the maker chose.

use super::fields::*;
use crate::dissect::{Done, Layer, NodeId, Value};
use crate::field::{Field, Issue};
use crate::protocols::ber::Element;

/// Makers whose own formats are known.
const CISCO: u64 = 9;
const NET_SNMP: u64 = 8072;

/// The node of an engine's name and its parts below.
pub fn id(l: &mut Layer<'_, '_>, field: &'static Field, found: &Element) -> Done {
    crate::protocols::ber::string(l, field, found)?;
    if !l.wants_nodes() || found.len == 0 {
        return Ok(());
    }
    l.enter();
    parts(l, found.start, found.len)?;
    l.close();
    Ok(())
}

fn parts(l: &mut Layer<'_, '_>, at: usize, len: usize) -> Done {
    let conform = l.bits(&ENGINE_CONFORM, at, 1)? != 0;
    if len < 4 {
        return Ok(());
    }
    let enterprise = l.peek_uint(at, 4)? & 0x7fff_ffff;
    l.add(&ENGINE_ENTERPRISE, at, 4, Value::U(enterprise));
    let rest = len - 4;
    let at = at + 4;
    if !conform {
        if rest == 8 {
            let value = l.slice(at, rest);
            l.add(&AGENT_TRAILER, at, rest, value);
        } else if rest > 0 {
            nonconforming(l, at, rest, &ENGINE_1910);
        }
        return Ok(());
    }
    if rest == 0 {
        return Ok(());
    }
    let format = l.peek_u8(at)?;
    let node = l.add(&ENGINE_FORMAT, at, 1, Value::U(u64::from(format)));
    if enterprise == NET_SNMP && format == 128 {
        l.append(node, |out| out.push_str(": Net-SNMP Random"));
    }
    data(l, enterprise, format, at + 1, rest - 1)
}

/// What stands behind the format.
fn data(l: &mut Layer<'_, '_>, enterprise: u64, format: u8, at: usize, len: usize) -> Done {
    l.seek(at);
    match (format, len) {
        (1, 4) => {
            l.ipv4(&ENGINE_IPV4)?;
        }
        (2, 16) => {
            l.ipv6(&ENGINE_IPV6)?;
        }
        (3, 6) => {
            l.ether(&ENGINE_MAC)?;
        }
        (3, 7) if enterprise == CISCO => {
            l.u8(&ENGINE_CISCO)?;
            l.ether(&ENGINE_MAC)?;
        }
        (4, _) => {
            let bytes = l.peek(at, len)?;
            let text = crate::protocols::ber::ascii(l, bytes, at);
            l.add(&ENGINE_TEXT, at, len, text);
        }
        (5, _) => {
            l.bytes(&ENGINE_DATA, len)?;
        }
        (1..=3, 0) => {}
        (128, 0) if enterprise == NET_SNMP => {}
        (1..=3, _) => nonconforming(l, at, len, &ENGINE_3411),
        (128, 8) if enterprise == NET_SNMP => {
            l.bytes(&ENGINE_DATA, 4)?;
            creation_time(l)?;
        }
        (128, _) if enterprise == NET_SNMP => nonconforming(l, at, len, &ENGINE_3411),
        _ => {
            l.bytes(&ENGINE_DATA, len)?;
        }
    }
    Ok(())
}

/// Seconds since 1970, least significant byte first.
fn creation_time(l: &mut Layer<'_, '_>) -> Done {
    let at = l.pos();
    let bytes = l.peek(at, 4)?;
    let secs = i64::from(u32::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]));
    let node = l.add(&ENGINE_TIME, at, 4, Value::Time { secs, nanos: 0 });
    let mut time = String::new();
    crate::dissect::text::absolute_time(secs, 0, &mut time);
    l.label(node, |out| {
        out.push_str(ENGINE_TIME.label);
        out.push_str(": ");
        // It counts whole seconds.
        out.push_str(&time.replace(".000000000", ""));
    });
    l.skip(4);
    Ok(())
}

fn nonconforming(l: &mut Layer<'_, '_>, at: usize, len: usize, issue: &'static Issue) {
    if l.wants_nodes() {
        let line: NodeId = l.text(at, len, |out| out.push_str(issue.field.label));
        l.issue(line, issue);
    }
}
