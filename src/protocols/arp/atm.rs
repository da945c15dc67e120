//! ARP over ATM (RFC 2225): the addresses have a number and perhaps a part behind it, each with a length and a type of its own,
//! and those of the target may be left out.
//!
//! ```text
//! +---------------+---------------+  shtl, sstl: type and length of the sender's number and subaddress
//! | hardware type | protocol type |  spln: length of its protocol address; the same for the target
//! +-------+-------+---------------+
//! | shtl  | sstl  |    opcode     |
//! +-------+-------+-------+-------+
//! | spln  | thtl  | tstl  | tpln  |  then the six addresses
//! +-------+-------+-------+-------+
//! ```

use std::fmt::Write as _;

use super::*;

crate::fields! {
    /// The sender's ATM number, written like a telephone number.
    SRC_ATM_NUM_E164 = Field::new("arp.src.atm_num_e164", "Sender ATM number (E.164)", Kind::Str).spec("RFC 2225 section 6.1");
    /// The sender's ATM address.
    SRC_ATM_NUM_NSAP = Field::new("arp.src.atm_num_nsap", "Sender ATM number (NSAP)", Kind::Bytes).spec("RFC 2225 section 6.1");
    /// Part of the sender's ATM address behind the number.
    SRC_ATM_SUBADDR = Field::new("arp.src.atm_subaddr", "Sender ATM subaddress", Kind::Bytes).spec("RFC 2225 section 6.1");
    /// The target's ATM number, written like a telephone number.
    DST_ATM_NUM_E164 = Field::new("arp.dst.atm_num_e164", "Target ATM number (E.164)", Kind::Str).spec("RFC 2225 section 6.1");
    /// The target's ATM address.
    DST_ATM_NUM_NSAP = Field::new("arp.dst.atm_num_nsap", "Target ATM number (NSAP)", Kind::Bytes).spec("RFC 2225 section 6.1");
    /// Part of the target's ATM address behind the number.
    DST_ATM_SUBADDR = Field::new("arp.dst.atm_subaddr", "Target ATM subaddress", Kind::Bytes).spec("RFC 2225 section 6.1");
    /// Who gave the first part of the address: a country, an organization, or a telephone company.
    SRC_ATM_AFI = Field::new("arp.src.atm_afi", "AFI", Kind::U8).hex().values(&[(57, "DCC ATM format"), (189, "DCC ATM group format"), (71, "ICD ATM format"), (197, "ICD ATM group format"), (69, "E.164 ATM format"), (195, "E.164 ATM group format")]).spec("ATM Forum UNI 3.1 section 5.1.3");
    /// The country that gave it.
    SRC_ATM_DATA_COUNTRY_CODE = Field::new("arp.src.atm_data_country_code", "Data Country Code", Kind::U16).hex().spec("ATM Forum UNI 3.1 section 5.1.3");
    /// The country, in the address of a group.
    SRC_ATM_DATA_COUNTRY_CODE_GROUP = Field::new("arp.src.atm_data_country_code_group", "Data Country Code (group)", Kind::U16).hex().spec("ATM Forum UNI 3.1 section 5.1.3");
    /// The organization that gave it.
    SRC_ATM_INTERNATIONAL_CODE_DESIGNATOR = Field::new("arp.src.atm_international_code_designator", "International Code Designator", Kind::U16).hex().spec("ATM Forum UNI 3.1 section 5.1.3");
    /// The organization, in the address of a group.
    SRC_ATM_INTERNATIONAL_CODE_DESIGNATOR_GROUP = Field::new("arp.src.atm_international_code_designator_group", "International Code Designator (group)", Kind::U16).hex().spec("ATM Forum UNI 3.1 section 5.1.3");
    /// The telephone number.
    SRC_ATM_E_164_ISDN = Field::new("arp.src.atm_e.164_isdn", "E.164 ISDN", Kind::Bytes).spec("ATM Forum UNI 3.1 section 5.1.3");
    /// The telephone number, in the address of a group.
    SRC_ATM_E_164_ISDN_GROUP = Field::new("arp.src.atm_e.164_isdn_group", "E.164 ISDN", Kind::Bytes).spec("ATM Forum UNI 3.1 section 5.1.3");
    /// The switch that the station is connected to.
    SRC_ATM_HIGH_ORDER_DSP = Field::new("arp.src.atm_high_order_dsp", "High Order DSP", Kind::Bytes).spec("ATM Forum UNI 3.1 section 5.1.3");
    /// The station on this switch: its hardware address.
    SRC_ATM_END_SYSTEM_IDENTIFIER = Field::new("arp.src.atm_end_system_identifier", "End System Identifier", Kind::Bytes).spec("ATM Forum UNI 3.1 section 5.1.3");
    /// A part within the station; networks do not look at it.
    SRC_ATM_SELECTOR = Field::new("arp.src.atm_selector", "Selector", Kind::U8).hex().spec("ATM Forum UNI 3.1 section 5.1.3");
    /// The rest of an address of unknown form.
    SRC_ATM_REST_OF_ADDRESS = Field::new("arp.src.atm_rest_of_address", "Rest of address", Kind::Bytes).spec("ATM Forum UNI 3.1 section 5.1.3");
}

