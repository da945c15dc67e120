//! Ethernet (IEEE 802.3): who on this link sends to whom, and what is inside.
//!
//! Two forms share the wire. In Ethernet II the two bytes behind the addresses name the protocol (an EtherType, at least 0x0600);
//! in IEEE 802.3 they are the length of what follows (at most 1500), and an LLC header says what it is. Frames are at least 64
//! bytes long with their check sequence, so short packets are followed by padding.
//!
//! ```text
//! +-------------+-------------+-------------+------------------+---------+-----+
//! | Destination |   Source    | Type/Length |     payload      | padding | FCS |
//! |   6 bytes   |   6 bytes   |   2 bytes   |  46..1500 bytes with padding | 4   |
//! +-------------+-------------+-------------+------------------+---------+-----+
//! ```

use std::fmt::Write as _;

use super::{ethertype, llc};
use crate::dissect::{Done, Foresight, Layer, NodeId, Protocol, Seen, Stop, Table, Value};
use crate::flow::address::Address;

/// Ethernet.
pub static ETH: Protocol = Protocol {
    spec: "IEEE 802.3",
    fields: FIELDS,
    issues: ISSUES,
    parents: &[(Table::LinkType, 1), (Table::EtherType, 0x6558)],
    foresight: Foresight::Header,
    glance: Some(glance),
    ..Protocol::new("eth", "Ethernet", "Ethernet", dissect)
};

const LG: u64 = 0x02_0000;
const IG: u64 = 0x01_0000;
const LG_NO: &str = "Globally unique address (factory default)";
const LG_YES: &str = "Locally administered address (this is NOT the factory default)";
const IG_NO: &str = "Individual address (unicast)";
const IG_YES: &str = "Group address (multicast/broadcast)";

