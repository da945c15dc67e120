//! IEEE 802.11, wireless LAN: data frames as far as their addresses, so that what they carry can be read; management and control
//! frames by name only.

use std::fmt::Write as _;

use super::llc;
use crate::dissect::{Done, Layer, Protocol, Stop, Table, Value};
use crate::flow::address::Address;

/// IEEE 802.11.
pub static WLAN: Protocol = Protocol {
    spec: "IEEE 802.11 section 9.2",
    fields: FIELDS,
    parents: &[(Table::LinkType, 105)],
    ..Protocol::new("wlan", "IEEE 802.11 wireless LAN", "802.11", dissect)
};

const TYPES: &[(u64, &str)] = &[
    (0, "Management frame"),
    (1, "Control frame"),
    (2, "Data frame"),
    (3, "Extension frame"),
];

crate::fields! {
    /// Kind of the frame, and marks.
    FC = Field::new("wlan.fc", "Frame Control Field", Kind::U16).hex().spec("IEEE 802.11 section 9.2.4.1");
    /// Version of the protocol: 0.
    FC_VERSION = Field::new("wlan.fc.version", "Version", Kind::U8).mask(0x03).spec("IEEE 802.11 section 9.2.4.1.2");
    /// Management, control or data.
    FC_TYPE = Field::new("wlan.fc.type", "Type", Kind::U8).mask(0x0c).values(TYPES).spec("IEEE 802.11 section 9.2.4.1.3");
    /// Which of the frames of this type.
    FC_SUBTYPE = Field::new("wlan.fc.subtype", "Subtype", Kind::U8).mask(0xf0).spec("IEEE 802.11 section 9.2.4.1.3");
    /// The marks.
    FLAGS = Field::new("wlan.flags", "Flags", Kind::U8).hex().spec("IEEE 802.11 section 9.2.4.1");
    /// Whether the frame goes to the wired network, comes from there, or stays among stations.
    FC_DS = Field::new("wlan.fc.ds", "DS status", Kind::U8).hex().mask(0x03).spec("IEEE 802.11 section 9.2.4.1.4");
    /// Whether other parts of the frame follow.
    FC_FRAG = Field::new("wlan.fc.frag", "More Fragments", Kind::Bool).mask(0x04).words("This is the last fragment", "More fragments follow").spec("IEEE 802.11 section 9.2.4.1.5");
    /// Whether the frame was sent before.
    FC_RETRY = Field::new("wlan.fc.retry", "Retry", Kind::Bool).mask(0x08).words("Frame is not being retransmitted", "Frame is being retransmitted").spec("IEEE 802.11 section 9.2.4.1.6");
    /// Whether the station sleeps from now on.
    FC_PWRMGT = Field::new("wlan.fc.pwrmgt", "PWR MGT", Kind::Bool).mask(0x10).words("STA will stay up", "STA will go to sleep").spec("IEEE 802.11 section 9.2.4.1.7");
    /// Whether more waits for a sleeping station.
    FC_MOREDATA = Field::new("wlan.fc.moredata", "More Data", Kind::Bool).mask(0x20).words("No data buffered", "Data is buffered for STA at AP").spec("IEEE 802.11 section 9.2.4.1.8");
    /// Whether the content is encrypted.
    FC_PROTECTED = Field::new("wlan.fc.protected", "Protected flag", Kind::Bool).mask(0x40).words("Data is not protected", "Data is protected").spec("IEEE 802.11 section 9.2.4.1.9");
    /// Whether frames must stay in order, or more control follows.
    FC_ORDER = Field::new("wlan.fc.order", "+HTC/Order flag", Kind::Bool).mask(0x80).words("Not strictly ordered", "Strictly ordered").spec("IEEE 802.11 section 9.2.4.1.10");
    /// How long the exchange will still take; others keep silent so long.
    DURATION = Field::new("wlan.duration", "Duration", Kind::U16).mask(0x7fff).unit(" microsecond", " microseconds").spec("IEEE 802.11 section 9.2.4.2");
    /// The station that receives this transmission.
    RA = Field::new("wlan.ra", "Receiver address", Kind::Ether).spec("IEEE 802.11 section 9.2.4.3");
    /// The station that makes this transmission.
    TA = Field::new("wlan.ta", "Transmitter address", Kind::Ether).spec("IEEE 802.11 section 9.2.4.3");
    /// For whom the frame is in the end.
    DA = Field::new("wlan.da", "Destination address", Kind::Ether).spec("IEEE 802.11 section 9.2.4.3");
    /// Who sent the frame first.
    SA = Field::new("wlan.sa", "Source address", Kind::Ether).spec("IEEE 802.11 section 9.2.4.3");
    /// The access point.
    BSSID = Field::new("wlan.bssid", "BSS Id", Kind::Ether).spec("IEEE 802.11 section 9.2.4.3");
    /// Number of the part of a frame.
    FRAG = Field::new("wlan.frag", "Fragment number", Kind::U16).mask(0x000f).spec("IEEE 802.11 section 9.2.4.4");
    /// Number of the frame.
    SEQ = Field::new("wlan.seq", "Sequence number", Kind::U16).mask(0xfff0).spec("IEEE 802.11 section 9.2.4.4");
}

