//! Every pair of text and ground, computed: WCAG 2.1 AA wants 4.5:1 for text and 3:1 for marks. And the palettes for
//! colour-blind eyes, seen with such eyes.

use egui::Color32;

use super::{Palette, ROW_TINT};
use crate::session::colours::Hue;

const TEXT: f64 = 4.5;
const MARK: f64 = 3.0;

/// A channel without gamma, 0 to 1 (WCAG 2.1's formula).
fn linear(v: u8) -> f64 {
    let v = f64::from(v) / 255.0;
    if v <= 0.03928 {
        v / 12.92
    } else {
        ((v + 0.055) / 1.055).powf(2.4)
    }
}

fn channels(c: Color32) -> [f64; 3] {
    [linear(c.r()), linear(c.g()), linear(c.b())]
}

fn contrast(a: Color32, b: Color32) -> f64 {
    let luminance = |c| {
        let [r, g, b] = channels(c);
        0.2126 * r + 0.7152 * g + 0.0722 * b
    };
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

/// The pairs that fail, in words.
fn failures() -> Vec<String> {
    let mut out = Vec::new();
    for p in Palette::ALL {
        let mut check = |text: (&str, Color32), ground: (&str, Color32), least: f64| {
            let ratio = contrast(text.1, ground.1);
            if ratio < least {
                let (dark, safe) = (p.dark, p.safe);
                out.push(format!(
                    "dark {dark}, safe {safe}: {} on {}: {ratio:.2}",
                    text.0, ground.0
                ));
            }
        };
        let words = [
            ("text", p.text),
            ("dim", p.dim),
            ("faint", p.faint),
            ("accent", p.accent),
            ("good", p.good),
            ("doubt", p.doubt),
            ("bad", p.bad),
        ];
        let hues: Vec<_> = Hue::ALL.iter().map(|h| (h.name(), p.hue(*h))).collect();
        for ground in [
            ("ground", p.ground),
            ("panel", p.panel),
            ("raised", p.raised),
            ("selection", p.selection),
        ] {
            for text in words.iter().chain(&hues) {
                check(*text, ground, TEXT);
            }
            if ground.0 != "selection" {
                check(("edge", p.edge), ground, MARK);
            }
        }
        for verdict in words.iter().skip(3) {
            // Notices, the filter bar, cards: words, and what they are about in its colour.
            let ground = ("its tint", p.tint(verdict.1, 0.12));
            check(words[0], ground, TEXT);
            check(words[1], ground, TEXT);
            check(*verdict, ground, TEXT);
        }
        for hue in hues.iter().chain(&[words[3]]) {
            // Rows with a ground: words, numbers, and the stripe and flag as marks.
            let ground = (hue.0, p.tint(hue.1, ROW_TINT));
            check(words[0], ground, TEXT);
            check(words[1], ground, TEXT);
            check(*hue, ground, MARK);
            check(words[3], ground, MARK);
        }
        check(("on the accent", p.on_accent), ("accent", p.accent), TEXT);
    }
    out
}

#[test]
fn every_text_on_every_ground_passes_wcag_aa() {
    assert_eq!(failures(), Vec::<String>::new());
}

#[test]
fn the_measure_is_wcags() {
    // From the recommendation's own examples: black on white 21:1; #777777 on white 4.48:1.
    assert!((contrast(Color32::BLACK, Color32::WHITE) - 21.0).abs() < 1e-9);
    let grey = contrast(Color32::from_gray(0x77), Color32::WHITE);
    assert!((grey - 4.48).abs() < 0.01, "{grey}");
}

/// What eyes see that lack a kind of cones (Machado, Oliveira, Fernandes 2009, severity 1): rows for red, green, blue.
const EYES: [(&str, [[f64; 3]; 3]); 3] = [
    ("usual", [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]]),
    (
        "no red cones",
        [
            [0.152286, 1.052583, -0.204868],
            [0.114503, 0.786281, 0.099216],
            [-0.003882, -0.048116, 1.051998],
        ],
    ),
    (
        "no green cones",
        [
            [0.367322, 0.860646, -0.227968],
            [0.280085, 0.672501, 0.047413],
            [-0.011820, 0.042940, 0.968881],
        ],
    ),
];

/// CIE L*a*b* (D65) of a colour seen by such eyes.
fn lab(c: Color32, eyes: &[[f64; 3]; 3]) -> [f64; 3] {
    let rgb = channels(c);
    let seen = eyes.map(|row| {
        let sum: f64 = row.iter().zip(rgb).map(|(a, b)| a * b).sum();
        sum.clamp(0.0, 1.0)
    });
    let [r, g, b] = seen;
    let x = (0.4124564 * r + 0.3575761 * g + 0.1804375 * b) / 0.95047;
    let y = 0.2126729 * r + 0.7151522 * g + 0.0721750 * b;
    let z = (0.0193339 * r + 0.1191920 * g + 0.9503041 * b) / 1.08883;
    let f = |t: f64| match t > 0.008856 {
        true => t.cbrt(),
        false => 7.787 * t + 16.0 / 116.0,
    };
    [
        116.0 * f(y) - 16.0,
        500.0 * (f(x) - f(y)),
        200.0 * (f(y) - f(z)),
    ]
}

/// The two colours that are most alike, and how far they are apart (CIE76; 2.3 can just be told apart side by side).
fn nearest(colours: &[(&str, Color32)]) -> (f64, String) {
    let mut least = (f64::MAX, String::new());
    for (name, eyes) in &EYES {
        for (i, a) in colours.iter().enumerate() {
            for b in &colours[..i] {
                let (x, y) = (lab(a.1, eyes), lab(b.1, eyes));
                let far = x
                    .iter()
                    .zip(y)
                    .map(|(x, y)| (x - y).powi(2))
                    .sum::<f64>()
                    .sqrt();
                if far < least.0 {
                    least = (far, format!("{} and {}, {name}", a.0, b.0));
                }
            }
        }
    }
    least
}

#[test]
fn the_safe_palettes_stay_apart_for_colour_blind_eyes() {
    for p in Palette::ALL.into_iter().filter(|p| p.safe) {
        let rules = Hue::ALL.into_iter().filter(|h| *h != Hue::Grey);
        let rules: Vec<_> = rules.map(|h| (h.name(), p.hue(h))).collect();
        let (far, which) = nearest(&rules);
        assert!(far > 12.0, "dark {}: {which}: {far:.1}", p.dark);
        let verdicts = [("good", p.good), ("doubt", p.doubt), ("bad", p.bad)];
        let (far, which) = nearest(&verdicts);
        assert!(far > 14.0, "dark {}: {which}: {far:.1}", p.dark);
        let sides = [("client", p.side(0)), ("server", p.side(1))];
        let (far, which) = nearest(&sides);
        assert!(far > 40.0, "dark {}: {which}: {far:.1}", p.dark);
    }
}
