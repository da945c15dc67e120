//! The time zone of the machine, from the system's zone file (TZif, RFC 8536): how far its clocks are from UTC at a moment.

use std::path::{Path, PathBuf};

/// A zone file longer than this is none, bytes.
const LIMIT: u64 = 1 << 20;

/// A time zone: when its distance from UTC changes.
#[derive(Clone, Debug, Default)]
pub struct Zone {
    /// Seconds since 1970, and the distance from then on; ascending.
    changes: Vec<(i64, i32)>,
    /// The distance before the first change, seconds east of UTC.
    before: i32,
    /// The rule behind the last change.
    rule: Option<Rule>,
}

/// A rule that goes on for ever: two changes each year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Rule {
    standard: i32,
    summer: Option<(i32, Day, Day)>,
}

/// The `week`-th `day` (0 = Sunday) of a month, at a local time in seconds; week 5 is the last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Day {
    month: u32,
    week: u32,
    day: u32,
    at: i64,
}

impl Zone {
    /// UTC.
    pub const UTC: Zone = Zone {
        changes: Vec::new(),
        before: 0,
        rule: None,
    };

    /// The zone of this machine: `$TZ`, else `/etc/localtime`; UTC where neither says anything.
    pub fn local() -> Zone {
        let file = match std::env::var("TZ") {
            Ok(name) => {
                let name = name.strip_prefix(':').unwrap_or(&name);
                if let Some(rule) = Rule::read(name) {
                    return Zone {
                        rule: Some(rule),
                        ..Zone::UTC
                    };
                }
                match name {
                    "" => return Zone::UTC,
                    _ => Path::new("/usr/share/zoneinfo").join(name),
                }
            }
            Err(_) => PathBuf::from("/etc/localtime"),
        };
        let short = std::fs::metadata(&file).is_ok_and(|m| m.len() <= LIMIT);
        let bytes = short.then(|| std::fs::read(&file).ok()).flatten();
        bytes.and_then(|b| Zone::read(&b)).unwrap_or_default()
    }

    /// Seconds that the clocks are ahead of UTC at a moment (seconds since 1970).
    pub fn ahead(&self, at: i64) -> i32 {
        match self.changes.partition_point(|(from, _)| *from <= at) {
            n if n == self.changes.len() && self.rule.is_some() => {
                self.rule.map_or(0, |rule| rule.ahead(at))
            }
            0 => self.before,
            n => self.changes[n - 1].1,
        }
    }

    /// From a zone file's bytes.
    fn read(bytes: &[u8]) -> Option<Zone> {
        let (old, version, _) = Head::read(bytes, 0)?;
        if version == 0 {
            return old.zone(bytes, Head::LEN, 4, None);
        }
        // The newer files have the same once more with times of 64 bits, then a rule.
        let second = Head::LEN.checked_add(old.len(4)?)?;
        let (head, _, _) = Head::read(bytes, second)?;
        let data = second.checked_add(Head::LEN)?;
        let footer = bytes.get(data.checked_add(head.len(8)?)?..)?;
        let footer = footer.strip_prefix(b"\n")?;
        let end = footer.iter().position(|b| *b == b'\n')?;
        let rule = std::str::from_utf8(&footer[..end])
            .ok()
            .and_then(Rule::read);
        head.zone(bytes, data, 8, rule)
    }
}

/// The counts at the head of a zone file's part.
struct Head {
    utc: usize,
    wall: usize,
    leap: usize,
    times: usize,
    types: usize,
    letters: usize,
}

impl Head {
    const LEN: usize = 44;

    fn read(bytes: &[u8], at: usize) -> Option<(Head, u8, usize)> {
        let head = bytes.get(at..at.checked_add(Head::LEN)?)?;
        let head = head.strip_prefix(b"TZif")?;
        let count = |n: usize| {
            let at = 16 + n * 4;
            let four = head.get(at..at + 4)?;
            let number = u32::from_be_bytes(four.try_into().ok()?);
            usize::try_from(number).ok().filter(|n| *n < 1 << 20)
        };
        let counts = Head {
            utc: count(0)?,
            wall: count(1)?,
            leap: count(2)?,
            times: count(3)?,
            types: count(4)?,
            letters: count(5)?,
        };
        Some((counts, *head.first()?, at))
    }

