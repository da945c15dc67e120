//! DHCP, the Dynamic Host Configuration Protocol (RFC 2131, RFC 2132): a host that knows nothing asks into the void, and is told its
//! address, its router, its name servers. It grew out of BOOTP (RFC 951), whose form it keeps: a fixed head, then options.
//!
//! ```text
//! Client                      Server
//!   | ---- Discover (all) ---->  |   is there anybody?
//!   | <------- Offer ----------  |   you may have 192.0.2.7
//!   | ---- Request (all) ----->  |   I take it (others see that theirs is free again)
//!   | <-------- ACK -----------  |   yours, for an hour
//! ```

use std::fmt::Write as _;

use super::bits;
use crate::dissect::{Done, Layer, Protocol, Stop, Table, Value};
use crate::field::Field;

pub mod boot;
pub mod domain;
pub mod enterprise;
pub mod fields;
pub mod names;
pub mod options;
pub mod relay;
pub mod special;
pub mod vendor;
pub mod vendor_fields;

#[cfg(test)]
mod tests;

use fields::*;

/// The Dynamic Host Configuration Protocol, and BOOTP.
pub static DHCP: Protocol = Protocol {
    spec: "RFC 2131",
    fields: &ALL_FIELDS,
    issues: ISSUES,
    parents: &[
        (Table::UdpPort, 67),
        (Table::UdpPort, 68),
        (Table::UdpPort, PROXY_PORT as u32),
    ],
    ..Protocol::new(
        "dhcp",
        "Dynamic Host Configuration Protocol",
        "DHCP/BOOTP",
        dissect,
    )
};

/// The fields of all parts.
static ALL_FIELDS: [&Field; FIELDS.len() + vendor_fields::FIELDS.len()] = {
    let mut all = [&MSG_TYPE; FIELDS.len() + vendor_fields::FIELDS.len()];
    let mut i = 0;
    while i < FIELDS.len() {
        all[i] = FIELDS[i];
        i += 1;
    }
    while i < all.len() {
        all[i] = vendor_fields::FIELDS[i - FIELDS.len()];
        i += 1;
    }
    all
};

