//! Writing: what is written reads back equal, and nothing is ever half written.

use std::fs;
use std::path::Path;

use super::sample::{Order, Read, read, rich_pcapng, small_pcap};
use super::*;

fn recording(read: &Read) -> Recording<'_> {
    Recording {
        info: &read.info,
        snapshot: &read.snapshot,
        source: &read.source,
    }
}

fn save_all(from: &Read, format: FileFormat, gzip: bool) -> Result<Vec<u8>, FileError> {
    save_some(from, 1..=from.snapshot.len(), format, gzip)
}

fn save_some(
    from: &Read,
    numbers: impl IntoIterator<Item = u32>,
    format: FileFormat,
    gzip: bool,
) -> Result<Vec<u8>, FileError> {
    let path = from.folder.path().join("saved");
    let result = save(
        &path,
        recording(from),
        numbers,
        SaveOptions { format, gzip },
        &mut |_| true,
    );
    let names: Vec<_> = fs::read_dir(from.folder.path())
        .unwrap()
        .map(|entry| entry.unwrap().file_name())
        .collect();
    assert_eq!(
        names.len(),
        if result.is_ok() { 2 } else { 1 },
        "nothing is left lying about: {names:?}"
    );
    let bytes = result.map(|_| fs::read(&path).unwrap())?;
    fs::remove_file(&path).unwrap();
    Ok(bytes)
}

fn without_place(read: &Read) -> Vec<(FrameMeta, Vec<u8>)> {
    read.frames
        .iter()
        .map(|(meta, bytes)| (FrameMeta { offset: 0, ..*meta }, bytes.clone()))
        .collect()
}

#[test]
fn pcapng_saved_as_pcapng_is_the_same_file() {
    let bytes = rich_pcapng();
    let original = read(&bytes);
    assert!(save_all(&original, FileFormat::Pcapng, false).unwrap() == bytes);
    let packed = save_all(&original, FileFormat::Pcapng, true).unwrap();
    assert!(packed.starts_with(&[0x1f, 0x8b]) && packed.len() < bytes.len());
    let again = read(&packed);
    assert_eq!(again.frames, original.frames);
    // And from a compressed source.
    assert!(save_all(&again, FileFormat::Pcapng, false).unwrap() == bytes);
}

#[test]
fn a_selection_keeps_all_but_the_other_frames() {
    let original = read(&rich_pcapng());
    let some = read(&save_some(&original, [2, 3, 8], FileFormat::Pcapng, false).unwrap());
    let all = without_place(&original);
    assert_eq!(
        without_place(&some),
        [all[1].clone(), all[2].clone(), all[7].clone()]
    );
    assert_eq!(some.info.comments.keys().copied().collect::<Vec<_>>(), [1]);
    assert_eq!(some.info.secrets, original.info.secrets);
    assert_eq!(some.info.names, original.info.names);
    assert_eq!(some.info.statistics, original.info.statistics);
    assert_eq!(some.info.blocks.len(), original.info.blocks.len());
    let none = read(&save_some(&original, [], FileFormat::Pcapng, false).unwrap());
    assert_eq!((none.frames.len(), none.info.interfaces.len()), (0, 4));
}

#[test]
fn edited_comments_are_written_and_other_options_stay() {
    let mut original = read(&rich_pcapng());
    original
        .info
        .set_comments(1, vec!["new".to_owned(), "zwei ☂".to_owned()]);
    original.info.set_comments(2, Vec::new());
    original.info.set_comments(6, vec!["changed".to_owned()]);
    original
        .info
        .set_comments(8, vec!["on an old block".to_owned()]);
    original
        .info
        .set_capture_comments(vec!["of the whole".to_owned()]);
    let saved = read(&save_all(&original, FileFormat::Pcapng, false).unwrap());
    assert_eq!(without_place(&saved), without_place(&original));
    assert_eq!(saved.info.comments, original.info.comments);
    assert_eq!(saved.info.sections[0].comments, ["of the whole"]);
    assert_eq!(
        saved.info.sections[0].application.as_deref(),
        Some("a program")
    );
    assert_eq!(saved.info.sections[1].comments, ["a recording"]);
    let mut reader = FrameReader::new(&saved.source);
    let codes = |number: u32, reader: &mut FrameReader| {
        let options =
            saved
                .info
                .frame_options(number, &saved.frames[number as usize - 1].0, reader);
        options.iter().map(|option| option.code).collect::<Vec<_>>()
    };
    assert_eq!(codes(2, &mut reader), [2]);
    assert_eq!(codes(6, &mut reader), [1, 2]);
    original
        .info
        .set_comments(3, vec!["has no place".to_owned()]);
    let error = save_all(&original, FileFormat::Pcapng, false).unwrap_err();
    assert!(
        error
            .to_string()
            .contains("frame 3 is in a simple packet block"),
        "{error}"
    );
}

