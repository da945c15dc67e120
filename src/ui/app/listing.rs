//! What the user does with the packet list: times, colours, columns, order; marks and comments; going from packet to packet.

use std::sync::Arc;

use egui::{Context, Frame, Margin, Panel, Ui};

use super::{App, Open, tools, wake};
use crate::filter::compile_using;
use crate::filter::compose::Conversation;
use crate::session::colours::{self, ColourRule, Colours, Hue, Paint, Reach};
use crate::session::list_columns::{self as columns, Column, ColumnKind};
use crate::session::times::TimeFormat;
use crate::session::{
    Heading, Marks, Numbers, Recipe, Rows, Seek, SortKey, SortRun, Sorted, Target,
};
use crate::ui::theme::Palette;
use crate::ui::views::colour_editor::{self, ColourEditor};
use crate::ui::views::packet_head::HeadAction;
use crate::ui::views::packet_window::PacketWindow;
use crate::ui::views::prompt::Prompt;
use crate::ui::views::status::grouped;

/// Sections of the settings.
const TIME: &str = "time column";
/// Packets that are remembered as visited.
const VISITED: usize = 1000;
/// Windows of single packets at a time.
const WINDOWS: usize = 12;

/// The state behind it.
#[derive(Default)]
pub(super) struct Listing {
    rules: Vec<ColourRule>,
    /// Colours of conversations, until the program ends.
    conversations: Vec<ColourRule>,
    sorting: Option<Sorting>,
    /// Counts changes of the order.
    orders: u64,
    visited: Vec<u32>,
    /// Where in `visited` the chosen packet is.
    at: usize,
    seek: Option<Seek>,
    go_to: Option<Prompt>,
    comment: Option<(u32, Prompt)>,
    windows: Vec<PacketWindow>,
    editor: Option<ColourEditor>,
    /// The side file with marks was asked for.
    marks_kept: bool,
}

/// The list in the order of a column.
struct Sorting {
    kind: ColumnKind,
    descending: bool,
    run: Option<SortRun>,
    order: Option<Arc<Sorted>>,
    /// How many rows there were when it was begun.
    rows: u64,
}

impl Listing {
    /// The order of the list, if it is another than that of capture.
    pub fn order(&self) -> Option<&Arc<Sorted>> {
        self.sorting.as_ref()?.order.as_ref()
    }

    /// The column that the list is sorted by, and whether from the end.
    pub fn sorted(&self) -> Option<(ColumnKind, bool)> {
        let sorting = self.sorting.as_ref()?;
        Some((sorting.kind.clone(), sorting.descending))
    }

    /// Counts changes of the order.
    pub fn orders(&self) -> u64 {
        self.orders
    }

    /// Which share of the list was looked at for sorting, while that goes on.
    pub fn progress(&self) -> Option<f32> {
        Some(self.sorting.as_ref()?.run.as_ref()?.progress())
    }

    /// Whether nothing is at work.
    pub fn is_idle(&self) -> bool {
        let sorted = self.sorting.as_ref().is_none_or(|s| s.run.is_none());
        sorted && self.seek.is_none() && self.windows.iter().all(PacketWindow::is_ready)
    }

    /// Another capture, or none: what was about the old one is over.
    pub fn forget(&mut self) {
        self.sorting = None;
        self.orders += 1;
        self.visited.clear();
        self.at = 0;
        self.seek = None;
        self.go_to = None;
        self.comment = None;
        self.marks_kept = false;
    }

    /// Other rows are displayed: their order is to be made anew.
    pub fn rows_changed(&mut self) {
        self.orders += 1;
        if let Some(sorting) = &mut self.sorting {
            sorting.order = None;
            sorting.run = None;
            sorting.rows = u64::MAX;
        }
    }

    /// A packet was chosen.
    pub fn visit(&mut self, number: u32) {
        if self.visited.get(self.at) == Some(&number) {
            return;
        }
        self.visited.truncate(self.at + 1);
        self.visited.push(number);
        if self.visited.len() > VISITED {
            self.visited.remove(0);
        }
        self.at = self.visited.len().saturating_sub(1);
    }
}

