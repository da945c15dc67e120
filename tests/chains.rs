//! The chain of protocols that the scan writes down for a frame is what dissecting the frame shows, unless the scan says that it
//! may be more: counting by protocol and filters by protocol trust it.

use std::collections::BTreeMap;
use std::path::Path;

use wireglass::dissect::tree::PROTOCOL;
use wireglass::dissect::{Dissector, FrameInfo, Looker, Options, Tree, Want};

use crate::support::{CAPTURES, files_below, open, package, registry};

/// The scan's chain of a frame by name, and whether it is open.
fn scanned(session: &wireglass::session::Session, number: u32) -> (Vec<&'static str>, bool) {
    let ages = session.facts();
    let facts = ages.of(number);
    let (path, open) = facts.chain(number);
    let mut names = Vec::new();
    let mut at = path;
    while let Some((parent, protocol)) = facts.paths.get(at) {
        names.push(registry().protocol(protocol).unwrap().field.abbrev);
        at = parent;
    }
    names.reverse();
    (names, open)
}

#[test]
fn the_scan_and_the_dissection_agree() {
    let mut files = files_below(&package("captures"), CAPTURES);
    if let Some(folder) = std::env::var_os("WIREGLASS_CAPTURES") {
        files.extend(files_below(Path::new(&folder), CAPTURES));
    }
    let (mut frames, mut left_open, mut wrong) = (0, 0, Vec::new());
    for file in &files {
        let Some(session) = open(file) else { continue };
        let mut view = session.view();
        let mut tree = Tree::new();
        for number in 1..=view.len() {
            if view.dissect(number, None, Want::NODES, &mut tree).is_err() {
                break;
            }
            let (chain, open) = scanned(&session, number);
            frames += 1;
            if open {
                left_open += 1;
                continue;
            }
            // Extension headers are fields of IPv6, a ping's data stands inside of the ping, and a comment is not of the packet.
            let chain: Vec<&str> = chain
                .into_iter()
                .filter(|n| !n.starts_with("ipv6."))
                .collect();
            let mut shown: Vec<&str> = Vec::new();
            for node in tree.nodes.iter().filter(|n| n.is(PROTOCOL)) {
                let name = node.field.abbrev;
                let inside = name == "data" && node.depth > 0 && chain.len() == shown.len();
                if !name.starts_with('_') && name != "pkt_comment" && !inside {
                    shown.push(name);
                }
            }
            if chain != shown {
                let name = file.file_name().unwrap_or_default().to_string_lossy();
                wrong.push(format!("{name} {number}: {chain:?}, shown {shown:?}"));
            }
        }
    }
    assert!(
        wrong.is_empty(),
        "{} of {frames}:\n{}",
        wrong.len(),
        wrong[..wrong.len().min(100)].join("\n")
    );
    assert!(
        frames > 0 && left_open * 10 < frames,
        "{left_open} of {frames} chains were left open"
    );
    println!("{left_open} of {frames} chains were left open");
}

/// Filters that are answered from columns where that suffices.
const ON_COLUMNS: &[&str] = &[
    "ip.addr == 192.0.2.1",
    "!(ip.addr == 192.0.2.0/24) && tcp",
    "ip.src != 192.0.2.1 || ipv6.dst == 2001:db8::1",
    "tcp.port in {80, 4007, 9000..65535}",
    "tcp.dstport < 1024 && !http",
    "udp.port == 53 and dns",
    "udp.srcport > udp.dstport || udp.srcport == 5353",
    "tcp.stream == 1 || udp.stream == 0",
    "any tcp.port == 80 && all ip.addr != 10.0.0.1",
    "port == 80 || host == 192.0.2.2",
    "tcp.analysis.flags",
    "tcp.analysis.retransmission || tcp.analysis.duplicate_ack || tcp.analysis.zero_window",
    "tcp.analysis.out_of_order && tcp.srcport != 80 xor tcp.analysis.lost_segment",
    "ip.src[0:2] == c0:00 || tcp.port#1 == 80",
];

#[test]
fn columns_answer_as_the_dissection_does() {
    let mut files = files_below(&package("captures"), CAPTURES);
    if let Some(folder) = std::env::var_os("WIREGLASS_CAPTURES") {
        files.extend(files_below(Path::new(&folder), CAPTURES));
    }
    let filters: Vec<_> = ON_COLUMNS
        .iter()
        .map(|text| wireglass::filter::compile(text, registry()).unwrap())
        .collect();
    let mut passed = vec![0; filters.len()];
    for file in &files {
        let Some(session) = open(file) else { continue };
        let rows: Vec<_> = filters
            .iter()
            .map(|f| wireglass::session::filter_all(&session, f).unwrap())
            .collect();
        let mut view = session.view();
        let mut tree = Tree::new();
        for number in 1..=view.len() {
            view.dissect(number, None, Want::NODES, &mut tree).unwrap();
            for (i, filter) in filters.iter().enumerate() {
                let expected = filter.matches(&tree, view.bytes());
                passed[i] += u32::from(expected);
                assert_eq!(
                    rows[i].contains(number),
                    expected,
                    "{} {number}: {}",
                    file.display(),
                    ON_COLUMNS[i]
                );
            }
        }
    }
    for (filter, passed) in ON_COLUMNS.iter().zip(passed) {
        assert!(passed > 0, "{filter} passes no frame: it tests nothing");
    }
}

