//! Messages that end with a null byte: the echo and the chat of a textbook on network programming ("Learning Python Network
//! Programming", chapter 8), on TCP port 4040. The protocol is Wireglass's own description of those programs; no other analyser
//! knows it. It shows what framing is: TCP delivers bytes, not messages, and cuts them anywhere.
//!
//! ```text
//! segments   caerphil | ly\0illches | ter\0brie\0
//! messages   caerphilly   illchester   brie
//! ```
//!
//! The chat server puts the sender's address before what it repeats to everybody: `('192.0.2.7', 50312): hello`.

use std::ops::Range;

use crate::dissect::text::escaped;
use crate::dissect::{Done, Layer, Protocol, Stop, Table};
use crate::flow::message::{Context, Framer, Step};
use crate::flow::tcp::Direction;

/// Null-delimited messages.
pub static NULLCHAT: Protocol = Protocol {
    spec: "Learning Python Network Programming, chapter 8",
    fields: FIELDS,
    parents: &[(Table::TcpPort, 4040)],
    framer: Some(|| Box::new(Messages::default())),
    accept_tcp: Some(is_text),
    ..Protocol::new("nullchat", "Null-delimited messages", "NULLCHAT", dissect)
};

crate::fields! {
    /// One message: what was said, in UTF-8, without the null byte at its end. (A protocol of Wireglass's own, for textbook programs.)
    MESSAGE = Field::new("nullchat.message", "Message", Kind::Str);
    /// Whose message the chat server repeats here: the address and port that it came from.
    SENDER = Field::new("nullchat.sender", "Sender", Kind::Str);
    /// What the sender said.
    TEXT = Field::new("nullchat.text", "Text", Kind::Str);
    /// The null byte. It ends the message, so the message itself cannot hold one.
    DELIMITER = Field::new("nullchat.delimiter", "Delimiter", Kind::U8).hex();
}

/// A message longer than this is none.
const LIMIT: usize = 64 * 1024;

/// Finds the null bytes.
#[derive(Default)]
struct Messages {
    /// So many bytes of the message at hand hold none.
    searched: [usize; 2],
}

impl Framer for Messages {
    fn step(&mut self, direction: Direction, bytes: &[u8], _: &mut Context<'_>) -> Step {
        let searched = &mut self.searched[direction as usize];
        let from = (*searched).min(bytes.len());
        match memchr::memchr(0, &bytes[from..]) {
            Some(n) => {
                *searched = 0;
                Step::End((from + n + 1) as u64)
            }
            None if bytes.len() > LIMIT => Step::Lost,
            None => {
                *searched = bytes.len();
                Step::Need
            }
        }
    }

    fn reset(&mut self, direction: Direction) {
        self.searched[direction as usize] = 0;
    }
}

/// Whether bytes may be text of such messages: UTF-8 (cut anywhere), without control characters but line ends, tabs and nulls.
fn is_text(bytes: &[u8]) -> bool {
    let whole = match std::str::from_utf8(bytes) {
        Ok(_) => true,
        Err(error) => error.error_len().is_none(),
    };
    let control = |b: &u8| (*b < 0x20 && !matches!(b, 0 | b'\t' | b'\n' | b'\r')) || *b == 0x7f;
    whole && !bytes.iter().any(control)
}

/// Where the address ends that a chat server put before a message: behind `('192.0.2.7', 50312): `.
fn sender(message: &[u8]) -> Option<(Range<usize>, usize)> {
    let end = memchr::memmem::find(message, b"): ")? + 1;
    let inside = message.get(1..end.checked_sub(1)?)?;
    let plain = |b: &u8| b.is_ascii_alphanumeric() || b"'.:,% ".contains(b);
    let address = message.starts_with(b"('") && inside.contains(&b',') && inside.iter().all(plain);
    address.then_some((0..end, end + 2))
}

fn dissect(l: &mut Layer<'_, '_>) -> Done {
    let bytes = l.data();
    let len = memchr::memchr(0, bytes).unwrap_or(bytes.len());
    let message = &bytes[..len];
    if !is_text(message) {
        return Err(Stop::NotMine);
    }
    if l.scanning() {
        return Ok(());
    }
    l.protocol("NULLCHAT");
    l.info(|out| {
        // Behind the messages before it in the segment.
        if !out.is_empty() && !out.ends_with(' ') {
            out.push_str(" | ");
        }
        escaped(message, out);
    });
    l.bytes(&MESSAGE, len)?;
    if let Some((address, text)) = sender(message) {
        l.enter();
        l.seek(address.start);
        l.bytes(&SENDER, address.len())?;
        l.seek(text);
        l.bytes(&TEXT, len.saturating_sub(text))?;
        l.close();
    }
    if len < bytes.len() {
        l.seek(len);
        l.u8(&DELIMITER)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::protocols::testing::{every_prefix, talk};

    #[test]
    fn messages_are_put_together_where_segments_cut_them() {
        let frames = talk(
            4040,
            &[(0, b"caerphil"), (0, b"ly\0illches"), (0, b"ter\0brie\0")],
        );
        let info = |n: usize| {
            frames[n]
                .row
                .split(" | ")
                .skip(3)
                .collect::<Vec<_>>()
                .join(" | ")
        };
        assert!(frames[3].row.contains("| TCP |"), "{}", frames[3].row);
        assert_eq!(info(4), "caerphilly");
        assert_eq!(info(5), "illchester | brie");
        let tree = &frames[5].tree;
        assert_eq!(
            tree.matches("\nNull-delimited messages\n").count(),
            2,
            "{tree}"
        );
        assert!(
            tree.contains("  Message: illchester\n  Delimiter: 0x00\n"),
            "{tree}"
        );
    }

    #[test]
    fn what_the_chat_repeats_names_its_sender() {
        let said = "('192.0.2.7', 50312): grüezi\0".as_bytes();
        let frames = talk(4040, &[(1, said)]);
        let tree = &frames[3].tree;
        let expected = "Null-delimited messages\n  Message: ('192.0.2.7', 50312): grüezi\n    Sender: ('192.0.2.7', 50312)\n    \
                        Text: grüezi\n  Delimiter: 0x00\n";
        assert!(tree.ends_with(expected), "{tree}");
        assert_eq!(sender(b"(no address): hello"), None);
        assert_eq!(sender(b"plain"), None);
    }

    #[test]
    fn other_bytes_on_the_port_are_plain_data() {
        let frames = talk(4040, &[(0, b"\x16\x03\x01\0\x05hello")]);
        assert!(
            frames[3].tree.contains("\nData (10 bytes)\n"),
            "{}",
            frames[3].tree
        );
        assert!(is_text("grüezi".as_bytes()) && is_text(&"ü".as_bytes()[..1]));
        assert!(!is_text(b"\xff\xfe") && !is_text(b"\x1b[2J"));
    }

    #[test]
    fn every_prefix_is_dissected() {
        every_prefix(
            1,
            &crate::protocols::testing::segment(4040, b"('::1', 9): a\0b\0"),
        );
    }
}
