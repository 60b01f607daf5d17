//! Times in words. Whole numbers only: it keeps the browser bundle small.

use crate::Lang;

/// A length of time, short: `84 ms`, `1.15 s`.
pub fn duration(us: i64, lang: Lang) -> String {
    let us = us.max(0);
    match us {
        0..1_000 => format!("{us} {}", lang.pick("µs", "微秒")),
        1_000..10_000 => {
            format!("{}.{} {}", us / 1_000, us / 100 % 10, lang.pick("ms", "毫秒"))
        }
        10_000..1_000_000 => format!("{} {}", (us + 500) / 1_000, lang.pick("ms", "毫秒")),
        _ => format!("{} {}", fraction(us, 2), lang.pick("s", "秒")),
    }
}

/// An instant since the pod was applied, always in seconds: `0.837 s`, `−11.6 s`.
pub fn instant(us: i64, lang: Lang) -> String {
    let sign = if us < 0 { "−" } else { "" };
    format!("{sign}{} {}", fraction(us.abs(), 3), lang.pick("s", "秒"))
}

/// Seconds with some digits behind the point, cut and not rounded, so that time never runs ahead.
fn fraction(us: i64, digits: u32) -> String {
    let unit = 10_i64.pow(6 - digits);
    let behind = us % 1_000_000 / unit;
    let digits = digits as usize;
    format!("{}.{behind:0digits$}", us / 1_000_000)
}
