//! The packet list.

use std::sync::Arc;

use egui::{Align2, CornerRadius, CursorIcon, Pos2, Rect, Sense, Ui, Vec2};

use crate::filter::compose::Column as Shown;
use crate::session::ListRow;
use crate::ui::theme::{EDGE, Palette, ROW_HEIGHT, strong, words};
use crate::ui::widgets::row_list::{RowList, keyboard};

/// Height of the head line, points.
const HEAD: f32 = 28.0;

/// What the columns show, in their order.
const COLUMNS: [Shown; 7] = [
    Shown::Number,
    Shown::Time,
    Shown::Source,
    Shown::Destination,
    Shown::Protocol,
    Shown::Length,
    Shown::Info,
];

/// One column: title, width in points, right-aligned.
struct Column {
    title: &'static str,
    width: f32,
    right: bool,
}

/// The list's own state.
pub struct Packets {
    /// Where it stands.
    pub list: RowList,
    columns: [Column; 7],
    /// The column that the context menu is about.
    menu_column: usize,
}

impl Default for Packets {
    fn default() -> Packets {
        let column = |title, width, right| Column {
            title,
            width,
            right,
        };
        Packets {
            list: RowList::default(),
            menu_column: 0,
            columns: [
                column("No.", 64.0, true),
                column("Time", 96.0, true),
                column("Source", 144.0, false),
                column("Destination", 144.0, false),
                column("Protocol", 88.0, false),
                column("Length", 60.0, true),
                column("Info", f32::INFINITY, false),
            ],
        }
    }
}

/// Gives rows by their place.
type RowsOf<'a> = dyn Fn(std::ops::Range<u64>) -> Vec<(u32, Option<Arc<ListRow>>)> + 'a;

/// What the list shows.
pub struct Input<'a> {
    /// How many rows there are.
    pub count: u64,
    /// The chosen row.
    pub chosen: Option<u64>,
    /// Gives rows by their place: frame number, and the row if it is ready.
    pub rows: &'a RowsOf<'a>,
    /// Whether keys are for the list (no text field has the focus).
    pub keys: bool,
}

/// Draws the context menu of a packet (by its number) and column.
type Menu<'a> = dyn FnMut(&mut Ui, u32, Shown) + 'a;

impl Packets {
    /// Draw the list; returns the row that the user chose, if any.
    pub fn show(&mut self, ui: &mut Ui, input: &Input<'_>, menu: &mut Menu<'_>) -> Option<u64> {
        let palette = Palette::here(ui);
        let whole = ui.available_rect_before_wrap();
        ui.painter().rect_filled(whole, 0, palette.ground);
        self.head(ui, palette);
        let sight = self.list.show(ui, "packets", input.count, ROW_HEIGHT);
        let mut chosen = None;
        let painter = ui.painter_at(sight.area);
        let rows = (input.rows)(sight.rows.clone());
        for (i, (number, row)) in rows.iter().enumerate() {
            let at = sight.rows.start + i as u64;
            let top = sight.y + i as f32 * ROW_HEIGHT;
            let rect = Rect::from_min_size(
                Pos2::new(sight.area.min.x, top),
                Vec2::new(sight.area.width(), ROW_HEIGHT),
            );
            let is_chosen = input.chosen == Some(at);
            if is_chosen {
                painter.rect_filled(rect, 0, palette.selection);
            } else if at % 2 == 1 {
                painter.rect_filled(rect, 0, palette.panel);
            }
            let visible = rect.intersect(sight.area);
            let response = ui.interact(visible, ui.scope_id().with(("packet", i)), Sense::click());
            if response.clicked() {
                chosen = Some(at);
            }
            if response.secondary_clicked() {
                chosen = Some(at);
                let x = response.interact_pointer_pos().map_or(rect.min.x, |p| p.x);
                self.menu_column = self.column_at(x, rect.min.x);
            }
            let column = COLUMNS[self.menu_column.min(COLUMNS.len() - 1)];
            response.context_menu(|ui| menu(ui, *number, column));
            if response.hovered() && !is_chosen {
                painter.rect_filled(rect, 0, palette.raised);
            }
            response.widget_info(|| {
                let label = row
                    .as_ref()
                    .map_or_else(|| format!("Packet {number}"), |r| spoken(r));
                egui::WidgetInfo::selected(egui::Role::Row, true, is_chosen, label)
            });
            match row {
                Some(row) => self.row(&painter, palette, rect, row),
                None => {
                    let x = self.right_edge(0, rect.min.x);
                    let at = Pos2::new(x, rect.center().y);
                    painter.text(at, Align2::RIGHT_CENTER, number, words(13.0), palette.faint);
                }
            }
        }
        if input.keys {
            let page = (sight.area.height() / ROW_HEIGHT).floor().max(1.0) as u64;
            if let Some(row) = keyboard(ui, input.chosen, input.count, page) {
                self.list.reveal(row);
                chosen = Some(row);
            }
        }
        chosen
    }

