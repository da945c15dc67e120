//! The frame: what the capture says about the packet as a whole, before any protocol.

use std::fmt::Write as _;

use crate::dissect::{Done, Layer, Protocol, Table, Value};

/// The record of the capture; every tree begins with it.
pub static FRAME: Protocol = Protocol {
    fields: FIELDS,
    ..Protocol::new("frame", "Frame", "Frame", dissect)
};

crate::fields! {
    /// Number of the frame in this capture, counted from 1.
    NUMBER = Field::new("frame.number", "Frame Number", Kind::U32);
    /// Length of the frame on the wire, in bytes.
    LEN = Field::new("frame.len", "Frame Length", Kind::U32);
}

fn dissect(l: &mut Layer<'_, '_>) -> Done {
    let number = l.cx.frame.number;
    let (original, captured) = (l.cx.frame.original, l.cx.frame.captured);
    let root = l.root();
    l.label(root, |out| {
        let _ = write!(
            out,
            "Frame {number}: {original} bytes on wire, {captured} bytes captured"
        );
    });
    l.generated(&NUMBER, 0, Value::U(u64::from(number)));
    l.generated(&LEN, 0, Value::U(u64::from(original)));
    let region = l.region();
    let link_type = u32::from(l.cx.frame.link_type);
    if !l.next(Table::LinkType, link_type, region) {
        l.plain(region);
    }
    Ok(())
}
