//! The two books, built once for all tests.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use mdbook_driver::MDBook;
use mdbook_driver::config::Config;
use site_search::Page;

/// The languages of the books.
pub(crate) const LANGUAGES: [&str; 2] = ["en", "zh-CN"];

/// Where both books are, as mdBook writes them.
static BUILT: LazyLock<PathBuf> = LazyLock::new(|| {
    let out = Path::new(env!("CARGO_TARGET_TMPDIR")).join("books");
    for language in LANGUAGES {
        build(language, &out.join(language));
    }
    out
});

/// A book with nothing in it, for the elasticlunr that mdBook writes beside every book.
static EMPTY: LazyLock<PathBuf> = LazyLock::new(|| {
    let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join("empty-book");
    fs::create_dir_all(root.join("src")).expect("a folder");
    fs::write(root.join("src/SUMMARY.md"), "[Empty](index.md)\n").expect("a file");
    let mut config = Config::default();
    config.set("output.html.hash-files", false).expect("a setting");
    let book = MDBook::load_with_config(&root, config).expect("the empty book loads");
    book.build().expect("the empty book builds");
    root.join("book")
});

fn build(language: &str, out: &Path) {
    let root = repository().join("book").join(language);
    let mut config = Config::from_disk(root.join("book.toml")).expect("book.toml reads");
    config.set("build.build-dir", out.to_string_lossy().as_ref()).expect("a setting");
    let book = MDBook::load_with_config(&root, config).expect("the book loads");
    book.build().expect("the book builds");
}

/// The pages of a book that readers search.
pub(crate) fn pages(language: &str) -> Vec<Page> {
    let root = BUILT.join(language);
    let mut files = Vec::new();
    gather(&root, &mut files);
    files.sort();
    files
        .iter()
        .filter_map(|file| {
            let path = file.strip_prefix(&root).expect("below the root").to_string_lossy();
            let html = fs::read_to_string(file).expect("a page");
            site_search::is_searched(&path).then(|| Page::read(path, &html).expect("a page"))
        })
        .collect()
}

fn gather(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            gather(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "html") {
            files.push(path);
        }
    }
}

/// The elasticlunr that mdBook brings, which is the one the site serves.
pub(crate) fn elasticlunr() -> String {
    fs::read_to_string(EMPTY.join("elasticlunr.min.js")).expect("mdBook's elasticlunr")
}

/// A script of the theme.
pub(crate) fn script(name: &str) -> String {
    fs::read_to_string(repository().join("theme/js").join(name)).expect("a script of the theme")
}

fn repository() -> PathBuf {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent();
    root.expect("the crate is in the repository").to_owned()
}
