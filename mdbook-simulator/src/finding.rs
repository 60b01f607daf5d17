//! A mistake found in the book, with the place it is in.

use std::fmt;
use std::path::{Path, PathBuf};

/// One mistake: the file and line, and what to do about it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Finding {
    /// The file, relative to the repository, such as `book/en/src/history/cri.md`.
    pub file: PathBuf,
    /// The line, from 1.
    pub line: usize,
    /// The mistake and what to do, in lower case and without a full stop.
    pub message: String,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.file.display(), self.line, self.message)
    }
}

/// All the mistakes of a run, at least one, sorted by place; printed one a line.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.lines())]
pub struct Findings(Vec<Finding>);

impl Findings {
    /// Fails with all the mistakes, sorted and each once, when there are any.
    pub fn none_or_all(mut findings: Vec<Finding>) -> Result<(), Self> {
        findings.sort();
        findings.dedup();
        if findings.is_empty() { Ok(()) } else { Err(Self(findings)) }
    }

    /// The mistakes, sorted by place.
    pub fn as_slice(&self) -> &[Finding] {
        &self.0
    }

    fn lines(&self) -> String {
        let lines: Vec<String> = self.0.iter().map(Finding::to_string).collect();
        lines.join("\n")
    }
}

/// A text file: turns an offset in it into a line for a [`Finding`].
#[derive(Clone, Copy, Debug)]
pub struct Place<'a> {
    /// The file, relative to the repository.
    pub file: &'a Path,
    /// Its text.
    pub text: &'a str,
}

impl Place<'_> {
    /// The mistake at a byte offset of the text.
    pub fn finding(&self, offset: usize, mistake: impl fmt::Display) -> Finding {
        let before = self.text.get(..offset).unwrap_or(self.text);
        let line = 1 + before.matches('\n').count();
        Finding { file: self.file.to_owned(), line, message: mistake.to_string() }
    }
}
