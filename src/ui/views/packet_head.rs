//! The head line of the packet list: where the columns are, and all that can be done with them.

use egui::{Align2, CursorIcon, Pos2, Rect, Sense, Shape, Stroke, Ui, Vec2};

use crate::session::list_columns::{Align, Column, ColumnKind, WIDTHS, usual};
use crate::ui::theme::{EDGE, Palette, strong};

/// Height of the head line, points.
const HEAD: f32 = 28.0;
/// The Info column never gets less than this, points.
const LEAST_INFO: f32 = 160.0;

/// What was done in the head line.
#[derive(Clone, Debug, PartialEq)]
pub enum HeadAction {
    /// Sort by this column: from the beginning, from the end, or not at all.
    Sort(ColumnKind, Option<bool>),
    /// The columns are no longer what they were.
    Changed,
    /// A column came or went: what rows show is no longer what it was.
    Replaced,
}

/// Width of the lines that join packets, where the first column leaves no room for them, points.
const LINES: f32 = 12.0;
/// Width of a digit of the list, points.
const DIGIT: f32 = 8.5;

/// Where the columns are, in points of the screen.
pub struct Places {
    /// Index of the column, left edge, width. Hidden columns are not there.
    cells: Vec<(usize, f32, f32)>,
}

impl Places {
    /// Divide the width among the columns: one of them (Info, or else the last) takes what is left. The numbers of packets,
    /// up to `last`, are never cut off.
    pub fn of(columns: &[Column], last: u32, area: Rect) -> Places {
        let digits = last.max(1).ilog10() + 1;
        let least = |column: &Column| match column.kind {
            ColumnKind::Number => digits as f32 * DIGIT + LINES,
            _ => 0.0,
        };
        let wide = |column: &Column| column.width.max(least(column));
        let shown = || columns.iter().enumerate().filter(|(_, c)| c.shown);
        let info = shown().find(|(_, c)| c.kind == ColumnKind::Info);
        let stretched = info.or_else(|| shown().next_back()).map(|(i, _)| i);
        let others: f32 = shown()
            .filter(|(i, _)| Some(*i) != stretched)
            .map(|(_, c)| wide(c) + EDGE)
            .sum();
        // The scroll bar and the map beside it take their part.
        // The lines that join packets stand before the first column; the packet's number leaves them room at its left.
        let first = shown().next().map(|(_, c)| c);
        let roomy = first.is_some_and(|c| c.align == Align::Right && c.width >= 60.0);
        let gap = if roomy { 0.0 } else { LINES };
        let rest = (area.width() - EDGE * 2.0 - gap - others - 24.0).max(LEAST_INFO);
        let mut x = area.min.x + EDGE + gap;
        let cells = shown().map(|(i, column)| {
            let width = match Some(i) == stretched {
                true => rest,
                false => wide(column),
            };
            let left = x;
            x += width + EDGE;
            (i, left, width)
        });
        Places {
            cells: cells.collect(),
        }
    }

    /// The column under a point.
    pub fn at(&self, x: f32) -> usize {
        let found = self
            .cells
            .iter()
            .rfind(|(_, left, _)| x >= left - EDGE / 2.0);
        found.or(self.cells.first()).map_or(0, |(i, _, _)| *i)
    }

    /// The cell of a column in a row.
    pub fn cell(&self, column: usize, row: Rect) -> Option<Rect> {
        let (_, left, width) = self.cells.iter().find(|(i, _, _)| *i == column)?;
        let size = Vec2::new(*width, row.height());
        Some(Rect::from_min_size(Pos2::new(*left, row.min.y), size))
    }

