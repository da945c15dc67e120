//! Colours, faces and measures: the one place where they are named.

use std::sync::Arc;

use egui::{
    Color32, CornerRadius, FontData, FontDefinitions, FontFamily, FontId, Stroke, TextStyle, Theme,
    Vec2,
};

use crate::session::colours::Hue;

/// Height of a row of the packet list, points.
pub const ROW_HEIGHT: f32 = 24.0;
/// Height of a line of the tree and of the bytes, points.
pub const LINE_HEIGHT: f32 = 22.0;
/// Space at the edges, points.
pub const EDGE: f32 = 12.0;

/// The colours of one theme.
pub struct Palette {
    /// Behind everything.
    pub ground: Color32,
    /// Panels.
    pub panel: Color32,
    /// Raised surfaces: buttons, code, the bytes of a layer.
    pub raised: Color32,
    /// Lines between panels.
    pub line: Color32,
    /// Text.
    pub text: Color32,
    /// Labels and secondary text.
    pub dim: Color32,
    /// Text that is there when looked for.
    pub faint: Color32,
    /// The chosen row.
    pub selection: Color32,
    /// The one accent: links, the chosen bytes.
    pub accent: Color32,
    /// Text on the accent.
    pub on_accent: Color32,
    /// A filter that holds.
    pub good: Color32,
    /// Legal but doubtful.
    pub doubt: Color32,
    /// Wrong.
    pub bad: Color32,
}

const fn rgb(hex: u32) -> Color32 {
    Color32::from_rgb((hex >> 16) as u8, (hex >> 8) as u8, hex as u8)
}

static DARK: Palette = Palette {
    ground: rgb(0x15181d),
    panel: rgb(0x1a1e24),
    raised: rgb(0x20252c),
    line: rgb(0x2b313a),
    text: rgb(0xd7dce3),
    dim: rgb(0x8a94a3),
    faint: rgb(0x7a8493),
    selection: rgb(0x24405a),
    accent: rgb(0x5aa9e6),
    on_accent: rgb(0x10151b),
    good: rgb(0x4cb782),
    doubt: rgb(0xe0a84e),
    bad: rgb(0xe5726a),
};

static LIGHT: Palette = Palette {
    ground: rgb(0xf6f7f9),
    panel: rgb(0xffffff),
    raised: rgb(0xf0f2f5),
    line: rgb(0xdde1e7),
    text: rgb(0x1f262e),
    dim: rgb(0x5d6875),
    faint: rgb(0x6d7885),
    selection: rgb(0xdcebf8),
    accent: rgb(0x1769aa),
    on_accent: rgb(0xffffff),
    good: rgb(0x2f8a5b),
    doubt: rgb(0x9a6700),
    bad: rgb(0xb3372f),
};

impl Palette {
    /// The palette of a theme.
    pub fn of(dark: bool) -> &'static Palette {
        if dark { &DARK } else { &LIGHT }
    }

    /// The palette that a `Ui` is drawn with.
    pub fn here(ui: &egui::Ui) -> &'static Palette {
        Palette::of(ui.visuals().dark_mode)
    }

    /// What a colour by name looks like. Chosen to stay apart for colour-blind eyes by lightness as well.
    pub fn hue(&self, hue: Hue) -> Color32 {
        let dark = self.panel == DARK.panel;
        let (on_dark, on_light) = match hue {
            Hue::Ochre => (0xc49a6c, 0x83602f),
            Hue::Teal => (0x4fbf9f, 0x0f766e),
            Hue::Purple => (0xc58fd6, 0x7e3f98),
            Hue::Slate => (0x8ba6c9, 0x486487),
            Hue::Blue => (0x5aa9e6, 0x1769aa),
            Hue::Gold => (0xd0b46a, 0x7a5c00),
            Hue::Green => (0x86c06c, 0x3c7526),
            Hue::Orange => (0xe8965a, 0xa34b0b),
            Hue::Pink => (0xe79bb8, 0xa83a6c),
            Hue::Red => return self.bad,
            Hue::Grey => return self.dim,
        };
        rgb(if dark { on_dark } else { on_light })
    }

    /// The colour of an end of a conversation, wherever it is shown: 0 = the client (who began), 1 = the server.
    pub fn side(&self, side: u8) -> Color32 {
        if side == 0 { self.doubt } else { self.accent }
    }

    /// A mix of this palette's panel with some of a colour: quiet grounds for verdicts.
    pub fn tint(&self, colour: Color32, share: f32) -> Color32 {
        self.panel.lerp_to_gamma(colour, share)
    }
}

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

/// Set faces, colours and measures of both themes; the system chooses which is shown.
pub fn install(ctx: &egui::Context) {
    let mut fonts = FontDefinitions::empty();
    let faces: [(&str, &'static [u8]); 3] = [
        (
            "Inter",
            include_bytes!("../../assets/fonts/Inter-Regular.otf"),
        ),
        (
            "Inter SemiBold",
            include_bytes!("../../assets/fonts/Inter-SemiBold.otf"),
        ),
        (
            "JetBrains Mono",
            include_bytes!("../../assets/fonts/JetBrainsMono-NoLigatures.ttf"),
        ),
    ];
    for (name, bytes) in faces {
        fonts
            .font_data
            .insert(name.into(), Arc::new(FontData::from_static(bytes)));
    }
    let families = [
        (FontFamily::Proportional, ["Inter", "JetBrains Mono"]),
        (FontFamily::Monospace, ["JetBrains Mono", "Inter"]),
        (
            FontFamily::Name("strong".into()),
            ["Inter SemiBold", "JetBrains Mono"],
        ),
    ];
    for (family, names) in families {
        fonts
            .families
            .insert(family, names.map(String::from).to_vec());
    }
    ctx.set_fonts(fonts);
    for (theme, dark) in [(Theme::Dark, true), (Theme::Light, false)] {
        let p = Palette::of(dark);
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

#[cfg(test)]
mod tests {
    use super::*;

    /// Relative luminance (WCAG 2.1).
    fn luminance(c: Color32) -> f64 {
        let f = |v: u8| {
            let v = f64::from(v) / 255.0;
            if v <= 0.03928 {
                v / 12.92
            } else {
                ((v + 0.055) / 1.055).powf(2.4)
            }
        };
        0.2126 * f(c.r()) + 0.7152 * f(c.g()) + 0.0722 * f(c.b())
    }

    fn contrast(a: Color32, b: Color32) -> f64 {
        let (a, b) = (luminance(a), luminance(b));
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    #[test]
    fn text_passes_wcag_aa_on_its_grounds() {
        for dark in [true, false] {
            let p = Palette::of(dark);
            for ground in [p.ground, p.panel] {
                for text in [p.text, p.dim, p.accent, p.bad, p.doubt] {
                    assert!(
                        contrast(text, ground) >= 4.4,
                        "{text:?} on {ground:?}: {:.2}",
                        contrast(text, ground)
                    );
                }
                for hue in Hue::ALL {
                    let ratio = contrast(p.hue(hue), ground);
                    assert!(ratio >= 4.4, "{hue:?} on {ground:?}: {ratio:.2}");
                    let painted = p.tint(p.hue(hue), 0.22);
                    assert!(contrast(p.text, painted) >= 4.5, "text on {hue:?}");
                }
            }
            assert!(contrast(p.text, p.selection) >= 7.0);
            assert!(contrast(p.on_accent, p.accent) >= 4.5);
        }
    }
}
