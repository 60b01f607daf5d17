//! A text cut into its documents, so that a mistake in one does not hide the others.

use crate::place::line_count;

/// A document and the number of lines before its first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Part<'a> {
    pub(super) text: &'a str,
    pub(super) lines_before: usize,
}

/// The documents of a text. One begins at each line that starts with `---`; comments and
/// directives before such a line belong to it.
pub(super) fn split(text: &str) -> Vec<Part<'_>> {
    let mut parts = Vec::new();
    let (mut start, mut lines_before, mut has_content) = (0, 0, false);
    let mut offset = 0;
    let mut number = 0;
    for line in text.split_inclusive('\n') {
        if is_marker(line) && has_content {
            parts.push(Part { text: &text[start..offset], lines_before });
            (start, lines_before, has_content) = (offset, number, false);
        }
        has_content |= is_content(line);
        offset += line.len();
        number += line_count(line) - 1;
    }
    if has_content {
        parts.push(Part { text: &text[start..], lines_before });
    }
    parts
}

fn is_marker(line: &str) -> bool {
    let rest = line.strip_prefix("---");
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(char::is_whitespace))
}

/// Whether a line says something: it is neither empty, nor a comment, a directive or a bare marker.
fn is_content(line: &str) -> bool {
    let trimmed = line.trim();
    let bare = matches!(trimmed, "" | "---" | "...");
    !bare && !trimmed.starts_with('#') && !line.starts_with('%')
}
