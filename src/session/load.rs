//! Opening a capture: one thread reads the file block by block and scans each frame in order.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock, RwLockReadGuard};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use super::ages::Ages;
use super::ahead::{Ahead, Eyes};
use super::marks::MarkStore;
use super::view::View;
use crate::capture::{
    Batch, CaptureFile, CaptureInfo, FileError, FrameMeta, FrameReader, Growth, Recorder, Snapshot,
    Source, Store, StoreHandle,
};
use crate::dissect::{
    DecodeAs, Dissector, FrameInfo, Frames, InterfaceInfo, Options, Outlook, Protocol, Registry,
    Translation, Tree,
};
use crate::flow::address::Seed;
use crate::flow::facts::{Paths, Span};
use crate::flow::history::History;

/// Wakes whoever shows the capture: something new is there.
pub type Wake = Arc<dyn Fn() + Send + Sync>;

/// How far loading is.
#[derive(Debug, Default)]
pub struct LoadState {
    /// Bytes read of the file, and its length (0 = unknown).
    pub progress: (u64, u64),
    /// Whether the end (or the damage) was reached, or loading was cancelled.
    pub done: bool,
    /// Why it ended before the end of the file.
    pub error: Option<FileError>,
    /// What the file says about itself.
    pub info: Arc<CaptureInfo>,
    /// Its interfaces, as frames show them.
    pub interfaces: Arc<Vec<InterfaceInfo>>,
}

/// An open capture.
pub struct Session {
    path: PathBuf,
    registry: Arc<Registry>,
    root: &'static Protocol,
    options: Options,
    wake: Wake,
    source: Source,
    store: StoreHandle,
    facts: Arc<RwLock<Ages>>,
    state: Arc<Mutex<LoadState>>,
    cancel: Arc<AtomicBool>,
    /// What the scan remembered, when it is done: taking it apart takes a while, so nobody who waits for the scan does it.
    left: Arc<Mutex<Option<Box<Scan>>>>,
    thread: Mutex<Option<JoinHandle<()>>>,
    marks: MarkStore,
    /// What fills the file, if it is a live capture.
    recorder: Option<Arc<Recorder>>,
}

/// Frames scanned under one lock, at most: keeps the time short for which readers could wait.
const LOCKED_FRAMES: usize = 4096;

/// Room is made for at most so many frames; what comes beyond grows as it comes.
const RESERVE_LIMIT: usize = 32 << 20;

/// How long frames may be scanned and not yet visible: not to be noticed, and seldom enough not to cost.
const PUBLISH_EVERY: Duration = Duration::from_millis(30);

impl Session {
    /// Open a capture file and begin to load it. Returns as soon as the file is known to be a capture; `wake` is called
    /// whenever there is more to show.
    pub fn open(
        path: &Path,
        registry: Arc<Registry>,
        options: Options,
        wake: Wake,
    ) -> Result<Session, FileError> {
        Session::start(
            CaptureFile::open(path)?,
            path,
            None,
            registry,
            options,
            wake,
        )
    }

    /// Follow a running capture: its frames are scanned, filtered and shown as they come. A capture that comes through a pipe
    /// must have its head already. What is known of its frames takes about `budget` bytes of memory at most; the oldest leave.
    pub fn live(
        recorder: Arc<Recorder>,
        budget: usize,
        registry: Arc<Registry>,
        options: Options,
        wake: Wake,
    ) -> Result<Session, FileError> {
        let path = recorder.path().to_path_buf();
        let file = CaptureFile::follow(&path, recorder.growth())?;
        let live = Some((recorder, budget));
        Session::start(file, &path, live, registry, options, wake)
    }

    /// Follow a file that somebody writes and tells of: its frames are there as they come. Its head must be written already.
    pub fn growing(
        path: &Path,
        growth: Arc<Growth>,
        registry: Arc<Registry>,
        options: Options,
        wake: Wake,
    ) -> Result<Session, FileError> {
        let file = CaptureFile::follow(path, growth)?;
        Session::start(file, path, None, registry, options, wake)
    }

