//! GTP, the GPRS Tunnelling Protocol (3GPP TS 29.060, 29.281): carries the packets of mobile phones through the provider's
//! network. The header is the same for user data (G-PDU, message 255) and for control messages, whose content is not read here.

use std::fmt::Write as _;

use crate::dissect::{Done, Layer, Protocol, Stop, Table};

/// GPRS Tunnelling Protocol, version 1.
pub static GTP: Protocol = Protocol {
    spec: "3GPP TS 29.281",
    fields: FIELDS,
    parents: &[(Table::UdpPort, 2152), (Table::UdpPort, 2123)],
    ..Protocol::new("gtp", "GPRS Tunneling Protocol", "GTP", dissect)
};

const MESSAGES: &[(u64, &str)] = &[
    (0x00, "For future use"),
    (0x01, "Echo request"),
    (0x02, "Echo response"),
    (0x03, "Version not supported"),
    (0x04, "Node alive request"),
    (0x05, "Node alive response"),
    (0x06, "Redirection request"),
    (0x07, "Redirection response"),
    (0x10, "Create PDP context request"),
    (0x11, "Create PDP context response"),
    (0x12, "Update PDP context request"),
    (0x13, "Update PDP context response"),
    (0x14, "Delete PDP context request"),
    (0x15, "Delete PDP context response"),
    (0x16, "Initiate PDP Context Activation Request"),
    (0x17, "Initiate PDP Context Activation Response"),
    (0x18, "Delete AA PDP Context Request"),
    (0x19, "Delete AA PDP Context Response"),
    (0x1a, "Error indication"),
    (0x1b, "PDU notification request"),
    (0x1c, "PDU notification response"),
    (0x1d, "PDU notification reject request"),
    (0x1e, "PDU notification reject response"),
    (0x1f, "Supported extension header notification"),
    (0x20, "Send routing information for GPRS request"),
    (0x21, "Send routing information for GPRS response"),
    (0x22, "Failure report request"),
    (0x23, "Failure report response"),
    (0x24, "Note MS GPRS present request"),
    (0x25, "Note MS GPRS present response"),
    (0x30, "Identification request"),
    (0x31, "Identification response"),
    (0x32, "SGSN context request"),
    (0x33, "SGSN context response"),
    (0x34, "SGSN context acknowledgement"),
    (0x35, "Forward relocation request"),
    (0x36, "Forward relocation response"),
    (0x37, "Forward relocation complete"),
    (0x38, "Relocation cancel request"),
    (0x39, "Relocation cancel response"),
    (0x3a, "Forward SRNS context"),
    (0x3b, "Forward relocation complete acknowledge"),
    (0x3c, "Forward SRNS context acknowledge"),
    (0x3d, "UE Registration Query Request"),
    (0x3e, "UE Registration Query Response"),
    (0x46, "RAN Information Relay"),
    (0x60, "MBMS Notification Request"),
    (0x61, "MBMS Notification Response"),
    (0x62, "MBMS Notification Reject Request"),
    (0x63, "MBMS Notification Reject Response"),
    (0x64, "Create MBMS Context Request"),
    (0x65, "Create MBMS Context Response"),
    (0x66, "Update MBMS Context Request"),
    (0x67, "Update MBMS Context Response"),
    (0x68, "Delete MBMS Context Request"),
    (0x69, "Delete MBMS Context Response"),
    (0x70, "MBMS Registration Request"),
    (0x71, "MBMS Registration Response"),
    (0x72, "MBMS De-Registration Request"),
    (0x73, "MBMS De-Registration Response"),
    (0x74, "MBMS Session Start Request"),
    (0x75, "MBMS Session Start Response"),
    (0x76, "MBMS Session Stop Request"),
    (0x77, "MBMS Session Stop Response"),
    (0x78, "MBMS Session Update Request"),
    (0x79, "MBMS Session Update Response"),
    (0x80, "MS Info Change Notification Request"),
    (0x81, "MS Info Change Notification Response"),
    (0xf0, "Data record transfer request"),
    (0xf1, "Data record transfer response"),
    (0xfe, "End Marker"),
    (0xff, "T-PDU"),
];

const EXTENSIONS: &[(u64, &str)] = &[
    (0x00, "No more extension headers"),
    (0x01, "MBMS support indication"),
    (0x02, "MS Info Change Reporting support indication"),
    (0x03, "Long PDCP PDU Number"),
    (0x20, "Service Class Indicator"),
    (0x40, "UDP Port number"),
    (0x81, "RAN container"),
    (0x82, "Long PDCP PDU number"),
    (0x83, "Xw RAN container"),
    (0x84, "NR RAN container"),
    (0x85, "PDU Session container"),
    (0xc0, "PDCP PDU number"),
    (0xc1, "Suspend Request"),
    (0xc2, "Suspend Response"),
];

fn teid(value: u64, out: &mut String) {
    let _ = write!(out, "0x{value:08x} ({value})");
}

fn sequence(value: u64, out: &mut String) {
    let _ = write!(out, "0x{value:04x} ({value})");
}

