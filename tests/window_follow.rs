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
