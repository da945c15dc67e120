//! The page that the window begins with: open a file, those opened before, the interfaces, samples.

use std::path::{Path, PathBuf};

use egui::text::TextWrapping;
use egui::{Button, CornerRadius, Frame, Pos2, Rect, RichText, Sense, Stroke, Ui, Vec2};

use super::capture::CapturePanel;
use super::capture::cards::{left_over, quiet, refused, size};
use crate::capture::cache::LeftOver;
use crate::session::WatchState;
use crate::session::recent::Found;
use crate::ui::command::{Command, commands, entry};
use crate::ui::theme::{EDGE, Palette, strong, words};

/// The page is no wider than this, points.
const PAGE: f32 = 960.0;
/// Height of a file's line, points.
const ROW: f32 = 30.0;
/// Files shown; the menu has the others.
const SHOWN: usize = 6;

/// A capture that comes with the program.
pub struct Sample {
    /// Its file.
    pub file: &'static str,
    /// What is in it.
    pub about: &'static str,
    /// The capture itself.
    pub bytes: &'static [u8],
}

macro_rules! sample {
    ($path:literal, $file:literal, $about:literal) => {
        Sample {
            file: $file,
            about: $about,
            bytes: include_bytes!(concat!("../../../captures/", $path)),
        }
    };
}

/// Captures that come with the program, for those who have none at hand.
pub const SAMPLES: &[Sample] = &[
    sample!(
        "http-keep-alive.pcap",
        "http.pcap",
        "HTTP: three pages are read"
    ),
    sample!("dns-resolver.pcap", "dns.pcap", "DNS: a name is looked up"),
    sample!(
        "tcp-handshake-close.pcap",
        "tcp.pcap",
        "TCP: handshake and end"
    ),
    sample!(
        "lab/tcp-loss.pcapng",
        "tcp-loss.pcapng",
        "TCP: loss is mended"
    ),
    sample!("smtp.pcap", "smtp.pcap", "SMTP: a mail is sent"),
    sample!("dhcp.pcap", "dhcp.pcap", "DHCP: an address is leased"),
];

/// What the user asks for.
pub enum Action {
    /// Do this.
    Run(Command),
    /// Open this file.
    Open(PathBuf),
    /// Open a sample, by its place in [`SAMPLES`].
    Sample(usize),
    /// Forget this file.
    Forget(PathBuf),
    /// Delete a capture that was left over.
    DeleteLeft(PathBuf),
    /// Begin to capture.
    Start,
}

/// What the page shows.
pub struct Input<'a> {
    /// Files opened before, and what is known of them.
    pub recent: &'a [(PathBuf, Found)],
    /// The interfaces.
    pub state: &'a WatchState,
    /// Captures that were left over.
    pub left: &'a [LeftOver],
    /// Whether a capture is about to begin.
    pub starting: bool,
}

/// Draw the page.
pub fn show(ui: &mut Ui, panel: &mut CapturePanel, input: &Input<'_>) -> Option<Action> {
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
                    action = page(ui, panel, input);
                    ui.add_space(24.0);
                });
            });
        });
    action
}

fn page(ui: &mut Ui, panel: &mut CapturePanel, input: &Input<'_>) -> Option<Action> {
    let palette = Palette::here(ui);
    let mut action = None;
    ui.horizontal(|ui| {
        ui.vertical(|ui| {
            let name = RichText::new("Wireglass").font(strong(22.0));
            ui.label(name.color(palette.text));
            ui.label(RichText::new("See what is on the wire.").color(palette.dim));
        });
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            for (command, text) in [
                (Command::FindCommand, "All commands"),
                (Command::FirstSteps, "First steps"),
            ] {
                let keys = entry(command).and_then(|e| e.shortcut(ui.ctx()));
                let button = quiet(ui, text);
                let button = match keys {
                    Some(keys) => button.on_hover_text(keys),
                    None => button,
                };
                if button.clicked() {
                    action = Some(Action::Run(command));
                }
            }
        });
    });
    for left in input.left.iter().take(3) {
        match left_over(ui, left) {
            Some(super::capture::Action::OpenLeft(path)) => action = Some(Action::Open(path)),
            Some(super::capture::Action::DeleteLeft(path)) => {
                action = Some(Action::DeleteLeft(path));
            }
            _ => {}
        }
    }
    ui.add_space(20.0);
    action = files(ui, palette, input).or(action);
    ui.add_space(24.0);
    action = interfaces(ui, palette, panel, input).or(action);
    ui.add_space(24.0);
    action = lab(ui, palette).or(action);
    samples(ui, palette).or(action)
}

