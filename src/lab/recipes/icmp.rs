//! Ping, traceroute, and finding neighbours.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use smoltcp::phy::ChecksumCapabilities;
use smoltcp::wire::{
    Icmpv4Packet, Icmpv4Repr, Icmpv6Packet, Icmpv6Repr, IpProtocol, Ipv4Packet, Ipv4Repr,
    Ipv6Packet, Ipv6Repr,
};

use super::{Draft, about};
use crate::lab::plan::{Act, HostKind, Message, Plan};

/// What ping sends: 56 bytes, each one more than the one before.
fn data() -> Vec<u8> {
    (0x10..0x48).collect()
}

/// The identifier of all our echo requests.
const IDENT: u16 = 0x4c61;

/// An echo request in an IP packet.
fn echo(from: IpAddr, to: IpAddr, sequence: u16, hops: u8) -> Vec<u8> {
    let checksums = ChecksumCapabilities::default();
    let data = data();
    match (from, to) {
        (IpAddr::V4(from), IpAddr::V4(to)) => {
            let request = Icmpv4Repr::EchoRequest {
                ident: IDENT,
                seq_no: sequence,
                data: &data,
            };
            let ip = Ipv4Repr {
                src_addr: from,
                dst_addr: to,
                next_header: IpProtocol::Icmp,
                payload_len: request.buffer_len(),
                hop_limit: hops,
            };
            let mut bytes = vec![0; ip.buffer_len() + request.buffer_len()];
            let mut packet = Ipv4Packet::new_unchecked(&mut bytes);
            ip.emit(&mut packet, &checksums);
            let mut icmp = Icmpv4Packet::new_unchecked(packet.payload_mut());
            request.emit(&mut icmp, &checksums);
            bytes
        }
        (IpAddr::V6(from), IpAddr::V6(to)) => {
            let request = Icmpv6Repr::EchoRequest {
                ident: IDENT,
                seq_no: sequence,
                data: &data,
            };
            let ip = Ipv6Repr {
                src_addr: from,
                dst_addr: to,
                next_header: IpProtocol::Icmpv6,
                payload_len: request.buffer_len(),
                hop_limit: hops,
            };
            let mut bytes = vec![0; ip.buffer_len() + request.buffer_len()];
            let mut packet = Ipv6Packet::new_unchecked(&mut bytes);
            ip.emit(&mut packet);
            let mut icmp = Icmpv6Packet::new_unchecked(packet.payload_mut());
            request.emit(&from, &to, &mut icmp, &checksums);
            bytes
        }
        // Nobody asks across the two.
        _ => Vec::new(),
    }
}

/// Asks for an echo and waits for it.
fn asks(draft: &mut Draft, from: usize, to: IpAddr, sequence: u16, note: &str) {
    let own = draft.address(from);
    let act = Act::Packet {
        host: from,
        bytes: echo(own, to, sequence, 64),
    };
    draft.step(
        act,
        &format!("Are you there, {to}? (echo {sequence})"),
        note,
    );
    draft.later(if sequence > 1 { 980 } else { 0 });
    let kind = if to.is_ipv4() { 0 } else { 129 };
    let message = Message {
        kind,
        code: 0,
        sequence: Some(sequence),
    };
    let act = Act::Await {
        host: from,
        message,
    };
    draft.step(act, "Yes.", "");
}

/// Three echoes.
pub(in crate::lab) fn ping() -> Plan {
    let mut draft = Draft::new(about(
        (
            "ping",
            "Is somebody there? Three echoes",
            "Learning Python Network Programming, ch. 1",
        ),
        "The simplest question to another machine, and how long its answer takes.",
        "ICMP's echo request is answered by the machine itself, not by a program. Identifier and sequence number tell which answer \
         belongs to which question; the data come back as they were.",
        "The time between request and reply. The ARP question before the first of them.",
        &["icmp", "icmp.type == 8", "icmp.resp_to"],
    ));
    let client = draft.host("client", [192, 0, 2, 1]);
    let server = draft.host("server", [192, 0, 2, 2]);
    let to = draft.address(server);
    for sequence in 1..=3 {
        asks(&mut draft, client, to, sequence, "");
    }
    draft.done()
}

