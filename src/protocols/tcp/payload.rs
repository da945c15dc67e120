//! The payload: the application's messages, whole in this segment or put together of several.
//!
//! The scan has found out where each message begins and ends ([`crate::flow::message`]). A message is dissected in the frame
//! that made it complete; the other frames that carry a part of it say where it goes on.

use std::fmt::Write as _;
use std::sync::Arc;

use super::{Header, analysis, flag};
use crate::dissect::registry::InSegment;
use crate::dissect::{Layer, NodeId, Protocol, Region, Value};
use crate::flow::facts::{Message, NONE, Piece, Span, Transport};
use crate::flow::tcp::Marks;

crate::fields! {
    /// The bytes of the application in this segment.
    PAYLOAD = Field::new("tcp.payload", "TCP payload", Kind::Bytes);
    /// The part of this segment that belongs to a message which needs other segments too.
    SEGMENT_DATA = Field::new("tcp.segment_data", "TCP segment data", Kind::Bytes);
    /// The frame in which the message becomes complete, and where it is shown.
    REASSEMBLED_IN = Field::new("tcp.reassembled_in", "Reassembled PDU in frame", Kind::Frame);
    /// The segments of which a message was put together.
    SEGMENTS = Field::new("tcp.segments", "Reassembled TCP Segments", Kind::None);
    /// A segment that carries a part of the message.
    SEGMENT = Field::new("tcp.segment", "TCP Segment", Kind::Frame);
    /// How many segments carry the message.
    SEGMENT_COUNT = Field::new("tcp.segment.count", "Segment count", Kind::U32);
    /// How many bytes the message has.
    REASSEMBLED_LEN = Field::new("tcp.reassembled.length", "Reassembled TCP length", Kind::U32);
    /// The message's bytes in order.
    REASSEMBLED_DATA = Field::new("tcp.reassembled.data", "Reassembled TCP Data", Kind::Bytes);
    /// The segment repeats bytes that another one carried.
    SEGMENT_OVERLAP = Field::new("tcp.segment.overlap", "Segment overlap", Kind::Bool);
    /// The segment repeats bytes, but they differ: somebody may be tampering.
    SEGMENT_CONFLICT = Field::new("tcp.segment.overlap.conflict", "Conflicting data in segment overlap", Kind::Bool);
    /// More than one segment claims to be the last.
    SEGMENT_TAILS = Field::new("tcp.segment.multipletails", "Multiple tail segments found", Kind::Bool);
    /// The segment goes beyond the end of the message.
    SEGMENT_TOO_LONG = Field::new("tcp.segment.toolongfragment", "Segment too long", Kind::Bool);
    /// A segment that does not fit the others.
    SEGMENT_ERROR = Field::new("tcp.segment.error", "Reassembling error", Kind::Frame);
    /// The frame in which the message that goes on here begins.
    CONTINUATION_TO = Field::new("tcp.continuation_to", "This is a continuation to the PDU in frame", Kind::Frame);
    /// Length of a message that says its length itself.
    PDU_SIZE = Field::new("tcp.pdu.size", "PDU Size", Kind::U32);
    /// The frame with the last bytes of the message.
    PDU_LAST_FRAME = Field::new("tcp.pdu.last_frame", "Last frame of this PDU", Kind::Frame);
    /// Time until those bytes came.
    PDU_TIME = Field::new("tcp.pdu.time", "Time until the last segment of this PDU", Kind::RelTime);
    /// User number of the program that sent the segment, where the capture tells.
    PROC_SRC_UID = Field::new("tcp.proc.srcuid", "Source process user ID", Kind::U32);
    /// Process number of the program that sent the segment.
    PROC_SRC_PID = Field::new("tcp.proc.srcpid", "Source process ID", Kind::U32);
    /// User name of the program that sent the segment.
    PROC_SRC_USER = Field::new("tcp.proc.srcuname", "Source process user name", Kind::Str);
    /// Name of the program that sent the segment.
    PROC_SRC_COMMAND = Field::new("tcp.proc.srccmd", "Source process name", Kind::Str);
    /// User number of the program that the segment is for.
    PROC_DST_UID = Field::new("tcp.proc.dstuid", "Destination process user ID", Kind::U32);
    /// Process number of the program that the segment is for.
    PROC_DST_PID = Field::new("tcp.proc.dstpid", "Destination process ID", Kind::U32);
    /// User name of the program that the segment is for.
    PROC_DST_USER = Field::new("tcp.proc.dstuname", "Destination process user name", Kind::Str);
    /// Name of the program that the segment is for.
    PROC_DST_COMMAND = Field::new("tcp.proc.dstcmd", "Destination process name", Kind::Str);
}

