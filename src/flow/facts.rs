//! Facts: what the history of a capture tells of each frame. The scan writes them once, in capture order; dissecting, filtering
//! and counting only read them.
//!
//! A few bytes a frame in columns, tables for streams, and sparse lists (sorted by frame) for what few frames have.

use crate::column::{BLOCK, Column, Pool};

use super::address::Address;
use super::tcp::{Direction, Stream, TcpFacts, TcpNote};

/// "No such thing" in columns of indices.
pub const NONE: u32 = u32::MAX;

/// Which transport conversation a frame belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Transport {
    /// Index of the conversation (`tcp.stream`, `udp.stream`), or [`NONE`].
    pub stream: u32,
    /// TCP: made by [`Transport::tcp`]. UDP: number of the previous frame of the conversation, 0 = this is the first.
    pub detail: u32,
}

/// The bit of [`Transport::detail`] that tells the direction of a TCP segment.
const BACKWARD: u32 = 1 << 31;
/// The bit of [`Transport::detail`] that tells that the other side sent a FIN before.
const AFTER_FIN: u32 = 1 << 30;

impl Transport {
    /// No transport header was seen.
    pub const ABSENT: Transport = Transport {
        stream: NONE,
        detail: 0,
    };

    /// A TCP segment: which conversation, which entry of [`Facts::segments`], which way it goes, and whether the other side
    /// sent a FIN before.
    pub fn tcp(stream: u32, segment: u32, direction: Direction, after_fin: bool) -> Transport {
        let mut detail = segment & !(BACKWARD | AFTER_FIN);
        if direction == Direction::Backward {
            detail |= BACKWARD;
        }
        if after_fin {
            detail |= AFTER_FIN;
        }
        Transport { stream, detail }
    }

    /// TCP: index into [`Facts::segments`].
    pub fn segment(self) -> u32 {
        self.detail & !(BACKWARD | AFTER_FIN)
    }

    /// TCP: which way the segment goes.
    pub fn direction(self) -> Direction {
        if self.detail & BACKWARD == 0 {
            Direction::Forward
        } else {
            Direction::Backward
        }
    }

    /// TCP: whether the other side sent a FIN before this segment.
    pub fn after_fin(self) -> bool {
        self.detail & AFTER_FIN != 0
    }
}

/// Who talks to whom: address and port.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Ends {
    /// Who sent the first frame.
    pub first: (Address, u16),
    /// Who was to receive it.
    pub second: (Address, u16),
}

/// A UDP conversation.
#[derive(Clone, Copy, Debug)]
pub struct UdpStream {
    /// Between whom.
    pub ends: Ends,
    /// The frame that began it.
    pub first_frame: u32,
    /// The newest frame of it.
    pub last_frame: u32,
}

/// A part of a frame: bytes of the frame's own buffer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    /// Frame number, from 1.
    pub frame: u32,
    /// Where it starts in the frame.
    pub offset: u32,
    /// How many bytes.
    pub len: u32,
}

/// A message (PDU) of an application in a TCP stream: one or more spans.
#[derive(Clone, Debug)]
pub struct Message {
    /// The TCP stream.
    pub stream: u32,
    /// The way it went.
    pub direction: Direction,
    /// Index of the protocol in the registry.
    pub protocol: u16,
    /// Its spans, as a range of [`Facts::spans`]; empty while it is not complete.
    pub spans: std::ops::Range<u32>,
    /// The frame that made it complete; 0 = never seen whole.
    pub last_frame: u32,
    /// Length in bytes, when complete.
    pub len: u32,
    /// The index in [`Facts::notes`] of what its protocol noted about it, or [`NONE`].
    pub note: u32,
}

/// A piece of a TCP payload that belongs to a message.
#[derive(Clone, Copy, Debug)]
pub struct Piece {
    /// Where.
    pub span: Span,
    /// Index into [`Facts::messages`].
    pub message: u32,
}

