//! A machine with a whole TCP/IP of its own: smoltcp on a network card that only remembers frames.

use std::cell::Cell;
use std::collections::VecDeque;
use std::net::{IpAddr, SocketAddr};

use smoltcp::iface::{Config, Interface, SocketHandle, SocketSet};
use smoltcp::phy::{self, Device, DeviceCapabilities, Medium};
use smoltcp::socket::{raw, tcp, udp};
use smoltcp::time::{Duration, Instant};
use smoltcp::wire::{
    EthernetAddress, HardwareAddress, IpAddress, IpCidr, IpEndpoint, IpListenEndpoint, IpProtocol,
    IpVersion,
};

use super::plan::{End, HostKind, Message, Plan, Transport, mac};

thread_local! {
    /// What the clock for TCP's timestamps shows: smoltcp asks a function without arguments.
    static TICKS: Cell<u32> = const { Cell::new(0) };
}

fn ticks() -> u32 {
    TICKS.get()
}

/// How long an end waits for an acknowledgement before it gives the connection up, in seconds.
pub(super) const GIVE_UP_S: u64 = 20;
/// How long an acknowledgement may wait for data to travel with, in nanoseconds.
const DELAYED_ACK_NS: i64 = 3_000_000;

/// A network card without a cable: frames lie in it until somebody carries them.
#[derive(Debug)]
struct Card {
    received: VecDeque<Vec<u8>>,
    sent: Vec<Vec<u8>>,
    mtu: usize,
}

struct Received(Vec<u8>);
struct Sending<'a>(&'a mut Vec<Vec<u8>>);

impl phy::RxToken for Received {
    fn consume<R, F: FnOnce(&[u8]) -> R>(self, f: F) -> R {
        f(&self.0)
    }
}

impl phy::TxToken for Sending<'_> {
    fn consume<R, F: FnOnce(&mut [u8]) -> R>(self, len: usize, f: F) -> R {
        let mut frame = vec![0; len];
        let result = f(&mut frame);
        self.0.push(frame);
        result
    }
}

impl Device for Card {
    type RxToken<'a> = Received;
    type TxToken<'a> = Sending<'a>;

    fn receive(&mut self, _: Instant) -> Option<(Received, Sending<'_>)> {
        let frame = self.received.pop_front()?;
        Some((Received(frame), Sending(&mut self.sent)))
    }

    fn transmit(&mut self, _: Instant) -> Option<Sending<'_>> {
        Some(Sending(&mut self.sent))
    }

    fn capabilities(&self) -> DeviceCapabilities {
        let mut capabilities = DeviceCapabilities::default();
        capabilities.medium = Medium::Ethernet;
        capabilities.max_transmission_unit = self.mtu + 14;
        capabilities
    }
}

/// One end of a TCP connection on this machine.
#[derive(Debug)]
struct Stream {
    connection: usize,
    end: End,
    socket: SocketHandle,
    opened_us: i64,
    /// Whether it was open once.
    been_open: bool,
    /// Whether the other end has said everything.
    finished: bool,
    /// Until when it does not read; the beginning of time once that is over.
    deaf: Option<i64>,
}

/// A datagram socket, and what it has received.
#[derive(Debug)]
struct Datagrams {
    port: u16,
    socket: SocketHandle,
    received: VecDeque<(SocketAddr, Vec<u8>)>,
}

/// How an end of a stream stands, in TCP's own words (RFC 9293, section 3.3.2).
pub type TcpState = tcp::State;

/// A machine.
pub(super) struct Stack {
    interface: Interface,
    sockets: SocketSet<'static>,
    card: Card,
    streams: Vec<Stream>,
    /// Sockets that wait for connections, by port.
    listening: Vec<(u16, SocketHandle)>,
    datagrams: Vec<Datagrams>,
    raw: Vec<SocketHandle>,
    /// ICMP messages that nobody has asked for yet.
    messages: Vec<Message>,
    /// Own UDP ports that others have said to be talking to nobody.
    refused: Vec<u16>,
    host: usize,
    window: usize,
    /// When it stops being deaf, once it has become so: for how long, in nanoseconds.
    pub(super) deaf_for: Option<i64>,
}

/// The world's time for smoltcp. It counts microseconds.
fn instant(now: i64) -> Instant {
    Instant::from_micros(now / 1000)
}

fn endpoint(address: SocketAddr) -> IpEndpoint {
    IpEndpoint::new(IpAddress::from(address.ip()), address.port())
}

