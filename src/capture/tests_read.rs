//! Reading: every variant of the formats, and every way in which a file can be wrong.

use std::net::IpAddr;

use super::sample::{Order, Read, Seeded, gzip, open, read, rich_pcapng, small_pcap};
use super::*;

fn times(read: &Read) -> Vec<i64> {
    read.frames.iter().map(|(meta, _)| meta.time_ns).collect()
}

#[test]
fn pcap_in_both_byte_orders_and_both_units() {
    for big in [false, true] {
        for (magic, format, unit) in [
            (0xa1b2_c3d4, FileFormat::Pcap, 1000),
            (0xa1b2_3c4d, FileFormat::PcapNanos, 1),
        ] {
            let o = Order(big);
            let bytes = [
                o.pcap_header(magic, 96, 113),
                o.pcap_frame(1_600_000_000, 999_999, 1500, b"abcde"),
                o.pcap_frame(0x9000_0000, 0, 0, b""),
            ]
            .concat();
            let read = read(&bytes);
            assert_eq!(read.error, None);
            assert_eq!(read.info.format, format);
            assert_eq!(
                read.info.sections[0].byte_order,
                if big {
                    ByteOrder::Big
                } else {
                    ByteOrder::Little
                }
            );
            assert_eq!(
                (
                    read.info.interfaces[0].link_type,
                    read.info.interfaces[0].snap_len
                ),
                (113, 96)
            );
            let meta = FrameMeta {
                time_ns: 1_600_000_000_000_000_000 + 999_999 * unit,
                offset: 40,
                captured: 5,
                original: 1500,
                interface: 0,
            };
            assert_eq!(read.frames[0], (meta, b"abcde".to_vec()));
            assert_eq!(read.frames[1].0.time_ns, 0x9000_0000 * 1_000_000_000);
            assert_eq!(read.frames.len(), 2);
        }
    }
}

#[test]
fn pcap_variants() {
    let o = Order(false);
    // Four bytes of FCS: bit 26, and 2 (times two bytes) in the four highest.
    let fcs = read(&o.pcap_header(0xa1b2_c3d4, 0, 0x2400_0001));
    assert_eq!(
        (
            fcs.info.interfaces[0].link_type,
            fcs.info.interfaces[0].fcs_len
        ),
        (1, Some(4))
    );
    assert!(fcs.frames.is_empty() && fcs.error.is_none());
    // The variant with eight more bytes before each frame.
    let bytes = [
        o.pcap_header(0xa1b2_cd34, 96, 1),
        o.words(&[1, 2, 3, 60, 9, 9]),
        b"abc".to_vec(),
    ]
    .concat();
    let longer = read(&bytes);
    assert_eq!(longer.frames[0].1, b"abc");
    assert_eq!(
        (longer.frames[0].0.time_ns, longer.frames[0].0.original),
        (1_000_002_000, 60)
    );
    // Version 2.2 has the two lengths in the other order.
    let mut bytes = o.pcap_header(0xa1b2_c3d4, 96, 1);
    bytes[6] = 2;
    bytes.extend([o.words(&[1, 2, 60, 3]), b"abc".to_vec()].concat());
    let old = read(&bytes);
    assert_eq!(
        (old.frames[0].0.captured, old.frames[0].0.original),
        (3, 60)
    );
}

