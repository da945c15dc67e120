use super::*;

fn place(offset: u64, captured: u32) -> FrameMeta {
    FrameMeta {
        offset,
        captured,
        ..FrameMeta::default()
    }
}

fn temporary(bytes: &[u8]) -> (File, Source) {
    use std::io::Write;
    let mut file = tempfile::tempfile().unwrap();
    file.write_all(bytes).unwrap();
    let source = Source::File(
        Arc::new(file.try_clone().unwrap()),
        Path::new("some.pcap").into(),
    );
    (file, source)
}

#[test]
fn a_reader_gives_the_same_bytes_in_any_order() {
    let bytes: Vec<u8> = (0..3_000_000_u32)
        .map(|n| (n * 7 + n / 251) as u8)
        .collect();
    let (_file, on_disk) = temporary(&bytes);
    for source in [on_disk, Source::Memory(bytes.as_slice().into())] {
        let mut reader = FrameReader::new(&source);
        let mut check = |offset: usize, len: usize| {
            assert_eq!(
                reader.frame(&place(offset as u64, len as u32)).unwrap(),
                &bytes[offset..offset + len]
            );
        };
        for n in 0..2000 {
            check(n * 1400, 1400); // in order
        }
        for n in 0..2000_usize {
            check(n * 7919 * 13 % 2_900_000, n % 300); // here and there
            check(n * 900, 60); // and in order with gaps
        }
        check(0, bytes.len());
        check(bytes.len(), 0);
        check(bytes.len() - 1, 1);
    }
}

/// A random read between frames in order does not make the next one read the block again.
#[test]
fn a_random_read_keeps_the_block() {
    let (_file, source) = temporary(&vec![5; 4_000_000]);
    let mut reader = FrameReader::new(&source);
    for n in 0..500 {
        reader.frame(&place(n * 1000, 900)).unwrap();
    }
    let block = (reader.block_start, reader.block_len);
    reader.frame(&place(3_900_000, 50)).unwrap();
    reader.frame(&place(500 * 1000, 900)).unwrap();
    assert_eq!((reader.block_start, reader.block_len), block);
}

#[test]
fn a_file_cut_short_while_open_is_an_error() {
    let (file, source) = temporary(&vec![9; 100_000]);
    let mut reader = FrameReader::new(&source);
    assert_eq!(reader.frame(&place(50_000, 4)).unwrap(), [9; 4]);
    file.set_len(60_000).unwrap();
    let mut reader = FrameReader::new(&source);
    assert_eq!(reader.frame(&place(59_990, 10)).unwrap(), [9; 10]);
    for meta in [
        place(59_990, 11),
        place(60_000, 1),
        place(99_999, 1),
        place(u64::MAX, u32::MAX >> 8),
    ] {
        let error = reader.frame(&meta).unwrap_err();
        assert!(error.to_string().contains("some.pcap"), "{error}");
    }
    let mut memory = FrameReader::new(&Source::Memory([1_u8, 2, 3].as_slice().into()));
    assert_eq!(memory.frame(&place(1, 2)).unwrap(), [2, 3]);
    assert!(memory.frame(&place(1, 3)).is_err());
    assert!(memory.frame(&place(u64::MAX, 3)).is_err());
}

/// A live capture's file grows behind the reader.
#[test]
fn a_growing_file_is_read_on() {
    use std::io::Write;
    let (mut file, source) = temporary(b"abc");
    let mut reader = FrameReader::new(&source);
    assert_eq!(reader.frame(&place(0, 3)).unwrap(), b"abc");
    assert!(reader.frame(&place(3, 3)).is_err());
    file.write_all(b"def").unwrap();
    assert_eq!(reader.frame(&place(3, 3)).unwrap(), b"def");
    assert_eq!(reader.frame(&place(1, 4)).unwrap(), b"bcde");
}
