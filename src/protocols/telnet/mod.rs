//! Telnet (RFC 854): a terminal over the network, everything in the clear. What is typed and shown goes as it is; the byte 255
//! (IAC, "interpret as command") begins a command between it.
//!
//! ```text
//! FF FD 18                   IAC DO TERMINAL-TYPE           will you tell me your terminal's type?
//! FF FB 18                   IAC WILL TERMINAL-TYPE         I will
//! FF FA 18 01 FF F0          IAC SB TERMINAL-TYPE SEND IAC SE
//! FF FA 18 00 .. FF F0       IAC SB TERMINAL-TYPE IS xterm IAC SE
//! "login: "                  text
//! ```
//!
//! Options are declared in [`fields`]; what is said about them is taken apart in [`options`] and [`serial`].

mod fields;
mod framer;
mod options;
mod serial;
#[cfg(test)]
mod tests;

use std::ops::Range;
use std::sync::Arc;

use self::fields::{COMMAND, DATA, SUBCOMMAND};
use super::credentials;
use super::text_lines::add_ascii;
use crate::dissect::{Done, Layer, Protocol, Stop, Table, Value};

/// The Telnet protocol.
pub static TELNET: Protocol = Protocol {
    spec: "RFC 854",
    fields: fields::FIELDS,
    issues: fields::ISSUES,
    parents: &[(Table::TcpPort, 23)],
    framer: Some(framer::new),
    recognise_tcp: Some(recognise),
    ..Protocol::new("telnet", "Telnet", "TELNET", dissect)
};

/// "Interpret as command": what follows is no text. Twice, it is the byte 255 itself.
const IAC: u8 = 255;
/// Suboption: what follows is about an option, up to the next command.
const SB: u8 = 250;
const WILL: u8 = 251;
const DONT: u8 = 254;

/// Whether a stream on an unknown port is Telnet: it begins with the negotiation of two known options.
fn recognise(bytes: &[u8]) -> bool {
    bytes.len() >= 6
        && bytes
            .chunks_exact(3)
            .take(2)
            .all(|c| matches!(c, [IAC, WILL..=DONT, 0..=49]))
}

/// What stands at a place.
enum Part {
    /// Text, up to here.
    Data(usize),
    /// A command with all that belongs to it, up to here.
    Command(usize),
    /// A command whose end is not there.
    Cut,
}

/// The next part of a segment.
fn next(bytes: &[u8], at: usize) -> Part {
    if bytes.get(at) != Some(&IAC) || bytes.get(at + 1) == Some(&IAC) {
        return Part::Data(next_command(bytes, at));
    }
    match (bytes.get(at + 1), bytes.get(at + 2)) {
        (None, _) | (Some(SB..=DONT), None) => Part::Cut,
        (Some(&SB), Some(_)) => Part::Command(next_command(bytes, at + 3)),
        (Some(WILL..=DONT), Some(_)) => Part::Command(at + 3),
        _ => Part::Command(at + 2),
    }
}

/// Where the next command begins, from `at` on: an IAC that is not doubled.
fn next_command(bytes: &[u8], mut at: usize) -> usize {
    while let Some(n) = memchr::memchr(IAC, bytes.get(at..).unwrap_or(&[])) {
        at += n;
        if bytes.get(at + 1) != Some(&IAC) {
            return at;
        }
        at += 2;
    }
    bytes.len()
}

fn dissect(l: &mut Layer<'_, '_>) -> Done {
    if l.scanning() {
        return Ok(());
    }
    l.protocol("TELNET");
    l.info(|out| out.push_str("Telnet Data ..."));
    if !l.wants_nodes() && !l.wants_columns() {
        return Ok(());
    }
    let password = framer::has_password(l.facts(), l.cx.packet.message_note);
    let bytes = l.data();
    let mut at = 0;
    while at < bytes.len() {
        match next(bytes, at) {
            Part::Data(end) => {
                text(l, at..end, password);
                at = end;
            }
            Part::Command(end) => {
                command(l, at..end);
                at = end;
            }
            Part::Cut => {
                if let Some(byte) = bytes.get(at + 1) {
                    l.open_text(at, 2, |out| out.push_str("Command header"));
                    l.add(&COMMAND, at + 1, 1, Value::U(u64::from(*byte)));
                    l.close();
                }
                return Err(Stop::Malformed);
            }
        }
    }
    Ok(())
}

/// Text, line by line. Lines end with LF, with CR LF, or with CR NUL, which is a CR alone.
fn text(l: &mut Layer<'_, '_>, range: Range<usize>, password: bool) {
    let bytes = l.data();
    let mut at = range.start;
    let mut searched = at;
    while at < range.end {
        let part = &bytes[searched..range.end];
        let end = match memchr::memchr2(b'\r', b'\n', part) {
            None => range.end,
            Some(n) => match part[n..] {
                [b'\n', ..] => searched + n + 1,
                [b'\r', b'\n' | 0, ..] => searched + n + 2,
                _ => {
                    // A CR that is none of these goes on with the line.
                    searched += n + 1;
                    if searched < range.end {
                        continue;
                    }
                    range.end
                }
            },
        };
        let node = add_ascii(l, &DATA, at..end);
        let blank = bytes[at..end]
            .iter()
            .all(|b| matches!(b, b'\r' | b'\n' | 0));
        if password && !blank {
            credentials::readable(l, node);
        }
        at = end;
        searched = end;
    }
}

/// A command, with the option it is about.
fn command(l: &mut Layer<'_, '_>, range: Range<usize>) {
    let (start, bytes) = (range.start, &l.data()[range.clone()]);
    let Some(code) = bytes.get(1).copied() else {
        return;
    };
    let option = bytes.get(2).copied().filter(|_| code >= SB);
    let name = option.and_then(|o| fields::option_name(u64::from(o)));
    let words = COMMAND.name_of(u64::from(code));
    l.open_text(start, range.len(), |out| {
        out.push_str(words.unwrap_or("<unknown option>"));
        if let Some(name) = name {
            out.push(' ');
            out.push_str(name);
        }
    });
    l.add(&COMMAND, start + 1, 1, Value::U(u64::from(code)));
    if let Some(option) = option {
        let value = Value::U(u64::from(option));
        let node = l.open(&SUBCOMMAND, start + 2, 1, value);
        if code == SB {
            let said = bytes.get(3..).unwrap_or(&[]);
            if memchr::memchr(IAC, said).is_some() {
                let plain: Arc<[u8]> = undoubled(said).into();
                let region = l.buffer("Unescaped suboption", &plain);
                l.within(region, |l| options::dissect(l, option, node));
            } else {
                let region = l.part(start + 3, said.len());
                l.within(region, |l| options::dissect(l, option, node));
            }
        }
        l.close();
    }
    l.close();
}

/// What is said about an option, with each doubled 255 made a single one.
fn undoubled(said: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(said.len());
    let mut at = 0;
    while let Some(byte) = said.get(at) {
        out.push(*byte);
        at += if *byte == IAC { 2 } else { 1 };
    }
    out
}