/// A frame longer than the block that is read at once, and than the usual limit.
#[test]
fn huge_frames_are_read_where_the_snap_length_announces_them() {
    let o = Order(true);
    let data: Vec<u8> = (0..3_500_000_u32).map(|n| (n % 251) as u8).collect();
    for snap_len in [0, 4_000_000, u32::MAX] {
        let bytes = [
            o.pcap_header(0xa1b2_c3d4, snap_len, 1),
            o.pcap_frame(1, 0, 9, b"x"),
            o.pcap_frame(2, 0, 9, &data),
            o.pcap_frame(3, 0, 9, b"yz"),
        ]
        .concat();
        for bytes in [gzip(&bytes), bytes] {
            let read = read(&bytes);
            assert_eq!(read.error, None);
            assert_eq!(
                read.frames
                    .iter()
                    .map(|(_, bytes)| bytes.len())
                    .collect::<Vec<_>>(),
                [1, data.len(), 2]
            );
            assert!(read.frames[1].1 == data);
        }
    }
    let bytes = [
        o.pcap_header(0xa1b2_c3d4, 65535, 1),
        o.pcap_frame(1, 0, 9, b"x"),
        o.pcap_frame(2, 0, 9, &data),
    ]
    .concat();
    let refused = read(&bytes);
    assert_eq!(refused.frames.len(), 1);
    let error = refused.error.unwrap();
    assert!(error.is_damage());
    assert!(
        error
            .to_string()
            .contains("damaged at offset 41, where frame 2 should be: a frame of 3500000 bytes"),
        "{error}"
    );
}

/// Lengths that only a damaged file has: nothing is allocated for them, and what was before is kept.
#[test]
fn oversize_lengths_are_damage() {
    let o = Order(false);
    for len in [MAX + 4, u32::MAX, i32::MAX as u32] {
        let bytes = [
            o.pcap_header(0xa1b2_c3d4, 0, 1),
            o.pcap_frame(1, 0, 9, b"x"),
            o.words(&[1, 2, len, 4]),
        ]
        .concat();
        let result = read(&bytes);
        assert_eq!(result.frames.len(), 1);
        assert!(
            matches!(
                result.error,
                Some(FileError::Damaged {
                    frame: 2,
                    offset: 41,
                    ..
                })
            ),
            "{:?}",
            result.error
        );
        let start = [
            o.section(&[]),
            o.interface(1, 0, &[]),
            o.packet(0, 1, 1, b"x", &[]),
        ]
        .concat();
        let result = read(&[start.clone(), o.words(&[6, len & !3, 0, 0, 0, 0])].concat());
        assert_eq!(result.frames.len(), 1);
        let offset = start.len() as u64;
        assert!(
            matches!(result.error, Some(FileError::Damaged { frame: 2, offset: at, .. }) if at == offset),
            "{:?}",
            result.error
        );
    }
    // Within the limit, but not in the file.
    let bytes = [o.pcap_header(0xa1b2_c3d4, 0, 1), o.words(&[1, 2, MAX, 4])].concat();
    assert!(matches!(
        read(&bytes).error,
        Some(FileError::CutShort {
            frame: 1,
            offset: 24,
            ..
        })
    ));
}

const MAX: u32 = file::MAX_RECORD;

