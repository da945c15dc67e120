//! IMF, the Internet Message Format (RFC 5322): what a mail looks like inside. Lines of header fields, an empty line, the text.
//!
//! ```text
//! From: Smith <Smith@bar.com>            who wrote it
//! To: Jones@foo.com                      for whom
//! Subject: lunch                         about what
//!  tomorrow                              a line that begins with a blank goes on with the one before
//!                                        empty line
//! How about it?                          the text
//! ```
//!
//! A text of a known type (MIME, RFC 2045) goes to whoever knows it, as bodies of HTTP do; others are shown line by line.

mod address;
mod fields;
#[cfg(test)]
mod tests;

use std::fmt::Write as _;
use std::sync::Arc;

use self::fields::{
    CONTENT_ENCODING, CONTENT_TYPE_PARAMETERS, CONTENT_TYPE_TYPE, EXTENSION, EXTENSION_TYPE,
    EXTENSION_VALUE, FROM, Form, MESSAGE_TEXT, SIO_BGCOLOR, SIO_FGCOLOR, SIO_MARKING, SIO_TYPE,
    SIO_UNKNOWN, SIO_VALUE, SUBJECT, UNKNOWN_PARAMETER,
};
use super::transfer;
use crate::dissect::text::escaped;
use crate::dissect::{Done, Layer, Protocol, Region, Stop, Value};

/// The Internet Message Format.
pub static IMF: Protocol = Protocol {
    spec: "RFC 5322",
    fields: fields::FIELDS,
    issues: fields::ISSUES,
    media: &["message/rfc822"],
    container: true,
    ..Protocol::new("imf", "Internet Message Format", "IMF", dissect)
};

/// More header fields than this are not looked at.
const FIELD_LIMIT: usize = 10_000;

/// More lines of text than this are not shown one by one.
const LINE_LIMIT: usize = 100_000;

/// The packet list's line does not grow beyond this many bytes.
const INFO_LIMIT: usize = 4095;

/// A header field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Header {
    /// Where it begins.
    start: usize,
    /// Where its name ends: at the colon.
    colon: usize,
    /// Where its value begins.
    value: usize,
    /// Where its value ends, before the end of line.
    end: usize,
    /// Where the next field begins.
    next: usize,
}

/// The header fields, and where the text begins.
fn headers(bytes: &[u8]) -> (Vec<Header>, usize) {
    let mut headers = Vec::new();
    let mut at = 0;
    while headers.len() < FIELD_LIMIT {
        let Some(colon) = memchr::memchr(b':', &bytes[at..]).map(|n| at + n) else {
            // No field: there is no telling what belongs to the head.
            return (headers, 0);
        };
        let Some((end, next, last)) = field_end(bytes, colon + 1) else {
            return (headers, 0);
        };
        let behind = &bytes[colon + 1..end];
        let blank = behind.iter().take_while(|b| b.is_ascii_whitespace());
        let blank = blank.count();
        let value = if blank == behind.len() {
            colon + 1
        } else {
            colon + 1 + blank
        };
        headers.push(Header {
            start: at,
            colon,
            value,
            end,
            next,
        });
        at = next;
        if last {
            // The empty line is not part of either.
            let blank = bytes[at..].starts_with(b"\r\n");
            return (headers, if blank { at + 2 } else { at });
        }
    }
    (headers, at)
}

/// The end of a field's value, the beginning of the next field, and whether this one is the last. `None` if no line ends
/// behind it: without CR LF nothing is a field.
fn field_end(bytes: &[u8], from: usize) -> Option<(usize, usize, bool)> {
    let mut at = from;
    memchr::memchr(b'\r', bytes.get(from..)?)?;
    while let Some(n) = memchr::memchr(b'\r', &bytes[at..]) {
        let end = at + n;
        match &bytes[end..] {
            [b'\r', b'\n', b' ' | b'\t', ..] => at = end + 2,
            [b'\r', b'\n', b'\r', b'\n', ..] => return Some((end, end + 2, true)),
            [b'\r', b'\n', _, ..] => return Some((end, end + 2, false)),
            _ => at = end + 1,
        }
    }
    Some((bytes.len(), bytes.len(), true))
}

