//! What the history of a conversation tells of one segment: times, acknowledged frames, retransmissions and the like.

use std::fmt::Write as _;

use super::Header;
use crate::dissect::layer::span_of_time;
use crate::dissect::{Layer, Value};
use crate::flow::facts::{Facts, Transport};
use crate::flow::tcp::{Marks, TcpFacts, TcpNote};

crate::fields! {
    /// Time since the first segment of this conversation.
    TIME_RELATIVE = Field::new("tcp.time_relative", "Time since first frame in this TCP stream", Kind::RelTime);
    /// Time since the segment before this one in the conversation.
    TIME_DELTA = Field::new("tcp.time_delta", "Time since previous frame in this TCP stream", Kind::RelTime);
    /// What sequence and acknowledgment numbers tell, seen over the whole conversation.
    ANALYSIS = Field::new("tcp.analysis", "SEQ/ACK analysis", Kind::None);
    /// The segment that is acknowledged here.
    ACKS_FRAME = Field::new("tcp.analysis.acks_frame", "This is an ACK to the segment in frame", Kind::Frame);
    /// From the segment to its acknowledgment: the time over the network and back, as seen from where the capture was made.
    ACK_RTT = Field::new("tcp.analysis.ack_rtt", "The RTT to ACK the segment was", Kind::RelTime);
    /// The round trip time that the handshake shows: from SYN to the ACK that ends it.
    INITIAL_RTT = Field::new("tcp.analysis.initial_rtt", "iRTT", Kind::RelTime);
    /// Bytes sent and not yet acknowledged, with this segment.
    BYTES_IN_FLIGHT = Field::new("tcp.analysis.bytes_in_flight", "Bytes in flight", Kind::U32);
    /// Bytes sent since the last segment with the PSH flag, with this segment.
    PUSH_BYTES = Field::new("tcp.analysis.push_bytes_sent", "Bytes sent since last PSH flag", Kind::U32);
    /// Something about this segment is out of the ordinary. A filter on this field finds all trouble.
    ANALYSIS_FLAGS = Field::new("tcp.analysis.flags", "TCP Analysis Flags", Kind::None);
    /// The same acknowledgment once more: something arrived, but not the byte that is waited for.
    DUPLICATE_ACK = Field::new("tcp.analysis.duplicate_ack", "Duplicate ACK", Kind::None).spec("RFC 5681 section 2");
    /// How often the acknowledgment was repeated so far. At the third the sender repeats the missing segment.
    DUPLICATE_ACK_NUM = Field::new("tcp.analysis.duplicate_ack_num", "Duplicate ACK #", Kind::U32).spec("RFC 5681 section 3.2");
    /// The acknowledgment that is repeated.
    DUPLICATE_ACK_FRAME = Field::new("tcp.analysis.duplicate_ack_frame", "Duplicate to the ACK in frame", Kind::Frame);
    /// How long the sender waited before it sent the segment again.
    RTO = Field::new("tcp.analysis.rto", "The RTO for this segment was", Kind::RelTime).spec("RFC 6298");
    /// The segment from which that time is counted.
    RTO_FRAME = Field::new("tcp.analysis.rto_frame", "RTO based on delta from frame", Kind::Frame);
    /// The earlier FIN that is sent again here.
    FIN_RETRANSMISSION = Field::new("tcp.fin_retransmission", "Retransmission of FIN from frame", Kind::Frame);
}

