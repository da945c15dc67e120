//! What the scan must remember between frames. Only the scan has it; what it finds out goes into [`Facts`].

use std::collections::HashMap;

use hashbrown::HashTable;

use super::address::{Address, Foreseen, Key, Seed};
use super::facts::{Datagram, Ends, Facts, NONE, Span, Transport, UdpStream};
use super::message::{Context, Expected, Framer, Reader, Tracker};
use super::stream::{ByteStream, Sink};
use super::tcp::{Direction, Marks, Outcome, Segment, Stream};

/// A fast hasher whose seed differs from run to run, so that a capture cannot be made to collide on purpose.
type Fast = foldhash::fast::RandomState;

/// An IP packet's fragments belong together by these.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct FragmentKey {
    /// Sender.
    pub source: Address,
    /// Receiver.
    pub destination: Address,
    /// Identification field (16 bits in IPv4, 32 in IPv6).
    pub id: u32,
    /// IP protocol (0 for IPv6, which does not compare it).
    pub protocol: u8,
}

/// Key of a request that waits for its answer: whose ([`tag`](super::facts::tag)), in which conversation, under which number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct RequestKey {
    /// The protocol's tag.
    pub tag: u16,
    /// The conversation ([`History::conversation`]) or stream.
    pub conversation: u32,
    /// The protocol's transaction number.
    pub id: u64,
}

/// How a protocol in a TCP stream was decided.
enum Application {
    /// Not yet decided: no payload so far, or so many segments with payload that nobody wanted.
    Open(u8),
    /// Nothing here reads this stream.
    Unknown,
    /// Read by a protocol.
    Known(Box<Known>),
}

/// What reading the bytes of a conversation needs; most conversations of a scan for ports never get there.
struct Known {
    protocol: u16,
    framer: Box<dyn Framer>,
    trackers: [Tracker; 2],
    bytes: [ByteStream; 2],
}

impl Known {
    /// `syn`: the sequence numbers of the SYN segments seen.
    fn new(protocol: u16, framer: Box<dyn Framer>, syn: [Option<u32>; 2]) -> Box<Known> {
        let bytes = syn.map(|syn| {
            let mut bytes = ByteStream::default();
            if let Some(syn) = syn {
                bytes.start(syn, &mut Nobody);
            }
            bytes
        });
        Box::new(Known {
            protocol,
            framer,
            trackers: Default::default(),
            bytes,
        })
    }
}

/// A TCP conversation while it is scanned; its analysis lives in [`Facts::tcp`] under the same index.
struct TcpConversation {
    /// Whether the side with the lower address sent the first frame: `Forward` is away from it.
    forward_is_low: bool,
    /// The port of the side that sends forward, and of the other.
    ports: [u16; 2],
    /// Who sent a FIN so far.
    fin: [bool; 2],
    /// The sequence numbers of the SYN segments, until somebody reads the conversation.
    syn: [Option<u32>; 2],
    application: Application,
}

/// Chooses who reads a TCP stream when its first payload is seen.
pub trait Chooser {
    /// The registry index and a framer for a stream between these ports that begins with these bytes.
    fn choose(&self, source_port: u16, destination_port: u16, bytes: &[u8]) -> Option<Reader>;

    /// The registry index and a framer of a protocol by its filter name: for a conversation that changes to it
    /// ([`Framer::hand_over`]), has parts of it in between, or was announced.
    fn named(&self, name: &str) -> Option<Reader>;

    /// Whether the protocol with this filter name owns this TCP port, in a stream to or from that other one (a port for which the
    /// user chose somebody goes before any other).
    fn owns(&self, name: &str, port: u16, other: u16) -> bool;
}

/// Everything remembered while scanning.
#[derive(Default)]
pub struct History {
    seed: Seed,
    conversations: HashMap<Key, u32, Fast>,
    conversation_count: u32,
    tcp: HashTable<(Key, u32)>,
    tcp_state: Vec<TcpConversation>,
    /// Bytes of TCP streams that wait for holes before them to fill.
    held: usize,
    /// TCP streams that other streams announced.
    expected: Expected,
    udp: HashTable<(Key, u32)>,
    requests: HashMap<RequestKey, u32, Fast>,
    fragments: HashMap<FragmentKey, u32, Fast>,
    /// Addresses as ARP announced them: (IPv4 address, hardware address and frame).
    pub arp: HashMap<[u8; 4], ([u8; 6], u32, i64), Fast>,
}

