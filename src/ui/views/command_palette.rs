//! The command palette: every command by its name, from the keyboard.

use egui::text::{LayoutJob, TextFormat, TextWrapping};
use egui::{Align2, Id, Key, Modal, Modifiers, Painter, Pos2, Rect, Sense, Ui, UiBuilder, Vec2};

use crate::ui::command::{Command, Entry, commands, fuzzy};
use crate::ui::theme::{EDGE, Palette, words};
use crate::ui::widgets::row_list::RowList;
use crate::ui::widgets::text_field::TextField;

/// Height of a line, points.
const LINE: f32 = 28.0;
/// Lines in sight.
const SIGHT: usize = 12;
/// The palette is not wider than this, points.
const WIDEST: f32 = 640.0;

/// The palette's state.
#[derive(Default)]
pub struct CommandPalette {
    text: String,
    /// For which text the lines were found; `None`: for none yet.
    found: Option<String>,
    lines: Vec<Line>,
    picked: usize,
    list: RowList,
    focused: bool,
}

struct Line {
    entry: &'static Entry,
    letters: Vec<usize>,
}

/// What the user wants.
pub enum Action {
    /// Do this.
    Run(Command),
    /// Nothing after all.
    Close,
}

/// What the palette has to know.
pub struct Input<'a> {
    /// Whether a command can be used now.
    pub usable: &'a dyn Fn(&Entry) -> bool,
    /// The commands used last, the newest first.
    pub used: &'a [Command],
}

impl CommandPalette {
    /// Draw it.
    pub fn show(&mut self, ctx: &egui::Context, input: &Input<'_>) -> Option<Action> {
        self.find(input);
        let screen = ctx.content_rect();
        let width = (screen.width() - 48.0).clamp(200.0, WIDEST);
        let top = (screen.height() * 0.12).round();
        let id = Id::unique("command-palette");
        let frame = egui::Frame::popup(&ctx.global_style())
            .corner_radius(6)
            .inner_margin(egui::Margin::same(0));
        let area = Modal::default_area(id).anchor(Align2::CENTER_TOP, [0.0, top]);
        let modal = Modal::new(id).area(area).frame(frame).show(ctx, |ui| {
            ui.set_width(width);
            ui.spacing_mut().item_spacing = Vec2::ZERO;
            self.content(ui, input)
        });
        let close = modal.should_close().then_some(Action::Close);
        modal.inner.or(close)
    }

    fn content(&mut self, ui: &mut Ui, input: &Input<'_>) -> Option<Action> {
        let palette = Palette::here(ui);
        let mut action = None;
        self.keys(ui);
        ui.add_space(10.0);
        ui.horizontal(|ui| {
            ui.add_space(10.0);
            let field = TextField {
                name: "Find a command",
                hint: "Find a command by its name, such as follow, zoom or mark",
                width: ui.available_width() - 28.0,
                mono: false,
                wrong: false,
            }
            .show(ui, &mut self.text);
            if !self.focused {
                self.focused = true;
                field.request_focus();
            }
            if field.lost_focus() && ui.input(|i| i.key_pressed(Key::Enter)) {
                field.request_focus();
                let line = self.lines.get(self.picked);
                let usable = line.filter(|l| (input.usable)(l.entry));
                action = usable.map(|l| Action::Run(l.entry.command));
            }
        });
        ui.add_space(8.0);
        if self.lines.is_empty() {
            ui.horizontal(|ui| {
                ui.add_space(EDGE);
                let text = egui::RichText::new("No command is called so.").color(palette.dim);
                ui.label(text);
            });
            ui.add_space(10.0);
            return action;
        }
        let room = (ui.ctx().content_rect().height() * 0.7 / LINE) as usize;
        let shown = self.lines.len().min(SIGHT).min(room.max(3));
        let size = Vec2::new(ui.available_width(), shown as f32 * LINE);
        let (rect, _) = ui.allocate_exact_size(size, Sense::hover());
        let mut inner = ui.new_child(UiBuilder::new().max_rect(rect));
        inner.set_clip_rect(rect.intersect(ui.clip_rect()));
        let clicked = self.draw_lines(&mut inner, input, palette);
        ui.add_space(4.0);
        clicked.map(Action::Run).or(action)
    }