crate::fields! {
    /// The hardware address of the receiver on this link. ff:ff:ff:ff:ff:ff is everybody.
    DST = Field::new("eth.dst", "Destination", Kind::Ether).also(&[&DST_RESOLVED]).spec("IEEE 802.3 section 3.2.4");
    /// The receiver's address as text.
    DST_RESOLVED = Field::new("eth.dst_resolved", "Destination (resolved)", Kind::Str);
    /// The first three bytes of the receiver's address: they were given to the maker of its network card.
    DST_OUI = Field::new("eth.dst.oui", "Destination OUI", Kind::U24).also(&[&ADDR_OUI]).spec("IEEE 802 section 8.2");
    /// The name of the maker of the receiver's network card.
    DST_OUI_RESOLVED = Field::new("eth.dst.oui_resolved", "Destination OUI (resolved)", Kind::Str);
    /// Whether the receiver's address was set by hand or software (1) instead of by the maker of the card (0).
    DST_LG = Field::new("eth.dst.lg", "LG bit", Kind::Bool).mask(LG).width(24).words(LG_NO, LG_YES).also(&[&ANY_LG]).spec("IEEE 802 section 8.4");
    /// Whether the frame is for one station (0) or for a group of them (1).
    DST_IG = Field::new("eth.dst.ig", "IG bit", Kind::Bool).mask(IG).width(24).words(IG_NO, IG_YES).also(&[&ANY_IG]).spec("IEEE 802 section 8.4");
    /// The hardware address of the sender on this link. A router puts its own here: it is not the address of a far host.
    SRC = Field::new("eth.src", "Source", Kind::Ether).also(&[&SRC_RESOLVED]).spec("IEEE 802.3 section 3.2.5");
    /// The sender's address as text.
    SRC_RESOLVED = Field::new("eth.src_resolved", "Source (resolved)", Kind::Str);
    /// The first three bytes of the sender's address: they were given to the maker of its network card.
    SRC_OUI = Field::new("eth.src.oui", "Source OUI", Kind::U24).also(&[&ADDR_OUI]).spec("IEEE 802 section 8.2");
    /// The name of the maker of the sender's network card.
    SRC_OUI_RESOLVED = Field::new("eth.src.oui_resolved", "Source OUI (resolved)", Kind::Str);
    /// Whether the sender's address was set by hand or software (1) instead of by the maker of the card (0).
    SRC_LG = Field::new("eth.src.lg", "LG bit", Kind::Bool).mask(LG).width(24).words(LG_NO, LG_YES).also(&[&ANY_LG]).spec("IEEE 802 section 8.4");
    /// Always 0 in a sender's address: a group cannot send.
    SRC_IG = Field::new("eth.src.ig", "IG bit", Kind::Bool).mask(IG).width(24).words(IG_NO, IG_YES).also(&[&ANY_IG]).spec("IEEE 802 section 8.4");
    /// Either address: a filter on it finds what a station sends and what it receives.
    ADDR = Field::new("eth.addr", "Address", Kind::Ether).also(&[&ADDR_RESOLVED]).spec("IEEE 802.3 section 3.2.3");
    /// Either address as text.
    ADDR_RESOLVED = Field::new("eth.addr_resolved", "Address (resolved)", Kind::Str);
    /// The first three bytes of either address.
    ADDR_OUI = Field::new("eth.addr.oui", "Address OUI", Kind::U24).spec("IEEE 802 section 8.2");
    /// The name of the maker of either network card.
    ADDR_OUI_RESOLVED = Field::new("eth.addr.oui_resolved", "Address OUI (resolved)", Kind::Str);
    /// The "set by hand or software" bit of either address.
    ANY_LG = Field::new("eth.lg", "LG bit", Kind::Bool).mask(LG).width(24).words(LG_NO, LG_YES).spec("IEEE 802 section 8.4");
    /// The "group" bit of either address.
    ANY_IG = Field::new("eth.ig", "IG bit", Kind::Bool).mask(IG).width(24).words(IG_NO, IG_YES).spec("IEEE 802 section 8.4");
    /// Which protocol the frame carries: 0x0800 is IPv4, 0x86dd IPv6, 0x0806 ARP.
    TYPE = Field::new("eth.type", "Type", Kind::U16).hex().names(Names::Lookup(ethertype::name)).spec("IEEE 802.3 section 3.2.6");
    /// How many bytes of the frame are payload; what is behind them is padding.
    LEN = Field::new("eth.len", "Length", Kind::U16).spec("IEEE 802.3 section 3.2.6");
    /// Between 1501 and 1535 the number is neither a length nor a protocol.
    INVALID_LENTYPE = Field::new("eth.invalid_lentype", "Invalid length/type", Kind::U16).base(Base::HexDec).spec("IEEE 802.3 section 3.2.6");
    /// Zeros that bring a short frame to the minimum of 60 bytes (64 with the check sequence).
    PADDING = Field::new("eth.padding", "Padding", Kind::Bytes).spec("IEEE 802.3 section 3.2.8");
    /// Bytes behind the payload that belong to no protocol: added by a switch or a driver, or left over from an older packet.
    TRAILER = Field::new("eth.trailer", "Trailer", Kind::Bytes);
    /// A sum over the whole frame by which the receiver notices damage. Network cards mostly keep it to themselves; that these
    /// four bytes are one is a guess from the frame's length.
    FCS = Field::new("eth.fcs", "Frame check sequence", Kind::U32).hex().spec("IEEE 802.3 section 3.2.9");
    /// Whether the check sequence was verified here, and how that ended.
    FCS_STATUS = Field::new("eth.fcs.status", "FCS Status", Kind::U8).base(Base::NameOnly)
        .values(&[(0, "Bad"), (1, "Good"), (2, "Unverified"), (3, "Not present"), (4, "Illegal")]);
}

