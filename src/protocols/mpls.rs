//! MPLS, Multiprotocol Label Switching (RFC 3032): inside a provider's network packets follow a label that each router replaces,
//! instead of their IP address. Labels can be stacked; what is under the last one is not said and must be guessed.
//!
//! ```text
//! +------------------------------------------+-------+-+-----------+
//! |                label (20)                |exp (3)|S|  TTL (8)  |
//! +------------------------------------------+-------+-+-----------+
//! ```

use std::fmt::Write as _;

use crate::dissect::{Done, Layer, Protocol, Table};

/// Multiprotocol Label Switching: one label.
pub static MPLS: Protocol = Protocol {
    spec: "RFC 3032",
    fields: FIELDS,
    parents: &[
        (Table::EtherType, 0x8847),
        (Table::EtherType, 0x8848),
        (Table::Ppp, 0x0281),
        (Table::IpProtocol, 137),
    ],
    ..Protocol::new(
        "mpls",
        "MultiProtocol Label Switching Header",
        "MPLS",
        dissect,
    )
};

/// Labels with a fixed meaning.
const SPECIAL: &[(u64, &str)] = &[
    (0, "IPv4 Explicit-Null"),
    (1, "Router Alert"),
    (2, "IPv6 Explicit-Null"),
    (3, "Implicit-Null"),
    (14, "OAM Alert"),
    (13, "Generic Associated Channel Label (GAL)"),
    (7, "Entropy Label Indicator (ELI)"),
];

fn label_text(value: u64, out: &mut String) {
    let _ = match SPECIAL.iter().find(|(v, _)| *v == value) {
        Some((_, name)) => write!(out, "{name} ({value})"),
        None => write!(out, "{value} (0x{value:05x})"),
    };
}

crate::fields! {
    /// The label: routers decide by it alone where the packet goes.
    LABEL = Field::new("mpls.label", "MPLS Label", Kind::U32).mask(0xffff_f000).names(Names::Custom(label_text)).spec("RFC 3032 section 2.1");
    /// How urgent the packet is (traffic class).
    EXP = Field::new("mpls.exp", "MPLS Experimental Bits", Kind::U32).mask(0x0e00).spec("RFC 5462");
    /// 1 in the last label of the stack.
    BOTTOM = Field::new("mpls.bottom", "MPLS Bottom Of Label Stack", Kind::U32).mask(0x0100).spec("RFC 3032 section 2.1");
    /// How many routers the packet may still pass.
    TTL = Field::new("mpls.ttl", "MPLS TTL", Kind::U32).mask(0x00ff).spec("RFC 3032 section 2.1");
}

fn dissect(l: &mut Layer<'_, '_>) -> Done {
    l.protocol("MPLS");
    l.info(|out| out.push_str("MPLS Label Switched Packet"));
    l.set_len(4.min(l.captured()));
    let label = l.bits(&LABEL, 0, 4)?;
    let exp = l.bits(&EXP, 0, 4)?;
    let bottom = l.bits(&BOTTOM, 0, 4)?;
    let ttl = l.bits(&TTL, 0, 4)?;
    let root = l.root();
    l.append(root, |out| {
        let _ = write!(out, ", Label: {label}");
        if let Some((_, name)) = SPECIAL.iter().find(|(v, _)| *v == label) {
            let _ = write!(out, " ({name})");
        }
        let _ = write!(out, ", Exp: {exp}, S: {bottom}, TTL: {ttl}");
    });
    l.seek(4);
    let rest = l.remainder();
    let taken = match (bottom, rest.data.first().map(|first| first >> 4)) {
        (0, _) => l.call(&MPLS, rest),
        (_, Some(4)) => l.next(Table::EtherType, 0x0800, rest),
        (_, Some(6)) => l.next(Table::EtherType, 0x86dd, rest),
        // Four bits of zero begin the control word of a tunnelled link (RFC 4385); behind it is an Ethernet frame.
        (_, Some(0)) if rest.data.len() >= 18 => {
            let frame = l.part(8, l.reported().saturating_sub(8));
            l.next(Table::LinkType, 1, frame)
        }
        _ => false,
    };
    if taken {
        // Where the packet inside ends, this ends too: what is behind is the Ethernet frame's padding.
        l.limit(4 + l.cx.packet.taken);
    } else {
        l.plain(rest);
    }
    Ok(())
}
