//! Files that went over the wire, put together again.

use std::path::Path;
use std::sync::Arc;

use wireglass::dissect::Options;
use wireglass::session::{
    Carrier, Form, Frames, Object, Order, SaveError, Session, objects, save_as, save_objects,
};

fn open(name: &str) -> Arc<Session> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("captures")
        .join(name);
    let registry = Arc::new(wireglass::protocols::registry());
    let session =
        Session::open(&path, registry, Options::default(), Arc::new(|| {})).expect("a capture");
    session.wait();
    Arc::new(session)
}

fn named(objects: &[Object]) -> Vec<(u32, &str, u64)> {
    objects
        .iter()
        .map(|o| (o.frame, o.name.as_str(), o.len))
        .collect()
}

#[test]
fn a_file_that_came_in_several_segments_is_whole() {
    let session = open("ftp.pcap");
    let found = objects(&session, &[Carrier::Ftp]).expect("found");
    assert_eq!(named(&found), [(43, "hello-1.0.tar.gz", 4023)]);
    let bytes = found[0].bytes(&mut session.view()).expect("readable");
    assert_eq!(bytes.len(), 4023);
    assert_eq!(&bytes[..2], &[0x1f, 0x8b], "gzip");
}

#[test]
fn bodies_are_saved_unpacked_and_nothing_is_replaced() {
    let folder = tempfile::tempdir().expect("a folder");
    let session = open("http-gzip.pcap");
    let found = objects(&session, &Carrier::ALL).expect("found");
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].name, "gzip");
    assert_eq!(found[0].media, "text/plain; charset=utf-8");
    for expected in ["gzip", "gzip(1)"] {
        let files = save_objects(&session, &found, folder.path()).expect("saved");
        assert_eq!(files, [folder.path().join(expected)]);
        let text = std::fs::read_to_string(&files[0]).expect("saved");
        assert_eq!(text.len(), 447);
        assert!(text.starts_with("A packet is a letter without an envelope maker."));
    }
}

#[test]
fn mails_are_objects() {
    let session = open("smtp-mime.pcap");
    let found = objects(&session, &[Carrier::Mail]).expect("found");
    assert_eq!(found.len(), 1, "{:?}", named(&found));
    assert!(found[0].name.ends_with(".eml"));
    let bytes = found[0].bytes(&mut session.view()).expect("readable");
    let text = String::from_utf8_lossy(&bytes);
    assert!(
        text.starts_with("From: ") || text.contains("\r\nFrom: "),
        "{text}"
    );
    assert_eq!(bytes.len(), 7894);
}

fn order(path: &Path, form: Form, frames: Frames, needed: bool) -> Order {
    Order {
        path: path.to_path_buf(),
        replace: false,
        form,
        gzip: false,
        frames,
        needed,
    }
}

#[test]
fn packets_bring_along_what_they_are_put_together_from() {
    let folder = tempfile::tempdir().expect("a folder");
    let session = open("http-split.pcap");
    let filter = wireglass::filter::compile("http.response", session.registry()).expect("a filter");
    let rows = wireglass::session::filter_all(&session, &filter).expect("rows");
    let count = rows.len();
    let rows = Arc::new(rows);
    let save = |name: &str, needed| {
        let path = folder.path().join(name);
        let order = order(
            &path,
            Form::Pcapng,
            Frames::Displayed(Arc::clone(&rows)),
            needed,
        );
        save_as(&session, &order, &mut |_, _| true).expect("saved")
    };
    assert_eq!(save("alone.pcapng", false), count);
    assert!(save("with.pcapng", true) > count);
}

#[test]
fn every_form_is_written_and_never_over_another_file() {
    let folder = tempfile::tempdir().expect("a folder");
    let session = open("http-keep-alive.pcap");
    for (form, begins, ends) in [
        (Form::Text, "    1   0.000000", "\n"),
        (Form::Details, "    1   0.000000", "\n"),
        (Form::Csv, "\"No.\",", "\"\n"),
        (Form::Json, "[", "]\n"),
        (Form::Pdml, "<?xml", "</pdml>\n"),
    ] {
        let path = folder.path().join(format!("{form:?}"));
        let order = order(&path, form, Frames::Numbers(vec![1, 4]), false);
        assert_eq!(save_as(&session, &order, &mut |_, _| true), Ok(2));
        let text = std::fs::read_to_string(&path).expect("saved");
        assert!(text.starts_with(begins), "{form:?}: {text}");
        assert!(
            text.trim_end_matches('\n').ends_with(ends.trim_end()),
            "{form:?}"
        );
        assert_eq!(
            save_as(&session, &order, &mut |_, _| true),
            Err(SaveError::Exists { path })
        );
    }
    let path = folder.path().join("stopped.txt");
    let order = order(&path, Form::Text, Frames::All, false);
    assert!(save_as(&session, &order, &mut |_, _| false).is_err());
    assert!(!path.exists(), "no half of a file");
}
