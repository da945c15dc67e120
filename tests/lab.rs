//! The Lab from outside: what the command says and writes, and what its packets are when they are dissected.

mod against;
mod faults;
mod rows;

use std::path::Path;

use wireglass::lab::{self, CATALOGUE};

use crate::support::{text, wireglass};

/// Exit status, standard output, standard error.
fn run(arguments: &[&str]) -> (i32, String, String) {
    let output = wireglass(arguments);
    (
        output.status.code().expect("ended by itself"),
        text(&output.stdout).to_owned(),
        text(&output.stderr).to_owned(),
    )
}

/// The fields of a play's frames, a line each, tabs between.
fn fields(id: &str, filter: &str, names: &[&str]) -> Vec<String> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("play.pcapng");
    let path = path.to_str().unwrap();
    let (status, out, err) = run(&["lab", "play", id, "-q", "-w", path]);
    assert_eq!((status, out.as_str(), err.as_str()), (0, "", ""), "{id}");
    let mut arguments = vec!["read", path, "-Y", filter, "-T", "fields"];
    for name in names {
        arguments.extend(["-e", name]);
    }
    let (status, out, err) = run(&arguments);
    assert_eq!((status, err.as_str()), (0, ""), "{id}");
    out.lines().map(str::to_owned).collect()
}

#[test]
fn the_list_has_every_row_of_the_texts() {
    let (status, out, _) = run(&["lab", "list"]);
    assert_eq!(status, 0);
    for id in [
        "tcp-handshake",
        "tcp-refused",
        "tcp-loss",
        "tcp-time",
        "tcp-sum",
        "tcp-echo",
        "tcp-framing",
        "tcp-chat",
        "udp-hello",
        "udp-closed",
        "ping",
        "traceroute",
        "arp",
        "ndp",
        "dhcp",
        "dhcpv6",
        "dns-a",
        "dns-cname",
        "dns-mx",
        "dns-more",
        "ntp",
        "http-raw",
        "http-rfc",
        "http-index",
        "http-verbs",
        "http-content",
        "http-keepalive",
        "http-listing",
        "rest-s3",
        "smtp",
        "smtp-mime",
        "smtp-auth-tls",
        "pop3",
        "imap",
        "imap-stacked",
        "imap-more",
        "ftp",
        "snmp-get",
        "snmp-walk",
        "snmp-v3",
        "ssh",
        "sftp",
        "ssh-tunnel",
        "ldap",
        "smb2",
        "tls-1.0",
        "tls-custom",
        "tls-modern",
        "web-app",
        "ssdp",
    ] {
        assert!(
            out.lines().any(|line| line.split(' ').next() == Some(id)),
            "{id} is not in the list"
        );
    }
    let later = out
        .lines()
        .filter(|line| line.contains("not yet: "))
        .count();
    assert_eq!(later, CATALOGUE.iter().filter(|e| !e.is_playable()).count());
}

#[test]
fn a_play_is_told_as_a_dialogue() {
    let (status, out, err) = run(&["lab", "play", "udp-hello"]);
    assert_eq!((status, err.as_str()), (0, ""));
    assert_eq!(
        out,
        "      1-3  C: Hello UDP server\n        4  S: UDP server sending data\n4 frames\n"
    );
    let (status, out, _) = run(&["lab", "show", "smtp"]);
    assert_eq!(status, 0);
    assert!(
        out.contains("\nC: RCPT TO:<Green@foo.com>\nS: 550 No such user here\n"),
        "{out}"
    );
}

#[test]
fn what_cannot_be_played_is_said() {
    for (arguments, status, words) in [
        (
            &["lab", "play", "tcp-handshak"][..],
            2,
            "wireglass: there is no exchange `tcp-handshak`; did you mean `tcp-handshake`?; `wireglass lab list` names them all\n",
        ),
        (
            &["lab", "play", "smb2"],
            2,
            "wireglass: smb2 cannot be played yet: it needs SMB at both ends\n",
        ),
        (
            &["lab", "play", "smtp", "--loss", "101"],
            2,
            "wireglass: --loss is a number of percent from 0 to 100\n",
        ),
    ] {
        let (got, _, err) = run(arguments);
        assert_eq!((got, err.as_str()), (status, words), "{arguments:?}");
    }
    let (status, _, err) = run(&["lab", "play", "smtp", "--fault", "lose-synack"]);
    assert_eq!(status, 2);
    assert!(
        err.starts_with("wireglass: there is no fault `lose-synack`; did you mean `lose-syn-ack`? (there are: lose-syn, "),
        "{err}"
    );
    // A fault that was asked for is no failure; what became of the exchange is said all the same.
    let (status, out, err) = run(&["lab", "play", "tcp-time", "--fault", "no-answer"]);
    assert_eq!(status, 0);
    assert!(out.ends_with(" frames\n"), "{out}");
    assert!(
        err.contains("nobody answered the connection request"),
        "{err}"
    );
}

