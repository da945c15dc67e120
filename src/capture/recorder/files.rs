//! The files that a capture is written to: one, or a ring of several; and what happens when they are full or the disk is.

use std::collections::VecDeque;
use std::fs::{File, OpenOptions};
use std::io::{self, Seek, SeekFrom, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use super::parcel::{Parcel, Record};

/// Where a capture is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Output {
    /// A file of this name; one that is there is replaced.
    File(PathBuf),
    /// Files named after this one, each with its number and the time of its beginning: `name_00001_20260131235959.pcapng`
    /// (the time is UTC).
    Files(PathBuf, Ring),
    /// Standard output, each frame as soon as it comes.
    Stdout,
}

/// When a file ends and what follows. The first condition that holds counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Ring {
    /// After so many bytes: the frame that reaches this is the file's last.
    pub bytes: Option<u64>,
    /// After so many frames.
    pub packets: Option<u64>,
    /// After so much time.
    pub after: Option<Duration>,
    /// Whenever the clock (UTC) shows a multiple of this.
    pub interval: Option<Duration>,
    /// Keep only so many files, and delete the oldest.
    pub keep: Option<u32>,
}

/// What became of some frames.
#[derive(Debug)]
pub(super) struct Written {
    /// How many of them are in files.
    pub(super) frames: usize,
    /// Why the others are not, if so.
    pub(super) end: Option<End>,
}

/// Why nothing more can be written.
#[derive(Debug)]
pub(super) enum End {
    /// The one file has its size, or there are as many files as were asked for.
    Full,
    /// The system refused. The file holds whole records all the same.
    Failed(String),
}

/// The output of a capture.
pub(super) struct Files {
    output: Output,
    /// What each file begins with.
    head: Vec<u8>,
    /// Group read access for the files.
    shared: bool,
    /// The one file ends at this size.
    most_bytes: Option<u64>,
    /// No more files than this.
    most_files: Option<u32>,
    current: Option<File>,
    path: PathBuf,
    written: u64,
    packets: u64,
    began: Instant,
    /// The interval in which the file began, counted from 1970.
    interval: u64,
    index: u32,
    kept: VecDeque<PathBuf>,
}

impl Files {
    pub(super) fn new(output: Output, head: Vec<u8>) -> Self {
        Self {
            output,
            head,
            shared: false,
            most_bytes: None,
            most_files: None,
            current: None,
            path: PathBuf::new(),
            written: 0,
            packets: 0,
            began: Instant::now(),
            interval: 0,
            index: 0,
            kept: VecDeque::new(),
        }
    }

    pub(super) fn limits(mut self, bytes: Option<u64>, files: Option<u32>, shared: bool) -> Self {
        self.most_bytes = bytes;
        self.most_files = files;
        self.shared = shared;
        self
    }

    /// Begins the first file, or the next.
    pub(super) fn begin(&mut self) -> Result<(), String> {
        self.index = self.index.saturating_add(1);
        self.began = Instant::now();
        let now = since_1970();
        self.interval = self.interval_of(now);
        let path = match &self.output {
            Output::Stdout => PathBuf::from("standard output"),
            Output::File(path) => path.clone(),
            Output::Files(path, _) => numbered(path, self.index, now),
        };
        self.path = path;
        if self.output != Output::Stdout {
            let mut options = OpenOptions::new();
            options.create(true).write(true).truncate(true);
            // What was on the wire is private: passwords, letters.
            options.mode(if self.shared { 0o640 } else { 0o600 });
            let file = options.open(&self.path).map_err(|e| self.refused(&e))?;
            self.current = Some(file);
        }
        self.written = 0;
        self.packets = 0;
        let head = std::mem::take(&mut self.head);
        let result = self.put(&head);
        self.head = head;
        match result {
            Ok(()) => self.written = self.head.len() as u64,
            Err((_, error)) => return Err(self.refused(&error)),
        }
        if let Output::Files(_, ring) = &self.output {
            let keep = ring.keep.map_or(usize::MAX, |keep| keep.max(1) as usize);
            self.kept.push_back(self.path.clone());
            while self.kept.len() > keep {
                if let Some(old) = self.kept.pop_front() {
                    // Whoever took it away did our work.
                    let _ = std::fs::remove_file(old);
                }
            }
        }
        Ok(())
    }

    /// The file that is written.
    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// The files that there are.
    pub(super) fn all(&self) -> Vec<PathBuf> {
        match &self.output {
            Output::Stdout => Vec::new(),
            Output::File(path) => vec![path.clone()],
            Output::Files(..) => self.kept.iter().cloned().collect(),
        }
    }

