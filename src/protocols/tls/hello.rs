//! Handshake messages (RFC 8446 section 4, RFC 5246 section 7.4): the two hellos with their extensions, the other messages by
//! name. A Client Hello may stretch over several records; it is shown where its last part is.

use std::fmt::Write as _;
use std::sync::Arc;

use super::fields::*;
use super::framer::{BEFORE, HELLO, LAST_FRAME, PART_OF_HELLO, TAG, values};
use super::{Stand, say};
use crate::dissect::{Done, Layer, Stop, Value};
use crate::field::Field;
use crate::flow::facts::{Facts, Piece};
use crate::protocols::tcp::payload::append;

/// The random value of a Server Hello that is in truth a request to try again (RFC 8446 section 4.1.3).
const RETRY: [u8; 8] = [0xcf, 0x21, 0xad, 0x74, 0xe5, 0x9a, 0x61, 0x11];

const TLS_1_3: u32 = 0x0304;

const CLIENT_HELLO: u8 = 1;
const SERVER_HELLO: u8 = 2;

/// The handshake messages of a record from `start` to `end`. Returns what the record is called after them.
pub(super) fn handshake(
    l: &mut Layer<'_, '_>,
    start: usize,
    end: usize,
    stand: &Stand,
) -> Result<String, Stop> {
    let mut count = 0;
    let mut last = "";
    // What TLS 1.3 encrypts calls itself application data, whatever it is.
    let hidden = stand.encrypted && stand.version != TLS_1_3;
    if !hidden {
        let note = note_at(l, start);
        if note[HELLO] == PART_OF_HELLO
            && let Some(words) = part(l, end, &note)?
        {
            if l.pos() >= end {
                return Ok(words);
            }
            (count, last) = (1, "Client Hello");
        }
    }
    while l.pos() < end {
        let (pos, left) = (l.pos(), end - l.pos());
        let kind = l.peek_u8(pos)?;
        let len = if left >= 4 {
            l.peek_uint(pos + 1, 3)? as usize
        } else {
            usize::MAX
        };
        let mut name = HANDSHAKE_TYPE.name_of(u64::from(kind)).filter(|_| !hidden);
        if kind == SERVER_HELLO && left > 14 && l.peek(pos + 6, 8)? == RETRY {
            name = Some("Hello Retry Request");
        }
        let fits = len <= left.saturating_sub(4) || (kind != 0 && len <= 1 << 18 && count > 0);
        let name = name.filter(|_| fits || count == 0 && len <= 1 << 16);
        let Some(name) = name else {
            encrypted(l, pos, left);
            return Ok(joined(count, "Encrypted Handshake Message"));
        };
        let shown = len.saturating_add(4).min(left);
        l.add(&HANDSHAKE, pos, shown, Value::None);
        message(l, name, pos + shown)?;
        say(l, name);
        l.seek(pos + shown);
        count += 1;
        last = name;
    }
    Ok(joined(count.saturating_sub(1), last))
}

/// The content of the handshake message whose node was just added: from the cursor to `end`.
fn message(l: &mut Layer<'_, '_>, name: &str, end: usize) -> Done {
    let node = l.last();
    l.label(node, |out| {
        let _ = write!(out, "Handshake Protocol: {name}");
    });
    l.enter();
    let kind = l.u8(&HANDSHAKE_TYPE)?;
    if l.pos() + 3 <= end {
        l.uint(&HANDSHAKE_LENGTH, 3)?;
    }
    if matches!(kind, CLIENT_HELLO | SERVER_HELLO) {
        hello(l, kind == CLIENT_HELLO, end)?;
    }
    l.close();
    Ok(())
}

/// The words about a record with `others` handshake messages besides the one named.
fn joined(others: usize, name: &str) -> String {
    if others == 0 {
        format!("Handshake Protocol: {name}")
    } else {
        "Handshake Protocol: Multiple Handshake Messages".to_owned()
    }
}

