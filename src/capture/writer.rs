//! Writing a new capture file, frame by frame.

use std::io::{self, Write};

use super::file::MAX_RECORD;
use super::info::{
    ByteOrder, CaptureInfo, FileFormat, Interface, Options, RawOption, Resolution, Section,
};
use super::pcapng::{self, PACKET_HEADER};
use super::write::WriteError;
use super::{FrameMeta, NO_TIME};

/// The options of a block with other comments than it had.
pub(super) fn put_edited_options(
    out: &mut Vec<u8>,
    order: ByteOrder,
    old: &[u8],
    comments: &[String],
) -> Result<(), WriteError> {
    let before = out.len();
    for comment in comments {
        put_option(out, order, 1, comment.as_bytes())?;
    }
    for (code, value) in Options::new(old, order).filter(|(code, _)| *code != 1) {
        put_option(out, order, code, value)?;
    }
    if out.len() > before {
        put_option(out, order, 0, &[])?;
    }
    Ok(())
}

fn put_option(
    out: &mut Vec<u8>,
    order: ByteOrder,
    code: u16,
    value: &[u8],
) -> Result<(), WriteError> {
    let len = u16::try_from(value.len()).map_err(|_| {
        WriteError::CannotHold(format!(
            "a comment or name of {} bytes; pcapng holds 65,535",
            value.len()
        ))
    })?;
    order.put16(out, code);
    order.put16(out, len);
    out.extend_from_slice(value);
    out.resize(out.len().next_multiple_of(4), 0);
    Ok(())
}

/// Writes a block around a body that is already padded; returns its whole length.
pub(super) fn put_block(
    out: &mut (impl Write + ?Sized),
    order: ByteOrder,
    kind: u32,
    body: &[u8],
) -> io::Result<u64> {
    let len = body.len() + 12;
    let stated = u32::try_from(len).map_err(|_| io::Error::other("a block of more than 4 GB"))?;
    let mut head = Vec::with_capacity(8);
    order.put32(&mut head, kind);
    order.put32(&mut head, stated);
    out.write_all(&head)?;
    out.write_all(body)?;
    out.write_all(&head[4..])?;
    Ok(len as u64)
}

/// Writes a new capture file frame by frame, for a live capture, the Lab and conversions. Numbers are little-endian.
#[derive(Debug)]
pub struct CaptureWriter<W> {
    out: W,
    format: FileFormat,
    /// Link type, and for pcapng the unit of time, of each interface.
    interfaces: Vec<(u16, Resolution)>,
    /// For pcap: the one link type.
    link_type: u16,
    written: u64,
    frames: u32,
    body: Vec<u8>,
}

const LITTLE: ByteOrder = ByteOrder::Little;

impl<W: Write> CaptureWriter<W> {
    /// Writes the file's head: for pcapng the section and its interfaces, names and secrets.
    pub fn new(out: W, format: FileFormat, info: &CaptureInfo) -> Result<Self, WriteError> {
        Self::start(out, format, info, 0)
    }

    /// The same; a pcap file gets its link type from this interface.
    pub(super) fn start(
        out: W,
        format: FileFormat,
        info: &CaptureInfo,
        interface: u32,
    ) -> Result<Self, WriteError> {
        let default = Interface {
            link_type: 1,
            ..Interface::default()
        };
        let first = info.interfaces.get(interface as usize).unwrap_or(&default);
        // Times of a pcap in microseconds stay so. All others are written in nanoseconds, as they are held.
        let resolution = Resolution::Decimal(if info.format == FileFormat::Pcap {
            6
        } else {
            9
        });
        let mut writer = Self {
            out,
            format,
            interfaces: info
                .interfaces
                .iter()
                .map(|interface| (interface.link_type, resolution))
                .collect(),
            link_type: first.link_type,
            written: 0,
            frames: 0,
            body: Vec::new(),
        };
        if format == FileFormat::Pcapng {
            writer.section(info.sections.first().unwrap_or(&Section::default()))?;
            for interface in &info.interfaces {
                writer.interface(interface, resolution)?;
            }
            writer.names(info)?;
            writer.secrets(info)?;
        } else {
            // A snap length of 0 means "no limit" to us, but not to every program.
            let longest = info
                .interfaces
                .iter()
                .map(|interface| interface.snap_len)
                .max()
                .unwrap_or(0);
            let all = info
                .interfaces
                .iter()
                .all(|interface| interface.snap_len != 0);
            writer.pcap_header(
                first,
                if all && longest != 0 {
                    longest
                } else {
                    262_144
                },
            )?;
        }
        Ok(writer)
    }

