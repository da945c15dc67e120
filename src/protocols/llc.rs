//! LLC, Logical Link Control (IEEE 802.2): what says inside an 802.3 frame which protocol it carries. Its own numbers (SAPs) soon
//! ran out, so one of them, SNAP, is followed by an organization's number and a number of that organization's choice; with
//! organization 0 that is an EtherType.
//!
//! ```text
//! +------+------+--------------+  +----------------+----------------+
//! | DSAP | SSAP | control 1..2 |  | organization 3 | protocol id 2  |  (SNAP only)
//! +------+------+--------------+  +----------------+----------------+
//! ```

use std::fmt::Write as _;

use super::ethertype;
use crate::dissect::{Done, Layer, Protocol, Stop, Table, Value};

/// Logical Link Control.
pub static LLC: Protocol = Protocol {
    spec: "IEEE 802.2",
    fields: FIELDS,
    ..Protocol::new("llc", "Logical-Link Control", "LLC", dissect)
};

/// Service access points.
const SAPS: &[(u64, &str)] = &[
    (0x00, "NULL LSAP"),
    (0x01, "NULL LSAP"),
    (0x02, "LLC Sub-Layer Management"),
    (0x04, "SNA Path Control"),
    (0x06, "TCP/IP"),
    (0x08, "SNA"),
    (0x0c, "SNA"),
    (
        0x0e,
        "PROWAY (IEC955) Network Management and Initialization",
    ),
    (0x10, "NetWare (unofficial?)"),
    (0x14, "ISO Network Layer (OSLAN 1)"),
    (0x18, "Texas Instruments"),
    (0x20, "ISO Network Layer (unofficial?)"),
    (0x34, "ISO Network Layer (unofficial?)"),
    (0x42, "Spanning Tree BPDU"),
    (0x4e, "EIA RS-511 Manufacturing Message Service"),
    (0x54, "ISO Network Layer (OSLAN 2)"),
    (0x7e, "ISO 8208 (X.25 over 802.2)"),
    (0x7f, "ISO 802.2"),
    (0x80, "XNS"),
    (0x82, "BACnet"),
    (0x86, "Nestar"),
    (0x8e, "PROWAY (IEC955) Active Station List Maintenance"),
    (0x98, "ARP"),
    (0xaa, "SNAP"),
    (0xb4, "HP JetDirect Printer"),
    (0xba, "Banyan Vines"),
    (0xbc, "Banyan Vines"),
    (0xe0, "NetWare"),
    (0xf0, "NetBIOS"),
    (0xf4, "IBM Net Management"),
    (0xf8, "HP Extended LLC"),
    (0xfa, "Ungermann-Bass"),
    (0xfc, "Remote Program Load"),
    (0xfe, "ISO Network Layer"),
    (0xff, "Global LSAP"),
];

const COMMANDS: &[(u64, &str)] = &[
    (0x00, "Unnumbered Information"),
    (0x01, "Set Initialization Mode"),
    (0x03, "Set Asynchronous Response Mode"),
    (0x08, "Unnumbered Poll"),
    (0x0b, "Set Asynchronous Balanced Mode"),
    (0x10, "Disconnect"),
    (0x13, "Set Asynchronous Response Mode Extended"),
    (0x18, "Unnumbered Acknowledge"),
    (0x1b, "Set Asynchronous Balanced Mode Extended"),
    (0x20, "Set Normal Response Mode"),
    (0x21, "Frame reject"),
    (0x23, "Reset"),
    (0x2b, "Exchange identification"),
    (0x31, "Configure"),
    (0x33, "Set Normal Response Mode Extended"),
    (0x38, "Test"),
    (0x3b, "Beacon"),
];

