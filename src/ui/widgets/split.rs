//! Two panes with a border that can be dragged. The border keeps its share of the whole when the window changes its size.

use egui::{CursorIcon, Pos2, Rect, Sense, Ui, UiBuilder};

use crate::ui::theme::Palette;

/// Width of the strip that can be dragged, points.
const GRIP: f32 = 6.0;

/// Which way the panes lie.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// One above the other.
    Stacked,
    /// Side by side.
    Beside,
}

/// A border between two panes.
#[derive(Clone, Copy, Debug)]
pub struct Split {
    /// The first pane's share of the whole, 0 to 1.
    pub share: f32,
    /// Neither pane gets smaller than this, points (as far as there is room).
    pub least: f32,
}

impl Split {
    /// A border at this share.
    pub const fn new(share: f32, least: f32) -> Split {
        Split { share, least }
    }

    /// Divide what is left of `ui`; returns the areas of the two panes.
    pub fn divide(&mut self, ui: &mut Ui, id: &str, way: Way) -> (Rect, Rect) {
        let whole = ui.available_rect_before_wrap();
        let length = match way {
            Way::Stacked => whole.height(),
            Way::Beside => whole.width(),
        };
        let least = self.least.min(length / 2.0);
        let mut at = (length * self.share).round().clamp(least, length - least);
        let border = |at: f32| match way {
            Way::Stacked => Rect::from_center_size(
                Pos2::new(whole.center().x, whole.min.y + at),
                egui::vec2(whole.width(), GRIP),
            ),
            Way::Beside => Rect::from_center_size(
                Pos2::new(whole.min.x + at, whole.center().y),
                egui::vec2(GRIP, whole.height()),
            ),
        };
        let cursor = match way {
            Way::Stacked => CursorIcon::ResizeVertical,
            Way::Beside => CursorIcon::ResizeHorizontal,
        };
        let response = ui
            .interact(border(at), ui.scope_id().with(id), Sense::drag())
            .on_hover_cursor(cursor);
        if let Some(pointer) = response
            .interact_pointer_pos()
            .filter(|_| response.dragged())
        {
            let wanted = match way {
                Way::Stacked => pointer.y - whole.min.y,
                Way::Beside => pointer.x - whole.min.x,
            };
            at = wanted.round().clamp(least, length - least);
            if length > 0.0 {
                self.share = at / length;
            }
        }
        let palette = Palette::here(ui);
        let active = response.hovered() || response.dragged();
        let stroke = (1.0, if active { palette.accent } else { palette.line });
        match way {
            Way::Stacked => {
                let y = whole.min.y + at;
                ui.painter().hline(whole.x_range(), y - 0.5, stroke);
                (
                    Rect::from_min_max(whole.min, Pos2::new(whole.max.x, y - 1.0)),
                    Rect::from_min_max(Pos2::new(whole.min.x, y), whole.max),
                )
            }
            Way::Beside => {
                let x = whole.min.x + at;
                ui.painter().vline(x - 0.5, whole.y_range(), stroke);
                (
                    Rect::from_min_max(whole.min, Pos2::new(x - 1.0, whole.max.y)),
                    Rect::from_min_max(Pos2::new(x, whole.min.y), whole.max),
                )
            }
        }
    }
}

/// Draw into a part of `ui` and nowhere else.
pub fn pane(ui: &mut Ui, rect: Rect, fill: egui::Color32, content: impl FnOnce(&mut Ui)) {
    ui.painter().rect_filled(rect, 0, fill);
    let mut inner = ui.new_child(
        UiBuilder::new()
            .max_rect(rect)
            .layout(egui::Layout::top_down(egui::Align::Min)),
    );
    inner.set_clip_rect(rect.intersect(ui.clip_rect()));
    content(&mut inner);
}
