//! Plain data: bytes that no protocol claims.

use crate::dissect::{Done, Layer, Protocol, Value};

/// Bytes that nobody dissects.
pub static DATA: Protocol = Protocol {
    fields: FIELDS,
    ..Protocol::new("data", "Data", "Data", dissect)
};

crate::fields! {
    /// Bytes for which no protocol was found: a program's own format, or something encrypted.
    DATA_DATA = Field::new("data.data", "Data", Kind::Bytes);
    /// How many bytes of plain data there are.
    DATA_LEN = Field::new("data.len", "Length", Kind::U32);
}

fn dissect(l: &mut Layer<'_, '_>) -> Done {
    let len = l.captured();
    let root = l.root();
    l.label(root, |out| {
        use std::fmt::Write as _;
        let _ = write!(out, "Data ({len} byte{})", if len == 1 { "" } else { "s" });
    });
    let value = l.slice(0, len);
    l.add(&DATA_DATA, 0, len, value);
    l.generated(&DATA_LEN, 0, Value::U(len as u64));
    Ok(())
}