/// The kinds of [`Key`] of the two transports: their IP protocol numbers.
const TCP: u16 = 6;
const UDP: u16 = 17;

/// Room is made for one TCP conversation in so many frames.
pub(super) const FRAMES_A_CONVERSATION: usize = 4;

/// More fragments than this of one datagram are not put together (RFC 791 allows 8192 of 8 bytes).
const FRAGMENT_LIMIT: usize = 8192;

/// A TCP segment with what the scan needs besides its header.
pub struct ScannedSegment<'a> {
    /// The header's part.
    pub segment: Segment,
    /// Sender and port.
    pub source: (Address, u16),
    /// Receiver and port.
    pub destination: (Address, u16),
    /// The payload as captured.
    pub payload: &'a [u8],
    /// Where the payload starts in the frame, or `None` if it is not in the frame's own bytes.
    pub payload_offset: Option<u32>,
    /// Inside an ICMP error: the header counts, its payload is not part of the stream.
    pub quoted: bool,
    /// What was worked out of its ends before, if anything was.
    pub foreseen: Option<Foreseen>,
}

impl History {
    /// A history whose tables are found with hashes of this seed.
    pub fn with_seed(seed: Seed) -> History {
        History {
            seed,
            ..History::default()
        }
    }

    /// An empty history with the same seed.
    pub fn anew(&self) -> History {
        History::with_seed(self.seed.clone())
    }

    /// A segment of this TCP conversation comes soon: have what is known of it brought from memory.
    pub fn prepare_tcp(&self, facts: &Facts, hash: u64) {
        // Another conversation with nearly the same hash is found once in a while: no harm.
        if let Some((_, stream)) = self.tcp.find(hash, |_| true) {
            let stream = *stream as usize;
            std::hint::black_box(facts.tcp.get(stream).map(Stream::touch));
            std::hint::black_box(self.tcp_state.get(stream).map(|s| s.fin));
        }
    }

    /// Make room for the conversations of about so many frames.
    pub fn reserve(&mut self, frames: usize) {
        self.tcp_state.reserve_exact(frames / FRAMES_A_CONVERSATION);
    }

    /// The number of the conversation with this key, new if it is new.
    pub fn conversation(&mut self, key: Key) -> u32 {
        let next = self.conversation_count;
        let found = *self.conversations.entry(key).or_insert(next);
        if found == next {
            self.conversation_count += 1;
        }
        found
    }

    /// Count a UDP datagram into its conversation.
    pub fn udp(
        &mut self,
        facts: &mut Facts,
        frame: u32,
        source: (Address, u16),
        destination: (Address, u16),
        foreseen: Option<Foreseen>,
    ) -> Transport {
        let ends = (
            (source.0, u32::from(source.1)),
            (destination.0, u32::from(destination.1)),
        );
        let foreseen = foreseen.unwrap_or_else(|| self.seed.foresee(UDP, ends.0, ends.1));
        let key = Key::known(UDP, ends.0, ends.1, foreseen.low_first);
        let next = u32::try_from(facts.udp.len()).unwrap_or(NONE);
        let known = self.udp.find(foreseen.hash, |(k, _)| *k == key);
        let stream = known.map_or(next, |(_, stream)| *stream);
        if stream == next {
            self.udp
                .insert_unique(foreseen.hash, (key, next), |(k, _)| self.seed.hash(k));
            facts.udp.push(UdpStream {
                ends: Ends {
                    first: source,
                    second: destination,
                },
                first_frame: frame,
                last_frame: frame,
            });
            return Transport { stream, detail: 0 };
        }
        let previous = facts
            .udp
            .get_mut(stream as usize)
            .map_or(0, |s| std::mem::replace(&mut s.last_frame, frame));
        Transport {
            stream,
            detail: previous,
        }
    }

