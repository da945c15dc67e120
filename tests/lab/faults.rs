//! Every fault that can be asked for by name: what is seen on the wire, what TCP's analysis makes of it, and what the receiver
//! has in the end.

use wireglass::lab::{self, Fault};

use super::run;

/// A play with faults: its frames as number, Info without what follows the numbers, and the fault's comment.
fn seen(id: &str, faults: &[&str]) -> Vec<String> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("play.pcapng");
    let path = path.to_str().unwrap();
    let mut arguments = vec!["lab", "play", id, "-q", "-w", path];
    arguments.extend(faults);
    let (status, out, err) = run(&arguments);
    assert_eq!((status, out.as_str(), err.as_str()), (0, "", ""), "{id}");
    let (_, out, _) = run(&[
        "read",
        path,
        "-T",
        "fields",
        "-e",
        "frame.number",
        "-e",
        "_ws.col.Info",
        "-e",
        "frame.comment",
    ]);
    out.lines()
        .map(|line| {
            let mut parts = line.split('\t');
            let (number, info) = (parts.next().unwrap(), parts.next().unwrap());
            let info = info.split(" Win=").next().unwrap();
            let comment = parts.next().unwrap_or_default();
            let fate = ["Lost", "Late", "Twice", "Damaged"]
                .iter()
                .find(|fate| comment.contains(&format!("{fate}: ")));
            match fate {
                Some(fate) => format!("{number} {} <{fate}>", info.trim_end()),
                None => format!("{number} {}", info.trim_end()),
            }
        })
        .collect()
}

/// Those of them that the analysis or the wire has something to say about.
fn odd(id: &str, faults: &[&str]) -> Vec<String> {
    let mut all = seen(id, faults);
    all.retain(|line| line.contains("[TCP ") || line.ends_with('>'));
    all
}

#[test]
fn lost_signs_of_a_handshake_are_sent_again() {
    assert_eq!(
        odd("tcp-handshake", &["--fault", "lose-syn"]),
        [
            "3 50693 → 12345 [SYN] Seq=0 <Lost>",
            "4 [TCP Retransmission] 50693 → 12345 [SYN] Seq=0",
        ]
    );
    assert_eq!(
        odd("tcp-handshake", &["--fault", "lose-syn-ack"]),
        [
            "4 12345 → 50693 [SYN, ACK] Seq=0 Ack=1 <Lost>",
            "5 [TCP Retransmission] 50693 → 12345 [SYN] Seq=0",
            "6 [TCP Retransmission] 12345 → 50693 [SYN, ACK] Seq=0 Ack=1",
        ]
    );
    // The next segment acknowledges the same, so nothing is sent again.
    assert_eq!(
        odd("tcp-handshake", &["--fault", "lose-ack"]),
        ["5 50693 → 12345 [ACK] Seq=1 Ack=1 <Lost>"]
    );
    assert_eq!(
        odd("tcp-handshake", &["--fault", "lose-fin"]),
        [
            "6 50693 → 12345 [FIN, ACK] Seq=1 Ack=1 <Lost>",
            "7 [TCP Retransmission] 50693 → 12345 [FIN, ACK] Seq=1 Ack=1",
        ]
    );
}

#[test]
fn lost_and_damaged_segments_are_asked_for_again() {
    for (fault, fate) in [("lose-data-3", "Lost"), ("damage-data-3", "Damaged")] {
        let lines = odd("http-rfc", &["--fault", fault]);
        assert_eq!(
            lines[..3],
            [
                // Lost behind the middle of the wire, where the recording is made.
                format!("8 80 → 50693 [ACK] Seq=5949 Ack=131 <{fate}>"),
                "13 [TCP Dup ACK 12#1] 50693 → 80 [ACK] Seq=131 Ack=5949".to_owned(),
                "14 [TCP Retransmission] 80 → 50693 [ACK] Seq=5949 Ack=131".to_owned(),
            ],
            "{fault}: {lines:?}"
        );
        // That the play came to its end (`seen` asserts it) says that the receiver has the right text. Whoever looks on without
        // checking checksums takes the damaged bytes for the text, since they came first.
        if fault == "lose-data-3" {
            whole(fault);
        }
    }
}

