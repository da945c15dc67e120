//! The commands of the menu "Lab".

use egui::Key;

use super::super::entry::{Entry, ctrl};
use super::super::{Command, Menu, Needs};

/// In the order of the menu.
pub(super) const ENTRIES: &[Entry] = &[
    Entry::new(
        Command::OpenLab,
        Menu::Lab,
        "lab.catalogue",
        "Catalogue of exchanges",
        &[ctrl(Key::L)],
    ),
    Entry::new(
        Command::ShowLesson,
        Menu::Lab,
        "lab.lesson",
        "Back to the lesson",
        &[],
    )
    .needs(Needs::Play),
];
