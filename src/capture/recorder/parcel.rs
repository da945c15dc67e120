//! Frames on their way from an interface to the file: already in the form in which the file has them, so that they are
//! copied once by the thread that takes them, and written in one go.

use std::time::Instant;

use super::super::pcapng;
use crate::capture::FileFormat;

/// A parcel of this size is sent off. Fits into the processor's cache, and one write of it costs little.
pub(super) const FULL: usize = 64 << 10;

/// One frame of a parcel.
#[derive(Debug, Clone, Copy)]
pub(super) struct Record {
    /// Where its record ends in the parcel's bytes.
    pub(super) end: usize,
    /// Nanoseconds since 1970.
    pub(super) time_ns: i64,
    /// Length on the wire.
    pub(super) original: u32,
    /// Index of its interface.
    pub(super) interface: u32,
}

/// Some frames.
#[derive(Debug)]
pub(super) struct Parcel {
    /// Records of the file's format, one after the other.
    pub(super) bytes: Vec<u8>,
    /// Where each ends, and what else must be known about it.
    pub(super) records: Vec<Record>,
    /// When it was sent off.
    pub(super) sent: Instant,
}

impl Default for Parcel {
    fn default() -> Self {
        Self {
            bytes: Vec::new(),
            records: Vec::new(),
            sent: Instant::now(),
        }
    }
}

impl Parcel {
    pub(super) fn clear(&mut self) {
        self.bytes.clear();
        self.records.clear();
    }

    pub(super) fn is_empty(&self) -> bool {
        self.records.is_empty()
    }

    pub(super) fn is_full(&self) -> bool {
        self.bytes.len() >= FULL
    }

    /// Adds a frame. `time_ns` before 1970 counts as 1970.
    #[inline]
    pub(super) fn push(
        &mut self,
        format: FileFormat,
        interface: u32,
        time_ns: i64,
        original: u32,
        frame: &[u8],
    ) {
        let captured = frame.len() as u32; // libpcap's lengths have 32 bits
        let time = time_ns.max(0) as u64;
        if format == FileFormat::Pcapng {
            // Enhanced Packet Block (draft-ietf-opsawg-pcapng, section 4.3).
            let padding = frame.len().next_multiple_of(4) - frame.len();
            let len = (pcapng::PACKET_HEADER + frame.len() + padding + 4) as u32;
            let mut head = [0; pcapng::PACKET_HEADER];
            let fields = [
                pcapng::PACKET,
                len,
                interface,
                (time >> 32) as u32,
                time as u32,
                captured,
                original,
            ];
            for (place, field) in head.chunks_exact_mut(4).zip(fields) {
                place.copy_from_slice(&field.to_le_bytes());
            }
            self.bytes.reserve(len as usize);
            self.bytes.extend_from_slice(&head);
            self.bytes.extend_from_slice(frame);
            self.bytes.extend_from_slice(&[0; 3][..padding]);
            self.bytes.extend_from_slice(&len.to_le_bytes());
        } else {
            let unit = if format == FileFormat::Pcap { 1000 } else { 1 };
            let fields = [
                (time / 1_000_000_000) as u32,
                (time % 1_000_000_000 / unit) as u32,
                captured,
                original,
            ];
            let mut head = [0; 16];
            for (place, field) in head.chunks_exact_mut(4).zip(fields) {
                place.copy_from_slice(&field.to_le_bytes());
            }
            self.bytes.reserve(head.len() + frame.len());
            self.bytes.extend_from_slice(&head);
            self.bytes.extend_from_slice(frame);
        }
        self.records.push(Record {
            end: self.bytes.len(),
            time_ns,
            original,
            interface,
        });
    }

    /// Where a record begins.
    pub(super) fn start_of(&self, record: usize) -> usize {
        record
            .checked_sub(1)
            .and_then(|before| self.records.get(before))
            .map_or(0, |before| before.end)
    }

    /// Takes over a record of another parcel.
    pub(super) fn push_from(&mut self, other: &Self, record: usize) {
        let Some(known) = other.records.get(record) else {
            return;
        };
        let bytes = other.bytes.get(other.start_of(record)..known.end);
        self.bytes.extend_from_slice(bytes.unwrap_or_default());
        self.records.push(Record {
            end: self.bytes.len(),
            ..*known
        });
    }

    /// Keeps only so many records.
    pub(super) fn truncate(&mut self, records: usize) {
        self.bytes
            .truncate(self.start_of(records.min(self.records.len())));
        self.records.truncate(records);
    }
}
