//! `wireglass capture`: frames from interfaces into files, without a window.

use std::io::{IsTerminal as _, Write as _};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::Duration;

use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
use signal_hook::iterator::Signals;

use super::arguments::CaptureArguments;
use super::interfaces::advise;
use super::{DAMAGED, Ended, OK, REFUSED, output_error};
use crate::capture::live::{self, BUFFER_MIB, LiveError, TapOptions, WHOLE_FRAMES};
use crate::capture::{
    Counters, FileFormat, Output, Plan, Recorder, RecorderError, Ring, StopAfter,
};

/// Run the command.
pub(super) fn run(arguments: &CaptureArguments) -> Result<u8, Ended> {
    if arguments.list_interfaces {
        return super::interfaces::run();
    }
    let plan = plan(arguments)?;
    if arguments.list_link_types {
        return list_link_types(&plan);
    }
    if arguments.print_filter {
        return print_filters(&plan);
    }
    // Asked for before the capture begins, so that no signal finds the program unprepared.
    let signals = signals()?;
    let recorder = Recorder::start(&plan).map_err(refused)?;
    let names: Vec<_> = plan.taps.iter().map(|(name, _)| name.as_str()).collect();
    if !arguments.quiet {
        eprintln!("Capturing on {}", names.join(", "));
        if plan.outputs != [Output::Stdout] {
            eprintln!("File: {}", recorder.path().display());
        }
    } else if arguments.write.is_none() {
        eprintln!("{}", recorder.path().display());
    }
    let ended = watch(&recorder, &signals, arguments.quiet);
    let counters = recorder.counters();
    report(&counters, &ended.files, &plan);
    if ended.faults.is_empty() {
        Ok(OK)
    } else {
        Err(Ended::Message(ended.faults.join("; "), DAMAGED))
    }
}

/// Waits for the capture's end, and shows meanwhile how many packets there are.
fn watch(recorder: &Recorder, signals: &Receiver<()>, quiet: bool) -> crate::capture::Ended {
    let shows = !quiet && std::io::stderr().is_terminal();
    let mut shown = None;
    loop {
        match signals.recv_timeout(Duration::from_millis(100)) {
            Ok(()) => recorder.stop(),
            Err(RecvTimeoutError::Timeout) => {}
            // Signals come no more; the capture still ends by itself.
            Err(RecvTimeoutError::Disconnected) => std::thread::sleep(Duration::from_millis(100)),
        }
        let ended = recorder.ended();
        let packets = recorder.counters().packets;
        if shows && shown != Some(packets) {
            shown = Some(packets);
            eprint!("\rPackets: {packets} ");
        }
        if let Some(ended) = ended {
            if shows {
                eprintln!();
            }
            return ended;
        }
    }
}

/// A word on the channel for each signal that asks the program to end.
fn signals() -> Result<Receiver<()>, Ended> {
    let failed =
        |e: std::io::Error| Ended::Message(format!("signals cannot be waited for: {e}"), REFUSED);
    let mut signals = Signals::new([SIGINT, SIGTERM, SIGHUP]).map_err(failed)?;
    let (sender, receiver): (Sender<()>, _) = channel();
    std::thread::Builder::new()
        .name("signals".into())
        .spawn(move || {
            for _ in signals.forever() {
                if sender.send(()).is_err() {
                    return;
                }
            }
        })
        .map_err(failed)?;
    Ok(receiver)
}

/// The statistics at the end.
fn report(counters: &Counters, files: &[PathBuf], plan: &Plan) {
    let plural = |n: u64, what: &str| format!("{n} {what}{}", if n == 1 { "" } else { "s" });
    let mut text = format!(
        "{} captured ({} bytes)",
        plural(counters.packets, "packet"),
        counters.bytes
    );
    match files {
        [] => {}
        [one] => text.push_str(&format!(" in {}", one.display())),
        several => {
            text.push_str(&format!(" in {} files", several.len()));
            if plan
                .outputs
                .iter()
                .any(|o| matches!(o, Output::Files(_, r) if r.keep.is_some()))
            {
                text.push_str(" or older ones that are deleted");
            }
        }
    }
    eprintln!("{text}");
    for interface in &counters.interfaces {
        let kernel = &interface.kernel;
        eprintln!(
            "{}: {} received by the filter, {} dropped by the kernel, {} dropped by the interface",
            interface.name,
            plural(kernel.received, "packet"),
            kernel.dropped,
            kernel.interface_dropped
        );
    }
    if counters.unwritten > 0 {
        eprintln!(
            "{} could not be written any more",
            plural(counters.unwritten, "packet")
        );
    }
}

