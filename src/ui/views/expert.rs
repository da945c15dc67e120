//! Expert information: what dissectors observed, grouped, with links to the packets.

use std::collections::BTreeSet;
use std::sync::Arc;

use egui::{Align2, Button, Color32, Pos2, Rect, RichText, Sense, Ui, Vec2};

use super::statistics::{Action, Input};
use super::status::grouped;
use crate::field::Severity;
use crate::session::expert::{Expert, Finding, expert};
use crate::session::{Counting, Job, Rows};
use crate::ui::theme::{EDGE, Palette, ROW_HEIGHT, strong, words};
use crate::ui::widgets::bar::{bar, switch};
use crate::ui::widgets::row_list::RowList;
use crate::ui::widgets::text_field::TextField;

/// The severities, the gravest first, and what they are called when there are several.
const SEVERITIES: [(Severity, &str); 5] = [
    (Severity::Error, "Errors"),
    (Severity::Warn, "Warnings"),
    (Severity::Note, "Notes"),
    (Severity::Chat, "Chats"),
    (Severity::Comment, "Comments"),
];

/// Where the columns of a group begin, points from the left: fold, severity, group, protocol, summary; the count is at the right.
const COLUMNS: [f32; 4] = [24.0, 108.0, 212.0, 300.0];

/// Expert information in its view.
#[derive(Default)]
pub struct ExpertView {
    job: Option<Job<Expert>>,
    made_for: Option<(u32, Option<Arc<Rows>>)>,
    all: Option<Arc<Expert>>,
    error: Option<String>,
    limited: bool,
    /// Severities that are not shown.
    hidden: BTreeSet<u8>,
    find: String,
    /// Groups (their places in the list of all) that are unfolded.
    open: BTreeSet<usize>,
    list: RowList,
}

/// A line of the list.
#[derive(Clone, Copy)]
enum Row {
    Group(usize),
    Item(usize, usize),
}

impl ExpertView {
    /// Whether everything is counted.
    pub fn is_idle(&self) -> bool {
        self.job.is_none() && self.made_for.is_some()
    }

    fn count(&mut self, input: &Input<'_>, again: bool) {
        let rows = input.rows.clone().filter(|_| self.limited);
        let frames = input.session.snapshot().len();
        let old = self.made_for.as_ref().is_none_or(|(n, of)| {
            let same = match (of, &rows) {
                (Some(a), Some(b)) => Arc::ptr_eq(a, b),
                (None, None) => true,
                _ => false,
            };
            !same || again || *n != frames && input.session.is_loaded()
        });
        if old && self.job.is_none() {
            self.made_for = Some((frames, rows.clone()));
            let session = Arc::clone(input.session);
            let wake = Arc::clone(&input.wake);
            self.job = Some(Job::start(Counting::of(rows), wake, move |counting| {
                expert(&session, counting)
            }));
        }
        match self.job.as_ref().and_then(Job::outcome) {
            Some(Ok(all)) => {
                let before = self.all.replace(all);
                if before.is_some() {
                    // Groups may have other places now.
                    self.open.clear();
                }
                (self.job, self.error) = (None, None);
            }
            Some(Err(error)) => (self.job, self.error) = (None, Some(error)),
            None => {}
        }
    }

