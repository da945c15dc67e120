//! The option "COM Port Control" (RFC 2217): a serial port at the far end, with its speed, bits and signals.

use std::fmt::Write as _;

use super::fields::{
    BAUD_RATE, CONTROL, DATA_SIZE, INVALID_BAUD_RATE, INVALID_CONTROL, INVALID_DATA_SIZE,
    INVALID_LINE_STATE, INVALID_MODEM_STATE, INVALID_PARITY, INVALID_PURGE, INVALID_STOP,
    LINE_STATE, LINE_STATE_MASK, MODEM_STATE, MODEM_STATE_MASK, PARITY, PURGE, RESUME, SIGNATURE,
    STOP_BITS, SUSPEND,
};
use crate::dissect::{Layer, NodeId, Stop, Value};
use crate::field::{Field, Issue};
use crate::protocols::text_lines::{add_ascii, ascii};

static DATA_SIZES: &[&str] = &["Request", "", "", "", "", "5", "6", "7", "8"];
static PARITIES: &[&str] = &["Request", "None", "Odd", "Even", "Mark", "Space"];
static STOPS: &[&str] = &["Request", "1", "2", "1.5"];
static CONTROLS: &[&str] = &[
    "Output Flow Control Request",
    "Output Flow: None",
    "Output Flow: XON/XOFF",
    "Output Flow: CTS/RTS",
    "Break Request",
    "Break: ON",
    "Break: OFF",
    "DTR Request",
    "DTR: ON",
    "DTR: OFF",
    "RTS Request",
    "RTS: ON",
    "RTS: OFF",
    "Input Flow Control Request",
    "Input Flow: None",
    "Input Flow: XON/XOFF",
    "Input Flow: CTS/RTS",
    "Output Flow: DCD",
    "Input Flow: DTR",
    "Output Flow: DSR",
];
static PURGES: &[&str] = &["Purge None", "Purge RX", "Purge TX", "Purge RX/TX"];

/// Events of the line, from the lowest bit.
static LINE_STATES: [&str; 8] = [
    "Data Ready",
    "Overrun Error",
    "Parity Error",
    "Framing Error",
    "Break Detected",
    "Transfer Holding Register Empty",
    "Transfer Shift Register Empty",
    "Timeout Error",
];

/// Signals of the modem and their changes (D), from the lowest bit.
static MODEM_STATES: [&str; 8] = ["DCTS", "DDSR", "TERI", "DDCD", "CTS", "DSR", "RI", "DCD"];

/// A number of one byte: its field, the words of the label, the names of the values, the name of no value, the issue for none.
struct Choice {
    field: &'static Field,
    words: &'static str,
    names: &'static [&'static str],
    other: &'static str,
    missing: &'static Issue,
    message: &'static str,
}

