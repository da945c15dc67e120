//! What scripts say and what is wrong with them.
#![allow(clippy::unwrap_used, clippy::panic)]

use super::*;

struct None;

impl Files for None {
    fn file(&self, name: &str) -> std::result::Result<Vec<u8>, String> {
        match name {
            "five.bin" => Ok(vec![1, 2, 3, 4, 5]),
            _ => Err(format!("there is no file {name}")),
        }
    }
}

const HEAD: &str = "title: T\nclient: a 192.0.2.1\nserver: b 192.0.2.2\nport: 80\n---\n";

fn plan(body: &str) -> Plan {
    parse("t", &format!("{HEAD}{body}"), &None).unwrap()
}

/// What each message says, pieces parted by `|`.
fn said(body: &str) -> Vec<String> {
    plan(body)
        .steps
        .iter()
        .filter_map(|step| match &step.act {
            Act::Send { pieces, .. } => {
                let pieces: Vec<String> = pieces
                    .iter()
                    .map(|p| p.escape_ascii().to_string())
                    .collect();
                Some(pieces.join("|"))
            }
            _ => Option::None,
        })
        .collect()
}

/// Line and reason of what is wrong with a script.
fn fault(script: &str) -> (u32, String) {
    let error = parse("t", script, &None).unwrap_err();
    (error.line, error.reason)
}

fn body_fault(body: &str) -> (u32, String) {
    let (line, reason) = fault(&format!("{HEAD}{body}"));
    (line, reason)
}

#[test]
fn lines_of_one_speaker_are_one_message() {
    assert_eq!(
        said("open\nC: one\nC: two\nS: three\nC: four\n"),
        ["one\\r\\ntwo\\r\\n", "three\\r\\n", "four\\r\\n"]
    );
    assert_eq!(
        said("open\nC: one\npush\nC: two\n"),
        ["one\\r\\n", "two\\r\\n"]
    );
    assert_eq!(said("open\nC: one\ncut\nC: two\n"), ["one\\r\\n|two\\r\\n"]);
    assert_eq!(said("open\nC: a${cut}b\\\n"), ["a|b"]);
}

#[test]
fn bytes_are_written_in_many_ways() {
    assert_eq!(
        said("open\nC: \\x00\\xff\\0\\t\\\\${hex:de ad}${base64:/v8=}\\\n"),
        ["\\x00\\xff\\x00\\t\\\\\\xde\\xad\\xfe\\xff"]
    );
    assert_eq!(
        said("open\nC: ${file:five.bin}\\\n"),
        ["\\x01\\x02\\x03\\x04\\x05"]
    );
    assert_eq!(said("open\nC: ${file64:five.bin}\n"), ["AQIDBAU=\\r\\n"]);
    assert_eq!(said("open\nC: $${not} $5\\\n"), ["${not} $5"]);
    assert_eq!(
        said("open\nS: ${chunked:4:five.bin}\\\n"),
        ["4\\r\\n\\x01\\x02\\x03\\x04\\r\\n1\\r\\n\\x05\\r\\n0\\r\\n\\r\\n"]
    );
}

#[test]
fn lengths_are_computed() {
    assert_eq!(
        said("open\nS: L: ${length}\nS:\nS: abc\n"),
        ["L: 5\\r\\n\\r\\nabc\\r\\n"]
    );
    // Two messages in one piece.
    assert_eq!(
        said("open\nS: L: ${length}\nS:\nS: a\\\nand\nS: L: ${length}\nS:\nS: bcd\\\n"),
        ["L: 1\\r\\n\\r\\naL: 3\\r\\n\\r\\nbcd"]
    );
    assert_eq!(
        said("open\nS: {${length:x}}\nblock x\nS: abc\nS: d\nend\nS: )\n"),
        ["{8}\\r\\nabc\\r\\nd\\r\\n)\\r\\n"]
    );
}

#[test]
fn dates_are_written_as_protocols_write_them() {
    assert_eq!(
        said("open\nS: ${date}|${date:mail}|${date:ctime}|${date:iso}\\\n"),
        [
            "Sun, 15 Mar 2015 12:09:16 GMT|Sun, 15 Mar 2015 12:09:16 +0000|Sun Mar 15 12:09:16 2015|2015-03-15T12:09:16Z"
        ]
    );
    for (text, seconds) in [
        ("1970-01-01 00:00:00", 0),
        ("2000-02-29 23:59:59", 951_868_799),
        ("2100-03-01 00:00:00", 4_107_542_400),
    ] {
        let clock = parse_clock(text).unwrap();
        assert_eq!(clock.seconds, seconds, "{text}");
        assert_eq!(clock.iso(), format!("{}Z", text.replace(' ', "T")));
    }
    assert_eq!(parse_clock("2015-13-01 00:00:00"), Option::None);
    assert_eq!(parse_clock("2015-03-15"), Option::None);
}

#[test]
fn several_hosts_and_connections() {
    let script = "title: T\nclient: a 192.0.2.1\nserver: b 192.0.2.2\nhost: c 203.0.113.9/28\nport: 21\n---\nopen\nopen data \
                  from c to a port 2000 source 20\nC(data): x\nclose C data\nreset S\n";
    let plan = parse("t", script, &None).unwrap();
    let data = &plan.connections[1];
    assert_eq!((data.client, data.server), (2, Some(0)));
    assert_eq!(data.from.to_string(), "203.0.113.9:20");
    assert_eq!(data.to.to_string(), "192.0.2.1:2000");
    assert_eq!(plan.hosts[2].addresses[0].1, 28);
    // Far apart: the wire stands for the whole way.
    assert_eq!(plan.hosts[0].addresses[0].1, 0);
    assert_eq!(plan.steps[3].act, Act::Close(1, End::Client));
    assert_eq!(plan.steps[4].act, Act::Reset(0, End::Server));
}

