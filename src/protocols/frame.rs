//! The frame: what the capture says about the packet as a whole, before any protocol: when, where, how long.

use std::fmt::Write as _;

use super::linktype;
use crate::dissect::layer::{point_in_time, span_of_time};
use crate::dissect::tree::PROTOCOL;
use crate::dissect::{Done, Foresight, FrameInfo, Layer, NodeId, Protocol, Table, Value};

/// The record of the capture; every tree begins with it.
pub static FRAME: Protocol = Protocol {
    fields: FIELDS,
    issues: ISSUES,
    foresight: Foresight::Header,
    glance: Some(|_, seen| Some((0, Table::LinkType, u32::from(seen.link_type)))),
    ..Protocol::new("frame", "Frame", "Frame", dissect)
};

/// The comments on a frame, which stand before it in the tree.
pub static COMMENTS: Protocol =
    Protocol::new("pkt_comment", "Packet comments", "Comments", comments);

/// A number of bytes with what it is in bits.
fn bytes_and_bits(value: u64, out: &mut String) {
    let s = if value == 1 { "" } else { "s" };
    let _ = write!(out, "{value} byte{s} ({} bits)", value.saturating_mul(8));
}

crate::fields! {
    /// Section of the capture file, counted from 1: files that were joined keep their parts as sections.
    SECTION_NUMBER = Field::new("frame.section_number", "Section number", Kind::U32).spec("pcapng section 4.1");
    /// Number of the interface on which the frame was captured, in its section of the file.
    INTERFACE_ID = Field::new("frame.interface_id", "Interface id", Kind::U32).spec("pcapng section 4.2");
    /// Name of the interface on which the frame was captured.
    INTERFACE_NAME = Field::new("frame.interface_name", "Interface name", Kind::Str).spec("pcapng section 4.2");
    /// What the capturing program said about the interface.
    INTERFACE_DESCRIPTION = Field::new("frame.interface_description", "Interface description", Kind::Str).spec("pcapng section 4.2");
    /// Which of the interface's queues the frame came through.
    INTERFACE_QUEUE = Field::new("frame.interface_queue", "Interface queue", Kind::U32).spec("pcapng section 4.3");
    /// What the capturing hardware said about the frame: its direction, how it was received, what was wrong with it.
    PACKET_FLAGS = Field::new("frame.packet_flags", "Packet flags", Kind::U32).hex().spec("pcapng section 4.3.1");
    /// Whether the frame came in or went out.
    FLAGS_DIRECTION = Field::new("frame.packet_flags_direction", "Direction", Kind::U32).hex().mask(0x3)
        .values(&[(0, "Unknown"), (1, "Inbound"), (2, "Outbound")]).spec("pcapng section 4.3.1");
    /// Whether the frame was for this station, a group, everybody, or only overheard.
    FLAGS_RECEPTION_TYPE = Field::new("frame.packet_flags_reception_type", "Reception type", Kind::U32).mask(0x1c)
        .values(&[(0, "Not specified"), (1, "Unicast"), (2, "Multicast"), (3, "Broadcast"), (4, "Promiscuous")]).spec("pcapng section 4.3.1");
    /// Length of the check sequence that is still at the end of the frame.
    FLAGS_FCS_LENGTH = Field::new("frame.packet_flags_fcs_length", "FCS length", Kind::U32).mask(0x1e0).spec("pcapng section 4.3.1");
    /// Bits without a meaning so far.
    FLAGS_RESERVED = Field::new("frame.packet_flags_reserved", "Reserved", Kind::U32).mask(0xfe00).spec("pcapng section 4.3.1");
    /// The check sequence did not fit.
    FLAGS_CRC_ERROR = Field::new("frame.packet_flags_crc_error", "CRC error", Kind::Bool).mask(1 << 24).width(32).flag().spec("pcapng section 4.3.1");
    /// The frame was longer than the link allows.
    FLAGS_TOO_LONG = Field::new("frame.packet_flags_packet_too_error", "Packet too long error", Kind::Bool).mask(1 << 25).width(32).flag().spec("pcapng section 4.3.1");
    /// The frame was shorter than the link allows.
    FLAGS_TOO_SHORT = Field::new("frame.packet_flags_packet_too_short_error", "Packet too short error", Kind::Bool).mask(1 << 26).width(32).flag().spec("pcapng section 4.3.1");
    /// The pause before the frame was too short.
    FLAGS_GAP = Field::new("frame.packet_flags_wrong_inter_frame_gap_error", "Wrong interframe gap error", Kind::Bool).mask(1 << 27).width(32).flag().spec("pcapng section 4.3.1");
    /// The frame was not a whole number of bytes.
    FLAGS_UNALIGNED = Field::new("frame.packet_flags_unaligned_frame_error", "Unaligned frame error", Kind::Bool).mask(1 << 28).width(32).flag().spec("pcapng section 4.3.1");
    /// The mark at which a frame starts was damaged.
    FLAGS_DELIMITER = Field::new("frame.packet_flags_start_frame_delimiter_error", "Start frame delimiter error", Kind::Bool).mask(1 << 29).width(32).flag().spec("pcapng section 4.3.1");
    /// The bits before the frame, by which receivers find the beat, were damaged.
    FLAGS_PREAMBLE = Field::new("frame.packet_flags_preamble_error", "Preamble error", Kind::Bool).mask(1 << 30).width(32).flag().spec("pcapng section 4.3.1");
    /// A signal on the wire stood for nothing.
    FLAGS_SYMBOL = Field::new("frame.packet_flags_symbol_error", "Symbol error", Kind::Bool).mask(1 << 31).width(32).flag().spec("pcapng section 4.3.1");
    /// A number by which the frame is found again on other interfaces of the same machine.
    PACKET_ID = Field::new("frame.packet_id", "Packet id", Kind::U64).spec("pcapng section 4.3");
    /// What the machine decided to do with the frame.
    VERDICT = Field::new("frame.verdict", "Verdict", Kind::Str).spec("pcapng section 4.3");
    /// How many frames were lost between this one and the one before on this interface.
    DROP_COUNT = Field::new("frame.drop_count", "Drop Count", Kind::U64).spec("pcapng section 4.3");
    /// With which header the frame begins: Ethernet, plain IP, or one of a hundred others.
    ENCAP_TYPE = Field::new("frame.encap_type", "Encapsulation type", Kind::I16).names(Names::Lookup(linktype::name));
    /// When the frame was captured.
    TIME = Field::new("frame.time", "Arrival Time", Kind::AbsTime);
    /// By how much the time was corrected by hand since the capture.
    OFFSET_SHIFT = Field::new("frame.offset_shift", "Time shift for this packet", Kind::RelTime);
    /// When the frame was captured, in seconds since 1 January 1970, 0:00 UTC.
    TIME_EPOCH = Field::new("frame.time_epoch", "Epoch Time", Kind::RelTime);
    /// Time since the frame before, whether that is displayed or not.
    TIME_DELTA = Field::new("frame.time_delta", "Time delta from previous captured frame", Kind::RelTime);
    /// Time since the frame displayed before: with a filter, since the last one that passed it.
    TIME_DELTA_DISPLAYED = Field::new("frame.time_delta_displayed", "Time delta from previous displayed frame", Kind::RelTime);
    /// Time since the capture began.
    TIME_RELATIVE = Field::new("frame.time_relative", "Time since reference or first frame", Kind::RelTime);
    /// The times of later frames are counted from this one.
    REF_TIME = Field::new("frame.ref_time", "This is a Time Reference frame", Kind::None);
    /// Number of the frame in this capture, counted from 1.
    NUMBER = Field::new("frame.number", "Frame Number", Kind::U32);
    /// Length of the frame on the wire, in bytes.
    LEN = Field::new("frame.len", "Frame Length", Kind::U32).names(Names::Custom(bytes_and_bits));
    /// How many bytes of the frame are in the capture: fewer than its length if the capture was told to cut frames.
    CAP_LEN = Field::new("frame.cap_len", "Capture Length", Kind::U32).names(Names::Custom(bytes_and_bits));
    /// A sum over the bytes by which equal frames are found.
    MD5_HASH = Field::new("frame.md5_hash", "Frame MD5 Hash", Kind::Str);
    /// Where the frame's bytes are in the capture file.
    FILE_OFF = Field::new("frame.file_off", "File Offset", Kind::I64);
    /// Whether the user marked the frame.
    MARKED = Field::new("frame.marked", "Frame is marked", Kind::Bool);
    /// Whether the user had the frame ignored.
    IGNORED = Field::new("frame.ignored", "Frame is ignored", Kind::Bool);
    /// The protocols in the frame from the outside in, with colons between.
    PROTOCOLS = Field::new("frame.protocols", "Protocols in frame", Kind::Str);
    /// On a link with two ends: whether this side sent or received the frame.
    P2P_DIR = Field::new("frame.p2p_dir", "Point-to-Point Direction", Kind::I8).values(&[(0, "Sent"), (1, "Received")]);
    /// Which of several links the frame was on.
    LINK_NR = Field::new("frame.link_nr", "Link Number", Kind::U16);
    /// Name of the rule that gave the frame its colour.
    COLORING_RULE_NAME = Field::new("frame.coloring_rule.name", "Coloring Rule Name", Kind::Str);
    /// The filter of the rule that gave the frame its colour.
    COLORING_RULE_STRING = Field::new("frame.coloring_rule.string", "Coloring Rule String", Kind::Str);
    /// What somebody wrote about this frame; kept in pcapng files.
    COMMENT = Field::new("frame.comment", "Comment", Kind::Str).spec("pcapng section 3.5");
}

