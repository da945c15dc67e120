//! The expression builder: every protocol and its fields, relation, value and range, and the filter that comes out.

use std::collections::HashSet;

use egui::{Align2, Button, Color32, Pos2, Rect, RichText, Sense, Ui, UiBuilder, Vec2};

use crate::dissect::Registry;
use crate::field::{Field, Kind};
use crate::filter::build::{Expression, Relation, can_be_sliced};
use crate::filter::complete::{by_name, find_ignoring_case, named_values, value_literal};
use crate::filter::syntax::Quantifier;
use crate::ui::theme::{EDGE, LINE_HEIGHT, Palette, mono, strong, words};
use crate::ui::widgets::row_list::{RowList, keyboard};
use crate::ui::widgets::text_field::TextField;

/// A protocol and its fields, sorted by name.
struct Group {
    name: &'static str,
    title: &'static str,
    fields: Vec<&'static Field>,
}

/// A line of the list.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Line {
    Protocol(usize),
    Field(usize, usize),
}

/// What the user wants done with the expression.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Action {
    /// Add it to the filter in the bar.
    Add(String),
    /// Put it into the bar in place of the filter there.
    Replace(String),
    /// Nothing more.
    Close,
}

/// The builder's state.
pub struct Builder {
    groups: Vec<Group>,
    search: String,
    unfolded: HashSet<usize>,
    /// The lines to show, made when the search or what is unfolded changes.
    lines: Option<Vec<Line>>,
    list: RowList,
    chosen: Option<Line>,
    expression: Expression,
    /// Names of the chosen field's values.
    values: Vec<(u64, &'static str)>,
    value_list: RowList,
    focused: bool,
}

impl Builder {
    /// With every protocol of the registry.
    pub fn new(registry: &Registry) -> Builder {
        let mut groups: Vec<Group> = registry
            .protocols()
            .iter()
            .map(|p| {
                let issues = p.issues.iter().map(|i| &i.field);
                let mut fields: Vec<&'static Field> =
                    p.fields.iter().copied().chain(issues).collect();
                fields.retain(|f| !f.abbrev.is_empty() && f.kind != Kind::Text);
                fields.sort_by(|a, b| by_name(a.abbrev, b.abbrev));
                fields.dedup_by_key(|f| f.abbrev);
                Group {
                    name: p.field.abbrev,
                    title: p.field.label,
                    fields,
                }
            })
            .collect();
        groups.sort_by_key(|g| g.name);
        Builder {
            groups,
            search: String::new(),
            unfolded: HashSet::new(),
            lines: None,
            list: RowList::default(),
            chosen: None,
            expression: Expression::default(),
            values: Vec::new(),
            value_list: RowList::default(),
            focused: false,
        }
    }

    /// Draw the builder into all of `ui`. `check` says what is wrong with a filter, if anything.
    pub fn show(&mut self, ui: &mut Ui, check: &dyn Fn(&str) -> Option<String>) -> Option<Action> {
        let palette = Palette::here(ui);
        let whole = ui.available_rect_before_wrap();
        ui.allocate_rect(whole, Sense::hover());
        let foot = whole.max.y - 76.0;
        let middle = whole.min.x + (whole.width() * 0.5).round();
        let part = |min: Pos2, max: Pos2| UiBuilder::new().max_rect(Rect::from_min_max(min, max));
        let mut left = ui.new_child(part(whole.min, Pos2::new(middle - 8.0, foot)));
        self.fields(&mut left, palette);
        let mut right = ui.new_child(part(
            Pos2::new(middle + 8.0, whole.min.y),
            Pos2::new(whole.max.x, foot),
        ));
        self.details(&mut right, palette);
        let mut below = ui.new_child(part(Pos2::new(whole.min.x, foot + 8.0), whole.max));
        self.result(&mut below, palette, check)
    }

    // ---- the list of fields -------------------------------------------------------------------------------------------

