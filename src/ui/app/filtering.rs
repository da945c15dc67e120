//! The display filter: what stands in the bar, what is known about it, and what is applied.

use std::sync::Arc;

use egui::Context;

use super::{App, wake};
use crate::filter::Filter;
use crate::session::FilterRun;
use crate::ui::views::filter_bar::Verdict;

/// The filter's line and what is applied.
#[derive(Default)]
pub(super) struct FilterLine {
    pub text: String,
    pub verdict: Verdict,
    pub compiled: Option<Filter>,
    pub applied: Option<Filter>,
    pub focus: bool,
}

impl App {
    /// Put a filter into the bar and apply it, if it is one.
    pub fn set_filter(&mut self, text: &str) {
        self.filter.text = text.to_owned();
        self.check_filter();
        if !matches!(self.filter.verdict, Verdict::Refused(..)) {
            self.filter.applied = self.filter.compiled.clone();
        }
    }

    pub(super) fn check_filter(&mut self) {
        let text = self.filter.text.trim();
        self.filter.compiled = None;
        self.filter.verdict = if text.is_empty() {
            Verdict::Empty
        } else {
            match crate::filter::compile(text, &self.registry) {
                Ok(filter) => {
                    let doubt = filter.doubts().first().map(ToString::to_string);
                    self.filter.compiled = Some(filter);
                    doubt.map_or(Verdict::Good, Verdict::Doubtful)
                }
                Err(error) => {
                    let hint = error
                        .hint
                        .as_ref()
                        .map(|h| format!(" {h}"))
                        .unwrap_or_default();
                    Verdict::Refused(format!("{}{hint}", error.message), error.span)
                }
            }
        };
    }

    pub(super) fn start_filter(&mut self, ctx: &Context) {
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
        if !matches!(self.filter.verdict, Verdict::Refused(..)) {
            self.filter.applied = self.filter.compiled.clone();
            self.start_filter(ctx);
        }
    }

    /// Put a filter into the bar and apply it, if it is one.
    pub(super) fn set_and_apply(&mut self, text: &str, ctx: &Context) {
        self.filter.text = text.to_owned();
        self.apply_filter(ctx);
    }
}
