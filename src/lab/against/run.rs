//! The client's side, step by step over real sockets. Every wait looks at the clock and at the wish to stop; every socket
//! belongs to the [`Runner`] and is closed with it.

use std::collections::VecDeque;
use std::io::{ErrorKind, Read, Write};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, Shutdown, SocketAddr, TcpStream, UdpSocket};
use std::time::{Duration, Instant};

use super::super::peer::quote;
use super::super::plan::{Act, End, Plan, Transport};
use super::super::play::{PlayError, told as tell};
use super::super::recording::{now, recorded};
use super::super::world::Run;
use super::{Against, Aim, PlayedAgainst, Port, Told, announced, answer, as_text, in_background};
use crate::capture::live::{Tap, TapOptions, devices};

/// How long one look at a socket may take: so long is a wish to stop not heard.
const LOOK: Duration = Duration::from_millis(40);
/// How long a host may take to close a connection where the exchange has it closed.
const CLOSING: Duration = Duration::from_secs(2);
/// How long a client waits for a datagram before it asks again, and how often it asks.
const ASK_AGAIN: Duration = Duration::from_secs(1);
const ASKS: u32 = 3;
/// How many lines of an answer the dialogue shows.
const SHOWN_LINES: usize = 40;
/// Kernel's buffer for the recording, MiB: an answer must fit, since it is taken when all is over.
const BUFFER_MIB: u32 = 32;

/// A connection's socket and what has come over it.
#[derive(Debug, Default)]
struct Line {
    stream: Option<TcpStream>,
    datagrams: Option<UdpSocket>,
    inbox: Vec<u8>,
    ended: bool,
    broken: Option<String>,
    /// Requests of HTTP that are not answered yet: whether each is HEAD.
    heads: VecDeque<bool>,
}

struct Runner<'a> {
    how: &'a Against,
    plan: &'a Plan,
    ports: &'a [Port],
    lines: Vec<Line>,
    address: IpAddr,
    ends: Instant,
    begun: Vec<(i64, usize)>,
    taken: usize,
    announced: Option<u16>,
}

/// What became of a step.
enum Step {
    /// It is done, or does not concern the client.
    Done,
    /// The host did not do it; the exchange goes on.
    Missing,
    /// The host said this.
    Answer(Vec<u8>),
    /// The host said this, and it is a no.
    No(Vec<u8>),
}

