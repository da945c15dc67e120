//! The control connection in the scan: each segment is taken as one message, its first line is read, and what follows from it for
//! later packets is noted.
//!
//! Four kinds of notes: one for each message, one for each working directory, one for each data connection (announced or not),
//! and one that counts what it carries.

use super::parse;
use crate::flow::address::Address;
use crate::flow::facts::{Facts, NONE, Note, tag};
use crate::flow::message::{Context, Framer, Guest, Step};
use crate::flow::tcp::Direction;

/// A message of the control connection.
const MESSAGE: u16 = tag(b"FM");
/// A working directory: place and length of its text.
const DIRECTORY: u16 = tag(b"FC");
/// A data connection.
const DATA: u16 = tag(b"FD");
/// What a data connection carries: packets, bytes, first and last packet.
const CARRIED: u16 = tag(b"FS");

/// The port from which servers open data connections (RFC 959 section 5.2).
pub const DATA_PORT: u16 = 20;

/// Paths and commands that are longer are cut: nobody has such.
const TEXT_LIMIT: usize = 4096;

/// How a data connection was announced.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Method {
    /// Not at all: it is one by its port.
    #[default]
    None,
    /// The answer to PASV: the client connects.
    Passive,
    /// PORT: the server connects.
    Active,
    /// The answer to EPSV.
    ExtendedPassive,
}

impl Method {
    /// The word shown.
    pub fn name(self) -> &'static str {
        match self {
            Method::None => "",
            Method::Passive => "PASV",
            Method::Active => "PORT",
            Method::ExtendedPassive => "EPASV",
        }
    }
}

/// What the scan found out about a message of the control connection.
#[derive(Clone, Copy, Debug, Default)]
pub struct Message {
    /// The client says it.
    pub request: bool,
    /// Place and length of the text of the working directory.
    pub directory: (u32, u32),
    /// The data connection that is announced here.
    pub announces: Option<Data>,
    /// The data connection that this command is for.
    pub commands: Option<Data>,
}

/// What the scan found out about a data connection.
#[derive(Clone, Copy, Debug, Default)]
pub struct Data {
    /// The packet that announced it, or its own first one.
    pub setup_frame: u32,
    /// How.
    pub method: Method,
    /// The packet with the command, 0 = none came.
    pub command_frame: u32,
    /// Place and length of the command.
    pub command: (u32, u32),
    /// Place and length of the working directory.
    pub directory: (u32, u32),
    /// Packets and bytes of it.
    pub carried: (u32, u32),
    /// The first and last of these packets.
    pub frames: (u32, u32),
}

fn get(facts: &Facts, at: u32, tag: u16) -> Option<&[u32; 7]> {
    let note = facts.notes.get(at as usize);
    note.filter(|n| n.tag == tag).map(|n| &n.values)
}

/// What a note tells of a message.
pub fn message(facts: &Facts, note: &Note) -> Option<Message> {
    let v = (note.tag == MESSAGE).then_some(&note.values)?;
    Some(Message {
        request: v[0] != 0,
        directory: (v[1], v[2]),
        announces: data(facts, v[3]),
        commands: data(facts, v[4]),
    })
}

/// What the note with this index tells of a data connection.
pub fn data(facts: &Facts, at: u32) -> Option<Data> {
    let v = get(facts, at, DATA)?;
    let directory = get(facts, v[5], DIRECTORY).map_or((0, 0), |d| (d[0], d[1]));
    let c = get(facts, v[6], CARRIED).copied().unwrap_or_default();
    Some(Data {
        setup_frame: v[0],
        method: match v[1] {
            1 => Method::Passive,
            2 => Method::Active,
            3 => Method::ExtendedPassive,
            _ => Method::None,
        },
        command_frame: v[2],
        command: (v[3], v[4]),
        directory,
        carried: (c[0], c[1]),
        frames: (c[2], c[3]),
    })
}

/// Note a data connection; returns the note's index.
fn new_data(context: &mut Context<'_>, setup_frame: u32, method: Method, directory: u32) -> u32 {
    let carried = context.note(CARRIED, 0, [0; 7]);
    context.note(
        DATA,
        0,
        [setup_frame, method as u32, 0, 0, 0, directory, carried],
    )
}

