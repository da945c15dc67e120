//! Where list, fields, bytes and explanation stand, and which of them are shown.

use egui::{Context, RichText, Ui};

use super::App;
use crate::session::WindowState;
use crate::session::preferences::{Layout, Pane};
use crate::ui::theme::Palette;
use crate::ui::widgets::split::{Split, Way, pane};

/// The borders between the panes. Each layout that lies another way has its own.
pub(super) struct Panes {
    list_above: Split,
    list_beside: Split,
    /// A ladder wants more room than a packet's details.
    ladder_above: Split,
    ladder_beside: Split,
    fields_above: Split,
    fields_beside: Split,
    fields_column: Split,
    bytes_above: Split,
    bytes_beside: Split,
    /// The diagram is shown in place of the fields.
    pub diagram: bool,
}

impl Default for Panes {
    fn default() -> Panes {
        Panes {
            list_above: Split::new(0.5, 96.0),
            list_beside: Split::new(0.5, 240.0),
            ladder_above: Split::new(0.26, 96.0),
            ladder_beside: Split::new(0.35, 240.0),
            fields_above: Split::new(0.5, 96.0),
            fields_beside: Split::new(0.52, 200.0),
            fields_column: Split::new(0.45, 160.0),
            bytes_above: Split::new(0.45, 64.0),
            bytes_beside: Split::new(0.6, 200.0),
            diagram: false,
        }
    }
}

impl Panes {
    fn borders(&mut self) -> [(&'static str, &mut Split); 9] {
        [
            ("list-above", &mut self.list_above),
            ("list-beside", &mut self.list_beside),
            ("ladder-above", &mut self.ladder_above),
            ("ladder-beside", &mut self.ladder_beside),
            ("fields-above", &mut self.fields_above),
            ("fields-beside", &mut self.fields_beside),
            ("fields-column", &mut self.fields_column),
            ("bytes-above", &mut self.bytes_above),
            ("bytes-beside", &mut self.bytes_beside),
        ]
    }

    /// As they stood when the window was closed.
    pub(super) fn restore(&mut self, state: &WindowState) {
        self.diagram = state.diagram;
        for (name, split) in self.borders() {
            if let Some((_, share)) = state.shares.iter().find(|(n, _)| n == name) {
                split.share = *share;
            }
        }
    }

    /// As they stand: only what the user has moved.
    pub(super) fn note(&mut self, state: &mut WindowState) {
        state.diagram = self.diagram;
        let mut usual = Panes::default();
        let pairs = self.borders().into_iter().zip(usual.borders());
        state.shares = pairs
            .filter(|((_, now), (_, usual))| now.share != usual.share)
            .map(|((name, now), _)| (name.to_owned(), now.share))
            .collect();
    }
}

impl App {
    /// List and details, as the user has them.
    pub(super) fn panes(&mut self, ui: &mut Ui) {
        let palette = Palette::here(ui);
        let preferences = &self.shell.preferences;
        let details = [Pane::Fields, Pane::Bytes, Pane::Explanation];
        let below = details.iter().any(|p| preferences.shows(*p)) || !self.dock.is_empty();
        let whole = ui.available_rect_before_wrap();
        if self.dock.fills() {
            return pane(ui, whole, palette.panel, |ui| self.lower(ui));
        }
        match (preferences.shows(Pane::List), below) {
            (true, false) => pane(ui, whole, palette.ground, |ui| self.list(ui)),
            (false, _) => pane(ui, whole, palette.panel, |ui| self.lower(ui)),
            (true, true) => {
                let ladder = self.dock.ladder_in_sight().is_some();
                let panes = &mut self.panes;
                let (first, second) = match (preferences.layout.details_beside(), ladder) {
                    (true, false) => panes.list_beside.divide(ui, "list-beside", Way::Beside),
                    (true, true) => panes.ladder_beside.divide(ui, "ladder-beside", Way::Beside),
                    (false, false) => panes.list_above.divide(ui, "list-above", Way::Stacked),
                    (false, true) => panes.ladder_above.divide(ui, "ladder-above", Way::Stacked),
                };
                pane(ui, first, palette.ground, |ui| self.list(ui));
                pane(ui, second, palette.panel, |ui| self.lower(ui));
            }
        }
    }

    /// Where fields and bytes stand: their areas, as far as they are shown.
    pub(super) fn fields_and_bytes(&mut self, ui: &mut Ui) -> [Option<egui::Rect>; 2] {
        let preferences = &self.shell.preferences;
        let fields = preferences.shows(Pane::Fields);
        let bytes = preferences.shows(Pane::Bytes) || preferences.shows(Pane::Explanation);
        let whole = ui.available_rect_before_wrap();
        if !(fields && bytes) {
            return [fields.then_some(whole), bytes.then_some(whole)];
        }
        let panes = &mut self.panes;
        let (first, second) = match preferences.layout {
            Layout::ListAbove => panes.fields_beside.divide(ui, "fields-beside", Way::Beside),
            // A share of half the window only.
            Layout::Beside => panes.fields_column.divide(ui, "fields-column", Way::Beside),
            Layout::Stacked | Layout::ListBeside => {
                panes.fields_above.divide(ui, "fields-above", Way::Stacked)
            }
        };
        [Some(first), Some(second)]
    }

    /// Where bytes and explanation stand. Without a chosen field there is nothing to explain.
    pub(super) fn bytes_and_words(&mut self, ui: &mut Ui, chosen: bool) -> [Option<egui::Rect>; 2] {
        let preferences = &self.shell.preferences;
        let bytes = preferences.shows(Pane::Bytes);
        let words = preferences.shows(Pane::Explanation) && (chosen || !bytes);
        let whole = ui.available_rect_before_wrap();
        if !(bytes && words) {
            return [bytes.then_some(whole), words.then_some(whole)];
        }
        // A pane as wide as the window has room for both side by side.
        let (first, second) = match preferences.layout == Layout::Stacked {
            true => self
                .panes
                .bytes_beside
                .divide(ui, "bytes-beside", Way::Beside),
            false => self
                .panes
                .bytes_above
                .divide(ui, "bytes-above", Way::Stacked),
        };
        [Some(first), Some(second)]
    }

    /// In place of the details, when all of them are hidden but a tab brings their place back.
    pub(super) fn hidden_details(&mut self, ui: &mut Ui) {
        let palette = Palette::here(ui);
        let ctx = ui.ctx().clone();
        ui.vertical_centered(|ui| {
            ui.add_space(24.0);
            let words = "Fields, bytes and explanation are hidden.";
            ui.label(RichText::new(words).color(palette.dim));
            if ui.button("Show all panes").clicked() {
                self.usual_panes(&ctx);
            }
        });
    }

    /// All panes, where they were at first.
    pub(super) fn usual_panes(&mut self, ctx: &Context) {
        self.panes = Panes {
            diagram: self.panes.diagram,
            ..Panes::default()
        };
        self.prefer(ctx, |p| {
            p.hidden.clear();
            p.layout = Layout::default();
        });
    }
}
