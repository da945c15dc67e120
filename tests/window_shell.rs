//! The window as a whole: command palette, help, preferences, themes, panes, the start page; and that every control has a name.

use std::path::{Path, PathBuf};

use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use wireglass::session::Settings;
use wireglass::ui::App;
use wireglass::ui::command::{Command, commands};

use crate::support::package;
use crate::window::{HTTP, Window, labels, picture, settle, type_filter, window};

const CTRL: Modifiers = Modifiers::COMMAND;

fn ctrl_shift() -> Modifiers {
    Modifiers::COMMAND | Modifiers::SHIFT
}

fn keys(window: &mut Window, modifiers: Modifiers, key: Key) {
    window.key_press_modifiers(modifiers, key);
    settle(window);
}

/// A window that keeps its settings in this file.
fn with_settings(file: &Path, capture: Option<&Path>, dark: bool) -> Window {
    let (file, capture) = (file.to_owned(), capture.map(Path::to_owned));
    let theme = match dark {
        true => egui::Theme::Dark,
        false => egui::Theme::Light,
    };
    let mut window = Harness::builder()
        .with_size(egui::vec2(1280.0, 800.0))
        .with_theme(theme)
        .with_max_steps(64)
        .build_eframe(move |cc| {
            let mut app = App::with_settings(&cc.egui_ctx, Settings::open(&file));
            if let Some(capture) = capture {
                app.open(&capture, &cc.egui_ctx);
            }
            app
        });
    settle(&mut window);
    window
}

fn field(window: &Window, name: &str) -> bool {
    window
        .query_by_role_and_label(Role::TextInput, name)
        .is_some()
}

/// Open the palette and write into it.
fn find_command(window: &mut Window, text: &str) {
    keys(window, ctrl_shift(), Key::K);
    let name = "Find a command";
    window
        .get_by_role_and_label(Role::TextInput, name)
        .type_text(text);
    window.run_steps(2);
}

// ---- palette -----------------------------------------------------------------------------------------------------------

#[test]
fn a_command_is_found_by_parts_of_its_name_and_done() {
    let mut window = window(Some(HTTP), true, "");
    let before = labels(&window, Role::TreeItem).len();
    find_command(&mut window, "unfl all fi");
    let lines = labels(&window, Role::ListBoxOption);
    assert_eq!(lines[0], "View: Unfold all fields, Ctrl+→");
    window.key_press(Key::Enter);
    settle(&mut window);
    assert!(!field(&window, "Find a command"), "it is closed");
    assert!(labels(&window, Role::TreeItem).len() > before);
    // What was used last stands first the next time.
    keys(&mut window, ctrl_shift(), Key::K);
    assert!(labels(&window, Role::ListBoxOption)[0].contains("Unfold all fields"));
    // The arrows move the choice, Escape closes.
    window.key_press(Key::ArrowDown);
    window.run_steps(2);
    let second = labels(&window, Role::ListBoxOption)[1].clone();
    let chosen = window.get_by_role_and_label(Role::ListBoxOption, &second);
    let on = chosen.accesskit_node().toggled();
    assert_eq!(on, Some(egui::accesskit::Toggled::True));
    keys(&mut window, Modifiers::NONE, Key::Escape);
    assert!(!field(&window, "Find a command"));
}

#[test]
fn what_cannot_be_used_is_listed_with_the_reason_and_not_done() {
    let mut window = window(None, true, "");
    find_command(&mut window, "go to packet");
    let lines = labels(&window, Role::ListBoxOption);
    assert_eq!(lines[0], "Go: Go to packet…, Ctrl+G, Open a capture first");
    window.key_press(Key::Enter);
    settle(&mut window);
    assert!(field(&window, "Find a command"), "nothing was done");
    // Other keys are not heard below the palette; its own closes it.
    keys(&mut window, CTRL, Key::K);
    assert!(!field(&window, "Capture filter"));
    keys(&mut window, ctrl_shift(), Key::K);
    assert!(!field(&window, "Find a command"));
}

#[test]
fn every_command_stands_first_when_its_name_is_written() {
    let mut window = window(Some(HTTP), true, "");
    for entry in commands().filter(|e| e.command != Command::FindCommand) {
        find_command(&mut window, entry.name);
        let first = labels(&window, Role::ListBoxOption).into_iter().next();
        let expected = format!("{}: {}", entry.menu.title(), entry.name);
        assert!(
            first.as_ref().is_some_and(|f| f.starts_with(&expected)),
            "{expected}: {first:?}"
        );
        keys(&mut window, Modifiers::NONE, Key::Escape);
    }
}

