//! IMAP, the Internet Message Access Protocol (RFC 9051): works on mail that stays on the server, in mailboxes. Commands have
//! tags, so that a client may send many without waiting: the answer to each carries its tag.
//!
//! ```text
//! C: A0000 LOGIN frobozz xyzzy          tag, command, what it is about
//! S: A0000 OK LOGIN completed           tag, status, words
//! C: A0001 SELECT INBOX
//! S: * 172 EXISTS                       untagged: facts, at any time
//! S: A0001 OK [READ-WRITE] SELECT completed
//! C: A0002 FETCH 1 BODY[HEADER]
//! S: * 1 FETCH (BODY[HEADER] {1425}     a literal: 1425 bytes follow
//! S: <the header>)
//! S: A0002 OK FETCH completed
//! ```
//!
//! Mail in a literal is handed to whoever reads mail. After STARTTLS the conversation goes on in TLS.

mod fields;
mod framer;
#[cfg(test)]
mod tests;

use std::ops::Range;

use self::fields::{
    COMMAND, IS_REQUEST, LINE, PASSWORD, REQUEST, REQUEST_COMMAND, REQUEST_FOLDER, REQUEST_TAG,
    REQUEST_UID, RESPONSE, RESPONSE_COMMAND, RESPONSE_IN, RESPONSE_STATUS, RESPONSE_TAG,
    RESPONSE_TO, TAG, TIME, USERNAME,
};
use self::framer::{Known, known};
use super::credentials::{self, Proof};
use super::text_lines::{add_ascii, next_line, without_end};
use crate::dissect::text::escaped;
use crate::dissect::tree::HIDDEN;
use crate::dissect::{Done, Layer, Protocol, Table, Value};

/// The Internet Message Access Protocol.
pub static IMAP: Protocol = Protocol {
    spec: "RFC 9051",
    fields: fields::FIELDS,
    parents: &[(Table::TcpPort, PORT as u32)],
    framer: Some(framer::new),
    accept_tcp: Some(accept),
    recognise_tcp: Some(recognise),
    ..Protocol::new("imap", "Internet Message Access Protocol", "IMAP", dissect)
};

/// The port of the server.
const PORT: u16 = 143;

/// A literal longer than this is none: it is more than a mail server keeps for a user.
const LITERAL_LIMIT: u64 = 1 << 32;

/// Whether a stream on the port may begin like this: not with a record of TLS.
fn accept(bytes: &[u8]) -> bool {
    !matches!(bytes, [0x14..=0x17, 3, ..])
}

/// Whether a stream on an unknown port is IMAP: it begins with a greeting that says so.
fn recognise(bytes: &[u8]) -> bool {
    let line = &bytes[..next_line(bytes, 0)];
    line.starts_with(b"* OK")
        && line.ends_with(b"\n")
        && memchr::memmem::find(&line.to_ascii_uppercase(), b"IMAP4").is_some()
}

/// Whether bytes between these ports come from the client; `None` where the ports do not tell.
fn from_client(from: u16, to: u16) -> Option<bool> {
    match (from, to) {
        (_, PORT) => Some(true),
        (PORT, _) => Some(false),
        _ => None,
    }
}

/// The word of a line that begins at `at`: up to a blank. Empty at the end, or where there is a second blank.
fn word(line: &[u8], at: usize) -> Range<usize> {
    let at = at.min(line.len());
    let len = memchr::memchr(b' ', &line[at..]).unwrap_or(line.len() - at);
    at..at + len
}

/// A word, or a string in quotation marks with blanks in it.
fn string(line: &[u8], at: usize) -> Range<usize> {
    let at = at.min(line.len());
    if line.get(at) == Some(&b'"') {
        let mut end = at + 1;
        while let Some(byte) = line.get(end) {
            match byte {
                b'\\' => end += 2,
                b'"' => return at..end + 1,
                _ => end += 1,
            }
        }
    }
    word(line, at)
}

