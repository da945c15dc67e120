//! TCP, the Transmission Control Protocol (RFC 9293).

use std::fmt::Write as _;

use crate::dissect::{Done, Layer, Protocol, Table, Value};
use crate::flow::history::ScannedSegment;
use crate::flow::tcp::Segment;

/// The Transmission Control Protocol.
pub static TCP: Protocol = Protocol {
    spec: "RFC 9293",
    fields: FIELDS,
    parents: &[(Table::IpProtocol, 6)],
    ..Protocol::new("tcp", "Transmission Control Protocol", "TCP", dissect)
};

crate::fields! {
    /// The port of the program that sent the segment.
    SRC_PORT = Field::new("tcp.srcport", "Source Port", Kind::U16).also(&[&PORT]).spec("RFC 9293 section 3.1");
    /// The port of the program that the segment is for.
    DST_PORT = Field::new("tcp.dstport", "Destination Port", Kind::U16).also(&[&PORT]).spec("RFC 9293 section 3.1");
    /// Either port.
    PORT = Field::new("tcp.port", "Source or Destination Port", Kind::U16).spec("RFC 9293 section 3.1");
    /// Number of the TCP conversation in this capture, counted from 0.
    STREAM = Field::new("tcp.stream", "Stream index", Kind::U32);
}

fn dissect(l: &mut Layer<'_, '_>) -> Done {
    let source = l.u16(&SRC_PORT)?;
    let destination = l.u16(&DST_PORT)?;
    l.protocol("TCP");
    l.info(|out| {
        let _ = write!(out, "{source} → {destination}");
    });
    let header = usize::from(l.peek_u8(12)? >> 4) * 4;
    let frame = l.cx.frame.number;
    let ordinal = l.cx.packet.transport_ordinal;
    l.cx.packet.transport_ordinal += 1;
    l.set_len(header);
    if l.scanning() {
        let segment = Segment {
            frame,
            time_ns: l.cx.frame.time_ns,
            seq: l.peek_u32(4)?,
            ack: l.peek_u32(8)?,
            flags: l.peek_u16(12)? & 0xfff,
            window: l.peek_u16(14)?,
            len: u32::try_from(l.reported().saturating_sub(header)).unwrap_or(0),
            options: Default::default(),
        };
        let payload = l.part(header, usize::MAX);
        let scanned = ScannedSegment {
            segment,
            source: (l.cx.packet.source, source),
            destination: (l.cx.packet.destination, destination),
            payload: payload.data,
            payload_offset: l.in_frame(header),
            quoted: l.cx.packet.quoted,
        };
        let registry = l.cx.registry;
        if let Some((history, facts)) = l.scan() {
            let transport = history.tcp(facts, &scanned, registry);
            facts.set_transport(frame, ordinal, transport);
        }
        return Ok(());
    }
    if let Some(transport) = l.facts().transport(frame, ordinal) {
        l.generated(&STREAM, 0, Value::U(u64::from(transport.stream)));
    }
    Ok(())
}
