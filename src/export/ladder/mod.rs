//! A ladder: the life lines of those who talk, and an arrow for each packet between them. Plain data, which the session makes
//! from a capture or from a play of the Lab; the window paints it, `svg` writes it to a file, `text` says it in words.
//!
//! The drawing is laid out once (`layout`), in shapes that the window and the file have in common.

pub mod layout;
mod state;
pub mod svg;
mod text;
mod words;

use std::collections::BTreeMap;

pub use state::TcpState;
pub use text::text;
pub use words::step;

/// Arrows that are kept or given up together.
pub const BLOCK: usize = 256;

/// Rows that a ladder has at most; what comes behind is counted in [`Ladder::left_out`].
pub const ROWS: usize = 4 << 20;

/// One who takes part: a vertical line of the drawing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LifeLine {
    /// Its name, in large letters: `bar.com`, or an address where no name is known.
    pub name: String,
    /// The address and port below the name: `192.168.0.145 : 49152`. Empty where the name says it.
    pub address: String,
}

/// The numbers of a TCP segment.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Numbers {
    /// Sequence number, counted from the beginning of the stream.
    pub seq: u32,
    /// Acknowledgment number, counted so; `None` without the ACK flag.
    pub ack: Option<u32>,
    /// The sequence number on the wire.
    pub seq_raw: u32,
    /// The acknowledgment number on the wire.
    pub ack_raw: Option<u32>,
    /// The window in bytes, scaled.
    pub window: u32,
    /// The flag bits of the header: FIN 1, SYN 2, RST 4, PSH 8, ACK 16.
    pub flags: u16,
}

/// What became of a packet on its way.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Fate {
    /// It arrived, as far as is known.
    #[default]
    Arrived,
    /// It got lost.
    Lost,
    /// It probably got lost: it was sent again, and nobody acknowledged it before.
    Presumed,
    /// Others overtook it.
    Late,
    /// A copy that the wire made.
    Doubled,
    /// A bit of it was turned on its way: the receiver drops it.
    Damaged,
}

impl Fate {
    /// In a word; empty for one that arrived.
    pub const fn word(self) -> &'static str {
        match self {
            Fate::Arrived => "",
            Fate::Lost => "lost",
            Fate::Presumed => "probably lost",
            Fate::Late => "late",
            Fate::Doubled => "a copy",
            Fate::Damaged => "damaged",
        }
    }

    /// Whether it never came to its receiver in a form that counts.
    pub const fn is_gone(self) -> bool {
        matches!(self, Fate::Lost | Fate::Presumed | Fate::Damaged)
    }
}

/// What the history of a conversation says of a packet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Remark {
    /// Sent before.
    Retransmission,
    /// Sent again because others behind it were acknowledged.
    FastRetransmission,
    /// Sent again although it had been acknowledged.
    SpuriousRetransmission,
    /// Behind a later one.
    OutOfOrder,
    /// The same acknowledgment once more: which repetition.
    DuplicateAck(u32),
    /// One before it is not in the capture.
    GapBefore,
    /// It acknowledges what is not in the capture.
    AcksUnseen,
    /// Asks whether the other end is still there.
    KeepAlive,
    /// The answer to that.
    KeepAliveAck,
    /// Its sender can take nothing more.
    ZeroWindow,
    /// Asks whether there is room again.
    WindowProbe,
    /// The answer to that.
    WindowProbeAck,
    /// Its sender has room for more.
    WindowUpdate,
    /// It fills the room that the other end offered.
    WindowFull,
    /// Begins a conversation on ports that were used before.
    PortsReused,
}

impl Remark {
    /// In a few words.
    pub fn words(self) -> String {
        match self {
            Remark::Retransmission => "retransmission".into(),
            Remark::FastRetransmission => "fast retransmission".into(),
            Remark::SpuriousRetransmission => "needless retransmission".into(),
            Remark::OutOfOrder => "out of order".into(),
            Remark::DuplicateAck(n) => format!("duplicate ACK {n}"),
            Remark::GapBefore => "one before is missing".into(),
            Remark::AcksUnseen => "acknowledges unseen data".into(),
            Remark::KeepAlive => "keep-alive".into(),
            Remark::KeepAliveAck => "keep-alive answered".into(),
            Remark::ZeroWindow => "window 0".into(),
            Remark::WindowProbe => "window probe".into(),
            Remark::WindowProbeAck => "window probe answered".into(),
            Remark::WindowUpdate => "window update".into(),
            Remark::WindowFull => "window full".into(),
            Remark::PortsReused => "ports reused".into(),
        }
    }
}