crate::issues! {
    /// These bytes were sent before: the segment or its acknowledgment got lost, or took too long.
    RETRANSMISSION = Issue::new("tcp.analysis.retransmission", "This frame is a (suspected) retransmission", Severity::Note, Group::Sequence);
    /// Sent again at once, because repeated acknowledgments told of the loss before the timer ran out.
    FAST_RETRANSMISSION = Issue::new("tcp.analysis.fast_retransmission", "This frame is a (suspected) fast retransmission", Severity::Note, Group::Sequence);
    /// Sent again although it had already been acknowledged: the acknowledgment was lost or late.
    SPURIOUS_RETRANSMISSION = Issue::new("tcp.analysis.spurious_retransmission", "This frame is a (suspected) spurious retransmission", Severity::Note, Group::Sequence);
    /// A later segment overtook this one on the way.
    OUT_OF_ORDER = Issue::new("tcp.analysis.out_of_order", "This frame is a (suspected) out-of-order segment", Severity::Warn, Group::Sequence);
    /// A new conversation between two ends that already had one: the client used its port again.
    REUSED_PORTS = Issue::new("tcp.analysis.reused_ports", "A new tcp session is started with the same ports as an earlier session in this trace", Severity::Note, Group::Sequence);
    /// Bytes before this segment are missing: lost on the way, or not captured.
    LOST_SEGMENT = Issue::new("tcp.analysis.lost_segment", "Previous segment(s) not captured (common at capture start)", Severity::Warn, Group::Sequence);
    /// Bytes are acknowledged that the capture does not have: it missed a segment that did arrive.
    ACK_LOST_SEGMENT = Issue::new("tcp.analysis.ack_lost_segment", "ACKed segment that wasn't captured (common at capture start)", Severity::Warn, Group::Sequence);
    /// The receiver has room again, or more of it, and says so.
    WINDOW_UPDATE = Issue::new("tcp.analysis.window_update", "TCP window update", Severity::Chat, Group::Sequence);
    /// The sender has used up all the room that the receiver announced, and must wait.
    WINDOW_FULL = Issue::new("tcp.analysis.window_full", "TCP window specified by the receiver is now completely full", Severity::Warn, Group::Sequence);
    /// An idle side asks whether the other is still there, with a byte that was acknowledged long ago.
    KEEP_ALIVE = Issue::new("tcp.analysis.keep_alive", "TCP keep-alive segment", Severity::Note, Group::Sequence);
    /// "I am still here".
    KEEP_ALIVE_ACK = Issue::new("tcp.analysis.keep_alive_ack", "ACK to a TCP keep-alive segment", Severity::Note, Group::Sequence);
    /// The receiver's window is closed; one byte is sent to learn whether it has opened again.
    ZERO_WINDOW_PROBE = Issue::new("tcp.analysis.zero_window_probe", "TCP Zero Window Probe", Severity::Note, Group::Sequence);
    /// The receiver can take nothing more: its program does not read fast enough.
    ZERO_WINDOW = Issue::new("tcp.analysis.zero_window", "TCP Zero Window segment", Severity::Warn, Group::Sequence);
    /// The answer to a probe: the window is still closed.
    ZERO_WINDOW_PROBE_ACK = Issue::new("tcp.analysis.zero_window_probe_ack", "ACK to a TCP Zero Window Probe", Severity::Note, Group::Sequence);
    /// The same acknowledgment once more: something arrived, but not the byte that is waited for.
    DUPLICATE_ACK_ISSUE = Issue::new("tcp.analysis.duplicate_ack", "Duplicate ACK", Severity::Note, Group::Sequence);
}

/// The issues of the analysis flags, in the order in which they are shown.
static MARKS: [(Marks, &Issue); 14] = [
    (Marks::REUSED_PORTS, &REUSED_PORTS),
    (Marks::SPURIOUS_RETRANSMISSION, &SPURIOUS_RETRANSMISSION),
    (Marks::FAST_RETRANSMISSION, &FAST_RETRANSMISSION),
    (Marks::RETRANSMISSION, &RETRANSMISSION),
    (Marks::OUT_OF_ORDER, &OUT_OF_ORDER),
    (Marks::LOST_SEGMENT, &LOST_SEGMENT),
    (Marks::ACK_LOST_SEGMENT, &ACK_LOST_SEGMENT),
    (Marks::WINDOW_UPDATE, &WINDOW_UPDATE),
    (Marks::WINDOW_FULL, &WINDOW_FULL),
    (Marks::KEEP_ALIVE, &KEEP_ALIVE),
    (Marks::KEEP_ALIVE_ACK, &KEEP_ALIVE_ACK),
    (Marks::ZERO_WINDOW_PROBE, &ZERO_WINDOW_PROBE),
    (Marks::ZERO_WINDOW, &ZERO_WINDOW),
    (Marks::ZERO_WINDOW_PROBE_ACK, &ZERO_WINDOW_PROBE_ACK),
];

