//! Ethernet II and IEEE 802.3 frames.

use std::fmt::Write as _;

use crate::dissect::text::show;
use crate::dissect::{Done, Layer, Protocol, Table};
use crate::flow::address::Address;

/// Ethernet.
pub static ETH: Protocol = Protocol {
    spec: "IEEE 802.3",
    fields: FIELDS,
    parents: &[(Table::LinkType, 1)],
    ..Protocol::new("eth", "Ethernet", "Ethernet", dissect)
};

crate::fields! {
    /// The hardware address of the receiver on this link.
    DST = Field::new("eth.dst", "Destination", Kind::Ether).spec("IEEE 802.3 section 3.2.3");
    /// The hardware address of the sender on this link.
    SRC = Field::new("eth.src", "Source", Kind::Ether).spec("IEEE 802.3 section 3.2.3");
    /// Which protocol the frame carries.
    TYPE = Field::new("eth.type", "Type", Kind::U16).hex().spec("IEEE 802.3 section 3.2.6");
}

fn dissect(l: &mut Layer<'_, '_>) -> Done {
    let destination = l.ether(&DST)?;
    let source = l.ether(&SRC)?;
    l.cx.packet.link_source = Address::Ether(source);
    l.cx.packet.link_destination = Address::Ether(destination);
    l.cx.tree.columns.source = Address::Ether(source);
    l.cx.tree.columns.destination = Address::Ether(destination);
    l.protocol("Ethernet");
    let _ = show;
    let root = l.root();
    l.label(root, |out| {
        let _ = write!(
            out,
            "Ethernet II, Src: {}, Dst: {}",
            Address::Ether(source),
            Address::Ether(destination)
        );
    });
    let kind = l.u16(&TYPE)?;
    l.set_len(14);
    let rest = l.remainder();
    if !l.next(Table::EtherType, u32::from(kind), rest) {
        l.plain(rest);
    }
    Ok(())
}
