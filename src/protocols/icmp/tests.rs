//! ICMP as it should be read: pings and their answers, errors and the packets that they quote.

use crate::protocols::ip::testing::{Capture, RAW_IP};

/// A message in an IPv4 packet, from 10.0.0.1 to 10.0.0.2 or back.
fn packet(back: bool, message: &[u8]) -> Vec<u8> {
    let len = (20 + message.len()) as u16;
    let (a, b) = if back { (2, 1) } else { (1, 2) };
    let mut p = vec![0x45, 0];
    p.extend_from_slice(&len.to_be_bytes());
    p.extend_from_slice(&[0, 1, 0, 0, 64, 1, 0, 0, 10, 0, 0, a, 10, 0, 0, b]);
    p.extend_from_slice(message);
    p
}

const PING: [u8; 10] = [8, 0, 0x94, 0x98, 0, 2, 0, 1, b'c', b'd'];
const PONG: [u8; 10] = [0, 0, 0x9c, 0x98, 0, 2, 0, 1, b'c', b'd'];

#[test]
fn a_ping_and_its_answer_know_each_other() {
    let capture = Capture::of(RAW_IP, &[&packet(false, &PING), &packet(true, &PONG)]);
    assert_eq!(
        capture.line(1),
        "10.0.0.1 > 10.0.0.2 ICMP Echo (ping) request  id=0x0002, seq=1/256, ttl=64 (reply in 2)"
    );
    assert_eq!(
        capture.line(2),
        "10.0.0.2 > 10.0.0.1 ICMP Echo (ping) reply    id=0x0002, seq=1/256, ttl=64 (request in 1)"
    );
    let text = capture.text(2, "icmp");
    assert!(text.contains("Checksum: 0x9c98 [correct]"), "{text}");
    assert!(text.contains("Request frame: 1"), "{text}");
    assert!(text.contains("Response time: 1.000 ms"), "{text}");
    capture.cut_everywhere();
}

#[test]
fn a_ping_with_other_data_is_another_ping() {
    let other = [0, 0, 0x9c, 0x96, 0, 2, 0, 1, b'c', b'f'];
    let capture = Capture::of(RAW_IP, &[&packet(false, &PING), &packet(true, &other)]);
    assert!(capture.line(1).ends_with("(no response found!)"));
    assert!(capture.line(2).ends_with("ttl=64"));
}

#[test]
fn an_error_quotes_the_packet_that_it_is_about() {
    let mut error = vec![3, 3, 0, 0, 0, 0, 0, 0];
    let mut quoted = packet(true, &[0x03, 0xe8, 0, 9, 0, 24, 0, 0]);
    quoted[9] = 17;
    error.extend_from_slice(&quoted);
    let capture = Capture::of(RAW_IP, &[&packet(false, &error)]);
    assert_eq!(
        capture.line(1),
        "10.0.0.1 > 10.0.0.2 ICMP Destination unreachable (Port unreachable)"
    );
    let text = capture.text(1, "icmp");
    // The quoted packet lies inside the message's own tree.
    assert!(
        text.contains("\n  Internet Protocol Version 4, Src: 10.0.0.2, Dst: 10.0.0.1\n"),
        "{text}"
    );
    assert!(
        text.contains("\n  User Datagram Protocol, Src Port: 1000, Dst Port: 9\n"),
        "{text}"
    );
    capture.cut_everywhere();
}

#[test]
fn labels_behind_the_quoted_packet_are_read() {
    let mut error = vec![11, 0, 0, 0, 0, 32, 0, 0];
    let mut quoted = packet(true, &PING);
    quoted.resize(128, 0);
    error.extend_from_slice(&quoted);
    error.extend_from_slice(&[0x20, 0, 0, 0, 0, 8, 1, 1, 0x05, 0xdc, 0x11, 1]);
    let capture = Capture::of(RAW_IP, &[&packet(false, &error)]);
    let text = capture.text(1, "icmp");
    assert!(text.contains("Length of original datagram: 128"), "{text}");
    assert!(text.contains("Label: 24001"), "{text}");
    capture.cut_everywhere();
}

#[test]
fn every_type_and_code_is_read_without_fault() {
    for kind in 0..=255u8 {
        for code in [0, 1, 4, 255] {
            let mut message = vec![kind, code, 0, 0];
            message.extend_from_slice(&[0xff; 40]);
            Capture::of(RAW_IP, &[&packet(false, &message)]).cut_everywhere();
        }
    }
}
