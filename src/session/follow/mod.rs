//! A conversation followed: what both sides said, made from facts and frames in the background, while it is captured too. Whoever
//! shows it borrows it for as long as painting takes; the thread adds in small steps.

mod assemble;
mod gather;
mod lines;
mod stream;
#[cfg(test)]
mod tests;

use std::io::Write as _;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{
    Arc, Condvar, Mutex, MutexGuard, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard,
};
use std::time::Duration;

use self::gather::Gatherer;
pub(super) use self::gather::candidates;
use super::load::{Session, Wake};

pub use lines::{HEX, Index, Kind as LineKind, Layout, Line, Mode};
pub use stream::{Followed, Piece};

/// What is followed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The bytes of a TCP connection.
    Tcp,
    /// The datagrams between two ends.
    Udp,
    /// The HTTP messages of a TCP connection, bodies decompressed.
    Http,
}

impl Kind {
    /// All of them.
    pub const ALL: [Kind; 3] = [Kind::Tcp, Kind::Udp, Kind::Http];

    /// As people call it.
    pub const fn title(self) -> &'static str {
        match self {
            Kind::Tcp => "TCP",
            Kind::Udp => "UDP",
            Kind::Http => "HTTP",
        }
    }

    /// The filter name of the transport that numbers the streams.
    pub const fn transport(self) -> &'static str {
        match self {
            Kind::Tcp | Kind::Http => "tcp",
            Kind::Udp => "udp",
        }
    }

    /// How many streams of this kind there are so far.
    pub fn streams(self, session: &Session) -> u32 {
        let ages = session.facts();
        let facts = ages.of(session.snapshot().len());
        let len = match self {
            Kind::Tcp | Kind::Http => facts.tcp.len(),
            Kind::Udp => facts.udp.len(),
        };
        u32::try_from(len).unwrap_or(u32::MAX)
    }
}

/// The stream of a frame's outermost transport header.
pub fn stream_at(session: &Session, frame: u32) -> Option<u32> {
    session
        .facts()
        .of(frame)
        .transport(frame, 0)
        .map(|t| t.stream)
}

/// Where a text was found: the side, the place in what it said, and how many bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hit {
    /// Whose bytes.
    pub side: u8,
    /// Where.
    pub at: u64,
    /// How many.
    pub len: u32,
}

/// What is there to be shown.
pub struct Shown {
    /// What was said.
    pub stream: Followed,
    /// Its lines, once they are made for some layout.
    pub index: Option<Index>,
    /// Where the text that was looked for is, in the order of the lines.
    pub hits: Vec<Hit>,
    /// The same for either side, in the order of its bytes.
    pub hits_of: [Vec<Hit>; 2],
    /// The text that `hits` belongs to.
    pub found: String,
    /// Whether all frames were looked at.
    pub done: bool,
    /// Frames looked at.
    pub seen: u32,
    /// Why it ended before its time.
    pub error: Option<String>,
}

#[derive(Default)]
struct Wish {
    layout: Option<Layout>,
    find: String,
    quit: bool,
    busy: bool,
}

/// More hits than this are not listed.
const HITS: usize = 100_000;

/// Bytes indexed under one lock, at most: keeps the time short for which painting could wait.
const STEP: u64 = 1 << 20;

/// Follows one conversation. Dropping it ends its thread.
pub struct Follow {
    shown: Arc<RwLock<Shown>>,
    wish: Arc<(Mutex<Wish>, Condvar)>,
    cancel: Arc<AtomicBool>,
    kind: Kind,
    stream: u32,
}

impl Follow {
    /// Begin to follow a stream by its number; goes on while the capture grows, until its end.
    pub fn start(session: &Arc<Session>, kind: Kind, stream: u32, wake: Wake) -> Follow {
        let shown = Arc::new(RwLock::new(Shown {
            stream: Followed::default(),
            index: None,
            hits: Vec::new(),
            hits_of: Default::default(),
            found: String::new(),
            done: false,
            seen: 0,
            error: None,
        }));
        let follow = Follow {
            shown,
            wish: Arc::default(),
            cancel: Arc::default(),
            kind,
            stream,
        };
        lock(&follow.wish.0).busy = true;
        let worker = Worker {
            gatherer: Gatherer::new(session, kind, stream),
            shown: Arc::clone(&follow.shown),
            wish: Arc::clone(&follow.wish),
            cancel: Arc::clone(&follow.cancel),
            wake,
        };
        let spawned = std::thread::Builder::new()
            .name("follow".into())
            .spawn(move || worker.run());
        if let Err(error) = spawned {
            let mut shown = follow.shown.write().unwrap_or_else(PoisonError::into_inner);
            shown.done = true;
            shown.error = Some(format!("the stream cannot be followed: {error}"));
            drop(shown);
            lock(&follow.wish.0).busy = false;
        }
        follow
    }

