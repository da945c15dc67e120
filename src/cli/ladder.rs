//! `wireglass ladder`: a conversation as a ladder, in words or as a picture.

use std::io::Write as _;
use std::path::Path;

use super::arguments::LadderArguments;
use super::read::{damage, open};
use super::{DAMAGED, Ended, OK, REFUSED, output_error};
use crate::export::ladder::layout::Scale;
use crate::export::ladder::svg::{Look, svg};
use crate::export::ladder::{Ladder, text};
use crate::session::ladder::{KEPT, Scope, ladder};
use crate::session::write_whole;

/// Run the command.
pub(super) fn run(arguments: &LadderArguments) -> Result<u8, Ended> {
    let scope = match &arguments.stream {
        None => Scope::Rows(None),
        Some(stream) => scope_of(stream).ok_or_else(|| {
            Ended::Message(
                format!("`{stream}` is no stream: tcp:0 and udp:3 are"),
                REFUSED,
            )
        })?,
    };
    let session = open(&arguments.file, false, &arguments.decode_as.rules)?;
    session.wait();
    let drawn = ladder(&session, scope, None).map_err(|e| Ended::Message(e, DAMAGED))?;
    if drawn.is_empty() {
        let message = match &arguments.stream {
            Some(stream) => format!("{}: there is no {stream}", arguments.file.display()),
            None => format!("{}: there are no packets", arguments.file.display()),
        };
        return Err(Ended::Message(message, REFUSED));
    }
    match &arguments.output {
        Some(path) => {
            let look = Look {
                width: if arguments.large { 1500.0 } else { 1000.0 },
                scale: if arguments.large {
                    Scale::Large
                } else {
                    Scale::Usual
                },
                absolute: true,
                dark: arguments.dark,
            };
            write(&drawn, path, &look)?;
        }
        None => {
            let mut out = std::io::stdout().lock();
            out.write_all(text(&drawn).as_bytes())
                .map_err(output_error)?;
            if drawn.len() > KEPT {
                writeln!(out, "and {} more packets", drawn.len() - KEPT).map_err(output_error)?;
            }
        }
    }
    damage(&session).map_or(Ok(OK), Err)
}

/// The stream that `tcp:0` names.
fn scope_of(text: &str) -> Option<Scope> {
    let (kind, number) = text.split_once(':')?;
    let number = number.parse().ok()?;
    match kind {
        "tcp" => Some(Scope::Tcp(number)),
        "udp" => Some(Scope::Udp(number)),
        _ => None,
    }
}

/// Write a ladder as the file's ending says: .svg, .png or .txt.
pub(super) fn write(ladder: &Ladder, path: &Path, look: &Look) -> Result<(), Ended> {
    let refused = |what: String| Ended::Message(format!("{}: {what}", path.display()), REFUSED);
    let ending = path.extension().unwrap_or_default().to_string_lossy();
    let bytes = match ending.to_ascii_lowercase().as_str() {
        "svg" => svg(ladder, 0..ladder.len(), look).into_bytes(),
        "png" => png(&svg(ladder, 0..ladder.len(), look)).map_err(refused)?,
        "txt" => text(ladder).into_bytes(),
        _ => {
            return Err(refused(
                "a ladder is written as .svg, .png or .txt".to_owned(),
            ));
        }
    };
    write_whole(path, true, |out| {
        out.write_all(&bytes)
            .map_err(|error| crate::capture::FileError::from_io(path, "write", &error).into())
    })
    .map_err(|error| Ended::Message(error.to_string(), REFUSED))
}

#[cfg(feature = "gui")]
fn png(svg: &str) -> Result<Vec<u8>, String> {
    crate::export::picture::png(svg, 2.0).or_else(|_| crate::export::picture::png(svg, 1.0))
}

/// This build has nothing that could draw.
#[cfg(not(feature = "gui"))]
fn png(_: &str) -> Result<Vec<u8>, String> {
    Err("this build draws no dots; .svg will do".into())
}
