//! A text field with an edge, one line high.

use egui::{Align2, Frame, Margin, Response, Stroke, TextEdit, Ui, Vec2};

use crate::ui::theme::{Palette, mono, words};

/// How a text field looks.
pub struct TextField<'a> {
    /// What a screen reader calls it.
    pub name: &'a str,
    /// What stands in it while it is empty.
    pub hint: &'a str,
    /// Width of the text, points.
    pub width: f32,
    /// The face for bytes and filters.
    pub mono: bool,
    /// Something is wrong with the text.
    pub wrong: bool,
}

impl TextField<'_> {
    /// Draw it.
    pub fn show(&self, ui: &mut Ui, text: &mut String) -> Response {
        let palette = Palette::here(ui);
        let edge = if self.wrong {
            palette.bad
        } else {
            palette.edge
        };
        let font = if self.mono { mono(13.0) } else { words(13.0) };
        let inner = Frame::new()
            .fill(palette.ground)
            .stroke(Stroke::new(1.0, edge))
            .corner_radius(4)
            .inner_margin(Margin::symmetric(8, 2))
            .show(ui, |ui| {
                let edit = TextEdit::singleline(text)
                    .font(font.clone())
                    .text_color(palette.text)
                    .frame(Frame::NONE)
                    .margin(Margin::ZERO)
                    .align(Align2::LEFT_CENTER)
                    .min_size(Vec2::new(self.width, 22.0))
                    .desired_width(self.width)
                    .hint_text(
                        egui::RichText::new(self.hint)
                            .font(font.clone())
                            .color(palette.faint),
                    );
                ui.add(edit)
            });
        let response = inner.inner;
        response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::TextInput, true, self.name));
        response
    }
}
