//! A machine that passes packets on: IPv4 with static neighbours, as much as traceroute needs.

use std::net::Ipv4Addr;

use smoltcp::phy::ChecksumCapabilities;
use smoltcp::wire::{
    ArpOperation, ArpPacket, ArpRepr, EthernetAddress, EthernetFrame, EthernetProtocol,
    EthernetRepr, Icmpv4Packet, Icmpv4Repr, Icmpv4TimeExceeded, IpProtocol, Ipv4Packet, Ipv4Repr,
};

use super::plan::{HostKind, Plan, mac};

/// A leg of a router.
#[derive(Debug, Clone, Copy)]
struct Leg {
    address: Ipv4Addr,
    prefix: u8,
    segment: usize,
}

/// A router.
#[derive(Debug)]
pub(super) struct Router {
    host: usize,
    legs: Vec<Leg>,
    /// Where everything goes that is for none of its networks.
    gateway: Option<Ipv4Addr>,
    /// Who has which address, on which wire.
    neighbours: Vec<(Ipv4Addr, usize, [u8; 6])>,
    /// Neighbours that have heard of us.
    met: Vec<Ipv4Addr>,
}

/// Whether two addresses are in one network.
fn same_network(a: Ipv4Addr, b: Ipv4Addr, prefix: u8) -> bool {
    let mask = u32::MAX
        .checked_shl(32 - u32::from(prefix.min(32)))
        .unwrap_or(0);
    (a.to_bits() ^ b.to_bits()) & mask == 0
}

impl Router {
    /// The router that is a plan's host.
    pub(super) fn new(plan: &Plan, host: usize) -> Self {
        let legs_of = |host: usize| -> Vec<Leg> {
            let Some(own) = plan.hosts.get(host) else {
                return Vec::new();
            };
            let first = own
                .addresses
                .iter()
                .filter_map(|(address, prefix)| match address {
                    std::net::IpAddr::V4(v4) => Some((*v4, *prefix, own.segment)),
                    std::net::IpAddr::V6(_) => None,
                });
            let more: &[_] = match &own.kind {
                HostKind::Router(legs) => legs,
                _ => &[],
            };
            first
                .chain(more.iter().copied())
                .map(|(address, prefix, segment)| Leg {
                    address,
                    prefix,
                    segment,
                })
                .collect()
        };
        let neighbours = (0..plan.hosts.len())
            .filter(|other| *other != host)
            .flat_map(|other| {
                legs_of(other)
                    .into_iter()
                    .map(move |leg| (leg.address, leg.segment, mac(other)))
            })
            .collect();
        Self {
            host,
            legs: legs_of(host),
            gateway: plan.hosts.get(host).and_then(|h| h.gateway),
            neighbours,
            met: Vec::new(),
        }
    }

