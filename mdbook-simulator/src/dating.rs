//! What dates a sentence: the days, months, years and versions that it names.

pub(crate) mod turn;

use std::collections::BTreeSet;
use std::fmt;
use std::ops::Range;
use std::sync::LazyLock;

use regex::{Captures, Regex};

use crate::facts::{Date, Fact, Facts, MONTHS, Releases, Versions};

/// A part of a date, or a version.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Dating {
    /// From 2010 to 2039.
    Year(u16),
    /// The year, if it is named, and the month from 1.
    Month(Option<u16>, u8),
    /// The year, if it is named, the month and the day in it.
    Day(Option<u16>, u8, u8),
    /// Two or three numbers with dots, such as `1.24`.
    Version(String),
}

impl fmt::Display for Dating {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = |month: &u8| MONTHS[usize::from(*month).saturating_sub(1) % MONTHS.len()];
        let year = |year: &Option<u16>| year.map(|it| format!(" {it}")).unwrap_or_default();
        match self {
            Self::Year(year) => write!(f, "{year}"),
            Self::Month(of, month) => write!(f, "{}{}", name(month), year(of)),
            Self::Day(of, month, day) => write!(f, "{day} {}{}", name(month), year(of)),
            Self::Version(version) => f.write_str(version),
        }
    }
}

/// All that the words name. A day or month of a year that is named is that of this year only.
pub(crate) fn of_words(words: &str) -> BTreeSet<Dating> {
    let mut found = BTreeSet::new();
    found.extend(years_and_versions(words).map(|(_, dating)| dating));
    for date in ENGLISH.captures_iter(words) {
        let month = MONTHS.iter().zip(1..).find(|(name, _)| **name == &date["month"]);
        let (year, day) = (year(&date), part(&date, "day"));
        if let Some((_, month)) = month.filter(|_| day.is_some() || year.is_some()) {
            found.extend(within_year(year, month, day));
        }
    }
    for date in CHINESE.captures_iter(words).chain(DIGITS.captures_iter(words)) {
        let year = year(&date);
        found.extend(year.map(Dating::Year));
        let month = part(&date, "month").into_iter();
        found.extend(month.flat_map(|month| within_year(year, month, part(&date, "day"))));
    }
    found
}

/// The years and versions that the words name, each with its place.
pub(crate) fn years_and_versions(words: &str) -> impl Iterator<Item = (Range<usize>, Dating)> {
    NUMBER.captures_iter(words).filter_map(|number| {
        let dating = year_or_version(&number, words)?;
        Some((number.name("number")?.range(), dating))
    })
}

/// All that a fact knows: its date and releases with their lines, its sentence and note, and its
/// sources' titles and dates.
pub(crate) fn of_fact(fact: &Fact, facts: &Facts) -> BTreeSet<Dating> {
    let mut known = BTreeSet::new();
    for text in std::iter::once(&fact.claim).chain(&fact.note) {
        known.extend(of_words(&text.en));
        known.extend(of_words(&text.zh_cn));
    }
    for source in facts.sources_of(fact) {
        known.extend(of_words(&source.title));
        known.extend(source.published.into_iter().flat_map(of_date));
    }
    known.extend(fact.date.into_iter().flat_map(of_date));
    known.extend(fact.versions.iter().flat_map(of_versions));
    let lines: Vec<Dating> =
        known.iter().filter_map(line_of).chain(known.iter().filter_map(of_any_year)).collect();
    known.extend(lines);
    known
}

/// The day or month of a year without the year, as a sentence names it that is about that year.
fn of_any_year(date: &Dating) -> Option<Dating> {
    match date {
        Dating::Month(Some(_), month) => Some(Dating::Month(None, *month)),
        Dating::Day(Some(_), month, day) => Some(Dating::Day(None, *month, *day)),
        _ => None,
    }
}

fn line_of(release: &Dating) -> Option<Dating> {
    let Dating::Version(version) = release else { return None };
    line(version).map(|line| Dating::Version(line.to_owned()))
}

/// The line that a release belongs to: 1.24 for 1.24.3.
fn line(release: &str) -> Option<&str> {
    release.rsplit_once('.').map(|(line, _)| line).filter(|line| line.contains('.'))
}

/// A date, and the month and the year that it is in.
pub(crate) fn of_date(date: Date) -> impl Iterator<Item = Dating> {
    let year = Some(date.year);
    let within = date.month.into_iter().flat_map(move |month| within_year(year, month, date.day));
    std::iter::once(Dating::Year(date.year)).chain(within)
}

fn of_versions(versions: &Versions) -> Vec<Dating> {
    let releases = versions.0.iter().flat_map(|span| match &span.releases {
        Releases::One(only) | Releases::UpTo(only) => vec![only.clone()],
        Releases::Between(first, last) => between(first, last),
    });
    releases.map(Dating::Version).collect()
}