#[test]
fn pcap_reads_back_equal_in_every_format() {
    for bytes in [small_pcap(), nanos()] {
        let original = read(&bytes);
        for format in [FileFormat::Pcap, FileFormat::PcapNanos, FileFormat::Pcapng] {
            for gzip in [false, true] {
                let saved = read(&save_all(&original, format, gzip).unwrap());
                assert_eq!(
                    (
                        saved.error.clone(),
                        saved.info.format,
                        saved.info.compressed
                    ),
                    (None, format, gzip)
                );
                let mut expected = without_place(&original);
                if format == FileFormat::Pcap {
                    for (meta, _) in &mut expected {
                        meta.time_ns -= meta.time_ns % 1000;
                    }
                }
                assert_eq!(without_place(&saved), expected);
                assert_eq!(
                    (
                        saved.info.interfaces[0].link_type,
                        saved.info.interfaces[0].fcs_len
                    ),
                    (
                        original.info.interfaces[0].link_type,
                        original.info.interfaces[0].fcs_len
                    )
                );
            }
        }
    }
    assert!(save_all(&read(&small_pcap()), FileFormat::Pcap, false).unwrap() == small_pcap());
    let lost = SaveOptions {
        format: FileFormat::Pcap,
        gzip: false,
    }
    .loses(&read(&nanos()).info);
    assert_eq!(lost, ["times finer than a microsecond"]);
}

fn nanos() -> Vec<u8> {
    let o = Order(true);
    [
        o.pcap_header(0xa1b2_3c4d, 0, 0x2400_0001),
        o.pcap_frame(1_600_000_000, 123_456_789, 60, b"one"),
        o.pcap_frame(7, 999_999_999, 60, b""),
    ]
    .concat()
}

/// A capture that never was a file, with all that pcapng can say about it.
#[test]
fn a_new_pcapng_holds_everything() {
    let frames: [&[u8]; 3] = [b"alpha", b"be", b"gamma ray"];
    let mut info = CaptureInfo::with_interfaces(vec![
        Interface {
            link_type: 1,
            snap_len: 100,
            name: Some("client".to_owned()),
            description: Some("left".to_owned()),
            filter: Some("arp".to_owned()),
            ..Interface::default()
        },
        Interface {
            link_type: 1,
            comments: vec!["x".to_owned()],
            speed: Some(1_000_000),
            hardware: Some("card".to_owned()),
            os: Some("os".to_owned()),
            fcs_len: Some(4),
            ..Interface::default()
        },
    ]);
    info.set_capture_comments(vec!["played".to_owned()]);
    info.names.push(NameRecord {
        address: "2001:db8::1".parse().unwrap(),
        names: vec!["foo.com".to_owned()],
    });
    info.secrets.push(Secrets {
        kind: 0x544c_534b,
        bytes: b"CLIENT_RANDOM".to_vec(),
    });
    info.statistics.push(Statistics {
        interface: 1,
        start_ns: Some(5),
        end_ns: Some(1 << 40),
        received: Some(3),
        os_dropped: Some(9),
        ..Statistics::default()
    });
    let mut bytes = Vec::new();
    let mut writer = CaptureWriter::new(&mut bytes, FileFormat::Pcapng, &info).unwrap();
    let mut metas = Vec::new();
    for (index, frame) in frames.iter().enumerate() {
        let mut meta = FrameMeta {
            time_ns: 1_700_000_000_123_456_789 + index as i64,
            captured: frame.len() as u32,
            original: 77,
            interface: index as u32 % 2,
            offset: 0,
        };
        let comments = if index == 1 {
            vec!["here".to_owned()]
        } else {
            Vec::new()
        };
        meta.offset = writer.frame(&meta, frame, &comments).unwrap();
        metas.push(meta);
    }
    let stranger = FrameMeta {
        interface: 2,
        ..FrameMeta::default()
    };
    assert!(writer.frame(&stranger, b"", &[]).is_err());
    writer.finish(&info).unwrap();
    let read = read(&bytes);
    assert_eq!(read.error, None);
    assert_eq!(
        read.frames
            .iter()
            .map(|(meta, _)| *meta)
            .collect::<Vec<_>>(),
        metas,
        "offsets are right too"
    );
    assert!(read.frames.iter().map(|(_, bytes)| &bytes[..]).eq(frames));
    assert_eq!(read.info.comments[&2], ["here"]);
    assert_eq!(read.info.sections[0].comments, ["played"]);
    assert_eq!(
        (&read.info.names, &read.info.secrets, &read.info.statistics),
        (&info.names, &info.secrets, &info.statistics)
    );
    for (written, given) in read.info.interfaces.iter().zip(&info.interfaces) {
        let expected = Interface {
            resolution: Resolution::Decimal(9),
            place: written.place,
            ..given.clone()
        };
        assert_eq!(*written, expected);
    }
}

