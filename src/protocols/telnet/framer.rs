//! The segments of a Telnet conversation: each is shown for itself. Remembered is whether a password is being typed, and whether
//! TLS was agreed on.

use crate::flow::facts::{Facts, tag};
use crate::flow::message::{Context, Framer, Step};
use crate::flow::tcp::Direction;

/// Tag of the note about a segment: marks.
const SEGMENT: u16 = tag(b"TN");
/// Mark: a password is typed here.
const PASSWORD: u32 = 1;

/// So much of what the server wrote last is kept, to know a prompt by.
const PROMPT_LIMIT: usize = 64;

/// Whether a password is typed in the segment with this note.
pub(super) fn has_password(facts: &Facts, note: u32) -> bool {
    facts
        .notes
        .get(note as usize)
        .is_some_and(|n| n.tag == SEGMENT && n.values[0] & PASSWORD != 0)
}

/// What is remembered of a conversation.
#[derive(Default)]
struct Segments {
    /// The newest text of each side.
    written: [Vec<u8>; 2],
    /// The side that is asked for its password.
    asked: Option<Direction>,
    /// Who announced that TLS follows.
    tls: [bool; 2],
    marks: u32,
}

/// A framer for a new conversation.
pub(super) fn new() -> Box<dyn Framer> {
    Box::new(Segments::default())
}

impl Framer for Segments {
    fn step(&mut self, direction: Direction, bytes: &[u8], _: &mut Context<'_>) -> Step {
        self.marks = 0;
        let text = text(bytes);
        if memchr::memmem::find(bytes, &[255, 250, 46, 1, 255, 240]).is_some() {
            self.tls[direction as usize] = true;
        }
        if self.asked == Some(direction) && !text.is_empty() {
            let end = text.iter().position(|b| matches!(b, b'\r' | b'\n'));
            if end != Some(0) {
                self.marks |= PASSWORD;
            }
            if end.is_some() {
                self.asked = None;
            }
        }
        let written = &mut self.written[direction as usize];
        written.extend_from_slice(&text[text.len().saturating_sub(PROMPT_LIMIT)..]);
        let old = written.len().saturating_sub(PROMPT_LIMIT);
        written.drain(..old);
        if !text.is_empty() && is_prompt(written) {
            self.asked = Some(direction.opposite());
        }
        Step::End(bytes.len() as u64)
    }

    fn complete(&mut self, _: Direction, context: &mut Context<'_>) -> u32 {
        context.note(SEGMENT, 0, [self.marks, 0, 0, 0, 0, 0, 0])
    }

    fn hand_over(&mut self) -> Option<&'static str> {
        (self.tls == [true, true]).then_some("tls")
    }
}

/// Whether a text ends with a question for a password: `Password:`.
fn is_prompt(text: &[u8]) -> bool {
    let text = text.trim_ascii_end();
    let Some(text) = text.strip_suffix(b":") else {
        return false;
    };
    let word = |word: &[u8]| {
        let begin = text.len().saturating_sub(word.len());
        text[begin..].eq_ignore_ascii_case(word)
    };
    word(b"password") || word(b"passcode") || word(b"passwd")
}

/// The text of a segment: what is no command.
fn text(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        match super::next(bytes, at) {
            super::Part::Data(end) => {
                out.extend_from_slice(&bytes[at..end]);
                at = end;
            }
            super::Part::Command(end) => at = end,
            super::Part::Cut => break,
        }
    }
    out
}
