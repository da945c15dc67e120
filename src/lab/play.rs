//! Playing an exchange, and what comes of it: frames, and the steps that they belong to.

use std::io::Write;

use smoltcp::wire::{
    EthernetFrame, EthernetProtocol, IpProtocol, Ipv4Packet, Ipv6Packet, TcpPacket,
};

pub use super::host::TcpState;
use super::link::{Chance, Fate, Faults};
use super::loopback::Moved;
use super::plan::{About, Act, End, Host, Plan};
use super::words;
use super::world;
use crate::capture::live::LiveError;
use crate::capture::{
    CaptureInfo, CaptureWriter, FileFormat, FrameMeta, Interface, Resolution, WriteError,
};

/// What can be chosen for a play.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Choice {
    /// Where chance begins: the same seed gives the same bytes.
    pub seed: u64,
    /// What goes wrong.
    pub faults: Faults,
}

impl Choice {
    /// No fault but those of the exchange itself, and the seed that everybody has who chooses none.
    pub fn usual() -> Self {
        Self {
            seed: 1,
            faults: Faults::default(),
        }
    }
}

/// An exchange that was played.
#[derive(Debug, Clone, PartialEq)]
pub struct Played {
    /// What the catalogue says of it.
    pub about: About,
    /// Who took part; frames name them by their place here.
    pub hosts: Vec<Host>,
    /// The seed it was played with.
    pub seed: u64,
    /// Every frame, in the order in which they passed the middle of the wire.
    pub frames: Vec<PlayedFrame>,
    /// Every step, in the order of the conversation.
    pub steps: Vec<PlayedStep>,
    /// Why it could not be played to its end; none if it could.
    pub failed: Option<String>,
    /// Ports that are others here than those of the exchange.
    pub moved: Vec<Moved>,
}

/// A frame of a play. Its number is its place, counted from 1.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlayedFrame {
    /// When it passed the middle of the wire, where it was recorded, in nanoseconds since 1970.
    pub time_ns: i64,
    /// When its sender put it on the wire: where its arrow begins. Over sockets all three times are one.
    pub sent_ns: i64,
    /// When it was there; none if it got lost: then its arrow ends in the middle.
    pub there_ns: Option<i64>,
    /// Its bytes, from the Ethernet header on.
    pub bytes: Vec<u8>,
    /// Who sent it (index into [`Played::hosts`]).
    pub from: usize,
    /// For whom it is; none if it is for everybody.
    pub to: Option<usize>,
    /// What became of it.
    pub fate: Fate,
    /// The step that it belongs to (index into [`Played::steps`]).
    pub step: usize,
    /// What it says, in plain words.
    pub words: String,
    /// The TCP connection that it belongs to, and how its ends stand as soon as the frame has been dealt with.
    pub ends: Option<Ends>,
}

/// The two ends of a TCP connection: their states in the words of RFC 9293, section 3.3.2.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ends {
    /// Which connection of the exchange, counted from 0.
    pub connection: usize,
    /// The host that opened it (index into [`Played::hosts`]).
    pub client: usize,
    /// The other one.
    pub server: usize,
    /// State of the client.
    pub client_state: TcpState,
    /// State of the server.
    pub server_state: TcpState,
}

/// A step of a play.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlayedStep {
    /// Who acts (index into [`Played::hosts`]).
    pub who: Option<usize>,
    /// Who is acted upon.
    pub whom: Option<usize>,
    /// How it reads in a dialogue: `C: EHLO bar.com`.
    pub said: String,
    /// What happens and why, in plain words.
    pub words: String,
    /// The numbers of its frames, counted from 1, ascending.
    pub frames: Vec<u32>,
    /// Whether an answer was waited for in vain.
    pub unanswered: bool,
}

/// Why an exchange cannot be played at all.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum PlayError {
    /// The plan contradicts itself, or this way of playing cannot do what it asks for.
    #[error("{0}")]
    Plan(String),
    /// The loopback interface cannot be listened to.
    #[error("{0}")]
    Live(LiveError),
}

/// The first port that a client takes by itself (RFC 6335, section 6).
const FIRST_FREE_PORT: u32 = 49_152;

/// Plays an exchange in the simulated world.
pub fn play(plan: &Plan, choice: &Choice) -> Result<Played, PlayError> {
    let mut plan = plan.clone();
    choose_ports(&mut plan, choice.seed);
    let mut faults = choice.faults.clone();
    faults.events.extend_from_slice(&plan.faults);
    close_window(&mut plan, &faults);
    check(&plan)?;
    let run = world::run(&plan, &faults, choice.seed);
    Ok(told(plan, choice.seed, run))
}

