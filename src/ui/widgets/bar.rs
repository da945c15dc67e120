//! A line of controls, all on one middle line whatever their heights; and buttons that are on or off.

use egui::{Align, Button, Color32, Layout, Response, RichText, Ui, Vec2};

use crate::ui::theme::Palette;

/// Height of a line of controls, points.
const HEIGHT: f32 = 32.0;

/// A line of controls over the whole width.
pub fn bar(ui: &mut Ui, content: impl FnOnce(&mut Ui)) {
    let size = Vec2::new(ui.available_width(), HEIGHT);
    ui.allocate_ui_with_layout(size, Layout::left_to_right(Align::Center), |ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        content(ui);
    });
}

/// A button that is on or off; `name` is what a screen reader calls it.
pub fn toggle(ui: &mut Ui, text: &str, name: &str, on: bool, colour: Color32) -> Response {
    let palette = Palette::here(ui);
    let mut button = Button::new(RichText::new(text).color(colour));
    if on {
        button = button.fill(palette.selection);
    }
    let response = ui.add(button);
    let enabled = response.enabled();
    response.widget_info(|| egui::WidgetInfo::selected(egui::Role::Button, enabled, on, name));
    response
}

/// A choice that is on or off, as such a button.
pub fn switch(ui: &mut Ui, text: &str, enabled: bool, on: &mut bool) -> bool {
    let palette = Palette::here(ui);
    let colour = if *on { palette.text } else { palette.dim };
    let clicked = ui
        .add_enabled_ui(enabled, |ui| toggle(ui, text, text, *on, colour).clicked())
        .inner;
    *on ^= clicked;
    clicked
}
