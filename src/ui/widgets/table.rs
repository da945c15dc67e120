//! A table that is sorted by a click on a head and narrowed by a text, both in the background.

use std::cmp::Ordering;
use std::collections::HashSet;
use std::sync::Arc;

use egui::{Align2, Key, Modifiers, Popup, Pos2, Rect, Sense, Ui, Vec2};

use super::row_list::{RowList, keyboard};
use super::row_menu::{context_menu, menu_keys};
use crate::session::{Counting, Job, Wake};
use crate::ui::theme::{EDGE, Palette, ROW_HEIGHT, strong, words};

/// Height of the head line, points.
const HEAD: f32 = 28.0;

/// A column.
#[derive(Clone, Copy, Debug)]
pub struct Column {
    /// Its title.
    pub title: &'static str,
    /// Its width, points; the last takes what is left.
    pub width: f32,
    /// Numbers stand at the right.
    pub right: bool,
}

/// What a table shows.
pub trait Data: Send + Sync + 'static {
    /// How many rows there are.
    fn rows(&self) -> usize;
    /// The text of a cell.
    fn cell(&self, row: usize, column: usize) -> String;
    /// Which of two rows comes first when sorted by this column.
    fn compare(&self, a: usize, b: usize, column: usize) -> Ordering;
    /// A share of the whole, 0 to 1, drawn as a bar behind the cell.
    fn share(&self, _row: usize, _column: usize) -> Option<f32> {
        None
    }
    /// How deep a row stands below others; its first cell is set in, and those with rows below them are folded and unfolded.
    /// Rows stand in the order of a tree then: each before those below it. When such a table is sorted, rows stay below theirs.
    fn depth(&self, _row: usize) -> usize {
        0
    }
}

/// How many rows behind a row stand below it.
fn below(data: &dyn Data, row: usize) -> usize {
    let depth = data.depth(row);
    (row + 1..data.rows())
        .take_while(|r| data.depth(*r) > depth)
        .count()
}

/// Sorted by this column, from the greatest on.
type Sort = Option<(usize, bool)>;

/// The state of a table.
#[derive(Default)]
pub struct Table {
    /// Where it stands.
    list: RowList,
    /// By which column it is sorted, and whether from the greatest on.
    pub sort: Sort,
    /// Only rows with this text.
    pub find: String,
    /// The chosen row of the data.
    pub chosen: Option<usize>,
    order: Arc<Vec<u32>>,
    /// Rows whose rows below are not shown.
    folded: HashSet<u32>,
    /// The rows of `order` that are not folded away, and what they were made of.
    shown: Vec<u32>,
    /// Whether some rows stand below others.
    tree: bool,
    shown_of: Option<(usize, HashSet<u32>)>,
    made_for: Option<(usize, Sort, String)>,
    job: Option<Job<Vec<u32>>>,
}

/// What the user did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Event {
    /// Chose a row.
    Chosen(usize),
    /// Wants to see more of it.
    Opened(usize),
}

impl Table {
    /// Other data comes: rows are made anew, how they are sorted stays.
    pub fn reset(&mut self) {
        self.made_for = None;
        self.chosen = None;
        self.folded.clear();
    }

    /// Fold all rows, or unfold them.
    pub fn fold_all<D: Data>(&mut self, data: &D, fold: bool) {
        self.folded.clear();
        if fold {
            let rows = (0..data.rows()).filter(|r| below(data, *r) > 0);
            self.folded
                .extend(rows.filter_map(|r| u32::try_from(r).ok()));
        }
    }

    /// Leave out what is folded away.
    fn unfold(&mut self, data: &dyn Data) {
        let key = (Arc::as_ptr(&self.order).addr(), &self.folded);
        if self
            .shown_of
            .as_ref()
            .is_some_and(|of| (of.0, &of.1) == key)
        {
            return;
        }
        // What is looked for is shown wherever it stands.
        let folds = self.find.is_empty() && !self.folded.is_empty();
        let mut hidden_below = None;
        self.shown = self
            .order
            .iter()
            .copied()
            .filter(|row| {
                let depth = data.depth(*row as usize);
                if hidden_below.is_some_and(|of| depth > of) {
                    return false;
                }
                hidden_below = (folds && self.folded.contains(row)).then_some(depth);
                true
            })
            .collect();
        self.tree = self.order.iter().any(|r| data.depth(*r as usize) > 0);
        self.shown_of = Some((key.0, self.folded.clone()));
    }

