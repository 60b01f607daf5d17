//! Spans of time and sizes in words, as Docker and its relatives write them.

use crate::clock::Duration;

/// A span as docker/go-units writes it (`HumanDuration`), which `docker` and `crictl` share.
pub(super) fn words(span: Duration) -> String {
    let seconds = span.as_micros() / 1_000_000;
    let minutes = seconds / 60;
    let hours = (seconds + 1_800) / 3_600;
    match (seconds, minutes, hours) {
        (..1, ..) => "Less than a second".into(),
        (1, ..) => "1 second".into(),
        (..60, ..) => format!("{seconds} seconds"),
        (_, 1, _) => "About a minute".into(),
        (_, ..60, _) => format!("{minutes} minutes"),
        (.., 1) => "About an hour".into(),
        (.., ..48) => format!("{hours} hours"),
        (.., ..336) => format!("{} days", hours / 24),
        (.., ..1_440) => format!("{} weeks", hours / 168),
        (.., ..17_520) => format!("{} months", hours / 720),
        _ => format!("{} years", hours / 8_760),
    }
}

/// A span as `kubectl` writes it (apimachinery, pkg/util/duration, `HumanDuration`).
pub(super) fn brief(span: Duration) -> String {
    let seconds = span.as_micros() / 1_000_000;
    let (minutes, hours, days) = (seconds / 60, seconds / 3_600, seconds / 86_400);
    let pair = |big: i64, unit: &str, small: i64, part: &str| match small {
        0 => format!("{big}{unit}"),
        small => format!("{big}{unit}{small}{part}"),
    };
    match (seconds, minutes, hours) {
        (..120, ..) => format!("{seconds}s"),
        (_, ..10, _) => pair(minutes, "m", seconds % 60, "s"),
        (_, ..180, _) => format!("{minutes}m"),
        (.., ..8) => pair(hours, "h", minutes % 60, "m"),
        (.., ..48) => format!("{hours}h"),
        (.., ..192) => pair(days, "d", hours % 24, "h"),
        _ => format!("{days}d"),
    }
}

/// A size in decimal units with three digits (docker/go-units, `HumanSizeWithPrecision`).
pub(super) fn size(bytes: u64) -> String {
    let units = ["B", "kB", "MB", "GB", "TB"];
    let (mut scale, mut unit) = (1_u64, 0);
    while bytes / scale >= 1_000 && unit + 1 < units.len() {
        scale *= 1_000;
        unit += 1;
    }
    format!("{}{}", digits(bytes, scale), units[unit])
}

/// A size in binary units with one decimal, as `ctr` writes it.
pub(super) fn binary_size(bytes: u64) -> String {
    let units = ["B", "KiB", "MiB", "GiB", "TiB"];
    let (mut scale, mut unit) = (1_u64, 0);
    while bytes / scale >= 1_024 && unit + 1 < units.len() {
        scale *= 1_024;
        unit += 1;
    }
    let tenths = (bytes * 10 + scale / 2) / scale;
    format!("{}.{} {}", tenths / 10, tenths % 10, units[unit])
}

/// Three significant digits, without zeros at the end (Go's `%.3g`).
fn digits(bytes: u64, scale: u64) -> String {
    let whole = bytes / scale;
    let decimals = match whole {
        0..10 => 2,
        10..100 => 1,
        _ => 0,
    };
    let power = 10_u64.pow(decimals);
    let scaled = (bytes * power + scale / 2) / scale;
    if decimals == 0 {
        return scaled.to_string();
    }
    let (whole, part) = (scaled / power, scaled % power);
    let part = format!("{part:0width$}", width = decimals as usize);
    let part = part.trim_end_matches('0');
    if part.is_empty() { whole.to_string() } else { format!("{whole}.{part}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_are_words() {
        let of = |seconds| words(Duration::from_secs(seconds));
        assert_eq!(of(0), "Less than a second");
        assert_eq!(of(59), "59 seconds");
        assert_eq!(of(60), "About a minute");
        assert_eq!(of(3_599), "59 minutes");
        assert_eq!(of(3_600), "About an hour");
        assert_eq!(of(5_400), "2 hours");
        assert_eq!(of(3 * 86_400), "3 days");
    }

    #[test]
    fn ages_are_brief() {
        let of = |seconds| brief(Duration::from_secs(seconds));
        assert_eq!([of(0), of(119), of(120), of(599)], ["0s", "119s", "2m", "9m59s"]);
        assert_eq!([of(600), of(10_800), of(28_800)], ["10m", "3h", "8h"]);
        assert_eq!([of(3 * 86_400 + 3_600), of(9 * 86_400)], ["3d1h", "9d"]);
    }

    #[test]
    fn sizes_have_three_digits() {
        assert_eq!(size(682_696), "683kB");
        assert_eq!(size(1_984_210), "1.98MB");
        assert_eq!(size(2_000_000), "2MB");
        assert_eq!(binary_size(1_070_540), "1.0 MiB");
        assert_eq!(binary_size(315_556), "308.2 KiB");
    }
}
