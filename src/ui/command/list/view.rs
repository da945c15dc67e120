//! The commands of the menu "View".

use egui::Key;

use super::super::entry::{Entry, alt, ctrl, plain};
use super::super::{Command, Menu, Needs};
use crate::session::preferences::{Layout, Pane, ThemeChoice};

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
    Entry::new(
        Command::Theme(ThemeChoice::System),
        Menu::View,
        "view.theme-system",
        "System theme",
        &[],
    ),
    Entry::new(
        Command::Theme(ThemeChoice::Light),
        Menu::View,
        "view.theme-light",
        "Light theme",
        &[],
    ),
    Entry::new(
        Command::Theme(ThemeChoice::Dark),
        Menu::View,
        "view.theme-dark",
        "Dark theme",
        &[],
    ),
    Entry::new(
        Command::SafeColours,
        Menu::View,
        "view.colour-blind",
        "Colours for colour-blind eyes",
        &[],
    ),
    Entry::new(
        Command::Pane(Pane::List),
        Menu::View,
        "view.pane-list",
        "Packet list",
        &[alt(Key::Num1)],
    ),
    Entry::new(
        Command::Pane(Pane::Fields),
        Menu::View,
        "view.pane-fields",
        "Fields",
        &[alt(Key::Num2)],
    ),
    Entry::new(
        Command::Pane(Pane::Bytes),
        Menu::View,
        "view.pane-bytes",
        "Bytes",
        &[alt(Key::Num3)],
    ),
    Entry::new(
        Command::Pane(Pane::Explanation),
        Menu::View,
        "view.pane-explanation",
        "Explanation",
        &[alt(Key::Num4)],
    ),
    Entry::new(
        Command::Layout(Layout::ListAbove),
        Menu::View,
        "view.layout-list-above",
        Layout::ListAbove.title(),
        &[],
    ),
    Entry::new(
        Command::Layout(Layout::Stacked),
        Menu::View,
        "view.layout-stacked",
        Layout::Stacked.title(),
        &[],
    ),
    Entry::new(
        Command::Layout(Layout::ListBeside),
        Menu::View,
        "view.layout-list-beside",
        Layout::ListBeside.title(),
        &[],
    ),
    Entry::new(
        Command::Layout(Layout::Beside),
        Menu::View,
        "view.layout-beside",
        Layout::Beside.title(),
        &[],
    ),
    Entry::new(
        Command::UsualPanes,
        Menu::View,
        "view.panes-usual",
        "All panes as at first",
        &[alt(Key::Num0)],
    ),
    Entry::new(
        Command::FullScreen,
        Menu::View,
        "view.full-screen",
        "Full screen",
        &[plain(Key::F11)],
    ),
];
