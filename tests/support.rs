//! What several of the tests need: the captures, an open session, the text of a frame.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::{Arc, OnceLock};

use wireglass::dissect::text::label;
use wireglass::dissect::tree::HIDDEN;
use wireglass::dissect::{Options, Registry, Tree};
use wireglass::export::Row;
use wireglass::session::{Session, View};

/// A folder or file of the package.
pub fn package(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// Every file below a folder with one of these endings, sorted.
pub fn files_below(folder: &Path, endings: &[&str]) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).unwrap_or_else(|e| panic!("{folder:?}: {e}")) {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if endings.iter().any(|e| path.to_string_lossy().ends_with(e)) {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

/// Endings of capture files.
pub const CAPTURES: &[&str] = &[".pcap", ".pcapng", ".gz", ".cap"];

/// Every capture of `captures/`, by its name below that folder.
pub fn captures() -> Vec<String> {
    let folder = package("captures");
    files_below(&folder, CAPTURES)
        .iter()
        .map(|p| {
            p.strip_prefix(&folder)
                .unwrap()
                .to_string_lossy()
                .into_owned()
        })
        .collect()
}

/// The registry, made once.
pub fn registry() -> &'static Arc<Registry> {
    static REGISTRY: OnceLock<Arc<Registry>> = OnceLock::new();
    REGISTRY.get_or_init(|| Arc::new(wireglass::protocols::registry()))
}

/// Open a capture and wait until it is loaded. `None` if it is no capture.
pub fn open(path: &Path) -> Option<Arc<Session>> {
    let session = Session::open(
        path,
        Arc::clone(registry()),
        Options::default(),
        Arc::new(|| {}),
    )
    .ok()?;
    session.wait();
    Some(Arc::new(session))
}

/// The list row of the frame that `view` dissected last into `tree`.
pub fn row<'a>(view: &'a View, number: u32, tree: &'a Tree) -> Row<'a> {
    let meta = view.meta(number).unwrap();
    Row {
        number,
        time_ns: meta.time_ns,
        relative_ns: view.relative_ns(number, &meta),
        original: meta.original,
        captured: meta.captured,
        tree,
        bytes: view.bytes(),
    }
}

/// The tree as indented lines; what is hidden is left out.
pub fn tree_text(row: &Row<'_>, out: &mut String) {
    for node in row.tree.nodes.iter().filter(|n| !n.is(HIDDEN)) {
        for _ in 0..node.depth {
            out.push_str("  ");
        }
        label(row.tree, row.bytes, node, out);
        out.push('\n');
    }
}

/// Run the program.
pub fn wireglass(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_wireglass"))
        .args(arguments)
        .current_dir(package("captures"))
        .output()
        .expect("the program runs")
}

/// An output as text; it must be UTF-8.
pub fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).expect("output is UTF-8")
}
