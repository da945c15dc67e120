//! `wireglass lab`: lists, plays and checks exchanges.

use std::fs::File;
use std::io::{BufWriter, IsTerminal, Write};
use std::path::Path;

use super::arguments::{LabArguments, LabCommand, PlayArguments};
use super::{DAMAGED, Ended, OK, REFUSED, output_error};
use crate::export::ladder::svg::Look;
use crate::lab;
use crate::session::lab::rules_of_moved;
use crate::session::ladder::of_play as ladder_of_play;

/// Run the command.
pub(super) fn run(arguments: &LabArguments) -> Result<u8, Ended> {
    match &arguments.command {
        LabCommand::List => list(),
        LabCommand::Show { id } => show(id),
        LabCommand::Play(arguments) => play(arguments),
        LabCommand::Check { script } => check(script),
        LabCommand::Record { folder } => record(folder),
    }
}

fn refused(error: impl std::fmt::Display) -> Ended {
    Ended::Message(error.to_string(), REFUSED)
}

/// Every exchange of the catalogue, a line each.
fn list() -> Result<u8, Ended> {
    let mut out = std::io::stdout().lock();
    for entry in lab::CATALOGUE {
        let (title, text, not_yet) = entry.line();
        writeln!(out, "{:<16} {title}  [{text}]", entry.id).map_err(output_error)?;
        if let Some(reason) = not_yet {
            writeln!(out, "{:<16} not yet: {reason}", "").map_err(output_error)?;
        }
    }
    Ok(OK)
}

/// What the catalogue says of an exchange.
fn show(id: &str) -> Result<u8, Ended> {
    let plan = lab::find(id).map_err(refused)?;
    let about = &plan.about;
    let mut text = format!("{}\n{}  [{}]\n", about.id, about.title, about.text);
    for (what, words) in [
        ("What for", &about.purpose),
        ("Rules", &about.rules),
        ("Look at", &about.look),
    ] {
        if !words.is_empty() {
            text.push_str(&format!("\n{what}: {words}\n"));
        }
    }
    if !about.filters.is_empty() {
        text.push_str("\nFilters to try:\n");
        for filter in &about.filters {
            text.push_str(&format!("    {filter}\n"));
        }
    }
    text.push('\n');
    for step in &plan.steps {
        text.push_str(step.said.trim_end());
        text.push('\n');
    }
    std::io::stdout()
        .write_all(text.as_bytes())
        .map_err(output_error)?;
    Ok(OK)
}

/// So many millionths, from percent.
fn millionths(percent: f64, what: &str) -> Result<u32, Ended> {
    if (0.0..=100.0).contains(&percent) {
        Ok((percent * 10_000.0).round() as u32)
    } else {
        Err(refused(format!(
            "{what} is a number of percent from 0 to 100"
        )))
    }
}

fn choice(arguments: &PlayArguments) -> Result<lab::Choice, Ended> {
    let mut events = Vec::new();
    for name in &arguments.faults {
        match lab::Fault::parse(name) {
            Some(fault) => events.push(fault),
            None => {
                let names = lab::FAULT_NAMES.iter().map(|(name, _)| *name);
                let near = lab::nearest(name, names)
                    .map(|n| format!("; did you mean `{n}`?"))
                    .unwrap_or_default();
                let all: Vec<&str> = lab::FAULT_NAMES.iter().map(|(name, _)| *name).collect();
                return Err(refused(format!(
                    "there is no fault `{name}`{near} (there are: {})",
                    all.join(", ")
                )));
            }
        }
    }
    let delay_ns = match arguments.delay {
        Some(ms) if (0.0..=60_000.0).contains(&ms) => Some((ms * 1e6) as i64),
        Some(_) => {
            return Err(refused(
                "a delay is a number of milliseconds from 0 to 60000",
            ));
        }
        None => None,
    };
    Ok(lab::Choice {
        seed: arguments.seed,
        faults: lab::Faults {
            loss: millionths(arguments.loss, "--loss")?,
            reorder: millionths(arguments.reorder, "--reorder")?,
            duplicate: millionths(arguments.duplicate, "--duplicate")?,
            corrupt: millionths(arguments.corrupt, "--corrupt")?,
            delay_ns,
            bandwidth: arguments.bandwidth,
            events,
        },
    })
}

fn play(arguments: &PlayArguments) -> Result<u8, Ended> {
    let plan = lab::find(&arguments.id).map_err(refused)?;
    if arguments.loopback {
        return play_loopback(arguments, &plan);
    }
    if let Some(host) = &arguments.host {
        return play_against(arguments, &plan, host);
    }
    let choice = choice(arguments)?;
    let played = lab::play(&plan, &choice).map_err(refused)?;
    finish(arguments, &played, &choice)
}

/// Over real sockets.
fn play_loopback(arguments: &PlayArguments, plan: &lab::Plan) -> Result<u8, Ended> {
    let how = lab::Loopback {
        ipv6: arguments.ipv6,
        move_ports: arguments.move_ports,
    };
    let choice = choice(arguments)?;
    let played = lab::play_loopback_with(plan, how, &choice.faults.events).map_err(|error| {
        if let Some(device) = lab::wants_rights(&error) {
            eprintln!("wireglass: {error}");
            super::interfaces::advise(device);
            return Ended::Message("nothing was played".into(), REFUSED);
        }
        refused(error)
    })?;
    let status = finish(arguments, &played, &choice)?;
    let rules = decode_rules(&played.moved);
    if let Some(path) = &arguments.write
        && !rules.is_empty()
    {
        eprintln!(
            "wireglass: ports below 1024 were moved; read it with: wireglass read {} {}",
            path.display(),
            rules.join(" ")
        );
    }
    Ok(status)
}

