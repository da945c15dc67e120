//! Plays, looked at frame by frame.
#![allow(clippy::unwrap_used, clippy::panic)]

use std::collections::BTreeSet;

use super::link::Fate;
use super::play::tcp_of;
use super::*;

fn played(id: &str, faults: &[&str]) -> Played {
    let choice = Choice {
        seed: 7,
        faults: Faults {
            events: faults.iter().map(|f| Fault::parse(f).unwrap()).collect(),
            ..Faults::default()
        },
    };
    play(&find(id).unwrap(), &choice).unwrap()
}

fn bytes(played: &Played) -> Vec<u8> {
    let mut out = Vec::new();
    played.write(&mut out).unwrap();
    out
}

fn playable() -> impl Iterator<Item = &'static Entry> {
    CATALOGUE.iter().filter(|entry| entry.is_playable())
}

/// The TCP frames as flags and states: `SYN client SYN-SENT server LISTEN`.
fn states(played: &Played) -> Vec<String> {
    played
        .frames
        .iter()
        .filter_map(|frame| {
            let (segment, ends) = (tcp_of(&frame.bytes)?, frame.ends?);
            let mut flags = Vec::new();
            for (set, name) in [
                (segment.syn, "SYN"),
                (segment.fin, "FIN"),
                (segment.reset, "RST"),
                (segment.ack, "ACK"),
            ] {
                if set {
                    flags.push(name);
                }
            }
            let fate = if frame.fate == Fate::Lost {
                " lost"
            } else {
                ""
            };
            Some(format!(
                "{}{fate}: {} {}",
                flags.join(","),
                ends.client_state,
                ends.server_state
            ))
        })
        .collect()
}

#[test]
fn every_exchange_plays_to_its_end() {
    let mut ids = BTreeSet::new();
    for entry in CATALOGUE {
        assert!(ids.insert(entry.id), "{} is there twice", entry.id);
    }
    for entry in playable() {
        let played = played(entry.id, &[]);
        assert_eq!(played.failed, None, "{}", entry.id);
        let about = &played.about;
        assert_eq!(about.id, entry.id);
        for text in [
            &about.title,
            &about.text,
            &about.purpose,
            &about.rules,
            &about.look,
        ] {
            assert!(text.len() >= 2, "{} has no {about:?}", entry.id);
        }
        assert!(!about.filters.is_empty(), "{}", entry.id);
        // Each frame belongs to one step, and steps name each frame once.
        let mut named: Vec<u32> = played.steps.iter().flat_map(|s| s.frames.clone()).collect();
        named.sort_unstable();
        let all: Vec<u32> = (1..=played.frames.len() as u32).collect();
        assert_eq!(named, all, "{}", entry.id);
        for frame in &played.frames {
            assert!(frame.words.len() > 10, "{}: {frame:?}", entry.id);
        }
        let times: Vec<i64> = played.frames.iter().map(|f| f.time_ns).collect();
        assert!(times.is_sorted(), "{}", entry.id);
    }
}

#[test]
fn the_same_seed_gives_the_same_bytes() {
    let faults = Faults {
        loss: 30_000,
        reorder: 30_000,
        duplicate: 30_000,
        corrupt: 10_000,
        events: vec![Fault::parse("lose-data-2").unwrap()],
        ..Faults::default()
    };
    let mut differ = 0;
    for entry in playable() {
        let plan = entry.plan().unwrap();
        let with = |seed| {
            let choice = Choice {
                seed,
                faults: faults.clone(),
            };
            bytes(&play(&plan, &choice).unwrap())
        };
        let first = with(5);
        assert_eq!(first, with(5), "{}", entry.id);
        differ += usize::from(first != with(6));
        assert_eq!(
            bytes(&played(entry.id, &[])),
            bytes(&played(entry.id, &[])),
            "{}",
            entry.id
        );
    }
    assert!(
        differ > 20,
        "only {differ} exchanges differ with another seed"
    );
}

