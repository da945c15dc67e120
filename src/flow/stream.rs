//! Putting one direction of a TCP conversation together in order.

/// Where a piece of payload or a hole in it goes.
pub trait Sink {
    /// The next bytes of the stream, in order. `frame` carried them, `offset` bytes into its payload.
    fn deliver(&mut self, frame: u32, offset: u32, bytes: &[u8]);
    /// `len` bytes that the capture does not have were skipped.
    fn gap(&mut self, len: u32);
}
