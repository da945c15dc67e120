//! Packets and bytes over time: several series, each with a display filter of its own.

use std::sync::Arc;

use egui::{Button, ComboBox, Key, Pos2, Rect, RichText, Sense, Stroke, Ui, Vec2};
use egui_plot::{AxisHints, GridMark, Line as Curve, Plot, PlotBounds, Points};

use super::status::grouped;
use crate::filter::Filter;
use crate::session::graph::{INTERVALS, Series, Unit, series, span_ns};
use crate::session::{Counting, FilterRun, Job, Rows, Session, Wake};
use crate::ui::theme::{EDGE, Palette, mono, words};
use crate::ui::widgets::bar::bar;
use crate::ui::widgets::text_field::TextField;

/// Width of the list of series, points.
const SIDE: f32 = 336.0;
/// Intervals to choose from, nanoseconds; `None`: as fits the capture.
const CHOICES: [(Option<i64>, &str); 8] = [
    (None, "Auto"),
    (Some(1_000_000), "1 ms"),
    (Some(10_000_000), "10 ms"),
    (Some(100_000_000), "100 ms"),
    (Some(1_000_000_000), "1 s"),
    (Some(10_000_000_000), "10 s"),
    (Some(60_000_000_000), "1 min"),
    (Some(600_000_000_000), "10 min"),
];
/// As many series as there are colours.
const MOST: usize = 6;

/// What it is made of.
pub struct Input<'a> {
    /// The capture.
    pub session: &'a Arc<Session>,
    /// Wakes the window.
    pub wake: Wake,
    /// Makes a filter of a text, or says why it is none.
    pub compile: &'a dyn Fn(&str) -> Result<Filter, String>,
}

/// One series.
struct Line {
    /// Its display filter; empty: all packets.
    filter: String,
    on: bool,
    /// Its colour.
    place: usize,
    run: Option<FilterRun>,
    /// The text that `run` was made of.
    made: Option<String>,
    error: Option<String>,
}

impl Line {
    fn new(filter: &str, place: usize) -> Line {
        Line {
            filter: filter.to_owned(),
            on: true,
            place,
            run: None,
            made: None,
            error: None,
        }
    }
}

/// What the lines on screen were made of: frames, interval, unit, and each series' rows.
#[derive(Clone, PartialEq, Eq)]
struct MadeOf {
    frames: u32,
    interval: Option<i64>,
    unit: Unit,
    rows: Vec<(usize, usize)>,
}

struct Plotted {
    /// Nanoseconds.
    interval: i64,
    /// Of the capture, nanoseconds.
    span: i64,
    lines: Vec<(usize, Series)>,
}

/// The graph in its view.
pub struct Graph {
    lines: Vec<Line>,
    interval: Option<i64>,
    unit: Unit,
    key: Option<MadeOf>,
    job: Option<Job<Plotted>>,
    plotted: Option<Arc<Plotted>>,
    error: Option<String>,
    /// The part of time that is shown, in seconds; `None`: all.
    sight: Option<(f64, f64)>,
}

impl Default for Graph {
    fn default() -> Graph {
        Graph {
            lines: vec![Line::new("", 0), Line::new("tcp.analysis.flags", 4)],
            interval: None,
            unit: Unit::Packets,
            key: None,
            job: None,
            plotted: None,
            error: None,
            sight: None,
        }
    }
}

impl Graph {
    /// Whether everything is counted.
    pub fn is_idle(&self) -> bool {
        self.key.is_some()
            && self.job.is_none()
            && self
                .lines
                .iter()
                .all(|l| l.run.as_ref().is_none_or(|r| r.state().done))
    }

