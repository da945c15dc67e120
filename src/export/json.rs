//! JSON in the form of `tshark -T json`: protocols and fields by name, children under `NAME_tree`.

use std::fmt::Write as _;

use super::Row;
use crate::dissect::text::{civil, label, show};
use crate::dissect::tree::Node;
use crate::field::Kind;

/// The beginning of the document.
pub fn head(out: &mut String) {
    out.push('[');
}

/// Its end.
pub fn foot(out: &mut String) {
    out.push_str("\n]\n");
}

/// Append one packet; `first` leaves out the comma before it.
pub fn packet(row: &Row<'_>, first: bool, out: &mut String) {
    let (year, month, day) = civil(row.time_ns.div_euclid(86_400_000_000_000));
    let _ = write!(
        out,
        "{}\n  {{\n    \"_index\": \"packets-{year:04}-{month:02}-{day:02}\",\n    \"_type\": \"doc\",\n    \
         \"_score\": null,\n    \"_source\": {{\n      \"layers\": {{",
        if first { "" } else { "," }
    );
    let mut text = String::new();
    level(row, 0, row.tree.nodes.len(), 4, &mut text, out);
    out.push_str("\n      }\n    }\n  }");
}

/// The members of an object: the siblings from `at` to `end`, each with its children behind it.
fn level(
    row: &Row<'_>,
    mut at: usize,
    end: usize,
    depth: usize,
    text: &mut String,
    out: &mut String,
) {
    let mut first = true;
    while at < end {
        let node = &row.tree.nodes[at];
        let children = at + 1..row.tree.end_of(at).min(end);
        if !first {
            out.push(',');
        }
        first = false;
        newline(depth, out);
        let empty = children.is_empty();
        if matches!(node.field.kind, Kind::Protocol)
            || (matches!(node.field.kind, Kind::Text) && !empty)
        {
            name(row, node, text, out);
            object(row, children.clone(), depth, text, out);
        } else {
            name(row, node, text, out);
            text.clear();
            show(row.tree, row.bytes, node, text);
            if matches!(node.field.kind, Kind::Text) {
                text.clear();
            }
            string(text, out);
            for alias in node.field.also {
                out.push(',');
                newline(depth, out);
                string(alias.abbrev, out);
                out.push_str(": ");
                string(text, out);
            }
            if !empty {
                out.push(',');
                newline(depth, out);
                let _ = write!(out, "\"{}_tree\": ", node.field.abbrev);
                object(row, children.clone(), depth, text, out);
            }
        }
        at = children.end;
    }
}

fn object(
    row: &Row<'_>,
    children: std::ops::Range<usize>,
    depth: usize,
    text: &mut String,
    out: &mut String,
) {
    if children.is_empty() {
        out.push_str("\"\"");
        return;
    }
    out.push('{');
    level(row, children.start, children.end, depth + 1, text, out);
    newline(depth, out);
    out.push('}');
}

/// The key of a member: the field's name, or the line itself where it has none.
fn name(row: &Row<'_>, node: &Node, text: &mut String, out: &mut String) {
    if node.field.abbrev.is_empty() {
        text.clear();
        label(row.tree, row.bytes, node, text);
        string(text, out);
    } else {
        string(node.field.abbrev, out);
    }
    out.push_str(": ");
}

fn newline(depth: usize, out: &mut String) {
    out.push('\n');
    for _ in 0..depth {
        out.push_str("  ");
    }
}

/// A JSON string (RFC 8259 section 7).
fn string(text: &str, out: &mut String) {
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if (c as u32) < 0x20 => {
                let _ = write!(out, "\\u{:04x}", c as u32);
            }
            c => out.push(c),
        }
    }
    out.push('"');
}
