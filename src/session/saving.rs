//! Saving what is open: frames as a capture, or what they say as text, CSV, JSON or PDML. All of them, those displayed, or ranges.
//!
//! A file appears under its name only when it is complete, and takes the place of another only where that was asked for.

use std::fs::Permissions;
use std::io::{BufWriter, Write};
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use flate2::Compression;
use flate2::write::GzEncoder;

use super::load::{Session, Wake};
use super::rows::Rows;
use super::view::View;
use super::work::in_order;
use crate::capture::{FileError, FileFormat, Recording, SaveOptions, save};
use crate::dissect::{Tree, Want};
use crate::export::{Row, csv, json, pdml, text};

/// Frames that are printed as one piece of work.
const PIECE: usize = 1024;
/// Ranges may name so many frames one by one; nobody types more.
const RANGES: usize = 4096;

/// What kind of file is made.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Form {
    /// pcapng.
    #[default]
    Pcapng,
    /// pcap with microseconds.
    Pcap,
    /// pcap with nanoseconds.
    PcapNanos,
    /// The packet list as text.
    Text,
    /// Each packet's line with its tree below.
    Details,
    /// The packet list as comma separated values.
    Csv,
    /// Every field as JSON.
    Json,
    /// Every field as PDML.
    Pdml,
}

impl Form {
    /// Those that keep the frames themselves.
    pub const CAPTURES: [Form; 3] = [Form::Pcapng, Form::Pcap, Form::PcapNanos];
    /// Those that keep what frames say.
    pub const DISSECTIONS: [Form; 5] =
        [Form::Text, Form::Details, Form::Csv, Form::Json, Form::Pdml];

    /// Its name for people.
    pub const fn title(self) -> &'static str {
        match self {
            Form::Pcapng => "pcapng",
            Form::Pcap => "pcap, microseconds",
            Form::PcapNanos => "pcap, nanoseconds",
            Form::Text => "Text, a line a packet",
            Form::Details => "Text with all fields",
            Form::Csv => "CSV, a line a packet",
            Form::Json => "JSON, all fields",
            Form::Pdml => "PDML, all fields",
        }
    }

    /// How the name of such a file ends.
    pub const fn extension(self) -> &'static str {
        match self {
            Form::Pcapng => "pcapng",
            Form::Pcap | Form::PcapNanos => "pcap",
            Form::Text | Form::Details => "txt",
            Form::Csv => "csv",
            Form::Json => "json",
            Form::Pdml => "pdml",
        }
    }

    /// The format of the capture file, if it is one.
    pub const fn format(self) -> Option<FileFormat> {
        match self {
            Form::Pcapng => Some(FileFormat::Pcapng),
            Form::Pcap => Some(FileFormat::Pcap),
            Form::PcapNanos => Some(FileFormat::PcapNanos),
            _ => None,
        }
    }
}

/// Which frames.
#[derive(Clone, Debug, Default)]
pub enum Frames {
    /// All that are held.
    #[default]
    All,
    /// Those that a filter found.
    Displayed(Arc<Rows>),
    /// Those with these numbers, ascending.
    Numbers(Vec<u32>),
}

/// What to save, and where.
#[derive(Clone, Debug)]
pub struct Order {
    /// The file.
    pub path: PathBuf,
    /// Whether it may take the place of another.
    pub replace: bool,
    /// What kind of file.
    pub form: Form,
    /// Whether to compress it.
    pub gzip: bool,
    /// Which frames.
    pub frames: Frames,
    /// Whether frames come along that others are put together from: segments of a message, fragments of a datagram.
    pub needed: bool,
}

/// Why nothing was saved.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SaveError {
    /// There is such a file already, and it was not said that it may go.
    #[error("{}: there is a file of this name already", path.display())]
    Exists {
        /// The file.
        path: PathBuf,
    },
    /// The file could not be written, or a frame not read.
    #[error(transparent)]
    File(#[from] FileError),
}

