//! One direction of a TCP connection put in order (RFC 9293 section 3.4): what came twice counts once, what came too early waits.

use std::collections::BTreeMap;

/// Bytes that may wait for those before them; beyond that the hole is given up.
const WAITING: usize = 64 << 20;

/// A segment's bytes that can be read now, or a hole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// The bytes of this frame.
    Bytes {
        frame: u32,
        time_ns: i64,
        bytes: Vec<u8>,
    },
    /// So many bytes are not in the capture; known with this frame.
    Hole { frame: u32, time_ns: i64, len: u64 },
}

/// A segment of one direction.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Segment {
    pub frame: u32,
    pub time_ns: i64,
    /// The sequence number of the first byte.
    pub seq: u32,
    /// How many bytes it had on the wire; more than `bytes` where the capture cuts packets short.
    pub len: u32,
    pub bytes: Vec<u8>,
}

/// One direction.
#[derive(Debug, Default)]
pub(super) struct Assembly {
    /// Place in the stream of the next byte, counted from the first; and its sequence number.
    next: Option<u32>,
    /// What waits, by its distance from the byte that was next when the hole came up.
    waiting: BTreeMap<u64, Segment>,
    held: usize,
    /// Bytes behind the byte that was next at first; keys of `waiting` count from the same place.
    position: u64,
}

impl Assembly {
    /// The connection begins: the next byte has this number.
    pub(super) fn begin(&mut self, next: u32) {
        if self.next.is_none() {
            self.next = Some(next);
        }
    }

    /// A segment comes.
    pub(super) fn take(&mut self, segment: Segment, out: &mut Vec<Part>) {
        if segment.len == 0 {
            return;
        }
        let next = *self.next.get_or_insert(segment.seq);
        let distance = segment.seq.wrapping_sub(next) as i32;
        if distance <= 0 {
            self.put(segment, u64::from(distance.unsigned_abs()), out);
            self.go_on(out);
            return;
        }
        self.held += segment.bytes.len();
        let place = self.position + u64::from(distance.unsigned_abs());
        let known = self
            .waiting
            .get(&place)
            .is_some_and(|s| s.len >= segment.len);
        if !known {
            self.waiting.insert(place, segment);
        }
        if self.held > WAITING {
            self.give_up(out);
        }
    }

    /// The other side says that it has everything before this number: what is not there now was lost by the capture, not by
    /// the network.
    pub(super) fn acknowledged(&mut self, ack: u32, out: &mut Vec<Part>) {
        let Some(next) = self.next else { return };
        while let Some(first) = self.waiting.keys().next() {
            let beyond = ack.wrapping_sub(self.next.unwrap_or(next)) as i32;
            let hole = first.saturating_sub(self.position);
            if beyond <= 0 || u64::from(beyond.unsigned_abs()) < hole {
                return;
            }
            self.give_up(out);
        }
    }

    /// Nothing more comes: what waits is shown with its holes.
    pub(super) fn finish(&mut self, out: &mut Vec<Part>) {
        while !self.waiting.is_empty() {
            self.give_up(out);
        }
    }

    /// A segment whose first `known` bytes are there already.
    fn put(&mut self, segment: Segment, known: u64, out: &mut Vec<Part>) {
        let fresh = u64::from(segment.len).saturating_sub(known);
        if fresh == 0 {
            return;
        }
        let from = usize::try_from(known).unwrap_or(usize::MAX);
        let bytes = segment.bytes.get(from..).unwrap_or(&[]).to_vec();
        let lost = fresh.saturating_sub(bytes.len() as u64);
        let (frame, time_ns) = (segment.frame, segment.time_ns);
        if !bytes.is_empty() {
            out.push(Part::Bytes {
                frame,
                time_ns,
                bytes,
            });
        }
        if lost > 0 {
            out.push(Part::Hole {
                frame,
                time_ns,
                len: lost,
            });
        }
        self.advance(fresh);
    }

    fn advance(&mut self, by: u64) {
        self.position += by;
        self.next = self.next.map(|n| n.wrapping_add(by as u32));
    }

    /// What waited for the bytes that are there now.
    fn go_on(&mut self, out: &mut Vec<Part>) {
        while let Some(entry) = self.waiting.first_entry() {
            if *entry.key() > self.position {
                return;
            }
            let (place, segment) = entry.remove_entry();
            self.held = self.held.saturating_sub(segment.bytes.len());
            self.put(segment, self.position - place, out);
        }
    }

    /// The first hole stays one.
    fn give_up(&mut self, out: &mut Vec<Part>) {
        let Some((place, segment)) = self.waiting.first_key_value() else {
            return;
        };
        let len = place.saturating_sub(self.position);
        let (frame, time_ns) = (segment.frame, segment.time_ns);
        if len > 0 {
            out.push(Part::Hole {
                frame,
                time_ns,
                len,
            });
            self.advance(len);
        }
        self.go_on(out);
    }
}
