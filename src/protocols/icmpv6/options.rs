//! The options of neighbour discovery messages (RFC 4861 section 4.6 and others).

use std::fmt::Write as _;

use super::fields::*;
use super::parts::{flags, prefix as prefix_of, seconds};
use super::{OPTION_LENGTH, OPTION_UNDECODED, mobility, send};
use crate::dissect::{Done, Layer, NodeId, Stop, Value};
use crate::field::Field;
use crate::flow::address::{Address, push_hex};

/// Show the options, from the cursor to the end of the message.
pub(super) fn show(l: &mut Layer<'_, '_>) -> Done {
    while l.left() > 0 {
        let at = l.pos();
        let kind = l.peek_u8(at)?;
        let len = l.peek(at, 2).map_or(0, |b| usize::from(b[1]) * 8);
        let root = l.open(&OPT, at, len, Value::None);
        l.label(root, |out| {
            out.push_str("ICMPv6 Option (");
            match OPT_TYPE.name_of(u64::from(kind)) {
                Some(name) => out.push_str(name),
                None => {
                    let _ = write!(out, "Unknown {kind}");
                }
            }
        });
        l.u8(&OPT_TYPE)?;
        l.u8(&OPT_LENGTH)?;
        let at_len = l.last();
        l.append(at_len, |out| {
            let _ = write!(out, " ({len} bytes)");
        });
        if len == 0 {
            l.append(root, |out| out.push(')'));
            l.issue(at_len, &OPTION_LENGTH);
            l.close();
            return Ok(());
        }
        let result = option(l, root, kind, at, at + len);
        l.append(root, |out| out.push(')'));
        result?;
        l.close();
        l.seek(at + len);
    }
    Ok(())
}

