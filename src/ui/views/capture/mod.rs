//! Before a capture: the interfaces and how busy they are, what to capture, when to stop, and what to do without rights.

pub(super) mod cards;
mod interfaces;
mod kept;
mod options;

use std::path::PathBuf;
use std::time::Duration;

use egui::{
    Button, CornerRadius, Frame, Key, Margin, Modifiers, RichText, Stroke, TextEdit, Ui, Vec2,
};

use cards::{left_over, quiet, refused};

use crate::capture::cache::LeftOver;
use crate::capture::live::{BUFFER_MIB, TapOptions, WHOLE_FRAMES};
use crate::capture::{FileFormat, Output, Plan, Ring, StopAfter};
use crate::session::WatchState;
use crate::ui::theme::{EDGE, Palette, mono, strong, words};

/// The page is no wider than this, points.
const PAGE: f32 = 920.0;

/// What the user asks for on the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Action {
    /// Begin to capture.
    Start,
    /// Choose a capture file.
    OpenFile,
    /// Back to the capture that is open.
    Back,
    /// Open a capture that was left over.
    OpenLeft(PathBuf),
    /// Delete it.
    DeleteLeft(PathBuf),
}

/// What is chosen on the page.
#[derive(Clone, Debug)]
pub struct CapturePanel {
    /// Names of the interfaces.
    pub chosen: Vec<String>,
    /// Capture filter.
    pub filter: String,
    /// Whether packets for other machines are wanted.
    pub promiscuous: bool,
    /// Bytes to keep of each packet; 0 = all.
    pub snap_len: u32,
    /// The kernel's buffer, MiB.
    pub buffer_mib: u32,
    /// Memory for what is known of packets, MB; older ones leave it.
    pub memory_mb: u32,
    /// Name of the link type; `None` = the usual one.
    pub link: Option<String>,
    /// Stop after so many packets; 0 = never. Likewise the others.
    pub stop_packets: u64,
    /// Megabytes.
    pub stop_megabytes: u64,
    /// Seconds.
    pub stop_seconds: u64,
    /// Whether the packets go into files of the user's choice as well.
    pub files: bool,
    /// Name after which they are called.
    pub files_path: String,
    /// Next file after so many megabytes; 0 = never.
    pub files_megabytes: u64,
    /// Next file after so many seconds; 0 = never.
    pub files_seconds: u64,
    /// Keep so many files; 0 = all.
    pub files_keep: u32,
    /// Show packets as they come.
    pub real_time: bool,
    /// Stay at the newest packet.
    pub auto_scroll: bool,
    /// Whether all options are shown.
    pub more: bool,
    /// Whether interfaces that are down, and what is none, are shown.
    pub others: bool,
}

impl Default for CapturePanel {
    fn default() -> CapturePanel {
        CapturePanel {
            chosen: Vec::new(),
            filter: String::new(),
            promiscuous: false,
            snap_len: 0,
            buffer_mib: BUFFER_MIB,
            memory_mb: usual_memory(),
            link: None,
            stop_packets: 0,
            stop_megabytes: 0,
            stop_seconds: 0,
            files: false,
            files_path: String::new(),
            files_megabytes: 100,
            files_seconds: 0,
            files_keep: 0,
            real_time: true,
            auto_scroll: true,
            more: false,
            others: false,
        }
    }
}

/// What a capture may take of the memory unless something else is asked for, MB.
fn usual_memory() -> u32 {
    u32::try_from(crate::session::usual_budget() / 1_000_000).unwrap_or(u32::MAX)
}

/// `None` for 0.
fn some(number: u64) -> Option<u64> {
    (number > 0).then_some(number)
}

