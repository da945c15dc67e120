//! BSD null and loopback: four bytes that say whether IPv4 or IPv6 follows. macOS and the BSDs put them before packets on `lo0`.
//! The number is in the byte order of the machine that captured, and IPv6's differs from system to system.

use super::ethertype;
use crate::dissect::{Done, Foresight, Layer, Protocol, Table, Value};

/// BSD null and loopback encapsulation.
pub static NULL: Protocol = Protocol {
    spec: "LINKTYPE_NULL and LINKTYPE_LOOP, tcpdump.org",
    fields: FIELDS,
    parents: &[(Table::LinkType, 0), (Table::LinkType, 108)],
    foresight: Foresight::Header,
    ..Protocol::new("null", "Null/Loopback", "Null", dissect)
};

crate::fields! {
    /// An EtherType, written by some systems in place of the address family.
    TYPE = Field::new("null.type", "Type", Kind::U16).hex().names(Names::Lookup(ethertype::name));
    /// The address family: 2 is IPv4 everywhere; IPv6 is 24 on NetBSD and OpenBSD, 28 on FreeBSD, 30 on macOS.
    FAMILY = Field::new("null.family", "Family", Kind::U32)
        .values(&[(2, "IP"), (7, "OSI"), (16, "Appletalk"), (23, "Netware IPX/SPX"), (24, "IPv6"), (28, "IPv6"), (30, "IPv6")]);
}

fn dissect(l: &mut Layer<'_, '_>) -> Done {
    l.protocol("N/A");
    l.info(|out| out.push_str("Null/Loopback"));
    // Some systems write a PPP header here.
    if l.data().starts_with(&[0xff, 0x03]) {
        let rest = l.remainder();
        if l.next(Table::LinkType, 9, rest) {
            return Ok(());
        }
    }
    l.set_len(4.min(l.captured()));
    let big = l.peek_u32(0)?;
    let little = big.swap_bytes();
    // Families are small: in the wrong byte order they would be huge.
    let family = if l.cx.frame.link_type == 108 || big & 0xffff_0000 == 0 {
        big
    } else {
        little
    };
    if family > 1535 && family <= 0xffff {
        l.add(&TYPE, 0, 4, Value::U(u64::from(family)));
        l.seek(4);
        let rest = l.remainder();
        ethertype::next(l, u16::try_from(family).unwrap_or(0), rest);
        return Ok(());
    }
    l.add(&FAMILY, 0, 4, Value::U(u64::from(family)));
    l.seek(4);
    let rest = l.remainder();
    let kind = match family {
        2 => 0x0800,
        24 | 28 | 30 => 0x86dd,
        _ => 0,
    };
    if kind == 0 || !l.next(Table::EtherType, kind, rest) {
        l.plain(rest);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::testing::{every_prefix, hex, single};

    #[test]
    fn families_in_both_byte_orders() {
        let packet = "4500 0014 0001 0000 40 fd 0000 7f000001 7f000001";
        for (head, line) in [
            ("02000000", "  Family: IP (2)\n"),
            ("00000002", "  Family: IP (2)\n"),
        ] {
            let bytes = hex(&format!("{head}{packet}"));
            let done = single(0, &bytes);
            assert!(
                done.tree
                    .starts_with(&format!("Null/Loopback\n{line}Internet Protocol Version 4")),
                "{}",
                done.tree
            );
            assert!(done.row.starts_with("127.0.0.1 | 127.0.0.1 | "));
            every_prefix(0, &bytes);
        }
        assert!(
            single(0, &hex("1e000000"))
                .tree
                .contains("Family: IPv6 (30)")
        );
        assert!(
            single(108, &hex("00000063 61"))
                .tree
                .contains("Family: Unknown (99)")
        );
    }
}
