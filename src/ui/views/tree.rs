//! The tree of fields.

use std::collections::{BTreeSet, HashSet};

use egui::{Align2, Key, Modifiers, Pos2, Rect, Sense, Ui, Vec2};

use crate::dissect::text::label;
use crate::dissect::tree::{GENERATED, HIDDEN, PROTOCOL};
use crate::dissect::{Node, Registry, Tree, Value};
use crate::field::{Kind, Severity};
use crate::session::Detail;
use crate::ui::theme::{EDGE, LINE_HEIGHT, Palette, words};
use crate::ui::widgets::row_list::{RowList, keyboard};
use crate::ui::widgets::row_menu::{context_menu, menu_keys};

/// Indentation of a level, points.
const INDENT: f32 = 16.0;

/// The tree's own state: what is unfolded is remembered by field, so that the next packet opens alike.
#[derive(Default)]
pub struct FieldTree {
    unfolded: Unfolded,
    /// Where it stands.
    pub list: RowList,
    /// Whether keys are for the tree.
    pub focused: bool,
    /// The packet that the user asked for by its link.
    pub followed: Option<u32>,
}

/// What tells foldable lines apart from packet to packet: the field, and for nameless lines the depth.
type Key2 = (usize, u8);

fn key(node: &Node) -> Key2 {
    (std::ptr::from_ref(node.field).addr(), node.depth)
}

/// Most fields kept from session to session.
const KEPT: usize = 2000;

/// What is unfolded: by field, and by name for later sessions.
#[derive(Default)]
struct Unfolded {
    keys: HashSet<Key2>,
    names: BTreeSet<(&'static str, u8)>,
    changed: bool,
}

impl Unfolded {
    fn contains(&self, node: &Node) -> bool {
        self.keys.contains(&key(node))
    }

    fn set(&mut self, node: &Node, open: bool) {
        let name = (node.field.abbrev, node.depth);
        self.changed |= if open {
            if !name.0.is_empty() {
                self.names.insert(name);
            }
            self.keys.insert(key(node))
        } else {
            self.names.remove(&name);
            self.keys.remove(&key(node))
        };
    }

    fn clear(&mut self) {
        self.changed |= !self.keys.is_empty();
        self.keys.clear();
        self.names.clear();
    }
}

/// One line in sight.
struct Line {
    node: usize,
    foldable: bool,
}

impl FieldTree {
    /// Draw the tree; returns the node that the user chose. `menu` draws the context menu of a node.
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
        let lines = self.lines(tree);
        let mut picked = None;
        let mut toggle = None;
        let sight = self
            .list
            .show(ui, "fields", lines.len() as u64, LINE_HEIGHT);
        let painter = ui.painter_at(sight.area);
        let asked = keys && self.focused && chosen.is_some() && menu_keys(ui.ctx());
        let mut text = String::new();
        for (i, at) in sight.rows.clone().enumerate() {
            let Some(line) = usize::try_from(at).ok().and_then(|at| lines.get(at)) else {
                break;
            };
            let node = &tree.nodes[line.node];
            let top = sight.y + i as f32 * LINE_HEIGHT;
            let rect = Rect::from_min_size(
                Pos2::new(sight.area.min.x, top),
                Vec2::new(sight.area.width(), LINE_HEIGHT),
            );
            let is_chosen = chosen == Some(line.node);
            let response = ui.interact(
                rect.intersect(sight.area),
                ui.scope_id().with(("field", i)),
                Sense::click(),
            );
            if is_chosen {
                painter.rect_filled(rect, 0, palette.selection);
            } else if response.hovered() {
                painter.rect_filled(rect, 0, palette.raised);
            }
            text.clear();
            label(tree, &detail.bytes, node, &mut text);
            let open = self.unfolded.contains(node);
            response.widget_info(|| {
                egui::WidgetInfo::selected(egui::Role::TreeItem, true, is_chosen, text.as_str())
            });
            let x = rect.min.x + EDGE + f32::from(node.depth) * INDENT;
            if line.foldable {
                chevron(&painter, Pos2::new(x + 3.0, rect.center().y), open, palette);
            }
            let on_chevron = response
                .interact_pointer_pos()
                .is_some_and(|p| p.x < x + 14.0);
            if response.clicked() {
                self.focused = true;
                picked = Some(line.node);
            }
            if response.secondary_clicked() {
                self.focused = true;
                picked = Some(line.node);
            }
            let at = Pos2::new(x + 14.0, rect.max.y);
            context_menu(&response, asked && is_chosen, at, |ui| menu(ui, line.node));
            if response.double_clicked() {
                self.followed = link(node).or(self.followed);
            }
            if line.foldable && (response.double_clicked() || (response.clicked() && on_chevron)) {
                toggle = Some(line.node);
            }
            let mut job = line_job(node, &text, palette);
            // A line that does not fit says so.
            job.wrap.max_width = rect.max.x - x - 18.0;
            job.wrap.break_anywhere = true;
            let galley = painter.layout_job(job);
            let y = rect.center().y - galley.size().y / 2.0;
            painter.galley(Pos2::new(x + 14.0, y), galley, palette.text);
        }
        if lines.is_empty() {
            let at = sight.area.min + Vec2::new(EDGE, 8.0);
            let why = detail
                .error
                .as_deref()
                .unwrap_or("This packet has no fields.");
            painter.text(at, Align2::LEFT_TOP, why, words(13.0), palette.dim);
        }
        if keys && self.focused {
            let row = chosen
                .and_then(|c| lines.iter().position(|l| l.node == c))
                .map(|r| r as u64);
            let page = (sight.area.height() / LINE_HEIGHT).floor().max(1.0) as u64;
            if let Some(row) = keyboard(ui, row, lines.len() as u64, page) {
                self.list.reveal(row);
                picked = usize::try_from(row)
                    .ok()
                    .and_then(|r| lines.get(r))
                    .map(|l| l.node);
            }
            self.fold_keys(ui, tree, chosen, &mut picked);
        }
        if let Some(node) = toggle {
            self.toggle(&tree.nodes[node]);
        }
        picked
    }

