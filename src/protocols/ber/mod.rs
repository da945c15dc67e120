//! BER, the Basic Encoding Rules of ASN.1 (ITU-T X.690): how SNMP, LDAP, Kerberos and certificates put values into bytes.
//! Every element says what it is (tag), how long it is, and then holds its content, which may be elements again:
//!
//! ```text
//! 30 0c           SEQUENCE, 12 bytes
//!    02 01 05        INTEGER, 1 byte: 5
//!    04 03 61 62 63  OCTET STRING, 3 bytes: "abc"
//!    a0 02           [0] of the protocol's own, 2 bytes of elements
//!       05 00           NULL
//! ```
//!
//! Here is the reader that those protocols share. It finds elements and their ends, whatever the form of tag and length, and
//! promises nothing about the content. Limits: tags up to 2^28, lengths up to 2^32, [`DEPTH_LIMIT`] elements of open length
//! within each other.

pub mod oid;
pub mod unknown;

use crate::dissect::{Done, Layer, NodeId, Stop, Value};
use crate::field::{Field, Kind};

/// Elements of indefinite length within each other; more are taken for damage.
pub const DEPTH_LIMIT: u32 = 32;

/// The class of a tag: who gives it its meaning (X.690 section 8.1.2.2).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    /// ASN.1 itself.
    Universal,
    /// The protocol.
    Application,
    /// The structure around it.
    Context,
    /// An agreement.
    Private,
}

/// Universal tags (X.680 section 8.4).
pub mod tag {
    /// True or false.
    pub const BOOLEAN: u32 = 1;
    /// A whole number.
    pub const INTEGER: u32 = 2;
    /// Bytes.
    pub const OCTET_STRING: u32 = 4;
    /// Nothing.
    pub const NULL: u32 = 5;
    /// A name in the tree of object identifiers.
    pub const OBJECT_IDENTIFIER: u32 = 6;
    /// One of several named numbers.
    pub const ENUMERATED: u32 = 10;
    /// Elements in a fixed order, or many of one kind.
    pub const SEQUENCE: u32 = 16;
    /// Elements in any order.
    pub const SET: u32 = 17;
}

/// Tag and length of an element.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Head {
    /// Who gives the tag its meaning.
    pub class: Class,
    /// The content is made of elements.
    pub constructed: bool,
    /// The number of the tag.
    pub tag: u32,
    /// Bytes that tag and length take.
    pub len: usize,
    /// Bytes of content; `None` if it goes on to an end mark.
    pub content: Option<usize>,
}

/// What was found in bytes that may not be all yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Found<T> {
    /// This.
    Whole(T),
    /// The bytes end before it does.
    Cut,
    /// No BER, or beyond the limits.
    Bad,
}

/// Read tag and length at the start of some bytes.
pub fn head(bytes: &[u8]) -> Found<Head> {
    let Some(first) = bytes.first() else {
        return Found::Cut;
    };
    let class = match first >> 6 {
        0 => Class::Universal,
        1 => Class::Application,
        2 => Class::Context,
        _ => Class::Private,
    };
    let mut at = 1;
    let mut tag = u32::from(first & 0x1f);
    if tag == 0x1f {
        // A long tag: seven bits a byte, the last byte without the top bit.
        tag = 0;
        loop {
            let Some(byte) = bytes.get(at) else {
                return Found::Cut;
            };
            at += 1;
            tag = tag << 7 | u32::from(byte & 0x7f);
            if byte & 0x80 == 0 {
                break;
            }
            if at > 4 {
                return Found::Bad;
            }
        }
    }
    let Some(length) = bytes.get(at) else {
        return Found::Cut;
    };
    at += 1;
    let content = match length {
        0x80 => None,
        0..0x80 => Some(usize::from(*length)),
        _ => {
            let count = usize::from(length & 0x7f);
            if count > 8 {
                return Found::Bad;
            }
            let Some(digits) = bytes.get(at..at + count) else {
                return Found::Cut;
            };
            at += count;
            let value = digits.iter().fold(0u64, |n, b| n << 8 | u64::from(*b));
            match u32::try_from(value) {
                Ok(n) => Some(n as usize),
                Err(_) => return Found::Bad,
            }
        }
    };
    Found::Whole(Head {
        class,
        constructed: first & 0x20 != 0,
        tag,
        len: at,
        content,
    })
}