    /// Start what is to be counted anew.
    fn count(&mut self, input: &Input<'_>) {
        let frames = input.session.snapshot().len();
        for line in &mut self.lines {
            if line.made.as_deref() == Some(&line.filter) {
                continue;
            }
            line.made = Some(line.filter.clone());
            (line.run, line.error) = (None, None);
            if line.filter.trim().is_empty() {
                continue;
            }
            match (input.compile)(&line.filter) {
                Ok(filter) => {
                    let wake = Arc::clone(&input.wake);
                    line.run = Some(FilterRun::start(input.session, Arc::new(filter), wake));
                }
                Err(error) => line.error = Some(error),
            }
        }
        let sets: Vec<(usize, Option<Arc<Rows>>)> = self
            .lines
            .iter()
            .filter(|l| l.on && l.error.is_none())
            .map(|l| (l.place, l.run.as_ref().map(|r| r.state().rows)))
            .collect();
        let key = MadeOf {
            frames,
            interval: self.interval,
            unit: self.unit,
            rows: sets
                .iter()
                .map(|(place, rows)| (*place, rows.as_ref().map_or(0, |r| Arc::as_ptr(r).addr())))
                .collect(),
        };
        if self.job.is_none() && self.key.as_ref() != Some(&key) {
            self.key = Some(key);
            let (session, unit) = (Arc::clone(input.session), self.unit);
            let chosen = self.interval;
            let wake = Arc::clone(&input.wake);
            self.job = Some(Job::start(Counting::default(), wake, move |counting| {
                let span = span_ns(&session);
                let interval = chosen.unwrap_or_else(|| fitting(span));
                let mut lines = Vec::new();
                for (place, rows) in sets {
                    let one = series(&session, rows.as_deref(), interval, unit, counting)?;
                    lines.push((place, one));
                }
                Ok(Plotted {
                    interval,
                    span,
                    lines,
                })
            }));
        }
        match self.job.as_ref().and_then(Job::outcome) {
            Some(Ok(plotted)) => {
                (self.plotted, self.job, self.error) = (Some(plotted), None, None);
            }
            Some(Err(error)) => {
                (self.plotted, self.job, self.error) = (None, None, Some(error));
            }
            None => {}
        }
    }

    /// Draw it; returns the packet of a place that was clicked.
    pub fn show(&mut self, ui: &mut Ui, input: &Input<'_>) -> Option<u32> {
        let palette = Palette::here(ui);
        self.count(input);
        let whole = ui.available_rect_before_wrap();
        let wide = whole.width() > 2.0 * SIDE;
        let side = if wide { SIDE } else { whole.width() / 2.0 };
        let left = Rect::from_min_size(whole.min, Vec2::new(side, whole.height()));
        let right = Rect::from_min_max(Pos2::new(left.max.x, whole.min.y), whole.max);
        crate::ui::widgets::split::pane(ui, left, palette.panel, |ui| self.side(ui, palette));
        let mut picked = None;
        crate::ui::widgets::split::pane(ui, right, palette.ground, |ui| {
            picked = self.plot(ui, palette);
        });
        picked
    }

