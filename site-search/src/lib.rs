//! The search index of the site: sections of the built pages, in English and in Chinese.
//!
//! - [`page`]: a page of mdBook's HTML becomes [`Section`]s of plain text.
//! - [`token`]: what counts as a word, as a language for elasticlunr.
//! - [`index`]: the sections of a language become the script `window.siteSearch = {…}`.
//! - [`query_list`]: the tested queries of `queries/*.toml`.
//!
//! The other half is in the browser: `theme/js/search.js` is the dialog, which loads, when it is
//! opened first, elasticlunr, `theme/js/search-engine.js` and the script made here.

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
