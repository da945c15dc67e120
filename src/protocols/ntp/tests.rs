//! NTP with real bytes.

use crate::protocols::testing::{Dissected, capture, every_prefix, hex};

/// Link type of frames that begin with an IP header.
const RAW_IP: u16 = 101;

/// A datagram to port 123 (or back from it) between 192.0.2.1 and 192.0.2.2.
fn datagram(back: bool, message: &str) -> Vec<u8> {
    let message = hex(message);
    let mut packet = hex(if back {
        "4500 0000 0000 0000 40 11 0000 c0000202 c0000201 007b c000 0000 0000"
    } else {
        "4500 0000 0000 0000 40 11 0000 c0000201 c0000202 c000 007b 0000 0000"
    });
    let length = 8 + message.len();
    packet[2..4].copy_from_slice(&u16::try_from(20 + length).unwrap().to_be_bytes());
    packet[24..26].copy_from_slice(&u16::try_from(length).unwrap().to_be_bytes());
    packet.extend(message);
    packet
}

fn dissect(messages: &[(bool, &str)]) -> Vec<Dissected> {
    let frames: Vec<Vec<u8>> = messages.iter().map(|(b, m)| datagram(*b, m)).collect();
    let frames: Vec<&[u8]> = frames.iter().map(Vec::as_slice).collect();
    capture(RAW_IP, &frames)
}

/// The lines of NTP.
fn part(tree: &str) -> &str {
    &tree[tree.find("Network Time Protocol").unwrap()..]
}

const QUESTION: &str = "23 00 06 ec 00000000 00000000 00000000
    0000000000000000 0000000000000000 0000000000000000 d8aff4ec c8000000";
const ANSWER: &str = "24 02 06 e9 00000505 0000097a d58800fc
    d8aff1a0 80000000 d8aff4ec c8000000 d8aff4ec cdfffffe d8aff4ec ce000000";

#[test]
fn an_answer_is_linked_to_its_question() {
    let done = dissect(&[(false, QUESTION), (true, ANSWER), (true, ANSWER)]);
    assert_eq!(
        part(&done[0].tree),
        "Network Time Protocol (NTP Version 4, client)
  Flags: 0x23, Leap Indicator: no warning, Version number: NTP Version 4, Mode: client
    00.. .... = Leap Indicator: no warning (0)
    ..10 0... = Version number: NTP Version 4 (4)
    .... .011 = Mode: client (3)
  Response In: 2
  Peer Clock Stratum: unspecified or invalid (0)
  Peer Polling Interval: 6 (64 seconds)
  Peer Clock Precision: 0.000001 seconds
  Root Delay: 0.000000 seconds
  Root Dispersion: 0.000000 seconds
  Reference ID: NULL
  Reference Timestamp: NULL
  Origin Timestamp: NULL
  Receive Timestamp: NULL
  Transmit Timestamp: Mar 15, 2015 12:09:16.781250000 UTC
"
    );
    assert_eq!(
        part(&done[1].tree),
        "Network Time Protocol (NTP Version 4, server)
  Flags: 0x24, Leap Indicator: no warning, Version number: NTP Version 4, Mode: server
    00.. .... = Leap Indicator: no warning (0)
    ..10 0... = Version number: NTP Version 4 (4)
    .... .100 = Mode: server (4)
  Request In: 1
  Delta Time: 3.000000000 seconds
  Peer Clock Stratum: secondary reference (2)
  Peer Polling Interval: 6 (64 seconds)
  Peer Clock Precision: 0.000000 seconds
  Root Delay: 0.019608 seconds
  Root Dispersion: 0.037018 seconds
  Reference ID: 213.136.0.252
  Reference Timestamp: Mar 15, 2015 11:55:12.500000000 UTC
  Origin Timestamp: Mar 15, 2015 12:09:16.781250000 UTC
  Receive Timestamp: Mar 15, 2015 12:09:16.804687499 UTC
  Transmit Timestamp: Mar 15, 2015 12:09:16.804687500 UTC
"
    );
    assert_eq!(
        done[1].row,
        "192.0.2.2 | 192.0.2.1 | NTP | NTP Version 4, server"
    );
    // The same answer again answers the same question, which names the first.
    assert!(done[2].tree.contains("Request In: 1"));
}

