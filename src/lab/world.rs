//! The simulated world: machines on wires, and a clock that jumps from event to event. The same plan, faults and seed give
//! the same frames, byte for byte.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use smoltcp::wire::{
    EthernetFrame, EthernetProtocol, Icmpv6Message, Icmpv6Packet, IpProtocol, Ipv4Packet,
    Ipv6Packet, TcpPacket,
};

use super::host::{Stack, TcpState, versions_heard};
use super::link::{Chance, Fate, Fault, Faults, Link, What, Which};
use super::peer::{Io, Manners, Peer, Standing, Turn};
use super::plan::{End, HostKind, Message, Plan, mac};
use super::router::Router;

/// How long an exchange may take, in nanoseconds of its own time.
const LONGEST_NS: i64 = 600_000_000_000;
/// How many events an exchange may have; more would be a loop without end.
const MOST_EVENTS: usize = 2_000_000;
/// How long a client is deaf whose window closes.
const DEAF_NS: i64 = 3_000_000_000;
/// How long the world goes on when everybody has played his part, in nanoseconds.
const AFTERWARDS_NS: i64 = 60_000_000_000;

/// A frame as it was recorded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seen {
    /// When it passed the middle of the wire, in nanoseconds since 1970.
    pub time_ns: i64,
    /// When its sender put it on the wire.
    pub sent_ns: i64,
    /// When it was there; none if it got lost.
    pub there_ns: Option<i64>,
    /// What it is, from the Ethernet header on.
    pub bytes: Vec<u8>,
    /// Who sent it (index into the plan's hosts).
    pub from: usize,
    /// For whom it is; none if it is for everybody.
    pub to: Option<usize>,
    /// What becomes of it.
    pub fate: Fate,
    /// The step that its sender had begun last.
    pub step: usize,
    /// The TCP connection that it belongs to.
    pub connection: Option<usize>,
    /// TCP's states of client and server as soon as the frame has been dealt with.
    pub states: Option<(TcpState, TcpState)>,
}

/// What came of a run.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Run {
    pub frames: Vec<Seen>,
    /// Why it could not be played to its end.
    pub failed: Option<String>,
    /// Steps that got no answer.
    pub unanswered: Vec<usize>,
}

enum Machine {
    Stack(Box<Stack>),
    Bare(Vec<Vec<u8>>),
    Router(Router),
    Off,
}

enum Event {
    /// A frame passes the middle of the recorded wire.
    Passes(Box<Seen>, usize),
    /// A frame arrives at the machines on a wire.
    Arrives {
        bytes: Vec<u8>,
        from: usize,
        segment: usize,
        flight: usize,
    },
}

/// Machines and wires.
struct Net<'p> {
    plan: &'p Plan,
    faults: &'p Faults,
    now: i64,
    machines: Vec<Machine>,
    links: Vec<Link>,
    chance: Chance,
    /// What happens at which time; the number keeps things of one time in order.
    queue: BinaryHeap<Reverse<(i64, usize, usize)>>,
    /// The events themselves, by the place that the queue names.
    events: Vec<Option<Event>>,
    free: Vec<usize>,
    count: usize,
    /// Single events that have not happened yet.
    asked: Vec<(Which, What)>,
    /// How many of each kind of frame went on the recorded wire: data segments, datagrams, ICMP messages.
    sent: (u32, u32, u32),
    /// The highest sequence number sent over each connection by each end, to tell repetitions.
    highest: Vec<[Option<u32>; 2]>,
    begun: usize,
    frames: Vec<Seen>,
    /// For each flight of a frame the number of its record.
    flights: Vec<Option<usize>>,
    outbox: Vec<(usize, Vec<u8>)>,
}

/// Plays a plan.
pub(super) fn run(plan: &Plan, faults: &Faults, seed: u64) -> Run {
    let mut net = Net::new(plan, faults, seed);
    let manners = |host: usize| Manners {
        leaves: faults.events.contains(&Fault::Reset)
            && plan.connections.first().is_some_and(|c| c.client == host),
        nonsense: faults.events.contains(&Fault::Nonsense),
    };
    let mut peers: Vec<Peer<'_>> = (0..plan.hosts.len())
        .map(|host| Peer::new(plan, host, manners(host)))
        .collect();
    let failed = net.run(&mut peers);
    let mut unanswered: Vec<usize> = peers.iter().flat_map(|p| p.unanswered.clone()).collect();
    unanswered.sort_unstable();
    Run {
        frames: net.frames,
        failed,
        unanswered,
    }
}

