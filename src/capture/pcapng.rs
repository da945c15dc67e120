//! Reading pcapng files: blocks with a type and a length at both ends, grouped in sections.
//!
//! The format is described in draft-ietf-opsawg-pcapng; the section numbers below are those of its draft 02.
//!
//! ```text
//!  type | total length | body, padded to four bytes | total length again
//! ```

use std::net::IpAddr;

use super::file::{MAX_RECORD, Problem, Progress, Sink};
use super::info::{
    BlockPlace, ByteOrder, CaptureInfo, FileFormat, Interface, NameRecord, Options, RawBlock,
    Resolution, Secrets, Section, Statistics,
};
use super::{FrameMeta, FrameOptions, NO_TIME};

/// Section Header Block (section 4.1). The number reads the same in both byte orders.
pub(super) const SECTION: u32 = 0x0a0d_0d0a;
/// Interface Description Block (section 4.2).
pub(super) const INTERFACE: u32 = 1;
/// The obsolete Packet Block (appendix A).
pub(super) const OLD_PACKET: u32 = 2;
/// Simple Packet Block (section 4.4).
pub(super) const SIMPLE_PACKET: u32 = 3;
/// Name Resolution Block (section 4.5).
pub(super) const NAMES: u32 = 4;
/// Interface Statistics Block (section 4.6).
pub(super) const STATISTICS: u32 = 5;
/// Enhanced Packet Block (section 4.3).
pub(super) const PACKET: u32 = 6;
/// Decryption Secrets Block (section 4.7).
pub(super) const SECRETS: u32 = 10;
/// The byte-order magic of a section header.
pub(super) const BYTE_ORDER_MAGIC: u32 = 0x1a2b_3c4d;

/// Bytes before the captured bytes in an Enhanced (or old) Packet Block, block header included.
pub(super) const PACKET_HEADER: usize = 28;
/// The same in a Simple Packet Block.
pub(super) const SIMPLE_HEADER: usize = 12;

/// A file may not describe more interfaces (or begin more sections): each costs memory.
const MAX_DESCRIBED: usize = 1 << 16;
/// Names, secrets and comments are kept in memory up to this many bytes together; what is beyond stays in the file,
/// and is kept when saving.
const MAX_TEXT: usize = 64 << 20;

/// Where the reader of a pcapng file is in its section.
#[derive(Debug, Default)]
pub(super) struct Pcapng {
    order: ByteOrder,
    /// Index of the section's first interface.
    first_interface: u32,
    /// How to turn each interface's times into nanoseconds; all sections.
    clocks: Vec<(Resolution, i64)>,
    text: usize,
}

/// Recognises a section header; the byte order, or `None`. Needs 12 bytes.
pub(super) fn recognise(start: &[u8]) -> Option<ByteOrder> {
    if ByteOrder::Little.u32(start, 0) != SECTION || start.len() < 12 {
        return None;
    }
    [ByteOrder::Little, ByteOrder::Big]
        .into_iter()
        .find(|order| order.u32(start, 8) == BYTE_ORDER_MAGIC)
}

impl Pcapng {
    pub(super) fn open(info: &mut CaptureInfo) -> Self {
        info.format = FileFormat::Pcapng;
        Self::default()
    }

    /// Takes all whole blocks out of `window`, which begins at file offset `base`.
    pub(super) fn scan(&mut self, window: &[u8], base: u64, sink: &mut Sink<'_>) -> Progress {
        let mut at = 0;
        loop {
            let rest = &window[at..];
            let problem = |what: String| Progress {
                consumed: at,
                need: 0,
                problem: Some(Problem {
                    at: base + at as u64,
                    what,
                }),
            };
            if rest.len() < 12 {
                return Progress {
                    consumed: at,
                    need: 12,
                    problem: None,
                };
            }
            let kind = self.order.u32(rest, 0);
            let order = if kind == SECTION {
                match recognise(rest) {
                    Some(order) => order,
                    None => {
                        return problem("a section header without its byte-order mark".to_owned());
                    }
                }
            } else {
                self.order
            };
            let stated = order.u32(rest, 4);
            if !(12..=MAX_RECORD).contains(&stated) {
                return problem(format!("a block of {stated} bytes, which cannot be"));
            }
            // Some programs leave the padding out of the length.
            let len = (stated as usize).next_multiple_of(4);
            if rest.len() < len || sink.is_full() {
                return Progress {
                    consumed: at,
                    need: len,
                    problem: None,
                };
            }
            let again = order.u32(rest, len - 4);
            if again != stated && again as usize != len {
                return problem(format!(
                    "a block of {stated} bytes whose end gives its length as {again}"
                ));
            }
            let place = BlockPlace {
                offset: base + at as u64,
                len: len as u32,
            };
            let body = &rest[8..len - 4];
            let taken = match kind {
                PACKET | OLD_PACKET => self.packet(kind, body, place, sink),
                SIMPLE_PACKET => self.simple_packet(body, place, sink),
                SECTION => self.section(order, body, place, sink),
                INTERFACE => self.interface(body, place, sink),
                _ => self.other(kind, body, place, sink),
            };
            if let Err(what) = taken {
                return problem(what);
            }
            at += len;
        }
    }

