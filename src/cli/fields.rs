//! `wireglass fields`: the registry as a table.

use std::io::Write as _;

use super::arguments::FieldsArguments;
use super::{Ended, OK, output_error};

/// Print every filter name with type and label, sorted.
pub(super) fn run(arguments: &FieldsArguments) -> Result<u8, Ended> {
    let registry = crate::protocols::registry();
    let prefix = arguments.prefix.as_deref().unwrap_or("");
    let mut all: Vec<_> = registry
        .all_fields()
        .filter(|(name, _)| name.starts_with(prefix))
        .collect();
    all.sort_by_key(|(name, _)| *name);
    if all.is_empty() {
        return Err(Ended::Message(
            format!("no field begins with \"{prefix}\""),
            super::REFUSED,
        ));
    }
    let mut out = std::io::stdout().lock();
    for (name, fields) in all {
        for field in fields {
            writeln!(
                out,
                "{name}\t{}\t{}\t{}",
                field.kind.title(),
                field.label,
                field.spec
            )
            .map_err(output_error)?;
        }
    }
    Ok(OK)
}
