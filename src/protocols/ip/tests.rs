//! IPv4 as it should be read: header, options, fragments, broken lengths.

use crate::protocols::ip::testing::{Capture, RAW_IP};

/// A header of 20 bytes and options, with a payload.
fn packet(flags: u16, options: &[u8], protocol: u8, payload: &[u8]) -> Vec<u8> {
    let header = 20 + options.len();
    let mut p = vec![0x40 | (header / 4) as u8, 0];
    p.extend_from_slice(&((header + payload.len()) as u16).to_be_bytes());
    p.extend_from_slice(&[0xd0, 0xfe]);
    p.extend_from_slice(&flags.to_be_bytes());
    p.extend_from_slice(&[64, protocol, 0, 0, 10, 0, 0, 1, 10, 0, 0, 2]);
    p.extend_from_slice(options);
    p.extend_from_slice(payload);
    p
}

/// 1000 to 9 (discard), 16 bytes of data.
const DATAGRAM: [u8; 24] = [
    0x03, 0xe8, 0, 9, 0, 24, 0, 0, b'a', b'b', b'c', b'd', b'e', b'f', b'g', b'h', b'i', b'j',
    b'k', b'l', b'm', b'n', b'o', b'p',
];

#[test]
fn a_header_is_shown_whole() {
    let mut bytes = packet(0x4000, &[], 17, &DATAGRAM);
    bytes[10..12].copy_from_slice(&[0x55, 0xc0]);
    let capture = Capture::of(RAW_IP, &[&bytes]).verified();
    assert_eq!(
        capture.text(1, "ip"),
        "\
Internet Protocol Version 4, Src: 10.0.0.1, Dst: 10.0.0.2
  0100 .... = Version: 4
  .... 0101 = Header Length: 20 bytes (5)
  Differentiated Services Field: 0x00 (DSCP: CS0, ECN: Not-ECT)
    0000 00.. = Differentiated Services Codepoint: Default (0)
    .... ..00 = Explicit Congestion Notification: Not ECN-Capable Transport (0)
  Total Length: 44
  Identification: 0xd0fe (53502)
  010. .... = Flags: 0x2, Don't fragment
    0... .... = Reserved bit: Not set
    .1.. .... = Don't fragment: Set
    ..0. .... = More fragments: Not set
  ...0 0000 0000 0000 = Fragment Offset: 0
  Time to Live: 64
  Protocol: UDP (17)
  Header Checksum: 0x55c0 [correct]
  Header checksum status: Good
  Source Address: 10.0.0.1
  Destination Address: 10.0.0.2
"
    );
    assert_eq!(capture.line(1), "10.0.0.1 > 10.0.0.2 UDP 1000 → 9 Len=16");
    capture.cut_everywhere();
}

#[test]
fn fragments_are_put_together_in_the_frame_of_the_last() {
    let first = packet(0x2000, &[], 17, &DATAGRAM[..16]);
    let second = packet(2, &[], 17, &DATAGRAM[16..]);
    let capture = Capture::of(RAW_IP, &[&second, &first]);
    assert_eq!(
        capture.line(1),
        "10.0.0.1 > 10.0.0.2 IPv4 Fragmented IP protocol (proto=UDP 17, off=16, ID=d0fe) [Reassembled in #2]"
    );
    assert_eq!(capture.line(2), "10.0.0.1 > 10.0.0.2 UDP 1000 → 9 Len=16");
    let text = capture.text(2, "ip");
    assert!(
        text.ends_with(
            "\
  2 IPv4 Fragments (24 bytes): #2(16), #1(8)
    Frame: 2, payload: 0-15 (16 bytes)
    Frame: 1, payload: 16-23 (8 bytes)
    Fragment count: 2
    Reassembled IPv4 length: 24
    Reassembled IPv4 data: 03e80009001800006162636465666768696a6b6c6d6e6f70
"
        ),
        "{text}"
    );
}

#[test]
fn fragments_that_contradict_each_other_are_marked() {
    let first = packet(0x2000, &[], 17, &DATAGRAM[..16]);
    let other = packet(0x2001, &[], 17, &[0xff; 8]);
    let last = packet(2, &[], 17, &DATAGRAM[16..]);
    let capture = Capture::of(RAW_IP, &[&first, &other, &last]);
    let text = capture.text(3, "ip");
    assert!(
        text.contains(
            "    Frame: 2, payload: 8-15 (8 bytes)
      Fragment overlap: True
      Conflicting data in fragment overlap: True
"
        ),
        "{text}"
    );
    // What came first counts.
    assert!(capture.text(3, "udp").contains("Length: 24"));
}

#[test]
fn broken_headers_say_what_is_wrong() {
    let mut version = packet(0, &[], 17, &DATAGRAM);
    version[0] = 0x45;
    let mut short = version.clone();
    short[0] = 0x44;
    let mut long = version.clone();
    long[2..4].copy_from_slice(&200u16.to_be_bytes());
    let mut less = version;
    less[2..4].copy_from_slice(&19u16.to_be_bytes());
    let capture = Capture::of(RAW_IP, &[&short, &long, &less]);
    assert!(
        capture
            .line(1)
            .ends_with("Bogus IP header length (16, must be at least 20)")
    );
    assert!(
        capture
            .text(2, "ip")
            .contains("IPv4 total length exceeds packet length (44 bytes)")
    );
    assert!(
        capture
            .line(3)
            .ends_with("Bogus IP length (19, less than header length 20)")
    );
    capture.cut_everywhere();
}

#[test]
fn a_length_of_zero_goes_as_far_as_the_link_says() {
    let mut bytes = packet(0, &[], 17, &DATAGRAM);
    bytes[2..4].copy_from_slice(&[0, 0]);
    let capture = Capture::of(RAW_IP, &[&bytes]);
    assert_eq!(capture.line(1), "10.0.0.1 > 10.0.0.2 UDP 1000 → 9 Len=16");
}

#[test]
fn a_source_route_names_the_destination() {
    let route = [131, 11, 4, 1, 2, 3, 4, 5, 6, 7, 8, 0];
    let capture = Capture::of(RAW_IP, &[&packet(0, &route, 17, &DATAGRAM)]);
    assert!(capture.line(1).starts_with("10.0.0.1 > 5.6.7.8 UDP"));
    let text = capture.text(1, "ip");
    assert!(
        text.contains("    Source Route: 1.2.3.4 <- (next)\n      Destination Address: 5.6.7.8")
            || text.contains("Source Route: 1.2.3.4 <- (next)"),
        "{text}"
    );
    assert!(text.contains("Current Route: 10.0.0.2"), "{text}");
    capture.cut_everywhere();
}

#[test]
fn options_of_every_kind_and_length_end_where_the_header_does() {
    for kind in 0..=255u8 {
        for len in 0..=14u8 {
            let mut options = [0xffu8; 12];
            options[0] = kind;
            options[1] = len;
            options[2] = 4;
            let bytes = packet(0, &options, 17, &DATAGRAM);
            let capture_line = Capture::of(RAW_IP, &[&bytes]).line(1);
            assert!(
                capture_line.contains("UDP 1000 → 9 Len=16"),
                "{capture_line}"
            );
        }
    }
}
