//! Options whose values have a form of their own.

use std::fmt::Write as _;

use super::fields::*;
use super::options::{At, bad_length, text};
use super::vendor_fields::*;
use super::{
    BAD_CATYPE, IGNORED_BITS, INVALID_NAME_SERVICE, NONSTANDARD, ROUTE_MASK, SIP_ENCODING,
    SIXRD_MALFORMED, bits, domain, is_ethernet, overloaded, push_ether,
};
use crate::dissect::{Layer, Stop, Value};
use crate::field::Field;

/// Option 52: the fields for server and file hold options.
pub fn overload(l: &mut Layer<'_, '_>, at: &At<'_, '_>) -> Result<(), Stop> {
    if at.len == 0 {
        bad_length(l, at.node, "length isn't >= 1");
        return Ok(());
    }
    let which = l.u8(&OPTION_OVERLOAD)?;
    if at.seen.overload != 0 && matches!(which, 1..=3) {
        overloaded(l, which, at.seen)?;
    }
    Ok(())
}

/// Option 55: what the client would like to be told.
pub fn request_list(l: &mut Layer<'_, '_>, at: &At<'_, '_>) -> Result<(), Stop> {
    for _ in 0..at.len {
        let code = l.u8(&REQUEST_LIST_ITEM)?;
        let node = l.last();
        l.label(node, |out| {
            let name = super::names::option(u64::from(code)).unwrap_or("Unknown");
            let _ = write!(out, "Parameter Request List Item: ({code}) {name}");
        });
    }
    Ok(())
}

/// Option 61: who the client is (RFC 2132 section 9.14, RFC 4361).
pub fn client_id(l: &mut Layer<'_, '_>, at: &At<'_, '_>) -> Result<(), Stop> {
    let kind = l.peek_u8(at.start)?;
    match (kind, at.len) {
        (1..=47, 7) if is_ethernet(kind) => {
            l.u8(&HW_TYPE)?;
            l.ether(&HW_MAC_ADDR)?;
        }
        (0, 17) => {
            l.skip(1);
            guid(l, &CLIENT_ID_UUID)?;
        }
        (0, 2..) => {
            l.u8(&CLIENT_ID_TYPE)?;
            text(l, &CLIENT_ID_UNDEF, at.len - 1)?;
        }
        (255, 2..) => {
            l.skip(1);
            hex_text(l, &CLIENT_ID_IAID, 4, None)?;
            unique_id(l, at)?;
        }
        _ => {}
    }
    Ok(())
}

/// The identifier of a machine, as in DHCPv6 (RFC 8415 section 11).
fn unique_id(l: &mut Layer<'_, '_>, at: &At<'_, '_>) -> Result<(), Stop> {
    let kind = l.u16(&CLIENT_ID_DUID_TYPE)?;
    let left = at.end().saturating_sub(l.pos());
    match kind {
        1 if left >= 6 => {
            l.u16(&CLIENT_ID_DUID_LLT_HW_TYPE)?;
            l.u32(&CLIENT_ID_TIME)?;
        }
        2 if left >= 4 => {
            l.u32(&CLIENT_ID_ENTERPRISE_NUM)?;
            let left = at.end().saturating_sub(l.pos());
            if left > 0 {
                l.bytes(&CLIENT_ID, left)?;
            }
            return Ok(());
        }
        3 if left >= 2 => {
            l.u16(&CLIENT_ID_DUID_LL_HW_TYPE)?;
        }
        1..=3 => {
            l.issue(at.node, &super::MALFORMED_DUID);
            return Ok(());
        }
        _ => return Ok(()),
    }
    let left = at.end().saturating_sub(l.pos());
    if left > 0 {
        hex_text(l, &CLIENT_ID_LINK_LAYER_ADDRESS, left, Some(':'))?;
    }
    Ok(())
}

/// Bytes whose value is their text in hexadecimal digits.
fn hex_text(
    l: &mut Layer<'_, '_>,
    field: &'static Field,
    len: usize,
    between: Option<char>,
) -> Result<(), Stop> {
    let start = l.pos();
    let bytes = l.peek(start, len)?;
    let mut out = String::with_capacity(3 * len);
    match between {
        Some(_) => push_ether(bytes, &mut out),
        None => {
            for byte in bytes {
                crate::flow::address::push_hex(&mut out, *byte);
            }
        }
    }
    let value = l.made(out.as_bytes());
    l.add(field, start, len, value);
    l.skip(len);
    Ok(())
}

