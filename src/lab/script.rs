//! Scripts: text exchanges in the notation of textbooks (`S:` and `C:` lines). The format is described in
//! `assets/lab/README.md`.

mod date;
mod head;
mod text;

use std::net::{IpAddr, SocketAddr};

use super::plan::{About, Act, Connection, End, Host, Plan, Step, Transport};
use text::{Message, Texts};

pub(super) use date::{Clock, parse_clock};

/// Why a text is no script: the line (counted from 1; 0 is the file as a whole) and the reason.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {reason}")]
pub struct ScriptError {
    /// The line.
    pub line: u32,
    /// What is wrong there.
    pub reason: String,
}

/// Gives a script the files that it names.
pub trait Files {
    /// The content of a file, or why it cannot be had.
    fn file(&self, name: &str) -> std::result::Result<Vec<u8>, String>;
}

/// Longest script, in bytes.
const LONGEST: usize = 1 << 20;
/// Most steps of a script.
const MOST_STEPS: usize = 10_000;
/// Most bytes that a script may say in all.
const MOST_BYTES: usize = 16 << 20;
/// Longest time that a script may ask for in one place, in nanoseconds.
const LONGEST_TIME_NS: i64 = 60_000_000_000;

type Result<T> = std::result::Result<T, ScriptError>;

fn wrong<T>(line: u32, reason: impl Into<String>) -> Result<T> {
    Err(ScriptError {
        line,
        reason: reason.into(),
    })
}

/// Reads a script. `id` is its name without the ending.
pub fn parse(id: &str, script: &str, files: &dyn Files) -> Result<Plan> {
    if script.len() > LONGEST {
        return wrong(0, "a script has at most 1 MB");
    }
    let mut reader = Reader::new(id, files);
    let mut lines = script
        .lines()
        .enumerate()
        .map(|(index, line)| (index as u32 + 1, line.trim_end_matches('\r')));
    reader.head(&mut lines)?;
    for (number, line) in lines {
        reader.line(number, line)?;
    }
    reader.end()
}

struct Reader<'f> {
    plan: Plan,
    files: &'f dyn Files,
    clock: Clock,
    transport: Transport,
    port: u16,
    from_port: u16,
    line_end: &'static [u8],
    /// Index of the hosts that the head calls client and server.
    client: usize,
    server: usize,
    /// What is being said: who, over which connection, since which line.
    saying: Option<(usize, End, u32)>,
    message: Message,
    said: String,
    note: String,
    pause_ns: i64,
    block: Option<(String, u32)>,
    bytes: usize,
    /// Hosts that are a multicast group: nobody in particular.
    groups: Vec<(usize, IpAddr)>,
}

impl<'f> Reader<'f> {
    fn new(id: &str, files: &'f dyn Files) -> Self {
        Self {
            plan: Plan {
                about: About {
                    id: id.to_owned(),
                    ..About::default()
                },
                ..Plan::default()
            },
            files,
            clock: Clock::default(),
            transport: Transport::Tcp,
            port: 0,
            from_port: 0,
            line_end: b"\r\n",
            client: 0,
            server: 1,
            saying: None,
            message: Message::default(),
            said: String::new(),
            note: String::new(),
            pause_ns: 0,
            block: None,
            bytes: 0,
            groups: Vec::new(),
        }
    }