/// The length of the literal that follows an untagged FETCH line: `* 1 FETCH (BODY[] {43}`.
fn fetched(line: &[u8]) -> Option<u64> {
    let line = line.trim_ascii_end();
    let open = memchr::memrchr(b'{', line)?;
    let digits = line[open + 1..].strip_suffix(b"}")?;
    let digits = digits.strip_suffix(b"+").unwrap_or(digits);
    if !line.starts_with(b"*") || digits.is_empty() || !digits.iter().all(u8::is_ascii_digit) {
        return None;
    }
    memchr::memmem::find(&line.to_ascii_uppercase(), b"FETCH (")?;
    let len = digits.iter().fold(0u64, |n, b| {
        n.saturating_mul(10).saturating_add(u64::from(b - b'0'))
    });
    (len <= LITERAL_LIMIT).then_some(len)
}

fn dissect(l: &mut Layer<'_, '_>) -> Done {
    let known = known(l.facts(), l.cx.packet.message_note).unwrap_or_else(|| {
        let (from, to) = (l.cx.packet.source_port, l.cx.packet.destination_port);
        Known {
            marks: match from_client(from, to) {
                Some(false) => 0,
                _ => framer::REQUEST,
            },
            ..Known::default()
        }
    });
    let request = known.marks & framer::REQUEST != 0;
    if l.scanning() && request {
        return Ok(());
    }
    l.protocol("IMAP");
    l.hidden(&IS_REQUEST, 0, 0, Value::U(u64::from(request)));
    columns(l, known);
    let bytes = l.data();
    if !l.cx.packet.reassembled {
        l.set_len(bytes.len().saturating_add(known.tail as usize));
    }
    let mut mail = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        let end = next_line(bytes, at);
        let line = without_end(&bytes[at..end]);
        if !l.scanning() {
            if request {
                let last = end == bytes.len();
                request_line(l, line, at..end, known, last);
            } else {
                response_line(l, line, at..end, known);
            }
        }
        at = end;
        if !request && let Some(behind) = behind_literal(bytes, line, at) {
            mail.push(l.part(at, behind - at));
            at = behind;
        }
    }
    for region in mail {
        let imf = l.cx.registry.protocol_named("imf");
        if !imf.is_some_and(|imf| l.call(imf, region)) {
            l.plain(region);
        }
    }
    Ok(())
}

/// Where the literal ends that follows a line, if one does; `at` is the end of the line.
fn behind_literal(bytes: &[u8], line: &[u8], at: usize) -> Option<usize> {
    let len = usize::try_from(fetched(line)?).unwrap_or(usize::MAX);
    Some(at.saturating_add(len).min(bytes.len()))
}

/// The packet list: the first command, or the first answer that has a tag.
fn columns(l: &mut Layer<'_, '_>, known: Known) {
    if !l.wants_columns() {
        return;
    }
    let bytes = l.data();
    if known.marks & framer::REQUEST != 0 {
        let line = without_end(&bytes[..next_line(bytes, 0)]);
        return l.info(|out| {
            out.push_str("Request: ");
            escaped(line, out);
        });
    }
    let (mut at, mut len) = (0, 0);
    while at < bytes.len() {
        let end = next_line(bytes, at);
        let line = without_end(&bytes[at..end]);
        len = line.len();
        if line.first() != Some(&b'*') {
            return l.info(|out| {
                out.push_str("Response: ");
                escaped(line, out);
            });
        }
        at = behind_literal(bytes, line, end).unwrap_or(end);
    }
    // Nothing but untagged lines: the first ones, as much as the last one is long. If a line follows whose end is still to
    // come, the list waits for that.
    if known.marks & framer::TAIL == 0 {
        l.info(|out| {
            out.push_str("Response: ");
            escaped(&bytes[..len.min(bytes.len())], out);
        });
    }
}

/// A word of the line as a field; `at` is where the line begins. Nothing for an empty one.
fn add(l: &mut Layer<'_, '_>, field: &'static crate::field::Field, at: usize, word: Range<usize>) {
    if !word.is_empty() {
        add_ascii(l, field, at + word.start..at + word.end);
    }
}

/// The same, for filters only.
fn add_hidden(
    l: &mut Layer<'_, '_>,
    field: &'static crate::field::Field,
    at: usize,
    word: Range<usize>,
) {
    if !word.is_empty() {
        let node = add_ascii(l, field, at + word.start..at + word.end);
        l.flag(node, HIDDEN);
    }
}

