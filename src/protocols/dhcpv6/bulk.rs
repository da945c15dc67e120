//! Bulk leasequery (RFC 5460): a relay that was restarted asks the DHCPv6 server by TCP for everything that it handed out. The
//! messages are DHCPv6's with their length before them; an answer is one Leasequery-reply, any number of Leasequery-data, and
//! Leasequery-done.

use std::fmt::Write as _;

use super::Around;
use crate::dissect::registry::InSegment;
use crate::dissect::{Done, Layer, Protocol, Table};
use crate::flow::message::{Context, Framer, Step};
use crate::flow::tcp::Direction;

/// DHCPv6 Bulk Leasequery.
pub static BULK_LEASEQUERY: Protocol = Protocol {
    spec: "RFC 5460",
    fields: FIELDS,
    issues: ISSUES,
    parents: &[(Table::TcpPort, 547)],
    framer: Some(|| Box::new(Messages)),
    in_segment: InSegment::Sized,
    ..Protocol::new(
        "dhcpv6.bulk_leasequery",
        "DHCPv6 Bulk Leasequery",
        "DHCPv6 BulkLease",
        dissect,
    )
};

crate::fields! {
    /// Length of the message in bytes, without these two.
    SIZE = Field::new("dhcpv6.bulk_leasequery.size", "Message size", Kind::U16).spec("RFC 5460 section 5.1");
    /// What the message is for.
    MSGTYPE = Field::new("dhcpv6.bulk_leasequery.msgtype", "Message type", Kind::U8).names(super::fields::MSGTYPE.names).spec("RFC 5460 section 5.2");
    /// The first byte of the transaction ID, which has three.
    RESERVED = Field::new("dhcpv6.bulk_leasequery.reserved", "Reserved", Kind::U8).spec("RFC 5460 section 5.1");
    /// Which answers belong to which question: a connection may have several at once. The last two bytes of three.
    TRANSACTION = Field::new("dhcpv6.bulk_leasequery.trans_id", "Transaction ID", Kind::U16).spec("RFC 5460 section 5.1");
}

crate::issues! {
    /// Only the messages of leasequery go over this connection.
    BAD_TYPE = Issue::new("dhcpv6.bulk_leasequery.bad_msg_type", "Message type not allowed by DHCPv6 Bulk Leasequery", Severity::Warn, Group::Malformed);
    /// Some kinds of question can only be asked here.
    BAD_QUERY = Issue::new("dhcpv6.bulk_leasequery.bad_query_type", "Query type only supported by Bulk Leasequery", Severity::Warn, Group::Malformed);
}

/// Finds the messages by their length.
struct Messages;

impl Framer for Messages {
    fn step(&mut self, _: Direction, bytes: &[u8], _: &mut Context<'_>) -> Step {
        match *bytes {
            [a, b, ..] => Step::End(2 + u64::from(u16::from_be_bytes([a, b]))),
            _ => Step::Need,
        }
    }
}

fn dissect(l: &mut Layer<'_, '_>) -> Done {
    if l.scanning() {
        return Ok(());
    }
    l.protocol("DHCPv6 BulkLease");
    l.info(|_| ());
    let size = l.u16(&SIZE)?;
    l.limit(2 + usize::from(size));
    let kind = l.u8(&MSGTYPE)?;
    if !(14..=17).contains(&kind) {
        let node = l.last();
        l.issue_with(node, &BAD_TYPE, |out| {
            let _ = write!(
                out,
                "Message Type {kind} not allowed by DHCPv6 Bulk Leasequery"
            );
        });
    }
    l.u8(&RESERVED)?;
    let id = l.u16(&TRANSACTION)?;
    l.info(|out| {
        let _ = match MSGTYPE.name_of(u64::from(kind)) {
            Some(name) => write!(out, "{name}"),
            None => write!(out, "Unknown Message Type ({kind})"),
        };
        let _ = write!(out, ", Transaction ID: {id:5}");
    });
    let end = l.reported();
    if l.left() > 0 {
        l.open_text(l.pos(), l.left(), |out| out.push_str("DHCPv6 Options"));
        let around = Around {
            message: kind,
            depth: 0,
            bulk: true,
        };
        super::options(l, end, around)?;
        l.close();
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use crate::protocols::testing::{every_prefix, hex, segment, talk};

    const QUERY: &str = "0018 0e 012345 0001 000a 0003 0001 020000000001 002e 0004 0000003c";

    #[test]
    fn a_question_and_several_answers() {
        let data = hex("0010 11 012345 0001 0008 0003 0001 02000001");
        let done = hex("0004 10 012345");
        let query = hex(QUERY);
        let read = talk(
            547,
            &[
                (0, &query[..9]),
                (0, &query[9..]),
                (1, &[data, done].concat()),
            ],
        );
        assert!(read[3].row.contains("reassembled PDU"), "{}", read[3].row);
        assert!(
            read[4].row.ends_with(
                "DHCPv6 BulkLease | Leasequery, Transaction ID:  9029CID: 00030001020000000001 "
            ),
            "{}",
            read[4].row
        );
        let at = read[4].tree.find("DHCPv6 Bulk Leasequery").unwrap();
        assert!(
            read[4].tree[at..].starts_with(
                "DHCPv6 Bulk Leasequery\n  Message size: 24\n  Message type: Leasequery (14)\n  Reserved: 1\n  \
                 Transaction ID: 9029\n  DHCPv6 Options\n    Client Identifier\n"
            ),
            "{}",
            &read[4].tree[at..]
        );
        assert!(
            read[5]
                .row
                .ends_with("Leasequery-done, Transaction ID:  9029"),
            "{}",
            read[5].row
        );
        assert!(
            read[5]
                .tree
                .contains("Message type: Leasequery-data (17)\n")
        );
        let wrong = talk(547, &[(0, &hex("0004 03 000007"))]);
        assert!(wrong[3].tree.contains("Message Type 3 not allowed"));
        every_prefix(1, &segment(547, &query));
    }
}
