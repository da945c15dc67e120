//! Dissecting: from a frame's bytes and the facts about it to a [`Tree`]. A pure function: any frame, any order, any thread,
//! the same result each time. The scan runs the same dissectors with [`Mode::Scan`].

pub mod ahead;
pub mod context;
pub mod glance;
pub mod layer;
pub mod registry;
pub mod text;
pub mod tree;

use std::panic::{AssertUnwindSafe, catch_unwind};

pub use ahead::{Foresight, Looker, Outlook, Translation};
pub use context::{
    Context, FrameInfo, Frames, InterfaceInfo, Mode, NoFrames, Options, Packet, Want,
};
pub use glance::{Glance, Seen};
pub use layer::{Done, Layer, NodeId, Region, Stop};
pub use registry::{DecodeAs, Protocol, Registry, Table};
pub use tree::{Columns, Node, Tree, Value};

use crate::flow::facts::{Facts, PathId};
use crate::flow::history::History;
use tree::{GENERATED, HIDDEN, Label, PROTOCOL};

/// A line of the tree without a name.
pub static TEXT: Field = Field::new("", "", Kind::Text);

/// Protocols nested deeper than this in one frame are shown as data: only a hostile frame does that.
const DEPTH_LIMIT: u8 = 40;

crate::fields! {
    /// An observation about the packet: something unusual, or worth knowing.
    EXPERT = Field::new("_ws.expert", "Expert Info", Kind::None);
    /// What was observed, in words.
    EXPERT_MESSAGE = Field::new("_ws.expert.message", "Message", Kind::Str);
    /// What the observation is about.
    EXPERT_GROUP = Field::new("_ws.expert.group", "Group", Kind::U32).names(Names::Lookup(group_name)).base(Base::NameOnly);
    /// How much the observation matters.
    EXPERT_SEVERITY = Field::new("_ws.expert.severity", "Severity level", Kind::U32).names(Names::Lookup(severity_name)).base(Base::NameOnly);
    /// The packet does not follow the format of its protocol.
    MALFORMED = Field::new("_ws.malformed", "Malformed Packet", Kind::Protocol);
    /// The capture holds only the beginning of the packet.
    SHORT = Field::new("_ws.short", "Packet size limited during capture", Kind::Protocol);
    /// The packet is a fragment that was not put together with the others: the rest of it is elsewhere.
    UNREASSEMBLED = Field::new("_ws.unreassembled", "Unreassembled Packet", Kind::Protocol);
}

/// Fields that belong to no protocol.
pub static COMMON_FIELDS: &[&Field] = FIELDS;

crate::issues! {
    /// A text ends with a zero byte, but there is more behind it: a mistake, or something hidden.
    STRAY_CHARACTERS = Issue::new("_ws.string.trailing_stray_characters", "Trailing stray characters", Severity::Warn, Group::Undecoded);
}

fn severity_name(value: u64) -> Option<&'static str> {
    use crate::field::Severity::{Chat, Comment, Error, Note, Warn};
    [Comment, Chat, Note, Warn, Error]
        .iter()
        .map(|s| s.parts())
        .find(|(_, v)| *v == value)
        .map(|(n, _)| n)
}

fn group_name(value: u64) -> Option<&'static str> {
    use crate::field::Group::{
        Assumption, Checksum, Comments, Decryption, Deprecated, Malformed, Protocol, Reassemble,
        Request, Response, Security, Sequence, Undecoded,
    };
    [
        Checksum, Sequence, Response, Request, Undecoded, Reassemble, Malformed, Protocol,
        Security, Comments, Decryption, Assumption, Deprecated,
    ]
    .iter()
    .map(|g| g.parts())
    .find(|(_, v)| *v == value)
    .map(|(n, _)| n)
}

/// What the caller must have to dissect frames; bundles what does not change from frame to frame.
pub struct Dissector<'a> {
    /// Who dissects what.
    pub registry: &'a Registry,
    /// Settings.
    pub options: &'a Options,
    /// The protocol that every frame begins with (`frame`): it describes the record and dispatches by link type.
    pub root: &'static Protocol,
}