    /// Take a TCP segment into its conversation: analysis, then its payload to whoever reads the stream.
    pub fn tcp(
        &mut self,
        facts: &mut Facts,
        scanned: &ScannedSegment<'_>,
        chooser: &dyn Chooser,
    ) -> Transport {
        let s = &scanned.segment;
        let ends = (
            (scanned.source.0, u32::from(scanned.source.1)),
            (scanned.destination.0, u32::from(scanned.destination.1)),
        );
        let foreseen = scanned
            .foreseen
            .unwrap_or_else(|| self.seed.foresee(TCP, ends.0, ends.1));
        let Foreseen { hash, low_first } = foreseen;
        let key = Key::known(TCP, ends.0, ends.1, low_first);
        let known = self.tcp.find(hash, |(k, _)| *k == key).map(|(_, s)| *s);
        let direction_in = |forward_is_low: bool| {
            if forward_is_low == low_first {
                Direction::Forward
            } else {
                Direction::Backward
            }
        };
        let mut reused = false;
        let stream = match known {
            Some(stream) => {
                let direction = direction_in(self.tcp_state[stream as usize].forward_is_low);
                reused = facts.tcp[stream as usize].is_reused_by(s, direction);
                if reused { None } else { Some(stream) }
            }
            None => None,
        };
        let stream = match stream {
            Some(stream) => stream,
            None => {
                let stream = u32::try_from(facts.tcp.len()).unwrap_or(NONE);
                let mut analysis = Stream::new(s, reused);
                let mut application = Application::Open(0);
                if !scanned.quoted
                    && let Some((protocol, framer)) =
                        self.expected.take(scanned.source, scanned.destination)
                {
                    analysis.set_announced();
                    application = Application::Known(Known::new(protocol, framer, [None; 2]));
                }
                facts.tcp.push(analysis);
                facts.tcp_ends.push(Ends {
                    first: scanned.source,
                    second: scanned.destination,
                });
                self.tcp_state.push(TcpConversation {
                    forward_is_low: low_first,
                    ports: [scanned.source.1, scanned.destination.1],
                    fin: [false; 2],
                    syn: [None; 2],
                    application,
                });
                match self.tcp.find_mut(hash, |(k, _)| *k == key) {
                    Some((_, newest)) => *newest = stream,
                    None => {
                        let seed = &self.seed;
                        self.tcp
                            .insert_unique(hash, (key, stream), |(k, _)| seed.hash(k));
                    }
                }
                stream
            }
        };
        let state = &mut self.tcp_state[stream as usize];
        let direction = direction_in(state.forward_is_low);
        let analysis = &mut facts.tcp[stream as usize];
        let outcome = if scanned.quoted {
            Outcome {
                facts: analysis.quoted(s.frame),
                note: None,
            }
        } else {
            analysis.segment(s, direction)
        };
        let detail = u32::try_from(facts.segments.len()).unwrap_or(NONE);
        facts.segments.push(outcome.facts);
        if let Some(note) = outcome.note {
            facts.tcp_notes.push((detail, note));
        }
        if !scanned.quoted {
            let (held, expected) = (&mut self.held, &mut self.expected);
            state.payload(facts, stream, direction, scanned, chooser, held, expected);
        }
        let after_fin = state.fin[direction.opposite() as usize];
        state.fin[direction as usize] |= s.flags & 1 != 0;
        Transport::tcp(stream, detail, direction, after_fin)
    }

    /// The capture is at its end: what still waits for missing bytes goes on without them.
    pub fn finish(&mut self, facts: &mut Facts, chooser: &dyn Chooser) {
        facts.end_frames();
        for (stream, state) in self.tcp_state.iter_mut().enumerate() {
            let stream = u32::try_from(stream).unwrap_or(NONE);
            let (held, expected) = (&mut self.held, &mut self.expected);
            state.finish(facts, stream, chooser, held, expected);
        }
    }

    /// Remember a request: `note` is what the answer will find.
    pub fn request(&mut self, key: RequestKey, note: u32) -> Option<u32> {
        self.requests.insert(key, note)
    }

    /// The note of the request with this key, which stays.
    pub fn requested(&self, key: &RequestKey) -> Option<u32> {
        self.requests.get(key).copied()
    }

    /// The note of the request with this key, which is done with.
    pub fn answered(&mut self, key: &RequestKey) -> Option<u32> {
        self.requests.remove(key)
    }

