//! The window's state and its layout: toolbar, packet list, tree, bytes, status line.

mod capturing;
mod commands;
mod decoding;
mod details;
mod dock;
mod filtering;
mod finding;
mod keeping;
mod lab;
mod ladder;
mod listing;
mod menus;
mod merging;
mod notices;
mod objects;
mod opening;
mod panes;
mod saving;
mod shell;
mod starting;
mod tools;

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::Receiver;

use egui::{CentralPanel, Context, Frame, Margin, Panel, Ui};

use filtering::FilterLine;
use tools::Tools;

use super::command::Command;
use super::theme::Palette;
use super::views::bytes::Bytes;
use super::views::diagram::DiagramPane;
use super::views::packets::{Input, Packets};
use super::views::status;
use super::views::status::Status;
use super::views::tree::FieldTree;
use super::widgets::row_menu::keys_free;
use crate::dissect::Registry;
use crate::session::follow::Kind;
use crate::session::list_columns::ColumnKind;
use crate::session::{Detail, Feed, FilterRun, Library, ListRow, Session, Settings, Wake};

/// The program's window.
pub struct App {
    registry: Arc<Registry>,
    open: Option<Open>,
    notice: Option<String>,
    filter: FilterLine,
    library: Library,
    tools: Tools,
    dialog: Option<Receiver<Option<PathBuf>>>,
    capturing: capturing::Capturing,
    packets: Packets,
    tree: FieldTree,
    bytes: Bytes,
    diagram: DiagramPane,
    saving: saving::SavingState,
    objects: objects::ObjectsState,
    lab: lab::LabState,
    dock: dock::Dock,
    finding: finding::Finding,
    panes: panes::Panes,
    shell: shell::Shell,
    listing: listing::Listing,
    /// How many rows the list shows while it stays at its end, and how many it will show when they are ready.
    end: u64,
    next_end: Option<u64>,
    /// The chosen frame's number.
    chosen: Option<u32>,
    /// The chosen node of its tree.
    node: Option<usize>,
    /// The frame to be chosen again when it is loaded.
    return_to: Option<u32>,
    /// The merged capture that is open, if it is one.
    merged: Option<merging::MergedFile>,
    merging: Option<merging::Merging>,
}

/// Who gets the keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Pane {
    List,
    Fields,
    Bytes,
}

/// An open capture.
struct Open {
    session: Arc<Session>,
    feed: Feed,
    run: Option<FilterRun>,
    loaded: bool,
    /// Frames that had left the memory when the list was drawn last.
    gone: u32,
}

impl Open {
    /// How many frames have left the memory (a live capture): the list begins behind them.
    fn evicted(&self) -> u32 {
        self.session.snapshot().first().saturating_sub(1)
    }
}

impl App {
    /// A window without a capture, that keeps nothing for later sessions.
    pub fn new(ctx: &Context) -> App {
        App::with_settings(ctx, Settings::in_memory())
    }

    /// A window without a capture, with what was kept from earlier sessions.
    pub fn with_settings(ctx: &Context, settings: Settings) -> App {
        let mut app = App {
            registry: Arc::new(crate::protocols::registry()),
            open: None,
            notice: None,
            filter: FilterLine::default(),
            library: Library::new(settings),
            tools: Tools::default(),
            dialog: None,
            capturing: Default::default(),
            packets: Packets::default(),
            tree: FieldTree::default(),
            bytes: Bytes::default(),
            diagram: DiagramPane::default(),
            saving: saving::SavingState::default(),
            objects: objects::ObjectsState::default(),
            lab: lab::LabState::default(),
            dock: dock::Dock::default(),
            finding: Default::default(),
            panes: panes::Panes::default(),
            shell: shell::Shell::default(),
            listing: Default::default(),
            end: 0,
            next_end: None,
            chosen: None,
            node: None,
            return_to: None,
            merged: None,
            merging: None,
        };
        app.load_shell(ctx);
        app.load_decoding();
        app.remember_unfolded();
        app.load_listing();
        app
    }

    /// How many rows the list has.
    fn displayed(&self) -> u64 {
        self.open.as_ref().map_or(0, |open| {
            let gone = open.evicted();
            u64::from(match &open.run {
                Some(run) => {
                    let rows = run.state().rows;
                    rows.len() - rows.rank(gone + 1)
                }
                None => open.session.snapshot().len() - gone,
            })
        })
    }

    /// The frame in a row.
    fn frame_at(&self, row: u64) -> Option<u32> {
        let open = self.open.as_ref()?;
        let row = u32::try_from(row).ok()?;
        let gone = open.evicted();
        // Rows that came since the list was sorted stand behind those that were.
        if let (0, Some(order)) = (gone, self.listing.order())
            && row < order.len()
        {
            return order.at(row);
        }
        match &open.run {
            Some(run) => {
                let rows = run.state().rows;
                rows.select(row.checked_add(rows.rank(gone + 1))?)
            }
            None => (row < open.session.snapshot().len() - gone).then_some(gone + row + 1),
        }
    }

