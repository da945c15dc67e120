//! The commands of the menu "Tools".

use egui::Key;

use super::super::entry::{Entry, ctrl_shift};
use super::super::{Command, Menu};

/// In the order of the menu.
pub(super) const ENTRIES: &[Entry] = &[Entry::new(
    Command::Preferences,
    Menu::Tools,
    "tools.preferences",
    "Preferences…",
    &[ctrl_shift(Key::P)],
)];
