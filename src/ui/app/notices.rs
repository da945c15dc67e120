//! What is wrong with the filter or the file, in lines below the toolbar.

use egui::{Frame, Margin, Panel, RichText, Ui};

use super::App;
use crate::filter::FilterError;
use crate::ui::theme::{EDGE, Palette, mono};
use crate::ui::views::filter_bar::Verdict;

impl App {
    /// What is wrong with the filter or the file, below the toolbar.
    pub(super) fn notices(&mut self, ui: &mut Ui) {
        let palette = Palette::here(ui);
        let trouble = match &self.filter.verdict {
            Verdict::Refused(error) => Some((error.clone(), palette.bad)),
            Verdict::Doubtful(error) => Some((error.clone(), palette.doubt)),
            Verdict::Empty | Verdict::Good => None,
        };
        // While names are proposed the text is not finished; the bar's colour says enough.
        if let Some((error, colour)) = trouble.filter(|_| !self.filter.bar.is_proposing()) {
            self.filter_notice(ui, &error, colour);
        }
        if let Some(error) = self.library.settings().take_error() {
            self.notice = Some(error);
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

    /// What is wrong with the filter, where, and the change that would help, made by a click.
    fn filter_notice(&mut self, ui: &mut Ui, error: &FilterError, colour: egui::Color32) {
        let palette = Palette::here(ui);
        let refused = matches!(self.filter.verdict, Verdict::Refused(_));
        let place = caret(&self.filter.text, &error.span);
        let mut fixed = None;
        notice(ui, "filter-message", colour, |ui| {
            // In the bar the place is underlined, unless it is where something is missing.
            if refused && error.span.is_empty() {
                ui.label(RichText::new(place).font(mono(12.0)).color(colour));
            }
            ui.horizontal_wrapped(|ui| {
                let message = match (&error.hint, &error.fix) {
                    // The button says it.
                    (Some(hint), Some(fix)) if hint.ends_with(&fix.text) => error.message.clone(),
                    (Some(hint), _) => format!("{} {hint}", error.message),
                    (None, _) => error.message.clone(),
                };
                ui.label(RichText::new(message).color(palette.text));
                if let Some(fix) = &error.fix {
                    let mut shown: String = fix.text.chars().take(80).collect();
                    if shown.len() < fix.text.len() {
                        shown.push('…');
                    }
                    let name = format!("Change to {shown}");
                    let text = RichText::new(&shown).font(mono(12.0)).color(palette.accent);
                    let mut parts = egui::text::LayoutJob::default();
                    for text in [RichText::new("Change to ").color(palette.dim), text] {
                        text.append_to(
                            &mut parts,
                            ui.style(),
                            egui::FontSelection::Default,
                            egui::Align::Center,
                        );
                    }
                    let button = egui::Button::new(parts)
                        .fill(palette.panel)
                        .stroke(egui::Stroke::new(1.0, palette.line));
                    let button = ui.add(button);
                    button
                        .widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, &name));
                    if button.clicked() {
                        fixed = Some(fix.apply(&self.filter.text));
                    }
                }
            });
        });
        if let Some(text) = fixed {
            self.prepare_filter(&text);
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
