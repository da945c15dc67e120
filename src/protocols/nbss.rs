//! The NetBIOS session service (RFC 1002 section 4.3): the four bytes before each message of Windows file sharing (SMB) on
//! TCP: a type and a length. On port 445 only the length is used.

use std::fmt::Write as _;

use crate::dissect::{Done, Layer, Protocol, Table, Value};
use crate::flow::message::{Context, Framer, Step};
use crate::flow::tcp::Direction;

/// The NetBIOS session service.
pub static NBSS: Protocol = Protocol {
    spec: "RFC 1002",
    fields: FIELDS,
    parents: &[(Table::TcpPort, 139), (Table::TcpPort, 445)],
    framer: Some(|| Box::new(Messages)),
    ..Protocol::new("nbss", "NetBIOS Session Service", "NBSS", dissect)
};

crate::fields! {
    /// What this is: a message, or a step in opening or keeping the session.
    TYPE = Field::new("nbss.type", "Message Type", Kind::U8).hex().values(TYPES).spec("RFC 1002 section 4.3.1");
    /// Length of what follows, in bytes.
    LENGTH = Field::new("nbss.length", "Length", Kind::U24).spec("RFC 1002 section 4.3.1");
}

static TYPES: &[(u64, &str)] = &[
    (0x00, "Session message"),
    (0x81, "Session request"),
    (0x82, "Positive session response"),
    (0x83, "Negative session response"),
    (0x84, "Retarget session response"),
    (0x85, "Session keep-alive"),
];

/// Finds messages by their length.
struct Messages;

impl Framer for Messages {
    fn step(&mut self, _: Direction, bytes: &[u8], _: &mut Context<'_>) -> Step {
        let Some([kind, a, b, c]) = bytes.first_chunk::<4>() else {
            return Step::Need;
        };
        if TYPE.name_of(u64::from(*kind)).is_none() {
            return Step::End(bytes.len() as u64);
        }
        Step::End(4 + u64::from(u32::from_be_bytes([0, *a, *b, *c])))
    }
}

fn dissect(l: &mut Layer<'_, '_>) -> Done {
    l.protocol("NBSS");
    if l.scanning() {
        return Ok(());
    }
    let kind = l.peek_u8(0)?;
    let Some(name) = TYPE.name_of(u64::from(kind)) else {
        l.info(|out| out.push_str("NBSS Continuation Message"));
        return Ok(());
    };
    l.add(&TYPE, 0, 1, Value::U(u64::from(kind)));
    let len = l.peek_uint(1, 3)?;
    l.add(&LENGTH, 1, 3, Value::U(len));
    let root = l.root();
    l.label(root, |out| out.push_str("NetBIOS Session Service"));
    l.info(|out| {
        let _ = write!(out, "{name}");
    });
    Ok(())
}
