//! The tabs of the lower half: the chosen packet, and beside it followed conversations and statistics.

use std::path::PathBuf;
use std::sync::mpsc::{Receiver, channel};

use egui::{Context, Ui};

use super::ladder::{Drawing, LadderTab};
use super::{App, wake};
use crate::filter::compile_using;
use crate::session::Detail;
use crate::session::follow::{Follow, Kind, stream_at};
use crate::ui::theme::{EDGE, Palette};
use crate::ui::views::expert::ExpertView;
use crate::ui::views::follow::{self, FollowView};
use crate::ui::views::graph::{self, Graph};
use crate::ui::views::statistics::{self, Input, Statistic, What};
use crate::ui::widgets::split::pane;

/// A tab beside the packet's.
pub(super) enum Tab {
    Follow(Box<FollowView>),
    Statistic(Box<Statistic>),
    Expert(Box<ExpertView>),
    Graph(Box<Graph>),
    Ladder(Box<LadderTab>),
}

impl Tab {
    fn title(&self) -> String {
        match self {
            Tab::Follow(view) => view.title(),
            Tab::Statistic(view) => view.what().title().to_owned(),
            Tab::Expert(_) => "Expert information".to_owned(),
            Tab::Graph(_) => "I/O graph".to_owned(),
            Tab::Ladder(tab) => tab.title(),
        }
    }

    fn is_idle(&self) -> bool {
        match self {
            Tab::Follow(view) => view.follow.is_idle(),
            Tab::Statistic(view) => view.is_idle(),
            Tab::Expert(view) => view.is_idle(),
            Tab::Graph(view) => view.is_idle(),
            Tab::Ladder(tab) => tab.run.is_idle(),
        }
    }
}

/// What is open.
#[derive(Default)]
pub(super) struct Dock {
    tabs: Vec<Tab>,
    /// Which is shown; `None`: the packet.
    active: Option<usize>,
    /// Where the user wants a stream written, and its outcome.
    saving: Option<Saving>,
    saved: Option<Receiver<Result<u64, String>>>,
    /// A picture that is being made.
    pub(super) drawing: Option<Drawing>,
}

struct Saving {
    answer: Receiver<Option<PathBuf>>,
    kind: Kind,
    stream: u32,
    side: Option<u8>,
}

impl Dock {
    /// Whether the tab in sight has what it shows.
    pub(super) fn is_idle(&self) -> bool {
        self.active
            .and_then(|at| self.tabs.get(at))
            .is_none_or(Tab::is_idle)
            && self.drawing.is_none()
    }

    /// Show the tab that is the one; whether there is one.
    pub(super) fn show_tab(&mut self, is: impl Fn(&Tab) -> bool) -> bool {
        let known = self.tabs.iter().position(is);
        self.active = known.or(self.active);
        known.is_some()
    }

    /// The tab in sight.
    pub(super) fn active_mut(&mut self) -> Option<&mut Tab> {
        self.tabs.get_mut(self.active?)
    }

    pub(super) fn ladder_in_sight(&self) -> Option<&LadderTab> {
        match self.tabs.get(self.active?) {
            Some(Tab::Ladder(tab)) => Some(tab),
            _ => None,
        }
    }

    /// Whether keys that move in lists are for the tab in sight.
    pub(super) fn takes_keys(&self) -> bool {
        self.ladder_in_sight()
            .is_some_and(|tab| tab.view.focused || tab.view.fills)
    }

    /// Whether the tab in sight wants the whole window.
    pub(super) fn fills(&self) -> bool {
        self.ladder_in_sight().is_some_and(|tab| tab.view.fills)
    }

    /// Whether the packet is all there is.
    pub(super) fn is_empty(&self) -> bool {
        self.tabs.is_empty()
    }