/// Gives each client that has none a port of its own.
fn choose_ports(plan: &mut Plan, seed: u64) {
    let mut chance = Chance::new(seed.rotate_left(17));
    let mut port = FIRST_FREE_PORT + chance.below(16_000);
    for connection in &mut plan.connections {
        if connection.from.port() == 0 {
            connection.from.set_port(port as u16);
            port = if port >= 65_535 {
                FIRST_FREE_PORT
            } else {
                port + 1
            };
        }
    }
}

/// A window closes only if there is more to come than there is room for.
fn close_window(plan: &mut Plan, faults: &Faults) {
    if !faults.events.contains(&super::link::Fault::CloseWindow) {
        return;
    }
    let most = (0..plan.connections.len())
        .map(|c| plan.said_by(c, End::Server))
        .max()
        .unwrap_or(0);
    plan.wire.window = plan.wire.window.min((most / 3).max(16));
}

/// What would make a play impossible.
pub(super) fn check(plan: &Plan) -> Result<(), PlayError> {
    let wrong = |what: String| Err(PlayError::Plan(what));
    if plan.hosts.len() < 2 || plan.hosts.len() > 64 {
        return wrong("an exchange needs at least two hosts, and at most 64".to_owned());
    }
    for host in &plan.hosts {
        if host.addresses.len() > 2 {
            return wrong(format!("{} has more than two addresses", host.name));
        }
    }
    if !(576..=9000).contains(&plan.wire.mtu) {
        return wrong("the longest packet must have between 576 and 9000 bytes".to_owned());
    }
    for connection in &plan.connections {
        let fits = plan.hosts.get(connection.client).is_some()
            && connection
                .server
                .is_none_or(|s| plan.hosts.get(s).is_some());
        if !fits {
            return wrong("a connection names a host that there is not".to_owned());
        }
        if connection.to.port() == 0 {
            return wrong("a connection goes to port 0".to_owned());
        }
    }
    for step in &plan.steps {
        let known = step
            .act
            .connection()
            .is_none_or(|c| plan.connections.get(c).is_some());
        if !known || plan.actor(step).is_none_or(|h| plan.hosts.get(h).is_none()) {
            return wrong(format!(
                "\u{201c}{}\u{201d} is said by nobody who takes part",
                step.said
            ));
        }
    }
    Ok(())
}

/// Which step each frame belongs to: data to the step that says it, an acknowledgement to the step that said what it
/// acknowledges, SYN and FIN to opening and closing; everything else to the step that had begun last.
struct Steps<'p> {
    plan: &'p Plan,
    /// For each connection and end: up to which byte each step speaks.
    until: Vec<[Vec<(usize, usize)>; 2]>,
    /// First sequence number of each connection's ends.
    first: Vec<[Option<u32>; 2]>,
}

impl<'p> Steps<'p> {
    fn new(plan: &'p Plan) -> Self {
        let mut until = vec![[Vec::new(), Vec::new()]; plan.connections.len()];
        let mut sums = vec![[0usize; 2]; plan.connections.len()];
        for (at, step) in plan.steps.iter().enumerate() {
            if let Act::Send {
                connection,
                end,
                pieces,
            } = &step.act
            {
                let end = usize::from(*end == End::Server);
                sums[*connection][end] += pieces.iter().map(Vec::len).sum::<usize>();
                until[*connection][end].push((sums[*connection][end], at));
            }
        }
        Self {
            plan,
            until,
            first: vec![[None; 2]; plan.connections.len()],
        }
    }

    fn find(&self, wanted: impl Fn(&Act) -> bool) -> Option<usize> {
        self.plan.steps.iter().position(|step| wanted(&step.act))
    }

    /// The step in which an end says a byte.
    fn says(&self, connection: usize, end: usize, offset: usize) -> Option<usize> {
        let spoken = &self.until.get(connection)?[end];
        let at = spoken.partition_point(|(until, _)| *until <= offset);
        spoken.get(at).map(|(_, step)| *step)
    }

    fn closes(&self, connection: usize, end: usize) -> Option<usize> {
        let end = if end == 0 { End::Client } else { End::Server };
        self.find(|act| *act == Act::Close(connection, end))
    }

    /// Which end of a connection sent a frame: 0 for the client.
    fn end(&self, connection: usize, from: usize) -> usize {
        let client = self.plan.connections.get(connection).map(|c| c.client);
        usize::from(client != Some(from))
    }

