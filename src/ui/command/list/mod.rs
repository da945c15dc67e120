//! The list of commands, in the order of the menus: one part a menu.

mod analyze;
mod capture;
mod copy;
mod file;
mod filter;
mod go;
mod help;
mod lab;
mod packet;
mod statistics;
mod time;
mod tools;
mod view;

use super::Entry;

/// Every command, in the order of the menus.
pub fn commands() -> impl Iterator<Item = &'static Entry> {
    PARTS.iter().copied().flatten()
}

static PARTS: &[&[Entry]] = &[
    file::ENTRIES,
    copy::ENTRIES,
    view::ENTRIES,
    go::ENTRIES,
    packet::ENTRIES,
    time::ENTRIES,
    capture::ENTRIES,
    lab::ENTRIES,
    filter::ENTRIES,
    analyze::ENTRIES,
    statistics::ENTRIES,
    tools::ENTRIES,
    help::ENTRIES,
];
