//! The number server of a course on web protocols: a client sends a list of numbers as JSON writes it, the server answers with
//! their sum; the connection stays open for more. A text that it cannot read gets an error, and the server lives on. The protocol
//! is Wireglass's own description of such a program; no other analyser knows it. The course names no port: here it is TCP port
//! 12346, next to the time server's.
//!
//! ```text
//! C: [0, 1, 2, 3]          ends with its bracket
//! S: Sum: 6\n              ends with its line
//! ```

use std::fmt::Write as _;

use crate::dissect::text::escaped;
use crate::dissect::{Done, Layer, Protocol, Stop, Table, Value};
use crate::flow::message::{Context, Framer, Step};
use crate::flow::tcp::Direction;

/// The number server.
pub static NUMSUM: Protocol = Protocol {
    spec: "the notes of a course, \"Web Protocols\"",
    fields: FIELDS,
    issues: ISSUES,
    parents: &[(Table::TcpPort, 12346)],
    framer: Some(|| Box::new(Messages)),
    accept_tcp: Some(is_message),
    ..Protocol::new("numsum", "Number server (course)", "NUMSUM", dissect)
};

crate::fields! {
    /// What the client asks the sum of. (A protocol of Wireglass's own, for a course's program.)
    REQUEST = Field::new("numsum.request", "Request", Kind::Str);
    /// One of the numbers to be added.
    NUMBER = Field::new("numsum.number", "Number", Kind::F64);
    /// How many numbers there are.
    COUNT = Field::new("numsum.count", "Count", Kind::U32);
    /// What the server answers, a line of text.
    RESPONSE = Field::new("numsum.response", "Response", Kind::Str);
    /// The sum, as the server has it.
    SUM = Field::new("numsum.sum", "Sum", Kind::F64);
}

crate::issues! {
    /// The server could not read what it got: it wants a list of numbers in brackets.
    NO_LIST = Issue::new("numsum.no_list", "Not a list of numbers", Severity::Note, Group::Request);
}

/// Lists longer than this are not waited for.
const LIMIT: usize = 64 * 1024;

/// Finds the ends: a bracket, a line's end, or that of the segment.
struct Messages;

impl Framer for Messages {
    fn step(&mut self, _: Direction, bytes: &[u8], _: &mut Context<'_>) -> Step {
        let list = bytes.first() == Some(&b'[');
        let end = memchr::memchr(if list { b']' } else { b'\n' }, bytes);
        match end {
            Some(n) => {
                let more = bytes.get(n + 1) == Some(&b'\n');
                Step::End((n + 1 + usize::from(list && more)) as u64)
            }
            None if list && bytes.len() < LIMIT => Step::Need,
            None => Step::End(bytes.len() as u64),
        }
    }
}

/// Whether bytes may be a message: text without control characters but its line end.
fn is_message(bytes: &[u8]) -> bool {
    let line = bytes.strip_suffix(b"\n").unwrap_or(bytes);
    !line.is_empty() && line.iter().all(|b| (0x20..0x7f).contains(b))
}

/// The number that a part of a list is.
fn number(text: &[u8]) -> Option<f64> {
    let text = std::str::from_utf8(text).ok()?.trim();
    let plain = |b: u8| b.is_ascii_digit() || b"+-.eE".contains(&b);
    if !text.bytes().all(plain) {
        return None;
    }
    text.parse::<f64>().ok().filter(|n| n.is_finite())
}

fn dissect(l: &mut Layer<'_, '_>) -> Done {
    let bytes = l.data();
    if !is_message(bytes) {
        return Err(Stop::NotMine);
    }
    if l.scanning() {
        return Ok(());
    }
    l.protocol("NUMSUM");
    let line = bytes.trim_ascii_end();
    let answer = l.cx.packet.source_port == 12346;
    if !answer {
        return request(l, line);
    }
    l.info(|out| escaped(line, out));
    l.bytes(&RESPONSE, bytes.len())?;
    if let Some(sum) = line.strip_prefix(b"Sum: ").and_then(number) {
        l.add(&SUM, 5, line.len() - 5, Value::F(sum));
    }
    Ok(())
}

fn request(l: &mut Layer<'_, '_>, line: &[u8]) -> Done {
    l.bytes(&REQUEST, line.len())?;
    let node = l.last();
    let inside = line.strip_prefix(b"[").and_then(|l| l.strip_suffix(b"]"));
    let parts = inside.filter(|i| !i.trim_ascii().is_empty());
    let mut at = 1;
    let (mut count, mut good) = (0u64, inside.is_some());
    l.enter();
    for part in parts.into_iter().flat_map(|p| p.split(|b| *b == b',')) {
        let blank = part.iter().take_while(|b| **b == b' ').count();
        match number(part) {
            Some(value) => {
                let len = part.trim_ascii().len();
                l.add(&NUMBER, at + blank, len, Value::F(value));
                count += 1;
            }
            None => good = false,
        }
        at += part.len() + 1;
    }
    if good {
        l.generated(&COUNT, 0, Value::U(count));
    }
    l.close();
    if !good {
        l.issue(node, &NO_LIST);
    }
    l.info(|out| {
        escaped(line, out);
        if good {
            let s = if count == 1 { "" } else { "s" };
            let _ = write!(out, " ({count} number{s})");
        }
    });
    Ok(())
}

#[cfg(test)]
mod tests {
    use crate::protocols::testing::{every_prefix, segment, talk};

    #[test]
    fn a_list_and_its_sum() {
        let frames = talk(
            12346,
            &[(0, b"[0, 1,"), (0, b" 2.5, -3]"), (1, b"Sum: 0.5\n")],
        );
        let expected = "Number server (course)\n  Request: [0, 1, 2.5, -3]\n    Number: 0\n    Number: 1\n    Number: 2.5\n    \
                        Number: -3\n    Count: 4\n";
        assert!(frames[4].tree.ends_with(expected), "{}", frames[4].tree);
        assert!(
            frames[4]
                .row
                .ends_with("| NUMSUM | [0, 1, 2.5, -3] (4 numbers)"),
            "{}",
            frames[4].row
        );
        let expected = "Number server (course)\n  Response: Sum: 0.5\\n\n  Sum: 0.5\n";
        assert!(frames[5].tree.ends_with(expected), "{}", frames[5].tree);
    }

    #[test]
    fn what_is_no_list_is_marked() {
        for text in [&b"hello"[..], b"[1, two]", b"[1,,2]", b"[[1]"] {
            let frames = talk(12346, &[(0, text)]);
            assert!(
                frames[3].tree.contains("Not a list of numbers"),
                "{}",
                frames[3].tree
            );
        }
        let empty = talk(12346, &[(0, b"[]")]);
        assert!(
            empty[3].tree.ends_with("  Request: []\n    Count: 0\n"),
            "{}",
            empty[3].tree
        );
    }

    #[test]
    fn other_bytes_on_the_port_are_plain_data() {
        let frames = talk(12346, &[(0, b"\0\x01")]);
        assert!(
            frames[3].tree.contains("\nData (2 bytes)\n"),
            "{}",
            frames[3].tree
        );
    }

    #[test]
    fn every_prefix_is_dissected() {
        every_prefix(1, &segment(12346, b"[1, 2, 3]"));
    }
}
