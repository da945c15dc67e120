//! The display filter: what stands in the bar, what is known about it, what is applied, and the user's own filters.

use std::sync::Arc;

use egui::{Context, Frame, Margin, Panel, Ui};

use super::{App, wake};
use crate::filter::{Filter, compile_using};
use crate::session::FilterRun;
use crate::ui::command::Command;
use crate::ui::theme::Palette;
use crate::ui::views::filter_bar::{self, FilterBar, Verdict};
use crate::ui::views::saved_filters::{self, Naming};
use crate::ui::views::status::grouped;

/// The filter's line and what is applied.
#[derive(Default)]
pub(super) struct FilterLine {
    pub text: String,
    pub verdict: Verdict,
    pub compiled: Option<Filter>,
    pub applied: Option<Filter>,
    pub focus: bool,
    pub bar: FilterBar,
    /// A saved filter is being named.
    pub naming: Option<Naming>,
}

impl App {
    /// Put a filter into the bar and apply it, if it is one.
    pub fn set_filter(&mut self, text: &str) {
        self.filter.text = text.to_owned();
        self.check_filter();
        if !matches!(self.filter.verdict, Verdict::Refused(_)) {
            self.filter.applied = self.filter.compiled.clone();
        }
    }

    /// The text in the bar.
    pub fn filter_text(&self) -> &str {
        &self.filter.text
    }

    pub(super) fn check_filter(&mut self) {
        let text = &self.filter.text;
        self.filter.compiled = None;
        if text.trim().is_empty() {
            self.filter.verdict = Verdict::Empty;
            return;
        }
        let detail = self.detail();
        let selected = detail.as_ref().map(|d| (&d.tree, d.bytes.as_slice()));
        let macros = self.library.macros();
        self.filter.verdict = match compile_using(text, &self.registry, selected, macros) {
            Ok(filter) => {
                let doubt = filter.doubts().first().cloned();
                self.filter.compiled = Some(filter);
                doubt.map_or(Verdict::Good, Verdict::Doubtful)
            }
            Err(error) => Verdict::Refused(error),
        };
    }

    pub(super) fn start_filter(&mut self, ctx: &Context) {
        self.listing.rows_changed();
        let Some(open) = &mut self.open else { return };
        open.run = self
            .filter
            .applied
            .clone()
            .map(|filter| FilterRun::start(&open.session, Arc::new(filter), wake(ctx)));
        self.packets.list.reveal(0);
    }

    pub(super) fn apply_filter(&mut self, ctx: &Context) {
        self.check_filter();
        if !matches!(self.filter.verdict, Verdict::Refused(_)) {
            self.filter.applied = self.filter.compiled.clone();
            self.library.remember(&self.filter.text);
            self.start_filter(ctx);
        }
    }

    /// Put a filter into the bar and apply it, if it is one.
    pub(super) fn set_and_apply(&mut self, text: &str, ctx: &Context) {
        self.filter.text = text.to_owned();
        self.apply_filter(ctx);
    }

    /// Put a filter into the bar, to be changed or applied by the user.
    pub(super) fn prepare_filter(&mut self, text: &str) {
        self.filter.text = text.to_owned();
        self.filter.bar.replaced(text);
        self.check_filter();
    }

    pub(super) fn filter_bar(&mut self, ui: &mut Ui) {
        let ctx = ui.ctx().clone();
        let count = self.filter_count();
        let mut bar = std::mem::take(&mut self.filter.bar);
        let mut text = std::mem::take(&mut self.filter.text);
        let input = filter_bar::Input {
            registry: &self.registry,
            macros: self.library.macros(),
            history: self.library.history(),
            verdict: &self.filter.verdict,
            count: &count,
            focus: std::mem::take(&mut self.filter.focus),
        };
        let action = bar.show(ui, &mut text, &input);
        self.filter.bar = bar;
        self.filter.text = text;
        match action {
            Some(filter_bar::Action::Changed) => self.check_filter(),
            Some(filter_bar::Action::Apply) => self.apply_filter(&ctx),
            Some(filter_bar::Action::Clear) => self.run(Command::ClearFilter, &ctx),
            Some(filter_bar::Action::Again(text)) => self.set_and_apply(&text, &ctx),
            Some(filter_bar::Action::Build) => self.run(Command::BuildExpression, &ctx),
            Some(filter_bar::Action::Save) => self.run(Command::SaveFilter, &ctx),
            None => {}
        }
    }

    /// How many packets are displayed, for the bar.
    fn filter_count(&self) -> String {
        if self.open.is_none() || self.filter.applied.is_none() {
            return String::new();
        }
        let status = self.status();
        let displayed = status.displayed.unwrap_or(0);
        let percent = if status.packets == 0 {
            0.0
        } else {
            displayed as f64 * 100.0 / status.packets as f64
        };
        format!(
            "{} of {} · {percent:.1} %",
            grouped(displayed),
            grouped(status.packets)
        )
    }

    /// Begin to save the filter in the bar under a name.
    pub(super) fn name_filter(&mut self) {
        if !self.filter.text.trim().is_empty() {
            self.filter.naming = Some(Naming::new(None, ""));
        }
    }

    /// The saved filters below the toolbar, and the line in which one is named.
    pub(super) fn saved_filters(&mut self, ui: &mut Ui) {
        let ctx = ui.ctx().clone();
        let palette = Palette::here(ui);
        if let Some(naming) = &mut self.filter.naming {
            let frame = Frame::new()
                .fill(palette.raised)
                .inner_margin(Margin::symmetric(12, 6));
            let done = Panel::top("filter-name")
                .frame(frame)
                .show(ui, |ui| naming.show(ui))
                .inner;
            if done == Some(true) {
                match naming.which {
                    None => self.library.save(&naming.name, &self.filter.text),
                    Some(which) => self.library.rename(which, &naming.name),
                }
            }
            if done.is_some() {
                self.filter.naming = None;
            }
        }
        if self.library.saved().is_empty() {
            return;
        }
        let applied = self.filter.applied.as_ref().map(|f| f.text().trim());
        let action = Panel::top("saved-filters")
            .exact_size(32.0)
            .frame(Frame::new().fill(palette.panel))
            .show(ui, |ui| {
                saved_filters::show(ui, self.library.saved(), applied)
            })
            .inner;
        let text_of = |at: usize| self.library.saved().get(at).map(|s| s.filter.clone());
        match action {
            Some(saved_filters::Action::Apply(at)) => {
                if let Some(text) = text_of(at) {
                    self.set_and_apply(&text, &ctx);
                }
            }
            Some(saved_filters::Action::Prepare(at)) => {
                if let Some(text) = text_of(at) {
                    self.prepare_filter(&text);
                }
            }
            Some(saved_filters::Action::Rename(at)) => {
                let name = self.library.saved().get(at).map(|s| s.name.clone());
                self.filter.naming = name.map(|name| Naming::new(Some(at), &name));
            }
            Some(saved_filters::Action::Remove(at)) => self.library.remove(at),
            Some(saved_filters::Action::Swap(at, with)) => self.library.swap(at, with),
            None => {}
        }
    }
}
