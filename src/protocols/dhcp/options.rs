//! The values of the options: most are one of a few simple forms, the others have a function of their own.

use std::fmt::Write as _;

use super::fields::*;
use super::{BAD_LENGTH, Overview, push_message, relay, special, vendor};
use crate::dissect::{Layer, NodeId, Stop, Value};
use crate::field::Field;

/// What a function for an option gets besides the layer, whose cursor stands at the value.
pub struct At<'v, 'l> {
    /// The option's own node.
    pub node: NodeId,
    /// Where the value starts.
    pub start: usize,
    /// Its length.
    pub len: usize,
    /// What the other options tell.
    pub seen: &'v Overview<'l>,
}

impl At<'_, '_> {
    /// Where the value ends.
    pub fn end(&self) -> usize {
        self.start + self.len
    }
}

/// A function that reads an option.
pub type Special = fn(&mut Layer<'_, '_>, &At<'_, '_>) -> Result<(), Stop>;

/// The form of an option's value.
#[derive(Clone, Copy)]
pub enum Form {
    /// Bytes, as they are.
    Opaque,
    /// One address.
    Address(&'static Field),
    /// Addresses.
    Addresses(&'static Field),
    /// Addresses in pairs.
    Pairs(&'static Field, &'static Field),
    /// Text.
    Text(&'static Field),
    /// A byte, or a flag.
    Byte(&'static Field),
    /// Bytes, each for itself.
    Bytes(&'static Field),
    /// Two bytes.
    Short(&'static Field),
    /// Numbers of two bytes.
    Shorts(&'static Field),
    /// A span of time in seconds.
    Span(&'static Field),
    /// A point in time in seconds.
    Time(&'static Field),
    /// Anything else.
    Special(Special),
}

use Form::{Address, Addresses, Byte, Bytes, Opaque, Pairs, Short, Shorts, Span, Text, Time};

/// The form of an option (RFC 2132 and those that came later).
pub fn form(code: u8) -> Form {
    match code {
        1 => Address(&SUBNET_MASK),
        2 => Span(&TIME_OFFSET),
        3 => Addresses(&ROUTER),
        4 => Addresses(&TIME_SERVER),
        5 => Addresses(&NAME_SERVER),
        6 => Addresses(&DOMAIN_NAME_SERVER),
        7 => Addresses(&LOG_SERVER),
        8 => Addresses(&QUOTES_SERVER),
        9 => Addresses(&LPR_SERVER),
        10 => Addresses(&IMPRESS_SERVER),
        11 => Addresses(&RESOURCE_LOCATION_SERVER),
        12 => Text(&HOSTNAME),
        13 => Short(&BOOT_FILE_SIZE),
        14 => Text(&MERIT_DUMP_FILE),
        15 => Text(&DOMAIN_NAME),
        16 => Address(&SWAP_SERVER),
        17 => Text(&ROOT_PATH),
        18 => Text(&EXTENSION_PATH),
        19 => Byte(&IP_FORWARDING),
        20 => Byte(&NON_LOCAL_SOURCE_ROUTING),
        21 => Pairs(&POLICY_FILTER_IP, &POLICY_FILTER_SUBNET_MASK),
        22 => Short(&MAX_DATAGRAM_REASSEMBLY_SIZE),
        23 => Byte(&DEFAULT_IP_TTL),
        24 => Span(&PATH_MTU_AGING_TIMEOUT),
        25 => Shorts(&PATH_MTU_PLATEAU_TABLE_ITEM),
        26 => Short(&INTERFACE_MTU),
        27 => Byte(&ALL_SUBNETS_ARE_LOCAL),
        28 => Address(&BROADCAST_ADDRESS),
        29 => Byte(&PERFORM_MASK_DISCOVERY),
        30 => Byte(&MASK_SUPPLIER),
        31 => Byte(&PERFORM_ROUTER_DISCOVER),
        32 => Address(&ROUTER_SOLICITATION_ADDRESS),
        33 => Pairs(&STATIC_ROUTE_IP, &STATIC_ROUTE_ROUTER),
        34 => Byte(&TRAILER_ENCAPSULATION),
        35 => Span(&ARP_CACHE_TIMEOUT),
        36 => Byte(&ETHERNET_ENCAPSULATION),
        37 => Byte(&TCP_DEFAULT_TTL),
        38 => Span(&TCP_KEEPALIVE_INTERVAL),
        39 => Byte(&TCP_KEEPALIVE_GARBAGE),
        40 => Text(&NIS_DOMAIN),
        41 => Addresses(&NIS_SERVER),
        42 => Addresses(&NTP_SERVER),
        43 => Form::Special(vendor::specific),
        44 => Addresses(&NETBIOS_OVER_TCPIP_NAME_SERVER),
        45 => Addresses(&NETBIOS_OVER_TCPIP_DD_NAME_SERVER),
        46 => Byte(&NETBIOS_OVER_TCPIP_NODE_TYPE),
        47 => Text(&NETBIOS_OVER_TCPIP_SCOPE),
        48 => Addresses(&XWINDOWS_SYSTEM_FONT_SERVER),
        49 => Addresses(&XWINDOWS_SYSTEM_DISPLAY_MANAGER),
        50 => Address(&REQUESTED_IP_ADDRESS),
        51 => Span(&IP_ADDRESS_LEASE_TIME),
        52 => Form::Special(special::overload),
        53 => Form::Special(message_type),
        54 => Address(&DHCP_SERVER_ID),
        55 => Form::Special(special::request_list),
        56 => Text(&MESSAGE),
        57 => Short(&DHCP_MAX_MESSAGE_SIZE),
        58 => Span(&RENEWAL_TIME_VALUE),
        59 => Span(&REBINDING_TIME_VALUE),
        60 => Form::Special(vendor::class),
        61 => Form::Special(special::client_id),
        63 => Form::Special(vendor::novell),
        64 => Text(&NIS_PLUS_DOMAIN),
        65 => Addresses(&NIS_PLUS_SERVER),
        66 => Text(&TFTP_SERVER_NAME),
        67 => Text(&BOOTFILE_NAME),
        68 => Addresses(&MOBILE_IP_HOME_AGENT),
        69 => Addresses(&SMTP_SERVER),
        70 => Addresses(&POP3_SERVER),
        71 => Addresses(&NNTP_SERVER),
        72 => Addresses(&DEFAULT_WWW_SERVER),
        73 => Addresses(&DEFAULT_FINGER_SERVER),
        74 => Addresses(&DEFAULT_IRC_SERVER),
        75 => Addresses(&STREETTALK_SERVER),
        76 => Addresses(&STREETTALK_DA_SERVER),
        77 => Form::Special(special::user_class),
        78 => Form::Special(special::directory_agent),
        79 => Form::Special(special::service_scope),
        81 => Form::Special(special::full_name),
        82 => Form::Special(relay::agent),
        83 => Form::Special(special::storage_names),
        85 => Addresses(&NOVELL_DSS_IP),
        86 => Text(&NOVELL_DS_TREE_NAME),
        87 => Text(&NOVELL_DS_CONTEXT),
        90 => Form::Special(special::authentication),
        91 => Span(&CLIENT_LAST_TRANSACTION_TIME),
        92 => Addresses(&ASSOCIATED_IP_OPTION),
        93 => Shorts(&CLIENT_SYSTEM_ARCHITECTURE),
        94 => Form::Special(special::network_interface),
        97 => Form::Special(special::machine_id),
        99 => Form::Special(special::civic_location),
        100 => Text(&TZ_PCODE),
        101 => Text(&TZ_TCODE),
        112 => Addresses(&NETINFO_PARENT_SERVER_ADDRESS),
        113 => Text(&NETINFO_PARENT_SERVER_TAG),
        114 | 160 => Text(&CAPTIVE_PORTAL),
        116 => Byte(&DHCP_AUTO_CONFIGURATION),
        117 => Form::Special(special::name_services),
        118 => Addresses(&SUBNET_SELECTION_OPTION),
        119 => Form::Special(special::domain_search),
        120 => Form::Special(special::sip_servers),
        121 | 249 => Form::Special(special::classless_routes),
        123 => Form::Special(special::coordinates),
        124 => Form::Special(vendor::identified_class),
        125 => Form::Special(vendor::identified_specific),
        136 => Addresses(&PANA_AGENT),
        137 => Text(&LOST_SERVER_DOMAIN_NAME),
        138 => Addresses(&CAPWAP_ACCESS_CONTROLLER),
        142 => Addresses(&ANDSF_SERVER),
        145 => Bytes(&FORCERENEW_NONCE_ALGORITHM),
        146 => Form::Special(special::name_server_selection),
        150 => Addresses(&TFTP_SERVER_ADDRESS),
        151 => Form::Special(special::status),
        152 => Time(&BULK_LEASE_BASE_TIME),
        153 => Span(&BULK_LEASE_START_TIME_OF_STATE),
        154 => Time(&BULK_LEASE_QUERY_START_TIME),
        155 => Time(&BULK_LEASE_QUERY_END_TIME),
        156 => Byte(&BULK_LEASE_DHCP_STATE),
        157 => Byte(&BULK_LEASE_DATA_SOURCE),
        158 => Form::Special(special::port_control),
        159 => Form::Special(special::port_parameters),
        161 => Text(&MUDURL),
        209 => Text(&PXE_CONFIG_FILE),
        210 => Text(&PXE_PATH_PREFIX),
        212 => Form::Special(special::six_rapid_deployment),
        242 => Form::Special(vendor::avaya),
        252 => Text(&PRIVATE_PROXY_AUTODISCOVERY),
        _ => Opaque,
    }
}

/// The value of an option, from the cursor on.
pub fn value(
    l: &mut Layer<'_, '_>,
    node: NodeId,
    code: u8,
    len: usize,
    seen: &Overview<'_>,
) -> Result<(), Stop> {
    let form = form(code);
    let at = At {
        node,
        start: l.pos(),
        len,
        seen,
    };
    let raw = l.slice(at.start, len.min(l.rest().len()));
    l.need(at.start, len)?;
    // The bytes as they are: shown where nothing better is, hidden otherwise.
    if fits(form, len) && !(len == 0 && shows_nothing(form)) {
        l.hidden(&OPTION_VALUE, at.start, len, raw);
    } else {
        l.add(&OPTION_VALUE, at.start, len, raw);
    }
    // Nothing of the option is read from behind its end.
    let region = l.part(0, at.end());
    l.within(region, |l| {
        l.seek(at.start);
        read(l, form, &at, true)
    })?;
    Ok(())
}

/// Whether an empty value of this form leaves nothing to show.
fn shows_nothing(form: Form) -> bool {
    matches!(
        form,
        Addresses(_) | Pairs(..) | Shorts(_) | Bytes(_) | Form::Special(_) | Text(_)
    )
}

/// Whether a value of this length is shown by a field of its own.
fn fits(form: Form, len: usize) -> bool {
    match form {
        Opaque => false,
        Address(_) | Span(_) => len == 4,
        Addresses(field) => len == 0 || len >= 4 || std::ptr::eq(field, &NOVELL_DSS_IP),
        Byte(_) => len == 1,
        Short(_) => len == 2,
        Shorts(field) => len != 1 || std::ptr::eq(field, &CLIENT_SYSTEM_ARCHITECTURE),
        Pairs(..) | Text(_) | Bytes(_) | Time(_) | Form::Special(_) => true,
    }
}

/// Seconds from 1900 to 1970.
const TO_1970: i64 = 2_208_988_800;

/// The length is wrong.
pub fn bad_length(l: &mut Layer<'_, '_>, node: NodeId, message: &str) {
    l.issue_with(node, &BAD_LENGTH, |out| out.push_str(message));
}

/// A value of a form, from the cursor on. `whole` for options; suboptions say otherwise what is wrong with them. Returns whether
/// there was anything to read.
pub fn read(l: &mut Layer<'_, '_>, form: Form, at: &At<'_, '_>, whole: bool) -> Result<bool, Stop> {
    let (len, end) = (at.len, at.end());
    match form {
        Opaque => {}
        Address(field) => {
            if len != 4 {
                bad_length(l, at.node, "length isn't 4");
                return Ok(false);
            }
            let [a, b, c, d] = l.ipv4(field)?;
            l.append(at.node, |out| {
                let _ = write!(out, " ({a}.{b}.{c}.{d})");
            });
        }
        Addresses(field) => {
            while end - l.pos() >= 4 {
                l.ipv4(field)?;
            }
            if !len.is_multiple_of(4) {
                bad_length(l, at.node, "Option length isn't a multiple of 4");
            }
        }
        Pairs(first, second) => {
            while end - l.pos() >= 8 {
                l.ipv4(first)?;
                l.ipv4(second)?;
            }
            if !len.is_multiple_of(8) {
                bad_length(l, at.node, "Option length isn't a multiple of 8");
            }
        }
        Text(field) => text(l, field, len)?,
        Byte(field) => {
            if len != 1 {
                bad_length(l, at.node, "length isn't 1");
                return Ok(false);
            }
            l.u8(field)?;
        }
        Bytes(field) => {
            for _ in 0..len {
                l.u8(field)?;
            }
        }
        Short(field) => {
            if len != 2 {
                bad_length(l, at.node, "length isn't 2");
                return Ok(false);
            }
            l.u16(field)?;
        }
        Shorts(field) => {
            while end - l.pos() >= 2 {
                let value = l.u16(field)?;
                if std::ptr::eq(field, &CLIENT_SYSTEM_ARCHITECTURE) && value == 9 {
                    let last = l.last();
                    l.issue_with(last, &super::AMBIGUOUS_ARCHITECTURE, |out| {
                        out.push_str(
                            "Client Architecture ID 9 is often incorrectly used for EFI x64",
                        );
                    });
                }
            }
            if !len.is_multiple_of(2) {
                bad_length(l, at.node, "Option length isn't a multiple of 2");
            }
        }
        Span(field) => {
            if len != 4 {
                bad_length(l, at.node, "length isn't 4");
                return Ok(false);
            }
            span(l, field)?;
        }
        Time(field) => {
            if len != 4 {
                bad_length(l, at.node, "length must be 4");
                return Ok(false);
            }
            let start = l.pos();
            // The yardstick counts as NTP does: a first bit of 0 means the time after 2036.
            let raw = i64::from(l.peek_u32(start)?);
            let secs = if raw < 1 << 31 {
                raw + ((1 << 32) - TO_1970)
            } else {
                raw - TO_1970
            };
            l.add(field, start, 4, Value::Time { secs, nanos: 0 });
            l.skip(4);
        }
        Form::Special(special) => {
            if len > 0 || !whole || !skips_empty(special) {
                special(l, at)?;
            }
        }
    }
    Ok(true)
}

/// Whether nothing is said about an empty value.
fn skips_empty(special: Special) -> bool {
    let empty: [Special; 9] = [
        special::request_list,
        special::client_id,
        special::machine_id,
        special::civic_location,
        special::domain_search,
        special::sip_servers,
        vendor::novell,
        vendor::identified_class,
        vendor::identified_specific,
    ];
    empty.iter().any(|e| std::ptr::fn_addr_eq(*e, special))
        || std::ptr::fn_addr_eq(special, relay::agent as Special)
}

/// Text up to its end, or up to a zero byte.
pub fn text(l: &mut Layer<'_, '_>, field: &'static Field, len: usize) -> Result<(), Stop> {
    let at = l.pos();
    let bytes = l.peek(at, len)?;
    let used = bytes.iter().position(|b| *b == 0).unwrap_or(len);
    let value = l.slice(at, used);
    l.add(field, at, len, value);
    l.skip(len);
    Ok(())
}

/// Seconds, and the same in days, hours, minutes.
fn span(l: &mut Layer<'_, '_>, field: &'static Field) -> Result<(), Stop> {
    let raw = l.u32(field)?;
    let node = l.last();
    let signed = field.kind.is_signed();
    l.label(node, |out| {
        out.push_str(field.label);
        let value = if signed {
            i64::from(raw as i32)
        } else {
            i64::from(raw)
        };
        let _ = write!(out, ": ({value}s) ");
        if !signed && raw == u32::MAX {
            out.push_str("infinity");
        } else {
            push_span(value, out);
        }
    });
    Ok(())
}

/// `1 day, 2 hours, 1 second`.
pub fn push_span(seconds: i64, out: &mut String) {
    if seconds == 0 {
        out.push_str("0 seconds");
        return;
    }
    if seconds < 0 {
        out.push('-');
    }
    let left = seconds.unsigned_abs();
    let parts = [
        (left / 86_400, "day"),
        (left / 3_600 % 24, "hour"),
        (left / 60 % 60, "minute"),
        (left % 60, "second"),
    ];
    let mut first = true;
    for (count, unit) in parts {
        if count > 0 {
            let _ = write!(out, "{}{count} {unit}", if first { "" } else { ", " });
            if count > 1 {
                out.push('s');
            }
            first = false;
        }
    }
}

/// Option 53: what the message is; said behind the option's name and the protocol's as well.
fn message_type(l: &mut Layer<'_, '_>, at: &At<'_, '_>) -> Result<(), Stop> {
    if at.len == 0 {
        return Ok(());
    }
    let kind = l.u8(&DHCP)?;
    let root = l.root();
    for node in [at.node, root] {
        l.append(node, |out| {
            out.push_str(" (");
            push_message(kind, out);
            out.push(')');
        });
    }
    Ok(())
}
