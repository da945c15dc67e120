//! Mail that stays on the server: `imap.pcap`, `imap-stacked.pcap`, `imap-more.pcap`.

use super::Exchange;

#[test]
fn the_session_of_the_course() {
    let mut imap = Exchange::open("imap.pcap");
    let commands = [
        (6, "A0000 LOGIN frobozz xyzzy", "8"),
        (9, "A0001 SELECT INBOX", "11"),
        (12, "A0002 FETCH 1 RFC822.SIZE", "14"),
        (15, "A0003 FETCH 1 BODY[HEADER]", "21"),
        (23, "A0004 FETCH 1 BODY[TEXT]", "25"),
        (26, "A0005 LOGOUT", "28"),
    ];
    for (frame, command, answer) in commands {
        let row = imap.row(frame);
        assert_eq!(
            row,
            format!("192.0.2.1 > 192.0.2.2 IMAP Request: {command}")
        );
        assert_eq!(imap.values(frame, "imap.response_in"), [answer]);
        let answer = answer.parse().unwrap();
        assert_eq!(imap.values(answer, "imap.response_to"), [frame.to_string()]);
        assert_eq!(imap.values(answer, "imap.response.status"), ["OK"]);
    }
    assert_eq!(imap.values(6, "imap.request.username"), ["frobozz"]);
    assert_eq!(imap.values(6, "imap.request.password"), ["xyzzy"]);
    assert_eq!(imap.values(6, "credentials.cleartext").len(), 1);
    assert_eq!(imap.values(9, "imap.request.folder"), ["INBOX"]);
    assert_eq!(
        imap.row(11),
        "192.0.2.2 > 192.0.2.1 IMAP Response: A0001 OK [READ-WRITE] SELECT completed"
    );
    // The header is a literal over two segments; its own lines are not IMAP's.
    assert_eq!(imap.values(17, "tcp.reassembled_in"), ["19"]);
    assert_eq!(
        imap.values(19, "imap.line"),
        ["* 1 FETCH (BODY[HEADER] {1425}\r\n", ")\r\n"]
    );
}

#[test]
fn stacked_commands_are_told_apart_by_their_tags() {
    let mut imap = Exchange::open("imap-stacked.pcap");
    assert_eq!(
        imap.values(6, "imap.request_tag"),
        ["A0000", "A0001", "A0002", "A0003", "A0004", "A0005"]
    );
    assert_eq!(
        imap.values(6, "imap.response_in"),
        ["8", "10", "12", "18", "20", "22"]
    );
    for answer in [8, 10, 12, 18, 20, 22] {
        assert_eq!(imap.values(answer, "imap.response_to"), ["6"]);
    }
}

#[test]
fn more_commands() {
    let mut imap = Exchange::open("imap-more.pcap");
    for (frame, request) in [
        (12, "OLIF2 LIST \"\" *"),
        (
            15,
            "OLIF3 STATUS INBOX (MESSAGES RECENT UIDNEXT UIDVALIDITY UNSEEN)",
        ),
        (21, "OLIF5 SEARCH FROM \"IPIP\""),
        (24, "OLIF6 FETCH 1 (FLAGS)"),
        (27, "OLIF7 FETCH 1 (RFC822)"),
    ] {
        assert_eq!(imap.values(frame, "imap.request"), [request]);
    }
    assert_eq!(imap.values(9, "imap.request.password"), ["xyzzy"]);
    assert_eq!(
        imap.values(17, "imap.line")[0],
        "* STATUS INBOX (MESSAGES 172 RECENT 1 UIDNEXT 4392 UIDVALIDITY 3857529045 UNSEEN 5)\r\n"
    );
    assert_eq!(imap.values(23, "imap.line")[0], "* SEARCH 2 84 88\r\n");
    assert_eq!(imap.values(31, "imap.response_to"), ["27"]);
}
