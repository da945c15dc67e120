//! TCP, the Transmission Control Protocol (RFC 9293): a stream of bytes in each direction over packets that may be lost,
//! doubled or overtaken. Every byte has a number; the receiver says which it expects next, and what stays unacknowledged is
//! sent again.
//!
//! ```text
//!  0                   1                   2                   3
//!  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
//! +-------------------------------+-------------------------------+
//! |          Source Port          |       Destination Port        |
//! +-------------------------------+-------------------------------+
//! |                        Sequence Number                        |
//! +---------------------------------------------------------------+
//! |                     Acknowledgment Number                     |
//! +-------+-----+-+-+-+-+-+-+-+-+-+-------------------------------+
//! | Offset|Resvd|A|C|E|U|A|P|R|S|F|            Window             |
//! +-------+-----+-+-+-+-+-+-+-+-+-+-------------------------------+
//! |           Checksum            |        Urgent Pointer         |
//! +-------------------------------+-------------------------------+
//! |                    Options, filled up to 32 bits              |
//! +---------------------------------------------------------------+
//! ```
//!
//! [`options`] reads the options, [`analysis`] shows what the history of the conversation tells, [`payload`] hands the
//! application's messages on, whole or put together of several segments.

pub mod analysis;
pub mod options;
pub(super) mod payload;
#[cfg(test)]
mod tests;

use std::fmt::Write as _;

use crate::dissect::{Done, Foresight, Layer, Protocol, Table, Value};
use crate::flow::address::Address;
use crate::flow::facts::Transport;
use crate::flow::history::ScannedSegment;
use crate::flow::tcp::{Direction, Segment, WindowScale};

/// The Transmission Control Protocol.
pub static TCP: Protocol = Protocol {
    spec: "RFC 9293",
    fields: &ALL_FIELDS,
    issues: &ALL_ISSUES,
    parents: &[(Table::IpProtocol, 6)],
    foresight: Foresight::Transport(6),
    ..Protocol::new("tcp", "Transmission Control Protocol", "TCP", dissect)
};

/// The fields of this file and of the parts beside it.
static ALL_FIELDS: [&Field;
    FIELDS.len() + options::ALL_FIELDS.len() + analysis::FIELDS.len() + payload::FIELDS.len()] =
    join(
        &[
            FIELDS,
            &options::ALL_FIELDS,
            analysis::FIELDS,
            payload::FIELDS,
        ],
        &PORT,
    );

/// The issues of this file and of the parts beside it.
static ALL_ISSUES: [&Issue; ISSUES.len() + options::ALL_ISSUES.len() + analysis::ISSUES.len()] =
    join(
        &[ISSUES, &options::ALL_ISSUES, analysis::ISSUES],
        &SHORT_SEGMENT,
    );

