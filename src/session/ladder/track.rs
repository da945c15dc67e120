//! How the ends of each conversation stand, from packet to packet.

use std::collections::{BTreeMap, VecDeque};

use super::stage::{Stage, Word};
use super::tcp::{Ends, Segment};
use crate::export::ladder::{End, Numbers, TcpState};

/// Connections that are kept track of at the same time; beyond that the oldest are given up.
const CONNECTIONS: usize = 256;

/// Segments that wait to be acknowledged, of each end.
const WAITING: usize = 64;

const FIN: u16 = 1;
const SYN: u16 = 2;

/// A packet, as far as states depend on it.
#[derive(Clone, Debug, Default)]
pub(super) struct Seen {
    pub(super) frame: u32,
    pub(super) from: usize,
    pub(super) to: usize,
    pub(super) stream: Option<u32>,
    pub(super) numbers: Option<Numbers>,
    pub(super) len: u32,
    pub(super) answered: bool,
    pub(super) gone: bool,
    /// Sent before, and not acknowledged since.
    pub(super) again: bool,
    pub(super) words: Vec<Word>,
    /// The states, where they are known: the client first.
    pub(super) known: Option<[(usize, TcpState); 2]>,
}

/// A connection.
#[derive(Clone, Debug, Default)]
struct Connection {
    /// The client's line and the server's.
    lines: [usize; 2],
    tcp: Ends,
    stage: Stage,
    /// What was told of either end last.
    told: [Option<(Option<TcpState>, &'static str)>; 2],
    /// Sequence numbers that wait to be acknowledged, with their frames.
    waiting: [VecDeque<(u32, u32)>; 2],
    /// When it was heard of last.
    age: u64,
}

/// All connections.
#[derive(Clone, Debug, Default)]
pub(super) struct Tracker {
    connections: BTreeMap<u32, Connection>,
    clock: u64,
}

impl Tracker {
    /// Take in a packet: how the ends of its connection stand then, and the frame that it shows to be lost.
    pub(super) fn step(&mut self, seen: &Seen) -> (Vec<End>, Option<u32>) {
        let (Some(stream), Some(numbers)) = (seen.stream, seen.numbers) else {
            return (Vec::new(), None);
        };
        self.clock += 1;
        if self.connections.len() >= CONNECTIONS && !self.connections.contains_key(&stream) {
            let oldest = self.connections.iter().min_by_key(|(_, c)| c.age);
            if let Some(oldest) = oldest.map(|(stream, _)| *stream) {
                self.connections.remove(&oldest);
            }
        }
        let clock = self.clock;
        let connection = self.connections.entry(stream).or_insert_with(|| {
            // Who answers is the server; who speaks first is the client.
            let answers = numbers.flags & SYN != 0 && numbers.ack.is_some();
            let mut lines = [seen.from, seen.to];
            if answers {
                lines.swap(0, 1);
            }
            Connection {
                lines: seen.known.map_or(lines, |ends| ends.map(|(line, _)| line)),
                ..Connection::default()
            }
        });
        connection.age = clock;
        connection.step(seen, numbers)
    }
}

impl Connection {
    fn step(&mut self, seen: &Seen, numbers: Numbers) -> (Vec<End>, Option<u32>) {
        let from = usize::from(seen.from != self.lines[0]);
        let lost = self.wait(seen, numbers, from);
        let begun = self.tcp.states().is_some();
        self.tcp.step(
            from,
            &Segment {
                flags: numbers.flags,
                seq: numbers.seq_raw,
                ack: numbers.ack_raw.unwrap_or(0),
                len: seen.len,
                arrives: !seen.gone,
                answered: seen.answered,
            },
        );
        if !seen.gone {
            seen.words.iter().for_each(|word| self.stage.hear(word));
        }
        let derived = self.tcp.states();
        let mut ends = Vec::with_capacity(2);
        for side in 0..2 {
            let state = match seen.known {
                Some(known) => Some(known[side].1),
                None => derived.map(|states| states[side]),
            };
            let stage = if side == 1 { self.stage.name() } else { "" };
            let told = &mut self.told[side];
            let (state_before, stage_before) = told.unwrap_or_default();
            // A server that listens was there before; that is no news.
            let quiet = !begun && matches!(state, Some(TcpState::Listen | TcpState::Closed));
            *told = Some((state, stage));
            ends.push(End {
                line: self.lines[side],
                state,
                stage,
                new_state: state != state_before && !quiet,
                new_stage: stage != stage_before,
            });
        }
        (ends, lost)
    }

    /// Which segments wait to be acknowledged. One that is sent again while it waits shows that it was lost before.
    fn wait(&mut self, seen: &Seen, numbers: Numbers, from: usize) -> Option<u32> {
        if let Some(ack) = numbers.ack_raw.filter(|_| !seen.gone) {
            // Numbers begin anew behind 2^32.
            self.waiting[1 - from]
                .retain(|(seq, _)| ack.wrapping_sub(*seq).wrapping_sub(1) >= 1 << 31);
        }
        let counts = seen.len > 0 || numbers.flags & (SYN | FIN) != 0;
        if !counts {
            return None;
        }
        let waiting = &mut self.waiting[from];
        let before = waiting.iter_mut().rfind(|(seq, _)| *seq == numbers.seq_raw);
        match before {
            Some((_, frame)) => {
                let before = std::mem::replace(frame, seen.frame);
                return seen.again.then_some(before);
            }
            None => {
                if waiting.len() >= WAITING {
                    waiting.pop_front();
                }
                waiting.push_back((numbers.seq_raw, seen.frame));
            }
        }
        None
    }
}
