//! The same exchanges over real sockets on this machine's loopback interface, recorded with libpcap. Nothing leaves the
//! machine; only the frames of the exchange's own connections are kept.

use std::collections::VecDeque;
use std::io::{ErrorKind, Read, Write};
use std::net::{
    IpAddr, Ipv4Addr, Ipv6Addr, Shutdown, SocketAddr, TcpListener, TcpStream, UdpSocket,
};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use super::link::Fault;
use super::peer::{Io, Manners, Peer, Standing, Turn};
use super::plan::{Act, End, HostKind, Message, Plan, Transport};
use super::play::{PlayError, Played, check, told};
use super::recording::{now, recorded};
use super::world::Run;
use crate::capture::live::{LiveError, Tap, TapOptions, devices};

/// What is added to a port below 1024 where the right to use it is missing.
pub const MOVED_BY: u16 = 10_000;
/// How long nothing may happen before a play is given up.
const PATIENCE: Duration = Duration::from_secs(10);

/// How to play over sockets.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Loopback {
    /// Whether to use ::1 instead of 127.0.0.1.
    pub ipv6: bool,
    /// Whether to move ports below 1024 though there may be the right to use them.
    pub move_ports: bool,
}

/// A port that was moved: what belongs to `meant` went over `used`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moved {
    /// Stream or datagrams.
    pub transport: Transport,
    /// The port of the exchange.
    pub meant: u16,
    /// The port on the wire.
    pub used: u16,
}

/// Why a plan cannot be played over sockets; none if it can.
pub fn sockets_refuse(plan: &Plan) -> Option<&'static str> {
    if plan.connections.is_empty() {
        return Some("it is about packets below TCP and UDP, which sockets do not make");
    }
    if plan.hosts.iter().any(|host| host.kind != HostKind::Stack)
        || plan.connections.iter().any(|c| c.server.is_none())
    {
        return Some("one of its hosts is not one that sockets can play");
    }
    if !plan.faults.is_empty() {
        return Some(
            "it needs a wire that loses and damages frames, and the loopback interface does not",
        );
    }
    plan.steps
        .iter()
        .enumerate()
        .find_map(|(at, step)| match step.act {
            Act::Packet { .. } | Act::Await { .. } | Act::Frame { .. } | Act::Heard { .. } => {
                Some("it is about packets below TCP and UDP, which sockets do not make")
            }
            // A socket breaks its connection off when it is closed with something unread in it (RFC 1122, section
            // 4.2.2.13; RFC 2525, section 2.17), and only then.
            Act::Reset(connection, end) if !has_heard(plan, at, connection, end) => Some(
                "somebody leaves abruptly (RST) who was told nothing before; a socket can do that only with something left unread",
            ),
            _ => None,
        })
}

/// Whether an end was told something before a step.
fn has_heard(plan: &Plan, before: usize, connection: usize, end: End) -> bool {
    plan.steps.iter().take(before).any(|step| match &step.act {
        Act::Send {
            connection: c,
            end: e,
            pieces,
        } => *c == connection && *e == end.other() && pieces.iter().any(|p| !p.is_empty()),
        _ => false,
    })
}

/// Why an event cannot be made to happen over sockets; none if it can.
pub fn sockets_refuse_fault(fault: &Fault) -> Option<&'static str> {
    match fault {
        Fault::Reset | Fault::Nonsense => None,
        Fault::Frame(..) => Some(
            "the loopback interface neither loses nor damages frames; play it on the simulated wire",
        ),
        Fault::CloseWindow => Some(
            "the system takes more than 100 KB before a window closes, more than most exchanges say; play it on the simulated wire, or say \
             that much and use stop-reading in a script",
        ),
        Fault::NoAnswer => {
            Some("this machine is on and answers by itself; play it on the simulated wire")
        }
    }
}

/// Plays a plan over sockets.
pub fn play_loopback(plan: &Plan, how: Loopback) -> Result<Played, PlayError> {
    play_loopback_with(plan, how, &[])
}

