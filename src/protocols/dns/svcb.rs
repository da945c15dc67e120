//! SVCB and HTTPS records (RFC 9460): everything that a client must know to reach a service, in one answer.

use std::fmt::Write as _;
use std::net::{Ipv4Addr, Ipv6Addr};

use super::rdata::{Record, text};
use super::values::{SVC_KEYS, word};
use crate::dissect::{Done, Layer, NodeId, Value};

crate::fields! {
    /// 0: the target is another name for all; else lower numbers are tried first.
    PRIORITY = Field::new("dns.svcb.svcpriority", "SvcPriority", Kind::U16).spec("RFC 9460 section 2.4.1");
    /// The host that offers the service; the root stands for the name itself.
    TARGET = Field::new("dns.svcb.targetname", "TargetName", Kind::Str).spec("RFC 9460 section 2.5");
    /// One parameter of the service.
    PARAM = Field::new("dns.svcb.svcparam", "SvcParam", Kind::None).spec("RFC 9460 section 2.2");
    /// Which parameter.
    KEY = Field::new("dns.svcb.svcparam.key", "SvcParamKey", Kind::U16).values(SVC_KEYS).spec("RFC 9460 section 2.2");
    /// Length of its value in bytes.
    LENGTH = Field::new("dns.svcb.svcparam.value.length", "SvcParamValue length", Kind::U16).spec("RFC 9460 section 2.2");
    /// Its value.
    VALUE = Field::new("dns.svcb.svcparam.value", "SvcParamValue", Kind::Bytes).spec("RFC 9460 section 2.2");
    /// A parameter that a client must understand, or else leave the record alone.
    MANDATORY = Field::new("dns.svcb.svcparam.mandatory.key", "Mandatory key", Kind::U16).values(SVC_KEYS).spec("RFC 9460 section 8");
    /// Length of the name that follows.
    ALPN_LENGTH = Field::new("dns.svcb.svcparam.alpn.length", "ALPN length", Kind::U8).spec("RFC 9460 section 7.1");
    /// A protocol that the service speaks: `h2` for HTTP/2, `h3` for HTTP/3.
    ALPN = Field::new("dns.svcb.svcparam.alpn", "ALPN", Kind::Str).spec("RFC 9460 section 7.1");
    /// The port of the service.
    PORT = Field::new("dns.svcb.svcparam.port", "Port", Kind::U16).spec("RFC 9460 section 7.2");
    /// An IPv4 address to try while the real ones are still being asked for.
    IPV4 = Field::new("dns.svcb.svcparam.ipv4hint.ip", "IP", Kind::Ipv4).spec("RFC 9460 section 7.3");
    /// What is needed to encrypt the beginning of a TLS connection, the name of the server included.
    ECH = Field::new("dns.svcb.svcparam.echconfig", "ECHConfig", Kind::Bytes).spec("RFC 9460 section 14.3.2");
    /// An IPv6 address to try while the real ones are still being asked for.
    IPV6 = Field::new("dns.svcb.svcparam.ipv6hint.ip", "IP", Kind::Ipv6).spec("RFC 9460 section 7.3");
    /// Keys for asking through a middleman who cannot read along.
    ODOH = Field::new("dns.svcb.svcparam.odohconfig", "ODoHConfig", Kind::Bytes).spec("RFC 9230 section 5");
}

/// The data of an SVCB or HTTPS record.
pub fn service(l: &mut Layer<'_, '_>, r: &Record<'_>) -> Done {
    l.u16(&PRIORITY)?;
    r.name(l, &TARGET)?;
    while l.pos() < r.end() {
        let at = l.pos();
        let key = l.peek_u16(at)?;
        let len = usize::from(l.peek_u16(at + 2)?);
        let room = l.captured().saturating_sub(at);
        let node = l.open(&PARAM, at, (4 + len).min(room), Value::None);
        l.label(node, |out| {
            out.push_str("SvcParam: ");
            match word(SVC_KEYS, u64::from(key)) {
                Some(name) => out.push_str(name),
                None => {
                    let _ = write!(out, "key{key}");
                }
            }
        });
        l.u16(&KEY)?;
        l.u16(&LENGTH)?;
        value(l, node, key, at + 4 + len)?;
        l.close();
        l.seek(at + 4 + len);
    }
    Ok(())
}

/// The value of a parameter, up to position `end`; what it says goes behind the parameter's label.
fn value(l: &mut Layer<'_, '_>, node: NodeId, key: u16, end: usize) -> Done {
    let mut sign = "=";
    let mut say = |l: &mut Layer<'_, '_>, words: &dyn std::fmt::Display| {
        l.append(node, |out| {
            let _ = write!(out, "{sign}{words}");
        });
        sign = ",";
    };
    match key {
        0 => {
            while l.pos() < end {
                let key = l.u16(&MANDATORY)?;
                match word(SVC_KEYS, u64::from(key)) {
                    Some(name) => say(l, &name),
                    None => say(l, &format_args!("key{key}")),
                }
            }
        }
        1 => {
            while l.pos() < end {
                let n = usize::from(l.u8(&ALPN_LENGTH)?);
                let name = l.peek(l.pos(), n)?;
                text(l, &ALPN, n)?;
                say(l, &String::from_utf8_lossy(name));
            }
        }
        2 => {}
        3 => {
            let port = l.u16(&PORT)?;
            say(l, &port);
        }
        4 => {
            while l.pos() < end {
                let address = l.ipv4(&IPV4)?;
                say(l, &Ipv4Addr::from(address));
            }
        }
        6 => {
            while l.pos() < end {
                let address = l.ipv6(&IPV6)?;
                say(l, &Ipv6Addr::from(address));
            }
        }
        5 | 32769 => {
            let field: &'static Field = if key == 5 { &ECH } else { &ODOH };
            let bytes = l.bytes(field, end.saturating_sub(l.pos()))?;
            if l.wants_labels() {
                let words = base64(bytes);
                let this = l.last();
                l.label(this, |out| {
                    let _ = write!(out, "{}: {words}", field.label);
                });
                say(l, &words);
            }
        }
        _ => {
            let bytes = l.bytes(&VALUE, end.saturating_sub(l.pos()))?;
            if !bytes.is_empty() {
                let mut words = String::new();
                crate::dissect::text::escaped(bytes, &mut words);
                say(l, &words);
            }
        }
    }
    Ok(())
}

/// Bytes in Base64 (RFC 4648 section 4).
fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let bits = chunk
            .iter()
            .enumerate()
            .fold(0u32, |v, (i, b)| v | u32::from(*b) << (16 - 8 * i));
        for digit in 0..4 {
            if digit <= chunk.len() {
                let at = bits >> (18 - 6 * digit) & 63;
                out.push(char::from(DIGITS[at as usize]));
            } else {
                out.push('=');
            }
        }
    }
    out
}
