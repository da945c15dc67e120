//! Followed conversations in the window, driven by the names that a screen reader says; and their pictures.
#![cfg(feature = "gui")]

use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable as _;

use crate::window::{HTTP, Window, labels, picture, settle, window};

/// A body that was compressed on its way.
const GZIP: &str = "http-gzip.pcap";

fn press(window: &mut Window, modifiers: Modifiers, key: Key) {
    window.key_press_modifiers(modifiers, key);
    settle(window);
}

fn all() -> Modifiers {
    Modifiers::COMMAND | Modifiers::ALT | Modifiers::SHIFT
}

/// The lines in sight, as a screen reader says them.
fn lines(window: &Window) -> Vec<String> {
    labels(window, Role::ListItem)
}

fn click(window: &mut Window, role: Role, name: &str) {
    window.get_by_role_and_label(role, name).click();
    settle(window);
}

#[test]
fn a_connection_is_followed_by_its_key_and_a_line_leads_to_its_packet() {
    let mut window = window(Some(HTTP), true, "");
    press(&mut window, all(), Key::T);
    let found = lines(&window);
    assert!(found[0].starts_with("Client: 192.0.2.1:"), "{found:?}");
    assert!(found[0].contains(" · packet 4 · "), "{found:?}");
    assert_eq!(found[1], "Client: GET / HTTP/1.1");
    let status = "Server: HTTP/1.1 200 OK";
    let at = found.iter().position(|l| l == status).expect("the answer");
    assert!(at > 2, "{found:?}");
    window
        .query_all_by_label(status)
        .next()
        .expect("a line")
        .click();
    settle(&mut window);
    let packet = labels(&window, Role::Tab)[0].clone();
    assert_eq!(packet, "Packet 6");
    // What it says there is what the list says.
    click(&mut window, Role::Tab, &packet);
    let frame = &labels(&window, Role::TreeItem)[0];
    let number = packet.trim_start_matches("Packet ");
    assert!(frame.starts_with(&format!("Frame {number}: ")), "{frame}");
}

#[test]
fn one_side_alone_hexadecimal_and_back() {
    let mut window = window(Some(HTTP), true, "");
    press(&mut window, all(), Key::T);
    click(&mut window, Role::Button, "Client only");
    let client = lines(&window);
    assert!(
        client.iter().all(|l| l.starts_with("Client: ")),
        "{client:?}"
    );
    assert!(
        !client.iter().any(|l| l.contains(" · packet ")),
        "no turns: {client:?}"
    );
    click(&mut window, Role::Button, "Hex");
    let hex = lines(&window);
    assert_eq!(hex[0], "Client: GET / HTTP/1.1");
    assert!(hex[1].len() <= "Client: ".len() + 16, "{hex:?}");
    click(&mut window, Role::Button, "Both sides");
    click(&mut window, Role::Button, "Text");
    assert!(lines(&window).iter().any(|l| l.starts_with("Server: ")));
}

#[test]
fn a_text_is_found_in_the_stream_and_counted() {
    let mut window = window(Some(HTTP), true, "");
    press(&mut window, all(), Key::T);
    let field = window.get_by_role_and_label(Role::TextInput, "Find in stream");
    field.focus();
    window.run_steps(2);
    window
        .get_by_role_and_label(Role::TextInput, "Find in stream")
        .type_text("http/1.1");
    settle(&mut window);
    // Three requests and three answers.
    window.get_by_label("6 found");
    press(&mut window, Modifiers::NONE, Key::Enter);
    window.get_by_label("1 of 6");
    press(&mut window, Modifiers::SHIFT, Key::Enter);
    window.get_by_label("6 of 6");
}

#[test]
fn http_bodies_are_shown_decompressed() {
    let mut window = window(Some(GZIP), true, "");
    press(&mut window, all(), Key::H);
    click(&mut window, Role::Button, "Server only");
    let found = lines(&window);
    assert!(
        found
            .iter()
            .any(|l| l.to_lowercase().contains("content-encoding: gzip"))
    );
    let end = found
        .iter()
        .position(|l| l == "Server: ")
        .expect("the empty line");
    let body = found.get(end + 1).expect("a body");
    assert!(
        body.chars().all(|c| c != '.' || body.contains(' ')),
        "{body}"
    );
    assert!(!body.contains("\u{1f}"), "{body}");
    println!("{body}");
}

#[test]
fn tabs_are_closed_and_streams_of_another_kind_are_refused() {
    let mut window = window(Some("udp-echo.pcap"), true, "");
    // A UDP packet has no TCP stream: nothing happens.
    press(&mut window, all(), Key::T);
    assert!(lines(&window).is_empty());
    press(&mut window, all(), Key::U);
    assert!(!lines(&window).is_empty());
    press(&mut window, Modifiers::COMMAND, Key::F4);
    assert!(lines(&window).is_empty());
    assert!(
        !labels(&window, Role::Tab)
            .iter()
            .any(|t| t.starts_with("Follow"))
    );
}

#[test]
fn the_stream_becomes_a_filter() {
    let mut window = window(Some(HTTP), true, "");
    press(&mut window, all(), Key::T);
    click(&mut window, Role::Button, "Filter out");
    assert_eq!(window.state().filter_text(), "!(tcp.stream == 0)");
    click(&mut window, Role::Button, "Filter");
    assert_eq!(window.state().filter_text(), "tcp.stream == 0");
}