/// Plays a plan over sockets, with events that go wrong: those that are about the ends ([`sockets_refuse_fault`]).
pub fn play_loopback_with(
    plan: &Plan,
    how: Loopback,
    faults: &[Fault],
) -> Result<Played, PlayError> {
    play_loopback_until(plan, how, faults, &AtomicBool::new(false))
}

/// The same, until another thread wishes it to stop: then it ends within a moment, its sockets closed.
pub fn play_loopback_until(
    plan: &Plan,
    how: Loopback,
    faults: &[Fault],
    stop: &AtomicBool,
) -> Result<Played, PlayError> {
    if let Some(reason) = faults.iter().find_map(sockets_refuse_fault) {
        return Err(PlayError::Plan(format!(
            "this fault cannot be had over sockets: {reason}"
        )));
    }
    if let Some(reason) = sockets_refuse(plan) {
        return Err(PlayError::Plan(format!(
            "{} cannot be played over sockets: {reason}",
            plan.about.id
        )));
    }
    let mut plan = plan.clone();
    let address = if how.ipv6 {
        IpAddr::V6(Ipv6Addr::LOCALHOST)
    } else {
        IpAddr::V4(Ipv4Addr::LOCALHOST)
    };
    let was = move_to(&mut plan, address);
    let mut sockets = Sockets::bind(&mut plan, how)?;
    check(&plan)?;
    announce(&mut plan, &was, address);
    let tap = tap(&plan)?;
    plan.start_ns = now();
    let leaves = faults.contains(&Fault::Reset);
    sockets.links = (0..plan.connections.len())
        .map(|connection| {
            let leaves = |end| {
                (leaves && end == End::Client)
                    || plan
                        .steps
                        .iter()
                        .any(|step| step.act == Act::Reset(connection, end))
            };
            Link {
                leaves: [leaves(End::Client), leaves(End::Server)],
                ..Link::default()
            }
        })
        .collect();
    sockets.connections.clone_from(&plan.connections);
    let manners = Manners {
        leaves,
        nonsense: faults.contains(&Fault::Nonsense),
    };
    let failed = play(&plan, manners, &mut sockets, stop);
    let begun = std::mem::take(&mut sockets.begun);
    let moved = std::mem::take(&mut sockets.moved);
    // Whatever is still open is closed before the recording ends.
    let mut connections = std::mem::take(&mut sockets.connections);
    drop(sockets);
    std::mem::swap(&mut plan.connections, &mut connections);
    let frames = recorded(&plan, tap, &begun)?;
    let run = Run {
        frames,
        failed,
        unanswered: Vec::new(),
    };
    let mut played = told(plan, 0, run);
    played.moved = moved;
    Ok(played)
}

/// Everybody lives at the loopback address; the addresses that connections went to before.
fn move_to(plan: &mut Plan, address: IpAddr) -> Vec<IpAddr> {
    let was = plan.connections.iter().map(|c| c.to.ip()).collect();
    for host in &mut plan.hosts {
        host.addresses = vec![(address, if address.is_ipv4() { 8 } else { 128 })];
    }
    for connection in &mut plan.connections {
        connection.from = SocketAddr::new(address, 0);
        connection.to.set_ip(address);
    }
    was
}

/// An address that a server announces in its text, as FTP does with commas, is the one where it is now.
fn announce(plan: &mut Plan, was: &[IpAddr], address: IpAddr) {
    let IpAddr::V4(now) = address else {
        return;
    };
    let commas = |v4: &Ipv4Addr| v4.to_string().replace('.', ",").into_bytes();
    for old in was {
        let IpAddr::V4(old) = old else {
            continue;
        };
        let (old, new) = (commas(old), commas(&now));
        for step in &mut plan.steps {
            let Act::Send { pieces, .. } = &mut step.act else {
                continue;
            };
            for piece in pieces {
                if let Some(at) = piece.windows(old.len()).position(|w| w == old) {
                    piece.splice(at..at + old.len(), new.iter().copied());
                }
            }
        }
    }
}