impl<'p> Net<'p> {
    fn new(plan: &'p Plan, faults: &'p Faults, seed: u64) -> Self {
        let mut chance = Chance::new(seed);
        let off = faults.events.contains(&Fault::NoAnswer);
        let machines = (0..plan.hosts.len())
            .map(|host| {
                let seed = u64::from(chance.number()) << 32 | u64::from(chance.number());
                let served = plan.connections.first().and_then(|c| c.server);
                let server = served.map_or(host + 1 == plan.hosts.len(), |s| s == host);
                match plan.hosts.get(host).map(|h| &h.kind) {
                    _ if off && server => Machine::Off,
                    Some(HostKind::Bare) => Machine::Bare(Vec::new()),
                    Some(HostKind::Router(_)) => Machine::Router(Router::new(plan, host)),
                    _ => {
                        let mut stack = Stack::new(plan, host, seed);
                        for version in versions_heard(plan, host) {
                            stack.hear_messages(version);
                        }
                        if faults.events.contains(&Fault::CloseWindow) {
                            stack.deaf_for = Some(DEAF_NS);
                        }
                        Machine::Stack(Box::new(stack))
                    }
                }
            })
            .collect();
        let segments = plan
            .hosts
            .iter()
            .flat_map(|host| {
                let more: &[_] = match &host.kind {
                    HostKind::Router(legs) => legs,
                    _ => &[],
                };
                std::iter::once(host.segment).chain(more.iter().map(|leg| leg.2))
            })
            .max()
            .map_or(1, |last| last + 1);
        let none = Faults::default();
        let links = (0..segments)
            .map(|segment| {
                let faults = if segment == 0 { faults } else { &none };
                Link::new(&plan.wire, faults, plan.hosts.len())
            })
            .collect();
        Self {
            plan,
            faults,
            now: plan.start_ns,
            machines,
            links,
            chance,
            queue: BinaryHeap::new(),
            events: Vec::new(),
            free: Vec::new(),
            count: 0,
            asked: faults
                .events
                .iter()
                .filter_map(|fault| match fault {
                    Fault::Frame(which, what) => Some((*which, *what)),
                    _ => None,
                })
                .collect(),
            sent: (0, 0, 0),
            highest: vec![[None; 2]; plan.connections.len()],
            begun: 0,
            frames: Vec::new(),
            flights: Vec::new(),
            outbox: Vec::new(),
        }
    }

