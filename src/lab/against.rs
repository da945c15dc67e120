//! The client's side of an exchange alone, against a real host that the user names. Before anything is sent, [`intent`] says
//! exactly what will be: the same bytes that [`play_against`] then sends, since both take them from one [`Aim`].
//!
//! A real host says what it likes. So its answers are not compared with the plan's: what it said takes the place of what
//! the plan has, and the client goes on when the answer is whole ([`answer`]), or stops when the host says no.

mod answer;
mod run;

use std::net::{IpAddr, SocketAddr, ToSocketAddrs};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc;
use std::time::{Duration, Instant};

use super::plan::{Act, Connection, End, HostKind, Plan, Transport};
use super::play::{PlayError, Played};

/// The host that is talked to, and the port if it is another than the exchange's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    /// Its name or address, as typed.
    pub host: String,
    /// Its port; none: the exchange's own.
    pub port: Option<u16>,
}

impl Target {
    /// Reads `HOST`, `HOST:PORT`, an IPv6 address, or `[IPV6]:PORT`.
    pub fn parse(text: &str) -> Result<Self, String> {
        let text = text.trim();
        let number = |port: &str| match port.parse::<u16>() {
            Ok(port) if port > 0 => Ok(Some(port)),
            _ => Err(format!(
                "\u{201c}{port}\u{201d} is no port: a number from 1 to 65535"
            )),
        };
        let (host, port) = if let Some(rest) = text.strip_prefix('[') {
            let (host, rest) = rest
                .split_once(']')
                .ok_or("the bracket around the address is not closed")?;
            if host.parse::<std::net::Ipv6Addr>().is_err() {
                return Err(format!("\u{201c}{host}\u{201d} is no IPv6 address"));
            }
            match rest.strip_prefix(':') {
                Some(port) => (host, number(port)?),
                None if rest.is_empty() => (host, None),
                None => return Err("behind the bracket comes a colon and the port".to_owned()),
            }
        } else if text.parse::<IpAddr>().is_ok() {
            (text, None)
        } else if let Some((host, port)) = text.rsplit_once(':') {
            if host.contains(':') {
                return Err(
                    "an IPv6 address with a port is written in brackets: [2001:db8::1]:80"
                        .to_owned(),
                );
            }
            (host, number(port)?)
        } else {
            (text, None)
        };
        let fits = |c: char| c.is_alphanumeric() || matches!(c, '.' | '-' | '_' | ':' | '%');
        if host.is_empty() || host.len() > 253 || !host.chars().all(fits) {
            return Err(format!(
                "\u{201c}{host}\u{201d} is no host: type a name or an address, with `:PORT` if you like"
            ));
        }
        Ok(Self {
            host: host.to_owned(),
            port,
        })
    }

    /// As an URL would write it with this port.
    fn with_port(&self, port: u16) -> String {
        if self.host.contains(':') {
            format!("[{}]:{port}", self.host)
        } else {
            format!("{}:{port}", self.host)
        }
    }
}

/// How long what may take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Finding the host's address, and connecting.
    pub connect: Duration,
    /// Until an answer has come whole.
    pub answer: Duration,
    /// Nothing more for so long, and an answer is over whose end cannot be told.
    pub quiet: Duration,
    /// The whole exchange.
    pub whole: Duration,
    /// Most bytes that are taken from the host.
    pub bytes: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(10),
            answer: Duration::from_secs(10),
            quiet: Duration::from_millis(400),
            whole: Duration::from_secs(120),
            bytes: 4 << 20,
        }
    }
}

/// How to play against a host.
#[derive(Debug, Clone)]
pub struct Against {
    /// The host.
    pub target: Target,
    /// How long what may take.
    pub limits: Limits,
    /// Whether the packets are wanted: then the interface towards the host is listened to, which needs the right to capture.
    pub record: bool,
    /// Set by another thread to stop: then the play ends within a tenth of a second, its sockets closed.
    pub cancel: Arc<AtomicBool>,
}

impl Against {
    /// Against this host, with the usual limits, recorded.
    pub fn new(target: Target) -> Self {
        Self {
            target,
            limits: Limits::default(),
            record: true,
            cancel: Arc::default(),
        }
    }

    fn cancelled(&self) -> bool {
        self.cancel.load(Ordering::Relaxed)
    }
}

/// Something that the client will do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outgoing {
    /// What it is, in a line: `sends 24 bytes over TCP to example.org:80`.
    pub what: String,
    /// The bytes as text, a line each, with whatever cannot be shown escaped; none where nothing is sent.
    pub lines: Vec<String>,
    /// The bytes themselves: exactly these go out.
    pub bytes: Vec<u8>,
}

