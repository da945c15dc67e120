//! Tests of TCP: trees of single segments, and messages over several.

use super::*;
use crate::dissect::{Dissector, FrameInfo, Frames, Options, Tree, Want, text, tree::HIDDEN};
use crate::flow::facts::{Facts, Span};
use crate::flow::history::History;

/// From the client (10.0.0.1:40000) to the server, or back.
#[derive(Clone, Copy, PartialEq)]
enum From {
    Client,
    Server,
}

/// A segment in an IPv4 packet; the server's port is 443.
fn segment(from: From, seq: u32, ack: u32, flags: u16, options: &[u8], payload: &[u8]) -> Vec<u8> {
    let (source, destination) = match from {
        From::Client => (40000u16, 443u16),
        From::Server => (443, 40000),
    };
    let mut tcp = Vec::new();
    tcp.extend_from_slice(&source.to_be_bytes());
    tcp.extend_from_slice(&destination.to_be_bytes());
    tcp.extend_from_slice(&seq.to_be_bytes());
    tcp.extend_from_slice(&ack.to_be_bytes());
    let words = (5 + options.len() / 4) as u16;
    tcp.extend_from_slice(&(words << 12 | flags).to_be_bytes());
    tcp.extend_from_slice(&[0x04, 0x00, 0x12, 0x34, 0, 0]);
    tcp.extend_from_slice(options);
    tcp.extend_from_slice(payload);
    let len = (20 + tcp.len()) as u16;
    let (a, b) = if from == From::Client { (1, 2) } else { (2, 1) };
    let mut packet = vec![0x45, 0];
    packet.extend_from_slice(&len.to_be_bytes());
    packet.extend_from_slice(&[0, 1, 0, 0, 64, 6, 0, 0, 10, 0, 0, a, 10, 0, 0, b]);
    packet.extend_from_slice(&tcp);
    packet
}

/// Frames a millisecond apart, scanned in order.
struct Capture {
    frames: Vec<Vec<u8>>,
    facts: Facts,
    verify: bool,
}

impl Frames for &Capture {
    fn time_ns(&self, frame: u32) -> Option<i64> {
        Some(i64::from(frame) * 1_000_000)
    }

    fn append(&mut self, span: Span, out: &mut Vec<u8>) -> bool {
        let bytes = (span.frame as usize)
            .checked_sub(1)
            .and_then(|at| self.frames.get(at))
            .and_then(|b| b.get(span.offset as usize..(span.offset + span.len) as usize));
        out.extend_from_slice(bytes.unwrap_or(&[]));
        bytes.is_some()
    }
}

impl Capture {
    fn of(frames: Vec<Vec<u8>>) -> Capture {
        let registry = crate::protocols::registry();
        let dissector = Dissector {
            registry: &registry,
            options: &Options::default(),
            root: &crate::protocols::frame::FRAME,
        };
        let (mut history, mut facts) = (History::default(), Facts::default());
        let mut capture = Capture {
            frames,
            facts: Facts::default(),
            verify: false,
        };
        let mut tree = Tree::new();
        for (at, bytes) in capture.frames.iter().enumerate() {
            let info = info(at, bytes);
            dissector.scan(
                info,
                bytes,
                &mut history,
                &mut facts,
                &mut &capture,
                &mut tree,
            );
        }
        history.finish(&mut facts, &registry);
        capture.facts = facts;
        capture
    }

    fn tree(&self, number: usize) -> Tree {
        let registry = crate::protocols::registry();
        let options = Options {
            verify_checksums: self.verify,
        };
        let dissector = Dissector {
            registry: &registry,
            options: &options,
            root: &crate::protocols::frame::FRAME,
        };
        let bytes = &self.frames[number - 1];
        let mut tree = Tree::new();
        let info = info(number - 1, bytes);
        dissector.read(info, bytes, &self.facts, &mut &*self, Want::ALL, &mut tree);
        tree
    }

    fn info(&self, number: usize) -> String {
        self.tree(number).columns.info
    }

    /// The labels from TCP's own line on whose filter name begins with one of these.
    fn lines(&self, number: usize, names: &[&str]) -> Vec<String> {
        let tree = self.tree(number);
        let mut lines = Vec::new();
        for node in tree.nodes.iter().filter(|n| !n.is(HIDDEN)) {
            if names.iter().any(|name| node.field.abbrev.starts_with(name)) {
                let mut line = String::new();
                text::label(&tree, &self.frames[number - 1], node, &mut line);
                lines.push(line);
            }
        }
        lines
    }
}

fn info(at: usize, bytes: &[u8]) -> FrameInfo<'static> {
    let len = bytes.len() as u32;
    FrameInfo {
        number: at as u32 + 1,
        time_ns: (at as i64 + 1) * 1_000_000,
        captured: len,
        original: len,
        link_type: 101,
        ..FrameInfo::default()
    }
}

const SYN_BIT: u16 = 2;
const ACK_BIT: u16 = 16;
const PSH_ACK: u16 = 24;

