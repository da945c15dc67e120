//! Where records end in a stream, and what the reader must know about each: the agreed version, whether it is encrypted, whether
//! it holds a Client Hello, or a part of one.

use super::{CHANGE, SHAKE, header, old_hello};
use crate::flow::facts::{NONE, tag};
use crate::flow::message::{Context, Framer, Step};
use crate::flow::tcp::Direction;

/// The tag of the notes of a TLS stream.
pub(super) const TAG: u16 = tag(b"TL");
/// Values of such a note: the version that both sides agreed on, 0 = not known.
pub(super) const AGREED: usize = 0;
/// Whether the direction is encrypted at this record.
pub(super) const ENCRYPTED: usize = 1;
/// Whether the record holds a Client Hello or a part of one: see the constants below.
pub(super) const HELLO: usize = 2;
/// A Client Hello in parts: the message (number + 1) with the part before, 0 = this is the first.
pub(super) const BEFORE: usize = 3;
/// A Client Hello in parts: the frame with the last one, 0 = it never came.
pub(super) const LAST_FRAME: usize = 4;

/// The record holds no Client Hello.
const NO_HELLO: u32 = 0;
/// It begins with a whole one.
const WHOLE_HELLO: u32 = 1;
/// It begins with a part of one (RFC 8446 section 5.1 lets a message stretch over records).
pub(super) const PART_OF_HELLO: u32 = 2;

/// A Client Hello is put together of at most so many records, and is at most so long.
const PARTS_LIMIT: usize = 256;
const HELLO_LIMIT: u64 = 1 << 16;

/// A Client Hello that is not whole yet.
#[derive(Default)]
struct Parts {
    /// Its first bytes: type and length.
    head: Vec<u8>,
    /// How many bytes of it came.
    have: u64,
    /// The notes of the records so far.
    notes: Vec<u32>,
    /// The message at hand when the last part came.
    last: u32,
}

impl Parts {
    /// Length of the whole message with its header, as soon as that is known.
    fn total(&self) -> Option<u64> {
        match self.head[..] {
            [_, a, b, c, ..] => Some(4 + u64::from(u32::from_be_bytes([0, a, b, c]))),
            _ => None,
        }
    }
}

/// Finds the records of a stream. Three notes serve all its records but those with parts of a Client Hello.
#[derive(Default)]
pub(super) struct Records {
    /// The notes: plain, encrypted, with a Client Hello.
    notes: Option<[u32; 3]>,
    /// Notes of records with a part of a Client Hello.
    parts: Vec<u32>,
    version: u16,
    /// Which directions are encrypted.
    encrypted: [bool; 2],
    /// The record at hand switches encryption on.
    changes: [bool; 2],
    /// The note of the record at hand, where it is none of the usual ones.
    special: [Option<u32>; 2],
    /// By direction: the Client Hello that is to be continued.
    pending: [Option<Parts>; 2],
    /// The version is the server's own word.
    certain: bool,
}

impl Records {
    fn notes(&mut self, context: &mut Context<'_>) -> [u32; 3] {
        let version = u32::from(self.version);
        *self.notes.get_or_insert_with(|| {
            [(0, NO_HELLO), (1, NO_HELLO), (0, WHOLE_HELLO)].map(|(encrypted, hello)| {
                let ordinal = (encrypted | hello << 1) as u16;
                context.note(TAG, ordinal, [version, encrypted, hello, 0, 0, 0, 0])
            })
        })
    }

    /// Take a version as the agreed one.
    fn agree(&mut self, version: u16, certain: bool, context: &mut Context<'_>) {
        if self.certain || (self.version != 0 && !certain) {
            return;
        }
        self.version = version;
        self.certain = certain;
        let usual = self.notes(context);
        for note in usual.iter().chain(&self.parts) {
            if let Some(values) = context.amend(*note) {
                values[AGREED] = u32::from(version);
            }
        }
    }

    /// A plain handshake record that begins with a Client Hello, or goes on with one. `content`: as much of it as is there.
    fn hello(
        &mut self,
        direction: Direction,
        content: &[u8],
        len: usize,
        context: &mut Context<'_>,
    ) {
        let at = direction as usize;
        let mut parts = self.pending[at].take().unwrap_or_default();
        let first = parts.notes.is_empty();
        let missing = 4usize.saturating_sub(parts.head.len());
        parts.head.extend(content.iter().take(missing.min(len)));
        parts.have += len as u64;
        let total = parts.total();
        if first && total.is_some_and(|t| t <= parts.have) {
            self.special[at] = Some(self.notes(context)[2]);
            return;
        }
        if total.is_some_and(|t| t > HELLO_LIMIT) || parts.notes.len() >= PARTS_LIMIT {
            return;
        }
        let done = total.is_some_and(|t| t <= parts.have);
        let previous = if first {
            0
        } else {
            parts.last.saturating_add(1)
        };
        parts.last = context.message;
        let values = [u32::from(self.version), 0, PART_OF_HELLO, previous, 0, 0, 0];
        let note = context.note(TAG, 3, values);
        parts.notes.push(note);
        self.parts.push(note);
        self.special[at] = Some(note);
        if done {
            // Which frame it is shown in is known when the record is complete.
            parts.head.clear();
        }
        self.pending[at] = Some(parts);
    }
}

