//! The ladder in the window, driven by the names that a screen reader says; and its pictures.
#![cfg(feature = "gui")]

use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable as _;

use crate::window::{Window, labels, picture, settle, window};

const SMTP: &str = "smtp.pcap";
const HANDSHAKE: &str = "lab/tcp-handshake.pcapng";

fn press(window: &mut Window, modifiers: Modifiers, key: Key) {
    window.key_press_modifiers(modifiers, key);
    settle(window);
}

/// The key of the ladder.
fn open_ladder(window: &mut Window) {
    let all = Modifiers::COMMAND | Modifiers::ALT | Modifiers::SHIFT;
    press(window, all, Key::L);
}

fn switch(window: &mut Window, name: &str) {
    window.get_by_role_and_label(Role::Button, name).click();
    settle(window);
}

/// The rows in sight, as a screen reader says them.
fn rows(window: &Window) -> Vec<String> {
    labels(window, Role::ListItem)
}

fn row(window: &Window, beginning: &str) -> String {
    let found = rows(window).into_iter().find(|r| r.starts_with(beginning));
    found.unwrap_or_else(|| panic!("{beginning}: {:?}", rows(window)))
}

#[test]
fn the_conversation_of_the_packet_is_drawn_and_a_click_chooses_its_packet() {
    let mut window = window(Some(SMTP), true, "");
    open_ladder(&mut window);
    assert!(labels(&window, Role::Tab).contains(&"Ladder TCP 0".to_owned()));
    assert_eq!(
        rows(&window)[0],
        "1 0.000000 s 192.0.2.1 → 192.0.2.2: SYN, Seq=0 Len=0; 192.0.2.1 SYN-SENT; 192.0.2.2 SYN-RECEIVED"
    );
    // The head says how the ends stand at the chosen packet.
    let heads = labels(&window, Role::ColumnHeader);
    let client = "192.0.2.1, client · port 35958, SYN-SENT".to_owned();
    assert!(heads.contains(&client), "{heads:?}");
    let third = row(&window, "3 ");
    window.get_by_role_and_label(Role::ListItem, &third).click();
    settle(&mut window);
    assert_eq!(window.state().chosen_packet(), Some(3));
    let heads = labels(&window, Role::ColumnHeader);
    let server = "192.0.2.2, server · port 25, ESTABLISHED".to_owned();
    assert!(heads.contains(&server), "{heads:?}");
}

#[test]
fn keys_move_in_the_ladder_and_the_chosen_packet_comes_into_sight() {
    let mut window = window(Some(SMTP), true, "");
    open_ladder(&mut window);
    press(&mut window, Modifiers::NONE, Key::ArrowDown);
    assert_eq!(window.state().chosen_packet(), Some(2));
    press(&mut window, Modifiers::NONE, Key::End);
    assert_eq!(window.state().chosen_packet(), Some(26));
    let _ = row(&window, "26 ");
    assert!(!rows(&window).iter().any(|r| r.starts_with("1 ")));
    press(&mut window, Modifiers::NONE, Key::PageUp);
    let page = window.state().chosen_packet().expect("a packet");
    assert!((2..26).contains(&page), "{page}");
    press(&mut window, Modifiers::NONE, Key::Home);
    assert_eq!(window.state().chosen_packet(), Some(1));
    press(&mut window, Modifiers::NONE, Key::ArrowUp);
    assert_eq!(window.state().chosen_packet(), Some(1));
}

#[test]
fn it_fills_the_window_and_shows_more() {
    let mut window = window(Some(SMTP), true, "");
    open_ladder(&mut window);
    let few = rows(&window).len();
    switch(&mut window, "Fill the window");
    let many = rows(&window).len();
    assert!(many > few + 2, "{few} {many}");
    switch(&mut window, "Large");
    assert!(rows(&window).len() < many);
    press(&mut window, Modifiers::COMMAND, Key::F4);
    assert!(rows(&window).is_empty(), "the list is back");
}

#[test]
fn hosts_have_a_line_each_when_the_packet_belongs_to_no_conversation() {
    let mut window = window(Some(HANDSHAKE), false, "arp");
    open_ladder(&mut window);
    // The first packet is ARP: all that is displayed is drawn.
    assert_eq!(rows(&window).len(), 2);
    assert!(rows(&window)[0].contains("192.0.2.1 → everybody: Who has 192.0.2.2?"));
}

#[test]
fn pictures_of_ladders() {
    let mut results = egui_kittest::SnapshotResults::new();
    for (name, file, dark, large) in [
        ("ladder-dark", SMTP, true, false),
        ("ladder-light", SMTP, false, false),
        ("ladder-large-dark", HANDSHAKE, true, true),
        ("ladder-large-light", HANDSHAKE, false, true),
        ("ladder-loss-light", "tcp-loss-sender.pcap", false, false),
    ] {
        let filter = if file == HANDSHAKE { "tcp" } else { "" };
        let mut window = window(Some(file), dark, filter);
        open_ladder(&mut window);
        switch(&mut window, "Fill the window");
        if large {
            switch(&mut window, "Large");
        }
        let steps = if file == "tcp-loss-sender.pcap" {
            36
        } else {
            3
        };
        for _ in 0..steps {
            press(&mut window, Modifiers::NONE, Key::ArrowDown);
        }
        if !picture(&mut results, &mut window, name) {
            return;
        }
    }
    results.unwrap();
}
