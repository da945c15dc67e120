//! A TCP conversation's state and what it tells of each segment, in one pass in capture order.
//!
//! Whoever reads the frames keeps one [`Stream`] a conversation and hands it each [`Segment`] once, in capture order;
//! it gets back the [`TcpFacts`] of that frame: what only history can tell. What the whole stream shares (sequence
//! bases, window scales, initial round-trip time, completeness) is asked from the `Stream`, best after the last frame.

mod analysis;
#[cfg(test)]
mod tests;
mod unacked;

use unacked::Unacked;

/// The header's flag bits.
const FIN: u16 = 1;
const SYN: u16 = 2;
const RST: u16 = 4;
const PSH: u16 = 8;
const ACK: u16 = 16;

/// One TCP segment as the scan hands it over.
#[derive(Clone, Copy, Debug, Default)]
pub struct Segment {
    /// Frame number, counted from 1.
    pub frame: u32,
    /// Capture time in nanoseconds since 1970.
    pub time_ns: i64,
    /// Sequence number as on the wire.
    pub seq: u32,
    /// Acknowledgment number as on the wire (whatever the ACK flag says).
    pub ack: u32,
    /// The flag bits as in the header: FIN 1, SYN 2, RST 4, PSH 8, ACK 16, URG 32 ...
    pub flags: u16,
    /// The window as on the wire, not scaled.
    pub window: u16,
    /// Payload bytes by the IP length (not by what was captured).
    pub len: u32,
    /// The options that the analysis looks at.
    pub options: SegmentOptions,
}

/// The options of one segment that matter to the analysis.
#[derive(Clone, Copy, Debug, Default)]
pub struct SegmentOptions {
    /// Window scale shift count (RFC 7323 section 2).
    pub window_scale: Option<u8>,
    /// Bytes between the edges of all selective acknowledgments (RFC 2018 section 3).
    pub sacked: u32,
}

/// Which way a segment goes: 0 = sent by the side that sent the stream's first frame, 1 = the other way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// From the side that sent the first frame seen of the stream.
    Forward = 0,
    /// From the other side.
    Backward = 1,
}

/// What history tells of one frame: a set of named bits (`Marks::RETRANSMISSION` ...).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Marks(pub u32);

/// What history tells of one segment; 20 bytes. Zero stands for "none" in every number unless a mark says otherwise.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TcpFacts {
    /// What the analysis found.
    pub marks: Marks,
    /// The frame before this one in the stream, 0 for the first (`tcp.time_delta`).
    pub prev_frame: u32,
    /// The frame whose data this segment acknowledges, 0 = none (`tcp.analysis.acks_frame`, `ack_rtt` from the times).
    pub acks_frame: u32,
    /// Bytes sent and not yet acknowledged, this segment included, 0 = not known (`tcp.analysis.bytes_in_flight`).
    pub bytes_in_flight: u32,
    /// Bytes since the last PSH, this segment included, 0 = none (`tcp.analysis.push_bytes_sent`).
    pub push_bytes: u32,
}

impl TcpFacts {
    /// Whether the analysis has anything to say of this frame; `tcp.analysis` and `tcp.analysis.initial_rtt` are shown
    /// only then.
    #[must_use]
    pub fn has_analysis(&self) -> bool {
        self.marks.0 != 0
            || self.acks_frame != 0
            || self.bytes_in_flight != 0
            || self.push_bytes != 0
    }
}

/// What few frames have, kept beside the facts ([`Marks::HAS_NOTE`] is set when there is one).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TcpNote {
    /// This is the how-manieth duplicate of an ACK, 0 = no duplicate.
    pub duplicate_ack_num: u32,
    /// The frame of the ACK that is repeated.
    pub duplicate_ack_frame: u32,
    /// The frame from which the retransmission delay is measured, 0 = none (`tcp.analysis.rto_frame`, `rto` from the times).
    pub rto_frame: u32,
}

/// A segment's facts and, for few, the note beside them.
#[derive(Clone, Copy, Debug, Default)]
pub struct Outcome {
    /// The facts every segment has.
    pub facts: TcpFacts,
    /// The rest, where there is any.
    pub note: Option<TcpNote>,
}

/// The shift that a direction's window values are scaled by, as far as the capture tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum WindowScale {
    /// The handshake was not seen (shown as -1).
    #[default]
    Unknown,
    /// One side did not offer scaling, so none is used (shown as -2).
    None,
    /// Windows are to be shifted left by this count (shown as the factor, 1 << count).
    Shift(u8),
}

