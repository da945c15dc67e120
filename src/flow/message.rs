//! Messages of an application in a TCP stream: where each begins and ends.
//!
//! A protocol that rides on TCP brings a [`Framer`]. The scan feeds it the bytes of a stream in order, and it says how far the
//! message at hand goes; long opaque parts are skipped without being kept. What comes out are [`Message`]s with their spans.

use std::collections::HashMap;

use super::address::Address;
use super::facts::{Facts, Message, NONE, Note, Piece, Span};
use super::history::Chooser;
use super::tcp::Direction;

/// What a framer says of the bytes it is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Show me the same bytes again when there are more of them.
    Need,
    /// The next so many bytes (1 or more, they may still be to come) belong to the message; ask me again behind them.
    Skip(u64),
    /// The next so many bytes (0 or more, they may still be to come) end the message.
    End(u64),
    /// The message goes on until this direction is closed.
    ToClose,
    /// This is not my protocol, or I have lost my place: everything from here on in this direction is plain data.
    Lost,
}

/// What a framer may know and note when it is asked.
pub struct Context<'a> {
    /// The message at hand: its index in [`Facts::messages`], so that a message can be found again from another one's note.
    pub message: u32,
    /// The frame that carries the bytes at hand; when a message is complete, the frame in which it is shown. Nearly always the
    /// frame being scanned; an earlier one where bytes were held back until a hole before them was filled or given up.
    pub frame: u32,
    /// Its time, nanoseconds since 1970.
    pub time_ns: i64,
    /// The TCP stream.
    pub stream: u32,
    /// The port of either side: of the one that sends forward, of the one that sends backward.
    pub ports: [u16; 2],
    /// The address of either side, like `ports`; unknown when the capture is at its end.
    pub addresses: [Address; 2],
    /// Who else reads streams: for a stream that goes over to another protocol, or announces another stream.
    pub chooser: &'a dyn Chooser,
    /// Streams that are expected; an announcement goes here.
    pub expected: &'a mut Expected,
    /// A framer says here in [`Framer::step`] that the message at hand is another protocol's than the stream's (an index of the
    /// registry). Said once, it holds for that message.
    pub reader: Option<u16>,
    /// What is known so far; notes go here.
    pub facts: &'a mut Facts,
}

/// So many announced streams are waited for at most; what is announced beyond that is not recognised.
const EXPECTED_LIMIT: usize = 1 << 16;

/// Streams that other streams announced (FTP's data connections): who will be found to read them. An announcement is good for
/// one stream; a later one for the same ends takes its place.
#[derive(Default)]
pub struct Expected {
    /// By the end that is known whole, and the address of the other, whose port is not known.
    readers: HashMap<((Address, u16), Address), Reader, foldhash::fast::RandomState>,
}

/// Who reads a stream: the registry index of the protocol, and what finds its messages.
pub type Reader = (u16, Box<dyn Framer>);

impl Expected {
    /// A stream between this end and a port of that address will be read by `reader`.
    pub fn announce(&mut self, end: (Address, u16), other: Address, reader: Reader) {
        let key = (end, other);
        if self.readers.len() < EXPECTED_LIMIT || self.readers.contains_key(&key) {
            self.readers.insert(key, reader);
        }
    }

    /// A stream between these ends begins. If it was announced, who reads it.
    pub fn take(&mut self, source: (Address, u16), destination: (Address, u16)) -> Option<Reader> {
        if self.readers.is_empty() {
            return None;
        }
        let answering = self.readers.remove(&(destination, source.0));
        answering.or_else(|| self.readers.remove(&(source, destination.0)))
    }
}

/// Another protocol in a stream that may come back to its own (FTP's AUTH TLS, which CCC ends): which messages are the other's,
/// and the other's framer. The stream's framer asks it first, in each of its methods. Where there is no way back,
/// [`Framer::hand_over`] is simpler.
#[derive(Default)]
pub struct Guest {
    reader: Option<Reader>,
    /// Whether the message at hand is the other's.
    inside: [bool; 2],
}

