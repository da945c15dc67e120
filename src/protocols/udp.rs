//! UDP, the User Datagram Protocol (RFC 768): ports and a checksum put before a message, nothing more. Each datagram travels
//! alone: it may be lost, doubled or overtaken, and nobody says so. UDP-Lite (RFC 3828) is the same but for the length field:
//! it says how far the checksum reaches, for programs that rather have damaged data than none.
//!
//! ```text
//!  0      7 8     15 16    23 24    31
//! +--------+--------+--------+--------+
//! |   Source Port   | Destination Port|
//! +--------+--------+--------+--------+
//! |     Length      |    Checksum     |
//! +--------+--------+--------+--------+
//! ```

use std::fmt::Write as _;

use super::internet::{self, Checksum};
use crate::dissect::layer::span_of_time;
use crate::dissect::{Done, Foresight, Layer, Protocol, Region, Table, Value};
use crate::flow::address::Address;
use crate::flow::facts::Transport;

/// The User Datagram Protocol.
pub static UDP: Protocol = Protocol {
    spec: "RFC 768",
    fields: FIELDS,
    issues: ISSUES,
    parents: &[(Table::IpProtocol, 17)],
    foresight: Foresight::Transport(17),
    ..Protocol::new("udp", "User Datagram Protocol", "UDP", |l| {
        dissect(l, Variant::Udp)
    })
};

/// The Lightweight User Datagram Protocol.
pub static UDPLITE: Protocol = Protocol {
    spec: "RFC 3828",
    parents: &[(Table::IpProtocol, 136)],
    ..Protocol::new(
        "udplite",
        "Lightweight User Datagram Protocol",
        "UDP-Lite",
        |l| dissect(l, Variant::Lite),
    )
};

/// Which of the two.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Variant {
    Udp,
    Lite,
}

crate::fields! {
    /// The port of the program that sent the datagram. An answer goes back to it.
    SRCPORT = Field::new("udp.srcport", "Source Port", Kind::U16).also(&[&PORT]).spec("RFC 768");
    /// The port of the program that the datagram is for. Well-known services have fixed ones: 53 is DNS.
    DSTPORT = Field::new("udp.dstport", "Destination Port", Kind::U16).also(&[&PORT]).spec("RFC 768");
    /// Either port: a filter on it finds both directions of a conversation.
    PORT = Field::new("udp.port", "Source or Destination Port", Kind::U16).spec("RFC 768");
    /// Number of the UDP conversation in this capture, counted from 0: all datagrams between the same two ends.
    STREAM = Field::new("udp.stream", "Stream index", Kind::U32);
    /// Length of header and data together, in bytes; at least 8.
    LENGTH = Field::new("udp.length", "Length", Kind::U16).spec("RFC 768");
    /// A sum over addresses, header and data, by which the receiver notices damage. 0 means that none was computed.
    CHECKSUM = Field::new("udp.checksum", "Checksum", Kind::U16).hex().spec("RFC 768");
    /// What the sum should have been, as computed here.
    CHECKSUM_CALCULATED = Field::new("udp.checksum_calculated", "Calculated Checksum", Kind::U16).hex().spec("RFC 768");
    /// Whether the checksum was verified here, and how that ended.
    CHECKSUM_STATUS = Field::new("udp.checksum.status", "Checksum Status", Kind::U8).values(internet::CHECKSUM_STATES).base(Base::NameOnly).spec("RFC 768");
    /// User on whose behalf the sending program runs, where the capture knows it.
    PROC_SRCUID = Field::new("udp.proc.srcuid", "Source process user ID", Kind::U32);
    /// Process number of the sending program, where the capture knows it.
    PROC_SRCPID = Field::new("udp.proc.srcpid", "Source process ID", Kind::U32);
    /// Name of that user.
    PROC_SRCUNAME = Field::new("udp.proc.srcuname", "Source process user name", Kind::Str);
    /// Name of the sending program.
    PROC_SRCCMD = Field::new("udp.proc.srccmd", "Source process name", Kind::Str);
    /// User on whose behalf the receiving program runs, where the capture knows it.
    PROC_DSTUID = Field::new("udp.proc.dstuid", "Destination process user ID", Kind::U32);
    /// Process number of the receiving program, where the capture knows it.
    PROC_DSTPID = Field::new("udp.proc.dstpid", "Destination process ID", Kind::U32);
    /// Name of that user.
    PROC_DSTUNAME = Field::new("udp.proc.dstuname", "Destination process user name", Kind::Str);
    /// Name of the receiving program.
    PROC_DSTCMD = Field::new("udp.proc.dstcmd", "Destination process name", Kind::Str);
    /// Length of one of several messages in the datagram.
    PDU_SIZE = Field::new("udp.pdu.size", "PDU Size", Kind::U32);
    /// Time since the first datagram of this conversation.
    TIME_RELATIVE = Field::new("udp.time_relative", "Time since first frame", Kind::RelTime);
    /// Time since the datagram before this one in the conversation.
    TIME_DELTA = Field::new("udp.time_delta", "Time since previous frame", Kind::RelTime);
    /// What the datagram carries.
    PAYLOAD = Field::new("udp.payload", "Payload", Kind::Bytes).spec("RFC 768");
    /// How many bytes from the start of the header the checksum covers; 0 = all. A program that can live with damaged data,
    /// such as a voice decoder, has only the first ones covered.
    CHECKSUM_COVERAGE = Field::new("udp.checksum_coverage", "Checksum coverage", Kind::U16).spec("RFC 3828 section 3.1");
}

