//! The help window: first steps, and every command with its keys, made from the one list of commands.

use egui::{Button, RichText, ScrollArea, Stroke, Ui, Vec2};

use crate::ui::command::{Command, Entry, Menu, commands, entry, fuzzy};
use crate::ui::theme::{Palette, strong};
use crate::ui::views::bytes::tab;
use crate::ui::widgets::text_field::TextField;

/// Which page is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Page {
    /// Every command and key.
    #[default]
    Commands,
    /// The first steps.
    FirstSteps,
}

/// The window's state.
#[derive(Default)]
pub struct Help {
    /// The page in sight.
    pub page: Page,
    text: String,
    focused: bool,
}

/// What is no command, since it belongs to a pane: keys or mouse, what they do, and where.
const GESTURES: &[(&str, &[(&str, &str)])] = &[
    (
        "In the packet list",
        &[
            ("Next or previous packet", "↓, ↑"),
            ("A page on or back", "Page Down, Page Up"),
            ("First or last packet", "Home, End"),
            ("Mark or unmark", "middle click"),
            ("Open in a window", "double click"),
            ("What can be done with a packet", "right click"),
            (
                "Sort by a column, from its end, in the order of capture",
                "click on its head",
            ),
            (
                "Choose, align and rename columns",
                "right click on the head",
            ),
        ],
    ),
    (
        "In the fields",
        &[
            ("Give the keys to the fields", "click, F6"),
            ("Unfold", "→"),
            ("Fold, or to the line above", "←"),
            ("Unfold a line and all below it", "Shift+→"),
            ("Fold a line and all below it", "Shift+←"),
            ("To the line above", "Backspace"),
            (
                "Unfold or fold; follow a link to another packet",
                "Enter, double click",
            ),
        ],
    ),
    (
        "In the bytes",
        &[
            ("Choose the field of a byte", "click"),
            ("Select bytes", "drag"),
            ("Copy or save them", "right click"),
        ],
    ),
    (
        "In the display filter",
        &[
            ("Apply", "Enter"),
            ("Proposals", "Ctrl+Space, Alt+↓"),
            ("Take a proposal", "Tab"),
            ("Close the proposals", "Esc"),
        ],
    ),
    (
        "In the window",
        &[
            ("Open a capture", "drop its file"),
            ("Move a border between panes", "drag it"),
            ("Close a question, a search or a list", "Esc"),
        ],
    ),
];

/// The first steps: what, why, and the command that does it.
const STEPS: &[(&str, &str, Option<Command>)] = &[
    (
        "Open a capture, or make one",
        "A capture is a file with packets (pcap or pcapng). Without one at hand, choose an interface and start: \
         the packets of this machine come by themselves.",
        Some(Command::OpenFile),
    ),
    (
        "Choose a packet",
        "The list has one line for each packet, the oldest first. The stripe and the coloured word tell the protocol; \
         lines that are red all over are trouble.",
        None,
    ),
    (
        "Look inside",
        "Below the list stand the fields of the chosen packet, as its protocols define them, and its bytes. Choose a field: its bytes \
         light up, and plain words tell what it is for and how its value came about. Choose a byte: its field is found.",
        Some(Command::Diagram),
    ),
    (
        "Narrow the list",
        "Write what you look for into the display filter: dns, tcp.port == 80, http.request. Names are proposed as you write; \
         a right click on any value makes a filter of it.",
        Some(Command::FocusFilter),
    ),
    (
        "Follow a conversation",
        "A web page is said in many packets. Choose one of them and follow its stream to read both sides as they spoke.",
        Some(Command::FollowTcp),
    ),
    (
        "See the whole",
        "Protocols, conversations and traffic over time are counted for the whole capture; observations tell what went wrong.",
        Some(Command::Expert),
    ),
    (
        "Find everything else",
        "Every command can be found by a part of its name.",
        Some(Command::FindCommand),
    ),
];

impl Help {
    /// Draw the window's content; returns the command that was asked for.
    pub fn show(&mut self, ui: &mut Ui, usable: &dyn Fn(&Entry) -> bool) -> Option<Command> {
        let palette = Palette::here(ui);
        ui.horizontal(|ui| {
            if tab(
                ui,
                "Commands and keys",
                self.page == Page::Commands,
                palette,
            ) {
                self.page = Page::Commands;
            }
            if tab(ui, "First steps", self.page == Page::FirstSteps, palette) {
                self.page = Page::FirstSteps;
            }
            ui.add_space(12.0);
            let field = TextField {
                name: "Search the help",
                hint: "Search commands and keys",
                width: (ui.available_width() - 24.0).clamp(80.0, 320.0),
                mono: false,
                wrong: false,
            }
            .show(ui, &mut self.text);
            if !self.focused {
                self.focused = true;
                field.request_focus();
            }
            if field.changed() {
                self.page = Page::Commands;
            }
        });
        ui.add_space(8.0);
        let mut wanted = None;
        ScrollArea::vertical()
            .id_salt(("help", self.page == Page::Commands))
            .auto_shrink(false)
            .show(ui, |ui| {
                wanted = match self.page {
                    Page::Commands => self.commands(ui, palette, usable),
                    Page::FirstSteps => steps(ui, palette, usable),
                };
                ui.add_space(12.0);
                let version = format!("Wireglass {}", env!("CARGO_PKG_VERSION"));
                ui.label(RichText::new(version).small().color(palette.dim));
            });
        wanted
    }

