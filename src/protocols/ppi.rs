//! PPI, the Per-Packet Information header: what a capturing program knows about a packet, before the packet itself. Numbers are
//! least significant byte first.

use std::fmt::Write as _;

use crate::dissect::{Done, Layer, Protocol, Stop, Table};

/// Per-Packet Information.
pub static PPI: Protocol = Protocol {
    spec: "PPI header format 1.0.10, CACE Technologies",
    fields: FIELDS,
    parents: &[(Table::LinkType, 192)],
    ..Protocol::new("ppi", "PPI Packet Header", "PPI", dissect)
};

const FIELD_TYPES: &[(u64, &str)] = &[
    (2, "802.11-Common"),
    (3, "802.11n MAC Extensions"),
    (4, "802.11n MAC+PHY Extensions"),
    (5, "Spectrum-Map"),
    (6, "Process-Info"),
    (7, "Capture-Info"),
    (8, "Aggregation Extension"),
    (9, "802.3 Extension"),
    (30000, "Intel Corporation (private)"),
    (30001, "Mohamed Thaga (private)"),
    (30002, "GPS Tagging"),
    (30003, "Vector Tagging"),
    (30004, "Sensor tagging"),
    (30005, "Antenna Tagging"),
    (49175, "FlukeNetworks (private)"),
    (51918, "CACE Technologies (private)"),
];

crate::fields! {
    /// Version of the header: 0.
    VERSION = Field::new("ppi.version", "Version", Kind::U8).spec("PPI section 3.1");
    /// How the fields lie.
    FLAGS = Field::new("ppi.flags", "Flags", Kind::U8).hex().spec("PPI section 3.1");
    /// Whether fields begin at multiples of four bytes.
    ALIGNMENT = Field::new("ppi.flags.alignment", "Alignment", Kind::Bool).mask(1).words("Not aligned", "32-bit aligned").spec("PPI section 3.1");
    /// Bits without a meaning.
    RESERVED = Field::new("ppi.flags.reserved", "Reserved", Kind::U8).hex().mask(0xfe).spec("PPI section 3.1");
    /// Length of the header with all fields.
    LENGTH = Field::new("ppi.length", "Header length", Kind::U16).spec("PPI section 3.1");
    /// Link type of the packet behind the header.
    DLT = Field::new("ppi.dlt", "DLT", Kind::U32).spec("PPI section 3.1");
    /// What a field tells.
    FIELD_TYPE = Field::new("ppi.field_type", "Field type", Kind::U16).values(FIELD_TYPES).spec("PPI section 3.2");
    /// Length of a field.
    FIELD_LEN = Field::new("ppi.field_len", "Field length", Kind::U16).spec("PPI section 3.2");
    /// On which of several interfaces the packet was captured.
    INTERFACE_ID = Field::new("ppi.aggregation_extension.interface_id", "Interface ID", Kind::U32).spec("PPI section 4.5");
}

/// The field that numbers the interface.
const AGGREGATION: u64 = 8;

fn dissect(l: &mut Layer<'_, '_>) -> Done {
    l.protocol("PPI");
    let version = l.u8(&VERSION)?;
    l.u8(&FLAGS)?;
    l.enter();
    l.bits(&ALIGNMENT, 1, 1)?;
    l.bits(&RESERVED, 1, 1)?;
    l.close();
    let len = l.uint_le(&LENGTH, 2)? as usize;
    let link_type = l.uint_le(&DLT, 4)?;
    let root = l.root();
    l.label(root, |out| {
        let _ = write!(out, "PPI version {version}, {len} bytes");
    });
    l.set_len(len);
    fields(l, len)?;
    l.seek(len);
    let rest = l.remainder();
    let link_type = u32::try_from(link_type).unwrap_or(u32::MAX);
    if !l.next(Table::LinkType, link_type, rest) {
        l.plain(rest);
    }
    Ok(())
}

fn fields(l: &mut Layer<'_, '_>, end: usize) -> Result<(), Stop> {
    while l.pos() + 4 <= end {
        let at = l.pos();
        let kind = u64::from(l.peek_u16(at)?.swap_bytes());
        let len = usize::from(l.peek_u16(at + 2)?.swap_bytes());
        l.open_text(at, 4 + len, |out| {
            out.push_str(FIELD_TYPE.name_of(kind).unwrap_or("Unknown"));
        });
        l.uint_le(&FIELD_TYPE, 2)?;
        l.uint_le(&FIELD_LEN, 2)?;
        if kind == AGGREGATION && len == 4 {
            l.uint_le(&INTERFACE_ID, 4)?;
        }
        l.close();
        l.seek(at + 4 + len);
    }
    Ok(())
}