/// What is put before the Info column, in the order from left to right.
static PREFIXES: [(Marks, &str); 13] = [
    (Marks::ZERO_WINDOW_PROBE_ACK, "[TCP ZeroWindowProbeAck] "),
    (Marks::ZERO_WINDOW, "[TCP ZeroWindow] "),
    (Marks::ZERO_WINDOW_PROBE, "[TCP ZeroWindowProbe] "),
    (Marks::KEEP_ALIVE_ACK, "[TCP Keep-Alive ACK] "),
    (Marks::KEEP_ALIVE, "[TCP Keep-Alive] "),
    (Marks::WINDOW_FULL, "[TCP Window Full] "),
    (Marks::WINDOW_UPDATE, "[TCP Window Update] "),
    (Marks::DUPLICATE_ACK, ""),
    (Marks::ACK_LOST_SEGMENT, "[TCP ACKed unseen segment] "),
    (Marks::LOST_SEGMENT, "[TCP Previous segment not captured] "),
    (Marks::OUT_OF_ORDER, "[TCP Out-Of-Order] "),
    (Marks::RETRANSMISSION, ""),
    (Marks::REUSED_PORTS, "[TCP Port numbers reused] "),
];

/// The marks of a segment that are shown as analysis flags.
const SHOWN: u32 = 0x7fff;

/// The analysis of the segment: its facts and the note beside them.
fn facts_of(facts: &Facts, transport: Transport) -> Option<(TcpFacts, TcpNote, u32)> {
    let index = transport.segment();
    let segment = *facts.segments.get(index as usize)?;
    let mut note = TcpNote::default();
    if segment.marks.has(Marks::HAS_NOTE)
        && let Ok(at) = facts.tcp_notes.binary_search_by_key(&index, |(i, _)| *i)
    {
        note = facts.tcp_notes[at].1;
    }
    Some((segment, note, index))
}

/// The marks of a frame, with what later frames tell about it.
pub fn marks(facts: &Facts, transport: Transport, frame: u32) -> Marks {
    let mut marks = facts_of(facts, transport).map_or(Marks::default(), |(s, ..)| s.marks);
    let stream = facts.tcp.get(transport.stream as usize);
    if stream.is_some_and(|s| s.is_reused_at(frame)) {
        marks.0 |= Marks::REUSED_PORTS.0;
    }
    marks
}

/// The fields whose presence tells of these marks: those that are shown of a segment that has them.
pub fn fields_of(marks: Marks) -> impl Iterator<Item = &'static Field> {
    let issues = MARKS.iter().filter(move |(mark, _)| {
        marks.has(*mark) || (*mark == Marks::RETRANSMISSION && is_retransmission(marks))
    });
    let duplicate = [&DUPLICATE_ACK, &DUPLICATE_ACK_ISSUE.field];
    let duplicate = duplicate
        .into_iter()
        .filter(move |_| marks.has(Marks::DUPLICATE_ACK));
    let flags = (marks.0 & SHOWN != 0).then_some(&ANALYSIS_FLAGS);
    flags
        .into_iter()
        .chain(issues.map(|(_, issue)| &issue.field))
        .chain(duplicate)
}

/// The names of all fields that [`fields_of`] can give.
pub fn names_of_marks() -> impl Iterator<Item = &'static str> {
    let all = Marks(SHOWN);
    fields_of(all).map(|field| field.abbrev)
}

/// When this segment came, measured from others of its conversation.
pub(super) fn times(l: &mut Layer<'_, '_>, transport: Option<Transport>) {
    if !l.wants_nodes() {
        return;
    }
    let Some(transport) = transport else { return };
    let Some((first, facts)) = l
        .facts()
        .tcp
        .get(transport.stream as usize)
        .map(|s| s.first_time_ns())
        .zip(facts_of(l.facts(), transport))
    else {
        return;
    };
    let since_first = span_of_time(l.cx.frame.time_ns.saturating_sub(first));
    let since_previous = match facts.0.prev_frame {
        0 => Some(span_of_time(0)),
        previous => l.since(previous),
    };
    l.open_text(0, 0, |out| out.push_str("Timestamps"));
    l.generated(&TIME_RELATIVE, 0, since_first);
    l.generated(&TIME_DELTA, 0, since_previous.unwrap_or(since_first));
    l.close();
}

