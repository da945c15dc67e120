//! The states of both ends of a TCP connection, as an observer of the wire sees them: from the segments that passed, by the rules
//! of RFC 9293, section 3.3.2 and 3.10.7. What was captured is taken to have arrived, unless it is known to be lost.

use crate::export::ladder::TcpState;

const FIN: u16 = 1;
const SYN: u16 = 2;
const RST: u16 = 4;
const ACK: u16 = 16;

/// A segment, as far as the states depend on it.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Segment {
    /// The flag bits.
    pub(super) flags: u16,
    /// Sequence number on the wire.
    pub(super) seq: u32,
    /// Acknowledgment number on the wire.
    pub(super) ack: u32,
    /// Bytes of data.
    pub(super) len: u32,
    /// It comes to its receiver.
    pub(super) arrives: bool,
    /// Somewhere in the capture the connection is agreed to.
    pub(super) answered: bool,
}

impl Segment {
    fn has(&self, flag: u16) -> bool {
        self.flags & flag != 0
    }
}

/// Both ends: 0 is the client.
#[derive(Clone, Debug, Default)]
pub(super) struct Ends {
    states: Option<[TcpState; 2]>,
    /// The number behind the FIN of each end.
    fins: [Option<u32>; 2],
}

impl Ends {
    /// How they stand; `None` before the first segment.
    pub(super) fn states(&self) -> Option<[TcpState; 2]> {
        self.states
    }

    /// Take in a segment from an end.
    pub(super) fn step(&mut self, from: usize, segment: &Segment) {
        use TcpState::{
            CloseWait, Closed, Closing, Established, FinWait1, FinWait2, LastAck, Listen,
            SynReceived, SynSent, TimeWait,
        };
        let from = from.min(1);
        let to = 1 - from;
        let mut states = self
            .states
            .unwrap_or_else(|| match segment.flags & (SYN | ACK) {
                SYN => {
                    let mut states = [Listen; 2];
                    states[from] = Closed;
                    states
                }
                // Begins with the answer: the question was not captured.
                flags if flags & SYN != 0 => {
                    let mut states = [SynSent; 2];
                    states[from] = SynReceived;
                    states
                }
                // Taken up in the middle.
                _ => [Established; 2],
            });
        // What sending means to the sender.
        if segment.has(RST) {
            states[from] = Closed;
            if segment.arrives {
                states[to] = match states[to] {
                    // Whoever had only listened goes on listening.
                    Listen => Listen,
                    SynReceived if to == 1 => Listen,
                    _ => Closed,
                };
            }
            self.states = Some(states);
            return;
        }
        if segment.has(SYN) {
            states[from] = match states[from] {
                Closed | Listen | SynSent | TimeWait if !segment.has(ACK) => SynSent,
                Closed | Listen | SynSent => SynReceived,
                other => other,
            };
        }
        if segment.has(FIN) {
            let behind = segment.seq.wrapping_add(segment.len).wrapping_add(1);
            self.fins[from] = Some(behind);
            // A FIN that does not acknowledge the other's was sent before that one came: both close at the same time.
            let unaware =
                segment.has(ACK) && self.fins[to].is_some_and(|fin| !reaches(segment.ack, fin));
            states[from] = match states[from] {
                SynReceived | Established => FinWait1,
                CloseWait if unaware => Closing,
                CloseWait => LastAck,
                other => other,
            };
        }
        if segment.arrives {
            // What its coming means to the receiver: first the acknowledgment, then SYN and FIN.
            if segment.has(ACK) {
                let fin_acked = self.fins[to].is_some_and(|fin| reaches(segment.ack, fin));
                states[to] = match states[to] {
                    SynSent if segment.has(SYN) => Established,
                    SynReceived => Established,
                    FinWait1 if fin_acked => FinWait2,
                    Closing if fin_acked => TimeWait,
                    LastAck if fin_acked => Closed,
                    other => other,
                };
            }
            if segment.has(SYN) && !segment.has(ACK) {
                states[to] = match states[to] {
                    Listen if segment.answered => SynReceived,
                    SynSent => SynReceived,
                    other => other,
                };
            }
            if segment.has(FIN) {
                states[to] = match states[to] {
                    SynReceived | Established => CloseWait,
                    FinWait1 => Closing,
                    FinWait2 => TimeWait,
                    other => other,
                };
            }
        }
        self.states = Some(states);
    }
}

/// Whether an acknowledgment covers everything before a number; numbers begin anew behind 2^32.
fn reaches(ack: u32, number: u32) -> bool {
    ack.wrapping_sub(number) < 1 << 31
}

#[cfg(test)]
mod tests {
    use super::*;

    const CLIENT: usize = 0;
    const SERVER: usize = 1;

