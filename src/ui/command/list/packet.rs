//! The commands of the menu "Packet".

use egui::Key;

use super::super::entry::{Entry, ctrl, ctrl_alt, ctrl_shift};
use super::super::{Command, Menu, Needs};

/// In the order of the menu.
pub(super) const ENTRIES: &[Entry] = &[
    Entry::new(
        Command::ToggleMark,
        Menu::Packet,
        "packet.mark",
        "Mark or unmark",
        &[ctrl(Key::M)],
    )
    .needs(Needs::Packet),
    Entry::new(
        Command::MarkDisplayed,
        Menu::Packet,
        "packet.mark-displayed",
        "Mark all displayed",
        &[ctrl_shift(Key::M)],
    )
    .needs(Needs::Capture),
    Entry::new(
        Command::UnmarkDisplayed,
        Menu::Packet,
        "packet.unmark-displayed",
        "Unmark all displayed",
        &[ctrl_alt(Key::M)],
    )
    .needs(Needs::Capture),
    Entry::new(
        Command::ToggleIgnored,
        Menu::Packet,
        "packet.ignore",
        "Ignore or heed",
        &[ctrl(Key::D)],
    )
    .needs(Needs::Packet),
    Entry::new(
        Command::IgnoreDisplayed,
        Menu::Packet,
        "packet.ignore-displayed",
        "Ignore all displayed",
        &[ctrl_shift(Key::D)],
    )
    .needs(Needs::Capture),
    Entry::new(
        Command::IgnoreNone,
        Menu::Packet,
        "packet.ignore-none",
        "Heed all ignored",
        &[ctrl_alt(Key::D)],
    )
    .needs(Needs::Capture),
    Entry::new(
        Command::CommentPacket,
        Menu::Packet,
        "packet.comment",
        "Comment…",
        &[ctrl_alt(Key::C)],
    )
    .needs(Needs::Packet),
    Entry::new(
        Command::OpenPacket,
        Menu::Packet,
        "packet.open",
        "Open in a window",
        &[],
    )
    .needs(Needs::Packet),
    Entry::new(
        Command::ColourConversation,
        Menu::Packet,
        "packet.colour-conversation",
        "Colour the conversation",
        &[ctrl(Key::Num1)],
    )
    .needs(Needs::Packet),
    Entry::new(
        Command::ForgetColours,
        Menu::Packet,
        "packet.forget-colours",
        "Conversations without colours",
        &[ctrl(Key::Space)],
    )
    .needs(Needs::Capture),
    Entry::new(
        Command::ApplyAsColumn,
        Menu::Packet,
        "packet.column",
        "Apply as column",
        &[ctrl_shift(Key::I)],
    )
    .needs(Needs::Field),
];