/// How many bytes the element at the start of some bytes takes in all; by its own word, whether they are there or not. Only an
/// element of indefinite length must be there.
pub fn length(bytes: &[u8]) -> Found<u64> {
    match head(bytes) {
        Found::Whole(Head {
            len,
            content: Some(content),
            ..
        }) => Found::Whole(len as u64 + content as u64),
        Found::Whole(head) => match end_mark(&bytes[head.len..]) {
            Found::Whole(n) => Found::Whole((head.len + n + 2) as u64),
            Found::Cut => Found::Cut,
            Found::Bad => Found::Bad,
        },
        Found::Cut => Found::Cut,
        Found::Bad => Found::Bad,
    }
}

/// Where the end mark (two zero bytes) of an element of indefinite length stands: how many bytes of elements come before it.
fn end_mark(bytes: &[u8]) -> Found<usize> {
    let mut open = 1u32;
    let mut at = 0usize;
    loop {
        let rest = bytes.get(at..).unwrap_or(&[]);
        if rest.starts_with(&[0, 0]) {
            open -= 1;
            if open == 0 {
                return Found::Whole(at);
            }
            at += 2;
            continue;
        }
        match head(rest) {
            Found::Whole(head) => {
                at = at
                    .saturating_add(head.len)
                    .saturating_add(head.content.unwrap_or(0));
                if head.content.is_none() {
                    open += 1;
                    if open > DEPTH_LIMIT {
                        return Found::Bad;
                    }
                }
            }
            Found::Cut => return Found::Cut,
            Found::Bad => return Found::Bad,
        }
    }
}

/// The first element of some bytes: tag and length, content, and what follows; `None` if it is not whole.
pub fn split(bytes: &[u8]) -> Option<(Head, &[u8], &[u8])> {
    let Found::Whole(head) = head(bytes) else {
        return None;
    };
    let behind = &bytes[head.len..];
    let (len, mark) = match head.content {
        Some(len) => (len, 0),
        None => match end_mark(behind) {
            Found::Whole(len) => (len, 2),
            Found::Cut | Found::Bad => return None,
        },
    };
    let content = behind.get(..len)?;
    Some((head, content, behind.get(len + mark..)?))
}

/// An element in a layer; positions are the layer's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Element {
    /// Who gives the tag its meaning.
    pub class: Class,
    /// The content is made of elements.
    pub constructed: bool,
    /// The number of the tag.
    pub tag: u32,
    /// Where its tag stands.
    pub at: usize,
    /// Where its content begins.
    pub start: usize,
    /// How long its content is (an end mark is not counted).
    pub len: usize,
    /// Where the next element begins.
    pub end: usize,
    /// Its length was not known to the sender when it began: an end mark closes it.
    pub indefinite: bool,
}

impl Element {
    /// Whether it has this tag.
    pub fn is(&self, class: Class, tag: u32) -> bool {
        self.class == class && self.tag == tag
    }

    /// How many bytes it takes, tag and length counted in.
    pub fn whole(&self) -> usize {
        self.end.saturating_sub(self.at)
    }

    /// Its content.
    pub fn bytes<'l>(&self, l: &Layer<'l, '_>) -> Result<&'l [u8], Stop> {
        l.peek(self.start, self.len)
    }

    /// The elements inside.
    pub fn elements(&self) -> Elements {
        Elements {
            at: self.start,
            end: self.start.saturating_add(self.len),
        }
    }
}