    /// Unfold whatever hides a node and bring it into sight.
    pub fn reveal(&mut self, tree: &Tree, node: usize) {
        let Some(mut depth) = tree.nodes.get(node).map(|n| n.depth) else {
            return;
        };
        for above in tree.nodes[..node].iter().rev() {
            if above.depth < depth {
                depth = above.depth;
                self.unfolded.set(above, true);
                if depth == 0 {
                    break;
                }
            }
        }
        if let Some(row) = self.lines(tree).iter().position(|l| l.node == node) {
            self.list.reveal(row as u64);
        }
    }

    /// Take in what earlier sessions left unfolded: lines of names and depths.
    pub fn remember(&mut self, lines: &[String], registry: &Registry) {
        for line in lines.iter().take(KEPT) {
            let Some((name, depth)) = line.rsplit_once(' ') else {
                continue;
            };
            let Ok(depth) = depth.parse::<u8>() else {
                continue;
            };
            for field in registry.fields_named(name) {
                self.unfolded.names.insert((field.abbrev, depth));
                let address = std::ptr::from_ref(*field).addr();
                self.unfolded.keys.insert((address, depth));
            }
        }
    }

    /// What is unfolded, in lines for later sessions, if it has changed.
    pub fn changed(&mut self) -> Option<Vec<String>> {
        let names = self.unfolded.names.iter().take(KEPT);
        std::mem::take(&mut self.unfolded.changed).then(|| {
            names
                .map(|(name, depth)| format!("{name} {depth}"))
                .collect()
        })
    }

    /// Unfold everything of this packet, or fold it.
    pub fn unfold_all(&mut self, tree: &Tree, open: bool) {
        if open {
            for node in &tree.nodes {
                self.unfolded.set(node, true);
            }
        } else {
            self.unfolded.clear();
        }
    }

    /// Unfold a line and everything below it, or fold it all.
    pub fn unfold_below(&mut self, tree: &Tree, at: usize, open: bool) {
        let below = tree.nodes.get(at..tree.end_of(at)).unwrap_or_default();
        for node in below {
            self.unfolded.set(node, open);
        }
    }

    fn toggle(&mut self, node: &Node) {
        let open = self.unfolded.contains(node);
        self.unfolded.set(node, !open);
    }

