//! What the index holds, and what the browser's side finds in it.
//!
//! The scripts of the browser run here in a JavaScript engine, so that a query has one meaning and
//! not two; `site-tests` asks the same queries once more through the dialog of a real browser.

mod books;
mod browser;
mod every_word_is_found;
mod excerpts;
mod queries_of_the_books;
mod ranking;
mod sections_of_a_page;
mod words;
