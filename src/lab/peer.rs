//! One host's part in an exchange: a state machine over bytes. It is the same in every way of playing; how bytes get out
//! and in is the business of an [`Io`].
//!
//! Each host goes through the plan's steps by itself. A step of its own it does; a step of somebody it talks to it waits
//! for, until the bytes are there and are those of the plan; what is said between others it passes over.

use std::collections::VecDeque;

use super::plan::{Act, Connection, End, Message, Plan, Step, Transport};

/// How a connection stands, seen from one of its ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Not open yet.
    Waiting,
    /// Open.
    Open,
    /// Nobody listens there: a reset, or an ICMP message that says so.
    Refused,
    /// It was open and is no more, without an orderly end.
    Broken,
}

/// What a peer needs of the world to play its part. Times are nanoseconds since 1970.
pub trait Io {
    /// The client of a connection opens it.
    fn open(&mut self, connection: usize) -> Result<(), String>;
    /// How a connection stands for one of its ends.
    fn standing(&mut self, connection: usize, end: End) -> Standing;
    /// Sends bytes, and says how many were taken. A datagram is taken whole.
    fn send(&mut self, connection: usize, end: End, bytes: &[u8]) -> Result<usize, String>;
    /// Appends what has come: of a stream everything, of datagrams the next one. `false` if nothing has come.
    fn receive(&mut self, connection: usize, end: End, into: &mut Vec<u8>) -> bool;
    /// Whether the other end has said everything, and all of it was received.
    fn ended(&mut self, connection: usize, end: End) -> bool;
    /// Says that this end has said everything.
    fn close(&mut self, connection: usize, end: End);
    /// Leaves abruptly.
    fn reset(&mut self, connection: usize, end: End);
    /// Does not read for so many nanoseconds.
    fn stop_reading(&mut self, connection: usize, end: End, ns: i64);
    /// Sends an IP packet.
    fn packet(&mut self, host: usize, bytes: &[u8]) -> Result<(), String>;
    /// Whether such an ICMP message has come; it is then forgotten.
    fn message(&mut self, host: usize, message: &Message) -> bool;
    /// Sends a frame.
    fn frame(&mut self, host: usize, bytes: &[u8]) -> Result<(), String>;
    /// Whether this frame has been heard.
    fn heard(&mut self, host: usize, bytes: &[u8]) -> bool;
    /// A host begins a step, or does the next piece of it.
    fn begins(&mut self, step: usize);
}

/// What came of a turn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Turn {
    /// Something was done: look at the wire, then ask again.
    Acted,
    /// Nothing to do before this time, or before something comes.
    Waits(Option<i64>),
    /// The part is over.
    Done,
    /// The part cannot be played to its end.
    Failed(String),
}

/// How a peer is made to misbehave.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Manners {
    /// It leaves abruptly after the first answer that it gets.
    pub leaves: bool,
    /// It answers something else than it should.
    pub nonsense: bool,
}

/// How long a client waits for a datagram before it asks again, in nanoseconds.
const ASK_AGAIN_NS: i64 = 1_000_000_000;
/// How often it asks in all.
const ASKS: u32 = 3;
/// How long a host waits for an ICMP message before it goes on without.
const MESSAGE_NS: i64 = 2_000_000_000;
/// What is said instead of an answer by a server that talks nonsense.
const NONSENSE: &[u8] = b"?!@# nothing that anybody asked for\r\n";

/// A host's part.
#[derive(Debug)]
pub struct Peer<'p> {
    plan: &'p Plan,
    host: usize,
    manners: Manners,
    /// The step it is at.
    at: usize,
    /// Before this time it does nothing.
    ready: i64,
    /// The next piece of an own step, and how much of it is gone.
    piece: usize,
    gone: usize,
    /// Whether the step at hand was begun.
    begun: bool,
    /// What has come over each connection and was not expected yet.
    inbox: Vec<Vec<u8>>,
    /// Datagrams that came before their time.
    early: Vec<VecDeque<Vec<u8>>>,
    /// Since when it waits for the step at hand.
    since: i64,
    asked: u32,
    over: bool,
    /// Steps that got no answer, and went on without.
    pub unanswered: Vec<usize>,
}

impl<'p> Peer<'p> {
    /// A host's part in a plan.
    pub fn new(plan: &'p Plan, host: usize, manners: Manners) -> Self {
        let mut peer = Self {
            plan,
            host,
            manners,
            at: 0,
            ready: 0,
            piece: 0,
            gone: 0,
            begun: false,
            inbox: vec![Vec::new(); plan.connections.len()],
            early: vec![VecDeque::new(); plan.connections.len()],
            since: plan.start_ns,
            asked: 1,
            over: false,
            unanswered: Vec::new(),
        };
        peer.ready = plan.start_ns.saturating_add(peer.pause_here());
        peer
    }