crate::issues! {
    /// Somebody wrote something about this frame.
    HAS_COMMENT = Issue::new("frame.comment.expert", "Comment", Severity::Comment, Group::Comments);
    /// The file's time for this frame makes no sense.
    TIME_INVALID = Issue::new("frame.time_invalid", "The fraction of the second is not between 0 and 1", Severity::Warn, Group::Malformed);
    /// The file claims to have more of the frame than there was.
    LEN_LT_CAPLEN = Issue::new("frame.len_lt_caplen", "The frame is shorter than what was captured of it", Severity::Error, Group::Malformed);
}

fn dissect(l: &mut Layer<'_, '_>) -> Done {
    let region = l.region();
    if l.scanning() {
        let link_type = u32::from(l.cx.frame.link_type);
        if !l.next(Table::LinkType, link_type, region) {
            l.plain(region);
        }
        return Ok(());
    }
    let mut protocols = NodeId::NONE;
    let from = l.mark();
    if l.wants_nodes() {
        protocols = describe(l);
    }
    let link_type = u32::from(l.cx.frame.link_type);
    if l.cx.frame.ignored {
        l.info(|out| out.push_str("<Ignored>"));
    } else if !l.next(Table::LinkType, link_type, region) {
        l.protocol(linktype::encapsulation(l.cx.frame.link_type).1);
        l.plain(region);
    }
    if l.wants_nodes() {
        let mut text = String::new();
        chain(l, from, &mut text);
        let value = l.made(text.as_bytes());
        l.set_value(protocols, value);
    }
    let shown = l.wants_nodes() || l.cx.want.carriers != 0;
    if shown && !l.cx.frame.comments.is_empty() {
        // Comments stand before the frame itself.
        let nothing = l.part(0, 0);
        // However little of the frame is wanted: the comments' field is the frame's own.
        let until = l.cx.want.until.take();
        l.insert(0, |l| {
            l.call(&COMMENTS, nothing);
            NodeId::NONE
        });
        l.cx.want.until = until;
    }
    Ok(())
}

