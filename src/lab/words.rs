//! Steps and frames in plain words.

use smoltcp::wire::{
    ArpOperation, ArpPacket, ArpRepr, EthernetFrame, EthernetProtocol, Icmpv4Message, Icmpv4Packet,
    Icmpv6Message, Icmpv6Packet, IpProtocol, Ipv4Packet, Ipv6Packet, UdpPacket,
};

use super::link::Fate;
use super::plan::{Act, End, Plan, Step, Transport};
use super::play::tcp_of;
use super::world::Seen;

fn name(plan: &Plan, host: Option<usize>) -> &str {
    host.and_then(|host| plan.hosts.get(host))
        .map_or("everybody", |host| &host.name)
}

/// A step: the writer's note, or else what its kind means.
pub(super) fn of_step(plan: &Plan, step: &Step) -> String {
    if !step.note.is_empty() {
        return step.note.clone();
    }
    let stream = |c: usize| {
        plan.connections
            .get(c)
            .is_some_and(|c| c.transport == Transport::Tcp)
    };
    let ends = |c: usize, end: End| {
        let connection = plan.connections.get(c);
        let client = name(plan, connection.map(|c| c.client));
        let server = name(plan, connection.and_then(|c| c.server));
        match end {
            End::Client => (client, server),
            End::Server => (server, client),
        }
    };
    match &step.act {
        Act::Open(c) if stream(*c) => {
            let (client, server) = ends(*c, End::Client);
            format!(
                "{client} asks {server} for a connection (SYN); {server} agrees and asks back (SYN, ACK); {client} confirms (ACK). Both now know the number with which the other begins to count its bytes."
            )
        }
        Act::Refused(c) if stream(*c) => {
            let (client, server) = ends(*c, End::Client);
            format!(
                "{client} asks for a connection, but nothing listens on that port: {server} refuses with RST."
            )
        }
        Act::Refused(c) => {
            let (client, server) = ends(*c, End::Client);
            format!("{server} tells {client} with ICMP that nothing listens on that port.")
        }
        Act::Close(c, end) => {
            let (own, other) = ends(*c, *end);
            format!("{own} has said everything (FIN); {other} acknowledges it.")
        }
        Act::Reset(c, end) => {
            let (own, other) = ends(*c, *end);
            format!("{own} leaves abruptly (RST); what {other} still had to say is lost.")
        }
        Act::StopReading(c, end, _) => {
            let (own, other) = ends(*c, *end);
            format!(
                "The program at {own} stops reading for a while. As its room fills, the window that it offers to {other} closes; when it reads again, the window opens."
            )
        }
        _ => String::new(),
    }
}

/// A frame.
pub(super) fn of_frame(plan: &Plan, seen: &Seen, to: Option<usize>) -> String {
    let from = name(plan, Some(seen.from));
    let to = name(plan, to);
    let mut words = content(&seen.bytes, from, to).unwrap_or_else(|| format!("{from} to {to}."));
    words.push_str(match seen.fate {
        Fate::Arrives => "",
        Fate::Lost => " It gets lost on its way.",
        Fate::Late => " It is held back on its way.",
        Fate::Twice => " The wire made a second one of it.",
        Fate::Damaged => {
            " A bit of it is turned on its way, so the checksum is wrong and it is dropped."
        }
    });
    words
}

