//! Private messages (mode 7, RFC 5905 section 7.3): each program may use them as it likes; only those of xntpd and ntpd are known.
//! Their list of recent clients ("monlist") answered a small question with many large packets to whoever was named as the asker:
//! a favourite of attackers, and the reason why servers do not answer such messages any more.

use std::fmt::Write as _;

use super::fields::*;
use super::private_fields::*;
use super::{Exchange, bits, link, private_items};
use crate::dissect::{Done, Layer, Stop, Value};
use crate::field::{Field, Kind};
use crate::flow::facts::tag;

const HEADER: usize = 8;

/// The implementation whose items are known.
const XNTPD: u8 = 3;

/// Where the authenticator of a request stands, whatever its items.
const REQUEST_TIME: usize = 184;

const LIST: u8 = 20;
const LIST_1: u8 = 42;
const INTERFACES: u8 = 44;
const RELOAD_INTERFACES: u8 = 45;

/// A message from its first byte.
pub fn dissect(l: &mut Layer<'_, '_>) -> Done {
    let response = l.peek_u8(0)? & 0x80 != 0;
    let authenticated = l.peek_u8(1)? & 0x80 != 0;
    let request = l.peek_u8(3)?;
    let exchange = Exchange {
        tag: tag(b"NP"),
        id: u64::from(l.peek_u8(1)? & 0x7f),
        response,
    };
    if l.scanning() {
        link(l, &exchange);
        return Ok(());
    }
    let name = PRIV_REQCODE
        .name_of(u64::from(request))
        .unwrap_or("Unknown");
    l.info_append(|out| {
        let what = if response { "Response" } else { "Request" };
        let _ = write!(out, ", {what}, {name}");
    });
    bits::summed(
        l,
        &FLAGS,
        0,
        1,
        &[&PRIV_FLAGS_R, &PRIV_FLAGS_MORE, &FLAGS_VN, &FLAGS_MODE],
    )?;
    bits::summed(l, &PRIV_AUTH_SEQ, 1, 1, &[&PRIV_AUTH, &PRIV_SEQ])?;
    l.seek(2);
    let implementation = l.u8(&PRIV_IMPL)?;
    l.u8(&PRIV_REQCODE)?;
    if implementation != XNTPD {
        return Ok(());
    }
    link(l, &exchange);
    l.bits(&PRIV_ERR, 4, 1)?;
    let error = l.last();
    l.append(error, |out| {
        // Four bits, but written as the byte that they stand in.
        if let Some(at) = out.rfind("0x") {
            out.insert(at + 2, '0');
        }
    });
    let count = halved(l, &PRIV_NUMITEMS, 4)?;
    l.bits(&PRIV_RESERVED, 6, 1)?;
    let reserved = l.last();
    l.append(reserved, |out| {
        if let Some(at) = out.rfind("0x") {
            out.insert(at + 2, '0');
        }
    });
    let size = halved(l, &PRIV_ITEMSIZE, 6)?;
    for i in 0..count {
        l.seek(HEADER + i * size);
        item(l, request, response, size, name)?;
    }
    if authenticated && !response {
        l.seek(REQUEST_TIME);
        super::timestamp(l, &PRIV_TSTAMP)?;
        super::key_id(l)?;
        let rest = l.left();
        l.bytes(&MAC, rest)?;
    }
    Ok(())
}

/// The lower 12 bits of two bytes, which are drawn with a gap between the bytes.
fn halved(l: &mut Layer<'_, '_>, field: &'static Field, at: usize) -> Result<usize, Stop> {
    let value = l.bits(field, at, 2)?;
    let node = l.last();
    l.append(node, |out| {
        const HALF: usize = ".... 0000".len();
        if out.is_char_boundary(HALF) {
            out.insert(HALF, ' ');
        }
    });
    Ok(value as usize)
}