/// The state of one TCP conversation, both directions. Its size does not grow beyond two bounded lists of segments
/// that wait for their acknowledgment.
#[derive(Clone, Debug, Default)]
pub struct Stream {
    /// One side each, indexed by [`Direction`].
    sides: [Side; 2],
    first_frame: u32,
    last_frame: u32,
    first_time_ns: i64,
    /// When the handshake's SYN came.
    syn_time_ns: Option<i64>,
    initial_rtt_ns: Option<i64>,
    /// What the frames after the first show, and what the first one shows.
    seen: u8,
    seen_in_first: u8,
    reused: bool,
    announced: bool,
}

impl Stream {
    /// A stream that begins with this segment (which is then to be given to [`Stream::segment`], as forward).
    /// `reused`: an older stream had the same addresses and ports (see [`Stream::is_reused_by`]).
    #[must_use]
    pub fn new(first: &Segment, reused: bool) -> Stream {
        Stream {
            first_frame: first.frame,
            first_time_ns: first.time_ns,
            reused,
            ..Stream::default()
        }
    }

    /// Says that another protocol announced this stream's ports (FTP's PASV, say). Its first SYN then does not count in
    /// [`Stream::completeness`], as the yardstick has it. Call between `new` and the first `segment`.
    pub fn set_announced(&mut self) {
        self.announced = true;
    }

    /// Whether this segment, found to have the stream's addresses and ports, is in truth the start of a new
    /// conversation on reused ports. The caller then puts a new [`Stream`] in this one's place. Ask before `segment`.
    #[must_use]
    pub fn is_reused_by(&self, segment: &Segment, direction: Direction) -> bool {
        let side = &self.sides[direction as usize];
        segment.flags & (SYN | ACK) == SYN && side.has(BASE) && side.base != segment.seq
    }

    /// Reads a little of all that the next segment will ask for; the number means nothing.
    pub(super) fn touch(&self) -> u32 {
        let [a, b] = &self.sides;
        a.base ^ a.next_frame ^ b.base ^ b.next_frame ^ self.last_frame
    }

    /// Takes in the next segment and tells what history says of it.
    pub fn segment(&mut self, segment: &Segment, direction: Direction) -> Outcome {
        analysis::segment(self, segment, direction)
    }

    /// Takes in that `frame` quotes a segment of this stream (in an ICMP error). It was on the wire before and tells the
    /// analysis nothing, but counts as a frame of the stream.
    pub fn quoted(&mut self, frame: u32) -> TcpFacts {
        let prev_frame = std::mem::replace(&mut self.last_frame, frame);
        TcpFacts {
            prev_frame,
            ..TcpFacts::default()
        }
    }

    /// The stream's first frame.
    #[must_use]
    pub fn first_frame(&self) -> u32 {
        self.first_frame
    }

    /// The stream's newest frame.
    #[must_use]
    pub fn last_frame(&self) -> u32 {
        self.last_frame
    }

    /// The time of the stream's first frame (`tcp.time_relative` counts from it), nanoseconds since 1970.
    #[must_use]
    pub fn first_time_ns(&self) -> i64 {
        self.first_time_ns
    }

    /// The sequence number that relative ones count from at `frame`: `tcp.seq` = raw - base of the segment's direction,
    /// `tcp.ack` = raw - base of the other one, both wrapping. It moves where a second SYN/ACK begins anew; before the
    /// first move, the last place counts.
    #[must_use]
    pub fn base(&self, direction: Direction, frame: u32) -> u32 {
        let side = &self.sides[direction as usize];
        side.moves()
            .iter()
            .rev()
            .find(|(at, _)| *at <= frame)
            .map_or(side.base, |(_, base)| *base)
    }

    /// Whether `frame` is a SYN/ACK that began elsewhere than this stream's last one, which marks it
    /// [`Marks::REUSED_PORTS`] in hindsight.
    #[must_use]
    pub fn is_reused_at(&self, frame: u32) -> bool {
        self.sides.iter().any(|side| {
            side.moves()
                .iter()
                .any(|(at, base)| *at == frame && *at == side.handshake_frame && *base != side.base)
        })
    }

    /// How windows sent in this direction are scaled.
    #[must_use]
    pub fn window_scale(&self, direction: Direction) -> WindowScale {
        self.sides[direction as usize].scale
    }

