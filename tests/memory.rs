//! A capture in memory: frames that are scanned and dissected without a file. Shared with the benchmarks and the fuzz targets.
#![allow(dead_code)] // not each of them uses all of it

use wireglass::dissect::{Dissector, FrameInfo, Frames, Options, Protocol, Registry, Tree, Want};
use wireglass::export::{Row, pdml};
use wireglass::flow::facts::{Facts, Span};
use wireglass::flow::history::History;

/// One frame.
#[derive(Clone, Debug)]
pub struct Frame {
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// Length on the wire.
    pub original: u32,
    /// Link type.
    pub link: u16,
    /// Time, nanoseconds since 1970.
    pub time_ns: i64,
}

/// Frames, and the facts once they were scanned.
#[derive(Default)]
pub struct Memory {
    /// The frames; number = index + 1.
    pub frames: Vec<Frame>,
    /// What the scan found.
    pub facts: Facts,
}

/// The other frames, for what is put together.
struct Others<'a>(&'a [Frame]);

impl Others<'_> {
    fn frame(&self, number: u32) -> Option<&Frame> {
        self.0.get(usize::try_from(number).ok()?.checked_sub(1)?)
    }
}

impl Frames for Others<'_> {
    fn time_ns(&self, number: u32) -> Option<i64> {
        self.frame(number).map(|f| f.time_ns)
    }

    fn append(&mut self, span: Span, out: &mut Vec<u8>) -> bool {
        let (start, len) = (span.offset as usize, span.len as usize);
        let Some(frame) = self.frame(span.frame) else {
            return false;
        };
        match frame.bytes.get(start..start.saturating_add(len)) {
            Some(part) => {
                out.extend_from_slice(part);
                true
            }
            None => false,
        }
    }
}

/// The protocol that every frame begins with.
fn root(registry: &Registry) -> &'static Protocol {
    registry
        .protocol_named("frame")
        .unwrap_or(&wireglass::protocols::frame::FRAME)
}

impl Memory {
    /// Scan these frames, in order.
    pub fn scan(frames: Vec<Frame>, registry: &Registry, options: &Options) -> Memory {
        let mut facts = Facts::default();
        let mut history = History::default();
        let mut tree = Tree::new();
        let dissector = Dissector {
            registry,
            options,
            root: root(registry),
        };
        for (i, frame) in frames.iter().enumerate() {
            dissector.scan(
                info(&frames, i),
                &frame.bytes,
                &mut history,
                &mut facts,
                &mut Others(&frames),
                &mut tree,
            );
        }
        history.finish(&mut facts, registry);
        Memory { frames, facts }
    }

    /// Dissect a frame (index from 0) into `tree`.
    pub fn read(
        &self,
        index: usize,
        registry: &Registry,
        options: &Options,
        want: Want,
        tree: &mut Tree,
    ) {
        let dissector = Dissector {
            registry,
            options,
            root: root(registry),
        };
        dissector.read(
            info(&self.frames, index),
            &self.frames[index].bytes,
            &self.facts,
            &mut Others(&self.frames),
            want,
            tree,
        );
    }

    /// Append everything that a tree shows of a frame: PDML and the line of the list.
    pub fn show(&self, index: usize, tree: &Tree, out: &mut String) {
        let frame = &self.frames[index];
        let row = Row {
            number: index as u32 + 1,
            time_ns: frame.time_ns,
            relative_ns: 0,
            original: frame.original,
            captured: frame.bytes.len() as u32,
            tree,
            bytes: &frame.bytes,
        };
        pdml::packet(&row, out);
        wireglass::export::text::line(&row, out);
    }
}

fn info(frames: &[Frame], index: usize) -> FrameInfo<'static> {
    let frame = &frames[index];
    FrameInfo {
        number: index as u32 + 1,
        time_ns: frame.time_ns,
        captured: frame.bytes.len() as u32,
        original: frame.original,
        link_type: frame.link,
        first_time_ns: frames[0].time_ns,
        previous_time_ns: index.checked_sub(1).map(|i| frames[i].time_ns),
        ..FrameInfo::default()
    }
}