    fn commands(
        &self,
        ui: &mut Ui,
        palette: &Palette,
        usable: &dyn Fn(&Entry) -> bool,
    ) -> Option<Command> {
        let mut wanted = None;
        let mut any = false;
        for menu in Menu::ALL {
            let found: Vec<(&Entry, String)> = commands()
                .filter(|e| e.menu == menu)
                .map(|e| (e, e.shortcuts(ui.ctx()).join(", ")))
                .filter(|(e, keys)| self.finds(e.name, &[menu.title(), e.id, keys]))
                .collect();
            if found.is_empty() {
                continue;
            }
            any = true;
            head(ui, palette, menu.title());
            for (entry, keys) in found {
                let usable = usable(entry);
                let ink = if usable { palette.text } else { palette.faint };
                let button = Button::new(RichText::new(entry.name).color(ink)).frame(false);
                let why = entry.needs.reason();
                line(ui, palette, &keys, |ui| {
                    let button = ui.add_enabled(usable, button).on_disabled_hover_text(why);
                    if button.clicked() {
                        wanted = Some(entry.command);
                    }
                });
            }
        }
        for (place, gestures) in GESTURES {
            let found: Vec<_> = gestures
                .iter()
                .filter(|(what, keys)| self.finds(what, &[place, keys]))
                .collect();
            if found.is_empty() {
                continue;
            }
            any = true;
            head(ui, palette, place);
            for (what, keys) in found {
                line(ui, palette, keys, |ui| {
                    ui.add_space(4.0);
                    ui.label(RichText::new(*what).color(palette.text));
                });
            }
        }
        if !any {
            ui.label(RichText::new("Nothing is called so.").color(palette.dim));
        }
        wanted
    }

    fn finds(&self, name: &str, more: &[&str]) -> bool {
        fuzzy::fit(&self.text, name, more).is_some()
    }
}

fn head(ui: &mut Ui, palette: &Palette, title: &str) {
    ui.add_space(10.0);
    let title = RichText::new(title).font(strong(13.0)).color(palette.text);
    let label = ui.label(title);
    let y = label.rect.max.y + 3.0;
    ui.painter()
        .hline(ui.max_rect().x_range(), y, (1.0, palette.line));
    ui.add_space(6.0);
}

/// A line: something at the left, keys in the column at the right.
fn line(ui: &mut Ui, palette: &Palette, keys: &str, left: impl FnOnce(&mut Ui)) {
    let size = Vec2::new(ui.available_width(), 24.0);
    let layout = egui::Layout::left_to_right(egui::Align::Center);
    ui.allocate_ui_with_layout(size, layout, |ui| {
        ui.spacing_mut().button_padding.x = 4.0;
        let width = ui.available_width();
        ui.allocate_ui_with_layout(Vec2::new(width * 0.6, 24.0), layout, |ui| {
            ui.set_min_width(width * 0.6);
            left(ui);
        });
        if !keys.is_empty() {
            ui.label(RichText::new(keys).color(palette.dim));
        }
    });
}

fn steps(ui: &mut Ui, palette: &Palette, usable: &dyn Fn(&Entry) -> bool) -> Option<Command> {
    let mut wanted = None;
    for (i, (title, text, command)) in STEPS.iter().enumerate() {
        ui.add_space(10.0);
        let title = format!("{}  {title}", i + 1);
        ui.label(RichText::new(title).font(strong(14.0)).color(palette.text));
        ui.add_space(2.0);
        ui.add(egui::Label::new(RichText::new(*text).color(palette.dim)).wrap());
        let Some(entry) = command.and_then(entry) else {
            continue;
        };
        ui.add_space(4.0);
        let mut button = Button::new(RichText::new(entry.name).color(palette.text))
            .fill(palette.panel)
            .stroke(Stroke::new(1.0, palette.line));
        if let Some(keys) = entry.shortcut(ui.ctx()) {
            button = button.shortcut_text(RichText::new(keys).color(palette.dim));
        }
        let button = ui.add_enabled(usable(entry), button);
        if button
            .on_disabled_hover_text(entry.needs.reason())
            .clicked()
        {
            wanted = Some(entry.command);
        }
    }
    wanted
}
