//! Literals: what a word or a quoted text means for a field of a given type.

use crate::field::{Field, Names};

/// A number: decimal, `0x` hexadecimal, `0b` binary, leading `0` octal.
pub(super) fn unsigned(text: &str) -> Option<u64> {
    let (digits, radix) = match text.as_bytes() {
        [b'0', b'x' | b'X', ..] => (&text[2..], 16),
        [b'0', b'b' | b'B', ..] => (&text[2..], 2),
        [b'0', _, ..] => (&text[1..], 8),
        _ => (text, 10),
    };
    // from_str_radix would take a sign.
    if digits.starts_with(['+', '-']) {
        return None;
    }
    u64::from_str_radix(digits, radix).ok()
}

/// Whether a text has the form of a number, fitting or not.
pub(super) fn looks_like_number(text: &str) -> bool {
    text.bytes().all(|b| b.is_ascii_digit())
        || text
            .strip_prefix("0x")
            .is_some_and(|d| !d.is_empty() && d.bytes().all(|b| b.is_ascii_hexdigit()))
}

/// Bytes in hexadecimal: pairs of digits with `:`, `-`, `.` or nothing between them, or `0x` and pairs. A digit that stands
/// alone is a byte of its own (`0.1` is two bytes).
pub(super) fn bytes(text: &str) -> Option<Vec<u8>> {
    let digit = |b: u8| char::from(b).to_digit(16).map(|d| d as u8);
    if let Some(rest) = text.strip_prefix("0x").or_else(|| text.strip_prefix("0X")) {
        if rest.is_empty() || rest.len() % 2 != 0 {
            return None;
        }
        return rest
            .as_bytes()
            .chunks(2)
            .map(|p| Some(digit(p[0])? << 4 | digit(p[1])?))
            .collect();
    }
    let raw = text.as_bytes();
    let mut out = Vec::new();
    let mut at = 0;
    while at < raw.len() {
        let high = digit(raw[at])?;
        at += 1;
        match raw.get(at).copied().and_then(digit) {
            Some(low) => {
                out.push(high << 4 | low);
                at += 1;
            }
            None => out.push(high),
        }
        if matches!(raw.get(at), Some(b':' | b'-' | b'.')) {
            at += 1;
            if at == raw.len() {
                return None;
            }
        }
    }
    (!out.is_empty()).then_some(out)
}

/// An IPv4 address with an optional prefix length: the address and its mask.
pub(super) fn ipv4(text: &str) -> Result<([u8; 4], [u8; 4]), String> {
    let (address, prefix) = split_prefix(text, 32)?;
    let address: std::net::Ipv4Addr = address
        .parse()
        .map_err(|_| format!("\"{address}\" is no IPv4 address."))?;
    let mask = u32::MAX.checked_shl(32 - prefix).unwrap_or(0);
    Ok((address.octets(), mask.to_be_bytes()))
}

/// An IPv6 address with an optional prefix length: the address and its mask.
pub(super) fn ipv6(text: &str) -> Result<([u8; 16], [u8; 16]), String> {
    let (address, prefix) = split_prefix(text, 128)?;
    let address: std::net::Ipv6Addr = address
        .parse()
        .map_err(|_| format!("\"{address}\" is no IPv6 address."))?;
    let mask = u128::MAX.checked_shl(128 - prefix).unwrap_or(0);
    Ok((address.octets(), mask.to_be_bytes()))
}

fn split_prefix(text: &str, bits: u32) -> Result<(&str, u32), String> {
    let Some((address, prefix)) = text.split_once('/') else {
        return Ok((text, bits));
    };
    match prefix.parse::<u32>() {
        Ok(prefix) if prefix <= bits => Ok((address, prefix)),
        _ => Err(format!(
            "The prefix length is a number up to {bits}, not \"{prefix}\"."
        )),
    }
}

/// A span of time in seconds with up to nine decimals: whole seconds and nanoseconds.
pub(super) fn seconds(text: &str) -> Option<(i64, i32)> {
    let (whole, decimals) = text.split_once('.').unwrap_or((text, "0"));
    let digits = |t: &str| !t.is_empty() && t.bytes().all(|b| b.is_ascii_digit());
    if !digits(whole) || !digits(decimals) || decimals.len() > 9 {
        return None;
    }
    Some((whole.parse().ok()?, nanos(decimals)))
}

/// Decimals of a second as nanoseconds; digits past the ninth are dropped.
fn nanos(decimals: &str) -> i32 {
    let mut value = 0;
    for i in 0..9 {
        let digit = decimals
            .as_bytes()
            .get(i)
            .map_or(0, |b| i32::from(b - b'0'));
        value = value * 10 + digit;
    }
    value
}

