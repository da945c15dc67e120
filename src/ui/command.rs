//! The commands of the window: one list, from which menus, shortcuts and help come. What a command does is said in one
//! place too (`app/commands.rs`).
//!
//! To add one: a name in [`Command`], a line in its menu (`command/list/`), an arm in `App::run`. The compiler and
//! the tests here tell what is missing.

mod entry;
pub mod fuzzy;
mod list;

use crate::export::bytes::ByteForm;
use crate::session::preferences::{Layout, Pane, ThemeChoice};
use crate::session::times::TimeFormat;

pub use entry::{Entry, entry, pressed};
pub use list::commands;

/// Something that the user can ask for by menu or key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Command {
    /// Choose a capture file and open it.
    OpenFile,
    /// Choose several capture files and put them together, by the times of their packets.
    MergeFiles,
    /// Read the capture file once more.
    Reload,
    /// Tell what the capture file is.
    Properties,
    /// Forget the files that were opened before.
    ForgetRecent,
    /// Close the capture.
    CloseFile,
    /// Choose interfaces and how to capture on them.
    CaptureOptions,
    /// Begin to capture, or end it.
    StartStop,
    /// Begin the capture anew.
    RestartCapture,
    /// Stay at the newest packet.
    FollowNewest,
    /// Show the catalogue of exchanges that can be played.
    OpenLab,
    /// Show the exchange that is played as a lesson.
    ShowLesson,
    /// Look anew which interfaces there are.
    RefreshInterfaces,
    /// End the program.
    Quit,
    /// Put the cursor into the display filter.
    FocusFilter,
    /// Show all packets.
    ClearFilter,
    /// Apply a filter for the value of the chosen field.
    ApplyField,
    /// Put a filter for the value of the chosen field into the bar.
    PrepareField,
    /// Put an expression together from a list of all fields.
    BuildExpression,
    /// Change the macros.
    EditMacros,
    /// Save the filter as a button with a name.
    SaveFilter,
    /// Show the filters that were applied before.
    FilterHistory,
    /// Forget the filters that were applied before.
    ForgetHistory,
    /// Give the keys to the next pane.
    NextPane,
    /// Give the keys to the pane before.
    PreviousPane,
    /// Choose the packet below.
    NextPacket,
    /// Choose the packet above.
    PreviousPacket,
    /// Choose the first packet displayed.
    FirstPacket,
    /// Choose the last packet displayed.
    LastPacket,
    /// Choose a packet by its number.
    GoToPacket,
    /// Choose the next packet of the conversation.
    NextInConversation,
    /// Choose the packet of the conversation before.
    PreviousInConversation,
    /// Back to the packet chosen before.
    HistoryBack,
    /// Forth again.
    HistoryForward,
    /// Choose the next marked packet.
    NextMark,
    /// Choose the marked packet before.
    PreviousMark,
    /// Choose the next time reference.
    NextReference,
    /// Choose the time reference before.
    PreviousReference,
    /// Mark the packet, or take its mark away.
    ToggleMark,
    /// Mark all packets displayed.
    MarkDisplayed,
    /// Take the marks of all packets displayed away.
    UnmarkDisplayed,
    /// Pass over the packet, or no longer.
    ToggleIgnored,
    /// Pass over all packets displayed.
    IgnoreDisplayed,
    /// Pass over none.
    IgnoreNone,
    /// Write a comment on the packet.
    CommentPacket,
    /// Show the packet in a window of its own.
    OpenPacket,
    /// Give the conversation of the packet a colour.
    ColourConversation,
    /// Take the colours of conversations away.
    ForgetColours,
    /// Show the chosen field as a column.
    ApplyAsColumn,
    /// Say which protocol reads what comes under a number of the packet.
    DecodeAs,
    /// Change the colour rules.
    EditColours,
    /// List the packets in the order of capture.
    Unsort,
    /// Count times from this packet, or no longer.
    ToggleReference,
    /// Count times from the first packet again.
    ForgetReferences,
    /// Write times in this way.
    Time(TimeFormat),
    /// Write times with so many decimals; `None`: as fine as the file has them.
    Decimals(Option<u8>),
    /// Look for packets.
    FindPacket,
    /// To the next packet that has what is looked for.
    FindNext,
    /// To the one before.
    FindPrevious,
    /// Look for a text in the stream in sight.
    FindInStream,
    /// Show what both sides of the packet's TCP connection said.
    FollowTcp,
    /// Show the datagrams of the packet's two ends.
    FollowUdp,
    /// Show the HTTP messages of the packet's connection.
    FollowHttp,
    /// Show the ladder of the packet's conversation.
    Ladder,
    /// Show the ladder of the packets displayed.
    LadderDisplayed,
    /// Count packets and bytes by chain of protocols.
    Hierarchy,
    /// Count who talked with whom.
    Conversations,
    /// Count who talked.
    Endpoints,
    /// Show what dissectors observed.
    Expert,
    /// Show packets and bytes over time.
    Graph,
    /// Close the followed stream or statistic in sight.
    CloseTab,
    /// Unfold every line of the tree.
    UnfoldAll,
    /// Fold every line of the tree.
    FoldAll,
    /// Unfold the chosen line and everything below it.
    UnfoldBelow,
    /// Fold the chosen line and everything below it.
    FoldBelow,
    /// Show the fields, or the drawing of the chosen layer's header.
    Diagram,
    /// Copy the drawing of the header as SVG.
    CopyDiagram,
    /// Go to the packet that the chosen field leads to.
    FollowLink,
    /// Show bytes as bits, or in hexadecimal.
    Bits,
    /// Save the capture under a name, or some of it.
    SaveAs,
    /// Save the packets that the filter shows as a capture.
    ExportDisplayed,
    /// Save what packets say: text, CSV, JSON, PDML.
    ExportDissections,
    /// Show and save the files that went over the wire.
    Objects,
    /// Save the chosen bytes.
    SaveBytes,
    /// Save the drawing of the header as SVG or PNG.
    SaveDiagram,
    /// Copy the line of the chosen field.
    CopyLine,
    /// Copy the value of the chosen field.
    CopyValue,
    /// Copy the filter name of the chosen field.
    CopyName,
    /// Copy a filter for the value of the chosen field.
    CopyFilter,
    /// Copy the selected bytes, those of the chosen field, or all of the packet's.
    CopyBytes(ByteForm),
    /// Make everything larger.
    ZoomIn,
    /// Make everything smaller.
    ZoomOut,
    /// Back to the usual size.
    ZoomReset,
    /// Fill the screen, or no longer.
    FullScreen,
    /// Light, dark, or as the system has it.
    Theme(ThemeChoice),
    /// Colours that stay apart for colour-blind eyes, or the usual ones.
    SafeColours,
    /// How the panes lie.
    Layout(Layout),
    /// Hide a pane, or show it again.
    Pane(Pane),
    /// Show all panes, where they were at first.
    UsualPanes,
    /// Change what the user prefers.
    Preferences,
    /// Find a command by its name.
    FindCommand,
    /// List all commands and keys.
    Help,
    /// The first steps.
    FirstSteps,
}

