//! Instants as dates and times of day (UTC).

use crate::clock::Instant;
use crate::export::wall_clock;

/// A date and a time of day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Moment {
    year: i64,
    month: i64,
    day: i64,
    /// ns since midnight.
    nanos: i64,
}

const DAY_NS: i64 = 86_400_000_000_000;
const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

impl Moment {
    /// The date and time of an instant (the days from civil algorithm of Howard Hinnant, turned
    /// round: eras of 400 years that begin in March).
    pub(super) fn of(at: Instant) -> Self {
        let nanos = wall_clock(at);
        let days = nanos.div_euclid(DAY_NS) + 719_468;
        let era = days.div_euclid(146_097);
        let of_era = days.rem_euclid(146_097);
        let year = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
        let of_year = of_era - (365 * year + year / 4 - year / 100);
        let shifted = (5 * of_year + 2) / 153;
        let day = of_year - (153 * shifted + 2) / 5 + 1;
        let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
        let year = year + era * 400 + i64::from(month <= 2);
        Self { year, month, day, nanos: nanos.rem_euclid(DAY_NS) }
    }

    fn clock(self) -> (i64, i64, i64) {
        let seconds = self.nanos / 1_000_000_000;
        (seconds / 3_600, seconds / 60 % 60, seconds % 60)
    }

    /// `Nov 23 00:00`, as `ls -l` writes a time of the last six months.
    pub(super) fn ls(self) -> String {
        let (hour, minute, _) = self.clock();
        let month = usize::try_from(self.month - 1).map_or("", |month| MONTHS[month]);
        format!("{month} {:2} {hour:02}:{minute:02}", self.day)
    }

    /// `2026-11-23T00:00:12.345678Z`, without zeros at the end (RFC 3339).
    pub(super) fn rfc3339(self) -> String {
        let (hour, minute, second) = self.clock();
        let part = format!("{:09}", self.nanos % 1_000_000_000);
        let part = part.trim_end_matches('0');
        let part = if part.is_empty() { String::new() } else { format!(".{part}") };
        let Self { year, month, day, .. } = self;
        format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}{part}Z")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_begins_at_midnight_of_the_day_of_the_recordings() {
        assert_eq!(Moment::of(Instant::ZERO).rfc3339(), "2026-11-23T00:00:00Z");
        let later = Instant::from_micros(8 * 86_400_000_000 + 61_500_000);
        assert_eq!(Moment::of(later).rfc3339(), "2026-12-01T00:01:01.5Z");
        assert_eq!(Moment::of(later).ls(), "Dec  1 00:01");
    }
}
