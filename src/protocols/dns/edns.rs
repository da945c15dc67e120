//! EDNS (RFC 6891): what did not fit into the header of 1987 rides in a pseudo record of type OPT. Its class is the size of
//! datagram that the sender can take, its time to live holds flags, its data a list of options.

use std::fmt::Write as _;

use super::fields::{BAD_SUBNET, CACHE_FLUSH, DEPRECATED_CODE};
use super::rdata::{Record, text};
use super::values::{ALGORITHMS, DIGESTS, EXTENDED_ERRORS, FAMILIES, NSEC3_HASHES, OPTIONS, word};
use crate::dissect::{Done, Layer, Value};

crate::fields! {
    /// The largest datagram, in bytes, that the sender is ready to take.
    SIZE = Field::new("dns.rr.udp_payload_size", "UDP payload size", Kind::U16).spec("RFC 6891 section 6.1.2");
    /// The same; multicast DNS keeps the top bit for itself.
    SIZE_MULTICAST = Field::new("dns.rr.udp_payload_size", "UDP payload size", Kind::U16).hex().mask(0x7fff).spec("RFC 6891 section 6.1.2");
    /// Eight more bits for the reply code, which has four in the header.
    EXTENDED_RCODE = Field::new("dns.resp.ext_rcode", "Higher bits in extended RCODE", Kind::U8).hex().spec("RFC 6891 section 6.1.3");
    /// Version of these extensions: 0.
    VERSION = Field::new("dns.resp.edns0_version", "EDNS0 version", Kind::U8).spec("RFC 6891 section 6.1.3");
    /// Flags of the extensions.
    Z = Field::new("dns.resp.z", "Z", Kind::U16).hex().spec("RFC 6891 section 6.1.4");
    /// The asker wants the signatures (DNSSEC) along with the answer.
    DO = Field::new("dns.resp.z.do", "DO bit", Kind::Bool).mask(0x8000).width(16)
        .words("Cannot handle DNSSEC security RRs", "Accepts DNSSEC security RRs").spec("RFC 3225 section 3");
    /// Not in use; must be 0.
    RESERVED = Field::new("dns.resp.z.reserved", "Reserved", Kind::U16).hex().mask(0x7fff).spec("RFC 6891 section 6.1.4");
    /// One option of the extensions.
    OPTION = Field::new("dns.opt", "Option", Kind::None).spec("RFC 6891 section 6.1.2");
    /// Which option.
    CODE = Field::new("dns.opt.code", "Option Code", Kind::U16).values(OPTIONS).spec("RFC 6891 section 6.1.2");
    /// Length of its data in bytes.
    LEN = Field::new("dns.opt.len", "Option Length", Kind::U16).spec("RFC 6891 section 6.1.2");
    /// What the option carries; its code says how to read it.
    DATA = Field::new("dns.opt.data", "Option Data", Kind::Bytes).spec("RFC 6891 section 6.1.2");
    /// An algorithm for signatures that the asker can check.
    DAU = Field::new("dns.opt.dau", "DAU", Kind::U8).values(ALGORITHMS).spec("RFC 6975 section 3");
    /// A digest of keys that the asker can compute.
    DHU = Field::new("dns.opt.dhu", "DHU", Kind::U8).values(DIGESTS).spec("RFC 6975 section 3");
    /// A hash of names that the asker can compute.
    N3U = Field::new("dns.opt.n3u", "N3U", Kind::U8).values(NSEC3_HASHES).spec("RFC 6975 section 3");
    /// Whether the address that follows is IPv4 or IPv6.
    CLIENT_FAMILY = Field::new("dns.opt.client.family", "Family", Kind::U16).values(FAMILIES).spec("RFC 7871 section 6");
    /// How many bits of the asker's address are told.
    CLIENT_NETMASK = Field::new("dns.opt.client.netmask", "Source Netmask", Kind::U8).spec("RFC 7871 section 6");
    /// For how large a part of the network the answer holds.
    CLIENT_SCOPE = Field::new("dns.opt.client.scope", "Scope Netmask", Kind::U8).spec("RFC 7871 section 6");
    /// Part of the address for whose sake the question is asked, of an unknown family.
    CLIENT_ADDR = Field::new("dns.opt.client.addr", "Client Subnet", Kind::Bytes).spec("RFC 7871 section 6");
    /// Part of the address for whose sake the question is asked, so that the answer can be a server near it.
    CLIENT_ADDR4 = Field::new("dns.opt.client.addr4", "Client Subnet", Kind::Ipv4).spec("RFC 7871 section 6");
    /// Part of the address for whose sake the question is asked, so that the answer can be a server near it.
    CLIENT_ADDR6 = Field::new("dns.opt.client.addr6", "Client Subnet", Kind::Ipv6).spec("RFC 7871 section 6");
    /// A number of the asker: an answer that repeats it does not come from a stranger.
    COOKIE_CLIENT = Field::new("dns.opt.cookie.client", "Client Cookie", Kind::Bytes).spec("RFC 7873 section 4");
    /// A number of the server: an asker that repeats it has not lied about its address.
    COOKIE_SERVER = Field::new("dns.opt.cookie.server", "Server Cookie", Kind::Bytes).spec("RFC 7873 section 4");
    /// For how long the TCP connection may stay open unused, in tenths of a second.
    KEEPALIVE = Field::new("dns.opt.edns_tcp_keepalive.timeout", "Timeout", Kind::U16).spec("RFC 7828 section 3.1");
    /// Filling: hides how long the message really is.
    PADDING = Field::new("dns.opt.padding", "Padding", Kind::Bytes).spec("RFC 7830 section 3");
    /// From which name on the asker wants the whole chain of signatures.
    CHAIN = Field::new("dns.opt.chain.fqdn", "Closest Trust Point", Kind::Str).spec("RFC 7901 section 4");
    /// Why the request failed, more exactly than the reply code says.
    ERROR_CODE = Field::new("dns.opt.ext_error.info_code", "Info Code", Kind::U16).names(Names::Ranges(EXTENDED_ERRORS)).spec("RFC 8914 section 4");
    /// More about the error, in words.
    ERROR_TEXT = Field::new("dns.opt.ext_error.extra_text", "Extra Text", Kind::Str).spec("RFC 8914 section 2");
}

