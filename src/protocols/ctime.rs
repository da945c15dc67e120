//! The time server of a textbook on network programming ("Learning Python Network Programming", chapter 7), on TCP port 12345: a
//! client sends `GET TIME` (or any text; `END` is its last), the server answers with the date as C's `ctime` prints it. The
//! protocol is Wireglass's own description of those programs; no other analyser knows it.
//!
//! ```text
//! C: GET TIME
//! S: Sun Mar 15 12:09:16 2015        24 bytes, without a line end
//! ```
//!
//! Nothing says where a message ends: each side waits for whatever comes in one piece. That works as long as messages are short.

use crate::dissect::text::escaped;
use crate::dissect::{Done, Layer, Protocol, Stop, Table, Value};
use crate::flow::message::{Context, Framer, Step};
use crate::flow::tcp::Direction;

/// The time server.
pub static CTIME: Protocol = Protocol {
    spec: "Learning Python Network Programming, chapter 7",
    fields: FIELDS,
    parents: &[(Table::TcpPort, 12345)],
    framer: Some(|| Box::new(Segments)),
    accept_tcp: Some(is_message),
    ..Protocol::new("ctime", "Time server (textbook)", "CTIME", dissect)
};

crate::fields! {
    /// What the client says: `GET TIME`, or a text of its own. (A protocol of Wireglass's own, for a textbook's program.)
    REQUEST = Field::new("ctime.request", "Request", Kind::Str);
    /// The date and time as the server writes it: weekday, month, day, time, year.
    RESPONSE = Field::new("ctime.response", "Response", Kind::Str).spec("ISO C, section 7.29.3.2");
    /// The same as a point in time. The text does not name its time zone: it is read as UTC.
    TIME = Field::new("ctime.time", "Time", Kind::AbsTime);
}

/// Texts longer than this are none of these programs'.
const LIMIT: usize = 1024;

/// Each segment is a message.
struct Segments;

impl Framer for Segments {
    fn step(&mut self, _: Direction, bytes: &[u8], _: &mut Context<'_>) -> Step {
        Step::End(bytes.len() as u64)
    }
}

/// Whether bytes may be a message: one line of text. Protocols with line ends of their own are something else.
fn is_message(bytes: &[u8]) -> bool {
    let line = bytes.strip_suffix(b"\n").unwrap_or(bytes);
    !line.is_empty() && line.len() <= LIMIT && line.iter().all(|b| (0x20..0x7f).contains(b))
}

const DAYS: [&[u8]; 7] = [b"Sun", b"Mon", b"Tue", b"Wed", b"Thu", b"Fri", b"Sat"];
const MONTHS: [&[u8]; 12] = [
    b"Jan", b"Feb", b"Mar", b"Apr", b"May", b"Jun", b"Jul", b"Aug", b"Sep", b"Oct", b"Nov", b"Dec",
];

/// Seconds since 1970 of a date as `ctime` prints it: `Sun Mar 15 12:09:16 2015`.
fn seconds(text: &[u8]) -> Option<i64> {
    let [
        day @ ..,
        b' ',
        month0,
        month1,
        month2,
        b' ',
        d0,
        d1,
        b' ',
        h0,
        h1,
        b':',
        m0,
        m1,
        b':',
        s0,
        s1,
        b' ',
        y0,
        y1,
        y2,
        y3,
    ] = text
    else {
        return None;
    };
    let digit = |b: &u8| b.is_ascii_digit().then(|| i64::from(b - b'0'));
    let two = |a: &u8, b: &u8| Some(digit(a)? * 10 + digit(b)?);
    if !DAYS.contains(&day) {
        return None;
    }
    let name = [*month0, *month1, *month2];
    let month = i64::try_from(MONTHS.iter().position(|m| *m == name)?).ok()? + 1;
    let day = match d0 {
        b' ' => digit(d1)?,
        _ => two(d0, d1)?,
    };
    let (hour, minute, second) = (two(h0, h1)?, two(m0, m1)?, two(s0, s1)?);
    let year = two(y0, y1)? * 100 + two(y2, y3)?;
    if !(1..=31).contains(&day) || hour > 23 || minute > 59 || second > 60 {
        return None;
    }
    // Days since 1970 by the Gregorian calendar; years count from March, so that the leap day is the last of its year.
    let (y, m) = if month > 2 {
        (year, month - 3)
    } else {
        (year - 1, month + 9)
    };
    let days =
        365 * y + y.div_euclid(4) - y.div_euclid(100) + y.div_euclid(400) + (153 * m + 2) / 5 + day
            - 1
            - 719_468;
    Some(days * 86_400 + hour * 3600 + minute * 60 + second)
}

fn dissect(l: &mut Layer<'_, '_>) -> Done {
    let bytes = l.data();
    if !is_message(bytes) {
        return Err(Stop::NotMine);
    }
    if l.scanning() {
        return Ok(());
    }
    l.protocol("CTIME");
    l.info(|out| escaped(bytes, out));
    let time = seconds(bytes.strip_suffix(b"\n").unwrap_or(bytes));
    let field = if time.is_some() { &RESPONSE } else { &REQUEST };
    l.bytes(field, bytes.len())?;
    if let Some(secs) = time {
        l.computed(&TIME, 0, bytes.len(), Value::Time { secs, nanos: 0 });
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::protocols::testing::{every_prefix, segment, talk};

    #[test]
    fn a_date_is_a_point_in_time() {
        assert_eq!(seconds(b"Thu Jan  1 00:00:00 1970"), Some(0));
        assert_eq!(seconds(b"Sun Mar 15 12:09:16 2015"), Some(1_426_421_356));
        assert_eq!(seconds(b"Tue Feb 29 23:59:59 2000"), Some(951_868_799));
        for other in [
            &b"Sun Mar 15 12:09:16 201"[..],
            b"Sun Mrz 15 12:09:16 2015",
            b"Son Mar 15 12:09:16 2015",
            b"Sun Mar 32 12:09:16 2015",
            b"Sun Mar 15 24:09:16 2015",
            b"GET TIME",
        ] {
            assert_eq!(seconds(other), None);
        }
    }

    #[test]
    fn request_and_answer() {
        let frames = talk(12345, &[(0, b"GET TIME"), (1, b"Sun Mar 15 12:09:16 2015")]);
        assert!(
            frames[3]
                .tree
                .ends_with("Time server (textbook)\n  Request: GET TIME\n")
        );
        let expected = "Time server (textbook)\n  Response: Sun Mar 15 12:09:16 2015\n  \
                        Time: Mar 15, 2015 12:09:16.000000000 UTC\n";
        assert!(frames[4].tree.ends_with(expected), "{}", frames[4].tree);
        assert!(
            frames[4]
                .row
                .ends_with("| CTIME | Sun Mar 15 12:09:16 2015")
        );
    }

    #[test]
    fn other_bytes_on_the_port_are_not_taken() {
        let http = talk(12345, &[(0, b"GET / HTTP/1.0\r\n\r\n")]);
        assert!(http[3].row.contains("| HTTP |"), "{}", http[3].row);
        let binary = talk(12345, &[(0, b"\x01\x02"), (0, b"text")]);
        assert!(
            binary[3].tree.contains("\nData (2 bytes)\n"),
            "{}",
            binary[3].tree
        );
    }

    #[test]
    fn every_prefix_is_dissected() {
        every_prefix(1, &segment(12345, b"Sun Mar 15 12:09:16 2015"));
    }
}
