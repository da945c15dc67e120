//! A list of proposals that hangs below a text field: chosen by keys while the field keeps the keyboard, or by a click.

use egui::{
    Align2, Area, CornerRadius, Frame, Id, Key, Margin, Modifiers, Order, Pos2, Rect, Sense,
};
use egui::{Stroke, Ui, UiBuilder, Vec2};

use super::row_list::RowList;
use crate::ui::theme::{EDGE, Palette, mono, words};

/// Height of a line, points.
const LINE: f32 = 24.0;
/// Height of the hint at the bottom, points.
const FOOT: f32 = 24.0;
/// Lines in sight.
const SIGHT: usize = 12;
/// The list is not wider than this, points.
const WIDEST: f32 = 820.0;

/// One line.
pub struct Item<'a> {
    /// What is put into the text.
    pub text: &'a str,
    /// What it is called.
    pub label: &'a str,
    /// Its type.
    pub detail: &'a str,
}

/// What was clicked.
#[derive(Clone, Copy, Debug, Default)]
pub struct Clicked {
    /// This line.
    pub item: Option<usize>,
    /// Something else in the window.
    pub elsewhere: bool,
}

/// The list's own state.
#[derive(Default)]
pub struct Proposals {
    /// The line chosen by keys.
    pub picked: Option<usize>,
    list: RowList,
    area: Option<Rect>,
}

impl Proposals {
    /// Other lines come: nothing is chosen.
    pub fn reset(&mut self) {
        self.picked = None;
        self.list = RowList::default();
    }

    /// Whether a point is on the list as it was drawn last.
    pub fn covers(&self, at: Pos2) -> bool {
        self.area.is_some_and(|area| area.contains(at))
    }

    /// Move the choice by the keys pressed, which are taken. Above the first line nothing is chosen.
    pub fn keys(&mut self, ui: &Ui, count: usize) {
        let last = count.saturating_sub(1);
        let pressed = |key| ui.input_mut(|i| i.consume_key(Modifiers::NONE, key));
        let down = |by: usize| move |at: Option<usize>| at.map_or(by - 1, |at| at + by).min(last);
        if pressed(Key::ArrowDown) {
            self.picked = Some(down(1)(self.picked));
        } else if pressed(Key::PageDown) {
            self.picked = Some(down(SIGHT)(self.picked));
        } else if pressed(Key::ArrowUp) {
            self.picked = self.picked.and_then(|at| at.checked_sub(1));
        } else if pressed(Key::PageUp) {
            self.picked = self.picked.map(|at| at.saturating_sub(SIGHT));
        } else {
            return;
        }
        if let Some(at) = self.picked {
            self.list.reveal(at as u64);
        }
    }

