//! The panes below the list: fields or diagram, bytes, explanation; and what is done with them.

use egui::{Context, RichText, ScrollArea, Ui};

use super::{App, Pane, menus};
use crate::dissect::text::{label, show};
use crate::export::bytes::ByteForm;
use crate::export::diagram::svg::svg;
use crate::session::Detail;
use crate::ui::explain;
use crate::ui::theme::{EDGE, Palette};
use crate::ui::views::bytes::tab;
use crate::ui::views::diagram;
use crate::ui::widgets::row_menu::keys_free;
use crate::ui::widgets::split::pane;

/// The settings' section of fields that are unfolded.
const UNFOLDED: &str = "unfolded fields";

/// What of a field is copied.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum FieldPart {
    /// The line as the tree shows it.
    Line,
    /// The value, as filters and exports have it.
    Value,
    /// The name, as filters have it.
    Name,
}

impl App {
    /// Unfold what earlier sessions left unfolded.
    pub(super) fn remember_unfolded(&mut self) {
        let lines = self.library.settings().lines(UNFOLDED).to_vec();
        self.tree.remember(&lines, &self.registry);
    }

    pub(super) fn details(&mut self, ui: &mut Ui) {
        let palette = Palette::here(ui);
        let Some(detail) = self.detail() else {
            if self.chosen.is_none() {
                ui.centered_and_justified(|ui| {
                    ui.label(
                        RichText::new("Choose a packet to see its fields and bytes.")
                            .color(palette.dim),
                    );
                });
            }
            return;
        };
        let [left, right] = self.fields_and_bytes(ui);
        if left.is_none() && right.is_none() {
            return self.hidden_details(ui);
        }
        if let Some(left) = left {
            self.fields_or_diagram(ui, left, &detail);
        }
        if let Some(right) = right {
            pane(ui, right, palette.panel, |ui| {
                self.bytes_and_explanation(ui, &detail)
            });
        }
    }

    fn fields_or_diagram(&mut self, ui: &mut Ui, area: egui::Rect, detail: &Detail) {
        let palette = Palette::here(ui);
        pane(ui, area, palette.panel, |ui| {
            ui.horizontal(|ui| {
                ui.add_space(EDGE);
                if tab(ui, "Fields", !self.panes.diagram, palette) {
                    self.panes.diagram = false;
                }
                if tab(ui, "Diagram", self.panes.diagram, palette) {
                    self.panes.diagram = true;
                }
            });
            if self.panes.diagram {
                self.diagram_pane(ui, detail);
            } else {
                self.fields_pane(ui, detail);
            }
        });
    }

    fn fields_pane(&mut self, ui: &mut Ui, detail: &Detail) {
        let keys = keys_free(ui.ctx());
        let mut wish = None;
        let old = self.filter.text.as_str();
        let mut menu = |ui: &mut Ui, node: usize| {
            wish = wish.take().or(menus::field(ui, detail, node, old));
        };
        let had = self.tree.focused;
        let picked = self.tree.show(ui, detail, self.node, keys, &mut menu);
        if self.tree.focused && !had {
            self.keys_to(Pane::Fields);
        }
        let ctx = ui.ctx().clone();
        self.fulfil(wish, &ctx);
        if let Some(node) = picked {
            self.choose_node(detail, node, false);
        }
        if let Some(lines) = self.tree.changed() {
            self.library.settings().set(UNFOLDED, lines);
        }
        if let Some(frame) = self.tree.followed.take() {
            self.go_to_frame(frame);
        }
    }

    fn diagram_pane(&mut self, ui: &mut Ui, detail: &Detail) {
        match self.diagram.show(ui, detail, self.node) {
            Some(diagram::Action::Choose(node)) => {
                self.choose_node(detail, node, false);
                self.tree.reveal(&detail.tree, node);
            }
            Some(diagram::Action::Copy) => self.copy_diagram(ui.ctx()),
            Some(diagram::Action::Save) => self.save_diagram(),
            None => {}
        }
    }