/// Everything about the frame; returns the node of the protocols, whose value is only known later.
fn describe(l: &mut Layer<'_, '_>) -> NodeId {
    let frame = l.cx.frame.clone();
    title(l);
    if let Some(interface) = frame.interface {
        l.generated(&SECTION_NUMBER, 0, Value::U(u64::from(interface.section)));
        let name = interface.name.as_deref();
        let node = l.generated(&INTERFACE_ID, 0, Value::U(u64::from(interface.id)));
        l.append(node, |out| {
            let _ = write!(out, " ({})", name.unwrap_or("unknown"));
        });
        l.enter();
        let value = l.made(name.unwrap_or("unknown").as_bytes());
        l.generated(&INTERFACE_NAME, 0, value);
        if let Some(description) = &interface.description {
            let value = l.made(description.as_bytes());
            l.generated(&INTERFACE_DESCRIPTION, 0, value);
        }
        l.close();
    }
    if let Some(value) = frame.flags {
        flags(l, u64::from(value));
    }
    let encapsulation = linktype::encapsulation(frame.link_type).0;
    l.generated(&ENCAP_TYPE, 0, Value::I(i64::from(encapsulation)));
    let has_time = frame.time_ns != i64::MIN;
    if has_time {
        l.generated(&TIME, 0, point_in_time(frame.time_ns));
    }
    l.generated(&OFFSET_SHIFT, 0, span_of_time(0));
    if has_time {
        l.generated(&TIME_EPOCH, 0, span_of_time(frame.time_ns));
        since_others(l, &frame);
    }
    l.generated(&NUMBER, 0, Value::U(u64::from(frame.number)));
    let len = l.generated(&LEN, 0, Value::U(u64::from(frame.original)));
    if frame.original < frame.captured {
        l.issue(len, &LEN_LT_CAPLEN);
    }
    l.generated(&CAP_LEN, 0, Value::U(u64::from(frame.captured)));
    l.generated(&MARKED, 0, Value::U(u64::from(frame.marked)));
    l.generated(&IGNORED, 0, Value::U(u64::from(frame.ignored)));
    let protocols = l.generated(&PROTOCOLS, 0, Value::None);
    if let Some(direction) = frame.flags.map(|flags| flags & 3)
        && matches!(direction, 1 | 2)
    {
        let received = i64::from(direction == 1);
        l.generated(&P2P_DIR, 0, Value::I(received));
    }
    protocols
}

