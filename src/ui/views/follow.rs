//! A followed conversation: what both sides said, in their two colours. Only the lines in sight are made.

use egui::{Align2, Button, Key, Modifiers, Pos2, Rect, RichText, Sense, Ui, Vec2};

use super::status::grouped;
use crate::session::follow::{Follow, Followed, Hit, Layout, Line, LineKind, Mode};
use crate::ui::theme::{EDGE, Palette, mono, words};
use crate::ui::widgets::bar::{bar, toggle};
use crate::ui::widgets::row_list::{BAR, RowList};
use crate::ui::widgets::text_field::TextField;

/// Height of a line, points.
const LINE: f32 = 20.0;
/// Width of the stripe in the colour of its side, points.
const STRIPE: f32 = 3.0;

/// What the user asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// Choose this packet in the list.
    Choose(u32),
    /// Follow the stream with this number in place of this one.
    Stream(u32),
    /// Show only the packets of this stream.
    Filter,
    /// Show all packets but those of this stream.
    FilterOut,
    /// Write what is shown into a file.
    Save(Option<u8>),
}

/// A conversation in its view.
pub struct FollowView {
    /// What is followed.
    pub follow: Follow,
    mode: Mode,
    side: Option<u8>,
    list: RowList,
    find: String,
    /// The cursor is to go into the text that is looked for.
    focus: bool,
    /// Which hit was shown last.
    hit: Option<usize>,
    scratch: Vec<u8>,
}

impl FollowView {
    /// A view of a conversation.
    pub fn new(follow: Follow) -> FollowView {
        FollowView {
            follow,
            mode: Mode::Text,
            side: None,
            list: RowList::default(),
            find: String::new(),
            focus: false,
            hit: None,
            scratch: Vec::new(),
        }
    }

    /// Another conversation in the same view: how it is shown stays.
    pub fn replace(&mut self, follow: Follow) {
        self.follow = follow;
        self.list = RowList::default();
        self.side = None;
        self.hit = None;
    }

    /// Put the cursor into the text that is looked for.
    pub fn focus_find(&mut self) {
        self.focus = true;
    }

    /// As tabs have it: `Follow TCP 3`.
    pub fn title(&self) -> String {
        format!(
            "Follow {} {}",
            self.follow.kind().title(),
            self.follow.stream()
        )
    }

    /// Draw it. `chosen` is the packet chosen in the list, `streams` how many streams there are to step through.
    pub fn show(&mut self, ui: &mut Ui, chosen: Option<u32>, streams: u32) -> Option<Action> {
        let mut action = self.bar(ui, streams);
        let palette = Palette::here(ui);
        let area = ui.available_rect_before_wrap();
        let cell = ui
            .painter()
            .layout_no_wrap("0".into(), mono(13.0), palette.text)
            .size()
            .x;
        let room = (area.width() - 2.0 * EDGE - BAR - STRIPE) / cell;
        self.follow.lay_out(Layout {
            mode: self.mode,
            side: self.side,
            // A pane that is dragged wider shall not lay a large stream out anew with every point.
            columns: ((room / 4.0).floor().clamp(5.0, 100.0) * 4.0) as u32,
        });
        self.follow.find(&self.find);
        let picked = self.lines(ui, palette, cell, chosen);
        action = action.or(picked.map(Action::Choose));
        action
    }