fn dissect(l: &mut Layer<'_, '_>) -> Done {
    let bytes = l.data();
    let (headers, text) = headers(bytes);
    let mut content_type = None;
    let mut encoding: &[u8] = b"";
    l.protocol_append("/IMF");
    l.info(|_| {});
    for header in &headers {
        let name = &bytes[header.start..header.colon];
        let value = &bytes[header.value..header.end];
        let Some((field, form)) = fields::of_header(name) else {
            extension(l, header);
            continue;
        };
        if std::ptr::eq(field, &CONTENT_ENCODING) {
            encoding = value;
        }
        if form == Form::ContentType {
            // A type without parameters is not acted upon: the text is shown as it is.
            content_type = memchr::memchr(b';', value).map(|n| (&value[..n], value));
        }
        if l.scanning() {
            continue;
        }
        let (start, len) = (header.value, value.len());
        if form == Form::Label {
            label(l, header);
            continue;
        }
        let node = l.ascii_field(field, start, len);
        for (noted, word) in [(&FROM, "from: "), (&SUBJECT, "subject: ")] {
            if std::ptr::eq(field, noted) {
                l.info_append(|out| {
                    out.push_str(word);
                    escaped(value, out);
                    out.push_str(", ");
                });
            }
        }
        l.enter();
        match form {
            Form::Mailbox => address::mailbox(l, header.value, header.next),
            Form::Mailboxes => address::mailboxes(l, node, header.value, header.next),
            Form::Addresses => address::addresses(l, node, header.value, header.next),
            Form::ContentType => {
                if let Some(n) = memchr::memchr(b';', value) {
                    l.ascii_field(&CONTENT_TYPE_TYPE, start, n);
                    l.ascii_field(&CONTENT_TYPE_PARAMETERS, start + n + 1, len - n - 1);
                }
            }
            Form::Text | Form::Label => {}
        }
        encoded_words(l, start, value);
        l.close();
    }
    body(l, text, content_type, encoding);
    if l.captured() < l.reported() {
        return Err(Stop::Short);
    }
    Ok(())
}

/// What a value with encoded words says.
fn encoded_words(l: &mut Layer<'_, '_>, start: usize, value: &[u8]) {
    if l.wants_labels()
        && let Some(readable) = transfer::words(value)
    {
        l.text(start, value.len(), |out| {
            out.push_str("[Decoded: ");
            escaped(readable.as_bytes(), out);
            out.push(']');
        });
    }
}

/// A header field that is not known.
fn extension(l: &mut Layer<'_, '_>, header: &Header) {
    if l.scanning() {
        return;
    }
    l.ascii_field(&EXTENSION, header.start, header.end - header.start);
    l.enter();
    l.ascii_field(&EXTENSION_TYPE, header.start, header.colon - header.start);
    l.ascii_field(&EXTENSION_VALUE, header.value, header.end - header.value);
    let value = &l.data()[header.value..header.end];
    encoded_words(l, header.value, value);
    l.close();
}

/// A label of secrecy: `marking="UNCLASSIFIED"; fgcolor=black`. A long value may come in numbered pieces (`label*0=...`).
fn label(l: &mut Layer<'_, '_>, header: &Header) {
    let bytes = l.data();
    let all = l.add(
        &fields::SIO_LABEL,
        header.value,
        header.end - header.value,
        Value::None,
    );
    l.enter();
    let mut at = header.value;
    for part in bytes[header.value..header.end].split(|b| *b == b';') {
        let from = at;
        at += part.len() + 1;
        let blank = part.iter().take_while(|b| b.is_ascii_whitespace()).count();
        let (start, part) = (from + blank, &part[blank..]);
        if part.is_empty() {
            continue;
        }
        let Some(equals) = memchr::memchr(b'=', part) else {
            unknown_parameter(l, start, part.len());
            continue;
        };
        let (name, number) = match memchr::memchr(b'*', &part[..equals]) {
            Some(star) => (&part[..star], Some(&part[star + 1..equals])),
            None => (&part[..equals], None),
        };
        let value = &part[equals + 1..];
        let known = [
            ("marking", &SIO_MARKING),
            ("fgcolor", &SIO_FGCOLOR),
            ("bgcolor", &SIO_BGCOLOR),
            ("type", &SIO_TYPE),
            ("label", &SIO_VALUE),
        ];
        let known = known
            .iter()
            .find(|(n, _)| name.eq_ignore_ascii_case(n.as_bytes()));
        let Some((_, field)) = known else {
            unknown_parameter(l, start, part.len());
            continue;
        };
        let node = l.ascii_field(field, start + equals + 1, value.len());
        if let Some(number) = number {
            // The pieces of a value are shown without their quotes.
            let bare = value.strip_prefix(b"\"").unwrap_or(value);
            let bare = bare.strip_suffix(b"\"").unwrap_or(bare);
            let made = l.made(bare);
            l.set_value(node, made);
            l.label(node, |out| {
                let _ = write!(out, "{}[", field.label);
                escaped(number, out);
                out.push_str("]: ");
                escaped(value, out);
            });
        }
        if std::ptr::eq(*field, &SIO_MARKING) {
            l.append(all, |out| {
                out.push_str(": ");
                let unfolded: Vec<u8> = value.iter().copied().filter(|b| *b != b'\r').collect();
                blanked(&unfolded, out);
            });
        }
    }
    l.close();
}