/// The analysis nodes.
pub(super) fn show(l: &mut Layer<'_, '_>, transport: Option<Transport>, h: &Header) {
    let _ = h;
    if !l.wants_nodes() {
        return;
    }
    let Some(transport) = transport else { return };
    let Some((facts, note, _)) = facts_of(l.facts(), transport) else {
        return;
    };
    let marks = marks(l.facts(), transport, l.cx.frame.number);
    if !facts.has_analysis() && marks.0 & SHOWN == 0 {
        return;
    }
    let initial_rtt = l
        .facts()
        .tcp
        .get(transport.stream as usize)
        .and_then(|s| s.initial_rtt_ns());
    l.open(&ANALYSIS, 0, 0, Value::None);
    if facts.acks_frame != 0 {
        l.generated(&ACKS_FRAME, 0, Value::U(u64::from(facts.acks_frame)));
        if let Some(rtt) = l
            .since(facts.acks_frame)
            .filter(|rtt| *rtt != span_of_time(0))
        {
            l.generated(&ACK_RTT, 0, rtt);
        }
    }
    if let Some(rtt) = initial_rtt.filter(|rtt| *rtt != 0) {
        l.generated(&INITIAL_RTT, 0, span_of_time(rtt));
    }
    if facts.bytes_in_flight != 0 {
        l.generated(
            &BYTES_IN_FLIGHT,
            0,
            Value::U(u64::from(facts.bytes_in_flight)),
        );
    }
    if facts.push_bytes != 0 {
        l.generated(&PUSH_BYTES, 0, Value::U(u64::from(facts.push_bytes)));
    }
    if marks.0 & SHOWN != 0 {
        flags(l, marks, note);
    }
    l.close();
}

/// What is out of the ordinary.
fn flags(l: &mut Layer<'_, '_>, marks: Marks, note: TcpNote) {
    let all = l.generated(&ANALYSIS_FLAGS, 0, Value::None);
    for (mark, issue) in MARKS {
        if marks.has(mark) || (mark == Marks::RETRANSMISSION && is_retransmission(marks)) {
            l.issue(all, issue);
        }
    }
    l.enter();
    if note.rto_frame != 0
        && let Some(rto) = l.since(note.rto_frame)
        && rto != span_of_time(0)
    {
        l.generated(&RTO, 0, rto);
        l.generated(&RTO_FRAME, 0, Value::U(u64::from(note.rto_frame)));
    }
    let duplicate = marks.has(Marks::DUPLICATE_ACK);
    if duplicate {
        let at = l.generated(&DUPLICATE_ACK, 0, Value::None);
        l.label(at, |out| out.push_str("This is a TCP duplicate ack"));
    }
    l.close();
    if duplicate {
        let number = note.duplicate_ack_num;
        l.generated(&DUPLICATE_ACK_NUM, 0, Value::U(u64::from(number)));
        let at = l.generated(
            &DUPLICATE_ACK_FRAME,
            0,
            Value::U(u64::from(note.duplicate_ack_frame)),
        );
        l.issue_with(at, &DUPLICATE_ACK_ISSUE, |out| {
            let _ = write!(out, "Duplicate ACK (#{number})");
        });
    }
}

/// Fast and spurious ones are retransmissions too.
pub(super) fn is_retransmission(marks: Marks) -> bool {
    let all =
        Marks::RETRANSMISSION.0 | Marks::FAST_RETRANSMISSION.0 | Marks::SPURIOUS_RETRANSMISSION.0;
    marks.0 & all != 0
}

/// What the Info column begins with.
pub(super) fn prefixes(l: &mut Layer<'_, '_>, transport: Option<Transport>) {
    if !l.wants_columns() {
        return;
    }
    let Some(transport) = transport else { return };
    let marks = marks(l.facts(), transport, l.cx.frame.number);
    if marks.0 & SHOWN == 0 {
        return;
    }
    let Some((_, note, _)) = facts_of(l.facts(), transport) else {
        return;
    };
    let mut text = String::new();
    for (mark, words) in PREFIXES {
        match mark {
            Marks::DUPLICATE_ACK if marks.has(mark) => {
                let (frame, number) = (note.duplicate_ack_frame, note.duplicate_ack_num);
                let _ = write!(text, "[TCP Dup ACK {frame}#{number}] ");
            }
            Marks::RETRANSMISSION if is_retransmission(marks) => {
                text.push_str(if marks.has(Marks::FAST_RETRANSMISSION) {
                    "[TCP Fast Retransmission] "
                } else if marks.has(Marks::SPURIOUS_RETRANSMISSION) {
                    "[TCP Spurious Retransmission] "
                } else {
                    "[TCP Retransmission] "
                });
            }
            _ if marks.has(mark) => text.push_str(words),
            _ => {}
        }
    }
    l.info_prepend(|out| out.push_str(&text));
    let columns = &mut l.cx.tree.columns;
    if !l.cx.packet.columns_locked {
        columns.fence = columns.fence.saturating_add(text.len());
    }
}
