//! JSON, the JavaScript Object Notation (RFC 8259): objects of named members, arrays, texts, numbers, true, false and null.

use std::fmt::Write as _;

use super::media::content_type;
use crate::dissect::{Done, Layer, Protocol};

/// JSON.
pub static JSON: Protocol = Protocol {
    spec: "RFC 8259",
    fields: FIELDS,
    media: &[
        "application/json",
        "application/json-rpc",
        "application/jsonrequest",
        "application/dds-web+json",
        "application/manifest+json",
        "application/dash+json",
        "application/x-json",
        "text/json",
    ],
    container: true,
    ..Protocol::new("json", "JavaScript Object Notation", "JSON", dissect)
};

crate::fields! {
    /// A list of values in brackets.
    ARRAY = Field::new("json.array", "Array", Kind::None).spec("RFC 8259 section 5");
    /// A set of named values in braces.
    OBJECT = Field::new("json.object", "Object", Kind::None).spec("RFC 8259 section 4");
    /// A named value: its name.
    MEMBER = Field::new("json.member", "Member", Kind::Str).spec("RFC 8259 section 4");
    /// The name of a member.
    KEY = Field::new("json.key", "Key", Kind::Str).spec("RFC 8259 section 4");
    /// The names from the outermost object down to here.
    PATH = Field::new("json.path", "Path", Kind::Str);
    /// The names down to a value, and the value: one filter finds both.
    PATH_WITH_VALUE = Field::new("json.path_with_value", "Path with value", Kind::Str);
    /// A member's name and value.
    MEMBER_WITH_VALUE = Field::new("json.member_with_value", "Member with value", Kind::Str);
    /// A text, without its quotation marks.
    STRING = Field::new("json.value.string", "String value", Kind::Str).spec("RFC 8259 section 7");
    /// A number, as written.
    NUMBER = Field::new("json.value.number", "Number value", Kind::Str).spec("RFC 8259 section 6");
    /// The value `false`.
    FALSE = Field::new("json.value.false", "False value", Kind::None).spec("RFC 8259 section 3");
    /// The value `null`: nothing.
    NULL = Field::new("json.value.null", "Null value", Kind::None).spec("RFC 8259 section 3");
    /// The value `true`.
    TRUE = Field::new("json.value.true", "True value", Kind::None).spec("RFC 8259 section 3");
    /// `NaN`, which JSON does not have, but some senders write.
    NAN = Field::new("json.value.nan", "NaN value", Kind::None);
    /// An array in the short form of the tree.
    ARRAY_COMPACT = Field::new("json.array_compact", "Array compact", Kind::None);
    /// An object in the short form of the tree.
    OBJECT_COMPACT = Field::new("json.object_compact", "Object compact", Kind::None);
    /// A member in the short form of the tree.
    MEMBER_COMPACT = Field::new("json.member_compact", "Member compact", Kind::None);
    /// An array's item in the short form of the tree.
    ARRAY_ITEM_COMPACT = Field::new("json.array_item_compact", "Array item compact", Kind::None);
    /// Bytes before the text that are no JSON.
    BINARY_DATA = Field::new("json.binary_data", "Binary data", Kind::Bytes);
    /// Text before the JSON that was passed over.
    IGNORED_LEADING_BYTES = Field::new("json.ignored_leading_bytes", "Ignored leading bytes", Kind::Str);
}

/// Objects and arrays nested deeper than this are not looked into.
const DEPTH_LIMIT: usize = 64;

/// The tree of one text has at most about so many nodes, and so many bytes of texts made.
const NODE_LIMIT: usize = 400_000;
const MADE_LIMIT: usize = 64 << 20;

fn dissect(l: &mut Layer<'_, '_>) -> Done {
    let media = content_type(l);
    let root = l.root();
    l.protocol_append("/JSON");
    l.info_append(|out| {
        out.push_str(", JavaScript Object Notation");
        if !media.is_empty() {
            let _ = write!(out, " ({media})");
        }
    });
    if !media.is_empty() {
        l.label(root, |out| {
            let _ = write!(out, "JavaScript Object Notation: {media}");
        });
    }
    let bytes = l.data();
    let start = blank(bytes, 0);
    let valid = value_end(bytes, start, 0).is_some_and(|end| blank(bytes, end) == bytes.len());
    if !valid {
        // Not JSON, whatever was announced: text, then.
        l.set_len(0);
        let region = l.region();
        match l.cx.registry.protocol_named("data-text-lines") {
            Some(lines) if bytes.iter().all(|b| *b != 0) => {
                let before = std::mem::take(&mut l.cx.packet.columns_locked);
                l.cx.packet.columns_locked = true;
                l.call(lines, region);
                l.cx.packet.columns_locked = before;
            }
            _ => l.plain(region),
        }
        return Ok(());
    }
    if l.wants_nodes() {
        let mut path = String::new();
        value(l, start, &mut path, None, 0);
    }
    Ok(())
}

