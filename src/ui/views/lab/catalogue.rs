//! The catalogue: every exchange by text and chapter, what is looked for among them, and the page of the one that is chosen.

use egui::{
    Align2, FontId, Key, Modifiers, Rect, RichText, ScrollArea, Sense, Ui, Vec2, WidgetInfo,
};

use super::page;
use super::{Setting, quiet};
use crate::lab::Intent;
use crate::session::lab::Exchange;
use crate::ui::theme::{EDGE, Palette, mono, strong, words};
use crate::ui::widgets::split::{Split, Way, pane};
use crate::ui::widgets::text_field::TextField;

/// Height of a row, points.
const ROW: f32 = 50.0;

/// What the user asks for.
#[derive(Clone, Debug, PartialEq)]
pub enum Action {
    /// Play the chosen exchange; `true`: step by step, nothing goes by itself.
    Play(bool),
    /// It cannot be begun, for this reason.
    Refused(String),
    /// Apply this display filter.
    Filter(String),
    /// Back to what was shown before.
    Back,
    /// Give the play up that is about to begin.
    Cancel,
}

/// What the page shows besides the choices.
pub struct Input<'a> {
    /// Everything that there is; `None` while it is being read.
    pub exchanges: Option<&'a [Exchange]>,
    /// Where scripts of the user's are looked for.
    pub folder: Option<String>,
    /// Whether something is open that one can go back to.
    pub open: bool,
    /// Whether a play is about to begin.
    pub starting: bool,
    /// The filter that is applied.
    pub filter: &'a str,
    /// Why the last play could not begin.
    pub failed: Option<&'a str>,
    /// What a real host and the client have said.
    pub told: &'a [String],
}

/// What is chosen in the catalogue.
pub struct Catalogue {
    /// What is looked for.
    pub search: String,
    /// Only exchanges of this chapter.
    chapter: Option<String>,
    /// The chosen exchange: its name, and its file if it is the user's.
    pub chosen: Option<(String, Option<std::path::PathBuf>)>,
    /// How it is to be played.
    pub setting: Setting,
    /// More ways to damage frames are shown.
    pub more: bool,
    /// What would be sent to a real host, before the user says yes; and whether step by step.
    pub asks: Option<(Intent, bool)>,
    split: Split,
    /// The search gets the keys.
    focus: bool,
    search_id: Option<egui::Id>,
    reveal: bool,
}

impl Default for Catalogue {
    fn default() -> Catalogue {
        Catalogue {
            search: String::new(),
            chapter: None,
            chosen: None,
            setting: Setting::default(),
            more: false,
            asks: None,
            split: Split::new(0.34, 280.0),
            focus: true,
            search_id: None,
            reveal: false,
        }
    }
}