/// Under which head of the menu a command stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Menu {
    /// Captures in files.
    File,
    /// To the clipboard.
    Copy,
    /// What is shown, and how.
    View,
    /// From packet to packet.
    Go,
    /// What is noted about a packet.
    Packet,
    /// How times are written.
    Time,
    /// Capturing.
    Capture,
    /// Exchanges that are played.
    Lab,
    /// Display filters.
    Filter,
    /// What was said, put together of many packets.
    Analyze,
    /// Counts over the whole capture.
    Statistics,
    /// Looking at the capture as a whole.
    Tools,
    /// Help.
    Help,
}

impl Menu {
    /// All heads, in their order.
    pub const ALL: [Menu; 13] = [
        Menu::File,
        Menu::Copy,
        Menu::View,
        Menu::Go,
        Menu::Packet,
        Menu::Time,
        Menu::Capture,
        Menu::Lab,
        Menu::Filter,
        Menu::Analyze,
        Menu::Statistics,
        Menu::Tools,
        Menu::Help,
    ];

    /// Its title.
    pub const fn title(self) -> &'static str {
        match self {
            Menu::File => "File",
            Menu::Copy => "Copy",
            Menu::View => "View",
            Menu::Go => "Go",
            Menu::Packet => "Packet",
            Menu::Time => "Time",
            Menu::Capture => "Capture",
            Menu::Lab => "Lab",
            Menu::Filter => "Filter",
            Menu::Analyze => "Analyze",
            Menu::Statistics => "Statistics",
            Menu::Tools => "Tools",
            Menu::Help => "Help",
        }
    }
}

/// When a command can be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Needs {
    /// Always.
    Nothing,
    /// When a capture is open.
    Capture,
    /// When an exchange is played.
    Play,
    /// When a capture file is open.
    File,
    /// When a capture runs.
    Running,
    /// When packets are captured or were captured just now.
    Captured,
    /// When a packet is chosen.
    Packet,
    /// When the chosen packet belongs to a TCP connection.
    Tcp,
    /// When the chosen packet is a UDP datagram.
    Udp,
    /// When packets are looked for.
    Search,
    /// When a followed stream is in sight.
    Stream,
    /// When a followed stream or a statistic is in sight.
    Tab,
    /// When a field of the chosen packet is chosen.
    Field,
    /// When a display filter is applied.
    Filter,
    /// When the bar holds a display filter.
    FilterText,
}

impl Needs {
    /// Whether two of them never hold at the same time: commands with these may share their keys.
    pub fn excludes(self, other: Needs) -> bool {
        matches!(
            (self, other),
            (Needs::File, Needs::Captured) | (Needs::Captured, Needs::File)
        )
    }

    /// What is missing where a command cannot be used, and what to do about it.
    pub const fn reason(self) -> &'static str {
        match self {
            Needs::Nothing => "",
            Needs::Capture => "Open a capture first",
            Needs::File => "Open a file first",
            Needs::Play => "Play an exchange of the Lab first",
            Needs::Running => "Start a capture first",
            Needs::Captured => "Nothing was captured yet",
            Needs::Packet => "Choose a packet first",
            Needs::Tcp => "Choose a packet of a TCP connection first",
            Needs::Udp => "Choose a UDP packet first",
            Needs::Search => "Find something first",
            Needs::Stream => "Follow a stream first",
            Needs::Tab => "No stream or statistic is open",
            Needs::Field => "Choose a field first",
            Needs::Filter => "No display filter is applied",
            Needs::FilterText => "Write a display filter first",
        }
    }
}