/// The numbers in a text like `1-5, 9, 20-`, ascending, up to the last frame there is.
pub fn ranges(text: &str, last: u32) -> Result<Vec<u32>, String> {
    let number = |part: &str| {
        part.trim()
            .parse::<u32>()
            .ok()
            .filter(|n| *n > 0)
            .ok_or_else(|| format!("\"{}\" is no packet number", part.trim()))
    };
    let mut all: Vec<(u32, u32)> = Vec::new();
    for part in text.split([',', ';']).filter(|p| !p.trim().is_empty()) {
        let (from, to) = match part.split_once('-') {
            None => (number(part)?, number(part)?),
            Some((from, to)) if to.trim().is_empty() => (number(from)?, last),
            Some((from, to)) if from.trim().is_empty() => (1, number(to)?),
            Some((from, to)) => (number(from)?, number(to)?),
        };
        if from > to && from <= last {
            return Err(format!("{from} comes behind {to}"));
        }
        all.push((from, to.min(last)));
        if all.len() > RANGES {
            return Err("so many ranges cannot be taken in".into());
        }
    }
    if all.is_empty() {
        return Err("which packets? Write numbers and ranges, such as 1-5, 9, 20-".into());
    }
    all.sort_unstable();
    let mut numbers: Vec<u32> = Vec::new();
    for (from, to) in all {
        // What was named before is not named again.
        let from = numbers.last().map_or(from, |n| from.max(n + 1));
        numbers.extend(from..=to);
    }
    if numbers.is_empty() {
        return Err(format!("the capture ends with packet {last}"));
    }
    Ok(numbers)
}

/// The frames of an order, in their order.
fn numbers(session: &Session, order: &Order) -> Vec<u32> {
    let snapshot = session.snapshot();
    let held = snapshot.first()..=snapshot.len();
    let chosen: Vec<u32> = match &order.frames {
        Frames::All => return held.collect(),
        Frames::Displayed(rows) => rows.iter().filter(|n| held.contains(n)).collect(),
        Frames::Numbers(numbers) => numbers
            .iter()
            .copied()
            .filter(|n| held.contains(n))
            .collect(),
    };
    if !order.needed {
        return chosen;
    }
    let mut all = chosen.clone();
    let ages = session.facts();
    for number in chosen {
        let facts = ages.of(number);
        for piece in facts.pieces(number) {
            let spans = facts.messages.get(piece.message as usize).and_then(|m| {
                facts
                    .spans
                    .get(m.spans.start as usize..m.spans.end as usize)
            });
            // A frame with the end of one message and the beginning of the next is asked for what it shows itself.
            let shows = facts
                .messages
                .get(piece.message as usize)
                .is_some_and(|m| m.last_frame == number);
            if shows {
                all.extend(spans.unwrap_or_default().iter().map(|s| s.frame));
            }
        }
        let from = facts
            .fragment_of
            .partition_point(|(frame, _, _)| *frame < number);
        for (frame, _, datagram) in facts.fragment_of.get(from..).unwrap_or_default() {
            if *frame != number {
                break;
            }
            if let Some(datagram) = facts.datagrams.get(*datagram as usize) {
                all.extend(datagram.fragments.iter().map(|(_, span)| span.frame));
            }
        }
    }
    drop(ages);
    all.retain(|n| held.contains(n));
    all.sort_unstable();
    all.dedup();
    all
}

/// Do it. `progress` is told how many frames are done of how many, and stops it by returning false. Returns how many frames
/// were saved.
pub fn save_as(
    session: &Arc<Session>,
    order: &Order,
    progress: &mut dyn FnMut(u32, u32) -> bool,
) -> Result<u32, SaveError> {
    if !order.replace && order.path.exists() {
        return Err(SaveError::Exists {
            path: order.path.clone(),
        });
    }
    let numbers = numbers(session, order);
    let count = u32::try_from(numbers.len()).unwrap_or(u32::MAX);
    if let Some(format) = order.form.format() {
        let view = session.view();
        // With the comments that the user wrote.
        let info = session.info_to_save();
        let recording = Recording {
            info: &info,
            snapshot: view.snapshot(),
            source: session.source(),
        };
        let options = SaveOptions {
            format,
            gzip: order.gzip,
        };
        let mut told = |done: u32| progress(done, count);
        return Ok(save(&order.path, recording, numbers, options, &mut told)?);
    }
    write_whole(&order.path, order.replace, |out| {
        if order.gzip {
            let mut encoder = GzEncoder::new(out, Compression::default());
            print(session, order, &numbers, &mut encoder, progress)?;
            encoder
                .finish()
                .map_err(|e| failed(&order.path, &e))
                .map(|_| ())
        } else {
            print(session, order, &numbers, out, progress)
        }
    })?;
    Ok(count)
}