/// Plays.
pub(super) fn run(
    aim: Aim,
    how: &Against,
    told: &mut dyn FnMut(Told),
) -> Result<PlayedAgainst, PlayError> {
    let Aim {
        mut plan,
        client,
        ports,
        ..
    } = aim;
    let Some(Port::Fixed(port)) = ports.first().copied() else {
        return Err(PlayError::Plan("it has no connection".to_owned()));
    };
    let stream = plan
        .connections
        .first()
        .is_some_and(|c| c.transport == Transport::Tcp);
    // Addresses to which there is no way at all are passed over.
    let found = super::resolve(how, port)?;
    let ways: Vec<(SocketAddr, IpAddr)> = found
        .iter()
        .filter_map(|to| Some((*to, own_address(*to)?)))
        .collect();
    let Some((first, own)) = ways.first().copied() else {
        return Err(PlayError::Plan(format!(
            "nothing was sent: this machine knows no way to {}",
            how.target.host
        )));
    };
    let (mut tap, mut not_recorded) = (None, None);
    if how.record {
        match listen(own, &ways) {
            Ok(open) => tap = Some(open),
            Err(PlayError::Live(error)) if error.is_rights() => {
                not_recorded = Some(format!("the right to capture is missing: {error}"));
            }
            Err(error) => not_recorded = Some(error.to_string()),
        }
    }
    plan.start_ns = now();
    let original = plan.clone();
    let mut runner = Runner {
        how,
        plan: &original,
        ports: &ports,
        lines: original
            .connections
            .iter()
            .map(|_| Line::default())
            .collect(),
        address: first.ip(),
        ends: Instant::now() + how.limits.whole,
        begun: Vec::new(),
        taken: 0,
        announced: None,
    };
    let mut failed = None;
    let mut unanswered = Vec::new();
    let mut reached = 0;
    for (at, step) in original.steps.iter().enumerate() {
        reached = at + 1;
        let mine = original.actor(step) == Some(client);
        // The first connection finds out which of the host's addresses answers.
        let first_open = at == 0 && stream && matches!(step.act, Act::Open(_) | Act::Refused(_));
        let done = if first_open && ways.len() > 1 {
            runner.try_all(at, &ways)
        } else {
            runner.step(at, mine)
        };
        if at == 0 {
            told(Told::Address(SocketAddr::new(runner.address, port)));
        }
        let mut said = step.said.clone();
        match done {
            Ok(Step::Done) => {}
            Ok(Step::Missing) => unanswered.push(at),
            Ok(Step::Answer(bytes)) => {
                said = replace(&mut plan, at, bytes, original.client_name(at))
            }
            Ok(Step::No(bytes)) => {
                let words = quote(&bytes);
                said = replace(&mut plan, at, bytes, original.client_name(at));
                failed = Some(format!(
                    "{} says no: {words}; nothing further was sent",
                    how.target.host
                ));
            }
            Err(why) => {
                failed = Some(format!(
                    "{why} at \u{201c}{}\u{201d}",
                    first_line(&step.said)
                ))
            }
        }
        if let Some(played) = plan.steps.get_mut(at) {
            played.said.clone_from(&said);
        }
        told(Told::Said(said));
        if failed.is_some() {
            break;
        }
    }
    plan.steps.truncate(reached);
    let (begun, address) = (std::mem::take(&mut runner.begun), runner.address);
    runner.take_leave(failed.is_none());
    settle(&mut plan, &runner, client, &how.target.host);
    drop(runner);
    let mut frames = Vec::new();
    if let Some(tap) = tap {
        // The last acknowledgements are still on their way.
        std::thread::sleep(Duration::from_millis(100));
        match recorded(&plan, tap, &begun) {
            Ok(seen) => frames = seen,
            Err(error) => not_recorded = Some(error.to_string()),
        }
    }
    let run = Run {
        frames,
        failed,
        unanswered,
    };
    Ok(PlayedAgainst {
        played: tell(plan, 0, run),
        address: Some(SocketAddr::new(address, port)),
        not_recorded,
    })
}

fn first_line(said: &str) -> &str {
    said.lines().next().unwrap_or_default()
}

impl Plan {
    /// How a dialogue names the connection of a step: `(listing)`, or nothing.
    fn client_name(&self, step: usize) -> String {
        self.steps
            .get(step)
            .and_then(|s| s.act.connection())
            .and_then(|c| self.connections.get(c))
            .filter(|c| !c.name.is_empty())
            .map_or_else(String::new, |c| format!("({})", c.name))
    }
}

/// What the host said takes the place of what the plan had; how it reads in a dialogue.
fn replace(plan: &mut Plan, at: usize, bytes: Vec<u8>, name: String) -> String {
    let binary = std::str::from_utf8(&bytes).is_err() || bytes.iter().any(|b| *b == 0 || *b == 1);
    let lines = if binary {
        vec![format!("({} bytes)", bytes.len())]
    } else {
        as_text(&bytes)
    };
    let mut said = String::new();
    for line in lines.iter().take(SHOWN_LINES) {
        said.push_str(&format!("S{name}: {line}\n"));
    }
    if lines.len() > SHOWN_LINES {
        said.push_str(&format!("S{name}: ... ({} bytes in all)\n", bytes.len()));
    }
    if let Some(Act::Send { pieces, .. }) = plan.steps.get_mut(at).map(|s| &mut s.act) {
        *pieces = vec![bytes];
    }
    said
}

