//! CAPWAP (RFC 5415), data channel: access points pass the frames of wireless stations to their controller.

use super::wlan;
use crate::dissect::{Done, Layer, Protocol, Table, Value};

/// Control And Provisioning of Wireless Access Points, data channel.
pub static CAPWAP_DATA: Protocol = Protocol {
    spec: "RFC 5415 section 4",
    fields: FIELDS,
    parents: &[(Table::UdpPort, 5247)],
    ..Protocol::new(
        "capwap.data",
        "Control And Provisioning of Wireless Access Points - Data",
        "CAPWAP-DATA",
        dissect,
    )
};

crate::fields! {
    /// Version, and whether the rest is encrypted.
    PREAMBLE = Field::new("capwap.preamble", "Preamble", Kind::None).spec("RFC 5415 section 4.1");
    /// Version of the protocol: 0.
    VERSION = Field::new("capwap.preamble.version", "Version", Kind::U8).mask(0xf0).spec("RFC 5415 section 4.1");
    /// Whether the rest is encrypted with DTLS.
    TYPE = Field::new("capwap.preamble.type", "Type", Kind::U8).mask(0x0f).values(&[(0, "CAPWAP Header"), (1, "CAPWAP DTLS Header")]).spec("RFC 5415 section 4.1");
    /// The header behind the preamble.
    HEADER = Field::new("capwap.header", "Header", Kind::None).spec("RFC 5415 section 4.3");
    /// Length of the header in units of four bytes.
    LENGTH = Field::new("capwap.header.length", "Header Length", Kind::U24).mask(0xf8_0000).names(Names::Custom(length)).spec("RFC 5415 section 4.3");
    /// Number of the radio of the access point.
    RID = Field::new("capwap.header.rid", "Radio ID", Kind::U24).mask(0x07_c000).spec("RFC 5415 section 4.3");
    /// The kind of wireless network.
    WBID = Field::new("capwap.header.wbid", "Wireless Binding ID", Kind::U24).mask(0x00_3e00).values(&[(0, "Reserved"), (1, "IEEE 802.11"), (2, "Reserved"), (3, "EPCGlobal")]).spec("RFC 5415 section 4.3");
    /// What the header says of itself, bit by bit: payload type, fragments, optional parts, keep-alive.
    FLAGS = Field::new("capwap.header.flags", "Header Flags", Kind::U24).hex().mask(0x00_01ff).spec("RFC 5415 section 4.3");
    /// Whether the frame is in the form of the wireless network or an Ethernet frame.
    FLAG_T = Field::new("capwap.header.flags.t", "Payload Type", Kind::Bool).mask(0x100).width(24).words("IEEE 802.3 frame", "Native frame format (see Wireless Binding ID field)").spec("RFC 5415 section 4.3");
    /// Whether this is a part of a packet.
    FLAG_F = Field::new("capwap.header.flags.f", "Fragment", Kind::Bool).mask(0x080).width(24).words("Don't Fragment", "Fragment").spec("RFC 5415 section 4.3");
    /// Whether this is the last part.
    FLAG_L = Field::new("capwap.header.flags.l", "Last Fragment", Kind::Bool).mask(0x040).width(24).words("More fragments follow", "This is the last fragment").spec("RFC 5415 section 4.3");
    /// Whether facts about the wireless reception follow.
    FLAG_W = Field::new("capwap.header.flags.w", "Wireless header", Kind::Bool).mask(0x020).width(24).words("No Wireless Specific Information", "Wireless Specific Information is present").spec("RFC 5415 section 4.3");
    /// Whether the radio's address follows.
    FLAG_M = Field::new("capwap.header.flags.m", "Radio MAC header", Kind::Bool).mask(0x010).width(24).words("No Radio MAC Address", "Radio MAC Address is present").spec("RFC 5415 section 4.3");
    /// A sign of life, no data.
    FLAG_K = Field::new("capwap.header.flags.k", "Keep-Alive", Kind::Bool).mask(0x008).width(24).words("No Keep-Alive", "Keep-Alive Packet").spec("RFC 5415 section 4.3");
    /// Bits without a meaning.
    FLAG_R = Field::new("capwap.header.flags.r", "Reserved", Kind::U24).hex().mask(0x007).spec("RFC 5415 section 4.3");
    /// Which packet a part belongs to.
    FRAGMENT_ID = Field::new("capwap.header.fragment.id", "Fragment ID", Kind::U16).spec("RFC 5415 section 4.3");
    /// Where in the packet the part lies.
    FRAGMENT_OFFSET = Field::new("capwap.header.fragment.offset", "Fragment Offset", Kind::U16).mask(0xfff8).spec("RFC 5415 section 4.3");
    /// Length of the facts about the reception.
    WIRELESS_LENGTH = Field::new("capwap.header.wireless.length", "Wireless length", Kind::U8).spec("RFC 5415 section 4.3");
    /// Facts about the reception: strength, noise, data rate.
    WIRELESS_DATA = Field::new("capwap.header.wireless.data", "Wireless data", Kind::Bytes).spec("RFC 5416 section 4");
}

fn length(value: u64, out: &mut String) {
    use std::fmt::Write as _;
    let _ = write!(out, "{value} ({})", value * 4);
}

fn dissect(l: &mut Layer<'_, '_>) -> Done {
    l.protocol("CAPWAP-DATA");
    l.info(|out| out.push_str("CAPWAP-Data"));
    l.open(&PREAMBLE, 0, 1, Value::None);
    l.bits(&VERSION, 0, 1)?;
    let encrypted = l.bits(&TYPE, 0, 1)? != 0;
    l.close();
    if encrypted {
        l.seek(4);
        let rest = l.remainder();
        l.plain(rest);
        return Ok(());
    }
    let word = l.peek_uint(1, 3)?;
    let header = (word >> 19) as usize * 4;
    l.open(&HEADER, 1, header.saturating_sub(1), Value::None);
    for field in [&LENGTH, &RID, &WBID, &FLAGS] {
        l.bits(field, 1, 3)?;
    }
    l.enter();
    for field in [
        &FLAG_T, &FLAG_F, &FLAG_L, &FLAG_W, &FLAG_M, &FLAG_K, &FLAG_R,
    ] {
        l.bits(field, 1, 3)?;
    }
    l.close();
    l.seek(4);
    l.u16(&FRAGMENT_ID)?;
    l.u16(&FRAGMENT_OFFSET)?;
    if word & 0x10 != 0 {
        let len = usize::from(l.peek_u8(8)?);
        l.seek((9 + len).next_multiple_of(4));
    }
    if word & 0x20 != 0 {
        let len = usize::from(l.u8(&WIRELESS_LENGTH)?);
        l.bytes(&WIRELESS_DATA, len)?;
    }
    l.close();
    l.seek(header.max(8));
    let rest = l.remainder();
    let (native, wireless, part) = (word & 0x100 != 0, word >> 9 & 31, word & 0x88 != 0);
    let taken = match (part, native, wireless) {
        (true, ..) => false,
        (_, true, 1) => {
            l.cx.packet.swapped_control = rest.data.get(1).is_some_and(|b| b & 0x0f == 0x08);
            let taken = l.call(&wlan::WLAN, rest);
            l.cx.packet.swapped_control = false;
            taken
        }
        (_, false, _) => l.next(Table::LinkType, 1, rest),
        _ => false,
    };
    if !taken {
        l.plain(rest);
    }
    Ok(())
}
