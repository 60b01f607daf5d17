//! What the books hold, counted: `cargo xtask book-report`.

use std::fmt::Write as _;
use std::path::Path;

use crate::claim::claims;
use crate::drift::{Record, Standing, standings, warnings};
use crate::facts::{self, Facts};
use crate::finding::Finding;
use crate::language::Language;
use crate::manuscript::{Manuscript, NOT_FOUND};
use crate::measure::length;
use crate::site::Site;

/// The counts of one book.
#[derive(Clone, Debug, Default)]
pub struct BookCounts {
    /// Its pages, without the one for addresses that are no page.
    pub pages: usize,
    /// Its length: words in English, characters in Chinese.
    pub length: usize,
    /// The questions that it answers.
    pub questions: usize,
    /// The places that cite something.
    pub citations: usize,
    /// The facts cited at those places, each as often as it is cited.
    pub cited: usize,
    /// The sentences with a date or a version.
    pub claims: usize,
    /// Those of them that nothing bears out.
    pub uncited: Vec<Finding>,
    /// The pages that are behind their twins.
    pub behind: usize,
}

/// The counts of both books.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// For each language.
    pub books: Vec<(Language, BookCounts)>,
    /// The facts.
    pub facts: usize,
    /// The rows of tables with documents of their own.
    pub rows: usize,
    /// The documents.
    pub sources: usize,
    /// The terms of the glossary.
    pub terms: usize,
    /// Pages that changed in both languages and that nobody has compared since.
    pub unsaid: usize,
    /// What to do about pages that do not match.
    pub warnings: Vec<String>,
}

/// Counts what the books of a site hold.
pub fn report(site: &Site) -> Report {
    let (facts, _) = facts::load(&site.facts, &site.shown(&site.facts));
    let [en, zh_cn] = Language::ALL.map(|language| Manuscript::load(site, language));
    let standings = standings(&Record::load(site), &en, &zh_cn);
    let is = |wanted| standings.iter().filter(|(_, standing)| *standing == wanted).count();
    let mut books = Vec::new();
    for book in [&en, &zh_cn] {
        let mut counts = of_book(book);
        counts.behind = is(Standing::Behind(book.language));
        books.push((book.language, counts));
    }
    let unsaid = is(Standing::Unsaid);
    let warnings = warnings(&standings);
    Report {
        books,
        facts: facts.facts.len(),
        rows: own_rows(&facts),
        sources: facts.sources.len(),
        terms: facts.terms.len(),
        unsaid,
        warnings,
    }
}

fn own_rows(facts: &Facts) -> usize {
    facts.tables.values().flat_map(|table| &table.rows).count()
}

fn of_book(book: &Manuscript) -> BookCounts {
    let mut counts = BookCounts::default();
    for page in book.pages.iter().filter(|page| page.path != Path::new(NOT_FOUND)) {
        counts.pages += 1;
        counts.length += length(page, book.language);
        counts.questions += usize::from(page.is_question());
        let calls = page.citation_calls().0;
        counts.citations += calls.len();
        counts.cited += calls.iter().map(|call| call.ids.len()).sum::<usize>();
        let (claims, uncited) = claims(page);
        counts.claims += claims;
        counts.uncited.extend(uncited);
    }
    counts
}

impl Report {
    /// The report as it is printed.
    pub fn text(&self) -> String {
        let mut text = String::new();
        let mut row = |name: &str, counts: &dyn Fn(&BookCounts) -> String| {
            let cells = self.books.iter().map(|(_, book)| format!("{:>10}", counts(book)));
            let _ = writeln!(text, "{name:26}{}", cells.collect::<String>());
        };
        row("pages", &|book| book.pages.to_string());
        row("words, characters (zh)", &|book| book.length.to_string());
        row("questions answered", &|book| book.questions.to_string());
        row("citations", &|book| book.citations.to_string());
        row("facts cited there", &|book| book.cited.to_string());
        row("claims (date or version)", &|book| book.claims.to_string());
        row("claims without citation", &|book| book.uncited.len().to_string());
        row("pages behind", &|book| book.behind.to_string());
        let names = self.books.iter().map(|(language, _)| format!("{:>10}", language.code()));
        let head = format!("{:26}{}\n", "", names.collect::<String>());
        let shared = [
            ("facts", self.facts),
            ("rows of tables", self.rows),
            ("sources", self.sources),
            ("terms of the glossary", self.terms),
            ("pages nobody compared", self.unsaid),
        ];
        let shared = shared.map(|(name, count)| format!("{name:26}{count:>10}\n")).concat();
        let uncited = self.books.iter().flat_map(|(_, book)| &book.uncited);
        let told: Vec<String> = uncited
            .map(ToString::to_string)
            .chain(self.warnings.iter().map(|warning| format!("warning: {warning}")))
            .map(|line| format!("\n{line}"))
            .collect();
        format!("{head}{text}\n{shared}{}", told.concat())
    }
}