    /// Count a fragment in. `offset` is its place in the datagram, `more` whether others follow it.
    pub fn fragment(
        &mut self,
        facts: &mut Facts,
        key: FragmentKey,
        ordinal: u16,
        offset: u32,
        span: Span,
        more: bool,
    ) {
        let frame = span.frame;
        let next = u32::try_from(facts.datagrams.len()).unwrap_or(NONE);
        let index = *self.fragments.entry(key).or_insert(next);
        if index == next {
            facts.datagrams.push(Datagram {
                fragments: Vec::new(),
                last_frame: 0,
                len: 0,
            });
        }
        let Some(datagram) = facts.datagrams.get_mut(index as usize) else {
            return;
        };
        if datagram.fragments.len() >= FRAGMENT_LIMIT {
            return;
        }
        datagram.fragments.push((offset, span));
        facts.fragment_of.push((frame, ordinal, index));
        if !more {
            datagram.len = offset.saturating_add(span.len);
        }
        if datagram.len > 0 && datagram.last_frame == 0 && covers(datagram) {
            datagram.last_frame = frame;
            self.fragments.remove(&key);
        }
    }
}

/// Whether the fragments fill the datagram from 0 to its end without a hole.
fn covers(datagram: &Datagram) -> bool {
    let sum: u64 = datagram
        .fragments
        .iter()
        .map(|(_, s)| u64::from(s.len))
        .sum();
    if sum < u64::from(datagram.len) {
        return false; // the usual case while fragments arrive: no sorting needed
    }
    let mut parts: Vec<(u32, u32)> = datagram
        .fragments
        .iter()
        .map(|(o, s)| (*o, o.saturating_add(s.len)))
        .collect();
    parts.sort_unstable();
    let mut reached = 0;
    for (from, to) in parts {
        if from > reached {
            return false;
        }
        reached = reached.max(to);
    }
    reached >= datagram.len
}

/// After so many segments with payload that no protocol recognises, a stream is left alone.
const TRIES: u8 = 8;

/// So many bytes may wait for holes to fill, over all streams.
const HELD_LIMIT: usize = 64 << 20;

const FIN_OR_RST: u16 = 5;
const SYN: u16 = 2;
const ACK: u16 = 16;

impl TcpConversation {
    /// Take in a segment's payload, and what its flags say about the streams of bytes.
    #[allow(clippy::too_many_arguments)] // parts of the history, which is borrowed in parts
    fn payload(
        &mut self,
        facts: &mut Facts,
        stream: u32,
        direction: Direction,
        scanned: &ScannedSegment<'_>,
        chooser: &dyn Chooser,
        held: &mut usize,
        expected: &mut Expected,
    ) {
        let segment = &scanned.segment;
        if matches!(self.application, Application::Unknown) {
            return;
        }
        // What comes behind its turn, or again.
        let late = facts.segments.last().is_some_and(|s| {
            s.marks.has(Marks::OUT_OF_ORDER) || s.marks.has(Marks::RETRANSMISSION)
        });
        if let (Application::Open(tries), false) = (&self.application, scanned.payload.is_empty()) {
            let tries = *tries;
            self.application =
                match chooser.choose(scanned.source.1, scanned.destination.1, scanned.payload) {
                    Some((protocol, framer)) => {
                        Application::Known(Known::new(protocol, framer, self.syn))
                    }
                    None if tries < TRIES => {
                        // Whoever takes a later segment begins there.
                        self.syn = [None; 2];
                        Application::Open(tries + 1)
                    }
                    None => Application::Unknown,
                };
        }
        let Application::Known(known) = &mut self.application else {
            if segment.flags & SYN != 0 && matches!(self.application, Application::Open(0)) {
                self.syn[direction as usize] = Some(segment.seq);
            }
            return;
        };
        let mut addresses = [scanned.source.0, scanned.destination.0];
        if direction == Direction::Backward {
            addresses.reverse();
        }
        let Known {
            protocol,
            framer,
            trackers,
            bytes: streams,
        } = known.as_mut();
        let mut context = Context {
            message: NONE,
            frame: segment.frame,
            time_ns: segment.time_ns,
            stream,
            ports: self.ports,
            addresses,
            chooser,
            expected,
            reader: None,
            facts,
        };
        let mut out = Delivery {
            framer,
            protocol,
            direction,
            trackers,
            context: &mut context,
            chooser,
            held,
        };
        let bytes = &mut streams[direction as usize];
        if segment.flags & SYN != 0 {
            bytes.start(segment.seq, &mut out);
        }
        // The first byte of a SYN segment's data has the number behind the SYN's.
        let seq = segment
            .seq
            .wrapping_add(u32::from(segment.flags & SYN != 0));
        if let (Some(offset), false) = (scanned.payload_offset, scanned.payload.is_empty()) {
            if late && out.framer.takes_segments() {
                bytes.cut(seq, segment.len, &mut out);
            } else {
                bytes.segment(segment.frame, offset, seq, scanned.payload, &mut out);
                let captured = u32::try_from(scanned.payload.len()).unwrap_or(u32::MAX);
                if let Some(missing) = segment.len.checked_sub(captured).filter(|n| *n > 0) {
                    bytes.cut(seq.wrapping_add(captured), missing, &mut out);
                }
            }
        }
        if segment.flags & FIN_OR_RST != 0 && bytes.held() == 0 {
            // Nothing more will come this way.
            out.close();
        }
        if segment.flags & ACK != 0 {
            out.direction = direction.opposite();
            streams[direction.opposite() as usize].acknowledged(segment.ack, &mut out);
        }
    }