fn option(l: &mut Layer<'_, '_>, root: NodeId, kind: u8, at: usize, end: usize) -> Done {
    match kind {
        1 | 2 => link_address(l, root, kind, end),
        3 => prefix(l, root),
        4 => {
            reserved(l, 6)?;
            let region = l.part(at + 8, end - at - 8);
            l.add(
                &OPT_REDIRECTED_PACKET,
                at + 8,
                region.data.len(),
                Value::None,
            );
            super::quoted(l, 0x86dd, region);
            Ok(())
        }
        5 => {
            reserved(l, 2)?;
            let mtu = l.u32(&OPT_MTU)?;
            l.append(root, |out| {
                let _ = write!(out, " : {mtu}");
            });
            Ok(())
        }
        6 => {
            let limit = l.u8(&OPT_NBMA_SHORTCUT_LIMIT)?;
            l.append(root, |out| {
                let _ = write!(out, " : {limit}");
            });
            reserved(l, 1)?;
            reserved(l, 4)
        }
        7 => {
            reserved(l, 2)?;
            let interval = l.u32(&OPT_ADVERTISEMENT_INTERVAL)?;
            l.append(root, |out| {
                let _ = write!(out, " : {interval}");
            });
            Ok(())
        }
        8 => {
            reserved(l, 2)?;
            l.u16(&OPT_HOME_AGENT_PREFERENCE)?;
            l.u16(&OPT_HOME_AGENT_LIFETIME)?;
            Ok(())
        }
        9 | 10 => {
            reserved(l, 6)?;
            addresses(l, root, &OPT_IPV6_ADDRESS, end)
        }
        11 | 12 | 15 | 16 | 32 => send::option(l, kind, end),
        17..=20 | 23 | 27..=30 => mobility::option(l, root, kind, end),
        13 => {
            reserved(l, 6)?;
            let stamp = l.peek_uint(l.pos(), 8)?;
            // 48 bits of seconds, 16 of their fraction (RFC 3971 section 5.3.1).
            let nanos = ((stamp & 0xffff) * 1_000_000_000) >> 16;
            let value = Value::Time {
                secs: (stamp >> 16) as i64,
                nanos: nanos as i32,
            };
            l.add(&OPT_TIMESTAMP, at + 8, 8, value);
            l.skip(8);
            Ok(())
        }
        14 => {
            l.bytes(&OPT_NONCE, end - at - 2)?;
            Ok(())
        }
        24 => route(l, root, end),
        25 => {
            reserved(l, 2)?;
            seconds(l, &OPT_RDNSS_LIFETIME)?;
            addresses(l, root, &OPT_RDNSS, end)
        }
        26 => {
            let flags = l.pos();
            l.u16(&OPT_EFO)?;
            l.enter();
            for field in [
                &OPT_EFO_M,
                &OPT_EFO_O,
                &OPT_EFO_H,
                &OPT_EFO_PRF,
                &OPT_EFO_P,
                &OPT_EFO_RSV,
            ] {
                l.bits(field, flags, 2)?;
            }
            l.close();
            reserved(l, 4)
        }
        31 => {
            reserved(l, 2)?;
            seconds(l, &OPT_DNSSL_LIFETIME)?;
            search_list(l, root, end)
        }
        33 => {
            let status = l.u8(&OPT_ARO_STATUS)?;
            reserved(l, 3)?;
            l.u16(&OPT_ARO_REGISTRATION_LIFETIME)?;
            let node = l.peek(l.pos(), 8)?;
            eui64(l, &OPT_ARO_EUI64)?;
            l.append(root, |out| {
                out.push_str(" : Register ");
                write_address(node, out);
                let name = OPT_ARO_STATUS.name_of(u64::from(status));
                let _ = write!(out, " {}", name.unwrap_or("Unknown"));
            });
            Ok(())
        }
        34 => context(l, root, end),
        35 => {
            let low = l.u16(&OPT_ABRO_VERSION_LOW)?;
            let high = l.u16(&OPT_ABRO_VERSION_HIGH)?;
            let minutes = l.u16(&OPT_ABRO_VALID_LIFETIME)?;
            let router = l.ipv6(&OPT_ABRO_6LBR_ADDRESS)?;
            l.append(root, |out| {
                let _ = write!(
                    out,
                    " : Version {high}.{low}, Valid Lifetime : {minutes}, 6LBR : {}",
                    Address::V6(router)
                );
            });
            Ok(())
        }
        36 => {
            l.bits(&OPT_6CIO_UNASSIGNED1, at + 2, 2)?;
            l.bits(&OPT_6CIO_FLAG_G, at + 2, 2)?;
            l.skip(2);
            l.u32(&OPT_6CIO_UNASSIGNED2)?;
            Ok(())
        }
        37 => {
            let text = l.peek(at + 2, end - at - 2)?;
            let len = text.iter().position(|b| *b == 0).unwrap_or(text.len());
            l.bytes(&OPT_CAPTIVE_PORTAL, len)?;
            let padding = end - l.pos();
            if padding > 0 {
                l.add(&OPT_PADDING, end - padding, padding, Value::None);
            }
            Ok(())
        }
        38 => {
            l.bits(&OPT_PREF64_SCALED_LIFETIME, at + 2, 2)?;
            l.bits(&OPT_PREF64_PLC, at + 2, 2)?;
            let mut prefix = [0; 16];
            prefix[..12].copy_from_slice(l.peek(at + 4, 12)?);
            l.add(&OPT_PREF64_PREFIX, at + 4, 12, Value::Ipv6(prefix));
            Ok(())
        }
        _ => {
            l.bytes(&DATA, end - at - 2)?;
            let id = l.last();
            l.issue(id, &OPTION_UNDECODED);
            Ok(())
        }
    }
}

/// Bytes that are kept for later.
pub(super) fn reserved(l: &mut Layer<'_, '_>, len: usize) -> Done {
    let at = l.pos();
    l.need(at, len)?;
    l.add(&OPT_RESERVED, at, len, Value::None);
    l.skip(len);
    Ok(())
}

