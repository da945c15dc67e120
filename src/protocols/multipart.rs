//! MIME multipart (RFC 2046 section 5.1): several bodies in one, each with header fields of its own, and lines between them
//! that occur in none of them. Mail carries its attachments so, and a browser the files of a form.
//!
//! ```text
//! --frontier                             the boundary, as the content type told it
//! Content-Type: text/plain               header fields of the part
//!
//! Here is the picture.
//! --frontier
//! Content-Type: image/jpeg
//! Content-Transfer-Encoding: base64
//!
//! /9j/4AAQSkZJRg...
//! --frontier--                           two dashes behind it: the last
//! ```

use std::fmt::Write as _;

use super::imf::show_decoded;
use super::media::content_type;
use crate::dissect::text::escaped;
use crate::dissect::{Done, Layer, Protocol, Region, Registry, Value};

/// A body of several parts.
pub static MIME_MULTIPART: Protocol = Protocol {
    spec: "RFC 2046 section 5.1",
    fields: FIELDS,
    issues: ISSUES,
    media: &[
        "multipart/mixed",
        "multipart/alternative",
        "multipart/related",
        "multipart/form-data",
        "multipart/report",
        "multipart/signed",
        "multipart/encrypted",
    ],
    container: true,
    ..Protocol::new(
        "mime_multipart",
        "MIME Multipart Media Encapsulation",
        "MIME multipart",
        dissect,
    )
};

crate::fields! {
    /// What kind of whole the parts make: mixed (one after the other), alternative (the same in several forms), related (a
    /// page and its pictures), form-data (the fields of a form).
    TYPE = Field::new("mime_multipart.type", "Type", Kind::Str).spec("RFC 2046 section 5.1");
    /// One part, with its header fields and its body.
    PART = Field::new("mime_multipart.part", "Encapsulated multipart part", Kind::Str).spec("RFC 2046 section 5.1.1");
    /// Length of the security token that follows, in bytes.
    SECTOKEN_LENGTH = Field::new("mime_multipart.header.sectoken-length", "Length of security token", Kind::U32).spec("MS-WSMV section 2.2.9.1");
    /// What the part is, in words.
    CONTENT_DESCRIPTION = Field::new("mime_multipart.header.content-description", "Content-Description", Kind::Str).spec("RFC 2045 section 8");
    /// Whether the part is shown at once (inline) or kept for saving (attachment), and under which name. In a form: the name
    /// of the field.
    CONTENT_DISPOSITION = Field::new("mime_multipart.header.content-disposition", "Content-Disposition", Kind::Str).spec("RFC 2183");
    /// How the body of the part was compressed.
    CONTENT_ENCODING = Field::new("mime_multipart.header.content-encoding", "Content-Encoding", Kind::Str).spec("RFC 9110 section 8.4");
    /// A name for the part, so that others can refer to it.
    CONTENT_ID = Field::new("mime_multipart.header.content-id", "Content-Id", Kind::Str).spec("RFC 2045 section 7");
    /// In which language the part is.
    CONTENT_LANGUAGE = Field::new("mime_multipart.header.content-language", "Content-Language", Kind::Str).spec("RFC 3282");
    /// How long the body of the part is, in bytes.
    CONTENT_LENGTH = Field::new("mime_multipart.header.content-length", "Content-Length", Kind::Str).spec("RFC 9110 section 8.6");
    /// How the body of the part was made fit for lines of ASCII.
    CONTENT_TRANSFER_ENCODING = Field::new("mime_multipart.header.content-transfer-encoding", "Content-Transfer-Encoding", Kind::Str).spec("RFC 2045 section 6");
    /// What the part is: type and parameters.
    CONTENT_TYPE = Field::new("mime_multipart.header.content-type", "Content-Type", Kind::Str).spec("RFC 2045 section 5");
    /// The type that the content had before it was encrypted.
    ORIGINAL_CONTENT = Field::new("mime_multipart.header.originalcontent", "OriginalContent", Kind::Str).spec("MS-WSMV section 2.2.9.1");
    /// The line before the first part.
    FIRST_BOUNDARY = Field::new("mime_multipart.first_boundary", "First boundary", Kind::Str).spec("RFC 2046 section 5.1.1");
    /// Text before the first part, for programs that know no parts.
    PREAMBLE = Field::new("mime_multipart.preamble", "Preamble", Kind::Bytes).spec("RFC 2046 section 5.1.1");
    /// The line behind the last part.
    LAST_BOUNDARY = Field::new("mime_multipart.last_boundary", "Last boundary", Kind::Str).spec("RFC 2046 section 5.1.1");
    /// A line between two parts. The end of line before it belongs to it, not to the part.
    BOUNDARY = Field::new("mime_multipart.boundary", "Boundary", Kind::Str).spec("RFC 2046 section 5.1.1");
    /// Text behind the last part; nobody shows it.
    TRAILER = Field::new("mime_multipart.trailer", "Trailer", Kind::Bytes).spec("RFC 2046 section 5.1.1");
}

