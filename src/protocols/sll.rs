//! Linux cooked captures: what Linux gives on the interface `any` and on links without a header of their own. The real link
//! header is gone; this one says which way the packet went, the sender's hardware address and the protocol.
//!
//! ```text
//! version 1: packet type, hardware type, address length (2 bytes each), address (8), protocol (2)
//! version 2: protocol, reserved (2 bytes each), interface (4), hardware type (2), packet type, address length (1 each), address (8)
//! ```

use super::{arp, eth, ethertype, gre, llc};
use crate::dissect::{Done, Foresight, Layer, Protocol, Stop, Table};
use crate::flow::address::Address;

/// Version 1 and 2 of the cooked header.
pub static SLL: Protocol = Protocol {
    spec: "LINKTYPE_LINUX_SLL and LINKTYPE_LINUX_SLL2, tcpdump.org",
    fields: FIELDS,
    parents: &[(Table::LinkType, 113), (Table::LinkType, 276)],
    foresight: Foresight::Header,
    ..Protocol::new("sll", "Linux cooked-mode capture", "SLL", dissect)
};

const DIRECTIONS: &[(u64, &str)] = &[
    (0, "Unicast to us"),
    (1, "Broadcast"),
    (2, "Multicast"),
    (3, "Unicast to another host"),
    (4, "Sent by us"),
];

/// Numbers below 1536 that Linux uses where an EtherType is expected.
const LINUX_TYPES: &[(u64, &str)] = &[
    (0x0001, "Raw 802.3"),
    (0x0003, "Ethernet"),
    (0x0004, "802.2 LLC"),
    (0x0007, "PPP (HDLC)"),
    (0x000c, "CAN"),
    (0x000d, "CAN FD"),
    (0x0017, "IrDA LAP"),
    (0x00f5, "ISI"),
    (0x00f6, "IEEE 802.15.4"),
];

crate::fields! {
    /// Whether the packet came to this machine, to everybody, to a group, to somebody else, or left from here.
    PKTTYPE = Field::new("sll.pkttype", "Packet type", Kind::U16).values(DIRECTIONS);
    /// What kind of link the packet was on, by the numbers of ARP.
    HATYPE = Field::new("sll.hatype", "Link-layer address type", Kind::U16).values(arp::HARDWARE);
    /// How many bytes of the sender's hardware address count.
    HALEN = Field::new("sll.halen", "Link-layer address length", Kind::U16);
    /// The sender's hardware address.
    SRC_ETH = Field::new("sll.src.eth", "Source", Kind::Ether);
    /// The sender's address on a tunnel over IPv4.
    SRC_IPV4 = Field::new("sll.src.ipv4", "Source", Kind::Ipv4);
    /// The sender's address on another kind of link.
    SRC_OTHER = Field::new("sll.src.other", "Source", Kind::Bytes);
    /// What is left of the eight bytes for the address.
    UNUSED = Field::new("sll.unused", "Unused", Kind::Bytes);
    /// Number of the interface on the machine that captured.
    IFINDEX = Field::new("sll.ifindex", "Interface index", Kind::U32);
    /// What follows, by Linux's own numbers.
    LTYPE = Field::new("sll.ltype", "Protocol", Kind::U16).hex().values(LINUX_TYPES);
    /// What follows on a GRE tunnel.
    GRETYPE = Field::new("sll.gretype", "Protocol", Kind::U16).hex().values(gre::PROTOCOLS);
    /// What follows, by its EtherType.
    ETYPE = Field::new("sll.etype", "Protocol", Kind::U16).hex().names(Names::Lookup(ethertype::name));
    /// Bytes behind the packet that belong to no protocol.
    TRAILER = Field::new("sll.trailer", "Trailer", Kind::Bytes);
}

fn dissect(l: &mut Layer<'_, '_>) -> Done {
    l.protocol("SLL");
    if l.cx.frame.link_type == 276 {
        version_2(l)
    } else {
        version_1(l)
    }
}

fn version_1(l: &mut Layer<'_, '_>) -> Done {
    let root = l.root();
    l.label(root, |out| out.push_str("Linux cooked capture v1"));
    l.set_len(16.min(l.captured()));
    let way = l.u16(&PKTTYPE)?;
    direction(l, u64::from(way));
    let hardware = l.u16(&HATYPE)?;
    let len = l.u16(&HALEN)?;
    source(l, usize::from(len))?;
    let kind = l.peek_u16(14)?;
    protocol(l, hardware, kind)?;
    payload(l, hardware, kind, 16);
    Ok(())
}