impl App {
    /// Take what the settings have for the list.
    pub(super) fn load_listing(&mut self) {
        let settings = self.library.settings();
        self.listing.rules = colours::load(settings);
        self.packets.columns = columns::load(settings);
        let mut time = settings.lines(TIME).iter();
        let format = time.next().and_then(|l| TimeFormat::named(l));
        self.packets.times.format = format.unwrap_or_default();
        self.packets.times.decimals = time.next().and_then(|l| l.parse().ok());
    }

    /// A capture was opened: make its rows as the user wants them.
    pub(super) fn begin_listing(&mut self) {
        self.listing.forget();
        self.listing.conversations.clear();
        self.send_recipe();
    }

    /// Tell the feed which columns and colours rows have.
    fn send_recipe(&mut self) {
        let fields = columns::fields_of(&self.packets.columns, &self.registry);
        let rules = self.listing.conversations.iter().chain(&self.listing.rules);
        let (colours, _) = Colours::new(rules, &self.registry, self.library.macros());
        let recipe = Recipe {
            columns: fields.into_iter().map(|(_, fields)| fields).collect(),
            colours,
        };
        if let Some(open) = &self.open {
            open.feed.set_recipe(Arc::new(recipe));
        }
    }

    /// Take in what the background has done for the list.
    pub(super) fn poll_listing(&mut self, ctx: &Context) {
        let Some(open) = &self.open else { return };
        if !self.listing.marks_kept {
            let folder = self.library.settings().folder();
            let folder = folder.map(|f| f.join("marks"));
            // A live capture has a name that nobody knows again.
            let folder = folder.filter(|_| open.session.recorder().is_none());
            self.listing.marks_kept = match folder {
                Some(folder) => {
                    let kept = open.session.keep_marks(&folder);
                    if kept {
                        open.feed.forget();
                    }
                    kept
                }
                None => true,
            };
        }
        if let Some(error) = open.session.take_marks_error() {
            self.notice = Some(error);
        }
        if open.loaded {
            let fine = |i: &crate::capture::Interface| {
                !matches!(i.resolution, crate::capture::Resolution::Decimal(0..=6))
            };
            let info = Arc::clone(&open.session.state().info);
            self.packets.times.of_file = if info.interfaces.iter().any(fine) {
                9
            } else {
                6
            };
        }
        if let Some(outcome) = self.listing.seek.as_ref().and_then(Seek::outcome) {
            self.listing.seek = None;
            match outcome {
                Some(number) => self.go_to_frame(number),
                None => {
                    self.notice = Some("There is no further packet of this conversation.".into())
                }
            }
        }
        self.poll_sorting(ctx);
    }

    fn poll_sorting(&mut self, ctx: &Context) {
        let rows = self.displayed();
        let Some(sorting) = &mut self.listing.sorting else {
            return;
        };
        let Some(open) = &self.open else { return };
        if let Some(run) = &sorting.run {
            let state = run.state();
            if let Some(error) = state.error {
                self.notice = Some(format!("The list cannot be sorted: {error}"));
                self.listing.sorting = None;
                return;
            }
            if let Some(order) = state.order {
                sorting.order = Some(order);
                sorting.run = None;
                self.listing.orders += 1;
                if let Some(row) = self.chosen_row() {
                    self.packets.list.reveal(row);
                }
            } else {
                ctx.request_repaint_after_secs(0.1);
            }
            return;
        }
        let settled = open.run.as_ref().is_none_or(|run| run.state().done);
        if sorting.rows != rows && settled && open.loaded {
            let kind = sorting.kind.clone();
            let descending = sorting.descending;
            self.start_sort(kind, descending, ctx);
        }
    }

    fn start_sort(&mut self, kind: ColumnKind, descending: bool, ctx: &Context) {
        let rows = self.displayed();
        let since = matches!(
            self.packets.times.format,
            TimeFormat::SinceCaptured | TimeFormat::SinceDisplayed
        );
        let Some(open) = &self.open else { return };
        let key = match &kind {
            ColumnKind::Number => SortKey::Number,
            ColumnKind::Time if since => SortKey::SinceCaptured,
            ColumnKind::Time => SortKey::Time,
            ColumnKind::Source => SortKey::Source,
            ColumnKind::Destination => SortKey::Destination,
            ColumnKind::Protocol => SortKey::Protocol,
            ColumnKind::Length => SortKey::Length,
            ColumnKind::Info => SortKey::Info,
            ColumnKind::Field(name) => SortKey::Field(self.registry.fields_named(name).to_vec()),
        };
        let run = SortRun::start(&open.session, key, descending, open.rows(), wake(ctx));
        let order = self.listing.sorting.take().and_then(|s| s.order);
        self.listing.sorting = Some(Sorting {
            kind,
            descending,
            run: Some(run),
            // Until the new order is there the old one stays.
            order,
            rows,
        });
    }

