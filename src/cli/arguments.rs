//! The arguments of the program.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

/// Wireglass shows what is on the wire: every packet in a list, every field in a tree, every byte in hex.
#[derive(Debug, Parser)]
#[command(
    name = "wireglass",
    version,
    about,
    args_conflicts_with_subcommands = true
)]
pub struct Arguments {
    /// A command; without one the window opens.
    #[command(subcommand)]
    pub command: Option<Command>,
    /// Capture file to open in the window
    pub file: Option<PathBuf>,
    /// Display filter to begin with
    #[arg(
        short = 'Y',
        long = "filter",
        value_name = "FILTER",
        allow_hyphen_values = true
    )]
    pub filter: Option<String>,
    /// Colours of the window
    #[arg(long, value_enum, default_value_t = Theme::System)]
    pub theme: Theme,
}

/// Colours of the window.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Theme {
    /// As the system has it
    #[default]
    System,
    /// Light grounds
    Light,
    /// Dark grounds
    Dark,
}

/// What can be done without a window.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Print the packets of a capture file
    Read(ReadArguments),
    /// Count what is in a capture file
    Stats(StatsArguments),
    /// List protocols and fields that display filters know
    Fields(FieldsArguments),
}

/// Arguments of `read`.
#[derive(Debug, Args)]
pub struct ReadArguments {
    /// Capture file (pcap or pcapng, gzip or not)
    pub file: PathBuf,
    /// Only packets that match this display filter
    #[arg(
        short = 'Y',
        long = "filter",
        value_name = "FILTER",
        allow_hyphen_values = true
    )]
    pub filter: Option<String>,
    /// Form of the output
    #[arg(short = 'T', value_enum, default_value_t = Form::Text)]
    pub form: Form,
    /// A field to print, with -T fields; may be given many times
    #[arg(short = 'e', value_name = "FIELD")]
    pub fields: Vec<String>,
    /// Stop after this many packets of the file
    #[arg(short = 'c', value_name = "COUNT")]
    pub count: Option<u32>,
    /// Print the tree of each packet below its line (-T text)
    #[arg(short = 'V')]
    pub details: bool,
    /// Print the bytes of each packet below its line (-T text)
    #[arg(short = 'x')]
    pub hex: bool,
    /// Verify the checksums of IP, TCP, UDP and ICMP
    #[arg(long)]
    pub checksums: bool,
    /// Write the packets to this file instead of printing them
    #[arg(short = 'w', value_name = "FILE")]
    pub write: Option<PathBuf>,
    /// Format of the file written
    #[arg(short = 'F', value_enum, default_value_t = FileForm::Pcapng)]
    pub file_form: FileForm,
    /// Compress the file written with gzip
    #[arg(long)]
    pub gzip: bool,
}

/// Forms of printed packets.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Form {
    /// A line a packet
    Text,
    /// Chosen fields, separated by tabs
    Fields,
    /// XML with every field, its place and value
    Pdml,
    /// JSON with every field
    Json,
}

/// Formats of written files.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum FileForm {
    /// pcapng: keeps comments, interfaces and everything else
    Pcapng,
    /// pcap with microseconds
    Pcap,
    /// pcap with nanoseconds
    Nsecpcap,
}

/// Arguments of `stats`.
#[derive(Debug, Args)]
pub struct StatsArguments {
    /// Capture file
    pub file: PathBuf,
    /// What to count
    #[arg(value_enum)]
    pub what: Statistic,
}

/// What can be counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Statistic {
    /// Packets and bytes by chain of protocols
    Protocols,
    /// Packets and bytes between each two ends
    Conversations,
    /// Packets and bytes of each end
    Endpoints,
}

/// Arguments of `fields`.
#[derive(Debug, Args)]
pub struct FieldsArguments {
    /// Only names that begin so
    pub prefix: Option<String>,
}