    #[inline]
    fn packet(
        &mut self,
        kind: u32,
        body: &[u8],
        place: BlockPlace,
        sink: &mut Sink<'_>,
    ) -> Result<(), String> {
        const FIXED: usize = PACKET_HEADER - 8;
        let Some((head, rest)) = body.split_at_checked(FIXED) else {
            return Err(format!(
                "a packet block of {} bytes is too short for one",
                place.len
            ));
        };
        let order = self.order;
        let number = if kind == PACKET {
            order.u32(head, 0)
        } else {
            u32::from(order.u16(head, 0))
        };
        let (interface, (resolution, offset)) = self.known(number)?;
        let count = u64::from(order.u32(head, 4)) << 32 | u64::from(order.u32(head, 8));
        let captured = order.u32(head, 12);
        if captured as usize > rest.len() {
            return Err(format!(
                "a packet block of {} bytes cannot hold the {captured} bytes that it announces",
                place.len
            ));
        }
        let time_ns = match (resolution, offset) {
            // By far the most usual clocks; until the year 2262 without overflow.
            (Resolution::Decimal(6), 0) if count < i64::MAX as u64 / 1000 => count as i64 * 1000,
            (Resolution::Decimal(9), 0) if count < i64::MAX as u64 => count as i64,
            _ => resolution.nanoseconds(count, offset),
        };
        let options = rest
            .get((captured as usize).next_multiple_of(4)..)
            .unwrap_or_default();
        if !options.is_empty() {
            let number = sink.next_number();
            sink.options.push(FrameOptions {
                number,
                len: options.len() as u32,
            });
            sink.info.options.push(FrameOptions {
                number,
                len: options.len() as u32,
            });
            for (code, value) in Options::new(options, order) {
                if code == 1 && self.budget(value.len()) {
                    sink.info
                        .comments
                        .entry(number)
                        .or_default()
                        .push(text(value));
                }
            }
        }
        sink.frames.push(FrameMeta {
            time_ns,
            offset: place.offset + PACKET_HEADER as u64,
            captured,
            original: order.u32(head, 16),
            interface,
        });
        Ok(())
    }

    /// Section 4.4: no interface (the first), no time, and the captured length follows from the block's and the snap length.
    fn simple_packet(
        &mut self,
        body: &[u8],
        place: BlockPlace,
        sink: &mut Sink<'_>,
    ) -> Result<(), String> {
        let Some((head, rest)) = body.split_at_checked(4) else {
            return Err(format!(
                "a simple packet block of {} bytes is too short for one",
                place.len
            ));
        };
        let (interface, _) = self.known(0)?;
        let original = self.order.u32(head, 0);
        let snap_len = sink
            .info
            .interfaces
            .get(interface as usize)
            .map_or(0, |interface| interface.snap_len);
        let captured = if snap_len == 0 {
            original
        } else {
            original.min(snap_len)
        };
        if captured as usize > rest.len() {
            return Err(format!(
                "a simple packet block of {} bytes cannot hold the {captured} bytes that it announces",
                place.len
            ));
        }
        sink.frames.push(FrameMeta {
            time_ns: NO_TIME,
            offset: place.offset + SIMPLE_HEADER as u64,
            captured,
            original,
            interface,
        });
        Ok(())
    }

    /// The interface with this number in the section: its index in the capture, and its clock.
    #[inline]
    fn known(&self, number: u32) -> Result<(u32, (Resolution, i64)), String> {
        let index = self.first_interface.checked_add(number);
        match index.and_then(|index| Some((index, *self.clocks.get(index as usize)?))) {
            Some(found) => Ok(found),
            None => Err(format!(
                "a packet from interface {number}, which the section does not describe"
            )),
        }
    }

    fn section(
        &mut self,
        order: ByteOrder,
        body: &[u8],
        place: BlockPlace,
        sink: &mut Sink<'_>,
    ) -> Result<(), String> {
        if body.len() < 16 {
            return Err(format!(
                "a section header of {} bytes is too short for one",
                place.len
            ));
        }
        let (major, minor) = (order.u16(body, 4), order.u16(body, 6));
        if major != 1 {
            return Err(format!(
                "a section of pcapng version {major}.{minor}; only version 1 is known"
            ));
        }
        if sink.info.sections.len() >= MAX_DESCRIBED {
            return Err(format!("more than {MAX_DESCRIBED} sections"));
        }
        self.order = order;
        self.first_interface = self.clocks.len() as u32;
        let mut section = Section {
            byte_order: order,
            first_interface: self.first_interface,
            place: Some(place),
            ..Section::default()
        };
        for (code, value) in Options::new(&body[16..], order) {
            match code {
                1 if self.budget(value.len()) => section.comments.push(text(value)),
                2 => section.hardware = Some(text(value)),
                3 => section.os = Some(text(value)),
                4 => section.application = Some(text(value)),
                _ => {}
            }
        }
        sink.info.sections.push(section);
        Ok(())
    }

