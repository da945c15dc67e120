//! Reading pcap files: a header of 24 bytes, then a header of 16 bytes and the captured bytes for every frame.
//!
//! The format is described in pcap-savefile(5) and draft-ietf-opsawg-pcap.
//!
//! ```text
//!  magic | major minor | zone | accuracy | snap length | link type      file header, 6 × 32 bits
//!  seconds | micro- or nanoseconds | captured length | original length   frame header, 4 × 32 bits
//! ```

use super::FrameMeta;
use super::file::{MAX_RECORD, Problem, Progress, Sink};
use super::info::{ByteOrder, CaptureInfo, FileFormat, Interface, Resolution, Section};

/// Length of the file header.
pub(super) const HEADER: usize = 24;

/// A frame longer than this is believed only if the file's snap length announces such frames: in a damaged file, any
/// four bytes may be taken for a length.
const USUAL_MAX: u32 = 262_144;

/// How the frames of one pcap file are laid out.
#[derive(Debug, Clone, Copy)]
pub(super) struct Pcap {
    order: ByteOrder,
    /// Nanoseconds in one unit of the fraction.
    unit: i64,
    /// Length of a frame header: 16, or 24 in the variant of magic 0xa1b2cd34.
    header: usize,
    limit: u32,
    swapped: Swapped,
}

/// Whether the two lengths stand in the other order (pcap-savefile(5), for file versions before 2.4).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Swapped {
    No,
    Yes,
    /// Version 2.3 was written both ways: the captured length is the smaller.
    WhereOdd,
}

/// Recognises the magic number: byte order, kind, length of a frame header.
pub(super) fn recognise(start: &[u8]) -> Option<(ByteOrder, FileFormat, usize)> {
    for order in [ByteOrder::Little, ByteOrder::Big] {
        match order.u32(start, 0) {
            0xa1b2_c3d4 => return Some((order, FileFormat::Pcap, 16)),
            0xa1b2_3c4d => return Some((order, FileFormat::PcapNanos, 16)),
            0xa1b2_cd34 => return Some((order, FileFormat::Pcap, 24)),
            _ => {}
        }
    }
    None
}

impl Pcap {
    /// Takes the file header, which must be whole, and notes what it says.
    pub(super) fn open(header: &[u8], info: &mut CaptureInfo) -> Option<Self> {
        let (order, format, frame_header) = recognise(header)?;
        let snap_len = order.u32(header, 16);
        let link = order.u32(header, 20);
        // draft-ietf-opsawg-pcap: bit 26 says that the four highest bits count the FCS in units of two bytes.
        let fcs_len = (link & 0x0400_0000 != 0).then_some((link >> 28) as u8 * 2);
        info.format = format;
        info.sections.push(Section {
            byte_order: order,
            ..Section::default()
        });
        info.interfaces.push(Interface {
            link_type: link as u16,
            fcs_len,
            snap_len,
            resolution: Resolution::Decimal(if format == FileFormat::Pcap { 6 } else { 9 }),
            ..Interface::default()
        });
        Some(Self {
            order,
            unit: if format == FileFormat::Pcap { 1000 } else { 1 },
            header: frame_header,
            limit: if snap_len == 0 {
                MAX_RECORD
            } else {
                snap_len.clamp(USUAL_MAX, MAX_RECORD)
            },
            swapped: match (order.u16(header, 4), order.u16(header, 6)) {
                (2, 0..=2) | (2, 543) => Swapped::Yes,
                (2, 3) => Swapped::WhereOdd,
                _ => Swapped::No,
            },
        })
    }

    /// Takes all whole records out of `window`, which begins at file offset `base`.
    pub(super) fn scan(&self, window: &[u8], base: u64, sink: &mut Sink<'_>) -> Progress {
        match self.order {
            ByteOrder::Little => self.scan_with(window, base, sink, u32::from_le_bytes),
            ByteOrder::Big => self.scan_with(window, base, sink, u32::from_be_bytes),
        }
    }

    #[inline]
    fn scan_with(
        &self,
        window: &[u8],
        base: u64,
        sink: &mut Sink<'_>,
        number: impl Fn([u8; 4]) -> u32,
    ) -> Progress {
        let mut at = 0;
        loop {
            let rest = &window[at..];
            let Some(
                &[
                    s0,
                    s1,
                    s2,
                    s3,
                    f0,
                    f1,
                    f2,
                    f3,
                    c0,
                    c1,
                    c2,
                    c3,
                    o0,
                    o1,
                    o2,
                    o3,
                ],
            ) = rest.first_chunk()
            else {
                return Progress {
                    consumed: at,
                    need: self.header,
                    problem: None,
                };
            };
            let seconds = number([s0, s1, s2, s3]);
            let fraction = number([f0, f1, f2, f3]);
            let (mut captured, mut original) = (number([c0, c1, c2, c3]), number([o0, o1, o2, o3]));
            if self.swapped == Swapped::Yes
                || (self.swapped == Swapped::WhereOdd && captured > original)
            {
                std::mem::swap(&mut captured, &mut original);
            }
            if captured > self.limit {
                let what = format!(
                    "a frame of {captured} bytes, more than the {} that this file can have",
                    self.limit
                );
                return Progress {
                    consumed: at,
                    need: 0,
                    problem: Some(Problem {
                        at: base + at as u64,
                        what,
                    }),
                };
            }
            let len = self.header + captured as usize;
            if rest.len() < len || sink.is_full() {
                return Progress {
                    consumed: at,
                    need: len,
                    problem: None,
                };
            }
            sink.frames.push(FrameMeta {
                time_ns: i64::from(seconds) * 1_000_000_000 + i64::from(fraction) * self.unit,
                offset: base + (at + self.header) as u64,
                captured,
                original,
                interface: 0,
            });
            at += len;
        }
    }
}