/// A datagram put together from IP fragments.
#[derive(Clone, Debug)]
pub struct Datagram {
    /// The payload of each fragment, in the order of capture, with its offset in the datagram.
    pub fragments: Vec<(u32, Span)>,
    /// The frame that made it complete; 0 = never.
    pub last_frame: u32,
    /// Length of the whole payload.
    pub len: u32,
}

/// What a protocol remembers about a frame: numbers whose meaning only that protocol knows.
#[derive(Clone, Copy, Debug)]
pub struct Note {
    /// The frame that it is about.
    pub frame: u32,
    /// Whose note it is; protocols choose tags with [`tag`].
    pub tag: u16,
    /// Which layer of this protocol in the frame, from 0, where the protocol needs to tell them apart.
    pub ordinal: u16,
    /// The content.
    pub values: [u32; 7],
}

/// A tag for notes and transactions from a short name (`tag(b"DN")`), so that protocols need no common list.
pub const fn tag(name: &[u8; 2]) -> u16 {
    u16::from_be_bytes(*name)
}

/// The chain of protocols of a frame, as an index into [`Paths`].
pub type PathId = u16;

/// The bit in the column of chains that says that a frame may hold more than its chain tells.
const OPEN: PathId = 1 << 15;

/// A capture with more different chains than this (a hostile one) gets no new ones.
const PATH_LIMIT: PathId = 32_000;

/// All chains of protocols met: a tree whose nodes are protocols.
#[derive(Clone, Debug, Default)]
pub struct Paths {
    /// (parent, registry index of the protocol).
    nodes: Vec<(PathId, u16)>,
    children: Vec<Vec<(u16, PathId)>>,
    /// The same children by the identity of the protocol (its address), which is at hand without looking its index up.
    by_identity: Vec<Vec<(usize, PathId)>>,
    /// Of each path, the child asked for last: nearly always the next one asked for.
    last: Vec<(usize, PathId)>,
}

/// The root: no protocol yet.
pub const PATH_ROOT: PathId = 0;

impl Paths {
    /// The path one protocol longer. A capture with more than 32,000 different chains (a hostile one) stays on the parent.
    pub fn child(&mut self, parent: PathId, protocol: u16) -> PathId {
        if self.nodes.is_empty() {
            self.nodes.push((PATH_ROOT, u16::MAX));
            self.children.push(Vec::new());
        }
        let Some(known) = self.children.get(usize::from(parent)) else {
            return parent;
        };
        if let Some((_, id)) = known.iter().find(|(p, _)| *p == protocol) {
            return *id;
        }
        let Ok(id) = PathId::try_from(self.nodes.len()) else {
            return parent;
        };
        if id > PATH_LIMIT {
            return parent;
        }
        self.nodes.push((parent, protocol));
        self.children.push(Vec::new());
        self.children[usize::from(parent)].push((protocol, id));
        id
    }

    /// The path one protocol longer, by the protocol's identity (anything that tells protocols apart); its index is only asked
    /// for when the path is new.
    pub fn child_of(
        &mut self,
        parent: PathId,
        identity: usize,
        index: impl FnOnce() -> u16,
    ) -> PathId {
        if let Some((known, id)) = self.last.get(usize::from(parent))
            && *known == identity
        {
            return *id;
        }
        let known = self.by_identity.get(usize::from(parent));
        let found = known.and_then(|known| known.iter().find(|(i, _)| *i == identity));
        if let Some((_, id)) = found {
            let id = *id;
            if let Some(last) = self.last.get_mut(usize::from(parent)) {
                *last = (identity, id);
            }
            return id;
        }
        let id = self.child(parent, index());
        self.last.resize(self.nodes.len(), (0, PATH_ROOT));
        if self.by_identity.len() < self.nodes.len() {
            self.by_identity.resize(self.nodes.len(), Vec::new());
        }
        if id != parent
            && let Some(known) = self.by_identity.get_mut(usize::from(parent))
        {
            known.push((identity, id));
        }
        id
    }