    /// The row of the chosen frame, if it is displayed.
    fn chosen_row(&self) -> Option<u64> {
        self.row_of(self.chosen?)
    }

    /// The row of a frame, if it is displayed.
    fn row_of(&self, number: u32) -> Option<u64> {
        let open = self.open.as_ref()?;
        let gone = open.evicted();
        if let (0, Some(order)) = (gone, self.listing.order())
            && let Some(place) = order.place(number)
        {
            return Some(u64::from(place));
        }
        let row = match &open.run {
            Some(run) => {
                let rows = run.state().rows;
                let row = rows.contains(number).then(|| rows.rank(number))?;
                row.checked_sub(rows.rank(gone + 1))?
            }
            None => number.checked_sub(gone + 1)?,
        };
        Some(u64::from(row))
    }

    fn choose(&mut self, row: u64) {
        if let Some(number) = self.frame_at(row) {
            self.choose_frame(number);
        }
    }

    fn choose_frame(&mut self, number: u32) {
        if self.chosen != Some(number) {
            self.chosen = Some(number);
            self.listing.visit(number);
            self.node = None;
            self.bytes.reset();
        }
    }

    fn detail(&self) -> Option<Arc<Detail>> {
        let number = self.chosen?;
        self.open
            .as_ref()?
            .feed
            .detail(number)
            .filter(|d| d.number == number)
    }

    /// From here on keys are for this pane.
    fn keys_to(&mut self, pane: Pane) {
        self.tree.focused = pane == Pane::Fields;
        self.bytes.focused = pane == Pane::Bytes;
    }

    /// Keys go to the next pane, or the one before.
    fn next_pane(&mut self, forward: bool) {
        let panes = [Pane::List, Pane::Fields, Pane::Bytes];
        let at = match (self.tree.focused, self.bytes.focused) {
            (_, true) => 2,
            (true, _) => 1,
            _ => 0,
        };
        let shown = |pane: Pane| {
            use crate::session::preferences::Pane as P;
            self.shell.preferences.shows(match pane {
                Pane::List => P::List,
                Pane::Fields => P::Fields,
                Pane::Bytes => P::Bytes,
            })
        };
        let step = if forward { 1 } else { 2 };
        let others = [(at + step) % 3, (at + 2 * step) % 3].map(|at| panes[at]);
        if let Some(pane) = others.into_iter().find(|p| shown(*p)) {
            self.keys_to(pane);
        }
        // A pane without a chosen line would take keys and show nothing.
        if self.node.is_none() && (self.tree.focused || self.bytes.focused) {
            self.node = self
                .detail()
                .and_then(|d| (!d.tree.nodes.is_empty()).then_some(0));
        }
    }

    fn choose_node(&mut self, detail: &Detail, node: usize, from_bytes: bool) {
        self.node = Some(node);
        if from_bytes {
            self.tree.reveal(&detail.tree, node);
        } else if let Some(node) = detail.tree.nodes.get(node) {
            self.bytes.reveal(node);
        }
    }

    // ---- layout -------------------------------------------------------------------------------------------------------

    /// The chosen packet's number.
    pub fn chosen_packet(&self) -> Option<u32> {
        self.chosen
    }

