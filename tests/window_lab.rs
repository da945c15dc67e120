//! The Lab in the window: the catalogue, playing, stepping, faults, filters, saving.

use std::path::Path;
use std::time::{Duration, Instant};

use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use wireglass::session::Settings;
use wireglass::ui::App;

use crate::window::{Window, labels, picture, settle};

/// A window with the catalogue in sight; plays are kept in this folder.
fn window(folder: &Path, dark: bool) -> Window {
    let theme = if dark {
        egui::Theme::Dark
    } else {
        egui::Theme::Light
    };
    let folder = folder.to_owned();
    let mut window = Harness::builder()
        .with_size(egui::vec2(1600.0, 900.0))
        .with_theme(theme)
        .with_max_steps(64)
        .build_eframe(move |cc| {
            cc.egui_ctx.set_theme(theme);
            let settings = Settings::open(&folder.join("settings"));
            let mut app = App::with_settings(&cc.egui_ctx, settings);
            app.keep_plays_in(&folder.join("plays"));
            app
        });
    window.run_steps(2);
    window.key_press_modifiers(Modifiers::COMMAND, Key::L);
    settle(&mut window);
    window
}

fn search(window: &mut Window, text: &str) {
    window
        .get_by_role_and_label(Role::TextInput, "Search the catalogue")
        .type_text(text);
    settle(window);
}

/// Begin an exchange, stopped before its first packet.
fn begin(window: &mut Window, id: &str) {
    search(window, id);
    window.get_by_label("Step by step").click();
    settle(window);
    assert_eq!(window.state().chosen_packet(), None);
}

fn press(window: &mut Window, key: Key) {
    window.key_press(key);
    settle(window);
}

/// Draw until something can be seen.
fn until(window: &mut Window, what: &str) {
    let end = Instant::now() + Duration::from_secs(60);
    while window.query_by_label_contains(what).is_none() {
        assert!(Instant::now() < end, "{what:?} is not to be seen");
        window.run_steps(2);
        std::thread::sleep(Duration::from_millis(5));
    }
}

fn rows(window: &Window) -> Vec<String> {
    labels(window, Role::Row)
}

fn exchanges(window: &Window) -> Vec<String> {
    labels(window, Role::ListBoxOption)
}

#[test]
fn the_catalogue_is_searched_and_an_exchange_played_to_its_end() {
    let folder = tempfile::tempdir().unwrap();
    let mut window = window(folder.path(), true);
    let all = exchanges(&window);
    assert_eq!(all.len(), wireglass::lab::CATALOGUE.len(), "{all:?}");
    search(&mut window, "orderly close");
    let found = exchanges(&window);
    assert_eq!(found, ["Three-way handshake and orderly close"]);
    // The page says what it is about.
    window.get_by_label("What to look at");
    window.get_by_label("Apply the filter tcp.flags.syn == 1");
    window.get_by_label("Play").click();
    window.run_steps(2);
    until(&mut window, "packet 1 of ");
    settle(&mut window);
    assert!(
        window
            .query_by_label_contains("Everything has been said")
            .is_some(),
        "played to its end"
    );
    let rows = rows(&window);
    let flags = |row: &str| row.contains("[SYN]") || row.contains("[SYN, ACK]");
    assert_eq!(rows.iter().filter(|row| flags(row)).count(), 2, "{rows:?}");
    assert_eq!(window.state().chosen_packet(), Some(rows.len() as u32));
}

#[test]
fn keys_alone_drive_the_steps() {
    let folder = tempfile::tempdir().unwrap();
    let mut window = window(folder.path(), true);
    begin(&mut window, "tcp-handshake");
    assert!(rows(&window).is_empty());
    window.get_by_label_contains("Nothing has been said yet");
    // One packet at a time, and one back in sight: what is out stays out.
    press(&mut window, Key::ArrowRight);
    press(&mut window, Key::ArrowRight);
    assert_eq!(rows(&window).len(), 2);
    assert_eq!(window.state().chosen_packet(), Some(2));
    press(&mut window, Key::ArrowLeft);
    assert_eq!(window.state().chosen_packet(), Some(1));
    assert_eq!(rows(&window).len(), 2);
    window.get_by_label_contains("packet 1 of ");
    // A step of the conversation: the handshake with what goes before it.
    press(&mut window, Key::PageDown);
    let handshake = window.state().chosen_packet().unwrap();
    press(&mut window, Key::PageDown);
    let close = window.state().chosen_packet().unwrap();
    assert!(handshake > 2 && close > handshake, "{handshake} {close}");
    press(&mut window, Key::PageUp);
    assert_eq!(window.state().chosen_packet(), Some(handshake));
    press(&mut window, Key::End);
    let last = window.state().chosen_packet().unwrap();
    assert_eq!(rows(&window).len() as u32, last);
    window.get_by_label_contains("Everything has been said");
    press(&mut window, Key::Home);
    assert_eq!(window.state().chosen_packet(), Some(1));
    // Space plays from here to the end.
    window.key_press(Key::Space);
    window.run_steps(1);
    window.get_by_label("Pause");
    settle(&mut window);
    assert_eq!(window.state().chosen_packet(), Some(last));
}

