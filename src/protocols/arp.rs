//! ARP, the Address Resolution Protocol (RFC 826): "who has this IP address?", asked of everybody on the link; the owner answers
//! with its hardware address. The same packets serve RARP (the question the other way round), and stations that announce
//! themselves or look whether an address is free before they take it (RFC 5227).
//!
//! ```text
//! +---------------+---------------+
//! | hardware type | protocol type |  hl, pl: lengths of the addresses, 6 and 4 for IPv4 on Ethernet
//! +-------+-------+---------------+
//! |  hl   |  pl   |    opcode     |
//! +-------+-------+---------------+
//! | sender hardware (hl), sender protocol (pl) |
//! | target hardware (hl), target protocol (pl) |
//! +--------------------------------------------+
//! ```

mod atm;

use std::fmt::Write as _;

use super::ethertype;
use crate::dissect::{Done, Layer, Protocol, Stop, Table, Value};
use crate::flow::address::{Address, push_hex};
use crate::flow::facts::{Note, tag};

/// Address Resolution Protocol, with RARP and its other relatives.
pub static ARP: Protocol = Protocol {
    spec: "RFC 826",
    fields: &ALL_FIELDS,
    issues: ISSUES,
    parents: &[(Table::EtherType, 0x0806), (Table::EtherType, 0x8035)],
    ..Protocol::new("arp", "Address Resolution Protocol", "ARP/RARP", dissect)
};

/// The fields of this file and of ARP over ATM.
static ALL_FIELDS: [&Field; FIELDS.len() + atm::FIELDS.len()] = {
    let mut all = [&HW_TYPE; FIELDS.len() + atm::FIELDS.len()];
    let mut at = 0;
    while at < all.len() {
        all[at] = if at < FIELDS.len() {
            FIELDS[at]
        } else {
            atm::FIELDS[at - FIELDS.len()]
        };
        at += 1;
    }
    all
};