crate::issues! {
    /// The length field must cover at least the header and at most what the IP packet holds.
    BAD_LENGTH = Issue::new("udp.length.bad", "Bad length value", Severity::Error, Group::Malformed);
    /// A length of 0 is for jumbo packets only (RFC 2675 section 4).
    ZERO_LENGTH = Issue::new("udp.length.bad_zero", "Length is zero but payload < 65536", Severity::Error, Group::Malformed);
    /// The datagram was damaged, or the sending card fills the sum in after the capture saw it.
    BAD_CHECKSUM = Issue::new("udp.checksum.bad", "Bad checksum", Severity::Error, Group::Checksum);
    /// Over IPv6 a checksum is a must, since the IPv6 header has none (RFC 8200 section 8.1).
    ZERO_CHECKSUM = Issue::new("udp.checksum.zero", "Illegal checksum value (0)", Severity::Error, Group::Checksum);
    /// The coverage must be 0 or at least the header.
    BAD_COVERAGE = Issue::new("udplite.checksum_coverage.bad", "Bad checksum coverage length value", Severity::Error, Group::Malformed);
    /// A traceroute sends to ports that nobody uses, one after the other, to find the routers on the way.
    TRACEROUTE = Issue::new("udp.possible_traceroute", "Possible traceroute", Severity::Chat, Group::Sequence);
}

fn dissect(l: &mut Layer<'_, '_>, kind: Variant) -> Done {
    if l.scanning() && kind == Variant::Udp && scan(l).is_some() {
        return Ok(());
    }
    let source = l.u16(&SRCPORT)?;
    let at_source = l.last();
    let destination = l.u16(&DSTPORT)?;
    let at_destination = l.last();
    l.cx.packet.source_port = source;
    l.cx.packet.destination_port = destination;
    l.protocol(if kind == Variant::Lite {
        "UDP-Lite"
    } else {
        "UDP"
    });
    let root = l.root();
    l.append(root, |out| {
        let _ = write!(out, ", Src Port: {source}, Dst Port: {destination}");
    });
    traceroute(l, at_destination, destination);
    traceroute(l, at_source, source);
    let transport = conversation(l, source, destination);
    let Some((length, coverage)) = lengths(l, kind, source, destination)? else {
        return Ok(());
    };
    checksum(l, length, coverage)?;
    if let Some(transport) = transport {
        l.generated(&STREAM, 8, Value::U(u64::from(transport.stream)));
        if !l.cx.packet.quoted && l.wants_nodes() {
            times(l, transport);
        }
    }
    l.set_len(8);
    // All that IP delivered is shown as payload; the program gets what the length field covers.
    let payload = l.remainder();
    if payload.reported > 0 && l.wants_nodes() {
        let value = l.slice(8, payload.data.len());
        let at = l.add(&PAYLOAD, 8, payload.data.len(), value);
        l.label(at, |out| {
            let len = payload.data.len().min(length.saturating_sub(8));
            let _ = write!(out, "UDP payload ({len} byte{})", internet::plural(len));
        });
    }
    l.limit(length);
    let payload = l.remainder();
    if payload.data.is_empty() && l.cx.packet.quoted {
        return Ok(()); // an ICMP error quotes 8 bytes only
    }
    hand_on(l, source, destination, payload);
    Ok(())
}

