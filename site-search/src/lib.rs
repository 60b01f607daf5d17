//! The search index of the site: sections of the built pages, in English and in Chinese.
//!
//! - [`page`]: a page of mdBook's HTML becomes [`Section`]s of plain text.
//! - [`token`]: what counts as a word, as a language for elasticlunr.
//! - [`index`]: the sections of a language become the script `window.siteSearch = {…}`.
//! - [`query_list`]: the tested queries of `queries/*.toml`.
//!
//! The other half is in the browser, in `theme/js`: `search.js` is on every page and waits for the
//! reader; then it loads elasticlunr, `search-engine.js` (queries), `search-dialog.js` and the
//! script made here, all as plain scripts, so that pages opened from a disk can be searched too.
//!
//! # What a query means
//!
//! - Every word must be in the same section, in its heading, in the headings above or in its text;
//!   words that are too common to tell anything are passed over.
//! - Chinese characters must stand in the text side by side, as they stand in the query. If they
//!   do so nowhere, phrases of at least two of them must all be in one section.
//! - A path, a flag or a version must stand in the text; if it does so nowhere, its words must.
//! - English words are found in other forms too; the last word may be unfinished.
//! - Capitals and full-width Latin make no difference.
//!
//! # In a browser test
//!
//! `await siteSearchQuery(text)` on any page gives what the dialog would show, best first: a list
//! of `{ url, page, anchor, title, heading, kind, score }`, `page` and `anchor` as in the
//! [`query_list`]. The dialog is `#search-dialog`, its field `#search-input`, its results
//! `.search-results a`, what it tells `.search-status`.

mod reader;

pub mod index;
pub mod page;
pub mod query_list;
pub mod token;

use std::path::Path;

pub use index::script;
pub use page::{Kind, Page, PageError, Section};

/// Whether a file of a book is a page that is searched: not the whole book once more for print, nor
/// the page that stands in for a missing one, nor mdBook's own list of contents.
pub fn is_searched(path: &str) -> bool {
    let is_page = Path::new(path).extension().is_some_and(|extension| extension == "html");
    is_page && !matches!(path, "print.html" | "404.html" | "toc.html")
}
