//! The options of RPL messages (RFC 6550 section 6.7, RFC 6997 section 7).

use std::fmt::Write as _;

use super::fields::*;
use super::metrics;
use crate::dissect::{Done, Layer, NodeId, Stop, Value};
use crate::field::Field;
use crate::flow::address::Address;
use crate::protocols::icmpv6::fields::{DATA, OPT};
use crate::protocols::icmpv6::parts::{append_set, flags, leftover, prefix, seconds};
use crate::protocols::icmpv6::{P2P_HOP_BY_HOP, P2P_RDO_ZERO, P2P_ROUTES, RPL_UNDECODED};

/// Show the options, from the cursor to the end of the message of this code.
pub(in crate::protocols::icmpv6) fn show(l: &mut Layer<'_, '_>, code: u8) -> Done {
    while l.left() > 0 {
        let at = l.pos();
        let kind = l.peek_u8(at)?;
        // A single byte of filling is the only option without a length.
        let len = match kind {
            0 => 1,
            _ => 2 + usize::from(l.peek_u8(at + 1)?),
        };
        let root = l.open(&OPT, at, len, Value::None);
        l.label(root, |out| {
            out.push_str("ICMPv6 RPL Option (");
            match OPT_TYPE.name_of(u64::from(kind)) {
                Some(name) => out.push_str(name),
                None => {
                    let _ = write!(out, "Unknown {kind}");
                }
            }
        });
        l.u8(&OPT_TYPE)?;
        let result = if kind == 0 {
            Ok(())
        } else {
            l.u8(&OPT_LENGTH)?;
            option(l, root, kind, code, at + len)
        };
        l.append(root, |out| out.push(')'));
        result?;
        leftover(l, at + len)?;
        l.close();
        l.seek(at + len);
    }
    Ok(())
}