/// Listens to the loopback interface.
fn tap(plan: &Plan) -> Result<Tap, PlayError> {
    let device = devices()
        .map_err(PlayError::Live)?
        .into_iter()
        .find(|device| device.loopback && device.up)
        .ok_or_else(|| PlayError::Plan("this machine has no loopback interface".to_owned()))?;
    let mut ports: Vec<u16> = plan.connections.iter().map(|c| c.to.port()).collect();
    ports.sort_unstable();
    ports.dedup();
    let mut filter: Vec<String> = ports.iter().map(|port| format!("port {port}")).collect();
    // That nobody listens is told by ICMP.
    filter.extend(["icmp".to_owned(), "icmp6".to_owned()]);
    let options = TapOptions {
        filter: filter.join(" or "),
        ..TapOptions::default()
    };
    Tap::open(&device.name, &options).map_err(PlayError::Live)
}

/// A client's and a server's end of a stream.
#[derive(Debug, Default)]
struct Link {
    streams: [Option<TcpStream>; 2],
    /// The client's socket for datagrams.
    client: Option<UdpSocket>,
    /// What came, and whether the other end has said everything.
    received: [Vec<u8>; 2],
    ended: [bool; 2],
    broken: [bool; 2],
    refused: bool,
    /// Whether an end will leave abruptly: then the last byte that came stays in its socket, so that closing it breaks the
    /// connection off; and whether this byte was handed out already.
    leaves: [bool; 2],
    held: [bool; 2],
    /// Until when an end does not read.
    deaf: [Option<Instant>; 2],
}

/// Datagrams, and from whom.
type Received = VecDeque<(SocketAddr, Vec<u8>)>;

/// All sockets of a play.
#[derive(Debug, Default)]
struct Sockets {
    connections: Vec<super::plan::Connection>,
    links: Vec<Link>,
    listeners: Vec<(u16, TcpListener)>,
    /// Servers' sockets for datagrams, and what came from whom.
    servers: Vec<(u16, UdpSocket, Received)>,
    moved: Vec<Moved>,
    /// When which step began.
    begun: Vec<(i64, usize)>,
}

fn index(end: End) -> usize {
    usize::from(end == End::Server)
}

impl Sockets {
    /// Binds the servers' ports, moved where they must be.
    fn bind(plan: &mut Plan, how: Loopback) -> Result<Self, PlayError> {
        let mut sockets = Self::default();
        for connection in &mut plan.connections {
            let meant = connection.to.port();
            let earlier = sockets
                .moved
                .iter()
                .find(|m| m.meant == meant && m.transport == connection.transport)
                .map(|m| m.used);
            if let Some(used) = earlier {
                connection.to.set_port(used);
            }
            if !connection.listening {
                continue;
            }
            let low = meant < 1024 && earlier.is_none();
            let mut bound = if low && how.move_ports {
                Err(ErrorKind::PermissionDenied.into())
            } else {
                sockets.listen(connection.transport, connection.to)
            };
            if low
                && let Err(error) = &bound
                && error.kind() == ErrorKind::PermissionDenied
            {
                let used = meant + MOVED_BY;
                connection.to.set_port(used);
                sockets.moved.push(Moved {
                    transport: connection.transport,
                    meant,
                    used,
                });
                bound = sockets.listen(connection.transport, connection.to);
            }
            bound.map_err(|error| {
                let reason = if error.kind() == ErrorKind::AddrInUse {
                    "another program uses this port".to_owned()
                } else {
                    error.to_string()
                };
                PlayError::Plan(format!("nobody can listen at {}: {reason}", connection.to))
            })?;
        }
        Ok(sockets)
    }

    fn listen(&mut self, transport: Transport, at: SocketAddr) -> std::io::Result<()> {
        match transport {
            Transport::Tcp => {
                if self.listeners.iter().all(|(port, _)| *port != at.port()) {
                    let listener = TcpListener::bind(at)?;
                    listener.set_nonblocking(true)?;
                    self.listeners.push((at.port(), listener));
                }
            }
            Transport::Udp => {
                if self.servers.iter().all(|(port, ..)| *port != at.port()) {
                    let socket = UdpSocket::bind(at)?;
                    socket.set_nonblocking(true)?;
                    self.servers.push((at.port(), socket, VecDeque::new()));
                }
            }
        }
        Ok(())
    }

