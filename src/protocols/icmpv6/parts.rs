//! What many ICMPv6 messages and options have in common: flags, prefixes, times, bytes that are left over.

use std::fmt::Write as _;

use super::fields::{DATA, UNKNOWN_DATA};
use super::{TYPE_UNDECODED, UNKNOWN_DATA_ISSUE};
use crate::dissect::{Done, Layer, NodeId, Stop};
use crate::field::{Field, Kind};

/// Name in a node's line the flags that are set in `value`.
pub(super) fn append_set(l: &mut Layer<'_, '_>, id: NodeId, value: u64, parts: &[&'static Field]) {
    l.append(id, |out| {
        for field in parts {
            if field.kind == Kind::Bool && value & field.mask != 0 {
                let _ = write!(out, ", {}", field.label);
            }
        }
    });
}

/// A field of `len` bytes that consists of flags: its line names those that are set, below it they stand one by one.
/// Returns the value.
pub(super) fn flags(
    l: &mut Layer<'_, '_>,
    field: &'static Field,
    len: usize,
    parts: &[&'static Field],
) -> Result<u64, Stop> {
    let at = l.pos();
    let value = l.uint(field, len)?;
    let root = l.last();
    append_set(l, root, value, parts);
    l.enter();
    for part in parts {
        l.bits(part, at, len)?;
    }
    l.close();
    Ok(value)
}

/// A prefix in the bytes up to `end`, at most 16; those that are not there are zero.
pub(super) fn prefix(
    l: &mut Layer<'_, '_>,
    field: &'static Field,
    end: usize,
) -> Result<[u8; 16], Stop> {
    let at = l.pos();
    let len = end.saturating_sub(at).min(16);
    let mut prefix = [0; 16];
    prefix[..len].copy_from_slice(l.peek(at, len)?);
    if len > 0 {
        l.add(field, at, len, crate::dissect::Value::Ipv6(prefix));
    }
    l.skip(len);
    Ok(prefix)
}

/// A time in seconds; only endless and 0 have names, others stand alone.
pub(super) fn seconds(l: &mut Layer<'_, '_>, field: &'static Field) -> Done {
    let secs = l.u32(field)?;
    if field.name_of(u64::from(secs)).is_none() {
        let id = l.last();
        l.label(id, |out| {
            let _ = write!(out, "{}: {secs}", field.label);
        });
    }
    Ok(())
}

/// Bytes up to `end` that the format does not account for.
pub(super) fn leftover(l: &mut Layer<'_, '_>, end: usize) -> Done {
    let len = end.saturating_sub(l.pos());
    if len > 0 {
        l.bytes(&UNKNOWN_DATA, len)?;
        let id = l.last();
        l.issue(id, &UNKNOWN_DATA_ISSUE);
    }
    Ok(())
}

/// The rest of a message that is not read here.
pub(super) fn unread(l: &mut Layer<'_, '_>) -> Done {
    let len = l.rest().len();
    if len > 0 {
        l.bytes(&DATA, len)?;
        let id = l.last();
        l.issue(id, &TYPE_UNDECODED);
    }
    Ok(())
}
