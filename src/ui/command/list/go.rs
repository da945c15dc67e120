//! The commands of the menu "Go".

use egui::Key;

use super::super::entry::{Entry, alt, ctrl, ctrl_alt, ctrl_shift, plain, shift};
use super::super::{Command, Menu, Needs};

/// In the order of the menu.
pub(super) const ENTRIES: &[Entry] = &[
    Entry::new(
        Command::FindPacket,
        Menu::Go,
        "go.find",
        "Find packet…",
        &[ctrl(Key::F)],
    )
    .needs(Needs::Capture),
    Entry::new(
        Command::FindNext,
        Menu::Go,
        "go.find-next",
        "Find next",
        &[ctrl(Key::N)],
    )
    .needs(Needs::Search),
    Entry::new(
        Command::FindPrevious,
        Menu::Go,
        "go.find-previous",
        "Find previous",
        &[ctrl(Key::B)],
    )
    .needs(Needs::Search),
    Entry::new(
        Command::NextPane,
        Menu::Go,
        "go.next-pane",
        "Keys to the next pane",
        &[plain(Key::F6)],
    )
    .needs(Needs::Packet),
    Entry::new(
        Command::PreviousPane,
        Menu::Go,
        "go.previous-pane",
        "Keys to the pane before",
        &[shift(Key::F6)],
    )
    .needs(Needs::Packet),
    Entry::new(
        Command::NextPacket,
        Menu::Go,
        "go.next-packet",
        "Next packet",
        &[ctrl(Key::ArrowDown), plain(Key::F8)],
    )
    .needs(Needs::Capture),
    Entry::new(
        Command::PreviousPacket,
        Menu::Go,
        "go.previous-packet",
        "Previous packet",
        &[ctrl(Key::ArrowUp), plain(Key::F7)],
    )
    .needs(Needs::Capture),
    Entry::new(
        Command::FirstPacket,
        Menu::Go,
        "go.first-packet",
        "First packet",
        &[ctrl(Key::Home)],
    )
    .needs(Needs::Capture)
    .not_while_typing(),
    Entry::new(
        Command::LastPacket,
        Menu::Go,
        "go.last-packet",
        "Last packet",
        &[ctrl(Key::End)],
    )
    .needs(Needs::Capture)
    .not_while_typing(),
    Entry::new(
        Command::FollowLink,
        Menu::Go,
        "go.follow-link",
        "Packet that the chosen field leads to",
        &[],
    )
    .needs(Needs::Field),
    Entry::new(
        Command::GoToPacket,
        Menu::Go,
        "go.packet",
        "Go to packet…",
        &[ctrl(Key::G)],
    )
    .needs(Needs::Capture),
    Entry::new(
        Command::NextInConversation,
        Menu::Go,
        "go.next-in-conversation",
        "Next packet in conversation",
        &[ctrl(Key::Period)],
    )
    .needs(Needs::Packet),
    Entry::new(
        Command::PreviousInConversation,
        Menu::Go,
        "go.previous-in-conversation",
        "Previous packet in conversation",
        &[ctrl(Key::Comma)],
    )
    .needs(Needs::Packet),
    Entry::new(
        Command::HistoryBack,
        Menu::Go,
        "go.back",
        "Back",
        &[alt(Key::ArrowLeft)],
    )
    .needs(Needs::Packet)
    .not_while_typing(),
    Entry::new(
        Command::HistoryForward,
        Menu::Go,
        "go.forward",
        "Forward",
        &[alt(Key::ArrowRight)],
    )
    .needs(Needs::Packet)
    .not_while_typing(),
    Entry::new(
        Command::NextMark,
        Menu::Go,
        "go.next-mark",
        "Next marked packet",
        &[ctrl_shift(Key::N)],
    )
    .needs(Needs::Packet),
    Entry::new(
        Command::PreviousMark,
        Menu::Go,
        "go.previous-mark",
        "Previous marked packet",
        &[ctrl_shift(Key::B)],
    )
    .needs(Needs::Packet),
    Entry::new(
        Command::NextReference,
        Menu::Go,
        "go.next-reference",
        "Next time reference",
        &[ctrl_alt(Key::N)],
    )
    .needs(Needs::Packet),
    Entry::new(
        Command::PreviousReference,
        Menu::Go,
        "go.previous-reference",
        "Previous time reference",
        &[ctrl_alt(Key::B)],
    )
    .needs(Needs::Packet),
];
