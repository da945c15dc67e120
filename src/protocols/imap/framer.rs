//! Where the lines of an IMAP conversation begin and end, and which answer completes which command.
//!
//! All whole lines of a segment are one message for the dissector; a line that is cut waits for the next segment. A mail that the
//! server sends is a *literal*: its line ends with the number of bytes that follow, whatever they are.

use std::collections::HashMap;

use super::{fetched, from_client, word};
use crate::flow::facts::{Facts, NONE, tag};
use crate::flow::message::{Context, Framer, Step};
use crate::flow::tcp::Direction;
use crate::protocols::credentials::Proof;
use crate::protocols::text_lines::{next_line, without_end};

/// Tag of a message's note: first line's note, count of lines' notes, marks, bytes of a cut line behind it.
const MESSAGE: u16 = tag(b"IM");
/// Tag of the note of a line with a tag: place in the message, frame at the other end (0 = none).
const LINE: u16 = tag(b"IL");

/// Mark: the lines come from the client.
pub(super) const REQUEST: u32 = 1;
/// Mark: a part of a line follows in the same segment.
pub(super) const TAIL: u32 = 2;
/// Mark: the last line holds a password.
pub(super) const CREDENTIALS: u32 = 4;

/// So many commands may be remembered; more are forgotten all together.
const WAITING_LIMIT: usize = 4096;
/// Tags longer than this are not followed.
const TAG_LIMIT: usize = 128;
/// So many lines of one message are followed.
const LINE_LIMIT: usize = 4096;

/// What is known of a message.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Known {
    /// The notes of its lines: the first, and how many.
    pub first: u32,
    pub count: u32,
    /// [`REQUEST`], [`TAIL`], [`CREDENTIALS`].
    pub marks: u32,
    /// How many bytes of a line follow whose end is in a later segment.
    pub tail: u32,
}

/// What the note of a message tells.
pub(super) fn known(facts: &Facts, note: u32) -> Option<Known> {
    let note = facts
        .notes
        .get(note as usize)
        .filter(|n| n.tag == MESSAGE)?;
    Some(Known {
        first: note.values[0],
        count: note.values[1],
        marks: note.values[2],
        tail: note.values[3],
    })
}

impl Known {
    /// The frame with the command or the answer that belongs to the line at this place of the message.
    pub(super) fn other(self, facts: &Facts, at: usize) -> Option<u32> {
        let start = self.first as usize;
        let lines = facts
            .notes
            .get(start..start.saturating_add(self.count as usize))?;
        let found = lines.partition_point(|n| (n.values[0] as usize) < at);
        let note = lines.get(found)?;
        let here = note.tag == LINE && note.values[0] as usize == at;
        Some(note.values[1]).filter(|frame| here && *frame != 0)
    }
}

/// A line with a tag.
struct Tagged {
    /// Its place in the message.
    at: u32,
    tag: Vec<u8>,
    /// It asks for TLS, or is the good answer to anything.
    special: bool,
}

/// One direction.
#[derive(Default)]
struct Way {
    /// How much of the message at hand was passed.
    passed: usize,
    /// A literal was passed: its line goes on.
    in_line: bool,
    lines: Vec<Tagged>,
    marks: u32,
    tail: u32,
}

/// Finds the lines of one conversation.
#[derive(Default)]
struct Lines {
    ways: [Way; 2],
    /// Which way the server speaks, where the ports do not tell.
    server: Option<Direction>,
    /// The notes of commands by their tags in capitals.
    waiting: HashMap<Vec<u8>, u32, foldhash::fast::RandomState>,
    /// The tag of STARTTLS.
    tls_asked: Option<Vec<u8>>,
    /// From here on it is TLS.
    tls: bool,
    proof: Proof,
}

/// A framer for a new conversation.
pub(super) fn new() -> Box<dyn Framer> {
    Box::new(Lines::default())
}

