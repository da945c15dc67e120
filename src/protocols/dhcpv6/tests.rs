//! DHCPv6 with real bytes.

use crate::protocols::testing::{capture, every_prefix, hex, single};

/// Link type of frames that begin with an IP header.
const RAW_IP: u16 = 101;

/// A message from a client to all servers.
fn message(bytes: &str) -> Vec<u8> {
    let message = hex(bytes);
    let mut packet = hex(
        "60000000 0000 11 40 fe800000000000000000000000000001 ff020000000000000000000000010002 0222 0223 0000 0000",
    );
    let length = u16::try_from(8 + message.len()).unwrap().to_be_bytes();
    packet[4..6].copy_from_slice(&length);
    packet[44..46].copy_from_slice(&length);
    packet.extend(message);
    packet
}

#[test]
fn a_request_with_an_address_in_an_association() {
    let done = single(
        RAW_IP,
        &message(
            "03 123456 0001 000a 0003 0001 020000000001 0008 0002 0005 0003 0028 00000001 00000708 ffffffff
             0005 0018 20010db8000000000000000000000007 00000e10 00001c20",
        ),
    );
    assert_eq!(
        &done.tree[done.tree.find("DHCPv6\n").unwrap()..],
        "DHCPv6
  Message type: Request (3)
  Transaction ID: 0x123456
  Client Identifier
    Option: Client Identifier (1)
    Length: 10
    DUID: 00030001020000000001
    DUID Type: link-layer address (3)
    Hardware type: Ethernet (1)
    Link-layer address: 02:00:00:00:00:01
  Elapsed time
    Option: Elapsed time (8)
    Length: 2
    Elapsed time: 50ms
  Identity Association for Non-temporary Address
    Option: Identity Association for Non-temporary Address (3)
    Length: 40
    IAID: 00000001
    T1: 1800
    T2: infinity
    IA Address
      Option: IA Address (5)
      Length: 24
      IPv6 address: 2001:db8::7
      Preferred lifetime: 3600
      Valid lifetime: 7200
"
    );
    assert_eq!(
        done.row,
        "fe80::1 | ff02::1:2 | DHCPv6 | \
         Request XID: 0x123456 CID: 00030001020000000001 IAA: 2001:db8::7 "
    );
}

/// A relay carries the client's message in an option of its own; the list shows both.
#[test]
fn relays_carry_messages() {
    let address = "20010db8000000000000000000000001";
    let done = single(
        RAW_IP,
        &message(&format!(
            "0c 00 {address} {address} 0012 0004 65746830 0009 0008 0b 654321 000e 0000"
        )),
    );
    assert!(
        done.row
            .ends_with("| Relay-forw L: 2001:db8::1 Information-request XID: 0x654321 ")
    );
    assert!(done.tree.contains(
        "  Relay Message
    Option: Relay Message (9)
    Length: 8
    DHCPv6
      Message type: Information-request (11)
      Transaction ID: 0x654321
      Rapid Commit
        Option: Rapid Commit (14)
        Length: 0
"
    ));
}

/// Messages in messages, without end: reading stops at some depth.
#[test]
fn nesting_has_a_limit() {
    let mut inner = "0b 000000".to_owned();
    for _ in 0..40 {
        let len = hex(&inner).len();
        inner = format!("0c 00 {} 0009 {len:04x} {inner}", "00".repeat(32));
    }
    let done = single(RAW_IP, &message(&inner));
    assert!(done.tree.contains("[Malformed Packet: DHCPv6]"));
}

#[test]
fn every_option_survives_every_length() {
    for len in 0..=36usize {
        let mut frames = Vec::new();
        for code in 0..=150 {
            for fill in ["00", "01", "ff", "03"] {
                let value = fill.repeat(len);
                frames.push(message(&format!("01 000000 {code:04x} {len:04x} {value}")));
            }
        }
        let frames: Vec<&[u8]> = frames.iter().map(Vec::as_slice).collect();
        for done in capture(RAW_IP, &frames) {
            assert!(done.tree.contains("    Length: "));
            assert!(!done.tree.contains("[Malformed Packet: dissector]"));
        }
    }
}

#[test]
fn beginnings_of_messages_are_survived() {
    every_prefix(
        RAW_IP,
        &message(
            "01 123456 0027 0006 00 036c616200 0038 0009 0003 0005 036c616200 0011 000b 00000009 0001 0003 616263
             0059 000c 01 10 18 c0000200 20 20010db8",
        ),
    );
}
