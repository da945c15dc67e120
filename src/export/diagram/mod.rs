//! A layer's header drawn as RFCs draw headers: 32 bits a row, a bit ruler on top, each field a box with its value in it.
//! Protocols of text lines are drawn as their lines.
//!
//! [`draw`] is a pure function from a dissected packet to boxes on a grid of 32 columns; [`svg`] makes a picture of them, and the
//! window paints the same boxes.

pub mod svg;

use std::ops::Range;

use super::explain::{layer_of, pattern};
use crate::dissect::text::{label, label_value};
use crate::dissect::tree::{GENERATED, HIDDEN, PROTOCOL};
use crate::dissect::{Node, Tree};
use crate::field::Kind;

/// Bits in a row.
pub const COLUMNS: u32 = 32;
/// Bytes of a layer that are looked at; what comes behind is told as a number.
const BYTES: usize = 1024;
/// Rows of the drawing at most.
const ROWS: usize = 96;
/// A field of more whole rows than this is drawn with its middle left out.
const WHOLE_ROWS: usize = 4;

/// A piece of a box: a part of one or several rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Piece {
    /// First column.
    pub column: u32,
    /// First row.
    pub row: u32,
    /// Columns that it covers.
    pub columns: u32,
    /// Rows that it covers.
    pub rows: u32,
}

impl Piece {
    fn area(&self) -> u32 {
        self.columns * self.rows
    }
}

/// A field of the header.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell {
    /// The node of the tree.
    pub node: usize,
    /// Where it is drawn: one piece, or several where it does not begin or end at the border of a row. They touch.
    pub pieces: Vec<Piece>,
    /// Its name.
    pub label: String,
    /// A shorter name, for boxes of few bits.
    pub short: String,
    /// Its value as text; empty where the name says it all.
    pub value: String,
    /// First bit in the layer, and how many.
    pub bits: Range<u64>,
    /// Whether the middle of it is left out of the drawing.
    pub cut: bool,
}

impl Cell {
    /// The piece with the most room: where the text stands.
    pub fn widest(&self) -> Option<Piece> {
        // Of equals the first: text is looked for where a field begins.
        self.pieces.iter().rev().copied().max_by_key(Piece::area)
    }

    /// What a screen reader says.
    pub fn spoken(&self) -> String {
        if self.value.is_empty() {
            self.label.clone()
        } else {
            format!("{}: {}", self.label, self.value)
        }
    }
}

/// The drawing of a layer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Diagram {
    /// The layer's node.
    pub layer: usize,
    /// The layer's name.
    pub title: String,
    /// Its fields, in their order.
    pub cells: Vec<Cell>,
    /// For each row the byte of the layer that it begins with.
    pub rows: Vec<u64>,
    /// Whether columns are bits (and a ruler belongs on top); otherwise the layer consists of lines of text.
    pub ruled: bool,
    /// Bytes of the layer that are not drawn.
    pub left_out: u64,
}

/// The layers of a packet that can be drawn: the nodes at their heads.
pub fn layers(tree: &Tree) -> Vec<usize> {
    let drawable = |i: &usize| {
        let n = &tree.nodes[*i];
        n.depth == 0 && n.is(PROTOCOL) && n.len > 0 && !n.is(HIDDEN) && n.field.abbrev != "frame"
    };
    (0..tree.nodes.len()).filter(drawable).collect()
}

/// The layer to draw for a chosen node: its own, or the innermost one where that cannot be drawn.
pub fn layer_for(tree: &Tree, chosen: Option<usize>) -> Option<usize> {
    let layers = layers(tree);
    let own = chosen.map(|c| layer_of(tree, c).start);
    own.filter(|o| layers.contains(o))
        .or_else(|| layers.last().copied())
}

/// Draw the layer that begins at this node.
pub fn draw(tree: &Tree, frame: &[u8], layer: usize) -> Diagram {
    let Some(head) = tree.nodes.get(layer) else {
        return Diagram::default();
    };
    let mut diagram = Diagram {
        layer,
        title: head.field.label.to_owned(),
        ..Diagram::default()
    };
    let bytes = (head.len as usize).min(BYTES);
    let owners = owners(tree, frame, layer, bytes);
    diagram.left_out = u64::from(head.len).saturating_sub(bytes as u64);
    let runs = runs(&owners);
    if is_text(tree, &runs, layer) {
        lines(tree, frame, layer, &mut diagram);
    } else {
        diagram.ruled = true;
        grid(tree, frame, &runs, bytes, &mut diagram);
    }
    diagram
}