/// Everything that will be sent, known beforehand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Intent {
    /// To whom, in a line.
    pub to: String,
    /// What, in this order.
    pub outgoing: Vec<Outgoing>,
    /// What to know besides: what is changed, left out or depends on the answers.
    pub notes: Vec<String>,
}

impl Intent {
    /// How many bytes will be sent in all (the programs' bytes, without TCP's and IP's headers).
    pub fn bytes(&self) -> usize {
        self.outgoing.iter().map(|o| o.bytes.len()).sum()
    }

    /// As plain lines.
    pub fn lines(&self) -> Vec<String> {
        let mut out = vec![format!("{} ({} bytes in all)", self.to, self.bytes())];
        for one in &self.outgoing {
            out.push(format!("  {}", one.what));
            out.extend(one.lines.iter().map(|line| format!("    {line}")));
        }
        out.extend(self.notes.iter().map(|note| format!("Note: {note}")));
        out
    }
}

/// What is told while a play runs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Told {
    /// The host's address was found.
    Address(SocketAddr),
    /// A step is over; how it reads in a dialogue.
    Said(String),
}

/// What came of it.
#[derive(Debug, Clone, PartialEq)]
pub struct PlayedAgainst {
    /// The dialogue as it was, with the packets if they could be recorded. Its plan's later steps are missing where the
    /// exchange ended early ([`Played::failed`] says why).
    pub played: Played,
    /// Where the host is.
    pub address: Option<SocketAddr>,
    /// Why the packets were not recorded, if they were wanted and were not.
    pub not_recorded: Option<String>,
}

/// Why an exchange cannot be played against a real host; none if it can.
pub fn host_refuses(plan: &Plan) -> Option<&'static str> {
    let Some(first) = plan.connections.first() else {
        return Some("it is about packets below TCP and UDP, which sockets do not make");
    };
    if first.server.is_none() {
        return Some("it is said to a group, not to a host");
    }
    if plan.hosts.iter().any(|host| host.kind != HostKind::Stack) {
        return Some("one of its hosts is not one that sockets can play");
    }
    if !plan.faults.is_empty() {
        return Some("it is about what a wire does wrong, and a real wire cannot be told to");
    }
    let outer = plan
        .connections
        .iter()
        .any(|c| c.client != first.client && Some(c.client) != first.server);
    if outer {
        return Some("it takes several clients on machines of their own");
    }
    plan.steps.iter().find_map(|step| match step.act {
        Act::Packet { .. } | Act::Await { .. } | Act::Frame { .. } | Act::Heard { .. } => {
            Some("it is about packets below TCP and UDP, which sockets do not make")
        }
        Act::Reset(..) => Some("somebody leaves abruptly in it, which a real host may not like"),
        Act::StopReading(..) => Some("how a window closes is up to the systems at both ends"),
        Act::Send {
            end: End::Client,
            ref pieces,
            ..
        } if begins_tls(pieces) => {
            Some("it goes over to TLS, whose bytes are others each time and must not be said again")
        }
        _ => None,
    })
}

/// Whether a message is a handshake record of TLS (RFC 8446, section 5.1).
fn begins_tls(pieces: &[Vec<u8>]) -> bool {
    pieces
        .first()
        .is_some_and(|piece| piece.starts_with(&[22, 3]))
}

/// Where a connection goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Port {
    /// To this port.
    Fixed(u16),
    /// To the port that the host announces (FTP's PASV).
    Announced,
    /// Nowhere: the host would have to begin it.
    Not,
}

/// A plan that is aimed at a host: its client's bytes are those that will be sent.
#[derive(Debug, Clone)]
struct Aim {
    plan: Plan,
    client: usize,
    ports: Vec<Port>,
    notes: Vec<String>,
}

/// The port in `(h1,h2,h3,h4,p1,p2)` (RFC 959, section 4.1.2) or `(|||port|)` (RFC 2428, section 3).
fn announced(said: &[u8]) -> Option<u16> {
    let text = String::from_utf8_lossy(said);
    let inner = text.rsplit_once('(')?.1.split_once(')')?.0.to_owned();
    if let Some(port) = inner.strip_prefix("|||").and_then(|p| p.strip_suffix('|')) {
        return port.parse().ok().filter(|p| *p > 0);
    }
    let numbers: Vec<u8> = inner
        .split(',')
        .map(|n| n.trim().parse().ok())
        .collect::<Option<_>>()?;
    let [_, _, _, _, high, low] = numbers[..] else {
        return None;
    };
    Some(u16::from_be_bytes([high, low])).filter(|p| *p > 0)
}