/// The payload to whoever reads it.
fn hand_on(l: &mut Layer<'_, '_>, source: u16, destination: u16, payload: Region<'_>) {
    match l.cx.registry.udp(source, destination, payload.data) {
        Some(protocol) if l.call(protocol, payload) => {}
        _ => l.plain(payload),
    }
}

/// The scan's share of a datagram in its usual form; `None` if it has another.
fn scan(l: &mut Layer<'_, '_>) -> Option<()> {
    let head = std::mem::take(&mut l.cx.head);
    let head = if head.is_empty() { l.data() } else { head };
    let [a, b, c, d, e, f, _, _] = *head.first_chunk()?;
    let (source, destination) = (u16::from_be_bytes([a, b]), u16::from_be_bytes([c, d]));
    let length = usize::from(u16::from_be_bytes([e, f]));
    if length < 8 || length > l.reported() {
        return None;
    }
    l.cx.packet.source_port = source;
    l.cx.packet.destination_port = destination;
    conversation(l, source, destination);
    l.limit(length);
    l.seek(8);
    let payload = l.remainder();
    if !(payload.data.is_empty() && l.cx.packet.quoted) {
        hand_on(l, source, destination, payload);
    }
    Some(())
}

/// Ports from 33435 on are those of a traceroute: three datagrams for each router on the way.
fn traceroute(l: &mut Layer<'_, '_>, at: crate::dissect::NodeId, port: u16) {
    const FIRST: u16 = 33_435;
    const LAST: u16 = 33_523;
    if (FIRST..=LAST).contains(&port) && !l.cx.packet.quoted {
        let (hop, attempt) = ((port - FIRST) / 3 + 1, (port - FIRST) % 3 + 1);
        l.issue_with(at, &TRACEROUTE, |out| {
            let _ = write!(out, "Possible traceroute: hop #{hop}, attempt #{attempt}");
        });
    }
}

/// The length field, or UDP-Lite's coverage in its place. Returns the datagram's length and how far its checksum reaches;
/// `None` where it makes no sense to go on.
fn lengths(
    l: &mut Layer<'_, '_>,
    kind: Variant,
    source: u16,
    destination: u16,
) -> Result<Option<(usize, usize)>, crate::dissect::Stop> {
    let reported = l.reported();
    let value = usize::from(l.u16(if kind == Variant::Lite {
        &CHECKSUM_COVERAGE
    } else {
        &LENGTH
    })?);
    let at = l.last();
    let mut length = reported;
    let mut coverage = value;
    let mut note = String::new();
    if kind == Variant::Lite {
        if value == 0 {
            coverage = reported;
        } else if value < 8 || value > reported {
            l.issue(at, &BAD_COVERAGE);
            coverage = 0;
        }
    } else if value == 0 && matches!(l.cx.packet.source, Address::V6(_)) {
        if reported < 65_536 {
            l.issue(at, &ZERO_LENGTH);
        }
        coverage = reported;
    } else if value < 8 {
        l.append(at, |out| out.push_str(" (bogus, must be >= 8)"));
        l.issue_with(at, &BAD_LENGTH, |out| {
            let _ = write!(out, "Bad length value {value} < 8");
        });
        l.info(|out| {
            let _ = write!(out, "{source} → {destination} [BAD UDP LENGTH {value} < 8]");
        });
        return Ok(None);
    } else if value > reported && !l.cx.packet.fragment && !l.cx.packet.quoted {
        l.append(at, |out| {
            let _ = write!(out, " (bogus, payload length {reported})");
        });
        l.issue_with(at, &BAD_LENGTH, |out| {
            let _ = write!(out, "Bad length value {value} > IP payload length");
        });
        if l.wants_columns() {
            let _ = write!(note, " [BAD UDP LENGTH {value} > IP PAYLOAD LENGTH]");
        }
    } else {
        length = value;
    }
    let data = if kind == Variant::Lite || value == 0 {
        reported.saturating_sub(8)
    } else {
        value - 8
    };
    l.info(|out| {
        let _ = write!(out, "{source} → {destination}{note} Len={data}");
    });
    Ok(Some((length, coverage)))
}

