//! The packet list in the window: times, marks, columns, colours, order, and the ways from packet to packet.
#![cfg(feature = "gui")]

use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable as _;

use crate::window::{HTTP, Window, labels, picture, settle, type_filter, window};

fn keys(window: &mut Window, modifiers: Modifiers, key: Key) {
    window.key_press_modifiers(modifiers, key);
    settle(window);
}

const CTRL: Modifiers = Modifiers::COMMAND;

fn ctrl_shift() -> Modifiers {
    Modifiers::COMMAND | Modifiers::SHIFT
}

fn ctrl_alt() -> Modifiers {
    Modifiers::COMMAND | Modifiers::ALT
}

fn chosen(window: &Window) -> Option<u32> {
    window.state().chosen_packet()
}

fn rows(window: &Window) -> Vec<String> {
    labels(window, Role::Row)
}

/// The packets' numbers in the order of the list.
fn order(window: &Window) -> Vec<u32> {
    let number = |row: &String| row.strip_prefix("Packet ")?.split(':').next()?.parse().ok();
    rows(window).iter().filter_map(number).collect()
}

fn command(window: &mut Window, menu: &str, name: &str) {
    window.get_by_role_and_label(Role::Button, "Menu").click();
    window.run_steps(2);
    window.get_by_role_and_label(Role::Button, menu).click();
    window.run_steps(2);
    window.get_by_label_contains(name).click();
    settle(window);
}

#[test]
fn a_packet_is_gone_to_by_its_number_and_back_again() {
    let mut window = window(Some(HTTP), true, "");
    keys(&mut window, CTRL, Key::G);
    window
        .get_by_role_and_label(Role::TextInput, "Packet number")
        .type_text("7");
    window.run_steps(2);
    window.key_press(Key::Enter);
    settle(&mut window);
    assert_eq!(chosen(&window), Some(7));
    assert!(labels(&window, Role::TreeItem)[0].starts_with("Frame 7: "));
    keys(&mut window, Modifiers::ALT, Key::ArrowLeft);
    assert_eq!(chosen(&window), Some(1));
    keys(&mut window, Modifiers::ALT, Key::ArrowRight);
    assert_eq!(chosen(&window), Some(7));
    // A number beyond the end is told, and nothing moves.
    keys(&mut window, CTRL, Key::G);
    window
        .get_by_role_and_label(Role::TextInput, "Packet number")
        .type_text("1000000");
    window.run_steps(2);
    window.key_press(Key::Enter);
    settle(&mut window);
    window.get_by_label_contains("The last packet is");
    assert_eq!(chosen(&window), Some(7));
}

#[test]
fn packets_are_marked_and_found_again() {
    let mut window = window(Some(HTTP), true, "");
    for key in [Key::ArrowDown, Key::ArrowDown] {
        keys(&mut window, Modifiers::NONE, key);
    }
    keys(&mut window, CTRL, Key::M);
    assert!(
        rows(&window)[2].ends_with(", marked"),
        "{:?}",
        rows(&window)[2]
    );
    keys(&mut window, Modifiers::NONE, Key::Home);
    keys(&mut window, ctrl_shift(), Key::N);
    assert_eq!(chosen(&window), Some(3));
    // The mark is a field like others.
    type_filter(&mut window, "frame.marked == 1");
    window.key_press(Key::Enter);
    settle(&mut window);
    assert_eq!(order(&window), [3]);
    keys(&mut window, ctrl_alt(), Key::M);
    assert_eq!(order(&window), [0u32; 0], "the filter is asked anew");
}

#[test]
fn an_ignored_packet_is_not_dissected() {
    let mut window = window(Some(HTTP), true, "");
    keys(&mut window, CTRL, Key::D);
    assert!(
        rows(&window)[0].ends_with("<Ignored>"),
        "{:?}",
        rows(&window)[0]
    );
    assert_eq!(labels(&window, Role::TreeItem).len(), 1);
    type_filter(&mut window, "tcp");
    window.key_press(Key::Enter);
    settle(&mut window);
    assert_eq!(order(&window).first(), Some(&2));
    keys(&mut window, ctrl_alt(), Key::D);
    assert_eq!(order(&window).first(), Some(&1));
}

