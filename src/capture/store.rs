//! Where every frame lies: the index that one writer appends to and any number of readers look into.
//!
//! Frames are numbered from 1, as on the screen. The index is kept in blocks ([`Segment`]), 32 bytes a frame. A
//! full segment never changes again, so a reader's [`Snapshot`] is a list of shared segments and costs the same to take
//! however long the capture is.

use std::ops::Range;
use std::sync::{Arc, Mutex, PoisonError};

use crate::column::Pool;

/// Frames in a full segment (256 KB of index): few, so that publishing while one fills copies little.
pub const SEGMENT_FRAMES: usize = 1 << 13;

/// [`FrameMeta::time_ns`] of a frame that was recorded without a time (pcapng's Simple Packet Block).
pub const NO_TIME: i64 = i64::MIN;

/// Where a frame lies and what the capture file says about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct FrameMeta {
    /// When it was captured: nanoseconds since 1970-01-01 00:00 UTC, or [`NO_TIME`].
    pub time_ns: i64,
    /// Where its bytes begin, from the start of the [`Source`](super::Source).
    pub offset: u64,
    /// How many bytes were captured, and lie at `offset`.
    pub captured: u32,
    /// How many bytes it had on the wire.
    pub original: u32,
    /// Which of the capture's interfaces saw it: an index into `CaptureInfo::interfaces`, over all sections.
    pub interface: u32,
}

/// The frames of one stretch of the file, as they are read the first time: their bytes and their index together.
///
/// A batch is filled by `CaptureFile::read_batch`; its buffers are used again when the same batch is passed again.
#[derive(Debug, Default)]
pub struct Batch {
    /// The stretch of the file, untouched: record headers, frames and all. Bytes after the last frame mean nothing.
    pub bytes: Vec<u8>,
    /// File offset of `bytes[0]`.
    pub base: u64,
    /// Number of the first frame in `frames`, counted from 1 over the whole capture.
    pub first: u32,
    /// The frames, in file order.
    pub frames: Vec<FrameMeta>,
    /// What pcapng says about single frames of this batch (comments, direction, drop count...): few frames have any.
    pub options: Vec<FrameOptions>,
    /// How much of `bytes` was read from the file.
    pub(super) filled: usize,
    /// Which file `bytes` came from.
    pub(super) token: u64,
}

/// Where the options of one frame lie in its pcapng block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FrameOptions {
    /// The frame's number, from 1.
    pub number: u32,
    /// Length of the option list in bytes. It begins after the frame's bytes, rounded up to four.
    pub len: u32,
}

impl Batch {
    /// The captured bytes of `frames[index]`; empty if there is no such frame.
    #[inline]
    pub fn frame_bytes(&self, index: usize) -> &[u8] {
        let Some(meta) = self.frames.get(index) else {
            return &[];
        };
        let start = meta.offset.wrapping_sub(self.base) as usize;
        self.bytes
            .get(start..start.saturating_add(meta.captured as usize))
            .unwrap_or_default()
    }
}

/// A run of frames. Never changes once it is visible.
#[derive(Debug, Default)]
pub struct Segment {
    first: u32,
    frames: Vec<FrameMeta>,
}

impl Segment {
    /// Number of its first frame.
    pub fn first(&self) -> u32 {
        self.first
    }

    /// How many frames it has.
    pub fn len(&self) -> usize {
        self.frames.len()
    }

    /// Whether it has no frame (never so in a snapshot).
    pub fn is_empty(&self) -> bool {
        self.frames.is_empty()
    }

    /// Its frames in order.
    pub fn frames(&self) -> &[FrameMeta] {
        &self.frames
    }

    /// The frame at `index` of this segment, from 0.
    #[inline]
    pub fn meta(&self, index: usize) -> Option<FrameMeta> {
        self.frames.get(index).copied()
    }
}

/// The writing end of the index. One thread has it; the others have [`StoreHandle`]s or [`Snapshot`]s.
///
/// Appended frames become visible with [`publish`](Store::publish).
#[derive(Debug)]
pub struct Store {
    /// Full segments. Shared with snapshots; copied (one pointer a segment) only when a segment is completed.
    sealed: Arc<Vec<Arc<Segment>>>,
    /// How many full segments were dropped from the front.
    evicted: usize,
    /// The frames of the segment that is being filled. When it is full, it is the segment: nothing is copied.
    filling: Vec<FrameMeta>,
    pool: Pool<FrameMeta>,
    shared: Arc<Mutex<Snapshot>>,
}

impl Default for Store {
    fn default() -> Self {
        Self::new()
    }
}

impl Store {
    /// An empty index.
    pub fn new() -> Self {
        Self {
            sealed: Arc::default(),
            evicted: 0,
            filling: Vec::new(),
            pool: Pool::default(),
            shared: Arc::default(),
        }
    }

    /// Adds frames at the end. They are numbered on from the last one. Past 4,294,967,295 frames, the rest is refused
    /// and left out; returns how many were taken.
    pub fn append(&mut self, frames: &[FrameMeta]) -> usize {
        let room = u32::MAX - self.len();
        let mut rest = &frames[..frames.len().min(room as usize)];
        let taken = rest.len();
        while !rest.is_empty() {
            if self.filling.capacity() == 0 {
                self.filling = self.pool.take(SEGMENT_FRAMES);
            }
            let space = SEGMENT_FRAMES - self.filling.len();
            let (now, later) = rest.split_at(rest.len().min(space));
            self.filling.extend_from_slice(now);
            rest = later;
            if self.filling.len() == SEGMENT_FRAMES {
                let full = Segment {
                    first: self.sealed_frames() as u32 + 1,
                    frames: std::mem::take(&mut self.filling),
                };
                Arc::make_mut(&mut self.sealed).push(Arc::new(full));
            }
        }
        taken
    }