    /// From SYN to the ACK that ends the handshake, nanoseconds (`tcp.analysis.initial_rtt`).
    #[must_use]
    pub fn initial_rtt_ns(&self) -> Option<i64> {
        self.initial_rtt_ns
    }

    /// Which parts of the conversation were captured, as shown at `frame`: the whole stream's value, except that a
    /// first frame in mid-conversation does not count itself.
    #[must_use]
    pub fn completeness(&self, frame: u32) -> Completeness {
        let first = if frame == self.first_frame {
            0
        } else {
            self.seen_in_first
        };
        Completeness(self.seen | first)
    }
}

/// Which parts of a conversation were captured; shown as text it reads as `tcp.completeness` does.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Completeness(pub u8);

impl std::fmt::Display for Completeness {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (handshake, data, ended) = (self.0 & 7, self.0 & 8 != 0, self.0 & 48 != 0);
        let text = match (handshake, data, ended) {
            (7, true, true) => "Complete, WITH_DATA",
            (7, false, true) => "Complete, NO_DATA",
            (7, true, false) => "Incomplete, DATA",
            (7, false, false) => "Incomplete, ESTABLISHED",
            (3, false, false) => "Incomplete, CLIENT_ESTABLISHED",
            (1, false, false) => "Incomplete, SYN_SENT",
            _ => "Incomplete",
        };
        write!(f, "{text} ({})", self.0)
    }
}

impl Direction {
    /// The other way.
    #[must_use]
    pub fn opposite(self) -> Direction {
        match self {
            Direction::Forward => Direction::Backward,
            Direction::Backward => Direction::Forward,
        }
    }
}

impl Marks {
    /// Data (or SYN, FIN) that was sent before.
    pub const RETRANSMISSION: Marks = Marks(1);
    /// A retransmission that follows duplicate ACKs at once.
    pub const FAST_RETRANSMISSION: Marks = Marks(1 << 1);
    /// A retransmission of what is already acknowledged.
    pub const SPURIOUS_RETRANSMISSION: Marks = Marks(1 << 2);
    /// A segment that was overtaken by a later one.
    pub const OUT_OF_ORDER: Marks = Marks(1 << 3);
    /// The same ACK once more.
    pub const DUPLICATE_ACK: Marks = Marks(1 << 4);
    /// Before this segment one is missing in the capture.
    pub const LOST_SEGMENT: Marks = Marks(1 << 5);
    /// Acknowledges what the capture does not have.
    pub const ACK_LOST_SEGMENT: Marks = Marks(1 << 6);
    /// A keep-alive.
    pub const KEEP_ALIVE: Marks = Marks(1 << 7);
    /// The answer to a keep-alive.
    pub const KEEP_ALIVE_ACK: Marks = Marks(1 << 8);
    /// Says nothing new but another window.
    pub const WINDOW_UPDATE: Marks = Marks(1 << 9);
    /// Fills the receiver's window to the brim.
    pub const WINDOW_FULL: Marks = Marks(1 << 10);
    /// The sender of this segment can take nothing more.
    pub const ZERO_WINDOW: Marks = Marks(1 << 11);
    /// One byte sent to learn whether a closed window has opened.
    pub const ZERO_WINDOW_PROBE: Marks = Marks(1 << 12);
    /// The answer to a zero window probe.
    pub const ZERO_WINDOW_PROBE_ACK: Marks = Marks(1 << 13);
    /// The first segment of a new conversation on ports used before.
    pub const REUSED_PORTS: Marks = Marks(1 << 14);
    /// Nothing to show, but the frame counts as analysed (all that is in flight is acknowledged selectively; or the ACK is
    /// once more beyond what was captured).
    pub const ANALYSED: Marks = Marks(1 << 15);
    /// A [`TcpNote`] belongs to this frame.
    pub const HAS_NOTE: Marks = Marks(1 << 31);

