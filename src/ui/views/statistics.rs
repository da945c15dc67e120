//! Counts over the whole capture: protocol hierarchy, conversations, endpoints.

use std::cmp::Ordering;
use std::sync::Arc;

use egui::{Button, RichText, Ui};

use super::status::grouped;
use crate::flow::address::Address;
use crate::session::follow::Kind;
use crate::session::{
    Chain, Conversation, CountedLayer, Counting, Endpoint, Job, Rows, Session, Wake, chains,
    conversations, endpoints,
};
use crate::ui::theme::{EDGE, Palette};
use crate::ui::widgets::bar::{bar, switch};
use crate::ui::widgets::table::{Column, Data, Event, Table};
use crate::ui::widgets::text_field::TextField;

/// What is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// Packets and bytes by chain of protocols.
    Hierarchy,
    /// Who talked with whom.
    Conversations,
    /// Who talked.
    Endpoints,
}

impl What {
    /// As tabs and menus have it.
    pub const fn title(self) -> &'static str {
        match self {
            What::Hierarchy => "Protocol hierarchy",
            What::Conversations => "Conversations",
            What::Endpoints => "Endpoints",
        }
    }
}

/// What the user asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Action {
    /// Choose this packet.
    Choose(u32),
    /// Apply this filter.
    Apply(String),
    /// Put this filter into the bar.
    Prepare(String),
    /// Follow the conversation that this packet belongs to.
    Follow(Kind, u32),
}

/// What came of counting.
#[derive(Default)]
struct Counted {
    hierarchy: Option<Arc<Hierarchy>>,
    conversations: Vec<Arc<Conversations>>,
    endpoints: Vec<Arc<Endpoints>>,
}

/// A statistic in its view.
pub struct Statistic {
    what: What,
    /// Count only what the display filter shows.
    limited: bool,
    job: Option<Job<Counted>>,
    /// Which frames were counted: how many there were, and the filter's rows.
    made_for: Option<(u32, Option<Arc<Rows>>)>,
    counted: Option<Arc<Counted>>,
    error: Option<String>,
    layer: usize,
    table: Table,
}

/// What it is made of.
pub struct Input<'a> {
    /// The capture.
    pub session: &'a Arc<Session>,
    /// The rows that the display filter shows, if one is on and done.
    pub rows: Option<Arc<Rows>>,
    /// Wakes the window.
    pub wake: Wake,
}

impl Statistic {
    /// A statistic, not yet counted.
    pub fn new(what: What) -> Statistic {
        let mut table = Table::default();
        if what != What::Hierarchy {
            table.sort = Some((if what == What::Conversations { 3 } else { 2 }, true));
        }
        Statistic {
            what,
            limited: false,
            job: None,
            made_for: None,
            counted: None,
            error: None,
            layer: 0,
            table,
        }
    }

    /// What is counted.
    pub fn what(&self) -> What {
        self.what
    }

    /// Whether it is counted and in order.
    pub fn is_idle(&self) -> bool {
        self.job.is_none() && self.table.is_idle() && self.made_for.is_some()
    }

    /// Count, if what is to be counted changed; a live capture is counted anew when the user asks for it.
    fn count(&mut self, input: &Input<'_>, again: bool) {
        let rows = input.rows.clone().filter(|_| self.limited);
        let frames = input.session.snapshot().len();
        let old = match &self.made_for {
            None => true,
            Some((n, of)) => {
                let same = match (of, &rows) {
                    (Some(a), Some(b)) => Arc::ptr_eq(a, b),
                    (None, None) => true,
                    _ => false,
                };
                !same || again || *n != frames && input.session.is_loaded()
            }
        };
        if old && (self.job.is_none() || self.made_for.is_none()) {
            self.made_for = Some((frames, rows.clone()));
            let (session, what) = (Arc::clone(input.session), self.what);
            let wake = Arc::clone(&input.wake);
            self.job = Some(Job::start(Counting::of(rows), wake, move |counting| {
                count(&session, what, counting)
            }));
        }
        match self.job.as_ref().and_then(Job::outcome) {
            Some(Ok(counted)) => {
                if self.counted.is_none() {
                    // The innermost layer that has something is what one asks about most.
                    let layers = counted.conversations.iter().map(|c| c.rows.len());
                    let ends = counted.endpoints.iter().map(|e| e.rows.len());
                    let all: Vec<usize> = layers.chain(ends).collect();
                    self.layer = all.iter().rposition(|n| *n > 0).unwrap_or(0);
                    if let (Some(4), Some(tcp)) = (Some(self.layer), all.get(3))
                        && *tcp > 0
                    {
                        self.layer = 3;
                    }
                }
                self.counted = Some(counted);
                self.error = None;
                self.job = None;
                self.table.reset();
            }
            Some(Err(error)) => {
                self.error = Some(error);
                self.job = None;
            }
            None => {}
        }
    }

