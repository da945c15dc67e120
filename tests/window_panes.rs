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
    assert_eq!(window.state().chosen_packet(), Some(4));
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
    // A byte takes nine characters now, and a line has room for four: the third of the second begins the source address.
    let third = first + egui::vec2(2.0 * 9.0 * 7.8, 22.0);
    window.drag_at(third);
    window.drop_at(third);
    settle(&mut window);
    assert_eq!(window.state().chosen_field(), Some("eth.src"));
}

/// What the panel asks for, typed in.
fn type_over(window: &mut Window, field: &str, text: &str) {
    window.get_by_role_and_label(Role::TextInput, field).focus();
    window.run_steps(2);
    window.key_press_modifiers(Modifiers::COMMAND, Key::A);
    window.run_steps(2);
    window
        .get_by_role_and_label(Role::TextInput, field)
        .type_text(text);
    settle(window);
}

#[test]
fn packets_are_saved_and_nothing_is_replaced_unasked() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("some.pcap");
    let mut window = window(Some(HTTP), true, "http.request");
    window.key_press_modifiers(Modifiers::COMMAND, Key::S);
    settle(&mut window);
    click(&mut window, "Displayed: 3 packets");
    type_over(&mut window, "File to save", &path.to_string_lossy());
    click(&mut window, "pcap, microseconds");
    window.get_by_label("Save").click();
    settle(&mut window);
    window.get_by_label_contains("Saved: ");
    // A request on HTTP needs no other packet: three of them, each with a header of 16 bytes, behind one of 24.
    let first = std::fs::read(&path).expect("saved");
    assert_eq!(&first[..4], &[0xd4, 0xc3, 0xb2, 0xa1]);
    assert_eq!(first.len(), 24 + 3 * 16 + 139 + 143 + 159);
    // The same name again: the button says what it would do.
    window.key_press_modifiers(Modifiers::COMMAND, Key::S);
    settle(&mut window);
    type_over(&mut window, "File to save", &path.to_string_lossy());
    assert!(window.query_by_label("Save").is_none());
    type_over(&mut window, "Packet numbers", "5-3");
    window.get_by_label("5 comes behind 3");
    type_over(&mut window, "Packet numbers", "1-2");
    click(&mut window, "pcap, microseconds");
    click(&mut window, "Replace it");
    let second = std::fs::read(&path).expect("saved");
    assert_eq!(second.len(), 24 + 2 * 16 + 74 + 74);
}

#[test]
fn what_packets_say_is_exported() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("list.csv");
    let mut window = window(Some(HTTP), true, "http.request");
    window.key_press_modifiers(Modifiers::COMMAND, Key::H);
    settle(&mut window);
    click(&mut window, "CSV, a line a packet");
    type_over(&mut window, "File to save", &path.to_string_lossy());
    click(&mut window, "Save");
    let text = std::fs::read_to_string(&path).expect("saved");
    let lines: Vec<_> = text.lines().collect();
    assert_eq!(lines.len(), 4);
    assert_eq!(
        lines[0],
        r#""No.","Time","Source","Destination","Protocol","Length","Info""#
    );
    assert_eq!(
        lines[1],
        r#""4","0.003725","192.0.2.1","192.0.2.2","HTTP","139","GET / HTTP/1.1 ""#
    );
}

#[test]
fn chosen_bytes_are_saved_raw() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("header.bin");
    let mut window = window(Some(HTTP), true, "");
    click_line(&mut window, "Ethernet II");
    window.key_press_modifiers(
        Modifiers {
            shift: true,
            ..Modifiers::COMMAND
        },
        Key::X,
    );
    settle(&mut window);
    type_over(&mut window, "File to save", &path.to_string_lossy());
    click(&mut window, "Save");
    let bytes = std::fs::read(&path).expect("saved");
    assert_eq!(bytes, [2, 0, 0, 0, 0, 2, 2, 0, 0, 0, 0, 1, 8, 0]);
}

/// Choose a command in the main menu.
fn menu(window: &mut Window, head: &str, command: &str) {
    click(window, "Menu");
    let label = labels(window, Role::Button)
        .into_iter()
        .find(|l| l.starts_with(head))
        .expect("the menu");
    window.get_by_label(&label).click();
    settle(window);
    window.get_by_label_contains(command).click();
    settle(window);
}

#[test]
fn files_that_went_over_the_wire_are_listed_and_saved() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut window = window(Some("ftp.pcap"), true, "");
    menu(&mut window, "File", "Files in the capture…");
    window.get_by_label("hello-1.0.tar.gz");
    type_over(
        &mut window,
        "Folder to save into",
        &folder.path().to_string_lossy(),
    );
    click(&mut window, "Save hello-1.0.tar.gz");
    let path = folder.path().join("hello-1.0.tar.gz");
    assert_eq!(std::fs::read(path).expect("saved").len(), 4023);
    click(&mut window, "packet 43");
    assert_eq!(window.state().chosen_packet(), Some(43));
}

#[test]
fn what_is_unfolded_is_kept_for_the_next_session() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("settings");
    let open = || {
        let file = std::path::Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("captures")
            .join(HTTP);
        let path = path.clone();
        let mut window = egui_kittest::Harness::builder()
            .with_size(egui::vec2(1280.0, 800.0))
            .with_max_steps(64)
            .build_eframe(move |cc| {
                let settings = wireglass::session::Settings::open(&path);
                let mut app = wireglass::ui::App::with_settings(&cc.egui_ctx, settings);
                app.open(&file, &cc.egui_ctx);
                app
            });
        settle(&mut window);
        window
    };
    let mut first = open();
    click_line(&mut first, "Ethernet II");
    first.key_press(Key::ArrowRight);
    settle(&mut first);
    line(&first, "Destination: ");
    drop(first);
    let second = open();
    line(&second, "Destination: ");
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
    for (name, dark) in [("save-dark", true), ("save-light", false)] {
        let mut window = window(Some(HTTP), dark, "http.request");
        window.key_press_modifiers(Modifiers::COMMAND, Key::S);
        settle(&mut window);
        type_over(&mut window, "File to save", "/home/student/requests.pcapng");
        click(&mut window, "Displayed: 3 packets");
        picture(&mut results, &mut window, name);
    }
    for (name, dark) in [("objects-dark", true), ("objects-light", false)] {
        let mut window = window(Some("http-statuses.pcap"), dark, "");
        menu(&mut window, "File", "Files in the capture…");
        type_over(&mut window, "Folder to save into", "/home/student/objects");
        picture(&mut results, &mut window, name);
    }
    results.unwrap();
}
