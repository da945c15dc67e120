//! Frames of a slow link at once, without losing any of a fast one.
//!
//! The kernel hands frames over in blocks: that is what makes it possible to keep up with a fast link, but on a slow one a frame
//! waits for its block to be closed. In libpcap's immediate mode it does not wait, but then the kernel's buffer has a slot of the
//! greatest length for each frame, however short (libpcap, `TPACKET_V2`): a few dozen of them, and a burst overflows it. The mode
//! is chosen when an interface is opened and cannot be changed; whoever opened it anew when the burst is there would come late.
//!
//! So a second tap listens in immediate mode as long as the link is slow, and closes when it is not. The tap of blocks goes on all
//! the time and sees every frame; those that the second one has brought already are passed over. Which these are is told by the
//! kernel's time stamp, which is made once for a frame, in nanoseconds, however many listen. That both see the same stamps is not
//! taken for granted: nothing is sent ahead before a frame has been seen by both.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::mpsc::SyncSender;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use super::Message;
use super::parcel::Parcel;
use crate::capture::FileFormat;
use crate::capture::live::{Tap, TapOptions};

/// The kernel's buffer for the second tap, MiB.
const BUFFER_MIB: u32 = 2;
/// So many frames in one go, or in a [`LOOK`], are a fast link's.
const FAST: usize = 64;
/// How often the rate is looked at.
const LOOK: Duration = Duration::from_millis(100);
/// A link is slow again after a second with no more frames than this.
const QUIET: u64 = 200;
/// A frame that the tap of blocks has not brought so long after the second one is not coming, nanoseconds.
const LATE: i64 = 1_000_000_000;
/// Frames are brought in the order of their times but for so much, nanoseconds.
const NEAR: i64 = 10_000_000;
/// Frames that may be ahead: more are a fast link's.
const AHEAD: usize = 1024;

/// What the two taps of an interface tell each other.
pub(super) struct Prompt {
    /// Whether the tap of blocks has to look here.
    active: AtomicBool,
    /// Frames that it has brought.
    taken: AtomicU64,
    state: Mutex<State>,
}

/// A frame that the second tap has seen and that of blocks has not.
#[derive(Clone, Copy)]
struct Key {
    time_ns: i64,
    original: u32,
    /// Whether it is on its way to the file.
    sent: bool,
}

pub(super) struct State {
    ahead: VecDeque<Key>,
    /// How many of them are left to the tap of blocks.
    unsent: usize,
    /// The newest time that the tap of blocks has brought.
    newest: i64,
    /// A frame has been seen by both since the second tap was opened.
    proven: bool,
    /// A frame was sent ahead and never came in a block: the two do not see the same.
    apart: bool,
    /// Whether the second tap is open.
    open: bool,
    /// Where frames go; nothing when the capture ends.
    out: Option<SyncSender<Message>>,
}

impl State {
    fn new(out: Option<SyncSender<Message>>) -> Self {
        Self {
            ahead: VecDeque::new(),
            unsent: 0,
            newest: i64::MIN,
            proven: false,
            apart: false,
            open: false,
            out,
        }
    }

    /// A frame of the second tap: whether it is to be sent.
    fn first(&mut self, time_ns: i64, original: u32) -> bool {
        if time_ns <= self.newest || self.ahead.len() >= AHEAD {
            return false; // it came in a block, or will
        }
        // Not before those that are left to the tap of blocks: the order would be lost.
        let sent = self.proven && !self.apart && self.unsent == 0 && self.out.is_some();
        self.unsent += usize::from(!sent);
        self.ahead.push_back(Key {
            time_ns,
            original,
            sent,
        });
        sent
    }

    /// A frame of the tap of blocks: whether it is still to be written.
    pub(super) fn again(&mut self, time_ns: i64, original: u32) -> bool {
        self.newest = self.newest.max(time_ns);
        // Processors that stamp at the same moment may bring their frames to the taps in different orders.
        let near = self.ahead.iter();
        let found = near
            .take_while(|key| key.time_ns <= time_ns.saturating_add(NEAR))
            .position(|key| key.time_ns == time_ns && key.original == original);
        let Some(key) = found.and_then(|at| self.ahead.remove(at)) else {
            return true;
        };
        self.proven = true;
        self.unsent -= usize::from(!key.sent);
        !key.sent
    }

    /// Forget frames that are not coming any more.
    fn tidy(&mut self) {
        while let Some(key) = self.ahead.front()
            && key.time_ns < self.newest.saturating_sub(LATE)
        {
            self.apart |= key.sent;
            self.unsent -= usize::from(!key.sent);
            self.ahead.pop_front();
        }
    }
}

impl Prompt {
    pub(super) fn new(out: SyncSender<Message>) -> Arc<Self> {
        Arc::new(Self {
            active: AtomicBool::new(false),
            taken: AtomicU64::new(0),
            state: Mutex::new(State::new(Some(out))),
        })
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What the tap of blocks took: `send` gets what of it is not ahead.
    pub(super) fn pass(&self, mut parcel: Parcel, send: impl FnOnce(Parcel)) {
        self.taken
            .fetch_add(parcel.records.len() as u64, Ordering::Relaxed);
        if !self.active.load(Ordering::SeqCst) {
            send(parcel);
            return;
        }
        // Held while it is sent, so that nothing newer overtakes it.
        let mut state = self.lock();
        let mut left = Parcel::default();
        let mut all = true;
        for index in 0..parcel.records.len() {
            let Some(record) = parcel.records.get(index) else {
                break;
            };
            let writes = state.again(record.time_ns, record.original);
            if all && !writes {
                (0..index).for_each(|before| left.push_from(&parcel, before));
                all = false;
            } else if !all && writes {
                left.push_from(&parcel, index);
            }
        }
        state.tidy();
        if !state.open && state.ahead.is_empty() {
            self.active.store(false, Ordering::SeqCst);
        }
        if !all {
            std::mem::swap(&mut parcel, &mut left);
        }
        send(parcel);
        drop(state);
    }

    /// The capture ends: from here on nothing is sent ahead. What was is told by the state.
    pub(super) fn end(&self) -> MutexGuard<'_, State> {
        let mut state = self.lock();
        state.out = None;
        state
    }

