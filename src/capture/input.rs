//! The bytes of a capture file as the readers of the formats want them: decompressed, and readable at any place.

use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::os::unix::fs::FileExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use super::gzip::{self, GzipReader};
use super::{Batch, FileError, Growth};

/// How much of the file is read at once. Small enough to stay in the processor's cache while it is looked at.
const BLOCK: usize = 1 << 20;

/// The bytes of the file, at any place, decompressed.
pub(super) struct Input {
    pub(super) path: PathBuf,
    /// What is read: the file itself, or the temporary copy.
    pub(super) file: Arc<File>,
    /// Where the temporary copy gets its bytes from.
    pub(super) feed: Option<Feed>,
    pub(super) compressed: bool,
    pub(super) disk_len: u64,
    /// For a file that is being written while it is read.
    growth: Option<Arc<Growth>>,
}

pub(super) struct Feed {
    reader: Box<dyn Read + Send>,
    pub(super) consumed: Arc<AtomicU64>,
    written: u64,
    done: bool,
    damage: Option<String>,
    chunk: Vec<u8>,
    /// Whether what comes is to be used at once, and not only when a block is full: a pipe.
    at_once: bool,
}

impl Input {
    pub(super) fn open(path: &Path) -> Result<Self, FileError> {
        let failed = |doing| move |error: std::io::Error| FileError::from_io(path, doing, &error);
        // As everywhere, `-` is standard input.
        let stdin = path == Path::new("-");
        let file = File::open(if stdin { Path::new("/dev/stdin") } else { path })
            .map_err(failed("read"))?;
        let metadata = file.metadata().map_err(failed("read"))?;
        if metadata.is_dir() {
            return Err(FileError::Folder {
                path: path.to_path_buf(),
            });
        }
        let disk_len = if metadata.is_file() {
            metadata.len()
        } else {
            0
        };
        let mut magic = [0; 2];
        if metadata.is_file()
            && (file.read_at(&mut magic, 0).map_err(failed("read"))? < 2 || magic != gzip::MAGIC)
        {
            let file = Arc::new(file);
            return Ok(Self {
                path: path.to_path_buf(),
                file,
                feed: None,
                compressed: false,
                disk_len,
                growth: None,
            });
        }
        let consumed = Arc::new(AtomicU64::new(0));
        let counted = Counted {
            inner: file,
            count: Arc::clone(&consumed),
        };
        let mut buffered = BufReader::with_capacity(1 << 16, counted);
        let compressed = buffered
            .fill_buf()
            .map_err(failed("read"))?
            .starts_with(&gzip::MAGIC);
        let reader: Box<dyn Read + Send> = if compressed {
            Box::new(GzipReader::new(buffered))
        } else {
            Box::new(buffered)
        };
        let copy = tempfile::tempfile().map_err(failed("make a temporary copy"))?;
        let chunk = vec![0; 1 << 18];
        let feed = Feed {
            reader,
            consumed,
            written: 0,
            done: false,
            damage: None,
            chunk,
            at_once: !metadata.is_file() && !compressed,
        };
        Ok(Self {
            path: path.to_path_buf(),
            file: Arc::new(copy),
            feed: Some(feed),
            compressed,
            disk_len,
            growth: None,
        })
    }

    /// A file that is being written.
    pub(super) fn follow(path: &Path, growth: Arc<Growth>) -> Result<Self, FileError> {
        let file = File::open(path).map_err(|e| FileError::from_io(path, "read", &e))?;
        Ok(Self {
            path: path.to_path_buf(),
            file: Arc::new(file),
            feed: None,
            compressed: false,
            disk_len: 0,
            growth: Some(growth),
        })
    }

    /// Whether there is more than these bytes, after waiting a moment for it; always, unless the file is being written.
    pub(super) fn has_beyond(&self, offset: u64) -> bool {
        const PATIENCE: Duration = Duration::from_millis(50);
        self.growth.as_ref().is_none_or(|growth| {
            let (written, ended) = growth.wait_beyond(offset, PATIENCE);
            written > offset || ended
        })
    }

    /// What was wrong with the compressed data, once its end was reached.
    pub(super) fn damage(&self) -> Option<&str> {
        self.feed.as_ref().and_then(|feed| feed.damage.as_deref())
    }

