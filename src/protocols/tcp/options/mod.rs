//! The options behind the fixed header (RFC 9293 section 3.2): one byte for the kind, one for the length, then the content;
//! kinds 0 and 1 stand alone.

pub mod mptcp;
mod rare;

use std::fmt::Write as _;

use super::{Header, flag};
use crate::dissect::{Done, Layer, NodeId, Value};
use crate::flow::tcp::SegmentOptions;

/// The fields of this file and of those beside it.
pub(super) static ALL_FIELDS: [&Field; FIELDS.len() + mptcp::FIELDS.len() + rare::FIELDS.len()] =
    super::join(&[FIELDS, mptcp::FIELDS, rare::FIELDS], &OPTIONS);

/// The issues of this file and of those beside it.
pub(super) static ALL_ISSUES: [&Issue; ISSUES.len() + rare::ISSUES.len()] =
    super::join(&[ISSUES, rare::ISSUES], &BAD_LENGTH);

crate::fields! {
    /// What both sides agree on or tell besides the fixed header.
    OPTIONS = Field::new("tcp.options", "TCP Options", Kind::Bytes).spec("RFC 9293 section 3.2");
    /// Which option this is.
    KIND = Field::new("tcp.option_kind", "Kind", Kind::U8).values(KINDS).spec("RFC 9293 section 3.2");
    /// Length of the option with kind and length, in bytes.
    LENGTH = Field::new("tcp.option_len", "Length", Kind::U8).spec("RFC 9293 section 3.2");
    /// Does nothing: fills up, so that the next option begins at a good place.
    NOP = Field::new("tcp.options.nop", "TCP Option - No-Operation (NOP)", Kind::Bytes).spec("RFC 9293 section 3.2");
    /// No option follows; the rest of the header is filling.
    EOL = Field::new("tcp.options.eol", "TCP Option - End of Option List (EOL)", Kind::Bytes).spec("RFC 9293 section 3.2");
    /// The largest segment that this side can take.
    MSS = Field::new("tcp.options.mss", "TCP Option - Maximum segment size", Kind::Bytes).spec("RFC 9293 section 3.7.1");
    /// The largest number of bytes in one segment that this side can take. 1460 is what fits into Ethernet over IPv4.
    MSS_VALUE = Field::new("tcp.options.mss_val", "MSS Value", Kind::U16).spec("RFC 9293 section 3.7.1");
    /// This side's windows are to be multiplied: 16 bits are too few for fast, long lines.
    WINDOW_SCALE = Field::new("tcp.options.wscale", "TCP Option - Window scale", Kind::Bytes).spec("RFC 7323 section 2");
    /// By how many bits windows are shifted left; at most 14.
    WINDOW_SHIFT = Field::new("tcp.options.wscale.shift", "Shift count", Kind::U8).spec("RFC 7323 section 2.2");
    /// By what windows are multiplied: 2 to the power of the shift count.
    WINDOW_MULTIPLIER = Field::new("tcp.options.wscale.multiplier", "Multiplier", Kind::U16).spec("RFC 7323 section 2.2");
    /// This side understands selective acknowledgments.
    SACK_PERMITTED = Field::new("tcp.options.sack_perm", "TCP Option - SACK permitted", Kind::Bytes).spec("RFC 2018 section 2");
    /// What has arrived behind a gap: the sender need not repeat it.
    SACK = Field::new("tcp.options.sack", "TCP Option - SACK", Kind::Bytes).spec("RFC 2018 section 3");
    /// First byte of a block that has arrived, counted from the start of the conversation.
    SACK_LEFT = Field::new("tcp.options.sack_le", "TCP SACK Left Edge", Kind::U32).spec("RFC 2018 section 3");
    /// First byte behind the block that has arrived.
    SACK_RIGHT = Field::new("tcp.options.sack_re", "TCP SACK Right Edge", Kind::U32).spec("RFC 2018 section 3");
    /// How many blocks are listed.
    SACK_COUNT = Field::new("tcp.options.sack.count", "TCP SACK Count", Kind::U8);
    /// First byte of a block that arrived twice.
    DSACK_LEFT = Field::new("tcp.options.sack.dsack_le", "TCP D-SACK Left Edge", Kind::U32).spec("RFC 2883 section 4");
    /// First byte behind the block that arrived twice.
    DSACK_RIGHT = Field::new("tcp.options.sack.dsack_re", "TCP D-SACK Right Edge", Kind::U32).spec("RFC 2883 section 4");
    /// When the segment was sent, by the sender's own clock, and what the other side's clock last said.
    TIMESTAMP = Field::new("tcp.options.timestamp", "TCP Option - Timestamps", Kind::Bytes).spec("RFC 7323 section 3");
    /// The sender's clock: any unit, from any start.
    TS_VALUE = Field::new("tcp.options.timestamp.tsval", "Timestamp value", Kind::U32).spec("RFC 7323 section 3.2");
    /// The other side's clock, sent back: from it that side knows the round trip time.
    TS_ECHO = Field::new("tcp.options.timestamp.tsecr", "Timestamp echo reply", Kind::U32).spec("RFC 7323 section 3.2");
    /// An option that is not known here.
    UNKNOWN = Field::new("tcp.options.unknown", "TCP Option - Unknown", Kind::Bytes);
    /// Its content.
    UNKNOWN_PAYLOAD = Field::new("tcp.options.unknown.payload", "Payload", Kind::Bytes);
}

