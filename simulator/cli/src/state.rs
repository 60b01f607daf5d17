//! `dockershim-sim state`: the node at an instant, through the eyes of one tool.

use std::fmt::Write;
use std::str::FromStr;

use anyhow::Result;
use clap::Args;
use simulator_model::clock::{Duration, Instant};
use simulator_model::views::{View, render};
use simulator_model::{Run, RuntimePath, simulate};

use crate::scenario_file;

/// What is looked at, when, and how.
#[derive(Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    input: scenario_file::Input,
    /// What is between the kubelet and the containers; `dockershim-sim list` says what each is.
    #[arg(long, value_name = "dockershim|cri-dockerd|containerd|cri-o")]
    path: RuntimePath,
    /// When: since the run began (`20s`, `1500ms`, `2m`), from a mark (`apply+3s`, `delete-500ms`),
    /// or `end`.
    #[arg(long)]
    at: When,
    /// Where chance starts.
    #[arg(long, default_value_t = 0)]
    seed: u64,
    /// Through which tool; `dockershim-sim list` names all views.
    #[arg(long, default_value_t = View::Overview)]
    view: View,
}

/// An instant as a person names it.
#[derive(Clone, Debug, PartialEq, Eq)]
enum When {
    Since(Duration),
    /// The first mark of this word, and how long after it, in µs.
    Mark(String, i64),
    End,
}

/// An instant that the run does not have.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub(crate) enum WhenError {
    /// It cannot be read.
    #[error(
        "`{text}` is no instant; write a span since the run began (`20s`, `1500ms`, `2m`), \
         a mark with or without a span (`apply`, `apply+3s`, `delete-500ms`), or `end`"
    )]
    Unreadable {
        /// As it was given.
        text: String,
    },
    /// It lies outside.
    #[error(
        "{} is outside the run, which begins at 0 s and ends at {}",
        seconds(*.asked), seconds(*.end)
    )]
    Outside {
        /// What was asked for, in µs.
        asked: i64,
        /// The end, in µs.
        end: i64,
    },
    /// There is no such mark.
    #[error("this run has no mark `{word}`; it has {marks}")]
    NoMark {
        /// As it was given.
        word: String,
        /// Those there are, with their instants.
        marks: String,
    },
}

/// The text that is shown.
pub(crate) fn text(arguments: &Arguments) -> Result<String> {
    let scenario = arguments.input.read()?;
    let run = simulate(&scenario, arguments.path, arguments.seed);
    let at = instant(&run, &arguments.at)?;
    let mut text = render(arguments.view, &run.moment(at));
    if arguments.view == View::Overview {
        let _ = write!(text, "\nmarks of the run: {}\n", marks(&run));
        text.push_str("more: --view NAME; `dockershim-sim list` names all views\n");
    }
    Ok(text)
}

fn instant(run: &Run, when: &When) -> Result<Instant, WhenError> {
    let end = run.end.as_micros();
    let micros = match when {
        When::End => end,
        When::Since(span) => span.as_micros(),
        When::Mark(word, offset) => {
            let mark = run
                .marks
                .iter()
                .find(|mark| mark.word == word)
                .ok_or_else(|| WhenError::NoMark { word: word.clone(), marks: marks(run) })?;
            mark.at.as_micros().saturating_add(*offset)
        }
    };
    if !(0..=end).contains(&micros) {
        return Err(WhenError::Outside { asked: micros, end });
    }
    Ok(Instant::from_micros(micros))
}

fn marks(run: &Run) -> String {
    let mut texts: Vec<_> = run
        .marks
        .iter()
        .map(|mark| format!("{} ({})", mark.word, seconds(mark.at.as_micros())))
        .collect();
    texts.push(format!("end ({})", seconds(run.end.as_micros())));
    texts.join(", ")
}

/// `12.345 s`
pub(crate) fn seconds(micros: i64) -> String {
    let sign = if micros < 0 { "-" } else { "" };
    let millis = micros.unsigned_abs() / 1_000;
    format!("{sign}{}.{:03} s", millis / 1_000, millis % 1_000)
}

impl FromStr for When {
    type Err = WhenError;

    fn from_str(text: &str) -> Result<Self, WhenError> {
        let unreadable = || WhenError::Unreadable { text: text.to_owned() };
        if text == "end" {
            return Ok(Self::End);
        }
        if text.starts_with(|first: char| first.is_ascii_digit()) {
            return span(text).map(Self::Since).ok_or_else(unreadable);
        }
        // Marks such as `stop-runtime` have hyphens, so a sign counts only before a digit.
        let sign = text.char_indices().find(|(place, sign)| {
            let digit = text[place + sign.len_utf8()..].starts_with(|c: char| c.is_ascii_digit());
            matches!(sign, '+' | '-') && digit
        });
        let Some((place, sign)) = sign else { return Ok(Self::Mark(text.to_owned(), 0)) };
        let offset = span(&text[place + 1..]).ok_or_else(unreadable)?.as_micros();
        let offset = if sign == '-' { -offset } else { offset };
        Ok(Self::Mark(text[..place].to_owned(), offset))
    }
}

/// `20s`, `1500ms`, `2m`, `1h`, with decimals where one likes.
fn span(text: &str) -> Option<Duration> {
    let split = text.find(|c: char| !c.is_ascii_digit() && c != '.')?;
    let (number, unit) = text.split_at(split);
    let unit: i64 = match unit {
        "ms" => 1_000,
        "s" => 1_000_000,
        "m" => 60_000_000,
        "h" => 3_600_000_000,
        _ => return None,
    };
    let (whole, part) = number.split_once('.').unwrap_or((number, "0"));
    if part.len() > 6 {
        return None;
    }
    let part_unit = unit / 10_i64.checked_pow(u32::try_from(part.len()).ok()?)?;
    let whole = whole.parse::<i64>().ok()?.checked_mul(unit)?;
    let micros = whole.checked_add(part.parse::<i64>().ok()?.checked_mul(part_unit)?)?;
    Some(Duration::from_micros(micros))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn when(text: &str) -> Result<When, WhenError> {
        text.parse()
    }

    #[test]
    fn instants_are_read() {
        assert_eq!(when("20s"), Ok(When::Since(Duration::from_secs(20))));
        assert_eq!(when("1.5s"), Ok(When::Since(Duration::from_millis(1_500))));
        assert_eq!(when("end"), Ok(When::End));
        assert_eq!(when("apply+3s"), Ok(When::Mark("apply".into(), 3_000_000)));
        assert_eq!(when("stop-runtime"), Ok(When::Mark("stop-runtime".into(), 0)));
        assert_eq!(when("delete-500ms"), Ok(When::Mark("delete".into(), -500_000)));
    }

    #[test]
    fn what_cannot_be_read_is_explained() {
        for text in ["20", "20 s", "apply+3", "3parsecs"] {
            let error = when(text).expect_err(text).to_string();
            assert!(error.contains(text) && error.contains("`apply+3s`"), "{error}");
        }
    }
}