impl Guest {
    /// From the next message on, what may be the other protocol's is. `name` is its filter name.
    pub fn begin(&mut self, name: &str, context: &Context<'_>) {
        if self.reader.is_none() {
            self.reader = context.chooser.named(name);
        }
    }

    /// Whether there is another.
    pub fn is_over(&self) -> bool {
        self.reader.is_some()
    }

    /// The other's step, if these bytes are the other's.
    pub fn step(
        &mut self,
        direction: Direction,
        bytes: &[u8],
        context: &mut Context<'_>,
    ) -> Option<Step> {
        let (protocol, framer) = self.reader.as_mut()?;
        let inside = &mut self.inside[direction as usize];
        *inside = *inside || framer.begins(bytes);
        inside.then(|| {
            context.reader = Some(*protocol);
            framer.step(direction, bytes, context)
        })
    }

    /// The other's note, if the message that is complete was the other's.
    pub fn complete(&mut self, direction: Direction, context: &mut Context<'_>) -> Option<u32> {
        let inside = std::mem::take(&mut self.inside[direction as usize]);
        let (_, framer) = self.reader.as_mut().filter(|_| inside)?;
        Some(framer.complete(direction, context))
    }

    /// The message at hand is given up.
    pub fn reset(&mut self, direction: Direction) {
        if std::mem::take(&mut self.inside[direction as usize])
            && let Some((_, framer)) = &mut self.reader
        {
            framer.reset(direction);
        }
    }
}

impl Context<'_> {
    /// Do something with [`Context::frame`] set to another frame. Notes stay sorted: one about an earlier frame is filed under
    /// the newest frame that has notes (messages find theirs by index).
    fn about<R>(&mut self, frame: u32, act: impl FnOnce(&mut Self) -> R) -> R {
        let scanned = std::mem::replace(&mut self.frame, frame);
        let before = self.facts.notes.len();
        let result = act(self);
        self.frame = scanned;
        if frame < scanned {
            let newest = before
                .checked_sub(1)
                .map_or(0, |last| self.facts.notes[last].frame);
            for note in &mut self.facts.notes[before..] {
                note.frame = note.frame.max(newest);
            }
        }
        result
    }

    /// Note something about the frame at hand; returns the note's index, for [`Context::amend`].
    pub fn note(&mut self, tag: u16, ordinal: u16, values: [u32; 7]) -> u32 {
        let at = u32::try_from(self.facts.notes.len()).unwrap_or(NONE);
        self.facts.notes.push(Note {
            frame: self.frame,
            tag,
            ordinal,
            values,
        });
        at
    }

    /// The values of a note, to be changed: an answer was found to an earlier request.
    pub fn amend(&mut self, note: u32) -> Option<&mut [u32; 7]> {
        self.facts
            .notes
            .get_mut(note as usize)
            .map(|n| &mut n.values)
    }
}

/// Finds the messages of one protocol in one TCP conversation, both directions. Keeps what it must remember between them.
pub trait Framer: Send + Sync {
    /// How far the message goes. `bytes` starts where the last step ended (or, after [`Step::Need`], where it started).
    /// Never empty. At most a megabyte is kept: asking for more than that loses the stream.
    fn step(&mut self, direction: Direction, bytes: &[u8], context: &mut Context<'_>) -> Step;

    /// Whether a message may begin with these bytes. Asked where the stream may also be another protocol's ([`Guest`]).
    fn begins(&self, bytes: &[u8]) -> bool {
        let _ = bytes;
        true
    }

    /// Whether each segment is a message of its own, read as it comes. One that comes behind its turn is then no message, as the
    /// yardstick has it.
    fn takes_segments(&self) -> bool {
        false
    }

    /// The stream was announced ([`Expected`]); `note` is what was noted about it then.
    fn announced(&mut self, note: u32) {
        let _ = note;
    }

    /// A message is complete in the frame being scanned. Returns the note that belongs to it, or [`NONE`].
    fn complete(&mut self, direction: Direction, context: &mut Context<'_>) -> u32 {
        let _ = (direction, context);
        NONE
    }

    /// The message that was begun in this direction is given up, because bytes of it were lost: the next bytes begin anew.
    fn reset(&mut self, direction: Direction) {
        let _ = direction;
    }

    /// Bytes were lost in this direction. Returns whether the framer can go on behind the gap: most can, since a segment
    /// nearly always begins with a message. What was begun is given up, unless the gap lies in a part that is skipped.
    fn gap(&mut self, direction: Direction, len: u32) -> bool {
        let _ = (direction, len);
        true
    }

    /// Asked behind each complete message: the filter name of the protocol that the conversation goes on in from here, in both
    /// directions (`tls` after STARTTLS was agreed on). It brings a framer of its own.
    fn hand_over(&mut self) -> Option<&'static str> {
        None
    }
}

