//! The commands of the menu "File".

use egui::Key;

use super::super::entry::{Entry, ctrl, ctrl_alt_shift, ctrl_shift};
use super::super::{Command, Menu, Needs};

/// In the order of the menu.
pub(super) const ENTRIES: &[Entry] = &[
    Entry::new(
        Command::OpenFile,
        Menu::File,
        "file.open",
        "Open…",
        &[ctrl(Key::O)],
    ),
    Entry::new(Command::MergeFiles, Menu::File, "file.merge", "Merge…", &[]),
    Entry::new(
        Command::Reload,
        Menu::File,
        "file.reload",
        "Reload",
        &[ctrl(Key::R)],
    )
    .needs(Needs::File),
    Entry::new(
        Command::Properties,
        Menu::File,
        "file.properties",
        "Properties",
        &[ctrl_alt_shift(Key::C)],
    )
    .needs(Needs::Capture),
    Entry::new(
        Command::ForgetRecent,
        Menu::File,
        "file.forget-recent",
        "Forget the files opened before",
        &[],
    ),
    Entry::new(
        Command::CloseFile,
        Menu::File,
        "file.close",
        "Close",
        &[ctrl(Key::W)],
    )
    .needs(Needs::Capture),
    Entry::new(
        Command::SaveAs,
        Menu::File,
        "file.save-as",
        "Save as…",
        &[ctrl(Key::S), ctrl_shift(Key::S)],
    )
    .needs(Needs::Capture),
    Entry::new(
        Command::ExportDisplayed,
        Menu::File,
        "file.export-packets",
        "Export packets…",
        &[],
    )
    .needs(Needs::Capture),
    Entry::new(
        Command::ExportDissections,
        Menu::File,
        "file.export-text",
        "Export as text, CSV, JSON, PDML…",
        &[ctrl(Key::H)],
    )
    .needs(Needs::Capture),
    Entry::new(
        Command::Objects,
        Menu::File,
        "file.objects",
        "Files in the capture…",
        &[],
    )
    .needs(Needs::Capture),
    Entry::new(
        Command::SaveBytes,
        Menu::File,
        "file.save-bytes",
        "Save the chosen bytes…",
        &[ctrl_shift(Key::X)],
    )
    .needs(Needs::Packet)
    .not_while_typing(),
    Entry::new(
        Command::SaveDiagram,
        Menu::File,
        "file.save-diagram",
        "Save the header diagram…",
        &[],
    )
    .needs(Needs::Packet),
    Entry::new(
        Command::Quit,
        Menu::File,
        "file.quit",
        "Quit",
        &[ctrl(Key::Q)],
    ),
];