    /// The client's socket for datagrams, made when it is first needed.
    fn udp_client(&mut self, connection: usize) -> std::io::Result<&UdpSocket> {
        let missing = || std::io::Error::other("there is no such connection");
        let wanted = self.connections.get_mut(connection).ok_or_else(missing)?;
        let link = self.links.get_mut(connection).ok_or_else(missing)?;
        if link.client.is_none() {
            let socket = UdpSocket::bind(SocketAddr::new(wanted.from.ip(), 0))?;
            socket.connect(wanted.to)?;
            socket.set_nonblocking(true)?;
            wanted.from = socket.local_addr()?;
            link.client = Some(socket);
        }
        link.client.as_ref().ok_or_else(missing)
    }

    /// Takes what has come over a stream.
    fn drain(&mut self, connection: usize, end: End) {
        let at = index(end);
        let Some(link) = self.links.get_mut(connection) else {
            return;
        };
        let Some(stream) = link.streams[at].as_mut() else {
            return;
        };
        // A broken stream reads like one that has ended.
        if link.broken[at] || link.deaf[at].is_some_and(|until| Instant::now() < until) {
            return;
        }
        let mut buffer = [0; 16_384];
        if link.leaves[at] {
            match peek(stream, &mut buffer, &mut link.held[at]) {
                Ok(count) => link.received[at].extend_from_slice(&buffer[..count]),
                Err(error)
                    if matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::Interrupted) => {}
                Err(_) => link.broken[at] = true,
            }
            return;
        }
        // A plan says at most 16 MB; whoever says more is not one of ours.
        while link.received[at].len() < 64 << 20 {
            match stream.read(&mut buffer) {
                Ok(0) => {
                    link.ended[at] = true;
                    break;
                }
                Ok(count) => link.received[at].extend_from_slice(&buffer[..count]),
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) if error.kind() == ErrorKind::WouldBlock => break,
                Err(_) => {
                    link.broken[at] = true;
                    break;
                }
            }
        }
    }

    /// Accepts whoever waits, and finds out which connection it is.
    fn accept(&mut self) {
        for (_, listener) in &self.listeners {
            while let Ok((stream, from)) = listener.accept() {
                let found = self
                    .connections
                    .iter()
                    .position(|c| c.transport == Transport::Tcp && c.from == from);
                // A stranger is not served.
                let Some(connection) = found else {
                    continue;
                };
                if stream.set_nonblocking(true).is_ok()
                    && stream.set_nodelay(true).is_ok()
                    && let Some(link) = self.links.get_mut(connection)
                {
                    link.streams[1] = Some(stream);
                }
            }
        }
    }
}

/// Reads what has come but for the last byte, which is looked at and stays; `held` says whether it was looked at before. How
/// many new bytes stand at the beginning of the buffer.
fn peek(stream: &mut TcpStream, buffer: &mut [u8], held: &mut bool) -> std::io::Result<usize> {
    let count = stream.peek(buffer)?;
    let known = usize::from(*held);
    if count <= known {
        return Ok(0);
    }
    let taken = stream.read(&mut buffer[..count - 1])?;
    // In the rare case that less is handed out than was looked at, what is left is looked at again.
    let end = if taken == count - 1 { count } else { taken };
    *held = end == count;
    buffer.copy_within(known..end, 0);
    Ok(end.saturating_sub(known))
}

impl Io for Sockets {
    fn open(&mut self, connection: usize) -> Result<(), String> {
        let wanted = self
            .connections
            .get_mut(connection)
            .ok_or("there is no such connection")?;
        let link = self
            .links
            .get_mut(connection)
            .ok_or("there is no such connection")?;
        match TcpStream::connect_timeout(&wanted.to, PATIENCE) {
            Ok(stream) => {
                let made = stream
                    .local_addr()
                    .and_then(|from| stream.set_nonblocking(true).map(|()| from))
                    .and_then(|from| stream.set_nodelay(true).map(|()| from));
                wanted.from = made.map_err(|e| e.to_string())?;
                link.streams[0] = Some(stream);
            }
            Err(error) if error.kind() == ErrorKind::ConnectionRefused => link.refused = true,
            Err(error) => return Err(format!("{} cannot be connected to: {error}", wanted.to)),
        }
        Ok(())
    }

