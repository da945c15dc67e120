//! Finding packets: the search runs in the background, and next and previous step through what it found.

use std::sync::Arc;

use egui::{Context, Frame, Margin, Panel, Ui};

use super::{App, wake};
use crate::filter::compile_using;
use crate::session::find::{By, Finder, Spot};
use crate::session::{FilterRun, Predicate, Rows};
use crate::ui::theme::Palette;
use crate::ui::views::bytes::node_at;
use crate::ui::views::find_bar::{self, Action, Found, Query};

/// The search.
#[derive(Default)]
pub(super) struct Finding {
    open: bool,
    focus: bool,
    query: Query,
    run: Option<FilterRun>,
    /// What finds the place in a packet; a display filter has none.
    finder: Option<Finder>,
    error: Option<String>,
    /// What was found among the packets displayed, and of which sets that was made.
    both: Option<Both>,
    /// The place is to be shown as soon as this packet is ready.
    arriving: Option<u32>,
}

/// What was found, what is displayed (`None`: all), and what is in both.
type Both = (Arc<Rows>, Option<Arc<Rows>>, Arc<Rows>);

impl Finding {
    /// Whether all packets were tried.
    pub(super) fn is_idle(&self) -> bool {
        self.run.as_ref().is_none_or(|run| run.state().done) && self.arriving.is_none()
    }

    /// Whether something is looked for.
    pub(super) fn is_on(&self) -> bool {
        self.run.is_some()
    }

    /// The capture is another: what was found in the old one is nothing now.
    pub(super) fn forget(&mut self) {
        (self.run, self.both, self.arriving) = (None, None, None);
    }
}

impl App {
    /// Open the line in which packets are looked for.
    pub(super) fn open_find(&mut self, ctx: &Context) {
        self.finding.open = true;
        self.finding.focus = true;
        if self.finding.run.is_none() {
            self.look(ctx);
        }
    }

    /// Look for a text in the list's columns.
    pub(super) fn find_text(&mut self, text: &str, ctx: &Context) {
        self.finding.query = Query {
            text: text.to_owned(),
            ..Query::default()
        };
        self.finding.open = true;
        self.finding.focus = true;
        self.look(ctx);
    }

    /// Begin to look for what the line says.
    fn look(&mut self, ctx: &Context) {
        self.finding.forget();
        (self.finding.error, self.finding.finder) = (None, None);
        let Some(open) = &self.open else { return };
        let query = &self.finding.query;
        if query.text.trim().is_empty() {
            return;
        }
        let predicate: Result<Arc<dyn Predicate>, String> = match query.by {
            By::Filter => compile_using(&query.text, &self.registry, None, self.library.macros())
                .map(|filter| Arc::new(filter) as Arc<dyn Predicate>)
                .map_err(|error| error.message),
            _ => Finder::new(query.by, query.place, &query.text, query.case).map(|finder| {
                self.finding.finder = Some(finder.clone());
                Arc::new(finder) as Arc<dyn Predicate>
            }),
        };
        match predicate {
            Ok(predicate) => {
                let run = FilterRun::start(&open.session, predicate, wake(ctx));
                self.finding.run = Some(run);
            }
            Err(error) => self.finding.error = Some(error),
        }
    }

    /// What was found among the packets displayed.
    fn found(&mut self) -> Option<Arc<Rows>> {
        let found = self.finding.run.as_ref()?.state().rows;
        let shown = self.open.as_ref()?.run.as_ref().map(|run| run.state().rows);
        let same = |a: &Option<Arc<Rows>>, b: &Option<Arc<Rows>>| match (a, b) {
            (Some(a), Some(b)) => Arc::ptr_eq(a, b),
            (None, None) => true,
            _ => false,
        };
        if let Some((of, among, both)) = &self.finding.both
            && Arc::ptr_eq(of, &found)
            && same(among, &shown)
        {
            return Some(Arc::clone(both));
        }
        let both = match &shown {
            Some(shown) => Arc::new(found.and(shown)),
            None => Arc::clone(&found),
        };
        self.finding.both = Some((found, shown, Arc::clone(&both)));
        Some(both)
    }

    /// To the next packet that has it, or the one before; behind the last comes the first.
    pub(super) fn find_step(&mut self, forward: bool) {
        let Some(found) = self.found() else { return };
        if found.is_empty() {
            return;
        }
        let here = self.chosen.unwrap_or(0);
        let row = if forward {
            let row = found.rank(here.saturating_add(1));
            if row < found.len() { row } else { 0 }
        } else {
            let row = found.rank(here);
            row.checked_sub(1).unwrap_or(found.len() - 1)
        };
        if let Some(frame) = found.select(row) {
            self.go_to_frame(frame);
            self.finding.arriving = self.finding.finder.as_ref().map(|_| frame);
        }
    }

    /// The line in which packets are looked for.
    pub(super) fn find_bar(&mut self, ui: &mut Ui) {
        self.arrive();
        if !self.finding.open || self.open.is_none() {
            return;
        }
        let ctx = ui.ctx().clone();
        let palette = Palette::here(ui);
        let rows = self.found();
        let state = self.finding.run.as_ref().map(|run| run.state());
        let found = Found {
            count: rows.as_ref().map_or(0, |r| u64::from(r.len())),
            at: rows.as_ref().zip(self.chosen).and_then(|(rows, chosen)| {
                let at = || u64::from(rows.rank(chosen)) + 1;
                rows.contains(chosen).then(at)
            }),
            done: state.as_ref().is_none_or(|s| s.done),
            error: state.and_then(|s| s.error).or(self.finding.error.clone()),
        };
        let focus = std::mem::take(&mut self.finding.focus);
        let frame = Frame::new()
            .fill(palette.raised)
            .inner_margin(Margin::symmetric(0, 2));
        let query = &mut self.finding.query;
        let action = Panel::top("find")
            .frame(frame)
            .show(ui, |ui| find_bar::show(ui, query, &found, focus))
            .inner;
        match action {
            Some(Action::Changed) => self.look(&ctx),
            Some(Action::Next) => self.find_step(true),
            Some(Action::Previous) => self.find_step(false),
            Some(Action::Close) => {
                self.finding.open = false;
                self.finding.forget();
            }
            None => {}
        }
    }

    /// Choose the place in a packet that was gone to, once the packet is ready.
    fn arrive(&mut self) {
        let Some(frame) = self.finding.arriving else {
            return;
        };
        if self.chosen != Some(frame) {
            self.finding.arriving = None;
            return;
        }
        let Some(detail) = self.detail() else { return };
        self.finding.arriving = None;
        let finder = self.finding.finder.as_ref();
        let node = match finder.and_then(|f| f.spot(&detail.tree, &detail.bytes)) {
            Some(Spot::Node(node)) => Some(node),
            Some(Spot::Byte(at)) => node_at(&detail.tree, 0, at),
            None => None,
        };
        if let Some(node) = node {
            self.choose_node(&detail, node, true);
            self.choose_node(&detail, node, false);
        }
    }
}
