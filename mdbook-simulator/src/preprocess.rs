//! The preprocessor: a book goes in, the same book without directives comes out.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::thread;

use mdbook_core::book::{Book, Chapter};
use mdbook_preprocessor::PreprocessorContext;

use crate::block::Block;
use crate::byline::Byline;
use crate::check::{book_findings, twin_findings};
use crate::drift::Record;
use crate::facts::{self, Date};
use crate::figure::Figures;
use crate::finding::{Finding, Findings};
use crate::language::Language;
use crate::last_change::last_changes;
use crate::manuscript::Manuscript;
use crate::measure::{length, minutes};
use crate::page::{Fence, Page};
use crate::render::Renderer;
use crate::site::Site;
use crate::structured::question;

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
    // Somebody waits for a page: git is asked, and the books are checked, beside the rendering.
    let source = site.book(language).join("src");
    let changes = thread::spawn(move || last_changes(&source));
    let (facts, of_facts) = facts::load(&site.facts, &site.shown(&site.facts));
    findings.extend(of_facts);
    let [manuscript, twin] =
        [language, language.twin()].map(|language| Manuscript::load(site, language));
    let record = Record::load(site);
    thread::scope(|scope| {
        let checks = scope.spawn(|| {
            let of_twins = twin_findings(&manuscript, &twin, &record);
            [book_findings(&manuscript, &facts), of_twins].concat()
        });
        let figures = Figures::new(&site.recordings);
        let pages = &manuscript.pages;
        let writer = Writer {
            site,
            renderer: Renderer { facts: &facts, figures: &figures, language, pages },
            manuscript: &manuscript,
            twin: &twin,
            record: &record,
            changes: changes.join().expect("asking git does not panic"),
        };
        let mut of_pages = Vec::new();
        book.for_each_chapter_mut(|chapter| of_pages.extend(writer.write(chapter)));
        findings.extend(checks.join().expect("the checks do not panic"));
        findings.extend(of_pages);
    });
    Findings::none_or_all(findings)?;
    Ok(book)
}

/// All that a chapter is written from.
struct Writer<'a> {
    site: &'a Site,
    renderer: Renderer<'a>,
    manuscript: &'a Manuscript,
    twin: &'a Manuscript,
    record: &'a Record,
    /// The day of each page's last change.
    changes: BTreeMap<PathBuf, Date>,
}

impl Writer<'_> {
    /// Gives the chapter its text for mdBook; what is wrong with it.
    fn write(&self, chapter: &mut Chapter) -> Vec<Finding> {
        let Some(path) = chapter.source_path.clone() else { return Vec::new() };
        let page = self.manuscript.page(&path);
        let (text, findings) = match page {
            Some(page) if page.text == chapter.content => self.renderer.page(page),
            _ => self.renderer.page(&as_given(self.site, self.manuscript, chapter, &path)),
        };
        chapter.content = match page.zip(self.twin.page(&path)) {
            Some((page, twin)) => {
                let text = self.byline(page, twin).add(&text, &path);
                text + &question(page, self.renderer.language)
            }
            None => text,
        };
        findings
    }

    /// What stands under the title of a page.
    fn byline(&self, page: &Page, twin: &Page) -> Byline {
        let language = self.renderer.language;
        let (en, zh_cn) = match language {
            Language::En => (page, twin),
            Language::ZhCn => (twin, page),
        };
        Byline {
            language,
            minutes: is_text(page).then(|| minutes(length(page, language), language)),
            changed: self.changes.get(&page.path).copied(),
            standing: self.record.standing(&page.path, &en.text, &zh_cn.text),
        }
    }
}

/// Whether a page is there to be read through: not the front page, nor the simulator's own.
fn is_text(page: &Page) -> bool {
    let is_big = |fence: &Fence| {
        let block = Block::read(page, fence, &mut Vec::new());
        block.and_then(|block| block.get("size")).is_some_and(|(size, _)| size == "page")
    };
    page.path != Path::new("index.md") && !page.fences.iter().any(is_big)
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
