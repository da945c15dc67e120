//! Tests with whole messages. The bytes of the first one are those of a lookup of a name that does not exist under its first
//! form; the others are made by hand, record by record, after the RFCs.

use super::testing::{Capture, tcp, udp};

fn hex(text: &str) -> Vec<u8> {
    let digits: Vec<u8> = text.bytes().filter(u8::is_ascii_hexdigit).collect();
    digits
        .chunks(2)
        .map(|pair| {
            let pair = std::str::from_utf8(pair).unwrap_or("");
            u8::from_str_radix(pair, 16).unwrap_or(0)
        })
        .collect()
}

/// An answer with one record of a type for ex.org.
fn answer(kind: u16, data: &[u8]) -> Vec<u8> {
    let mut message = hex("1234 8180 0001 0001 0000 0000  02 6578 03 6f7267 00");
    message.extend_from_slice(&kind.to_be_bytes());
    message.extend_from_slice(&hex("0001  c00c"));
    message.extend_from_slice(&kind.to_be_bytes());
    message.extend_from_slice(&hex("0001 00000e10"));
    message.extend_from_slice(&(data.len() as u16).to_be_bytes());
    message.extend_from_slice(data);
    message
}

fn from_server(message: &[u8]) -> Vec<u8> {
    udp(true, (53, 40000), message)
}

fn to_server(message: &[u8]) -> Vec<u8> {
    udp(false, (40000, 53), message)
}

/// Labels of the record's data: what stands behind "Data length".
fn data(kind: u16, bytes: &[u8]) -> Vec<String> {
    let tree = Capture::of(vec![(0, from_server(&answer(kind, bytes)))]).tree(1, "dns");
    tree.lines()
        .skip_while(|line| !line.trim_start().starts_with("Data length"))
        .skip(1)
        .take_while(|line| line.starts_with("      "))
        .map(|line| line.trim_start().to_owned())
        .collect()
}

const QUERY: &str =
    "c616 0100 0001 0000 0000 0000 03 777777 06 707974686f6e 03 6f7267 00 0001 0001";

const RESPONSE: &str = "c616 8180 0001 0002 0000 0000 03 777777 06 707974686f6e 03 6f7267 00 0001 0001 \
    c00c 0005 0001 0000003c 0007 04 6475616c c010 \
    c02c 0001 0001 0000001e 0004 b91f13df";

#[test]
fn a_query_and_its_answer() {
    let capture = Capture::of(vec![
        (1000, to_server(&hex(QUERY))),
        (1034, from_server(&hex(RESPONSE))),
    ]);
    assert_eq!(capture.row(1), "DNS Standard query 0xc616 A www.python.org");
    assert_eq!(
        capture.row(2),
        "DNS Standard query response 0xc616 A www.python.org CNAME dual.python.org A 185.31.19.223"
    );
    assert_eq!(
        capture.tree(1, "dns"),
        "\
Domain Name System (query)
  Transaction ID: 0xc616
  Flags: 0x0100 Standard query
    0... .... .... .... = Response: Message is a query
    .000 0... .... .... = Opcode: Standard query (0)
    .... ..0. .... .... = Truncated: Message is not truncated
    .... ...1 .... .... = Recursion desired: Do query recursively
    .... .... .0.. .... = Z: reserved (0)
    .... .... ...0 .... = Non-authenticated data: Unacceptable
  Questions: 1
  Answer RRs: 0
  Authority RRs: 0
  Additional RRs: 0
  Queries
    www.python.org: type A, class IN
      Name: www.python.org
      Name Length: 14
      Label Count: 3
      Type: A (Host Address) (1)
      Class: IN (0x0001)
  Response In: 2
"
    );
    assert_eq!(
        capture.tree(2, "dns"),
        "\
Domain Name System (response)
  Transaction ID: 0xc616
  Flags: 0x8180 Standard query response, No error
    1... .... .... .... = Response: Message is a response
    .000 0... .... .... = Opcode: Standard query (0)
    .... .0.. .... .... = Authoritative: Server is not an authority for domain
    .... ..0. .... .... = Truncated: Message is not truncated
    .... ...1 .... .... = Recursion desired: Do query recursively
    .... .... 1... .... = Recursion available: Server can do recursive queries
    .... .... .0.. .... = Z: reserved (0)
    .... .... ..0. .... = Answer authenticated: Answer/authority portion was not authenticated by the server
    .... .... ...0 .... = Non-authenticated data: Unacceptable
    .... .... .... 0000 = Reply code: No error (0)
  Questions: 1
  Answer RRs: 2
  Authority RRs: 0
  Additional RRs: 0
  Queries
    www.python.org: type A, class IN
      Name: www.python.org
      Name Length: 14
      Label Count: 3
      Type: A (Host Address) (1)
      Class: IN (0x0001)
  Answers
    www.python.org: type CNAME, class IN, cname dual.python.org
      Name: www.python.org
      Type: CNAME (Canonical NAME for an alias) (5)
      Class: IN (0x0001)
      Time to live: 60 (1 minute)
      Data length: 7
      CNAME: dual.python.org
    dual.python.org: type A, class IN, addr 185.31.19.223
      Name: dual.python.org
      Type: A (Host Address) (1)
      Class: IN (0x0001)
      Time to live: 30 (30 seconds)
      Data length: 4
      Address: 185.31.19.223
  Request In: 1
  Time: 0.034000000 seconds
"
    );
}

