//! The variables of a message: names and values (RFC 3416 section 3, RFC 2578 section 7).

use std::fmt::Write as _;

use super::fields::*;
use super::mib;
use crate::dissect::text::{escaped, label_value};
use crate::dissect::tree::GENERATED;
use crate::dissect::{Done, Layer, NodeId, Stop, Value};
use crate::field::{Field, Issue};
use crate::protocols::ber::{self, Class, Element, tag, unknown};

/// Objects whose value is shown as text besides: description and name of the device.
const SHOWN_AS_TEXT: [&str; 2] = ["1.3.6.1.2.1.1.1.0", "1.3.6.1.2.1.1.5.0"];

/// The list: a SEQUENCE of pairs.
pub fn list(l: &mut Layer<'_, '_>, found: &Element) -> Done {
    let len = found.end.saturating_sub(found.start);
    let all = l.open(&VARIABLE_BINDINGS, found.start, len, Value::U(0));
    match count(l, found) {
        Some(count) => l.set_value(all, Value::U(count)),
        None => l.label(all, |out| {
            out.push_str("variable-bindings: unknown number of items");
        }),
    }
    let mut elements = found.elements();
    while let Some(next) = elements.next(l)? {
        variable(l, &next)?;
    }
    l.close();
    Ok(())
}

/// How many elements there are; `None` if the capture has not kept them all.
fn count(l: &Layer<'_, '_>, found: &Element) -> Option<u64> {
    let mut elements = found.elements();
    let mut count = 0;
    while let Some(next) = elements.next(l).ok()? {
        // What the packet does not have counts all the same, by its head.
        if next.bytes(l) == Err(Stop::Short) {
            return None;
        }
        count += 1;
    }
    Some(count)
}

/// Something is wrong with an element: a line that says so, and below it what the bytes are.
fn wrong(l: &mut Layer<'_, '_>, at: usize, issue: &'static Issue, whole: &Element) -> Done {
    let len = whole.end.saturating_sub(at);
    ber::error(l, at, len, issue, |out| out.push_str(issue.field.label));
    l.enter();
    unknown::show(l, whole)?;
    l.close();
    Ok(())
}

fn variable(l: &mut Layer<'_, '_>, found: &Element) -> Done {
    if !found.is(Class::Universal, tag::SEQUENCE) {
        ber::wrong_field(l, found, tag::SEQUENCE);
        return Ok(());
    }
    if !found.constructed {
        return wrong(l, found.at, &NOT_A_SEQUENCE, found);
    }
    if found.indefinite {
        return wrong(l, found.at, &INDEFINITE, found);
    }
    found.bytes(l)?;
    let line = l.open_text(found.start, found.len, |out| out.push_str("VarBind"));
    pair(l, found, line)?;
    l.close();
    Ok(())
}

/// Name and value. `line` is the line of the pair, which gets a label of both.
fn pair(l: &mut Layer<'_, '_>, found: &Element, line: NodeId) -> Done {
    let name = ber::element(l, found.start)?;
    if !name.is(Class::Universal, tag::OBJECT_IDENTIFIER) || name.constructed {
        return wrong(l, found.at, &NAME_NOT_OID, found);
    }
    let path = unknown::identifier(l, &NAME, &name)?;
    let Some(path) = path else {
        ber::error(l, found.at, found.whole(), &INVALID_OID, |out| {
            out.push_str(INVALID_OID.field.label);
        });
        return Err(Stop::Malformed);
    };
    meaning(l, &path, &name);
    let value = ber::element(l, name.end)?;
    if value.constructed {
        return wrong(l, value.at, &NOT_PRIMITIVE, &value);
    }
    if !shown(l, &value)? {
        return wrong(l, found.at, &WRONG_TAG, &value);
    }
    let text = value_text(l);
    let shown = l.last();
    l.label(line, |out| {
        ber::oid::push_told(&path, out);
        out.push_str(": ");
        out.push_str(&text);
    });
    below(l, &value, &path, shown, found.at)?;
    l.info_append(|out| {
        out.push(' ');
        ber::oid::push_told(&path, out);
    });
    Ok(())
}

/// What the object is called in the common modules, as a line below its name.
fn meaning(l: &mut Layer<'_, '_>, path: &str, name: &Element) {
    if !l.wants_labels() {
        return;
    }
    if let Some((object, rest)) = mib::object(path) {
        l.enter();
        let line = l.text(name.start, name.len, |out| {
            out.push_str(object);
            out.push_str(rest);
        });
        l.flag(line, GENERATED);
        l.close();
    }
}

