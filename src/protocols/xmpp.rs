//! XMPP, the Extensible Messaging and Presence Protocol (RFC 6120): chat. One long XML document in each direction, of which
//! every part, a *stanza*, is a message, a request or a sign of presence.
//!
//! Stanzas are found here, not taken apart: a stretch of bytes that ends with `>`. Chat programs with a protocol of their own
//! like this port too; their bytes are put together until a segment happens to end that way.

use crate::dissect::{Done, Layer, Protocol, Table};
use crate::flow::message::{Context, Framer, Step};
use crate::flow::tcp::Direction;

/// The Extensible Messaging and Presence Protocol.
pub static XMPP: Protocol = Protocol {
    spec: "RFC 6120",
    fields: FIELDS,
    parents: &[(Table::TcpPort, 5222), (Table::TcpPort, 5269)],
    framer: Some(|| Box::new(Stanzas)),
    ..Protocol::new("xmpp", "XMPP Protocol", "XMPP", dissect)
};

crate::fields! {
    /// What one side says: one or more stanzas of XML.
    STANZAS = Field::new("xmpp.xml", "XML", Kind::Str).spec("RFC 6120 section 4");
}

/// Finds where stanzas may end.
struct Stanzas;

impl Framer for Stanzas {
    fn step(&mut self, _: Direction, bytes: &[u8], _: &mut Context<'_>) -> Step {
        let len = bytes.len() as u64;
        let last = bytes.iter().rev().find(|b| !b.is_ascii_whitespace());
        if last == Some(&b'>') {
            Step::End(len)
        } else {
            Step::Skip(len)
        }
    }
}

fn dissect(l: &mut Layer<'_, '_>) -> Done {
    l.protocol("XMPP");
    let len = l.captured();
    let bytes = l.data();
    if bytes.first() == Some(&b'<') {
        let start = bytes.iter().take_while(|b| **b != b'>').take(80);
        let text: String = start.map(|b| char::from(*b)).collect();
        l.info(|out| {
            out.push_str(&text);
            out.push('>');
        });
        l.bytes(&STANZAS, len)?;
    } else {
        let region = l.region();
        l.plain(region);
    }
    Ok(())
}