    /// Draw it.
    pub fn show(&mut self, ui: &mut Ui, input: &Input<'_>) -> Option<Action> {
        let palette = Palette::here(ui);
        let mut again = false;
        bar(ui, |ui| {
            ui.add_space(EDGE - 4.0);
            self.severities(ui, palette);
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                ui.add_space(EDGE);
                let field = TextField {
                    name: "Find in expert information",
                    hint: "Find",
                    width: 140.0,
                    mono: false,
                    wrong: false,
                };
                field.show(ui, &mut self.find);
                ui.add_space(4.0);
                if !input.session.is_loaded() {
                    again = ui.button("Refresh").clicked();
                }
                let can = input.rows.is_some() || self.limited;
                switch(ui, "Only displayed", can, &mut self.limited);
                if let Some(job) = &self.job {
                    let percent = (job.share() * 100.0).round();
                    let text = format!("looking… {percent} %");
                    ui.label(RichText::new(text).small().color(palette.dim));
                    let soon = std::time::Duration::from_millis(100);
                    ui.ctx().request_repaint_after(soon);
                }
            });
        });
        self.count(input, again);
        if let Some(error) = &self.error {
            ui.horizontal(|ui| {
                ui.add_space(EDGE);
                ui.label(RichText::new(error).color(palette.bad));
            });
        }
        let all = self.all.clone()?;
        self.rows(ui, palette, &all)
    }

    /// How many there are of each severity; a click hides and shows them.
    fn severities(&mut self, ui: &mut Ui, palette: &Palette) {
        for (severity, title) in SEVERITIES {
            let of = self.all.iter().flat_map(|all| &all.findings);
            let of = of.filter(|f| f.severity == severity);
            let count: usize = of.map(|f| f.items.len()).sum();
            let on = !self.hidden.contains(&(severity as u8));
            let text = format!("{title} {}", grouped(count as u64));
            let shade = if count == 0 || !on {
                palette.faint
            } else {
                colour(severity, palette)
            };
            let mut button = Button::new(RichText::new(&text).color(shade));
            if on && count > 0 {
                button = button.fill(palette.raised);
            }
            let response = ui.add_enabled(count > 0, button);
            response.widget_info(|| {
                egui::WidgetInfo::selected(egui::Role::Button, count > 0, on, &text)
            });
            if response.on_hover_text("Show or hide them").clicked()
                && !self.hidden.remove(&(severity as u8))
            {
                self.hidden.insert(severity as u8);
            }
        }
    }

    fn rows(&mut self, ui: &mut Ui, palette: &Palette, all: &Expert) -> Option<Action> {
        let find = self.find.to_lowercase();
        let fits = |f: &Finding| {
            let has = |text: &str| text.to_lowercase().contains(&find);
            find.is_empty() || has(f.summary) || has(&f.protocol) || has(f.group) || has(f.name)
        };
        // Some hundred groups at most; their packets may be millions.
        let mut groups: Vec<(usize, u64)> = Vec::new();
        let mut count = 0u64;
        for (at, finding) in all.findings.iter().enumerate() {
            if self.hidden.contains(&(finding.severity as u8)) || !fits(finding) {
                continue;
            }
            groups.push((at, count));
            count += 1;
            if self.open.contains(&at) {
                count += finding.items.len() as u64;
            }
        }
        let row_at = |number: u64| {
            let place = groups.partition_point(|g| g.1 <= number).checked_sub(1)?;
            let (at, first) = *groups.get(place)?;
            match usize::try_from(number - first).ok()? {
                0 => Some(Row::Group(at)),
                item => Some(Row::Item(at, item - 1)),
            }
        };
        let sight = self.list.show(ui, "expert", count, ROW_HEIGHT);
        let painter = ui.painter_at(sight.area);
        let mut action = None;
        for (i, number) in sight.rows.clone().enumerate() {
            let Some(row) = row_at(number) else { break };
            let (Row::Group(at) | Row::Item(at, _)) = row;
            let Some(finding) = all.findings.get(at) else {
                break;
            };
            let rect = Rect::from_min_size(
                Pos2::new(sight.area.min.x, sight.y + i as f32 * ROW_HEIGHT),
                Vec2::new(sight.area.width(), ROW_HEIGHT),
            );
            let id = ui.scope_id().with(("expert", i));
            let response = ui.interact(rect.intersect(sight.area), id, Sense::click());
            if response.hovered() {
                painter.rect_filled(rect, 0, palette.raised);
            }
            let paint = Line {
                painter: &painter,
                palette,
                rect,
            };
            match row {
                Row::Group(_) => {
                    let open = self.open.contains(&at);
                    paint.group(finding, open);
                    response.widget_info(|| {
                        let count = grouped(finding.items.len() as u64);
                        let severity = finding.severity.parts().0;
                        let label = format!(
                            "{severity}, {}, {}: {}, {count}",
                            finding.group, finding.protocol, finding.summary
                        );
                        egui::WidgetInfo::selected(egui::Role::TreeItem, true, open, label)
                    });
                    if response.clicked() && !self.open.remove(&at) {
                        self.open.insert(at);
                    }
                }
                Row::Item(_, item) => {
                    let Some((frame, message)) = finding.items.get(item).copied() else {
                        continue;
                    };
                    let words = all.messages.get(message as usize);
                    let words = words.map_or(finding.summary, String::as_str);
                    paint.item(frame, words);
                    response.widget_info(|| {
                        let label = format!("Packet {frame}: {words}");
                        egui::WidgetInfo::labeled(egui::Role::Link, true, label)
                    });
                    if response.clicked() {
                        action = Some(Action::Choose(frame));
                    }
                }
            }
            response.context_menu(|ui| {
                ui.set_min_width(180.0);
                if ui.button("Apply as filter").clicked() {
                    action = Some(Action::Apply(finding.name.to_owned()));
                }
                if ui.button("Prepare as filter").clicked() {
                    action = Some(Action::Prepare(finding.name.to_owned()));
                }
            });
        }
        if count == 0 && self.job.is_none() {
            let at = sight.area.min + Vec2::new(EDGE, 8.0);
            let text = "Nothing that was observed is to be shown.";
            painter.text(at, Align2::LEFT_TOP, text, words(13.0), palette.dim);
        }
        action
    }
}

