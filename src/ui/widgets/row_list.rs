//! A list that scrolls by row number, not by pixel: row 10,000,000 is reached exactly (egui's own scroll areas count in f32 pixels,
//! which break beyond about a million rows).

use egui::{Color32, CornerRadius, Key, Modifiers, Pos2, Rect, Sense, Ui, Vec2};

use crate::ui::theme::Palette;

/// Width of the scroll bar, points.
pub const BAR: f32 = 12.0;
/// Rows that one notch of the wheel moves.
const WHEEL_ROWS: f64 = 3.0;

/// Where a list stands. Kept by its owner between frames of the picture.
#[derive(Clone, Copy, Debug, Default)]
pub struct RowList {
    /// The first row in sight, with its fraction in rows.
    top: f64,
    /// The row to bring into sight at the next drawing.
    reveal: Option<u64>,
    /// Stay at the end when rows come.
    pub follow_end: bool,
    /// How far below its upper end the handle of the scroll bar was seized, points.
    seized: Option<f32>,
}

/// What is in sight.
pub struct Sight {
    /// Rows to paint, from the first to behind the last.
    pub rows: std::ops::Range<u64>,
    /// Where the first of them begins, in screen points.
    pub y: f32,
    /// The area of the rows.
    pub area: Rect,
}

impl RowList {
    /// Bring a row into sight.
    pub fn reveal(&mut self, row: u64) {
        self.reveal = Some(row);
    }

    /// So many rows have gone from the beginning: what is in sight stays there.
    pub fn rows_gone(&mut self, rows: u64) {
        self.top = (self.top - rows as f64).max(0.0);
    }

    /// Bring a row to the top, wherever the list stands.
    pub fn jump(&mut self, row: u64) {
        self.top = row as f64;
        self.follow_end = false;
    }

    /// Take the rest of `ui`, handle wheel and scroll bar, and say which rows to paint.
    pub fn show(&mut self, ui: &mut Ui, id: &str, count: u64, row_height: f32) -> Sight {
        let whole = ui.available_rect_before_wrap();
        let area = Rect::from_min_max(whole.min, Pos2::new(whole.max.x - BAR, whole.max.y));
        let bar = Rect::from_min_max(Pos2::new(area.max.x, whole.min.y), whole.max);
        ui.allocate_rect(whole, Sense::hover());
        let fit = f64::from(area.height().max(0.0) / row_height);
        let last_top = (count as f64 - fit).max(0.0);
        if ui.rect_contains_pointer(whole) {
            let moved = f64::from(ui.input(|i| i.smooth_scroll_delta().y));
            if moved != 0.0 {
                // How many points egui takes a notch for.
                let notch = ui.ctx().options(|o| o.input_options.line_scroll_speed);
                self.top -= moved / f64::from(notch.max(1.0)) * WHEEL_ROWS;
                self.follow_end = false;
            }
        }
        if let Some(row) = self.reveal.take() {
            let row = row as f64;
            if row < self.top {
                self.top = row;
            } else if row + 1.0 > self.top + fit {
                self.top = row + 1.0 - fit;
            }
        }
        if self.follow_end {
            self.top = last_top;
        }
        self.scroll_bar(ui, id, bar, count, fit, last_top);
        self.top = self.top.clamp(0.0, last_top);
        let first = self.top.floor();
        let rows = first as u64..((self.top + fit).ceil() as u64).min(count);
        let y = area.min.y - ((self.top - first) * f64::from(row_height)) as f32;
        Sight { rows, y, area }
    }

    fn scroll_bar(
        &mut self,
        ui: &mut Ui,
        id: &str,
        bar: Rect,
        count: u64,
        fit: f64,
        last_top: f64,
    ) {
        if last_top <= 0.0 {
            return;
        }
        let palette = Palette::here(ui);
        let response = ui.interact(
            bar,
            ui.scope_id().with((id, "bar")),
            Sense::click_and_drag(),
        );
        // A pane may be lower than the handle should be.
        let room = f64::from(bar.height().max(0.0));
        let length = (room * fit / count as f64).clamp(room.min(24.0), room) as f32;
        let run = bar.height() - length;
        let place = |top: f64| (top / last_top).clamp(0.0, 1.0) as f32 * run;
        match response.interact_pointer_pos() {
            Some(pointer) if run > 0.0 => {
                let pointer = pointer.y - bar.min.y;
                let seized = *self.seized.get_or_insert_with(|| {
                    // Where the handle is seized it stays under the pointer; elsewhere its middle comes there.
                    let inside = pointer - place(self.top);
                    let hit = (0.0..=length).contains(&inside);
                    if hit { inside } else { length / 2.0 }
                });
                // A pointer that rests does not move the list: a handle's place is not as fine as a row.
                let share = (pointer - seized) / run;
                if (share * run - place(self.top)).abs() > 0.01 {
                    self.top = f64::from(share).clamp(0.0, 1.0) * last_top;
                    self.follow_end = false;
                }
            }
            _ => self.seized = None,
        }
        response.widget_info(|| {
            let mut info = egui::WidgetInfo::labeled(egui::Role::ScrollBar, true, "Scroll bar");
            info.value = Some(self.top);
            info
        });
        let at = place(self.top) / run.max(1.0);
        let handle = Rect::from_min_size(
            Pos2::new(bar.min.x + 3.0, bar.min.y + at * run),
            Vec2::new(BAR - 6.0, length),
        );
        let colour: Color32 = if response.hovered() || response.dragged() {
            palette.dim
        } else {
            palette.edge
        };
        ui.painter()
            .rect_filled(handle, CornerRadius::same(3), colour);
    }
}

/// Where the keyboard moves the chosen row to, or `None` if no key for it was pressed.
pub fn keyboard(ui: &Ui, chosen: Option<u64>, count: u64, page: u64) -> Option<u64> {
    if count == 0 {
        return None;
    }
    let last = count - 1;
    let at = chosen.unwrap_or(0);
    let from_nowhere = chosen.is_none();
    ui.input_mut(|i| {
        let mut pressed = |key: Key| i.consume_key(Modifiers::NONE, key);
        if pressed(Key::ArrowDown) {
            Some(if from_nowhere { 0 } else { (at + 1).min(last) })
        } else if pressed(Key::ArrowUp) {
            Some(at.saturating_sub(1))
        } else if pressed(Key::PageDown) {
            Some(at.saturating_add(page).min(last))
        } else if pressed(Key::PageUp) {
            Some(at.saturating_sub(page))
        } else if pressed(Key::Home) {
            Some(0)
        } else if pressed(Key::End) {
            Some(last)
        } else {
            None
        }
    })
}
