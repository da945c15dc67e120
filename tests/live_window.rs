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
    window_with(folder, filter, |_, _| ())
}

/// The same, with something done at its beginning.
fn window_with(
    folder: &Path,
    filter: &str,
    prepare: impl FnOnce(&mut App, &egui::Context) + 'static,
) -> Window {
    let (folder, filter) = (folder.to_owned(), filter.to_owned());
    Harness::builder()
        .with_size(egui::vec2(1280.0, 800.0))
        .with_max_steps(64)
        .build_eframe(move |cc| {
            let mut app = App::new(&cc.egui_ctx);
            app.keep_captures_in(&folder);
            prepare(&mut app, &cc.egui_ctx);
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

/// What has left the memory can be brought back, while the capture goes on.
#[test]
fn packets_that_left_the_memory_are_shown_on_demand() {
    if !may_capture() {
        return;
    }
    const PACKETS: u32 = 60_000;
    let folder = tempfile::tempdir().unwrap();
    let (_socket, to, filter) = sink("127.0.0.1:0");
    let mut window = window_with(folder.path(), &filter, |app, _| app.capture_memory(1));
    until(&mut window, "Capture on lo");
    window.key_press_modifiers(Modifiers::COMMAND, Key::E);
    until(&mut window, "0 received");
    flood(to, PACKETS, |_| true);
    until(&mut window, "60,000 received");
    until(&mut window, "Show them all");
    assert!(window.query_by_label("60,000 displayed").is_none());
    window.get_by_label("Show them all").click();
    until(&mut window, "60,000 displayed");
    until(&mut window, "0 evicted");
    assert!(window.query_by_label("Show them all").is_none());
    assert!(window.state().is_capturing());
    flood(to, 500, |_| true);
    until(&mut window, "60,500 displayed");
    until(&mut window, "0 evicted");
}

fn ask_to_close(window: &mut Window) {
    let viewports = &mut window.input_mut().viewports;
    let root = viewports.entry(egui::ViewportId::ROOT).or_default();
    root.events.push(egui::ViewportEvent::Close);
}

#[test]
fn closing_the_window_by_mistake_loses_nothing() {
    if !may_capture() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let (_socket, to, filter) = sink("127.0.0.1:0");
    let mut window = window(folder.path(), &filter);
    until(&mut window, "Capture on lo");
    window.key_press_modifiers(Modifiers::COMMAND, Key::E);
    until(&mut window, "0 received");
    flood(to, 3, |_| true);
    until(&mut window, "3 displayed");
    ask_to_close(&mut window);
    until(
        &mut window,
        "It is still running; its 3 packets are in no file of yours yet.",
    );
    window.get_by_label("Cancel").click();
    window.run_steps(3);
    assert!(window.query_by_label("Keep this capture?").is_none());
    assert!(window.state().is_capturing());
    // What comes while it asks is kept too.
    ask_to_close(&mut window);
    until(&mut window, "Keep this capture?");
    flood(to, 4, |_| true);
    until(
        &mut window,
        "It is still running; its 7 packets are in no file of yours yet.",
    );
    assert_eq!(files(folder.path()), 1);
    window.get_by_label("Discard").click();
    window.run_steps(3);
    assert_eq!(files(folder.path()), 0);
}

#[test]
fn a_capture_that_was_left_over_is_offered() {
    let folder = tempfile::tempdir().unwrap();
    let left = folder.path().join("20260101000000-1-0.pcapng");
    let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("captures/tcp-handshake-close.pcap");
    std::fs::copy(from, &left).unwrap();
    let mut window = window_with(folder.path(), "", |app, ctx| app.prepare_captures(ctx));
    until(&mut window, "Delete");
    // The toolbar has one too.
    let buttons: Vec<_> = window.query_all_by_label("Open").collect();
    buttons.last().unwrap().click();
    let end = Instant::now() + Duration::from_secs(60);
    while window
        .query_all_by_role(egui::accesskit::Role::Row)
        .next()
        .is_none()
    {
        assert!(Instant::now() < end, "its packets are not to be seen");
        window.run_steps(2);
        std::thread::sleep(Duration::from_millis(5));
    }
    assert!(left.exists(), "opening keeps it");
}
