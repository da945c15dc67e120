//! The commands of the menu "Filter".

use egui::Key;

use super::super::entry::{Entry, ctrl};
use super::super::{Command, Menu, Needs};

/// In the order of the menu.
pub(super) const ENTRIES: &[Entry] = &[
    Entry::new(
        Command::FocusFilter,
        Menu::Filter,
        "filter.focus",
        "Write a display filter",
        &[ctrl(Key::Slash)],
    ),
    Entry::new(
        Command::ClearFilter,
        Menu::Filter,
        "filter.clear",
        "Show all packets",
        &[],
    )
    .needs(Needs::Filter),
    Entry::new(
        Command::ApplyField,
        Menu::Filter,
        "filter.apply-field",
        "Apply the chosen field as filter",
        &[],
    )
    .needs(Needs::Field),
    Entry::new(
        Command::PrepareField,
        Menu::Filter,
        "filter.prepare-field",
        "Prepare the chosen field as filter",
        &[],
    )
    .needs(Needs::Field),
    Entry::new(
        Command::BuildExpression,
        Menu::Filter,
        "filter.build",
        "Filter expression…",
        &[],
    ),
    Entry::new(
        Command::EditMacros,
        Menu::Filter,
        "filter.macros",
        "Macros…",
        &[],
    ),
    Entry::new(
        Command::SaveFilter,
        Menu::Filter,
        "filter.save",
        "Save as button…",
        &[],
    )
    .needs(Needs::FilterText),
    Entry::new(
        Command::FilterHistory,
        Menu::Filter,
        "filter.history",
        "Filters applied before",
        &[],
    ),
    Entry::new(
        Command::ForgetHistory,
        Menu::Filter,
        "filter.forget-history",
        "Forget filters applied before",
        &[],
    ),
];
