//! Capturing in the window, with real traffic on loopback.

use std::path::Path;
use std::time::{Duration, Instant};

use egui::{Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use wireglass::ui::App;

use crate::live::{flood, may_capture, sink};
use crate::window::Window;

/// A window whose captures are kept in this folder.
fn window(folder: &Path, filter: &str) -> Window {
    let (folder, filter) = (folder.to_owned(), filter.to_owned());
    Harness::builder()
        .with_size(egui::vec2(1280.0, 800.0))
        .with_max_steps(64)
        .build_eframe(move |cc| {
            let mut app = App::new(&cc.egui_ctx);
            app.keep_captures_in(&folder);
            app.capture_on(vec!["lo".into()], &filter, false, &cc.egui_ctx);
            app
        })
}

/// Draw until something can be seen.
fn until(window: &mut Window, what: &str) {
    let end = Instant::now() + Duration::from_secs(60);
    while window.query_by_label(what).is_none() {
        assert!(Instant::now() < end, "{what:?} is not to be seen");
        window.run_steps(2);
        std::thread::sleep(Duration::from_millis(5));
    }
}

fn files(folder: &Path) -> usize {
    std::fs::read_dir(folder).unwrap().count()
}

#[test]
fn a_capture_in_the_window_from_its_start_to_its_end() {
    if !may_capture() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let (_socket, to, filter) = sink("127.0.0.1:0");
    let mut window = window(folder.path(), &filter);
    until(&mut window, "Capture on lo");
    window.key_press_modifiers(Modifiers::COMMAND, Key::E);
    until(&mut window, "Capturing");
    assert!(window.state().is_capturing());
    until(&mut window, "0 received");
    flood(to, 500, |_| true);
    until(&mut window, "500 received");
    until(&mut window, "500 displayed");
    until(&mut window, "0 dropped by the kernel");
    until(&mut window, "Following the newest");
    // It stays at its end until one scrolls up, and says so.
    window.get_by_label("Following the newest").click();
    until(&mut window, "Go to the newest and follow");
    flood(to, 500, |_| true);
    until(&mut window, "1,000 received");

    // Restarting would throw the packets away: it asks, and does nothing if the answer is no.
    window.key_press_modifiers(Modifiers::COMMAND, Key::R);
    until(&mut window, "Keep this capture?");
    window.get_by_label("Cancel").click();
    until(&mut window, "Captured");
    assert!(!window.state().is_capturing());
    window.key_press_modifiers(Modifiers::COMMAND, Key::R);
    until(&mut window, "Keep this capture?");
    window.get_by_label("Discard").click();
    until(&mut window, "Capturing");
    until(&mut window, "0 received");
    assert_eq!(files(folder.path()), 1, "the first one's file is gone");

    // An empty capture is closed without a question.
    window.key_press_modifiers(Modifiers::COMMAND, Key::E);
    until(&mut window, "Captured");
    window.key_press_modifiers(Modifiers::COMMAND, Key::W);
    until(&mut window, "Interfaces");
    assert_eq!(files(folder.path()), 0);
}

#[test]
fn a_capture_filter_is_checked_by_libpcap_while_it_is_typed() {
    let folder = tempfile::tempdir().unwrap();
    let mut window = window(folder.path(), "tcp prot 80");
    until(&mut window, "can't parse filter expression: syntax error");
}

/// What comes later is told of what came before, while the capture goes on.
#[test]
fn answers_are_linked_while_the_capture_runs() {
    if !may_capture() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    // An IPv4 address of the loopback network that no other test uses.
    let mut window = window(folder.path(), "icmp and host 127.77.0.1");
    until(&mut window, "Capture on lo");
    window.key_press_modifiers(Modifiers::COMMAND, Key::E);
    until(&mut window, "Capturing");
    let ping = std::process::Command::new("ping")
        .args(["-c", "1", "127.77.0.1"])
        .output();
    if !ping.is_ok_and(|out| out.status.success()) {
        eprintln!("skipped, because ping does not work here");
        return;
    }
    until(&mut window, "2 received");
    let end = Instant::now() + Duration::from_secs(60);
    loop {
        window.run_steps(2);
        let row = |node: &egui_kittest::Node<'_>| {
            use egui_kittest::kittest::NodeT as _;
            let label = node.accesskit_node().label().unwrap_or_default();
            label.contains("request") && label.contains("reply in 2")
        };
        let rows = window.query_all_by_role(egui::accesskit::Role::Row);
        if rows.into_iter().any(|node| row(&node)) {
            break;
        }
        assert!(Instant::now() < end, "the request does not know its reply");
        std::thread::sleep(Duration::from_millis(10));
    }
    assert!(window.state().is_capturing());
}
