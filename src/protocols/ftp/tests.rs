//! Conversations made by hand: raw IPv4 frames of control and data connections. What is expected of them is what the yardstick
//! shows (but for expert items and the heuristic on other ports, which are ours).

use super::parse;
use crate::protocols::testing::{Dissected, capture, every_prefix};

/// Link type of frames that begin with an IP header.
const RAW_IP: u16 = 101;

const CLIENT: [u8; 4] = [10, 0, 0, 1];
const SERVER: [u8; 4] = [10, 0, 0, 2];

/// Frames in the making.
#[derive(Default)]
struct Talk {
    frames: Vec<Vec<u8>>,
}

/// One TCP connection, from `ends[0]` to `ends[1]`.
struct Connection {
    ends: [([u8; 4], u16); 2],
    next: [u32; 2],
}

impl Talk {
    fn push(&mut self, c: &mut Connection, who: usize, flags: u8, payload: &[u8]) -> usize {
        let (from, to) = (c.ends[who], c.ends[1 - who]);
        let mut f = vec![0x45, 0];
        f.extend((40 + payload.len() as u16).to_be_bytes());
        f.extend([0, 0, 0x40, 0, 64, 6, 0, 0]);
        f.extend(from.0);
        f.extend(to.0);
        f.extend(from.1.to_be_bytes());
        f.extend(to.1.to_be_bytes());
        f.extend(c.next[who].to_be_bytes());
        f.extend(c.next[1 - who].to_be_bytes());
        f.extend([0x50, flags, 0x10, 0, 0, 0, 0, 0]);
        f.extend(payload);
        c.next[who] += payload.len() as u32 + u32::from(flags & 2 != 0);
        self.frames.push(f);
        self.frames.len()
    }

    /// A connection with its handshake.
    fn connect(&mut self, from: ([u8; 4], u16), to: ([u8; 4], u16)) -> Connection {
        let mut c = Connection {
            ends: [from, to],
            next: [100, 900],
        };
        for (who, flags) in [(0, 0x02), (1, 0x12), (0, 0x10)] {
            self.push(&mut c, who, flags, b"");
        }
        c
    }

    /// A control connection.
    fn control(&mut self) -> Connection {
        self.connect((CLIENT, 40_000), (SERVER, 21))
    }

    /// The side that connected (0) or the other (1) sends this. Returns the frame's number.
    fn says(&mut self, c: &mut Connection, who: usize, text: &[u8]) -> usize {
        self.push(c, who, 0x18, text)
    }

    /// A command and its reply, as lines.
    fn asks(&mut self, c: &mut Connection, command: &str, reply: &str) -> usize {
        self.says(c, 0, format!("{command}\r\n").as_bytes());
        self.says(c, 1, format!("{reply}\r\n").as_bytes())
    }

    fn read(&self) -> Vec<Dissected> {
        let frames: Vec<&[u8]> = self.frames.iter().map(Vec::as_slice).collect();
        capture(RAW_IP, &frames)
    }
}

/// The lines from this one on.
fn from<'a>(done: &'a Dissected, line: &str) -> &'a str {
    let at = done.tree.find(line);
    &done.tree[at.unwrap_or_else(|| panic!("no {line:?} in\n{}", done.tree))..]
}

/// The info column.
fn info(done: &Dissected) -> &str {
    done.row.rsplit(" | ").next().unwrap_or("")
}

/// The working directory after each of these commands was answered.
fn directories(steps: &[(&str, &str)]) -> Vec<String> {
    let mut talk = Talk::default();
    let mut c = talk.control();
    let at: Vec<usize> = steps.iter().map(|(q, a)| talk.asks(&mut c, q, a)).collect();
    let read = talk.read();
    at.iter()
        .map(|n| {
            let line = from(&read[n - 1], "Current working directory: ");
            line["Current working directory: ".len()..line.len() - 1].to_owned()
        })
        .collect()
}

