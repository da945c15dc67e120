//! Hellos made by hand; what is expected of them is what the yardstick shows.

use crate::protocols::testing::{Dissected, every_prefix, segment, talk};

/// A Client Hello that asks for this host.
fn hello(host: &str, session: &[u8]) -> Vec<u8> {
    let len = host.len() as u16;
    let mut name = vec![0, 0];
    name.extend((len + 5).to_be_bytes());
    name.extend((len + 3).to_be_bytes());
    name.push(0);
    name.extend(len.to_be_bytes());
    name.extend(host.as_bytes());
    let mut body = vec![3, 3];
    body.extend(0..32);
    body.push(session.len() as u8);
    body.extend(session);
    body.extend([0, 4, 0x13, 1, 0x13, 2, 1, 0]);
    body.extend((name.len() as u16).to_be_bytes());
    body.extend(name);
    let mut message = vec![1, 0];
    message.extend((body.len() as u16).to_be_bytes());
    message.extend(body);
    message
}

fn record(kind: u8, content: &[u8]) -> Vec<u8> {
    let mut bytes = vec![kind, 3, 1];
    bytes.extend((content.len() as u16).to_be_bytes());
    bytes.extend(content);
    bytes
}

/// The part of the tree from TLS on.
fn tls(read: &Dissected) -> &str {
    let at = read.tree.find("Transport Layer Security");
    at.map_or("", |at| &read.tree[at..])
}

fn info(read: &Dissected) -> &str {
    read.row.split(" | ").nth(3).unwrap_or_default()
}

#[test]
fn a_client_hello_names_the_server() {
    let hello = record(22, &hello("face.example", &[7, 8]));
    let read = talk(443, &[(0, &hello)]);
    assert_eq!(info(&read[3]), "Client Hello");
    assert_eq!(
        tls(&read[3]),
        "Transport Layer Security\n  \
         TLSv1 Record Layer: Handshake Protocol: Client Hello\n    \
         Content Type: Handshake (22)\n    \
         Version: TLS 1.0 (0x0301)\n    \
         Length: 72\n    \
         Handshake Protocol: Client Hello\n      \
         Handshake Type: Client Hello (1)\n      \
         Length: 68\n      \
         Version: TLS 1.2 (0x0303)\n      \
         Random: 000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f\n        \
         GMT Unix Time: Jan  1, 1970 18:20:51.000000000 UTC\n        \
         Random Bytes: 0405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f\n      \
         Session ID Length: 2\n      \
         Session ID: 0708\n      \
         Cipher Suites Length: 4\n      \
         Cipher Suites (2 suites)\n        \
         Cipher Suite: TLS_AES_128_GCM_SHA256 (0x1301)\n        \
         Cipher Suite: TLS_AES_256_GCM_SHA384 (0x1302)\n      \
         Compression Methods Length: 1\n      \
         Compression Methods (1 method)\n        \
         Compression Method: null (0)\n      \
         Extensions Length: 21\n      \
         Extension: server_name (len=17)\n        \
         Type: server_name (0)\n        \
         Length: 17\n        \
         Server Name Indication extension\n          \
         Server Name list length: 15\n          \
         Server Name Type: host_name (0)\n          \
         Server Name length: 12\n          \
         Server Name: face.example\n"
    );
    every_prefix(1, &segment(443, &hello));
}

#[test]
fn a_client_hello_in_several_records_is_put_together() {
    let hello = hello("face.example", &[]);
    for cuts in [[1, 2], [2, 60], [40, 41], [4, 69]] {
        let [a, b] = cuts;
        let parts = [&hello[..a], &hello[a..b], &hello[b..]].map(|p| record(22, p));
        let apart = talk(443, &parts.each_ref().map(|p| (0, p.as_slice())));
        assert_eq!(info(&apart[3]), "[Client Hello Fragment]");
        assert_eq!(info(&apart[4]), "");
        assert_eq!(info(&apart[5]), "Client Hello");
        for part in &apart[3..5] {
            assert!(tls(part).contains("Reassembled Handshake Message in frame: 6\n"));
            assert!(!tls(part).contains("face"));
        }
        let list = format!(
            "3 Reassembled Handshake Fragments (70 bytes): #4({a}), #5({}), #6({})\n",
            b - a,
            70 - b
        );
        assert!(tls(&apart[5]).contains(&list), "{}", tls(&apart[5]));
        assert!(tls(&apart[5]).contains("Server Name: face.example\n"));

        // All in one segment, and with another message behind the last part.
        let together = [parts.concat(), record(22, &[14, 0, 0, 0])].concat();
        let read = talk(443, &[(0, &together)]);
        let shown = "[Client Hello Fragment], Client Hello, Server Hello Done";
        assert_eq!(info(&read[3]), shown);
        assert!(tls(&read[3]).contains("Server Name: face.example\n"));
    }
    // The rest never comes: alerts and data are no part of it.
    let lost = [
        record(22, &hello[..30]),
        record(21, &[1, 0]),
        record(22, &hello[30..]),
    ];
    let read = talk(443, &lost.each_ref().map(|p| (0, p.as_slice())));
    assert!(read.iter().all(|r| !r.tree.contains("face.example")));
}

#[test]
fn a_second_client_hello_of_tls_1_3_comes_behind_a_change_of_ciphers() {
    let mut retry = vec![2, 0, 0, 46, 3, 3];
    retry.extend([0xcf, 0x21, 0xad, 0x74, 0xe5, 0x9a, 0x61, 0x11]);
    retry.extend([0; 24]);
    retry.extend([0, 0x13, 1, 0, 0, 6, 0, 43, 0, 2, 3, 4]);
    let again = [
        record(20, &[1]),
        record(22, &hello("www.face.example", &[])),
    ]
    .concat();
    let first = record(22, &hello("face.example", &[]));
    let read = talk(443, &[(0, &first), (1, &record(22, &retry)), (0, &again)]);
    assert_eq!(info(&read[4]), "Hello Retry Request");
    assert_eq!(info(&read[5]), "Change Cipher Spec, Client Hello");
    assert!(tls(&read[5]).contains("Server Name: www.face.example\n"));
}

#[test]
fn lengths_that_say_too_much_are_cut_and_told() {
    let whole = hello("face.example", &[]);
    // The list of names, and the name.
    for at in [54, 57] {
        let mut hello = whole.clone();
        hello[at] = 200;
        let read = talk(443, &[(0, &record(22, &hello))]);
        let shown = tls(&read[3]);
        assert!(
            shown.contains("Server Name: face.example\n"),
            "{at}: {shown}"
        );
        assert!(shown.contains("too large, only"), "{at}: {shown}");
    }
    // Behind the end of the message there is nothing to be read, though the segment goes on.
    let mut short = record(22, &whole[..20]);
    short[8] = 16;
    short.extend(record(23, &[1; 40]));
    let read = talk(443, &[(0, &short)]);
    assert!(!tls(&read[3]).contains("Random"), "{}", tls(&read[3]));
}