#[test]
fn pictures_of_followed_conversations() {
    let mut results = egui_kittest::SnapshotResults::new();
    for (name, dark) in [("follow-dark", true), ("follow-light", false)] {
        let mut window = window(Some(HTTP), dark, "");
        press(&mut window, all(), Key::T);
        if !picture(&mut results, &mut window, name) {
            return;
        }
    }
    results.unwrap();
}

/// A capture of one TCP connection that carries so many bytes: lines of text, and in every second megabyte bytes of all kinds.
fn large_stream(path: &std::path::Path, bytes: u32) {
    use std::io::Write as _;
    let mut out = std::io::BufWriter::new(std::fs::File::create(path).expect("a file"));
    let mut put = |bytes: &[u8]| out.write_all(bytes).expect("room");
    put(&[0xd4, 0xc3, 0xb2, 0xa1, 2, 0, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    put(&[0, 0, 4, 0, 1, 0, 0, 0]);
    let mut number = 0_u32;
    let mut segment = |back: bool, seq: u32, ack: u32, flags: u8, data: &[u8]| {
        let len = u32::try_from(54 + data.len()).expect("short");
        number += 1;
        for field in [number / 10_000, number % 10_000 * 100, len, len] {
            put(&field.to_le_bytes());
        }
        put(&[2, 0, 0, 0, 0, 1 + u8::from(!back)]);
        put(&[2, 0, 0, 0, 0, 1 + u8::from(back), 8, 0]);
        let total = u16::try_from(len - 14).expect("short").to_be_bytes();
        put(&[0x45, 0, total[0], total[1], 0, 0, 0x40, 0, 64, 6, 0, 0]);
        put(&[10, 0, 0, 1 + u8::from(back), 10, 0, 0, 1 + u8::from(!back)]);
        let ports = [40_000_u16.to_be_bytes(), 9_999_u16.to_be_bytes()];
        put(&ports[usize::from(back)]);
        put(&ports[usize::from(!back)]);
        put(&seq.to_be_bytes());
        put(&ack.to_be_bytes());
        put(&[0x50, flags, 0xff, 0xff, 0, 0, 0, 0]);
        put(data);
    };
    segment(false, 0, 0, 2, &[]);
    segment(true, 0, 1, 0x12, &[]);
    let mut text = Vec::new();
    for line in 0..16_000 {
        text.extend_from_slice(format!("{line:08} what was said over the wire\n").as_bytes());
    }
    let mixed: Vec<u8> = (0..text.len() as u32)
        .map(|i| (i.wrapping_mul(2_654_435_761) >> 13) as u8)
        .collect();
    let (mut seq, mut at) = (1, 0);
    while seq < bytes {
        let source = if seq >> 20 & 1 == 0 { &text } else { &mixed };
        at = if at + 1400 > source.len() { 0 } else { at };
        segment(false, seq, 1, 0x18, &source[at..at + 1400]);
        (seq, at) = (seq + 1400, at + 1400);
        if at % 2800 == 0 {
            segment(true, 1, seq, 0x10, &[]);
        }
    }
}

#[test]
#[ignore = "writes and reads 100 MB; prints how long the window took at most"]
fn a_stream_of_100_mb_is_followed_without_a_pause() {
    use std::time::{Duration, Instant};
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("large.pcap");
    large_stream(&path, 100_000_000);
    let mut window = window(None, true, "");
    let ctx = window.ctx.clone();
    window.state_mut().open(&path, &ctx);
    settle(&mut window);
    let report = |window: &mut Window, what: &str| {
        let (begin, mut longest, mut frames) = (Instant::now(), Duration::ZERO, 0);
        let mut rest = 0;
        while rest < 4 {
            let frame = Instant::now();
            window.step();
            longest = longest.max(frame.elapsed());
            frames += 1;
            rest = if window.state().is_idle() {
                rest + 1
            } else {
                0
            };
            std::thread::sleep(Duration::from_millis(4));
        }
        println!(
            "{what}: {:?}, {frames} frames, the longest {longest:?}",
            begin.elapsed()
        );
        longest
    };
    window.key_press_modifiers(all(), Key::T);
    let mut longest = report(&mut window, "follow");
    for (name, what) in [("Hex", "as hex"), ("Text", "as text")] {
        window.get_by_role_and_label(Role::Button, name).click();
        longest = longest.max(report(&mut window, what));
    }
    window.key_press_modifiers(Modifiers::COMMAND | Modifiers::ALT, Key::F);
    window.step();
    window
        .get_by_role_and_label(Role::TextInput, "Find in stream")
        .type_text("00015999 what");
    longest = longest.max(report(&mut window, "find"));
    for _ in 0..60 {
        let scrolled = egui::Event::MouseWheel {
            unit: egui::MouseWheelUnit::Point,
            delta: egui::vec2(0.0, -400.0),
            phase: egui::TouchPhase::Move,
            source: egui::MouseWheelSource::Wheel,
            modifiers: Modifiers::NONE,
        };
        window.hover_at(egui::pos2(300.0, 650.0));
        window.event(scrolled);
        window.step();
    }
    longest = longest.max(report(&mut window, "scroll"));
    // Without optimization it is slower than what people get; a pause would be far longer still.
    assert!(longest < Duration::from_millis(250), "{longest:?}");
}
