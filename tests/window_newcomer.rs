//! The window as somebody meets it who has never seen it: from a capture to the request, its answer's body, the conversation
//! as text and as a ladder, and a file of it, in under ten actions. An action is a click, a key, or a text sent with Enter.
#![cfg(feature = "gui")]

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use egui::accesskit::Role;
use egui::{DroppedFile, Key, Modifiers};
use egui_kittest::kittest::Queryable as _;

use crate::support::package;
use crate::window::{HTTP, Window, labels, settle, window};

/// A newcomer at the window, whose actions are counted.
struct Newcomer {
    window: Window,
    actions: Vec<String>,
}

impl Newcomer {
    fn act(&mut self, what: &str) {
        settle(&mut self.window);
        self.actions.push(what.to_owned());
    }

    fn drop_file(&mut self, path: &Path) {
        let file = Arc::new(File(path.to_owned()));
        self.window.input_mut().dropped_files.push(file);
        self.act("drops the capture on the window");
    }

    fn press(&mut self, modifiers: Modifiers, key: Key) {
        self.window.key_press_modifiers(modifiers, key);
        self.act(&format!("presses {modifiers:?} {key:?}"));
    }

    fn send(&mut self, text: &str) {
        let fields = self.window.query_all_by_role(Role::TextInput);
        let focused = fields.into_iter().find(|field| field.is_focused());
        focused.expect("a field to write in").type_text(text);
        self.window.run_steps(2);
        self.window.key_press(Key::Enter);
        self.act(&format!("writes {text} and Enter"));
    }

    /// Click on what has this role and holds this text.
    fn click(&mut self, role: Role, text: &str) {
        // What is made in the background may take a while.
        let end = Instant::now() + Duration::from_secs(20);
        let is_there = |labels: &[String]| labels.iter().any(|l| l.contains(text));
        while !is_there(&labels(&self.window, role)) && Instant::now() < end {
            settle(&mut self.window);
        }
        let label = labels(&self.window, role);
        let exact = label.iter().find(|l| *l == text);
        let label = exact.or_else(|| label.iter().find(|l| l.contains(text)));
        let label = label.unwrap_or_else(|| panic!("no {role:?} with {text:?}"));
        self.window.get_by_role_and_label(role, label).click();
        self.act(&format!("clicks on {text}"));
    }
}

#[derive(Debug)]
struct File(PathBuf);

impl DroppedFile for File {
    fn path(&self) -> &Path {
        &self.0
    }

    fn bytes(&self) -> Result<Vec<u8>, String> {
        std::fs::read(&self.0).map_err(|e| e.to_string())
    }
}

#[test]
fn from_a_capture_to_a_file_of_its_ladder_in_under_ten_actions() {
    let folder = tempfile::tempdir().unwrap();
    let capture = folder.path().join(HTTP);
    std::fs::copy(package("captures").join(HTTP), &capture).unwrap();
    let mut newcomer = Newcomer {
        window: window(None, false, ""),
        actions: Vec::new(),
    };
    newcomer.drop_file(&capture);

    // The request.
    newcomer.press(Modifiers::COMMAND, Key::Slash);
    newcomer.send("http");
    let rows = labels(&newcomer.window, Role::Row);
    assert!(rows[0].contains("GET /"), "{rows:?}");

    // Its answer, with the body put together.
    newcomer.click(Role::Row, "HTTP/1.1 200 OK");
    newcomer.click(Role::Tab, "Reassembled TCP");
    let lines = labels(&newcomer.window, Role::TreeItem);
    assert!(
        lines.iter().any(|l| l.contains("Reassembled TCP Segments")),
        "{lines:?}"
    );

    // What both said, one after the other.
    newcomer.click(Role::Button, "Follow");
    let said = labels(&newcomer.window, Role::ListItem);
    assert!(said.iter().any(|l| l.starts_with("Client: GET /")));
    assert!(said.iter().any(|l| l == "Server: HTTP/1.1 200 OK"));

    // The conversation as a ladder, and that as a file.
    let all = Modifiers::COMMAND | Modifiers::ALT | Modifiers::SHIFT;
    newcomer.press(all, Key::L);
    let arrows = labels(&newcomer.window, Role::ListItem);
    assert!(arrows.iter().any(|l| l.contains("200 OK")), "{arrows:?}");
    newcomer.click(Role::Button, "Save SVG…");
    newcomer.click(Role::Button, "Save");
    let file = capture.with_file_name(HTTP.replace(".pcap", "-ladder.svg"));
    let end = Instant::now() + Duration::from_secs(20);
    while !file.exists() && Instant::now() < end {
        settle(&mut newcomer.window);
    }
    let drawing = std::fs::read_to_string(&file).expect("a file of the ladder");
    assert!(drawing.contains("<svg") && drawing.contains("SYN"));

    assert!(newcomer.actions.len() < 10, "{:#?}", newcomer.actions);
}