/// Times since the frame before, the one displayed before, and the first.
fn since_others(l: &mut Layer<'_, '_>, frame: &FrameInfo<'_>) {
    let since =
        |then: Option<i64>| span_of_time(then.map_or(0, |then| frame.time_ns.saturating_sub(then)));
    l.generated(&TIME_DELTA, 0, since(frame.previous_time_ns));
    l.generated(
        &TIME_DELTA_DISPLAYED,
        0,
        since(frame.previous_displayed_time_ns),
    );
    l.generated(&TIME_RELATIVE, 0, since(Some(frame.first_time_ns)));
}

/// The label of the frame's own line.
fn title(l: &mut Layer<'_, '_>) {
    let frame = l.cx.frame.clone();
    let root = l.root();
    l.label(root, |out| {
        let _ = write!(out, "Frame {}: ", frame.number);
        for (count, what) in [(frame.original, "on wire, "), (frame.captured, "captured")] {
            let s = if count == 1 { "" } else { "s" };
            let _ = write!(out, "{count} byte{s} {what}");
            // The count in bits goes before the comma.
            let at = out.len() - if what.ends_with(", ") { 2 } else { 0 };
            out.insert_str(at, &format!(" ({} bits)", u64::from(count) * 8));
        }
        if let Some(interface) = frame.interface {
            let name = interface.name.as_deref().unwrap_or("unknown");
            let _ = write!(out, " on interface {name}, id {}", interface.id);
        }
        match frame.flags.map(|flags| flags & 3) {
            Some(1) => out.push_str(" (inbound)"),
            Some(2) => out.push_str(" (outbound)"),
            _ => {}
        }
    });
}

/// pcapng's packet flags.
fn flags(l: &mut Layer<'_, '_>, flags: u64) {
    l.generated(&PACKET_FLAGS, 0, Value::U(flags));
    l.enter();
    for field in [
        &FLAGS_DIRECTION,
        &FLAGS_RECEPTION_TYPE,
        &FLAGS_FCS_LENGTH,
        &FLAGS_RESERVED,
        &FLAGS_CRC_ERROR,
        &FLAGS_TOO_LONG,
        &FLAGS_TOO_SHORT,
        &FLAGS_GAP,
        &FLAGS_UNALIGNED,
        &FLAGS_DELIMITER,
        &FLAGS_PREAMBLE,
        &FLAGS_SYMBOL,
    ] {
        let value = (flags & field.mask) >> field.mask.trailing_zeros();
        l.generated(field, 0, Value::U(value));
    }
    l.close();
}

/// What users wrote about the frame.
fn comments(l: &mut Layer<'_, '_>) -> Done {
    for comment in l.cx.frame.comments {
        let value = l.made(comment.as_bytes());
        let node = l.generated(&COMMENT, 0, value);
        l.label(node, |out| out.push_str(comment));
        l.issue_with(node, &HAS_COMMENT, |out| out.push_str(comment));
    }
    l.set_len(0);
    Ok(())
}

/// Fields whose presence says that the next protocol was found by its EtherType.
const BY_ETHERTYPE: [&str; 4] = ["eth.type", "vlan.etype", "sll.etype", "ieee8021ah.etype"];

/// The names of the protocols written since `from`.
fn chain(l: &Layer<'_, '_>, from: usize, out: &mut String) {
    for node in l.cx.tree.nodes.get(from..).unwrap_or(&[]) {
        // Extension headers are protocols of their own, though they stand inside of IPv6's node.
        let name = if node.is(PROTOCOL) || node.field.kind == Kind::Protocol {
            node.field.abbrev
        } else if BY_ETHERTYPE.contains(&node.field.abbrev) {
            "ethertype"
        } else {
            continue;
        };
        if !out.is_empty() {
            out.push(':');
        }
        out.push_str(name);
    }
}