/// For each bit of the layer the node that it belongs to.
fn owners(tree: &Tree, frame: &[u8], layer: usize, bytes: usize) -> Vec<usize> {
    let mut owners = vec![layer; bytes * 8];
    // Nodes whose bits must not be divided further.
    let mut whole = vec![false; tree.nodes.len()];
    let mut parents: Vec<usize> = vec![layer];
    let mut had_child = vec![false; tree.nodes.len()];
    for at in layer + 1..tree.end_of(layer) {
        let node = &tree.nodes[at];
        parents.truncate(usize::from(node.depth));
        let parent = parents.last().copied().unwrap_or(layer);
        // Levels may be skipped; the nearest one above counts.
        while parents.len() < usize::from(node.depth) {
            parents.push(parent);
        }
        parents.push(at);
        let is_drawn = !node.is(HIDDEN) && !node.is(GENERATED) && node.len > 0;
        if whole[parent] {
            whole[at] = true;
            continue;
        }
        let Some(bits) = place(tree, frame, at, parent, layer).filter(|_| is_drawn) else {
            continue;
        };
        let first = !std::mem::replace(&mut had_child[parent], true);
        let above = if parent == layer {
            None
        } else {
            place(tree, frame, parent, parent, layer)
        };
        let alone = tree.end_of(at) == at + 1;
        if first && alone && above.as_ref() == Some(&bits) {
            // The first child says the same as its parent, and more bits are only remarks about it (the halves of a hardware
            // address): the parent is drawn.
            whole[parent] = true;
            whole[at] = true;
            continue;
        }
        for owner in owners.iter_mut().take(bits.end).skip(bits.start) {
            if *owner == parent {
                *owner = at;
            }
        }
    }
    owners
}

/// The bits of a node, counted from the beginning of the layer.
fn place(
    tree: &Tree,
    frame: &[u8],
    at: usize,
    parent: usize,
    layer: usize,
) -> Option<Range<usize>> {
    let (node, head) = (&tree.nodes[at], &tree.nodes[layer]);
    if node.buffer != head.buffer || node.start < head.start {
        return None;
    }
    let start = (node.start - head.start) as usize * 8;
    let end = start + node.len as usize * 8;
    if node.start - head.start >= head.len {
        return None;
    }
    let mut text = String::new();
    label(tree, frame, node, &mut text);
    let Some(pattern) = pattern(&text) else {
        return Some(start..end);
    };
    let drawn: Vec<bool> = pattern
        .bytes()
        .filter(|b| *b != b' ')
        .map(|b| b != b'.')
        .collect();
    // The pattern ends with the field's bytes; a pattern wider than these is about the bytes of the group around it.
    let last = if drawn.len() > end - start {
        let group = &tree.nodes[parent];
        (group.start.checked_sub(head.start)? as usize + group.len as usize) * 8
    } else {
        end
    };
    let first = last.checked_sub(drawn.len())?;
    let from = drawn.iter().position(|b| *b)?;
    let to = drawn.iter().rposition(|b| *b)?;
    Some(first + from..first + to + 1)
}

/// Neighbouring bits of the same node.
fn runs(owners: &[usize]) -> Vec<(usize, Range<usize>)> {
    let mut runs: Vec<(usize, Range<usize>)> = Vec::new();
    for (bit, owner) in owners.iter().enumerate() {
        match runs.last_mut() {
            Some((last, range)) if last == owner => range.end = bit + 1,
            _ => runs.push((*owner, bit..bit + 1)),
        }
    }
    runs
}

/// Whether the layer consists of text: most of its bytes are in texts, and no bit stands alone.
fn is_text(tree: &Tree, runs: &[(usize, Range<usize>)], layer: usize) -> bool {
    let mut texts = 0;
    let mut all = 0;
    for (node, bits) in runs {
        let kind = tree.nodes[*node].field.kind;
        if *node != layer && bits.len() % 8 != 0 {
            return false;
        }
        all += bits.len();
        if matches!(kind, Kind::Str | Kind::Text | Kind::Protocol) {
            texts += bits.len();
        }
    }
    texts * 10 > all * 8
}

