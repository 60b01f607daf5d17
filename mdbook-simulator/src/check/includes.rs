//! `{{#include …}}` must find its file: mdBook only warns, and leaves the braces on the page.

use std::fs;
use std::path::Path;

use crate::finding::Finding;
use crate::nearest::{did_you_mean, listed};
use crate::page::Page;

/// What can be wrong with an include.
#[derive(Debug, thiserror::Error)]
pub enum IncludeMistake {
    /// A directive that mdBook does not have.
    #[error("unknown directive `{{{{#{name}}}}}`; valid ones are {valid}{hint}")]
    Unknown {
        /// Its name.
        name: String,
        /// A guess at what was meant.
        hint: String,
        /// The names there are.
        valid: String,
    },
    /// No file is named, or the braces are not closed.
    #[error("`{{{{#{name}` names no file; write `{{{{#{name} path/to/file}}}}` on one line")]
    NoFile {
        /// Its name.
        name: String,
    },
    /// The file is not there.
    #[error(
        "included file `{path}` does not exist; the path starts at the folder of the page{hint}"
    )]
    Missing {
        /// The path as written.
        path: String,
        /// A guess at what was meant.
        hint: String,
    },
    /// The file has no such part.
    #[error("`{path}` has no line `ANCHOR: {anchor}`{hint}")]
    NoAnchor {
        /// The file.
        path: String,
        /// The part.
        anchor: String,
        /// A guess at what was meant.
        hint: String,
    },
    /// The file is too short.
    #[error("`{path}` has {length} lines, so there is no line {line}")]
    NoLine {
        /// The file.
        path: String,
        /// How many lines it has.
        length: usize,
        /// The line asked for.
        line: usize,
    },
    /// Markdown that no preprocessor of ours would see.
    #[error(
        "`{path}` is Markdown, in which directives would not be seen; put its text into this page"
    )]
    Markdown {
        /// The file.
        path: String,
    },
}

/// The directives of mdBook that bring in a file.
const FILE_DIRECTIVES: [&str; 3] = ["include", "rustdoc_include", "playground"];
/// The one that does not.
const TITLE: &str = "title";

/// The mistakes of a page; `source` is the folder of the book's Markdown.
pub(super) fn findings(page: &Page, source: &Path) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (open, _) in page.text.match_indices("{{") {
        let rest = page.text[open + 2..].lines().next().unwrap_or_default().trim_start();
        let Some(call) = rest.strip_prefix('#') else { continue };
        if page.text[..open].ends_with('\\') {
            continue;
        }
        if let Err(mistake) = include(page, open, call, source) {
            findings.push(page.finding(open, mistake));
        }
    }
    findings
}

/// Checks the include at `open`; `call` is what follows the number sign on the line.
fn include(page: &Page, open: usize, call: &str, source: &Path) -> Result<(), IncludeMistake> {
    let end = |character: char| !(character.is_ascii_alphanumeric() || character == '_');
    let name = call.split(end).next().unwrap_or_default().to_owned();
    if name == TITLE {
        return Ok(());
    }
    if !FILE_DIRECTIVES.contains(&name.as_str()) {
        let names = [&FILE_DIRECTIVES[..], &[TITLE]].concat();
        let hint = did_you_mean(&name, names.iter().copied());
        return Err(IncludeMistake::Unknown { name, hint, valid: listed(&names, " and ") });
    }
    let Some(target) = call[name.len()..]
        .split_once("}}")
        .and_then(|(inside, _)| inside.split_whitespace().next())
    else {
        return Err(IncludeMistake::NoFile { name });
    };
    let (path, part) = target.split_once(':').unwrap_or((target, ""));
    let file = source.join(page.folder()).join(path);
    let Ok(text) = fs::read_to_string(&file) else {
        let hint = did_you_mean(path, siblings(path, &file).iter().map(String::as_str));
        return Err(IncludeMistake::Missing { path: path.to_owned(), hint });
    };
    if file.extension().is_some_and(|extension| extension == "md") && !page.is_opaque(open) {
        return Err(IncludeMistake::Markdown { path: path.to_owned() });
    }
    has_part(&text, path, part)
}

/// The files beside one that is missing, written the way it was.
fn siblings(path: &str, file: &Path) -> Vec<String> {
    let folder = path.rsplit_once('/').map_or(String::new(), |(folder, _)| format!("{folder}/"));
    let entries = file.parent().map(fs::read_dir).into_iter().flatten().flatten().flatten();
    entries.map(|entry| format!("{folder}{}", entry.file_name().to_string_lossy())).collect()
}

/// Whether a file has the lines or the anchor asked for: `2`, `2:5`, `:5` or `name`.
fn has_part(text: &str, path: &str, part: &str) -> Result<(), IncludeMistake> {
    let path = path.to_owned();
    let length = text.lines().count();
    let mut numbers = part.split(':').filter(|number| !number.is_empty());
    if part.is_empty() {
        return Ok(());
    }
    if part.split(':').all(|number| number.bytes().all(|byte| byte.is_ascii_digit())) {
        let beyond = numbers.find_map(|n| n.parse().ok().filter(|line: &usize| *line > length));
        return beyond.map_or(Ok(()), |line| Err(IncludeMistake::NoLine { path, length, line }));
    }
    let anchor = part.split(':').next().unwrap_or_default();
    let anchors: Vec<&str> = text
        .lines()
        .filter(|line| !line.contains("ANCHOR_END:"))
        .filter_map(|line| line.split_once("ANCHOR:")?.1.split_whitespace().next())
        .collect();
    if anchors.contains(&anchor) {
        return Ok(());
    }
    let hint = did_you_mean(anchor, anchors.iter().copied());
    Err(IncludeMistake::NoAnchor { path, anchor: anchor.to_owned(), hint })
}