#[test]
fn scripts_are_checked() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &[u8]| {
        let path = folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        path.to_str().unwrap().to_owned()
    };
    let head = "title: T\nclient: a 192.0.2.1\nserver: b 192.0.2.2\nport: 7000\n---\n";
    write("words.txt", b"from a file");
    let good = write(
        "good.lab",
        format!("{head}open\nC: ${{file:words.txt}}\nclose C\nclose S\n").as_bytes(),
    );
    let (status, out, err) = run(&["lab", "check", &good]);
    assert_eq!((status, err.as_str()), (0, ""));
    assert_eq!(
        out,
        format!("{good}: 2 hosts, 1 connections, 4 steps, 9 frames; all is well\n")
    );

    let bad = write(
        "bad.lab",
        format!("{head}open\nC: ${{file:nothing.txt}}\n").as_bytes(),
    );
    let (status, _, err) = run(&["lab", "check", &bad]);
    assert_eq!(status, 2);
    assert!(
        err.starts_with(&format!(
            "wireglass: {bad}, line 7: nothing.txt cannot be read: "
        )),
        "{err}"
    );

    let bytes = write("bytes.lab", b"title: T\n\xff\n");
    let (status, _, err) = run(&["lab", "check", &bytes]);
    assert_eq!(status, 2);
    assert!(err.contains("line 2 is not in UTF-8"), "{err}");

    // Said before the other end has closed: it cannot be played.
    let late = write(
        "late.lab",
        format!("{head}open\nclose C\nC: too late\n").as_bytes(),
    );
    let (status, _, err) = run(&["lab", "check", &late]);
    assert_eq!(status, 1);
    assert!(err.contains("can be read, but not played"), "{err}");
}