/// How many bytes of an undecided message are kept.
const KEPT_LIMIT: usize = 1 << 20;

/// One direction's message at hand.
#[derive(Default)]
pub struct Tracker {
    /// Bytes that the framer wants to see again.
    kept: Vec<u8>,
    /// Spans of the message so far.
    spans: Vec<Span>,
    /// Opaque bytes still to skip.
    skip: u64,
    /// The message ends behind them.
    ends: bool,
    /// It goes on to the end of the stream.
    to_close: bool,
    /// A part of it is missing in the capture: it will not be complete.
    hole: bool,
    /// The framer gave up in this direction.
    lost: bool,
    /// Index of the message at hand in the facts, or none is begun.
    message: Option<u32>,
}

impl Tracker {
    /// Whether the framer gave up in this direction.
    pub fn is_lost(&self) -> bool {
        self.lost
    }

    /// Take in the next bytes of the stream: `span` says where they are in their frame. If the conversation changes its protocol
    /// behind a message that ends in them, the name of that protocol and the position of the bytes that are left for it.
    pub fn feed(
        &mut self,
        framer: &mut dyn Framer,
        protocol: u16,
        direction: Direction,
        span: Span,
        bytes: &[u8],
        context: &mut Context<'_>,
    ) -> Option<(&'static str, usize)> {
        let mut at = 0;
        while at < bytes.len() && !self.lost {
            if self.message.is_none() {
                self.message = Some(begin(context.facts, context.stream, direction, protocol));
            }
            if self.to_close {
                self.take(span, at, bytes.len(), context.facts);
                return None;
            }
            if self.skip > 0 {
                let step = usize::try_from(self.skip)
                    .unwrap_or(usize::MAX)
                    .min(bytes.len() - at);
                self.take(span, at, at + step, context.facts);
                self.skip -= step as u64;
                at += step;
                if self.skip == 0 && self.ends {
                    self.finish(framer, direction, context);
                    if let Some(other) = framer.hand_over() {
                        return Some((other, at));
                    }
                }
                continue;
            }
            // Ask the framer, showing what was kept and what came.
            context.message = self.message.unwrap_or(NONE);
            let before = self.kept.len();
            let shown = if before == 0 {
                &bytes[at..]
            } else {
                self.kept.extend_from_slice(&bytes[at..]);
                &self.kept
            };
            let step = context.about(span.frame, |context| framer.step(direction, shown, context));
            if let Some(reader) = context.reader.take()
                && let Some(message) = self.message
                && let Some(message) = context.facts.messages.get_mut(message as usize)
            {
                message.protocol = reader;
            }
            match step {
                Step::Need => {
                    if before == 0 {
                        self.kept.extend_from_slice(&bytes[at..]);
                    }
                    self.take(span, at, bytes.len(), context.facts);
                    if self.kept.len() > KEPT_LIMIT {
                        self.give_up();
                    }
                    return None;
                }
                Step::Lost => {
                    self.give_up();
                    return None;
                }
                Step::ToClose => {
                    self.kept = Vec::new();
                    self.to_close = true;
                }
                Step::Skip(n) | Step::End(n) => {
                    // The kept bytes count as passed already.
                    let n = if matches!(step, Step::Skip(0)) { 1 } else { n };
                    let passed = before as u64;
                    self.ends = matches!(step, Step::End(_));
                    if n < passed {
                        // The framer ended inside what was kept: it asked for more than it used. That cannot be told to
                        // the frames already counted in, so the message takes the kept bytes as a whole.
                        self.give_up();
                        return None;
                    }
                    self.kept.clear();
                    self.skip = n - passed;
                    if self.skip == 0 && self.ends {
                        self.finish(framer, direction, context);
                        if let Some(other) = framer.hand_over() {
                            return Some((other, at));
                        }
                    }
                }
            }
        }
        None
    }

