//! Several capture files put together into one, by the times of their frames, as mergecap does it.
//!
//! Of the frames that come next in each file the earliest is taken; within a file the order stays what it was. Each file is
//! looked through once for its index and what it says about itself, and its frames are then fetched where they lie, so
//! memory holds 32 bytes a frame.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::io::Write;
use std::path::{Path, PathBuf};

use super::info::{ByteOrder, CaptureInfo, FileFormat, Interface, Section, Statistics};
use super::write::{SaveOptions, WriteError, save_with};
use super::writer::CaptureWriter;
use super::{Batch, CaptureFile, FileError, FrameMeta, FrameReader, NO_TIME, Source};

/// Told how far the work is (done, of how much); returns whether to go on.
pub type Progress<'a> = &'a mut dyn FnMut(u64, u64) -> bool;

/// Frames between two looks at whether to go on.
const STRIDE: u64 = 4096;

/// A file that is being merged.
struct Part {
    path: PathBuf,
    info: CaptureInfo,
    frames: Vec<FrameMeta>,
    source: Source,
    /// Open until it has been looked through.
    file: Option<CaptureFile>,
    /// Where its first interface is among those of the result.
    first_interface: u32,
    /// Why it could not be read to its end.
    damage: Option<FileError>,
}

/// What came of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Merged {
    /// Frames written.
    pub frames: u32,
    /// Files that could not be read to their end; what could be read is in the result.
    pub damaged: Vec<FileError>,
}

/// Merges these files into a new one at `path`, which appears when it is complete.
pub fn merge(
    files: &[PathBuf],
    path: &Path,
    options: SaveOptions,
    progress: Progress<'_>,
) -> Result<Merged, FileError> {
    let mut parts = Vec::with_capacity(files.len());
    for file in files {
        parts.push(Part::open(file)?);
    }
    let (mut read, mut size) = (0, 0);
    for part in &parts {
        size += part.size();
    }
    // Reading counts as half of the work, writing as the other.
    for part in &mut parts {
        let of_part = part.size();
        part.index(&mut |done| progress((read + done.min(of_part)) / 2, size.max(1)))?;
        read += of_part;
    }
    let total: u64 = parts.iter().map(|p| p.frames.len() as u64).sum();
    if u32::try_from(total).is_err() {
        return Err(FileError::CannotHold {
            path: path.to_path_buf(),
            what: format!("{total} frames; a capture holds at most {}", u32::MAX),
        });
    }
    let mut info = described(&mut parts);
    if parts.iter().all(|p| p.info.format == FileFormat::Pcap) {
        info.format = FileFormat::Pcap;
    }
    let mut told = |done: u64| progress(size / 2 + size * done / (2 * total.max(1)), size.max(1));
    let frames = save_with(path, options.gzip, |out| {
        write(out, &parts, &info, options.format, &mut told)
    })?;
    let damaged = parts.into_iter().filter_map(|p| p.damage).collect();
    Ok(Merged { frames, damaged })
}

impl Part {
    fn open(path: &Path) -> Result<Part, FileError> {
        let file = CaptureFile::open(path)?;
        Ok(Part {
            path: path.to_path_buf(),
            info: CaptureInfo::default(),
            frames: Vec::new(),
            source: file.source(),
            file: Some(file),
            first_interface: 0,
            damage: None,
        })
    }

    /// Bytes of the file as it lies on the disk.
    fn size(&self) -> u64 {
        std::fs::metadata(&self.path).map_or(0, |m| m.len())
    }

    /// Look through the file.
    fn index(&mut self, told: &mut dyn FnMut(u64) -> bool) -> Result<(), FileError> {
        let Some(mut file) = self.file.take() else {
            return Ok(());
        };
        let mut batch = Batch::default();
        loop {
            match file.read_batch(&mut batch) {
                Ok(true) => self.frames.extend_from_slice(&batch.frames),
                Ok(false) => break,
                Err(error) if error.is_damage() => {
                    self.frames.extend_from_slice(&batch.frames);
                    self.damage = Some(error);
                    break;
                }
                Err(error) => return Err(error),
            }
            if !told(file.progress().0) {
                let path = self.path.clone();
                return Err(FileError::Cancelled { path });
            }
        }
        self.info = file.into_info();
        Ok(())
    }
}

