//! What is said about options, between IAC SB and IAC SE.

use std::fmt::Write as _;

use super::fields::{
    AUTH_COMMAND, AUTH_ENCRYPT, AUTH_FORWARD, AUTH_HOW, AUTH_NAME, AUTH_TYPE, AUTH_WHO, BAD_LENGTH,
    ENC_COMMAND, ENC_KEY_ID, ENC_TYPE, ENC_TYPE_DATA, FLOW_COMMAND, HEIGHT, INVALID_SUBCOMMAND,
    KRB5_COMMAND, OPTION_DATA, OUTMARK_BANNER, OUTMARK_COMMAND, REGIME_COMMAND, REGIME_VALUE,
    START_TLS, STRING_VALUE, SUBCOMMAND, SUBCOMMAND_DATA, TAB_STOP, TN3270_CONNECT, TN3270_IS,
    TN3270_REASON, TN3270_REQUEST, TN3270_REQUEST_STRING, TN3270_SUBOPTION, UNKNOWN_ENC_COMMAND,
    WIDTH, option_name,
};
use crate::dissect::{Layer, NodeId, Stop, Value};
use crate::field::Field;
use crate::protocols::text_lines::add_ascii;

/// The layer holds what is said about an option; `node` is the option's own node, for what is wrong with it.
pub(super) fn dissect(l: &mut Layer<'_, '_>, option: u8, node: NodeId) {
    // What is cut short ends here; the rest of the segment stays readable.
    let _: Result<(), Stop> = match option {
        11 => tab_stops(l, node),
        24 | 35 => string(l, option, node),
        27 => output_marking(l),
        29 => regime(l),
        31 => fixed(l, 4, node, |l| {
            l.u16(&WIDTH)?;
            l.u16(&HEIGHT)?;
            Ok(())
        }),
        33 => fixed(l, 1, node, |l| l.u8(&FLOW_COMMAND).map(drop)),
        37 => authentication(l),
        38 => encryption(l, node),
        40 => tn3270e(l),
        44 => super::serial::dissect(l, node),
        46 => fixed(l, 1, node, |l| l.u8(&START_TLS).map(drop)),
        _ => rest(l, &OPTION_DATA),
    };
}

/// All that is left, as bytes. Nothing for nothing.
fn rest(l: &mut Layer<'_, '_>, field: &'static Field) -> Result<(), Stop> {
    let left = l.left();
    if left > 0 {
        l.bytes(field, left)?;
    }
    Ok(())
}

/// All that is left, as text.
fn rest_as_text(l: &mut Layer<'_, '_>, field: &'static Field) {
    add_ascii(l, field, l.pos()..l.captured());
    l.seek(l.captured());
}

/// An option of which so many bytes are said.
fn fixed(
    l: &mut Layer<'_, '_>,
    len: usize,
    node: NodeId,
    read: impl FnOnce(&mut Layer<'_, '_>) -> Result<(), Stop>,
) -> Result<(), Stop> {
    let is = l.reported();
    if is == len {
        return read(l);
    }
    l.issue_with(node, &BAD_LENGTH, |out| {
        let _ = write!(out, "Suboption parameter length is {is}, should be {len}");
    });
    Ok(())
}

/// A part that the option does not have.
pub(super) fn invalid(
    l: &mut Layer<'_, '_>,
    option: u8,
    part: u8,
    node: NodeId,
) -> Result<(), Stop> {
    l.issue_with(node, &INVALID_SUBCOMMAND, |out| {
        let name = option_name(u64::from(option)).unwrap_or_default();
        let _ = write!(out, "Invalid {name} subcommand {part}");
    });
    rest(l, &SUBCOMMAND_DATA)
}

/// `Here's my ...` (0) or `Send your ...` (1). Says which; `None` if it is neither.
fn here_or_send(l: &mut Layer<'_, '_>, option: u8) -> Result<Result<bool, u8>, Stop> {
    let part = l.peek_u8(0)?;
    l.skip(1);
    let words = match part {
        0 => "Here's my",
        1 => "Send your",
        _ => return Ok(Err(part)),
    };
    let node = l.add(&SUBCOMMAND, 0, 1, Value::U(u64::from(part)));
    l.label(node, |out| {
        let name = option_name(u64::from(option)).unwrap_or_default();
        let _ = write!(out, "{words} {name}");
    });
    Ok(Ok(part == 0))
}

/// A text that is asked for or told: the type of the terminal, the X display.
fn string(l: &mut Layer<'_, '_>, option: u8, node: NodeId) -> Result<(), Stop> {
    match here_or_send(l, option)? {
        Err(part) => return invalid(l, option, part, node),
        Ok(_) if l.left() == 0 => {}
        Ok(true) => rest_as_text(l, &STRING_VALUE),
        Ok(false) => {
            rest(l, &SUBCOMMAND_DATA)?;
            let last = l.last();
            l.label(last, |out| out.push_str("Extra data"));
        }
    }
    Ok(())
}