crate::issues! {
    /// The number behind the addresses is too large for a length and too small for a protocol.
    BAD_LENTYPE = Issue::new("eth.invalid_lentype.expert", "Invalid length/type", Severity::Warn, Group::Protocol);
    /// A group address can only receive. Seen as a sender, it points to a broken or a forged frame.
    GROUP_SOURCE = Issue::new("eth.src_not_group", "A group address cannot be the source of a frame", Severity::Warn, Group::Protocol);
    /// The check sequence does not fit the bytes: the frame was damaged on its way.
    FCS_BAD = Issue::new("eth.fcs_bad", "Bad checksum", Severity::Error, Group::Checksum);
    /// The length field promises more bytes than the frame has.
    LEN_PAST_END = Issue::new("eth.len.past_end", "The length reaches past the end of the frame", Severity::Error, Group::Malformed);
    /// A short frame should be padded with zeros; these bytes are something else, so where the padding ends is not known.
    PADDING_BAD = Issue::new("eth.padding_bad", "The frame is filled up with bytes that are not zero: padding and trailer cannot be told apart", Severity::Note, Group::Protocol);
}

/// Length of the header.
const HEADER: usize = 14;

/// Ethernet II.
fn glance(header: &[u8], _: &mut Seen) -> Option<(usize, Table, u32)> {
    let [a, b] = *header.get(12..HEADER)?.first_chunk()?;
    let kind = u16::from_be_bytes([a, b]);
    (kind >= 0x0600).then_some((HEADER, Table::EtherType, u32::from(kind)))
}

fn dissect(l: &mut Layer<'_, '_>) -> Done {
    if l.scanning()
        && let Ok(kind @ 0x0600..) = l.peek_u16(12)
        && let Some(stations) = l.data().first_chunk::<12>()
    {
        // Nothing is shown, and the usual form has nothing to remember.
        let [a, b, c, d, e, f, g, h, i, j, k, m] = *stations;
        l.cx.packet.link_destination = Address::Ether([a, b, c, d, e, f]);
        l.cx.packet.link_source = Address::Ether([g, h, i, j, k, m]);
        l.seek(HEADER);
        let rest = l.remainder();
        ethertype::next(l, kind, rest);
        return Ok(());
    }
    l.protocol("Ethernet");
    let destination = station(l, &DST, &DST_OUI, &DST_LG, &DST_IG)?;
    l.cx.packet.link_destination = Address::Ether(destination);
    set_columns(l);
    let source = station(l, &SRC, &SRC_OUI, &SRC_LG, &SRC_IG)?;
    l.cx.packet.link_source = Address::Ether(source);
    set_columns(l);
    let kind = l.peek_u16(12)?;
    l.set_len(HEADER);
    match kind {
        0x0600.. => {
            describe(l, "Ethernet II");
            l.info(|out| out.push_str("Ethernet II"));
            l.u16(&TYPE)?;
            let mark = l.mark();
            let rest = l.remainder();
            ethertype::next(l, kind, rest);
            let end = HEADER + l.cx.packet.taken;
            trailer(l, mark, &TRAILER, end, true);
            Ok(())
        }
        0..=1500 => ieee(l, usize::from(kind)),
        _ => {
            describe(l, "Ethernet Unknown");
            l.info(|out| {
                let _ = write!(
                    out,
                    "Ethernet Unknown: Invalid length/type: 0x{kind:04x} ({kind})"
                );
            });
            l.u16(&INVALID_LENTYPE)?;
            let at = l.last();
            l.issue(at, &BAD_LENTYPE);
            let rest = l.remainder();
            l.plain(rest);
            Ok(())
        }
    }
}

/// IEEE 802.3: the number is a length, and LLC follows (or IPX without any LLC, marked by two bytes 0xff).
fn ieee(l: &mut Layer<'_, '_>, len: usize) -> Done {
    let raw = matches!(l.data().get(HEADER..HEADER + 2), Some([0xff, 0xff]));
    let root = l.root();
    l.label(root, |out| {
        out.push_str(if raw {
            "IEEE 802.3 Ethernet Raw "
        } else {
            "IEEE 802.3 Ethernet "
        });
    });
    l.u16(&LEN)?;
    if len > l.left() {
        let at = l.last();
        l.issue(at, &LEN_PAST_END);
    }
    let mark = l.mark();
    let rest = l.part(HEADER, len);
    if raw {
        l.protocol("IPX");
        l.plain(rest);
    } else if !l.call(&llc::LLC, rest) {
        l.plain(rest);
    }
    trailer(l, mark, &TRAILER, HEADER + len, true);
    Ok(())
}