impl CapturePanel {
    /// The capture that is asked for, kept in this file.
    pub fn plan(&self, file: PathBuf) -> Plan {
        let options = TapOptions {
            promiscuous: self.promiscuous,
            snap_len: if self.snap_len == 0 {
                WHOLE_FRAMES
            } else {
                self.snap_len
            },
            buffer_mib: self.buffer_mib,
            link: self.link.clone(),
            filter: self.filter.trim().to_owned(),
            ..TapOptions::default()
        };
        let mut outputs = vec![Output::File(file)];
        if self.files && !self.files_path.trim().is_empty() {
            let path = PathBuf::from(self.files_path.trim());
            let ring = Ring {
                bytes: some(self.files_megabytes).map(|n| n.saturating_mul(1_000_000)),
                after: some(self.files_seconds).map(Duration::from_secs),
                keep: (self.files_keep > 0).then_some(self.files_keep),
                ..Ring::default()
            };
            outputs.push(match ring.bytes.is_some() || ring.after.is_some() {
                true => Output::Files(path, ring),
                false => Output::File(path),
            });
        }
        Plan {
            taps: self
                .chosen
                .iter()
                .map(|n| (n.clone(), options.clone()))
                .collect(),
            outputs,
            format: FileFormat::Pcapng,
            stop: StopAfter {
                packets: some(self.stop_packets),
                bytes: some(self.stop_megabytes).map(|n| n.saturating_mul(1_000_000)),
                time: some(self.stop_seconds).map(Duration::from_secs),
                ..StopAfter::default()
            },
            prompt: self.real_time,
            ..Plan::default()
        }
    }
}

/// What the page shows besides the choices.
pub struct Input<'a> {
    /// The interfaces.
    pub state: &'a WatchState,
    /// What libpcap says of the filter; `None` while it is being checked.
    pub verdict: Option<Result<(), String>>,
    /// Captures that were left over.
    pub left: &'a [LeftOver],
    /// Whether a capture is open that one can go back to.
    pub open: bool,
    /// Whether a capture is about to begin.
    pub starting: bool,
}

/// Common capture filters: what they are for, and the text.
const COMMON: &[(&str, &str)] = &[
    ("Web", "tcp port 80 or tcp port 443"),
    ("HTTP in the clear", "port 80"),
    ("Names (DNS)", "port 53"),
    ("One host", "host 192.0.2.1"),
    ("One network", "net 192.0.2.0/24"),
    ("TCP only", "tcp"),
    ("UDP only", "udp"),
    (
        "Beginnings and ends of TCP connections",
        "tcp[tcpflags] & (tcp-syn|tcp-fin) != 0",
    ),
    ("Ping and its relatives", "icmp or icmp6"),
    ("Address resolution", "arp"),
    ("Addresses handed out (DHCP)", "port 67 or port 68"),
    ("Without this remote login", "not port 22"),
    ("No broadcasts", "not broadcast and not multicast"),
];

/// The words of the filter language.
const WORDS: &[&str] = &[
    "and",
    "arp",
    "broadcast",
    "dst",
    "dst host",
    "dst net",
    "dst port",
    "ether",
    "ether host",
    "ether proto",
    "gateway",
    "greater",
    "host",
    "icmp",
    "icmp6",
    "igmp",
    "ip",
    "ip6",
    "less",
    "mpls",
    "multicast",
    "net",
    "not",
    "or",
    "port",
    "portrange",
    "pppoes",
    "proto",
    "sctp",
    "src",
    "src host",
    "src net",
    "src port",
    "tcp",
    "tcp port",
    "udp",
    "udp port",
    "vlan",
];

/// The words that the last word of a text may become.
fn completions(text: &str) -> Vec<&'static str> {
    let last = last_word(text);
    if last.is_empty() {
        return Vec::new();
    }
    let fits = WORDS.iter().filter(|w| w.starts_with(last) && **w != last);
    fits.take(6).copied().collect()
}

fn last_word(text: &str) -> &str {
    text.rsplit(|c: char| !c.is_ascii_alphanumeric())
        .next()
        .unwrap_or("")
}

fn complete(text: &mut String, word: &str) {
    text.truncate(text.len() - last_word(text).len());
    text.push_str(word);
    text.push(' ');
}

impl CapturePanel {
    /// Draw the page.
    pub fn show(&mut self, ui: &mut Ui, input: &Input<'_>) -> Option<Action> {
        let mut action = None;
        egui::ScrollArea::vertical()
            .auto_shrink(false)
            .show(ui, |ui| {
                let margin = ((ui.available_width() - PAGE) / 2.0).max(2.0 * EDGE);
                ui.horizontal(|ui| {
                    ui.add_space(margin);
                    ui.vertical(|ui| {
                        ui.set_width((ui.available_width() - margin).max(240.0));
                        ui.add_space(28.0);
                        action = self.page(ui, input);
                        ui.add_space(24.0);
                    });
                });
            });
        action
    }

