//! `wireglass objects`: the files that went over the wire, listed or saved.

use std::io::Write as _;

use super::arguments::{ObjectKind, ObjectsArguments};
use super::read::{damage, open};
use super::{DAMAGED, Ended, OK, REFUSED, output_error};
use crate::session::{Carrier, objects, save_objects};

/// Run the command.
pub(super) fn run(arguments: &ObjectsArguments) -> Result<u8, Ended> {
    let session = open(&arguments.file, false, &arguments.decode_as.rules)?;
    session.wait();
    let carriers: Vec<Carrier> = if arguments.kinds.is_empty() {
        Carrier::ALL.to_vec()
    } else {
        arguments.kinds.iter().map(|k| k.carrier()).collect()
    };
    let found = objects(&session, &carriers).map_err(|e| Ended::Message(e, DAMAGED))?;
    let mut out = std::io::stdout().lock();
    match &arguments.folder {
        None => {
            for object in &found {
                writeln!(
                    out,
                    "{}\t{}\t{}\t{}\t{}\t{}",
                    object.frame,
                    object.carrier.title(),
                    object.host,
                    object.media,
                    object.len,
                    object.name
                )
                .map_err(output_error)?;
            }
        }
        Some(folder) => {
            let files = save_objects(&session, &found, folder)
                .map_err(|e| Ended::Message(e.to_string(), REFUSED))?;
            for file in files {
                writeln!(out, "{}", file.display()).map_err(output_error)?;
            }
        }
    }
    damage(&session).map_or(Ok(OK), Err)
}

impl ObjectKind {
    fn carrier(self) -> Carrier {
        match self {
            ObjectKind::Http => Carrier::Http,
            ObjectKind::Imf => Carrier::Mail,
            ObjectKind::FtpData => Carrier::Ftp,
        }
    }
}