/// The addresses and ports as they were, for those who read the frames.
fn settle(plan: &mut Plan, runner: &Runner<'_>, client: usize, name: &str) {
    let mut own = None;
    for ((at, connection), line) in plan.connections.iter_mut().enumerate().zip(&runner.lines) {
        let ends = match (&line.stream, &line.datagrams) {
            (Some(stream), _) => stream.local_addr().ok().zip(stream.peer_addr().ok()),
            (_, Some(socket)) => socket.local_addr().ok().zip(socket.peer_addr().ok()),
            _ => None,
        };
        if let Some((from, to)) = ends {
            own = Some(from.ip());
            (connection.from, connection.to) = (from, to);
        } else {
            connection.from.set_port(0);
            let port = match runner.ports.get(at) {
                Some(Port::Fixed(port)) => *port,
                _ => connection.to.port(),
            };
            connection.to = SocketAddr::new(runner.address, port);
        }
    }
    let own = own.unwrap_or(match runner.address {
        IpAddr::V4(_) => IpAddr::V4(Ipv4Addr::UNSPECIFIED),
        IpAddr::V6(_) => IpAddr::V6(Ipv6Addr::UNSPECIFIED),
    });
    for (at, host) in plan.hosts.iter_mut().enumerate() {
        let (address, is_server) = if at == client {
            (own, false)
        } else {
            (runner.address, true)
        };
        host.addresses = vec![(address, if address.is_ipv4() { 32 } else { 128 })];
        if is_server {
            name.clone_into(&mut host.name);
        }
    }
}

/// The own address towards a host, if there is a way to it. Nothing is sent for that.
fn own_address(to: SocketAddr) -> Option<IpAddr> {
    let any: IpAddr = match to {
        SocketAddr::V4(_) => Ipv4Addr::UNSPECIFIED.into(),
        SocketAddr::V6(_) => Ipv6Addr::UNSPECIFIED.into(),
    };
    let socket = UdpSocket::bind((any, 0)).ok()?;
    socket.connect(to).ok()?;
    Some(socket.local_addr().ok()?.ip())
}

/// Listens to the interface that has this address.
fn listen(own: IpAddr, ways: &[(SocketAddr, IpAddr)]) -> Result<Tap, PlayError> {
    let device = devices()
        .map_err(PlayError::Live)?
        .into_iter()
        .find(|device| {
            device.up && (device.addresses.contains(&own) || (device.loopback && own.is_loopback()))
        })
        .ok_or_else(|| PlayError::Plan(format!("no interface has the address {own}")))?;
    let hosts: Vec<String> = ways
        .iter()
        .map(|(to, _)| format!("host {}", to.ip()))
        .collect();
    let options = TapOptions {
        filter: format!("({}) and (tcp or udp or icmp or icmp6)", hosts.join(" or ")),
        buffer_mib: BUFFER_MIB,
        ..TapOptions::default()
    };
    Tap::open(&device.name, &options).map_err(PlayError::Live)
}

