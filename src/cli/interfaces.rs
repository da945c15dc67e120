//! `wireglass interfaces`: what frames can be captured on.

use std::io::Write as _;

use super::{Ended, OK, REFUSED, output_error};
use crate::capture::live::{self, Device};
use crate::capture::rights;

/// Run the command.
pub(super) fn run() -> Result<u8, Ended> {
    let devices = live::devices().map_err(|e| Ended::Message(e.to_string(), REFUSED))?;
    let mut refused = None;
    let mut lines =
        vec![["", "NAME", "STATE", "LINK TYPE", "ADDRESSES", "DESCRIPTION"].map(String::from)];
    for (index, device) in devices.iter().enumerate() {
        // To listen to a netfilter queue, even for a moment, is to take packets out of it.
        let kinds = device.network.then(|| live::link_kinds(&device.name));
        let link = match kinds.unwrap_or(Ok(Vec::new())) {
            Ok(kinds) => kinds
                .first()
                .map_or(String::new(), |k| k.description.clone()),
            Err(error) => {
                if error.is_rights() && refused.is_none() {
                    refused = Some((device.name.clone(), error));
                }
                "-".into()
            }
        };
        let addresses: Vec<_> = device.addresses.iter().map(ToString::to_string).collect();
        lines.push([
            format!("{}.", index + 1),
            device.name.clone(),
            state(device).to_owned(),
            link,
            if addresses.is_empty() {
                "-".into()
            } else {
                addresses.join(", ")
            },
            device.description.clone().unwrap_or_default(),
        ]);
    }
    let width = |column: usize| lines.iter().map(|l| l[column].chars().count()).max();
    let widths: Vec<usize> = (0..6).map(|column| width(column).unwrap_or(0)).collect();
    let mut out = std::io::stdout().lock();
    for line in &lines {
        let mut text = String::new();
        for (cell, width) in line.iter().zip(&widths) {
            text.push_str(&format!("{cell:width$}  "));
        }
        writeln!(out, "{}", text.trim_end()).map_err(output_error)?;
    }
    out.flush().map_err(output_error)?;
    if let Some((device, error)) = refused {
        eprintln!("\nwireglass: {error}");
        advise(&device);
    }
    Ok(OK)
}

/// A device's state in a word.
fn state(device: &Device) -> &'static str {
    match (device.up, device.connected, device.running) {
        (false, ..) => "down",
        (true, Some(false), _) | (true, None, false) if !device.loopback => "no link",
        _ => "up",
    }
}

/// What the user can do to get the right to capture.
pub(super) fn advise(device: &str) {
    let program = std::env::current_exe().unwrap_or_else(|_| "wireglass".into());
    for remedy in rights::remedies(&program, device) {
        eprintln!("{}\n    {}", remedy.what, remedy.command);
    }
}