/// Messages longer than this are not put together for showing.
const SHOWN_LIMIT: u32 = 64 << 20;

/// A part of the payload, and what is to be done with it.
#[derive(Clone, Copy)]
enum Part {
    /// Whole messages of one protocol, to be dissected where they are.
    Whole {
        start: usize,
        len: usize,
        message: u32,
    },
    /// The last part of a message that began in earlier segments.
    Last {
        start: usize,
        len: usize,
        message: u32,
    },
    /// A part of a message that becomes complete elsewhere, or never.
    Open {
        start: usize,
        len: usize,
        message: u32,
    },
    /// Bytes that belong to no message.
    Loose { start: usize, len: usize },
}

/// In the scan: hand whole messages on, so that what they carry is counted and remembered.
pub(super) fn scan(l: &mut Layer<'_, '_>, transport: Transport, payload: Region<'_>, flags: u16) {
    let reset = flags & flag::RST != 0;
    if payload.data.is_empty() || reset || l.cx.packet.quoted || l.cx.packet.fragment {
        return;
    }
    l.cx.packet.stream = transport.stream;
    l.cx.packet.direction = transport.direction() as u8;
    if l.facts().pieces(l.cx.frame.number).is_empty() {
        // Nobody reads this stream, or these bytes came before.
        return loose(l, transport, payload);
    }
    let start = (payload.base.wrapping_sub(l.region().base)) as usize;
    if let Some(part) = only_part(l, transport, payload, start) {
        return dissect_parts(l, &[part]);
    }
    let parts = parts(l, transport, start, payload.data.len());
    dissect_parts(l, &parts);
    loose_parts(l, transport, &parts);
}

/// Bytes that belong to no message are plain data, unless they came before.
fn loose(l: &mut Layer<'_, '_>, transport: Transport, region: Region<'_>) {
    let marks = analysis::marks(l.facts(), transport, l.cx.frame.number);
    if !analysis::is_retransmission(marks) && !marks.has(Marks::OUT_OF_ORDER) {
        l.plain(region);
    }
}

fn loose_parts(l: &mut Layer<'_, '_>, transport: Transport, parts: &[Part]) {
    for part in parts {
        if let Part::Loose { start, len } = *part {
            let region = l.part(start, len);
            loose(l, transport, region);
        }
    }
}

/// Everything behind the header.
pub(super) fn dissect(l: &mut Layer<'_, '_>, transport: Option<Transport>, h: &Header) {
    let payload = l.part(h.len, usize::MAX);
    if payload.reported == 0 {
        return;
    }
    let len = payload.data.len();
    if h.flags & flag::RST != 0 {
        let value = l.slice(h.len, len);
        l.add(&super::RESET_CAUSE, h.len, len, value);
        return;
    }
    let value = l.slice(h.len, len);
    let at = l.add(&PAYLOAD, h.len, len, value);
    counted(l, at, "TCP payload", payload.reported);
    if l.cx.packet.quoted || l.cx.packet.fragment {
        return;
    }
    let Some(transport) = transport else {
        return l.plain(payload);
    };
    let parts = parts(l, transport, h.len, len);
    let mut shown = false;
    for part in &parts {
        match *part {
            Part::Whole {
                message,
                start,
                len,
            } => {
                sized(l, message, start, len);
                shown = true;
            }
            Part::Last {
                start,
                len,
                message,
            } => {
                sized(l, message, start, len);
                segment_data(l, start, len);
                shown = true;
            }
            Part::Open {
                start,
                len,
                message,
            } => {
                if let Some(m) = l.facts().messages.get(message as usize).cloned()
                    && m.last_frame != 0
                {
                    l.generated(&REASSEMBLED_IN, 0, Value::U(u64::from(m.last_frame)));
                }
                segment_data(l, start, len);
            }
            Part::Loose { start, len } => {
                shown = true;
                let marks = analysis::marks(l.facts(), transport, l.cx.frame.number);
                if marks.has(Marks::RETRANSMISSION) && !marks.has(Marks::SPURIOUS_RETRANSMISSION) {
                    let value = l.slice(start, len);
                    let at = l.add(&SEGMENT_DATA, start, len, value);
                    counted(l, at, "Retransmitted TCP segment data", len);
                }
            }
        }
    }
    if !shown {
        l.info_append(|out| out.push_str(" [TCP segment of a reassembled PDU]"));
    }
    dissect_parts(l, &parts);
    loose_parts(l, transport, &parts);
}

/// `TCP payload (1 byte)`.
fn counted(l: &mut Layer<'_, '_>, at: NodeId, words: &str, len: usize) {
    l.label(at, |out| {
        let _ = write!(
            out,
            "{words} ({len} byte{})",
            if len == 1 { "" } else { "s" }
        );
    });
}

