//! Flag bytes: a field for the whole, its parts below it, and a summary of the parts in the label of the whole.

use crate::dissect::{Layer, NodeId, Stop};
use crate::field::{Field, Kind, Names};

/// The `n` bytes at position `at` as one field with its parts below it; the cursor stays. The label of the whole ends in the
/// names of the flags that are set and the words of the parts that have any. Returns the value.
pub fn summed(
    l: &mut Layer<'_, '_>,
    whole: &'static Field,
    at: usize,
    n: usize,
    parts: &[&'static Field],
) -> Result<u64, Stop> {
    open(l, whole, at, n, parts)?;
    l.close();
    l.peek_uint(at, n)
}

/// The same, and the whole stays open for further children. Returns its node.
pub fn open(
    l: &mut Layer<'_, '_>,
    whole: &'static Field,
    at: usize,
    n: usize,
    parts: &[&'static Field],
) -> Result<NodeId, Stop> {
    let raw = l.peek_uint(at, n)?;
    l.bits(whole, at, n)?;
    let node = l.last();
    l.append(node, |out| {
        for part in parts {
            let value = (raw & part.mask) >> part.mask.trailing_zeros().min(63);
            match (part.kind, part.names) {
                (Kind::Bool, _) if value == 0 => continue,
                (Kind::Bool, _) => {
                    out.push_str(", ");
                    out.push_str(part.label);
                }
                (_, Names::None) => continue,
                _ => {
                    out.push_str(", ");
                    out.push_str(part.label);
                    out.push_str(": ");
                    out.push_str(part.name_of(value).unwrap_or("Unknown"));
                }
            }
        }
    });
    l.enter();
    for part in parts {
        l.bits(part, at, n)?;
    }
    Ok(node)
}