#[test]
fn a_file_is_fetched_over_a_passive_connection() {
    let mut talk = Talk::default();
    let mut c = talk.control();
    let greeting = talk.says(&mut c, 1, b"220-Welcome\r\n220 to this server\r\n");
    let login = talk.asks(&mut c, "USER anonymous", "331 Your address, please") - 1;
    let password = talk.asks(&mut c, "PASS me@example.net", "230 Come in") - 1;
    talk.asks(&mut c, "CWD /pub", "250 ok");
    let setup = talk.asks(
        &mut c,
        "PASV",
        "227 Entering Passive Mode (10,0,0,2,118,250).",
    );
    let command = talk.says(&mut c, 0, b"RETR read.me\r\n");
    let mut d = talk.connect((CLIENT, 40_001), (SERVER, 30_458));
    let first = talk.says(&mut d, 1, b"Line one\r\nline two");
    let second = talk.says(&mut d, 1, b"\0\x01binary");
    let again = talk.says(&mut c, 0, b"RETR other\r\n");
    let read = talk.read();
    assert_eq!(info(&read[greeting - 1]), "Response: 220-Welcome");
    assert_eq!(
        from(&read[greeting - 1], "File Transfer"),
        "\
File Transfer Protocol (FTP)
  220-Welcome\\r\\n
    Response code: Service ready for new user (220)
    Response arg: Welcome
  220 to this server\\r\\n
Current working directory: \n"
    );
    assert_eq!(
        from(&read[login - 1], "  USER"),
        "  USER anonymous\\r\\n\n    Request command: USER\n    Request arg: anonymous\nCurrent working directory: \n"
    );
    let tree = from(&read[password - 1], "    Request arg: me@example.net\n");
    assert!(
        tree.contains("Password readable on the wire\n        Severity level: Warning\n        Group: Security\n"),
        "{tree}"
    );
    assert!(!read[login - 1].tree.contains("Security"));
    assert_eq!(
        from(&read[setup - 1], "    Response code"),
        "    Response code: Entering Passive Mode (227)
    Response arg: Entering Passive Mode (10,0,0,2,118,250).
    Passive IP address: 10.0.0.2
    Passive port: 30458
Current working directory: /pub
Command: RETR read.me
Command frame: 13
"
    );
    assert_eq!((setup, command, first, second), (12, 13, 17, 18));
    assert_eq!(
        from(&read[command - 1], "Current working"),
        "\
Current working directory: /pub
Command response frames: 2
Command response bytes: 26
Command response first frame: 17
Command response last frame: 18
Response duration: 3000ms
Response bitrate: 0Kbps
Setup frame: 12
"
    );
    assert_eq!(
        read[first - 1].row,
        "10.0.0.2 | 10.0.0.1 | FTP-DATA | FTP Data: 18 bytes (PASV) (RETR read.me)"
    );
    assert_eq!(
        from(&read[first - 1], "FTP Data"),
        "\
FTP Data (18 bytes data)
Setup frame: 12
Setup method: PASV
Command: RETR read.me
Command frame: 13
Current working directory: /pub
Line-based text data (2 lines)
  Line one\\r\\n
  line two
"
    );
    assert!(from(&read[second - 1], "FTP Data (8 bytes data)\n").ends_with("directory: /pub\n"));
    // An announcement is good for one command.
    assert_eq!(
        from(&read[again - 1], "Current working"),
        "Current working directory: /pub\n"
    );
    // Its first SYN does not count, as it was announced.
    assert!(
        from(&read[first - 1], "  Conversation completeness: ")
            .starts_with("  Conversation completeness: Incomplete (14)"),
        "{}",
        read[first - 1].tree
    );
}

#[test]
fn the_server_connects_from_port_20() {
    let mut talk = Talk::default();
    let mut c = talk.control();
    let setup = talk.asks(&mut c, "PORT 10,0,0,1,4,210", "200 ok") - 1;
    talk.says(&mut c, 0, b"LIST\r\n");
    let mut d = talk.connect((SERVER, 20), (CLIENT, 1234));
    let data = talk.says(&mut d, 0, b"a file\r\n");
    // Nobody announced this one: it is one by its port.
    let mut other = talk.connect((SERVER, 20), (CLIENT, 1235));
    let stray = talk.says(&mut other, 0, b"another\r\n");
    let nat = talk.asks(&mut c, "PORT 192,168,0,1,4,210", "200 ok") - 1;
    let read = talk.read();
    assert!(
        read[setup - 1]
            .tree
            .contains("    Active IP address: 10.0.0.1\n    Active port: 1234\nCurrent")
    );
    assert_eq!(info(&read[data - 1]), "FTP Data: 8 bytes (PORT) (LIST)");
    assert_eq!(info(&read[stray - 1]), "FTP Data: 9 bytes");
    assert_eq!(
        from(&read[stray - 1], "FTP Data (9"),
        "FTP Data (9 bytes data)\nSetup frame: 11\nLine-based text data (1 lines)\n  another\\r\\n\n"
    );
    assert!(
        from(
            &read[nat - 1],
            "    Active port: 1234\n    Active IP NAT: True\n"
        )
        .len()
            > 40
    );
}

