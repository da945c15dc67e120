//! Finding packets in the window, driven by the names that a screen reader says.
#![cfg(feature = "gui")]

use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable as _;

use crate::window::{HTTP, Window, labels, picture, settle, window};

fn press(window: &mut Window, modifiers: Modifiers, key: Key) {
    window.key_press_modifiers(modifiers, key);
    settle(window);
}

fn look_for(window: &mut Window, text: &str) {
    let field = window.get_by_role_and_label(Role::TextInput, "Find packet");
    field.focus();
    window.run_steps(2);
    window
        .get_by_role_and_label(Role::TextInput, "Find packet")
        .type_text(text);
    settle(window);
}

/// Choose how or where it is looked for.
fn choose(window: &mut Window, menu: &str, name: &str) {
    window.get_by_role_and_label(Role::ComboBox, menu).click();
    window.run_steps(2);
    window.get_by_label(name).click();
    settle(window);
}

/// The number of the chosen packet, as its tree says it.
fn chosen(window: &Window) -> u32 {
    let lines = labels(window, Role::TreeItem);
    let number = lines[0].trim_start_matches("Frame ");
    number
        .split(':')
        .next()
        .unwrap_or_default()
        .parse()
        .unwrap()
}

#[test]
fn a_text_is_found_both_ways_with_its_count() {
    let mut window = window(Some(HTTP), true, "");
    press(&mut window, Modifiers::COMMAND, Key::F);
    look_for(&mut window, "get /");
    window.get_by_label("3 packets");
    press(&mut window, Modifiers::NONE, Key::Enter);
    assert_eq!(chosen(&window), 4);
    window.get_by_label("1 of 3");
    press(&mut window, Modifiers::COMMAND, Key::N);
    assert_eq!(chosen(&window), 10);
    press(&mut window, Modifiers::COMMAND, Key::B);
    press(&mut window, Modifiers::COMMAND, Key::B);
    assert_eq!(chosen(&window), 15, "before the first comes the last");
    window.get_by_label("Close the search").click();
    settle(&mut window);
    assert_eq!(window.query_all_by_label("Find packet").count(), 0);
}

#[test]
fn a_field_is_found_and_chosen() {
    let mut window = window(Some(HTTP), true, "");
    press(&mut window, Modifiers::COMMAND, Key::F);
    choose(&mut window, "Find in", "in the fields");
    look_for(&mut window, "user-agent");
    press(&mut window, Modifiers::NONE, Key::Enter);
    assert_eq!(chosen(&window), 4);
    assert_eq!(window.state().chosen_field(), Some("http.user_agent"));
}

#[test]
fn bytes_are_found_among_the_packets_displayed() {
    let mut window = window(Some(HTTP), true, "http");
    press(&mut window, Modifiers::COMMAND, Key::F);
    choose(&mut window, "Find by", "Hex bytes");
    look_for(&mut window, "47 45 54 20 2f 74");
    press(&mut window, Modifiers::NONE, Key::Enter);
    assert_eq!(chosen(&window), 10);
}

#[test]
fn packets_are_found_by_a_display_filter() {
    let mut window = window(Some(HTTP), true, "");
    press(&mut window, Modifiers::COMMAND, Key::F);
    choose(&mut window, "Find by", "Filter expression");
    look_for(&mut window, "http.request");
    window.get_by_label("3 packets");
    press(&mut window, Modifiers::NONE, Key::Enter);
    assert_eq!(chosen(&window), 4);
    press(&mut window, Modifiers::COMMAND, Key::N);
    assert_eq!(chosen(&window), 10);
    // All packets stay in the list: it is no display filter.
    assert!(labels(&window, Role::Row).len() > 3);
    // One that is none is told, and mended it finds again.
    look_for(&mut window, " and tcp.prt");
    assert_eq!(window.query_all_by_label("3 packets").count(), 0);
    press(&mut window, Modifiers::COMMAND, Key::A);
    look_for(&mut window, "http.response");
    window.get_by_label("3 packets");
}

#[test]
fn what_cannot_be_looked_for_is_said() {
    let mut window = window(Some(HTTP), true, "");
    press(&mut window, Modifiers::COMMAND, Key::F);
    choose(&mut window, "Find by", "Regular expression");
    look_for(&mut window, "(");
    window.get_by_label_contains("Not a regular expression");
}

#[test]
fn pictures_of_finding() {
    let mut results = egui_kittest::SnapshotResults::new();
    for (name, dark) in [("find-dark", true), ("find-light", false)] {
        let mut window = window(Some(HTTP), dark, "");
        press(&mut window, Modifiers::COMMAND, Key::F);
        look_for(&mut window, "GET");
        press(&mut window, Modifiers::NONE, Key::Enter);
        if !picture(&mut results, &mut window, name) {
            return;
        }
    }
    results.unwrap();
}
