//! From frames to arrows: who is on which line, what became of each packet, how its ends stand.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::read::{Heard, Party, hear};
use super::track::{Seen, Tracker};
use super::{KEPT, Overlay, Scope};
use crate::dissect::Tree;
use crate::export::ladder::{Arrow, BLOCK, Fate, Ladder, LifeLine, Remark};
use crate::flow::address::Address;
use crate::session::follow::candidates;
use crate::session::load::Session;
use crate::session::work::in_order;

/// Frames of the capture looked at before it is seen whether somebody waits.
const FRAMES: u32 = 1 << 15;
/// Frames dissected as one piece of work.
const PIECE: usize = 64;
/// Life lines at most; who comes then shares the last one.
const LINES: usize = 24;
/// Frames known to be lost that are remembered.
const LOST: usize = 100_000;
/// Trackers that are kept for later rows; when there are more, every other one is given up.
const CHECKPOINTS: usize = 512;

/// Makes a ladder of a session, as far as the capture goes.
pub(super) struct Builder {
    session: Arc<Session>,
    scope: Scope,
    overlay: Option<Arc<Overlay>>,
    /// The last frame looked at.
    seen: u32,
    lines: Lines,
    tracker: Tracker,
    /// The packets of the rows that are always in memory.
    first: Vec<Seen>,
    lost: BTreeSet<u32>,
    checkpoints: Checkpoints,
}

/// Trackers as they were before some rows.
struct Checkpoints {
    every: usize,
    all: Vec<Tracker>,
}

impl Checkpoints {
    fn note(&mut self, row: usize, tracker: &Tracker) {
        if !row.is_multiple_of(self.every) {
            return;
        }
        if self.all.len() >= CHECKPOINTS {
            let mut at = 0;
            self.all.retain(|_| {
                at += 1;
                at % 2 == 1
            });
            self.every *= 2;
        }
        if row / self.every == self.all.len() && row.is_multiple_of(self.every) {
            self.all.push(tracker.clone());
        }
    }

    /// The last one before a row: which row it is for.
    fn before(&self, row: usize) -> Option<(usize, &Tracker)> {
        let at = (row / self.every).min(self.all.len().checked_sub(1)?);
        Some((at * self.every, self.all.get(at)?))
    }
}

/// Who is on which line.
#[derive(Default)]
struct Lines {
    of: BTreeMap<Party, usize>,
    /// IPv4 addresses of hardware addresses, by ARP.
    hardware: BTreeMap<Address, Address>,
    /// The port that a line is seen with; `None`: several.
    ports: BTreeMap<usize, Option<u16>>,
}

/// Whether an address is for many.
fn is_group(address: Address) -> bool {
    match address {
        Address::None => false,
        Address::Ether(a) => a[0] & 1 == 1,
        Address::V4(a) => a == [255; 4] || a[0] & 0xf0 == 0xe0,
        Address::V6(a) => a[0] == 0xff,
    }
}

impl Lines {
    fn place(
        &mut self,
        party: Party,
        ladder: &mut Ladder,
        name: impl FnOnce() -> LifeLine,
    ) -> usize {
        if let Some(line) = self.of.get(&party) {
            return *line;
        }
        if ladder.lines.len() < LINES {
            ladder.lines.push(name());
        } else if let Some(last) = ladder.lines.last_mut() {
            *last = LifeLine {
                name: "others".into(),
                address: String::new(),
            };
        }
        let line = ladder.lines.len().saturating_sub(1);
        // Of a capture with very many hosts only the first ones are known apart.
        if self.of.len() < 1 << 16 {
            self.of.insert(party, line);
        }
        line
    }
}

impl Builder {
    pub(super) fn new(
        session: &Arc<Session>,
        scope: Scope,
        overlay: Option<Arc<Overlay>>,
        ladder: &mut Ladder,
    ) -> Builder {
        ladder.title = scope.title();
        ladder.decimals = 3;
        if let Some(overlay) = &overlay {
            ladder.lines.clone_from(&overlay.lines);
        }
        Builder {
            session: Arc::clone(session),
            scope,
            overlay,
            seen: 0,
            lines: Lines::default(),
            tracker: Tracker::default(),
            first: Vec::new(),
            lost: BTreeSet::new(),
            checkpoints: Checkpoints {
                every: BLOCK,
                all: Vec::new(),
            },
        }
    }