    /// The series and how they are counted.
    fn side(&mut self, ui: &mut Ui, palette: &Palette) {
        bar(ui, |ui| {
            ui.add_space(EDGE);
            let unit = |unit| match unit {
                Unit::Packets => "Packets",
                Unit::Bytes => "Bytes",
                Unit::Bits => "Bits",
            };
            let menu = ComboBox::from_id_salt("graph-unit")
                .selected_text(unit(self.unit))
                .width(88.0)
                .show_ui(ui, |ui| {
                    for one in [Unit::Packets, Unit::Bytes, Unit::Bits] {
                        ui.selectable_value(&mut self.unit, one, unit(one));
                    }
                });
            menu.response
                .widget_info(|| egui::WidgetInfo::labeled(egui::Role::ComboBox, true, "Count"));
            ui.label(RichText::new("in").color(palette.dim));
            let span = self.plotted.as_ref().map_or(0, |p| p.span);
            let shown = CHOICES.iter().find(|c| c.0 == self.interval);
            let menu = ComboBox::from_id_salt("graph-interval")
                .selected_text(shown.map_or("", |c| c.1))
                .width(80.0)
                .show_ui(ui, |ui| {
                    for (interval, name) in CHOICES {
                        // Too many to be counted are not offered.
                        let many = interval.is_some_and(|i| span / i > INTERVALS as i64);
                        ui.add_enabled_ui(!many, |ui| {
                            ui.selectable_value(&mut self.interval, interval, name);
                        });
                    }
                });
            menu.response
                .widget_info(|| egui::WidgetInfo::labeled(egui::Role::ComboBox, true, "Interval"));
            let all = ui.add_enabled(self.sight.is_some(), Button::new("Whole"));
            if all.on_hover_text("Show the whole time").clicked() {
                self.sight = None;
            }
        });
        ui.add_space(4.0);
        let mut gone = None;
        for (at, line) in self.lines.iter_mut().enumerate() {
            bar(ui, |ui| {
                ui.add_space(EDGE);
                let (rect, swatch) = ui.allocate_exact_size(Vec2::splat(20.0), Sense::click());
                let colour = colour(line.place, palette);
                let inner = rect.shrink(4.0);
                if line.on {
                    ui.painter().rect_filled(inner, 2, colour);
                } else {
                    let stroke = Stroke::new(1.5, colour);
                    ui.painter()
                        .rect_stroke(inner, 2, stroke, egui::StrokeKind::Inside);
                }
                let name = format!("Show series {}", at + 1);
                swatch.widget_info(|| {
                    egui::WidgetInfo::selected(egui::Role::CheckBox, true, line.on, &name)
                });
                if swatch.on_hover_text("Show or hide").clicked() {
                    line.on = !line.on;
                }
                let name = format!("Filter of series {}", at + 1);
                let field = TextField {
                    name: &name,
                    hint: "All packets",
                    width: (ui.available_width() - 60.0).max(80.0),
                    mono: !line.filter.is_empty(),
                    wrong: line.error.is_some(),
                };
                let response = field.show(ui, &mut line.filter);
                if let Some(error) = &line.error {
                    response.on_hover_text(error);
                }
                let cross = RichText::new("×").color(palette.dim);
                let button = ui.add(Button::new(cross));
                let name = format!("Remove series {}", at + 1);
                button.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, &name));
                if button.on_hover_text(&name).clicked() {
                    gone = Some(at);
                }
            });
        }
        if let Some(at) = gone {
            self.lines.remove(at);
            self.key = None;
        }
        bar(ui, |ui| {
            ui.add_space(EDGE - 8.0);
            let free = (0..MOST).find(|p| self.lines.iter().all(|l| l.place != *p));
            let button = ui.add_enabled(free.is_some(), Button::new("Add series"));
            if let (true, Some(place)) = (button.clicked(), free) {
                self.lines.push(Line::new("", place));
            }
        });
        if let Some(error) = &self.error {
            ui.horizontal_wrapped(|ui| {
                ui.add_space(EDGE);
                ui.label(RichText::new(error).color(palette.bad));
            });
        }
    }

    /// The lines, their axes, and what is under the pointer.
    fn plot(&mut self, ui: &mut Ui, palette: &Palette) -> Option<u32> {
        let whole = ui.available_rect_before_wrap();
        let plotted = self.plotted.clone()?;
        if whole.width() < 120.0 || whole.height() < 80.0 {
            return None;
        }
        let step = plotted.interval as f64 / 1e9;
        let longest = plotted.lines.iter().map(|l| l.1.values.len()).max();
        let end = (longest.unwrap_or(0).max(1)) as f64 * step;
        let (from, to) = self.sight.unwrap_or((0.0, end));
        // What falls on one point of the picture is drawn as its greatest.
        let columns = whole.width().floor().max(1.0) as usize;
        let mut top = 1.0f64;
        let mut drawn = Vec::new();
        for (place, series) in &plotted.lines {
            let first = (from / step).floor().max(0.0) as usize;
            let last = ((to / step).ceil() as usize).min(series.values.len());
            let seen = series.values.get(first..last.max(first)).unwrap_or(&[]);
            let group = seen.len().div_ceil(columns).max(1);
            let points: Vec<[f64; 2]> = seen
                .chunks(group)
                .enumerate()
                .map(|(i, some)| {
                    let middle = (first + i * group) as f64 + some.len() as f64 / 2.0;
                    let most = some.iter().copied().max().unwrap_or(0);
                    [middle * step, most as f64]
                })
                .collect();
            top = points.iter().fold(top, |top, p| top.max(p[1]));
            drawn.push((colour(*place, palette), points));
        }
        let (values, ceiling) = ticks(top);
        let (times, _) = ticks((to - from) / (f64::from(whole.width()) / 480.0).max(1.0));
        let inner = whole.shrink2(Vec2::new(EDGE, 8.0));
        let dim = palette.dim;
        let axis = |hints: AxisHints<'static>| {
            let hints = hints.tick_label_color(dim);
            hints.tick_label_font(words(12.0))
        };
        let mut place = ui.new_child(egui::UiBuilder::new().max_rect(inner));
        let shown = Plot::new("graph")
            .allow_zoom(false)
            .allow_scroll(false)
            .allow_drag(false)
            .allow_axis_zoom_drag(false)
            .allow_boxed_zoom(false)
            .allow_double_click_reset(false)
            .show_x(false)
            .show_y(false)
            .show_crosshair(false)
            .show_background(false)
            .grid_color(palette.line)
            .grid_fade(0.0)
            .x_grid_spacer(move |input| marks(input.bounds, times))
            .y_grid_spacer(move |input| marks(input.bounds, values))
            .custom_x_axes(vec![
                axis(AxisHints::new_x()).formatter(|mark, _| format!("{} s", trimmed(mark.value))),
            ])
            .custom_y_axes(vec![
                axis(AxisHints::new_y())
                    .formatter(|mark, _| short(mark.value))
                    .min_thickness(48.0),
            ])
            .show(&mut place, move |plot| {
                plot.set_plot_bounds(PlotBounds::from_min_max([from, 0.0], [to, ceiling]));
                for (i, (colour, points)) in drawn.into_iter().enumerate() {
                    let name = format!("series {}", i + 1);
                    if points.len() == 1 {
                        plot.points(Points::new(name, points).radius(3.0).color(colour));
                    } else {
                        plot.line(Curve::new(name, points).width(1.5).color(colour));
                    }
                }
            });
        let (response, area) = (shown.response, *shown.transform.frame());
        response.widget_info(|| {
            let count = plotted.lines.len();
            egui::WidgetInfo::labeled(egui::Role::Image, true, format!("Graph of {count} series"))
        });
        if response.clicked() {
            response.request_focus();
        }
        if response.has_focus() {
            let stroke = (1.0, palette.accent);
            ui.painter()
                .rect_stroke(area, 0, stroke, egui::StrokeKind::Outside);
        }
        self.look(ui, &response, area, end, step);
        let pointer = response.hover_pos().filter(|p| area.contains(*p))?;
        let share = f64::from((pointer.x - area.min.x) / area.width());
        let time = from + share * (to - from);
        let at = (time / step).floor().max(0.0) as usize;
        ui.painter_at(area)
            .vline(pointer.x, area.y_range(), (1.0, palette.faint));
        let painter = ui.painter_at(whole);
        self.read_out(&painter, palette, &plotted, area, pointer.x, at, step);
        if !response.clicked() {
            return None;
        }
        let frames = plotted.lines.iter().filter_map(|l| l.1.frames.get(at));
        frames.copied().filter(|f| *f > 0).min()
    }

    /// The part of time in sight: the wheel changes its length, dragging moves it, a double click shows all. By keys: plus and
    /// minus, the arrows, Home.
    fn look(&mut self, ui: &Ui, response: &egui::Response, area: Rect, end: f64, step: f64) {
        let (mut from, mut to) = self.sight.unwrap_or((0.0, end));
        let before = (from, to);
        if response.double_clicked() {
            (from, to) = (0.0, end);
        }
        if let Some(pointer) = response.hover_pos() {
            let wheel = f64::from(ui.input(|i| i.smooth_scroll_delta().y));
            if wheel != 0.0 {
                let share = f64::from((pointer.x - area.min.x) / area.width());
                let middle = from + share * (to - from);
                let factor = (-wheel / 240.0).exp();
                from = middle - (middle - from) * factor;
                to = middle + (to - middle) * factor;
            }
        }
        if response.has_focus() {
            // Arrows would go to another control else.
            ui.memory_mut(|m| {
                let filter = egui::EventFilter {
                    horizontal_arrows: true,
                    ..Default::default()
                };
                m.set_focus_lock_filter(response.id, filter);
            });
            let pressed = |key| ui.input_mut(|i| i.consume_key(egui::Modifiers::NONE, key));
            let (middle, length) = ((from + to) / 2.0, to - from);
            let mut scaled = |factor: f64| {
                (from, to) = (
                    middle - length * factor / 2.0,
                    middle + length * factor / 2.0,
                );
            };
            if pressed(Key::Plus) || pressed(Key::Equals) {
                scaled(0.5);
            } else if pressed(Key::Minus) {
                scaled(2.0);
            } else if pressed(Key::Home) {
                (from, to) = (0.0, end);
            } else if pressed(Key::ArrowLeft) {
                (from, to) = (from - length / 8.0, to - length / 8.0);
            } else if pressed(Key::ArrowRight) {
                (from, to) = (from + length / 8.0, to + length / 8.0);
            }
        }
        let dragged = f64::from(response.drag_delta().x);
        if dragged != 0.0 {
            let by = dragged / f64::from(area.width()) * (to - from);
            (from, to) = (from - by, to - by);
        }
        let length = (to - from).clamp((step * 4.0).min(end), end);
        from = from.clamp(0.0, end - length);
        to = from + length;
        if (from, to) != before {
            self.sight = (length < end).then_some((from, to));
            ui.ctx().request_repaint();
        }
    }

    /// Time and values under the pointer.
    #[allow(clippy::too_many_arguments)] // what is under the pointer, and where
    fn read_out(
        &self,
        painter: &egui::Painter,
        palette: &Palette,
        plotted: &Plotted,
        area: Rect,
        x: f32,
        at: usize,
        step: f64,
    ) {
        let time = format!("{} s", trimmed(at as f64 * step));
        let mut lines = vec![(time, palette.dim)];
        for (place, series) in &plotted.lines {
            let value = series.values.get(at).copied().unwrap_or(0);
            lines.push((grouped(value), colour(*place, palette)));
        }
        let galleys: Vec<_> = lines
            .into_iter()
            .map(|(text, colour)| painter.layout_no_wrap(text, mono(12.0), colour))
            .collect();
        let width = galleys.iter().map(|g| g.size().x).fold(0.0, f32::max) + 16.0;
        let height = galleys.len() as f32 * 18.0 + 8.0;
        let left = if x + width + 12.0 < area.max.x {
            x + 8.0
        } else {
            x - width - 8.0
        };
        let rect = Rect::from_min_size(Pos2::new(left, area.min.y + 4.0), Vec2::new(width, height));
        painter.rect_filled(rect, 4, palette.raised);
        for (i, galley) in galleys.into_iter().enumerate() {
            let place = rect.min + Vec2::new(8.0, 4.0 + i as f32 * 18.0);
            painter.galley(place, galley, palette.text);
        }
    }
}