    /// This direction is closed: a message that goes to the end is complete now.
    pub fn close(
        &mut self,
        framer: &mut dyn Framer,
        direction: Direction,
        context: &mut Context<'_>,
    ) {
        if self.to_close && self.message.is_some() {
            self.finish(framer, direction, context);
        }
    }

    /// Bytes were lost in this direction.
    pub fn gap(&mut self, framer: &mut dyn Framer, direction: Direction, len: u32) {
        if self.lost || self.to_close {
            self.hole |= self.to_close;
            return;
        }
        if !framer.gap(direction, len) {
            self.give_up();
            return;
        }
        let len = u64::from(len);
        if self.skip > len {
            self.skip -= len;
            self.hole = true;
        } else {
            *self = Tracker::default();
            framer.reset(direction);
        }
    }

    /// Nobody reads on in this direction.
    pub fn lose(&mut self) {
        self.give_up();
    }

    fn give_up(&mut self) {
        *self = Tracker {
            lost: true,
            ..Tracker::default()
        };
    }

    /// Count bytes `from..to` of the span in as part of the message.
    fn take(&mut self, span: Span, from: usize, to: usize, facts: &mut Facts) {
        let (Ok(from), Ok(to)) = (u32::try_from(from), u32::try_from(to)) else {
            return;
        };
        let part = Span {
            frame: span.frame,
            offset: span.offset.saturating_add(from),
            len: to.saturating_sub(from),
        };
        if part.len == 0 {
            return;
        }
        if let Some(last) = self.spans.last_mut()
            && last.frame == part.frame
            && last.offset + last.len == part.offset
        {
            last.len += part.len;
            if let Some(message) = self.message
                && let Some(piece) = facts
                    .pieces
                    .iter_mut()
                    .rev()
                    .take(64)
                    .find(|p| p.message == message && p.span.frame == part.frame)
            {
                piece.span.len += part.len;
            }
            return;
        }
        self.spans.push(part);
        if let Some(message) = self.message {
            facts.add_piece(Piece {
                span: part,
                message,
            });
        }
    }

    fn finish(&mut self, framer: &mut dyn Framer, direction: Direction, context: &mut Context<'_>) {
        if self.hole {
            // Not whole: it stays without a last frame.
            *self = Tracker::default();
            framer.reset(direction);
            return;
        }
        let shown_in = self
            .spans
            .iter()
            .map(|s| s.frame)
            .max()
            .unwrap_or(context.frame);
        context.message = self.message.unwrap_or(NONE);
        let note = context.about(shown_in, |context| framer.complete(direction, context));
        let facts = &mut *context.facts;
        facts.learned_of(shown_in);
        let start = u32::try_from(facts.spans.len()).unwrap_or(NONE);
        facts.spans.extend_from_slice(&self.spans);
        let end = u32::try_from(facts.spans.len()).unwrap_or(NONE);
        let len = self
            .spans
            .iter()
            .fold(0u32, |sum, s| sum.saturating_add(s.len));
        if let Some(message) = self
            .message
            .take()
            .and_then(|m| facts.messages.get_mut(m as usize))
        {
            message.spans = start..end;
            message.last_frame = shown_in;
            message.len = len;
            message.note = note;
        }
        self.spans.clear();
        // Most streams lie idle behind a message: what they kept is given back.
        self.kept = Vec::new();
        self.skip = 0;
        self.ends = false;
        self.to_close = false;
        self.hole = false;
    }
}

/// A new message in the facts.
fn begin(facts: &mut Facts, stream: u32, direction: Direction, protocol: u16) -> u32 {
    let at = u32::try_from(facts.messages.len()).unwrap_or(NONE);
    facts.messages.push(Message {
        stream,
        direction,
        protocol,
        spans: 0..0,
        last_frame: 0,
        len: 0,
        note: NONE,
    });
    at
}