/// Hardware types (IANA), with Linux's own numbers from 256 on.
pub static HARDWARE: &[(u64, &str)] = &[
    (0x0000, "NET/ROM pseudo"),
    (0x0001, "Ethernet"),
    (0x0002, "Experimental Ethernet"),
    (0x0003, "AX.25"),
    (0x0004, "ProNET"),
    (0x0005, "Chaos"),
    (0x0006, "IEEE 802"),
    (0x0007, "ARCNET"),
    (0x0008, "Hyperchannel"),
    (0x0009, "Lanstar"),
    (0x000a, "Autonet Short Address"),
    (0x000b, "Localtalk"),
    (0x000c, "LocalNet"),
    (0x000d, "Ultra link"),
    (0x000e, "SMDS"),
    (0x000f, "Frame Relay DLCI"),
    (0x0010, "ATM"),
    (0x0011, "HDLC"),
    (0x0012, "Fibre Channel"),
    (0x0013, "ATM (RFC 2225)"),
    (0x0014, "Serial Line"),
    (0x0015, "ATM"),
    (0x0016, "MIL-STD-188-220"),
    (0x0017, "Metricom STRIP"),
    (0x0018, "IEEE 1394.1995"),
    (0x0019, "MAPOS"),
    (0x001a, "Twinaxial"),
    (0x001b, "EUI-64"),
    (0x001c, "HIPARP"),
    (0x001d, "IP and ARP over ISO 7816-3"),
    (0x001e, "ARPSec"),
    (0x001f, "IPsec tunnel"),
    (0x0020, "InfiniBand"),
    (0x0021, "TIA-102 Project 25 CAI"),
    (0x0022, "Wiegand Interface"),
    (0x0023, "Pure IP"),
    (0x0024, "Experimental 1"),
    (0x0025, "HFI"),
    (0x0100, "Experimental 2"),
    (0x0101, "AEthernet"),
    (0x0104, "Notional KISS type"),
    (0x0108, "ADAPT"),
    (0x010e, "ROSE"),
    (0x010f, "CCITT X.25"),
    (0x0110, "Boards with X.25 in firmware"),
    (0x0118, "Controller Area Network"),
    (0x0200, "PPP"),
    (0x0201, "Cisco HDLC"),
    (0x0204, "LAPB"),
    (0x0205, "Digital's DDCMP protocol"),
    (0x0206, "Raw HDLC"),
    (0x0207, "Raw IP"),
    (0x0300, "IPIP tunnel"),
    (0x0301, "IP6IP6 tunnel"),
    (0x0302, "Frame Relay Access Device"),
    (0x0303, "SKIP vif"),
    (0x0304, "Loopback"),
    (0x0306, "Fiber Distributed Data Interface"),
    (0x0307, "AP1000 BIF"),
    (0x0308, "sit0 device - IPv6-in-IPv4"),
    (0x0309, "IP over DDP tunneller"),
    (0x030a, "GRE over IP"),
    (0x030b, "PIMSM register interface"),
    (0x030c, "High Performance Parallel Interface"),
    (0x030d, "Nexus 64Mbps Ash"),
    (0x030e, "Acorn Econet"),
    (0x030f, "Linux-IrDA"),
    (0x0310, "Point to point fibrechannel"),
    (0x0311, "Fibrechannel arbitrated loop"),
    (0x0312, "Fibrechannel public loop"),
    (0x0313, "Fibrechannel fabric"),
    (0x0320, "Magic type ident for TR"),
    (0x0321, "IEEE 802.11"),
    (0x0322, "IEEE 802.11 + Prism2 header"),
    (0x0323, "IEEE 802.11 + radiotap header"),
    (0x0324, "IEEE 802.15.4"),
    (0x0325, "IEEE 802.15.4 network monitor"),
    (0x0334, "PhoNet media type"),
    (0x0335, "PhoNet pipe header"),
    (0x0336, "CAIF media type"),
    (0x0337, "GRE over IPv6"),
    (0x0338, "Netlink"),
    (0x0339, "IPv6 over LoWPAN"),
    (0x033a, "Vsock monitor header"),
    (0xfffe, "zero header length"),
    (0xffff, "Void type, nothing is known"),
];

const OPCODES: &[(u64, &str)] = &[
    (0, "reserved"),
    (1, "request"),
    (2, "reply"),
    (3, "reverse request"),
    (4, "reverse reply"),
    (5, "drarp request"),
    (6, "drarp reply"),
    (7, "drarp error"),
    (8, "inverse request"),
    (9, "inverse reply"),
    (10, "arp nak"),
    (11, "mars request"),
    (12, "mars multi"),
    (13, "mars mserv"),
    (14, "mars join"),
    (15, "mars leave"),
    (16, "mars nak"),
    (17, "mars unserv"),
    (18, "mars sjoin"),
    (19, "mars sleave"),
    (20, "mars grouplist request"),
    (21, "mars grouplist reply"),
    (22, "mars redirect map"),
    (23, "mapos unarp"),
    (24, "experimental 1"),
    (25, "experimental 2"),
    (65535, "reserved"),
];

