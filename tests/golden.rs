//! What Wireglass says about each capture of `captures/`, compared with what is committed in `tests/golden/`.
//!
//! `WIREGLASS_GOLDEN=write cargo test golden` writes the files anew; look at the difference before you commit it.

use std::collections::BTreeSet;
use std::path::Path;

use wireglass::dissect::{Tree, Want};
use wireglass::export::text::line;

use crate::support::{captures, files_below, open, package, row, tree_text};

/// Captures of which the whole tree of each frame is kept, not only the list: one or two for each protocol.
const TREES: &[&str] = &[
    "arp.pcap",
    "cooked-v1.pcap",
    "cooked-v2.pcap",
    "dns-records.pcap",
    "dns-security.pcap",
    "dns-svcb.pcap",
    "formats/blocks.pcapng",
    "formats/loop.pcap",
    "formats/null.pcap",
    "fragments-ipv6.pcap",
    "ftp-active.pcap",
    "ftp-extended.pcap",
    "ftp.pcap",
    "http-chunked.pcap",
    "http-forms.pcap",
    "http-json.pcap",
    "http-xml.pcap",
    "igmp-query.pcap",
    "imap-more.pcap",
    "imap.pcap",
    "llc.pcap",
    "llmnr.pcap",
    "mdns.pcap",
    "mld.pcap",
    "nbns.pcap",
    "ndp.pcap",
    "ping-options.pcap",
    "pop3.pcap",
    "qinq.pcap",
    "raw-ip.pcap",
    "smtp-auth.pcap",
    "smtp-mime.pcap",
    "smtp-pipelining.pcap",
    "snap-length.pcap",
    "snmp-events.pcap",
    "snmp-v3.pcap",
    "snmp-walk.pcap",
    "ssdp.pcap",
    "stp.pcap",
    "tcp-chat.pcap",
    "tcp-framing.pcap",
    "tcp-handshake-close.pcap",
    "tcp-loss-sender.pcap",
    "tcp-sum.pcap",
    "tcp-time.pcap",
    "telnet.pcap",
    "too-big.pcap",
    "traceroute.pcap",
    "udp-closed.pcap",
    "udp-fragments.pcap",
];

/// Where the text of a capture is kept.
fn golden_name(capture: &str, what: &str) -> String {
    format!("{}.{what}.txt", capture.replace('/', "-"))
}

/// The list, and what was said about damage.
fn list(capture: &str) -> String {
    let folder = package("captures");
    let session = open(&folder.join(capture)).unwrap();
    let mut view = session.view();
    let mut tree = Tree::new();
    let mut out = String::new();
    for number in 1..=view.len() {
        assert!(
            view.dissect(number, None, Want::COLUMNS, &mut tree)
                .unwrap()
        );
        line(&row(&view, number, &tree), &mut out);
    }
    if let Some(error) = &session.state().error {
        let prefix = format!("{}{}", folder.display(), std::path::MAIN_SEPARATOR);
        out.push_str(&error.to_string().replace(&prefix, ""));
        out.push('\n');
    }
    out
}

/// The tree of each frame.
fn trees(capture: &str) -> String {
    let session = open(&package("captures").join(capture)).unwrap();
    let mut view = session.view();
    let mut tree = Tree::new();
    let mut out = String::new();
    for number in 1..=view.len() {
        let before = number.checked_sub(1).filter(|n| *n > 0);
        assert!(view.dissect(number, before, Want::ALL, &mut tree).unwrap());
        tree_text(&row(&view, number, &tree), &mut out);
        out.push('\n');
    }
    out
}

/// Compare with the committed text, or write it. Says what differs first.
fn check(folder: &Path, name: &str, now: &str, write: bool) -> Option<String> {
    let path = folder.join(name);
    if write {
        std::fs::write(&path, now).unwrap();
        return None;
    }
    let Ok(then) = std::fs::read_to_string(&path) else {
        return Some(format!("{name}: there is no such file in tests/golden"));
    };
    if then == now {
        return None;
    }
    let mut lines = (then.lines(), now.lines());
    for number in 1.. {
        let (a, b) = (lines.0.next(), lines.1.next());
        if a != b {
            let [a, b] = [a, b].map(|l| l.unwrap_or("(the end)"));
            return Some(format!("{name}:{number}\n  was: {a}\n  is:  {b}"));
        }
        if a.is_none() {
            break;
        }
    }
    Some(format!("{name}: line ends differ"))
}

#[test]
fn every_capture_reads_as_it_did() {
    let write = std::env::var_os("WIREGLASS_GOLDEN").is_some_and(|v| v == "write");
    let folder = package("tests/golden");
    let captures = captures();
    assert!(captures.len() > 60, "captures/ is not all there");
    for name in TREES {
        assert!(
            captures.iter().any(|c| c == name),
            "{name} is not in captures/"
        );
    }

    let mut expected = BTreeSet::new();
    let mut wrong = Vec::new();
    for capture in &captures {
        let mut texts = vec![("list", list(capture))];
        if TREES.contains(&capture.as_str()) {
            texts.push(("tree", trees(capture)));
        }
        for (what, text) in texts {
            let name = golden_name(capture, what);
            wrong.extend(check(&folder, &name, &text, write));
            expected.insert(name);
        }
    }
    for path in files_below(&folder, &[".txt"]) {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if !expected.contains(&name) {
            wrong.push(format!("{name}: belongs to no capture"));
        }
    }
    assert!(
        wrong.is_empty(),
        "{} of {} golden files differ (WIREGLASS_GOLDEN=write writes them anew):\n{}",
        wrong.len(),
        expected.len(),
        wrong.join("\n")
    );
}

/// A capture without a line in the README has no origin that anybody could check.
#[test]
fn every_capture_is_named_in_the_readme() {
    let readme = std::fs::read_to_string(package("captures/README.md")).unwrap();
    let missing: Vec<String> = captures()
        .into_iter()
        .filter(|c| {
            let name = c.rsplit('/').next().unwrap();
            !readme.contains(&format!("`{name}`"))
        })
        .collect();
    assert!(missing.is_empty(), "not in captures/README.md: {missing:?}");
}
