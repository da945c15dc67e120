//! DHCP (RFC 2131) and DHCPv6 (RFC 8415): a machine without an address asks for one. It has no TCP/IP yet that it could use,
//! so the frames are made here.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use smoltcp::phy::ChecksumCapabilities;
use smoltcp::wire::{
    EthernetAddress, EthernetProtocol, IpAddress, IpProtocol, Ipv4Packet, Ipv4Repr, Ipv6Packet,
    Ipv6Repr, UdpPacket, UdpRepr,
};

use super::{Draft, about};
use crate::lab::plan::{Act, Plan, mac};
use crate::lab::router::framed;

/// A UDP datagram in a frame.
fn datagram(
    (from_mac, from, from_port): ([u8; 6], IpAddr, u16),
    (to_mac, to, to_port): ([u8; 6], IpAddr, u16),
    payload: &[u8],
) -> Vec<u8> {
    let checksums = ChecksumCapabilities::default();
    let udp = UdpRepr {
        src_port: from_port,
        dst_port: to_port,
    };
    let len = udp.header_len() + payload.len();
    let fill = |out: &mut [u8]| {
        udp.emit(
            &mut UdpPacket::new_unchecked(out),
            &IpAddress::from(from),
            &IpAddress::from(to),
            payload.len(),
            |buffer| buffer.copy_from_slice(payload),
            &checksums,
        );
    };
    let (kind, bytes) = match (from, to) {
        (IpAddr::V4(from), IpAddr::V4(to)) => {
            let ip = Ipv4Repr {
                src_addr: from,
                dst_addr: to,
                next_header: IpProtocol::Udp,
                payload_len: len,
                hop_limit: 64,
            };
            let mut bytes = vec![0; ip.buffer_len() + len];
            let mut packet = Ipv4Packet::new_unchecked(&mut bytes);
            ip.emit(&mut packet, &checksums);
            fill(packet.payload_mut());
            (EthernetProtocol::Ipv4, bytes)
        }
        (IpAddr::V6(from), IpAddr::V6(to)) => {
            let ip = Ipv6Repr {
                src_addr: from,
                dst_addr: to,
                next_header: IpProtocol::Udp,
                payload_len: len,
                hop_limit: if to.is_multicast() { 1 } else { 64 },
            };
            let mut bytes = vec![0; ip.buffer_len() + len];
            let mut packet = Ipv6Packet::new_unchecked(&mut bytes);
            ip.emit(&mut packet);
            fill(packet.payload_mut());
            (EthernetProtocol::Ipv6, bytes)
        }
        _ => (EthernetProtocol::Ipv4, Vec::new()),
    };
    framed(
        EthernetAddress(from_mac),
        EthernetAddress(to_mac),
        kind,
        &bytes,
    )
}

/// A frame is sent, and the other host waits for it.
fn sends(draft: &mut Draft, from: usize, to: usize, bytes: Vec<u8>, said: &str, note: &str) {
    let step = draft.step(Act::Frame { host: from, bytes }, said, note);
    draft.step(Act::Heard { host: to, step }, "(heard)", "");
}

const OWN: Ipv4Addr = Ipv4Addr::new(192, 168, 0, 1);
const LEASED: Ipv4Addr = Ipv4Addr::new(192, 168, 0, 4);
/// The number that the client chose for this conversation.
const TRANSACTION: u32 = 0x3903_f326;

/// A message of BOOTP's form (RFC 951) with DHCP's options: 300 bytes at least.
fn message(reply: bool, client: [u8; 6], yours: Ipv4Addr, options: &[(u8, &[u8])]) -> Vec<u8> {
    let mut bytes = vec![if reply { 2 } else { 1 }, 1, 6, 0];
    bytes.extend_from_slice(&TRANSACTION.to_be_bytes());
    bytes.extend_from_slice(&[0; 8]);
    bytes.extend_from_slice(&yours.octets());
    bytes.extend_from_slice(&[0; 8]);
    bytes.extend_from_slice(&client);
    bytes.resize(236, 0);
    bytes.extend_from_slice(&[0x63, 0x82, 0x53, 0x63]);
    for (code, value) in options {
        bytes.extend_from_slice(&[*code, value.len() as u8]);
        bytes.extend_from_slice(value);
    }
    bytes.push(255);
    if bytes.len() < 300 {
        bytes.resize(300, 0);
    }
    bytes
}

