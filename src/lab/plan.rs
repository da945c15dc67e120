//! An exchange as data: who takes part, and what happens in which order. Scripts are read into it, the exchanges that are
//! made in code build it, and every way of playing plays it.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use super::link::Fault;

/// One exchange: everything that is needed to play it and to explain it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Plan {
    /// What it is called, where it comes from, what can be learned from it.
    pub about: About,
    /// When it begins, in nanoseconds since 1970.
    pub start_ns: i64,
    /// Who takes part.
    pub hosts: Vec<Host>,
    /// Over what they talk.
    pub connections: Vec<Connection>,
    /// What happens, in the order of the conversation.
    pub steps: Vec<Step>,
    /// The wire between them.
    pub wire: Wire,
    /// What goes wrong in this exchange, because that is what it shows.
    pub faults: Vec<Fault>,
}

/// What a catalogue says of an exchange.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct About {
    /// The name on the command line and of the capture: `tcp-handshake`.
    pub id: String,
    /// One line: what happens.
    pub title: String,
    /// The text it is from, with the chapter.
    pub text: String,
    /// What it is good for.
    pub purpose: String,
    /// The protocol's rules, in a few sentences.
    pub rules: String,
    /// What to look at in the packets.
    pub look: String,
    /// Display filters to try.
    pub filters: Vec<String>,
}

/// A machine on the wire.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Host {
    /// Its name, as the steps and the ladder call it.
    pub name: String,
    /// Its addresses, and how many leading bits of them the network has.
    pub addresses: Vec<(IpAddr, u8)>,
    /// What it does.
    pub kind: HostKind,
    /// Where packets for other networks go.
    pub gateway: Option<Ipv4Addr>,
    /// Which wire it hangs on; 0 is the one that is recorded.
    pub segment: usize,
}

/// What a machine does.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum HostKind {
    /// A whole TCP/IP: answers ARP and ping by itself, has sockets.
    #[default]
    Stack,
    /// No address yet, or none that matters: sends the frames of its steps and does nothing else.
    Bare,
    /// Passes packets on: its further legs, each an address with its prefix and the wire it hangs on.
    Router(Vec<(Ipv4Addr, u8, usize)>),
}

/// Byte stream or datagrams.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Transport {
    /// A byte stream.
    #[default]
    Tcp,
    /// Datagrams.
    Udp,
}

/// Two ends that talk. The client is the one that begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Connection {
    /// The name in a script; empty for the first.
    pub name: String,
    /// Stream or datagrams.
    pub transport: Transport,
    /// The host that begins (index into [`Plan::hosts`]).
    pub client: usize,
    /// Its address and port; port 0 until the play chooses one.
    pub from: SocketAddr,
    /// The host that is talked to; none if it is nobody in particular (a multicast group).
    pub server: Option<usize>,
    /// Its address and port.
    pub to: SocketAddr,
    /// Whether anybody listens at that port.
    pub listening: bool,
}

/// One of the two ends of a connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum End {
    /// The one that begins.
    Client,
    /// The one that waits.
    Server,
}

impl End {
    /// The other one.
    pub fn other(self) -> Self {
        match self {
            Self::Client => Self::Server,
            Self::Server => Self::Client,
        }
    }
}

/// Something that happens.
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    /// What.
    pub act: Act,
    /// How it reads in a dialogue: `C: EHLO bar.com`.
    pub said: String,
    /// Why it happens, in plain words; empty if the writer said nothing.
    pub note: String,
    /// Pause before it, in nanoseconds, on top of the time that a program needs to think.
    pub pause_ns: i64,
    /// Line of the script, for messages; 0 if there is none.
    pub line: u32,
}