/// The first place from `at` on that is no blank.
fn blank(bytes: &[u8], at: usize) -> usize {
    at + bytes[at.min(bytes.len())..]
        .iter()
        .take_while(|b| matches!(b, b' ' | b'\t' | b'\r' | b'\n'))
        .count()
}

/// Where the text that begins at `at` with a quotation mark ends, behind its closing mark.
fn string_end(bytes: &[u8], at: usize) -> Option<usize> {
    let mut i = at + 1;
    loop {
        i += memchr::memchr2(b'"', b'\\', bytes.get(i..)?)?;
        if bytes[i] == b'"' {
            return Some(i + 1);
        }
        i += 2;
    }
}

/// Where the word (number, true, ...) at `at` ends, if it is a valid one.
fn word_end(bytes: &[u8], at: usize) -> Option<usize> {
    let len = bytes[at..]
        .iter()
        .take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'-' | b'.'))
        .count();
    let word = &bytes[at..at + len];
    let known = matches!(word, b"true" | b"false" | b"null" | b"NaN");
    (known || is_number(word)).then_some(at + len)
}

/// Whether this is a number by JSON's grammar.
fn is_number(word: &[u8]) -> bool {
    let digits = |w: &[u8]| w.iter().take_while(|b| b.is_ascii_digit()).count();
    let mut w = word.strip_prefix(b"-").unwrap_or(word);
    let n = digits(w);
    if n == 0 || n > 1 && w[0] == b'0' {
        return false;
    }
    w = &w[n..];
    if let Some(rest) = w.strip_prefix(b".") {
        let n = digits(rest);
        if n == 0 {
            return false;
        }
        w = &rest[n..];
    }
    if let Some(rest) = w.strip_prefix(b"e").or_else(|| w.strip_prefix(b"E")) {
        let rest = rest
            .strip_prefix(b"+")
            .or_else(|| rest.strip_prefix(b"-"))
            .unwrap_or(rest);
        let n = digits(rest);
        if n == 0 {
            return false;
        }
        w = &rest[n..];
    }
    w.is_empty()
}

/// Where the value at `at` ends; `None` if it is no valid JSON, or nested too deep.
fn value_end(bytes: &[u8], at: usize, depth: usize) -> Option<usize> {
    if depth > DEPTH_LIMIT {
        return None;
    }
    match bytes.get(at)? {
        b'"' => string_end(bytes, at),
        open @ (b'{' | b'[') => {
            let close = if *open == b'{' { b'}' } else { b']' };
            let mut i = blank(bytes, at + 1);
            if bytes.get(i) == Some(&close) {
                return Some(i + 1);
            }
            loop {
                if *open == b'{' {
                    if bytes.get(i) != Some(&b'"') {
                        return None;
                    }
                    i = blank(bytes, string_end(bytes, i)?);
                    if bytes.get(i) != Some(&b':') {
                        return None;
                    }
                    i = blank(bytes, i + 1);
                }
                i = blank(bytes, value_end(bytes, i, depth + 1)?);
                match bytes.get(i)? {
                    b',' => i = blank(bytes, i + 1),
                    b if *b == close => return Some(i + 1),
                    _ => return None,
                }
            }
        }
        _ => word_end(bytes, at),
    }
}

/// Add the nodes of the value at `at` (which is known to be valid), return where it ends. `name` is what it is called in its
/// object or array, `path` the names down to it.
fn value(
    l: &mut Layer<'_, '_>,
    at: usize,
    path: &mut String,
    name: Option<&str>,
    depth: usize,
) -> usize {
    let bytes = l.data();
    if l.cx.tree.nodes.len() > NODE_LIMIT || l.cx.tree.made.len() > MADE_LIMIT {
        return value_end(bytes, at, depth).unwrap_or(bytes.len());
    }
    match bytes.get(at) {
        Some(b'{') => object(l, at, path, depth),
        Some(b'[') => array(l, at, path, depth),
        Some(_) => single(l, at, path, name),
        None => at,
    }
}

fn object(l: &mut Layer<'_, '_>, at: usize, path: &mut String, depth: usize) -> usize {
    let bytes = l.data();
    let node = l.open(&OBJECT, at, 1, crate::dissect::Value::None);
    let mut i = blank(bytes, at + 1);
    while bytes.get(i) == Some(&b'"') {
        let Some(key_end) = string_end(bytes, i) else {
            break;
        };
        let key = text_of(&bytes[i + 1..key_end - 1]);
        let made = l.made(key.as_bytes());
        let member = l.open(&MEMBER, i, key_end - i, made);
        let before = path.len();
        path.push('/');
        path.push_str(&key);
        let value_at = blank(bytes, blank(bytes, key_end) + 1);
        let end = value(l, value_at, path, Some(&key), depth + 1);
        l.add(&KEY, i, key_end - i, made);
        let whole = l.made(path.as_bytes());
        l.add(&PATH, i, end.saturating_sub(i), whole);
        path.truncate(before);
        l.close_at(member, end);
        i = blank(bytes, end);
        if bytes.get(i) != Some(&b',') {
            break;
        }
        i = blank(bytes, i + 1);
    }
    let end = (i + 1).min(bytes.len());
    l.close_at(node, end);
    end
}