/// Several lists as one; `filler` only serves to begin with.
const fn join<T, const N: usize>(parts: &[&[&'static T]], filler: &'static T) -> [&'static T; N] {
    let mut all = [filler; N];
    let (mut part, mut at) = (0, 0);
    while part < parts.len() {
        let mut i = 0;
        while i < parts[part].len() {
            all[at] = parts[part][i];
            i += 1;
            at += 1;
        }
        part += 1;
    }
    assert!(at == N, "the array is as long as the lists together");
    all
}

crate::fields! {
    /// The port of the program that sent the segment. A client gets a free one from its system; answers go back to it.
    SRC_PORT = Field::new("tcp.srcport", "Source Port", Kind::U16).also(&[&PORT]).spec("RFC 9293 section 3.1");
    /// The port of the program that the segment is for. Well-known services listen on fixed ones: 80 is HTTP, 443 HTTPS.
    DST_PORT = Field::new("tcp.dstport", "Destination Port", Kind::U16).also(&[&PORT]).spec("RFC 9293 section 3.1");
    /// Either port: a filter on it finds both directions of a conversation.
    PORT = Field::new("tcp.port", "Source or Destination Port", Kind::U16).spec("RFC 9293 section 3.1");
    /// Number of the TCP conversation in this capture, counted from 0: all segments between the same two ends.
    STREAM = Field::new("tcp.stream", "Stream index", Kind::U32);
    /// Which parts of the conversation the capture has, as a sum: SYN 1, SYN-ACK 2, ACK 4, data 8, FIN 16, RST 32.
    COMPLETENESS = Field::new("tcp.completeness", "Conversation completeness", Kind::U8);
    /// How many bytes of the application this segment carries. The header does not say it: it is what the IP packet has left.
    LEN = Field::new("tcp.len", "TCP Segment Len", Kind::U32);
    /// Number of the first byte of this segment, counted from the start of the conversation so that it is easy to read.
    /// SYN and FIN count as one byte each.
    SEQ = Field::new("tcp.seq", "Sequence Number", Kind::U32).spec("RFC 9293 section 3.4");
    /// The sequence number as sent: conversations begin at an unpredictable number, so that strangers cannot join in.
    SEQ_RAW = Field::new("tcp.seq_raw", "Sequence Number (raw)", Kind::U32).spec("RFC 9293 section 3.4.1");
    /// The sequence number that the next segment of this sender will have.
    NEXT_SEQ = Field::new("tcp.nxtseq", "Next Sequence Number", Kind::U32);
    /// The byte that the sender of this segment expects next: everything before it has arrived. Counted from the start.
    ACK = Field::new("tcp.ack", "Acknowledgment Number", Kind::U32).spec("RFC 9293 section 3.4");
    /// The acknowledgment number as sent. It only means something when the ACK flag is set.
    ACK_RAW = Field::new("tcp.ack_raw", "Acknowledgment number (raw)", Kind::U32).spec("RFC 9293 section 3.4");
    /// Length of the header with its options, in bytes. It is sent as a count of 4-byte words.
    HEADER_LEN = Field::new("tcp.hdr_len", "Header Length", Kind::U8).spec("RFC 9293 section 3.1");
    /// The control bits: what this segment does besides carrying bytes.
    FLAGS = Field::new("tcp.flags", "Flags", Kind::U16).hex().spec("RFC 9293 section 3.1");
    /// Bits kept for later; senders set them to 0.
    FLAGS_RESERVED = Field::new("tcp.flags.res", "Reserved", Kind::Bool).flag().width(12).mask(0xe00).spec("RFC 9293 section 3.1");
    /// Accurate ECN: part of a counter of congestion marks (once a nonce bit).
    FLAGS_AE = Field::new("tcp.flags.ae", "Accurate ECN", Kind::Bool).flag().width(12).mask(0x100).spec("RFC 9768");
    /// The sender has heard of congestion and sends more slowly now.
    FLAGS_CWR = Field::new("tcp.flags.cwr", "Congestion Window Reduced", Kind::Bool).flag().width(12).mask(0x080).spec("RFC 3168 section 6.1");
    /// A router marked a packet because its queue fills up: the receiver passes the warning back.
    FLAGS_ECE = Field::new("tcp.flags.ece", "ECN-Echo", Kind::Bool).flag().width(12).mask(0x040).spec("RFC 3168 section 6.1");
    /// Accurate ECN: the three bits AE, CWR and ECE read as one counter.
    FLAGS_ACE = Field::new("tcp.flags.ace", "ACE", Kind::U8).spec("RFC 9768");
    /// The urgent pointer counts: some bytes are to be looked at before others. Hardly used.
    FLAGS_URG = Field::new("tcp.flags.urg", "Urgent", Kind::Bool).flag().width(12).mask(0x020).spec("RFC 9293 section 3.1");
    /// The acknowledgment number counts. Set on every segment but the first of a conversation.
    FLAGS_ACK = Field::new("tcp.flags.ack", "Acknowledgment", Kind::Bool).flag().width(12).mask(0x010).spec("RFC 9293 section 3.1");
    /// The receiver is to hand the bytes to its program at once: the sender has nothing more to say for now.
    FLAGS_PSH = Field::new("tcp.flags.push", "Push", Kind::Bool).flag().width(12).mask(0x008).spec("RFC 9293 section 3.1");
    /// The conversation is broken off, or was never wanted: nobody listens on that port.
    FLAGS_RST = Field::new("tcp.flags.reset", "Reset", Kind::Bool).flag().width(12).mask(0x004).spec("RFC 9293 section 3.5.2");
    /// The first segment of each direction: it tells where the sequence numbers begin.
    FLAGS_SYN = Field::new("tcp.flags.syn", "Syn", Kind::Bool).flag().width(12).mask(0x002).spec("RFC 9293 section 3.5");
    /// The sender has no more to say in this conversation; it still listens.
    FLAGS_FIN = Field::new("tcp.flags.fin", "Fin", Kind::Bool).flag().width(12).mask(0x001).spec("RFC 9293 section 3.6");
    /// The control bits as letters, a dot for each that is not set.
    FLAGS_STR = Field::new("tcp.flags.str", "TCP Flags", Kind::Str);
    /// How many bytes the sender of this segment is ready to take, before scaling.
    WINDOW = Field::new("tcp.window_size_value", "Window", Kind::U16).spec("RFC 9293 section 3.1");
    /// How many bytes the sender of this segment is ready to take beyond the acknowledged ones: the other side must stop there.
    WINDOW_SIZE = Field::new("tcp.window_size", "Calculated window size", Kind::U32).spec("RFC 7323 section 2.2");
    /// By what the window is multiplied, agreed on in the two SYN segments. -1: they are not in the capture; -2: not agreed on.
    WINDOW_SCALE = Field::new("tcp.window_size_scalefactor", "Window size scaling factor", Kind::I32).spec("RFC 7323 section 2.2");
    /// A sum over addresses, header and data, by which the receiver notices damage.
    CHECKSUM = Field::new("tcp.checksum", "Checksum", Kind::U16).hex().spec("RFC 9293 section 3.1");
    /// Whether the checksum was verified here, and how that ended.
    CHECKSUM_STATUS = Field::new("tcp.checksum.status", "Checksum Status", Kind::U8)
        .values(super::ip::CHECKSUM_STATES).base(Base::NameOnly);
    /// The checksum that the segment should have.
    CHECKSUM_CALCULATED = Field::new("tcp.checksum_calculated", "Calculated Checksum", Kind::U16).hex().spec("RFC 9293 section 3.1");
    /// Where the urgent bytes end, counted from the sequence number. Only with the URG flag.
    URGENT = Field::new("tcp.urgent_pointer", "Urgent Pointer", Kind::U16).spec("RFC 9293 section 3.8.5");
    /// Text that some systems put into a reset, to say why.
    RESET_CAUSE = Field::new("tcp.reset_cause", "Reset cause", Kind::Str).spec("RFC 1122 section 4.2.2.12");
}

crate::issues! {
    /// The conversation begins: the client asks to be let in.
    SYN = Issue::new("tcp.connection.syn", "Connection establish request (SYN)", Severity::Chat, Group::Sequence);
    /// The server agrees; the client's next segment completes the handshake.
    SYN_ACK = Issue::new("tcp.connection.synack", "Connection establish acknowledge (SYN+ACK)", Severity::Chat, Group::Sequence);
    /// One side has said all it had to say.
    FIN = Issue::new("tcp.connection.fin", "Connection finish (FIN)", Severity::Chat, Group::Sequence);
    /// The first of the two FINs: this side ends the conversation.
    FIN_ACTIVE = Issue::new("tcp.connection.fin_active", "This frame initiates the connection closing", Severity::Note, Group::Sequence);
    /// The second of the two FINs: this side agrees to end.
    FIN_PASSIVE = Issue::new("tcp.connection.fin_passive", "This frame undergoes the connection closing", Severity::Note, Group::Sequence);
    /// The conversation is broken off or refused.
    RST = Issue::new("tcp.connection.rst", "Connection reset (RST)", Severity::Warn, Group::Sequence);
    /// The header is cut off before its end, or was never sent whole. Scanners do that to get past filters.
    SHORT_SEGMENT = Issue::new("tcp.short_segment", "Short segment", Severity::Warn, Group::Malformed);
    /// Without the ACK flag the acknowledgment number means nothing; careful systems send 0.
    ACK_NONZERO = Issue::new("tcp.ack.nonzero", "The acknowledgment number field is nonzero while the ACK flag is not set", Severity::Note, Group::Protocol);
    /// Without the URG flag the urgent pointer means nothing; careful systems send 0.
    URGENT_NONZERO = Issue::new("tcp.urgent_pointer.non_zero", "The urgent pointer field is nonzero while the URG flag is not set", Severity::Note, Group::Protocol);
    /// The header has at least 20 bytes, so its length cannot be smaller.
    BOGUS_HEADER_LENGTH = Issue::new("tcp.bogus_header_length", "Bogus TCP Header length", Severity::Error, Group::Protocol);
    /// The data or the header was damaged on the way, or the sender's network card was to fill in the checksum.
    BAD_CHECKSUM = Issue::new("tcp.checksum_bad.expert", "Bad checksum", Severity::Error, Group::Checksum);
    /// A one's complement sum has two zeros; TCP sends 0x0000.
    CHECKSUM_FFFF = Issue::new("tcp.checksum.ffff", "TCP Checksum 0xffff instead of 0x0000 (see RFC 1624)", Severity::Warn, Group::Checksum);
}

/// The flag bits in the header.
mod flag {
    pub const FIN: u16 = 0x001;
    pub const SYN: u16 = 0x002;
    pub const RST: u16 = 0x004;
    pub const ACK: u16 = 0x010;
    pub const URG: u16 = 0x020;
}

/// Lowest bit first, as the list of names goes.
const FLAG_NAMES: [&str; 9] = ["FIN", "SYN", "RST", "PSH", "ACK", "URG", "ECE", "CWR", "AE"];

/// The header's numbers, as the parts of this dissector need them.
struct Header {
    source: u16,
    destination: u16,
    /// Sequence number, relative.
    seq: u32,
    /// Acknowledgment number, relative (raw without the ACK flag).
    ack: u32,
    flags: u16,
    /// Header length in bytes.
    len: usize,
    /// Payload bytes by the IP packet's account.
    payload: u32,
    /// The same of the other direction.
    other_base: u32,
    /// Window as on the wire, and scaled.
    window: u32,
}

fn dissect(l: &mut Layer<'_, '_>) -> Done {
    let ordinal = l.cx.packet.transport_ordinal;
    l.cx.packet.transport_ordinal = ordinal.saturating_add(1);
    if l.scanning() {
        return scan(l, ordinal);
    }
    let source = l.u16(&SRC_PORT)?;
    let destination = l.u16(&DST_PORT)?;
    l.cx.packet.source_port = source;
    l.cx.packet.destination_port = destination;
    l.protocol("TCP");
    let root = l.root();
    l.append(root, |out| {
        let _ = write!(out, ", Src Port: {source}, Dst Port: {destination}");
    });
    l.info(|out| {
        let _ = write!(out, "{source} → {destination}");
    });
    let seq_raw = l.peek_u32(4)?;
    let quoted = l.cx.packet.quoted;
    if quoted && l.captured() < 14 {
        // An ICMP error need not quote more than the first 8 bytes.
        l.add(&SEQ, 4, 4, Value::U(u64::from(seq_raw)));
        l.append(root, |out| {
            let _ = write!(out, ", Seq: {seq_raw}");
        });
        return Ok(());
    }
    let ack_raw = l.peek_u32(8)?;
    let offset_and_flags = l.peek_u16(12)?;
    let frame = l.cx.frame.number;
    let transport = l.facts().transport(frame, ordinal);
    let direction = transport.map_or(Direction::Forward, Transport::direction);
    let stream = transport.and_then(|t| l.facts().tcp.get(t.stream as usize));
    let (base, other_base) = stream.map_or((0, 0), |s| {
        (
            s.base(direction, frame),
            s.base(direction.opposite(), frame),
        )
    });
    let scale = stream.map_or(WindowScale::Unknown, |s| s.window_scale(direction));
    let completeness = stream.map(|s| s.completeness(frame));
    let flags = offset_and_flags & 0xfff;
    let len = usize::from(offset_and_flags >> 12) * 4;
    let window_raw = match l.peek_u16(14) {
        Ok(window) => u32::from(window),
        Err(_) if quoted => 0,
        // The header up to the window counts as a whole: of one cut before that only the ports are shown.
        Err(stop) => return Err(stop),
    };
    let h = Header {
        source,
        destination,
        seq: seq_raw.wrapping_sub(base),
        ack: if flags & flag::ACK != 0 {
            ack_raw.wrapping_sub(other_base)
        } else {
            ack_raw
        },
        flags,
        len,
        payload: u32::try_from(l.reported().saturating_sub(len)).unwrap_or(u32::MAX),
        other_base,
        window: match scale {
            WindowScale::Shift(shift) if flags & flag::SYN == 0 => window_raw << shift.min(14),
            _ => window_raw,
        },
    };
    if let Some(transport) = transport {
        l.cx.packet.stream = transport.stream;
        l.cx.packet.direction = direction as u8;
        l.generated(&STREAM, 0, Value::U(u64::from(transport.stream)));
    }
    if let Some(completeness) = completeness {
        let at = l.generated(&COMPLETENESS, 0, Value::U(u64::from(completeness.0)));
        l.label(at, |out| {
            let _ = write!(out, "Conversation completeness: {completeness}");
        });
    }
    let whole = len <= l.reported();
    // Of a quoted segment nobody knows how long it was.
    let has_length = whole && !quoted;
    if has_length {
        l.generated(&LEN, 0, Value::U(u64::from(h.payload)));
    } else if !whole {
        let text = "Short segment. Segment/fragment does not contain a full TCP header \
                    (might be NMAP or someone else deliberately sending unusual packets)";
        let at = l.text(0, 0, |out| out.push_str(text));
        l.issue_with(at, &SHORT_SEGMENT, |out| out.push_str(text));
    }
    numbers(l, &h, seq_raw, ack_raw, has_length);
    header_length(l, &h);
    summary(l, &h, len >= 20 && has_length);
    if len < 20 {
        let at = l.last();
        l.issue_with(at, &BOGUS_HEADER_LENGTH, |out| {
            let _ = write!(out, "Bogus TCP header length ({len}, must be at least 20)");
        });
        l.info_append(|out| {
            let _ = write!(
                out,
                ", bogus TCP header length ({len}, must be at least 20)"
            );
        });
        return Ok(());
    }
    l.set_len(len.min(l.captured()));
    flag_nodes(l, &h, transport);
    l.seek(14);
    window_nodes(l, &h, scale)?;
    checksum(l)?;
    l.u16(&URGENT)?;
    if flags & flag::URG == 0 && l.peek_u16(18)? != 0 {
        let at = l.last();
        l.issue(at, &URGENT_NONZERO);
    }
    if !whole {
        analysis::times(l, transport);
        return l.need(0, len);
    }
    let result = options::dissect(l, &h);
    analysis::times(l, transport);
    result?;
    analysis::show(l, transport, &h);
    analysis::prefixes(l, transport);
    payload::dissect(l, transport, &h);
    Ok(())
}

/// The scan's share: the header's numbers into the conversation, nothing else.
fn scan(l: &mut Layer<'_, '_>, ordinal: u16) -> Done {
    let data = l.data();
    let head = std::mem::take(&mut l.cx.head);
    let head = if head.is_empty() { data } else { head };
    let Some(h) = head.first_chunk::<20>() else {
        return Ok(());
    };
    let u16_at = |at: usize| u16::from_be_bytes([h[at], h[at + 1]]);
    let u32_at = |at: usize| u32::from_be_bytes([h[at], h[at + 1], h[at + 2], h[at + 3]]);
    let (source, destination) = (u16_at(0), u16_at(2));
    let offset_and_flags = u16_at(12);
    let header = usize::from(offset_and_flags >> 12) * 4;
    l.cx.packet.source_port = source;
    l.cx.packet.destination_port = destination;
    let frame = l.cx.frame.number;
    let segment = Segment {
        frame,
        time_ns: l.cx.frame.time_ns,
        seq: u32_at(4),
        ack: u32_at(8),
        flags: offset_and_flags & 0xfff,
        window: u16_at(14),
        len: u32::try_from(l.reported().saturating_sub(header)).unwrap_or(u32::MAX),
        options: options::scan(match head.get(20..header) {
            Some(options) => options,
            None => data.get(20..header).unwrap_or(&[]),
        }),
    };
    let payload = l.part(header.max(20), usize::MAX);
    let scanned = ScannedSegment {
        segment,
        source: (l.cx.packet.source, source),
        destination: (l.cx.packet.destination, destination),
        payload: payload.data,
        payload_offset: l.in_frame(header.max(20)),
        quoted: l.cx.packet.quoted,
        foreseen: l.cx.packet.foreseen.take(),
    };
    let registry = l.cx.registry;
    let Some((history, facts)) = l.scan() else {
        return Ok(());
    };
    let transport = history.tcp(facts, &scanned, registry);
    facts.set_transport(frame, ordinal, transport);
    if header < 20 || header > l.reported() {
        l.leave_open(); // its analysis is not shown
        return Ok(()); // no header, so nothing stands behind it
    }
    if header > l.captured() {
        l.leave_open();
    }
    payload::scan(l, transport, payload, segment.flags);
    Ok(())
}

/// Sequence and acknowledgment numbers.
fn numbers(l: &mut Layer<'_, '_>, h: &Header, seq_raw: u32, ack_raw: u32, has_length: bool) {
    let at = l.add(&SEQ, 4, 4, Value::U(u64::from(h.seq)));
    l.append(at, |out| out.push_str("    (relative sequence number)"));
    l.add(&SEQ_RAW, 4, 4, Value::U(u64::from(seq_raw)));
    if h.len < 20 {
        return;
    }
    if has_length {
        // SYN and FIN take a number each.
        let syn_fin = u32::from(h.flags & flag::SYN != 0) + u32::from(h.flags & flag::FIN != 0);
        let next = h.seq.wrapping_add(h.payload).wrapping_add(syn_fin.min(1));
        let at = l.generated(&NEXT_SEQ, 0, Value::U(u64::from(next)));
        l.append(at, |out| out.push_str("    (relative sequence number)"));
    }
    let at = l.add(&ACK, 8, 4, Value::U(u64::from(h.ack)));
    if h.flags & flag::ACK != 0 {
        l.append(at, |out| out.push_str("    (relative ack number)"));
    } else if ack_raw != 0 {
        l.issue(at, &ACK_NONZERO);
    }
    l.add(&ACK_RAW, 8, 4, Value::U(u64::from(ack_raw)));
}

fn header_length(l: &mut Layer<'_, '_>, h: &Header) {
    let (len, words) = (h.len, h.len / 4);
    let at = l.add(&HEADER_LEN, 12, 1, Value::U(len as u64));
    l.label(at, |out| {
        let _ = write!(
            out,
            "{words:04b} .... = Header Length: {len} bytes ({words})"
        );
    });
}

/// The protocol's own line and the Info column.
fn summary(l: &mut Layer<'_, '_>, h: &Header, has_length: bool) {
    let root = l.root();
    let (seq, ack, payload, flags) = (h.seq, h.ack, h.payload, h.flags);
    let acks = flags & flag::ACK != 0;
    l.append(root, |out| {
        let _ = write!(out, ", Seq: {seq}");
        if acks && h.len >= 20 {
            let _ = write!(out, ", Ack: {ack}");
        }
        if has_length {
            let _ = write!(out, ", Len: {payload}");
        }
    });
    let window = h.window;
    let urgent = (flags & flag::URG != 0).then(|| l.peek_u16(18).unwrap_or(0));
    l.info_append(|out| {
        out.push_str(" [");
        flag_names(flags, out);
        let _ = write!(out, "] Seq={seq}");
        if acks {
            let _ = write!(out, " Ack={ack}");
        }
        let _ = write!(out, " Win={window}");
        if let Some(urgent) = urgent {
            let _ = write!(out, " Urg={urgent}");
        }
        if has_length {
            let _ = write!(out, " Len={payload}");
        }
    });
}

/// `PSH, ACK`.
fn flag_names(flags: u16, out: &mut String) {
    let start = out.len();
    let names = FLAG_NAMES
        .iter()
        .enumerate()
        .filter(|(bit, _)| flags & 1 << bit != 0)
        .map(|(_, name)| *name)
        .chain((flags & 0xe00 != 0).then_some("Reserved"));
    for name in names {
        if out.len() > start {
            out.push_str(", ");
        }
        out.push_str(name);
    }
    if out.len() == start {
        out.push_str("<None>");
    }
}

/// The flags, each as a node, and what they tell.
fn flag_nodes(l: &mut Layer<'_, '_>, h: &Header, transport: Option<Transport>) {
    if !l.wants_nodes() {
        return;
    }
    let flags = h.flags;
    let all = l.open(&FLAGS, 12, 2, Value::U(u64::from(flags)));
    l.label(all, |out| {
        let _ = write!(out, "Flags: 0x{flags:03x} (");
        flag_names(flags, out);
        out.push(')');
    });
    let reserved = (flags & 0xe00) >> 9;
    let at = l.add(&FLAGS_RESERVED, 12, 1, Value::U(u64::from(reserved != 0)));
    if reserved != 0 {
        l.label(at, |out| {
            let _ = write!(out, "{reserved:03b}. .... .... = Reserved: Set");
        });
    }
    let bit = |l: &mut Layer<'_, '_>, field: &'static Field| {
        let at = if field.mask > 0xff { 12 } else { 13 };
        let set = u64::from(flags) & field.mask != 0;
        (l.add(field, at, 1, Value::U(u64::from(set))), set)
    };
    for field in [
        &FLAGS_AE, &FLAGS_CWR, &FLAGS_ECE, &FLAGS_URG, &FLAGS_ACK, &FLAGS_PSH,
    ] {
        bit(l, field);
    }
    if let (at, true) = bit(l, &FLAGS_RST) {
        l.issue(at, &RST);
    }
    if let (at, true) = bit(l, &FLAGS_SYN) {
        let acks = flags & flag::ACK != 0;
        let issue = if acks { &SYN_ACK } else { &SYN };
        let server = if acks { h.source } else { h.destination };
        l.issue_with(at, issue, |out| {
            let _ = write!(out, "{}: server port {server}", issue.field.label);
        });
    }
    let (at, fin) = bit(l, &FLAGS_FIN);
    if fin {
        l.issue(at, &FIN);
    }
    let mut letters = String::with_capacity(24);
    for (i, letter) in "RRRACEUAPRSF".chars().enumerate() {
        letters.push(if flags & (0x800 >> i) != 0 {
            letter
        } else {
            '·'
        });
    }
    let value = l.made(letters.as_bytes());
    let at = l.add(&FLAGS_STR, 12, 2, value);
    if fin {
        let passive = transport.is_some_and(Transport::after_fin);
        l.issue(at, if passive { &FIN_PASSIVE } else { &FIN_ACTIVE });
    }
    l.close();
}

fn window_nodes(l: &mut Layer<'_, '_>, h: &Header, scale: WindowScale) -> Done {
    l.u16(&WINDOW)?;
    l.add(&WINDOW_SIZE, 14, 2, Value::U(u64::from(h.window)));
    if h.flags & flag::SYN != 0 {
        return Ok(()); // windows of SYN segments are never scaled
    }
    let (factor, words) = match scale {
        WindowScale::Unknown => (-1, " (unknown)"),
        WindowScale::None => (-2, " (no window scaling used)"),
        WindowScale::Shift(shift) => (1 << shift.min(14), ""),
    };
    let at = l.add(&WINDOW_SCALE, 14, 2, Value::I(factor));
    if !words.is_empty() {
        l.append(at, |out| out.push_str(words));
    }
    Ok(())
}

/// The checksum, verified if that is wanted and the segment is here in full.
fn checksum(l: &mut Layer<'_, '_>) -> Done {
    let sent = l.u16(&CHECKSUM)?;
    let at = l.last();
    let complete = l.captured() == l.reported() && !l.cx.packet.fragment && !l.cx.packet.quoted;
    let expected = if l.cx.options.verify_checksums && complete {
        expected_checksum(l)
    } else {
        None
    };
    let Some(expected) = expected else {
        l.append(at, |out| out.push_str(" [unverified]"));
        l.generated(&CHECKSUM_STATUS, 16, Value::U(2));
        return Ok(());
    };
    let good = expected == sent;
    if good {
        l.append(at, |out| out.push_str(" [correct]"));
    } else if sent == 0xffff && expected == 0 {
        l.append(at, |out| out.push_str(" [should be 0x0000 (see RFC 1624)]"));
        l.issue(at, &CHECKSUM_FFFF);
    } else {
        l.append(at, |out| {
            let _ = write!(out, " incorrect, should be 0x{expected:04x}");
        });
        l.issue_with(at, &BAD_CHECKSUM, |out| {
            let _ = write!(out, "Bad checksum [should be 0x{expected:04x}]");
        });
    }
    l.generated(&CHECKSUM_STATUS, 16, Value::U(u64::from(good)));
    l.generated(&CHECKSUM_CALCULATED, 16, Value::U(u64::from(expected)));
    Ok(())
}

/// The checksum that this segment should have (RFC 9293 section 3.1: with the pseudo header of its IP version).
fn expected_checksum(l: &Layer<'_, '_>) -> Option<u16> {
    let data = l.data();
    let len = u32::try_from(data.len()).ok()?;
    let mut sum = 6 + u64::from(len >> 16) + u64::from(len & 0xffff);
    for address in [l.cx.packet.source, l.cx.packet.destination] {
        sum += match address {
            Address::V4(a) => words(&a),
            Address::V6(a) => words(&a),
            _ => return None,
        };
    }
    sum += words(&data[..16]) + words(&data[18..]);
    while sum > 0xffff {
        sum = (sum & 0xffff) + (sum >> 16);
    }
    Some(!(sum as u16))
}

/// The sum of the 16-bit words; an odd last byte counts as the high half of one.
fn words(bytes: &[u8]) -> u64 {
    bytes
        .chunks(2)
        .map(|pair| u64::from(pair[0]) << 8 | pair.get(1).map_or(0, |b| u64::from(*b)))
        .sum()
}
