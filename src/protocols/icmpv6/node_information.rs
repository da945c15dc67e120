//! Node information (RFC 4620): asks a node for its name or its addresses, as a help where nothing better is set up.
//!
//! ```text
//! +---------------+---------------+
//! | query type    |     flags     |
//! +---------------+---------------+
//! | a random number, 8 bytes      |  the reply repeats it
//! +-------------------------------+
//! | whom it is about, or what is known
//! +-------------------------------+
//! ```

use super::parts::{flags, leftover};
use crate::dissect::{Done, Layer};

crate::fields! {
    /// What is asked about the node.
    NI_QTYPE = Field::new("icmpv6.ni.qtype", "Qtype", Kind::U16).values(&[(0, "NOOP"), (1, "Supported query types (Obsolete)"), (2, "Node Name"), (3, "Node addresses"), (4, "IPv4 node addresses")]).spec("RFC 4620 section 4");
    /// Which addresses are meant.
    NI_FLAG = Field::new("icmpv6.ni.flag", "Flags", Kind::U16).hex().spec("RFC 4620 section 4");
    /// Addresses that are good everywhere.
    NI_FLAG_G = Field::new("icmpv6.ni.flag.g", "Global-scope addresses", Kind::Bool).mask(0x20).width(16).flag().spec("RFC 4620 section 4");
    /// Addresses of the site (no longer in use).
    NI_FLAG_S = Field::new("icmpv6.ni.flag.s", "Site-local addresses", Kind::Bool).mask(0x10).width(16).flag().spec("RFC 4620 section 4");
    /// Addresses that are good on this link only.
    NI_FLAG_L = Field::new("icmpv6.ni.flag.l", "Link-local addresses", Kind::Bool).mask(0x8).width(16).flag().spec("RFC 4620 section 4");
    /// IPv4 addresses written as IPv6 ones (no longer in use).
    NI_FLAG_C = Field::new("icmpv6.ni.flag.c", "Compression", Kind::Bool).mask(0x4).width(16).flag().spec("RFC 4620 section 4");
    /// Addresses of all interfaces, not only of the one asked.
    NI_FLAG_A = Field::new("icmpv6.ni.flag.a", "Unicast Addresses", Kind::Bool).mask(0x2).width(16).words("Unicast addresses on the queried interface", "All unicast address").spec("RFC 4620 section 4");
    /// There are more than fit in.
    NI_FLAG_T = Field::new("icmpv6.ni.flag.t", "Truncated", Kind::Bool).mask(0x1).width(16).flag().spec("RFC 4620 section 4");
    /// Kept for later.
    NI_FLAG_RSV = Field::new("icmpv6.ni.flag.rsv", "Reserved", Kind::U16).mask(0xffc0).hex().spec("RFC 4620 section 4");
    /// A random number that the reply repeats.
    NI_NONCE = Field::new("icmpv6.ni.nonce", "Nonce", Kind::U64).hex().spec("RFC 4620 section 4");
    /// The node that is asked about, by IPv6 address.
    NI_QUERY_SUBJECT_IPV6 = Field::new("icmpv6.ni.query.subject_ipv6", "IPv6 subject address", Kind::Ipv6).spec("RFC 4620 section 4");
    /// The node that is asked about, by name.
    NI_QUERY_SUBJECT_FQDN = Field::new("icmpv6.ni.query.subject_fqdn", "FQDN subject", Kind::Str).spec("RFC 4620 section 4");
    /// The node that is asked about, by IPv4 address.
    NI_QUERY_SUBJECT_IPV4 = Field::new("icmpv6.ni.query.subject_ipv4", "IPv4 subject address", Kind::Ipv4).spec("RFC 4620 section 4");
    /// For how many seconds the information may be kept; 0: not at all.
    NI_REPLY_NODE_TTL = Field::new("icmpv6.ni.reply.node_ttl", "TTL", Kind::U32).spec("RFC 4620 section 6");
    /// The node's name.
    NI_REPLY_NODE_NAME = Field::new("icmpv6.ni.reply.node_name", "Name Node", Kind::Str).spec("RFC 4620 section 6");
    /// An IPv6 address of the node.
    NI_REPLY_NODE_ADDRESS = Field::new("icmpv6.ni.reply.node_address", "IPv6 Node address", Kind::Ipv6).spec("RFC 4620 section 6");
    /// An IPv4 address of the node.
    NI_REPLY_IPV4_ADDRESS = Field::new("icmpv6.ni.reply.ipv4_address", "IPv4 Node address", Kind::Ipv4).spec("RFC 4620 section 6");
}

const QUERY: u8 = 139;

/// The message behind the checksum.
pub(super) fn message(l: &mut Layer<'_, '_>, kind: u8, code: u8) -> Done {
    let asked = l.u16(&NI_QTYPE)?;
    flags(
        l,
        &NI_FLAG,
        2,
        &[
            &NI_FLAG_G,
            &NI_FLAG_S,
            &NI_FLAG_L,
            &NI_FLAG_C,
            &NI_FLAG_A,
            &NI_FLAG_T,
            &NI_FLAG_RSV,
        ],
    )?;
    l.u64(&NI_NONCE)?;
    if kind == QUERY {
        match code {
            _ if l.left() == 0 => {}
            0 => {
                l.ipv6(&NI_QUERY_SUBJECT_IPV6)?;
            }
            1 => name(l, &NI_QUERY_SUBJECT_FQDN)?,
            2 => {
                l.ipv4(&NI_QUERY_SUBJECT_IPV4)?;
            }
            _ => {}
        }
    } else if code == 0 {
        reply(l, asked)?;
    }
    // A name of a single label has a second end mark (RFC 4620 section 3).
    if l.rest() == [0] {
        l.skip(1);
    }
    let end = l.pos() + l.left();
    leftover(l, end)
}

/// What a node tells of itself; each piece but a name has its own time to live.
fn reply(l: &mut Layer<'_, '_>, asked: u16) -> Done {
    match asked {
        2 => {
            l.u32(&NI_REPLY_NODE_TTL)?;
            while l.left() > 1 {
                name(l, &NI_REPLY_NODE_NAME)?;
            }
        }
        3 => {
            while l.left() > 0 {
                l.u32(&NI_REPLY_NODE_TTL)?;
                l.ipv6(&NI_REPLY_NODE_ADDRESS)?;
            }
        }
        4 => {
            while l.left() > 0 {
                l.u32(&NI_REPLY_NODE_TTL)?;
                l.ipv4(&NI_REPLY_IPV4_ADDRESS)?;
            }
        }
        _ => {}
    }
    Ok(())
}

/// A name as in DNS: labels with their length before each, not compressed.
fn name(l: &mut Layer<'_, '_>, field: &'static Field) -> Done {
    let at = l.pos();
    let mut name = String::new();
    loop {
        let len = usize::from(l.peek_u8(l.pos())?);
        l.skip(1);
        if len == 0 {
            break;
        }
        if !name.is_empty() {
            name.push('.');
        }
        name.push_str(&String::from_utf8_lossy(l.peek(l.pos(), len)?));
        l.skip(len);
    }
    let value = l.made(name.as_bytes());
    l.add(field, at, l.pos() - at, value);
    Ok(())
}
