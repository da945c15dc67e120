//! The packet list: rows, their columns and colours. The head line is drawn in [`super::packet_head`], the map beside the
//! scroll bar in [`super::packet_map`].

use std::ops::Range;
use std::sync::{Arc, OnceLock};

use egui::{
    Align2, Color32, CornerRadius, Key, Modifiers, PointerButton, Pos2, Rect, Sense, StrokeKind,
    Ui, Vec2,
};

use super::packet_head::{HeadAction, Places};
use super::packet_lines::{self, Neighbours};
use super::packet_map::Map;
use crate::session::colours::{Paint, Reach};
use crate::session::list_columns::{self as columns, Align, Column, ColumnKind};
use crate::session::relations::Relations;
use crate::session::times::{self, Moment, TimeFormat};
use crate::session::{ListRow, Marks, Zone};
use crate::ui::theme::{Palette, ROW_HEIGHT, ROW_TINT, words};
use crate::ui::widgets::row_list::{RowList, keyboard};
use crate::ui::widgets::row_menu::{context_menu, menu_keys};

/// How the list writes times.
pub struct Times {
    /// Which times.
    pub format: TimeFormat,
    /// Decimals; `None`: as fine as the file has them.
    pub decimals: Option<u8>,
    /// As fine as the file has them.
    pub of_file: u8,
}

/// The list's own state.
pub struct Packets {
    /// Where it stands.
    pub list: RowList,
    /// The columns in their order, hidden ones too.
    pub columns: Vec<Column>,
    /// How times are written.
    pub times: Times,
    /// The column that the context menu is about: index in `columns`.
    menu_column: usize,
    /// The keys went from column to column: the one in `menu_column` is outlined in the chosen row.
    outlined: bool,
    /// The menu of the chosen row was asked for by keys while the row was not in sight.
    menu_asked: bool,
    map: Map,
}

impl Default for Packets {
    fn default() -> Packets {
        Packets {
            list: RowList::default(),
            columns: columns::usual(),
            times: Times {
                format: TimeFormat::Relative,
                decimals: None,
                of_file: 6,
            },
            menu_column: 0,
            outlined: false,
            menu_asked: false,
            map: Map::default(),
        }
    }
}

/// Gives rows by their place.
type RowsOf<'a> = dyn Fn(Range<u64>) -> Vec<(u32, Option<Arc<ListRow>>)> + 'a;
/// Gives the colours of frames, and a number that changes when more are known.
type PaintsOf<'a> = dyn Fn(&[u32]) -> (Vec<Option<Option<Paint>>>, usize) + 'a;

/// What the list shows.
pub struct Input<'a> {
    /// How many rows there are.
    pub count: u64,
    /// The last packet's number, displayed or not.
    pub last: u32,
    /// The chosen row.
    pub chosen: Option<u64>,
    /// Gives rows by their place: frame number, and the row if it is ready.
    pub rows: &'a RowsOf<'a>,
    /// Gives the frame in a row.
    pub number: &'a dyn Fn(u64) -> Option<u32>,
    /// Gives colours for the map.
    pub paints: &'a PaintsOf<'a>,
    /// Changes when rows or colours are others: what the map drew is no longer true.
    pub state: u64,
    /// What the user noted about frames.
    pub marks: &'a Marks,
    /// What packets have to do with the chosen one, if that is known.
    pub relations: Option<&'a Relations>,
    /// The column that the list is sorted by, and whether from the end.
    pub sorted: Option<(&'a ColumnKind, bool)>,
    /// Whether keys are for the list (no text field has the focus).
    pub keys: bool,
}

/// What the user did.
#[derive(Default)]
pub struct Done {
    /// Chose this row.
    pub chosen: Option<u64>,
    /// Wants the chosen row in a window of its own.
    pub opened: bool,
    /// Marked this frame, or took its mark away.
    pub marked: Option<u32>,
    /// Did something in the head line.
    pub head: Option<HeadAction>,
}

/// Draws the context menu of a packet (by its number) and column.
type Menu<'a> = dyn FnMut(&mut Ui, u32, &ColumnKind) + 'a;

