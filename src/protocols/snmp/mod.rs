//! SNMP, the Simple Network Management Protocol: a manager asks devices for values (how many bytes passed, how long it runs, who
//! is in charge) and changes some; a device tells of events by itself. All values hang in one tree of object identifiers;
//! `1.3.6.1.2.1.1.1.0` is the description of the device.
//!
//! ```text
//! versions 1 and 2c                version 3
//! SEQUENCE                         SEQUENCE
//!   version                          version
//!   community: the password          header: number, size, flags, security model
//!   PDU                              what the security model says: engine, clock, user, checksum
//!     request-id                     context and PDU, in the clear or encrypted
//!     error-status, error-index
//!     names and values
//! ```
//!
//! Everything is BER ([`ber`]). Agents listen on UDP port 161, those who hear of events on 162; TCP is possible, with one message
//! behind the other. Version 1 is RFC 1157, version 2c RFC 1901 and RFC 3416, version 3 RFC 3412 and (its user-based security)
//! RFC 3414. [`smux`] is what an agent and its helpers once said to each other.

use std::fmt::Write as _;

use crate::dissect::{Done, Layer, Protocol, Stop, Table, Value};
use crate::field::Field;
use crate::protocols::ber::{self, Class, Element, tag};
use crate::protocols::credentials;

pub mod engine;
pub mod fields;
pub mod history;
pub mod mib;
pub mod smux;
pub mod values;
pub mod variables;

#[cfg(test)]
mod tests;

use fields::*;

/// The Simple Network Management Protocol.
pub static SNMP: Protocol = Protocol {
    spec: "RFC 3411 to 3418, RFC 1157",
    fields: FIELDS,
    issues: ISSUES,
    parents: &[
        (Table::UdpPort, 161),
        (Table::UdpPort, 162),
        (Table::UdpPort, 8161),
        (Table::TcpPort, 161),
        (Table::TcpPort, 162),
        (Table::EtherType, 0x814c),
    ],
    framer: Some(history::framer),
    ..Protocol::new(
        "snmp",
        "Simple Network Management Protocol",
        "SNMP",
        dissect,
    )
};

/// The security model that SNMPv3 itself defines (RFC 3414).
const USER_BASED: i64 = 3;

/// The elements that PDUs are, by their tags.
static ELEMENTS: [&Field; 9] = [
    &GET_REQUEST,
    &GET_NEXT_REQUEST,
    &GET_RESPONSE,
    &SET_REQUEST,
    &TRAP,
    &GET_BULK_REQUEST,
    &INFORM_REQUEST,
    &V2_TRAP,
    &REPORT,
];

/// Tag of the event message of version 1.
const TRAP_V1: u32 = 4;
/// Tag of a request for many objects.
const GET_BULK: u32 = 5;

fn dissect(l: &mut Layer<'_, '_>) -> Done {
    if l.reported() == 0 {
        return Err(Stop::NotMine);
    }
    let (whole, version) = begin(l)?;
    if l.scanning() {
        history::link(l);
        return Ok(());
    }
    l.protocol("SNMP");
    if whole.end < l.reported() {
        l.set_len(whole.end);
    }
    let note = history::pair(l);
    match version {
        0 | 1 => community_based(l, &whole, note),
        2 => user_based_v2(l, &whole, note),
        3 => version_3(l, &whole, note),
        _ => {
            let root = l.root();
            l.issue(root, &UNKNOWN_VERSION);
            Ok(())
        }
    }
}

/// Whether this is SNMP at all: a SEQUENCE that begins with a number, and is not longer than the packet. Returns it, and the
/// version.
fn begin(l: &Layer<'_, '_>) -> Result<(Element, i64), Stop> {
    let whole = ber::element(l, 0)?;
    if !whole.is(Class::Universal, tag::SEQUENCE) || whole.end > l.reported() {
        return Err(Stop::NotMine);
    }
    let version = ber::element(l, whole.start)?;
    if !version.is(Class::Universal, tag::INTEGER) {
        return Err(Stop::NotMine);
    }
    Ok((whole, ber::signed(version.bytes(l)?).unwrap_or(0)))
}

/// The elements of the message, if it is a SEQUENCE in earnest: its tag must say that it is made of elements.
fn inside(l: &mut Layer<'_, '_>, whole: &Element) -> Option<ber::Elements> {
    if whole.constructed {
        return Some(whole.elements());
    }
    ber::error(l, whole.at, 1, &ber::NO_SEQUENCE, |out| {
        out.push_str("A SEQUENCE that is not made of elements");
    });
    None
}