    fn start(
        file: CaptureFile,
        path: &Path,
        live: Option<(Arc<Recorder>, usize)>,
        registry: Arc<Registry>,
        options: Options,
        wake: Wake,
    ) -> Result<Session, FileError> {
        let root = registry
            .protocols()
            .first()
            .copied()
            .unwrap_or(&crate::protocols::frame::FRAME);
        let root = registry.protocol_named("frame").unwrap_or(root);
        let (recorder, budget) = live.unzip();
        let store = Store::new();
        let session = Session {
            path: path.to_path_buf(),
            root,
            source: file.source(),
            store: store.handle(),
            facts: Arc::default(),
            state: Arc::default(),
            cancel: Arc::default(),
            left: Arc::default(),
            thread: Mutex::new(None),
            marks: MarkStore::default(),
            recorder,
            registry,
            options,
            wake: Arc::clone(&wake),
        };
        let seed = Seed::default();
        let eyes = Eyes {
            registry: Arc::clone(&session.registry),
            options: session.options.clone(),
            root,
            seed: seed.clone(),
            facts: session.facts().each()[1].pools(),
            index: store.pool().clone(),
        };
        let ahead = Ahead::start(file, eyes)
            .map_err(|error| FileError::from_io(path, "start reading", &error))?;
        let loader = Loader {
            ahead,
            info: Arc::default(),
            progress: (0, 0),
            source: session.source.clone(),
            store,
            published: None,
            root,
            registry: Arc::clone(&session.registry),
            options: session.options.clone(),
            facts: Arc::clone(&session.facts),
            state: Arc::clone(&session.state),
            cancel: Arc::clone(&session.cancel),
            left: Arc::clone(&session.left),
            wake,
            budget,
        };
        let scan = Scan {
            history: History::with_seed(seed),
            ..Scan::default()
        };
        let thread = std::thread::Builder::new()
            .name("load".into())
            .spawn(move || loader.run(scan));
        match thread {
            Ok(thread) => *lock(&session.thread) = Some(thread),
            Err(error) => {
                let mut state = lock(&session.state);
                state.done = true;
                state.error = Some(FileError::from_io(path, "start reading", &error));
            }
        }
        Ok(session)
    }

    /// Open the same file once more, with these rules of the user for who reads what in place of those it was scanned with: the
    /// scan must see them. This session stays as it is.
    pub fn reload(&self, rules: Vec<DecodeAs>) -> Result<Session, FileError> {
        let registry = Arc::new(self.registry.decoding_as(rules));
        let options = self.options.clone();
        Session::open(&self.path, registry, options, Arc::clone(&self.wake))
    }

    /// The file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Who dissects what.
    pub fn registry(&self) -> &Arc<Registry> {
        &self.registry
    }

    /// Settings.
    pub fn options(&self) -> &Options {
        &self.options
    }

    /// Where the frames' bytes are.
    pub fn source(&self) -> &Source {
        &self.source
    }

    /// The frames so far.
    pub fn snapshot(&self) -> Snapshot {
        self.store.snapshot()
    }

    /// The facts so far. Hold it briefly while the capture is loading.
    pub fn facts(&self) -> RwLockReadGuard<'_, Ages> {
        self.facts.read().unwrap_or_else(PoisonError::into_inner)
    }

    /// How far loading is.
    pub fn state(&self) -> MutexGuard<'_, LoadState> {
        lock(&self.state)
    }

    /// What fills the capture, if it is a live one, running or ended.
    pub fn recorder(&self) -> Option<&Arc<Recorder>> {
        self.recorder.as_ref()
    }

    /// About how much memory the frames in it take, bytes: where they are, and what the scan found out.
    pub fn memory(&self) -> usize {
        let frames = self.snapshot();
        let frames = frames.len() - frames.first().saturating_sub(1);
        self.facts().memory() + frames as usize * size_of::<FrameMeta>()
    }

    pub(super) fn mark_store(&self) -> &MarkStore {
        &self.marks
    }

    /// Whether loading has ended.
    pub fn is_loaded(&self) -> bool {
        self.state().done
    }

    /// Wait until loading has ended.
    pub fn wait(&self) {
        let thread = lock(&self.thread).take();
        if let Some(thread) = thread {
            // A panic in the loader has been answered by the dissector's own border; nothing more can be done here.
            let _ = thread.join();
        }
    }

    /// Give the memory back that only the scan needed. To be called when nobody waits.
    pub(super) fn give_back(&self) {
        let left = lock(&self.left).take();
        drop(left);
    }

    /// Stop loading; what was read stays.
    pub fn cancel(&self) {
        self.cancel.store(true, Ordering::Relaxed);
    }

    /// A view for one thread to read and dissect frames.
    pub fn view(self: &Arc<Session>) -> View {
        View::new(Arc::clone(self))
    }

    pub(super) fn dissector(&self) -> Dissector<'_> {
        Dissector {
            registry: &self.registry,
            options: &self.options,
            root: self.root,
        }
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        self.cancel();
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The loading thread.
struct Loader {
    ahead: Ahead,
    info: Arc<CaptureInfo>,
    progress: (u64, u64),
    source: Source,
    store: Store,
    published: Option<Instant>,
    root: &'static Protocol,
    registry: Arc<Registry>,
    options: Options,
    facts: Arc<RwLock<Ages>>,
    state: Arc<Mutex<LoadState>>,
    cancel: Arc<AtomicBool>,
    left: Arc<Mutex<Option<Box<Scan>>>>,
    wake: Wake,
    /// How much memory a live capture may take, bytes.
    budget: Option<usize>,
}

