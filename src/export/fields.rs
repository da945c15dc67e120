//! Chosen fields of a frame, separated by tabs: `-T fields -e ...`.

use super::Row;
use crate::dissect::text::show;
use crate::dissect::{Registry, Want};
use crate::field::{Field, Kind};

/// One column of the output.
pub enum Column {
    /// A column of the packet list.
    List(ListColumn),
    /// A field by its filter name: all declarations that share it.
    Field(Vec<&'static Field>),
}

/// The packet list's columns, as `_ws.col.NAME`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ListColumn {
    /// Frame number.
    Number,
    /// Time since the first frame.
    Time,
    /// Sender.
    Source,
    /// Receiver.
    Destination,
    /// Protocol name.
    Protocol,
    /// Length on the wire.
    Length,
    /// The line about it.
    Info,
}

/// What to do with several values, and between columns.
pub struct Style {
    /// Between columns.
    pub separator: String,
    /// Between several values of one field.
    pub aggregator: String,
}

impl Default for Style {
    fn default() -> Style {
        Style {
            separator: "\t".into(),
            aggregator: ",".into(),
        }
    }
}

impl Column {
    /// The column with this name, or `None` if there is no such field.
    pub fn named(name: &str, registry: &Registry) -> Option<Column> {
        let list = match name
            .strip_prefix("_ws.col.")
            .map(str::to_ascii_lowercase)
            .as_deref()
        {
            Some("number" | "no.") => Some(ListColumn::Number),
            Some("time") => Some(ListColumn::Time),
            Some("source" | "def_src") => Some(ListColumn::Source),
            Some("destination" | "def_dst") => Some(ListColumn::Destination),
            Some("protocol") => Some(ListColumn::Protocol),
            Some("length") => Some(ListColumn::Length),
            Some("info") => Some(ListColumn::Info),
            _ => None,
        };
        if let Some(list) = list {
            return Some(Column::List(list));
        }
        let fields = registry.fields_named(name);
        (!fields.is_empty()).then(|| Column::Field(fields.to_vec()))
    }

    /// What must be dissected for this column.
    pub fn want(&self) -> Want {
        match self {
            Column::List(_) => Want::COLUMNS,
            Column::Field(_) => Want::NODES,
        }
    }
}

/// Append one line.
pub fn line(row: &Row<'_>, columns: &[Column], style: &Style, out: &mut String) {
    for (i, column) in columns.iter().enumerate() {
        if i > 0 {
            out.push_str(&style.separator);
        }
        match column {
            Column::List(which) => list_column(row, *which, out),
            Column::Field(fields) => values(row, fields, style, out),
        }
    }
    out.push('\n');
}

fn list_column(row: &Row<'_>, which: ListColumn, out: &mut String) {
    use std::fmt::Write as _;
    let columns = &row.tree.columns;
    match which {
        ListColumn::Number => {
            let _ = write!(out, "{}", row.number);
        }
        ListColumn::Time => super::text::seconds(row.relative_ns, 6, out),
        ListColumn::Source => columns.source.write(out),
        ListColumn::Destination => columns.destination.write(out),
        ListColumn::Protocol => out.push_str(&columns.protocol),
        ListColumn::Length => {
            let _ = write!(out, "{}", row.original);
        }
        ListColumn::Info => clean(&columns.info, out),
    }
}

fn values(row: &Row<'_>, fields: &[&'static Field], style: &Style, out: &mut String) {
    let mut first = true;
    for node in &row.tree.nodes {
        let here = fields.iter().any(|f| {
            std::ptr::eq(*f, node.field)
                || node.field.also.iter().any(|alias| std::ptr::eq(*alias, *f))
        });
        if !here {
            continue;
        }
        if !first {
            out.push_str(&style.aggregator);
        }
        first = false;
        let mut value = String::new();
        match node.field.kind {
            // Being there is all the value that these have.
            Kind::Protocol => value.push_str(node.field.abbrev),
            Kind::None => value.push('1'),
            _ => show(row.tree, row.bytes, node, &mut value),
        }
        clean(&value, out);
    }
}

/// What would break a line of columns is written as an escape.
fn clean(value: &str, out: &mut String) {
    for c in value.chars() {
        match c {
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c => out.push(c),
        }
    }
}
