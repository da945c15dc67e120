//! Opening and closing a capture.

use std::path::Path;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, TryRecvError, channel};

use egui::Context;

use super::capturing::After;
use super::{App, Open, wake};
use crate::session::{Feed, Session};

impl App {
    /// Open a capture file; a failure is shown in the window.
    pub fn open(&mut self, path: &Path, ctx: &Context) {
        if path.extension().is_some_and(|ending| ending == "lab") {
            return self.open_script(path, ctx);
        }
        if !self.may_close(After::Open(path.to_path_buf())) {
            return;
        }
        let registry = Arc::clone(&self.registry);
        match Session::open(path, registry, self.options(), wake(ctx)) {
            Ok(session) => {
                let title = path.file_name().unwrap_or(path.as_os_str());
                self.attach(session, &title.to_string_lossy(), ctx);
                self.remember_file(path);
            }
            // What was open stays open.
            Err(error) => self.notice = Some(error.to_string()),
        }
    }

    /// Show a capture in place of the one that is open.
    pub(super) fn attach(&mut self, session: Session, title: &str, ctx: &Context) {
        self.lab.attached();
        self.forget_capture();
        self.clear_dock();
        let session = Arc::new(session);
        let feed = Feed::start(&session, wake(ctx));
        ctx.send_viewport_cmd(egui::ViewportCommand::Title(format!("{title} · Wireglass")));
        self.open = Some(Open {
            session,
            feed,
            run: None,
            loaded: false,
            gone: 0,
        });
        self.notice = None;
        self.return_to = None;
        self.tools.properties = None;
        self.chosen = None;
        self.node = None;
        self.packets.list = Default::default();
        (self.end, self.next_end) = (0, None);
        self.begin_listing();
        self.start_filter(ctx);
    }

    /// Ask for a file, in a thread of its own: the dialog belongs to the system.
    pub(super) fn ask_for_file(&mut self, ctx: &Context) {
        if self.dialog.is_some() {
            return;
        }
        let (sender, receiver) = channel();
        let wake = wake(ctx);
        let asked = std::thread::Builder::new()
            .name("dialog".into())
            .spawn(move || {
                let file = rfd::FileDialog::new()
                    .set_title("Open a capture")
                    .add_filter("Captures", &["pcap", "pcapng", "cap", "gz"])
                    .add_filter("Scripts of the Lab", &["lab"])
                    .add_filter("All files", &["*"])
                    .pick_file();
                // The window may be gone by now; then nobody waits for the answer.
                let _ = sender.send(file);
                wake();
            });
        match asked {
            Ok(_) => self.dialog = Some(receiver),
            Err(error) => self.notice = Some(format!("The file dialog cannot be opened: {error}")),
        }
    }

    pub(super) fn poll_dialog(&mut self, ctx: &Context) {
        match self.dialog.as_ref().map(Receiver::try_recv) {
            Some(Ok(file)) => {
                self.dialog = None;
                if let Some(file) = file {
                    self.open(&file, ctx);
                }
            }
            Some(Err(TryRecvError::Disconnected)) => self.dialog = None,
            Some(Err(TryRecvError::Empty)) | None => {}
        }
    }

    pub(super) fn close(&mut self, ctx: &Context) {
        if !self.may_close(After::Close) {
            return;
        }
        self.forget_capture();
        self.clear_dock();
        self.chosen = None;
        self.node = None;
        ctx.send_viewport_cmd(egui::ViewportCommand::Title("Wireglass".into()));
    }
}
