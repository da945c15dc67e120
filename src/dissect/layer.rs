//! A layer: cursor over a protocol's bytes and writer of its nodes in one.
//!
//! One call reads, advances, records the range and adds the node, so value and highlight cannot disagree. The same dissector
//! runs in the scan (history is written, no nodes) and afterwards (facts are read, nodes written); in the scan the node calls
//! cost next to nothing.

mod ascii;
mod columns;
mod read;

use std::fmt::Write as _;
use std::sync::Arc;

use super::context::{Context, Mode};
use super::text;
use super::tree::{Buffer, GENERATED, HIDDEN, Label, Node, Value};
use crate::field::{Field, Issue};
use crate::flow::facts::{Facts, Span};
use crate::flow::history::History;

/// Why a dissector stopped early.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stop {
    /// The packet goes on, the capture does not: cut short by the snap length.
    Short,
    /// The packet ends before its own structure does, or breaks its format.
    Malformed,
    /// The bytes are not this protocol after all; nothing of it was written.
    NotMine,
}

/// The result of a dissector.
pub type Done = Result<(), Stop>;

/// A run of bytes to dissect: a part of the frame or of another buffer.
#[derive(Clone, Copy, Debug)]
pub struct Region<'d> {
    /// The bytes that were captured.
    pub data: &'d [u8],
    /// Which buffer they are in.
    pub buffer: u8,
    /// Where `data` starts in that buffer.
    pub base: u32,
    /// How long the region is by the packet's own account; at least `data.len()`.
    pub reported: usize,
}

/// A node that was added, for later changes. In the scan there is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NodeId(usize);

const NO_NODE: NodeId = NodeId(usize::MAX);

/// Cursor and writer of one protocol in one frame.
pub struct Layer<'l, 'a> {
    /// What all layers of the frame share.
    pub cx: &'l mut Context<'a>,
    region: Region<'l>,
    pos: usize,
    depth: u8,
    /// The protocol's own node.
    root: NodeId,
}

impl<'l, 'a> Layer<'l, 'a> {
    pub(super) fn new(
        cx: &'l mut Context<'a>,
        region: Region<'l>,
        root: NodeId,
        depth: u8,
    ) -> Layer<'l, 'a> {
        Layer {
            cx,
            region,
            pos: 0,
            depth,
            root,
        }
    }

    // ---- where we are -------------------------------------------------------------------------------------------------

    /// Position of the cursor, from the start of the layer.
    pub fn pos(&self) -> usize {
        self.pos
    }

    /// Move the cursor (it may stand behind the end; reading there stops).
    #[inline]
    pub fn seek(&mut self, pos: usize) {
        self.pos = pos;
    }

    /// Move the cursor forward without looking.
    pub fn skip(&mut self, n: usize) {
        self.pos = self.pos.saturating_add(n);
    }

