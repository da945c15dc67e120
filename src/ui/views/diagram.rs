//! The diagram: the header of a layer as RFCs draw it, with this packet's values in it. A click on a box chooses the field.

use egui::text::{LayoutJob, TextFormat, TextWrapping};
use egui::{Align2, Color32, Painter, Pos2, Rect, ScrollArea, Sense, Stroke, Ui, Vec2};

use super::bytes::tab;
use crate::export::diagram::{COLUMNS, Cell, Diagram, Piece, draw, layer_for, layers};
use crate::session::Detail;
use crate::ui::theme::{EDGE, Palette, mono, strong, words};

/// Height of a row of bits, points.
const ROW: f32 = 44.0;
/// Height of a line of a text protocol, points.
const LINE: f32 = 26.0;
/// Room for the offsets on the left, points.
const OFFSETS: f32 = 40.0;
/// Height of the ruler, points.
const RULER: f32 = 22.0;
/// A column gets no wider than this, points: boxes should not become banners.
const WIDEST: f32 = 28.0;

/// The pane's own state: the drawing made last.
#[derive(Default)]
pub struct DiagramPane {
    made: Option<(u32, usize, Diagram)>,
    /// The layer that is drawn as long as nothing else is chosen.
    wanted: Option<&'static str>,
}

/// What the user did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// Choose this node of the tree.
    Choose(usize),
    /// Copy the drawing as SVG.
    Copy,
    /// Save the drawing as SVG.
    Save,
}

impl DiagramPane {
    /// The drawing for a packet and its chosen node.
    pub fn diagram(&mut self, detail: &Detail, chosen: Option<usize>) -> Option<&Diagram> {
        let tree = &detail.tree;
        let wanted = self.wanted.and_then(|name| {
            let named = |i: &usize| tree.nodes[*i].field.abbrev == name;
            layers(tree).into_iter().rfind(named)
        });
        let layer = match chosen {
            None => wanted.or_else(|| layer_for(tree, None)),
            Some(_) => layer_for(tree, chosen),
        }?;
        let fresh = self
            .made
            .as_ref()
            .is_some_and(|(number, made, _)| *number == detail.number && *made == layer);
        if !fresh {
            self.made = Some((detail.number, layer, draw(tree, &detail.bytes, layer)));
        }
        self.made.as_ref().map(|(_, _, diagram)| diagram)
    }

    /// The packet's history has gone on: draw anew.
    pub fn forget(&mut self) {
        self.made = None;
    }

    /// Draw the pane.
    pub fn show(&mut self, ui: &mut Ui, detail: &Detail, chosen: Option<usize>) -> Option<Action> {
        let palette = Palette::here(ui);
        let mut action = None;
        let shown = self.diagram(detail, chosen).map(|d| d.layer);
        let Some(shown) = shown else {
            ui.add_space(8.0);
            ui.horizontal(|ui| {
                ui.add_space(EDGE);
                ui.label(
                    egui::RichText::new("This packet has no header to draw.").color(palette.dim),
                );
            });
            return None;
        };
        ui.horizontal(|ui| {
            ui.add_space(EDGE);
            for layer in layers(&detail.tree) {
                let field = detail.tree.nodes[layer].field;
                let name = field.abbrev.to_uppercase();
                if tab(ui, &name, layer == shown, palette) {
                    self.wanted = Some(field.abbrev);
                    action = Some(Action::Choose(layer));
                }
            }
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                ui.add_space(4.0);
                if ui.button("Save SVG…").clicked() {
                    action = Some(Action::Save);
                }
                if ui.button("Copy SVG").clicked() {
                    action = Some(Action::Copy);
                }
            });
        });
        let diagram = self.diagram(detail, chosen)?;
        ScrollArea::vertical()
            .id_salt("diagram")
            .auto_shrink(false)
            .show(ui, |ui| {
                if let Some(node) = paint(ui, diagram, chosen, palette) {
                    action = Some(Action::Choose(node));
                }
            });
        action
    }
}

/// Where things are on the screen.
struct Place {
    origin: Pos2,
    column: f32,
    row: f32,
}

impl Place {
    fn at(&self, (column, row): (u32, u32)) -> Pos2 {
        self.origin + Vec2::new(column as f32 * self.column, row as f32 * self.row)
    }

