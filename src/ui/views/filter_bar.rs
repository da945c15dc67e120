//! The display filter's line: it carries its own verdict and the count, proposes how to go on, and remembers.

use egui::text::{CCursor, CCursorRange, LayoutJob, TextFormat};
use egui::text_edit::TextEditState;
use egui::{CornerRadius, EventFilter, Id, Key, Margin, Modifiers, Rect, Stroke, TextEdit, Ui};

use crate::dissect::Registry;
use crate::filter::complete::{Completion, complete};
use crate::filter::paint::{Part, parts};
use crate::filter::{FilterError, Macros};
use crate::ui::theme::{Palette, mono, words};
use crate::ui::widgets::proposals::{Item, Proposals};

/// What is known about the text in the bar.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Verdict {
    /// No text.
    #[default]
    Empty,
    /// A filter.
    Good,
    /// A filter that may not mean what it seems to.
    Doubtful(FilterError),
    /// No filter.
    Refused(FilterError),
}

/// What the user did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Action {
    /// The text changed.
    Changed,
    /// Return was pressed: apply it.
    Apply,
    /// The cross was pressed: show all packets.
    Clear,
    /// A filter of the past was chosen: apply it.
    Again(String),
    /// Save the filter under a name.
    Save,
    /// Put an expression together from a list of all fields.
    Build,
}

/// What the bar needs to know.
pub struct Input<'a> {
    /// All fields.
    pub registry: &'a Registry,
    /// The user's macros.
    pub macros: &'a Macros,
    /// Filters that were applied, the last one first.
    pub history: &'a [String],
    /// What is known about the text.
    pub verdict: &'a Verdict,
    /// What stands at the right: the count.
    pub count: &'a str,
    /// The keyboard goes to the bar now.
    pub focus: bool,
}

/// What hangs below the bar.
#[derive(Default)]
enum Below {
    #[default]
    Nothing,
    Completion(Completion),
    History,
}

/// The bar's own state.
#[derive(Default)]
pub struct FilterBar {
    below: Below,
    list: Proposals,
    /// Where the caret is, bytes.
    caret: usize,
    /// The caret to set at the next drawing, bytes: the text was changed by us.
    set_caret: Option<usize>,
}

/// The text field, for focus and caret.
fn edit_id() -> Id {
    Id::unique("display filter")
}

impl FilterBar {
    /// The text was replaced: the caret goes to its end, and what hung below is gone.
    pub fn replaced(&mut self, text: &str) {
        self.below = Below::Nothing;
        self.set_caret = Some(text.len());
    }

    /// Show the filters of the past.
    pub fn open_history(&mut self) {
        self.below = Below::History;
        self.list.reset();
    }

    /// Whether proposals hang below: the user has not finished.
    pub fn is_proposing(&self) -> bool {
        matches!(self.below, Below::Completion(_))
    }

