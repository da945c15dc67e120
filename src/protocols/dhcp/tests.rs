//! DHCP with real bytes.

use crate::protocols::testing::{Dissected, capture, every_prefix, hex, single};

/// Link type of frames that begin with an IP header.
const RAW_IP: u16 = 101;

/// A message from a client, with these fields for server and file, and these bytes behind the head.
fn message(server: &[u8], file: &[u8], options: &str) -> Vec<u8> {
    let mut bootp =
        hex("01 01 06 00 3903f326 0000 8000 00000000 00000000 00000000 00000000 020000000001");
    bootp.resize(44, 0);
    bootp.extend(server);
    bootp.resize(108, 0);
    bootp.extend(file);
    bootp.resize(236, 0);
    bootp.extend(hex(options));
    let mut packet = hex("4500 0000 0000 0000 40 11 0000 00000000 ffffffff 0044 0043 0000 0000");
    let length = 8 + bootp.len();
    packet[2..4].copy_from_slice(&u16::try_from(20 + length).unwrap().to_be_bytes());
    packet[24..26].copy_from_slice(&u16::try_from(length).unwrap().to_be_bytes());
    packet.extend(bootp);
    packet
}

fn dissect(options: &str) -> Dissected {
    single(RAW_IP, &message(b"", b"", &format!("63825363 {options}")))
}

/// The lines behind the cookie.
fn behind_cookie(done: &Dissected) -> &str {
    let cookie = "  Magic cookie: DHCP\n";
    &done.tree[done.tree.find(cookie).unwrap() + cookie.len()..]
}

/// The lines of one option: behind the message type, before the end.
fn option(bytes: &str) -> String {
    let done = dissect(&format!("350101 {bytes} ff"));
    let lines = behind_cookie(&done);
    let from = lines.find("    DHCP: Discover (1)\n").unwrap() + "    DHCP: Discover (1)\n".len();
    let to = lines.find("  Option: (255) End").unwrap_or(lines.len());
    lines[from..to].to_owned()
}

#[test]
fn a_discover_message_line_by_line() {
    let done = dissect("350101 3204c0000207 3d0701020000000001 3702 01f9 ff 0000");
    assert_eq!(
        &done.tree[done.tree.find("Dynamic").unwrap()..],
        "Dynamic Host Configuration Protocol (Discover)
  Message type: Boot Request (1)
  Hardware type: Ethernet (0x01)
  Hardware address length: 6
  Hops: 0
  Transaction ID: 0x3903f326
  Seconds elapsed: 0
  Bootp flags: 0x8000, Broadcast flag (Broadcast)
    1... .... .... .... = Broadcast flag: Broadcast
    .000 0000 0000 0000 = Reserved flags: 0x0000
  Client IP address: 0.0.0.0
  Your (client) IP address: 0.0.0.0
  Next server IP address: 0.0.0.0
  Relay agent IP address: 0.0.0.0
  Client MAC address: 02:00:00:00:00:01
  Client hardware address padding: 00000000000000000000
  Server host name not given
  Boot file name not given
  Magic cookie: DHCP
  Option: (53) DHCP Message Type (Discover)
    Length: 1
    DHCP: Discover (1)
  Option: (50) Requested IP Address (192.0.2.7)
    Length: 4
    Requested IP Address: 192.0.2.7
  Option: (61) Client identifier
    Length: 7
    Hardware type: Ethernet (0x01)
    Client MAC address: 02:00:00:00:00:01
  Option: (55) Parameter Request List
    Length: 2
    Parameter Request List Item: (1) Subnet Mask
    Parameter Request List Item: (249) Private/Classless Static Route (Microsoft)
  Option: (255) End
    Option End: 255
  Padding: 0000
"
    );
    assert_eq!(
        done.row,
        "0.0.0.0 | 255.255.255.255 | DHCP | DHCP Discover - Transaction ID 0x3903f326"
    );
}

#[test]
fn values_have_the_form_of_their_option() {
    for (bytes, lines) in [
        (
            "3304 00015fcd",
            "IP Address Lease Time: (90061s) 1 day, 1 hour, 1 minute, 1 second",
        ),
        (
            "3304 ffffffff",
            "IP Address Lease Time: (4294967295s) infinity",
        ),
        ("0204 ffffc7c0", "Time Offset: (-14400s) -4 hours"),
        ("1301 01", "IP Forwarding: Enabled"),
        ("0c03 616200", "Host Name: ab"),
        ("1a02 05dc", "Interface MTU: 1500"),
        ("7908 18c63364 c00002fe", " 198.51.100.0/24-192.0.2.254"),
        ("7905 00 c00002fe", " default-192.0.2.254"),
    ] {
        let shown = option(bytes);
        assert!(shown.ends_with(&format!("    {lines}\n")), "{shown}");
    }
    assert_eq!(
        option("7719 036c6162 076578616d706c65 036f726700 057374616666 c004"),
        "  Option: (119) Domain Search
    Length: 25
    FQDN: lab.example.org
    FQDN: staff.example.org
"
    );
    assert_eq!(
        option("7d 12 00000009 05 0103616263 00000137 03 020178"),
        "  Option: (125) V-I Vendor-specific Information
    Length: 18
    Enterprise: ciscoSystems (9)
      Length: 5
      Option 125 Suboption: 1
        Length: 3
        Data: 616263
    Enterprise: Microsoft (311)
      Length: 3
      Option 125 Suboption: 2
        Length: 1
        Data: 78
"
    );
}

