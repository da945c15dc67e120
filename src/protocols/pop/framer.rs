//! What the segments of a POP3 conversation are: commands, answers, parts of a mail message.
//!
//! Like the yardstick, we take each segment for itself: a line that is cut by a segment's end is shown in two parts. What the
//! server sends without `+OK` or `-ERR` at its beginning is the message that was asked for, up to the length announced.

use super::{BAD_LENGTH, LINE_CREDENTIALS, PARAMETER_CREDENTIALS, first_line, number, tokens};
use crate::flow::facts::{Facts, NONE, Note, tag};
use crate::flow::message::{Context, Framer, Step};
use crate::flow::tcp::Direction;
use crate::protocols::credentials::Proof;
use crate::protocols::text_lines::{next_line, without_end};

/// Tag of the note about a segment: kind, part before it (a note), frame in which all parts are together (0 = none), frame of
/// this part, marks.
pub(super) const SEGMENT: u16 = tag(b"PO");

/// What a segment is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[repr(u32)]
pub(super) enum What {
    /// Commands.
    #[default]
    Request = 0,
    /// An answer.
    Response = 1,
    /// A mail message, or what is left of one.
    Mail = 2,
    /// A part of a mail message, others follow.
    Part = 3,
    /// The last part of a mail message, others came before.
    LastPart = 4,
}

/// What is known of a segment.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Known {
    pub what: What,
    /// The note of the part before it.
    pub before: Option<u32>,
    /// The frame in which all parts are together.
    pub complete_in: u32,
    /// The frame that it is in.
    pub frame: u32,
    /// [`BAD_LENGTH`], [`LINE_CREDENTIALS`], [`PARAMETER_CREDENTIALS`].
    pub marks: u32,
}

/// What a note tells.
pub(super) fn known(facts: &Facts, note: u32) -> Option<Known> {
    let Note { values: v, .. } = facts
        .notes
        .get(note as usize)
        .filter(|n| n.tag == SEGMENT)?;
    Some(Known {
        what: match v[0] {
            0 => What::Request,
            1 => What::Response,
            2 => What::Mail,
            3 => What::Part,
            _ => What::LastPart,
        },
        before: Some(v[1]).filter(|n| *n != NONE),
        complete_in: v[2],
        frame: v[3],
        marks: v[4],
    })
}

/// Tells what each segment is.
#[derive(Default)]
struct Segments {
    /// Which way the server speaks, where the ports do not tell.
    server: Option<Direction>,
    /// A message was asked for.
    asked: bool,
    /// TLS was asked for.
    tls_asked: bool,
    /// From here on it is TLS.
    tls: bool,
    proof: Proof,
    /// Length of the message as announced, and how much of it came.
    total: u32,
    read: u32,
    /// The note of the newest part of a message that is not complete.
    part: Option<u32>,
    pending: What,
    marks: u32,
}

/// A framer for a new conversation.
pub(super) fn new() -> Box<dyn Framer> {
    Box::new(Segments::default())
}

impl Framer for Segments {
    fn step(&mut self, direction: Direction, bytes: &[u8], context: &mut Context<'_>) -> Step {
        let to = context.ports[direction.opposite() as usize];
        let from = context.ports[direction as usize];
        let answers = super::is_response(bytes);
        if self.server.is_none() && to != super::PORT && from != super::PORT {
            // The first to speak is the server, with a greeting.
            self.server = Some(if answers {
                direction
            } else {
                direction.opposite()
            });
        }
        let from_client =
            to == super::PORT || from != super::PORT && self.server != Some(direction);
        self.marks = 0;
        self.pending = if from_client {
            self.request(bytes);
            What::Request
        } else if answers {
            self.response(bytes);
            What::Response
        } else {
            self.data(bytes.len())
        };
        Step::End(bytes.len() as u64)
    }

    fn complete(&mut self, _: Direction, context: &mut Context<'_>) -> u32 {
        let before = match self.pending {
            What::Part | What::LastPart => self.part.take(),
            _ => None,
        };
        let frame = context.frame;
        let complete_in = if self.pending == What::LastPart {
            frame
        } else {
            0
        };
        let values = [
            self.pending as u32,
            before.unwrap_or(NONE),
            complete_in,
            frame,
            self.marks,
            0,
            0,
        ];
        let note = context.note(SEGMENT, 0, values);
        match self.pending {
            What::Part => self.part = Some(note),
            What::LastPart => {
                let mut at = before;
                while let Some(part) = at {
                    let Some(values) = context.amend(part) else {
                        break;
                    };
                    values[2] = frame;
                    at = Some(values[1]).filter(|n| *n != NONE);
                }
            }
            _ => {}
        }
        note
    }

    fn hand_over(&mut self) -> Option<&'static str> {
        self.tls.then_some("tls")
    }
}

impl Segments {
    fn request(&mut self, bytes: &[u8]) {
        let mut at = 0;
        let mut first = true;
        while at < bytes.len() {
            let end = next_line(bytes, at);
            let line = without_end(&bytes[at..end]);
            if first {
                self.command(line);
            }
            // The line with AUTH itself came just now.
            let begins = first && starts_with(line, b"AUTH");
            if !begins && self.proof.line() {
                self.marks |= LINE_CREDENTIALS;
            }
            first = false;
            at = end;
        }
    }

    /// The first line of what the client sends.
    fn command(&mut self, line: &[u8]) {
        self.asked |= starts_with(line, b"RETR") || starts_with(line, b"TOP");
        self.tls_asked = line.eq_ignore_ascii_case(b"STLS");
        let (command, parameter) = tokens(line);
        let (command, parameter) = (&line[command], &line[parameter]);
        if command.eq_ignore_ascii_case(b"PASS") && !parameter.is_empty() {
            self.marks |= PARAMETER_CREDENTIALS;
        }
        if command.eq_ignore_ascii_case(b"AUTH") {
            let mut words = parameter.split(|b| *b == b' ').filter(|w| !w.is_empty());
            let (method, initial) = (words.next().unwrap_or(b""), words.next());
            let (proof, password) = Proof::begin(method, initial.is_some());
            self.proof = proof;
            if password {
                self.marks |= PARAMETER_CREDENTIALS;
            }
        }
    }

    fn response(&mut self, bytes: &[u8]) {
        let line = first_line(bytes);
        let (indicator, description) = tokens(line);
        let good = &line[indicator] == b"+OK";
        if self.asked && good {
            match number(&line[description]) {
                Some(total) => {
                    self.total = total;
                    self.read = 0;
                }
                None => self.marks |= BAD_LENGTH,
            }
        }
        self.asked = false;
        self.tls = self.tls_asked && good;
        self.tls_asked = false;
        self.proof = Proof::None;
    }

    /// A part of a message.
    fn data(&mut self, len: usize) -> What {
        let len = u32::try_from(len).unwrap_or(u32::MAX);
        self.read = self.read.saturating_add(len);
        if self.read < self.total {
            What::Part
        } else if self.part.is_some() {
            What::LastPart
        } else {
            What::Mail
        }
    }
}

/// Whether a line begins with a command, whatever the case.
fn starts_with(line: &[u8], command: &[u8]) -> bool {
    line.get(..command.len())
        .is_some_and(|l| l.eq_ignore_ascii_case(command))
}
