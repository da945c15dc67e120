//! Where captures are kept while they run, and those that a crash has left there.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

use super::recorder::stamp;
use super::{Batch, CaptureFile};

/// The folder for captures that nobody has given a name: `wireglass` in the user's cache (XDG Base Directory Specification; on
/// macOS `~/Library/Caches`), or in the folder for temporary files if this user has no home.
pub fn folder() -> PathBuf {
    let set = |name: &str| {
        std::env::var_os(name)
            .map(PathBuf::from)
            .filter(|path| path.is_absolute())
    };
    let home = || set("HOME");
    let cache = if cfg!(target_os = "macos") {
        home().map(|home| home.join("Library/Caches"))
    } else {
        set("XDG_CACHE_HOME").or_else(|| home().map(|home| home.join(".cache")))
    };
    cache.unwrap_or_else(std::env::temp_dir).join("wireglass")
}

/// A name for a new capture in this folder, which is made if it is not there.
pub fn new_file(folder: &Path) -> std::io::Result<PathBuf> {
    fs::create_dir_all(folder)?;
    let now = SystemTime::now().duration_since(UNIX_EPOCH);
    let now = now.unwrap_or_default();
    for attempt in 0..1000 {
        let name = format!(
            "{}-{}-{attempt}.pcapng",
            stamp(now.as_secs()),
            std::process::id()
        );
        let path = folder.join(name);
        if !path.exists() {
            return Ok(path);
        }
    }
    Err(std::io::Error::other("the folder is full of captures"))
}

/// A capture that was not ended well.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeftOver {
    /// Its file.
    pub path: PathBuf,
    /// The file's size.
    pub bytes: u64,
    /// When it was last written.
    pub modified: SystemTime,
}

/// The captures in this folder that no program is writing or showing, the newest first. Those without a frame are removed.
pub fn left_over(folder: &Path) -> Vec<LeftOver> {
    let Ok(entries) = fs::read_dir(folder) else {
        return Vec::new(); // nothing was ever captured
    };
    let mut found = Vec::new();
    for entry in entries.flatten() {
        let path = entry.path();
        let Ok(metadata) = entry.metadata() else {
            continue;
        };
        if path.extension().is_none_or(|e| e != "pcapng") || !metadata.is_file() {
            continue;
        }
        // Whoever has it open holds a lock on it, which a killed program cannot.
        let Ok(file) = File::open(&path) else {
            continue;
        };
        if file.try_lock().is_err() {
            continue;
        }
        let mut batch = Batch::default();
        let has_frames = CaptureFile::open(&path)
            .and_then(|mut capture| capture.read_batch(&mut batch))
            .unwrap_or(false);
        if !has_frames {
            // If it cannot be removed, it is looked at again next time.
            let _ = fs::remove_file(&path);
            continue;
        }
        found.push(LeftOver {
            path,
            bytes: metadata.len(),
            modified: metadata.modified().unwrap_or(UNIX_EPOCH),
        });
    }
    found.sort_by_key(|left| std::cmp::Reverse(left.modified));
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::capture::{CaptureInfo, CaptureWriter, FileFormat, FrameMeta, Interface};

    #[test]
    fn captures_in_use_are_not_left_over() {
        let folder = tempfile::tempdir().unwrap();
        let mut sample = Vec::new();
        let info = CaptureInfo::with_interfaces(vec![Interface::default()]);
        let mut writer = CaptureWriter::new(&mut sample, FileFormat::Pcapng, &info).unwrap();
        for _ in 0..2 {
            writer.frame(&FrameMeta::default(), &[0; 60], &[]).unwrap();
        }
        writer.finish(&info).unwrap();
        for name in ["left.pcapng", "used.pcapng"] {
            fs::write(folder.path().join(name), &sample).unwrap();
        }
        // Half a capture is one; half a head is none.
        fs::write(
            folder.path().join("cut.pcapng"),
            &sample[..sample.len() - 3],
        )
        .unwrap();
        fs::write(folder.path().join("empty.pcapng"), &sample[..20]).unwrap();
        let used = File::open(folder.path().join("used.pcapng")).unwrap();
        used.try_lock().unwrap();
        let mut names: Vec<_> = left_over(folder.path())
            .into_iter()
            .map(|left| {
                left.path
                    .file_name()
                    .unwrap()
                    .to_string_lossy()
                    .into_owned()
            })
            .collect();
        names.sort();
        assert_eq!(names, ["cut.pcapng", "left.pcapng"]);
        assert!(!folder.path().join("empty.pcapng").exists());
    }
}
