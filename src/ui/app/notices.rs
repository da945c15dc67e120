//! What is wrong with the filter or the file, in lines below the toolbar.

use egui::{Frame, Margin, Panel, RichText, Ui};

use super::App;
use crate::ui::theme::{EDGE, Palette, mono};
use crate::ui::views::filter_bar::Verdict;

impl App {
    /// What is wrong with the filter or the file, below the toolbar.
    pub(super) fn notices(&mut self, ui: &mut Ui) {
        let palette = Palette::here(ui);
        if let Verdict::Refused(message, span) = &self.filter.verdict {
            let (message, place) = (message.clone(), caret(&self.filter.text, span));
            notice(ui, "filter-message", palette.bad, |ui| {
                ui.label(RichText::new(place).font(mono(12.0)).color(palette.bad));
                ui.label(RichText::new(message).color(palette.text));
            });
        }
        if let Verdict::Doubtful(message) = &self.filter.verdict {
            let message = message.clone();
            notice(ui, "filter-message", palette.doubt, |ui| {
                ui.label(RichText::new(message).color(palette.text));
            });
        }
        let damage = self
            .open
            .as_ref()
            .and_then(|o| o.session.state().error.as_ref().map(ToString::to_string));
        let filter = self
            .open
            .as_ref()
            .and_then(|o| o.run.as_ref()?.state().error)
            .map(|e| format!("Filtering ended before all packets were tried: {e}"));
        if let Some(message) = self.notice.clone().or(filter).or(damage) {
            let mut closed = false;
            notice(ui, "file-message", palette.bad, |ui| {
                ui.horizontal(|ui| {
                    ui.add(egui::Label::new(RichText::new(&message).color(palette.text)).wrap());
                    if self.notice.is_some() && ui.button("Dismiss").clicked() {
                        closed = true;
                    }
                });
            });
            if closed {
                self.notice = None;
            }
        }
    }
}

/// A line of message below the toolbar, with a coloured edge.
fn notice(ui: &mut Ui, id: &str, colour: egui::Color32, content: impl FnOnce(&mut Ui)) {
    let palette = Palette::here(ui);
    let frame = Frame::new()
        .fill(palette.tint(colour, 0.12))
        .inner_margin(Margin::symmetric(EDGE as i8, 6));
    Panel::top(id.to_owned()).frame(frame).show(ui, content);
}

/// The filter's text with the wrong place marked below it.
fn caret(text: &str, span: &std::ops::Range<usize>) -> String {
    let start = span.start.min(text.len());
    let before = text.get(..start).unwrap_or(text).chars().count();
    let marked = text
        .get(start..span.end.min(text.len()))
        .map_or(1, |s| s.chars().count().max(1));
    format!("{text}\n{}{}", " ".repeat(before), "^".repeat(marked))
}
