//! UDP, the User Datagram Protocol (RFC 768): ports and a checksum put before a message, nothing more. Each datagram travels
//! alone: it may be lost, doubled or overtaken, and nobody says so.
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

use crate::dissect::layer::span_of_time;
use crate::dissect::{Done, Layer, Protocol, Table, Value};
use crate::flow::facts::Transport;

/// The User Datagram Protocol.
pub static UDP: Protocol = Protocol {
    spec: "RFC 768",
    fields: FIELDS,
    issues: ISSUES,
    parents: &[(Table::IpProtocol, 17)],
    ..Protocol::new("udp", "User Datagram Protocol", "UDP", dissect)
};

crate::fields! {
    /// The port of the program that sent the datagram. An answer goes back to it.
    SRC_PORT = Field::new("udp.srcport", "Source Port", Kind::U16).also(&[&PORT]).spec("RFC 768");
    /// The port of the program that the datagram is for. Well-known services have fixed ones: 53 is DNS.
    DST_PORT = Field::new("udp.dstport", "Destination Port", Kind::U16).also(&[&PORT]).spec("RFC 768");
    /// Either port: a filter on it finds both directions of a conversation.
    PORT = Field::new("udp.port", "Source or Destination Port", Kind::U16).spec("RFC 768");
    /// Length of header and data together, in bytes; at least 8.
    LENGTH = Field::new("udp.length", "Length", Kind::U16).spec("RFC 768");
    /// A sum over addresses, header and data, by which the receiver notices damage. 0 means that none was computed.
    CHECKSUM = Field::new("udp.checksum", "Checksum", Kind::U16).hex().spec("RFC 768");
    /// Whether the checksum was verified here, and how that ended.
    CHECKSUM_STATUS = Field::new("udp.checksum.status", "Checksum Status", Kind::U8)
        .values(super::ip::CHECKSUM_STATES).base(Base::NameOnly);
    /// Number of the UDP conversation in this capture, counted from 0: all datagrams between the same two ends.
    STREAM = Field::new("udp.stream", "Stream index", Kind::U32);
    /// Time since the first datagram of this conversation.
    TIME_RELATIVE = Field::new("udp.time_relative", "Time since first frame", Kind::RelTime);
    /// Time since the datagram before this one in the conversation.
    TIME_DELTA = Field::new("udp.time_delta", "Time since previous frame", Kind::RelTime);
    /// What the datagram carries.
    PAYLOAD = Field::new("udp.payload", "Payload", Kind::Bytes);
}

crate::issues! {
    /// The length field must cover at least the header and at most what the IP packet holds.
    BAD_LENGTH = Issue::new("udp.length.bad", "Bad length value", Severity::Error, Group::Malformed);
}

fn dissect(l: &mut Layer<'_, '_>) -> Done {
    let source = l.u16(&SRC_PORT)?;
    let destination = l.u16(&DST_PORT)?;
    l.cx.packet.source_port = source;
    l.cx.packet.destination_port = destination;
    l.protocol("UDP");
    let root = l.root();
    l.append(root, |out| {
        let _ = write!(out, ", Src Port: {source}, Dst Port: {destination}");
    });
    let transport = conversation(l, source, destination);
    let length = usize::from(l.u16(&LENGTH)?);
    let payload_len = length.saturating_sub(8);
    l.info(|out| {
        let _ = write!(out, "{source} → {destination} Len={payload_len}");
    });
    if length < 8 {
        let at = l.last();
        l.issue(at, &BAD_LENGTH);
        return Ok(());
    }
    l.limit(length);
    l.u16(&CHECKSUM)?;
    l.generated(&CHECKSUM_STATUS, 6, Value::U(2));
    if let Some(transport) = transport {
        l.generated(&STREAM, 0, Value::U(u64::from(transport.stream)));
        times(l, transport);
    }
    l.set_len(8);
    let payload = l.remainder();
    if payload.reported > 0 {
        let value = l.slice(8, payload.data.len());
        let at = l.add(&PAYLOAD, 8, payload.data.len(), value);
        l.label(at, |out| {
            let _ = write!(
                out,
                "UDP payload ({} byte{})",
                payload.data.len(),
                if payload.data.len() == 1 { "" } else { "s" }
            );
        });
    }
    match l.cx.registry.udp(source, destination, payload.data) {
        Some(protocol) if l.call(protocol, payload) => {}
        _ => l.plain(payload),
    }
    Ok(())
}

/// Count the datagram into its conversation, or look up which it is.
fn conversation(l: &mut Layer<'_, '_>, source: u16, destination: u16) -> Option<Transport> {
    let frame = l.cx.frame.number;
    let ordinal = l.cx.packet.transport_ordinal;
    l.cx.packet.transport_ordinal += 1;
    let ends = (
        (l.cx.packet.source, source),
        (l.cx.packet.destination, destination),
    );
    if let Some((history, facts)) = l.scan() {
        let transport = history.udp(facts, frame, ends.0, ends.1);
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
