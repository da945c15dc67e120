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
    #[command(flatten)]
    #[allow(missing_docs)] // its own comment would replace the command's in the help
    pub decode_as: DecodeAsArguments,
    /// The same as FILE; `-` is standard input
    #[arg(
        short = 'r',
        value_name = "FILE",
        conflicts_with = "file",
        allow_hyphen_values = true
    )]
    pub read: Option<PathBuf>,
    /// Interface to capture on: its name, or its number in `wireglass interfaces`; `-` is what another program captures and writes
    /// to our standard input; may be given many times
    #[arg(
        short = 'i',
        long = "interface",
        value_name = "INTERFACE",
        allow_hyphen_values = true
    )]
    pub interfaces: Vec<String>,
    /// Begin to capture at once
    #[arg(short = 'k')]
    pub begin: bool,
    /// Capture filter
    #[arg(short = 'f', value_name = "FILTER", allow_hyphen_values = true)]
    pub capture_filter: Option<String>,
    /// How much memory a capture in the window may take for its packets, in MB: what leaves it stays in the capture's file
    /// [default: 1000, or a quarter of the machine's]
    #[arg(long, value_name = "MB", value_parser = clap::value_parser!(u32).range(16..))]
    pub memory: Option<u32>,
    /// Colours of the window, this time
    #[arg(long, value_enum, default_value_t = Theme::System)]
    pub theme: Theme,
}

/// Who reads what, where the user knows better.
#[derive(Clone, Debug, Default, Args)]
pub struct DecodeAsArguments {
    /// Decode what comes under a number as this protocol: tcp.port==2525,smtp; a range (8000-8010) or a list (80,8080) will
    /// do; may be given many times
    #[arg(short = 'd', long = "decode-as", value_name = "LAYER==NUMBER,PROTOCOL")]
    pub rules: Vec<String>,
}

/// Colours of the window.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Theme {
    /// As you prefer it; at first as the system has it
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
    /// Put several capture files together, by the times of their packets
    Merge(MergeArguments),
    /// List or save the files that went over the wire: HTTP bodies, mails, what FTP carried
    Objects(ObjectsArguments),
    /// List protocols and fields that display filters know
    Fields(FieldsArguments),
    /// List the interfaces that frames can be captured on
    Interfaces,
    /// Capture frames into a file, without a window (the options are dumpcap's)
    Capture(CaptureArguments),
    /// Draw a conversation as a ladder: an arrow for each packet, the states of both ends beside it
    Ladder(LadderArguments),
    /// Play the exchanges of textbooks and watch their packets
    Lab(LabArguments),
    /// Print what a shell needs to complete our arguments
    Completions(CompletionsArguments),
    /// Print the man page
    Manual(ManualArguments),
}

/// Arguments of `completions`.
#[derive(Debug, Args)]
pub struct CompletionsArguments {
    /// Which shell
    #[arg(value_enum)]
    pub shell: clap_complete::Shell,
}

/// Arguments of `manual`.
#[derive(Debug, Args)]
pub struct ManualArguments {
    /// Write the pages of all commands into this folder instead (wireglass.1, wireglass-read.1, ...)
    #[arg(short = 'o', long = "output", value_name = "FOLDER")]
    pub folder: Option<PathBuf>,
}

