//! For tests: frames in, trees and rows of the packet list as text out.

use super::{frame, registry};
use crate::dissect::text::label;
use crate::dissect::tree::HIDDEN;
use crate::dissect::{Dissector, FrameInfo, Frames, Options, Tree, Want};
use crate::flow::facts::{Facts, Span};
use crate::flow::history::History;

/// A frame after dissection.
pub struct Dissected {
    /// The visible lines of the tree behind the frame's own, two blanks a level.
    pub tree: String,
    /// Source, destination, protocol and info of the packet list, with bars between.
    pub row: String,
}

/// The other frames. Frame `n` (from 1) came `3 * (n - 1)` seconds after 1970 began.
struct Others<'a>(&'a [(&'a [u8], usize)]);

impl Frames for Others<'_> {
    fn time_ns(&self, frame: u32) -> Option<i64> {
        let count = u32::try_from(self.0.len()).unwrap_or(0);
        (1..=count)
            .contains(&frame)
            .then(|| i64::from(frame - 1) * 3_000_000_000)
    }
    fn append(&mut self, span: Span, out: &mut Vec<u8>) -> bool {
        let start = span.offset as usize;
        let frame = self.0.get(span.frame.wrapping_sub(1) as usize);
        let part = frame.and_then(|(bytes, _)| bytes.get(start..start + span.len as usize));
        part.is_some_and(|part| {
            out.extend_from_slice(part);
            true
        })
    }
}

/// Scan frames in order, then dissect each. A frame is its bytes and its length on the wire.
fn run(link_type: u16, frames: &[(&[u8], usize)]) -> Vec<Dissected> {
    let registry = registry();
    let options = Options::default();
    let dissector = Dissector {
        registry: &registry,
        options: &options,
        root: &frame::FRAME,
    };
    let (mut history, mut facts) = (History::default(), Facts::default());
    let mut tree = Tree::new();
    let mut times = Others(frames);
    let info = |index: usize, bytes: &[u8], original: usize| FrameInfo {
        number: index as u32 + 1,
        time_ns: index as i64 * 3_000_000_000,
        captured: bytes.len() as u32,
        original: original as u32,
        link_type,
        ..FrameInfo::default()
    };
    for (i, (bytes, original)) in frames.iter().enumerate() {
        let frame = info(i, bytes, *original);
        dissector.scan(
            frame,
            bytes,
            &mut history,
            &mut facts,
            &mut times,
            &mut tree,
        );
    }
    let mut out = Vec::new();
    for (i, (bytes, original)) in frames.iter().enumerate() {
        let frame = info(i, bytes, *original);
        dissector.read(frame, bytes, &facts, &mut times, Want::ALL, &mut tree);
        out.push(Dissected {
            tree: lines(&tree, bytes),
            row: format!(
                "{} | {} | {} | {}",
                tree.columns.source,
                tree.columns.destination,
                tree.columns.protocol,
                tree.columns.info
            ),
        });
    }
    out
}

fn lines(tree: &Tree, bytes: &[u8]) -> String {
    let mut out = String::new();
    for node in tree.nodes.iter().skip(tree.end_of(0)) {
        if !node.is(HIDDEN) {
            out.push_str(&"  ".repeat(usize::from(node.depth)));
            label(tree, bytes, node, &mut out);
            out.push('\n');
        }
    }
    out
}

/// Dissect frames of one capture.
pub fn capture(link_type: u16, frames: &[&[u8]]) -> Vec<Dissected> {
    let frames: Vec<_> = frames.iter().map(|f| (*f, f.len())).collect();
    run(link_type, &frames)
}

/// Dissect a single frame.
pub fn single(link_type: u16, frame: &[u8]) -> Dissected {
    capture(link_type, &[frame]).remove(0)
}

/// Dissect every beginning of a frame, once as a short packet and once as one cut by the capture. Checks what must hold for any
/// bytes: the tree begins with the frame, and no dissector fell over.
pub fn every_prefix(link_type: u16, frame: &[u8]) {
    for len in 0..=frame.len() {
        let part = &frame[..len];
        for original in [len, frame.len()] {
            let done = run(link_type, &[(part, original)]).remove(0);
            assert!(
                !done.tree.contains("[Malformed Packet: dissector]"),
                "a dissector panicked at {len} of {original} bytes"
            );
        }
    }
}

/// A frame of a TCP conversation between a client's port 40000 (0) and a server's port (1).
fn tcp(port: u16, who: usize, next: [u32; 2], flags: u8, payload: &[u8]) -> Vec<u8> {
    let mut f = vec![2, 0, 0, 0, 0, 1, 2, 0, 0, 0, 0, 2, 8, 0, 0x45, 0];
    f.extend(((40 + payload.len()) as u16).to_be_bytes());
    f.extend([0, 0, 0x40, 0, 64, 6, 0, 0]);
    let ends = [([192, 0, 2, 1], 40_000u16), ([192, 0, 2, 2], port)];
    let (from, to) = (ends[who], ends[1 - who]);
    f.extend(from.0);
    f.extend(to.0);
    f.extend(from.1.to_be_bytes());
    f.extend(to.1.to_be_bytes());
    f.extend(next[who].to_be_bytes());
    f.extend(next[1 - who].to_be_bytes());
    f.extend([0x50, flags, 0x10, 0, 0, 0, 0, 0]);
    f.extend(payload);
    f
}

/// A TCP conversation: three frames of handshake, then a frame for each of `says` (who: the client 0 or the server 1; the bytes).
pub fn talk(port: u16, says: &[(usize, &[u8])]) -> Vec<Dissected> {
    let mut next = [1001u32, 5001];
    let mut frames = vec![
        tcp(port, 0, [1000, 0], 0x02, b""),
        tcp(port, 1, [1001, 5000], 0x12, b""),
        tcp(port, 0, next, 0x10, b""),
    ];
    for (who, bytes) in says {
        frames.push(tcp(port, *who, next, 0x18, bytes));
        next[*who] += bytes.len() as u32;
    }
    let frames: Vec<&[u8]> = frames.iter().map(Vec::as_slice).collect();
    capture(1, &frames)
}

/// A single segment of a conversation, from the client to a server's port.
pub fn segment(port: u16, payload: &[u8]) -> Vec<u8> {
    tcp(port, 0, [1001, 5001], 0x18, payload)
}

/// Bytes from hexadecimal digits; blanks are skipped.
pub fn hex(digits: &str) -> Vec<u8> {
    let digits: Vec<u8> = digits.bytes().filter(u8::is_ascii_hexdigit).collect();
    digits
        .chunks_exact(2)
        .map(|pair| u8::from_str_radix(&String::from_utf8_lossy(pair), 16).unwrap_or(0))
        .collect()
}