crate::issues! {
    /// The content type does not tell the boundary: the parts cannot be told apart.
    NO_PARAMETER = Issue::new("mime_multipart.no_required_parameter", "The boundary between the parts is not told", Severity::Warn, Group::Protocol);
    /// The part is encrypted, and the key is not known.
    NOT_DECRYPTED = Issue::new("mime_multipart.decryption_not_possible", "The part cannot be decrypted", Severity::Warn, Group::Undecoded);
}

/// More parts than this are not looked at.
const PART_LIMIT: usize = 10_000;

/// The names of header fields that are known.
static HEADERS: &[(&str, &Field)] = &[
    ("content-description", &CONTENT_DESCRIPTION),
    ("content-disposition", &CONTENT_DISPOSITION),
    ("content-encoding", &CONTENT_ENCODING),
    ("content-id", &CONTENT_ID),
    ("content-language", &CONTENT_LANGUAGE),
    ("content-length", &CONTENT_LENGTH),
    ("content-transfer-encoding", &CONTENT_TRANSFER_ENCODING),
    ("content-type", &CONTENT_TYPE),
    ("originalcontent", &ORIGINAL_CONTENT),
];

/// Who dissects a content type (in lower case, without parameters).
pub(super) fn media(registry: &Registry, media: &str) -> Option<&'static Protocol> {
    registry.find_media(media)
}

/// The value of a parameter of a content type, without quotes.
fn parameter<'t>(content_type: &'t str, name: &str) -> Option<&'t str> {
    let mut rest = content_type;
    loop {
        // The next semicolon that does not stand in quotes.
        let mut quoted = false;
        let semicolon = rest.bytes().position(|b| {
            quoted ^= b == b'"';
            b == b';' && !quoted
        })?;
        rest = &rest[semicolon + 1..];
        let Some((key, value)) = rest.split_once('=') else {
            continue;
        };
        if key.trim().eq_ignore_ascii_case(name) {
            let value = value.trim_start();
            return Some(match value.strip_prefix('"') {
                Some(inner) => inner.split('"').next().unwrap_or(inner),
                None => value.split(';').next().unwrap_or(value).trim_end(),
            });
        }
    }
}

/// A line with the boundary: where it begins (with the end of line before it), where the next line begins, and whether it is
/// the last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Border {
    start: usize,
    next: usize,
    last: bool,
}

/// The line that begins with the boundary at `start`.
fn border(bytes: &[u8], start: usize, mark: usize, len: usize) -> Border {
    let behind = mark + 2 + len;
    let next = memchr::memchr(b'\n', bytes.get(behind..).unwrap_or(&[]))
        .map_or(bytes.len(), |n| behind + n + 1);
    Border {
        start,
        next,
        last: bytes.get(behind..).is_some_and(|b| b.starts_with(b"--")),
    }
}

/// The first boundary: at the beginning of a line.
fn first_border(bytes: &[u8], boundary: &[u8]) -> Option<Border> {
    let mut at = 0;
    loop {
        let rest = bytes.get(at..)?;
        if rest.starts_with(b"--") && rest[2..].starts_with(boundary) {
            return Some(border(bytes, at, at, boundary.len()));
        }
        at += memchr::memmem::find(rest, b"\n--")? + 1;
    }
}

