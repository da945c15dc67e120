//! A packet in a window of its own: its fields beside its bytes. It stays as it is, whatever the list goes on to.

use std::sync::Arc;

use egui::{Context, Ui, ViewportBuilder, ViewportClass, ViewportId};

use super::bytes::Bytes;
use super::tree::FieldTree;
use crate::session::{Detail, Feed};
use crate::ui::theme::Palette;
use crate::ui::widgets::split::{Split, Way, pane};

/// The window of one packet.
pub struct PacketWindow {
    number: u32,
    title: String,
    detail: Option<Arc<Detail>>,
    tree: FieldTree,
    bytes: Bytes,
    split: Split,
    node: Option<usize>,
}

impl PacketWindow {
    /// A window for this packet of a file.
    pub fn new(number: u32, file: &str) -> PacketWindow {
        PacketWindow {
            number,
            title: format!("Packet {number} · {file}"),
            detail: None,
            tree: FieldTree::default(),
            bytes: Bytes::default(),
            split: Split::new(0.55, 160.0),
            node: None,
        }
    }

    /// Which packet it shows.
    pub fn number(&self) -> u32 {
        self.number
    }

    /// Whether the packet is there.
    pub fn is_ready(&self) -> bool {
        self.detail.is_some()
    }

    /// Draw it; `false` when the user closed it.
    pub fn show(&mut self, ctx: &Context, feed: Option<&Feed>) -> bool {
        if self.detail.is_none() {
            self.detail = feed.and_then(|feed| feed.packet(self.number));
        }
        let id = ViewportId::from_hash_of(("packet window", self.number));
        let builder = ViewportBuilder::default()
            .with_title(&self.title)
            .with_inner_size([960.0, 560.0])
            .with_min_inner_size([480.0, 240.0]);
        ctx.show_viewport_immediate(id, builder, |ui, class| {
            let mut open = true;
            let embedded = class == ViewportClass::EmbeddedWindow;
            if embedded {
                // Inside the main window there is no frame of the system with a button for it.
                open = !ui.button("Close this window").clicked();
            } else {
                open = !ui.input(|i| i.viewport().close_requested()) && open;
                let area = ui.max_rect();
                ui.painter().rect_filled(area, 0, Palette::here(ui).panel);
            }
            self.content(ui);
            open
        })
    }

    fn content(&mut self, ui: &mut Ui) {
        let palette = Palette::here(ui);
        let Some(detail) = self.detail.clone() else {
            ui.centered_and_justified(|ui| ui.label("…"));
            return;
        };
        let (above, below) = self.split.divide(ui, "packet-window", Way::Stacked);
        let mut nothing = |_: &mut Ui, _: usize| {};
        let mut picked = None;
        pane(ui, above, palette.panel, |ui| {
            let had = self.tree.focused;
            picked = self.tree.show(ui, &detail, self.node, true, &mut nothing);
            if self.tree.focused && !had {
                self.bytes.focused = false;
            }
        });
        if let Some(node) = picked {
            self.node = Some(node);
            if let Some(node) = detail.tree.nodes.get(node) {
                self.bytes.reveal(node);
            }
        }
        let mut hit = None;
        pane(ui, below, palette.panel, |ui| {
            let had = self.bytes.focused;
            hit = self.bytes.show(ui, &detail, self.node, true, &mut nothing);
            if self.bytes.focused && !had {
                self.tree.focused = false;
            }
        });
        if let Some(node) = hit {
            self.node = Some(node);
            self.tree.reveal(&detail.tree, node);
        }
    }
}
