//! GRE, Generic Routing Encapsulation (RFC 2784, 2890): puts a packet of any protocol into an IP packet, so that it can cross a
//! network that does not know it. Version 1 is PPTP's (RFC 2637).
//!
//! ```text
//! +-+-+-+-+-------------------+-----+------------------------------+
//! |C|R|K|S|   0 ...           | ver |        protocol type         |
//! +-+-+-+-+-------------------+-----+------------------------------+
//! | C or R: checksum, offset (4)  | K: key (4) | S: sequence (4) | ...
//! +----------------------------------------------------------------+
//! ```

use std::fmt::Write as _;

use crate::dissect::{Done, Layer, Protocol, Stop, Table};

/// Generic Routing Encapsulation.
pub static GRE: Protocol = Protocol {
    spec: "RFC 2784",
    fields: FIELDS,
    parents: &[(Table::IpProtocol, 47)],
    ..Protocol::new("gre", "Generic Routing Encapsulation", "GRE", dissect)
};

/// Protocol types: EtherTypes and some of GRE's own.
pub const PROTOCOLS: &[(u64, &str)] = &[
    (0x0000, "Possible GRE keepalive packet"),
    (0x00fe, "OSI"),
    (0x0800, "IP"),
    (0x0806, "ARP"),
    (0x2000, "CDP (Cisco)"),
    (0x2001, "NHRP"),
    (0x22eb, "ERSPAN III"),
    (0x6400, "MIKROTIK EoIP"),
    (0x6558, "Transparent Ethernet bridging"),
    (0x6559, "Frame Relay"),
    (0x8137, "IPX"),
    (0x8200, "ARUBA WLAN"),
    (0x8210, "ARUBA WLAN"),
    (0x8220, "ARUBA WLAN"),
    (0x8230, "ARUBA WLAN"),
    (0x8240, "ARUBA WLAN"),
    (0x8250, "ARUBA WLAN"),
    (0x8260, "ARUBA WLAN"),
    (0x8270, "ARUBA WLAN"),
    (0x8280, "ARUBA WLAN"),
    (0x8290, "ARUBA WLAN"),
    (0x82a0, "ARUBA WLAN"),
    (0x82b0, "ARUBA WLAN"),
    (0x82c0, "ARUBA WLAN"),
    (0x82d0, "ARUBA WLAN"),
    (0x82e0, "ARUBA WLAN"),
    (0x82f0, "ARUBA WLAN"),
    (0x8300, "ARUBA WLAN"),
    (0x8310, "ARUBA WLAN"),
    (0x8320, "ARUBA WLAN"),
    (0x8330, "ARUBA WLAN"),
    (0x8340, "ARUBA WLAN"),
    (0x8350, "ARUBA WLAN"),
    (0x8360, "ARUBA WLAN"),
    (0x8370, "ARUBA WLAN"),
    (0x86dd, "IPv6"),
    (0x880b, "PPP"),
    (0x883e, "WCCP"),
    (0x8847, "MPLS label switched packet"),
    (0x8881, "CDMA2000 A10 Unstructured byte stream"),
    (0x88be, "ERSPAN"),
    (0x88d2, "CDMA2000 A10 3GPP2 Packet"),
    (0x8909, "CiscoMetaData"),
    (0x894f, "Network Service Header"),
    (0x9000, "ARUBA WLAN"),
    (0xb7ea, "Huawei GRE bonding"),
    (0xfeae, "AIROHIVE AP AP"),
];

