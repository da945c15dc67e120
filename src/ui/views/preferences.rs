//! The preferences: one list of settings, found by any word about them. What is changed holds at once.

use egui::{Align, Button, Checkbox, ComboBox, DragValue, Label, RichText, ScrollArea, Stroke};
use egui::{Ui, Vec2};

use crate::capture::live::WHOLE_FRAMES;
use crate::session::Preferences;
use crate::session::preferences::{Layout, Pane, TEXT_SIZES, ThemeChoice, USUAL_SIZE, ZOOMS};
use crate::session::times::TimeFormat;
use crate::ui::command::fuzzy;
use crate::ui::theme::{Palette, strong};
use crate::ui::views::status::grouped;
use crate::ui::widgets::bar::toggle;
use crate::ui::widgets::text_field::TextField;

/// What can be changed.
#[derive(Clone, Debug, PartialEq)]
pub struct Form {
    /// Most of it.
    pub preferences: Preferences,
    /// How the list writes times.
    pub time: TimeFormat,
    /// With how many decimals; `None`: as fine as the file has them.
    pub decimals: Option<u8>,
}

/// What the user asks for besides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// The columns as they were at first.
    UsualColumns,
    /// Change the colour rules.
    EditColours,
    /// Forget the files opened before.
    ForgetRecent,
    /// Everything here as at first.
    Reset,
}

/// The window's state.
#[derive(Default)]
pub struct PreferencesView {
    text: String,
    focused: bool,
}

/// A setting.
struct Item {
    section: &'static str,
    title: &'static str,
    about: &'static str,
    /// Other words for it.
    words: &'static str,
    draw: fn(&mut Ui, &mut Form) -> Option<Action>,
}

const LOOK: &str = "Look";
const PANES: &str = "Panes";
const LIST: &str = "Packet list";
const READING: &str = "Reading captures";
const LIVE: &str = "Live capture";
const HABITS: &str = "Habits";