/// How an end of a conversation stands after a packet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct End {
    /// Whose (index into [`Ladder::lines`]).
    pub line: usize,
    /// Its state of TCP.
    pub state: Option<TcpState>,
    /// Where the application's protocol stands: `recipients`, `AUTHORIZATION`; of the server only. Empty where it does not tell.
    pub stage: &'static str,
    /// It was in another state before this packet.
    pub new_state: bool,
    /// The application's protocol stood elsewhere before this packet.
    pub new_stage: bool,
}

impl End {
    /// Whether this packet has changed anything.
    pub fn changed(&self) -> bool {
        self.new_state || self.new_stage
    }

    /// What this packet has changed: the state, the stage or both.
    pub fn news(&self) -> impl Iterator<Item = &'static str> {
        let state = self.state.filter(|_| self.new_state).map(TcpState::name);
        let stage = Some(self.stage).filter(|s| self.new_stage && !s.is_empty());
        state.into_iter().chain(stage)
    }

    /// State and stage in a line.
    pub fn words(&self) -> String {
        let state = self.state.map_or("", TcpState::name);
        match (state, self.stage) {
            (state, "") => state.to_owned(),
            ("", stage) => stage.to_owned(),
            (state, stage) => format!("{state} · {stage}"),
        }
    }
}

/// A packet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Arrow {
    /// The number of the frame.
    pub frame: u32,
    /// Who sent it (index into [`Ladder::lines`]).
    pub from: usize,
    /// For whom it is; `None`: for everybody.
    pub to: Option<usize>,
    /// When it was captured, nanoseconds since 1970; `None` if the file does not say.
    pub time_ns: Option<i64>,
    /// When its sender put it on the wire, where that is known (a play of the Lab).
    pub sent_ns: Option<i64>,
    /// When it was there, where that is known.
    pub there_ns: Option<i64>,
    /// TCP's flags (`SYN, ACK`), or the name of the protocol (`DNS`).
    pub title: String,
    /// What the application says, in a line; empty for packets without.
    pub line: String,
    /// Source and destination port, where it has them.
    pub ports: Option<(u16, u16)>,
    /// TCP's numbers.
    pub numbers: Option<Numbers>,
    /// Bytes that it carries for the application (without TCP or UDP: of the whole frame).
    pub len: u32,
    /// What became of it.
    pub fate: Fate,
    /// What the history says of it.
    pub remarks: Vec<Remark>,
    /// How the two ends of its conversation stand after it.
    pub ends: Vec<End>,
    /// What happens, in plain words, where whoever made the packet said it (a play of the Lab); [`step`] has words for every
    /// packet.
    pub words: String,
    /// The step of the play that it belongs to, from 0.
    pub step: Option<usize>,
}

/// The ladder. All its rows are known by their frames; the arrows of those in memory are there, the first ones always.
#[derive(Clone, Debug, Default)]
pub struct Ladder {
    /// What is shown: `TCP stream 0`.
    pub title: String,
    /// Who talks, from left to right. Those that speak later come behind.
    pub lines: Vec<LifeLine>,
    /// The time of the first packet, from which times are counted.
    pub origin_ns: i64,
    /// Decimals of seconds that times are shown with.
    pub decimals: usize,
    /// Whether everything that there is, is here: no more rows will come.
    pub done: bool,
    /// Packets beyond [`ROWS`].
    pub left_out: u64,
    /// Why it ended before its time.
    pub error: Option<String>,
    frames: Vec<u32>,
    blocks: BTreeMap<usize, Vec<Arrow>>,
}

impl Ladder {
    /// A ladder without packets.
    pub fn between(lines: Vec<LifeLine>) -> Ladder {
        Ladder {
            lines,
            ..Ladder::default()
        }
    }

    /// How many rows it has.
    pub fn len(&self) -> usize {
        self.frames.len()
    }

    /// Whether it has none.
    pub fn is_empty(&self) -> bool {
        self.frames.is_empty()
    }

    /// The arrow in a row, if it is in memory.
    pub fn arrow(&self, row: usize) -> Option<&Arrow> {
        self.blocks.get(&(row / BLOCK))?.get(row % BLOCK)
    }

    /// The arrow in a row, to change.
    pub fn arrow_mut(&mut self, row: usize) -> Option<&mut Arrow> {
        self.blocks.get_mut(&(row / BLOCK))?.get_mut(row % BLOCK)
    }