/// The Lab, where the window has it.
fn lab(ui: &mut Ui, palette: &Palette) -> Option<Action> {
    let catalogue = commands().find(|e| e.id == "lab.catalogue")?;
    let mut action = None;
    head(ui, palette, "Lab", |ui| {
        if quiet(ui, "Catalogue of exchanges").clicked() {
            action = Some(Action::Run(catalogue.command));
        }
    });
    let words = "Textbook exchanges, played step by step on hosts and wires of the program's own: no rights and no network needed.";
    ui.add(egui::Label::new(RichText::new(words).color(palette.dim)).wrap());
    ui.add_space(24.0);
    action
}

/// A head with something at its right end.
fn head(ui: &mut Ui, palette: &Palette, title: &str, right: impl FnOnce(&mut Ui)) {
    let size = Vec2::new(ui.available_width(), 28.0);
    let layout = egui::Layout::left_to_right(egui::Align::Center);
    ui.allocate_ui_with_layout(size, layout, |ui| {
        let title = RichText::new(title).font(strong(15.0));
        ui.label(title.color(palette.text));
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), right);
    });
    ui.add_space(4.0);
}

/// A button without a frame.
fn link(ui: &mut Ui, palette: &Palette, text: &str) -> bool {
    let text = RichText::new(text).small().color(palette.dim);
    ui.add(Button::new(text).frame(false)).clicked()
}

fn list(ui: &mut Ui, palette: &Palette, content: impl FnOnce(&mut Ui)) {
    Frame::new()
        .fill(palette.panel)
        .stroke(Stroke::new(1.0, palette.line))
        .corner_radius(CornerRadius::same(6))
        .show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            ui.set_width(ui.available_width());
            content(ui);
        });
}

fn files(ui: &mut Ui, palette: &Palette, input: &Input<'_>) -> Option<Action> {
    let mut action = None;
    head(ui, palette, "Files", |ui| {
        let open = Button::new(RichText::new("Open a capture…").color(palette.on_accent))
            .fill(palette.accent)
            .min_size(Vec2::new(0.0, 28.0));
        let keys = entry(Command::OpenFile).and_then(|e| e.shortcut(ui.ctx()));
        let button = ui.add(open).on_hover_text(keys.unwrap_or_default());
        if button.clicked() {
            action = Some(Action::Run(Command::OpenFile));
        }
        if !input.recent.is_empty() && link(ui, palette, "Clear the list") {
            action = Some(Action::Run(Command::ForgetRecent));
        }
    });
    list(ui, palette, |ui| {
        if input.recent.is_empty() {
            ui.add_space(9.0);
            ui.horizontal(|ui| {
                ui.add_space(EDGE);
                let words = "Files that you open are listed here. A file can also be dropped anywhere on this window.";
                ui.label(RichText::new(words).color(palette.dim));
            });
            ui.add_space(9.0);
        }
        for (i, (path, found)) in input.recent.iter().take(SHOWN).enumerate() {
            ui.push_id(("recent", i), |ui| {
                action = file(ui, palette, path, *found).or(action.take());
            });
        }
    });
    action
}