/// The hardware type whose packets have this form.
pub(super) const HARDWARE_TYPE: u16 = 19;
/// Length of everything before the addresses.
const HEAD: usize = 12;
/// Length of an ATM address.
const ADDRESS: usize = 20;

/// The fields of one end.
struct End {
    name: &'static str,
    number: [&'static Field; 2],
    subaddress: [&'static Field; 2],
    protocol_length: &'static Field,
    e164: &'static Field,
    nsap: &'static Field,
    behind: &'static Field,
    protocol: &'static Field,
    ipv4: &'static Field,
}

static SENDER: End = End {
    name: "Sender",
    number: [&SRC_HTYPE, &SRC_HLEN],
    subaddress: [&SRC_STYPE, &SRC_SLEN],
    protocol_length: &SRC_PLN,
    e164: &SRC_ATM_NUM_E164,
    nsap: &SRC_ATM_NUM_NSAP,
    behind: &SRC_ATM_SUBADDR,
    protocol: &SRC_PROTO,
    ipv4: &SRC_PROTO_IPV4,
};

static TARGET: End = End {
    name: "Target",
    number: [&DST_HTYPE, &DST_HLEN],
    subaddress: [&DST_STYPE, &DST_SLEN],
    protocol_length: &DST_PLN,
    e164: &DST_ATM_NUM_E164,
    nsap: &DST_ATM_NUM_NSAP,
    behind: &DST_ATM_SUBADDR,
    protocol: &DST_PROTO,
    ipv4: &DST_PROTO_IPV4,
};

/// The addresses of one end: where they begin, and the three bytes that tell their types and lengths.
#[derive(Clone, Copy)]
struct Place {
    start: usize,
    number: u8,
    subaddress: u8,
    protocol: usize,
    ipv4: bool,
}

impl Place {
    fn number_len(self) -> usize {
        usize::from(self.number & 0x3f)
    }

    fn subaddress_len(self) -> usize {
        usize::from(self.subaddress & 0x3f)
    }

    fn hardware_len(self) -> usize {
        self.number_len() + self.subaddress_len()
    }

    fn end(self) -> usize {
        self.start + self.hardware_len() + self.protocol
    }

    fn is_e164(self) -> bool {
        self.number & 0x40 != 0
    }

    /// The hardware address as the packet list has it.
    fn hardware_text(self, data: &[u8]) -> String {
        let (number, rest) = self.hardware(data).split_at(self.number_len());
        let mut out = if self.is_e164() {
            String::from_utf8_lossy(number).into_owned()
        } else {
            hex(number)
        };
        if !rest.is_empty() {
            out.push(',');
            out.push_str(&hex(rest));
        }
        out
    }

    fn hardware(self, data: &[u8]) -> &[u8] {
        &data[self.start..self.start + self.hardware_len()]
    }

    fn protocol_text(self, data: &[u8]) -> String {
        let bytes = &data[self.start + self.hardware_len()..self.end()];
        match bytes.first_chunk::<4>() {
            Some(a) if self.ipv4 => Address::V4(*a).to_string(),
            _ => hex(bytes),
        }
    }
}

/// The whole packet.
pub(super) fn dissect(l: &mut Layer<'_, '_>) -> Done {
    let head = l.peek(0, HEAD)?;
    let ipv4 = head[2..4] == [8, 0];
    let place = |start, number, subaddress, protocol| Place {
        start,
        number,
        subaddress,
        protocol: usize::from(protocol),
        ipv4: ipv4 && protocol == 4,
    };
    let sender = place(HEAD, head[4], head[5], head[8]);
    let target = place(sender.end(), head[9], head[10], head[11]);
    l.limit(target.end());
    let data = l.peek(0, target.end())?;
    l.set_len(target.end());
    if l.scanning() {
        return Ok(());
    }
    let opcode = l.peek_u16(6)?;
    describe(l, opcode, data, sender, target);
    l.u16(&HW_TYPE)?;
    l.u16(&PROTO_TYPE)?;
    types(l, &SENDER)?;
    l.u16(&OPCODE)?;
    l.u8(SENDER.protocol_length)?;
    types(l, &TARGET)?;
    l.u8(TARGET.protocol_length)?;
    addresses(l, &SENDER, sender)?;
    addresses(l, &TARGET, target)
}

/// The label, and the columns of the packet list.
fn describe(l: &mut Layer<'_, '_>, opcode: u16, data: &[u8], sender: Place, target: Place) {
    let root = l.root();
    l.label(root, |out| {
        out.push_str("ATM Address Resolution Protocol");
        let _ = match OPCODE.name_of(u64::from(opcode)) {
            _ if opcode == 10 => write!(out, " (nak)"),
            Some(name) => write!(out, " ({name})"),
            None => write!(out, " (opcode 0x{opcode:04x})"),
        };
    });
    l.protocol(match opcode {
        8 | 9 => "Inverse ATMARP",
        _ => "ATMARP",
    });
    l.info(|out| {
        let (from, to) = (sender.protocol_text(data), target.protocol_text(data));
        let (here, there) = (sender.hardware_text(data), target.hardware_text(data));
        let _ = match opcode {
            1 => write!(out, "Who has {to}? Tell {from}"),
            2 => write!(out, "{from} is at {here}"),
            8 => write!(out, "Who is {there}? Tell {here}"),
            9 => write!(out, "{here} is at {from}"),
            10 => write!(out, "I don't know where {from} is"),
            _ => write!(out, "Unknown ATMARP opcode 0x{opcode:04x}"),
        };
    });
}

/// Types and lengths of number and subaddress.
fn types(l: &mut Layer<'_, '_>, end: &'static End) -> Done {
    for (what, [kind, length]) in [("number", end.number), ("subaddress", end.subaddress)] {
        let at = l.pos();
        let value = l.peek_u8(at)?;
        let name = kind.name_of(u64::from(value & 0x40)).unwrap_or("");
        l.open_text(at, 1, |out| {
            let len = value & 0x3f;
            let _ = write!(out, "{} ATM {what} type/length: {name}/{len}", end.name);
        });
        l.bits(kind, at, 1)?;
        l.bits(length, at, 1)?;
        l.close();
        l.skip(1);
    }
    Ok(())
}

/// The addresses of one end; those without length are left out.
fn addresses(l: &mut Layer<'_, '_>, end: &'static End, place: Place) -> Done {
    let len = place.number_len();
    if len > 0 && place.is_e164() {
        l.bytes(end.e164, len)?;
    } else if len > 0 {
        l.bytes(end.nsap, len)?;
        if len == ADDRESS {
            l.enter();
            parts(l, place.start)?;
            l.close();
        }
    }
    if place.subaddress_len() > 0 {
        l.bytes(end.behind, place.subaddress_len())?;
    }
    address(
        l,
        place.protocol,
        if place.ipv4 { end.ipv4 } else { end.protocol },
    )
}

/// What an ATM address consists of. The fields are the sender's, whichever end it is.
fn parts(l: &mut Layer<'_, '_>, at: usize) -> Done {
    let next = l.pos();
    l.seek(at);
    let (first, len) = match l.u8(&SRC_ATM_AFI)? {
        0x39 => (&SRC_ATM_DATA_COUNTRY_CODE, 2),
        0xbd => (&SRC_ATM_DATA_COUNTRY_CODE_GROUP, 2),
        0x47 => (&SRC_ATM_INTERNATIONAL_CODE_DESIGNATOR, 2),
        0xc5 => (&SRC_ATM_INTERNATIONAL_CODE_DESIGNATOR_GROUP, 2),
        0x45 => (&SRC_ATM_E_164_ISDN, 8),
        0xc3 => (&SRC_ATM_E_164_ISDN_GROUP, 8),
        _ => {
            let id = l.last();
            l.issue(id, &UNKNOWN_AFI);
            l.bytes(&SRC_ATM_REST_OF_ADDRESS, ADDRESS - 1)?;
            l.seek(next);
            return Ok(());
        }
    };
    if len == 2 {
        l.u16(first)?;
    } else {
        l.bytes(first, len)?;
    }
    l.bytes(&SRC_ATM_HIGH_ORDER_DSP, 12 - len)?;
    l.bytes(&SRC_ATM_END_SYSTEM_IDENTIFIER, 6)?;
    l.u8(&SRC_ATM_SELECTOR)?;
    l.seek(next);
    Ok(())
}

#[cfg(test)]
mod tests {
    use crate::protocols::testing::{every_prefix, hex, single};

    #[test]
    fn a_question_over_atm() {
        let bytes = hex(
            "000000000002 020000000001 0806 0013 0800 14 00 0001 04 00 00 04
             39 840f 8001bc61ac0000001231 020000000001 07 c0000201 c0000202",
        );
        let done = single(1, &bytes);
        assert_eq!(
            done.row,
            "02:00:00:00:00:01 | 00:00:00:00:00:02 | ATMARP | Who has 192.0.2.2? Tell 192.0.2.1"
        );
        let (_, arp) = done.tree.split_once("Type: ARP (0x0806)\n").unwrap();
        assert_eq!(
            arp,
            "\
ATM Address Resolution Protocol (request)
  Hardware type: ATM (RFC 2225) (19)
  Protocol type: IPv4 (0x0800)
  Sender ATM number type/length: ATM Forum NSAPA/20
    .0.. .... = Sender ATM number type: ATM Forum NSAPA
    ..01 0100 = Sender ATM number length: 20
  Sender ATM subaddress type/length: ATM Forum NSAPA/0
    .0.. .... = Sender ATM subaddress type: ATM Forum NSAPA
    ..00 0000 = Sender ATM subaddress length: 0
  Opcode: request (1)
  Sender protocol size: 4
  Target ATM number type/length: ATM Forum NSAPA/0
    .0.. .... = Target ATM number type: ATM Forum NSAPA
    ..00 0000 = Target ATM number length: 0
  Target ATM subaddress type/length: ATM Forum NSAPA/0
    .0.. .... = Target ATM subaddress type: ATM Forum NSAPA
    ..00 0000 = Target ATM subaddress length: 0
  Target protocol size: 4
  Sender ATM number (NSAP): 39840f8001bc61ac000000123102000000000107
    AFI: DCC ATM format (0x39)
    Data Country Code: 0x840f
    High Order DSP: 8001bc61ac0000001231
    End System Identifier: 020000000001
    Selector: 0x07
  Sender IP address: 192.0.2.1
  Target IP address: 192.0.2.2
"
        );
        every_prefix(1, &bytes);
    }

    #[test]
    fn an_answer_with_telephone_numbers() {
        let bytes = hex(
            "000000000002 020000000001 0806 0013 0800 44 02 0002 04 43 00 00
             31323334 aabb c0000201 353637",
        );
        let done = single(1, &bytes);
        assert!(
            done.row.ends_with("ATMARP | 192.0.2.1 is at 1234,aabb"),
            "{}",
            done.row
        );
        assert!(
            done.tree
                .contains("  Sender ATM number (E.164): 1234\n  Sender ATM subaddress: aabb\n"),
            "{}",
            done.tree
        );
        every_prefix(1, &bytes);
    }

    #[test]
    fn an_address_of_unknown_form() {
        let bytes = hex(
            "000000000002 020000000001 0806 0013 0800 14 00 0001 00 00 00 00
             99 01010101010101010101010101010101010101",
        );
        let tree = single(1, &bytes).tree;
        assert!(tree.contains("AFI: Unknown (0x99)\n"), "{tree}");
        assert!(tree.contains("Unknown AFI"), "{tree}");
    }
}
