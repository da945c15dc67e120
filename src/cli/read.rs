//! `wireglass read`: the packets of a file as text, fields, PDML or JSON.

use std::io::Write as _;
use std::path::Path;
use std::sync::Arc;

use super::arguments::{Form, ReadArguments};
use super::{DAMAGED, Ended, OK, REFUSED, output_error};
use crate::capture::{Recording, SaveOptions, save};
use crate::dissect::{Options, Tree, Want};
use crate::export::bytes::hex_dump;
use crate::export::fields::{Column, Style};
use crate::export::{Row, csv, fields, json, pdml, text};
use crate::filter::{Filter, Macros, compile_using};
use crate::session::decode_as;
use crate::session::{Rows, Session, View, filter_all, in_order, macros_of_user};

/// Packets printed as one piece of work.
const PIECE: usize = 1024;

/// Open a capture file for a headless command.
pub(super) fn open(
    path: &Path,
    verify_checksums: bool,
    rules: &[String],
) -> Result<Arc<Session>, Ended> {
    let mut registry = crate::protocols::registry();
    if !rules.is_empty() {
        let rules = decode_as::parse_all(rules, &registry);
        registry = registry.decoding_as(rules.map_err(|e| Ended::Message(e, REFUSED))?);
    }
    let registry = Arc::new(registry);
    Session::open(
        path,
        registry,
        Options { verify_checksums },
        Arc::new(|| {}),
    )
    .map(Arc::new)
    .map_err(|e| Ended::Message(e.to_string(), REFUSED))
}

/// The message about a file that ended early, if it did.
pub(super) fn damage(session: &Session) -> Option<Ended> {
    session
        .state()
        .error
        .as_ref()
        .map(|e| Ended::Message(e.to_string(), DAMAGED))
}

/// Run the command.
pub(super) fn run(arguments: &ReadArguments) -> Result<u8, Ended> {
    let session = open(
        &arguments.file,
        arguments.checksums,
        &arguments.decode_as.rules,
    )?;
    let filter = filter(arguments, &session)?;
    let printer = Printer::new(arguments, &session)?;
    session.wait();
    let rows = chosen(arguments, filter.as_ref(), &session)?;
    match &arguments.write {
        Some(path) => write(arguments, path, &session, &rows)?,
        None => printer.print(&session, &rows)?,
    }
    let outcome = damage(&session).map_or(Ok(OK), Err);
    // The program ends here; taking the tables of a large capture apart would only cost time.
    std::mem::forget(session);
    outcome
}

/// Write the chosen frames to a capture file.
fn write(
    arguments: &ReadArguments,
    path: &Path,
    session: &Arc<Session>,
    rows: &Chosen,
) -> Result<(), Ended> {
    let format = arguments.file_form.format();
    let options = SaveOptions {
        format,
        gzip: arguments.gzip,
    };
    let view = session.view();
    for lost in options.loses(view.info()) {
        eprintln!("wireglass: {} has no place for {lost}", format.name());
    }
    let recording = Recording {
        info: view.info(),
        snapshot: view.snapshot(),
        source: session.source(),
    };
    let numbers = (0..rows.len()).filter_map(|row| rows.get(row));
    save(path, recording, numbers, options, &mut |_| true)
        .map_err(|e| Ended::Message(e.to_string(), REFUSED))?;
    Ok(())
}

/// The frames to print, in order.
fn chosen(
    arguments: &ReadArguments,
    filter: Option<&Filter>,
    session: &Arc<Session>,
) -> Result<Chosen, Ended> {
    let last = session
        .snapshot()
        .len()
        .min(arguments.count.unwrap_or(u32::MAX));
    match filter {
        None => Ok(Chosen::All(last)),
        Some(filter) => filter_all(session, filter)
            .map(|rows| Chosen::Some(rows, last))
            .map_err(|e| Ended::Message(e, DAMAGED)),
    }
}

/// The filter of the command line, compiled. A text that is no filter is refused with the place marked.
fn filter(arguments: &ReadArguments, session: &Session) -> Result<Option<Filter>, Ended> {
    let text = arguments
        .filter
        .as_deref()
        .map(str::trim)
        .filter(|t| !t.is_empty());
    text.map(|text| {
        // The settings are only read where they are needed.
        let macros = if text.contains('$') {
            macros_of_user()
        } else {
            Macros::default()
        };
        compile_using(text, session.registry(), None, &macros)
            .map_err(|e| Ended::Message(format!("{}\n{}", e.message, e.render(text)), REFUSED))
    })
    .transpose()
}

/// Which frames.
enum Chosen {
    /// 1 to this.
    All(u32),
    /// Those that a filter found, up to a number.
    Some(Rows, u32),
}