#[test]
fn a_comment_is_written_and_shown_in_the_tree() {
    let mut window = window(Some(HTTP), true, "");
    keys(&mut window, ctrl_alt(), Key::C);
    window
        .get_by_role_and_label(Role::TextInput, "Comment")
        .type_text("the handshake begins");
    window.run_steps(2);
    window.key_press(Key::Enter);
    settle(&mut window);
    assert!(
        labels(&window, Role::TreeItem)[0].contains("comment"),
        "{:?}",
        labels(&window, Role::TreeItem)
    );
    type_filter(&mut window, "frame.comment contains \"handshake\"");
    window.key_press(Key::Enter);
    settle(&mut window);
    assert_eq!(order(&window), [1]);
}

#[test]
fn the_conversation_is_walked_through() {
    let mut window = window(Some(HTTP), true, "");
    keys(&mut window, CTRL, Key::Period);
    assert_eq!(chosen(&window), Some(2));
    keys(&mut window, CTRL, Key::Comma);
    assert_eq!(chosen(&window), Some(1));
    keys(&mut window, CTRL, Key::Comma);
    window.get_by_label_contains("no further packet");
}

#[test]
fn the_head_sorts_up_down_and_back() {
    let mut window = window(Some(HTTP), true, "");
    let before = order(&window);
    let head = |window: &mut Window, name: &str| {
        window
            .get_by_role_and_label(Role::ColumnHeader, name)
            .click();
        settle(window);
    };
    let lengths = |window: &Window| -> Vec<u32> {
        let of = |row: &String| {
            row.split(", ")
                .find_map(|p| p.strip_suffix(" bytes")?.parse().ok())
        };
        rows(window).iter().filter_map(of).collect()
    };
    head(&mut window, "Column Length");
    assert!(lengths(&window).is_sorted(), "{:?}", lengths(&window));
    head(&mut window, "Column Length, sorted");
    let down = lengths(&window);
    assert!(down.iter().rev().is_sorted(), "{down:?}");
    head(&mut window, "Column Length, sorted from the end");
    assert_eq!(order(&window), before);
    // Text, and with a filter on; equal ones stay as they were captured.
    head(&mut window, "Column Source");
    let sources: Vec<String> = rows(&window)
        .iter()
        .map(|r| r.split(' ').nth(2).unwrap_or("").to_owned())
        .collect();
    assert!(!sources.is_empty());
    type_filter(&mut window, "http");
    window.key_press(Key::Enter);
    settle(&mut window);
    let found = order(&window);
    let mut sorted = found.clone();
    sorted.sort_unstable();
    assert!(found.len() > 1 && found.len() < before.len());
    assert_ne!(found, sorted, "requests stand together, then answers");
}

#[test]
fn a_field_becomes_a_column_that_sorts() {
    let mut window = window(Some(HTTP), true, "");
    let lines = labels(&window, Role::TreeItem);
    let tcp = lines
        .iter()
        .find(|l| l.starts_with("Transmission Control"))
        .expect("TCP");
    window.get_by_role_and_label(Role::TreeItem, tcp).click();
    window.run_steps(2);
    window.key_press(Key::ArrowRight);
    window.run_steps(2);
    window.key_press(Key::ArrowDown);
    window.run_steps(2);
    assert_eq!(window.state().chosen_field(), Some("tcp.srcport"));
    keys(&mut window, ctrl_shift(), Key::I);
    window.get_by_role_and_label(Role::ColumnHeader, "Column Source Port");
    assert!(
        rows(&window)[0].contains("Source Port "),
        "{:?}",
        rows(&window)[0]
    );
    window
        .get_by_role_and_label(Role::ColumnHeader, "Column Source Port")
        .click();
    settle(&mut window);
    let ports: Vec<u32> = rows(&window)
        .iter()
        .filter_map(|r| r.rsplit("Source Port ").next()?.parse().ok())
        .collect();
    assert!(ports.len() > 2 && ports.is_sorted(), "{ports:?}");
}

