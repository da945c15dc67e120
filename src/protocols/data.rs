//! Plain data: bytes that no protocol claims.

use std::fmt::Write as _;

use crate::dissect::{Done, Layer, Protocol, Value};

/// Bytes that nobody dissects.
pub static DATA: Protocol = Protocol {
    fields: FIELDS,
    ..Protocol::new("data", "Data", "Data", dissect)
};

crate::fields! {
    /// Bytes for which no protocol was found: a program's own format, or something encrypted.
    DATA_DATA = Field::new("data.data", "Data", Kind::Bytes);
    /// The same bytes as text, where they are text.
    TEXT = Field::new("data.text", "Text", Kind::Str);
    /// The bytes after they were decompressed.
    UNCOMPRESSED = Field::new("data.uncompressed.data", "Uncompressed Data", Kind::Bytes);
    /// How many bytes there are after decompressing.
    UNCOMPRESSED_LEN = Field::new("data.uncompressed.len", "Uncompressed Length", Kind::I32);
    /// A sum over the bytes by which equal data are found.
    MD5_HASH = Field::new("data.md5_hash", "Payload MD5 hash", Kind::Str);
    /// How many bytes of plain data there are.
    LEN = Field::new("data.len", "Length", Kind::I32);
}

fn dissect(l: &mut Layer<'_, '_>) -> Done {
    let len = l.captured();
    let root = l.root();
    l.label(root, |out| {
        let _ = write!(out, "Data ({len} byte{})", if len == 1 { "" } else { "s" });
    });
    let value = l.slice(0, len);
    l.add(&DATA_DATA, 0, len, value);
    l.generated(&LEN, 0, Value::I(i64::try_from(len).unwrap_or(i64::MAX)));
    Ok(())
}