fn array(l: &mut Layer<'_, '_>, at: usize, path: &mut String, depth: usize) -> usize {
    let bytes = l.data();
    let node = l.open(&ARRAY, at, 1, crate::dissect::Value::None);
    let before = path.len();
    path.push_str("/[]");
    let mut i = blank(bytes, at + 1);
    while i < bytes.len() && bytes[i] != b']' {
        let end = value(l, i, path, Some("[]"), depth + 1);
        i = blank(bytes, end.max(i + 1));
        if bytes.get(i) != Some(&b',') {
            break;
        }
        i = blank(bytes, i + 1);
    }
    path.truncate(before);
    let end = (i + 1).min(bytes.len());
    l.close_at(node, end);
    end
}

/// A text, number or word.
fn single(l: &mut Layer<'_, '_>, at: usize, path: &str, name: Option<&str>) -> usize {
    let bytes = l.data();
    let quoted = bytes[at] == b'"';
    let end = if quoted {
        string_end(bytes, at)
    } else {
        word_end(bytes, at)
    }
    .unwrap_or(bytes.len());
    let text = if quoted {
        text_of(&bytes[at + 1..(end - 1).max(at + 1)])
    } else {
        String::from_utf8_lossy(&bytes[at..end]).into_owned()
    };
    let len = end - at;
    if let Some(name) = name {
        let both = l.format(format_args!("{path}:{text}"));
        l.add(&PATH_WITH_VALUE, at, len, both);
        let both = l.format(format_args!("{name}:{text}"));
        l.add(&MEMBER_WITH_VALUE, at, len, both);
    }
    use crate::dissect::Value;
    let (field, value) = match text.as_str() {
        _ if quoted => (&STRING, l.made(text.as_bytes())),
        "true" => (&TRUE, Value::None),
        "false" => (&FALSE, Value::None),
        "null" => (&NULL, Value::None),
        "NaN" => (&NAN, Value::None),
        number => (&NUMBER, l.made(number.as_bytes())),
    };
    l.add(field, at, len, value);
    end
}

/// The text between two quotation marks, escapes undone.
fn text_of(raw: &[u8]) -> String {
    let raw = String::from_utf8_lossy(raw);
    if !raw.contains('\\') {
        return raw.into_owned();
    }
    let mut units: Vec<u16> = Vec::with_capacity(raw.len());
    let mut chars = raw.chars();
    let mut buffer = [0u16; 2];
    while let Some(c) = chars.next() {
        let c = match c {
            '\\' => match chars.next() {
                Some('n') => '\n',
                Some('t') => '\t',
                Some('r') => '\r',
                Some('b') => '\x08',
                Some('f') => '\x0c',
                Some('u') => {
                    let mut unit = 0u32;
                    for _ in 0..4 {
                        let digit = chars.next().and_then(|c| c.to_digit(16)).unwrap_or(0);
                        unit = unit << 4 | digit;
                    }
                    units.push(unit as u16);
                    continue;
                }
                Some(other) => other,
                None => '\\',
            },
            c => c,
        };
        units.extend_from_slice(c.encode_utf16(&mut buffer));
    }
    // Surrogate pairs become one character here, halves of one a replacement character.
    String::from_utf16_lossy(&units)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn valid(text: &str) -> bool {
        let bytes = text.as_bytes();
        value_end(bytes, blank(bytes, 0), 0).is_some_and(|e| blank(bytes, e) == bytes.len())
    }

    #[test]
    fn only_json_is_taken_for_json() {
        for text in [
            "{}",
            " [1, -2.5e+3, \"a\\\"b\"] ",
            "{\"a\":{\"b\":[null]}}",
            "0",
        ] {
            assert!(valid(text), "{text}");
        }
        for text in [
            "", "{", "{\"a\"}", "[1,]", "01", "1.", "{a:1}", "[1 2]", "\"open", "/x",
        ] {
            assert!(!valid(text), "{text}");
        }
    }

    #[test]
    fn nesting_has_a_limit() {
        let deep = "[".repeat(DEPTH_LIMIT) + &"]".repeat(DEPTH_LIMIT);
        assert!(valid(&deep));
        let deeper = "[".repeat(100_000);
        assert!(!valid(&deeper));
    }

    #[test]
    fn escapes_are_undone() {
        assert_eq!(text_of(br"a\n\u00e9\ud83d\ude00\/"), "a\n\u{e9}\u{1f600}/");
        assert_eq!(text_of(br"\ud83d!"), "\u{fffd}!");
        assert_eq!(text_of(br"\u12"), "\u{1200}");
    }
}