#[test]
fn everything_in_a_pcapng_is_understood() {
    let read = read(&rich_pcapng());
    assert_eq!(read.error, None);
    let info = &read.info;
    assert_eq!(
        info.sections
            .iter()
            .map(|s| (s.byte_order, s.first_interface))
            .collect::<Vec<_>>(),
        [(ByteOrder::Little, 0), (ByteOrder::Big, 2)]
    );
    assert_eq!(info.interfaces.len(), 4);
    for section in 0..2_usize {
        let head = &info.sections[section];
        assert_eq!(
            (
                &head.comments[..],
                head.os.as_deref(),
                head.application.as_deref()
            ),
            (
                &["a recording".to_owned()][..],
                Some("an os"),
                Some("a program")
            )
        );
        let first = &info.interfaces[section * 2];
        assert_eq!(
            (first.link_type, first.snap_len, first.section),
            (1, 96, section as u32)
        );
        assert_eq!(
            (
                first.name.as_deref(),
                first.description.as_deref(),
                first.filter.as_deref()
            ),
            (Some("eth0"), Some("the first"), Some("tcp port 80"))
        );
        assert_eq!(
            (first.resolution, first.time_offset),
            (Resolution::Decimal(9), 100)
        );
        assert_eq!(first.comments, ["on the interface"]);
        assert_eq!(
            info.interfaces[section * 2 + 1].resolution,
            Resolution::Binary(10)
        );
        let frames = &read.frames[section * 4..][..4];
        let number = section as u32 * 4;
        let base = section as u32 * 2;
        let summary: Vec<_> = frames
            .iter()
            .map(|(m, _)| (m.time_ns, m.captured, m.original, m.interface))
            .collect();
        assert_eq!(
            summary,
            [
                (1_600_000_100_123_456_789 + section as i64, 11, 1000, base),
                (1_600_000_000_500_000_000, 4, 4, base + 1),
                (NO_TIME, 96, 120, base),
                (100_000_005_000, 3, 60, base),
            ]
        );
        let bytes: Vec<_> = frames.iter().map(|(_, bytes)| &bytes[..]).collect();
        assert_eq!(bytes, [b"first frame", &b"\x45abc"[..], &[7; 96], b"old"]);
        assert_eq!(info.comments[&(number + 2)], ["look here", "and thére"]);
        assert_eq!(
            info.secrets[section],
            Secrets {
                kind: 0x544c_534b,
                bytes: b"LINE\n".to_vec()
            }
        );
        assert_eq!(info.names[section].address, IpAddr::from([10, 0, 0, 1]));
        assert_eq!(info.names[section].names, ["a.example", "b.example"]);
        let statistics = &info.statistics[section];
        assert_eq!(
            (
                statistics.interface,
                statistics.received,
                statistics.dropped,
                statistics.accepted
            ),
            (base, Some(44), Some(3), None)
        );
        let mut reader = FrameReader::new(&read.source);
        let options = info.frame_options(number + 2, &frames[1].0, &mut reader);
        assert_eq!(
            options.iter().map(|option| option.code).collect::<Vec<_>>(),
            [1, 2, 1]
        );
        assert_eq!(info.byte_order(base + 1).u32(&options[1].value, 0), 1);
        assert!(
            info.frame_options(number + 1, &frames[0].0, &mut reader)
                .is_empty()
        );
    }
    assert_eq!(info.comments.len(), 2);
    let kinds: Vec<_> = info
        .blocks
        .iter()
        .map(|block| (block.kind, block.section, block.after_frame))
        .collect();
    let half = [
        (10, 0, 0),
        (4, 0, 1),
        (0xbad, 0, 3),
        (0x7777, 0, 4),
        (5, 0, 4),
    ];
    let second = half.map(|(kind, _, after)| (kind, 1, after + 4));
    assert_eq!(kinds, [half, second].concat());
}

#[test]
fn units_and_offsets_of_time() {
    let count = (1_600_000_000_u64 << 10) + 512;
    for (byte, ns) in [
        (6, 1_638_400_000_512_000),
        (9, 1_638_400_000_512),
        (12, 1_638_400_000),
        (3, 1_638_400_000_512_000_000),
        (20, 0),
        (127, 0),
        (0, i64::MAX), // the year 53,000 is beyond
        (0x80 | 10, 1_600_000_000_500_000_000),
        (0x80 | 32, 381_469_726_681),
        (0x80 | 63, 0),
        (0xff, 0),
    ] {
        let resolution = Resolution::from_byte(byte);
        let unit = 10_u64.pow(3);
        assert_eq!(
            resolution.nanoseconds(count, 0) / unit as i64,
            ns / unit as i64,
            "{byte:#x}"
        );
    }
    assert_eq!(Resolution::Decimal(6).nanoseconds(1, -100), -99_999_999_000);
    assert_eq!(
        Resolution::Decimal(6).nanoseconds(u64::MAX, i64::MAX),
        i64::MAX
    );
    assert_eq!(
        Resolution::Decimal(0).nanoseconds(u64::MAX, i64::MIN),
        i64::MAX
    );
    assert_eq!(Resolution::Decimal(9).nanoseconds(0, i64::MIN), NO_TIME + 1);
    let o = Order(false);
    let bytes = [
        o.section(&[]),
        o.interface(1, 0, &o.option(14, &o.n64(-5_i64 as u64))),
        o.packet(0, 7_000_001, 1, b"x", &[]),
    ]
    .concat();
    assert_eq!(times(&read(&bytes)), [2_000_001_000]);
}

