//! The ladder as a picture: SVG 1.1, in light or dark colours.

use std::fmt::Write as _;
use std::ops::Range;

use super::layout::{self, Align, Face, Ink, Scale, Shape, Sheet, Text};
use super::{End, Ladder};

/// How the picture is made.
#[derive(Clone, Copy, Debug)]
pub struct Look {
    /// Width in points.
    pub width: f32,
    /// How large everything is.
    pub scale: Scale,
    /// The numbers on the wire stand beside the relative ones.
    pub absolute: bool,
    /// Light on dark.
    pub dark: bool,
}

impl Default for Look {
    fn default() -> Look {
        Look {
            width: 1000.0,
            scale: Scale::Usual,
            absolute: true,
            dark: false,
        }
    }
}

/// More rows are not drawn into one picture.
pub const MOST_ROWS: usize = 2048;

/// Width and height of the picture of these rows, in points.
pub fn size(ladder: &Ladder, rows: &Range<usize>, look: &Look) -> [f32; 2] {
    let sheet = Sheet::new(ladder, look.width, look.scale, look.absolute);
    let rows = rows.len().min(MOST_ROWS) as f32;
    let foot = sheet.row_height() * 0.7;
    [
        look.width,
        sheet.head_height() + rows * sheet.row_height() + foot,
    ]
}

/// The picture of these rows, at most [`MOST_ROWS`]; those that are not in memory are left empty.
pub fn svg(ladder: &Ladder, rows: Range<usize>, look: &Look) -> String {
    let rows = rows.start.min(ladder.len())..rows.end.min(ladder.len());
    let drawn = rows.start..rows.end.min(rows.start.saturating_add(MOST_ROWS));
    let sheet = Sheet::new(ladder, look.width, look.scale, look.absolute);
    let [width, height] = size(ladder, &drawn, look);
    let ends: Vec<Option<End>> = match drawn.end.checked_sub(1) {
        Some(last) => ladder.ends_at(last),
        None => Vec::new(),
    };
    let mut out = String::new();
    let _ = writeln!(
        out,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\">"
    );
    let _ = writeln!(out, "<title>{}</title>", Escaped(&ladder.title));
    let _ = writeln!(
        out,
        "<rect width=\"{width}\" height=\"{height}\" fill=\"{}\"/>",
        colour(Ink::Ground, look.dark)
    );
    let put = |out: &mut String, shapes: &[Shape]| {
        for shape in shapes {
            write_shape(out, shape, look.dark);
        }
    };
    put(&mut out, &layout::head(&sheet, ladder, &ends));
    let top = sheet.head_height();
    let foot = sheet.row_height() * 0.7;
    put(
        &mut out,
        &layout::lines(
            &sheet,
            ladder,
            top - sheet.row_height() * 0.15,
            height - foot * 0.5,
        ),
    );
    let each = |out: &mut String, texts: bool| {
        for (n, row) in drawn.clone().enumerate() {
            let Some(arrow) = ladder.arrow(row) else {
                continue;
            };
            let y = top + n as f32 * sheet.row_height();
            let laid = layout::row(&sheet, ladder, row, arrow, y, 1.0, false);
            if texts {
                let _ = writeln!(
                    out,
                    "<g><title>{}</title>",
                    Escaped(&arrow.in_words(ladder))
                );
                put(out, &laid.before);
                out.push_str("</g>\n");
            } else {
                put(out, &laid.behind);
            }
        }
    };
    each(&mut out, false);
    each(&mut out, true);
    let more = rows.len() - drawn.len();
    if more > 0 {
        let text = Text {
            at: [width / 2.0, height - foot * 0.35],
            align: Align::Centre,
            size: 12.0,
            face: Face::Words,
            ink: Ink::Dim,
            text: format!("and {more} more packets"),
            room: width,
            covers: true,
        };
        write_shape(&mut out, &Shape::Text(text), look.dark);
    }
    out.push_str("</svg>\n");
    out
}

/// The colours of the window's themes.
fn colour(ink: Ink, dark: bool) -> &'static str {
    let (on_dark, on_light) = match ink {
        Ink::Ground => ("#15181d", "#ffffff"),
        Ink::Raised => ("#20252c", "#f0f2f5"),
        Ink::Selection => ("#24405a", "#dcebf8"),
        Ink::Line => ("#4a5360", "#b9c0ca"),
        Ink::Text => ("#d7dce3", "#1f262e"),
        Ink::Dim => ("#8a94a3", "#5d6875"),
        Ink::Faint => ("#7a8493", "#6d7885"),
        Ink::Bad => ("#e5726a", "#b3372f"),
        Ink::Doubt => ("#e0a84e", "#9a6700"),
        Ink::Side(side) => match side % 6 {
            0 => ("#e0a84e", "#9a6700"),
            1 => ("#5aa9e6", "#1769aa"),
            2 => ("#4fbf9f", "#0f766e"),
            3 => ("#c58fd6", "#7e3f98"),
            4 => ("#86c06c", "#3c7526"),
            _ => ("#e79bb8", "#a83a6c"),
        },
    };
    if dark { on_dark } else { on_light }
}

