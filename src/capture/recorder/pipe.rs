//! Frames that another program captured and hands us through a pipe: kept in a file as they come, and read from there like our
//! own.

use std::fs::{File, OpenOptions};
use std::io::{Read, Write as _};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;
use std::sync::Arc;

use super::{Counters, Ended, InterfaceCounters, Recorder, RecorderError, Shared, lock};

impl Recorder {
    /// Copies what comes out of `from`, a pcap or pcapng stream, into this file, until its end. `name` is what to call it.
    pub fn copy(from: Box<dyn Read + Send>, name: &str, to: &Path) -> Result<Self, RecorderError> {
        let refused =
            |error: std::io::Error| RecorderError::Output(format!("{}: {error}", to.display()));
        let mut options = OpenOptions::new();
        options.create(true).write(true).truncate(true).mode(0o600);
        let file = options.open(to).map_err(refused)?;
        let shared = Arc::new(Shared {
            pipe: true,
            counters: std::sync::Mutex::new(Counters {
                interfaces: vec![InterfaceCounters {
                    name: name.to_owned(),
                    ..InterfaceCounters::default()
                }],
                ..Counters::default()
            }),
            ..Shared::default()
        });
        let recorder = Self::of(Arc::clone(&shared), to);
        let files = vec![to.to_path_buf()];
        std::thread::Builder::new()
            .name("pipe".into())
            .spawn(move || {
                let faults = copy(from, file, &shared).err().into_iter().collect();
                shared.end(Ended { faults, files });
            })
            .map_err(|error| RecorderError::Plan(format!("no thread: {error}")))?;
        Ok(recorder)
    }
}

fn copy(mut from: Box<dyn Read + Send>, mut to: File, shared: &Shared) -> Result<(), String> {
    let mut chunk = vec![0; 1 << 18];
    let mut written = 0;
    loop {
        let count = match from.read(&mut chunk) {
            Ok(0) => return Ok(()),
            Ok(count) => count,
            Err(error) if error.kind() == std::io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(format!("the pipe cannot be read: {error}")),
        };
        // Whoever stopped us does not wait for the pipe.
        if lock(&shared.ended).is_some() {
            return Ok(());
        }
        let bytes = chunk.get(..count).unwrap_or_default();
        if let Err(error) = to.write_all(bytes) {
            // What is behind the last whole record is not told of.
            let _ = to.set_len(written);
            return Err(format!("the frames cannot be kept: {error}"));
        }
        written += count as u64;
        lock(&shared.counters).bytes = written;
        shared.growth.advance(written);
    }
}