    fn of(&mut self, seen: &world::Seen) -> usize {
        let found = seen
            .connection
            .and_then(|connection| self.of_segment(connection, seen));
        found.unwrap_or(seen.step)
    }

    fn of_segment(&mut self, connection: usize, seen: &world::Seen) -> Option<usize> {
        let segment = tcp_of(&seen.bytes)?;
        let own = self.end(connection, seen.from);
        let opens =
            self.find(|act| *act == Act::Open(connection) || *act == Act::Refused(connection));
        if segment.syn {
            self.first[connection][own] = Some(segment.sequence);
            return opens;
        }
        if segment.reset {
            let ends = [End::Client, End::Server];
            let asked = self.find(|act| *act == Act::Reset(connection, ends[own]));
            return asked.or(if seen.step == 0 { opens } else { None });
        }
        let first = self.first[connection][own]?;
        let offset = segment.sequence.wrapping_sub(first).wrapping_sub(1) as usize;
        if segment.len > 0
            && let Some(step) = self.says(connection, own, offset)
        {
            return Some(step);
        }
        if segment.fin {
            return self.closes(connection, own);
        }
        let other = self.first[connection][1 - own]?;
        let acknowledged = segment.acknowledged.wrapping_sub(other) as usize;
        match acknowledged {
            0 | 1 => {
                // The end of the handshake, unless the other end had something to say before.
                opens
            }
            n => self
                .says(connection, 1 - own, n.saturating_sub(2))
                .or_else(|| self.closes(connection, 1 - own)),
        }
    }
}

/// What matters of a TCP segment.
#[derive(Debug, Clone, Copy)]
pub(super) struct Segment {
    /// Source and destination.
    pub ports: (u16, u16),
    pub sequence: u32,
    pub acknowledged: u32,
    pub syn: bool,
    pub ack: bool,
    pub fin: bool,
    pub reset: bool,
    pub window: u16,
    pub len: usize,
}

/// The TCP segment in a frame.
pub(super) fn tcp_of(bytes: &[u8]) -> Option<Segment> {
    let frame = EthernetFrame::new_checked(bytes).ok()?;
    let v4;
    let v6;
    let payload = match frame.ethertype() {
        EthernetProtocol::Ipv4 => {
            v4 = Ipv4Packet::new_checked(frame.payload()).ok()?;
            if v4.next_header() != IpProtocol::Tcp {
                return None;
            }
            v4.payload()
        }
        EthernetProtocol::Ipv6 => {
            v6 = Ipv6Packet::new_checked(frame.payload()).ok()?;
            if v6.next_header() != IpProtocol::Tcp {
                return None;
            }
            v6.payload()
        }
        _ => return None,
    };
    let segment = TcpPacket::new_checked(payload).ok()?;
    Some(Segment {
        ports: (segment.src_port(), segment.dst_port()),
        sequence: segment.seq_number().0 as u32,
        acknowledged: segment.ack_number().0 as u32,
        syn: segment.syn(),
        ack: segment.ack(),
        fin: segment.fin(),
        reset: segment.rst(),
        window: segment.window_len(),
        len: segment.payload().len(),
    })
}

/// Tells what happened: which frames belong to which step, and what they say.
pub(super) fn told(plan: Plan, seed: u64, run: world::Run) -> Played {
    let mut steps_of = Steps::new(&plan);
    let mut frames = Vec::with_capacity(run.frames.len());
    let mut steps: Vec<PlayedStep> = plan
        .steps
        .iter()
        .enumerate()
        .map(|(at, step)| PlayedStep {
            who: plan.actor(step),
            whom: whom(&plan, &step.act),
            said: step.said.clone(),
            words: words::of_step(&plan, step),
            frames: Vec::new(),
            unanswered: run.unanswered.contains(&at),
        })
        .collect();
    for (index, seen) in run.frames.into_iter().enumerate() {
        let step = steps_of.of(&seen);
        if let Some(step) = steps.get_mut(step) {
            step.frames.push(index as u32 + 1);
        }
        let to = seen.to;
        let ends = seen.states.zip(seen.connection).and_then(|(states, c)| {
            let connection = plan.connections.get(c)?;
            Some(Ends {
                connection: c,
                client: connection.client,
                server: connection.server?,
                client_state: states.0,
                server_state: states.1,
            })
        });
        let words = words::of_frame(&plan, &seen, to);
        frames.push(PlayedFrame {
            time_ns: seen.time_ns,
            sent_ns: seen.sent_ns,
            there_ns: seen.there_ns,
            from: seen.from,
            to,
            fate: seen.fate,
            step,
            words,
            ends,
            bytes: seen.bytes,
        });
    }
    Played {
        about: plan.about,
        hosts: plan.hosts,
        seed,
        frames,
        steps,
        failed: run.failed,
        moved: Vec::new(),
    }
}