/// The colour of a series.
fn colour(place: usize, palette: &Palette) -> egui::Color32 {
    match place {
        0 => palette.accent,
        1 => palette.doubt,
        2 => palette.good,
        3 => palette.hue(crate::session::colours::Hue::Teal),
        4 => palette.bad,
        _ => palette.dim,
    }
}

/// An interval that gives some hundred points.
fn fitting(span: i64) -> i64 {
    let mut interval = 1_000i64;
    for factor in [2, 5, 10].iter().cycle() {
        if span / interval <= 400 {
            break;
        }
        let unit = 10i64.pow(interval.ilog10());
        interval = unit.saturating_mul(*factor);
    }
    interval
}

/// A distance of marks that people like, four or so up to `top`, and the mark at or above it.
fn ticks(top: f64) -> (f64, f64) {
    let rough = (top / 4.0).max(1e-9);
    let unit = 10f64.powf(rough.log10().floor());
    let mark = [1.0, 2.0, 5.0, 10.0]
        .map(|f| f * unit)
        .into_iter()
        .find(|m| *m >= rough * 0.999)
        .unwrap_or(unit * 10.0);
    (mark, (top / mark).ceil() * mark)
}

/// Marks at the multiples of a distance.
fn marks((from, to): (f64, f64), distance: f64) -> Vec<GridMark> {
    let first = (from / distance).ceil();
    // As many as fit a picture; a distance of nothing has none.
    let count = ((to / distance).floor() - first + 1.0).clamp(0.0, 100.0) as usize;
    (0..count)
        .map(|i| GridMark {
            value: (first + i as f64) * distance,
            step_size: distance,
        })
        .collect()
}

