//! The drawing as a picture: SVG 1.1, for papers and slides. Dark on white, whatever the window looks like.

use std::fmt::Write as _;

use super::{COLUMNS, Cell, Diagram, Piece};

/// Width of a column, in SVG units.
const COLUMN: u32 = 24;
/// Height of a row of bits.
const ROW: u32 = 44;
/// Height of a line of text.
const LINE: u32 = 28;
/// Space for the offsets on the left, and at the other edges.
const LEFT: u32 = 48;
const EDGE: u32 = 12;
/// Height of title and ruler.
const TITLE: u32 = 32;
const RULER: u32 = 22;

/// The picture.
pub fn svg(diagram: &Diagram) -> String {
    let row_height = if diagram.ruled { ROW } else { LINE };
    let top = TITLE + if diagram.ruled { RULER } else { 0 };
    let rows = diagram.rows.len() as u32;
    let foot = if diagram.left_out > 0 { 24 } else { 0 };
    let width = LEFT + COLUMNS * COLUMN + EDGE;
    let height = top + rows * row_height + foot + EDGE;
    let mut out = String::new();
    let _ = write!(
        out,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" \
         viewBox=\"0 0 {width} {height}\" font-family=\"Inter, Helvetica, Arial, sans-serif\" font-size=\"12\">\n\
         <rect width=\"{width}\" height=\"{height}\" fill=\"#ffffff\"/>\n"
    );
    text(
        &mut out,
        (LEFT, 21),
        "start",
        15,
        "#1f262e",
        "600",
        &diagram.title,
    );
    if diagram.ruled {
        for bit in 0..COLUMNS {
            let x = LEFT + bit * COLUMN + COLUMN / 2;
            let weight = if bit % 8 == 0 { "600" } else { "400" };
            text(
                &mut out,
                (x, TITLE + 14),
                "middle",
                10,
                "#5d6875",
                weight,
                &bit.to_string(),
            );
        }
    }
    for (row, byte) in diagram.rows.iter().enumerate() {
        let y = top + row as u32 * row_height + row_height / 2 + 4;
        text(
            &mut out,
            (LEFT - 8, y),
            "end",
            10,
            "#5d6875",
            "400",
            &byte.to_string(),
        );
    }
    // Rows are left out between these.
    for (row, pair) in diagram.rows.windows(2).enumerate() {
        if let [a, b] = pair
            && diagram.ruled
            && b - a > 4
        {
            let y = top + (row as u32 + 1) * row_height + 4;
            text(
                &mut out,
                (LEFT - 12, y),
                "middle",
                12,
                "#5d6875",
                "400",
                "⋮",
            );
        }
    }
    for cell in &diagram.cells {
        let _ = writeln!(out, "<g><title>{}</title>", Escaped(&cell.spoken()));
        outline(&mut out, cell, top, row_height);
        words(&mut out, cell, top, row_height);
        out.push_str("</g>\n");
    }
    if diagram.left_out > 0 {
        let rest = format!("{} more bytes", diagram.left_out);
        let y = top + rows * row_height + 18;
        text(&mut out, (LEFT, y), "start", 12, "#5d6875", "400", &rest);
    }
    out.push_str("</svg>\n");
    out
}

/// The pieces with a line around all of them together.
fn outline(out: &mut String, cell: &Cell, top: u32, row_height: u32) {
    for piece in &cell.pieces {
        let (x, y) = corner(*piece, top, row_height);
        let _ = writeln!(
            out,
            "<rect x=\"{x}\" y=\"{y}\" width=\"{}\" height=\"{}\" fill=\"#ffffff\"/>",
            piece.columns * COLUMN,
            piece.rows * row_height
        );
    }
    for [(x1, y1), (x2, y2)] in cell.border() {
        let _ = writeln!(
            out,
            "<line x1=\"{}\" y1=\"{}\" x2=\"{}\" y2=\"{}\" stroke=\"#1f262e\"/>",
            LEFT + x1 * COLUMN,
            top + y1 * row_height,
            LEFT + x2 * COLUMN,
            top + y2 * row_height
        );
    }
}