    fn bytes_and_explanation(&mut self, ui: &mut Ui, detail: &Detail) {
        let palette = Palette::here(ui);
        let node = self.node.filter(|n| *n < detail.tree.nodes.len());
        let [bytes_area, words_area] = self.bytes_and_words(ui, node.is_some());
        if let Some(area) = words_area {
            let mut action = None;
            pane(ui, area, palette.panel, |ui| {
                let Some(node) = node else {
                    ui.centered_and_justified(|ui| {
                        let words = "Choose a field to have it explained.";
                        ui.label(RichText::new(words).color(palette.dim));
                    });
                    return;
                };
                ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
                    action = explain::show_pane(ui, detail, node);
                });
            });
            match action {
                Some(explain::Action::Filter(filter)) => self.set_and_apply(&filter, ui.ctx()),
                Some(explain::Action::Go(frame)) => self.go_to_frame(frame),
                None => {}
            }
        }
        let Some(bytes_area) = bytes_area else { return };
        pane(ui, bytes_area, palette.panel, |ui| {
            let mut wish = None;
            let old = self.filter.text.as_str();
            let mut menu = |ui: &mut Ui, node: usize| {
                wish = wish.take().or(menus::bytes(ui, detail, node, old));
            };
            let keys = keys_free(ui.ctx());
            let had = self.bytes.focused;
            let picked = self.bytes.show(ui, detail, self.node, keys, &mut menu);
            if self.bytes.focused && !had {
                self.keys_to(Pane::Bytes);
            }
            let ctx = ui.ctx().clone();
            self.fulfil(wish, &ctx);
            if let Some(node) = picked {
                self.choose_node(detail, node, true);
            }
        });
    }

    /// Choose a packet by its number. One that the filter hides is shown all the same, and the window says so.
    pub(super) fn go_to_frame(&mut self, number: u32) {
        let Some(open) = &self.open else { return };
        let snapshot = open.session.snapshot();
        if number < snapshot.first() || number > snapshot.len() {
            self.notice = Some(format!("Packet {number} is not in this capture."));
            return;
        }
        self.choose_frame(number);
        match self.chosen_row() {
            Some(row) => {
                self.packets.list.follow_end = false;
                self.packets.list.reveal(row);
            }
            None => {
                self.notice = Some(format!(
                    "Packet {number} is shown below; the filter keeps it out of the list."
                ));
            }
        }
    }

    /// The chosen layer's drawing as SVG.
    pub(super) fn diagram_svg(&mut self) -> Option<String> {
        let detail = self.detail()?;
        self.diagram.diagram(&detail, self.node).map(svg)
    }

    pub(super) fn copy_diagram(&mut self, ctx: &Context) {
        if let Some(svg) = self.diagram_svg() {
            ctx.copy_text(svg);
        }
    }

    /// Copy the chosen field's line, value or name.
    pub(super) fn copy_field(&self, part: FieldPart, ctx: &Context) {
        let Some(detail) = self.detail() else { return };
        let Some(node) = self.node.and_then(|n| detail.tree.nodes.get(n)) else {
            return;
        };
        let mut out = String::new();
        match part {
            FieldPart::Line => label(&detail.tree, &detail.bytes, node, &mut out),
            FieldPart::Value => show(&detail.tree, &detail.bytes, node, &mut out),
            FieldPart::Name => out.push_str(node.field.abbrev),
        }
        if !out.is_empty() {
            ctx.copy_text(out);
        }
    }

    /// The bytes that commands are about: those selected, those of the chosen field, or all of the buffer shown.
    pub(super) fn bytes_meant(&self, detail: &Detail) -> Vec<u8> {
        let buffer = detail.tree.buffer(&detail.bytes, self.bytes.buffer);
        if let Some(part) = self
            .bytes
            .selected(buffer.len())
            .and_then(|r| buffer.get(r))
        {
            return part.to_vec();
        }
        let node = self.node.and_then(|n| detail.tree.nodes.get(n));
        match node.filter(|n| n.len > 0) {
            Some(node) => detail.tree.bytes(&detail.bytes, node).to_vec(),
            None => buffer.to_vec(),
        }
    }

    /// The bytes selected by dragging, in the buffer shown.
    pub fn selected_bytes(&self) -> Option<std::ops::Range<usize>> {
        let detail = self.detail()?;
        let buffer = detail.tree.buffer(&detail.bytes, self.bytes.buffer);
        self.bytes.selected(buffer.len())
    }

    /// Copy these bytes in a form.
    pub(super) fn copy_bytes(&self, form: ByteForm, ctx: &Context) {
        if let Some(detail) = self.detail() {
            ctx.copy_text(form.write(&self.bytes_meant(&detail)));
        }
    }
}