    /// Bytes in the current file.
    pub(super) fn written(&self) -> u64 {
        self.written
    }

    /// When the clock alone ends the current file.
    pub(super) fn due(&self) -> Option<Instant> {
        let Output::Files(_, ring) = &self.output else {
            return None;
        };
        let after = ring.after.map(|after| self.began + after);
        let interval = ring.interval.filter(|i| i.as_secs() > 0).map(|interval| {
            let now = since_1970();
            let end = Duration::from_secs((self.interval + 1).saturating_mul(interval.as_secs()));
            Instant::now() + end.saturating_sub(now)
        });
        [after, interval].into_iter().flatten().min()
    }

    /// Writes frames, and goes on to the next file where one is full. `tail` makes what a file ends with.
    pub(super) fn write(&mut self, parcel: &Parcel, tail: &dyn Fn() -> Vec<u8>) -> Written {
        let mut done = 0;
        while done < parcel.records.len() {
            let start = parcel.start_of(done);
            let (count, full) = self.room(&parcel.records[done..], start);
            let end = parcel.start_of(done + count);
            let bytes = parcel.bytes.get(start..end).unwrap_or_default();
            if let Err((put, error)) = self.put(bytes) {
                let reached = start + put;
                let whole = parcel
                    .records
                    .partition_point(|r| r.end <= reached)
                    .max(done);
                self.written += (parcel.start_of(whole) - start) as u64;
                self.cut_back();
                return Written {
                    frames: whole,
                    end: Some(End::Failed(self.refused(&error))),
                };
            }
            self.written += (end - start) as u64;
            self.packets += count as u64;
            done += count;
            if full && let Err(end) = self.switch(tail) {
                return Written {
                    frames: done,
                    end: Some(end),
                };
            }
        }
        Written {
            frames: done,
            end: None,
        }
    }

    /// How many of these records the current file takes, and whether it is full then.
    fn room(&self, records: &[Record], start: usize) -> (usize, bool) {
        let (bytes, packets) = match &self.output {
            Output::Files(_, ring) => (ring.bytes, ring.packets),
            _ => (self.most_bytes, None),
        };
        let by_bytes = bytes.map(|most| {
            let left = most.saturating_sub(self.written);
            1 + records.partition_point(|r| ((r.end - start) as u64) < left)
        });
        let by_packets = packets
            .map(|most| usize::try_from(most.saturating_sub(self.packets)).unwrap_or(usize::MAX));
        let most = by_bytes
            .unwrap_or(usize::MAX)
            .min(by_packets.unwrap_or(usize::MAX));
        (most.clamp(1, records.len()), most <= records.len())
    }

    /// Ends the current file and begins the next.
    pub(super) fn switch(&mut self, tail: &dyn Fn() -> Vec<u8>) -> Result<(), End> {
        let Output::Files(..) = &self.output else {
            return Err(End::Full);
        };
        if self.most_files.is_some_and(|most| self.index >= most) {
            return Err(End::Full);
        }
        self.finish(&tail()).map_err(End::Failed)?;
        self.begin().map_err(End::Failed)
    }

    /// Writes what a file ends with; if there is no room for it, the file ends without.
    pub(super) fn finish(&mut self, tail: &[u8]) -> Result<(), String> {
        match self.put(tail) {
            Ok(()) => {
                self.written += tail.len() as u64;
                Ok(())
            }
            Err((_, error)) => {
                self.cut_back();
                Err(self.refused(&error))
            }
        }
    }

    /// Writes all of it, or tells how much went in and why no more.
    fn put(&mut self, mut bytes: &[u8]) -> Result<(), (usize, io::Error)> {
        let len = bytes.len();
        while !bytes.is_empty() {
            let result = match &mut self.current {
                Some(file) => file.write(bytes),
                None => io::stdout().write(bytes),
            };
            match result {
                Ok(0) => return Err((len - bytes.len(), io::ErrorKind::WriteZero.into())),
                Ok(count) => bytes = bytes.get(count..).unwrap_or_default(),
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err((len - bytes.len(), error)),
            }
        }
        if self.current.is_none() {
            io::stdout().flush().map_err(|error| (len, error))?;
        }
        Ok(())
    }

    /// Takes half a record away, so that the file is whole.
    fn cut_back(&mut self) {
        if let Some(file) = &mut self.current {
            // If that fails too, readers still get everything before the half record.
            let _ = file.set_len(self.written);
            let _ = file.seek(SeekFrom::Start(self.written));
        }
    }

    fn interval_of(&self, now: Duration) -> u64 {
        match &self.output {
            Output::Files(_, ring) => ring
                .interval
                .and_then(|interval| now.as_secs().checked_div(interval.as_secs()))
                .unwrap_or(0),
            _ => 0,
        }
    }