crate::fields! {
    /// Version, and which optional fields follow.
    FLAGS = Field::new("gtp.flags", "Flags", Kind::U8).hex().spec("3GPP TS 29.281 section 5.1");
    /// Version of the protocol.
    VERSION = Field::new("gtp.flags.version", "Version", Kind::U8).mask(0xe0).values(&[(0, "GTP release 97/98 version"), (1, "GTP release 99 version"), (2, "GTPv2-C")]).spec("3GPP TS 29.281 section 5.1");
    /// GTP itself, or its variant for billing.
    PAYLOAD = Field::new("gtp.flags.payload", "Protocol type", Kind::U8).mask(0x10).values(&[(0, "GTP'"), (1, "GTP")]).spec("3GPP TS 29.281 section 5.1");
    /// A bit without a meaning.
    RESERVED = Field::new("gtp.flags.reserved", "Reserved", Kind::U8).mask(0x08).spec("3GPP TS 29.281 section 5.1");
    /// Whether extension headers follow.
    E = Field::new("gtp.flags.e", "Is Next Extension Header present?", Kind::Bool).mask(0x04).words("No", "Yes").spec("3GPP TS 29.281 section 5.1");
    /// Whether the sequence number counts.
    S = Field::new("gtp.flags.s", "Is Sequence Number present?", Kind::Bool).mask(0x02).words("No", "Yes").spec("3GPP TS 29.281 section 5.1");
    /// Whether the N-PDU number counts.
    PN = Field::new("gtp.flags.pn", "Is N-PDU number present?", Kind::Bool).mask(0x01).words("No", "Yes").spec("3GPP TS 29.281 section 5.1");
    /// What the message is; 255 is a packet of the user.
    MESSAGE = Field::new("gtp.message", "Message Type", Kind::U8).hex().values(MESSAGES).spec("3GPP TS 29.281 section 6.1");
    /// How many bytes follow the first eight.
    LENGTH = Field::new("gtp.length", "Length", Kind::U16).spec("3GPP TS 29.281 section 5.1");
    /// Number of the tunnel at the receiver.
    TEID = Field::new("gtp.teid", "TEID", Kind::U32).hex().names(Names::Custom(teid)).spec("3GPP TS 29.281 section 5.1");
    /// Counts the packets of the tunnel.
    SEQ_NUMBER = Field::new("gtp.seq_number", "Sequence number", Kind::U16).hex().names(Names::Custom(sequence)).spec("3GPP TS 29.281 section 5.1");
    /// Number of the radio link's packet.
    NPDU_NUMBER = Field::new("gtp.npdu_number", "N-PDU Number", Kind::U8).spec("3GPP TS 29.281 section 5.1");
    /// Kind of the extension header that follows.
    EXT_NEXT = Field::new("gtp.ext_hdr.next", "Next extension header type", Kind::U8).hex().values(EXTENSIONS).spec("3GPP TS 29.281 section 5.2");
    /// An extension header.
    EXT = Field::new("gtp.ext_hdr", "Extension header", Kind::None).spec("3GPP TS 29.281 section 5.2");
    /// Its length in units of four bytes.
    EXT_LENGTH = Field::new("gtp.ext_hdr.length", "Extension Header Length", Kind::U8).spec("3GPP TS 29.281 section 5.2");
}

/// More extension headers than this are not read.
const EXTENSION_LIMIT: usize = 16;

/// The message that carries a packet of the user.
const USER_DATA: u8 = 0xff;

fn dissect(l: &mut Layer<'_, '_>) -> Done {
    let flags = l.peek_u8(0)?;
    if flags >> 4 != 3 {
        return Err(Stop::NotMine); // another version, or GTP' for billing
    }
    l.protocol("GTP");
    l.u8(&FLAGS)?;
    l.enter();
    for field in [&VERSION, &PAYLOAD, &RESERVED, &E, &S, &PN] {
        l.bits(field, 0, 1)?;
    }
    l.close();
    let message = l.u8(&MESSAGE)?;
    l.info(|out| out.push_str(MESSAGE.name_of(u64::from(message)).unwrap_or("Unknown")));
    let length = usize::from(l.u16(&LENGTH)?);
    l.limit(8 + length);
    l.u32(&TEID)?;
    if flags & 7 != 0 {
        optional(l, flags)?;
    }
    let at = l.pos();
    l.set_len(at);
    let rest = l.remainder();
    let kind = match rest.data.first().map(|first| first >> 4) {
        Some(4) => 0x0800,
        Some(6) => 0x86dd,
        _ => 0,
    };
    if message == USER_DATA && kind != 0 && l.next(Table::EtherType, kind, rest) {
        let inner = std::mem::take(&mut l.cx.tree.columns.protocol);
        l.protocol("GTP <");
        if l.wants_columns() && !l.cx.packet.columns_locked {
            let columns = &mut l.cx.tree.columns;
            columns.protocol.push_str(&inner);
            columns.protocol.push('>');
        }
    } else {
        l.plain(rest);
    }
    Ok(())
}

/// Four bytes more, and a chain of extension headers.
fn optional(l: &mut Layer<'_, '_>, flags: u8) -> Result<(), Stop> {
    if flags & 2 != 0 {
        l.u16(&SEQ_NUMBER)?;
    }
    l.seek(10);
    if flags & 1 != 0 {
        l.u8(&NPDU_NUMBER)?;
    }
    l.seek(11);
    let mut next = l.peek_u8(11)?;
    if flags & 4 == 0 {
        l.seek(12);
        return Ok(());
    }
    l.u8(&EXT_NEXT)?;
    for _ in 0..EXTENSION_LIMIT {
        if next == 0 {
            break;
        }
        let at = l.pos();
        let len = usize::from(l.peek_u8(at)?) * 4;
        if len == 0 {
            return Err(Stop::Malformed);
        }
        let node = l.open(&EXT, at, len, crate::dissect::Value::None);
        l.append(node, |out| {
            let _ = write!(
                out,
                " ({})",
                EXT_NEXT.name_of(u64::from(next)).unwrap_or("Unknown")
            );
        });
        l.u8(&EXT_LENGTH)?;
        l.seek(at + len - 1);
        next = l.u8(&EXT_NEXT)?;
        l.close();
    }
    Ok(())
}