    /// Back to the order of capture; a sort at work is given up.
    pub(super) fn unsort(&mut self) {
        self.listing.sorting = None;
        self.listing.orders += 1;
        if let Some(row) = self.chosen_row() {
            self.packets.list.reveal(row);
        }
    }

    pub(super) fn head_action(&mut self, action: HeadAction, ctx: &Context) {
        match action {
            HeadAction::Sort(kind, Some(descending)) => self.start_sort(kind, descending, ctx),
            HeadAction::Sort(_, None) => self.unsort(),
            HeadAction::Changed => self.keep_columns(),
            HeadAction::Replaced => self.columns_replaced(),
        }
    }

    /// Other columns are shown.
    pub(super) fn columns_replaced(&mut self) {
        self.keep_columns();
        self.send_recipe();
    }

    fn keep_columns(&mut self) {
        columns::store(&self.packets.columns, self.library.settings());
    }

    /// The chosen field becomes a column, before Info.
    pub(super) fn apply_as_column(&mut self) {
        let field = self.detail().and_then(|detail| {
            let node = detail.tree.nodes.get(self.node?)?;
            (!node.field.abbrev.is_empty()).then_some(node.field)
        });
        let Some(field) = field else { return };
        let column = Column::of_field(field);
        let columns = &mut self.packets.columns;
        match columns.iter_mut().find(|c| c.kind == column.kind) {
            Some(there) => there.shown = true,
            None => {
                let info = columns.iter().position(|c| c.kind == ColumnKind::Info);
                columns.insert(info.unwrap_or(columns.len()), column);
            }
        }
        self.keep_columns();
        self.send_recipe();
    }

    // ---- times --------------------------------------------------------------------------------------------------------

    pub(super) fn set_time(&mut self, format: TimeFormat, decimals: Option<u8>) {
        self.packets.times.format = format;
        self.packets.times.decimals = decimals;
        self.packets.fit_time();
        let decimals = decimals.map_or("automatic".to_owned(), |d| d.to_string());
        let lines = [format.id().to_owned(), decimals];
        self.library.settings().set(TIME, lines);
        self.keep_columns();
    }

    // ---- marks --------------------------------------------------------------------------------------------------------

    /// Change what is noted about frames, and show it.
    pub(super) fn change_marks(&mut self, ctx: &Context, change: impl FnOnce(&mut Marks)) {
        let Some(open) = &self.open else { return };
        let ignored = !open.session.marks().ignored.is_empty();
        open.session.change_marks(change);
        open.feed.forget();
        // A filter that asks for marks finds others now.
        let names = [
            "frame.marked",
            "frame.ignored",
            "frame.time_relative",
            "frame.comment",
        ];
        let touches = |f: &crate::filter::Filter| {
            f.touches().names.iter().any(|n| names.contains(n))
                || ignored
                || !open.session.marks().ignored.is_empty()
        };
        if self.filter.applied.as_ref().is_some_and(touches) {
            self.start_filter(ctx);
        }
    }

    /// Set or take away a note of all displayed frames.
    pub(super) fn change_displayed(
        &mut self,
        ctx: &Context,
        which: fn(&mut Marks) -> &mut Numbers,
        member: bool,
    ) {
        let Some(open) = &self.open else { return };
        let (rows, last) = (open.rows(), open.session.snapshot().len());
        self.change_marks(ctx, |marks| match rows {
            Some(rows) => which(marks).set_all(rows.iter(), member),
            None => which(marks).set_all(1..=last, member),
        });
    }

    pub(super) fn ask_for_comment(&mut self) {
        let (Some(open), Some(number)) = (&self.open, self.chosen) else {
            return;
        };
        let comments = open.session.view().comments(number).to_vec();
        let title = format!("Comment on packet {number}");
        let text = comments.into_iter().next().unwrap_or_default();
        self.listing.comment = Some((number, Prompt::new(title, "Comment", "Keep", text)));
    }

