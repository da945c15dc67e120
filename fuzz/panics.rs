//! Panics that were caught on their way (at the dissector's border, in the loading thread) are findings too.

use std::sync::Once;
use std::sync::atomic::{AtomicUsize, Ordering};

static CAUGHT: AtomicUsize = AtomicUsize::new(0);

/// Count panics from now on. The fuzzer's own hook ends the program at once; ours lets the input be finished first.
pub fn count() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        std::panic::set_hook(Box::new(|info| {
            eprintln!("{info}");
            CAUGHT.fetch_add(1, Ordering::Relaxed);
        }));
    });
}

/// End the program if there was one.
pub fn none() {
    if CAUGHT.load(Ordering::Relaxed) > 0 {
        eprintln!("a panic was caught on its way");
        std::process::abort();
    }
}
