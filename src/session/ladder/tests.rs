use std::io::BufWriter;
use std::path::{Path, PathBuf};
use std::time::Instant;

use super::*;
use crate::capture::{CaptureInfo, CaptureWriter, FileFormat, FrameMeta, Interface};
use crate::export::ladder::svg::{Look, size, svg};
use crate::export::ladder::{Fate, Remark, TcpState, step, text};

fn open(path: &Path) -> Arc<Session> {
    let registry = Arc::new(crate::protocols::registry());
    let session = Session::open(path, registry, Default::default(), Arc::new(|| {}));
    let session = Arc::new(session.unwrap());
    session.wait();
    session
}

fn capture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("captures/{name}"))
}

fn of(name: &str, scope: Scope) -> Ladder {
    ladder(&open(&capture(name)), scope, None).unwrap()
}

fn told(name: &str, scope: Scope) -> Vec<String> {
    text(&of(name, scope)).lines().map(String::from).collect()
}

#[test]
fn a_handshake_and_its_end() {
    assert_eq!(
        told("lab/tcp-handshake.pcapng", Scope::Rows(None)),
        [
            "192.0.2.1 (port 50693) | 192.0.2.2 (port 12345)",
            "1 0.000 s 192.0.2.1 → everybody: Who has 192.0.2.2? Tell 192.0.2.1, ARP, 42 bytes",
            "2 0.005 s 192.0.2.2 → 192.0.2.1: 192.0.2.2 is at 02:00:00:00:00:02, ARP, 42 bytes",
            "3 0.010 s 192.0.2.1 → 192.0.2.2: SYN, Seq=0 Len=0; 192.0.2.1 SYN-SENT; 192.0.2.2 SYN-RECEIVED",
            "4 0.015 s 192.0.2.2 → 192.0.2.1: SYN, ACK, Seq=0 Ack=1 Len=0; 192.0.2.1 ESTABLISHED",
            "5 0.020 s 192.0.2.1 → 192.0.2.2: ACK, Seq=1 Ack=1 Len=0; 192.0.2.2 ESTABLISHED",
            "6 0.121 s 192.0.2.1 → 192.0.2.2: FIN, ACK, Seq=1 Ack=1 Len=0; 192.0.2.1 FIN-WAIT-1; 192.0.2.2 CLOSE-WAIT",
            "7 0.126 s 192.0.2.2 → 192.0.2.1: ACK, Seq=1 Ack=2 Len=0; 192.0.2.1 FIN-WAIT-2",
            "8 0.127 s 192.0.2.2 → 192.0.2.1: FIN, ACK, Seq=1 Ack=2 Len=0; 192.0.2.1 TIME-WAIT; 192.0.2.2 LAST-ACK",
            "9 0.132 s 192.0.2.1 → 192.0.2.2: ACK, Seq=2 Ack=2 Len=0; 192.0.2.2 CLOSED",
        ]
    );
}

#[test]
fn a_mail_is_sent_stage_by_stage() {
    let told = told("smtp.pcap", Scope::Tcp(0));
    assert_eq!(
        told[0],
        "192.0.2.1 (client · port 35958) | 192.0.2.2 (server · port 25)"
    );
    assert_eq!(
        told[4],
        "4 0.019149 s 192.0.2.2 → 192.0.2.1: 220 foo.com Simple Mail Transfer Service Ready, PSH, ACK, Seq=1 Ack=1 Len=48; 192.0.2.2 greeting"
    );
    assert_eq!(told.len(), 27);
    let stages: Vec<&str> = told
        .iter()
        .filter_map(|line| line.split_once("; 192.0.2.2 "))
        .map(|(_, stage)| stage)
        .filter(|stage| stage.chars().all(|c| !c.is_ascii_uppercase()))
        .collect();
    assert_eq!(
        stages,
        [
            "greeting",
            "identified",
            "sender",
            "recipients",
            "mail data",
            "mail accepted",
            "goodbye"
        ]
    );
    // Both ends close at the same time: neither FIN acknowledges the other.
    assert!(told[24].ends_with("192.0.2.1 CLOSING; 192.0.2.2 CLOSING"));
}

#[test]
fn imap_s_states_follow_commands_and_untagged_answers() {
    let told = told("lab/imap.pcapng", Scope::Tcp(0)).join("\n");
    let stages: Vec<&str> = told
        .lines()
        .filter_map(|line| line.split_once("; 192.0.2.143 "))
        .map(|(_, stage)| stage)
        .filter(|stage| TcpState::named(stage).is_none() && !stage.contains(" · "))
        .collect();
    assert_eq!(
        stages,
        ["NOT AUTHENTICATED", "AUTHENTICATED", "SELECTED", "LOGOUT"]
    );
}

