//! The commands of the menu "Help".

use egui::Key;

use super::super::entry::{Entry, ctrl_shift, plain};
use super::super::{Command, Menu};

/// In the order of the menu.
pub(super) const ENTRIES: &[Entry] = &[
    Entry::new(
        Command::FindCommand,
        Menu::Help,
        "help.find-command",
        "Find a command…",
        // Ctrl+K alone is Wireshark's for capture options.
        &[ctrl_shift(Key::K)],
    ),
    Entry::new(
        Command::Help,
        Menu::Help,
        "help.commands",
        "Commands and keys",
        &[plain(Key::F1)],
    ),
    Entry::new(
        Command::FirstSteps,
        Menu::Help,
        "help.first-steps",
        "First steps",
        &[],
    ),
];
