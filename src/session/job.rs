//! A question about the whole capture, answered in the background: with progress, to be given up at any time.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use super::load::Wake;
use super::rows::Rows;

/// Which frames are counted, and how far the counting is.
#[derive(Debug, Default)]
pub struct Counting {
    /// Only these; `None`: all.
    pub rows: Option<Arc<Rows>>,
    done: AtomicU64,
    of: AtomicU64,
    cancel: AtomicBool,
}

impl Counting {
    /// Only these frames, or all.
    pub fn of(rows: Option<Arc<Rows>>) -> Counting {
        Counting {
            rows,
            ..Counting::default()
        }
    }

    /// Whether a frame is to be counted.
    pub fn counts(&self, frame: u32) -> bool {
        self.rows.as_ref().is_none_or(|rows| rows.contains(frame))
    }

    /// There will be so many pieces of work.
    pub(super) fn begin(&self, pieces: u64) {
        self.of.store(pieces, Ordering::Relaxed);
    }

    /// One of them is done; whether to go on.
    pub(super) fn step(&self) -> bool {
        self.done.fetch_add(1, Ordering::Relaxed);
        self.goes_on()
    }

    /// Whether somebody still waits for the answer.
    pub(super) fn goes_on(&self) -> bool {
        !self.cancel.load(Ordering::Relaxed)
    }

    /// The share that is done, 0 to 1.
    pub fn share(&self) -> f32 {
        match self.of.load(Ordering::Relaxed) {
            0 => 0.0,
            of => (self.done.load(Ordering::Relaxed) as f32 / of as f32).min(1.0),
        }
    }
}

/// The answer, or why there is none.
type Outcome<T> = Result<Arc<T>, String>;

/// A question being answered. Dropping it gives it up.
pub struct Job<T> {
    counting: Arc<Counting>,
    outcome: Arc<Mutex<Option<Outcome<T>>>>,
}

impl<T: Send + Sync + 'static> Job<T> {
    /// Begin; `wake` is called when the answer is there.
    pub fn start(
        counting: Counting,
        wake: Wake,
        work: impl FnOnce(&Counting) -> Result<T, String> + Send + 'static,
    ) -> Job<T> {
        let job = Job {
            counting: Arc::new(counting),
            outcome: Arc::default(),
        };
        let (counting, outcome) = (Arc::clone(&job.counting), Arc::clone(&job.outcome));
        let set = |outcome: &Mutex<Option<Outcome<T>>>, result| {
            *outcome.lock().unwrap_or_else(PoisonError::into_inner) = Some(result);
        };
        let spawned = std::thread::Builder::new()
            .name("count".into())
            .spawn(move || {
                // A fault while counting ends it with a word; it is not left at work for ever.
                let result = catch_unwind(AssertUnwindSafe(|| work(&counting)))
                    .unwrap_or_else(|_| Err("a fault in the program ended it".into()));
                set(&outcome, result.map(Arc::new));
                wake();
            });
        if let Err(error) = spawned {
            set(&job.outcome, Err(error.to_string()));
        }
        job
    }

    /// The answer, once it is there.
    pub fn outcome(&self) -> Option<Outcome<T>> {
        let outcome = self.outcome.lock();
        outcome.unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The share that is done, 0 to 1.
    pub fn share(&self) -> f32 {
        self.counting.share()
    }
}

impl<T> Drop for Job<T> {
    fn drop(&mut self) {
        self.counting.cancel.store(true, Ordering::Relaxed);
    }
}