fn tab_stops(l: &mut Layer<'_, '_>, node: NodeId) -> Result<(), Stop> {
    if let Err(part) = here_or_send(l, 11)? {
        return invalid(l, 11, part, node);
    }
    while l.left() > 0 {
        let value = l.u8(&TAB_STOP)?;
        let last = l.last();
        l.label(last, |out| {
            let _ = match value {
                0 => write!(out, "Sender wants to handle tab stops"),
                1..=250 => write!(out, "Sender wants receiver to handle tab stop at {value}"),
                251..=254 => write!(out, "Invalid value: {value}"),
                255 => write!(out, "Sender wants receiver to handle tab stops"),
            };
        });
    }
    Ok(())
}

fn output_marking(l: &mut Layer<'_, '_>) -> Result<(), Stop> {
    const SEPARATOR: u8 = 0x1d;
    while l.left() > 0 {
        l.u8(&OUTMARK_COMMAND)?;
        let bytes = l.rest();
        let len = memchr::memchr(SEPARATOR, bytes).unwrap_or(bytes.len());
        if len > 0 {
            add_ascii(l, &OUTMARK_BANNER, l.pos()..l.pos() + len);
            l.skip(len);
        }
    }
    Ok(())
}

fn regime(l: &mut Layer<'_, '_>) -> Result<(), Stop> {
    while l.left() > 0 {
        let value = l.u8(&REGIME_COMMAND)?;
        let last = l.last();
        l.label(last, |out| {
            let _ = match value {
                0 => write!(out, "IS"),
                1 => write!(out, "ARE"),
                _ => write!(out, "Bogus value: {value}"),
            };
        });
        if value < 2 {
            rest_as_text(l, &REGIME_VALUE);
        }
    }
    Ok(())
}

/// A way of authentication with its modifiers.
fn pair(l: &mut Layer<'_, '_>) -> Result<(), Stop> {
    l.u8(&AUTH_TYPE)?;
    let at = l.pos();
    for field in [&AUTH_ENCRYPT, &AUTH_FORWARD, &AUTH_HOW, &AUTH_WHO] {
        l.bits(field, at, 1)?;
    }
    l.skip(1);
    Ok(())
}

fn authentication(l: &mut Layer<'_, '_>) -> Result<(), Stop> {
    match l.u8(&AUTH_COMMAND)? {
        0 | 2 => {
            pair(l)?;
            if l.left() > 0 {
                l.u8(&KRB5_COMMAND)?;
            }
        }
        1 => {
            while l.left() > 0 {
                pair(l)?;
            }
        }
        3 => rest_as_text(l, &AUTH_NAME),
        _ => {}
    }
    Ok(())
}

fn encryption(l: &mut Layer<'_, '_>, node: NodeId) -> Result<(), Stop> {
    let command = l.u8(&ENC_COMMAND)?;
    if command > 8 {
        l.issue(node, &UNKNOWN_ENC_COMMAND);
    }
    if l.left() == 0 {
        return Ok(());
    }
    match command {
        0 | 2 => {
            l.u8(&ENC_TYPE)?;
            l.bytes(&ENC_TYPE_DATA, l.left())?;
        }
        1 => {
            while l.left() > 0 {
                l.u8(&ENC_TYPE)?;
            }
        }
        3 | 5 => {
            l.bytes(&ENC_KEY_ID, l.left())?;
            let last = l.last();
            let advisory = if command == 5 { " (advisory)" } else { "" };
            l.label(last, |out| {
                let _ = write!(out, "Key ID{advisory}");
            });
        }
        7 | 8 => rest(l, &ENC_KEY_ID)?,
        _ => {}
    }
    Ok(())
}

/// IBM 3270 terminals (RFC 2355): words of one byte each; some have a text or a number behind them.
fn tn3270e(l: &mut Layer<'_, '_>) -> Result<(), Stop> {
    const CONNECT: u8 = 1;
    const DEVICE_TYPE: u8 = 2;
    const FUNCTIONS: u8 = 3;
    const IS: u8 = 4;
    const REASON: u8 = 5;
    const REQUEST: u8 = 7;
    let mut before = None;
    while l.left() > 0 {
        let word = l.u8(&TN3270_SUBOPTION)?;
        match (before, word) {
            (_, CONNECT) => rest_as_text(l, &TN3270_CONNECT),
            (_, REASON) if l.left() > 0 => {
                l.u8(&TN3270_REASON)?;
            }
            (Some(DEVICE_TYPE), IS) => {
                let bytes = l.rest();
                let len = memchr::memchr(CONNECT, bytes).unwrap_or(bytes.len());
                add_ascii(l, &TN3270_IS, l.pos()..l.pos() + len);
                l.skip(len);
            }
            (Some(DEVICE_TYPE), REQUEST) => rest_as_text(l, &TN3270_REQUEST_STRING),
            (Some(FUNCTIONS), IS | REQUEST) => {
                while l.left() > 0 {
                    l.u8(&TN3270_REQUEST)?;
                }
            }
            _ => {}
        }
        before = Some(word);
    }
    Ok(())
}
