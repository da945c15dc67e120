//! What the window shows before a capture is open.

use egui::{RichText, Ui, Vec2};

use crate::ui::theme::{Palette, strong};

/// Draw the page; says whether the user wants to open a file.
pub fn show(ui: &mut Ui) -> bool {
    let palette = Palette::here(ui);
    let mut open = false;
    ui.vertical_centered(|ui| {
        ui.add_space((ui.available_height() * 0.3).max(24.0));
        ui.label(
            RichText::new("Wireglass")
                .font(strong(22.0))
                .color(palette.text),
        );
        ui.add_space(4.0);
        ui.label(RichText::new("See what is on the wire.").color(palette.dim));
        ui.add_space(20.0);
        let label = RichText::new("Open a capture…").color(palette.on_accent);
        let button = egui::Button::new(label)
            .fill(palette.accent)
            .min_size(Vec2::new(168.0, 32.0));
        open = ui.add(button).on_hover_text("Ctrl+O").clicked();
        ui.add_space(12.0);
        ui.label(
            RichText::new("or drop a .pcap or .pcapng file here")
                .small()
                .color(palette.dim),
        );
    });
    open
}