#[test]
fn pcapng_that_contradicts_itself() {
    let o = Order(false);
    let good = [
        o.section(&[]),
        o.interface(1, 0, &[]),
        o.packet(0, 1, 1, b"good", &[]),
    ]
    .concat();
    let mut wrong_end = o.packet(0, 1, 1, b"x", &[]);
    let at = wrong_end.len() - 4;
    wrong_end[at] ^= 4;
    let mut overfull = o.packet(0, 1, 1, b"x", &[]);
    overfull[20] = 5;
    let mut version = o.section(&[]);
    version[12] = 2;
    let mut order_mark = o.section(&[]);
    order_mark[8] = 0;
    for (bad, why) in [
        (
            o.packet(1, 1, 1, b"x", &[]),
            "interface 1, which the section does not describe",
        ),
        (o.packet(u32::MAX, 1, 1, b"x", &[]), "interface 4294967295"),
        (wrong_end, "whose end gives its length"),
        (overfull, "cannot hold the 5 bytes"),
        (o.block(6, &[0; 16]), "too short"),
        (o.block(2, &[0; 16]), "too short"),
        (o.block(3, &[]), "too short"),
        (o.block(3, &o.words(&[100, 0])), "cannot hold the 100 bytes"),
        (o.block(1, &[0; 4]), "too short"),
        (o.block(0x0a0d_0d0a, &o.n32(0x1a2b_3c4d)), "too short"),
        (version, "version 2.0"),
        (order_mark, "byte-order mark"),
        (
            [o.section(&[]), o.packet(0, 1, 1, b"x", &[])].concat(),
            "interface 0, which",
        ),
        (
            [o.section(&[]), o.block(3, &o.words(&[0]))].concat(),
            "interface 0, which",
        ),
        (vec![0; 12], "a block of 0 bytes"),
        (o.words(&[6, 11, 0]), "a block of 11 bytes"),
    ] {
        let result = read(&[&good[..], &bad, &good].concat());
        assert_eq!(result.frames.len(), 1, "{why}");
        let error = result.error.unwrap();
        assert!(
            error.is_damage() && error.to_string().contains(why),
            "{error}"
        );
    }
    // Option lists that make no sense cost only themselves.
    let bad_options = [&[1, 0, 200, 0][..], b"abcd"].concat();
    let bytes = [
        &good[..],
        &o.packet(0, 1, 1, b"next", &bad_options),
        &o.interface(1, 0, &bad_options),
        &o.block(4, &bad_options),
        &o.packet(1, 1, 1, b"last", &[]),
    ];
    let result = read(&bytes.concat());
    assert_eq!(
        (
            result.frames.len(),
            result.error,
            result.info.comments.len()
        ),
        (3, None, 0)
    );
    // A length without its padding.
    let mut unpadded = o.packet(0, 1, 1, b"abc", &[]);
    let len = unpadded.len();
    unpadded[4] -= 1;
    unpadded[len - 4] -= 1;
    let result = read(&[&good[..], &unpadded, &o.packet(0, 1, 1, b"good", &[])].concat());
    assert_eq!((result.frames.len(), result.error), (3, None));
}