#[test]
fn a_connection_goes_through_the_states_of_rfc_9293() {
    assert_eq!(
        states(&played("tcp-handshake", &[])),
        [
            "SYN: SYN-SENT SYN-RECEIVED",
            "SYN,ACK: ESTABLISHED SYN-RECEIVED",
            "ACK: ESTABLISHED ESTABLISHED",
            "FIN,ACK: FIN-WAIT-1 CLOSE-WAIT",
            "ACK: FIN-WAIT-2 CLOSE-WAIT",
            "FIN,ACK: TIME-WAIT LAST-ACK",
            "ACK: TIME-WAIT CLOSED",
        ]
    );
    assert_eq!(
        states(&played("tcp-refused", &[])),
        ["SYN: SYN-SENT CLOSED", "RST,ACK: CLOSED CLOSED"]
    );
}

#[test]
fn a_lost_syn_ack_is_sent_again() {
    let played = played("tcp-handshake", &["lose-syn-ack"]);
    assert_eq!(played.failed, None);
    assert_eq!(
        states(&played)[..5],
        [
            "SYN: SYN-SENT SYN-RECEIVED",
            "SYN,ACK lost: SYN-SENT SYN-RECEIVED",
            "SYN: SYN-SENT SYN-RECEIVED",
            "SYN,ACK: ESTABLISHED SYN-RECEIVED",
            "ACK: ESTABLISHED ESTABLISHED",
        ]
    );
    let lost = played
        .frames
        .iter()
        .position(|f| f.fate == Fate::Lost)
        .unwrap();
    assert!(
        played
            .comments(lost as u32 + 1)
            .contains(&"Lost: this frame never arrives.".to_owned())
    );
    // All of it belongs to opening.
    assert_eq!(played.steps[0].frames, [1, 2, 3, 4, 5, 6, 7]);
}

#[test]
fn every_exchange_survives_single_faults() {
    for entry in playable() {
        for fault in [
            "lose-syn",
            "lose-syn-ack",
            "lose-ack",
            "lose-fin",
            "lose-data-1",
            "lose-data-2",
            "double-data-1",
            "delay-data-1",
            "damage-data-1",
            "lose-datagram-1",
            "lose-datagram-2",
            "double-datagram-1",
            "damage-datagram-1",
            "lose-icmp-1",
            "lose-neighbour",
            "close-window",
        ] {
            let played = played(entry.id, &[fault]);
            // DHCP's machines send their frames once; that nobody heard is told.
            let once = entry.id.starts_with("dhcp") && fault.contains("datagram");
            let unheard =
                entry.id == "udp-closed" && (fault.contains("icmp") || fault.contains("datagram"));
            if let Some(why) = &played.failed {
                assert!(once || unheard, "{} with {fault}: {why}", entry.id);
            }
        }
    }
}

#[test]
fn what_goes_wrong_is_told() {
    let why = |id: &str, fault: &str| played(id, &[fault]).failed.unwrap();
    assert_eq!(
        why("pop3", "nonsense"),
        "bob: mail.example.com said \"?!@# nothing that anybody asked for\\r\\n\" where \"+OK POP3 server ready \
         <1896.697170952@mail.examp...\" was expected, at \u{201c}S: +OK POP3 server ready <1896.697170952@mail.example.com>\u{201d} \
         (line 16)"
    );
    assert!(why("pop3", "no-answer").starts_with("bob: nobody answered the connection request"));
    assert!(
        why("ntp", "no-answer")
            .starts_with("client: time.example.org does not answer (3 attempts)")
    );
    assert!(
        why("smtp", "reset").contains("broke"),
        "{}",
        why("smtp", "reset")
    );
}

#[test]
fn a_window_closes_and_opens() {
    let played = played("http-rfc", &["close-window"]);
    assert_eq!(played.failed, None);
    let windows: Vec<u16> = played
        .frames
        .iter()
        .filter(|f| f.from == 0)
        .filter_map(|f| tcp_of(&f.bytes))
        .map(|s| s.window)
        .collect();
    let closed = windows.iter().position(|w| *w == 0).expect("it closes");
    assert!(windows[closed..].iter().any(|w| *w > 1000), "{windows:?}");
}

