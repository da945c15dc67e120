//! The panes below the list: tree, diagram, bytes, explanation; what they copy; and saving.
#![cfg(feature = "gui")]

use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::{NodeT as _, Queryable as _};

use crate::window::{HTTP, Window, labels, picture, settle, window};

/// Choose a packet by its row in the list.
fn choose(window: &mut Window, number: u32) {
    window
        .get_by_label_contains(&format!("Packet {number}:"))
        .click();
    settle(window);
}

fn click(window: &mut Window, label: &str) {
    window.get_by_label(label).click();
    settle(window);
}

/// The line of the tree that begins so.
fn line(window: &Window, begins: &str) -> String {
    labels(window, Role::TreeItem)
        .into_iter()
        .find(|l| l.starts_with(begins))
        .unwrap_or_else(|| panic!("no line {begins}"))
}

fn click_line(window: &mut Window, begins: &str) {
    let line = line(window, begins);
    window.get_by_role_and_label(Role::TreeItem, &line).click();
    settle(window);
}

fn copied(window: &Window) -> Vec<String> {
    let commands = &window.output().platform_output.commands;
    let text = |c: &egui::OutputCommand| match c {
        egui::OutputCommand::CopyText(text) => Some(text.clone()),
        _ => None,
    };
    commands.iter().filter_map(text).collect()
}

/// Unfold a layer whole and choose a line in it.
fn choose_field(window: &mut Window, layer: &str, begins: &str) {
    click_line(window, layer);
    window.key_press_modifiers(Modifiers::SHIFT, Key::ArrowRight);
    settle(window);
    window.key_press(Key::ArrowDown);
    settle(window);
    for _ in 0..80 {
        if window.query_all_by_role(Role::TreeItem).any(|n| {
            n.accesskit_node()
                .label()
                .is_some_and(|l| l.starts_with(begins))
        }) {
            return click_line(window, begins);
        }
        window.key_press(Key::PageDown);
        settle(window);
    }
    panic!("no line {begins}");
}

#[test]
fn an_acknowledgment_is_explained_and_leads_to_what_it_answers() {
    let mut window = window(Some(HTTP), true, "");
    choose(&mut window, 5);
    choose_field(&mut window, "Transmission Control", "Acknowledgment Number");
    assert_eq!(window.state().chosen_field(), Some("tcp.ack"));
    window.get_by_label_contains("It acknowledges the 73 bytes from 1 to 73 in ");
    let links: Vec<_> = labels(&window, Role::Link);
    assert_eq!(links, ["packet 4", "packet 4"]);
    window
        .query_all_by_role_and_label(Role::Link, "packet 4")
        .next()
        .expect("a link")
        .click();
    settle(&mut window);
    assert!(labels(&window, Role::TreeItem)[0].starts_with("Frame 4: "));
}

#[test]
fn a_line_that_names_a_packet_leads_there_by_enter() {
    let mut window = window(Some(HTTP), true, "");
    choose(&mut window, 5);
    choose_field(
        &mut window,
        "Transmission Control",
        "This is an ACK to the segment in frame",
    );
    window.key_press(Key::Enter);
    settle(&mut window);
    assert!(labels(&window, Role::TreeItem)[0].starts_with("Frame 4: "));
}

#[test]
fn what_is_unfolded_stays_so_in_the_next_packet() {
    let mut window = window(Some(HTTP), true, "");
    choose(&mut window, 4);
    click_line(&mut window, "Ethernet II");
    window.key_press_modifiers(Modifiers::SHIFT, Key::ArrowRight);
    settle(&mut window);
    line(&window, ".... ..1. .... .... .... .... = LG bit");
    window.key_press_modifiers(Modifiers::COMMAND, Key::ArrowDown);
    settle(&mut window);
    assert!(labels(&window, Role::TreeItem)[0].starts_with("Frame 5: "));
    line(&window, ".... ..1. .... .... .... .... = LG bit");
    click_line(&mut window, "Ethernet II");
    window.key_press_modifiers(Modifiers::SHIFT, Key::ArrowLeft);
    settle(&mut window);
    let lines = labels(&window, Role::TreeItem);
    assert!(lines[2].starts_with("Internet Protocol"), "{lines:?}");
}

