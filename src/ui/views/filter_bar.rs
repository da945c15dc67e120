//! The display filter's line: it carries its own verdict and the count.

use std::ops::Range;

use egui::{CornerRadius, Key, Margin, Modifiers, Stroke, TextEdit, Ui, Vec2};

use crate::ui::theme::{Palette, mono, words};

/// What is known about the text in the bar.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Verdict {
    /// No text.
    #[default]
    Empty,
    /// A filter.
    Good,
    /// A filter that may not mean what it seems to.
    Doubtful(String),
    /// No filter: the message, and the place in the text (bytes).
    Refused(String, Range<usize>),
}

/// What the user did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// The text changed.
    Changed,
    /// Return was pressed: apply it.
    Apply,
    /// The cross was pressed, or Escape: show all packets.
    Clear,
}

/// Draw the bar over the width that is left; `count` stands at its right.
pub fn show(
    ui: &mut Ui,
    text: &mut String,
    verdict: &Verdict,
    count: &str,
    focus: bool,
) -> Option<Action> {
    let palette = Palette::here(ui);
    let (edge, share) = match verdict {
        Verdict::Empty => (palette.line, 0.0),
        Verdict::Good => (palette.good, 0.16),
        Verdict::Doubtful(_) => (palette.doubt, 0.16),
        Verdict::Refused(..) => (palette.bad, 0.16),
    };
    let mut action = None;
    let frame = egui::Frame::new()
        .fill(palette.tint(edge, share))
        .stroke(Stroke::new(1.0, edge))
        .corner_radius(CornerRadius::same(5))
        .inner_margin(Margin::symmetric(8, 3));
    let inner = frame.show(ui, |ui| {
        ui.horizontal(|ui| {
            let count_width = if count.is_empty() { 0.0 } else { 190.0 };
            let width = (ui.available_width() - count_width - 24.0).max(80.0);
            let edit = TextEdit::singleline(text)
                .font(mono(13.0))
                .text_color(palette.text)
                .frame(egui::Frame::NONE)
                .margin(Margin::ZERO)
                .align(egui::Align2::LEFT_CENTER)
                .hint_text(
                    egui::RichText::new("Display filter: tcp.port == 80, ip.addr == 10.0.0.1, dns")
                        .font(words(13.0)),
                )
                .desired_width(width);
            let response = ui.add_sized(Vec2::new(width, 22.0), edit);
            response.widget_info(|| {
                egui::WidgetInfo::labeled(egui::Role::TextInput, true, "Display filter")
            });
            if focus {
                response.request_focus();
            }
            if response.changed() {
                action = Some(Action::Changed);
            }
            if response.lost_focus() && ui.input(|i| i.key_pressed(Key::Enter)) {
                action = Some(Action::Apply);
            }
            if response.has_focus() && ui.input_mut(|i| i.consume_key(Modifiers::NONE, Key::Escape))
            {
                response.surrender_focus();
            }
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                if !text.is_empty() {
                    let cross = ui.add(
                        egui::Button::new(egui::RichText::new("×").color(palette.dim)).frame(false),
                    );
                    cross.widget_info(|| {
                        egui::WidgetInfo::labeled(egui::Role::Button, true, "Clear the filter")
                    });
                    if cross.on_hover_text("Clear the filter").clicked() {
                        action = Some(Action::Clear);
                    }
                }
                if !count.is_empty() {
                    ui.label(egui::RichText::new(count).small().color(palette.dim));
                }
            });
        });
    });
    if let Verdict::Refused(message, _) | Verdict::Doubtful(message) = verdict {
        inner.response.on_hover_text(message);
    }
    action
}
