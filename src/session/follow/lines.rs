//! Where the lines of a followed conversation are: found once in the background, so that painting makes the visible ones only.

use super::stream::Followed;

/// Bytes in a line of hexadecimal.
pub const HEX: u64 = 16;

/// How the bytes are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mode {
    /// As text, in lines.
    #[default]
    Text,
    /// In hexadecimal, sixteen to a line.
    Hex,
}

/// What is to be shown, and how.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Layout {
    /// How the bytes are shown.
    pub mode: Mode,
    /// One side only (0 the client, 1 the other), or both.
    pub side: Option<u8>,
    /// A line of text has at most so many bytes.
    pub columns: u32,
}

/// What a line is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The head of a turn: who, when, how much (`len`).
    Caption,
    /// Bytes.
    Data,
    /// So many bytes are missing here (`len`).
    Missing,
}

/// A line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Line {
    /// What it is.
    pub kind: Kind,
    /// Whose it is.
    pub side: u8,
    /// Where its bytes begin in what this side said.
    pub at: u64,
    /// How many bytes: of the line; of a caption, those of the turn.
    pub len: u64,
    /// The piece (index) that it begins with; for data, ask [`Followed::piece_at`].
    pub piece: usize,
}

/// Lines of one kind and side that follow each other.
#[derive(Clone, Copy, Debug)]
struct Run {
    kind: Kind,
    side: u8,
    from: u64,
    to: u64,
    piece: usize,
    /// Number of the first line.
    first: u64,
    /// Its lines in `starts`.
    start: usize,
}

/// The lines of a conversation in one layout.
#[derive(Debug)]
pub struct Index {
    layout: Layout,
    runs: Vec<Run>,
    /// The runs of bytes of either side.
    of_side: [Vec<u32>; 2],
    /// Where each line of text begins.
    starts: Vec<u64>,
    lines: u64,
    /// Pieces taken in.
    pieces: usize,
    scratch: Vec<u8>,
}

impl Index {
    /// No lines yet.
    pub fn new(layout: Layout) -> Index {
        Index {
            layout,
            runs: Vec::new(),
            of_side: Default::default(),
            starts: Vec::new(),
            lines: 0,
            pieces: 0,
            scratch: Vec::new(),
        }
    }

    /// The layout it is made for.
    pub fn layout(&self) -> Layout {
        self.layout
    }

    /// How many lines there are.
    pub fn len(&self) -> u64 {
        self.lines
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.lines == 0
    }

    /// Take in pieces that came since, as many as hold about `most` bytes. Says whether all are in.
    pub fn extend(&mut self, stream: &Followed, most: u64) -> bool {
        let mut taken = 0;
        while taken < most {
            let Some(piece) = stream.pieces().get(self.pieces) else {
                return true;
            };
            let index = self.pieces;
            self.pieces += 1;
            if self.layout.side.is_some_and(|s| s != piece.side) {
                continue;
            }
            if piece.missing > 0 {
                self.begin(Kind::Missing, piece.side, 0, index);
                if let Some(run) = self.runs.last_mut() {
                    run.to = piece.missing;
                }
                self.lines += 1;
                continue;
            }
            let to = piece.at + u64::from(piece.len);
            taken += u64::from(piece.len);
            let same = self
                .runs
                .last()
                .is_some_and(|r| r.kind == Kind::Data && r.side == piece.side);
            if same && !piece.begins {
                self.grow(stream, to);
                continue;
            }
            let spoke = self.runs.iter().rev().find(|r| r.kind == Kind::Data);
            let goes_on = spoke.is_some_and(|r| r.side == piece.side) && !piece.begins;
            if !goes_on && (self.layout.side.is_none() || piece.begins) {
                self.begin(Kind::Caption, piece.side, piece.at, index);
                self.lines += 1;
            }
            self.begin(Kind::Data, piece.side, piece.at, index);
            self.grow(stream, to);
        }
        self.pieces == stream.pieces().len()
    }

    fn begin(&mut self, kind: Kind, side: u8, at: u64, piece: usize) {
        if kind == Kind::Data {
            let index = u32::try_from(self.runs.len()).unwrap_or(u32::MAX);
            self.of_side[usize::from(side & 1)].push(index);
        }
        self.runs.push(Run {
            kind,
            side,
            from: at,
            to: at,
            piece,
            first: self.lines,
            start: self.starts.len(),
        });
    }