/// What the node added last shows as its value.
fn value_text(l: &Layer<'_, '_>) -> String {
    let mut text = String::new();
    if !l.wants_labels() {
        return text;
    }
    let Some(node) = l.cx.tree.nodes.last().copied() else {
        return text;
    };
    match node.value {
        // A text line about a number that is none: nothing is to be told.
        _ if node.field.abbrev.is_empty() || node.field.abbrev.starts_with("_ws") => {}
        Value::None => text.push_str(node.field.label),
        Value::Slice { .. } if std::ptr::eq(node.field, &VALUE_OCTETS) => {
            octets(l.cx.tree.value_bytes(l.cx.bytes, &node), &mut text, || {
                let mut standard = String::new();
                label_value(l.cx.tree, l.cx.bytes, &node, &mut standard);
                standard
            });
        }
        Value::Made { .. } if std::ptr::eq(node.field, &VALUE_OID) => {
            let mut label = String::new();
            crate::dissect::text::label(l.cx.tree, l.cx.bytes, &node, &mut label);
            if let Some((_, value)) = label.split_once(": ") {
                text.push_str(value);
            }
        }
        _ => label_value(l.cx.tree, l.cx.bytes, &node, &mut text),
    }
    text
}

/// Bytes as they are told: in quotes if all are printable.
fn octets(bytes: &[u8], out: &mut String, standard: impl FnOnce() -> String) {
    if !bytes.is_empty() && bytes.iter().all(|b| (0x20..0x7f).contains(b)) {
        out.push('"');
        escaped(bytes, out);
        out.push('"');
    } else {
        out.push_str(&standard());
    }
}

/// Add the node of a value. `false` if its tag is none of those that may stand there.
fn shown(l: &mut Layer<'_, '_>, value: &Element) -> Result<bool, Stop> {
    let (at, len) = (value.start, value.len);
    let bytes = value.bytes(l)?;
    let field: &'static Field = match (value.class, value.tag) {
        (Class::Universal, tag::INTEGER) => {
            signed(l, &VALUE_INT, value, bytes);
            return Ok(true);
        }
        (Class::Universal, tag::OCTET_STRING) => {
            let slice = l.slice(at, len);
            let node = l.add(&VALUE_OCTETS, at, len, slice);
            if !bytes.is_empty() && bytes.iter().all(|b| (0x20..0x7f).contains(b)) {
                l.label(node, |out| {
                    out.push_str(VALUE_OCTETS.label);
                    let mark = out.len();
                    out.push_str(": ");
                    octets(bytes, out, String::new);
                    crate::dissect::text::truncate(out, 0, mark);
                });
            }
            return Ok(true);
        }
        (Class::Universal, tag::NULL) => {
            l.add(&VALUE_NULL, at, len, Value::None);
            return Ok(true);
        }
        (Class::Universal, tag::OBJECT_IDENTIFIER) => {
            unknown::identifier(l, &VALUE_OID, value)?;
            return Ok(true);
        }
        (Class::Application, 0) => {
            if let Ok(address) = <[u8; 4]>::try_from(bytes) {
                l.add(&VALUE_IPV4, at, len, Value::Ipv4(address));
                return Ok(true);
            }
            if let Ok(address) = <[u8; 16]>::try_from(bytes) {
                l.add(&VALUE_IPV6, at, len, Value::Ipv6(address));
                return Ok(true);
            }
            &VALUE_ADDR
        }
        (Class::Application, 4) => &VALUE_OPAQUE,
        (Class::Application, 2) => {
            signed(l, &VALUE_G32, value, bytes);
            return Ok(true);
        }
        (Class::Application, 7) => {
            signed(l, &VALUE_U32, value, bytes);
            return Ok(true);
        }
        (Class::Application, kind @ (1 | 3 | 5 | 6)) => {
            let field = match kind {
                1 => &VALUE_COUNTER,
                3 => &VALUE_TIMETICKS,
                5 => &VALUE_NSAP,
                _ => &VALUE_COUNTER64,
            };
            unsigned(l, field, value, bytes);
            return Ok(true);
        }
        (Class::Context, kind) => {
            let field = match kind {
                0 => &NO_SUCH_OBJECT,
                1 => &NO_SUCH_INSTANCE,
                2 => &END_OF_MIB_VIEW,
                _ => return Ok(false),
            };
            l.add(field, at, len, Value::None);
            return Ok(true);
        }
        _ => &VALUE_UNKNOWN,
    };
    let slice = l.slice(at, len);
    l.add(field, at, len, slice);
    Ok(true)
}

