//! Fetching the bytes of frames, from a file or from memory, with positioned reads and no memory map.

use std::fs::File;
use std::os::unix::fs::FileExt;
use std::path::Path;
use std::sync::Arc;

use super::{FileError, FrameMeta};

/// Where the bytes of a capture are.
#[derive(Debug, Clone)]
pub enum Source {
    /// A file, read with positioned reads. It may grow. The path is for messages only (a compressed capture is read
    /// from an unnamed temporary file, but reported under its own name).
    File(Arc<File>, Arc<Path>),
    /// Memory: tests, the Lab.
    Memory(Arc<[u8]>),
}

impl Source {
    /// Name of the file for messages.
    pub fn path(&self) -> &Path {
        match self {
            Self::File(_, path) => path,
            Self::Memory(_) => Path::new("(memory)"),
        }
    }

    /// Reads as many bytes as there are at `offset`, up to the whole of `buffer`; returns how many.
    pub fn read_at(&self, offset: u64, buffer: &mut [u8]) -> Result<usize, FileError> {
        match self {
            Self::File(file, path) => {
                let mut done = 0;
                while done < buffer.len() {
                    match file.read_at(&mut buffer[done..], offset.saturating_add(done as u64)) {
                        Ok(0) => break,
                        Ok(count) => done += count,
                        Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
                        Err(error) => return Err(FileError::from_io(path, "read", &error)),
                    }
                }
                Ok(done)
            }
            Self::Memory(bytes) => {
                let rest = usize::try_from(offset)
                    .ok()
                    .and_then(|start| bytes.get(start..))
                    .unwrap_or_default();
                let count = rest.len().min(buffer.len());
                buffer[..count].copy_from_slice(&rest[..count]);
                Ok(count)
            }
        }
    }
}

/// Bytes read ahead when frames are asked for in order.
const BLOCK: usize = 1 << 20;
/// The first reading ahead; it doubles up to [`BLOCK`] as long as the reading goes on in order.
const FIRST_BLOCK: usize = 1 << 14;
/// A frame that begins this close behind the last one counts as "in order" (a filter skips some).
const NEAR: u64 = 1 << 16;

/// Fetches frames' bytes. One per thread.
///
/// Frames asked for in order come out of a block that was read ahead, without a system call each. Another frame in
/// between costs one small read and leaves the block alone.
#[derive(Debug)]
pub struct FrameReader {
    source: Source,
    block: Vec<u8>,
    block_start: u64,
    block_len: usize,
    /// How much to read ahead next time.
    ahead: usize,
    /// Where the last frame that was asked for ended.
    last_end: u64,
    single: Vec<u8>,
}

impl FrameReader {
    /// A reader of its own on `source`.
    pub fn new(source: &Source) -> Self {
        Self {
            source: source.clone(),
            block: Vec::new(),
            block_start: 0,
            block_len: 0,
            ahead: FIRST_BLOCK,
            last_end: 0,
            single: Vec::new(),
        }
    }

    /// Where the bytes come from.
    pub fn source(&self) -> &Source {
        &self.source
    }

    /// The captured bytes of a frame. An error if the file no longer has them.
    #[inline]
    pub fn frame(&mut self, meta: &FrameMeta) -> Result<&[u8], FileError> {
        self.bytes(meta.offset, meta.captured as usize)
    }

    /// Any `len` bytes of the source at `offset` (pcapng's options beside a frame, a block to be saved as it is).
    pub fn bytes(&mut self, offset: u64, len: usize) -> Result<&[u8], FileError> {
        let in_order = offset >= self.last_end && offset - self.last_end < NEAR;
        self.last_end = offset.saturating_add(len as u64);
        if let Source::Memory(bytes) = &self.source {
            let start = usize::try_from(offset).unwrap_or(usize::MAX);
            return bytes
                .get(start..start.saturating_add(len))
                .ok_or_else(|| gone(&self.source, offset));
        }
        let inside = offset
            .checked_sub(self.block_start)
            .and_then(|start| usize::try_from(start).ok());
        if let Some(start) = inside
            && start
                .checked_add(len)
                .is_some_and(|end| end <= self.block_len)
        {
            return Ok(&self.block[start..start + len]);
        }
        if in_order && len <= BLOCK {
            let want = self.ahead.max(len);
            self.ahead = (self.ahead * 2).min(BLOCK);
            if self.block.len() < want {
                self.block.resize(want, 0);
            }
            self.block_len = 0;
            self.block_len = self.source.read_at(offset, &mut self.block[..want])?;
            self.block_start = offset;
            return self.block[..self.block_len]
                .get(..len)
                .ok_or_else(|| gone(&self.source, offset));
        }
        self.ahead = FIRST_BLOCK;
        if self.single.len() > BLOCK && len <= BLOCK {
            self.single = Vec::new(); // one huge frame should not cost its memory for ever
        }
        if self.single.len() < len {
            self.single.resize(len, 0);
        }
        let count = self.source.read_at(offset, &mut self.single[..len])?;
        self.single[..count]
            .get(..len)
            .ok_or_else(|| gone(&self.source, offset))
    }
}

/// The index says that the frame is there, the file says that it is not.
fn gone(source: &Source, offset: u64) -> FileError {
    FileError::Io {
        path: source.path().to_path_buf(),
        doing: "read a frame",
        reason: format!(
            "the file ends before offset {offset} or inside the frame there; it was cut short after it was opened, open it again"
        ),
    }
}

#[cfg(test)]
mod tests;