    /// The lines for the text.
    fn find(&mut self, input: &Input<'_>) {
        if self.found.as_ref() == Some(&self.text) {
            return;
        }
        self.found = Some(self.text.clone());
        self.picked = 0;
        self.list = RowList::default();
        let place = |c: Command| input.used.iter().position(|u| *u == c);
        let mut fits: Vec<_> = commands()
            // Itself is no help here.
            .filter(|e| e.command != Command::FindCommand)
            .filter_map(|entry| {
                let more = [entry.menu.title(), entry.id];
                let fit = fuzzy::fit(&self.text, entry.name, &more)?;
                Some((fit, entry))
            })
            .collect();
        if self.text.trim().is_empty() {
            // What was used last comes first, the rest as in the menus.
            fits.sort_by_key(|(_, e)| place(e.command).unwrap_or(usize::MAX));
        } else {
            fits.sort_by_key(|(fit, entry)| {
                let unusable = !(input.usable)(entry);
                let used = place(entry.command).unwrap_or(usize::MAX);
                (std::cmp::Reverse(fit.score), unusable, used)
            });
        }
        self.lines = fits
            .into_iter()
            .map(|(fit, entry)| Line {
                entry,
                letters: fit.letters,
            })
            .collect();
    }

    /// Keys that move the choice; the text field keeps the keyboard.
    fn keys(&mut self, ui: &Ui) {
        let last = self.lines.len().saturating_sub(1);
        let pressed = |key| ui.input_mut(|i| i.consume_key(Modifiers::NONE, key));
        let before = self.picked;
        if pressed(Key::ArrowDown) {
            self.picked = if self.picked >= last {
                0
            } else {
                self.picked + 1
            };
        }
        if pressed(Key::ArrowUp) {
            self.picked = self.picked.checked_sub(1).unwrap_or(last);
        }
        if pressed(Key::PageDown) {
            self.picked = (self.picked + SIGHT).min(last);
        }
        if pressed(Key::PageUp) {
            self.picked = self.picked.saturating_sub(SIGHT);
        }
        if self.picked != before {
            self.list.reveal(self.picked as u64);
        }
    }

    fn draw_lines(&mut self, ui: &mut Ui, input: &Input<'_>, palette: &Palette) -> Option<Command> {
        let mut clicked = None;
        let count = self.lines.len() as u64;
        let sight = self.list.show(ui, "commands", count, LINE);
        let painter = ui.painter_at(sight.area);
        for (i, at) in sight.rows.clone().enumerate() {
            let Some(line) = usize::try_from(at).ok().and_then(|at| self.lines.get(at)) else {
                break;
            };
            let entry = line.entry;
            let usable = (input.usable)(entry);
            let picked = self.picked == at as usize;
            let rect = Rect::from_min_size(
                Pos2::new(sight.area.min.x, sight.y + i as f32 * LINE),
                Vec2::new(sight.area.width(), LINE),
            );
            let id = ui.scope_id().with(("command", i));
            let response = ui.interact(rect.intersect(sight.area), id, Sense::click());
            let keys = entry.shortcuts(ui.ctx()).join(", ");
            response.widget_info(|| {
                let mut label = format!("{}: {}", entry.menu.title(), entry.name);
                for more in [
                    keys.as_str(),
                    if usable { "" } else { entry.needs.reason() },
                ] {
                    if !more.is_empty() {
                        label.push_str(&format!(", {more}"));
                    }
                }
                egui::WidgetInfo::selected(egui::Role::ListBoxOption, usable, picked, label)
            });
            if picked {
                painter.rect_filled(rect, 0, palette.selection);
            } else if response.hovered() {
                painter.rect_filled(rect, 0, palette.raised);
            }
            if response.clicked() && usable {
                clicked = Some(entry.command);
            }
            draw_line(&painter, rect, line, &keys, usable, palette);
        }
        clicked
    }
}

/// A line: the name with the letters that were met, its menu or what is missing, and the keys at the right.
fn draw_line(
    painter: &Painter,
    rect: Rect,
    line: &Line,
    keys: &str,
    usable: bool,
    palette: &Palette,
) {
    let middle = rect.center().y;
    let (left, right) = (rect.min.x + EDGE + 2.0, rect.max.x - EDGE);
    let keys = painter.layout_no_wrap(keys.to_owned(), words(12.0), palette.dim);
    let keys_left = right - keys.size().x;
    painter.galley(
        Pos2::new(keys_left, middle - keys.size().y / 2.0),
        keys,
        palette.dim,
    );
    let (ink, met) = match usable {
        true => (palette.text, palette.accent),
        false => (palette.faint, palette.faint),
    };
    let mut job = LayoutJob::default();
    for (i, c) in line.entry.name.chars().enumerate() {
        let colour = if line.letters.contains(&i) { met } else { ink };
        let format = TextFormat::simple(words(13.0), colour);
        job.append(c.encode_utf8(&mut [0; 4]), 0.0, format);
    }
    let about = match usable {
        true => line.entry.menu.title(),
        false => line.entry.needs.reason(),
    };
    let format = TextFormat::simple(words(12.0), palette.dim);
    job.append(about, 12.0, format);
    job.wrap = TextWrapping::truncate_at_width((keys_left - left - 12.0).max(8.0));
    let galley = painter.layout_job(job);
    painter.galley(Pos2::new(left, middle - galley.size().y / 2.0), galley, ink);
}