/// The newest command, as far as its answer means something here.
#[derive(Default)]
enum Asked {
    #[default]
    Other,
    /// Change to this directory.
    Directory(Vec<u8>),
    /// TLS from here on.
    Secure,
}

/// Reads a control connection.
pub struct Control {
    /// Which way the client's commands go.
    commands: Option<Direction>,
    /// The note of the working directory.
    directory: u32,
    asked: Asked,
    /// A data connection that was announced and has no command yet.
    waiting: u32,
    /// The note of the message at hand.
    notes: [u32; 2],
    secured: Guest,
}

/// A reader for a new connection.
pub fn new() -> Box<dyn Framer> {
    Box::new(Control {
        commands: None,
        directory: NONE,
        asked: Asked::Other,
        waiting: NONE,
        notes: [NONE; 2],
        secured: Guest::default(),
    })
}

impl Framer for Control {
    fn step(&mut self, direction: Direction, bytes: &[u8], context: &mut Context<'_>) -> Step {
        if let Some(step) = self.secured.step(direction, bytes, context) {
            return step;
        }
        let mut ports = context.ports;
        if direction == Direction::Backward {
            ports.reverse();
        }
        let reply = !context.chooser.owns("ftp", ports[1], ports[0])
            && match self.commands {
                Some(commands) => commands != direction,
                // On a port that tells nothing: who greets is the server.
                None => parse::reply(bytes).0.is_some(),
            };
        if self.commands.is_none() {
            let commands = if reply {
                direction.opposite()
            } else {
                direction
            };
            self.commands = Some(commands);
        }
        let text = &bytes[..parse::line(bytes, 0).0];
        let announces;
        let mut commands = NONE;
        if self.directory == NONE {
            self.directory = context.note(DIRECTORY, 0, [0; 7]);
        }
        if reply {
            announces = self.reply(direction, text, context);
        } else {
            announces = self.request(direction, text, context).unwrap_or(NONE);
            if announces == NONE && self.waiting != NONE {
                commands = std::mem::replace(&mut self.waiting, NONE);
                let frame = context.frame;
                let place = context.facts.keep_text(&text[..text.len().min(TEXT_LIMIT)]);
                if let Some(values) = context.amend(commands) {
                    (values[2], values[3], values[4]) = (frame, place.0, place.1);
                }
            }
        }
        if announces != NONE {
            self.waiting = announces;
        }
        let place = get(context.facts, self.directory, DIRECTORY).map_or((0, 0), |d| (d[0], d[1]));
        self.notes[direction as usize] = context.note(
            MESSAGE,
            0,
            [
                u32::from(!reply),
                place.0,
                place.1,
                announces,
                commands,
                0,
                0,
            ],
        );
        Step::End(bytes.len() as u64)
    }

    fn takes_segments(&self) -> bool {
        !self.secured.is_over()
    }

    fn complete(&mut self, direction: Direction, context: &mut Context<'_>) -> u32 {
        match self.secured.complete(direction, context) {
            Some(note) => note,
            None => self.notes[direction as usize],
        }
    }

    fn reset(&mut self, direction: Direction) {
        self.secured.reset(direction);
    }
}

/// Sender and receiver of what goes this way.
fn ends(context: &Context<'_>, direction: Direction) -> (Address, Address) {
    let [a, b] = context.addresses;
    match direction {
        Direction::Forward => (a, b),
        Direction::Backward => (b, a),
    }
}

impl Control {
    /// Read a command. Returns the note of the data connection that it announces.
    fn request(
        &mut self,
        direction: Direction,
        text: &[u8],
        context: &mut Context<'_>,
    ) -> Option<u32> {
        let (command, argument) = parse::request(text);
        let argument = &text[argument];
        self.asked = match &text[command] {
            b"CWD" => Asked::Directory(argument[..argument.len().min(TEXT_LIMIT)].to_vec()),
            b"CDUP" => Asked::Directory(b"..".to_vec()),
            b"AUTH" if matches!(argument, b"TLS" | b"SSL") => Asked::Secure,
            b"PORT" => {
                self.asked = Asked::Other;
                let found = parse::host_port(argument)?;
                let data = new_data(context, context.frame, Method::Active, self.directory);
                // The server connects from its data port; which port of the client it reaches is not compared.
                let (_, server) = ends(context, direction);
                expect(context, (server, DATA_PORT), Address::V4(found.ip), data);
                return Some(data);
            }
            b"EPRT" => {
                self.asked = Asked::Other;
                parse::extended_active(argument)?;
                // As the yardstick has it, only PORT's connection is waited for.
                return Some(new_data(
                    context,
                    context.frame,
                    Method::Active,
                    self.directory,
                ));
            }
            _ => Asked::Other,
        };
        None
    }