fn content(bytes: &[u8], from: &str, to: &str) -> Option<String> {
    if let Some(segment) = tcp_of(bytes) {
        let acknowledged = segment.acknowledged;
        let text = if segment.reset {
            format!("{from} breaks the connection off or refuses it (RST).")
        } else if segment.syn && segment.ack {
            format!(
                "{from} agrees (SYN, ACK). It counts its own bytes from {} and expects byte {acknowledged} next: the other's first number and one more, because SYN counts as one.",
                segment.sequence
            )
        } else if segment.syn {
            format!(
                "{from} asks {to} for a connection (SYN). It counts its bytes from {}.",
                segment.sequence
            )
        } else if segment.len > 0 {
            let fin = if segment.fin {
                " and says that it was the last (FIN)"
            } else {
                ""
            };
            format!(
                "{from} sends {} bytes, numbered from {}{fin}. It has received everything before {acknowledged}.",
                segment.len, segment.sequence
            )
        } else if segment.fin {
            format!("{from} says that it has said everything (FIN).")
        } else if segment.window == 0 {
            format!("{from} has no room left (window 0): {to} must wait.")
        } else {
            format!("{from} has received everything before {acknowledged} (ACK).")
        };
        return Some(text);
    }
    let frame = EthernetFrame::new_checked(bytes).ok()?;
    match frame.ethertype() {
        EthernetProtocol::Arp => {
            let arp = ArpRepr::parse(&ArpPacket::new_checked(frame.payload()).ok()?).ok()?;
            let ArpRepr::EthernetIpv4 {
                operation,
                source_protocol_addr,
                target_protocol_addr,
                source_hardware_addr,
                ..
            } = arp
            else {
                return None;
            };
            Some(match operation {
                ArpOperation::Request => format!(
                    "{from} asks everybody on the wire: who has {target_protocol_addr}? Tell {source_protocol_addr}."
                ),
                _ => {
                    format!("{from} answers: {source_protocol_addr} is at {source_hardware_addr}.")
                }
            })
        }
        EthernetProtocol::Ipv4 => {
            let packet = Ipv4Packet::new_checked(frame.payload()).ok()?;
            match packet.next_header() {
                IpProtocol::Udp => datagram(packet.payload(), from, to),
                IpProtocol::Icmp => {
                    let icmp = Icmpv4Packet::new_checked(packet.payload()).ok()?;
                    Some(match icmp.msg_type() {
                        Icmpv4Message::EchoRequest => format!(
                            "{from} asks for an echo, sequence number {}, and lets the packet live for {} hops.",
                            icmp.echo_seq_no(),
                            packet.hop_limit()
                        ),
                        Icmpv4Message::EchoReply => {
                            format!("The echo, sequence number {}.", icmp.echo_seq_no())
                        }
                        Icmpv4Message::TimeExceeded => format!(
                            "{} reports that a packet has used up its hops and was dropped.",
                            packet.src_addr()
                        ),
                        Icmpv4Message::DstUnreachable => format!(
                            "{} reports that a packet could not be delivered (code {}).",
                            packet.src_addr(),
                            icmp.msg_code()
                        ),
                        other => format!("{from} sends an ICMP message: {other}."),
                    })
                }
                _ => None,
            }
        }
        EthernetProtocol::Ipv6 => {
            let packet = Ipv6Packet::new_checked(frame.payload()).ok()?;
            match packet.next_header() {
                IpProtocol::Udp => datagram(packet.payload(), from, to),
                IpProtocol::Icmpv6 => {
                    let icmp = Icmpv6Packet::new_checked(packet.payload()).ok()?;
                    Some(match icmp.msg_type() {
                        Icmpv6Message::NeighborSolicit => {
                            format!("{from} asks who has {}.", icmp.target_addr())
                        }
                        Icmpv6Message::NeighborAdvert => {
                            format!("{from} answers that it has {}.", icmp.target_addr())
                        }
                        Icmpv6Message::EchoRequest => {
                            format!(
                                "{from} asks for an echo, sequence number {}.",
                                icmp.echo_seq_no()
                            )
                        }
                        Icmpv6Message::EchoReply => {
                            format!("The echo, sequence number {}.", icmp.echo_seq_no())
                        }
                        Icmpv6Message::DstUnreachable => format!(
                            "{} reports that a packet could not be delivered (code {}).",
                            packet.src_addr(),
                            icmp.msg_code()
                        ),
                        other => format!("{from} sends an ICMPv6 message: {other}."),
                    })
                }
                _ => None,
            }
        }
        _ => None,
    }
}

fn datagram(payload: &[u8], from: &str, to: &str) -> Option<String> {
    let datagram = UdpPacket::new_checked(payload).ok()?;
    Some(format!(
        "{from} sends {to} a datagram of {} bytes, from port {} to port {}. Nothing acknowledges it.",
        datagram.payload().len(),
        datagram.src_port(),
        datagram.dst_port()
    ))
}
