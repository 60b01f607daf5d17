//! `mdbook-simulator`: what mdBook calls, and the book checks on their own.

use std::io::{self, Write};
use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context, Result, bail};
use mdbook_simulator::check::check;
use mdbook_simulator::drift::{self, Record};
use mdbook_simulator::language::Language;
use mdbook_simulator::manuscript::Manuscript;
use mdbook_simulator::outside::addresses;
use mdbook_simulator::own_words::Fingerprints;
use mdbook_simulator::preprocess::{preprocess, supports};
use mdbook_simulator::report::report;
use mdbook_simulator::site::Site;

const USAGE: &str = "\
mdbook-simulator                     read a book from mdBook, write it without directives
mdbook-simulator supports RENDERER   succeed if RENDERER is html
mdbook-simulator check BOOK          check both books, given the folder of one, such as book/en
mdbook-simulator report BOOK         count what both books hold
mdbook-simulator addresses BOOK      list the addresses of other sites, with the places that name them
mdbook-simulator accept BOOK [PAGE]… note that pages match their twins; without PAGE, all that
                                     changed in both languages
mdbook-simulator fingerprint LANG    read a text in en or zh-CN, write its fingerprints for `own_words`";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match choose(&arguments) {
        Ok(code) => code,
        Err(error) => {
            // Where standard error is closed there is nobody to tell.
            let _ = writeln!(io::stderr().lock(), "error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn choose(arguments: &[&str]) -> Result<ExitCode> {
    match arguments {
        [] => run(),
        ["supports", renderer] if supports(renderer) => Ok(ExitCode::SUCCESS),
        ["supports", _] => Ok(ExitCode::FAILURE),
        ["check", book] => run_check(&around(book)?),
        ["report", book] => print(&report(&around(book)?).text()),
        ["addresses", book] => print(&addresses(&around(book)?)),
        ["accept", book, pages @ ..] => run_accept(&around(book)?, pages),
        ["fingerprint", language] => run_fingerprint(language),
        _ => bail!("unknown arguments `{}`; valid ones are\n{USAGE}", arguments.join(" ")),
    }
}

fn run() -> Result<ExitCode> {
    let (context, book) = mdbook_preprocessor::parse_input(io::stdin().lock())
        .map_err(|error| anyhow::anyhow!("{error:#}"))
        .context("this program is called by mdBook; to check the books, add `check book/en`")?;
    match preprocess(&context, book) {
        Ok(book) => {
            serde_json::to_writer(io::stdout().lock(), &book).context("writing the book")?;
            Ok(ExitCode::SUCCESS)
        }
        Err(error) => fail(&error),
    }
}

fn around(book: &str) -> Result<Site> {
    Site::around(Path::new(book)).with_context(|| format!("no folder `{book}`"))
}

fn run_check(site: &Site) -> Result<ExitCode> {
    if let Err(findings) = check(site) {
        return fail(&findings);
    }
    let [en, zh_cn] = Language::ALL.map(|language| Manuscript::load(site, language));
    for warning in drift::warnings(&drift::standings(&Record::load(site), &en, &zh_cn)) {
        writeln!(io::stderr().lock(), "warning: {warning}")?;
    }
    Ok(ExitCode::SUCCESS)
}

fn run_accept(site: &Site, pages: &[&str]) -> Result<ExitCode> {
    let accepted = drift::accept(site, pages)?;
    let pages = accepted.iter().map(|page| format!("{} matches its twin\n", page.display()));
    print(&pages.collect::<String>())
}

fn print(text: &str) -> Result<ExitCode> {
    io::stdout().lock().write_all(text.as_bytes()).context("writing to standard output")?;
    Ok(ExitCode::SUCCESS)
}

fn run_fingerprint(language: &str) -> Result<ExitCode> {
    let Some(language) = Language::from_code(language) else {
        bail!("unknown language `{language}`; valid ones are en and zh-CN");
    };
    let text = io::read_to_string(io::stdin().lock()).context("reading the text")?;
    let written = Fingerprints::of_text(&text, language).written();
    print(&written)
}

/// Prints all mistakes, one a line, and nothing else.
fn fail(error: &dyn std::error::Error) -> Result<ExitCode> {
    writeln!(io::stderr().lock(), "{error}").context("writing to standard error")?;
    Ok(ExitCode::FAILURE)
}