    /// Draw it.
    pub fn show(&mut self, ui: &mut Ui, input: &Input<'_>) -> Option<Action> {
        let mut again = false;
        let mut action = None;
        let palette = Palette::here(ui);
        bar(ui, |ui| {
            ui.add_space(EDGE - 4.0);
            self.layers(ui, palette);
            action = self.buttons(ui);
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                ui.add_space(EDGE);
                let field = TextField {
                    name: "Find in table",
                    hint: "Find in table",
                    width: 140.0,
                    mono: false,
                    wrong: false,
                };
                field.show(ui, &mut self.table.find);
                ui.add_space(4.0);
                if !input.session.is_loaded() {
                    again = ui.button("Refresh").clicked();
                }
                if ui
                    .button("Copy")
                    .on_hover_text("Copy the table as CSV")
                    .clicked()
                {
                    let text = self.csv();
                    ui.ctx().copy_text(text);
                }
                let can = input.rows.is_some() || self.limited;
                switch(ui, "Only displayed", can, &mut self.limited);
                if let Some(job) = &self.job {
                    let percent = (job.share() * 100.0).round();
                    let text = format!("counting… {percent} %");
                    ui.label(RichText::new(text).small().color(palette.dim));
                    ui.ctx()
                        .request_repaint_after(std::time::Duration::from_millis(100));
                }
            });
        });
        self.count(input, again);
        if let Some(error) = &self.error {
            ui.horizontal(|ui| {
                ui.add_space(EDGE);
                ui.label(RichText::new(error).color(palette.bad));
            });
        }
        let event = self.table(ui, input);
        action.or(event)
    }

    fn layers(&mut self, ui: &mut Ui, palette: &Palette) {
        let Some(counted) = &self.counted else { return };
        let conversations = counted
            .conversations
            .iter()
            .map(|c| (c.layer, c.rows.len()));
        let endpoints = counted.endpoints.iter().map(|e| (e.layer, e.rows.len()));
        let mut changed = false;
        for (i, (layer, n)) in conversations.chain(endpoints).enumerate() {
            let on = self.layer == i;
            let text = format!("{} {}", layer.title(), grouped(n as u64));
            let colour = if on { palette.text } else { palette.dim };
            let mut button = Button::new(RichText::new(&text).color(colour));
            if on {
                button = button.fill(palette.selection);
            }
            let response = ui.add_enabled(n > 0, button);
            response
                .widget_info(|| egui::WidgetInfo::selected(egui::Role::Button, n > 0, on, &text));
            if response.clicked() {
                self.layer = i;
                changed = true;
            }
        }
        if changed {
            self.table.reset();
        }
        if self.what != What::Hierarchy {
            ui.separator();
        }
    }

    /// What can be done with the chosen row.
    fn buttons(&mut self, ui: &mut Ui) -> Option<Action> {
        let mut action = None;
        if let Some(hierarchy) = self.counted.as_ref().and_then(|c| c.hierarchy.clone()) {
            for (title, fold) in [("Unfold all", false), ("Fold all", true)] {
                if ui.button(title).clicked() {
                    self.table.fold_all(hierarchy.as_ref(), fold);
                }
            }
            ui.separator();
        }
        let row = self.table.chosen;
        let filter = row.and_then(|row| self.filter(row));
        for (title, make) in [
            ("Apply as filter", Action::Apply as fn(String) -> Action),
            ("Prepare", Action::Prepare),
        ] {
            let response = ui.add_enabled(filter.is_some(), Button::new(title));
            if let (true, Some(filter)) = (response.clicked(), &filter) {
                action = Some(make(filter.clone()));
            }
        }
        if self.what == What::Conversations {
            let follow = row.and_then(|row| self.follow(row));
            let response = ui.add_enabled(follow.is_some(), Button::new("Follow stream"));
            action = action.or(follow.filter(|_| response.clicked()));
        }
        action
    }

    fn table(&mut self, ui: &mut Ui, input: &Input<'_>) -> Option<Action> {
        let counted = self.counted.clone()?;
        let mut table = std::mem::take(&mut self.table);
        let mut action = None;
        let mut menu = |ui: &mut Ui, row: usize| {
            ui.set_min_width(180.0);
            let filter = self.filter(row);
            for (title, make) in [
                ("Apply as filter", Action::Apply as fn(String) -> Action),
                ("Prepare as filter", Action::Prepare),
            ] {
                let response = ui.add_enabled(filter.is_some(), Button::new(title));
                if let (true, Some(filter)) = (response.clicked(), &filter) {
                    action = Some(make(filter.clone()));
                }
            }
            if let Some(follow) = self.follow(row)
                && ui.button("Follow stream").clicked()
            {
                action = Some(follow);
            }
            if let Some(frame) = self.first(row)
                && ui.button("Go to its first packet").clicked()
            {
                action = Some(Action::Choose(frame));
            }
        };
        let wake = Arc::clone(&input.wake);
        let event = match self.what {
            What::Hierarchy => {
                let data = counted.hierarchy.as_ref()?;
                table.show(ui, &HIERARCHY, data, wake, &mut menu)
            }
            What::Conversations => {
                let data = counted.conversations.get(self.layer)?;
                table.show(ui, &CONVERSATIONS, data, wake, &mut menu)
            }
            What::Endpoints => {
                let data = counted.endpoints.get(self.layer)?;
                table.show(ui, &ENDPOINTS, data, wake, &mut menu)
            }
        };
        self.table = table;
        match event {
            Some(Event::Opened(row)) => action.or(self.first(row).map(Action::Choose)),
            _ => action,
        }
    }

    /// A filter for what a row counts.
    fn filter(&self, row: usize) -> Option<String> {
        let counted = self.counted.as_ref()?;
        match self.what {
            What::Hierarchy => {
                let name = counted.hierarchy.as_ref()?.rows.get(row)?.protocol;
                Some(name.to_owned())
            }
            What::Conversations => {
                let of = counted.conversations.get(self.layer)?;
                let c = of.rows.get(row)?;
                let both = (of_end(of.layer, c.a)?, of_end(of.layer, c.b)?);
                Some(format!("{} and {}", both.0, both.1))
            }
            What::Endpoints => {
                let of = counted.endpoints.get(self.layer)?;
                of_end(of.layer, of.rows.get(row)?.end)
            }
        }
    }

    fn first(&self, row: usize) -> Option<u32> {
        let of = self.counted.as_ref()?.conversations.get(self.layer)?;
        of.rows.get(row).map(|c| c.first_frame)
    }

    fn follow(&self, row: usize) -> Option<Action> {
        let of = self.counted.as_ref()?.conversations.get(self.layer)?;
        let kind = match of.layer {
            CountedLayer::Tcp => Kind::Tcp,
            CountedLayer::Udp => Kind::Udp,
            _ => return None,
        };
        Some(Action::Follow(kind, of.rows.get(row)?.first_frame))
    }

    /// The table as it is shown, as CSV (RFC 4180).
    fn csv(&self) -> String {
        let Some(counted) = &self.counted else {
            return String::new();
        };
        let order = self.table.order();
        match self.what {
            What::Hierarchy => counted
                .hierarchy
                .as_ref()
                .map_or(String::new(), |d| csv(&HIERARCHY, d.as_ref(), order)),
            What::Conversations => counted
                .conversations
                .get(self.layer)
                .map_or(String::new(), |d| csv(&CONVERSATIONS, d.as_ref(), order)),
            What::Endpoints => counted
                .endpoints
                .get(self.layer)
                .map_or(String::new(), |d| csv(&ENDPOINTS, d.as_ref(), order)),
        }
    }
}