const RESPONSES: &[(u64, &str)] = &[
    (0x00, "Unnumbered Information"),
    (0x01, "Request Initialization Mode"),
    (0x03, "Disconnected mode"),
    (0x08, "Unnumbered Poll"),
    (0x0b, "Set Asynchronous Balanced Mode"),
    (0x10, "Request Disconnect"),
    (0x13, "Set Asynchronous Response Mode Extended"),
    (0x18, "Unnumbered Acknowledge"),
    (0x1b, "Set Asynchronous Balanced Mode Extended"),
    (0x20, "Set Normal Response Mode"),
    (0x21, "Frame reject"),
    (0x23, "Reset"),
    (0x2b, "Exchange identification"),
    (0x31, "Configure"),
    (0x33, "Set Normal Response Mode Extended"),
    (0x38, "Test"),
    (0x3b, "Beacon"),
];

const FRAME_TYPES: &[(u64, &str)] = &[
    (0, "Information frame"),
    (1, "Supervisory frame"),
    (2, "Information frame"),
    (3, "Unnumbered frame"),
];

const SUPERVISORY: &[(u64, &str)] = &[
    (0, "Receiver ready"),
    (1, "Receiver not ready"),
    (2, "Reject"),
    (3, "Selective reject"),
];

/// A SAP without its lowest bit, by name only.
fn sap_name(value: u64, out: &mut String) {
    let name = SAPS.iter().find(|(v, _)| *v == value << 1).map(|(_, n)| *n);
    out.push_str(name.unwrap_or("Unknown"));
}

/// Cisco's protocols under its organization number.
const CISCO: &[(u64, &str)] = &[
    (0x0102, "DRIP"),
    (0x0104, "PAgP"),
    (0x0105, "MLS Hello"),
    (0x0108, "RLQ BPDUs (request)"),
    (0x0109, "RLQ BPDUs (response)"),
    (0x010b, "PVSTP+"),
    (0x010c, "VLAN Bridge"),
    (0x0111, "UDLD"),
    (0x0139, "MCP"),
    (0x2000, "CDP"),
    (0x2001, "CGMP"),
    (0x2003, "VTP"),
    (0x2004, "DTP"),
    (0x200a, "STP Uplink Fast"),
];

