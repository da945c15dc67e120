//! The program: arguments, then the window or the command line.

use std::process::ExitCode;

use clap::Parser as _;
use wireglass::cli;

fn main() -> ExitCode {
    let arguments = cli::Arguments::parse();
    match arguments.command {
        Some(command) => cli::run(command),
        None => window(&arguments),
    }
}

/// Open the window, where it was built in.
fn window(_arguments: &cli::Arguments) -> ExitCode {
    eprintln!("wireglass: this build has no window; see `wireglass --help` for the commands");
    ExitCode::from(cli::REFUSED)
}