/// The host that a step is directed at.
fn whom(plan: &Plan, act: &Act) -> Option<usize> {
    let of = |connection: usize, end: End| {
        let connection = plan.connections.get(connection)?;
        match end {
            End::Client => connection.server,
            End::Server => Some(connection.client),
        }
    };
    match act {
        Act::Open(c) | Act::Refused(c) => of(*c, End::Client),
        Act::Send {
            connection, end, ..
        } => of(*connection, *end),
        Act::Close(c, end) | Act::Reset(c, end) | Act::StopReading(c, end, _) => of(*c, *end),
        _ => None,
    }
}

impl Played {
    /// What the recording says about itself: one interface, the wire, and the comments.
    pub fn info(&self) -> CaptureInfo {
        let mut info = CaptureInfo::with_interfaces(vec![Interface {
            link_type: 1,
            name: Some("lab0".to_owned()),
            description: Some("a wire of the Lab, recorded in its middle".to_owned()),
            resolution: Resolution::Decimal(9),
            ..Interface::default()
        }]);
        let mut comments = vec![format!("{}: {}", self.about.id, self.about.title)];
        if !self.about.purpose.is_empty() {
            comments.push(self.about.purpose.clone());
        }
        if let Some(why) = &self.failed {
            comments.push(format!("This exchange did not come to its end: {why}"));
        }
        for moved in &self.moved {
            comments.push(format!(
                "Port {} of the exchange is port {} here.",
                moved.meant, moved.used
            ));
        }
        info.set_capture_comments(comments);
        for (index, _) in self.frames.iter().enumerate() {
            let number = index as u32 + 1;
            let comments = self.comments(number);
            if !comments.is_empty() {
                info.set_comments(number, comments);
            }
        }
        info
    }

    /// The comments on a frame: the step, on the first frame of each, and the fault if there is one.
    pub fn comments(&self, number: u32) -> Vec<String> {
        let mut comments = Vec::new();
        let frame = (number as usize)
            .checked_sub(1)
            .and_then(|index| self.frames.get(index));
        let Some(frame) = frame else {
            return comments;
        };
        if let Some(step) = self.steps.get(frame.step)
            && step.frames.first() == Some(&number)
        {
            comments.push(format!("Step {}. {}", frame.step + 1, step.said.trim_end()));
            if !step.words.is_empty() {
                comments.push(step.words.clone());
            }
        }
        let fault = match frame.fate {
            Fate::Arrives => return comments,
            Fate::Lost => "Lost: this frame never arrives.",
            Fate::Late => "Late: this frame was held back on its way.",
            Fate::Twice => "Twice: this frame is a copy that the wire made.",
            Fate::Damaged => "Damaged: a bit of this frame was turned on its way.",
        };
        comments.push(fault.to_owned());
        comments
    }

    /// Writes the recording as pcapng, with a comment on each step.
    pub fn write(&self, out: impl Write) -> Result<(), WriteError> {
        let info = self.info();
        let mut writer = CaptureWriter::new(out, FileFormat::Pcapng, &info)?;
        for (index, frame) in self.frames.iter().enumerate() {
            let len = frame.bytes.len() as u32;
            let meta = FrameMeta {
                time_ns: frame.time_ns,
                captured: len,
                original: len,
                ..FrameMeta::default()
            };
            let number = index as u32 + 1;
            let comments = info.comments.get(&number).map_or(&[][..], Vec::as_slice);
            writer.frame(&meta, &frame.bytes, comments)?;
        }
        writer.flush()
    }

    /// How it reads as a dialogue, with the numbers of the frames.
    pub fn dialogue(&self) -> String {
        let mut out = String::new();
        for step in &self.steps {
            let frames = match (step.frames.first(), step.frames.last()) {
                (Some(a), Some(b)) if a == b => format!("{a}"),
                (Some(a), Some(b)) => format!("{a}-{b}"),
                _ => "-".to_owned(),
            };
            for (n, line) in step.said.trim_end().lines().enumerate() {
                let label = if n == 0 { frames.as_str() } else { "" };
                out.push_str(&format!("{label:>9}  {line}\n"));
            }
            if step.unanswered {
                out.push_str(&format!("{:>9}  (no answer)\n", ""));
            }
        }
        out
    }
}