crate::fields! {
    /// For which service at the receiver the frame is.
    DSAP = Field::new("llc.dsap", "DSAP", Kind::U8).hex().values(SAPS).spec("IEEE 802.2 section 3.3.1");
    /// The service without the bit that says whether it is a group.
    DSAP_SAP = Field::new("llc.dsap.sap", "SAP", Kind::U8).mask(0xfe).names(Names::Custom(sap_name)).spec("IEEE 802.2 section 3.3.1");
    /// Whether the frame is for one service or for a group of them.
    DSAP_IG = Field::new("llc.dsap.ig", "IG Bit", Kind::Bool).mask(1).words("Individual", "Group").spec("IEEE 802.2 section 3.3.1");
    /// Which service at the sender it comes from.
    SSAP = Field::new("llc.ssap", "SSAP", Kind::U8).hex().values(SAPS).spec("IEEE 802.2 section 3.3.1");
    /// The service without the bit that tells commands and responses apart.
    SSAP_SAP = Field::new("llc.ssap.sap", "SAP", Kind::U8).mask(0xfe).names(Names::Custom(sap_name)).spec("IEEE 802.2 section 3.3.1");
    /// Whether this is a command or the response to one.
    SSAP_CR = Field::new("llc.ssap.cr", "CR Bit", Kind::Bool).mask(1).words("Command", "Response").spec("IEEE 802.2 section 3.3.1");
    /// Which of three kinds the frame is, and its counters.
    CONTROL = Field::new("llc.control", "Control field", Kind::U16).hex().spec("IEEE 802.2 section 5.4");
    /// The number of the frame that the sender waits for: all before it have come.
    CONTROL_N_R = Field::new("llc.control.n_r", "N(R)", Kind::U16).mask(0xfe00).spec("IEEE 802.2 section 5.4.1");
    /// The number of this frame.
    CONTROL_N_S = Field::new("llc.control.n_s", "N(S)", Kind::U16).mask(0x00fe).spec("IEEE 802.2 section 5.4.1");
    /// The sender wants an answer at once (in a frame with one control byte).
    CONTROL_P = Field::new("llc.control.p", "Poll", Kind::Bool).mask(0x10).flag().spec("IEEE 802.2 section 5.4.2.1");
    /// The answer that was asked for at once (in a frame with one control byte).
    CONTROL_F = Field::new("llc.control.f", "Final", Kind::Bool).mask(0x10).flag().spec("IEEE 802.2 section 5.4.2.1");
    /// The sender wants an answer at once (in a frame with two control bytes).
    CONTROL_P_16 = Field::new("llc.control.p", "Poll", Kind::Bool).mask(0x0100).width(16).flag().spec("IEEE 802.2 section 5.4.2.1");
    /// The answer that was asked for at once (in a frame with two control bytes).
    CONTROL_F_16 = Field::new("llc.control.f", "Final", Kind::Bool).mask(0x0100).width(16).flag().spec("IEEE 802.2 section 5.4.2.1");
    /// What a supervisory frame says.
    CONTROL_S_FTYPE = Field::new("llc.control.s_ftype", "Supervisory frame type", Kind::U16).hex().mask(0x000c).values(SUPERVISORY).spec("IEEE 802.2 section 5.4.2.2");
    /// What an unnumbered frame commands.
    CONTROL_U_CMD = Field::new("llc.control.u_modifier_cmd", "Command", Kind::U8).hex().mask(0xec).values(COMMANDS).spec("IEEE 802.2 section 5.4.1.3");
    /// What an unnumbered frame answers.
    CONTROL_U_RESP = Field::new("llc.control.u_modifier_resp", "Response", Kind::U8).hex().mask(0xec).values(RESPONSES).spec("IEEE 802.2 section 5.4.1.3");
    /// Which of the three kinds: numbered information, supervisory, unnumbered (one control byte).
    CONTROL_FTYPE = Field::new("llc.control.ftype", "Frame type", Kind::U8).hex().mask(0x03).values(FRAME_TYPES).spec("IEEE 802.2 section 5.4");
    /// The same for an information frame, whose mark is one bit of two bytes.
    CONTROL_FTYPE_I = Field::new("llc.control.ftype", "Frame type", Kind::U16).hex().mask(0x0001).values(FRAME_TYPES).spec("IEEE 802.2 section 5.4");
    /// The same for a supervisory frame with two control bytes.
    CONTROL_FTYPE_S = Field::new("llc.control.ftype", "Frame type", Kind::U16).hex().mask(0x0003).values(FRAME_TYPES).spec("IEEE 802.2 section 5.4");
    /// Whose numbering the next field follows; 0 means EtherTypes.
    OUI = Field::new("llc.oui", "Organization Code", Kind::U24).names(Names::Custom(oui)).spec("IEEE 802 section 10.3");
    /// Which protocol follows.
    TYPE = Field::new("llc.type", "Type", Kind::U16).hex().names(Names::Lookup(ethertype::name)).spec("IEEE 802 section 10.3");
    /// Which of the organization's protocols follows.
    PID = Field::new("llc.pid", "Protocol ID", Kind::U16).hex().spec("IEEE 802 section 10.3");
    /// Which of Cisco's protocols follows.
    CISCO_PID = Field::new("llc.cisco_pid", "PID", Kind::U16).hex().values(CISCO);
    /// Which of Apple's protocols follows.
    APPLE_PID = Field::new("llc.apple_atalk_pid", "PID", Kind::U16).hex().values(&[(0x809b, "AppleTalk")]);
    /// Which protocol between wireless access points follows.
    WLCCP_PID = Field::new("llc.wlccp_pid", "PID", Kind::U16).hex().values(&[(0, "WLCCP")]);
    /// Which of Bluetooth's protocols over wireless LAN follows.
    BLUETOOTH_PID = Field::new("llc.bluetooth_pid", "PID", Kind::U16).hex().values(&[(1, "AMP_U L2CAP ACL data"), (2, "AMP-C Activity Report"), (3, "AMP-C Security frames"), (4, "AMP-C Link supervision request"), (5, "AMP-C Link supervision reply")]);
    /// Which of IANA's protocols follows.
    IANA_PID = Field::new("llc.iana_pid", "PID", Kind::U16).hex().values(&[(1, "MARS Data Messages (short form)"), (2, "Reserved for future NHRP use"), (3, "MARS/NHRP Control Messages"), (4, "MARS Data Messages (long form)"), (5, "SCSP"), (6, "VRID"), (7, "L2TP"), (8, "VPN ID"), (9, "MSDP-GRE-Protocol Type")]);
    /// Which of the protocols of the Wi-Fi Alliance follows.
    MAUSB_PID = Field::new("mausb.pid", "PID", Kind::U16).hex().values(&[(5376, "MAUSB")]);
    /// Which of Nortel's protocols follows.
    NORTEL_PID = Field::new("llc.nortel_pid", "PID", Kind::U16).hex().values(&[(417, "NDP flatnet hello"), (418, "NDP segment hello"), (419, "NDP bridge hello")]);
    /// Which protocol of direct links between Apple's devices follows.
    APPLE_AWDL_PID = Field::new("llc.apple_awdl_pid", "PID", Kind::U16).hex().values(&[(2048, "AWDL")]);
    /// Which of Cimetrics' protocols for building control follows.
    CIMETRICS_PID = Field::new("llc.cimetrics_pid", "PID", Kind::U16).hex().values(&[(1, "U+4 MS/TP")]);
    /// Which of Force10's protocols follows.
    FORCE10_PID = Field::new("llc.force10_pid", "PID", Kind::U16).hex().values(&[(273, "FEFD")]);
    /// Which of Locamation's protocols for measuring follows.
    LOCAMATION_PID = Field::new("locamation-im.llc.pid", "PID", Kind::U16).hex().values(&[(0, "CALIBRATION"), (65535, "IDENT"), (2, "SAMPLES - IM1"), (14, "SAMPLES - IM2R0")]);
    /// Which of Foundry's protocols follows.
    FOUNDRY_PID = Field::new("llc.foundry_pid", "PID", Kind::U16).hex().values(&[(8192, "FDP")]);
    /// Which of Extreme Networks' protocols follows.
    EXTREME_PID = Field::new("llc.extreme_pid", "PID", Kind::U16).hex().values(&[(187, "EDP")]);
    /// Which protocol of Hewlett Packard's adapter teams follows.
    HPTEAM_PID = Field::new("llc.hpteam_pid", "PID", Kind::U16).hex().values(&[(2, "HP Teaming heartbeat")]);
}