#[test]
fn a_fault_is_chosen_and_seen() {
    let folder = tempfile::tempdir().unwrap();
    let mut window = window(folder.path(), true);
    search(&mut window, "tcp-handshake");
    window
        .get_by_role_and_label(Role::ComboBox, "Fault")
        .click();
    window.run_steps(2);
    window.get_by_label("the first SYN,ACK gets lost").click();
    settle(&mut window);
    window.get_by_label("Step by step").click();
    settle(&mut window);
    window.get_by_label_contains("seed 1 · the first SYN,ACK gets lost");
    press(&mut window, Key::End);
    let rows = rows(&window);
    let both = rows.iter().filter(|row| row.contains("[SYN, ACK]")).count();
    assert_eq!(both, 2, "one is lost, one arrives: {rows:?}");
    assert!(
        rows.iter().any(|row| row.contains("Retransmission")),
        "{rows:?}"
    );
    // Once more without it.
    window.get_by_label("Again").click();
    window.run_steps(2);
    window.get_by_label("Nothing goes wrong").click();
    window.run_steps(2);
    until(&mut window, "packet 1 of ");
    settle(&mut window);
    assert!(self::rows(&window).len() < rows.len());
}

#[test]
fn a_filter_of_the_page_is_applied_and_taken_away() {
    let folder = tempfile::tempdir().unwrap();
    let mut window = window(folder.path(), true);
    begin(&mut window, "tcp-handshake");
    press(&mut window, Key::End);
    let all = rows(&window).len();
    let apply = "Apply the filter tcp.flags.syn == 1";
    window.get_by_label(apply).click();
    settle(&mut window);
    assert_eq!(window.state().filter_text(), "tcp.flags.syn == 1");
    assert_eq!(rows(&window).len(), 2);
    window
        .get_by_label("Take away the filter tcp.flags.syn == 1")
        .click();
    settle(&mut window);
    assert_eq!(rows(&window).len(), all);
}

#[test]
fn a_play_is_saved_like_any_capture_and_leaves_nothing_behind() {
    let folder = tempfile::tempdir().unwrap();
    let mut window = window(folder.path(), true);
    begin(&mut window, "dns-a");
    press(&mut window, Key::End);
    assert_eq!(
        std::fs::read_dir(folder.path().join("plays"))
            .unwrap()
            .count(),
        1
    );
    window.key_press_modifiers(Modifiers::COMMAND, Key::S);
    window.run_steps(2);
    let target = folder.path().join("kept.pcapng");
    let field = |window: &Window| {
        window
            .get_by_role_and_label(Role::TextInput, "File to save")
            .accesskit_node()
            .value()
            .unwrap_or_default()
    };
    // Never into the folder that goes away with the play.
    let proposed = field(&window);
    assert!(proposed.ends_with("dns-a.pcapng"), "{proposed}");
    assert!(!proposed.contains("plays"), "{proposed}");
    window
        .get_by_role_and_label(Role::TextInput, "File to save")
        .focus();
    window.run_steps(2);
    window.key_press_modifiers(Modifiers::COMMAND, Key::A);
    window.run_steps(2);
    window
        .get_by_role_and_label(Role::TextInput, "File to save")
        .type_text(&target.to_string_lossy());
    settle(&mut window);
    window.get_by_label("Save").click();
    settle(&mut window);
    let plan = wireglass::lab::find("dns-a").unwrap();
    let played = wireglass::lab::play(&plan, &wireglass::lab::Choice::usual()).unwrap();
    let session = wireglass::session::Session::open(
        &target,
        std::sync::Arc::new(wireglass::protocols::registry()),
        Default::default(),
        std::sync::Arc::new(|| {}),
    )
    .unwrap();
    session.wait();
    assert_eq!(session.snapshot().len() as usize, played.frames.len());
    let comments = session.state().info.comments.get(&1).cloned();
    assert!(comments.is_some_and(|c| c[0].starts_with("Step 1. ")));
    drop(session);
    window.key_press_modifiers(Modifiers::COMMAND, Key::W);
    settle(&mut window);
    let end = Instant::now() + Duration::from_secs(20);
    while std::fs::read_dir(folder.path().join("plays"))
        .unwrap()
        .count()
        > 0
    {
        assert!(Instant::now() < end, "the play's folder stays");
        std::thread::sleep(Duration::from_millis(5));
    }
}