/// What stands in place of class and time to live.
pub fn head(l: &mut Layer<'_, '_>, multicast: bool) -> Done {
    if multicast {
        let at = l.pos();
        l.bits(&SIZE_MULTICAST, at, 2)?;
        l.bits(&CACHE_FLUSH, at, 2)?;
        l.skip(2);
    } else {
        l.u16(&SIZE)?;
    }
    l.u8(&EXTENDED_RCODE)?;
    l.u8(&VERSION)?;
    let at = l.pos();
    l.u16(&Z)?;
    l.enter();
    l.bits(&DO, at, 2)?;
    l.bits(&RESERVED, at, 2)?;
    l.close();
    Ok(())
}

/// The options.
pub fn options(l: &mut Layer<'_, '_>, r: &Record<'_>) -> Done {
    while l.pos() < r.end() {
        let at = l.pos();
        let code = l.peek_u16(at)?;
        let len = usize::from(l.peek_u16(at + 2)?);
        let room = l.captured().saturating_sub(at);
        let node = l.open(&OPTION, at, (4 + len).min(room), Value::None);
        l.label(node, |out| {
            out.push_str("Option: ");
            match word(OPTIONS, u64::from(code)) {
                Some(name) => out.push_str(name),
                None => {
                    let _ = write!(out, "Unknown ({code})");
                }
            }
        });
        l.u16(&CODE)?;
        if code == 20730 {
            let node = l.last();
            l.issue_with(node, &DEPRECATED_CODE, |out| {
                out.push_str("Deprecated code: client subnets have the code 8");
            });
        }
        l.u16(&LEN)?;
        l.bytes(&DATA, len)?;
        l.seek(at + 4);
        option(l, code, len)?;
        l.close();
        l.seek(at + 4 + len);
    }
    Ok(())
}

/// The data of one option.
fn option(l: &mut Layer<'_, '_>, code: u16, len: usize) -> Done {
    let at = l.pos();
    match code {
        5..=7 => {
            let field: &'static Field = match code {
                5 => &DAU,
                6 => &DHU,
                _ => &N3U,
            };
            for _ in 0..len {
                l.u8(field)?;
            }
        }
        8 | 20730 => subnet(l, len)?,
        10 => {
            l.need(at, len.max(8))?;
            l.bytes(&COOKIE_CLIENT, 8)?;
            l.bytes(&COOKIE_SERVER, len.saturating_sub(8))?;
        }
        11 if len == 2 => {
            l.u16(&KEEPALIVE)?;
        }
        12 => {
            l.bytes(&PADDING, len)?;
        }
        13 => text(l, &CHAIN, len)?,
        15 => {
            l.u16(&ERROR_CODE)?;
            if len > 2 {
                text(l, &ERROR_TEXT, len - 2)?;
            }
        }
        _ => {}
    }
    Ok(())
}

/// For whose sake the question is asked.
fn subnet(l: &mut Layer<'_, '_>, len: usize) -> Done {
    let family = l.u16(&CLIENT_FAMILY)?;
    l.u8(&CLIENT_NETMASK)?;
    l.u8(&CLIENT_SCOPE)?;
    let at = l.pos();
    let n = len.saturating_sub(4);
    let part = l.peek(at, n)?;
    if n > 16 {
        let node = l.last();
        l.issue(node, &BAD_SUBNET);
        return Ok(());
    }
    match family {
        1 => {
            let mut address = [0; 4];
            address.iter_mut().zip(part).for_each(|(a, b)| *a = *b);
            l.add(&CLIENT_ADDR4, at, n, Value::Ipv4(address));
        }
        2 => {
            let mut address = [0; 16];
            address.iter_mut().zip(part).for_each(|(a, b)| *a = *b);
            l.add(&CLIENT_ADDR6, at, n, Value::Ipv6(address));
        }
        _ => {
            let value = l.slice(at, n);
            l.add(&CLIENT_ADDR, at, n, value);
        }
    }
    Ok(())
}