    /// What is followed.
    pub fn kind(&self) -> Kind {
        self.kind
    }

    /// The number of the stream.
    pub fn stream(&self) -> u32 {
        self.stream
    }

    /// What there is so far. Hold it briefly.
    pub fn shown(&self) -> RwLockReadGuard<'_, Shown> {
        self.shown.read().unwrap_or_else(PoisonError::into_inner)
    }

    /// Ask for the lines in this layout; until they are made, those before stay.
    pub fn lay_out(&self, layout: Layout) {
        let mut wish = lock(&self.wish.0);
        if wish.layout != Some(layout) {
            wish.layout = Some(layout);
            wish.busy = true;
            self.wish.1.notify_one();
        }
    }

    /// Look for a text, whatever its case; an empty one looks for nothing.
    pub fn find(&self, text: &str) {
        let mut wish = lock(&self.wish.0);
        if wish.find != text {
            text.clone_into(&mut wish.find);
            wish.busy = true;
            self.wish.1.notify_one();
        }
    }

    /// Whether all that was asked for is there.
    pub fn is_idle(&self) -> bool {
        !lock(&self.wish.0).busy && self.shown().done
    }

    /// Write what was said into a file, in the background: the bytes of one side, or of both as they came. The file is there
    /// whole or not at all; `done` gets the outcome.
    pub fn save(
        &self,
        path: &Path,
        side: Option<u8>,
        done: impl FnOnce(Result<u64, String>) + Send + 'static,
    ) -> Result<(), String> {
        let (shown, path) = (Arc::clone(&self.shown), path.to_path_buf());
        std::thread::Builder::new()
            .name("save".into())
            .spawn(move || done(write(&shown, &path, side)))
            .map(|_| ())
            .map_err(|error| error.to_string())
    }
}

impl Drop for Follow {
    fn drop(&mut self) {
        self.cancel.store(true, Ordering::Relaxed);
        lock(&self.wish.0).quit = true;
        self.wish.1.notify_one();
    }
}

fn write(shown: &RwLock<Shown>, path: &Path, side: Option<u8>) -> Result<u64, String> {
    let fail = |e: std::io::Error| format!("{}: {e}", path.display());
    let folder = path.parent().filter(|p| !p.as_os_str().is_empty());
    let folder = folder.unwrap_or(Path::new("."));
    let mut file = tempfile::NamedTempFile::new_in(folder).map_err(fail)?;
    let mut written = 0u64;
    let mut next = 0;
    let mut some = Vec::new();
    loop {
        {
            let shown = shown.read().unwrap_or_else(PoisonError::into_inner);
            some.clear();
            while some.len() < STEP as usize
                && let Some(piece) = shown.stream.pieces().get(next)
            {
                next += 1;
                if side.is_none_or(|s| s == piece.side) {
                    some.extend_from_slice(shown.stream.bytes(piece));
                }
            }
            if some.is_empty() && next >= shown.stream.pieces().len() {
                break;
            }
        }
        file.write_all(&some).map_err(fail)?;
        written += some.len() as u64;
    }
    file.persist(path).map_err(|e| fail(e.error))?;
    Ok(written)
}

struct Worker {
    gatherer: Gatherer,
    shown: Arc<RwLock<Shown>>,
    wish: Arc<(Mutex<Wish>, Condvar)>,
    cancel: Arc<AtomicBool>,
    wake: Wake,
}