#[test]
fn repetitions_are_told_from_new_queries() {
    let (query, response) = (to_server(&hex(QUERY)), from_server(&hex(RESPONSE)));
    let capture = Capture::of(vec![
        (0, query.clone()),
        (1000, query.clone()),    // again before an answer: a repetition
        (2000, response.clone()), // answers the first
        (3000, response.clone()), // the same answer again
        (4000, query.clone()),    // answered already: a new query with the number
        (9000, query),            // five seconds later without an answer: new as well
        (9100, response),         // answers the newest
    ]);
    let last_lines = |number: usize, n: usize| {
        let tree = capture.tree(number, "dns");
        let lines: Vec<&str> = tree.lines().collect();
        lines[lines.len() - n..].join("|")
    };
    assert_eq!(last_lines(1, 1), "  Response In: 3");
    assert_eq!(
        last_lines(2, 2),
        "  Retransmitted request. Original request in: 1|  Retransmission: True"
    );
    assert_eq!(
        last_lines(3, 2),
        "  Request In: 1|  Time: 2.000000000 seconds"
    );
    assert_eq!(
        last_lines(4, 2),
        "  Retransmitted response. Original response in: 3|  Retransmission: True"
    );
    assert_eq!(last_lines(5, 1), "      Class: IN (0x0001)");
    assert_eq!(
        last_lines(7, 2),
        "  Request In: 6|  Time: 0.100000000 seconds"
    );
}

#[test]
fn an_answer_that_nobody_asked_for() {
    let capture = Capture::of(vec![(0, from_server(&hex(RESPONSE)))]);
    assert!(capture.tree(1, "dns").ends_with("  Unsolicited: True\n"));
}

#[test]
fn messages_in_a_tcp_stream_have_their_length_before_them() {
    let framed = |message: &[u8]| [&(message.len() as u16).to_be_bytes()[..], message].concat();
    let (query, response) = (framed(&hex(QUERY)), framed(&hex(RESPONSE)));
    let capture = Capture::of(vec![
        (0, tcp(false, (40000, 53), 1, &query)),
        (10, tcp(true, (53, 40000), 1, &response[..30])),
        (15, tcp(true, (53, 40000), 31, &response[30..])),
    ]);
    let tree = capture.tree(1, "dns");
    assert!(
        tree.starts_with("Domain Name System (query)\n  Length: 32\n  Transaction ID: 0xc616\n")
    );
    assert!(tree.ends_with("  Response In: 3\n"), "{tree}");
    let tree = capture.tree(3, "dns");
    assert!(tree.contains("CNAME: dual.python.org"), "{tree}");
    assert!(
        tree.ends_with("  Request In: 1\n  Time: 0.015000000 seconds\n"),
        "{tree}"
    );
}

