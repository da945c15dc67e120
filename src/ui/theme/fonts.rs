//! The faces: Inter for words, JetBrains Mono for bytes, and behind them faces for other scripts. Their origin and licences are
//! told in `assets/fonts/README.md`.

use std::sync::Arc;

use egui::{FontData, FontDefinitions, FontFamily, FontTweak};

use crate::session::preferences::USUAL_SIZE;

macro_rules! face {
    ($name:literal, $file:literal) => {
        (
            $name,
            include_bytes!(concat!("../../../assets/fonts/", $file)) as &'static [u8],
        )
    };
}

const WORDS: (&str, &[u8]) = face!("Inter", "Inter-Regular.otf");
const STRONG: (&str, &[u8]) = face!("Inter SemiBold", "Inter-SemiBold.otf");
const MONO: (&str, &[u8]) = face!("JetBrains Mono", "JetBrainsMono-NoLigatures.ttf");

/// Where a character is looked for that the face itself does not have, in this order.
const OTHERS: &[(&str, &[u8])] = &[
    face!("Noto Sans", "noto/NotoSans-Regular.ttf"),
    face!("Noto Sans Symbols", "noto/NotoSansSymbols-Regular.ttf"),
    face!("Noto Sans Symbols 2", "noto/NotoSansSymbols2-Regular.ttf"),
    face!("Noto Sans Math", "noto/NotoSansMath-Regular.ttf"),
    face!("Noto Sans Hebrew", "noto/NotoSansHebrew-Regular.ttf"),
    face!("Noto Sans Arabic", "noto/NotoSansArabic-Regular.ttf"),
    face!(
        "Noto Sans Devanagari",
        "noto/NotoSansDevanagari-Regular.ttf"
    ),
    face!("Noto Sans Bengali", "noto/NotoSansBengali-Regular.ttf"),
    face!("Noto Sans Tamil", "noto/NotoSansTamil-Regular.ttf"),
    face!("Noto Sans Telugu", "noto/NotoSansTelugu-Regular.ttf"),
    face!("Noto Sans Gujarati", "noto/NotoSansGujarati-Regular.ttf"),
    face!("Noto Sans Gurmukhi", "noto/NotoSansGurmukhi-Regular.ttf"),
    face!("Noto Sans Kannada", "noto/NotoSansKannada-Regular.ttf"),
    face!("Noto Sans Malayalam", "noto/NotoSansMalayalam-Regular.ttf"),
    face!("Noto Sans Thai", "noto/NotoSansThai-Regular.ttf"),
    face!("Noto Sans Georgian", "noto/NotoSansGeorgian-Regular.ttf"),
    face!("Noto Sans Armenian", "noto/NotoSansArmenian-Regular.ttf"),
    face!("Noto Sans Ethiopic", "noto/NotoSansEthiopic-Regular.ttf"),
    face!("Droid Sans Fallback", "DroidSansFallback.ttf"),
];

/// Which face is for what, at these sizes (points).
pub fn definitions(words: u8, mono: u8) -> FontDefinitions {
    let mut fonts = FontDefinitions::empty();
    // Everything is drawn for the usual size; another is a scale of the face.
    let scale = |size: u8| f32::from(size) / f32::from(USUAL_SIZE);
    let mut add = |name: &str, bytes: &'static [u8], scale: f32| {
        let data = FontData::from_static(bytes).tweak(FontTweak {
            scale,
            ..FontTweak::default()
        });
        fonts.font_data.insert(name.to_owned(), Arc::new(data));
    };
    for (name, bytes) in [WORDS, STRONG].into_iter().chain(OTHERS.iter().copied()) {
        add(name, bytes, scale(words));
    }
    add(MONO.0, MONO.1, scale(mono));
    let others = || OTHERS.iter().map(|(name, _)| *name);
    let families = [
        (FontFamily::Proportional, [WORDS.0, MONO.0]),
        (FontFamily::Monospace, [MONO.0, WORDS.0]),
        (FontFamily::Name("strong".into()), [STRONG.0, MONO.0]),
    ];
    for (family, first) in families {
        let names = first.into_iter().chain(others());
        fonts
            .families
            .insert(family, names.map(String::from).collect());
    }
    fonts
}

#[cfg(test)]
mod tests {
    use egui::FontId;

    /// Texts of many scripts, and the signs that the program itself writes.
    const TEXTS: &[(&str, &str)] = &[
        ("Latin", "Straße, naïve, Łódź, İstanbul, Tiếng Việt"),
        ("Greek", "Καλημέρα κόσμε, ἄνθρωπος"),
        ("Cyrillic", "Привет, мир! Київ, Ћирилица"),
        ("Hebrew", "שלום עולם"),
        ("Arabic", "مرحبا بالعالم"),
        ("Devanagari", "नमस्ते दुनिया"),
        ("Bengali", "ওহে বিশ্ব"),
        ("Tamil", "வணக்கம்"),
        ("Telugu", "నమస్కారం"),
        ("Thai", "สวัสดีชาวโลก"),
        ("Georgian", "გამარჯობა"),
        ("Armenian", "Բարեւ"),
        ("Ethiopic", "ሰላም"),
        ("Chinese", "你好，世界。漢字"),
        ("Japanese", "こんにちは世界 カタカナ"),
        ("Korean", "안녕하세요 세계"),
        ("arrows", "←↑→↓↔↕⇄⇐⇒⟶▲▼◀▶▸▾"),
        ("signs", "…–—·×•●○✓✗⚠≤≥≠≈∞√½²⌘⌥⇧⏎"),
        ("drawing", "─│┌┐└┘├┤┬┴┼═║█░"),
        ("money", "€£¥₹₽₿"),
    ];

    /// Draw nothing once, so that the fonts are there.
    fn frame(ctx: &egui::Context) {
        let mut output = ctx.run_ui(egui::RawInput::default(), |_| {});
        // Nobody paints with these textures.
        output.textures_delta.clear();
    }

    #[test]
    fn every_face_holds_arrows_and_the_scripts_of_the_world() {
        let ctx = egui::Context::default();
        ctx.set_fonts(super::definitions(13, 13));
        frame(&ctx);
        for font in [
            FontId::proportional(13.0),
            FontId::monospace(13.0),
            crate::ui::theme::strong(13.0),
        ] {
            for (script, text) in TEXTS {
                for c in text.chars() {
                    let has = ctx.fonts_mut(|fonts| fonts.has_glyph(&font, c));
                    assert!(has, "{:?} has no {c} ({script})", font.family);
                }
            }
        }
    }

    #[test]
    fn a_larger_face_takes_more_room() {
        let width = |size: u8| {
            let ctx = egui::Context::default();
            ctx.set_fonts(super::definitions(size, 13));
            frame(&ctx);
            let width = |font: FontId| {
                ctx.fonts_mut(|fonts| {
                    let galley = fonts.layout_no_wrap("wide".into(), font, egui::Color32::WHITE);
                    galley.size().x
                })
            };
            (
                width(FontId::proportional(13.0)),
                width(FontId::monospace(13.0)),
            )
        };
        let (usual, large) = (width(13), width(16));
        assert!(large.0 > usual.0 * 1.1, "{usual:?} {large:?}");
        assert_eq!(large.1, usual.1, "bytes have a size of their own");
    }
}