fn unknown_parameter(l: &mut Layer<'_, '_>, start: usize, len: usize) {
    let node = l.ascii_field(&SIO_UNKNOWN, start, len);
    l.issue(node, &UNKNOWN_PARAMETER);
}

/// The text behind the empty line.
fn body(
    l: &mut Layer<'_, '_>,
    start: usize,
    content_type: Option<(&[u8], &[u8])>,
    encoding: &[u8],
) {
    let region = l.part(start, usize::MAX);
    if let Some((kind, written)) = content_type {
        typed(l, region, kind, written, encoding);
        return;
    }
    if l.scanning() {
        return;
    }
    l.open(&MESSAGE_TEXT, start, region.data.len(), Value::None);
    lines(l, start, true);
    show_decoded(l, region, encoding);
    l.close();
}

/// The lines from a position on; in the packet list too, if wanted.
fn lines(l: &mut Layer<'_, '_>, start: usize, listed: bool) {
    let bytes = l.data();
    let mut at = start;
    for _ in 0..LINE_LIMIT {
        let Some(rest) = bytes.get(at..).filter(|r| !r.is_empty()) else {
            break;
        };
        let len = memchr::memchr(b'\n', rest).map_or(rest.len(), |n| n + 1);
        let line = &rest[..len];
        l.text(at, len, |out| blanked(&line[..len.min(512)], out));
        if listed {
            l.info_append(|out| {
                if out.len() >= INFO_LIMIT {
                    return;
                }
                if !out.is_empty() {
                    out.push_str(", ");
                }
                blanked(&line[..len.min(INFO_LIMIT)], out);
                let mut end = out.len().min(INFO_LIMIT);
                while !out.is_char_boundary(end) {
                    end -= 1;
                }
                out.truncate(end);
            });
        }
        at += len;
        if !l.wants_nodes() && l.cx.tree.columns.info.len() >= INFO_LIMIT {
            break;
        }
    }
}

/// Text in which every kind of white space is a blank; other characters that cannot be printed are escaped.
fn blanked(text: &[u8], out: &mut String) {
    for part in text.split_inclusive(|b| matches!(b, b'\t' | b'\r' | b'\n' | 0x0b | 0x0c)) {
        let (last, front) = match part.split_last() {
            Some((last, front)) => (*last, front),
            None => continue,
        };
        if matches!(last, b'\t' | b'\r' | b'\n' | 0x0b | 0x0c) {
            escaped(front, out);
            out.push(' ');
        } else {
            escaped(part, out);
        }
    }
}

/// A body whose type is told: to whoever knows it.
fn typed(l: &mut Layer<'_, '_>, region: Region<'_>, kind: &[u8], written: &[u8], encoding: &[u8]) {
    let media = String::from_utf8_lossy(kind).to_ascii_lowercase();
    let registry = l.cx.registry;
    let protocol = if media == "application/octet-stream" {
        registry.protocol_named("data")
    } else {
        super::multipart::media(registry, &media)
    };
    let written = String::from_utf8_lossy(written).into_owned();
    let before = std::mem::replace(&mut l.cx.packet.content_type, written);
    // What is inside begins its own line of the packet list behind this one's.
    l.info_fence();
    let taken = protocol.is_some_and(|protocol| l.nested(|l| l.call(protocol, region)));
    l.cx.packet.content_type = before;
    if l.scanning() {
        return;
    }
    let from = l.captured() - region.data.len();
    if !taken && !region.data.is_empty() {
        l.open_text(from, region.data.len(), |out| {
            let _ = write!(out, "Body: {media} ({} bytes)", region.data.len());
        });
        lines(l, from, false);
        l.close();
    }
    show_decoded(l, region, encoding);
}

/// A body without its transfer encoding, in a buffer of its own; line by line where it is text.
pub(super) fn show_decoded(l: &mut Layer<'_, '_>, region: Region<'_>, encoding: &[u8]) {
    if !l.wants_labels() {
        return;
    }
    let Some(plain) = transfer::decoded(region.data, encoding) else {
        return;
    };
    let plain: Arc<[u8]> = plain.into();
    let inner = l.buffer("Decoded body", &plain);
    l.within(inner, |l| {
        let len = plain.len();
        l.open_text(0, len, |out| {
            out.push_str("Decoded from ");
            escaped(encoding.trim_ascii(), out);
            let _ = write!(out, ": {len} byte{}", if len == 1 { "" } else { "s" });
        });
        if std::str::from_utf8(&plain).is_ok_and(|t| !t.contains('\0')) {
            lines(l, 0, false);
        }
        l.close();
    });
}
