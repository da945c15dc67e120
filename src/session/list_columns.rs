//! The columns of the packet list: which, in which order, how wide. Kept in the settings.

use super::settings::Settings;
use crate::dissect::{Registry, Tree, text};
use crate::field::{Field, Kind};

/// The section of the settings.
const SECTION: &str = "columns";
/// Widths that a column can have, points.
pub const WIDTHS: std::ops::RangeInclusive<f32> = 32.0..=900.0;
/// More columns than this are not taken from the settings.
const LIMIT: usize = 64;
/// Longer values are cut, characters.
const LONG: usize = 200;

/// What a column shows.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum ColumnKind {
    /// Frame number.
    Number,
    /// Time.
    Time,
    /// Sender.
    Source,
    /// Receiver.
    Destination,
    /// The innermost protocol.
    Protocol,
    /// Length on the wire.
    Length,
    /// The line about the packet.
    Info,
    /// The values of a field, by its filter name.
    Field(String),
}

/// Where texts stand in a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Align {
    /// At the left.
    Left,
    /// In the middle.
    Center,
    /// At the right: numbers.
    Right,
}

/// A column.
#[derive(Clone, Debug, PartialEq)]
pub struct Column {
    /// What it shows.
    pub kind: ColumnKind,
    /// Its head.
    pub title: String,
    /// Width, points. The Info column takes what the others leave, whatever stands here.
    pub width: f32,
    /// Where its texts stand.
    pub align: Align,
    /// Whether it is shown.
    pub shown: bool,
}

impl Column {
    fn new(kind: ColumnKind, title: &str, width: f32, align: Align) -> Column {
        Column {
            kind,
            title: title.to_owned(),
            width,
            align,
            shown: true,
        }
    }

    /// A column for a field.
    pub fn of_field(field: &Field) -> Column {
        let number = !matches!(
            field.kind,
            Kind::Str
                | Kind::Bytes
                | Kind::Ether
                | Kind::Ipv4
                | Kind::Ipv6
                | Kind::Protocol
                | Kind::None
                | Kind::Bool
                | Kind::Oid
        );
        let align = if number { Align::Right } else { Align::Left };
        let kind = ColumnKind::Field(field.abbrev.to_owned());
        Column::new(kind, field.label, 120.0, align)
    }
}

/// The columns that the list has at first.
pub fn usual() -> Vec<Column> {
    let column = Column::new;
    vec![
        column(ColumnKind::Number, "No.", 64.0, Align::Right),
        column(ColumnKind::Time, "Time", 96.0, Align::Right),
        column(ColumnKind::Source, "Source", 144.0, Align::Left),
        column(ColumnKind::Destination, "Destination", 144.0, Align::Left),
        column(ColumnKind::Protocol, "Protocol", 88.0, Align::Left),
        column(ColumnKind::Length, "Length", 60.0, Align::Right),
        column(ColumnKind::Info, "Info", 480.0, Align::Left),
    ]
}

/// The columns of the settings, or the usual ones.
pub fn load(settings: &Settings) -> Vec<Column> {
    let lines = settings.lines(SECTION).iter().take(LIMIT);
    let columns: Vec<Column> = lines.filter_map(|line| read(line)).collect();
    if columns.iter().any(|c| c.shown) {
        columns
    } else {
        usual()
    }
}

/// Keep the columns.
pub fn store(columns: &[Column], settings: &mut Settings) {
    let lines: Vec<String> = match columns == usual() {
        true => Vec::new(),
        false => columns.iter().map(line).collect(),
    };
    settings.set(SECTION, lines);
}

/// `shown right 64 number = No.`
fn line(column: &Column) -> String {
    let shown = if column.shown { "shown" } else { "hidden" };
    let align = match column.align {
        Align::Left => "left",
        Align::Center => "center",
        Align::Right => "right",
    };
    let kind = match &column.kind {
        ColumnKind::Number => "number",
        ColumnKind::Time => "time",
        ColumnKind::Source => "source",
        ColumnKind::Destination => "destination",
        ColumnKind::Protocol => "protocol",
        ColumnKind::Length => "length",
        ColumnKind::Info => "info",
        ColumnKind::Field(name) => &format!("field:{name}"),
    };
    format!(
        "{shown} {align} {:.0} {kind} = {}",
        column.width, column.title
    )
}

fn read(line: &str) -> Option<Column> {
    let (what, title) = line.split_once(" = ")?;
    let mut parts = what.split(' ');
    let shown = parts.next()? == "shown";
    let align = match parts.next()? {
        "left" => Align::Left,
        "center" => Align::Center,
        "right" => Align::Right,
        _ => return None,
    };
    let width: f32 = parts.next()?.parse().ok()?;
    let kind = match parts.next()? {
        "number" => ColumnKind::Number,
        "time" => ColumnKind::Time,
        "source" => ColumnKind::Source,
        "destination" => ColumnKind::Destination,
        "protocol" => ColumnKind::Protocol,
        "length" => ColumnKind::Length,
        "info" => ColumnKind::Info,
        other => ColumnKind::Field(other.strip_prefix("field:")?.to_owned()),
    };
    if !width.is_finite() {
        return None;
    }
    Some(Column {
        kind,
        title: title.to_owned(),
        width: width.clamp(*WIDTHS.start(), *WIDTHS.end()),
        align,
        shown,
    })
}

/// The values of a field in a dissected frame, as the tree shows them, joined by commas. `fields`: all declarations that
/// share the name.
pub fn values(tree: &Tree, frame: &[u8], fields: &[&'static Field], out: &mut String) {
    let mut first = true;
    for node in &tree.nodes {
        let here = |f: &&'static Field| {
            std::ptr::eq(*f, node.field) || node.field.also.iter().any(|a| std::ptr::eq(*a, *f))
        };
        if !fields.iter().any(here) {
            continue;
        }
        if out.len() > LONG {
            out.push('…');
            return;
        }
        if !std::mem::take(&mut first) {
            out.push(',');
        }
        match node.field.kind {
            Kind::Protocol => out.push_str(node.field.label),
            Kind::None => out.push('✓'),
            _ => text::label_value(tree, frame, node, out),
        }
    }
}

/// The declarations behind the field columns, in their order; those of other columns are left out.
pub fn fields_of(columns: &[Column], registry: &Registry) -> Vec<(String, Vec<&'static Field>)> {
    let names = columns.iter().filter(|c| c.shown).filter_map(|c| {
        let ColumnKind::Field(name) = &c.kind else {
            return None;
        };
        Some(name)
    });
    names
        .map(|name| (name.clone(), registry.fields_named(name).to_vec()))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_kept_in_the_settings() {
        let mut settings = Settings::in_memory();
        assert_eq!(load(&settings), usual());
        let mut columns = usual();
        columns.swap(1, 4);
        columns[0].shown = false;
        columns[2].width = 200.0;
        columns.push(Column {
            kind: ColumnKind::Field("tcp.seq".into()),
            title: "A = b".into(),
            width: 120.0,
            align: Align::Center,
            shown: true,
        });
        store(&columns, &mut settings);
        assert_eq!(load(&settings), columns);
        store(&usual(), &mut settings);
        assert!(settings.lines(SECTION).is_empty());
    }

    #[test]
    fn lines_that_are_no_columns_are_passed_over() {
        for line in [
            "",
            "shown",
            "shown left x number = N",
            "shown up 50 number = N",
            "shown left NaN time = T",
            "shown left 50 other = O",
        ] {
            assert!(read(line).is_none(), "{line}");
        }
        assert_eq!(read("shown left 9999 info = I").unwrap().width, 900.0);
    }
}