impl Loader {
    fn run(mut self, mut scan: Scan) {
        let mut error = None;
        while !self.cancel.load(Ordering::Relaxed) {
            let Some(read) = self.ahead.next() else { break };
            if let Some(info) = read.info {
                self.info = info;
            }
            if let Some(paths) = read.paths {
                scan.paths = paths;
            }
            if self.progress.0 == 0 {
                self.reserve(read.batch.frames.len(), read.progress, &mut scan);
            }
            self.progress = read.progress;
            self.take(&read.batch, &read.outlooks, &mut scan);
            if read.batch.frames.is_empty() {
                self.publish_rest();
            }
            self.ahead.give_back(read.batch, read.outlooks);
            if let Some(end) = read.end {
                error = end.err();
                break;
            }
        }
        let mut facts = self.facts.write().unwrap_or_else(PoisonError::into_inner);
        scan.history.finish(facts.now(), &*self.registry);
        drop(facts);
        self.publish();
        {
            let mut state = lock(&self.state);
            state.done = true;
            state.error = error;
        }
        (self.wake)();
        *lock(&self.left) = Some(Box::new(scan));
    }

    /// Make room for as many frames as there will be if they go on as they begin: `first` came in the first part of the file.
    fn reserve(&self, first: usize, (read, whole): (u64, u64), scan: &mut Scan) {
        let expected = (first as u64).saturating_mul(whole) / read.max(1);
        let room = usize::try_from(expected + expected / 16).unwrap_or(0);
        let room = room.min(RESERVE_LIMIT);
        let mut facts = self.facts.write().unwrap_or_else(PoisonError::into_inner);
        facts.now().reserve(room);
        scan.history.reserve(room);
    }

    /// Index and scan the frames of a batch.
    fn take(&mut self, batch: &Batch, outlooks: &[Outlook], scan: &mut Scan) {
        let registry = Arc::clone(&self.registry);
        for start in (0..batch.frames.len()).step_by(LOCKED_FRAMES) {
            let end = (start + LOCKED_FRAMES).min(batch.frames.len());
            {
                let dissector = Dissector {
                    registry: &registry,
                    options: &self.options,
                    root: self.root,
                };
                let info = &self.info;
                let mut ages = self.facts.write().unwrap_or_else(PoisonError::into_inner);
                let facts = ages.now();
                facts.expect_frames(end - start);
                let mut frames = Earlier {
                    batch,
                    store: &self.store,
                    reader: scan
                        .reader
                        .get_or_insert_with(|| FrameReader::new(&self.source)),
                };
                for index in start..end {
                    let meta = &batch.frames[index];
                    let frame = FrameInfo {
                        number: batch.first + index as u32,
                        time_ns: meta.time_ns,
                        captured: meta.captured,
                        original: meta.original,
                        link_type: info.link_type(meta.interface).unwrap_or(u16::MAX),
                        ..FrameInfo::default()
                    };
                    let bytes = batch.frame_bytes(index);
                    if let Some(soon) = outlooks.get(index + SOON) {
                        // Have what is behind the header of a frame to come brought from memory while this one is at work.
                        let bytes = batch.frame_bytes(index + SOON);
                        std::hint::black_box(bytes.get(soon.behind_head()).copied());
                        if let Some(hash) = soon.conversation() {
                            scan.history.prepare_tcp(facts, hash);
                        }
                    }
                    let (history, tree) = (&mut scan.history, &mut scan.tree);
                    match outlooks.get(index) {
                        Some(outlook) => {
                            let seen = (outlook, scan.paths.as_ref(), &mut scan.translation);
                            dissector.resume(frame, bytes, history, facts, &mut frames, tree, seen);
                        }
                        None => {
                            dissector.scan(frame, bytes, history, facts, &mut frames, tree);
                        }
                    }
                }
            }
            self.store.append(&batch.frames[start..end]);
            self.let_go(scan);
            if self.published.is_none_or(|t| t.elapsed() > PUBLISH_EVERY) {
                self.publish();
            }
        }
    }

