//! The start page, and what is opened from it.

use std::path::PathBuf;
use std::sync::mpsc::channel;

use egui::{Button, CentralPanel, Context, Frame, RichText, Ui};

use super::{App, wake};
use crate::session::WatchState;
use crate::session::recent::Found;
use crate::ui::theme::Palette;
use crate::ui::views::start::{self, Action, SAMPLES};

/// Names of the folders that samples are put into.
pub(super) const SAMPLE_FOLDER: &str = "wireglass-sample-";

impl App {
    /// The page that the window begins with.
    pub(super) fn start_page(&mut self, ui: &mut Ui) {
        let ctx = ui.ctx().clone();
        let palette = Palette::here(ui);
        let recent = self.recent_files(&ctx);
        let state = match &self.capturing.watch {
            Some(watch) => watch.state(),
            None => WatchState::default(),
        };
        let input = start::Input {
            recent: &recent,
            state: &state,
            left: &self.capturing.left,
            starting: self.capturing.starting.is_some(),
        };
        let panel = &mut self.capturing.panel;
        let mut action = None;
        CentralPanel::no_frame()
            .frame(Frame::new().fill(palette.ground))
            .show(ui, |ui| action = start::show(ui, panel, &input));
        match action {
            Some(Action::Run(command)) => self.run(command, &ctx),
            Some(Action::Open(path)) => self.open(&path, &ctx),
            Some(Action::Sample(at)) => self.open_sample(at, &ctx),
            Some(Action::Forget(path)) => self.forget_recent_file(&path),
            Some(Action::DeleteLeft(path)) => self.delete_left(&path),
            Some(Action::Start) => self.start_capture(&ctx),
            None => {}
        }
    }

    /// Write a sample into a folder of its own and open it. Writing is not the window's business, however little it is.
    fn open_sample(&mut self, at: usize, ctx: &Context) {
        let Some(sample) = SAMPLES.get(at) else {
            return;
        };
        if self.dialog.is_some() {
            return;
        }
        let (sender, receiver) = channel();
        let wake = wake(ctx);
        let begun = std::thread::Builder::new()
            .name("sample".into())
            .spawn(move || {
                let write = || -> std::io::Result<PathBuf> {
                    let folder = tempfile::Builder::new().prefix(SAMPLE_FOLDER).tempdir()?;
                    let path = folder.keep().join(sample.file);
                    std::fs::write(&path, sample.bytes)?;
                    Ok(path)
                };
                // The window may be gone by now.
                let _ = sender.send(write().ok());
                wake();
            });
        match begun {
            Ok(_) => self.dialog = Some(receiver),
            Err(error) => self.notice = Some(format!("The sample cannot be opened: {error}")),
        }
    }

    /// The files opened before, as a menu; returns the one that was chosen.
    pub(super) fn recent_menu(&mut self, ui: &mut Ui) -> Option<PathBuf> {
        let ctx = ui.ctx().clone();
        let palette = Palette::here(ui);
        let files = self.recent_files(&ctx);
        let mut chosen = None;
        ui.add_enabled_ui(!files.is_empty(), |ui| {
            ui.menu_button("Open recent", |ui| {
                ui.set_min_width(320.0);
                ui.set_max_width(560.0);
                for (path, found) in &files {
                    let name = path.file_name().unwrap_or(path.as_os_str());
                    let folder = path.parent().map(|p| p.to_string_lossy().into_owned());
                    let folder = RichText::new(folder.unwrap_or_default()).small();
                    let button = Button::new(name.to_string_lossy().into_owned())
                        .shortcut_text(folder.color(palette.dim))
                        .truncate();
                    let there = *found != Found::Missing;
                    let button = ui.add_enabled(there, button);
                    let button = button.on_disabled_hover_text("This file is not there any more.");
                    if button.clicked() {
                        chosen = Some(path.clone());
                    }
                }
            });
        });
        chosen
    }
}