    /// The states after each of these segments: who sends, flags, seq, ack, bytes.
    fn run(segments: &[(usize, u16, u32, u32, u32)]) -> Vec<String> {
        let mut ends = Ends::default();
        let mut told = Vec::new();
        for (from, flags, seq, ack, len) in segments {
            let segment = Segment {
                flags: *flags,
                seq: *seq,
                ack: *ack,
                len: *len,
                arrives: true,
                answered: true,
            };
            ends.step(*from, &segment);
            let [client, server] = ends.states().unwrap();
            told.push(format!("{} {}", client.name(), server.name()));
        }
        told
    }

    const HANDSHAKE: [(usize, u16, u32, u32, u32); 3] = [
        (CLIENT, SYN, 99, 0, 0),
        (SERVER, SYN | ACK, 499, 100, 0),
        (CLIENT, ACK, 100, 500, 0),
    ];

    #[test]
    fn opened_and_closed_one_after_the_other() {
        let mut all = HANDSHAKE.to_vec();
        all.extend([
            (CLIENT, FIN | ACK, 100, 500, 0),
            (SERVER, ACK, 500, 101, 0),
            (SERVER, ACK, 500, 101, 7),
            (CLIENT, ACK, 101, 507, 0),
            (SERVER, FIN | ACK, 507, 101, 0),
            (CLIENT, ACK, 101, 508, 0),
        ]);
        assert_eq!(
            run(&all),
            [
                "SYN-SENT SYN-RECEIVED",
                "ESTABLISHED SYN-RECEIVED",
                "ESTABLISHED ESTABLISHED",
                "FIN-WAIT-1 CLOSE-WAIT",
                "FIN-WAIT-2 CLOSE-WAIT",
                "FIN-WAIT-2 CLOSE-WAIT",
                "FIN-WAIT-2 CLOSE-WAIT",
                "TIME-WAIT LAST-ACK",
                "TIME-WAIT CLOSED",
            ]
        );
    }

    #[test]
    fn closed_with_both_fins_under_way() {
        let mut all = HANDSHAKE.to_vec();
        all.extend([
            (CLIENT, FIN | ACK, 100, 500, 0),
            (SERVER, FIN | ACK, 500, 101, 0),
            (CLIENT, ACK, 101, 501, 0),
        ]);
        let last = &run(&all)[3..];
        assert_eq!(
            last,
            [
                "FIN-WAIT-1 CLOSE-WAIT",
                "TIME-WAIT LAST-ACK",
                "TIME-WAIT CLOSED"
            ]
        );
        // Neither had seen the other's.
        let mut all = HANDSHAKE.to_vec();
        all.extend([
            (CLIENT, FIN | ACK, 100, 500, 0),
            (SERVER, FIN | ACK, 500, 100, 0),
            (CLIENT, ACK, 101, 501, 0),
            (SERVER, ACK, 501, 101, 0),
        ]);
        assert_eq!(
            run(&all)[4..],
            [
                "CLOSING CLOSING",
                "CLOSING TIME-WAIT",
                "TIME-WAIT TIME-WAIT"
            ]
        );
    }

    #[test]
    fn both_ask_at_the_same_time() {
        let all = [
            (CLIENT, SYN, 99, 0, 0),
            (SERVER, SYN, 499, 0, 0),
            (CLIENT, SYN | ACK, 99, 500, 0),
            (SERVER, SYN | ACK, 499, 100, 0),
        ];
        assert_eq!(
            run(&all)[1..],
            [
                "SYN-RECEIVED SYN-RECEIVED",
                "SYN-RECEIVED ESTABLISHED",
                "ESTABLISHED ESTABLISHED"
            ]
        );
    }

    #[test]
    fn refused_broken_off_and_taken_up_in_the_middle() {
        let mut ends = Ends::default();
        let syn = Segment {
            flags: SYN,
            arrives: true,
            ..Segment::default()
        };
        ends.step(CLIENT, &syn);
        assert_eq!(ends.states(), Some([TcpState::SynSent, TcpState::Listen]));
        let reset = Segment {
            flags: RST | ACK,
            arrives: true,
            ..Segment::default()
        };
        ends.step(SERVER, &reset);
        assert_eq!(ends.states(), Some([TcpState::Closed, TcpState::Closed]));
        assert_eq!(
            run(&[(CLIENT, ACK, 5, 5, 10), (SERVER, RST, 5, 15, 0)]),
            ["ESTABLISHED ESTABLISHED", "CLOSED CLOSED"]
        );
    }

    #[test]
    fn what_is_lost_changes_its_sender_only() {
        let mut ends = Ends::default();
        let segment = |flags, arrives| Segment {
            flags,
            arrives,
            answered: true,
            ..Segment::default()
        };
        ends.step(CLIENT, &segment(SYN, true));
        ends.step(SERVER, &segment(SYN | ACK, false));
        assert_eq!(
            ends.states(),
            Some([TcpState::SynSent, TcpState::SynReceived])
        );
        ends.step(SERVER, &segment(SYN | ACK, true));
        assert_eq!(
            ends.states(),
            Some([TcpState::Established, TcpState::SynReceived])
        );
    }
}
