//! While a capture runs: its counters, always in sight, and what can be done with it.

use egui::{Button, Frame, Margin, Panel, RichText, Stroke, Ui};

use crate::ui::theme::{EDGE, Palette, strong};
use crate::ui::views::status::grouped;

/// What the bar shows.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Bar {
    /// Interfaces, or the pipe.
    pub names: String,
    /// Capture filter.
    pub filter: String,
    /// Whether it still runs.
    pub running: bool,
    /// What ended it, if that was a fault.
    pub faults: Vec<String>,
    /// Packets received.
    pub received: u64,
    /// Packets displayed.
    pub displayed: u64,
    /// Dropped by the kernel.
    pub dropped: u64,
    /// Dropped by the interfaces.
    pub interface_dropped: u64,
    /// No longer in memory, but still in the file.
    pub evicted: u64,
    /// The file that all packets are in.
    pub file: String,
    /// About how much memory all packets would take, bytes.
    pub whole: u64,
    /// Packets a second.
    pub packets_per_second: f64,
    /// Bits a second.
    pub bits_per_second: f64,
    /// Whether the list stays at its end.
    pub following: bool,
    /// Whether packets are shown as they come.
    pub real_time: bool,
    /// Whether it is kept in a file of the user's.
    pub saved: bool,
    /// Whether that is being done.
    pub saving: bool,
}

/// What the user asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// End it.
    Stop,
    /// Begin anew with the same settings.
    Restart,
    /// Stay at the newest packet, or not.
    Follow(bool),
    /// Keep it in a file.
    Save,
    /// Show the evicted packets too.
    ShowAll,
}

/// `12.3 Mbit/s`.
pub fn bits(rate: f64) -> String {
    match rate {
        r if r < 1e3 => format!("{r:.0} bit/s"),
        r if r < 1e6 => format!("{:.1} kbit/s", r / 1e3),
        r if r < 1e9 => format!("{:.1} Mbit/s", r / 1e6),
        r => format!("{:.2} Gbit/s", r / 1e9),
    }
}

/// Draw it below the toolbar.
pub fn show(ui: &mut Ui, bar: &Bar) -> Option<Action> {
    let palette = Palette::here(ui);
    let mut action = None;
    let colour = match (bar.running, bar.faults.is_empty()) {
        (true, _) => palette.good,
        (false, true) => palette.line,
        (false, false) => palette.bad,
    };
    let frame = Frame::new()
        .fill(palette.tint(
            colour,
            if bar.running || !bar.faults.is_empty() {
                0.10
            } else {
                0.0
            },
        ))
        .inner_margin(Margin::symmetric(EDGE as i8, 4));
    Panel::top("capture-bar").frame(frame).show(ui, |ui| {
        ui.horizontal(|ui| {
            ui.set_min_height(26.0);
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                let mut button = |ui: &mut Ui, text: &str, hint: &str, what: Action, enabled| {
                    let button = Button::new(RichText::new(text).color(palette.text))
                        .fill(palette.panel)
                        .stroke(Stroke::new(1.0, palette.line));
                    if ui
                        .add_enabled(enabled, button)
                        .on_hover_text(hint)
                        .clicked()
                    {
                        action = Some(what);
                    }
                };
                button(
                    ui,
                    "Restart",
                    "Begin anew with the same settings (Ctrl+R)",
                    Action::Restart,
                    true,
                );
                if bar.running {
                    button(ui, "Stop", "End the capture (Ctrl+E)", Action::Stop, true);
                } else if !bar.saved {
                    let text = if bar.saving { "Saving…" } else { "Save…" };
                    button(
                        ui,
                        text,
                        "Keep the capture in a file",
                        Action::Save,
                        !bar.saving,
                    );
                }
                if bar.running && bar.real_time {
                    match bar.following {
                        true => button(
                            ui,
                            "Following the newest",
                            "The list stays at its end until you scroll up",
                            Action::Follow(false),
                            true,
                        ),
                        false => button(
                            ui,
                            "Go to the newest and follow",
                            "You scrolled up, so the list stands still",
                            Action::Follow(true),
                            true,
                        ),
                    }
                }
                // Numbers grow: what does not fit goes into a second line.
                let words = egui::Layout::left_to_right(egui::Align::Center).with_main_wrap(true);
                ui.with_layout(words, |ui| {
                    let title = match (bar.running, bar.faults.is_empty()) {
                        (true, _) => "Capturing",
                        (false, true) => "Captured",
                        (false, false) => "Capture ended",
                    };
                    let (dot, _) =
                        ui.allocate_exact_size(egui::Vec2::splat(10.0), egui::Sense::hover());
                    match bar.running {
                        true => ui.painter().circle_filled(dot.center(), 4.0, palette.good),
                        false => ui.painter().circle_stroke(
                            dot.center(),
                            3.5,
                            Stroke::new(1.0, palette.dim),
                        ),
                    };
                    let title = RichText::new(title).font(strong(13.0)).color(palette.text);
                    ui.add(egui::Label::new(title).extend());
                    let filter = match bar.filter.is_empty() {
                        true => String::new(),
                        false => format!(" · {}", bar.filter),
                    };
                    ui.label(RichText::new(format!("{}{filter}", bar.names)).color(palette.dim));
                    ui.add_space(8.0);
                    for (value, what, alarm) in counters(bar) {
                        let ink = if alarm { palette.bad } else { palette.text };
                        let mut parts = egui::text::LayoutJob::default();
                        for text in [
                            RichText::new(value).font(strong(12.0)).color(ink),
                            RichText::new(format!(" {what}")).small().color(palette.dim),
                        ] {
                            let (style, align) = (ui.style(), egui::Align::Center);
                            text.append_to(&mut parts, style, egui::FontSelection::Default, align);
                        }
                        ui.add(egui::Label::new(parts).extend());
                    }
                });
            });
        });
        if bar.evicted > 0 && gone(ui, bar) {
            action = Some(Action::ShowAll);
        }
        for fault in &bar.faults {
            let words = format!("{fault}. The packets so far are kept.");
            ui.add(egui::Label::new(RichText::new(words).color(palette.text)).wrap());
        }
    });
    action
}