crate::issues! {
    /// The option's value is shorter or longer than its kind allows.
    BAD_LENGTH = Issue::new("dhcp.bad_length", "length isn't 0", Severity::Error, Group::Protocol);
    /// Bits are set that mean nothing.
    BAD_BITFIELD = Issue::new("dhcp.bad_bitfield", "Bogus bitfield", Severity::Warn, Group::Protocol);
    /// The option ends where a suboption's length should stand.
    MISSING_SUBOPT_LENGTH = Issue::new("dhcp.missing_subopt_length", "no room left in option for suboption length", Severity::Error, Group::Protocol);
    /// The suboption is longer than what is left of the option.
    MISSING_SUBOPT_VALUE = Issue::new("dhcp.missing_subopt_value", "no room left in option for suboption value", Severity::Error, Group::Protocol);
    /// The identifier of the machine ends too early.
    MALFORMED_DUID = Issue::new("dhcp.malformed.duid", "DUID: malformed option", Severity::Error, Group::Protocol);
    /// Options in the field of the file name have no end.
    FILE_END_MISSING = Issue::new("dhcp.option.option_overload.file_end_missing", "file overload end option missing", Severity::Error, Group::Protocol);
    /// Options in the field of the server name have no end.
    SNAME_END_MISSING = Issue::new("dhcp.option.option_overload.sname_end_missing", "sname overload end option missing", Severity::Error, Group::Protocol);
    /// A suboption that nobody knows how to read.
    SUBOPT_UNKNOWN = Issue::new("dhcp.subopt.unknown_type", "Unknown suboption", Severity::Error, Group::Protocol);
    /// A part of the postal address is longer than what is left.
    BAD_CATYPE = Issue::new("dhcp.option.civic_location.bad_cattype", "Error with CAType", Severity::Error, Group::Protocol);
    /// RFC 2937 knows five name services.
    INVALID_NAME_SERVICE = Issue::new("dhcp.option.dhcp_name_service.invalid", "Invalid Name Service", Severity::Error, Group::Protocol);
    /// RFC 3361 knows names and addresses only.
    SIP_ENCODING = Issue::new("dhcp.option.sip_server_address.encoding", "RFC 3361 defines only 0 and 1 for Encoding byte", Severity::Error, Group::Protocol);
    /// An IPv4 address has 32 bits.
    ROUTE_MASK = Issue::new("dhcp.option.classless_static.route", "Mask width > 32", Severity::Error, Group::Protocol);
    /// The vendor's data are longer than what is left of the option.
    ENTERPRISE_MALFORMED = Issue::new("dhcp.option.enterprise.malformed", "no room left in option for enterprise data", Severity::Error, Group::Protocol);
    /// The option has another length than its parts.
    SIXRD_MALFORMED = Issue::new("dhcp.option.6RD.malformed", "6RD: malformed option", Severity::Error, Group::Protocol);
    /// A tag that nobody knows.
    TAG_UNKNOWN = Issue::new("dhcp.option.option.vi.cl.tag_unknown", "Unknown tag", Severity::Warn, Group::Protocol);
    /// The option could not be read.
    PARSE_ERROR = Issue::new("dhcp.option.parse_err", "Parse error", Severity::Error, Group::Protocol);
    /// The option does not have the form of its document, but clients send it so.
    NONSTANDARD = Issue::new("dhcp.option.nonstd_data", "Non standard compliant option data", Severity::Warn, Group::Protocol);
    /// A suboption that must not be here.
    SUBOPTION_INVALID = Issue::new("dhcp.suboption_invalid", "Invalid suboption", Severity::Error, Group::Protocol);
    /// Some clients write these two bytes in the wrong order.
    SECS_LE = Issue::new("dhcp.secs_le", "Seconds elapsed appears to be encoded as little-endian", Severity::Note, Group::Protocol);
    /// The options must end with option 255.
    END_MISSING = Issue::new("dhcp.end_option_missing", "End option missing", Severity::Error, Group::Protocol);
    /// The client does not say its hardware address.
    NO_CLIENT_ADDRESS = Issue::new("dhcp.client_address_not_given", "Client address not given", Severity::Note, Group::Protocol);
    /// The field holds options.
    SERVER_OVERLOADED = Issue::new("dhcp.server_name_overloaded_by_dhcp", "Server name option overloaded by DHCP", Severity::Note, Group::Protocol);
    /// The field holds options.
    FILE_OVERLOADED = Issue::new("dhcp.boot_filename_overloaded_by_dhcp", "Boot file name option overloaded by DHCP", Severity::Note, Group::Protocol);
    /// The bits do not count as long as the first one is not set.
    IGNORED_BITS = Issue::new("dhcp.option.isns.ignored_bitfield", "Enabled field is not set - non-zero bitmask ignored", Severity::Warn, Group::Protocol);
    /// The VLAN is no number, or none that exists.
    L2QVLAN_INVALID = Issue::new("dhcp.option.vendor.avaya.l2qvlan.invalid", "Option 242 (L2QVLAN) invalid", Severity::Error, Group::Protocol);
    /// The time is no number, or too long.
    VLANTEST_INVALID = Issue::new("dhcp.option.vendor.avaya.vlantest.invalid", "Option 242 (avaya vlantest) invalid", Severity::Error, Group::Protocol);
    /// Number 9 means EBC by the registry, but much firmware for x64 sends it.
    AMBIGUOUS_ARCHITECTURE = Issue::new("dhcp.option.client_architecture.ambiguous", "Client Architecture ID may be ambiguous", Severity::Warn, Group::Protocol);
}

/// Requests to a server that only tells where to start from (RFC 4578, PXE).
const PROXY_PORT: u16 = 4011;

/// Places in the message.
const HARDWARE: usize = 28;
const SERVER_NAME: usize = 44;
const FILE_NAME: usize = 108;
const OPTIONS: usize = 236;
const MAGIC: u32 = 0x6382_5363;

/// Option numbers that matter before the others.
const PAD: u8 = 0;
const OVERLOAD: u8 = 52;
const MESSAGE_TYPE: u8 = 53;
const VENDOR_CLASS: u8 = 60;
const LAST: u8 = 255;

/// What a look over the options tells before they are read.
#[derive(Clone, Copy, Default)]
pub struct Overview<'l> {
    /// The kind of message, where there is one.
    message: Option<u8>,
    /// Which fields of the head hold options: 1 = file, 2 = server.
    overload: u8,
    /// What kind of client it is.
    pub vendor_class: &'l [u8],
}

fn overview<'l>(l: &Layer<'l, '_>) -> Overview<'l> {
    let data = l.data();
    let mut found = Overview::default();
    if l.peek_u32(OPTIONS) != Ok(MAGIC) {
        return found;
    }
    let mut at = OPTIONS + 4;
    while let Some(&code) = data.get(at) {
        match code {
            PAD => {
                at += 1;
                continue;
            }
            LAST => break,
            _ => {}
        }
        let Some(&len) = data.get(at + 1) else { break };
        let value = data
            .get(at + 2..)
            .map_or(&[][..], |rest| &rest[..rest.len().min(usize::from(len))]);
        match code {
            MESSAGE_TYPE => found.message = found.message.or_else(|| data.get(at + 2).copied()),
            OVERLOAD => found.overload = data.get(at + 2).copied().unwrap_or(0),
            VENDOR_CLASS => found.vendor_class = value,
            _ => {}
        }
        at += 2 + usize::from(len);
    }
    found
}

