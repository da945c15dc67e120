//! IGMP as it should be read.

use crate::protocols::ip::testing::{Capture, RAW_IP};

/// A message in an IPv4 packet with the router alert option, as hosts send it.
fn packet(message: &[u8]) -> Vec<u8> {
    let len = (24 + message.len()) as u16;
    let mut p = vec![0x46, 0];
    p.extend_from_slice(&len.to_be_bytes());
    p.extend_from_slice(&[0, 1, 0, 0, 1, 2, 0, 0, 10, 0, 0, 1, 224, 0, 0, 22]);
    p.extend_from_slice(&[148, 4, 0, 0]);
    p.extend_from_slice(message);
    p
}

#[test]
fn a_report_of_version_3_lists_its_groups() {
    let report = [0x22, 0, 0xf9, 0x02, 0, 0, 0, 1, 4, 0, 0, 0, 224, 0, 0, 251];
    let capture = Capture::of(RAW_IP, &[&packet(&report)]);
    assert_eq!(
        capture.line(1),
        "10.0.0.1 > 224.0.0.22 IGMPv3 Membership Report / Join group 224.0.0.251 for any sources"
    );
    assert_eq!(
        capture.text(1, "igmp"),
        "\
Internet Group Management Protocol
  IGMP Version: 3
  Type: Membership Report (0x22)
  Reserved: 00
  Checksum: 0xf902 [correct]
  Checksum Status: Good
  Reserved: 0000
  Num Group Records: 1
  Group Record : 224.0.0.251  Change To Exclude Mode
    Record Type: Change To Exclude Mode (4)
    Aux Data Len: 0
    Num Src: 0
    Multicast Address: 224.0.0.251
"
    );
    capture.cut_everywhere();
}

#[test]
fn length_and_second_byte_tell_the_version() {
    let query = |second: u8, len: usize| {
        let mut message = vec![0x11, second, 0, 0];
        message.resize(len, 0);
        Capture::of(RAW_IP, &[&packet(&message)]).line(1)
    };
    assert!(query(0, 8).contains("IGMPv1 Membership Query"));
    assert!(query(10, 8).contains("IGMPv2 Membership Query, general"));
    assert!(query(100, 12).contains("IGMPv3 Membership Query, general"));
}

#[test]
fn every_type_is_read_without_fault() {
    for kind in 0..=255u8 {
        let mut message = vec![kind];
        message.resize(70, 0xff);
        Capture::of(RAW_IP, &[&packet(&message)]).cut_everywhere();
    }
}