crate::issues! {
    /// An option says a length that it cannot have.
    BAD_LENGTH = Issue::new("tcp.option.len.invalid", "Invalid length for option", Severity::Note, Group::Sequence);
    /// A block is acknowledged that had arrived before: somebody sent it twice for no reason.
    DSACK = Issue::new("tcp.options.sack.dsack", "D-SACK Sequence", Severity::Warn, Group::Sequence);
    /// Larger shifts would make windows of more than 1 GiB, which sequence numbers cannot tell apart.
    BAD_SHIFT = Issue::new("tcp.options.wscale.shift.invalid", "Window scale shift exceeds 14", Severity::Warn, Group::Protocol);
    /// Without it the other side must assume 536 bytes.
    MSS_ABSENT = Issue::new("tcp.options.mss.absent", "The SYN packet does not contain a MSS option", Severity::Note, Group::Protocol);
    /// It only means something while the conversation begins.
    MSS_PRESENT = Issue::new("tcp.options.mss.present", "The non-SYN packet does contain a MSS option", Severity::Warn, Group::Protocol);
    /// Behind the end of the list there is only filling, which is 0.
    AFTER_EOL = Issue::new("tcp.non_zero_bytes_after_eol", "Non zero bytes in option space after EOL option", Severity::Error, Group::Protocol);
    /// A part of an option goes beyond the option's end.
    SUBOPTION = Issue::new("tcp.suboption_malformed", "suboption would go past end of option", Severity::Error, Group::Malformed);
    /// Middle boxes overwrite options that they do not like with filling.
    NOPS = Issue::new("tcp.nop", "4 NOP in a row - a router may have removed some options", Severity::Warn, Group::Protocol);
}

