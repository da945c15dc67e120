//! VXLAN (RFC 7348): Ethernet frames in UDP packets, so that machines in different places share one virtual network.
//!
//! ```text
//! | flags (2) | group policy (2) | VXLAN network identifier (3) | reserved (1) | Ethernet frame ...
//! ```

use crate::dissect::{Done, Layer, Protocol, Table};

/// Virtual eXtensible Local Area Network.
pub static VXLAN: Protocol = Protocol {
    spec: "RFC 7348",
    fields: FIELDS,
    parents: &[(Table::UdpPort, 4789), (Table::UdpPort, 8472)],
    ..Protocol::new(
        "vxlan",
        "Virtual eXtensible Local Area Network",
        "VXLAN",
        dissect,
    )
};

crate::fields! {
    /// What of the header counts.
    FLAGS = Field::new("vxlan.flags", "Flags", Kind::U16).hex().spec("RFC 7348 section 5");
    /// Whether the group policy counts.
    FLAG_G = Field::new("vxlan.flag_g", "GBP Extension", Kind::Bool).mask(0x8000).width(16).words("Not defined", "Defined").spec("draft-smith-vxlan-group-policy");
    /// Whether the network identifier counts; it must.
    FLAG_I = Field::new("vxlan.flag_i", "VXLAN Network ID (VNI)", Kind::Bool).mask(0x0800).width(16).spec("RFC 7348 section 5");
    /// The receiver must not learn the sender's address from this frame.
    FLAG_D = Field::new("vxlan.flag_d", "Don't Learn", Kind::Bool).mask(0x0040).width(16).spec("draft-smith-vxlan-group-policy");
    /// The policy was applied already.
    FLAG_A = Field::new("vxlan.flag_a", "Policy Applied", Kind::Bool).mask(0x0008).width(16).spec("draft-smith-vxlan-group-policy");
    /// Bits without a meaning.
    FLAGS_RESERVED = Field::new("vxlan.flags_reserved", "Reserved(R)", Kind::U16).hex().mask(0x77b7).spec("RFC 7348 section 5");
    /// The group of the sender, for rules about who may talk to whom.
    GBP = Field::new("vxlan.gbp", "Group Policy ID", Kind::U16).spec("draft-smith-vxlan-group-policy");
    /// Number of the virtual network.
    VNI = Field::new("vxlan.vni", "VXLAN Network Identifier (VNI)", Kind::U24).spec("RFC 7348 section 5");
    /// A byte without a meaning.
    RESERVED = Field::new("vxlan.reserved8", "Reserved", Kind::U8).spec("RFC 7348 section 5");
}

fn dissect(l: &mut Layer<'_, '_>) -> Done {
    l.protocol("VXLAN");
    l.set_len(8.min(l.captured()));
    let flags = l.u16(&FLAGS)?;
    let node = l.last();
    l.append(node, |out| {
        for (field, text) in [
            (&FLAG_G, ", GBP Extension"),
            (&FLAG_I, ", VXLAN Network ID (VNI)"),
            (&FLAG_D, ", Don't Learn"),
            (&FLAG_A, ", Policy Applied"),
        ] {
            if u64::from(flags) & field.mask != 0 {
                out.push_str(text);
            }
        }
    });
    l.enter();
    for field in [&FLAG_G, &FLAG_I, &FLAG_D, &FLAG_A, &FLAGS_RESERVED] {
        l.bits(field, 0, 2)?;
    }
    l.close();
    l.u16(&GBP)?;
    l.u24(&VNI)?;
    l.u8(&RESERVED)?;
    let rest = l.remainder();
    if !l.next(Table::LinkType, 1, rest) {
        l.plain(rest);
    }
    Ok(())
}
