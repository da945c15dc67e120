//! Context menus: filters from what is under the pointer.

use egui::{Button, Context, RichText, Ui};

use super::App;
use crate::dissect::Registry;
use crate::filter::compose::{Column, Conversation, Join, of_column, of_frame_bytes, of_node};
use crate::session::Detail;
use crate::session::colours::Hue;
use crate::session::follow::Kind;
use crate::session::list_columns::ColumnKind;
use crate::ui::command::{self, Command, Menu};
use crate::ui::theme::{Palette, mono};
use crate::ui::views::tree::link;

/// What a menu asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Wish {
    /// Apply this filter.
    Apply(String),
    /// Put this filter into the bar.
    Prepare(String),
    /// Do what a command does.
    Do(Command),
    /// Give the packet's conversation this colour.
    Colour(Hue),
    /// Follow the packet's conversation.
    Follow(Kind),
    /// Look for packets with this text in the list.
    Find(String),
}

impl App {
    pub(super) fn fulfil(&mut self, wish: Option<Wish>, ctx: &Context) {
        match wish {
            Some(Wish::Apply(text)) => self.set_and_apply(&text, ctx),
            Some(Wish::Prepare(text)) => self.prepare_filter(&text),
            Some(Wish::Do(command)) => self.run(command, ctx),
            Some(Wish::Colour(hue)) => self.colour_conversation(Some(hue)),
            Some(Wish::Follow(kind)) => self.follow(kind, ctx),
            Some(Wish::Find(text)) => self.find_text(&text, ctx),
            None => {}
        }
    }

    /// A filter for the chosen field's value.
    pub(super) fn chosen_as_filter(&self) -> Option<String> {
        let detail = self.detail()?;
        let node = detail.tree.nodes.get(self.node?)?;
        of_node(&detail.tree, &detail.bytes, node)
    }
}

/// The packet list's menu, for a packet (`None` while it is not ready) and the column under the pointer; `old` is the text
/// in the filter bar.
pub(super) fn packet(
    ui: &mut Ui,
    registry: &Registry,
    detail: Option<&Detail>,
    column: &ColumnKind,
    old: &str,
) -> Option<Wish> {
    ui.set_min_width(220.0);
    let Some(detail) = detail else {
        ui.label("…");
        return None;
    };
    let (tree, frame) = (&detail.tree, detail.bytes.as_slice());
    let new = match listed(column) {
        Ok(column) => of_column(registry, tree, frame, column),
        Err(field) => {
            let node = tree.nodes.iter().find(|n| n.field.abbrev == field);
            node.and_then(|node| of_node(tree, frame, node))
        }
    };
    if new.is_none() {
        let palette = Palette::here(ui);
        let why = match column {
            ColumnKind::Info => {
                "The Info column is made of several fields: no filter knows it whole"
            }
            _ => "No field says what stands here",
        };
        ui.label(RichText::new(why).small().color(palette.dim));
    }
    let mut wish = as_filter(ui, "", new.as_deref(), old);
    if *column == ColumnKind::Info
        && !tree.columns.info.trim().is_empty()
        && ui.button("Find packets with this text").clicked()
    {
        wish = Some(Wish::Find(tree.columns.info.trim().to_owned()));
    }
    ui.separator();
    ui.menu_button("Conversation filter", |ui| {
        ui.set_min_width(160.0);
        for conversation in Conversation::ALL {
            let filter = conversation.filter(tree, frame);
            let button = Button::new(conversation.title());
            let response = ui.add_enabled(filter.is_some(), button);
            if let (true, Some(filter)) = (response.clicked(), filter) {
                wish = Some(Wish::Apply(filter));
            }
        }
    });
    ui.menu_button("Colour the conversation", |ui| {
        ui.set_min_width(160.0);
        let palette = Palette::here(ui);
        for hue in Hue::ALL {
            let text = RichText::new(hue.name()).color(palette.hue(hue));
            if ui.button(text).clicked() {
                wish = Some(Wish::Colour(hue));
            }
        }
        ui.separator();
        wish = wish.take().or(command(ui, Command::ForgetColours));
    });
    ui.separator();
    for entry in [
        Command::ToggleMark,
        Command::ToggleIgnored,
        Command::ToggleReference,
        Command::CommentPacket,
        Command::OpenPacket,
        Command::DecodeAs,
    ] {
        wish = wish.take().or(command(ui, entry));
    }
    ui.menu_button("Follow", |ui| {
        ui.set_min_width(160.0);
        for kind in Kind::ALL {
            let button = Button::new(format!("{} stream", kind.title()));
            let enabled = super::dock::stream_of(detail, kind).is_some();
            if ui.add_enabled(enabled, button).clicked() {
                wish = Some(Wish::Follow(kind));
            }
        }
    });
    wish.or(command(ui, Command::Ladder))
}