    fn set_comment(&mut self, number: u32, text: &str, ctx: &Context) {
        let Some(open) = &self.open else { return };
        let mut comments = open.session.view().comments(number).to_vec();
        let text = text.trim().to_owned();
        match (comments.first_mut(), text.is_empty()) {
            (Some(first), false) => *first = text,
            (Some(_), true) => {
                comments.remove(0);
            }
            (None, false) => comments.push(text),
            (None, true) => return,
        }
        self.change_marks(ctx, |marks| {
            marks.comments.insert(number, comments);
        });
    }

    // ---- colours ------------------------------------------------------------------------------------------------------

    /// Give the conversation of the chosen packet a colour: this one, or the next that is free.
    pub(super) fn colour_conversation(&mut self, hue: Option<Hue>) {
        let Some(detail) = self.detail() else { return };
        let kinds = [
            Conversation::Tcp,
            Conversation::Udp,
            Conversation::Ipv4,
            Conversation::Ipv6,
            Conversation::Ethernet,
        ];
        let filter = kinds
            .iter()
            .find_map(|k| k.filter(&detail.tree, &detail.bytes));
        let Some(filter) = filter else { return };
        let rules = &mut self.listing.conversations;
        rules.retain(|r| r.filter != filter);
        // Blue last: the chosen row is blue too.
        let hues = || Hue::ALL.into_iter().skip(1).chain([Hue::Blue]);
        let free = hues()
            .into_iter()
            .find(|h| rules.iter().all(|r| r.paint.hue != *h));
        rules.insert(
            0,
            ColourRule {
                name: "Conversation".into(),
                filter,
                paint: Paint {
                    hue: hue.or(free).unwrap_or(Hue::Blue),
                    reach: Reach::Ground,
                },
                on: true,
            },
        );
        self.send_recipe();
    }

    pub(super) fn forget_conversation_colours(&mut self) {
        self.listing.conversations.clear();
        self.send_recipe();
    }

    pub(super) fn edit_colours(&mut self) {
        self.listing.editor = Some(ColourEditor::new(&self.listing.rules));
    }

    fn colour_editor(&mut self, ctx: &Context) {
        let Some(mut editor) = self.listing.editor.take() else {
            return;
        };
        let mut open = true;
        let check = |text: &str| {
            compile_using(text, &self.registry, None, self.library.macros())
                .err()
                .map(|e| e.message)
        };
        let action = egui::Window::new("Colour rules")
            .open(&mut open)
            .collapsible(false)
            .frame(tools::frame(ctx))
            .resizable(false)
            .pivot(egui::Align2::CENTER_CENTER)
            .default_pos(ctx.content_rect().center())
            .show(ctx, |ui| editor.show(ui, &check))
            .and_then(|w| w.inner.flatten());
        match action {
            Some(colour_editor::Action::Keep(rules)) => {
                colours::store(&rules, self.library.settings());
                self.listing.rules = rules;
                self.send_recipe();
            }
            Some(colour_editor::Action::Cancel) => {}
            None if open => self.listing.editor = Some(editor),
            None => {}
        }
    }

    // ---- from packet to packet ----------------------------------------------------------------------------------------

    pub(super) fn ask_for_number(&mut self) {
        let mut prompt = Prompt::new("Go to packet".into(), "Packet number", "Go", String::new());
        prompt.hint = "number";
        prompt.width = 96.0;
        self.listing.go_to = Some(prompt);
    }

    /// What is wrong with the number that was asked for, if anything; otherwise it is gone to.
    fn go_to_text(&mut self, text: &str) -> Option<String> {
        let last = self.open.as_ref()?.session.snapshot().len();
        let digits: String = text.chars().filter(|c| !matches!(c, ',' | ' ')).collect();
        let Some(number) = digits.parse::<u32>().ok().filter(|n| *n > 0) else {
            return Some("That is no number of a packet.".into());
        };
        if number > last {
            return Some(format!("The last packet is {}.", grouped(u64::from(last))));
        }
        if self.row_of(number).is_none() {
            return Some(format!("Packet {number} is not displayed."));
        }
        self.go_to_frame(number);
        None
    }