/// Read the element at a position of the layer. Its content may be missing.
pub fn element(l: &Layer<'_, '_>, at: usize) -> Result<Element, Stop> {
    let bytes = l.data().get(at..).unwrap_or(&[]);
    let cut = || match l.need(at, bytes.len().saturating_add(1)) {
        Err(stop) => stop,
        Ok(()) => Stop::Malformed,
    };
    let head = match head(bytes) {
        Found::Whole(head) => head,
        Found::Cut => return Err(cut()),
        Found::Bad => return Err(Stop::Malformed),
    };
    let start = at + head.len;
    let (len, mark) = match head.content {
        Some(len) => (len, 0),
        None => match end_mark(&bytes[head.len..]) {
            Found::Whole(len) => (len, 2),
            Found::Cut => return Err(cut()),
            Found::Bad => return Err(Stop::Malformed),
        },
    };
    Ok(Element {
        class: head.class,
        constructed: head.constructed,
        tag: head.tag,
        at,
        start,
        len,
        end: start.saturating_add(len).saturating_add(mark),
        indefinite: head.content.is_none(),
    })
}

/// The elements inside a constructed one, one after the other.
#[derive(Clone, Copy, Debug)]
pub struct Elements {
    /// Where the next one begins.
    pub at: usize,
    /// Where they end by the word of what is around them.
    pub end: usize,
}

impl Elements {
    /// The next element; `None` at the end. Each is at least two bytes long, so there is an end.
    pub fn next(&mut self, l: &Layer<'_, '_>) -> Result<Option<Element>, Stop> {
        if self.at >= self.end {
            return Ok(None);
        }
        let found = element(l, self.at)?;
        self.at = found.end;
        Ok(Some(found))
    }

    /// The next element, which should have this universal tag. Another one is noted as an issue and passed over.
    pub fn expect(&mut self, l: &mut Layer<'_, '_>, wanted: u32) -> Result<Option<Element>, Stop> {
        let Some(found) = self.next(l)? else {
            return Ok(None);
        };
        if found.is(Class::Universal, wanted) {
            return Ok(Some(found));
        }
        wrong_field(l, &found, wanted);
        Ok(None)
    }

    /// Whatever is left does not belong there.
    pub fn finish(mut self, l: &mut Layer<'_, '_>) -> Done {
        while let Some(extra) = self.next(l)? {
            let whole = extra.whole();
            error(l, extra.at, whole, &UNKNOWN_FIELD, |out| {
                out.push_str("An element that the protocol does not know here");
            });
        }
        if self.at > self.end {
            let len = self.at - self.end;
            error(l, self.end, len, &BAD_LENGTH, |out| {
                use std::fmt::Write as _;
                let _ = write!(
                    out,
                    "The elements inside are {len} bytes longer than the whole"
                );
            });
        }
        Ok(())
    }
}

/// Say that another element was expected.
pub fn wrong_field(l: &mut Layer<'_, '_>, found: &Element, wanted: u32) {
    error(l, found.at, 1, &WRONG_FIELD, |out| {
        out.push_str("Expected ");
        out.push_str(universal_name(wanted));
        out.push_str(", found ");
        push_tag(found, out);
    });
}

/// A line of its own about something wrong.
pub fn error(
    l: &mut Layer<'_, '_>,
    at: usize,
    len: usize,
    issue: &'static Issue,
    write: impl FnOnce(&mut String),
) -> NodeId {
    if !l.wants_nodes() {
        return NodeId::NONE;
    }
    let mut message = String::new();
    write(&mut message);
    let line = l.text(at, len, |out| out.push_str(&message));
    l.issue_with(line, issue, |out| out.push_str(&message));
    line
}

/// The value of an INTEGER's content, two's complement (X.690 section 8.3): `None` if there is none, or if it is longer than
/// eight bytes.
pub fn signed(content: &[u8]) -> Option<i64> {
    let first = *content.first()?;
    if content.len() > 8 {
        return None;
    }
    let start = if first & 0x80 != 0 { -1i64 } else { 0 };
    Some(content.iter().fold(start, |n, b| n << 8 | i64::from(*b)))
}

/// The same content as a number without sign; a zero byte before eight others is skipped.
pub fn unsigned(content: &[u8]) -> Option<u64> {
    let digits = match content {
        [] => return None,
        [0, rest @ ..] if rest.len() == 8 => rest,
        _ => content,
    };
    (digits.len() <= 8).then(|| digits.iter().fold(0, |n, b| n << 8 | u64::from(*b)))
}