/// What the result says about itself. Interfaces that are the same in all files are listed once, as mergecap has it.
fn described(parts: &mut [Part]) -> CaptureInfo {
    let mut info = CaptureInfo::with_interfaces(Vec::new());
    let names: Vec<String> = parts
        .iter()
        .map(|p| {
            let name = p.path.file_name().unwrap_or(p.path.as_os_str());
            name.to_string_lossy().into_owned()
        })
        .collect();
    let mut comments = vec![format!("Merged from {}", names.join(", "))];
    for part in parts.iter() {
        comments.extend(part.info.sections.iter().flat_map(|s| s.comments.clone()));
    }
    // The comment goes into an option, whose length has 16 bits.
    comments.retain(|c| c.len() <= usize::from(u16::MAX));
    let common = |of: fn(&Section) -> Option<&String>| {
        let mut all = parts.iter().flat_map(|p| p.info.sections.iter().map(of));
        let first = all.next().flatten()?.clone();
        all.all(|other| other == Some(&first)).then_some(first)
    };
    let section = Section {
        comments,
        hardware: common(|s| s.hardware.as_ref()),
        os: common(|s| s.os.as_ref()),
        ..Section::default()
    };
    info.sections = vec![section];
    let bare = |part: &Part| -> Vec<Interface> {
        let mut all = part.info.interfaces.clone();
        for interface in &mut all {
            (interface.section, interface.place) = (0, None);
            // Times are written anew, with one unit and no offset.
            interface.resolution = Default::default();
            interface.time_offset = 0;
        }
        all
    };
    let alike = parts
        .split_first()
        .is_some_and(|(first, rest)| rest.iter().all(|p| bare(p) == bare(first)));
    for (at, part) in parts.iter_mut().enumerate() {
        if !alike || at == 0 {
            part.first_interface = u32::try_from(info.interfaces.len()).unwrap_or(u32::MAX);
            info.interfaces.extend(bare(part));
        }
        for name in &part.info.names {
            if !info.names.contains(name) {
                info.names.push(name.clone());
            }
        }
        for secrets in &part.info.secrets {
            if !info.secrets.contains(secrets) {
                info.secrets.push(secrets.clone());
            }
        }
        // Two reports about one interface would contradict each other.
        if !alike {
            let first = part.first_interface;
            let moved = part.info.statistics.iter().map(|s| Statistics {
                interface: s.interface.saturating_add(first),
                ..s.clone()
            });
            info.statistics.extend(moved);
        }
    }
    info
}