// ---- help --------------------------------------------------------------------------------------------------------------

#[test]
fn the_help_lists_commands_and_keys_and_can_be_searched() {
    let mut window = window(Some(HTTP), true, "");
    keys(&mut window, Modifiers::NONE, Key::F1);
    window.get_by_label("Find packet…");
    window.get_by_label("Ctrl+↓, F8");
    window
        .get_by_role_and_label(Role::TextInput, "Search the help")
        .type_text("middle click");
    window.run_steps(2);
    window.get_by_label("middle click");
    assert!(window.query_by_label("Find packet…").is_none());
    window
        .get_by_role_and_label(Role::Tab, "First steps")
        .click();
    settle(&mut window);
    window.get_by_label_contains("Look inside");
    // Its buttons do what they say.
    window
        .get_by_role_and_label(Role::Button, "Write a display filter Ctrl+/")
        .click();
    settle(&mut window);
    assert!(!field(&window, "Search the help"));
    window.run_steps(2);
    let bar = window.get_by_role_and_label(Role::TextInput, "Display filter");
    assert!(bar.accesskit_node().is_focused());
}

/// The list from Wireshark's guide, for what there is here.
#[test]
fn wiresharks_keys_are_known() {
    use wireglass::ui::command::Command as C;
    let (c, cs, ca) = (CTRL, ctrl_shift(), CTRL | Modifiers::ALT);
    let cas = ca | Modifiers::SHIFT;
    let (a, none) = (Modifiers::ALT, Modifiers::NONE);
    for (modifiers, key, command) in [
        (c, Key::O, C::OpenFile),
        (c, Key::W, C::CloseFile),
        (c, Key::S, C::SaveAs),
        (cs, Key::S, C::SaveAs),
        (c, Key::Q, C::Quit),
        (c, Key::H, C::ExportDissections),
        (c, Key::F, C::FindPacket),
        (c, Key::N, C::FindNext),
        (c, Key::B, C::FindPrevious),
        (c, Key::M, C::ToggleMark),
        (cs, Key::M, C::MarkDisplayed),
        (ca, Key::M, C::UnmarkDisplayed),
        (cs, Key::N, C::NextMark),
        (cs, Key::B, C::PreviousMark),
        (c, Key::D, C::ToggleIgnored),
        (cs, Key::D, C::IgnoreDisplayed),
        (ca, Key::D, C::IgnoreNone),
        (c, Key::T, C::ToggleReference),
        (ca, Key::T, C::ForgetReferences),
        (ca, Key::N, C::NextReference),
        (ca, Key::B, C::PreviousReference),
        (ca, Key::C, C::CommentPacket),
        (c, Key::K, C::CaptureOptions),
        (c, Key::E, C::StartStop),
        (c, Key::R, C::Reload),
        (c, Key::R, C::RestartCapture),
        (none, Key::F5, C::RefreshInterfaces),
        (c, Key::G, C::GoToPacket),
        (c, Key::Plus, C::ZoomIn),
        (c, Key::Minus, C::ZoomOut),
        (c, Key::Equals, C::ZoomReset),
        (c, Key::Num0, C::ZoomReset),
        (none, Key::F11, C::FullScreen),
        (c, Key::ArrowDown, C::NextPacket),
        (none, Key::F8, C::NextPacket),
        (c, Key::ArrowUp, C::PreviousPacket),
        (none, Key::F7, C::PreviousPacket),
        (c, Key::Home, C::FirstPacket),
        (c, Key::End, C::LastPacket),
        (c, Key::Period, C::NextInConversation),
        (c, Key::Comma, C::PreviousInConversation),
        (c, Key::ArrowRight, C::UnfoldAll),
        (c, Key::ArrowLeft, C::FoldAll),
        (a, Key::ArrowLeft, C::HistoryBack),
        (a, Key::ArrowRight, C::HistoryForward),
        (cs, Key::P, C::Preferences),
        (cs, Key::I, C::ApplyAsColumn),
        (c, Key::Slash, C::FocusFilter),
        (cas, Key::T, C::FollowTcp),
        (none, Key::F1, C::Help),
    ] {
        let entry = commands().find(|e| e.command == command).unwrap();
        let has = entry
            .keys
            .iter()
            .any(|k| k.modifiers == modifiers && k.logical_key == key);
        assert!(has, "{} lacks {modifiers:?} {key:?}", entry.id);
    }
}

