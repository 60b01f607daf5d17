//! Replaces ranges of a text, all at once.

use std::ops::Range;

/// Replacements to be made in one text, in any order.
#[derive(Debug, Default)]
pub struct Edits(Vec<(Range<usize>, String)>);

impl Edits {
    /// Notes that `range` becomes `replacement`.
    pub fn replace(&mut self, range: Range<usize>, replacement: impl Into<String>) {
        self.0.push((range, replacement.into()));
    }

    /// Whether some noted range shares a byte with `range`.
    pub fn touches(&self, range: &Range<usize>) -> bool {
        self.0.iter().any(|(other, _)| other.start < range.end && range.start < other.end)
    }

    /// The text with every replacement made.
    ///
    /// # Panics
    ///
    /// When two ranges overlap: the caller asked for two replacements of the same bytes.
    pub fn apply(mut self, text: &str) -> String {
        self.0.sort_by_key(|(range, _)| (range.start, range.end));
        let mut result = String::with_capacity(text.len() * 2);
        let mut end = 0;
        for (range, replacement) in self.0 {
            assert!(range.start >= end, "replacements overlap at byte {}", range.start);
            result.push_str(&text[end..range.start]);
            result.push_str(&replacement);
            end = range.end;
        }
        result.push_str(&text[end..]);
        result
    }
}