/// An address is leased.
pub(in crate::lab) fn dhcp() -> Plan {
    let mut draft = Draft::new(about(
        (
            "dhcp",
            "A machine gets its address: discover, offer, request, ack",
            "Learning Python Network Programming, ch. 1",
        ),
        "How a machine that has just been switched on learns its address, its gateway and its name server.",
        "The client has no address and knows nobody: it asks everybody, from 0.0.0.0. A server offers an address; the client asks for \
         it, again so that everybody hears which offer it takes; the server confirms, and says for how long.",
        "The broadcast addresses. The transaction number that holds the four messages together. The options: lease time, mask, \
         router, name server.",
        &["dhcp", "dhcp.option.dhcp == 5", "dhcp.ip.your"],
    ));
    let client = draft.bare("client");
    let server = draft.bare("server");
    let (own, other) = (mac(client), mac(server));
    let nobody = IpAddr::V4(Ipv4Addr::UNSPECIFIED);
    let all = ([0xff; 6], IpAddr::V4(Ipv4Addr::BROADCAST), 67);
    let id = [&[1][..], &own].concat();
    let wanted: &[u8] = &[1, 3, 6, 12, 15, 51];
    let lease: &[u8] = &3600u32.to_be_bytes();
    let network: Vec<(u8, Vec<u8>)> = vec![
        (54, OWN.octets().to_vec()),
        (51, lease.to_vec()),
        (1, vec![255, 255, 255, 0]),
        (3, OWN.octets().to_vec()),
        (6, OWN.octets().to_vec()),
        (15, b"example.org".to_vec()),
    ];
    let with_kind = |kind: u8| -> Vec<(u8, Vec<u8>)> {
        std::iter::once((53, vec![kind]))
            .chain(network.clone())
            .collect()
    };
    let reply = |kind: u8| {
        let options = with_kind(kind);
        let options: Vec<(u8, &[u8])> = options.iter().map(|(c, v)| (*c, v.as_slice())).collect();
        datagram(
            (other, IpAddr::V4(OWN), 67),
            (own, IpAddr::V4(LEASED), 68),
            &message(true, own, LEASED, &options),
        )
    };
    let discover: &[(u8, &[u8])] = &[(53, &[1]), (61, &id), (12, b"laptop"), (55, wanted)];
    let frame = datagram(
        (own, nobody, 68),
        all,
        &message(false, own, Ipv4Addr::UNSPECIFIED, discover),
    );
    sends(
        &mut draft,
        client,
        server,
        frame,
        "C: Is there anybody who gives out addresses? (discover)",
        "To everybody, from nobody: the client has no address yet.",
    );
    sends(
        &mut draft,
        server,
        client,
        reply(2),
        "S: You could have 192.168.0.4 for an hour (offer)",
        "",
    );
    let request: &[(u8, &[u8])] = &[
        (53, &[3]),
        (61, &id),
        (50, &LEASED.octets()),
        (54, &OWN.octets()),
        (12, b"laptop"),
        (55, wanted),
    ];
    let frame = datagram(
        (own, nobody, 68),
        all,
        &message(false, own, Ipv4Addr::UNSPECIFIED, request),
    );
    sends(
        &mut draft,
        client,
        server,
        frame,
        "C: I take 192.168.0.4 from 192.168.0.1 (request)",
        "Again to everybody: other servers learn that their offers are not wanted.",
    );
    sends(
        &mut draft,
        server,
        client,
        reply(5),
        "S: It is yours for an hour (ack)",
        "",
    );
    draft.done()
}

/// An option of DHCPv6: code, length, value.
fn option(code: u16, value: &[u8]) -> Vec<u8> {
    let mut bytes = code.to_be_bytes().to_vec();
    bytes.extend_from_slice(&(value.len() as u16).to_be_bytes());
    bytes.extend_from_slice(value);
    bytes
}