#[test]
fn datagrams_icmp_errors_and_broadcasts_have_their_arrows() {
    assert_eq!(
        told("udp-closed.pcap", Scope::Udp(0)),
        [
            "192.0.2.1 (client · port 43626) | 192.0.2.2 (server · port 81)",
            "1 0.000000 s 192.0.2.1 → 192.0.2.2: UDP, 43626 → 81 Len=17",
            "2 0.000094 s 192.0.2.2 → 192.0.2.1: Destination unreachable (Port unreachable), ICMP, 87 bytes",
        ]
    );
    assert_eq!(
        told("arp.pcap", Scope::Rows(None))[..3],
        [
            "192.0.2.1 | 192.0.2.2",
            "1 0.000000 s 192.0.2.1 → everybody: Who has 192.0.2.2? Tell 192.0.2.1, ARP, 42 bytes",
            "2 0.000132 s 192.0.2.2 → 192.0.2.1: 192.0.2.2 is at 02:00:00:00:00:02, ARP, 42 bytes",
        ]
    );
}

#[test]
fn what_was_sent_again_was_probably_lost_before() {
    // Recorded at the sender: both copies are there.
    let ladder = of("tcp-loss-sender.pcap", Scope::Tcp(0));
    let at = |frame: u32| ladder.arrow(ladder.row_of(frame).unwrap()).unwrap();
    for (first, again, seq) in [(36, 40, 14001), (37, 42, 15001)] {
        assert_eq!(at(first).fate, Fate::Presumed, "{first}");
        assert_eq!(at(first).numbers.unwrap().seq, seq);
        assert_eq!(at(again).fate, Fate::Arrived, "{again}");
        assert_eq!(at(again).numbers.unwrap().seq, seq);
        assert_eq!(at(again).remarks, [Remark::Retransmission]);
    }
    assert_eq!(at(39).remarks, [Remark::DuplicateAck(1)]);
    // Recorded at the receiver: only the later one is.
    let ladder = of("tcp-loss-receiver.pcap", Scope::Tcp(0));
    let at = |frame: u32| ladder.arrow(ladder.row_of(frame).unwrap()).unwrap();
    assert_eq!(at(10).remarks, [Remark::GapBefore]);
    assert_eq!(at(12).fate, Fate::Late);
    assert_eq!(at(18).remarks, [Remark::SpuriousRetransmission]);
    assert!(ladder.frame(0) == Some(1) && ladder.done);
}

#[test]
fn a_play_s_own_knowledge_goes_before_what_can_be_guessed() {
    let plan = lab::find("tcp-handshake").unwrap();
    let mut choice = lab::Choice::usual();
    choice
        .faults
        .events
        .push(lab::Fault::parse("lose-syn-ack").unwrap());
    let ladder = of_play(&lab::play(&plan, &choice).unwrap()).unwrap();
    let rows: Vec<_> = (0..ladder.len())
        .filter_map(|row| Some((row, ladder.arrow(row)?)))
        .filter(|(_, arrow)| arrow.title == "SYN, ACK")
        .collect();
    let (row, lost) = rows[0];
    assert_eq!(lost.fate, Fate::Lost);
    let state = |row: usize, line: usize| ladder.ends_at(row)[line].and_then(|end| end.state);
    // The client does not know that the server has answered.
    assert_eq!(state(row, lost.from), Some(TcpState::SynReceived));
    assert_eq!(state(row, lost.to.unwrap()), Some(TcpState::SynSent));
    assert!(lost.words.contains("It gets lost"), "{}", lost.words);
    assert!(step(&ladder, lost).starts_with(&lost.words));
    let (row, second) = rows[1];
    assert_eq!(second.fate, Fate::Arrived);
    assert_eq!(state(row, second.to.unwrap()), Some(TcpState::Established));
    // Names are the Lab's.
    let names: Vec<&str> = ladder.lines.iter().map(|l| l.name.as_str()).collect();
    assert!(names.iter().all(|n| !n.starts_with("192.")), "{names:?}");
}

/// A capture of raw IPv4: one TCP connection with so many segments of ten bytes.
fn long(segments: u32) -> tempfile::TempPath {
    let file = tempfile::NamedTempFile::new().unwrap();
    let info = CaptureInfo::with_interfaces(vec![Interface {
        link_type: 101,
        ..Interface::default()
    }]);
    let out = BufWriter::new(file.as_file());
    let mut writer = CaptureWriter::new(out, FileFormat::Pcapng, &info).unwrap();
    for n in 0..segments {
        let len: usize = if n == 0 { 0 } else { 10 };
        let mut frame = vec![0x45, 0, 0, (40 + len) as u8, 0, 0, 0, 0, 64, 6, 0, 0];
        frame.extend([192, 0, 2, 1, 192, 0, 2, 2]);
        frame.extend([0xc0, 0, 0, 9]);
        let seq = if n == 0 { 99 } else { 100 + (n - 1) * 10 };
        frame.extend(seq.to_be_bytes());
        frame.extend([
            0,
            0,
            0,
            1,
            0x50,
            if n == 0 { 2 } else { 16 },
            1,
            0,
            0,
            0,
            0,
            0,
        ]);
        frame.resize(40 + len, b'x');
        let meta = FrameMeta {
            time_ns: i64::from(n) * 1_000_000,
            captured: frame.len() as u32,
            original: frame.len() as u32,
            ..FrameMeta::default()
        };
        writer.frame(&meta, &frame, &[]).unwrap();
    }
    writer.flush().unwrap();
    drop(writer);
    file.into_temp_path()
}