/// A number with sign, or a line that says why it is none.
fn signed(l: &mut Layer<'_, '_>, field: &'static Field, value: &Element, bytes: &[u8]) {
    match ber::signed(bytes) {
        Some(number) => {
            l.add(field, value.start, value.len, Value::I(number));
        }
        None => no_number(l, value, &TOO_LARGE_OR_SMALL),
    }
}

/// A number without sign, or a line that says why it is none. Of nine bytes with a zero before, the zero is not shown.
fn unsigned(l: &mut Layer<'_, '_>, field: &'static Field, value: &Element, bytes: &[u8]) {
    match ber::unsigned(bytes) {
        Some(number) => {
            let zero = bytes.len().saturating_sub(8);
            l.add(
                field,
                value.start + zero,
                value.len - zero,
                Value::U(number),
            );
        }
        None => no_number(l, value, &TOO_LARGE),
    }
}

fn no_number(l: &mut Layer<'_, '_>, value: &Element, too_large: &'static Issue) {
    let issue = if value.len == 0 {
        &NO_DIGITS
    } else {
        too_large
    };
    ber::error(l, value.start, value.len, issue, |out| {
        out.push_str(issue.field.label);
    });
}

/// What stands below a value: why there is none, what its bytes are as text, that its length is odd.
fn below(l: &mut Layer<'_, '_>, value: &Element, path: &str, shown: NodeId, pair: usize) -> Done {
    let (class, kind, len) = (value.class, value.tag, value.len);
    if class == Class::Context {
        l.issue(shown, &NO_VALUE);
        return Ok(());
    }
    let is_number = ber::signed(value.bytes(l)?).is_some();
    let expected = match (class, kind) {
        (Class::Universal, tag::INTEGER) if is_number => 1..=4,
        (Class::Universal, tag::NULL) => 0..=0,
        (Class::Universal, tag::OBJECT_IDENTIFIER) => 1..=usize::MAX,
        _ => 0..=usize::MAX,
    };
    if class == Class::Universal && kind == tag::OBJECT_IDENTIFIER {
        let mut object = String::new();
        ber::oid::push(value.bytes(l)?, &mut object);
        meaning(l, &object, value);
    }
    l.enter();
    in_words(l, value)?;
    if !expected.contains(&len) {
        wrong(l, pair, &WRONG_LENGTH, value)?;
    }
    let told = len > 0 && SHOWN_AS_TEXT.contains(&path);
    if told {
        as_text(l, value)?;
    }
    l.close();
    Ok(())
}

/// What a value says beyond its number or bytes, as a line below it: a span of time, a number with a fraction.
fn in_words(l: &mut Layer<'_, '_>, value: &Element) -> Done {
    let bytes = value.bytes(l)?;
    let mut words = String::new();
    match (value.class, value.tag) {
        (Class::Application, 3) => {
            if let Some(ticks) = ber::unsigned(bytes) {
                let seconds = ticks / 100;
                let (days, hours, minutes) =
                    (seconds / 86_400, seconds / 3600 % 24, seconds / 60 % 60);
                let _ = write!(
                    words,
                    "{days} days {hours:02}:{minutes:02}:{:02}.{:02}",
                    seconds % 60,
                    ticks % 100
                );
            }
        }
        // Net-SNMP's numbers with a fraction: BER within the bytes, with tags of its own behind 0x9f.
        (Class::Application, 4) => match bytes {
            [0x9f, 0x78, 4, a, b, c, d] => {
                let _ = write!(words, "float {}", f32::from_be_bytes([*a, *b, *c, *d]));
            }
            [0x9f, 0x79, 8, rest @ ..] => {
                if let Ok(digits) = rest.try_into() {
                    let _ = write!(words, "double {}", f64::from_be_bytes(digits));
                }
            }
            _ => {}
        },
        _ => {}
    }
    if !words.is_empty() {
        let line = l.text(value.start, value.len, |out| out.push_str(&words));
        l.flag(line, GENERATED);
    }
    Ok(())
}

/// The bytes of the value as text, up to a zero byte.
fn as_text(l: &mut Layer<'_, '_>, value: &Element) -> Done {
    let bytes = value.bytes(l)?;
    let zero = value.len.saturating_sub(8);
    let skipped = if value.class == Class::Application && matches!(value.tag, 1 | 3 | 5 | 6) {
        if ber::unsigned(bytes).is_some() {
            zero
        } else {
            0
        }
    } else {
        0
    };
    let bytes = &bytes[skipped..];
    let text = ber::ascii(l, bytes, value.start + skipped);
    l.add(&VALUE_TEXT, value.start + skipped, bytes.len(), text);
    Ok(())
}
