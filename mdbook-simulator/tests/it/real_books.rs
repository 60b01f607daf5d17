//! The books of this repository pass all checks.

use std::path::Path;

use mdbook_simulator::check::check;
use mdbook_simulator::language::Language;
use mdbook_simulator::manuscript::Manuscript;
use mdbook_simulator::report::report;
use mdbook_simulator::site::Site;

fn site() -> Site {
    let book = Path::new(env!("CARGO_MANIFEST_DIR")).join("../book/en");
    Site::around(&book).expect("the book")
}

#[test]
fn the_books_are_without_mistakes() {
    if let Err(findings) = check(&site()) {
        panic!("the books have mistakes:\n{findings}");
    }
}

#[test]
fn every_claim_has_its_source() {
    let report = report(&site());
    let uncited: Vec<String> =
        report.books.iter().flat_map(|(_, book)| &book.uncited).map(ToString::to_string).collect();
    assert!(report.books.iter().all(|(_, book)| book.claims > 100), "the claims were not found");
    assert!(uncited.is_empty(), "claims without a source:\n{}", uncited.join("\n"));
}

#[test]
fn no_page_is_behind_its_twin() {
    let warnings = report(&site()).warnings;
    assert!(warnings.is_empty(), "pages that do not match:\n{}", warnings.join("\n"));
}

/// Only the timetables of lessons are typed: they plan an hour and claim nothing.
#[test]
fn no_table_is_typed() {
    let books = Language::ALL.map(|language| Manuscript::load(&site(), language));
    let pages = books.iter().flat_map(|book| &book.pages);
    let typed: Vec<String> = pages
        .filter(|page| !page.path.starts_with("teach"))
        .filter(|page| page.text.lines().any(|line| line.trim_start().starts_with("|--")))
        .map(|page| page.file.display().to_string())
        .collect();
    assert_eq!(typed, [""; 0], "draw the tables of these pages from the facts");
}
