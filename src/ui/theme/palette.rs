//! The colours: light and dark, each as usual and for colour-blind eyes.

use egui::Color32;

use crate::session::colours::Hue;

/// The colours of one theme.
#[derive(Debug, PartialEq)]
pub struct Palette {
    /// Dark grounds.
    pub dark: bool,
    /// Chosen to stay apart for colour-blind eyes.
    pub safe: bool,
    /// Behind everything.
    pub ground: Color32,
    /// Panels.
    pub panel: Color32,
    /// Raised surfaces: buttons, code, the bytes of a layer.
    pub raised: Color32,
    /// Lines between panels.
    pub line: Color32,
    /// Edges of what is used: fields to write in, handles of scroll bars.
    pub edge: Color32,
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
    /// The colours of rules, in the order of [`Hue::ALL`] without red and grey.
    hues: [u32; 9],
}

const fn rgb(hex: u32) -> Color32 {
    Color32::from_rgb((hex >> 16) as u8, (hex >> 8) as u8, hex as u8)
}

static DARK: Palette = Palette {
    dark: true,
    safe: false,
    ground: rgb(0x15181d),
    panel: rgb(0x1a1e24),
    raised: rgb(0x20252c),
    line: rgb(0x2b313a),
    edge: rgb(0x687383),
    text: rgb(0xd7dce3),
    dim: rgb(0x9ca6b4),
    faint: rgb(0x949ead),
    selection: rgb(0x1f374e),
    accent: rgb(0x5fb0ee),
    on_accent: rgb(0x10151b),
    good: rgb(0x4cb782),
    doubt: rgb(0xe0a84e),
    bad: rgb(0xee857d),
    hues: [
        0x5fb0ee, 0x4fbf9f, 0x86c06c, 0xd0b46a, 0xc49a6c, 0xe8965a, 0xe79bb8, 0xc58fd6, 0x8ba6c9,
    ],
};

static LIGHT: Palette = Palette {
    dark: false,
    safe: false,
    ground: rgb(0xf6f7f9),
    panel: rgb(0xffffff),
    raised: rgb(0xf0f2f5),
    line: rgb(0xdde1e7),
    edge: rgb(0x808b98),
    text: rgb(0x1f262e),
    dim: rgb(0x525d69),
    faint: rgb(0x5a6571),
    selection: rgb(0xdcebf8),
    accent: rgb(0x1565a5),
    on_accent: rgb(0xffffff),
    good: rgb(0x1f7145),
    doubt: rgb(0x845700),
    bad: rgb(0xb3372f),
    hues: [
        0x1565a5, 0x0e7067, 0x397124, 0x7a5c00, 0x83602f, 0xa34b0b, 0xa83a6c, 0x7e3f98, 0x486487,
    ],
};

/// The same grounds; colours found by a search for the greatest difference between each two, as seen by eyes of usual sight,
/// without red cones and without green cones (Machado, Oliveira and Fernandes 2009), under the contrast that text needs.
static DARK_SAFE: Palette = Palette {
    safe: true,
    accent: rgb(0x3ea3fe),
    good: rgb(0x58f6c3),
    doubt: rgb(0xeed90d),
    bad: rgb(0xec882b),
    hues: [
        0x3ea3fe, 0x58f6c3, 0xc7e978, 0xeed90d, 0xc59c5e, 0xd98885, 0xd387ae, 0xc3beff, 0xcedef3,
    ],
    ..DARK
};

static LIGHT_SAFE: Palette = Palette {
    safe: true,
    accent: rgb(0x0967ab),
    good: rgb(0x23745a),
    doubt: rgb(0x524300),
    bad: rgb(0xb63831),
    hues: [
        0x0967ab, 0x23745a, 0x0b7839, 0x524300, 0x4d3626, 0xa55100, 0x602849, 0x4047d7, 0x536979,
    ],
    ..LIGHT
};

impl Palette {
    /// All of them.
    #[cfg(test)]
    pub const ALL: [&'static Palette; 4] = [&DARK, &LIGHT, &DARK_SAFE, &LIGHT_SAFE];

    /// The palette of a theme.
    pub fn of(dark: bool, safe: bool) -> &'static Palette {
        match (dark, safe) {
            (true, false) => &DARK,
            (false, false) => &LIGHT,
            (true, true) => &DARK_SAFE,
            (false, true) => &LIGHT_SAFE,
        }
    }

    /// The palette that a `Ui` is drawn with. The style carries it: two windows may have two.
    pub fn here(ui: &egui::Ui) -> &'static Palette {
        let visuals = ui.visuals();
        let usual = Palette::of(visuals.dark_mode, false);
        if visuals.hyperlink_color == usual.accent {
            usual
        } else {
            Palette::of(visuals.dark_mode, true)
        }
    }

    /// What a colour by name looks like. Chosen to stay apart for colour-blind eyes by lightness as well.
    pub fn hue(&self, hue: Hue) -> Color32 {
        let at = match hue {
            Hue::Blue => 0,
            Hue::Teal => 1,
            Hue::Green => 2,
            Hue::Gold => 3,
            Hue::Ochre => 4,
            Hue::Orange => 5,
            Hue::Pink => 6,
            Hue::Purple => 7,
            Hue::Slate => 8,
            Hue::Red => return self.bad,
            Hue::Grey => return self.dim,
        };
        rgb(self.hues[at])
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
