//! The rules: what each segment is, given what came before. Named after the "TCP Analysis" chapter of Wireshark's
//! User's Guide, whose words the marks follow.

use super::unacked::Sent;
use super::{
    ACK, ACKED, BASE, Direction, EXPECTED, FIN, GAP, Marks, NEXT, Outcome, PSH, RST, SYN, Segment,
    Side, Stream, TcpFacts, TcpNote, WINDOW, WindowScale, before,
};

/// A fast retransmission follows the last duplicate ACK within this time.
const FAST_NS: i64 = 20_000_000;
/// How late an overtaken segment may come when no round-trip time is known.
const REORDER_NS: i64 = 3_000_000;

pub(super) fn segment(stream: &mut Stream, s: &Segment, direction: Direction) -> Outcome {
    let first = s.frame == stream.first_frame;
    let mut facts = TcpFacts {
        prev_frame: stream.last_frame,
        ..TcpFacts::default()
    };
    let mut note = TcpNote::default();
    stream.last_frame = s.frame;
    note_completeness(stream, s, first);
    note_handshake(stream, s, direction);
    let [a, b] = &mut stream.sides;
    let (side, peer) = match direction {
        Direction::Forward => (a, b),
        Direction::Backward => (b, a),
    };
    let rebased = note_bases(side, peer, s);

    let syn_fin = s.flags & (SYN | FIN) != 0;
    let control = s.flags & (SYN | FIN | RST) != 0;
    let after = s.seq.wrapping_add(s.len);
    let end = after.wrapping_add(u32::from(syn_fin));
    let in_order = side.has(NEXT) && s.seq == side.next;
    let same_ack = side.has(ACKED) && s.ack == side.acked;
    let same_window = side.has(WINDOW) && s.window == side.window;
    let mut marks = Marks::default();
    if rebased || (stream.reused && first) {
        marks |= Marks::REUSED_PORTS;
    }

    if s.len == 1 && in_order && peer.has(WINDOW) && peer.window == 0 {
        marks |= Marks::ZERO_WINDOW_PROBE;
    }
    if s.window == 0 && !control {
        marks |= Marks::ZERO_WINDOW;
    }
    if side.has(NEXT) && before(side.next, s.seq) && s.flags & RST == 0 {
        marks |= Marks::LOST_SEGMENT;
    }
    if s.len <= 1 && side.has(NEXT) && s.seq == side.next.wrapping_sub(1) && !control {
        marks |= Marks::KEEP_ALIVE;
    }
    if s.len == 0 && s.window != 0 && !same_window && in_order && same_ack && !control {
        marks |= Marks::WINDOW_UPDATE;
    }
    if s.len > 0 && !control && !marks.has(Marks::ZERO_WINDOW_PROBE) && fills_window(peer, after) {
        marks |= Marks::WINDOW_FULL;
    }
    if s.len == 0 && same_window && in_order && same_ack && !control {
        if s.window != 0 && peer.last.has(Marks::KEEP_ALIVE) {
            marks |= Marks::KEEP_ALIVE_ACK;
        } else if s.window == 0 && peer.last.has(Marks::ZERO_WINDOW_PROBE) {
            marks |= Marks::ZERO_WINDOW_PROBE_ACK;
        } else if s.window != 0 {
            marks |= Marks::DUPLICATE_ACK;
            side.repeats = side.repeats.saturating_add(1);
            note.duplicate_ack_num = side.repeats;
            note.duplicate_ack_frame = side.acked_frame;
        }
    }
    if s.flags & ACK != 0 && peer.has(NEXT) && before(peer.next, s.ack) {
        // The capture lacks what the peer sent, so its repeated ACKs count from the start again.
        if same_ack {
            peer.repeats = 0;
        }
        marks |= Marks::ANALYSED;
    }
    if s.flags & ACK != 0 && peer.has(EXPECTED) && before(peer.expected_ack, s.ack) {
        marks |= Marks::ACK_LOST_SEGMENT;
        if before(peer.expected_ack, peer.next) {
            peer.expected_ack = peer.next;
        } else {
            peer.known &= !EXPECTED;
        }
    }

    if s.len > 0
        && peer.has(ACKED)
        && !before(peer.acked, after)
        && !marks.has(Marks::KEEP_ALIVE)
        && side.has(NEXT)
    {
        marks |= Marks::SPURIOUS_RETRANSMISSION | Marks::RETRANSMISSION;
    } else if (s.len > 0 || syn_fin)
        && side.has(NEXT)
        && before(s.seq, side.next)
        && !marks.has(Marks::KEEP_ALIVE)
    {
        let threshold = stream.initial_rtt_ns.unwrap_or(REORDER_NS);
        if peer.repeats >= 2
            && peer.acked == s.seq
            && s.time_ns.saturating_sub(peer.acked_time_ns) < FAST_NS
        {
            marks |= Marks::FAST_RETRANSMISSION | Marks::RETRANSMISSION;
        } else if s.seq == side.next.wrapping_sub(1) && before(side.next, after) {
            // The last byte once more, with new ones: the sender goes on after a one-byte segment.
        } else if (0..threshold).contains(&s.time_ns.saturating_sub(side.next_time_ns))
            && side.next != end
        {
            marks |= Marks::OUT_OF_ORDER;
        } else {
            marks |= Marks::RETRANSMISSION;
            note.rto_frame = side.unacked.oldest().unwrap_or(side.next_frame);
        }
    }

    expect_acknowledgment(side, s.seq, end, marks);
    if !side.has(NEXT) || (before(side.next, end) && !marks.has(Marks::ZERO_WINDOW_PROBE)) {
        side.next = end;
        side.next_frame = s.frame;
        side.next_time_ns = s.time_ns;
        side.known |= NEXT;
    }
    if marks.has(Marks::LOST_SEGMENT) {
        side.known |= GAP;
    }
    peer.known &= !GAP;
    side.sacked = s.options.sacked;
    if !same_ack {
        side.acked_frame = s.frame;
        side.repeats = 0;
    }
    side.acked = s.ack;
    side.acked_time_ns = s.time_ns;
    // Zero stands in the field when the ACK flag is not set.
    if s.ack == 0 {
        side.known &= !ACKED;
    } else {
        side.known |= ACKED;
    }
    facts.acks_frame = peer.unacked.acknowledge(s.ack).unwrap_or(0);
    side.window = s.window;
    side.known |= WINDOW;
    side.last = marks;
    if before(s.seq, end) {
        side.unacked.push(Sent {
            seq: s.seq,
            end,
            frame: s.frame,
        });
    }
    if s.len > 0 && !side.has(GAP) {
        let span = side
            .unacked
            .span(side.base)
            .saturating_sub(u32::from(syn_fin));
        let in_flight = span.saturating_sub(peer.sacked);
        side.pushing = side.pushing.saturating_add(s.len);
        if in_flight > 0 {
            facts.bytes_in_flight = in_flight;
            facts.push_bytes = side.pushing;
        } else {
            marks |= Marks::ANALYSED;
        }
        if s.flags & PSH != 0 {
            side.pushing = 0;
        }
    }
    facts.marks = marks;
    let note = (note != TcpNote::default()).then_some(note);
    if note.is_some() {
        facts.marks |= Marks::HAS_NOTE;
    }
    Outcome { facts, note }
}

