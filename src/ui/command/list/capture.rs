//! The commands of the menu "Capture".

use egui::Key;

use super::super::entry::{Entry, ctrl, plain};
use super::super::{Command, Menu, Needs};

/// In the order of the menu.
pub(super) const ENTRIES: &[Entry] = &[
    Entry::new(
        Command::CaptureOptions,
        Menu::Capture,
        "capture.options",
        "Interfaces and options",
        &[ctrl(Key::K)],
    ),
    Entry::new(
        Command::StartStop,
        Menu::Capture,
        "capture.start-stop",
        "Start or stop",
        &[ctrl(Key::E)],
    ),
    Entry::new(
        Command::RestartCapture,
        Menu::Capture,
        "capture.restart",
        "Restart",
        &[ctrl(Key::R)],
    )
    .needs(Needs::Captured),
    Entry::new(
        Command::FollowNewest,
        Menu::Capture,
        "capture.follow",
        "Follow the newest packet",
        &[],
    )
    .needs(Needs::Running),
    Entry::new(
        Command::RefreshInterfaces,
        Menu::Capture,
        "capture.refresh",
        "Look for interfaces again",
        &[plain(Key::F5)],
    ),
];