    /// The wires that it hangs on.
    pub(super) fn segments(&self) -> impl Iterator<Item = usize> + '_ {
        self.legs.iter().map(|leg| leg.segment)
    }

    /// A frame arrives: the frames that it sends because of it, each with the wire.
    pub(super) fn arrives(&mut self, segment: usize, bytes: &[u8]) -> Vec<(usize, Vec<u8>)> {
        self.answer(segment, bytes).unwrap_or_default()
    }

    fn answer(&mut self, segment: usize, bytes: &[u8]) -> Option<Vec<(usize, Vec<u8>)>> {
        let frame = EthernetFrame::new_checked(bytes).ok()?;
        let own = EthernetAddress(mac(self.host));
        let leg = self.legs.iter().find(|leg| leg.segment == segment)?;
        match frame.ethertype() {
            EthernetProtocol::Arp => {
                let arp = ArpRepr::parse(&ArpPacket::new_checked(frame.payload()).ok()?).ok()?;
                let ArpRepr::EthernetIpv4 {
                    operation: ArpOperation::Request,
                    source_hardware_addr,
                    source_protocol_addr,
                    target_protocol_addr,
                    ..
                } = arp
                else {
                    return None;
                };
                if target_protocol_addr != leg.address {
                    return None;
                }
                let reply = ArpRepr::EthernetIpv4 {
                    operation: ArpOperation::Reply,
                    source_hardware_addr: own,
                    source_protocol_addr: leg.address,
                    target_hardware_addr: source_hardware_addr,
                    target_protocol_addr: source_protocol_addr,
                };
                let mut payload = vec![0; reply.buffer_len()];
                reply.emit(&mut ArpPacket::new_unchecked(&mut payload));
                let frame = framed(own, source_hardware_addr, EthernetProtocol::Arp, &payload);
                self.met.push(source_protocol_addr);
                Some(vec![(segment, frame)])
            }
            EthernetProtocol::Ipv4 if frame.dst_addr() == own => {
                let packet = Ipv4Packet::new_checked(frame.payload()).ok()?;
                let len = usize::from(packet.total_len());
                let mut bytes = frame.payload().get(..len)?.to_vec();
                if packet.hop_limit() <= 1 {
                    let answer = time_exceeded(leg.address, &bytes)?;
                    return self.passes(answer);
                }
                let mut packet = Ipv4Packet::new_unchecked(&mut bytes);
                let limit = packet.hop_limit().saturating_sub(1);
                packet.set_hop_limit(limit);
                packet.fill_checksum();
                self.passes(bytes)
            }
            _ => None,
        }
    }

    /// Puts a packet on the wire where its way goes on.
    fn passes(&mut self, packet: Vec<u8>) -> Option<Vec<(usize, Vec<u8>)>> {
        let to = Ipv4Packet::new_checked(&packet).ok()?.dst_addr();
        let next = if self
            .legs
            .iter()
            .any(|leg| same_network(leg.address, to, leg.prefix))
        {
            to
        } else {
            self.gateway?
        };
        let leg = self
            .legs
            .iter()
            .find(|leg| same_network(leg.address, next, leg.prefix))
            .copied()?;
        let (.., hardware) = self
            .neighbours
            .iter()
            .find(|(address, segment, _)| *address == next && *segment == leg.segment)?;
        let own = EthernetAddress(mac(self.host));
        let to = EthernetAddress(*hardware);
        let mut frames = Vec::new();
        // Before the first packet a router asks for the neighbour; so the neighbour knows it when it has to answer.
        if !self.met.contains(&next) {
            self.met.push(next);
            let question = ArpRepr::EthernetIpv4 {
                operation: ArpOperation::Request,
                source_hardware_addr: own,
                source_protocol_addr: leg.address,
                target_hardware_addr: EthernetAddress([0; 6]),
                target_protocol_addr: next,
            };
            let mut payload = vec![0; question.buffer_len()];
            question.emit(&mut ArpPacket::new_unchecked(&mut payload));
            let everybody = EthernetAddress::BROADCAST;
            let frame = framed(own, everybody, EthernetProtocol::Arp, &payload);
            frames.push((leg.segment, frame));
        }
        frames.push((
            leg.segment,
            framed(own, to, EthernetProtocol::Ipv4, &packet),
        ));
        Some(frames)
    }
}

/// An Ethernet frame around a payload.
pub(super) fn framed(
    from: EthernetAddress,
    to: EthernetAddress,
    kind: EthernetProtocol,
    payload: &[u8],
) -> Vec<u8> {
    let repr = EthernetRepr {
        src_addr: from,
        dst_addr: to,
        ethertype: kind,
    };
    let mut bytes = vec![0; repr.buffer_len() + payload.len()];
    let mut frame = EthernetFrame::new_unchecked(&mut bytes);
    repr.emit(&mut frame);
    frame.payload_mut().copy_from_slice(payload);
    bytes
}

/// The message of a router that drops a packet whose hop limit is used up: the packet's header and eight bytes of it go
/// back (RFC 792).
fn time_exceeded(own: Ipv4Addr, packet: &[u8]) -> Option<Vec<u8>> {
    let checksums = ChecksumCapabilities::default();
    let old = Ipv4Packet::new_checked(packet).ok()?;
    let header = Ipv4Repr::parse(&old, &checksums).ok()?;
    let data = old.payload();
    let message = Icmpv4Repr::TimeExceeded {
        reason: Icmpv4TimeExceeded::TtlExpired,
        header,
        data: data.get(..8).unwrap_or(data),
    };
    let ip = Ipv4Repr {
        src_addr: own,
        dst_addr: old.src_addr(),
        next_header: IpProtocol::Icmp,
        payload_len: message.buffer_len(),
        hop_limit: 64,
    };
    let mut bytes = vec![0; ip.buffer_len() + message.buffer_len()];
    let mut out = Ipv4Packet::new_unchecked(&mut bytes);
    ip.emit(&mut out, &checksums);
    message.emit(
        &mut Icmpv4Packet::new_unchecked(out.payload_mut()),
        &checksums,
    );
    // The embedded header says what the packet said: smoltcp writes it anew, with a checksum that differs if the packet's
    // identification does.
    let start = 20 + 8;
    let embedded = packet.get(..20)?;
    bytes.get_mut(start..start + 20)?.copy_from_slice(embedded);
    let mut out = Ipv4Packet::new_unchecked(&mut bytes);
    Icmpv4Packet::new_unchecked(out.payload_mut()).fill_checksum();
    Some(bytes)
}
