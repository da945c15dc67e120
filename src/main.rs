//! The program: arguments, then the window or the command line.

use std::process::ExitCode;

use clap::Parser as _;
use wireglass::cli;

fn main() -> ExitCode {
    let arguments = cli::Arguments::parse();
    match arguments.command {
        Some(command) => cli::run(command),
        None => window(arguments),
    }
}

/// Open the window.
#[cfg(feature = "gui")]
fn window(arguments: cli::Arguments) -> ExitCode {
    let dark = match arguments.theme {
        cli::Theme::System => None,
        cli::Theme::Light => Some(false),
        cli::Theme::Dark => Some(true),
    };
    let interfaces = match cli::interfaces(&arguments.interfaces, arguments.begin) {
        Ok(interfaces) => interfaces,
        Err(message) => {
            eprintln!("wireglass: {message}");
            return ExitCode::from(cli::REFUSED);
        }
    };
    let start = wireglass::ui::Start {
        file: arguments.read.or(arguments.file),
        filter: arguments.filter,
        dark,
        interfaces,
        capture_filter: arguments.capture_filter.unwrap_or_default(),
        begin: arguments.begin,
        memory: arguments.memory,
        rules: arguments.decode_as.rules,
    };
    match wireglass::ui::run(start) {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("wireglass: {message}");
            ExitCode::from(cli::REFUSED)
        }
    }
}

/// This build has no window.
#[cfg(not(feature = "gui"))]
fn window(_: cli::Arguments) -> ExitCode {
    eprintln!("wireglass: this build has no window; see `wireglass --help` for the commands");
    ExitCode::from(cli::REFUSED)
}
