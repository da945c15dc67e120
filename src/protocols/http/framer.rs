//! Where HTTP messages begin and end in a TCP stream (RFC 9112 sections 6 to 8), and which answer belongs to which request.
//!
//! Heads are looked at once; bodies are passed over by their length. How long a body is depends on the request too (an answer
//! to HEAD has none, one to CONNECT begins a tunnel), so methods wait in a queue until they are answered.

use std::collections::VecDeque;

use super::head::{self, Head, Start};
use super::links;
use crate::flow::facts::NONE;
use crate::flow::message::{Context, Framer, Step};
use crate::flow::tcp::Direction;

/// A head longer than this is none.
const HEAD_LIMIT: usize = 256 * 1024;

/// So many requests may wait for their answers; beyond that they are forgotten.
const QUEUE_LIMIT: usize = 4096;

/// A line with the size of a chunk is not longer than this.
const CHUNK_LINE_LIMIT: usize = 4096;

/// What of a request decides how long its answer is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Asked {
    Head,
    Connect,
    Other,
}

/// Where one direction stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Phase {
    /// Before a message.
    #[default]
    Start,
    /// Before the size of a chunk.
    Chunk,
    /// In the lines behind the last chunk.
    Trailer,
}

/// The message at hand.
#[derive(Clone, Debug, Default)]
enum Pending {
    /// Not HTTP: a continuation of something whose beginning was missed.
    #[default]
    Other,
    /// A request that has this full URI, and whether it counts (a notification wants no answer).
    Request { uri: Vec<u8>, counts: bool },
    /// An answer.
    Response,
    /// Bytes of a tunnel.
    Tunnel,
}

#[derive(Default)]
struct Way {
    phase: Phase,
    /// So many bytes of the head at hand hold no end of it.
    searched: usize,
    /// Bytes were lost and no message was seen since: lines are not waited for.
    astray: bool,
    pending: Pending,
}

/// Finds HTTP messages in one TCP conversation.
pub(super) struct HttpFramer {
    ways: [Way; 2],
    asked: VecDeque<Asked>,
    /// The note that all messages of the conversation share.
    conversation: u32,
    /// From here on it is something else: after CONNECT, or an upgrade.
    tunnel: bool,
}

/// A framer for a new conversation.
pub(super) fn new() -> Box<dyn Framer> {
    Box::new(HttpFramer {
        ways: Default::default(),
        asked: VecDeque::new(),
        conversation: NONE,
        tunnel: false,
    })
}

impl Framer for HttpFramer {
    fn step(&mut self, direction: Direction, bytes: &[u8], context: &mut Context<'_>) -> Step {
        if self.tunnel && self.ways[direction as usize].phase == Phase::Start {
            self.ways[direction as usize].pending = Pending::Tunnel;
            return Step::End(bytes.len() as u64);
        }
        match self.ways[direction as usize].phase {
            Phase::Start => self.start(direction, bytes, context),
            Phase::Chunk => self.chunk(direction, bytes),
            Phase::Trailer => self.trailer(direction, bytes),
        }
    }

    fn complete(&mut self, direction: Direction, context: &mut Context<'_>) -> u32 {
        let way = &mut self.ways[direction as usize];
        way.phase = Phase::Start;
        way.searched = 0;
        let pending = std::mem::take(&mut way.pending);
        let frame = context.frame;
        let facts = &mut *context.facts;
        match pending {
            // The conversation's own note tells that these bytes come after something that was HTTP.
            Pending::Other | Pending::Request { counts: false, .. } => self.conversation,
            Pending::Request { uri, .. } => {
                links::request(facts, &mut self.conversation, frame, 0, &uri)
            }
            Pending::Response => links::response(facts, &mut self.conversation, frame, 0),
            Pending::Tunnel => links::tunnel(facts, &mut self.conversation, frame),
        }
    }

    fn gap(&mut self, _: Direction, _: u32) -> bool {
        // A body goes by its length: bytes that were lost in it count as passed.
        true
    }

    fn reset(&mut self, direction: Direction) {
        let way = &mut self.ways[direction as usize];
        way.phase = Phase::Start;
        way.searched = 0;
        way.pending = Pending::Other;
        way.astray = true;
    }
}