    /// The frame in a row.
    pub fn frame(&self, row: usize) -> Option<u32> {
        self.frames.get(row).copied()
    }

    /// The row of a frame.
    pub fn row_of(&self, frame: u32) -> Option<usize> {
        self.frames.binary_search(&frame).ok()
    }

    /// How many rows there are up to a frame, this one included.
    pub fn rows_until(&self, frame: u32) -> usize {
        self.frames.partition_point(|f| *f <= frame)
    }

    /// Add rows at the end: their frames, in order. Their arrows come with [`Ladder::put`].
    pub fn push_frames(&mut self, frames: &[u32]) {
        let room = ROWS.saturating_sub(self.frames.len()).min(frames.len());
        self.left_out += (frames.len() - room) as u64;
        self.frames.extend_from_slice(&frames[..room]);
    }

    /// Add an arrow at the end, with its row.
    pub fn push(&mut self, arrow: Arrow) {
        let row = self.frames.len();
        self.push_frames(&[arrow.frame]);
        if self.frames.len() > row {
            self.put(row, arrow);
        }
    }

    /// Put the arrow of a row where it belongs: behind those of its block that are there, or in place of one.
    pub fn put(&mut self, row: usize, arrow: Arrow) {
        let block = self.blocks.entry(row / BLOCK).or_default();
        let here = row % BLOCK;
        if here == block.len() {
            block.push(arrow);
        } else if let Some(slot) = block.get_mut(here) {
            *slot = arrow;
        }
    }

    /// Whether the arrows of a block are all in memory, as far as there are rows.
    pub fn has_block(&self, block: usize) -> bool {
        let rows = self.frames.len().saturating_sub(block * BLOCK).min(BLOCK);
        self.blocks.get(&block).map_or(0, Vec::len) >= rows
    }

    /// Give up the arrows of a block.
    pub fn drop_block(&mut self, block: usize) {
        self.blocks.remove(&block);
    }

    /// The blocks in memory.
    pub fn blocks(&self) -> impl Iterator<Item = usize> + '_ {
        self.blocks.keys().copied()
    }

    /// How each line stands after a row: what the last packet up to it said, looking back a few hundred rows at most.
    pub fn ends_at(&self, row: usize) -> Vec<Option<End>> {
        let mut ends: Vec<Option<End>> = vec![None; self.lines.len()];
        let mut left = ends.len();
        for row in (row.saturating_sub(2 * BLOCK)..=row).rev() {
            for end in self.arrow(row).map_or(&[][..], |a| &a.ends) {
                if let Some(slot @ None) = ends.get_mut(end.line) {
                    *slot = Some(*end);
                    left -= 1;
                }
            }
            if left == 0 {
                break;
            }
        }
        ends
    }

    /// A time as the ladder writes it: seconds since its first packet.
    pub fn time(&self, arrow: &Arrow) -> String {
        let Some(time) = arrow.time_ns else {
            return String::new();
        };
        let mut out = String::new();
        let since = time.saturating_sub(self.origin_ns);
        super::text::seconds(since, self.decimals, &mut out);
        out.push_str(" s");
        out
    }

    /// The name of a line; of `None`: everybody.
    pub fn name(&self, line: Option<usize>) -> &str {
        match line {
            None => "everybody",
            Some(line) => self.lines.get(line).map_or("", |l| &l.name),
        }
    }
}

impl Arrow {
    /// `Seq=1 Ack=49 Len=12`; ports and length of a datagram; the length of anything else.
    pub fn counted(&self) -> String {
        match (self.numbers, self.ports) {
            (Some(n), _) => {
                let ack = n.ack.map_or(String::new(), |ack| format!(" Ack={ack}"));
                format!("Seq={}{ack} Len={}", n.seq, self.len)
            }
            (None, Some((from, to))) => format!("{from} → {to} Len={}", self.len),
            (None, None) => format!("{} bytes", self.len),
        }
    }

    /// The numbers on the wire; empty for what has none.
    pub fn absolute(&self) -> String {
        match self.numbers {
            Some(n) => {
                let ack = n.ack_raw.map_or(String::new(), |ack| format!(" / {ack}"));
                format!("({}{ack})", n.seq_raw)
            }
            None => String::new(),
        }
    }

    /// Fate and remarks in a line.
    pub fn remarked(&self) -> String {
        let mut all: Vec<String> = Vec::new();
        if !self.fate.word().is_empty() {
            all.push(self.fate.word().to_owned());
        }
        all.extend(self.remarks.iter().map(|r| r.words()));
        all.join(" · ")
    }
}