    fn rect(&self, piece: Piece) -> Rect {
        Rect::from_min_max(
            self.at((piece.column, piece.row)),
            self.at((piece.column + piece.columns, piece.row + piece.rows)),
        )
    }
}

/// Paint the boxes; returns the node whose box was clicked.
fn paint(
    ui: &mut Ui,
    diagram: &Diagram,
    chosen: Option<usize>,
    palette: &Palette,
) -> Option<usize> {
    let room = ui.available_width() - EDGE - OFFSETS - EDGE;
    let column = (room / COLUMNS as f32).clamp(6.0, WIDEST);
    let row = if diagram.ruled { ROW } else { LINE };
    let ruler = if diagram.ruled { RULER } else { 8.0 };
    let foot = if diagram.left_out > 0 { 28.0 } else { 8.0 };
    let size = Vec2::new(
        ui.available_width(),
        ruler + diagram.rows.len() as f32 * row + foot,
    );
    let (area, _) = ui.allocate_exact_size(size, Sense::hover());
    let place = Place {
        origin: (area.min + Vec2::new(EDGE + OFFSETS, ruler)).round(),
        column,
        row,
    };
    let painter = ui.painter_at(area);
    if diagram.ruled {
        paint_ruler(&painter, &place, palette);
    }
    for (i, byte) in diagram.rows.iter().enumerate() {
        let at = place.at((0, i as u32)) + Vec2::new(-8.0, row / 2.0);
        painter.text(
            at,
            Align2::RIGHT_CENTER,
            byte.to_string(),
            mono(11.0),
            palette.faint,
        );
        // Rows are left out between this one and the one before.
        let before = i.checked_sub(1).and_then(|b| diagram.rows.get(b));
        if diagram.ruled && before.is_some_and(|b| byte - b > 4) {
            for step in [-5.0, 0.0, 5.0] {
                let at = place.at((0, i as u32)) + Vec2::new(-14.0, step);
                painter.circle_filled(at, 1.2, palette.faint);
            }
        }
    }
    let mut picked = None;
    let mut marked = Vec::new();
    for (i, cell) in diagram.cells.iter().enumerate() {
        let is_chosen = chosen == Some(cell.node);
        let mut hovered = false;
        for (j, piece) in cell.pieces.iter().enumerate() {
            let id = ui.scope_id().with(("box", i, j));
            let response = ui.interact(place.rect(*piece), id, Sense::click());
            // One of them speaks for the field.
            if j == 0 {
                response.widget_info(|| {
                    egui::WidgetInfo::selected(egui::Role::Cell, true, is_chosen, cell.spoken())
                });
            }
            hovered |= response.hovered();
            if response.clicked() {
                picked = Some(cell.node);
            }
            response.on_hover_text(told(cell));
        }
        let ground = match (is_chosen, hovered) {
            (true, _) => palette.selection,
            (false, true) => palette.raised,
            (false, false) => palette.panel,
        };
        for piece in &cell.pieces {
            painter.rect_filled(place.rect(*piece), 0, ground);
        }
        if is_chosen {
            marked.push(cell);
        }
        border(&painter, &place, cell, Stroke::new(1.0, palette.faint));
        label(&painter, &place, cell, diagram.ruled, palette);
    }
    for cell in marked {
        border(&painter, &place, cell, Stroke::new(2.0, palette.accent));
    }
    if diagram.left_out > 0 {
        let at = place.at((0, diagram.rows.len() as u32)) + Vec2::new(0.0, 14.0);
        let text = format!("{} more bytes", diagram.left_out);
        painter.text(at, Align2::LEFT_CENTER, text, words(12.0), palette.dim);
    }
    picked
}

/// What is told when the pointer rests on a box.
fn told(cell: &Cell) -> String {
    let bits = cell.bits.end - cell.bits.start;
    let place = if cell.bits.start.is_multiple_of(8) && bits.is_multiple_of(8) {
        let n = bits / 8;
        format!(
            "{n} byte{} from byte {}",
            if n == 1 { "" } else { "s" },
            cell.bits.start / 8
        )
    } else {
        format!(
            "{bits} bit{} from bit {} of byte {}",
            if bits == 1 { "" } else { "s" },
            cell.bits.start % 8,
            cell.bits.start / 8
        )
    };
    format!("{}\n{place} of this layer", cell.line())
}

