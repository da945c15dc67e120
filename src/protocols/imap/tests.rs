//! Conversations made by hand.

use crate::protocols::testing::{Dissected, every_prefix, segment, talk};

/// The tree below IMAP's node.
fn imap(frame: &Dissected) -> &str {
    let name = "\nInternet Message Access Protocol\n";
    let at = frame.tree.find(name).unwrap() + name.len();
    &frame.tree[at..]
}

fn info(frame: &Dissected) -> &str {
    frame.row.split(" | ").nth(3).unwrap()
}

#[test]
fn commands_find_their_answers_by_tags() {
    let frames = talk(
        143,
        &[
            (1, b"* OK ready\r\n"),
            (0, b"A1 NOOP\r\nA2 UID COPY 1 Trash\r\n"),
            (1, b"* 1 EXISTS\r\na2 OK [X] done\r\n"),
            (1, b"A1 OK NOOP\r\n"),
        ],
    );
    assert_eq!(info(&frames[3]), "Response: * OK ready");
    assert_eq!(imap(&frames[3]), "  Line: * OK ready\\r\\n\n");
    assert_eq!(info(&frames[4]), "Request: A1 NOOP");
    let expected = "  Line: A1 NOOP\\r\\n\n    Request: A1 NOOP\n    Request Tag: A1\n    Request Command: NOOP\n    \
                    Response In: 7\n  Line: A2 UID COPY 1 Trash\\r\\n\n    Request: A2 UID COPY 1 Trash\n    Request Tag: A2\n    \
                    Request isUID: True\n    Request Command: COPY\n    Request Folder: Trash\n    Response In: 6\n";
    assert_eq!(imap(&frames[4]), expected);
    let expected = "  Line: * 1 EXISTS\\r\\n\n  Line: a2 OK [X] done\\r\\n\n    Response: a2 OK [X] done\n    Response Tag: a2\n    \
                    Response Status: OK\n    Response Command: [X]\n    Request In: 5\n    Response Time: 3.000000000 seconds\n";
    assert_eq!(imap(&frames[5]), expected);
    assert_eq!(info(&frames[5]), "Response: a2 OK [X] done");
}

#[test]
fn a_line_that_is_cut_waits_for_its_end() {
    let frames = talk(
        143,
        &[
            (0, b"A1 NOOP\r\nA2"),
            (0, b" NOOP\r\n"),
            (1, b"* one\r\n* two\r\nA1"),
            (1, b" OK\r\n"),
        ],
    );
    assert_eq!(info(&frames[3]), "Request: A1 NOOP");
    assert_eq!(info(&frames[4]), "Request: A2 NOOP");
    let together = "2 Reassembled TCP Segments (9 bytes): #4(2), #5(7)";
    assert!(frames[4].tree.contains(together), "{}", frames[4].tree);
    // The list waits for what follows the untagged lines.
    let row = &frames[5].row;
    assert!(row.contains("| IMAP | 143 → 40000"), "{row}");
    assert_eq!(info(&frames[6]), "Response: A1 OK");
}

#[test]
fn a_literal_may_hold_anything() {
    let frames = talk(
        143,
        &[
            (0, b"A1 FETCH 1 BODY[]\r\n"),
            (1, b"* 1 FETCH (BODY[] {14}\r\nA1 OK\r\n\r\nhi\r\n"),
            (1, b"!)\r\n"),
            (1, b"A1 OK\r\n"),
        ],
    );
    let row = &frames[4].row;
    assert!(row.contains("reassembled PDU"), "{row}");
    let tree = imap(&frames[5]);
    let expected = "  Line: * 1 FETCH (BODY[] {14}\\r\\n\n  Line: )\\r\\n\n";
    assert!(tree.starts_with(expected), "{tree}");
    assert!(!tree.contains("Request In"), "{tree}");
    assert!(imap(&frames[6]).contains("    Request In: 4\n"));
}

#[test]
fn lengths_of_literals() {
    for (line, len) in [
        ("* 1 FETCH (BODY[] {43}", Some(43)),
        ("* 1 fetch (uid 1 rfc822 {0} ", Some(0)),
        ("* 1 FETCH (BODY[] {4+}", Some(4)),
        ("* 1 FETCH (BODY[] {x}", None),
        ("* 1 FETCH (BODY[] {}", None),
        ("* 1 FETCH (BODY[] {99999999999999999999}", None),
        ("* LIST () \"/\" {5}", None),
        ("A 1 FETCH (BODY[] {3}", None),
    ] {
        assert_eq!(super::fetched(line.as_bytes()), len, "{line}");
    }
}

#[test]
fn passwords_are_shown_without_quotation_marks_and_marked() {
    let frames = talk(
        143,
        &[
            (0, b"A1 LOGIN \"fro bozz\" \"xy zzy\"\r\n"),
            (0, b"A2 LOGIN frobozz xyzzy\r\n"),
            (0, b"A3 LOGIN x\r\n"),
        ],
    );
    let tree = imap(&frames[3]);
    let expected = "    Request Username: \"fro bozz\"\n    Request Password: xy zzy\n";
    assert!(tree.contains(expected), "{tree}");
    assert!(tree.contains("Password readable on the wire"), "{tree}");
    let expected = "    Request Username: frobozz\n    Request Password: xyzzy\n";
    assert!(imap(&frames[4]).contains(expected));
    assert!(!imap(&frames[5]).contains("Password"));
}

#[test]
fn answers_to_authenticate_are_marked() {
    let frames = talk(
        143,
        &[
            (0, b"A1 AUTHENTICATE PLAIN\r\n"),
            (1, b"+ \r\n"),
            (0, b"AGJvYgBy\r\n"),
            (1, b"A1 OK\r\n"),
            (0, b"A2 NOOP\r\n"),
            (0, b"A3 AUTHENTICATE PLAIN AGJvYgBy\r\n"),
        ],
    );
    let marked: Vec<usize> = (0..frames.len())
        .filter(|n| frames[*n].tree.contains("Password readable on the wire"))
        .collect();
    assert_eq!(marked, [5, 8]);
}

#[test]
fn tls_follows_when_the_server_agrees() {
    let alert: &[u8] = b"\x15\x03\x01\0\x02\x01\0";
    let agreed = talk(
        143,
        &[(0, b"a STARTTLS\r\n"), (1, b"A OK go\r\n"), (0, alert)],
    );
    let tree = &agreed[5].tree;
    assert!(tree.contains("Transport Layer Security"), "{tree}");
    let refused = talk(
        143,
        &[(0, b"a STARTTLS\r\n"), (1, b"a NO\r\n"), (0, b"b NOOP\r\n")],
    );
    assert_eq!(info(&refused[5]), "Request: b NOOP");
}

#[test]
fn another_port_is_known_by_the_greeting() {
    let frames = talk(
        2143,
        &[
            (1, b"* OK IMAP4rev1 ready\r\n"),
            (0, b"a NOOP\r\n"),
            (1, b"a OK\r\n"),
        ],
    );
    assert_eq!(info(&frames[4]), "Request: a NOOP");
    assert_eq!(info(&frames[5]), "Response: a OK");
}

#[test]
fn every_prefix_is_dissected() {
    every_prefix(1, &segment(143, b"A1 LOGIN \"a\\\" b\r\nA2 UID\r\n\r\n"));
}