    fn refused(&self, error: &io::Error) -> String {
        let path = self.path.display();
        match error.kind() {
            io::ErrorKind::StorageFull => format!("{path}: the disk is full"),
            io::ErrorKind::QuotaExceeded => format!("{path}: your quota of the disk is used up"),
            io::ErrorKind::FileTooLarge => {
                format!("{path}: the file has the greatest size that the disk allows")
            }
            io::ErrorKind::BrokenPipe => "whoever read the frames has gone away".to_owned(),
            io::ErrorKind::PermissionDenied => format!("{path}: no permission to write it"),
            io::ErrorKind::ReadOnlyFilesystem => format!("{path}: the disk takes nothing new"),
            io::ErrorKind::NotFound => format!("{path}: there is no such folder"),
            _ => format!("{path}: cannot be written: {error}"),
        }
    }
}

fn since_1970() -> Duration {
    SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default()
}

/// `name_00001_20260131235959.pcapng`.
fn numbered(path: &Path, index: u32, now: Duration) -> PathBuf {
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    let extension = path
        .extension()
        .map(|e| format!(".{}", e.to_string_lossy()));
    let name = format!(
        "{stem}_{index:05}_{}{}",
        stamp(now.as_secs()),
        extension.unwrap_or_default()
    );
    path.with_file_name(name)
}

/// `20260131235959` of seconds since 1970, UTC.
pub(in crate::capture) fn stamp(seconds: u64) -> String {
    let (days, rest) = (seconds / 86_400, seconds % 86_400);
    // Howard Hinnant, "chrono-compatible low-level date algorithms": eras of 400 years that begin in March.
    let z = days + 719_468;
    let (era, doe) = (z / 146_097, z % 146_097);
    let yoe = (doe - doe / 1460 + doe / 36_524 - doe / 146_096) / 365;
    let doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    let mp = (5 * doy + 2) / 153;
    let day = doy - (153 * mp + 2) / 5 + 1;
    let month = if mp < 10 { mp + 3 } else { mp - 9 };
    let year = yoe + era * 400 + u64::from(month <= 2);
    format!(
        "{year:04}{month:02}{day:02}{:02}{:02}{:02}",
        rest / 3600,
        rest / 60 % 60,
        rest % 60
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::capture::FileFormat;

    fn parcel(frames: usize) -> Parcel {
        let mut parcel = Parcel::default();
        for i in 0..frames {
            parcel.push(FileFormat::Pcapng, 0, i as i64, 60, &[7; 60]);
        }
        parcel
    }

    #[test]
    fn times_in_names() {
        assert_eq!(stamp(0), "19700101000000");
        assert_eq!(stamp(951_782_400), "20000229000000");
        assert_eq!(stamp(1_767_225_599), "20251231235959");
        let name = numbered(Path::new("/tmp/a.b.pcapng"), 7, Duration::from_secs(59));
        assert_eq!(name, Path::new("/tmp/a.b_00007_19700101000059.pcapng"));
    }

    #[test]
    fn a_ring_keeps_its_newest_files() {
        let folder = tempfile::tempdir().unwrap();
        let ring = Ring {
            packets: Some(3),
            keep: Some(2),
            ..Ring::default()
        };
        let output = Output::Files(folder.path().join("ring.pcapng"), ring);
        let mut files = Files::new(output, b"head".to_vec());
        files.begin().unwrap();
        let written = files.write(&parcel(8), &|| b"tail".to_vec());
        assert_eq!(written.frames, 8);
        assert!(written.end.is_none());
        let mut sizes: Vec<_> = std::fs::read_dir(folder.path())
            .unwrap()
            .map(|e| e.unwrap().metadata().unwrap().len())
            .collect();
        sizes.sort_unstable();
        // 92 bytes a record. Three frames, head and tail; two frames, head, and the tail is still to come.
        assert_eq!(sizes, [4 + 2 * 92, 4 + 3 * 92 + 4]);
        assert_eq!(files.all().len(), 2);
    }

    #[test]
    fn a_file_ends_with_the_frame_that_reaches_its_size() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("one.pcapng");
        let mut files =
            Files::new(Output::File(path.clone()), b"head".to_vec()).limits(Some(300), None, false);
        files.begin().unwrap();
        let written = files.write(&parcel(10), &Vec::new);
        assert_eq!(written.frames, 4);
        assert!(matches!(written.end, Some(End::Full)));
        assert_eq!(std::fs::metadata(path).unwrap().len(), 4 + 4 * 92);
    }
}
