//! Values and labels as text: the one place where a field's declaration becomes words.

use std::fmt::Write as _;
use std::net::{Ipv4Addr, Ipv6Addr};

use super::tree::{Label, Node, Tree, Value};
use crate::field::{Base, Field, Kind, Names};
use crate::flow::address::push_hex;

/// Labels longer than this many bytes are cut, as in tshark's output.
pub const LABEL_LIMIT: usize = 240;

/// The label of a node as the tree shows it.
pub fn label(tree: &Tree, frame: &[u8], node: &Node, out: &mut String) {
    match node.label {
        Label::Text { start, len } => {
            let end = (start as usize + len as usize).min(tree.made.len());
            out.push_str(&String::from_utf8_lossy(
                &tree.made[(start as usize).min(end)..end],
            ));
        }
        Label::Standard => standard_label(tree, frame, node, out),
    }
}

/// The label that field and value make on their own.
pub fn standard_label(tree: &Tree, frame: &[u8], node: &Node, out: &mut String) {
    let field = node.field;
    let from = out.len();
    if field.mask != 0
        && let Value::U(value) = node.value
    {
        bit_pattern(value, field.mask, field.pattern_width(), out);
        out.push_str(" = ");
    }
    out.push_str(field.label);
    let name_end = out.len();
    match field.kind {
        Kind::Protocol | Kind::None => return,
        Kind::Text => return,
        _ => {}
    }
    out.push_str(": ");
    label_value(tree, frame, node, out);
    truncate(out, from, name_end);
}

/// Cut a label that is too long (it begins at `from`), and say so at `mark_at`: behind the field's name, or in front.
pub fn truncate(out: &mut String, from: usize, mark_at: usize) {
    if out.len() - from < LABEL_LIMIT {
        return;
    }
    let mark = " [truncated]";
    let mut end = (from + LABEL_LIMIT - 2 - mark.len()).max(mark_at);
    while !out.is_char_boundary(end) {
        end -= 1;
    }
    out.truncate(end);
    out.insert_str(mark_at.min(end), mark);
}

/// `.... .1.. = ` for the bits that a masked field covers (without the ` = `).
pub fn bit_pattern(value: u64, mask: u64, width: u32, out: &mut String) {
    let width = width.clamp(1, 64);
    let unshifted = value << mask.trailing_zeros().min(63);
    for bit in (0..width).rev() {
        let one = 1u64 << bit;
        out.push(if mask & one == 0 {
            '.'
        } else if unshifted & one == 0 {
            '0'
        } else {
            '1'
        });
        if bit % 4 == 0 && bit != 0 {
            out.push(' ');
        }
    }
}

/// The value as the label has it: with its name, unit and number.
pub fn label_value(tree: &Tree, frame: &[u8], node: &Node, out: &mut String) {
    let field = node.field;
    match (field.kind, node.value) {
        (Kind::Bool, Value::U(v)) => out.push_str(match field.names {
            Names::Bool(no, yes) => {
                if v == 0 {
                    no
                } else {
                    yes
                }
            }
            _ if v == 0 => "False",
            _ => "True",
        }),
        (Kind::Str, Value::Slice { .. } | Value::Made { .. }) => {
            escaped(tree.value_bytes(frame, node), out)
        }
        (Kind::Bytes, _) => {
            let bytes = tree.value_bytes(frame, node);
            if field.base == Base::Ascii
                && !bytes.is_empty()
                && bytes.iter().all(|b| (0x20..0x7f).contains(b))
            {
                escaped(bytes, out);
            } else if bytes.is_empty() {
                out.push_str("<MISSING>");
            } else {
                for (count, byte) in bytes.iter().enumerate() {
                    if count == 36 && bytes.len() > 36 {
                        out.push('…');
                        break;
                    }
                    push_hex(out, *byte);
                }
            }
        }
        (Kind::RelTime, Value::Time { .. }) => {
            show(tree, frame, node, out);
            out.push_str(" seconds");
        }
        (Kind::Char, Value::U(v)) => {
            let start = out.len();
            character(v, out);
            if !matches!(field.names, Names::None) {
                let quoted = out.split_off(start);
                let name = field.name_of(v).unwrap_or("Unknown");
                let _ = write!(out, "{name} ({quoted})");
            }
        }
        (_, Value::U(v)) if field.kind.is_unsigned() => labelled_integer(field, v, v as i64, out),
        (_, Value::I(v)) => labelled_integer(field, v as u64, v, out),
        (Kind::F64 | Kind::F32, Value::F(v)) => {
            float(v, field.kind, out);
            if let Names::Unit(_, many) = field.names {
                out.push_str(many);
            }
        }
        _ => show(tree, frame, node, out),
    }
}

