//! Conversations made by hand.

use crate::protocols::testing::{Dissected, every_prefix, segment, talk};

/// The tree from POP's node on.
fn pop(frame: &Dissected) -> &str {
    let at = frame.tree.find("\nPost Office Protocol\n").unwrap() + 1;
    &frame.tree[at..]
}

fn info(frame: &Dissected) -> &str {
    frame.row.split(" | ").nth(3).unwrap()
}

#[test]
fn commands_and_answers_have_their_parts() {
    let frames = talk(
        110,
        &[
            (1, b"+OK ready <1@b>\r\n"),
            (0, b"USER bob\r\n"),
            (0, b"NOOP\r\nRSET\r\n"),
            (1, b"+OK 2 messages\r\n1 120\r\n.\r\n"),
        ],
    );
    assert_eq!(
        pop(&frames[3]),
        "Post Office Protocol\n  +OK ready <1@b>\\r\\n\n    Response indicator: +OK\n    \
         Response description: ready <1@b>\n"
    );
    assert_eq!(info(&frames[3]), "S: +OK ready <1@b>");
    assert_eq!(
        pop(&frames[4]),
        "Post Office Protocol\n  USER bob\\r\\n\n    Request command: USER\n    Request parameter: bob\n"
    );
    assert_eq!(info(&frames[4]), "C: USER bob");
    assert_eq!(
        pop(&frames[5]),
        "Post Office Protocol\n  NOOP\\r\\n\n    Request command: NOOP\n  RSET\\r\\n\n"
    );
    assert!(pop(&frames[6]).ends_with("  1 120\\r\\n\n  .\\r\\n\n"));
}

#[test]
fn a_message_is_put_together_up_to_its_length() {
    let frames = talk(
        110,
        &[
            (0, b"retr 1\r\n"),
            (1, b"+OK 12 octets\r\n"),
            (1, b"Hel"),
            (0, b"NOOP\r\n"),
            (1, b"lo, you\r\n"),
            (1, b".\r\n"),
        ],
    );
    assert_eq!(info(&frames[5]), "S: DATA fragment, 3 bytes");
    assert!(pop(&frames[5]).ends_with("  Reassembled DATA in frame: 8\n"));
    let parts = "  2 DATA fragments (12 bytes): #6(3), #8(9)\n    Frame: 6, payload: 0-2 (3 bytes)\n    \
                 Frame: 8, payload: 3-11 (9 bytes)\n    DATA fragment count: 2\n    Reassembled DATA length: 12\n";
    assert!(pop(&frames[7]).contains(parts), "{}", frames[7].tree);
    // The dot comes behind the length that was announced.
    let dot = pop(&frames[8]);
    assert!(!dot.contains("fragment"), "{dot}");
}

#[test]
fn a_length_that_is_none_is_marked() {
    let frames = talk(
        110,
        &[
            (0, b"RETR 1\r\n"),
            (1, b"+OK message follows\r\n"),
            (0, b"STAT\r\n"),
            (1, b"+OK 1 2\r\n"),
        ],
    );
    let words = "Length must be a string containing an integer";
    assert!(frames[4].tree.contains(words));
    assert!(!frames[6].tree.contains(words));
}

#[test]
fn passwords_are_marked_wherever_they_stand() {
    let marked = |says: &[(usize, &[u8])]| {
        let frames = talk(110, says);
        let with = |n: &usize| frames[*n].tree.contains("Password readable on the wire");
        let found = (3..frames.len()).filter(with);
        found.map(|n| n - 3).collect::<Vec<_>>()
    };
    assert_eq!(
        marked(&[(0, b"USER bob\r\n"), (0, b"PASS redqueen\r\n")]),
        [1]
    );
    let digest = b"APOP bob c4c9334bac560ecc979e58001b3e22fb\r\n";
    assert_eq!(marked(&[(0, digest)]), [0usize; 0]);
    assert_eq!(marked(&[(0, b"AUTH PLAIN AGJvYgBy\r\n")]), [0]);
    assert_eq!(
        marked(&[
            (0, b"AUTH PLAIN\r\n"),
            (1, b"+ \r\n"),
            (0, b"AGJvYgBy\r\n"),
            (1, b"+OK\r\n"),
            (0, b"STAT\r\n")
        ]),
        [2]
    );
    assert_eq!(
        marked(&[
            (0, b"AUTH LOGIN\r\n"),
            (1, b"+ VXNlcg==\r\n"),
            (0, b"Ym9i\r\n"),
            (1, b"+ UGFzcw==\r\n"),
            (0, b"cmVk\r\n")
        ]),
        [4]
    );
}

#[test]
fn tls_follows_when_the_server_agrees() {
    let alert: &[u8] = b"\x15\x03\x01\0\x02\x01\0";
    let agreed = talk(110, &[(0, b"STLS\r\n"), (1, b"+OK go\r\n"), (0, alert)]);
    let tree = &agreed[5].tree;
    assert!(tree.contains("Transport Layer Security"), "{tree}");
    let refused = talk(
        110,
        &[(0, b"STLS\r\n"), (1, b"-ERR no\r\n"), (0, b"QUIT\r\n")],
    );
    assert_eq!(info(&refused[5]), "C: QUIT");
}

#[test]
fn another_port_is_known_by_the_greeting() {
    let frames = talk(
        2110,
        &[
            (1, b"+OK POP3 server ready\r\n"),
            (0, b"+OK\r\n"),
            (1, b"-ERR what?\r\n"),
        ],
    );
    assert_eq!(info(&frames[3]), "S: +OK POP3 server ready");
    assert_eq!(info(&frames[4]), "C: +OK");
    assert_eq!(info(&frames[5]), "S: -ERR what?");
}

#[test]
fn numbers_are_read_as_c_reads_them() {
    for (text, value) in [
        ("44 octets", Some(44)),
        ("+44", Some(44)),
        ("44octets", Some(44)),
        ("-5", Some(u32::MAX - 4)),
        ("octets", None),
        ("", None),
    ] {
        assert_eq!(super::number(text.as_bytes()), value, "{text}");
    }
}

#[test]
fn every_prefix_is_dissected() {
    every_prefix(1, &segment(110, b"PASS secret\r\nmore\0\r"));
}
