//! Context menus by keyboard, "Decode as", merging, reloading and the properties of a file, driven by the names that a screen
//! reader says.
#![cfg(feature = "gui")]

use std::path::{Path, PathBuf};
use std::sync::Arc;

use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable as _;

use crate::support::package;
use crate::window::{HTTP, Window, labels, picture, settle, window};

const SHIFT: Modifiers = Modifiers::SHIFT;
const CTRL: Modifiers = Modifiers::COMMAND;

/// A file dropped on the window.
#[derive(Debug)]
struct Dropped(PathBuf);

impl egui::DroppedFile for Dropped {
    fn path(&self) -> &Path {
        &self.0
    }

    fn bytes(&self) -> Result<Vec<u8>, String> {
        std::fs::read(&self.0).map_err(|e| e.to_string())
    }
}

fn press(window: &mut Window, modifiers: Modifiers, key: Key) {
    window.key_press_modifiers(modifiers, key);
    settle(window);
}

fn has_button(window: &Window, name: &str) -> bool {
    labels(window, Role::Button)
        .iter()
        .any(|l| l.starts_with(name))
}

#[test]
fn the_menu_of_a_row_opens_by_keys_and_is_about_the_column_chosen_by_keys() {
    let mut window = window(Some(HTTP), true, "");
    assert!(!has_button(&window, "Apply as filter"));
    press(&mut window, Modifiers::NONE, Key::ArrowDown);
    press(&mut window, SHIFT, Key::F10);
    assert!(has_button(&window, "Apply as filter"));
    // While the menu is open its keys are not the list's.
    press(&mut window, Modifiers::NONE, Key::ArrowDown);
    assert_eq!(window.state().chosen_packet(), Some(2));
    press(&mut window, Modifiers::NONE, Key::Escape);
    assert!(!has_button(&window, "Apply as filter"));
    // From column to column: number, time, source.
    for _ in 0..3 {
        press(&mut window, Modifiers::NONE, Key::ArrowRight);
    }
    let row = labels(&window, Role::Row)[1].clone();
    assert!(row.ends_with(", column Source"), "{row}");
    press(&mut window, Modifiers::NONE, Key::Menu);
    window.get_by_label("ip.src == 192.0.2.2");
    // Down to the first entry, right into its menu, and its first entry.
    press(&mut window, Modifiers::NONE, Key::ArrowDown);
    press(&mut window, Modifiers::NONE, Key::ArrowRight);
    press(&mut window, Modifiers::NONE, Key::Enter);
    assert_eq!(window.state().filter_text(), "ip.src == 192.0.2.2");
}

#[test]
fn fields_and_bytes_have_their_menus_by_keys() {
    let mut window = window(Some(HTTP), true, "");
    press(&mut window, Modifiers::NONE, Key::F6);
    press(&mut window, Modifiers::NONE, Key::ArrowDown);
    press(&mut window, SHIFT, Key::F10);
    assert!(has_button(&window, "Apply as filter"));
    assert!(!has_button(&window, "Apply bytes as filter"));
    press(&mut window, Modifiers::NONE, Key::Escape);
    press(&mut window, Modifiers::NONE, Key::F6);
    // The bytes: the thirteenth and fourteenth are the EtherType.
    press(&mut window, Modifiers::NONE, Key::Home);
    for _ in 0..12 {
        press(&mut window, Modifiers::NONE, Key::ArrowRight);
    }
    assert_eq!(window.state().chosen_field(), Some("eth.type"));
    press(&mut window, SHIFT, Key::ArrowRight);
    assert_eq!(window.state().selected_bytes(), Some(12..14));
    press(&mut window, SHIFT, Key::F10);
    assert!(has_button(&window, "Apply bytes as filter"));
    press(&mut window, Modifiers::NONE, Key::Escape);
    // Back in the list, arrows choose packets again.
    press(&mut window, Modifiers::NONE, Key::F6);
    press(&mut window, Modifiers::NONE, Key::ArrowDown);
    assert_eq!(window.state().chosen_packet(), Some(2));
}

