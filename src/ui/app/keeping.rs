//! Keeping what was captured: nothing is thrown away unasked.

use std::sync::mpsc::channel;
use std::time::{Duration, Instant};

use egui::{Button, Context, Frame, RichText, Stroke};

use super::capturing::After;
use super::{App, wake};
use crate::ui::theme::{Palette, strong};

/// A dialog that is answered within this time was never shown.
const NO_DIALOG: Duration = Duration::from_millis(400);

impl App {
    /// Copy the capture into a file that the user names.
    pub(super) fn save_capture(&mut self, ctx: &Context) {
        let recorded = self.recorder().map(|r| r.path().to_path_buf());
        let merged = || self.merged.as_ref().map(|m| m.path().to_path_buf());
        let Some(path) = recorded.or_else(merged) else {
            return;
        };
        if self.capturing.saving.is_some() {
            return;
        }
        let (sender, receiver) = channel();
        let wake = wake(ctx);
        let saves = std::thread::Builder::new()
            .name("save".into())
            .spawn(move || {
                let asked = Instant::now();
                let target = rfd::FileDialog::new()
                    .set_title("Keep the capture")
                    .set_file_name("capture.pcapng")
                    .add_filter("pcapng", &["pcapng"])
                    .save_file();
                let saved = match target {
                    Some(target) => Some(match std::fs::copy(&path, &target) {
                        Ok(_) => Ok(target),
                        Err(error) => Err(format!("{}: not saved: {error}", target.display())),
                    }),
                    // Nobody answers so fast.
                    None if asked.elapsed() < NO_DIALOG => Some(Err(
                        "This system has no file dialog. Cancel, and save with Ctrl+S under a name \
                         that you type."
                            .into(),
                    )),
                    None => None,
                };
                // The window may be gone by now.
                let _ = sender.send(saved);
                wake();
            });
        match saves {
            Ok(_) => self.capturing.saving = Some(receiver),
            Err(error) => self.notice = Some(format!("The capture cannot be saved: {error}")),
        }
    }

    /// The question whether to keep a capture, if it is asked.
    pub(super) fn ask_to_keep(&mut self, ctx: &Context) {
        let Some(after) = self.capturing.asks.clone() else {
            return;
        };
        let packets = match &self.open {
            Some(open) => u64::from(open.session.snapshot().len()),
            None => self.recorder().map_or(0, |r| r.counters().packets),
        };
        let saving = self.capturing.saving.is_some();
        let mut answer = None;
        let frame = Frame::popup(&ctx.global_style()).inner_margin(egui::Margin::same(16));
        let modal = egui::Modal::new(egui::Id::unique("keep-capture"))
            .frame(frame)
            .show(ctx, |ui| {
                let palette = Palette::here(ui);
                ui.set_width(380.0);
                ui.label(
                    RichText::new("Keep this capture?")
                        .font(strong(15.0))
                        .color(palette.text),
                );
                ui.add_space(4.0);
                let packets = crate::ui::views::status::grouped(packets);
                let words = match self.is_capturing() {
                    true => format!(
                        "It is still running; its {packets} packets are in no file of yours yet."
                    ),
                    false => format!("Its {packets} packets are in no file of yours yet."),
                };
                ui.add(egui::Label::new(RichText::new(words).color(palette.dim)).wrap());
                ui.add_space(12.0);
                ui.horizontal(|ui| {
                    let button = |text: &str| {
                        Button::new(RichText::new(text).color(palette.text))
                            .fill(palette.panel)
                            .stroke(Stroke::new(1.0, palette.line))
                    };
                    let save = Button::new(RichText::new("Save…").color(palette.on_accent))
                        .fill(palette.accent);
                    if ui.add_enabled(!saving, save).clicked() {
                        answer = Some("save");
                    }
                    if ui.add(button("Discard")).clicked() {
                        answer = Some("discard");
                    }
                    if ui.add(button("Cancel")).clicked() {
                        answer = Some("cancel");
                    }
                });
            });
        if modal.should_close() {
            answer = Some("cancel");
        }
        match answer {
            Some("save") => {
                if let Some(recorder) = self.recorder() {
                    recorder.stop();
                    // Its last packets take a moment.
                    let _ = recorder.wait(Duration::from_millis(300));
                }
                self.save_capture(ctx);
            }
            Some("discard") => {
                self.forget_capture();
                self.capturing.asks = Some(after);
                self.go_on(ctx);
            }
            Some(_) => self.capturing.asks = None,
            None => {}
        }
    }

    /// What waited for the capture to be kept is done now.
    pub(super) fn go_on(&mut self, ctx: &Context) {
        match self.capturing.asks.take() {
            Some(After::Quit) => ctx.send_viewport_cmd(egui::ViewportCommand::Close),
            Some(After::Close) => self.close(ctx),
            Some(After::Open(path)) => self.open(&path, ctx),
            Some(After::Merge(files)) => self.merge(files, ctx),
            Some(After::Start) => self.start_capture(ctx),
            Some(After::Restart) => self.begin(ctx),
            Some(After::Lab) => self.go_on_with_lab(ctx),
            None => {}
        }
    }
}