/// Cut at every byte: all whole frames before the cut, and an error exactly where the cut is inside a record.
#[test]
fn cut_short_at_every_byte() {
    for whole in [small_pcap(), rich_pcapng()] {
        let full = read(&whole);
        let pcap = full.info.format == FileFormat::Pcap;
        // Where records end, found by walking over them.
        let mut ends = Vec::new();
        if pcap {
            ends.push(24);
            ends.extend(
                full.frames
                    .iter()
                    .map(|(meta, _)| (meta.offset + u64::from(meta.captured)) as usize),
            );
        } else {
            let places = full
                .info
                .sections
                .iter()
                .filter_map(|s| s.place)
                .chain(full.info.interfaces.iter().filter_map(|i| i.place));
            ends.extend(
                places
                    .chain(full.info.blocks.iter().map(|b| b.place))
                    .map(|p| p.offset as usize + p.len as usize),
            );
            let section_of = |meta: &FrameMeta| full.info.byte_order(meta.interface);
            ends.extend(full.frames.iter().map(|(meta, _)| {
                let start = meta.offset as usize - if meta.time_ns == NO_TIME { 12 } else { 28 };
                start + section_of(meta).u32(&whole, start + 4) as usize
            }));
            ends.sort_unstable();
        }
        assert_eq!(*ends.last().unwrap(), whole.len());
        for cut in 0..whole.len() {
            let bytes = &whole[..cut];
            let first = if pcap { 24 } else { 12 };
            if cut < first {
                let error = open(bytes).err().unwrap();
                let expected = if cut == 0 {
                    "empty"
                } else {
                    "not a capture file"
                };
                assert!(error.to_string().contains(expected), "{cut}: {error}");
                continue;
            }
            let part = read(bytes);
            let frame_end = |meta: &FrameMeta| {
                let at = (meta.offset + u64::from(meta.captured)) as usize;
                ends.iter().copied().find(|end| *end >= at).unwrap()
            };
            let expected: Vec<_> = full
                .frames
                .iter()
                .filter(|(meta, _)| frame_end(meta) <= cut)
                .cloned()
                .collect();
            assert_eq!(part.frames, expected, "cut at {cut}");
            match part.error {
                None => assert!(ends.contains(&cut), "cut at {cut} not noticed"),
                Some(FileError::CutShort { frame, offset, .. }) => {
                    assert_eq!(frame as usize, expected.len() + 1);
                    let start = ends
                        .iter()
                        .copied()
                        .filter(|end| *end <= cut)
                        .max()
                        .unwrap_or(0);
                    assert_eq!((offset as usize, start < cut), (start, true));
                }
                Some(error) => panic!("cut at {cut}: {error}"),
            }
        }
    }
}

/// Flipped bits never stop the program, and what was before them is not touched.
#[test]
fn flipped_bits() {
    let mut random = Seeded(7);
    for whole in [small_pcap(), rich_pcapng(), gzip(&rich_pcapng())] {
        let full = read(&whole);
        for _ in 0..500 {
            let mut bytes = whole.clone();
            let mut first = bytes.len();
            for _ in 0..=random.below(4) {
                let at = random.below(bytes.len());
                bytes[at] ^= 1 << random.below(8);
                first = first.min(at);
            }
            if open(&bytes).is_err() {
                continue;
            }
            let flipped = read(&bytes);
            if full.info.compressed || first < 24 {
                continue;
            }
            let untouched = full
                .frames
                .iter()
                .take_while(|(meta, _)| meta.offset + u64::from(meta.captured) + 4 <= first as u64);
            // Descriptions come before the frames; only what follows the flip may differ.
            for ((meta, bytes), (new, new_bytes)) in untouched.zip(&flipped.frames) {
                if full
                    .info
                    .interfaces
                    .iter()
                    .filter_map(|i| i.place)
                    .all(|p| {
                        (first as u64) >= p.offset + u64::from(p.len) || p.offset > meta.offset
                    })
                {
                    assert_eq!((meta, bytes), (new, new_bytes));
                }
            }
        }
    }
}

#[test]
fn gzip_of_several_members_and_with_every_header_field() {
    let whole = rich_pcapng();
    let plain = read(&whole);
    let (a, b) = whole.split_at(300);
    let mut named = gzip(b);
    // FEXTRA, FNAME, FCOMMENT, FHCRC.
    named[3] = 4 | 8 | 16 | 2;
    named.splice(10..10, *b"\x03\x00abcname\0a comment\0\x00\x00");
    let two = [gzip(a), named, vec![0; 100]].concat();
    let read = read(&two);
    assert_eq!(read.error, None);
    assert!(read.info.compressed);
    assert_eq!(read.frames, plain.frames);
}