    /// Draw the list below `anchor`, with a hint at its foot.
    pub fn show(&mut self, ui: &Ui, anchor: Rect, items: &[Item<'_>], hint: &str) -> Clicked {
        let palette = Palette::here(ui);
        let mut clicked = Clicked::default();
        let width = anchor.width().min(WIDEST);
        let lines = items.len().min(SIGHT) as f32;
        let frame = Frame::new()
            .fill(palette.panel)
            .stroke(Stroke::new(1.0, palette.line))
            .corner_radius(CornerRadius::same(5))
            .shadow(ui.visuals().popup_shadow)
            .inner_margin(Margin::symmetric(0, 4));
        let area = Area::new(Id::unique("proposals"))
            .order(Order::Foreground)
            .fixed_pos(anchor.left_bottom() + Vec2::new(0.0, 3.0))
            .show(ui.ctx(), |ui| {
                frame.show(ui, |ui| {
                    ui.spacing_mut().item_spacing = Vec2::ZERO;
                    let size = Vec2::new(width, lines * LINE);
                    let (rect, _) = ui.allocate_exact_size(size, Sense::hover());
                    let mut inner = ui.new_child(UiBuilder::new().max_rect(rect));
                    inner.set_clip_rect(rect.intersect(ui.clip_rect()));
                    clicked.item = self.lines(&mut inner, items, palette);
                    let (foot, _) = ui.allocate_exact_size(Vec2::new(width, FOOT), Sense::hover());
                    let at = Pos2::new(foot.min.x + EDGE, foot.center().y);
                    ui.painter()
                        .text(at, Align2::LEFT_CENTER, hint, words(12.0), palette.dim);
                });
            });
        let area = area.response.rect;
        self.area = Some(area);
        let pressed = ui.input(|i| {
            i.pointer
                .any_pressed()
                .then(|| i.pointer.interact_pos())
                .flatten()
        });
        clicked.elsewhere = pressed.is_some_and(|p| !area.contains(p) && !anchor.contains(p));
        clicked
    }

    fn lines(&mut self, ui: &mut Ui, items: &[Item<'_>], palette: &Palette) -> Option<usize> {
        let mut clicked = None;
        let sight = self.list.show(ui, "proposals", items.len() as u64, LINE);
        let painter = ui.painter_at(sight.area);
        // Names in one column as wide as the widest of them needs, labels in the next.
        let cut = |text: &str, font, colour, width: f32| {
            let mut job = egui::text::LayoutJob::simple_singleline(text.to_owned(), font, colour);
            job.wrap = egui::text::TextWrapping::truncate_at_width(width.max(8.0));
            painter.layout_job(job)
        };
        let cell = painter
            .layout_no_wrap("0".to_owned(), mono(13.0), palette.text)
            .size()
            .x;
        let longest = items.iter().map(|i| i.text.chars().count()).max();
        let whole = sight.area.width() - 2.0 * EDGE;
        let bare = items.iter().all(|i| i.label.is_empty());
        let names = if bare {
            whole
        } else {
            (longest.unwrap_or(0) as f32 * cell + EDGE).clamp(120.0, whole * 0.5)
        };
        for (i, at) in sight.rows.clone().enumerate() {
            let Some(item) = usize::try_from(at).ok().and_then(|at| items.get(at)) else {
                break;
            };
            let index = at as usize;
            let top = sight.y + i as f32 * LINE;
            let rect = Rect::from_min_size(
                Pos2::new(sight.area.min.x, top),
                Vec2::new(sight.area.width(), LINE),
            );
            let response = ui.interact(
                rect.intersect(sight.area),
                ui.scope_id().with(("proposal", i)),
                Sense::click(),
            );
            let picked = self.picked == Some(index);
            response.widget_info(|| {
                let label = if item.label.is_empty() {
                    item.text.to_owned()
                } else {
                    format!("{}: {}, {}", item.text, item.label, item.detail)
                };
                egui::WidgetInfo::selected(egui::Role::ListBoxOption, true, picked, label)
            });
            if picked {
                painter.rect_filled(rect, 0, palette.selection);
            } else if response.hovered() {
                painter.rect_filled(rect, 0, palette.raised);
            }
            if response.clicked() {
                clicked = Some(index);
            }
            let middle = |galley: &egui::Galley| rect.center().y - galley.size().y / 2.0;
            let left = rect.min.x + EDGE;
            let right = rect.max.x - EDGE;
            let name = cut(item.text, mono(13.0), palette.text, names - 8.0);
            painter.galley(Pos2::new(left, middle(&name)), name, palette.text);
            if bare {
                continue;
            }
            let detail = cut(item.detail, words(12.0), palette.faint, 200.0);
            let detail_left = right - detail.size().x;
            let label = cut(
                item.label,
                words(13.0),
                palette.dim,
                detail_left - left - names - 8.0,
            );
            painter.galley(Pos2::new(left + names, middle(&label)), label, palette.dim);
            painter.galley(
                Pos2::new(detail_left, middle(&detail)),
                detail,
                palette.faint,
            );
        }
        clicked
    }
}
