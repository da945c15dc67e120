//! POP3, the Post Office Protocol (RFC 1939): fetches the mail that a server keeps for somebody. The client sends one line, the
//! server answers with one line, sometimes with more.
//!
//! ```text
//! S: +OK POP3 server ready <1896.697170952@dbc.mtview.ca.us>     the greeting; its timestamp is for APOP
//! C: USER bob
//! S: +OK
//! C: PASS redqueen                                               readable by everybody on the way
//! S: +OK
//! C: RETR 1
//! S: +OK 120 octets
//! S: <the message>
//! S: .                                                           a dot ends answers of several lines
//! ```
//!
//! Messages are handed to whoever reads mail, once their segments are together. After STLS the conversation goes on in TLS.

mod fields;
mod framer;
#[cfg(test)]
mod tests;

use std::fmt::Write as _;
use std::ops::Range;
use std::sync::Arc;

use self::fields::{
    FRAGMENT, FRAGMENT_COUNT, FRAGMENTS, REASSEMBLED_IN, REASSEMBLED_LENGTH, REQUEST,
    REQUEST_COMMAND, REQUEST_DATA, REQUEST_PARAMETER, RESPONSE, RESPONSE_DATA,
    RESPONSE_DESCRIPTION, RESPONSE_INDICATOR,
};
use self::framer::{Known, What, known};
use super::credentials;
use super::tcp::payload::append;
use super::text_lines::{add_ascii, next_line, without_end};
use crate::dissect::text::{LABEL_LIMIT, escaped};
use crate::dissect::{Done, Layer, NodeId, Protocol, Region, Table, Value};
use crate::field::Field;
use crate::flow::facts::Span;

/// Version 3 of the Post Office Protocol.
pub static POP: Protocol = Protocol {
    spec: "RFC 1939",
    fields: fields::FIELDS,
    issues: fields::ISSUES,
    parents: &[(Table::TcpPort, PORT as u32)],
    framer: Some(framer::new),
    recognise_tcp: Some(recognise),
    ..Protocol::new("pop", "Post Office Protocol", "POP", dissect)
};

/// The port of the server.
const PORT: u16 = 110;

/// Mark of a segment: the answer to RETR does not say how long the message is.
const BAD_LENGTH: u32 = 1;
/// Mark of a segment: the last line holds a password.
const LINE_CREDENTIALS: u32 = 2;
/// Mark of a segment: the parameter of the command holds a password.
const PARAMETER_CREDENTIALS: u32 = 4;

/// Messages longer than this are not put together for showing.
const SHOWN_LIMIT: usize = 64 << 20;

/// Whether a stream on an unknown port is POP3: it begins with a greeting that says so.
fn recognise(bytes: &[u8]) -> bool {
    let line = first_line(bytes);
    line.starts_with(b"+OK ") && line.len() < bytes.len() && {
        let upper = line.to_ascii_uppercase();
        memchr::memmem::find(&upper, b"POP3").is_some()
    }
}

/// Whether the server's bytes are an answer, and not the middle of a message.
fn is_response(bytes: &[u8]) -> bool {
    bytes.starts_with(b"+OK") || bytes.starts_with(b"-ERR")
}

/// The first line, without its end.
fn first_line(bytes: &[u8]) -> &[u8] {
    without_end(&bytes[..next_line(bytes, 0)])
}

/// The first word of a line, and everything behind the blanks behind it.
fn tokens(line: &[u8]) -> (Range<usize>, Range<usize>) {
    let word = memchr::memchr(b' ', line).unwrap_or(line.len());
    let blanks = line[word..].iter().take_while(|b| **b == b' ').count();
    let rest = if word == 0 { 0 } else { word + blanks };
    (0..word, rest..line.len())
}

/// The number at the beginning of a description. Signs are taken as C takes them: -1 is a very large number.
fn number(text: &[u8]) -> Option<u32> {
    let (negative, digits) = match text {
        [b'-', rest @ ..] => (true, rest),
        [b'+', rest @ ..] => (false, rest),
        _ => (false, text),
    };
    let count = digits.iter().take_while(|b| b.is_ascii_digit()).count();
    if count == 0 {
        return None;
    }
    let value = digits[..count].iter().fold(0u64, |n, b| {
        n.saturating_mul(10).saturating_add(u64::from(b - b'0'))
    }) as u32;
    Some(if negative {
        value.wrapping_neg()
    } else {
        value
    })
}

fn dissect(l: &mut Layer<'_, '_>) -> Done {
    let known = known(l.facts(), l.cx.packet.message_note).unwrap_or_else(|| Known {
        what: if l.cx.packet.destination_port == PORT {
            What::Request
        } else {
            What::Response
        },
        ..Known::default()
    });
    if l.scanning() {
        return scan(l, known.what);
    }
    l.protocol("POP");
    match known.what {
        What::Request => lines(l, 'C', known.marks),
        What::Response => lines(l, 'S', known.marks),
        What::Mail => {
            let region = l.region();
            mail(l, region);
        }
        What::Part => {
            let len = l.captured();
            l.info(|out| {
                let _ = write!(out, "S: DATA fragment, {len} byte{}", plural(len));
            });
            if known.complete_in != 0 {
                let frame = Value::U(u64::from(known.complete_in));
                l.generated(&REASSEMBLED_IN, 0, frame);
            }
        }
        What::LastPart => put_together(l, known),
    }
    Ok(())
}