#[test]
fn another_protocol_is_chosen_for_a_port_and_the_rule_taken_away_again() {
    let mut window = window(Some(HTTP), true, "");
    for _ in 0..3 {
        press(&mut window, Modifiers::NONE, Key::ArrowDown);
    }
    assert!(labels(&window, Role::Row)[3].contains("HTTP"));
    press(&mut window, CTRL | SHIFT, Key::U);
    let field = window.get_by_role_and_label(Role::TextInput, "Protocol");
    field.type_text("only bytes");
    settle(&mut window);
    window.get_by_label("No protocol for tcp.port has this name.");
    press(&mut window, CTRL, Key::A);
    window
        .get_by_role_and_label(Role::TextInput, "Protocol")
        .type_text("data");
    settle(&mut window);
    window.get_by_label("data: no protocol, only bytes").click();
    settle(&mut window);
    window.get_by_role_and_label(Role::Button, "Decode").click();
    settle(&mut window);
    assert_eq!(window.state().chosen_packet(), Some(4), "it stays chosen");
    let row = labels(&window, Role::Row)[3].clone();
    assert!(!row.contains("HTTP") && row.contains("TCP"), "{row}");
    press(&mut window, CTRL | SHIFT, Key::U);
    let remove = labels(&window, Role::Button);
    let remove = remove.iter().find(|l| l.starts_with("Remove tcp.port=="));
    window.get_by_label(remove.expect("a rule")).click();
    settle(&mut window);
    window.get_by_label_contains("No rule holds");
    window.get_by_role_and_label(Role::Button, "Decode").click();
    settle(&mut window);
    assert!(labels(&window, Role::Row)[3].contains("HTTP"));
}

#[test]
fn several_files_are_merged_by_time_and_offered_to_be_saved() {
    let folder = tempfile::tempdir().unwrap();
    let cache = folder.path().to_path_buf();
    let mut window = window(None, true, "");
    window.state_mut().keep_captures_in(&cache);
    let files = ["dns-records.pcap", HTTP].map(|name| package("captures").join(name));
    let dropped = files.map(|path| Arc::new(Dropped(path)) as egui::DroppedFileHandle);
    window.input_mut().dropped_files = dropped.to_vec();
    window.run_steps(1);
    window.input_mut().dropped_files.clear();
    settle(&mut window);
    for filter in ["dns", "http"] {
        crate::window::type_filter(&mut window, filter);
        press(&mut window, Modifiers::NONE, Key::Enter);
        assert!(!labels(&window, Role::Row).is_empty(), "{filter}");
        window.get_by_label("Clear the filter").click();
        settle(&mut window);
    }
    assert_eq!(std::fs::read_dir(&cache).unwrap().count(), 1);
    // Closing asks first; what is thrown away leaves nothing behind.
    press(&mut window, CTRL, Key::W);
    window.get_by_label("Keep this capture?");
    window
        .get_by_role_and_label(Role::Button, "Discard")
        .click();
    settle(&mut window);
    assert_eq!(labels(&window, Role::Row).len(), 0);
    assert_eq!(std::fs::read_dir(&cache).unwrap().count(), 0);
}

#[test]
fn a_file_that_has_grown_is_read_again_with_the_packet_still_chosen() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("grows.pcap");
    let whole = std::fs::read(package("captures").join(HTTP)).unwrap();
    // The first two packets: 24 bytes of head, then 16 bytes and the frame each.
    let mut end = 24;
    for _ in 0..2 {
        let len = u32::from_le_bytes(whole[end + 8..end + 12].try_into().unwrap());
        end += 16 + len as usize;
    }
    std::fs::write(&path, &whole[..end]).unwrap();
    let mut window = window(None, true, "");
    let ctx = window.ctx.clone();
    window.state_mut().open(&path, &ctx);
    settle(&mut window);
    assert_eq!(labels(&window, Role::Row).len(), 2);
    press(&mut window, Modifiers::NONE, Key::End);
    press(&mut window, CTRL, Key::M);
    std::fs::write(&path, &whole).unwrap();
    press(&mut window, CTRL, Key::R);
    let rows = labels(&window, Role::Row);
    assert!(rows.len() > 2);
    assert!(rows[1].ends_with(", marked"), "{}", rows[1]);
    assert_eq!(window.state().chosen_packet(), Some(2));
}

#[test]
fn the_file_is_described_with_its_hashes() {
    let mut window = window(Some(HTTP), true, "");
    press(&mut window, CTRL | SHIFT | Modifiers::ALT, Key::C);
    window.get_by_label("b41c81cd80782a4957770fa0a5de06f6b03f1b92a3c278b5b533d19cbfe5e23a");
    window.get_by_label("Copy as text").click();
    settle(&mut window);
    press(&mut window, Modifiers::NONE, Key::Escape);
    assert_eq!(window.query_all_by_label("Copy as text").count(), 0);
}