#[test]
fn extended_forms_know_ipv6() {
    let mut talk = Talk::default();
    let mut c = talk.control();
    let eprt = talk.asks(&mut c, "EPRT |2|2001:db8::1|5282|", "200 ok") - 1;
    let bad = talk.asks(&mut c, "EPRT |3|x|1|", "522 no") - 1;
    let epsv = talk.asks(&mut c, "EPSV", "229 Entering (|||6446|)");
    talk.says(&mut c, 0, b"NLST\r\n");
    let mut d = talk.connect((CLIENT, 40_001), (SERVER, 6446));
    let data = talk.says(&mut d, 1, b"name\r\n");
    let none = talk.asks(&mut c, "EPSV", "229 Entering |||6446|");
    let read = talk.read();
    assert_eq!(
        from(&read[eprt - 1], "    Extended active a"),
        "    Extended active address family: IPv6 (2)
    Extended active IPv6 address: 2001:db8::1
    Extended active port: 5282
Current working directory: \n"
    );
    assert!(
        read[bad - 1]
            .tree
            .contains("EPRT arguments must have the form")
    );
    assert_eq!(
        from(&read[epsv - 1], "    Extended passive"),
        "    Extended passive IPv4 address: 10.0.0.2
    Extended passive port: 6446
Current working directory: 
Command: NLST
Command frame: 10
"
    );
    assert_eq!(info(&read[data - 1]), "FTP Data: 6 bytes (EPASV) (NLST)");
    assert!(
        read[none - 1]
            .tree
            .contains("EPSV arguments must have the form")
    );
}

#[test]
fn the_directory_is_followed() {
    assert_eq!(
        directories(&[
            ("NOOP", "200 ok"),
            ("CWD one", "250 ok"),
            ("CWD /a/b", "250 ok"),
            ("CWD ../d/./e//f/", "250 ok"),
            ("CDUP", "250 ok"),
            ("CWD nowhere", "550 no"),
            ("cwd small", "250 letters count"),
            ("PWD", "257 \"/p \"\"q\"\"\" is it"),
            ("PWD", "257 /no/marks"),
            ("CWD ../../..", "250 ok"),
        ]),
        [
            "", "one", "/a/b", "/a/d/e/f", "/a/d/e", "/a/d/e", "/a/d/e", "/p \"q\"", "/p \"q\"",
            "/"
        ]
    );
}

#[test]
fn auth_tls_leads_into_tls_and_back() {
    let hello: &[u8] = &[22, 3, 1, 0, 5, 1, 0, 0, 1, 0xff];
    let mut talk = Talk::default();
    let mut c = talk.control();
    talk.asks(&mut c, "AUTH TLS", "234 go on");
    let secured = talk.says(&mut c, 0, hello);
    // Half a record, then the rest.
    let half = talk.says(&mut c, 1, &[23, 3, 3, 0, 4, 1]);
    talk.says(&mut c, 1, &[2, 3, 4]);
    let plain = talk.says(&mut c, 0, b"PASV\r\n");
    let mut other = talk.connect((CLIENT, 40_002), (SERVER, 21));
    talk.asks(&mut other, "AUTH TLS", "500 no");
    let refused = talk.says(&mut other, 0, hello);
    let read = talk.read();
    assert!(
        read[secured - 1].row.contains(" | TLS"),
        "{}",
        read[secured - 1].row
    );
    assert!(info(&read[half - 1]).ends_with(" [TCP segment of a reassembled PDU]"));
    assert_eq!(info(&read[plain - 1]), "Request: PASV");
    assert!(
        read[refused - 1]
            .row
            .contains(" | FTP | Request: \\026\\003\\001")
    );
}

#[test]
fn a_segment_that_comes_late_is_no_message() {
    let mut talk = Talk::default();
    let mut c = talk.control();
    talk.says(&mut c, 0, b"USER me\r\n");
    let before = c.next[0];
    c.next[0] += 6;
    let early = talk.says(&mut c, 0, b"QUIT\r\n");
    c.next[0] = before;
    let late = talk.says(&mut c, 0, b"NOOP\r\n");
    let read = talk.read();
    assert_eq!(
        info(&read[early - 1]),
        "[TCP Previous segment not captured] Request: QUIT"
    );
    assert!(
        read[late - 1].row.contains(" | TCP | [TCP "),
        "{}",
        read[late - 1].row
    );
}

