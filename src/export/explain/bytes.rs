//! From bytes to the value: numbers, bits, names in labels.

use super::{Explanation, Line, Subject, count, number};
use crate::dissect::text::label;
use crate::field::Kind;

/// How the field's bytes make its value.
pub(super) fn read(subject: &Subject<'_>, out: &mut Explanation) {
    let raw = subject.raw();
    if raw.is_empty() {
        return;
    }
    let mut text = String::new();
    label(
        subject.packet.tree,
        subject.packet.bytes,
        subject.at,
        &mut text,
    );
    if let Some(pattern) = pattern(&text) {
        bits(raw, pattern, out);
    } else if subject.at.field.abbrev.starts_with("dns.") && subject.at.field.kind == Kind::Str {
        name(subject, out);
    } else if let Some(value) = number(subject.at) {
        integer(subject, raw, value, out);
    }
}

/// The bit pattern in front of a label (`.... .1..`), if it has one.
pub(in crate::export) fn pattern(label: &str) -> Option<&str> {
    let (pattern, _) = label.split_once(" = ")?;
    let bits = pattern.bytes().filter(|b| *b != b' ').count();
    let fits = pattern.bytes().all(|b| b". 01".contains(&b)) && pattern.contains(['0', '1']);
    (fits && bits >= 4).then_some(pattern)
}

/// Which bits of which bytes.
fn bits(raw: &[u8], pattern: &str, out: &mut Explanation) {
    if raw.len() > 4 {
        return;
    }
    let all: Vec<String> = raw
        .iter()
        .map(|b| format!("{:04b} {:04b}", b >> 4, b & 15))
        .collect();
    let own: String = pattern.chars().filter(|c| "01".contains(*c)).collect();
    let bytes = if raw.len() == 1 {
        "The byte"
    } else {
        "The bytes"
    };
    out.sums.push(
        Line::words(&format!("{bytes} "))
            .of(hex(raw))
            .and(" in bits: ")
            .of(all.join(" ")),
    );
    let line = Line::words("This field: ").of(pattern);
    let line = match u64::from_str_radix(&own, 2) {
        Ok(value) if own.len() > 1 => line
            .and(&format!(", {} that read ", count(own.len() as u64, "bit")))
            .of(value),
        _ => line.and(", one bit"),
    };
    out.sums.push(line);
}

/// A number from its bytes, most significant byte first.
fn integer(subject: &Subject<'_>, raw: &[u8], value: u64, out: &mut Explanation) {
    if raw.len() > 8 || subject.at.field.mask != 0 {
        return;
    }
    let big = raw.iter().fold(0u64, |n, b| n << 8 | u64::from(*b));
    let little = raw.iter().rev().fold(0u64, |n, b| n << 8 | u64::from(*b));
    let of = Line::words(if raw.len() == 1 { "Byte " } else { "Bytes " }).of(hex(raw));
    if big != value {
        if little == value && raw.len() > 1 {
            out.sums
                .push(of.and(", the last one counting most: ").of(value));
        }
        return;
    }
    match raw {
        [byte] if *byte > 9 => out.sums.push(
            of.and(&format!(": {} × 16 + {} = ", byte >> 4, byte & 15))
                .of(value),
        ),
        [high, low] => out
            .sums
            .push(of.and(&format!(": {high} × 256 + {low} = ")).of(value)),
        [_] => {}
        _ => out
            .sums
            .push(of.and(", the first one counting most: ").of(value)),
    }
}

/// A DNS name from its labels: each a length and so many characters; two bits set at the front lead elsewhere.
fn name(subject: &Subject<'_>, out: &mut Explanation) {
    let raw = subject.raw();
    let mut line = Line::default();
    let (mut at, mut parts) = (0, 0);
    while let Some(length) = raw.get(at).copied() {
        if parts == 12 {
            line = line.and(" …");
            break;
        }
        if parts > 0 {
            line = line.and(" · ");
        }
        parts += 1;
        match length {
            0 => {
                line = line.of("00").and(" the end");
                break;
            }
            1..=63 => {
                let end = at + 1 + usize::from(length);
                let Some(letters) = raw.get(at + 1..end) else {
                    return;
                };
                line = line
                    .of(format!("{length:02x}"))
                    .and(&format!(" \"{}\"", letters.escape_ascii()));
                at = end;
            }
            0xc0.. => {
                let Some(low) = raw.get(at + 1) else { return };
                let to = usize::from(length & 0x3f) << 8 | usize::from(*low);
                line = line
                    .of(format!("{length:02x} {low:02x}"))
                    .and(&format!(" go on at byte {to} of the message"));
                break;
            }
            // Reserved: not a name as RFC 1035 has it.
            _ => return,
        }
    }
    if parts > 0 {
        out.sums.push(line);
        out.remarks.push(Line::words(
            "Each part of the name comes after its length; a length from c0 on is a pointer to where the rest was written before.",
        ));
    }
}

/// Bytes in hexadecimal, with blanks.
pub(super) fn hex(raw: &[u8]) -> String {
    let bytes: Vec<String> = raw.iter().map(|b| format!("{b:02x}")).collect();
    bytes.join(" ")
}
