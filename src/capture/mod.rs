//! Capture files and the frame store.
//!
//! A capture is a [`Source`] of bytes (a file, or memory) and an index of where its frames lie. Reading it goes once
//! through the file in large blocks:
//!
//! ```text
//! CaptureFile::open ─► read_batch ─► Batch { bytes, frames } ─► Store::append, publish ─► Snapshot
//!                                        └─► the scan looks at each frame's bytes in the same pass
//! ```
//!
//! Afterwards any number of threads ask a [`Snapshot`] where frame *n* lies and let their own [`FrameReader`] fetch it.
//! Nothing but the index stays in memory, and there is no memory map: a file that is cut short while it is open gives
//! a [`FileError`], not a crash.

pub mod cache;
mod error;
mod file;
mod growth;
mod gzip;
mod info;
mod input;
pub mod live;
mod merge;
mod pcap;
mod pcapng;
mod reader;
mod recorder;
pub mod rights;
mod store;
mod write;
mod writer;

pub use error::FileError;
pub use file::CaptureFile;
pub use growth::Growth;
pub use info::{
    BlockPlace, ByteOrder, CaptureInfo, FileFormat, Interface, NameRecord, RawBlock, RawOption,
    Resolution, Secrets, Section, Statistics,
};
pub use merge::{Merged, merge};
pub use reader::{FrameReader, Source};
pub use recorder::{
    Counters, Ended, InterfaceCounters, Output, Plan, Recorder, RecorderError, Ring, StopAfter,
};
pub use store::{
    Batch, FrameMeta, FrameOptions, NO_TIME, SEGMENT_FRAMES, Segment, Snapshot, Store, StoreHandle,
};
pub use write::{Recording, SaveOptions, WriteError, save};
pub use writer::CaptureWriter;

#[cfg(test)]
mod sample;
#[cfg(test)]
mod tests_read;
#[cfg(test)]
mod tests_write;
