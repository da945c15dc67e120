//! "Decode as": who reads what comes under a port, an EtherType or another number. The numbers of the chosen packet are offered,
//! and the protocols that can read there; the rules that hold are listed.

use egui::{Button, ComboBox, Key, RichText, ScrollArea, Ui};

use crate::dissect::tree::Value;
use crate::dissect::{DecodeAs, Protocol, Registry, Table, Tree};
use crate::session::decode_as::{choices, parse, written};
use crate::ui::theme::{Palette, mono};
use crate::ui::widgets::text_field::TextField;

/// A number of the packet by which a protocol was chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Place {
    table: Table,
    key: u32,
    /// What it is, in words.
    what: String,
}

/// The dialog's state.
pub struct DecodeDialog {
    places: Vec<Place>,
    table: Table,
    /// The number or range, as it is written.
    key: String,
    /// Part of a protocol's name.
    search: String,
    chosen: Option<&'static Protocol>,
    rules: Vec<DecodeAs>,
    /// Whether the rules are to hold in later sessions, too.
    keep: bool,
    focused: bool,
}

/// What the user wants.
pub enum Action {
    /// These rules, and whether they hold in later sessions.
    Apply(Vec<DecodeAs>, bool),
    /// Nothing.
    Cancel,
}

/// Fields by whose values protocols are found.
const FIELDS: &[(&str, Table, &str)] = &[
    ("tcp.dstport", Table::TcpPort, "TCP port, destination"),
    ("tcp.srcport", Table::TcpPort, "TCP port, source"),
    ("udp.dstport", Table::UdpPort, "UDP port, destination"),
    ("udp.srcport", Table::UdpPort, "UDP port, source"),
    ("ip.proto", Table::IpProtocol, "protocol number of IPv4"),
    ("ipv6.nxt", Table::IpProtocol, "next header of IPv6"),
    ("llc.dsap", Table::Llc, "LLC access point"),
    ("ppp.protocol", Table::Ppp, "PPP protocol number"),
    ("eth.type", Table::EtherType, "EtherType"),
    (
        "vlan.etype",
        Table::EtherType,
        "EtherType behind the VLAN tag",
    ),
    ("sll.etype", Table::EtherType, "EtherType"),
    ("gre.proto", Table::EtherType, "EtherType in GRE"),
];

/// The numbers of a packet by which protocols are chosen; those of the innermost layer first.
fn places(tree: &Tree) -> Vec<Place> {
    let mut found: Vec<Place> = Vec::new();
    for (name, table, what) in FIELDS {
        for node in tree.nodes.iter().rev().filter(|n| n.field.abbrev == *name) {
            let Value::U(value) = node.value else {
                continue;
            };
            let Ok(key) = u32::try_from(value) else {
                continue;
            };
            if !found.iter().any(|p| p.table == *table && p.key == key) {
                let what = (*what).to_owned();
                let table = *table;
                found.push(Place { table, key, what });
            }
        }
    }
    found
}

impl DecodeDialog {
    /// Begin with the numbers of a packet, if one is chosen, and the rules that hold.
    pub fn new(tree: Option<&Tree>, rules: &[DecodeAs], keep: bool) -> DecodeDialog {
        let places = tree.map(places).unwrap_or_default();
        let first = places.first();
        DecodeDialog {
            table: first.map_or(Table::TcpPort, |p| p.table),
            key: first.map_or(String::new(), |p| p.key.to_string()),
            places,
            search: String::new(),
            chosen: None,
            rules: rules.to_vec(),
            keep,
            focused: false,
        }
    }

    /// The rules that the fields ask for, or why there are none.
    fn asked(&self, registry: &Registry) -> Option<Result<Vec<DecodeAs>, String>> {
        let protocol = self.chosen?;
        let rule = format!(
            "{}=={},{}",
            self.table.name(),
            self.key.trim(),
            protocol.field.abbrev
        );
        Some(parse(&rule, registry))
    }

