//! Putting one direction of a TCP conversation together in order, in spite of loss, reordering, overlap and repetition.
//!
//! Segments come in capture order. What is new and in order goes straight on to the [`Sink`], nothing copied; what was
//! there before is dropped (the first copy counts); what comes too early is copied and held until the hole before it
//! fills. A hole that cannot fill any more is reported and skipped: when the other side has acknowledged it (it got
//! the bytes, the capture did not), or when too much is held behind it.
//!
//! Sequence numbers are compared as on a circle (RFC 9293 section 3.4), so a stream may be of any length.

use std::collections::VecDeque;

/// How many bytes one direction holds back at most.
pub const HOLD_BYTES: usize = 1 << 20;
/// How many segments one direction holds back at most.
pub const HOLD_SEGMENTS: usize = 1024;

/// Where a piece of payload or a hole in it goes.
pub trait Sink {
    /// The next bytes of the stream, in order. `frame` carried them; `offset` is where they start, counted as the
    /// `offset` given with their segment was.
    fn deliver(&mut self, frame: u32, offset: u32, bytes: &[u8]);

    /// `len` bytes that the capture does not have were skipped.
    fn gap(&mut self, len: u32);

    /// Asks whether `bytes` more may be held. Whoever has many streams counts here against a limit for all of them;
    /// after "no" the stream skips the hole rather than wait.
    fn reserve(&mut self, bytes: usize) -> bool {
        let _ = bytes;
        true
    }

    /// `bytes` that were reserved are held no more.
    fn release(&mut self, bytes: usize) {
        let _ = bytes;
    }
}

/// What became of one segment's payload; the parts add up to its length.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Taken {
    /// Bytes at its start that the stream had before (or has skipped).
    pub old: u32,
    /// Bytes that were new and went on to the sink at once.
    pub new: u32,
    /// Bytes that came too early and are held.
    pub held: u32,
}

/// One direction of a conversation, put together in order.
#[derive(Clone, Debug, Default)]
pub struct ByteStream {
    /// The sequence number of the first byte of all, once known.
    first: Option<u32>,
    /// The sequence number of the next byte to deliver, once known.
    next: Option<u32>,
    /// The furthest acknowledgment of the other side, once known.
    acked: Option<u32>,
    held: Option<Box<Held>>,
}

/// Segments that came too early, by sequence number; they may overlap.
#[derive(Clone, Debug, Default)]
struct Held {
    pieces: VecDeque<Piece>,
    bytes: usize,
}

#[derive(Clone, Debug)]
struct Piece {
    frame: u32,
    offset: u32,
    seq: u32,
    bytes: Box<[u8]>,
}

impl ByteStream {
    /// A SYN with this sequence number: the first byte has the next one. Without a SYN the stream begins with the first
    /// payload seen. A SYN that is repeated changes nothing; one that begins elsewhere begins anew.
    pub fn start(&mut self, syn: u32, sink: &mut dyn Sink) {
        let first = syn.wrapping_add(1);
        if self.first != Some(first) {
            self.finish(sink);
            *self = ByteStream {
                first: Some(first),
                next: Some(first),
                ..ByteStream::default()
            };
        }
    }

    /// Takes in a segment's payload; `offset` is where it starts in its frame.
    pub fn segment(
        &mut self,
        frame: u32,
        offset: u32,
        seq: u32,
        payload: &[u8],
        sink: &mut dyn Sink,
    ) -> Taken {
        let len = to_u32(payload.len());
        self.first.get_or_insert(seq);
        let next = *self.next.get_or_insert(seq);
        let Some(ahead) = distance(next, seq) else {
            let old = next.wrapping_sub(seq).min(len);
            let new = self.pass_on(frame, offset, seq, payload, sink);
            self.pass_on_held(sink);
            return Taken { old, new, held: 0 };
        };
        if ahead > 0 {
            if self
                .acked
                .is_none_or(|acked| distance(seq, acked).is_none())
                && self.hold(frame, offset, seq, payload, sink)
            {
                return Taken {
                    old: 0,
                    new: 0,
                    held: len,
                };
            }
            // The hole will not fill, or there is no room to wait for it.
            self.skip_to(seq, sink);
        }
        let new = self.pass_on(frame, offset, seq, payload, sink);
        self.pass_on_held(sink);
        Taken {
            old: len - new,
            new,
            held: 0,
        }
    }

    /// `len` bytes from `seq` on were sent, but this capture cut them off: a hole that will not fill.
    pub fn cut(&mut self, seq: u32, len: u32, sink: &mut dyn Sink) {
        let end = seq.wrapping_add(len);
        self.first.get_or_insert(seq);
        let next = *self.next.get_or_insert(seq);
        if distance(next, seq).is_none_or(|ahead| ahead == 0) && distance(next, end).is_some() {
            self.skip_to(end, sink);
            self.pass_on_held(sink);
        }
    }