    fn standing(&mut self, connection: usize, end: End) -> Standing {
        let udp = self
            .connections
            .get(connection)
            .is_some_and(|c| c.transport == Transport::Udp);
        if udp {
            let mut nothing = Vec::new();
            if end == End::Client
                && self
                    .links
                    .get(connection)
                    .is_some_and(|l| l.client.is_some())
            {
                self.receive(connection, end, &mut nothing);
            }
        } else {
            self.accept();
            // That the other end has left is noticed by reading.
            self.drain(connection, end);
        }
        let Some(link) = self.links.get(connection) else {
            return Standing::Broken;
        };
        match (&link.streams[index(end)], udp) {
            _ if link.refused => Standing::Refused,
            (_, true) => Standing::Open,
            _ if link.broken[index(end)] => Standing::Broken,
            (Some(_), _) => Standing::Open,
            (None, _) => Standing::Waiting,
        }
    }

    fn send(&mut self, connection: usize, end: End, bytes: &[u8]) -> Result<usize, String> {
        let wanted = self
            .connections
            .get(connection)
            .cloned()
            .ok_or("there is no such connection")?;
        let sent = match (wanted.transport, end) {
            (Transport::Udp, End::Client) => {
                self.udp_client(connection).and_then(|s| s.send(bytes))
            }
            (Transport::Udp, End::Server) => self
                .servers
                .iter()
                .find(|(port, ..)| *port == wanted.to.port())
                .map_or(Err(ErrorKind::NotConnected.into()), |(_, socket, _)| {
                    socket.send_to(bytes, wanted.from)
                }),
            _ => match self
                .links
                .get_mut(connection)
                .and_then(|l| l.streams[index(end)].as_mut())
            {
                Some(stream) => stream.write(bytes),
                None => Err(ErrorKind::NotConnected.into()),
            },
        };
        match sent {
            Ok(count) => Ok(count),
            Err(error)
                if matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::Interrupted) =>
            {
                Ok(0)
            }
            Err(error) => Err(format!("the bytes cannot be sent: {error},")),
        }
    }

    fn receive(&mut self, connection: usize, end: End, into: &mut Vec<u8>) -> bool {
        let Some(wanted) = self.connections.get(connection).cloned() else {
            return false;
        };
        let mut buffer = [0; 65_536];
        match (wanted.transport, end) {
            (Transport::Udp, End::Client) => {
                let got = self
                    .udp_client(connection)
                    .and_then(|s| s.recv(&mut buffer));
                match got {
                    Ok(count) => {
                        into.extend_from_slice(&buffer[..count]);
                        true
                    }
                    Err(error) => {
                        if error.kind() == ErrorKind::ConnectionRefused
                            && let Some(link) = self.links.get_mut(connection)
                        {
                            link.refused = true;
                        }
                        false
                    }
                }
            }
            (Transport::Udp, End::Server) => {
                let server = self
                    .servers
                    .iter_mut()
                    .find(|(port, ..)| *port == wanted.to.port());
                let Some((_, socket, received)) = server else {
                    return false;
                };
                while let Ok((count, from)) = socket.recv_from(&mut buffer) {
                    if received.len() < 1024 {
                        received.push_back((from, buffer[..count].to_vec()));
                    }
                }
                let found = received.iter().position(|(from, _)| *from == wanted.from);
                match found.and_then(|at| received.remove(at)) {
                    Some((_, bytes)) => {
                        into.extend_from_slice(&bytes);
                        true
                    }
                    None => false,
                }
            }
            _ => {
                self.drain(connection, end);
                let Some(link) = self.links.get_mut(connection) else {
                    return false;
                };
                let received = &mut link.received[index(end)];
                into.append(received);
                !into.is_empty()
            }
        }
    }

    fn ended(&mut self, connection: usize, end: End) -> bool {
        self.drain(connection, end);
        self.links
            .get(connection)
            .is_some_and(|l| l.ended[index(end)] && l.received[index(end)].is_empty())
    }

    fn close(&mut self, connection: usize, end: End) {
        if let Some(Some(stream)) = self.links.get(connection).map(|l| &l.streams[index(end)]) {
            // Closed by the other end already: then there is nothing left to close.
            let _ = stream.shutdown(Shutdown::Write);
        }
    }

    fn reset(&mut self, connection: usize, end: End) {
        if let Some(link) = self.links.get_mut(connection) {
            link.streams[index(end)] = None;
        }
    }

    fn stop_reading(&mut self, connection: usize, end: End, ns: i64) {
        if let Some(link) = self.links.get_mut(connection) {
            let pause = Duration::from_nanos(ns.try_into().unwrap_or(0));
            link.deaf[index(end)] = Some(Instant::now() + pause);
        }
    }

    // These are refused before the play begins.
    fn packet(&mut self, _: usize, _: &[u8]) -> Result<(), String> {
        Err("sockets send no packets of one's own".to_owned())
    }

    fn message(&mut self, _: usize, _: &Message) -> bool {
        false
    }

    fn frame(&mut self, _: usize, _: &[u8]) -> Result<(), String> {
        Err("sockets send no frames of one's own".to_owned())
    }

    fn heard(&mut self, _: usize, _: &[u8]) -> bool {
        false
    }

    fn begins(&mut self, step: usize) {
        self.begun.push((now(), step));
    }
}