/// Names of the kinds (IANA, TCP parameters).
static KINDS: &[(u64, &str)] = &[
    (0, "End of Option List"),
    (1, "No-Operation"),
    (2, "Maximum Segment Size"),
    (3, "Window Scale"),
    (4, "SACK Permitted"),
    (5, "SACK"),
    (6, "Echo"),
    (7, "Echo Reply"),
    (8, "Time Stamp Option"),
    (9, "Partial Order Connection Permitted"),
    (10, "Partial Order Service Profile"),
    (11, "CC"),
    (12, "CC.NEW"),
    (13, "CC.ECHO"),
    (14, "TCP Alternate Checksum Request"),
    (15, "TCP Alternate Checksum Data"),
    (16, "Skeeter"),
    (17, "Bubba"),
    (18, "Trailer Checksum Option"),
    (19, "MD5 Signature Option"),
    (20, "SCPS Capabilities"),
    (21, "Selective Negative Acknowledgements"),
    (22, "Record Boundaries"),
    (23, "Corruption experienced"),
    (24, "SNAP"),
    (25, "Unassigned"),
    (26, "TCP Compression Filter"),
    (27, "Quick-Start Response"),
    (28, "User Timeout Option"),
    (29, "The TCP Authentication Option"),
    (30, "Multipath TCP"),
    (34, "TCP Fast Open Cookie"),
    (76, "Riverbed Probe"),
    (78, "Riverbed Transparency"),
    (172, "Accurate ECN Order 0"),
    (174, "Accurate ECN Order 1"),
    (253, "RFC3692-style Experiment 1"),
    (254, "RFC3692-style Experiment 2"),
];

/// The options that the analysis looks at, read without a node. Stops at the first that makes no sense.
pub(super) fn scan(bytes: &[u8]) -> SegmentOptions {
    let mut options = SegmentOptions::default();
    // Nothing, or time stamps in the form that RFC 7323 appendix A recommends: so it is in nearly every segment.
    if bytes.is_empty() || bytes.len() == 12 && bytes.starts_with(&[1, 1, 8, 10]) {
        return options;
    }
    let u32_at = |b: &[u8]| u32::from_be_bytes([b[0], b[1], b[2], b[3]]);
    let mut rest = bytes;
    while let [kind, after @ ..] = rest {
        match kind {
            0 => break,
            1 => {
                rest = after;
                continue;
            }
            _ => {}
        }
        let len = after.first().map_or(0, |len| usize::from(*len));
        let Some(body) = rest.get(2..len) else { break };
        match (kind, body.len()) {
            (3, 1) => options.window_scale = Some(body[0]),
            (5, n) if n % 8 == 0 => {
                for edges in body.chunks_exact(8) {
                    let between = u32_at(&edges[4..]).wrapping_sub(u32_at(edges));
                    options.sacked = options.sacked.saturating_add(between);
                }
            }
            _ => {}
        }
        rest = &rest[len..];
    }
    options
}

/// The options of a segment.
pub(super) fn dissect(l: &mut Layer<'_, '_>, h: &Header) -> Done {
    let len = h.len - 20;
    if len == 0 {
        return Ok(());
    }
    l.need(20, len)?;
    let value = l.slice(20, len);
    let all = l.open(&OPTIONS, 20, len, value);
    let labels = l.wants_labels();
    let syn = h.flags & flag::SYN != 0;
    let mut names = String::new();
    let (mut at, end) = (20, 20 + len);
    let mut nops = 0;
    let mut has_mss = false;
    let mut ended = false;
    while at < end {
        let kind = l.peek_u8(at)?;
        nops = if kind == 1 { nops + 1 } else { 0 };
        if nops == 4 {
            l.issue(all, &NOPS);
        }
        let size = match kind {
            0 | 1 => 1,
            _ if at + 1 < end => usize::from(l.peek_u8(at + 1)?),
            _ => 0,
        };
        if kind >= 2 && (size < 2 || at + size > end) {
            bad_length(l, at, kind, size, end);
            break;
        }
        if labels {
            let _ = write!(names, ", {}", option_name(kind));
            if option_name(kind) == "Unknown" {
                let _ = write!(names, " (0x{kind:02x})");
            }
        }
        if kind == 0 && !ended && l.peek(at, end - at)?.iter().any(|b| *b != 0) {
            l.issue(all, &AFTER_EOL);
        }
        ended |= kind == 0;
        has_mss |= kind == 2;
        option(l, h, at, kind, size);
        at += size;
    }
    if !has_mss && syn {
        l.issue(all, &MSS_ABSENT);
    }
    l.label(all, |out| {
        let _ = write!(out, "Options: ({len} bytes){names}");
        let limit = crate::dissect::text::LABEL_LIMIT - 1;
        if out.len() > limit {
            out.truncate(limit);
        }
    });
    l.close();
    Ok(())
}