/// Every setting, in the order of the window.
const ITEMS: &[Item] = &[
    Item {
        section: LOOK,
        title: "Theme",
        about: "Light or dark grounds, or as the system has it.",
        words: "dark light system colours night",
        draw: |ui, form| {
            choice(
                ui,
                "Theme",
                &mut form.preferences.theme,
                &ThemeChoice::ALL,
                |t| t.title(),
            );
            None
        },
    },
    Item {
        section: LOOK,
        title: "Colours for colour-blind eyes",
        about: "Colours that stay apart without red or green cones.",
        words: "colour-blind color blind palette safe deuteranopia protanopia",
        draw: |ui, form| {
            tick(ui, &mut form.preferences.colour_safe, "Use them");
            None
        },
    },
    Item {
        section: LOOK,
        title: "Zoom",
        about: "Everything larger or smaller: Ctrl+plus, Ctrl+minus, Ctrl+0.",
        words: "size scale larger smaller percent",
        draw: |ui, form| {
            stepper(ui, "Zoom", &mut form.preferences.zoom, ZOOMS, 10, 100, "%");
            None
        },
    },
    Item {
        section: LOOK,
        title: "Size of words",
        about: "Of the list, the fields and everything that is read as text.",
        words: "font text points",
        draw: |ui, form| {
            let size = &mut form.preferences.words;
            stepper(
                ui,
                "Size of words",
                size,
                TEXT_SIZES,
                1,
                USUAL_SIZE,
                "points",
            );
            None
        },
    },
    Item {
        section: LOOK,
        title: "Size of bytes and filters",
        about: "Of everything in the face where all letters are as wide.",
        words: "font text points monospace hex",
        draw: |ui, form| {
            let size = &mut form.preferences.mono;
            stepper(
                ui,
                "Size of bytes and filters",
                size,
                TEXT_SIZES,
                1,
                USUAL_SIZE,
                "points",
            );
            None
        },
    },
    Item {
        section: PANES,
        title: "Layout",
        about: "How the list, the fields and the bytes lie.",
        words: "panes stacked side by side beside arrangement",
        draw: |ui, form| {
            combo(
                ui,
                "Layout",
                &mut form.preferences.layout,
                &Layout::ALL,
                |l| l.title(),
            );
            None
        },
    },
    Item {
        section: PANES,
        title: "Panes shown",
        about: "Also by Alt+1 to Alt+4.",
        words: "hide show list fields bytes explanation",
        draw: |ui, form| {
            for (pane, name) in [
                (Pane::List, "Packet list"),
                (Pane::Fields, "Fields"),
                (Pane::Bytes, "Bytes"),
                (Pane::Explanation, "Explanation"),
            ] {
                let mut shown = form.preferences.shows(pane);
                if tick(ui, &mut shown, name) {
                    form.preferences.toggle(pane);
                }
            }
            None
        },
    },
    Item {
        section: LIST,
        title: "Times",
        about: "What the column Time counts or shows.",
        words: "time format clock utc epoch relative absolute delta",
        draw: |ui, form| {
            combo(ui, "Times", &mut form.time, &TimeFormat::ALL, |t| t.title());
            None
        },
    },
    Item {
        section: LIST,
        title: "Decimals of seconds",
        about: "How fine times are written.",
        words: "time precision milliseconds microseconds nanoseconds",
        draw: |ui, form| {
            let all = [None, Some(0), Some(1), Some(2), Some(3), Some(6), Some(9)];
            combo(
                ui,
                "Decimals of seconds",
                &mut form.decimals,
                &all,
                |d| match d {
                    None => "As fine as the file",
                    Some(0) => "Seconds",
                    Some(1) => "Tenths",
                    Some(2) => "Hundredths",
                    Some(3) => "Milliseconds",
                    Some(6) => "Microseconds",
                    _ => "Nanoseconds",
                },
            );
            None
        },
    },
    Item {
        section: LIST,
        title: "Columns",
        about: "Which columns there are is chosen at their heads.",
        words: "reset width order fields",
        draw: |ui, _| {
            quiet(ui, "As at first", "Columns as at first").then_some(Action::UsualColumns)
        },
    },
    Item {
        section: LIST,
        title: "Colour rules",
        about: "Which packets have which colour.",
        words: "colouring coloring color filter",
        draw: |ui, _| {
            quiet(ui, "Change…", "Change the colour rules").then_some(Action::EditColours)
        },
    },
    Item {
        section: READING,
        title: "Verify checksums",
        about: "Of IP, TCP, UDP and ICMP. Network cards often work them out after the packet was captured: on the sending machine they look wrong.",
        words: "checksum validate offload ip tcp udp icmp",
        draw: |ui, form| {
            tick(ui, &mut form.preferences.checksums, "Verify");
            None
        },
    },
    Item {
        section: LIVE,
        title: "Promiscuous mode",
        about: "Ask the interface for packets to other machines too. On networks of others, ask them first.",
        words: "capture interface",
        draw: |ui, form| {
            tick(
                ui,
                &mut form.preferences.capture.promiscuous,
                "Begin with it",
            );
            None
        },
    },
    Item {
        section: LIVE,
        title: "Bytes kept of each packet",
        about: "0 keeps all of them.",
        words: "snapshot length snaplen capture truncate",
        draw: |ui, form| {
            let value = DragValue::new(&mut form.preferences.capture.snap_len)
                .range(0..=WHOLE_FRAMES)
                .custom_formatter(|n, _| match n as u64 {
                    0 => "all".to_owned(),
                    n => grouped(n),
                });
            number(ui, "Bytes kept of each packet", value);
            None
        },
    },
    Item {
        section: LIVE,
        title: "Kernel buffer",
        about: "For each interface; more bridges longer pauses of this machine.",
        words: "capture mib memory drop",
        draw: |ui, form| {
            let value = DragValue::new(&mut form.preferences.capture.buffer_mib)
                .range(1..=1024)
                .suffix(" MiB");
            number(ui, "Kernel buffer", value);
            None
        },
    },
    Item {
        section: LIVE,
        title: "While capturing",
        about: "Packets can wait until the capture has ended.",
        words: "real time scroll newest update",
        draw: |ui, form| {
            let capture = &mut form.preferences.capture;
            tick(ui, &mut capture.real_time, "Show packets as they come");
            ui.add_enabled_ui(capture.real_time, |ui| {
                tick(ui, &mut capture.auto_scroll, "Stay at the newest");
            });
            None
        },
    },
    Item {
        section: HABITS,
        title: "Ask before packets are lost",
        about: "When a capture is closed that is in no file of yours.",
        words: "confirm confirmation unsaved quit close discard",
        draw: |ui, form| {
            tick(ui, &mut form.preferences.ask_unsaved, "Ask");
            None
        },
    },
    Item {
        section: HABITS,
        title: "Files opened before",
        about: "Offered on the start page and in the menu File.",
        words: "recent history privacy clear",
        draw: |ui, form| {
            tick(ui, &mut form.preferences.recent, "Remember them");
            quiet(ui, "Forget them", "Forget the files opened before")
                .then_some(Action::ForgetRecent)
        },
    },
];

/// Width of the column with the controls, points.
const CONTROLS: f32 = 300.0;

impl PreferencesView {
    /// Draw the window's content.
    pub fn show(&mut self, ui: &mut Ui, form: &mut Form) -> Option<Action> {
        let palette = Palette::here(ui);
        let mut action = None;
        ui.horizontal(|ui| {
            let field = TextField {
                name: "Search the preferences",
                hint: "Search",
                width: 280.0,
                mono: false,
                wrong: false,
            }
            .show(ui, &mut self.text);
            if !self.focused {
                self.focused = true;
                field.request_focus();
            }
            ui.with_layout(egui::Layout::right_to_left(Align::Center), |ui| {
                if quiet(ui, "All as at first", "All preferences as at first") {
                    action = Some(Action::Reset);
                }
            });
        });
        ui.add_space(4.0);
        ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
            let mut section = "";
            let found = ITEMS.iter().filter(|item| {
                fuzzy::fit(
                    &self.text,
                    item.title,
                    &[item.section, item.words, item.about],
                )
                .is_some()
            });
            let mut any = false;
            for item in found {
                any = true;
                if item.section != section {
                    section = item.section;
                    head(ui, palette, section);
                }
                action = row(ui, palette, item, form).or(action.take());
            }
            if !any {
                ui.add_space(8.0);
                ui.label(RichText::new("Nothing is called so.").color(palette.dim));
            }
        });
        action
    }
}