    /// Draw the head line: click sorts, the edges are dragged for the width, the titles for the order; the rest is in the
    /// context menu.
    pub fn show(
        &self,
        ui: &mut Ui,
        columns: &mut Vec<Column>,
        sorted: Option<(&ColumnKind, bool)>,
    ) -> Option<HeadAction> {
        let palette = Palette::here(ui);
        let (rect, _) =
            ui.allocate_exact_size(Vec2::new(ui.available_width(), HEAD), Sense::hover());
        let painter = ui.painter_at(rect);
        let mut action = None;
        let mut moved = None;
        for (i, left, width) in &self.cells {
            let Some(column) = columns.get(*i) else { break };
            let cell = Rect::from_min_size(
                Pos2::new(left - EDGE / 2.0, rect.min.y),
                Vec2::new(width + EDGE, HEAD),
            );
            let id = ui.scope_id().with(("head", column.kind.clone()));
            let response = ui.interact(cell, id, Sense::click_and_drag());
            let order = sorted.filter(|(kind, _)| **kind == column.kind);
            let order = order.map(|(_, descending)| descending);
            response.widget_info(|| {
                let order = match order {
                    None => "",
                    Some(false) => ", sorted",
                    Some(true) => ", sorted from the end",
                };
                let label = format!("Column {}{order}", column.title);
                egui::WidgetInfo::labeled(egui::Role::ColumnHeader, true, label)
            });
            if response.hovered() || response.dragged() {
                painter.rect_filled(cell, 0, palette.raised);
            }
            if response.clicked() {
                let next = match order {
                    None => Some(false),
                    Some(false) => Some(true),
                    Some(true) => None,
                };
                action = Some(HeadAction::Sort(column.kind.clone(), next));
            }
            if response.drag_stopped()
                && let Some(pointer) = response.interact_pointer_pos()
            {
                moved = Some((*i, self.at(pointer.x)));
            }
            self.title(&painter, palette, column, *left, *width, rect, order);
            let mut asked = None;
            response.context_menu(|ui| asked = menu(ui, columns, *i, order));
            action = asked.or(action);
        }
        let last = self.cells.last().map(|(i, _, _)| *i);
        for (i, left, width) in &self.cells {
            let Some(column) = columns.get_mut(*i) else {
                break;
            };
            if Some(*i) == last && column.kind == ColumnKind::Info {
                continue;
            }
            let edge = left + width + EDGE / 2.0;
            let grip =
                Rect::from_center_size(Pos2::new(edge, rect.center().y), Vec2::new(8.0, HEAD));
            let id = ui.scope_id().with(("column", *i));
            let response = ui
                .interact(grip, id, Sense::drag())
                .on_hover_cursor(CursorIcon::ResizeHorizontal);
            if response.hovered() || response.dragged() {
                painter.vline(edge, rect.y_range().shrink(6.0), (1.0, palette.faint));
            }
            let by = response.drag_delta().x;
            if by != 0.0 {
                column.width = (column.width + by).clamp(*WIDTHS.start(), *WIDTHS.end());
            }
            if response.drag_stopped() {
                action = Some(HeadAction::Changed);
            }
        }
        if let Some((from, to)) = moved.filter(|(from, to)| from != to && *from < columns.len()) {
            let column = columns.remove(from);
            columns.insert(to.min(columns.len()), column);
            action = Some(HeadAction::Replaced);
        }
        painter.hline(rect.x_range(), rect.max.y - 0.5, (1.0, palette.line));
        ui.add_space(-ui.spacing().item_spacing.y);
        action
    }

    #[expect(clippy::too_many_arguments, reason = "a title, its place and its sign")]
    fn title(
        &self,
        painter: &egui::Painter,
        palette: &Palette,
        column: &Column,
        left: f32,
        width: f32,
        rect: Rect,
        order: Option<bool>,
    ) {
        let (x, align) = match column.align {
            Align::Left => (left, Align2::LEFT_CENTER),
            Align::Center => (left + width / 2.0, Align2::CENTER_CENTER),
            Align::Right => (left + width, Align2::RIGHT_CENTER),
        };
        let clip = Rect::from_min_size(Pos2::new(left, rect.min.y), Vec2::new(width, HEAD));
        let colour = match order {
            Some(_) => palette.text,
            None => palette.dim,
        };
        let text = painter.with_clip_rect(clip).text(
            Pos2::new(x, rect.center().y),
            align,
            &column.title,
            strong(12.0),
            colour,
        );
        let Some(descending) = order else { return };
        // The sign stands in the space between the columns, so that the title keeps its place.
        let x = match column.align {
            Align::Right => text.min.x - 7.0,
            _ => text.max.x + 7.0,
        };
        let (tip, foot) = if descending { (3.0, -2.0) } else { (-3.0, 2.0) };
        let y = rect.center().y;
        let points = vec![
            Pos2::new(x, y + tip),
            Pos2::new(x + 4.0, y + foot),
            Pos2::new(x - 4.0, y + foot),
        ];
        painter.add(Shape::convex_polygon(points, palette.accent, Stroke::NONE));
    }
}