fn dissect(l: &mut Layer<'_, '_>) -> Done {
    if l.scanning() {
        return Ok(());
    }
    let seen = overview(l);
    let kind = l.peek_u8(0)?;
    columns(l, kind, &seen)?;
    l.u8(&MSG_TYPE)?;
    let hardware = l.u8(&HW_TYPE)?;
    let len = l.u8(&HW_LEN)?;
    l.u8(&HOPS)?;
    l.u32(&ID)?;
    seconds(l)?;
    flags(l)?;
    l.seek(12);
    for field in [&IP_CLIENT, &IP_YOUR, &IP_SERVER, &IP_RELAY] {
        l.ipv4(field)?;
    }
    client(l, hardware, usize::from(len))?;
    name(l, SERVER_NAME, 64, &SERVER, seen.overload & 2 != 0)?;
    name(l, FILE_NAME, 128, &FILE, seen.overload & 1 != 0)?;
    if seen.message.is_none() {
        l.hidden(&BOOTP, 0, 0, Value::U(1));
    }
    let cookie = l.peek_u32(OPTIONS)?;
    l.seek(OPTIONS);
    if cookie != MAGIC {
        l.bytes(&VENDOR_SPECIFIC_OPTIONS, l.left().min(64))?;
        return Ok(());
    }
    l.ipv4(&COOKIE)?;
    let node = l.last();
    l.label(node, |out| out.push_str("Magic cookie: DHCP"));
    let ended = walk(l, l.reported(), &seen)?;
    if !ended {
        let root = l.root();
        l.issue(root, &END_MISSING);
    }
    let rest = l.left();
    if rest > 0 {
        l.bytes(&PADDING, rest)?;
    }
    Ok(())
}

/// Protocol, Info, and the message's kind behind the protocol's name.
fn columns(l: &mut Layer<'_, '_>, kind: u8, seen: &Overview<'_>) -> Result<(), Stop> {
    if let Some(message) = seen.message {
        l.protocol("DHCP");
        let proxy = [l.cx.packet.source_port, l.cx.packet.destination_port].contains(&PROXY_PORT);
        let id = l.peek_u32(4)?;
        l.info(|out| {
            out.push_str(if proxy { "proxyDHCP " } else { "DHCP " });
            let start = out.len();
            push_message(message, out);
            while out.len() - start < 8 {
                out.push(' ');
            }
            let _ = write!(out, " - Transaction ID 0x{id:x}");
        });
        return Ok(());
    }
    l.protocol("BOOTP");
    let len = usize::from(l.peek_u8(2)?);
    let hardware = l.peek_u8(1)?;
    match kind {
        1 => {
            let address = l.peek(HARDWARE, len.min(16))?;
            l.info(|out| {
                out.push_str("Boot Request from ");
                if len == 6 && is_ethernet(hardware) {
                    push_ether(address, out);
                    out.push_str(" (");
                    push_ether(address, out);
                    out.push(')');
                } else {
                    push_ether(address, out);
                }
            });
        }
        2 => l.info(|out| out.push_str("Boot Reply")),
        _ => l.info(|out| {
            let _ = write!(out, "Unknown BOOTP message type ({kind})");
        }),
    }
    Ok(())
}

/// The name of a kind of message.
fn push_message(message: u8, out: &mut String) {
    match DHCP_KIND.name_of(u64::from(message)) {
        Some(name) => out.push_str(name),
        None => {
            let _ = write!(out, "Unknown Message Type (0x{message:02x})");
        }
    }
}

use fields::DHCP as DHCP_KIND;

fn push_ether(address: &[u8], out: &mut String) {
    for (i, byte) in address.iter().enumerate() {
        if i > 0 {
            out.push(':');
        }
        crate::flow::address::push_hex(out, *byte);
    }
}

/// Networks with hardware addresses like Ethernet's.
fn is_ethernet(hardware: u8) -> bool {
    matches!(hardware, 1 | 6)
}

/// The seconds, which some clients write with the lower byte first.
fn seconds(l: &mut Layer<'_, '_>) -> Done {
    let at = l.pos();
    let value = l.peek_u16(at)?;
    if value > 0xff && value & 0xff == 0 {
        let node = l.add(&SECS, at, 2, Value::U(u64::from(value >> 8)));
        l.issue(node, &SECS_LE);
    } else {
        l.add(&SECS, at, 2, Value::U(u64::from(value)));
    }
    l.skip(2);
    Ok(())
}

/// The flags, with what they say in a word behind them.
fn flags(l: &mut Layer<'_, '_>) -> Done {
    let node = bits::open(l, &FLAGS, 10, 2, &[&FLAGS_BC, &FLAGS_RESERVED])?;
    l.close();
    let broadcast = l.peek_u8(10)? & 0x80 != 0;
    l.append(node, |out| {
        out.push_str(if broadcast {
            " (Broadcast)"
        } else {
            " (Unicast)"
        });
    });
    Ok(())
}