#[test]
fn records_of_many_types() {
    for (kind, bytes, expected) in [
        (
            15,
            "000a 02 6d78 c00c",
            "Preference: 10|Mail Exchange: mx.ex.org",
        ),
        (
            16,
            "05 68656c6c6f 00",
            "TXT Length: 5|TXT: hello|TXT Length: 0|TXT: ",
        ),
        (
            28,
            "2001 0db8 0000 0000 0000 0000 0000 0001",
            "AAAA Address: 2001:db8::1",
        ),
        (
            43,
            "ec45 05 01 00010203",
            "Key id: 0xec45|Algorithm: RSA/SHA1 (5)|Digest Type: SHA-1 (1)|Digest: 00010203",
        ),
        (
            50,
            "01 01 000c 04 aabbccdd 05 0001020304 0001 40",
            "Hash algorithm: SHA-1 (1)|NSEC3 flags: 1|\
             .... ...1 = NSEC3 Opt-out flag: Additional insecure delegations allowed|NSEC3 iterations: 12|Salt length: 4|\
             Salt value: aabbccdd|Hash length: 5|Next hashed owner: 000g40o4|RR type in bit map: A (Host Address)",
        ),
        (
            29,
            "00 12 16 13 8904c680 70c39378 00989e50",
            "Version: 0|Size: 18 (1 m)|Horizontal Precision: 22 (10000 m)|Vertical Precision: 19 (10 m)|\
             Latitude: 2298791552 (42 deg 1 min 47.904 sec N)|Longitude: 1891865464 (71 deg 0 min 18.184 sec W)|\
             Altitude: 10002000 (20 m)",
        ),
        (
            65,
            "0001 00 0001 0006 02 6832 02 6833 0003 0002 20fb 029b 0001 78",
            "SvcPriority: 1|TargetName: <Root>|SvcParam: alpn=h2,h3|SvcParamKey: alpn (1)|SvcParamValue length: 6|\
             ALPN length: 2|ALPN: h2|ALPN length: 2|ALPN: h3|SvcParam: port=8443|SvcParamKey: port (3)|\
             SvcParamValue length: 2|Port: 8443|SvcParam: key667=x|SvcParamKey: Unknown (667)|SvcParamValue length: 1|\
             SvcParamValue: 78",
        ),
        (
            257,
            "80 05 6973737565 6361",
            "CAA Flags: 0x80|1... .... = Issuer Critical: Critical|Issue: ca|Tag length: 5|Tag: issue|Value: ca",
        ),
        (10, "616263", "Null (data): 616263"),
    ] {
        assert_eq!(data(kind, &hex(bytes)).join("|"), expected, "type {kind}");
    }
}

#[test]
fn a_type_that_is_not_known_is_kept_as_data() {
    let lines = data(4711, &hex("0102"));
    assert_eq!(lines.last().map(String::as_str), Some("Data: 0102"));
    let row = Capture::of(vec![(0, from_server(&answer(4711, &hex("0102"))))]).row(1);
    assert_eq!(
        row,
        "DNS Standard query response 0x1234 Unknown (4711) ex.org Unknown (4711)"
    );
}

#[test]
fn options_of_the_extensions() {
    let message = hex(
        "1089 0100 0001 0000 0000 0001 02 6578 03 6f7267 00 0001 0001 \
         00 0029 1000 00 00 8000 0022 \
         0008 0007 0001 18 00 c00002 \
         000a 0008 0001020304050607 \
         000f 0007 0016 68656c6c6f",
    );
    let tree = Capture::of(vec![(0, to_server(&message))]).tree(1, "dns");
    let lines: Vec<&str> = tree.lines().map(str::trim_start).collect();
    for expected in [
        "<Root>: type OPT",
        "UDP payload size: 4096",
        "1... .... .... .... = DO bit: Accepts DNSSEC security RRs",
        "Client Subnet: 192.0.2.0",
        "Client Cookie: 0001020304050607",
        "Server Cookie: <MISSING>",
        "Info Code: No Reachable Authority (22)",
        "Extra Text: hello",
    ] {
        assert!(lines.contains(&expected), "{expected} in\n{tree}");
    }
}