    /// The line of controls.
    fn bar(&mut self, ui: &mut Ui, streams: u32) -> Option<Action> {
        let palette = Palette::here(ui);
        let mut action = None;
        let stream = self.follow.stream();
        bar(ui, |ui| {
            ui.add_space(EDGE - 4.0);
            for (mode, name) in [(Mode::Text, "Text"), (Mode::Hex, "Hex")] {
                if toggle(ui, name, name, self.mode == mode, palette.text).clicked() {
                    self.mode = mode;
                    self.list = RowList::default();
                    self.hit = None;
                }
            }
            ui.separator();
            self.sides(ui, palette);
            ui.separator();
            for (sign, name, to) in [
                ("←", "Previous stream", stream.checked_sub(1)),
                (
                    "→",
                    "Next stream",
                    stream.checked_add(1).filter(|s| *s < streams),
                ),
            ] {
                let button = ui.add_enabled(to.is_some(), Button::new(sign));
                button.widget_info(|| {
                    egui::WidgetInfo::labeled(egui::Role::Button, to.is_some(), name)
                });
                if button.on_hover_text(name).clicked() {
                    action = to.map(Action::Stream);
                }
            }
            ui.separator();
            if ui
                .button("Filter")
                .on_hover_text("Show only the packets of this stream")
                .clicked()
            {
                action = Some(Action::Filter);
            }
            if ui
                .button("Filter out")
                .on_hover_text("Show all packets but those of this stream")
                .clicked()
            {
                action = Some(Action::FilterOut);
            }
            if ui
                .button("Save…")
                .on_hover_text("Write the bytes that are shown into a file")
                .clicked()
            {
                action = Some(Action::Save(self.side));
            }
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                ui.add_space(EDGE);
                self.finder(ui, palette);
            });
        });
        action
    }

    /// Both sides, or one of them.
    fn sides(&mut self, ui: &mut Ui, palette: &Palette) {
        let (ends, bytes) = {
            let shown = self.follow.shown();
            let stream = &shown.stream;
            (stream.ends.clone(), [stream.len(0), stream.len(1)])
        };
        let before = self.side;
        if toggle(ui, "Both", "Both sides", self.side.is_none(), palette.text).clicked() {
            self.side = None;
        }
        for side in 0..2u8 {
            let at = usize::from(side);
            let who = if side == 0 { "Client" } else { "Server" };
            let text = format!("{who} {} B", grouped(bytes[at]));
            let name = format!("{who} only");
            let on = self.side == Some(side);
            let response = toggle(ui, &text, &name, on, palette.side(side));
            if response
                .on_hover_text(format!("Only what {} said", ends[at]))
                .clicked()
            {
                self.side = Some(side);
            }
        }
        if self.side != before {
            self.list = RowList::default();
            self.hit = None;
        }
    }

    /// The text that is looked for, from right to left.
    fn finder(&mut self, ui: &mut Ui, palette: &Palette) {
        let (hits, fresh) = {
            let shown = self.follow.shown();
            (shown.hits.len(), shown.found == self.find)
        };
        let mut step = 0i64;
        for (sign, name, by) in [("↓", "Next hit", 1), ("↑", "Previous hit", -1)] {
            let button = ui.add_enabled(hits > 0, Button::new(sign));
            button.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, hits > 0, name));
            if button.on_hover_text(name).clicked() {
                step = by;
            }
        }
        let count = match self.hit {
            _ if self.find.is_empty() => String::new(),
            _ if !fresh => "…".to_owned(),
            Some(hit) if hit < hits => {
                format!("{} of {}", grouped(hit as u64 + 1), grouped(hits as u64))
            }
            _ => format!("{} found", grouped(hits as u64)),
        };
        let field = TextField {
            name: "Find in stream",
            hint: "Find in stream",
            width: 160.0,
            mono: false,
            wrong: fresh && !self.find.is_empty() && hits == 0,
        };
        let response = field.show(ui, &mut self.find);
        ui.label(RichText::new(count).small().color(palette.dim));
        if std::mem::take(&mut self.focus) {
            response.request_focus();
        }
        if response.changed() {
            self.hit = None;
        }
        let (back, on) = ui.input(|i| {
            let enter = i.key_pressed(Key::Enter);
            (enter && i.modifiers.shift, enter && !i.modifiers.shift)
        });
        if response.lost_focus() && (back || on) {
            step = if back { -1 } else { 1 };
            response.request_focus();
        }
        let over = ui.input_mut(|i| {
            let back = i.consume_key(Modifiers::SHIFT, Key::F3);
            (back, i.consume_key(Modifiers::NONE, Key::F3))
        });
        match over {
            (true, _) => step = -1,
            (_, true) => step = 1,
            _ => {}
        }
        if step != 0 && hits > 0 {
            self.step(step);
        }
    }

    /// To the next hit, round and round.
    fn step(&mut self, by: i64) {
        let shown = self.follow.shown();
        let count = shown.hits.len();
        let next = match self.hit {
            None if by > 0 => 0,
            None => count - 1,
            Some(hit) => (hit as i64 + by).rem_euclid(count as i64) as usize,
        };
        let line = shown
            .hits
            .get(next)
            .and_then(|hit| shown.index.as_ref()?.line_of(hit.side, hit.at));
        drop(shown);
        self.hit = Some(next);
        if let Some(line) = line {
            self.list.reveal(line);
        }
    }

    /// The lines in sight; returns the packet of the one that was clicked.
    fn lines(
        &mut self,
        ui: &mut Ui,
        palette: &Palette,
        cell: f32,
        chosen: Option<u32>,
    ) -> Option<u32> {
        let mut list = std::mem::take(&mut self.list);
        let mut bytes = std::mem::take(&mut self.scratch);
        let shown = self.follow.shown();
        let count = shown.index.as_ref().map_or(0, |i| i.len());
        let sight = list.show(ui, "stream", count, LINE);
        let painter = ui.painter_at(sight.area);
        let mut picked = None;
        if let Some(index) = &shown.index {
            for (i, number) in sight.rows.clone().enumerate() {
                let Some(line) = index.line(number) else {
                    break;
                };
                let rect = Rect::from_min_size(
                    Pos2::new(sight.area.min.x, sight.y + i as f32 * LINE),
                    Vec2::new(sight.area.width(), LINE),
                );
                bytes.clear();
                if line.kind == LineKind::Data {
                    let len = usize::try_from(line.len).unwrap_or(0);
                    shown.stream.read(line.side, line.at, len, &mut bytes);
                }
                let frame = frame_of(&shown.stream, &line);
                let text = text_of(&shown.stream, &line, &bytes);
                let visible = rect.intersect(sight.area);
                let id = ui.scope_id().with(("line", i));
                let response = ui.interact(visible, id, Sense::click());
                response.widget_info(|| {
                    let who = if line.side == 0 { "Client" } else { "Server" };
                    let on = frame.is_some() && frame == chosen;
                    let label = format!("{who}: {text}");
                    egui::WidgetInfo::selected(egui::Role::ListItem, true, on, label)
                });
                if response.clicked() {
                    picked = frame;
                }
                let hits = hits_in(&shown.hits_of, &line);
                let paint = Paint {
                    painter: &painter,
                    palette,
                    rect,
                    cell,
                    mode: index.layout().mode,
                    ground: if frame.is_some() && frame == chosen {
                        0.22
                    } else if response.hovered() {
                        0.14
                    } else {
                        0.07
                    },
                    now: self.hit.and_then(|h| shown.hits.get(h)).copied(),
                };
                paint.line(&line, &text, &bytes, hits);
            }
        }
        if count == 0 {
            let text = match &shown.error {
                Some(error) => error.clone(),
                None if shown.done => "Nothing was said in this stream.".to_owned(),
                None => format!(
                    "Looking for its packets… {}",
                    grouped(u64::from(shown.seen))
                ),
            };
            painter.text(
                sight.area.min + Vec2::new(EDGE, 8.0),
                Align2::LEFT_TOP,
                text,
                words(13.0),
                palette.dim,
            );
        }
        drop(shown);
        self.list = list;
        self.scratch = bytes;
        picked
    }
}