/// The next boundary from a position on: behind the end of a line.
fn next_border(bytes: &[u8], from: usize, boundary: &[u8]) -> Option<Border> {
    let mut at = from;
    loop {
        let rest = bytes.get(at..)?;
        let n = at + memchr::memmem::find(rest, b"\n--")?;
        if bytes[n + 3..].starts_with(boundary) {
            let start = if n > from && bytes[n - 1] == b'\r' {
                n - 1
            } else {
                n
            };
            return Some(border(bytes, start, n + 1, boundary.len()));
        }
        at = n + 1;
    }
}

fn dissect(l: &mut Layer<'_, '_>) -> Done {
    let written = l.cx.packet.content_type.clone();
    let kind = written.split(';').next().unwrap_or_default().trim();
    let boundary = parameter(&written, "boundary").map(str::to_string);
    let root = l.root();
    l.label(root, |out| {
        let _ = write!(
            out,
            "MIME Multipart Media Encapsulation, Type: {kind}, Boundary: \"{}\"",
            boundary.as_deref().unwrap_or_default()
        );
    });
    let value = l.made(kind.as_bytes());
    l.generated(&TYPE, 0, value);
    let boundary = boundary.unwrap_or_default().into_bytes();
    let bytes = l.data();
    let first = if boundary.is_empty() {
        l.issue(root, &NO_PARAMETER);
        None
    } else {
        first_border(bytes, &boundary)
    };
    let Some(first) = first else {
        let region = l.region();
        l.nested(|l| l.plain(region));
        return Ok(());
    };
    if first.start > 0 {
        let value = l.slice(0, first.start);
        l.add(&PREAMBLE, 0, first.start, value);
    }
    l.ascii_field(&FIRST_BOUNDARY, first.start, first.next - first.start);
    let mut at = first;
    for _ in 0..PART_LIMIT {
        if at.last {
            break;
        }
        let Some(next) = next_border(bytes, at.next, &boundary) else {
            // The end is missing: nothing tells where the part ends.
            let empty = l.made(b"");
            let node = l.add(&PART, at.next, 0, empty);
            l.label(node, |out| out.push_str("Encapsulated multipart part: "));
            let left = bytes.len() - at.next;
            l.enter();
            l.text(at.next, left, |out| {
                let _ = write!(out, "{left} bytes without a boundary behind them");
            });
            l.close();
            return Ok(());
        };
        part(l, at.next, next.start);
        let field = if next.last { &LAST_BOUNDARY } else { &BOUNDARY };
        l.ascii_field(field, next.start, next.next - next.start);
        at = next;
    }
    if at.last && at != first && at.next < bytes.len() {
        let value = l.slice(at.next, bytes.len() - at.next);
        l.add(&TRAILER, at.next, bytes.len() - at.next, value);
    }
    Ok(())
}

/// A header line of a part: where its name ends, where the line ends (with all that is folded), `None` if it is none.
fn header(bytes: &[u8], start: usize, end: usize) -> Option<(usize, usize)> {
    let line = bytes.get(start..end)?;
    let colon = memchr::memchr(b':', line)?;
    let name = &line[..colon];
    if name.is_empty() || !name.iter().all(|b| b.is_ascii_graphic()) {
        return None;
    }
    let mut at = start + colon;
    loop {
        let next = match memchr::memchr(b'\n', &bytes[at..end]) {
            Some(n) => at + n + 1,
            None => end,
        };
        if next < end && matches!(bytes[next], b' ' | b'\t') {
            at = next;
            continue;
        }
        let text = &bytes[start..next];
        let printable = |b: &u8| matches!(b, b' '..=b'~' | b'\t' | b'\r' | b'\n') || *b >= 0x80;
        return text.iter().all(printable).then_some((start + colon, next));
    }
}