crate::fields! {
    /// The kind of link: 1 is Ethernet.
    HW_TYPE = Field::new("arp.hw.type", "Hardware type", Kind::U16).values(HARDWARE).spec("RFC 826");
    /// The kind of address that is looked for: 0x0800 is IPv4.
    PROTO_TYPE = Field::new("arp.proto.type", "Protocol type", Kind::U16).hex().names(Names::Lookup(ethertype::name)).spec("RFC 826");
    /// Length of a hardware address in bytes; 6 on Ethernet.
    HW_SIZE = Field::new("arp.hw.size", "Hardware size", Kind::U8).spec("RFC 826");
    /// Length of a protocol address in bytes; 4 for IPv4.
    PROTO_SIZE = Field::new("arp.proto.size", "Protocol size", Kind::U8).spec("RFC 826");
    /// What the packet is: 1 asks, 2 answers.
    OPCODE = Field::new("arp.opcode", "Opcode", Kind::U16).values(OPCODES).spec("RFC 826");
    /// The sender speaks about itself without being asked: all who hear it can refresh what they know.
    IS_GRATUITOUS = Field::new("arp.isgratuitous", "Is gratuitous", Kind::Bool).spec("RFC 5944 section 4.6");
    /// The sender has no address yet and asks whether anybody uses the one that it would like.
    IS_PROBE = Field::new("arp.isprobe", "Is probe", Kind::Bool).spec("RFC 5227 section 1.1");
    /// The sender tells everybody the address that it uses from now on.
    IS_ANNOUNCEMENT = Field::new("arp.isannouncement", "Is announcement", Kind::Bool).spec("RFC 5227 section 1.1");
    /// The sender's hardware address.
    SRC_HW = Field::new("arp.src.hw", "Sender hardware address", Kind::Bytes).spec("RFC 826");
    /// The sender's hardware address: in an answer, what was asked for.
    SRC_HW_MAC = Field::new("arp.src.hw_mac", "Sender MAC address", Kind::Ether).spec("RFC 826");
    /// The sender's protocol address.
    SRC_PROTO = Field::new("arp.src.proto", "Sender protocol address", Kind::Bytes).spec("RFC 826");
    /// The sender's IP address.
    SRC_PROTO_IPV4 = Field::new("arp.src.proto_ipv4", "Sender IP address", Kind::Ipv4).spec("RFC 826");
    /// The target's hardware address.
    DST_HW = Field::new("arp.dst.hw", "Target hardware address", Kind::Bytes).spec("RFC 826");
    /// The target's hardware address: in a question, what is not known yet, so usually zeros.
    DST_HW_MAC = Field::new("arp.dst.hw_mac", "Target MAC address", Kind::Ether).spec("RFC 826");
    /// The target's protocol address.
    DST_PROTO = Field::new("arp.dst.proto", "Target protocol address", Kind::Bytes).spec("RFC 826");
    /// The target's IP address: in a question, the one that is looked for.
    DST_PROTO_IPV4 = Field::new("arp.dst.proto_ipv4", "Target IP address", Kind::Ipv4).spec("RFC 826");
    /// The sender's call sign, in amateur packet radio.
    SRC_HW_AX25 = Field::new("arp.src.hw_ax25", "Sender AX.25 address", Kind::Bytes).spec("AX.25 section 3.12");
    /// The target's call sign, in amateur packet radio.
    DST_HW_AX25 = Field::new("arp.dst.hw_ax25", "Target AX.25 address", Kind::Bytes).spec("AX.25 section 3.12");
    /// Why the server gave no address (dynamic RARP).
    DRARP_ERROR_STATUS = Field::new("arp.dst.drarp_error_status", "DRARP error status", Kind::U16).spec("RFC 1931 section 3.3");
    /// The frame in which another station used the same IP address.
    DUPLICATE_FRAME = Field::new("arp.duplicate-address-frame", "Frame showing earlier use of IP address", Kind::Frame).spec("RFC 5227 section 2.4");
    /// How long ago another station used the same IP address.
    DUPLICATE_SECONDS = Field::new("arp.seconds-since-duplicate-address-frame", "Seconds since earlier frame seen", Kind::U32).spec("RFC 5227 section 2.4");
    /// How the sender's ATM number is written.
    SRC_HTYPE = Field::new("arp.src.htype", "Sender ATM number type", Kind::Bool).mask(0x40).words("ATM Forum NSAPA", "E.164").spec("RFC 2225 section 6.1");
    /// Length of the sender's ATM number.
    SRC_HLEN = Field::new("arp.src.hlen", "Sender ATM number length", Kind::U8).mask(0x3f).spec("RFC 2225 section 6.1");
    /// How the sender's ATM subaddress is written.
    SRC_STYPE = Field::new("arp.src.stype", "Sender ATM subaddress type", Kind::Bool).mask(0x40).words("ATM Forum NSAPA", "E.164").spec("RFC 2225 section 6.1");
    /// Length of the sender's ATM subaddress.
    SRC_SLEN = Field::new("arp.src.slen", "Sender ATM subaddress length", Kind::U8).mask(0x3f).spec("RFC 2225 section 6.1");
    /// Length of the sender's protocol address.
    SRC_PLN = Field::new("arp.src.pln", "Sender protocol size", Kind::U8).spec("RFC 2225 section 6.1");
    /// How the target's ATM number is written.
    DST_HTYPE = Field::new("arp.dst.htype", "Target ATM number type", Kind::Bool).mask(0x40).words("ATM Forum NSAPA", "E.164").spec("RFC 2225 section 6.1");
    /// Length of the target's ATM number.
    DST_HLEN = Field::new("arp.dst.hlen", "Target ATM number length", Kind::U8).mask(0x3f).spec("RFC 2225 section 6.1");
    /// How the target's ATM subaddress is written.
    DST_STYPE = Field::new("arp.dst.stype", "Target ATM subaddress type", Kind::Bool).mask(0x40).words("ATM Forum NSAPA", "E.164").spec("RFC 2225 section 6.1");
    /// Length of the target's ATM subaddress.
    DST_SLEN = Field::new("arp.dst.slen", "Target ATM subaddress length", Kind::U8).mask(0x3f).spec("RFC 2225 section 6.1");
    /// Length of the target's protocol address.
    DST_PLN = Field::new("arp.dst.pln", "Target protocol size", Kind::U8).spec("RFC 2225 section 6.1");
}