impl Dissector<'_> {
    /// Dissect one frame into `tree` (which is emptied first). A pure function of the bytes and the facts.
    pub fn read(
        &self,
        frame: FrameInfo<'_>,
        bytes: &[u8],
        facts: &Facts,
        frames: &mut dyn Frames,
        want: Want,
        tree: &mut Tree,
    ) {
        tree.clear();
        let mode = Mode::Read { facts };
        self.run(frame, bytes, mode, frames, want, tree);
    }

    /// Take one frame into the history; to be called once for each frame, in capture order.
    pub fn scan(
        &self,
        frame: FrameInfo<'_>,
        bytes: &[u8],
        history: &mut History,
        facts: &mut Facts,
        frames: &mut dyn Frames,
        tree: &mut Tree,
    ) {
        facts.begin_frame();
        let mode = Mode::Scan { history, facts };
        self.run(frame, bytes, mode, frames, Want::NOTHING, tree);
    }

    fn run(
        &self,
        frame: FrameInfo<'_>,
        bytes: &[u8],
        mode: Mode<'_>,
        frames: &mut dyn Frames,
        want: Want,
        tree: &mut Tree,
    ) {
        let reported = (frame.original as usize).max(bytes.len());
        let mut cx = Context {
            tree,
            want,
            mode,
            registry: self.registry,
            options: self.options,
            frame,
            bytes,
            frames,
            packet: Packet {
                message_note: crate::flow::facts::NONE,
                ..Packet::default()
            },
            head: &[],
            scratch: String::new(),
        };
        let region = Region {
            data: bytes,
            buffer: 0,
            base: 0,
            reported,
        };
        // A fault in one dissector may cost this frame's upper layers, never the program.
        let outcome = catch_unwind(AssertUnwindSafe(|| call(&mut cx, self.root, region)));
        if outcome.is_err() {
            stop_node(&mut cx, Stop::Malformed, region, "dissector");
        }
    }
}

/// Make a protocol the newest of the frame's chain.
fn extend_path(cx: &mut Context<'_>, protocol: &'static Protocol) {
    let identity = std::ptr::from_ref(protocol).addr();
    let index = || cx.registry.index_of(protocol);
    match &mut cx.mode {
        Mode::Scan { facts, .. } => {
            let path = facts.paths.child_of(cx.packet.path, identity, index);
            cx.packet.path = path;
            facts.set_path(cx.frame.number, path);
        }
        Mode::Ahead(look) => {
            cx.packet.path = look.paths.child_of(cx.packet.path, identity, index);
        }
        Mode::Read { .. } => {}
    }
}

/// Hand a region to a protocol: its node, its dissector, and what is to be said when it stops. Says whether it was taken.
fn call(cx: &mut Context<'_>, protocol: &'static Protocol, region: Region<'_>) -> bool {
    if cx.packet.depth >= DEPTH_LIMIT {
        return false;
    }
    if cx.want.until.is_some_and(|until| cx.packet.depth > until) {
        cx.packet.taken = region.reported;
        return true;
    }
    if let Mode::Ahead(look) = &mut cx.mode
        && !look.passes(
            &cx.packet,
            || cx.registry.index_of(protocol),
            protocol,
            &region,
        )
    {
        cx.packet.taken = region.reported;
        return true;
    }
    let path = cx.packet.path;
    extend_path(cx, protocol);
    enter(cx, protocol, region, path)
}

/// Run a protocol that is in the frame's chain already; `path` is the chain before it.
#[inline]
fn enter(
    cx: &mut Context<'_>,
    protocol: &'static Protocol,
    region: Region<'_>,
    path: PathId,
) -> bool {
    // Part by part, in registers: copied as a whole, right after its parts were written one by one, a region makes the
    // processor wait for its own stores, several times a frame.
    let Region {
        data,
        buffer,
        base,
        reported,
    } = region;
    enter_parts(cx, protocol, data, (base, buffer), reported, path)
}

