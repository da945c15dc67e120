//! The packet list as text, one line a frame, in tshark's form.

use std::fmt::Write as _;

use super::Row;
use crate::dissect::text::label;
use crate::dissect::tree::{GENERATED, HIDDEN, PROTOCOL};

/// Append the line of a frame: number, time, source → destination, protocol, length, info.
pub fn line(row: &Row<'_>, out: &mut String) {
    let columns = &row.tree.columns;
    let _ = write!(out, "{:5} ", row.number);
    let start = out.len();
    seconds(row.relative_ns, 6, out);
    let width = out.len() - start;
    if width < 10 {
        out.insert_str(start, &"          "[..10 - width]);
    }
    out.push(' ');
    let start = out.len();
    columns.source.write(out);
    let width = out.len() - start;
    if width < 12 {
        out.insert_str(start, &"            "[..12 - width]);
    }
    out.push_str(" → ");
    let start = out.len();
    columns.destination.write(out);
    pad(start, 12, out);
    let _ = writeln!(
        out,
        " {} {} {}",
        columns.protocol, row.original, columns.info
    );
}

/// Append the tree of a frame as indented lines.
pub fn details(row: &Row<'_>, out: &mut String) {
    for node in row.tree.nodes.iter().filter(|n| !n.is(HIDDEN)) {
        for _ in 0..node.depth {
            out.push_str("    ");
        }
        // What was computed, not read from the bytes, stands in brackets.
        let computed = node.is(GENERATED) && !node.is(PROTOCOL);
        out.push_str(if computed { "[" } else { "" });
        label(row.tree, row.bytes, node, out);
        out.push_str(if computed { "]\n" } else { "\n" });
    }
    out.push('\n');
}

/// Fill up with blanks to `width` characters.
fn pad(start: usize, width: usize, out: &mut String) {
    let have = out.len() - start;
    for _ in have..width {
        out.push(' ');
    }
}

/// Seconds with so many decimals (at most 9), cut, not rounded, as tshark does. Nothing for `i64::MIN`: there is no time.
pub fn seconds(nanos: i64, decimals: usize, out: &mut String) {
    if nanos == i64::MIN {
        return;
    }
    let decimals = decimals.min(9);
    if nanos < 0 {
        out.push('-');
    }
    let nanos = nanos.unsigned_abs();
    let _ = write!(out, "{}", nanos / 1_000_000_000);
    if decimals > 0 {
        let scale = 10u64.pow(9 - decimals as u32);
        let _ = write!(out, ".{:0decimals$}", nanos % 1_000_000_000 / scale);
    }
}
