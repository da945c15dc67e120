//! What an installation needs besides the program: shell completions and man pages, made from the argument parser itself.

use std::io::Write as _;
use std::path::Path;

use clap::CommandFactory as _;

use super::arguments::{CompletionsArguments, ManualArguments};
use super::{Arguments, Ended, OK, REFUSED, output_error};

/// `wireglass completions`.
pub fn completions(arguments: &CompletionsArguments) -> Result<u8, Ended> {
    let mut script = Vec::new();
    clap_complete::generate(
        arguments.shell,
        &mut Arguments::command(),
        "wireglass",
        &mut script,
    );
    std::io::stdout().write_all(&script).map_err(output_error)?;
    Ok(OK)
}

/// `wireglass manual`.
pub fn manual(arguments: &ManualArguments) -> Result<u8, Ended> {
    match &arguments.folder {
        None => {
            let page = page(Arguments::command()).map_err(output_error)?;
            std::io::stdout().write_all(&page).map_err(output_error)?;
        }
        Some(folder) => pages(folder).map_err(|error| {
            let message = format!("{}: the pages cannot be written: {error}", folder.display());
            Ended::Message(message, REFUSED)
        })?,
    }
    Ok(OK)
}

fn page(command: clap::Command) -> std::io::Result<Vec<u8>> {
    let mut out = Vec::new();
    clap_mangen::Man::new(command).render(&mut out)?;
    Ok(out)
}

/// The page of the program and one for each command: `wireglass.1`, `wireglass-read.1`...
fn pages(folder: &Path) -> std::io::Result<()> {
    std::fs::create_dir_all(folder)?;
    let mut all = Arguments::command();
    all.build();
    write(folder, "wireglass", all.clone())?;
    for command in all.get_subcommands() {
        if command.get_name() == "help" {
            continue;
        }
        let name = format!("wireglass-{}", command.get_name());
        write(folder, &name, command.clone())?;
        for inner in command.get_subcommands().filter(|c| c.get_name() != "help") {
            write(
                folder,
                &format!("{name}-{}", inner.get_name()),
                inner.clone(),
            )?;
        }
    }
    Ok(())
}

fn write(folder: &Path, name: &str, command: clap::Command) -> std::io::Result<()> {
    let page = page(command)?;
    std::fs::write(folder.join(format!("{name}.1")), page)
}
