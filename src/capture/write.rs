//! Writing capture files: a whole capture or chosen frames of it, as pcap or pcapng, compressed or not.
//!
//! A capture that came from a pcapng file and goes into one is copied block by block, each section in its own byte
//! order, so that everything is kept, understood or not. Everything else is written anew by [`CaptureWriter`].

use std::fs::{self, File, Permissions};
use std::io::{self, BufWriter, Write};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use flate2::Compression;
use flate2::write::GzEncoder;

use super::file::MAX_RECORD;
use super::info::{BlockPlace, CaptureInfo, FileFormat, Interface, Resolution, Section};
use super::pcapng::{self, PACKET_HEADER, SIMPLE_HEADER};
use super::writer::{CaptureWriter, put_block, put_edited_options};
use super::{FileError, FrameMeta, FrameReader, NO_TIME, Snapshot, Source};

/// What a capture consists of, for saving.
#[derive(Debug, Clone, Copy)]
pub struct Recording<'a> {
    /// What it says about itself, with the user's comments.
    pub info: &'a CaptureInfo,
    /// Where its frames are.
    pub snapshot: &'a Snapshot,
    /// Where their bytes are.
    pub source: &'a Source,
}

/// How to save.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct SaveOptions {
    /// Kind of file.
    pub format: FileFormat,
    /// Whether to compress it.
    pub gzip: bool,
}

impl SaveOptions {
    /// What the capture has that such a file has no place for, in words to warn the user with. Empty if nothing is lost.
    pub fn loses(self, info: &CaptureInfo) -> Vec<&'static str> {
        if self.format == FileFormat::Pcapng {
            return Vec::new();
        }
        let comments = !info.comments.is_empty()
            || info
                .sections
                .iter()
                .any(|section| !section.comments.is_empty())
            || info
                .interfaces
                .iter()
                .any(|interface| !interface.comments.is_empty());
        let fine = |interface: &Interface| match interface.resolution {
            Resolution::Decimal(digits) => digits > 6,
            Resolution::Binary(bits) => bits > 0,
        };
        [
            (comments, "comments"),
            (info.interfaces.len() > 1, "which interface saw a frame"),
            (
                info.interfaces
                    .iter()
                    .any(|interface| interface.name.is_some()),
                "names of interfaces",
            ),
            (!info.names.is_empty(), "names of addresses"),
            (!info.secrets.is_empty(), "secrets for decryption"),
            (!info.statistics.is_empty(), "statistics of the recording"),
            (
                !info.options.is_empty(),
                "remarks of the recording program on frames",
            ),
            (
                self.format == FileFormat::Pcap && info.interfaces.iter().any(fine),
                "times finer than a microsecond",
            ),
        ]
        .into_iter()
        .filter_map(|(lost, what)| lost.then_some(what))
        .collect()
    }
}

