//! What is kept from session to session: a plain text file in the platform's place for configuration, in sections of lines.
//!
//! ```text
//! [filter history]
//! tcp.port == 80
//! [filter buttons]
//! Errors = tcp.analysis.flags
//! ```
//!
//! Each part of the program has its own section and reads and writes its lines; unknown sections stay as they are. The file
//! is written in the background, as a whole under another name that is then renamed: a crash leaves the old file or the new
//! one. Before writing the file is read again, so that two windows only overwrite each other in the sections both changed.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;

/// A file longer than this is not ours, bytes.
const LIMIT: u64 = 4 << 20;

/// Sections of lines, kept in a file or (in tests, or where there is no place for one) only in memory.
#[derive(Default)]
pub struct Settings {
    path: Option<PathBuf>,
    sections: Vec<Section>,
    saver: Option<Saver>,
    error: Arc<Mutex<Option<String>>>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Section {
    name: String,
    lines: Vec<String>,
}

/// The thread that writes.
struct Saver {
    changes: Sender<Section>,
    thread: JoinHandle<()>,
}

impl Settings {
    /// Settings that are kept in memory only.
    pub fn in_memory() -> Settings {
        Settings::default()
    }

    /// The settings of a file. A file that is not there is an empty one; one that cannot be read is left as it is.
    pub fn open(path: &Path) -> Settings {
        let mut settings = Settings::default();
        match read(path) {
            Ok(sections) => {
                settings.sections = sections;
                settings.path = Some(path.to_owned());
            }
            Err(error) => settings.tell(Some(format!(
                "The settings in {} cannot be read: {error}",
                path.display()
            ))),
        }
        settings
    }

    /// The settings of the user, in [`default_path`].
    pub fn of_user() -> Settings {
        default_path().map_or_else(Settings::in_memory, |path| Settings::open(&path))
    }

    /// The folder of the file, if they are kept in one.
    pub fn folder(&self) -> Option<&Path> {
        self.path.as_deref()?.parent()
    }

    /// The lines of a section.
    pub fn lines(&self, section: &str) -> &[String] {
        self.sections
            .iter()
            .find(|s| s.name == section)
            .map_or(&[], |s| &s.lines)
    }

    /// Replace the lines of a section, and write that in the background. Empty lines are left out.
    pub fn set(&mut self, section: &str, lines: impl IntoIterator<Item = String>) {
        let section = Section {
            name: section.to_owned(),
            lines: lines.into_iter().filter(|l| !l.is_empty()).collect(),
        };
        if self.lines(&section.name) == section.lines {
            return;
        }
        put(&mut self.sections, section.clone());
        let Some(path) = self.path.clone() else {
            return;
        };
        if self.saver.is_none() {
            match Saver::start(path, Arc::clone(&self.error)) {
                Ok(saver) => self.saver = Some(saver),
                Err(error) => self.tell(Some(format!("The settings cannot be kept: {error}"))),
            }
        }
        if let Some(saver) = &self.saver {
            // The thread only ends with us.
            let _ = saver.changes.send(section);
        }
    }

    /// What went wrong with the file, told once.
    pub fn take_error(&self) -> Option<String> {
        lock(&self.error).take()
    }