impl Worker {
    fn write(&self) -> RwLockWriteGuard<'_, Shown> {
        self.shown.write().unwrap_or_else(PoisonError::into_inner)
    }

    fn run(mut self) {
        let mut quiet = false;
        let mut searched = Searched::default();
        loop {
            let (layout, find) = {
                let mut wish = lock(&self.wish.0);
                if quiet {
                    wish.busy = false;
                    drop(wish);
                    (self.wake)();
                    wish = lock(&self.wish.0);
                    let done = self
                        .shown
                        .read()
                        .unwrap_or_else(PoisonError::into_inner)
                        .done;
                    while !wish.busy && !wish.quit {
                        let (next, waited) = self
                            .wish
                            .1
                            .wait_timeout(
                                wish,
                                Duration::from_millis(if done { 5_000 } else { 40 }),
                            )
                            .unwrap_or_else(PoisonError::into_inner);
                        wish = next;
                        if waited.timed_out() && !done {
                            break;
                        }
                    }
                }
                if wish.quit {
                    return;
                }
                (wish.layout, wish.find.clone())
            };
            let mut more = false;
            if let Some(layout) = layout {
                more |= self.index(layout);
            }
            more |= self.gather();
            more |= self.search(&find, &mut searched);
            let wish = lock(&self.wish.0);
            quiet = !more && wish.layout == layout && wish.find == find;
        }
    }

    /// Make lines; whether there is more to do.
    fn index(&self, layout: Layout) -> bool {
        let current = {
            let shown = self.shown.read().unwrap_or_else(PoisonError::into_inner);
            shown.index.as_ref().is_some_and(|i| i.layout() == layout)
        };
        if current {
            let mut shown = self.write();
            let Shown { stream, index, .. } = &mut *shown;
            return index.as_mut().is_some_and(|i| !i.extend(stream, STEP));
        }
        // Beside the old one, which is painted until the new one is there.
        let mut index = Index::new(layout);
        loop {
            let shown = self.shown.read().unwrap_or_else(PoisonError::into_inner);
            if index.extend(&shown.stream, STEP) {
                break;
            }
            drop(shown);
            if self.cancel.load(Ordering::Relaxed) || lock(&self.wish.0).layout != Some(layout) {
                return true;
            }
        }
        let mut shown = self.write();
        shown.index = Some(index);
        // Hits are listed in the order of the lines.
        shown.found.clear();
        shown.hits.clear();
        shown.hits_of = Default::default();
        true
    }

    /// Look at more frames; whether something came.
    fn gather(&mut self) -> bool {
        let shown = Arc::clone(&self.shown);
        let cancel = Arc::clone(&self.cancel);
        let loaded = self.gatherer.is_loaded();
        let outcome = self.gatherer.go_on(|add| {
            let mut shown = shown.write().unwrap_or_else(PoisonError::into_inner);
            add(&mut shown.stream);
            !cancel.load(Ordering::Relaxed)
        });
        let mut shown = self.write();
        shown.seen = self.gatherer.seen();
        match outcome {
            Ok(rest) => {
                let finished = rest && loaded;
                let more = !rest || finished && !shown.done;
                shown.done |= finished;
                drop(shown);
                if more {
                    (self.wake)();
                }
                more
            }
            Err(error) => {
                shown.done = true;
                shown.error = Some(error);
                false
            }
        }
    }

    /// Look for the text in what came since; whether there is more to do.
    fn search(&self, find: &str, searched: &mut Searched) -> bool {
        let shown = self.shown.read().unwrap_or_else(PoisonError::into_inner);
        let Some(side) = shown.index.as_ref().map(|i| i.layout().side) else {
            return false;
        };
        let lens = [shown.stream.len(0), shown.stream.len(1)];
        if shown.found == find && searched.lens == lens {
            return false;
        }
        let mut of_sides = [Vec::new(), Vec::new()];
        let mut hits = Vec::new();
        if let Some(pattern) = pattern(find) {
            for of in (0..2).filter(|of| side.is_none_or(|s| s == *of)) {
                let found = &mut of_sides[usize::from(of)];
                hits_of(&shown.stream, of, &pattern, found);
                hits.extend_from_slice(found);
            }
            if side.is_none()
                && let Some(index) = &shown.index
            {
                // Both sides: by line. A line is looked up once for each hit.
                hits.sort_by_cached_key(|hit| (index.line_of(hit.side, hit.at), hit.at));
            }
        }
        searched.lens = lens;
        drop(shown);
        let mut shown = self.write();
        shown.hits = hits;
        shown.hits_of = of_sides;
        find.clone_into(&mut shown.found);
        true
    }
}

#[derive(Default)]
struct Searched {
    lens: [u64; 2],
}

/// What finds a text whatever its case.
fn pattern(text: &str) -> Option<regex::bytes::Regex> {
    if text.is_empty() {
        return None;
    }
    regex::bytes::RegexBuilder::new(&regex::escape(text))
        .case_insensitive(true)
        .build()
        .ok()
}

/// Where the pattern is in what a side said: megabyte after megabyte, each a little into the next.
fn hits_of(stream: &Followed, side: u8, pattern: &regex::bytes::Regex, hits: &mut Vec<Hit>) {
    const OVERLAP: u64 = 4096;
    let mut at = 0;
    let mut behind = 0;
    let mut bytes = Vec::new();
    while at < stream.len(side) && hits.len() < HITS {
        bytes.clear();
        stream.read(side, at, (STEP + OVERLAP) as usize, &mut bytes);
        for found in pattern.find_iter(&bytes) {
            let place = at + found.start() as u64;
            if found.start() as u64 >= STEP || hits.len() >= HITS {
                break;
            }
            if place < behind {
                continue;
            }
            behind = at + found.end() as u64;
            hits.push(Hit {
                side,
                at: place,
                len: u32::try_from(found.len()).unwrap_or(u32::MAX),
            });
        }
        at += STEP;
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