/// A GUID with its first three parts written lower byte first, as Microsoft does.
fn guid(l: &mut Layer<'_, '_>, field: &'static Field) -> Result<(), Stop> {
    let start = l.pos();
    let mut b = [0; 16];
    b.copy_from_slice(l.peek(start, 16)?);
    b[..4].reverse();
    b[4..6].reverse();
    b[6..8].reverse();
    l.add(field, start, 16, Value::Ipv6(b));
    l.skip(16);
    Ok(())
}

/// Option 97: the machine's number (RFC 4578 section 2.3).
pub fn machine_id(l: &mut Layer<'_, '_>, at: &At<'_, '_>) -> Result<(), Stop> {
    if l.peek_u8(at.start)? == 0 && at.len == 17 {
        l.skip(1);
        guid(l, &CLIENT_ID_UUID)?;
    }
    Ok(())
}

/// Option 94: version of the network card's start interface (RFC 4578 section 2.2).
pub fn network_interface(l: &mut Layer<'_, '_>, at: &At<'_, '_>) -> Result<(), Stop> {
    if l.peek_u8(at.start)? == 1 && at.len >= 3 {
        l.skip(1);
        l.u8(&CLIENT_NETWORK_ID_MAJOR)?;
        l.u8(&CLIENT_NETWORK_ID_MINOR)?;
    }
    Ok(())
}

/// Option 77: classes that the user belongs to (RFC 3004); many clients leave the lengths out.
pub fn user_class(l: &mut Layer<'_, '_>, at: &At<'_, '_>) -> Result<(), Stop> {
    if at.len < 2 {
        bad_length(l, at.node, "length isn't >= 2");
        return Ok(());
    }
    let mut instance = 0u64;
    while l.pos() < at.end() {
        let start = l.pos();
        let len = usize::from(l.peek_u8(start)?);
        let left = at.end() - start;
        if len == 0 || len >= left {
            text(l, &USER_CLASS_TEXT, left)?;
            let node = l.last();
            l.issue(node, &NONSTANDARD);
            return Ok(());
        }
        let node = l.open(&USER_CLASS, start, 1 + len, Value::U(instance));
        l.label(node, |out| {
            let _ = write!(out, "Instance of User Class: [{instance}]");
        });
        l.u8(&USER_CLASS_LENGTH)?;
        l.bytes(&USER_CLASS_DATA, len)?;
        l.close();
        instance += 1;
    }
    Ok(())
}

/// Option 78: directory agents (RFC 2610).
pub fn directory_agent(l: &mut Layer<'_, '_>, at: &At<'_, '_>) -> Result<(), Stop> {
    if at.len == 0 {
        bad_length(l, at.node, "length isn't >= 1");
        return Ok(());
    }
    l.u8(&SLP_DIRECTORY_AGENT_VALUE)?;
    while at.end() - l.pos() >= 4 {
        l.ipv4(&SLP_DIRECTORY_AGENT_SLPDA_ADDRESS)?;
    }
    if l.pos() != at.end() {
        bad_length(l, at.node, "Option length isn't a multiple of 4");
    }
    Ok(())
}

/// Option 79: scopes of services (RFC 2610).
pub fn service_scope(l: &mut Layer<'_, '_>, at: &At<'_, '_>) -> Result<(), Stop> {
    l.u8(&SLP_SERVICE_SCOPE_VALUE)?;
    text(l, &SLP_SERVICE_SCOPE_STRING, at.len.saturating_sub(1))
}

/// Option 81: the client's name with its domain (RFC 4702).
pub fn full_name(l: &mut Layer<'_, '_>, at: &At<'_, '_>) -> Result<(), Stop> {
    if at.len < 3 {
        bad_length(l, at.node, "length isn't >= 3");
        return Ok(());
    }
    let parts = [&FQDN_MBZ, &FQDN_N, &FQDN_E, &FQDN_O, &FQDN_S];
    let flags = bits::summed(l, &FQDN_FLAGS, at.start, 1, &parts)?;
    l.skip(1);
    l.u8(&FQDN_RCODE1)?;
    l.u8(&FQDN_RCODE2)?;
    let left = at.end() - l.pos();
    if left == 0 {
        return Ok(());
    }
    if flags & 4 == 0 {
        return text(l, &FQDN_NAME, left);
    }
    let start = l.pos();
    let bytes = l.peek(start, left)?;
    let value = match domain::read(bytes, 0) {
        Some((name, _)) => l.made(name.as_bytes()),
        None => l.slice(start, left),
    };
    l.add(&FQDN_NAME, start, left, value);
    l.skip(left);
    Ok(())
}

