//! The commands of the menu "Time".

use egui::Key;

use super::super::entry::{Entry, ctrl, ctrl_alt};
use super::super::{Command, Menu, Needs};
use crate::session::times::TimeFormat;

/// In the order of the menu.
pub(super) const ENTRIES: &[Entry] = &[
    Entry::new(
        Command::Time(TimeFormat::Relative),
        Menu::Time,
        "time.relative",
        TimeFormat::Relative.title(),
        &[ctrl_alt(Key::Num1)],
    ),
    Entry::new(
        Command::Time(TimeFormat::Date),
        Menu::Time,
        "time.date",
        TimeFormat::Date.title(),
        &[ctrl_alt(Key::Num2)],
    ),
    Entry::new(
        Command::Time(TimeFormat::Clock),
        Menu::Time,
        "time.clock",
        TimeFormat::Clock.title(),
        &[ctrl_alt(Key::Num3)],
    ),
    Entry::new(
        Command::Time(TimeFormat::UtcDate),
        Menu::Time,
        "time.utc-date",
        TimeFormat::UtcDate.title(),
        &[ctrl_alt(Key::Num4)],
    ),
    Entry::new(
        Command::Time(TimeFormat::UtcClock),
        Menu::Time,
        "time.utc-clock",
        TimeFormat::UtcClock.title(),
        &[ctrl_alt(Key::Num5)],
    ),
    Entry::new(
        Command::Time(TimeFormat::Epoch),
        Menu::Time,
        "time.epoch",
        TimeFormat::Epoch.title(),
        &[ctrl_alt(Key::Num6)],
    ),
    Entry::new(
        Command::Time(TimeFormat::SinceCaptured),
        Menu::Time,
        "time.since-captured",
        TimeFormat::SinceCaptured.title(),
        &[ctrl_alt(Key::Num7)],
    ),
    Entry::new(
        Command::Time(TimeFormat::SinceDisplayed),
        Menu::Time,
        "time.since-displayed",
        TimeFormat::SinceDisplayed.title(),
        &[ctrl_alt(Key::Num8)],
    ),
    Entry::new(
        Command::Decimals(None),
        Menu::Time,
        "time.decimals-automatic",
        "As fine as the file",
        &[],
    ),
    Entry::new(
        Command::Decimals(Some(0)),
        Menu::Time,
        "time.decimals-0",
        "Seconds",
        &[],
    ),
    Entry::new(
        Command::Decimals(Some(1)),
        Menu::Time,
        "time.decimals-1",
        "Tenths of a second",
        &[],
    ),
    Entry::new(
        Command::Decimals(Some(2)),
        Menu::Time,
        "time.decimals-2",
        "Hundredths of a second",
        &[],
    ),
    Entry::new(
        Command::Decimals(Some(3)),
        Menu::Time,
        "time.decimals-3",
        "Milliseconds",
        &[],
    ),
    Entry::new(
        Command::Decimals(Some(6)),
        Menu::Time,
        "time.decimals-6",
        "Microseconds",
        &[],
    ),
    Entry::new(
        Command::Decimals(Some(9)),
        Menu::Time,
        "time.decimals-9",
        "Nanoseconds",
        &[],
    ),
    Entry::new(
        Command::ToggleReference,
        Menu::Time,
        "time.reference",
        "Count from here, or no longer",
        &[ctrl(Key::T)],
    )
    .needs(Needs::Packet),
    Entry::new(
        Command::ForgetReferences,
        Menu::Time,
        "time.forget-references",
        "Count from the first packet",
        &[ctrl_alt(Key::T)],
    )
    .needs(Needs::Capture),
];