/// `1,500`, `20 k`, `3 M`.
fn short(value: f64) -> String {
    if value >= 1e9 {
        format!("{} G", trimmed(value / 1e9))
    } else if value >= 1e6 {
        format!("{} M", trimmed(value / 1e6))
    } else if value >= 1e4 {
        format!("{} k", trimmed(value / 1e3))
    } else {
        trimmed(value)
    }
}

/// A number without zeros at its end.
fn trimmed(value: f64) -> String {
    let text = format!("{value:.6}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

#[cfg(test)]
mod tests {
    use super::{fitting, marks, short, ticks};

    #[test]
    fn marks_stand_at_round_numbers() {
        let values = |from, to| {
            marks((from, to), 0.5)
                .iter()
                .map(|m| m.value)
                .collect::<Vec<_>>()
        };
        assert_eq!(values(0.2, 1.6), [0.5, 1.0, 1.5]);
        assert_eq!(values(0.0, 1.0), [0.0, 0.5, 1.0]);
        assert!(marks((0.0, f64::NAN), 1.0).is_empty());
        assert_eq!(ticks(7.0), (2.0, 8.0));
        assert_eq!(ticks(1_000.0), (500.0, 1_000.0));
        assert_eq!(short(1_500.0), "1500");
        assert_eq!(short(25_000.0), "25 k");
        assert_eq!(short(3_200_000.0), "3.2 M");
    }

    #[test]
    fn intervals_fit_the_capture() {
        for (span, interval) in [
            (0, 1_000),
            (1_000_000_000, 5_000_000),
            (3_600_000_000_000, 10_000_000_000),
        ] {
            assert_eq!(fitting(span), interval, "{span}");
        }
        assert!(i64::MAX / fitting(i64::MAX) <= 400);
    }
}