    /// The column under a point.
    fn column_at(&self, x: f32, origin: f32) -> usize {
        (0..self.columns.len())
            .rev()
            .find(|c| x >= self.left(*c, origin) - EDGE / 2.0)
            .unwrap_or(0)
    }

    /// Where the text of a column begins.
    fn left(&self, column: usize, origin: f32) -> f32 {
        origin
            + EDGE
            + self.columns[..column]
                .iter()
                .map(|c| c.width + EDGE)
                .sum::<f32>()
    }

    fn right_edge(&self, column: usize, origin: f32) -> f32 {
        self.left(column, origin) + self.columns[column].width
    }

    fn head(&mut self, ui: &mut Ui, palette: &Palette) {
        let (rect, _) =
            ui.allocate_exact_size(Vec2::new(ui.available_width(), HEAD), Sense::hover());
        let painter = ui.painter_at(rect);
        for i in 0..self.columns.len() {
            let left = self.left(i, rect.min.x);
            let column = &self.columns[i];
            let (x, align) = if column.right {
                (left + column.width, Align2::RIGHT_CENTER)
            } else {
                (left, Align2::LEFT_CENTER)
            };
            painter.text(
                Pos2::new(x, rect.center().y),
                align,
                column.title,
                strong(12.0),
                palette.dim,
            );
            if column.width.is_finite() {
                let edge = left + column.width + EDGE / 2.0;
                let grip =
                    Rect::from_center_size(Pos2::new(edge, rect.center().y), Vec2::new(8.0, HEAD));
                let response = ui
                    .interact(grip, ui.scope_id().with(("column", i)), Sense::drag())
                    .on_hover_cursor(CursorIcon::ResizeHorizontal);
                if response.hovered() || response.dragged() {
                    painter.vline(edge, rect.y_range().shrink(6.0), (1.0, palette.faint));
                }
                self.columns[i].width =
                    (self.columns[i].width + response.drag_delta().x).clamp(32.0, 600.0);
            }
        }
        painter.hline(rect.x_range(), rect.max.y - 0.5, (1.0, palette.line));
        ui.add_space(-ui.spacing().item_spacing.y);
    }

    fn row(&self, painter: &egui::Painter, palette: &Palette, rect: Rect, row: &ListRow) {
        let tint = palette.protocol(&row.protocol);
        let (text, dim, protocol) = if row.trouble {
            (palette.bad, palette.bad, palette.bad)
        } else {
            (palette.text, palette.dim, tint)
        };
        let stripe = Rect::from_min_size(
            rect.min + Vec2::new(4.0, 4.0),
            Vec2::new(3.0, rect.height() - 8.0),
        );
        painter.rect_filled(stripe, CornerRadius::same(1), protocol);
        let mut time = String::new();
        crate::export::text::seconds(row.relative_ns, 6, &mut time);
        let number = row.number.to_string();
        let length = row.length.to_string();
        let cells = [
            (number.as_str(), dim),
            (time.as_str(), dim),
            (row.source.as_str(), text),
            (row.destination.as_str(), text),
            (row.protocol.as_str(), protocol),
            (length.as_str(), dim),
            (row.info.as_str(), text),
        ];
        for (i, (cell, colour)) in cells.into_iter().enumerate() {
            let column = &self.columns[i];
            let left = self.left(i, rect.min.x);
            let right = if column.width.is_finite() {
                left + column.width
            } else {
                rect.max.x
            };
            let clip =
                Rect::from_min_max(Pos2::new(left, rect.min.y), Pos2::new(right, rect.max.y));
            // A cell that does not fit ends in an ellipsis; only what can be seen is laid out.
            let mut job =
                egui::text::LayoutJob::simple_singleline(cell.to_owned(), words(13.0), colour);
            job.wrap = egui::text::TextWrapping::truncate_at_width(clip.width().max(8.0));
            let galley = painter.layout_job(job);
            let x = if column.right {
                right - galley.size().x
            } else {
                left
            };
            let y = rect.center().y - galley.size().y / 2.0;
            painter
                .with_clip_rect(clip.intersect(painter.clip_rect()))
                .galley(Pos2::new(x, y), galley, colour);
        }
    }
}

/// A row as a screen reader says it.
fn spoken(row: &ListRow) -> String {
    format!(
        "Packet {}: {} to {}, {}, {} bytes, {}",
        row.number, row.source, row.destination, row.protocol, row.length, row.info
    )
}