/// A TLS record with this many bytes of content.
fn record(len: u16) -> Vec<u8> {
    let mut bytes = vec![23, 3, 3];
    bytes.extend_from_slice(&len.to_be_bytes());
    bytes.resize(5 + usize::from(len), 0xee);
    bytes
}

/// Client and server agree; the client's data begins at 101, the server's at 501.
fn handshake() -> Vec<Vec<u8>> {
    vec![
        segment(
            From::Client,
            100,
            0,
            SYN_BIT,
            &[2, 4, 5, 0xb4, 3, 3, 7, 1],
            &[],
        ),
        segment(
            From::Server,
            500,
            101,
            SYN_BIT | ACK_BIT,
            &[2, 4, 5, 0xb4, 3, 3, 2, 1],
            &[],
        ),
        segment(From::Client, 101, 501, ACK_BIT, &[], &[]),
    ]
}

#[test]
fn a_syn_with_its_options() {
    let capture = Capture::of(handshake());
    assert_eq!(
        capture.info(1),
        "40000 → 443 [SYN] Seq=0 Win=1024 Len=0 MSS=1460 WS=128"
    );
    assert_eq!(
        capture.lines(
            1,
            &["tcp.option", "tcp.seq", "tcp.flags.s", "tcp.connection"]
        ),
        [
            "Sequence Number: 0    (relative sequence number)",
            "Sequence Number (raw): 100",
            ".... .... ..1. = Syn: Set",
            "Connection establish request (SYN): server port 443",
            "TCP Flags: ··········S·",
            "Options: (8 bytes), Maximum segment size, Window scale, No-Operation (NOP)",
            "TCP Option - Maximum segment size: 1460 bytes",
            "Kind: Maximum Segment Size (2)",
            "Length: 4",
            "MSS Value: 1460",
            "TCP Option - Window scale: 7 (multiply by 128)",
            "Kind: Window Scale (3)",
            "Length: 3",
            "Shift count: 7",
            "Multiplier: 128",
            "TCP Option - No-Operation (NOP)",
            "Kind: No-Operation (1)",
        ]
    );
    assert_eq!(
        capture.info(3),
        "40000 → 443 [ACK] Seq=1 Ack=1 Win=131072 Len=0"
    );
}

#[test]
fn a_message_over_two_segments_is_shown_in_the_last() {
    let message = record(100);
    let mut frames = handshake();
    frames.push(segment(
        From::Client,
        101,
        501,
        ACK_BIT,
        &[],
        &message[..40],
    ));
    frames.push(segment(
        From::Client,
        141,
        501,
        PSH_ACK,
        &[],
        &message[40..],
    ));
    let capture = Capture::of(frames);
    assert_eq!(
        capture.lines(4, &["tcp.payload", "tcp.segment", "tcp.reassembled", "tls"]),
        [
            "TCP payload (40 bytes)",
            "Reassembled PDU in frame: 5",
            "TCP segment data (40 bytes)"
        ]
    );
    assert!(
        capture
            .info(4)
            .ends_with(" [TCP segment of a reassembled PDU]")
    );
    assert_eq!(
        capture.lines(
            5,
            &["tcp.segment", "tcp.reassembled.length", "tls.record.length"]
        ),
        [
            "TCP segment data (65 bytes)",
            "2 Reassembled TCP Segments (105 bytes): #4(40), #5(65)",
            "Frame: 4, payload: 0-39 (40 bytes)",
            "Frame: 5, payload: 40-104 (65 bytes)",
            "Segment count: 2",
            "Reassembled TCP length: 105",
            "Length: 100",
        ]
    );
    assert_eq!(capture.info(5), "Application Data");
}

#[test]
fn messages_survive_reordering() {
    let message = record(100);
    let mut frames = handshake();
    frames.push(segment(
        From::Client,
        141,
        501,
        PSH_ACK,
        &[],
        &message[40..],
    ));
    frames.push(segment(
        From::Client,
        101,
        501,
        ACK_BIT,
        &[],
        &message[..40],
    ));
    let capture = Capture::of(frames);
    assert_eq!(
        capture.lines(4, &["tcp.reassembled_in"]),
        ["Reassembled PDU in frame: 5"]
    );
    assert_eq!(
        capture.lines(5, &["tcp.segments", "tls.record.length"]),
        [
            "2 Reassembled TCP Segments (105 bytes): #5(40), #4(65)",
            "Length: 100"
        ]
    );
}

#[test]
fn messages_behind_a_lost_segment_are_found() {
    let (first, second) = (record(100), record(30));
    let mut frames = handshake();
    frames.push(segment(From::Client, 101, 501, ACK_BIT, &[], &first[..40]));
    // Bytes 141..181 are missing; the record goes on to 206.
    frames.push(segment(From::Client, 181, 501, ACK_BIT, &[], &first[80..]));
    frames.push(segment(From::Client, 206, 501, PSH_ACK, &[], &second));
    let capture = Capture::of(frames);
    assert_eq!(
        capture
            .lines(4, &["tcp.reassembled", "tcp.segments", "tls"])
            .len(),
        0
    );
    assert_eq!(
        capture.lines(5, &["tcp.segment_data"]),
        ["TCP segment data (25 bytes)"]
    );
    assert_eq!(capture.lines(6, &["tls.record.length"]), ["Length: 30"]);
}

