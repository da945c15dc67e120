//! Filtering in the window: completion, changes of refused filters, history, saved filters, filters from what is shown.
#![cfg(feature = "gui")]

use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::{NodeT as _, Queryable as _};

use crate::window::{HTTP, Window, labels, picture, settle, type_filter, window};

/// What hangs below the bar, as a screen reader says it.
fn proposals(window: &Window) -> Vec<String> {
    labels(window, Role::ListBoxOption)
}

fn text(window: &Window) -> String {
    window.state().filter_text().to_owned()
}

fn press(window: &mut Window, key: Key) {
    window.key_press(key);
    window.run_steps(2);
}

fn packets(window: &Window) -> usize {
    labels(window, Role::Row).len()
}

fn click(window: &mut Window, label: &str) {
    window.get_by_label(label).click();
    settle(window);
}

/// On a machine that is slow to draw, a fast hand's text and Enter come together.
#[test]
fn enter_counts_when_it_comes_with_the_last_letter() {
    let mut window = window(Some(HTTP), true, "");
    window.key_press_modifiers(Modifiers::COMMAND, Key::Slash);
    window.run_steps(3);
    let enter = egui::Event::Key {
        key: Key::Enter,
        physical_key: None,
        pressed: true,
        repeat: false,
        modifiers: Modifiers::NONE,
    };
    let events = &mut window.input_mut().events;
    events.extend([egui::Event::Text("http.request".into()), enter]);
    settle(&mut window);
    assert_eq!(packets(&window), 3);
}

#[test]
fn names_are_completed_by_keyboard() {
    let mut window = window(Some(HTTP), true, "");
    type_filter(&mut window, "http.req");
    let found = proposals(&window);
    assert!(
        found[0].starts_with("http.request: "),
        "the proposals with label and type: {found:?}"
    );
    // Down chooses the first, down again the second; Enter takes it and applies nothing.
    let before = packets(&window);
    press(&mut window, Key::ArrowDown);
    press(&mut window, Key::ArrowDown);
    let second = proposals(&window)[1].split(':').next().unwrap().to_owned();
    press(&mut window, Key::Enter);
    settle(&mut window);
    assert_eq!(text(&window), second);
    assert!(proposals(&window).is_empty());
    assert_eq!(packets(&window), before);
    // The caret is behind it: one can type on.
    window
        .get_by_role_and_label(Role::TextInput, "Display filter")
        .type_text(" == tr");
    window.run_steps(2);
    assert_eq!(text(&window), format!("{second} == tr"));
}

#[test]
fn tab_takes_the_first_proposal_and_escape_none() {
    let mut window = window(Some(HTTP), true, "");
    type_filter(&mut window, "tcp.flags.sy");
    press(&mut window, Key::Tab);
    assert_eq!(text(&window), "tcp.flags.syn");
    window
        .get_by_role_and_label(Role::TextInput, "Display filter")
        .type_text(" == T");
    window.run_steps(2);
    assert_eq!(proposals(&window).len(), 1, "{:?}", proposals(&window));
    press(&mut window, Key::Escape);
    assert!(proposals(&window).is_empty());
    assert_eq!(text(&window), "tcp.flags.syn == T");
    // The bar keeps the keyboard: what is asked for hangs below it again.
    window.key_press_modifiers(Modifiers::CTRL, Key::Space);
    window.run_steps(2);
    assert_eq!(proposals(&window).len(), 1);
    press(&mut window, Key::Tab);
    assert_eq!(text(&window), "tcp.flags.syn == True");
    press(&mut window, Key::Enter);
    settle(&mut window);
    assert_eq!(packets(&window), 2);
}

#[test]
fn a_proposal_is_taken_by_a_click() {
    let mut window = window(Some(HTTP), true, "");
    type_filter(&mut window, "tcp.flags.sy");
    let found = proposals(&window);
    window.get_by_label(&found[0]).click();
    window.run_steps(4);
    assert_eq!(text(&window), "tcp.flags.syn");
    assert!(proposals(&window).is_empty());
}

