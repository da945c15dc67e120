//! The wire between the hosts: how long a frame is on its way, and what happens to it there.
//!
//! The recording is made in the middle of the wire. A frame that is delayed, doubled or damaged is so before it comes
//! there, and a frame that is lost gets lost behind it: so all of it can be seen.

use super::plan::Wire;

/// Random numbers that are the same for the same seed: PCG32 (O'Neill 2014), its increment fixed.
#[derive(Debug, Clone)]
pub struct Chance(u64);

impl Chance {
    /// Begins with a seed.
    pub fn new(seed: u64) -> Self {
        let mut chance = Self(seed ^ 0x9e37_79b9_7f4a_7c15);
        chance.number();
        chance.number();
        chance
    }

    /// The next number.
    pub fn number(&mut self) -> u32 {
        let old = self.0;
        self.0 = old
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        let shifted = (((old >> 18) ^ old) >> 27) as u32;
        shifted.rotate_right((old >> 59) as u32)
    }

    /// The next number below a bound; 0 if the bound is 0.
    pub fn below(&mut self, bound: u32) -> u32 {
        ((u64::from(self.number()) * u64::from(bound)) >> 32) as u32
    }

    /// Whether something happens that happens so many times in a million.
    pub fn happens(&mut self, millionths: u32) -> bool {
        millionths > 0 && self.below(1_000_000) < millionths
    }
}

/// Faults of the wire and of the hosts that are asked for. The default is none.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Faults {
    /// Frames lost, in a million.
    pub loss: u32,
    /// Frames held back so that later ones overtake them, in a million.
    pub reorder: u32,
    /// Frames that come twice, in a million.
    pub duplicate: u32,
    /// Frames with a bit turned, in a million.
    pub corrupt: u32,
    /// Another delay than the exchange's own, in nanoseconds one way.
    pub delay_ns: Option<i64>,
    /// Another bandwidth than the exchange's own, in bits a second.
    pub bandwidth: Option<u64>,
    /// Single events.
    pub events: Vec<Fault>,
}

/// One event that goes wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// Something happens to one frame.
    Frame(Which, What),
    /// The client stops reading for three seconds: its window closes.
    CloseWindow,
    /// The client leaves abruptly after the first answer.
    Reset,
    /// The server's machine is off.
    NoAnswer,
    /// The server answers something else than it should.
    Nonsense,
}

/// A frame, by what it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Which {
    /// The first SYN.
    Syn,
    /// The first SYN,ACK.
    SynAck,
    /// The ACK that ends the handshake.
    HandshakeAck,
    /// The n-th segment with data, counted over both directions, repetitions not counted.
    Data(u32),
    /// The first FIN.
    Fin,
    /// The n-th UDP datagram.
    Datagram(u32),
    /// The n-th ICMP message, neighbour discovery not counted.
    Icmp(u32),
    /// The first ARP request or neighbour solicitation.
    Neighbour,
}

/// What happens to a frame.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum What {
    /// It gets lost.
    Lose,
    /// It comes twice.
    Double,
    /// It is held back for 30 ms.
    HoldBack,
    /// A bit of it turns.
    Damage,
}

/// Names of the single events with what they mean, for `--help` and messages. N is a number from 1.
pub const FAULT_NAMES: &[(&str, &str)] = &[
    ("lose-syn", "the first SYN gets lost"),
    ("lose-syn-ack", "the first SYN,ACK gets lost"),
    ("lose-ack", "the ACK that ends the handshake gets lost"),
    ("lose-data-N", "the N-th segment with data gets lost"),
    ("double-data-N", "the N-th segment with data comes twice"),
    ("delay-data-N", "the N-th segment with data comes late"),
    ("damage-data-N", "a bit of the N-th segment with data turns"),
    ("lose-fin", "the first FIN gets lost"),
    ("lose-datagram-N", "the N-th UDP datagram gets lost"),
    ("double-datagram-N", "the N-th UDP datagram comes twice"),
    ("damage-datagram-N", "a bit of the N-th UDP datagram turns"),
    ("lose-icmp-N", "the N-th ICMP message gets lost"),
    (
        "lose-neighbour",
        "the first question for a neighbour's hardware address gets lost",
    ),
    ("close-window", "the client stops reading for three seconds"),
    ("reset", "the client leaves abruptly after the first answer"),
    ("no-answer", "the server's machine is off"),
    (
        "nonsense",
        "the server answers something else than it should",
    ),
];

