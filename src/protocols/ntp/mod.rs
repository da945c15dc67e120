//! NTP, the Network Time Protocol (RFC 5905; versions 1 to 3: RFC 1059, RFC 1119, RFC 1305). A client asks what time it is, the
//! server answers; from the four times of the exchange the client computes how far its clock is off and how long the way was.
//!
//! ```text
//!  0                   1                   2                   3
//! +---+-----+-----+---------------+---------------+---------------+
//! |LI | VN  |Mode |    Stratum    |     Poll      |   Precision   |
//! +---+-----+-----+---------------+---------------+---------------+
//! |           Root Delay          |        Root Dispersion        |
//! |                          Reference ID                         |
//! |   Reference, Origin, Receive, Transmit Timestamp, 64 bits each |
//! |          Extension fields (optional), Key ID, Digest          |
//! +---------------------------------------------------------------+
//! ```
//!
//! Two modes are for watching a server instead of asking it for the time: control messages (mode 6, [`control`]) and private
//! ones (mode 7, [`private`]), which differ from program to program.

use std::fmt::Write as _;

use super::bits;
use crate::dissect::{Done, Layer, Protocol, Stop, Table, Value};
use crate::field::Field;
use crate::flow::facts::{NONE, Note, tag};
use crate::flow::history::RequestKey;

pub mod control;
pub mod fields;
pub mod private;
pub mod private_fields;
pub mod private_items;

#[cfg(test)]
mod tests;

use fields::*;

/// The Network Time Protocol.
pub static NTP: Protocol = Protocol {
    spec: "RFC 5905",
    fields: &ALL_FIELDS,
    issues: ISSUES,
    parents: &[(Table::UdpPort, 123)],
    ..Protocol::new("ntp", "Network Time Protocol", "NTP", dissect)
};

/// The fields of all parts.
static ALL_FIELDS: [&Field; FIELDS.len() + private_fields::FIELDS.len()] = {
    let mut all = [&FLAGS; FIELDS.len() + private_fields::FIELDS.len()];
    let mut i = 0;
    while i < FIELDS.len() {
        all[i] = FIELDS[i];
        i += 1;
    }
    while i < all.len() {
        all[i] = private_fields::FIELDS[i - FIELDS.len()];
        i += 1;
    }
    all
};

/// Modes that matter here (RFC 5905 section 7.3).
const CLIENT: u8 = 3;
const SERVER: u8 = 4;
const CONTROL: u8 = 6;
const PRIVATE: u8 = 7;

/// Where the parts of a time message stand.
const TRANSMIT: usize = 40;
const HEADER: usize = 48;

fn dissect(l: &mut Layer<'_, '_>) -> Done {
    let first = l.peek_u8(0)?;
    let mode = first & 7;
    l.protocol("NTP");
    let version = FLAGS_VN.name_of(u64::from(first >> 3 & 7)).unwrap_or("");
    let word = match mode {
        CONTROL => "control",
        PRIVATE => "private",
        _ => FLAGS_MODE.name_of(u64::from(mode)).unwrap_or(""),
    };
    l.info(|out| {
        let _ = write!(out, "{version}, {word}");
    });
    let root = l.root();
    l.append(root, |out| {
        let _ = write!(out, " ({version}, {word})");
    });
    match mode {
        CONTROL => control::dissect(l),
        PRIVATE => private::dissect(l),
        _ => time(l, mode),
    }
}

/// Which exchange a message belongs to: its kind, its number, and whether it is the answer.
struct Exchange {
    tag: u16,
    id: u64,
    response: bool,
}

/// In a note: the frame of the answer (of a question) or of the question (of an answer); 0 = none.
const OTHER: usize = 0;

/// Link question and answer: in the scan remember, afterwards show.
fn link(l: &mut Layer<'_, '_>, exchange: &Exchange) {
    let frame = l.cx.frame.number;
    let ordinal = l.cx.packet.transport_ordinal;
    if l.scanning() {
        if l.cx.packet.quoted {
            return;
        }
        let key = RequestKey {
            tag: exchange.tag,
            conversation: l.cx.packet.stream,
            id: exchange.id,
        };
        let Some((history, facts)) = l.scan() else {
            return;
        };
        let mut values = [0; 7];
        let at = u32::try_from(facts.notes.len()).unwrap_or(NONE);
        if exchange.response {
            let Some(request) = history
                .requested(&key)
                .and_then(|note| facts.notes.get_mut(note as usize))
            else {
                return;
            };
            if request.values[OTHER] == 0 {
                request.values[OTHER] = frame;
            }
            values[OTHER] = request.frame;
        } else {
            history.request(key, at);
        }
        facts.notes.push(Note {
            frame,
            tag: exchange.tag,
            ordinal,
            values,
        });
        return;
    }
    let other = l
        .facts()
        .note(frame, exchange.tag, ordinal)
        .map_or(0, |note| note.values[OTHER]);
    if other == 0 {
        return;
    }
    if exchange.response {
        l.generated(&REQUEST_IN, 0, Value::U(u64::from(other)));
        if let Some(delta) = l.since(other) {
            l.generated(&DELTA_TIME, 0, delta);
        }
    } else {
        l.generated(&RESPONSE_IN, 0, Value::U(u64::from(other)));
    }
}