/// About how wide a text is: of proportional faces only the middle is known.
fn width_of(text: &str, face: Face, size: f32) -> f32 {
    let each = match face {
        Face::Mono => 0.6,
        Face::Words => 0.55,
        Face::Strong => 0.58,
    };
    text.chars().count() as f32 * size * each
}

/// As many letters as fit.
fn fit(text: &Text) -> String {
    if width_of(&text.text, text.face, text.size) <= text.room + 0.5 {
        return text.text.clone();
    }
    let one = width_of("n", text.face, text.size);
    let most = (text.room / one) as usize;
    let mut out: String = text.text.chars().take(most.saturating_sub(1)).collect();
    if most > 0 {
        out.push('…');
    }
    out
}

fn write_shape(out: &mut String, shape: &Shape, dark: bool) {
    match shape {
        Shape::Line {
            from,
            to,
            width,
            ink,
            dashed,
        } => {
            let dash = match dashed {
                true => format!(
                    " stroke-dasharray=\"{:.1} {:.1}\"",
                    width * 4.0,
                    width * 3.0
                ),
                false => String::new(),
            };
            let _ = writeln!(
                out,
                "<line x1=\"{:.1}\" y1=\"{:.1}\" x2=\"{:.1}\" y2=\"{:.1}\" stroke=\"{}\" stroke-width=\"{width:.1}\"{dash}/>",
                from[0],
                from[1],
                to[0],
                to[1],
                colour(*ink, dark)
            );
        }
        Shape::Tip { corners, ink } => {
            let [a, b, c] = corners;
            let _ = writeln!(
                out,
                "<polygon points=\"{:.1},{:.1} {:.1},{:.1} {:.1},{:.1}\" fill=\"{}\"/>",
                a[0],
                a[1],
                b[0],
                b[1],
                c[0],
                c[1],
                colour(*ink, dark)
            );
        }
        Shape::Box {
            at,
            size,
            round,
            ink,
        } => {
            let _ = writeln!(
                out,
                "<rect x=\"{:.1}\" y=\"{:.1}\" width=\"{:.1}\" height=\"{:.1}\" rx=\"{round:.1}\" fill=\"{}\"/>",
                at[0],
                at[1],
                size[0],
                size[1],
                colour(*ink, dark)
            );
        }
        Shape::Text(text) => write_text(out, text, dark),
    }
}

fn write_text(out: &mut String, text: &Text, dark: bool) {
    let words = fit(text);
    if words.is_empty() {
        return;
    }
    let (family, weight) = match text.face {
        Face::Mono => ("JetBrains Mono, monospace", "400"),
        Face::Words => ("Inter, Helvetica, Arial, sans-serif", "400"),
        Face::Strong => (
            "Inter Semi Bold, Inter, Helvetica, Arial, sans-serif",
            "600",
        ),
    };
    let anchor = match text.align {
        Align::Left => "start",
        Align::Centre => "middle",
        Align::Right => "end",
    };
    // A stroke in the ground's colour keeps lines away from letters, whatever their widths.
    let halo = match text.covers {
        true => format!(
            " paint-order=\"stroke\" stroke=\"{}\" stroke-width=\"{:.1}\" stroke-linejoin=\"round\"",
            colour(Ink::Ground, dark),
            text.size * 0.4
        ),
        false => String::new(),
    };
    let _ = writeln!(
        out,
        "<text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"{anchor}\" font-family=\"{family}\" font-size=\"{}\" font-weight=\"{weight}\" fill=\"{}\" xml:space=\"preserve\"{halo}>{}</text>",
        text.at[0],
        text.at[1] + text.size * 0.36,
        text.size,
        colour(text.ink, dark),
        Escaped(&words)
    );
}

/// Text as it may stand in XML; what XML has no place for becomes a blank.
struct Escaped<'a>(&'a str);

impl std::fmt::Display for Escaped<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for c in self.0.chars() {
            match c {
                '&' => f.write_str("&amp;")?,
                '<' => f.write_str("&lt;")?,
                '>' => f.write_str("&gt;")?,
                '"' => f.write_str("&quot;")?,
                c if (c as u32) < 0x20 || c == '\u{fffe}' || c == '\u{ffff}' => f.write_str(" ")?,
                c => f.write_str(c.encode_utf8(&mut [0; 4]))?,
            }
        }
        Ok(())
    }
}