/// Write the frames in their order.
fn write(
    out: &mut dyn Write,
    parts: &[Part],
    info: &CaptureInfo,
    format: FileFormat,
    told: &mut dyn FnMut(u64) -> bool,
) -> Result<u32, WriteError> {
    let mut readers: Vec<FrameReader> = parts.iter().map(|p| FrameReader::new(&p.source)).collect();
    // The next frame of each file: its time, the file, its place in it. Frames without a time come at once.
    let head = |part: usize, at: usize| {
        let time = parts.get(part)?.frames.get(at)?.time_ns;
        Some(Reverse((time, part, at)))
    };
    let mut heads: BinaryHeap<_> = (0..parts.len()).filter_map(|p| head(p, 0)).collect();
    // A pcap file has the link type of its first frame.
    let first = heads.peek().and_then(|Reverse((_, part, at))| {
        let from = parts.get(*part)?;
        let own = from.frames.get(*at)?.interface;
        Some(own.saturating_add(from.first_interface))
    });
    let mut writer = CaptureWriter::start(out, format, info, first.unwrap_or(0))?;
    let mut count = 0_u32;
    while let Some(Reverse((_, part, at))) = heads.pop() {
        let (Some(from), Some(reader)) = (parts.get(part), readers.get_mut(part)) else {
            continue;
        };
        let Some(meta) = from.frames.get(at) else {
            continue;
        };
        let number = u32::try_from(at).unwrap_or(u32::MAX).saturating_add(1);
        let comments = from.info.comments.get(&number);
        let options = match from.info.byte_order(meta.interface) {
            ByteOrder::Little => from.info.frame_options(number, meta, reader),
            // The values of others are numbers in the order of bytes that this file has not.
            ByteOrder::Big => Vec::new(),
        };
        let mut moved = *meta;
        moved.interface = meta.interface.saturating_add(from.first_interface);
        if moved.time_ns == NO_TIME {
            moved.time_ns = 0;
        }
        let comments = comments.map_or(&[][..], Vec::as_slice);
        writer.frame_with(&moved, reader.frame(meta)?, comments, &options)?;
        count += 1;
        if u64::from(count) % STRIDE == 0 && !told(u64::from(count)) {
            return Err(WriteError::Cancelled);
        }
        heads.extend(head(part, at + 1));
    }
    writer.finish(info)?;
    Ok(count)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample(
        folder: &Path,
        name: &str,
        format: FileFormat,
        interface: Interface,
        times: &[i64],
    ) -> PathBuf {
        let path = folder.join(name);
        let mut info = CaptureInfo::with_interfaces(vec![interface]);
        info.format = format;
        info.set_capture_comments(vec![format!("of {name}")]);
        let mut bytes = Vec::new();
        let mut writer = CaptureWriter::new(&mut bytes, format, &info).unwrap();
        for (i, time) in times.iter().enumerate() {
            let meta = FrameMeta {
                time_ns: *time,
                captured: 4,
                original: 4,
                ..FrameMeta::default()
            };
            let comments = match i {
                0 => vec![format!("first of {name}")],
                _ => Vec::new(),
            };
            let name = name.as_bytes();
            let frame = [name[0], b'#', b'0' + i as u8, 0];
            writer.frame(&meta, &frame, &comments).unwrap();
        }
        writer.finish(&info).unwrap();
        std::fs::write(&path, bytes).unwrap();
        path
    }

    fn read(path: &Path) -> (CaptureInfo, Vec<(i64, u32, String)>) {
        let mut file = CaptureFile::open(path).unwrap();
        let mut batch = Batch::default();
        let mut all = Vec::new();
        while file.read_batch(&mut batch).unwrap() {
            for (i, meta) in batch.frames.iter().enumerate() {
                let text = String::from_utf8_lossy(&batch.frame_bytes(i)[..3]).into_owned();
                all.push((meta.time_ns, meta.interface, text));
            }
        }
        (file.into_info(), all)
    }

    fn ethernet(name: Option<&str>) -> Interface {
        Interface {
            link_type: 1,
            name: name.map(str::to_owned),
            ..Interface::default()
        }
    }

    const S: i64 = 1_000_000_000;

    #[test]
    fn frames_come_by_time_and_files_that_run_backwards_keep_their_order() {
        let folder = tempfile::tempdir().unwrap();
        let at = folder.path();
        let ng = FileFormat::Pcapng;
        let a = sample(
            at,
            "a",
            ng,
            ethernet(Some("eth0")),
            &[S, 3 * S, 2 * S, 5 * S],
        );
        let b = sample(at, "b", ng, ethernet(Some("lo")), &[2 * S, 3 * S, 4 * S]);
        let out = at.join("out.pcapng");
        let mut steps = Vec::new();
        let options = SaveOptions {
            format: ng,
            gzip: false,
        };
        let merged = merge(&[a, b], &out, options, &mut |done, of| {
            steps.push((done, of));
            true
        });
        let merged = merged.unwrap();
        assert_eq!((merged.frames, merged.damaged.len()), (7, 0));
        assert!(steps.iter().all(|(done, of)| done <= of), "{steps:?}");
        let (info, frames) = read(&out);
        let order: Vec<&str> = frames.iter().map(|f| f.2.as_str()).collect();
        assert_eq!(order, ["a#0", "b#0", "a#1", "a#2", "b#1", "b#2", "a#3"]);
        let interfaces: Vec<u32> = frames.iter().map(|f| f.1).collect();
        assert_eq!(interfaces, [0, 1, 0, 0, 1, 1, 0]);
        let names: Vec<_> = info.interfaces.iter().map(|i| i.name.clone()).collect();
        assert_eq!(names, [Some("eth0".to_owned()), Some("lo".to_owned())]);
        assert_eq!(
            info.sections[0].comments,
            ["Merged from a, b", "of a", "of b"]
        );
        assert_eq!(info.comments[&1], ["first of a"]);
        assert_eq!(info.comments[&2], ["first of b"]);
    }

    #[test]
    fn the_same_interface_is_listed_once_and_link_types_stay_apart() {
        let folder = tempfile::tempdir().unwrap();
        let at = folder.path();
        let pcap = FileFormat::Pcap;
        let a = sample(at, "a", pcap, ethernet(None), &[S]);
        let b = sample(at, "b", pcap, ethernet(None), &[S]);
        let raw = Interface {
            link_type: 101,
            ..Interface::default()
        };
        let c = sample(at, "c", pcap, raw, &[S / 2]);
        let out = at.join("out");
        let go = |files: &[&PathBuf], format| {
            let files: Vec<PathBuf> = files.iter().map(|p| (*p).clone()).collect();
            let options = SaveOptions {
                format,
                gzip: false,
            };
            merge(&files, &out, options, &mut |_, _| true)
        };
        go(&[&b, &a], FileFormat::Pcapng).unwrap();
        let (info, frames) = read(&out);
        assert_eq!(info.interfaces.len(), 1);
        // Of equal times the file named first comes first.
        assert_eq!(frames[0].2, "b#0");
        go(&[&a, &c], FileFormat::Pcapng).unwrap();
        let (info, frames) = read(&out);
        let types: Vec<u16> = info.interfaces.iter().map(|i| i.link_type).collect();
        assert_eq!(types, [1, 101]);
        assert_eq!((frames[0].1, frames[0].2.as_str()), (1, "c#0"));
        // A pcap file holds one link type, and says so; the file there stays.
        let error = go(&[&a, &c], pcap).unwrap_err().to_string();
        assert!(error.contains("several (101 and 1)"), "{error}");
        assert_eq!(read(&out).1.len(), 2);
        go(&[&a, &b], pcap).unwrap();
        assert_eq!(read(&out).0.format, pcap);
    }

    #[test]
    fn a_damaged_file_gives_what_it_has_and_a_stop_leaves_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let at = folder.path();
        let pcap = FileFormat::Pcap;
        let a = sample(at, "a", pcap, ethernet(None), &[S, 2 * S]);
        let b = sample(at, "b", pcap, ethernet(None), &[S]);
        let whole = std::fs::read(&a).unwrap();
        std::fs::write(&a, &whole[..whole.len() - 2]).unwrap();
        let out = at.join("out");
        let files = [a, b];
        let merged = merge(&files, &out, SaveOptions::default(), &mut |_, _| true).unwrap();
        assert_eq!((merged.frames, merged.damaged.len()), (2, 1));
        std::fs::remove_file(&out).unwrap();
        let stopped = merge(&files, &out, SaveOptions::default(), &mut |_, _| false);
        assert!(matches!(stopped, Err(FileError::Cancelled { .. })));
        assert!(!out.exists());
        let missing = merge(
            &[at.join("x")],
            &out,
            SaveOptions::default(),
            &mut |_, _| true,
        );
        assert!(matches!(missing, Err(FileError::Missing { .. })));
    }
}