#[test]
fn pcap_says_what_it_cannot_hold() {
    let original = read(&rich_pcapng());
    let error = save_all(&original, FileFormat::Pcap, false)
        .unwrap_err()
        .to_string();
    assert!(
        error.contains("one link type") && error.contains("(1 and 101)"),
        "{error}"
    );
    let one = read(&save_some(&original, [2, 6], FileFormat::PcapNanos, false).unwrap());
    assert_eq!(one.info.interfaces[0].link_type, 101);
    assert_eq!(
        one.frames
            .iter()
            .map(|(meta, _)| meta.time_ns)
            .collect::<Vec<_>>(),
        [1_600_000_000_500_000_000; 2]
    );
    let lost = SaveOptions {
        format: FileFormat::PcapNanos,
        gzip: true,
    }
    .loses(&original.info);
    assert_eq!(lost.len(), 7, "{lost:?}");
    let o = Order(false);
    let early = [
        o.section(&[]),
        o.interface(1, 0, &o.option(14, &o.n64(-9_i64 as u64))),
        o.packet(0, 1, 1, b"x", &[]),
    ]
    .concat();
    let error = save_all(&read(&early), FileFormat::Pcap, false)
        .unwrap_err()
        .to_string();
    assert!(error.contains("before 1970"), "{error}");
    for numbers in [vec![2, 1], vec![2, 2], vec![9], vec![0]] {
        assert!(matches!(
            save_some(&original, numbers, FileFormat::Pcapng, false),
            Err(FileError::CannotHold { .. })
        ));
    }
}

#[test]
fn the_old_file_stays_until_the_new_one_is_whole() {
    let original = read(&small_pcap());
    let path = &original.path;
    let options = SaveOptions::default();
    // Frame 4 does not exist: the writing fails after three frames.
    assert!(save(path, recording(&original), 1..=4, options, &mut |_| true).is_err());
    assert!(fs::read(path).unwrap() == small_pcap());
    // Over the very file it is read from, through a link.
    let link = original.folder.path().join("link");
    std::os::unix::fs::symlink(path, &link).unwrap();
    assert_eq!(
        save(&link, recording(&original), [1, 3], options, &mut |_| true),
        Ok(2)
    );
    assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
    let mut file = CaptureFile::open(path).unwrap();
    let mut batch = Batch::default();
    assert!(file.read_batch(&mut batch).unwrap());
    assert_eq!(
        (batch.frames.len(), batch.frame_bytes(1)),
        (2, &b"three"[..])
    );
    // The open capture still reads the old one.
    let mut reader = FrameReader::new(&original.source);
    assert_eq!(reader.frame(&original.frames[2].0).unwrap(), b"three");
    for (bad, words) in [
        (Path::new("/nonexistent/x.pcap"), "no such file"),
        (original.folder.path(), "folder"),
    ] {
        let error = save(bad, recording(&original), [1], options, &mut |_| true)
            .unwrap_err()
            .to_string();
        assert!(error.contains(words), "{error}");
    }
}

#[test]
fn saving_can_be_cancelled() {
    let o = Order(false);
    let bytes = [
        o.pcap_header(0xa1b2_c3d4, 0, 1),
        o.pcap_frame(1, 1, 1, b"x").repeat(10_000),
    ]
    .concat();
    let original = read(&bytes);
    let path = original.folder.path().join("saved");
    let mut told = Vec::new();
    let result = save(
        &path,
        recording(&original),
        1..=10_000,
        SaveOptions::default(),
        &mut |count| {
            told.push(count);
            count < 8000
        },
    );
    assert_eq!(result, Err(FileError::Cancelled { path: path.clone() }));
    assert_eq!(told, [4096, 8192]);
    assert!(!path.exists());
}