/// Both, and the minor releases between them when they are of one major.
fn between(first: &str, last: &str) -> Vec<String> {
    let halves = |version: &str| {
        let (major, minor) = version.split_once('.')?;
        Some((major.to_owned(), minor.parse::<u16>().ok()?))
    };
    match (halves(first), halves(last)) {
        (Some((major, from)), Some((other, to))) if major == other => {
            (from..=to).map(|minor| format!("{major}.{minor}")).collect()
        }
        _ => vec![first.to_owned(), last.to_owned()],
    }
}

fn within_year(year: Option<u16>, month: u8, day: Option<u8>) -> impl Iterator<Item = Dating> {
    let day = day.map(|day| Dating::Day(year, month, day));
    std::iter::once(Dating::Month(year, month)).chain(day)
}

fn year(captures: &Captures<'_>) -> Option<u16> {
    captures.name("year")?.as_str().parse().ok()
}

fn part(captures: &Captures<'_>, name: &str) -> Option<u8> {
    captures.name(name)?.as_str().parse().ok()
}

fn year_or_version(captures: &Captures<'_>, words: &str) -> Option<Dating> {
    let number = captures.name("number")?;
    let after = &words[number.end()..];
    if words[..number.start()].ends_with("CC BY ") {
        return None;
    }
    let (number, is_closed) =
        (number.as_str(), !after.starts_with(|c: char| c.is_ascii_alphanumeric()));
    match number.split('.').count() {
        1 if number.len() == 4 && is_closed => {
            number.parse().ok().filter(|year| (2010..2040).contains(year)).map(Dating::Year)
        }
        2 | 3 if !is_measure(after) => Some(Dating::Version(number.to_owned())),
        _ => None,
    }
}

/// Whether a unit follows.
fn is_measure(after: &str) -> bool {
    UNITS.iter().any(|name| {
        let rest = after.trim_start().strip_prefix(name);
        rest.is_some_and(|rest| !rest.starts_with(|c: char| c.is_ascii_alphabetic()))
    })
}

/// What makes of a number with a dot a measure.
const UNITS: [&str; 19] = [
    "s", "ms", "seconds", "minutes", "%", "GiB", "MiB", "KiB", "GB", "MB", "kB", "times", "CPUs",
    "cores", "秒", "毫秒", "分钟", "倍", "核",
];

/// A number that is no part of a name, with or without `v` before it.
static NUMBER: LazyLock<Regex> =
    LazyLock::new(|| of_form(r"(?:^|[^A-Za-z0-9_/#:-])[vV]?(?<number>[0-9]+(?:\.[0-9]+)*)"));

static ENGLISH: LazyLock<Regex> = LazyLock::new(|| {
    let months = MONTHS.join("|");
    of_form(&format!(
        r"(?:\b(?<day>[0-9]{{1,2}}) )?\b(?<month>{months})\b(?: (?<year>[0-9]{{4}}))?"
    ))
});

static CHINESE: LazyLock<Regex> = LazyLock::new(|| {
    of_form(r"(?:(?<year>20[0-9]{2}) 年 )?(?<month>[0-9]{1,2}) 月(?: (?<day>[0-9]{1,2}) 日)?")
});

static DIGITS: LazyLock<Regex> = LazyLock::new(|| {
    of_form(r"\b(?<year>20[0-9]{2})-(?<month>[01][0-9])(?:-(?<day>[0-3][0-9]))?\b")
});

fn of_form(pattern: &str) -> Regex {
    Regex::new(pattern).expect("the pattern is a constant")
}

#[cfg(test)]
mod tests {
    use super::of_words;

    fn named(words: &str) -> String {
        of_words(words).iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
    }

    #[test]
    fn dates_in_both_languages_and_in_digits() {
        assert_eq!(named("It went on 3 May 2022."), "2022, May 2022, 3 May 2022");
        assert_eq!(named("In May 2022; it may rain. May it?"), "2022, May 2022");
        assert_eq!(named("2022 年 5 月 3 日移除"), "2022, May 2022, 3 May 2022");
        assert_eq!(named("那年 5 月，也就是 2022 年"), "2022, May");
        assert_eq!(
            named("Read on 2022-05-03, or in 2022-06"),
            "2022, May 2022, June 2022, 3 May 2022"
        );
    }

    #[test]
    fn versions_but_no_measures_and_no_parts_of_names() {
        assert_eq!(named("v1.24 and 1.20.2, from 1.3–1.5"), "1.20.2, 1.24, 1.3, 1.5");
        assert_eq!(named("1.5 s, 23.5 GiB, #2017, CC BY 4.0, cri-1.2, 20220 cats, 12.5 倍"), "");
    }
}
