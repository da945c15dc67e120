//! Teredo (RFC 4380): IPv6 packets in UDP over IPv4, for stations behind address translators. Two small headers may stand before
//! the IPv6 packet.

use crate::dissect::{Done, Layer, Protocol, Stop, Table, Value};

/// Teredo.
pub static TEREDO: Protocol = Protocol {
    spec: "RFC 4380",
    fields: FIELDS,
    parents: &[(Table::UdpPort, 3544)],
    ..Protocol::new(
        "teredo",
        "Teredo IPv6 over UDP tunneling",
        "Teredo",
        dissect,
    )
};

crate::fields! {
    /// Proves that an answer of the server is one.
    AUTH = Field::new("teredo.auth", "Teredo Authentication header", Kind::None).spec("RFC 4380 section 5.1.1");
    /// Length of the client's name.
    AUTH_IDLEN = Field::new("teredo.auth.idlen", "Client identifier length", Kind::U8).spec("RFC 4380 section 5.1.1");
    /// Length of the proof.
    AUTH_AULEN = Field::new("teredo.auth.aulen", "Authentication value length", Kind::U8).spec("RFC 4380 section 5.1.1");
    /// The client's name.
    AUTH_ID = Field::new("teredo.auth.id", "Client identifier", Kind::Bytes).spec("RFC 4380 section 5.1.1");
    /// The proof.
    AUTH_VALUE = Field::new("teredo.auth.value", "Authentication value", Kind::Bytes).spec("RFC 4380 section 5.1.1");
    /// A random number of the client, which the server repeats.
    AUTH_NONCE = Field::new("teredo.auth.nonce", "Nonce value", Kind::Bytes).spec("RFC 4380 section 5.1.1");
    /// Whether the client must prove itself again.
    AUTH_CONF = Field::new("teredo.auth.conf", "Confirmation byte", Kind::Bytes).spec("RFC 4380 section 5.1.1");
    /// Where the packet came from, as the server saw it.
    ORIG = Field::new("teredo.orig", "Teredo Origin Indication header", Kind::None).spec("RFC 4380 section 5.1.1");
    /// The sender's port outside its translator (its bits are inverted in the packet, so that translators leave it alone).
    ORIG_PORT = Field::new("teredo.orig.port", "Origin UDP port", Kind::U16).spec("RFC 4380 section 5.1.1");
    /// The sender's address outside its translator (its bits are inverted in the packet).
    ORIG_ADDR = Field::new("teredo.orig.addr", "Origin IPv4 address", Kind::Ipv4).spec("RFC 4380 section 5.1.1");
}

fn dissect(l: &mut Layer<'_, '_>) -> Done {
    let first = l.peek_u16(0)?;
    if first > 1 && first >> 12 != 6 {
        return Err(Stop::NotMine);
    }
    l.protocol("Teredo");
    if first == 1 {
        authentication(l)?;
    }
    let at = l.pos();
    if l.peek_u16(at)? == 0 {
        l.open(&ORIG, at, 8, Value::None);
        let port = !l.peek_u16(at + 2)?;
        l.add(&ORIG_PORT, at + 2, 2, Value::U(u64::from(port)));
        let address = !l.peek_u32(at + 4)?;
        l.add(&ORIG_ADDR, at + 4, 4, Value::Ipv4(address.to_be_bytes()));
        l.close();
        l.seek(at + 8);
    }
    let rest = l.remainder();
    if !l.next(Table::EtherType, 0x86dd, rest) {
        l.plain(rest);
    }
    Ok(())
}

fn authentication(l: &mut Layer<'_, '_>) -> Result<(), Stop> {
    let id = usize::from(l.peek_u8(2)?);
    let value = usize::from(l.peek_u8(3)?);
    l.open(&AUTH, 0, 4 + id + value + 9, Value::None);
    l.seek(2);
    l.u8(&AUTH_IDLEN)?;
    l.u8(&AUTH_AULEN)?;
    if id > 0 {
        l.bytes(&AUTH_ID, id)?;
    }
    if value > 0 {
        l.bytes(&AUTH_VALUE, value)?;
    }
    l.bytes(&AUTH_NONCE, 8)?;
    l.bytes(&AUTH_CONF, 1)?;
    l.close();
    Ok(())
}
