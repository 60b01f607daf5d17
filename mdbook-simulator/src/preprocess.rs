//! The preprocessor: a book goes in, the same book without directives comes out.

use std::path::Path;

use mdbook_core::book::{Book, Chapter};
use mdbook_preprocessor::PreprocessorContext;

use crate::check::{book_findings, twin_findings};
use crate::facts;
use crate::figure::Figures;
use crate::finding::{Finding, Findings};
use crate::language::Language;
use crate::manuscript::Manuscript;
use crate::page::Page;
use crate::render::Renderer;
use crate::site::Site;

/// Why a book cannot be preprocessed at all, or what is wrong with it.
#[derive(Debug, thiserror::Error)]
pub enum PreprocessError {
    /// The folder of the book cannot be found.
    #[error("the book `{book}` cannot be found: {source}")]
    NoBook {
        /// The folder that mdBook named.
        book: String,
        /// Why.
        #[source]
        source: std::io::Error,
    },
    /// The book has mistakes.
    #[error(transparent)]
    Findings(#[from] Findings),
}

/// What can be wrong with `book.toml`.
#[derive(Debug, thiserror::Error)]
enum ConfigMistake {
    #[error(
        "the preprocessor must see the pages before files are included; add \
         `before = [\"links\"]` to [preprocessor.simulator]"
    )]
    Order,
    #[error("`language` is `{found}`, but the book's folder is called `{folder}`; make them agree")]
    Language { found: String, folder: String },
}

/// Whether the preprocessor writes for this renderer.
pub fn supports(renderer: &str) -> bool {
    renderer == "html"
}

/// Checks a book and replaces its directives.
///
/// # Errors
///
/// With every mistake of the book, its facts, and the way it mirrors its twin.
pub fn preprocess(context: &PreprocessorContext, book: Book) -> Result<Book, PreprocessError> {
    let site = Site::around(&context.root).map_err(|source| PreprocessError::NoBook {
        book: context.root.display().to_string(),
        source,
    })?;
    preprocess_in(&site, context, book)
}

/// As [`preprocess`], for a site that is laid out in its own way.
///
/// # Errors
///
/// As [`preprocess`].
pub fn preprocess_in(
    site: &Site,
    context: &PreprocessorContext,
    mut book: Book,
) -> Result<Book, PreprocessError> {
    let mut findings = Vec::new();
    let language = language(site, context, &mut findings);
    let (facts, of_facts) = facts::load(&site.facts, &site.shown(&site.facts));
    findings.extend(of_facts);
    let manuscript = Manuscript::load(site, language);
    findings.extend(book_findings(&manuscript, &facts));
    findings.extend(twin_findings(&manuscript, &Manuscript::load(site, language.twin())));

    let figures = Figures::new(&site.recordings);
    let renderer = Renderer { facts: &facts, figures: &figures, language };
    book.for_each_chapter_mut(|chapter| {
        let Some(path) = chapter.source_path.clone() else { return };
        let (text, of_page) = match manuscript.page(&path) {
            Some(page) if page.text == chapter.content => renderer.page(page),
            _ => renderer.page(&as_given(site, &manuscript, chapter, &path)),
        };
        chapter.content = text;
        findings.extend(of_page);
    });
    Findings::none_or_all(findings)?;
    Ok(book)
}

/// The page as mdBook gives it, when that is not what is on disk.
fn as_given(site: &Site, manuscript: &Manuscript, chapter: &Chapter, path: &Path) -> Page {
    Page::read(path, site.shown(&manuscript.source.join(path)), chapter.content.clone())
}

/// The language of the book, by its folder, which `book.toml` must agree with.
fn language(site: &Site, context: &PreprocessorContext, findings: &mut Vec<Finding>) -> Language {
    let file = site.shown(&context.root.join("book.toml"));
    let mut note = |mistake: ConfigMistake| {
        let file = file.clone();
        findings.push(Finding { file, line: 1, message: mistake.to_string() });
    };
    let before: Option<Vec<String>> =
        context.config.get("preprocessor.simulator.before").ok().flatten();
    if !before.unwrap_or_default().iter().any(|name| name == "links") {
        note(ConfigMistake::Order);
    }
    let root = context.root.canonicalize().unwrap_or_else(|_| context.root.clone());
    let folder = root.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let found = context.config.book.language.clone().unwrap_or_default();
    if found != folder {
        note(ConfigMistake::Language { found: found.clone(), folder: folder.clone() });
    }
    Language::from_code(&folder).or(Language::from_code(&found)).unwrap_or(Language::En)
}