    /// Whether its part is over.
    pub fn is_done(&self) -> bool {
        self.over || self.at >= self.plan.steps.len()
    }

    /// The step it is at.
    pub fn at(&self) -> usize {
        self.at
    }

    /// Takes no part any more.
    pub fn leave(&mut self) {
        self.over = true;
    }

    /// A server that is asked again has not been heard, and answers again: on all connections but the one at hand, which
    /// is looked after by itself.
    fn answer_again(&mut self, io: &mut impl Io) -> Option<Turn> {
        let plan = self.plan;
        let at_hand = plan.steps.get(self.at).and_then(|s| s.act.connection());
        let mut answered = false;
        for connection in 0..plan.connections.len() {
            if Some(connection) == at_hand
                || self.is_stream(connection)
                || self.end_of(connection) != Some(End::Server)
            {
                continue;
            }
            let mut got = Vec::new();
            while io.receive(connection, End::Server, &mut got) {
                match self.earlier(connection, End::Server, &got) {
                    Some(answers) => {
                        for answer in answers {
                            if let Err(error) = io.send(connection, End::Server, answer) {
                                return Some(Turn::Failed(error));
                            }
                            answered = true;
                        }
                    }
                    // Something that comes before its time is kept.
                    None => {
                        if let Some(early) = self.early.get_mut(connection) {
                            early.push_back(std::mem::take(&mut got));
                        }
                    }
                }
                got.clear();
            }
        }
        answered.then_some(Turn::Acted)
    }

    fn pause_here(&self) -> i64 {
        self.plan.steps.get(self.at).map_or(0, |step| step.pause_ns)
    }

    /// Goes to the next step; `heard` if the one at hand was somebody else's.
    fn next(&mut self, now: i64, heard: bool) {
        self.at += 1;
        let think = self.plan.wire.think_ns;
        let gap = if heard { think } else { think / 4 };
        self.ready = now.saturating_add(gap).saturating_add(self.pause_here());
        (self.piece, self.gone, self.begun) = (0, 0, false);
        self.since = now;
        self.asked = 1;
    }

    /// The end that this host is of a connection; none if it has no part in it.
    fn end_of(&self, connection: usize) -> Option<End> {
        let connection = self.plan.connections.get(connection)?;
        if connection.client == self.host {
            Some(End::Client)
        } else if connection.server == Some(self.host) {
            Some(End::Server)
        } else {
            None
        }
    }

    /// Does at most one thing.
    pub fn turn(&mut self, now: i64, io: &mut impl Io) -> Turn {
        if !self.over
            && let Some(turn) = self.answer_again(io)
        {
            return turn;
        }
        loop {
            if self.over {
                return Turn::Done;
            }
            let plan = self.plan;
            let Some(step) = plan.steps.get(self.at) else {
                return Turn::Done;
            };
            let mine = plan.actor(step) == Some(self.host);
            let end = step.act.connection().and_then(|c| self.end_of(c));
            let turn = if mine {
                self.own(now, step, io)
            } else if let (Some(connection), Some(end)) = (step.act.connection(), end) {
                self.others(now, step, connection, end, io)
            } else {
                // Said between others.
                self.at += 1;
                self.ready = self.ready.max(now.saturating_add(self.pause_here()));
                (self.piece, self.gone, self.begun) = (0, 0, false);
                self.since = now;
                self.asked = 1;
                continue;
            };
            match turn {
                None => {}
                Some(turn) => return turn,
            }
        }
    }

    fn failed(step: &Step, what: &str) -> Option<Turn> {
        let place = if step.line > 0 {
            format!(" (line {})", step.line)
        } else {
            String::new()
        };
        Some(Turn::Failed(format!(
            "{what} at \u{201c}{}\u{201d}{place}",
            step.said.lines().next().unwrap_or_default()
        )))
    }