/// An IPv6 address is leased.
pub(in crate::lab) fn dhcpv6() -> Plan {
    let mut draft = Draft::new(about(
        (
            "dhcpv6",
            "The same with IPv6: solicit, advertise, request, reply",
            "Learning Python Network Programming, ch. 1",
        ),
        "How a machine gets an IPv6 address from a server.",
        "The client has a link-local address already, made from nothing; from there it asks the group of all servers, ff02::1:2. Four \
         messages again; client and server are named by identifiers (DUID) instead of addresses.",
        "The ports 546 and 547. The identity association (IA_NA) that holds the address. Preferred and valid lifetime.",
        &["dhcpv6", "dhcpv6.msgtype == 7", "dhcpv6.iaaddr.ip"],
    ));
    let client = draft.bare("client");
    let server = draft.bare("server");
    let (own, other) = (mac(client), mac(server));
    let link_local = |last: u16| IpAddr::V6(Ipv6Addr::new(0xfe80, 0, 0, 0, 0, 0, 0, last));
    let (from, to) = (link_local(1), link_local(2));
    let group = IpAddr::V6(Ipv6Addr::new(0xff02, 0, 0, 0, 0, 0, 1, 2));
    let duid = |mac: [u8; 6]| [&[0, 3, 0, 1][..], &mac].concat();
    let client_id = option(1, &duid(own));
    let server_id = option(2, &duid(other));
    let elapsed = option(8, &[0, 0]);
    let wanted = option(6, &[0, 23, 0, 24]);
    let empty = option(3, &[0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0]);
    let address = Ipv6Addr::new(0x2001, 0xdb8, 0, 0, 0, 0, 0, 0x40);
    let lifetimes = [3600u32.to_be_bytes(), 7200u32.to_be_bytes()].concat();
    let lease = option(5, &[&address.octets()[..], &lifetimes].concat());
    let times = [
        1u32.to_be_bytes(),
        1800u32.to_be_bytes(),
        2880u32.to_be_bytes(),
    ]
    .concat();
    let granted = option(3, &[times, lease].concat());
    let resolver = Ipv6Addr::new(0x2001, 0xdb8, 0, 0, 0, 0, 0, 0x53);
    let names = option(23, &resolver.octets());
    let message = |kind: u8, transaction: [u8; 3], options: &[&Vec<u8>]| {
        let mut bytes = vec![kind];
        bytes.extend_from_slice(&transaction);
        for option in options {
            bytes.extend_from_slice(option);
        }
        bytes
    };
    let (first, second) = ([0x10, 0x08, 0x74], [0x49, 0x17, 0x4e]);
    let asks = |payload: &[u8]| {
        let all = ([0x33, 0x33, 0, 1, 0, 2], group, 547);
        datagram((own, from, 546), all, payload)
    };
    let answers = |payload: &[u8]| datagram((other, to, 547), (own, from, 546), payload);
    let frame = asks(&message(1, first, &[&client_id, &elapsed, &wanted, &empty]));
    sends(
        &mut draft,
        client,
        server,
        frame,
        "C: Is there anybody who gives out addresses? (solicit)",
        "To the group of all servers.",
    );
    let frame = answers(&message(
        2,
        first,
        &[&client_id, &server_id, &granted, &names],
    ));
    sends(
        &mut draft,
        server,
        client,
        frame,
        "S: You could have 2001:db8::40 (advertise)",
        "",
    );
    let frame = asks(&message(
        3,
        second,
        &[&client_id, &server_id, &elapsed, &wanted, &granted],
    ));
    sends(
        &mut draft,
        client,
        server,
        frame,
        "C: I take it, from that server (request)",
        "The server is named by its identifier, the group still hears it.",
    );
    let frame = answers(&message(
        7,
        second,
        &[&client_id, &server_id, &granted, &names],
    ));
    sends(
        &mut draft,
        server,
        client,
        frame,
        "S: It is yours for two hours (reply)",
        "",
    );
    draft.done()
}