    /// How many paths there are, the root included.
    pub fn len(&self) -> usize {
        self.nodes.len()
    }

    /// Whether no frame was scanned yet.
    pub fn is_empty(&self) -> bool {
        self.nodes.is_empty()
    }

    /// The parent and the last protocol of a path; `None` for the root.
    pub fn get(&self, path: PathId) -> Option<(PathId, u16)> {
        if path == PATH_ROOT {
            None
        } else {
            self.nodes.get(usize::from(path)).copied()
        }
    }

    /// The children of a path in the order in which they were met.
    pub fn children(&self, path: PathId) -> &[(u16, PathId)] {
        self.children
            .get(usize::from(path))
            .map_or(&[], Vec::as_slice)
    }
}

/// Where the largest tables of the facts get their blocks from.
pub struct Pools {
    chains: Pool<PathId>,
    transport: Pool<Transport>,
    segments: Pool<TcpFacts>,
    tcp: Pool<Stream>,
    tcp_ends: Pool<Ends>,
}

impl Pools {
    /// Lay out what will be needed next.
    pub fn fill(&self) {
        self.chains.fill(BLOCK, &OPEN);
        self.transport.fill(BLOCK, &Transport::ABSENT);
        self.segments.fill(BLOCK, &TcpFacts::default());
        self.tcp.fill(BLOCK, &Stream::default());
        self.tcp_ends.fill(BLOCK, &Ends::default());
    }
}

/// Everything that the scan found out.
#[derive(Default)]
pub struct Facts {
    /// Frames that came before, and of which nothing is known here (a live capture that has let go of its oldest).
    before: u32,
    /// A frame's chain of protocols, with [`OPEN`]. Index = frame number - 1 - `before`, as in all columns.
    chains: Column<PathId>,
    /// The frame being scanned; 0 = none.
    scanning: u32,
    /// How many frames were taken up by the scan.
    scanned: u32,
    /// A frame's first transport conversation.
    pub transport: Column<Transport>,
    /// Further transport headers of a frame (tunnels, ICMP errors): (frame, ordinal from 1, fact), sorted.
    pub more_transport: Vec<(u32, u16, Transport)>,
    /// The chains.
    pub paths: Paths,
    /// TCP segments, in the order scanned.
    pub segments: Column<TcpFacts>,
    /// What few TCP segments have besides: (index into `segments`, note), sorted.
    pub tcp_notes: Vec<(u32, TcpNote)>,
    /// TCP conversations.
    pub tcp: Column<Stream>,
    /// Between whom they are, in the same order.
    pub tcp_ends: Column<Ends>,
    /// UDP conversations.
    pub udp: Vec<UdpStream>,
    /// Messages in TCP streams.
    pub messages: Vec<Message>,
    /// Their spans.
    pub spans: Vec<Span>,
    /// Which parts of which frame belong to a message, sorted by frame and offset.
    pub pieces: Vec<Piece>,
    /// Fragmented datagrams.
    pub datagrams: Vec<Datagram>,
    /// (frame, ordinal of the IP header in the frame, index of the datagram), sorted.
    pub fragment_of: Vec<(u32, u16, u32)>,
    /// Notes of protocols, sorted by frame.
    pub notes: Vec<Note>,
    /// Text that notes refer to.
    pub strings: Vec<u8>,
}

impl Facts {
    /// Facts about the frames that come behind this one.
    pub fn behind(frame: u32) -> Facts {
        Facts {
            before: frame,
            ..Facts::default()
        }
    }

    /// How many frames came before, of which nothing is known here.
    pub fn before(&self) -> u32 {
        self.before
    }

    /// Number of the last frame that was scanned, or that is expected ([`Facts::expect_frames`]).
    pub fn len(&self) -> u32 {
        let here = u32::try_from(self.chains.len()).unwrap_or(u32::MAX);
        self.before.saturating_add(here)
    }

