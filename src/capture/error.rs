//! What can go wrong with a capture file, in words that say where and what to do.

use std::io;
use std::path::{Path, PathBuf};

/// Why a capture file could not be opened, read to its end, or written.
///
/// Each message names the file, and the place in it where there is one. [`FileError::is_damage`] tells a file that
/// could be read up to some place from one that could not be opened at all.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum FileError {
    /// No file of this name.
    #[error("{}: there is no such file; check the name and the folder", path.display())]
    Missing {
        /// The file asked for.
        path: PathBuf,
    },
    /// The system does not let this user read (or write) it.
    #[error("{}: no permission to {doing} it; check the file's owner and mode, or copy it to your own folder", path.display())]
    Denied {
        /// The file asked for.
        path: PathBuf,
        /// What was tried: "read", "write".
        doing: &'static str,
    },
    /// The name is that of a folder.
    #[error("{}: this is a folder, not a capture file; choose a file inside it", path.display())]
    Folder {
        /// The folder.
        path: PathBuf,
    },
    /// Not one byte in it.
    #[error("{}: the file is empty; a capture has at least a header, so the recording never began or the copy failed", path.display())]
    Empty {
        /// The file asked for.
        path: PathBuf,
    },
    /// Some other kind of file.
    #[error("{}: not a capture file: {looks}", path.display())]
    Foreign {
        /// The file asked for.
        path: PathBuf,
        /// What it looks like, and what to do about it.
        looks: String,
    },
    /// The file ends inside a record. All frames before it are usable.
    #[error("{}: cut short in the middle of frame {frame} at offset {offset}; {}", path.display(), usable(*frame))]
    CutShort {
        /// The file asked for.
        path: PathBuf,
        /// Number of the frame that is incomplete.
        frame: u32,
        /// Where its record begins, in bytes from the start of the (decompressed) file.
        offset: u64,
    },
    /// The bytes contradict the format. All frames before it are usable.
    #[error("{}: damaged at offset {offset}, where frame {frame} should be: {what}; {}", path.display(), usable(*frame))]
    Damaged {
        /// The file asked for.
        path: PathBuf,
        /// Number that the next frame would have had.
        frame: u32,
        /// Where the damage was noticed, in bytes from the start of the (decompressed) file.
        offset: u64,
        /// What is wrong there.
        what: String,
    },
    /// The system reported an error.
    #[error("{}: could not {doing}: {reason}", path.display())]
    Io {
        /// The file asked for.
        path: PathBuf,
        /// What was tried: "read", "write", "rename"...
        doing: &'static str,
        /// The system's message.
        reason: String,
    },
    /// The chosen format has no place for what should be written.
    #[error("{}: {what}", path.display())]
    CannotHold {
        /// The file to be written.
        path: PathBuf,
        /// What does not fit, and which format would do.
        what: String,
    },
    /// Writing was stopped on request; nothing was left behind.
    #[error("{}: saving was cancelled; nothing was written", path.display())]
    Cancelled {
        /// The file to be written.
        path: PathBuf,
    },
}

impl FileError {
    /// Whether the file was opened and its frames up to the damage can be used.
    pub fn is_damage(&self) -> bool {
        matches!(self, Self::CutShort { .. } | Self::Damaged { .. })
    }

    /// Sorts a system error into the kinds above.
    pub fn from_io(path: &Path, doing: &'static str, error: &io::Error) -> Self {
        let path = path.to_path_buf();
        match error.kind() {
            io::ErrorKind::NotFound => Self::Missing { path },
            io::ErrorKind::PermissionDenied => Self::Denied { path, doing },
            io::ErrorKind::IsADirectory => Self::Folder { path },
            _ => Self::Io {
                path,
                doing,
                reason: error.to_string(),
            },
        }
    }
}

fn usable(frame: u32) -> String {
    match frame.saturating_sub(1) {
        0 => "no frame before it".to_owned(),
        1 => "the 1 frame before it can be used".to_owned(),
        count => format!("the {count} frames before it can be used"),
    }
}