impl Aim {
    fn at(plan: &Plan, target: &Target) -> Result<Self, PlayError> {
        let refused = |reason: &str| {
            PlayError::Plan(format!(
                "{} cannot be played against a real host: {reason}",
                plan.about.id
            ))
        };
        if let Some(reason) = host_refuses(plan) {
            return Err(refused(reason));
        }
        super::play::check(plan)?;
        let mut plan = plan.clone();
        let mut notes = Vec::new();
        let Some((client, first)) = plan.connections.first().map(|c| (c.client, c.to.port()))
        else {
            return Err(refused("it has no connection"));
        };
        let announces = |connection: &Connection| {
            plan.steps.iter().any(|step| match &step.act {
                Act::Send {
                    end: End::Server,
                    pieces,
                    ..
                } => announced(&pieces.concat()) == Some(connection.to.port()),
                _ => false,
            })
        };
        let ports: Vec<Port> = plan
            .connections
            .iter()
            .map(|connection| {
                if connection.client != client {
                    Port::Not
                } else if connection.to.port() == first {
                    Port::Fixed(target.port.unwrap_or(first))
                } else if announces(connection) {
                    Port::Announced
                } else {
                    Port::Fixed(connection.to.port())
                }
            })
            .collect();
        if ports.contains(&Port::Announced) {
            notes.push(
                "Data connections go to the ports that the host announces, at the same address."
                    .to_owned(),
            );
        }
        if ports.contains(&Port::Not) {
            notes.push("What the host would have to begin by itself is left out.".to_owned());
        }
        let named = name_host(&mut plan, target);
        if named > 0 {
            notes.push(format!(
                "The requests name {} as their Host, since that is who is asked.",
                target.host
            ));
        }
        notes.push(
            "If the host says no where the exchange goes on, nothing further is sent.".to_owned(),
        );
        Ok(Self {
            plan,
            client,
            ports,
            notes,
        })
    }
}

/// Puts the host's name into the Host lines of requests; how many there were.
fn name_host(plan: &mut Plan, target: &Target) -> usize {
    let mut changed = 0;
    for step in &mut plan.steps {
        let Act::Send {
            connection,
            end: End::Client,
            pieces,
        } = &mut step.act
        else {
            continue;
        };
        let Some(own) = plan.connections.get(*connection).map(|c| c.to.port()) else {
            continue;
        };
        let value = match target.port.unwrap_or(own) {
            80 if target.host.contains(':') => format!("[{}]", target.host),
            80 => target.host.clone(),
            port => target.with_port(port),
        };
        for piece in pieces {
            let mut at = 0;
            let key = b"\r\nHost: ";
            while let Some(found) = piece
                .get(at..)
                .and_then(|rest| rest.windows(key.len()).position(|w| w == key))
            {
                let from = at + found + key.len();
                let rest = piece.get(from..).unwrap_or_default();
                // Only in the head of a request, never in what is sent along.
                let before = piece.get(..from).unwrap_or_default();
                let line = before
                    .windows(4)
                    .rposition(|w| w == b"\r\n\r\n")
                    .map_or(before, |end| &before[end + 4..]);
                let until = rest.iter().position(|b| *b == b'\r');
                let Some(until) = until.filter(|_| !answer::requests(line).is_empty()) else {
                    at = from;
                    continue;
                };
                let old = String::from_utf8_lossy(&rest[..until]).into_owned();
                piece.splice(from..from + until, value.bytes());
                step.said = step
                    .said
                    .replace(&format!("Host: {old}\n"), &format!("Host: {value}\n"));
                changed += 1;
                at = from + value.len();
            }
        }
    }
    changed
}