/// The client's side, against a real host.
fn play_against(arguments: &PlayArguments, plan: &lab::Plan, host: &str) -> Result<u8, Ended> {
    let target = lab::Target::parse(host).map_err(refused)?;
    let intent = lab::intent(plan, &target).map_err(refused)?;
    if !arguments.quiet || !arguments.yes {
        let mut out = std::io::stdout().lock();
        for line in intent.lines() {
            writeln!(out, "{line}").map_err(output_error)?;
        }
    }
    if arguments.dry_run {
        return Ok(OK);
    }
    if !arguments.yes && !confirmed()? {
        return Err(refused("nothing was sent"));
    }
    let mut how = lab::Against::new(target);
    how.record = arguments.write.is_some();
    let done = lab::play_against(plan, &how, &mut |told| {
        if !arguments.quiet
            && let lab::Told::Address(address) = told
        {
            eprintln!("wireglass: talking to {address}");
        }
    })
    .map_err(refused)?;
    let status = finish(arguments, &done.played, &lab::Choice::default());
    if let Some(why) = &done.not_recorded {
        eprintln!("wireglass: the packets were not recorded: {why}");
        return status.and(Ok(DAMAGED));
    }
    status
}

/// Asks on the terminal; where there is none, --yes is the only way to say yes.
fn confirmed() -> Result<bool, Ended> {
    if !std::io::stdin().is_terminal() {
        return Err(refused(
            "nothing was sent: add --yes to send this, or --dry-run to look only",
        ));
    }
    eprint!("Send this? [y/N] ");
    let mut answer = String::new();
    std::io::stdin()
        .read_line(&mut answer)
        .map_err(|e| refused(format!("nothing was sent: {e}")))?;
    Ok(matches!(
        answer.trim().to_ascii_lowercase().as_str(),
        "y" | "yes"
    ))
}

/// Options that read what came over ports that were moved.
fn decode_rules(moved: &[lab::Moved]) -> Vec<String> {
    rules_of_moved(&crate::protocols::registry(), moved)
        .into_iter()
        .map(|rule| format!("-d {rule}"))
        .collect()
}

/// Every exchange that can be played, each into a file of a folder, with the seed that `play` has by itself.
fn record(folder: &Path) -> Result<u8, Ended> {
    let failed =
        |path: &Path, e: String| Ended::Message(format!("{}: {e}", path.display()), REFUSED);
    std::fs::create_dir_all(folder).map_err(|e| failed(folder, e.to_string()))?;
    for entry in lab::CATALOGUE.iter().filter(|entry| entry.is_playable()) {
        let plan = entry.plan().map_err(refused)?;
        let played = lab::play(&plan, &lab::Choice::usual()).map_err(refused)?;
        let path = folder.join(format!("{}.pcapng", entry.id));
        let file = File::create(&path).map_err(|e| failed(&path, e.to_string()))?;
        played
            .write(BufWriter::new(file))
            .map_err(|e| failed(&path, e.to_string()))?;
        println!("{}: {} frames", path.display(), played.frames.len());
    }
    Ok(OK)
}

/// Writes and tells what was played.
fn finish(
    arguments: &PlayArguments,
    played: &lab::Played,
    choice: &lab::Choice,
) -> Result<u8, Ended> {
    if let Some(path) = &arguments.write {
        let failed = |e: String| Ended::Message(format!("{}: {e}", path.display()), REFUSED);
        let file = File::create(path).map_err(|e| failed(e.to_string()))?;
        played
            .write(BufWriter::new(file))
            .map_err(|e| failed(e.to_string()))?;
    }
    if let Some(path) = &arguments.ladder {
        let ladder = ladder_of_play(played).map_err(|e| Ended::Message(e, DAMAGED))?;
        super::ladder::write(&ladder, path, &Look::default())?;
    }
    if !arguments.quiet {
        let mut out = std::io::stdout().lock();
        write!(out, "{}", played.dialogue()).map_err(output_error)?;
        writeln!(out, "{} frames", played.frames.len()).map_err(output_error)?;
    }
    match &played.failed {
        None => Ok(OK),
        // What was asked to go wrong has gone wrong: that is no failure of the command.
        Some(why) if choice.faults != lab::Faults::default() => {
            eprintln!("wireglass: the exchange did not come to its end: {why}");
            Ok(OK)
        }
        Some(why) => Err(Ended::Message(
            format!("the exchange did not come to its end: {why}"),
            DAMAGED,
        )),
    }
}

/// Whether a script is one.
fn check(script: &str) -> Result<u8, Ended> {
    let plan = lab::open(script).map_err(refused)?;
    let played = lab::play(&plan, &lab::Choice::default()).map_err(refused)?;
    if let Some(why) = played.failed {
        return Err(Ended::Message(
            format!("{script} can be read, but not played: {why}"),
            DAMAGED,
        ));
    }
    let mut out = std::io::stdout().lock();
    writeln!(
        out,
        "{script}: {} hosts, {} connections, {} steps, {} frames; all is well",
        plan.hosts.len(),
        plan.connections.len(),
        plan.steps.len(),
        played.frames.len()
    )
    .map_err(output_error)?;
    Ok(OK)
}