/// The organizations that are met under SNAP.
fn oui(value: u64, out: &mut String) {
    let _ = write!(
        out,
        "{:02x}:{:02x}:{:02x}",
        value >> 16 & 255,
        value >> 8 & 255,
        value & 255
    );
    let name = match value {
        0x00_0000 => "Officially Xerox, but",
        0x00_000c => "Cisco Systems, Inc",
        0x00_00f8 => "Digital Equipment Corporation",
        0x08_0007 | 0x00_17f2 => "Apple, Inc.",
        0x00_005e => "ICANN, IANA Department",
        0x00_0081 => "Bay Networks",
        0x00_01e8 => "Force10 Networks, Inc.",
        0x00_1090 => "Cimetrics, Inc.",
        0x00_1958 => "Bluetooth SIG, Inc.",
        0x00_4096 => "Cisco Systems, Inc",
        0x00_40d6 => "Locamation",
        0x00_805f => "Hewlett Packard",
        0x00_e02b => "Extreme Networks Headquarters",
        0x00_e052 => "Brocade Communications Systems LLC",
        0x50_6f9a => "Wi-Fi Alliance",
        _ => return,
    };
    let _ = write!(out, " ({name})");
}

fn dissect(l: &mut Layer<'_, '_>) -> Done {
    l.protocol("LLC");
    l.info(|_| {});
    let dsap = l.u8(&DSAP)?;
    l.enter();
    l.bits(&DSAP_SAP, 0, 1)?;
    l.bits(&DSAP_IG, 0, 1)?;
    l.close();
    let ssap = l.u8(&SSAP)?;
    l.enter();
    l.bits(&SSAP_SAP, 1, 1)?;
    l.bits(&SSAP_CR, 1, 1)?;
    l.close();
    let (text, unnumbered) = control(l, ssap & 1 != 0)?;
    let at = l.pos();
    l.set_len(at);
    l.info(|out| {
        let sap = |value: u8| {
            SAPS.iter()
                .find(|(v, _)| *v == u64::from(value & 0xfe))
                .map_or("Unknown", |(_, n)| *n)
        };
        let _ = write!(
            out,
            "{text}; DSAP {} {}, SSAP {} {}",
            sap(dsap),
            if dsap & 1 == 0 { "Individual" } else { "Group" },
            sap(ssap),
            if ssap & 1 == 0 { "Command" } else { "Response" },
        );
    });
    if dsap == 0xaa && ssap == 0xaa && unnumbered {
        return snap(l);
    }
    let rest = l.remainder();
    if !l.next(Table::Llc, u32::from(dsap), rest) {
        l.plain(rest);
    }
    Ok(())
}