    /// Keep within the memory that a live capture may take: when half of it is full, a new age begins, and the frames of the age
    /// before the last leave the memory, in whole segments. They stay in the file.
    fn let_go(&mut self, scan: &mut Scan) {
        let Some(budget) = self.budget else { return };
        let mut ages = self.facts.write().unwrap_or_else(PoisonError::into_inner);
        let now = ages.now();
        let frames = (now.len() - now.before()) as usize;
        let memory = super::ages::memory(now) + frames * size_of::<FrameMeta>();
        // Lists that grow by doubling hold both for a moment; that and the newest block of rows is why a third, not a half.
        if memory < budget / 3 || frames == 0 {
            return;
        }
        let fresh = scan.history.anew();
        let mut history = std::mem::replace(&mut scan.history, fresh);
        history.finish(now, &*self.registry);
        scan.translation = Translation::default();
        let (gone, facts) = ages.begin();
        drop(ages);
        self.store.evict_through(gone);
        drop((facts, history));
        self.publish();
    }

    /// Nothing comes at the moment (a live capture): what was read is shown.
    fn publish_rest(&mut self) {
        if self.store.handle().snapshot().len() < self.store.len() {
            self.publish();
        }
    }

    /// Make what was read visible.
    fn publish(&mut self) {
        self.published = Some(Instant::now());
        self.store.publish();
        let mut state = lock(&self.state);
        state.progress = self.progress;
        if !Arc::ptr_eq(&state.info, &self.info) {
            state.interfaces = Arc::new(interfaces(&self.info));
            state.info = Arc::clone(&self.info);
        }
        drop(state);
        (self.wake)();
    }
}

/// The memory that a live capture may take if nothing else is asked for, bytes: 1 GB, or a quarter of the machine's if that is
/// less.
pub fn usual_budget() -> usize {
    const MOST: usize = 1_000_000_000;
    let memory = std::fs::read_to_string("/proc/meminfo")
        .ok()
        .and_then(|text| {
            let line = text.lines().find_map(|l| l.strip_prefix("MemTotal:"))?;
            let kib: usize = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
            kib.checked_mul(1024)
        });
    memory.map_or(MOST, |memory| (memory / 4).min(MOST))
}

/// What the scan keeps from frame to frame.
#[derive(Default)]
struct Scan {
    history: History,
    tree: Tree,
    reader: Option<FrameReader>,
    /// The chains that the look ahead named, and what they are in the facts.
    paths: Arc<Paths>,
    translation: Translation,
}

/// How many frames before its turn a frame's header is brought from memory.
const SOON: usize = 8;

/// Frames before the one being scanned: those of this batch are still in memory, others are read again.
struct Earlier<'a> {
    batch: &'a Batch,
    store: &'a Store,
    reader: &'a mut FrameReader,
}

impl Earlier<'_> {
    fn index(&self, frame: u32) -> Option<usize> {
        let index = frame.checked_sub(self.batch.first)? as usize;
        (index < self.batch.frames.len()).then_some(index)
    }
}

impl Frames for Earlier<'_> {
    fn time_ns(&self, frame: u32) -> Option<i64> {
        match self.index(frame) {
            Some(index) => Some(self.batch.frames[index].time_ns),
            None => self.store.meta(frame).map(|m| m.time_ns),
        }
    }

    fn append(&mut self, span: Span, out: &mut Vec<u8>) -> bool {
        let range = span.offset as usize..(span.offset as usize).saturating_add(span.len as usize);
        let part = match self.index(span.frame) {
            Some(index) => self.batch.frame_bytes(index).get(range),
            None => match self.store.meta(span.frame) {
                Some(meta) => self.reader.frame(&meta).ok().and_then(|b| b.get(range)),
                None => None,
            },
        };
        out.extend_from_slice(part.unwrap_or(&[]));
        part.is_some()
    }
}

/// The interfaces as frames show them: numbered inside their sections.
fn interfaces(info: &CaptureInfo) -> Vec<InterfaceInfo> {
    let pcapng = info.sections.iter().any(|s| s.place.is_some());
    info.interfaces
        .iter()
        .enumerate()
        .map(|(i, interface)| {
            let first = info
                .sections
                .get(interface.section as usize)
                .map_or(0, |s| s.first_interface);
            InterfaceInfo {
                id: u32::try_from(i).unwrap_or(u32::MAX).saturating_sub(first),
                section: if pcapng { interface.section + 1 } else { 0 },
                name: interface.name.clone(),
                description: interface.description.clone(),
                link_type: interface.link_type,
            }
        })
        .collect()
}