    fn fields(&mut self, ui: &mut Ui, palette: &Palette) {
        let search = field_edit(
            ui,
            &mut self.search,
            "Search names and labels",
            "Search fields",
        );
        if !self.focused {
            self.focused = true;
            search.request_focus();
        }
        if search.changed() {
            self.lines = None;
            self.list = RowList::default();
        }
        ui.add_space(4.0);
        if self.lines.is_none() {
            self.lines = Some(self.make_lines());
        }
        let lines = self.lines.clone().unwrap_or_default();
        let sight = self
            .list
            .show(ui, "builder-fields", lines.len() as u64, LINE_HEIGHT);
        let painter = ui.painter_at(sight.area);
        painter.rect_filled(sight.area, 4, palette.ground);
        let mut clicked = None;
        for (i, at) in sight.rows.clone().enumerate() {
            let Some(line) = usize::try_from(at)
                .ok()
                .and_then(|at| lines.get(at))
                .copied()
            else {
                break;
            };
            let top = sight.y + i as f32 * LINE_HEIGHT;
            let rect = Rect::from_min_size(
                Pos2::new(sight.area.min.x, top),
                Vec2::new(sight.area.width(), LINE_HEIGHT),
            );
            let response = ui.interact(
                rect.intersect(sight.area),
                ui.scope_id().with(("builder-field", i)),
                Sense::click(),
            );
            let (name, label, indent) = match line {
                Line::Protocol(g) => (self.groups[g].name, self.groups[g].title, 0.0),
                Line::Field(g, f) => {
                    let field = self.groups[g].fields[f];
                    (field.abbrev, field.label, 16.0)
                }
            };
            let chosen = self.chosen == Some(line);
            response.widget_info(|| {
                let text = format!("{name}: {label}");
                egui::WidgetInfo::selected(egui::Role::TreeItem, true, chosen, text)
            });
            if chosen {
                painter.rect_filled(rect, 0, palette.selection);
            } else if response.hovered() {
                painter.rect_filled(rect, 0, palette.raised);
            }
            if response.clicked() {
                clicked = Some(line);
            }
            let x = rect.min.x + 8.0 + indent;
            if let Line::Protocol(g) = line {
                let sign = if self.is_unfolded(g) { "−" } else { "+" };
                let at = Pos2::new(x, rect.center().y);
                painter.text(at, Align2::LEFT_CENTER, sign, mono(13.0), palette.dim);
            }
            let right = rect.max.x - 8.0;
            let name = cut(&painter, name, mono(12.0), palette.text, right - x - 14.0);
            let taken = name.size().x;
            let y = rect.center().y - name.size().y / 2.0;
            painter.galley(Pos2::new(x + 14.0, y), name, palette.text);
            let left = x + 14.0 + taken + 12.0;
            if right - left > 24.0 {
                let label = cut(&painter, label, words(12.0), palette.dim, right - left);
                let y = rect.center().y - label.size().y / 2.0;
                painter.galley(Pos2::new(left, y), label, palette.dim);
            }
        }
        if lines.is_empty() {
            let at = sight.area.min + Vec2::new(EDGE, 8.0);
            painter.text(
                at,
                Align2::LEFT_TOP,
                "No such field.",
                words(13.0),
                palette.dim,
            );
        }
        // The arrows move in the list while one types in the search field.
        if search.has_focus() || !ui.ctx().text_edit_focused() {
            let row = self.chosen.and_then(|c| lines.iter().position(|l| *l == c));
            let page = (sight.area.height() / LINE_HEIGHT).floor().max(1.0) as u64;
            if let Some(row) = keyboard(ui, row.map(|r| r as u64), lines.len() as u64, page) {
                self.list.reveal(row);
                if let Some(line) = usize::try_from(row).ok().and_then(|r| lines.get(r)) {
                    self.choose(*line);
                }
            }
        }
        if let Some(line) = clicked {
            if let Line::Protocol(group) = line
                && self.search.is_empty()
            {
                if !self.unfolded.remove(&group) {
                    self.unfolded.insert(group);
                }
                self.lines = None;
            }
            self.choose(line);
        }
    }

    /// With a search everything that was found is unfolded.
    fn is_unfolded(&self, group: usize) -> bool {
        !self.search.trim().is_empty() || self.unfolded.contains(&group)
    }

