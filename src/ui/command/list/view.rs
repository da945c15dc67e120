//! The commands of the menu "View".

use egui::Key;

use super::super::entry::{Entry, alt, ctrl};
use super::super::{Command, Menu, Needs};

/// In the order of the menu.
pub(super) const ENTRIES: &[Entry] = &[
    Entry::new(
        Command::UnfoldAll,
        Menu::View,
        "view.unfold-all",
        "Unfold all fields",
        &[ctrl(Key::ArrowRight)],
    )
    .needs(Needs::Packet)
    .not_while_typing(),
    Entry::new(
        Command::FoldAll,
        Menu::View,
        "view.fold-all",
        "Fold all fields",
        &[ctrl(Key::ArrowLeft)],
    )
    .needs(Needs::Packet)
    .not_while_typing(),
    Entry::new(
        Command::UnfoldBelow,
        Menu::View,
        "view.unfold-below",
        "Unfold the chosen field and all below",
        &[],
    )
    .needs(Needs::Field),
    Entry::new(
        Command::FoldBelow,
        Menu::View,
        "view.fold-below",
        "Fold the chosen field and all below",
        &[],
    )
    .needs(Needs::Field),
    Entry::new(
        Command::Diagram,
        Menu::View,
        "view.diagram",
        "Header diagram",
        &[alt(Key::D)],
    )
    .needs(Needs::Packet),
    Entry::new(
        Command::Bits,
        Menu::View,
        "view.bits",
        "Bytes as bits",
        &[alt(Key::B)],
    )
    .needs(Needs::Packet),
    Entry::new(
        Command::CopyDiagram,
        Menu::View,
        "view.copy-diagram",
        "Copy the header diagram as SVG",
        &[],
    )
    .needs(Needs::Packet),
    Entry::new(
        Command::ZoomIn,
        Menu::View,
        "view.zoom-in",
        "Larger",
        &[ctrl(Key::Plus)],
    ),
    Entry::new(
        Command::ZoomOut,
        Menu::View,
        "view.zoom-out",
        "Smaller",
        &[ctrl(Key::Minus)],
    ),
    Entry::new(
        Command::ZoomReset,
        Menu::View,
        "view.zoom-reset",
        "Usual size",
        &[ctrl(Key::Equals), ctrl(Key::Num0)],
    ),
    Entry::new(
        Command::EditColours,
        Menu::View,
        "view.colours",
        "Colour rules…",
        &[],
    ),
    Entry::new(
        Command::Unsort,
        Menu::View,
        "view.unsort",
        "In the order of capture",
        &[],
    )
    .needs(Needs::Capture),
];
