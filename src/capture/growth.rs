//! A capture file that is being written while it is read: how far it is, and whether it is complete.

use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// How far the writing of a file has come. The writer tells; any number of readers wait.
#[derive(Debug, Default)]
pub struct Growth {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Debug, Clone, Copy, Default)]
struct State {
    written: u64,
    ended: bool,
}

impl Growth {
    /// Everything before this offset is in the file.
    pub fn advance(&self, written: u64) {
        let mut state = self.lock();
        state.written = written;
        self.changed.notify_all();
    }

    /// Nothing more will be written.
    pub fn end(&self) {
        self.lock().ended = true;
        self.changed.notify_all();
    }

    /// How much is in the file, and whether that is all.
    pub fn state(&self) -> (u64, bool) {
        let state = self.lock();
        (state.written, state.ended)
    }

    /// Waits until the file reaches beyond this offset, or is complete, but no longer than this.
    pub fn wait_beyond(&self, offset: u64, patience: Duration) -> (u64, bool) {
        let state = self.lock();
        let (state, _) = self
            .changed
            .wait_timeout_while(state, patience, |s| s.written <= offset && !s.ended)
            .unwrap_or_else(PoisonError::into_inner);
        (state.written, state.ended)
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