#[test]
fn lines_that_are_odd() {
    let mut talk = Talk::default();
    let mut c = talk.control();
    let mut at = |who: usize, text: &[u8]| talk.says(&mut c, who, text);
    let cases = [
        (
            at(0, b" lead\r\n"),
            "Request:  lead",
            "    Request arg: lead\n",
        ),
        (
            at(0, b"x y  z \n"),
            "Request: x y  z ",
            "    Request command: x\n    Request arg: y  z \n",
        ),
        (at(1, b"12\r\n"), "Response: 12", "    Response arg: 12\n"),
        (
            at(1, b"2200\r\n"),
            "Response: 2200",
            "    Response code: Service ready for new user (220)\n",
        ),
        (
            at(1, b"no number\r\n"),
            "Response: no number",
            "    Response arg: no number\n",
        ),
        (
            at(0, b"a\rb\r\n"),
            "Request: a",
            "  a\\r\n    Request command: a\n  b\\r\\n\n",
        ),
        (
            at(0, b"NOEND"),
            "Request: NOEND",
            "  NOEND\n    Request command: NOEND\n",
        ),
    ];
    let read = talk.read();
    for (n, row, lines) in cases {
        assert_eq!(info(&read[n - 1]), row);
        assert!(read[n - 1].tree.contains(lines), "{}", read[n - 1].tree);
    }
}

#[test]
fn other_ports_are_recognised_by_their_greeting() {
    for (greeting, is) in [
        (&b"220 (vsFTPd 3.0.3)\r\n"[..], true),
        (b"220-Welcome to my FTP server\r\n", true),
        (b"220 ProFTPD Server\r\n", true),
        (b"220 mail.example.net ESMTP Postfix\r\n", false),
        (b"220 ready\r\n", false),
        (b"200 ftp\r\n", false),
        (b"", false),
    ] {
        assert_eq!(
            super::greets(greeting),
            is,
            "{}",
            String::from_utf8_lossy(greeting)
        );
    }
    let mut talk = Talk::default();
    let mut c = talk.connect((CLIENT, 40_000), (SERVER, 10_021));
    let greeting = talk.says(&mut c, 1, b"220 FTP\r\n");
    let user = talk.says(&mut c, 0, b"USER me\r\n");
    let read = talk.read();
    assert_eq!(info(&read[greeting - 1]), "Response: 220 FTP");
    assert_eq!(info(&read[user - 1]), "Request: USER me");
}

#[test]
fn addresses_are_found_in_replies() {
    let found = |text: &[u8]| parse::host_port(text).map(|f| (f.ip, f.port, f.at, f.lens));
    assert_eq!(
        found(b"Version 2 (10,0,0,2,23,116)"),
        Some(([10, 0, 0, 2], 6004, 11, (8, 6)))
    );
    assert_eq!(
        found(b"=10, 0, 0, 2, 23, 115"),
        Some(([10, 0, 0, 2], 6003, 1, (8, 6)))
    );
    // Of each number eight bits count.
    assert_eq!(
        found(b"300,1,1,1,4,11699"),
        Some(([44, 1, 1, 1], 1024 + 179, 0, (9, 5)))
    );
    assert_eq!(found(b"1,2,3"), None);
    assert_eq!(found(b""), None);
    assert_eq!(parse::extended_passive(b"(|||6005)"), Some((6005, 4..7)));
    assert_eq!(
        parse::extended_passive(b"(|||99999|)"),
        Some((65_535, 4..9))
    );
    assert_eq!(parse::extended_passive(b"(|||x|)"), None);
    assert_eq!(parse::extended_passive(b")("), None);
    assert_eq!(parse::extended_active(b"|1|10.0.0.1|5001"), None);
    assert_eq!(parse::extended_active(b"|1|10.0.0.1|65536|"), None);
    assert_eq!(parse::extended_active(b"|"), None);
    assert_eq!(parse::quoted_path(b"\"\" empty"), None);
    assert_eq!(parse::quoted_path(b"\"open"), None);
}

#[test]
fn every_beginning_dissects() {
    let mut talk = Talk::default();
    let mut c = talk.control();
    let asks = [
        "PASS word",
        "PORT 10,0,0,1,4,210",
        "EPRT |2|2001:db8::1|5282|",
    ];
    let replies = [
        "227 (10,0,0,2,118,250)",
        "229 Entering (|||6446|)",
        "257 \"/a\"",
    ];
    for (ask, reply) in asks.iter().zip(replies) {
        talk.asks(&mut c, ask, reply);
    }
    for frame in &talk.frames {
        every_prefix(RAW_IP, frame);
    }
}
