//! Options whose values are made of suboptions, which vendors define: PXE, cable networks, Apple, Alcatel-Lucent, Aruba, Aerohive,
//! NetWare, Avaya, and those that name their vendor by number.

use std::fmt::Write as _;

use super::boot::{BSDP, PXE};
use super::fields::{SUBOPTION_LENGTH, VENDOR_CLASS_DATA, VENDOR_CLASS_ID};
use super::options::{At, bad_length, text};
use super::vendor_fields::*;
use super::{
    ENTERPRISE_MALFORMED, L2QVLAN_INVALID, MISSING_SUBOPT_LENGTH, MISSING_SUBOPT_VALUE,
    SUBOPT_UNKNOWN, VLANTEST_INVALID,
};
use crate::dissect::{Layer, NodeId, Stop, Value};
use crate::field::Field;

/// The form of a suboption's value.
#[derive(Clone, Copy)]
pub enum Sub {
    /// Bytes.
    Blob(&'static Field),
    /// Text.
    Text(&'static Field),
    /// One address, said behind the suboption's name too.
    Address(&'static Field),
    /// Addresses.
    Addresses(&'static Field),
    /// A byte, or a flag.
    Byte(&'static Field),
    /// Two bytes.
    Short(&'static Field),
    /// Two bytes, lower byte first.
    ShortLe(&'static Field),
    /// Four bytes.
    Word(&'static Field),
    /// A number as long as it is.
    Number(&'static Field),
    /// A hardware address.
    Ether(&'static Field),
    /// A mark without value.
    Nothing,
    /// Anything else.
    Special(fn(&mut Layer<'_, '_>, NodeId, usize) -> Result<(), Stop>),
}

/// How one vendor's suboptions are read.
pub struct Space {
    /// Number of the option they stand in.
    pub option: u8,
    /// The field of a suboption's number.
    pub code: &'static Field,
    /// Its bytes as they are, behind the field that means something.
    pub raw: Option<&'static Field>,
    /// Its bytes where nothing else is known.
    pub unknown: Option<&'static Field>,
    /// Zero bytes between suboptions, and the number 255 behind the last.
    pub marks: Option<(&'static Field, &'static Field)>,
    /// Name and form by number.
    pub known: &'static [(u8, &'static str, Sub)],
}

/// Suboptions up to the end of the option.
pub fn suboptions(l: &mut Layer<'_, '_>, at: &At<'_, '_>, space: &Space) -> Result<(), Stop> {
    while l.pos() < at.end() {
        let start = l.pos();
        let code = l.peek_u8(start)?;
        if let Some((padding, last)) = space.marks {
            if code == 0 {
                l.u8(padding)?;
                continue;
            }
            if code == 255 {
                l.u8(last)?;
                return Ok(());
            }
        }
        if start + 1 >= at.end() {
            l.issue_with(at.node, &MISSING_SUBOPT_LENGTH, |out| {
                let _ = write!(
                    out,
                    "Suboption {code}: no room left in option for suboption length"
                );
            });
            return Ok(());
        }
        let len = usize::from(l.peek_u8(start + 1)?);
        let known = space.known.iter().find(|(c, ..)| *c == code);
        let node = l.open(space.code, start, 2 + len, Value::U(u64::from(code)));
        l.label(node, |out| {
            let name = known.map_or("Unknown", |(_, name, _)| name);
            let _ = write!(out, "Option {} Suboption: ({code}) {name}", space.option);
        });
        l.seek(start + 1);
        l.u8(&SUBOPTION_LENGTH)?;
        if start + 2 + len > at.end() {
            l.issue_with(node, &MISSING_SUBOPT_VALUE, |out| {
                let _ = write!(
                    out,
                    "Suboption {code}: no room left in option for suboption value"
                );
            });
            l.close();
            return Ok(());
        }
        let value = l.slice(start + 2, len);
        l.need(start + 2, len)?;
        let understood = match known {
            Some((_, _, form)) => {
                if let Some(raw) = space.raw {
                    l.hidden(raw, start + 2, len, value);
                }
                sub(l, *form, node, len)?
            }
            None => {
                match (space.unknown, space.raw) {
                    (Some(unknown), _) => {
                        l.add(unknown, start + 2, len, value);
                    }
                    (None, Some(raw)) => {
                        l.hidden(raw, start + 2, len, value);
                    }
                    (None, None) => {}
                }
                space.unknown.is_some()
            }
        };
        if !understood {
            l.issue_with(node, &SUBOPT_UNKNOWN, |out| {
                let _ = write!(out, "Suboption {code} cannot be read");
            });
        }
        l.close();
        l.seek(start + 2 + len);
    }
    Ok(())
}

/// The value of a suboption, from the cursor on. Says whether it could be read.
fn sub(l: &mut Layer<'_, '_>, form: Sub, node: NodeId, len: usize) -> Result<bool, Stop> {
    let wrong = |l: &mut Layer<'_, '_>, message: &str| {
        bad_length(l, node, message);
        Ok(false)
    };
    match form {
        Sub::Blob(field) => {
            l.bytes(field, len)?;
        }
        Sub::Text(field) => text(l, field, len)?,
        Sub::Address(_) if len != 4 => return wrong(l, "length isn't 4"),
        Sub::Address(field) => {
            let [a, b, c, d] = l.ipv4(field)?;
            l.append(node, |out| {
                let _ = write!(out, " ({a}.{b}.{c}.{d})");
            });
        }
        Sub::Addresses(field) => {
            for _ in 0..len / 4 {
                l.ipv4(field)?;
            }
            if !len.is_multiple_of(4) {
                return wrong(l, "Option length isn't a multiple of 4");
            }
        }
        Sub::Byte(_) if len != 1 => return wrong(l, "length isn't 1"),
        Sub::Byte(field) => {
            l.u8(field)?;
        }
        Sub::Short(_) | Sub::ShortLe(_) if len != 2 => return wrong(l, "length isn't 2"),
        Sub::Short(field) => {
            l.u16(field)?;
        }
        Sub::ShortLe(field) => {
            l.uint_le(field, 2)?;
        }
        Sub::Word(_) if len != 4 => return wrong(l, "length isn't 4"),
        Sub::Word(field) => {
            l.u32(field)?;
        }
        Sub::Number(_) if len == 0 || len > 8 => return wrong(l, "length isn't that of a number"),
        Sub::Number(field) => {
            l.uint(field, len)?;
        }
        Sub::Ether(_) if len != 6 => return wrong(l, "length isn't 6"),
        Sub::Ether(field) => {
            l.ether(field)?;
        }
        Sub::Nothing if len != 0 => return wrong(l, "length isn't 0"),
        Sub::Nothing => {}
        Sub::Special(special) => special(l, node, len)?,
    }
    Ok(len > 0 || matches!(form, Sub::Nothing))
}

/// Option 60: what kind of client it is; some classes carry more behind their name.
pub fn class(l: &mut Layer<'_, '_>, at: &At<'_, '_>) -> Result<(), Stop> {
    text(l, &VENDOR_CLASS_ID, at.len)?;
    let bytes = l.peek(at.start, at.len)?;
    let data = if bytes.starts_with(b"docsis") {
        0
    } else if bytes.starts_with(b"AAPLBSDPC/") {
        b"AAPLBSDPC/".len()
    } else {
        return Ok(());
    };
    l.seek(at.start + data);
    text(l, &VENDOR_CLASS_DATA, at.len - data)
}

/// Option 43: what a vendor tells its clients; the class (option 60) says which vendor.
pub fn specific(l: &mut Layer<'_, '_>, at: &At<'_, '_>) -> Result<(), Stop> {
    let class = at.seen.vendor_class;
    let spaces: [(&[&[u8]], &str, &Space); 4] = [
        (&[b"PXEClient"], "PXEClient", &PXE),
        (
            &[b"pktc", b"docsis", b"OpenCable2.0", b"CableHome"],
            "CableLabs",
            &CABLE_LABS,
        ),
        (&[b"alcatel."], "Alcatel-Lucent", &ALCATEL),
        (
            &[b"AAPLBSDPC"],
            "Boot Server Discovery Protocol (BSDP)",
            &BSDP,
        ),
    ];
    for (beginnings, name, space) in spaces {
        if beginnings.iter().any(|b| class.starts_with(b)) {
            said(l, at.node, name);
            return suboptions(l, at, space);
        }
    }
    if class.starts_with(b"AEROHIVE") {
        said(l, at.node, "Aerohive");
        return suboptions(l, at, &AEROHIVE);
    }
    if class == b"ArubaAP" {
        said(l, at.node, "Aruba AP");
        return text(l, &VENDOR_ARUBAAP_CONTROLLERIP, at.len);
    }
    if class == b"ArubaInstantAP" {
        said(l, at.node, "Aruba Instant AP");
        return aruba_instant(l, at);
    }
    l.bytes(&VENDOR_VALUE, at.len)?;
    Ok(())
}

/// The vendor, behind the option's name.
fn said(l: &mut Layer<'_, '_>, node: NodeId, name: &str) {
    l.append(node, |out| {
        let _ = write!(out, " ({name})");
    });
}

/// Settings with commas between: organization, address of the manager, password.
fn aruba_instant(l: &mut Layer<'_, '_>, at: &At<'_, '_>) -> Result<(), Stop> {
    let bytes = l.peek(at.start, at.len)?;
    text(l, &VENDOR_ARUBAIAP, at.len)?;
    l.enter();
    let fields = [
        &VENDOR_ARUBAIAP_NAME_ORG,
        &VENDOR_ARUBAIAP_AMP_IP,
        &VENDOR_ARUBAIAP_PASSWORD,
    ];
    let mut start = at.start;
    for (field, part) in fields.into_iter().zip(bytes.split(|b| *b == b',')) {
        l.seek(start);
        text(l, field, part.len())?;
        start += part.len() + 1;
    }
    l.close();
    Ok(())
}

/// Cable modems and telephone adapters (CableLabs' DHCP Options Registry, CL-SP-CANN-DHCP-Reg).
static CABLE_LABS: Space = Space {
    option: 43,
    code: &VENDOR_CL_SUBOPTION,
    raw: None,
    unknown: Some(&VENDOR_VALUE),
    marks: Some((&VENDOR_CL_PADDING, &VENDOR_CL_END)),
    known: &[
        (
            1,
            "Suboption Request List",
            Sub::Text(&VENDOR_CL_SUBOPTION_REQUEST_LIST),
        ),
        (2, "Device Type", Sub::Text(&VENDOR_CL_DEVICE_TYPE)),
        (3, "eSAFE Types", Sub::Text(&VENDOR_CL_ESAFE_TYPE)),
        (4, "Serial Number", Sub::Text(&VENDOR_CL_SERIAL_NUMBER)),
        (
            5,
            "Hardware Version",
            Sub::Text(&VENDOR_CL_HARDWARE_VERSION),
        ),
        (
            6,
            "Software Version",
            Sub::Text(&VENDOR_CL_SOFTWARE_VERSION),
        ),
        (
            7,
            "Boot ROM version",
            Sub::Text(&VENDOR_CL_BOOT_ROM_VERSION),
        ),
        (
            8,
            "Organizationally Unique Identifier",
            Sub::Special(cable_maker),
        ),
        (9, "Model Number", Sub::Text(&VENDOR_CL_MODEL_NUMBER)),
        (10, "Vendor Name", Sub::Text(&VENDOR_CL_VENDOR_NAME10)),
        (11, "Address Realm", Sub::Byte(&VENDOR_CL_ADDRESS_REALM)),
        (
            12,
            "CM/PS System Description",
            Sub::Text(&VENDOR_CL_CM_PS_SYSTEM_DESC),
        ),
        (
            13,
            "CM/PS Firmware Revision",
            Sub::Text(&VENDOR_CL_CM_PS_FIRMWARE_REVISION),
        ),
        (
            14,
            "Firewall Policy File Version",
            Sub::Text(&VENDOR_CL_FIREWALL_POLICY_FILE_VERSION),
        ),
        (
            15,
            "eSafe Config File Devices",
            Sub::Text(&VENDOR_CL_ESAFE_CONFIG_FILE_DEVICES),
        ),
        (
            18,
            "Video Security Type",
            Sub::Text(&VENDOR_CL_VIDEO_SECURITY_TAPE),
        ),
        (
            31,
            "MTA MAC Address",
            Sub::Ether(&VENDOR_CL_MTA_MAC_ADDRESS),
        ),
        (32, "Correlation ID", Sub::Word(&VENDOR_CL_CORRELATION_ID)),
        (51, "Vendor Name", Sub::Text(&VENDOR_CL_VENDOR_NAME51)),
        (
            52,
            "CableCARD Capability",
            Sub::Blob(&VENDOR_CL_CABLECARD_CAPABILITY),
        ),
        (
            53,
            "Device Identification (CA)",
            Sub::Blob(&VENDOR_CL_DEVICE_ID_CA),
        ),
        (
            54,
            "Device Identification (X.509)",
            Sub::Text(&VENDOR_CL_DEVICE_ID_X509),
        ),
    ],
};

/// The maker's prefix of hardware addresses, as three bytes or as text.
fn cable_maker(l: &mut Layer<'_, '_>, _: NodeId, len: usize) -> Result<(), Stop> {
    if len != 3 {
        return text(l, &VENDOR_CL_OUI_STRING, len);
    }
    let b = l.bytes(&VENDOR_CL_OUI_BYTES, 3)?;
    let node = l.last();
    l.label(node, |out| {
        let label = VENDOR_CL_OUI_BYTES.label;
        let _ = write!(out, "{label}: {:02x}:{:02x}:{:02x}", b[0], b[1], b[2]);
    });
    Ok(())
}

/// Telephones of Alcatel-Lucent.
static ALCATEL: Space = Space {
    option: 43,
    code: &VENDOR_ALU_SUBOPTION,
    raw: None,
    unknown: None,
    marks: Some((&VENDOR_ALU_PADDING, &VENDOR_ALU_END)),
    known: &[
        (58, "Voice VLAN ID", Sub::Short(&VENDOR_ALU_VID)),
        (
            64,
            "Spatial Redundancy TFTP1",
            Sub::Addresses(&VENDOR_ALU_TFTP1),
        ),
        (
            65,
            "Spatial Redundancy TFTP2",
            Sub::Addresses(&VENDOR_ALU_TFTP2),
        ),
        (66, "Application Type", Sub::Byte(&VENDOR_ALU_APP_TYPE)),
        (67, "SIP URL", Sub::Text(&VENDOR_ALU_SIP_URL)),
    ],
};

/// Access points of Aerohive (Extreme Networks).
static AEROHIVE: Space = Space {
    option: 43,
    code: &VENDOR_CISCO_SUBOPTION,
    raw: None,
    unknown: Some(&VENDOR_AEROHIVE_UNKNOWN),
    marks: None,
    known: &[
        (225, "XiqHostname", Sub::Text(&VENDOR_AEROHIVE_XIQHOSTNAME)),
        (
            226,
            "XiqIpAddress",
            Sub::Addresses(&VENDOR_AEROHIVE_XIQIPADDRESS),
        ),
    ],
};

/// Option 63: NetWare/IP (RFC 2242).
pub fn novell(l: &mut Layer<'_, '_>, at: &At<'_, '_>) -> Result<(), Stop> {
    suboptions(l, at, &NOVELL)
}

static NOVELL: Space = Space {
    option: 63,
    code: &NOVELL_SUBOPTION,
    raw: Some(&NOVELL_VALUE),
    unknown: None,
    marks: None,
    known: &[
        (0, "Unknown", Sub::Blob(&NOVELL_VALUE)),
        (1, "NWIP does not exist on subnet", Sub::Nothing),
        (2, "NWIP exists in options area", Sub::Nothing),
        (3, "NWIP exists in sname/file", Sub::Nothing),
        (4, "NWIP exists, but too big", Sub::Nothing),
        (
            5,
            "Broadcast for nearest Netware server",
            Sub::Byte(&NOVELL_BROADCAST),
        ),
        (
            6,
            "Preferred DSS server",
            Sub::Addresses(&NOVELL_PREFERRED_DSS_SERVER),
        ),
        (
            7,
            "Nearest NWIP server",
            Sub::Addresses(&NOVELL_NEAREST_NWIP_SERVER),
        ),
        (8, "Autoretries", Sub::Byte(&NOVELL_AUTORETRIES)),
        (
            9,
            "Autoretry delay, secs",
            Sub::Byte(&NOVELL_AUTORETRY_DELAY),
        ),
        (
            10,
            "Support NetWare/IP v1.1",
            Sub::Byte(&NOVELL_SUPPORT_NETWARE_V1_1),
        ),
        (11, "Primary DSS", Sub::Address(&NOVELL_PRIMARY_DSS)),
    ],
};

/// Option 124: what kind of client it is, said to several vendors (RFC 3925).
pub fn identified_class(l: &mut Layer<'_, '_>, at: &At<'_, '_>) -> Result<(), Stop> {
    if at.len == 1 {
        l.u8(&VI_CLASS_CL_ADDRESS_MODE)?;
        return Ok(());
    }
    if at.len < 5 {
        bad_length(l, at.node, "length < 5");
        return Ok(());
    }
    while at.end() - l.pos() >= 5 {
        l.u32(&VI_CLASS_ENTERPRISE)?;
        let len = usize::from(l.u8(&VI_CLASS_LENGTH)?);
        text(l, &VI_CLASS_DATA, len)?;
        if l.pos() > at.end() {
            return Ok(());
        }
    }
    Ok(())
}

/// Numbers of vendors (IANA "Private Enterprise Numbers").
const BROADBAND_FORUM: u32 = 3561;
const CABLE_LABORATORIES: u32 = 4491;

/// Option 125: what vendors tell their clients (RFC 3925).
pub fn identified_specific(l: &mut Layer<'_, '_>, at: &At<'_, '_>) -> Result<(), Stop> {
    if at.len < 5 {
        bad_length(l, at.node, "length < 5");
        return Ok(());
    }
    while at.end().saturating_sub(l.pos()) >= 5 {
        let enterprise = l.u32(&VI_ENTERPRISE)?;
        let vendor = l.last();
        l.enter();
        let len = usize::from(l.u8(&VI_LENGTH)?);
        let end = (l.pos() + len).min(at.end());
        if l.pos() + len > at.end() {
            l.issue(vendor, &ENTERPRISE_MALFORMED);
        }
        let part = At {
            node: vendor,
            start: l.pos(),
            len: end - l.pos(),
            seen: at.seen,
        };
        match enterprise {
            BROADBAND_FORUM => identified(l, &part, &VI_TR111_SUBOPTION, TR111)?,
            CABLE_LABORATORIES => identified(l, &part, &VI_CL_SUBOPTION, CABLE)?,
            _ => unknown_vendor(l, &part)?,
        }
        l.close();
        l.seek(end);
    }
    Ok(())
}

/// Gateways and devices behind them that are managed from afar (Broadband Forum TR-111).
static TR111: &[(u8, Sub)] = &[
    (1, Sub::Special(device_maker)),
    (2, Sub::Text(&VI_TR111_DEVICE_SERIAL_NUMBER)),
    (3, Sub::Text(&VI_TR111_DEVICE_PRODUCT_CLASS)),
    (4, Sub::Text(&VI_TR111_GATEWAY_MANUFACTURER_OUI)),
    (5, Sub::Text(&VI_TR111_GATEWAY_SERIAL_NUMBER)),
    (6, Sub::Text(&VI_TR111_GATEWAY_PRODUCT_CLASS)),
];

static CABLE: &[(u8, Sub)] = &[
    (1, Sub::Special(cable_request)),
    (2, Sub::Addresses(&VI_CL_TFTP_SERVER_ADDRESSES)),
    (3, Sub::Blob(&VI_CL_EROUTER_CONTAINER_OPTION)),
    (5, Sub::Blob(&VI_CL_MODEM_CAPABILITIES)),
];

/// The maker's prefix of hardware addresses, written as six digits.
fn device_maker(l: &mut Layer<'_, '_>, _: NodeId, len: usize) -> Result<(), Stop> {
    let at = l.pos();
    let bytes = l.peek(at, len)?;
    let number = std::str::from_utf8(bytes)
        .ok()
        .and_then(|digits| u32::from_str_radix(digits, 16).ok())
        .unwrap_or(0)
        & 0x00ff_ffff;
    let node = l.add(
        &VI_TR111_DEVICE_MANUFACTURER_OUI,
        at,
        len,
        Value::U(u64::from(number)),
    );
    l.label(node, |out| {
        let [_, a, b, c] = number.to_be_bytes();
        let label = VI_TR111_DEVICE_MANUFACTURER_OUI.label;
        let _ = write!(out, "{label}: {a:02x}:{b:02x}:{c:02x}");
    });
    l.skip(len);
    Ok(())
}

fn cable_request(l: &mut Layer<'_, '_>, _: NodeId, len: usize) -> Result<(), Stop> {
    let bytes = l.bytes(&VI_CL_OPTION_REQUEST, len)?;
    let node = l.last();
    l.label(node, |out| {
        out.push_str("Option Request:");
        for byte in bytes {
            let _ = write!(out, " {byte:02x}");
        }
    });
    Ok(())
}

/// Suboptions of a vendor that is known.
fn identified(
    l: &mut Layer<'_, '_>,
    at: &At<'_, '_>,
    field: &'static Field,
    known: &[(u8, Sub)],
) -> Result<(), Stop> {
    while at.end() - l.pos() >= 2 {
        let start = l.pos();
        let code = l.peek_u8(start)?;
        let len = usize::from(l.peek_u8(start + 1)?);
        // The yardstick counts the suboption from its length on.
        let node = l.open(field, start + 1, 2 + len, Value::U(u64::from(code)));
        l.label(node, |out| {
            let name = field.name_of(u64::from(code)).unwrap_or("Unknown");
            let _ = write!(out, "Option 125 Suboption: ({code}) {name}");
        });
        l.seek(start + 1);
        l.u8(&SUBOPTION_LENGTH)?;
        if start + 2 + len > at.end() {
            l.issue_with(node, &MISSING_SUBOPT_VALUE, |out| {
                let _ = write!(
                    out,
                    "Suboption {code}: no room left in option for suboption value"
                );
            });
            l.close();
            l.seek(at.end());
            return Ok(());
        }
        match known.iter().find(|(c, _)| *c == code) {
            Some((_, form)) => {
                sub(l, *form, node, len)?;
            }
            None => {
                l.bytes(&VI_VALUE, len)?;
            }
        }
        l.close();
        l.seek(start + 2 + len);
    }
    Ok(())
}

/// Suboptions of any other vendor: that they are suboptions is the rule.
fn unknown_vendor(l: &mut Layer<'_, '_>, at: &At<'_, '_>) -> Result<(), Stop> {
    while l.pos() < at.end() {
        let start = l.pos();
        let code = l.u8(&VENDOR_SUBOPTION)?;
        let node = l.last();
        l.enter();
        if start + 1 >= at.end() {
            l.close();
            l.issue(node, &MISSING_SUBOPT_LENGTH);
            return Ok(());
        }
        let len = usize::from(l.u8(&SUBOPTION_LENGTH)?);
        if start + 2 + len > at.end() {
            l.issue_with(node, &MISSING_SUBOPT_VALUE, |out| {
                let _ = write!(
                    out,
                    "Suboption {code}: no room left in option for suboption value"
                );
            });
            l.close();
            return Ok(());
        }
        l.bytes(&VENDOR_DATA, len)?;
        l.close();
    }
    Ok(())
}

/// Option 242: settings of a telephone of Avaya, NAME=VALUE with commas between.
pub fn avaya(l: &mut Layer<'_, '_>, at: &At<'_, '_>) -> Result<(), Stop> {
    if at.len < 5 {
        bad_length(l, at.node, "Avaya IP Telephone option length isn't >= 5");
        return Ok(());
    }
    let bytes = l.peek(at.start, at.len)?;
    text(l, &VENDOR_AVAYA, at.len)?;
    let whole = l.last();
    l.enter();
    let mut start = at.start;
    for part in bytes.split(|b| *b == b',') {
        avaya_setting(l, start, part, whole);
        start += part.len() + 1;
    }
    l.close();
    Ok(())
}

fn avaya_setting(l: &mut Layer<'_, '_>, start: usize, part: &[u8], whole: NodeId) {
    let at = part.iter().position(|b| *b == b'=').unwrap_or(part.len());
    let (name, value) = (&part[..at], part.get(at + 1..).unwrap_or(&[]));
    let known = AVAYA.iter().find(|(n, _)| *n == name);
    let Some((_, field)) = known else {
        l.issue_with(whole, &SUBOPT_UNKNOWN, |out| {
            let _ = write!(
                out,
                "Unknown Avaya setting {}",
                String::from_utf8_lossy(part)
            );
        });
        return;
    };
    if field.kind.is_signed() {
        let number: Option<i64> = std::str::from_utf8(value).ok().and_then(|v| v.parse().ok());
        let node = l.add(field, start, part.len(), Value::I(number.unwrap_or(0)));
        let (issue, most) = if std::ptr::eq(*field, &VENDOR_AVAYA_VLANTEST) {
            (&VLANTEST_INVALID, 180)
        } else {
            (&L2QVLAN_INVALID, 4094)
        };
        if number.is_none_or(|n| !(0..=most).contains(&n)) {
            l.issue(node, issue);
        }
        return;
    }
    let shown = l.slice(start + at + 1, value.len());
    let node = l.add(field, start, part.len(), shown);
    if std::ptr::eq(*field, &VENDOR_AVAYA_L2Q) {
        let word = match value {
            b"0" => "Auto",
            b"1" => "Enabled",
            b"2" => "Disabled",
            _ => return,
        };
        l.append(node, |out| {
            let _ = write!(out, " ({word})");
        });
    }
}

static AVAYA: &[(&[u8], &Field)] = &[
    (b"TLSSRVR", &VENDOR_AVAYA_TLSSRVR),
    (b"HTTPSRVR", &VENDOR_AVAYA_HTTPSRVR),
    (b"HTTPDIR", &VENDOR_AVAYA_HTTPDIR),
    (b"STATIC", &VENDOR_AVAYA_STATIC),
    (b"MCIPADD", &VENDOR_AVAYA_MCIPADD),
    (b"DOT1X", &VENDOR_AVAYA_DOT1X),
    (b"ICMPDU", &VENDOR_AVAYA_ICMPDU),
    (b"ICMPRED", &VENDOR_AVAYA_ICMPRED),
    (b"L2Q", &VENDOR_AVAYA_L2Q),
    (b"L2QVLAN", &VENDOR_AVAYA_L2QVLAN),
    (b"LOGLOCAL", &VENDOR_AVAYA_LOGLOCAL),
    (b"PHY1STAT", &VENDOR_AVAYA_PHY1STAT),
    (b"PHY2STAT", &VENDOR_AVAYA_PHY2STAT),
    (b"PROCPSWD", &VENDOR_AVAYA_PROCPSWD),
    (b"PROCSTAT", &VENDOR_AVAYA_PROCSTAT),
    (b"SNMPADD", &VENDOR_AVAYA_SNMPADD),
    (b"SNMPSTRING", &VENDOR_AVAYA_SNMPSTRING),
    (b"VLANTEST", &VENDOR_AVAYA_VLANTEST),
];