    /// Plays until everybody has played his part and the wire is quiet. Why it could not be, if it could not.
    fn run(&mut self, peers: &mut [Peer<'_>]) -> Option<String> {
        let mut failed = None;
        let mut over_at = None;
        let mut stir: Vec<usize> = (0..peers.len()).collect();
        let mut wakes: Vec<Option<i64>> = vec![None; peers.len()];
        for _ in 0..MOST_EVENTS {
            for host in std::mem::take(&mut stir) {
                let wake = self.stir(host, peers, &mut failed);
                if let Some(slot) = wakes.get_mut(host) {
                    *slot = wake;
                }
            }
            let over = failed.is_some() || peers.iter().all(Peer::is_done);
            if over {
                let since = *over_at.get_or_insert(self.now);
                let all_quiet = self.machines.iter().all(|machine| match machine {
                    Machine::Stack(stack) => stack.is_quiet(),
                    _ => true,
                });
                // Connections that the plan leaves open have nothing left to do but wait.
                let soon = wakes
                    .iter()
                    .flatten()
                    .any(|at| *at < self.now.saturating_add(500_000_000));
                let patience = if failed.is_some() {
                    1_000_000_000
                } else {
                    AFTERWARDS_NS
                };
                let late = self.now.saturating_sub(since) > patience;
                if self.queue.is_empty() && (all_quiet || !soon) || late {
                    return failed;
                }
            }
            let event = self.queue.peek().map(|Reverse((at, ..))| *at);
            let wake = wakes.iter().flatten().min().copied();
            let next = match (event, wake) {
                (Some(event), Some(wake)) => event.min(wake.max(self.now.saturating_add(1000))),
                (Some(event), None) => event,
                (None, Some(wake)) => wake.max(self.now.saturating_add(1000)),
                (None, None) if over => return failed,
                (None, None) => {
                    return Some(self.stuck(peers));
                }
            };
            self.now = self.now.max(next);
            if self.now.saturating_sub(self.plan.start_ns) > LONGEST_NS {
                return failed.or_else(|| Some(self.stuck(peers)));
            }
            for (host, wake) in wakes.iter().enumerate() {
                if wake.is_some_and(|at| at <= self.now) {
                    stir.push(host);
                }
            }
            if let Some(Reverse((at, _, place))) = self.queue.peek().copied()
                && at <= self.now
            {
                self.queue.pop();
                if let Some(event) = self.events.get_mut(place).and_then(Option::take) {
                    self.free.push(place);
                    self.happens(event, &mut stir);
                }
            }
            stir.sort_unstable();
            stir.dedup();
        }
        failed.or_else(|| Some("the exchange does not come to an end".to_owned()))
    }

    fn stuck(&self, peers: &[Peer<'_>]) -> String {
        let waiting = peers
            .iter()
            .enumerate()
            .filter(|(_, peer)| !peer.is_done())
            .find_map(|(host, peer)| {
                let step = self.plan.steps.get(peer.at())?;
                let name = &self.plan.hosts.get(host)?.name;
                let place = if step.line > 0 {
                    format!(" (line {})", step.line)
                } else {
                    String::new()
                };
                Some(format!(
                    "{name} waits in vain for \u{201c}{}\u{201d}{place}",
                    step.said.lines().next().unwrap_or_default()
                ))
            });
        waiting.unwrap_or_else(|| "the exchange does not come to an end".to_owned())
    }

    /// Lets a host do what it has to, and its frames go on the wire. When it wants to be asked again.
    fn stir(
        &mut self,
        host: usize,
        peers: &mut [Peer<'_>],
        failed: &mut Option<String>,
    ) -> Option<i64> {
        self.flush(host);
        let off = matches!(self.machines.get(host), Some(Machine::Off));
        let mut wake = None;
        if let Some(peer) = peers.get_mut(host)
            && !off
            && failed.is_none()
        {
            // A turn does one thing; a plan has finitely many.
            for _ in 0..100_000 {
                match peer.turn(self.now, self) {
                    Turn::Acted => self.flush(host),
                    Turn::Waits(until) => {
                        wake = until;
                        break;
                    }
                    Turn::Done => break,
                    Turn::Failed(why) => {
                        let name = self.plan.hosts.get(host).map_or("", |h| &h.name);
                        *failed = Some(format!("{name}: {why}"));
                        break;
                    }
                }
            }
        }
        if off && let Some(peer) = peers.get_mut(host) {
            peer.leave();
        }
        // Reading may have opened a window again.
        self.flush(host);
        let stack = match self.machines.get_mut(host) {
            Some(Machine::Stack(stack)) => stack.wakes(self.now),
            _ => None,
        };
        wake.into_iter().chain(stack).min()
    }

    /// Takes a host's frames out of it and puts them on the wire.
    fn flush(&mut self, host: usize) {
        let segment = self.plan.hosts.get(host).map_or(0, |h| h.segment);
        let mut frames = Vec::new();
        if let Some(Machine::Stack(stack)) = self.machines.get_mut(host) {
            frames = stack.send_what_there_is(self.now);
        }
        let waiting = std::mem::take(&mut self.outbox);
        for (from, bytes) in waiting {
            if from == host {
                frames.push(bytes);
            } else {
                self.outbox.push((from, bytes));
            }
        }
        for bytes in frames {
            self.carry(host, segment, bytes);
        }
    }

    fn push(&mut self, at: i64, event: Event) {
        let place = match self.free.pop() {
            Some(place) => {
                self.events[place] = Some(event);
                place
            }
            None => {
                self.events.push(Some(event));
                self.events.len() - 1
            }
        };
        self.count += 1;
        self.queue.push(Reverse((at, self.count, place)));
    }

    /// Puts a frame on a wire.
    fn carry(&mut self, from: usize, segment: usize, bytes: Vec<u8>) {
        let recorded = segment == 0;
        let mut connection = None;
        let mut asked = None;
        if recorded {
            let (kinds, found) = self.kinds(from, &bytes);
            connection = found;
            if let Some(at) = self
                .asked
                .iter()
                .position(|(which, _)| kinds.contains(which))
            {
                asked = Some(self.asked.remove(at).1);
            }
        }
        let none = Faults::default();
        let faults = if recorded { self.faults } else { &none };
        let Some(link) = self.links.get_mut(segment) else {
            return;
        };
        let to = (0..self.plan.hosts.len()).find(|host| bytes.get(..6) == Some(&mac(*host)[..]));
        let copies = link.carry(self.now, from, bytes.len(), asked, faults, &mut self.chance);
        let states = connection.map(|c| self.states(c));
        for copy in copies {
            let mut bytes = bytes.clone();
            if copy.fate == Fate::Damaged {
                damage(&mut bytes, &mut self.chance);
            }
            let flight = self.flights.len();
            self.flights.push(None);
            if let Some(there) = copy.there_ns {
                let arrives = Event::Arrives {
                    bytes: bytes.clone(),
                    from,
                    segment,
                    flight,
                };
                self.push(there, arrives);
            }
            if recorded {
                let seen = Seen {
                    time_ns: copy.seen_ns,
                    sent_ns: self.now,
                    there_ns: copy.there_ns,
                    bytes,
                    from,
                    to,
                    fate: copy.fate,
                    step: self.begun,
                    connection: connection.map(|(c, _)| c),
                    states,
                };
                self.push(copy.seen_ns, Event::Passes(Box::new(seen), flight));
            }
        }
    }

    /// The states of client and server of a connection.
    fn states(&mut self, (connection, _): (usize, End)) -> (TcpState, TcpState) {
        [End::Client, End::Server]
            .map(|end| {
                let host = self
                    .plan
                    .connections
                    .get(connection)
                    .and_then(|c| match end {
                        End::Client => Some(c.client),
                        End::Server => c.server,
                    });
                match host.and_then(|host| self.machines.get_mut(host)) {
                    Some(Machine::Stack(stack)) => stack.state(self.plan, connection, end),
                    _ => TcpState::Closed,
                }
            })
            .into()
    }

    /// What a frame is, for those who asked for something to happen to such a one, and the TCP connection and end that it
    /// comes from.
    fn kinds(&mut self, from: usize, bytes: &[u8]) -> (Vec<Which>, Option<(usize, End)>) {
        let nothing = (Vec::new(), None);
        let Ok(frame) = EthernetFrame::new_checked(bytes) else {
            return nothing;
        };
        let (protocol, payload) = match frame.ethertype() {
            EthernetProtocol::Arp => return (vec![Which::Neighbour], None),
            EthernetProtocol::Ipv4 => match Ipv4Packet::new_checked(frame.payload()) {
                Ok(packet) => (packet.next_header(), packet.payload()),
                Err(_) => return nothing,
            },
            EthernetProtocol::Ipv6 => match Ipv6Packet::new_checked(frame.payload()) {
                Ok(packet) => (packet.next_header(), packet.payload()),
                Err(_) => return nothing,
            },
            _ => return nothing,
        };
        match protocol {
            IpProtocol::Udp => {
                self.sent.1 += 1;
                (vec![Which::Datagram(self.sent.1)], None)
            }
            IpProtocol::Icmp => {
                self.sent.2 += 1;
                (vec![Which::Icmp(self.sent.2)], None)
            }
            IpProtocol::Icmpv6 => {
                let kind = Icmpv6Packet::new_checked(payload).map(|p| p.msg_type());
                if kind == Ok(Icmpv6Message::NeighborSolicit) {
                    (vec![Which::Neighbour], None)
                } else if kind == Ok(Icmpv6Message::NeighborAdvert) {
                    nothing
                } else {
                    self.sent.2 += 1;
                    (vec![Which::Icmp(self.sent.2)], None)
                }
            }
            IpProtocol::Tcp => match TcpPacket::new_checked(payload) {
                Ok(segment) => self.segment_kinds(from, &segment),
                Err(_) => nothing,
            },
            _ => nothing,
        }
    }

    fn segment_kinds(
        &mut self,
        from: usize,
        segment: &TcpPacket<&[u8]>,
    ) -> (Vec<Which>, Option<(usize, End)>) {
        let (source, destination) = (segment.src_port(), segment.dst_port());
        let found = self.plan.connections.iter().position(|c| {
            let ports = (c.from.port(), c.to.port());
            c.transport == super::plan::Transport::Tcp
                && ((ports == (source, destination) && c.client == from)
                    || (ports == (destination, source) && c.server == Some(from)))
        });
        let Some(connection) = found else {
            return (Vec::new(), None);
        };
        let client = self.plan.connections[connection].client == from;
        let end = if client { End::Client } else { End::Server };
        let mut kinds = Vec::new();
        let sequence = segment.seq_number().0 as u32;
        let len = segment.payload().len() as u32;
        match (segment.syn(), segment.ack()) {
            (true, false) => kinds.push(Which::Syn),
            (true, true) => kinds.push(Which::SynAck),
            _ => {}
        }
        if segment.fin() {
            kinds.push(Which::Fin);
        }
        let highest = &mut self.highest[connection];
        let own = &mut highest[usize::from(!client)];
        let last = sequence
            .wrapping_add(len)
            .wrapping_add(u32::from(segment.syn()));
        let new = own.is_none_or(|h| (last.wrapping_sub(h) as i32) > 0);
        if new && len > 0 && !segment.syn() {
            self.sent.0 += 1;
            kinds.push(Which::Data(self.sent.0));
        }
        if client && len == 0 && !segment.syn() && !segment.fin() && !segment.rst() {
            let first = own.is_some_and(|h| h == sequence);
            if first {
                kinds.push(Which::HandshakeAck);
            }
        }
        if new {
            *own = Some(last);
        }
        (kinds, Some((connection, end)))
    }

    fn happens(&mut self, event: Event, stir: &mut Vec<usize>) {
        match event {
            Event::Passes(seen, flight) => {
                if let Some(slot) = self.flights.get_mut(flight) {
                    *slot = Some(self.frames.len());
                }
                self.frames.push(*seen);
            }
            Event::Arrives {
                bytes,
                from,
                segment,
                flight,
            } => self.arrives(&bytes, from, segment, flight, stir),
        }
    }

    fn arrives(
        &mut self,
        bytes: &[u8],
        from: usize,
        segment: usize,
        flight: usize,
        stir: &mut Vec<usize>,
    ) {
        let group = bytes.first().is_some_and(|b| b & 1 == 1);
        let mut passed_on = Vec::new();
        for (host, machine) in self.machines.iter_mut().enumerate() {
            if host == from || (!group && bytes.get(..6) != Some(&mac(host)[..])) {
                continue;
            }
            let own = self.plan.hosts.get(host).map_or(0, |h| h.segment);
            match machine {
                Machine::Stack(stack) if own == segment => {
                    stack.arrives(self.now, bytes.to_vec());
                    stir.push(host);
                }
                Machine::Bare(heard) if own == segment => {
                    heard.push(bytes.to_vec());
                    stir.push(host);
                }
                Machine::Router(router) if router.segments().any(|s| s == segment) => {
                    for (segment, bytes) in router.arrives(segment, bytes) {
                        passed_on.push((host, segment, bytes));
                    }
                }
                _ => {}
            }
        }
        for (host, segment, bytes) in passed_on {
            self.carry(host, segment, bytes);
        }
        let number = self.flights.get(flight).copied().flatten();
        let connection = number
            .and_then(|n| self.frames.get(n))
            .and_then(|f| f.connection);
        if let (Some(number), Some(connection)) = (number, connection) {
            // The receiver's state is that of now, the sender's that of when it was sent.
            let now = self.states((connection, End::Client));
            let receives = self.plan.connections.get(connection).map(|c| {
                if c.client == from {
                    End::Server
                } else {
                    End::Client
                }
            });
            if let Some(states) = self.frames.get_mut(number).and_then(|f| f.states.as_mut()) {
                match receives {
                    Some(End::Client) => states.0 = now.0,
                    _ => states.1 = now.1,
                }
            }
        }
    }

    fn stack(&mut self, connection: usize, end: End) -> Option<&mut Stack> {
        let connection = self.plan.connections.get(connection)?;
        let host = match end {
            End::Client => connection.client,
            End::Server => connection.server?,
        };
        match self.machines.get_mut(host) {
            Some(Machine::Stack(stack)) => Some(stack),
            _ => None,
        }
    }
}

/// Turns a bit near the end of a frame, behind the headers of Ethernet and IP: the checksum above is wrong then.
fn damage(bytes: &mut [u8], chance: &mut Chance) {
    let back = chance.below(8) as usize;
    let bit = 1 << chance.below(8);
    let at = bytes.len().saturating_sub(1 + back);
    if at >= 34
        && let Some(byte) = bytes.get_mut(at)
    {
        *byte ^= bit;
    }
}

impl Io for Net<'_> {
    fn open(&mut self, connection: usize) -> Result<(), String> {
        let (plan, now) = (self.plan, self.now);
        self.stack(connection, End::Client)
            .ok_or("the client has no TCP")?
            .open(plan, connection, now)
    }

    fn standing(&mut self, connection: usize, end: End) -> Standing {
        let (plan, now) = (self.plan, self.now);
        self.stack(connection, end).map_or(Standing::Waiting, |s| {
            s.standing(plan, connection, end, now)
        })
    }

    fn send(&mut self, connection: usize, end: End, bytes: &[u8]) -> Result<usize, String> {
        let plan = self.plan;
        self.stack(connection, end)
            .ok_or("the host has no sockets")?
            .send(plan, connection, end, bytes)
    }

    fn receive(&mut self, connection: usize, end: End, into: &mut Vec<u8>) -> bool {
        let (plan, now) = (self.plan, self.now);
        self.stack(connection, end)
            .is_some_and(|s| s.receive(plan, connection, end, now, into))
    }

    fn ended(&mut self, connection: usize, end: End) -> bool {
        let plan = self.plan;
        self.stack(connection, end)
            .is_some_and(|s| s.ended(plan, connection, end))
    }

    fn close(&mut self, connection: usize, end: End) {
        let plan = self.plan;
        if let Some(stack) = self.stack(connection, end) {
            stack.close(plan, connection, end);
        }
    }

    fn reset(&mut self, connection: usize, end: End) {
        let plan = self.plan;
        if let Some(stack) = self.stack(connection, end) {
            stack.reset(plan, connection, end);
        }
    }

    fn stop_reading(&mut self, connection: usize, end: End, ns: i64) {
        let (plan, until) = (self.plan, self.now.saturating_add(ns));
        if let Some(stack) = self.stack(connection, end) {
            stack.stop_reading(plan, connection, end, until);
        }
    }

    fn packet(&mut self, host: usize, bytes: &[u8]) -> Result<(), String> {
        match self.machines.get_mut(host) {
            Some(Machine::Stack(stack)) => stack.packet(bytes),
            _ => Err("the host has no TCP/IP".to_owned()),
        }
    }

    fn message(&mut self, host: usize, message: &Message) -> bool {
        match self.machines.get_mut(host) {
            Some(Machine::Stack(stack)) => stack.message(message),
            _ => false,
        }
    }

    fn frame(&mut self, host: usize, bytes: &[u8]) -> Result<(), String> {
        self.outbox.push((host, bytes.to_vec()));
        Ok(())
    }

    fn heard(&mut self, host: usize, bytes: &[u8]) -> bool {
        match self.machines.get_mut(host) {
            Some(Machine::Bare(heard)) => match heard.iter().position(|f| f == bytes) {
                Some(at) => {
                    heard.drain(..=at);
                    true
                }
                None => false,
            },
            _ => false,
        }
    }

    fn begins(&mut self, step: usize) {
        self.begun = step;
    }
}