/// The context menu of a column's head.
fn menu(
    ui: &mut Ui,
    columns: &mut Vec<Column>,
    at: usize,
    order: Option<bool>,
) -> Option<HeadAction> {
    ui.set_min_width(180.0);
    let kind = columns.get(at)?.kind.clone();
    let mut action = None;
    for (title, to) in [
        ("Sort upwards", Some(false)),
        ("Sort downwards", Some(true)),
        ("In the order of capture", None),
    ] {
        if ui.radio(order == to, title).clicked() {
            action = Some(HeadAction::Sort(kind.clone(), to));
        }
    }
    ui.separator();
    let mut changed = false;
    for (title, align) in [
        ("At the left", Align::Left),
        ("In the middle", Align::Center),
        ("At the right", Align::Right),
    ] {
        changed |= ui
            .radio_value(&mut columns[at].align, align, title)
            .changed();
    }
    ui.separator();
    ui.menu_button("Title", |ui| {
        let field = egui::TextEdit::singleline(&mut columns[at].title).desired_width(160.0);
        let field = ui.add(field);
        field.widget_info(|| {
            egui::WidgetInfo::labeled(egui::Role::TextInput, true, "Title of the column")
        });
        changed |= field.changed();
    });
    ui.menu_button("Columns", |ui| {
        ui.set_min_width(160.0);
        let shown = columns.iter().filter(|c| c.shown).count();
        for column in columns.iter_mut() {
            let last = column.shown && shown == 1;
            let check = egui::Checkbox::new(&mut column.shown, column.title.as_str());
            if ui.add_enabled(!last, check).changed() {
                action = Some(HeadAction::Replaced);
            }
        }
        ui.separator();
        if ui.button("As at first").clicked() {
            *columns = usual();
            action = Some(HeadAction::Replaced);
        }
    });
    let shown = columns.iter().filter(|c| c.shown).count();
    if ui
        .add_enabled(shown > 1, egui::Button::new("Hide this column"))
        .clicked()
        && let Some(column) = columns.get_mut(at)
    {
        column.shown = false;
        action = Some(HeadAction::Replaced);
    }
    if matches!(kind, ColumnKind::Field(_)) && ui.button("Remove this column").clicked() {
        if at < columns.len() {
            columns.remove(at);
        }
        action = Some(HeadAction::Replaced);
    }
    action.or(changed.then_some(HeadAction::Changed))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn info_takes_what_the_others_leave_wherever_it_stands() {
        let area = Rect::from_min_size(Pos2::ZERO, Vec2::new(1280.0, 400.0));
        let mut columns = usual();
        columns.swap(6, 2);
        let places = Places::of(&columns, 1, area);
        let info = places.cell(2, area).unwrap();
        let last = places.cell(6, area).unwrap();
        assert!(info.width() > 400.0);
        assert!(last.max.x <= area.max.x - 24.0);
        assert_eq!(places.at(info.center().x), 2);
        columns[2].shown = false;
        let places = Places::of(&columns, 1, area);
        assert_eq!(places.cell(2, area), None);
        assert!(places.cell(6, area).unwrap().width() > 144.0);
        let numbers = places.cell(0, area).unwrap().width();
        let places = Places::of(&columns, 4_000_000_000, area);
        assert!(places.cell(0, area).unwrap().width() >= numbers * 10.0 / 8.0);
    }
}
