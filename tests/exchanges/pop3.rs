//! Fetching mail: `pop3.pcap`.

use super::Exchange;

#[test]
fn the_session_of_the_course_is_in_the_list() {
    let mut pop = Exchange::open("pop3.pcap");
    let rows: Vec<String> = pop.rows_of("POP");
    let said: Vec<&str> = rows.iter().map(|r| r.split_once(' ').unwrap().1).collect();
    let of = |who: &str| {
        let lines = said.iter().filter(|r| r.starts_with(who));
        lines.map(|r| &r[3..]).collect::<Vec<_>>()
    };
    assert_eq!(
        of("C: "),
        [
            "USER bob",
            "PASS redqueen",
            "STAT",
            "LIST",
            "RETR 1",
            "DELE 1",
            "RETR 2",
            "DELE 2",
            "QUIT"
        ]
    );
    assert_eq!(
        of("S: "),
        [
            "+OK POP3 server ready <1896.697170952@mail.example.com>",
            "+OK bob is welcome here",
            "+OK bob's maildrop has 2 messages (320 octets)",
            "+OK 2 320",
            "+OK 2 messages (320 octets)",
            "+OK 120 octets",
            "+OK message 1 deleted",
            "+OK 200 octets",
            "DATA fragment, 120 bytes",
            "+OK message 2 deleted",
            "+OK mail.example.com POP3 server signing off (maildrop empty)",
        ]
    );
}

#[test]
fn the_password_is_read_and_marked() {
    let mut pop = Exchange::open("pop3.pcap");
    assert_eq!(pop.values(9, "pop.request.command"), ["PASS"]);
    assert_eq!(pop.values(9, "pop.request.parameter"), ["redqueen"]);
    assert_eq!(pop.values(9, "credentials.cleartext").len(), 1);
    assert!(pop.values(6, "credentials.cleartext").is_empty());
}

#[test]
fn the_messages_are_there() {
    let mut pop = Exchange::open("pop3.pcap");
    let list = pop.lines(17, "pop");
    assert_eq!(
        list,
        [
            "Post Office Protocol",
            "  +OK 2 messages (320 octets)\\r\\n",
            "    Response indicator: +OK",
            "    Response description: 2 messages (320 octets)",
            "  1 120\\r\\n",
            "  2 200\\r\\n",
            "  .\\r\\n",
        ]
    );
    // The first message comes with its answer, the second in two segments of its own.
    let first = pop.lines(20, "pop");
    assert!(first.contains(&"  From: alice@example.org\\r\\n".to_owned()));
    assert_eq!(pop.values(28, "pop.data.reassembled.in"), ["30"]);
    assert_eq!(pop.values(30, "pop.data.fragment"), ["28", "30"]);
    assert_eq!(pop.values(30, "pop.data.reassembled.length"), ["200"]);
}