fn option(l: &mut Layer<'_, '_>, root: NodeId, kind: u8, code: u8, end: usize) -> Done {
    match kind {
        1 => {
            let (at, len) = (l.pos(), end - l.pos());
            l.need(at, len)?;
            let id = l.add(&OPT_PADN, at, len, Value::None);
            l.append(id, |out| {
                let _ = write!(out, " (Length : {len} bytes)");
            });
            l.seek(end);
            Ok(())
        }
        2 => {
            while l.pos() < end {
                metrics::show(l, end)?;
            }
            Ok(())
        }
        3 => {
            let bits = l.u8(&OPT_ROUTE_PREFIX_LENGTH)?;
            let at = l.pos();
            let value = l.u8(&OPT_ROUTE_FLAG)?;
            let id = l.last();
            l.append(id, |out| {
                let name = OPT_ROUTE_PREF.name_of(u64::from(value >> 3 & 3));
                let _ = write!(out, ", Preference: {}", name.unwrap_or(""));
            });
            l.enter();
            l.bits(&OPT_ROUTE_PREF, at, 1)?;
            l.bits(&OPT_ROUTE_RESERVED, at, 1)?;
            l.close();
            seconds(l, &OPT_ROUTE_LIFETIME)?;
            named_prefix(l, root, &OPT_ROUTE_PREFIX, bits, end)
        }
        4 => configuration(l),
        5 => {
            reserved(l, &OPT_TARGET_FLAG, 1)?;
            let bits = l.u8(&OPT_TARGET_PREFIX_LENGTH)?;
            named_prefix(l, root, &OPT_TARGET_PREFIX, bits, end)
        }
        6 => {
            let parts: &[&'static Field] = &[&OPT_TRANSIT_FLAG_E, &OPT_TRANSIT_FLAG_RSV];
            flags(l, &OPT_TRANSIT_FLAG, 1, parts)?;
            l.u8(&OPT_TRANSIT_PATHCTL)?;
            l.u8(&OPT_TRANSIT_PATHSEQ)?;
            l.u8(&OPT_TRANSIT_PATHLIFETIME)?;
            if l.pos() < end {
                let parent = l.ipv6(&OPT_TRANSIT_PARENT)?;
                l.append(root, |out| {
                    let _ = write!(out, " {}", Address::V6(parent));
                });
            }
            Ok(())
        }
        7 => {
            l.u8(&OPT_SOLICITED_INSTANCE)?;
            flags(
                l,
                &OPT_SOLICITED_FLAG,
                1,
                &[
                    &OPT_SOLICITED_FLAG_V,
                    &OPT_SOLICITED_FLAG_I,
                    &OPT_SOLICITED_FLAG_D,
                    &OPT_SOLICITED_FLAG_RSV,
                ],
            )?;
            l.ipv6(&OPT_SOLICITED_DODAGID)?;
            l.u8(&OPT_SOLICITED_VERSION)?;
            Ok(())
        }
        8 => {
            let bits = l.u8(&OPT_PREFIX_LENGTH)?;
            flags(
                l,
                &OPT_PREFIX_FLAG,
                1,
                &[
                    &OPT_PREFIX_FLAG_L,
                    &OPT_CONFIG_FLAG_A,
                    &OPT_CONFIG_FLAG_R,
                    &OPT_CONFIG_FLAG_RSV,
                ],
            )?;
            seconds(l, &OPT_PREFIX_VALID_LIFETIME)?;
            seconds(l, &OPT_PREFIX_PREFERRED_LIFETIME)?;
            reserved(l, &OPT_RESERVED, 4)?;
            let prefix = l.ipv6(&OPT_PREFIX)?;
            l.append(root, |out| {
                let _ = write!(out, " {}/{bits}", Address::V6(prefix));
            });
            Ok(())
        }
        9 => {
            l.u32(&OPT_TARGETDESC_DESCRIPTOR)?;
            Ok(())
        }
        10 => discovery(l, code, end),
        _ => {
            let at = l.last();
            l.issue_with(at, &RPL_UNDECODED, |out| {
                let _ = write!(out, "RPL option {kind} is not read");
            });
            let len = end - l.pos();
            if len > 0 {
                l.bytes(&DATA, len)?;
            }
            Ok(())
        }
    }
}

/// Bytes that are kept for later.
fn reserved(l: &mut Layer<'_, '_>, field: &'static Field, len: usize) -> Done {
    let at = l.pos();
    l.need(at, len)?;
    l.add(field, at, len, Value::None);
    l.skip(len);
    Ok(())
}

/// A prefix of as many bytes as the option has left, also named in the option's line.
fn named_prefix(
    l: &mut Layer<'_, '_>,
    root: NodeId,
    field: &'static Field,
    bits: u8,
    end: usize,
) -> Done {
    let prefix = prefix(l, field, end)?;
    l.append(root, |out| {
        let _ = write!(out, " {}/{bits}", Address::V6(prefix));
    });
    Ok(())
}

/// What all nodes of the graph must agree on (RFC 6550 section 6.7.6).
fn configuration(l: &mut Layer<'_, '_>) -> Done {
    let at = l.pos();
    let value = l.u8(&OPT_CONFIG_FLAG)?;
    let id = l.last();
    append_set(l, id, u64::from(value), &[&OPT_CONFIG_AUTH]);
    l.enter();
    for field in [&OPT_CONFIG_RESERVED, &OPT_CONFIG_AUTH, &OPT_CONFIG_PCS] {
        l.bits(field, at, 1)?;
    }
    l.close();
    l.u8(&OPT_CONFIG_INTERVAL_DOUBLE)?;
    l.u8(&OPT_CONFIG_INTERVAL_MIN)?;
    l.u8(&OPT_CONFIG_REDUNDANCY)?;
    l.u16(&OPT_CONFIG_MAX_RANK_INC)?;
    l.u16(&OPT_CONFIG_MIN_HOP_RANK_INC)?;
    l.u16(&OPT_CONFIG_OCP)?;
    l.u8(&OPT_CONFIG_RSV)?;
    l.u8(&OPT_CONFIG_DEF_LIFETIME)?;
    l.u16(&OPT_CONFIG_LIFETIME_UNIT)?;
    Ok(())
}

/// The search for a route to one node, or in a reply the route found (RFC 6997 section 7).
fn discovery(l: &mut Layer<'_, '_>, code: u8, end: usize) -> Done {
    let in_reply = code & 0x7f == super::REPLY;
    let at = l.pos();
    let bits = l.peek_u8(at)?;
    let (reply, hop_by_hop) = (bits & 0x80 != 0, bits & 0x40 != 0);
    l.open(&OPT_ROUTEDISCOVERY_FLAG, at, 1, Value::None);
    l.bits(&OPT_ROUTEDISCOVERY_FLAG_REPLY, at, 1)?;
    if in_reply && reply {
        zero(l);
    }
    l.bits(&OPT_ROUTEDISCOVERY_FLAG_HOPBYHOP, at, 1)?;
    if !in_reply && hop_by_hop && !reply {
        let id = l.last();
        l.issue(id, &P2P_HOP_BY_HOP);
    }
    let routes = l.bits(&OPT_ROUTEDISCOVERY_FLAG_NUMOFROUTES, at, 1)?;
    if in_reply && routes != 0 {
        zero(l);
    } else if hop_by_hop && routes != 0 {
        let id = l.last();
        l.issue(id, &P2P_ROUTES);
    }
    let left_out = l.bits(&OPT_ROUTEDISCOVERY_FLAG_COMPR, at, 1)? as usize;
    l.close();
    let lifetime = l.bits(&OPT_ROUTEDISCOVERY_LIFETIME, at + 1, 1)?;
    if in_reply {
        if lifetime != 0 {
            zero(l);
        }
        l.bits(&OPT_ROUTEDISCOVERY_NH, at + 1, 1)?;
    } else {
        let id = l.last();
        l.append(id, |out| {
            let _ = write!(out, " ({} sec)", 1 << (2 * lifetime));
        });
        l.bits(&OPT_ROUTEDISCOVERY_MAXRANK, at + 1, 1)?;
    }
    l.skip(2);
    // Of every address the bytes are left out that are those of the graph's name.
    let len = 16 - left_out;
    short_address(l, &OPT_ROUTEDISCOVERY_TARGETADDR, len, end)?;
    let count = end.saturating_sub(l.pos()) / len;
    if count > 0 {
        let at = l.pos();
        let root = l.open(&OPT_ROUTEDISCOVERY_ADDR_VEC, at, end - at, Value::None);
        l.append(root, |out| {
            let plural = if count == 1 { "" } else { "es" };
            let _ = write!(out, " ({count} Address{plural})");
        });
        for _ in 0..count {
            short_address(l, &OPT_ROUTEDISCOVERY_ADDRVEC_ADDR, len, end)?;
        }
        l.close();
    }
    Ok(())
}

fn zero(l: &mut Layer<'_, '_>) {
    let id = l.last();
    l.issue(id, &P2P_RDO_ZERO);
}

/// The last `len` bytes of an address; those left out are shown as zero.
fn short_address(
    l: &mut Layer<'_, '_>,
    field: &'static Field,
    len: usize,
    end: usize,
) -> Result<(), Stop> {
    let at = l.pos();
    if at + len > end {
        return Err(Stop::Malformed);
    }
    let mut address = [0; 16];
    address[16 - len..].copy_from_slice(l.peek(at, len)?);
    l.add(field, at, len, Value::Ipv6(address));
    l.skip(len);
    Ok(())
}
