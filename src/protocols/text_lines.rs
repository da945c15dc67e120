//! Text, line by line: web pages, scripts, style sheets, plain text.

use std::fmt::Write as _;

use super::media::content_type;
use crate::dissect::text::escaped;
use crate::dissect::{Done, Layer, NodeId, Protocol};
use crate::field::Field;

/// Text that is shown line by line.
pub static TEXT_LINES: Protocol = Protocol {
    spec: "RFC 2046 section 4.1",
    media: &[
        "text/plain",
        "text/html",
        "text/css",
        "text/csv",
        "text/richtext",
        "text/enriched",
        "text/javascript",
        "text/ecmascript",
        "text/calendar",
        "text/vcard",
        "text/markdown",
        "text/rtf",
        "text/vnd.wap.wml",
        "text/vnd.wap.wmlscript",
        "application/x-javascript",
        "application/x-www-form-urlencoded-text",
        "application/x-ns-proxy-autoconfig",
        "application/pkix-crl-text",
    ],
    ..Protocol::new(
        "data-text-lines",
        "Line-based text data",
        "Line-based text data",
        dissect,
    )
};

/// More lines than this are not shown one by one.
const LINE_LIMIT: usize = 100_000;

/// Text in ASCII: every other byte becomes a replacement character.
pub(super) fn ascii(text: &[u8], out: &mut String) {
    for byte in text {
        out.push(if byte.is_ascii() {
            char::from(*byte)
        } else {
            char::REPLACEMENT_CHARACTER
        });
    }
}

/// A line without its end.
pub(super) fn without_end(line: &[u8]) -> &[u8] {
    let end = line
        .iter()
        .rposition(|b| !matches!(b, b'\r' | b'\n'))
        .map_or(0, |n| n + 1);
    &line[..end]
}

/// A part of the layer as a text field: ASCII, up to a NUL.
pub(super) fn add_ascii(
    l: &mut Layer<'_, '_>,
    field: &'static Field,
    range: std::ops::Range<usize>,
) -> NodeId {
    let bytes = l.data().get(range.clone()).unwrap_or(&[]);
    let end = memchr::memchr(0, bytes).unwrap_or(bytes.len());
    let value = if bytes[..end].is_ascii() {
        l.slice(range.start, end)
    } else {
        let mut replaced = String::with_capacity(end);
        ascii(&bytes[..end], &mut replaced);
        l.made(replaced.as_bytes())
    };
    l.add(field, range.start, range.len(), value)
}

/// The end of the line that begins at `at`, its end-of-line characters included.
pub(super) fn next_line(bytes: &[u8], at: usize) -> usize {
    match memchr::memchr2(b'\r', b'\n', bytes.get(at..).unwrap_or(&[])) {
        Some(n) if bytes[at + n] == b'\r' && bytes.get(at + n + 1) == Some(&b'\n') => at + n + 2,
        Some(n) => at + n + 1,
        None => bytes.len(),
    }
}

fn dissect(l: &mut Layer<'_, '_>) -> Done {
    if l.scanning() {
        return Ok(());
    }
    let media = content_type(l);
    if !media.is_empty() {
        l.info_append(|out| {
            let _ = write!(out, " ({media})");
        });
    }
    if !l.wants_nodes() {
        return Ok(());
    }
    let bytes = l.data();
    let (mut at, mut lines) = (0, 0usize);
    while at < bytes.len() {
        let end = next_line(bytes, at);
        if lines < LINE_LIMIT {
            l.text(at, end - at, |out| {
                // Only what a label can hold is worth writing.
                escaped(&bytes[at..end.min(at + 512)], out);
            });
        }
        lines += 1;
        at = end;
    }
    let root = l.root();
    l.label(root, |out| {
        out.push_str("Line-based text data");
        if !media.is_empty() {
            let _ = write!(out, ": {media}");
        }
        let _ = write!(out, " ({lines} lines)");
    });
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::next_line;

    #[test]
    fn lines_end_at_cr_lf_or_both() {
        let text = b"a\r\nb\nc\rd";
        let mut ends = Vec::new();
        let mut at = 0;
        while at < text.len() {
            at = next_line(text, at);
            ends.push(at);
        }
        assert_eq!(ends, [3, 5, 7, 8]);
    }
}