fn paint_ruler(painter: &Painter, place: &Place, palette: &Palette) {
    for bit in 0..COLUMNS {
        let x = place.origin.x + (bit as f32 + 0.5) * place.column;
        let byte = bit % 8 == 0;
        // Narrow columns have room for every other number, or for those of the bytes.
        let step = if place.column >= 15.0 { 1 } else { 4 };
        if bit % step == 0 {
            let colour = if byte { palette.text } else { palette.faint };
            let at = Pos2::new(x, place.origin.y - 11.0);
            painter.text(
                at,
                Align2::CENTER_CENTER,
                bit.to_string(),
                mono(10.0),
                colour,
            );
        }
    }
    for byte in 0..=4 {
        let x = place.origin.x + byte as f32 * 8.0 * place.column;
        painter.vline(
            x,
            place.origin.y - 6.0..=place.origin.y,
            Stroke::new(1.0, palette.faint),
        );
    }
}

fn border(painter: &Painter, place: &Place, cell: &Cell, stroke: Stroke) {
    for [a, b] in cell.border() {
        painter.line_segment([place.at(a), place.at(b)], stroke);
    }
}

/// Name and value in the box.
fn label(painter: &Painter, place: &Place, cell: &Cell, ruled: bool, palette: &Palette) {
    let Some(piece) = cell.widest() else { return };
    let rect = place.rect(piece);
    if !ruled {
        let mut job = LayoutJob::default();
        if cell.value.is_empty() {
            job.append(
                &cell.label,
                0.0,
                TextFormat::simple(mono(12.0), palette.text),
            );
        } else {
            job.append(
                &format!("{} ", cell.label),
                0.0,
                TextFormat::simple(words(11.0), palette.dim),
            );
            job.append(
                &cell.value,
                0.0,
                TextFormat::simple(mono(12.0), palette.text),
            );
        }
        job.wrap = one_line(rect.width() - 12.0);
        let galley = painter.layout_job(job);
        let y = rect.center().y - galley.size().y / 2.0;
        painter.galley(Pos2::new(rect.min.x + 6.0, y), galley, palette.text);
        return;
    }
    let room = rect.width() - 3.0;
    let name = name(painter, cell, piece.columns, room, palette.dim);
    if cell.value.is_empty() {
        centred(painter, rect.center(), name);
        return;
    }
    centred(painter, rect.center() - Vec2::new(0.0, 9.0), name);
    let value = line(painter, &cell.value, strong(12.5), palette.text, room);
    centred(painter, rect.center() + Vec2::new(0.0, 8.0), value);
}

/// The name in the largest letters that fit; three letters for a bit or two, and as much as fits otherwise.
fn name(
    painter: &Painter,
    cell: &Cell,
    columns: u32,
    room: f32,
    colour: Color32,
) -> std::sync::Arc<egui::Galley> {
    // Single bits stand side by side: their names are alike, too.
    let bit = columns == 1 && !cell.short.is_empty();
    for size in [11.5, 10.0].into_iter().filter(|_| !bit) {
        let galley = painter.layout_no_wrap(cell.label.clone(), words(size), colour);
        if galley.size().x <= room {
            return galley;
        }
    }
    if columns < 3 {
        return painter.layout_no_wrap(cell.short.clone(), words(8.5), colour);
    }
    line(painter, &cell.label, words(10.0), colour, room)
}

fn centred(painter: &Painter, at: Pos2, galley: std::sync::Arc<egui::Galley>) {
    let corner = at - galley.size() / 2.0;
    painter.galley(corner, galley, Color32::PLACEHOLDER);
}

/// A line of text that ends with an ellipsis where there is no room.
fn line(
    painter: &Painter,
    text: &str,
    font: egui::FontId,
    colour: Color32,
    room: f32,
) -> std::sync::Arc<egui::Galley> {
    let mut job = LayoutJob::single_section(text.to_owned(), TextFormat::simple(font, colour));
    job.wrap = one_line(room);
    painter.layout_job(job)
}

fn one_line(width: f32) -> TextWrapping {
    TextWrapping {
        max_width: width,
        max_rows: 1,
        break_anywhere: true,
        overflow_character: Some('…'),
    }
}
