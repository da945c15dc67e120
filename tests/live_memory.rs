//! The memory that a live capture takes, with frames that come through a pipe as fast as they go.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use wireglass::capture::Recorder;
use wireglass::dissect::{Options, Tree, Want};
use wireglass::session::Session;

use crate::live::{frames, wait_for};

/// A capture of so many datagrams, made as it is read.
struct Datagrams {
    left: u32,
    record: Vec<u8>,
    at: usize,
}

impl Datagrams {
    fn new(count: u32) -> Datagrams {
        let mut head = Vec::new();
        for word in [0xa1b2_c3d4u32, 0x0004_0002, 0, 0, 65_535, 1] {
            head.extend_from_slice(&word.to_le_bytes());
        }
        Datagrams {
            left: count,
            record: head,
            at: 0,
        }
    }

    /// Ethernet, IPv4, UDP and four bytes; the ports tell one conversation from 4096 others.
    fn next(&mut self) {
        let n = self.left;
        self.record.clear();
        for word in [n / 1000, n % 1000, 46, 46] {
            self.record.extend_from_slice(&word.to_le_bytes());
        }
        self.record
            .extend_from_slice(&[2, 0, 0, 0, 0, 1, 2, 0, 0, 0, 0, 2, 8, 0]);
        self.record.extend_from_slice(&[
            0x45, 0, 0, 32, 0, 0, 0, 0, 64, 17, 0, 0, 10, 0, 0, 1, 10, 0, 0, 2,
        ]);
        self.record
            .extend_from_slice(&(40_000 + (n % 4096) as u16).to_be_bytes());
        self.record.extend_from_slice(&[0x30, 0x39, 0, 12, 0, 0]);
        self.record.extend_from_slice(&n.to_be_bytes());
    }
}

impl std::io::Read for Datagrams {
    fn read(&mut self, out: &mut [u8]) -> std::io::Result<usize> {
        let mut done = 0;
        while done < out.len() {
            if self.at == self.record.len() {
                if self.left == 0 {
                    break;
                }
                self.next();
                self.left -= 1;
                self.at = 0;
            }
            let count = (out.len() - done).min(self.record.len() - self.at);
            out[done..done + count].copy_from_slice(&self.record[self.at..self.at + count]);
            self.at += count;
            done += count;
        }
        Ok(done)
    }
}

/// Let so many frames come through a pipe, with this budget; returns the session and the most memory that it took for them.
fn through_a_pipe(count: u32, budget: usize, file: &Path) -> (Arc<Session>, usize) {
    let recorder = Recorder::copy(Box::new(Datagrams::new(count)), "made", file).unwrap();
    wait_for("the head", || recorder.growth().state().0 > 24);
    let live = Session::live(
        Arc::new(recorder),
        budget,
        Arc::new(wireglass::protocols::registry()),
        Options::default(),
        Arc::new(|| {}),
    );
    let session = Arc::new(live.unwrap());
    let mut most = 0;
    while !session.is_loaded() {
        most = most.max(session.memory());
        std::thread::sleep(Duration::from_millis(2));
    }
    (session, most)
}

#[test]
fn a_live_capture_keeps_within_its_memory() {
    const FRAMES: u32 = 600_000;
    const BUDGET: usize = 16 << 20;
    let folder = tempfile::tempdir().unwrap();
    let (session, most) = through_a_pipe(FRAMES, BUDGET, &folder.path().join("made.pcapng"));
    assert!(most <= BUDGET, "{most}");
    let snapshot = session.snapshot();
    assert_eq!(snapshot.len(), FRAMES);
    assert!(snapshot.first() > 1, "the oldest have left");
    // What is held is found, by all that look for it; what has left is not, and is in the file all the same.
    let (mut view, mut tree) = (session.view(), Tree::new());
    assert!(!view.dissect(1, None, Want::ALL, &mut tree).unwrap());
    assert!(view.dissect(FRAMES, None, Want::ALL, &mut tree).unwrap());
    assert_eq!(tree.columns.protocol, "UDP");
    let filter = wireglass::filter::compile("udp && frame.number % 2 == 1", session.registry());
    let rows = wireglass::session::filter_all(&session, &filter.unwrap()).unwrap();
    let held = FRAMES - snapshot.first() + 1;
    assert_eq!(
        rows.len(),
        held.div_ceil(2) - u32::from(held % 2 == 1 && snapshot.first() % 2 == 0)
    );
    let chains =
        wireglass::session::chains(&session, &wireglass::session::Counting::default()).unwrap();
    assert_eq!(chains.count.0, u64::from(held));
    let (all, end) = frames(session.path());
    assert_eq!((all.len(), end), (FRAMES as usize, Ok(())));
}

/// An hour at 1,000 frames a second with 64 MB, as fast as it goes. Run alone, because it looks at the memory of the process:
/// `cargo test --release --test tests an_hour -- --ignored --nocapture`.
#[test]
#[ignore = "takes its time, and must run alone"]
fn an_hour_of_frames_in_64_megabytes() {
    let resident = || {
        let status = std::fs::read_to_string("/proc/self/status").unwrap();
        let line = status
            .lines()
            .find(|l| l.starts_with("VmHWM:"))
            .unwrap()
            .to_owned();
        let kib: usize = line.split_whitespace().nth(1).unwrap().parse().unwrap();
        kib * 1024
    };
    let before = resident();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("hour.pcapng");
    let (session, most) = through_a_pipe(3_600_000, 64 << 20, &file);
    let after = resident();
    eprintln!(
        "{} frames, {} held, {:.1} MB for them at most; resident at most {:.1} MB, {:.1} MB before",
        session.snapshot().len(),
        session.snapshot().len() - session.snapshot().first() + 1,
        most as f64 / 1e6,
        after as f64 / 1e6,
        before as f64 / 1e6
    );
    assert!(most <= 64 << 20);
    assert!(after - before <= (64 << 20) + (32 << 20));
}
