//! The commands of the menu "Analyze".

use egui::Key;

use super::super::entry::{Entry, ctrl, ctrl_alt, ctrl_alt_shift, ctrl_shift};
use super::super::{Command, Menu, Needs};

/// In the order of the menu.
pub(super) const ENTRIES: &[Entry] = &[
    Entry::new(
        Command::DecodeAs,
        Menu::Analyze,
        "analyze.decode-as",
        "Decode as…",
        &[ctrl_shift(Key::U)],
    )
    .needs(Needs::Capture),
    Entry::new(
        Command::FollowTcp,
        Menu::Analyze,
        "analyze.follow-tcp",
        "Follow TCP stream",
        &[ctrl_alt_shift(Key::T)],
    )
    .needs(Needs::Tcp),
    Entry::new(
        Command::FollowUdp,
        Menu::Analyze,
        "analyze.follow-udp",
        "Follow UDP stream",
        &[ctrl_alt_shift(Key::U)],
    )
    .needs(Needs::Udp),
    Entry::new(
        Command::FollowHttp,
        Menu::Analyze,
        "analyze.follow-http",
        "Follow HTTP stream",
        &[ctrl_alt_shift(Key::H)],
    )
    .needs(Needs::Tcp),
    Entry::new(
        Command::Ladder,
        Menu::Analyze,
        "analyze.ladder",
        "Ladder of the conversation",
        &[ctrl_alt_shift(Key::L)],
    )
    .needs(Needs::Packet),
    Entry::new(
        Command::LadderDisplayed,
        Menu::Analyze,
        "analyze.ladder-displayed",
        "Ladder of the packets displayed",
        &[],
    )
    .needs(Needs::Capture),
    Entry::new(
        Command::FindInStream,
        Menu::Analyze,
        "analyze.find-in-stream",
        "Find in the stream",
        &[ctrl_alt(Key::F)],
    )
    .needs(Needs::Stream),
    Entry::new(
        Command::CloseTab,
        Menu::Analyze,
        "analyze.close-tab",
        "Close the tab",
        &[ctrl(Key::F4)],
    )
    .needs(Needs::Tab),
    Entry::new(
        Command::Expert,
        Menu::Analyze,
        "analyze.expert",
        "Expert information",
        &[],
    )
    .needs(Needs::Capture),
];