    fn tell(&self, error: Option<String>) {
        *lock(&self.error) = error;
    }
}

impl Drop for Settings {
    /// Waits until what was changed is written.
    fn drop(&mut self) {
        if let Some(saver) = self.saver.take() {
            drop(saver.changes);
            let _ = saver.thread.join();
        }
    }
}

impl Saver {
    fn start(path: PathBuf, error: Arc<Mutex<Option<String>>>) -> std::io::Result<Saver> {
        let (changes, receiver) = channel::<Section>();
        let thread = std::thread::Builder::new()
            .name("settings".into())
            .spawn(move || {
                while let Ok(first) = receiver.recv() {
                    // What has come together is written together.
                    let changed: Vec<Section> =
                        std::iter::once(first).chain(receiver.try_iter()).collect();
                    if let Err(e) = save(&path, changed) {
                        *lock(&error) = Some(format!(
                            "The settings cannot be written to {}: {e}",
                            path.display()
                        ));
                    }
                }
            })?;
        Ok(Saver { changes, thread })
    }
}

/// The file of the user's settings: below `$XDG_CONFIG_HOME` or `~/.config` on Linux, `~/Library/Application Support` on
/// macOS, `%APPDATA%` on Windows.
pub fn default_path() -> Option<PathBuf> {
    let folder = |name: &str| {
        let path = PathBuf::from(std::env::var_os(name)?);
        // A relative path there is a mistake, by the rules of that variable.
        path.is_absolute().then_some(path)
    };
    let base = if cfg!(windows) {
        folder("APPDATA")?.join("Wireglass")
    } else if cfg!(target_os = "macos") {
        folder("HOME")?.join("Library/Application Support/Wireglass")
    } else {
        folder("XDG_CONFIG_HOME")
            .or_else(|| Some(folder("HOME")?.join(".config")))?
            .join("wireglass")
    };
    Some(base.join("settings"))
}

fn read(path: &Path) -> std::io::Result<Vec<Section>> {
    let size = match std::fs::metadata(path) {
        Ok(file) => file.len(),
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(e) => return Err(e),
    };
    if size > LIMIT {
        return Err(std::io::Error::other("it is too long"));
    }
    Ok(parse(&std::fs::read_to_string(path)?))
}

fn save(path: &Path, changed: Vec<Section>) -> std::io::Result<()> {
    let folder = path
        .parent()
        .ok_or_else(|| std::io::Error::other("it has no folder"))?;
    std::fs::create_dir_all(folder)?;
    let mut sections = read(path)?;
    for section in changed {
        put(&mut sections, section);
    }
    let mut file = tempfile::Builder::new()
        .prefix(".settings")
        .tempfile_in(folder)?;
    file.write_all(write(&sections).as_bytes())?;
    file.as_file().sync_all()?;
    file.persist(path).map_err(|e| e.error)?;
    Ok(())
}

fn put(sections: &mut Vec<Section>, section: Section) {
    match sections.iter_mut().find(|s| s.name == section.name) {
        Some(old) => *old = section,
        None => sections.push(section),
    }
}

fn parse(text: &str) -> Vec<Section> {
    let mut sections: Vec<Section> = Vec::new();
    for line in text.lines() {
        let line = line.trim_end_matches('\r');
        if let Some(name) = line.strip_prefix('[').and_then(|l| l.strip_suffix(']')) {
            let name = name.to_owned();
            // A section that stands there twice is one.
            match sections.iter().position(|s| s.name == name) {
                Some(at) => {
                    let section = sections.remove(at);
                    sections.push(section);
                }
                None => sections.push(Section {
                    name,
                    lines: Vec::new(),
                }),
            }
        } else if !line.is_empty()
            && !line.starts_with('#')
            && let Some(section) = sections.last_mut()
        {
            section.lines.push(unescaped(line));
        }
    }
    sections
}

fn write(sections: &[Section]) -> String {
    let mut out =
        String::from("# Wireglass keeps here what it remembers from session to session.\n");
    for section in sections.iter().filter(|s| !s.lines.is_empty()) {
        out.push_str(&format!("\n[{}]\n", section.name));
        for line in &section.lines {
            escaped(line, &mut out);
            out.push('\n');
        }
    }
    out
}

/// Line breaks and what would be taken for a section or remark get a backslash.
fn escaped(line: &str, out: &mut String) {
    if line.starts_with(['[', '#']) {
        out.push('\\');
    }
    for c in line.chars() {
        match c {
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            c => out.push(c),
        }
    }
}

fn unescaped(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    let mut chars = line.chars();
    while let Some(c) = chars.next() {
        match c {
            '\\' => match chars.next() {
                Some('n') => out.push('\n'),
                Some('r') => out.push('\r'),
                Some(c) => out.push(c),
                None => out.push('\\'),
            },
            c => out.push(c),
        }
    }
    out
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_reads_back() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("deeper/settings");
        let lines = [
            "tcp.port == 80",
            "[a] \\ b",
            "# no remark",
            "two\nlines\r",
            " blank before",
        ];
        let mut settings = Settings::open(&path);
        settings.set("filter history", lines.map(String::from));
        settings.set("other", [String::from("x"), String::new()]);
        drop(settings);
        let settings = Settings::open(&path);
        assert_eq!(settings.lines("filter history"), lines);
        assert_eq!(settings.lines("other"), ["x"]);
        assert_eq!(settings.lines("none"), [""; 0]);
        assert_eq!(settings.take_error(), None);
        // No temporary file is left.
        assert_eq!(
            std::fs::read_dir(folder.path().join("deeper"))
                .unwrap()
                .count(),
            1
        );
    }

    #[test]
    fn two_windows_keep_each_others_sections() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("settings");
        std::fs::write(&path, "# ours\n[later]\nkept\n[a]\nold\n").unwrap();
        let mut one = Settings::open(&path);
        let mut two = Settings::open(&path);
        one.set("a", [String::from("1")]);
        drop(one);
        two.set("b", [String::from("2")]);
        drop(two);
        let both = Settings::open(&path);
        assert_eq!(
            (both.lines("a"), both.lines("b")),
            (&["1".to_owned()][..], &["2".to_owned()][..])
        );
        assert_eq!(both.lines("later"), ["kept"]);
    }

    #[test]
    fn a_file_that_cannot_be_read_is_told_and_not_overwritten() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("settings");
        std::fs::write(&path, b"[a]\n\xff\xfe\n").unwrap();
        let mut settings = Settings::open(&path);
        assert!(settings.take_error().unwrap().contains("cannot be read"));
        settings.set("a", [String::from("1")]);
        assert_eq!(settings.lines("a"), ["1"]);
        drop(settings);
        assert_eq!(std::fs::read(&path).unwrap(), b"[a]\n\xff\xfe\n");
    }
}