fn segment_data(l: &mut Layer<'_, '_>, start: usize, len: usize) {
    let value = l.slice(start, len);
    let at = l.add(&SEGMENT_DATA, start, len, value);
    counted(l, at, "TCP segment data", len);
}

/// The length that a message says itself, where its protocol does.
fn sized(l: &mut Layer<'_, '_>, message: u32, start: usize, len: usize) {
    let Some((protocol, total)) = protocol_of(l, message) else {
        return;
    };
    if protocol.in_segment == InSegment::Sized {
        l.add(&PDU_SIZE, start, len, Value::U(u64::from(total)));
    }
}

/// Who dissects a message, and its length.
fn protocol_of(l: &Layer<'_, '_>, message: u32) -> Option<(&'static Protocol, u32)> {
    let m = l.facts().messages.get(message as usize)?;
    Some((l.cx.registry.protocol(m.protocol)?, m.len))
}

/// Split `len` bytes of payload from position `start` of the layer into parts.
fn parts(l: &Layer<'_, '_>, transport: Transport, start: usize, len: usize) -> Vec<Part> {
    let facts = l.facts();
    let frame = l.cx.frame.number;
    let mut parts = Vec::new();
    let mut at = start;
    let end = start.saturating_add(len);
    let base = l.region().base as usize;
    if l.region().buffer == 0 {
        for piece in facts.pieces(frame) {
            let Some(message) = facts.messages.get(piece.message as usize) else {
                continue;
            };
            let Some(from) = (piece.span.offset as usize).checked_sub(base) else {
                continue;
            };
            let to = from.saturating_add(piece.span.len as usize);
            if message.stream != transport.stream || from < at || to > end {
                continue;
            }
            if from > at {
                parts.push(Part::Loose {
                    start: at,
                    len: from - at,
                });
            }
            at = to;
            parts.push(part_of(facts.spans.as_slice(), message, piece, from));
        }
    }
    if at < end {
        parts.push(Part::Loose {
            start: at,
            len: end - at,
        });
    }
    // Whole messages of a protocol that likes them together are one part.
    parts.dedup_by(|next, before| {
        let (
            Part::Whole {
                start,
                len,
                message,
            },
            Part::Whole {
                start: s,
                len: n,
                message: m,
            },
        ) = (&mut *before, &*next)
        else {
            return false;
        };
        let same = protocol_of(l, *message)
            .zip(protocol_of(l, *m))
            .is_some_and(|((a, _), (b, _))| {
                std::ptr::eq(a, b) && a.in_segment == InSegment::Together
            });
        if same && *start + *len == *s {
            *len += *n;
            true
        } else {
            false
        }
    });
    parts
}

/// The usual case, without a list: the payload is one piece of one message.
fn only_part(
    l: &Layer<'_, '_>,
    transport: Transport,
    payload: Region<'_>,
    start: usize,
) -> Option<Part> {
    let facts = l.facts();
    let [piece] = facts.pieces(l.cx.frame.number) else {
        return None;
    };
    let message = facts.messages.get(piece.message as usize)?;
    let whole = piece.span.offset == payload.base
        && piece.span.len as usize == payload.data.len()
        && payload.buffer == 0
        && message.stream == transport.stream;
    whole.then(|| part_of(facts.spans.as_slice(), message, piece, start))
}

/// What a piece of a message is in this frame.
fn part_of(spans: &[Span], message: &Message, piece: &Piece, start: usize) -> Part {
    let (len, number) = (piece.span.len as usize, piece.message);
    let own = spans
        .get(message.spans.start as usize..message.spans.end as usize)
        .unwrap_or(&[]);
    let last_here = own.iter().rev().find(|s| s.frame == piece.span.frame);
    if message.last_frame != piece.span.frame || last_here != Some(&piece.span) {
        Part::Open {
            start,
            len,
            message: number,
        }
    } else if own.len() == 1 {
        Part::Whole {
            start,
            len,
            message: number,
        }
    } else {
        Part::Last {
            start,
            len,
            message: number,
        }
    }
}

/// Hand the complete messages to their protocols.
fn dissect_parts(l: &mut Layer<'_, '_>, parts: &[Part]) {
    for (i, part) in parts.iter().enumerate() {
        match *part {
            Part::Whole {
                start,
                len,
                message,
            } => {
                let region = l.part(start, len);
                hand_on(l, message, region, false);
            }
            Part::Last { message, .. } if l.scanning() => beginning(l, message),
            Part::Last { message, .. } => put_together(l, message),
            Part::Open { .. } | Part::Loose { .. } => continue,
        }
        if i + 1 < parts.len() {
            l.info_fence();
        }
    }
}