impl HttpFramer {
    fn start(&mut self, direction: Direction, bytes: &[u8], context: &mut Context<'_>) -> Step {
        let whole = bytes.len() as u64;
        let way = &mut self.ways[direction as usize];
        way.pending = Pending::Other;
        let blank = bytes
            .iter()
            .take_while(|b| matches!(b, b'\r' | b'\n'))
            .count();
        if way.searched == 0 {
            let known = match head::line(bytes, blank) {
                Some(line) => head::start(bytes, blank..line.end).is_some(),
                None if bytes.len() > HEAD_LIMIT => false,
                // A line of text that is still growing: it may be anything.
                None => bytes[0].is_ascii_graphic() && !way.astray,
            };
            if !known {
                return Step::End(whole);
            }
        }
        let Some(end) = head::end_of_head(bytes, way.searched.max(blank)) else {
            if bytes.len() > HEAD_LIMIT {
                return Step::End(whole);
            }
            way.searched = bytes.len().saturating_sub(3);
            return Step::Need;
        };
        let Some(head) = head::read(&bytes[..end]) else {
            return Step::End(whole);
        };
        let step = self.body(direction, &bytes[..end], &head, context);
        head::keep(&bytes[..end], head);
        step
    }

    /// How the message goes on behind its head.
    fn body(
        &mut self,
        direction: Direction,
        bytes: &[u8],
        head: &Head,
        context: &mut Context<'_>,
    ) -> Step {
        let length = head.content_length(bytes);
        let chunked = head.chunked(bytes);
        let end = head.end as u64;
        let way = &mut self.ways[direction as usize];
        way.astray = false;
        match &head.start {
            Start::Request { method, uri, .. } => {
                let method = head::part(bytes, method);
                let asked = match method {
                    b"HEAD" => Asked::Head,
                    b"CONNECT" => Asked::Connect,
                    _ => Asked::Other,
                };
                let counts = method != b"NOTIFY";
                if counts {
                    if self.asked.len() >= QUEUE_LIMIT {
                        self.asked.pop_front();
                    }
                    self.asked.push_back(asked);
                }
                let uri = head::part(bytes, uri);
                if asked == Asked::Connect {
                    links::connect(context.facts, &mut self.conversation, context.frame, uri);
                }
                way.pending = Pending::Request {
                    uri: super::full_uri(method, uri, head.value(bytes, "host"))
                        .unwrap_or_default(),
                    counts,
                };
                if chunked {
                    way.phase = Phase::Chunk;
                    return Step::Skip(end);
                }
                Step::End(end.saturating_add(length.unwrap_or(0)))
            }
            Start::Response { .. } => {
                way.pending = Pending::Response;
                let status = head.status(bytes).unwrap_or(0);
                let asked = if (100..200).contains(&status) && status != 101 {
                    self.asked.front().copied()
                } else {
                    self.asked.pop_front()
                };
                if status == 101 || asked == Some(Asked::Connect) && (200..300).contains(&status) {
                    self.tunnel = true;
                    return Step::End(end);
                }
                if asked == Some(Asked::Head)
                    || (100..200).contains(&status)
                    || matches!(status, 204 | 304)
                {
                    return Step::End(end);
                }
                if chunked {
                    way.phase = Phase::Chunk;
                    return Step::Skip(end);
                }
                match length {
                    Some(length) => Step::End(end.saturating_add(length)),
                    None => Step::ToClose,
                }
            }
        }
    }

    fn chunk(&mut self, direction: Direction, bytes: &[u8]) -> Step {
        let Some(newline) = memchr::memchr(b'\n', bytes) else {
            return if bytes.len() > CHUNK_LINE_LIMIT {
                Step::End(bytes.len() as u64)
            } else {
                Step::Need
            };
        };
        match chunk_size(&bytes[..newline]) {
            Some(0) => {
                self.ways[direction as usize].phase = Phase::Trailer;
                Step::Skip(newline as u64 + 1)
            }
            Some(size) => Step::Skip((newline as u64 + 1).saturating_add(size).saturating_add(2)),
            None => Step::End(bytes.len() as u64),
        }
    }

    fn trailer(&mut self, _: Direction, bytes: &[u8]) -> Step {
        match bytes {
            [b'\n', ..] => Step::End(1),
            [b'\r', b'\n', ..] => Step::End(2),
            [b'\r'] => Step::Need,
            _ => match head::end_of_head(bytes, 0) {
                Some(end) => Step::End(end as u64),
                None if bytes.len() > HEAD_LIMIT => Step::End(bytes.len() as u64),
                None => Step::Need,
            },
        }
    }
}

/// The size that the first line of a chunk announces; what is behind a semicolon are extensions.
pub(super) fn chunk_size(line: &[u8]) -> Option<u64> {
    let text = line.split(|b| *b == b';').next().unwrap_or(line);
    let text = std::str::from_utf8(text).ok()?.trim();
    if text.is_empty() || text.len() > 16 || !text.bytes().all(|b| b.is_ascii_hexdigit()) {
        return None;
    }
    u64::from_str_radix(text, 16).ok()
}
