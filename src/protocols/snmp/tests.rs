//! Whole messages, byte by byte.

use crate::protocols::testing::{Dissected, capture, every_prefix, hex, single};

/// An Ethernet frame with a UDP datagram from port 40000 to the agent (or back, if the first is `false`).
fn frame(to_agent: bool, message: &str) -> Vec<u8> {
    let message = hex(message);
    let len = message.len();
    let (ports, addresses) = if to_agent {
        ("9c40 00a1", "c0000201 c0000202")
    } else {
        ("00a1 9c40", "c0000202 c0000201")
    };
    let mut bytes = hex(&format!(
        "020000000002 020000000001 0800 4500{:04x} 00010000 4011 0000 {addresses} {ports} {:04x} 0000",
        28 + len,
        8 + len
    ));
    bytes.extend(message);
    bytes
}

/// The lines of SNMP's own part.
fn lines(dissected: &Dissected) -> Vec<&str> {
    dissected
        .tree
        .lines()
        .skip_while(|l| !l.starts_with("Simple Network"))
        .collect()
}

/// A get-response of version 2c to request 5 about sysContact.0, with this value.
fn response(value: &str) -> Vec<u8> {
    let value: String = value.split_whitespace().collect();
    let len = value.len() / 2;
    frame(
        false,
        &format!(
            "30{:02x} 020101 0401 70 a2{:02x} 020105 020100 020100 30{:02x} 30{:02x} 06082b06010201010400 {value}",
            len + 29,
            len + 21,
            len + 12,
            len + 10
        ),
    )
}

/// What the value is told as in the line of its variable.
fn told(value: &str) -> String {
    let bytes = response(value);
    every_prefix(1, &bytes);
    let dissected = single(1, &bytes);
    let line = dissected
        .tree
        .lines()
        .find(|l| l.trim().starts_with("1.3.6.1.2.1.1.4.0: "));
    line.map_or_else(String::new, |l| l.trim()[19..].to_owned())
}

/// A get of sysDescr.0, version 2c, community "public"; as Net-SNMP's snmpget sent it.
const GET: &str =
    "302902010104067075626c6963a01c0204715ab981020100020100300e300c06082b060102010101000500";

#[test]
fn a_get_and_its_answer() {
    let answer = "304002010104067075626c6963a2330204715ab9810201000201003025302306082b06010201010100\
        04174578616d706c65207377697463682c203820706f727473";
    let (get, answer) = (frame(true, GET), frame(false, answer));
    let done = capture(1, &[&get, &answer]);
    assert_eq!(
        lines(&done[1]),
        [
            "Simple Network Management Protocol",
            "  version: v2c (1)",
            "  community: public",
            "  data: get-response (2)",
            "    get-response",
            "      request-id: 1901771137",
            "      error-status: noError (0)",
            "      error-index: 0",
            "      variable-bindings: 1 item",
            "        1.3.6.1.2.1.1.1.0: \"Example switch, 8 ports\"",
            "          Object Name: 1.3.6.1.2.1.1.1.0 (iso.3.6.1.2.1.1.1.0)",
            "            sysDescr.0",
            "          Value (OctetString): \"Example switch, 8 ports\"",
            "            Variable-binding-string: Example switch, 8 ports",
            "  Response To: 1",
            "  Time: 3.000000000 seconds",
        ]
    );
    assert!(done[0].tree.contains("Response In: 2"), "{}", done[0].tree);
    assert_eq!(
        done[0].row,
        "192.0.2.1 | 192.0.2.2 | SNMP | get-request 1.3.6.1.2.1.1.1.0"
    );
    every_prefix(1, &get);
}

/// The number comes again: the newest request and response are the pair, older ones point to it.
#[test]
fn a_request_that_is_sent_again() {
    let get = frame(true, GET);
    let answer = frame(false, &GET.replacen("a01c", "a21c", 1));
    let done = capture(1, &[&answer, &get, &get, &answer, &answer]);
    let links: Vec<_> = done
        .iter()
        .map(|d| {
            let links = d.tree.lines().map(str::trim);
            links
                .filter(|l| l.starts_with("Response "))
                .collect::<Vec<_>>()
                .join(" ")
        })
        .collect();
    assert_eq!(
        links,
        [
            "Response In: 5",
            "Response In: 5",
            "Response In: 5",
            "Response In: 5",
            "Response To: 3"
        ]
    );
}

