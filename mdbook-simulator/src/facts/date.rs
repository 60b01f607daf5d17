//! Dates as exact as they are known: a year, a month or a day.

use std::fmt;
use std::str::FromStr;

use crate::language::Language;

/// A day, a month or a year of the Gregorian calendar; earlier ones sort first, and a whole year
/// or month sorts before the days in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Date {
    /// The year, such as 2022.
    pub year: u16,
    /// The month, from 1, if known.
    pub month: Option<u8>,
    /// The day of the month, from 1, if known.
    pub day: Option<u8>,
}

/// What can be wrong with a date.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DateMistake {
    /// Not of the form of a date.
    #[error("`{text}` is not a date; write YYYY, YYYY-MM or YYYY-MM-DD")]
    Form {
        /// What was written.
        text: String,
    },
    /// The calendar has no such month or day.
    #[error("`{text}` is not in the calendar; check the month and the day")]
    Calendar {
        /// What was written.
        text: String,
    },
}

impl FromStr for Date {
    type Err = DateMistake;

    fn from_str(text: &str) -> Result<Self, DateMistake> {
        let form = || DateMistake::Form { text: text.to_owned() };
        let mut parts = text.split('-');
        let year: u16 = digits(parts.next().unwrap_or_default(), 4).ok_or_else(form)?;
        let mut pair = || parts.next().map(|part| digits(part, 2).ok_or_else(form)).transpose();
        let (month, day): (Option<u8>, Option<u8>) = (pair()?, pair()?);
        if parts.next().is_some() {
            return Err(form());
        }
        let known = month.is_none_or(|month| (1..=12).contains(&month))
            && day.is_none_or(|day| (1..=days(year, month.unwrap_or(1))).contains(&day));
        if !known {
            return Err(DateMistake::Calendar { text: text.to_owned() });
        }
        Ok(Self { year, month, day })
    }
}

/// The number that so many digits and nothing else make.
fn digits<T: FromStr>(text: &str, length: usize) -> Option<T> {
    let is_number = text.len() == length && text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse().ok().filter(|_| is_number)
}

/// The number of days of a month.
fn days(year: u16, month: u8) -> u8 {
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    match month {
        2 if leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

impl fmt::Display for Date {
    /// The form of the data, which is also what `<time datetime>` wants.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}", self.year)?;
        for part in [self.month, self.day].into_iter().flatten() {
            write!(f, "-{part:02}")?;
        }
        Ok(())
    }
}

impl Date {
    /// The date in words: `3 May 2022`, `2022 年 5 月 3 日`.
    pub fn in_words(self, language: Language) -> String {
        match (language, self.month) {
            (Language::En, None) => self.year.to_string(),
            (Language::En, Some(_)) => format!("{} {}", self.within_year(language), self.year),
            (Language::ZhCn, None) => format!("{} 年", self.year),
            (Language::ZhCn, Some(_)) => format!("{} 年 {}", self.year, self.within_year(language)),
        }
    }

    /// The date without its year: `3 May`, `5 月 3 日`; empty when only the year is known.
    pub fn within_year(self, language: Language) -> String {
        match (language, self.month, self.day) {
            (_, None, _) => String::new(),
            (Language::En, Some(month), None) => month_name(month).to_owned(),
            (Language::En, Some(month), Some(day)) => format!("{day} {}", month_name(month)),
            (Language::ZhCn, Some(month), None) => format!("{month} 月"),
            (Language::ZhCn, Some(month), Some(day)) => format!("{month} 月 {day} 日"),
        }
    }
}

fn month_name(month: u8) -> &'static str {
    MONTHS[usize::from(month) - 1]
}

/// The months in English, in their order.
pub const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