crate::issues! {
    /// Two stations claim the same IP address: packets for it will reach now the one, now the other. Either a mistake in the
    /// configuration, or somebody who wants to read what is meant for another (ARP spoofing).
    DUPLICATE = Issue::new("arp.duplicate-address-detected", "Duplicate IP address configured", Severity::Warn, Group::Sequence);
    /// Very many questions in a short time: a scan of the network, or a loop in it.
    STORM = Issue::new("arp.packet-storm-detected", "ARP packet storm detected", Severity::Note, Group::Sequence);
    /// Addresses of ATM begin with a byte that says how they are built. This one is not known.
    UNKNOWN_AFI = Issue::new("arp.src.atm_afi.unknown", "Unknown AFI", Severity::Warn, Group::Protocol);
}

/// Tag of the note on an address that was used by another station: [frame, IPv4 address].
const TAG: u16 = tag(b"AR");

const REQUEST: u16 = 1;
const REPLY: u16 = 2;

/// Hardware type of amateur packet radio, where IPv4 has a number of its own.
const AX25: u16 = 3;

/// The parts of an ARP packet that its texts are made of.
struct Parts<'l> {
    opcode: u16,
    sender: (&'l [u8], &'l [u8]),
    target: (&'l [u8], &'l [u8]),
    /// Whether protocol addresses are IPv4.
    ipv4: bool,
    /// Whether hardware addresses are written with colons.
    mac: bool,
}

