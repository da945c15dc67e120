//! Several files put together into one, in the background; the outcome is kept in the cache until the user gives it a name.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{TryRecvError, channel};

use egui::{Context, ProgressBar, RichText};

use super::capturing::After;
use super::{App, tools, wake};
use crate::capture::{Merged, cache};
use crate::session::{Job, Session, merging};
use crate::ui::theme::Palette;
use crate::ui::views::properties::PropertiesWindow;

/// A capture that was merged and is open. Its file goes when this goes.
pub(super) struct MergedFile {
    path: PathBuf,
    /// What the window calls it.
    pub title: String,
    /// The user gave it a name of its own.
    pub saved: bool,
    /// Other windows see by the lock on it that it is in use.
    _lock: Option<File>,
}

impl MergedFile {
    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }
}

impl Drop for MergedFile {
    fn drop(&mut self) {
        // If it stays, the next start offers it.
        let _ = std::fs::remove_file(&self.path);
    }
}

/// Merging at work.
pub(super) struct Merging {
    job: Job<Merged>,
    out: PathBuf,
    title: String,
}

impl App {
    /// Put these files together and open what comes of it.
    pub fn merge(&mut self, mut files: Vec<PathBuf>, ctx: &Context) {
        if self.merging.is_some() {
            return;
        }
        files.sort();
        if !self.may_close(After::Merge(files.clone())) {
            return;
        }
        let out = match cache::new_file(self.captures_folder()) {
            Ok(out) => out,
            Err(error) => {
                self.notice = Some(format!("There is no place for the merged capture: {error}"));
                return;
            }
        };
        let names: Vec<_> = files
            .iter()
            .filter_map(|f| Some(f.file_name()?.to_string_lossy().into_owned()))
            .collect();
        let title = match names.as_slice() {
            [first, second] => format!("{first} + {second}"),
            [first, rest @ ..] => format!("{first} + {} others", rest.len()),
            [] => return,
        };
        self.notice = None;
        self.merging = Some(Merging {
            job: merging::start(files, &out, wake(ctx)),
            out,
            title,
        });
    }

    /// Ask for files to merge, in a thread of its own: the dialog belongs to the system. The open capture is not one of them.
    pub(super) fn ask_for_files(&mut self, ctx: &Context) {
        if self.tools.merge_dialog.is_some() {
            return;
        }
        let (sender, receiver) = channel();
        let wake = wake(ctx);
        let asked = std::thread::Builder::new()
            .name("dialog".into())
            .spawn(move || {
                let files = rfd::FileDialog::new()
                    .set_title("Merge captures by time")
                    .add_filter("Captures", &["pcap", "pcapng", "cap", "gz"])
                    .add_filter("All files", &["*"])
                    .pick_files();
                // The window may be gone by now; then nobody waits for the answer.
                let _ = sender.send(files);
                wake();
            });
        match asked {
            Ok(_) => self.tools.merge_dialog = Some(receiver),
            Err(error) => self.notice = Some(format!("The file dialog cannot be opened: {error}")),
        }
    }

    /// Take in the dialog's answer and the end of the work.
    pub(super) fn poll_merging(&mut self, ctx: &Context) {
        match self.tools.merge_dialog.as_ref().map(|d| d.try_recv()) {
            Some(Ok(files)) => {
                self.tools.merge_dialog = None;
                match files.as_deref() {
                    Some([one]) => self.open(&one.clone(), ctx),
                    Some(files) if !files.is_empty() => self.merge(files.to_vec(), ctx),
                    _ => {}
                }
            }
            Some(Err(TryRecvError::Disconnected)) => self.tools.merge_dialog = None,
            Some(Err(TryRecvError::Empty)) | None => {}
        }
        let Some(outcome) = self.merging.as_ref().and_then(|m| m.job.outcome()) else {
            return;
        };
        let Some(Merging { out, title, .. }) = self.merging.take() else {
            return;
        };
        let merged = match outcome {
            Ok(merged) => merged,
            Err(error) => {
                self.notice = Some(format!("The files were not merged. {error}"));
                return;
            }
        };
        let registry = Arc::clone(&self.registry);
        match Session::open(&out, registry, self.options(), wake(ctx)) {
            Ok(session) => {
                self.attach(session, &title, ctx);
                let lock = File::open(&out).ok();
                let lock = lock.filter(|file| file.try_lock().is_ok());
                self.merged = Some(MergedFile {
                    path: out,
                    title,
                    saved: false,
                    _lock: lock,
                });
                if let Some(error) = merged.damaged.first() {
                    self.notice = Some(error.to_string());
                }
            }
            Err(error) => self.notice = Some(error.to_string()),
        }
    }

    /// How far merging is.
    pub(super) fn merging_window(&mut self, ctx: &Context) {
        let Some(merging) = &self.merging else { return };
        let mut cancel = false;
        egui::Window::new("Merging")
            .collapsible(false)
            .resizable(false)
            .frame(tools::frame(ctx))
            .pivot(egui::Align2::CENTER_CENTER)
            .default_pos(ctx.content_rect().center())
            .show(ctx, |ui| {
                let palette = Palette::here(ui);
                ui.set_width(360.0);
                ui.label(RichText::new(&merging.title).color(palette.text));
                ui.horizontal(|ui| {
                    let bar = ProgressBar::new(merging.job.share()).desired_width(280.0);
                    let bar = ui.add(bar.show_percentage());
                    bar.widget_info(|| {
                        egui::WidgetInfo::labeled(egui::Role::ProgressIndicator, true, "Merging")
                    });
                    cancel = ui.button("Cancel").clicked();
                });
            });
        if cancel {
            self.merging = None;
        }
    }

    /// Read the file once more.
    pub(super) fn reload(&mut self, ctx: &Context) {
        if !self.has_captured() {
            self.load_again(ctx);
        }
    }

    /// Choose the frame that was chosen before the capture was loaded anew, as soon as it is there.
    pub(super) fn choose_again(&mut self) {
        let (Some(number), Some(open)) = (self.return_to, &self.open) else {
            return;
        };
        if number <= open.session.snapshot().len() {
            self.return_to = None;
            self.choose_frame(number);
            if let Some(row) = self.chosen_row() {
                self.packets.list.reveal(row);
            }
        } else if open.loaded {
            self.return_to = None;
        }
    }

    // ---- what the file is ---------------------------------------------------------------------------------------------

    pub(super) fn open_properties(&mut self, ctx: &Context) {
        if let Some(open) = &self.open {
            self.tools.properties = Some(PropertiesWindow::new(&open.session, wake(ctx)));
        }
    }

    pub(super) fn properties_window(&mut self, ctx: &Context) {
        let Some(mut window) = self.tools.properties.take() else {
            return;
        };
        let mut open = true;
        egui::Window::new("Capture file properties")
            .open(&mut open)
            .collapsible(false)
            .frame(tools::frame(ctx))
            .default_size([640.0, 560.0])
            .min_size([420.0, 240.0])
            .max_size(ctx.content_rect().size() - egui::vec2(48.0, 48.0))
            .pivot(egui::Align2::CENTER_CENTER)
            .default_pos(ctx.content_rect().center())
            .show(ctx, |ui| window.show(ui));
        let escape = ctx.input(|i| i.key_pressed(egui::Key::Escape));
        if open && !escape {
            self.tools.properties = Some(window);
        }
    }
}