fn address(endpoint: IpEndpoint) -> SocketAddr {
    SocketAddr::new(IpAddr::from(endpoint.addr), endpoint.port)
}

impl Stack {
    /// Switches a machine of a plan on.
    pub(super) fn new(plan: &Plan, host: usize, seed: u64) -> Self {
        let wire = &plan.wire;
        let mut card = Card {
            received: VecDeque::new(),
            sent: Vec::new(),
            mtu: wire.mtu,
        };
        let mut config = Config::new(HardwareAddress::Ethernet(EthernetAddress(mac(host))));
        config.random_seed = seed;
        let now = instant(plan.start_ns);
        let mut interface = Interface::new(config, &mut card, now);
        let own = plan.hosts.get(host);
        interface.update_ip_addrs(|addresses| {
            for (address, prefix) in own.map(|h| h.addresses.as_slice()).unwrap_or_default() {
                // There is room for two; a plan with more is refused when it is checked.
                let _ = addresses.push(IpCidr::new(IpAddress::from(*address), *prefix));
            }
        });
        if let Some(gateway) = own.and_then(|h| h.gateway) {
            // There is room for it: it is the only route.
            let _ = interface.routes_mut().add_default_ipv4_route(gateway);
        }
        let mut stack = Self {
            interface,
            sockets: SocketSet::new(Vec::new()),
            card,
            streams: Vec::new(),
            listening: Vec::new(),
            datagrams: Vec::new(),
            raw: Vec::new(),
            messages: Vec::new(),
            refused: Vec::new(),
            host,
            window: wire.window,
            deaf_for: None,
        };
        stack.listen(plan);
        stack
    }

    /// Opens the sockets that wait: one a connection, since a socket of smoltcp takes one only.
    fn listen(&mut self, plan: &Plan) {
        for connection in &plan.connections {
            let client = connection.client == self.host;
            let server = connection.server == Some(self.host) && connection.listening;
            match connection.transport {
                Transport::Tcp if server => {
                    let mut socket = self.stream_socket();
                    let port = connection.to.port();
                    if socket.listen(IpListenEndpoint::from(port)).is_ok() {
                        let handle = self.sockets.add(socket);
                        self.listening.push((port, handle));
                    }
                }
                Transport::Udp if server => self.bind(connection.to.port()),
                Transport::Udp if client => self.bind(connection.from.port()),
                _ => {}
            }
        }
    }

    fn bind(&mut self, port: u16) {
        if self.datagrams.iter().any(|d| d.port == port) {
            return;
        }
        let buffer =
            || udp::PacketBuffer::new(vec![udp::PacketMetadata::EMPTY; 32], vec![0; 65_535]);
        let mut socket = udp::Socket::new(buffer(), buffer());
        if socket.bind(port).is_ok() {
            let socket = self.sockets.add(socket);
            self.datagrams.push(Datagrams {
                port,
                socket,
                received: VecDeque::new(),
            });
        }
    }

    /// Hears ICMP messages, from now on.
    pub(super) fn hear_messages(&mut self, version: IpVersion) {
        let protocol = match version {
            IpVersion::Ipv4 => IpProtocol::Icmp,
            IpVersion::Ipv6 => IpProtocol::Icmpv6,
        };
        let buffer =
            || raw::PacketBuffer::new(vec![raw::PacketMetadata::EMPTY; 16], vec![0; 32_768]);
        let socket = raw::Socket::new(Some(version), Some(protocol), buffer(), buffer());
        self.raw.push(self.sockets.add(socket));
    }

