//! The window, driven as a person drives it: by the names that a screen reader says, by mouse and keys; and its pictures.
//!
//! Pictures are drawn with wgpu on a software renderer; where there is none, that test says so and passes.
#![cfg(feature = "gui")]

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use egui_kittest::{Harness, SnapshotOptions};
use wireglass::ui::App;

/// Several requests on one connection.
pub const HTTP: &str = "http-keep-alive.pcap";
/// A body that comes in several segments.
const HTTP_BIG: &str = "http-split.pcap";

pub type Window = Harness<'static, App>;

fn capture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("captures")
        .join(name)
}

/// A window of 1280 x 800 points with a capture open and loaded.
pub fn window(file: Option<&str>, dark: bool, filter: &str) -> Window {
    let mut window = window_of(file.map(capture), dark, filter);
    settle(&mut window);
    window
}

/// The same, not waited for.
pub fn window_of(path: Option<PathBuf>, dark: bool, filter: &str) -> Window {
    let filter = filter.to_owned();
    let theme = if dark {
        egui::Theme::Dark
    } else {
        egui::Theme::Light
    };
    Harness::builder()
        .with_size(egui::vec2(1280.0, 800.0))
        .with_theme(theme)
        .with_max_steps(64)
        .build_eframe(move |cc| {
            let mut app = App::new(&cc.egui_ctx);
            cc.egui_ctx.set_theme(theme);
            if !filter.is_empty() {
                app.set_filter(&filter);
            }
            if let Some(path) = path {
                app.open(&path, &cc.egui_ctx);
            }
            app
        })
}

/// Draw until the background threads have delivered what is in sight.
pub fn settle(window: &mut Window) {
    let end = Instant::now() + Duration::from_secs(20);
    let mut rounds = 0;
    loop {
        window.run_steps(2);
        // What is drawn may ask for more, which may be there before we look: rest means to find nothing to do several times.
        rounds = if window.state().is_idle() {
            rounds + 1
        } else {
            0
        };
        if rounds == 4 {
            return;
        }
        assert!(Instant::now() < end, "the window does not come to rest");
        std::thread::sleep(Duration::from_millis(5));
    }
}

pub fn labels(window: &Window, role: Role) -> Vec<String> {
    window
        .query_all_by_role(role)
        .filter_map(|n| n.accesskit_node().label())
        .collect()
}

pub fn type_filter(window: &mut Window, text: &str) {
    window.key_press_modifiers(Modifiers::COMMAND, Key::Slash);
    window.run_steps(2);
    window
        .get_by_role_and_label(Role::TextInput, "Display filter")
        .type_text(text);
    window.run_steps(2);
}

#[test]
fn a_window_without_a_file_offers_to_open_one() {
    let window = window(None, true, "");
    window.get_by_label("Open a capture…");
}

#[test]
fn a_missing_file_is_told_with_its_path() {
    let window = window(Some("no-such-file.pcap"), true, "");
    window.get_by_label_contains("no-such-file.pcap");
    window.get_by_label("Open a capture…");
}

#[test]
fn packets_are_listed_and_the_first_is_chosen() {
    let window = window(Some(HTTP), true, "");
    let rows = labels(&window, Role::Row);
    assert!(rows[0].starts_with("Packet 1: "), "{rows:?}");
    let get = rows
        .iter()
        .any(|r| r.contains("HTTP") && r.contains("GET "));
    assert!(get, "{rows:?}");
    assert!(labels(&window, Role::TreeItem)[0].starts_with("Frame 1: "));
}

