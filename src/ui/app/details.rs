//! The panes below the list: fields or diagram, bytes, explanation; and what is done with them.

use egui::{Context, RichText, ScrollArea, Ui};

use super::{App, menus};
use crate::export::diagram::svg::svg;
use crate::session::Detail;
use crate::ui::explain;
use crate::ui::theme::{EDGE, Palette};
use crate::ui::views::bytes::tab;
use crate::ui::views::diagram;
use crate::ui::widgets::split::{Way, pane};

impl App {
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
        let (left, right) = self
            .panes
            .fields_and_bytes
            .divide(ui, "fields-bytes", Way::Beside);
        pane(ui, left, palette.panel, |ui| {
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
                self.diagram_pane(ui, &detail);
            } else {
                self.fields_pane(ui, &detail);
            }
        });
        pane(ui, right, palette.panel, |ui| {
            self.bytes_and_explanation(ui, &detail)
        });
    }

    fn fields_pane(&mut self, ui: &mut Ui, detail: &Detail) {
        let typing = ui.ctx().memory(|m| m.focused().is_some());
        let mut wish = None;
        let old = self.filter.text.as_str();
        let mut menu = |ui: &mut Ui, node: usize| {
            wish = wish.take().or(menus::field(ui, detail, node, old));
        };
        let picked = self.tree.show(ui, detail, self.node, !typing, &mut menu);
        let ctx = ui.ctx().clone();
        self.fulfil(wish, &ctx);
        if let Some(node) = picked {
            self.choose_node(detail, node, false);
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
            Some(diagram::Action::Save) => {}
            None => {}
        }
    }

    fn bytes_and_explanation(&mut self, ui: &mut Ui, detail: &Detail) {
        let palette = Palette::here(ui);
        let mut bytes_area = ui.available_rect_before_wrap();
        if let Some(node) = self.node.filter(|n| *n < detail.tree.nodes.len()) {
            let (above, below) =
                self.panes
                    .bytes_and_explanation
                    .divide(ui, "bytes-explanation", Way::Stacked);
            bytes_area = above;
            let mut action = None;
            pane(ui, below, palette.panel, |ui| {
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
        pane(ui, bytes_area, palette.panel, |ui| {
            let mut wish = None;
            let old = self.filter.text.as_str();
            let mut menu = |ui: &mut Ui, node: usize| {
                wish = wish.take().or(menus::bytes(ui, detail, node, old));
            };
            let picked = self.bytes.show(ui, detail, self.node, &mut menu);
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
}
