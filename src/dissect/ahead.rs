//! Looking ahead: what the scan can do of a frame before it knows the frame's history, so that another thread may do it.
//!
//! Link and network headers say nothing that hangs on earlier frames (but for fragments). [`Dissector::look_ahead`] runs their
//! dissectors as far as the transport header and keeps where that stands; the scan, in capture order, goes on from there with
//! [`Dissector::resume`]. A frame that needs its history earlier ([`Foresight::None`], or a dissector asks for it) is scanned
//! from its first byte, as if nobody had looked.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};

use super::context::{Context, FrameInfo, Frames, Mode, NoFrames, Packet, Want};
use super::glance::{Glancer, Ways};
use super::layer::Region;
use super::registry::Protocol;
use super::tree::Tree;
use super::{Dissector, call, enter, stop_node};
use crate::flow::address::{Address, Foreseen, Seed};
use crate::flow::facts::{Facts, PATH_ROOT, PathId, Paths};
use crate::flow::history::History;

/// What the scan may do of a protocol without the history of the frame.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Foresight {
    /// Nothing: the frame is scanned whole, in its turn.
    #[default]
    None,
    /// All of it: a header that stands for itself.
    Header,
    /// The way to it: from here on the scan needs the history. It is the last that the layers before it hand on to, and begins
    /// with two ports of 16 bits. The number is the kind of its conversations' [`Key`](crate::flow::address::Key).
    Transport(u16),
}

/// Where the transport header of a frame stands, and what the headers before it said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Outlook {
    /// The chain of protocols up to the transport, in the looker's own numbering.
    pub(super) path: PathId,
    /// Registry index of the transport protocol; `u16::MAX` = the frame is to be scanned whole.
    pub(super) transport: u16,
    /// Where its header starts in the frame, how much of it was captured, and its length by the packet's account.
    pub(super) start: u32,
    pub(super) captured: u32,
    pub(super) reported: u32,
    pub(super) source: Address,
    pub(super) destination: Address,
    pub(super) foreseen: Option<Foreseen>,
    pub(super) ip_ordinal: u16,
    pub(super) ip_protocol: u8,
    pub(super) hop_limit: u8,
    pub(super) depth: u8,
    /// The first bytes of the header, copied: the scan then need not wait for the frame's own. Behind `captured` they mean
    /// nothing.
    pub(super) head: [u8; HEAD],
}

/// How much of a transport's header is copied: TCP's with its time stamps.
pub(super) const HEAD: usize = 32;

impl Outlook {
    const NOTHING: Outlook = Outlook {
        path: PATH_ROOT,
        transport: u16::MAX,
        start: 0,
        captured: 0,
        reported: 0,
        source: Address::None,
        destination: Address::None,
        foreseen: None,
        ip_ordinal: 0,
        ip_protocol: 0,
        hop_limit: 0,
        depth: 0,
        head: [0; HEAD],
    };

    /// Where in the frame the part begins that the scan will read there, if it reads any of it.
    pub fn behind_head(&self) -> usize {
        self.start as usize + HEAD
    }

    /// The hash of the conversation's key, if the frame belongs to one.
    pub fn conversation(&self) -> Option<u64> {
        self.foreseen.map(|f| f.hash)
    }
}

/// The state of one look; see [`Mode::Ahead`].
pub struct Look<'a> {
    /// Chains met by this looker.
    pub(super) paths: &'a mut Paths,
    /// No facts are known.
    pub(super) nothing: &'a Facts,
    /// Somebody asked for the history.
    pub(super) asked: Cell<bool>,
    found: Outlook,
    seed: &'a Seed,
}

impl Look<'_> {
    /// A protocol is called: note where the transport stands. Says whether the protocol is to be run.
    pub(super) fn passes(
        &mut self,
        packet: &Packet,
        index: impl Fn() -> u16,
        protocol: &'static Protocol,
        region: &Region<'_>,
    ) -> bool {
        match protocol.foresight {
            Foresight::Header if self.found.transport == u16::MAX => return true,
            Foresight::Transport(kind)
                if self.found.transport == u16::MAX && region.buffer == 0 =>
            {
                let identity = std::ptr::from_ref(protocol).addr();
                self.found = Outlook {
                    path: self.paths.child_of(packet.path, identity, &index),
                    transport: index(),
                    start: region.base,
                    captured: u32::try_from(region.data.len()).unwrap_or(u32::MAX),
                    reported: u32::try_from(region.reported).unwrap_or(u32::MAX),
                    source: packet.source,
                    destination: packet.destination,
                    foreseen: foresee(
                        self.seed,
                        kind,
                        packet.source,
                        packet.destination,
                        region.data,
                    ),
                    ip_ordinal: packet.ip_ordinal,
                    ip_protocol: packet.ip_protocol,
                    hop_limit: packet.hop_limit,
                    depth: packet.depth,
                    head: head(region.data),
                };
            }
            _ => self.asked.set(true),
        }
        false
    }
}

/// What can be worked out of the ends of a conversation, if the header's ports are there.
#[inline]
pub(super) fn foresee(
    seed: &Seed,
    kind: u16,
    source: Address,
    destination: Address,
    header: &[u8],
) -> Option<Foreseen> {
    let [a, b, c, d] = *header.first_chunk::<4>()?;
    let source = (source, u32::from(u16::from_be_bytes([a, b])));
    let destination = (destination, u32::from(u16::from_be_bytes([c, d])));
    Some(seed.foresee(kind, source, destination))
}

/// The first bytes of a header, filled up with zeros.
#[inline]
pub(super) fn head(header: &[u8]) -> [u8; HEAD] {
    match header.first_chunk() {
        Some(head) => *head,
        None => {
            let mut head = [0; HEAD];
            head[..header.len()].copy_from_slice(header);
            head
        }
    }
}