fn csv(columns: &[Column], data: &dyn Data, order: &[u32]) -> String {
    let quoted = |text: &str| match text.contains(['"', ',', '\n']) {
        true => format!("\"{}\"", text.replace('"', "\"\"")),
        false => text.to_owned(),
    };
    let line = |cells: Vec<String>| cells.join(",") + "\r\n";
    let mut out = line(columns.iter().map(|c| quoted(c.title)).collect());
    for row in order {
        let row = *row as usize;
        let cells = (0..columns.len()).map(|c| quoted(&data.cell(row, c)));
        out.push_str(&line(cells.collect()));
    }
    out
}

fn count(session: &Arc<Session>, what: What, counting: &Counting) -> Result<Counted, String> {
    let mut counted = Counted::default();
    let snapshot = session.snapshot();
    let first = snapshot.meta(snapshot.first()).map_or(0, |m| m.time_ns);
    match what {
        What::Hierarchy => {
            let root = chains(session, counting)?;
            let mut rows = Vec::new();
            for chain in &root.below {
                flatten(session, chain, 0, &mut rows);
            }
            let whole = root.count;
            counted.hierarchy = Some(Arc::new(Hierarchy { rows, whole }));
        }
        What::Conversations => {
            for (layer, rows) in conversations(session, counting)? {
                let of = Conversations { layer, rows, first };
                counted.conversations.push(Arc::new(of));
            }
        }
        What::Endpoints => {
            for (layer, all) in conversations(session, counting)? {
                let rows = endpoints(&all);
                counted.endpoints.push(Arc::new(Endpoints { layer, rows }));
            }
        }
    }
    Ok(counted)
}