/// Plays all parts, until they are over or nothing happens any more.
fn play(plan: &Plan, manners: Manners, sockets: &mut Sockets, stop: &AtomicBool) -> Option<String> {
    let mut peers: Vec<Peer<'_>> = (0..plan.hosts.len())
        .map(|host| {
            let first = plan.connections.first().map(|c| c.client);
            let leaves = manners.leaves && first == Some(host);
            Peer::new(plan, host, Manners { leaves, ..manners })
        })
        .collect();
    let mut last = Instant::now();
    while !peers.iter().all(Peer::is_done) {
        if stop.load(Ordering::Relaxed) {
            return Some("it was stopped".to_owned());
        }
        let mut acted = false;
        for (host, peer) in peers.iter_mut().enumerate() {
            let at = peer.at();
            match peer.turn(now(), sockets) {
                Turn::Acted => acted = true,
                // Somebody who lets time go by is not stuck.
                Turn::Waits(Some(until)) if until > now() => {
                    let pause = plan.steps.get(at).is_some_and(|s| s.pause_ns > 0);
                    acted |= pause;
                }
                Turn::Waits(_) | Turn::Done => {}
                Turn::Failed(why) => {
                    let name = plan.hosts.get(host).map_or("", |h| &h.name);
                    return Some(format!("{name}: {why}"));
                }
            }
            acted |= peer.at() != at;
        }
        let now = Instant::now();
        let deaf = |until: &Option<Instant>| until.is_some_and(|until| now < until);
        // Nor is somebody who does not read for a while, or who waits for that.
        acted |= sockets.links.iter().any(|link| link.deaf.iter().any(deaf));
        if acted {
            last = now;
        } else if last.elapsed() > PATIENCE {
            let waits = peers
                .iter()
                .find(|p| !p.is_done())
                .and_then(|p| plan.steps.get(p.at()))
                .map_or("", |s| s.said.lines().next().unwrap_or_default());
            return Some(format!(
                "nothing has happened for {} seconds, waiting at \u{201c}{waits}\u{201d}",
                PATIENCE.as_secs()
            ));
        }
        std::thread::sleep(Duration::from_micros(200));
    }
    // The kernel still has acknowledgements to send.
    std::thread::sleep(Duration::from_millis(50));
    None
}

/// Whether capturing failed for want of rights, and on which interface.
pub fn wants_rights(error: &PlayError) -> Option<&str> {
    match error {
        PlayError::Live(LiveError::NoRights { device, .. }) => Some(device),
        _ => None,
    }
}