    /// Whether the capture is loaded to its end.
    pub(super) fn is_loaded(&self) -> bool {
        self.session.is_loaded()
    }

    /// Look at the next frames. `take` gets what is to be done with the ladder, and says whether to go on. Returns whether there
    /// is nothing more for now.
    pub(super) fn go_on(
        &mut self,
        mut take: impl FnMut(&mut dyn FnMut(&mut Ladder)) -> bool,
    ) -> Result<bool, String> {
        let snapshot = self.session.snapshot();
        let (first, last) = (snapshot.first(), snapshot.len());
        self.seen = self.seen.max(first.saturating_sub(1));
        if self.seen >= last {
            return Ok(true);
        }
        let end = last.min(self.seen.saturating_add(FRAMES));
        let numbers = self.seen + 1..end + 1;
        let frames: Vec<u32> = match &self.scope {
            Scope::Tcp(stream) | Scope::Udp(stream) => candidates(&self.session, numbers, *stream),
            Scope::Rows(None) => numbers.collect(),
            Scope::Rows(Some(rows)) => numbers.filter(|n| rows.contains(*n)).collect(),
        };
        self.seen = end;
        let session = Arc::clone(&self.session);
        let scope = self.scope.clone();
        let whole = self.first.len() < KEPT;
        let mut error = None;
        in_order(
            frames.len().div_ceil(PIECE) as u64,
            || (session.view(), Tree::new()),
            |(view, tree), piece| {
                let from = usize::try_from(piece).unwrap_or(0) * PIECE;
                let some = &frames[from..frames.len().min(from + PIECE)];
                let mut out = Vec::with_capacity(some.len());
                for number in some {
                    out.extend(hear(view, tree, *number, &scope, whole)?);
                }
                Ok(out)
            },
            |heard: Result<Vec<Heard>, String>| match heard {
                Ok(heard) => take(&mut |ladder| self.add(&heard, ladder)),
                Err(e) => {
                    error = Some(e);
                    false
                }
            },
        );
        match error {
            Some(error) => Err(error),
            None => Ok(false),
        }
    }

    /// Add rows at the end.
    fn add(&mut self, heard: &[Heard], ladder: &mut Ladder) {
        let mut lost_before = false;
        for heard in heard {
            let row = ladder.len();
            if row == 0 {
                ladder.origin_ns = heard.time_ns.unwrap_or(0);
            }
            let mut arrow = self.arrow(heard, ladder);
            let seen = self.seen_of(heard, &arrow);
            self.checkpoints.note(row, &self.tracker);
            let (ends, lost) = self.tracker.step(&seen);
            arrow.ends = ends;
            if lost.is_some() {
                settle(&mut arrow);
            }
            if let Some(lost) = lost
                && self.overlay.is_none()
                && self.lost.len() < LOST
            {
                self.lost.insert(lost);
                if let Some(at) = ladder.row_of(lost) {
                    if let Some(arrow) = ladder.arrow_mut(at) {
                        arrow.fate = Fate::Presumed;
                    }
                    if let Some(seen) = self.first.get_mut(at) {
                        seen.gone = true;
                        lost_before = true;
                    }
                }
            }
            if row < KEPT {
                decimals(ladder, &arrow);
                self.first.push(seen);
                ladder.push(arrow);
            } else {
                ladder.push_frames(&[heard.frame]);
            }
        }
        if lost_before {
            self.track_again(ladder);
        }
    }

    /// It turned out that some packets were lost: their receivers stood otherwise than was told.
    fn track_again(&mut self, ladder: &mut Ladder) {
        let mut tracker = Tracker::default();
        for (row, seen) in self.first.iter().enumerate() {
            let (ends, _) = tracker.step(seen);
            if let Some(arrow) = ladder.arrow_mut(row) {
                arrow.ends = ends;
            }
        }
        if self.first.len() == ladder.len() {
            self.tracker = tracker;
        }
    }

