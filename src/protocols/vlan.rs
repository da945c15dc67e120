//! VLAN tags: four bytes put into an Ethernet frame that say to which virtual network it belongs (IEEE 802.1Q), and the outer
//! tags by which a provider carries its customers' tagged frames (IEEE 802.1ad).
//!
//! ```text
//!  0     2 3   4                       15 16                          31
//! +-------+---+--------------------------+-----------------------------+
//! |  PCP  |DEI|          VLAN ID         |     EtherType or length     |
//! +-------+---+--------------------------+-----------------------------+
//! ```

use std::fmt::Write as _;

use super::{eth, ethertype, llc};
use crate::dissect::{Done, Foresight, Layer, Protocol, Seen, Table};

/// IEEE 802.1Q.
pub static VLAN: Protocol = Protocol {
    spec: "IEEE 802.1Q section 9",
    fields: FIELDS,
    issues: ISSUES,
    parents: &[(Table::EtherType, 0x8100), (Table::EtherType, 0x9100)],
    foresight: Foresight::Header,
    glance: Some(glance),
    ..Protocol::new("vlan", "802.1Q Virtual LAN", "VLAN", dissect)
};

/// The names that IEEE 802.1Q gives the eight priorities.
const PRIORITIES: &[(u64, &str)] = &[
    (0, "Best Effort (default)"),
    (1, "Background"),
    (2, "Excellent Effort"),
    (3, "Critical Applications"),
    (4, "Video, < 100ms latency and jitter"),
    (5, "Voice, < 10ms latency and jitter"),
    (6, "Internetwork Control"),
    (7, "Network Control"),
];

crate::fields! {
    /// How urgent the frame is, 0 to 7; switches with full queues send higher ones first. 1 is lower than 0.
    PRIORITY = Field::new("vlan.priority", "Priority", Kind::U16).mask(0xe000).values(PRIORITIES).spec("IEEE 802.1Q section 6.9.3");
    /// The older meaning of the next bit: whether addresses are written in the bit order of token rings.
    CFI = Field::new("vlan.cfi", "CFI", Kind::Bool).mask(0x1000).width(16).words("Canonical", "Non-canonical").spec("IEEE 802.1Q-2005 section 9.6");
    /// Whether the frame may be dropped before others when a queue is full.
    DEI = Field::new("vlan.dei", "DEI", Kind::Bool).mask(0x1000).width(16).words("Ineligible", "Eligible").spec("IEEE 802.1Q section 9.6");
    /// The number of the virtual network. Stations in different ones do not hear each other, though they share cables.
    ID = Field::new("vlan.id", "ID", Kind::U16).mask(0x0fff).spec("IEEE 802.1Q section 9.6");
    /// The name of the virtual network, where one is known.
    ID_NAME = Field::new("vlan.id_name", "Name", Kind::Str);
    /// Which protocol follows the tag.
    ETYPE = Field::new("vlan.etype", "Type", Kind::U16).hex().names(Names::Lookup(ethertype::name)).spec("IEEE 802.1Q section 9.4");
    /// How many bytes follow, in a frame of the IEEE 802.3 form.
    LEN = Field::new("vlan.len", "Length", Kind::U16).spec("IEEE 802.3 section 3.2.6");
    /// Bytes behind the payload that belong to no protocol.
    TRAILER = Field::new("vlan.trailer", "Trailer", Kind::Bytes);
}

crate::issues! {
    /// The length field promises more bytes than the frame has.
    LEN_PAST_END = Issue::new("vlan.len.past_end", "The length reaches past the end of the frame", Severity::Error, Group::Malformed);
    /// Nobody nests tags so deep; the rest is left alone.
    TOO_MANY_TAGS = Issue::new("vlan.too_many_tags", "Too many nested VLAN tags", Severity::Warn, Group::Undecoded);
}

/// Length of a tag.
const TAG: usize = 4;

/// A tag before an EtherType.
fn glance(header: &[u8], _: &mut Seen) -> Option<(usize, Table, u32)> {
    let [_, _, a, b] = *header.first_chunk()?;
    let kind = u16::from_be_bytes([a, b]);
    (kind > 1500).then_some((TAG, Table::EtherType, u32::from(kind)))
}

fn dissect(l: &mut Layer<'_, '_>) -> Done {
    l.protocol("VLAN");
    l.set_len(TAG.min(l.captured()));
    let tag = l.peek_u16(0)?;
    let (priority, dei, id) = (tag >> 13, tag >> 12 & 1, tag & 0x0fff);
    let root = l.root();
    l.append(root, |out| {
        let _ = write!(out, ", PRI: {priority}, DEI: {dei}, ID: {id}");
    });
    l.info(|out| {
        let _ = write!(out, "PRI: {priority}  DEI: {dei}  ID: {id}");
    });
    l.bits(&PRIORITY, 0, 2)?;
    l.bits(&DEI, 0, 2)?;
    l.bits(&ID, 0, 2)?;
    l.seek(2);
    let kind = l.peek_u16(2)?;
    if kind > 1500 {
        l.u16(&ETYPE)?;
        let mark = l.mark();
        let rest = l.remainder();
        ethertype::next(l, kind, rest);
        let end = TAG + l.cx.packet.taken;
        eth::trailer(l, mark, &TRAILER, end, false);
    } else {
        let len = usize::from(l.u16(&LEN)?);
        if len > l.left() {
            let at = l.last();
            l.issue(at, &LEN_PAST_END);
        }
        let mark = l.mark();
        let rest = l.part(TAG, len);
        if !l.call(&llc::LLC, rest) {
            l.plain(rest);
        }
        eth::trailer(l, mark, &TRAILER, TAG + len, false);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::testing::{every_prefix, hex, single};

    #[test]
    fn a_tag_its_payload_and_what_is_behind() {
        let mut bytes = hex("020000000002 020000000001 8100 5064 0806");
        bytes.extend(hex(
            "0001 0800 06 04 0001 020000000001 0a000001 000000000000 0a000002",
        ));
        bytes.extend([0; 14]);
        bytes.extend([9; 4]);
        let done = single(1, &bytes);
        let (_, vlan) = done
            .tree
            .split_at(done.tree.find("802.1Q Virtual LAN, ").unwrap());
        assert!(
            vlan.starts_with(
                "802.1Q Virtual LAN, PRI: 2, DEI: 1, ID: 100
  010. .... .... .... = Priority: Excellent Effort (2)
  ...1 .... .... .... = DEI: Eligible
  .... 0000 0110 0100 = ID: 100
  Type: ARP (0x0806)
  Padding: 0000000000000000000000000000
  Trailer: 09090909
Address Resolution Protocol (request)
"
            ),
            "{vlan}"
        );
        every_prefix(1, &bytes);
    }

    #[test]
    fn tags_without_end_are_survived() {
        let mut bytes = hex("020000000002 020000000001 8100");
        for _ in 0..300 {
            bytes.extend(hex("0001 8100"));
        }
        let done = single(1, &bytes);
        assert!(done.tree.lines().count() < 500);
    }
}