impl Packets {
    /// Draw the list.
    pub fn show(&mut self, ui: &mut Ui, input: &Input<'_>, menu: &mut Menu<'_>) -> Done {
        let palette = Palette::here(ui);
        let whole = ui.available_rect_before_wrap();
        ui.painter().rect_filled(whole, 0, palette.ground);
        let places = Places::of(&self.columns, input.last, whole);
        let mut done = Done {
            head: places.show(ui, &mut self.columns, input.sorted),
            ..Done::default()
        };
        let map_area = self.map.area(ui);
        let sight = self.list.show(ui, "packets", input.count, ROW_HEIGHT);
        let painter = ui.painter_at(sight.area);
        // One row more at the top: the first in sight may show the time since the one before it.
        let from = sight.rows.start.saturating_sub(1);
        let rows = (input.rows)(from..sight.rows.end);
        let skip = usize::from(from < sight.rows.start);
        if input.keys {
            self.column_keys(ui);
        }
        let pressed = input.keys && input.chosen.is_some() && menu_keys(ui.ctx());
        let asked = std::mem::take(&mut self.menu_asked) || pressed;
        if let (true, Some(row)) = (pressed, input.chosen)
            && !sight.rows.contains(&row)
        {
            // The next picture has the row, and with it the menu.
            self.list.reveal(row);
            self.menu_asked = true;
            ui.ctx().request_repaint();
        }
        for (i, (number, row)) in rows.iter().skip(skip).enumerate() {
            let at = sight.rows.start + i as u64;
            let top = sight.y + i as f32 * ROW_HEIGHT;
            let rect = Rect::from_min_size(
                Pos2::new(sight.area.min.x, top),
                Vec2::new(sight.area.width(), ROW_HEIGHT),
            );
            let is_chosen = input.chosen == Some(at);
            let visible = rect.intersect(sight.area);
            let response = ui.interact(visible, ui.scope_id().with(("packet", i)), Sense::click());
            if response.clicked() {
                done.chosen = Some(at);
            }
            if response.double_clicked() {
                done.opened = true;
            }
            if response.clicked_by(PointerButton::Middle) {
                done.marked = Some(*number);
            }
            if response.secondary_clicked() {
                done.chosen = Some(at);
                let x = response.interact_pointer_pos().map_or(rect.min.x, |p| p.x);
                self.menu_column = places.at(x);
                self.outlined = false;
            }
            if let Some(column) = self.columns.get(self.menu_column) {
                let cell = places.cell(self.menu_column, rect).unwrap_or(rect);
                let at = Pos2::new(cell.min.x.max(rect.min.x), rect.max.y);
                let asked = asked && is_chosen;
                context_menu(&response, asked, at, |ui| menu(ui, *number, &column.kind));
            }
            let outlined = self.columns.get(self.menu_column);
            let look = Look::of(palette, input.marks, *number, row.as_deref());
            let ground = if is_chosen {
                Some(palette.selection)
            } else if response.hovered() {
                Some(palette.raised)
            } else {
                let striped = (at % 2 == 1).then_some(palette.panel);
                look.ground.or(striped)
            };
            if let Some(ground) = ground {
                painter.rect_filled(rect, 0, ground);
            }
            response.widget_info(|| {
                let mut label = match row {
                    Some(row) => self.spoken(row),
                    None => format!("Packet {number}"),
                };
                for (is, word) in [
                    (input.marks.marked.contains(*number), ", marked"),
                    (input.marks.references.contains(*number), ", time reference"),
                ] {
                    label.push_str(if is { word } else { "" });
                }
                if let Some(role) = input.relations.and_then(|r| r.role(*number)) {
                    label.push_str(", ");
                    label.push_str(role.title());
                }
                if let (true, Some(column)) = (is_chosen && self.outlined, outlined) {
                    label.push_str(", column ");
                    label.push_str(&column.title);
                }
                egui::WidgetInfo::selected(egui::Role::Row, true, is_chosen, label)
            });
            if let Some(relations) = input.relations {
                let near = |at: Option<usize>| at.and_then(|at| rows.get(at)).map(|r| r.0);
                let neighbours = Neighbours {
                    above: near((i + skip).checked_sub(1)),
                    below: near(Some(i + skip + 1)),
                    is_last: at + 1 == input.count,
                    in_order: input.sorted.is_none(),
                };
                let talk = row.as_ref().and_then(|r| r.talk);
                let talks = talk.is_some() && talk == relations.talk;
                packet_lines::draw(
                    &painter, palette, rect, relations, *number, talks, neighbours,
                );
            }
            if input.marks.marked.contains(*number) {
                mark(&painter, palette, rect);
            }
            let before = (i + skip).checked_sub(1).and_then(|b| rows.get(b));
            let before = before.and_then(|(_, row)| row.as_ref()?.moment);
            let row = row.as_deref();
            self.row(&painter, &places, rect, *number, row, before, &look);
            if let (true, Some(cell)) = (
                is_chosen && self.outlined,
                places.cell(self.menu_column, rect),
            ) {
                let stroke = (1.0, palette.accent);
                let frame = cell.expand2(Vec2::new(4.0, -2.0));
                painter.rect_stroke(frame, CornerRadius::same(2), stroke, StrokeKind::Inside);
            }
        }
        if let Some(row) = self.map.show(ui, map_area, input, palette) {
            self.list.jump(row);
        }
        if input.keys {
            let page = (sight.area.height() / ROW_HEIGHT).floor().max(1.0) as u64;
            if let Some(row) = keyboard(ui, input.chosen, input.count, page) {
                self.list.reveal(row);
                done.chosen = Some(row);
            }
        }
        done
    }

