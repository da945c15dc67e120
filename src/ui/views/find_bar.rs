//! The line in which packets are looked for.

use egui::{Button, ComboBox, Key, RichText, Ui};

use super::status::grouped;
use crate::session::find::{By, Place};
use crate::ui::theme::{EDGE, Palette};
use crate::ui::widgets::bar::{bar, switch};
use crate::ui::widgets::text_field::TextField;

/// What is looked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query {
    /// How it is written.
    pub by: By,
    /// Where it is looked for.
    pub place: Place,
    /// The text.
    pub text: String,
    /// Whether capitals and small letters differ.
    pub case: bool,
}

/// What is known of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// How many packets have it, so far.
    pub count: u64,
    /// Which of them is chosen, from 1.
    pub at: Option<u64>,
    /// Whether all packets were tried.
    pub done: bool,
    /// Why it cannot be looked for.
    pub error: Option<String>,
}

/// What the user did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// Changed what is looked for.
    Changed,
    /// To the next packet that has it.
    Next,
    /// To the one before.
    Previous,
    /// Enough.
    Close,
}

/// Draw it; `focus`: the cursor goes into the text.
pub fn show(ui: &mut Ui, query: &mut Query, found: &Found, focus: bool) -> Option<Action> {
    let palette = Palette::here(ui);
    let before = query.clone();
    let mut action = None;
    bar(ui, |ui| {
        ui.spacing_mut().item_spacing.x = 6.0;
        ui.add_space(EDGE);
        let by = |by| match by {
            By::Filter => "Filter expression",
            By::Text => "Text",
            By::Regex => "Regular expression",
            By::Hex => "Hex bytes",
        };
        let menu = ComboBox::from_id_salt("find-by")
            .selected_text(by(query.by))
            .width(148.0)
            .show_ui(ui, |ui| {
                for one in [By::Text, By::Regex, By::Hex, By::Filter] {
                    ui.selectable_value(&mut query.by, one, by(one));
                }
            });
        menu.response
            .widget_info(|| egui::WidgetInfo::labeled(egui::Role::ComboBox, true, "Find by"));
        let placed = matches!(query.by, By::Text | By::Regex);
        let place = |place| match place {
            Place::List => "in the list",
            Place::Tree => "in the fields",
            Place::Bytes => "in the bytes",
        };
        ui.add_enabled_ui(placed, |ui| {
            let menu = ComboBox::from_id_salt("find-in")
                .selected_text(place(query.place))
                .width(108.0)
                .show_ui(ui, |ui| {
                    for one in [Place::List, Place::Tree, Place::Bytes] {
                        ui.selectable_value(&mut query.place, one, place(one));
                    }
                });
            menu.response
                .widget_info(|| egui::WidgetInfo::labeled(egui::Role::ComboBox, true, "Find in"));
        });
        let wrong = found.error.is_some();
        let none = found.done && found.count == 0 && !query.text.is_empty();
        let field = TextField {
            name: "Find packet",
            hint: "Find packet",
            width: (ui.available_width() - 480.0).clamp(140.0, 480.0),
            mono: query.by != By::Text,
            wrong: wrong || none,
        };
        let response = field.show(ui, &mut query.text);
        if focus {
            response.request_focus();
        }
        let (enter, shift, escape) = ui.input(|i| {
            let enter = i.key_pressed(Key::Enter);
            (enter, i.modifiers.shift, i.key_pressed(Key::Escape))
        });
        if response.lost_focus() && enter {
            action = Some(if shift {
                Action::Previous
            } else {
                Action::Next
            });
            response.request_focus();
        } else if response.lost_focus() && escape {
            action = Some(Action::Close);
        }
        let any = found.count > 0;
        for (sign, name, to) in [
            ("↑", "Find previous", Action::Previous),
            ("↓", "Find next", Action::Next),
        ] {
            let button = ui.add_enabled(any, Button::new(sign));
            button.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, any, name));
            if button.on_hover_text(name).clicked() {
                action = Some(to);
            }
        }
        switch(ui, "Match case", placed, &mut query.case);
        let (text, colour) = match (&found.error, found.at) {
            _ if query.text.is_empty() => (String::new(), palette.dim),
            (Some(error), _) => (error.clone(), palette.bad),
            (None, Some(at)) => (
                format!("{} of {}", grouped(at), grouped(found.count)),
                palette.dim,
            ),
            (None, None) if found.count == 1 => ("1 packet".to_owned(), palette.dim),
            (None, None) => (format!("{} packets", grouped(found.count)), palette.dim),
        };
        let more = if found.done || query.text.is_empty() || wrong {
            ""
        } else {
            " …"
        };
        ui.label(RichText::new(text + more).small().color(colour));
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            ui.add_space(EDGE - 4.0);
            let button = ui.add(Button::new(RichText::new("×").color(palette.dim)));
            let name = "Close the search";
            button.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, name));
            if button.on_hover_text(name).clicked() {
                action = Some(Action::Close);
            }
        });
    });
    if *query != before {
        action = action.or(Some(Action::Changed));
    }
    action
}
