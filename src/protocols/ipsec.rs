//! IPsec: the Authentication Header (RFC 4302), which proves who sent a packet, and the Encapsulating Security Payload (RFC 4303),
//! which also encrypts it. What ESP carries cannot be read without its keys.

use std::fmt::Write as _;

use crate::dissect::{Done, Layer, Protocol, Table};

/// The Authentication Header.
pub static AH: Protocol = Protocol {
    spec: "RFC 4302",
    fields: &[
        &AH_NEXT,
        &AH_LENGTH,
        &AH_RESERVED,
        &AH_SPI,
        &AH_SEQUENCE,
        &AH_ICV,
    ],
    parents: &[(Table::IpProtocol, 51)],
    ..Protocol::new("ah", "Authentication Header", "AH", authentication)
};

/// The Encapsulating Security Payload.
pub static ESP: Protocol = Protocol {
    spec: "RFC 4303",
    fields: &[&ESP_SPI, &ESP_SEQUENCE],
    parents: &[(Table::IpProtocol, 50)],
    ..Protocol::new("esp", "Encapsulating Security Payload", "ESP", encapsulated)
};

fn spi_text(value: u64, out: &mut String) {
    let _ = write!(out, "0x{value:08x} ({value})");
}

crate::fields! {
    /// What follows the header.
    AH_NEXT = Field::new("ah.next_header", "Next header", Kind::U8).spec("RFC 4302 section 2.1");
    /// Length of the header in units of four bytes, less two.
    AH_LENGTH = Field::new("ah.length", "Length", Kind::U8).names(Names::Custom(ah_length)).spec("RFC 4302 section 2.2");
    /// Bytes without a meaning.
    AH_RESERVED = Field::new("ah.reserved", "Reserved", Kind::Bytes).spec("RFC 4302 section 2.3");
    /// By this number the receiver finds the agreed keys.
    AH_SPI = Field::new("ah.spi", "AH SPI", Kind::U32).hex().spec("RFC 4302 section 2.4");
    /// Counts the packets, so that a recorded one cannot be sent again.
    AH_SEQUENCE = Field::new("ah.sequence", "AH Sequence", Kind::U32).spec("RFC 4302 section 2.5");
    /// The proof.
    AH_ICV = Field::new("ah.icv", "AH ICV", Kind::Bytes).spec("RFC 4302 section 2.6");
    /// By this number the receiver finds the agreed keys.
    ESP_SPI = Field::new("esp.spi", "ESP SPI", Kind::U32).hex().names(Names::Custom(spi_text)).spec("RFC 4303 section 2.1");
    /// Counts the packets, so that a recorded one cannot be sent again.
    ESP_SEQUENCE = Field::new("esp.sequence", "ESP Sequence", Kind::U32).spec("RFC 4303 section 2.2");
}

fn ah_length(value: u64, out: &mut String) {
    let _ = write!(out, "{value} ({} bytes)", (value + 2) * 4);
}

fn authentication(l: &mut Layer<'_, '_>) -> Done {
    l.protocol("AH");
    let next = l.u8(&AH_NEXT)?;
    let len = (usize::from(l.u8(&AH_LENGTH)?) + 2) * 4;
    l.bytes(&AH_RESERVED, 2)?;
    let spi = l.u32(&AH_SPI)?;
    l.u32(&AH_SEQUENCE)?;
    l.info(|out| {
        let _ = write!(out, "AH (SPI=0x{spi:08x})");
    });
    if len > 12 {
        l.bytes(&AH_ICV, len - 12)?;
    }
    l.set_len(len);
    let rest = l.remainder();
    if !l.next(Table::IpProtocol, u32::from(next), rest) {
        l.plain(rest);
    }
    Ok(())
}

fn encapsulated(l: &mut Layer<'_, '_>) -> Done {
    l.protocol("ESP");
    let spi = l.u32(&ESP_SPI)?;
    l.u32(&ESP_SEQUENCE)?;
    l.info(|out| {
        let _ = write!(out, "ESP (SPI=0x{spi:08x})");
    });
    Ok(())
}
