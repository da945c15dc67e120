//! What a capture file says about itself, beside its frames.

use std::collections::{BTreeMap, BTreeSet};
use std::net::IpAddr;

use super::{FrameMeta, FrameOptions, FrameReader, NO_TIME};

/// Kind of capture file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum FileFormat {
    /// libpcap's classic format, times in microseconds.
    #[default]
    Pcap,
    /// The same with times in nanoseconds.
    PcapNanos,
    /// pcapng: blocks with options, several interfaces.
    Pcapng,
}

impl FileFormat {
    /// The name as shown to people.
    pub fn name(self) -> &'static str {
        match self {
            Self::Pcap => "pcap (microseconds)",
            Self::PcapNanos => "pcap (nanoseconds)",
            Self::Pcapng => "pcapng",
        }
    }
}

/// The order in which the machine that wrote the file laid out its numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ByteOrder {
    /// Least significant byte first.
    #[default]
    Little,
    /// Most significant byte first.
    Big,
}

impl ByteOrder {
    pub(super) fn u16(self, bytes: &[u8], at: usize) -> u16 {
        let bytes = bytes
            .get(at..)
            .and_then(|rest| rest.first_chunk())
            .copied()
            .unwrap_or_default();
        match self {
            Self::Little => u16::from_le_bytes(bytes),
            Self::Big => u16::from_be_bytes(bytes),
        }
    }

    #[inline]
    pub(super) fn u32(self, bytes: &[u8], at: usize) -> u32 {
        let bytes = bytes
            .get(at..)
            .and_then(|rest| rest.first_chunk())
            .copied()
            .unwrap_or_default();
        match self {
            Self::Little => u32::from_le_bytes(bytes),
            Self::Big => u32::from_be_bytes(bytes),
        }
    }

    pub(super) fn u64(self, bytes: &[u8], at: usize) -> u64 {
        let bytes = bytes
            .get(at..)
            .and_then(|rest| rest.first_chunk())
            .copied()
            .unwrap_or_default();
        match self {
            Self::Little => u64::from_le_bytes(bytes),
            Self::Big => u64::from_be_bytes(bytes),
        }
    }

    pub(super) fn put16(self, out: &mut Vec<u8>, value: u16) {
        match self {
            Self::Little => out.extend_from_slice(&value.to_le_bytes()),
            Self::Big => out.extend_from_slice(&value.to_be_bytes()),
        }
    }

    pub(super) fn put32(self, out: &mut Vec<u8>, value: u32) {
        match self {
            Self::Little => out.extend_from_slice(&value.to_le_bytes()),
            Self::Big => out.extend_from_slice(&value.to_be_bytes()),
        }
    }
}

/// Everything the file says that is not a frame. It grows while the file is read.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct CaptureInfo {
    /// Kind of file.
    pub format: FileFormat,
    /// Whether it was compressed with gzip. Offsets are then those of the decompressed file.
    pub compressed: bool,
    /// pcapng's sections; a pcap file counts as one.
    pub sections: Vec<Section>,
    /// The interfaces of all sections, in the order of the file: [`FrameMeta::interface`] is an index into this.
    pub interfaces: Vec<Interface>,
    /// Names for addresses (Name Resolution Blocks).
    pub names: Vec<NameRecord>,
    /// Keys of encrypted conversations (Decryption Secrets Blocks).
    pub secrets: Vec<Secrets>,
    /// Counters at the end of the recording (Interface Statistics Blocks).
    pub statistics: Vec<Statistics>,
    /// Comments on frames, by frame number. To change them, use [`CaptureInfo::set_comments`].
    pub comments: BTreeMap<u32, Vec<String>>,
    /// Which frames have options, ascending by number; [`CaptureInfo::frame_options`] reads them.
    pub options: Vec<FrameOptions>,
    /// All blocks that are neither frames nor sections nor interfaces, in file order: kept so that saving keeps them,
    /// understood or not.
    pub blocks: Vec<RawBlock>,
    /// Frames whose comments are no longer those of the file.
    pub edited: BTreeSet<u32>,
}

/// A pcapng section: what one recording program wrote in one go.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Section {
    /// Byte order of everything in it.
    pub byte_order: ByteOrder,
    /// Index of its first interface in [`CaptureInfo::interfaces`].
    pub first_interface: u32,
    /// Comments on the whole recording.
    pub comments: Vec<String>,
    /// Machine that recorded it.
    pub hardware: Option<String>,
    /// Operating system that recorded it.
    pub os: Option<String>,
    /// Program that recorded it.
    pub application: Option<String>,
    /// Where its header block lies, if it came from a pcapng file.
    pub place: Option<BlockPlace>,
    /// Whether its comments are no longer those of the file.
    pub edited: bool,
}

