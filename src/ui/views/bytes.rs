//! The bytes: offset, hexadecimal in groups of eight or bits, characters. A tab for each buffer of the packet. Dragging selects.

use egui::{Align2, CornerRadius, Key, Modifiers, Pos2, Rect, Sense, StrokeKind, Ui, Vec2};

use crate::dissect::text::label;
use crate::dissect::tree::{HIDDEN, PROTOCOL};
use crate::dissect::{Node, Tree};
use crate::session::Detail;
use crate::ui::theme::{EDGE, LINE_HEIGHT, Palette, mono, words};
use crate::ui::widgets::row_list::{BAR, RowList};
use crate::ui::widgets::row_menu::{context_menu, menu_keys};

/// Bytes in a line: the first for which there is room.
const WIDTHS: [usize; 3] = [32, 16, 8];
/// The same where each byte is eight bits.
const BIT_WIDTHS: [usize; 3] = [16, 8, 4];

/// The pane's own state.
#[derive(Default)]
pub struct Bytes {
    /// Which buffer is shown: 0 = the frame.
    pub buffer: u8,
    /// Where it stands.
    pub list: RowList,
    /// Bytes are shown as bits.
    pub bits: bool,
    /// The bytes of the buffer shown that were selected by dragging: where it began, and where it is.
    selection: Option<(usize, usize)>,
    /// A byte to bring into sight at the next drawing.
    reveal: Option<u32>,
    /// Whether keys are for the bytes.
    pub focused: bool,
    /// The byte that the keys are at.
    cursor: Option<usize>,
}

