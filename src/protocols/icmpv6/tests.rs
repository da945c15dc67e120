//! ICMPv6 as it should be read.

use crate::protocols::ip::testing::{Capture, RAW_IP};

/// A message in an IPv6 packet from fe80::1 to the group ff02::`last`.
fn packet(last: [u8; 4], message: &[u8]) -> Vec<u8> {
    let mut p = vec![0x60, 0, 0, 0];
    p.extend_from_slice(&(message.len() as u16).to_be_bytes());
    p.extend_from_slice(&[58, 255, 0xfe, 0x80]);
    p.extend_from_slice(&[0; 13]);
    p.extend_from_slice(&[
        1,
        0xff,
        2,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        u8::from(last != [0, 0, 0, 0x16]),
    ]);
    p.extend_from_slice(&last);
    p.extend_from_slice(message);
    p
}

#[test]
fn a_solicitation_names_target_and_asker() {
    let message = [
        0x87, 0, 0x79, 0xee, 0, 0, 0, 0, 0xfe, 0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 1,
        1, 2, 0, 0, 0, 0, 0xaa,
    ];
    let capture = Capture::of(RAW_IP, &[&packet([0xff, 0, 0, 2], &message)]);
    assert_eq!(
        capture.line(1),
        "fe80::1 > ff02::1:ff00:2 ICMPv6 Neighbor Solicitation for fe80::2 from 02:00:00:00:00:aa"
    );
    assert_eq!(
        capture.text(1, "icmpv6"),
        "\
Internet Control Message Protocol v6
  Type: Neighbor Solicitation (135)
  Code: 0
  Checksum: 0x79ee [correct]
  Checksum Status: Good
  Reserved: 00000000
  Target Address: fe80::2
  ICMPv6 Option (Source link-layer address : 02:00:00:00:00:aa)
    Type: Source link-layer address (1)
    Length: 1 (8 bytes)
    Link-layer address: 02:00:00:00:00:aa
"
    );
    capture.cut_everywhere();
}

#[test]
fn an_option_of_length_zero_ends_the_list() {
    let mut message = vec![133, 0, 0, 0, 0, 0, 0, 0, 1, 0];
    message.extend_from_slice(&[0; 6]);
    let capture = Capture::of(RAW_IP, &[&packet([0, 0, 0, 2], &message)]);
    assert!(capture.text(1, "icmpv6").contains("Invalid Option Length"));
}

#[test]
fn every_type_and_option_is_read_without_fault() {
    for kind in 0..=255u8 {
        for option in [0u8, 1, 3, 4, 13, 24, 25, 31, 34, 36, 37, 38, 99] {
            let mut message = vec![kind, 0, 0, 0];
            message.resize(if kind == 135 { 24 } else { 16 }, 0);
            message.extend_from_slice(&[option, 2]);
            message.resize(message.len() + 14, 0x3f);
            let _ = Capture::of(RAW_IP, &[&packet([0, 0, 0, 1], &message)]).line(1);
        }
    }
    // Every option of an advertisement, in every length that leaves something out.
    for option in 0..=255u8 {
        for words in 0..=4u8 {
            let mut message = vec![134, 0, 0, 0];
            message.resize(16, 0);
            message.extend_from_slice(&[option, words]);
            message.resize(16 + 30, 0x3f);
            let _ = Capture::of(RAW_IP, &[&packet([0, 0, 0, 1], &message)]).text(1, "icmpv6");
        }
    }
}

/// A message in an IPv6 packet, its tree without the lines that all messages have.
fn tree_of(message: &str) -> String {
    let message = crate::protocols::testing::hex(message);
    let capture = Capture::of(RAW_IP, &[&packet([0, 0, 0, 0x1a], &message)]);
    capture.cut_everywhere();
    let text = capture.text(1, "icmpv6");
    let (_, rest) = text.split_once("Checksum Status: ").unwrap();
    rest.split_once('\n').unwrap().1.to_owned()
}

#[test]
fn a_routing_graph_is_announced() {
    assert_eq!(
        tree_of(
            "9b01 0000 1ef0 0100 8d 01 00 00 20010db8000000000000000000000001
             040e 0a 14 03 0a 0700 0100 0001 00 ff 003c"
        ),
        "  RPLInstanceID: 30
  Version: 240
  Rank: 256
  Flags: 0x8d, Grounded (G), Mode of Operation (MOP): Non-Storing Mode of Operation
    1... .... = Grounded (G): True
    .0.. .... = Zero: False
    ..00 1... = Mode of Operation (MOP): Non-Storing Mode of Operation (0x1)
    .... .101 = DODAG Preference: 5
  Destination Advertisement Trigger Sequence Number (DTSN): 1
  Flags: 0x00
  Reserved: 00
  DODAGID: 2001:db8::1
  ICMPv6 RPL Option (DODAG configuration)
    Type: DODAG configuration (4)
    Length: 14
    Flag: 0x0a, Authentication Enabled
      0000 .... = Reserved: 0
      .... 1... = Authentication Enabled: Set
      .... .010 = Path Control Size: 2
    DIOIntervalDoublings: 20
    DIOIntervalMin: 3
    DIORedundancyConstant: 10
    MaxRankInc: 1792
    MinHopRankInc: 256
    OCP (Objective Code Point): 1
    Reserved: 0
    Default Lifetime: 255
    Lifetime Unit: 60
"
    );
}