    /// Left and right go from column to column: the context menu is about the one outlined.
    fn column_keys(&mut self, ui: &Ui) {
        let pressed = |key| ui.input_mut(|i| i.consume_key(Modifiers::NONE, key));
        let (left, right) = (pressed(Key::ArrowLeft), pressed(Key::ArrowRight));
        if !left && !right {
            return;
        }
        let shown: Vec<usize> = (0..self.columns.len())
            .filter(|c| self.columns[*c].shown)
            .collect();
        let at = shown.iter().position(|c| *c == self.menu_column);
        let next = match at.filter(|_| self.outlined) {
            Some(at) if left => at.saturating_sub(1),
            Some(at) => at + 1,
            None => at.unwrap_or(0),
        };
        if let Some(column) = shown.get(next.min(shown.len().saturating_sub(1))) {
            self.menu_column = *column;
            self.outlined = true;
        }
    }

    /// Draw the cells of a row; of one that is not ready its number.
    #[expect(
        clippy::too_many_arguments,
        reason = "what a row looks like hangs on all of these"
    )]
    fn row(
        &self,
        painter: &egui::Painter,
        places: &Places,
        rect: Rect,
        number: u32,
        row: Option<&ListRow>,
        before: Option<Moment>,
        look: &Look,
    ) {
        if row.is_some() {
            let stripe = Rect::from_min_size(
                rect.min + Vec2::new(4.0, 4.0),
                Vec2::new(3.0, rect.height() - 8.0),
            );
            painter.rect_filled(stripe, CornerRadius::same(1), look.stripe);
        }
        let mut more = row.map_or(&[][..], |r| &r.more).iter();
        for (i, column) in self.columns.iter().enumerate() {
            let Some(cell) = places.cell(i, rect) else {
                continue;
            };
            let (text, colour) = match (&column.kind, row) {
                (ColumnKind::Number, _) => (number.to_string(), look.dim),
                (_, None) => continue,
                (ColumnKind::Time, Some(row)) => (self.time(row, before), look.dim),
                (ColumnKind::Source, Some(row)) => (row.source.clone(), look.text),
                (ColumnKind::Destination, Some(row)) => (row.destination.clone(), look.text),
                (ColumnKind::Protocol, Some(row)) => (row.protocol.clone(), look.protocol),
                (ColumnKind::Length, Some(row)) => (row.length.to_string(), look.dim),
                (ColumnKind::Info, Some(row)) => (row.info.clone(), look.text),
                (ColumnKind::Field(_), Some(_)) => match more.next() {
                    Some(text) => (text.clone(), look.text),
                    None => continue,
                },
            };
            // A cell that does not fit ends in an ellipsis; only what can be seen is laid out.
            let mut job = egui::text::LayoutJob::simple_singleline(text, words(13.0), colour);
            job.wrap = egui::text::TextWrapping::truncate_at_width(cell.width().max(8.0));
            let galley = painter.layout_job(job);
            let x = match column.align {
                Align::Left => cell.min.x,
                Align::Center => cell.center().x - galley.size().x / 2.0,
                Align::Right => cell.max.x - galley.size().x,
            };
            let y = rect.center().y - galley.size().y / 2.0;
            painter
                .with_clip_rect(cell.intersect(painter.clip_rect()))
                .galley(Pos2::new(x, y), galley, colour);
        }
    }

    /// A row's time as the list shows it.
    pub fn time(&self, row: &ListRow, before: Option<Moment>) -> String {
        let mut out = String::new();
        if let Some(moment) = row.moment {
            let moment = Moment {
                displayed_before_ns: before.map(|m| m.time_ns),
                ..moment
            };
            let times = &self.times;
            let decimals = times.decimals.unwrap_or(times.of_file);
            times::write(&moment, times.format, decimals, zone(), &mut out);
        }
        out
    }

    /// A row as a screen reader says it.
    fn spoken(&self, row: &ListRow) -> String {
        let mut out = format!(
            "Packet {}: {} to {}, {}, {} bytes, {}",
            row.number, row.source, row.destination, row.protocol, row.length, row.info
        );
        let fields = self.columns.iter().filter(|c| c.shown);
        let fields = fields.filter(|c| matches!(c.kind, ColumnKind::Field(_)));
        for (column, value) in fields.zip(&row.more) {
            if !value.is_empty() {
                out.push_str(&format!(", {} {value}", column.title));
            }
        }
        out
    }

    /// Make the time column wide enough for what it shows.
    pub fn fit_time(&mut self) {
        let decimals = self.times.decimals.unwrap_or(self.times.of_file);
        let width = match self.times.format {
            TimeFormat::Date | TimeFormat::UtcDate => 148.0,
            TimeFormat::Clock | TimeFormat::UtcClock => 64.0,
            TimeFormat::Epoch => 84.0,
            _ => 54.0,
        } + f32::from(decimals) * 9.0;
        let columns = self.columns.iter_mut();
        for column in columns.filter(|c| c.kind == ColumnKind::Time) {
            column.width = width.max(96.0);
        }
    }
}