/// A message that asks for the time or tells it.
fn time(l: &mut Layer<'_, '_>, mode: u8) -> Done {
    if matches!(mode, CLIENT | SERVER) && l.captured() >= HEADER {
        // An answer repeats the client's transmit time as its origin time.
        let response = mode == SERVER;
        let at = if response { TRANSMIT - 16 } else { TRANSMIT };
        let exchange = Exchange {
            tag: tag(b"NT"),
            id: l.peek_uint(at, 8)?,
            response,
        };
        if l.scanning() {
            link(l, &exchange);
            return Ok(());
        }
        flags(l)?;
        link(l, &exchange);
    } else {
        if l.scanning() {
            return Ok(());
        }
        flags(l)?;
    }
    l.seek(1);
    let stratum = l.u8(&STRATUM)?;
    let poll = l.u8(&PPOLL)?;
    let node = l.last();
    l.label(node, |out| {
        let _ = match poll {
            4..=17 => write!(out, "{}: {poll} ({} seconds)", PPOLL.label, 1u32 << poll),
            _ => write!(out, "{}: invalid ({poll})", PPOLL.label),
        };
    });
    let precision = l.u8(&PRECISION)?;
    let node = l.last();
    l.label(node, |out| {
        let seconds = 2f64.powi(i32::from(precision as i8));
        let _ = write!(out, "{}: {seconds:.6} seconds", PRECISION.label);
    });
    for field in [&ROOTDELAY, &ROOTDISPERSION] {
        let value = l.u32(field)?;
        let node = l.last();
        l.label(node, |out| {
            let seconds = f64::from(value) / 65_536.0;
            let _ = write!(out, "{}: {seconds:.6} seconds", field.label);
        });
    }
    reference(l, stratum)?;
    for field in [&REFTIME, &ORG, &REC, &XMT] {
        timestamp(l, field)?;
    }
    extensions(l)?;
    authenticator(l)
}

/// Leap indicator, version and mode.
fn flags(l: &mut Layer<'_, '_>) -> Done {
    bits::summed(l, &FLAGS, 0, 1, &[&FLAGS_LI, &FLAGS_VN, &FLAGS_MODE])?;
    Ok(())
}

/// Where the sender has its time from; what the four bytes mean depends on the stratum.
fn reference(l: &mut Layer<'_, '_>, stratum: u8) -> Done {
    let b = l.bytes(&REFID, 4)?;
    let node = l.last();
    l.label(node, |out| {
        out.push_str(REFID.label);
        out.push_str(": ");
        if b == [0; 4] {
            out.push_str("NULL");
        } else if stratum > 1 {
            let _ = write!(out, "{}.{}.{}.{}", b[0], b[1], b[2], b[3]);
        } else {
            match REFERENCES.iter().find(|(code, _)| *code == b) {
                Some((_, words)) => out.push_str(words),
                None => {
                    let end = b.iter().position(|c| *c == 0).unwrap_or(4);
                    let text = String::from_utf8_lossy(&b[..end]);
                    let _ = write!(out, "Unidentified reference source '{text}'");
                }
            }
        }
    });
    Ok(())
}