/// A line of the list.
enum Line<'a> {
    Head(&'a str),
    Exchange(&'a Exchange),
}

impl Catalogue {
    /// It is shown again: the search gets the keys.
    pub fn opened(&mut self) {
        self.focus = true;
        self.reveal = true;
    }

    /// Nothing narrows the list any more.
    pub fn show_all(&mut self) {
        self.search.clear();
        self.chapter = None;
        self.asks = None;
    }

    /// Choose an exchange.
    pub fn choose(&mut self, exchange: &Exchange) {
        self.chosen = Some((exchange.id.clone(), exchange.file.clone()));
        self.reveal = true;
        let possible = super::faults_of(exchange);
        if self.setting.fault.is_some_and(|at| !possible.contains(&at)) {
            self.setting.fault = None;
        }
        if self.setting.wire.refuses(exchange).is_some() {
            self.setting.wire = super::WireKind::Simulated;
        }
        self.asks = None;
    }

    /// The chosen exchange.
    pub fn exchange<'a>(&self, all: &'a [Exchange]) -> Option<&'a Exchange> {
        let (id, file) = self.chosen.as_ref()?;
        all.iter().find(|e| e.id == *id && e.file == *file)
    }

    /// Draw it.
    pub fn show(&mut self, ui: &mut Ui, input: &Input<'_>) -> Option<Action> {
        let palette = Palette::here(ui);
        let Some(all) = input.exchanges else {
            ui.centered_and_justified(|ui| {
                ui.label(RichText::new("The catalogue is being read…").color(palette.dim));
            });
            return None;
        };
        if self.exchange(all).is_none()
            && let Some(first) = all.iter().find(|e| e.refused.is_none())
        {
            self.choose(first);
        }
        let mut action = None;
        let enter = ui.input(|i| i.key_pressed(Key::Enter)) && self.has_search(ui);
        if enter
            && !input.starting
            && self.setting.wire != super::WireKind::Host
            && self.exchange(all).is_some_and(|e| e.refused.is_none())
        {
            action = Some(Action::Play(false));
        }
        let (left, right) = self.split.divide(ui, "lab-catalogue", Way::Beside);
        pane(ui, left, palette.panel, |ui| {
            if self.list(ui, all, input) {
                action = Some(Action::Back);
            }
        });
        pane(ui, right, palette.ground, |ui| {
            let Some(exchange) = self.exchange(all) else {
                return;
            };
            let choices = page::Choices {
                setting: &mut self.setting,
                more: &mut self.more,
                asks: &mut self.asks,
            };
            let done = page::show(ui, exchange, choices, input);
            action = action.take().or(done);
        });
        action
    }

    /// Whether the search has the keys.
    fn has_search(&self, ui: &Ui) -> bool {
        let focused = ui.ctx().memory(|m| m.focused());
        self.search_id.is_some() && focused == self.search_id
    }

    /// The list; whether to go back.
    fn list(&mut self, ui: &mut Ui, all: &[Exchange], input: &Input<'_>) -> bool {
        let palette = Palette::here(ui);
        let mut back = false;
        let chapters = chapters(all);
        ui.add_space(EDGE);
        ui.horizontal(|ui| {
            ui.add_space(EDGE);
            ui.label(RichText::new("Lab").font(strong(20.0)).color(palette.text));
            ui.label(
                RichText::new("exchanges to play and watch")
                    .font(words(14.0))
                    .color(palette.dim),
            );
            if input.open {
                ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                    ui.add_space(EDGE);
                    back = quiet(ui, "Back").clicked();
                });
            }
        });
        ui.add_space(8.0);
        ui.horizontal(|ui| {
            ui.add_space(EDGE);
            let chapter_width = 190.0;
            let field = TextField {
                name: "Search the catalogue",
                hint: "Search",
                width: (ui.available_width() - chapter_width - 2.0 * EDGE - 24.0).max(80.0),
                mono: false,
                wrong: false,
            };
            let search = field.show(ui, &mut self.search);
            self.search_id = Some(search.id);
            if std::mem::take(&mut self.focus) {
                search.request_focus();
            }
            let title = self
                .chapter
                .clone()
                .unwrap_or_else(|| "All chapters".into());
            super::edged(ui);
            let combo = egui::ComboBox::from_id_salt("lab-chapter")
                .width(chapter_width)
                .height(480.0)
                .selected_text(title)
                .show_ui(ui, |ui| {
                    ui.selectable_value(&mut self.chapter, None, "All chapters");
                    for chapter in &chapters {
                        let value = Some(chapter.clone());
                        ui.selectable_value(&mut self.chapter, value, chapter);
                    }
                });
            combo
                .response
                .widget_info(|| WidgetInfo::labeled(egui::Role::ComboBox, true, "Chapter"));
        });
        ui.add_space(8.0);
        let lines = self.lines(all, &chapters);
        self.keys(ui, &lines);
        let found = lines.iter().any(|l| matches!(l, Line::Exchange(_)));
        let mut chosen = None;
        ScrollArea::vertical()
            .id_salt("lab-list")
            .auto_shrink([false, false])
            .show(ui, |ui| {
                ui.spacing_mut().item_spacing.y = 0.0;
                for line in &lines {
                    match line {
                        Line::Head(text) => head(ui, text, palette),
                        Line::Exchange(exchange) => {
                            let on = self.chosen.as_ref().is_some_and(|(id, file)| {
                                *id == exchange.id && *file == exchange.file
                            });
                            let row = row(ui, exchange, on, palette);
                            if on && self.reveal {
                                row.scroll_to_me(None);
                            }
                            if row.clicked() {
                                chosen = Some((*exchange).clone());
                            }
                        }
                    }
                }
                self.reveal = false;
                if !found {
                    ui.add_space(EDGE);
                    ui.horizontal(|ui| {
                        ui.add_space(EDGE);
                        ui.label(RichText::new("Nothing of that kind.").color(palette.dim));
                    });
                }
                if let Some(folder) = &input.folder {
                    ui.add_space(16.0);
                    ui.horizontal(|ui| {
                        ui.add_space(EDGE);
                        let text = format!("Scripts of your own in {folder} are listed here too.");
                        ui.add(
                            egui::Label::new(RichText::new(text).small().color(palette.dim)).wrap(),
                        );
                    });
                }
                ui.add_space(16.0);
            });
        if let Some(exchange) = chosen {
            self.choose(&exchange);
            self.reveal = false;
        }
        back
    }

    /// What is in the list, with heads.
    fn lines<'a>(&self, all: &'a [Exchange], chapters: &'a [String]) -> Vec<Line<'a>> {
        let mut lines = Vec::new();
        for chapter in chapters {
            if self.chapter.as_ref().is_some_and(|c| c != chapter) {
                continue;
            }
            let belongs = |e: &&Exchange| {
                let places = e.places();
                match &self.chapter {
                    Some(_) => places.contains(chapter),
                    // Each is listed once: where the texts have it first.
                    None => places.first() == Some(chapter),
                }
            };
            let mut found = all
                .iter()
                .filter(belongs)
                .filter(|e| e.fits(&self.search))
                .peekable();
            if found.peek().is_some() {
                lines.push(Line::Head(chapter));
                lines.extend(found.map(Line::Exchange));
            }
        }
        lines
    }

    /// Arrows choose, also while one types into the search.
    fn keys(&mut self, ui: &Ui, lines: &[Line<'_>]) {
        let shown: Vec<&Exchange> = lines
            .iter()
            .filter_map(|line| match line {
                Line::Exchange(exchange) => Some(*exchange),
                Line::Head(_) => None,
            })
            .collect();
        let at = shown.iter().position(|e| {
            let chosen = self.chosen.as_ref();
            chosen.is_some_and(|(id, file)| *id == e.id && *file == e.file)
        });
        let pressed = |key| ui.input_mut(|i| i.consume_key(Modifiers::NONE, key));
        let to = if pressed(Key::ArrowDown) {
            at.map_or(0, |at| at + 1)
        } else if pressed(Key::ArrowUp) {
            at.map_or(0, |at| at.saturating_sub(1))
        } else if at.is_none() && !self.search.trim().is_empty() {
            0
        } else {
            return;
        };
        if let Some(exchange) = shown.get(to) {
            self.choose(exchange);
        }
    }
}

