//! A view of the capture for one thread: reads frames and dissects them.

use std::sync::Arc;

use super::load::Session;
use super::marks::Marks;
use crate::capture::{CaptureInfo, FileError, FrameMeta, FrameReader, NO_TIME, Snapshot};
use crate::dissect::{FrameInfo, Frames, InterfaceInfo, Tree, Want};
use crate::flow::facts::Span;

/// One thread's way to the frames.
pub struct View {
    session: Arc<Session>,
    snapshot: Snapshot,
    reader: FrameReader,
    others: OtherFrames,
    bytes: Vec<u8>,
    interfaces: Arc<Vec<InterfaceInfo>>,
    info: Arc<CaptureInfo>,
    marks: Arc<Marks>,
}

/// Reads what other frames contribute to a message.
struct OtherFrames {
    snapshot: Snapshot,
    reader: FrameReader,
}

impl Frames for OtherFrames {
    fn time_ns(&self, frame: u32) -> Option<i64> {
        self.snapshot
            .meta(frame)
            .map(|m| m.time_ns)
            .filter(|t| *t != NO_TIME)
    }

    fn append(&mut self, span: Span, out: &mut Vec<u8>) -> bool {
        let Some(meta) = self.snapshot.meta(span.frame) else {
            return false;
        };
        let Ok(bytes) = self.reader.frame(&meta) else {
            return false;
        };
        let (start, len) = (span.offset as usize, span.len as usize);
        match bytes.get(start..start.saturating_add(len)) {
            Some(part) => {
                out.extend_from_slice(part);
                true
            }
            None => false,
        }
    }
}

impl View {
    pub(super) fn new(session: Arc<Session>) -> View {
        let snapshot = session.snapshot();
        let reader = FrameReader::new(session.source());
        let others = OtherFrames {
            snapshot: snapshot.clone(),
            reader: FrameReader::new(session.source()),
        };
        let (interfaces, info) = {
            let state = session.state();
            (Arc::clone(&state.interfaces), Arc::clone(&state.info))
        };
        let marks = session.marks();
        View {
            marks,
            session,
            snapshot,
            reader,
            others,
            bytes: Vec::new(),
            interfaces,
            info,
        }
    }

    /// See what came since.
    pub fn refresh(&mut self) {
        self.snapshot = self.session.snapshot();
        self.others.snapshot = self.snapshot.clone();
        self.marks = self.session.marks();
        let state = self.session.state();
        self.interfaces = Arc::clone(&state.interfaces);
        self.info = Arc::clone(&state.info);
    }

    /// How many frames this view sees.
    pub fn len(&self) -> u32 {
        self.snapshot.len()
    }

    /// Whether it sees none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The session.
    pub fn session(&self) -> &Arc<Session> {
        &self.session
    }

    /// The frames' index.
    pub fn snapshot(&self) -> &Snapshot {
        &self.snapshot
    }

    /// What the file says about itself.
    pub fn info(&self) -> &Arc<CaptureInfo> {
        &self.info
    }

    /// The interfaces.
    pub fn interfaces(&self) -> &[InterfaceInfo] {
        &self.interfaces
    }

    /// Time, place and lengths of a frame.
    pub fn meta(&self, number: u32) -> Option<FrameMeta> {
        self.snapshot.meta(number)
    }

    /// What the user noted about frames.
    pub fn marks(&self) -> &Marks {
        &self.marks
    }

    /// Time since the first frame or the last time reference, nanoseconds; [`NO_TIME`] for a frame without a time.
    pub fn relative_ns(&self, number: u32, meta: &FrameMeta) -> i64 {
        if meta.time_ns == NO_TIME {
            return NO_TIME;
        }
        meta.time_ns.saturating_sub(self.reference_time_ns(number))
    }

    /// Time of the last reference up to a frame, or of the first frame.
    fn reference_time_ns(&self, number: u32) -> i64 {
        let reference = self.marks.references.at_or_before(number);
        let time = |n: u32| self.snapshot.meta(n).map(|m| m.time_ns);
        reference
            .and_then(time)
            .filter(|t| *t != NO_TIME)
            .unwrap_or_else(|| self.first_time_ns())
    }

    /// Time of the first frame; 1970 if it has none.
    fn first_time_ns(&self) -> i64 {
        let first = self.snapshot.meta(self.snapshot.first());
        first
            .map(|m| m.time_ns)
            .filter(|t| *t != NO_TIME)
            .unwrap_or(0)
    }

    /// The comments on a frame: the user's, or those of the file.
    pub fn comments(&self, number: u32) -> &[String] {
        let changed = self.marks.comments.get(&number);
        let comments = changed.or_else(|| self.info.comments.get(&number));
        comments.map_or(&[], Vec::as_slice)
    }

    /// The bytes of the frame dissected last.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Read a frame's bytes, without dissecting it; then [`View::bytes`] has them.
    pub fn read(&mut self, meta: &FrameMeta) -> Result<(), FileError> {
        self.bytes.clear();
        let bytes = self.reader.frame(meta)?;
        self.bytes.extend_from_slice(bytes);
        Ok(())
    }

    /// Dissect a frame into `tree`. `displayed_before` is the frame displayed before it (for the time since that one).
    /// `Ok(false)` if there is no such frame.
    pub fn dissect(
        &mut self,
        number: u32,
        displayed_before: Option<u32>,
        want: Want,
        tree: &mut Tree,
    ) -> Result<bool, FileError> {
        let Some(meta) = self.snapshot.meta(number) else {
            tree.clear();
            return Ok(false);
        };
        self.read(&meta)?;
        let first = self.snapshot.first();
        let time_of = |n: u32| {
            self.snapshot
                .meta(n)
                .map(|m| m.time_ns)
                .filter(|t| *t != NO_TIME)
        };
        let interface = self.interfaces.get(meta.interface as usize);
        let flags = self.info.frame_flags(number, &meta, &mut self.reader);
        let frame = FrameInfo {
            number,
            time_ns: meta.time_ns,
            captured: meta.captured,
            original: meta.original,
            link_type: interface.map_or(u16::MAX, |i| i.link_type),
            interface: interface.filter(|i| i.section > 0),
            comments: self
                .marks
                .comments
                .get(&number)
                .or_else(|| self.info.comments.get(&number))
                .map_or(&[], Vec::as_slice),
            flags,
            first_time_ns: self.reference_time_ns(number),
            marked: self.marks.marked.contains(number),
            ignored: self.marks.ignored.contains(number),
            previous_time_ns: number
                .checked_sub(1)
                .filter(|n| *n >= first)
                .and_then(time_of),
            previous_displayed_time_ns: displayed_before.and_then(time_of),
        };
        let facts = self.session.facts();
        let dissector = self.session.dissector();
        let facts = facts.of(number);
        dissector.read(frame, &self.bytes, facts, &mut self.others, want, tree);
        Ok(true)
    }
}