/// The client's hardware address in its 16 bytes.
fn client(l: &mut Layer<'_, '_>, hardware: u8, len: usize) -> Done {
    let bytes = l.peek(HARDWARE, 16)?;
    l.seek(HARDWARE);
    let used = len.min(16);
    if len == 0 {
        let node = l.text(HARDWARE, 16, |out| out.push_str("Client address not given"));
        l.issue(node, &NO_CLIENT_ADDRESS);
        l.skip(16);
        return Ok(());
    }
    if len == 6 && is_ethernet(hardware) {
        l.ether(&HW_MAC_ADDR)?;
    } else {
        let value = l.slice(HARDWARE, 16);
        let node = l.add(&HW_ADDR, HARDWARE, 16, value);
        l.label(node, |out| {
            out.push_str("Client hardware address: ");
            for byte in &bytes[..used] {
                crate::flow::address::push_hex(out, *byte);
            }
        });
        l.skip(used);
    }
    if used < 16 {
        l.bytes(&HW_ADDR_PADDING, 16 - used)?;
    }
    Ok(())
}

/// The server's name or the file's, unless options stand there.
fn name(
    l: &mut Layer<'_, '_>,
    at: usize,
    len: usize,
    field: &'static Field,
    overloaded: bool,
) -> Done {
    let bytes = l.peek(at, len)?;
    if overloaded {
        let issue = if at == SERVER_NAME {
            &SERVER_OVERLOADED
        } else {
            &FILE_OVERLOADED
        };
        let node = l.text(at, len, |out| out.push_str(issue.field.label));
        l.issue(node, issue);
        return Ok(());
    }
    let used = bytes.iter().position(|b| *b == 0).unwrap_or(len);
    let value = l.slice(at, used);
    let node = l.add(field, at, len, value);
    if used == 0 {
        l.label(node, |out| {
            let _ = write!(out, "{} not given", field.label);
        });
    }
    Ok(())
}

/// Options from the cursor up to the last one, or up to `end`. Says whether there was a last one.
fn walk(l: &mut Layer<'_, '_>, end: usize, seen: &Overview<'_>) -> Result<bool, Stop> {
    while l.pos() < end {
        let at = l.pos();
        let code = l.peek_u8(at)?;
        match code {
            PAD => {
                let data = l.rest();
                let room = data.len().min(end - at);
                let count = data[..room].iter().take_while(|b| **b == 0).count();
                open_option(l, at, 1, code);
                l.close();
                l.enter();
                l.bytes(&PADDING, count)?;
                l.close();
            }
            LAST => {
                open_option(l, at, 1, code);
                l.u8(&END)?;
                l.close();
                return Ok(true);
            }
            _ => {
                let len = usize::from(l.peek_u8(at + 1)?);
                let node = open_option(l, at, 2 + len, code);
                l.seek(at + 1);
                l.u8(&OPTION_LENGTH)?;
                options::value(l, node, code, len, seen)?;
                l.close();
                l.seek(at + 2 + len);
            }
        }
    }
    Ok(false)
}

/// The node of an option; its children follow.
fn open_option(l: &mut Layer<'_, '_>, at: usize, len: usize, code: u8) -> crate::dissect::NodeId {
    // The yardstick writes 0 as the number of the last option.
    let value = if code == LAST { 0 } else { code };
    let node = l.open(&OPTION_TYPE, at, len, Value::U(u64::from(value)));
    l.label(node, |out| {
        let name = names::option(u64::from(code)).unwrap_or("Unknown");
        let _ = write!(out, "Option: ({code}) {name}");
    });
    node
}

/// Options that stand in the fields for server and file (option 52).
fn overloaded(l: &mut Layer<'_, '_>, which: u8, seen: &Overview<'_>) -> Done {
    let back = l.pos();
    let parts = [
        (
            2,
            SERVER_NAME,
            64,
            "Server host name option overload",
            &SNAME_END_MISSING,
        ),
        (
            1,
            FILE_NAME,
            128,
            "Boot file name option overload",
            &FILE_END_MISSING,
        ),
    ];
    for (bit, at, len, text, issue) in parts {
        if which & bit == 0 {
            continue;
        }
        let node = l.open_text(at, len, |out| out.push_str(text));
        l.seek(at);
        // Once only: options there do not overload again.
        let inner = Overview {
            overload: 0,
            ..*seen
        };
        let ended = walk(l, at + len, &inner)?;
        if !ended {
            l.issue(node, issue);
        }
        l.close();
    }
    l.seek(back);
    Ok(())
}

/// A part is longer than what is left for it.
fn bad_length_of(l: &mut Layer<'_, '_>, node: crate::dissect::NodeId) {
    options::bad_length(l, node, "length is more than what is left");
}
