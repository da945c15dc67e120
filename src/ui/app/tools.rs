//! What stands in windows of its own above the panes: the expression builder, the macros.

use std::path::PathBuf;
use std::sync::mpsc::Receiver;

use egui::Context;

use super::App;
use crate::filter::compile_using;
use crate::filter::compose::Join;
use crate::ui::views::builder::{self, Builder};
use crate::ui::views::decode_as::DecodeDialog;
use crate::ui::views::macro_editor::MacroEditor;
use crate::ui::views::properties::PropertiesWindow;

/// What is open.
#[derive(Default)]
pub(super) struct Tools {
    pub builder: Option<Builder>,
    pub macros: Option<MacroEditor>,
    pub decode: Option<DecodeDialog>,
    pub properties: Option<PropertiesWindow>,
    pub merge_dialog: Option<Receiver<Option<Vec<PathBuf>>>>,
}

impl Tools {
    /// Whether nothing is at work.
    pub fn is_idle(&self) -> bool {
        self.properties
            .as_ref()
            .is_none_or(PropertiesWindow::is_idle)
    }
}

impl App {
    pub(super) fn open_builder(&mut self) {
        self.tools.builder = Some(Builder::new(&self.registry));
    }

    pub(super) fn open_macros(&mut self) {
        self.tools.macros = Some(MacroEditor::new(self.library.macros()));
    }

    pub(super) fn tools(&mut self, ctx: &Context) {
        self.builder(ctx);
        self.macro_editor(ctx);
        self.decode_dialog(ctx);
        self.properties_window(ctx);
        self.merging_window(ctx);
    }

    fn builder(&mut self, ctx: &Context) {
        let Some(mut builder) = self.tools.builder.take() else {
            return;
        };
        let mut open = true;
        let check = |text: &str| {
            compile_using(text, &self.registry, None, self.library.macros())
                .err()
                .map(|e| e.message)
        };
        let action = egui::Window::new("Filter expression")
            .open(&mut open)
            .collapsible(false)
            .frame(frame(ctx))
            .default_size([820.0, 520.0])
            .min_size([560.0, 380.0])
            .max_size(ctx.content_rect().size() - egui::vec2(48.0, 48.0))
            .pivot(egui::Align2::CENTER_CENTER)
            .default_pos(ctx.content_rect().center())
            .show(ctx, |ui| builder.show(ui, &check))
            .and_then(|w| w.inner.flatten());
        match action {
            Some(builder::Action::Add(text)) => {
                let text = Join::And.apply(&self.filter.text, &text);
                self.prepare_filter(&text);
            }
            Some(builder::Action::Replace(text)) => self.prepare_filter(&text),
            Some(builder::Action::Close) => {}
            None if open => self.tools.builder = Some(builder),
            None => {}
        }
    }

    fn macro_editor(&mut self, ctx: &Context) {
        let Some(mut editor) = self.tools.macros.take() else {
            return;
        };
        let mut open = true;
        let done = egui::Window::new("Filter macros")
            .open(&mut open)
            .collapsible(false)
            .frame(frame(ctx))
            .resizable(false)
            .pivot(egui::Align2::CENTER_CENTER)
            .default_pos(ctx.content_rect().center())
            .show(ctx, |ui| editor.show(ui))
            .and_then(|w| w.inner.flatten());
        match done {
            Some(Some(macros)) => {
                self.library.set_macros(macros);
                self.check_filter();
            }
            Some(None) => {}
            None if open => self.tools.macros = Some(editor),
            None => {}
        }
    }
}

/// A window's frame, with the space at its edges that panels have.
pub(super) fn frame(ctx: &Context) -> egui::Frame {
    egui::Frame::window(&ctx.global_style()).inner_margin(egui::Margin::same(12))
}
