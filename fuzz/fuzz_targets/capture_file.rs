//! A file of any bytes is opened as a capture (pcap, pcapng, gzip), loaded, its frames dissected.
#![no_main]

use std::io::{Seek as _, SeekFrom, Write as _};
use std::sync::{Arc, Mutex, OnceLock};

use libfuzzer_sys::fuzz_target;
use wireglass::dissect::{Options, Registry, Tree, Want};
use wireglass::session::Session;

#[path = "../panics.rs"]
mod panics;

/// One file, written over and over; in memory where the system keeps its temporary files there.
static FILE: OnceLock<Mutex<tempfile::NamedTempFile>> = OnceLock::new();
static REGISTRY: OnceLock<Arc<Registry>> = OnceLock::new();

fuzz_target!(|data: &[u8]| {
    panics::count();
    let registry = REGISTRY.get_or_init(|| Arc::new(wireglass::protocols::registry()));
    let file = FILE.get_or_init(|| {
        let folder = if std::path::Path::new("/dev/shm").is_dir() { "/dev/shm".into() } else { std::env::temp_dir() };
        Mutex::new(tempfile::NamedTempFile::new_in(folder).unwrap())
    });
    let mut file = file.lock().unwrap();
    file.as_file_mut().set_len(0).unwrap();
    file.seek(SeekFrom::Start(0)).unwrap();
    file.write_all(data).unwrap();

    if let Ok(session) = Session::open(file.path(), Arc::clone(registry), Options::default(), Arc::new(|| {})) {
        session.wait();
        let session = Arc::new(session);
        let mut view = session.view();
        let mut tree = Tree::new();
        for number in 1..=view.len().min(64) {
            let _ = view.dissect(number, None, Want::ALL, &mut tree);
        }
    }
    panics::none();
});
