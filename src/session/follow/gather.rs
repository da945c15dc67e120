//! The frames of one conversation, and what they say.

use std::ops::Range;
use std::sync::Arc;

use super::Kind;
use super::assemble::{Assembly, Part, Segment};
use super::stream::{Followed, Said};
use crate::dissect::tree::PROTOCOL;
use crate::dissect::{Node, Registry, Tree, Value, Want};
use crate::field::Field;
use crate::flow::address::Address;
use crate::session::load::Session;
use crate::session::view::View;
use crate::session::work::in_order;

/// Frames of the capture looked at before it is seen whether somebody waits.
const BLOCK: u32 = 1 << 16;
/// Frames dissected as one piece of work.
const PIECE: usize = 64;

/// The fields that tell what is needed.
struct Fields {
    stream: Vec<&'static Field>,
    source: Vec<&'static Field>,
    destination: Vec<&'static Field>,
    ports: [Vec<&'static Field>; 2],
    sequence: Vec<&'static Field>,
    acknowledgment: Vec<&'static Field>,
    length: Vec<&'static Field>,
    syn: Vec<&'static Field>,
    ack: Vec<&'static Field>,
    payload: Vec<&'static Field>,
    body: Vec<&'static Field>,
}

impl Fields {
    fn of(registry: &Registry, kind: Kind) -> Fields {
        let named = |names: &[&str]| -> Vec<&'static Field> {
            let each = names.iter().flat_map(|n| registry.fields_named(n));
            each.copied().collect()
        };
        let transport = kind.transport();
        Fields {
            stream: named(&[&format!("{transport}.stream")]),
            source: named(&["ip.src", "ipv6.src"]),
            destination: named(&["ip.dst", "ipv6.dst"]),
            ports: [
                named(&[&format!("{transport}.srcport")]),
                named(&[&format!("{transport}.dstport")]),
            ],
            sequence: named(&["tcp.seq_raw"]),
            acknowledgment: named(&["tcp.ack_raw"]),
            length: named(&["tcp.len"]),
            syn: named(&["tcp.flags.syn"]),
            ack: named(&["tcp.flags.ack"]),
            payload: named(&[&format!("{transport}.payload")]),
            body: named(&["http.file_data"]),
        }
    }
}

/// What one frame says in the conversation.
#[derive(Default)]
struct Word {
    frame: u32,
    time_ns: i64,
    ends: [(Address, u16); 2],
    segment: Segment,
    ack: Option<u32>,
    syn: bool,
    messages: Vec<Vec<u8>>,
}

/// Gathers a conversation, as far as the capture goes.
pub(super) struct Gatherer {
    session: Arc<Session>,
    kind: Kind,
    stream: u32,
    fields: Arc<Fields>,
    /// The last frame looked at.
    seen: u32,
    /// Who is the client.
    client: Option<(Address, u16)>,
    sides: [Assembly; 2],
    finished: bool,
}

impl Gatherer {
    pub(super) fn new(session: &Arc<Session>, kind: Kind, stream: u32) -> Gatherer {
        Gatherer {
            session: Arc::clone(session),
            fields: Arc::new(Fields::of(session.registry(), kind)),
            kind,
            stream,
            seen: 0,
            client: None,
            sides: [Assembly::default(), Assembly::default()],
            finished: false,
        }
    }

    /// Whether the capture is loaded to its end.
    pub(super) fn is_loaded(&self) -> bool {
        self.session.is_loaded()
    }

    /// How far it is: frames looked at.
    pub(super) fn seen(&self) -> u32 {
        self.seen
    }

    /// Look at the next frames; `take` gets what they say, and says whether to go on. Returns whether there is nothing more for
    /// now.
    pub(super) fn go_on(
        &mut self,
        mut take: impl FnMut(&mut dyn FnMut(&mut Followed)) -> bool,
    ) -> Result<bool, String> {
        let loaded = self.session.is_loaded();
        let len = self.session.snapshot().len();
        if self.seen >= len {
            if loaded && !self.finished {
                self.finished = true;
                let parts = self.finish();
                take(&mut |followed| put(followed, &parts));
            }
            return Ok(true);
        }
        let end = len.min(self.seen.saturating_add(BLOCK));
        let frames = candidates(&self.session, self.seen + 1..end + 1, self.stream);
        self.seen = end;
        let mut error = None;
        let session = Arc::clone(&self.session);
        let (kind, stream) = (self.kind, self.stream);
        let fields = Arc::clone(&self.fields);
        in_order(
            frames.len().div_ceil(PIECE) as u64,
            || (session.view(), Tree::new()),
            |(view, tree), piece| {
                let from = usize::try_from(piece).unwrap_or(0) * PIECE;
                let some = &frames[from..frames.len().min(from + PIECE)];
                let mut words = Vec::with_capacity(some.len());
                for number in some {
                    match word(view, tree, *number, &fields, kind, stream) {
                        Ok(word) => words.extend(word),
                        Err(error) => return Err(error),
                    }
                }
                Ok(words)
            },
            |words: Result<Vec<Word>, String>| match words {
                Ok(words) => take(&mut |followed| {
                    for word in &words {
                        self.hear(word, followed);
                    }
                }),
                Err(e) => {
                    error = Some(e);
                    false
                }
            },
        );
        match error {
            Some(error) => Err(error),
            None => Ok(false),
        }
    }