impl Chosen {
    fn len(&self) -> u32 {
        match self {
            Chosen::All(last) => *last,
            Chosen::Some(rows, last) => rows.rank(last.saturating_add(1)),
        }
    }

    fn get(&self, row: u32) -> Option<u32> {
        match self {
            Chosen::All(last) => (row < *last).then_some(row + 1),
            Chosen::Some(rows, _) => rows.select(row),
        }
    }
}

/// How packets are printed.
struct Printer {
    form: Form,
    columns: Vec<Column>,
    style: Style,
    details: bool,
    hex: bool,
    want: Want,
}

impl Printer {
    fn new(arguments: &ReadArguments, session: &Session) -> Result<Printer, Ended> {
        let mut columns = Vec::new();
        for name in &arguments.fields {
            match Column::named(name, session.registry()) {
                Some(column) => columns.push(column),
                None => {
                    let message =
                        format!("there is no field \"{name}\"; `wireglass fields` lists them all");
                    return Err(Ended::Message(message, REFUSED));
                }
            }
        }
        if arguments.form == Form::Fields && columns.is_empty() {
            return Err(Ended::Message(
                "-T fields needs at least one field: -e frame.number".into(),
                REFUSED,
            ));
        }
        let want = match arguments.form {
            Form::Text if arguments.details => Want::ALL,
            Form::Text | Form::Csv => Want::COLUMNS,
            Form::Pdml | Form::Json => Want::ALL,
            Form::Fields => columns
                .iter()
                .map(Column::want)
                .fold(Want::NOTHING, |a, b| Want {
                    nodes: a.nodes | b.nodes,
                    labels: a.labels | b.labels,
                    columns: a.columns | b.columns,
                    ..Want::NOTHING
                }),
        };
        Ok(Printer {
            form: arguments.form,
            columns,
            style: Style::default(),
            details: arguments.details,
            hex: arguments.hex,
            want,
        })
    }

    fn print(&self, session: &Arc<Session>, rows: &Chosen) -> Result<(), Ended> {
        let mut out = std::io::stdout().lock();
        let mut frame = String::new();
        match self.form {
            Form::Pdml => pdml::head(&mut frame),
            Form::Json => json::head(&mut frame),
            Form::Csv => csv::head(&mut frame),
            Form::Text | Form::Fields => {}
        }
        out.write_all(frame.as_bytes()).map_err(output_error)?;
        let count = rows.len() as usize;
        let mut failed = None;
        in_order(
            count.div_ceil(PIECE) as u64,
            || (session.view(), Tree::new()),
            |(view, tree), piece| {
                let start = piece as usize * PIECE;
                self.piece(view, tree, rows, start..count.min(start + PIECE))
            },
            |result| match result
                .and_then(|text| out.write_all(text.as_bytes()).map_err(output_error))
            {
                Ok(()) => true,
                Err(e) => {
                    failed = Some(e);
                    false
                }
            },
        );
        if let Some(failed) = failed {
            return Err(failed);
        }
        frame.clear();
        match self.form {
            Form::Pdml => pdml::foot(&mut frame),
            Form::Json => json::foot(&mut frame),
            Form::Text | Form::Fields | Form::Csv => {}
        }
        out.write_all(frame.as_bytes())
            .and_then(|()| out.flush())
            .map_err(output_error)
    }

    /// The text of some rows.
    fn piece(
        &self,
        view: &mut View,
        tree: &mut Tree,
        rows: &Chosen,
        range: std::ops::Range<usize>,
    ) -> Result<String, Ended> {
        let mut out = String::new();
        let mut before = range
            .start
            .checked_sub(1)
            .and_then(|row| rows.get(row as u32));
        for at in range {
            let Some(number) = rows.get(at as u32) else {
                break;
            };
            let Some(meta) = view.meta(number) else { break };
            if let Err(e) = view.dissect(number, before, self.want, tree) {
                return Err(Ended::Message(e.to_string(), DAMAGED));
            }
            before = Some(number);
            let row = Row {
                number,
                time_ns: meta.time_ns,
                relative_ns: view.relative_ns(number, &meta),
                original: meta.original,
                captured: meta.captured,
                tree,
                bytes: view.bytes(),
            };
            match self.form {
                Form::Text => {
                    text::line(&row, &mut out);
                    if self.details {
                        text::details(&row, &mut out);
                    }
                    if self.hex {
                        out.push_str(&hex_dump(row.bytes));
                        out.push('\n');
                    }
                }
                Form::Csv => csv::line(&row, &mut out),
                Form::Fields => fields::line(&row, &self.columns, &self.style, &mut out),
                Form::Pdml => pdml::packet(&row, &mut out),
                Form::Json => json::packet(&row, at == 0, &mut out),
            }
        }
        Ok(out)
    }
}
