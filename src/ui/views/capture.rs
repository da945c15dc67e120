//! Before a capture: the interfaces and how busy they are, what to capture, when to stop, and what to do without rights.

use std::collections::VecDeque;
use std::path::PathBuf;
use std::time::Duration;

use egui::{
    Button, Checkbox, CornerRadius, DragValue, Frame, Key, Margin, Modifiers, Pos2, Rect, RichText,
    Sense, Stroke, TextEdit, Ui, Vec2,
};

use crate::capture::cache::LeftOver;
use crate::capture::live::{BUFFER_MIB, TapOptions, WHOLE_FRAMES};
use crate::capture::rights::remedies;
use crate::capture::{FileFormat, Output, Plan, Ring, StopAfter};
use crate::session::{WatchState, Watched};
use crate::ui::theme::{EDGE, Palette, mono, strong, words};
use crate::ui::views::status::grouped;

/// Height of an interface's line, points.
const ROW: f32 = 36.0;
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
        self.options(ui, input.state);
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

    /// The list of interfaces; true if one was chosen by a double click.
    fn interfaces(&mut self, ui: &mut Ui, state: &WatchState) -> bool {
        let palette = Palette::here(ui);
        let mut start = false;
        let usual = |w: &&Watched| w.device.up && w.device.network;
        let (first, others): (Vec<_>, Vec<_>) = state.interfaces.iter().partition(usual);
        let frame = Frame::new()
            .fill(palette.panel)
            .stroke(Stroke::new(1.0, palette.line))
            .corner_radius(CornerRadius::same(6));
        frame.show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            ui.set_width(ui.available_width());
            if first.is_empty() {
                let words = if state.looked {
                    "No interface is up."
                } else {
                    "Looking for interfaces…"
                };
                ui.add_space(8.0);
                ui.horizontal(|ui| {
                    ui.add_space(EDGE);
                    ui.label(RichText::new(words).color(palette.dim));
                });
                ui.add_space(8.0);
            }
            for watched in &first {
                start |= self.interface(ui, watched);
            }
            if self.others {
                for watched in &others {
                    start |= self.interface(ui, watched);
                }
            }
        });
        if !others.is_empty() {
            let words = match self.others {
                true => "Hide those that are down or no network interfaces".to_owned(),
                false => format!("{} more: down, or no network interfaces", others.len()),
            };
            let link = Button::new(RichText::new(words).small().color(palette.dim)).frame(false);
            if ui.add(link).clicked() {
                self.others = !self.others;
            }
        }
        start
    }

    fn interface(&mut self, ui: &mut Ui, watched: &Watched) -> bool {
        let palette = Palette::here(ui);
        let device = &watched.device;
        let name = &device.name;
        let (rect, response) =
            ui.allocate_exact_size(Vec2::new(ui.available_width(), ROW), Sense::click());
        let was = self.chosen.contains(name);
        let mut start = false;
        if response.double_clicked() {
            self.chosen = vec![name.clone()];
            start = true;
        } else if response.clicked() {
            match was {
                true => self.chosen.retain(|n| n != name),
                false => self.chosen.push(name.clone()),
            }
        }
        let is = self.chosen.contains(name);
        let addresses: Vec<_> = device.addresses.iter().map(ToString::to_string).collect();
        let link = watched.links.first().map_or("", |l| l.description.as_str());
        let up = if device.up { "up" } else { "down" };
        let told = format!("Interface {name}, {up}, {link}, {}", addresses.join(", "));
        response.widget_info(|| egui::WidgetInfo::selected(egui::Role::CheckBox, true, is, &told));
        let painter = ui.painter_at(rect);
        if is {
            painter.rect_filled(rect.shrink(1.0), CornerRadius::same(5), palette.selection);
        } else if response.hovered() {
            painter.rect_filled(rect.shrink(1.0), CornerRadius::same(5), palette.raised);
        }
        let middle = rect.center().y;
        let left = rect.min.x + EDGE;
        let tick = Rect::from_center_size(Pos2::new(left + 8.0, middle), Vec2::splat(16.0));
        painter.rect(
            tick,
            CornerRadius::same(4),
            if is { palette.accent } else { palette.ground },
            Stroke::new(1.0, if is { palette.accent } else { palette.faint }),
            egui::StrokeKind::Inside,
        );
        if is {
            let points = [(-4.0, 0.0), (-1.0, 3.5), (4.5, -3.5)];
            let points = points
                .map(|(x, y)| tick.center() + Vec2::new(x, y))
                .to_vec();
            painter.line(points, Stroke::new(2.0, palette.on_accent));
        }
        let running = device.up && device.connected != Some(false);
        let dot = Pos2::new(left + 32.0, middle);
        match running {
            true => painter.circle_filled(dot, 4.0, palette.good),
            false => painter.circle_stroke(dot, 3.5, Stroke::new(1.0, palette.faint)),
        };
        let text = |x: f32, width: f32, what: &str, font, colour| {
            let mut job = egui::text::LayoutJob::simple_singleline(what.to_owned(), font, colour);
            job.wrap = egui::text::TextWrapping::truncate_at_width(width.max(8.0));
            let galley = painter.layout_job(job);
            let at = Pos2::new(x, middle - galley.size().y / 2.0);
            painter.galley(at, galley, colour);
        };
        let graph = Rect::from_min_max(
            Pos2::new(rect.max.x - 120.0, rect.min.y + 7.0),
            Pos2::new(rect.max.x - EDGE, rect.max.y - 7.0),
        );
        let rate_at = graph.min.x - 76.0;
        let name_at = left + 48.0;
        text(name_at, 120.0, name, strong(13.0), palette.text);
        text(name_at + 128.0, 130.0, link, words(12.0), palette.dim);
        let mut about = addresses.join(", ");
        if about.is_empty() {
            about = device.description.clone().unwrap_or_default();
        }
        let about_at = name_at + 266.0;
        text(
            about_at,
            rate_at - about_at - EDGE,
            &about,
            words(12.0),
            palette.dim,
        );
        if let Some(rate) = watched.rates.back() {
            let words_of = format!("{} /s", grouped(rate.round() as u64));
            text(rate_at, 72.0, &words_of, words(12.0), palette.text);
            sparkline(&painter, graph, &watched.rates, palette);
        }
        response.on_hover_text(format!(
            "{name}: {up}{}{}",
            if link.is_empty() {
                String::new()
            } else {
                format!(", {link}")
            },
            if addresses.is_empty() {
                String::new()
            } else {
                format!("\n{}", addresses.join("\n"))
            },
        ));
        start
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
                let width = (ui.available_width() - 120.0).max(120.0);
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
            ui.menu_button("Common…", |ui| {
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

    fn options(&mut self, ui: &mut Ui, state: &WatchState) {
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
        let never = |n: f64, _: std::ops::RangeInclusive<usize>| match n as u64 {
            0 => "never".to_owned(),
            n => grouped(n),
        };
        let all = |n: f64, _: std::ops::RangeInclusive<usize>| match n as u64 {
            0 => "all".to_owned(),
            n => grouped(n),
        };
        egui::Grid::new("capture-options")
            .num_columns(2)
            .spacing([16.0, 8.0])
            .show(ui, |ui| {
                ui.label(dim("Keep of each packet"));
                ui.horizontal(|ui| {
                    ui.add(
                        DragValue::new(&mut self.snap_len)
                            .range(0..=WHOLE_FRAMES)
                            .custom_formatter(all),
                    );
                    ui.label(dim("bytes"));
                });
                ui.end_row();
                ui.label(dim("Kernel buffer"));
                ui.horizontal(|ui| {
                    ui.add(DragValue::new(&mut self.buffer_mib).range(1..=1024));
                    ui.label(dim("MiB for each interface; more bridges longer pauses"));
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
                    egui::ComboBox::from_id_salt("link-type")
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
                    ui.end_row();
                }
                ui.label(dim("Stop after"));
                ui.horizontal(|ui| {
                    ui.add(DragValue::new(&mut self.stop_packets).custom_formatter(never));
                    ui.label(dim("packets"));
                    ui.add(DragValue::new(&mut self.stop_megabytes).custom_formatter(never));
                    ui.label(dim("MB"));
                    ui.add(DragValue::new(&mut self.stop_seconds).custom_formatter(never));
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
                    ui.add_enabled(self.files, edit);
                });
                ui.end_row();
                if self.files {
                    ui.label(dim("A new file every"));
                    ui.horizontal(|ui| {
                        ui.add(DragValue::new(&mut self.files_megabytes).custom_formatter(never));
                        ui.label(dim("MB, or"));
                        ui.add(DragValue::new(&mut self.files_seconds).custom_formatter(never));
                        ui.label(dim("seconds; keep"));
                        ui.add(DragValue::new(&mut self.files_keep).custom_formatter(all));
                        ui.label(dim("files"));
                    });
                    ui.end_row();
                }
            });
    }
}

/// A button that does not shout.
fn quiet(ui: &mut Ui, text: &str) -> egui::Response {
    let palette = Palette::here(ui);
    let button = Button::new(RichText::new(text).color(palette.text))
        .fill(palette.panel)
        .stroke(Stroke::new(1.0, palette.line))
        .min_size(Vec2::new(0.0, 28.0));
    ui.add(button)
}

fn card(ui: &mut Ui, colour: egui::Color32, content: impl FnOnce(&mut Ui)) {
    let palette = Palette::here(ui);
    Frame::new()
        .fill(palette.tint(colour, 0.10))
        .stroke(Stroke::new(1.0, palette.tint(colour, 0.5)))
        .corner_radius(CornerRadius::same(6))
        .inner_margin(Margin::symmetric(EDGE as i8, 10))
        .show(ui, |ui| {
            ui.set_width(ui.available_width());
            content(ui);
        });
}

/// A capture that a crash has left.
fn left_over(ui: &mut Ui, left: &LeftOver) -> Option<Action> {
    let palette = Palette::here(ui);
    let mut action = None;
    ui.add_space(12.0);
    card(ui, palette.doubt, |ui| {
        ui.horizontal(|ui| {
            let ago = left.modified.elapsed().unwrap_or_default().as_secs();
            let ago = match ago {
                0..120 => "just now".to_owned(),
                120..7200 => format!("{} minutes ago", ago / 60),
                7200..172_800 => format!("{} hours ago", ago / 3600),
                _ => format!("{} days ago", ago / 86_400),
            };
            let words = format!(
                "A capture was not ended well, {ago}. Its {} are still there.",
                size(left.bytes)
            );
            ui.label(RichText::new(words).color(palette.text));
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                if quiet(ui, "Delete").clicked() {
                    action = Some(Action::DeleteLeft(left.path.clone()));
                }
                if quiet(ui, "Open").clicked() {
                    action = Some(Action::OpenLeft(left.path.clone()));
                }
            });
        });
    });
    action
}

/// Bytes as people say them.
pub fn size(bytes: u64) -> String {
    match bytes {
        0..1000 => format!("{bytes} bytes"),
        1000..1_000_000 => format!("{:.1} kB", bytes as f64 / 1e3),
        1_000_000..1_000_000_000 => format!("{:.1} MB", bytes as f64 / 1e6),
        _ => format!("{:.2} GB", bytes as f64 / 1e9),
    }
}

/// Why nothing can be captured, and what to do about it.
pub fn refused(ui: &mut Ui, error: &crate::capture::live::LiveError, interface: Option<&str>) {
    let palette = Palette::here(ui);
    card(ui, palette.doubt, |ui| {
        let title = match error.is_rights() {
            true => "You have no right to capture here yet",
            false => "Nothing can be captured here",
        };
        ui.label(RichText::new(title).font(strong(14.0)).color(palette.text));
        let words =
            format!("The system said: {error}. Files and everything else work all the same.");
        ui.add(egui::Label::new(RichText::new(words).color(palette.dim)).wrap());
        if !error.is_rights() {
            return;
        }
        let program = std::env::current_exe().unwrap_or_else(|_| "wireglass".into());
        for remedy in remedies(&program, interface.unwrap_or("eth0")) {
            ui.add_space(8.0);
            ui.label(RichText::new(remedy.what).color(palette.text));
            ui.horizontal(|ui| {
                let width = ui.available_width() - 84.0;
                Frame::new()
                    .fill(palette.ground)
                    .corner_radius(CornerRadius::same(4))
                    .inner_margin(Margin::symmetric(8, 5))
                    .show(ui, |ui| {
                        ui.set_width(width);
                        let text = RichText::new(&remedy.command)
                            .font(mono(12.0))
                            .color(palette.text);
                        ui.add(egui::Label::new(text).wrap().selectable(true));
                    });
                if quiet(ui, "Copy").clicked() {
                    ui.ctx().copy_text(remedy.command.clone());
                }
            });
        }
        ui.add_space(4.0);
        let words = "After the first, start Wireglass again.";
        ui.label(RichText::new(words).small().color(palette.dim));
    });
}

/// Rates as a line over time; its height is relative to the highest.
fn sparkline(painter: &egui::Painter, rect: Rect, rates: &VecDeque<f32>, palette: &Palette) {
    const POINTS: usize = 60;
    let base = rect.max.y - 0.5;
    painter.hline(rect.x_range(), base, Stroke::new(1.0, palette.line));
    let highest = rates.iter().copied().fold(1.0f32, f32::max);
    let step = rect.width() / (POINTS - 1) as f32;
    let points: Vec<Pos2> = rates
        .iter()
        .rev()
        .take(POINTS)
        .enumerate()
        .map(|(i, rate)| {
            let x = rect.max.x - i as f32 * step;
            Pos2::new(x, base - rate / highest * (rect.height() - 2.0))
        })
        .collect();
    if points.len() > 1 {
        painter.line(points, Stroke::new(1.5, palette.accent));
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