crate::fields! {
    /// Which optional fields follow, and the version.
    FLAGS = Field::new("gre.flags_and_version", "Flags and Version", Kind::U16).hex().spec("RFC 2784 section 2.1");
    /// A checksum follows.
    FLAG_CHECKSUM = Field::new("gre.flags.checksum", "Checksum Bit", Kind::Bool).mask(0x8000).width(16).words("No", "Yes").spec("RFC 2784 section 2.2");
    /// A list of stations to visit follows (withdrawn).
    FLAG_ROUTING = Field::new("gre.flags.routing", "Routing Bit", Kind::Bool).mask(0x4000).width(16).words("No", "Yes").spec("RFC 1701");
    /// A key follows.
    FLAG_KEY = Field::new("gre.flags.key", "Key Bit", Kind::Bool).mask(0x2000).width(16).words("No", "Yes").spec("RFC 2890 section 2");
    /// A sequence number follows.
    FLAG_SEQUENCE = Field::new("gre.flags.sequence_number", "Sequence Number Bit", Kind::Bool).mask(0x1000).width(16).words("No", "Yes").spec("RFC 2890 section 2");
    /// The list of stations must be kept exactly (withdrawn).
    FLAG_STRICT = Field::new("gre.flags.strict_source_route", "Strict Source Route Bit", Kind::Bool).mask(0x0800).width(16).words("No", "Yes").spec("RFC 1701");
    /// How often the packet may still be put into another one (withdrawn).
    RECURSION = Field::new("gre.flags.recursion_control", "Recursion control", Kind::U16).mask(0x0700).spec("RFC 1701");
    /// An acknowledgement number follows (version 1).
    FLAG_ACK = Field::new("gre.flags.ack", "Acknowledgment", Kind::Bool).mask(0x0080).width(16).words("No", "Yes").spec("RFC 2637 section 4.1");
    /// Bits without a meaning.
    RESERVED = Field::new("gre.flags.reserved", "Flags (Reserved)", Kind::U16).mask(0x00f8).spec("RFC 2784 section 2.3");
    /// Bits without a meaning (version 1).
    RESERVED_1 = Field::new("gre.flags.reserved", "Flags (Reserved)", Kind::U16).mask(0x0078).spec("RFC 2637 section 4.1");
    /// 0, or 1 for PPTP.
    VERSION = Field::new("gre.flags.version", "Version", Kind::U16).mask(0x0007).values(&[(0, "GRE"), (1, "Enhanced GRE")]).spec("RFC 2784 section 2.3.1");
    /// What the packet inside is.
    PROTO = Field::new("gre.proto", "Protocol Type", Kind::U16).hex().values(PROTOCOLS).spec("RFC 2784 section 2.4");
    /// A sum over header and payload.
    CHECKSUM = Field::new("gre.checksum", "Checksum", Kind::U16).hex().spec("RFC 2784 section 2.5");
    /// Where in the list of stations the next one stands (withdrawn).
    OFFSET = Field::new("gre.offset", "Offset", Kind::U16).spec("RFC 1701");
    /// A number that both ends agreed on, to tell tunnels apart.
    KEY = Field::new("gre.key", "Key", Kind::U32).hex().spec("RFC 2890 section 2.1");
    /// Length of the payload (version 1).
    PAYLOAD_LENGTH = Field::new("gre.key.payload_length", "Payload Length", Kind::U16).spec("RFC 2637 section 4.1");
    /// The receiver's number for the call (version 1).
    CALL_ID = Field::new("gre.key.call_id", "Call ID", Kind::U16).spec("RFC 2637 section 4.1");
    /// Counts the packets of the tunnel, so that the receiver can put them in order.
    SEQUENCE = Field::new("gre.sequence_number", "Sequence Number", Kind::U32).spec("RFC 2890 section 2.2");
    /// The highest number received from the other side (version 1).
    ACK = Field::new("gre.ack_number", "Acknowledgment Number", Kind::U32).spec("RFC 2637 section 4.1");
}

fn dissect(l: &mut Layer<'_, '_>) -> Done {
    l.protocol("GRE");
    let flags = l.peek_u16(0)?;
    let kind = l.peek_u16(2)?;
    let name = PROTO.name_of(u64::from(kind));
    let root = l.root();
    l.append(root, |out| {
        let _ = match name {
            Some(name) => write!(out, " ({name})"),
            None => write!(out, " (0x{kind:04x} - unknown)"),
        };
    });
    l.info(|out| {
        let _ = match name {
            Some(name) => write!(out, "Encapsulated {name}"),
            None => write!(out, "Encapsulated 0x{kind:04x} (unknown)"),
        };
    });
    let version = flags & 7;
    flag_nodes(l, version)?;
    l.u16(&PROTO)?;
    if flags & 0xc000 != 0 {
        l.u16(&CHECKSUM)?;
        l.u16(&OFFSET)?;
    }
    if flags & 0x2000 != 0 && version == 1 {
        l.u16(&PAYLOAD_LENGTH)?;
        l.u16(&CALL_ID)?;
    } else if flags & 0x2000 != 0 {
        l.u32(&KEY)?;
    }
    if flags & 0x1000 != 0 {
        l.u32(&SEQUENCE)?;
    }
    if version == 1 && flags & 0x0080 != 0 {
        l.u32(&ACK)?;
    }
    let at = l.pos();
    l.set_len(at);
    let rest = l.remainder();
    // ERSPAN without a sequence number has no header of its own: the frame follows at once (type I).
    let mirrored = kind == 0x88be && flags & 0x1000 == 0;
    let key = if mirrored { 0x6558 } else { u32::from(kind) };
    if !l.next(Table::EtherType, key, rest) {
        l.plain(rest);
    }
    Ok(())
}

