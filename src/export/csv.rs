//! The packet list as comma separated values (RFC 4180), for spreadsheets: the columns of the window.

use super::Row;
use super::text::seconds;

/// Append the line of titles.
pub fn head(out: &mut String) {
    out.push_str("\"No.\",\"Time\",\"Source\",\"Destination\",\"Protocol\",\"Length\",\"Info\"\n");
}

/// Append the line of a frame.
pub fn line(row: &Row<'_>, out: &mut String) {
    let columns = &row.tree.columns;
    let mut time = String::new();
    seconds(row.relative_ns, 6, &mut time);
    let cells = [
        row.number.to_string(),
        time,
        columns.source.to_string(),
        columns.destination.to_string(),
        columns.protocol.clone(),
        row.original.to_string(),
        columns.info.clone(),
    ];
    for (i, cell) in cells.iter().enumerate() {
        if i > 0 {
            out.push(',');
        }
        value(cell, out);
    }
    out.push('\n');
}

/// A value in quotes; quotes in it are doubled.
pub fn value(text: &str, out: &mut String) {
    out.push('"');
    for c in text.chars() {
        if c == '"' {
            out.push('"');
        }
        out.push(c);
    }
    out.push('"');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_are_doubled_and_commas_stay_inside() {
        let mut out = String::new();
        value("GET /?a=\"1,2\"", &mut out);
        assert_eq!(out, "\"GET /?a=\"\"1,2\"\"\"");
    }
}