    /// Who said it: the client is who sent the SYN, or who spoke first.
    fn side(&mut self, word: &Word, followed: &mut Followed) -> u8 {
        let client = match self.client {
            Some(client) => client,
            None => {
                let answer = word.syn && word.ack.is_some();
                let client = word.ends[usize::from(answer)];
                let server = word.ends[usize::from(!answer)];
                self.client = Some(client);
                followed.ends = [end(client), end(server)];
                client
            }
        };
        u8::from(word.ends[0] != client)
    }

    fn hear(&mut self, word: &Word, followed: &mut Followed) {
        let side = self.side(word, followed);
        let place = usize::from(side);
        followed.packets[place] += 1;
        let said = Said {
            frame: word.frame,
            time_ns: word.time_ns,
            side,
            begins: true,
            missing: 0,
        };
        match self.kind {
            Kind::Udp => {
                followed.push(&said, &word.segment.bytes);
                let lost =
                    u64::from(word.segment.len).saturating_sub(word.segment.bytes.len() as u64);
                if lost > 0 {
                    let missing = lost;
                    followed.push(&Said { missing, ..said }, &[]);
                }
            }
            Kind::Http => {
                for message in &word.messages {
                    followed.push(&said, message);
                }
            }
            Kind::Tcp => {
                let mut parts = Vec::new();
                if word.syn {
                    self.sides[place].begin(word.segment.seq.wrapping_add(1));
                }
                let mut segment = word.segment.clone();
                if word.syn {
                    // The SYN has a number of its own; data may follow it (RFC 7413).
                    segment.seq = segment.seq.wrapping_add(1);
                }
                self.sides[place].take(segment, &mut parts);
                put(followed, &[(side, parts)]);
                let mut parts = Vec::new();
                if let Some(ack) = word.ack {
                    self.sides[1 - place].acknowledged(ack, &mut parts);
                }
                put(followed, &[(1 - side, parts)]);
            }
        }
    }

    fn finish(&mut self) -> Vec<(u8, Vec<Part>)> {
        let mut all = Vec::new();
        for (side, assembly) in (0u8..).zip(&mut self.sides) {
            let mut parts = Vec::new();
            assembly.finish(&mut parts);
            all.push((side, parts));
        }
        all
    }
}

fn put(followed: &mut Followed, parts: &[(u8, Vec<Part>)]) {
    for (side, parts) in parts {
        for part in parts {
            let mut said = Said {
                side: *side,
                ..Said::default()
            };
            match part {
                Part::Bytes {
                    frame,
                    time_ns,
                    bytes,
                } => {
                    (said.frame, said.time_ns) = (*frame, *time_ns);
                    followed.push(&said, bytes);
                }
                Part::Hole {
                    frame,
                    time_ns,
                    len,
                } => {
                    (said.frame, said.time_ns, said.missing) = (*frame, *time_ns, *len);
                    followed.push(&said, &[]);
                }
            }
        }
    }
}

/// `10.0.0.1:80`, `[::1]:80`.
fn end((address, port): (Address, u16)) -> String {
    match address {
        Address::V6(_) => format!("[{address}]:{port}"),
        Address::None => format!("port {port}"),
        _ => format!("{address}:{port}"),
    }
}

/// Frames that may belong to a stream of this number, of whatever transport.
pub(in crate::session) fn candidates(
    session: &Session,
    numbers: Range<u32>,
    stream: u32,
) -> Vec<u32> {
    let ages = session.facts();
    let is = |n: &u32| {
        ages.of(*n)
            .transport(*n, 0)
            .is_some_and(|t| t.stream == stream)
    };
    let mut found: Vec<u32> = numbers.clone().filter(is).collect();
    let before = found.len();
    // Further transport headers in tunnels and in ICMP errors.
    for facts in ages.each() {
        let first = facts
            .more_transport
            .partition_point(|m| m.0 < numbers.start);
        let more = facts.more_transport[first..].iter();
        let more = more.take_while(|m| m.0 < numbers.end);
        found.extend(more.filter(|m| m.2.stream == stream).map(|m| m.0));
    }
    if found.len() > before {
        found.sort_unstable();
        found.dedup();
    }
    found
}