fn dissect(l: &mut Layer<'_, '_>) -> Done {
    l.protocol("ARP");
    l.info(|_| {});
    let hardware = l.peek_u16(0)?;
    if hardware == atm::HARDWARE_TYPE {
        return atm::dissect(l);
    }
    let protocol = l.peek_u16(2)?;
    let (hl, pl) = (usize::from(l.peek_u8(4)?), usize::from(l.peek_u8(5)?));
    let opcode = l.peek_u16(6)?;
    l.limit(8 + 2 * hl + 2 * pl);
    l.set_len(l.captured());
    l.u16(&HW_TYPE)?;
    l.u16(&PROTO_TYPE)?;
    l.u8(&HW_SIZE)?;
    l.u8(&PROTO_SIZE)?;
    l.u16(&OPCODE)?;
    l.need(8, 2 * hl + 2 * pl)?;
    let parts = Parts {
        opcode,
        sender: (l.peek(8, hl)?, l.peek(8 + hl, pl)?),
        target: (l.peek(8 + hl + pl, hl)?, l.peek(8 + 2 * hl + pl, pl)?),
        ipv4: (protocol == 0x0800 || hardware == AX25 && protocol == 0x00cc) && pl == 4,
        mac: matches!(hardware, 1 | 6) && hl == 6,
    };
    if l.scanning() {
        remember(l, &parts);
        return Ok(());
    }
    let kind = parts.kind();
    describe(l, &parts, kind);
    match kind {
        Special::Gratuitous => mark(l, &IS_GRATUITOUS),
        Special::Announcement => {
            mark(l, &IS_GRATUITOUS);
            mark(l, &IS_ANNOUNCEMENT);
        }
        Special::Probe => mark(l, &IS_PROBE),
        Special::No => {}
    }
    let (mac, ipv4) = (parts.mac, parts.ipv4);
    if hardware == AX25 && hl == 7 {
        call_sign(l, &SRC_HW_AX25)?;
        address(l, pl, if ipv4 { &SRC_PROTO_IPV4 } else { &SRC_PROTO })?;
        call_sign(l, &DST_HW_AX25)?;
        return address(l, pl, if ipv4 { &DST_PROTO_IPV4 } else { &DST_PROTO });
    }
    address(l, hl, if mac { &SRC_HW_MAC } else { &SRC_HW })?;
    address(l, pl, if ipv4 { &SRC_PROTO_IPV4 } else { &SRC_PROTO })?;
    address(l, hl, if mac { &DST_HW_MAC } else { &DST_HW })?;
    address(l, pl, if ipv4 { &DST_PROTO_IPV4 } else { &DST_PROTO })?;
    for ordinal in 0..2 {
        duplicate(l, ordinal);
    }
    Ok(())
}

/// What an ARP packet is besides question or answer.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Special {
    No,
    Gratuitous,
    Announcement,
    Probe,
}

impl Parts<'_> {
    fn kind(&self) -> Special {
        if !self.ipv4 || !matches!(self.opcode, REQUEST | REPLY) {
            return Special::No;
        }
        if self.sender.1 == self.target.1 {
            let unknown = self.target.0.iter().all(|b| *b == 0);
            return if self.opcode == REQUEST && unknown {
                Special::Announcement
            } else {
                Special::Gratuitous
            };
        }
        if self.opcode == REQUEST && self.sender.1 == [0; 4] {
            return Special::Probe;
        }
        Special::No
    }

    fn protocol_address(&self, bytes: &[u8]) -> String {
        match bytes.first_chunk::<4>() {
            Some(a) if self.ipv4 => Address::V4(*a).to_string(),
            _ => hex(bytes),
        }
    }

    fn hardware_address(&self, bytes: &[u8]) -> String {
        match bytes.first_chunk::<6>() {
            Some(a) if self.mac => Address::Ether(*a).to_string(),
            _ => hex(bytes),
        }
    }
}

/// Bytes without separators, cut if there are many.
fn hex(bytes: &[u8]) -> String {
    let mut out = String::new();
    if bytes.is_empty() {
        out.push_str("<No address>");
    }
    for byte in bytes.iter().take(36) {
        push_hex(&mut out, *byte);
    }
    if bytes.len() > 36 {
        out.push('…');
    }
    out
}

/// A generated mark that covers the packet's start.
fn mark(l: &mut Layer<'_, '_>, field: &'static Field) {
    l.generated(field, 0, Value::U(1));
}

