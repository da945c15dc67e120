//! Geneve (RFC 8926): packets of any protocol in UDP, with room for options, to build virtual networks.
//!
//! ```text
//! |ver(2)|options length (6)|O|C| reserved (6)| protocol type (2) | network identifier (3) | reserved (1) | options ...
//! ```

use std::fmt::Write as _;

use super::ethertype;
use crate::dissect::{Done, Layer, Protocol, Table, Value};

/// Generic Network Virtualization Encapsulation.
pub static GENEVE: Protocol = Protocol {
    spec: "RFC 8926",
    fields: FIELDS,
    parents: &[(Table::UdpPort, 6081)],
    ..Protocol::new(
        "geneve",
        "Generic Network Virtualization Encapsulation",
        "Geneve",
        dissect,
    )
};

fn vni_text(value: u64, out: &mut String) {
    let _ = write!(out, "0x{value:06x} ({value})");
}

crate::fields! {
    /// Version of the protocol: 0.
    VERSION = Field::new("geneve.version", "Version", Kind::U8).spec("RFC 8926 section 3.4");
    /// How many bytes of options follow; the field counts in units of four.
    OPTIONS_LENGTH = Field::new("geneve.option.length", "Length", Kind::U8).unit(" byte", " bytes").spec("RFC 8926 section 3.4");
    /// Two marks.
    FLAGS = Field::new("geneve.flags", "Flags", Kind::U8).hex().spec("RFC 8926 section 3.4");
    /// The packet is for the tunnel's ends themselves.
    OAM = Field::new("geneve.flags.oam", "Operations, Administration and Management Frame", Kind::Bool).mask(0x80).spec("RFC 8926 section 3.4");
    /// Among the options is one that the receiver must know.
    CRITICAL = Field::new("geneve.flags.critical", "Critical Options Present", Kind::Bool).mask(0x40).spec("RFC 8926 section 3.4");
    /// Bits without a meaning.
    RESERVED = Field::new("geneve.flags.reserved", "Reserved", Kind::Bool).mask(0x3f).spec("RFC 8926 section 3.4");
    /// What the packet inside is.
    PROTO_TYPE = Field::new("geneve.proto_type", "Protocol Type", Kind::U16).hex().names(Names::Lookup(ethertype::name)).spec("RFC 8926 section 3.4");
    /// Number of the virtual network.
    VNI = Field::new("geneve.vni", "Virtual Network Identifier (VNI)", Kind::U24).hex().names(Names::Custom(vni_text)).spec("RFC 8926 section 3.4");
    /// What else the tunnel's ends tell each other.
    OPTIONS = Field::new("geneve.options", "Options", Kind::Bytes).spec("RFC 8926 section 3.5");
}

fn dissect(l: &mut Layer<'_, '_>) -> Done {
    l.protocol("Geneve");
    let first = l.peek_u8(0)?;
    let options = usize::from(first & 0x3f) * 4;
    l.add(&VERSION, 0, 1, Value::U(u64::from(first >> 6)));
    l.add(&OPTIONS_LENGTH, 0, 1, Value::U(options as u64));
    l.seek(1);
    l.u8(&FLAGS)?;
    l.enter();
    for field in [&OAM, &CRITICAL, &RESERVED] {
        l.bits(field, 1, 1)?;
    }
    l.close();
    let kind = l.u16(&PROTO_TYPE)?;
    let vni = l.u24(&VNI)?;
    let root = l.root();
    l.append(root, |out| {
        let _ = write!(out, ", VNI: 0x{vni:06x}");
    });
    l.info(|out| {
        let name = ethertype::name(u64::from(kind)).unwrap_or("Unknown");
        let _ = write!(out, "Encapsulated {name}");
    });
    l.seek(8);
    l.set_len(8 + options);
    if options > 0 {
        l.bytes(&OPTIONS, options)?;
        let node = l.last();
        l.label(node, |out| {
            let _ = write!(out, "Options: ({options} bytes)");
        });
    }
    let rest = l.remainder();
    if !l.next(Table::EtherType, u32::from(kind), rest) {
        l.plain(rest);
    }
    Ok(())
}
