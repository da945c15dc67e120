//! The map beside the scroll bar: the whole list at one look, in the colours of its rows.

use egui::{CornerRadius, Pos2, Rect, Sense, Ui, Vec2};

use super::packets::Input;
use crate::session::colours::{Paint, Reach};
use crate::ui::theme::Palette;
use crate::ui::widgets::row_list::BAR;

/// Width of the map, points.
const WIDTH: f32 = 6.0;
/// Height of a strip, points.
const STRIP: f32 = 2.0;
/// Rows looked at for a strip, at most.
const SAMPLES: u64 = 4;
/// The rows are looked at anew so often at most while they come, seconds.
const PAUSE: f64 = 0.25;

/// What was drawn last, so that rows are not looked up anew for each picture.
#[derive(Default)]
pub struct Map {
    drawn: Option<(u64, u64, usize)>,
    at: f64,
    rows: Vec<u32>,
    strips: Vec<Option<Paint>>,
    known: Option<usize>,
}

impl Map {
    /// Where it will be drawn; to be asked before the rows are, which take the rest.
    pub fn area(&self, ui: &Ui) -> Rect {
        let rest = ui.available_rect_before_wrap();
        let right = rest.max.x - BAR;
        Rect::from_min_max(
            Pos2::new(right - WIDTH, rest.min.y),
            Pos2::new(right, rest.max.y),
        )
    }

    /// Draw it; returns the row that the user wants to see.
    pub fn show(
        &mut self,
        ui: &mut Ui,
        area: Rect,
        input: &Input<'_>,
        palette: &Palette,
    ) -> Option<u64> {
        let strips = (area.height() / STRIP).floor().max(0.0) as usize;
        if input.count == 0 || strips == 0 {
            return None;
        }
        let painter = ui.painter_at(area);
        painter.rect_filled(area, 0, palette.ground);
        self.refresh(ui, input, strips);
        for (i, paint) in self.strips.iter().enumerate() {
            let Some(paint) = paint else { continue };
            let top = area.min.y + i as f32 * STRIP;
            let urgent = paint.reach != Reach::Word;
            let (left, strength) = if urgent { (0.0, 1.0) } else { (2.0, 0.6) };
            let strip = Rect::from_min_max(
                Pos2::new(area.min.x + left, top),
                Pos2::new(area.max.x, top + STRIP),
            );
            let colour = palette.tint(palette.hue(paint.hue), strength);
            painter.rect_filled(strip, CornerRadius::ZERO, colour);
        }
        let id = ui.scope_id().with("packet map");
        let response = ui.interact(
            area.expand2(Vec2::new(1.0, 0.0)),
            id,
            Sense::click_and_drag(),
        );
        response.widget_info(|| {
            egui::WidgetInfo::labeled(egui::Role::Image, true, "Map of the packets' colours")
        });
        let at = response.interact_pointer_pos()?;
        let share = f64::from((at.y - area.min.y) / area.height()).clamp(0.0, 1.0);
        Some((share * input.count as f64) as u64)
    }

    fn refresh(&mut self, ui: &Ui, input: &Input<'_>, strips: usize) {
        let now = ui.input(|i| i.time);
        let key = (input.count, input.state, strips);
        if self.drawn != Some(key) {
            let grown = self.drawn.is_some_and(|d| (d.1, d.2) == (key.1, key.2));
            if grown && now - self.at < PAUSE {
                ui.ctx().request_repaint_after_secs(PAUSE as f32);
            } else {
                self.drawn = Some(key);
                self.at = now;
                self.known = None;
                let samples = sampled(input.count, strips);
                self.rows = samples.map(|r| (input.number)(r).unwrap_or(0)).collect();
            }
        }
        let (paints, known) = (input.paints)(&self.rows);
        if self.known == Some(known) && self.strips.len() == strips {
            return;
        }
        self.known = Some(known);
        self.strips = (0..strips)
            .map(|strip| {
                let range = of_strip(strip, strips, paints.len().max(1));
                let here = paints.get(range).unwrap_or(&[]).iter().flatten().flatten();
                let urgent = here.clone().find(|p| p.reach != Reach::Word);
                urgent.or_else(|| here.clone().next()).copied()
            })
            .collect();
    }
}

/// The rows that are looked at: all of a short list, else some for each strip.
fn sampled(count: u64, strips: usize) -> impl Iterator<Item = u64> {
    let wanted = (strips as u64 * SAMPLES).min(count);
    (0..wanted).map(move |i| {
        let row = u128::from(i) * u128::from(count) / u128::from(wanted.max(1));
        u64::try_from(row).unwrap_or(0)
    })
}

/// Which of the rows looked at belong to a strip.
fn of_strip(strip: usize, strips: usize, samples: usize) -> std::ops::Range<usize> {
    let start = strip * samples / strips;
    let end = ((strip + 1) * samples).div_ceil(strips);
    start..end.clamp(start + 1, samples.max(start + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_of_a_short_list_and_some_of_a_long_one_are_looked_at() {
        assert_eq!(sampled(3, 100).collect::<Vec<_>>(), [0, 1, 2]);
        let long: Vec<u64> = sampled(10_000_000, 100).collect();
        assert_eq!(long.len(), 400);
        assert!(long.is_sorted() && *long.last().unwrap() < 10_000_000);
        for (strips, samples) in [(100, 3), (100, 400), (7, 7), (3, 100)] {
            let mut covered = vec![false; samples];
            for strip in 0..strips {
                let range = of_strip(strip, strips, samples);
                assert!(!range.is_empty() && range.end <= samples, "{range:?}");
                covered[range].fill(true);
            }
            assert!(covered.iter().all(|c| *c));
        }
    }
}
