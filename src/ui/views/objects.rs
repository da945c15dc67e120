//! The files that went over the wire, in a list: go to their packets, save them.

use egui::{RichText, ScrollArea, TextEdit, Ui};

use crate::session::Object;
use crate::ui::theme::{Palette, mono};

/// Rows drawn at most; what comes behind is told as a number.
const ROWS: usize = 2000;

/// The list.
pub struct ObjectList {
    /// What was found.
    pub objects: Vec<Object>,
    /// Where they are saved.
    pub folder: String,
    /// What came of it.
    pub message: Option<String>,
}

/// What the user did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// Go to this packet.
    Go(u32),
    /// Save one of them.
    Save(usize),
    /// Save them all.
    SaveAll,
}

impl ObjectList {
    /// Draw it.
    pub fn show(&mut self, ui: &mut Ui) -> Option<Action> {
        let palette = Palette::here(ui);
        let mut action = None;
        if self.objects.is_empty() {
            ui.label(
                RichText::new("No HTTP body, mail or FTP file in this capture.").color(palette.dim),
            );
            return None;
        }
        ScrollArea::both().max_height(320.0).show(ui, |ui| {
            egui::Grid::new("objects")
                .num_columns(7)
                .striped(true)
                .spacing([16.0, 4.0])
                .show(ui, |ui| {
                    for title in ["Packet", "By", "Host", "Type", "Bytes", "Name", ""] {
                        ui.label(RichText::new(title).color(palette.dim));
                    }
                    ui.end_row();
                    for (i, object) in self.objects.iter().take(ROWS).enumerate() {
                        let number = RichText::new(object.frame.to_string()).color(palette.accent);
                        let link = ui.add(egui::Label::new(number).sense(egui::Sense::click()));
                        link.widget_info(|| {
                            let name = format!("packet {}", object.frame);
                            egui::WidgetInfo::labeled(egui::Role::Link, true, name)
                        });
                        if link.on_hover_text("Go to this packet").clicked() {
                            action = Some(Action::Go(object.frame));
                        }
                        ui.label(object.carrier.title());
                        ui.label(short(&object.host, 32));
                        ui.label(short(&object.media, 28));
                        ui.label(RichText::new(object.len.to_string()).font(mono(12.0)));
                        ui.label(short(&object.name, 40));
                        let save = ui.button("Save");
                        save.widget_info(|| {
                            let name = format!("Save {}", object.name);
                            egui::WidgetInfo::labeled(egui::Role::Button, true, name)
                        });
                        if save.clicked() {
                            action = Some(Action::Save(i));
                        }
                        ui.end_row();
                    }
                });
            if let Some(more) = self.objects.len().checked_sub(ROWS).filter(|n| *n > 0) {
                ui.label(RichText::new(format!("and {more} more")).color(palette.dim));
            }
        });
        ui.add_space(8.0);
        ui.horizontal(|ui| {
            ui.label(RichText::new("Folder").color(palette.dim));
            let field = TextEdit::singleline(&mut self.folder)
                .desired_width(360.0)
                .margin(egui::Margin::symmetric(8, 5));
            let response = ui.add(field);
            response.widget_info(|| {
                let mut info =
                    egui::WidgetInfo::labeled(egui::Role::TextInput, true, "Folder to save into");
                info.current_text_value = Some(self.folder.clone());
                info
            });
            let button = egui::Button::new(RichText::new("Save all").color(palette.on_accent))
                .fill(palette.accent);
            if ui
                .add_enabled(!self.folder.trim().is_empty(), button)
                .clicked()
            {
                action = Some(Action::SaveAll);
            }
        });
        if let Some(message) = &self.message {
            ui.add_space(4.0);
            ui.label(RichText::new(message).color(palette.text));
        }
        action
    }
}

fn short(text: &str, most: usize) -> String {
    let mut out: String = text.chars().take(most).collect();
    if out.len() < text.len() {
        out.push('…');
    }
    out
}