/// A capture that could not begin; for want of rights, with what to do about it.
fn refused(error: RecorderError) -> Ended {
    if let RecorderError::Live(LiveError::NoRights { device, .. }) = &error {
        eprintln!("wireglass: {error}");
        advise(device);
        return Ended::Message("nothing was captured".into(), REFUSED);
    }
    Ended::Message(error.to_string(), REFUSED)
}

fn list_link_types(plan: &Plan) -> Result<u8, Ended> {
    let mut out = std::io::stdout().lock();
    for (name, _) in &plan.taps {
        let kinds = live::link_kinds(name).map_err(|e| refused(e.into()))?;
        writeln!(out, "Link types of {name} (use -y to choose one):").map_err(output_error)?;
        for kind in kinds {
            writeln!(out, "  {} ({})", kind.name, kind.description).map_err(output_error)?;
        }
    }
    Ok(OK)
}

fn print_filters(plan: &Plan) -> Result<u8, Ended> {
    let mut out = std::io::stdout().lock();
    for (name, options) in &plan.taps {
        // Without the right to ask the interface, Ethernet is the best guess.
        let link_type = live::link_kinds(name)
            .ok()
            .and_then(|kinds| Some(kinds.first()?.link_type()))
            .unwrap_or(1);
        let code = live::filter_code(&options.filter, link_type).map_err(|e| refused(e.into()))?;
        for line in code {
            writeln!(out, "{line}").map_err(output_error)?;
        }
    }
    Ok(OK)
}

/// The interfaces that were named, or the one to take if none was.
pub(super) fn interfaces(named: &[String]) -> Result<Vec<String>, Ended> {
    let devices = live::devices().map_err(|e| refused(e.into()))?;
    if named.is_empty() {
        let first = devices
            .iter()
            .find(|d| d.up && !d.loopback && d.name != live::ANY)
            .or_else(|| devices.first());
        return Ok(first.map(|d| d.name.clone()).into_iter().collect());
    }
    named
        .iter()
        .map(|name| {
            let known = devices.iter().any(|d| d.name == *name);
            match name.parse::<usize>() {
                Ok(number) if !known => number
                    .checked_sub(1)
                    .and_then(|index| devices.get(index))
                    .map(|d| d.name.clone())
                    .ok_or_else(|| {
                        let message = format!(
                            "there is no interface {number}; `wireglass interfaces` lists them"
                        );
                        Ended::Message(message, REFUSED)
                    }),
                _ => Ok(name.clone()),
            }
        })
        .collect()
}

fn wrong(message: String) -> Ended {
    Ended::Message(message, REFUSED)
}

/// What the arguments ask for.
fn plan(arguments: &CaptureArguments) -> Result<Plan, Ended> {
    let names = interfaces(&arguments.interfaces)?;
    let filters = &arguments.filters;
    if filters.len() > 1 && filters.len() != names.len() {
        return Err(wrong(format!(
            "{} capture filters for {} interfaces: give one for all, or one for each",
            filters.len(),
            names.len()
        )));
    }
    let taps = names.into_iter().enumerate().map(|(index, name)| {
        let filter = filters.get(index).or(filters.first());
        let options = TapOptions {
            promiscuous: arguments.promiscuous,
            monitor: arguments.monitor,
            snap_len: match arguments.snap_len {
                0 => WHOLE_FRAMES,
                len => len.min(WHOLE_FRAMES),
            },
            buffer_mib: arguments.buffer.unwrap_or(BUFFER_MIB),
            link: arguments.link_type.clone(),
            filter: filter.cloned().unwrap_or_default(),
            ..TapOptions::default()
        };
        (name, options)
    });
    let taps: Vec<_> = taps.collect();
    let mut stop = stop_after(&arguments.stop)?;
    stop.packets = arguments.count.or(stop.packets);
    let format = if arguments.pcap {
        FileFormat::Pcap
    } else {
        FileFormat::Pcapng
    };
    let mut ring = ring(&arguments.ring)?;
    // A size in -a is that of each file when there are several.
    if let (Some(ring), Some(bytes)) = (&mut ring, stop.bytes) {
        ring.bytes = ring.bytes.or(Some(bytes));
        stop.bytes = None;
    }
    let output = match (&arguments.write, ring) {
        (Some(path), None) if path == Path::new("-") => Output::Stdout,
        (Some(path), Some(_)) if path == Path::new("-") => {
            return Err(wrong(
                "several files (-b) cannot go to standard output".into(),
            ));
        }
        (Some(path), None) => Output::File(path.clone()),
        (Some(path), Some(ring)) => Output::Files(path.clone(), ring),
        (None, Some(_)) => return Err(wrong("several files (-b) need a name (-w)".into())),
        // Nothing will be written.
        (None, None) if arguments.list_link_types || arguments.print_filter => Output::Stdout,
        (None, None) => Output::File(new_temporary(format)?),
    };
    if stop.files.is_some() && !matches!(output, Output::Files(..)) {
        return Err(wrong("-a files: needs several files (-b)".into()));
    }
    Ok(Plan {
        taps,
        prompt: arguments.immediate || output == Output::Stdout,
        outputs: vec![output],
        format,
        stop,
        comments: arguments.comments.clone(),
        group: arguments.group,
    })
}

