//! How to capture: the options of the page.

use std::ops::RangeInclusive;

use egui::{Button, Checkbox, DragValue, RichText, Stroke, TextEdit, Ui};

use super::CapturePanel;
use crate::capture::live::WHOLE_FRAMES;
use crate::session::WatchState;
use crate::ui::theme::{Palette, mono};
use crate::ui::views::status::grouped;

/// The least memory for a capture's packets, MB.
pub(super) const LEAST_MEMORY: u32 = 16;

impl CapturePanel {
    pub(super) fn options(&mut self, ui: &mut Ui, state: &WatchState) {
        let palette = Palette::here(ui);
        // On this ground, boxes to tick and fields need an edge to be seen.
        let widgets = &mut ui.visuals_mut().widgets;
        for widget in [
            &mut widgets.inactive,
            &mut widgets.hovered,
            &mut widgets.active,
        ] {
            widget.bg_stroke = Stroke::new(1.0, palette.faint);
        }
        ui.horizontal_wrapped(|ui| {
            ui.add(Checkbox::new(&mut self.real_time, "Show packets as they come"));
            ui.add_enabled(self.real_time, Checkbox::new(&mut self.auto_scroll, "Stay at the newest"));
            ui.add(Checkbox::new(&mut self.promiscuous, "Promiscuous")).on_hover_text(
                "Ask the interface for packets to other machines too. On networks of others, ask them first.",
            );
            let text = if self.more { "Fewer options" } else { "More options" };
            let link = Button::new(RichText::new(text).color(palette.accent)).frame(false);
            if ui.add(link).clicked() {
                self.more = !self.more;
            }
        });
        if !self.more {
            return;
        }
        ui.add_space(8.0);
        let dim = |text: &str| RichText::new(text).color(palette.dim);
        let never = |n: f64, _: RangeInclusive<usize>| match n as u64 {
            0 => "never".to_owned(),
            n => grouped(n),
        };
        let all = |n: f64, _: RangeInclusive<usize>| match n as u64 {
            0 => "all".to_owned(),
            n => grouped(n),
        };
        egui::Grid::new("capture-options")
            .num_columns(2)
            .spacing([16.0, 8.0])
            .show(ui, |ui| {
                ui.label(dim("Keep of each packet"));
                ui.horizontal(|ui| {
                    let value = DragValue::new(&mut self.snap_len)
                        .range(0..=WHOLE_FRAMES)
                        .custom_formatter(all);
                    number(ui, "Bytes to keep of each packet", value);
                    ui.label(dim("bytes"));
                });
                ui.end_row();
                ui.label(dim("Kernel buffer"));
                ui.horizontal(|ui| {
                    let value = DragValue::new(&mut self.buffer_mib).range(1..=1024);
                    number(ui, "Kernel buffer, MiB", value);
                    ui.label(dim("MiB for each interface; more bridges longer pauses"));
                });
                ui.end_row();
                ui.label(dim("Memory"));
                ui.horizontal(|ui| {
                    let memory = DragValue::new(&mut self.memory_mb).range(LEAST_MEMORY..=1_000_000);
                    ui.add(memory.custom_formatter(|n, _| grouped(n as u64)));
                    ui.label(dim("MB; the oldest packets leave it when it is full, and stay in the capture's file"));
                });
                ui.end_row();
                let one = match self.chosen.as_slice() {
                    [one] => state.interfaces.iter().find(|w| w.device.name == *one),
                    _ => None,
                };
                let kinds = one.map_or(&[][..], |w| w.links.as_slice());
                if !kinds.iter().any(|k| Some(&k.name) == self.link.as_ref()) {
                    self.link = None;
                }
                if kinds.len() > 1 {
                    ui.label(dim("Link type"));
                    let usual = format!("{} (usual)", kinds[0].description);
                    let shown = self
                        .link
                        .as_ref()
                        .and_then(|n| kinds.iter().find(|k| k.name == *n));
                    let shown = shown.map_or(usual.clone(), |k| k.description.clone());
                    let spoken = format!("Link type: {shown}");
                    let combo = egui::ComboBox::from_id_salt("link-type")
                        .selected_text(shown)
                        .show_ui(ui, |ui| {
                            ui.selectable_value(&mut self.link, None, usual);
                            for kind in &kinds[1..] {
                                ui.selectable_value(
                                    &mut self.link,
                                    Some(kind.name.clone()),
                                    &kind.description,
                                );
                            }
                        });
                    combo.response.widget_info(|| {
                        egui::WidgetInfo::labeled(egui::Role::ComboBox, true, &spoken)
                    });
                    ui.end_row();
                }
                ui.label(dim("Stop after"));
                ui.horizontal(|ui| {
                    let value = DragValue::new(&mut self.stop_packets).custom_formatter(never);
                    number(ui, "Stop after so many packets", value);
                    ui.label(dim("packets"));
                    let value = DragValue::new(&mut self.stop_megabytes).custom_formatter(never);
                    number(ui, "Stop after so many MB", value);
                    ui.label(dim("MB"));
                    let value = DragValue::new(&mut self.stop_seconds).custom_formatter(never);
                    number(ui, "Stop after so many seconds", value);
                    ui.label(dim("seconds"));
                });
                ui.end_row();
                ui.label(dim("Also write"));
                ui.horizontal(|ui| {
                    ui.add(Checkbox::new(&mut self.files, "to"));
                    let edit = TextEdit::singleline(&mut self.files_path)
                        .font(mono(12.0))
                        .hint_text("/path/to/name.pcapng")
                        .desired_width(300.0);
                    let field = ui.add_enabled(self.files, edit);
                    field.widget_info(|| {
                        egui::WidgetInfo::labeled(
                            egui::Role::TextInput,
                            true,
                            "File to write to as well",
                        )
                    });
                });
                ui.end_row();
                if self.files {
                    ui.label(dim("A new file every"));
                    ui.horizontal(|ui| {
                        let value =
                            DragValue::new(&mut self.files_megabytes).custom_formatter(never);
                        number(ui, "A new file every so many MB", value);
                        ui.label(dim("MB, or"));
                        let value = DragValue::new(&mut self.files_seconds).custom_formatter(never);
                        number(ui, "A new file every so many seconds", value);
                        ui.label(dim("seconds; keep"));
                        let value = DragValue::new(&mut self.files_keep).custom_formatter(all);
                        number(ui, "Files to keep", value);
                        ui.label(dim("files"));
                    });
                    ui.end_row();
                }
            });
    }
}

/// A number that a screen reader can name.
fn number(ui: &mut Ui, name: &str, value: DragValue<'_>) {
    let response = ui.add(value);
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::SpinButton, true, name));
}