/// An integer with its name or unit.
fn labelled_integer(field: &Field, value: u64, signed: i64, out: &mut String) {
    if let Names::Custom(write) = field.names {
        write(value, out);
        return;
    }
    if let Names::Unit(one, many) = field.names {
        integer(field, value, signed, out);
        out.push_str(if value == 1 { one } else { many });
        return;
    }
    let has_names = !matches!(field.names, Names::None);
    if !has_names {
        integer(field, value, signed, out);
        return;
    }
    out.push_str(field.name_of(value).unwrap_or("Unknown"));
    if field.base != Base::NameOnly {
        out.push_str(" (");
        integer(field, value, signed, out);
        out.push(')');
    }
}

/// An integer in the base of its field.
fn integer(field: &Field, value: u64, signed: i64, out: &mut String) {
    let digits = (label_bits(field).div_ceil(4)) as usize;
    let _ = match field.base {
        Base::Hex => write!(out, "0x{value:0digits$x}"),
        Base::Oct => write!(out, "0{value:o}"),
        Base::DecHex => write!(out, "{signed} (0x{value:0digits$x})"),
        Base::HexDec => write!(out, "0x{value:0digits$x} ({signed})"),
        _ if field.kind.is_signed() => write!(out, "{signed}"),
        _ => write!(out, "{value}"),
    };
}

/// Bits that count for the width of a hexadecimal number in a label: the mask's span where there is a mask.
fn label_bits(field: &Field) -> u32 {
    if field.mask == 0 {
        field.kind.bits()
    } else {
        64 - field.mask.leading_zeros() - field.mask.trailing_zeros()
    }
}

/// Bits that count for the width of a hexadecimal value on its own.
fn hex_bits(field: &Field) -> u32 {
    field.kind.bits()
}

fn float(value: f64, kind: Kind, out: &mut String) {
    // Six significant digits for single precision, up to 15 for double, without trailing zeros.
    let digits = if kind == Kind::F32 { 6 } else { 15 };
    general(value, digits, out);
}

/// C's `%.{digits}g`.
pub(crate) fn general(value: f64, digits: usize, out: &mut String) {
    if value == 0.0 || !value.is_finite() {
        let _ = write!(out, "{value}");
        return;
    }
    let exponent = value.abs().log10().floor() as i32;
    if exponent < -4 || exponent >= digits as i32 {
        let text = format!("{value:.*e}", digits - 1);
        let (mantissa, power) = text.split_once('e').unwrap_or((&text, "0"));
        let mantissa = if mantissa.contains('.') {
            mantissa.trim_end_matches('0').trim_end_matches('.')
        } else {
            mantissa
        };
        let power: i32 = power.parse().unwrap_or(0);
        let _ = write!(
            out,
            "{mantissa}e{}{:02}",
            if power < 0 { '-' } else { '+' },
            power.abs()
        );
    } else {
        let decimals = usize::try_from(digits as i32 - 1 - exponent).unwrap_or(0);
        let text = format!("{value:.decimals$}");
        out.push_str(if text.contains('.') {
            text.trim_end_matches('0').trim_end_matches('.')
        } else {
            &text
        });
    }
}

/// The bare value, as `-T fields` and PDML's `show` have it.
pub fn show(tree: &Tree, frame: &[u8], node: &Node, out: &mut String) {
    let field = node.field;
    match (field.kind, node.value) {
        (Kind::Protocol, _) => {}
        (Kind::Str | Kind::Oid, Value::Slice { .. } | Value::Made { .. }) => {
            out.push_str(&String::from_utf8_lossy(tree.value_bytes(frame, node)));
        }
        (Kind::Bytes, Value::Slice { .. } | Value::Made { .. }) => {
            for (i, byte) in tree.value_bytes(frame, node).iter().enumerate() {
                if i > 0 {
                    out.push(':');
                }
                push_hex(out, *byte);
            }
        }
        (Kind::AbsTime, Value::Time { secs, nanos }) => absolute_time(secs, nanos, out),
        (_, Value::Time { secs, nanos }) => {
            if (secs < 0 || nanos < 0) && secs <= 0 && nanos <= 0 {
                out.push('-');
            }
            let _ = write!(out, "{}.{:09}", secs.unsigned_abs(), nanos.unsigned_abs());
        }
        (Kind::Guid, Value::Ipv6(a)) => {
            for (i, byte) in a.iter().enumerate() {
                if matches!(i, 4 | 6 | 8 | 10) {
                    out.push('-');
                }
                push_hex(out, *byte);
            }
        }
        (Kind::Eui64, Value::U(v)) => {
            for (i, byte) in v.to_be_bytes().iter().enumerate() {
                if i > 0 {
                    out.push(':');
                }
                push_hex(out, *byte);
            }
        }
        (Kind::Char, Value::U(v)) => {
            character(v, out);
        }
        (_, Value::U(v)) => match field.base {
            Base::Hex | Base::HexDec => {
                let digits = (hex_bits(field) / 4) as usize;
                let _ = write!(out, "0x{v:0digits$x}");
            }
            Base::Oct => {
                let _ = write!(out, "0{v:o}");
            }
            _ => {
                let _ = write!(out, "{v}");
            }
        },
        (_, Value::I(v)) => {
            let _ = write!(out, "{v}");
        }
        (_, Value::F(v)) => float(v, field.kind, out),
        (_, Value::Ipv4(a)) => {
            let _ = write!(out, "{}", Ipv4Addr::from(a));
        }
        (_, Value::Ipv6(a)) => {
            let _ = write!(out, "{}", Ipv6Addr::from(a));
        }
        (_, Value::Ether(a)) => {
            for (i, byte) in a.iter().enumerate() {
                if i > 0 {
                    out.push(':');
                }
                push_hex(out, *byte);
            }
        }
        (Kind::Text, _) => label(tree, frame, node, out),
        (_, Value::None) => {}
        (_, Value::Slice { .. } | Value::Made { .. }) => {
            out.push_str(&String::from_utf8_lossy(tree.value_bytes(frame, node)));
        }
    }
}