/// What is said of the port: who says it (below 100 the client), and what.
pub(super) fn dissect(l: &mut Layer<'_, '_>, node: NodeId) -> Result<(), Stop> {
    let code = l.peek_u8(0)?;
    let (who, what) = if code < 100 {
        ("Client", code)
    } else {
        ("Server", code - 100)
    };
    l.skip(1);
    match what {
        0 => signature(l, who),
        1 => baud_rate(l, who, node),
        2 => choice(
            l,
            who,
            node,
            &Choice {
                field: &DATA_SIZE,
                words: "Data Size: ",
                names: DATA_SIZES,
                other: "<invalid>",
                missing: &INVALID_DATA_SIZE,
                message: "<Invalid Data Size Packet>",
            },
        ),
        3 => choice(
            l,
            who,
            node,
            &Choice {
                field: &PARITY,
                words: "Parity: ",
                names: PARITIES,
                other: "<invalid>",
                missing: &INVALID_PARITY,
                message: "<Invalid Parity Packet>",
            },
        ),
        4 => choice(
            l,
            who,
            node,
            &Choice {
                field: &STOP_BITS,
                words: "Stop: ",
                names: STOPS,
                other: "<invalid>",
                missing: &INVALID_STOP,
                message: "<Invalid Stop Packet>",
            },
        ),
        5 => choice(
            l,
            who,
            node,
            &Choice {
                field: &CONTROL,
                words: "Stop: ",
                names: CONTROLS,
                other: "Control: <invalid>",
                missing: &INVALID_CONTROL,
                message: "<Invalid Control Packet>",
            },
        ),
        6 | 10 => {
            let (field, words, message): (&'static Field, _, _) = if what == 6 {
                (&LINE_STATE, "Linestate", "<Invalid Linestate Packet>")
            } else {
                (
                    &LINE_STATE_MASK,
                    "Set Linestate Mask",
                    "<Invalid Linestate Mask>",
                )
            };
            let issue = (&INVALID_LINE_STATE, message);
            flags(l, who, node, field, words, &LINE_STATES, issue)
        }
        7 | 11 => {
            let (field, words, message): (&'static Field, _, _) = if what == 7 {
                (&MODEM_STATE, "Modemstate", "<Invalid Modemstate Packet>")
            } else {
                (
                    &MODEM_STATE_MASK,
                    "Set Modemstate Mask",
                    "<Invalid Modemstate Mask>",
                )
            };
            let issue = (&INVALID_MODEM_STATE, message);
            flags(l, who, node, field, words, &MODEM_STATES, issue)
        }
        8 | 9 => {
            let (field, words): (&'static Field, _) = if what == 8 {
                (&SUSPEND, "Suspend")
            } else {
                (&RESUME, "Resume")
            };
            let node = l.add(field, 0, 1, Value::None);
            l.label(node, |out| {
                let _ = write!(out, "{who} Flow Control {words}");
            });
        }
        12 => choice(
            l,
            who,
            node,
            &Choice {
                field: &PURGE,
                words: "",
                names: PURGES,
                other: "<Purge invalid>",
                missing: &INVALID_PURGE,
                message: "<Invalid Purge Packet>",
            },
        ),
        _ => return super::options::invalid(l, 44, what, node),
    }
    Ok(())
}

fn signature(l: &mut Layer<'_, '_>, who: &str) {
    let text = l.rest();
    let node = add_ascii(l, &SIGNATURE, 1..l.captured());
    l.widen(node, 0, l.captured());
    l.label(node, |out| {
        if text.is_empty() {
            let _ = write!(out, "{who} Requests Signature");
        } else {
            let _ = write!(out, "{who} Signature: ");
            let end = memchr::memchr(0, text).unwrap_or(text.len());
            ascii(&text[..end], out);
        }
    });
}

fn baud_rate(l: &mut Layer<'_, '_>, who: &str, node: NodeId) {
    let Ok(rate) = l.peek_u32(1) else {
        return l.issue_with(node, &INVALID_BAUD_RATE, |out| {
            let _ = write!(out, "{who} <Invalid Baud Rate Packet>");
        });
    };
    let node = l.add(&BAUD_RATE, 0, 5, Value::U(u64::from(rate)));
    l.label(node, |out| {
        let _ = match rate {
            0 => write!(out, "Baud Rate: {who} Requests Baud Rate"),
            _ => write!(out, "Baud Rate: {who} Baud Rate: {rate}"),
        };
    });
}

fn choice(l: &mut Layer<'_, '_>, who: &str, node: NodeId, choice: &Choice) {
    let Ok(value) = l.peek_u8(1) else {
        return l.issue_with(node, choice.missing, |out| {
            let _ = write!(out, "{who} {}", choice.message);
        });
    };
    let known = choice.names.get(usize::from(value)).copied();
    let name = known.filter(|n| !n.is_empty()).unwrap_or(choice.other);
    let node = l.add(choice.field, 0, 2, Value::U(u64::from(value)));
    l.label(node, |out| {
        let _ = write!(out, "{}: {who} {}{name}", choice.field.label, choice.words);
    });
}

/// Bits with names, as a list of those that are set.
fn flags(
    l: &mut Layer<'_, '_>,
    who: &str,
    node: NodeId,
    field: &'static Field,
    words: &str,
    names: &[&str; 8],
    issue: (&'static Issue, &str),
) {
    let Ok(bits) = l.peek_u8(1) else {
        return l.issue_with(node, issue.0, |out| {
            let _ = write!(out, "{who} {}", issue.1);
        });
    };
    let set: Vec<&str> = names
        .iter()
        .enumerate()
        .filter(|(bit, _)| bits >> bit & 1 == 1)
        .map(|(_, name)| *name)
        .collect();
    let list = set.join(", ");
    let value = l.made(list.as_bytes());
    let node = l.add(field, 0, 2, value);
    l.label(node, |out| {
        let _ = write!(out, "{who} {words}: {list}");
    });
}
