//! A `hops` block becomes a table of the deep recording: everything that one CRI call set off, down
//! to runc, each from whom to whom.
//!
//! ````text
//! ```hops call=StartContainer
//! ```
//! ````

use serde_json::Value;
use simulator_view::duration;

use crate::block::Block;
use crate::finding::Finding;
use crate::language::Language;
use crate::nearest::{did_you_mean, listed};
use crate::recordings::{Recordings, missing};
use crate::table::{MarkdownTable, code, unbroken};

/// What can be wrong with a `hops` block.
#[derive(Debug, thiserror::Error)]
#[error("unknown call `{name}`; valid calls are {valid}{hint}")]
pub struct UnknownCall {
    /// As written.
    pub name: String,
    /// A guess at what was meant.
    pub hint: String,
    /// The calls that the deep recording has.
    pub valid: String,
}

/// The table for a block.
pub fn table(
    block: &Block<'_>,
    recordings: &Recordings,
    language: Language,
    findings: &mut Vec<Finding>,
) -> Option<String> {
    let mut note = |offset, mistake: &dyn std::fmt::Display| {
        findings.push(block.page.finding(offset, mistake));
        None
    };
    let start = block.fence.range.start;
    let Some((name, offset)) = block.get("call") else {
        let mistake = missing("call", "`call=StartContainer`");
        return if block.is_whole { note(start, &mistake) } else { None };
    };
    let lines = match recordings.deep() {
        Ok(lines) => lines,
        Err(mistake) => return note(start, &mistake),
    };
    let calls = || lines.iter().filter(|line| text(line, "from") == "kubelet");
    let Some(outer) = calls().find(|line| text(line, "method") == name) else {
        let mut known: Vec<&str> = calls().map(|line| text(line, "method")).collect();
        known.sort_unstable();
        known.dedup();
        let mistake = UnknownCall {
            name: name.to_owned(),
            hint: did_you_mean(name, known.iter().copied()),
            valid: listed(&known, " and "),
        };
        return note(offset, &mistake);
    };
    let (from, to) = span(outer);
    let mut inside: Vec<&Value> =
        lines.iter().filter(|line| (from..to).contains(&span(line).0)).collect();
    inside.sort_by_key(|line| span(line).0);
    Some(write(&inside, from, language))
}

fn write(lines: &[&Value], from: i64, language: Language) -> String {
    let lang = language.in_view();
    let headings = match language {
        Language::En => ["After", "From", "By", "What", "Took"],
        Language::ZhCn => ["经过", "谁发出", "方式", "内容", "用时"],
    };
    let mut table = MarkdownTable::new(&headings);
    for line in lines.iter().filter(|line| !text(line, "from").is_empty()) {
        let took = line.get("dur_us").and_then(Value::as_i64);
        table.row(&[
            unbroken(&duration(span(line).0 - from, lang)),
            text(line, "from").to_owned(),
            text(line, "protocol").to_owned(),
            code(text(line, "method")),
            took.map_or_else(String::new, |us| unbroken(&duration(us, lang))),
        ]);
    }
    table.finish()
}

fn text<'a>(line: &'a Value, key: &str) -> &'a str {
    line.get(key).and_then(Value::as_str).unwrap_or_default()
}

/// When it began and ended, in µs.
fn span(line: &Value) -> (i64, i64) {
    let number = |key: &str| line.get(key).and_then(Value::as_i64).unwrap_or(0);
    (number("at_us"), number("at_us") + number("dur_us"))
}