/// Where a block lies in the source.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BlockPlace {
    /// Where it begins.
    pub offset: u64,
    /// Its whole length, in bytes.
    pub len: u32,
}

/// An interface that frames were captured on.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Interface {
    /// What the frames begin with: a number of the list at <https://www.tcpdump.org/linktypes.html> (1 is Ethernet).
    pub link_type: u16,
    /// Length of the frame check sequence at the end of each frame, in bytes, if the file says so.
    pub fcs_len: Option<u8>,
    /// Longest stretch of a frame that was kept, in bytes; 0 means no limit.
    pub snap_len: u32,
    /// Index of its section in [`CaptureInfo::sections`].
    pub section: u32,
    /// The system's name for it, such as `eth0`.
    pub name: Option<String>,
    /// What a person would call it.
    pub description: Option<String>,
    /// The capture filter that was in force.
    pub filter: Option<String>,
    /// Operating system of the machine with the interface.
    pub os: Option<String>,
    /// The device, such as the model of the network card.
    pub hardware: Option<String>,
    /// Speed in bits per second.
    pub speed: Option<u64>,
    /// Unit of its times.
    pub resolution: Resolution,
    /// Added to its times, in seconds.
    pub time_offset: i64,
    /// Comments on it.
    pub comments: Vec<String>,
    /// Where its description block lies, if it came from a pcapng file.
    pub place: Option<BlockPlace>,
}

/// Unit of a time stamp.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Resolution {
    /// 10 to the power of minus this many seconds: 6 is a microsecond.
    Decimal(u8),
    /// 2 to the power of minus this many seconds.
    Binary(u8),
}

impl Default for Resolution {
    fn default() -> Self {
        Self::Decimal(6)
    }
}

impl Resolution {
    /// As pcapng's `if_tsresol` writes it: the highest bit tells the two apart.
    pub fn from_byte(byte: u8) -> Self {
        if byte & 0x80 == 0 {
            Self::Decimal(byte)
        } else {
            Self::Binary(byte & 0x7f)
        }
    }

    /// Nanoseconds since 1970 of a count of these units and an offset in seconds. What does not fit (before the year
    /// 1678, after 2262) becomes the nearest time that does; finer fractions are cut off.
    pub fn nanoseconds(self, count: u64, offset: i64) -> i64 {
        let count = u128::from(count);
        let ns = match self {
            Self::Decimal(exponent @ 0..=9) => count * 10_u128.pow(9 - u32::from(exponent)),
            // 2^64 units of 10^-29 s are less than a nanosecond.
            Self::Decimal(exponent) => 10_u128
                .checked_pow(u32::from(exponent) - 9)
                .map_or(0, |unit| count / unit),
            Self::Binary(exponent) => (count * 1_000_000_000)
                .checked_shr(u32::from(exponent))
                .unwrap_or(0),
        };
        let ns = ns as i128 + i128::from(offset) * 1_000_000_000;
        ns.clamp(i128::from(NO_TIME) + 1, i128::from(i64::MAX)) as i64
    }
}

/// Names that the recording program knew for an address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NameRecord {
    /// IPv4 or IPv6 address.
    pub address: IpAddr,
    /// Its names.
    pub names: Vec<String>,
}

/// A Decryption Secrets Block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Secrets {
    /// What the bytes are; 0x544c534b ("TLSK") is a TLS key log.
    pub kind: u32,
    /// The secrets, such as the lines of a TLS key log.
    pub bytes: Vec<u8>,
}

/// An Interface Statistics Block.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Statistics {
    /// Index of the interface in [`CaptureInfo::interfaces`].
    pub interface: u32,
    /// When the recording began, in nanoseconds since 1970.
    pub start_ns: Option<i64>,
    /// When it ended.
    pub end_ns: Option<i64>,
    /// Frames received from the interface.
    pub received: Option<u64>,
    /// Frames that the interface dropped for lack of room.
    pub dropped: Option<u64>,
    /// Frames that passed the capture filter.
    pub accepted: Option<u64>,
    /// Frames that the operating system dropped.
    pub os_dropped: Option<u64>,
    /// Frames handed to the recording program.
    pub delivered: Option<u64>,
}

/// A block that is kept as it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RawBlock {
    /// The block's type.
    pub kind: u32,
    /// Index of its section in [`CaptureInfo::sections`].
    pub section: u32,
    /// Number of the last frame before it; 0 if none.
    pub after_frame: u32,
    /// Where it lies.
    pub place: BlockPlace,
}

