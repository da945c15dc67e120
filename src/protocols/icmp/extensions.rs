//! What came to ICMP later: extensions behind the quoted packet (RFC 4884) with MPLS labels (RFC 4950) and interfaces
//! (RFC 5837), router advertisements (RFC 1256, 5944), extended echo (RFC 8335).

use super::fields::*;
use super::{BAD_EXTENSION_CHECKSUM, show_pair, write_time_span};
use crate::dissect::{Done, Layer, Stop, Value};
use crate::protocols::internet::{self, Checksum};
use std::fmt::Write as _;

/// The length field of RFC 4884. Returns the length of the quoted packet in bytes.
pub(super) fn length(l: &mut Layer<'_, '_>) -> Result<usize, Stop> {
    let len = usize::from(l.u8(&LENGTH)?) * 4;
    l.computed(&LENGTH_ORIGINAL_DATAGRAM, 5, 1, Value::U(len as u64));
    Ok(len)
}

/// Routers from before RFC 4884 put extensions 128 bytes behind the start of the quoted packet without saying so.
/// Returns 128 where extensions are there.
pub(super) fn implied_length(l: &Layer<'_, '_>) -> usize {
    let at = l.pos() + 128;
    match l.peek(at, 4) {
        Ok([0x20, 0, ..]) => 128,
        _ => 0,
    }
}

/// The extension structure: a header and objects.
pub(in crate::protocols) fn structure(l: &mut Layer<'_, '_>) -> Done {
    let at = l.pos();
    let left = l.left();
    if left < 4 {
        return Ok(());
    }
    let root = l.open(&EXT, at, left, Value::None);
    let version = l.peek_u8(at)? >> 4;
    let id = l.add(&EXT_VERSION, at, 1, Value::U(u64::from(version)));
    let _ = id;
    let reserved = l.peek_u16(at)? & 0x0fff;
    l.add(&EXT_RES, at, 2, Value::U(u64::from(reserved)));
    let found = l.peek_u16(at + 2)?;
    let checksum = match l.peek(at, left) {
        _ if found == 0 => Checksum::Absent,
        Ok(bytes) => Checksum::of(found, internet::add_words(0, bytes)),
        Err(_) => Checksum::Unverified,
    };
    let id = l.add(&EXT_CHECKSUM, at + 2, 2, Value::U(u64::from(found)));
    l.append(id, |out| match checksum {
        Checksum::Good => out.push_str(" [correct]"),
        Checksum::Bad(right) => {
            let _ = write!(out, " incorrect, should be 0x{right:04x}");
        }
        _ => out.push_str(" [unverified]"),
    });
    if let Checksum::Bad(right) = checksum {
        l.issue_with(id, &BAD_EXTENSION_CHECKSUM, |out| {
            let _ = write!(out, "Bad checksum [should be 0x{right:04x}]");
        });
    }
    l.generated(&EXT_CHECKSUM_STATUS, at + 2, checksum.state());
    l.seek(at + 4);
    if version != 1 && version != 2 {
        l.close_at(root, at + left);
        return Ok(());
    }
    while l.left() >= 4 {
        object(l)?;
    }
    l.close();
    Ok(())
}

fn object(l: &mut Layer<'_, '_>) -> Done {
    let at = l.pos();
    let len = usize::from(l.peek_u16(at)?);
    let class = l.peek_u8(at + 2)?;
    let root = l.open_text(at, len, |out| match class {
        1 => out.push_str("MPLS Stack Entry"),
        _ => out.push_str(
            EXT_CLASS
                .name_of(u64::from(class))
                .unwrap_or("Unknown object"),
        ),
    });
    l.u16(&EXT_LENGTH)?;
    l.u8(&EXT_CLASS)?;
    let ctype = l.u8(&EXT_CTYPE)?;
    if len < 4 {
        l.close();
        l.seek(at + l.left() + 4); // no progress possible: what is left stays unread
        return Ok(());
    }
    let end = at + len;
    match (class, ctype) {
        (1, 1) => {
            while l.pos() + 4 <= end {
                let entry = l.pos();
                l.bits(&MPLS_LABEL, entry, 3)?;
                l.bits(&MPLS_EXP, entry, 3)?;
                l.bits(&MPLS_S, entry, 3)?;
                l.seek(entry + 3);
                let ttl = l.u8(&MPLS_TTL)?;
                let word = l.peek_u32(entry)?;
                l.append(root, |out| {
                    let _ = write!(
                        out,
                        "{} Label: {}, Exp: {}, S: {}, TTL: {ttl}",
                        if entry == at + 4 { ":" } else { "," },
                        word >> 12,
                        word >> 9 & 7,
                        word >> 8 & 1
                    );
                });
            }
        }
        (2, _) => interface(l, at + 3, end)?,
        (3, _) => identification(l, ctype, end)?,
        _ => {
            if end > l.pos() {
                l.bytes(&EXT_DATA, end - l.pos())?;
            }
        }
    }
    l.close();
    l.seek(end);
    Ok(())
}