/// The chapters that occur, in the order of the texts.
fn chapters(all: &[Exchange]) -> Vec<String> {
    let mut chapters: Vec<String> = Vec::new();
    for place in all.iter().flat_map(Exchange::places) {
        if !chapters.contains(&place) {
            chapters.push(place);
        }
    }
    chapters.sort_by_cached_key(|c| rank(c));
    chapters
}

/// The user's scripts, then week 2, then the book by its chapters, then the rest.
fn rank(chapter: &str) -> (u8, u32, String) {
    let number = chapter.rsplit(' ').next().and_then(|n| n.parse().ok());
    let kind = match chapter {
        "Your scripts" => 0,
        c if c.starts_with("Week") => 1,
        c if c.contains("chapter") => 2,
        c if c.contains("appendix") => 3,
        _ => 4,
    };
    (kind, number.unwrap_or(0), chapter.to_owned())
}

fn head(ui: &mut Ui, text: &str, palette: &Palette) {
    ui.add_space(10.0);
    ui.horizontal(|ui| {
        ui.add_space(EDGE);
        ui.label(RichText::new(text).font(strong(13.0)).color(palette.dim));
    });
    ui.add_space(4.0);
}

/// A row: the title, and below it the name and what is against it.
fn row(ui: &mut Ui, exchange: &Exchange, on: bool, palette: &Palette) -> egui::Response {
    let (rect, response) =
        ui.allocate_exact_size(Vec2::new(ui.available_width(), ROW), Sense::click());
    let title = &exchange.about.title;
    let against = match (&exchange.refused, &exchange.file) {
        (Some(_), Some(_)) => Some("broken script"),
        (Some(_), None) => Some("not yet"),
        (None, _) => None,
    };
    response.widget_info(|| {
        let name = match against {
            Some(against) => format!("{title}, {against}"),
            None => title.clone(),
        };
        WidgetInfo::selected(egui::Role::ListBoxOption, true, on, name)
    });
    if !ui.is_rect_visible(rect) {
        return response;
    }
    let painter = ui.painter_at(rect);
    if on {
        painter.rect_filled(rect, 0, palette.selection);
        let stripe = Rect::from_min_size(rect.min, Vec2::new(3.0, rect.height()));
        painter.rect_filled(stripe, 0, palette.accent);
    } else if response.hovered() {
        painter.rect_filled(rect, 0, palette.raised);
    }
    let ink = if against.is_some() {
        palette.dim
    } else {
        palette.text
    };
    let line = |y: f32, text: &str, font: FontId, ink| {
        let width = rect.width() - 2.0 * EDGE - 4.0;
        let galley = elided(ui, text, font, ink, width);
        painter.galley(rect.min + Vec2::new(EDGE + 4.0, y), galley, ink);
    };
    line(7.0, title, words(15.0), ink);
    line(28.0, &exchange.id, mono(12.0), palette.dim);
    if let Some(against) = against {
        let colour = if exchange.file.is_some() {
            palette.bad
        } else {
            palette.dim
        };
        let at = egui::pos2(rect.max.x - EDGE, rect.min.y + 36.0);
        painter.text(at, Align2::RIGHT_CENTER, against, words(12.0), colour);
    }
    response.on_hover_text(
        exchange
            .refused
            .as_deref()
            .unwrap_or(&exchange.about.purpose),
    )
}

/// One line of text, cut short with an ellipsis.
fn elided(
    ui: &Ui,
    text: &str,
    font: FontId,
    ink: egui::Color32,
    width: f32,
) -> std::sync::Arc<egui::Galley> {
    let mut job = egui::text::LayoutJob::simple_singleline(text.to_owned(), font, ink);
    job.wrap = egui::text::TextWrapping::truncate_at_width(width.max(10.0));
    ui.painter().layout_job(job)
}