    /// A line of the conversation.
    fn line(&mut self, number: u32, line: &str) -> Result<()> {
        if self.plan.steps.len() >= MOST_STEPS {
            return wrong(number, format!("a script has at most {MOST_STEPS} steps"));
        }
        if line.starts_with('#') || (line.trim().is_empty()) {
            return Ok(());
        }
        if let Some((who, text)) = spoken(line) {
            return self.says(number, who, text);
        }
        let line = line.trim();
        let (word, rest) = line.split_once([' ', '\t']).unwrap_or((line, ""));
        let rest = rest.trim();
        match word {
            "cut" | "and" => {
                if self.saying.is_none() {
                    return wrong(
                        number,
                        format!("`{word}` stands between lines that one end says"),
                    );
                }
                if word == "cut" {
                    self.message.cut();
                } else {
                    self.message.boundary();
                }
                return Ok(());
            }
            "block" => {
                if rest.is_empty() {
                    return wrong(number, "a block has a name: `block body`");
                }
                if self.block.is_some() {
                    return wrong(number, "a block stands in no other block");
                }
                // What is said next belongs to the message that is being said, if it is the same speaker.
                self.block = Some((rest.to_owned(), number));
                self.message.begin(rest);
                return Ok(());
            }
            "end" => {
                if self.block.take().is_none() {
                    return wrong(number, "`end` without `block`");
                }
                self.message.end();
                return Ok(());
            }
            _ => {}
        }
        self.finish_message()?;
        match word {
            "push" => Ok(()),
            "note:" => {
                if !self.note.is_empty() {
                    self.note.push(' ');
                }
                self.note.push_str(rest);
                Ok(())
            }
            "pause" => {
                self.pause_ns = self.pause_ns.saturating_add(time(rest, number)?);
                Ok(())
            }
            "open" | "refused" => self.open(number, rest, word == "refused"),
            "close" | "reset" | "stop-reading" => {
                let (rest, ns) = match rest.split_once("for ") {
                    Some((rest, ns)) => (rest.trim(), time(ns, number)?),
                    None => (rest, 0),
                };
                let (end, connection) = self.end_and_name(number, word, rest)?;
                let act = match word {
                    "close" => Act::Close(connection, end),
                    "reset" => Act::Reset(connection, end),
                    _ if ns > 0 => Act::StopReading(connection, end, ns),
                    _ => return wrong(number, "for how long? `stop-reading C for 2 s`"),
                };
                self.step(number, act, line.to_owned());
                Ok(())
            }
            _ => wrong(
                number,
                unknown(
                    "a line begins with `C:`, `S:` or a word; there is no",
                    word,
                    &[
                        "open",
                        "refused",
                        "close",
                        "reset",
                        "stop-reading",
                        "pause",
                        "push",
                        "cut",
                        "and",
                        "block",
                        "end",
                        "note:",
                    ],
                ),
            ),
        }
    }

    fn step(&mut self, line: u32, act: Act, said: String) {
        self.plan.steps.push(Step {
            act,
            said,
            note: std::mem::take(&mut self.note),
            pause_ns: std::mem::take(&mut self.pause_ns),
            line,
        });
    }

    /// `C` or `S`, then perhaps the name of a connection.
    fn end_and_name(&self, number: u32, word: &str, rest: &str) -> Result<(End, usize)> {
        let (end, name) = rest.split_once(' ').unwrap_or((rest, ""));
        let end = match end {
            "C" => End::Client,
            "S" => End::Server,
            _ => {
                return wrong(
                    number,
                    format!("`{word}` needs to know who: `{word} C` or `{word} S`"),
                );
            }
        };
        Ok((end, self.connection(number, name.trim())?))
    }

    fn connection(&self, number: u32, name: &str) -> Result<usize> {
        match self.plan.connections.iter().position(|c| c.name == name) {
            Some(index) => Ok(index),
            None if name.is_empty() => {
                wrong(number, "there is no connection yet: say `open` first")
            }
            None => {
                let names: Vec<&str> = self
                    .plan
                    .connections
                    .iter()
                    .map(|c| c.name.as_str())
                    .collect();
                wrong(number, unknown("there is no connection", name, &names))
            }
        }
    }

    fn host(&self, number: u32, name: &str) -> Result<usize> {
        match self.plan.hosts.iter().position(|h| h.name == name) {
            Some(index) => Ok(index),
            None => {
                let names: Vec<&str> = self.plan.hosts.iter().map(|h| h.name.as_str()).collect();
                wrong(number, unknown("there is no host", name, &names))
            }
        }
    }

    /// `open [NAME] [from HOST] [to HOST] [port N]`.
    fn open(&mut self, number: u32, rest: &str, refused: bool) -> Result<()> {
        let mut words = rest.split_whitespace().peekable();
        let name = match words.peek() {
            Some(&("from" | "to" | "port" | "source")) | None => "",
            Some(_) => words.next().unwrap_or_default(),
        };
        let (mut client, mut server, mut port) = (self.client, self.server, self.port);
        let mut source = if self.plan.connections.is_empty() {
            self.from_port
        } else {
            0
        };
        while let Some(word) = words.next() {
            let Some(value) = words.next() else {
                return wrong(number, format!("`{word}` of what?"));
            };
            match word {
                "from" => client = self.host(number, value)?,
                "to" => server = self.host(number, value)?,
                "port" | "source" => {
                    let number = match value.parse() {
                        Ok(port) if port > 0 => port,
                        _ => return wrong(number, "a port is a number from 1 to 65535"),
                    };
                    *(if word == "port" {
                        &mut port
                    } else {
                        &mut source
                    }) = number;
                }
                _ => {
                    let words = &["from", "to", "port", "source"];
                    return wrong(number, unknown("there is no", word, words));
                }
            }
        }
        if port == 0 {
            return wrong(
                number,
                "to which port? The head has none, and this line neither",
            );
        }
        if client == server {
            return wrong(number, "a host does not talk to itself here");
        }
        if self.plan.connections.iter().any(|c| c.name == name) {
            return wrong(
                number,
                if name.is_empty() {
                    "there is a connection without a name already: name this one".to_owned()
                } else {
                    format!("there is a connection called {name} already")
                },
            );
        }
        let index = self.connect(name, (client, source), (server, port), !refused);
        let called = if name.is_empty() {
            String::new()
        } else {
            format!(" {name}")
        };
        let (a, b) = (&self.plan.hosts[client].name, &self.plan.hosts[server].name);
        if refused {
            let said =
                format!("({a} tries to reach port {port} of {b}{called}, where nobody listens)");
            if self.transport == Transport::Tcp {
                self.step(number, Act::Refused(index), said);
            }
        } else if self.transport == Transport::Tcp {
            let said = format!("({a} connects to port {port} of {b}{called})");
            self.step(number, Act::Open(index), said);
        }
        Ok(())
    }

