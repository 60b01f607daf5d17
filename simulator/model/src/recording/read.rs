//! Reading `cri-recording/1`: one JSON object a line, all mistakes told at once.

use std::fmt;
use std::sync::Arc;

use serde::de::IgnoredAny;
use serde_json::Value;

use super::fields::Fields;
use super::raw::Raw;
use super::{FORMAT, Recording};
use crate::RuntimePath;
use crate::runtime_path::UnknownPath;

/// How many mistakes a message lists before it only counts them.
const LISTED_MAX: usize = 8;

/// A recording that cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// There is nothing in it.
    #[error(
        "the recording is empty; its first line must be a header with `\"format\":\"{FORMAT}\"`"
    )]
    Empty,
    /// The header says that it is something else.
    #[error("line 1: the format is `{found}`; this reader knows `{FORMAT}`")]
    Format {
        /// What the header says.
        found: String,
    },
    /// The path in the header is not known.
    #[error("line 1: {0}")]
    Path(#[from] UnknownPath),
    /// Some lines cannot be read.
    #[error("{}", listed(.0))]
    Lines(Vec<LineError>),
}

/// A line that cannot be read.
#[derive(Debug, thiserror::Error)]
#[error("line {line}: {problem}")]
pub struct LineError {
    /// The number of the line, from 1.
    pub line: usize,
    /// What is wrong with it.
    pub problem: LineProblem,
}

/// What is wrong with a line.
#[derive(Debug, thiserror::Error)]
pub enum LineProblem {
    /// It is no JSON.
    #[error(transparent)]
    Json(#[from] serde_json::Error),
    /// A field is not there.
    #[error("missing field `{field}`")]
    Missing {
        /// The name of the field.
        field: &'static str,
    },
    /// A field holds something else than it should.
    #[error("`{field}` is not {expected}")]
    Type {
        /// The name of the field; empty for the line as a whole.
        field: &'static str,
        /// What it should be.
        expected: &'static str,
    },
    /// It is none of the kinds of line that the format has.
    #[error("no `call`, `mark`, `runc` or `outside_cri` in it; record the run again")]
    Kind,
}

fn listed(errors: &[LineError]) -> impl fmt::Display {
    let mut lines: Vec<String> = errors.iter().take(LISTED_MAX).map(ToString::to_string).collect();
    if errors.len() > LISTED_MAX {
        lines.push(format!("… and {} more lines", errors.len() - LISTED_MAX));
    }
    lines.join("\n")
}

pub(super) fn json_lines(text: &str) -> Result<Recording, ReadError> {
    let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    lines_of(lines.map(|(index, line)| {
        let sound = serde_json::from_str::<IgnoredAny>(line);
        (index + 1, sound.map(|_| Raw::of(&Arc::from(line))).map_err(LineProblem::from))
    }))
}

pub(super) fn json_array(text: &Arc<str>) -> Result<Recording, ReadError> {
    let lines = Raw::of(text).items().ok_or_else(|| {
        let problem = match serde_json::from_str::<Value>(text) {
            Err(error) => error.into(),
            Ok(_) => LineProblem::Type { field: "", expected: "a list of lines" },
        };
        first_line(problem)
    })?;
    lines_of(lines.into_iter().enumerate().map(|(index, line)| (index + 1, Ok(line))))
}

fn lines_of(
    mut lines: impl Iterator<Item = (usize, Result<Raw, LineProblem>)>,
) -> Result<Recording, ReadError> {
    let (_, first) = lines.next().ok_or(ReadError::Empty)?;
    let mut recording = header(&first.map_err(first_line)?)?;
    let mut errors = Vec::new();
    for (line, raw) in lines {
        if let Err(problem) = raw.and_then(|raw| add_line(&mut recording, &raw)) {
            errors.push(LineError { line, problem });
        }
    }
    if errors.is_empty() { Ok(recording) } else { Err(ReadError::Lines(errors)) }
}

fn first_line(problem: LineProblem) -> ReadError {
    ReadError::Lines(vec![LineError { line: 1, problem }])
}

fn header(header: &Raw) -> Result<Recording, ReadError> {
    let header: Value =
        serde_json::from_str(header.text()).map_err(|error| first_line(error.into()))?;
    let text = |key: &str| header.get(key).and_then(Value::as_str).unwrap_or_default();
    if text("format") != FORMAT {
        return Err(ReadError::Format { found: text("format").to_owned() });
    }
    let path: RuntimePath = text("path").parse()?;
    Ok(Recording {
        scenario: text("scenario").to_owned(),
        path,
        marks: Vec::new(),
        calls: Vec::new(),
        outside_cri: Vec::new(),
        runc: Vec::new(),
    })
}

fn add_line(recording: &mut Recording, line: &Raw) -> Result<(), LineProblem> {
    let fields = Fields::of(line)?;
    if fields.has("call") {
        recording.calls.push(fields.call()?);
    } else if fields.has("mark") {
        recording.marks.push(fields.mark()?);
    } else if fields.has("runc") {
        recording.runc.push(fields.runc()?);
    } else if fields.has("outside_cri") {
        let call = fields.value("outside_cri")?;
        recording.outside_cri.push(Fields::of(&call)?.engine_call()?);
    } else {
        return Err(LineProblem::Kind);
    }
    Ok(())
}