#[test]
fn a_refused_filter_is_changed_by_a_click() {
    let mut window = window(Some(HTTP), true, "tcp.prot == 80");
    click(&mut window, "Change to tcp.port");
    assert_eq!(text(&window), "tcp.port == 80");
    assert_eq!(window.query_all_by_label_contains("Change to").count(), 0);
}

#[test]
fn a_doubtful_filter_says_why_and_what_would_be_meant() {
    let mut window = window(Some(HTTP), true, "ip.addr != 192.0.2.1");
    window.get_by_label_contains("stands for several values");
    click(&mut window, "Change to !(ip.addr == 192.0.2.1)");
    assert_eq!(text(&window), "!(ip.addr == 192.0.2.1)");
}

#[test]
fn filters_applied_before_come_back() {
    let mut window = window(Some(HTTP), true, "");
    let all = packets(&window);
    for filter in ["http.request", "tcp.flags.syn == 1"] {
        type_filter(&mut window, filter);
        press(&mut window, Key::Escape);
        press(&mut window, Key::Enter);
        settle(&mut window);
        click(&mut window, "Clear the filter");
    }
    assert_eq!(packets(&window), all);
    click(&mut window, "Filters applied before");
    assert_eq!(proposals(&window), ["tcp.flags.syn == 1", "http.request"]);
    press(&mut window, Key::ArrowDown);
    press(&mut window, Key::ArrowDown);
    press(&mut window, Key::Enter);
    settle(&mut window);
    assert_eq!(text(&window), "http.request");
    assert!(packets(&window) < all);
}

#[test]
fn a_filter_is_saved_as_a_button_renamed_and_removed() {
    let mut window = window(Some(HTTP), true, "http.request");
    click(&mut window, "Save the filter under a name");
    window
        .get_by_role_and_label(Role::TextInput, "Name of the button")
        .type_text("Requests");
    window.run_steps(2);
    press(&mut window, Key::Enter);
    let found = packets(&window);
    click(&mut window, "Clear the filter");
    assert!(packets(&window) > found);
    click(&mut window, "Requests");
    assert_eq!(packets(&window), found);
    assert_eq!(text(&window), "http.request");
    window.get_by_label("Requests").click_secondary();
    window.run_steps(2);
    click(&mut window, "Rename…");
    window
        .get_by_role_and_label(Role::TextInput, "Name of the button")
        .type_text(" of all");
    window.run_steps(2);
    click(&mut window, "Keep");
    window.get_by_label("Requests of all").click_secondary();
    window.run_steps(2);
    click(&mut window, "Remove");
    assert!(window.query_by_label("Requests of all").is_none());
}

/// Open the context menu of something, and the menu in it.
fn menu(window: &mut Window, role: Role, of: &str, name: &str) {
    let label = labels(window, role)
        .into_iter()
        .find(|l| l.starts_with(of))
        .unwrap_or_else(|| panic!("no {of}"));
    window.get_by_role_and_label(role, &label).click_secondary();
    settle(window);
    window.get_by_label_contains(name).click();
    settle(window);
}

fn click_secondary_at(window: &mut Window, at: egui::Pos2) {
    window.event(egui::Event::PointerMoved(at));
    for pressed in [true, false] {
        window.event(egui::Event::PointerButton {
            pos: at,
            button: egui::PointerButton::Secondary,
            pressed,
            modifiers: Modifiers::NONE,
        });
    }
    settle(window);
}