#[test]
fn the_book_s_values_are_in_the_packets() {
    assert_eq!(
        fields(
            "tcp-handshake",
            "tcp",
            &["tcp.flags.str", "tcp.options.mss_val"]
        ),
        [
            "··········S·\t1460",
            "·······A··S·\t1460",
            "·······A····\t",
            "·······A···F\t",
            "·······A····\t",
            "·······A···F\t",
            "·······A····\t",
        ]
    );
    assert_eq!(
        fields("tcp-time", "tcp.len > 0", &["tcp.len", "tcp.dstport"])[..2],
        [
            "8\t12345".to_owned(),
            fields("tcp-time", "tcp.len == 24", &["tcp.len", "tcp.dstport"])[0].clone()
        ]
    );
    assert_eq!(fields("udp-hello", "udp", &["udp.length"]), ["24", "31"]);
    assert_eq!(
        fields("udp-closed", "icmp", &["icmp.type", "icmp.code"]),
        ["3\t3"]
    );
    assert_eq!(
        fields("traceroute", "icmp", &["icmp.type", "ip.src"]),
        [
            "8\t192.168.0.4",
            "11,8\t192.168.0.1,192.168.0.4",
            "8\t192.168.0.4",
            "11,8\t198.51.100.2,192.168.0.4",
            "8\t192.168.0.4",
            "0\t203.0.113.9",
        ]
    );
    assert_eq!(
        fields("dns-a", "dns", &["dns.qry.name", "dns.a", "ip.src"]),
        [
            "python.org\t\t192.168.0.4",
            "python.org\t104.130.43.121\t192.168.0.1"
        ]
    );
    assert_eq!(
        fields(
            "dns-cname",
            "dns.id == 0xc616 and dns.flags.response == 1",
            &[
                "dns.cname",
                "dns.a",
                "dns.resp.ttl",
                "dns.count.auth_rr",
                "dns.count.add_rr"
            ]
        ),
        [
            "python.map.fastly.net\t185.31.19.223,23.235.32.32,104.156.80.32,23.235.36.32,104.156.84.32\t83469,20,110837,110837,110837,110837,110837,110837,110837,110837\t4\t4"
        ]
    );
    assert_eq!(
        fields(
            "dns-mx",
            "dns.flags.response == 1",
            &["dns.mx.mail_exchange", "dns.mx.preference"]
        ),
        [
            "aspmx.l.google.com,alt1.aspmx.l.google.com,alt2.aspmx.l.google.com,alt3.aspmx.l.google.com,alt4.aspmx.l.google.com\t10,20,30,40,50"
        ]
    );
    assert_eq!(
        fields(
            "dns-more",
            "dns.flags.response == 1",
            &[
                "dns.flags.rcode",
                "dns.flags.truncated",
                "dns.count.answers",
                "tcp.srcport"
            ]
        ),
        [
            "0\t0\t1\t",
            "0\t0\t1\t",
            "0\t0\t1\t",
            "3\t0\t0\t",
            "0\t1\t28\t",
            "0\t0\t40\t53",
            "0\t0\t40\t",
            "0\t0\t1\t"
        ]
    );
    assert_eq!(
        fields(
            "http-raw",
            "http",
            &[
                "http.request.version",
                "http.response.code",
                "http.content_length",
                "http.content_type"
            ]
        ),
        ["HTTP/1.0\t\t\t", "\t200\t111\ttext/html"]
    );
    assert_eq!(
        fields(
            "http-index",
            "http.response",
            &["http.server", "http.content_length"]
        ),
        ["Apache/1.3.3.7 (Unix)  (Red-Hat/Linux)\t438"]
    );
    assert_eq!(
        fields(
            "http-rfc",
            "http.response",
            &[
                "tcp.segment.count",
                "http.content_type",
                "http.transfer_encoding"
            ]
        ),
        ["4\ttext/plain\tchunked"]
    );
    assert_eq!(
        fields("http-verbs", "http.request", &["http.request.method"]).join(" "),
        "GET HEAD GET POST PUT DELETE OPTIONS GET GET GET GET GET GET GET DELETE GET GET"
    );
    assert_eq!(
        fields("http-verbs", "http.response", &["http.response.code"]).join(" "),
        "200 200 304 201 204 204 200 301 302 200 401 200 403 404 405 500 400"
    );
    assert_eq!(
        fields("http-content", "http.response", &["http.content_encoding"])[..2],
        ["gzip", "deflate"]
    );
    assert_eq!(
        fields(
            "tcp-framing",
            "tcp.len > 0 and tcp.dstport == 4040",
            &["tcp.payload"]
        ),
        [
            "63:61:65:72:70:68:69:6c".to_owned(),
            "6c:79:00:69:6c:6c:63:68:65:73".to_owned(),
            "74:65:72:00:62:72:69:65:00".to_owned()
        ]
    );
    assert_eq!(
        fields("smtp", "smtp.response.code", &["smtp.response.code"]).join(" "),
        "220 250 250 250 550 250 354 250 221"
    );
    assert_eq!(
        fields(
            "smtp",
            "smtp.req.command",
            &["smtp.req.command", "smtp.req.parameter"]
        ),
        [
            "EHLO\tbar.com",
            "MAIL\tFROM:<Smith@bar.com>",
            "RCPT\tTO:<Jones@foo.com>",
            "RCPT\tTO:<Green@foo.com>",
            "RCPT\tTO:<Brown@foo.com>",
            "DATA\t",
            "QUIT\t",
        ]
    );
    assert_eq!(
        fields(
            "smtp-mime",
            "imf",
            &[
                "imf.from",
                "imf.subject",
                "mime_multipart.header.content-type"
            ]
        ),
        [
            "Alice <alice@example.org>\tA picture for you\ttext/plain;charset=\"utf-8\",image/png;name=\"logo.png\""
        ]
    );
    assert_eq!(
        fields(
            "pop3",
            "pop.request",
            &["pop.request.command", "pop.request.parameter"]
        ),
        [
            "USER\tbob",
            "PASS\tredqueen",
            "STAT\t",
            "LIST\t",
            "RETR\t1",
            "DELE\t1",
            "RETR\t2",
            "DELE\t2",
            "QUIT\t"
        ]
    );
    assert_eq!(
        fields(
            "pop3",
            "pop.response.description contains \"octets\"",
            &["pop.response.description"]
        ),
        [
            "bob's maildrop has 2 messages (320 octets)",
            "2 messages (320 octets)",
            "120 octets",
            "200 octets"
        ]
    );
    assert_eq!(
        fields(
            "imap",
            "imap.isrequest == 1",
            &["imap.request_tag", "imap.request.command"]
        )
        .join(" "),
        "A0000\tCAPABILITY A0001\tLOGIN A0002\tSELECT A0003\tFETCH A0004\tFETCH A0005\tFETCH A0006\tLOGOUT"
    );
    assert_eq!(
        fields(
            "ftp",
            "ftp.request.command == \"PASS\" or ftp.passive.port",
            &["ftp.request.arg", "ftp.passive.ip", "ftp.passive.port"]
        ),
        [
            "student@example.org\t\t",
            "\t199.204.44.194\t30458",
            "\t199.204.44.194\t30459"
        ]
    );
    assert_eq!(
        fields("ftp", "ftp-data", &["tcp.srcport"]),
        ["30458", "30459"]
    );
    assert_eq!(
        fields(
            "snmp-get",
            "snmp",
            &["snmp.community", "snmp.name", "snmp.error_status"]
        ),
        [
            "public\t1.3.6.1.2.1.1.1.0\t0",
            "public\t1.3.6.1.2.1.1.1.0\t0"
        ]
    );
    assert_eq!(
        fields(
            "ntp",
            "ntp",
            &["ntp.flags.vn", "ntp.stratum", "ntp.precision", "ntp.refid"]
        ),
        ["2\t0\t0\t00:00:00:00", "2\t2\t233\td5:88:00:fc"]
    );
    assert_eq!(
        fields("dhcp", "dhcp", &["dhcp.option.dhcp", "dhcp.ip.your"]),
        [
            "1\t0.0.0.0",
            "2\t192.168.0.4",
            "3\t0.0.0.0",
            "5\t192.168.0.4"
        ]
    );
    // One message in, three out; then somebody leaves abruptly and two are told.
    let chat = fields(
        "tcp-chat",
        "tcp.len > 0 or tcp.flags.reset == 1",
        &["ip.src", "ip.dst"],
    );
    assert_eq!(
        chat.iter().filter(|l| l.starts_with("192.0.2.2\t")).count(),
        8
    );
    assert!(chat.contains(&"192.0.2.12\t192.0.2.2".to_owned()));
}