/// One of the two addresses, with what its first bits mean.
fn station(
    l: &mut Layer<'_, '_>,
    field: &'static Field,
    oui: &'static Field,
    lg: &'static Field,
    ig: &'static Field,
) -> Result<[u8; 6], Stop> {
    let at = l.pos();
    let address = l.ether(field)?;
    if l.wants_nodes() {
        let node = l.last();
        l.enter();
        let [a, b, c, ..] = address;
        let maker = u64::from(u32::from_be_bytes([0, a, b, c]));
        l.hidden(oui, at, 3, Value::U(maker));
        l.add(&ADDR, at, 6, Value::Ether(address));
        l.bits(lg, at, 3)?;
        l.bits(ig, at, 3)?;
        l.close();
        if at > 0 && a & 1 != 0 {
            l.issue(node, &GROUP_SOURCE);
        }
    }
    Ok(address)
}

fn set_columns(l: &mut Layer<'_, '_>) {
    if l.wants_columns() && !l.cx.packet.columns_locked {
        l.cx.tree.columns.source = l.cx.packet.link_source;
        l.cx.tree.columns.destination = l.cx.packet.link_destination;
    }
}

fn describe(l: &mut Layer<'_, '_>, form: &str) {
    let (source, destination) = (l.cx.packet.link_source, l.cx.packet.link_destination);
    let root = l.root();
    l.label(root, |out| {
        let _ = write!(out, "{form}, Src: {source}, Dst: {destination}");
    });
}

/// Frames on an Ethernet are filled up to this length (without the check sequence).
const MINIMUM: usize = 60;