/// The zone of this machine, looked up once.
fn zone() -> &'static Zone {
    static ZONE: OnceLock<Zone> = OnceLock::new();
    ZONE.get_or_init(Zone::local)
}

/// The colours of a row.
struct Look {
    text: Color32,
    dim: Color32,
    protocol: Color32,
    stripe: Color32,
    ground: Option<Color32>,
}

impl Look {
    fn of(palette: &Palette, marks: &Marks, number: u32, row: Option<&ListRow>) -> Look {
        let paint = row.and_then(|r| r.paint);
        let hue = paint.map_or(palette.dim, |p| palette.hue(p.hue));
        let mut look = Look {
            text: palette.text,
            dim: palette.dim,
            protocol: hue,
            stripe: hue,
            ground: None,
        };
        let trouble = row.is_some_and(|r| r.trouble);
        match paint.map(|p| p.reach) {
            Some(Reach::Line) => (look.text, look.dim) = (hue, hue),
            Some(Reach::Ground) => look.ground = Some(palette.tint(hue, ROW_TINT)),
            _ if trouble => {
                look = Look {
                    text: palette.bad,
                    dim: palette.bad,
                    protocol: palette.bad,
                    stripe: palette.bad,
                    ground: None,
                }
            }
            _ => {}
        }
        if marks.ignored.contains(number) {
            look = Look {
                text: palette.faint,
                dim: palette.faint,
                protocol: palette.faint,
                stripe: palette.line,
                ground: None,
            };
        }
        if marks.marked.contains(number) {
            look.ground = Some(palette.tint(palette.accent, ROW_TINT));
        }
        look
    }
}

/// The sign of a marked row: a small flag at its left edge.
fn mark(painter: &egui::Painter, palette: &Palette, rect: Rect) {
    let bar = Rect::from_min_size(rect.min, Vec2::new(2.0, rect.height()));
    painter.rect_filled(bar, 0, palette.accent);
    let at = Pos2::new(rect.min.x + 10.0, rect.center().y);
    painter.text(at, Align2::LEFT_CENTER, "●", words(9.0), palette.accent);
}
