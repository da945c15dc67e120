//! Opening a capture file of any kind and going once through it, batch by batch.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use super::input::Input;
use super::pcap::{self, Pcap};
use super::pcapng::{self, Pcapng};
use super::{Batch, CaptureInfo, FileError, FrameMeta, FrameOptions, Growth, Source};

/// Longest record that is read; a longer one can only be damage. 256 MB.
pub(super) const MAX_RECORD: u32 = 1 << 28;

/// Where the readers of the formats put what they find.
pub(super) struct Sink<'a> {
    pub(super) frames: &'a mut Vec<FrameMeta>,
    pub(super) options: &'a mut Vec<FrameOptions>,
    pub(super) info: &'a mut CaptureInfo,
    /// Frames before this batch.
    before: u32,
}

impl Sink<'_> {
    /// Number that the next frame gets.
    pub(super) fn next_number(&self) -> u32 {
        self.before
            .saturating_add(self.frames.len() as u32)
            .saturating_add(1)
    }

    /// Frame numbers have come to their end.
    pub(super) fn is_full(&self) -> bool {
        self.next_number() == u32::MAX
    }
}

/// How far a reader came in a window of the file.
pub(super) struct Progress {
    /// Bytes of whole records at the beginning of the window, which are done with.
    pub(super) consumed: usize,
    /// Bytes that the next record needs, as far as it is known; 0 if there is a problem.
    pub(super) need: usize,
    /// Why the record after the consumed bytes cannot be read.
    pub(super) problem: Option<Problem>,
}

/// The bytes contradict the format.
pub(super) struct Problem {
    pub(super) at: u64,
    pub(super) what: String,
}

enum Format {
    Pcap(Pcap),
    Pcapng(Pcapng),
}

/// A capture file that is being read from its beginning to its end.
///
/// ```no_run
/// use wireglass::capture::{Batch, CaptureFile, Store};
///
/// let mut file = CaptureFile::open("some.pcap".as_ref())?;
/// let mut store = Store::new();
/// let mut batch = Batch::default();
/// while file.read_batch(&mut batch)? {
///     for index in 0..batch.frames.len() {
///         let _bytes = batch.frame_bytes(index);
///     }
///     store.append(&batch.frames);
///     store.publish();
/// }
/// # Ok::<(), wireglass::capture::FileError>(())
/// ```
pub struct CaptureFile {
    input: Input,
    format: Format,
    info: CaptureInfo,
    /// Where the next record begins.
    position: u64,
    frames: u32,
    /// Tells batches that hold bytes of this file from those of another.
    token: u64,
}

impl CaptureFile {
    /// Opens a pcap or pcapng file, compressed with gzip or not: what it is follows from its content, not its name.
    ///
    /// A compressed file, or one that cannot be read at any place (a pipe), is copied into an unnamed temporary file as
    /// the reading goes on, so that its frames can be fetched later.
    pub fn open(path: &Path) -> Result<Self, FileError> {
        Self::of_input(path, Input::open(path)?)
    }

    /// Opens a file that is being written: its head must be there. Reading it waits for what is to come; when nothing has come
    /// for a moment, a batch without frames says so.
    pub fn follow(path: &Path, growth: Arc<Growth>) -> Result<Self, FileError> {
        Self::of_input(path, Input::follow(path, growth)?)
    }

    fn of_input(path: &Path, mut input: Input) -> Result<Self, FileError> {
        let mut info = CaptureInfo {
            compressed: input.compressed,
            ..CaptureInfo::default()
        };
        let mut start = [0; 64];
        let available = input.read_at(0, &mut start, pcap::HEADER)?;
        let start = &start[..available];
        let foreign = |looks: String| FileError::Foreign {
            path: path.to_path_buf(),
            looks,
        };
        if start.is_empty() {
            return Err(match input.damage() {
                Some(damage) => foreign(damage.to_owned()),
                None => FileError::Empty {
                    path: path.to_path_buf(),
                },
            });
        }
        let (format, position) = if pcap::recognise(start).is_some() {
            if available < pcap::HEADER {
                return Err(foreign(format!(
                    "it begins as a pcap file, but ends inside the file header, after {available} of {} bytes",
                    pcap::HEADER
                )));
            }
            match Pcap::open(start, &mut info) {
                Some(pcap) => (Format::Pcap(pcap), pcap::HEADER as u64),
                None => return Err(foreign(looks_like(start))),
            }
        } else if pcapng::recognise(start).is_some() {
            (Format::Pcapng(Pcapng::open(&mut info)), 0)
        } else {
            return Err(foreign(looks_like(start)));
        };
        static TOKENS: AtomicU64 = AtomicU64::new(1);
        let token = TOKENS.fetch_add(1, Ordering::Relaxed);
        Ok(Self {
            input,
            format,
            info,
            position,
            frames: 0,
            token,
        })
    }

