//! A lesson: the bar that drives the play, and the step that is in sight in plain words, to be read from the back row.

use egui::{Frame, Margin, Panel, RichText, ScrollArea, Stroke, Ui, WidgetInfo};

use super::catalogue::Action as PageAction;
use super::{Setting, page, quiet};
use crate::dissect::{Tree, Value};
use crate::lab::{FAULT_NAMES, Fate, Played};
use crate::ui::theme::{EDGE, Palette, mono, strong, words};
use crate::ui::views::ladder::Picture;

/// How fast steps follow each other: a name, and seconds from one packet to the next.
pub const SPEEDS: [(&str, f64); 5] = [
    ("¼×", 4.8),
    ("½×", 2.4),
    ("1×", 1.2),
    ("2×", 0.6),
    ("4×", 0.3),
];
/// The usual one.
pub const USUAL_SPEED: usize = 2;

/// What the user asks for.
#[derive(Clone, Debug, PartialEq)]
pub enum Action {
    /// One packet back: in sight, not on the wire.
    Back,
    /// One packet on.
    Step,
    /// To the end of the step of the conversation.
    NextStep,
    /// To the end of the step before.
    PreviousStep,
    /// To the first packet.
    First,
    /// All packets, and to the last.
    Last,
    /// Begin to play, or pause.
    PlayPause,
    /// Play at this speed: a place in [`SPEEDS`].
    Speed(usize),
    /// Once more, with another setting perhaps.
    Again(Setting),
    /// Absolute numbers in the ladder, or not.
    Absolute(bool),
    /// Save the ladder as a picture.
    Save(Picture),
    /// Back to the catalogue.
    Catalogue,
    /// The usual window with these packets.
    Close,
    /// Apply a display filter.
    Filter(String),
}

/// What the bar shows.
pub struct Bar<'a> {
    /// The exchange.
    pub title: &'a str,
    /// Where it is from.
    pub place: &'a str,
    /// How it is played.
    pub setting: &'a Setting,
    /// The events that can go wrong in it.
    pub faults: &'a [usize],
    /// The packet in sight, 0 for none, and how many there are.
    pub at: (u32, u32),
    /// Whether it plays by itself.
    pub running: bool,
    /// Place in [`SPEEDS`].
    pub speed: usize,
    /// Whether the ladder has the numbers on the wire.
    pub absolute: bool,
}

/// The bar below the toolbar.
pub fn bar(ui: &mut Ui, bar: &Bar<'_>) -> Option<Action> {
    let palette = Palette::here(ui);
    let mut action = None;
    let frame = Frame::new()
        .fill(palette.panel)
        .inner_margin(Margin::symmetric(EDGE as i8, 6));
    Panel::top("lab-bar").frame(frame).show(ui, |ui| {
        ui.horizontal(|ui| {
            ui.set_min_height(32.0);
            super::edged(ui);
            if quiet(ui, "Catalogue").clicked() {
                action = Some(Action::Catalogue);
            }
            ui.add_space(4.0);
            let title = format!("Lab · {}", bar.title);
            ui.add(
                egui::Label::new(RichText::new(title).font(strong(15.0)).color(palette.text))
                    .truncate(),
            )
            .on_hover_text(bar.place);
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                buttons(ui, bar, &mut action);
                let setting = RichText::new(bar.setting.in_words()).font(words(13.0));
                ui.add(egui::Label::new(setting.color(palette.dim)).truncate());
            });
        });
    });
    action
}