#[test]
fn the_keyboard_moves_in_the_list_and_in_the_tree() {
    let mut window = window(Some(HTTP), true, "");
    window.key_press(Key::ArrowDown);
    settle(&mut window);
    let lines = labels(&window, Role::TreeItem);
    assert!(lines[0].starts_with("Frame 2: "), "{lines:?}");
    // A click on a line of the tree gives it the keys: unfold it and go down.
    let ethernet = lines
        .iter()
        .find(|l| l.starts_with("Ethernet II"))
        .expect("Ethernet");
    window
        .get_by_role_and_label(Role::TreeItem, ethernet)
        .click();
    window.run_steps(2);
    window.key_press(Key::ArrowRight);
    window.run_steps(2);
    window.key_press(Key::ArrowDown);
    window.run_steps(2);
    assert_eq!(window.state().chosen_field(), Some("eth.dst"));
    // The keys of the whole window work from everywhere.
    window.key_press_modifiers(Modifiers::COMMAND, Key::ArrowDown);
    settle(&mut window);
    assert!(labels(&window, Role::TreeItem)[0].starts_with("Frame 3: "));
}

#[test]
fn a_filter_narrows_the_list_and_is_cleared() {
    let mut window = window(Some(HTTP), true, "");
    let all = labels(&window, Role::Row).len();
    type_filter(&mut window, "http.request");
    window.key_press(Key::Enter);
    settle(&mut window);
    let found = labels(&window, Role::Row);
    assert!(!found.is_empty() && found.len() < all, "{found:?}");
    assert!(found.iter().all(|r| r.contains("HTTP")), "{found:?}");
    window.get_by_label("Clear the filter").click();
    settle(&mut window);
    assert_eq!(labels(&window, Role::Row).len(), all);
}

#[test]
fn a_text_that_is_no_filter_is_explained_and_changes_nothing() {
    let mut window = window(Some(HTTP), true, "");
    let all = labels(&window, Role::Row).len();
    type_filter(&mut window, "tcp.prot == 80");
    window.key_press(Key::Enter);
    settle(&mut window);
    let proposal = window.query_all_by_label_contains("tcp.port").count();
    assert!(proposal > 0, "the nearest name is proposed");
    let now = labels(&window, Role::Row).len();
    assert!(now > 0 && now <= all, "the list stays as it was");
}

#[test]
fn a_byte_leads_to_its_field_and_a_reassembled_message_has_its_tab() {
    let mut window = window(Some(HTTP_BIG), true, "http.response");
    let tabs = labels(&window, Role::Tab);
    assert!(
        tabs.iter().any(|t| t.starts_with("Reassembled TCP")),
        "{tabs:?}"
    );
    // The first byte of the frame is the first of the destination address.
    let frame = tabs
        .iter()
        .find(|t| t.starts_with("Frame ("))
        .expect("the frame's own tab");
    let tab = window.get_by_role_and_label(Role::Tab, frame).rect();
    let first_byte = egui::pos2(tab.min.x + 52.0, tab.max.y + 16.0);
    window.drag_at(first_byte);
    window.drop_at(first_byte);
    settle(&mut window);
    assert_eq!(window.state().chosen_field(), Some("eth.dst"));
}

#[test]
fn pictures_of_the_window() {
    let mut results = egui_kittest::SnapshotResults::new();
    for (name, file, dark, filter) in [
        ("http-dark", Some(HTTP), true, ""),
        ("http-light", Some(HTTP), false, "http"),
        ("refused-light", Some(HTTP), false, "tcp.prot == 80"),
    ] {
        let mut window = window(file, dark, filter);
        window.run_steps(2);
        if !picture(&mut results, &mut window, name) {
            return;
        }
    }
    results.unwrap();
}

/// Hold a picture against the one that is kept. `false`: there is no renderer here, which is said.
pub fn picture(
    results: &mut egui_kittest::SnapshotResults,
    window: &mut Window,
    name: &str,
) -> bool {
    if let Err(reason) = window.render() {
        println!("skipped: no renderer for pictures here: {reason}");
        return false;
    }
    // Software renderers differ a little from version to version in how they smooth edges.
    let options = SnapshotOptions::new()
        .threshold(2.0)
        .max_failed_pixels(2_000usize);
    results.add(window.try_snapshot_options(name, &options));
    true
}