    /// The other side acknowledged everything before `ack`: holes before it will not fill any more.
    pub fn acknowledged(&mut self, ack: u32, sink: &mut dyn Sink) {
        if self
            .acked
            .is_none_or(|acked| distance(acked, ack).is_some())
        {
            self.acked = Some(ack);
        }
        while let Some(first) = self.first_held() {
            if distance(first, ack).is_none() {
                break;
            }
            self.skip_to(first, sink);
            self.pass_on_held(sink);
        }
    }

    /// Nothing more will come: passes on what is held, with the holes in it.
    pub fn finish(&mut self, sink: &mut dyn Sink) {
        while let Some(first) = self.first_held() {
            self.skip_to(first, sink);
            self.pass_on_held(sink);
        }
    }

    /// How many bytes are held.
    #[must_use]
    pub fn held(&self) -> usize {
        self.held.as_ref().map_or(0, |held| held.bytes)
    }

    fn first_held(&self) -> Option<u32> {
        Some(self.held.as_ref()?.pieces.front()?.seq)
    }

    /// Keeps a copy of a segment that came too early; false: there is no room.
    fn hold(
        &mut self,
        frame: u32,
        offset: u32,
        seq: u32,
        payload: &[u8],
        sink: &mut dyn Sink,
    ) -> bool {
        if payload.is_empty() {
            return true;
        }
        let held = self.held.get_or_insert_default();
        // Nearly always it belongs at the end.
        let mut at = held.pieces.len();
        if held
            .pieces
            .back()
            .is_some_and(|last| distance(last.seq, seq).is_none())
        {
            at = held
                .pieces
                .partition_point(|p| distance(p.seq, seq).is_some());
        }
        let end = seq.wrapping_add(to_u32(payload.len()));
        let elder = at.checked_sub(1).and_then(|i| held.pieces.get(i));
        if elder.is_some_and(|p| distance(end, p.end()).is_some()) {
            return true; // it is all there already
        }
        if held.pieces.len() >= HOLD_SEGMENTS
            || held.bytes.saturating_add(payload.len()) > HOLD_BYTES
            || !sink.reserve(payload.len())
        {
            // Then the oldest hole goes instead, whose bytes have had the most time to come.
            return false;
        }
        held.bytes += payload.len();
        held.pieces.insert(
            at,
            Piece {
                frame,
                offset,
                seq,
                bytes: payload.into(),
            },
        );
        true
    }

    /// Passes on what is new in a segment that starts at or before `next`; how many bytes that was.
    fn pass_on(
        &mut self,
        frame: u32,
        offset: u32,
        seq: u32,
        payload: &[u8],
        sink: &mut dyn Sink,
    ) -> u32 {
        let next = self.next.unwrap_or(seq);
        let old = next.wrapping_sub(seq);
        let Some(fresh) = payload
            .get(old as usize..)
            .filter(|fresh| !fresh.is_empty())
        else {
            return 0;
        };
        let len = to_u32(fresh.len());
        self.next = Some(next.wrapping_add(len));
        sink.deliver(frame, offset.saturating_add(old), fresh);
        len
    }

    /// Passes on what was held and is in order now.
    fn pass_on_held(&mut self, sink: &mut dyn Sink) {
        loop {
            let (Some(held), Some(next)) = (&mut self.held, self.next) else {
                return;
            };
            match held.pieces.front() {
                None => {
                    self.held = None;
                    return;
                }
                Some(first) if distance(next, first.seq).is_some_and(|ahead| ahead > 0) => return,
                Some(_) => (),
            }
            let Some(piece) = held.pieces.pop_front() else {
                return;
            };
            held.bytes = held.bytes.saturating_sub(piece.bytes.len());
            sink.release(piece.bytes.len());
            self.pass_on(piece.frame, piece.offset, piece.seq, &piece.bytes, sink);
        }
    }

    /// Gives up the bytes before `seq` that are missing, passing on what is held among them.
    fn skip_to(&mut self, seq: u32, sink: &mut dyn Sink) {
        while let Some(next) = self.next {
            let Some(missing) = distance(next, seq).filter(|missing| *missing > 0) else {
                return;
            };
            let to_held = self.first_held().and_then(|first| distance(next, first));
            let gap = to_held.map_or(missing, |to_held| to_held.min(missing));
            if gap > 0 {
                sink.gap(gap);
                self.next = Some(next.wrapping_add(gap));
            }
            self.pass_on_held(sink);
        }
    }
}

impl Piece {
    fn end(&self) -> u32 {
        self.seq.wrapping_add(to_u32(self.bytes.len()))
    }
}

/// How far `to` lies ahead of `from` on the circle of sequence numbers; none if it lies behind.
fn distance(from: u32, to: u32) -> Option<u32> {
    Some(to.wrapping_sub(from)).filter(|ahead| *ahead <= i32::MAX as u32)
}

/// A segment's length; an IP packet cannot be longer than this holds.
fn to_u32(len: usize) -> u32 {
    u32::try_from(len).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests;