/// Whatever is left of a compressed file, all frames that are in it are shown.
#[test]
fn gzip_cut_short_or_damaged() {
    let o = Order(false);
    let mut random = Seeded(3);
    let mut whole = o.pcap_header(0xa1b2_c3d4, 65535, 1);
    for n in 0..600 {
        let data: Vec<u8> = (0..100).map(|_| random.below(256) as u8).collect();
        whole.extend(o.pcap_frame(n, 0, 100, &data));
    }
    let packed = gzip(&whole);
    let full = read(&packed);
    assert_eq!((full.frames.len(), full.error), (600, None));
    for cut in [
        packed.len() - 1,
        packed.len() - 8,
        packed.len() - 9,
        packed.len() / 2,
        1000,
    ] {
        let part = read(&packed[..cut]);
        let error = part.error.unwrap().to_string();
        assert!(
            error.contains("the compressed data is cut short"),
            "{error}"
        );
        assert_eq!(part.frames, full.frames[..part.frames.len()]);
        // The bytes are random, so compressed and plain lengths are alike.
        assert!(
            part.frames.len() as i64 >= cut as i64 / 116 - 40,
            "{cut}: {}",
            part.frames.len()
        );
    }
    let mut wrong_sum = packed.clone();
    let at = wrong_sum.len() - 6;
    wrong_sum[at] ^= 1;
    let result = read(&wrong_sum);
    assert_eq!(result.frames.len(), 600);
    assert!(
        result
            .error
            .unwrap()
            .to_string()
            .contains("the checksum does not match")
    );
}

#[test]
fn what_is_no_capture_says_what_it_is() {
    for (bytes, words) in [
        (&b""[..], "empty"),
        (b"PK\x03\x04abc", "ZIP"),
        (b"\x7fELF\x02\x01", "program"),
        (b"%PDF-1.4", "PDF"),
        ("Grüße, Welt".as_bytes(), "text"),
        (b"\x00\x00\x00\x00\x00\x00\x00\x00", "zeros"),
        (b"\x01\x02\x03", "(01 02 03)"),
        (b"\x28\xb5\x2f\xfd", "zstd"),
        (b"\xd4\xc3\xb2\xa1\x02\x00", "after 6 of 24 bytes"),
        (
            b"\x0a\x0d\x0d\x0a\x00\x00\x00\x1c\x00\x00\x00\x00",
            "first block is damaged",
        ),
        (b"\x1f\x8b", "cut short"),
    ] {
        let error = open(bytes).err().unwrap().to_string();
        assert!(error.contains(words) && error.contains("sample"), "{error}");
    }
    let error = open(&gzip(b"PK\x03\x04")).err().unwrap().to_string();
    assert!(error.contains("ZIP"), "{error}");
    let folder = tempfile::tempdir().unwrap();
    assert!(matches!(
        CaptureFile::open(folder.path()),
        Err(FileError::Folder { .. })
    ));
    assert!(matches!(
        CaptureFile::open(&folder.path().join("none")),
        Err(FileError::Missing { .. })
    ));
}

/// A new batch each time (several on their way to another thread), or one that held another file: the same frames.
#[test]
fn batches_may_be_exchanged() {
    let o = Order(false);
    let mut bytes = o.pcap_header(0xa1b2_c3d4, 65535, 1);
    for n in 0..40_000_u32 {
        bytes.extend(o.pcap_frame(n, 0, 100, &n.to_le_bytes().repeat(n as usize % 40)));
    }
    let expected = read(&bytes);
    assert_eq!(expected.frames.len(), 40_000);
    let mut file = CaptureFile::open(&expected.path).unwrap();
    let mut other = CaptureFile::open(&expected.path).unwrap();
    let (mut mine, mut from_other) = (Vec::new(), Batch::default());
    other.read_batch(&mut from_other).unwrap();
    while file.read_batch(&mut from_other).unwrap() {
        for index in 0..from_other.frames.len() {
            mine.push((
                from_other.frames[index],
                from_other.frame_bytes(index).to_vec(),
            ));
        }
        from_other = Batch::default();
    }
    assert!(mine == expected.frames);
}