/// Write a file that appears under its name only when `fill` has succeeded.
pub fn write_whole(
    path: &Path,
    replace: bool,
    fill: impl FnOnce(&mut dyn Write) -> Result<(), SaveError>,
) -> Result<(), SaveError> {
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    if path.is_dir() {
        let path = path.to_path_buf();
        return Err(FileError::Folder { path }.into());
    }
    let temporary = tempfile::Builder::new()
        .prefix(".wireglass-")
        .permissions(Permissions::from_mode(0o666))
        .tempfile_in(folder)
        .map_err(|e| failed(path, &e))?;
    let mut out = BufWriter::with_capacity(1 << 18, temporary.as_file());
    fill(&mut out)?;
    out.flush().map_err(|e| failed(path, &e))?;
    drop(out);
    temporary
        .as_file()
        .sync_all()
        .map_err(|e| failed(path, &e))?;
    let kept = if replace {
        temporary.persist(path)
    } else {
        temporary.persist_noclobber(path)
    };
    match kept {
        Ok(_) => Ok(()),
        Err(error) if error.error.kind() == std::io::ErrorKind::AlreadyExists => {
            Err(SaveError::Exists {
                path: path.to_path_buf(),
            })
        }
        Err(error) => Err(failed(path, &error.error)),
    }
}

fn failed(path: &Path, error: &std::io::Error) -> SaveError {
    FileError::from_io(path, "write", error).into()
}

/// Print frames in a form.
fn print(
    session: &Arc<Session>,
    order: &Order,
    numbers: &[u32],
    out: &mut dyn Write,
    progress: &mut dyn FnMut(u32, u32) -> bool,
) -> Result<(), SaveError> {
    let mut frame = String::new();
    match order.form {
        Form::Pdml => pdml::head(&mut frame),
        Form::Json => json::head(&mut frame),
        Form::Csv => csv::head(&mut frame),
        _ => {}
    }
    let mut result = out
        .write_all(frame.as_bytes())
        .map_err(|e| failed(&order.path, &e));
    let count = u32::try_from(numbers.len()).unwrap_or(u32::MAX);
    let mut done = 0;
    in_order(
        numbers.len().div_ceil(PIECE) as u64,
        || (session.view(), Tree::new()),
        |(view, tree), piece| {
            let start = usize::try_from(piece)
                .unwrap_or(usize::MAX)
                .saturating_mul(PIECE);
            let part = numbers
                .get(start..numbers.len().min(start.saturating_add(PIECE)))
                .unwrap_or_default();
            let before = start.checked_sub(1).and_then(|i| numbers.get(i)).copied();
            print_piece(view, tree, order.form, part, before, start == 0)
        },
        |text| {
            if result.is_err() {
                return false;
            }
            result = text.map_err(SaveError::from).and_then(|t| {
                out.write_all(t.as_bytes())
                    .map_err(|e| failed(&order.path, &e))
            });
            done = count.min(done + PIECE as u32);
            if result.is_ok() && !progress(done, count) {
                let path = order.path.clone();
                result = Err(FileError::Cancelled { path }.into());
            }
            result.is_ok()
        },
    );
    result?;
    frame.clear();
    match order.form {
        Form::Pdml => pdml::foot(&mut frame),
        Form::Json => json::foot(&mut frame),
        _ => {}
    }
    out.write_all(frame.as_bytes())
        .map_err(|e| failed(&order.path, &e))
}

fn print_piece(
    view: &mut View,
    tree: &mut Tree,
    form: Form,
    numbers: &[u32],
    mut before: Option<u32>,
    mut first: bool,
) -> Result<String, FileError> {
    let want = match form {
        Form::Text | Form::Csv => Want::COLUMNS,
        _ => Want::ALL,
    };
    let mut out = String::new();
    for number in numbers.iter().copied() {
        let Some(meta) = view.meta(number) else {
            continue;
        };
        view.dissect(number, before, want, tree)?;
        before = Some(number);
        let row = Row {
            number,
            time_ns: meta.time_ns,
            relative_ns: view.relative_ns(number, &meta),
            original: meta.original,
            captured: meta.captured,
            tree,
            bytes: view.bytes(),
        };
        match form {
            Form::Text => text::line(&row, &mut out),
            Form::Details => {
                text::line(&row, &mut out);
                text::details(&row, &mut out);
            }
            Form::Csv => csv::line(&row, &mut out),
            Form::Json => json::packet(&row, first, &mut out),
            Form::Pdml => pdml::packet(&row, &mut out),
            Form::Pcapng | Form::Pcap | Form::PcapNanos => {}
        }
        first = false;
    }
    Ok(out)
}

