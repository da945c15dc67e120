//! Raw IP: captures without any link header; the first four bits say which IP it is. Tunnels and mobile links give such.

use crate::dissect::{Done, Foresight, Layer, Protocol, Table};

/// Raw IP.
pub static RAW: Protocol = Protocol {
    spec: "LINKTYPE_RAW, tcpdump.org",
    parents: &[
        (Table::LinkType, 12),
        (Table::LinkType, 14),
        (Table::LinkType, 101),
    ],
    foresight: Foresight::Header,
    ..Protocol::new("raw", "Raw packet data", "Raw", dissect)
};

fn dissect(l: &mut Layer<'_, '_>) -> Done {
    l.protocol("N/A");
    l.info(|out| out.push_str("Raw packet data"));
    let first = l.peek_u8(0)?;
    let rest = l.remainder();
    let taken = match first >> 4 {
        4 => l.next(Table::EtherType, 0x0800, rest),
        6 => l.next(Table::EtherType, 0x86dd, rest),
        _ if first == 0xff => l.next(Table::LinkType, 9, rest),
        _ => false,
    };
    if !taken {
        l.plain(rest);
    }
    Ok(())
}