    /// Whether rows are in their order.
    pub fn is_idle(&self) -> bool {
        self.job.is_none()
    }

    /// The rows in their order.
    pub fn order(&self) -> &[u32] {
        &self.order
    }

    fn arrange<D: Data>(&mut self, data: &Arc<D>, wake: Wake) {
        let key = (Arc::as_ptr(data).addr(), self.sort, self.find.clone());
        if self.made_for.as_ref() != Some(&key) {
            if self.made_for.as_ref().is_none_or(|k| k.0 != key.0) {
                self.order = Arc::default();
            }
            self.made_for = Some(key);
            let (data, sort, find) = (Arc::clone(data), self.sort, self.find.to_lowercase());
            self.job = Some(Job::start(Counting::default(), wake, move |_| {
                Ok(ordered(data.as_ref(), sort, &find))
            }));
        }
        if let Some(outcome) = self.job.as_ref().and_then(Job::outcome) {
            self.job = None;
            self.order = outcome.unwrap_or_default();
        }
    }

    /// Draw it. `menu` draws the context menu of a row.
    pub fn show<D: Data>(
        &mut self,
        ui: &mut Ui,
        columns: &[Column],
        data: &Arc<D>,
        wake: Wake,
        menu: &mut dyn FnMut(&mut Ui, usize),
    ) -> Option<Event> {
        self.arrange(data, wake);
        let palette = Palette::here(ui);
        let whole = ui.available_rect_before_wrap();
        ui.painter().rect_filled(whole, 0, palette.ground);
        self.head(ui, palette, columns);
        self.unfold(data.as_ref());
        let count = self.shown.len() as u64;
        let mut toggled = None;
        let mut event = None;
        let sight = self.list.show(ui, "table", count, ROW_HEIGHT);
        // Below the rows: what has the keys while the table has them.
        let keys = ui.interact(sight.area, ui.scope_id().with("keys"), Sense::click());
        let has_keys = ui.ctx().memory(|m| m.has_focus(keys.id));
        let asked = has_keys && menu_keys(ui.ctx());
        let painter = ui.painter_at(sight.area);
        let tree = self.tree;
        for (i, at) in sight.rows.clone().enumerate() {
            let Some(row) = usize::try_from(at).ok().and_then(|at| self.shown.get(at)) else {
                break;
            };
            let row = *row as usize;
            if row >= data.rows() {
                break;
            }
            let rect = Rect::from_min_size(
                Pos2::new(sight.area.min.x, sight.y + i as f32 * ROW_HEIGHT),
                Vec2::new(sight.area.width(), ROW_HEIGHT),
            );
            let id = ui.scope_id().with(("row", i));
            let response = ui.interact(rect.intersect(sight.area), id, Sense::click());
            let chosen = self.chosen == Some(row);
            if chosen {
                painter.rect_filled(rect, 0, palette.selection);
            } else if response.hovered() {
                painter.rect_filled(rect, 0, palette.raised);
            } else if at % 2 == 1 {
                painter.rect_filled(rect, 0, palette.panel);
            }
            if response.clicked() || response.secondary_clicked() {
                self.chosen = Some(row);
                event = Some(Event::Chosen(row));
                ui.ctx().memory_mut(|m| m.request_focus(keys.id));
            }
            let foldable = row + 1 < data.rows() && data.depth(row + 1) > data.depth(row);
            let open = !self
                .folded
                .contains(&u32::try_from(row).unwrap_or(u32::MAX));
            let corner = rect.min.x + EDGE + data.depth(row) as f32 * 16.0;
            let on_chevron = foldable
                && response
                    .interact_pointer_pos()
                    .is_some_and(|p| p.x < corner + 14.0);
            if foldable && ((response.clicked() && on_chevron) || response.double_clicked()) {
                toggled = Some((row, !open));
            } else if response.double_clicked() {
                event = Some(Event::Opened(row));
            }
            if foldable {
                chevron(
                    &painter,
                    Pos2::new(corner + 3.0, rect.center().y),
                    open,
                    palette,
                );
            }
            let at = Pos2::new(rect.min.x + EDGE, rect.max.y);
            context_menu(&response, asked && chosen, at, |ui| menu(ui, row));
            let cells: Vec<String> = (0..columns.len()).map(|c| data.cell(row, c)).collect();
            response.widget_info(|| {
                let mut label = cells.join(", ");
                if foldable {
                    label.push_str(if open { ", unfolded" } else { ", folded" });
                }
                egui::WidgetInfo::selected(egui::Role::Row, true, chosen, label)
            });
            let mut left = rect.min.x + EDGE;
            for (c, (column, cell)) in columns.iter().zip(&cells).enumerate() {
                let last = c + 1 == columns.len();
                let width = if last && !column.right {
                    (rect.max.x - left).max(column.width)
                } else {
                    column.width
                };
                let indent = if c == 0 {
                    data.depth(row) as f32 * 16.0 + if tree { 14.0 } else { 0.0 }
                } else {
                    0.0
                };
                if let Some(share) = data.share(row, c) {
                    let bar = Rect::from_min_size(
                        Pos2::new(left, rect.min.y + 4.0),
                        Vec2::new(width * share.clamp(0.0, 1.0), ROW_HEIGHT - 8.0),
                    );
                    painter.rect_filled(bar, 2, palette.accent.gamma_multiply(0.28));
                }
                let colour = palette.text;
                let mut job =
                    egui::text::LayoutJob::simple_singleline(cell.clone(), words(13.0), colour);
                let room = (width - indent).max(8.0);
                job.wrap = egui::text::TextWrapping::truncate_at_width(room);
                let galley = painter.layout_job(job);
                let x = if column.right {
                    left + width - galley.size().x
                } else {
                    left + indent
                };
                let y = rect.center().y - galley.size().y / 2.0;
                painter.galley(Pos2::new(x, y), galley, colour);
                left += width + EDGE;
            }
        }
        if has_keys && !Popup::is_any_open(ui.ctx()) {
            let place = self
                .chosen
                .and_then(|c| self.shown.iter().position(|r| *r as usize == c));
            let page = (sight.area.height() / ROW_HEIGHT).floor().max(1.0) as u64;
            let place = place.map(|p| p as u64);
            if let Some(to) = keyboard(ui, place, count, page) {
                self.list.reveal(to);
                let row = usize::try_from(to).ok().and_then(|to| self.shown.get(to));
                if let Some(row) = row {
                    self.chosen = Some(*row as usize);
                    event = Some(Event::Chosen(*row as usize));
                }
            }
        }
        if let (true, Some(row)) = (has_keys && !Popup::is_any_open(ui.ctx()), self.chosen) {
            let pressed = |key| ui.input_mut(|i| i.consume_key(Modifiers::NONE, key));
            let foldable = row + 1 < data.rows() && data.depth(row + 1) > data.depth(row);
            if pressed(Key::ArrowRight) && foldable {
                toggled = Some((row, true));
            }
            if pressed(Key::ArrowLeft) {
                let open = !self
                    .folded
                    .contains(&u32::try_from(row).unwrap_or(u32::MAX));
                if foldable && open {
                    toggled = Some((row, false));
                } else if let Some(above) =
                    (0..row).rev().find(|r| data.depth(*r) < data.depth(row))
                {
                    self.chosen = Some(above);
                    event = Some(Event::Chosen(above));
                }
            }
        }
        if let Some((row, open)) = toggled
            && let Ok(row) = u32::try_from(row)
        {
            match open {
                true => self.folded.remove(&row),
                false => self.folded.insert(row),
            };
        }
        if count == 0 && self.job.is_none() {
            let text = if self.find.is_empty() {
                "Nothing of this kind is in the capture."
            } else {
                "No row has this text."
            };
            painter.text(
                sight.area.min + Vec2::new(EDGE, 8.0),
                Align2::LEFT_TOP,
                text,
                words(13.0),
                palette.dim,
            );
        }
        event
    }