    fn pcap_header(&mut self, first: &Interface, snap_len: u32) -> Result<(), WriteError> {
        let fcs = first
            .fcs_len
            .map_or(0, |len| 0x0400_0000 | u32::from((len / 2) & 0xf) << 28);
        let magic = if self.format == FileFormat::PcapNanos {
            0xa1b2_3c4d
        } else {
            0xa1b2_c3d4
        };
        self.body.clear();
        LITTLE.put32(&mut self.body, magic);
        LITTLE.put16(&mut self.body, 2);
        LITTLE.put16(&mut self.body, 4);
        for field in [0, 0, snap_len, u32::from(first.link_type) | fcs] {
            LITTLE.put32(&mut self.body, field);
        }
        self.out.write_all(&self.body)?;
        self.written += self.body.len() as u64;
        Ok(())
    }

    fn block(&mut self, kind: u32) -> Result<(), WriteError> {
        self.written += put_block(&mut self.out, LITTLE, kind, &self.body)?;
        Ok(())
    }

    /// Adds an option to the block being built; one that has no value is left out.
    fn option(&mut self, code: u16, value: Option<&[u8]>) -> Result<(), WriteError> {
        value.map_or(Ok(()), |value| {
            put_option(&mut self.body, LITTLE, code, value)
        })
    }

    fn section(&mut self, section: &Section) -> Result<(), WriteError> {
        self.body.clear();
        LITTLE.put32(&mut self.body, pcapng::BYTE_ORDER_MAGIC);
        LITTLE.put16(&mut self.body, 1);
        LITTLE.put16(&mut self.body, 0);
        self.body.extend_from_slice(&[0xff; 8]);
        for comment in &section.comments {
            self.option(1, Some(comment.as_bytes()))?;
        }
        self.option(2, section.hardware.as_deref().map(str::as_bytes))?;
        self.option(3, section.os.as_deref().map(str::as_bytes))?;
        self.option(
            4,
            Some(
                section
                    .application
                    .as_deref()
                    .unwrap_or("Wireglass")
                    .as_bytes(),
            ),
        )?;
        self.option(0, Some(&[]))?;
        self.block(pcapng::SECTION)
    }

    fn interface(
        &mut self,
        interface: &Interface,
        resolution: Resolution,
    ) -> Result<(), WriteError> {
        self.body.clear();
        LITTLE.put16(&mut self.body, interface.link_type);
        LITTLE.put16(&mut self.body, 0);
        LITTLE.put32(&mut self.body, interface.snap_len);
        for comment in &interface.comments {
            self.option(1, Some(comment.as_bytes()))?;
        }
        self.option(2, interface.name.as_deref().map(str::as_bytes))?;
        self.option(3, interface.description.as_deref().map(str::as_bytes))?;
        self.option(
            8,
            interface
                .speed
                .map(u64::to_le_bytes)
                .as_ref()
                .map(<[u8; 8]>::as_slice),
        )?;
        if let Resolution::Decimal(digits @ 9) = resolution {
            self.option(9, Some(&[digits]))?;
        }
        if let Some(filter) = &interface.filter {
            self.option(11, Some(&[&[0], filter.as_bytes()].concat()))?;
        }
        self.option(12, interface.os.as_deref().map(str::as_bytes))?;
        self.option(
            13,
            interface
                .fcs_len
                .map(|len| [len])
                .as_ref()
                .map(<[u8; 1]>::as_slice),
        )?;
        self.option(15, interface.hardware.as_deref().map(str::as_bytes))?;
        self.option(0, Some(&[]))?;
        self.block(pcapng::INTERFACE)
    }

    fn names(&mut self, info: &CaptureInfo) -> Result<(), WriteError> {
        if info.names.is_empty() {
            return Ok(());
        }
        self.body.clear();
        for record in &info.names {
            let (kind, mut value) = match record.address {
                std::net::IpAddr::V4(v4) => (1, v4.octets().to_vec()),
                std::net::IpAddr::V6(v6) => (2, v6.octets().to_vec()),
            };
            for name in &record.names {
                value.extend_from_slice(name.as_bytes());
                value.push(0);
            }
            self.option(kind, Some(&value))?;
        }
        self.option(0, Some(&[]))?;
        self.block(pcapng::NAMES)
    }

    fn secrets(&mut self, info: &CaptureInfo) -> Result<(), WriteError> {
        for secrets in &info.secrets {
            self.body.clear();
            LITTLE.put32(&mut self.body, secrets.kind);
            LITTLE.put32(&mut self.body, secrets.bytes.len() as u32);
            self.body.extend_from_slice(&secrets.bytes);
            self.body.resize(self.body.len().next_multiple_of(4), 0);
            self.block(pcapng::SECRETS)?;
        }
        Ok(())
    }

    /// Writes a frame. `meta.offset` is not looked at: where the bytes lie in the new file is returned.
    pub fn frame(
        &mut self,
        meta: &FrameMeta,
        bytes: &[u8],
        comments: &[String],
    ) -> Result<u64, WriteError> {
        self.frame_with(meta, bytes, comments, &[])
    }

