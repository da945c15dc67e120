//! IEEE 802.1ad, "Q-in-Q": the outer tag that a provider puts before its customer's VLAN tag, so that customers may use the same
//! numbers.

use std::fmt::Write as _;

use super::{eth, ethertype, vlan};
use crate::dissect::{Done, Foresight, Layer, Protocol, Table, Value};

/// IEEE 802.1ad.
pub static IEEE8021AD: Protocol = Protocol {
    spec: "IEEE 802.1ad",
    fields: FIELDS,
    parents: &[(Table::EtherType, 0x88a8)],
    foresight: Foresight::Header,
    ..Protocol::new("ieee8021ad", "IEEE 802.1ad", "802.1ad", dissect)
};

crate::fields! {
    /// How urgent the frame is in the provider's network.
    PRIORITY = Field::new("ieee8021ad.priority", "Priority", Kind::U16).mask(0xe000).spec("IEEE 802.1ad section 9.6");
    /// Whether the provider may drop the frame before others.
    DEI = Field::new("ieee8021ad.dei", "DEI", Kind::U16).mask(0x1000).spec("IEEE 802.1ad section 9.6");
    /// The number of the provider's virtual network: usually the customer.
    ID = Field::new("ieee8021ad.id", "ID", Kind::U16).mask(0x0fff).spec("IEEE 802.1ad section 9.6");
    /// The provider's number, where two tags follow each other.
    SVID = Field::new("ieee8021ad.svid", "ID", Kind::U16).mask(0x0fff).spec("IEEE 802.1ad section 9.6");
    /// The customer's number, where two tags follow each other.
    CVID = Field::new("ieee8021ad.cvid", "ID", Kind::U16).mask(0x0fff).spec("IEEE 802.1ad section 9.6");
    /// Which protocol follows the tag.
    ETYPE = Field::new("ieee8021ah.etype", "Type", Kind::U16).hex().names(Names::Lookup(ethertype::name)).spec("IEEE 802.1ad section 9.4");
}

fn dissect(l: &mut Layer<'_, '_>) -> Done {
    l.protocol("802.1ad");
    l.set_len(4.min(l.captured()));
    let tag = u64::from(l.peek_u16(0)?);
    let id = tag & 0x0fff;
    let root = l.root();
    l.append(root, |out| {
        let _ = write!(out, ", ID: {id}");
    });
    l.info(|out| {
        let _ = write!(out, "PRI: {}  DROP: {}  ID: {id}", tag >> 13, tag >> 12 & 1);
    });
    l.add(&PRIORITY, 0, 1, Value::U(tag >> 13));
    l.add(&DEI, 0, 1, Value::U(tag >> 12 & 1));
    l.add(&ID, 0, 2, Value::U(id));
    l.seek(2);
    let kind = l.u16(&ETYPE)?;
    let mark = l.mark();
    let rest = l.remainder();
    ethertype::next(l, kind, rest);
    let end = 4 + l.cx.packet.taken;
    eth::trailer(l, mark, &vlan::TRAILER, end, false);
    Ok(())
}
