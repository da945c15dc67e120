//! The ladder of a conversation, made from facts and frames in the background, while it is captured too: who talks, an arrow for each
//! packet, how its ends stand after it. Of a long one only the first arrows and those in sight are held; all rows are known.

mod build;
mod overlay;
mod read;
mod stage;
mod tcp;
#[cfg(test)]
mod tests;
mod track;

use std::collections::VecDeque;
use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{
    Arc, Condvar, Mutex, MutexGuard, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard,
};
use std::time::Duration;

use self::build::Builder;
use super::load::{Session, Wake};
use super::rows::Rows;
use crate::export::ladder::{BLOCK, Ladder};
use crate::lab;

pub use overlay::Overlay;

/// Rows whose arrows are always in memory: the first ones.
pub const KEPT: usize = 8 * BLOCK;

/// Blocks of later rows in memory, at most.
const BLOCKS: usize = 16;

/// Which packets the ladder is of.
#[derive(Clone, Debug)]
pub enum Scope {
    /// A TCP connection, by its number.
    Tcp(u32),
    /// The datagrams between two ends, by their number.
    Udp(u32),
    /// These frames, or all; a line for each host.
    Rows(Option<Arc<Rows>>),
}

impl Scope {
    /// As people call it.
    pub fn title(&self) -> String {
        match self {
            Scope::Tcp(n) => format!("TCP stream {n}"),
            Scope::Udp(n) => format!("UDP stream {n}"),
            Scope::Rows(None) => "All packets".into(),
            Scope::Rows(Some(_)) => "Displayed packets".into(),
        }
    }
}

#[derive(Default)]
struct Wish {
    rows: Range<usize>,
    quit: bool,
    busy: bool,
}

/// A ladder being made. Dropping it ends its thread.
pub struct LadderRun {
    ladder: Arc<RwLock<Ladder>>,
    wish: Arc<(Mutex<Wish>, Condvar)>,
    cancel: Arc<AtomicBool>,
    scope: Scope,
}

impl LadderRun {
    /// Begin; goes on while the capture grows, until its end.
    pub fn start(
        session: &Arc<Session>,
        scope: Scope,
        overlay: Option<Arc<Overlay>>,
        wake: Wake,
    ) -> LadderRun {
        let mut ladder = Ladder::default();
        let builder = Builder::new(session, scope.clone(), overlay, &mut ladder);
        let run = LadderRun {
            ladder: Arc::new(RwLock::new(ladder)),
            wish: Arc::default(),
            cancel: Arc::default(),
            scope,
        };
        lock(&run.wish.0).busy = true;
        let worker = Worker {
            builder,
            ladder: Arc::clone(&run.ladder),
            wish: Arc::clone(&run.wish),
            cancel: Arc::clone(&run.cancel),
            wake,
            held: VecDeque::new(),
        };
        let spawned = std::thread::Builder::new()
            .name("ladder".into())
            .spawn(move || worker.run());
        if let Err(error) = spawned {
            fail(&run.ladder, &error.to_string());
            lock(&run.wish.0).busy = false;
        }
        run
    }

    /// Which packets it is of.
    pub fn scope(&self) -> &Scope {
        &self.scope
    }

    /// What there is so far. Hold it briefly.
    pub fn shown(&self) -> RwLockReadGuard<'_, Ladder> {
        self.ladder.read().unwrap_or_else(PoisonError::into_inner)
    }

    /// These rows are in sight: their arrows are made, if they are not in memory.
    pub fn want(&self, rows: Range<usize>) {
        let mut wish = lock(&self.wish.0);
        if wish.rows != rows {
            wish.rows = rows;
            wish.busy = true;
            self.wish.1.notify_one();
        }
    }

    /// Whether all that was asked for is there.
    pub fn is_idle(&self) -> bool {
        !lock(&self.wish.0).busy && self.shown().done
    }
}

impl Drop for LadderRun {
    fn drop(&mut self) {
        self.cancel.store(true, Ordering::Relaxed);
        lock(&self.wish.0).quit = true;
        self.wish.1.notify_one();
    }
}

/// The ladder of a loaded capture, at once: all rows, the first [`KEPT`] arrows.
pub fn ladder(
    session: &Arc<Session>,
    scope: Scope,
    overlay: Option<Overlay>,
) -> Result<Ladder, String> {
    let mut ladder = Ladder::default();
    let overlay = overlay.map(Arc::new);
    let mut builder = Builder::new(session, scope, overlay, &mut ladder);
    while !builder.go_on(|change| {
        change(&mut ladder);
        true
    })? {}
    builder.finish(&mut ladder);
    ladder.done = true;
    Ok(ladder)
}

/// The ladder of a play of the Lab, at once.
pub fn of_play(played: &lab::Played) -> Result<Ladder, String> {
    // A session reads files; this one is gone as soon as nobody reads it any more.
    let file = tempfile::Builder::new().suffix(".pcapng").tempfile();
    let file = file.map_err(|e| e.to_string())?;
    let written = played.write(std::io::BufWriter::new(file.as_file()));
    written.map_err(|e| e.to_string())?;
    let registry = Arc::new(crate::protocols::registry());
    let session = Session::open(file.path(), registry, Default::default(), Arc::new(|| {}));
    let session = Arc::new(session.map_err(|e| e.to_string())?);
    session.wait();
    ladder(&session, Scope::Rows(None), Some(Overlay::of_play(played)))
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn write(ladder: &RwLock<Ladder>) -> RwLockWriteGuard<'_, Ladder> {
    ladder.write().unwrap_or_else(PoisonError::into_inner)
}