    /// The last run, of bytes, goes on to `to`: its last line is made anew, and those behind it.
    fn grow(&mut self, stream: &Followed, to: u64) {
        let Some(run) = self.runs.last_mut() else {
            return;
        };
        let before = run.to;
        run.to = to;
        let run = *run;
        if self.layout.mode == Mode::Hex {
            self.lines = run.first + (to - run.from).div_ceil(HEX);
            return;
        }
        // Whether the last line is whole shows only with what comes behind it.
        let mut at = match self.starts.len() > run.start {
            true => self.starts.pop().unwrap_or(before),
            false => run.from,
        };
        let columns = self.layout.columns.max(8) as usize;
        let mut bytes = std::mem::take(&mut self.scratch);
        bytes.clear();
        let len = usize::try_from(to - at).unwrap_or(usize::MAX);
        stream.read(run.side, at, len, &mut bytes);
        let mut rest = bytes.as_slice();
        while !rest.is_empty() {
            let sight = &rest[..rest.len().min(columns + 2)];
            let len = match memchr::memchr(b'\n', sight) {
                Some(end) => end + 1,
                None if rest.len() <= columns => rest.len(),
                None => whole(rest, columns),
            };
            self.starts.push(at);
            at += len as u64;
            rest = &rest[len..];
        }
        self.scratch = bytes;
        self.lines = run.first + (self.starts.len() - run.start) as u64;
    }

    /// A line by its number.
    pub fn line(&self, number: u64) -> Option<Line> {
        if number >= self.lines {
            return None;
        }
        let at = self
            .runs
            .partition_point(|r| r.first <= number)
            .checked_sub(1)?;
        let run = self.runs.get(at)?;
        let (from, len) = match run.kind {
            Kind::Missing => (0, run.to),
            Kind::Caption => {
                let turn = self.runs[at + 1..].iter();
                let turn = turn.take_while(|r| r.kind != Kind::Caption);
                let said = turn.filter(|r| r.kind == Kind::Data).map(|r| r.to - r.from);
                (run.from, said.sum())
            }
            Kind::Data if self.layout.mode == Mode::Hex => {
                let from = run.from + (number - run.first) * HEX;
                (from, HEX.min(run.to - from))
            }
            Kind::Data => {
                let place = run.start + usize::try_from(number - run.first).ok()?;
                let from = *self.starts.get(place)?;
                let next = self.starts.get(place + 1).copied();
                let last = number + 1 == self.runs.get(at + 1).map_or(self.lines, |r| r.first);
                let end = if last { run.to } else { next.unwrap_or(run.to) };
                (from, end.saturating_sub(from))
            }
        };
        Some(Line {
            kind: run.kind,
            side: run.side,
            at: from,
            len,
            piece: run.piece,
        })
    }

    /// The number of the line with this byte of a side.
    pub fn line_of(&self, side: u8, at: u64) -> Option<u64> {
        let of = self.of_side.get(usize::from(side))?;
        let behind = of.partition_point(|r| self.runs[*r as usize].from <= at);
        let which = *of.get(behind.checked_sub(1)?)? as usize;
        let run = self.runs.get(which).filter(|r| at < r.to)?;
        if self.layout.mode == Mode::Hex {
            return Some(run.first + (at - run.from) / HEX);
        }
        let end = self
            .runs
            .get(which + 1)
            .map_or(self.starts.len(), |r| r.start);
        let starts = self.starts.get(run.start..end)?;
        let place = starts.partition_point(|s| *s <= at).checked_sub(1)?;
        Some(run.first + place as u64)
    }
}

/// So many bytes of a long line, at most `columns`, without cutting a character of UTF-8 apart.
fn whole(bytes: &[u8], columns: usize) -> usize {
    let inside = |at: usize| bytes.get(at).is_some_and(|b| b & 0xc0 == 0x80);
    (columns.saturating_sub(3)..=columns)
        .rev()
        .find(|at| *at > 0 && !inside(*at))
        .unwrap_or(columns)
}