    fn make_lines(&self) -> Vec<Line> {
        let search = self.search.trim();
        let mut lines = Vec::new();
        if search.is_empty() {
            for (g, group) in self.groups.iter().enumerate() {
                lines.push(Line::Protocol(g));
                if self.unfolded.contains(&g) {
                    lines.extend((0..group.fields.len()).map(|f| Line::Field(g, f)));
                }
            }
            return lines;
        }
        let has = |name: &str, label: &str| {
            find_ignoring_case(name, search).is_some()
                || find_ignoring_case(label, search).is_some()
        };
        let mut order: Vec<usize> = (0..self.groups.len()).collect();
        // The protocol that is meant stands first: `tcp` before what has it somewhere within.
        let own = search.split('.').next().unwrap_or(search);
        order.sort_by_key(|g| !self.groups[*g].name.eq_ignore_ascii_case(own));
        for g in order {
            let group = &self.groups[g];
            let found = (0..group.fields.len())
                .filter(|f| has(group.fields[*f].abbrev, group.fields[*f].label));
            let before = lines.len();
            lines.push(Line::Protocol(g));
            lines.extend(found.map(|f| Line::Field(g, f)));
            if lines.len() == before + 1 && !has(group.name, group.title) {
                lines.pop();
            }
        }
        lines
    }

    fn choose(&mut self, line: Line) {
        if self.chosen == Some(line) {
            return;
        }
        self.chosen = Some(line);
        self.expression.range.clear();
        self.expression.value.clear();
        self.values.clear();
        self.value_list = RowList::default();
        self.expression.name = match line {
            Line::Protocol(g) => self.groups[g].name.to_owned(),
            Line::Field(g, f) => {
                let field = self.groups[g].fields[f];
                self.values = named_values(field);
                field.abbrev.to_owned()
            }
        };
        let kind = self.field().map_or(Kind::Protocol, |f| f.kind);
        if !self.expression.relation.fits(kind, false) {
            self.expression.relation = Relation::Present;
        }
    }

    /// The chosen field; `None` for a protocol or nothing.
    fn field(&self) -> Option<&'static Field> {
        match self.chosen? {
            Line::Protocol(_) => None,
            Line::Field(g, f) => self.groups.get(g)?.fields.get(f).copied(),
        }
    }

    // ---- relation and value -------------------------------------------------------------------------------------------

    fn details(&mut self, ui: &mut Ui, palette: &Palette) {
        let (label, kind, help) = match (self.chosen, self.field()) {
            (_, Some(field)) => (field.label, field.kind, field.help.trim()),
            (Some(Line::Protocol(g)), None) => (self.groups[g].title, Kind::Protocol, ""),
            _ => {
                ui.label(RichText::new("Choose a protocol or a field.").color(palette.dim));
                return;
            }
        };
        ui.label(RichText::new(label).font(strong(15.0)).color(palette.text));
        ui.label(RichText::new(kind.title()).small().color(palette.dim));
        if !help.is_empty() {
            ui.add(egui::Label::new(RichText::new(help).color(palette.text)).wrap());
        }
        ui.add_space(8.0);
        let sliced = !self.expression.range.trim().is_empty();
        egui::Grid::new("builder-parts")
            .num_columns(2)
            .spacing(Vec2::new(12.0, 6.0))
            .show(ui, |ui| {
                ui.label(RichText::new("Relation").color(palette.dim));
                let shown = relation_text(self.expression.relation);
                ui.visuals_mut().widgets.inactive.weak_bg_fill = palette.raised;
                let combo = egui::ComboBox::from_id_salt("builder-relation")
                    .width(200.0)
                    .selected_text(shown)
                    .show_ui(ui, |ui| {
                        for relation in Relation::ALL {
                            if relation.fits(kind, sliced) {
                                let text = relation_text(relation);
                                ui.selectable_value(&mut self.expression.relation, relation, text);
                            }
                        }
                    });
                combo.response.widget_info(|| {
                    egui::WidgetInfo::labeled(egui::Role::ComboBox, true, "Relation")
                });
                ui.end_row();
                if self.expression.relation == Relation::Present {
                    return;
                }
                ui.label(RichText::new("Value").color(palette.dim));
                let hint = match self.expression.relation {
                    Relation::In => "80, 443, 8000..8999",
                    Relation::Matches => "regular expression",
                    _ => "",
                };
                field_edit(ui, &mut self.expression.value, hint, "Value");
                ui.end_row();
                ui.label(RichText::new("Of several").color(palette.dim));
                ui.horizontal(|ui| {
                    for (quantifier, name) in [
                        (None, "as usual"),
                        (Some(Quantifier::Any), "any"),
                        (Some(Quantifier::All), "all"),
                    ] {
                        ui.selectable_value(&mut self.expression.quantifier, quantifier, name);
                    }
                });
                ui.end_row();
            });
        if can_be_sliced(kind) {
            ui.add_space(6.0);
            ui.horizontal(|ui| {
                ui.label(RichText::new("Bytes").color(palette.dim));
                field_edit(
                    ui,
                    &mut self.expression.range,
                    "all, or 0:3, 1-2, -2:",
                    "Range of bytes",
                );
            });
        }
        if !self.values.is_empty() {
            self.named(ui, palette);
        }
    }

