//! Filters by section of the language, each with the frames that it passes or the place at which it is refused
//! (`tests/filters/*.txt`). `scripts/filters.py` asks tshark for the frames.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use wireglass::dissect::{Options, Tree, Want};
use wireglass::filter::{compile, compile_with};
use wireglass::session::{Session, filter_all};

/// One filter and what is expected of it.
struct Case {
    file: String,
    line: usize,
    capture: String,
    filter: String,
    expected: String,
}

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

/// All files of filters; one without filters is a mistake.
fn cases() -> Vec<Case> {
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder("tests/filters"))
        .expect("tests/filters/")
        .filter_map(|entry| entry.ok().map(|e| e.path()))
        .filter(|path| path.extension().is_some_and(|e| e == "txt"))
        .collect();
    files.sort();
    let mut cases: Vec<Case> = Vec::new();
    for path in files {
        let file = path
            .file_name()
            .expect("a name")
            .to_string_lossy()
            .into_owned();
        let before = cases.len();
        let mut capture = String::new();
        let mut open = false;
        for (i, line) in std::fs::read_to_string(&path)
            .expect("a text")
            .lines()
            .enumerate()
        {
            let place = format!("{file}:{}", i + 1);
            if let Some(rest) = line.strip_prefix('[') {
                capture = rest.split(']').next().unwrap_or("").to_owned();
            } else if line.starts_with(' ') {
                assert!(open, "{place}: an expectation without a filter");
                cases.last_mut().expect("a filter").expected = line.trim().to_owned();
                open = false;
            } else if !line.is_empty() && !line.starts_with('#') {
                assert!(!open, "{place}: nothing is expected of the filter before");
                open = true;
                cases.push(Case {
                    file: file.clone(),
                    line: i + 1,
                    capture: capture.clone(),
                    filter: line.to_owned(),
                    expected: String::new(),
                });
            }
        }
        assert!(!open, "{file}: nothing is expected of the last filter");
        assert!(cases.len() > before, "{file}: no filters");
    }
    cases
}

fn open(capture: &str) -> Arc<Session> {
    let registry = Arc::new(wireglass::protocols::registry());
    let path = folder("captures").join(capture);
    let session = Session::open(&path, registry, Options::default(), Arc::new(|| {}))
        .unwrap_or_else(|e| panic!("{capture}: {e:?}"));
    let session = Arc::new(session);
    session.wait();
    session
}

/// `frames 1-3 5`, as the files have it.
fn ranges(rows: &[u32]) -> String {
    let mut runs: Vec<(u32, u32)> = Vec::new();
    for &row in rows {
        match runs.last_mut() {
            Some((_, last)) if *last + 1 == row => *last = row,
            _ => runs.push((row, row)),
        }
    }
    let mut out = String::from("frames");
    for (first, last) in &runs {
        out.push_str(&if first == last {
            format!(" {first}")
        } else {
            format!(" {first}-{last}")
        });
    }
    if runs.is_empty() {
        out.push_str(" none");
    }
    out
}

/// What became of a filter, in the words of the files.
fn outcome(session: &Arc<Session>, text: &str) -> String {
    match compile(text, session.registry()) {
        Err(error) => {
            assert!(
                !error.message.is_empty(),
                "{text}: a refusal without a message"
            );
            let marked = text.get(error.span.clone());
            let marked = marked.unwrap_or_else(|| panic!("{text}: {:?} is no place", error.span));
            format!("refused at \"{marked}\"")
        }
        Ok(filter) => frames(session, &filter),
    }
}

#[test]
fn filters_pass_the_expected_frames() {
    let cases = cases();
    let mut sessions: HashMap<String, Arc<Session>> = HashMap::new();
    let mut wrong = String::new();
    for case in &cases {
        let session = sessions
            .entry(case.capture.clone())
            .or_insert_with(|| open(&case.capture));
        let found = outcome(session, &case.filter);
        if found != case.expected {
            wrong.push_str(&format!(
                "{}:{}: {}\n    expected: {}\n    found:    {found}\n",
                case.file, case.line, case.filter, case.expected
            ));
        }
    }
    assert!(cases.len() >= 300, "only {} filters", cases.len());
    assert!(wrong.is_empty(), "\n{wrong}");
}

fn frames(session: &Arc<Session>, filter: &wireglass::filter::Filter) -> String {
    let rows = filter_all(session, filter).expect("the frames can be read");
    let found: Vec<u32> = (0..rows.len()).filter_map(|row| rows.select(row)).collect();
    ranges(&found)
}

#[test]
fn references_stand_for_the_values_of_the_selected_frame() {
    let session = open("tcp-handshake-close.pcap");
    let mut view = session.view();
    let mut tree = Tree::new();
    view.dissect(5, None, Want::NODES, &mut tree)
        .expect("frame 5");
    for (text, expected) in [
        ("frame.number == ${frame.number}", "frames 5"),
        ("frame.number < ${frame.number} - 1", "frames 1-3"),
        ("ip.src == ${ip.src}", "frames 2 5-6 9 11 13"),
        ("tcp.srcport == ${tcp.dstport}", "frames 1 3-4 7-8 10 12 14"),
        ("frame.number in {${frame.number}, 9}", "frames 5 9"),
        ("tcp.len > ${dns.time}", ""),
        ("ip.src == ${ipv6.src}", ""),
        ("udp.port == ${udp.port}", "frames none"),
    ] {
        let filter = compile_with(text, session.registry(), Some((&tree, view.bytes())));
        match filter {
            Ok(filter) => assert_eq!(frames(&session, &filter), expected, "{text}"),
            Err(error) => assert_eq!("", expected, "{text}: {error}"),
        }
    }
}

/// How deep the frames are read for a filter: (the protocols of the tree of frame 4, an HTTP request on TCP).
#[test]
fn frames_are_read_no_deeper_than_a_filter_needs() {
    let session = open("http-forms.pcap");
    let mut view = session.view();
    let registry = Arc::clone(session.registry());
    let chain: Vec<u16> = ["frame", "eth", "ip", "tcp", "http", "urlencoded-form"]
        .iter()
        .map(|name| registry.index_of(registry.protocol_named(name).expect("a protocol")))
        .collect();
    let mut tree = Tree::new();
    for (text, until, innermost) in [
        ("frame.number == 4", Some(0), "frame"),
        // Where the trailer of a link begins is known from what the link carries.
        ("eth.trailer || frame.len > 0", Some(2), "ip"),
        ("ip.ttl == 64", Some(2), "ip"),
        ("tcp.port == 80", Some(3), "tcp"),
        ("port == 80", Some(3), "tcp"),
        ("http.host && ip.ttl == 64", Some(4), "http"),
        ("urlencoded-form.key", Some(5), "urlencoded-form"),
        ("_ws.expert", None, "urlencoded-form"),
        ("data", None, "urlencoded-form"),
    ] {
        let filter = compile(text, &registry).expect(text);
        assert_eq!(filter.until(&chain), until, "{text}");
        let want = Want {
            until,
            ..Want::NODES
        };
        view.dissect(4, None, want, &mut tree).expect("frame 4");
        let mut protocols = tree
            .nodes
            .iter()
            .filter(|n| n.depth == 0 && !n.field.abbrev.is_empty());
        let last = protocols.next_back().expect("a protocol").field.abbrev;
        assert_eq!(last, innermost, "{text}");
    }
}
