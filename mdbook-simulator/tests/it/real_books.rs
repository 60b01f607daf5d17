//! The books of this repository pass all checks.

use std::path::Path;

use mdbook_simulator::check::check;
use mdbook_simulator::site::Site;

#[test]
fn the_books_are_without_mistakes() {
    let book = Path::new(env!("CARGO_MANIFEST_DIR")).join("../book/en");
    let site = Site::around(&book).expect("the book");
    if let Err(findings) = check(&site) {
        panic!("the books have mistakes:\n{findings}");
    }
}