#[test]
fn values_of_every_type() {
    for (value, text) in [
        ("0201ff", "-1"),
        ("02088000000000000000", "-9223372036854775808"),
        ("0200", ""),
        ("0209 010101010101010101", ""),
        ("0400", "<MISSING>"),
        ("040461626364", "\"abcd\""),
        ("0403 0d0a00", "0d0a00"),
        ("0500", "Value (Null)"),
        ("06012b", "1.3 (iso.3)"),
        ("06062b9fffffff7f", " (*** Malformed OID ***)"),
        ("4004c0000201", "192.0.2.1"),
        ("4010 20010db8000000000000000000000001", "2001:db8::1"),
        ("4003c00002", "c00002"),
        ("410500ffffffff", "4294967295"),
        ("4204ffffffff", "-1"),
        ("4304 00989680", "10000000"),
        ("4407 9f78043f800000", "9f78043f800000"),
        ("4503 490001", "4784129"),
        ("4609 00ffffffffffffffff", "18446744073709551615"),
        ("4609 01ffffffffffffffff", ""),
        ("470107", "7"),
        ("48020102", "0102"),
        ("8000", "noSuchObject"),
        ("8100", "noSuchInstance"),
        ("8200", "endOfMibView"),
        ("8300", ""),
        ("3003020101", ""),
        ("2480 0401610000", ""),
        ("5f8101 0161", "61"),
    ] {
        assert_eq!(told(value), text, "{value}");
    }
    let tree = |value: &str| single(1, &response(value)).tree;
    assert!(tree("4407 9f78043f800000").contains("    float 1\n"));
    assert!(tree("440b 9f79083fe0000000000000").contains("    double 0.5\n"));
    assert!(tree("4304 00989680").contains("    1 days 03:46:40.00\n"));
    assert!(tree("8300").contains("No tag that tells why a value is missing"));
    assert!(tree("0209 010101010101010101").contains("Integral value too large or too small"));
}

/// Version 3 with authentication and privacy: the header is in the clear, the rest is not.
#[test]
fn version_3_encrypted() {
    let bytes = frame(
        true,
        "307d020103301102042409 10ef020300ffe3040107020103 0434 3032040b80001f88030200000000020201010201020405616c696365\
         040c81260bc66277c6ee90c27127 0408db109e63d98ff6ed 042f 2040c6c4aa8876f3394c02996418c61b9a14bac5404c555b65b136a7\
         35ab32c7b6d68b237cc6403ada6e052625faca",
    );
    every_prefix(1, &bytes);
    let dissected = single(1, &bytes);
    let tree = &dissected.tree;
    for line in [
        "    msgFlags: 07",
        "      .... .1.. = Reportable: Set",
        "    msgSecurityModel: USM (3)",
        "  msgAuthoritativeEngineID: 80001f8803020000000002",
        "    1... .... = Engine ID Conformance: RFC3411 (SNMPv3)",
        "    Engine Enterprise ID: net-snmp (8072)",
        "    Engine ID Format: MAC address (3)",
        "    Engine ID Data: MAC address: 02:00:00:00:00:02",
        "  msgUserName: alice",
        "  msgPrivacyParameters: db109e63d98ff6ed",
        "  msgData: encryptedPDU (1)",
    ] {
        assert!(tree.lines().any(|l| l == line), "{line} is not in\n{tree}");
    }
    assert_eq!(
        dissected.row,
        "192.0.2.1 | 192.0.2.2 | SNMP | encryptedPDU: privKey Unknown"
    );
}

/// The event message of version 1, as Net-SNMP's snmptrap sent it.
#[test]
fn a_trap_of_version_1() {
    let bytes = frame(
        true,
        "303c02010004067075626c6963a42f060a2b06010401bf0803020a4004c0000202020102020100430212673011300f060a2b0601020102\
         02010103020103",
    );
    every_prefix(1, &bytes);
    let dissected = single(1, &bytes);
    let all = lines(&dissected);
    assert_eq!(
        all[3..],
        [
            "  data: trap (4)",
            "    trap",
            "      enterprise: 1.3.6.1.4.1.8072.3.2.10 (iso.3.6.1.4.1.8072.3.2.10)",
            "      agent-addr: 192.0.2.2",
            "      generic-trap: linkDown (2)",
            "      specific-trap: 0",
            "      time-stamp: 4711",
            "      variable-bindings: 1 item",
            "        1.3.6.1.2.1.2.2.1.1.3: 3",
            "          Object Name: 1.3.6.1.2.1.2.2.1.1.3 (iso.3.6.1.2.1.2.2.1.1.3)",
            "            ifIndex.3",
            "          Value (Integer32): 3",
        ]
    );
}

#[test]
fn what_is_not_as_it_should_be() {
    let tree = |message: &str| single(1, &frame(true, message)).tree;
    // Other bytes on the port are data.
    assert!(tree("68656c6c6f").contains("Data (5 bytes)"));
    // Longer than the packet: not believed.
    assert!(tree("3050 020101 0400").contains("Data (7 bytes)"));
    assert!(tree("3003 020107").contains("Unknown version"));
    assert!(tree("3008 020101 020105 0000").contains("Expected OCTET STRING, found INTEGER"));
    // Elements of indefinite length.
    let open = "3080 020101 0400 a080 020105 020100 020100 3080 0000 0000 0000";
    assert!(tree(open).contains("variable-bindings: 0 items"));
    every_prefix(1, &frame(true, open));
    // A list that is shorter than what is in it.
    let short = "3018 020101 0400 a011 020105 020100 020100 3004 3006 06012b 020101";
    assert!(
        tree(short).contains("The elements inside are"),
        "{}",
        tree(short)
    );
}
