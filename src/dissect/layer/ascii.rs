//! Fields of text in ASCII: what most protocols made of lines are in.

use super::{Layer, NodeId};
use crate::dissect::STRAY_CHARACTERS;
use crate::dissect::tree::Value;
use crate::field::Field;

impl Layer<'_, '_> {
    /// A text in ASCII as a value: `len` bytes from position `start`, up to a NUL; every byte beyond ASCII becomes a replacement
    /// character.
    pub fn ascii(&mut self, start: usize, len: usize) -> Value {
        let text = part(self.data(), start, len);
        let text = &text[..memchr::memchr(0, text).unwrap_or(text.len())];
        if !self.wants_nodes() {
            return Value::None;
        }
        if text.is_ascii() {
            return self.slice(start, text.len());
        }
        let mut replaced = String::with_capacity(text.len() + 16);
        for byte in text {
            replaced.push(if byte.is_ascii() {
                char::from(*byte)
            } else {
                char::REPLACEMENT_CHARACTER
            });
        }
        self.made(replaced.as_bytes())
    }

    /// Add the node of a text in ASCII. What stands behind a NUL is not shown, but said to be there.
    pub fn ascii_field(&mut self, field: &'static Field, start: usize, len: usize) -> NodeId {
        let value = self.ascii(start, len);
        let node = self.add(field, start, len, value);
        if self.wants_nodes() {
            let text = part(self.data(), start, len);
            if memchr::memchr(0, text).is_some_and(|nul| text[nul..].iter().any(|b| *b != 0)) {
                self.issue(node, &STRAY_CHARACTERS);
            }
        }
        node
    }
}

/// A part of the bytes, cut to what is there.
fn part(bytes: &[u8], start: usize, len: usize) -> &[u8] {
    let start = start.min(bytes.len());
    &bytes[start..start.saturating_add(len).min(bytes.len())]
}
