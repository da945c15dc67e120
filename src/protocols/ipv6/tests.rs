//! IPv6 as it should be read: extension headers, fragments, what addresses tell.

use crate::protocols::ip::testing::{Capture, RAW_IP};

const SOURCE: [u8; 16] = [
    0x20, 1, 0x0d, 0xb8, 0, 0, 0, 0, 2, 0xe0, 0x81, 0xff, 0xfe, 0x52, 0xff, 0xff,
];
const DESTINATION: [u8; 16] = [0, 0x64, 0xff, 0x9b, 0, 0, 0, 0, 0, 0, 0, 0, 192, 0, 2, 1];

fn packet(next: u8, payload: &[u8]) -> Vec<u8> {
    let mut p = vec![0x60, 0, 0, 0];
    p.extend_from_slice(&(payload.len() as u16).to_be_bytes());
    p.extend_from_slice(&[next, 64]);
    p.extend_from_slice(&SOURCE);
    p.extend_from_slice(&DESTINATION);
    p.extend_from_slice(payload);
    p
}

/// 1000 to 9, 16 bytes of data.
const DATAGRAM: [u8; 24] = [
    0x03, 0xe8, 0, 9, 0, 24, 0x12, 0x34, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16,
];

#[test]
fn addresses_tell_what_they_were_made_from() {
    let capture = Capture::of(RAW_IP, &[&packet(17, &DATAGRAM)]);
    let text = capture.text(1, "ipv6");
    assert!(
        text.contains("Source SLAAC MAC: 00:e0:81:52:ff:ff"),
        "{text}"
    );
    assert!(
        text.contains("Destination Embedded IPv4: 192.0.2.1"),
        "{text}"
    );
    assert!(capture.line(1).ends_with("UDP 1000 → 9 Len=16"));
    capture.cut_everywhere();
}

#[test]
fn extension_headers_are_followed() {
    let mut payload = vec![43, 0, 5, 2, 0, 0, 1, 0];
    payload.extend_from_slice(&[17, 2, 0, 1, 0, 0, 0, 0]);
    payload.extend_from_slice(&SOURCE);
    payload.extend_from_slice(&DATAGRAM);
    let capture = Capture::of(RAW_IP, &[&packet(0, &payload)]);
    let text = capture.text(1, "ipv6");
    for line in [
        "    Router Alert\n",
        "      Router Alert: MLD (0)\n",
        "  Routing Header for IPv6 (Source Route)\n",
        "    Address[1]: 2001:db8::2e0:81ff:fe52:ffff\n",
    ] {
        assert!(text.contains(line), "{line} in {text}");
    }
    assert!(capture.line(1).ends_with("UDP 1000 → 9 Len=16"));
    capture.cut_everywhere();
}

#[test]
fn fragments_are_put_together() {
    let fragment = |offset: u16, part: &[u8]| {
        let mut payload = vec![17, 0];
        payload.extend_from_slice(&offset.to_be_bytes());
        payload.extend_from_slice(&[0, 0, 0, 7]);
        payload.extend_from_slice(part);
        packet(44, &payload)
    };
    let first = fragment(1, &DATAGRAM[..16]);
    let second = fragment(16, &DATAGRAM[16..]);
    let capture = Capture::of(RAW_IP, &[&first, &second]);
    assert!(
        capture
            .line(1)
            .ends_with("IPv6 fragment (off=0 more=y ident=0x00000007 nxt=17)")
    );
    assert!(
        capture
            .text(1, "ipv6")
            .ends_with("  Reassembled IPv6 in frame: 2\n")
    );
    assert!(capture.line(2).ends_with("UDP 1000 → 9 Len=16"));
    assert!(
        capture
            .text(2, "ipv6")
            .contains("  2 IPv6 Fragments (24 bytes): #1(16), #2(8)\n")
    );
    capture.cut_everywhere();
}

#[test]
fn chains_and_options_of_any_kind_end() {
    for first in 0..=255u8 {
        for fill in [0u8, 1, 3, 43, 60, 194, 255] {
            let mut payload = vec![first, 0];
            payload.resize(40, fill);
            for next in [0, 43, 44, 60] {
                let _ = Capture::of(RAW_IP, &[&packet(next, &payload)]).text(1, "ipv6");
            }
        }
    }
}