/// The seconds since 1900 begin anew in 2036; a first bit of 0 means the time after that.
#[test]
fn times_go_on_after_2036() {
    let message = QUESTION.replace("d8aff4ec c8000000", "00000000 00000001");
    let done = dissect(&[(false, &message)]);
    assert!(
        done[0]
            .tree
            .contains("Transmit Timestamp: Feb  7, 2036 06:28:16.000000000 UTC")
    );
    let message = QUESTION.replace("d8aff4ec c8000000", "ffffffff ffffffff");
    let done = dissect(&[(false, &message)]);
    assert!(
        done[0]
            .tree
            .contains("Transmit Timestamp: Feb  7, 2036 06:28:15.999999999 UTC")
    );
}

#[test]
fn the_reference_is_read_by_stratum() {
    for (stratum, id, text) in [
        ("01", "47505300", "Global Position System"),
        ("00", "52415445", "Unidentified reference source 'RATE'"),
        ("01", "41420001", "Unidentified reference source 'AB'"),
        ("02", "47505300", "71.80.83.0"),
        ("10", "494e4954", "73.78.73.84"),
    ] {
        let message = ANSWER
            .replace("24 02", &format!("24 {stratum}"))
            .replace("d58800fc", id);
        let done = dissect(&[(true, &message)]);
        let wanted = format!("Reference ID: {text}\n");
        assert!(done[0].tree.contains(&wanted), "{wanted}");
    }
}

/// A field and an authenticator may begin alike: what is behind decides.
#[test]
fn extension_fields_are_told_from_authenticators() {
    let rest = |more: &str| {
        let message = format!("{QUESTION}{more}");
        let done = dissect(&[(false, &message)]);
        let tree = &done[0].tree;
        let start = tree.find("  Transmit").unwrap();
        tree[start..].split_once('\n').unwrap().1.to_owned()
    };
    let field = "0104 0010 000102030405060708090a0b";
    let shown = "  Extension
    Field Type: Unique Identifier (0x0104)
    Length: 16
    Value: 000102030405060708090a0b
";
    assert_eq!(rest(field), shown);
    let digest = "00112233445566778899aabbccddeeff";
    assert_eq!(
        rest(&format!("{field} 00000007 {digest}")),
        format!("{shown}  Key ID: 00000007\n  Message Authentication Code: {digest}\n")
    );
    assert_eq!(
        rest(&format!("00000001 {digest}")),
        format!("  Key ID: 00000001\n  Message Authentication Code: {digest}\n")
    );
    // Twelve bytes behind it are neither a field nor an authenticator: all is one digest.
    assert!(rest(&format!("{field} 000000010000000200000003")).starts_with("  Key ID: 01040010\n"));
    assert_eq!(
        rest("0104 0011 000102030405060708090a0b0c"),
        "  Extension
    Field Type: Unique Identifier (0x0104)
    Length: 17
      Extension length 17 isn't a multiple of 4
        Extension length 17 isn't a multiple of 4
        Severity level: Warning
        Group: Protocol
"
    );
    assert_eq!(rest("000000"), "");
}

