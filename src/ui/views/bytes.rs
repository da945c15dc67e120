//! The bytes: offset, hexadecimal in two groups of eight, characters. A tab for each buffer of the packet.

use egui::{Align2, CornerRadius, Pos2, Rect, Sense, Ui, Vec2};

use crate::dissect::tree::{HIDDEN, PROTOCOL};
use crate::dissect::{Node, Tree};
use crate::session::Detail;
use crate::ui::theme::{EDGE, LINE_HEIGHT, Palette, mono, words};
use crate::ui::widgets::row_list::{BAR, RowList};

/// Bytes in a line, where there is room for them; half as many where there is not.
const WIDTH: usize = 16;

/// The pane's own state.
#[derive(Default)]
pub struct Bytes {
    /// Which buffer is shown: 0 = the frame.
    pub buffer: u8,
    /// Where it stands.
    pub list: RowList,
    /// A byte to bring into sight at the next drawing.
    reveal: Option<u32>,
}

impl Bytes {
    /// Draw the tabs and the bytes; returns the node that the user chose by its byte. `menu` draws the context menu of a
    /// node.
    pub fn show(
        &mut self,
        ui: &mut Ui,
        detail: &Detail,
        chosen: Option<usize>,
        menu: &mut dyn FnMut(&mut Ui, usize),
    ) -> Option<usize> {
        let palette = Palette::here(ui);
        let tree = &detail.tree;
        if usize::from(self.buffer) > tree.buffers.len() {
            self.buffer = 0;
        }
        self.tabs(ui, detail);
        let bytes = tree.buffer(&detail.bytes, self.buffer);
        let cell = ui
            .painter()
            .layout_no_wrap("0".into(), mono(13.0), palette.text)
            .size()
            .x;
        let digits = if bytes.len() > 0x1_0000 { 8 } else { 4 };
        let room = ui.available_width() - BAR;
        let full = Grid {
            cell,
            origin: EDGE,
            digits,
            width: WIDTH,
        };
        let width = if full.text(WIDTH) <= room {
            WIDTH
        } else {
            WIDTH / 2
        };
        if let Some(byte) = self.reveal.take() {
            self.list.reveal(u64::from(byte) / width as u64);
        }
        let lines = bytes.len().div_ceil(width) as u64;
        let sight = self.list.show(ui, "bytes", lines, LINE_HEIGHT);
        let painter = ui.painter_at(sight.area);
        let grid = Grid {
            cell,
            origin: sight.area.min.x + EDGE,
            digits,
            width,
        };
        let (field, layer) = marked(tree, chosen, self.buffer);
        for (i, at) in sight.rows.clone().enumerate() {
            let start = at as usize * width;
            let line = &bytes[start..bytes.len().min(start + width)];
            let y = sight.y + i as f32 * LINE_HEIGHT;
            mark(
                &painter,
                &grid,
                y,
                start,
                line.len(),
                &layer,
                palette.raised,
            );
            mark(
                &painter,
                &grid,
                y,
                start,
                line.len(),
                &field,
                palette.accent,
            );
            let middle = y + LINE_HEIGHT / 2.0;
            let offset = format!("{start:0digits$x}");
            painter.text(
                Pos2::new(grid.origin, middle),
                Align2::LEFT_CENTER,
                offset,
                mono(13.0),
                palette.faint,
            );
            let colour = |index: usize| {
                if field.contains(&index) {
                    palette.on_accent
                } else {
                    palette.text
                }
            };
            for (column, byte) in line.iter().enumerate() {
                let colour = colour(start + column);
                let hex = HEX[usize::from(*byte)].as_str();
                painter.text(
                    Pos2::new(grid.hex(column), middle),
                    Align2::LEFT_CENTER,
                    hex,
                    mono(13.0),
                    colour,
                );
                let (c, quiet) = if (0x20..0x7f).contains(byte) {
                    (char::from(*byte), false)
                } else {
                    ('.', true)
                };
                let colour = if quiet && !field.contains(&(start + column)) {
                    palette.faint
                } else {
                    colour
                };
                painter.text(
                    Pos2::new(grid.text(column), middle),
                    Align2::LEFT_CENTER,
                    c,
                    mono(13.0),
                    colour,
                );
            }
        }
        if bytes.is_empty() {
            painter.text(
                sight.area.min + Vec2::new(EDGE, 8.0),
                Align2::LEFT_TOP,
                "No bytes.",
                words(13.0),
                palette.dim,
            );
        }
        let pointer = sight
            .response
            .interact_pointer_pos()
            .filter(|_| sight.response.clicked() || sight.response.secondary_clicked());
        let offset = pointer.and_then(|p| {
            let line = ((p.y - sight.y) / LINE_HEIGHT).floor().max(0.0) as usize
                + sight.rows.start as usize;
            let offset = line * width + grid.column(p.x)?;
            (offset < bytes.len()).then_some(offset)
        });
        let picked = offset.and_then(|o| node_at(tree, self.buffer, u32::try_from(o).ok()?));
        if let Some(node) = picked.or(chosen) {
            sight.response.context_menu(|ui| menu(ui, node));
        }
        picked
    }

    /// Bring the bytes of a node into sight, in its buffer.
    pub fn reveal(&mut self, node: &Node) {
        if node.len > 0 {
            self.buffer = node.buffer;
            self.reveal = Some(node.start);
        }
    }

