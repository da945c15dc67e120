//! Three small messages: where a host can now be reached (RFC 6743), which group messages a node keeps for others (RFC 7731),
//! and the probe of an interface (RFC 8335).

use super::fields::*;
use crate::dissect::{Done, Layer, Stop, Value};
use crate::protocols::icmp;

crate::fields! {
    /// How many locators follow.
    ILNP_NB_LOCS = Field::new("icmpv6.ilnp.nb_locs", "Num of Locs", Kind::U8).spec("RFC 6743 section 4");
    /// Upper half of an address: where the node now is. The lower half stays the same wherever it goes.
    ILNP_NB_LOCATOR = Field::new("icmpv6.ilnp.nb_locator", "Locator", Kind::U64).hex().spec("RFC 6743 section 4");
    /// Which locator to take first; the smallest number wins.
    ILNP_NB_PREFERENCE = Field::new("icmpv6.ilnp.nb_preference", "Preference", Kind::U32).spec("RFC 6743 section 4");
    /// For how many seconds the locator may be used.
    ILNP_NB_LIFETIME = Field::new("icmpv6.ilnp.nb_lifetime", "Lifetime", Kind::U32).spec("RFC 6743 section 4");
    /// Number of the oldest message that is still kept.
    MPL_SEED_INFO_MIN_SEQUENCE = Field::new("icmpv6.mpl.seed_info.min_sequence", "MinSequence", Kind::U8).spec("RFC 7731 section 9.2");
    /// How many bytes of marks follow.
    MPL_SEED_INFO_BM_LEN = Field::new("icmpv6.mpl.seed_info.bm_len", "Buffered Messages Length", Kind::U8).mask(0xfc).spec("RFC 7731 section 9.2");
    /// How long the sender's name is.
    MPL_SEED_INFO_S = Field::new("icmpv6.mpl.seed_info.s", "Seed ID Length", Kind::U8).mask(0x3).values(&[(0, "0 bit, not included in MPL Seed Info"), (1, "16 bits"), (2, "64 bits"), (3, "128 bits")]).spec("RFC 7731 section 9.2");
    /// The node that sent the messages first.
    MPL_SEED_INFO_SEED_ID = Field::new("icmpv6.mpl.seed_info.seed_id", "Seed ID", Kind::Str).spec("RFC 7731 section 9.2");
    /// Number of a message that is kept here and can be passed on.
    MPL_SEED_INFO_SEQUENCE = Field::new("icmpv6.mpl.seed_info.sequence", "Sequence", Kind::U8).spec("RFC 7731 section 9.2");
    /// Counts the probes of one program; the answer repeats it.
    EXT_ECHO_SEQ = Field::new("icmpv6.ext.echo.seq", "Sequence number", Kind::U8).base(Base::DecHex).spec("RFC 8335 section 2");
    /// Kept for later.
    EXT_ECHO_REQ_RES = Field::new("icmpv6.ext.echo.req.res", "Reserved", Kind::U8).mask(0xfe).hex().spec("RFC 8335 section 2");
    /// The interface asked about belongs to the node itself, not to a neighbour of it.
    EXT_ECHO_REQ_LOCAL = Field::new("icmpv6.ext.echo.req.local", "Local bit", Kind::Bool).mask(0x1).flag().spec("RFC 8335 section 2");
    /// What the node knows about the neighbour's hardware address.
    EXT_ECHO_RSP_STATE = Field::new("icmpv6.ext.echo.rsp.state", "State", Kind::U8).mask(0xe0).values(&[(0, "Reserved"), (1, "Incomplete"), (2, "Reachable"), (3, "Stale"), (4, "Delay"), (5, "Probe"), (6, "Failed")]).spec("RFC 8335 section 3");
    /// Kept for later.
    EXT_ECHO_RSP_RES = Field::new("icmpv6.ext.echo.rsp.res", "Reserved", Kind::U8).mask(0x18).hex().spec("RFC 8335 section 3");
    /// The interface is up.
    EXT_ECHO_RSP_ACTIVE = Field::new("icmpv6.ext.echo.rsp.active", "Active bit", Kind::Bool).mask(0x4).flag().spec("RFC 8335 section 3");
    /// IPv4 runs on the interface.
    EXT_ECHO_RSP_IPV4 = Field::new("icmpv6.ext.echo.rsp.ipv4", "IPv4 bit", Kind::Bool).mask(0x2).flag().spec("RFC 8335 section 3");
    /// IPv6 runs on the interface.
    EXT_ECHO_RSP_IPV6 = Field::new("icmpv6.ext.echo.rsp.ipv6", "IPv6 bit", Kind::Bool).mask(0x1).flag().spec("RFC 8335 section 3");
}