#[test]
fn late_and_doubled_segments_are_put_in_order() {
    assert_eq!(
        odd("http-rfc", &["--fault", "double-data-3"])[0],
        "9 [TCP Retransmission] 80 → 50693 [ACK] Seq=5949 Ack=131 <Twice>"
    );
    let late = odd("http-rfc", &["--fault", "delay-data-3"]);
    assert_eq!(
        late[..3],
        [
            "8 [TCP Previous segment not captured] 80 → 50693 [ACK] Seq=11897 Ack=131",
            "12 [TCP Dup ACK 11#1] 50693 → 80 [ACK] Seq=131 Ack=5949",
            "13 [TCP Retransmission] HTTP/1.1 200 OK  (text/plain) <Late>",
        ]
    );
    whole("double-data-3");
    whole("delay-data-3");
}

/// The receiver's program has the whole text, whatever became of its segments.
fn whole(fault: &str) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("play.pcapng");
    let path = path.to_str().unwrap();
    let fields = |arguments: &[&str]| {
        let mut play = vec!["lab", "play", "http-rfc", "-q", "-w", path];
        play.extend(arguments);
        assert_eq!(run(&play).0, 0, "{fault}");
        run(&[
            "read",
            path,
            "-Y",
            "http.response.code == 200",
            "-T",
            "fields",
            "-e",
            "http.file_data",
        ])
        .1
    };
    let asked = fields(&["--fault", fault]);
    assert!(asked.len() > 19_000, "{fault}: {}", asked.len());
    assert_eq!(asked, fields(&[]), "{fault}");
}

#[test]
fn a_window_that_closes_is_probed_and_opens() {
    let lines = odd("http-rfc", &["--fault", "close-window"]);
    assert_eq!(
        lines[..5],
        [
            "8 [TCP Window Full] 80 → 50693 [ACK] Seq=5949 Ack=131",
            "9 [TCP ZeroWindow] 50693 → 80 [ACK] Seq=131 Ack=6627",
            "10 [TCP ZeroWindowProbe] 80 → 50693 [ACK] Seq=6627 Ack=131",
            "11 [TCP ZeroWindowProbeAck] [TCP ZeroWindow] 50693 → 80 [ACK] Seq=131 Ack=6627",
            "12 [TCP Window Update] 50693 → 80 [ACK] Seq=131 Ack=6627",
        ]
    );
    whole("close-window");
}

#[test]
fn who_leaves_abruptly_sends_a_reset() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("play.pcapng");
    let path = path.to_str().unwrap();
    let (status, _, err) = run(&["lab", "play", "pop3", "-q", "-w", path, "--fault", "reset"]);
    assert_eq!(status, 0);
    assert_eq!(
        err,
        "wireglass: the exchange did not come to its end: mail.example.com: the connection broke before this was received, \
         at \u{201c}C: USER bob\u{201d} (line 17)\n"
    );
    let (_, out, _) = run(&[
        "read",
        path,
        "-Y",
        "tcp.len > 0 or tcp.flags.reset == 1",
        "-T",
        "fields",
        "-e",
        "ip.src",
        "-e",
        "tcp.flags.reset",
        "-e",
        "tcp.len",
    ]);
    // The greeting comes; the answer to it is that there is nobody any more.
    assert_eq!(out, "192.0.2.110\t0\t57\n192.0.2.1\t1\t0\n");
}