    /// The arrow of a frame, but for how its ends stand.
    fn arrow(&mut self, heard: &Heard, ladder: &mut Ladder) -> Arrow {
        let mut arrow = Arrow {
            frame: heard.frame,
            time_ns: heard.time_ns,
            title: heard.title.clone(),
            line: heard.line.clone(),
            ports: heard.ports,
            numbers: heard.numbers,
            len: heard.len,
            remarks: heard.remarks.clone(),
            ..Arrow::default()
        };
        let overlay = self.overlay.clone();
        match overlay.as_ref().and_then(|o| o.of(heard.frame)) {
            Some(known) => {
                arrow.from = known.from;
                arrow.to = known.to;
                arrow.sent_ns = Some(known.sent_ns);
                arrow.there_ns = known.there_ns;
                arrow.fate = known.fate;
                arrow.words.clone_from(&known.words);
                arrow.step = Some(known.step);
            }
            None => {
                (arrow.from, arrow.to) = self.places(heard, ladder);
                if self.lost.contains(&heard.frame) {
                    arrow.fate = Fate::Presumed;
                } else if heard.remarks.contains(&Remark::OutOfOrder) {
                    arrow.fate = Fate::Late;
                }
            }
        }
        if matches!(self.scope, Scope::Rows(_)) || overlay.is_some() {
            self.ports(&arrow);
        }
        arrow
    }

    /// The lines of a packet's ends.
    fn places(&mut self, heard: &Heard, ladder: &mut Ladder) -> (usize, Option<usize>) {
        if let Some((hardware, address)) = heard.arp
            && self.lines.hardware.len() < 1 << 16
        {
            self.lines.hardware.insert(hardware, address);
            // It was known by its hardware address alone so far.
            let bare = Party {
                address: hardware,
                port: 0,
            };
            let party = Party { address, port: 0 };
            if let Some(line) = self.lines.of.get(&bare).copied()
                && !self.lines.of.contains_key(&party)
            {
                self.lines.of.insert(party, line);
                if let Some(slot) = ladder.lines.get_mut(line) {
                    *slot = self.life_line(party, "");
                }
            }
        }
        let known = |party: Party| match self.lines.hardware.get(&party.address) {
            Some(address) => Party {
                address: *address,
                ..party
            },
            None => party,
        };
        let parties = heard.parties.map(known);
        let answers = heard
            .numbers
            .is_some_and(|n| n.flags & 2 != 0 && n.ack.is_some());
        let open = matches!(self.scope, Scope::Rows(_));
        // Of a connection that is taken up in the middle nobody knows who began.
        let began = heard.numbers.is_none_or(|n| n.flags & 2 != 0);
        let role = |client: bool| match (began, client) {
            (true, true) => "client · ",
            (true, false) => "server · ",
            (false, _) => "",
        };
        // The client stands on the left, though its question may not have been captured.
        if answers && !is_group(parties[1].address) {
            self.place(parties[1], ladder, role(true));
        }
        let is_first = ladder.lines.is_empty();
        let from = self.place(parties[0], ladder, role(is_first));
        if open && is_group(parties[1].address) {
            return (from, None);
        }
        let to = self.place(parties[1], ladder, role(false));
        (from, Some(to))
    }

    fn place(&mut self, party: Party, ladder: &mut Ladder, role: &str) -> usize {
        let line = self.life_line(party, role);
        self.lines.place(party, ladder, || line)
    }

    /// What stands above a line.
    fn life_line(&self, party: Party, role: &str) -> LifeLine {
        let address = party.address.to_string();
        let name = self.name_of(party.address);
        let below = match (&name, party.port) {
            (Some(_), 0) => address.clone(),
            (Some(_), port) => format!("{address} : {port}"),
            (None, 0) => String::new(),
            (None, port) => format!("{role}port {port}"),
        };
        LifeLine {
            name: name.unwrap_or(address),
            address: below,
        }
    }

    /// The name that the file knows for an address.
    fn name_of(&self, address: Address) -> Option<String> {
        let wanted: std::net::IpAddr = match address {
            Address::V4(a) => a.into(),
            Address::V6(a) => a.into(),
            _ => return None,
        };
        let info = Arc::clone(&self.session.state().info);
        let record = info.names.iter().find(|r| r.address == wanted)?;
        record.names.first().cloned()
    }

