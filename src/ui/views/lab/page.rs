//! The page of an exchange: what it is for, the rules, what to look at, filters to try, and how to play it.

use egui::{Button, Color32, DragValue, RichText, ScrollArea, Stroke, Ui, Vec2, WidgetInfo};

use super::catalogue::{Action, Input};
use super::{Setting, WireKind, edged, faults_of, loud, quiet};
use crate::lab::{FAULT_NAMES, Intent, Target};
use crate::session::lab::Exchange;
use crate::ui::theme::{Palette, mono, strong, words};
use crate::ui::widgets::text_field::TextField;

/// No wider than this, points: longer lines are hard to read.
const PAGE: f32 = 860.0;
/// Space at the left, points.
const MARGIN: f32 = 32.0;

/// What can be chosen on it.
pub(super) struct Choices<'a> {
    pub setting: &'a mut Setting,
    pub more: &'a mut bool,
    pub asks: &'a mut Option<(Intent, bool)>,
}

/// Draw it.
pub(super) fn show(
    ui: &mut Ui,
    exchange: &Exchange,
    choices: Choices<'_>,
    input: &Input<'_>,
) -> Option<Action> {
    let palette = Palette::here(ui);
    let mut action = None;
    ScrollArea::vertical()
        .id_salt("lab-page")
        .auto_shrink([false, false])
        .show(ui, |ui| {
            let width = (ui.available_width() - 2.0 * MARGIN).clamp(200.0, PAGE);
            ui.horizontal_top(|ui| {
                ui.add_space(MARGIN);
                ui.vertical(|ui| {
                    ui.set_width(width);
                    ui.add_space(24.0);
                    let about = &exchange.about;
                    let place = match (&exchange.file, about.text.is_empty()) {
                        (Some(file), _) => file.display().to_string(),
                        (None, true) => exchange.id.clone(),
                        (None, false) => about.text.clone(),
                    };
                    text(ui, &place, 14.0, palette.dim);
                    ui.add_space(2.0);
                    let title = RichText::new(&about.title).font(strong(26.0));
                    ui.add(egui::Label::new(title.color(palette.text)).wrap());
                    ui.add_space(16.0);
                    if let Some(why) = &exchange.refused {
                        refused(ui, exchange, why, palette);
                    } else {
                        action = play(ui, exchange, choices, input);
                    }
                    section(ui, "What it is for", &about.purpose, palette);
                    section(ui, "The rules", &about.rules, palette);
                    section(ui, "What to look at", &about.look, palette);
                    let filter = filters(ui, &about.filters, input.filter);
                    action = action.take().or(filter);
                    hosts(ui, exchange, palette);
                    dialogue(ui, exchange, palette);
                    ui.add_space(32.0);
                });
            });
        });
    action
}

fn text(ui: &mut Ui, text: &str, size: f32, ink: Color32) {
    ui.add(egui::Label::new(RichText::new(text).font(words(size)).color(ink)).wrap());
}

fn heading(ui: &mut Ui, title: &str, palette: &Palette) {
    ui.add_space(18.0);
    ui.label(RichText::new(title).font(strong(14.0)).color(palette.dim));
    ui.add_space(2.0);
}

fn section(ui: &mut Ui, title: &str, content: &str, palette: &Palette) {
    if content.is_empty() {
        return;
    }
    heading(ui, title, palette);
    text(ui, content, 18.0, palette.text);
}

/// Why it cannot be played.
fn refused(ui: &mut Ui, exchange: &Exchange, why: &str, palette: &Palette) {
    let (colour, title) = match exchange.file {
        Some(_) => (palette.bad, "This script cannot be played"),
        None => (palette.doubt, "Not yet"),
    };
    egui::Frame::new()
        .fill(palette.tint(colour, 0.10))
        .stroke(Stroke::new(1.0, palette.tint(colour, 0.5)))
        .corner_radius(6)
        .inner_margin(egui::Margin::symmetric(16, 12))
        .show(ui, |ui| {
            ui.set_width(ui.available_width());
            ui.label(RichText::new(title).font(strong(15.0)).color(palette.text));
            text(ui, &sentence(why), 15.0, palette.text);
        });
}