/// The colour of a severity.
fn colour(severity: Severity, palette: &Palette) -> Color32 {
    match severity {
        Severity::Error => palette.bad,
        Severity::Warn => palette.doubt,
        Severity::Note => palette.accent,
        Severity::Chat => palette.dim,
        Severity::Comment => palette.good,
    }
}

/// How a line is painted.
struct Line<'a> {
    painter: &'a egui::Painter,
    palette: &'a Palette,
    rect: Rect,
}

impl Line<'_> {
    fn put(&self, x: f32, text: &str, font: egui::FontId, colour: Color32, room: f32) {
        let mut job = egui::text::LayoutJob::simple_singleline(text.to_owned(), font, colour);
        job.wrap = egui::text::TextWrapping::truncate_at_width(room.max(8.0));
        let galley = self.painter.layout_job(job);
        let y = self.rect.center().y - galley.size().y / 2.0;
        self.painter
            .galley(Pos2::new(self.rect.min.x + x, y), galley, colour);
    }

    fn group(&self, finding: &Finding, open: bool) {
        let (palette, rect) = (self.palette, self.rect);
        let shade = colour(finding.severity, palette);
        let centre = Pos2::new(rect.min.x + EDGE + 2.0, rect.center().y);
        // A small arrow, to the right or down.
        let (a, b) = (3.0, 1.5);
        let points = match open {
            false => [Vec2::new(-b, -a), Vec2::new(b, 0.0), Vec2::new(-b, a)],
            true => [Vec2::new(-a, -b), Vec2::new(0.0, b), Vec2::new(a, -b)],
        };
        let points = points.map(|p| centre + p).to_vec();
        let stroke = egui::Stroke::new(1.2, palette.dim);
        self.painter.add(egui::Shape::line(points, stroke));
        let cells = [
            (finding.severity.parts().0, shade),
            (finding.group, palette.dim),
            (finding.protocol.as_str(), palette.text),
        ];
        for (i, (text, shade)) in cells.into_iter().enumerate() {
            let room = COLUMNS[i + 1] - COLUMNS[i] - 8.0;
            self.put(COLUMNS[i], text, words(13.0), shade, room);
        }
        let count = grouped(finding.items.len() as u64);
        let at = Pos2::new(rect.max.x - EDGE, rect.center().y);
        let taken = self
            .painter
            .text(at, Align2::RIGHT_CENTER, count, strong(12.0), palette.dim);
        let room = taken.min.x - rect.min.x - COLUMNS[3] - EDGE;
        self.put(COLUMNS[3], finding.summary, words(13.0), palette.text, room);
    }

    fn item(&self, frame: u32, text: &str) {
        let palette = self.palette;
        let room = self.rect.width() - COLUMNS[3] - EDGE;
        let number = format!("Packet {frame}");
        self.put(COLUMNS[2], &number, words(13.0), palette.accent, 84.0);
        self.put(COLUMNS[3], text, words(13.0), palette.dim, room);
    }
}