    fn head(&mut self, ui: &mut Ui, palette: &Palette, columns: &[Column]) {
        let width = ui.available_width();
        let (rect, _) = ui.allocate_exact_size(Vec2::new(width, HEAD), Sense::hover());
        let painter = ui.painter_at(rect);
        let mut left = rect.min.x + EDGE;
        for (i, column) in columns.iter().enumerate() {
            let cell = Rect::from_min_size(
                Pos2::new(left - EDGE / 2.0, rect.min.y),
                Vec2::new(column.width + EDGE, HEAD),
            );
            let id = ui.scope_id().with(("head", i));
            let response = ui.interact(cell, id, Sense::click());
            let sorted = self.sort.filter(|(c, _)| *c == i);
            response.widget_info(|| {
                let on = sorted.is_some();
                let name = format!("Sort by {}", column.title);
                egui::WidgetInfo::selected(egui::Role::ColumnHeader, true, on, name)
            });
            if response.clicked() {
                // Numbers from the greatest on first; the third click leaves the order as it was found.
                self.sort = match sorted {
                    None => Some((i, column.right)),
                    Some((_, down)) if down == column.right => Some((i, !down)),
                    Some(_) => None,
                };
            }
            let lit = response.hovered() || sorted.is_some();
            let colour = if lit { palette.text } else { palette.dim };
            let sign = match sorted {
                Some((_, true)) => " ↓",
                Some((_, false)) => " ↑",
                None => "",
            };
            let text = format!("{}{sign}", column.title);
            let (x, align) = if column.right {
                (left + column.width, Align2::RIGHT_CENTER)
            } else {
                (left, Align2::LEFT_CENTER)
            };
            let at = Pos2::new(x, rect.center().y);
            painter.text(at, align, text, strong(12.0), colour);
            left += column.width + EDGE;
        }
        painter.hline(rect.x_range(), rect.max.y - 0.5, (1.0, palette.line));
        ui.add_space(-ui.spacing().item_spacing.y);
    }
}