/// The frame that a line begins in.
fn frame_of(stream: &Followed, line: &Line) -> Option<u32> {
    match line.kind {
        LineKind::Data => stream.piece_at(line.side, line.at),
        LineKind::Caption | LineKind::Missing => stream.pieces().get(line.piece),
    }
    .map(|p| p.frame)
}

/// What a line says.
fn text_of(stream: &Followed, line: &Line, bytes: &[u8]) -> String {
    match line.kind {
        LineKind::Missing => format!("{} bytes are missing in the capture", grouped(line.len)),
        LineKind::Caption => {
            let Some(piece) = stream.pieces().get(line.piece) else {
                return String::new();
            };
            let mut time = String::new();
            crate::export::text::seconds(piece.time_ns, 6, &mut time);
            let who = &stream.ends[usize::from(line.side & 1)];
            let unit = if line.len == 1 { "byte" } else { "bytes" };
            let len = grouped(line.len);
            format!("{who} · packet {} · {time} s · {len} {unit}", piece.frame)
        }
        LineKind::Data => readable(bytes),
    }
}

/// Bytes as text: what cannot be shown is a point, ends of lines are left out.
fn readable(bytes: &[u8]) -> String {
    let mut out = String::with_capacity(bytes.len());
    for chunk in bytes.utf8_chunks() {
        for c in chunk.valid().chars() {
            match c {
                '\n' | '\r' => {}
                '\t' => out.push_str("    "),
                c if c.is_control() => out.push('.'),
                c => out.push(c),
            }
        }
        chunk.invalid().iter().for_each(|_| out.push('.'));
    }
    out
}

/// The hits that begin in a line.
fn hits_in<'a>(hits: &'a [Vec<Hit>; 2], line: &Line) -> &'a [Hit] {
    if line.kind != LineKind::Data {
        return &[];
    }
    let of = &hits[usize::from(line.side & 1)];
    let from = of.partition_point(|h| h.at < line.at);
    let to = of.partition_point(|h| h.at < line.at + line.len);
    &of[from..to]
}