    /// Where a frame stands in the columns; beyond their end if it is not there.
    fn place(&self, frame: u32) -> usize {
        frame
            .checked_sub(self.before)
            .map_or(usize::MAX, |here| (here as usize).wrapping_sub(1))
    }

    /// Make room for about so many frames: columns that grow by moving cost more than all that is written into them. Room that
    /// is never used takes no memory.
    pub fn reserve(&mut self, frames: usize) {
        self.messages.reserve_exact(frames / 2);
        self.pieces.reserve_exact(frames / 2);
        self.spans.reserve_exact(frames / 2);
    }

    /// The pools from which the largest tables grow.
    pub fn pools(&self) -> Pools {
        Pools {
            chains: self.chains.pool().clone(),
            transport: self.transport.pool().clone(),
            segments: self.segments.pool().clone(),
            tcp: self.tcp.pool().clone(),
            tcp_ends: self.tcp_ends.pool().clone(),
        }
    }

    /// So many frames come next: their rows are made in one go.
    pub fn expect_frames(&mut self, count: usize) {
        self.transport.extend(count, &Transport::ABSENT);
        self.chains.extend(count, &PATH_ROOT);
    }

    /// The scan takes up the next frame.
    pub fn begin_frame(&mut self) {
        self.scanned += 1;
        self.scanning = self.before + self.scanned;
        if self.scanning > self.len() {
            self.expect_frames(1);
        }
    }

    /// The scan is at its end: from here on every frame is an earlier one.
    pub fn end_frames(&mut self) {
        self.scanning = 0;
    }

    /// Whether nothing was scanned yet.
    pub fn is_empty(&self) -> bool {
        self.chains.is_empty()
    }

    /// The conversation of the `ordinal`-th transport header (0 = outermost) of a frame.
    pub fn transport(&self, frame: u32, ordinal: u16) -> Option<Transport> {
        let found = if ordinal == 0 {
            *self.transport.get(self.place(frame))?
        } else {
            let at = self
                .more_transport
                .binary_search_by_key(&(frame, ordinal), |(f, o, _)| (*f, *o))
                .ok()?;
            self.more_transport[at].2
        };
        (found.stream != NONE).then_some(found)
    }

    /// Note the conversation of the `ordinal`-th transport header of the frame being scanned.
    pub fn set_transport(&mut self, frame: u32, ordinal: u16, transport: Transport) {
        if ordinal > 0 {
            self.more_transport.push((frame, ordinal, transport));
        } else {
            let place = self.place(frame);
            if let Some(slot) = self.transport.get_mut(place) {
                *slot = transport;
            }
        }
    }

    /// The chain of protocols of a frame, and whether it is open: dissecting the frame may show more protocols than it names,
    /// or others in place of plain data. The scan does not look into every message, and learns too late of one that had to
    /// wait for a segment before it.
    pub fn chain(&self, frame: u32) -> (PathId, bool) {
        self.chains
            .get(self.place(frame))
            .map_or((PATH_ROOT, false), |c| (c & !OPEN, c & OPEN != 0))
    }

