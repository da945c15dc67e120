//! The list of macros, to be changed.

use egui::{Button, RichText, Ui};

use crate::filter::Macros;
use crate::ui::theme::Palette;
use crate::ui::widgets::text_field::TextField;

/// The editor's state: the macros as they are written, good or not.
pub struct MacroEditor {
    rows: Vec<(String, String)>,
}

impl MacroEditor {
    /// Begin with these.
    pub fn new(macros: &Macros) -> MacroEditor {
        let rows = macros.iter().map(|(n, t)| (n.to_owned(), t.to_owned()));
        MacroEditor {
            rows: rows.collect(),
        }
    }

    /// Draw the editor: `Some(Some(macros))` when they are to be kept, `Some(None)` when not.
    pub fn show(&mut self, ui: &mut Ui) -> Option<Option<Macros>> {
        let palette = Palette::here(ui);
        let mut done = None;
        ui.set_width(660.0);
        let text = "$name(a,b) stands for the text of the macro, with a for $1 and b for $2.";
        ui.label(RichText::new(text).color(palette.dim));
        ui.add_space(8.0);
        let mut removed = None;
        egui::ScrollArea::vertical()
            .max_height(320.0)
            .show(ui, |ui| {
                for (i, (name, text)) in self.rows.iter_mut().enumerate() {
                    ui.horizontal(|ui| {
                        let wrong = !name.is_empty() && !Macros::is_name(name);
                        let field =
                            |name: &str, hint, width, wrong, ui: &mut Ui, text: &mut String| {
                                let mono = true;
                                TextField {
                                    name,
                                    hint,
                                    width,
                                    mono,
                                    wrong,
                                }
                                .show(ui, text);
                            };
                        let spoken = format!("Name of macro {}", i + 1);
                        field(&spoken, "name", 120.0, wrong, ui, name);
                        let spoken = format!("Text of macro {}", i + 1);
                        field(&spoken, "ip.addr == $1", 400.0, false, ui, text);
                        if ui.button("Remove").clicked() {
                            removed = Some(i);
                        }
                    });
                }
            });
        if let Some(i) = removed {
            self.rows.remove(i);
        }
        ui.add_space(8.0);
        ui.horizontal(|ui| {
            if ui.button("Add a macro").clicked() {
                self.rows.push((String::new(), String::new()));
            }
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                let filled = |row: &&(String, String)| !(row.0.is_empty() && row.1.is_empty());
                let good = self
                    .rows
                    .iter()
                    .filter(filled)
                    .all(|(n, t)| Macros::is_name(n) && !t.trim().is_empty());
                let keep = Button::new(RichText::new("Keep").color(palette.on_accent))
                    .fill(palette.accent);
                if ui.add_enabled(good, keep).clicked() {
                    let rows = self.rows.iter().filter(filled);
                    let rows = rows.map(|(n, t)| (n.clone(), t.trim().to_owned()));
                    done = Some(Some(Macros::new(rows)));
                }
                if ui.button("Cancel").clicked() {
                    done = Some(None);
                }
            });
        });
        done
    }
}