    fn has_ended(&self) -> bool {
        self.lock().out.is_none()
    }

    /// The second tap, until the capture ends. If the interface cannot be opened twice, all frames come in blocks.
    pub(super) fn run(&self, device: &str, options: &TapOptions, format: FileFormat, index: u32) {
        let options = TapOptions {
            immediate: true,
            buffer_mib: BUFFER_MIB,
            ..options.clone()
        };
        while !self.has_ended() {
            {
                let mut state = self.lock();
                if state.apart {
                    return;
                }
                (state.open, state.proven) = (true, false);
            }
            // Before the first frame can come, or one could be written twice.
            self.active.store(true, Ordering::SeqCst);
            if let Ok(tap) = Tap::open(device, &options) {
                self.take(tap, format, index);
                self.lock().open = false;
            } else {
                self.lock().open = false;
                return;
            }
            self.wait_for_quiet();
        }
    }

    /// Send frames ahead until there are too many.
    fn take(&self, mut tap: Tap, format: FileFormat, index: u32) {
        let mut parcel = Parcel::default();
        let (mut since, mut count) = (Instant::now(), 0);
        loop {
            // Comes back without a frame now and then.
            let taken = tap.take(FAST, |time, original, frame| {
                parcel.push(format, index, time, original, frame);
            });
            let Ok(taken) = taken else { return };
            // A burst was too much for the few slots: what is behind the gap must not come before what fell into it.
            if tap.counts().dropped > 0 {
                return;
            }
            let mut state = self.lock();
            let Some(out) = state.out.clone() else { return };
            let mut sent = Parcel::default();
            for at in 0..parcel.records.len() {
                if let Some(record) = parcel.records.get(at)
                    && state.first(record.time_ns, record.original)
                {
                    sent.push_from(&parcel, at);
                }
            }
            let full = state.ahead.len() >= AHEAD || state.apart;
            if !sent.is_empty() {
                // The writer is there as long as we have its channel.
                let _ = out.send(Message::Ahead(sent));
            }
            drop(state);
            parcel.clear();
            count += taken;
            if taken >= FAST || count > FAST || full {
                return;
            }
            if since.elapsed() >= LOOK {
                (since, count) = (Instant::now(), 0);
            }
        }
    }

    /// Until the link is slow, or the capture ends.
    fn wait_for_quiet(&self) {
        let mut before = self.taken.load(Ordering::Relaxed);
        loop {
            for _ in 0..10 {
                if self.has_ended() {
                    return;
                }
                std::thread::sleep(LOOK);
            }
            let now = self.taken.load(Ordering::Relaxed);
            if now.saturating_sub(before) <= QUIET {
                return;
            }
            before = now;
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::sync_channel;

    use super::*;

    #[test]
    fn each_frame_is_written_once_by_whoever_brings_it() {
        let (out, _keep) = sync_channel(1);
        let mut state = State::new(Some(out));
        // Nothing is sent ahead before both have seen a frame.
        assert!(!state.first(10, 60));
        assert!(!state.first(20, 60));
        assert!(state.again(10, 60), "left to the blocks");
        assert!(!state.first(30, 60), "20 is still to come");
        assert!(state.again(20, 60) && state.again(30, 60));
        // Now all that came before is written.
        assert!(state.first(40, 60) && state.first(41, 90) && state.first(41, 90));
        assert!(!state.again(40, 60));
        assert!(state.again(40, 61), "another frame with the same time");
        assert!(!state.again(41, 90) && !state.again(41, 90));
        assert!(state.again(41, 90), "a third one that only the blocks have");
        // What has come in a block is not sent after it.
        assert!(!state.first(41, 90) && !state.first(35, 60));
        assert!(state.ahead.is_empty() && state.unsent == 0);
    }

    #[test]
    fn taps_that_do_not_see_the_same_frames_are_found_out() {
        let (out, _keep) = sync_channel(1);
        let mut state = State::new(Some(out));
        assert!(!state.first(10, 60) && state.again(10, 60));
        assert!(state.first(20, 60));
        assert!(state.again(20 + LATE + 1, 60));
        state.tidy();
        assert!(state.apart);
        assert!(!state.first(20 + 3 * LATE, 60));
    }

    #[test]
    fn what_is_ahead_is_taken_out_of_a_parcel() {
        let (out, _keep) = sync_channel(1);
        let prompt = Prompt::new(out);
        prompt.active.store(true, Ordering::SeqCst);
        {
            let mut state = prompt.lock();
            state.proven = true;
            state.open = true;
            assert!(state.first(2, 5) && state.first(4, 5));
        }
        let mut parcel = Parcel::default();
        for time in 1..=5 {
            parcel.push(FileFormat::Pcapng, 0, time, 5, &[time as u8; 5]);
        }
        let mut kept = Parcel::default();
        prompt.pass(parcel, |left| kept = left);
        let times: Vec<_> = kept.records.iter().map(|r| r.time_ns).collect();
        assert_eq!(times, [1, 3, 5]);
        assert_eq!(kept.bytes[kept.records[0].end + 28..][..5], [3; 5]);
    }
}