impl Runner<'_> {
    /// Whether to go on at all.
    fn goes_on(&self) -> Result<(), String> {
        if self.how.cancelled() {
            return Err("it was cancelled".to_owned());
        }
        if Instant::now() >= self.ends {
            return Err(format!(
                "it took longer than {} seconds and was given up",
                self.how.limits.whole.as_secs()
            ));
        }
        Ok(())
    }

    fn sleep(&self, how_long: Duration) -> Result<(), String> {
        let until = Instant::now() + how_long;
        loop {
            self.goes_on()?;
            let left = until.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return Ok(());
            }
            std::thread::sleep(left.min(LOOK));
        }
    }

    fn place(&self, connection: usize) -> Result<SocketAddr, String> {
        let port = match self.ports.get(connection) {
            Some(Port::Fixed(port)) => *port,
            Some(Port::Announced) => self
                .announced
                .ok_or("the host has not announced a port to connect to,")?,
            _ => return Err("there is no such connection,".to_owned()),
        };
        Ok(SocketAddr::new(self.address, port))
    }

    /// Opens the first connection: to the first of the host's addresses that takes it.
    fn try_all(&mut self, at: usize, ways: &[(SocketAddr, IpAddr)]) -> Result<Step, String> {
        let mut last = Err("the host has no address,".to_owned());
        for (to, _) in ways {
            self.address = to.ip();
            last = self.step(at, true);
            if last.is_ok() || self.how.cancelled() {
                break;
            }
        }
        last
    }

    fn step(&mut self, at: usize, mine: bool) -> Result<Step, String> {
        let plan = self.plan;
        let Some(step) = plan.steps.get(at) else {
            return Ok(Step::Done);
        };
        let connection = step.act.connection();
        // What the host would have to begin is left out.
        if connection.is_some_and(|c| self.ports.get(c) == Some(&Port::Not)) {
            return Ok(Step::Missing);
        }
        self.goes_on()?;
        if mine {
            self.sleep(Duration::from_nanos(step.pause_ns.try_into().unwrap_or(0)))?;
            self.begun.push((now(), at));
            self.own(&step.act)
        } else {
            self.others(&step.act)
        }
    }

    fn transport(&self, connection: usize) -> Transport {
        self.plan
            .connections
            .get(connection)
            .map_or(Transport::Tcp, |c| c.transport)
    }

    fn own(&mut self, act: &Act) -> Result<Step, String> {
        match act {
            Act::Open(c) if self.transport(*c) == Transport::Tcp => self.connect(*c, false),
            Act::Refused(c) if self.transport(*c) == Transport::Tcp => self.connect(*c, true),
            Act::Refused(c) => self.refused(*c),
            Act::Send {
                connection, pieces, ..
            } => {
                for (n, piece) in pieces.iter().enumerate() {
                    if n > 0 {
                        // So that the pieces travel by themselves.
                        self.sleep(Duration::from_millis(20))?;
                    }
                    self.send(*connection, piece)?;
                }
                let said = pieces.concat();
                if let Some(line) = self.lines.get_mut(*connection) {
                    line.heads.extend(answer::requests(&said));
                }
                Ok(Step::Done)
            }
            Act::Close(c, _) => {
                if let Some(stream) = self.lines.get(*c).and_then(|l| l.stream.as_ref()) {
                    // Closed by the host already: then there is nothing left to close.
                    let _ = stream.shutdown(Shutdown::Write);
                }
                Ok(Step::Done)
            }
            Act::Wait(_, ns) => {
                self.sleep(Duration::from_nanos((*ns).try_into().unwrap_or(0)))?;
                Ok(Step::Done)
            }
            _ => Ok(Step::Done),
        }
    }

    fn connect(&mut self, connection: usize, refused: bool) -> Result<Step, String> {
        let to = self.place(connection)?;
        let limit = self.how.limits.connect;
        let connected = in_background(self.how, limit + LOOK, move || {
            TcpStream::connect_timeout(&to, limit)
        });
        let silent = || {
            format!(
                "{to} has not answered the connection request for {} seconds,",
                limit.as_secs_f32()
            )
        };
        match connected {
            None => {
                self.goes_on()?;
                Err(silent())
            }
            Some(Err(error)) => match error.kind() {
                ErrorKind::ConnectionRefused if refused => Ok(Step::Done),
                ErrorKind::ConnectionRefused => Err(format!(
                    "{to} refuses the connection: nobody listens there,"
                )),
                ErrorKind::TimedOut | ErrorKind::WouldBlock => Err(silent()),
                _ => Err(format!("{to} cannot be connected to: {error},")),
            },
            Some(Ok(stream)) => {
                let ready = stream
                    .set_nodelay(true)
                    .and_then(|()| stream.set_read_timeout(Some(LOOK)))
                    .and_then(|()| stream.set_write_timeout(Some(LOOK)));
                ready.map_err(|error| format!("the socket cannot be used: {error},"))?;
                if let Some(line) = self.lines.get_mut(connection) {
                    line.stream = Some(stream);
                }
                if refused {
                    return Err(format!("somebody listens at {to}, where nobody should,"));
                }
                Ok(Step::Done)
            }
        }
    }

    /// The socket for datagrams, made when it is first needed.
    fn datagrams(&mut self, connection: usize) -> Result<&UdpSocket, String> {
        let to = self.place(connection)?;
        let line = self
            .lines
            .get_mut(connection)
            .ok_or("there is no such connection,")?;
        if line.datagrams.is_none() {
            let any: IpAddr = match to {
                SocketAddr::V4(_) => Ipv4Addr::UNSPECIFIED.into(),
                SocketAddr::V6(_) => Ipv6Addr::UNSPECIFIED.into(),
            };
            let made = UdpSocket::bind((any, 0)).and_then(|socket| {
                socket.connect(to)?;
                socket.set_read_timeout(Some(LOOK))?;
                Ok(socket)
            });
            line.datagrams = Some(made.map_err(|e| format!("no socket can be had: {e},"))?);
        }
        line.datagrams
            .as_ref()
            .ok_or_else(|| "there is no such connection,".to_owned())
    }

    fn send(&mut self, connection: usize, bytes: &[u8]) -> Result<(), String> {
        let failed = |error: std::io::Error| format!("the bytes cannot be sent: {error},");
        if self.transport(connection) == Transport::Udp {
            self.datagrams(connection)?.send(bytes).map_err(failed)?;
            return Ok(());
        }
        let mut gone = 0;
        let until = Instant::now() + self.how.limits.answer;
        while gone < bytes.len() {
            self.goes_on()?;
            let line = self.lines.get_mut(connection);
            let stream = line
                .and_then(|l| l.stream.as_mut())
                .ok_or("the connection is not open,")?;
            match stream.write(bytes.get(gone..).unwrap_or_default()) {
                Ok(count) => gone += count,
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error)
                    if matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut) =>
                {
                    // It may be that the host first wants to be read.
                    self.fill(connection)?;
                    if Instant::now() >= until {
                        return Err("the host does not take what is sent,".to_owned());
                    }
                }
                Err(error) => return Err(failed(error)),
            }
        }
        Ok(())
    }

    /// Takes what has come, and waits a moment for it. Whether anything has.
    fn fill(&mut self, connection: usize) -> Result<bool, String> {
        let most = self.how.limits.bytes;
        let Some(line) = self.lines.get_mut(connection) else {
            return Ok(false);
        };
        let Some(stream) = line.stream.as_mut() else {
            return Err("the connection is not open,".to_owned());
        };
        if line.ended {
            return Ok(false);
        }
        let mut buffer = [0; 16_384];
        match stream.read(&mut buffer) {
            Ok(0) => {
                line.ended = true;
                Ok(false)
            }
            Ok(count) => {
                line.inbox.extend_from_slice(&buffer[..count]);
                self.taken = self.taken.saturating_add(count);
                if self.taken > most {
                    return Err(format!(
                        "the host has said more than {most} bytes: that is more than is taken,"
                    ));
                }
                Ok(true)
            }
            Err(error)
                if matches!(
                    error.kind(),
                    ErrorKind::WouldBlock | ErrorKind::TimedOut | ErrorKind::Interrupted
                ) =>
            {
                Ok(false)
            }
            Err(error) => {
                line.ended = true;
                line.broken = Some(error.to_string());
                Ok(false)
            }
        }
    }

    /// A step of the host's.
    fn others(&mut self, act: &Act) -> Result<Step, String> {
        match act {
            Act::Send {
                connection,
                end: End::Server,
                pieces,
            } => {
                let expected = pieces.concat();
                let got = if self.transport(*connection) == Transport::Udp {
                    self.hear_datagram(*connection)?
                } else {
                    self.hear(*connection, &expected)?
                };
                self.announced = announced(&got).or(self.announced);
                if answer::says_no(&expected, &got) {
                    return Ok(Step::No(got));
                }
                Ok(Step::Answer(got))
            }
            Act::Close(c, _) if self.transport(*c) == Transport::Tcp => {
                let until = Instant::now() + CLOSING;
                while Instant::now() < until {
                    self.goes_on()?;
                    self.fill(*c)?;
                    if self.lines.get(*c).is_none_or(|line| line.ended) {
                        return Ok(Step::Done);
                    }
                }
                Ok(Step::Missing)
            }
            _ => Ok(Step::Done),
        }
    }

    /// An answer over a stream.
    fn hear(&mut self, connection: usize, expected: &[u8]) -> Result<Vec<u8>, String> {
        let host = &self.how.target.host.clone();
        let limit = self.how.limits.answer;
        let mut last = Instant::now();
        let began = last;
        loop {
            self.goes_on()?;
            if self.fill(connection)? {
                last = Instant::now();
            }
            let Some(line) = self.lines.get_mut(connection) else {
                return Ok(Vec::new());
            };
            if line.inbox.is_empty() && line.ended {
                return Err(match &line.broken {
                    Some(why) => format!("the connection to {host} broke: {why},"),
                    None => format!("{host} closed the connection without an answer,"),
                });
            }
            let heads = line.heads.make_contiguous();
            let quiet = !line.inbox.is_empty()
                && last.elapsed() >= self.how.limits.quiet
                && !answer::is_marked(expected, heads);
            let answered = answer::answered(expected, heads);
            let whole = answer::whole(expected, heads, &line.inbox, line.ended);
            let whole = whole.or(quiet.then_some(line.inbox.len()));
            if let Some(end) = whole {
                let got: Vec<u8> = line.inbox.drain(..end.min(line.inbox.len())).collect();
                line.heads.drain(..answered);
                return Ok(got);
            }
            if last.elapsed() >= limit || began.elapsed() >= limit.saturating_mul(3) {
                let got = if line.inbox.is_empty() {
                    "nothing".to_owned()
                } else {
                    format!("only {}", quote(&line.inbox))
                };
                return Err(format!(
                    "{host} has said {got} for {} seconds, where an answer was waited for",
                    last.elapsed().as_secs_f32().round()
                ));
            }
        }
    }

    /// The next datagram; the client asks again if none comes.
    fn hear_datagram(&mut self, connection: usize) -> Result<Vec<u8>, String> {
        let host = self.how.target.host.clone();
        let mut asked = 1;
        let mut since = Instant::now();
        let mut buffer = vec![0; 65_536];
        loop {
            self.goes_on()?;
            match self.datagrams(connection)?.recv(&mut buffer) {
                Ok(count) => {
                    buffer.truncate(count);
                    return Ok(buffer);
                }
                Err(error) if error.kind() == ErrorKind::ConnectionRefused => {
                    return Err(format!(
                        "{host} says that nobody listens there (ICMP: port unreachable),"
                    ));
                }
                Err(_) => {}
            }
            if since.elapsed() < ASK_AGAIN {
                continue;
            }
            if asked >= ASKS {
                return Err(format!("{host} does not answer ({ASKS} attempts), waiting"));
            }
            asked += 1;
            since = Instant::now();
            // What was said last over this connection.
            let last =
                self.begun
                    .iter()
                    .rev()
                    .find_map(|(_, at)| match &self.plan.steps.get(*at)?.act {
                        Act::Send {
                            connection: c,
                            end: End::Client,
                            pieces,
                        } if *c == connection => pieces.last().cloned(),
                        _ => None,
                    });
            if let Some(question) = last {
                self.send(connection, &question)?;
            }
        }
    }

    /// Waits for the message that nobody listens.
    fn refused(&mut self, connection: usize) -> Result<Step, String> {
        let until = Instant::now() + ASK_AGAIN * 2;
        let mut buffer = [0; 1500];
        while Instant::now() < until {
            self.goes_on()?;
            match self.datagrams(connection)?.recv(&mut buffer) {
                Err(error) if error.kind() == ErrorKind::ConnectionRefused => {
                    return Ok(Step::Done);
                }
                Ok(count) => {
                    return Err(format!(
                        "somebody answers where nobody should: {},",
                        quote(&buffer[..count])
                    ));
                }
                Err(_) => {}
            }
        }
        Ok(Step::Missing)
    }

    /// Ends what is still open: in order, so that the host is not left with a connection that nobody has.
    fn take_leave(&mut self, waits: bool) {
        for line in &self.lines {
            if let Some(stream) = &line.stream {
                let _ = stream.shutdown(Shutdown::Write);
            }
        }
        if !waits {
            return;
        }
        // What the host still says is not wanted, but read: else closing would break the connection off.
        let until = Instant::now() + Duration::from_millis(300);
        for at in 0..self.lines.len() {
            while Instant::now() < until
                && !self.how.cancelled()
                && self
                    .lines
                    .get(at)
                    .is_some_and(|l| l.stream.is_some() && !l.ended)
            {
                if self.fill(at).is_err() {
                    break;
                }
            }
        }
    }
}
