//! For the tests of the Internet protocols: a capture whose packets belong together (fragments, pings and answers), scanned
//! with access to all of it, and any of them as text.

use crate::dissect::tree::{HIDDEN, PROTOCOL};
use crate::dissect::{Dissector, FrameInfo, Frames, Options, Registry, Tree, Want, text};
use crate::flow::facts::{Facts, Span};
use crate::flow::history::History;

/// Packets of one link type, a millisecond apart.
pub struct Capture {
    link_type: u16,
    frames: Vec<Vec<u8>>,
    facts: Facts,
    registry: Registry,
    options: Options,
}

/// The link type of packets that begin with an IP header.
pub const RAW_IP: u16 = 101;

struct Others<'a>(&'a [Vec<u8>]);

impl Frames for Others<'_> {
    fn time_ns(&self, frame: u32) -> Option<i64> {
        Some(i64::from(frame) * 1_000_000)
    }

    fn append(&mut self, span: Span, out: &mut Vec<u8>) -> bool {
        let part = (span.frame as usize)
            .checked_sub(1)
            .and_then(|at| self.0.get(at))
            .and_then(|b| b.get(span.offset as usize..(span.offset + span.len) as usize));
        out.extend_from_slice(part.unwrap_or(&[]));
        part.is_some()
    }
}

impl Capture {
    /// Scan the packets in order.
    pub fn of(link_type: u16, frames: &[&[u8]]) -> Capture {
        let mut capture = Capture {
            link_type,
            frames: frames.iter().map(|f| f.to_vec()).collect(),
            facts: Facts::default(),
            registry: crate::protocols::registry(),
            options: Options::default(),
        };
        let (mut history, mut facts) = (History::default(), Facts::default());
        let mut tree = Tree::new();
        for (i, bytes) in capture.frames.iter().enumerate() {
            capture.dissector().scan(
                capture.info(i, bytes.len()),
                bytes,
                &mut history,
                &mut facts,
                &mut Others(&capture.frames),
                &mut tree,
            );
        }
        capture.facts = facts;
        capture
    }

    /// The same, with checksums verified when packets are shown.
    pub fn verified(mut self) -> Capture {
        self.options.verify_checksums = true;
        self
    }

    fn dissector(&self) -> Dissector<'_> {
        Dissector {
            registry: &self.registry,
            options: &self.options,
            root: &crate::protocols::frame::FRAME,
        }
    }

    fn info(&self, index: usize, original: usize) -> FrameInfo<'_> {
        let number = index as u32 + 1;
        FrameInfo {
            number,
            time_ns: i64::from(number) * 1_000_000,
            captured: self.frames[index].len() as u32,
            original: original as u32,
            link_type: self.link_type,
            ..FrameInfo::default()
        }
    }

    /// Dissect packet `number` (from 1), of which `bytes` were captured.
    fn read(&self, number: usize, bytes: &[u8]) -> Tree {
        let mut tree = Tree::new();
        self.dissector().read(
            FrameInfo {
                captured: bytes.len() as u32,
                ..self.info(number - 1, self.frames[number - 1].len())
            },
            bytes,
            &self.facts,
            &mut Others(&self.frames),
            Want::ALL,
            &mut tree,
        );
        // A fault in a dissector is caught at the border and shown; here it must not happen.
        let fault = "[Malformed Packet: dissector]";
        assert!(
            !String::from_utf8_lossy(&tree.made).contains(fault),
            "packet {number}, {} bytes captured",
            bytes.len()
        );
        tree
    }

    /// The lines of the protocol's part of a packet's tree, indented by depth. Hidden ones are left out.
    pub fn text(&self, number: usize, protocol: &str) -> String {
        let bytes = &self.frames[number - 1];
        let tree = self.read(number, bytes);
        let mut out = String::new();
        let mut inside = false;
        for node in &tree.nodes {
            if node.depth == 0 && node.is(PROTOCOL) {
                inside = node.field.abbrev == protocol;
            }
            if inside && !node.is(HIDDEN) {
                for _ in 0..node.depth {
                    out.push_str("  ");
                }
                text::label(&tree, bytes, node, &mut out);
                out.push('\n');
            }
        }
        out
    }

    /// The packet list's line: source, destination, protocol, info.
    pub fn line(&self, number: usize) -> String {
        let columns = self.read(number, &self.frames[number - 1]).columns;
        format!(
            "{} > {} {} {}",
            columns.source, columns.destination, columns.protocol, columns.info
        )
    }

    /// Dissect every beginning of every packet, as cut short by the capture: nothing must break.
    pub fn cut_everywhere(&self) {
        for (i, frame) in self.frames.iter().enumerate() {
            for len in 0..frame.len() {
                self.read(i + 1, &frame[..len]);
            }
        }
    }
}