impl Framer for Lines {
    fn step(&mut self, direction: Direction, bytes: &[u8], context: &mut Context<'_>) -> Step {
        if self.server.is_none() {
            // The first to speak is the server, with an untagged greeting.
            let greeting = bytes.first() == Some(&b'*');
            self.server = Some(if greeting {
                direction
            } else {
                direction.opposite()
            });
        }
        let to = context.ports[direction.opposite() as usize];
        let from = context.ports[direction as usize];
        let client = from_client(from, to).unwrap_or(self.server != Some(direction));
        let way = &mut self.ways[direction as usize];
        way.marks = if client { REQUEST } else { 0 };
        let mut at = 0;
        while at < bytes.len() {
            let Some(end) = whole_line(bytes, at) else {
                break;
            };
            let line = without_end(&bytes[at..end]);
            let place = way.passed.saturating_add(at);
            if client {
                if self.proof.line() {
                    way.marks |= CREDENTIALS;
                } else {
                    way.marks &= !CREDENTIALS;
                }
            }
            tagged(way, line, place, client, &mut self.proof);
            at = end;
            way.in_line = false;
            if let Some(len) = fetched(line).filter(|_| !client) {
                let behind = (at as u64).saturating_add(len);
                if behind >= bytes.len() as u64 {
                    way.in_line = true;
                    way.passed = way
                        .passed
                        .saturating_add(usize::try_from(behind).unwrap_or(usize::MAX));
                    return Step::Skip(behind);
                }
                at = usize::try_from(behind).unwrap_or(bytes.len());
            }
        }
        if at == 0 {
            return Step::Need;
        }
        if at < bytes.len() {
            way.marks |= TAIL;
            way.tail = u32::try_from(bytes.len() - at).unwrap_or(0);
        }
        Step::End(at as u64)
    }

    fn complete(&mut self, direction: Direction, context: &mut Context<'_>) -> u32 {
        let way = std::mem::take(&mut self.ways[direction as usize]);
        let frame = context.frame;
        let request = way.marks & REQUEST != 0;
        let first = u32::try_from(context.facts.notes.len()).unwrap_or(NONE);
        let mut count = 0;
        for line in way.lines {
            let mut other = 0;
            if request {
                if line.special {
                    self.tls_asked = Some(line.tag.clone());
                }
            } else {
                if let Some(note) = self.waiting.get(&line.tag)
                    && let Some(values) = context.amend(*note)
                {
                    values[1] = frame;
                    other = values[2];
                }
                if self.tls_asked.as_ref() == Some(&line.tag) {
                    self.tls = line.special;
                    self.tls_asked = None;
                }
                self.proof = Proof::None;
            }
            let note = context.note(LINE, 0, [line.at, other, frame, 0, 0, 0, 0]);
            count += 1;
            if request {
                if self.waiting.len() >= WAITING_LIMIT {
                    self.waiting.clear();
                }
                self.waiting.insert(line.tag, note);
            }
        }
        context.note(MESSAGE, 0, [first, count, way.marks, way.tail, 0, 0, 0])
    }

    fn reset(&mut self, direction: Direction) {
        self.ways[direction as usize] = Way::default();
    }

    fn hand_over(&mut self) -> Option<&'static str> {
        self.tls.then_some("tls")
    }
}

/// The end of the line at `at`, if all of it is there.
fn whole_line(bytes: &[u8], at: usize) -> Option<usize> {
    let end = next_line(bytes, at);
    match bytes.get(end.checked_sub(1)?)? {
        b'\n' => Some(end),
        // Behind a CR a LF may still come.
        b'\r' if end < bytes.len() => Some(end),
        _ => None,
    }
}

/// Remember a line that has a tag.
fn tagged(way: &mut Way, line: &[u8], place: usize, client: bool, proof: &mut Proof) {
    let tag = word(line, 0);
    let second = word(line, tag.end.saturating_add(1));
    let (tag, command) = (&line[tag], &line[second.clone()]);
    let untagged = [&b""[..], b"*", b"+"].contains(&tag);
    if untagged || tag.len() > TAG_LIMIT || way.lines.len() >= LINE_LIMIT || way.in_line {
        return;
    }
    let Ok(at) = u32::try_from(place) else {
        return;
    };
    if client && command.eq_ignore_ascii_case(b"AUTHENTICATE") {
        let mechanism = word(line, second.end.saturating_add(1));
        let initial = word(line, mechanism.end.saturating_add(1));
        *proof = Proof::begin(&line[mechanism], !initial.is_empty()).0;
    }
    way.lines.push(Tagged {
        at,
        tag: tag.to_ascii_uppercase(),
        special: command.eq_ignore_ascii_case(if client { b"STARTTLS" } else { b"OK" }),
    });
}