/// A router's interface (RFC 5837 section 4).
fn interface(l: &mut Layer<'_, '_>, ctype_at: usize, end: usize) -> Done {
    let bits = l.peek_u8(ctype_at)?;
    for field in [
        &INT_INFO_ROLE,
        &INT_INFO_RESERVED,
        &INT_INFO_IFINDEX,
        &INT_INFO_IPADDR,
        &INT_INFO_NAME_PRESENT,
        &INT_INFO_MTU_PRESENT,
    ] {
        l.bits(field, ctype_at, 1)?;
    }
    if bits & 8 != 0 {
        l.u32(&INT_INFO_INDEX)?;
    }
    if bits & 4 != 0 {
        let family = l.u16(&INT_INFO_AFI)?;
        l.skip(2);
        match family {
            1 => {
                l.ipv4(&INT_INFO_IPV4)?;
            }
            2 => {
                l.ipv6(&INT_INFO_IPV6)?;
            }
            _ => {
                let left = end.saturating_sub(l.pos());
                l.bytes(&INT_INFO_IPUNKNOWN, left)?;
            }
        }
    }
    if bits & 2 != 0 {
        let len = usize::from(l.u8(&INT_INFO_NAME_LENGTH)?);
        l.bytes(&INT_INFO_NAME, len.saturating_sub(1))?;
    }
    if bits & 1 != 0 {
        l.u32(&INT_INFO_MTU)?;
    }
    Ok(())
}

/// The interface that a probe asks for (RFC 8335 section 2.1).
fn identification(l: &mut Layer<'_, '_>, ctype: u8, end: usize) -> Done {
    let left = end.saturating_sub(l.pos());
    match ctype {
        1 => {
            l.bytes(&INT_IDENT_NAME, left)?;
        }
        2 if left >= 4 => {
            l.u32(&INT_IDENT_INDEX)?;
        }
        3 if left >= 4 => {
            let family = l.u16(&INT_IDENT_AFI)?;
            let len = usize::from(l.u8(&INT_IDENT_ADDR_LENGTH)?);
            l.bytes(&INT_IDENT_RESERVED, 1)?;
            match (family, len) {
                (1, 4) => {
                    l.ipv4(&INT_IDENT_IPV4)?;
                }
                (2, 16) => {
                    l.ipv6(&INT_IDENT_IPV6)?;
                }
                _ => {
                    l.bytes(&INT_IDENT_ADDRESS, left - 4)?;
                }
            }
        }
        _ => {
            l.bytes(&EXT_DATA, left)?;
        }
    }
    Ok(())
}

/// A router's advertisement, with extensions for mobile hosts.
pub(super) fn advertisement(l: &mut Layer<'_, '_>, mobile: bool) -> Done {
    let count = l.u8(&NUM_ADDRS)?;
    let size = usize::from(l.u8(&ADDR_ENTRY_SIZE)?) * 4;
    let lifetime = l.u16(&LIFETIME)?;
    let at = l.last();
    l.append(at, |out| {
        out.push_str(" (");
        write_time_span(u64::from(lifetime) * 1000, out);
        out.push(')');
    });
    for _ in 0..count {
        let at = l.pos();
        if size < 8 {
            break;
        }
        l.ipv4(&ROUTER_ADDRESS)?;
        let level = l.peek_u32(l.pos())?;
        l.add(&PREF_LEVEL, at + 4, 4, Value::I(i64::from(level as i32)));
        l.seek(at + size);
    }
    while mobile && l.left() > 0 {
        mobile_extension(l)?;
    }
    Ok(())
}

/// An extension for mobile hosts (RFC 5944 section 2.1).
fn mobile_extension(l: &mut Layer<'_, '_>) -> Done {
    let at = l.pos();
    let kind = l.peek_u8(at)?;
    let len = if kind == 0 {
        1
    } else {
        usize::from(l.peek_u8(at + 1)?) + 2
    };
    let end = at + len;
    l.open_text(at, len, |out| {
        let _ = write!(
            out,
            "Ext: {}",
            MIP_TYPE.name_of(u64::from(kind)).unwrap_or("Unknown ext")
        );
    });
    l.u8(&MIP_TYPE)?;
    if kind != 0 {
        l.u8(&MIP_LENGTH)?;
    }
    match kind {
        0 => {}
        16 => {
            l.u16(&MIP_SEQ)?;
            l.u16(&MIP_LIFE)?;
            let flags = l.pos();
            l.u16(&MIP_FLAGS)?;
            l.enter();
            for field in [
                &MIP_R,
                &MIP_B,
                &MIP_H,
                &MIP_F,
                &MIP_M,
                &MIP_G,
                &MIP_V,
                &MIP_RT,
                &MIP_U,
                &MIP_X,
                &MIP_RESERVED,
            ] {
                l.bits(field, flags, 2)?;
            }
            l.close();
            while l.pos() + 4 <= end {
                l.ipv4(&MIP_COA)?;
            }
        }
        19 => {
            while l.pos() < end {
                l.u8(&MIP_PREFIXLENGTH)?;
            }
        }
        24 => {
            l.bytes(&MIP_CHALLENGE, len - 2)?;
        }
        _ => {
            l.bytes(&MIP_CONTENT, len - 2)?;
        }
    }
    l.close();
    l.seek(end);
    Ok(())
}

/// Extended echo: asks a node about one of its interfaces.
pub(super) fn extended_echo(l: &mut Layer<'_, '_>, is_request: bool, pair: Option<u32>) -> Done {
    let id = l.u16(&IDENT)?;
    l.add(&IDENT_LE, 4, 2, Value::U(u64::from(id.swap_bytes())));
    l.u8(&EXT_ECHO_SEQ)?;
    let fields: &[&'static crate::field::Field] = if is_request {
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
    for field in fields {
        l.bits(field, 7, 1)?;
    }
    l.skip(1);
    show_pair(l, is_request, pair);
    if is_request {
        structure(l)
    } else {
        let rest = l.remainder();
        l.nested(|l| l.plain(rest));
        Ok(())
    }
}
