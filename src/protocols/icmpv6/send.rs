//! Secure neighbour discovery (RFC 3971): a host makes its address from its public key and signs what it says, so that no other
//! can answer in its place. Routers prove with certificates that they are allowed to be routers.

use super::fields::*;
use super::options::{self, reserved};
use super::parts::leftover;
use crate::dissect::{Done, Layer, Value};

/// Asking for certificates and sending them, types 148 and 149.
pub(super) fn certification_path(l: &mut Layer<'_, '_>, kind: u8) -> Done {
    l.u16(&SEND_IDENTIFIER)?;
    if kind == 149 {
        l.u16(&SEND_ALL_COMPONENTS)?;
    }
    l.u16(&SEND_COMPONENT)?;
    if kind == 149 {
        l.bytes(&RESERVED, 2)?;
    }
    options::show(l)
}

/// Options 11, 12, 15, 16 and 32, which end at `end`.
pub(super) fn option(l: &mut Layer<'_, '_>, kind: u8, end: usize) -> Done {
    match kind {
        11 => {
            let padding = usize::from(l.u8(&OPT_CGA_PAD_LENGTH)?);
            reserved(l, 1)?;
            parameters(l, end.saturating_sub(padding).max(l.pos()))?;
            filling(l, end);
            Ok(())
        }
        12 => {
            reserved(l, 2)?;
            l.bytes(&OPT_RSA_KEY_HASH, 16)?;
            signature(l, end)
        }
        15 => anchor(l, end),
        16 => {
            let kind = l.u8(&OPT_NAME_TYPE)?;
            let id = l.last();
            l.label(id, |out| {
                out.push_str(match kind {
                    1 => "Cert Type: X.509v3 Certificate (1)",
                    _ => "Cert Type: Unknown",
                });
            });
            reserved(l, 1)?;
            let at = l.pos();
            let len = der_length(l, at).map_or(0, |len| len.min(end.saturating_sub(at)));
            if len > 0 {
                l.need(at, len)?;
                l.add(&X509_CERTIFICATE, at, len, Value::None);
                l.skip(len);
            }
            filling(l, end);
            Ok(())
        }
        _ => {
            reserved(l, 2)?;
            l.bytes(&OPT_PS_KEY_HASH, 16)?;
            signature(l, end)
        }
    }
}

/// From what an address was made (RFC 3972 section 3).
fn parameters(l: &mut Layer<'_, '_>, end: usize) -> Done {
    let start = l.pos();
    l.bytes(&OPT_CGA, end - start)?;
    l.seek(start);
    l.enter();
    l.bytes(&OPT_CGA_MODIFIER, 16)?;
    l.bytes(&OPT_CGA_SUBNET_PREFIX, 8)?;
    l.bytes(&OPT_CGA_COUNT, 1)?;
    let at = l.pos();
    let left = end.saturating_sub(at);
    let len = der_length(l, at).map_or(left, |len| len.min(left));
    l.need(at, len)?;
    l.add(&OPT_CGA_SUBJECT_PUBLIC_KEY_INFO, at, len, Value::None);
    l.skip(len);
    while l.pos() + 4 <= end {
        l.u16(&OPT_CGA_EXT_TYPE)?;
        let len = usize::from(l.u16(&OPT_CGA_EXT_LENGTH)?);
        l.bytes(&OPT_CGA_EXT_DATA, len.min(end - l.pos()))?;
    }
    leftover(l, end)?;
    l.close();
    Ok(())
}

/// Whom the asking host trusts (RFC 3971 section 6.4.3).
fn anchor(l: &mut Layer<'_, '_>, end: usize) -> Done {
    let kind = l.u8(&OPT_NAME_TYPE)?;
    let padding = usize::from(l.u8(&OPT_CGA_PAD_LENGTH)?);
    let at = l.pos();
    let len = end.saturating_sub(padding).saturating_sub(at);
    match kind {
        1 => {
            l.bytes(&OPT_NAME_X501, len)?;
            l.enter();
            let inner = der_length(l, at).map_or(len, |n| n.min(len));
            l.add(&X509_NAME, at, inner, Value::U(0));
            l.close();
        }
        2 => {
            let name = l.peek(at, len)?;
            let end = name.iter().position(|b| *b == 0).unwrap_or(len);
            let value = l.slice(at, end);
            l.add(&OPT_NAME_TYPE_FQDN, at, len, value);
            l.skip(len);
        }
        _ => {
            l.need(at, len)?;
            l.skip(len);
        }
    }
    filling(l, end);
    Ok(())
}

fn signature(l: &mut Layer<'_, '_>, end: usize) -> Done {
    let at = l.pos();
    let len = end.saturating_sub(at);
    l.need(at, len)?;
    l.add(&OPT_DIGITAL_SIGNATURE_PADDING, at, len, Value::None);
    l.skip(len);
    Ok(())
}

/// Filling up to the end of the option.
fn filling(l: &mut Layer<'_, '_>, end: usize) {
    let at = l.pos();
    l.add(&OPT_PADDING, at, end.saturating_sub(at), Value::None);
    l.seek(end.max(at));
}

/// How long the DER element at a position is, with its head; `None` where it has no length that fits into 16 bits.
fn der_length(l: &Layer<'_, '_>, at: usize) -> Option<usize> {
    let first = usize::from(l.peek_u8(at + 1).ok()?);
    let (head, len) = match first {
        0..=0x7f => (2, first),
        0x81 => (3, usize::from(l.peek_u8(at + 2).ok()?)),
        0x82 => (4, usize::from(l.peek_u16(at + 2).ok()?)),
        _ => return None,
    };
    Some(head + len)
}
