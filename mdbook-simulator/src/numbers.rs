//! The numbers of a text, which are the same in both languages.
//!
//! A number is a run of digits with the dots inside it: `2022`, `1.24`, `10.0.0.1`. A month that
//! English has a name for and Chinese a number is a number in both.

use std::sync::LazyLock;

use regex::{Match, Regex};

use crate::facts::MONTHS;

/// All numbers of the text, sorted, each as often as it stands there.
pub(crate) fn of_text(text: &str) -> Vec<String> {
    let digits = DIGITS.find_iter(text).map(|it| it.as_str().to_owned());
    let months = MONTH.find_iter(text).filter_map(|it| month(text, it));
    let mut numbers: Vec<String> = digits.chain(months.map(|month| month.to_string())).collect();
    numbers.sort();
    numbers
}

/// What the first has and the second has not; both are sorted.
pub(crate) fn beside(first: &[String], second: &[String]) -> Vec<String> {
    let mut others = second.iter().peekable();
    let mut lacking = Vec::new();
    for number in first {
        while others.next_if(|other| *other < number).is_some() {}
        if others.next_if_eq(&number).is_none() {
            lacking.push(number.clone());
        }
    }
    lacking
}

/// The numbers as a message names them.
pub(crate) fn listed(numbers: &[String]) -> String {
    if numbers.is_empty() { "nothing".to_owned() } else { numbers.join(", ") }
}

/// The month from 1. “May” is no month where it could begin a sentence and no year follows.
fn month(text: &str, name: Match<'_>) -> Option<usize> {
    let before = text[..name.start()].strip_suffix(' ');
    let follows_words =
        before.is_some_and(|it| it.ends_with(|c: char| c.is_alphanumeric() || c == ','));
    let is_month = name.as_str() != "May" || follows_words || text[name.end()..].starts_with(" 20");
    let index = MONTHS.iter().position(|month| *month == name.as_str())?;
    is_month.then_some(index + 1)
}

static DIGITS: LazyLock<Regex> = LazyLock::new(|| of_form(r"[0-9]+(?:\.[0-9]+)*"));

static MONTH: LazyLock<Regex> =
    LazyLock::new(|| of_form(&format!(r"\b(?:{})\b", MONTHS.join("|"))));

fn of_form(pattern: &str) -> Regex {
    Regex::new(pattern).expect("the pattern is a constant")
}

#[cfg(test)]
mod tests {
    use super::{beside, of_text};

    #[test]
    fn digits_with_their_dots_and_months() {
        assert_eq!(of_text("In 1.24, on 3 May 2022.").join(" "), "1.24 2022 3 5");
        assert_eq!(of_text("2022 年 5 月 3 日，1.24。").join(" "), "1.24 2022 3 5");
        assert_eq!(of_text("May it? In May, late March; May 2022.").join(" "), "2022 3 5 5");
    }

    #[test]
    fn each_counts_as_often_as_it_is_there() {
        let (one, other) = (of_text("1.24 1.24 5 7"), of_text("1.24 5 6"));
        assert_eq!(beside(&one, &other), ["1.24", "7"]);
        assert_eq!(beside(&other, &one), ["6"]);
        assert_eq!(beside(&one, &one), [""; 0]);
    }
}