/// Arguments of `capture`.
#[derive(Debug, Args)]
pub struct CaptureArguments {
    /// Interface to capture on: its name, or its number in `wireglass interfaces`; may be given many times [default: the first
    /// that is up and not loopback]
    #[arg(short = 'i', long = "interface", value_name = "INTERFACE")]
    pub interfaces: Vec<String>,
    /// Capture filter in libpcap's language, such as `tcp port 80`; one for all interfaces, or one for each -i
    #[arg(short = 'f', value_name = "FILTER", allow_hyphen_values = true)]
    pub filters: Vec<String>,
    /// File to write; `-` is standard output [default: a new file in the folder for temporary files, whose name is printed]
    #[arg(short = 'w', value_name = "FILE", allow_hyphen_values = true)]
    pub write: Option<PathBuf>,
    /// Stop after this many packets
    #[arg(short = 'c', value_name = "COUNT", value_parser = clap::value_parser!(u64).range(1..))]
    pub count: Option<u64>,
    /// Stop after duration:SECONDS, filesize:KB, files:COUNT or packets:COUNT; may be given many times
    #[arg(short = 'a', long = "autostop", value_name = "CONDITION")]
    pub stop: Vec<String>,
    /// Write several files; go on to the next after duration:SECONDS, filesize:KB, packets:COUNT or whenever the clock shows a
    /// multiple of interval:SECONDS; keep only the newest files:COUNT; may be given many times
    #[arg(short = 'b', long = "ring-buffer", value_name = "CONDITION")]
    pub ring: Vec<String>,
    /// Keep only this many bytes of each packet
    #[arg(
        short = 's',
        long = "snapshot-length",
        value_name = "BYTES",
        default_value_t = 0
    )]
    pub snap_len: u32,
    /// Do not ask for packets to other machines: the default here, unlike dumpcap
    #[arg(
        short = 'p',
        long = "no-promiscuous-mode",
        conflicts_with = "promiscuous"
    )]
    pub not_promiscuous: bool,
    /// Ask the interface for packets to other machines too
    #[arg(long)]
    pub promiscuous: bool,
    /// Capture all that is in the air, on radios that can (monitor mode)
    #[arg(short = 'I', long = "monitor-mode")]
    pub monitor: bool,
    /// Size of the kernel's buffer for each interface, in MiB [default: 8]
    #[arg(short = 'B', long = "buffer-size", value_name = "MIB", value_parser = clap::value_parser!(u32).range(1..=2047))]
    pub buffer: Option<u32>,
    /// Write each packet of a slow link at once, not some hundredths of a second later with others; always so for standard output
    #[arg(long = "immediate-mode")]
    pub immediate: bool,
    /// Link type, where the interface has several (see -L)
    #[arg(short = 'y', long = "linktype", value_name = "NAME")]
    pub link_type: Option<String>,
    /// Write pcapng (the default)
    #[arg(short = 'n', conflicts_with = "pcap")]
    pub pcapng: bool,
    /// Write pcap instead of pcapng
    #[arg(short = 'P')]
    pub pcap: bool,
    /// A comment on the whole capture, kept in the file (pcapng); may be given many times
    #[arg(long = "capture-comment", value_name = "TEXT")]
    pub comments: Vec<String>,
    /// Let your group read the files
    #[arg(short = 'g')]
    pub group: bool,
    /// Say nothing while capturing
    #[arg(short = 'q')]
    pub quiet: bool,
    /// List the interfaces and exit
    #[arg(short = 'D', long = "list-interfaces")]
    pub list_interfaces: bool,
    /// List the link types of the interface and exit
    #[arg(short = 'L', long = "list-data-link-types")]
    pub list_link_types: bool,
    /// Print the program that the capture filter is made into and exit
    #[arg(short = 'd')]
    pub print_filter: bool,
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
    #[command(flatten)]
    #[allow(missing_docs)] // its own comment would replace the command's in the help
    pub decode_as: DecodeAsArguments,
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
    /// Comma separated values with the columns of the packet list
    Csv,
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

impl FileForm {
    /// As the writer has it.
    pub(super) fn format(self) -> crate::capture::FileFormat {
        use crate::capture::FileFormat;
        match self {
            FileForm::Pcapng => FileFormat::Pcapng,
            FileForm::Pcap => FileFormat::Pcap,
            FileForm::Nsecpcap => FileFormat::PcapNanos,
        }
    }
}

/// Arguments of `objects`.
#[derive(Debug, Args)]
pub struct ObjectsArguments {
    /// Capture file
    pub file: PathBuf,
    #[command(flatten)]
    #[allow(missing_docs)] // its own comment would replace the command's in the help
    pub decode_as: DecodeAsArguments,
    /// Only those carried so; may be given many times
    #[arg(short = 't', long = "type", value_name = "TYPE", value_enum)]
    pub kinds: Vec<ObjectKind>,
    /// Save them into this folder, which is made if it is not there; no file in it is replaced
    #[arg(short = 'o', long = "output", value_name = "FOLDER")]
    pub folder: Option<PathBuf>,
}

/// What carried an object.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ObjectKind {
    /// Bodies of HTTP messages, unpacked
    Http,
    /// Mails
    Imf,
    /// Files that FTP carried
    FtpData,
}

/// Arguments of `stats`.
#[derive(Debug, Args)]
pub struct StatsArguments {
    /// Capture file
    pub file: PathBuf,
    #[command(flatten)]
    #[allow(missing_docs)] // its own comment would replace the command's in the help
    pub decode_as: DecodeAsArguments,
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
    /// What is unusual or worth knowing, by how much it matters
    Expert,
    /// What the file is: format, times, counts, interfaces, comments, hashes
    Properties,
}

/// Arguments of `merge`.
#[derive(Debug, Args)]
pub struct MergeArguments {
    /// Capture files (pcap or pcapng, gzip or not)
    #[arg(required = true)]
    pub files: Vec<PathBuf>,
    /// File to write; one that is there is replaced
    #[arg(short = 'w', value_name = "FILE")]
    pub write: PathBuf,
    /// Format of the file written
    #[arg(short = 'F', value_enum, default_value_t = FileForm::Pcapng)]
    pub file_form: FileForm,
    /// Compress the file written with gzip
    #[arg(long)]
    pub gzip: bool,
}