/// The option's name in the line that lists them.
fn option_name(kind: u8) -> &'static str {
    match kind {
        0 => "End of Option List (EOL)",
        1 => "No-Operation (NOP)",
        2 => "Maximum segment size",
        3 => "Window scale",
        4 => "SACK permitted",
        5 => "SACK",
        8 => "Timestamps",
        30 => "MPTCP",
        _ => rare::field(kind).map_or("Unknown", |(_, name)| name),
    }
}

/// An option whose length cannot be.
fn bad_length(l: &mut Layer<'_, '_>, at: usize, kind: u8, size: usize, end: usize) {
    let name = option_name(kind);
    let message = |out: &mut String| {
        out.push_str(name);
        if name == "Unknown" {
            let _ = write!(out, " (0x{kind:02x})");
        }
        let _ = if at + 1 >= end {
            write!(out, " (length byte past end of options)")
        } else if size < 2 {
            write!(
                out,
                " (with too-short option length = {size} byte{})",
                if size == 1 { "" } else { "s" }
            )
        } else {
            write!(
                out,
                " (option length = {size} bytes says option goes past end of options)"
            )
        };
    };
    let node = l.text(at, end - at, message);
    l.issue_with(node, &BAD_LENGTH, message);
}

/// The length that an option of this kind has, where it has only one.
fn fixed_size(kind: u8) -> Option<usize> {
    Some(match kind {
        2 => 4,
        3 => 3,
        4 => 2,
        8 => 10,
        _ => return None,
    })
}

/// One option at position `at`, `size` bytes in all.
fn option(l: &mut Layer<'_, '_>, h: &Header, at: usize, kind: u8, size: usize) {
    let kind_and_length = |l: &mut Layer<'_, '_>| {
        l.add(&KIND, at, 1, Value::U(u64::from(kind)));
        if kind >= 2 {
            let node = l.add(&LENGTH, at + 1, 1, Value::U(size as u64));
            if let Some(fixed) = fixed_size(kind).filter(|fixed| *fixed != size) {
                l.issue_with(node, &BAD_LENGTH, |out| {
                    let _ = write!(out, "option length should be {fixed}");
                });
            }
        }
    };
    if kind == 30 && size > 2 {
        mptcp::dissect(l, at, size, kind_and_length);
        return;
    }
    let field = match kind {
        0 => &EOL,
        1 => &NOP,
        2 => &MSS,
        3 => &WINDOW_SCALE,
        4 => &SACK_PERMITTED,
        5 => &SACK,
        8 => &TIMESTAMP,
        _ => rare::field(kind).map_or(&UNKNOWN, |(field, _)| field),
    };
    let value = l.slice(at, size);
    let node = l.open(field, at, size, value);
    l.label(node, |out| out.push_str(field.label));
    kind_and_length(l);
    content(l, h, node, at, kind, size);
    l.close();
}