#[test]
fn the_diagram_chooses_fields_and_is_copied() {
    let mut window = window(Some(HTTP), true, "");
    choose(&mut window, 5);
    click(&mut window, "Diagram");
    let boxes = labels(&window, Role::Cell);
    assert_eq!(boxes[0], "Source Port: 80", "{boxes:?}");
    click(&mut window, "Window: 64");
    assert_eq!(window.state().chosen_field(), Some("tcp.window_size_value"));
    window.get_by_role_and_label(Role::Tab, "IP").click();
    settle(&mut window);
    let boxes = labels(&window, Role::Cell);
    assert_eq!(boxes[0], "Version: 4", "{boxes:?}");
    window.get_by_label("Copy SVG").click();
    window.step();
    let svg = copied(&window);
    assert_eq!(svg.len(), 1);
    assert!(svg[0].starts_with("<svg ") && svg[0].contains("192.0.2.2"));
    // The key shows the fields again.
    window.key_press_modifiers(Modifiers::ALT, Key::D);
    settle(&mut window);
    assert!(labels(&window, Role::TreeItem)[0].starts_with("Frame 5: "));
}

#[test]
fn bytes_are_copied_in_many_forms() {
    let mut window = window(Some(HTTP), true, "");
    click_line(&mut window, "Ethernet II");
    let line = line(&window, "Ethernet II");
    for (name, expected) in [
        ("Bytes as hex stream", "0200000000020200000000010800"),
        ("Bytes as Base64", "AgAAAAACAgAAAAABCAA="),
        ("Filter name", "eth"),
    ] {
        window
            .get_by_role_and_label(Role::TreeItem, &line)
            .click_secondary();
        settle(&mut window);
        window
            .query_all_by_label_contains("Copy")
            .last()
            .expect("the menu")
            .click();
        settle(&mut window);
        window.get_by_label_contains(name).click();
        window.step();
        assert_eq!(copied(&window), [expected]);
        settle(&mut window);
        window.key_press(Key::Escape);
        settle(&mut window);
    }
}

#[test]
fn dragging_over_bytes_selects_them() {
    let mut window = window(Some(HTTP), true, "");
    let tab = window.get_by_role_and_label(Role::Tab, "Frame (74)").rect();
    // From the first byte to the third of the first line.
    let first = egui::pos2(tab.min.x + 52.0, tab.max.y + 16.0);
    let third = first + egui::vec2(2.0 * 3.0 * 7.8, 0.0);
    window.drag_at(first);
    window.run_steps(2);
    window.hover_at(third);
    window.run_steps(2);
    window.drop_at(third);
    settle(&mut window);
    assert_eq!(window.state().chosen_field(), Some("eth.dst"));
    assert_eq!(window.state().selected_bytes(), Some(0..3));
}

#[test]
fn bytes_are_shown_as_bits() {
    let mut window = window(Some(HTTP), true, "");
    click(&mut window, "Bits");
    let tab = window.get_by_role_and_label(Role::Tab, "Frame (74)").rect();
    let first = egui::pos2(tab.min.x + 52.0, tab.max.y + 16.0);
    // A byte takes nine characters now; the seventh begins the source address.
    let seventh = first + egui::vec2(6.0 * 9.0 * 7.8, 0.0);
    window.drag_at(seventh);
    window.drop_at(seventh);
    settle(&mut window);
    assert_eq!(window.state().chosen_field(), Some("eth.src"));
}

#[test]
fn pictures_of_the_panes() {
    let mut results = egui_kittest::SnapshotResults::new();
    for (name, dark, packet, layer) in [
        ("diagram-dark", true, 5, "TCP"),
        ("diagram-light", false, 5, "TCP"),
        ("diagram-text-light", false, 4, "HTTP"),
    ] {
        let mut window = window(Some(HTTP), dark, "");
        choose(&mut window, packet);
        click(&mut window, "Diagram");
        window.get_by_role_and_label(Role::Tab, layer).click();
        settle(&mut window);
        if packet == 5 {
            click(&mut window, "Acknowledgment Number: 74");
        }
        if !picture(&mut results, &mut window, name) {
            return;
        }
    }
    results.unwrap();
}