/// Whether a segment ending at `end` uses up the window that `peer` announced.
fn fills_window(peer: &Side, end: u32) -> bool {
    let shift = match peer.scale {
        WindowScale::Unknown => return false,
        WindowScale::None => 0,
        WindowScale::Shift(shift) => u32::from(shift.min(14)),
    };
    peer.has(WINDOW)
        && peer.has(ACKED)
        && peer.acked.wrapping_add(u32::from(peer.window) << shift) == end
}

/// Moves on how far the other side can rightly acknowledge.
fn expect_acknowledgment(side: &mut Side, seq: u32, end: u32, marks: Marks) {
    let disordered = marks.0 & (Marks::RETRANSMISSION | Marks::OUT_OF_ORDER).0 != 0;
    if marks.has(Marks::LOST_SEGMENT) {
        side.expected_ack = side.next;
        side.known |= EXPECTED;
    } else if !side.has(EXPECTED) {
        if !side.has(NEXT) || (!disordered && end != seq) {
            side.expected_ack = end;
            side.known |= EXPECTED;
        }
    } else if seq == side.expected_ack || marks.has(Marks::KEEP_ALIVE) {
        side.expected_ack = if before(end, side.next) {
            side.next
        } else {
            end
        };
    }
}

/// Learns where relative numbers begin: at a SYN, or so that the first segment seen shows 1. Tells whether a SYN/ACK
/// moved the beginning.
fn note_bases(side: &mut Side, peer: &mut Side, s: &Segment) -> bool {
    let mut moved = false;
    if !side.has(BASE) {
        side.base = if s.flags & SYN != 0 {
            s.seq
        } else {
            s.seq.wrapping_sub(1)
        };
        side.known |= BASE;
    } else if s.flags & (SYN | ACK) == SYN | ACK && side.base != s.seq {
        side.rebase(s.frame, s.seq);
        moved = true;
    }
    if s.flags & (SYN | ACK) == SYN | ACK && side.handshake_frame == 0 {
        side.handshake_frame = s.frame;
    }
    if !peer.has(BASE) && s.flags & ACK != 0 {
        peer.base = s.ack.wrapping_sub(1);
        peer.known |= BASE;
    }
    moved
}

/// Window scales and the round-trip time, both from the handshake.
fn note_handshake(stream: &mut Stream, s: &Segment, direction: Direction) {
    let sides = &mut stream.sides;
    if let Some(shift) = s.options.window_scale {
        sides[direction as usize].scale = WindowScale::Shift(shift);
    } else if s.flags & SYN != 0 && sides[direction as usize].scale == WindowScale::Unknown {
        // Scaling is used only if both sides offer it.
        sides[direction as usize].scale = WindowScale::None;
        sides[direction.opposite() as usize].scale = WindowScale::None;
    }
    match s.flags & (SYN | ACK) {
        // A SYN at time zero counts as none: there the clock says nothing.
        SYN if s.time_ns != 0 => stream.syn_time_ns = Some(s.time_ns),
        ACK if stream.initial_rtt_ns.is_none() => {
            stream.initial_rtt_ns = stream.syn_time_ns.map(|syn| s.time_ns.saturating_sub(syn));
        }
        _ => (),
    }
}

fn note_completeness(stream: &mut Stream, s: &Segment, first: bool) {
    let mut bits = 0;
    if s.flags & SYN != 0 {
        bits |= if s.flags & ACK != 0 {
            2
        } else {
            u8::from(!(first && stream.announced))
        };
    } else {
        if s.flags & ACK != 0 {
            bits |= if s.len > 0 { 8 } else { 4 };
            if s.flags & FIN != 0 {
                bits |= 16;
            }
        }
        if s.flags & RST != 0 {
            bits |= 32;
        }
    }
    if first && bits != 1 {
        stream.seen_in_first |= bits
    } else {
        stream.seen |= bits
    }
}