/// A quick look at headers in their usual form finds what a close one does.
#[test]
fn a_glance_sees_what_a_close_look_does() {
    let mut files = files_below(&package("captures"), CAPTURES);
    if let Some(folder) = std::env::var_os("WIREGLASS_CAPTURES") {
        files.extend(files_below(Path::new(&folder), CAPTURES));
    }
    let (mut frames, mut usual) = (0, 0);
    for file in &files {
        let Some(session) = open(file) else { continue };
        let options = Options::default();
        let dissector = Dissector {
            registry: session.registry(),
            options: &options,
            root: &wireglass::protocols::frame::FRAME,
        };
        // Of one numbering: both looks are taken by the same looker, one after the other.
        let mut looker = Looker::default();
        let state = session.state();
        let links: Vec<u16> = state.interfaces.iter().map(|i| i.link_type).collect();
        drop(state);
        let mut view = session.view();
        let mut tree = Tree::new();
        for number in 1..=view.len() {
            let Some(meta) = view.meta(number) else { break };
            if view
                .dissect(number, None, Want::NOTHING, &mut tree)
                .is_err()
            {
                break;
            }
            let link_type = links.get(meta.interface as usize).copied();
            // Whole, cut short by the capture, and damaged in one bit of the headers.
            for change in 0..3usize {
                let mut bytes = view.bytes().to_vec();
                match change {
                    1 => bytes.truncate(bytes.len() * 2 / 3),
                    2 => {
                        let at = (number as usize * 7) % 60;
                        if let Some(byte) = bytes.get_mut(at) {
                            *byte ^= 1 << (number % 8);
                        }
                    }
                    _ => {}
                }
                let frame = || FrameInfo {
                    captured: meta.captured,
                    original: meta.original,
                    link_type: link_type.unwrap_or(u16::MAX),
                    ..FrameInfo::default()
                };
                frames += 1;
                if let Some(glance) = dissector.glance(&frame(), &bytes, &mut looker) {
                    usual += 1;
                    let close = dissector.look_closely(frame(), &bytes, &mut looker);
                    assert_eq!(glance, close, "{} {number}, {change}", file.display());
                }
            }
        }
    }
    assert!(
        usual * 2 > frames,
        "{usual} of {frames} are of the usual form"
    );
}

/// Filters read of a frame only what they need: no deeper than the fields asked for, nodes of few protocols, not at all where the
/// facts tell that the field is missing. What they find must be what the whole tree has.
#[test]
fn a_filter_for_any_field_finds_the_frames_that_have_it() {
    let mut files = files_below(&package("captures"), CAPTURES);
    if let Some(folder) = std::env::var_os("WIREGLASS_CAPTURES") {
        files.extend(files_below(Path::new(&folder), CAPTURES));
    }
    let mut tried = 0;
    for file in &files {
        let Some(session) = open(file) else { continue };
        let mut view = session.view();
        let mut tree = Tree::new();
        let mut frames_with: BTreeMap<&str, Vec<u32>> = BTreeMap::new();
        for number in 1..=view.len() {
            view.dissect(number, None, Want::NODES, &mut tree).unwrap();
            for node in tree.nodes.iter().filter(|n| !n.field.abbrev.is_empty()) {
                let also = node.field.also.iter().map(|f| f.abbrev);
                for name in also.chain([node.field.abbrev]) {
                    let frames = frames_with.entry(name).or_default();
                    if frames.last() != Some(&number) {
                        frames.push(number);
                    }
                }
            }
        }
        for (name, expected) in frames_with {
            let Ok(filter) = wireglass::filter::compile(name, registry()) else {
                continue; // the names of protocols with a hyphen are no filters
            };
            let rows = wireglass::session::filter_all(&session, &filter).unwrap();
            let found: Vec<u32> = (1..=view.len()).filter(|n| rows.contains(*n)).collect();
            assert_eq!(found, expected, "{}: {name}", file.display());
            tried += 1;
        }
    }
    assert!(tried > 5000, "only {tried} filters");
}