    /// The same, with further options (little-endian; comments among them are passed over). A pcap file has no place for them.
    pub(super) fn frame_with(
        &mut self,
        meta: &FrameMeta,
        bytes: &[u8],
        comments: &[String],
        options: &[RawOption],
    ) -> Result<u64, WriteError> {
        let number = self.frames.saturating_add(1);
        let Some(&(link_type, resolution)) = self.interfaces.get(meta.interface as usize) else {
            return Err(WriteError::CannotHold(format!(
                "frame {number} is from an interface that is not described"
            )));
        };
        let captured = u32::try_from(bytes.len())
            .ok()
            .filter(|len| *len <= MAX_RECORD)
            .ok_or_else(|| {
                WriteError::CannotHold(format!(
                    "frame {number} has {} bytes, too many",
                    bytes.len()
                ))
            })?;
        let ns = if meta.time_ns == NO_TIME {
            0
        } else {
            meta.time_ns
        };
        let beyond = |_| {
            WriteError::CannotHold(format!(
                "the time of frame {number} is before 1970 or too late for this format; pcapng holds times up to the year 2262"
            ))
        };
        let ns = u64::try_from(ns).map_err(beyond)?;
        self.body.clear();
        let offset = if self.format == FileFormat::Pcapng {
            let count = if resolution == Resolution::Decimal(6) {
                ns / 1000
            } else {
                ns
            };
            for field in [
                meta.interface,
                (count >> 32) as u32,
                count as u32,
                captured,
                meta.original,
            ] {
                LITTLE.put32(&mut self.body, field);
            }
            self.body.extend_from_slice(bytes);
            self.body.resize(self.body.len().next_multiple_of(4), 0);
            let before = self.body.len();
            for comment in comments {
                put_option(&mut self.body, LITTLE, 1, comment.as_bytes())?;
            }
            for option in options.iter().filter(|o| o.code != 1) {
                put_option(&mut self.body, LITTLE, option.code, &option.value)?;
            }
            if self.body.len() > before {
                put_option(&mut self.body, LITTLE, 0, &[])?;
            }
            let offset = self.written + PACKET_HEADER as u64;
            self.block(pcapng::PACKET)?;
            offset
        } else {
            if link_type != self.link_type {
                return Err(WriteError::CannotHold(format!(
                    "a pcap file holds frames of one link type, and these are of several ({} and {link_type}); save as pcapng, or only the frames of one interface",
                    self.link_type
                )));
            }
            let fraction = (ns % 1_000_000_000) as u32;
            let seconds = u32::try_from(ns / 1_000_000_000).map_err(beyond)?;
            let fraction = if self.format == FileFormat::Pcap {
                fraction / 1000
            } else {
                fraction
            };
            for field in [seconds, fraction, captured, meta.original] {
                LITTLE.put32(&mut self.body, field);
            }
            self.out.write_all(&self.body)?;
            self.out.write_all(bytes)?;
            let offset = self.written + self.body.len() as u64;
            self.written = offset + u64::from(captured);
            offset
        };
        self.frames = number;
        Ok(offset)
    }

    /// Hands everything to the system, so that others can read it.
    pub fn flush(&mut self) -> Result<(), WriteError> {
        Ok(self.out.flush()?)
    }

    /// Writes the statistics that belong at the end of a pcapng file, and flushes.
    pub fn finish(mut self, info: &CaptureInfo) -> Result<(), WriteError> {
        if self.format == FileFormat::Pcapng {
            for statistics in &info.statistics {
                let Some((_, resolution)) = self.interfaces.get(statistics.interface as usize)
                else {
                    continue;
                };
                let unit = if *resolution == Resolution::Decimal(6) {
                    1000
                } else {
                    1
                };
                let time = |ns: Option<i64>| {
                    let count = u64::try_from(ns?).ok()? / unit;
                    let mut bytes = ((count >> 32) as u32).to_le_bytes().to_vec();
                    bytes.extend_from_slice(&(count as u32).to_le_bytes());
                    Some(bytes)
                };
                let (start, end) = (time(statistics.start_ns), time(statistics.end_ns));
                self.body.clear();
                LITTLE.put32(&mut self.body, statistics.interface);
                // When the statistics were taken: at the end.
                self.body
                    .extend_from_slice(end.as_deref().unwrap_or(&[0; 8]));
                self.option(2, start.as_deref())?;
                self.option(3, end.as_deref())?;
                for (code, count) in [
                    (4, statistics.received),
                    (5, statistics.dropped),
                    (6, statistics.accepted),
                    (7, statistics.os_dropped),
                    (8, statistics.delivered),
                ] {
                    self.option(
                        code,
                        count
                            .map(u64::to_le_bytes)
                            .as_ref()
                            .map(<[u8; 8]>::as_slice),
                    )?;
                }
                self.option(0, Some(&[]))?;
                self.block(pcapng::STATISTICS)?;
            }
        }
        self.flush()
    }
}