/// Add the node of an INTEGER or ENUMERATED, by the kind of its field. Content that is no number of eight bytes is an issue.
pub fn integer(
    l: &mut Layer<'_, '_>,
    field: &'static Field,
    found: &Element,
) -> Result<Option<i64>, Stop> {
    let content = found.bytes(l)?;
    let Some(value) = signed(content) else {
        error(l, found.start, found.len, &BAD_LENGTH, |out| {
            use std::fmt::Write as _;
            let _ = write!(out, "{}: a number of {} bytes", field.label, found.len);
        });
        return Ok(None);
    };
    let node = match field.kind {
        Kind::I64 => Value::I(value),
        kind if kind.is_signed() => Value::I(i64::from(value as i32)),
        // A field without sign shows the bytes as they are, even where the first bit says that they are less than nothing.
        Kind::U64 => Value::U(unsigned(content).unwrap_or(0)),
        _ => Value::U(unsigned(content).unwrap_or(0) & u64::from(u32::MAX)),
    };
    l.add(field, found.start, found.len, node);
    Ok(Some(value))
}

/// Add the node of an OCTET STRING or another string.
pub fn string(
    l: &mut Layer<'_, '_>,
    field: &'static Field,
    found: &Element,
) -> Result<NodeId, Stop> {
    found.bytes(l)?;
    let value = l.slice(found.start, found.len);
    Ok(l.add(field, found.start, found.len, value))
}

/// Add the node of an OCTET STRING that is text: up to a zero byte, and bytes that are no ASCII as replacement characters.
pub fn text(l: &mut Layer<'_, '_>, field: &'static Field, found: &Element) -> Result<NodeId, Stop> {
    let bytes = found.bytes(l)?;
    let value = ascii(l, bytes, found.start);
    Ok(l.add(field, found.start, found.len, value))
}

/// Bytes (which stand at a position of the layer) as a text of ASCII characters.
pub fn ascii(l: &mut Layer<'_, '_>, bytes: &[u8], at: usize) -> Value {
    if bytes.iter().all(|b| (1..0x80).contains(b)) {
        return l.slice(at, bytes.len());
    }
    let text: String = bytes
        .iter()
        .take_while(|b| **b != 0)
        .map(|b| match b.is_ascii() {
            true => char::from(*b),
            false => char::REPLACEMENT_CHARACTER,
        })
        .collect();
    l.made(text.as_bytes())
}

/// The name of a universal tag.
pub fn universal_name(tag: u32) -> &'static str {
    UNIVERSAL
        .iter()
        .find(|(number, _)| *number == tag)
        .map_or("an unknown universal type", |(_, name)| *name)
}

/// Write what an element is.
pub fn push_tag(found: &Element, out: &mut String) {
    use std::fmt::Write as _;
    let number = found.tag;
    let _ = match found.class {
        Class::Universal => write!(out, "{}", universal_name(number)),
        Class::Application => write!(out, "[APPLICATION {number}]"),
        Class::Context => write!(out, "[CONTEXT {number}]"),
        Class::Private => write!(out, "[PRIVATE {number}]"),
    };
}

static UNIVERSAL: &[(u32, &str)] = &[
    (1, "BOOLEAN"),
    (2, "INTEGER"),
    (3, "BIT STRING"),
    (4, "OCTET STRING"),
    (5, "NULL"),
    (6, "OBJECT IDENTIFIER"),
    (7, "ObjectDescriptor"),
    (8, "EXTERNAL"),
    (9, "REAL"),
    (10, "ENUMERATED"),
    (11, "EMBEDDED PDV"),
    (12, "UTF8String"),
    (13, "RELATIVE-OID"),
    (16, "SEQUENCE"),
    (17, "SET"),
    (18, "NumericString"),
    (19, "PrintableString"),
    (20, "TeletexString"),
    (21, "VideotexString"),
    (22, "IA5String"),
    (23, "UTCTime"),
    (24, "GeneralizedTime"),
    (25, "GraphicString"),
    (26, "VisibleString"),
    (27, "GeneralString"),
    (28, "UniversalString"),
    (29, "CHARACTER STRING"),
    (30, "BMPString"),
];