// ---- preferences -------------------------------------------------------------------------------------------------------

#[test]
fn preferences_are_searched_hold_at_once_and_are_kept() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("settings");
    let capture = package("captures").join(HTTP);
    let mut window = with_settings(&file, Some(&capture), true);
    let good = "ip.checksum.status == 1";
    type_filter(&mut window, good);
    keys(&mut window, Modifiers::NONE, Key::Enter);
    assert_eq!(labels(&window, Role::Row), [""; 0]);
    keys(&mut window, ctrl_shift(), Key::P);
    window.get_by_label("Theme: Light");
    window
        .get_by_role_and_label(Role::TextInput, "Search the preferences")
        .type_text("offload");
    window.run_steps(2);
    assert!(window.query_by_label("Theme: Light").is_none());
    window
        .get_by_role_and_label(Role::CheckBox, "Verify")
        .click();
    settle(&mut window);
    let all = "22 packets · 22 (100.0 %) displayed";
    window.get_by_label(all);
    keys(&mut window, Modifiers::NONE, Key::Escape);
    keys(&mut window, Modifiers::NONE, Key::Escape);
    assert!(!field(&window, "Search the preferences"));
    drop(window);

    let mut window = with_settings(&file, Some(&capture), true);
    type_filter(&mut window, good);
    keys(&mut window, Modifiers::NONE, Key::Enter);
    window.get_by_label(all);
    keys(&mut window, ctrl_shift(), Key::P);
    window.get_by_label("Theme: Light").click();
    settle(&mut window);
    assert!(!window.ctx.global_style().visuals.dark_mode);
    window.get_by_label("Size of words: more").click();
    window.run_steps(2);
    window.get_by_label("14 points");
    window.get_by_label("All preferences as at first").click();
    settle(&mut window);
    assert!(window.ctx.global_style().visuals.dark_mode, "as the system");
    drop(window);
    let text = std::fs::read_to_string(&file).unwrap();
    assert!(
        !text.contains("theme") && !text.contains("checksums"),
        "{text}"
    );
}

#[test]
fn zoom_and_theme_are_commands_too() {
    let mut window = window(Some(HTTP), true, "");
    for (key, zoom) in [
        (Key::Plus, 1.1),
        (Key::Plus, 1.2),
        (Key::Minus, 1.1),
        (Key::Num0, 1.0),
        (Key::Minus, 0.9),
        (Key::Equals, 1.0),
    ] {
        keys(&mut window, CTRL, key);
        let now = window.ctx.zoom_factor();
        assert!((now - zoom).abs() < 0.001, "{key:?}: {now}");
    }
    for _ in 0..40 {
        window.key_press_modifiers(CTRL, Key::Minus);
        window.run_steps(1);
    }
    assert!(window.ctx.zoom_factor() >= 0.5, "not out of sight");
    keys(&mut window, CTRL, Key::Num0);
    find_command(&mut window, "light theme");
    window.key_press(Key::Enter);
    settle(&mut window);
    assert!(!window.ctx.global_style().visuals.dark_mode);
    let usual = window.ctx.global_style().visuals.hyperlink_color;
    find_command(&mut window, "colour-blind");
    window.key_press(Key::Enter);
    settle(&mut window);
    assert_ne!(window.ctx.global_style().visuals.hyperlink_color, usual);
}

// ---- panes -------------------------------------------------------------------------------------------------------------

/// Where the first of these stands.
fn place(window: &Window, role: Role) -> Option<egui::Pos2> {
    window.query_all_by_role(role).next().map(|n| n.rect().min)
}

/// Where the bytes stand: at the tab of the frame's buffer.
fn bytes(window: &Window) -> Option<egui::Pos2> {
    let tab = window.query_all_by_role(Role::Tab).find(|n| {
        n.accesskit_node()
            .label()
            .is_some_and(|l| l.starts_with("Frame ("))
    });
    tab.map(|n| n.rect().min)
}