/// A header's value without folds, and without blanks around its punctuation (inside quotes they count).
fn compact(value: &[u8]) -> Vec<u8> {
    let mut out: Vec<u8> = Vec::with_capacity(value.len());
    let mut quoted = false;
    for byte in value {
        match byte {
            b'"' => {
                quoted = !quoted;
                out.push(b'"');
            }
            b'\r' | b'\n' => {}
            b' ' | b'\t' if !quoted => {
                if out.last().is_some_and(|b| !matches!(b, b';' | b'=' | b' ')) {
                    out.push(b' ');
                }
            }
            b';' | b'=' if !quoted => {
                if out.last() == Some(&b' ') {
                    out.pop();
                }
                out.push(*byte);
            }
            _ => out.push(*byte),
        }
    }
    if out.last() == Some(&b' ') {
        out.pop();
    }
    out
}

/// One part: its header fields, and its body to whoever knows its type.
fn part(l: &mut Layer<'_, '_>, start: usize, end: usize) {
    let bytes = l.data();
    let empty = l.made(b"");
    let node = l.add(&PART, start, end - start, empty);
    let mut label = String::from("Encapsulated multipart part: ");
    l.enter();
    let mut at = start;
    let mut kind: Option<Vec<u8>> = None;
    let mut encoding: &[u8] = b"";
    while let Some((colon, next)) = header(bytes, at, end) {
        // The empty line behind the last one belongs to it.
        let blank = match &bytes[next..end] {
            [b'\r', b'\n', ..] => 2,
            [b'\n', ..] => 1,
            _ => 0,
        };
        let whole = at..next + blank;
        let name = &bytes[at..colon];
        let value = bytes[colon + 1..next].trim_ascii();
        let field = HEADERS
            .iter()
            .find(|(n, _)| name.eq_ignore_ascii_case(n.as_bytes()))
            .map(|(_, f)| *f);
        match field {
            Some(field) => {
                let tight = compact(value);
                let made = ascii(l, &tight);
                let node = l.add(field, at, whole.len(), made);
                l.label(node, |out| escaped(&bytes[whole.clone()], out));
                if std::ptr::eq(field, &CONTENT_TYPE) {
                    let media = tight.split(|b| *b == b';').next().unwrap_or_default();
                    let _ = write!(label, " ({})", String::from_utf8_lossy(media));
                    kind = Some(tight);
                } else if std::ptr::eq(field, &CONTENT_TRANSFER_ENCODING) {
                    encoding = value;
                }
            }
            None => {
                l.text(at, whole.len(), |out| escaped(&bytes[whole.clone()], out));
            }
        }
        at = whole.end;
        if blank > 0 {
            break;
        }
    }
    l.label(node, |out| out.push_str(&label));
    body(l, l.part(at, end - at), kind, encoding);
    l.close();
}

/// Text in ASCII as a value.
fn ascii(l: &mut Layer<'_, '_>, text: &[u8]) -> Value {
    if text.is_ascii() {
        return l.made(text);
    }
    let replaced: String = text
        .iter()
        .map(|b| {
            if b.is_ascii() {
                char::from(*b)
            } else {
                char::REPLACEMENT_CHARACTER
            }
        })
        .collect();
    l.made(replaced.as_bytes())
}

/// The body of a part.
fn body(l: &mut Layer<'_, '_>, region: Region<'_>, kind: Option<Vec<u8>>, encoding: &[u8]) {
    let Some(kind) = kind else {
        l.nested(|l| l.plain(region));
        return;
    };
    // Type and parameters as they are shown: a blank between them.
    let written = String::from_utf8_lossy(&kind).into_owned();
    let (name, parameters) = written.split_once(';').unwrap_or((&written, ""));
    let mut shown = name.to_ascii_lowercase();
    if !parameters.is_empty() {
        let _ = write!(shown, "; {parameters}");
    }
    let before = std::mem::replace(&mut l.cx.packet.content_type, shown);
    let media_type = content_type(l);
    let registry = l.cx.registry;
    let known = if media_type == "application/octet-stream" {
        registry.protocol_named("data")
    } else {
        media(registry, &media_type)
    };
    l.info_fence();
    l.nested(|l| {
        let taken = known.is_some_and(|protocol| l.call(protocol, region))
            || registry
                .protocol_named("media")
                .is_some_and(|media| l.call(media, region));
        if !taken {
            l.plain(region);
        }
    });
    l.cx.packet.content_type = before;
    show_decoded(l, region, encoding);
}

#[cfg(test)]
mod tests;
