//! SMTP, the Simple Mail Transfer Protocol (RFC 5321): how mail gets from a mail program to a server, and from server to
//! server. The client sends commands of four letters, the server answers each with a code of three digits.
//!
//! ```text
//! S: 220 foo.com Simple Mail Transfer Service Ready
//! C: EHLO bar.com                       who I am; what can you do?
//! S: 250-foo.com greets bar.com         a reply of several lines: a dash behind the code
//! S: 250 SIZE
//! C: MAIL FROM:<Smith@bar.com>          who sends it
//! C: RCPT TO:<Jones@foo.com>            who shall get it
//! C: DATA                               now the mail itself, up to a line with only a dot
//! S: 354 Start mail input
//! C: Subject: ...
//! C: .
//! S: 250 OK
//! ```
//!
//! The [`framer`] knows where commands end and mail begins, and leaves a note about each message. A mail mostly fills several
//! segments; each is shown as a part, and the frame with its end shows the whole, put together, as IMF ([`super::imf`]).

mod fields;
mod framer;
mod lines;
mod login;
#[cfg(test)]
pub(super) mod testing;
#[cfg(test)]
mod tests;

use std::fmt::Write as _;
use std::sync::Arc;

use self::fields::{
    COMMAND_LINE, EOM, FRAGMENT, FRAGMENT_COUNT, FRAGMENTS, REASSEMBLED_IN, REASSEMBLED_LENGTH,
    REQ, REQ_COMMAND, REQ_PARAMETER, RESPONSE, RESPONSE_CODE, RSP, RSP_PARAMETER, UNEXPECTED_CODE,
};
use self::framer::{BOTH, BOTH_INLINE, CHUNK, NTLM, Note, PASSWORD, USER, USER_INLINE, What};
use self::lines::{Line, lines};
use super::imf::IMF;
use super::text_lines::TEXT_LINES;
use crate::dissect::text::{LABEL_LIMIT, escaped};
use crate::dissect::{Done, Layer, Protocol, Region, Stop, Table, Value};
use crate::flow::facts::{NONE, Span};

/// The Simple Mail Transfer Protocol.
pub static SMTP: Protocol = Protocol {
    spec: "RFC 5321",
    fields: fields::FIELDS,
    issues: fields::ISSUES,
    parents: &[(Table::TcpPort, 25), (Table::TcpPort, 587)],
    framer: Some(framer::new),
    recognise_tcp: Some(recognise),
    ..Protocol::new("smtp", "Simple Mail Transfer Protocol", "SMTP", dissect)
};

/// Mails longer than this are not put together for showing.
const SHOWN_LIMIT: usize = 64 << 20;

/// A mail of more parts than this is not put together.
const PART_LIMIT: usize = 1 << 20;

/// Whether a port is one of SMTP's: 25 between servers, 587 for mail programs (RFC 6409).
fn is_port(port: u16) -> bool {
    matches!(port, 25 | 587)
}

/// Whether a stream on an unknown port is SMTP: a server's greeting that says so, or a client's.
fn recognise(bytes: &[u8]) -> bool {
    let Some(line) = lines(bytes).next().filter(|l| l.next > l.end) else {
        return false;
    };
    let text = line.text(bytes);
    if let Some(name) = text.strip_prefix(b"EHLO ") {
        return !name.is_empty() && name.len() < 256 && name.iter().all(u8::is_ascii_graphic);
    }
    let greeting = text
        .strip_prefix(b"220 ")
        .or_else(|| text.strip_prefix(b"220-"));
    greeting.is_some_and(|rest| {
        rest.len() < 512
            && rest.is_ascii()
            && rest.windows(4).any(|w| w.eq_ignore_ascii_case(b"SMTP"))
    })
}

fn dissect(l: &mut Layer<'_, '_>) -> Done {
    let index = l.cx.packet.message_note;
    let note = l
        .facts()
        .notes
        .get(index as usize)
        .filter(|n| n.tag == framer::MESSAGE)
        .map(|n| Note::of(&n.values));
    // Without a scan before (a message quoted somewhere) the first byte tells who speaks.
    let note = note.unwrap_or_else(|| {
        let reply = l.data().first().is_some_and(u8::is_ascii_digit);
        Note {
            what: if reply { What::Replies } else { What::Commands },
            before: NONE,
            message: NONE,
            ..Note::default()
        }
    });
    if l.scanning() {
        match note.what {
            What::Part => {
                l.pass(&TEXT_LINES);
                if note.marks & CHUNK != 0 && note.whole_in != 0 {
                    whole(l, &note);
                }
            }
            What::Commands if note.whole_in != 0 => whole(l, &note),
            What::End if l.captured() < l.reported() => l.leave_open(),
            What::End => whole(l, &note),
            What::Replies | What::Commands => {}
        }
        return Ok(());
    }
    l.protocol("SMTP");
    match note.what {
        What::Replies => replies(l),
        What::Commands => {
            commands(l, &note);
            if note.whole_in != 0 {
                whole(l, &note);
            }
        }
        What::Part => part(l, &note),
        What::End => {
            l.info(|out| out.push_str("C: ."));
            let eom = l.add(&EOM, 0, 0, Value::None);
            l.label(eom, |out| out.push_str("C: ."));
            whole(l, &note);
        }
    }
    if l.captured() < l.reported() {
        return Err(Stop::Short);
    }
    Ok(())
}

