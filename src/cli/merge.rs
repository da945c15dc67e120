//! `wireglass merge`: several capture files put together, by the times of their packets.

use super::arguments::MergeArguments;
use super::{DAMAGED, Ended, OK, REFUSED};
use crate::capture::{SaveOptions, merge};

/// Run the command.
pub(super) fn run(arguments: &MergeArguments) -> Result<u8, Ended> {
    let options = SaveOptions {
        format: arguments.file_form.format(),
        gzip: arguments.gzip,
    };
    let merged = merge(&arguments.files, &arguments.write, options, &mut |_, _| {
        true
    })
    .map_err(|error| Ended::Message(error.to_string(), REFUSED))?;
    if merged.damaged.is_empty() {
        return Ok(OK);
    }
    let messages: Vec<String> = merged.damaged.iter().map(ToString::to_string).collect();
    Err(Ended::Message(messages.join("\nwireglass: "), DAMAGED))
}
