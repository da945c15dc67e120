//! Reading ahead: one thread reads and indexes the file while another scans what was read.

use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, SyncSender, channel, sync_channel};

use crate::capture::{Batch, CaptureFile, CaptureInfo, FileError};

/// Batches that may wait for the scan; with the one being read and the one being scanned, so much of the file is in memory.
const AHEAD: usize = 2;

/// What one step of reading gave.
pub(super) struct Read {
    /// Frames and their bytes; none in the last step.
    pub(super) batch: Batch,
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
    empty: Sender<Batch>,
}

impl Ahead {
    /// Begin to read. Dropping it ends the thread at its next batch.
    pub(super) fn start(file: CaptureFile) -> std::io::Result<Ahead> {
        let (full, next) = sync_channel(AHEAD);
        let (empty, used) = channel();
        std::thread::Builder::new()
            .name("read".into())
            .spawn(move || run(file, &full, &used))?;
        Ok(Ahead { full: next, empty })
    }

    /// The next step; `None` behind the last.
    pub(super) fn next(&self) -> Option<Read> {
        self.full.recv().ok()
    }

    /// Give a batch back whose bytes are done with.
    pub(super) fn give_back(&self, batch: Batch) {
        // Behind the end nobody wants it.
        let _ = self.empty.send(batch);
    }
}

fn run(mut file: CaptureFile, full: &SyncSender<Read>, empty: &Receiver<Batch>) {
    let mut known: Option<Arc<CaptureInfo>> = None;
    loop {
        let mut batch = empty.try_recv().unwrap_or_default();
        let end = match file.read_batch(&mut batch) {
            Ok(true) => None,
            Ok(false) => Some(Ok(())),
            Err(error) => Some(Err(error)),
        };
        let info = (known.as_deref() != Some(file.info())).then(|| Arc::new(file.info().clone()));
        if info.is_some() {
            known.clone_from(&info);
        }
        let last = end.is_some();
        let read = Read {
            batch,
            info,
            progress: file.progress(),
            end,
        };
        if full.send(read).is_err() || last {
            return;
        }
    }
}