#[test]
fn panes_are_hidden_and_shown_by_keys() {
    let mut window = window(Some(HTTP), true, "");
    let shown = |w: &Window| {
        (
            place(w, Role::Row).is_some(),
            place(w, Role::TreeItem).is_some(),
            bytes(w).is_some(),
        )
    };
    assert_eq!(shown(&window), (true, true, true));
    keys(&mut window, Modifiers::ALT, Key::Num3);
    keys(&mut window, Modifiers::ALT, Key::Num4);
    assert_eq!(shown(&window), (true, true, false));
    keys(&mut window, Modifiers::ALT, Key::Num2);
    assert_eq!(shown(&window), (true, false, false));
    let low = window.query_all_by_role(Role::Row).map(|n| n.rect().max.y);
    let low = low.fold(0.0, f32::max);
    // As far as there are rows the list takes the room.
    assert!(low > 400.0, "{low}");
    keys(&mut window, Modifiers::ALT, Key::Num1);
    assert_eq!(shown(&window), (false, true, false), "something is shown");
    keys(&mut window, Modifiers::ALT, Key::Num0);
    assert_eq!(shown(&window), (true, true, true));
}

#[test]
fn layouts_lie_as_they_are_called_and_come_back() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("settings");
    let capture = package("captures").join(HTTP);
    let mut window = with_settings(&file, Some(&capture), true);
    for (name, fields_below, bytes_below) in [
        ("All panes stacked", true, true),
        ("List at the left", false, true),
        ("All panes side by side", false, false),
        ("List above", true, false),
    ] {
        find_command(&mut window, name);
        window.key_press(Key::Enter);
        settle(&mut window);
        let list = place(&window, Role::Row).unwrap();
        let fields = place(&window, Role::TreeItem).unwrap();
        let bytes = bytes(&window).unwrap();
        assert_eq!(fields.y > list.y + 50.0, fields_below, "{name}");
        assert_eq!(fields.x > list.x + 50.0, !fields_below, "{name}");
        assert_eq!(bytes.y > fields.y + 50.0, bytes_below, "{name}");
        assert_eq!(bytes.x > fields.x + 50.0, !bytes_below, "{name}");
    }
    // A border that was dragged, a pane that was hidden: both are there the next time.
    find_command(&mut window, "side by side");
    window.key_press(Key::Enter);
    settle(&mut window);
    let before = place(&window, Role::TreeItem).unwrap();
    let border = egui::pos2(before.x - 0.5, 400.0);
    window.drag_at(border);
    window.run_steps(1);
    window.hover_at(border - egui::vec2(200.0, 0.0));
    window.run_steps(1);
    window.drop_at(border - egui::vec2(200.0, 0.0));
    settle(&mut window);
    let dragged = place(&window, Role::TreeItem).unwrap();
    assert!(
        (before.x - dragged.x - 200.0).abs() < 3.0,
        "{before} {dragged}"
    );
    keys(&mut window, Modifiers::ALT, Key::Num4);
    window.state_mut().leave();
    drop(window);
    let window = with_settings(&file, Some(&capture), true);
    let again = place(&window, Role::TreeItem).unwrap();
    assert!((again.x - dragged.x).abs() < 3.0, "{again} {dragged}");
}

#[test]
fn the_keys_go_to_the_fields_and_back() {
    let mut window = window(Some(HTTP), true, "");
    keys(&mut window, Modifiers::NONE, Key::F6);
    keys(&mut window, Modifiers::NONE, Key::ArrowDown);
    assert_eq!(window.state().chosen_field(), Some("eth"));
    assert_eq!(window.state().chosen_packet(), Some(1));
    // Hidden panes are passed over.
    keys(&mut window, Modifiers::ALT, Key::Num3);
    keys(&mut window, Modifiers::NONE, Key::F6);
    keys(&mut window, Modifiers::NONE, Key::ArrowDown);
    assert_eq!(window.state().chosen_packet(), Some(2));
}

// ---- start page --------------------------------------------------------------------------------------------------------

fn buttons(window: &Window, part: &str) -> Vec<String> {
    let all = labels(window, Role::Button).into_iter();
    all.filter(|l| l.contains(part)).collect()
}

