//! How the packet list writes a frame's time: since the first frame, as the clock on the wall showed it, since the frame
//! before, with as many decimals as the user wants.

use std::fmt::Write as _;

use super::zone::Zone;
use crate::capture::NO_TIME;
use crate::dissect::text::civil;
use crate::export::text::seconds;

/// What is counted or shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum TimeFormat {
    /// Seconds since the first frame, or the last time reference.
    #[default]
    Relative,
    /// Date and time of day, in the zone of this machine.
    Date,
    /// Time of day, in the zone of this machine.
    Clock,
    /// Date and time of day, UTC.
    UtcDate,
    /// Time of day, UTC.
    UtcClock,
    /// Seconds since 1970.
    Epoch,
    /// Seconds since the frame captured before.
    SinceCaptured,
    /// Seconds since the frame displayed before.
    SinceDisplayed,
}

impl TimeFormat {
    /// All, in the order of menus.
    pub const ALL: [TimeFormat; 8] = [
        TimeFormat::Relative,
        TimeFormat::Date,
        TimeFormat::Clock,
        TimeFormat::UtcDate,
        TimeFormat::UtcClock,
        TimeFormat::Epoch,
        TimeFormat::SinceCaptured,
        TimeFormat::SinceDisplayed,
    ];

    /// As menus have it.
    pub const fn title(self) -> &'static str {
        match self {
            TimeFormat::Relative => "Since the first packet",
            TimeFormat::Date => "Date and time of day",
            TimeFormat::Clock => "Time of day",
            TimeFormat::UtcDate => "UTC date and time of day",
            TimeFormat::UtcClock => "UTC time of day",
            TimeFormat::Epoch => "Seconds since 1970",
            TimeFormat::SinceCaptured => "Since the packet captured before",
            TimeFormat::SinceDisplayed => "Since the packet displayed before",
        }
    }

    /// Its name in the settings.
    pub const fn id(self) -> &'static str {
        match self {
            TimeFormat::Relative => "relative",
            TimeFormat::Date => "date",
            TimeFormat::Clock => "clock",
            TimeFormat::UtcDate => "utc-date",
            TimeFormat::UtcClock => "utc-clock",
            TimeFormat::Epoch => "epoch",
            TimeFormat::SinceCaptured => "since-captured",
            TimeFormat::SinceDisplayed => "since-displayed",
        }
    }

    /// The format of that name.
    pub fn named(id: &str) -> Option<TimeFormat> {
        TimeFormat::ALL.into_iter().find(|f| f.id() == id)
    }
}

/// How many decimals can be chosen: seconds to nanoseconds.
pub const DECIMALS: [(u8, &str); 6] = [
    (0, "Seconds"),
    (1, "Tenths of a second"),
    (2, "Hundredths of a second"),
    (3, "Milliseconds"),
    (6, "Microseconds"),
    (9, "Nanoseconds"),
];

/// The times that a line of the list can show, nanoseconds; points in time count from 1970.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moment {
    /// When the frame was captured; [`NO_TIME`] if the file does not say.
    pub time_ns: i64,
    /// Since the first frame or the last reference.
    pub relative_ns: i64,
    /// When the frame before was captured.
    pub captured_before_ns: Option<i64>,
    /// When the frame displayed before was captured.
    pub displayed_before_ns: Option<i64>,
    /// It is a reference itself.
    pub is_reference: bool,
}

/// Write a time with so many decimals (at most 9); nothing for a frame without a time.
pub fn write(moment: &Moment, format: TimeFormat, decimals: u8, zone: &Zone, out: &mut String) {
    if moment.time_ns == NO_TIME {
        return;
    }
    if moment.is_reference && format == TimeFormat::Relative {
        out.push_str("*REF*");
        return;
    }
    let since = |then: Option<i64>| then.map_or(0, |then| moment.time_ns.saturating_sub(then));
    let decimals = usize::from(decimals.min(9));
    match format {
        TimeFormat::Relative => seconds(moment.relative_ns, decimals, out),
        TimeFormat::Epoch => seconds(moment.time_ns, decimals, out),
        TimeFormat::SinceCaptured => seconds(since(moment.captured_before_ns), decimals, out),
        TimeFormat::SinceDisplayed => seconds(since(moment.displayed_before_ns), decimals, out),
        TimeFormat::Date | TimeFormat::Clock | TimeFormat::UtcDate | TimeFormat::UtcClock => {
            let (mut secs, nanos) = (
                moment.time_ns.div_euclid(1_000_000_000),
                moment.time_ns.rem_euclid(1_000_000_000),
            );
            let local = matches!(format, TimeFormat::Date | TimeFormat::Clock);
            if local {
                secs = secs.saturating_add(i64::from(zone.ahead(secs)));
            }
            if matches!(format, TimeFormat::Date | TimeFormat::UtcDate) {
                let (year, month, day) = civil(secs.div_euclid(86_400));
                let _ = write!(out, "{year:04}-{month:02}-{day:02} ");
            }
            let day = secs.rem_euclid(86_400);
            let _ = write!(out, "{:02}:{:02}:", day / 3600, day / 60 % 60);
            let from = out.len();
            seconds(day % 60 * 1_000_000_000 + nanos, decimals, out);
            if out[from..].find('.').unwrap_or(out.len() - from) < 2 {
                out.insert(from, '0');
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_format_says_the_same_moment() {
        let moment = Moment {
            time_ns: 1_265_678_319_618_072_345,
            relative_ns: 2_500_000_000,
            captured_before_ns: Some(1_265_678_319_000_000_000),
            displayed_before_ns: None,
            is_reference: false,
        };
        let text = |format, decimals| {
            let mut out = String::new();
            write(&moment, format, decimals, &Zone::UTC, &mut out);
            out
        };
        for (format, decimals, expected) in [
            (TimeFormat::Relative, 6, "2.500000"),
            (TimeFormat::Relative, 0, "2"),
            (TimeFormat::UtcDate, 9, "2010-02-09 01:18:39.618072345"),
            (TimeFormat::Date, 0, "2010-02-09 01:18:39"),
            (TimeFormat::UtcClock, 3, "01:18:39.618"),
            (TimeFormat::Epoch, 6, "1265678319.618072"),
            (TimeFormat::SinceCaptured, 6, "0.618072"),
            (TimeFormat::SinceDisplayed, 6, "0.000000"),
        ] {
            assert_eq!(text(format, decimals), expected, "{format:?}");
        }
        let early = Moment {
            time_ns: -999_000_000,
            ..moment
        };
        let mut out = String::new();
        write(&early, TimeFormat::UtcDate, 3, &Zone::UTC, &mut out);
        assert_eq!(out, "1969-12-31 23:59:59.001");
        let reference = Moment {
            is_reference: true,
            ..moment
        };
        out.clear();
        write(&reference, TimeFormat::Relative, 3, &Zone::UTC, &mut out);
        assert_eq!(out, "*REF*");
        out.clear();
        let none = Moment {
            time_ns: NO_TIME,
            ..moment
        };
        write(&none, TimeFormat::Date, 3, &Zone::UTC, &mut out);
        assert_eq!(out, "");
    }

    #[test]
    fn names_in_the_settings_are_known_again() {
        for format in TimeFormat::ALL {
            assert_eq!(TimeFormat::named(format.id()), Some(format));
        }
        assert_eq!(TimeFormat::named("later"), None);
    }
}
