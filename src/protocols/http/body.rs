//! The body: chunks put together (RFC 9112 section 7.1), compression undone (RFC 9110 section 8.4.1).

use std::cell::RefCell;
use std::io::Read;
use std::ops::Range;

use super::framer::chunk_size;
use super::head;

/// A body is not made longer than this by decompression: a few kilobytes can stand for gigabytes.
const LIMIT: u64 = 64 << 20;

/// More chunks than this are not looked at one by one.
const CHUNK_LIMIT: usize = 100_000;

/// One chunk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Chunk {
    /// The line with the size.
    pub line: Range<usize>,
    /// The size that the line gives.
    pub size: u64,
    /// The data, as far as it is there.
    pub data: Range<usize>,
    /// The end of line behind it.
    pub boundary: Range<usize>,
}

/// A body in chunks, taken apart.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Chunked {
    /// The chunks; the last has size 0 where the body is whole.
    pub chunks: Vec<Chunk>,
    /// The lines behind the last chunk with the empty line that ends them.
    pub trailer: Range<usize>,
}

/// Take a body in chunks apart. It begins at `at`.
pub(super) fn chunks(bytes: &[u8], mut at: usize) -> Chunked {
    let mut out = Chunked {
        trailer: at..at,
        ..Chunked::default()
    };
    while out.chunks.len() < CHUNK_LIMIT {
        let Some(newline) = bytes.get(at..).and_then(|rest| memchr::memchr(b'\n', rest)) else {
            break;
        };
        let line = at..at + newline + 1;
        let Some(size) = chunk_size(&bytes[at..at + newline]) else {
            break;
        };
        let data_end = usize::try_from(size)
            .unwrap_or(usize::MAX)
            .saturating_add(line.end)
            .min(bytes.len());
        let data = line.end..data_end;
        if size == 0 {
            out.chunks.push(Chunk {
                line,
                size,
                boundary: data_end..data_end,
                data,
            });
            out.trailer = data_end..bytes.len();
            return out;
        }
        let end = match &bytes[data_end..] {
            [b'\r', b'\n', ..] => data_end + 2,
            [b'\n', ..] => data_end + 1,
            _ => data_end,
        };
        at = end;
        out.chunks.push(Chunk {
            line,
            size,
            data,
            boundary: data_end..end,
        });
        out.trailer = end..end;
    }
    out
}

/// The data of the chunks, one behind the other.
pub(super) fn dechunked(bytes: &[u8], chunked: &Chunked) -> Vec<u8> {
    let mut out = Vec::new();
    for chunk in &chunked.chunks {
        out.extend_from_slice(head::part(bytes, &chunk.data));
    }
    out
}

/// Undo a content coding. `None` if it is not known here, or nothing could be got out of the bytes.
pub(super) fn decompress(bytes: &[u8], coding: &[u8]) -> Option<Vec<u8>> {
    if is(coding, &["gzip", "x-gzip"]) {
        read(flate2::read::MultiGzDecoder::new(bytes))
    } else if is(coding, &["deflate", "x-deflate"]) {
        // By the standard with a zlib header (RFC 1950); some senders leave it out (RFC 1951 alone).
        read(flate2::read::ZlibDecoder::new(bytes))
            .or_else(|| read(flate2::read::DeflateDecoder::new(bytes)))
    } else if is(coding, &["br"]) {
        read(brotli_decompressor::Decompressor::new(bytes, 4096))
    } else {
        None
    }
}

/// So many bytes of a coded body are tried to learn how it begins.
const TRIED: usize = 512;

/// The first bytes of a body whose coding is undone, as many as `out` has room for or the body has; `None` where that cannot be
/// told from the first bytes of the coded body.
pub(super) fn beginning(bytes: &[u8], coding: &[u8], out: &mut [u8]) -> Option<usize> {
    let tried = &bytes[..bytes.len().min(TRIED)];
    if is(coding, &["gzip", "x-gzip"]) {
        return inflate(gzip_body(tried)?, out);
    }
    let mut from: Box<dyn Read + '_> = if is(coding, &["deflate", "x-deflate"]) {
        Box::new(flate2::read::ZlibDecoder::new(tried))
    } else if is(coding, &["br"]) {
        Box::new(brotli_decompressor::Decompressor::new(tried, TRIED))
    } else {
        return None;
    };
    let mut len = 0;
    while len < out.len() {
        match from.read(&mut out[len..]) {
            Ok(0) if tried.len() == bytes.len() => break,
            Ok(n) if n > 0 => len += n,
            _ => return None,
        }
    }
    Some(len)
}

/// What stands behind the header of a gzip member (RFC 1952 section 2.3); `None` if that is no header, or not all of it.
fn gzip_body(bytes: &[u8]) -> Option<&[u8]> {
    const CHECKED: u8 = 2;
    const EXTRA: u8 = 4;
    const NAME: u8 = 8;
    const COMMENT: u8 = 16;
    let ([0x1f, 0x8b, 8, flags, ..], mut rest) = bytes.split_first_chunk::<10>()? else {
        return None;
    };
    if flags & EXTRA != 0 {
        let (len, behind) = rest.split_first_chunk()?;
        rest = behind.get(usize::from(u16::from_le_bytes(*len))..)?;
    }
    for text in [NAME, COMMENT] {
        if flags & text != 0 {
            rest = &rest[memchr::memchr(0, rest)? + 1..];
        }
    }
    rest.get(if flags & CHECKED != 0 { 2 } else { 0 }..)
}

thread_local! {
    /// A decoder is tens of kilobytes: the scan, which looks at the beginning of every coded body, keeps one.
    static INFLATE: RefCell<flate2::Decompress> = RefCell::new(flate2::Decompress::new(false));
}

/// The first bytes that come out of deflated ones (RFC 1951): as many as there is room for, or all; `None` if they are not well
/// formed or end too soon.
fn inflate(bytes: &[u8], out: &mut [u8]) -> Option<usize> {
    INFLATE.with_borrow_mut(|inflate| {
        inflate.reset(false);
        let status = inflate.decompress(bytes, out, flate2::FlushDecompress::None);
        let ended = matches!(status.ok()?, flate2::Status::StreamEnd);
        let len = usize::try_from(inflate.total_out()).ok()?;
        (ended || len == out.len()).then_some(len)
    })
}

/// All that comes out. What was got before an error counts: half a page is better than none.
fn read(from: impl Read) -> Option<Vec<u8>> {
    let mut out = Vec::new();
    let result = from.take(LIMIT).read_to_end(&mut out);
    (result.is_ok() || !out.is_empty()).then_some(out)
}

/// Whether a coding has one of these names.
fn is(coding: &[u8], names: &[&str]) -> bool {
    names
        .iter()
        .any(|n| coding.trim_ascii().eq_ignore_ascii_case(n.as_bytes()))
}