    /// Reads the next stretch of the file into `batch`: its bytes, and where its frames are. False at the end of the
    /// file. At a damage, all frames before it come first, and then the error, which every further call repeats.
    pub fn read_batch(&mut self, batch: &mut Batch) -> Result<bool, FileError> {
        batch.frames.clear();
        batch.options.clear();
        batch.first = self.frames.saturating_add(1);
        if batch.token != self.token {
            batch.token = self.token;
            batch.filled = 0;
        }
        let mut need = 0;
        loop {
            let held = self
                .position
                .max(batch.base.saturating_add(batch.filled as u64));
            if !self.input.has_beyond(held) {
                return Ok(true);
            }
            let at_end = self.input.fill(batch, self.position, need)?;
            let mut sink = Sink {
                frames: &mut batch.frames,
                options: &mut batch.options,
                info: &mut self.info,
                before: self.frames,
            };
            let window = &batch.bytes[..batch.filled];
            let progress = match &mut self.format {
                Format::Pcap(pcap) => pcap.scan(window, self.position, &mut sink),
                Format::Pcapng(pcapng) => pcapng.scan(window, self.position, &mut sink),
            };
            let full = sink.is_full();
            self.position += progress.consumed as u64;
            let left = batch.filled - progress.consumed;
            if !batch.frames.is_empty() {
                self.frames += batch.frames.len() as u32;
                return Ok(true);
            }
            let damaged = |at, what| FileError::Damaged {
                path: self.input.path.clone(),
                frame: self.frames.saturating_add(1),
                offset: at,
                what,
            };
            if let Some(problem) = progress.problem {
                return Err(damaged(problem.at, problem.what));
            }
            if full && left > 0 {
                return Err(damaged(
                    self.position,
                    format!("more than {} frames", self.frames),
                ));
            }
            if at_end && left < progress.need {
                if let Some(damage) = self.input.damage() {
                    return Err(damaged(self.position, damage.to_owned()));
                }
                if left == 0 {
                    return Ok(false);
                }
                return Err(FileError::CutShort {
                    path: self.input.path.clone(),
                    frame: self.frames.saturating_add(1),
                    offset: self.position,
                });
            }
            need = progress.need;
        }
    }

    /// What the file says about itself, as far as it has been read.
    pub fn info(&self) -> &CaptureInfo {
        &self.info
    }

    /// The same, when the reading is done.
    pub fn into_info(self) -> CaptureInfo {
        self.info
    }

    /// Where the frames' bytes can be fetched from.
    pub fn source(&self) -> Source {
        Source::File(
            Arc::clone(&self.input.file),
            self.input.path.as_path().into(),
        )
    }

    /// How many frames were read so far.
    pub fn frames(&self) -> u32 {
        self.frames
    }

    /// How far the reading has come: bytes read of the file on the disk, and its length (0 if unknown: a pipe). For a
    /// progress bar.
    pub fn progress(&self) -> (u64, u64) {
        match &self.input.feed {
            Some(feed) => (feed.consumed.load(Ordering::Relaxed), self.input.disk_len),
            None => (self.position, self.input.disk_len),
        }
    }
}

/// Beginnings of other files that people mistake for captures.
const FOREIGN: &[(&[u8], &str)] = &[
    (
        b"PK\x03\x04",
        "this is a ZIP archive; unpack it and open the capture inside",
    ),
    (
        b"\x28\xb5\x2f\xfd",
        "this is compressed with zstd; decompress it with `zstd -d` first",
    ),
    (
        b"\xfd7zXZ\0",
        "this is compressed with xz; decompress it with `xz -d` first",
    ),
    (
        b"BZh",
        "this is compressed with bzip2; decompress it with `bzip2 -d` first",
    ),
    (
        b"\x04\x22\x4d\x18",
        "this is compressed with lz4; decompress it with `lz4 -d` first",
    ),
    (
        b"7z\xbc\xaf\x27\x1c",
        "this is a 7-Zip archive; unpack it and open the capture inside",
    ),
    (
        b"Rar!",
        "this is a RAR archive; unpack it and open the capture inside",
    ),
    (
        b"\x1f\x8b",
        "this was compressed with gzip twice; decompress it once with `gzip -d`",
    ),
    (
        b"snoop\0\0\0",
        "this is a Solaris snoop capture; convert it to pcap with `editcap` first",
    ),
    (
        b"btsnoop\0",
        "this is a Bluetooth btsnoop capture; convert it to pcap with `editcap` first",
    ),
    (
        b"GMBU",
        "this is a Microsoft Network Monitor capture; convert it to pcap with `editcap` first",
    ),
    (
        b"RTSS",
        "this is a Microsoft Network Monitor capture; convert it to pcap with `editcap` first",
    ),
    (
        b"XCP\0",
        "this is a NetXRay or Sniffer capture; convert it to pcap with `editcap` first",
    ),
    (
        b"TRSNIFF data",
        "this is a Sniffer capture; convert it to pcap with `editcap` first",
    ),
    (b"\x7fELF", "this is a program"),
    (b"MZ", "this is a Windows program"),
    (b"%PDF", "this is a PDF document"),
    (b"\x89PNG", "this is a PNG picture"),
    (b"\xff\xd8\xff", "this is a JPEG picture"),
    (b"GIF8", "this is a GIF picture"),
    (b"SQLite format 3\0", "this is an SQLite database"),
];

fn looks_like(start: &[u8]) -> String {
    if let Some((_, looks)) = FOREIGN.iter().find(|(magic, _)| start.starts_with(magic)) {
        return (*looks).to_owned();
    }
    if start.starts_with(&pcapng::SECTION.to_le_bytes()) {
        return "it begins as a pcapng file, but its first block is damaged".to_owned();
    }
    if start.iter().all(|byte| *byte == 0) {
        return "it begins with zeros only, as a file whose recording or copying failed".to_owned();
    }
    let printable = |text: &str| text.chars().all(|c| !c.is_control() || c.is_whitespace());
    let text = match std::str::from_utf8(start) {
        Ok(text) => printable(text),
        // A character cut in two at the end of what was read.
        Err(error) => {
            error.error_len().is_none()
                && std::str::from_utf8(&start[..error.valid_up_to()]).is_ok_and(printable)
        }
    };
    if text {
        return "this is text; a capture is binary (a hex dump can be made into one with `text2pcap`)".to_owned();
    }
    let head: Vec<String> = start
        .iter()
        .take(8)
        .map(|byte| format!("{byte:02x}"))
        .collect();
    format!(
        "its beginning ({}) is neither that of pcap nor of pcapng",
        head.join(" ")
    )
}
