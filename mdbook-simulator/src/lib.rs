//! mdBook preprocessor for the two books, and the checks that they must pass.
//!
//! - [`site`], [`manuscript`], [`page`]: the books on disk, read with the place of everything.
//! - [`facts`]: the dated, sourced facts.
//! - [`render`]: a page's directives become HTML: citations and the list of sources
//!   ([`bibliography`]), simulators ([`figure`]), timelines ([`timeline`]); Chinese lines are joined
//!   ([`join`]).
//! - Tables: from the [`recordings`], [`calls`], [`methods`], [`hops`] and [`mapping`]; from the facts,
//!   [`fact_table`], [`glossary`] and [`source_list`].
//! - [`decision_aid`]: the questions of a page as data beside their words.
//! - [`own_words`]: whether the book repeats a text it was made from.
//! - `dating`: the dates and versions that words and facts name; `numbers`: what twins must share.
//! - [`check`]: all that can be wrong with a book, told at once as [`finding`]s.
//! - [`claim`], [`measure`], [`drift`], [`report`]: what the books hold, counted, and which pages are
//!   behind their twins; [`byline`] and [`last_change`] tell it to the reader.
//! - [`outside`]: the addresses of other sites, which have to be right in their form.
//! - [`structured`]: questions and answers as data.
//! - [`preprocess`]: both of these, the way mdBook asks for it.
//!
//! # Glossary
//!
//! - **directive**: `{{cite …}}` in the words of a page, or a fenced **block** such as `simulator`.
//! - **twin**: the same page, or the book, in the other language.
//! - **finding**: a mistake with its file and line.

pub mod bibliography;
pub mod block;
pub mod byline;
pub mod calls;
pub mod check;
pub mod claim;
mod dating;
pub mod decision_aid;
pub mod drift;
pub mod edit;
pub mod fact_table;
pub mod facts;
pub mod figure;
pub mod finding;
pub mod glossary;
pub mod hops;
pub mod html;
pub mod join;
pub mod language;
pub mod last_change;
pub mod manuscript;
pub mod mapping;
pub mod measure;
pub mod methods;
pub mod nearest;
mod numbers;
pub mod outside;
pub mod own_words;
pub mod page;
pub mod preprocess;
pub mod recordings;
pub mod render;
pub mod report;
pub mod site;
pub mod source_list;
pub mod structured;
pub mod table;
pub mod timeline;
pub mod word;
