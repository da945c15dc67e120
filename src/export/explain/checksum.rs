//! The Internet checksum (RFC 1071): worked out again from the bytes, so that the sum can be seen.

use super::{Explanation, Line, Subject, number};
use crate::dissect::Value;

/// Work the checksum out and show how.
pub(super) fn sums(subject: &Subject<'_>, out: &mut Explanation) {
    let Some(stored) = number(subject.at).filter(|_| subject.at.len == 2) else {
        return;
    };
    match subject.at.field.abbrev {
        "ip.checksum" => {
            let Some(header) = span(subject, 0, subject.number("ip.hdr_len")) else {
                return;
            };
            out.sums.clear();
            tell(subject, stored, &header, "the header's other bytes", out);
        }
        "tcp.checksum" => transport(subject, stored, 6, None, out),
        "udp.checksum" if stored == 0 => out.remarks.push(Line::words(
            "Zero: the sender did not compute a checksum, which UDP over IPv4 allows.",
        )),
        "icmpv6.checksum" => transport(subject, stored, 58, None, out),
        "udp.checksum" => transport(subject, stored, 17, subject.number("udp.length"), out),
        "icmp.checksum" => {
            if let Some(message) = span(subject, 0, carried(subject, true)) {
                out.sums.clear();
                tell(subject, stored, &message, "the whole message", out);
            }
        }
        _ => {}
    }
}

/// Bytes of the subject's layer from its beginning, if all were captured.
fn span(subject: &Subject<'_>, skip: usize, len: Option<u64>) -> Option<Vec<u8>> {
    let layer = subject.packet.tree.nodes.get(subject.layer.start)?;
    let from = (layer.start as usize).checked_add(skip)?;
    let to = from.checked_add(usize::try_from(len?).ok()?)?;
    let buffer = subject
        .packet
        .tree
        .buffer(subject.packet.bytes, layer.buffer);
    buffer.get(from..to).map(<[u8]>::to_vec)
}

/// How many bytes the network layer carries from the subject's layer on.
fn carried(subject: &Subject<'_>, four: bool) -> Option<u64> {
    let layer = subject.packet.tree.nodes.get(subject.layer.start)?;
    let (plen, len) = (subject.below("ipv6.plen"), subject.below("ip.len"));
    let below = if four { len } else { plen }?;
    // Fragments were put together: all of that.
    if below.buffer != layer.buffer {
        let buffer = subject
            .packet
            .tree
            .buffer(subject.packet.bytes, layer.buffer);
        return Some(buffer.len() as u64);
    }
    if four {
        let header = subject.below_number("ip.hdr_len")?;
        return number(below)?.checked_sub(header);
    }
    // The length is at byte 4 of the 40 of the header; extension headers may stand between.
    let between = layer.start.checked_sub(below.start.checked_add(36)?)?;
    number(below)?.checked_sub(u64::from(between))
}

/// TCP, UDP and ICMPv6: a pseudo header of addresses, protocol and length is added in front.
fn transport(
    subject: &Subject<'_>,
    stored: u64,
    protocol: u8,
    len: Option<u64>,
    out: &mut Explanation,
) {
    let mut pseudo = Vec::new();
    let four = subject.below("ip.src").zip(subject.below("ip.dst"));
    let six = subject.below("ipv6.src").zip(subject.below("ipv6.dst"));
    let carried = carried(subject, four.is_some());
    if let Some((source, destination)) = four.or(six) {
        for node in [source, destination] {
            match node.value {
                Value::Ipv4(a) => pseudo.extend_from_slice(&a),
                Value::Ipv6(a) => pseudo.extend_from_slice(&a),
                _ => return,
            }
        }
    }
    let Some(len) = len.or(carried) else { return };
    let Some(segment) = span(subject, 0, Some(len)) else {
        out.remarks.push(Line::words(
            "Not all of the bytes are here, so it cannot be checked.",
        ));
        return;
    };
    let Ok(length) = u32::try_from(segment.len()) else {
        return;
    };
    pseudo.extend_from_slice(&length.to_be_bytes());
    pseudo.extend_from_slice(&[0, 0, 0, protocol]);
    let split = pseudo.len();
    pseudo.extend_from_slice(&segment);
    out.sums.clear();
    tell_from(
        subject,
        stored,
        &pseudo,
        split,
        "addresses, protocol, length and the segment itself",
        out,
    );
}

fn tell(subject: &Subject<'_>, stored: u64, bytes: &[u8], what: &str, out: &mut Explanation) {
    tell_from(subject, stored, bytes, 0, what, out);
}

/// `bytes` are summed up; the subject's layer begins at `layer_at` in them, and its own two bytes count as zero.
fn tell_from(
    subject: &Subject<'_>,
    stored: u64,
    bytes: &[u8],
    layer_at: usize,
    what: &str,
    out: &mut Explanation,
) {
    let Some(layer) = subject.packet.tree.nodes.get(subject.layer.start) else {
        return;
    };
    let own = layer_at + subject.at.start.saturating_sub(layer.start) as usize;
    let byte = |at: usize| {
        if at == own || at == own + 1 {
            0
        } else {
            u64::from(bytes.get(at).copied().unwrap_or(0))
        }
    };
    let sum: u64 = (0..bytes.len())
        .step_by(2)
        .map(|at| byte(at) << 8 | byte(at + 1))
        .sum();
    let mut folded = sum;
    while folded > 0xffff {
        folded = (folded & 0xffff) + (folded >> 16);
    }
    let mut wanted = !folded & 0xffff;
    // UDP has no checksum 0: that would say that there is none (RFC 768).
    if wanted == 0 && subject.at.field.abbrev == "udp.checksum" {
        wanted = 0xffff;
    }
    out.sums
        .push(Line::words(&format!("sum of 16-bit words ({what})  ")).of(format!("0x{sum:x}")));
    out.sums.push(
        Line::words("carries added  ")
            .of(format!("0x{folded:04x}"))
            .and(", every bit turned over  ")
            .of(format!("0x{wanted:04x}")),
    );
    out.remarks.push(if wanted == stored {
        Line::words("This is what the packet has: the bytes arrived as they were sent.")
    } else {
        Line::words("The packet has ").of(format!("0x{stored:04x}")).and(
            ". Either bytes were changed on the way, or this host leaves checksums to its network card and captured the packet before the card filled it in.",
        )
    });
}