#[test]
fn filters_come_from_the_list_by_column() {
    let mut window = window(Some(HTTP), true, "");
    // The middle of a row is in the column Length.
    menu(&mut window, Role::Row, "Packet 4:", "Conversation filter");
    window.get_by_label("frame.len == 139");
    assert!(window.get_by_label("IPv6").accesskit_node().is_disabled());
    click(&mut window, "TCP");
    assert_eq!(
        text(&window),
        "(ip.addr == 192.0.2.1 and ip.addr == 192.0.2.2) and (tcp.port == 38366 and tcp.port == 80)"
    );
    let row = window.get_by_label_contains("Packet 4:").rect();
    click_secondary_at(&mut window, egui::pos2(row.max.x - 100.0, row.center().y));
    window.get_by_label_contains("no filter knows it whole");
    press(&mut window, Key::Escape);
    // A point in the column Protocol.
    let protocol = 12.0 + 64.0 + 12.0 + 96.0 + 12.0 + 144.0 + 12.0 + 144.0 + 12.0 + 20.0;
    click_secondary_at(
        &mut window,
        egui::pos2(row.min.x + protocol, row.center().y),
    );
    window.get_by_label_contains("Apply as filter").click();
    settle(&mut window);
    click(&mut window, "Not selected");
    assert_eq!(text(&window), "!http");
    assert!(
        labels(&window, Role::Row)
            .iter()
            .all(|r| !r.contains("HTTP"))
    );
}

#[test]
fn filters_come_from_the_tree() {
    let mut window = window(Some(HTTP), true, "http");
    menu(&mut window, Role::TreeItem, "Hypertext", "Apply as filter");
    click(&mut window, "… and not selected");
    assert_eq!(text(&window), "http and !http");
    assert_eq!(packets(&window), 0);
    click(&mut window, "Clear the filter");
    menu(&mut window, Role::TreeItem, "Frame 4", "Prepare as filter");
    click(&mut window, "Selected");
    assert_eq!(text(&window), "frame");
}

#[test]
fn filters_come_from_the_bytes() {
    let mut window = window(Some(HTTP), true, "");
    let tab = window.get_by_role_and_label(Role::Tab, "Frame (74)").rect();
    let first_byte = egui::pos2(tab.min.x + 52.0, tab.max.y + 16.0);
    click_secondary_at(&mut window, first_byte);
    assert_eq!(window.state().chosen_field(), Some("eth.dst"));
    window
        .get_by_label_contains("Apply bytes as filter")
        .click();
    settle(&mut window);
    click(&mut window, "Selected");
    assert_eq!(text(&window), "frame[0:6] == 02:00:00:00:00:02");
}

/// Open the main menu and the menu of this head in it.
fn main_menu(window: &mut Window, head: &str) {
    window.get_by_label("Menu").click();
    window.run_steps(2);
    let label = labels(window, Role::Button)
        .into_iter()
        .find(|l| l.starts_with(head) && !l.contains("applied"))
        .expect("the menu");
    window.get_by_label(&label).click();
    window.run_steps(2);
}

fn type_into(window: &mut Window, field: &str, text: &str) {
    window.get_by_role_and_label(Role::TextInput, field).focus();
    window.run_steps(2);
    window
        .get_by_role_and_label(Role::TextInput, field)
        .type_text(text);
    window.run_steps(2);
}

#[test]
fn an_expression_is_built_from_the_list_of_fields() {
    let mut window = window(Some(HTTP), true, "");
    click(&mut window, "Build a filter expression");
    type_into(&mut window, "Search fields", "tcp.flags.sy");
    let lines = labels(&window, Role::TreeItem);
    let place = |l: &str| lines.iter().position(|x| x.starts_with(l));
    assert!(
        place("tcp: Transmission") < place("tcp.flags.syn: Syn"),
        "{lines:?}"
    );
    click(&mut window, "tcp.flags.syn: Syn");
    // A value with a name brings its relation along.
    click(&mut window, "1: Set");
    window.get_by_label("tcp.flags.syn == True");
    click(&mut window, "Replace the filter");
    assert_eq!(text(&window), "tcp.flags.syn == True");
    assert!(window.query_by_label("Search fields").is_none());
    // A second one is added to it.
    main_menu(&mut window, "Filter");
    click(&mut window, "Filter expression…");
    type_into(&mut window, "Search fields", "tcp.srcport");
    click(&mut window, "tcp.srcport: Source Port");
    window
        .get_by_role_and_label(Role::ComboBox, "Relation")
        .click();
    window.run_steps(2);
    click(&mut window, ">   is greater than");
    type_into(&mut window, "Value", "1024");
    click(&mut window, "Add to the filter");
    assert_eq!(
        text(&window),
        "tcp.flags.syn == True and tcp.srcport > 1024"
    );
    press(&mut window, Key::Enter);
    settle(&mut window);
    assert_eq!(packets(&window), 1);
}