/// The rows of a grid: which bits each shows. Long fields lose their middle.
fn rows_of(runs: &[(usize, Range<usize>)], bits: usize) -> (Vec<usize>, Vec<bool>) {
    let columns = COLUMNS as usize;
    let mut rows = Vec::new();
    let mut cut = vec![false; runs.len()];
    let mut row = 0;
    while row * columns < bits && rows.len() < ROWS {
        let start = row * columns;
        let run = runs.partition_point(|(_, r)| r.end <= start);
        if let Some((_, range)) = runs.get(run)
            && range.start <= start
        {
            let whole = (range.end - start) / columns;
            if whole > WHOLE_ROWS {
                cut[run] = true;
                // Two rows, and the last whole one.
                rows.extend([start, start + columns, start + (whole - 1) * columns]);
                row += whole;
                continue;
            }
        }
        rows.push(start);
        row += 1;
    }
    (rows, cut)
}

/// Lay the fields out, 32 bits a row.
fn grid(
    tree: &Tree,
    frame: &[u8],
    runs: &[(usize, Range<usize>)],
    bytes: usize,
    out: &mut Diagram,
) {
    let columns = COLUMNS as usize;
    let (rows, cut) = rows_of(runs, bytes * 8);
    for (i, (node, bits)) in runs.iter().enumerate() {
        let mut pieces: Vec<Piece> = Vec::new();
        for (row, start) in rows.iter().enumerate() {
            let from = bits.start.max(*start);
            let to = bits.end.min(start + columns);
            if from >= to {
                continue;
            }
            let (column, width) = ((from - start) as u32, (to - from) as u32);
            match pieces.last_mut() {
                Some(p) if p.column == column && p.columns == width => p.rows += 1,
                _ => pieces.push(Piece {
                    column,
                    row: row as u32,
                    columns: width,
                    rows: 1,
                }),
            }
        }
        if pieces.is_empty() {
            continue;
        }
        let mut cell = cell(tree, frame, *node, out.layer);
        cell.pieces = pieces;
        cell.bits = bits.start as u64..bits.end as u64;
        rest(tree, frame, &mut cell, out.layer, shared(runs, *node));
        cell.cut = cut.get(i).copied().unwrap_or(false);
        out.cells.push(cell);
    }
    let drawn = rows.last().map_or(0, |last| (last / 8 + 4).min(bytes));
    out.left_out += (bytes - drawn) as u64;
    out.rows = rows.iter().map(|start| (start / 8) as u64).collect();
}

/// Whether fields within this one have boxes of their own.
fn shared(runs: &[(usize, Range<usize>)], node: usize) -> bool {
    runs.iter().filter(|(n, _)| *n == node).count() > 1
}

/// Bits of a group that no field in it tells of: their box has the bits, not the value of the whole group.
fn rest(tree: &Tree, frame: &[u8], cell: &mut Cell, layer: usize, shared: bool) {
    let node = &tree.nodes[cell.node];
    let part = cell.bits.end - cell.bits.start < u64::from(node.len) * 8;
    let inside = shared || tree.end_of(cell.node) > cell.node + 1;
    let mut text = String::new();
    label(tree, frame, node, &mut text);
    if cell.node == layer || !part || !inside || pattern(&text).is_some() {
        return;
    }
    cell.label.insert_str(0, "rest of ");
    cell.short.clear();
    cell.value.clear();
    let head = &tree.nodes[layer];
    let bytes = tree.bytes(frame, head);
    if cell.bits.end - cell.bits.start <= 8 {
        for bit in cell.bits.clone() {
            let byte = usize::try_from(bit / 8).ok().and_then(|i| bytes.get(i));
            let one = byte.is_some_and(|b| b >> (7 - bit % 8) & 1 == 1);
            cell.value.push(if one { '1' } else { '0' });
        }
    }
}