/// Codes of reference clocks, as servers of stratum 1 send them (RFC 5905 figure 12, and older ones).
static REFERENCES: &[(&[u8; 4], &str)] = &[
    (b"LOCL", "uncalibrated local clock"),
    (b"CESM", "calibrated Cesium clock"),
    (b"RBDM", "calibrated Rubidium clock"),
    (b"PPS\0", "Generic pulse-per-second"),
    (b"IRIG", "Inter-Range Instrumentation Group"),
    (b"ACTS", "NIST telephone modem"),
    (b"USNO", "USNO telephone modem"),
    (b"PTB\0", "European telephone modem"),
    (b"TDF\0", "MF Radio Allouis, FR 162 kHz"),
    (b"DCF\0", "LF Radio DCF77 Mainflingen, DE 77.5 kHz"),
    (b"MSF\0", "LF Radio MSF Anthorn, UK 60 kHz"),
    (b"WWV\0", "HF Radio WWV Ft. Collins, CO"),
    (b"WWVB", "LF Radio WWVB Ft. Collins, CO 60 kHz"),
    (b"WWVH", "HF Radio WWVH Kauai, HI"),
    (b"CHU\0", "HF Radio CHU Ottawa, Ontario"),
    (b"LORC", "MF Radio LORAN C station, 100 kHz"),
    (b"OMEG", "OMEGA radionavigation system"),
    (b"GPS\0", "Global Position System"),
    (b"GOES", "Geostationary Orbit Environment Satellite"),
    (b"GAL\0", "Galileo Positioning System"),
    (b"NIST", "NIST telephone modem"),
    (
        b"JJY\0",
        "LF Radio JJY Fukushima, JP 40 kHz, Saga, JP 60 kHz",
    ),
    (b"ATOM", "Atomic clock (calibrated)"),
    (b"INIT", "(Initialization)"),
    (b"FREE", "(Internal clock)"),
    (b"HBG\0", "LF Radio HBG Prangins, HB 75 kHz"),
    (b"DTS\0", "Digital Time Service"),
    (b"VLF\0", "VLF radio (OMEGA,, etc.)"),
];

/// A 64-bit time: seconds since 1900 and a fraction of 2^-32 s. A time whose first bit is 0 counts from 2036, when the seconds
/// begin anew (RFC 5905 section 6). All zero means: unknown.
fn timestamp(l: &mut Layer<'_, '_>, field: &'static Field) -> Done {
    let at = l.pos();
    let (seconds, fraction) = (l.peek_u32(at)?, l.peek_u32(at + 4)?);
    let value = if seconds == 0 && fraction == 0 {
        l.made(b"NULL")
    } else {
        /// Seconds from 1900 to 1970, and from 1970 to 2036.
        const TO_1970: i64 = 2_208_988_800;
        const TO_2036: i64 = (1 << 32) - TO_1970;
        let secs = if seconds & 0x8000_0000 == 0 {
            i64::from(seconds) + TO_2036
        } else {
            i64::from(seconds) - TO_1970
        };
        let nanos = f64::from(fraction) * 1e9 / 4_294_967_296.0;
        Value::Time {
            secs,
            nanos: nanos as i32,
        }
    };
    l.add(field, at, 8, value);
    l.skip(8);
    Ok(())
}

/// Shortest extension field, and the shortest authenticator behind one (RFC 7822 section 3).
const EXTENSION_MIN: usize = 16;
const AUTHENTICATOR_MIN: usize = 20;

/// Whether an extension field stands at the cursor; where none does, key and digest do. Both may look alike: a field is one whose
/// length leaves nothing behind it, or another field, or an authenticator.
fn extension_len(l: &Layer<'_, '_>) -> Option<usize> {
    let at = l.pos();
    let len = usize::from(l.peek_u16(at + 2).ok()?);
    let rest = l.left().checked_sub(len)?;
    let followed = match rest {
        0 => true,
        AUTHENTICATOR_MIN.. => true,
        EXTENSION_MIN.. => usize::from(l.peek_u16(at + len + 2).ok()?) == rest,
        _ => false,
    };
    (len >= EXTENSION_MIN && followed).then_some(len)
}

fn extensions(l: &mut Layer<'_, '_>) -> Done {
    while let Some(len) = extension_len(l) {
        let at = l.pos();
        l.open(&EXT, at, len, Value::None);
        l.u16(&EXT_TYPE)?;
        l.u16(&EXT_LENGTH)?;
        if !len.is_multiple_of(4) {
            let node = l.last();
            l.issue_with(node, &EXT_INVALID_LENGTH, |out| {
                let _ = write!(out, "Extension length {len} isn't a multiple of 4");
            });
            l.close();
            l.seek(l.reported());
            return Ok(());
        }
        l.bytes(&EXT_VALUE, len - 4)?;
        l.close();
    }
    Ok(())
}

/// Key and digest at the end.
fn authenticator(l: &mut Layer<'_, '_>) -> Done {
    if l.left() < 4 {
        return Ok(());
    }
    key_id(l)?;
    let rest = l.left();
    if rest > 0 {
        l.bytes(&MAC, rest)?;
    }
    Ok(())
}

fn key_id(l: &mut Layer<'_, '_>) -> Result<(), Stop> {
    l.bytes(&KEYID, 4)?;
    Ok(())
}
