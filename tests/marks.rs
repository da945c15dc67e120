//! What the user notes about frames is there again when the capture is opened again; lists in another order.

use std::path::Path;
use std::sync::Arc;

use wireglass::dissect::Options;
use wireglass::session::{Session, SortKey, SortRun};

fn open(path: &Path) -> Arc<Session> {
    let registry = Arc::new(wireglass::protocols::registry());
    let session = Session::open(path, registry, Options::default(), Arc::new(|| {})).unwrap();
    session.wait();
    Arc::new(session)
}

fn capture() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("captures/http-keep-alive.pcap")
}

#[test]
fn marks_are_kept_beside_the_settings_and_belong_to_one_capture() {
    let folder = tempfile::tempdir().unwrap();
    let marks = folder.path().join("marks");
    let session = open(&capture());
    assert!(session.keep_marks(&marks));
    session.change_marks(|m| {
        m.marked.set_all([2, 3, 4, 9], true);
        m.ignored.insert(5);
        m.references.insert(7);
        m.comments
            .insert(3, vec!["one\nand two".into(), "three".into()]);
        m.comments.insert(4, Vec::new());
    });
    let kept = session.marks();
    drop(session); // waits until they are written
    let again = open(&capture());
    assert!(again.marks().marked.is_empty());
    assert!(again.keep_marks(&marks));
    assert_eq!(again.marks(), kept);
    assert_eq!(again.info_to_save().comments[&3], ["one\nand two", "three"]);
    // Another capture that took the file's name is another capture.
    let copy = folder.path().join("copy.pcap");
    std::fs::copy(capture(), &copy).unwrap();
    let session = open(&copy);
    assert!(session.keep_marks(&marks));
    session.change_marks(|m| m.marked.insert(1));
    drop(session);
    let other = Path::new(env!("CARGO_MANIFEST_DIR")).join("captures/http-split.pcap");
    std::fs::copy(other, &copy).unwrap();
    let session = open(&copy);
    assert!(session.keep_marks(&marks));
    assert!(session.marks().marked.is_empty());
}

#[test]
fn equal_frames_stay_in_the_order_of_capture_both_ways() {
    let session = open(&capture());
    for key in [SortKey::Source, SortKey::Length, SortKey::Info] {
        for descending in [false, true] {
            let run = SortRun::start(&session, key.clone(), descending, None, Arc::new(|| {}));
            let order = loop {
                let state = run.state();
                assert_eq!(state.error, None);
                if let Some(order) = state.order {
                    break order;
                }
                std::thread::yield_now();
            };
            assert_eq!(order.len(), session.snapshot().len());
            let view = session.view();
            let numbers: Vec<u32> = (0..order.len()).filter_map(|row| order.at(row)).collect();
            for (row, number) in (0..).zip(&numbers) {
                assert_eq!(order.place(*number), Some(row));
            }
            if matches!(key, SortKey::Length) {
                let length = |n: u32| view.meta(n).unwrap().original;
                for pair in numbers.windows(2) {
                    let (a, b) = (length(pair[0]), length(pair[1]));
                    let ordered = if descending { a > b } else { a < b };
                    assert!(ordered || (a == b && pair[0] < pair[1]), "{pair:?}");
                }
            }
        }
    }
}