    /// A tab goes; the packet is shown where it was the one in sight.
    fn close(&mut self, at: usize) {
        self.tabs.remove(at);
        self.active = match self.active {
            Some(active) if active == at => None,
            Some(active) if active > at => Some(active - 1),
            other => other,
        };
    }

    pub(super) fn add(&mut self, tab: Tab) {
        self.tabs.push(tab);
        self.active = Some(self.tabs.len() - 1);
    }
}

impl App {
    /// Follow the conversation of the chosen packet.
    pub(super) fn follow(&mut self, kind: Kind, ctx: &Context) {
        let Some(detail) = self.detail() else { return };
        match stream_of(&detail, kind) {
            Some(stream) => self.follow_stream(kind, stream, ctx),
            None => {
                self.notice = Some(format!(
                    "Packet {} belongs to no {} stream.",
                    detail.number,
                    kind.title()
                ));
            }
        }
    }

    /// Follow the conversation with this number; where it is open already, its tab is shown.
    pub(super) fn follow_stream(&mut self, kind: Kind, stream: u32, ctx: &Context) {
        let Some(open) = &self.open else { return };
        let known = self.dock.tabs.iter().position(|tab| match tab {
            Tab::Follow(view) => view.follow.kind() == kind && view.follow.stream() == stream,
            _ => false,
        });
        if known.is_some() {
            self.dock.active = known;
            return;
        }
        let follow = Follow::start(&open.session, kind, stream, wake(ctx));
        self.dock
            .add(Tab::Follow(Box::new(FollowView::new(follow))));
    }

    /// Show a statistic.
    pub(super) fn statistic(&mut self, what: What) {
        let is = |tab: &Tab| matches!(tab, Tab::Statistic(view) if view.what() == what);
        match self.dock.tabs.iter().position(is) {
            Some(at) => self.dock.active = Some(at),
            None => self
                .dock
                .add(Tab::Statistic(Box::new(Statistic::new(what)))),
        }
    }

    /// Show what dissectors observed.
    pub(super) fn expert(&mut self) {
        let is = |tab: &Tab| matches!(tab, Tab::Expert(_));
        match self.dock.tabs.iter().position(is) {
            Some(at) => self.dock.active = Some(at),
            None => self.dock.add(Tab::Expert(Box::default())),
        }
    }

    /// Show packets and bytes over time.
    pub(super) fn graph(&mut self) {
        let is = |tab: &Tab| matches!(tab, Tab::Graph(_));
        match self.dock.tabs.iter().position(is) {
            Some(at) => self.dock.active = Some(at),
            None => self.dock.add(Tab::Graph(Box::default())),
        }
    }

    fn statistic_action(&mut self, action: Option<statistics::Action>, ctx: &Context) {
        match action {
            Some(statistics::Action::Choose(frame)) => self.go_to_frame(frame),
            Some(statistics::Action::Apply(text)) => self.set_and_apply(&text, ctx),
            Some(statistics::Action::Prepare(text)) => self.prepare_filter(&text),
            Some(statistics::Action::Follow(kind, frame)) => {
                let stream = self
                    .open
                    .as_ref()
                    .and_then(|o| stream_at(&o.session, frame));
                if let Some(stream) = stream {
                    self.follow_stream(kind, stream, ctx);
                }
            }
            None => {}
        }
    }

    /// Put the cursor into the text that is looked for in the stream in sight.
    pub(super) fn find_in_stream(&mut self) {
        let active = self.dock.active.and_then(|at| self.dock.tabs.get_mut(at));
        if let Some(Tab::Follow(view)) = active {
            view.focus_find();
        }
    }

    /// Close the tab in sight.
    pub(super) fn close_tab(&mut self) {
        if let Some(active) = self.dock.active {
            self.dock.close(active);
        }
    }

    /// Whether a followed stream is in sight.
    pub(super) fn has_stream(&self) -> bool {
        let active = self.dock.active.and_then(|at| self.dock.tabs.get(at));
        matches!(active, Some(Tab::Follow(_)))
    }