    /// Bytes of the part behind the head, with times of so many bytes. The counts are below 2^20: no overflow.
    fn len(&self, time: usize) -> Option<usize> {
        let len = self.times * (time + 1) + self.types * 6 + self.letters;
        Some(len + self.leap * (time + 4) + self.wall + self.utc)
    }

    fn zone(&self, bytes: &[u8], at: usize, size: usize, rule: Option<Rule>) -> Option<Zone> {
        let data = bytes.get(at..)?;
        let times = data.get(..self.times * size)?.chunks_exact(size);
        let rest = data.get(self.times * size..)?;
        let which = rest.get(..self.times)?;
        let types = rest.get(self.times..)?.get(..self.types * 6)?;
        let distance = |kind: usize| {
            let four = types.get(kind * 6..)?.get(..4)?;
            Some(i32::from_be_bytes(four.try_into().ok()?))
        };
        let changes = times.zip(which).filter_map(|(time, kind)| {
            let time = match size {
                4 => i64::from(i32::from_be_bytes(time.try_into().ok()?)),
                _ => i64::from_be_bytes(time.try_into().ok()?),
            };
            Some((time, distance(usize::from(*kind))?))
        });
        Some(Zone {
            changes: changes.collect(),
            before: distance(0)?,
            rule,
        })
    }
}

impl Rule {
    /// From POSIX's notation: `CET-1CEST,M3.5.0,M10.5.0/3`. Days of the year (`J60`) are not understood.
    fn read(text: &str) -> Option<Rule> {
        let rest = name(text)?;
        let (behind, rest) = clock(rest)?;
        let standard = i32::try_from(-behind).ok()?;
        if rest.is_empty() {
            return Some(Rule {
                standard,
                summer: None,
            });
        }
        let rest = name(rest)?;
        let (ahead, rest) = match rest.starts_with(',') {
            true => (standard.checked_add(3600)?, rest),
            false => {
                let (behind, rest) = clock(rest)?;
                (i32::try_from(-behind).ok()?, rest)
            }
        };
        let (begin, end) = rest.strip_prefix(',')?.split_once(',')?;
        Some(Rule {
            standard,
            summer: Some((ahead, Day::read(begin)?, Day::read(end)?)),
        })
    }

    fn ahead(&self, at: i64) -> i32 {
        let Some((summer, begin, end)) = self.summer else {
            return self.standard;
        };
        let local = at.saturating_add(i64::from(self.standard));
        let (year, _, _) = crate::dissect::text::civil(local.div_euclid(86_400));
        let begin = begin.of_year(year) - i64::from(self.standard);
        let end = end.of_year(year) - i64::from(summer);
        let is_summer = match begin < end {
            true => (begin..end).contains(&at),
            // The southern half of the earth: summer goes over the turn of the year.
            false => !(end..begin).contains(&at),
        };
        if is_summer { summer } else { self.standard }
    }
}

/// What follows the name of a zone (`CET`, `<+03>`).
fn name(text: &str) -> Option<&str> {
    if let Some(rest) = text.strip_prefix('<') {
        return rest.split_once('>').map(|(_, rest)| rest);
    }
    let end = text.find(|c: char| !c.is_ascii_alphabetic())?;
    (end >= 3).then(|| &text[end..])
}

/// `[+-]hh[:mm[:ss]]` in seconds, and what follows.
fn clock(text: &str) -> Option<(i64, &str)> {
    let (sign, text) = match text.strip_prefix('-') {
        Some(text) => (-1, text),
        None => (1, text.strip_prefix('+').unwrap_or(text)),
    };
    let end = text
        .find(|c: char| !c.is_ascii_digit() && c != ':')
        .unwrap_or(text.len());
    let (mut seconds, mut unit) = (0, 3600);
    for part in text[..end].split(':') {
        seconds += part.parse::<u16>().ok().map(i64::from)? * unit;
        unit /= 60;
    }
    Some((sign * seconds, &text[end..]))
}

