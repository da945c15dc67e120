//! A line below the toolbar that asks for one thing: a packet's number, a comment.

use egui::{Button, Key, RichText, Ui};

use crate::ui::theme::Palette;
use crate::ui::widgets::text_field::TextField;

/// A line that asks.
pub struct Prompt {
    /// What it asks for.
    pub title: String,
    /// What a screen reader calls the field.
    pub name: &'static str,
    /// What stands in the field while it is empty.
    pub hint: &'static str,
    /// Width of the field, points.
    pub width: f32,
    /// What the button for "yes" says.
    pub yes: &'static str,
    /// What is written so far.
    pub text: String,
    /// Why what was written will not do.
    pub wrong: Option<String>,
    /// The keyboard was given to it.
    focused: bool,
}

impl Prompt {
    /// Ask, with this text to begin with.
    pub fn new(title: String, name: &'static str, yes: &'static str, text: String) -> Prompt {
        Prompt {
            title,
            name,
            hint: "",
            width: 320.0,
            yes,
            text,
            wrong: None,
            focused: false,
        }
    }

    /// Draw the line: `Some(true)` when the text is meant, `Some(false)` when nothing is to be done.
    pub fn show(&mut self, ui: &mut Ui) -> Option<bool> {
        let palette = Palette::here(ui);
        let mut done = None;
        // As high as the field, so that the words stand in the middle.
        let size = egui::vec2(ui.available_width(), 30.0);
        let layout = egui::Layout::left_to_right(egui::Align::Center);
        ui.allocate_ui_with_layout(size, layout, |ui| {
            ui.label(RichText::new(&self.title).color(palette.text));
            let field = TextField {
                name: self.name,
                hint: self.hint,
                width: self.width,
                mono: false,
                wrong: self.wrong.is_some(),
            }
            .show(ui, &mut self.text);
            if !self.focused {
                self.focused = true;
                field.request_focus();
            }
            if field.changed() {
                self.wrong = None;
            }
            if field.lost_focus() {
                if ui.input(|i| i.key_pressed(Key::Enter)) {
                    done = Some(true);
                    self.focused = false;
                } else if ui.input(|i| i.key_pressed(Key::Escape)) {
                    done = Some(false);
                }
            }
            if ui.add(Button::new(self.yes)).clicked() {
                done = Some(true);
            }
            if ui.button("Cancel").clicked() {
                done = Some(false);
            }
            if let Some(wrong) = &self.wrong {
                ui.label(RichText::new(wrong).color(palette.bad));
            }
        });
        done
    }
}