/// Draw the lines of a text protocol: a row each, its parts beside one another.
fn lines(tree: &Tree, frame: &[u8], layer: usize, out: &mut Diagram) {
    let head = &tree.nodes[layer];
    let drawn = |n: &Node| {
        n.buffer == head.buffer
            && n.len > 0
            && n.start >= head.start
            && !n.is(HIDDEN)
            && !n.is(GENERATED)
    };
    let mut behind = head.start;
    let mut at = layer + 1;
    let end = tree.end_of(layer);
    while at < end {
        let (node, next) = (&tree.nodes[at], tree.end_of(at));
        // What covers bytes a second time is a remark, not a line.
        if node.depth != head.depth + 1 || !drawn(node) || node.start < behind {
            at = if node.depth == head.depth + 1 {
                next
            } else {
                at + 1
            };
            continue;
        }
        if out.rows.len() == ROWS {
            out.left_out += u64::from(
                head.start
                    .saturating_add(head.len)
                    .saturating_sub(node.start),
            );
            return;
        }
        behind = node.start.saturating_add(node.len);
        let mut parts = Vec::new();
        let mut from = node.start;
        for (i, part) in tree.nodes.iter().enumerate().take(next).skip(at + 1) {
            if part.depth == node.depth + 1 && drawn(part) && part.start >= from {
                parts.push(i);
                from = part.start.saturating_add(part.len);
            }
        }
        // One part alone only repeats its line.
        if parts.len() < 2 {
            parts = vec![at];
        }
        let row = out.rows.len() as u32;
        let offset = node.start - head.start;
        out.rows.push(u64::from(offset));
        let widths = share(&parts.iter().map(|p| tree.nodes[*p].len).collect::<Vec<_>>());
        let mut column = 0;
        for (part, columns) in parts.iter().zip(widths) {
            let mut cell = cell(tree, frame, *part, layer);
            let part = &tree.nodes[*part];
            let start = u64::from(part.start - head.start) * 8;
            cell.bits = start..start + u64::from(part.len) * 8;
            cell.pieces = vec![Piece {
                column,
                row,
                columns,
                rows: 1,
            }];
            column += columns;
            out.cells.push(cell);
        }
        at = next;
    }
}

/// Divide the columns among parts of these lengths: none gets less than a few, the longest gets what is left.
fn share(lengths: &[u32]) -> Vec<u32> {
    let count = lengths.len().max(1) as u32;
    let least = (COLUMNS / count).clamp(1, 5);
    let all: u64 = lengths.iter().map(|l| u64::from(*l)).sum::<u64>().max(1);
    let free = COLUMNS.saturating_sub(least * count);
    let mut widths: Vec<u32> = lengths
        .iter()
        .map(|l| least + (u64::from(*l) * u64::from(free) / all) as u32)
        .collect();
    let used: u32 = widths.iter().sum();
    let longest = (0..lengths.len()).max_by_key(|i| lengths[*i]);
    if let Some(width) = longest.and_then(|i| widths.get_mut(i)) {
        *width += COLUMNS.saturating_sub(used);
    }
    widths
}

/// Name and value of a box, without its place.
fn cell(tree: &Tree, frame: &[u8], at: usize, layer: usize) -> Cell {
    let node = &tree.nodes[at];
    let field = node.field;
    let mut name = String::new();
    let mut value = String::new();
    if at == layer {
        name.push_str("not dissected");
    } else if field.abbrev.is_empty() || field.kind == Kind::Text || field.label.is_empty() {
        label(tree, frame, node, &mut name);
    } else {
        name.push_str(field.label.trim());
        if !matches!(field.kind, Kind::Protocol | Kind::None) {
            label_value(tree, frame, node, &mut value);
        }
    }
    // Bits often come with more than their number: "20 bytes (5)".
    let mut told = String::new();
    label(tree, frame, node, &mut told);
    if let Some((_, rest)) = pattern(&told).and_then(|_| told.split_once(" = "))
        && let Some(rest) = rest.strip_prefix(&name).and_then(|r| r.strip_prefix(": "))
    {
        rest.clone_into(&mut value);
    }
    // A flag's box has room for one digit.
    if field.kind == Kind::Bool
        && let crate::dissect::Value::U(v) = node.value
    {
        value = u64::from(v != 0).to_string();
    }
    let short = field.abbrev.rsplit(['.', '_']).next().unwrap_or_default();
    Cell {
        node: at,
        pieces: Vec::new(),
        short: letters(short),
        label: name,
        value,
        bits: 0..0,
        cut: false,
    }
}

/// Three letters for a name, as the names of flags are written: `syn` SYN, `push` PSH, `reset` RST.
fn letters(name: &str) -> String {
    let long = name.chars().count() > 3;
    let kept = name
        .chars()
        .enumerate()
        .filter(|(i, c)| *i == 0 || !long || !"aeiou".contains(*c));
    let three: String = kept.map(|(_, c)| c).take(3).collect();
    three.to_uppercase()
}