fn link_address(l: &mut Layer<'_, '_>, root: NodeId, kind: u8, end: usize) -> Done {
    let at = l.pos();
    if end - at == 14 {
        return wide_link_address(l, root, kind, end);
    }
    let bytes = l.bytes(&OPT_LINKADDR, end - at)?;
    let id = l.last();
    let alias = if kind == 1 {
        &OPT_SRC_LINKADDR
    } else {
        &OPT_TARGET_LINKADDR
    };
    let value = l.slice(at, bytes.len());
    l.hidden(alias, at, bytes.len(), value);
    if bytes.len() != 6 {
        return Ok(()); // not an Ethernet address: how it is written depends on the link
    }
    l.label(id, |out| {
        out.push_str("Link-layer address: ");
        write_address(bytes, out);
    });
    name_owner(l, root, kind, bytes)
}

/// A hardware address of 64 bits, as radio networks have, with filling (RFC 4944 section 8).
fn wide_link_address(l: &mut Layer<'_, '_>, root: NodeId, kind: u8, end: usize) -> Done {
    let at = l.pos();
    let bytes = l.peek(at, 8)?;
    let address = eui64(l, &OPT_LINKADDR_EUI64)?;
    let alias = if kind == 1 {
        &OPT_SRC_LINKADDR_EUI64
    } else {
        &OPT_TARGET_LINKADDR_EUI64
    };
    l.hidden(alias, at, 8, Value::U(address));
    l.add(&OPT_PADDING, at + 8, end - at - 8, Value::None);
    name_owner(l, root, kind, bytes)
}

/// A hardware address of 64 bits. Returns it as a number.
fn eui64(l: &mut Layer<'_, '_>, field: &'static Field) -> Result<u64, Stop> {
    let bytes = l.peek(l.pos(), 8)?;
    let address = l.u64(field)?;
    let id = l.last();
    l.label(id, |out| {
        let _ = write!(out, "{}: ", field.label);
        write_address(bytes, out);
        out.push_str(" (");
        write_address(bytes, out);
        out.push(')');
    });
    Ok(address)
}

fn write_address(bytes: &[u8], out: &mut String) {
    for (i, byte) in bytes.iter().enumerate() {
        if i > 0 {
            out.push(':');
        }
        push_hex(out, *byte);
    }
}

/// The option's line has the address; a solicitation or advertisement says in the packet list whose it is, on links whose
/// addresses are Ethernet's.
fn name_owner(l: &mut Layer<'_, '_>, root: NodeId, kind: u8, bytes: &[u8]) -> Done {
    l.append(root, |out| {
        out.push_str(" : ");
        write_address(bytes, out);
    });
    let message = l.peek_u8(0)?;
    if bytes.len() != 6 {
        return Ok(());
    }
    l.info_append(|out| {
        let how = match (message, kind) {
            (133..=135, 1) => " from ",
            (136, 2) => " is at ",
            _ => return,
        };
        out.push_str(how);
        write_address(bytes, out);
    });
    Ok(())
}

/// A prefix of this network (RFC 4861 section 4.6.2).
fn prefix(l: &mut Layer<'_, '_>, root: NodeId) -> Done {
    let bits = l.u8(&OPT_PREFIX_LENGTH)?;
    let at = l.pos();
    let flags = l.u8(&OPT_PREFIX_FLAG)?;
    let at_flags = l.last();
    l.append(at_flags, |out| {
        for (bit, name) in [
            (0x80, ", On-link flag(L)"),
            (0x40, ", Autonomous address-configuration flag(A)"),
            (0x20, ", Router address flag(R)"),
        ] {
            if flags & bit != 0 {
                out.push_str(name);
            }
        }
    });
    l.enter();
    for field in [
        &OPT_PREFIX_FLAG_L,
        &OPT_PREFIX_FLAG_A,
        &OPT_PREFIX_FLAG_R,
        &OPT_PREFIX_FLAG_RESERVED,
    ] {
        l.bits(field, at, 1)?;
    }
    l.close();
    for field in [&OPT_PREFIX_VALID_LIFETIME, &OPT_PREFIX_PREFERRED_LIFETIME] {
        seconds(l, field)?;
    }
    reserved(l, 4)?;
    let prefix = l.ipv6(&OPT_PREFIX)?;
    l.append(root, |out| {
        let _ = write!(out, " : {}/{bits}", Address::V6(prefix));
    });
    Ok(())
}

