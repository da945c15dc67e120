//! The options of an IPv4 header (RFC 791 section 3.1 and others).

use crate::dissect::{Done, Layer};

/// Show the options, which lie between byte 20 and byte `end`.
pub(super) fn show(_l: &mut Layer<'_, '_>, _end: usize) -> Done {
    Ok(())
}