fn corner(piece: Piece, top: u32, row_height: u32) -> (u32, u32) {
    (LEFT + piece.column * COLUMN, top + piece.row * row_height)
}

/// Name and value, as far as there is room.
fn words(out: &mut String, cell: &Cell, top: u32, row_height: u32) {
    let Some(piece) = cell.widest() else { return };
    let (x, y) = corner(piece, top, row_height);
    let width = piece.columns * COLUMN;
    let middle = x + width / 2;
    if row_height == LINE {
        let line = fit(&cell.line(), width.saturating_sub(16), 12);
        text(
            out,
            (x + 8, y + LINE / 2 + 4),
            "start",
            12,
            "#1f262e",
            "400",
            &line,
        );
        return;
    }
    let centre = y + piece.rows * row_height / 2;
    let size = if piece.columns < 3 { 9 } else { 11 };
    let room = width.saturating_sub(4);
    let name = if cell.label.chars().count() as u32 * size * 11 / 20 <= room {
        cell.label.clone()
    } else if piece.columns < 3 {
        fit(&cell.short, room, size)
    } else {
        fit(&cell.label, room, size)
    };
    if cell.value.is_empty() {
        text(
            out,
            (middle, centre + 4),
            "middle",
            size,
            "#5d6875",
            "400",
            &name,
        );
        return;
    }
    text(
        out,
        (middle, centre - 5),
        "middle",
        size,
        "#5d6875",
        "400",
        &name,
    );
    let value = fit(&cell.value, room, 12);
    text(
        out,
        (middle, centre + 12),
        "middle",
        12,
        "#1f262e",
        "600",
        &value,
    );
}

/// As many characters as fit, with letters of usual width.
fn fit(text: &str, width: u32, size: u32) -> String {
    let most = (width * 20 / (size * 11)) as usize;
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let mut out: String = text.chars().take(most.saturating_sub(1)).collect();
    if most > 1 {
        out.push('…');
    }
    out
}

fn text(
    out: &mut String,
    (x, y): (u32, u32),
    anchor: &str,
    size: u32,
    fill: &str,
    weight: &str,
    text: &str,
) {
    let _ = writeln!(
        out,
        "<text x=\"{x}\" y=\"{y}\" text-anchor=\"{anchor}\" font-size=\"{size}\" fill=\"{fill}\" font-weight=\"{weight}\">{}</text>",
        Escaped(text)
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

impl Cell {
    /// Name and value in a line; a line of text stands for itself.
    pub fn line(&self) -> String {
        if self.value.is_empty() {
            self.label.clone()
        } else {
            format!("{}: {}", self.label, self.value)
        }
    }

    /// The line around all its pieces, in columns and rows: no line where two of them touch.
    pub fn border(&self) -> Vec<[(u32, u32); 2]> {
        let mut lines = Vec::new();
        for (i, p) in self.pieces.iter().enumerate() {
            let (left, right) = (p.column, p.column + p.columns);
            let (above, below) = (p.row, p.row + p.rows);
            lines.push([(left, above), (left, below)]);
            lines.push([(right, above), (right, below)]);
            let before = i.checked_sub(1).and_then(|i| self.pieces.get(i));
            let behind = self.pieces.get(i + 1);
            for (y, other) in [
                (above, before.filter(|o| o.row + o.rows == above)),
                (below, behind.filter(|o| o.row == below)),
            ] {
                let (from, to) = other.map_or((left, left), |o| {
                    (o.column.max(left), (o.column + o.columns).min(right))
                });
                // Pieces may be neighbours by row and lie apart all the same.
                if from >= to {
                    lines.push([(left, y), (right, y)]);
                    continue;
                }
                for (a, b) in [(left, from), (to, right)] {
                    if a < b {
                        lines.push([(a, y), (b, y)]);
                    }
                }
            }
        }
        lines
    }
}