    fn stream_socket(&self) -> tcp::Socket<'static> {
        let mut socket = tcp::Socket::new(
            tcp::SocketBuffer::new(vec![0; self.window]),
            tcp::SocketBuffer::new(vec![0; 65_535]),
        );
        // What is written in one go goes out at once: so an exchange shows its own segments.
        socket.set_nagle_enabled(false);
        socket.set_ack_delay(Some(Duration::from_micros((DELAYED_ACK_NS / 1000) as u64)));
        socket.set_timeout(Some(Duration::from_secs(GIVE_UP_S)));
        socket.set_tsval_generator(Some(ticks));
        socket
    }

    fn set_ticks(&self, now: i64) {
        // Each machine was switched on at another time.
        let offset = (self.host as u32).wrapping_mul(0x0123_4567);
        TICKS.set(((now / 1_000_000) as u32).wrapping_add(offset));
    }

    /// A frame arrives.
    pub(super) fn arrives(&mut self, now: i64, frame: Vec<u8>) {
        self.set_ticks(now);
        self.card.received.push_back(frame);
        self.interface
            .poll_ingress_single(instant(now), &mut self.card, &mut self.sockets);
        self.look(now);
    }

    /// Lets the machine send what it has to; the frames.
    pub(super) fn send_what_there_is(&mut self, now: i64) -> Vec<Vec<u8>> {
        self.set_ticks(now);
        // Each round sends one packet a socket; the bound is only there to hold.
        for _ in 0..10_000 {
            let result =
                self.interface
                    .poll_egress(instant(now), &mut self.card, &mut self.sockets);
            if result == smoltcp::iface::PollResult::None {
                break;
            }
        }
        self.look(now);
        std::mem::take(&mut self.card.sent)
    }

    /// When it wants to be asked again.
    pub(super) fn wakes(&mut self, now: i64) -> Option<i64> {
        let deaf = self
            .streams
            .iter()
            .filter_map(|s| s.deaf)
            .filter(|until| *until > now);
        let stack = self
            .interface
            .poll_at(instant(now), &self.sockets)
            .map(|at| at.total_micros().saturating_mul(1000));
        deaf.chain(stack).min()
    }

    /// Sees what has become of its sockets.
    fn look(&mut self, now: i64) {
        for stream in &mut self.streams {
            let state = self.sockets.get::<tcp::Socket<'_>>(stream.socket).state();
            match state {
                TcpState::Established | TcpState::FinWait1 | TcpState::FinWait2 => {
                    stream.been_open = true;
                }
                TcpState::CloseWait
                | TcpState::LastAck
                | TcpState::Closing
                | TcpState::TimeWait => {
                    stream.been_open = true;
                    stream.finished = true;
                }
                _ => {}
            }
            if stream.deaf.is_some_and(|until| until <= now) {
                stream.deaf = Some(i64::MIN);
            }
        }
        for datagrams in &mut self.datagrams {
            let socket = self.sockets.get_mut::<udp::Socket<'_>>(datagrams.socket);
            while let Ok((bytes, from)) = socket.recv() {
                datagrams
                    .received
                    .push_back((address(from.endpoint), bytes.to_vec()));
            }
        }
        for handle in &self.raw {
            let socket = self.sockets.get_mut::<raw::Socket<'_>>(*handle);
            while let Ok(packet) = socket.recv() {
                if let Some((message, about)) = message_of(packet) {
                    self.refused.extend(about);
                    self.messages.push(message);
                }
            }
        }
    }

    /// The socket of a connection's end, as soon as there is one.
    fn stream(&mut self, plan: &Plan, connection: usize, end: End) -> Option<usize> {
        if let Some(at) = self
            .streams
            .iter()
            .position(|s| s.connection == connection && s.end == end)
        {
            return Some(at);
        }
        if end == End::Client {
            return None;
        }
        // One of the waiting sockets has it, if its other end is that client.
        let wanted = plan.connections.get(connection)?;
        let at = self.listening.iter().position(|(port, handle)| {
            let socket = self.sockets.get::<tcp::Socket<'_>>(*handle);
            *port == wanted.to.port() && socket.remote_endpoint().map(address) == Some(wanted.from)
        })?;
        let (_, socket) = self.listening.swap_remove(at);
        self.streams.push(Stream {
            connection,
            end,
            socket,
            opened_us: 0,
            been_open: false,
            finished: false,
            deaf: None,
        });
        let at = self.streams.len() - 1;
        self.look(0);
        Some(at)
    }

    /// Connects.
    pub(super) fn open(&mut self, plan: &Plan, connection: usize, now: i64) -> Result<(), String> {
        let wanted = plan
            .connections
            .get(connection)
            .ok_or("there is no such connection")?;
        let mut socket = self.stream_socket();
        socket
            .connect(
                self.interface.context(),
                endpoint(wanted.to),
                endpoint(wanted.from),
            )
            .map_err(|e| format!("{} cannot be connected to: {e}", wanted.to))?;
        let socket = self.sockets.add(socket);
        self.streams.push(Stream {
            connection,
            end: End::Client,
            socket,
            opened_us: now / 1000,
            been_open: false,
            finished: false,
            deaf: None,
        });
        Ok(())
    }

    /// TCP's state of an end: that of its socket.
    pub(super) fn state(&mut self, plan: &Plan, connection: usize, end: End) -> TcpState {
        match self.stream(plan, connection, end) {
            Some(at) => self.socket(at).state(),
            None => {
                let waits = plan.connections.get(connection).is_some_and(|c| {
                    end == End::Server
                        && c.listening
                        && self.listening.iter().any(|(port, _)| *port == c.to.port())
                });
                if waits {
                    TcpState::Listen
                } else {
                    TcpState::Closed
                }
            }
        }
    }

    fn socket(&mut self, at: usize) -> &mut tcp::Socket<'static> {
        self.sockets.get_mut(self.streams[at].socket)
    }

    /// How a connection stands.
    pub(super) fn standing(
        &mut self,
        plan: &Plan,
        connection: usize,
        end: End,
        now: i64,
    ) -> super::peer::Standing {
        use super::peer::Standing;
        let Some(wanted) = plan.connections.get(connection) else {
            return Standing::Broken;
        };
        if wanted.transport == Transport::Udp {
            return if self.refused.contains(&wanted.from.port()) {
                Standing::Refused
            } else {
                Standing::Open
            };
        }
        let Some(at) = self.stream(plan, connection, end) else {
            return Standing::Waiting;
        };
        let state = self.socket(at).state();
        let stream = &self.streams[at];
        match state {
            TcpState::SynSent | TcpState::SynReceived | TcpState::Listen => Standing::Waiting,
            TcpState::Closed if stream.been_open => Standing::Broken,
            TcpState::Closed => {
                let waited = (now / 1000).saturating_sub(stream.opened_us);
                if waited < (GIVE_UP_S as i64 - 1) * 1_000_000 {
                    Standing::Refused
                } else {
                    Standing::Broken
                }
            }
            _ => Standing::Open,
        }
    }

    /// Takes bytes to send: how many.
    pub(super) fn send(
        &mut self,
        plan: &Plan,
        connection: usize,
        end: End,
        bytes: &[u8],
    ) -> Result<usize, String> {
        let wanted = plan
            .connections
            .get(connection)
            .ok_or("there is no such connection")?;
        if wanted.transport == Transport::Udp {
            let (from, to) = match end {
                End::Client => (wanted.from, wanted.to),
                End::Server => (wanted.to, wanted.from),
            };
            let datagrams = self
                .datagrams
                .iter()
                .find(|d| d.port == from.port())
                .ok_or("there is no socket for it")?;
            self.sockets
                .get_mut::<udp::Socket<'_>>(datagrams.socket)
                .send_slice(bytes, endpoint(to))
                .map_err(|e| format!("the datagram cannot be sent: {e}"))?;
            return Ok(bytes.len());
        }
        let at = self
            .stream(plan, connection, end)
            .ok_or("the connection is not open")?;
        let socket = self.socket(at);
        if !socket.may_send() {
            return Err("the connection can carry nothing more,".to_owned());
        }
        socket
            .send_slice(bytes)
            .map_err(|e| format!("the bytes cannot be sent: {e}"))
    }

    /// Appends what has come.
    pub(super) fn receive(
        &mut self,
        plan: &Plan,
        connection: usize,
        end: End,
        now: i64,
        into: &mut Vec<u8>,
    ) -> bool {
        let Some(wanted) = plan.connections.get(connection) else {
            return false;
        };
        if wanted.transport == Transport::Udp {
            let (own, other) = match end {
                End::Client => (wanted.from, wanted.to),
                End::Server => (wanted.to, wanted.from),
            };
            let Some(datagrams) = self.datagrams.iter_mut().find(|d| d.port == own.port()) else {
                return false;
            };
            let found = datagrams
                .received
                .iter()
                .position(|(from, _)| *from == other);
            return match found.and_then(|at| datagrams.received.remove(at)) {
                Some((_, bytes)) => {
                    into.extend_from_slice(&bytes);
                    true
                }
                None => false,
            };
        }
        let Some(at) = self.stream(plan, connection, end) else {
            return false;
        };
        let deaf_for = self.deaf_for.filter(|_| end == End::Client);
        let socket = self.socket(at);
        if !socket.can_recv() {
            return false;
        }
        let stream = &mut self.streams[at];
        if let Some(ns) = deaf_for {
            stream.deaf.get_or_insert(now.saturating_add(ns));
        }
        if stream.deaf.is_some_and(|until| now < until) {
            return false;
        }
        let socket = self.socket(at);
        let mut any = false;
        // The ring buffer gives its content in at most two parts.
        while socket.can_recv() {
            let taken = socket.recv(|bytes| {
                into.extend_from_slice(bytes);
                (bytes.len(), bytes.len())
            });
            match taken {
                Ok(count) if count > 0 => any = true,
                _ => break,
            }
        }
        any
    }

    /// Whether the other end has said everything, and all was received.
    pub(super) fn ended(&mut self, plan: &Plan, connection: usize, end: End) -> bool {
        let Some(at) = self.stream(plan, connection, end) else {
            return false;
        };
        let finished = self.streams[at].finished;
        finished && !self.socket(at).can_recv()
    }

    /// Says that this end has said everything.
    pub(super) fn close(&mut self, plan: &Plan, connection: usize, end: End) {
        if let Some(at) = self.stream(plan, connection, end) {
            self.socket(at).close();
        }
    }

    /// Leaves abruptly.
    pub(super) fn reset(&mut self, plan: &Plan, connection: usize, end: End) {
        if let Some(at) = self.stream(plan, connection, end) {
            self.socket(at).abort();
        }
    }

    /// Does not read before a time.
    pub(super) fn stop_reading(&mut self, plan: &Plan, connection: usize, end: End, until: i64) {
        if let Some(at) = self.stream(plan, connection, end) {
            self.streams[at].deaf = Some(until);
        }
    }

    /// Sends an IP packet.
    pub(super) fn packet(&mut self, bytes: &[u8]) -> Result<(), String> {
        let version = match bytes.first().map(|b| b >> 4) {
            Some(4) => IpVersion::Ipv4,
            Some(6) => IpVersion::Ipv6,
            _ => return Err("these bytes are no IP packet".to_owned()),
        };
        for handle in &self.raw {
            let socket = self.sockets.get_mut::<raw::Socket<'_>>(*handle);
            if socket.ip_version() == Some(version) {
                return socket
                    .send_slice(bytes)
                    .map_err(|e| format!("the packet cannot be sent: {e}"));
            }
        }
        Err("the host has no socket for such packets".to_owned())
    }

    /// Whether such a message has come; it is then forgotten.
    pub(super) fn message(&mut self, wanted: &Message) -> bool {
        match self.messages.iter().position(|m| m == wanted) {
            Some(at) => {
                self.messages.remove(at);
                true
            }
            None => false,
        }
    }

    /// Whether everything is over here: no end of a stream has anything left to do.
    pub(super) fn is_quiet(&self) -> bool {
        self.streams.iter().all(|stream| {
            let socket = self.sockets.get::<tcp::Socket<'_>>(stream.socket);
            matches!(
                socket.state(),
                TcpState::Closed | TcpState::TimeWait | TcpState::Listen
            )
        })
    }
}