#[test]
fn what_is_wrong_is_told_with_its_line() {
    for (body, line, reason) in [
        (
            "open\nC: ${length}\n",
            7,
            "`${length}` counts what comes behind an empty line, and there is none",
        ),
        (
            "C: early\n",
            6,
            "there is no connection yet: say `open` first",
        ),
        (
            "open\nopne x\n",
            7,
            "a line begins with `C:`, `S:` or a word; there is no `opne`; did you mean `open`?",
        ),
        (
            "open\nC: \\q\n",
            7,
            "a backslash stands before 0, n, r, t, x or another backslash",
        ),
        (
            "open\nC: ${hex:0}\n",
            7,
            "a byte has two hexadecimal digits",
        ),
        ("open\nC: ${hex:0g}\n", 7, "`g` is no hexadecimal digit"),
        ("open\nC: ${base64:!}\n", 7, "`!` is no digit of base64"),
        (
            "open\nC: ${file:/etc/passwd}\n",
            7,
            "`/etc/passwd` is no file beside the script",
        ),
        (
            "open\nC: ${file:../x}\n",
            7,
            "`../x` is no file beside the script",
        ),
        ("open\nC: ${file:gone}\n", 7, "there is no file gone"),
        (
            "open\nC: ${text:99999999}\n",
            7,
            "`99999999` is no number of bytes up to 4194304",
        ),
        (
            "open\nC: ${open\n",
            7,
            "a placeholder does not end: `}` is missing (`$${` stands for `${`)",
        ),
        (
            "open\nclose\n",
            7,
            "`close` needs to know who: `close C` or `close S`",
        ),
        ("open\nclose C dta\n", 7, "there is no connection `dta`"),
        (
            "open\nopen\n",
            7,
            "there is a connection without a name already: name this one",
        ),
        (
            "open x from c\n",
            6,
            "there is no host `c`; did you mean `a`?",
        ),
        (
            "open\npause 3 hours\n",
            7,
            "a time reads `200 ms`, `1.5 s` or `10 us`, and is at most 60 s",
        ),
        ("open\nblock x\nS: a\n", 7, "the block x does not end"),
        ("open\nend\n", 7, "`end` without `block`"),
        (
            "open\nS: ${length:x}\n",
            7,
            "this message has no block called x",
        ),
        (
            "open\nS: \\\n",
            7,
            "nothing is said here; over TCP that cannot be seen",
        ),
        (
            "open\nstop-reading C\n",
            7,
            "for how long? `stop-reading C for 2 s`",
        ),
        ("# nothing\n", 0, "nothing happens in this script"),
    ] {
        assert_eq!(body_fault(body), (line, reason.to_owned()), "{body}");
    }
    for (script, line, reason) in [
        ("", 0, "the head does not end: a line `---` is missing"),
        (
            "title: x\n",
            1,
            "the head does not end: a line `---` is missing",
        ),
        (
            "titel: x\n---\n",
            1,
            "the head knows no `titel`; did you mean `title`?",
        ),
        ("port: 80\n---\n", 2, "the head has no title"),
        (
            "title: x\n---\n",
            2,
            "the head names no client or no server",
        ),
        ("title: x\ntitle: y\n---\n", 2, "`title` is there twice"),
        (
            "title: x\nport: 70000\n---\n",
            2,
            "a port is a number from 1 to 65535",
        ),
        (
            "title: x\nclient: a 300.1.1.1\n---\n",
            2,
            "`300.1.1.1` is no IP address",
        ),
        (
            "title: x\nclient: a 192.0.2.1/33\n---\n",
            2,
            "a prefix has at most 32 bits",
        ),
        (
            "title: x\nclient: a 0.0.0.0\n---\n",
            2,
            "0.0.0.0 cannot be a host's own address",
        ),
        (
            "title: x\nclient: a 192.0.2.1\nserver: b ::1\n---\n",
            4,
            "the hosts are of two worlds: some have IPv4 addresses, some IPv6",
        ),
        (
            "title: x\nfault: lose-sin\n---\n",
            2,
            "there is no fault `lose-sin`; did you mean `lose-syn`?",
        ),
    ] {
        assert_eq!(fault(script), (line, reason.to_owned()), "{script}");
    }
}

#[test]
fn no_text_makes_the_reader_fail() {
    // Every prefix of a script with everything in it, and that script with each line left out.
    let script = include_str!("../../../assets/lab/ftp.lab");
    for end in 0..script.len() {
        if script.is_char_boundary(end) {
            let _ = parse("t", &script[..end], &None);
        }
    }
    let lines: Vec<&str> = script.lines().collect();
    for gone in 0..lines.len() {
        let mut rest = lines.clone();
        rest.remove(gone);
        let _ = parse("t", &rest.join("\n"), &None);
    }
}

#[test]
fn the_nearest_name_is_proposed() {
    let names = ["tcp-handshake", "tcp-refused", "dns-mx"];
    assert_eq!(nearest("tcp-handshak", names), Some("tcp-handshake"));
    assert_eq!(nearest("dns-nx", names), Some("dns-mx"));
    assert_eq!(nearest("tcp", names), Some("tcp-handshake"));
    assert_eq!(nearest("bittorrent", names), Option::None);
}
