//! Option 82: what a relay adds about the client before it passes the message on (RFC 3046 and those that came later).

use std::fmt::Write as _;

use super::options::{At, text};
use super::vendor::{Space, Sub, suboptions};
use super::vendor_fields::*;
use super::{TAG_UNKNOWN, bad_length_of};
use crate::dissect::{Layer, NodeId, Stop, Value};

/// Suboptions of the relay.
pub fn agent(l: &mut Layer<'_, '_>, at: &At<'_, '_>) -> Result<(), Stop> {
    suboptions(l, at, &AGENT)
}

static AGENT: Space = Space {
    option: 82,
    code: &AGENT_SUBOPTION,
    raw: Some(&AGENT_VALUE),
    unknown: Some(&AGENT_VALUE),
    marks: None,
    known: &[
        (0, "Padding", Sub::Blob(&AGENT_VALUE)),
        (1, "Agent Circuit ID", Sub::Blob(&AGENT_AGENT_CIRCUIT_ID)),
        (2, "Agent Remote ID", Sub::Blob(&AGENT_AGENT_REMOTE_ID)),
        (3, "Reserved", Sub::Blob(&AGENT_RESERVED)),
        (
            4,
            "DOCSIS Device Class",
            Sub::Word(&AGENT_DOCSIS_DEVICE_CLASS),
        ),
        (5, "Link selection", Sub::Address(&AGENT_LINK_SELECTION)),
        (6, "Subscriber ID", Sub::Text(&AGENT_SUBSCRIBER_ID)),
        (7, "RADIUS Attributes", Sub::Blob(&AGENT_RADIUS_ATTRIBUTES)),
        (8, "Authentication", Sub::Blob(&AGENT_AUTHENTICATION)),
        (9, "Vendor-Specific Information", Sub::Special(vendors)),
        (10, "Flags", Sub::Byte(&AGENT_FLAGS)),
        (
            11,
            "Server ID Override",
            Sub::Address(&AGENT_SERVER_ID_OVERRIDE),
        ),
        (
            12,
            "Relay Agent Identifier",
            Sub::Blob(&AGENT_RELAY_AGENT_ID),
        ),
        (13, "Access Technology Type", Sub::Number(&AGENT_ANI_ATT)),
        (
            14,
            "Access Network Name",
            Sub::Text(&AGENT_ANI_NETWORK_NAME),
        ),
        (15, "Access Point Name", Sub::Text(&AGENT_ANI_AP_NAME)),
        (16, "Access Point BSSID", Sub::Ether(&AGENT_ANI_AP_BSSID)),
        (
            17,
            "Access Network Operator ID",
            Sub::Blob(&AGENT_ANI_OPERATOR_ID),
        ),
        (
            18,
            "Access Network Operator Realm",
            Sub::Text(&AGENT_ANI_OPERATOR_REALM),
        ),
        (19, "Source Port", Sub::Nothing),
        (
            150,
            "Link selection (Cisco proprietary)",
            Sub::Address(&AGENT_LINK_SELECTION_CISCO),
        ),
        (151, "VRF name/VPN ID", Sub::Special(private_network)),
        (
            152,
            "Server ID Override (Cisco proprietary)",
            Sub::Address(&AGENT_SERVER_ID_OVERRIDE_CISCO),
        ),
    ],
};

/// Suboption 9: data of vendors, named by number (RFC 4243).
fn vendors(l: &mut Layer<'_, '_>, node: NodeId, len: usize) -> Result<(), Stop> {
    const CABLE_LABORATORIES: u32 = 4491;
    let end = l.pos() + len;
    while l.pos() < end {
        let enterprise = l.u32(&AGENT_VI_ENTERPRISE)?;
        l.enter();
        let size = usize::from(l.u8(&AGENT_VI_DATA_LENGTH)?);
        let until = l.pos() + size;
        if until > end {
            bad_length_of(l, node);
            l.close();
            return Ok(());
        }
        if enterprise == CABLE_LABORATORIES {
            cable(l, node, until)?;
        } else {
            l.bytes(&AGENT_VALUE, size)?;
        }
        l.close();
        l.seek(until);
    }
    Ok(())
}

/// What a head end of a cable network says.
fn cable(l: &mut Layer<'_, '_>, node: NodeId, end: usize) -> Result<(), Stop> {
    while l.pos() + 2 <= end {
        let at = l.pos();
        let tag = l.peek_u8(at)?;
        let len = usize::from(l.peek_u8(at + 1)?);
        l.seek(at + 2);
        match (tag, len) {
            (1 | 2, 2) => {
                let field = if tag == 1 {
                    &AGENT_VI_CL_DOCSIS_VERSION
                } else {
                    &AGENT_VI_CL_DPOE_SYSTEM_VERSION
                };
                let value = l.peek_u16(at + 2)?;
                let shown = l.add(field, at + 2, 2, Value::U(u64::from(value)));
                l.label(shown, |out| {
                    let _ = write!(out, "{}: {}.{}", field.label, value >> 8, value & 0xff);
                });
            }
            (3, _) => {
                l.bytes(&AGENT_VI_CL_DPOE_SYSTEM_PBB_SERVICE, len)?;
            }
            (4, _) => text(l, &AGENT_VI_CL_SERVICE_CLASS_NAME, len)?,
            (5, _) => text(l, &AGENT_VI_CL_MSO_DEFINED_TEXT, len)?,
            (6, _) => text(l, &AGENT_VI_CL_SECURE_FILE_TRANSFER_URI, len)?,
            _ => l.issue_with(node, &TAG_UNKNOWN, |out| {
                let _ = write!(out, "Unknown tag {tag} ({len} bytes)");
            }),
        }
        l.seek(at + 2 + len);
    }
    Ok(())
}

/// Suboption 151: which private network the client is in (RFC 6607 section 4).
fn private_network(l: &mut Layer<'_, '_>, _: NodeId, len: usize) -> Result<(), Stop> {
    match len {
        0 => {}
        1 => {
            l.u8(&AGENT_VRF_NAME_GLOBAL)?;
        }
        7 => {
            let at = l.pos();
            l.bytes(&AGENT_VRF_NAME_VPN_ID, 7)?;
            l.enter();
            l.seek(at);
            l.u24(&AGENT_VRF_NAME_VPN_ID_OUI)?;
            l.u32(&AGENT_VRF_NAME_VPN_ID_INDEX)?;
            l.close();
        }
        _ => text(l, &AGENT_VRF_NAME, len)?,
    }
    Ok(())
}
