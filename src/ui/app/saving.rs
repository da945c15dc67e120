//! Saving and exporting from the window.

use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, TryRecvError, channel};

use egui::{Context, Pos2, RichText};

use super::{App, wake};
use crate::capture::FileError;
use crate::session::{Counting, Frames, Job, Saving, write_whole};
use crate::ui::theme::Palette;
use crate::ui::views::save::{Action, Content, Known, SavePanel};

/// What is being saved, and what the user is asked about it.
#[derive(Default)]
pub(super) struct SavingState {
    panel: Option<SavePanel>,
    job: Option<Saving>,
    /// Bytes or a picture being written, and where.
    writing: Option<(PathBuf, Job<()>)>,
    dialog: Option<Receiver<Option<PathBuf>>>,
    /// What was saved last, to be told.
    saved: Option<String>,
}

impl SavingState {
    pub(super) fn is_idle(&self) -> bool {
        self.job.is_none() && self.writing.is_none()
    }
}

impl App {
    fn capture_path(&self) -> PathBuf {
        // A play's own folder goes away with it: its files are proposed where the program works.
        if let Some(name) = self.lab.file_name() {
            return std::env::current_dir().unwrap_or_default().join(name);
        }
        self.open
            .as_ref()
            .map(|o| o.session.path().to_path_buf())
            .unwrap_or_default()
    }

    /// A name for a file that says something about the capture.
    fn name_like_capture(&self, ending: &str) -> String {
        let path = self.capture_path();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let stem = name.split('.').next().unwrap_or_default();
        let stem = if stem.is_empty() { "capture" } else { stem };
        format!("{stem}{ending}")
    }

    pub(super) fn save_frames(&mut self) {
        let ending = match self.lab.is_on() {
            true => ".pcapng",
            false => "-copy.pcapng",
        };
        let name = self.name_like_capture(ending);
        let path = self.capture_path();
        self.saving.panel = Some(SavePanel::new("Save as", Content::Capture, &name, &path));
    }

    pub(super) fn export_displayed(&mut self) {
        let name = self.name_like_capture("-displayed.pcapng");
        let path = self.capture_path();
        let panel = SavePanel::new("Export packets", Content::Capture, &name, &path);
        self.saving.panel = Some(panel.displayed());
    }

    pub(super) fn export_dissections(&mut self) {
        let name = self.name_like_capture(".txt");
        let path = self.capture_path();
        let panel = SavePanel::new(
            "Export what packets say",
            Content::Dissections,
            &name,
            &path,
        );
        self.saving.panel = Some(panel.displayed());
    }

    pub(super) fn save_bytes(&mut self) {
        let Some(detail) = self.detail() else { return };
        let bytes = self.bytes_meant(&detail);
        let name = self.name_like_capture(&format!("-packet-{}.bin", detail.number));
        let path = self.capture_path();
        self.saving.panel = Some(SavePanel::new(
            "Save bytes",
            Content::Bytes(bytes),
            &name,
            &path,
        ));
    }

    pub(super) fn save_diagram(&mut self) {
        let Some(svg) = self.diagram_svg() else {
            return;
        };
        let number = self.chosen.unwrap_or_default();
        let name = self.name_like_capture(&format!("-packet-{number}.svg"));
        let content = Content::Picture(svg);
        let path = self.capture_path();
        self.saving.panel = Some(SavePanel::new("Save the diagram", content, &name, &path));
    }

    /// Ask where a file goes that was made.
    pub(super) fn save_as_bytes(&mut self, title: &'static str, bytes: Vec<u8>, ending: &str) {
        let name = self.name_like_capture(ending);
        let path = self.capture_path();
        let content = Content::Bytes(bytes);
        self.saving.panel = Some(SavePanel::new(title, content, &name, &path));
    }

    /// The panel, the work in progress, and what came of it.
    pub(super) fn saving_windows(&mut self, ctx: &Context) {
        self.poll_saving(ctx);
        let Some(mut panel) = self.saving.panel.take() else {
            self.saving_progress(ctx);
            return;
        };
        let known = Known {
            last: self.open.as_ref().map_or(0, |o| o.session.snapshot().len()),
            chosen: self.chosen,
            marked: self
                .open
                .as_ref()
                .map(|o| o.session.marks().marked.iter().collect())
                .unwrap_or_default(),
            displayed: self
                .open
                .as_ref()
                .and_then(|o| Some(o.run.as_ref()?.state().rows.clone())),
        };
        let mut open = true;
        let action = egui::Window::new(panel.title())
            .open(&mut open)
            .collapsible(false)
            .resizable(false)
            .frame(super::tools::frame(ctx))
            .pivot(egui::Align2::CENTER_CENTER)
            .default_pos(ctx.content_rect().center())
            .show(ctx, |ui| panel.show(ui, &known))
            .and_then(|w| w.inner.flatten());
        match action {
            Some(Action::Close) => {}
            Some(Action::Browse) => {
                self.ask_where(Path::new(&panel.path), ctx);
                self.saving.panel = Some(panel);
            }
            Some(Action::Other(path, replace, content)) => {
                let target = path.clone();
                // Drawing a picture takes a while, and so may the disk.
                let write = move |_: &Counting| {
                    let bytes = content.written(&target)?;
                    write_whole(&target, replace, |out| {
                        out.write_all(&bytes)
                            .map_err(|e| FileError::from_io(&target, "write", &e).into())
                    })
                    .map_err(|error| error.to_string())
                };
                let job = Job::start(Counting::default(), wake(ctx), write);
                self.saving.writing = Some((path, job));
                // It comes back if something goes wrong.
                self.saving.panel = Some(panel);
            }
            Some(Action::Frames(order)) => {
                if let Some(open) = &self.open {
                    self.saving.job = Some(Saving::start(&open.session, order, wake(ctx)));
                }
                // It comes back if something goes wrong.
                self.saving.panel = Some(panel);
            }
            None if open && !ctx.input(|i| i.key_pressed(egui::Key::Escape)) => {
                self.saving.panel = Some(panel);
            }
            None => {}
        }
    }

