//! PPPoE, PPP over Ethernet (RFC 2516): how DSL modems reach their provider. First a host finds an access concentrator and gets a
//! session number (discovery), then PPP runs in that session.

use crate::dissect::{Done, Layer, Protocol, Table};

/// Discovery: who serves me?
pub static PPPOED: Protocol = Protocol {
    spec: "RFC 2516 section 5",
    fields: FIELDS,
    parents: &[(Table::EtherType, 0x8863)],
    ..Protocol::new("pppoed", "PPP-over-Ethernet Discovery", "PPPoED", discovery)
};

/// The session with PPP inside.
pub static PPPOES: Protocol = Protocol {
    spec: "RFC 2516 section 6",
    parents: &[(Table::EtherType, 0x8864)],
    ..Protocol::new("pppoes", "PPP-over-Ethernet Session", "PPPoES", session)
};

const CODES: &[(u64, &str)] = &[
    (0x00, "Session Data"),
    (0x07, "Active Discovery Offer (PADO)"),
    (0x09, "Active Discovery Initiation (PADI)"),
    (0x0a, "Active Discovery Session-Grant (PADG)"),
    (0x0b, "Active Discovery Session-Credit Resp.(PADC)"),
    (0x0c, "Active Discovery Quality (PADQ)"),
    (0x19, "Active Discovery Request (PADR)"),
    (0x65, "Active Discovery Session-confirmation (PADS)"),
    (0xa7, "Active Discovery Terminate (PADT)"),
    (0xd3, "Active Discovery Message (PADM)"),
    (0xd4, "Active Discovery Network (PADN)"),
];

crate::fields! {
    /// Version of the protocol: 1.
    VERSION = Field::new("pppoe.version", "Version", Kind::U8).mask(0xf0).spec("RFC 2516 section 4");
    /// Always 1: no other type was ever defined.
    TYPE = Field::new("pppoe.type", "Type", Kind::U8).mask(0x0f).spec("RFC 2516 section 4");
    /// What the message is; 0 is data of a session.
    CODE = Field::new("pppoe.code", "Code", Kind::U8).hex().values(CODES).spec("RFC 2516 section 5");
    /// Number of the session at the access concentrator.
    SESSION_ID = Field::new("pppoe.session_id", "Session ID", Kind::U16).hex().spec("RFC 2516 section 4");
    /// How many bytes follow the first six.
    PAYLOAD_LENGTH = Field::new("pppoe.payload_length", "Payload Length", Kind::U16).spec("RFC 2516 section 4");
    /// What host and concentrator tell each other: service names, cookies, errors.
    TAGS = Field::new("pppoed.tags", "PPPoE Tags", Kind::None).spec("RFC 2516 appendix A");
}

/// The header; returns the length of what follows.
fn header(l: &mut Layer<'_, '_>) -> Result<usize, crate::dissect::Stop> {
    l.bits(&VERSION, 0, 1)?;
    l.bits(&TYPE, 0, 1)?;
    l.seek(1);
    let code = l.u8(&CODE)?;
    l.info(|out| out.push_str(CODE.name_of(u64::from(code)).unwrap_or("Unknown")));
    l.u16(&SESSION_ID)?;
    Ok(usize::from(l.u16(&PAYLOAD_LENGTH)?))
}

fn discovery(l: &mut Layer<'_, '_>) -> Done {
    l.protocol("PPPoED");
    let len = header(l)?.min(l.left());
    l.set_len(6 + len);
    if len > 0 {
        l.add(&TAGS, 6, len, crate::dissect::Value::None);
    }
    Ok(())
}

fn session(l: &mut Layer<'_, '_>) -> Done {
    l.protocol("PPPoES");
    let len = header(l)?;
    l.limit(6 + len);
    l.set_len(6);
    let rest = l.remainder();
    if !l.call(&super::ppp::PPP, rest) {
        l.plain(rest);
    }
    Ok(())
}