    /// The marks as text that stands before a segment's summary, `[TCP Dup ACK 5#1] ` and the like, in their usual
    /// order; empty where there is nothing to say.
    #[must_use]
    pub fn prefix(self, note: Option<&TcpNote>) -> String {
        let retransmission = if self.has(Marks::FAST_RETRANSMISSION) {
            "Fast Retransmission"
        } else if self.has(Marks::SPURIOUS_RETRANSMISSION) {
            "Spurious Retransmission"
        } else {
            "Retransmission"
        };
        let note = note.copied().unwrap_or_default();
        let repeat = format!(
            "Dup ACK {}#{}",
            note.duplicate_ack_frame, note.duplicate_ack_num
        );
        let names = [
            (Marks::ZERO_WINDOW_PROBE, "ZeroWindowProbe"),
            (Marks::ZERO_WINDOW_PROBE_ACK, "ZeroWindowProbeAck"),
            (Marks::ZERO_WINDOW, "ZeroWindow"),
            (Marks::WINDOW_FULL, "Window Full"),
            (Marks::WINDOW_UPDATE, "Window Update"),
            (Marks::KEEP_ALIVE, "Keep-Alive"),
            (Marks::KEEP_ALIVE_ACK, "Keep-Alive ACK"),
            (Marks::DUPLICATE_ACK, repeat.as_str()),
            (Marks::ACK_LOST_SEGMENT, "ACKed unseen segment"),
            (Marks::LOST_SEGMENT, "Previous segment not captured"),
            (Marks::RETRANSMISSION, retransmission),
            (Marks::OUT_OF_ORDER, "Out-Of-Order"),
            (Marks::REUSED_PORTS, "Port numbers reused"),
        ];
        let mut text = String::new();
        for (_, name) in names.iter().filter(|(mark, _)| self.has(*mark)) {
            text.push_str("[TCP ");
            text.push_str(name);
            text.push_str("] ");
        }
        text
    }

    /// Whether all bits of `other` are set here.
    #[must_use]
    pub fn has(self, other: Marks) -> bool {
        self.0 & other.0 == other.0
    }
}

impl std::ops::BitOr for Marks {
    type Output = Marks;
    fn bitor(self, other: Marks) -> Marks {
        Marks(self.0 | other.0)
    }
}

impl std::ops::BitOrAssign for Marks {
    fn bitor_assign(&mut self, other: Marks) {
        self.0 |= other.0;
    }
}

/// Bits of [`Side::known`].
const BASE: u8 = 1;
const NEXT: u8 = 2;
const ACKED: u8 = 4;
const EXPECTED: u8 = 8;
const WINDOW: u8 = 16;
/// A segment of this side was lost, and the other side has not spoken since.
const GAP: u8 = 32;

/// What is known of one side as a sender.
#[derive(Clone, Debug, Default)]
struct Side {
    /// Which of the following are known.
    known: u8,
    scale: WindowScale,
    /// The frame of its first SYN/ACK.
    handshake_frame: u32,
    /// Where `base` moved: frame and new base, only if it did.
    rebased: Option<Box<Moves>>,
    /// The window this side last announced, as on the wire.
    window: u16,
    base: u32,
    /// The sequence number expected next from this side: the end of its furthest segment.
    next: u32,
    /// The furthest acknowledgment that the other side can rightly send.
    expected_ack: u32,
    /// The last acknowledgment this side sent, its frame (of the first, if repeated), how often it was repeated, and when.
    acked: u32,
    acked_frame: u32,
    acked_time_ns: i64,
    repeats: u32,
    /// The frame that brought `next`, and when.
    next_frame: u32,
    next_time_ns: i64,
    /// Bytes that this side's last segment acknowledged selectively.
    sacked: u32,
    /// Bytes since the last PSH.
    pushing: u32,
    /// The marks of this side's last segment.
    last: Marks,
    /// What this side sent and the other has not acknowledged.
    unacked: Unacked,
}

/// Frames at which a side's base moved, and where to.
#[derive(Clone, Debug, Default)]
struct Moves(Vec<(u32, u32)>);

/// How many moves of its base a side remembers.
const REBASE_LIMIT: usize = 64;

impl Side {
    /// Moves the base to `base` at `frame`.
    fn rebase(&mut self, frame: u32, base: u32) {
        let (first_frame, first_base) = (self.handshake_frame, self.base);
        let moves = &mut self.rebased.get_or_insert_default().0;
        if moves.is_empty() && first_frame != 0 {
            moves.push((first_frame, first_base));
        }
        if moves.len() >= REBASE_LIMIT {
            moves.pop();
        }
        moves.push((frame, base));
        self.base = base;
    }

    fn moves(&self) -> &[(u32, u32)] {
        self.rebased.as_deref().map_or(&[], |moves| &moves.0)
    }

    fn has(&self, what: u8) -> bool {
        self.known & what != 0
    }
}

/// `a < b` on the circle of sequence numbers (RFC 9293 section 3.4).
fn before(a: u32, b: u32) -> bool {
    a.wrapping_sub(b) > i32::MAX as u32
}