#[test]
fn relays_say_where_the_client_is() {
    assert_eq!(
        option("520c 0104 65746833 0504 c0000280"),
        "  Option: (82) Agent Information Option
    Length: 12
    Option 82 Suboption: (1) Agent Circuit ID
      Length: 4
      Agent Circuit ID: 65746833
    Option 82 Suboption: (5) Link selection (192.0.2.128)
      Length: 4
      Link selection: 192.0.2.128
"
    );
}

/// The vendor's options are read by the class, which may come later.
#[test]
fn the_class_says_how_vendor_options_are_read() {
    let data = "2b04 0601 08 ff";
    assert!(option(data).ends_with("    Value: 060108ff\n"));
    let shown = option(&format!("{data} 3c09 505845436c69656e74"));
    assert!(
        shown.starts_with(
            "  Option: (43) Vendor-Specific Information (PXEClient)
    Length: 4
    Option 43 Suboption: (6) PXE discovery control
      Length: 1
      discovery control: 0x08, Bootstrap override
        .... ...0 = Disable Broadcast: Not set
        .... ..0. = Disable Multicast: Not set
        .... .0.. = Serverlist only: Not set
        .... 1... = Bootstrap override: Set
    PXE Client End: 255
"
        ),
        "{shown}"
    );
}

#[test]
fn other_fields_may_hold_options() {
    let packet = message(
        &hex("4203 616263 ff"),
        &hex("4301 78"),
        "63825363 350105 340103 ff",
    );
    let done = single(RAW_IP, &packet);
    assert!(
        done.tree
            .contains("  Server name option overloaded by DHCP\n")
    );
    assert!(done.tree.contains("TFTP Server Name: abc\n"));
    assert!(done.tree.contains("Bootfile name: x\n"));
    assert!(done.tree.contains("file overload end option missing\n"));
    assert!(!done.tree.contains("sname overload end option missing\n"));
}

#[test]
fn messages_without_options_are_bootp() {
    let done = single(RAW_IP, &message(b"boot", b"/vmunix", "00000000 00"));
    assert!(
        done.tree
            .contains("  Server host name: boot\n  Boot file name: /vmunix\n")
    );
    assert!(
        done.tree
            .contains("  Bootp vendor specific options: 0000000000\n")
    );
    assert_eq!(
        done.row,
        "0.0.0.0 | 255.255.255.255 | BOOTP | \
         Boot Request from 02:00:00:00:00:01 (02:00:00:00:00:01)"
    );
}

#[test]
fn wrong_lengths_are_said() {
    for (bytes, message) in [
        ("3303 000000", "length isn't 4"),
        ("0303 c00002", "Option length isn't a multiple of 4"),
        ("7904 18c63364", "length isn't >= 5"),
        ("7905 21c0000201", "Mask width (33) > 32"),
        ("5101 00", "length isn't >= 3"),
        (
            "7803 010203",
            "length isn't a multiple of 4 plus 1 (len = 3).",
        ),
        ("6303 02", "[Malformed Packet: DHCP/BOOTP]"),
    ] {
        assert!(
            option(bytes).contains(message),
            "{bytes}: {}",
            option(bytes)
        );
    }
    let done = dissect("350101");
    assert!(done.tree.contains("End option missing"));
}

/// Each option with values of many lengths and of a few kinds: something is said, and nothing falls over.
#[test]
fn every_option_survives_every_length() {
    for len in 0..=18u8 {
        let mut frames = Vec::new();
        for code in 1..=254u8 {
            for fill in ["00", "01", "ff", "c0"] {
                let value = fill.repeat(usize::from(len));
                let options = format!("63825363 {code:02x}{len:02x} {value} ff");
                frames.push(message(b"", b"", &options));
            }
        }
        let frames: Vec<&[u8]> = frames.iter().map(Vec::as_slice).collect();
        for (i, done) in capture(RAW_IP, &frames).iter().enumerate() {
            assert!(done.tree.contains(&format!("Option: ({}) ", i / 4 + 1)));
            assert!(!done.tree.contains("[Malformed Packet: dissector]"));
        }
    }
}

#[test]
fn beginnings_of_messages_are_survived() {
    let options = "63825363 350101 340103 3d0701020000000001 5204 01020304 7d09 00000de9 04 0102 4142 2b04 060108ff \
                   3c09 505845436c69656e74 7908 18c63364c00002fe 7706 0361626300c0 f205 4c32513d31 ff";
    every_prefix(RAW_IP, &message(&hex("4203616263ff"), b"", options));
}
