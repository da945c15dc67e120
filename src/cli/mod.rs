//! The headless commands. Options and output are tshark's where tshark has them.

pub mod arguments;
mod capture;
mod fields;
mod interfaces;
mod lab;
mod ladder;
mod merge;
mod objects;
mod read;
mod setup;
mod stats;

use std::process::ExitCode;

pub use arguments::{Arguments, Command, Theme};

/// Everything went well.
pub const OK: u8 = 0;
/// The input was damaged: what could be read was shown.
pub const DAMAGED: u8 = 1;
/// The command could not be carried out: no such file, no such field, a filter that is none.
pub const REFUSED: u8 = 2;

/// Why a command ended early.
pub enum Ended {
    /// A message for the person, and the exit status.
    Message(String, u8),
    /// Whoever read our output went away (`wireglass read ... | head`): nothing to say.
    OutputClosed,
}

/// Run a headless command.
pub fn run(command: Command) -> ExitCode {
    let result = match command {
        Command::Read(arguments) => read::run(&arguments),
        Command::Stats(arguments) => stats::run(&arguments),
        Command::Merge(arguments) => merge::run(&arguments),
        Command::Objects(arguments) => objects::run(&arguments),
        Command::Fields(arguments) => fields::run(&arguments),
        Command::Interfaces => interfaces::run(),
        Command::Capture(arguments) => capture::run(&arguments),
        Command::Lab(arguments) => lab::run(&arguments),
        Command::Ladder(arguments) => ladder::run(&arguments),
        Command::Completions(arguments) => setup::completions(&arguments),
        Command::Manual(arguments) => setup::manual(&arguments),
    };
    match result {
        Ok(status) => ExitCode::from(status),
        Err(Ended::OutputClosed) => ExitCode::SUCCESS,
        Err(Ended::Message(message, status)) => {
            eprintln!("wireglass: {message}");
            ExitCode::from(status)
        }
    }
}

/// The interfaces that were named, by name; `-` alone stays as it is. If none was named and one is needed, the likeliest.
pub fn interfaces(named: &[String], needed: bool) -> Result<Vec<String>, String> {
    if named == ["-"] || (named.is_empty() && !needed) {
        return Ok(named.to_vec());
    }
    capture::interfaces(named).map_err(|ended| match ended {
        Ended::Message(message, _) => message,
        Ended::OutputClosed => String::new(),
    })
}

/// An output error: a closed pipe ends quietly, anything else is told.
fn output_error(error: std::io::Error) -> Ended {
    if error.kind() == std::io::ErrorKind::BrokenPipe {
        Ended::OutputClosed
    } else {
        Ended::Message(format!("the output cannot be written: {error}"), DAMAGED)
    }
}
