//! IPv4.

use std::fmt::Write as _;

use crate::dissect::{Done, Layer, Protocol, Table};
use crate::flow::address::Address;

/// The Internet Protocol, version 4.
pub static IP: Protocol = Protocol {
    spec: "RFC 791",
    fields: FIELDS,
    parents: &[(Table::EtherType, 0x0800), (Table::IpProtocol, 4)],
    ..Protocol::new("ip", "Internet Protocol Version 4", "IPv4", dissect)
};

/// How a checksum stands: shared by all protocols that have one.
pub static CHECKSUM_STATES: &[(u64, &str)] = &[
    (0, "Bad"),
    (1, "Good"),
    (2, "Unverified"),
    (3, "Not present"),
];

crate::fields! {
    /// Version of the protocol: 4.
    VERSION = Field::new("ip.version", "Version", Kind::U8).mask(0xf0).spec("RFC 791 section 3.1");
}

fn dissect(l: &mut Layer<'_, '_>) -> Done {
    l.bits(&VERSION, 0, 1)?;
    let header = usize::from(l.peek_u8(0)? & 15) * 4;
    let total = usize::from(l.peek_u16(2)?);
    let protocol = l.peek_u8(9)?;
    let s = l.peek(12, 8)?;
    let source = Address::V4([s[0], s[1], s[2], s[3]]);
    let destination = Address::V4([s[4], s[5], s[6], s[7]]);
    l.cx.packet.source = source;
    l.cx.packet.destination = destination;
    if !l.cx.packet.columns_locked {
        l.cx.tree.columns.source = source;
        l.cx.tree.columns.destination = destination;
    }
    l.protocol("IPv4");
    let root = l.root();
    l.append(root, |out| {
        let _ = write!(out, ", Src: {source}, Dst: {destination}");
    });
    l.limit(total);
    l.set_len(header);
    l.seek(header);
    let rest = l.remainder();
    if !l.next(Table::IpProtocol, u32::from(protocol), rest) {
        l.plain(rest);
    }
    Ok(())
}