/// One entry of a pcapng option list: a code, and bytes whose meaning depends on it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RawOption {
    /// 1 is a comment; others depend on the block (for a frame: 2 flags, 3 hash, 4 drop count, 5 packet id, 6 queue, 7 verdict).
    pub code: u16,
    /// The value, without padding.
    pub value: Vec<u8>,
}

impl CaptureInfo {
    /// That of a capture which is not read from a file: live, or from the Lab.
    pub fn with_interfaces(interfaces: Vec<Interface>) -> Self {
        Self {
            format: FileFormat::Pcapng,
            sections: vec![Section::default()],
            interfaces,
            ..Self::default()
        }
    }

    /// Replaces the comments on a frame. They are written when the capture is saved as pcapng.
    pub fn set_comments(&mut self, number: u32, comments: Vec<String>) {
        self.edited.insert(number);
        if comments.is_empty() {
            self.comments.remove(&number);
        } else {
            self.comments.insert(number, comments);
        }
    }

    /// Replaces the comments on the whole recording (on its first section).
    pub fn set_capture_comments(&mut self, comments: Vec<String>) {
        if self.sections.is_empty() {
            self.sections.push(Section::default());
        }
        if let Some(section) = self.sections.first_mut() {
            section.comments = comments;
            section.edited = true;
        }
    }

    /// Byte order of the section that an interface belongs to.
    pub fn byte_order(&self, interface: u32) -> ByteOrder {
        let section = self
            .interfaces
            .get(interface as usize)
            .map_or(0, |interface| interface.section);
        self.sections
            .get(section as usize)
            .map(|section| section.byte_order)
            .unwrap_or_default()
    }

    /// Link type of a frame's interface. `None` if there is no such interface.
    pub fn link_type(&self, interface: u32) -> Option<u16> {
        self.interfaces
            .get(interface as usize)
            .map(|interface| interface.link_type)
    }

    /// Where the option list of a frame lies in the source, and how long it is.
    pub(super) fn options_place(&self, number: u32, meta: &FrameMeta) -> Option<BlockPlace> {
        let index = self
            .options
            .binary_search_by_key(&number, |options| options.number)
            .ok()?;
        let padded = u64::from(meta.captured).next_multiple_of(4);
        Some(BlockPlace {
            offset: meta.offset.checked_add(padded)?,
            len: self.options.get(index)?.len,
        })
    }

    /// The options that the file has for a frame, read from the file. Numbers in them are in the
    /// [byte order](CaptureInfo::byte_order) of the frame's interface. Comments are those of the file; see
    /// [`CaptureInfo::comments`] for what the user made of them.
    pub fn frame_options(
        &self,
        number: u32,
        meta: &FrameMeta,
        reader: &mut FrameReader,
    ) -> Vec<RawOption> {
        let Some(place) = self.options_place(number, meta) else {
            return Vec::new();
        };
        match reader.bytes(place.offset, place.len as usize) {
            Ok(bytes) => Options::new(bytes, self.byte_order(meta.interface))
                .map(|(code, value)| RawOption {
                    code,
                    value: value.to_vec(),
                })
                .collect(),
            Err(_) => Vec::new(), // the frame itself cannot be read either, and that is reported
        }
    }
}

impl CaptureInfo {
    /// The packet flags that the file has for a frame (option 2: direction, reception type, errors of the link).
    pub fn frame_flags(
        &self,
        number: u32,
        meta: &FrameMeta,
        reader: &mut FrameReader,
    ) -> Option<u32> {
        let place = self.options_place(number, meta)?;
        let order = self.byte_order(meta.interface);
        let bytes = reader.bytes(place.offset, place.len as usize).ok()?;
        Options::new(bytes, order)
            .find(|(code, value)| *code == 2 && value.len() == 4)
            .map(|(_, value)| order.u32(value, 0))
    }
}

/// Walks an option list: code, length, value, padding to four bytes; ends at code 0, or where the bytes make no sense.
pub(super) struct Options<'a> {
    rest: &'a [u8],
    order: ByteOrder,
}

impl<'a> Options<'a> {
    pub(super) fn new(bytes: &'a [u8], order: ByteOrder) -> Self {
        Self { rest: bytes, order }
    }
}

impl<'a> Iterator for Options<'a> {
    type Item = (u16, &'a [u8]);

    fn next(&mut self) -> Option<Self::Item> {
        let (head, rest) = self.rest.split_at_checked(4)?;
        let code = self.order.u16(head, 0);
        let len = usize::from(self.order.u16(head, 2));
        if code == 0 {
            self.rest = &[];
            return None;
        }
        let value = rest.get(..len)?;
        self.rest = rest.get(len.next_multiple_of(4)..).unwrap_or_default();
        Some((code, value))
    }
}
