//! What two sides said, in the order in which it can be read: pieces of each side's stream, with the frames they came in.

/// Bytes kept of a conversation at most; what comes beyond is not shown, and that is said.
const LIMIT: u64 = 1 << 30;
/// Bytes are kept in chunks of about this size, so that growing never moves what is there.
const CHUNK: usize = 1 << 20;

/// Bytes of one side that came in one frame, or the place where bytes are missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Piece {
    /// The frame that brought it.
    pub frame: u32,
    /// When, nanoseconds since the first frame of the capture.
    pub time_ns: i64,
    /// Whose: 0 = the client (who began), 1 = the other.
    pub side: u8,
    /// Whether it is a message of its own (a datagram, a request), not to be joined with the piece before it.
    pub begins: bool,
    /// Where it begins in what this side said.
    pub at: u64,
    /// How many bytes.
    pub len: u32,
    /// How many bytes are missing here; then there are none.
    pub missing: u64,
    chunk: u32,
    start: u32,
}

/// A piece as it is found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Said {
    pub frame: u32,
    pub time_ns: i64,
    pub side: u8,
    pub begins: bool,
    pub missing: u64,
}

/// A conversation put together. Grows while it is followed.
#[derive(Debug, Default)]
pub struct Followed {
    /// The two ends as people write them, the client first; empty until the first packet is found.
    pub ends: [String; 2],
    /// Packets of either side.
    pub packets: [u32; 2],
    pieces: Vec<Piece>,
    /// The pieces of either side that hold bytes.
    of_side: [Vec<u32>; 2],
    bytes: [u64; 2],
    chunks: Vec<Vec<u8>>,
    full: bool,
}

impl Followed {
    /// The pieces in order.
    pub fn pieces(&self) -> &[Piece] {
        &self.pieces
    }

    /// How many bytes a side said.
    pub fn len(&self, side: u8) -> u64 {
        self.bytes[usize::from(side & 1)]
    }

    /// Whether nobody said anything.
    pub fn is_empty(&self) -> bool {
        self.pieces.is_empty()
    }

    /// Whether there is more than is kept.
    pub fn is_cut(&self) -> bool {
        self.full
    }

    /// Add a piece.
    pub(super) fn push(&mut self, said: &Said, bytes: &[u8]) {
        let side = said.side & 1;
        let Ok(len) = u32::try_from(bytes.len()) else {
            self.full = true;
            return;
        };
        if self.bytes[0] + self.bytes[1] + u64::from(len) > LIMIT || self.full {
            self.full = true;
            return;
        }
        let room = self.chunks.last().is_some_and(|c| c.len() < CHUNK);
        if !room {
            self.chunks.push(Vec::new());
        }
        let chunk = self.chunks.len() - 1;
        let into = &mut self.chunks[chunk];
        let start = into.len();
        into.extend_from_slice(bytes);
        let piece = Piece {
            frame: said.frame,
            time_ns: said.time_ns,
            side,
            begins: said.begins,
            at: self.len(side),
            len,
            missing: said.missing,
            chunk: u32::try_from(chunk).unwrap_or(u32::MAX),
            start: u32::try_from(start).unwrap_or(u32::MAX),
        };
        if len > 0 {
            let index = u32::try_from(self.pieces.len()).unwrap_or(u32::MAX);
            self.of_side[usize::from(side)].push(index);
            self.bytes[usize::from(side)] += u64::from(len);
        }
        self.pieces.push(piece);
    }

    /// Where in `of_side` the piece with this byte of a side is.
    fn place(&self, side: u8, at: u64) -> Option<usize> {
        let of = &self.of_side[usize::from(side & 1)];
        let behind = of.partition_point(|i| self.pieces[*i as usize].at <= at);
        let place = behind.checked_sub(1)?;
        let piece = &self.pieces[of[place] as usize];
        (at < piece.at + u64::from(piece.len)).then_some(place)
    }

    /// The piece that holds a byte of a side.
    pub fn piece_at(&self, side: u8, at: u64) -> Option<&Piece> {
        let place = self.place(side, at)?;
        let index = self.of_side[usize::from(side & 1)][place];
        self.pieces.get(index as usize)
    }

    /// The bytes of a piece.
    pub fn bytes(&self, piece: &Piece) -> &[u8] {
        let start = piece.start as usize;
        self.chunks
            .get(piece.chunk as usize)
            .and_then(|c| c.get(start..start + piece.len as usize))
            .unwrap_or(&[])
    }

    /// Append bytes of a side, from place `at` on, at most `len` of them.
    pub fn read(&self, side: u8, at: u64, len: usize, out: &mut Vec<u8>) {
        let Some(first) = self.place(side, at) else {
            return;
        };
        let (mut at, mut left) = (at, len);
        for index in &self.of_side[usize::from(side & 1)][first..] {
            let piece = &self.pieces[*index as usize];
            let bytes = self.bytes(piece);
            let from = usize::try_from(at - piece.at).unwrap_or(usize::MAX);
            let part = bytes.get(from..).unwrap_or(&[]);
            let part = &part[..part.len().min(left)];
            out.extend_from_slice(part);
            left -= part.len();
            at += part.len() as u64;
            if left == 0 {
                return;
            }
        }
    }
}