#[test]
fn comments_tell_the_steps() {
    let comments = fields("smtp", "frame.comment", &["frame.number", "frame.comment"]);
    assert!(
        comments
            .iter()
            .any(|line| line.contains("S: 550 No such user here")
                && line.contains("this one is unknown here")),
        "{comments:?}"
    );
}

#[test]
fn scripts_of_the_folder_are_all_in_the_catalogue() {
    let folder = crate::support::package("assets/lab");
    for path in crate::support::files_below(&folder, &[".lab"]) {
        let id = Path::new(&path)
            .file_stem()
            .unwrap()
            .to_string_lossy()
            .into_owned();
        assert!(CATALOGUE.iter().any(|entry| entry.id == id), "{id}");
        // The same file opened as somebody's own.
        let own = lab::open(path.to_str().unwrap()).unwrap();
        assert_eq!(own, lab::find(&id).unwrap(), "{id}");
    }
}

/// `captures/lab` is what the Lab plays now.
#[test]
fn recordings_are_as_played() {
    let folder = crate::support::package("captures/lab");
    let mut expected = Vec::new();
    let mut differ = Vec::new();
    for entry in CATALOGUE.iter().filter(|e| e.is_playable()) {
        let plan = entry.plan().unwrap();
        let played = lab::play(&plan, &lab::Choice::usual()).unwrap();
        let mut now = Vec::new();
        played.write(&mut now).unwrap();
        let path = folder.join(format!("{}.pcapng", entry.id));
        if std::fs::read(&path).ok().as_deref() != Some(&now) {
            differ.push(entry.id);
        }
        expected.push(path);
    }
    assert!(
        differ.is_empty(),
        "these are played in another way now; `wireglass lab record captures/lab` makes them again: {differ:?}"
    );
    expected.sort();
    assert_eq!(crate::support::files_below(&folder, &[".pcapng"]), expected);
}

/// The table of `captures/README.md` says how each is played.
#[test]
fn the_table_of_recordings_is_true() {
    let readme = std::fs::read_to_string(crate::support::package("captures/README.md")).unwrap();
    for entry in CATALOGUE.iter().filter(|e| e.is_playable()) {
        let sockets = if lab::sockets_refuse(&entry.plan().unwrap()).is_none() {
            "yes"
        } else {
            "no"
        };
        let (title, ..) = entry.line();
        let row = format!("| `{}.pcapng` | {title} | {sockets} |", entry.id);
        assert!(
            readme.lines().any(|line| line == row),
            "not in captures/README.md: {row}"
        );
    }
}