impl Framer for Records {
    fn begins(&self, bytes: &[u8]) -> bool {
        match bytes {
            [kind] => (CHANGE..=super::BEAT).contains(kind),
            [kind, 3, ..] if bytes.len() < 5 => (CHANGE..=super::BEAT).contains(kind),
            _ => header(bytes).is_some() || old_hello(bytes).is_some(),
        }
    }

    fn step(&mut self, direction: Direction, bytes: &[u8], context: &mut Context<'_>) -> Step {
        self.notes(context);
        if let Some(len) = old_hello(bytes) {
            return Step::End(len as u64);
        }
        if bytes.len() < 5 {
            return Step::Need;
        }
        let Some((kind, version, len)) = header(bytes) else {
            // Not a record. The next segment may begin one again.
            return Step::End(bytes.len() as u64);
        };
        let at = direction as usize;
        self.changes[at] = kind == CHANGE;
        let first = bytes.get(5).copied();
        let goes_on = self.pending[at].is_some();
        // What TLS 1.3 encrypts calls itself application data: a second Client Hello may come behind a change of ciphers.
        let modern = self.certain && self.version == 0x0304;
        let plain = kind == SHAKE && (modern || !self.encrypted[at]);
        if plain && len > 0 && (first == Some(1) || goes_on) {
            if bytes.len() < 5 + len.min(4) {
                return Step::Need;
            }
            self.hello(direction, &bytes[5..bytes.len().min(5 + len)], len, context);
        } else {
            self.pending[at] = None;
        }
        if plain && first == Some(2) && !goes_on {
            let Some(content) = bytes.get(5..5 + len) else {
                return Step::Need;
            };
            if let Some(chosen) = server_version(content) {
                self.agree(chosen, true, context);
            }
        } else if kind != SHAKE || first.is_some_and(|t| t != 1 && t != 2 && t < 32) && !goes_on {
            self.agree(version, false, context);
        }
        Step::End(5 + len as u64)
    }

    fn complete(&mut self, direction: Direction, context: &mut Context<'_>) -> u32 {
        let at = direction as usize;
        let usual = self.notes(context)[usize::from(self.encrypted[at])];
        self.encrypted[at] |= std::mem::take(&mut self.changes[at]);
        // The last part came: tell all of them.
        if let Some(parts) = self.pending[at].take_if(|p| p.head.is_empty()) {
            let frame = context.frame;
            for note in parts.notes {
                if let Some(values) = context.amend(note) {
                    values[LAST_FRAME] = frame;
                }
            }
        }
        self.special[at].take().unwrap_or(usual)
    }

    fn reset(&mut self, direction: Direction) {
        let at = direction as usize;
        self.changes[at] = false;
        self.special[at] = None;
        self.pending[at] = None;
    }
}

/// The version that a Server Hello chooses: its own field, or the extension of TLS 1.3 (RFC 8446 section 4.2.1).
fn server_version(hello: &[u8]) -> Option<u16> {
    let u16_at = |at: usize| Some(u16::from_be_bytes([*hello.get(at)?, *hello.get(at + 1)?]));
    let version = u16_at(4)?;
    let session = usize::from(*hello.get(38)?);
    // Cipher suite and compression method stand between session and extensions.
    let mut at = 39 + session + 3;
    let Some(extensions) = u16_at(at) else {
        return Some(version);
    };
    at += 2;
    let end = at + usize::from(extensions);
    while at + 4 <= end {
        let (Some(kind), Some(len)) = (u16_at(at), u16_at(at + 2)) else {
            break;
        };
        if kind == 43 && len == 2 {
            return u16_at(at + 4);
        }
        at += 4 + usize::from(len);
    }
    Some(version)
}

/// What the note of a record says; nothing without one.
pub(super) fn values(facts: &crate::flow::facts::Facts, note: u32) -> [u32; 7] {
    let note = facts
        .notes
        .get(note as usize)
        .filter(|n| note != NONE && n.tag == TAG);
    note.map_or([0; 7], |n| n.values)
}