    /// Filter name of the chosen field.
    pub fn chosen_field(&self) -> Option<&'static str> {
        let detail = self.detail()?;
        Some(detail.tree.nodes.get(self.node?)?.field.abbrev)
    }

    /// The time of a row as the list shows it, if the row is ready.
    pub fn time_of_row(&self, row: u64) -> Option<String> {
        let open = self.open.as_ref()?;
        let numbers = row.saturating_sub(1)..=row;
        let rows = open
            .feed
            .ready_rows(numbers.filter_map(|r| self.frame_at(r)));
        let before = (row > 0)
            .then(|| rows.first()?.1.as_ref()?.moment)
            .flatten();
        let row = rows.last()?.1.as_ref()?;
        Some(self.packets.time(row, before))
    }

    /// Whether everything that was asked for is loaded, filtered and ready to paint.
    pub fn is_idle(&self) -> bool {
        self.saving.is_idle()
            && self.objects.is_idle()
            && self.listing.is_idle()
            && self.dock.is_idle()
            && self.finding.is_idle()
            && self.merging.is_none()
            && self.tools.is_idle()
            && self.lab.is_idle()
            && self.open.as_ref().is_none_or(|open| {
                (open.loaded || self.lab.rests())
                    && open.feed.is_idle()
                    && open.run.as_ref().is_none_or(|run| run.state().done)
            })
    }

    fn toolbar(&mut self, ui: &mut Ui) {
        ui.horizontal_centered(|ui| {
            ui.add_space(4.0);
            self.menu(ui);
            // The filter is what a narrow window has room for; the menu has the rest.
            let width = ui.available_width();
            if width > 560.0 {
                self.command_button(ui, Command::OpenFile, "Open");
                self.command_button(ui, Command::CaptureOptions, "Capture");
                self.command_button(ui, Command::OpenLab, "Lab");
            }
            let follow = match self.can_follow(Kind::Udp) {
                true => Command::FollowUdp,
                false => Command::FollowTcp,
            };
            if width > 860.0 {
                self.command_button(ui, follow, "Follow");
                self.command_button(ui, Command::Ladder, "Ladder");
            }
            ui.separator();
            self.filter_bar(ui);
        });
    }

    fn status(&self) -> Status {
        let mut status = Status::default();
        let Some(open) = &self.open else {
            return status;
        };
        status.file = open
            .session
            .path()
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        if open.session.recorder().is_some() {
            status.file = "live capture".into();
        }
        status.packets = u64::from(open.session.snapshot().len());
        if let Some(run) = &open.run {
            let state = run.state();
            status.displayed = Some(u64::from(state.rows.len()));
            status.filtering = !state.done;
        }
        status.sorting = self.listing.progress();
        let load = open.session.state();
        if !load.done && open.session.recorder().is_none() && !self.lab.is_on() {
            let (at, of) = load.progress;
            status.loading = Some(if of == 0 { 0.0 } else { at as f32 / of as f32 });
        }
        drop(load);
        if let (Some(detail), Some(node)) = (self.detail(), self.node)
            && let Some(node) = detail.tree.nodes.get(node)
        {
            status.field = node.field.abbrev.to_owned();
            status.bytes = match node.len {
                0 => String::new(),
                1 => format!("byte {}", node.start),
                n => format!("bytes {}–{}", node.start, node.start.saturating_add(n - 1)),
            };
        }
        status
    }

    fn list(&mut self, ui: &mut Ui) {
        let count = self.listed(ui.available_height());
        let held = self.packets.list.follow_end && count < self.displayed();
        let chosen = self.chosen_row();
        let taken = self.tree.focused || self.bytes.focused || self.dock.takes_keys();
        let keys = keys_free(ui.ctx()) && !taken;
        let marks = self.open.as_ref().map(|o| o.session.marks());
        let marks = marks.unwrap_or_default();
        let sorted = self.listing.sorted();
        let mut packets = std::mem::take(&mut self.packets);
        let rows = |range: std::ops::Range<u64>| -> Vec<(u32, Option<Arc<ListRow>>)> {
            let Some(open) = &self.open else {
                return Vec::new();
            };
            let numbers = range.filter_map(|row| self.frame_at(row));
            match held {
                true => open.feed.ready_rows(numbers),
                false => open.feed.rows(numbers),
            }
        };
        let number = |row: u64| self.frame_at(row);
        let paints = |numbers: &[u32]| match &self.open {
            Some(open) => open.feed.paints(numbers),
            None => (Vec::new(), 0),
        };
        let age = self.open.as_ref().map_or(0, |o| o.feed.paints_known().1);
        let detail = self.detail();
        let input = Input {
            count,
            last: self.open.as_ref().map_or(0, |o| o.session.snapshot().len()),
            chosen,
            relations: detail.as_ref().map(|d| &d.relations),
            rows: &rows,
            number: &number,
            paints: &paints,
            state: self.listing.orders() << 32 | u64::from(age),
            marks: &marks,
            sorted: sorted
                .as_ref()
                .map(|(kind, descending)| (kind, *descending)),
            keys,
        };
        let mut wish = None;
        let mut menu = |ui: &mut Ui, number: u32, column: &ColumnKind| {
            let detail = detail.as_deref().filter(|d| d.number == number);
            let asked = menus::packet(ui, &self.registry, detail, column, &self.filter.text);
            wish = wish.take().or(asked);
        };
        let done = packets.show(ui, &input, &mut menu);
        self.packets = packets;
        let ctx = ui.ctx().clone();
        self.fulfil(wish, &ctx);
        if let Some(action) = done.head {
            self.head_action(action, &ctx);
        }
        if let Some(number) = done.marked {
            self.change_marks(&ctx, |marks| marks.marked.toggle(number));
        }
        if let Some(row) = done.chosen {
            self.keys_to(Pane::List);
            // Whoever looks at a packet wants it to stay.
            self.packets.list.follow_end &= row + 1 == count;
            self.choose(row);
        }
        if done.opened {
            self.run(Command::OpenPacket, &ctx);
        }
    }

    /// How many rows the list shows. When it stays at its end, rows come into sight when they are ready, not before: a list that
    /// runs ahead of its contents could not be read.
    fn listed(&mut self, height: f32) -> u64 {
        let displayed = self.displayed();
        if !self.packets.list.follow_end {
            self.next_end = None;
            return displayed;
        }
        let next = self
            .next_end
            .filter(|next| *next <= displayed)
            .unwrap_or(displayed);
        let page = (height / super::theme::ROW_HEIGHT).ceil() as u64 + 1;
        let rows = (next.saturating_sub(page)..next).filter_map(|row| self.frame_at(row));
        let ready = self.open.as_ref().is_none_or(|open| {
            let rows = open.feed.rows(rows);
            rows.iter().all(|(_, row)| row.is_some())
        });
        if ready {
            self.end = next;
            self.next_end = None;
        } else {
            self.next_end = Some(next);
        }
        self.end = self.end.min(displayed);
        if self.end == 0 { displayed } else { self.end }
    }

    /// Paint the whole window.
    pub fn show(&mut self, ui: &mut Ui) {
        let ctx = ui.ctx().clone();
        let palette = Palette::here(ui);
        self.lab_keys(&ctx);
        self.shortcuts(ui);
        let bar = Frame::new()
            .fill(palette.panel)
            .inner_margin(Margin::symmetric(4, 0));
        Panel::top("toolbar")
            .exact_size(44.0)
            .frame(bar)
            .show(ui, |ui| self.toolbar(ui));
        self.saved_filters(ui);
        self.prompts(ui);
        self.find_bar(ui);
        self.capture_bar(ui);
        self.lab_bar(ui);
        self.notices(ui);
        self.ask_to_keep(&ctx);
        let frame = Frame::new().fill(palette.panel);
        let mut cancel = false;
        Panel::bottom("status")
            .exact_size(28.0)
            .frame(frame)
            .show(ui, |ui| {
                cancel = status::show(ui, &self.status());
            });
        if let (true, Some(open)) = (cancel, &self.open) {
            open.session.cancel();
        }
        self.shell_windows(&ctx);
        self.tools(&ctx);
        self.saving_windows(&ctx);
        self.objects_window(&ctx);
        self.listing_windows(&ctx);
        if self.lab.page {
            self.lab_page(ui);
            return;
        }
        if self.is_page_shown() {
            match self.capturing.page {
                true => self.capture_page(ui),
                false => self.start_page(ui),
            }
            return;
        }
        if self.hidden_capture(ui) {
            return;
        }
        if self.in_lesson() {
            self.lesson(ui);
            return;
        }
        CentralPanel::no_frame().show(ui, |ui| self.panes(ui));
    }

    /// Take in what happened outside of painting: dropped files, the dialog's answer, the end of loading.
    pub fn update(&mut self, ctx: &Context) {
        self.poll_dialog(ctx);
        self.poll_capture(ctx);
        self.poll_lab(ctx);
        self.poll_listing(ctx);
        self.poll_dock(ctx);
        self.note_window(ctx);
        self.poll_merging(ctx);
        let dropped: Vec<PathBuf> = ctx.input(|i| {
            let files = i.raw.dropped_files.iter();
            files.map(|f| f.path().to_path_buf()).collect()
        });
        match dropped.as_slice() {
            [] => {}
            [path] => self.open(path, ctx),
            _ => self.merge(dropped, ctx),
        }
        if let Some(open) = &mut self.open
            && !open.loaded
            && open.session.is_loaded()
        {
            open.loaded = true;
            open.feed.forget();
            self.diagram.forget();
        }
        if let Some(open) = &mut self.open {
            let gone = open.evicted();
            let rows = match &open.run {
                Some(run) => {
                    let rows = run.state().rows;
                    rows.rank(gone + 1) - rows.rank(open.gone + 1)
                }
                None => gone - open.gone,
            };
            open.gone = gone;
            if rows > 0 {
                self.packets.list.rows_gone(u64::from(rows));
                self.end = self.end.saturating_sub(u64::from(rows));
                self.next_end = None;
            }
        }
        self.choose_again();
        let waits = self.return_to.is_some();
        if self.chosen.is_none() && !waits && self.displayed() > 0 && !self.is_capturing() {
            self.choose(0);
        }
    }
}

impl eframe::App for App {
    fn logic(&mut self, ctx: &Context, _: &mut eframe::Frame) {
        self.update(ctx);
    }

    fn ui(&mut self, ui: &mut Ui, _: &mut eframe::Frame) {
        self.show(ui);
    }

    fn on_exit(&mut self, _: Option<&eframe::glow::Context>) {
        self.leave();
    }
}

fn wake(ctx: &Context) -> Wake {
    let ctx = ctx.clone();
    Arc::new(move || ctx.request_repaint())
}
