//! Dissected frames as text, fields, CSV, PDML and JSON, in the forms that tshark made known; bytes in the forms that programs read;
//! headers and conversations as drawings; fields explained.

pub mod bytes;
pub mod csv;
pub mod diagram;
pub mod explain;
pub mod fields;
pub mod json;
pub mod ladder;
pub mod pdml;
#[cfg(feature = "gui")]
pub mod picture;
pub mod text;

use crate::dissect::Tree;

/// A dissected frame with what the list shows beside the tree.
pub struct Row<'a> {
    /// Frame number, from 1.
    pub number: u32,
    /// Capture time, nanoseconds since 1970.
    pub time_ns: i64,
    /// Time since the first frame, nanoseconds.
    pub relative_ns: i64,
    /// Length on the wire.
    pub original: u32,
    /// Length captured.
    pub captured: u32,
    /// The dissected frame.
    pub tree: &'a Tree,
    /// Its bytes.
    pub bytes: &'a [u8],
}