/// With a capital letter and a full stop.
fn sentence(text: &str) -> String {
    let mut letters = text.trim().chars();
    let first = letters.next().map(|c| c.to_uppercase().to_string());
    let mut sentence = first.unwrap_or_default() + letters.as_str();
    if !sentence.ends_with(['.', '!', '?']) {
        sentence.push('.');
    }
    sentence
}

/// How to play it, and the buttons that do.
fn play(
    ui: &mut Ui,
    exchange: &Exchange,
    choices: Choices<'_>,
    input: &Input<'_>,
) -> Option<Action> {
    let palette = Palette::here(ui);
    let mut action = None;
    let Choices {
        setting,
        more,
        asks,
    } = choices;
    egui::Frame::new()
        .fill(palette.panel)
        .stroke(Stroke::new(1.0, palette.line))
        .corner_radius(6)
        .inner_margin(egui::Margin::symmetric(16, 12))
        .show(ui, |ui| {
            ui.set_width(ui.available_width());
            edged(ui);
            ui.visuals_mut().widgets.inactive.bg_fill = palette.raised;
            ui.horizontal(|ui| {
                if input.starting {
                    ui.spinner();
                    text(ui, "Playing…", 15.0, palette.text);
                    if quiet(ui, "Cancel").clicked() {
                        action = Some(Action::Cancel);
                    }
                    return;
                }
                let mut begin = None;
                if loud(ui, "Play").clicked() {
                    begin = Some(false);
                }
                if quiet(ui, "Step by step").clicked() {
                    begin = Some(true);
                }
                match begin {
                    // Nothing goes to a real host before the user has seen it.
                    Some(paused) if setting.wire == WireKind::Host => {
                        let target = Target::parse(&setting.target);
                        let intent = target.and_then(|target| exchange.intent(&target));
                        *asks = None;
                        match intent {
                            Ok(intent) => *asks = Some((intent, paused)),
                            Err(why) => action = Some(Action::Refused(why)),
                        }
                    }
                    Some(paused) => action = Some(Action::Play(paused)),
                    None => {}
                }
                ui.add_space(8.0);
                text(ui, &setting.in_words(), 14.0, palette.dim);
            });
            if let Some(why) = input.failed {
                ui.add_space(6.0);
                text(ui, why, 15.0, palette.bad);
            }
            ui.add_space(10.0);
            wires(ui, exchange, setting, palette);
            if setting.wire == WireKind::Simulated {
                ui.add_space(6.0);
                chance(ui, exchange, setting, more, palette);
            }
            if setting.wire == WireKind::Host && !input.starting {
                let asked = confirm(ui, asks, palette);
                action = action.take().or(asked);
            }
            if !input.told.is_empty() {
                heading(ui, "What was said", palette);
                lines(ui, input.told, palette);
            }
        });
    action
}

/// Over which wire.
fn wires(ui: &mut Ui, exchange: &Exchange, setting: &mut Setting, palette: &Palette) {
    ui.horizontal_wrapped(|ui| {
        for wire in WireKind::ALL {
            let refused = wire.refuses(exchange);
            let radio = egui::RadioButton::new(
                setting.wire == wire,
                RichText::new(wire.title()).font(words(14.0)),
            );
            let radio = ui.add_enabled(refused.is_none(), radio);
            let radio = match refused {
                Some(why) => {
                    radio.on_disabled_hover_text(format!("This cannot be done here: {why}."))
                }
                None => radio,
            };
            if radio.clicked() {
                setting.wire = wire;
            }
        }
    });
    if setting.wire == WireKind::Host {
        let words = "The client's side alone, to a host that you name. What will be sent is shown first, and nothing is sent \
                     before you agree. Talk only to hosts whose owners allow it.";
        text(ui, words, 14.0, palette.dim);
        ui.add_space(4.0);
        let wrong = !setting.target.trim().is_empty() && Target::parse(&setting.target).is_err();
        let field = TextField {
            name: "Host and port",
            hint: "host, or host:port",
            width: 280.0,
            mono: true,
            wrong,
        };
        field.show(ui, &mut setting.target);
    } else if setting.wire != WireKind::Simulated {
        let words = "Real sockets of this machine talk to each other, and libpcap records them. Nothing leaves the machine. \
                     Capturing needs the right to do so; a port below 1024 is moved up by 10000 where the right to use it \
                     is missing.";
        text(ui, words, 14.0, palette.dim);
    }
}