/// How a line is painted.
struct Paint<'a> {
    painter: &'a egui::Painter,
    palette: &'a Palette,
    rect: Rect,
    cell: f32,
    mode: Mode,
    /// How much of its side's colour the ground has.
    ground: f32,
    /// The hit that was gone to.
    now: Option<Hit>,
}

impl Paint<'_> {
    fn line(&self, line: &Line, text: &str, bytes: &[u8], hits: &[Hit]) {
        let (painter, palette, rect) = (self.painter, self.palette, self.rect);
        let colour = palette.side(line.side);
        let middle = rect.center().y;
        let left = rect.min.x + EDGE + STRIPE;
        match line.kind {
            LineKind::Caption => {
                painter.rect_filled(rect, 0, palette.panel);
                let at = Pos2::new(rect.min.x + EDGE, middle);
                painter.text(at, Align2::LEFT_CENTER, text, words(12.0), colour);
            }
            LineKind::Missing => {
                let at = Pos2::new(left, middle);
                painter.text(at, Align2::LEFT_CENTER, text, words(12.0), palette.bad);
            }
            LineKind::Data => {
                painter.rect_filled(rect, 0, palette.tint(colour, self.ground));
                let stripe = Rect::from_min_size(rect.min, Vec2::new(STRIPE, rect.height()));
                painter.rect_filled(stripe, 0, colour);
                match self.mode {
                    Mode::Text => self.text(line, left, text, bytes, hits),
                    Mode::Hex => self.hex(line, left, bytes, hits),
                }
            }
        }
    }

    /// The ground of a hit, from column to column.
    fn mark(&self, hit: &Hit, from: f32, to: f32) {
        let palette = self.palette;
        let now = self.now == Some(*hit);
        let colour = if now {
            palette.accent.gamma_multiply(0.55)
        } else {
            palette.good.gamma_multiply(0.35)
        };
        let y = self.rect.y_range().shrink(2.0);
        let band = Rect::from_x_y_ranges(from..=to, y);
        self.painter.rect_filled(band, 2, colour);
    }

    fn text(&self, line: &Line, left: f32, text: &str, bytes: &[u8], hits: &[Hit]) {
        let columns = |from: usize, to: usize| {
            let part = bytes.get(from..to.min(bytes.len())).unwrap_or(&[]);
            readable(part).chars().count() as f32 * self.cell
        };
        for hit in hits {
            let at = usize::try_from(hit.at - line.at).unwrap_or(0);
            let from = left + columns(0, at);
            let to = from + columns(at, at + hit.len as usize).max(self.cell);
            self.mark(hit, from, to);
        }
        let at = Pos2::new(left, self.rect.center().y);
        let font = mono(13.0);
        self.painter
            .text(at, Align2::LEFT_CENTER, text, font, self.palette.text);
    }

    fn hex(&self, line: &Line, left: f32, bytes: &[u8], hits: &[Hit]) {
        let middle = self.rect.center().y;
        let palette = self.palette;
        let hex = |i: usize| left + self.cell * (10 + i * 3 + i / 8) as f32;
        let sign = |i: usize| left + self.cell * (62 + i) as f32;
        for hit in hits {
            let at = usize::try_from(hit.at - line.at).unwrap_or(0);
            let last = (at + hit.len as usize).min(bytes.len()).saturating_sub(1);
            self.mark(hit, hex(at), hex(last) + 2.0 * self.cell);
            self.mark(hit, sign(at), sign(last) + self.cell);
        }
        let put = |x: f32, text: &str, colour| {
            let at = Pos2::new(x, middle);
            self.painter
                .text(at, Align2::LEFT_CENTER, text, mono(13.0), colour);
        };
        put(left, &format!("{:08x}", line.at), palette.dim);
        for (half, part) in bytes.chunks(8).enumerate() {
            let mut text = String::with_capacity(24);
            for byte in part {
                crate::flow::address::push_hex(&mut text, *byte);
                text.push(' ');
            }
            put(hex(half * 8), &text, palette.text);
        }
        let text: String = bytes
            .iter()
            .map(|b| {
                if (0x20..0x7f).contains(b) {
                    char::from(*b)
                } else {
                    '.'
                }
            })
            .collect();
        put(sign(0), &text, palette.text);
    }
}
