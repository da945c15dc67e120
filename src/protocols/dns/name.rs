//! Domain names on the wire: labels, each with its length before it, up to the empty label of the root; the tail of a name
//! may be replaced by a pointer to where it stands already in the message (RFC 1035 section 4.1.4).
//!
//! ```text
//!  3 w w w 6 p y t h o n 3 o r g 0          "www.python.org"
//!  3 f t p 0xc0 0x10                         "ftp." and then whatever stands at offset 16 of the message
//! ```
//!
//! A name is at most 255 bytes on the wire. Pointers may run in circles in a hostile message: not more bytes are followed
//! than the message has.

use crate::dissect::text::escaped;
use crate::dissect::{Layer, Stop, Value};

/// Longest text of a name: 255 bytes on the wire less the length of the first label and the root.
const TEXT_LIMIT: usize = 253;

/// A name that was read.
#[derive(Clone, Copy)]
pub struct Name {
    text: [u8; TEXT_LIMIT],
    len: u8,
    /// Bytes that it takes where it stands, pointers not followed.
    pub used: usize,
    /// Not a name but words about why there is none (or that it is the root).
    said: Option<&'static str>,
}

impl Name {
    /// The raw bytes: labels with dots between them, unprintable bytes and all.
    pub fn bytes(&self) -> &[u8] {
        match self.said {
            Some(words) => words.as_bytes(),
            None => &self.text[..usize::from(self.len)],
        }
    }

    /// Append the name as it is shown.
    pub fn push(&self, out: &mut String) {
        let bytes = self.bytes();
        if bytes.is_ascii() {
            escaped(bytes, out);
        } else {
            escaped(tidied(bytes).as_bytes(), out);
        }
    }

    /// The length of the name in characters; a single one counts as none, as the yardstick has it.
    pub fn shown_len(&self) -> usize {
        match self.bytes().len() {
            1 => 0,
            n => n,
        }
    }

    /// How many labels the name has.
    pub fn labels(&self) -> usize {
        match self.shown_len() {
            0 => 0,
            _ => self.bytes().iter().filter(|b| **b == b'.').count() + 1,
        }
    }

    /// The name as a value of a node.
    pub fn value(&self, l: &mut Layer<'_, '_>) -> Value {
        let bytes = self.bytes();
        if bytes.iter().all(|b| (0x20..0x7f).contains(b)) {
            return l.made(bytes);
        }
        if !l.wants_nodes() {
            return Value::None;
        }
        let mut text = String::new();
        self.push(&mut text);
        l.made(text.as_bytes())
    }

    /// Add to the text; `false` when it is too long.
    fn add(&mut self, bytes: &[u8]) -> bool {
        let at = usize::from(self.len);
        let Some(room) = self.text.get_mut(at..at + bytes.len()) else {
            return false;
        };
        room.copy_from_slice(bytes);
        self.len = u8::try_from(at + bytes.len()).unwrap_or(u8::MAX);
        true
    }
}

/// Bytes as UTF-8; what is none becomes a replacement character, one for a lead byte with the continuation bytes behind it.
fn tidied(bytes: &[u8]) -> String {
    let mut out = String::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(lead) = bytes.get(at) {
        let wanted = match lead {
            0..=0x7f => 0,
            0xc0..=0xdf => 1,
            0xe0..=0xef => 2,
            0xf0..=0xf7 => 3,
            _ => 0,
        };
        let more = bytes[at + 1..]
            .iter()
            .take(wanted)
            .take_while(|b| (0x80..0xc0).contains(*b))
            .count();
        let end = at + 1 + more;
        match std::str::from_utf8(&bytes[at..end]) {
            Ok(text) => out.push_str(text),
            Err(_) => out.push(char::REPLACEMENT_CHARACTER),
        }
        at = end;
    }
    out
}

/// Read the name at position `at` of the layer; pointers count from `message`, the position where the DNS message starts.
/// The cursor stays.
pub fn read(l: &Layer<'_, '_>, message: usize, at: usize) -> Result<Name, Stop> {
    let mut name = Name {
        text: [0; TEXT_LIMIT],
        len: 0,
        used: 0,
        said: None,
    };
    let limit = l.reported().saturating_sub(message);
    let mut pos = at;
    let mut followed = 0usize;
    let mut jumped = false;
    let mut too_long = false;
    loop {
        let head = l.peek_u8(pos)?;
        pos += 1;
        match head >> 6 {
            _ if head == 0 => break,
            0 => {
                let n = usize::from(head);
                let label = l.peek(pos, n)?;
                let dotted = name.len == 0 || name.add(b".");
                if !dotted || !name.add(label) {
                    too_long = true;
                }
                pos += n;
                followed = followed.saturating_add(n + 1);
                if jumped && followed >= limit {
                    name.said = Some("<Name contains a pointer that loops>");
                    break;
                }
            }
            1 if head == 0x41 => pos = bit_string(l, pos, &mut name, &mut too_long)?,
            1 => {
                if name.len == 0 || jumped {
                    return Err(Stop::Malformed);
                }
                name.said = Some("<Unknown extended label>");
                break;
            }
            2 => return Err(Stop::Malformed),
            _ => {
                let target = usize::from(head & 0x3f) << 8 | usize::from(l.peek_u8(pos)?);
                pos += 1;
                if !jumped {
                    name.used = pos - at;
                    jumped = true;
                }
                followed = followed.saturating_add(2);
                if followed >= limit {
                    name.said = Some("<Name contains a pointer that loops>");
                    break;
                }
                pos = message.saturating_add(target);
            }
        }
    }
    if !jumped {
        name.used = pos - at;
    }
    if too_long {
        name.said = Some("<Name too long>");
    }
    if name.len == 0 && name.said.is_none() {
        name.said = Some("<Root>");
    }
    Ok(name)
}

/// A label of single bits (RFC 2673, out of use): written `\[x` digits `/` count `]`.
fn bit_string(
    l: &Layer<'_, '_>,
    at: usize,
    name: &mut Name,
    too_long: &mut bool,
) -> Result<usize, Stop> {
    let bits = match l.peek_u8(at)? {
        0 => 256,
        n => usize::from(n),
    };
    let bytes = l.peek(at + 1, bits.div_ceil(8))?;
    let mut text = String::with_capacity(80);
    if name.len > 0 {
        text.push('.');
    }
    text.push_str("\\[x");
    for byte in bytes {
        crate::flow::address::push_hex(&mut text, *byte);
    }
    use std::fmt::Write as _;
    let _ = write!(text, "/{bits}]");
    if !name.add(text.as_bytes()) {
        *too_long = true;
    }
    Ok(at + 1 + bytes.len())
}