/// What exactly will be sent.
pub fn intent(plan: &Plan, target: &Target) -> Result<Intent, PlayError> {
    let aim = Aim::at(plan, target)?;
    let mut outgoing = Vec::new();
    for step in &aim.plan.steps {
        if aim.plan.actor(step) != Some(aim.client) {
            continue;
        }
        let Some(connection) = step.act.connection() else {
            continue;
        };
        let transport = aim.plan.connections.get(connection).map(|c| c.transport);
        let (stream, name) = match transport {
            Some(Transport::Udp) => (false, "UDP"),
            _ => (true, "TCP"),
        };
        let place = match aim.ports.get(connection) {
            Some(Port::Fixed(port)) => target.with_port(*port),
            _ => format!("{}, the port that it announces", target.host),
        };
        let nothing = |what: String| Outgoing {
            what,
            lines: Vec::new(),
            bytes: Vec::new(),
        };
        match &step.act {
            Act::Open(_) | Act::Refused(_) if stream => {
                outgoing.push(nothing(format!("connects over {name} to {place}")));
            }
            Act::Send { pieces, .. } => {
                let bytes = pieces.concat();
                let cut = match pieces.len() {
                    0 | 1 => String::new(),
                    n if stream => format!(", in {n} pieces"),
                    n => format!(", in {n} datagrams"),
                };
                outgoing.push(Outgoing {
                    what: format!("sends {} bytes over {name} to {place}{cut}", bytes.len()),
                    lines: as_text(&bytes),
                    bytes,
                });
            }
            Act::Close(..) if stream => {
                outgoing.push(nothing("says that it has said everything (FIN)".to_owned()));
            }
            _ => {}
        }
    }
    Ok(Intent {
        to: format!("To {}", target.host),
        outgoing,
        notes: aim.notes,
    })
}

/// Bytes as lines of text, or as rows of hexadecimal numbers where they are none.
fn as_text(bytes: &[u8]) -> Vec<String> {
    let odd = bytes
        .iter()
        .filter(|b| !(b.is_ascii_graphic() || b" \r\n\t\0".contains(b)))
        .count();
    if odd * 10 > bytes.len() && std::str::from_utf8(bytes).is_err() {
        return bytes
            .chunks(16)
            .map(|row| {
                let row: Vec<String> = row.iter().map(|b| format!("{b:02x}")).collect();
                row.join(" ")
            })
            .collect();
    }
    bytes
        .split_inclusive(|b| *b == b'\n')
        .map(|line| {
            let line = line.strip_suffix(b"\r\n").unwrap_or(line);
            String::from_utf8_lossy(line)
                .trim_end_matches('\n')
                .chars()
                .flat_map(|c| {
                    let plain = !c.is_control();
                    let escaped = (!plain).then(|| c.escape_default());
                    plain
                        .then_some(c)
                        .into_iter()
                        .chain(escaped.into_iter().flatten())
                })
                .collect()
        })
        .collect()
}

/// Plays the client's side against a host. It blocks until the exchange is over: give it a thread of its own. `told` hears
/// what happens as it does.
pub fn play_against(
    plan: &Plan,
    how: &Against,
    told: &mut dyn FnMut(Told),
) -> Result<PlayedAgainst, PlayError> {
    let aim = Aim::at(plan, &how.target)?;
    run::run(aim, how, told)
}

/// Does something that cannot be interrupted in a thread of its own, and waits for it no longer than is allowed. If it is
/// given up, the thread ends by itself as soon as the system lets it, and what it made is closed.
fn in_background<T: Send + 'static>(
    how: &Against,
    limit: Duration,
    task: impl FnOnce() -> T + Send + 'static,
) -> Option<T> {
    let (done, wait) = mpsc::channel();
    std::thread::Builder::new()
        .name("lab-host".to_owned())
        .spawn(move || {
            let _ = done.send(task());
        })
        .ok()?;
    let end = Instant::now() + limit;
    while !how.cancelled() {
        match wait.recv_timeout(Duration::from_millis(20)) {
            Ok(result) => return Some(result),
            Err(mpsc::RecvTimeoutError::Timeout) if Instant::now() < end => {}
            Err(_) => return None,
        }
    }
    None
}

/// The host's addresses.
fn resolve(how: &Against, port: u16) -> Result<Vec<SocketAddr>, PlayError> {
    let host = how.target.host.clone();
    let found = in_background(how, how.limits.connect, move || {
        (host.as_str(), port)
            .to_socket_addrs()
            .map(Iterator::collect::<Vec<_>>)
    });
    let why = |reason: String| {
        PlayError::Plan(format!(
            "nothing was sent: the address of {} cannot be found: {reason}",
            how.target.host
        ))
    };
    match found {
        Some(Ok(addresses)) if !addresses.is_empty() => Ok(addresses),
        Some(Ok(_)) => Err(why("it has none".to_owned())),
        Some(Err(error)) => Err(why(error.to_string())),
        None if how.cancelled() => Err(PlayError::Plan(
            "nothing was sent: it was cancelled".to_owned(),
        )),
        None => Err(why(format!(
            "nobody answered for {} seconds",
            how.limits.connect.as_secs()
        ))),
    }
}