/// One address; none if it has no bytes.
fn address(l: &mut Layer<'_, '_>, len: usize, field: &'static Field) -> Result<(), Stop> {
    if len == 0 {
        return Ok(());
    }
    match field.kind {
        Kind::Ether => {
            l.ether(field)?;
        }
        Kind::Ipv4 => {
            l.ipv4(field)?;
        }
        _ => {
            l.bytes(field, len)?;
        }
    }
    Ok(())
}

/// A call sign: six characters and the number of a station, every byte shifted up by one bit (AX.25 section 3.12.2).
fn call_sign(l: &mut Layer<'_, '_>, field: &'static Field) -> Done {
    let bytes = l.bytes(field, 7)?;
    let id = l.last();
    l.label(id, |out| {
        let _ = write!(out, "{}: ", field.label);
        for byte in &bytes[..6] {
            match byte >> 1 {
                b' ' => {}
                c if c.is_ascii_graphic() => out.push(char::from(c)),
                _ => out.push('.'),
            }
        }
        let station = bytes[6] >> 1 & 15;
        if station != 0 {
            let _ = write!(out, "-{station}");
        }
    });
    Ok(())
}

/// The label, and the columns of the packet list.
fn describe(l: &mut Layer<'_, '_>, parts: &Parts<'_>, kind: Special) {
    let opcode = parts.opcode;
    let root = l.root();
    l.append(root, |out| {
        let _ = match (kind, OPCODE.name_of(u64::from(opcode))) {
            (Special::Announcement, _) => write!(out, " (ARP Announcement)"),
            (Special::Probe, _) => write!(out, " (ARP Probe)"),
            (Special::Gratuitous, Some(name)) => write!(out, " ({name}/gratuitous ARP)"),
            (_, Some(name)) => write!(out, " ({name})"),
            (_, None) => write!(out, " (opcode 0x{opcode:04x})"),
        };
    });
    l.protocol(match opcode {
        3 | 4 => "RARP",
        5..=7 => "DRARP",
        8 | 9 => "Inverse ARP",
        11..=22 => "MARS",
        23 => "MAPOS",
        _ => "ARP",
    });
    l.info(|out| info(parts, kind, out));
    for ordinal in 0..2 {
        let Some(note) = l.facts().note(l.cx.frame.number, TAG, ordinal) else {
            continue;
        };
        let address = Address::V4(note.values[1].to_be_bytes());
        l.info_append(|out| {
            let _ = write!(out, " (duplicate use of {address} detected!)");
        });
    }
}

fn info(parts: &Parts<'_>, kind: Special, out: &mut String) {
    let sender_protocol = parts.protocol_address(parts.sender.1);
    let target_protocol = parts.protocol_address(parts.target.1);
    let sender = parts.hardware_address(parts.sender.0);
    let target = parts.hardware_address(parts.target.0);
    let opcode = parts.opcode;
    let _ = match (opcode, kind) {
        (_, Special::Announcement) => write!(out, "ARP Announcement for {target_protocol}"),
        (_, Special::Probe) => write!(out, "Who has {target_protocol}? (ARP Probe)"),
        (REQUEST, Special::Gratuitous) => {
            write!(out, "Gratuitous ARP for {target_protocol} (Request)")
        }
        (_, Special::Gratuitous) => write!(out, "Gratuitous ARP for {target_protocol} (Reply)"),
        (REQUEST, _) => write!(out, "Who has {target_protocol}? Tell {sender_protocol}"),
        (REPLY, _) => write!(out, "{sender_protocol} is at {sender}"),
        (3 | 5 | 8, _) => write!(out, "Who is {target}? Tell {sender}"),
        (4 | 6, _) => write!(out, "{target} is at {target_protocol}"),
        (7, _) => write!(out, "DRARP Error"),
        (9, _) => write!(out, "{sender} is at {sender_protocol}"),
        (10, _) => write!(out, "ARP NAK"),
        (11..=22, _) => {
            let what = [
                "request",
                "MULTI request",
                "MSERV request",
                "JOIN request",
                "LEAVE",
                "NAK",
                "UNSERV request",
                "SJOIN request",
                "SLEAVE",
                "grouplist request",
                "grouplist reply",
                "redirect map",
            ][usize::from(opcode - 11)];
            write!(out, "MARS {what} from {sender} at {sender_protocol}")
        }
        (23, _) => write!(
            out,
            "MAPOS UNARP request from {sender} at {sender_protocol}"
        ),
        (24 | 25, _) => write!(out, "Experimental {} ( opcode {opcode} )", opcode - 23),
        (0 | 65535, _) => write!(out, "Reserved opcode {opcode}"),
        _ => write!(out, "Unknown ARP opcode 0x{opcode:04x}"),
    };
}