/// The buttons, from the right to the left.
fn buttons(ui: &mut Ui, bar: &Bar<'_>, action: &mut Option<Action>) {
    let (at, of) = bar.at;
    let mut button = |ui: &mut Ui, text: &str, hint: &str, enabled: bool, what: Action| {
        let palette = Palette::here(ui);
        let button = egui::Button::new(RichText::new(text).font(words(14.0)).color(if enabled {
            palette.text
        } else {
            palette.faint
        }))
        .fill(palette.raised)
        .min_size(egui::vec2(0.0, 30.0));
        let response = ui.add_enabled(enabled, button).on_hover_text(hint);
        if response.clicked() {
            *action = Some(what);
        }
    };
    button(
        ui,
        "×",
        "The usual window, with these packets",
        true,
        Action::Close,
    );
    let mut again = None;
    ui.menu_button(RichText::new("Again").font(words(14.0)), |ui| {
        again = again_menu(ui, bar);
    });
    let mut ladder = None;
    ui.menu_button(RichText::new("Ladder").font(words(14.0)), |ui| {
        let mut absolute = bar.absolute;
        if ui
            .checkbox(&mut absolute, "Numbers as on the wire too")
            .clicked()
        {
            ladder = Some(Action::Absolute(absolute));
            ui.close();
        }
        for (text, picture) in [
            ("Save as SVG…", Picture::Svg),
            ("Save as PNG…", Picture::Png),
        ] {
            if ui.button(text).clicked() {
                ladder = Some(Action::Save(picture));
                ui.close();
            }
        }
    });
    let mut speed = None;
    let (name, _) = SPEEDS[bar.speed.min(SPEEDS.len() - 1)];
    let menu = ui.menu_button(RichText::new(name).font(words(14.0)), |ui| {
        for (place, (name, seconds)) in SPEEDS.iter().enumerate().rev() {
            let title = format!("{name}   a packet in {seconds} s");
            if ui.selectable_label(place == bar.speed, title).clicked() {
                speed = Some(place);
                ui.close();
            }
        }
    });
    menu.response
        .widget_info(|| WidgetInfo::labeled(egui::Role::Button, true, "Speed"));
    let (title, hint) = match (bar.running, at >= of) {
        (true, _) => ("Pause", "Stop here (Space)"),
        (false, true) => ("Replay", "From the first packet on (Space)"),
        (false, false) => ("Play", "Go on by itself (Space)"),
    };
    button(ui, title, hint, true, Action::PlayPause);
    button(
        ui,
        "Step",
        "One packet on (→). The next step of the conversation: Page Down",
        at < of,
        Action::Step,
    );
    button(
        ui,
        "Back",
        "One packet back (←). The step before: Page Up",
        at > 1,
        Action::Back,
    );
    if ladder.is_some() {
        *action = ladder;
    }
    if let Some(place) = speed {
        *action = Some(Action::Speed(place));
    }
    if let Some(setting) = again {
        *action = Some(Action::Again(setting));
    }
}

/// Once more: as it was, with another seed, with another fault.
fn again_menu(ui: &mut Ui, bar: &Bar<'_>) -> Option<Setting> {
    let mut chosen = None;
    ui.set_min_width(320.0);
    let simulated = bar.setting.wire == super::WireKind::Simulated;
    let mut offer = |ui: &mut Ui, text: &str, on: bool, setting: &dyn Fn(&mut Setting)| {
        if ui.add(egui::Button::selectable(on, text)).clicked() {
            let mut new = bar.setting.clone();
            setting(&mut new);
            chosen = Some(new);
            ui.close();
        }
    };
    offer(ui, "The same once more", false, &|_| {});
    if !simulated {
        return chosen;
    }
    let seed = bar.setting.seed.wrapping_add(1);
    offer(ui, &format!("With another seed: {seed}"), false, &|s| {
        s.seed = seed
    });
    ui.separator();
    offer(
        ui,
        "Nothing goes wrong",
        bar.setting.fault.is_none(),
        &|s| s.fault = None,
    );
    for at in bar.faults.iter().copied() {
        let Some((name, meaning)) = FAULT_NAMES.get(at) else {
            continue;
        };
        let on = bar.setting.fault == Some(at);
        if !name.ends_with("-N") {
            offer(ui, meaning, on, &|s| s.fault = Some(at));
            continue;
        }
        ui.menu_button(*meaning, |ui| {
            for number in 1..=12 {
                let on = on && bar.setting.number == number;
                offer(
                    ui,
                    &meaning.replace("N-th", &super::ordinal(number)),
                    on,
                    &|s| {
                        (s.fault, s.number) = (Some(at), number);
                    },
                );
            }
        });
    }
    chosen
}

/// What the pane with the words shows.
pub struct Telling<'a> {
    /// The play.
    pub played: &'a Played,
    /// The packet in sight; 0 before the first.
    pub at: u32,
    /// Its tree, if it is ready.
    pub tree: Option<&'a Tree>,
    /// The filter that is applied.
    pub filter: &'a str,
}