/// In the scan: what the message is counts, and what it carries.
fn scan(l: &mut Layer<'_, '_>, what: What) -> Done {
    let imf = l.cx.registry.protocol_named("imf");
    match (what, imf) {
        (What::Mail, Some(imf)) => {
            let region = l.region();
            l.call(imf, region);
        }
        (What::LastPart, Some(imf)) => l.pass(imf),
        _ => {}
    }
    Ok(())
}

/// The lines of a command or an answer.
fn lines(l: &mut Layer<'_, '_>, who: char, marks: u32) {
    let bytes = l.data();
    let client = who == 'C';
    let first = first_line(bytes);
    l.info(|out| {
        let _ = write!(out, "{who}: ");
        escaped(first, out);
    });
    if !l.wants_nodes() {
        return;
    }
    let (whole, word, rest, further): (_, _, _, &'static Field) = if client {
        (
            &REQUEST,
            &REQUEST_COMMAND,
            &REQUEST_PARAMETER,
            &REQUEST_DATA,
        )
    } else {
        (
            &RESPONSE,
            &RESPONSE_INDICATOR,
            &RESPONSE_DESCRIPTION,
            &RESPONSE_DATA,
        )
    };
    let mut at = next_line(bytes, 0);
    let mut last = line(l, whole, 0..at);
    l.enter();
    let (a, b) = tokens(first);
    if !a.is_empty() {
        add_ascii(l, word, a);
    }
    if marks & BAD_LENGTH != 0 {
        l.issue(last, &fields::BAD_LENGTH);
    }
    if !b.is_empty() {
        let parameter = add_ascii(l, rest, b);
        if marks & PARAMETER_CREDENTIALS != 0 {
            credentials::readable(l, parameter);
        }
    }
    l.close();
    while at < bytes.len() {
        let end = next_line(bytes, at);
        last = line(l, further, at..end);
        at = end;
    }
    if marks & LINE_CREDENTIALS != 0 {
        credentials::readable(l, last);
    }
}

/// A line as a node: its text is the label, the field has no value of its own.
fn line(l: &mut Layer<'_, '_>, field: &'static Field, range: Range<usize>) -> NodeId {
    let bytes = &l.data()[range.clone()];
    let empty = l.slice(range.start, 0);
    let node = l.add(field, range.start, range.len(), empty);
    l.label(node, |out| escaped(bytes, out));
    node
}

/// A mail message: for whoever reads mail.
fn mail(l: &mut Layer<'_, '_>, region: Region<'_>) {
    l.info(|_| {});
    let imf = l.cx.registry.protocol_named("imf");
    if !imf.is_some_and(|imf| l.call(imf, region)) {
        l.plain(region);
    }
}

/// The parts of a message that ends here, in order: frame and place. Empty if they cannot be had.
fn parts(l: &Layer<'_, '_>, last: Known) -> Vec<Span> {
    let facts = l.facts();
    let mut spans = Vec::new();
    let mut total = 0usize;
    let mut at = Some((l.cx.packet.message_note, last));
    while let Some((note, part)) = at {
        let pieces = facts.pieces(part.frame).iter();
        let mut own = pieces.filter(|p| {
            let message = facts.messages.get(p.message as usize);
            message.is_some_and(|m| m.note == note)
        });
        let Some(piece) = own.next() else {
            return Vec::new();
        };
        total = total.saturating_add(piece.span.len as usize);
        if total > SHOWN_LIMIT {
            return Vec::new();
        }
        spans.push(piece.span);
        at = part.before.and_then(|n| Some((n, known(facts, n)?)));
    }
    spans.reverse();
    spans
}

/// The last part of a message: put it together with those before.
fn put_together(l: &mut Layer<'_, '_>, last: Known) {
    let spans = parts(l, last);
    let mut bytes = Vec::new();
    if spans.is_empty() || !spans.iter().all(|s| append(l, *s, &mut bytes)) {
        let region = l.region();
        return mail(l, region);
    }
    let bytes: Arc<[u8]> = bytes.into();
    let region = l.buffer("Reassembled mail", &bytes);
    l.within(region, |l| fragments(l, &spans));
    mail(l, region);
}

/// The list of segments of which a message was put together.
fn fragments(l: &mut Layer<'_, '_>, spans: &[Span]) {
    let total = l.captured();
    let all = l.open(&FRAGMENTS, 0, total, Value::None);
    l.label(all, |out| {
        let _ = write!(out, "{} DATA fragments ({total} bytes)", spans.len());
        let mut separator = ": ";
        for span in spans {
            if out.len() > LABEL_LIMIT {
                break;
            }
            let _ = write!(out, "{separator}#{}({})", span.frame, span.len);
            separator = ", ";
        }
        out.truncate(LABEL_LIMIT - 1);
    });
    let mut at = 0usize;
    for span in spans {
        let len = span.len as usize;
        let node = l.add(&FRAGMENT, at, len, Value::U(u64::from(span.frame)));
        l.label(node, |out| {
            let end = (at + len).saturating_sub(1);
            let _ = write!(
                out,
                "Frame: {}, payload: {at}-{end} ({len} byte{})",
                span.frame,
                plural(len)
            );
        });
        at += len;
    }
    l.generated(&FRAGMENT_COUNT, 0, Value::U(spans.len() as u64));
    l.generated(&REASSEMBLED_LENGTH, 0, Value::U(total as u64));
    l.close();
}

fn plural(count: usize) -> &'static str {
    if count == 1 { "" } else { "s" }
}
