//! The colour rules, to be changed.

use egui::{Button, ComboBox, RichText, Ui};

use crate::session::colours::{ColourRule, Hue, Paint, Reach, built_in};
use crate::ui::theme::Palette;
use crate::ui::widgets::text_field::TextField;

/// The editor's state: the rules as they are written, good or not.
pub struct ColourEditor {
    rules: Vec<ColourRule>,
}

/// What the user wants.
pub enum Action {
    /// These rules from now on.
    Keep(Vec<ColourRule>),
    /// Nothing changed.
    Cancel,
}

/// What was asked of one rule.
enum Change {
    Remove(usize),
    Swap(usize, usize),
}

impl ColourEditor {
    /// Begin with these.
    pub fn new(rules: &[ColourRule]) -> ColourEditor {
        ColourEditor {
            rules: rules.to_vec(),
        }
    }

    /// Draw the editor. `check` says what is wrong with a filter.
    pub fn show(&mut self, ui: &mut Ui, check: &dyn Fn(&str) -> Option<String>) -> Option<Action> {
        let palette = Palette::here(ui);
        ui.set_width(820.0);
        let text = "The first rule that a packet passes gives it its colour.";
        ui.label(RichText::new(text).color(palette.dim));
        ui.add_space(8.0);
        let mut change = None;
        let mut wrong = None;
        let height = (ui.ctx().content_rect().height() - 240.0).clamp(160.0, 420.0);
        egui::ScrollArea::vertical()
            .max_height(height)
            .auto_shrink([false, true])
            .show(ui, |ui| {
                let last = self.rules.len().saturating_sub(1);
                for (i, rule) in self.rules.iter_mut().enumerate() {
                    let error = check(&rule.filter).filter(|_| rule.on);
                    ui.push_id(i, |ui| {
                        change =
                            line(ui, palette, rule, i, last, error.is_some()).or(change.take());
                    });
                    let name = rule.name.clone();
                    wrong = wrong.take().or(error.map(|e| format!("{name}: {e}")));
                }
            });
        match change {
            Some(Change::Remove(i)) => {
                self.rules.remove(i);
            }
            Some(Change::Swap(a, b)) if a.max(b) < self.rules.len() => self.rules.swap(a, b),
            _ => {}
        }
        ui.add_space(8.0);
        if let Some(wrong) = &wrong {
            ui.label(RichText::new(wrong).color(palette.bad));
        }
        self.buttons(ui, palette, wrong.is_none())
    }

    fn buttons(&mut self, ui: &mut Ui, palette: &Palette, good: bool) -> Option<Action> {
        let mut action = None;
        ui.horizontal(|ui| {
            if ui.button("Add a rule").clicked() {
                let paint = Paint {
                    hue: Hue::Blue,
                    reach: Reach::Line,
                };
                self.rules.insert(
                    0,
                    ColourRule {
                        name: "New rule".into(),
                        filter: String::new(),
                        paint,
                        on: true,
                    },
                );
            }
            if ui.button("Rules as at first").clicked() {
                self.rules = built_in();
            }
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                let keep = Button::new(RichText::new("Keep").color(palette.on_accent))
                    .fill(palette.accent);
                if ui.add_enabled(good, keep).clicked() {
                    let mut rules = std::mem::take(&mut self.rules);
                    rules.retain(|r| !r.filter.trim().is_empty());
                    action = Some(Action::Keep(rules));
                }
                if ui.button("Cancel").clicked() {
                    action = Some(Action::Cancel);
                }
            });
        });
        action
    }
}

fn line(
    ui: &mut Ui,
    palette: &Palette,
    rule: &mut ColourRule,
    i: usize,
    last: usize,
    wrong: bool,
) -> Option<Change> {
    let mut change = None;
    let size = egui::vec2(ui.available_width(), 30.0);
    let layout = egui::Layout::left_to_right(egui::Align::Center);
    ui.allocate_ui_with_layout(size, layout, |ui| {
        ui.spacing_mut().item_spacing.x = 6.0;
        // Edges, or a box without its tick could not be seen.
        ui.visuals_mut().widgets.inactive.bg_stroke = egui::Stroke::new(1.0, palette.faint);
        let on = ui.checkbox(&mut rule.on, "");
        ui.visuals_mut().widgets.inactive.bg_stroke = egui::Stroke::new(1.0, palette.line);
        let spoken = format!("Use rule {}", i + 1);
        on.widget_info(|| egui::WidgetInfo::selected(egui::Role::CheckBox, true, rule.on, &spoken));
        let field = |name: &str, width, mono, wrong, ui: &mut Ui, text: &mut String| {
            TextField {
                name,
                hint: "",
                width,
                mono,
                wrong,
            }
            .show(ui, text);
        };
        let spoken = format!("Name of rule {}", i + 1);
        field(&spoken, 120.0, false, false, ui, &mut rule.name);
        let spoken = format!("Filter of rule {}", i + 1);
        field(&spoken, 300.0, true, wrong, ui, &mut rule.filter);
        let hue = rule.paint.hue;
        let named = |combo: &egui::Response, what: &str, value: &str| {
            let spoken = format!("{what} of rule {}: {value}", i + 1);
            combo.widget_info(|| egui::WidgetInfo::labeled(egui::Role::ComboBox, true, &spoken));
        };
        let combo = ComboBox::from_id_salt("hue")
            .width(96.0)
            .selected_text(RichText::new(hue.name()).color(palette.hue(hue)))
            .show_ui(ui, |ui| {
                for hue in Hue::ALL {
                    let text = RichText::new(hue.name()).color(palette.hue(hue));
                    ui.selectable_value(&mut rule.paint.hue, hue, text);
                }
            });
        named(&combo.response, "Colour", hue.name());
        let reach = rule.paint.reach;
        let combo = ComboBox::from_id_salt("reach")
            .width(120.0)
            .selected_text(reach.name())
            .show_ui(ui, |ui| {
                for reach in Reach::ALL {
                    ui.selectable_value(&mut rule.paint.reach, reach, reach.name());
                }
            });
        named(&combo.response, "Reach", reach.name());
        for (sign, name, enabled, done) in [
            ("↑", "Move up", i > 0, Change::Swap(i, i.saturating_sub(1))),
            ("↓", "Move down", i < last, Change::Swap(i, i + 1)),
            ("×", "Remove", true, Change::Remove(i)),
        ] {
            let spoken = format!("{name} rule {}", i + 1);
            let button = Button::new(sign).min_size(egui::vec2(24.0, 24.0));
            let button = ui.add_enabled(enabled, button).on_hover_text(name);
            button.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, enabled, &spoken));
            if button.clicked() {
                change = Some(done);
            }
        }
    });
    change
}