    fn connect(
        &mut self,
        name: &str,
        (client, source): (usize, u16),
        (server, port): (usize, u16),
        listening: bool,
    ) -> usize {
        let address = |host: usize| {
            let own = self.plan.hosts[host].addresses.first().map(|(a, _)| *a);
            own.or_else(|| {
                self.groups
                    .iter()
                    .find(|(h, _)| *h == host)
                    .map(|(_, a)| *a)
            })
            .unwrap_or(IpAddr::from([0, 0, 0, 0]))
        };
        let from = SocketAddr::new(address(client), source);
        let to = SocketAddr::new(address(server), port);
        let group = to.ip().is_multicast();
        self.plan.connections.push(Connection {
            name: name.to_owned(),
            transport: self.transport,
            client,
            from,
            server: (!group).then_some(server),
            to,
            listening,
        });
        self.plan.connections.len() - 1
    }

    /// A line that somebody says.
    fn says(&mut self, number: u32, (end, name): (End, &str), line: &str) -> Result<()> {
        if self.plan.connections.is_empty() && name.is_empty() && self.transport == Transport::Udp {
            if self.port == 0 {
                return wrong(number, "to which port? The head has none");
            }
            let (client, server) = ((self.client, self.from_port), (self.server, self.port));
            self.connect("", client, server, true);
        }
        let connection = self.connection(number, name)?;
        if let Some((c, e, _)) = self.saying
            && (c, e) != (connection, end)
        {
            self.finish_message()?;
        }
        if self.saying.is_none() {
            self.saying = Some((connection, end, number));
        }
        let texts = Texts {
            files: self.files,
            clock: &self.clock,
        };
        let (text, open) = match line.strip_suffix('\\') {
            // An even number of backslashes is text.
            Some(short) if (line.len() - line.trim_end_matches('\\').len()) % 2 == 1 => {
                (short, true)
            }
            _ => (line, false),
        };
        let before = self.message.len();
        if let Err(reason) = texts.read(text, &mut self.message) {
            return wrong(number, reason);
        }
        if !open {
            self.message.bytes(self.line_end);
        }
        self.bytes = self.bytes.saturating_add(self.message.len() - before);
        if self.bytes > MOST_BYTES {
            return wrong(number, "a script says at most 16 MB");
        }
        let who = if end == End::Client { "C" } else { "S" };
        let shown = text::shown(line);
        if name.is_empty() {
            self.said.push_str(&format!("{who}: {shown}\n"));
        } else {
            self.said.push_str(&format!("{who}({name}): {shown}\n"));
        }
        Ok(())
    }

    /// What was being said is whole.
    fn finish_message(&mut self) -> Result<()> {
        let Some((connection, end, line)) = self.saying.take() else {
            return Ok(());
        };
        let message = std::mem::take(&mut self.message);
        let pieces = match message.pieces() {
            Ok(pieces) => pieces,
            Err(reason) => return wrong(line, reason),
        };
        let said = std::mem::take(&mut self.said);
        if self.transport == Transport::Udp {
            if let Some(long) = pieces.iter().find(|p| p.len() > 1472) {
                return wrong(
                    line,
                    format!(
                        "a datagram of {} bytes does not fit into a packet; 1472 do",
                        long.len()
                    ),
                );
            }
        } else if pieces.iter().all(Vec::is_empty) {
            return wrong(line, "nothing is said here; over TCP that cannot be seen");
        }
        let refused = self
            .plan
            .connections
            .get(connection)
            .is_some_and(|c| !c.listening);
        self.step(
            line,
            Act::Send {
                connection,
                end,
                pieces,
            },
            said,
        );
        if refused {
            let said = "(the other end says that nobody listens)".to_owned();
            self.step(line, Act::Refused(connection), said);
        }
        Ok(())
    }

