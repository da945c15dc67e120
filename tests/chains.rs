//! The chain of protocols that the scan writes down for a frame is what dissecting the frame shows, unless the scan says that it
//! may be more: counting by protocol and filters by protocol trust it.

use std::path::Path;

use wireglass::dissect::tree::PROTOCOL;
use wireglass::dissect::{Tree, Want};

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