/// tshark, with checksum validation on, finds nothing wrong in what the Lab writes, but for what was asked for.
#[test]
fn tshark_finds_nothing_wrong() {
    let tshark = |capture: &str, filter: &str| {
        let output = std::process::Command::new("tshark")
            .env("XDG_CONFIG_HOME", "/nonexistent")
            .current_dir(crate::support::package("captures/lab"))
            .args(["-n", "-r", capture, "-Y", filter])
            .args([
                "-o",
                "ip.check_checksum:TRUE",
                "-o",
                "tcp.check_checksum:TRUE",
                "-o",
                "udp.check_checksum:TRUE",
            ])
            .args(["-T", "fields", "-e", "frame.number", "-e", "_ws.col.Info"])
            .output()
            .ok()?;
        Some(text(&output.stdout).to_owned())
    };
    // "Bad" is 0 in all of these.
    let wrong = "_ws.malformed or ip.checksum.status == 0 or tcp.checksum.status == 0 or udp.checksum.status == 0 or \
                 icmp.checksum.status == 0 or icmpv6.checksum.status == 0 or tcp.analysis.flags";
    for entry in CATALOGUE.iter().filter(|e| e.is_playable()) {
        let capture = format!("{}.pcapng", entry.id);
        let Some(found) = tshark(&capture, wrong) else {
            println!("skipped: tshark is not installed");
            return;
        };
        if entry.id == "tcp-loss" {
            // Exactly what was asked for: one damaged segment, and its kin.
            let bad = tshark(&capture, "tcp.checksum.status == 0").unwrap();
            assert_eq!(bad.lines().count(), 1, "{bad}");
            for kind in [
                "tcp.analysis.retransmission",
                "tcp.analysis.duplicate_ack",
                "tcp.analysis.lost_segment",
                "tcp.analysis.zero_window",
                "tcp.analysis.window_update",
            ] {
                let some = tshark(&capture, kind).unwrap();
                assert!(!some.is_empty(), "{kind}");
            }
        } else {
            assert_eq!(found, "", "{capture}");
        }
    }
}

/// Over real sockets, where there is the right to capture: who said what is the same.
#[test]
fn sockets_play_the_same() {
    let folder = tempfile::tempdir().unwrap();
    for (id, moved) in [
        ("tcp-time", false),
        ("ftp", true),
        ("dns-more", true),
        ("udp-closed", false),
        ("tcp-refused", false),
        ("tcp-chat", false),
        ("snmp-v3", true),
        ("smtp-auth-tls", true),
    ] {
        let plan = lab::find(id).unwrap();
        let how = lab::Loopback {
            ipv6: false,
            move_ports: true,
        };
        let played = match lab::play_loopback(&plan, how) {
            Ok(played) => played,
            Err(error) if lab::wants_rights(&error).is_some() => {
                println!("skipped: {error}");
                return;
            }
            Err(error) => panic!("{id}: {error}"),
        };
        assert_eq!(played.failed, None, "{id}");
        assert_eq!(!played.moved.is_empty(), moved, "{id}");
        let simulated = lab::play(&plan, &lab::Choice::usual()).unwrap();
        let said = |played: &lab::Played| -> Vec<String> {
            played.steps.iter().map(|s| s.said.clone()).collect()
        };
        assert_eq!(said(&played), said(&simulated), "{id}");
        // Each step that says something has its frames.
        for step in played
            .steps
            .iter()
            .filter(|s| s.said.starts_with(['C', 'S']))
        {
            assert!(!step.frames.is_empty(), "{id}: {}", step.said);
        }
        let path = folder.path().join(format!("{id}.pcapng"));
        played.write(std::fs::File::create(&path).unwrap()).unwrap();
        if id == "ftp" {
            // The port was moved, and is read all the same when its reader is named.
            let path = path.to_str().unwrap();
            let arguments = [
                "read",
                path,
                "-d",
                "tcp.port==10021,ftp",
                "-Y",
                "ftp.request.command == \"PASS\"",
                "-T",
                "fields",
                "-e",
                "ftp.request.arg",
            ];
            assert_eq!(run(&arguments).1, "student@example.org\n");
        }
    }
    // A port that somebody has already.
    let taken = std::net::TcpListener::bind("127.0.0.1:4040").unwrap();
    let error =
        lab::play_loopback(&lab::find("tcp-echo").unwrap(), lab::Loopback::default()).unwrap_err();
    assert_eq!(
        error.to_string(),
        "nobody can listen at 127.0.0.1:4040: another program uses this port"
    );
    drop(taken);
}
