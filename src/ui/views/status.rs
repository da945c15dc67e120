//! The status line: what is chosen, which file, how many packets.

use egui::{ProgressBar, RichText, Ui};

use crate::ui::theme::{EDGE, Palette};

/// What it shows.
#[derive(Clone, Debug, Default)]
pub struct Status {
    /// Filter name and bytes of the chosen field.
    pub field: String,
    /// Place of those bytes.
    pub bytes: String,
    /// Name of the file.
    pub file: String,
    /// Packets in the capture.
    pub packets: u64,
    /// Packets displayed, when a filter is on.
    pub displayed: Option<u64>,
    /// Share of the file that is loaded, while it is loading.
    pub loading: Option<f32>,
    /// Share of the list that was looked at, while it is being sorted.
    pub sorting: Option<f32>,
    /// Whether the filter is still at work.
    pub filtering: bool,
}

impl Status {
    /// The counts in words: packets, displayed, percent.
    pub fn counts(&self) -> String {
        let mut text = format!("{} packets", grouped(self.packets));
        if let Some(displayed) = self.displayed {
            text.push_str(&format!(" · {} displayed", share(displayed, self.packets)));
        }
        text
    }
}

/// `12 (0.7 %)`.
fn share(part: u64, whole: u64) -> String {
    let percent = if whole == 0 {
        0.0
    } else {
        part as f64 * 100.0 / whole as f64
    };
    format!("{} ({percent:.1} %)", grouped(part))
}

/// A number with its thousands set off.
pub fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (i, c) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(c);
    }
    out
}

/// Draw it; says whether the user cancelled loading.
pub fn show(ui: &mut Ui, status: &Status) -> bool {
    let palette = Palette::here(ui);
    let mut cancel = false;
    ui.horizontal_centered(|ui| {
        ui.add_space(EDGE);
        ui.label(RichText::new(&status.field).small().color(palette.text));
        ui.label(RichText::new(&status.bytes).small().color(palette.dim));
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            ui.add_space(EDGE);
            ui.label(RichText::new(status.counts()).small().color(palette.text));
            if status.filtering {
                ui.label(RichText::new("filtering…").small().color(palette.dim));
            }
            if let Some(share) = status.sorting {
                let text = format!("sorting… {:.0} %", share * 100.0);
                ui.label(RichText::new(text).small().color(palette.dim));
            }
            if let Some(share) = status.loading {
                if ui.small_button("Cancel").clicked() {
                    cancel = true;
                }
                let bar = ProgressBar::new(share)
                    .desired_width(120.0)
                    .desired_height(6.0);
                ui.add(bar);
                ui.label(RichText::new("loading").small().color(palette.dim));
            }
            ui.label(RichText::new(&status.file).small().color(palette.dim));
        });
    });
    cancel
}

#[cfg(test)]
mod tests {
    use super::{Status, grouped};

    #[test]
    fn counts_are_said_in_words() {
        assert_eq!(grouped(1_762), "1,762");
        assert_eq!(grouped(10_000_000), "10,000,000");
        let status = Status {
            packets: 1_762,
            displayed: Some(12),
            ..Status::default()
        };
        assert_eq!(status.counts(), "1,762 packets · 12 (0.7 %) displayed");
    }
}
