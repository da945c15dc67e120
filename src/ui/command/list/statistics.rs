//! The commands of the menu "Statistics".

use super::super::entry::Entry;
use super::super::{Command, Menu, Needs};

/// In the order of the menu.
pub(super) const ENTRIES: &[Entry] = &[
    Entry::new(
        Command::Hierarchy,
        Menu::Statistics,
        "statistics.hierarchy",
        "Protocol hierarchy",
        &[],
    )
    .needs(Needs::Capture),
    Entry::new(
        Command::Conversations,
        Menu::Statistics,
        "statistics.conversations",
        "Conversations",
        &[],
    )
    .needs(Needs::Capture),
    Entry::new(
        Command::Endpoints,
        Menu::Statistics,
        "statistics.endpoints",
        "Endpoints",
        &[],
    )
    .needs(Needs::Capture),
    Entry::new(
        Command::Graph,
        Menu::Statistics,
        "statistics.graph",
        "I/O graph",
        &[],
    )
    .needs(Needs::Capture),
];