/// The replies of a server.
fn replies(l: &mut Layer<'_, '_>) {
    let bytes = l.data();
    l.hidden(&RSP, 0, 0, Value::U(1));
    l.info(|out| out.push_str("S: "));
    // The code of a reply that goes on, and its node.
    let mut open = None;
    let mut nested = false;
    for line in lines(bytes) {
        if line.start > 0 {
            l.info_append(|out| out.push_str(" | "));
        }
        let Some(code) = line.code(bytes) else {
            continue;
        };
        let text = line.text(bytes);
        let behind = (line.start + 4).min(line.end);
        let mut code_node = None;
        match open {
            Some((first, node)) => {
                if first != code {
                    l.issue_with(node, &UNEXPECTED_CODE, |out| {
                        let _ = write!(
                            out,
                            "Unexpected response code {code} in multiline response. Expected {first}"
                        );
                    });
                }
                l.info_append(|out| escaped(&bytes[behind..line.end], out));
            }
            None => {
                if nested {
                    l.close();
                }
                nested = true;
                l.ascii_field(&RESPONSE, line.start, line.next - line.start);
                l.enter();
                let node = l.add(&RESPONSE_CODE, line.start, 3, Value::U(u64::from(code)));
                code_node = Some(node);
                l.info_append(|out| escaped(text, out));
            }
        }
        if text.len() > 3 {
            l.ascii_field(&RSP_PARAMETER, behind, line.end - behind);
        }
        let more = text.get(3) == Some(&b'-');
        open = match (open, code_node) {
            _ if !more => None,
            (Some(open), _) => Some(open),
            (None, Some(node)) => Some((code, node)),
            (None, None) => None,
        };
    }
    if nested {
        l.close();
    }
}

/// The commands of a client, or what it sends when it is asked for name and password.
fn commands(l: &mut Layer<'_, '_>, note: &Note) {
    let bytes = l.data();
    l.hidden(&REQ, 0, 0, Value::U(1));
    l.info(|out| out.push_str("C: "));
    for line in lines(bytes) {
        if line.start > 0 {
            l.info_append(|out| out.push_str(" | "));
        }
        if note.marks & (USER | PASSWORD | BOTH | NTLM) != 0 {
            login::line(l, note.marks, line);
        } else {
            command(l, note.marks, line);
        }
    }
}

/// One command.
fn command(l: &mut Layer<'_, '_>, marks: u32, line: Line) {
    let bytes = l.data();
    let text = line.text(bytes);
    let inline = (marks & (USER_INLINE | BOTH_INLINE) != 0 && text.len() > 11)
        .then(|| text.split_at(11))
        .filter(|(command, _)| {
            let what: &[u8] = if marks & USER_INLINE != 0 {
                b"AUTH LOGIN"
            } else {
                b"AUTH PLAIN"
            };
            command[..10].eq_ignore_ascii_case(what)
        });
    l.info_append(|out| match inline {
        Some((command, user)) if marks & USER_INLINE != 0 => {
            escaped(command, out);
            out.push_str("User: ");
            escaped(user, out);
        }
        _ => escaped(text, out),
    });
    l.ascii_field(&COMMAND_LINE, line.start, line.next - line.start);
    l.enter();
    l.ascii_field(&REQ_COMMAND, line.start, text.len().min(4));
    if text.len() > 5 {
        l.ascii_field(&REQ_PARAMETER, line.start + 5, text.len() - 5);
    }
    if inline.is_some() {
        let value = Line {
            start: line.start + 11,
            ..line
        };
        login::value(l, marks, value);
    }
    l.close();
}

/// A part of a mail (or a line that is no command): shown line by line. The mail itself is shown where it ends.
fn part(l: &mut Layer<'_, '_>, note: &Note) {
    let len = l.reported();
    l.info(|out| {
        let s = if len == 1 { "" } else { "s" };
        let _ = write!(out, "C: DATA fragment, {len} byte{s}");
    });
    let region = l.region();
    let before = std::mem::take(&mut l.cx.packet.content_type);
    l.nested(|l| l.call(&TEXT_LINES, region));
    l.cx.packet.content_type = before;
    if note.whole_in != 0 {
        l.generated(&REASSEMBLED_IN, 0, Value::U(u64::from(note.whole_in)));
        if note.marks & CHUNK != 0 && note.whole_in == l.cx.frame.number {
            // The line in the list tells of the last chunk, as it tells of the others.
            let locked = std::mem::replace(&mut l.cx.packet.columns_locked, true);
            whole(l, note);
            l.cx.packet.columns_locked = locked;
        }
    }
}

