//! gzip (RFC 1952), read so that nothing before a damage is lost.
//!
//! A general gzip reader drops what it had decompressed in the call that meets the damage, up to a buffer full. Here those
//! bytes are handed out first, and the error comes with the next call.

use std::io::{self, BufRead, Read};

use flate2::{Crc, Decompress, FlushDecompress, Status};

/// Both are RFC 1952 section 2.3.1: ID1, ID2.
pub(super) const MAGIC: [u8; 2] = [0x1f, 0x8b];

enum State {
    Header,
    Body,
    Trailer,
    End,
}

/// Decompresses a gzip file of any number of members.
pub(super) struct GzipReader<R> {
    inner: R,
    state: State,
    inflate: Decompress,
    crc: Crc,
    /// Error met after bytes that were handed out first.
    failed: bool,
    /// Whether a member was completed: what follows may then be padding.
    any: bool,
}

impl<R: BufRead> GzipReader<R> {
    pub(super) fn new(inner: R) -> Self {
        Self {
            inner,
            state: State::Header,
            inflate: Decompress::new(false),
            crc: Crc::new(),
            failed: false,
            any: false,
        }
    }

    fn byte(&mut self) -> io::Result<u8> {
        let mut byte = [0];
        self.inner.read_exact(&mut byte)?;
        Ok(byte[0])
    }

    /// RFC 1952 section 2.3. False at the end of the file, or at padding after a member.
    fn header(&mut self) -> io::Result<bool> {
        let start = self.inner.fill_buf()?;
        if self.any && (start.is_empty() || start[0] != MAGIC[0]) {
            return Ok(false);
        }
        let mut fixed = [0; 10];
        self.inner.read_exact(&mut fixed)?;
        if fixed[..2] != MAGIC || fixed[2] != 8 {
            return Err(damaged("no gzip header where one should be"));
        }
        let flags = fixed[3];
        if flags & 4 != 0 {
            let len = u16::from_le_bytes([self.byte()?, self.byte()?]);
            for _ in 0..len {
                self.byte()?;
            }
        }
        for text in [8, 16] {
            if flags & text != 0 {
                while self.byte()? != 0 {}
            }
        }
        if flags & 2 != 0 {
            self.byte()?;
            self.byte()?;
        }
        Ok(true)
    }

    fn trailer(&mut self) -> io::Result<()> {
        let mut fields = [0; 8];
        self.inner.read_exact(&mut fields)?;
        let [a, b, c, d, e, f, g, h] = fields;
        if u32::from_le_bytes([a, b, c, d]) != self.crc.sum()
            || u32::from_le_bytes([e, f, g, h]) != self.crc.amount()
        {
            return Err(damaged(
                "the checksum does not match, so some bytes before are wrong",
            ));
        }
        Ok(())
    }
}

impl<R: BufRead> Read for GzipReader<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        if out.is_empty() {
            return Ok(0);
        }
        loop {
            match self.state {
                State::End => return Ok(0),
                State::Header => {
                    if self.header()? {
                        self.inflate.reset(false);
                        self.crc.reset();
                        self.state = State::Body;
                    } else {
                        self.state = State::End;
                    }
                }
                State::Trailer => {
                    self.trailer()?;
                    self.any = true;
                    self.state = State::Header;
                }
                State::Body => {
                    if self.failed {
                        return Err(damaged("the compressed data makes no sense"));
                    }
                    let input = self.inner.fill_buf()?;
                    let ended = input.is_empty();
                    let (read, written) = (self.inflate.total_in(), self.inflate.total_out());
                    let status = self.inflate.decompress(input, out, FlushDecompress::None);
                    let read = (self.inflate.total_in() - read) as usize;
                    let written = (self.inflate.total_out() - written) as usize;
                    self.inner.consume(read);
                    match status {
                        Ok(Status::StreamEnd) => self.state = State::Trailer,
                        Ok(_) if read > 0 || written > 0 => {}
                        Ok(_) if ended => return Err(io::ErrorKind::UnexpectedEof.into()),
                        Ok(_) | Err(_) => self.failed = true,
                    }
                    if written > 0 {
                        self.crc.update(&out[..written]);
                        return Ok(written);
                    }
                }
            }
        }
    }
}

fn damaged(what: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, what)
}
