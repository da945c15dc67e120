//! SMUX, the SNMP multiplexing protocol (RFC 1227, out of use): a program that knows a part of the tree offers itself to the
//! device's agent, which then passes requests on to it.
//!
//! ```text
//! [APPLICATION 0] open      helper to agent: version, identity, description, password
//! [APPLICATION 1] close     either: why
//! [APPLICATION 2] register  helper to agent: part of the tree, priority, operation
//! [APPLICATION 3]           agent to helper: the priority, or -1
//! [APPLICATION 4]           agent to helper: make the prepared change, or drop it
//! [0] to [4]                SNMP's own requests and answers
//! ```

use super::fields::*;
use super::{history, pdu};
use crate::dissect::{Done, Layer, Protocol, Table, Value};
use crate::protocols::ber::{self, Class, Element, Elements, tag, unknown};
use crate::protocols::credentials;

/// The SNMP multiplexing protocol.
pub static SMUX: Protocol = Protocol {
    spec: "RFC 1227",
    parents: &[(Table::TcpPort, 199)],
    framer: Some(history::framer),
    ..Protocol::new("smux", "SNMP Multiplex Protocol", "SMUX", dissect)
};

fn dissect(l: &mut Layer<'_, '_>) -> Done {
    l.protocol("SMUX");
    if l.scanning() {
        return Ok(());
    }
    let mut all = Elements {
        at: 0,
        end: l.reported(),
    };
    while let Some(found) = all.next(l)? {
        message(l, &found)?;
    }
    Ok(())
}

fn message(l: &mut Layer<'_, '_>, found: &Element) -> Done {
    let kind = match (found.class, found.tag) {
        (Class::Application, kind @ 0..=4) => kind,
        (Class::Context, 0..=8) => 3,
        _ => return unknown::show(l, found),
    };
    let (at, whole) = (found.at, found.whole());
    l.open(&SMUX_PDUS, at, whole, Value::U(u64::from(kind)));
    match (found.class, kind) {
        (Class::Application, 0) => {
            l.open(&SMUX_OPEN, at, whole, Value::U(0));
            l.open(&SMUX_SIMPLE, found.start, found.len, Value::None);
            open(l, found)?;
            l.close();
            l.close();
        }
        (Class::Application, 1) => {
            ber::integer(l, &SMUX_CLOSE, found)?;
        }
        (Class::Application, 2) => {
            l.open(&SMUX_REGISTER, found.start, found.len, Value::None);
            register(l, found)?;
            l.close();
        }
        (Class::Application, 4) => {
            ber::integer(l, &SMUX_COMMIT, found)?;
        }
        (Class::Application, _) => {
            l.open(&SMUX_REGISTERED, at, whole, Value::U(0));
            ber::integer(l, &SMUX_RESPONSE, found)?;
            l.close();
        }
        _ => {
            l.open(&SMUX_REGISTERED, at, whole, Value::U(1));
            pdu(l, &SMUX_PDU, found)?;
            l.close();
        }
    }
    l.close();
    Ok(())
}

fn open(l: &mut Layer<'_, '_>, found: &Element) -> Done {
    let mut elements = found.elements();
    if let Some(found) = elements.expect(l, tag::INTEGER)? {
        ber::integer(l, &SMUX_VERSION, &found)?;
    }
    if let Some(found) = elements.expect(l, tag::OBJECT_IDENTIFIER)? {
        unknown::identifier(l, &SMUX_IDENTITY, &found)?;
    }
    if let Some(found) = elements.expect(l, tag::OCTET_STRING)? {
        ber::string(l, &SMUX_DESCRIPTION, &found)?;
    }
    if let Some(found) = elements.expect(l, tag::OCTET_STRING)? {
        let node = ber::string(l, &SMUX_PASSWORD, &found)?;
        if found.len > 0 {
            credentials::readable(l, node);
        }
    }
    elements.finish(l)
}

fn register(l: &mut Layer<'_, '_>, found: &Element) -> Done {
    let mut elements = found.elements();
    if let Some(found) = elements.expect(l, tag::OBJECT_IDENTIFIER)? {
        unknown::identifier(l, &SMUX_SUBTREE, &found)?;
    }
    for field in [&SMUX_PRIORITY, &SMUX_OPERATION] {
        if let Some(found) = elements.expect(l, tag::INTEGER)? {
            ber::integer(l, field, &found)?;
        }
    }
    elements.finish(l)
}