#[test]
fn datagrams_are_repaired_by_the_programs_alone() {
    // Nobody but the client's program notices that no answer comes; it asks again after a second.
    assert_eq!(
        seen("udp-hello", &["--fault", "lose-datagram-2"])[2..],
        [
            "3 50693 → 12345 Len=16",
            "4 12345 → 50693 Len=23 <Lost>",
            "5 50693 → 12345 Len=16",
            "6 12345 → 50693 Len=23",
        ]
    );
    for (fault, fate) in [
        ("lose-datagram-1", "Lost"),
        ("damage-datagram-1", "Damaged"),
    ] {
        assert_eq!(
            seen("udp-hello", &["--fault", fault])[2..],
            [
                format!("3 50693 → 12345 Len=16 <{fate}>"),
                "4 50693 → 12345 Len=16".to_owned(),
                "5 12345 → 50693 Len=23".to_owned(),
            ]
        );
    }
    // What comes twice is answered twice: UDP does not notice.
    assert_eq!(
        seen("udp-hello", &["--fault", "double-datagram-1"])[2..],
        [
            "3 50693 → 12345 Len=16",
            "4 50693 → 12345 Len=16 <Twice>",
            "5 12345 → 50693 Len=23",
            "6 12345 → 50693 Len=23",
        ]
    );
    assert_eq!(
        seen("udp-hello", &["--fault", "delay-datagram-1"])[2..],
        ["3 50693 → 12345 Len=16 <Late>", "4 12345 → 50693 Len=23"]
    );
}

#[test]
fn lost_echoes_and_neighbours_are_noticed() {
    let ping = seen("ping", &["--fault", "lose-icmp-2"]);
    assert!(
        ping[3].starts_with("4 Echo (ping) reply") && ping[3].ends_with("<Lost>"),
        "{ping:?}"
    );
    assert_eq!(ping.len(), 8);
    assert_eq!(
        seen("ping", &["--fault", "lose-neighbour"])[..3],
        [
            "1 Who has 192.0.2.2? Tell 192.0.2.1 <Lost>",
            "2 Who has 192.0.2.2? Tell 192.0.2.1",
            "3 192.0.2.2 is at 02:00:00:00:00:02",
        ]
    );
}

/// By chance instead of by name: all six answers arrive, and every fault is marked.
#[test]
fn a_bad_wire_is_survived() {
    for (rate, percent, fate) in [
        ("--loss", "10", "<Lost>"),
        ("--reorder", "20", "<Late>"),
        ("--duplicate", "20", "<Twice>"),
        ("--corrupt", "20", "<Damaged>"),
    ] {
        let lines = seen("http-keepalive", &[rate, percent, "--seed", "4"]);
        assert!(
            lines.iter().filter(|l| l.ends_with(fate)).count() >= 3,
            "{rate}: {lines:#?}"
        );
        let others = ["<Lost>", "<Late>", "<Twice>", "<Damaged>"];
        assert!(
            !lines
                .iter()
                .any(|l| others.iter().any(|o| *o != fate && l.ends_with(o))),
            "{rate}: {lines:#?}"
        );
        assert!(lines.iter().any(|l| l.contains("[TCP ")), "{rate}");
    }
}

/// tshark finds the wrong checksum of what was damaged, and no other.
#[test]
fn tshark_finds_the_damage_that_was_asked_for() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("play.pcapng");
    for (id, fault, frame) in [
        ("http-rfc", "damage-data-3", "8\n"),
        ("udp-hello", "damage-datagram-1", "3\n"),
        ("http-rfc", "lose-data-3", ""),
    ] {
        let (status, ..) = run(&[
            "lab",
            "play",
            id,
            "-q",
            "--fault",
            fault,
            "-w",
            path.to_str().unwrap(),
        ]);
        assert_eq!(status, 0);
        let output = std::process::Command::new("tshark")
            .env("XDG_CONFIG_HOME", "/nonexistent")
            .args(["-n", "-r"])
            .arg(&path)
            .args([
                "-o",
                "tcp.check_checksum:TRUE",
                "-o",
                "udp.check_checksum:TRUE",
            ])
            .args([
                "-o",
                "ip.check_checksum:TRUE",
                "-T",
                "fields",
                "-e",
                "frame.number",
                "-Y",
            ])
            .arg("tcp.checksum.status == 0 or udp.checksum.status == 0 or ip.checksum.status == 0")
            .output();
        let Ok(output) = output else {
            println!("skipped: tshark is not installed");
            return;
        };
        assert_eq!(String::from_utf8_lossy(&output.stdout), frame, "{fault}");
    }
}

