//! The segments one side has sent and the other has not acknowledged; bounded.
//!
//! Kept by sequence number, so that taking in the next segment and acknowledging the oldest cost the same however many
//! wait between them. Positions are compared as on the circle of sequence numbers.

use smallvec::SmallVec;

use super::before;

/// How many segments are remembered a direction. Where more wait, the capture lacks their acknowledgments (one
/// direction only); the oldest is forgotten.
const LIMIT: usize = 1024;

/// One sent segment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Sent {
    pub seq: u32,
    /// The sequence number after its last byte (SYN and FIN count one).
    pub end: u32,
    pub frame: u32,
}

/// See the module.
#[derive(Clone, Debug, Default)]
pub(super) struct Unacked {
    /// In most conversations one or two wait at a time; those need no memory of their own.
    sent: SmallVec<[Sent; 2]>,
    /// The furthest `end`; means nothing while `sent` is empty.
    reach: u32,
}

impl Unacked {
    /// Takes in a segment.
    pub fn push(&mut self, segment: Sent) {
        if self.sent.is_empty() {
            // The usual case.
            self.reach = segment.end;
            self.sent.push(segment);
            return;
        }
        if before(self.reach, segment.end) {
            self.reach = segment.end;
        }
        if self.sent.len() >= LIMIT {
            self.sent.remove(0);
        }
        let elder = |s: &Sent| !before(segment.seq, s.seq);
        let mut at = self.sent.len();
        if self.sent.last().is_some_and(|s| !elder(s)) {
            at = self.sent.partition_point(elder);
        }
        // Sent again as it was: the first sending stays the one that is acknowledged.
        let same = |s: &Sent| (s.seq, s.end) == (segment.seq, segment.end);
        if at
            .checked_sub(1)
            .and_then(|i| self.sent.get(i))
            .is_some_and(same)
        {
            return;
        }
        self.sent.insert(at, segment);
    }

    /// Takes out what `ack` acknowledges; the earliest frame that ends exactly there, if any.
    pub fn acknowledge(&mut self, ack: u32) -> Option<u32> {
        if let [only] = self.sent[..]
            && only.end == ack
            && before(only.seq, ack)
        {
            // The usual case.
            self.sent.clear();
            return Some(only.frame);
        }
        let mut exact: Option<u32> = None;
        // How many stay of those looked at, acknowledged in part (at most a few that overlap), and how many were looked at.
        let (mut stay, mut seen) = (0, 0);
        while let Some(s) = self.sent.get(seen).copied() {
            if !before(s.seq, ack) || stay > 8 {
                break;
            }
            if before(ack, s.end) {
                self.sent[stay] = Sent { seq: ack, ..s };
                stay += 1;
            } else if s.end == ack {
                exact = Some(exact.map_or(s.frame, |f| f.min(s.frame)));
            }
            seen += 1;
        }
        if stay < seen {
            self.sent.drain(stay..seen);
        }
        exact
    }

    /// How many segments wait.
    #[cfg(test)]
    pub fn len(&self) -> usize {
        self.sent.len()
    }

    /// The frame that has waited longest.
    pub fn oldest(&self) -> Option<u32> {
        self.sent.iter().map(|s| s.frame).min()
    }

    /// From the first unacknowledged sequence number to the furthest, holes included. First and furthest are meant
    /// as counted from `base`, without wrapping; where that makes no sense (the furthest before the first), 0.
    pub fn span(&self, base: u32) -> u32 {
        let Some(front) = self.sent.first() else {
            return 0;
        };
        let (mut first, mut reach) = (front.seq.wrapping_sub(base), self.reach.wrapping_sub(base));
        if first > i32::MAX as u32 {
            // Rare: before the base, or 2 GiB behind it.
            for s in &self.sent {
                first = first.min(s.seq.wrapping_sub(base));
            }
            reach = self
                .sent
                .iter()
                .map(|s| s.end.wrapping_sub(base))
                .max()
                .unwrap_or(reach);
        }
        let span = reach.wrapping_sub(first);
        if span > i32::MAX as u32 { 0 } else { span }
    }
}