/// Whoever nests protocols deeper than this is not worth a line of his own.
const DEEPEST: usize = 64;

fn flatten(session: &Session, chain: &Chain, depth: usize, rows: &mut Vec<Level>) {
    let protocol = session.registry().protocol_named(chain.protocol);
    let below = chain.below.iter().map(|c| c.count);
    let further = below.fold((0, 0), |a, c| (a.0 + c.0, a.1 + c.1));
    rows.push(Level {
        protocol: chain.protocol,
        title: protocol.map_or(chain.protocol, |p| p.field.label),
        depth,
        count: chain.count,
        ends: chain.count.0.saturating_sub(further.0),
    });
    if depth < DEEPEST {
        for below in &chain.below {
            flatten(session, below, depth + 1, rows);
        }
    }
}

/// A protocol in its place.
struct Level {
    protocol: &'static str,
    title: &'static str,
    depth: usize,
    count: (u64, u64),
    /// Packets in which nothing is further in.
    ends: u64,
}

struct Hierarchy {
    rows: Vec<Level>,
    whole: (u64, u64),
}

const fn column(title: &'static str, width: f32, right: bool) -> Column {
    Column {
        title,
        width,
        right,
    }
}

static HIERARCHY: [Column; 7] = [
    column("Protocol", 380.0, false),
    column("Name", 100.0, false),
    column("Packets", 96.0, true),
    column("% of packets", 120.0, true),
    column("Bytes", 112.0, true),
    column("% of bytes", 120.0, true),
    column("Last in packets", 112.0, true),
];

fn percent(part: u64, whole: u64) -> f64 {
    if whole == 0 {
        0.0
    } else {
        part as f64 * 100.0 / whole as f64
    }
}

impl Data for Hierarchy {
    fn rows(&self) -> usize {
        self.rows.len()
    }

    fn cell(&self, row: usize, column: usize) -> String {
        let row = &self.rows[row];
        match column {
            0 => row.title.to_owned(),
            1 => row.protocol.to_owned(),
            2 => grouped(row.count.0),
            3 => format!("{:.1}", percent(row.count.0, self.whole.0)),
            4 => grouped(row.count.1),
            5 => format!("{:.1}", percent(row.count.1, self.whole.1)),
            6 => grouped(row.ends),
            _ => String::new(),
        }
    }

    fn compare(&self, a: usize, b: usize, column: usize) -> Ordering {
        let (a, b) = (&self.rows[a], &self.rows[b]);
        match column {
            0 => a.title.cmp(b.title),
            1 => a.protocol.cmp(b.protocol),
            2 | 3 => a.count.0.cmp(&b.count.0),
            4 | 5 => a.count.1.cmp(&b.count.1),
            _ => a.ends.cmp(&b.ends),
        }
    }

    fn share(&self, row: usize, column: usize) -> Option<f32> {
        let row = &self.rows[row];
        match column {
            3 => Some(percent(row.count.0, self.whole.0) as f32 / 100.0),
            5 => Some(percent(row.count.1, self.whole.1) as f32 / 100.0),
            _ => None,
        }
    }

    fn depth(&self, row: usize) -> usize {
        self.rows[row].depth
    }
}

type End = (Address, Option<u16>);

/// An end as people write it.
fn written((address, port): End) -> String {
    match (address, port) {
        (Address::V6(_), Some(port)) => format!("[{address}]:{port}"),
        (_, Some(port)) => format!("{address}:{port}"),
        (_, None) => address.to_string(),
    }
}