/// A file of its own for a capture without a name.
fn new_temporary(format: FileFormat) -> Result<PathBuf, Ended> {
    let suffix = if format == FileFormat::Pcapng {
        ".pcapng"
    } else {
        ".pcap"
    };
    tempfile::Builder::new()
        .prefix("wireglass-")
        .suffix(suffix)
        .tempfile()
        .and_then(|file| Ok(file.keep()?.1))
        .map_err(|e| wrong(format!("no temporary file can be made: {e}")))
}

/// `name:number` of -a and -b.
fn condition(text: &str) -> Result<(&str, u64), Ended> {
    text.split_once(':')
        .and_then(|(name, number)| Some((name, number.parse().ok().filter(|n| *n > 0)?)))
        .ok_or_else(|| {
            wrong(format!(
                "\"{text}\" is no condition; it should look like filesize:1000"
            ))
        })
}

fn stop_after(conditions: &[String]) -> Result<StopAfter, Ended> {
    let mut stop = StopAfter::default();
    for text in conditions {
        // Seconds may have a fraction.
        if let Some(time) = text.strip_prefix("duration:").and_then(seconds) {
            stop.time = Some(time);
            continue;
        }
        match condition(text)? {
            ("filesize", n) => stop.bytes = Some(n.saturating_mul(1000)),
            ("files", n) => stop.files = Some(u32::try_from(n).unwrap_or(u32::MAX)),
            ("packets", n) => stop.packets = Some(n),
            (name, _) => {
                return Err(wrong(format!(
                    "a capture cannot stop after \"{name}\"; there are duration, filesize, files and packets"
                )));
            }
        }
    }
    Ok(stop)
}

fn ring(conditions: &[String]) -> Result<Option<Ring>, Ended> {
    if conditions.is_empty() {
        return Ok(None);
    }
    let mut ring = Ring::default();
    for text in conditions {
        if let Some(time) = text.strip_prefix("duration:").and_then(seconds) {
            ring.after = Some(time);
            continue;
        }
        match condition(text)? {
            ("filesize", n) => ring.bytes = Some(n.saturating_mul(1000)),
            ("files", n) => ring.keep = Some(u32::try_from(n).unwrap_or(u32::MAX)),
            ("packets", n) => ring.packets = Some(n),
            ("interval", n) => ring.interval = Some(Duration::from_secs(n)),
            (name, _) => {
                return Err(wrong(format!(
                    "files cannot follow one another by \"{name}\"; there are duration, filesize, packets, interval and files"
                )));
            }
        }
    }
    if ring.bytes.is_none()
        && ring.packets.is_none()
        && ring.after.is_none()
        && ring.interval.is_none()
    {
        return Err(wrong(
            "when should the next file begin? -b needs duration:, filesize:, packets: or interval:"
                .into(),
        ));
    }
    Ok(Some(ring))
}

fn seconds(text: &str) -> Option<Duration> {
    let seconds: f64 = text.parse().ok()?;
    Duration::try_from_secs_f64(seconds)
        .ok()
        .filter(|d| !d.is_zero())
}
