//! DSO, DNS Stateful Operations (RFC 8490): messages about the connection itself, as a list of type, length and value.

use std::fmt::Write as _;

use super::values::SESSION_TYPES;
use crate::dissect::{Done, Layer, Value};

crate::fields! {
    /// A message about the connection itself instead of a question.
    DSO = Field::new("dns.dso", "DNS Stateful Operation", Kind::None).spec("RFC 8490 section 5.4");
    /// One element of it.
    TLV = Field::new("dns.dso.tlv", "DSO TLV", Kind::None).spec("RFC 8490 section 5.4.4");
    /// What the element is about.
    TYPE = Field::new("dns.dso.tlv.type", "Type", Kind::U16).names(Names::Ranges(SESSION_TYPES)).spec("RFC 8490 section 5.4.4");
    /// Length of its data in bytes.
    LENGTH = Field::new("dns.dso.tlv.length", "Length", Kind::U16).spec("RFC 8490 section 5.4.4");
    /// What the element carries; its type says how to read it.
    DATA = Field::new("dns.dso.tlv.data", "Data", Kind::Bytes).spec("RFC 8490 section 5.4.4");
    /// After how many milliseconds without a request the client must close.
    INACTIVITY = Field::new("dns.dso.tlv.keepalive.inactivity", "Inactivity Timeout", Kind::U32).spec("RFC 8490 section 7.1");
    /// After how many milliseconds of silence a sign of life is due.
    INTERVAL = Field::new("dns.dso.tlv.keepalive.interval", "Keepalive Interval", Kind::U32).spec("RFC 8490 section 7.1");
    /// For how many milliseconds the client should stay away.
    DELAY = Field::new("dns.dso.tlv.retrydelay.retrydelay", "Retry Delay", Kind::U32).spec("RFC 8490 section 7.2");
    /// Filling: hides how long the message really is.
    PADDING = Field::new("dns.dso.tlv.encpad.padding", "Padding", Kind::Bytes).spec("RFC 8490 section 7.3");
}

/// The elements up to the end of the message.
pub fn elements(l: &mut Layer<'_, '_>) -> Done {
    let at = l.pos();
    l.open(&DSO, at, l.captured().saturating_sub(at), Value::None);
    while l.left() > 0 {
        let at = l.pos();
        let kind = l.peek_u16(at)?;
        let len = usize::from(l.peek_u16(at + 2)?);
        let room = l.captured().saturating_sub(at);
        let node = l.open(&TLV, at, (4 + len).min(room), Value::None);
        l.label(node, |out| {
            out.push_str("DSO TLV: ");
            match TYPE.name_of(u64::from(kind)) {
                Some(name) => out.push_str(name),
                None => {
                    let _ = write!(out, "Unknown ({kind})");
                }
            }
        });
        l.u16(&TYPE)?;
        l.u16(&LENGTH)?;
        match kind {
            1 => {
                l.u32(&INACTIVITY)?;
                l.u32(&INTERVAL)?;
            }
            2 => {
                l.u32(&DELAY)?;
            }
            3 => {
                l.bytes(&PADDING, len)?;
            }
            _ => {
                l.bytes(&DATA, len)?;
            }
        }
        l.close();
        l.seek(at + 4 + len);
    }
    l.close();
    Ok(())
}