    /// Draw the bar over the width that is left.
    pub fn show(&mut self, ui: &mut Ui, text: &mut String, input: &Input<'_>) -> Option<Action> {
        let palette = Palette::here(ui);
        let mut action = self.keys(ui, text, input);
        let edge = match input.verdict {
            Verdict::Empty => palette.line,
            Verdict::Good => palette.good,
            Verdict::Doubtful(_) => palette.doubt,
            Verdict::Refused(_) => palette.bad,
        };
        let share = if text.is_empty() { 0.0 } else { 0.16 };
        let frame = egui::Frame::new()
            .fill(palette.tint(edge, share))
            .stroke(Stroke::new(1.0, edge))
            .corner_radius(CornerRadius::same(5))
            .inner_margin(Margin::symmetric(8, 3));
        let inner = frame.show(ui, |ui| {
            let size = egui::vec2(ui.available_width(), 22.0);
            let layout = egui::Layout::left_to_right(egui::Align::Center);
            ui.allocate_ui_with_layout(size, layout, |ui| {
                let width = (ui.available_width() - room_at_right(ui, text, input.count)).max(80.0);
                if let Some(done) = self.edit(ui, text, input, width) {
                    action = Some(done);
                }
                ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                    if let Some(done) = self.at_right(ui, text, input) {
                        action = Some(done);
                    }
                });
            });
        });
        if let Some(done) = self.popup(ui, inner.response.rect, text, input) {
            action = Some(done);
        }
        action
    }

    /// Keys for what hangs below the bar: taken before the text field sees them.
    fn keys(&mut self, ui: &Ui, text: &mut String, input: &Input<'_>) -> Option<Action> {
        if !ui.memory(|m| m.has_focus(edit_id())) {
            return None;
        }
        let pressed = |modifiers, key| ui.input_mut(|i| i.consume_key(modifiers, key));
        let count = self.count(input);
        if count == 0 {
            if pressed(Modifiers::CTRL, Key::Space) {
                self.propose(text, input, true);
            } else if pressed(Modifiers::ALT, Key::ArrowDown)
                || (text.is_empty() && pressed(Modifiers::NONE, Key::ArrowDown))
            {
                self.open_history();
            }
            return None;
        }
        self.list.keys(ui, count);
        let take = pressed(Modifiers::NONE, Key::Tab)
            || (self.list.picked.is_some() && pressed(Modifiers::NONE, Key::Enter));
        if take {
            return self.take(self.list.picked.unwrap_or(0), text, input);
        }
        if pressed(Modifiers::NONE, Key::Escape) {
            self.below = Below::Nothing;
        }
        None
    }

    /// How many lines hang below.
    fn count(&self, input: &Input<'_>) -> usize {
        match &self.below {
            Below::Nothing => 0,
            Below::Completion(completion) => completion.proposals.len(),
            Below::History => input.history.len(),
        }
    }

    /// Put the chosen line into the text.
    fn take(&mut self, at: usize, text: &mut String, input: &Input<'_>) -> Option<Action> {
        match std::mem::take(&mut self.below) {
            Below::Nothing => None,
            Below::Completion(completion) => {
                let proposal = completion.proposals.get(at)?;
                let (new, caret) = completion.accept(text, proposal);
                *text = new;
                self.set_caret = Some(caret);
                Some(Action::Changed)
            }
            Below::History => input.history.get(at).cloned().map(Action::Again),
        }
    }

    fn propose(&mut self, text: &str, input: &Input<'_>, asked: bool) {
        let completion = complete(text, self.caret, input.registry, input.macros, asked);
        self.list.reset();
        self.below = if completion.proposals.is_empty() {
            Below::Nothing
        } else {
            Below::Completion(completion)
        };
    }

    fn edit(
        &mut self,
        ui: &mut Ui,
        text: &mut String,
        input: &Input<'_>,
        width: f32,
    ) -> Option<Action> {
        let palette = Palette::here(ui);
        let id = edit_id();
        if let Some(caret) = self.set_caret.take() {
            let at = text.get(..caret).unwrap_or(text).chars().count();
            let mut state = TextEditState::load(ui.ctx(), id).unwrap_or_default();
            let range = CCursorRange::one(CCursor::new(at));
            state.cursor.set_char_range(Some(range));
            state.store(ui.ctx(), id);
            ui.memory_mut(|m| m.request_focus(id));
        }
        let wrong = match input.verdict {
            Verdict::Refused(error) => Some((error.span.clone(), palette.bad)),
            Verdict::Doubtful(error) => Some((error.span.clone(), palette.doubt)),
            Verdict::Empty | Verdict::Good => None,
        };
        let mut layout = |ui: &Ui, buffer: &dyn egui::TextBuffer, _: f32| {
            let job = coloured(buffer.as_str(), input.registry, wrong.as_ref(), palette);
            ui.fonts_mut(|fonts| fonts.layout_job(job))
        };
        let edit = TextEdit::singleline(text)
            .id(id)
            .font(mono(13.0))
            .text_color(palette.text)
            .frame(egui::Frame::NONE)
            .margin(Margin::ZERO)
            .hint_text(
                egui::RichText::new("Display filter: tcp.port == 80, ip.addr == 10.0.0.1, dns")
                    .font(words(13.0)),
            )
            .desired_width(width)
            .min_size(egui::vec2(width, 22.0))
            .align(egui::Align2::LEFT_CENTER)
            .layouter(&mut layout);
        let output = edit.show(ui);
        let response = &output.response.response;
        response.widget_info(|| {
            egui::WidgetInfo::labeled(egui::Role::TextInput, true, "Display filter")
        });
        if input.focus {
            response.request_focus();
        }
        if let Some(range) = output.cursor_range {
            let at = range.primary.index.0;
            let caret = text.char_indices().nth(at).map_or(text.len(), |(i, _)| i);
            let moved = caret != self.caret;
            self.caret = caret;
            let inside = |c: &Completion| (c.replace.start..=c.replace.end).contains(&caret);
            if moved
                && !response.changed()
                && matches!(&self.below, Below::Completion(c) if !inside(c))
            {
                self.below = Below::Nothing;
            }
        }
        // Tab and Escape belong to what hangs below.
        let open = self.count(input) > 0;
        let filter = EventFilter {
            tab: open,
            escape: open,
            horizontal_arrows: true,
            vertical_arrows: true,
        };
        ui.memory_mut(|m| m.set_focus_lock_filter(id, filter));
        // The last letter and Enter may come within one picture: then Enter is what counts.
        let entered = response.lost_focus() && ui.input(|i| i.key_pressed(Key::Enter));
        if response.changed() && !entered {
            self.propose(text, input, false);
            return Some(Action::Changed);
        }
        if response.lost_focus() {
            if entered {
                self.below = Below::Nothing;
                return Some(Action::Apply);
            }
            let on_popup = ui
                .input(|i| i.pointer.interact_pos())
                .is_some_and(|p| self.list.covers(p));
            if !on_popup && !matches!(self.below, Below::History) {
                self.below = Below::Nothing;
            }
        }
        None
    }

    /// Buttons and the count, from the right.
    fn at_right(&mut self, ui: &mut Ui, text: &str, input: &Input<'_>) -> Option<Action> {
        let palette = Palette::here(ui);
        let mut action = None;
        ui.spacing_mut().item_spacing.x = 4.0;
        let button = |ui: &mut Ui, sign: &str, name: &str| {
            let size = if sign.chars().count() > 1 { 13.0 } else { 16.0 };
            let sign = egui::RichText::new(sign).size(size).color(palette.dim);
            let button = ui.add(egui::Button::new(sign).frame(false));
            button.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, name));
            button.on_hover_text(name).clicked()
        };
        if chevron(ui, palette, "Filters applied before") {
            if matches!(self.below, Below::History) {
                self.below = Below::Nothing;
            } else {
                self.open_history();
                ui.memory_mut(|m| m.request_focus(edit_id()));
            }
        }
        if !text.is_empty() {
            if button(ui, "×", "Clear the filter") {
                self.below = Below::Nothing;
                action = Some(Action::Clear);
            }
            let good = !matches!(input.verdict, Verdict::Refused(_));
            if good && button(ui, "Save", "Save the filter under a name") {
                action = Some(Action::Save);
            }
        }
        if text.is_empty() && button(ui, "Build", "Build a filter expression") {
            action = Some(Action::Build);
        }
        if !input.count.is_empty() {
            ui.add_space(4.0);
            ui.label(egui::RichText::new(input.count).small().color(palette.dim));
        }
        action
    }

    fn popup(
        &mut self,
        ui: &mut Ui,
        bar: Rect,
        text: &mut String,
        input: &Input<'_>,
    ) -> Option<Action> {
        if matches!(self.below, Below::History) && input.history.is_empty() {
            let nothing = [];
            let clicked = self
                .list
                .show(ui, bar, &nothing, "No filter was applied yet");
            if clicked.elsewhere || !ui.memory(|m| m.has_focus(edit_id())) {
                self.below = Below::Nothing;
            }
            return None;
        }
        let clicked = match &self.below {
            Below::Nothing => return None,
            Below::Completion(completion) => {
                let items: Vec<Item<'_>> = completion
                    .proposals
                    .iter()
                    .map(|p| Item {
                        text: &p.text,
                        label: &p.label,
                        detail: &p.detail,
                    })
                    .collect();
                let hint = match completion.total - items.len() {
                    0 => "Tab completes, arrows choose, Enter applies the filter".to_owned(),
                    more => format!("Tab completes, arrows choose; {more} more when you type on"),
                };
                self.list.show(ui, bar, &items, &hint)
            }
            Below::History => {
                let items: Vec<Item<'_>> = input
                    .history
                    .iter()
                    .map(|text| Item {
                        text,
                        label: "",
                        detail: "",
                    })
                    .collect();
                self.list.show(
                    ui,
                    bar,
                    &items,
                    "Filters applied before, the last one first",
                )
            }
        };
        if clicked.elsewhere {
            self.below = Below::Nothing;
        }
        self.take(clicked.item?, text, input)
    }
}

