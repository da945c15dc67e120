//! The list of commands.

use egui::Key;

use super::entry::{Entry, alt, ctrl, ctrl_alt, ctrl_alt_shift, ctrl_shift, plain};
use super::{Command, Menu, Needs};
use crate::export::bytes::ByteForm;
use crate::session::times::TimeFormat;

/// Every command, in the order of the menus.
pub static COMMANDS: &[Entry] = &[
    Entry::new(
        Command::OpenFile,
        Menu::File,
        "file.open",
        "Open…",
        &[ctrl(Key::O)],
    ),
    Entry::new(
        Command::CloseFile,
        Menu::File,
        "file.close",
        "Close",
        &[ctrl(Key::W)],
    )
    .needs(Needs::Capture),
    Entry::new(
        Command::SaveAs,
        Menu::File,
        "file.save-as",
        "Save as…",
        &[ctrl(Key::S), ctrl_shift(Key::S)],
    )
    .needs(Needs::Capture),
    Entry::new(
        Command::ExportDisplayed,
        Menu::File,
        "file.export-packets",
        "Export packets…",
        &[],
    )
    .needs(Needs::Capture),
    Entry::new(
        Command::ExportDissections,
        Menu::File,
        "file.export-text",
        "Export as text, CSV, JSON, PDML…",
        &[ctrl(Key::H)],
    )
    .needs(Needs::Capture),
    Entry::new(
        Command::Objects,
        Menu::File,
        "file.objects",
        "Files in the capture…",
        &[],
    )
    .needs(Needs::Capture),
    Entry::new(
        Command::SaveBytes,
        Menu::File,
        "file.save-bytes",
        "Save the chosen bytes…",
        &[ctrl_shift(Key::X)],
    )
    .needs(Needs::Packet)
    .not_while_typing(),
    Entry::new(
        Command::SaveDiagram,
        Menu::File,
        "file.save-diagram",
        "Save the header diagram as SVG…",
        &[],
    )
    .needs(Needs::Packet),
    Entry::new(
        Command::Quit,
        Menu::File,
        "file.quit",
        "Quit",
        &[ctrl(Key::Q)],
    ),
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
    ),
    Entry::new(
        Command::FollowNewest,
        Menu::Capture,
        "capture.follow",
        "Follow the newest packet",
        &[],
    )
    .needs(Needs::Running),
    Entry::new(
        Command::FocusFilter,
        Menu::Filter,
        "filter.focus",
        "Write a display filter",
        &[ctrl(Key::Slash)],
    ),
    Entry::new(
        Command::ClearFilter,
        Menu::Filter,
        "filter.clear",
        "Show all packets",
        &[],
    )
    .needs(Needs::Filter),
    Entry::new(
        Command::ApplyField,
        Menu::Filter,
        "filter.apply-field",
        "Apply the chosen field as filter",
        &[],
    )
    .needs(Needs::Field),
    Entry::new(
        Command::PrepareField,
        Menu::Filter,
        "filter.prepare-field",
        "Prepare the chosen field as filter",
        &[],
    )
    .needs(Needs::Field),
    Entry::new(
        Command::BuildExpression,
        Menu::Filter,
        "filter.build",
        "Filter expression…",
        &[],
    ),
    Entry::new(
        Command::EditMacros,
        Menu::Filter,
        "filter.macros",
        "Macros…",
        &[],
    ),
    Entry::new(
        Command::SaveFilter,
        Menu::Filter,
        "filter.save",
        "Save as button…",
        &[],
    )
    .needs(Needs::FilterText),
    Entry::new(
        Command::FilterHistory,
        Menu::Filter,
        "filter.history",
        "Filters applied before",
        &[],
    ),
    Entry::new(
        Command::ForgetHistory,
        Menu::Filter,
        "filter.forget-history",
        "Forget filters applied before",
        &[],
    ),
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