#[test]
fn rows_tell_what_they_are_to_the_chosen_packet() {
    let mut window = window(Some(HTTP), true, "");
    let role = |window: &Window, number: usize| {
        let row = labels(window, Role::Row)[number - 1].clone();
        row.rsplit(", ").next().unwrap_or_default().to_owned()
    };
    for _ in 0..3 {
        press(&mut window, Modifiers::NONE, Key::ArrowDown);
    }
    assert_eq!(role(&window, 8), "answers it");
    for _ in 0..4 {
        press(&mut window, Modifiers::NONE, Key::ArrowDown);
    }
    assert_eq!(role(&window, 4), "asks for it");
    assert_eq!(role(&window, 6), "part of the same message");
    press(&mut window, Modifiers::NONE, Key::ArrowDown);
    assert_eq!(role(&window, 8), "is acknowledged by it");
}

#[test]
fn the_info_column_is_no_field_and_its_text_is_found_instead() {
    let mut window = window(Some(HTTP), true, "");
    for _ in 0..3 {
        press(&mut window, Modifiers::NONE, Key::ArrowDown);
    }
    for _ in 0..7 {
        press(&mut window, Modifiers::NONE, Key::ArrowRight);
    }
    let row = labels(&window, Role::Row)[3].clone();
    assert!(row.ends_with(", column Info"), "{row}");
    press(&mut window, SHIFT, Key::F10);
    window.get_by_label_contains("no filter knows it whole");
    window.get_by_label("Find packets with this text").click();
    settle(&mut window);
    window.get_by_label("1 of 1");
}

#[test]
fn the_hierarchy_folds() {
    let mut window = window(Some(HTTP), true, "");
    let rows = |window: &Window| -> Vec<String> {
        let all = labels(window, Role::Row);
        all.into_iter()
            .filter(|r| !r.starts_with("Packet "))
            .collect()
    };
    window.get_by_role_and_label(Role::Button, "Menu").click();
    window.run_steps(2);
    window
        .get_by_role_and_label(Role::Button, "Statistics")
        .click();
    window.run_steps(2);
    window.get_by_label("Protocol hierarchy").click();
    settle(&mut window);
    let all = rows(&window);
    assert!(all.len() > 4 && all[0].ends_with(", unfolded"), "{all:?}");
    window.get_by_role_and_label(Role::Row, &all[2]).click();
    press(&mut window, Modifiers::NONE, Key::ArrowLeft);
    assert_eq!(rows(&window).len(), 3);
    assert!(rows(&window)[2].ends_with(", folded"));
    press(&mut window, Modifiers::NONE, Key::ArrowRight);
    assert_eq!(rows(&window), all);
    // Sorted, each stays above its own.
    window.get_by_label("Sort by Packets").click();
    settle(&mut window);
    assert!(rows(&window)[0].starts_with("Frame"), "{:?}", rows(&window));
    window
        .get_by_role_and_label(Role::Button, "Fold all")
        .click();
    settle(&mut window);
    assert_eq!(rows(&window).len(), 1);
}

#[test]
fn pictures_of_dialogs() {
    let mut results = egui_kittest::SnapshotResults::new();
    for dark in [true, false] {
        let theme = if dark { "dark" } else { "light" };
        let mut at = window(Some(HTTP), dark, "");
        for _ in 0..3 {
            press(&mut at, Modifiers::NONE, Key::ArrowDown);
        }
        press(&mut at, CTRL | SHIFT, Key::U);
        if !picture(&mut results, &mut at, &format!("decode-as-{theme}")) {
            return;
        }
        let mut at = window(Some(HTTP), dark, "");
        press(&mut at, CTRL | SHIFT | Modifiers::ALT, Key::C);
        if !picture(&mut results, &mut at, &format!("properties-{theme}")) {
            return;
        }
        let mut at = window(Some(HTTP), dark, "");
        for _ in 0..7 {
            press(&mut at, Modifiers::NONE, Key::ArrowDown);
        }
        if !picture(&mut results, &mut at, &format!("relations-{theme}")) {
            return;
        }
        let mut at = window(Some(HTTP), dark, "");
        for _ in 0..3 {
            press(&mut at, Modifiers::NONE, Key::ArrowRight);
        }
        press(&mut at, SHIFT, Key::F10);
        if !picture(&mut results, &mut at, &format!("row-menu-{theme}")) {
            return;
        }
    }
    results.unwrap();
}