/// The filter's text with its parts coloured, the wrong place underlined.
fn coloured(
    text: &str,
    registry: &Registry,
    wrong: Option<&(std::ops::Range<usize>, egui::Color32)>,
    palette: &Palette,
) -> LayoutJob {
    let mut job = LayoutJob::default();
    job.wrap.max_width = f32::INFINITY;
    job.break_on_newline = false;
    let mut append = |from: usize, to: usize, colour| {
        // The wrong place cuts a part in up to three.
        let (start, end) = wrong.map_or((to, to), |(w, _)| {
            (w.start.clamp(from, to), w.end.clamp(from, to))
        });
        for (a, b, is_wrong) in [
            (from, start, false),
            (start, end, true),
            (end.max(start), to, false),
        ] {
            let Some(piece) = text.get(a..b).filter(|p| !p.is_empty()) else {
                continue;
            };
            let mut format = TextFormat::simple(mono(13.0), colour);
            if let (true, Some((_, line))) = (is_wrong, wrong) {
                format.underline = Stroke::new(1.5, *line);
            }
            job.append(piece, 0.0, format);
        }
    };
    let mut at = 0;
    for (place, part) in parts(text, registry) {
        let colour = match part {
            Part::Name => palette.accent,
            Part::Word | Part::Sign => palette.dim,
            Part::Value => palette.text,
        };
        append(at, place.start, palette.text);
        append(place.start, place.end, colour);
        at = place.end;
    }
    append(at, text.len(), palette.text);
    job
}