#[test]
fn a_wrong_expression_cannot_be_used() {
    let mut window = window(Some(HTTP), true, "");
    click(&mut window, "Build a filter expression");
    type_into(&mut window, "Search fields", "ip.ttl");
    click(&mut window, "ip.ttl: Time to Live");
    window
        .get_by_role_and_label(Role::ComboBox, "Relation")
        .click();
    window.run_steps(2);
    click(&mut window, "==   is equal to");
    type_into(&mut window, "Value", "many");
    window.get_by_label("ip.ttl == many");
    assert!(
        window
            .get_by_label("Add to the filter")
            .accesskit_node()
            .is_disabled()
    );
    click(&mut window, "Cancel");
    assert_eq!(text(&window), "");
}

#[test]
fn macros_are_made_and_used() {
    let mut window = window(Some(HTTP), true, "");
    main_menu(&mut window, "Filter");
    click(&mut window, "Macros…");
    click(&mut window, "Add a macro");
    type_into(&mut window, "Name of macro 1", "from");
    type_into(&mut window, "Text of macro 1", "tcp.srcport == $1");
    click(&mut window, "Keep");
    type_filter(&mut window, "$from(80)");
    press(&mut window, Key::Enter);
    settle(&mut window);
    let rows = labels(&window, Role::Row);
    assert!(
        !rows.is_empty() && rows.iter().all(|r| r.contains(": 192.0.2.2 to")),
        "{rows:?}"
    );
}

#[test]
fn pictures_of_filtering() {
    let mut results = egui_kittest::SnapshotResults::new();
    for dark in [true, false] {
        let mut window = window(Some(HTTP), dark, "");
        let theme = if dark { "dark" } else { "light" };
        // Of a protocol that is complete: others that come do not change the picture.
        type_filter(&mut window, "icmp.re");
        press(&mut window, Key::ArrowDown);
        if !picture(&mut results, &mut window, &format!("completion-{theme}")) {
            return;
        }
        click(&mut window, "Clear the filter");
        click(&mut window, "Build a filter expression");
        type_into(&mut window, "Search fields", "arp.op");
        click(&mut window, "arp.opcode: Opcode");
        click(&mut window, "2: reply");
        // The field has the keyboard no more, so that no caret is in the picture.
        window.get_by_label("arp.opcode: Opcode").click();
        window.run_steps(4);
        picture(&mut results, &mut window, &format!("builder-{theme}"));
    }
    results.unwrap();
}

/// Lists lower than the handle of a scroll bar must not stop the program.
#[test]
fn small_windows_have_all_their_views() {
    for (x, y) in [(640.0, 400.0), (420.0, 180.0)] {
        let mut window = window(Some(HTTP), true, "ip.addr != 10.0.0.1");
        window.set_size(egui::vec2(x, y));
        settle(&mut window);
        window.get_by_label_contains("Change to").click();
        window.run_steps(2);
        click(&mut window, "Clear the filter");
        click(&mut window, "Build a filter expression");
        type_into(&mut window, "Search fields", "arp.op");
        if y > 300.0 {
            click(&mut window, "arp.opcode: Opcode");
            window.get_by_label("arp.opcode");
            window.get_by_label("Add to the filter");
        }
    }
}