/// The way to a host, hop by hop.
pub(in crate::lab) fn traceroute() -> Plan {
    let mut draft = Draft::new(about(
        (
            "traceroute",
            "Which way do packets take? Hop by hop",
            "Learning Python Network Programming, ch. 1 (routing, gateway)",
        ),
        "To see the routers between two machines.",
        "Each router takes one off the packet's time to live. The one that would make it 0 drops the packet and tells the sender: \
         time exceeded. So a packet that may live for one hop finds the first router, one for two hops the second, and so on.",
        "Time to live 1, 2, 3 in the requests; the source addresses of the answers; the dropped packet's header inside of the \
         message.",
        &["icmp", "icmp.type == 11", "ip.ttl < 4"],
    ));
    let client = draft.host("client", [192, 168, 0, 4]);
    let near = draft.host("gateway", [192, 168, 0, 1]);
    let far = draft.host("backbone", [198, 51, 100, 2]);
    let server = draft.host("server", [203, 0, 113, 9]);
    let gateway = Ipv4Addr::new(192, 168, 0, 1);
    let backbone = Ipv4Addr::new(198, 51, 100, 2);
    for host in &mut draft.0.hosts {
        for (_, prefix) in &mut host.addresses {
            *prefix = 24;
        }
    }
    let hosts = &mut draft.0.hosts;
    hosts[client].gateway = Some(gateway);
    hosts[near].kind = HostKind::Router(vec![(Ipv4Addr::new(198, 51, 100, 1), 24, 1)]);
    hosts[near].gateway = Some(backbone);
    hosts[far].segment = 1;
    hosts[far].kind = HostKind::Router(vec![(Ipv4Addr::new(203, 0, 113, 1), 24, 2)]);
    hosts[far].gateway = Some(Ipv4Addr::new(198, 51, 100, 1));
    hosts[server].segment = 2;
    hosts[server].gateway = Some(Ipv4Addr::new(203, 0, 113, 1));
    let (own, to) = (draft.address(client), draft.address(server));
    for hops in 1..=3u8 {
        let act = Act::Packet {
            host: client,
            bytes: echo(own, to, u16::from(hops), hops),
        };
        let said = format!(
            "Are you there, {to}? This packet may live for {hops} hop{}",
            if hops > 1 { "s" } else { "" }
        );
        draft.step(act, &said, "");
        let (kind, sequence, said) = match hops {
            1 => (11, None, "192.168.0.1: its time is up here"),
            2 => (11, None, "198.51.100.2: its time is up here"),
            _ => (0, Some(3), "203.0.113.9: yes"),
        };
        let message = Message {
            kind,
            code: 0,
            sequence,
        };
        let act = Act::Await {
            host: client,
            message,
        };
        draft.step(act, said, "");
    }
    draft.done()
}

/// A neighbour who is there, and one who is not.
fn neighbours(mut draft: Draft, own: IpAddr, there: IpAddr, missing: IpAddr) -> Plan {
    let client = draft.host("client", own);
    let server = draft.host("server", there);
    let to = draft.address(server);
    asks(
        &mut draft,
        client,
        to,
        1,
        "Before the packet can leave, the hardware address of the neighbour must be known: so the question for it goes first.",
    );
    let act = Act::Packet {
        host: client,
        bytes: echo(own, missing, 2, 64),
    };
    draft.step(
        act,
        &format!("Are you there, {missing}? (echo 2)"),
        "Nobody has this address. The question for it is asked again and again; the packet itself never leaves.",
    );
    draft.later(500);
    let act = Act::Wait(client, 3_500_000_000);
    draft.step(act, "(nobody answers)", "");
    draft.done()
}

/// ARP.
pub(in crate::lab) fn arp() -> Plan {
    let draft = Draft::new(about(
        (
            "arp",
            "Who has this address? ARP",
            "Learning Python Network Programming, ch. 1 and appendix",
        ),
        "How an IP address finds its machine on the local network.",
        "Frames go to hardware addresses. Who knows only the IP address asks everybody (broadcast): who has it? The one that has it \
         answers, to the asker alone, and the asker remembers it.",
        "The destination ff:ff:ff:ff:ff:ff of the question. The last question is asked three times and never answered.",
        &["arp", "arp.opcode == 1", "eth.dst == ff:ff:ff:ff:ff:ff"],
    ));
    neighbours(
        draft,
        IpAddr::from([192, 0, 2, 1]),
        IpAddr::from([192, 0, 2, 2]),
        IpAddr::from([192, 0, 2, 9]),
    )
}

/// Neighbour discovery.
pub(in crate::lab) fn ndp() -> Plan {
    let draft = Draft::new(about(
        (
            "ndp",
            "Who has this address? Neighbour discovery of IPv6",
            "Learning Python Network Programming, ch. 1 and appendix",
        ),
        "What takes ARP's place with IPv6.",
        "The question is an ICMPv6 message to a group that is made from the last 24 bits of the address: so only few machines have to \
         look at it. The answer, an advertisement, goes to the asker.",
        "The destination ff02::1:ff00:2 and the hardware address 33:33:ff:00:00:02 that belongs to it. The hop limit of 255: the \
         message cannot have come over a router.",
        &[
            "icmpv6",
            "icmpv6.type == 135",
            "icmpv6.nd.ns.target_address",
        ],
    ));
    let address = |last| IpAddr::V6(Ipv6Addr::new(0x2001, 0xdb8, 0, 0, 0, 0, 0, last));
    neighbours(draft, address(1), address(2), address(9))
}