/// Exactly what will be sent, and the question whether to.
fn confirm(ui: &mut Ui, asks: &mut Option<(Intent, bool)>, palette: &Palette) -> Option<Action> {
    let (intent, paused) = asks.as_ref()?;
    let paused = *paused;
    let mut action = None;
    let mut done = false;
    heading(ui, "This will be sent", palette);
    lines(ui, &intent.lines(), palette);
    ui.add_space(8.0);
    ui.horizontal(|ui| {
        if loud(ui, "Send it").clicked() {
            (action, done) = (Some(Action::Play(paused)), true);
        }
        done |= quiet(ui, "Do not send").clicked();
    });
    if done {
        *asks = None;
    }
    action
}

/// Lines of a dialogue.
fn lines(ui: &mut Ui, lines: &[String], palette: &Palette) {
    ScrollArea::vertical()
        .id_salt(("lab-lines", lines.len()))
        .max_height(260.0)
        .show(ui, |ui| {
            egui::Frame::new()
                .fill(palette.raised)
                .corner_radius(6)
                .inner_margin(egui::Margin::symmetric(12, 8))
                .show(ui, |ui| {
                    ui.set_width(ui.available_width());
                    ui.spacing_mut().item_spacing.y = 3.0;
                    for line in lines {
                        let ink = match line.starts_with("S:") || line.starts_with("C:") {
                            true => side(line, palette),
                            false => palette.text,
                        };
                        let line = RichText::new(line).font(mono(14.0)).color(ink);
                        ui.add(egui::Label::new(line).wrap());
                    }
                });
        });
}

/// Seed and faults.
fn chance(
    ui: &mut Ui,
    exchange: &Exchange,
    setting: &mut Setting,
    more: &mut bool,
    palette: &Palette,
) {
    ui.horizontal_wrapped(|ui| {
        text(ui, "Seed", 14.0, palette.dim);
        named(ui, "Seed", |ui| {
            ui.add(DragValue::new(&mut setting.seed).speed(0.1))
        })
        .on_hover_text("The same seed gives the same packets, byte for byte.");
        ui.add_space(12.0);
        text(ui, "Fault", 14.0, palette.dim);
        fault_box(ui, exchange, setting);
        let counted = setting.fault.and_then(|at| FAULT_NAMES.get(at));
        if counted.is_some_and(|(name, _)| name.ends_with("-N")) {
            text(ui, "N =", 14.0, palette.dim);
            named(ui, "Which one", |ui| {
                ui.add(
                    DragValue::new(&mut setting.number)
                        .range(1..=999)
                        .speed(0.05),
                )
            });
        }
        ui.add_space(12.0);
        text(ui, "Lost", 14.0, palette.dim);
        percent(ui, "Lost, percent", &mut setting.loss);
        if !*more {
            *more = quiet(ui, "More").clicked();
        }
    });
    if *more {
        ui.add_space(4.0);
        ui.horizontal_wrapped(|ui| {
            for (title, name, value) in [
                ("Late", "Late, percent", &mut setting.late),
                ("Twice", "Twice, percent", &mut setting.twice),
                ("Damaged", "Damaged, percent", &mut setting.damaged),
            ] {
                text(ui, title, 14.0, palette.dim);
                percent(ui, name, value);
                ui.add_space(12.0);
            }
        });
    }
}

/// A control with a name for screen readers.
fn named(
    ui: &mut Ui,
    name: &str,
    content: impl FnOnce(&mut Ui) -> egui::Response,
) -> egui::Response {
    let response = content(ui);
    response.widget_info(|| WidgetInfo::labeled(egui::Role::SpinButton, true, name));
    response
}