/// Option 83: storage name servers (RFC 4174).
pub fn storage_names(l: &mut Layer<'_, '_>, at: &At<'_, '_>) -> Result<(), Stop> {
    if at.len < 14 {
        bad_length(l, at.node, "length must be >= 14");
        return Ok(());
    }
    let sets: [(&'static Field, &[&'static Field]); 3] = [
        (
            &ISNS_FUNCTIONS,
            &[
                &ISNS_FUNCTIONS_ENABLED,
                &ISNS_FUNCTIONS_DD_BASE_AUTHORIZATION,
                &ISNS_FUNCTIONS_SEC_POLICY_DISTRIBUTION,
                &ISNS_FUNCTIONS_RESERVED,
            ],
        ),
        (
            &ISNS_DISCOVERY_DOMAIN_ACCESS,
            &[
                &ISNS_DISCOVERY_DOMAIN_ACCESS_ENABLED,
                &ISNS_DISCOVERY_DOMAIN_ACCESS_CONTROL_NODE,
                &ISNS_DISCOVERY_DOMAIN_ACCESS_ISCSI_TARGET,
                &ISNS_DISCOVERY_DOMAIN_ACCESS_ISCSI_INITIATOR,
                &ISNS_DISCOVERY_DOMAIN_ACCESS_IFCP_TARGET_PORT,
                &ISNS_DISCOVERY_DOMAIN_ACCESS_INITIATOR_TARGET_PORT,
                &ISNS_DISCOVERY_DOMAIN_ACCESS_RESERVED,
            ],
        ),
        (
            &ISNS_ADMINISTRATIVE_FLAGS,
            &[
                &ISNS_ADMINISTRATIVE_FLAGS_ENABLED,
                &ISNS_ADMINISTRATIVE_FLAGS_HEARTBEAT,
                &ISNS_ADMINISTRATIVE_FLAGS_MANAGEMENT_SCNS,
                &ISNS_ADMINISTRATIVE_FLAGS_DEFAULT_DISCOVERY_DOMAIN,
                &ISNS_ADMINISTRATIVE_FLAGS_RESERVED,
            ],
        ),
    ];
    for (whole, parts) in sets {
        bit_set(l, whole, 2, parts)?;
    }
    bit_set(
        l,
        &ISNS_SERVER_SECURITY_BITMAP,
        4,
        &[
            &ISNS_SERVER_SECURITY_BITMAP_ENABLED,
            &ISNS_SERVER_SECURITY_BITMAP_IKE_IPSEC_ENABLED,
            &ISNS_SERVER_SECURITY_BITMAP_MAIN_MODE,
            &ISNS_SERVER_SECURITY_BITMAP_AGGRESSIVE_MODE,
            &ISNS_SERVER_SECURITY_BITMAP_PFS,
            &ISNS_SERVER_SECURITY_BITMAP_TRANSPORT_MODE,
            &ISNS_SERVER_SECURITY_BITMAP_TUNNEL_MODE,
            &ISNS_SERVER_SECURITY_BITMAP_RESERVED,
        ],
    )?;
    for field in [
        &ISNS_HEARTBEAT_ORIGINATOR_ADDR,
        &ISNS_PRIMARY_SERVER_ADDR,
        &ISNS_SECONDARY_SERVER_ADDR,
    ] {
        if at.end() - l.pos() >= 4 {
            l.ipv4(field)?;
        }
    }
    Ok(())
}