/// What a frame says in the conversation; `None` if it does not belong to it.
fn word(
    view: &mut View,
    tree: &mut Tree,
    number: u32,
    fields: &Fields,
    kind: Kind,
    stream: u32,
) -> Result<Option<Word>, String> {
    let Some(meta) = view.meta(number) else {
        return Ok(None);
    };
    let known = view.dissect(number, None, Want::NODES, tree);
    known.map_err(|e| e.to_string())?;
    let time_ns = view.relative_ns(number, &meta);
    let bytes = view.bytes();
    let is = |node: &Node, of: &[&'static Field]| of.iter().any(|f| std::ptr::eq(*f, node.field));
    let nodes = &tree.nodes;
    let found = nodes
        .iter()
        .position(|n| is(n, &fields.stream) && n.value == Value::U(u64::from(stream)));
    let Some(found) = found else {
        return Ok(None);
    };
    let top = nodes[..found].iter().rposition(|n| n.is(PROTOCOL));
    let top = top.unwrap_or(0);
    // A header that an ICMP error quotes says nothing in the conversation.
    let quoted = nodes[..top]
        .iter()
        .any(|n| n.is(PROTOCOL) && matches!(n.field.abbrev, "icmp" | "icmpv6"));
    if quoted {
        return Ok(None);
    }
    let own = &nodes[top..tree.end_of(top)];
    let number_of = |of: &[&'static Field]| {
        let node = own.iter().find(|n| is(n, of))?;
        match node.value {
            Value::U(v) => Some(v),
            _ => None,
        }
    };
    let word_of = |of: &[&'static Field]| number_of(of).and_then(|v| u32::try_from(v).ok());
    let address = |of: &[&'static Field]| {
        let node = nodes[..top].iter().rfind(|n| is(n, of));
        match node.map(|n| n.value) {
            Some(Value::Ipv4(a)) => Address::V4(a),
            Some(Value::Ipv6(a)) => Address::V6(a),
            _ => Address::None,
        }
    };
    let port = |of: &[&'static Field]| {
        let port = number_of(of).and_then(|v| u16::try_from(v).ok());
        port.unwrap_or(0)
    };
    let flag = |of: &[&'static Field]| number_of(of) == Some(1);
    let payload = own.iter().find(|n| is(n, &fields.payload));
    let payload = payload.map_or(&[][..], |n| tree.value_bytes(bytes, n));
    let mut word = Word {
        frame: number,
        time_ns,
        ends: [
            (address(&fields.source), port(&fields.ports[0])),
            (address(&fields.destination), port(&fields.ports[1])),
        ],
        syn: flag(&fields.syn),
        ack: word_of(&fields.acknowledgment).filter(|_| flag(&fields.ack)),
        ..Word::default()
    };
    if kind == Kind::Http {
        word.messages = messages(tree, bytes, tree.end_of(top), fields);
        return Ok(Some(word));
    }
    let len = u32::try_from(payload.len()).unwrap_or(u32::MAX);
    word.segment = Segment {
        frame: number,
        time_ns,
        seq: word_of(&fields.sequence).unwrap_or(0),
        len: word_of(&fields.length).unwrap_or(len).max(len),
        bytes: payload.to_vec(),
    };
    Ok(Some(word))
}

/// The HTTP messages behind node `from`: the head as it was sent, the body as it was meant.
fn messages(tree: &Tree, frame: &[u8], from: usize, fields: &Fields) -> Vec<Vec<u8>> {
    let mut all = Vec::new();
    for (at, node) in tree.nodes.iter().enumerate().skip(from) {
        if !node.is(PROTOCOL) || node.field.abbrev != "http" {
            continue;
        }
        let whole = tree.value_bytes(frame, node);
        let mut message = whole[..head(whole)].to_vec();
        let below = &tree.nodes[at..tree.end_of(at)];
        let is_body = |n: &&Node| fields.body.iter().any(|f| std::ptr::eq(*f, n.field));
        match below.iter().find(is_body) {
            Some(body) => message.extend_from_slice(tree.value_bytes(frame, body)),
            None => message.extend_from_slice(&whole[head(whole)..]),
        }
        all.push(message);
    }
    all
}

/// The length of a head with the empty line behind it; all of it where there is no such line.
fn head(bytes: &[u8]) -> usize {
    let end = |mark: &[u8]| memchr::memmem::find(bytes, mark).map(|at| at + mark.len());
    match (end(b"\r\n\r\n"), end(b"\n\n")) {
        (Some(a), Some(b)) => a.min(b),
        (a, b) => a.or(b).unwrap_or(bytes.len()),
    }
}