/// One character in quotes, as in C.
fn character(value: u64, out: &mut String) {
    let _ = match u8::try_from(value).unwrap_or(b'?') {
        0 => write!(out, "'\\0'"),
        7 => write!(out, "'\\a'"),
        8 => write!(out, "'\\b'"),
        11 => write!(out, "'\\v'"),
        12 => write!(out, "'\\f'"),
        byte => write!(out, "'{}'", byte.escape_ascii()),
    };
}

/// Text with what cannot be printed escaped as in C.
pub fn escaped(bytes: &[u8], out: &mut String) {
    for chunk in bytes.utf8_chunks() {
        for c in chunk.valid().chars() {
            match c {
                '\n' => out.push_str("\\n"),
                '\r' => out.push_str("\\r"),
                '\t' => out.push_str("\\t"),
                '\x07' => out.push_str("\\a"),
                '\x08' => out.push_str("\\b"),
                '\x0b' => out.push_str("\\v"),
                '\x0c' => out.push_str("\\f"),
                c if (c as u32) < 0x20 || c == '\x7f' => {
                    let _ = write!(out, "\\{:03o}", c as u32);
                }
                c => out.push(c),
            }
        }
        if !chunk.invalid().is_empty() {
            out.push('\u{fffd}');
        }
    }
}

const MONTHS: [&str; 12] = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
];

/// `Feb  9, 2010 01:18:39.618072000 UTC`.
pub fn absolute_time(secs: i64, nanos: i32, out: &mut String) {
    let days = secs.div_euclid(86_400);
    let rest = secs.rem_euclid(86_400);
    let (year, month, day) = civil(days);
    let _ = write!(
        out,
        "{} {day:2}, {year} {:02}:{:02}:{:02}.{:09} UTC",
        MONTHS[(month - 1) as usize % 12],
        rest / 3600,
        rest / 60 % 60,
        rest % 60,
        nanos.unsigned_abs()
    );
}

/// Year, month (1-12) and day (1-31) of a day counted from 1970-01-01, in the Gregorian calendar.
pub fn civil(days: i64) -> (i64, u32, u32) {
    // Count from 1 March of year 0, so that the leap day is the last of its year; 146,097 days are 400 years.
    let shifted = days + 719_468;
    let era = shifted.div_euclid(146_097);
    let day_of_era = shifted.rem_euclid(146_097);
    let year_of_era =
        (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted_month = (5 * day_of_year + 2) / 153;
    let day = (day_of_year - (153 * shifted_month + 2) / 5 + 1) as u32;
    let month = if shifted_month < 10 {
        shifted_month + 3
    } else {
        shifted_month - 9
    } as u32;
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    (year, month, day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_written_in_utc() {
        let mut out = String::new();
        absolute_time(1_265_678_319, 618_072_000, &mut out);
        assert_eq!(out, "Feb  9, 2010 01:18:39.618072000 UTC");
        out.clear();
        absolute_time(951_782_400, 0, &mut out);
        assert_eq!(out, "Feb 29, 2000 00:00:00.000000000 UTC");
    }

    #[test]
    fn patterns_show_only_the_masked_bits() {
        let mut out = String::new();
        bit_pattern(1, 0x02, 8, &mut out);
        assert_eq!(out, ".... ..1.");
        out.clear();
        bit_pattern(5, 0xf000, 16, &mut out);
        assert_eq!(out, "0101 .... .... ....");
    }

    #[test]
    fn floats_are_written_like_c() {
        for (value, text) in [
            (0.0196, "0.0196"),
            (1e-7, "1e-07"),
            (123456.0, "123456"),
            (0.5, "0.5"),
        ] {
            let mut out = String::new();
            general(value, 6, &mut out);
            assert_eq!(out, text);
        }
    }
}
