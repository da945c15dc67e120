//! Capture files made by hand, byte by byte, for the tests.

use std::io::Write;
use std::path::PathBuf;

use super::*;

/// A number laid out in the byte order of the sample.
#[derive(Clone, Copy)]
pub struct Order(pub bool);

impl Order {
    pub fn n16(self, value: u16) -> [u8; 2] {
        if self.0 {
            value.to_be_bytes()
        } else {
            value.to_le_bytes()
        }
    }
    pub fn n32(self, value: u32) -> [u8; 4] {
        if self.0 {
            value.to_be_bytes()
        } else {
            value.to_le_bytes()
        }
    }
    pub fn n64(self, value: u64) -> [u8; 8] {
        if self.0 {
            value.to_be_bytes()
        } else {
            value.to_le_bytes()
        }
    }

    pub fn words(self, words: &[u32]) -> Vec<u8> {
        words.iter().flat_map(|word| self.n32(*word)).collect()
    }

    pub fn pcap_header(self, magic: u32, snap_len: u32, link: u32) -> Vec<u8> {
        let version = [self.n16(2), self.n16(4)].concat();
        [
            self.words(&[magic]),
            version,
            self.words(&[0, 0, snap_len, link]),
        ]
        .concat()
    }

    pub fn pcap_frame(self, seconds: u32, fraction: u32, original: u32, data: &[u8]) -> Vec<u8> {
        [
            self.words(&[seconds, fraction, data.len() as u32, original]),
            data.to_vec(),
        ]
        .concat()
    }

    pub fn block(self, kind: u32, body: &[u8]) -> Vec<u8> {
        let mut body = body.to_vec();
        body.resize(body.len().next_multiple_of(4), 0);
        let len = body.len() as u32 + 12;
        [self.words(&[kind, len]), body, self.words(&[len])].concat()
    }

    pub fn option(self, code: u16, value: &[u8]) -> Vec<u8> {
        let mut value = value.to_vec();
        let len = value.len() as u16;
        value.resize(value.len().next_multiple_of(4), 0);
        [self.n16(code).to_vec(), self.n16(len).to_vec(), value].concat()
    }

    pub fn section(self, options: &[u8]) -> Vec<u8> {
        let head = [
            self.n32(0x1a2b_3c4d).to_vec(),
            self.n16(1).to_vec(),
            self.n16(0).to_vec(),
            vec![0xff; 8],
        ];
        self.block(0x0a0d_0d0a, &[head.concat(), options.to_vec()].concat())
    }

    pub fn interface(self, link: u16, snap_len: u32, options: &[u8]) -> Vec<u8> {
        let head = [
            self.n16(link).to_vec(),
            vec![0, 0],
            self.n32(snap_len).to_vec(),
        ];
        self.block(1, &[head.concat(), options.to_vec()].concat())
    }

    pub fn packet(
        self,
        interface: u32,
        time: u64,
        original: u32,
        data: &[u8],
        options: &[u8],
    ) -> Vec<u8> {
        let mut padded = data.to_vec();
        padded.resize(data.len().next_multiple_of(4), 0);
        let head = self.words(&[
            interface,
            (time >> 32) as u32,
            time as u32,
            data.len() as u32,
            original,
        ]);
        self.block(6, &[head, padded, options.to_vec()].concat())
    }
}