/// A button with a small arrow downwards.
fn chevron(ui: &mut Ui, palette: &Palette, name: &str) -> bool {
    let (rect, response) = ui.allocate_exact_size(egui::vec2(20.0, 22.0), egui::Sense::click());
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, name));
    let colour = if response.hovered() {
        palette.text
    } else {
        palette.dim
    };
    let at = rect.center();
    let points = [(-4.0, -2.0), (0.0, 2.0), (4.0, -2.0)].map(|(x, y)| at + egui::vec2(x, y));
    ui.painter().line(points.to_vec(), Stroke::new(1.4, colour));
    response.on_hover_text(name).clicked()
}

/// The width of what stands at the right of the text.
fn room_at_right(ui: &Ui, text: &str, count: &str) -> f32 {
    let width = |text: &str, size| {
        let galley =
            ui.painter()
                .layout_no_wrap(text.to_owned(), words(size), egui::Color32::PLACEHOLDER);
        galley.size().x
    };
    let padding = 2.0 * ui.spacing().button_padding.x + 4.0;
    let buttons = if text.is_empty() {
        width("Build", 13.0) + padding
    } else {
        width("Save", 13.0) + width("×", 16.0) + 2.0 * padding
    };
    let count = if count.is_empty() {
        0.0
    } else {
        width(count, 12.0) + 8.0
    };
    count + buttons + 28.0
}