/// Show what lies behind position `end` of this layer, where the protocol inside ended: padding up to the minimum length,
/// a trailer, and perhaps a check sequence. `mark` is where the nodes go: before those of the protocols inside.
pub(super) fn trailer(
    l: &mut Layer<'_, '_>,
    mark: usize,
    field: &'static Field,
    end: usize,
    may_have_fcs: bool,
) {
    let total = l.reported();
    if end >= total || !l.wants_nodes() {
        return;
    }
    // Padding is counted from the start of the packet: a frame inside a tunnel was never on a wire of its own.
    let before = l.region().base as usize;
    let mut bad = false;
    let at = l.insert(mark, |l| {
        let mut at = end;
        if before + total >= MINIMUM && before + end < MINIMUM {
            let pad = (MINIMUM - before - end).min(total - end);
            match l.peek(end, pad) {
                Ok(bytes) if bytes.iter().all(|b| *b == 0) => {
                    let value = l.slice(end, pad);
                    l.add(&PADDING, end, pad, value);
                    at += pad;
                }
                _ => bad = true,
            }
        }
        let fcs = if may_have_fcs && total >= MINIMUM + 4 && total - at >= 4 {
            4
        } else {
            0
        };
        let len = (total - fcs).min(l.captured()).saturating_sub(at);
        let mut node = NodeId::NONE;
        if len > 0 {
            let value = l.slice(at, len);
            node = l.add(field, at, len, value);
        }
        if fcs > 0
            && let Ok(value) = l.peek_u32(total - fcs)
        {
            let at = total - fcs;
            let node = l.add(&FCS, at, fcs, Value::U(u64::from(value)));
            l.append(node, |out| out.push_str(" [unverified]"));
            l.generated(&FCS_STATUS, at, Value::U(2));
        }
        node
    });
    if bad && at != NodeId::NONE {
        l.issue(at, &PADDING_BAD);
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{every_prefix, hex, single};

    const ADDRESSES: &str = "020000000002 020000000001";

    /// An ARP question, 28 bytes, and what follows it.
    fn arp_with(behind: &[u8]) -> Vec<u8> {
        let mut bytes = hex(ADDRESSES);
        bytes.extend(hex(
            "0806 0001 0800 06 04 0001 020000000001 0a000001 000000000000 0a000002",
        ));
        bytes.extend(behind);
        bytes
    }

    fn trailing(frame: &[u8]) -> Vec<String> {
        let tree = single(1, frame).tree;
        let lines = tree
            .lines()
            .take_while(|l| !l.starts_with("Address Resolution"));
        lines
            .skip_while(|l| !l.starts_with("  Type"))
            .skip(1)
            .map(|l| l.trim().to_owned())
            .collect()
    }

    #[test]
    fn addresses_and_type() {
        let bytes = arp_with(&[]);
        let tree = single(1, &bytes).tree;
        assert!(
            tree.starts_with(
                "Ethernet II, Src: 02:00:00:00:00:01, Dst: 02:00:00:00:00:02
  Destination: 02:00:00:00:00:02
    Address: 02:00:00:00:00:02
    .... ..1. .... .... .... .... = LG bit: Locally administered address (this is NOT the factory default)
    .... ...0 .... .... .... .... = IG bit: Individual address (unicast)
  Source: 02:00:00:00:00:01
    Address: 02:00:00:00:00:01
    .... ..1. .... .... .... .... = LG bit: Locally administered address (this is NOT the factory default)
    .... ...0 .... .... .... .... = IG bit: Individual address (unicast)
  Type: ARP (0x0806)
Address Resolution Protocol (request)
"
            ),
            "{tree}"
        );
        every_prefix(1, &bytes);
    }

    #[test]
    fn what_is_behind_the_payload() {
        assert_eq!(
            trailing(&arp_with(&[0; 18])),
            [format!("Padding: {}", "00".repeat(18))]
        );
        // Shorter than the minimum, so not padded: these bytes are something else.
        assert_eq!(trailing(&arp_with(&[0; 4])), ["Trailer: 00000000"]);
        let mut long = [0; 26];
        long[18..].copy_from_slice(&[1, 2, 3, 4, 5, 6, 7, 8]);
        assert_eq!(
            trailing(&arp_with(&long)),
            [
                format!("Padding: {}", "00".repeat(18)),
                "Trailer: 01020304".to_owned(),
                "Frame check sequence: 0x05060708 [unverified]".to_owned(),
                "FCS Status: Unverified".to_owned(),
            ]
        );
        let odd = trailing(&arp_with(&[7; 18]));
        assert_eq!(odd[0], format!("Trailer: {}", "07".repeat(18)));
        assert_eq!(odd[1], super::PADDING_BAD.field.label);
    }

    #[test]
    fn lengths_in_place_of_a_type() {
        let mut bytes = hex(ADDRESSES);
        bytes.extend(hex("0008 f0f0 03 7a7a7a7a7a 0000"));
        let done = single(1, &bytes);
        assert!(done.tree.contains("IEEE 802.3 Ethernet \n"));
        assert!(
            done.tree
                .contains("  Length: 8\n  Trailer: 0000\nLogical-Link Control\n"),
            "{}",
            done.tree
        );
        assert!(
            done.row
                .ends_with("LLC | U, func=UI; DSAP NetBIOS Individual, SSAP NetBIOS Command")
        );
        every_prefix(1, &bytes);
        let mut bytes = hex(ADDRESSES);
        bytes.extend(hex("05e6 7878"));
        let done = single(1, &bytes);
        assert!(
            done.row
                .ends_with("Ethernet | Ethernet Unknown: Invalid length/type: 0x05e6 (1510)")
        );
        let mut bytes = hex(ADDRESSES);
        bytes.extend(hex("0100 4242 03"));
        assert!(
            single(1, &bytes)
                .tree
                .contains(super::LEN_PAST_END.field.label)
        );
    }

    #[test]
    fn a_group_cannot_send() {
        let mut bytes = arp_with(&[]);
        bytes[6] = 3;
        assert!(
            single(1, &bytes)
                .tree
                .contains(super::GROUP_SOURCE.field.label)
        );
    }
}