/// The step in plain words.
pub fn tell(ui: &mut Ui, telling: &Telling<'_>) -> Option<Action> {
    let palette = Palette::here(ui);
    let mut action = None;
    let played = telling.played;
    let frame = telling
        .at
        .checked_sub(1)
        .and_then(|index| played.frames.get(index as usize));
    ScrollArea::vertical()
        .id_salt(("lab-words", frame.map(|f| f.step)))
        .auto_shrink([false, false])
        .show(ui, |ui| {
            Frame::new()
                .inner_margin(Margin::symmetric(24, 16))
                .show(ui, |ui| {
                    ui.set_width(ui.available_width());
                    let Some(frame) = frame else {
                        beginning(ui, played, palette);
                        return;
                    };
                    let step = played.steps.get(frame.step);
                    let place = format!(
                        "Step {} of {} · packet {} of {}",
                        frame.step + 1,
                        played.steps.len(),
                        telling.at,
                        played.frames.len()
                    );
                    text(ui, &place, 14.0, palette.dim);
                    if let Some(step) = step {
                        ui.add_space(4.0);
                        said(ui, played, step, palette);
                        ui.add_space(6.0);
                        text(ui, &step.words, 18.0, palette.text);
                        if step.unanswered {
                            ui.add_space(4.0);
                            text(ui, "No answer came.", 18.0, palette.bad);
                        }
                    }
                    packet(ui, frame, step.map(|s| s.words.as_str()), palette);
                    numbers(ui, telling.tree, palette);
                    end(ui, telling, palette);
                    let asked = page::filters(ui, &played.about.filters, telling.filter);
                    if let Some(PageAction::Filter(filter)) = asked {
                        action = Some(Action::Filter(filter));
                    }
                    section(ui, "What to look at", &played.about.look, palette);
                });
        });
    action
}

fn text(ui: &mut Ui, text: &str, size: f32, ink: egui::Color32) {
    ui.add(egui::Label::new(RichText::new(text).font(words(size)).color(ink)).wrap());
}

fn caption(ui: &mut Ui, title: &str, palette: &Palette) {
    ui.add_space(14.0);
    ui.label(RichText::new(title).font(strong(13.0)).color(palette.dim));
    ui.add_space(2.0);
}

fn section(ui: &mut Ui, title: &str, content: &str, palette: &Palette) {
    if !content.is_empty() {
        caption(ui, title, palette);
        text(ui, content, 16.0, palette.text);
    }
}

/// Before the first packet.
fn beginning(ui: &mut Ui, played: &Played, palette: &Palette) {
    ui.label(
        RichText::new("Nothing has been said yet")
            .font(strong(24.0))
            .color(palette.text),
    );
    ui.add_space(6.0);
    text(
        ui,
        "Space plays and pauses. → is one packet on, ← one back; Page Down and Page Up go by steps of the conversation.",
        18.0,
        palette.text,
    );
    section(ui, "What it is for", &played.about.purpose, palette);
    section(ui, "The rules", &played.about.rules, palette);
    section(ui, "What to look at", &played.about.look, palette);
}

/// Lines of what is said that are shown at most.
const SAID: usize = 6;

/// Who does something to whom, and the words.
fn said(ui: &mut Ui, played: &Played, step: &crate::lab::PlayedStep, palette: &Palette) {
    let name = |host: Option<usize>| {
        let host = host.and_then(|host| played.hosts.get(host))?;
        Some(host.name.as_str())
    };
    let kind = step.said.split([' ', ':', '(']).next().unwrap_or_default();
    let (line, spoken) = match step.said.get(..2) {
        Some("C:" | "S:" | "C(" | "S(") => (step.said.as_str(), true),
        _ => (step.said.as_str(), false),
    };
    let ink = page::side(line, palette);
    let title = match (name(step.who), name(step.whom), spoken) {
        (Some(who), Some(whom), true) => format!("{who} says to {whom}"),
        (Some(who), None, true) => format!("{who} says"),
        (Some(who), ..) if kind == "close" => format!("{who} has said everything"),
        (Some(who), ..) if kind == "reset" => format!("{who} leaves abruptly"),
        (Some(who), ..) if kind == "stop-reading" => format!("{who} does not read for a while"),
        _ => {
            let line = line.lines().next().unwrap_or_default();
            let inner = line.strip_prefix('(').and_then(|l| l.strip_suffix(')'));
            inner.unwrap_or(line).to_owned()
        }
    };
    ui.add(
        egui::Label::new(
            RichText::new(capital(&title))
                .font(strong(24.0))
                .color(if spoken { ink } else { palette.text }),
        )
        .wrap(),
    );
    if !spoken {
        return;
    }
    let lines: Vec<&str> = line.trim_end().lines().collect();
    ui.add_space(2.0);
    Frame::new()
        .fill(palette.raised)
        .corner_radius(6)
        .inner_margin(Margin::symmetric(12, 8))
        .show(ui, |ui| {
            ui.set_width(ui.available_width());
            ui.spacing_mut().item_spacing.y = 2.0;
            for line in lines.iter().take(SAID) {
                let line: String = line.chars().take(200).collect();
                ui.add(
                    egui::Label::new(RichText::new(line).font(mono(16.0)).color(palette.text))
                        .wrap(),
                );
            }
            if lines.len() > SAID {
                text(
                    ui,
                    &format!("and {} lines more", lines.len() - SAID),
                    14.0,
                    palette.dim,
                );
            }
        });
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    // Names of hosts stay as they are.
    if text
        .split(' ')
        .next()
        .is_some_and(|word| word.contains('.'))
    {
        return text.to_owned();
    }
    let first = letters.next().map(|c| c.to_uppercase().to_string());
    first.unwrap_or_default() + letters.as_str()
}