#[inline(never)]
fn enter_parts(
    cx: &mut Context<'_>,
    protocol: &'static Protocol,
    data: &[u8],
    (base, buffer): (u32, u8),
    reported: usize,
    path: PathId,
) -> bool {
    let region = Region {
        data,
        buffer,
        base,
        reported,
    };
    let number = cx.frame.number;
    let nodes = cx.tree.nodes.len();
    let before = cx.want.nodes;
    let choosy = cx.want.carriers != 0;
    cx.want.nodes |= choosy;
    let root = if cx.want.nodes {
        cx.tree.nodes.push(Node {
            field: &protocol.field,
            value: Value::None,
            start: region.base,
            len: u32::try_from(region.data.len()).unwrap_or(u32::MAX),
            label: Label::Standard,
            depth: cx.packet.below,
            buffer: region.buffer,
            flags: PROTOCOL,
            severity: 0,
        });
        NodeId::at(nodes)
    } else {
        NodeId::NONE
    };
    cx.packet.depth += 1;
    let below = cx.packet.below;
    if choosy && protocol.foresight != Foresight::None {
        cx.want.nodes = cx.want.carriers & Want::bit(protocol) != 0;
    }
    let mut layer = Layer::new(cx, region, root, below.saturating_add(1));
    let result = (protocol.dissect)(&mut layer);
    let taken = layer.reported();
    let carried = u32::try_from(layer.captured()).unwrap_or(u32::MAX);
    cx.want.nodes |= choosy;
    cx.packet.taken = taken;
    cx.packet.depth -= 1;
    // The node covers the header; as a value, a protocol is all its bytes, with what it carries.
    if let Some(node) = cx.tree.nodes.get_mut(nodes)
        && cx.want.nodes
    {
        node.value = Value::Slice {
            start: region.base,
            len: carried,
        };
    }
    let taken_over = match result {
        Ok(()) => true,
        Err(Stop::NotMine) => {
            cx.tree.nodes.truncate(nodes);
            cx.packet.path = path;
            if let Mode::Scan { facts, .. } = &mut cx.mode {
                facts.set_path(number, path);
            }
            false
        }
        Err(stop) => {
            stop_node(cx, stop, region, protocol.name);
            true
        }
    };
    cx.want.nodes = before;
    taken_over
}

/// Say that a protocol's dissection ended early.
fn stop_node(cx: &mut Context<'_>, stop: Stop, region: Region<'_>, name: &str) {
    let (field, note) = match stop {
        Stop::Short => (&SHORT, "[Packet size limited during capture]"),
        _ if cx.packet.fragment => (&UNREASSEMBLED, "[BoundErrorUnreassembled Packet]"),
        _ => (&MALFORMED, "[Malformed Packet]"),
    };
    if cx.want.columns && !cx.packet.columns_locked {
        let info = &mut cx.tree.columns.info;
        if !info.is_empty() && !info.ends_with(' ') {
            // tshark writes the note straight behind what is there.
        }
        info.push_str(note);
    }
    if cx.want.nodes {
        let start = u32::try_from(cx.tree.made.len()).unwrap_or(0);
        let text = match stop {
            Stop::Short => format!("[Packet size limited during capture: {name} truncated]"),
            _ if cx.packet.fragment => format!("[BoundError Unreassembled Packet: {name}]"),
            _ => format!("[Malformed Packet: {name}]"),
        };
        cx.tree.made.extend_from_slice(text.as_bytes());
        let len = u32::try_from(text.len()).unwrap_or(0);
        cx.tree.nodes.push(Node {
            field,
            value: Value::None,
            start: region.base,
            len: 0,
            label: Label::Text { start, len },
            depth: cx.packet.below,
            buffer: region.buffer,
            flags: PROTOCOL | GENERATED,
            severity: if stop == Stop::Short || cx.packet.fragment {
                0
            } else {
                Severity::Error as u8 + 1
            },
        });
    }
}

/// The nodes of an issue below `about`: the expert line, its message, severity and group, and the issue's own name.
fn issue_nodes(
    issue: &'static Issue,
    about: Node,
    message: Value,
    message_len: usize,
) -> [Node; 5] {
    let base = Node {
        field: &EXPERT,
        value: Value::None,
        start: about.start,
        len: 0,
        label: Label::Standard,
        depth: about.depth.saturating_add(1),
        buffer: about.buffer,
        flags: GENERATED,
        severity: issue.severity as u8 + 1,
    };
    let label = match message {
        Value::Made { start, .. } => Label::Text {
            start,
            len: u32::try_from(message_len).unwrap_or(0),
        },
        _ => Label::Standard,
    };
    let below = Node {
        depth: base.depth.saturating_add(1),
        severity: 0,
        ..base
    };
    [
        Node { label, ..base },
        Node {
            field: &issue.field,
            label,
            ..below
        },
        Node {
            field: &EXPERT_MESSAGE,
            value: message,
            flags: GENERATED | HIDDEN,
            ..below
        },
        Node {
            field: &EXPERT_SEVERITY,
            value: Value::U(issue.severity.parts().1),
            ..below
        },
        Node {
            field: &EXPERT_GROUP,
            value: Value::U(issue.group.parts().1),
            ..below
        },
    ]
}

/// Show a region as data that nobody dissects.
fn plain(cx: &mut Context<'_>, region: Region<'_>) {
    let Some(data) = cx.registry.data() else {
        return;
    };
    if matches!(cx.mode, Mode::Scan { .. }) && cx.packet.depth < DEPTH_LIMIT {
        // Nothing is to be found out about data but that they are there.
        extend_path(cx, data);
        cx.packet.taken = region.reported;
        return;
    }
    call(cx, data, region);
}