/// The rows with this text, in their order.
fn ordered(data: &dyn Data, sort: Sort, find: &str) -> Vec<u32> {
    let columns = 16;
    let has = |row: usize| {
        find.is_empty()
            || (0..columns)
                .map(|c| data.cell(row, c))
                .any(|cell| cell.to_lowercase().contains(find))
    };
    let mut rows: Vec<u32> = (0..data.rows())
        .filter(|row| has(*row))
        .filter_map(|row| u32::try_from(row).ok())
        .collect();
    let Some((column, down)) = sort else {
        return rows;
    };
    let compare = |a: &usize, b: &usize| {
        let order = data.compare(*a, *b, column);
        if down { order.reverse() } else { order }
    };
    if find.is_empty() && (0..data.rows()).any(|row| data.depth(row) > 0) {
        return sorted_tree(data, &compare);
    }
    rows.sort_by(|a, b| compare(&(*a as usize), &(*b as usize)));
    rows
}

/// The rows of a tree: those that stand below the same one are sorted, and each stays above its own.
fn sorted_tree(data: &dyn Data, compare: &dyn Fn(&usize, &usize) -> Ordering) -> Vec<u32> {
    // The rows that wait, the next last: those of a level come in their order, and behind each come those below it.
    let level = |from: usize, to: usize| {
        let mut rows = Vec::new();
        let mut at = from;
        while at < to {
            rows.push(at);
            at += 1 + below(data, at);
        }
        rows.sort_by(|a, b| compare(a, b));
        rows.reverse();
        rows
    };
    let mut out = Vec::with_capacity(data.rows());
    let mut waiting = level(0, data.rows());
    while let Some(row) = waiting.pop() {
        out.extend(u32::try_from(row));
        waiting.extend(level(row + 1, row + 1 + below(data, row)));
    }
    out
}

fn chevron(painter: &egui::Painter, at: Pos2, open: bool, palette: &Palette) {
    let (a, b, c) = match open {
        true => ((-3.5, -2.0), (0.0, 2.0), (3.5, -2.0)),
        false => ((-2.0, -3.5), (2.0, 0.0), (-2.0, 3.5)),
    };
    let points = [a, b, c].map(|(x, y)| at + Vec2::new(x, y)).to_vec();
    painter.line(points, egui::Stroke::new(1.4, palette.dim));
}
