//! What the page has to tell: captures left over, rights that are missing.

use egui::{Button, CornerRadius, Frame, Margin, RichText, Stroke, Ui, Vec2};

use super::Action;
use crate::capture::cache::LeftOver;
use crate::capture::live::LiveError;
use crate::capture::rights::remedies;
use crate::ui::theme::{EDGE, Palette, mono, strong};

/// A button that does not shout.
pub(in crate::ui::views) fn quiet(ui: &mut Ui, text: &str) -> egui::Response {
    let palette = Palette::here(ui);
    let button = Button::new(RichText::new(text).color(palette.text))
        .fill(palette.panel)
        .stroke(Stroke::new(1.0, palette.line))
        .min_size(Vec2::new(0.0, 28.0));
    ui.add(button)
}

fn card(ui: &mut Ui, colour: egui::Color32, content: impl FnOnce(&mut Ui)) {
    let palette = Palette::here(ui);
    Frame::new()
        .fill(palette.tint(colour, 0.10))
        .stroke(Stroke::new(1.0, palette.tint(colour, 0.5)))
        .corner_radius(CornerRadius::same(6))
        .inner_margin(Margin::symmetric(EDGE as i8, 10))
        .show(ui, |ui| {
            ui.set_width(ui.available_width());
            content(ui);
        });
}

/// A capture that a crash has left.
pub(in crate::ui::views) fn left_over(ui: &mut Ui, left: &LeftOver) -> Option<Action> {
    let palette = Palette::here(ui);
    let mut action = None;
    ui.add_space(12.0);
    card(ui, palette.doubt, |ui| {
        ui.horizontal(|ui| {
            let ago = left.modified.elapsed().unwrap_or_default().as_secs();
            let ago = match ago {
                0..120 => "just now".to_owned(),
                120..7200 => format!("{} minutes ago", ago / 60),
                7200..172_800 => format!("{} hours ago", ago / 3600),
                _ => format!("{} days ago", ago / 86_400),
            };
            let words = format!(
                "A capture was not ended well, {ago}. Its {} are still there.",
                size(left.bytes)
            );
            ui.label(RichText::new(words).color(palette.text));
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                if quiet(ui, "Delete").clicked() {
                    action = Some(Action::DeleteLeft(left.path.clone()));
                }
                if quiet(ui, "Open").clicked() {
                    action = Some(Action::OpenLeft(left.path.clone()));
                }
            });
        });
    });
    action
}

/// Bytes as people say them.
pub(in crate::ui::views) fn size(bytes: u64) -> String {
    match bytes {
        0..1000 => format!("{bytes} bytes"),
        1000..1_000_000 => format!("{:.1} kB", bytes as f64 / 1e3),
        1_000_000..1_000_000_000 => format!("{:.1} MB", bytes as f64 / 1e6),
        _ => format!("{:.2} GB", bytes as f64 / 1e9),
    }
}

/// Why nothing can be captured, and what to do about it.
pub(in crate::ui::views) fn refused(ui: &mut Ui, error: &LiveError, interface: Option<&str>) {
    let palette = Palette::here(ui);
    card(ui, palette.doubt, |ui| {
        let title = match error.is_rights() {
            true => "You have no right to capture here yet",
            false => "Nothing can be captured here",
        };
        ui.label(RichText::new(title).font(strong(14.0)).color(palette.text));
        let said = match error {
            LiveError::NoRights { device, message } => format!("{device}: {message}"),
            other => other.to_string(),
        };
        let words =
            format!("The system said: {said}. Files and everything else work all the same.");
        ui.add(egui::Label::new(RichText::new(words).color(palette.dim)).wrap());
        if !error.is_rights() {
            return;
        }
        let program = std::env::current_exe().unwrap_or_else(|_| "wireglass".into());
        for remedy in remedies(&program, interface.unwrap_or("eth0")) {
            ui.add_space(8.0);
            ui.label(RichText::new(remedy.what).color(palette.text));
            ui.horizontal(|ui| {
                let width = ui.available_width() - 84.0;
                Frame::new()
                    .fill(palette.ground)
                    .corner_radius(CornerRadius::same(4))
                    .inner_margin(Margin::symmetric(8, 5))
                    .show(ui, |ui| {
                        ui.set_width(width);
                        let text = RichText::new(&remedy.command)
                            .font(mono(12.0))
                            .color(palette.text);
                        ui.add(egui::Label::new(text).wrap().selectable(true));
                    });
                if quiet(ui, "Copy").clicked() {
                    ui.ctx().copy_text(remedy.command.clone());
                }
            });
        }
        ui.add_space(4.0);
        let words = "After the first, start Wireglass again.";
        ui.label(RichText::new(words).small().color(palette.dim));
    });
}
