//! The files opened before, the last one first; kept in the [`Settings`]. Whether they are still there is found out in the
//! background: a disk that sleeps, or a network that is slow, must not stop the window.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use super::load::Wake;
use super::settings::Settings;

/// The section of the settings.
const SECTION: &str = "recent files";
/// Files that are remembered.
const KEPT: usize = 12;

/// What is known of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Found {
    /// Nobody has looked yet.
    Unknown,
    /// It is there, so many bytes.
    There(u64),
    /// It is not there, or cannot be read.
    Missing,
}

/// The files opened before.
#[derive(Default)]
pub struct Recent {
    files: Vec<PathBuf>,
    found: Arc<Mutex<HashMap<PathBuf, Found>>>,
}

impl Recent {
    /// What the settings hold.
    pub fn load(settings: &Settings) -> Recent {
        let lines = settings.lines(SECTION).iter().take(KEPT);
        Recent {
            files: lines.map(PathBuf::from).collect(),
            found: Arc::default(),
        }
    }

    /// The files, the last one first.
    pub fn files(&self) -> &[PathBuf] {
        &self.files
    }

    /// What is known of a file.
    pub fn found(&self, file: &Path) -> Found {
        let found = self.found.lock().unwrap_or_else(PoisonError::into_inner);
        found.get(file).copied().unwrap_or(Found::Unknown)
    }

    /// A file was opened. Names that are no text cannot be kept.
    pub fn opened(&mut self, file: &Path, settings: &mut Settings) {
        let Ok(file) = std::path::absolute(file) else {
            return;
        };
        if file.to_str().is_none() {
            return;
        }
        self.files.retain(|f| *f != file);
        self.files.insert(0, file);
        self.files.truncate(KEPT);
        self.store(settings);
    }

    /// Forget one file.
    pub fn forget(&mut self, file: &Path, settings: &mut Settings) {
        self.files.retain(|f| f != file);
        self.store(settings);
    }

    /// Forget all.
    pub fn clear(&mut self, settings: &mut Settings) {
        self.files.clear();
        self.store(settings);
    }

    fn store(&self, settings: &mut Settings) {
        let text = |f: &PathBuf| f.to_str().map(str::to_owned);
        settings.set(SECTION, self.files.iter().filter_map(text));
    }

    /// Look in the background which of them are still there; `wake` is called when that is known.
    pub fn look(&self, wake: Wake) {
        let files = self.files.clone();
        if files.is_empty() {
            return;
        }
        let found = Arc::clone(&self.found);
        // Without a thread nothing is known of them; they can be opened all the same.
        let _ = std::thread::Builder::new()
            .name("recent".into())
            .spawn(move || {
                for file in files {
                    let state = match std::fs::metadata(&file) {
                        Ok(data) if data.is_file() => Found::There(data.len()),
                        _ => Found::Missing,
                    };
                    let mut found = found.lock().unwrap_or_else(PoisonError::into_inner);
                    found.insert(file, state);
                }
                wake();
            });
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn the_last_opened_stands_first_once_and_missing_ones_are_told() {
        let folder = tempfile::tempdir().unwrap();
        let (a, b) = (folder.path().join("a.pcap"), folder.path().join("b.pcap"));
        std::fs::write(&a, b"abc").unwrap();
        let mut settings = Settings::in_memory();
        let mut recent = Recent::load(&settings);
        for file in [&a, &b, &a] {
            recent.opened(file, &mut settings);
        }
        assert_eq!(recent.files(), [a.clone(), b.clone()]);
        let again = Recent::load(&settings);
        assert_eq!(again.files(), recent.files());
        assert_eq!(again.found(&a), Found::Unknown);
        let (sender, receiver) = std::sync::mpsc::channel();
        let sender = Mutex::new(sender);
        again.look(Arc::new(move || {
            let _ = sender.lock().unwrap().send(());
        }));
        receiver.recv().unwrap();
        assert_eq!(again.found(&a), Found::There(3));
        assert_eq!(again.found(&b), Found::Missing);
        recent.forget(&b, &mut settings);
        assert_eq!(Recent::load(&settings).files(), [a]);
        recent.clear(&mut settings);
        assert!(Recent::load(&settings).files().is_empty());
    }

    #[test]
    fn only_so_many_are_kept() {
        let mut settings = Settings::in_memory();
        let mut recent = Recent::default();
        for i in 0..40 {
            recent.opened(Path::new(&format!("/{i}.pcap")), &mut settings);
        }
        assert_eq!(recent.files().len(), KEPT);
        assert_eq!(recent.files()[0], Path::new("/39.pcap"));
    }
}
