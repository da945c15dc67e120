//! A capture of ten million frames in the window: every row is reached exactly, whichever way one goes.
#![cfg(feature = "gui")]

use std::time::{Duration, Instant};

use egui::accesskit::Role;
use egui::{Event, Key, Modifiers, MouseWheelSource, MouseWheelUnit, Pos2, TouchPhase, Vec2};
use egui_kittest::kittest::Queryable as _;

use crate::window::{Window, labels, window_of};

const FRAMES: u32 = 10_000_000;

/// A capture of frames that hold nothing: sixteen zeros each, so the file has a length and takes no room.
fn long_capture(folder: &std::path::Path) -> std::path::PathBuf {
    use std::io::Write as _;
    let path = folder.join("long.pcap");
    let mut file = std::fs::File::create(&path).unwrap();
    let mut head = Vec::new();
    for word in [0xa1b2_c3d4u32, 0x0004_0002, 0, 0, 65_535, 1] {
        head.extend_from_slice(&word.to_le_bytes());
    }
    file.write_all(&head).unwrap();
    file.set_len(head.len() as u64 + 16 * u64::from(FRAMES))
        .unwrap();
    path
}

fn rest(window: &mut Window) {
    let end = Instant::now() + Duration::from_secs(180);
    let mut rounds = 0;
    while rounds < 4 {
        window.run_steps(2);
        rounds = match window.state().is_idle() {
            true => rounds + 1,
            false => 0,
        };
        assert!(Instant::now() < end, "the window does not come to rest");
        std::thread::sleep(Duration::from_millis(2));
    }
}

fn press(window: &mut Window, modifiers: Modifiers, key: Key) {
    window.key_press_modifiers(modifiers, key);
    rest(window);
}

/// The numbers of the rows in sight.
fn rows(window: &Window) -> Vec<u32> {
    let number = |row: &String| row.strip_prefix("Packet ")?.split(':').next()?.parse().ok();
    labels(window, Role::Row)
        .iter()
        .filter_map(number)
        .collect()
}

/// The row at the upper edge with its fraction: how far the list is scrolled, in rows.
fn top(window: &Window) -> f64 {
    let head = window.get_by_label("Column No.").rect();
    let first = window.query_all_by_role(Role::Row).next().expect("a row");
    // Of a row that is cut off at the edge only the rest is there.
    let shown = f64::from(first.rect().max.y - head.max.y) / 24.0;
    f64::from(rows(window)[0]) - shown
}

fn wheel(window: &mut Window, notches: f32) {
    let list = window.get_by_label("Column Info").rect();
    window.hover_at(list.center() + Vec2::new(0.0, 100.0));
    window.run_steps(1);
    window.event(Event::MouseWheel {
        unit: MouseWheelUnit::Line,
        delta: Vec2::new(0.0, -notches),
        phase: TouchPhase::Move,
        source: MouseWheelSource::Unknown,
        modifiers: Modifiers::NONE,
    });
    // It is smoothed over some pictures.
    window.run_steps(60);
    rest(window);
}

fn drag(window: &mut Window, from: Pos2, to: Pos2) {
    window.drag_at(from);
    window.run_steps(2);
    for step in 1..=8 {
        window.hover_at(from + (to - from) * (step as f32 / 8.0));
        window.run_steps(1);
    }
    window.drop_at(to);
    rest(window);
}

#[test]
fn the_last_of_ten_million_rows_is_reached_by_number_by_key_and_by_dragging() {
    let folder = tempfile::tempdir().unwrap();
    let path = long_capture(folder.path());
    let mut window = window_of(Some(path), true, "");
    rest(&mut window);
    window.get_by_label("10,000,000 packets");
    assert_eq!(rows(&window)[0], 1);

    // By its number.
    press(&mut window, Modifiers::COMMAND, Key::G);
    window
        .get_by_role_and_label(Role::TextInput, "Packet number")
        .type_text("10,000,000");
    window.run_steps(2);
    press(&mut window, Modifiers::NONE, Key::Enter);
    assert_eq!(window.state().chosen_packet(), Some(FRAMES));
    assert_eq!(rows(&window).last(), Some(&FRAMES));
    assert!(labels(&window, Role::TreeItem)[0].starts_with("Frame 10000000: "));
    // One up is one up, not some.
    press(&mut window, Modifiers::NONE, Key::ArrowUp);
    assert_eq!(window.state().chosen_packet(), Some(FRAMES - 1));

    // By the keys.
    press(&mut window, Modifiers::NONE, Key::Home);
    assert_eq!(window.state().chosen_packet(), Some(1));
    assert_eq!(rows(&window)[0], 1);
    press(&mut window, Modifiers::NONE, Key::End);
    assert_eq!(window.state().chosen_packet(), Some(FRAMES));
    assert_eq!(rows(&window).last(), Some(&FRAMES));

    // By the scroll bar: seized at the upper edge of its handle, it does not jump, and its ends are the list's.
    press(&mut window, Modifiers::NONE, Key::Home);
    let bar = window.get_by_role_and_label(Role::ScrollBar, "Scroll bar");
    let bar = bar.rect();
    let handle = Pos2::new(bar.center().x, bar.min.y + 3.0);
    drag(&mut window, handle, handle);
    assert_eq!(rows(&window)[0], 1, "only touched");
    drag(&mut window, handle, Pos2::new(handle.x, bar.max.y + 40.0));
    assert_eq!(rows(&window).last(), Some(&FRAMES));
    assert_eq!(rows(&window).len(), labels(&window, Role::Row).len());
    window.get_by_label_contains("Packet 10000000: ").click();
    rest(&mut window);
    assert_eq!(window.state().chosen_packet(), Some(FRAMES));

    // The wheel moves as far at the end as at the beginning: three rows a notch.
    wheel(&mut window, -40.0);
    let before = top(&window);
    for notches in [1.0, 5.0, -2.0] {
        let before = top(&window);
        wheel(&mut window, notches);
        let moved = top(&window) - before;
        assert!((moved - f64::from(notches) * 3.0).abs() < 0.01, "{moved}");
    }
    assert!(before > f64::from(FRAMES) - 200.0, "{before}");
    press(&mut window, Modifiers::NONE, Key::Home);
    for notches in [1.0, 5.0, -2.0] {
        let before = top(&window);
        wheel(&mut window, notches);
        let moved = top(&window) - before;
        assert!((moved - f64::from(notches) * 3.0).abs() < 0.01, "{moved}");
    }
    drag(
        &mut window,
        Pos2::new(handle.x, bar.min.y + 8.0),
        Pos2::new(handle.x, bar.min.y - 9.0),
    );
    assert_eq!(rows(&window)[0], 1);

    // And the half is the half.
    let middle = Pos2::new(handle.x, bar.center().y);
    drag(&mut window, middle, middle);
    let first = rows(&window)[0];
    assert!(first.abs_diff(FRAMES / 2) < 20, "{first}");
}