    /// Reads up to the whole of `buffer`; less only at the end of what is there.
    /// From a pipe, no more is waited for than `least` bytes.
    pub(super) fn read_at(
        &mut self,
        offset: u64,
        buffer: &mut [u8],
        least: usize,
    ) -> Result<usize, FileError> {
        let mut room = buffer.len();
        if let Some(feed) = &mut self.feed {
            let least = if feed.at_once { least } else { room };
            feed.supply(
                offset.saturating_add(least.min(room) as u64),
                &self.file,
                &self.path,
            )?;
        }
        if let Some(growth) = &self.growth {
            // Behind what is told, a record may be half written.
            let there = growth.state().0.saturating_sub(offset);
            room = usize::try_from(there).map_or(room, |there| there.min(room));
        }
        let buffer = buffer.get_mut(..room).unwrap_or_default();
        let mut done = 0;
        while done < buffer.len() {
            match self
                .file
                .read_at(&mut buffer[done..], offset.saturating_add(done as u64))
            {
                Ok(0) => break,
                Ok(count) => done += count,
                Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
                Err(error) => return Err(FileError::from_io(&self.path, "read", &error)),
            }
        }
        Ok(done)
    }

    /// Makes `batch` hold the file from `position` on, a block or `need` bytes of it; keeps what it already holds. True
    /// if the file ends there.
    pub(super) fn fill(
        &mut self,
        batch: &mut Batch,
        position: u64,
        need: usize,
    ) -> Result<bool, FileError> {
        let held = position
            .checked_sub(batch.base)
            .and_then(|skip| usize::try_from(skip).ok())
            .filter(|skip| *skip <= batch.filled);
        match held {
            Some(skip) => {
                batch.bytes.copy_within(skip..batch.filled, 0);
                batch.filled -= skip;
            }
            None => batch.filled = 0,
        }
        batch.base = position;
        // In steps: `need` is only what a stranger's file says.
        // A block, or what is left of a small file and one byte more, to see that it ends.
        let block = match self.feed {
            None if self.disk_len > 0 => {
                let left = self.disk_len.saturating_sub(position).saturating_add(1);
                usize::try_from(left).map_or(BLOCK, |left| left.min(BLOCK))
            }
            _ => BLOCK,
        };
        let asked = need;
        let len = need.min(batch.filled * 2).max(block);
        if batch.bytes.len() < len {
            batch.bytes.resize(len, 0);
        } else if batch.bytes.len() > 4 * BLOCK && len <= BLOCK && batch.filled <= BLOCK {
            batch.bytes.truncate(BLOCK);
            batch.bytes.shrink_to_fit();
        }
        let filled = batch.filled;
        let least = asked.saturating_sub(filled).max(1);
        let count = self.read_at(position + filled as u64, &mut batch.bytes[filled..], least)?;
        batch.filled += count;
        Ok(match (&self.feed, &self.growth) {
            (Some(feed), _) if feed.at_once => feed.done && batch.filled < batch.bytes.len(),
            (_, Some(growth)) => {
                let (written, ended) = growth.state();
                ended && position + batch.filled as u64 >= written
            }
            _ => batch.filled < batch.bytes.len(),
        })
    }
}

impl Feed {
    /// Copies on until `upto` bytes are there, or there are no more.
    fn supply(&mut self, upto: u64, copy: &File, path: &Path) -> Result<(), FileError> {
        while self.written < upto && !self.done {
            match self.reader.read(&mut self.chunk) {
                Ok(0) => self.done = true,
                Ok(count) => {
                    copy.write_all_at(&self.chunk[..count], self.written)
                        .map_err(|error| {
                            FileError::from_io(path, "write a temporary copy", &error)
                        })?;
                    self.written += count as u64;
                }
                Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
                Err(error) => {
                    self.done = true;
                    self.damage = Some(match error.kind() {
                        std::io::ErrorKind::UnexpectedEof => {
                            "the compressed data is cut short here".to_owned()
                        }
                        _ => format!("the compressed data cannot be read on from here: {error}"),
                    });
                }
            }
        }
        Ok(())
    }
}

/// Counts what is read, for the progress.
struct Counted<R> {
    inner: R,
    count: Arc<AtomicU64>,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let count = self.inner.read(buffer)?;
        self.count.fetch_add(count as u64, Ordering::Relaxed);
        Ok(count)
    }
}