impl Bytes {
    /// Draw the tabs and the bytes; returns the node that the user chose by its byte. `keys`: they are free; `menu` draws the
    /// context menu of a node.
    pub fn show(
        &mut self,
        ui: &mut Ui,
        detail: &Detail,
        chosen: Option<usize>,
        keys: bool,
        menu: &mut dyn FnMut(&mut Ui, usize),
    ) -> Option<usize> {
        let palette = Palette::here(ui);
        let tree = &detail.tree;
        let keys = keys && self.focused;
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
        let widths = if self.bits { BIT_WIDTHS } else { WIDTHS };
        let unit = if self.bits { 9.0 } else { 3.0 };
        let grid_of = |width: usize, origin: f32| Grid {
            cell,
            origin,
            digits,
            width,
            unit,
        };
        let fits = |width: &usize| grid_of(*width, EDGE).text(*width) <= room;
        let width = widths.into_iter().find(fits).unwrap_or(widths[2]);
        let here = chosen
            .and_then(|c| tree.nodes.get(c))
            .filter(|n| n.buffer == self.buffer && n.len > 0)
            .map_or(0, |n| n.start as usize);
        let moved = if keys {
            self.cursor_keys(ui, here, bytes.len(), width)
        } else {
            None
        };
        if let Some(byte) = self.reveal.take() {
            self.list.reveal(u64::from(byte) / width as u64);
        }
        let lines = bytes.len().div_ceil(width) as u64;
        let sight = self.list.show(ui, "bytes", lines, LINE_HEIGHT);
        let painter = ui.painter_at(sight.area);
        let grid = grid_of(width, sight.area.min.x + EDGE);
        let response = ui.interact(
            sight.area,
            ui.scope_id().with("select bytes"),
            Sense::click_and_drag(),
        );
        let byte_at = |p: Pos2, near: bool| {
            let line = ((p.y - sight.y) / LINE_HEIGHT).floor().max(0.0) as usize
                + sight.rows.start as usize;
            let column = grid.column(p.x).or(near.then(|| grid.nearest(p.x)))?;
            let offset = line * width + column;
            if near {
                Some(offset.min(bytes.len().checked_sub(1)?))
            } else {
                (offset < bytes.len()).then_some(offset)
            }
        };
        if response.clicked() || response.drag_started() || response.secondary_clicked() {
            self.focused = true;
            self.cursor = None;
        }
        if response.clicked() {
            self.selection = None;
        }
        if response.drag_started() {
            let origin = ui.input(|i| i.pointer.press_origin());
            self.selection = origin.and_then(|p| byte_at(p, true)).map(|o| (o, o));
        }
        if let (true, Some(p), Some((_, to))) = (
            response.dragged(),
            response.interact_pointer_pos(),
            &mut self.selection,
        ) && let Some(offset) = byte_at(p, true)
        {
            *to = offset;
        }
        let selected = self.selected(bytes.len()).unwrap_or(0..0);
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
            mark(
                &painter,
                &grid,
                y,
                start,
                line.len(),
                &selected,
                palette.selection,
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
                if field.contains(&index) && !selected.contains(&index) {
                    palette.on_accent
                } else {
                    palette.text
                }
            };
            for (column, byte) in line.iter().enumerate() {
                let colour = colour(start + column);
                let hex = if self.bits {
                    BITS[usize::from(*byte)].as_str()
                } else {
                    HEX[usize::from(*byte)].as_str()
                };
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
        let pointer = response
            .interact_pointer_pos()
            .filter(|_| response.clicked() || response.secondary_clicked());
        let offset = pointer.and_then(|p| byte_at(p, false));
        let at = |offset: usize| node_at(tree, self.buffer, u32::try_from(offset).ok()?);
        let mut picked = offset.and_then(at);
        // What was selected is most likely about the field that holds all of it.
        if response.drag_stopped() && !selected.is_empty() {
            picked = holding(tree, self.buffer, &selected);
        }
        if let Some(byte) = moved {
            // What is selected by keys is most likely about the field that holds all of it, too.
            picked = match self.selected(bytes.len()) {
                Some(range) => holding(tree, self.buffer, &range),
                None => at(byte),
            };
        }
        let cursor = self.cursor.filter(|_| self.focused).map(|byte| {
            let (line, column) = ((byte / width) as u64, byte % width);
            let line = line.saturating_sub(sight.rows.start) as f32;
            let corner = Pos2::new(grid.hex(column), sight.y + line * LINE_HEIGHT);
            Rect::from_min_size(corner, Vec2::new(cell * (unit - 1.0), LINE_HEIGHT))
        });
        if let Some(cursor) = cursor {
            let stroke = (1.0, palette.accent);
            let frame = cursor.expand2(Vec2::new(2.0, -1.0));
            painter.rect_stroke(frame, CornerRadius::same(2), stroke, StrokeKind::Inside);
        }
        let spoken = self.spoken(bytes);
        response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Document, true, &spoken));
        if let Some(node) = picked.or(chosen) {
            let asked = keys && menu_keys(ui.ctx());
            let place = cursor.map_or(sight.area.min, |c| c.left_bottom());
            context_menu(&response, asked, place, |ui| menu(ui, node));
        }
        let hovered = response.hover_pos().filter(|_| !response.dragged());
        if let Some(offset) = hovered.and_then(|p| byte_at(p, false))
            && let Some(node) = at(offset).and_then(|n| tree.nodes.get(n))
        {
            let mut text = String::new();
            label(tree, &detail.bytes, node, &mut text);
            response.on_hover_text_at_pointer(text);
        }
        picked
    }

    /// Move by keys, from byte to byte and line to line; with Shift held the bytes on the way are selected. Returns the byte
    /// that the keys are at now, if they moved.
    fn cursor_keys(&mut self, ui: &Ui, here: usize, len: usize, width: usize) -> Option<usize> {
        let last = len.checked_sub(1)?;
        let pressed = |modifiers, key| ui.input_mut(|i| i.consume_key(modifiers, key));
        let from = self.cursor.unwrap_or(here).min(last);
        for (key, to) in [
            (Key::ArrowLeft, from.saturating_sub(1)),
            (Key::ArrowRight, from + 1),
            (Key::ArrowUp, from.checked_sub(width).unwrap_or(from)),
            (Key::ArrowDown, from + width),
            (Key::Home, from - from % width),
            (Key::End, from - from % width + width - 1),
        ] {
            let to = match key {
                Key::ArrowDown if to > last => from,
                _ => to.min(last),
            };
            let extend = pressed(Modifiers::SHIFT, key);
            if !extend && !pressed(Modifiers::NONE, key) {
                continue;
            }
            self.selection = extend.then(|| (self.selection.map_or(from, |s| s.0), to));
            self.cursor = Some(to);
            self.reveal = u32::try_from(to).ok();
            return Some(to);
        }
        None
    }

    /// The bytes as a screen reader says them: where the keys are and what stands there.
    fn spoken(&self, bytes: &[u8]) -> String {
        match (self.selected(bytes.len()), self.cursor) {
            (Some(range), _) => format!(
                "Bytes, {} to {} selected",
                range.start,
                range.end.saturating_sub(1)
            ),
            (None, Some(at)) => match bytes.get(at) {
                Some(byte) => format!("Bytes, at {at}: {byte:02x}"),
                None => "Bytes".to_owned(),
            },
            (None, None) => "Bytes".to_owned(),
        }
    }

    /// Forget where it stands and what is selected: another packet is chosen.
    pub fn reset(&mut self) {
        self.buffer = 0;
        self.list = RowList::default();
        self.selection = None;
        self.cursor = None;
    }

    /// The selected bytes, of a buffer with so many.
    pub fn selected(&self, len: usize) -> Option<std::ops::Range<usize>> {
        let (a, b) = self.selection?;
        (a.max(b) < len).then(|| a.min(b)..a.max(b) + 1)
    }

    /// Bring the bytes of a node into sight, in its buffer.
    pub fn reveal(&mut self, node: &Node) {
        if node.len > 0 {
            if self.buffer != node.buffer {
                self.selection = None;
            }
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
                    self.selection = None;
                }
            }
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                ui.add_space(EDGE);
                if tab(ui, "Bits", self.bits, palette) {
                    self.bits = true;
                }
                if tab(ui, "Hex", !self.bits, palette) {
                    self.bits = false;
                }
            });
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
    /// Characters that a byte takes, with its blank.
    unit: f32,
}