/// The control field: one byte in unnumbered frames, two in the others. Returns its text and whether it is an information frame
/// without number.
fn control(l: &mut Layer<'_, '_>, response: bool) -> Result<(String, bool), Stop> {
    let at = l.pos();
    let first = l.peek_u8(at)?;
    let unnumbered = first & 3 == 3;
    let len = if unnumbered { 1 } else { 2 };
    let value = l.peek_uint(at, len)?;
    let mark = if unnumbered {
        first & 0x10 != 0
    } else {
        value & 1 != 0
    };
    let letter = match (mark, response) {
        (false, _) => "",
        (true, false) => " P",
        (true, true) => " F",
    };
    let text = if unnumbered {
        let names: &[(u8, &str)] = &[
            (0x00, "UI"),
            (0x20, "UP"),
            (0x40, "DISC"),
            (0x60, "UA"),
            (0x80, "SNRM"),
            (0xe0, "TEST"),
            (0x04, "SIM"),
            (0x84, "FRMR"),
            (0xc4, "CFGR"),
            (0x0c, "DM"),
            (0x2c, "SABM"),
            (0x4c, "SARME"),
            (0x6c, "SABME"),
            (0x8c, "RSET"),
            (0xac, "XID"),
            (0xcc, "SNRME"),
            (0xec, "BCN"),
        ];
        let modifier = first & 0xec;
        let name = names
            .iter()
            .find(|(v, _)| *v == modifier)
            .map_or("Unknown", |(_, n)| *n);
        format!("U{letter}, func={name}")
    } else if first & 1 == 1 {
        let name = ["RR", "RNR", "REJ", "SREJ"][usize::from(first >> 2 & 3)];
        let second = value & 0xff;
        format!("S{letter}, func={name}, N(R)={}", second >> 1)
    } else {
        let second = value & 0xff;
        format!("I{letter}, N(R)={}, N(S)={}", second >> 1, first >> 1)
    };
    // Of two bytes the first is the low one: the receive counter and the mark are in the second.
    let shown = if unnumbered {
        u64::from(first)
    } else {
        u64::from((value as u16).swap_bytes())
    };
    let node = l.add(&CONTROL, at, len, Value::U(shown));
    l.label(node, |out| {
        let _ = write!(
            out,
            "Control field: {text} (0x{shown:0digits$X})",
            digits = len * 2
        );
    });
    if l.wants_nodes() {
        l.enter();
        let add = |l: &mut Layer<'_, '_>, field: &'static Field| {
            let value = (shown & field.mask) >> field.mask.trailing_zeros();
            l.add(field, at, len, Value::U(value));
        };
        let poll = match (unnumbered, response) {
            (true, false) => &CONTROL_P,
            (true, true) => &CONTROL_F,
            (false, false) => &CONTROL_P_16,
            (false, true) => &CONTROL_F_16,
        };
        if unnumbered {
            if mark {
                add(l, poll);
            }
            add(
                l,
                if response {
                    &CONTROL_U_RESP
                } else {
                    &CONTROL_U_CMD
                },
            );
            add(l, &CONTROL_FTYPE);
        } else {
            add(l, &CONTROL_N_R);
            if first & 1 == 0 {
                add(l, &CONTROL_N_S);
            }
            if mark {
                add(l, poll);
            }
            if first & 1 == 1 {
                add(l, &CONTROL_S_FTYPE);
                add(l, &CONTROL_FTYPE_S);
            } else {
                add(l, &CONTROL_FTYPE_I);
            }
        }
        l.close();
    }
    l.seek(at + len);
    Ok((text, unnumbered && first & 0xec == 0))
}