    /// Read a reply. Returns the note of the data connection that it announces, or [`NONE`].
    fn reply(&mut self, direction: Direction, text: &[u8], context: &mut Context<'_>) -> u32 {
        let (code, argument) = parse::reply(text);
        let argument = &text[argument];
        let (server, client) = ends(context, direction);
        match code {
            Some(227) => {
                if let Some(found) = parse::host_port(argument) {
                    let data = new_data(context, context.frame, Method::Passive, self.directory);
                    expect(context, (Address::V4(found.ip), found.port), client, data);
                    return data;
                }
            }
            Some(229) => {
                if let Some((port, _)) = parse::extended_passive(argument) {
                    let method = Method::ExtendedPassive;
                    let data = new_data(context, context.frame, method, self.directory);
                    expect(context, (server, port), client, data);
                    return data;
                }
            }
            Some(234) if matches!(self.asked, Asked::Secure) => self.secured.begin("tls", context),
            Some(250) => {
                if let Asked::Directory(to) = &self.asked {
                    let from = get(context.facts, self.directory, DIRECTORY)
                        .map_or((0, 0), |d| (d[0], d[1]));
                    let from = context.facts.text(from.0, from.1).to_vec();
                    let path = parse::changed(&from, to);
                    self.enter(&path, from.is_empty(), context);
                }
            }
            Some(257) => {
                if let Some(path) = parse::quoted_path(argument) {
                    self.enter(&path, false, context);
                }
            }
            _ => {}
        }
        NONE
    }

    /// The client is in this directory now. A directory that was not known before (`learnt`) is known for the data connections
    /// announced since as well.
    fn enter(&mut self, path: &[u8], learnt: bool, context: &mut Context<'_>) {
        if path.len() > TEXT_LIMIT {
            return;
        }
        let (at, len) = context.facts.keep_text(path);
        if learnt && let Some(values) = context.amend(self.directory) {
            (values[0], values[1]) = (at, len);
        } else {
            self.directory = context.note(DIRECTORY, 0, [at, len, 0, 0, 0, 0, 0]);
        }
    }
}

/// A data connection between this end and that address is to come.
fn expect(context: &mut Context<'_>, end: (Address, u16), other: Address, data: u32) {
    if let Some((protocol, mut framer)) = context.chooser.named("ftp-data") {
        framer.announced(data);
        context.expected.announce(end, other, (protocol, framer));
    }
}

/// Reads a data connection.
pub struct Transfer {
    /// The note of the connection.
    data: u32,
    /// Length of the segment at hand.
    len: u32,
}

/// A reader for a data connection.
pub fn new_transfer() -> Box<dyn Framer> {
    Box::new(Transfer { data: NONE, len: 0 })
}

impl Framer for Transfer {
    fn takes_segments(&self) -> bool {
        true
    }

    fn announced(&mut self, note: u32) {
        self.data = note;
    }

    fn step(&mut self, _: Direction, bytes: &[u8], _: &mut Context<'_>) -> Step {
        self.len = u32::try_from(bytes.len()).unwrap_or(u32::MAX);
        Step::End(bytes.len() as u64)
    }

    fn complete(&mut self, _: Direction, context: &mut Context<'_>) -> u32 {
        if self.data == NONE {
            let stream = context.facts.tcp.get(context.stream as usize);
            let first = stream.map_or(context.frame, crate::flow::tcp::Stream::first_frame);
            self.data = new_data(context, first, Method::None, NONE);
        }
        let carried = get(context.facts, self.data, DATA).map_or(NONE, |v| v[6]);
        let frame = context.frame;
        if let Some(v) = context.amend(carried) {
            v[0] = v[0].saturating_add(1);
            v[1] = v[1].saturating_add(self.len);
            if v[2] == 0 {
                v[2] = frame;
            }
            v[3] = frame;
        }
        self.data
    }
}