fn fail(ladder: &RwLock<Ladder>, error: &str) {
    let mut ladder = write(ladder);
    ladder.done = true;
    ladder.error = Some(error.to_owned());
}

struct Worker {
    builder: Builder,
    ladder: Arc<RwLock<Ladder>>,
    wish: Arc<(Mutex<Wish>, Condvar)>,
    cancel: Arc<AtomicBool>,
    wake: Wake,
    /// Blocks of later rows in memory, the one asked for last at the end.
    held: VecDeque<usize>,
}

impl Worker {
    fn run(mut self) {
        // A fault ends the work with a word; it is not left at work for ever.
        let ladder = Arc::clone(&self.ladder);
        let wish = Arc::clone(&self.wish);
        let wake = Arc::clone(&self.wake);
        let worked = catch_unwind(AssertUnwindSafe(|| self.work()));
        if worked.is_err() {
            fail(&ladder, "a fault in the program ended it");
        }
        lock(&wish.0).busy = false;
        wake();
    }

    fn work(&mut self) {
        loop {
            let rows = lock(&self.wish.0).rows.clone();
            // Who waits for rows in sight goes before what nobody looks at yet.
            let mut more = self.bring(&rows);
            more |= self.grow();
            if self.cancel.load(Ordering::Relaxed) {
                return;
            }
            if more {
                (self.wake)();
                continue;
            }
            let done = {
                let ladder = self.ladder.read().unwrap_or_else(PoisonError::into_inner);
                ladder.done
            };
            let mut wish = lock(&self.wish.0);
            if wish.rows != rows {
                continue;
            }
            wish.busy = false;
            drop(wish);
            (self.wake)();
            wish = lock(&self.wish.0);
            while !wish.busy && !wish.quit {
                let pause = Duration::from_millis(if done { 5_000 } else { 40 });
                let waited = self.wish.1.wait_timeout(wish, pause);
                let (next, waited) = waited.unwrap_or_else(PoisonError::into_inner);
                wish = next;
                if waited.timed_out() && !done {
                    break;
                }
            }
            if wish.quit {
                return;
            }
        }
    }

    /// Look at more frames; whether something came.
    fn grow(&mut self) -> bool {
        if self
            .ladder
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .done
        {
            return false;
        }
        let loaded = self.builder.is_loaded();
        let (ladder, cancel) = (&self.ladder, &self.cancel);
        let outcome = self.builder.go_on(|change| {
            change(&mut write(ladder));
            !cancel.load(Ordering::Relaxed)
        });
        match outcome {
            Ok(false) => true,
            Ok(true) if loaded => {
                let mut ladder = write(&self.ladder);
                self.builder.finish(&mut ladder);
                ladder.done = true;
                drop(ladder);
                true
            }
            Ok(true) => false,
            Err(error) => {
                fail(&self.ladder, &error);
                false
            }
        }
    }

    /// Make the arrows of these rows, if they are not in memory; whether there was something to do.
    fn bring(&mut self, rows: &Range<usize>) -> bool {
        let missing: Vec<(usize, usize, Vec<u32>)> = {
            let ladder = self.ladder.read().unwrap_or_else(PoisonError::into_inner);
            let last = rows.end.min(ladder.len());
            if rows.start >= last {
                return false;
            }
            (rows.start / BLOCK..=(last - 1) / BLOCK)
                .filter(|block| *block >= KEPT / BLOCK && !ladder.has_block(*block))
                .take(BLOCKS / 2)
                .map(|block| {
                    let end = ladder.len().min((block + 1) * BLOCK);
                    let start = self.builder.known_before(block);
                    let frames = (start..end).filter_map(|row| ladder.frame(row));
                    (block, start, frames.collect())
                })
                .collect()
        };
        for (block, start, frames) in &missing {
            // Who it is between is known: nobody new comes.
            let mut lines = Ladder::between(self.lines());
            match self.builder.block(*block, *start, frames, &mut lines) {
                Ok(arrows) => {
                    let mut ladder = write(&self.ladder);
                    ladder.drop_block(*block);
                    for (row, arrow) in arrows {
                        ladder.put(row, arrow);
                    }
                    self.held.retain(|held| held != block);
                    self.held.push_back(*block);
                    while self.held.len() > BLOCKS {
                        if let Some(old) = self.held.pop_front() {
                            ladder.drop_block(old);
                        }
                    }
                }
                Err(error) => {
                    fail(&self.ladder, &error);
                    return false;
                }
            }
        }
        !missing.is_empty()
    }

    fn lines(&self) -> Vec<crate::export::ladder::LifeLine> {
        let ladder = self.ladder.read().unwrap_or_else(PoisonError::into_inner);
        ladder.lines.clone()
    }
}