fn flag_nodes(l: &mut Layer<'_, '_>, version: u16) -> Result<(), Stop> {
    l.u16(&FLAGS)?;
    l.enter();
    for field in [
        &FLAG_CHECKSUM,
        &FLAG_ROUTING,
        &FLAG_KEY,
        &FLAG_SEQUENCE,
        &FLAG_STRICT,
        &RECURSION,
    ] {
        l.bits(field, 0, 2)?;
    }
    if version == 1 {
        l.bits(&FLAG_ACK, 0, 2)?;
        l.bits(&RESERVED_1, 0, 2)?;
    } else {
        l.bits(&RESERVED, 0, 2)?;
    }
    l.bits(&VERSION, 0, 2)?;
    l.close();
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::testing::{every_prefix, hex, single};

    /// An IPv4 packet with this protocol, between 10.0.0.1 and 10.0.0.2.
    fn packet(protocol: u8, payload: &[u8]) -> Vec<u8> {
        let mut bytes = hex("4500 0000 0001 0000 40 00 0000 0a000001 0a000002");
        bytes[9] = protocol;
        bytes.extend(payload);
        bytes[3] = bytes.len() as u8;
        bytes
    }

    #[test]
    fn a_mirrored_frame_is_found_inside() {
        let mut gre = hex("1000 88be 00000005 1064 2801 00012345");
        gre.extend(hex("020000000002 020000000001 1234 616263"));
        let bytes = packet(47, &gre);
        let done = single(101, &bytes);
        for line in [
            "Generic Routing Encapsulation (ERSPAN)\n",
            "    ...1 .... .... .... = Sequence Number Bit: Yes\n",
            "  Sequence Number: 5\n",
            "Encapsulated Remote Switch Packet ANalysis Type II\n",
            "  .... .... .... 0001 0010 0011 0100 0101 = Index: 74565\n",
            "Ethernet II, Src: 02:00:00:00:00:01, Dst: 02:00:00:00:00:02\n",
        ] {
            assert!(done.tree.contains(line), "{line} is not in\n{}", done.tree);
        }
        every_prefix(101, &bytes);
    }

    #[test]
    fn an_unknown_protocol_is_named_by_its_number() {
        let bytes = packet(47, &hex("0000 1234 616263"));
        let done = single(101, &bytes);
        assert_eq!(
            done.row,
            "10.0.0.1 | 10.0.0.2 | GRE | Encapsulated 0x1234 (unknown)"
        );
        assert!(
            done.tree
                .contains("Generic Routing Encapsulation (0x1234 - unknown)\n")
        );
    }

    #[test]
    fn tunnels_in_udp_survive_every_cut() {
        let tunnels = [
            (4789, "0800 0000 000064 00 020000000002 020000000001 0806"),
            (6081, "0200 6558 00007b 00 01020001 12345678 020000000002"),
            (2152, "36ff 0024 00000001 0007 00 85 01 00 01 00 4500"),
            (3544, "0001 00 00 cd5669400b22df88 00 0000 ffff ffffffff 60"),
            (
                5247,
                "00 200320 0000 0000 04 bf230000 000000 1108 0000 84802d2b4590",
            ),
        ];
        for (port, payload) in tunnels {
            let payload = hex(payload);
            let mut udp = hex("9c40 0000 0000 0000");
            udp[2..4].copy_from_slice(&u16::to_be_bytes(port));
            udp[5] = 8 + payload.len() as u8;
            udp.extend(payload);
            every_prefix(101, &packet(17, &udp));
        }
        every_prefix(
            101,
            &packet(
                51,
                &hex("01040000 00000100 00000001 aaaaaaaaaaaaaaaaaaaaaaaa 0800"),
            ),
        );
        every_prefix(101, &packet(137, &hex("0001007f 0001017f 45")));
        every_prefix(9, &hex("ff030021 4500"));
    }
}