/// What can happen.
#[derive(Debug, Clone, PartialEq)]
pub enum Act {
    /// The client connects. With UDP nothing goes over the wire.
    Open(usize),
    /// The client tries to connect, or asks, and is told that nobody listens.
    Refused(usize),
    /// One end says something: each piece is written by itself, and so is a segment of its own (with UDP a datagram).
    Send {
        /// Over which connection.
        connection: usize,
        /// Who.
        end: End,
        /// What, in pieces.
        pieces: Vec<Vec<u8>>,
    },
    /// One end has said everything (FIN).
    Close(usize, End),
    /// One end leaves abruptly (RST).
    Reset(usize, End),
    /// One end stops reading for so many nanoseconds; what comes meanwhile fills its window.
    StopReading(usize, End, i64),
    /// A host sends a whole IP packet (ICMP: its own business, not a conversation's).
    Packet {
        /// Who.
        host: usize,
        /// The packet, from the IP header on.
        bytes: Vec<u8>,
    },
    /// A host waits for an ICMP message: type, code, and the identifier and sequence number if it is an echo.
    Await {
        /// Who waits.
        host: usize,
        /// What for.
        message: Message,
    },
    /// A host sends a frame as it is, from the Ethernet header on; a bare host has no TCP/IP that would do it.
    Frame {
        /// Who.
        host: usize,
        /// The frame.
        bytes: Vec<u8>,
    },
    /// A bare host waits until it has heard the frame of an earlier step.
    Heard {
        /// Who.
        host: usize,
        /// The step whose frame it is.
        step: usize,
    },
    /// A host lets time go by, in nanoseconds.
    Wait(usize, i64),
}

/// An ICMP message that is waited for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Message {
    /// ICMP type.
    pub kind: u8,
    /// ICMP code.
    pub code: u8,
    /// Sequence number of an echo reply.
    pub sequence: Option<u16>,
}

/// The wire, before any fault is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wire {
    /// How long a frame is on its way, in nanoseconds, one way.
    pub delay_ns: i64,
    /// How much goes through, in bits a second; 0 means as much as there is.
    pub bandwidth: u64,
    /// Longest frame, in bytes, without the Ethernet header.
    pub mtu: usize,
    /// Room for what the program has not read yet, in bytes: the largest window that an end offers.
    pub window: usize,
    /// How long a program thinks before it answers, in nanoseconds.
    pub think_ns: i64,
}

impl Default for Wire {
    fn default() -> Self {
        Self {
            delay_ns: 5_000_000,
            bandwidth: 100_000_000,
            mtu: 1500,
            window: 65_535,
            think_ns: 1_000_000,
        }
    }
}

impl Act {
    /// The connection that it is about.
    pub fn connection(&self) -> Option<usize> {
        match self {
            Self::Open(c)
            | Self::Refused(c)
            | Self::Close(c, _)
            | Self::Reset(c, _)
            | Self::StopReading(c, ..) => Some(*c),
            Self::Send { connection, .. } => Some(*connection),
            _ => None,
        }
    }
}

impl Plan {
    /// The host that does a step.
    pub fn actor(&self, step: &Step) -> Option<usize> {
        let end_of = |connection: usize, end: End| {
            let connection = self.connections.get(connection)?;
            match end {
                End::Client => Some(connection.client),
                End::Server => connection.server,
            }
        };
        match &step.act {
            Act::Open(c) | Act::Refused(c) => end_of(*c, End::Client),
            Act::Send {
                connection, end, ..
            } => end_of(*connection, *end),
            Act::Close(c, end) | Act::Reset(c, end) => end_of(*c, *end),
            Act::StopReading(c, end, _) => end_of(*c, *end),
            Act::Packet { host, .. }
            | Act::Await { host, .. }
            | Act::Frame { host, .. }
            | Act::Heard { host, .. }
            | Act::Wait(host, _) => Some(*host),
        }
    }

    /// Everything that one end says over a connection, put together.
    pub fn said_by(&self, connection: usize, end: End) -> usize {
        self.steps
            .iter()
            .map(|step| match &step.act {
                Act::Send {
                    connection: c,
                    end: e,
                    pieces,
                } if *c == connection && *e == end => pieces.iter().map(Vec::len).sum(),
                _ => 0,
            })
            .sum()
    }
}

/// The Ethernet address of a host: locally administered, its number at the end.
pub fn mac(host: usize) -> [u8; 6] {
    let [.., a, b] = (host as u32).saturating_add(1).to_be_bytes();
    [0x02, 0, 0, 0, a, b]
}