    /// How many frames were appended so far, dropped ones included: the number of the last frame.
    pub fn len(&self) -> u32 {
        // `append` holds the sum within u32.
        (self.sealed_frames() + self.filling.len()) as u32
    }

    /// Whether nothing was appended yet.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    fn sealed_frames(&self) -> usize {
        (self.evicted + self.sealed.len()) * SEGMENT_FRAMES
    }

    /// Where frame `number` (from 1) lies, visible already or not.
    pub fn meta(&self, number: u32) -> Option<FrameMeta> {
        let index = (number as usize).checked_sub(1)?;
        let segment = (index / SEGMENT_FRAMES).checked_sub(self.evicted)?;
        if let Some(segment) = self.sealed.get(segment) {
            return segment.meta(index % SEGMENT_FRAMES);
        }
        self.filling.get(index - self.sealed_frames()).copied()
    }

    /// Where the blocks of the index come from; they have [`SEGMENT_FRAMES`] entries.
    pub fn pool(&self) -> &Pool<FrameMeta> {
        &self.pool
    }

    /// Makes everything appended so far visible and returns it.
    pub fn publish(&mut self) -> Snapshot {
        let snapshot = Snapshot {
            sealed: Arc::clone(&self.sealed),
            evicted: self.evicted,
            newest: (!self.filling.is_empty()).then(|| {
                Arc::new(Segment {
                    first: self.sealed_frames() as u32 + 1,
                    frames: self.filling.clone(),
                })
            }),
            len: self.len(),
        };
        *self.shared.lock().unwrap_or_else(PoisonError::into_inner) = snapshot.clone();
        snapshot
    }

    /// Drops the oldest full segment (a live capture that has reached its memory budget). Frame numbers go on; the
    /// dropped frames are gone from snapshots taken after the next [`publish`](Store::publish). Returns how many frames left.
    pub fn evict_oldest(&mut self) -> usize {
        if self.sealed.is_empty() {
            return 0;
        }
        let gone = Arc::make_mut(&mut self.sealed).remove(0);
        self.evicted += 1;
        gone.len()
    }

    /// Drops the full segments that hold no frame behind this one.
    pub fn evict_through(&mut self, frame: u32) {
        while !self.sealed.is_empty() && (self.evicted + 1) * SEGMENT_FRAMES <= frame as usize {
            self.evict_oldest();
        }
    }

    /// A handle with which any thread gets the latest snapshot.
    pub fn handle(&self) -> StoreHandle {
        StoreHandle(Arc::clone(&self.shared))
    }
}

/// The reading end of the index: gives the latest published [`Snapshot`].
#[derive(Debug, Clone)]
pub struct StoreHandle(Arc<Mutex<Snapshot>>);

impl StoreHandle {
    /// What was published last. The lock is held for the copying of three pointers.
    pub fn snapshot(&self) -> Snapshot {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }
}

/// The index as it was at one moment. Cheap to copy; never changes.
#[derive(Debug, Clone, Default)]
pub struct Snapshot {
    sealed: Arc<Vec<Arc<Segment>>>,
    evicted: usize,
    /// The frames so far of the segment that is being filled.
    newest: Option<Arc<Segment>>,
    len: u32,
}

impl Snapshot {
    /// Number of the last frame (how many were captured, dropped ones included).
    pub fn len(&self) -> u32 {
        self.len
    }

    /// Whether there is no frame at all.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// Number of the first frame that is still held: 1, unless a live capture has dropped its oldest.
    pub fn first(&self) -> u32 {
        (self.evicted * SEGMENT_FRAMES) as u32 + 1
    }

    /// Where frame `number` (from 1) lies.
    #[inline]
    pub fn meta(&self, number: u32) -> Option<FrameMeta> {
        let (segment, index) = self.place(number)?;
        segment.meta(index)
    }

    /// The segments in order, together holding the frames [`first`](Snapshot::first) to [`len`](Snapshot::len).
    pub fn segments(&self) -> impl Iterator<Item = &Arc<Segment>> {
        self.sealed.iter().chain(self.newest.iter())
    }

    /// The frames with numbers in `numbers` that are held, in order.
    pub fn frames(&self, numbers: Range<u32>) -> impl Iterator<Item = (u32, FrameMeta)> + '_ {
        let start = numbers.start.max(self.first());
        let end = u64::from(numbers.end).min(u64::from(self.len) + 1);
        let mut next = u64::from(start);
        let mut current: Option<(&Segment, usize)> = None;
        std::iter::from_fn(move || {
            if next >= end {
                return None;
            }
            let number = next as u32;
            let (segment, index) = match current {
                Some((segment, index)) if index < segment.len() => (segment, index),
                _ => self.place(number)?,
            };
            current = Some((segment, index + 1));
            next += 1;
            Some((number, segment.meta(index)?))
        })
    }

    #[inline]
    fn place(&self, number: u32) -> Option<(&Segment, usize)> {
        if number == 0 || number > self.len {
            return None;
        }
        let index = number as usize - 1;
        let segment = (index / SEGMENT_FRAMES).checked_sub(self.evicted)?;
        if let Some(segment) = self.sealed.get(segment) {
            return Some((segment, index % SEGMENT_FRAMES));
        }
        let newest = self.newest.as_ref()?;
        Some((newest, (number - newest.first) as usize))
    }
}

#[cfg(test)]
mod tests;