/// Who looks ahead: what is kept from frame to frame.
#[derive(Default)]
pub struct Looker {
    seed: Seed,
    paths: Paths,
    nothing: Facts,
    tree: Tree,
    ways: Ways,
}

impl Looker {
    /// One that makes hashes with this seed.
    pub fn with_seed(seed: Seed) -> Looker {
        Looker {
            seed,
            ..Looker::default()
        }
    }

    /// The chains met so far: what the numbers in [`Outlook`] mean.
    pub fn paths(&self) -> &Paths {
        &self.paths
    }
}

/// The looker's chains in the numbering of the facts, translated when first met by the scan.
#[derive(Default)]
pub struct Translation {
    known: Vec<Option<PathId>>,
}

impl Translation {
    fn of(&mut self, path: PathId, theirs: &Paths, ours: &mut Paths) -> PathId {
        if let Some(Some(known)) = self.known.get(usize::from(path)) {
            return *known;
        }
        let Some((parent, protocol)) = theirs.get(path) else {
            return PATH_ROOT;
        };
        let parent = self.of(parent, theirs, ours);
        let path_here = ours.child(parent, protocol);
        if self.known.len() <= usize::from(path) {
            self.known.resize(usize::from(path) + 1, None);
        }
        self.known[usize::from(path)] = Some(path_here);
        path_here
    }
}

impl Dissector<'_> {
    /// Look at a frame's headers, as far as that goes without the history.
    pub fn look_ahead(&self, frame: FrameInfo<'_>, bytes: &[u8], looker: &mut Looker) -> Outlook {
        match self.glance(&frame, bytes, looker) {
            Some(outlook) => outlook,
            None => self.look_closely(frame, bytes, looker),
        }
    }

    /// Look at headers in their usual form; `None` if they have another. Otherwise the same as [`Dissector::look_closely`].
    #[inline]
    pub fn glance(
        &self,
        frame: &FrameInfo<'_>,
        bytes: &[u8],
        looker: &mut Looker,
    ) -> Option<Outlook> {
        let mut glancer = Glancer {
            registry: self.registry,
            root: self.root,
            seed: &looker.seed,
            ways: &mut looker.ways,
            paths: &mut looker.paths,
        };
        let reported = (frame.original as usize).max(bytes.len());
        glancer.look(bytes, reported, frame.link_type)
    }

    /// Look at a frame's headers by running their dissectors.
    pub fn look_closely(&self, frame: FrameInfo<'_>, bytes: &[u8], looker: &mut Looker) -> Outlook {
        let reported = (frame.original as usize).max(bytes.len());
        let mut cx = Context {
            tree: &mut looker.tree,
            want: Want::NOTHING,
            mode: Mode::Ahead(Look {
                paths: &mut looker.paths,
                nothing: &looker.nothing,
                asked: Cell::new(false),
                found: Outlook::NOTHING,
                seed: &looker.seed,
            }),
            registry: self.registry,
            options: self.options,
            frame,
            bytes,
            frames: &mut NoFrames,
            packet: Packet::default(),
            head: &[],
            scratch: String::new(),
        };
        let region = Region {
            data: bytes,
            buffer: 0,
            base: 0,
            reported,
        };
        // A fault here shows again when the frame is scanned whole.
        let outcome = catch_unwind(AssertUnwindSafe(|| call(&mut cx, self.root, region)));
        match cx.mode {
            Mode::Ahead(look) if outcome.is_ok() && !look.asked.get() => look.found,
            _ => Outlook::NOTHING,
        }
    }

    /// Take one frame into the history, from where the look ahead ended; to be called once for each frame, in capture order.
    #[allow(clippy::too_many_arguments)] // what `scan` takes, and what was seen
    pub fn resume(
        &self,
        frame: FrameInfo<'_>,
        bytes: &[u8],
        history: &mut History,
        facts: &mut Facts,
        frames: &mut dyn Frames,
        tree: &mut Tree,
        seen: (&Outlook, &Paths, &mut Translation),
    ) {
        let (outlook, paths, translation) = seen;
        let start = outlook.start as usize;
        let (Some(transport), Some(data)) = (
            self.registry.protocol(outlook.transport),
            bytes.get(start..start.saturating_add(outlook.captured as usize)),
        ) else {
            return self.scan(frame, bytes, history, facts, frames, tree);
        };
        facts.begin_frame();
        let path = translation.of(outlook.path, paths, &mut facts.paths);
        facts.set_path(frame.number, path);
        let head = &outlook.head[..data.len().min(HEAD)];
        let region = Region {
            data,
            buffer: 0,
            base: outlook.start,
            reported: outlook.reported as usize,
        };
        let mut cx = Context {
            tree,
            want: Want::NOTHING,
            mode: Mode::Scan { history, facts },
            registry: self.registry,
            options: self.options,
            frame,
            bytes,
            frames,
            packet: Packet {
                source: outlook.source,
                destination: outlook.destination,
                foreseen: outlook.foreseen,
                ip_ordinal: outlook.ip_ordinal,
                ip_protocol: outlook.ip_protocol,
                hop_limit: outlook.hop_limit,
                depth: outlook.depth,
                path,
                message_note: crate::flow::facts::NONE,
                ..Packet::default()
            },
            head,
            scratch: String::new(),
        };
        let outcome = catch_unwind(AssertUnwindSafe(|| enter(&mut cx, transport, region, path)));
        if outcome.is_err() {
            stop_node(&mut cx, super::Stop::Malformed, region, "dissector");
        }
    }
}
