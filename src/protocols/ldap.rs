//! LDAP, the Lightweight Directory Access Protocol (RFC 4511): asks a directory about people, computers and rights, and signs
//! users in.
//!
//! Messages are BER: a tag, a length, the content. Once both sides have agreed on protection (SASL), each comes in a buffer
//! with its length in four bytes before it. Where a message begins and ends, its number and kind are shown here; the rest is
//! not taken apart.

use std::fmt::Write as _;

use crate::dissect::registry::InSegment;
use crate::dissect::{Done, Layer, Protocol, Table, Value};
use crate::flow::message::{Context, Framer, Step};
use crate::flow::tcp::Direction;

/// The Lightweight Directory Access Protocol.
pub static LDAP: Protocol = Protocol {
    spec: "RFC 4511",
    fields: FIELDS,
    parents: &[(Table::TcpPort, 389), (Table::TcpPort, 3268)],
    framer: Some(|| Box::new(Messages)),
    in_segment: InSegment::Sized,
    ..Protocol::new(
        "ldap",
        "Lightweight Directory Access Protocol",
        "LDAP",
        dissect,
    )
};

crate::fields! {
    /// Length of the protected buffer that follows.
    SASL_LENGTH = Field::new("ldap.sasl_buffer_length", "SASL Buffer Length", Kind::U32).spec("RFC 4422 section 3.7");
    /// Number of the request, chosen by the client; answers carry the same.
    MESSAGE_ID = Field::new("ldap.messageID", "messageID", Kind::U32).spec("RFC 4511 section 4.1.1.1");
    /// What is asked or answered.
    OPERATION = Field::new("ldap.protocolOp", "protocolOp", Kind::U32).values(OPERATIONS).spec("RFC 4511 section 4.1.1");
}

/// The operations by their place in the list of RFC 4511 section 4.1.1.
static OPERATIONS: &[(u64, &str)] = &[
    (0, "bindRequest"),
    (1, "bindResponse"),
    (2, "unbindRequest"),
    (3, "searchRequest"),
    (4, "searchResEntry"),
    (5, "searchResDone"),
    (6, "searchResRef"),
    (7, "modifyRequest"),
    (8, "modifyResponse"),
    (9, "addRequest"),
    (10, "addResponse"),
    (11, "delRequest"),
    (12, "delResponse"),
    (13, "modDNRequest"),
    (14, "modDNResponse"),
    (15, "compareRequest"),
    (16, "compareResponse"),
    (17, "abandonRequest"),
    (18, "extendedReq"),
    (19, "extendedResp"),
    (20, "intermediateResponse"),
];

/// The number of an operation by its tag.
fn operation(tag: u8) -> Option<u64> {
    Some(match tag & 0x1f {
        n @ 0..=5 => u64::from(n),
        19 => 6,
        n @ 6..=16 => u64::from(n) + 1,
        n @ 23..=25 => u64::from(n) - 5,
        _ => return None,
    })
}

/// The longest message that is believed.
const LIMIT: u64 = 16 << 20;

/// Finds messages by their length.
struct Messages;

/// Length of the BER header and of the content behind the tag: `None` if more bytes are needed, `Some(None)` if it makes none.
fn ber_length(bytes: &[u8]) -> Option<Option<(usize, u64)>> {
    let first = *bytes.get(1)?;
    if first < 0x80 {
        return Some(Some((2, u64::from(first))));
    }
    let count = usize::from(first & 0x7f);
    if count == 0 || count > 4 {
        return Some(None);
    }
    let digits = bytes.get(2..2 + count)?;
    let len = digits.iter().fold(0, |n, b| n << 8 | u64::from(*b));
    Some(Some((2 + count, len)))
}

impl Framer for Messages {
    fn step(&mut self, _: Direction, bytes: &[u8], _: &mut Context<'_>) -> Step {
        if bytes.first() == Some(&0x30) {
            return match ber_length(bytes) {
                None => Step::Need,
                Some(Some((header, len))) if len <= LIMIT => Step::End(header as u64 + len),
                Some(_) => Step::End(bytes.len() as u64),
            };
        }
        let Some(length) = bytes.first_chunk::<4>() else {
            return Step::Need;
        };
        let len = u64::from(u32::from_be_bytes(*length));
        if len < LIMIT {
            Step::End(4 + len)
        } else {
            Step::End(bytes.len() as u64)
        }
    }
}

fn dissect(l: &mut Layer<'_, '_>) -> Done {
    l.protocol("LDAP");
    if l.scanning() {
        return Ok(());
    }
    if l.peek_u8(0)? != 0x30 {
        l.u32(&SASL_LENGTH)?;
        l.info(|out| out.push_str("SASL buffer"));
        return Ok(());
    }
    let Some(Some((header, _))) = ber_length(l.data()) else {
        return Ok(());
    };
    if l.peek_u8(header)? != 2 {
        return Ok(());
    }
    let len = usize::from(l.peek_u8(header + 1)?).clamp(1, 4);
    let id = l.peek_uint(header + 2, len)?;
    let at = header + 2 + len;
    l.add(&MESSAGE_ID, header + 2, len, Value::U(id));
    if let Some(number) = operation(l.peek_u8(at)?) {
        let rest = l.captured().saturating_sub(at);
        l.add(&OPERATION, at, rest, Value::U(number));
        l.info(|out| {
            let _ = write!(
                out,
                "{}({id}) ",
                OPERATION.name_of(number).unwrap_or("Unknown")
            );
        });
    }
    Ok(())
}