impl Fault {
    /// Reads the name of an event. `None` if there is no such name.
    pub fn parse(name: &str) -> Option<Self> {
        let fault = match name {
            "close-window" => Self::CloseWindow,
            "reset" => Self::Reset,
            "no-answer" => Self::NoAnswer,
            "nonsense" => Self::Nonsense,
            _ => {
                let (what, which) = name.split_once('-')?;
                let what = match what {
                    "lose" => What::Lose,
                    "double" => What::Double,
                    "delay" => What::HoldBack,
                    "damage" => What::Damage,
                    _ => return None,
                };
                let which = match which {
                    "syn" => Which::Syn,
                    "syn-ack" => Which::SynAck,
                    "ack" => Which::HandshakeAck,
                    "fin" => Which::Fin,
                    "neighbour" | "neighbor" | "arp" => Which::Neighbour,
                    _ => {
                        let (kind, number) = which.rsplit_once('-')?;
                        let number = number.parse().ok().filter(|n| *n > 0)?;
                        match kind {
                            "data" => Which::Data(number),
                            "datagram" => Which::Datagram(number),
                            "icmp" => Which::Icmp(number),
                            _ => return None,
                        }
                    }
                };
                Self::Frame(which, what)
            }
        };
        Some(fault)
    }
}

/// What became of a frame.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Fate {
    /// It arrives as it was sent.
    #[default]
    Arrives,
    /// It gets lost.
    Lost,
    /// It arrives late.
    Late,
    /// It is the second of two that were one.
    Twice,
    /// It arrives with an error in it.
    Damaged,
}

/// One copy of a frame on its way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Carried {
    /// When it passes the middle of the wire, where the recording is made.
    pub seen_ns: i64,
    /// When it is there; none if it gets lost.
    pub there_ns: Option<i64>,
    /// What became of it.
    pub fate: Fate,
}

/// How much longer a frame that is held back takes, in nanoseconds.
const HELD_BACK_NS: i64 = 30_000_000;

/// One direction of a wire is free again only when the frame before is through.
#[derive(Debug, Clone)]
pub struct Link {
    delay_ns: i64,
    bandwidth: u64,
    /// Until when each sender's side is busy.
    busy_until: Vec<i64>,
}

impl Link {
    /// A wire with so many machines on it.
    pub fn new(wire: &Wire, faults: &Faults, machines: usize) -> Self {
        Self {
            delay_ns: faults.delay_ns.unwrap_or(wire.delay_ns).max(0),
            bandwidth: faults.bandwidth.unwrap_or(wire.bandwidth),
            busy_until: vec![0; machines],
        }
    }

    /// A frame of `len` bytes goes on the wire: when its copies pass the middle and arrive. Damage itself is done by the
    /// caller, who has the bytes.
    pub fn carry(
        &mut self,
        now: i64,
        sender: usize,
        len: usize,
        asked: Option<What>,
        faults: &Faults,
        chance: &mut Chance,
    ) -> Vec<Carried> {
        let takes = (len as u64)
            .saturating_mul(8_000_000_000)
            .checked_div(self.bandwidth)
            .unwrap_or(0);
        let takes = i64::try_from(takes).unwrap_or(i64::MAX / 4);
        let Some(busy) = self.busy_until.get_mut(sender) else {
            return Vec::new();
        };
        let gone = now.max(*busy).saturating_add(takes);
        *busy = gone;
        // Every chance is taken for every frame, so that one fault more does not change all that follows.
        let [lost, late, twice, damaged] = [
            faults.loss,
            faults.reorder,
            faults.duplicate,
            faults.corrupt,
        ]
        .map(|rate| chance.happens(rate));
        let half = self.delay_ns / 2;
        let mut seen = gone.saturating_add(half);
        let mut fate = Fate::Arrives;
        if late || asked == Some(What::HoldBack) {
            fate = Fate::Late;
            seen = seen.saturating_add(HELD_BACK_NS.max(self.delay_ns));
        }
        if damaged || asked == Some(What::Damage) {
            fate = Fate::Damaged;
        }
        if lost || asked == Some(What::Lose) {
            fate = Fate::Lost;
        }
        let there = seen.saturating_add(self.delay_ns - half);
        let mut copies = vec![Carried {
            seen_ns: seen,
            there_ns: (fate != Fate::Lost).then_some(there),
            fate,
        }];
        if twice || asked == Some(What::Double) {
            let apart = takes.max(1000);
            copies.push(Carried {
                seen_ns: seen.saturating_add(apart),
                there_ns: Some(there.saturating_add(apart)),
                fate: Fate::Twice,
            });
        }
        copies
    }
}