#[test]
fn names_that_run_in_circles_or_are_too_long() {
    let row = |name: &[u8]| {
        let mut message = hex("5001 0100 0001 0000 0000 0000");
        message.extend_from_slice(name);
        message.extend_from_slice(&hex("0001 0001"));
        Capture::of(vec![(0, to_server(&message))]).row(1)
    };
    let loops = "DNS Standard query 0x5001 A <Name contains a pointer that loops>";
    assert_eq!(row(&hex("c00c")), loops);
    assert_eq!(row(&hex("01 61 c00c")), loops);
    let longest = [&[63; 64][..], &[63; 64], &[63; 64], &[61; 62], &[0]].concat();
    assert!(row(&longest).ends_with(&"=".repeat(61)));
    let longer = [&[63; 64][..], &[63; 64], &[63; 64], &[62; 63], &[0]].concat();
    assert_eq!(row(&longer), "DNS Standard query 0x5001 A <Name too long>");
    assert_eq!(
        row(&hex("c0ff")),
        "DNS Standard query 0x5001[Malformed Packet]"
    );
    // A surrogate is no character: one replacement for the two bytes of its beginning.
    assert_eq!(
        row(&hex("03 edbf64 00")),
        "DNS Standard query 0x5001 A \u{fffd}d"
    );
    assert_eq!(row(&hex("02 6109 00")), "DNS Standard query 0x5001 A a\\t");
}

#[test]
fn bytes_behind_the_message_are_pointed_out() {
    let message = [hex(QUERY), hex("beef")].concat();
    let tree = Capture::of(vec![(0, to_server(&message))]).tree(1, "dns");
    assert!(tree.contains("  Extraneous Data (2 bytes)\n    Extraneous Data Bytes: beef\n    Extraneous Data Length: 2\n"));
}

#[test]
fn multicast_and_link_local_have_flags_of_their_own() {
    let question = "0000 0000 0001 0000 0000 0000 01 68 05 6c6f63616c 00 0001 8001";
    let capture = Capture::of(vec![
        (0, udp(true, (5353, 5353), &hex(question))),
        (
            1,
            udp(
                true,
                (5355, 5355),
                &hex("0001 0400 0001 0000 0000 0000 01 68 00 0001 0001"),
            ),
        ),
    ]);
    assert_eq!(
        capture.row(1),
        "MDNS Standard query 0x0000 A h.local, \"QU\" question"
    );
    let tree = capture.tree(1, "mdns");
    assert!(tree.contains("      .000 0000 0000 0001 = Class: IN (0x0001)\n      1... .... .... .... = \"QU\" question: True\n"));
    let tree = capture.tree(2, "llmnr");
    assert!(
        tree.contains(".... .1.. .... .... = Conflict: The sender received multiple responses"),
        "{tree}"
    );
}

#[test]
fn every_prefix_and_every_flipped_byte_is_survived() {
    let messages = [
        hex(RESPONSE),
        answer(50, &hex("01 01 000c 04 aabbccdd 05 0001020304 0001 40")),
        answer(65, &hex("0001 00 0001 0006 02 6832 02 6833 0003 0002 20fb")),
        answer(41, &hex("0008 0007 0001 18 00 c00002")),
        answer(47, &hex("01 61 00 0006 400100000003")),
    ];
    for message in &messages {
        for n in 0..message.len() {
            let tree = Capture::of(vec![(0, from_server(&message[..n]))]).tree(1, "udp");
            // No message has fewer bytes than it says without this being told.
            assert!(
                n < 4 || !tree.contains("Domain Name System") || tree.contains("Malformed"),
                "{n}\n{tree}"
            );
        }
        for at in 0..message.len() {
            let mut flipped = message.clone();
            flipped[at] ^= 0xc1;
            let tree = Capture::of(vec![(0, from_server(&flipped))]).tree(1, "dns");
            assert!(tree.starts_with("Domain Name System"));
        }
    }
}

#[test]
fn a_second_opinion_on_names_and_addresses() {
    let bytes = hex(RESPONSE);
    let Ok(packet) = dns_parser::Packet::parse(&bytes) else {
        panic!("dns-parser refuses a sound message");
    };
    let mut theirs = Vec::new();
    for answer in &packet.answers {
        match &answer.data {
            dns_parser::RData::CNAME(name) => theirs.push(format!(
                "{}: type CNAME, class IN, cname {}",
                answer.name, name.0
            )),
            dns_parser::RData::A(address) => theirs.push(format!(
                "{}: type A, class IN, addr {}",
                answer.name, address.0
            )),
            other => panic!("unexpected {other:?}"),
        }
    }
    let tree = Capture::of(vec![(0, from_server(&bytes))]).tree(1, "dns");
    assert_eq!(theirs.len(), 2);
    for line in theirs {
        assert!(tree.contains(&line), "{line} in\n{tree}");
    }
}