fn checksum(l: &mut Layer<'_, '_>, length: usize, coverage: usize) -> Done {
    let found = l.u16(&CHECKSUM)?;
    if !l.wants_nodes() {
        return Ok(());
    }
    let at = l.last();
    let (source, destination) = (l.cx.packet.source, l.cx.packet.destination);
    let checksum = if found == 0 {
        if matches!(source, Address::V6(_)) {
            l.issue(at, &ZERO_CHECKSUM);
            Checksum::Illegal
        } else {
            Checksum::Absent
        }
    } else if l.cx.options.verify_checksums
        && !l.cx.packet.quoted
        && !l.cx.packet.fragment
        && coverage > 0
    {
        match l.peek(0, coverage.min(length)) {
            Ok(bytes) => {
                let sum =
                    internet::pseudo_header(source, destination, length, l.cx.packet.ip_protocol);
                Checksum::of(found, internet::add_words(sum, bytes))
            }
            Err(_) => Checksum::Unverified,
        }
    } else {
        Checksum::Unverified
    };
    l.append(at, |out| match checksum {
        Checksum::Good => out.push_str(" [correct]"),
        Checksum::Bad(right) => {
            let _ = write!(out, " incorrect, should be 0x{right:04x}");
        }
        Checksum::Unverified => out.push_str(" [unverified]"),
        Checksum::Absent => out.push_str(" [zero-value ignored]"),
        Checksum::Illegal => out.push_str(" [zero-value illegal]"),
    });
    let status_len = if found == 0 { 2 } else { 0 };
    l.computed(&CHECKSUM_STATUS, 6, status_len, checksum.state());
    if let Checksum::Bad(right) = checksum {
        l.issue_with(at, &BAD_CHECKSUM, |out| {
            let _ = write!(out, "Bad checksum [should be 0x{right:04x}]");
        });
        l.generated(&CHECKSUM_CALCULATED, 6, Value::U(u64::from(right)));
    }
    Ok(())
}

/// Count the datagram into its conversation, or look up which it is.
fn conversation(l: &mut Layer<'_, '_>, source: u16, destination: u16) -> Option<Transport> {
    let frame = l.cx.frame.number;
    let ordinal = l.cx.packet.transport_ordinal;
    let quoted = l.cx.packet.quoted;
    l.cx.packet.transport_ordinal += 1;
    let ends = (
        (l.cx.packet.source, source),
        (l.cx.packet.destination, destination),
    );
    let foreseen = l.cx.packet.foreseen.take();
    if let Some((history, facts)) = l.scan() {
        let transport = history.udp(facts, frame, ends.0, ends.1, foreseen);
        if quoted
            && transport.detail != 0
            && let Some(stream) = facts.udp.get_mut(transport.stream as usize)
        {
            // A quoted datagram is an old one: times are measured between those that really came.
            stream.last_frame = transport.detail;
        }
        facts.set_transport(frame, ordinal, transport);
    }
    let transport = l.facts().transport(frame, ordinal)?;
    l.cx.packet.stream = transport.stream;
    Some(transport)
}

/// When this datagram came, measured from others of its conversation.
fn times(l: &mut Layer<'_, '_>, transport: Transport) {
    let Some(first) = l
        .facts()
        .udp
        .get(transport.stream as usize)
        .map(|s| s.first_frame)
    else {
        return;
    };
    let Some(since_first) = l.since(first) else {
        return;
    };
    let since_previous = if transport.detail == 0 {
        Some(span_of_time(0))
    } else {
        l.since(transport.detail)
    };
    l.open_text(0, 0, |out| out.push_str("Timestamps"));
    l.generated(&TIME_RELATIVE, 0, since_first);
    l.generated(&TIME_DELTA, 0, since_previous.unwrap_or(since_first));
    l.close();
}

#[cfg(test)]
mod tests {
    use crate::protocols::testing::{capture, every_prefix, hex, single};

    /// Link type of frames that begin with an IP header.
    const RAW_IP: u16 = 101;

    /// A datagram from 192.0.2.1 to 192.0.2.2.
    fn over_ipv4(datagram: &str) -> Vec<u8> {
        let datagram = hex(datagram);
        let mut packet = hex("4500 0000 0000 0000 40 11 0000 c0000201 c0000202");
        packet[3] = 20 + datagram.len() as u8;
        packet.extend(datagram);
        packet
    }

    /// The lines from UDP on.
    fn part(tree: &str) -> &str {
        &tree[tree.find("User Datagram Protocol").unwrap()..]
    }