/// SNAP: organization and protocol.
fn snap(l: &mut Layer<'_, '_>) -> Done {
    let organization = l.u24(&OUI)?;
    let field = match organization {
        0 | 0x00_00f8 => &TYPE,
        0x00_000c => &CISCO_PID,
        0x08_0007 => &APPLE_PID,
        0x00_005e => &IANA_PID,
        0x00_0081 => &NORTEL_PID,
        0x00_01e8 => &FORCE10_PID,
        0x00_1090 => &CIMETRICS_PID,
        0x00_17f2 => &APPLE_AWDL_PID,
        0x00_1958 => &BLUETOOTH_PID,
        0x00_4096 => &WLCCP_PID,
        0x00_40d6 => &LOCAMATION_PID,
        0x00_805f => &HPTEAM_PID,
        0x00_e02b => &EXTREME_PID,
        0x00_e052 => &FOUNDRY_PID,
        0x50_6f9a => &MAUSB_PID,
        _ => &PID,
    };
    let kind = l.u16(field)?;
    let at = l.pos();
    l.set_len(at);
    let rest = l.remainder();
    if std::ptr::eq(field, &TYPE) {
        ethertype::next(l, kind, rest);
    } else {
        l.plain(rest);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::testing::{every_prefix, hex, single};

    #[test]
    fn the_three_kinds_of_control_fields() {
        let rows = [
            (
                "f0f0 010a",
                "S, func=RR, N(R)=5; DSAP NetBIOS Individual, SSAP NetBIOS Command",
            ),
            (
                "f0f1 0101",
                "S F, func=RR, N(R)=0; DSAP NetBIOS Individual, SSAP NetBIOS Response",
            ),
            (
                "f0f1 7f",
                "U F, func=SABME; DSAP NetBIOS Individual, SSAP NetBIOS Response",
            ),
            (
                "f0f0 0204",
                "I, N(R)=2, N(S)=1; DSAP NetBIOS Individual, SSAP NetBIOS Command",
            ),
        ];
        for (llc, row) in rows {
            let llc = hex(llc);
            let mut bytes = hex("020000000002 020000000001 00");
            bytes.push(llc.len() as u8);
            bytes.extend(llc);
            let done = single(1, &bytes);
            assert!(done.row.ends_with(row), "{} instead of {row}", done.row);
            every_prefix(1, &bytes);
        }
    }

    #[test]
    fn snap_leads_to_an_ethertype() {
        let bytes = hex("020000000002 020000000001 0008 aaaa03 000000 0806");
        let tree = single(1, &bytes).tree;
        assert!(tree.contains("    000. 00.. = Command: Unnumbered Information (0x00)\n    .... ..11 = Frame type: Unnumbered frame (0x3)\n"), "{tree}");
        assert!(
            tree.contains("  Type: ARP (0x0806)\nAddress Resolution Protocol\n"),
            "{tree}"
        );
    }
}
