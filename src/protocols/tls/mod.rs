//! TLS, Transport Layer Security (RFC 8446, RFC 5246): keeps others from reading or changing what two programs say to each
//! other. Everything travels in records: a type, a version, a length, and content that is encrypted once both sides have
//! agreed on keys.
//!
//! ```text
//! +-------------+---------------+--------------+-------------------
//! | type (1)    | version (2)   | length (2)   | content ...
//! +-------------+---------------+--------------+-------------------
//! ```
//!
//! The record layer is shown here, and of the handshake the two hellos with the name of the server that is asked for; the content of
//! the other messages is not taken apart.

mod fields;
mod framer;
mod hello;
mod values;

#[cfg(test)]
mod tests;

use std::fmt::Write as _;

use crate::dissect::registry::InSegment;
use crate::dissect::{Done, Layer, Protocol, Table, Value};
use crate::field::Field;
use fields::*;
use framer::{AGREED, ENCRYPTED};

/// Transport Layer Security.
pub static TLS: Protocol = Protocol {
    spec: "RFC 8446",
    fields: FIELDS,
    issues: ISSUES,
    parents: &[
        (Table::TcpPort, 443),
        (Table::TcpPort, 324),
        (Table::TcpPort, 465),
        (Table::TcpPort, 636),
        (Table::TcpPort, 802),
        (Table::TcpPort, 853),
        (Table::TcpPort, 990),
        (Table::TcpPort, 993),
        (Table::TcpPort, 995),
        (Table::TcpPort, 1300),
        (Table::TcpPort, 2221),
        (Table::TcpPort, 2443),
        (Table::TcpPort, 3249),
        (Table::TcpPort, 3250),
        (Table::TcpPort, 3251),
        (Table::TcpPort, 3252),
        (Table::TcpPort, 3269),
        (Table::TcpPort, 3496),
        (Table::TcpPort, 5061),
        (Table::TcpPort, 5671),
        (Table::TcpPort, 5684),
        (Table::TcpPort, 5868),
        (Table::TcpPort, 8883),
        (Table::TcpPort, 11207),
        (Table::TcpPort, 19999),
    ],
    framer: Some(|| Box::new(framer::Records::default())),
    in_segment: InSegment::Together,
    lacks: Some(hello::lacks),
    recognise_tcp: Some(looks_like_tls),
    accept_tcp: Some(accept),
    ..Protocol::new("tls", "Transport Layer Security", "TLS", dissect)
};

/// The version's name in the packet list.
fn version_name(version: u32) -> &'static str {
    match version {
        0x0002 => "SSLv2",
        0x0300 => "SSLv3",
        0x0301 => "TLSv1",
        0x0302 => "TLSv1.1",
        0x0303 => "TLSv1.2",
        0x0304 => "TLSv1.3",
        _ => "SSL",
    }
}

/// Content of a record is at most this long; some senders go a little beyond RFC 8446's 16,640.
const CONTENT_LIMIT: usize = (1 << 14) + 2048;

/// Type, version and length come before the content.
const HEADER: usize = 5;

const CHANGE: u8 = 20;
const WARNING: u8 = 21;
const SHAKE: u8 = 22;
const DATA: u8 = 23;
const BEAT: u8 = 24;

/// Type, version and length of content of the record that begins here, if one does.
fn header(bytes: &[u8]) -> Option<(u8, u16, usize)> {
    let [kind, major, minor, high, low, ..] = *bytes else {
        return None;
    };
    let len = usize::from(u16::from_be_bytes([high, low]));
    let known = (CHANGE..=BEAT).contains(&kind) && major == 3 && minor <= 4;
    (known && len <= CONTENT_LIMIT).then_some((kind, u16::from_be_bytes([major, minor]), len))
}

/// Whether the bytes begin a version 2 Client Hello, as old clients sent it: its length with the length bytes.
fn old_hello(bytes: &[u8]) -> Option<usize> {
    match *bytes {
        [high, low, 1, 0 | 3, ..] if high & 0x80 != 0 => {
            let len = usize::from(u16::from_be_bytes([high & 0x7f, low]));
            (len >= 9).then_some(len + 2)
        }
        _ => None,
    }
}

/// A stream on one of its ports: anything that is not plainly text.
fn accept(bytes: &[u8]) -> bool {
    bytes.len() < 4
        || !bytes
            .iter()
            .take(8)
            .all(|b| b.is_ascii_graphic() || *b == b' ')
}

/// A stream on a port that tells nothing: a hello, or another record of a known version with fitting content.
fn looks_like_tls(bytes: &[u8]) -> bool {
    match header(bytes) {
        Some((SHAKE, _, len)) => len >= 4 && matches!(bytes.get(5), Some(1 | 2 | 11 | 16)),
        Some((CHANGE, _, 1)) => true,
        Some((WARNING, _, 2 | 26 | 32 | 48)) => true,
        Some((DATA, version, len)) => version >= 0x0301 && len > 0,
        _ => false,
    }
}

/// Where a run of records stands in its stream.
struct Stand {
    version: u32,
    encrypted: bool,
}