fn head(ui: &mut Ui, palette: &Palette, title: &str) {
    ui.add_space(10.0);
    let title = RichText::new(title).font(strong(14.0)).color(palette.text);
    let label = ui.label(title);
    let y = label.rect.max.y + 3.0;
    ui.painter()
        .hline(ui.max_rect().x_range(), y, (1.0, palette.line));
    ui.add_space(6.0);
}

/// A setting: its name and what it is for at the left, its control at the right.
fn row(ui: &mut Ui, palette: &Palette, item: &Item, form: &mut Form) -> Option<Action> {
    let mut action = None;
    ui.horizontal_top(|ui| {
        let width = (ui.available_width() - CONTROLS - 24.0).max(160.0);
        ui.vertical(|ui| {
            ui.set_width(width);
            ui.spacing_mut().item_spacing.y = 1.0;
            ui.label(RichText::new(item.title).color(palette.text));
            let about = RichText::new(item.about).small().color(palette.dim);
            ui.add(Label::new(about).wrap());
        });
        ui.add_space(16.0);
        ui.vertical(|ui| {
            ui.set_width(CONTROLS);
            // On this ground, boxes to tick and fields need an edge to be seen.
            let widgets = &mut ui.visuals_mut().widgets;
            for widget in [
                &mut widgets.inactive,
                &mut widgets.hovered,
                &mut widgets.active,
            ] {
                widget.bg_stroke = Stroke::new(1.0, palette.faint);
            }
            widgets.inactive.fg_stroke.color = palette.text;
            ui.push_id(item.title, |ui| action = (item.draw)(ui, form));
        });
    });
    ui.add_space(8.0);
    action
}

/// One of few, each a button.
fn choice<T: Copy + PartialEq>(
    ui: &mut Ui,
    name: &str,
    value: &mut T,
    all: &[T],
    title: fn(T) -> &'static str,
) {
    let palette = Palette::here(ui);
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        for one in all {
            let on = *value == *one;
            let colour = if on { palette.text } else { palette.dim };
            let spoken = format!("{name}: {}", title(*one));
            if toggle(ui, title(*one), &spoken, on, colour).clicked() {
                *value = *one;
            }
        }
    });
}

/// One of many, in a list that opens.
fn combo<T: Copy + PartialEq>(
    ui: &mut Ui,
    name: &str,
    value: &mut T,
    all: &[T],
    title: fn(T) -> &'static str,
) {
    let shown = title(*value);
    let combo = ComboBox::from_id_salt(name)
        .width(CONTROLS - 20.0)
        .selected_text(shown)
        .show_ui(ui, |ui| {
            for one in all {
                ui.selectable_value(value, *one, title(*one));
            }
        });
    combo.response.widget_info(|| {
        egui::WidgetInfo::labeled(egui::Role::ComboBox, true, format!("{name}: {shown}"))
    });
}

fn tick(ui: &mut Ui, on: &mut bool, text: &str) -> bool {
    ui.add(Checkbox::new(on, text)).changed()
}

fn number(ui: &mut Ui, name: &str, value: DragValue<'_>) {
    let response = ui.add(value);
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::SpinButton, true, name));
}

/// A number with a button for less, one for more, and one for the usual value.
fn stepper<T>(
    ui: &mut Ui,
    name: &str,
    value: &mut T,
    range: std::ops::RangeInclusive<T>,
    step: T,
    usual: T,
    unit: &str,
) where
    T: Copy + Ord + std::fmt::Display + std::ops::Add<Output = T> + std::ops::Sub<Output = T>,
{
    let palette = Palette::here(ui);
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 6.0;
        let button = |ui: &mut Ui, sign: &str, spoken: String, enabled: bool| {
            let button = Button::new(sign)
                .fill(palette.panel)
                .min_size(Vec2::new(28.0, 24.0));
            let response = ui.add_enabled(enabled, button);
            response
                .widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, enabled, &spoken));
            response.clicked()
        };
        if button(ui, "−", format!("{name}: less"), *value > *range.start()) {
            *value = (*value - step).max(*range.start());
        }
        let text = RichText::new(format!("{value} {unit}")).color(palette.text);
        ui.add_sized(Vec2::new(72.0, 24.0), Label::new(text));
        if button(ui, "+", format!("{name}: more"), *value < *range.end()) {
            *value = (*value + step).min(*range.end());
        }
        if *value != usual && quiet(ui, "As at first", &format!("{name} as at first")) {
            *value = usual;
        }
    });
}

/// A button that does not shout.
fn quiet(ui: &mut Ui, text: &str, name: &str) -> bool {
    let palette = Palette::here(ui);
    let button = Button::new(RichText::new(text).color(palette.text))
        .fill(palette.panel)
        .stroke(Stroke::new(1.0, palette.line));
    let response = ui.add(button);
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, name));
    response.clicked()
}