    fn interface(
        &mut self,
        body: &[u8],
        place: BlockPlace,
        sink: &mut Sink<'_>,
    ) -> Result<(), String> {
        let order = self.order;
        if body.len() < 8 {
            return Err(format!(
                "an interface description of {} bytes is too short for one",
                place.len
            ));
        }
        if self.clocks.len() >= MAX_DESCRIBED {
            return Err(format!("more than {MAX_DESCRIBED} interfaces"));
        }
        let mut interface = Interface {
            link_type: order.u16(body, 0),
            snap_len: order.u32(body, 4),
            section: sink.info.sections.len().saturating_sub(1) as u32,
            place: Some(place),
            ..Interface::default()
        };
        for (code, value) in Options::new(&body[8..], order) {
            match (code, value) {
                (1, _) if self.budget(value.len()) => interface.comments.push(text(value)),
                (2, _) => interface.name = Some(text(value)),
                (3, _) => interface.description = Some(text(value)),
                (8, [_, _, _, _, _, _, _, _]) => interface.speed = Some(order.u64(value, 0)),
                (9, [byte, ..]) => interface.resolution = Resolution::from_byte(*byte),
                // The first byte says which kind of filter; 0 is text.
                (11, [0, filter @ ..]) => interface.filter = Some(text(filter)),
                (12, _) => interface.os = Some(text(value)),
                (13, [len, ..]) => interface.fcs_len = Some(*len),
                (14, [_, _, _, _, _, _, _, _]) => {
                    interface.time_offset = order.u64(value, 0) as i64
                }
                (15, _) => interface.hardware = Some(text(value)),
                _ => {}
            }
        }
        self.clocks
            .push((interface.resolution, interface.time_offset));
        sink.info.interfaces.push(interface);
        Ok(())
    }

    fn other(
        &mut self,
        kind: u32,
        body: &[u8],
        place: BlockPlace,
        sink: &mut Sink<'_>,
    ) -> Result<(), String> {
        let section = sink.info.sections.len().saturating_sub(1) as u32;
        let after_frame = sink.next_number() - 1;
        sink.info.blocks.push(RawBlock {
            kind,
            section,
            after_frame,
            place,
        });
        match kind {
            NAMES => self.names(body, sink),
            STATISTICS => self.statistics(body, sink),
            SECRETS => {
                let len = self.order.u32(body, 4) as usize;
                if let Some(secret) = body.get(8..).and_then(|rest| rest.get(..len))
                    && self.budget(len)
                {
                    sink.info.secrets.push(Secrets {
                        kind: self.order.u32(body, 0),
                        bytes: secret.to_vec(),
                    });
                }
            }
            _ => {}
        }
        Ok(())
    }

    /// Section 4.5: records of type, length, address, names that end with a zero byte; type 0 ends the list.
    fn names(&mut self, body: &[u8], sink: &mut Sink<'_>) {
        for (kind, value) in Options::new(body, self.order) {
            let (address, names) = match (kind, value.first_chunk::<4>(), value.first_chunk::<16>())
            {
                (1, Some(&v4), _) => (IpAddr::from(v4), &value[4..]),
                (2, _, Some(&v6)) => (IpAddr::from(v6), &value[16..]),
                _ => continue,
            };
            if self.budget(value.len().saturating_mul(4).max(64)) {
                let names = names
                    .split(|byte| *byte == 0)
                    .filter(|name| !name.is_empty())
                    .map(text)
                    .collect();
                sink.info.names.push(NameRecord { address, names });
            }
        }
    }

    fn statistics(&mut self, body: &[u8], sink: &mut Sink<'_>) {
        let order = self.order;
        if body.len() < 12 || !self.budget(128) {
            return;
        }
        let Ok((interface, (resolution, offset))) = self.known(order.u32(body, 0)) else {
            return;
        };
        let mut statistics = Statistics {
            interface,
            ..Statistics::default()
        };
        for (code, value) in Options::new(&body[12..], order) {
            if value.len() != 8 {
                continue;
            }
            let time = || {
                let count = u64::from(order.u32(value, 0)) << 32 | u64::from(order.u32(value, 4));
                Some(resolution.nanoseconds(count, offset))
            };
            let count = Some(order.u64(value, 0));
            match code {
                2 => statistics.start_ns = time(),
                3 => statistics.end_ns = time(),
                4 => statistics.received = count,
                5 => statistics.dropped = count,
                6 => statistics.accepted = count,
                7 => statistics.os_dropped = count,
                8 => statistics.delivered = count,
                _ => {}
            }
        }
        sink.info.statistics.push(statistics);
    }

    /// Whether so many more bytes of text may be kept in memory.
    fn budget(&mut self, len: usize) -> bool {
        // Each piece costs an allocation and an entry too.
        self.text = self.text.saturating_add(len).saturating_add(64);
        self.text <= MAX_TEXT
    }
}

/// UTF-8 as the format demands; what is not is shown as well as it can be.
fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes)
        .trim_end_matches('\0')
        .to_owned()
}
