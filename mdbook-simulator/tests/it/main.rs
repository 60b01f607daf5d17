//! What the preprocessor writes, and what it says when something is wrong.

#![allow(clippy::needless_raw_string_hashes, reason = "expect-test writes them")]

mod bylines;
mod checklists;
mod citations;
mod claims;
mod contradictions;
mod decision_aid;
mod descriptions;
mod drift;
mod facts_data;
mod figures;
mod glossary;
mod headings;
mod includes;
mod joining;
mod links;
mod numbers;
mod own_words;
mod preprocessor;
mod published;
mod real_books;
mod sample;
mod snippets;
mod structured;
mod tables;
mod timelines;
mod twins;
mod typography;