impl Day {
    fn read(text: &str) -> Option<Day> {
        let (day, time) = text.split_once('/').unwrap_or((text, "2"));
        let mut parts = day.strip_prefix('M')?.split('.');
        let mut next = || parts.next()?.parse::<u32>().ok();
        let day = Day {
            month: next().filter(|m| (1..=12).contains(m))?,
            week: next().filter(|w| (1..=5).contains(w))?,
            day: next().filter(|d| *d < 7)?,
            at: clock(time)?.0,
        };
        Some(day)
    }

    /// Local seconds since 1970 of this day in a year.
    fn of_year(&self, year: i64) -> i64 {
        let first = days(year, self.month);
        let behind = match self.month {
            12 => days(year + 1, 1),
            month => days(year, month + 1),
        };
        // 1970-01-01 was a Thursday.
        let weekday = (first + 4).rem_euclid(7);
        let mut day = first + (i64::from(self.day) - weekday).rem_euclid(7);
        day += i64::from(self.week - 1) * 7;
        while day >= behind {
            day -= 7;
        }
        day * 86_400 + self.at
    }
}

/// Days from 1970-01-01 to the first of a month.
fn days(year: i64, month: u32) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let shifted = i64::from(if month > 2 { month - 3 } else { month + 9 });
    let of_era = year.rem_euclid(400);
    let day = of_era * 365 + of_era / 4 - of_era / 100 + (153 * shifted + 2) / 5;
    year.div_euclid(400) * 146_097 + day - 719_468
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_tell_summer_from_winter() {
        let berlin = Rule::read("CET-1CEST,M3.5.0,M10.5.0/3").unwrap();
        // 2024-03-31 01:00 UTC and 2024-10-27 01:00 UTC.
        for (at, ahead) in [
            (1_711_846_799, 3600),
            (1_711_846_800, 7200),
            (1_729_990_799, 7200),
            (1_729_990_800, 3600),
        ] {
            assert_eq!(berlin.ahead(at), ahead, "{at}");
        }
        let sydney = Rule::read("AEST-10AEDT,M10.1.0,M4.1.0/3").unwrap();
        assert_eq!(sydney.ahead(1_704_067_200), 39_600); // 1 January 2024
        assert_eq!(sydney.ahead(1_719_792_000), 36_000); // 1 July 2024
        let india = Rule::read("<+0530>-5:30").unwrap();
        assert_eq!(india.ahead(0), 19_800);
        for wrong in [
            "",
            "C",
            "CET",
            "CET-1CEST",
            "CET-1CEST,J60,J300",
            "CET-1CEST,M13.1.0,M4.1.0",
        ] {
            assert_eq!(Rule::read(wrong), None, "{wrong}");
        }
    }

    /// A file of the second version: nothing in the first part, one change in the second.
    fn file() -> Vec<u8> {
        let head = |times: u32, types: u32| {
            let mut out = b"TZif2".to_vec();
            out.extend([0; 15]);
            for count in [0, 0, 0, times, types, 4] {
                out.extend(count.to_be_bytes());
            }
            out
        };
        let mut out = head(0, 1);
        out.extend([0; 6 + 4]);
        out.extend(head(1, 2));
        out.extend(1000i64.to_be_bytes());
        out.push(1);
        out.extend([0, 0, 0, 0, 0, 0]);
        out.extend(7200i32.to_be_bytes());
        out.extend([0, 0]);
        out.extend(b"ABC\0");
        out.extend(b"\n\n");
        out
    }

    #[test]
    fn files_are_read_and_damaged_ones_refused() {
        let bytes = file();
        let zone = Zone::read(&bytes).unwrap();
        assert_eq!([999, 1000].map(|at| zone.ahead(at)), [0, 7200]);
        for end in 0..bytes.len() {
            assert!(Zone::read(&bytes[..end]).is_none(), "{end} bytes");
        }
    }
}
