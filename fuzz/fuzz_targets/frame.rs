//! Frames of any bytes are scanned and dissected with everything on, twice: the same must come out.
//!
//! Input: one byte chooses the link type; then frames, each with its length (two bytes, little-endian; the upper bit says that
//! the frame was longer on the wire), as far as the bytes go.
#![no_main]

use std::sync::OnceLock;

use libfuzzer_sys::fuzz_target;
use wireglass::dissect::{Options, Registry, Tree, Want};

#[path = "../../tests/memory.rs"]
mod memory;
#[path = "../panics.rs"]
mod panics;

use memory::{Frame, Memory};

/// Ethernet, cooked v1 and v2, BSD loopback in both forms, raw IP, PPP, 802.11, and one that nobody knows.
const LINKS: [u16; 9] = [1, 113, 276, 0, 108, 101, 9, 105, 147];

static REGISTRY: OnceLock<Registry> = OnceLock::new();

fuzz_target!(|data: &[u8]| {
    panics::count();
    let registry = REGISTRY.get_or_init(wireglass::protocols::registry);
    let Some((link, mut rest)) = data.split_first() else {
        return;
    };
    let link = LINKS[usize::from(*link) % LINKS.len()];
    let mut frames = Vec::new();
    while let Some((head, body)) = rest.split_first_chunk::<2>() {
        let head = u16::from_le_bytes(*head);
        let len = usize::from(head & 0x7fff).min(body.len());
        let (bytes, after) = body.split_at(len);
        let more = if head & 0x8000 != 0 { 40 } else { 0 };
        frames.push(Frame {
            bytes: bytes.to_vec(),
            original: len as u32 + more,
            link,
            time_ns: 1_700_000_000_000_000_000 + frames.len() as i64 * 1_000_000,
        });
        rest = after;
    }
    if frames.is_empty() {
        return;
    }
    let options = Options { verify_checksums: true };
    let memory = Memory::scan(frames, registry, &options);
    let mut tree = Tree::new();
    let mut texts = Vec::new();
    for index in 0..memory.frames.len() {
        memory.read(index, registry, &options, Want::ALL, &mut tree);
        let mut text = String::new();
        memory.show(index, &tree, &mut text);
        texts.push(text);
    }
    for index in (0..memory.frames.len()).rev() {
        memory.read(index, registry, &options, Want::ALL, &mut tree);
        let mut text = String::new();
        memory.show(index, &tree, &mut text);
        assert_eq!(text, texts[index]);
    }
    panics::none();
});