#[test]
fn control_messages_show_states_and_variables() {
    let done = dissect(&[
        (false, "16 02 0007 0000 0000 0000 0000"),
        (
            true,
            "16 82 0007 0615 0000 0000 000f 613d312c20623d22782c2079220d0a 00",
        ),
        (true, "16 c2 0007 0500 0000 0000 0000"),
        (true, "16 81 0008 0615 0000 0000 0004 4aef9614"),
    ]);
    let tree = part(&done[1].tree);
    assert_eq!(
        &tree[tree.find("  Flags 2").unwrap()..],
        "  Flags 2: 0x82, Response bit: Response, Opcode: read variables
    1... .... = Response bit: Response (1)
    .0.. .... = Error bit: 0
    ..0. .... = More bit: 0
    ...0 0010 = Opcode: read variables (2)
  Sequence: 7
  Request In: 1
  Delta Time: 3.000000000 seconds
  Status: 0x0615, Leap Indicator: no warning, Clock Source: UDP/NTP, System Event Code: clock synchronized
    00.. .... .... .... = Leap Indicator: no warning (0)
    ..00 0110 .... .... = Clock Source: UDP/NTP (6)
    .... .... 0001 .... = System Event Counter: 1
    .... .... .... 0101 = System Event Code: clock synchronized (5)
  AssociationID: 0
  Offset: 0
  Count: 15
  Data
    a=1
    b=\"x, y\"
"
    );
    assert!(
        done[2]
            .tree
            .contains("Error Status Word: unknown variable name (5)")
    );
    let tree = part(&done[3].tree);
    assert!(tree.contains("    Item\n      AssociationID: 19183\n      Status: 0x9614, Peer Status, Peer Status, Peer Selection"));
}

#[test]
fn the_list_of_recent_clients() {
    let item = "00000040 00000005 00000000 0000000c c6336407 c0000202 00000001 007b 03 04 00000000 00000000";
    let done = dissect(&[
        (false, "17 00 03 2a 0000 0000"),
        (
            true,
            &format!("97 00 03 2a 0001 0048 {item} {}", "00".repeat(32)),
        ),
    ]);
    assert_eq!(
        done[1].row,
        "192.0.2.2 | 192.0.2.1 | NTP | NTP Version 2, private, Response, MON_GETLIST_1"
    );
    let tree = part(&done[1].tree);
    assert_eq!(
        &tree[tree.find("  Implementation").unwrap()..],
        "  Implementation: XNTPD (3)
  Request code: MON_GETLIST_1 (42)
  Request In: 1
  Delta Time: 3.000000000 seconds
  0000 .... = Err: No error (0x00)
  .... 0000  0000 0001 = Number of data items: 1
  0000 .... = Reserved: 0x00
  .... 0000  0100 1000 = Size of data item: 72
  Monlist item: address: 198.51.100.7:123
    avgint: 64
    lsint: 5
    restr: 0x00000000
    count: 12
    remote address: 198.51.100.7
    local address: 192.0.2.2
    flags: 0x00000001
    port: 123
    mode: 3
    version: 4
    ipv6: 0x00000000
    unused: 0x00000000
"
    );
}

/// Every item of every request reads its fields and ends where the layout says.
#[test]
fn items_of_all_requests_are_read() {
    for request in 0..=46u8 {
        for first in ["17", "97"] {
            let message = format!(
                "{first} 00 03 {request:02x} 0001 0118 {}",
                "41".repeat(0x118)
            );
            let done = dissect(&[(false, &message)]);
            let item = done[0].tree.contains(" Item\n") || done[0].tree.contains("Monlist item");
            assert!(item, "{request}");
            let whole = request == 39 || !done[0].tree.contains("[Malformed");
            assert!(whole, "{request}: {}", done[0].tree);
        }
    }
}

#[test]
fn beginnings_of_messages_are_survived() {
    let long = format!(
        "{ANSWER} 0104 0010 000102030405060708090a0b 00000007 {}",
        "ab".repeat(20)
    );
    for message in [
        long.as_str(),
        "16 82 0007 0615 0000 0000 0004 613d312c 00000000 00000001 000102030405060708090a0b0c0d0e0f",
        "97 80 03 1a 0002 0008 0102030405060708 0102030405060708",
        "17 80 03 0a 0000 0000",
    ] {
        every_prefix(RAW_IP, &datagram(true, message));
    }
}