#[test]
fn targets_are_told_to_the_parent() {
    let tree = tree_of(
        "9b02 0000 1e 80 00 f1
         0512 0080 20010db8000000000000000000000002
         0614 80 80 01 ff 20010db8000000000000000000000001 00 0103000000",
    );
    for line in [
        "  ICMPv6 RPL Option (RPL Target 2001:db8::2/128)\n",
        "  ICMPv6 RPL Option (Transit Information 2001:db8::1)\n",
        "    Flags: 0x80, External\n",
        "  ICMPv6 RPL Option (1-byte padding)\n    Type: 1-byte padding (0)\n",
        "    Paddn (Length : 3 bytes)\n",
    ] {
        assert!(tree.contains(line), "{line:?} is not in\n{tree}");
    }
}

#[test]
fn the_key_of_a_secured_message_depends_on_the_mode() {
    for (mode, key, lines) in [
        ("00", "09", "Key Source: 9\n"),
        ("40", "", "Counter: 77\n  Flags: 5\n"),
        (
            "80",
            "010203040506070809",
            "Key Source: 0102030405060708\n  Key Source: 9\n",
        ),
        ("c0", "", "Counter: 77\n  Flags: 5\n"),
        (
            "c1",
            "010203040506070809",
            "Key Source: 0102030405060708\n  Key Source: 9\n",
        ),
    ] {
        let tree = tree_of(&format!("9b80 0000 81 00 {mode} 00 0000004d {key} 0500"));
        assert!(tree.contains(lines), "{mode}: {tree}");
        assert!(tree.ends_with("  Flags: 5\n  Reserved: 00\n"), "{tree}");
    }
}

#[test]
fn metrics_have_values_of_their_own() {
    let tree = tree_of(
        "9b01 0000 1ef0 0100 08 01 00 00 20010db8000000000000000000000001
         021c 03 0000 02 1205 07 0080 04 0080 0100 08 0200 03 00 ffc1 63 0000 02 abcd",
    );
    for line in [
        "      .... .... 0000 0101 = Hop Count: 5\n",
        "      Flags: 0x0080, Flag R\n",
        "      ETX: 128\n      ETX: 256\n",
        "      .... .... .... ...1 = Flag I: 1\n",
        "    Routing Metric/Constraint Type: Unknown (99)\n",
        "Unknown RPL metric/constraint type\n",
    ] {
        assert!(
            tree.replace("        ", "      ").contains(line),
            "{line:?} is not in\n{tree}"
        );
    }
}

#[test]
fn prefixes_are_renumbered() {
    let tree = tree_of(
        "8a00 0000 00000007 01 f8 0064 00000000
         02 07 01 40 30 80 0000 20010db8000000000000000000000001
         30 10 c0 80 00015180 ffffffff 80000000 20010db8000100000000000000000000",
    );
    for line in [
        "  Match-Prefix Part: Change 2001:db8::1/64 (48-128)\n",
        "  Use-Prefix Part: 2001:db8:1::/48 (keep 16)\n",
        "    Valid Lifetime: 86400\n    Preferred Lifetime: Infinity (4294967295)\n",
    ] {
        assert!(tree.contains(line), "{line:?} is not in\n{tree}");
    }
}

#[test]
fn a_node_tells_its_name() {
    let tree = tree_of("8c00 0000 0002 0000 1122334455667788 00000000 04686f7374 0000");
    assert!(
        tree.ends_with("  Nonce: 0x1122334455667788\n  TTL: 0\n  Name Node: host\n"),
        "{tree}"
    );
    let tree = tree_of("8b00 0000 0003 003e 1122334455667788 20010db8000000000000000000000001");
    assert!(
        tree.ends_with("  IPv6 subject address: 2001:db8::1\n"),
        "{tree}"
    );
}

#[test]
fn home_agents_answer() {
    assert_eq!(
        tree_of("9100 0000 1234 0000 20010db8000000000000000000000001"),
        "  Identifier: 4660 (0x1234)\n  Reserved: 0000\n  Home Agent Address: 2001:db8::1\n"
    );
}

#[test]
fn a_handover_names_its_code() {
    let message = crate::protocols::testing::hex("9a03 0000 05 00 1234");
    let capture = Capture::of(RAW_IP, &[&packet([0, 0, 0, 1], &message)]);
    assert!(
        capture
            .text(1, "icmpv6")
            .contains("  Code: 3 (Handover Accepted, NCoA assigned)\n")
    );
    assert!(capture.line(1).ends_with("FMIPv6 (Handover Acknowledge)"));
}

#[test]
fn kept_messages_are_counted_from_the_oldest() {
    let tree = tree_of("9f00 0000 fe 08 a0c0");
    assert_eq!(
        tree,
        "  MPL Seed Info: [1]
    MinSequence: 254
    0000 10.. = Buffered Messages Length: 2
    .... ..00 = Seed ID Length: 0 bit, not included in MPL Seed Info (0)
    Seed ID: fe80::1
    Buffered Messages
      Sequence: 254
      Sequence: 0
      Sequence: 6
      Sequence: 7
"
    );
}

#[test]
fn signed_solicitations_show_their_parts() {
    let tree = tree_of(
        "8500 0000 00000000
         0b06 08 00 11111111111111111111111111111111 20010db800000000 01 3003020101
              0007 0002 abcd 0000000000000000
         0c03 0000 22222222222222222222222222222222 33333333",
    );
    for line in [
        "  ICMPv6 Option (CGA)\n",
        "      Modifier: 11111111111111111111111111111111\n      Subnet Prefix: 20010db800000000\n      Count: 01\n",
        "      Ext Type: 7\n      Ext Length: 2\n      Ext Data: abcd\n",
        "    Key Hash: 22222222222222222222222222222222\n    Digital Signature and Padding\n",
    ] {
        assert!(tree.contains(line), "{line:?} is not in\n{tree}");
    }
}