/// A command.
fn request_line(l: &mut Layer<'_, '_>, line: &[u8], range: Range<usize>, known: Known, last: bool) {
    let at = range.start;
    let whole = add_ascii(l, &LINE, range);
    if line.is_empty() {
        return;
    }
    l.enter();
    add(l, &REQUEST, at, 0..line.len());
    if last && known.marks & framer::CREDENTIALS != 0 {
        credentials::readable(l, whole);
    }
    let tag = word(line, 0);
    add(l, &REQUEST_TAG, at, tag.clone());
    add_hidden(l, &TAG, at, tag.clone());
    if !tag.is_empty() {
        command(l, line, at, tag.end + 1);
    }
    if let Some(frame) = known.other(l.facts(), at) {
        l.generated(&RESPONSE_IN, at, Value::U(u64::from(frame)));
    }
    l.close();
}

/// The command and what it is about; `from` is where it begins in the line.
fn command(l: &mut Layer<'_, '_>, line: &[u8], at: usize, from: usize) {
    let first = word(line, from);
    let mut command = first.clone();
    if line[first.clone()].eq_ignore_ascii_case(b"UID") {
        l.add(&REQUEST_UID, at + first.start, first.len(), Value::U(1));
        command = word(line, first.end + 1);
    }
    if command.is_empty() {
        return;
    }
    add(l, &REQUEST_COMMAND, at, command.clone());
    add_hidden(l, &COMMAND, at, first);
    let name = line[command.clone()].to_ascii_uppercase();
    let parameter = string(line, command.end + 1);
    match name.as_slice() {
        b"LOGIN" => {
            add(l, &USERNAME, at, parameter.clone());
            let password = string(line, parameter.end + 1);
            if password.is_empty() {
                return;
            }
            // The quotation marks are not part of the password.
            let inner = match &line[password.clone()] {
                [b'"', inner @ .., b'"'] => password.start + 1..password.start + 1 + inner.len(),
                _ => password.clone(),
            };
            let node = add_ascii(l, &PASSWORD, at + inner.start..at + inner.end);
            l.widen(node, at + password.start, password.len());
            credentials::readable(l, node);
        }
        b"AUTHENTICATE" => {
            let initial = word(line, parameter.end + 1);
            if Proof::begin(&line[parameter], !initial.is_empty()).1 {
                let node = l.last();
                credentials::readable(l, node);
            }
        }
        b"SELECT" | b"EXAMINE" | b"CREATE" | b"DELETE" | b"RENAME" | b"SUBSCRIBE"
        | b"UNSUBSCRIBE" | b"STATUS" | b"APPEND" => add(l, &REQUEST_FOLDER, at, parameter),
        // First the messages, then where to.
        b"COPY" => {
            let folder = string(line, parameter.end + 1);
            add(l, &REQUEST_FOLDER, at, folder);
        }
        _ => {}
    }
}

/// An answer.
fn response_line(l: &mut Layer<'_, '_>, line: &[u8], range: Range<usize>, known: Known) {
    let at = range.start;
    add_ascii(l, &LINE, range);
    if line.is_empty() || line[0] == b'*' {
        return;
    }
    l.enter();
    add(l, &RESPONSE, at, 0..line.len());
    let tag = word(line, 0);
    add(l, &RESPONSE_TAG, at, tag.clone());
    add_hidden(l, &TAG, at, tag.clone());
    if !tag.is_empty() {
        let status = word(line, tag.end + 1);
        add(l, &RESPONSE_STATUS, at, status.clone());
        if !status.is_empty() {
            let command = word(line, status.end + 1);
            add(l, &RESPONSE_COMMAND, at, command.clone());
            add_hidden(l, &COMMAND, at, command);
        }
    }
    if let Some(frame) = known.other(l.facts(), at) {
        l.generated(&RESPONSE_TO, at, Value::U(u64::from(frame)));
        if let Some(time) = l.since(frame) {
            l.generated(&TIME, at, time);
        }
    }
    l.close();
}
