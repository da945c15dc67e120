//! DHCPv6, the Dynamic Host Configuration Protocol for IPv6 (RFC 8415). Routers tell hosts most of what they need; from a DHCPv6
//! server a host gets addresses that somebody keeps account of, prefixes for networks behind it, and all other settings.
//!
//! ```text
//! Client                     Server
//!   | ---- Solicit (all) --->  |   is there anybody?
//!   | <----- Advertise ------  |   I would give you these
//!   | ---- Request (all) --->  |   I take them
//!   | <------- Reply --------  |   yours
//! ```

use std::fmt::Write as _;

use crate::dissect::{Done, Layer, NodeId, Protocol, Stop, Table, Value};
use crate::field::Field;

pub mod bulk;
pub mod fields;
pub mod options;

#[cfg(test)]
mod tests;

use fields::*;

/// The Dynamic Host Configuration Protocol for IPv6.
pub static DHCPV6: Protocol = Protocol {
    spec: "RFC 8415",
    fields: FIELDS,
    issues: ISSUES,
    parents: &[(Table::UdpPort, 546), (Table::UdpPort, 547)],
    ..Protocol::new("dhcpv6", "DHCPv6", "DHCPv6", dissect)
};

/// Messages of relays, which carry other messages.
const RELAY_FORWARD: u8 = 12;
const RELAY_REPLY: u8 = 13;

/// Options in options, and messages in messages, are read this deep.
const DEPTH_LIMIT: u8 = 16;

/// A message of a relay may have passed this many others (RFC 8415 section 7.6).
const HOP_LIMIT: u8 = 32;

/// What options learn from around them.
#[derive(Clone, Copy)]
pub struct Around {
    /// The kind of the message that they stand in.
    pub message: u8,
    /// How deep they stand.
    pub depth: u8,
    /// Whether it came by TCP, in answer to a bulk leasequery.
    pub bulk: bool,
}

fn dissect(l: &mut Layer<'_, '_>) -> Done {
    if l.scanning() {
        return Ok(());
    }
    l.protocol("DHCPv6");
    l.info(|_| ());
    let end = l.reported();
    message(l, end, 0)
}

/// A message from the cursor up to `end`.
fn message(l: &mut Layer<'_, '_>, end: usize, depth: u8) -> Done {
    let kind = l.u8(&MSGTYPE)?;
    l.info_append(|out| {
        let _ = match MSGTYPE.name_of(u64::from(kind)) {
            Some(name) => write!(out, "{name} "),
            None => write!(out, "Message Type {kind} "),
        };
    });
    if matches!(kind, RELAY_FORWARD | RELAY_REPLY) {
        let hops = l.u8(&HOPCOUNT)?;
        if hops > HOP_LIMIT {
            let node = l.last();
            l.issue_with(node, &ERROR_HOPCOUNT, |out| {
                let _ = write!(out, "Hop count {hops} is more than {HOP_LIMIT}");
            });
        }
        let link = l.ipv6(&LINKADDR)?;
        l.info_append(|out| {
            let _ = write!(out, "L: {} ", std::net::Ipv6Addr::from(link));
        });
        l.ipv6(&PEERADDR)?;
    } else {
        let id = l.u24(&XID)?;
        l.info_append(|out| {
            let _ = write!(out, "XID: 0x{id:x} ");
        });
    }
    let around = Around {
        message: kind,
        depth,
        bulk: false,
    };
    options(l, end, around)
}

/// Options from the cursor up to `end`.
pub fn options(l: &mut Layer<'_, '_>, end: usize, around: Around) -> Done {
    if around.depth > DEPTH_LIMIT {
        return Err(Stop::Malformed);
    }
    while l.pos() + 4 <= end {
        let start = l.pos();
        let code = l.peek_u16(start)?;
        let len = usize::from(l.peek_u16(start + 2)?);
        if start + 4 + len > end {
            let root = l.root();
            l.issue_with(root, &BOGUS_LENGTH, |out| {
                let _ = write!(out, "Option {code} is longer than what is left");
            });
            return Ok(());
        }
        let node = open(l, &OPTION, start, 4 + len, code);
        l.u16(&OPTION_TYPE)?;
        l.u16(&OPTION_LENGTH)?;
        l.need(start + 4, len)?;
        let region = l.part(0, start + 4 + len);
        l.within(region, |l| {
            l.seek(start + 4);
            options::value(l, node, code, len, around)
        })?;
        l.close();
        l.seek(start + 4 + len);
    }
    l.seek(end);
    Ok(())
}

/// The line of an option: only its name.
fn open(
    l: &mut Layer<'_, '_>,
    field: &'static Field,
    start: usize,
    len: usize,
    code: u16,
) -> NodeId {
    let known = OPTION_TYPE.name_of(u64::from(code));
    let value = match known {
        Some(name) => l.made(name.as_bytes()),
        None => l.format(format_args!("DHCP option {code}")),
    };
    let node = l.open(field, start, len, value);
    l.label(node, |out| {
        let _ = match known {
            Some(name) => write!(out, "{name}"),
            None => write!(out, "DHCP option {code}"),
        };
    });
    node
}

/// A message inside of an option (RFC 8415 section 21.10).
fn carried(l: &mut Layer<'_, '_>, len: usize, depth: u8) -> Done {
    let start = l.pos();
    l.open(&DHCPV6.field, start, len, Value::None);
    message(l, start + len, depth)?;
    l.close();
    Ok(())
}