#[test]
fn of_a_long_conversation_only_what_is_in_sight_is_held() {
    let rows = KEPT + 40 * BLOCK + 100;
    let path = long(rows as u32);
    let run = LadderRun::start(&open(&path), Scope::Tcp(0), None, Arc::new(|| {}));
    let settle = || {
        let begun = Instant::now();
        while !run.is_idle() {
            assert!(begun.elapsed().as_secs() < 60, "it does not come to rest");
            std::thread::sleep(Duration::from_millis(5));
        }
    };
    settle();
    assert_eq!(run.shown().len(), rows);
    assert_eq!(run.shown().blocks().count(), KEPT / BLOCK);
    let last = rows - 1;
    assert!(run.shown().arrow(last).is_none(), "nobody asked for it");
    run.want(last - 5..rows);
    settle();
    {
        let ladder = run.shown();
        let arrow = ladder.arrow(last).unwrap();
        assert_eq!(arrow.frame as usize, rows);
        let numbers = arrow.numbers.unwrap();
        assert_eq!(numbers.seq as usize, 1 + (rows - 2) * 10);
        let client = arrow.ends.iter().find(|e| e.line == 0).unwrap();
        // The server's answer was never captured.
        assert_eq!(client.state, Some(TcpState::SynSent));
        assert!(!client.changed());
        assert_eq!(ladder.row_of(arrow.frame), Some(last));
    }
    // Whoever looks at everything does not hold everything.
    for block in 0..rows / BLOCK {
        run.want(block * BLOCK..block * BLOCK + 10);
        settle();
        assert!(run.shown().arrow(block * BLOCK).is_some());
    }
    assert!(run.shown().blocks().count() <= KEPT / BLOCK + BLOCKS);
}

/// Every element that is opened is closed, in order; no text breaks out.
fn is_well_formed(xml: &str) -> bool {
    let mut open: Vec<&str> = Vec::new();
    for part in xml.split('<').skip(1) {
        let Some((tag, rest)) = part.split_once('>') else {
            return false;
        };
        if rest.contains('>') || tag.matches('"').count() % 2 == 1 {
            return false;
        }
        match tag.strip_prefix('/') {
            Some(name) => {
                if open.pop() != Some(name) {
                    return false;
                }
            }
            None if tag.ends_with('/') => {}
            None => open.push(tag.split(' ').next().unwrap_or_default()),
        }
    }
    open.is_empty()
}

#[test]
fn the_picture_is_well_formed_and_says_what_the_ladder_says() {
    let mut ladder = of("smtp.pcap", Scope::Tcp(0));
    ladder.arrow_mut(3).unwrap().line = "220 <foo> & \"bar\"\u{1}".into();
    for dark in [false, true] {
        let look = Look {
            dark,
            ..Look::default()
        };
        let drawn = svg(&ladder, 0..ladder.len(), &look);
        assert!(is_well_formed(&drawn), "{drawn}");
        assert!(drawn.contains("220 &lt;foo&gt; &amp; &quot;bar&quot; "));
        assert_eq!(drawn.matches("<polygon").count(), 26);
        for words in ["SYN-SENT", "ESTABLISHED", "recipients", "192.0.2.1", "QUIT"] {
            assert!(drawn.contains(words), "{words}");
        }
        let ground = if dark { "#15181d" } else { "#ffffff" };
        assert!(drawn.contains(ground));
    }
    // Part of it, and more rows than there are.
    let some = svg(&ladder, 20..999, &Look::default());
    assert_eq!(some.matches("<polygon").count(), 6);
    assert!(is_well_formed(&svg(
        &Ladder::default(),
        0..9,
        &Look::default()
    )));
}

#[cfg(feature = "gui")]
#[test]
fn the_picture_in_dots_has_the_size_that_was_asked_for() {
    let ladder = of("lab/tcp-handshake.pcapng", Scope::Tcp(0));
    let look = Look::default();
    let rows = 0..ladder.len();
    let [width, height] = size(&ladder, &rows, &look);
    let png = crate::export::picture::png(&svg(&ladder, rows, &look), 2.0).unwrap();
    let number = |at: usize| u32::from_be_bytes(png[at..at + 4].try_into().unwrap());
    assert_eq!(&png[1..4], b"PNG");
    assert_eq!(number(16), (width * 2.0).ceil() as u32);
    assert_eq!(number(20), (height * 2.0).ceil() as u32);
}
