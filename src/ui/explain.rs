//! The explanation of the chosen field: what it is for, how its value came about, where it is defined, and how to filter for it.

use egui::text::{LayoutJob, TextFormat};
use egui::{CornerRadius, Margin, RichText, Ui};

use crate::export::explain::{Explanation, Line, Packet, Part, explain};
use crate::filter::compose::of_node;
use crate::session::Detail;
use crate::ui::theme::{EDGE, Palette, mono, strong, words};

/// What the user did in the pane.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Action {
    /// Apply this filter.
    Filter(String),
    /// Go to this packet.
    Go(u32),
}

/// What there is to say about a node of a packet.
pub fn of(detail: &Detail, node: usize) -> Explanation {
    let packet = Packet {
        number: detail.number,
        tree: &detail.tree,
        bytes: &detail.bytes,
    };
    let others: Vec<Packet<'_>> = detail
        .related
        .iter()
        .map(|r| Packet {
            number: r.number,
            tree: &r.tree,
            bytes: &r.bytes,
        })
        .collect();
    explain(packet, node, &others)
}

/// Draw the pane for a node; returns what the user did.
pub fn show_pane(ui: &mut Ui, detail: &Detail, node: usize) -> Option<Action> {
    let palette = Palette::here(ui);
    let at = detail.tree.nodes.get(node)?;
    let said = of(detail, node);
    let mut action = None;
    let frame = egui::Frame::new().inner_margin(Margin::symmetric(EDGE as i8, 8));
    frame.show(ui, |ui| {
        title(ui, &said, palette);
        ui.add_space(2.0);
        if !said.lesson.is_empty() {
            ui.label(RichText::new(&said.lesson).color(palette.text));
            ui.add_space(4.0);
        }
        if !said.sums.is_empty() {
            egui::Frame::new()
                .fill(palette.raised)
                .corner_radius(CornerRadius::same(4))
                .inner_margin(Margin::symmetric(10, 6))
                .show(ui, |ui| {
                    ui.set_width(ui.available_width());
                    for sum in &said.sums {
                        line(ui, sum, true, palette, &mut action);
                    }
                });
            ui.add_space(4.0);
        }
        for remark in &said.remarks {
            line(ui, remark, false, palette, &mut action);
        }
        ui.add_space(2.0);
        ui.horizontal_wrapped(|ui| {
            if !said.spec.is_empty() {
                ui.label(RichText::new(&said.spec).small().color(palette.dim));
            }
            let Some(text) = of_node(&detail.tree, &detail.bytes, at) else {
                return;
            };
            let lead = if said.spec.is_empty() {
                "filter"
            } else {
                "· filter"
            };
            ui.label(RichText::new(lead).small().color(palette.dim));
            let link =
                egui::Label::new(RichText::new(&text).font(mono(12.0)).color(palette.accent))
                    .sense(egui::Sense::click());
            if ui.add(link).on_hover_text("Apply this filter").clicked() {
                action = Some(Action::Filter(text));
            }
        });
    });
    action
}

/// Name and value.
fn title(ui: &mut Ui, said: &Explanation, palette: &Palette) {
    let mut job = LayoutJob::default();
    job.append(
        &said.title,
        0.0,
        TextFormat::simple(strong(15.0), palette.text),
    );
    if !said.value.is_empty() {
        job.append(
            &said.value,
            10.0,
            TextFormat::simple(mono(13.0), palette.accent),
        );
    }
    ui.label(job);
}

/// A line with its values set off and its links.
fn line(ui: &mut Ui, line: &Line, is_sum: bool, palette: &Palette, action: &mut Option<Action>) {
    let (plain, bright) = if is_sum {
        (words(12.5), mono(12.5))
    } else {
        (words(13.0), words(13.0))
    };
    let quiet = if is_sum { palette.dim } else { palette.text };
    // Two faces stand on one line by their middles: their letters are of one height.
    let format = |font: &egui::FontId, colour| TextFormat {
        valign: egui::Align::Center,
        ..TextFormat::simple(font.clone(), colour)
    };
    // A line without links is one text: it wraps and is read as one.
    let mut job = LayoutJob::default();
    let flush = |ui: &mut Ui, job: &mut LayoutJob| {
        if !job.text.is_empty() {
            ui.label(std::mem::take(job));
        }
    };
    let mut parts = |ui: &mut Ui| {
        for part in &line.0 {
            match part {
                Part::Words(text) => {
                    job.append(text, 0.0, format(&plain, quiet));
                }
                Part::Value(text) => {
                    job.append(text, 0.0, format(&bright, palette.text));
                }
                Part::Frame(number) => {
                    flush(ui, &mut job);
                    let text = format!("packet {number}");
                    let link = RichText::new(&text)
                        .font(bright.clone())
                        .color(palette.accent);
                    let link = egui::Label::new(link).sense(egui::Sense::click());
                    let response = ui
                        .add(link)
                        .on_hover_cursor(egui::CursorIcon::PointingHand)
                        .on_hover_text("Go to this packet");
                    response
                        .widget_info(|| egui::WidgetInfo::labeled(egui::Role::Link, true, &text));
                    if response.clicked() {
                        *action = Some(Action::Go(*number));
                    }
                }
            }
        }
        flush(ui, &mut job);
    };
    ui.scope(|ui| {
        // Parts of a line stand on one line: it must not be higher than they are.
        ui.spacing_mut().item_spacing = egui::vec2(0.0, 2.0);
        ui.spacing_mut().interact_size.y = 0.0;
        ui.horizontal_wrapped(|ui| parts(ui));
    });
    ui.add_space(2.0);
}
