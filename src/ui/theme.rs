//! Colours, faces and measures: the one place where they are named.

#[cfg(test)]
mod contrast;
mod fonts;
mod palette;

use egui::{CornerRadius, FontFamily, FontId, Stroke, TextStyle, Theme, ThemePreference, Vec2};

use crate::session::preferences::{Preferences, ThemeChoice};

pub use palette::Palette;

/// Height of a row of the packet list, points.
pub const ROW_HEIGHT: f32 = 24.0;
/// Height of a line of the tree and of the bytes, points.
pub const LINE_HEIGHT: f32 = 22.0;
/// Space at the edges, points.
pub const EDGE: f32 = 12.0;

/// The face for bytes and filters.
pub fn mono(size: f32) -> FontId {
    FontId::monospace(size)
}

/// The face for words.
pub fn words(size: f32) -> FontId {
    FontId::proportional(size)
}

/// The heavier face, for headings.
pub fn strong(size: f32) -> FontId {
    FontId::new(size, FontFamily::Name("strong".into()))
}

/// Share of a rule's colour in the ground of a row, and of the accent in that of a marked one.
pub const ROW_TINT: f32 = 0.14;

/// Set faces, colours and measures of both themes as the user prefers them.
pub fn install(ctx: &egui::Context, preferences: &Preferences) {
    // One list of commands has all keys, those for zooming too.
    ctx.options_mut(|o| o.zoom_with_keyboard = false);
    set_fonts(ctx, preferences);
    set_styles(ctx, preferences);
    set_theme(ctx, preferences.theme);
    set_zoom(ctx, preferences.zoom);
}

/// Light, dark, or as the system has it.
pub fn set_theme(ctx: &egui::Context, theme: ThemeChoice) {
    ctx.set_theme(match theme {
        ThemeChoice::System => ThemePreference::System,
        ThemeChoice::Light => ThemePreference::Light,
        ThemeChoice::Dark => ThemePreference::Dark,
    });
}

/// Enlarge everything, percent.
pub fn set_zoom(ctx: &egui::Context, zoom: u16) {
    ctx.set_zoom_factor(f32::from(zoom) / 100.0);
}

/// The faces in the sizes that the user prefers.
pub fn set_fonts(ctx: &egui::Context, preferences: &Preferences) {
    ctx.set_fonts(fonts::definitions(preferences.words, preferences.mono));
}

/// Colours and measures of both themes.
pub fn set_styles(ctx: &egui::Context, preferences: &Preferences) {
    for (theme, dark) in [(Theme::Dark, true), (Theme::Light, false)] {
        let p = Palette::of(dark, preferences.colour_safe);
        ctx.style_mut_of(theme, |style| {
            style.text_styles = [
                (TextStyle::Body, words(13.0)),
                (TextStyle::Button, words(13.0)),
                (TextStyle::Heading, strong(15.0)),
                (TextStyle::Small, words(12.0)),
                (TextStyle::Monospace, mono(13.0)),
            ]
            .into();
            style.spacing.item_spacing = Vec2::new(8.0, 4.0);
            style.spacing.button_padding = Vec2::new(10.0, 4.0);
            style.spacing.interact_size.y = 24.0;
            style.animation_time = 0.0;
            let v = &mut style.visuals;
            v.dark_mode = dark;
            v.panel_fill = p.panel;
            v.window_fill = p.panel;
            v.window_stroke = Stroke::new(1.0, p.line);
            v.extreme_bg_color = p.ground;
            v.faint_bg_color = p.raised;
            v.code_bg_color = p.raised;
            v.hyperlink_color = p.accent;
            v.warn_fg_color = p.doubt;
            v.error_fg_color = p.bad;
            v.selection.bg_fill = p.selection;
            v.selection.stroke = Stroke::new(1.0, p.text);
            v.weak_text_color = Some(p.dim);
            let corner = CornerRadius::same(4);
            for (w, ground, text) in [
                (&mut v.widgets.noninteractive, p.panel, p.text),
                (&mut v.widgets.inactive, p.panel, p.dim),
                (&mut v.widgets.hovered, p.raised, p.text),
                (&mut v.widgets.active, p.selection, p.text),
                (&mut v.widgets.open, p.raised, p.text),
            ] {
                w.bg_fill = ground;
                w.weak_bg_fill = ground;
                w.bg_stroke = Stroke::NONE;
                w.fg_stroke = Stroke::new(1.0, text);
                w.corner_radius = corner;
                w.expansion = 0.0;
            }
            v.widgets.noninteractive.bg_stroke = Stroke::new(1.0, p.line);
        });
    }
}