fn encrypted(l: &mut Layer<'_, '_>, pos: usize, len: usize) {
    let node = l.add(&HANDSHAKE, pos, len, Value::None);
    l.label(node, |out| {
        out.push_str("Handshake Protocol: Encrypted Handshake Message")
    });
    say(l, "Encrypted Handshake Message");
}

/// Most frames of TLS hold encrypted data; which hold a Client Hello, the notes tell.
pub(super) fn lacks(facts: &Facts, pieces: &[Piece], fields: &[&'static Field]) -> bool {
    let of_client = [&NAMES_LENGTH, &NAME_TYPE, &NAME_LENGTH, &NAME];
    let only_client = |f: &&'static Field| of_client.iter().any(|own| std::ptr::eq(*own, *f));
    // Notes of another protocol mean records in something else.
    let no_hello = |piece: &Piece| {
        let message = facts.messages.get(piece.message as usize);
        let note = message.and_then(|m| facts.notes.get(m.note as usize));
        note.is_some_and(|n| n.tag == TAG && n.values[HELLO] == 0)
    };
    !pieces.is_empty() && fields.iter().all(only_client) && pieces.iter().all(no_hello)
}

// ---- a Client Hello in several records -----------------------------------------------------------------------------------

/// What was noted about the record that begins at `start`. Several records are read in one go; the note of the message at hand is
/// that of the first.
fn note_at(l: &Layer<'_, '_>, start: usize) -> [u32; 7] {
    let facts = l.facts();
    let at = l.in_frame(start);
    let piece = facts
        .pieces(l.cx.frame.number)
        .iter()
        .find(|p| at == Some(p.span.offset));
    let note = piece.and_then(|p| facts.messages.get(p.message as usize));
    values(facts, note.map_or(l.cx.packet.message_note, |m| m.note))
}

/// A record with a part of a Client Hello, and, if it is the last one, the message put together. `None` if the other parts cannot
/// be had.
fn part(l: &mut Layer<'_, '_>, end: usize, note: &[u32; 7]) -> Result<Option<String>, Stop> {
    let pos = l.pos();
    let own = l.peek(pos, end.saturating_sub(pos))?;
    let Some((mut parts, mut bytes)) = before(l, note) else {
        return Ok(None);
    };
    let have = bytes.len();
    bytes.extend_from_slice(own);
    let total = match bytes[..] {
        [_, a, b, c, ..] => Some(4 + u32::from_be_bytes([0, a, b, c]) as usize),
        _ => None,
    };
    let Some(total) = total.filter(|t| *t <= bytes.len()) else {
        return Ok(Some(open_part(l, pos, end, note)));
    };
    let used = total.saturating_sub(have);
    bytes.truncate(total);
    parts.push((l.cx.frame.number, used));
    let node = l.add(&HANDSHAKE, pos, used, Value::None);
    l.label(node, |out| {
        out.push_str("Handshake Protocol: Client Hello (last fragment)")
    });
    let bytes: Arc<[u8]> = bytes.into();
    let region = l.buffer("Reassembled TLS Handshake", &bytes);
    l.within(region, |l| {
        fragments(l, total, &parts);
        l.add(&HANDSHAKE, 0, total, Value::None);
        message(l, "Client Hello", total)
    })?;
    say(l, "Client Hello");
    l.seek(pos + used);
    Ok(Some(joined(0, "Client Hello")))
}

/// A part that is not the last one.
fn open_part(l: &mut Layer<'_, '_>, pos: usize, end: usize, note: &[u32; 7]) -> String {
    let node = l.add(&HANDSHAKE, pos, end - pos, Value::None);
    l.label(node, |out| {
        out.push_str("Handshake Protocol: Client Hello (fragment)")
    });
    if note[LAST_FRAME] != 0 {
        let at = pos.saturating_sub(super::HEADER);
        l.generated(&REASSEMBLED_IN, at, Value::U(u64::from(note[LAST_FRAME])));
    }
    l.seek(end);
    if note[BEFORE] == 0 {
        say(l, "[Client Hello Fragment]");
        joined(0, "Client Hello (fragment)")
    } else {
        joined(1, "")
    }
}

/// Frames and lengths of the parts before one, and their bytes.
type Before = (Vec<(u32, usize)>, Vec<u8>);

/// What came of a Client Hello before the part with this note.
fn before(l: &mut Layer<'_, '_>, note: &[u32; 7]) -> Option<Before> {
    let mut chain = Vec::new();
    let mut at = note[BEFORE];
    // Each part is an older message than the one behind it.
    while let Some(index) = at.checked_sub(1) {
        let facts = l.facts();
        let message = facts.messages.get(index as usize)?.clone();
        at = values(facts, message.note)[BEFORE];
        if at > index {
            return None;
        }
        chain.push(message);
    }
    let (mut parts, mut bytes) = (Vec::new(), Vec::new());
    for message in chain.iter().rev() {
        let mut record = Vec::new();
        for index in message.spans.clone() {
            let span = *l.facts().spans.get(index as usize)?;
            append(l, span, &mut record).then_some(())?;
        }
        let content = record.get(super::HEADER..)?;
        parts.push((message.last_frame, content.len()));
        bytes.extend_from_slice(content);
    }
    Some((parts, bytes))
}

/// The list of records of which a message was put together; `l` is a layer over its bytes.
fn fragments(l: &mut Layer<'_, '_>, total: usize, parts: &[(u32, usize)]) {
    let all = l.open(&FRAGMENTS, 0, total, Value::None);
    l.label(all, |out| {
        let _ = write!(
            out,
            "{} Reassembled Handshake Fragments ({total} bytes)",
            parts.len()
        );
        let mut separator = ": ";
        for (frame, len) in parts {
            let _ = write!(out, "{separator}#{frame}({len})");
            separator = ", ";
        }
    });
    let mut at = 0;
    for (frame, len) in parts {
        let node = l.add(&FRAGMENT, at, *len, Value::U(u64::from(*frame)));
        l.label(node, |out| {
            let _ = write!(
                out,
                "Frame: {frame}, payload: {at}-{} ({len} byte{})",
                (at + len).saturating_sub(1),
                if *len == 1 { "" } else { "s" }
            );
        });
        at += len;
    }
    l.generated(&FRAGMENT_COUNT, 0, Value::U(parts.len() as u64));
    l.close();
}

// ---- the hellos ----------------------------------------------------------------------------------------------------------

/// A Client Hello or Server Hello behind its length, up to `end`.
fn hello(l: &mut Layer<'_, '_>, client: bool, end: usize) -> Done {
    need(l, 34, end)?;
    l.u16(&HANDSHAKE_VERSION)?;
    let pos = l.pos();
    let seconds = i64::from(l.peek_u32(pos)?);
    let value = l.slice(pos, 32);
    l.add(&RANDOM, pos, 32, value);
    l.enter();
    let time = Value::Time {
        secs: seconds,
        nanos: 0,
    };
    l.add(&RANDOM_TIME, pos, 4, time);
    l.skip(4);
    l.bytes(&RANDOM_BYTES, 28)?;
    l.close();
    let len = vector(l, &SESSION_ID_LENGTH, 1, end)?;
    if len > 0 {
        l.bytes(&SESSION_ID, len)?;
    }
    if client {
        let len = vector(l, &SUITES_LENGTH, 2, end)?;
        let list = l.add(&SUITES, l.pos(), len, Value::None);
        listed(l, list, "Cipher Suites", "suite", len / 2);
        l.enter();
        let stop = l.pos() + len;
        while l.pos() + 2 <= stop {
            l.u16(&SUITE)?;
        }
        l.close();
        l.seek(stop);
        let len = vector(l, &COMPRESSIONS_LENGTH, 1, end)?;
        if len > 0 {
            let list = l.add(&COMPRESSIONS, l.pos(), len, Value::None);
            listed(l, list, "Compression Methods", "method", len);
            l.enter();
            for _ in 0..len {
                l.u8(&COMPRESSION)?;
            }
            l.close();
        }
    } else {
        need(l, 3, end)?;
        l.u16(&SUITE)?;
        l.u8(&COMPRESSION)?;
    }
    if l.pos() < end {
        extensions(l, client, end)?;
    }
    Ok(())
}

/// `Cipher Suites (1 suite)`.
fn listed(l: &mut Layer<'_, '_>, at: crate::dissect::NodeId, title: &str, one: &str, count: usize) {
    l.label(at, |out| {
        let _ = write!(
            out,
            "{title} ({count} {one}{})",
            if count == 1 { "" } else { "s" }
        );
    });
}

/// The message must have so many bytes more.
fn need(l: &Layer<'_, '_>, n: usize, end: usize) -> Done {
    if l.pos().saturating_add(n) > end {
        return Err(Stop::Malformed);
    }
    Ok(())
}

/// A length of `n` bytes: how much follows, within the message.
fn vector(
    l: &mut Layer<'_, '_>,
    field: &'static Field,
    n: usize,
    end: usize,
) -> Result<usize, Stop> {
    need(l, n, end)?;
    let said = l.uint(field, n)? as usize;
    let left = end.saturating_sub(l.pos());
    if said > left {
        let node = l.last();
        l.issue_with(node, &VECTOR_LENGTH, |out| {
            let _ = write!(
                out,
                "Length {said} is too large, only {left} bytes are left"
            );
        });
    }
    Ok(said.min(left))
}

fn extensions(l: &mut Layer<'_, '_>, client: bool, end: usize) -> Done {
    let len = vector(l, &EXTENSIONS_LENGTH, 2, end)?;
    let end = l.pos() + len;
    while l.pos() + 4 <= end {
        let pos = l.pos();
        let kind = l.peek_u16(pos)?;
        let said = usize::from(l.peek_u16(pos + 2)?);
        let shown = said.min(end - pos - 4);
        l.open_text(pos, 4 + shown, |out| {
            let _ = match EXTENSION_TYPE.name_of(u64::from(kind)) {
                Some(name) => write!(out, "Extension: {name} (len={said})"),
                None => write!(out, "Extension: Unknown type {kind} (len={said})"),
            };
        });
        l.u16(&EXTENSION_TYPE)?;
        vector(l, &EXTENSION_LENGTH, 2, end)?;
        let stop = l.pos() + shown;
        if kind == SERVER_NAME {
            if client && shown > 0 {
                server_names(l, stop)?;
            }
        } else if !structured(kind) {
            let value = l.slice(l.pos(), shown);
            let node = l.add(&EXTENSION_DATA, l.pos(), shown, value);
            l.label(node, |out| {
                let _ = write!(
                    out,
                    "Data ({shown} byte{})",
                    if shown == 1 { "" } else { "s" }
                );
            });
        }
        l.close();
        l.seek(stop);
    }
    Ok(())
}

const SERVER_NAME: u16 = 0;

/// Extensions with a structure of their own. It is not shown yet, and they are not called plain data either.
fn structured(kind: u16) -> bool {
    matches!(
        kind,
        1 | 5 | 10 | 11 | 13..=23 | 27 | 28 | 34 | 40..=45 | 47..=51 | 53 | 54 | 57 | 13172 | 17513 | 65281 | 65445 | 65486
    )
}

/// The names of the server that is asked for.
fn server_names(l: &mut Layer<'_, '_>, end: usize) -> Done {
    l.open_text(l.pos(), end - l.pos(), |out| {
        out.push_str("Server Name Indication extension")
    });
    let len = vector(l, &NAMES_LENGTH, 2, end)?;
    let end = l.pos() + len;
    while l.pos() < end {
        need(l, 3, end)?;
        l.u8(&NAME_TYPE)?;
        let len = vector(l, &NAME_LENGTH, 2, end)?;
        l.bytes(&NAME, len)?;
    }
    l.close();
    Ok(())
}
