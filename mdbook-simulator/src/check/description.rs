//! Every page starts with a comment that describes it, for search engines and link previews.

use crate::finding::Finding;
use crate::page::Page;

/// The most characters that search engines show.
const LENGTH_MAX: usize = 160;

/// What can be wrong with the description of a page.
#[derive(Debug, thiserror::Error)]
pub enum DescriptionMistake {
    /// There is none.
    #[error(
        "the page has no description; make its first line \
         `<!-- description: one sentence, at most 160 characters -->`"
    )]
    Missing,
    /// There is one with nothing in it.
    #[error("the description is empty; say in one sentence what the page tells")]
    Empty,
    /// It is cut off by those who show it.
    #[error("the description has {length} characters; shorten it to {LENGTH_MAX}")]
    TooLong {
        /// How long it is.
        length: usize,
    },
}

/// The mistake of a page, if there is one.
pub(super) fn finding(page: &Page) -> Option<Finding> {
    mistake(page).map(|mistake| page.finding(0, mistake))
}

fn mistake(page: &Page) -> Option<DescriptionMistake> {
    let line = page.text.lines().next().unwrap_or_default().trim();
    let comment = line.strip_prefix("<!--").and_then(|rest| rest.strip_suffix("-->"));
    let Some(description) = comment.and_then(|text| text.trim().strip_prefix("description:"))
    else {
        return Some(DescriptionMistake::Missing);
    };
    match description.trim().chars().count() {
        0 => Some(DescriptionMistake::Empty),
        length if length > LENGTH_MAX => Some(DescriptionMistake::TooLong { length }),
        _ => None,
    }
}
