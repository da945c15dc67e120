//! Statistics in the window, driven by the names that a screen reader says; and their pictures.
#![cfg(feature = "gui")]

use egui::accesskit::Role;
use egui_kittest::kittest::Queryable as _;

use crate::window::{HTTP, Window, labels, picture, settle, window};

/// A capture with more than one conversation.
const CHAT: &str = "http-statuses.pcap";

fn click(window: &mut Window, role: Role, name: &str) {
    window.get_by_role_and_label(role, name).click();
    settle(window);
}

/// Choose a command in the menu.
fn command(window: &mut Window, menu: &str, name: &str) {
    window.get_by_label("Menu").click();
    window.run_steps(2);
    window.get_by_label_contains(menu).click();
    window.run_steps(2);
    window.get_by_label(name).click();
    settle(window);
}

/// The rows of the table in sight; those of the packet list are not among them.
fn rows(window: &Window) -> Vec<String> {
    let mut rows = labels(window, Role::Row);
    rows.retain(|r| !r.starts_with("Packet "));
    rows
}

#[test]
fn the_hierarchy_counts_packets_and_bytes_and_becomes_a_filter() {
    let mut window = window(Some(HTTP), true, "");
    command(&mut window, "Statistics", "Protocol hierarchy");
    let found = rows(&window);
    assert!(
        found[0].starts_with("Frame, frame, 22, 100.0, "),
        "{found:?}"
    );
    let http = found.iter().find(|r| r.contains(", http, ")).expect("HTTP");
    click(&mut window, Role::Row, &http.clone());
    click(&mut window, Role::Button, "Apply as filter");
    assert_eq!(window.state().filter_text(), "http");
}

#[test]
fn conversations_are_sorted_found_filtered_and_followed() {
    let mut window = window(Some(CHAT), true, "");
    command(&mut window, "Statistics", "Conversations");
    let all = rows(&window);
    assert!(all.len() > 1, "{all:?}");
    let bytes = |row: &str| -> u64 {
        // A, B, packets, bytes; numbers have their thousands set off.
        let cells: Vec<&str> = row.split(", ").collect();
        cells[3].replace(',', "").parse().unwrap()
    };
    let sizes: Vec<u64> = all.iter().map(|r| bytes(r)).collect();
    assert!(
        sizes.is_sorted_by(|a, b| a >= b),
        "the busiest first: {sizes:?}"
    );
    click(&mut window, Role::ColumnHeader, "Sort by Bytes");
    let sizes: Vec<u64> = rows(&window).iter().map(|r| bytes(r)).collect();
    assert!(sizes.is_sorted(), "the other way round: {sizes:?}");
    let last = rows(&window).last().unwrap().clone();
    click(&mut window, Role::Row, &last);
    click(&mut window, Role::Button, "Apply as filter");
    let ends: Vec<&str> = last.split(", ").collect();
    let port = ends[0].rsplit(':').next().unwrap();
    let text = window.state().filter_text().to_owned();
    assert!(
        text.contains(&format!("tcp.port == {port}")),
        "{text} for {last}"
    );
    click(&mut window, Role::Button, "Follow stream");
    let tabs = labels(&window, Role::Tab);
    assert!(
        tabs.iter().any(|t| t.starts_with("Follow TCP ")),
        "{tabs:?}"
    );
    assert!(labels(&window, Role::ListItem)[0].contains(ends[0]));
}

#[test]
fn endpoints_are_counted_by_layer() {
    let mut window = window(Some(HTTP), true, "");
    command(&mut window, "Statistics", "Endpoints");
    click(&mut window, Role::Button, "IPv4 2");
    let found = rows(&window);
    assert_eq!(found.len(), 2);
    assert!(
        found.iter().any(|r| r.starts_with("192.0.2.1, 22, ")),
        "{found:?}"
    );
}

#[test]
fn expert_information_unfolds_to_packets() {
    let mut window = window(Some(HTTP), true, "");
    command(&mut window, "Analyze", "Expert information");
    let group = "Chat, Sequence, TCP: ";
    let found: Vec<String> = labels(&window, Role::TreeItem);
    let syn = found
        .iter()
        .find(|l| l.starts_with(group))
        .expect("a connection begins")
        .clone();
    click(&mut window, Role::TreeItem, &syn);
    let links = labels(&window, Role::Link);
    assert!(links[0].starts_with("Packet 1: "), "{links:?}");
    // Without chats only the notes are left.
    let chats = labels(&window, Role::Button);
    let chats = chats
        .iter()
        .find(|b| b.starts_with("Chats "))
        .unwrap()
        .clone();
    click(&mut window, Role::Button, &chats);
    let left = labels(&window, Role::TreeItem);
    assert!(
        !left.is_empty() && left.iter().all(|l| l.starts_with("Note, ")),
        "{left:?}"
    );
}

#[test]
fn pictures_of_statistics() {
    let mut results = egui_kittest::SnapshotResults::new();
    for (menu, command_name, name) in [
        ("Statistics", "Protocol hierarchy", "hierarchy"),
        ("Statistics", "Conversations", "conversations"),
        ("Analyze", "Expert information", "expert"),
        ("Statistics", "I/O graph", "graph"),
    ] {
        for (theme, dark) in [("dark", true), ("light", false)] {
            let mut window = window(Some(CHAT), dark, "");
            command(&mut window, menu, command_name);
            if !picture(&mut results, &mut window, &format!("{name}-{theme}")) {
                return;
            }
        }
    }
    results.unwrap();
}

#[test]
fn the_graph_counts_by_filters() {
    let mut window = window(Some(HTTP), true, "");
    command(&mut window, "Statistics", "I/O graph");
    window.get_by_role_and_label(Role::Image, "Graph of 2 series");
    window.get_by_label("Add series").click();
    settle(&mut window);
    let field = window.get_by_role_and_label(Role::TextInput, "Filter of series 3");
    field.focus();
    window.run_steps(1);
    window
        .get_by_role_and_label(Role::TextInput, "Filter of series 3")
        .type_text("http");
    settle(&mut window);
    window.get_by_role_and_label(Role::Image, "Graph of 3 series");
    click(&mut window, Role::CheckBox, "Show series 1");
    window.get_by_role_and_label(Role::Image, "Graph of 2 series");
    click(&mut window, Role::Button, "Remove series 2");
    window.get_by_role_and_label(Role::Image, "Graph of 1 series");
}