crate::issues! {
    /// An element has another tag than the protocol's structure asks for in this place.
    WRONG_FIELD = Issue::new("ber.error.sequence.field_wrong", "Another element was expected", Severity::Warn, Group::Malformed);
    /// There are more elements than the protocol's structure has.
    UNKNOWN_FIELD = Issue::new("ber.error.unknown_field.sequence", "Element beyond the end of the structure", Severity::Warn, Group::Malformed);
    /// The length of an element does not fit what it is, or what it stands in.
    BAD_LENGTH = Issue::new("ber.error.length", "Length does not fit", Severity::Warn, Group::Malformed);
    /// A SEQUENCE was expected, and this is none.
    NO_SEQUENCE = Issue::new("ber.error.expected.sequence", "SEQUENCE expected", Severity::Warn, Group::Malformed);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_and_lengths_of_all_forms() {
        let whole = |class, constructed, tag, len, content| {
            Found::Whole(Head {
                class,
                constructed,
                tag,
                len,
                content,
            })
        };
        use Class::{Application, Context, Private, Universal};
        assert_eq!(
            head(&[0x30, 5]),
            whole(Universal, true, 16, 2, Some(5)),
            "the short forms"
        );
        assert_eq!(
            head(&[0x5f, 0x81, 0x01, 3]),
            whole(Application, false, 129, 4, Some(3))
        );
        assert_eq!(
            head(&[0xa0, 0x82, 1, 2]),
            whole(Context, true, 0, 4, Some(258))
        );
        assert_eq!(
            head(&[0xc1, 0x88, 0, 0, 0, 0, 0, 0, 0, 9]),
            whole(Private, false, 1, 10, Some(9)),
            "leading zeros are allowed"
        );
        assert_eq!(head(&[0x24, 0x80]), whole(Universal, true, 4, 2, None));
        assert_eq!(head(&[]), Found::Cut);
        assert_eq!(head(&[0x30]), Found::Cut);
        assert_eq!(head(&[0x30, 0x82, 1]), Found::Cut);
        assert_eq!(head(&[0x1f, 0x81]), Found::Cut);
        assert_eq!(head(&[0x30, 0x89, 0, 0, 0, 0, 0, 0, 0, 0, 1]), Found::Bad);
        assert_eq!(head(&[0x30, 0x85, 1, 0, 0, 0, 0]), Found::Bad);
        assert_eq!(head(&[0x1f, 0xff, 0xff, 0xff, 0xff, 0x7f, 0]), Found::Bad);
    }

    #[test]
    fn the_end_mark_is_that_of_the_same_element() {
        // A SEQUENCE of open length that holds another one and an OCTET STRING with two zeros in it.
        let bytes = [
            0x30, 0x80, 0x30, 0x80, 2, 1, 0, 0, 0, 4, 2, 0, 0, 0, 0, 0xff,
        ];
        assert_eq!(length(&bytes), Found::Whole(15));
        assert_eq!(length(&bytes[..14]), Found::Cut);
        let deep = [0x30, 0x80].repeat(40);
        assert_eq!(length(&deep), Found::Bad);
        assert_eq!(
            length(&[4, 0x84, 0xff, 0xff, 0xff, 0xff]),
            Found::Whole(0x1_0000_0005)
        );
    }

    #[test]
    fn numbers_have_their_sign() {
        assert_eq!(signed(&[0xff]), Some(-1));
        assert_eq!(signed(&[0, 0xff]), Some(255));
        assert_eq!(signed(&[0x80, 0, 0, 0, 0, 0, 0, 0]), Some(i64::MIN));
        assert_eq!(signed(&[]), None);
        assert_eq!(signed(&[0; 9]), None);
        assert_eq!(unsigned(&[0xff]), Some(255));
        assert_eq!(
            unsigned(&[0, 255, 255, 255, 255, 255, 255, 255, 255]),
            Some(u64::MAX)
        );
        assert_eq!(unsigned(&[1, 0, 0, 0, 0, 0, 0, 0, 0]), None);
        assert_eq!(unsigned(&[]), None);
    }
}