/// Saving in a thread of its own. Dropping it lets it go on to its end.
pub struct Saving {
    order: Order,
    done: Arc<AtomicU32>,
    of: Arc<AtomicU32>,
    cancel: Arc<AtomicBool>,
    result: Arc<Mutex<Option<Result<u32, SaveError>>>>,
}

impl Saving {
    /// Begin.
    pub fn start(session: &Arc<Session>, order: Order, wake: Wake) -> Saving {
        let saving = Saving {
            order,
            done: Arc::default(),
            of: Arc::default(),
            cancel: Arc::default(),
            result: Arc::default(),
        };
        let (session, order) = (Arc::clone(session), saving.order.clone());
        let (done, of) = (Arc::clone(&saving.done), Arc::clone(&saving.of));
        let (cancel, result) = (Arc::clone(&saving.cancel), Arc::clone(&saving.result));
        let started = std::thread::Builder::new()
            .name("save".into())
            .spawn(move || {
                let saved = save_as(&session, &order, &mut |at, all| {
                    done.store(at, Ordering::Relaxed);
                    of.store(all, Ordering::Relaxed);
                    wake();
                    !cancel.load(Ordering::Relaxed)
                });
                *result.lock().unwrap_or_else(PoisonError::into_inner) = Some(saved);
                wake();
            });
        if let Err(error) = started {
            let failed = failed(&saving.order.path, &error);
            *saving.result.lock().unwrap_or_else(PoisonError::into_inner) = Some(Err(failed));
        }
        saving
    }

    /// What is saved.
    pub fn order(&self) -> &Order {
        &self.order
    }

    /// How much is done, 0 to 1.
    pub fn share(&self) -> f32 {
        let of = self.of.load(Ordering::Relaxed);
        if of == 0 {
            return 0.0;
        }
        self.done.load(Ordering::Relaxed) as f32 / of as f32
    }

    /// Stop; nothing is left behind.
    pub fn cancel(&self) {
        self.cancel.store(true, Ordering::Relaxed);
    }

    /// How it ended, once.
    pub fn take_result(&self) -> Option<Result<u32, SaveError>> {
        self.result
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .take()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_are_read_as_people_write_them() {
        assert_eq!(ranges("1-3, 7", 10), Ok(vec![1, 2, 3, 7]));
        assert_eq!(ranges("9-, -2; 2-4", 10), Ok(vec![1, 2, 3, 4, 9, 10]));
        assert_eq!(ranges("8-4000000000", 10), Ok(vec![8, 9, 10]));
        for wrong in ["", "0", "5-3", "a", "1-2-3", "11"] {
            assert!(ranges(wrong, 10).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_file_is_whole_or_not_there_and_nothing_is_overwritten_unasked() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("out.txt");
        let fail = write_whole(&path, false, |out| {
            out.write_all(b"half").map_err(|e| failed(&path, &e))?;
            let path = path.clone();
            Err(FileError::Cancelled { path }.into())
        });
        assert!(fail.is_err());
        assert_eq!(std::fs::read_dir(folder.path()).expect("it").count(), 0);
        let write = |text: &'static [u8], replace| {
            write_whole(&path, replace, |out| {
                out.write_all(text).map_err(|e| failed(&path, &e))
            })
        };
        assert_eq!(write(b"one", false), Ok(()));
        let path = path.clone();
        assert_eq!(
            write(b"two", false),
            Err(SaveError::Exists { path: path.clone() })
        );
        assert_eq!(std::fs::read(&path).expect("it"), b"one");
        assert_eq!(write(b"two", true), Ok(()));
        assert_eq!(std::fs::read(&path).expect("it"), b"two");
    }
}
