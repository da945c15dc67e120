//! Putting one direction of a TCP conversation together in order.

/// Where a piece of payload or a hole in it goes.
pub trait Sink {
    /// The next bytes of the stream, in order. `frame` carried them, `offset` bytes into its payload.
    fn deliver(&mut self, frame: u32, offset: u32, bytes: &[u8]);
    /// `len` bytes that the capture does not have were skipped.
    fn gap(&mut self, len: u32);
}

/// One direction of a conversation, put together in order.
#[derive(Default)]
pub struct ByteStream {
    next: Option<u32>,
}

impl ByteStream {
    /// Take in a segment's payload; `offset` is where it starts in its frame.
    pub fn segment(
        &mut self,
        frame: u32,
        offset: u32,
        seq: u32,
        payload: &[u8],
        sink: &mut dyn Sink,
    ) {
        if self.next.is_none_or(|next| next == seq) {
            sink.deliver(frame, offset, payload);
            self.next = Some(seq.wrapping_add(payload.len() as u32));
        }
    }
}