impl Grid {
    fn hex(&self, column: usize) -> f32 {
        self.origin
            + self.cell * (self.digits as f32 + 2.0 + column as f32 * self.unit + gaps(column))
    }

    fn text(&self, column: usize) -> f32 {
        let before = self.digits as f32 + 2.0 + self.width as f32 * self.unit;
        let gap = gaps(self.width.saturating_sub(1)) - 1.0;
        self.origin + self.cell * (before + gap.max(0.0) + 2.0 + column as f32 + gaps(column) / 2.0)
    }

    /// The column under a point, in either half.
    fn column(&self, x: f32) -> Option<usize> {
        let half = self.cell / 2.0;
        (0..self.width).find(|c| {
            let hex = self.hex(*c);
            let text = self.text(*c);
            (hex - half..hex + self.cell * (self.unit - 0.5)).contains(&x)
                || (text..text + self.cell).contains(&x)
        })
    }

    /// The column nearest to a point, for a drag that leaves the bytes.
    fn nearest(&self, x: f32) -> usize {
        let last = self.width.saturating_sub(1);
        if x >= self.text(0) {
            let columns = ((x - self.text(0)) / self.cell).max(0.0) as usize;
            return columns.min(last);
        }
        (0..self.width).rfind(|c| self.hex(*c) <= x).unwrap_or(0)
    }
}

/// Blanks between groups of eight, in front of a column.
fn gaps(column: usize) -> f32 {
    (column / 8) as f32
}

/// The smallest field that holds all of these bytes.
fn holding(tree: &Tree, buffer: u8, bytes: &std::ops::Range<usize>) -> Option<usize> {
    let holds = |n: &Node| {
        n.buffer == buffer
            && !n.is(HIDDEN)
            && n.field.mask == 0
            && n.start as usize <= bytes.start
            && bytes.end <= n.start as usize + n.len as usize
    };
    (0..tree.nodes.len())
        .filter(|i| holds(&tree.nodes[*i]))
        .min_by_key(|i| (tree.nodes[*i].len, *i))
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
        band(
            grid.hex(a) - pad,
            grid.hex(b) + grid.cell * (grid.unit - 1.0) + pad,
        ),
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

/// The 256 bytes in bits and in hexadecimal, made once: painting makes no strings.
static BITS: std::sync::LazyLock<Vec<String>> =
    std::sync::LazyLock::new(|| (0..=255u8).map(|b| format!("{b:08b}")).collect());
static HEX: std::sync::LazyLock<Vec<String>> =
    std::sync::LazyLock::new(|| (0..=255u8).map(|b| format!("{b:02x}")).collect());