/// A pcapng file with everything in it: two sections of different byte order, several interfaces, every kind of block.
pub fn rich_pcapng() -> Vec<u8> {
    let mut file = Vec::new();
    for (index, o) in [Order(false), Order(true)].into_iter().enumerate() {
        let n = index as u64;
        file.extend(
            o.section(
                &[
                    o.option(1, b"a recording"),
                    o.option(3, b"an os"),
                    o.option(4, b"a program"),
                    o.option(0, b""),
                ]
                .concat(),
            ),
        );
        let options = [
            o.option(2, b"eth0"),
            o.option(3, b"the first"),
            o.option(9, &[9]),
            o.option(11, b"\0tcp port 80"),
            o.option(14, &o.n64(100)),
            o.option(1, b"on the interface"),
            o.option(0, b""),
        ];
        file.extend(o.interface(1, 96, &options.concat()));
        file.extend(o.interface(101, 0, &o.option(9, &[0x80 | 10])));
        file.extend(o.block(
            10,
            &[o.words(&[0x544c_534b, 5]), b"LINE\n".to_vec()].concat(),
        ));
        file.extend(o.packet(0, 1_600_000_000_123_456_789 + n, 1000, b"first frame", &[]));
        let names = [
            o.option(1, b"\x0a\x00\x00\x01a.example\0b.example\0"),
            o.option(0, b""),
        ]
        .concat();
        file.extend(o.block(4, &names));
        let options = [
            o.option(1, b"look here"),
            o.option(2, &o.n32(1)),
            o.option(1, "and thére".as_bytes()),
            o.option(0, b""),
        ];
        file.extend(o.packet(
            1,
            (1_600_000_000 << 10) + 512,
            4,
            b"\x45abc",
            &options.concat(),
        ));
        file.extend(o.block(3, &[o.words(&[120]), vec![7; 96]].concat()));
        file.extend(o.block(0x0bad, &o.words(&[32473, 1, 2, 3])));
        // The obsolete Packet Block: interface and drop count in 16 bits each.
        let old = [
            o.n16(0).to_vec(),
            o.n16(3).to_vec(),
            o.words(&[0, 5_000, 3, 60]),
            b"old\0".to_vec(),
        ];
        file.extend(o.block(2, &old.concat()));
        file.extend(o.block(0x7777, b"something unknown"));
        let counters = [
            o.words(&[0, 0, 7]),
            o.option(4, &o.n64(44)),
            o.option(5, &o.n64(3)),
            o.option(0, b""),
        ];
        file.extend(o.block(5, &counters.concat()));
    }
    file
}

/// A small pcap file of three frames.
pub fn small_pcap() -> Vec<u8> {
    let o = Order(false);
    [
        o.pcap_header(0xa1b2_c3d4, 65535, 1),
        o.pcap_frame(1_600_000_000, 999_999, 60, b"one"),
        o.pcap_frame(0, 0, 0, b""),
        o.pcap_frame(u32::MAX, 1, 5, b"three"),
    ]
    .concat()
}

/// Everything that reading a file gives.
pub struct Read {
    pub frames: Vec<(FrameMeta, Vec<u8>)>,
    pub info: CaptureInfo,
    pub error: Option<FileError>,
    pub snapshot: Snapshot,
    pub source: Source,
    /// Keeps the file.
    pub folder: tempfile::TempDir,
    pub path: PathBuf,
}

pub fn open(bytes: &[u8]) -> Result<CaptureFile, FileError> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("sample");
    std::fs::write(&path, bytes).unwrap();
    CaptureFile::open(&path)
}

pub fn read(bytes: &[u8]) -> Read {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("sample");
    std::fs::write(&path, bytes).unwrap();
    let mut file = CaptureFile::open(&path).unwrap();
    let mut store = Store::new();
    let mut batch = Batch::default();
    let mut frames = Vec::new();
    let error = loop {
        match file.read_batch(&mut batch) {
            Ok(true) => {
                assert_eq!(batch.first as usize, frames.len() + 1);
                store.append(&batch.frames);
                for (index, meta) in batch.frames.iter().enumerate() {
                    let bytes = batch.frame_bytes(index);
                    assert_eq!(bytes.len(), meta.captured as usize);
                    frames.push((*meta, bytes.to_vec()));
                }
            }
            Ok(false) => break None,
            Err(error) => {
                assert_eq!(
                    file.read_batch(&mut batch),
                    Err(error.clone()),
                    "the error stays"
                );
                assert!(batch.frames.is_empty());
                break Some(error);
            }
        }
    };
    let source = file.source();
    let mut reader = FrameReader::new(&source);
    for (meta, bytes) in &frames {
        assert_eq!(
            reader.frame(meta).unwrap(),
            bytes,
            "fetched later as when it was read"
        );
    }
    Read {
        frames,
        info: file.into_info(),
        error,
        snapshot: store.publish(),
        source,
        folder,
        path,
    }
}

pub fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

/// A fixed sequence of numbers that look random (xorshift64*).
pub struct Seeded(pub u64);

impl Seeded {
    pub fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33) as usize % limit
    }
}