/// The packet itself, and what became of it.
fn packet(ui: &mut Ui, frame: &crate::lab::PlayedFrame, told: Option<&str>, palette: &Palette) {
    if !frame.words.is_empty() && told != Some(frame.words.as_str()) {
        caption(ui, "This packet", palette);
        text(ui, &frame.words, 18.0, palette.text);
    }
    let fate = match frame.fate {
        Fate::Arrives => return,
        Fate::Lost => "It gets lost on its way and never arrives.",
        Fate::Late => "It is held back on its way and arrives late.",
        Fate::Twice => "It is a copy: the wire carries this packet twice.",
        Fate::Damaged => "A bit of it is turned on its way.",
    };
    // Where the words tell it already, once is enough.
    let known = ["lost", "late", "copy", "turned"];
    let told = frame.words.to_lowercase();
    if !known
        .iter()
        .any(|word| fate.contains(word) && told.contains(word))
    {
        ui.add_space(4.0);
        text(ui, fate, 18.0, palette.bad);
    }
}

/// The number that a field has, if the packet has it.
fn number(tree: &Tree, field: &str) -> Option<u64> {
    let node = tree.nodes.iter().find(|n| n.field.abbrev == field)?;
    match node.value {
        Value::U(number) => Some(number),
        _ => None,
    }
}

/// How TCP's numbers come about.
fn sums(tree: &Tree) -> Vec<String> {
    let mut sums = Vec::new();
    let (Some(seq), Some(len)) = (number(tree, "tcp.seq"), number(tree, "tcp.len")) else {
        return sums;
    };
    let flag = |name| number(tree, name).unwrap_or(0) > 0;
    let mut terms = vec![seq.to_string()];
    if len > 0 {
        terms.push(format!("{len} bytes"));
    }
    for (name, title) in [
        ("tcp.flags.syn", "1 for SYN"),
        ("tcp.flags.fin", "1 for FIN"),
    ] {
        if flag(name) {
            terms.push(title.to_owned());
        }
    }
    let ones = u64::from(flag("tcp.flags.syn")) + u64::from(flag("tcp.flags.fin"));
    let next = (seq + len + ones) & 0xffff_ffff;
    if terms.len() > 1 {
        sums.push(format!("next Seq = {} = {next}", terms.join(" + ")));
    }
    if flag("tcp.flags.ack")
        && let Some(ack) = number(tree, "tcp.ack")
    {
        sums.push(format!(
            "Ack = {ack}: byte {ack} of the other end is expected next"
        ));
    }
    sums
}

fn numbers(ui: &mut Ui, tree: Option<&Tree>, palette: &Palette) {
    let sums = tree.map(sums).unwrap_or_default();
    if sums.is_empty() {
        return;
    }
    caption(ui, "Why these numbers", palette);
    Frame::new()
        .fill(palette.raised)
        .stroke(Stroke::NONE)
        .corner_radius(6)
        .inner_margin(Margin::symmetric(12, 8))
        .show(ui, |ui| {
            ui.set_width(ui.available_width());
            for sum in sums {
                ui.add(
                    egui::Label::new(RichText::new(sum).font(mono(15.0)).color(palette.text))
                        .wrap(),
                );
            }
        });
}

/// After the last packet: how it ended.
fn end(ui: &mut Ui, telling: &Telling<'_>, palette: &Palette) {
    if telling.at as usize != telling.played.frames.len() {
        return;
    }
    caption(ui, "The end", palette);
    match &telling.played.failed {
        Some(why) => {
            let words = format!("The exchange did not come to its end: {why}");
            text(ui, &words, 18.0, palette.bad);
        }
        None => text(ui, "Everything has been said.", 18.0, palette.good),
    }
    for moved in &telling.played.moved {
        let words = format!(
            "Port {} of the exchange is port {} here, because this user may not use ports below 1024.",
            moved.meant, moved.used
        );
        text(ui, &words, 16.0, palette.dim);
    }
}