/// A point in time: `2011-07-04 12:34:56.789`, `2011-07-04T12:34Z`, `2011-07-04`, `Nov 12, 1999 08:55:44.123`, all with an
/// optional zone (`Z`, `UTC`, `+01:00`, `-0500`); without one it is UTC. Seconds since 1970 and nanoseconds.
pub(super) fn date(text: &str) -> Option<(i64, i32)> {
    let mut scanner = Scanner { rest: text.trim() };
    let s = &mut scanner;
    let (year, month, day, needs_time) = if s.rest.starts_with(|c: char| c.is_ascii_alphabetic()) {
        let month = s.month()?;
        s.blanks()?;
        let day = s.number(1, 2)?;
        s.mark(',')?;
        s.blanks()?;
        let year = s.number(4, 4)?;
        (year, month, day, true)
    } else {
        let year = s.number(4, 4)?;
        s.mark('-')?;
        let month = s.number(2, 2)?;
        s.mark('-')?;
        let day = s.number(2, 2)?;
        (year, month, day, false)
    };
    let mut time = (0, 0, 0, 0);
    if s.rest.is_empty() {
        if needs_time {
            return None;
        }
    } else {
        if s.rest.starts_with('T') && !needs_time {
            s.mark('T')?;
        } else {
            s.blanks()?;
        }
        time.0 = s.number(1, 2)?;
        s.mark(':')?;
        time.1 = s.number(2, 2)?;
        if s.mark(':').is_some() {
            time.2 = s.number(2, 2)?;
            if s.mark('.').is_some() {
                let len = s.rest.bytes().take_while(u8::is_ascii_digit).count();
                if len == 0 {
                    return None;
                }
                time.3 = nanos(&s.rest[..len]);
                s.rest = &s.rest[len..];
            }
        } else if needs_time {
            return None;
        }
    }
    let east = s.zone()?;
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = match month {
        4 | 6 | 9 | 11 => 30,
        2 if leap => 29,
        2 => 28,
        _ => 31,
    };
    if !(1..=12).contains(&month)
        || !(1..=days).contains(&day)
        || time.0 > 23
        || time.1 > 59
        || time.2 > 60
    {
        return None;
    }
    let secs =
        days_since_1970(year, month, day) * 86_400 + time.0 * 3600 + time.1 * 60 + time.2 - east;
    Some((secs, time.3))
}

/// Days from 1970-01-01 to a day of the Gregorian calendar.
fn days_since_1970(year: i64, month: i64, day: i64) -> i64 {
    // Years begin in March here, so that the leap day is a year's last.
    let (year, month) = if month > 2 {
        (year, month - 3)
    } else {
        (year - 1, month + 9)
    };
    let days = 365 * year + year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400);
    days + (153 * month + 2) / 5 + day - 1 - 719_468
}

struct Scanner<'a> {
    rest: &'a str,
}

impl Scanner<'_> {
    fn mark(&mut self, c: char) -> Option<()> {
        self.rest = self.rest.strip_prefix(c)?;
        Some(())
    }

    fn blanks(&mut self) -> Option<()> {
        let trimmed = self.rest.trim_start();
        if trimmed.len() == self.rest.len() {
            return None;
        }
        self.rest = trimmed;
        Some(())
    }

    fn number(&mut self, least: usize, most: usize) -> Option<i64> {
        let len = self
            .rest
            .bytes()
            .take(most)
            .take_while(u8::is_ascii_digit)
            .count();
        if len < least {
            return None;
        }
        let value = self.rest[..len].parse().ok()?;
        self.rest = &self.rest[len..];
        Some(value)
    }

    fn month(&mut self) -> Option<i64> {
        const NAMES: [&str; 12] = [
            "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
        ];
        let name = self.rest.get(..3)?.to_ascii_lowercase();
        let at = NAMES.iter().position(|n| *n == name)?;
        self.rest = &self.rest[3..];
        i64::try_from(at + 1).ok()
    }

    /// The zone at the end, as seconds east of Greenwich.
    fn zone(&mut self) -> Option<i64> {
        self.rest = self.rest.trim();
        if matches!(self.rest, "" | "Z" | "z" | "UTC" | "GMT") {
            return Some(0);
        }
        let sign = match self.rest.chars().next()? {
            '+' => 1,
            '-' => -1,
            _ => return None,
        };
        self.rest = &self.rest[1..];
        let hours = self.number(2, 2)?;
        let _ = self.mark(':');
        let minutes = if self.rest.is_empty() {
            0
        } else {
            self.number(2, 2)?
        };
        (self.rest.is_empty() && hours < 24 && minutes < 60)
            .then_some(sign * (hours * 3600 + minutes * 60))
    }
}

/// A GUID: `01234567-89ab-cdef-0123-456789abcdef`.
pub(super) fn guid(text: &str) -> Option<Vec<u8>> {
    let parts: Vec<&str> = text.split('-').collect();
    let lengths: Vec<usize> = parts.iter().map(|p| p.len()).collect();
    (lengths == [8, 4, 4, 4, 12]).then(|| bytes(text))?
}

/// The value whose name is this, whatever the case. Of a name with an explanation in parentheses (`AAAA (IPv6 Address)`)
/// the part before is enough.
pub(super) fn named(field: &Field, name: &str) -> Option<u64> {
    let is = |candidate: &str| {
        candidate.eq_ignore_ascii_case(name)
            || candidate
                .split_once(" (")
                .is_some_and(|(short, _)| short.eq_ignore_ascii_case(name))
    };
    match field.names {
        Names::Values(values) => {
            let exact = values.iter().find(|(_, n)| n.eq_ignore_ascii_case(name));
            exact
                .or_else(|| values.iter().find(|(_, n)| is(n)))
                .map(|(v, _)| *v)
        }
        Names::Ranges(ranges) => ranges
            .iter()
            .find(|(_, _, n)| is(n))
            .map(|(low, _, _)| *low),
        Names::Lookup(lookup) => {
            // A function only leads from numbers to names: ask it about all numbers of 16 bits, and the round ones above.
            let high = (1..=0xffff_u64).map(|v| v << 16);
            (0..=0xffff)
                .chain(high)
                .find(|v| lookup(*v).is_some_and(is))
        }
        Names::Bool(no, yes) => {
            if is(yes) {
                Some(1)
            } else if is(no) {
                Some(0)
            } else {
                None
            }
        }
        Names::None | Names::Unit(..) | Names::Custom(_) => None,
    }
}

/// Whether the values of a field have names.
pub(super) fn has_names(field: &Field) -> bool {
    !matches!(
        field.names,
        Names::None | Names::Unit(..) | Names::Custom(_)
    )
}