    fn tabs(&mut self, ui: &mut Ui, detail: &Detail) {
        let palette = Palette::here(ui);
        ui.horizontal(|ui| {
            ui.add_space(EDGE);
            let frame = ("Frame", detail.bytes.len());
            let others = detail.tree.buffers.iter().map(|b| (b.title, b.bytes.len()));
            for (i, (title, len)) in std::iter::once(frame).chain(others).enumerate() {
                let chosen = usize::from(self.buffer) == i;
                let text = format!("{title} ({len})");
                if tab(ui, &text, chosen, palette) {
                    self.buffer = u8::try_from(i).unwrap_or(0);
                    self.list = RowList::default();
                }
            }
        });
    }
}

/// A tab: words, underlined when chosen. Says whether it was clicked.
pub fn tab(ui: &mut Ui, text: &str, chosen: bool, palette: &Palette) -> bool {
    let colour = if chosen { palette.text } else { palette.dim };
    let galley = ui
        .painter()
        .layout_no_wrap(text.to_owned(), words(13.0), colour);
    let (rect, response) = ui.allocate_exact_size(Vec2::new(galley.size().x, 28.0), Sense::click());
    response.widget_info(|| egui::WidgetInfo::selected(egui::Role::Tab, true, chosen, text));
    let at = Pos2::new(rect.min.x, rect.center().y - galley.size().y / 2.0);
    ui.painter().galley(at, galley, colour);
    if chosen {
        let line = Rect::from_min_max(Pos2::new(rect.min.x, rect.max.y - 2.0), rect.max);
        ui.painter().rect_filled(line, 0, palette.accent);
    }
    ui.add_space(8.0);
    response.clicked()
}

/// Where the columns are.
struct Grid {
    cell: f32,
    origin: f32,
    digits: usize,
    /// Bytes in a line.
    width: usize,
}

impl Grid {
    fn hex(&self, column: usize) -> f32 {
        let gap = if column >= 8 { 1.0 } else { 0.0 };
        self.origin + self.cell * (self.digits as f32 + 2.0 + column as f32 * 3.0 + gap)
    }

    fn text(&self, column: usize) -> f32 {
        let gap = if column >= 8 { 0.5 } else { 0.0 };
        self.origin
            + self.cell
                * (self.digits as f32 + 2.0 + self.width as f32 * 3.0 + 2.0 + column as f32 + gap)
    }

    /// The column under a point, in either half.
    fn column(&self, x: f32) -> Option<usize> {
        let half = self.cell / 2.0;
        (0..self.width).find(|c| {
            let hex = self.hex(*c);
            let text = self.text(*c);
            (hex - half..hex + self.cell * 2.5).contains(&x)
                || (text..text + self.cell).contains(&x)
        })
    }
}

/// Paint the ground of marked bytes of one line.
fn mark(
    painter: &egui::Painter,
    grid: &Grid,
    y: f32,
    start: usize,
    len: usize,
    marked: &std::ops::Range<usize>,
    colour: egui::Color32,
) {
    let from = marked.start.max(start);
    let to = marked.end.min(start + len);
    if from >= to {
        return;
    }
    let (a, b) = (from - start, to - start - 1);
    let pad = grid.cell * 0.35;
    let corner = CornerRadius::same(2);
    let band = |x1: f32, x2: f32| {
        Rect::from_min_max(Pos2::new(x1, y + 2.0), Pos2::new(x2, y + LINE_HEIGHT - 2.0))
    };
    painter.rect_filled(
        band(grid.hex(a) - pad, grid.hex(b) + grid.cell * 2.0 + pad),
        corner,
        colour,
    );
    painter.rect_filled(band(grid.text(a), grid.text(b) + grid.cell), corner, colour);
}

/// The bytes of the chosen field and those of its protocol, in the buffer shown.
fn marked(
    tree: &Tree,
    chosen: Option<usize>,
    buffer: u8,
) -> (std::ops::Range<usize>, std::ops::Range<usize>) {
    let range = |node: &Node| {
        if node.buffer == buffer {
            node.start as usize..(node.start as usize + node.len as usize)
        } else {
            0..0
        }
    };
    let Some(at) = chosen.filter(|c| *c < tree.nodes.len()) else {
        return (0..0, 0..0);
    };
    let layer = tree.nodes[..=at]
        .iter()
        .rev()
        .find(|n| n.depth == 0 && n.is(PROTOCOL));
    // The frame's own node covers everything: no layer to set off.
    let layer = layer
        .filter(|n| n.field.abbrev != "frame")
        .map_or(0..0, range);
    (range(&tree.nodes[at]), layer)
}

/// The field at a byte: the one with the fewest bytes, the outer one of equals. Bit fields only where nothing else reads the
/// byte, and then the group that holds them.
pub fn node_at(tree: &Tree, buffer: u8, offset: u32) -> Option<usize> {
    let covers = |n: &Node| {
        n.buffer == buffer
            && !n.is(HIDDEN)
            && n.start <= offset
            && offset < n.start.saturating_add(n.len)
    };
    let rank = |i: &usize| {
        let node = &tree.nodes[*i];
        let bits = node.field.mask != 0;
        let level = if bits { node.depth } else { 0 };
        (node.depth == 0, bits, level, node.len, node.depth, *i)
    };
    (0..tree.nodes.len())
        .filter(|i| covers(&tree.nodes[*i]))
        .min_by_key(rank)
}

/// The 256 bytes in hexadecimal, made once: painting makes no strings.
static HEX: std::sync::LazyLock<Vec<String>> =
    std::sync::LazyLock::new(|| (0..=255u8).map(|b| format!("{b:02x}")).collect());
