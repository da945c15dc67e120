//! The Tree: what one frame says, as a flat list of nodes in wire order.
//!
//! One representation serves the packet list, the tree pane, filters, exports and explanations. The lists are reused from
//! frame to frame; values are numbers, addresses or places, and text is made only when it is shown.

use std::sync::Arc;

use crate::field::Field;
use crate::flow::address::Address;

/// The value of a node.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Value {
    /// Present, nothing more.
    None,
    /// Unsigned integer, boolean (0 or 1), character or frame number.
    U(u64),
    /// Signed integer.
    I(i64),
    /// Floating point.
    F(f64),
    /// IPv4 address.
    Ipv4([u8; 4]),
    /// IPv6 address, or a GUID.
    Ipv6([u8; 16]),
    /// Hardware address.
    Ether([u8; 6]),
    /// Text or bytes: a part of the node's buffer.
    Slice {
        /// First byte.
        start: u32,
        /// How many.
        len: u32,
    },
    /// Text or bytes that were made while dissecting (a name put together, a decoded value): a part of the tree's own store.
    Made {
        /// First byte.
        start: u32,
        /// How many.
        len: u32,
    },
    /// A time: seconds (since 1970 for points in time) and nanoseconds (0..1,000,000,000; of a negative span, to be subtracted).
    Time {
        /// Whole seconds.
        secs: i64,
        /// Nanoseconds.
        nanos: i32,
    },
}

/// How the text of a node is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Label {
    /// From the field and the value.
    Standard,
    /// This text of the tree's own store.
    Text {
        /// First byte.
        start: u32,
        /// How many.
        len: u32,
    },
}

/// The value is computed, not read from the bytes; shown in brackets.
pub const GENERATED: u8 = 1;
/// Found by filters, not shown.
pub const HIDDEN: u8 = 2;
/// This node begins a protocol.
pub const PROTOCOL: u8 = 4;

/// One line of the tree.
#[derive(Clone, Copy, Debug)]
pub struct Node {
    /// What it is.
    pub field: &'static Field,
    /// Its value.
    pub value: Value,
    /// First byte, in its buffer.
    pub start: u32,
    /// How many bytes; 0 for generated values.
    pub len: u32,
    /// Its text.
    pub label: Label,
    /// How deep: 0 for protocols.
    pub depth: u8,
    /// Which buffer: 0 = the frame, others index [`Tree::buffers`] + 1.
    pub buffer: u8,
    /// [`GENERATED`], [`HIDDEN`], [`PROTOCOL`].
    pub flags: u8,
    /// Severity of the worst issue at or below it, as [`Severity`](crate::field::Severity) + 1; 0 = none.
    pub severity: u8,
}

impl Node {
    /// Whether a flag is set.
    pub fn is(&self, flag: u8) -> bool {
        self.flags & flag != 0
    }
}

/// Bytes besides the frame's own: put together, decompressed, decoded.
#[derive(Clone, Debug)]
pub struct Buffer {
    /// What they are, for the tab's title: "Reassembled TCP".
    pub title: &'static str,
    /// The bytes.
    pub bytes: Arc<[u8]>,
}

/// What the packet list shows of a frame besides its number, time and length.
#[derive(Clone, Debug, Default)]
pub struct Columns {
    /// Sender.
    pub source: Address,
    /// Receiver.
    pub destination: Address,
    /// The innermost protocol's name.
    pub protocol: String,
    /// The line about it.
    pub info: String,
    /// Text of `info` before this place stays when a protocol sets it.
    pub fence: usize,
}

/// The dissected frame.
#[derive(Default)]
pub struct Tree {
    /// All nodes in wire order; a node's children follow it, one deeper.
    pub nodes: Vec<Node>,
    /// Text and bytes made while dissecting.
    pub made: Vec<u8>,
    /// Buffers besides the frame.
    pub buffers: Vec<Buffer>,
    /// The packet list's columns.
    pub columns: Columns,
}

impl Tree {
    /// An empty tree; to be reused.
    pub fn new() -> Tree {
        Tree::default()
    }

    /// Forget everything, keep the memory.
    pub fn clear(&mut self) {
        self.nodes.clear();
        self.made.clear();
        self.buffers.clear();
        let columns = &mut self.columns;
        columns.source = Address::None;
        columns.destination = Address::None;
        columns.protocol.clear();
        columns.info.clear();
        columns.fence = 0;
    }

    /// A buffer's bytes; `frame` are the bytes of the frame itself.
    pub fn buffer<'a>(&'a self, frame: &'a [u8], buffer: u8) -> &'a [u8] {
        match buffer.checked_sub(1) {
            None => frame,
            Some(i) => self.buffers.get(usize::from(i)).map_or(&[], |b| &b.bytes),
        }
    }

    /// The bytes that a node covers, as far as they were captured.
    pub fn bytes<'a>(&'a self, frame: &'a [u8], node: &Node) -> &'a [u8] {
        part(self.buffer(frame, node.buffer), node.start, node.len)
    }

    /// The bytes of a text or byte value; for others the node's bytes.
    pub fn value_bytes<'a>(&'a self, frame: &'a [u8], node: &Node) -> &'a [u8] {
        match node.value {
            Value::Slice { start, len } => part(self.buffer(frame, node.buffer), start, len),
            Value::Made { start, len } => part(&self.made, start, len),
            _ => self.bytes(frame, node),
        }
    }

    /// Index of the node behind the last descendant of node `at`.
    pub fn end_of(&self, at: usize) -> usize {
        let Some(node) = self.nodes.get(at) else {
            return at;
        };
        let below = &self.nodes[at + 1..];
        at + 1
            + below
                .iter()
                .position(|n| n.depth <= node.depth)
                .unwrap_or(below.len())
    }

    /// The first node of a field.
    pub fn find(&self, field: &'static Field) -> Option<&Node> {
        self.nodes.iter().find(|n| std::ptr::eq(n.field, field))
    }
}

/// A part of a buffer, cut to what is there.
fn part(bytes: &[u8], start: u32, len: u32) -> &[u8] {
    let start = (start as usize).min(bytes.len());
    let end = start.saturating_add(len as usize).min(bytes.len());
    &bytes[start..end]
}