    /// Take in the dialog's answer and the end of the work.
    fn poll_saving(&mut self, ctx: &Context) {
        match self.saving.dialog.as_ref().map(Receiver::try_recv) {
            Some(Ok(path)) => {
                self.saving.dialog = None;
                if let (Some(path), Some(panel)) = (path, &mut self.saving.panel) {
                    panel.path = path.to_string_lossy().into_owned();
                }
                ctx.request_repaint();
            }
            Some(Err(TryRecvError::Disconnected)) => self.saving.dialog = None,
            Some(Err(TryRecvError::Empty)) | None => {}
        }
        let written = self.saving.writing.as_ref();
        if let Some(outcome) = written.and_then(|(_, job)| job.outcome())
            && let Some((path, _)) = self.saving.writing.take()
        {
            match outcome {
                Ok(_) => {
                    self.saving.panel = None;
                    self.tell_saved(&path);
                }
                Err(error) => match &mut self.saving.panel {
                    Some(panel) => panel.error = Some(error),
                    None => self.notice = Some(error),
                },
            }
        }
        let Some(job) = &self.saving.job else { return };
        match job.take_result() {
            Some(Ok(_)) => {
                let order = job.order();
                let path = order.path.clone();
                let whole = matches!(order.frames, Frames::All) && order.form.format().is_some();
                if let Some(merged) = self.merged.as_mut().filter(|_| whole) {
                    merged.saved = true;
                }
                self.saving.job = None;
                self.saving.panel = None;
                self.tell_saved(&path);
            }
            Some(Err(error)) => {
                self.saving.job = None;
                match &mut self.saving.panel {
                    Some(panel) => panel.error = Some(error.to_string()),
                    None => self.notice = Some(error.to_string()),
                }
            }
            None => {}
        }
    }

    fn tell_saved(&mut self, path: &Path) {
        self.saving.saved = Some(path.display().to_string());
    }

    /// What is going on, or what was saved.
    fn saving_progress(&mut self, ctx: &Context) {
        let Some(saved) = &self.saving.saved else {
            return;
        };
        let mut closed = false;
        let corner = ctx.content_rect().max - egui::vec2(16.0, 40.0);
        egui::Area::new(egui::Id::unique("saved"))
            .order(egui::Order::Foreground)
            .pivot(egui::Align2::RIGHT_BOTTOM)
            .fixed_pos(Pos2::new(corner.x, corner.y))
            .show(ctx, |ui| {
                let palette = Palette::here(ui);
                super::tools::frame(ctx).show(ui, |ui| {
                    ui.horizontal(|ui| {
                        ui.label(RichText::new(format!("Saved: {saved}")).color(palette.text));
                        closed = ui.button("Close").clicked();
                    });
                });
            });
        let moved_on = ctx.input(|i| {
            i.pointer.any_pressed()
                || i.events
                    .iter()
                    .any(|e| matches!(e, egui::Event::Key { pressed: true, .. }))
        });
        if closed || moved_on {
            self.saving.saved = None;
        }
    }

    /// Ask for a file to save, in a thread of its own: the dialog belongs to the system.
    fn ask_where(&mut self, near: &Path, ctx: &Context) {
        if self.saving.dialog.is_some() {
            return;
        }
        let (sender, receiver) = channel();
        let wake = wake(ctx);
        let folder = near.parent().map(Path::to_path_buf).unwrap_or_default();
        let name = near
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        let asked = std::thread::Builder::new()
            .name("dialog".into())
            .spawn(move || {
                let file = rfd::FileDialog::new()
                    .set_title("Save")
                    .set_directory(folder)
                    .set_file_name(name)
                    .save_file();
                // The window may be gone by now; then nobody waits for the answer.
                let _ = sender.send(file);
                wake();
            });
        match asked {
            Ok(_) => self.saving.dialog = Some(receiver),
            Err(error) => self.notice = Some(format!("The file dialog cannot be opened: {error}")),
        }
    }
}