fn dissect(l: &mut Layer<'_, '_>) -> Done {
    if l.scanning() {
        return Ok(());
    }
    let values = framer::values(l.facts(), l.cx.packet.message_note);
    let mut stand = Stand {
        version: values[AGREED],
        encrypted: values[ENCRYPTED] != 0,
    };
    let name = &l.cx.tree.columns.protocol;
    if !(name.starts_with("TLS") || name.starts_with("SSL")) {
        l.info(|_| {});
    }
    l.protocol(version_name(stand.version));
    while l.left() > 0 {
        if let Some(len) = old_hello(l.rest()) {
            old_record(l, len);
        } else if header(l.rest()).is_some() {
            record(l, &mut stand)?;
        } else {
            unknown(l, &stand);
            break;
        }
    }
    Ok(())
}

/// Add the name of a record or message to the Info column.
fn say(l: &mut Layer<'_, '_>, words: &str) {
    l.info_append(|out| {
        if !out.is_empty() {
            out.push_str(", ");
        }
        out.push_str(words);
    });
}

/// Bytes that begin no record.
fn unknown(l: &mut Layer<'_, '_>, stand: &Stand) {
    let words = if stand.version == 0 {
        "Continuation Data"
    } else {
        "Ignored Unknown Record"
    };
    say(l, words);
    if stand.version != 0 {
        let len = l.left();
        let at = l.text(l.pos(), len, |out| out.push_str(words));
        l.issue(at, &IGNORED_RECORD);
    }
}

/// A version 2 Client Hello.
fn old_record(l: &mut Layer<'_, '_>, len: usize) {
    let pos = l.pos();
    let node = l.add(&RECORD, pos, len.min(l.left()), Value::None);
    l.label(node, |out| out.push_str("SSLv2 Record Layer: Client Hello"));
    say(l, "Client Hello");
    if l.cx.tree.columns.protocol == "SSL" {
        l.protocol("SSLv2");
    }
    l.skip(len);
}

fn record(l: &mut Layer<'_, '_>, stand: &mut Stand) -> Done {
    let start = l.pos();
    let Some((kind, version, len)) = header(l.rest()) else {
        return Ok(());
    };
    if stand.version == 0 && l.cx.tree.columns.protocol == "SSL" {
        l.protocol(version_name(u32::from(version)));
    }
    let shown = match stand.version {
        0 => version_name(u32::from(version)),
        known => version_name(known),
    };
    let node = l.open(&RECORD, start, 5 + len, Value::None);
    l.u8(&CONTENT_TYPE)?;
    l.u16(&VERSION)?;
    l.u16(&LENGTH)?;
    let end = l.pos() + len;
    let words = match kind {
        CHANGE => {
            l.add(&CHANGE_CIPHER_SPEC, l.pos(), len, Value::None);
            stand.encrypted = true;
            say(l, "Change Cipher Spec");
            "Change Cipher Spec Protocol: Change Cipher Spec".to_owned()
        }
        WARNING => alert(l, len, stand)?,
        SHAKE => hello::handshake(l, start, end, stand)?,
        DATA => {
            let value = l.slice(l.pos(), len);
            l.add(&APP_DATA, l.pos(), len, value);
            say(l, "Application Data");
            "Application Data Protocol: Application Data".to_owned()
        }
        _ => heartbeat(l, len)?,
    };
    l.close();
    l.label(node, |out| {
        let _ = write!(out, "{shown} Record Layer: {words}");
    });
    l.seek(end);
    Ok(())
}

/// An alert: two bytes, or unreadable.
fn alert(l: &mut Layer<'_, '_>, len: usize, stand: &Stand) -> Result<String, crate::dissect::Stop> {
    let node = l.add(&ALERT, l.pos(), len, Value::None);
    if len != 2 || stand.encrypted {
        l.label(node, |out| out.push_str("Alert Message: Encrypted Alert"));
        say(l, "Encrypted Alert");
        return Ok("Encrypted Alert".to_owned());
    }
    l.enter();
    let level = l.u8(&ALERT_LEVEL)?;
    let description = l.u8(&ALERT_DESCRIPTION)?;
    l.close();
    let name =
        |field: &'static Field, value: u8| field.name_of(u64::from(value)).unwrap_or("Unknown");
    let words = format!(
        "Alert (Level: {}, Description: {})",
        name(&ALERT_LEVEL, level),
        name(&ALERT_DESCRIPTION, description)
    );
    say(l, &words);
    Ok(words)
}

fn heartbeat(l: &mut Layer<'_, '_>, len: usize) -> Result<String, crate::dissect::Stop> {
    let node = l.open(&HEARTBEAT, l.pos(), len, Value::None);
    let kind = l.u8(&HEARTBEAT_TYPE)?;
    l.close();
    let name = HEARTBEAT_TYPE.name_of(u64::from(kind));
    let words = match name {
        Some(name) if len > 3 => format!("Heartbeat {name}"),
        _ => "Encrypted Heartbeat".to_owned(),
    };
    if name.is_none() {
        l.label(node, |out| out.push_str("Encrypted Heartbeat Message"));
    }
    say(l, &words);
    Ok(words)
}