/// A route that the router knows (RFC 4191 section 2.3).
fn route(l: &mut Layer<'_, '_>, root: NodeId, end: usize) -> Done {
    let bits = l.u8(&OPT_PREFIX_LENGTH)?;
    let at = l.pos();
    let flags = l.u8(&OPT_ROUTE_INFO_FLAG)?;
    let preference = OPT_ROUTE_INFO_FLAG_ROUTE_PREFERENCE
        .name_of(u64::from(flags >> 3 & 3))
        .unwrap_or("");
    let at_flags = l.last();
    l.append(at_flags, |out| {
        let _ = write!(out, ", Route Preference: {preference}");
    });
    l.enter();
    l.bits(&OPT_ROUTE_INFO_FLAG_ROUTE_PREFERENCE, at, 1)?;
    l.bits(&OPT_ROUTE_INFO_FLAG_RESERVED, at, 1)?;
    l.close();
    seconds(l, &OPT_ROUTE_LIFETIME)?;
    let at = l.pos();
    let len = end.saturating_sub(at).min(16);
    let mut prefix = [0; 16];
    prefix[..len].copy_from_slice(l.peek(at, len)?);
    if len > 0 {
        l.add(&OPT_PREFIX, at, len, Value::Ipv6(prefix));
    }
    l.append(root, |out| {
        let _ = write!(out, " : {preference} {}/{bits}", Address::V6(prefix));
    });
    Ok(())
}

/// Addresses up to `end`, also named in the option's line.
fn addresses(l: &mut Layer<'_, '_>, root: NodeId, field: &'static Field, end: usize) -> Done {
    while l.pos() + 16 <= end {
        let address = l.ipv6(field)?;
        l.append(root, |out| {
            let _ = write!(out, " {}", Address::V6(address));
        });
    }
    Ok(())
}

/// Domain names up to `end` (RFC 8106 section 5.2): labels with their length before each, no compression.
fn search_list(l: &mut Layer<'_, '_>, root: NodeId, end: usize) -> Done {
    while l.pos() < end && l.peek_u8(l.pos())? != 0 {
        let at = l.pos();
        let mut name = String::new();
        loop {
            let len = usize::from(l.peek_u8(l.pos())?);
            l.skip(1);
            if len == 0 || l.pos() + len > end {
                break;
            }
            if !name.is_empty() {
                name.push('.');
            }
            name.push_str(&String::from_utf8_lossy(l.peek(l.pos(), len)?));
            l.skip(len);
            if l.pos() >= end {
                break;
            }
        }
        let value = l.made(name.as_bytes());
        l.add(&OPT_DNSSL, at, l.pos() - at, value);
        l.append(root, |out| {
            let _ = write!(out, " {name}");
        });
    }
    let at = l.pos();
    if at < end {
        l.add(&OPT_PADDING, at, end - at, Value::None);
    }
    Ok(())
}

/// A context for compressed headers (RFC 6775 section 4.2).
fn context(l: &mut Layer<'_, '_>, root: NodeId, end: usize) -> Done {
    let bits = l.u8(&OPT_6CO_CONTEXT_LENGTH)?;
    let parts: &[&'static Field] = &[&OPT_6CO_FLAG_C, &OPT_6CO_FLAG_CID, &OPT_6CO_FLAG_RESERVED];
    flags(l, &OPT_6CO_FLAG, 1, parts)?;
    reserved(l, 2)?;
    l.u16(&OPT_6CO_VALID_LIFETIME)?;
    let prefix = prefix_of(l, &OPT_6CO_CONTEXT_PREFIX, end)?;
    l.append(root, |out| {
        let _ = write!(out, " {}/{bits}", Address::V6(prefix));
    });
    Ok(())
}