/// A part of a mail: the message in the facts, the frame where it is shown, and which of its bytes.
struct MailPart {
    message: u32,
    frame: u32,
    skip: usize,
    end: usize,
}

impl MailPart {
    fn len(&self) -> usize {
        self.end - self.skip
    }
}

/// The parts of a mail, up to this message's own.
fn parts(l: &Layer<'_, '_>, note: &Note) -> Vec<MailPart> {
    let facts = l.facts();
    let mut parts = Vec::new();
    let mut at = Some(*note);
    while let Some(note) = at {
        if parts.len() >= PART_LIMIT {
            return Vec::new();
        }
        if note.part > note.skip {
            let frame = match facts.messages.get(note.message as usize) {
                Some(m) if m.last_frame != 0 => m.last_frame,
                _ => l.cx.frame.number,
            };
            parts.push(MailPart {
                message: note.message,
                frame,
                skip: note.skip as usize,
                end: note.part as usize,
            });
        }
        at = facts
            .notes
            .get(note.before as usize)
            .filter(|n| n.tag == framer::MESSAGE)
            .map(|n| Note::of(&n.values));
    }
    parts.reverse();
    parts
}

/// The mail put together. `None` if it is empty, too long, or bytes of it cannot be had any more.
fn together(l: &mut Layer<'_, '_>, own: &Note, parts: &[MailPart]) -> Option<Vec<u8>> {
    let total = parts.iter().map(MailPart::len).sum::<usize>();
    if total == 0 || total > SHOWN_LIMIT {
        return None;
    }
    let mut bytes = Vec::with_capacity(total);
    for part in parts {
        if part.message == own.message {
            bytes.extend_from_slice(l.data().get(part.skip..part.end)?);
            continue;
        }
        let (start, facts) = (bytes.len(), l.facts());
        let end = start + part.end;
        let spans = facts.messages.get(part.message as usize)?.spans.clone();
        let spans: Vec<Span> = facts
            .spans
            .get(spans.start as usize..spans.end as usize)?
            .to_vec();
        for span in spans {
            if bytes.len() < end && !append(l, span, &mut bytes) {
                return None;
            }
        }
        bytes.truncate(end);
        bytes.drain(start..(start + part.skip).min(bytes.len()));
    }
    Some(bytes)
}

/// Append the bytes of a span: from this frame, or from another one.
fn append(l: &mut Layer<'_, '_>, span: Span, out: &mut Vec<u8>) -> bool {
    if span.frame != l.cx.frame.number {
        return l.cx.frames.append(span, out);
    }
    let bytes = l.cx.bytes;
    let start = span.offset as usize;
    match bytes.get(start..start.saturating_add(span.len as usize)) {
        Some(part) => {
            out.extend_from_slice(part);
            true
        }
        None => false,
    }
}

/// The mail that ends in this message: of which parts it was put together, and the whole handed on.
fn whole(l: &mut Layer<'_, '_>, note: &Note) {
    let parts = parts(l, note);
    let Some(bytes) = together(l, note, &parts) else {
        return;
    };
    let bytes: Arc<[u8]> = bytes.into();
    let region = l.buffer("Reassembled DATA", &bytes);
    if l.wants_nodes() {
        part_nodes(l, &parts, region);
    }
    l.call(&IMF, region);
}

/// The list of the parts. Their positions are those in the mail.
fn part_nodes(l: &mut Layer<'_, '_>, parts: &[MailPart], mail: Region<'_>) {
    let total = mail.data.len();
    l.within(mail, |l| {
        let all = l.open(&FRAGMENTS, 0, total, Value::None);
        l.label(all, |out| {
            let s = if parts.len() == 1 { "" } else { "s" };
            let _ = write!(out, "{} DATA fragment{s} ({total} bytes)", parts.len());
            let mut separator = ": ";
            for part in parts {
                let (frame, len) = (part.frame, part.len());
                if out.len() >= LABEL_LIMIT {
                    break;
                }
                let _ = write!(out, "{separator}#{frame}({len})");
                separator = ", ";
            }
            out.truncate(LABEL_LIMIT - 1);
        });
        let mut at = 0usize;
        for part in parts {
            let (frame, len) = (part.frame, part.len());
            let node = l.add(&FRAGMENT, at, len, Value::U(u64::from(frame)));
            l.label(node, |out| {
                let _ = write!(
                    out,
                    "Frame: {frame}, payload: {at}-{} ({len} byte{})",
                    (at + len).saturating_sub(1),
                    if len == 1 { "" } else { "s" }
                );
            });
            at += len;
        }
        l.generated(&FRAGMENT_COUNT, 0, Value::U(parts.len() as u64));
        l.generated(&REASSEMBLED_LENGTH, 0, Value::U(total as u64));
        l.close();
    });
}