    /// Draw it.
    pub fn show(&mut self, ui: &mut Ui, registry: &Registry) -> Option<Action> {
        let palette = Palette::here(ui);
        ui.set_width(640.0);
        ui.spacing_mut().item_spacing.y = 6.0;
        self.numbers(ui, palette);
        ui.add_space(4.0);
        self.protocols(ui, registry, palette);
        let asked = self.asked(registry);
        let wrong = match &asked {
            Some(Err(message)) => message.lines().next().unwrap_or("").to_owned(),
            _ => String::new(),
        };
        ui.label(RichText::new(&wrong).color(palette.bad));
        self.listed(ui, palette);
        ui.scope(|ui| {
            // What can be chosen must be seen before it is.
            let widgets = &mut ui.visuals_mut().widgets;
            widgets.inactive.bg_stroke = egui::Stroke::new(1.0, palette.faint);
            widgets.hovered.bg_stroke = egui::Stroke::new(1.0, palette.dim);
            ui.checkbox(&mut self.keep, "These rules hold in later sessions, too");
        });
        ui.add_space(4.0);
        let mut action = None;
        ui.horizontal(|ui| {
            let add = Button::new("Add the rule");
            let good = matches!(&asked, Some(Ok(_)));
            if ui.add_enabled(good, add).clicked()
                && let Some(Ok(rules)) = &asked
            {
                self.add(rules);
                self.chosen = None;
            }
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                let text = RichText::new("Decode").color(palette.on_accent);
                let apply = Button::new(text).fill(palette.accent);
                let whole = !matches!(&asked, Some(Err(_)));
                if ui.add_enabled(whole, apply).clicked() {
                    if let Some(Ok(rules)) = &asked {
                        self.add(rules);
                    }
                    action = Some(Action::Apply(self.rules.clone(), self.keep));
                }
                if ui.button("Cancel").clicked() || ui.input(|i| i.key_pressed(Key::Escape)) {
                    action = Some(Action::Cancel);
                }
            });
        });
        action
    }

    /// Rules for the same keys as older ones take their place.
    fn add(&mut self, rules: &[DecodeAs]) {
        for rule in rules {
            self.rules
                .retain(|r| (r.table, r.keys) != (rule.table, rule.keys));
            self.rules.push(*rule);
        }
    }

    /// Which number.
    fn numbers(&mut self, ui: &mut Ui, palette: &Palette) {
        ui.horizontal_wrapped(|ui| {
            for place in &self.places {
                let on = place.table == self.table && place.key.to_string() == self.key.trim();
                let text = format!("{} {}", place.table.name(), place.key);
                let button = ui.selectable_label(on, text).on_hover_text(&place.what);
                if button.clicked() {
                    if self.table != place.table {
                        self.chosen = None;
                    }
                    self.table = place.table;
                    self.key = place.key.to_string();
                }
            }
        });
        ui.horizontal(|ui| {
            let before = self.table;
            let menu = ComboBox::from_id_salt("decode-table")
                .selected_text(self.table.name())
                .width(130.0)
                .show_ui(ui, |ui| {
                    for table in Table::NAMED {
                        ui.selectable_value(&mut self.table, *table, table.name());
                    }
                });
            menu.response.widget_info(|| {
                egui::WidgetInfo::labeled(egui::Role::ComboBox, true, "Layer type")
            });
            if self.table != before {
                self.chosen = None;
            }
            TextField {
                name: "Number or range",
                hint: "80 or 8000-8010",
                width: 140.0,
                mono: true,
                wrong: false,
            }
            .show(ui, &mut self.key);
            let what = self
                .places
                .iter()
                .find(|p| p.table == self.table && p.key.to_string() == self.key.trim());
            if let Some(place) = what {
                ui.label(
                    RichText::new(format!("{} of this packet", place.what)).color(palette.dim),
                );
            }
        });
    }

    /// Who reads it.
    fn protocols(&mut self, ui: &mut Ui, registry: &Registry, palette: &Palette) {
        ui.horizontal(|ui| {
            let field = TextField {
                name: "Protocol",
                hint: "Search protocols",
                width: 282.0,
                mono: false,
                wrong: false,
            }
            .show(ui, &mut self.search);
            if !self.focused {
                self.focused = true;
                field.request_focus();
            }
        });
        let search = self.search.trim().to_lowercase();
        let fits = |p: &&'static Protocol| {
            search.is_empty()
                || p.field.abbrev.contains(&search)
                || p.name.to_lowercase().contains(&search)
                || p.field.label.to_lowercase().contains(&search)
        };
        let found: Vec<_> = choices(self.table, registry)
            .into_iter()
            .filter(fits)
            .collect();
        // Who looks for a protocol and finds one means that one.
        if let ([only], false) = (found.as_slice(), search.is_empty()) {
            self.chosen = Some(only);
        }
        ScrollArea::vertical()
            .id_salt("decode-protocols")
            .max_height(180.0)
            .min_scrolled_height(180.0)
            .auto_shrink([false, false])
            .show(ui, |ui| {
                for protocol in &found {
                    let on = self
                        .chosen
                        .is_some_and(|c| c.field.abbrev == protocol.field.abbrev);
                    let plain = protocol.field.abbrev == "data";
                    let title = match plain {
                        true => "data: no protocol, only bytes".to_owned(),
                        false => format!("{}: {}", protocol.field.abbrev, protocol.field.label),
                    };
                    if ui.selectable_label(on, title).clicked() {
                        self.chosen = Some(protocol);
                    }
                }
                if found.is_empty() {
                    let text = format!("No protocol for {} has this name.", self.table.name());
                    ui.label(RichText::new(text).color(palette.dim));
                }
            });
    }

    /// The rules that hold.
    fn listed(&mut self, ui: &mut Ui, palette: &Palette) {
        if self.rules.is_empty() {
            let text = "No rule holds: every protocol is read where it is at home.";
            ui.label(RichText::new(text).color(palette.dim));
            return;
        }
        let mut removed = None;
        ScrollArea::vertical()
            .id_salt("decode-rules")
            .max_height(120.0)
            .show(ui, |ui| {
                for (i, rule) in self.rules.iter().enumerate() {
                    let text = written(rule);
                    ui.horizontal(|ui| {
                        ui.label(RichText::new(&text).font(mono(13.0)));
                        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                            ui.add_space(12.0);
                            let button = ui.small_button("Remove");
                            let name = format!("Remove {text}");
                            button.widget_info(|| {
                                egui::WidgetInfo::labeled(egui::Role::Button, true, &name)
                            });
                            if button.clicked() {
                                removed = Some(i);
                            }
                        });
                    });
                }
            });
        if let Some(i) = removed {
            self.rules.remove(i);
        }
    }
}