/// A file: its name, where it is, how large.
fn file(ui: &mut Ui, palette: &Palette, path: &Path, found: Found) -> Option<Action> {
    let missing = found == Found::Missing;
    let area = Vec2::new(ui.available_width(), ROW);
    let (rect, response) = ui.allocate_exact_size(area, Sense::click());
    let name = path
        .file_name()
        .unwrap_or(path.as_os_str())
        .to_string_lossy();
    let folder = path.parent().unwrap_or(Path::new("")).to_string_lossy();
    let about = match found {
        Found::Unknown => String::new(),
        Found::There(bytes) => size(bytes),
        Found::Missing => "not there".to_owned(),
    };
    response.widget_info(|| {
        let label = format!("Open {name}, {folder}, {about}");
        egui::WidgetInfo::labeled(egui::Role::Button, !missing, label)
    });
    let cross = Rect::from_center_size(
        Pos2::new(rect.max.x - 18.0, rect.center().y),
        Vec2::splat(22.0),
    );
    let forget = ui.interact(cross, ui.scope_id().with("forget"), Sense::click());
    forget.widget_info(|| {
        egui::WidgetInfo::labeled(egui::Role::Button, true, format!("Forget {name}"))
    });
    let painter = ui.painter_at(rect);
    let near = response.hovered() || forget.hovered();
    if near || response.has_focus() {
        painter.rect_filled(rect.shrink(1.0), CornerRadius::same(5), palette.raised);
    }
    let (ink, dim) = match missing {
        true => (palette.faint, palette.faint),
        false => (palette.text, palette.dim),
    };
    let middle = rect.center().y;
    let text = |x: f32, width: f32, what: &str, font, colour| {
        let mut job = egui::text::LayoutJob::simple_singleline(what.to_owned(), font, colour);
        job.wrap = TextWrapping::truncate_at_width(width.max(8.0));
        let galley = painter.layout_job(job);
        painter.galley(Pos2::new(x, middle - galley.size().y / 2.0), galley, colour);
    };
    let left = rect.min.x + EDGE;
    let size_at = rect.max.x - 108.0;
    let names = ((size_at - left) * 0.4).min(320.0);
    text(left, names - 12.0, &name, strong(13.0), ink);
    text(
        left + names,
        size_at - left - names - 12.0,
        &folder,
        words(12.0),
        dim,
    );
    text(size_at, 76.0, &about, words(12.0), dim);
    if near || forget.has_focus() {
        let colour = if forget.hovered() {
            palette.text
        } else {
            palette.dim
        };
        let centre = egui::Align2::CENTER_CENTER;
        painter.text(cross.center(), centre, "×", words(14.0), colour);
    }
    if forget.on_hover_text("Forget this file").clicked() {
        return Some(Action::Forget(path.to_path_buf()));
    }
    let response = match missing {
        true => response.on_hover_text("This file is not there any more."),
        false => response,
    };
    (response.clicked() && !missing).then(|| Action::Open(path.to_path_buf()))
}

fn interfaces(
    ui: &mut Ui,
    palette: &Palette,
    panel: &mut CapturePanel,
    input: &Input<'_>,
) -> Option<Action> {
    let mut action = None;
    let ready = !panel.chosen.is_empty() && !input.starting;
    head(ui, palette, "Interfaces", |ui| {
        let (fill, ink) = match ready {
            true => (palette.accent, palette.on_accent),
            false => (palette.raised, palette.dim),
        };
        let text = match (input.starting, panel.chosen.as_slice()) {
            (true, _) => "Starting…".to_owned(),
            (false, []) => "Start capturing".to_owned(),
            (false, names) => format!("Capture on {}", names.join(", ")),
        };
        let button = Button::new(RichText::new(text).color(ink))
            .fill(fill)
            .min_size(Vec2::new(0.0, 28.0));
        let button = ui.add_enabled(ready, button);
        let button = button.on_disabled_hover_text("Choose an interface first");
        if button.clicked() {
            action = Some(Action::Start);
        }
        if quiet(ui, "Options…").clicked() {
            action = Some(Action::Run(Command::CaptureOptions));
        }
    });
    if let Some(error) = &input.state.refused {
        refused(ui, error, panel.chosen.first().map(String::as_str));
        ui.add_space(8.0);
    }
    if panel.interfaces(ui, input.state) {
        action = Some(Action::Start);
    }
    action
}

fn samples(ui: &mut Ui, palette: &Palette) -> Option<Action> {
    let mut action = None;
    head(ui, palette, "Samples", |ui| {
        let words = "No capture at hand? These come with the program.";
        ui.label(RichText::new(words).small().color(palette.dim));
    });
    // Three in a line, as far as there is room.
    let line = if ui.available_width() < 600.0 { 2 } else { 3 };
    let gap = ui.spacing().item_spacing.x;
    let width = (ui.available_width() - gap * (line as f32 - 1.0)) / line as f32;
    for (row, samples) in SAMPLES.chunks(line).enumerate() {
        ui.horizontal(|ui| {
            for (i, sample) in samples.iter().enumerate() {
                let button = Button::new(RichText::new(sample.about).color(palette.text))
                    .fill(palette.panel)
                    .stroke(Stroke::new(1.0, palette.line))
                    .min_size(Vec2::new(width, 32.0));
                if ui.add(button).clicked() {
                    action = Some(Action::Sample(row * line + i));
                }
            }
        });
    }
    action
}