/// Arguments of `fields`.
#[derive(Debug, Args)]
pub struct FieldsArguments {
    /// Only names that begin so
    pub prefix: Option<String>,
}

/// Arguments of `ladder`.
#[derive(Debug, Args)]
pub struct LadderArguments {
    /// Capture file
    pub file: PathBuf,
    #[command(flatten)]
    #[allow(missing_docs)] // its own comment would replace the command's in the help
    pub decode_as: DecodeAsArguments,
    /// Only this conversation: tcp:0, udp:3 [default: all packets, a line for each host]
    #[arg(long, value_name = "KIND:NUMBER")]
    pub stream: Option<String>,
    /// Write it to this file: a picture if it ends in .svg or .png, words if it ends in .txt [default: words, printed]
    #[arg(short = 'o', long = "output", value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Large letters, for the back row of a classroom
    #[arg(long)]
    pub large: bool,
    /// Light on dark
    #[arg(long)]
    pub dark: bool,
}

/// Arguments of `lab`.
#[derive(Debug, Args)]
pub struct LabArguments {
    /// What to do
    #[command(subcommand)]
    pub command: LabCommand,
}

/// What can be done in the Lab.
#[derive(Debug, Subcommand)]
pub enum LabCommand {
    /// Name all exchanges
    List,
    /// Say what an exchange is for, its rules, what to look at, and what is said
    Show {
        /// Name of an exchange, or a script (a file that ends in .lab)
        id: String,
    },
    /// Play an exchange
    Play(PlayArguments),
    /// Play every exchange and keep each as a file: FOLDER/ID.pcapng
    Record {
        /// Where the files go; it is made if it is not there
        folder: PathBuf,
    },
    /// Check a script: is it one, and does it play?
    Check {
        /// A file that ends in .lab
        script: String,
    },
}

/// Arguments of `lab play`.
#[derive(Debug, Args)]
pub struct PlayArguments {
    /// Name of an exchange, or a script (a file that ends in .lab)
    pub id: String,
    /// Where chance begins: the same seed gives the same bytes
    #[arg(long, default_value_t = 1)]
    pub seed: u64,
    /// Let an event go wrong, such as lose-syn-ack or lose-data-3; may be given many times
    #[arg(long = "fault", value_name = "NAME")]
    pub faults: Vec<String>,
    /// Percentage of frames that get lost
    #[arg(long, value_name = "PERCENT", default_value_t = 0.0)]
    pub loss: f64,
    /// Percentage of frames that later ones overtake
    #[arg(long, value_name = "PERCENT", default_value_t = 0.0)]
    pub reorder: f64,
    /// Percentage of frames that come twice
    #[arg(long, value_name = "PERCENT", default_value_t = 0.0)]
    pub duplicate: f64,
    /// Percentage of frames in which a bit turns
    #[arg(long, value_name = "PERCENT", default_value_t = 0.0)]
    pub corrupt: f64,
    /// How long a frame is on its way, in milliseconds
    #[arg(long, value_name = "MS")]
    pub delay: Option<f64>,
    /// How much the wire carries, in bits a second
    #[arg(long, value_name = "BITS")]
    pub bandwidth: Option<u64>,
    /// Play over real sockets on this machine's loopback interface, and capture there; of the faults, only reset and nonsense
    /// can be had there
    #[arg(long, conflicts_with_all = ["seed", "loss", "reorder", "duplicate", "corrupt", "delay", "bandwidth"])]
    pub loopback: bool,
    /// With --loopback: over ::1 instead of 127.0.0.1
    #[arg(short = '6', long = "ipv6", requires = "loopback")]
    pub ipv6: bool,
    /// With --loopback: move ports below 1024 up by 10000 even where there is the right to use them
    #[arg(long, requires = "loopback")]
    pub move_ports: bool,
    /// Play the client's side alone, against this host (a name or an address; in brackets if it is IPv6 with a port). What will be
    /// sent is printed first, and nothing is sent without --yes or a yes on the terminal
    #[arg(long, value_name = "HOST[:PORT]", conflicts_with_all = ["loopback", "seed", "faults", "loss", "reorder", "duplicate", "corrupt", "delay", "bandwidth"])]
    pub host: Option<String>,
    /// With --host: print what would be sent, and send nothing
    #[arg(long, requires = "host", conflicts_with = "yes")]
    pub dry_run: bool,
    /// With --host: send it without asking
    #[arg(short = 'y', long, requires = "host")]
    pub yes: bool,
    /// Write the packets to this file (pcapng, with a comment on each step)
    #[arg(short = 'w', value_name = "FILE")]
    pub write: Option<PathBuf>,
    /// Draw the ladder of the play into this file (.svg, .png or .txt)
    #[arg(long, value_name = "FILE")]
    pub ladder: Option<PathBuf>,
    /// Print nothing
    #[arg(short = 'q', long)]
    pub quiet: bool,
}