fn dissect(l: &mut Layer<'_, '_>) -> Done {
    l.protocol("802.11");
    // Some controllers write the two bytes of the frame control in the wrong order.
    let swapped = l.cx.packet.swapped_control;
    let (kind_at, flags_at) = if swapped { (1, 0) } else { (0, 1) };
    let kind = l.peek_u8(kind_at)?;
    let flags = l.peek_u8(flags_at)?;
    frame_control(l, kind_at, flags_at)?;
    if kind & 0x0c != 0x08 || flags & 0x40 != 0 {
        l.info(|out| {
            out.push_str(
                FC_TYPE
                    .name_of(u64::from(kind >> 2 & 3))
                    .unwrap_or("Unknown"),
            );
        });
        l.seek(2);
        let rest = l.remainder();
        l.plain(rest);
        return Ok(());
    }
    l.seek(2);
    l.uint_le(&DURATION, 2)?;
    let to_and_from = flags & 3;
    addresses(l, to_and_from)?;
    let control = u16::from_le_bytes([l.peek_u8(22)?, l.peek_u8(23)?]);
    l.add(&FRAG, 22, 2, Value::U(u64::from(control & 15)));
    l.add(&SEQ, 22, 2, Value::U(u64::from(control >> 4)));
    let mut at = 24;
    at += if to_and_from == 3 { 6 } else { 0 };
    at += if kind & 0x80 != 0 { 2 } else { 0 }; // quality of service
    l.set_len(at);
    l.info(|out| {
        let _ = write!(out, "Data, SN={}, FN={}", control >> 4, control & 15);
    });
    if kind & 0x40 != 0 {
        return Ok(()); // without data
    }
    l.seek(at);
    let rest = l.remainder();
    if !l.call(&llc::LLC, rest) {
        l.plain(rest);
    }
    Ok(())
}

fn frame_control(l: &mut Layer<'_, '_>, kind_at: usize, flags_at: usize) -> Result<(), Stop> {
    l.seek(0);
    l.u16(&FC)?;
    l.enter();
    for field in [&FC_VERSION, &FC_TYPE, &FC_SUBTYPE] {
        l.bits(field, kind_at, 1)?;
    }
    l.bits(&FLAGS, flags_at, 1)?;
    l.enter();
    for field in [
        &FC_DS,
        &FC_FRAG,
        &FC_RETRY,
        &FC_PWRMGT,
        &FC_MOREDATA,
        &FC_PROTECTED,
        &FC_ORDER,
    ] {
        l.bits(field, flags_at, 1)?;
    }
    l.close();
    l.close();
    Ok(())
}

/// The three or four addresses; which is which depends on where the frame comes from and goes to.
fn addresses(l: &mut Layer<'_, '_>, to_and_from: u8) -> Result<(), Stop> {
    let first = l.ether(&RA)?;
    let second = l.ether(&TA)?;
    let mut third = [0; 6];
    third.copy_from_slice(l.peek(16, 6)?);
    let (source, destination, access_point) = match to_and_from {
        0 => ((10, second), (4, first), Some((16, third))),
        1 => ((10, second), (16, third), Some((4, first))),
        2 => ((16, third), (4, first), Some((10, second))),
        _ => {
            let mut fourth = [0; 6];
            fourth.copy_from_slice(l.peek(24, 6)?);
            ((24, fourth), (16, third), None)
        }
    };
    l.add(&DA, destination.0, 6, Value::Ether(destination.1));
    l.add(&SA, source.0, 6, Value::Ether(source.1));
    if let Some((at, address)) = access_point {
        l.add(&BSSID, at, 6, Value::Ether(address));
    }
    l.cx.packet.link_source = Address::Ether(source.1);
    l.cx.packet.link_destination = Address::Ether(destination.1);
    if !l.cx.packet.columns_locked {
        l.cx.tree.columns.source = Address::Ether(source.1);
        l.cx.tree.columns.destination = Address::Ether(destination.1);
    }
    Ok(())
}
