//! Commands, options and text as they stand on the wire.

use crate::protocols::testing::{every_prefix, segment, talk};

/// The tree from Telnet's node on, for one segment of the client.
fn tree(bytes: &[u8]) -> String {
    let frames = talk(23, &[(0, bytes)]);
    let at = frames[3].tree.find("\nTelnet\n").unwrap() + 1;
    frames[3].tree[at..].to_owned()
}

#[test]
fn options_are_negotiated_between_text() {
    let frames = talk(23, &[(1, b"\xff\xfd\x18\xff\xfb\x01login: ")]);
    let expected = "Telnet\n  Do Terminal Type\n    Command: Do (253)\n    Subcommand: Terminal Type\n  Will Echo\n    \
                    Command: Will (251)\n    Subcommand: Echo\n  Data: login: \n";
    assert!(frames[3].tree.ends_with(expected), "{}", frames[3].tree);
    assert!(frames[3].row.ends_with("| TELNET | Telnet Data ..."));
}

#[test]
fn what_is_said_about_options_is_taken_apart() {
    let expected = "Telnet\n  Suboption Negotiate About Window Size\n    Command: Suboption (250)\n    \
                    Subcommand: Negotiate About Window Size\n      Width: 80\n      Height: 255\n  Suboption End\n    \
                    Command: Suboption End (240)\n";
    // The byte 255 is doubled.
    assert_eq!(tree(b"\xff\xfa\x1f\0P\0\xff\xff\xff\xf0"), expected);
    let holds = |bytes: &[u8], part: &str| {
        let tree = tree(bytes);
        assert!(tree.contains(part), "{tree}");
    };
    let terminal = b"\xff\xfa\x18\0xterm\xff\xf0\xff\xfa\x18\x01\xff\xf0";
    holds(
        terminal,
        "      Here's my Terminal Type\n      Value: xterm\n",
    );
    holds(terminal, "      Send your Terminal Type\n");
    let serial = b"\xff\xfa\x2c\x01\0\0\x25\x80\xff\xf0\xff\xfa\x2c\x6b\x31\xff\xf0";
    holds(serial, "      Baud Rate: Client Baud Rate: 9600\n");
    holds(serial, "      Server Modemstate: DCTS, CTS, DSR\n");
    let short = b"\xff\xfa\x1f\0P\0\xff\xf0";
    holds(short, "Suboption parameter length is 3, should be 4");
    holds(
        b"\xff\xfa\x28\x02\x04IBM-3278\x01LU1\xff\xf0",
        "      Is: IBM-3278\n      Suboption: CONNECT (1)\n      Connect: LU1\n",
    );
    holds(
        b"\xff\xfa\x28\x03\x07\0\x02\xff\xf0",
        "      Request: BIND-IMAGE (0)\n      Request: RESPONSES (2)\n",
    );
    holds(
        b"\xff\xfa\x1b\0\xff\xf0",
        "      Command: Unknown ('\\0')\n",
    );
}

#[test]
fn lines_end_with_lf_crlf_or_cr_nul() {
    let expected = "Telnet\n  Data: a\\r\\n\n  Data: b\\rc\\n\n  Data: d\\r\n  Data: e\n";
    assert_eq!(tree(b"a\r\nb\rc\nd\r\0e"), expected);
}

#[test]
fn a_command_that_is_cut_is_malformed() {
    let cut = tree(b"\xff\xfb");
    let expected = "  Command header\n    Command: Will (251)\n[Malformed Packet: TELNET]\n";
    assert!(cut.ends_with(expected), "{cut}");
    let alone = tree(b"ab\xff");
    assert!(
        alone.ends_with("  Data: ab\n[Malformed Packet: TELNET]\n"),
        "{alone}"
    );
}

#[test]
fn a_password_is_marked_as_it_is_typed() {
    let frames = talk(
        23,
        &[
            (1, b"login: "),
            (0, b"bob\r\0"),
            (1, b"Password: "),
            (0, b"red"),
            (0, b"queen\r\0"),
            (1, b"\r\n$ "),
            (0, b"ls\r\0"),
        ],
    );
    let marked: Vec<usize> = (0..frames.len())
        .filter(|n| frames[*n].tree.contains("Password readable on the wire"))
        .collect();
    assert_eq!(marked, [6, 7]);
}

#[test]
fn another_port_is_known_by_two_options() {
    let frames = talk(2323, &[(1, b"\xff\xfd\x18\xff\xfb\x01"), (0, b"x")]);
    assert!(frames[4].row.contains("| TELNET |"), "{}", frames[4].row);
    let one = talk(2323, &[(1, b"\xff\xfd\x18")]);
    assert!(one[3].row.contains("| TCP |"), "{}", one[3].row);
}

#[test]
fn tls_follows_when_both_sides_say_so() {
    let follows = b"\xff\xfa\x2e\x01\xff\xf0";
    let alert = b"\x15\x03\x01\0\x02\x01\0";
    let frames = talk(23, &[(1, follows), (0, follows), (0, alert)]);
    let tree = &frames[5].tree;
    assert!(tree.contains("Transport Layer Security"), "{tree}");
}

#[test]
fn every_prefix_is_dissected() {
    for bytes in [
        &b"ab\r\n\xff\xfd\x18\xff\xfa\x1f\0P\0\x18\xff\xf0x"[..],
        b"\xff\xfa\x25\x00\x02\x02\x00abc\xff\xf0\xff\xfa\x26\x01\x01\x02\xff\xf0",
        b"\xff\xfa\x2c\x01\0\0\x25\x80\xff\xf0\xff\xfa\x28\x02\x06\x05\x01\xff\xf0",
        b"\xff\xfa\x0b\x00\x08\xff\xf0\xff\xfa\x1bDx\x1dTy\xff\xf0\xff\xfa\x1d\0IBM\xff\xf0",
    ] {
        every_prefix(1, &segment(23, bytes));
    }
}
