//! NBNS, the NetBIOS name service (RFC 1002): how Windows machines found each other by name before DNS took over. Only the
//! header is read so far; what follows is shown as data.

use std::fmt::Write as _;

use crate::dissect::{Done, Layer, Protocol, Table};

/// The NetBIOS name service.
pub static NBNS: Protocol = Protocol {
    spec: "RFC 1002 section 4.2",
    fields: FIELDS,
    parents: &[(Table::UdpPort, 137)],
    ..Protocol::new("nbns", "NetBIOS Name Service", "NBNS", dissect)
};

crate::fields! {
    /// A number chosen by the asker; the answer carries the same, so that the two find each other.
    ID = Field::new("nbns.id", "Transaction ID", Kind::U16).hex().spec("RFC 1002 section 4.2.1.1");
    /// Whether this is a question or an answer, what is asked for, and how it ended.
    FLAGS = Field::new("nbns.flags", "Flags", Kind::U16).hex().spec("RFC 1002 section 4.2.1.1");
    /// How many questions follow.
    QUERIES = Field::new("nbns.count.queries", "Questions", Kind::U16).spec("RFC 1002 section 4.2.1.1");
    /// How many answers follow.
    ANSWERS = Field::new("nbns.count.answers", "Answer RRs", Kind::U16).spec("RFC 1002 section 4.2.1.1");
    /// How many records about the responsible servers follow.
    AUTHORITY = Field::new("nbns.count.auth_rr", "Authority RRs", Kind::U16).spec("RFC 1002 section 4.2.1.1");
    /// How many further records follow.
    ADDITIONAL = Field::new("nbns.count.add_rr", "Additional RRs", Kind::U16).spec("RFC 1002 section 4.2.1.1");
}

fn dissect(l: &mut Layer<'_, '_>) -> Done {
    l.protocol("NBNS");
    l.u16(&ID)?;
    let flags = l.u16(&FLAGS)?;
    l.info(|out| {
        let kind = if flags & 0x8000 == 0 {
            "query"
        } else {
            "response"
        };
        let _ = write!(out, "Name service {kind}");
    });
    for field in [&QUERIES, &ANSWERS, &AUTHORITY, &ADDITIONAL] {
        l.u16(field)?;
    }
    let rest = l.remainder();
    l.plain(rest);
    Ok(())
}

#[cfg(test)]
mod tests {
    use crate::protocols::testing::{every_prefix, hex, single};

    /// The first four bytes of a query, broadcast; made by hand after RFC 1002.
    const QUERY: &str = "ffffffffffff 020000000001 0800 \
        45000020 00014000 40110000 c0000201 c00002ff 0089 0089 000c 0000 4580 0110";

    #[test]
    fn the_header_is_read_and_a_cut_one_said_so() {
        let bytes = hex(QUERY);
        let dissected = single(1, &bytes);
        let tree = &dissected.tree;
        assert!(tree.contains("Transaction ID: 0x4580"), "{tree}");
        assert!(tree.contains("Malformed Packet: NBNS"), "{tree}");
        assert_eq!(
            dissected.row,
            "192.0.2.1 | 192.0.2.255 | NBNS | Name service query[Malformed Packet]"
        );
        every_prefix(1, &bytes);
    }
}