    /// The names of the field's values, those that fit what is written.
    fn named(&mut self, ui: &mut Ui, palette: &Palette) {
        ui.add_space(8.0);
        ui.label(RichText::new("Values with names").color(palette.dim));
        let Some(field) = self.field() else { return };
        // In a set the last value is the one being written.
        let written = match self.expression.relation {
            Relation::In => self.expression.value.rsplit(',').next().unwrap_or(""),
            _ => self.expression.value.as_str(),
        };
        let written = written.trim().trim_matches('"');
        let complete = self.values.iter().any(|(v, n)| {
            value_literal(field, *v, n)
                .trim_matches('"')
                .eq_ignore_ascii_case(written)
        });
        let fits = |v: &u64, n: &str| {
            written.is_empty()
                || complete
                || v.to_string().starts_with(written)
                || find_ignoring_case(n, written).is_some()
        };
        let values: Vec<(u64, &'static str)> = self
            .values
            .iter()
            .filter(|(v, n)| fits(v, n))
            .copied()
            .collect();
        let sight = self
            .value_list
            .show(ui, "builder-values", values.len() as u64, LINE_HEIGHT);
        let painter = ui.painter_at(sight.area);
        painter.rect_filled(sight.area, 4, palette.ground);
        let mut clicked = None;
        for (i, at) in sight.rows.clone().enumerate() {
            let Some((value, name)) = usize::try_from(at).ok().and_then(|at| values.get(at)) else {
                break;
            };
            let top = sight.y + i as f32 * LINE_HEIGHT;
            let rect = Rect::from_min_size(
                Pos2::new(sight.area.min.x, top),
                Vec2::new(sight.area.width(), LINE_HEIGHT),
            );
            let response = ui.interact(
                rect.intersect(sight.area),
                ui.scope_id().with(("builder-value", i)),
                Sense::click(),
            );
            response.widget_info(|| {
                let text = format!("{value}: {name}");
                egui::WidgetInfo::selected(egui::Role::ListBoxOption, true, false, text)
            });
            if response.hovered() {
                painter.rect_filled(rect, 0, palette.raised);
            }
            if response.clicked() {
                clicked = Some((*value, *name));
            }
            let number = Pos2::new(rect.min.x + 56.0, rect.center().y);
            painter.text(number, Align2::RIGHT_CENTER, value, mono(12.0), palette.dim);
            let left = rect.min.x + 68.0;
            let text = cut(
                &painter,
                name,
                words(13.0),
                palette.text,
                rect.max.x - left - 8.0,
            );
            let y = rect.center().y - text.size().y / 2.0;
            painter.galley(Pos2::new(left, y), text, palette.text);
        }
        if let Some((value, name)) = clicked {
            let literal = value_literal(field, value, name);
            if self.expression.relation == Relation::In {
                let before = self.expression.value.rfind(',').map_or(0, |at| at + 1);
                self.expression.value.truncate(before);
                if before > 0 {
                    self.expression.value.push(' ');
                }
                self.expression.value.push_str(&literal);
            } else {
                self.expression.value = literal;
                if self.expression.relation == Relation::Present {
                    self.expression.relation = Relation::Eq;
                }
            }
        }
    }

    // ---- what comes out -----------------------------------------------------------------------------------------------

    fn result(
        &self,
        ui: &mut Ui,
        palette: &Palette,
        check: &dyn Fn(&str) -> Option<String>,
    ) -> Option<Action> {
        let text = match (self.chosen, self.field()) {
            (_, Some(field)) => self.expression.text(field),
            (Some(_), None) => self.expression.text(&PROTOCOL),
            (None, None) => String::new(),
        };
        let wrong = (!text.is_empty()).then(|| check(&text)).flatten();
        let good = !text.is_empty() && wrong.is_none();
        let colour = match (&wrong, good) {
            (Some(_), _) => palette.bad,
            (None, true) => palette.good,
            (None, false) => palette.line,
        };
        let frame = egui::Frame::new()
            .fill(palette.tint(colour, if text.is_empty() { 0.0 } else { 0.16 }))
            .stroke(egui::Stroke::new(1.0, colour))
            .corner_radius(5)
            .inner_margin(egui::Margin::symmetric(8, 4));
        let shown = frame.show(ui, |ui| {
            ui.set_width(ui.available_width());
            let text = if text.is_empty() { " " } else { text.as_str() };
            let label = RichText::new(text).font(mono(13.0)).color(palette.text);
            ui.add(egui::Label::new(label).truncate());
        });
        if let Some(wrong) = &wrong {
            shown.response.on_hover_text(wrong);
        }
        ui.add_space(4.0);
        let mut action = None;
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            let primary = |name: &str| {
                let (fill, text) = if good {
                    (palette.accent, palette.on_accent)
                } else {
                    (palette.raised, palette.dim)
                };
                Button::new(RichText::new(name).color(text)).fill(fill)
            };
            if ui.add_enabled(good, primary("Add to the filter")).clicked() {
                action = Some(Action::Add(text.clone()));
            }
            if ui
                .add_enabled(good, Button::new("Replace the filter"))
                .clicked()
            {
                action = Some(Action::Replace(text.clone()));
            }
            if ui.button("Cancel").clicked() {
                action = Some(Action::Close);
            }
            if let Some(wrong) = &wrong {
                let colour: Color32 = palette.bad;
                let label = RichText::new(wrong).small().color(colour);
                ui.with_layout(egui::Layout::left_to_right(egui::Align::Center), |ui| {
                    ui.add(egui::Label::new(label).truncate());
                });
            }
        });
        action
    }
}

/// Stands for the type of protocols, of which only the kind counts.
static PROTOCOL: Field = Field::new("", "", Kind::Protocol);

fn relation_text(relation: Relation) -> String {
    match relation.sign() {
        "" => relation.title().to_owned(),
        sign if sign == relation.title() => sign.to_owned(),
        sign => format!("{sign}   {}", relation.title()),
    }
}

/// A text field as wide as there is room.
fn field_edit(ui: &mut Ui, text: &mut String, hint: &str, name: &str) -> egui::Response {
    let field = TextField {
        name,
        hint,
        width: (ui.available_width() - 18.0).clamp(80.0, 460.0),
        mono: false,
        wrong: false,
    };
    field.show(ui, text)
}

/// A text that ends in an ellipsis where it does not fit.
fn cut(
    painter: &egui::Painter,
    text: &str,
    font: egui::FontId,
    colour: Color32,
    width: f32,
) -> std::sync::Arc<egui::Galley> {
    let mut job = egui::text::LayoutJob::simple_singleline(text.to_owned(), font, colour);
    job.wrap = egui::text::TextWrapping::truncate_at_width(width.max(8.0));
    painter.layout_job(job)
}
