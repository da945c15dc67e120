//! ERSPAN: frames that a switch copies for an analyser and sends there through GRE. Type II adds eight bytes, type III twelve
//! or more, with the time of the copy.

use crate::dissect::{Done, Layer, Protocol, Table};

/// Encapsulated Remote Switch Packet Analysis.
pub static ERSPAN: Protocol = Protocol {
    spec: "draft-foschiano-erspan-03",
    fields: FIELDS,
    parents: &[(Table::EtherType, 0x88be), (Table::EtherType, 0x22eb)],
    ..Protocol::new(
        "erspan",
        "Encapsulated Remote Switch Packet ANalysis",
        "ERSPAN",
        dissect,
    )
};

crate::fields! {
    /// 1 is type II, 2 is type III.
    VERSION = Field::new("erspan.version", "Version", Kind::U16).mask(0xf000).values(&[(1, "Type II"), (2, "Type III")]).spec("draft-foschiano-erspan-03 section 4");
    /// The VLAN of the frame that was copied.
    VLAN = Field::new("erspan.vlan", "Vlan", Kind::U16).mask(0x0fff).spec("draft-foschiano-erspan-03 section 4");
    /// The priority of the frame that was copied.
    COS = Field::new("erspan.cos", "COS", Kind::U16).mask(0xe000).spec("draft-foschiano-erspan-03 section 4");
    /// How the VLAN was marked on the frame that was copied.
    ENCAP = Field::new("erspan.encap", "Encap", Kind::U16).mask(0x1800).values(&[
        (0, "Originally without VLAN tag"), (1, "Originally ISL encapsulated"),
        (2, "Originally 802.1Q encapsulated"), (3, "VLAN tag preserved in frame")]).spec("draft-foschiano-erspan-03 section 4.2");
    /// Whether the frame was whole.
    BSO = Field::new("erspan.bso", "Bad/Short/Oversized", Kind::U16).mask(0x1800).values(&[
        (0, "Good or unknown integrity"), (1, "Short frame"), (2, "Oversized frame"), (3, "CRC or alignment error")]).spec("draft-foschiano-erspan-03 section 4.3");
    /// Whether the copy was cut short.
    TRUNCATED = Field::new("erspan.truncated", "Truncated", Kind::U16).mask(0x0400).values(&[(0, "Not truncated"), (1, "Truncated")]).spec("draft-foschiano-erspan-03 section 4");
    /// Number of the session that copies.
    SPANID = Field::new("erspan.spanid", "SpanID", Kind::U16).mask(0x03ff).spec("draft-foschiano-erspan-03 section 4");
    /// Bits without a meaning.
    RESERVED = Field::new("erspan.reserved", "Reserved", Kind::U32).mask(0xfff0_0000).spec("draft-foschiano-erspan-03 section 4.2");
    /// Port and direction at which the frame was copied, in the switch's own numbers.
    INDEX = Field::new("erspan.index", "Index", Kind::U32).mask(0x000f_ffff).spec("draft-foschiano-erspan-03 section 4.2");
    /// When the frame was copied, by the switch's clock.
    TIMESTAMP = Field::new("erspan.timestamp", "Timestamp", Kind::U32).mask(0xffff_ffff).spec("draft-foschiano-erspan-03 section 4.3");
    /// Security group of the sender.
    SGT = Field::new("erspan.sgt", "Security Group Tag", Kind::U16).mask(0xffff).spec("draft-foschiano-erspan-03 section 4.3");
    /// Whether an Ethernet frame follows.
    P = Field::new("erspan.p", "Has Ethernet PDU", Kind::U16).mask(0x8000).spec("draft-foschiano-erspan-03 section 4.3");
    /// What follows.
    FT = Field::new("erspan.ft", "Frame Type", Kind::U16).mask(0x7c00).values(&[(0, "Ethernet"), (2, "IP")]).spec("draft-foschiano-erspan-03 section 4.3");
    /// Which part of the switch copied.
    HW = Field::new("erspan.hw", "Hardware ID", Kind::U16).mask(0x03f0).spec("draft-foschiano-erspan-03 section 4.3");
    /// Whether the frame came in or went out at the port.
    DIRECTION = Field::new("erspan.direction", "Direction", Kind::Bool).mask(0x0008).width(16).words("Ingress", "Egress").spec("draft-foschiano-erspan-03 section 4.3");
    /// Unit of the time.
    GRA = Field::new("erspan.gra", "Timestamp granularity", Kind::U16).mask(0x0006).values(&[
        (0, "100 microseconds"), (1, "100 nanoseconds"), (2, "IEEE 1588"), (3, "Custom granularity")]).spec("draft-foschiano-erspan-03 section 4.3");
    /// Whether eight more bytes follow, in the form of the platform.
    O = Field::new("erspan.o", "Optional Sub headers", Kind::U16).mask(0x0001).spec("draft-foschiano-erspan-03 section 4.3");
}

fn dissect(l: &mut Layer<'_, '_>) -> Done {
    l.protocol("ERSPAN");
    let version = l.bits(&VERSION, 0, 2)?;
    let root = l.root();
    match version {
        1 => {
            l.append(root, |out| out.push_str(" Type II"));
            l.bits(&VLAN, 0, 2)?;
            for field in [&COS, &ENCAP, &TRUNCATED, &SPANID] {
                l.bits(field, 2, 2)?;
            }
            l.bits(&RESERVED, 4, 4)?;
            l.bits(&INDEX, 4, 4)?;
            l.seek(8);
        }
        2 => {
            l.append(root, |out| out.push_str(" Type III"));
            l.bits(&VLAN, 0, 2)?;
            for field in [&COS, &BSO, &TRUNCATED, &SPANID] {
                l.bits(field, 2, 2)?;
            }
            l.bits(&TIMESTAMP, 4, 4)?;
            l.bits(&SGT, 8, 2)?;
            for field in [&P, &FT, &HW, &DIRECTION, &GRA, &O] {
                l.bits(field, 10, 2)?;
            }
            let more = l.peek_u16(10)? & 1 != 0;
            l.seek(if more { 20 } else { 12 });
        }
        _ => {}
    }
    let rest = l.remainder();
    if version == 0 || version > 2 || !l.next(Table::LinkType, 1, rest) {
        l.plain(rest);
    }
    Ok(())
}