#[test]
fn scripts_of_the_user_are_listed_and_broken_ones_say_why() {
    let folder = tempfile::tempdir().unwrap();
    let scripts = folder.path().join("lab");
    std::fs::create_dir(&scripts).unwrap();
    let good = "title: Somebody says hello\nclient: alice 192.0.2.1\nserver: bob 192.0.2.2\nport: 7000\n---\nopen\nC: hello bob\nS: hello alice\nclose C\nclose S\n";
    std::fs::write(scripts.join("hello.lab"), good).unwrap();
    std::fs::write(
        scripts.join("wrong.lab"),
        good.replace("close S", "clsoe S"),
    )
    .unwrap();
    let mut window = window(folder.path(), true);
    let listed = exchanges(&window);
    assert_eq!(listed[..2], ["Somebody says hello", "wrong, broken script"]);
    search(&mut window, "wrong");
    window.get_by_label("This script cannot be played");
    window.get_by_label_contains("line 10");
    assert!(window.query_by_label("Play").is_none());
    // A script is opened like a capture.
    let elsewhere = folder.path().join("elsewhere.lab");
    std::fs::write(&elsewhere, good.replace("hello bob", "good morning")).unwrap();
    let ctx = window.ctx.clone();
    window.state_mut().open(&elsewhere, &ctx);
    settle(&mut window);
    window.get_by_label("C: good morning");
    window.get_by_label("Step by step").click();
    settle(&mut window);
    press(&mut window, Key::End);
    assert!(rows(&window).len() >= 7);
}

#[test]
fn what_cannot_be_played_yet_is_listed_with_the_reason() {
    let folder = tempfile::tempdir().unwrap();
    let mut window = window(folder.path(), true);
    search(&mut window, "not yet");
    for entry in wireglass::lab::CATALOGUE
        .iter()
        .filter(|e| !e.is_playable())
    {
        let (title, _, reason) = entry.line();
        let name = format!("{title}, not yet");
        window
            .get_by_role_and_label(Role::ListBoxOption, &name)
            .click();
        settle(&mut window);
        window.get_by_label("Not yet");
        // It begins with a capital letter here.
        window.get_by_label_contains(&reason.unwrap()[1..]);
        assert!(window.query_by_label("Play").is_none());
    }
}

#[test]
fn chapters_narrow_the_catalogue() {
    let folder = tempfile::tempdir().unwrap();
    let mut window = window(folder.path(), true);
    window
        .get_by_role_and_label(Role::ComboBox, "Chapter")
        .click();
    window.run_steps(2);
    window
        .query_all_by_role(Role::Button)
        .find(|n| {
            let label = n.accesskit_node().label().unwrap_or_default();
            label.ends_with("Programming, chapter 9")
        })
        .expect("chapter 9")
        .click();
    settle(&mut window);
    assert_eq!(exchanges(&window).len(), 1);
}

#[test]
fn nothing_goes_to_a_real_host_before_it_was_shown() {
    let folder = tempfile::tempdir().unwrap();
    // Whoever connects here would be noticed.
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    listener.set_nonblocking(true).unwrap();
    let port = listener.local_addr().unwrap().port();
    let mut window = window(folder.path(), true);
    search(&mut window, "http-raw");
    window.get_by_label("Against a real host").click();
    settle(&mut window);
    let target = |window: &mut Window, text: &str| {
        window
            .get_by_role_and_label(Role::TextInput, "Host and port")
            .focus();
        window.run_steps(2);
        window.key_press_modifiers(Modifiers::COMMAND, Key::A);
        window.run_steps(2);
        window
            .get_by_role_and_label(Role::TextInput, "Host and port")
            .type_text(text);
        settle(window);
        window.get_by_label("Play").click();
        settle(window);
    };
    target(&mut window, "no host at all");
    window.get_by_label_contains("is no host");
    assert!(window.query_by_label("Send it").is_none());
    target(&mut window, &format!("127.0.0.1:{port}"));
    window.get_by_label("This will be sent");
    let request = window.query_all_by_label_contains("GET / HTTP/1.0");
    assert_eq!(
        request.count(),
        2,
        "in what will be sent, and in how it goes"
    );
    window.get_by_label("Do not send").click();
    settle(&mut window);
    assert!(window.query_by_label("This will be sent").is_none());
    assert!(listener.accept().is_err(), "nobody has connected");
    // A host that never answers: it is said that it goes on, and it can be cancelled.
    window.get_by_label("Play").click();
    settle(&mut window);
    window.get_by_label("Send it").click();
    window.run_steps(2);
    until(&mut window, "Playing…");
    window.get_by_label("Cancel").click();
    settle(&mut window);
    window.get_by_label("It was cancelled.");
}

#[test]
fn pictures_of_the_lab() {
    let mut results = egui_kittest::SnapshotResults::new();
    for dark in [true, false] {
        let folder = tempfile::tempdir().unwrap();
        let mut window = window(folder.path(), dark);
        let theme = if dark { "dark" } else { "light" };
        let name = format!("lab-catalogue-{theme}");
        if !picture(&mut results, &mut window, &name) {
            return;
        }
        search(&mut window, "handed over");
        window
            .get_by_role_and_label(Role::ComboBox, "Fault")
            .click();
        window.run_steps(2);
        window.get_by_label("the first SYN,ACK gets lost").click();
        settle(&mut window);
        window.get_by_label("Step by step").click();
        settle(&mut window);
        for _ in 0..2 {
            press(&mut window, Key::PageDown);
        }
        window.run_steps(8);
        picture(&mut results, &mut window, &format!("lab-lesson-{theme}"));
    }
    results.unwrap();
}