#[test]
fn a_link_is_slow_when_asked() {
    let time = |faults: Faults| {
        let plan = find("http-rfc").unwrap();
        let played = play(&plan, &Choice { seed: 1, faults }).unwrap();
        let (first, last) = (
            played.frames.first().unwrap(),
            played.frames.last().unwrap(),
        );
        last.time_ns - first.time_ns
    };
    let plain = time(Faults::default());
    let slow = time(Faults {
        bandwidth: Some(100_000),
        ..Faults::default()
    });
    // 20 KB at 100 kbit/s take more than 1.6 seconds.
    assert!(slow - plain > 1_500_000_000, "{plain} {slow}");
    let far = time(Faults {
        delay_ns: Some(300_000_000),
        ..Faults::default()
    });
    assert!(far - plain > 4 * 500_000_000, "{far}");
}

/// Scripts come from strangers too: whatever is in them, they are read or refused, and played or given up.
#[test]
fn scripts_gone_bad_do_no_harm() {
    struct Nothing;
    impl Files for Nothing {
        fn file(&self, _: &str) -> Result<Vec<u8>, String> {
            Ok(b"some bytes".to_vec())
        }
    }
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/lab");
    let mut scripts = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|e| e == "lab") {
            scripts.push(std::fs::read_to_string(path).unwrap());
        }
    }
    scripts.sort();
    let mut chance = link::Chance::new(11);
    let (mut read, mut played) = (0, 0);
    for script in &scripts {
        for _ in 0..24 {
            let mut bytes = script.clone().into_bytes();
            for _ in 0..=chance.below(3) {
                let at = chance.below(bytes.len() as u32) as usize;
                match chance.below(4) {
                    0 => bytes[at] = b"0123456789:.,-${}\\\nCS"[chance.below(21) as usize],
                    1 => {
                        bytes.remove(at);
                    }
                    2 => {
                        // A line that is not there, or is there twice.
                        let text = String::from_utf8_lossy(&bytes).into_owned();
                        let mut lines: Vec<&str> = text.lines().collect();
                        let line = chance.below(lines.len() as u32) as usize;
                        if chance.below(2) == 0 {
                            lines.remove(line);
                        } else {
                            lines.insert(line, lines[line]);
                        }
                        bytes = lines.join("\n").into_bytes();
                    }
                    _ => bytes.insert(at, b"91C{"[chance.below(4) as usize]),
                }
            }
            let text = String::from_utf8_lossy(&bytes);
            let Ok(plan) = parse("bad", &text, &Nothing) else {
                continue;
            };
            read += 1;
            if let Ok(one) = play(&plan, &Choice::usual()) {
                played += usize::from(one.failed.is_none());
                let _ = bytes_of(&one);
            }
        }
    }
    assert!(read > 100 && played > 50, "{read} {played}");
}

fn bytes_of(played: &Played) -> usize {
    bytes(played).len()
}

#[test]
fn what_cannot_be_had_is_said() {
    assert_eq!(
        find("tcp-handshke").unwrap_err().to_string(),
        "there is no exchange `tcp-handshke`; did you mean `tcp-handshake`?; `wireglass lab list` names them all"
    );
    assert_eq!(
        find("ssh").unwrap_err().to_string(),
        "ssh cannot be played yet: it needs SSH at both ends"
    );
    assert!(
        find("/no/such/file.lab")
            .unwrap_err()
            .to_string()
            .starts_with("/no/such/file.lab cannot be read: ")
    );
}

#[test]
fn faults_have_names() {
    for (name, _) in FAULT_NAMES {
        assert!(Fault::parse(&name.replace('N', "3")).is_some(), "{name}");
    }
    for name in [
        "",
        "lose",
        "lose-",
        "lose-data-0",
        "lose-data-x",
        "break-data-1",
        "lose-data",
    ] {
        assert_eq!(Fault::parse(name), None, "{name}");
    }
}