    /// Remember the ports that the ends of a packet have.
    fn ports(&mut self, arrow: &Arrow) {
        let Some((source, destination)) = arrow.ports else {
            return;
        };
        let ends = [(Some(arrow.from), source), (arrow.to, destination)];
        for (line, port) in ends {
            let Some(line) = line else { continue };
            let known = self.lines.ports.entry(line).or_insert(Some(port));
            if *known != Some(port) {
                *known = None;
            }
        }
    }

    /// Everything is there: lines that have one port only are told with it.
    pub(super) fn finish(&self, ladder: &mut Ladder) {
        if !self.lines.ports.values().all(Option::is_some) {
            return;
        }
        for (line, port) in &self.lines.ports {
            if let (Some(line), Some(port)) = (ladder.lines.get_mut(*line), port)
                && !line.address.contains(" : ")
                && !line.address.contains("port ")
            {
                match line.address.is_empty() {
                    true => line.address = format!("port {port}"),
                    false => line.address.push_str(&format!(" : {port}")),
                }
            }
        }
    }

    fn seen_of(&self, heard: &Heard, arrow: &Arrow) -> Seen {
        let overlay = self.overlay.as_ref().and_then(|o| o.of(heard.frame));
        let again = [
            Remark::Retransmission,
            Remark::FastRetransmission,
            Remark::OutOfOrder,
        ];
        Seen {
            frame: heard.frame,
            from: arrow.from,
            to: arrow.to.unwrap_or(arrow.from),
            stream: heard.stream,
            numbers: heard.numbers,
            len: heard.len,
            answered: heard.answered,
            gone: arrow.fate.is_gone(),
            again: heard.remarks.iter().any(|r| again.contains(r)),
            words: heard.words.clone(),
            known: overlay.and_then(|o| o.ends),
        }
    }

    /// The row from which on frames must be read to make a block's arrows.
    pub(super) fn known_before(&self, block: usize) -> usize {
        let start = block * BLOCK;
        self.checkpoints.before(start).map_or(start, |(row, _)| row)
    }

    /// Make the arrows of a block of rows that are not in memory. `frames` are those of the rows from `from` on, which is what
    /// [`Builder::known_before`] says, to the end of the block.
    pub(super) fn block(
        &mut self,
        block: usize,
        from: usize,
        frames: &[u32],
        ladder: &mut Ladder,
    ) -> Result<Vec<(usize, Arrow)>, String> {
        let start = block * BLOCK;
        let mut tracker = match self.checkpoints.before(start) {
            Some((row, tracker)) if row == from => tracker.clone(),
            _ => Tracker::default(),
        };
        let (mut view, mut tree) = (self.session.view(), Tree::new());
        let mut out = Vec::new();
        for (row, frame) in (from..).zip(frames) {
            let whole = row >= start;
            let Some(heard) = hear(&mut view, &mut tree, *frame, &self.scope, whole)? else {
                if whole {
                    let arrow = Arrow {
                        frame: *frame,
                        title: "no longer in memory".into(),
                        ..Arrow::default()
                    };
                    out.push((row, arrow));
                }
                continue;
            };
            let mut arrow = self.arrow(&heard, ladder);
            let (ends, lost) = tracker.step(&self.seen_of(&heard, &arrow));
            arrow.ends = ends;
            if lost.is_some() {
                settle(&mut arrow);
            }
            if whole {
                out.push((row, arrow));
            }
        }
        Ok(out)
    }
}

/// It was sent before, and that one is in the capture: what looks as if others had overtaken it is a repetition.
fn settle(arrow: &mut Arrow) {
    if let Some(remark) = arrow.remarks.iter_mut().find(|r| **r == Remark::OutOfOrder) {
        *remark = Remark::Retransmission;
        if arrow.fate == Fate::Late {
            arrow.fate = Fate::Arrived;
        }
    }
}

/// Packets that follow each other faster than the clock shows get a finer clock.
fn decimals(ladder: &mut Ladder, arrow: &Arrow) {
    let before = ladder.len().checked_sub(1).and_then(|r| ladder.arrow(r));
    if let (Some(before), Some(now)) = (before.and_then(|b| b.time_ns), arrow.time_ns)
        && (1..1_000_000).contains(&now.saturating_sub(before))
        && ladder.len() < 64
    {
        ladder.decimals = 6;
    }
}
