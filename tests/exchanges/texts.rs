//! The texts' own programs, and a terminal: time, sums, messages that end with a null byte.

use super::Exchange;

#[test]
fn the_time_is_asked_for_and_told() {
    let mut time = Exchange::open("tcp-time.pcap");
    assert_eq!(
        time.rows_of("CTIME"),
        [
            "4 GET TIME",
            "6 Sun Mar 15 12:09:16 2015",
            "12 hello world",
            "14 Sun Mar 15 12:09:16 2015",
            "16 END",
        ]
    );
    assert_eq!(time.values(6, "tcp.len"), ["24"]);
    assert_eq!(
        time.values(6, "ctime.time"),
        ["Mar 15, 2015 12:09:16.000000000 UTC"]
    );
}

#[test]
fn datagrams_to_the_same_port_are_plain_data() {
    let mut hello = Exchange::open("udp-hello.pcap");
    assert_eq!(hello.lines(1, "data")[0], "Data (16 bytes)");
    assert_eq!(hello.values(1, "udp.dstport"), ["12345"]);
    assert_eq!(
        hello.values(2, "data.data"),
        ["55:44:50:20:73:65:72:76:65:72:20:73:65:6e:64:69:6e:67:20:64:61:74:61"]
    );
}

#[test]
fn lists_are_summed_on_one_connection() {
    let mut sum = Exchange::open("tcp-sum.pcap");
    assert_eq!(
        sum.rows_of("NUMSUM"),
        [
            "4 [0, 1, 2, 3] (4 numbers)",
            "6 Sum: 6",
            "8 [10, -4] (2 numbers)",
            "9 Sum: 6",
            "11 one and two",
            "12 Error: that is no list of numbers",
            "14 [5] (1 number)",
            "15 Sum: 5",
        ]
    );
    assert_eq!(sum.values(4, "numsum.number"), ["0", "1", "2", "3"]);
    assert_eq!(sum.values(6, "numsum.sum"), ["6"]);
    assert_eq!(sum.values(11, "numsum.no_list").len(), 1);
}

#[test]
fn echoes_end_with_a_null_byte() {
    let mut echo = Exchange::open("tcp-echo.pcap");
    assert_eq!(
        echo.rows_of("NULLCHAT"),
        ["4 hello world", "6 hello world", "14 grüezi", "16 grüezi"]
    );
    assert_eq!(echo.values(4, "nullchat.delimiter"), ["0x00"]);
}

#[test]
fn messages_are_framed_by_null_bytes_not_by_segments() {
    let mut framing = Exchange::open("tcp-framing.pcap");
    assert_eq!(
        framing.rows_of("NULLCHAT"),
        ["6 caerphilly", "8 illchester | brie"]
    );
    assert_eq!(framing.values(4, "tcp.reassembled_in"), ["6"]);
    assert_eq!(
        framing.values(8, "nullchat.message"),
        ["illchester", "brie"]
    );
}

#[test]
fn the_chat_repeats_to_all_and_says_who() {
    let mut chat = Exchange::open("tcp-chat.pcap");
    let rows = chat.rows_of("NULLCHAT");
    let of = |text: &str| rows.iter().filter(|r| r.ends_with(text)).count();
    assert_eq!(of("hello everybody"), 4, "said once, repeated to three");
    assert_eq!(of("where did they go?"), 3, "one has left");
    let senders = chat.values(12, "nullchat.sender");
    assert!(senders[0].starts_with("('192.0.2.1', "), "{senders:?}");
    assert_eq!(chat.values(12, "nullchat.text"), ["hello everybody"]);
    assert_eq!(chat.values(26, "tcp.flags.reset"), ["1"]);
}

#[test]
fn a_terminal_is_readable_key_by_key() {
    let mut telnet = Exchange::open("telnet.pcap");
    let lines = telnet.lines(6, "telnet");
    assert_eq!(
        &lines[7..14],
        [
            "  Suboption Negotiate About Window Size",
            "    Command: Suboption (250)",
            "    Subcommand: Negotiate About Window Size",
            "      Width: 80",
            "      Height: 24",
            "  Suboption End",
            "    Command: Suboption End (240)",
        ]
    );
    assert_eq!(telnet.values(9, "telnet.string_subopt.value"), ["xterm"]);
    let typed: String = (26..=37)
        .flat_map(|frame| telnet.values(frame, "telnet.data"))
        .collect();
    assert_eq!(typed, "redqueen");
    assert_eq!(telnet.values(26, "credentials.cleartext").len(), 1);
    assert!(telnet.values(41, "credentials.cleartext").is_empty());
}
