//! The interfaces, how busy they are, and which are chosen.

use std::collections::VecDeque;

use egui::{Button, CornerRadius, Frame, Pos2, Rect, RichText, Sense, Stroke, Ui, Vec2};

use super::CapturePanel;
use crate::session::{WatchState, Watched};
use crate::ui::theme::{EDGE, Palette, strong, words};
use crate::ui::views::status::grouped;

/// Height of an interface's line, points.
const ROW: f32 = 36.0;
impl CapturePanel {
    /// The list of interfaces; true if one was chosen by a double click.
    pub(in crate::ui::views) fn interfaces(&mut self, ui: &mut Ui, state: &WatchState) -> bool {
        let palette = Palette::here(ui);
        let mut start = false;
        let usual = |w: &&Watched| w.device.up && w.device.network;
        let (first, others): (Vec<_>, Vec<_>) = state.interfaces.iter().partition(usual);
        let frame = Frame::new()
            .fill(palette.panel)
            .stroke(Stroke::new(1.0, palette.line))
            .corner_radius(CornerRadius::same(6));
        frame.show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            ui.set_width(ui.available_width());
            if first.is_empty() {
                let words = if state.looked {
                    "No interface is up."
                } else {
                    "Looking for interfaces…"
                };
                ui.add_space(8.0);
                ui.horizontal(|ui| {
                    ui.add_space(EDGE);
                    ui.label(RichText::new(words).color(palette.dim));
                });
                ui.add_space(8.0);
            }
            for watched in &first {
                start |= self.interface(ui, watched);
            }
            if self.others {
                for watched in &others {
                    start |= self.interface(ui, watched);
                }
            }
        });
        if !others.is_empty() {
            let words = match self.others {
                true => "Hide those that are down or no network interfaces".to_owned(),
                false => format!("{} more: down, or no network interfaces", others.len()),
            };
            let link = Button::new(RichText::new(words).small().color(palette.dim)).frame(false);
            if ui.add(link).clicked() {
                self.others = !self.others;
            }
        }
        start
    }

    fn interface(&mut self, ui: &mut Ui, watched: &Watched) -> bool {
        let palette = Palette::here(ui);
        let device = &watched.device;
        let name = &device.name;
        let (rect, response) =
            ui.allocate_exact_size(Vec2::new(ui.available_width(), ROW), Sense::click());
        let was = self.chosen.contains(name);
        let mut start = false;
        if response.double_clicked() {
            self.chosen = vec![name.clone()];
            start = true;
        } else if response.clicked() {
            match was {
                true => self.chosen.retain(|n| n != name),
                false => self.chosen.push(name.clone()),
            }
        }
        let is = self.chosen.contains(name);
        let addresses: Vec<_> = device.addresses.iter().map(ToString::to_string).collect();
        let link = watched.links.first().map_or("", |l| l.description.as_str());
        let up = if device.up { "up" } else { "down" };
        let told = format!("Interface {name}, {up}, {link}, {}", addresses.join(", "));
        response.widget_info(|| egui::WidgetInfo::selected(egui::Role::CheckBox, true, is, &told));
        let painter = ui.painter_at(rect);
        if is {
            painter.rect_filled(rect.shrink(1.0), CornerRadius::same(5), palette.selection);
        } else if response.hovered() {
            painter.rect_filled(rect.shrink(1.0), CornerRadius::same(5), palette.raised);
        }
        let middle = rect.center().y;
        let left = rect.min.x + EDGE;
        let tick = Rect::from_center_size(Pos2::new(left + 8.0, middle), Vec2::splat(16.0));
        painter.rect(
            tick,
            CornerRadius::same(4),
            if is { palette.accent } else { palette.ground },
            Stroke::new(1.0, if is { palette.accent } else { palette.faint }),
            egui::StrokeKind::Inside,
        );
        if is {
            let points = [(-4.0, 0.0), (-1.0, 3.5), (4.5, -3.5)];
            let points = points
                .map(|(x, y)| tick.center() + Vec2::new(x, y))
                .to_vec();
            painter.line(points, Stroke::new(2.0, palette.on_accent));
        }
        let running = device.up && device.connected != Some(false);
        let dot = Pos2::new(left + 32.0, middle);
        match running {
            true => painter.circle_filled(dot, 4.0, palette.good),
            false => painter.circle_stroke(dot, 3.5, Stroke::new(1.0, palette.faint)),
        };
        let text = |x: f32, width: f32, what: &str, font, colour| {
            let mut job = egui::text::LayoutJob::simple_singleline(what.to_owned(), font, colour);
            job.wrap = egui::text::TextWrapping::truncate_at_width(width.max(8.0));
            let galley = painter.layout_job(job);
            let at = Pos2::new(x, middle - galley.size().y / 2.0);
            painter.galley(at, galley, colour);
        };
        let graph = Rect::from_min_max(
            Pos2::new(rect.max.x - 120.0, rect.min.y + 7.0),
            Pos2::new(rect.max.x - EDGE, rect.max.y - 7.0),
        );
        let rate_at = graph.min.x - 76.0;
        let name_at = left + 48.0;
        text(name_at, 120.0, name, strong(13.0), palette.text);
        text(name_at + 128.0, 130.0, link, words(12.0), palette.dim);
        let mut about = addresses.join(", ");
        if about.is_empty() {
            about = device.description.clone().unwrap_or_default();
        }
        let about_at = name_at + 266.0;
        text(
            about_at,
            rate_at - about_at - EDGE,
            &about,
            words(12.0),
            palette.dim,
        );
        if let Some(rate) = watched.rates.back() {
            let words_of = format!("{} /s", grouped(rate.round() as u64));
            let at = Pos2::new(graph.min.x - 12.0, middle);
            painter.text(
                at,
                egui::Align2::RIGHT_CENTER,
                words_of,
                words(12.0),
                palette.text,
            );
            sparkline(&painter, graph, &watched.rates, palette);
        }
        response.on_hover_text(format!(
            "{name}: {up}{}{}",
            if link.is_empty() {
                String::new()
            } else {
                format!(", {link}")
            },
            if addresses.is_empty() {
                String::new()
            } else {
                format!("\n{}", addresses.join("\n"))
            },
        ));
        start
    }
}

/// Rates as a line over time; its height is relative to the highest.
fn sparkline(painter: &egui::Painter, rect: Rect, rates: &VecDeque<f32>, palette: &Palette) {
    const POINTS: usize = 60;
    let base = rect.max.y - 0.5;
    painter.hline(rect.x_range(), base, Stroke::new(1.0, palette.line));
    let highest = rates.iter().copied().fold(1.0f32, f32::max);
    let step = rect.width() / (POINTS - 1) as f32;
    let points: Vec<Pos2> = rates
        .iter()
        .rev()
        .take(POINTS)
        .enumerate()
        .map(|(i, rate)| {
            let x = rect.max.x - i as f32 * step;
            Pos2::new(x, base - rate / highest * (rect.height() - 2.0))
        })
        .collect();
    if points.len() > 1 {
        painter.line(points, Stroke::new(1.5, palette.accent));
    }
}
