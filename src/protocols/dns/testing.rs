//! For the tests here: frames with times of their own, scanned in order, and their trees as text (the common helper sets the times itself).

use std::fmt::Write as _;

use crate::dissect::{Dissector, FrameInfo, Frames, Options, Tree, Want, text, tree::HIDDEN};
use crate::flow::facts::{Facts, Span};
use crate::flow::history::History;

/// Link type of frames that begin with an IP header.
pub const RAW_IP: u16 = 101;

/// An IPv4 packet with a UDP datagram; `low_first` sends it from 10.0.0.1 to 10.0.0.2, else back.
pub fn udp(low_first: bool, ports: (u16, u16), payload: &[u8]) -> Vec<u8> {
    let mut segment = Vec::new();
    segment.extend_from_slice(&ports.0.to_be_bytes());
    segment.extend_from_slice(&ports.1.to_be_bytes());
    segment.extend_from_slice(&(8 + payload.len() as u16).to_be_bytes());
    segment.extend_from_slice(&[0, 0]);
    segment.extend_from_slice(payload);
    ipv4(low_first, 17, &segment)
}

/// An IPv4 packet with a TCP segment that starts at byte `seq` of its direction.
pub fn tcp(low_first: bool, ports: (u16, u16), seq: u32, payload: &[u8]) -> Vec<u8> {
    let mut segment = Vec::new();
    segment.extend_from_slice(&ports.0.to_be_bytes());
    segment.extend_from_slice(&ports.1.to_be_bytes());
    segment.extend_from_slice(&seq.to_be_bytes());
    segment.extend_from_slice(&[0, 0, 0, 1, 0x50, 0x18, 4, 0, 0, 0, 0, 0]);
    segment.extend_from_slice(payload);
    ipv4(low_first, 6, &segment)
}

/// An IPv4 packet.
fn ipv4(low_first: bool, protocol: u8, payload: &[u8]) -> Vec<u8> {
    let len = (20 + payload.len()) as u16;
    let [high, low] = len.to_be_bytes();
    let (a, b) = if low_first { (1, 2) } else { (2, 1) };
    let mut packet = vec![
        0x45, 0, high, low, 0, 1, 0, 0, 64, protocol, 0, 0, 10, 0, 0, a, 10, 0, 0, b,
    ];
    packet.extend_from_slice(payload);
    packet
}

/// Frames with their times in milliseconds, scanned in order.
pub struct Capture {
    frames: Vec<(i64, Vec<u8>)>,
    facts: Facts,
}

impl Frames for &Capture {
    fn time_ns(&self, frame: u32) -> Option<i64> {
        let at = usize::try_from(frame).ok()?.checked_sub(1)?;
        Some(self.frames.get(at)?.0 * 1_000_000)
    }

    fn append(&mut self, span: Span, out: &mut Vec<u8>) -> bool {
        let bytes = (span.frame as usize)
            .checked_sub(1)
            .and_then(|at| self.frames.get(at))
            .and_then(|(_, bytes)| {
                bytes.get(span.offset as usize..(span.offset + span.len) as usize)
            });
        out.extend_from_slice(bytes.unwrap_or(&[]));
        bytes.is_some()
    }
}

impl Capture {
    /// Scan frames that begin with an IP header.
    pub fn of(frames: Vec<(i64, Vec<u8>)>) -> Capture {
        let mut capture = Capture {
            frames,
            facts: Facts::default(),
        };
        let (mut history, mut facts) = (History::default(), Facts::default());
        let registry = crate::protocols::registry();
        let dissector = dissector(&registry);
        let mut tree = Tree::new();
        for at in 0..capture.frames.len() {
            dissector.scan(
                capture.info(at),
                &capture.frames[at].1,
                &mut history,
                &mut facts,
                &mut &capture,
                &mut tree,
            );
        }
        capture.facts = facts;
        capture
    }

    fn info(&self, at: usize) -> FrameInfo<'static> {
        let (time, bytes) = &self.frames[at];
        FrameInfo {
            number: at as u32 + 1,
            time_ns: time * 1_000_000,
            captured: bytes.len() as u32,
            original: bytes.len() as u32,
            link_type: RAW_IP,
            ..FrameInfo::default()
        }
    }

    /// The tree of a frame (counted from 1): visible labels from protocol `from` on, indented by depth.
    pub fn tree(&self, number: usize, from: &str) -> String {
        let tree = self.read(number);
        let bytes = &self.frames[number - 1].1;
        let mut out = String::new();
        let mut wanted = false;
        for node in &tree.nodes {
            if node.depth == 0 {
                wanted |= node.field.abbrev == from || node.field.abbrev.starts_with("_ws.");
            }
            if wanted && !node.is(HIDDEN) {
                let mut label = String::new();
                text::label(&tree, bytes, node, &mut label);
                let _ = writeln!(out, "{}{label}", "  ".repeat(usize::from(node.depth)));
            }
        }
        out
    }

    /// Protocol and Info of a frame.
    pub fn row(&self, number: usize) -> String {
        let columns = self.read(number).columns;
        format!("{} {}", columns.protocol, columns.info)
    }

    fn read(&self, number: usize) -> Tree {
        let registry = crate::protocols::registry();
        let mut tree = Tree::new();
        dissector(&registry).read(
            self.info(number - 1),
            &self.frames[number - 1].1,
            &self.facts,
            &mut &*self,
            Want::ALL,
            &mut tree,
        );
        tree
    }
}

fn dissector(registry: &crate::dissect::Registry) -> Dissector<'_> {
    static OPTIONS: Options = Options {
        verify_checksums: false,
    };
    Dissector {
        registry,
        options: &OPTIONS,
        root: &crate::protocols::frame::FRAME,
    }
}