/// One item.
fn item(
    l: &mut Layer<'_, '_>,
    request: u8,
    response: bool,
    size: usize,
    name: &'static str,
) -> Result<(), Stop> {
    let start = l.pos();
    let listed = matches!(request, LIST | LIST_1);
    let value = if listed {
        l.made(b"Monlist Item")
    } else {
        Value::None
    };
    let node = l.open(&ITEM, start, size.min(l.left()), value);
    l.label(node, |out| {
        let _ = write!(out, "{name} Item");
    });
    let layout = match request {
        INTERFACES | RELOAD_INTERFACES if l.peek_u32(start + 48)? != 0 => private_items::INTERFACE6,
        _ => private_items::layout(request, response),
    };
    let (mut remote, mut six) = ([0; 4], true);
    for (field, len) in layout {
        let Some(field) = field else {
            l.skip(*len);
            continue;
        };
        let at = l.pos();
        if std::ptr::eq(*field, &MONLIST_ADDR6) && !six {
            break;
        }
        match field.kind {
            Kind::Ipv4 => {
                let address = l.ipv4(field)?;
                if std::ptr::eq(*field, &MONLIST_REMOTE_ADDRESS) {
                    remote = address;
                }
            }
            Kind::Ipv6 => {
                l.ipv6(field)?;
            }
            Kind::AbsTime => super::timestamp(l, field)?,
            Kind::Str => text(l, field, *len)?,
            Kind::Bytes => {
                let len = match len {
                    0 => (start + size).saturating_sub(at),
                    n => *n,
                };
                l.bytes(field, len)?;
            }
            _ if std::ptr::eq(*field, &KEY) => {
                l.uint_le(field, *len)?;
            }
            _ if let Some(parts) = flag_parts(field) => {
                bits::summed(l, field, at, *len, parts)?;
                l.skip(*len);
            }
            _ => {
                let value = l.uint(field, *len)?;
                if std::ptr::eq(*field, &MONLIST_PORT) {
                    l.label(node, |out| {
                        let [a, b, c, d] = remote;
                        let _ = write!(out, "Monlist item: address: {a}.{b}.{c}.{d}:{value}");
                    });
                } else if std::ptr::eq(*field, &MONLIST_IPV6) {
                    six = value != 0;
                }
            }
        }
    }
    l.close();
    Ok(())
}

/// A text of fixed length, filled up with zero bytes.
fn text(l: &mut Layer<'_, '_>, field: &'static Field, len: usize) -> Result<(), Stop> {
    let at = l.pos();
    let bytes = l.peek(at, len)?;
    let used = bytes.iter().position(|b| *b == 0).unwrap_or(len);
    let value = l.slice(at, used);
    l.add(field, at, len, value);
    l.skip(len);
    Ok(())
}

/// The bits of a field that has some.
fn flag_parts(field: &Field) -> Option<&'static [&'static Field]> {
    FLAG_PARTS
        .iter()
        .find(|(whole, _)| whole.iter().any(|w| std::ptr::eq(*w, field)))
        .map(|(_, parts)| *parts)
}

/// Fields with the bits that they are made of.
type Parts = (&'static [&'static Field], &'static [&'static Field]);

static FLAG_PARTS: &[Parts] = &[
    (
        &[&PEER_FLAGS],
        &[
            &PEER_FLAGS_CONFIG,
            &PEER_FLAGS_SYSPEER,
            &PEER_FLAGS_BURST,
            &PEER_FLAGS_REFCLOCK,
            &PEER_FLAGS_PREFER,
            &PEER_FLAGS_AUTHENABLE,
            &PEER_FLAGS_SEL_CANDIDATE,
            &PEER_FLAGS_SHORTLIST,
        ],
    ),
    (
        &[&PRIV_CONFIG_FLAGS],
        &[
            &CONFIG_FLAGS_AUTHENABLE,
            &CONFIG_FLAGS_PREFER,
            &CONFIG_FLAGS_BURST,
            &CONFIG_FLAGS_IBURST,
            &CONFIG_FLAGS_NO_SELECT,
            &CONFIG_FLAGS_SKEY,
        ],
    ),
    (
        &[&SYS_FLAGS, &SYS_FLAGS8],
        &[
            &SYS_FLAGS_BCLIENT,
            &SYS_FLAGS_PPS,
            &SYS_FLAGS_NTP,
            &SYS_FLAGS_KERNEL,
            &SYS_FLAGS_MONITOR,
            &SYS_FLAGS_FILEGEN,
            &SYS_FLAGS_AUTH,
            &SYS_FLAGS_CAL,
        ],
    ),
    (
        &[&RESET_STATS_FLAGS],
        &[
            &RESET_STATS_FLAGS_ALLPEERS,
            &RESET_STATS_FLAGS_IO,
            &RESET_STATS_FLAGS_SYS,
            &RESET_STATS_FLAGS_MEM,
            &RESET_STATS_FLAGS_TIMER,
            &RESET_STATS_FLAGS_AUTH,
            &RESET_STATS_FLAGS_CTL,
        ],
    ),
];