/// A filter for packets from or to an end.
fn of_end(layer: CountedLayer, (address, port): End) -> Option<String> {
    let family = match address {
        Address::Ether(_) => "eth",
        Address::V4(_) => "ip",
        Address::V6(_) => "ipv6",
        Address::None => return None,
    };
    let transport = match layer {
        CountedLayer::Tcp => "tcp",
        CountedLayer::Udp => "udp",
        _ => return Some(format!("{family}.addr == {address}")),
    };
    let port = port?;
    Some(format!(
        "{family}.addr == {address} and {transport}.port == {port}"
    ))
}

struct Conversations {
    layer: CountedLayer,
    rows: Vec<Conversation>,
    /// Time of the capture's first packet.
    first: i64,
}

static CONVERSATIONS: [Column; 10] = [
    column("A", 176.0, false),
    column("B", 176.0, false),
    column("Packets", 76.0, true),
    column("Bytes", 92.0, true),
    column("A → B packets", 92.0, true),
    column("A → B bytes", 92.0, true),
    column("B → A packets", 92.0, true),
    column("B → A bytes", 92.0, true),
    column("Start s", 96.0, true),
    column("Duration s", 96.0, true),
];

fn seconds(ns: i64) -> String {
    let mut text = String::new();
    crate::export::text::seconds(ns, 6, &mut text);
    text
}

impl Data for Conversations {
    fn rows(&self) -> usize {
        self.rows.len()
    }

    fn cell(&self, row: usize, column: usize) -> String {
        let c = &self.rows[row];
        match column {
            0 => written(c.a),
            1 => written(c.b),
            2 => grouped(c.forward.0 + c.backward.0),
            3 => grouped(c.forward.1 + c.backward.1),
            4 => grouped(c.forward.0),
            5 => grouped(c.forward.1),
            6 => grouped(c.backward.0),
            7 => grouped(c.backward.1),
            8 => seconds(c.first_ns.saturating_sub(self.first)),
            9 => seconds(c.last_ns.saturating_sub(c.first_ns)),
            _ => String::new(),
        }
    }

    fn compare(&self, a: usize, b: usize, column: usize) -> Ordering {
        let (a, b) = (&self.rows[a], &self.rows[b]);
        let packets = |c: &Conversation| c.forward.0 + c.backward.0;
        let bytes = |c: &Conversation| c.forward.1 + c.backward.1;
        let duration = |c: &Conversation| c.last_ns.saturating_sub(c.first_ns);
        match column {
            0 => a.a.cmp(&b.a),
            1 => a.b.cmp(&b.b),
            2 => packets(a).cmp(&packets(b)),
            3 => bytes(a).cmp(&bytes(b)),
            4 => a.forward.0.cmp(&b.forward.0),
            5 => a.forward.1.cmp(&b.forward.1),
            6 => a.backward.0.cmp(&b.backward.0),
            7 => a.backward.1.cmp(&b.backward.1),
            8 => a.first_ns.cmp(&b.first_ns),
            _ => duration(a).cmp(&duration(b)),
        }
    }
}

struct Endpoints {
    layer: CountedLayer,
    rows: Vec<Endpoint>,
}

static ENDPOINTS: [Column; 7] = [
    column("Address", 240.0, false),
    column("Packets", 96.0, true),
    column("Bytes", 112.0, true),
    column("Sent packets", 96.0, true),
    column("Sent bytes", 112.0, true),
    column("Received packets", 120.0, true),
    column("Received bytes", 120.0, true),
];

impl Data for Endpoints {
    fn rows(&self) -> usize {
        self.rows.len()
    }

    fn cell(&self, row: usize, column: usize) -> String {
        let e = &self.rows[row];
        match column {
            0 => written(e.end),
            1 => grouped(e.sent.0 + e.received.0),
            2 => grouped(e.sent.1 + e.received.1),
            3 => grouped(e.sent.0),
            4 => grouped(e.sent.1),
            5 => grouped(e.received.0),
            6 => grouped(e.received.1),
            _ => String::new(),
        }
    }

    fn compare(&self, a: usize, b: usize, column: usize) -> Ordering {
        let (a, b) = (&self.rows[a], &self.rows[b]);
        match column {
            0 => a.end.cmp(&b.end),
            1 => (a.sent.0 + a.received.0).cmp(&(b.sent.0 + b.received.0)),
            2 => (a.sent.1 + a.received.1).cmp(&(b.sent.1 + b.received.1)),
            3 => a.sent.0.cmp(&b.sent.0),
            4 => a.sent.1.cmp(&b.sent.1),
            5 => a.received.0.cmp(&b.received.0),
            _ => a.received.1.cmp(&b.received.1),
        }
    }
}