    /// The chains of all frames here, in order ([`Facts::chain`]).
    pub fn chains(&self) -> impl Iterator<Item = (PathId, bool)> + '_ {
        self.chains.iter().map(|c| (c & !OPEN, c & OPEN != 0))
    }

    /// Set the chain of a frame; whether it is open stays.
    pub fn set_path(&mut self, frame: u32, path: PathId) {
        let place = self.place(frame);
        if let Some(chain) = self.chains.get_mut(place) {
            *chain = *chain & OPEN | path;
        }
    }

    /// The frame may hold more than its chain tells.
    pub fn leave_open(&mut self, frame: u32) {
        let place = self.place(frame);
        if let Some(chain) = self.chains.get_mut(place) {
            *chain |= OPEN;
        }
    }

    /// Something about a frame became known: if it is not the one being scanned, its chain was made without it.
    pub fn learned_of(&mut self, frame: u32) {
        if frame != self.scanning {
            self.leave_open(frame);
        }
    }

    /// The pieces of messages in a frame, by offset.
    pub fn pieces(&self, frame: u32) -> &[Piece] {
        // The scan asks for its newest frame, which is at the end or not there: no search.
        match self.pieces.last() {
            None => return &[],
            Some(last) if last.span.frame < frame => return &[],
            Some(last) if last.span.frame == frame => {
                let here = self
                    .pieces
                    .iter()
                    .rev()
                    .take_while(|p| p.span.frame == frame);
                return &self.pieces[self.pieces.len() - here.count()..];
            }
            Some(_) => {}
        }
        let start = self.pieces.partition_point(|p| p.span.frame < frame);
        let end = start + self.pieces[start..].partition_point(|p| p.span.frame == frame);
        &self.pieces[start..end]
    }

    /// The pieces of messages in the frames `from..=to`, in the order of the frames.
    pub fn pieces_between(&self, from: u32, to: u32) -> &[Piece] {
        let start = self.pieces.partition_point(|p| p.span.frame < from);
        let end = self.pieces.partition_point(|p| p.span.frame <= to);
        self.pieces.get(start..end).unwrap_or(&[])
    }

    /// What protocols noted about a frame.
    pub fn notes(&self, frame: u32) -> &[Note] {
        // The scan asks for its newest frame: no search.
        if self.notes.last().is_none_or(|last| last.frame < frame) {
            return &[];
        }
        let start = self.notes.partition_point(|n| n.frame < frame);
        let end = start + self.notes[start..].partition_point(|n| n.frame == frame);
        &self.notes[start..end]
    }

    /// The note of a frame with this tag and ordinal.
    pub fn note(&self, frame: u32, tag: u16, ordinal: u16) -> Option<&Note> {
        self.notes(frame)
            .iter()
            .find(|n| n.tag == tag && n.ordinal == ordinal)
    }

    /// The datagram to which the `ordinal`-th IP header of a frame contributes.
    pub fn datagram(&self, frame: u32, ordinal: u16) -> Option<&Datagram> {
        let at = self
            .fragment_of
            .binary_search_by_key(&(frame, ordinal), |(f, o, _)| (*f, *o))
            .ok()?;
        self.datagrams.get(self.fragment_of[at].2 as usize)
    }

    /// Keep a text for a note; the two numbers find it again with [`Facts::text`]. At most 4 GiB in all, then it is empty.
    pub fn keep_text(&mut self, text: &[u8]) -> (u32, u32) {
        let (Ok(at), Ok(len)) = (u32::try_from(self.strings.len()), u32::try_from(text.len()))
        else {
            return (0, 0);
        };
        if at.checked_add(len).is_none() {
            return (0, 0);
        }
        self.strings.extend_from_slice(text);
        (at, len)
    }

    /// A text kept with [`Facts::keep_text`].
    pub fn text(&self, at: u32, len: u32) -> &[u8] {
        self.strings
            .get(at as usize..at as usize + len as usize)
            .unwrap_or(&[])
    }

    /// Insert a piece where it belongs; nearly always at the end.
    pub fn add_piece(&mut self, piece: Piece) {
        self.learned_of(piece.span.frame);
        let key = (piece.span.frame, piece.span.offset);
        let mut at = self.pieces.len();
        while at > 0
            && (
                self.pieces[at - 1].span.frame,
                self.pieces[at - 1].span.offset,
            ) > key
        {
            at -= 1;
        }
        self.pieces.insert(at, piece);
    }

    /// Memory held, in bytes.
    pub fn memory(&self) -> usize {
        fn of<T>(v: &Vec<T>) -> usize {
            v.capacity() * size_of::<T>()
        }
        self.chains.memory()
            + self.transport.memory()
            + self.segments.memory()
            + self.tcp.memory()
            + self.tcp_ends.memory()
            + of(&self.udp)
            + of(&self.messages)
            + of(&self.spans)
            + of(&self.pieces)
            + of(&self.notes)
            + of(&self.strings)
    }
}