/// Draw until a button with this in its name is there.
fn until(window: &mut Window, part: &str) {
    for _ in 0..500 {
        window.run_steps(1);
        if !buttons(window, part).is_empty() {
            return;
        }
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
    panic!(
        "no button with {part:?}: {:?}",
        labels(window, Role::Button)
    );
}

#[test]
fn files_opened_before_are_offered_missing_ones_greyed_and_forgotten() {
    let folder = tempfile::tempdir().unwrap();
    let settings = folder.path().join("settings");
    let copy = |name: &str| -> PathBuf {
        let to = folder.path().join(name);
        std::fs::copy(package("captures").join(HTTP), &to).unwrap();
        to
    };
    let (first, second) = (copy("first.pcap"), copy("second.pcap"));
    drop(with_settings(&settings, Some(&first), true));
    drop(with_settings(&settings, Some(&second), true));
    std::fs::remove_file(&first).unwrap();
    let mut window = with_settings(&settings, None, true);
    until(&mut window, "not there");
    let offered = buttons(&window, "Open ");
    let at = |name: &str| {
        offered
            .iter()
            .position(|b| b.starts_with(&format!("Open {name}")))
    };
    assert!(at("second.pcap") < at("first.pcap"), "{offered:?}");
    let missing = offered.iter().find(|b| b.contains("first.pcap")).unwrap();
    assert!(missing.ends_with("not there"), "{missing}");
    let node = window.get_by_role_and_label(Role::Button, missing);
    assert!(node.accesskit_node().is_disabled());
    let there = offered.iter().find(|b| b.contains("second.pcap")).unwrap();
    window.get_by_role_and_label(Role::Button, there).click();
    settle(&mut window);
    assert_eq!(window.state().chosen_packet(), Some(1));
    // The menu has them as well.
    window.get_by_role_and_label(Role::Button, "Menu").click();
    window.run_steps(2);
    window.get_by_role_and_label(Role::Button, "File").click();
    window.run_steps(2);
    window
        .get_by_role_and_label(Role::Button, "Open recent")
        .click();
    window.run_steps(2);
    assert_eq!(buttons(&window, "second.pcap").len(), 1);
    keys(&mut window, Modifiers::NONE, Key::Escape);
    keys(&mut window, CTRL, Key::W);
    until(&mut window, "Forget first.pcap");
    window.get_by_label("Forget first.pcap").click();
    settle(&mut window);
    assert!(buttons(&window, "first.pcap").is_empty());
    window.get_by_label("Clear the list").click();
    settle(&mut window);
    assert!(buttons(&window, "second.pcap").is_empty());
    drop(window);
    let text = std::fs::read_to_string(&settings).unwrap();
    assert!(!text.contains("second.pcap"), "{text}");
}

#[test]
fn a_sample_is_opened_and_not_remembered() {
    let mut window = window(None, true, "");
    window.get_by_label("DNS: a name is looked up").click();
    for _ in 0..500 {
        window.run_steps(1);
        if window.state().chosen_packet().is_some() {
            break;
        }
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
    settle(&mut window);
    assert!(labels(&window, Role::Row)[0].contains("DNS"));
    keys(&mut window, CTRL, Key::W);
    assert!(buttons(&window, "dns.pcap").is_empty());
}

#[test]
fn ctrl_r_reads_the_file_anew_and_keeps_the_place() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("grows.pcap");
    let whole = std::fs::read(package("captures").join(HTTP)).unwrap();
    let records = |upto: usize| -> usize {
        let mut at = 24;
        for _ in 0..upto {
            let length = u32::from_le_bytes(whole[at + 8..at + 12].try_into().unwrap());
            at += 16 + length as usize;
        }
        at
    };
    std::fs::write(&file, &whole[..records(3)]).unwrap();
    let mut window = with_settings(&folder.path().join("settings"), Some(&file), true);
    keys(&mut window, CTRL, Key::End);
    assert_eq!(window.state().chosen_packet(), Some(3));
    std::fs::write(&file, &whole[..records(8)]).unwrap();
    keys(&mut window, CTRL, Key::R);
    assert_eq!(labels(&window, Role::Row).len(), 8);
    assert_eq!(window.state().chosen_packet(), Some(3));
    std::fs::write(&file, &whole[..records(2)]).unwrap();
    keys(&mut window, CTRL, Key::R);
    assert_eq!(labels(&window, Role::Row).len(), 2);
    assert_eq!(window.state().chosen_packet(), Some(1), "the third is gone");
}

// ---- names -------------------------------------------------------------------------------------------------------------

/// Controls that a screen reader could not name.
fn nameless(window: &Window) -> Vec<String> {
    const ROLES: &[Role] = &[
        Role::Button,
        Role::DefaultButton,
        Role::CheckBox,
        Role::RadioButton,
        Role::Switch,
        Role::TextInput,
        Role::MultilineTextInput,
        Role::SearchInput,
        Role::ComboBox,
        Role::SpinButton,
        Role::Slider,
        Role::Link,
        Role::Tab,
        Role::MenuItem,
        Role::ListBoxOption,
        Role::Row,
        Role::TreeItem,
        Role::ColumnHeader,
    ];
    let mut out = Vec::new();
    for role in ROLES {
        for node in window.query_all_by_role(*role) {
            let label = node.accesskit_node().label().unwrap_or_default();
            // Signs alone are read as nothing.
            if !label.chars().any(char::is_alphanumeric) {
                out.push(format!("{role:?} {label:?} at {}", node.rect()));
            }
        }
    }
    out
}

#[test]
fn every_control_of_every_view_has_a_name() {
    // What asks the system for a file, ends the program or needs rights of the machine is left out.
    let left_out = |id: &str| {
        [
            "file.open",
            "file.merge",
            "file.quit",
            "file.close",
            "file.save-bytes",
            "file.save-diagram",
            "capture.start-stop",
            "capture.restart",
        ]
        .contains(&id)
    };
    let mut done = 0;
    let mut bad: Vec<(String, Vec<String>)> = Vec::new();
    let mut check = |window: &Window, what: &str| {
        let found = nameless(window);
        let known = |n: &String| bad.iter().any(|(_, all)| all.contains(n));
        let new: Vec<String> = found.into_iter().filter(|n| !known(n)).collect();
        if !new.is_empty() {
            bad.push((what.to_owned(), new));
        }
    };
    let start = window(None, true, "");
    check(&start, "the start page");
    let mut window = window(Some(HTTP), true, "http");
    keys(&mut window, Modifiers::NONE, Key::F6);
    keys(&mut window, Modifiers::NONE, Key::ArrowDown);
    check(&window, "the panes");
    for entry in commands().filter(|e| !left_out(e.id)) {
        while window.state().chosen_field().is_none() {
            keys(&mut window, Modifiers::NONE, Key::F6);
        }
        find_command(&mut window, entry.name);
        check(&window, "the palette");
        window.key_press(Key::Enter);
        settle(&mut window);
        check(&window, entry.id);
        match field(&window, "Find a command") {
            true => keys(&mut window, Modifiers::NONE, Key::Escape),
            false => done += 1,
        }
    }
    assert!(done > 90, "only {done} commands could be used");
    assert!(bad.is_empty(), "{bad:#?}");
}

// ---- pictures ----------------------------------------------------------------------------------------------------------

#[test]
fn pictures_of_the_shell() {
    let mut results = egui_kittest::SnapshotResults::new();
    let folder = tempfile::tempdir().unwrap();
    for dark in [true, false] {
        let theme = if dark { "dark" } else { "light" };
        let settings = folder.path().join(theme);
        // Names that are the same on every machine.
        let files = "[recent files]\n/home/student/captures/lecture-3.pcapng\n/home/student/captures/web.pcap\n";
        std::fs::write(&settings, files).unwrap();
        let mut start = with_settings(&settings, None, dark);
        until(&mut start, "not there");
        let mut shots = vec![("start-files", start)];
        let mut palette = window(Some(HTTP), dark, "");
        find_command(&mut palette, "fo");
        shots.push(("palette", palette));
        for (name, modifiers, key) in [
            ("help", Modifiers::NONE, Key::F1),
            ("preferences", ctrl_shift(), Key::P),
        ] {
            let mut window = window(Some(HTTP), dark, "");
            keys(&mut window, modifiers, key);
            shots.push((name, window));
        }
        let mut steps = window(Some(HTTP), dark, "");
        find_command(&mut steps, "first steps");
        steps.key_press(Key::Enter);
        settle(&mut steps);
        shots.push(("first-steps", steps));
        for (name, mut window) in shots {
            window.run_steps(2);
            if !picture(&mut results, &mut window, &format!("{name}-{theme}")) {
                return;
            }
        }
    }
    let mut safe = window(Some(HTTP), false, "http");
    find_command(&mut safe, "colour-blind");
    safe.key_press(Key::Enter);
    settle(&mut safe);
    find_command(&mut safe, "side by side");
    safe.key_press(Key::Enter);
    settle(&mut safe);
    safe.run_steps(2);
    picture(&mut results, &mut safe, "beside-safe-light");
    results.unwrap();
}