/// What stands behind kind and length.
fn content(l: &mut Layer<'_, '_>, h: &Header, node: NodeId, at: usize, kind: u8, size: usize) {
    let syn = h.flags & flag::SYN != 0;
    let number = |l: &Layer<'_, '_>, at: usize, n: usize| l.peek_uint(at, n).unwrap_or(0);
    if kind == 2 && !syn {
        l.issue(node, &MSS_PRESENT);
    }
    match (kind, size) {
        (2, 4) => {
            let mss = number(l, at + 2, 2);
            l.add(&MSS_VALUE, at + 2, 2, Value::U(mss));
            l.append(node, |out| {
                let _ = write!(out, ": {mss} bytes");
            });
            l.info_append(|out| {
                let _ = write!(out, " MSS={mss}");
            });
        }
        (3, 3) => {
            let shift = number(l, at + 2, 1);
            let shown = l.add(&WINDOW_SHIFT, at + 2, 1, Value::U(shift));
            if shift > 14 {
                l.issue(shown, &BAD_SHIFT);
            }
            let factor = 1u64 << shift.min(14);
            l.add(&WINDOW_MULTIPLIER, at + 2, 1, Value::U(factor));
            l.append(node, |out| {
                let _ = write!(out, ": {shift} (multiply by {factor})");
            });
            l.info_append(|out| {
                let _ = write!(out, " WS={factor}");
            });
        }
        (4, _) => l.info_append(|out| out.push_str(" SACK_PERM")),
        (5, _) => sack(l, h, node, at, size),
        (8, 10) => {
            let (value, echo) = (number(l, at + 2, 4), number(l, at + 6, 4));
            l.add(&TS_VALUE, at + 2, 4, Value::U(value));
            l.add(&TS_ECHO, at + 6, 4, Value::U(echo));
            l.append(node, |out| {
                let _ = write!(out, ": TSval {value}, TSecr {echo}");
            });
            l.info_append(|out| {
                let _ = write!(out, " TSval={value} TSecr={echo}");
            });
        }
        (0..=4 | 8, _) => {}
        _ if rare::field(kind).is_some() => {
            rare::content(l, node, kind, at + 2, size - 2, syn);
        }
        _ if size > 2 => {
            let value = l.slice(at + 2, size - 2);
            l.add(&UNKNOWN_PAYLOAD, at + 2, size - 2, value);
        }
        _ => {}
    }
}

/// Selective acknowledgments; a first block that is already acknowledged, or lies in the second, tells of a duplicate.
fn sack(l: &mut Layer<'_, '_>, h: &Header, node: NodeId, at: usize, size: usize) {
    let count = (size - 2) / 8;
    let relative =
        |l: &Layer<'_, '_>, at: usize| (l.peek_u32(at).unwrap_or(0)).wrapping_sub(h.other_base);
    for i in 0..count {
        let from = at + 2 + 8 * i;
        let (left, right) = (relative(l, from), relative(l, from + 4));
        let edge = l.add(&SACK_LEFT, from, 4, Value::U(u64::from(left)));
        l.label(edge, |out| {
            let _ = write!(out, "left edge = {left} (relative)");
        });
        let edge = l.add(&SACK_RIGHT, from + 4, 4, Value::U(u64::from(right)));
        l.label(edge, |out| {
            let _ = write!(out, "right edge = {right} (relative)");
        });
        l.append(node, |out| {
            let _ = write!(out, " {left}-{right}");
        });
        l.info_append(|out| {
            let _ = write!(out, " SLE={left} SRE={right}");
        });
    }
    if !(size - 2).is_multiple_of(8) {
        l.issue(node, &SUBOPTION);
    }
    l.generated(&SACK_COUNT, at, Value::U(count as u64));
    if count == 0 {
        return;
    }
    let (left, right) = (relative(l, at + 2), relative(l, at + 6));
    let within_second = count > 1 && {
        let (l2, r2) = (relative(l, at + 10), relative(l, at + 14));
        left.wrapping_sub(l2) < 1 << 31 && r2.wrapping_sub(right) < 1 << 31
    };
    if h.ack.wrapping_sub(right) < 1 << 31 || within_second {
        let at = at + 2;
        let edge = l.add(&DSACK_LEFT, at, 4, Value::U(u64::from(left)));
        l.label(edge, |out| {
            let _ = write!(out, "D-SACK Left Edge = {left} (relative)");
        });
        let edge = l.add(&DSACK_RIGHT, at + 4, 4, Value::U(u64::from(right)));
        l.label(edge, |out| {
            let _ = write!(out, "D-SACK Right Edge = {right} (relative)");
        });
        let line = l.text(at, 8, |out| out.push_str("D-SACK Sequence"));
        l.issue(line, &DSACK);
    }
}