/// Why writing did not succeed. [`save`] adds the file's name and makes a [`FileError`] of it.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// The system refused.
    #[error(transparent)]
    Io(#[from] io::Error),
    /// The format has no place for it.
    #[error("{0}")]
    CannotHold(String),
    /// The source's bytes could not be read.
    #[error(transparent)]
    Read(#[from] FileError),
    /// Stopped on request.
    #[error("cancelled")]
    Cancelled,
}

/// Saves the frames with these ascending numbers. `progress` is told now and then how many frames are written, and
/// stops the saving by returning false. Returns how many frames were written.
///
/// The file appears under its name only when it is complete: it is written beside it, flushed to the disk, and renamed. It
/// may take the place of the very file that the capture is read from.
pub fn save(
    path: &Path,
    recording: Recording<'_>,
    numbers: impl IntoIterator<Item = u32>,
    options: SaveOptions,
    progress: &mut dyn FnMut(u32) -> bool,
) -> Result<u32, FileError> {
    save_with(path, options.gzip, |out| {
        write(out, recording, numbers, options.format, progress)
    })
}

/// A file that `fill` writes and that appears under its name only when it is complete. Returns what `fill` counted.
pub(super) fn save_with(
    path: &Path,
    gzip: bool,
    fill: impl FnOnce(&mut dyn Write) -> Result<u32, WriteError>,
) -> Result<u32, FileError> {
    let failed = |doing| move |error: io::Error| FileError::from_io(path, doing, &error);
    // A link is followed: the file it names is replaced, not the link.
    let target = fs::canonicalize(path).unwrap_or_else(|_| path.to_path_buf());
    if target.is_dir() {
        return Err(FileError::Folder {
            path: path.to_path_buf(),
        });
    }
    let folder = match target.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder.to_path_buf(),
        _ => Path::new(".").to_path_buf(),
    };
    // As a new file would have them (the system takes away what the user's mask says), or as the replaced one had.
    let mode =
        fs::metadata(&target).map_or(0o666, |metadata| metadata.permissions().mode() & 0o777);
    let temporary = tempfile::Builder::new()
        .prefix(".wireglass-")
        .permissions(Permissions::from_mode(mode))
        .tempfile_in(&folder)
        .map_err(failed("write"))?;
    let file = BufWriter::with_capacity(1 << 18, temporary.as_file());
    let written = if gzip {
        let mut encoder = GzEncoder::new(file, Compression::default());
        fill(&mut encoder).and_then(|count| Ok(encoder.finish()?.flush().map(|()| count)?))
    } else {
        let mut file = file;
        fill(&mut file).and_then(|count| Ok(file.flush().map(|()| count)?))
    };
    let written = written.map_err(|error| match error {
        WriteError::Io(error) => FileError::from_io(path, "write", &error),
        WriteError::CannotHold(what) => FileError::CannotHold {
            path: path.to_path_buf(),
            what,
        },
        WriteError::Read(error) => error,
        WriteError::Cancelled => FileError::Cancelled {
            path: path.to_path_buf(),
        },
    })?;
    temporary.as_file().sync_all().map_err(failed("write"))?;
    temporary
        .persist(&target)
        .map_err(|error| FileError::from_io(path, "rename", &error.error))?;
    // So that the new name survives a power failure. Some file systems cannot do this; the file itself is safe.
    let _ = File::open(&folder).and_then(|folder| folder.sync_all());
    Ok(written)
}

fn write(
    out: &mut dyn Write,
    recording: Recording<'_>,
    numbers: impl IntoIterator<Item = u32>,
    format: FileFormat,
    progress: &mut dyn FnMut(u32) -> bool,
) -> Result<u32, WriteError> {
    let Recording {
        info,
        snapshot,
        source,
    } = recording;
    let mut reader = FrameReader::new(source);
    let copies =
        format == FileFormat::Pcapng && info.sections.iter().any(|section| section.place.is_some());
    let mut target = if copies {
        Target::Copy(Copier::new(out, info))
    } else {
        Target::Waiting(out)
    };
    let (mut last, mut count) = (0, 0_u32);
    for number in numbers {
        if number <= last {
            return Err(WriteError::CannotHold(format!(
                "frame {number} after frame {last}: frames are saved in their order"
            )));
        }
        last = number;
        let meta = snapshot.meta(number).ok_or_else(|| {
            WriteError::CannotHold(format!(
                "frame {number} is not held in the capture any more"
            ))
        })?;
        if let Target::Waiting(out) = target {
            target = Target::New(CaptureWriter::start(out, format, info, meta.interface)?);
        }
        match &mut target {
            Target::Copy(copier) => copier.frame(number, &meta, &mut reader)?,
            Target::New(writer) => {
                let comments = info
                    .comments
                    .get(&number)
                    .map(Vec::as_slice)
                    .unwrap_or_default();
                writer.frame(&meta, reader.frame(&meta)?, comments)?;
            }
            Target::Waiting(_) => {} // replaced above
        }
        count += 1;
        if count % 4096 == 0 && !progress(count) {
            return Err(WriteError::Cancelled);
        }
    }
    match target {
        Target::Copy(mut copier) => copier.blocks_before(u64::MAX, &mut reader)?,
        Target::New(writer) => writer.finish(info)?,
        Target::Waiting(out) => CaptureWriter::start(out, format, info, 0)?.finish(info)?,
    }
    Ok(count)
}