/// In the scan: compare the addresses with who used them before.
fn remember(l: &mut Layer<'_, '_>, parts: &Parts<'_>) {
    if !parts.ipv4 || !parts.mac || !matches!(parts.opcode, REQUEST | REPLY) {
        return;
    }
    claim(l, parts.sender, 0);
    if parts.opcode == REPLY && parts.sender.1 != parts.target.1 {
        claim(l, parts.target, 1);
    }
}

/// A station uses an address.
fn claim(l: &mut Layer<'_, '_>, (hardware, protocol): (&[u8], &[u8]), ordinal: u16) {
    let (Some(hardware), Some(protocol)) =
        (hardware.first_chunk::<6>(), protocol.first_chunk::<4>())
    else {
        return;
    };
    if *protocol == [0; 4] || *hardware == [0; 6] || *hardware == [0xff; 6] {
        return;
    }
    let (hardware, protocol) = (*hardware, *protocol);
    let (frame, time_ns) = (l.cx.frame.number, l.cx.frame.time_ns);
    let Some((history, facts)) = l.scan() else {
        return;
    };
    let known = history
        .arp
        .entry(protocol)
        .or_insert((hardware, frame, time_ns));
    if known.0 == hardware {
        (known.1, known.2) = (frame, time_ns);
        return;
    }
    let earlier = known.1;
    facts.notes.push(Note {
        frame,
        tag: TAG,
        ordinal,
        values: [earlier, u32::from_be_bytes(protocol), 0, 0, 0, 0, 0],
    });
}

/// Show that another station used the address before.
fn duplicate(l: &mut Layer<'_, '_>, ordinal: u16) {
    let Some([earlier, address, ..]) = l
        .facts()
        .note(l.cx.frame.number, TAG, ordinal)
        .map(|n| n.values)
    else {
        return;
    };
    let address = Address::V4(address.to_be_bytes());
    let seconds = match l.since(earlier) {
        Some(Value::Time { secs, .. }) => u64::try_from(secs).unwrap_or(0),
        _ => 0,
    };
    l.open_text(0, 0, |out| {
        let _ = write!(
            out,
            "{address} is also used by another station (frame {earlier})"
        );
    });
    let node = l.generated(&DUPLICATE_FRAME, 0, Value::U(u64::from(earlier)));
    l.issue_with(node, &DUPLICATE, |out| {
        let _ = write!(out, "Duplicate IP address configured ({address})");
    });
    l.generated(&DUPLICATE_SECONDS, 0, Value::U(seconds));
    l.close();
}

#[cfg(test)]
mod tests {
    use super::super::testing::{capture, every_prefix, hex, single};

    /// An ARP packet in an Ethernet frame from 02:00:00:00:00:01 to everybody.
    fn frame(arp: &str) -> Vec<u8> {
        let mut bytes = hex("ffffffffffff 020000000001 0806 0001 0800 06 04");
        bytes.extend(hex(arp));
        bytes
    }