#[test]
fn what_was_sent_before_is_not_dissected_twice() {
    let message = record(30);
    let mut frames = handshake();
    frames.push(segment(From::Client, 101, 501, PSH_ACK, &[], &message));
    frames.push(segment(From::Client, 101, 501, PSH_ACK, &[], &message));
    let capture = Capture::of(frames);
    assert_eq!(capture.lines(4, &["tls.record.length"]), ["Length: 30"]);
    assert_eq!(capture.lines(5, &["tls.record", "data"]).len(), 0);
    assert!(
        capture.info(5).contains("Retransmission] 40000 → 443"),
        "{}",
        capture.info(5)
    );
}

#[test]
fn a_checksum_is_verified_if_wanted() {
    let mut good = segment(From::Client, 101, 501, ACK_BIT, &[], b"odd");
    let mut capture = Capture::of(vec![good.clone()]);
    assert_eq!(
        capture.lines(1, &["tcp.checksum"]),
        [
            "Checksum: 0x1234 [unverified]",
            "Checksum Status: Unverified"
        ]
    );
    capture.verify = true;
    assert_eq!(
        capture.lines(1, &["tcp.checksum"]),
        [
            "Checksum: 0x1234 incorrect, should be 0x2415",
            "Bad checksum [should be 0x2415]",
            "Checksum Status: Bad",
            "Calculated Checksum: 0x2415",
        ]
    );
    good[36..38].copy_from_slice(&[0x24, 0x15]);
    let mut capture = Capture::of(vec![good]);
    capture.verify = true;
    assert_eq!(
        capture.lines(1, &["tcp.checksum"]),
        [
            "Checksum: 0x2415 [correct]",
            "Checksum Status: Good",
            "Calculated Checksum: 0x2415",
        ]
    );
}

#[test]
fn options_that_lie_about_their_length_end_the_list() {
    let capture = Capture::of(vec![segment(
        From::Client,
        1,
        0,
        SYN_BIT,
        &[1, 1, 8, 20],
        &[],
    )]);
    assert_eq!(
        capture.lines(1, &["tcp.options", "tcp.option.len"]),
        [
            "Options: (4 bytes), No-Operation (NOP), No-Operation (NOP)",
            "TCP Option - No-Operation (NOP)",
            "TCP Option - No-Operation (NOP)",
            "Timestamps (option length = 20 bytes says option goes past end of options)",
            "The SYN packet does not contain a MSS option",
        ]
    );
}

#[test]
fn every_prefix_is_dissected() {
    let options: &[u8] = &[
        2, 4, 5, 0xb4, 8, 10, 0, 0, 0, 1, 0, 0, 0, 2, 30, 12, 0, 0x81, 1, 2, 3, 4, 5, 6, 7, 8, 5,
        10, 0, 0, 0, 1, 0, 0, 0, 2, 254, 4, 0xf9, 0x89,
    ];
    let whole = segment(From::Client, 100, 7, PSH_ACK, options, &record(10));
    for len in 0..whole.len() {
        let capture = Capture::of(vec![whole[..len].to_vec()]);
        assert!(!capture.tree(1).nodes.is_empty());
    }
    // Any option with any length.
    for kind in 0..=255u8 {
        for len in 0..=12u8 {
            let bytes = [kind, len, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
            let capture = Capture::of(vec![segment(From::Client, 1, 2, ACK_BIT, &bytes, &[])]);
            assert!(capture.lines(1, &["tcp.options"])[0].starts_with("Options: (12 bytes)"));
        }
    }
}

/// Up to the window a header counts as a whole.
#[test]
fn of_a_header_cut_before_its_window_the_ports_are_shown() {
    let whole = segment(From::Client, 100, 7, PSH_ACK, &[], &[]);
    let cut = |len: usize| Capture::of(vec![whole[..20 + len].to_vec()]);
    let names = [
        "tcp.srcport",
        "tcp.dstport",
        "tcp.seq_raw",
        "tcp.window_size_value",
    ];
    assert_eq!(cut(15).lines(1, &names).len(), 2);
    assert_eq!(cut(16).lines(1, &names).len(), 4);
}

#[test]
fn the_scan_reads_the_options_that_the_analysis_needs() {
    let options = options::scan(&[
        1, 1, 5, 18, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 3, 0, 0, 0, 4, 3, 3, 9, 4, 2, 8, 10, 0, 0, 0,
        5, 0, 0, 0, 6, 0,
    ]);
    assert_eq!(options.sacked, 2);
    assert_eq!(options.window_scale, Some(9));
    // A length that goes too far ends the reading.
    assert_eq!(options::scan(&[3, 9, 5]).window_scale, None);
}