/// Versions 1 and 2c (RFC 1157 section 4, RFC 1901 section 3).
fn community_based(l: &mut Layer<'_, '_>, whole: &Element, pair: Option<history::Pair>) -> Done {
    let Some(mut elements) = inside(l, whole) else {
        return Ok(());
    };
    let mut version = 0;
    if let Some(found) = elements.expect(l, tag::INTEGER)? {
        version = ber::integer(l, &VERSION, &found)?.unwrap_or(0);
    }
    let mut community = None;
    if let Some(found) = elements.expect(l, tag::OCTET_STRING)? {
        community = Some(ber::text(l, &COMMUNITY, &found)?);
    }
    if let Some(found) = elements.next(l)? {
        if let Some(node) = community
            && matches!(found.tag, 0 | 1 | 3 | 5)
        {
            // Only those who ask send it to be let in.
            credentials::readable(l, node);
        }
        pdu(l, &DATA, &found)?;
        if found.is(Class::Context, TRAP_V1) && version != 0 {
            let root = l.root();
            l.issue(root, &TRAP_OBSOLETE);
        }
        history::links(l, found.at, pair);
    }
    elements.finish(l)
}

/// The user-based version 2 that did not become a standard (RFC 1910).
fn user_based_v2(l: &mut Layer<'_, '_>, whole: &Element, pair: Option<history::Pair>) -> Done {
    let Some(mut elements) = inside(l, whole) else {
        return Ok(());
    };
    if let Some(found) = elements.expect(l, tag::INTEGER)? {
        ber::integer(l, &VERSION, &found)?;
    }
    if let Some(found) = elements.expect(l, tag::OCTET_STRING)? {
        ber::string(l, &PARAMETERS, &found)?;
    }
    if let Some(found) = elements.next(l)? {
        let encrypted = found.is(Class::Universal, tag::OCTET_STRING);
        let kind = Value::U(u64::from(encrypted));
        l.open(&DATA_V2U, found.at, found.whole(), kind);
        if encrypted {
            ber::string(l, &ENCRYPTED, &found)?;
        } else {
            pdu(l, &PLAINTEXT, &found)?;
            history::links(l, found.at, pair);
        }
        l.close();
    }
    elements.finish(l)
}

/// Version 3 (RFC 3412 section 6).
fn version_3(l: &mut Layer<'_, '_>, whole: &Element, pair: Option<history::Pair>) -> Done {
    let Some(mut elements) = inside(l, whole) else {
        return Ok(());
    };
    if let Some(found) = elements.expect(l, tag::INTEGER)? {
        ber::integer(l, &MSG_VERSION, &found)?;
    }
    let mut model = 0;
    if let Some(found) = elements.expect(l, tag::SEQUENCE)? {
        l.open(&MSG_GLOBAL, found.at, found.whole(), Value::None);
        model = global_data(l, &found)?;
        l.close();
    }
    if let Some(found) = elements.expect(l, tag::OCTET_STRING)? {
        if model == USER_BASED {
            user_based(l, &found)?;
        } else {
            ber::string(l, &MSG_SECURITY, &found)?;
        }
    }
    if let Some(found) = elements.next(l)? {
        let whole = found.whole();
        if found.is(Class::Universal, tag::SEQUENCE) {
            l.open(&MSG_DATA, found.at, whole, Value::U(0));
            l.open(&PLAINTEXT_ELEMENT, found.at, whole, Value::None);
            scoped(l, &found, pair)?;
            l.close();
            l.close();
        } else if found.is(Class::Universal, tag::OCTET_STRING) {
            l.open(&MSG_DATA, found.at, whole, Value::U(1));
            ber::string(l, &ENCRYPTED_PDU, &found)?;
            l.close();
            l.info(|out| out.push_str("encryptedPDU: privKey Unknown"));
        }
    }
    elements.finish(l)
}

/// The header of version 3; returns the security model.
fn global_data(l: &mut Layer<'_, '_>, found: &Element) -> Result<i64, Stop> {
    let mut elements = found.elements();
    if let Some(found) = elements.expect(l, tag::INTEGER)? {
        ber::integer(l, &MSG_ID, &found)?;
    }
    if let Some(found) = elements.expect(l, tag::INTEGER)? {
        ber::integer(l, &MSG_MAX_SIZE, &found)?;
    }
    if let Some(found) = elements.expect(l, tag::OCTET_STRING)? {
        ber::string(l, &MSG_FLAGS, &found)?;
        l.enter();
        for field in [&FLAG_REPORT, &FLAG_CRYPT, &FLAG_AUTH] {
            if found.len == 0 {
                return Err(Stop::Malformed);
            }
            l.bits(field, found.start, 1)?;
        }
        l.close();
    }
    let mut model = None;
    if let Some(found) = elements.expect(l, tag::INTEGER)? {
        model = ber::integer(l, &MSG_MODEL, &found)?;
    }
    elements.finish(l)?;
    Ok(model.unwrap_or(0))
}