/// A command in a context menu, with its keys.
fn command(ui: &mut Ui, command: Command) -> Option<Wish> {
    let entry = command::entry(command)?;
    let mut button = Button::new(entry.name);
    if let Some(keys) = entry.shortcut(ui.ctx()) {
        button = button.shortcut_text(keys);
    }
    ui.add(button).clicked().then_some(Wish::Do(command))
}

/// A column as filters know it, or the field that it shows.
fn listed(column: &ColumnKind) -> Result<Column, &str> {
    Ok(match column {
        ColumnKind::Number => Column::Number,
        ColumnKind::Time => Column::Time,
        ColumnKind::Source => Column::Source,
        ColumnKind::Destination => Column::Destination,
        ColumnKind::Protocol => Column::Protocol,
        ColumnKind::Length => Column::Length,
        ColumnKind::Info => Column::Info,
        ColumnKind::Field(name) => return Err(name),
    })
}

/// The menu of a line of the tree.
pub(super) fn field(ui: &mut Ui, detail: &Detail, node: usize, old: &str) -> Option<Wish> {
    ui.set_min_width(220.0);
    let at = detail.tree.nodes.get(node)?;
    let new = of_node(&detail.tree, &detail.bytes, at);
    let mut wish = as_filter(ui, "", new.as_deref(), old);
    ui.separator();
    wish = wish.or(commands(ui, Menu::Copy));
    if !at.field.abbrev.is_empty() {
        wish = wish.or(command(ui, Command::ApplyAsColumn));
    }
    wish = wish.or(command(ui, Command::DecodeAs));
    let foldable = detail.tree.end_of(node) > node + 1;
    for (command, usable) in [
        (Command::UnfoldBelow, foldable),
        (Command::FoldBelow, foldable),
        (Command::FollowLink, link(at).is_some()),
    ] {
        let name = command::entry(command).map_or("", |e| e.name);
        if usable && ui.button(name).clicked() {
            wish = Some(Wish::Do(command));
        }
    }
    wish
}

/// A head of the main menu as a menu in a menu.
fn commands(ui: &mut Ui, menu: Menu) -> Option<Wish> {
    let mut wish = None;
    ui.menu_button(menu.title(), |ui| {
        ui.set_min_width(220.0);
        for entry in command::commands().filter(|e| e.menu == menu) {
            let mut button = Button::new(entry.name);
            if let Some(keys) = entry.shortcut(ui.ctx()) {
                button = button.shortcut_text(keys);
            }
            if ui.add(button).clicked() {
                wish = Some(Wish::Do(entry.command));
            }
        }
    });
    wish
}

/// The menu of the bytes: the field there, and the bytes themselves.
pub(super) fn bytes(ui: &mut Ui, detail: &Detail, node: usize, old: &str) -> Option<Wish> {
    let field = field(ui, detail, node, old);
    let node = detail.tree.nodes.get(node)?;
    let of_frame = node.buffer == 0;
    let bytes = of_frame
        .then(|| of_frame_bytes(&detail.bytes, node.start as usize, node.len as usize))
        .flatten();
    ui.separator();
    field.or(as_filter(ui, "bytes ", bytes.as_deref(), old))
}

/// The two menus `Apply ... as filter` and `Prepare ... as filter`, below the filter itself.
fn as_filter(ui: &mut Ui, what: &str, new: Option<&str>, old: &str) -> Option<Wish> {
    let palette = Palette::here(ui);
    let mut wish = None;
    if let Some(new) = new {
        let mut shown: String = new.chars().take(48).collect();
        if shown.len() < new.len() {
            shown.push('…');
        }
        let text = RichText::new(shown).font(mono(12.0)).color(palette.dim);
        ui.horizontal(|ui| {
            ui.add_space(ui.spacing().button_padding.x);
            ui.label(text);
        });
    }
    for (title, make) in [
        ("Apply", Wish::Apply as fn(String) -> Wish),
        ("Prepare", Wish::Prepare),
    ] {
        ui.add_enabled_ui(new.is_some(), |ui| {
            ui.menu_button(format!("{title} {what}as filter"), |ui| {
                ui.set_min_width(180.0);
                for join in Join::ALL {
                    let alone = matches!(join, Join::Only | Join::Not);
                    let enabled = alone || !old.trim().is_empty();
                    let response = ui.add_enabled(enabled, Button::new(join.title()));
                    if let (true, Some(new)) = (response.clicked(), new) {
                        wish = Some(make(join.apply(old, new)));
                    }
                }
            });
        });
    }
    wish
}