#[test]
fn a_packet_opens_in_a_window_of_its_own() {
    let mut window = window(Some(HTTP), true, "");
    command(&mut window, "Packet", "Open in a window");
    keys(&mut window, CTRL, Key::ArrowDown);
    let frames: Vec<_> = labels(&window, Role::TreeItem)
        .into_iter()
        .filter(|l| l.starts_with("Frame "))
        .collect();
    assert_eq!(frames.len(), 2, "{frames:?}");
    assert!(frames.iter().any(|f| f.starts_with("Frame 1: ")));
    window.get_by_label("Close this window").click();
    settle(&mut window);
    assert!(window.query_by_label("Close this window").is_none());
}

#[test]
fn times_are_written_as_the_user_wants_them() {
    let mut window = window(Some(HTTP), true, "");
    assert_eq!(window.state().time_of_row(0).as_deref(), Some("0.000000"));
    keys(&mut window, ctrl_alt(), Key::Num4);
    let utc = window.state().time_of_row(0).unwrap();
    assert_eq!(utc.len(), "2010-02-09 01:18:39.618072".len(), "{utc}");
    command(&mut window, "Time", "Milliseconds");
    let utc = window.state().time_of_row(0).unwrap();
    assert_eq!(utc.len(), "2010-02-09 01:18:39.618".len(), "{utc}");
    keys(&mut window, ctrl_alt(), Key::Num1);
    keys(&mut window, Modifiers::NONE, Key::ArrowDown);
    keys(&mut window, CTRL, Key::T);
    let times: Vec<_> = (0..3)
        .filter_map(|r| window.state().time_of_row(r))
        .collect();
    assert_eq!((times[0].as_str(), times[1].as_str()), ("0.000", "*REF*"));
    assert!(rows(&window)[1].ends_with(", time reference"));
}

#[test]
fn colour_rules_are_changed() {
    let mut window = window(Some(HTTP), true, "");
    command(&mut window, "View", "Colour rules");
    let filter = |window: &Window| {
        let field = window.get_by_role_and_label(Role::TextInput, "Filter of rule 1");
        field.click();
    };
    filter(&window);
    window.run_steps(2);
    window
        .get_by_role_and_label(Role::TextInput, "Filter of rule 1")
        .type_text("http.prot ");
    window.run_steps(3);
    window.get_by_label_contains("TCP trouble: ");
    window
        .get_by_role_and_label(Role::Button, "Remove rule 1")
        .click();
    window.run_steps(3);
    window.get_by_role_and_label(Role::Button, "Keep").click();
    settle(&mut window);
    assert!(window.query_by_label("Add a rule").is_none());
    command(&mut window, "View", "Colour rules");
    let fields = labels(&window, Role::TextInput);
    let rules = fields.iter().filter(|f| f.starts_with("Filter of rule"));
    assert_eq!(rules.count(), 10);
}

#[test]
fn pictures_of_the_list() {
    let mut results = egui_kittest::SnapshotResults::new();
    for (name, dark) in [("list-dark", true), ("list-light", false)] {
        let mut window = window(Some(HTTP), dark, "");
        keys(&mut window, CTRL, Key::Num1);
        keys(&mut window, Modifiers::NONE, Key::ArrowDown);
        keys(&mut window, CTRL, Key::M);
        keys(&mut window, Modifiers::NONE, Key::ArrowDown);
        keys(&mut window, CTRL, Key::D);
        keys(&mut window, ctrl_alt(), Key::Num4);
        keys(&mut window, CTRL, Key::G);
        if !picture(&mut results, &mut window, name) {
            return;
        }
    }
    for (name, dark) in [("colour-rules-dark", true), ("colour-rules-light", false)] {
        let mut window = window(Some(HTTP), dark, "");
        command(&mut window, "View", "Colour rules");
        if !picture(&mut results, &mut window, name) {
            return;
        }
    }
    results.unwrap();
}
