//! Merging capture files in the background.

use std::path::{Path, PathBuf};

use super::job::{Counting, Job};
use super::load::Wake;
use crate::capture::{FileFormat, Merged, SaveOptions, merge};

/// How finely progress is told.
const STEPS: u64 = 1000;

/// Merge these files by the times of their frames into a new pcapng file. Dropping the job gives it up, and leaves nothing.
pub fn start(files: Vec<PathBuf>, out: &Path, wake: Wake) -> Job<Merged> {
    let out = out.to_path_buf();
    let repaint = std::sync::Arc::clone(&wake);
    Job::start(Counting::default(), wake, move |counting| {
        counting.begin(STEPS);
        let mut told = 0;
        let mut progress = |done: u64, of: u64| {
            let share = u64::try_from(u128::from(done) * u128::from(STEPS) / u128::from(of.max(1)));
            while told < share.unwrap_or(STEPS).min(STEPS) {
                told += 1;
                counting.step();
                repaint();
            }
            counting.goes_on()
        };
        let options = SaveOptions {
            format: FileFormat::Pcapng,
            gzip: false,
        };
        merge(&files, &out, options, &mut progress).map_err(|error| error.to_string())
    })
}