/// Whether a host of a plan has to hear ICMP messages, and of which version of IP.
pub(super) fn versions_heard(plan: &Plan, host: usize) -> Vec<IpVersion> {
    use super::plan::Act;
    let own = plan.hosts.get(host);
    let concerned = own.is_some_and(|h| h.kind == HostKind::Stack)
        && plan.steps.iter().any(|step| {
            plan.actor(step) == Some(host)
                && matches!(
                    step.act,
                    Act::Packet { .. } | Act::Await { .. } | Act::Refused(_)
                )
        });
    if !concerned {
        return Vec::new();
    }
    let has = |v4: bool| {
        own.is_some_and(|h| {
            h.addresses
                .iter()
                .any(|(address, _)| address.is_ipv4() == v4)
        })
    };
    [(true, IpVersion::Ipv4), (false, IpVersion::Ipv6)]
        .into_iter()
        .filter(|(v4, _)| has(*v4))
        .map(|(_, version)| version)
        .collect()
}

/// What an ICMP message says, and the UDP port that it is about if it says that nobody is there.
fn message_of(packet: &[u8]) -> Option<(Message, Option<u16>)> {
    let v4 = packet.first()? >> 4 == 4;
    let header = if v4 {
        usize::from(packet.first()? & 0xf) * 4
    } else {
        40
    };
    let icmp = packet.get(header..)?;
    let (kind, code) = (*icmp.first()?, *icmp.get(1)?);
    let echo = matches!((v4, kind), (true, 0) | (false, 129));
    let sequence = if echo {
        Some(u16::from_be_bytes([*icmp.get(6)?, *icmp.get(7)?]))
    } else {
        None
    };
    let unreachable = matches!((v4, kind, code), (true, 3, 3) | (false, 1, 4));
    let about = if unreachable {
        let inner = icmp.get(8..)?;
        let at = if v4 {
            usize::from(inner.first()? & 0xf) * 4
        } else {
            40
        };
        inner
            .get(at..at + 2)
            .map(|port| u16::from_be_bytes([port[0], port[1]]))
    } else {
        None
    };
    let message = Message {
        kind,
        code,
        sequence,
    };
    Some((message, about))
}