    /// Nothing more will come: what waits for holes to fill goes on with the holes in it.
    fn finish(
        &mut self,
        facts: &mut Facts,
        stream: u32,
        chooser: &dyn Chooser,
        held: &mut usize,
        expected: &mut Expected,
    ) {
        let Application::Known(known) = &mut self.application else {
            return;
        };
        let Known {
            protocol,
            framer,
            trackers,
            bytes: streams,
        } = known.as_mut();
        let frame = facts.len();
        let mut context = Context {
            message: NONE,
            frame,
            time_ns: 0,
            stream,
            ports: self.ports,
            addresses: Default::default(),
            chooser,
            expected,
            reader: None,
            facts,
        };
        for direction in [Direction::Forward, Direction::Backward] {
            let bytes = &mut streams[direction as usize];
            if bytes.held() == 0 {
                continue;
            }
            bytes.finish(&mut Delivery {
                framer,
                protocol,
                direction,
                trackers,
                context: &mut context,
                chooser,
                held,
            });
        }
    }
}

/// Takes nothing: a stream that nobody reads yet.
struct Nobody;

impl Sink for Nobody {
    fn deliver(&mut self, _: u32, _: u32, _: &[u8]) {}
    fn gap(&mut self, _: u32) {}
}

/// Hands the bytes of a stream on to the tracker of their direction.
struct Delivery<'a, 'f> {
    framer: &'a mut Box<dyn Framer>,
    protocol: &'a mut u16,
    direction: Direction,
    trackers: &'a mut [Tracker; 2],
    context: &'a mut Context<'f>,
    chooser: &'a dyn Chooser,
    /// How much is held, over all streams.
    held: &'a mut usize,
}

impl Delivery<'_, '_> {
    fn close(&mut self) {
        let tracker = &mut self.trackers[self.direction as usize];
        tracker.close(self.framer.as_mut(), self.direction, self.context);
    }
}

impl Sink for Delivery<'_, '_> {
    fn deliver(&mut self, frame: u32, offset: u32, bytes: &[u8]) {
        let mut at = 0;
        // A conversation changes its protocol once or twice, not at every byte.
        for _ in 0..8 {
            let rest = bytes.get(at..).unwrap_or(&[]);
            let span = Span {
                frame,
                offset: offset.saturating_add(u32::try_from(at).unwrap_or(u32::MAX)),
                len: u32::try_from(rest.len()).unwrap_or(u32::MAX),
            };
            let handed = self.trackers[self.direction as usize].feed(
                self.framer.as_mut(),
                *self.protocol,
                self.direction,
                span,
                rest,
                self.context,
            );
            let Some((name, passed)) = handed else {
                return;
            };
            at = at.saturating_add(passed);
            match self.chooser.named(name) {
                Some((protocol, framer)) => {
                    *self.protocol = protocol;
                    *self.framer = framer;
                    *self.trackers = Default::default();
                }
                None => self.trackers.iter_mut().for_each(Tracker::lose),
            }
        }
    }

    fn gap(&mut self, len: u32) {
        self.trackers[self.direction as usize].gap(self.framer.as_mut(), self.direction, len);
    }

    fn reserve(&mut self, bytes: usize) -> bool {
        let fits = self.held.saturating_add(bytes) <= HELD_LIMIT;
        if fits {
            *self.held += bytes;
        }
        fits
    }

    fn release(&mut self, bytes: usize) {
        *self.held = self.held.saturating_sub(bytes);
    }
}
