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
