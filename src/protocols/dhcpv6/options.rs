//! The values of the options (RFC 8415 section 21 and the documents of each).

use std::fmt::Write as _;

use super::fields::*;
use super::{Around, carried, options};
use crate::dissect::{Layer, NodeId, Stop, Value};
use crate::field::Field;
use crate::protocols::bits;
use crate::protocols::dhcp::domain;

/// The form of a value that is no more than a field or several alike.
enum Form {
    /// One byte, two, four.
    Number(&'static Field, usize),
    /// One address.
    Address(&'static Field),
    /// Addresses; `true` if they are numbered in their labels.
    Addresses(&'static Field, bool),
    /// Bytes.
    Blob(&'static Field),
    /// Text.
    Text(&'static Field),
    /// Numbers of two bytes.
    Codes(&'static Field),
    /// Names, below a line of their own.
    Names(&'static Field, &'static str),
    /// One name.
    Name(&'static Field),
    /// Other options.
    Options,
    /// Two or four bytes of bits.
    Bits(&'static Field, usize, &'static [&'static Field]),
}

/// Bits of flag fields.
static CONNECT_FLAGS: &[&Field] = &[&FAILOVER_CONNECT_FLAGS_RESERVED, &FAILOVER_CONNECT_FLAGS_F];

static DNS_FLAGS: &[&Field] = &[
    &FAILOVER_DNS_FLAGS_RESERVED,
    &FAILOVER_DNS_FLAGS_U,
    &FAILOVER_DNS_FLAGS_S,
    &FAILOVER_DNS_FLAGS_R,
    &FAILOVER_DNS_FLAGS_F,
];

static SERVER_FLAGS: &[&Field] = &[
    &FAILOVER_SERVER_FLAGS_RESERVED,
    &FAILOVER_SERVER_FLAGS_A,
    &FAILOVER_SERVER_FLAGS_S,
    &FAILOVER_SERVER_FLAGS_C,
];

fn form(code: u16) -> Option<Form> {
    use Form::{Address, Addresses, Bits, Blob, Codes, Name, Names, Number, Options, Text};
    Some(match code {
        6 | 43 => Codes(&REQUESTED_OPTION_CODE),
        7 => Number(&OPTION_PREFERENCE, 1),
        12 => Address(&UNICAST),
        18 => Blob(&INTERFACE_ID),
        19 => Number(&RECONF_MSG, 1),
        21 => Names(
            &SIP_SERVER_DOMAIN_SEARCH_FQDN,
            "SIP Servers Domain Search List",
        ),
        22 => Addresses(&SIP_SERVER_A, false),
        23 => Addresses(&DNS_SERVER, true),
        24 => Names(&SEARCH_LIST_ENTRY, "Domain name suffix search list"),
        27 => Addresses(&NIS_SERVER, false),
        28 => Addresses(&NISP_SERVER, false),
        29 => Names(&NIS_FQDN, "nis-domain-name"),
        30 => Names(&NISP_FQDN, "nisp-domain-name"),
        31 => Addresses(&SNTP_SERVER, true),
        32 => Number(&LIFETIME, 4),
        33 => Names(&BCMCS_SERVER_FQDN, "BCMCS server domain list"),
        34 => Addresses(&BCMCS_SERVER_A, false),
        38 => Text(&SUBSCRIBER_ID),
        40 => Addresses(&PANA_AGENT, false),
        41 => Text(&TIMEZONE),
        42 => Text(&TZDB),
        45 | 94..=96 => Options,
        46 => Number(&CLT_TIME, 4),
        48 => Addresses(&LQ_CLIENT_LINK, false),
        52 => Addresses(&CAPWAP_AC_V6, false),
        64 => Name(&AFTR_NAME),
        90 => Address(&S46_BR_ADDRESS),
        103 => Text(&CAPTIVE_PORTAL),
        111 => Codes(&OPTION_CODE),
        112 => Text(&MUDURL),
        114 => Number(&FAILOVER_BINDING_STATUS, 1),
        115 => Bits(&FAILOVER_CONNECT_FLAGS, 2, CONNECT_FLAGS),
        117 => Name(&FAILOVER_DNS_HOSTNAME),
        118 => Name(&FAILOVER_DNS_ZONENAME),
        119 => Bits(&FAILOVER_DNS_FLAGS, 2, DNS_FLAGS),
        120 => Number(&FAILOVER_EXPIRATION_TIME, 4),
        121 => Number(&FAILOVER_MAX_UNACKED_BNDUPD, 4),
        122 => Number(&FAILOVER_MCLT, 4),
        123 => Number(&FAILOVER_PARTNER_LIFETIME, 4),
        124 => Number(&FAILOVER_PARTNER_LIFETIME_SENT, 4),
        125 => Number(&FAILOVER_PARTNER_DOWN_TIME, 4),
        126 => Number(&FAILOVER_PARTNER_RAW_CLT_TIME, 4),
        128 => Number(&FAILOVER_KEEPALIVE_TIME, 4),
        130 => Text(&FAILOVER_RELATIONSHIP_NAME),
        131 => Bits(&FAILOVER_SERVER_FLAGS, 1, SERVER_FLAGS),
        132 => Number(&FAILOVER_SERVER_STATE, 1),
        133 => Number(&FAILOVER_START_TIME_OF_STATE, 4),
        134 => Number(&FAILOVER_STATE_EXPIRATION_TIME, 4),
        135 => Number(&RELAY_PORT, 2),
        _ => return None,
    })
}

/// The value of an option, from the cursor on.
pub fn value(
    l: &mut Layer<'_, '_>,
    node: NodeId,
    code: u16,
    len: usize,
    around: Around,
) -> Result<(), Stop> {
    let end = l.pos() + len;
    let deeper = Around {
        depth: around.depth + 1,
        ..around
    };
    if let Some(form) = form(code) {
        return simple(l, node, &form, len, deeper);
    }
    let least = match code {
        1 | 2 | 53 => 2,
        3 | 25 => 12,
        4 | 16 | 17 | 37 | 129 => 4,
        5 => 24,
        8 => 2,
        9 => 1,
        11 => 11,
        13 | 67 | 91 => 2,
        26 => 25,
        39 => 1,
        44 => 17,
        47 => 16,
        56 => 4,
        89 => 8,
        92 => 5,
        93 | 127 => 4,
        _ => 0,
    };
    let exact = matches!(code, 8 | 93 | 127) && len != least;
    if len < least || exact || code == 20 && len > 0 {
        malformed(l, node);
        return Ok(());
    }
    match code {
        1 | 2 | 53 => unique_id(l, len, code == 1),
        3 | 25 => {
            hex_text(l, &IAID, 4, false)?;
            lifetime(l, &IAID_T1)?;
            lifetime(l, &IAID_T2)?;
            options(l, end, deeper)
        }
        4 => {
            hex_text(l, &IATA, 4, false)?;
            options(l, end, deeper)
        }
        5 => {
            let address = l.ipv6(&IAADDR_IP)?;
            l.info_append(|out| {
                let _ = write!(out, "IAA: {} ", std::net::Ipv6Addr::from(address));
            });
            lifetime(l, &IAADDR_PREF_LIFETIME)?;
            lifetime(l, &IAADDR_VALID_LIFETIME)?;
            options(l, end, deeper)
        }
        8 => {
            let at = l.pos();
            let milliseconds = u64::from(l.peek_u16(at)?) * 10;
            let shown = l.add(&ELAPSED_TIME, at, 2, Value::U(milliseconds));
            l.label(shown, |out| {
                let _ = write!(out, "Elapsed time: {milliseconds}ms");
            });
            l.skip(2);
            Ok(())
        }
        9 => carried(l, len, deeper.depth),
        11 => authentication(l, end),
        13 => {
            l.u16(&STATUS_CODE)?;
            if len > 2 {
                l.bytes(&STATUS_MSG, len - 2)?;
            }
            Ok(())
        }
        15 => user_class(l, node, end),
        16 => {
            l.u32(&VENDORCLASS_ENTERPRISE)?;
            // The yardstick takes all behind the first length as one text.
            if len >= 6 {
                l.skip(2);
                text(l, &VENDORCLASS_DATA, len - 6)?;
            }
            Ok(())
        }
        17 => vendor_options(l, end),
        26 => {
            lifetime(l, &IAPREFIX_PREF_LIFETIME)?;
            lifetime(l, &IAPREFIX_VALID_LIFETIME)?;
            l.u8(&IAPREFIX_PREF_LEN)?;
            l.ipv6(&IAPREFIX_PREF_ADDR)?;
            options(l, end, deeper)
        }
        37 => {
            l.u32(&REMOTEID_ENTERPRISE)?;
            l.bytes(&REMOTEID_ENTERPRISE_ID, len - 4)?;
            Ok(())
        }
        39 => full_name(l, len, around.message),
        44 => {
            let kind = l.u8(&LQ_QUERY)?;
            if (3..=5).contains(&kind) && !around.bulk {
                let node = l.last();
                l.issue(node, &super::bulk::BAD_QUERY);
            }
            l.ipv6(&LQ_QUERY_LINK_ADDRESS)?;
            options(l, end, deeper)
        }
        47 => {
            l.ipv6(&LQ_RELAY_DATA_PEER_ADDR)?;
            l.bytes(&LQ_RELAY_DATA_MSG, len - 16)?;
            Ok(())
        }
        56 => time_servers(l, node, end),
        67 => {
            l.u8(&PD_EXCLUDE_PREF_LEN)?;
            l.bytes(&PD_EXCLUDE_SUBNET_ID, len - 1)?;
            Ok(())
        }
        89 => {
            let at = l.pos();
            let parts = [&S46_RULE_FLAGS_RESERVED, &S46_RULE_FLAGS_FMR];
            bits::summed(l, &S46_RULE_FLAGS, at, 1, &parts)?;
            l.skip(1);
            l.u8(&S46_RULE_EA_LEN)?;
            l.u8(&S46_RULE_IPV4_PREF_LEN)?;
            l.ipv4(&S46_RULE_IPV4_PREFIX)?;
            let width = l.u8(&S46_RULE_IPV6_PREFIX_LEN)?;
            prefix(l, &S46_RULE_IPV6_PREFIX, width)?;
            options(l, end, deeper)
        }
        91 => {
            let width = l.u8(&S46_DMR_DMR_PREF_LEN)?;
            prefix(l, &S46_DMR_DMR_PREFIX, width)
        }
        92 => {
            l.ipv4(&S46_V4V6BIND_IPV4_ADDRESS)?;
            let width = l.u8(&S46_V4V6BIND_IPV6_PREF_LEN)?;
            prefix(l, &S46_V4V6BIND_IPV6_PREFIX, width)?;
            options(l, end, deeper)
        }
        93 => {
            l.u8(&S46_PORTPARAM_OFFSET)?;
            let width = l.u8(&S46_PORTPARAM_PSID_LEN)?;
            let at = l.pos();
            // The set's number stands in the leading bits.
            let raw = u64::from(l.peek_u16(at)?);
            let set = raw >> (16 - u32::from(width.min(16)));
            l.add(&S46_PORTPARAM_PSID, at, 2, Value::U(set));
            Ok(())
        }
        127 => {
            l.u16(&FAILOVER_PROTOCOL_MAJOR_VERSION)?;
            l.u16(&FAILOVER_PROTOCOL_MINOR_VERSION)?;
            Ok(())
        }
        129 => {
            l.u32(&FAILOVER_RECONFIGURE_TIME)?;
            l.bytes(&FAILOVER_RECONFIGURE_KEY, len - 4)?;
            Ok(())
        }
        _ => Ok(()),
    }
}

fn malformed(l: &mut Layer<'_, '_>, node: NodeId) {
    l.issue(node, &MALFORMED_OPTION);
}

fn simple(
    l: &mut Layer<'_, '_>,
    node: NodeId,
    form: &Form,
    len: usize,
    around: Around,
) -> Result<(), Stop> {
    let end = l.pos() + len;
    match form {
        Form::Number(_, n) | Form::Bits(_, n, _) if len != *n => malformed(l, node),
        Form::Number(field, n) => {
            l.uint(field, *n)?;
        }
        Form::Bits(field, n, parts) => {
            let at = l.pos();
            bits::summed(l, field, at, *n, parts)?;
        }
        Form::Address(_) if len != 16 => malformed(l, node),
        Form::Address(field) => {
            l.ipv6(field)?;
        }
        Form::Addresses(..) if !len.is_multiple_of(16) => malformed(l, node),
        Form::Addresses(field, numbered) => {
            for i in 1..=len / 16 {
                let address = l.ipv6(field)?;
                if *numbered {
                    let shown = l.last();
                    l.label(shown, |out| {
                        let address = std::net::Ipv6Addr::from(address);
                        let _ = write!(out, " {i} {}: {address}", field.label);
                    });
                }
            }
        }
        Form::Blob(_) if len == 0 => malformed(l, node),
        Form::Blob(field) => {
            l.bytes(field, len)?;
        }
        Form::Text(field) => {
            l.bytes(field, len)?;
        }
        Form::Codes(field) => {
            while l.pos() < end {
                l.u16(field)?;
            }
        }
        Form::Names(field, title) => {
            if len > 0 {
                let at = l.pos();
                l.open_text(at, len, |out| out.push_str(title));
                names(l, field, end)?;
                l.close();
            }
        }
        Form::Name(field) => names(l, field, end)?,
        Form::Options => options(l, end, around)?,
    }
    Ok(())
}

/// Names in the form of DNS up to `end`; whole ones are written with a dot behind them.
fn names(l: &mut Layer<'_, '_>, field: &'static Field, end: usize) -> Result<(), Stop> {
    if l.pos() == end {
        let at = l.pos();
        let node = l.add(&DOMAIN_FIELD_LEN, at.saturating_sub(3), 2, Value::U(0));
        l.label(node, |out| {
            out.push_str(
                "Empty domain field: the client requests the server to provide a domain name",
            );
        });
    }
    let base = l.pos();
    let data = l.peek(base, end - base)?;
    while l.pos() < end {
        let start = l.pos();
        let Some((mut name, used)) = domain::read(data, start - base) else {
            let value = l.slice(start, end - start);
            let node = l.add(&DECODED_PORTION, start, end - start, value);
            l.issue(node, &NOT_DNS);
            l.seek(end);
            return Ok(());
        };
        let whole = data.get(start - base + used - 1) == Some(&0);
        let short = !name.contains('.');
        if whole {
            name.push('.');
        }
        let value = l.made(name.as_bytes());
        if whole && short && !std::ptr::eq(field, &CLIENT_DOMAIN) {
            let node = l.add(&TLD, start, used, value);
            l.label(node, |out| {
                let _ = write!(out, "Top Level Domain name (TLD): {name}");
            });
            l.issue(node, &TLD_LOOKUP);
        } else {
            let node = l.add(field, start, used, value);
            if !whole {
                l.label(node, |out| {
                    let _ = write!(out, "Partial domain name: {name}");
                });
            }
        }
        l.skip(used.max(1));
    }
    Ok(())
}

/// Seconds; all ones mean for ever.
fn lifetime(l: &mut Layer<'_, '_>, field: &'static Field) -> Result<(), Stop> {
    if l.u32(field)? == u32::MAX {
        let node = l.last();
        l.label(node, |out| {
            let _ = write!(out, "{}: infinity", field.label);
        });
    }
    Ok(())
}

/// Bytes whose value is their text in hexadecimal digits.
fn hex_text(
    l: &mut Layer<'_, '_>,
    field: &'static Field,
    len: usize,
    colons: bool,
) -> Result<(), Stop> {
    let start = l.pos();
    let bytes = l.peek(start, len)?;
    let mut out = String::with_capacity(3 * len);
    for (i, byte) in bytes.iter().enumerate() {
        if colons && i > 0 {
            out.push(':');
        }
        crate::flow::address::push_hex(&mut out, *byte);
    }
    let value = l.made(out.as_bytes());
    l.add(field, start, len, value);
    l.skip(len);
    Ok(())
}

/// Text up to its end, or up to a zero byte.
fn text(l: &mut Layer<'_, '_>, field: &'static Field, len: usize) -> Result<(), Stop> {
    let at = l.pos();
    let bytes = l.peek(at, len)?;
    let used = bytes.iter().position(|b| *b == 0).unwrap_or(len);
    let value = l.slice(at, used);
    l.add(field, at, len, value);
    l.skip(len);
    Ok(())
}

/// An address of which only the leading `width` bits are sent.
fn prefix(l: &mut Layer<'_, '_>, field: &'static Field, width: u8) -> Result<(), Stop> {
    let len = usize::from(width).div_ceil(8);
    if len > 16 {
        return Err(Stop::Malformed);
    }
    let at = l.pos();
    let mut address = [0; 16];
    address[..len].copy_from_slice(l.peek(at, len)?);
    l.add(field, at, len, Value::Ipv6(address));
    l.skip(len);
    Ok(())
}

/// The identifier of a machine (RFC 8415 section 11).
fn unique_id(l: &mut Layer<'_, '_>, len: usize, client: bool) -> Result<(), Stop> {
    /// Seconds from 1970 to 2000, from which the time in an identifier counts.
    const TO_2000: i64 = 946_684_800;
    let start = l.pos();
    let bytes = l.bytes(&DUID_BYTES, len)?;
    if client {
        l.info_append(|out| {
            out.push_str("CID: ");
            for byte in bytes {
                crate::flow::address::push_hex(out, *byte);
            }
            out.push(' ');
        });
    }
    l.seek(start);
    let kind = l.u16(&DUID_TYPE)?;
    let left = |l: &Layer<'_, '_>| (start + len).saturating_sub(l.pos());
    match kind {
        1 if len >= 8 => {
            l.u16(&DUIDLLT_HWTYPE)?;
            let at = l.pos();
            let secs = i64::from(l.peek_u32(at)?) + TO_2000;
            l.add(&DUIDLLT_TIME, at, 4, Value::Time { secs, nanos: 0 });
            l.skip(4);
            let rest = left(l);
            if rest > 0 {
                hex_text(l, &DUIDLLT_LINK_LAYER_ADDR, rest, true)?;
            }
        }
        2 if len >= 6 => {
            l.u32(&DUIDEN_ENTERPRISE)?;
            let rest = left(l);
            if rest > 0 {
                l.bytes(&DUIDEN_IDENTIFIER, rest)?;
            }
        }
        3 if len >= 4 => {
            l.u16(&DUIDLL_HWTYPE)?;
            let rest = left(l);
            if rest > 0 {
                hex_text(l, &DUIDLL_LINK_LAYER_ADDR, rest, true)?;
            }
        }
        4 if len > 2 => {
            let rest = left(l);
            l.bytes(&DUIDUUID_BYTES, rest)?;
        }
        _ => {}
    }
    Ok(())
}

/// Option 11: who sends this can prove it (RFC 8415 section 20).
fn authentication(l: &mut Layer<'_, '_>, end: usize) -> Result<(), Stop> {
    l.u8(&AUTH_PROTOCOL)?;
    l.u8(&AUTH_ALGORITHM)?;
    l.u8(&AUTH_RDM)?;
    l.bytes(&AUTH_REPLAY_DETECTION, 8)?;
    let left = end - l.pos();
    // Realm, key and digest, where there is room for them.
    if left > 20 && l.peek_u8(end - left - 11)? != 3 {
        text(l, &AUTH_REALM, left - 20)?;
        l.u32(&AUTH_KEY_ID)?;
        l.bytes(&AUTH_MD5_DATA, 16)?;
    } else {
        l.bytes(&AUTH_INFO, left)?;
    }
    Ok(())
}

/// Option 15: classes that the user belongs to.
fn user_class(l: &mut Layer<'_, '_>, node: NodeId, end: usize) -> Result<(), Stop> {
    while l.pos() < end {
        let start = l.pos();
        let len = usize::from(l.peek_u16(start)?);
        if start + 2 + len > end {
            malformed(l, node);
            return Ok(());
        }
        l.open_text(start, 2 + len, |out| out.push_str("User Class suboption"));
        l.u16(&USERCLASS_LENGTH)?;
        l.bytes(&USERCLASS_OPAQUE_DATA, len)?;
        l.close();
    }
    Ok(())
}

/// Option 17: options of a vendor.
fn vendor_options(l: &mut Layer<'_, '_>, end: usize) -> Result<(), Stop> {
    l.u32(&VENDOROPTS_ENTERPRISE)?;
    l.enter();
    while l.pos() + 4 <= end {
        let start = l.pos();
        let len = usize::from(l.peek_u16(start + 2)?);
        l.open_text(start, 4 + len, |out| out.push_str("option"));
        l.u16(&VENDOROPTS_ENTERPRISE_OPTION_CODE)?;
        l.u16(&VENDOROPTS_ENTERPRISE_OPTION_LENGTH)?;
        l.bytes(&VENDOROPTS_ENTERPRISE_OPTION_DATA, len)?;
        l.close();
    }
    l.close();
    Ok(())
}

/// Option 39: the client's name with its domain (RFC 4704).
fn full_name(l: &mut Layer<'_, '_>, len: usize, message: u8) -> Result<(), Stop> {
    let start = l.pos();
    let from_client = matches!(message, 1 | 3 | 5 | 6);
    if !from_client && !matches!(message, 2 | 7) {
        let at = start - 4;
        let node = l.add(&CLIENTFQDN_BAD_MSGTYPE, at, 1, Value::U(u64::from(message)));
        l.issue(node, &BAD_MSGTYPE);
        return Ok(());
    }
    let parts: &[&'static Field] = if from_client {
        &[&CLIENTFQDN_CLIENT_N, &CLIENTFQDN_CLIENT_S]
    } else {
        &[
            &CLIENTFQDN_SERVER_N,
            &CLIENTFQDN_SERVER_O,
            &CLIENTFQDN_SERVER_S,
        ]
    };
    let flags = l.u8(&CLIENT_FQDN_FLAGS)?;
    let whole = l.last();
    l.enter();
    for part in parts {
        l.bits(part, start, 1)?;
    }
    l.close();
    if flags & 5 == 5 {
        l.issue(whole, &S_BIT);
    }
    names(l, &CLIENT_DOMAIN, start + len)
}

/// Option 56: time servers (RFC 5908).
fn time_servers(l: &mut Layer<'_, '_>, node: NodeId, end: usize) -> Result<(), Stop> {
    while l.pos() + 4 <= end {
        let start = l.pos();
        let kind = l.peek_u16(start)?;
        let len = usize::from(l.peek_u16(start + 2)?);
        if start + 4 + len > end {
            malformed(l, node);
            return Ok(());
        }
        l.open_text(start, 4 + len, |out| {
            let _ = match NTPSERVER_OPTION_TYPE.name_of(u64::from(kind)) {
                Some(name) => write!(out, "{name}"),
                None => write!(out, "NTP Server suboption {kind}"),
            };
        });
        l.u16(&NTPSERVER_OPTION_TYPE)?;
        l.u16(&NTPSERVER_OPTION_LENGTH)?;
        match (kind, len) {
            (1, 16) => {
                l.ipv6(&NTPSERVER_ADDR)?;
            }
            (2, 16) => {
                l.ipv6(&NTPSERVER_MC_ADDR)?;
            }
            (3, _) => names(l, &NTPSERVER_FQDN, start + 4 + len)?,
            _ => {}
        }
        l.close();
        l.seek(start + 4 + len);
    }
    Ok(())
}