    fn end(mut self) -> Result<Plan> {
        if let Some((name, line)) = &self.block {
            return wrong(*line, format!("the block {name} does not end"));
        }
        self.finish_message()?;
        if self.plan.steps.is_empty() {
            return wrong(0, "nothing happens in this script");
        }
        Ok(self.plan)
    }
}

/// Hosts whose addresses have no prefix of their own share a network: the common one, or, if they are far apart, the wire
/// stands for the whole way between them.
pub(super) fn spread(hosts: &mut [Host]) {
    let all: Vec<IpAddr> = hosts
        .iter()
        .flat_map(|h| h.addresses.iter().map(|(a, _)| *a))
        .filter(|a| !a.is_multicast())
        .collect();
    let close = all.windows(2).all(|pair| match (pair[0], pair[1]) {
        (IpAddr::V4(a), IpAddr::V4(b)) => (a.to_bits() ^ b.to_bits()) >> 8 == 0,
        (IpAddr::V6(a), IpAddr::V6(b)) => (a.to_bits() ^ b.to_bits()) >> 64 == 0,
        _ => true,
    });
    for host in hosts {
        for (address, prefix) in &mut host.addresses {
            if *prefix == u8::MAX {
                *prefix = match (close, address.is_ipv4()) {
                    (true, true) => 24,
                    (true, false) => 64,
                    (false, _) => 0,
                };
            }
        }
    }
}

/// `C: text`, `S(name): text`: who, over which connection, and the text.
fn spoken(line: &str) -> Option<((End, &str), &str)> {
    let (end, rest) = match line.as_bytes().first()? {
        b'C' => (End::Client, &line[1..]),
        b'S' => (End::Server, &line[1..]),
        _ => return None,
    };
    let (name, rest) = match rest.strip_prefix('(') {
        Some(rest) => rest.split_once(')')?,
        None => ("", rest),
    };
    let text = rest.strip_prefix(':')?;
    Some(((end, name), text.strip_prefix(' ').unwrap_or(text)))
}

/// A time such as `200 ms`, `1.5 s` or `10 us`, in nanoseconds.
fn time(value: &str, line: u32) -> Result<i64> {
    let parse = || {
        let (number, unit) = value.split_once(' ')?;
        let unit = match unit.trim() {
            "us" => 1e3,
            "ms" => 1e6,
            "s" => 1e9,
            _ => return None,
        };
        let ns = number.parse::<f64>().ok()? * unit;
        (ns >= 0.0 && ns <= LONGEST_TIME_NS as f64).then_some(ns as i64)
    };
    match parse() {
        Some(ns) => Ok(ns),
        None => wrong(
            line,
            "a time reads `200 ms`, `1.5 s` or `10 us`, and is at most 60 s",
        ),
    }
}

/// The name among these that is most like another one, if any is.
pub fn nearest<'n>(name: &str, names: impl IntoIterator<Item = &'n str>) -> Option<&'n str> {
    let distance = |other: &str| {
        // Levenshtein's, over bytes: names are short.
        let mut row: Vec<usize> = (0..=other.len()).collect();
        for (i, a) in name.bytes().enumerate() {
            let mut diagonal = row[0];
            row[0] = i + 1;
            for (j, b) in other.bytes().enumerate() {
                let change = diagonal + usize::from(a != b);
                diagonal = row[j + 1];
                row[j + 1] = change.min(row[j] + 1).min(row[j + 1] + 1);
            }
        }
        row[other.len()]
    };
    if name.len() > 64 {
        return None;
    }
    names
        .into_iter()
        .map(|other| {
            let apart = distance(other);
            let begins = name.len() >= 3 && other.starts_with(name);
            (if begins { 1 } else { apart }, other)
        })
        .filter(|(apart, other)| *apart <= 1 + other.len().max(name.len()) / 3)
        .min_by_key(|(apart, _)| *apart)
        .map(|(_, other)| other)
}

fn unknown(what: &str, name: &str, names: &[&str]) -> String {
    match nearest(name, names.iter().copied()) {
        Some(near) => format!("{what} `{name}`; did you mean `{near}`?"),
        None => format!("{what} `{name}`"),
    }
}

#[cfg(test)]
mod tests;