    fn name(&self, host: Option<usize>) -> &'p str {
        host.and_then(|host| self.plan.hosts.get(host))
            .map_or("nobody", |host| &host.name)
    }

    /// A step of this host's. `None`: done, look at the next.
    fn own(&mut self, now: i64, step: &'p Step, io: &mut impl Io) -> Option<Turn> {
        if now < self.ready {
            return Some(Turn::Waits(Some(self.ready)));
        }
        if !self.begun {
            self.begun = true;
            self.since = now;
            io.begins(self.at);
            match &step.act {
                Act::Open(c) | Act::Refused(c) if self.is_stream(*c) => {
                    return match io.open(*c) {
                        Ok(()) => Some(Turn::Acted),
                        Err(error) => Self::failed(step, &error),
                    };
                }
                _ => {}
            }
        }
        match &step.act {
            Act::Open(c) => match io.standing(*c, End::Client) {
                _ if !self.is_stream(*c) => self.next(now, false),
                Standing::Open => self.next(now, true),
                Standing::Waiting => return Some(Turn::Waits(None)),
                Standing::Refused => {
                    return Self::failed(step, "the connection was refused: nobody listens there,");
                }
                Standing::Broken => {
                    return Self::failed(step, "nobody answered the connection request");
                }
            },
            Act::Refused(c) => match io.standing(*c, End::Client) {
                Standing::Refused => self.next(now, true),
                Standing::Open if self.is_stream(*c) => {
                    return Self::failed(step, "somebody listens where nobody should,");
                }
                Standing::Broken => return Self::failed(step, "nobody answered"),
                _ if now.saturating_sub(self.since) >= MESSAGE_NS.saturating_mul(5) => {
                    return Self::failed(step, "nobody answered");
                }
                _ => {
                    return Some(Turn::Waits(Some(
                        self.since.saturating_add(MESSAGE_NS.saturating_mul(5)),
                    )));
                }
            },
            Act::Send {
                connection,
                end,
                pieces,
            } => return self.say(now, step, (*connection, *end), pieces, io),
            Act::Close(c, end) => {
                io.close(*c, *end);
                self.next(now, false);
                return Some(Turn::Acted);
            }
            Act::Reset(c, end) => {
                io.reset(*c, *end);
                self.next(now, false);
                return Some(Turn::Acted);
            }
            Act::StopReading(c, end, ns) => {
                io.stop_reading(*c, *end, *ns);
                self.next(now, false);
            }
            Act::Packet { host, bytes } => {
                if let Err(error) = io.packet(*host, bytes) {
                    return Self::failed(step, &error);
                }
                self.next(now, false);
                return Some(Turn::Acted);
            }
            Act::Frame { host, bytes } => {
                if let Err(error) = io.frame(*host, bytes) {
                    return Self::failed(step, &error);
                }
                self.next(now, false);
                return Some(Turn::Acted);
            }
            Act::Await { host, message } => {
                if io.message(*host, message) {
                    self.next(now, true);
                } else if now.saturating_sub(self.since) >= MESSAGE_NS {
                    self.unanswered.push(self.at);
                    self.next(now, true);
                } else {
                    return Some(Turn::Waits(Some(self.since.saturating_add(MESSAGE_NS))));
                }
            }
            Act::Heard { host, step: other } => {
                let Some(Act::Frame { bytes, .. }) = self.plan.steps.get(*other).map(|s| &s.act)
                else {
                    return Self::failed(step, "there is no such frame to wait for");
                };
                if io.heard(*host, bytes) {
                    self.next(now, true);
                } else if now.saturating_sub(self.since) >= MESSAGE_NS.saturating_mul(5) {
                    return Self::failed(step, "nobody was heard");
                } else {
                    return Some(Turn::Waits(Some(
                        self.since.saturating_add(MESSAGE_NS.saturating_mul(5)),
                    )));
                }
            }
            Act::Wait(_, ns) => {
                let until = self.since.saturating_add(*ns);
                if now < until {
                    return Some(Turn::Waits(Some(until)));
                }
                self.next(now, false);
            }
        }
        None
    }

    fn is_stream(&self, connection: usize) -> bool {
        self.plan
            .connections
            .get(connection)
            .is_some_and(|c| c.transport == Transport::Tcp)
    }

    fn say(
        &mut self,
        now: i64,
        step: &'p Step,
        (connection, end): (usize, End),
        pieces: &'p [Vec<u8>],
        io: &mut impl Io,
    ) -> Option<Turn> {
        let stream = self.is_stream(connection);
        if stream {
            match io.standing(connection, end) {
                Standing::Open => {}
                Standing::Waiting => return Some(Turn::Waits(None)),
                Standing::Refused | Standing::Broken => {
                    return Self::failed(step, "the connection broke before this was said,");
                }
            }
        }
        let nonsense = self.manners.nonsense && end == End::Server;
        let Some(piece) = pieces.get(self.piece) else {
            self.next(now, false);
            return None;
        };
        let bytes = if nonsense {
            if self.piece > 0 {
                self.next(now, false);
                return None;
            }
            NONSENSE
        } else {
            piece
        };
        let rest = bytes.get(self.gone..).unwrap_or_default();
        match io.send(connection, end, rest) {
            Err(error) => Self::failed(step, &error),
            Ok(0) if !rest.is_empty() => Some(Turn::Waits(None)),
            Ok(count) => {
                self.gone += count;
                if self.gone >= bytes.len() {
                    self.piece += 1;
                    self.gone = 0;
                    if self.piece >= pieces.len() {
                        self.next(now, false);
                    } else {
                        let gap = self.plan.wire.think_ns / 4;
                        self.ready = now.saturating_add(gap);
                    }
                }
                Some(Turn::Acted)
            }
        }
    }

    /// A step of somebody this host talks to. `None`: it has happened, look at the next.
    fn others(
        &mut self,
        now: i64,
        step: &'p Step,
        connection: usize,
        end: End,
        io: &mut impl Io,
    ) -> Option<Turn> {
        let stream = self.is_stream(connection);
        match &step.act {
            Act::Open(_) if stream => match io.standing(connection, end) {
                Standing::Waiting => return Some(Turn::Waits(None)),
                Standing::Open => self.next(now, true),
                Standing::Refused | Standing::Broken => {
                    return Self::failed(step, "the connection broke while it was opened,");
                }
            },
            // What goes to a port where nobody listens is heard by nobody.
            Act::Send { .. }
                if !self
                    .plan
                    .connections
                    .get(connection)
                    .is_some_and(|c| c.listening) =>
            {
                self.next(now, false);
            }
            Act::Send { pieces, .. } => {
                return if stream {
                    self.hear(now, step, (connection, end), pieces, io)
                } else {
                    self.datagram(now, step, (connection, end), pieces, io)
                };
            }
            Act::Close(..) if stream => {
                if io.ended(connection, end) {
                    self.next(now, true);
                } else if matches!(io.standing(connection, end), Standing::Broken) {
                    return Self::failed(step, "the connection broke instead of an orderly end,");
                } else {
                    return self.unexpected(step, connection, end, io);
                }
            }
            Act::Reset(..) if stream => {
                if matches!(
                    io.standing(connection, end),
                    Standing::Broken | Standing::Refused
                ) {
                    self.next(now, true);
                } else {
                    return Some(Turn::Waits(None));
                }
            }
            _ => self.next(now, true),
        }
        None
    }

    /// Waits for the end of a stream: whatever else comes has no place in the plan.
    fn unexpected(
        &mut self,
        step: &'p Step,
        connection: usize,
        end: End,
        io: &mut impl Io,
    ) -> Option<Turn> {
        let inbox = self.inbox.get_mut(connection)?;
        io.receive(connection, end, inbox);
        if inbox.is_empty() {
            return Some(Turn::Waits(None));
        }
        let got = quote(inbox);
        Self::failed(step, &format!("{got} came instead of the end"))
    }

    /// The host that is at the other end.
    fn other(&self, connection: usize, end: End) -> &'p str {
        let other = self
            .plan
            .connections
            .get(connection)
            .and_then(|c: &Connection| match end {
                End::Client => c.server,
                End::Server => Some(c.client),
            });
        self.name(other)
    }

    /// Bytes of a stream: they must be those of the plan.
    fn hear(
        &mut self,
        now: i64,
        step: &'p Step,
        (connection, end): (usize, End),
        pieces: &'p [Vec<u8>],
        io: &mut impl Io,
    ) -> Option<Turn> {
        let inbox = self.inbox.get_mut(connection)?;
        io.receive(connection, end, inbox);
        // What comes is compared piece by piece with what should come; what was compared is done with.
        let mut compared = 0;
        while let Some(piece) = pieces.get(self.piece) {
            let expected = piece.get(self.gone..).unwrap_or_default();
            let got = inbox.get(compared..).unwrap_or_default();
            let alike = got.iter().zip(expected).take_while(|(a, b)| a == b).count();
            compared += alike;
            self.gone += alike;
            if alike == expected.len() {
                (self.piece, self.gone) = (self.piece + 1, 0);
            } else if alike < got.len() {
                let (got, want) = (quote(&got[alike..]), quote(&expected[alike..]));
                let who = self.other(connection, end);
                return Self::failed(
                    step,
                    &format!("{who} said {got} where {want} was expected,"),
                );
            } else {
                break;
            }
        }
        inbox.drain(..compared);
        if self.piece >= pieces.len() {
            self.next(now, true);
            if self.manners.leaves && end == End::Client {
                io.reset(connection, end);
                self.over = true;
                return Some(Turn::Acted);
            }
            return None;
        }
        if io.ended(connection, end) {
            let who = self.other(connection, end);
            return Self::failed(step, &format!("{who} closed the connection too early,"));
        }
        match io.standing(connection, end) {
            Standing::Broken | Standing::Refused => {
                Self::failed(step, "the connection broke before this was received,")
            }
            _ => Some(Turn::Waits(None)),
        }
    }

    /// The next datagram. A client that waits too long asks again; a server that is asked again answers again.
    fn datagram(
        &mut self,
        now: i64,
        step: &'p Step,
        (connection, end): (usize, End),
        pieces: &'p [Vec<u8>],
        io: &mut impl Io,
    ) -> Option<Turn> {
        let Some(expected) = pieces.get(self.piece) else {
            self.next(now, true);
            return None;
        };
        let mut got = Vec::new();
        loop {
            match self.early.get_mut(connection).and_then(VecDeque::pop_front) {
                Some(early) => got = early,
                None if io.receive(connection, end, &mut got) => {}
                None => break,
            }
            if got == *expected {
                self.piece += 1;
                if self.piece >= pieces.len() {
                    self.next(now, true);
                }
                return None;
            }
            match self.earlier(connection, end, &got) {
                // The other end has asked again: so its answer got lost.
                Some(answers) if end == End::Server => {
                    let mut again = false;
                    for answer in answers {
                        if let Err(error) = io.send(connection, end, answer) {
                            return Self::failed(step, &error);
                        }
                        again = true;
                    }
                    if again {
                        return Some(Turn::Acted);
                    }
                }
                Some(_) => {}
                None => {
                    let who = self.other(connection, end);
                    let (got, want) = (quote(&got), quote(expected));
                    return Self::failed(
                        step,
                        &format!("{who} sent {got} where {want} was expected,"),
                    );
                }
            }
            got.clear();
        }
        if end == End::Server {
            return Some(Turn::Waits(None));
        }
        let again = self.since.saturating_add(ASK_AGAIN_NS);
        if now < again {
            return Some(Turn::Waits(Some(again)));
        }
        if self.asked >= ASKS {
            let who = self.other(connection, end);
            return Self::failed(
                step,
                &format!("{who} does not answer ({ASKS} attempts), waiting"),
            );
        }
        self.asked += 1;
        self.since = now;
        for question in self.said_last(connection, end, self.at) {
            if let Err(error) = io.send(connection, end, question) {
                return Self::failed(step, &error);
            }
        }
        Some(Turn::Acted)
    }

    /// The datagrams that an end said directly before a step.
    fn said_last(&self, connection: usize, end: End, before: usize) -> Vec<&'p [u8]> {
        let steps = self.plan.steps.get(..before).unwrap_or_default();
        let mut said: Vec<&[u8]> = Vec::new();
        for step in steps.iter().rev() {
            match &step.act {
                Act::Send {
                    connection: c,
                    end: e,
                    pieces,
                } if *c == connection => {
                    if *e != end {
                        break;
                    }
                    said.splice(0..0, pieces.iter().map(Vec::as_slice));
                }
                _ => {}
            }
        }
        said
    }

    /// If the other end has said these bytes in an earlier step: what this end answered.
    fn earlier(&self, connection: usize, end: End, bytes: &[u8]) -> Option<Vec<&'p [u8]>> {
        let steps = self.plan.steps.get(..self.at)?;
        let spoken = |step: &'p Step, who: End| match &step.act {
            Act::Send {
                connection: c,
                end: e,
                pieces,
            } if *c == connection && *e == who => Some(pieces),
            _ => None,
        };
        let at = steps.iter().rposition(|step| {
            spoken(step, end.other()).is_some_and(|pieces| pieces.iter().any(|p| p == bytes))
        })?;
        let answers = steps
            .get(at + 1..)
            .unwrap_or_default()
            .iter()
            .filter(|step| step.act.connection() == Some(connection))
            .map_while(|step| spoken(step, end))
            .flatten()
            .map(Vec::as_slice)
            .collect();
        Some(answers)
    }
}

/// The beginning of some bytes, for a message.
pub(super) fn quote(bytes: &[u8]) -> String {
    let cut = bytes.get(..48).unwrap_or(bytes);
    let text: String = cut
        .iter()
        .flat_map(|b| std::ascii::escape_default(*b))
        .map(char::from)
        .collect();
    let more = if cut.len() < bytes.len() { "..." } else { "" };
    format!("\"{text}{more}\"")
}