/// New locators of a host (RFC 6743 section 4).
pub(super) fn locators(l: &mut Layer<'_, '_>) -> Done {
    let count = l.u8(&ILNP_NB_LOCS)?;
    l.bytes(&RESERVED, 1)?;
    l.bytes(&RESERVED, 2)?;
    for _ in 0..count {
        l.u64(&ILNP_NB_LOCATOR)?;
        l.uint(&ILNP_NB_PREFERENCE, 2)?;
        l.uint(&ILNP_NB_LIFETIME, 2)?;
    }
    Ok(())
}

/// Which messages of which senders a node keeps (RFC 7731 section 9.2).
pub(super) fn kept_messages(l: &mut Layer<'_, '_>) -> Done {
    let mut number = 1;
    while l.left() > 0 {
        seed(l, number)?;
        number += 1;
    }
    Ok(())
}

/// The messages of one sender: the oldest number, and a bit for each from there on.
fn seed(l: &mut Layer<'_, '_>, number: u32) -> Done {
    let start = l.pos();
    let head = l.peek(start, 2)?;
    let (marks, id_len) = (
        usize::from(head[1] >> 2),
        [0, 2, 8, 16][usize::from(head[1] & 3)],
    );
    l.open_text(start, 2 + id_len + marks, |out| {
        out.push_str("MPL Seed Info: [");
        out.push_str(&number.to_string());
        out.push(']');
    });
    let oldest = l.u8(&MPL_SEED_INFO_MIN_SEQUENCE)?;
    l.bits(&MPL_SEED_INFO_BM_LEN, start + 1, 1)?;
    l.bits(&MPL_SEED_INFO_S, start + 1, 1)?;
    l.skip(1);
    seed_id(l, id_len)?;
    let at = l.pos();
    l.open_text(at, marks, |out| out.push_str("Buffered Messages"));
    for (i, byte) in l.peek(at, marks)?.iter().enumerate() {
        for bit in 0..8 {
            if byte & 0x80 >> bit != 0 {
                let sequence = u64::from(oldest) + 8 * i as u64 + bit;
                // Numbers go round after 255.
                l.add(
                    &MPL_SEED_INFO_SEQUENCE,
                    at + i,
                    1,
                    Value::U(sequence & 0xff),
                );
            }
        }
    }
    l.close();
    l.close();
    l.skip(marks);
    Ok(())
}

/// The sender's name: the packet's own source where it has no bytes.
fn seed_id(l: &mut Layer<'_, '_>, len: usize) -> Result<(), Stop> {
    let at = l.pos();
    let bytes = l.peek(at, len)?;
    let value = match len {
        0 => {
            let source = l.cx.packet.source;
            l.format(format_args!("{source}"))
        }
        16 => {
            let mut address = [0; 16];
            address.copy_from_slice(bytes);
            l.format(format_args!("{}", std::net::Ipv6Addr::from(address)))
        }
        _ => {
            let separator = if len == 8 { ":" } else { "" };
            let digits: Vec<String> = bytes.iter().map(|b| format!("{b:02x}")).collect();
            l.format(format_args!("{}", digits.join(separator)))
        }
    };
    l.add(&MPL_SEED_INFO_SEED_ID, at, len, value);
    l.skip(len);
    Ok(())
}

/// The probe of an interface, and the answer (RFC 8335 sections 2 and 3).
pub(super) fn extended_echo(l: &mut Layer<'_, '_>, request: bool) -> Done {
    l.u16(&ECHO_IDENTIFIER)?;
    l.u8(&EXT_ECHO_SEQ)?;
    let parts: &[&'static Field] = if request {
        &[&EXT_ECHO_REQ_RES, &EXT_ECHO_REQ_LOCAL]
    } else {
        &[
            &EXT_ECHO_RSP_STATE,
            &EXT_ECHO_RSP_RES,
            &EXT_ECHO_RSP_ACTIVE,
            &EXT_ECHO_RSP_IPV4,
            &EXT_ECHO_RSP_IPV6,
        ]
    };
    let at = l.pos();
    for field in parts {
        l.bits(field, at, 1)?;
    }
    l.skip(1);
    if request {
        icmp::extensions::structure(l)?;
    }
    Ok(())
}