    pub(super) fn step_in_conversation(&mut self, heading: Heading, ctx: &Context) {
        let (Some(open), Some(number)) = (&self.open, self.chosen) else {
            return;
        };
        let stream = open.session.facts().of(number).transport(number, 0);
        let target = match stream {
            Some(_) => Target::SameStream(number),
            None => {
                let Some(detail) = self.detail() else { return };
                let kinds = [
                    Conversation::Ipv4,
                    Conversation::Ipv6,
                    Conversation::Ethernet,
                ];
                let filter = kinds
                    .iter()
                    .find_map(|k| k.filter(&detail.tree, &detail.bytes));
                let filter = filter.and_then(|f| {
                    compile_using(&f, &self.registry, None, self.library.macros()).ok()
                });
                let Some(filter) = filter else { return };
                Target::Passing(Arc::new(filter))
            }
        };
        let rows = open.rows();
        let seek = Seek::start(&open.session, target, number, heading, rows, wake(ctx));
        self.listing.seek = Some(seek);
    }

    /// To the next or previous frame of a set, among those displayed.
    pub(super) fn step_among(&mut self, which: fn(&Marks) -> &Numbers, heading: Heading) {
        let (Some(open), Some(mut at)) = (&self.open, self.chosen) else {
            return;
        };
        let marks = open.session.marks();
        let numbers = which(&marks);
        let rows = open.rows();
        loop {
            let next = match heading {
                Heading::Forward => at.checked_add(1).and_then(|n| numbers.at_or_after(n)),
                Heading::Backward => at.checked_sub(1).and_then(|n| numbers.at_or_before(n)),
            };
            let Some(next) = next else { return };
            if rows.as_ref().is_none_or(|rows| rows.contains(next)) {
                self.go_to_frame(next);
                return;
            }
            at = next;
        }
    }

    /// Back to the packet visited before, or forth again.
    pub(super) fn step_in_history(&mut self, heading: Heading) {
        let at = match heading {
            Heading::Forward => self.listing.at.checked_add(1),
            Heading::Backward => self.listing.at.checked_sub(1),
        };
        let Some((at, number)) = at.and_then(|at| Some((at, *self.listing.visited.get(at)?)))
        else {
            return;
        };
        self.listing.at = at;
        self.go_to_frame(number);
    }

    /// The chosen packet in a window of its own.
    pub(super) fn open_packet_window(&mut self) {
        let (Some(open), Some(number)) = (&self.open, self.chosen) else {
            return;
        };
        let windows = &mut self.listing.windows;
        if windows.iter().any(|w| w.number() == number) || windows.len() >= WINDOWS {
            return;
        }
        let file = open.session.path().file_name().unwrap_or_default();
        windows.push(PacketWindow::new(number, &file.to_string_lossy()));
    }

    // ---- drawing ------------------------------------------------------------------------------------------------------

    /// The lines below the toolbar that ask for a number or a comment.
    pub(super) fn prompts(&mut self, ui: &mut Ui) {
        let palette = Palette::here(ui);
        let frame = Frame::new()
            .fill(palette.raised)
            .inner_margin(Margin::symmetric(12, 6));
        if let Some(mut prompt) = self.listing.go_to.take() {
            let panel = Panel::top("go-to").frame(frame);
            let done = panel.show(ui, |ui| prompt.show(ui)).inner;
            match done {
                Some(true) => {
                    prompt.wrong = self.go_to_text(&prompt.text);
                    if prompt.wrong.is_some() {
                        self.listing.go_to = Some(prompt);
                    }
                }
                Some(false) => {}
                None => self.listing.go_to = Some(prompt),
            }
        }
        if let Some((number, mut prompt)) = self.listing.comment.take() {
            let panel = Panel::top("comment").frame(frame);
            let done = panel.show(ui, |ui| prompt.show(ui)).inner;
            match done {
                Some(true) => {
                    let ctx = ui.ctx().clone();
                    self.set_comment(number, &prompt.text, &ctx);
                }
                Some(false) => {}
                None => self.listing.comment = Some((number, prompt)),
            }
        }
    }

    /// The windows that belong to the list.
    pub(super) fn listing_windows(&mut self, ctx: &Context) {
        self.colour_editor(ctx);
        let feed = self.open.as_ref().map(|open| &open.feed);
        self.listing.windows.retain_mut(|window| {
            let wanted = window.is_ready() || feed.is_some();
            wanted && window.show(ctx, feed)
        });
    }
}

impl Open {
    /// The rows of the filter, if there is one.
    pub(super) fn rows(&self) -> Option<Arc<Rows>> {
        self.run.as_ref().map(|run| run.state().rows)
    }
}