/// Where the frames go.
enum Target<'a> {
    /// From pcapng to pcapng.
    Copy(Copier<'a>),
    /// Written anew, once the first frame says with which link type.
    Waiting(&'a mut dyn Write),
    New(CaptureWriter<&'a mut dyn Write>),
}

/// Copies blocks, in the order of the source.
struct Copier<'a> {
    out: &'a mut dyn Write,
    info: &'a CaptureInfo,
    /// Everything that is not a frame, the next last. The section's index where it is a section header.
    blocks: Vec<(BlockPlace, Option<usize>)>,
}

impl<'a> Copier<'a> {
    fn new(out: &'a mut dyn Write, info: &'a CaptureInfo) -> Self {
        let sections = info
            .sections
            .iter()
            .enumerate()
            .filter_map(|(index, section)| Some((section.place?, Some(index))));
        let interfaces = info
            .interfaces
            .iter()
            .filter_map(|interface| Some((interface.place?, None)));
        let others = info.blocks.iter().map(|block| (block.place, None));
        let mut blocks: Vec<_> = sections.chain(interfaces).chain(others).collect();
        blocks.sort_unstable_by_key(|(place, _)| std::cmp::Reverse(place.offset));
        Self { out, info, blocks }
    }

    fn blocks_before(&mut self, offset: u64, reader: &mut FrameReader) -> Result<(), WriteError> {
        while let Some((place, section)) = self.blocks.pop_if(|(place, _)| place.offset < offset) {
            let bytes = reader.bytes(place.offset, place.len as usize)?;
            match section.and_then(|index| self.info.sections.get(index)) {
                Some(section) => self.section(section, bytes)?,
                None => self.out.write_all(bytes)?,
            }
        }
        Ok(())
    }

    /// A section header. Its stated length may no longer be right: "unknown" always is.
    fn section(&mut self, section: &Section, bytes: &[u8]) -> Result<(), WriteError> {
        const FIXED: usize = 24;
        let order = section.byte_order;
        let (Some(head), Some(options)) = (
            bytes.get(8..16),
            bytes.get(FIXED..bytes.len().saturating_sub(4)),
        ) else {
            return Err(WriteError::CannotHold(
                "the source has changed since it was opened".to_owned(),
            ));
        };
        let mut body = head.to_vec();
        body.extend_from_slice(&[0xff; 8]);
        if section.edited {
            put_edited_options(&mut body, order, options, &section.comments)?;
        } else {
            body.extend_from_slice(options);
        }
        put_block(self.out, order, pcapng::SECTION, &body)?;
        Ok(())
    }

    fn frame(
        &mut self,
        number: u32,
        meta: &FrameMeta,
        reader: &mut FrameReader,
    ) -> Result<(), WriteError> {
        self.blocks_before(meta.offset, reader)?;
        let changed =
            || WriteError::CannotHold("the source has changed since it was opened".to_owned());
        let order = self.info.byte_order(meta.interface);
        let simple = meta.time_ns == NO_TIME;
        let head_len = if simple { SIMPLE_HEADER } else { PACKET_HEADER };
        let start = meta
            .offset
            .checked_sub(head_len as u64)
            .ok_or_else(changed)?;
        let len = order
            .u32(reader.bytes(start, 8)?, 4)
            .min(MAX_RECORD)
            .next_multiple_of(4) as usize;
        let data_end = head_len + (meta.captured as usize).next_multiple_of(4);
        let block = reader.bytes(start, len)?;
        if !self.info.edited.contains(&number) {
            self.out.write_all(block)?;
            return Ok(());
        }
        let comments = self
            .info
            .comments
            .get(&number)
            .map(Vec::as_slice)
            .unwrap_or_default();
        if simple && !comments.is_empty() {
            let what =
                format!("frame {number} is in a simple packet block, which cannot carry a comment");
            return Err(WriteError::CannotHold(what));
        }
        // The captured bytes may lack their padding.
        let mut body = block
            .get(8..data_end.min(len.saturating_sub(4)))
            .ok_or_else(changed)?
            .to_vec();
        body.resize(body.len().next_multiple_of(4), 0);
        let options = block
            .get(data_end..len.saturating_sub(4))
            .unwrap_or_default();
        put_edited_options(&mut body, order, options, comments)?;
        put_block(self.out, order, order.u32(block, 0), &body)?;
        Ok(())
    }
}