    /// Whether a tab other than the packet's is in sight.
    pub(super) fn has_tab(&self) -> bool {
        self.dock.active.is_some()
    }

    /// Whether the chosen packet belongs to a stream of this kind.
    pub(super) fn can_follow(&self, kind: Kind) -> bool {
        self.detail()
            .is_some_and(|detail| stream_of(&detail, kind).is_some())
    }

    /// The capture is gone, and with it all that was made of it.
    pub(super) fn clear_dock(&mut self) {
        self.dock = Dock::default();
        self.finding.forget();
    }

    /// The lower half of the window.
    pub(super) fn lower(&mut self, ui: &mut Ui) {
        if self.dock.tabs.is_empty() {
            return self.details(ui);
        }
        let palette = Palette::here(ui);
        self.strip(ui, palette);
        let area = ui.available_rect_before_wrap();
        pane(ui, area, palette.panel, |ui| self.active_tab(ui));
    }

    /// The heads of the tabs.
    fn strip(&mut self, ui: &mut Ui, palette: &Palette) {
        let mut close = None;
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = 4.0;
            ui.add_space(EDGE);
            let packet = self
                .chosen
                .map_or("Packet".to_owned(), |n| format!("Packet {n}"));
            if crate::ui::views::bytes::tab(ui, &packet, self.dock.active.is_none(), palette) {
                self.dock.active = None;
            }
            for at in 0..self.dock.tabs.len() {
                let title = self.dock.tabs[at].title();
                let on = self.dock.active == Some(at);
                if crate::ui::views::bytes::tab(ui, &title, on, palette) {
                    self.dock.active = Some(at);
                }
                ui.add_space(-8.0);
                let cross = egui::RichText::new("×").color(palette.dim);
                let button = ui.add(egui::Button::new(cross).small());
                let name = format!("Close {title}");
                button.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, &name));
                if button.on_hover_text(&name).clicked() {
                    close = Some(at);
                }
                ui.add_space(8.0);
            }
        });
        let line = ui.min_rect();
        ui.painter()
            .hline(ui.max_rect().x_range(), line.max.y, (1.0, palette.line));
        if let Some(at) = close {
            self.dock.close(at);
        }
    }

    fn active_tab(&mut self, ui: &mut Ui) {
        let ctx = ui.ctx().clone();
        let Some(active) = self.dock.active else {
            return self.details(ui);
        };
        let chosen = self.chosen;
        let Some(open) = &self.open else { return };
        let input = Input {
            session: &open.session,
            rows: open
                .run
                .as_ref()
                .map(|r| r.state())
                .filter(|s| s.done)
                .map(|s| s.rows),
            wake: wake(&ctx),
        };
        ui.add_space(4.0);
        match self.dock.tabs.get_mut(active) {
            Some(Tab::Follow(view)) => {
                let streams = view.follow.kind().streams(&open.session);
                let action = view.show(ui, chosen, streams);
                self.follow_action(active, action, &ctx);
            }
            Some(Tab::Statistic(view)) => {
                let action = view.show(ui, &input);
                self.statistic_action(action, &ctx);
            }
            Some(Tab::Graph(view)) => {
                let compile = |text: &str| {
                    compile_using(text, &self.registry, None, self.library.macros())
                        .map_err(|error| error.message)
                };
                let input = graph::Input {
                    session: &open.session,
                    wake: wake(&ctx),
                    compile: &compile,
                };
                if let Some(frame) = view.show(ui, &input) {
                    self.go_to_frame(frame);
                }
            }
            Some(Tab::Expert(view)) => {
                let action = view.show(ui, &input);
                self.statistic_action(action, &ctx);
            }
            Some(Tab::Ladder(_)) => self.ladder_tab(ui),
            None => self.dock.active = None,
        }
    }

    fn follow_action(&mut self, at: usize, action: Option<follow::Action>, ctx: &Context) {
        let (Some(Tab::Follow(view)), Some(open)) = (self.dock.tabs.get_mut(at), &self.open) else {
            return;
        };
        let (kind, stream) = (view.follow.kind(), view.follow.stream());
        match action {
            Some(follow::Action::Choose(frame)) => self.go_to_frame(frame),
            Some(follow::Action::Stream(stream)) => {
                view.replace(Follow::start(&open.session, kind, stream, wake(ctx)));
            }
            Some(follow::Action::Filter) => {
                self.set_and_apply(&format!("{}.stream == {stream}", kind.transport()), ctx);
            }
            Some(follow::Action::FilterOut) => {
                self.set_and_apply(&format!("!({}.stream == {stream})", kind.transport()), ctx);
            }
            Some(follow::Action::Save(side)) => self.ask_where_to_save(kind, stream, side, ctx),
            None => {}
        }
    }

    /// The dialog belongs to the system and has a thread of its own.
    fn ask_where_to_save(&mut self, kind: Kind, stream: u32, side: Option<u8>, ctx: &Context) {
        if self.dock.saving.is_some() {
            return;
        }
        let (sender, answer) = channel();
        let wake = wake(ctx);
        let who = match side {
            None => "",
            Some(0) => "-client",
            Some(_) => "-server",
        };
        let name = format!("{}-stream-{stream}{who}.bin", kind.title().to_lowercase());
        let asked = std::thread::Builder::new()
            .name("dialog".into())
            .spawn(move || {
                let file = rfd::FileDialog::new()
                    .set_title("Save what was said")
                    .set_file_name(name)
                    .save_file();
                // The window may be gone by now; then nobody waits for the answer.
                let _ = sender.send(file);
                wake();
            });
        match asked {
            Ok(_) => {
                self.dock.saving = Some(Saving {
                    answer,
                    kind,
                    stream,
                    side,
                });
            }
            Err(error) => self.notice = Some(format!("The file dialog cannot be opened: {error}")),
        }
    }

    /// Take in the dialog's answer and what became of the file.
    pub(super) fn poll_dock(&mut self, ctx: &Context) {
        self.poll_drawing();
        if let Some(outcome) = self.dock.saved.as_ref().and_then(|r| r.try_recv().ok()) {
            self.dock.saved = None;
            if let Err(error) = outcome {
                self.notice = Some(format!("The stream could not be saved: {error}"));
            }
        }
        let Some(saving) = &self.dock.saving else {
            return;
        };
        let path = match saving.answer.try_recv() {
            Ok(path) => path,
            Err(std::sync::mpsc::TryRecvError::Empty) => return,
            Err(std::sync::mpsc::TryRecvError::Disconnected) => None,
        };
        let (kind, stream, side) = (saving.kind, saving.stream, saving.side);
        self.dock.saving = None;
        let Some(path) = path else { return };
        let (sender, outcome) = channel();
        let wake = wake(ctx);
        for tab in &self.dock.tabs {
            if let Tab::Follow(view) = tab
                && view.follow.kind() == kind
                && view.follow.stream() == stream
            {
                let begun = view.follow.save(&path, side, move |result| {
                    let _ = sender.send(result);
                    wake();
                });
                match begun {
                    Ok(()) => self.dock.saved = Some(outcome),
                    Err(error) => self.notice = Some(error),
                }
                return;
            }
        }
    }
}

/// The stream of this kind that a packet belongs to.
pub(super) fn stream_of(detail: &Detail, kind: Kind) -> Option<u32> {
    let name = match kind {
        Kind::Tcp | Kind::Http => "tcp.stream",
        Kind::Udp => "udp.stream",
    };
    let node = detail.tree.nodes.iter().find(|n| n.field.abbrev == name)?;
    match node.value {
        crate::dissect::Value::U(stream) => u32::try_from(stream).ok(),
        _ => None,
    }
}