/// Over sockets: what the ends do can be had, what a wire does cannot, and it is said.
#[test]
fn sockets_know_the_faults_of_the_ends() {
    let plan = lab::find("pop3").unwrap();
    let how = lab::Loopback {
        ipv6: false,
        move_ports: true,
    };
    let with = |fault: &str| lab::play_loopback_with(&plan, how, &[Fault::parse(fault).unwrap()]);
    for (fault, reason) in [
        ("lose-syn", "neither loses nor damages frames"),
        ("damage-data-1", "neither loses nor damages frames"),
        ("close-window", "more than 100 KB"),
        ("no-answer", "answers by itself"),
    ] {
        let error = with(fault).unwrap_err().to_string();
        assert!(
            error.starts_with("this fault cannot be had over sockets: ") && error.contains(reason),
            "{fault}: {error}"
        );
    }
    for (fault, why) in [
        (
            "reset",
            "mail.example.com: the connection broke before this was received, at \u{201c}C: USER bob\u{201d} (line 17)",
        ),
        (
            "nonsense",
            "bob: mail.example.com said \"?!@# nothing that anybody asked for\\r\\n\" where \"+OK POP3 server ready \
             <1896.697170952@mail.examp...\" was expected, at \u{201c}S: +OK POP3 server ready \
             <1896.697170952@mail.example.com>\u{201d} (line 16)",
        ),
    ] {
        let played = match with(fault) {
            Ok(played) => played,
            Err(error) if lab::wants_rights(&error).is_some() => {
                println!("skipped: {error}");
                return;
            }
            Err(error) => panic!("{fault}: {error}"),
        };
        assert_eq!(played.failed.as_deref(), Some(why));
        // Flags of TCP stand in byte 47 of a frame of Ethernet and IPv4: a reset, and no orderly end of the client's.
        if fault == "reset" {
            let last = &played.frames.last().unwrap().bytes;
            assert_eq!(last[47] & 0b101, 0b100, "{last:02x?}");
        }
        // Nothing is left behind: the port is free at once.
        std::net::TcpListener::bind("127.0.0.1:10110").unwrap();
    }
}

/// A reader who pauses, over sockets: the window closes once the system's buffers are full.
#[test]
fn a_window_closes_over_sockets_if_enough_is_said() {
    let folder = tempfile::tempdir().unwrap();
    let script = folder.path().join("pause.lab");
    std::fs::write(
        &script,
        "title: A reader who pauses\nclient: a 192.0.2.1\nserver: b 192.0.2.2\nport: 17117\n---\nopen\nC: more\n\
         stop-reading C for 800 ms\nS: ${text:1000000}\nclose S\nclose C\n",
    )
    .unwrap();
    let plan = lab::find(script.to_str().unwrap()).unwrap();
    let played = match lab::play_loopback(&plan, lab::Loopback::default()) {
        Ok(played) => played,
        Err(error) if lab::wants_rights(&error).is_some() => {
            println!("skipped: {error}");
            return;
        }
        Err(error) => panic!("{error}"),
    };
    assert_eq!(played.failed, None);
    let client = |frame: &&lab::PlayedFrame| frame.from == 0 && frame.bytes.len() >= 54;
    let windows: Vec<u16> = played
        .frames
        .iter()
        .filter(client)
        .map(|frame| u16::from_be_bytes([frame.bytes[48], frame.bytes[49]]))
        .collect();
    let closed = windows.iter().position(|w| *w == 0).expect("it closes");
    // As written in the header: how many bytes that is, the window scale says.
    assert!(windows[closed..].iter().any(|w| *w > 0), "it opens again");
}