    fn page(&mut self, ui: &mut Ui, input: &Input<'_>) -> Option<Action> {
        let palette = Palette::here(ui);
        let mut action = None;
        ui.horizontal(|ui| {
            ui.vertical(|ui| {
                ui.label(
                    RichText::new("Wireglass")
                        .font(strong(22.0))
                        .color(palette.text),
                );
                ui.label(RichText::new("See what is on the wire.").color(palette.dim));
            });
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                if quiet(ui, "Open a capture…")
                    .on_hover_text("Ctrl+O")
                    .clicked()
                {
                    action = Some(Action::OpenFile);
                }
                if input.open && quiet(ui, "Back to the capture").clicked() {
                    action = Some(Action::Back);
                }
            });
        });
        for left in input.left.iter().take(3) {
            action = left_over(ui, left).or(action);
        }
        ui.add_space(16.0);
        if let Some(error) = &input.state.refused {
            refused(ui, error, self.chosen.first().map(String::as_str));
            ui.add_space(12.0);
        }
        ui.label(
            RichText::new("Interfaces")
                .font(strong(15.0))
                .color(palette.text),
        );
        ui.add_space(4.0);
        if self.interfaces(ui, input.state) {
            action = Some(Action::Start);
        }
        ui.add_space(14.0);
        ui.label(
            RichText::new("Capture filter")
                .font(strong(13.0))
                .color(palette.text),
        );
        self.filter_line(ui, input);
        ui.add_space(10.0);
        ui.scope(|ui| self.options(ui, input.state));
        ui.add_space(16.0);
        ui.horizontal(|ui| {
            let refused = matches!(&input.verdict, Some(Err(_)));
            let ready = !self.chosen.is_empty() && !refused && !input.starting;
            let text = if input.starting {
                "Starting…"
            } else {
                "Start"
            };
            let fill = if ready {
                palette.accent
            } else {
                palette.raised
            };
            let ink = if ready {
                palette.on_accent
            } else {
                palette.dim
            };
            let button = Button::new(RichText::new(text).color(ink))
                .fill(fill)
                .min_size(Vec2::new(120.0, 32.0));
            if ui
                .add_enabled(ready, button)
                .on_hover_text("Ctrl+E")
                .clicked()
            {
                action = Some(Action::Start);
            }
            let words = match self.chosen.as_slice() {
                [] => "Choose an interface to capture on.".to_owned(),
                names => format!("Capture on {}", names.join(", ")),
            };
            ui.label(RichText::new(words).color(palette.dim));
        });
        action
    }

    fn filter_line(&mut self, ui: &mut Ui, input: &Input<'_>) {
        let palette = Palette::here(ui);
        let edge = match &input.verdict {
            _ if self.filter.trim().is_empty() => palette.line,
            None => palette.line,
            Some(Ok(())) => palette.good,
            Some(Err(_)) => palette.bad,
        };
        ui.horizontal(|ui| {
            let frame = Frame::new()
                .fill(palette.tint(edge, if edge == palette.line { 0.0 } else { 0.12 }))
                .stroke(Stroke::new(1.0, edge))
                .corner_radius(CornerRadius::same(5))
                .inner_margin(Margin::symmetric(8, 3));
            frame.show(ui, |ui| {
                let width = (ui.available_width() - 96.0).max(120.0);
                let id = ui.scope_id().with("capture-filter");
                // Tab takes the first proposal, as long as there is one.
                let focused = ui.memory(|m| m.has_focus(id));
                if focused
                    && let Some(word) = completions(&self.filter).first()
                    && ui.input_mut(|i| i.consume_key(Modifiers::NONE, Key::Tab))
                {
                    complete(&mut self.filter, word);
                    let mut state =
                        egui::text_edit::TextEditState::load(ui.ctx(), id).unwrap_or_default();
                    let end = egui::text::CCursor::new(self.filter.chars().count());
                    state
                        .cursor
                        .set_char_range(Some(egui::text::CCursorRange::one(end)));
                    state.store(ui.ctx(), id);
                }
                let proposing = !completions(&self.filter).is_empty();
                let edit = TextEdit::singleline(&mut self.filter)
                    .id(id)
                    .font(mono(13.0))
                    .text_color(palette.text)
                    .frame(Frame::NONE)
                    .margin(Margin::ZERO)
                    .align(egui::Align2::LEFT_CENTER)
                    .lock_focus(focused && proposing)
                    .hint_text(
                        RichText::new("Everything: or port 53, host 192.0.2.1, not port 22")
                            .font(words(13.0)),
                    )
                    .desired_width(width);
                let response = ui.add_sized(Vec2::new(width, 22.0), edit);
                response.widget_info(|| {
                    egui::WidgetInfo::labeled(egui::Role::TextInput, true, "Capture filter")
                });
            });
            let button = Button::new(RichText::new("Common…").color(palette.text))
                .fill(palette.panel)
                .stroke(Stroke::new(1.0, palette.line))
                .min_size(Vec2::new(0.0, 28.0));
            egui::containers::menu::MenuButton::from_button(button).ui(ui, |ui| {
                ui.set_min_width(420.0);
                for (what, filter) in COMMON {
                    let button =
                        Button::new(*what).shortcut_text(RichText::new(*filter).font(mono(12.0)));
                    if ui.add(button).clicked() {
                        self.filter = (*filter).to_owned();
                    }
                }
            });
        });
        let proposals = completions(&self.filter);
        match &input.verdict {
            Some(Err(message)) if proposals.is_empty() => {
                ui.label(RichText::new(message).small().color(palette.bad));
            }
            _ if proposals.is_empty() => {
                let words = "Packets that do not match are never captured. Empty: all packets.";
                ui.label(RichText::new(words).small().color(palette.dim));
            }
            _ => {
                ui.horizontal(|ui| {
                    for word in proposals {
                        let chip =
                            Button::new(RichText::new(word).font(mono(12.0)).color(palette.text))
                                .fill(palette.raised)
                                .small();
                        if ui.add(chip).clicked() {
                            complete(&mut self.filter, word);
                        }
                    }
                    ui.label(
                        RichText::new("Tab takes the first")
                            .small()
                            .color(palette.dim),
                    );
                });
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_word_is_completed() {
        assert_eq!(completions("tcp po"), ["port", "portrange"]);
        assert_eq!(completions("tcp port 80 and (ho"), ["host"]);
        assert!(completions("tcp ").is_empty() && completions("").is_empty());
        let mut text = "not po".to_owned();
        complete(&mut text, "port");
        assert_eq!(text, "not port ");
    }

    #[test]
    fn common_filters_are_filters() {
        for (what, filter) in COMMON {
            assert_eq!(
                crate::capture::live::check_filter(filter, 1),
                Ok(()),
                "{what}"
            );
        }
    }

    #[test]
    fn the_choices_become_a_plan() {
        let mut panel = CapturePanel {
            chosen: vec!["lo".into(), "eth0".into()],
            filter: " port 53 ".into(),
            stop_seconds: 5,
            ..CapturePanel::default()
        };
        let plan = panel.plan("/tmp/a.pcapng".into());
        assert_eq!(plan.taps.len(), 2);
        assert_eq!(plan.taps[1].1.filter, "port 53");
        assert!(!plan.taps[0].1.promiscuous);
        assert_eq!(plan.stop.time, Some(Duration::from_secs(5)));
        assert_eq!(plan.outputs, [Output::File("/tmp/a.pcapng".into())]);
        panel.files = true;
        panel.files_path = "/tmp/ring.pcapng".into();
        panel.files_keep = 3;
        let plan = panel.plan("/tmp/a.pcapng".into());
        let ring = Ring {
            bytes: Some(100_000_000),
            keep: Some(3),
            ..Ring::default()
        };
        assert_eq!(
            plan.outputs[1],
            Output::Files("/tmp/ring.pcapng".into(), ring)
        );
    }
}
