//! What libpcap heard while an exchange went over real sockets: the frames of its own connections, and no others.

use std::time::{SystemTime, UNIX_EPOCH};

use smoltcp::wire::{
    EthernetFrame, EthernetProtocol, IpProtocol, Ipv4Packet, Ipv6Packet, UdpPacket,
};

use super::link::Fate;
use super::plan::{End, Plan, Transport};
use super::play::{PlayError, tcp_of};
use super::world::Seen;
use crate::capture::live::Tap;

/// The time, in nanoseconds since 1970.
pub(super) fn now() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    since.map_or(0, |d| i64::try_from(d.as_nanos()).unwrap_or(i64::MAX))
}

/// The frames that belong to the connections of a plan.
pub(super) fn recorded(
    plan: &Plan,
    tap: Tap,
    begun: &[(i64, usize)],
) -> Result<Vec<Seen>, PlayError> {
    if tap.link().link_type() != 1 {
        return Err(PlayError::Plan(
            "the interface hands out frames of a kind that the Lab cannot read".to_owned(),
        ));
    }
    let mut frames = Vec::new();
    tap.take_rest(|time_ns, _, bytes| {
        let Some((connection, end, stream)) = belongs(plan, bytes) else {
            return;
        };
        let Some(wanted) = plan.connections.get(connection) else {
            return;
        };
        let (client, server) = (wanted.client, wanted.server.unwrap_or(wanted.client));
        let (from, to) = match end {
            End::Client => (client, server),
            End::Server => (server, client),
        };
        let step = begun.partition_point(|(at, _)| *at <= time_ns);
        frames.push(Seen {
            time_ns,
            sent_ns: time_ns,
            there_ns: Some(time_ns),
            bytes: bytes.to_vec(),
            from,
            to: Some(to),
            fate: Fate::Arrives,
            step: step
                .checked_sub(1)
                .and_then(|at| begun.get(at))
                .map_or(0, |b| b.1),
            connection: stream.then_some(connection),
            states: None,
        });
    })
    .map_err(PlayError::Live)?;
    frames.sort_by_key(|frame| frame.time_ns);
    Ok(frames)
}

/// Which connection a frame belongs to, which end sent it, and whether it is of a stream.
fn belongs(plan: &Plan, bytes: &[u8]) -> Option<(usize, End, bool)> {
    let find = |transport: Transport, ports: (u16, u16)| {
        plan.connections.iter().enumerate().find_map(|(at, c)| {
            if c.transport != transport {
                return None;
            }
            let (client, server) = (c.from.port(), c.to.port());
            // A connection that was refused never knew its own port.
            if ports == (client, server) || (client == 0 && ports.1 == server) {
                Some((at, End::Client))
            } else if ports == (server, client) || (client == 0 && ports.0 == server) {
                Some((at, End::Server))
            } else {
                None
            }
        })
    };
    if let Some(segment) = tcp_of(bytes) {
        return find(Transport::Tcp, segment.ports).map(|(at, end)| (at, end, true));
    }
    let frame = EthernetFrame::new_checked(bytes).ok()?;
    let (protocol, payload) = match frame.ethertype() {
        EthernetProtocol::Ipv4 => {
            let packet = Ipv4Packet::new_checked(frame.payload()).ok()?;
            (packet.next_header(), packet.payload().to_vec())
        }
        EthernetProtocol::Ipv6 => {
            let packet = Ipv6Packet::new_checked(frame.payload()).ok()?;
            (packet.next_header(), packet.payload().to_vec())
        }
        _ => return None,
    };
    let ports = |datagram: &[u8]| {
        let udp = UdpPacket::new_checked(datagram).ok()?;
        Some((udp.src_port(), udp.dst_port()))
    };
    match protocol {
        IpProtocol::Udp => find(Transport::Udp, ports(&payload)?).map(|(at, end)| (at, end, false)),
        // About a datagram of ours: it is inside, behind its IP header.
        IpProtocol::Icmp | IpProtocol::Icmpv6 => {
            let header = if protocol == IpProtocol::Icmp { 20 } else { 40 };
            let inner = payload.get(8 + header..)?;
            let port = |at: usize| {
                let two = inner.get(at..at + 2)?;
                Some(u16::from_be_bytes([two[0], two[1]]))
            };
            let (at, _) = find(Transport::Udp, (port(0)?, port(2)?))?;
            Some((at, End::Server, false))
        }
        _ => None,
    }
}
