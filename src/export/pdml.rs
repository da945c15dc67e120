//! PDML, the packet details markup language: every node with name, place, value and label, in tshark's element and attribute
//! names.

use std::fmt::Write as _;

use super::Row;
use crate::dissect::text::{absolute_time, label, show};
use crate::dissect::tree::{HIDDEN, Node, PROTOCOL, Value};
use crate::field::{Field, Kind};
use crate::flow::address::push_hex;

/// The beginning of the document.
pub fn head(out: &mut String) {
    out.push_str("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n");
    let _ = writeln!(
        out,
        "<pdml version=\"0\" creator=\"wireglass/{}\">",
        env!("CARGO_PKG_VERSION")
    );
}

/// Its end.
pub fn foot(out: &mut String) {
    out.push_str("</pdml>\n");
}

/// Append one packet.
pub fn packet(row: &Row<'_>, out: &mut String) {
    out.push_str("<packet>\n");
    general(row, out);
    let mut open: Vec<(&'static str, u8, u32)> = Vec::new();
    let mut text = String::new();
    for (i, node) in row.tree.nodes.iter().enumerate() {
        while open
            .last()
            .is_some_and(|(_, depth, _)| *depth >= node.depth)
        {
            if let Some((tag, depth, _)) = open.pop() {
                close(tag, depth, out);
            }
        }
        let has_children = row
            .tree
            .nodes
            .get(i + 1)
            .is_some_and(|n| n.depth > node.depth);
        let tag = if node.is(PROTOCOL) && node.field.abbrev == "data" {
            "data"
        } else if node.is(PROTOCOL) && node.depth == 0 {
            "proto"
        } else {
            "field"
        };
        // Positions that lie before the parent's (in another buffer, mostly) are written as counted from the parent's: that
        // is how readers of PDML know them.
        let above = open.last().map_or(0, |(_, _, start)| *start);
        let pos = if node.start < above {
            above.saturating_add(node.start)
        } else {
            node.start
        };
        if tag == "data" {
            plain(row, node, out);
        } else {
            element(row, node, pos, tag, has_children, &mut text, out);
        }
        if has_children || tag == "data" {
            open.push((tag, node.depth, node.start));
        }
        for alias in node.field.also {
            // A value that is found under another name too: as a hidden field behind it (or first among its children).
            alias_element(row, node, pos, alias, has_children, &mut text, out);
        }
    }
    while let Some((tag, depth, _)) = open.pop() {
        close(tag, depth, out);
    }
    out.push_str("</packet>\n\n\n");
}

fn close(tag: &str, depth: u8, out: &mut String) {
    if tag == "data" && depth == 0 {
        out.push_str("    </field>\n  </proto>\n");
        return;
    }
    indent(depth, out);
    let tag = if tag == "data" { "field" } else { tag };
    let _ = writeln!(out, "</{tag}>");
}

/// Plain data is no protocol in PDML: a bare field with its bytes, in a wrapper where a protocol is expected (at depth 0).
fn plain(row: &Row<'_>, node: &Node, out: &mut String) {
    if node.depth == 0 {
        out.push_str("  <proto name=\"fake-field-wrapper\">\n  ");
    }
    indent(node.depth, out);
    out.push_str("<field name=\"data\" value=\"");
    for byte in row.tree.bytes(row.bytes, node) {
        push_hex(out, *byte);
    }
    out.push_str("\">\n");
}

fn general(row: &Row<'_>, out: &mut String) {
    let (len, captured) = (row.original, row.captured);
    let mut time = String::new();
    let (secs, nanos) = (
        row.time_ns.div_euclid(1_000_000_000),
        row.time_ns.rem_euclid(1_000_000_000),
    );
    absolute_time(secs, nanos as i32, &mut time);
    let _ = write!(
        out,
        "  <proto name=\"geninfo\" pos=\"0\" showname=\"General information\" size=\"{captured}\">\n    \
         <field name=\"num\" pos=\"0\" show=\"{n}\" showname=\"Number\" value=\"{n:x}\" size=\"{captured}\"/>\n    \
         <field name=\"len\" pos=\"0\" show=\"{len}\" showname=\"Frame Length\" value=\"{len:x}\" size=\"{captured}\"/>\n    \
         <field name=\"caplen\" pos=\"0\" show=\"{captured}\" showname=\"Captured Length\" value=\"{captured:x}\" size=\"{captured}\"/>\n    \
         <field name=\"timestamp\" pos=\"0\" show=\"{time}\" showname=\"Captured Time\" value=\"{secs}.{nanos:09}\" size=\"{captured}\"/>\n  \
         </proto>\n",
        n = row.number,
    );
}

fn indent(depth: u8, out: &mut String) {
    for _ in 0..=depth {
        out.push_str("  ");
    }
}

fn element(
    row: &Row<'_>,
    node: &Node,
    pos: u32,
    tag: &str,
    has_children: bool,
    text: &mut String,
    out: &mut String,
) {
    indent(node.depth, out);
    let field = node.field;
    let _ = write!(out, "<{tag} name=\"{}\"", field.abbrev);
    text.clear();
    label(row.tree, row.bytes, node, text);
    if field.kind == Kind::Text {
        out.push_str(" show=\"");
        escape(text, out);
        let _ = write!(out, "\" size=\"{}\" pos=\"{}\"", node.len, pos);
    } else {
        out.push_str(" showname=\"");
        escape(text, out);
        out.push('"');
        if node.is(HIDDEN) {
            out.push_str(" hide=\"yes\"");
        }
        let _ = write!(out, " size=\"{}\" pos=\"{}\"", node.len, pos);
        if tag == "field" {
            text.clear();
            show(row.tree, row.bytes, node, text);
            out.push_str(" show=\"");
            escape(text, out);
            out.push('"');
            bytes_of(row, node, field, out);
        }
    }
    out.push_str(if has_children { ">\n" } else { "/>\n" });
}

fn alias_element(
    row: &Row<'_>,
    node: &Node,
    pos: u32,
    alias: &'static Field,
    inside: bool,
    text: &mut String,
    out: &mut String,
) {
    let copy = Node {
        field: alias,
        label: crate::dissect::tree::Label::Standard,
        flags: HIDDEN,
        ..*node
    };
    let copy = Node {
        depth: node.depth + u8::from(inside),
        ..copy
    };
    element(row, &copy, pos, "field", false, text, out);
}

/// The `value` attributes: the bytes that the node covers; of a masked field the masked value and the bytes.
fn bytes_of(row: &Row<'_>, node: &Node, field: &Field, out: &mut String) {
    if node.len == 0 {
        return;
    }
    if field.mask != 0
        && let Value::U(value) = node.value
    {
        let _ = write!(out, " value=\"{value:X}\" unmaskedvalue=\"");
    } else {
        out.push_str(" value=\"");
    }
    for byte in row.tree.bytes(row.bytes, node) {
        push_hex(out, *byte);
    }
    out.push('"');
}

/// Escape for an attribute; what XML cannot hold is written as `\xNN`.
fn escape(text: &str, out: &mut String) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#x27;"),
            '\n' | '\r' | '\t' => out.push(c),
            c if (c as u32) < 0x20 || matches!(c, '\u{7f}' | '\u{fffe}' | '\u{ffff}') => {
                let _ = write!(out, "\\x{:x}", c as u32);
            }
            c => out.push(c),
        }
    }
}
