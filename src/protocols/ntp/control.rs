//! Control messages (mode 6, RFC 9327, RFC 1305 appendix B): a monitoring program reads what a server knows about itself, its
//! peers and its clocks, as names with values.

use super::fields::*;
use super::{Exchange, bits, link};
use crate::dissect::{Done, Layer, Stop, Value};
use crate::flow::facts::tag;

const HEADER: usize = 12;

/// Operations (RFC 9327 section 2).
const READ_STATUS: u8 = 1;
const WRITE_VARIABLES: u8 = 3;
const READ_CLOCK: u8 = 4;
const WRITE_CLOCK: u8 = 5;
const TRAP: u8 = 7;
const CONFIGURE: u8 = 8;
const SAVE_CONFIG: u8 = 9;
const RECENTLY_USED: u8 = 10;
const ORDERED_LIST: u8 = 11;
const NONCE: u8 = 12;

/// A message from its first byte.
pub fn dissect(l: &mut Layer<'_, '_>) -> Done {
    let second = l.peek_u8(1)?;
    let (response, error, operation) = (second & 0x80 != 0, second & 0x40 != 0, second & 0x1f);
    let exchange = Exchange {
        tag: tag(b"NC"),
        id: u64::from(l.peek_u16(2)?),
        response,
    };
    if l.scanning() {
        link(l, &exchange);
        return Ok(());
    }
    super::flags(l)?;
    bits::summed(
        l,
        &CTRL_FLAGS2,
        1,
        1,
        &[
            &CTRL_FLAGS2_R,
            &CTRL_FLAGS2_ERROR,
            &CTRL_FLAGS2_MORE,
            &CTRL_FLAGS2_OPCODE,
        ],
    )?;
    l.seek(2);
    l.u16(&CTRL_SEQUENCE)?;
    link(l, &exchange);
    let association = l.peek_u16(6)?;
    if error && response {
        bits::summed(l, &CTRL_STATUS, 4, 2, &[&CTRL_ERR_STATUS])?;
    } else if !response {
        l.bits(&CTRL_STATUS, 4, 2)?;
    } else {
        match (operation, association) {
            (READ_STATUS..=WRITE_VARIABLES | TRAP, 0) => system_status(l, 4)?,
            (READ_STATUS..=WRITE_VARIABLES | TRAP, _) => peer_status(l, 4)?,
            (READ_CLOCK | WRITE_CLOCK, _) => {
                let parts = [&CTRL_CLOCK_STATUS_STATUS, &CTRL_CLOCK_STATUS_CODE];
                bits::summed(l, &CTRL_STATUS, 4, 2, &parts)?;
            }
            _ => {
                l.bits(&CTRL_STATUS, 4, 2)?;
            }
        }
    }
    l.seek(6);
    l.u16(&CTRL_ASSOCID)?;
    l.u16(&CTRL_OFFSET)?;
    let count = usize::from(l.u16(&CTRL_COUNT)?);
    if count > 0 {
        let len = count.min(l.rest().len());
        l.open(&CTRL_DATA, HEADER, len, Value::None);
        data(l, operation, association, count)?;
        l.close();
    }
    authenticator(l, HEADER + count)
}

/// The state of the whole server.
fn system_status(l: &mut Layer<'_, '_>, at: usize) -> Done {
    let parts = [
        &CTRL_SYS_STATUS_LI,
        &CTRL_SYS_STATUS_CLKSRC,
        &CTRL_SYS_STATUS_COUNT,
        &CTRL_SYS_STATUS_CODE,
    ];
    bits::summed(l, &CTRL_STATUS, at, 2, &parts)?;
    Ok(())
}

/// The state of one peer.
fn peer_status(l: &mut Layer<'_, '_>, at: usize) -> Done {
    let parts = [
        &CTRL_PEER_STATUS_CONFIG,
        &CTRL_PEER_STATUS_AUTHENABLE,
        &CTRL_PEER_STATUS_AUTHENTIC,
        &CTRL_PEER_STATUS_REACH,
        &CTRL_PEER_STATUS_BCAST,
        &CTRL_PEER_STATUS_SELECTION,
        &CTRL_PEER_STATUS_COUNT,
        &CTRL_PEER_STATUS_CODE,
    ];
    bits::summed(l, &CTRL_STATUS, at, 2, &parts)?;
    Ok(())
}

/// The data of an operation.
fn data(l: &mut Layer<'_, '_>, operation: u8, association: u16, count: usize) -> Done {
    let end = HEADER + count;
    let text = match operation {
        READ_STATUS if association == 0 => return associations(l, end),
        READ_STATUS..=WRITE_CLOCK => {
            l.need(HEADER, count)?;
            variables(l, end);
            return Ok(());
        }
        TRAP => &CTRL_TRAPMSG,
        CONFIGURE | SAVE_CONFIG => &CTRL_CONFIGURATION,
        RECENTLY_USED => &CTRL_MRU,
        ORDERED_LIST => &CTRL_ORDLIST,
        NONCE => &CTRL_NONCE,
        _ => {
            l.seek(end);
            return Ok(());
        }
    };
    l.bytes(text, count)?;
    Ok(())
}

/// Numbers of associations, each with its state.
fn associations(l: &mut Layer<'_, '_>, end: usize) -> Result<(), Stop> {
    // Data that are no whole number of items end inside of one: that stops below, for want of bytes.
    while l.pos() != end {
        let at = l.pos();
        l.open(&CTRL_ITEM, at, 4.min(l.rest().len()), Value::None);
        l.u16(&CTRL_ASSOCID)?;
        peer_status(l, at + 2)?;
        l.skip(2);
        l.close();
    }
    Ok(())
}

/// `name=value, name="value, with commas"`: a line for each.
fn variables(l: &mut Layer<'_, '_>, end: usize) {
    let data = l.data();
    let mut at = l.pos();
    while at < end {
        let rest = &data[at..end.min(data.len())];
        let mut quoted = false;
        let len = rest
            .iter()
            .position(|b| {
                quoted ^= *b == b'"';
                *b == b',' && !quoted
            })
            .unwrap_or(rest.len());
        let item = &rest[..len];
        let start = item.iter().position(|b| !b.is_ascii_whitespace());
        if let Some(start) = start {
            let shown = item[start..].trim_ascii_end();
            l.text(at + start, shown.len(), |out| {
                crate::dissect::text::escaped(shown, out);
            });
        }
        at += len + 1;
    }
    l.seek(end);
}

/// Padding to whole words of 8 bytes, then key and digest (RFC 9327 section 3).
fn authenticator(l: &mut Layer<'_, '_>, data_end: usize) -> Done {
    let start = data_end.next_multiple_of(8);
    if l.reported() <= start {
        return Ok(());
    }
    l.seek(data_end);
    if start > data_end {
        l.bytes(&PADDING, start - data_end)?;
    }
    let len = l.left();
    l.open_text(start, len, |out| out.push_str("Authenticator"));
    let kind = match len {
        20 => 0,
        24 => 1,
        _ => {
            l.close();
            return Ok(());
        }
    };
    l.add(&KEY_TYPE, start, 0, Value::U(kind));
    l.u32(&KEY_INDEX)?;
    l.bytes(&KEY_SIGNATURE, len - 4)?;
    l.close();
    Ok(())
}