fn percent(ui: &mut Ui, name: &str, value: &mut f64) {
    named(ui, name, |ui| {
        ui.add(
            DragValue::new(value)
                .range(0.0..=100.0)
                .speed(0.2)
                .max_decimals(2)
                .suffix(" %"),
        )
    });
}

/// The single event that goes wrong.
fn fault_box(ui: &mut Ui, exchange: &Exchange, setting: &mut Setting) {
    let title = match setting.fault.and_then(|at| FAULT_NAMES.get(at)) {
        Some((_, meaning)) => *meaning,
        None => "nothing goes wrong",
    };
    let combo = egui::ComboBox::from_id_salt("lab-fault")
        .width(280.0)
        .height(480.0)
        .selected_text(title)
        .show_ui(ui, |ui| {
            ui.selectable_value(&mut setting.fault, None, "nothing goes wrong");
            for at in faults_of(exchange) {
                let meaning = FAULT_NAMES.get(at).map_or("", |(_, meaning)| meaning);
                ui.selectable_value(&mut setting.fault, Some(at), meaning);
            }
        });
    combo
        .response
        .widget_info(|| WidgetInfo::labeled(egui::Role::ComboBox, true, "Fault"));
}

/// Buttons that apply display filters.
pub fn filters(ui: &mut Ui, filters: &[String], applied: &str) -> Option<Action> {
    let palette = Palette::here(ui);
    let mut action = None;
    if filters.is_empty() {
        return None;
    }
    heading(ui, "Filters to try", palette);
    ui.add_space(2.0);
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = Vec2::new(8.0, 8.0);
        for filter in filters {
            let on = filter == applied;
            let ink = if on { palette.good } else { palette.text };
            let edge = if on { palette.good } else { palette.line };
            let button = Button::new(RichText::new(filter).font(mono(14.0)).color(ink))
                .fill(palette.panel)
                .stroke(Stroke::new(1.0, edge))
                .min_size(Vec2::new(0.0, 30.0));
            let button = ui.add(button);
            let (name, hint) = match on {
                true => (
                    format!("Take away the filter {filter}"),
                    "Show all packets again",
                ),
                false => (format!("Apply the filter {filter}"), "Apply it"),
            };
            button.widget_info(|| WidgetInfo::labeled(egui::Role::Button, true, &name));
            if button.on_hover_text(hint).clicked() {
                let text = if on { String::new() } else { filter.clone() };
                action = Some(Action::Filter(text));
            }
        }
    });
    action
}

fn hosts(ui: &mut Ui, exchange: &Exchange, palette: &Palette) {
    if exchange.hosts.is_empty() {
        return;
    }
    heading(ui, "Who takes part", palette);
    let all: Vec<String> = exchange
        .hosts
        .iter()
        .map(|(name, address)| match address.is_empty() {
            true => name.clone(),
            false => format!("{name} ({address})"),
        })
        .collect();
    text(ui, &all.join(", "), 16.0, palette.text);
}

/// How it reads, a step a line.
fn dialogue(ui: &mut Ui, exchange: &Exchange, palette: &Palette) {
    if exchange.dialogue.is_empty() {
        return;
    }
    heading(ui, "How it goes", palette);
    ui.add_space(2.0);
    egui::Frame::new()
        .fill(palette.raised)
        .corner_radius(6)
        .inner_margin(egui::Margin::symmetric(16, 12))
        .show(ui, |ui| {
            ui.set_width(ui.available_width());
            ui.spacing_mut().item_spacing.y = 3.0;
            for line in &exchange.dialogue {
                let line_text = RichText::new(line)
                    .font(mono(14.0))
                    .color(side(line, palette));
                ui.add(egui::Label::new(line_text).wrap());
            }
        });
}

/// The colour of who speaks in a line of a dialogue.
pub fn side(line: &str, palette: &Palette) -> Color32 {
    match line.as_bytes() {
        [b'C', b':' | b'(', ..] => palette.side(0),
        [b'S', b':' | b'(', ..] => palette.side(1),
        _ => palette.dim,
    }
}