/// So many bytes of a message put together are enough for the scan to see what it carries.
const BEGINNING: usize = 2048;

/// In the scan: the beginning of a message put together to its protocol, so that what it carries is counted.
fn beginning(l: &mut Layer<'_, '_>, message: u32) {
    let Some(m) = l.facts().messages.get(message as usize) else {
        return;
    };
    let (spans, len) = (m.spans.clone(), m.len as usize);
    let mut bytes = Vec::with_capacity(BEGINNING.min(len) + 1500);
    for index in spans {
        if bytes.len() >= BEGINNING {
            break;
        }
        let span = l.facts().spans.get(index as usize).copied();
        if !span.is_some_and(|span| append(l, span, &mut bytes)) {
            break;
        }
    }
    let region = Region {
        data: &bytes,
        buffer: OTHER_BUFFER,
        base: 0,
        reported: len,
    };
    hand_on(l, message, region, true);
}

/// The number of a buffer that is not the frame's own; in the scan no other is kept.
const OTHER_BUFFER: u8 = 1;

/// A message to its protocol, with what the protocol may want to know about it.
fn hand_on(l: &mut Layer<'_, '_>, message: u32, region: Region<'_>, reassembled: bool) {
    let Some((protocol, _)) = protocol_of(l, message) else {
        return l.plain(region);
    };
    l.cx.packet.message_note = l
        .facts()
        .messages
        .get(message as usize)
        .map_or(NONE, |m| m.note);
    l.cx.packet.reassembled = reassembled;
    if !l.call(protocol, region) {
        l.plain(region);
    }
    l.cx.packet.message_note = NONE;
    l.cx.packet.reassembled = false;
}

/// Put a message together of its spans, show of which, and hand it on.
fn put_together(l: &mut Layer<'_, '_>, message: u32) {
    let Some(m) = l.facts().messages.get(message as usize).cloned() else {
        return;
    };
    if m.len > SHOWN_LIMIT {
        return;
    }
    let spans: Vec<Span> = l
        .facts()
        .spans
        .get(m.spans.start as usize..m.spans.end as usize)
        .unwrap_or(&[])
        .to_vec();
    let mut bytes = Vec::with_capacity(m.len as usize);
    if !spans.iter().all(|span| append(l, *span, &mut bytes)) {
        return;
    }
    let bytes: Arc<[u8]> = bytes.into();
    let region = l.buffer("Reassembled TCP", &bytes);
    if l.wants_nodes() {
        // Beside the protocols, not below TCP: the message belongs to several segments.
        l.close();
        l.within(region, |l| segments(l, &spans));
        l.enter();
    }
    hand_on(l, message, region, true);
}

/// Append the bytes of a span: from this frame, or from another one.
pub(in crate::protocols) fn append(l: &mut Layer<'_, '_>, span: Span, out: &mut Vec<u8>) -> bool {
    if span.frame != l.cx.frame.number {
        return l.cx.frames.append(span, out);
    }
    let bytes = l.cx.bytes;
    let start = span.offset as usize;
    match bytes.get(start..start.saturating_add(span.len as usize)) {
        Some(part) => {
            out.extend_from_slice(part);
            true
        }
        None => false,
    }
}

/// The list of segments of which a message was put together.
fn segments(l: &mut Layer<'_, '_>, spans: &[Span]) {
    let total = l.captured();
    let all = l.open(&SEGMENTS, 0, total, Value::None);
    l.label(all, |out| {
        let _ = write!(
            out,
            "{} Reassembled TCP Segments ({total} bytes)",
            spans.len()
        );
        let mut separator = ": ";
        for span in spans {
            let _ = write!(out, "{separator}#{}({})", span.frame, span.len);
            separator = ", ";
        }
        shorten(out);
    });
    let mut at = 0usize;
    for span in spans {
        let len = span.len as usize;
        let node = l.add(&SEGMENT, at, len, Value::U(u64::from(span.frame)));
        l.label(node, |out| {
            let _ = write!(
                out,
                "Frame: {}, payload: {at}-{} ({len} byte{})",
                span.frame,
                (at + len).saturating_sub(1),
                if len == 1 { "" } else { "s" }
            );
        });
        at += len;
    }
    l.generated(&SEGMENT_COUNT, 0, Value::U(spans.len() as u64));
    l.generated(&REASSEMBLED_LEN, 0, Value::U(total as u64));
    let value = l.slice(0, total);
    l.computed(&REASSEMBLED_DATA, 0, total, value);
    l.close();
}

/// Keep a label within the limit that all have.
fn shorten(out: &mut String) {
    let limit = crate::dissect::text::LABEL_LIMIT - 1;
    if out.len() > limit {
        out.truncate(limit);
    }
}
