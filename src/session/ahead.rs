//! Reading ahead: one thread reads and indexes the file, and looks at the headers of each frame, while another scans what was
//! read.

use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, SyncSender, channel, sync_channel};

use crate::capture::{Batch, CaptureFile, CaptureInfo, FileError, FrameMeta, SEGMENT_FRAMES};
use crate::column::Pool;
use crate::dissect::{Dissector, FrameInfo, Looker, Options, Outlook, Protocol, Registry};
use crate::flow::address::Seed;
use crate::flow::facts::{Paths, Pools};

/// Batches that may wait for the scan; with the one being read and the one being scanned, so much of the file is in memory.
const AHEAD: usize = 2;

/// What one step of reading gave.
pub(super) struct Read {
    /// Frames and their bytes; none in the last step.
    pub(super) batch: Batch,
    /// What their headers say, frame by frame.
    pub(super) outlooks: Vec<Outlook>,
    /// The chains of protocols that the outlooks name, when there are new ones.
    pub(super) paths: Option<Arc<Paths>>,
    /// What the file says about itself, when that has changed.
    pub(super) info: Option<Arc<CaptureInfo>>,
    /// Bytes read, and how many there are.
    pub(super) progress: (u64, u64),
    /// Set in the last step: how reading ended.
    pub(super) end: Option<Result<(), FileError>>,
}

/// The reading thread, seen from the scan.
pub(super) struct Ahead {
    full: Receiver<Read>,
    empty: Sender<(Batch, Vec<Outlook>)>,
}

/// Who looks at the headers.
pub(super) struct Eyes {
    pub(super) registry: Arc<Registry>,
    pub(super) options: Options,
    pub(super) root: &'static Protocol,
    pub(super) seed: Seed,
    /// What the scan will write into; laid out here, where time is to spare.
    pub(super) facts: Pools,
    pub(super) index: Pool<FrameMeta>,
}

impl Ahead {
    /// Begin to read. Dropping it ends the thread at its next batch.
    pub(super) fn start(file: CaptureFile, eyes: Eyes) -> std::io::Result<Ahead> {
        let (full, next) = sync_channel(AHEAD);
        let (empty, used) = channel();
        std::thread::Builder::new()
            .name("read".into())
            .spawn(move || run(file, &eyes, &full, &used))?;
        Ok(Ahead { full: next, empty })
    }

    /// The next step; `None` behind the last.
    pub(super) fn next(&self) -> Option<Read> {
        self.full.recv().ok()
    }

    /// Give a batch back whose bytes are done with.
    pub(super) fn give_back(&self, batch: Batch, outlooks: Vec<Outlook>) {
        // Behind the end nobody wants it.
        let _ = self.empty.send((batch, outlooks));
    }
}

fn run(
    mut file: CaptureFile,
    eyes: &Eyes,
    full: &SyncSender<Read>,
    empty: &Receiver<(Batch, Vec<Outlook>)>,
) {
    let mut known: Option<Arc<CaptureInfo>> = None;
    let (mut looker, mut told) = (Looker::with_seed(eyes.seed.clone()), 0);
    loop {
        let (mut batch, mut outlooks) = empty.try_recv().unwrap_or_default();
        let end = match file.read_batch(&mut batch) {
            Ok(true) => None,
            Ok(false) => Some(Ok(())),
            Err(error) => Some(Err(error)),
        };
        let info = (known.as_deref() != Some(file.info())).then(|| Arc::new(file.info().clone()));
        if info.is_some() {
            known.clone_from(&info);
        }
        look(eyes, &file, &batch, &mut looker, &mut outlooks);
        let paths = (looker.paths().len() > told).then(|| Arc::new(looker.paths().clone()));
        told = looker.paths().len();
        let last = end.is_some();
        let read = Read {
            batch,
            outlooks,
            paths,
            info,
            progress: file.progress(),
            end,
        };
        if full.send(read).is_err() || last {
            return;
        }
        eyes.facts.fill();
        eyes.index.fill(SEGMENT_FRAMES, &FrameMeta::default());
    }
}

/// Look at the headers of a batch.
fn look(
    eyes: &Eyes,
    file: &CaptureFile,
    batch: &Batch,
    looker: &mut Looker,
    outlooks: &mut Vec<Outlook>,
) {
    let dissector = Dissector {
        registry: &eyes.registry,
        options: &eyes.options,
        root: eyes.root,
    };
    outlooks.clear();
    outlooks.extend(batch.frames.iter().enumerate().map(|(index, meta)| {
        let frame = FrameInfo {
            captured: meta.captured,
            original: meta.original,
            link_type: file.info().link_type(meta.interface).unwrap_or(u16::MAX),
            ..FrameInfo::default()
        };
        dissector.look_ahead(frame, batch.frame_bytes(index), looker)
    }));
}