fn version_2(l: &mut Layer<'_, '_>) -> Done {
    let root = l.root();
    l.label(root, |out| out.push_str("Linux cooked capture v2"));
    l.set_len(20.min(l.captured()));
    let way = l.peek_u8(10)?;
    direction(l, u64::from(way));
    let kind = l.peek_u16(0)?;
    let hardware = l.peek_u16(8)?;
    protocol(l, hardware, kind)?;
    l.seek(4);
    l.u32(&IFINDEX)?;
    l.u16(&HATYPE)?;
    l.u8(&PKTTYPE)?;
    let len = l.u8(&HALEN)?;
    source(l, usize::from(len))?;
    payload(l, hardware, kind, 20);
    Ok(())
}

fn direction(l: &mut Layer<'_, '_>, way: u64) {
    l.info(|out| match PKTTYPE.name_of(way) {
        Some(name) => out.push_str(name),
        None => {
            use std::fmt::Write as _;
            let _ = write!(out, "Unknown ({way})");
        }
    });
}

/// The eight bytes with the sender's hardware address.
fn source(l: &mut Layer<'_, '_>, len: usize) -> Result<(), Stop> {
    let at = l.pos();
    let address = match len {
        4 => Address::V4(l.ipv4(&SRC_IPV4)?),
        6 => Address::Ether(l.ether(&SRC_ETH)?),
        0 => Address::None,
        _ => {
            l.bytes(&SRC_OTHER, len.min(8))?;
            Address::None
        }
    };
    l.cx.packet.link_source = address;
    if !l.cx.packet.columns_locked {
        l.cx.tree.columns.source = address;
    }
    let used = len.min(8);
    if used < 8 {
        l.seek(at + used);
        l.bytes(&UNUSED, 8 - used)?;
    }
    Ok(())
}

/// Hardware type of GRE tunnels.
const GRE: u16 = 778;
/// Hardware type of netlink, messages between Linux and its programs.
const NETLINK: u16 = 824;

fn protocol(l: &mut Layer<'_, '_>, hardware: u16, kind: u16) -> Result<(), Stop> {
    let field = match (hardware, kind) {
        (GRE, _) => &GRETYPE,
        (_, 0..=1535) => &LTYPE,
        _ => &ETYPE,
    };
    l.u16(field)?;
    Ok(())
}

fn payload(l: &mut Layer<'_, '_>, hardware: u16, kind: u16, header: usize) {
    l.seek(header);
    let mark = l.mark();
    let rest = l.remainder();
    match (hardware, kind) {
        (NETLINK, _) => {
            l.protocol("Netlink");
            l.plain(rest);
            return;
        }
        (_, 1536..) => ethertype::next(l, kind, rest),
        (_, 3) if l.call(&eth::ETH, rest) => {}
        (_, 4) if l.call(&llc::LLC, rest) => {}
        (_, 7) if l.next(Table::LinkType, 9, rest) => {}
        _ => l.plain(rest),
    }
    let end = header + l.cx.packet.taken;
    eth::trailer(l, mark, &TRAILER, end, false);
}

#[cfg(test)]
mod tests {
    use super::super::testing::{every_prefix, hex, single};

    const ARP: &str = "0001 0800 06 04 0001 020000000001 0a000001 000000000000 0a000002";

    #[test]
    fn version_1() {
        let mut bytes = hex("0004 0001 0006 020000000001 0000 0806");
        bytes.extend(hex(ARP));
        let done = single(113, &bytes);
        assert!(
            done.tree.starts_with(
                "Linux cooked capture v1
  Packet type: Sent by us (4)
  Link-layer address type: Ethernet (1)
  Link-layer address length: 6
  Source: 02:00:00:00:00:01
  Unused: 0000
  Protocol: ARP (0x0806)
Address Resolution Protocol (request)
"
            ),
            "{}",
            done.tree
        );
        assert!(done.row.starts_with("02:00:00:00:00:01 |  | ARP | "));
        every_prefix(113, &bytes);
    }

    #[test]
    fn version_2() {
        let mut bytes = hex("0806 0000 00000002 0001 01 06 020000000001 0000");
        bytes.extend(hex(ARP));
        let done = single(276, &bytes);
        assert!(
            done.tree.starts_with(
                "Linux cooked capture v2
  Protocol: ARP (0x0806)
  Interface index: 2
  Link-layer address type: Ethernet (1)
  Packet type: Broadcast (1)
  Link-layer address length: 6
  Source: 02:00:00:00:00:01
  Unused: 0000
Address Resolution Protocol (request)
"
            ),
            "{}",
            done.tree
        );
        every_prefix(276, &bytes);
    }
}