/// What the user-based security model says of the message (RFC 3414 section 2.4): a SEQUENCE within the OCTET STRING.
fn user_based(l: &mut Layer<'_, '_>, found: &Element) -> Done {
    let mut around = found.elements();
    let Some(sequence) = around.expect(l, tag::SEQUENCE)? else {
        return Err(Stop::Malformed);
    };
    let mut elements = sequence.elements();
    if let Some(found) = elements.expect(l, tag::OCTET_STRING)? {
        engine::id(l, &MSG_ENGINE_ID, &found)?;
    }
    for field in [&MSG_ENGINE_BOOTS, &MSG_ENGINE_TIME] {
        if let Some(found) = elements.expect(l, tag::INTEGER)? {
            ber::integer(l, field, &found)?;
        }
    }
    if let Some(found) = elements.expect(l, tag::OCTET_STRING)? {
        ber::text(l, &MSG_USER, &found)?;
    }
    for field in [&MSG_AUTH, &MSG_PRIV] {
        if let Some(found) = elements.expect(l, tag::OCTET_STRING)? {
            ber::string(l, field, &found)?;
        }
    }
    elements.finish(l)
}

/// The data with their context (RFC 3412 section 6.8).
fn scoped(l: &mut Layer<'_, '_>, found: &Element, pair: Option<history::Pair>) -> Done {
    let mut elements = found.elements();
    if let Some(found) = elements.expect(l, tag::OCTET_STRING)? {
        engine::id(l, &CONTEXT_ENGINE_ID, &found)?;
    }
    if let Some(found) = elements.expect(l, tag::OCTET_STRING)? {
        ber::text(l, &CONTEXT_NAME, &found)?;
    }
    if let Some(found) = elements.next(l)? {
        pdu(l, &DATA, &found)?;
        history::links(l, found.at, pair);
    }
    elements.finish(l)
}

/// A PDU: what is asked or told. Its tag says which.
pub(super) fn pdu(l: &mut Layer<'_, '_>, field: &'static Field, found: &Element) -> Done {
    l.info(|_| {});
    let Some(element) = ELEMENTS.get(found.tag as usize) else {
        return Ok(());
    };
    if found.class != Class::Context {
        return Ok(());
    }
    l.open(
        field,
        found.at,
        found.whole(),
        Value::U(u64::from(found.tag)),
    );
    let room = l.captured().saturating_sub(found.start);
    let len = found.end.saturating_sub(found.start).min(room);
    l.open(element, found.start, len, Value::None);
    if found.tag == TRAP_V1 {
        trap(l, found)?;
    } else {
        let numbers = if found.tag == GET_BULK {
            [&REQUEST_ID, &NON_REPEATERS, &MAX_REPETITIONS]
        } else {
            [&REQUEST_ID, &ERROR_STATUS, &ERROR_INDEX]
        };
        let mut elements = found.elements();
        for field in numbers {
            if let Some(found) = elements.expect(l, tag::INTEGER)? {
                ber::integer(l, field, &found)?;
            }
        }
        if let Some(found) = elements.expect(l, tag::SEQUENCE)? {
            variables::list(l, &found)?;
        }
        elements.finish(l)?;
    }
    l.close();
    l.close();
    l.info_prepend(|out| out.push_str(element.label));
    Ok(())
}

/// The event message of version 1 (RFC 1157 section 4.1.6).
fn trap(l: &mut Layer<'_, '_>, found: &Element) -> Done {
    let mut elements = found.elements();
    if let Some(found) = elements.expect(l, tag::OBJECT_IDENTIFIER)?
        && let Some(path) = ber::unknown::identifier(l, &ENTERPRISE, &found)?
    {
        l.info_append(|out| {
            out.push(' ');
            ber::oid::push_resolved(&path, out);
        });
    }
    if let Some(found) = elements.next(l)? {
        if found.is(Class::Application, 0) {
            let content = found.bytes(l)?;
            if let Ok(address) = <[u8; 4]>::try_from(content) {
                l.add(&AGENT_ADDR, found.start, found.len, Value::Ipv4(address));
            }
        } else {
            ber::error(l, found.at, 1, &ber::WRONG_FIELD, |out| {
                out.push_str("Expected an IpAddress, found ");
                ber::push_tag(&found, out);
            });
        }
    }
    for field in [&GENERIC_TRAP, &SPECIFIC_TRAP] {
        if let Some(found) = elements.expect(l, tag::INTEGER)? {
            ber::integer(l, field, &found)?;
        }
    }
    if let Some(found) = elements.next(l)? {
        if found.is(Class::Application, 3) {
            ber::integer(l, &TIME_STAMP, &found)?;
        } else {
            ber::error(l, found.at, 1, &ber::WRONG_FIELD, |out| {
                let _ = write!(out, "Expected TimeTicks, found ");
                ber::push_tag(&found, out);
            });
        }
    }
    if let Some(found) = elements.expect(l, tag::SEQUENCE)? {
        variables::list(l, &found)?;
    }
    elements.finish(l)
}