    #[test]
    fn a_question_and_its_fields() {
        let bytes = frame("0001 020000000001 0a000001 000000000000 0a000002");
        let done = single(1, &bytes);
        assert_eq!(
            done.row,
            "02:00:00:00:00:01 | ff:ff:ff:ff:ff:ff | ARP | Who has 10.0.0.2? Tell 10.0.0.1"
        );
        let (_, arp) = done
            .tree
            .split_at(done.tree.find("Address Resolution").unwrap());
        assert_eq!(
            arp,
            "Address Resolution Protocol (request)
  Hardware type: Ethernet (1)
  Protocol type: IPv4 (0x0800)
  Hardware size: 6
  Protocol size: 4
  Opcode: request (1)
  Sender MAC address: 02:00:00:00:00:01
  Sender IP address: 10.0.0.1
  Target MAC address: 00:00:00:00:00:00
  Target IP address: 10.0.0.2
"
        );
        every_prefix(1, &bytes);
    }

    #[test]
    fn rows_of_every_kind() {
        let rows = [
            (
                "0002 020000000001 0a000001 020000000002 0a000002",
                "ARP | 10.0.0.1 is at 02:00:00:00:00:01",
            ),
            (
                "0001 020000000001 0a000001 000000000000 0a000001",
                "ARP | ARP Announcement for 10.0.0.1",
            ),
            (
                "0001 020000000001 0a000001 ffffffffffff 0a000001",
                "ARP | Gratuitous ARP for 10.0.0.1 (Request)",
            ),
            (
                "0002 020000000001 0a000001 020000000001 0a000001",
                "ARP | Gratuitous ARP for 10.0.0.1 (Reply)",
            ),
            (
                "0001 020000000001 00000000 000000000000 0a000009",
                "ARP | Who has 10.0.0.9? (ARP Probe)",
            ),
            (
                "0003 020000000001 0a000001 000000000000 0a000002",
                "RARP | Who is 00:00:00:00:00:00? Tell 02:00:00:00:00:01",
            ),
            (
                "0009 020000000001 0a000001 000000000000 0a000002",
                "Inverse ARP | 02:00:00:00:00:01 is at 10.0.0.1",
            ),
            (
                "0013 020000000001 0a000001 000000000000 0a000002",
                "MARS | MARS SLEAVE from 02:00:00:00:00:01 at 10.0.0.1",
            ),
            (
                "0064 020000000001 0a000001 000000000000 0a000002",
                "ARP | Unknown ARP opcode 0x0064",
            ),
        ];
        for (bytes, row) in rows {
            let done = single(1, &frame(bytes));
            assert!(done.row.ends_with(row), "{} instead of {row}", done.row);
        }
    }

    #[test]
    fn a_second_owner_of_an_address_is_noticed() {
        let first = frame("0002 020000000001 0a000001 020000000003 0a000003");
        let second = frame("0001 020000000002 0a000001 000000000000 0a000009");
        let done = capture(1, &[&first, &second]);
        assert!(!done[0].tree.contains("Duplicate"));
        // An answer also tells who its receiver is.
        let third = frame("0002 020000000001 0a000008 020000000004 0a000003");
        let rows = capture(1, &[&first, &third]);
        assert!(
            rows[1]
                .row
                .ends_with("(duplicate use of 10.0.0.3 detected!)")
        );
        assert!(
            done[1]
                .row
                .ends_with("Tell 10.0.0.1 (duplicate use of 10.0.0.1 detected!)")
        );
        assert!(done[1].tree.contains(
            "    Frame showing earlier use of IP address: 1
      Duplicate IP address configured (10.0.0.1)
"
        ));
        assert!(
            done[1]
                .tree
                .contains("    Seconds since earlier frame seen: 3\n")
        );
    }

    #[test]
    fn lengths_from_the_packet_are_checked() {
        let mut bytes = frame("0001");
        bytes[18] = 255; // hardware addresses of 255 bytes that are not there
        let done = single(1, &bytes);
        assert!(
            done.tree
                .ends_with("  Opcode: request (1)\n[Malformed Packet: ARP/RARP]\n"),
            "{}",
            done.tree
        );
    }
}