    fn fold_keys(
        &mut self,
        ui: &Ui,
        tree: &Tree,
        chosen: Option<usize>,
        picked: &mut Option<usize>,
    ) {
        let Some(at) = chosen else { return };
        let Some(node) = tree.nodes.get(at) else {
            return;
        };
        let foldable = tree.nodes.get(at + 1).is_some_and(|n| n.depth > node.depth);
        let open = self.unfolded.contains(node);
        let shifted = |k: Key| ui.input_mut(|i| i.consume_key(Modifiers::SHIFT, k));
        if shifted(Key::ArrowRight) {
            self.unfold_below(tree, at, true);
        }
        if shifted(Key::ArrowLeft) {
            self.unfold_below(tree, at, false);
        }
        let pressed = |k: Key| ui.input_mut(|i| i.consume_key(Modifiers::NONE, k));
        if pressed(Key::Backspace) {
            *picked = above(tree, at).or(*picked);
        }
        if pressed(Key::ArrowRight) && foldable {
            self.unfolded.set(node, true);
        }
        if pressed(Key::ArrowLeft) {
            if foldable && open {
                self.unfolded.set(node, false);
            } else {
                *picked = above(tree, at).or(*picked);
            }
        }
        if pressed(Key::Enter) {
            match link(node) {
                Some(frame) => self.followed = Some(frame),
                None if foldable => self.toggle(node),
                None => {}
            }
        }
    }

    /// The lines that are not folded away.
    fn lines(&self, tree: &Tree) -> Vec<Line> {
        let mut lines = Vec::new();
        let mut at = 0;
        while at < tree.nodes.len() {
            let node = &tree.nodes[at];
            let behind = tree.end_of(at);
            if node.is(HIDDEN) {
                at = behind;
                continue;
            }
            let foldable = tree.nodes[at + 1..behind]
                .iter()
                .any(|n| n.depth == node.depth + 1 && !n.is(HIDDEN));
            lines.push(Line { node: at, foldable });
            at = if self.unfolded.contains(node) {
                at + 1
            } else {
                behind
            };
        }
        lines
    }
}

/// The line that a line is below.
fn above(tree: &Tree, at: usize) -> Option<usize> {
    let depth = tree.nodes.get(at)?.depth;
    (0..at).rev().find(|i| tree.nodes[*i].depth < depth)
}

/// The packet that a line leads to.
pub fn link(node: &Node) -> Option<u32> {
    match (node.field.kind, node.value) {
        (Kind::Frame, Value::U(number)) => u32::try_from(number).ok(),
        _ => None,
    }
}

fn chevron(painter: &egui::Painter, at: Pos2, open: bool, palette: &Palette) {
    let (w, h) = if open { (3.5, 2.0) } else { (2.0, 3.5) };
    let points = if open {
        vec![
            at + Vec2::new(-w, -h),
            at + Vec2::new(0.0, h),
            at + Vec2::new(w, -h),
        ]
    } else {
        vec![
            at + Vec2::new(-w, -h),
            at + Vec2::new(w, 0.0),
            at + Vec2::new(-w, h),
        ]
    };
    painter.line(points, egui::Stroke::new(1.4, palette.dim));
}

/// A line's text: label dim, value bright, generated values in brackets, trouble in its colour.
fn line_job(node: &Node, text: &str, palette: &Palette) -> egui::text::LayoutJob {
    use egui::text::{LayoutJob, TextFormat};
    let mut job = LayoutJob::default();
    job.wrap.max_rows = 1;
    job.break_on_newline = false;
    let format = |colour| TextFormat::simple(words(13.0), colour);
    let bad = node.severity > Severity::Note as u8 + 1;
    if node.is(PROTOCOL) || node.field.kind == Kind::Protocol {
        job.append(
            text,
            0.0,
            format(if bad { palette.bad } else { palette.text }),
        );
        return job;
    }
    if bad {
        job.append(text, 0.0, format(palette.bad));
        return job;
    }
    let generated = node.is(GENERATED);
    if generated {
        job.append("[", 0.0, format(palette.faint));
    }
    match text.find(": ") {
        Some(colon) if node.field.kind != Kind::Text => {
            job.append(&text[..colon + 2], 0.0, format(palette.dim));
            let value = if node.field.kind == Kind::Frame {
                palette.accent
            } else if generated {
                palette.dim
            } else {
                palette.text
            };
            job.append(&text[colon + 2..], 0.0, format(value));
        }
        _ => job.append(
            text,
            0.0,
            format(if generated { palette.dim } else { palette.text }),
        ),
    }
    if generated {
        job.append("]", 0.0, format(palette.faint));
    }
    job
}
