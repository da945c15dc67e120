//! The saved filters: a row of buttons below the toolbar, and the line in which a filter is named.

use egui::{Button, Key, RichText, Ui};

use crate::session::SavedFilter;
use crate::ui::theme::{EDGE, Palette, mono};
use crate::ui::widgets::text_field::TextField;

/// What the user did with a saved filter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Action {
    /// Apply it.
    Apply(usize),
    /// Put it into the bar.
    Prepare(usize),
    /// Ask for another name.
    Rename(usize),
    /// Take it away.
    Remove(usize),
    /// Exchange it with its neighbour.
    Swap(usize, usize),
}

/// Draw the buttons; `applied` is the filter that is on.
pub fn show(ui: &mut Ui, saved: &[SavedFilter], applied: Option<&str>) -> Option<Action> {
    let palette = Palette::here(ui);
    let mut action = None;
    egui::ScrollArea::horizontal()
        .scroll_bar_visibility(egui::scroll_area::ScrollBarVisibility::AlwaysHidden)
        .show(ui, |ui| {
            ui.horizontal_centered(|ui| {
                ui.spacing_mut().item_spacing.x = 4.0;
                ui.add_space(EDGE - 4.0);
                for (i, filter) in saved.iter().enumerate() {
                    let on = applied == Some(filter.filter.as_str());
                    let text = RichText::new(&filter.name).size(12.0);
                    let text = text.color(if on { palette.text } else { palette.dim });
                    let mut button = Button::new(text);
                    if on {
                        button = button.fill(palette.selection);
                    }
                    let response = ui.add(button).on_hover_ui(|ui| {
                        ui.label(RichText::new(&filter.filter).font(mono(12.0)));
                    });
                    if response.clicked() {
                        action = Some(Action::Apply(i));
                    }
                    response.context_menu(|ui| {
                        ui.set_min_width(160.0);
                        let last = i + 1 == saved.len();
                        for (name, enabled, done) in [
                            ("Apply", true, Action::Apply(i)),
                            ("Prepare", true, Action::Prepare(i)),
                            ("Rename…", true, Action::Rename(i)),
                            ("Move left", i > 0, Action::Swap(i, i.saturating_sub(1))),
                            ("Move right", !last, Action::Swap(i, i + 1)),
                            ("Remove", true, Action::Remove(i)),
                        ] {
                            if ui.add_enabled(enabled, Button::new(name)).clicked() {
                                action = Some(done);
                            }
                        }
                    });
                }
            });
        });
    action
}

/// A name being written.
pub struct Naming {
    /// The saved filter that gets it; `None`: the one in the bar is saved.
    pub which: Option<usize>,
    /// What is written so far.
    pub name: String,
    /// The keyboard was given to it.
    focused: bool,
}

impl Naming {
    /// Begin with this name.
    pub fn new(which: Option<usize>, name: &str) -> Naming {
        Naming {
            which,
            name: name.to_owned(),
            focused: false,
        }
    }

    /// Draw the line: `Some(true)` when the name is meant, `Some(false)` when nothing is to be done.
    pub fn show(&mut self, ui: &mut Ui) -> Option<bool> {
        let palette = Palette::here(ui);
        let mut done = None;
        ui.horizontal(|ui| {
            let title = match self.which {
                None => "Save the filter as a button named",
                Some(_) => "New name of the button",
            };
            ui.label(RichText::new(title).color(palette.text));
            let field = TextField {
                name: "Name of the button",
                hint: "",
                width: 200.0,
                mono: false,
                wrong: false,
            }
            .show(ui, &mut self.name);
            if !self.focused {
                self.focused = true;
                field.request_focus();
            }
            let named = !self.name.trim().is_empty();
            if field.lost_focus() {
                if ui.input(|i| i.key_pressed(Key::Enter)) && named {
                    done = Some(true);
                } else if ui.input(|i| i.key_pressed(Key::Escape)) {
                    done = Some(false);
                }
            }
            if ui.add_enabled(named, Button::new("Keep")).clicked() {
                done = Some(true);
            }
            if ui.button("Cancel").clicked() {
                done = Some(false);
            }
        });
        done
    }
}
