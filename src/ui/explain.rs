//! The explanation of the chosen field: what it is for, where it is defined, and how to filter for it.

use egui::{RichText, Ui};

use crate::dissect::{Node, Tree};
use crate::filter::compose::of_node;
use crate::ui::theme::{EDGE, Palette, mono, strong};

/// Draw the pane for a node; returns a filter that the user chose to apply.
pub fn show_pane(ui: &mut Ui, tree: &Tree, frame: &[u8], node: &Node) -> Option<String> {
    let palette = Palette::here(ui);
    let field = node.field;
    let mut filter = None;
    egui::Frame::new()
        .inner_margin(egui::Margin::symmetric(EDGE as i8, 8))
        .show(ui, |ui| {
            if field.abbrev.is_empty() {
                ui.label(RichText::new("A line that groups others.").color(palette.dim));
                return;
            }
            ui.label(
                RichText::new(field.label)
                    .font(strong(15.0))
                    .color(palette.text),
            );
            ui.add_space(4.0);
            let help = field.help.trim();
            if !help.is_empty() {
                ui.label(RichText::new(help).color(palette.text));
                ui.add_space(6.0);
            }
            ui.horizontal_wrapped(|ui| {
                if !field.spec.is_empty() {
                    ui.label(
                        RichText::new(format!("{} ·", field.spec))
                            .small()
                            .color(palette.dim),
                    );
                }
                let Some(text) = of_node(tree, frame, node) else {
                    return;
                };
                ui.label(RichText::new("filter").small().color(palette.dim));
                let link =
                    egui::Label::new(RichText::new(&text).font(mono(12.0)).color(palette.accent))
                        .sense(egui::Sense::click());
                if ui.add(link).on_hover_text("Apply this filter").clicked() {
                    filter = Some(text);
                }
            });
        });
    filter
}
