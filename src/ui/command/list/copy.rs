//! The commands of the menu "Copy".

use egui::Key;

use super::super::entry::{Entry, ctrl_shift};
use super::super::{Command, Menu, Needs};
use crate::export::bytes::ByteForm;

/// In the order of the menu.
pub(super) const ENTRIES: &[Entry] = &[
    Entry::new(
        Command::CopyLine,
        Menu::Copy,
        "copy.line",
        "Field as it stands in the tree",
        &[],
    )
    .needs(Needs::Field),
    Entry::new(
        Command::CopyValue,
        Menu::Copy,
        "copy.value",
        "Value",
        &[ctrl_shift(Key::V)],
    )
    .needs(Needs::Field)
    .not_while_typing(),
    Entry::new(
        Command::CopyName,
        Menu::Copy,
        "copy.name",
        "Filter name",
        &[],
    )
    .needs(Needs::Field),
    Entry::new(
        Command::CopyFilter,
        Menu::Copy,
        "copy.filter",
        "Filter for the value",
        &[ctrl_shift(Key::C)],
    )
    .needs(Needs::Field)
    .not_while_typing(),
    Entry::new(
        Command::CopyBytes(ByteForm::Text),
        Menu::Copy,
        "copy.bytes-text",
        "Bytes as text",
        &[],
    )
    .needs(Needs::Packet),
    Entry::new(
        Command::CopyBytes(ByteForm::HexDump),
        Menu::Copy,
        "copy.bytes-hex-dump",
        "Bytes as hex dump",
        &[],
    )
    .needs(Needs::Packet),
    Entry::new(
        Command::CopyBytes(ByteForm::HexStream),
        Menu::Copy,
        "copy.bytes-hex-stream",
        "Bytes as hex stream",
        &[],
    )
    .needs(Needs::Packet),
    Entry::new(
        Command::CopyBytes(ByteForm::Escaped),
        Menu::Copy,
        "copy.bytes-escaped",
        "Bytes as escaped string",
        &[],
    )
    .needs(Needs::Packet),
    Entry::new(
        Command::CopyBytes(ByteForm::Base64),
        Menu::Copy,
        "copy.bytes-base64",
        "Bytes as Base64",
        &[],
    )
    .needs(Needs::Packet),
    Entry::new(
        Command::CopyBytes(ByteForm::C),
        Menu::Copy,
        "copy.bytes-c",
        "Bytes as C array",
        &[],
    )
    .needs(Needs::Packet),
    Entry::new(
        Command::CopyBytes(ByteForm::Rust),
        Menu::Copy,
        "copy.bytes-rust",
        "Bytes as Rust array",
        &[],
    )
    .needs(Needs::Packet),
    Entry::new(
        Command::CopyBytes(ByteForm::Python),
        Menu::Copy,
        "copy.bytes-python",
        "Bytes as Python bytes",
        &[],
    )
    .needs(Needs::Packet),
];