    /// All captured bytes of the layer.
    pub fn data(&self) -> &'l [u8] {
        self.region.data
    }

    /// The captured bytes from the cursor on.
    pub fn rest(&self) -> &'l [u8] {
        self.region.data.get(self.pos..).unwrap_or(&[])
    }

    /// How many bytes the packet says are left behind the cursor (captured or not).
    pub fn left(&self) -> usize {
        self.region.reported.saturating_sub(self.pos)
    }

    /// Length of the layer by the packet's own account.
    pub fn reported(&self) -> usize {
        self.region.reported
    }

    /// Length of the layer as captured.
    pub fn captured(&self) -> usize {
        self.region.data.len()
    }

    /// The layer ends here, whatever the layer below thought (a length field says so). Cannot make it longer.
    #[inline]
    pub fn limit(&mut self, reported: usize) {
        if reported < self.region.reported {
            self.region.reported = reported;
            let keep = self.region.data.len().min(reported);
            self.region.data = &self.region.data[..keep];
        }
    }

    /// The region of this layer.
    pub fn region(&self) -> Region<'l> {
        self.region
    }

    /// The part of this layer from `start` on, `len` bytes by the packet's account, cut to what is there.
    #[inline]
    pub fn part(&self, start: usize, len: usize) -> Region<'l> {
        let start_in = start.min(self.region.data.len());
        let reported = len.min(self.region.reported.saturating_sub(start));
        let end_in = start
            .saturating_add(reported)
            .min(self.region.data.len())
            .max(start_in);
        Region {
            data: &self.region.data[start_in..end_in],
            buffer: self.region.buffer,
            base: self.region.base.saturating_add(clamp(start)),
            reported,
        }
    }

    /// Everything from the cursor on.
    #[inline]
    pub fn remainder(&self) -> Region<'l> {
        self.part(self.pos, self.left())
    }

    /// Where a position of this layer is in the frame's own bytes; `None` in another buffer.
    pub fn in_frame(&self, pos: usize) -> Option<u32> {
        (self.region.buffer == 0).then(|| self.region.base.saturating_add(clamp(pos)))
    }

    /// Whether the layer's bytes are the frame's own (not put together or decoded).
    pub fn span(&self, start: usize, len: usize) -> Option<Span> {
        Some(Span {
            frame: self.cx.frame.number,
            offset: self.in_frame(start)?,
            len: clamp(len),
        })
    }

    // ---- the two modes ------------------------------------------------------------------------------------------------

    /// In the scan: the history and the facts to write. Afterwards: `None`.
    pub fn scan(&mut self) -> Option<(&mut History, &mut Facts)> {
        match &mut self.cx.mode {
            Mode::Scan { history, facts } => Some((history, facts)),
            Mode::Ahead(look) => {
                look.asked.set(true);
                None
            }
            Mode::Read { .. } => None,
        }
    }

    /// Whether this is the scan (or the look ahead of it).
    pub fn scanning(&self) -> bool {
        !matches!(self.cx.mode, Mode::Read { .. })
    }

    /// In the scan: the frame may hold more protocols than the dissectors named, as content was not looked at.
    pub fn leave_open(&mut self) {
        let frame = self.cx.frame.number;
        if let Some((_, facts)) = self.scan() {
            facts.leave_open(frame);
        }
    }

    /// What the scan found out (so far, in the scan itself).
    pub fn facts(&self) -> &Facts {
        match &self.cx.mode {
            Mode::Scan { facts, .. } => facts,
            Mode::Ahead(look) => {
                look.asked.set(true);
                look.nothing
            }
            Mode::Read { facts } => facts,
        }
    }

    /// Whether nodes are written at all.
    pub fn wants_nodes(&self) -> bool {
        self.cx.want.nodes
    }

    /// Whether one of these fields is looked at, where that is known: asked before work that serves nothing else.
    pub fn wants_any(&self, fields: &[&'static Field]) -> bool {
        let wanted = self.cx.want.fields;
        wanted == 0 || fields.iter().any(|f| wanted & super::Want::bit(*f) != 0)
    }

    /// Whether the protocols that this one carries are left out.
    pub fn is_innermost(&self) -> bool {
        self.cx
            .want
            .until
            .is_some_and(|until| self.cx.packet.depth > until)
    }

    /// Whether labels will be shown, so that texts are worth making.
    pub fn wants_labels(&self) -> bool {
        self.cx.want.labels
    }

    /// Whether the packet list's columns are wanted.
    pub fn wants_columns(&self) -> bool {
        self.cx.want.columns
    }

    // ---- looking without reading --------------------------------------------------------------------------------------

    /// Stop if fewer than `n` bytes are left from position `at`.
    #[inline]
    pub fn need(&self, at: usize, n: usize) -> Done {
        let end = at.saturating_add(n);
        if end <= self.region.data.len() {
            Ok(())
        } else if end <= self.region.reported {
            Err(Stop::Short)
        } else {
            Err(Stop::Malformed)
        }
    }

    /// `n` bytes at position `at`.
    #[inline]
    pub fn peek(&self, at: usize, n: usize) -> Result<&'l [u8], Stop> {
        self.need(at, n)?;
        Ok(&self.region.data[at..at + n])
    }

    /// The unsigned number of `n` (at most 8) bytes at position `at`, most significant first.
    #[inline]
    pub fn peek_uint(&self, at: usize, n: usize) -> Result<u64, Stop> {
        Ok(self
            .peek(at, n)?
            .iter()
            .fold(0, |v, b| v << 8 | u64::from(*b)))
    }

    /// The byte at position `at`.
    #[inline]
    pub fn peek_u8(&self, at: usize) -> Result<u8, Stop> {
        Ok(self.peek(at, 1)?[0])
    }

    /// The 16-bit number at position `at`.
    #[inline]
    pub fn peek_u16(&self, at: usize) -> Result<u16, Stop> {
        let b = self.peek(at, 2)?;
        Ok(u16::from_be_bytes([b[0], b[1]]))
    }

    /// The 32-bit number at position `at`.
    #[inline]
    pub fn peek_u32(&self, at: usize) -> Result<u32, Stop> {
        let b = self.peek(at, 4)?;
        Ok(u32::from_be_bytes([b[0], b[1], b[2], b[3]]))
    }

    // ---- adding nodes -------------------------------------------------------------------------------------------------

    /// Add a node over `len` bytes from position `start` of the layer.
    pub fn add(&mut self, field: &'static Field, start: usize, len: usize, value: Value) -> NodeId {
        if !self.cx.want.nodes {
            return NO_NODE;
        }
        let id = NodeId(self.cx.tree.nodes.len());
        self.cx.tree.nodes.push(Node {
            field,
            value,
            start: self.region.base.saturating_add(clamp(start)),
            len: clamp(len),
            label: Label::Standard,
            depth: self.depth,
            buffer: self.region.buffer,
            flags: 0,
            severity: 0,
        });
        id
    }

    /// Add a node for a computed value; it covers no bytes and stands at position `at`.
    pub fn generated(&mut self, field: &'static Field, at: usize, value: Value) -> NodeId {
        let id = self.add(field, at, 0, value);
        self.flag(id, GENERATED);
        id
    }

    /// Add a computed node that covers bytes (a flag string, a decoded value).
    pub fn computed(
        &mut self,
        field: &'static Field,
        start: usize,
        len: usize,
        value: Value,
    ) -> NodeId {
        let id = self.add(field, start, len, value);
        self.flag(id, GENERATED);
        id
    }

    /// Add a node that filters find and the tree does not show.
    pub fn hidden(
        &mut self,
        field: &'static Field,
        start: usize,
        len: usize,
        value: Value,
    ) -> NodeId {
        let id = self.add(field, start, len, value);
        self.flag(id, HIDDEN);
        id
    }

    /// Add a line of text without a name.
    pub fn text(&mut self, start: usize, len: usize, write: impl FnOnce(&mut String)) -> NodeId {
        let id = self.add(&super::TEXT, start, len, Value::None);
        self.label(id, write);
        id
    }

    /// Add a node whose children follow until [`Layer::close`].
    pub fn open(
        &mut self,
        field: &'static Field,
        start: usize,
        len: usize,
        value: Value,
    ) -> NodeId {
        let id = self.add(field, start, len, value);
        self.depth = self.depth.saturating_add(1);
        id
    }

    /// Add a text line whose children follow until [`Layer::close`].
    pub fn open_text(
        &mut self,
        start: usize,
        len: usize,
        write: impl FnOnce(&mut String),
    ) -> NodeId {
        let id = self.text(start, len, write);
        self.depth = self.depth.saturating_add(1);
        id
    }

    /// The node just added gets children until [`Layer::close`].
    pub fn enter(&mut self) {
        self.depth = self.depth.saturating_add(1);
    }

    /// End of the children.
    pub fn close(&mut self) {
        self.depth = self.depth.saturating_sub(1);
    }

    /// End of the children, and the node ends at position `end`.
    pub fn close_at(&mut self, id: NodeId, end: usize) {
        self.close();
        self.end_at(id, end);
    }

    /// The node ends at position `end` of the layer.
    pub fn end_at(&mut self, id: NodeId, end: usize) {
        let base = self.region.base.saturating_add(clamp(end));
        if let Some(node) = self.cx.tree.nodes.get_mut(id.0) {
            node.len = base.saturating_sub(node.start);
        }
    }

    /// The node covers these bytes: more, or fewer, than its value (a string with the quotation marks around it).
    pub fn widen(&mut self, id: NodeId, start: usize, len: usize) {
        let start = self.region.base.saturating_add(clamp(start));
        if let Some(node) = self.cx.tree.nodes.get_mut(id.0) {
            node.start = start;
            node.len = clamp(len);
        }
    }

    /// Where the next node will be put; for [`Layer::insert`].
    pub fn mark(&self) -> usize {
        self.cx.tree.nodes.len()
    }

    /// Write nodes that belong before those written since `mark`: a trailer is only known when the layers above it are done,
    /// but stands in the tree of its own layer. Returns the node that `write` returns.
    pub fn insert(&mut self, mark: usize, write: impl FnOnce(&mut Self) -> NodeId) -> NodeId {
        let before = self.cx.tree.nodes.len();
        let id = write(self);
        let written = self.cx.tree.nodes.len().saturating_sub(before);
        if let Some(part) = self.cx.tree.nodes.get_mut(mark..) {
            part.rotate_right(written);
        }
        match id.0.checked_sub(before) {
            Some(offset) if id != NO_NODE => NodeId(mark + offset),
            _ => id,
        }
    }

    /// The protocol's own node covers this many bytes (by default all of the layer).
    pub fn set_len(&mut self, len: usize) {
        self.end_at(self.root, len);
    }

    /// The protocol's own node.
    pub fn root(&self) -> NodeId {
        self.root
    }

    /// The node that was added last.
    pub fn last(&self) -> NodeId {
        if self.cx.want.nodes {
            NodeId(self.cx.tree.nodes.len().wrapping_sub(1))
        } else {
            NO_NODE
        }
    }

    /// Set a flag of a node.
    pub fn flag(&mut self, id: NodeId, flag: u8) {
        if let Some(node) = self.cx.tree.nodes.get_mut(id.0) {
            node.flags |= flag;
        }
    }

    /// Change the value of a node.
    pub fn set_value(&mut self, id: NodeId, value: Value) {
        if let Some(node) = self.cx.tree.nodes.get_mut(id.0) {
            node.value = value;
        }
    }

    /// A value that is `len` bytes of the layer from `start`.
    pub fn slice(&self, start: usize, len: usize) -> Value {
        Value::Slice {
            start: self.region.base.saturating_add(clamp(start)),
            len: clamp(len),
        }
    }

    /// A text or byte value that stands nowhere in the packet as such.
    pub fn made(&mut self, bytes: &[u8]) -> Value {
        if !self.cx.want.nodes {
            return Value::None;
        }
        let start = clamp(self.cx.tree.made.len());
        self.cx.tree.made.extend_from_slice(bytes);
        Value::Made {
            start,
            len: clamp(bytes.len()),
        }
    }

    // ---- labels -------------------------------------------------------------------------------------------------------

    /// Replace the label of a node. The closure only runs when labels are wanted.
    pub fn label(&mut self, id: NodeId, write: impl FnOnce(&mut String)) {
        if !self.cx.want.labels || id == NO_NODE {
            return;
        }
        let mut text = std::mem::take(&mut self.cx.scratch);
        text.clear();
        write(&mut text);
        text::truncate(&mut text, 0, 0);
        self.store_label(id, &text);
        self.cx.scratch = text;
    }

    /// Add to the label of a node, the standard one or a replaced one.
    pub fn append(&mut self, id: NodeId, write: impl FnOnce(&mut String)) {
        if !self.cx.want.labels || id == NO_NODE {
            return;
        }
        let mut text = std::mem::take(&mut self.cx.scratch);
        text.clear();
        if let Some(node) = self.cx.tree.nodes.get(id.0).copied() {
            text::label(self.cx.tree, self.cx.bytes, &node, &mut text);
        }
        // A label that was cut already has no room for more.
        if text.len() + 5 < text::LABEL_LIMIT {
            write(&mut text);
            text::truncate(&mut text, 0, 0);
            self.store_label(id, &text);
        }
        self.cx.scratch = text;
    }

    fn store_label(&mut self, id: NodeId, label: &str) {
        let start = clamp(self.cx.tree.made.len());
        self.cx.tree.made.extend_from_slice(label.as_bytes());
        if let Some(node) = self.cx.tree.nodes.get_mut(id.0) {
            node.label = Label::Text {
                start,
                len: clamp(label.len()),
            };
        }
    }

    // ---- issues -------------------------------------------------------------------------------------------------------

    /// Note an issue about a node (usually [`Layer::last`] or [`Layer::root`]).
    pub fn issue(&mut self, at: NodeId, issue: &'static Issue) {
        self.issue_with(at, issue, |out| out.push_str(issue.field.label));
    }

    /// Note an issue with a message of its own.
    pub fn issue_with(
        &mut self,
        at: NodeId,
        issue: &'static Issue,
        message: impl FnOnce(&mut String),
    ) {
        if !self.cx.want.nodes {
            return;
        }
        let Some(node) = self.cx.tree.nodes.get(at.0).copied() else {
            return;
        };
        let mut text = std::mem::take(&mut self.cx.scratch);
        text.clear();
        message(&mut text);
        let made = self.made(text.as_bytes());
        // The issue goes below the node it is about: behind what that node has so far.
        let end = self.cx.tree.end_of(at.0);
        let nodes = super::issue_nodes(issue, node, made, text.len());
        self.cx.tree.nodes.splice(end..end, nodes);
        self.cx.scratch = text;
        let severity = issue.severity as u8 + 1;
        let mut depth = node.depth + 1;
        for above in self.cx.tree.nodes[..=at.0].iter_mut().rev() {
            if above.depth < depth {
                depth = above.depth;
                above.severity = above.severity.max(severity);
                if depth == 0 {
                    break;
                }
            }
        }
    }

    // ---- other buffers ------------------------------------------------------------------------------------------------

    /// A new buffer (put together, decompressed), as a region to dissect. The caller keeps the `Arc` alive beside it.
    pub fn buffer<'b>(&mut self, title: &'static str, bytes: &'b Arc<[u8]>) -> Region<'b> {
        self.cx.tree.buffers.push(Buffer {
            title,
            bytes: Arc::clone(bytes),
        });
        Region {
            data: bytes,
            buffer: u8::try_from(self.cx.tree.buffers.len()).unwrap_or(u8::MAX),
            base: 0,
            reported: bytes.len(),
        }
    }

    /// Write into another region at the same depth: nodes of `inner` lie in its buffer.
    pub fn within<R>(
        &mut self,
        region: Region<'_>,
        inner: impl FnOnce(&mut Layer<'_, 'a>) -> R,
    ) -> R {
        let mut layer = Layer {
            cx: &mut *self.cx,
            region,
            pos: 0,
            depth: self.depth,
            root: self.root,
        };
        inner(&mut layer)
    }

    /// The time of a frame, nanoseconds since 1970, if it is known.
    pub fn time_of(&self, frame: u32) -> Option<i64> {
        self.cx.frames.time_ns(frame)
    }

    /// The span of time from frame `from` to this one, as a value; `None` if `from` is unknown, or one has no time.
    pub fn since(&self, from: u32) -> Option<Value> {
        let span = self.cx.frame.time_ns.checked_sub(self.time_of(from)?)?;
        Some(span_of_time(span))
    }

    // ---- going on -----------------------------------------------------------------------------------------------------

    /// Hand a region to a protocol. Says whether it took it.
    #[inline]
    pub fn call(&mut self, protocol: &'static super::Protocol, region: Region<'_>) -> bool {
        super::call(self.cx, protocol, region)
    }

    /// Dissect something inside this protocol's own tree (the packet that an ICMP error quotes, the data of a ping).
    pub fn nested<R>(&mut self, inner: impl FnOnce(&mut Self) -> R) -> R {
        let below = std::mem::replace(&mut self.cx.packet.below, self.depth);
        let result = inner(self);
        self.cx.packet.below = below;
        result
    }

    /// Count a protocol in that the caller reads itself (an extension header): it becomes part of the frame's chain.
    pub fn pass(&mut self, protocol: &'static super::Protocol) {
        super::extend_path(self.cx, protocol);
    }

    /// Hand a region to whoever is registered for a key. Says whether somebody took it.
    #[inline]
    pub fn next(&mut self, table: super::Table, key: u32, region: Region<'_>) -> bool {
        match self.cx.registry.find(table, key) {
            Some(protocol) => self.call(protocol, region),
            None => false,
        }
    }

    /// Show a region as plain data. Nothing is shown of an empty one.
    pub fn plain(&mut self, region: Region<'_>) {
        if region.reported > 0 {
            super::plain(self.cx, region);
        }
    }

    /// Format into a scratch string: for values that are made of parts.
    pub fn format(&mut self, arguments: std::fmt::Arguments<'_>) -> Value {
        if !self.cx.want.nodes {
            return Value::None;
        }
        let mut text = std::mem::take(&mut self.cx.scratch);
        text.clear();
        let _ = text.write_fmt(arguments);
        let value = self.made(text.as_bytes());
        self.cx.scratch = text;
        value
    }
}

impl NodeId {
    /// No node: changes to it do nothing.
    pub const NONE: NodeId = NO_NODE;

    pub(super) fn at(index: usize) -> NodeId {
        NodeId(index)
    }
}

/// A span of time in nanoseconds as a value.
pub fn span_of_time(nanos: i64) -> Value {
    Value::Time {
        secs: nanos / 1_000_000_000,
        nanos: (nanos % 1_000_000_000) as i32,
    }
}

/// A point in time in nanoseconds since 1970 as a value.
pub fn point_in_time(nanos: i64) -> Value {
    Value::Time {
        secs: nanos.div_euclid(1_000_000_000),
        nanos: nanos.rem_euclid(1_000_000_000) as i32,
    }
}

fn clamp(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}