/// Bits that only count if the lowest is set.
fn bit_set(
    l: &mut Layer<'_, '_>,
    whole: &'static Field,
    len: usize,
    parts: &[&'static Field],
) -> Result<(), Stop> {
    let at = l.pos();
    let node = bits::open(l, whole, at, len, parts)?;
    let value = l.peek_uint(at, len)?;
    if value & 1 == 0 && value != 0 {
        l.issue(node, &IGNORED_BITS);
    }
    l.close();
    l.skip(len);
    Ok(())
}

/// Option 90: who sends this can prove it (RFC 3118).
pub fn authentication(l: &mut Layer<'_, '_>, at: &At<'_, '_>) -> Result<(), Stop> {
    if at.len < 11 {
        bad_length(l, at.node, "length isn't >= 11");
        return Ok(());
    }
    let delayed = l.u8(&DHCP_AUTHENTICATION_PROTOCOL)? == 1;
    l.u8(if delayed {
        &DHCP_AUTHENTICATION_ALG_DELAY
    } else {
        &DHCP_AUTHENTICATION_ALGORITHM
    })?;
    if l.u8(&DHCP_AUTHENTICATION_RDM)? == 0 {
        l.u64(&DHCP_AUTHENTICATION_RDM_REPLAY_DETECTION)?;
    } else {
        text(l, &DHCP_AUTHENTICATION_RDM_RDV, 8)?;
    }
    let left = at.end() - l.pos();
    if delayed {
        // The question has no digest yet.
        if left >= 20 {
            l.u32(&DHCP_AUTHENTICATION_SECRET_ID)?;
            l.bytes(&DHCP_AUTHENTICATION_HMAC_MD5_HASH, 16)?;
        }
    } else if left > 0 {
        text(l, &DHCP_AUTHENTICATION_INFORMATION, left)?;
    }
    Ok(())
}

/// Option 99: a postal address (RFC 4776).
pub fn civic_location(l: &mut Layer<'_, '_>, at: &At<'_, '_>) -> Result<(), Stop> {
    if at.len < 3 {
        return Ok(());
    }
    l.u8(&CIVIC_LOCATION_WHAT)?;
    text(l, &CIVIC_LOCATION_COUNTRY, 2)?;
    while at.end() - l.pos() >= 2 {
        l.u8(&CIVIC_LOCATION_CA_TYPE)?;
        let len = usize::from(l.u8(&CIVIC_LOCATION_CA_LENGTH)?);
        if len > at.end() - l.pos() {
            l.issue(at.node, &BAD_CATYPE);
            return Ok(());
        }
        if len > 0 {
            text(l, &CIVIC_LOCATION_CA_VALUE, len)?;
        }
    }
    Ok(())
}

/// Option 117: in which order name services are asked (RFC 2937).
pub fn name_services(l: &mut Layer<'_, '_>, at: &At<'_, '_>) -> Result<(), Stop> {
    if at.len < 2 {
        bad_length(l, at.node, "length isn't >= 2");
        return Ok(());
    }
    if !at.len.is_multiple_of(2) {
        l.issue_with(at.node, &super::BAD_LENGTH, |out| {
            let _ = write!(out, "length ({}) isn't even number", at.len);
        });
        return Ok(());
    }
    for _ in 0..at.len / 2 {
        let here = l.pos();
        let code = l.peek_u16(here)?;
        let name = match code {
            0 => "Local naming information (e.g., an /etc/hosts file on a UNIX machine)",
            6 => "Domain Name Server Option",
            41 => "Network Information Servers Option",
            44 => "NetBIOS over TCP/IP Name Server Option",
            65 => "Network Information Service+ Servers Option",
            _ => {
                l.issue_with(at.node, &INVALID_NAME_SERVICE, |out| {
                    let _ = write!(
                        out,
                        "Name service {code}; RFC 2937 has 0, 6, 41, 44 and 65 only"
                    );
                });
                l.skip(2);
                continue;
            }
        };
        let value = l.made(name.as_bytes());
        let node = l.add(&DHCP_NAME_SERVICE_SEARCH_OPTION, here, 2, value);
        l.label(node, |out| {
            let _ = write!(out, "Name Service: {name} ({code})");
        });
        l.skip(2);
    }
    Ok(())
}

/// Names in the form of DNS up to the end of the value.
fn domains(l: &mut Layer<'_, '_>, at: &At<'_, '_>, field: &'static Field) -> Result<(), Stop> {
    let base = l.pos();
    let data = l.peek(base, at.end() - base)?;
    while l.pos() < at.end() {
        let start = l.pos();
        let (name, used) = domain::read(data, start - base).ok_or(Stop::Malformed)?;
        let value = l.made(name.as_bytes());
        l.add(field, start, used, value);
        l.skip(used.max(1));
    }
    Ok(())
}

/// Option 119: domains to try (RFC 3397).
pub fn domain_search(l: &mut Layer<'_, '_>, at: &At<'_, '_>) -> Result<(), Stop> {
    domains(l, at, &DHCP_DNS_DOMAIN_SEARCH_LIST_FQDN)
}

/// Option 120: SIP servers by name or address (RFC 3361).
pub fn sip_servers(l: &mut Layer<'_, '_>, at: &At<'_, '_>) -> Result<(), Stop> {
    match l.u8(&SIP_SERVER_ENCODING)? {
        0 => domains(l, at, &SIP_SERVER_NAME),
        1 if at.len % 4 == 1 => {
            while l.pos() < at.end() {
                l.ipv4(&SIP_SERVER_ADDRESS)?;
            }
            Ok(())
        }
        1 => {
            l.issue_with(at.node, &super::BAD_LENGTH, |out| {
                let _ = write!(
                    out,
                    "length isn't a multiple of 4 plus 1 (len = {}).",
                    at.len
                );
            });
            Ok(())
        }
        other => {
            l.issue_with(at.node, &SIP_ENCODING, |out| {
                let _ = write!(out, "{} (Encoding = {other}).", SIP_ENCODING.field.label);
            });
            Ok(())
        }
    }
}

/// Options 121 and 249: routes with masks of any width (RFC 3442).
pub fn classless_routes(l: &mut Layer<'_, '_>, at: &At<'_, '_>) -> Result<(), Stop> {
    if at.len < 5 {
        bad_length(l, at.node, "length isn't >= 5");
        return Ok(());
    }
    while l.pos() < at.end() {
        let start = l.pos();
        let width = l.peek_u8(start)?;
        if width > 32 {
            l.issue_with(at.node, &ROUTE_MASK, |out| {
                let _ = write!(out, "Mask width ({width}) > 32");
            });
            return Ok(());
        }
        let significant = usize::from(width).div_ceil(8);
        let mut network = [0; 4];
        network[..significant].copy_from_slice(l.peek(start + 1, significant)?);
        let router = l.peek(start + 1 + significant, 4)?;
        let len = 5 + significant;
        let value = l.slice(start, len);
        let node = l.add(&CLASSLESS_STATIC_ROUTE, start, len, value);
        l.label(node, |out| {
            let [a, b, c, d] = network;
            let _ = match width {
                0 => write!(out, " default"),
                _ => write!(out, " {a}.{b}.{c}.{d}/{width}"),
            };
            let _ = write!(
                out,
                "-{}.{}.{}.{}",
                router[0], router[1], router[2], router[3]
            );
        });
        l.skip(len);
    }
    Ok(())
}

/// Option 123: where on earth the client is (RFC 3825), or identifiers of services for cable telephones.
pub fn coordinates(l: &mut Layer<'_, '_>, at: &At<'_, '_>) -> Result<(), Stop> {
    if at.len != 16 {
        while l.pos() < at.end() {
            let kind = l.u8(&CL_DSS_ID_OPTION)?;
            let node = l.last();
            l.label(node, |out| {
                let name = match kind {
                    217 => "Primary DSS_ID",
                    218 => "Secondary DSS_ID",
                    _ => "Unknown",
                };
                let _ = write!(out, "DSS_ID Type: {name} ({kind})");
            });
            let len = usize::from(l.u8(&CL_DSS_ID_LEN)?);
            if len == 0 {
                continue;
            }
            text(l, &CL_DSS_ID, len)?;
        }
        return Ok(());
    }
    let b = l.peek(at.start, 16)?;
    let whole = b.iter().fold(0u128, |v, byte| v << 8 | u128::from(*byte));
    // Fixed point: 9 bits before the point, 25 behind it; then the datum in the last byte.
    let take = |from: u32, bits: u32| (whole >> (128 - from - bits)) & ((1 << bits) - 1);
    let signed = |value: u128, bits: u32| {
        let shift = 128 - bits;
        ((value << shift) as i128 >> shift) as f64
    };
    let latitude = signed(take(6, 34), 34) / f64::from(1 << 25);
    let longitude = signed(take(46, 34), 34) / f64::from(1 << 25);
    let altitude = signed(take(90, 30), 30) / f64::from(1 << 8);
    let error = if !(-90.0..=90.0).contains(&latitude) {
        1
    } else if !(-180.0..=180.0).contains(&longitude) {
        2
    } else {
        0
    };
    let at_all = at.start;
    if error != 0 {
        l.add(&RFC3825_ERROR, at_all, 16, Value::U(error));
        return Ok(());
    }
    let resolution = |bits: u128, whole: i32| 2f64.powi(whole - bits as i32);
    l.add(&RFC3825_LATITUDE, at_all, 5, Value::F(latitude));
    l.add(&RFC3825_LONGITUDE, at_all + 5, 5, Value::F(longitude));
    l.add(
        &RFC3825_LATITUDE_RES,
        at_all,
        1,
        Value::F(resolution(take(0, 6), 8)),
    );
    l.add(
        &RFC3825_LONGITUDE_RES,
        at_all + 5,
        1,
        Value::F(resolution(take(40, 6), 8)),
    );
    l.add(&RFC3825_ALTITUDE, at_all + 11, 4, Value::F(altitude));
    l.add(
        &RFC3825_ALTITUDE_RES,
        at_all + 10,
        2,
        Value::F(resolution(take(84, 6), 21)),
    );
    l.add(
        &RFC3825_ALTITUDE_TYPE,
        at_all + 10,
        1,
        Value::U(take(80, 4) as u64),
    );
    Ok(())
}

/// Option 146: DNS servers for some domains only (RFC 6731).
pub fn name_server_selection(l: &mut Layer<'_, '_>, at: &At<'_, '_>) -> Result<(), Stop> {
    if at.len < 10 {
        bad_length(l, at.node, "length must be >= 10");
        return Ok(());
    }
    l.bits(&RDNSS_RESERVED, at.start, 1)?;
    l.bits(&RDNSS_PREFERENCE, at.start, 1)?;
    l.skip(1);
    l.ipv4(&RDNSS_PRIMARY_DNS)?;
    l.ipv4(&RDNSS_SECONDARY_DNS)?;
    domains(l, at, &RDNSS_DOMAIN)
}

/// Option 151: how a lease query ended (RFC 6926).
pub fn status(l: &mut Layer<'_, '_>, at: &At<'_, '_>) -> Result<(), Stop> {
    if at.len == 0 {
        bad_length(l, at.node, "length must >= 1");
        return Ok(());
    }
    l.u8(&BULK_LEASE_STATUS_CODE)?;
    if at.len > 1 {
        text(l, &BULK_LEASE_STATUS_CODE_MESSAGE, at.len - 1)?;
    }
    Ok(())
}

/// Option 158: lists of servers that open ports in a gateway (RFC 7291).
pub fn port_control(l: &mut Layer<'_, '_>, at: &At<'_, '_>) -> Result<(), Stop> {
    if at.len < 5 {
        bad_length(l, at.node, "length must >= 5");
        return Ok(());
    }
    while l.pos() < at.end() {
        let start = l.pos();
        let len = usize::from(l.peek_u8(start)?);
        l.open_text(start, 1 + len, |out| out.push_str("PCP server list"));
        l.u8(&PCP_LIST_LENGTH)?;
        for _ in 0..len / 4 {
            l.ipv4(&PCP_SERVER)?;
        }
        l.close();
        l.seek(start + 1 + len);
    }
    Ok(())
}

/// Option 159: which ports the client may use (RFC 7618).
pub fn port_parameters(l: &mut Layer<'_, '_>, at: &At<'_, '_>) -> Result<(), Stop> {
    if at.len != 4 {
        bad_length(l, at.node, "length must be 4");
        return Ok(());
    }
    l.u8(&PORTPARAMS_OFFSET)?;
    l.u8(&PORTPARAMS_PSID_LENGTH)?;
    l.bytes(&PORTPARAMS_PSID, 2)?;
    Ok(())
}

/// Option 212: IPv6 through an operator's IPv4 network (RFC 5969).
pub fn six_rapid_deployment(l: &mut Layer<'_, '_>, at: &At<'_, '_>) -> Result<(), Stop> {
    if at.len < 22 || !(at.len - 18).is_multiple_of(4) {
        l.issue(at.node, &SIXRD_MALFORMED);
        return Ok(());
    }
    l.u8(&X6RD_IPV4_MASK_LEN)?;
    l.u8(&X6RD_PREFIX_LEN)?;
    l.ipv6(&X6RD_PREFIX)?;
    while l.pos() < at.end() {
        l.ipv4(&X6RD_BORDER_RELAY_IP)?;
    }
    Ok(())
}