    #[test]
    fn a_datagram_and_its_answer() {
        let question = over_ipv4("c350 1f90 000c 0000 70696e67");
        let answer = over_ipv4("1f90 c350 000c 0000 706f6e67");
        let frames = capture(RAW_IP, &[&question, &answer]);
        assert_eq!(
            frames[0].row,
            "192.0.2.1 | 192.0.2.2 | UDP | 50000 → 8080 Len=4"
        );
        assert_eq!(
            part(&frames[0].tree),
            "\
User Datagram Protocol, Src Port: 50000, Dst Port: 8080
  Source Port: 50000
  Destination Port: 8080
  Length: 12
  Checksum: 0x0000 [zero-value ignored]
  Checksum Status: Not present
  Stream index: 0
  Timestamps
    Time since first frame: 0.000000000 seconds
    Time since previous frame: 0.000000000 seconds
  UDP payload (4 bytes)
Data (4 bytes)
  Data: 70696e67
  Length: 4
"
        );
        // From the same address the ports lead to another conversation; from the same ends to the same one.
        let again = capture(RAW_IP, &[&question, &answer, &question]);
        assert!(again[2].tree.contains("  Stream index: 0\n"));
        assert!(
            again[2]
                .tree
                .contains("    Time since first frame: 6.000000000 seconds\n"),
            "{}",
            again[2].tree
        );
        every_prefix(RAW_IP, &question);
    }

    #[test]
    fn a_length_below_the_header_ends_it() {
        let done = single(RAW_IP, &over_ipv4("c350 1f90 0007 0000 70696e67"));
        assert!(
            done.row.ends_with("50000 → 8080 [BAD UDP LENGTH 7 < 8]"),
            "{}",
            done.row
        );
        let tree = part(&done.tree);
        assert!(
            tree.contains("  Length: 7 (bogus, must be >= 8)\n"),
            "{tree}"
        );
        assert!(tree.contains("Bad length value 7 < 8"), "{tree}");
        assert!(!tree.contains("Checksum"), "{tree}");
    }

    #[test]
    fn a_length_beyond_the_packet_is_noted() {
        let done = single(RAW_IP, &over_ipv4("c350 1f90 0020 0000 70696e67"));
        assert!(
            done.row
                .ends_with("50000 → 8080 [BAD UDP LENGTH 32 > IP PAYLOAD LENGTH] Len=24"),
            "{}",
            done.row
        );
        let tree = part(&done.tree);
        assert!(
            tree.contains("  Length: 32 (bogus, payload length 12)\n"),
            "{tree}"
        );
        assert!(tree.contains("  UDP payload (4 bytes)\n"), "{tree}");
    }

    #[test]
    fn bytes_behind_the_length_are_not_the_programs() {
        let tree = single(RAW_IP, &over_ipv4("c350 1f90 000a 0000 70696e67")).tree;
        assert!(tree.contains("  UDP payload (2 bytes)\n"), "{tree}");
        assert!(tree.contains("Data (2 bytes)\n  Data: 7069\n"), "{tree}");
    }

    #[test]
    fn ipv6_needs_a_checksum() {
        let mut packet = hex("60000000 0009 11 40");
        packet.extend(hex("20010db8000000000000000000000001"));
        packet.extend(hex("20010db8000000000000000000000002"));
        packet.extend(hex("c350 1f90 0009 0000 61"));
        let tree = single(RAW_IP, &packet).tree;
        assert!(
            tree.contains("  Checksum: 0x0000 [zero-value illegal]\n"),
            "{tree}"
        );
        assert!(tree.contains("Illegal checksum value (0)"), "{tree}");
        every_prefix(RAW_IP, &packet);
    }

    #[test]
    fn a_cut_header_keeps_what_was_read() {
        let packet = over_ipv4("c350 1f90");
        let tree = single(RAW_IP, &packet).tree;
        let tree = part(&tree);
        assert!(tree.contains("  Destination Port: 8080\n"), "{tree}");
        assert!(!tree.contains("  Length:"), "{tree}");
        assert!(tree.contains("Malformed Packet"), "{tree}");
    }

    #[test]
    fn a_lite_checksum_covers_what_it_says() {
        let mut packet = over_ipv4("c350 1f90 0008 1234 70696e67");
        packet[9] = 136;
        let tree = single(RAW_IP, &packet).tree;
        assert!(tree.contains("  Checksum coverage: 8\n"), "{tree}");
        packet[25] = 4;
        let tree = single(RAW_IP, &packet).tree;
        assert!(
            tree.contains("Bad checksum coverage length value"),
            "{tree}"
        );
    }
}