/// What left the memory, and the button that brings it back: whether it was pressed.
fn gone(ui: &mut Ui, bar: &Bar) -> bool {
    let palette = Palette::here(ui);
    let packets = match bar.evicted {
        1 => "packet".to_owned(),
        n => format!("{} packets", grouped(n)),
    };
    let words =
        format!("The first {packets} left the memory, but are still in the capture's file.");
    let hint = format!(
        "Read the whole file. That takes about {} MB of memory, and more with each packet to come.",
        grouped(bar.whole.div_ceil(1_000_000))
    );
    let button = Button::new(RichText::new("Show them all").color(palette.text))
        .fill(palette.panel)
        .stroke(Stroke::new(1.0, palette.line));
    ui.horizontal(|ui| {
        ui.label(RichText::new(words).color(palette.dim))
            .on_hover_text(&bar.file);
        ui.add(button).on_hover_text(hint).clicked()
    })
    .inner
}

/// The counters: value, what it counts, and whether it is bad news.
fn counters(bar: &Bar) -> Vec<(String, &'static str, bool)> {
    let mut all = vec![
        (grouped(bar.received), "received", false),
        (grouped(bar.displayed), "displayed", false),
        (
            grouped(bar.dropped),
            "dropped by the kernel",
            bar.dropped > 0,
        ),
        (
            grouped(bar.interface_dropped),
            "by the interface",
            bar.interface_dropped > 0,
        ),
        (grouped(bar.evicted), "evicted", false),
    ];
    if bar.running {
        let rate = bar.packets_per_second.round().max(0.0) as u64;
        all.push((grouped(rate), "packets/s", false));
        all.push((bits(bar.bits_per_second), "", false));
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counters_are_always_there() {
        let bar = Bar {
            received: 1_234_567,
            dropped: 3,
            running: true,
            packets_per_second: 999.6,
            bits_per_second: 12_345_678.0,
            ..Bar::default()
        };
        let all = counters(&bar);
        let words: Vec<_> = all.iter().map(|(v, w, _)| format!("{v} {w}")).collect();
        assert_eq!(
            words,
            [
                "1,234,567 received",
                "0 displayed",
                "3 dropped by the kernel",
                "0 by the interface",
                "0 evicted",
                "1,000 packets/s",
                "12.3 Mbit/s "
            ]
        );
        assert!(all[2].2 && !all[3].2);
        assert_eq!(bits(2.5e9), "2.50 Gbit/s");
    }
}
