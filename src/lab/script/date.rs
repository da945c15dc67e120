//! The clock of a script, and the forms in which protocols write it.

/// A moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(in crate::lab) struct Clock {
    /// Seconds since 1970.
    pub seconds: i64,
}

const MONTHS: [&str; 12] = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
];
/// 1970 began on a Thursday.
const DAYS: [&str; 7] = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"];

/// Days since 1970 of a date of the Gregorian calendar.
fn days(year: i64, month: i64, day: i64) -> i64 {
    // Years that begin in March have their leap day at the end.
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let of_era = year.rem_euclid(400);
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
}

/// Reads `2015-03-15 12:09:16`.
pub(in crate::lab) fn parse_clock(text: &str) -> Option<Clock> {
    let mut numbers = text.split([' ', '-', ':', 'T']).map(str::parse::<i64>);
    let mut next = |from: i64, to: i64| numbers.next()?.ok().filter(|n| (from..=to).contains(n));
    let (year, month, day) = (next(1970, 2200)?, next(1, 12)?, next(1, 31)?);
    let (hour, minute, second) = (next(0, 23)?, next(0, 59)?, next(0, 59)?);
    if numbers.next().is_some() {
        return None;
    }
    Some(Clock {
        seconds: days(year, month, day) * 86_400 + hour * 3600 + minute * 60 + second,
    })
}

impl Clock {
    /// Year, month (from 0), day, hour, minute, second, and the name of the day.
    fn parts(self) -> (i64, usize, i64, i64, i64, i64, &'static str) {
        let (day, second) = (
            self.seconds.div_euclid(86_400),
            self.seconds.rem_euclid(86_400),
        );
        let z = day + 719_468;
        let era = z.div_euclid(146_097);
        let of_era = z.rem_euclid(146_097);
        let year_of_era = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
        let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let mp = (5 * of_year + 2) / 153;
        let date = of_year - (153 * mp + 2) / 5 + 1;
        let month = (mp + 2) % 12;
        let year = year_of_era + era * 400 + i64::from(month < 2);
        let name = DAYS[day.rem_euclid(7) as usize];
        (
            year,
            month as usize,
            date,
            second / 3600,
            second / 60 % 60,
            second % 60,
            name,
        )
    }

    /// As a header of HTTP has it (RFC 9110, section 5.6.7): `Sun, 15 Mar 2015 12:09:16 GMT`.
    pub(super) fn http(self) -> String {
        let (year, month, date, h, m, s, day) = self.parts();
        format!(
            "{day}, {date:02} {} {year} {h:02}:{m:02}:{s:02} GMT",
            MONTHS[month]
        )
    }

    /// As a mail has it (RFC 5322, section 3.3): `Sun, 15 Mar 2015 12:09:16 +0000`.
    pub(super) fn mail(self) -> String {
        let (year, month, date, h, m, s, day) = self.parts();
        format!(
            "{day}, {date} {} {year} {h:02}:{m:02}:{s:02} +0000",
            MONTHS[month]
        )
    }

    /// As C's `ctime` prints it: `Sun Mar 15 12:09:16 2015`.
    pub(super) fn ctime(self) -> String {
        let (year, month, date, h, m, s, day) = self.parts();
        format!(
            "{day} {} {date:>2} {h:02}:{m:02}:{s:02} {year}",
            MONTHS[month]
        )
    }

    /// `2015-03-15T12:09:16Z` (RFC 3339).
    pub(super) fn iso(self) -> String {
        let (year, month, date, h, m, s, _) = self.parts();
        format!("{year:04}-{:02}-{date:02}T{h:02}:{m:02}:{s:02}Z", month + 1)
    }
}
