//! Work shared out over the cores with its results in order.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Condvar, Mutex, PoisonError};

/// Do `count` pieces of work on all cores and hand the results to `sink` in order. Each thread makes its own state with
/// `start`. The workers stay at most a few pieces ahead of the sink, so memory is bounded. Ends early when `sink` says
/// `false`.
pub fn in_order<S, R: Send>(
    count: u64,
    start: impl Fn() -> S + Sync,
    work: impl Fn(&mut S, u64) -> R + Sync,
    mut sink: impl FnMut(R) -> bool,
) {
    let threads = std::thread::available_parallelism()
        .map_or(2, usize::from)
        .min(16);
    let ahead = threads as u64 * 4;
    let next = AtomicU64::new(0);
    let stop = AtomicBool::new(false);
    let done: Mutex<(BTreeMap<u64, R>, u64)> = Mutex::new((BTreeMap::new(), 0));
    let changed = Condvar::new();
    let alarm = || Alarm {
        stop: &stop,
        done: &done,
        changed: &changed,
    };
    std::thread::scope(|scope| {
        for _ in 0..threads.min(usize::try_from(count).unwrap_or(threads)) {
            scope.spawn(|| {
                let _alarm = alarm();
                let mut state = start();
                loop {
                    let piece = next.fetch_add(1, Ordering::Relaxed);
                    if piece >= count || stop.load(Ordering::Relaxed) {
                        return;
                    }
                    let result = work(&mut state, piece);
                    let mut guard = done.lock().unwrap_or_else(PoisonError::into_inner);
                    while piece > guard.1 + ahead && !stop.load(Ordering::Relaxed) {
                        guard = changed.wait(guard).unwrap_or_else(PoisonError::into_inner);
                    }
                    guard.0.insert(piece, result);
                    changed.notify_all();
                }
            });
        }
        let mut guard = done.lock().unwrap_or_else(PoisonError::into_inner);
        for piece in 0..count {
            let result = loop {
                if let Some(result) = guard.0.remove(&piece) {
                    break result;
                }
                if stop.load(Ordering::Relaxed) {
                    return; // a worker failed; the scope passes its panic on
                }
                guard = changed.wait(guard).unwrap_or_else(PoisonError::into_inner);
            };
            guard.1 = piece + 1;
            changed.notify_all();
            drop(guard);
            if !sink(result) {
                stop.store(true, Ordering::Relaxed);
                changed.notify_all();
                return;
            }
            guard = done.lock().unwrap_or_else(PoisonError::into_inner);
        }
    });
}

/// Stops the work when its worker panics: the others and the sink would otherwise wait for its result for ever.
struct Alarm<'a, T> {
    stop: &'a AtomicBool,
    done: &'a Mutex<T>,
    changed: &'a Condvar,
}

impl<T> Drop for Alarm<'_, T> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            // Under the lock, so that nobody is between looking and waiting.
            let _guard = self.done.lock().unwrap_or_else(PoisonError::into_inner);
            self.stop.store(true, Ordering::Relaxed);
            self.changed.notify_all();
        }
    }
}

#[cfg(test)]
mod tests {
    #[test]
    #[should_panic(expected = "a scoped thread panicked")]
    fn a_worker_that_fails_ends_the_work_instead_of_holding_it() {
        super::in_order(100, || (), |(), n| assert!(n != 7), |()| true);
    }

    #[test]
    fn results_come_in_order_and_can_be_stopped() {
        let mut out = Vec::new();
        super::in_order(
            1000,
            || (),
            |(), n| n * 2,
            |r| {
                out.push(r);
                true
            },
        );
        assert_eq!(out, (0..1000).map(|n| n * 2).collect::<Vec<_>>());
        let mut count = 0;
        super::in_order(
            1000,
            || (),
            |(), n| n,
            |_| {
                count += 1;
                count < 10
            },
        );
        assert_eq!(count, 10);
    }
}
