//! The two books: mdBook in this process, with the preprocessor of this workspace.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result};
use mdbook_driver::MDBook;
use mdbook_driver::config::Config;

use crate::site::{Options, SiteUrl};
use crate::{paths, toolchain};

/// Where mdBook writes a book; only its pages go on to the site.
pub(crate) fn output(language: &str) -> PathBuf {
    paths::target().join("book").join(language)
}

/// Compiles the preprocessor, so that the books below call a finished program.
pub(crate) fn build_preprocessor() -> Result<()> {
    toolchain::run(
        toolchain::cargo().args(["build", "--quiet", "--package", "mdbook-simulator"]),
        "cargo build of mdbook-simulator",
    )
}

/// The program that [`build_preprocessor`] makes.
pub(crate) fn preprocessor() -> PathBuf {
    paths::target().join("debug").join("mdbook-simulator")
}

/// Tells every mistake of both books and their facts at once, and each of them once.
pub(crate) fn check() -> Result<()> {
    let mut command = Command::new(preprocessor());
    toolchain::run(command.arg("check").arg(paths::book("en")), "the check of the books")
}

/// Builds one book into [`output`].
///
/// `book.toml` names the preprocessor the way that a plain `mdbook build` needs it (through cargo);
/// here the program that [`build_preprocessor`] made is called directly.
pub(crate) fn build(language: &str, options: &Options) -> Result<()> {
    let root = paths::book(language);
    let file = root.join("book.toml");
    let mut config =
        Config::from_disk(&file).with_context(|| format!("reading {}", paths::shown(&file)))?;
    config.set("preprocessor.simulator.command", preprocessor().to_string_lossy().as_ref())?;
    config.set("build.build-dir", output(language).to_string_lossy().as_ref())?;
    // Of mdBook's search only elasticlunr's script is wanted; the index is our own. The empty path
    // stands for every chapter.
    let no_chapter = BTreeMap::from([("", BTreeMap::from([("enable", false)]))]);
    config.set("output.html.search.chapter", no_chapter)?;
    if options.leaves_print() {
        config.set("output.html.print.enable", false)?;
    }
    let prefix = options.site_url.as_ref().map_or("/", SiteUrl::path);
    config.set("output.html.site-url", format!("{prefix}{language}/"))?;
    if let Some(source) = options.source_url.as_deref().map(|url| url.trim_end_matches('/')) {
        config.set("output.html.git-repository-url", source)?;
        let edit = format!("{source}/edit/main/book/{language}/{{path}}");
        config.set("output.html.edit-url-template", edit)?;
    }
    let book = MDBook::load_with_config(&root, config).or_else(|error| {
        // mdBook names the first page that is not there; the check names all, and what to do.
        check()?;
        Err(error).with_context(|| format!("loading the book {}", paths::shown(&root)))
    })?;
    book.build().with_context(|| format!("building the book {}", paths::shown(&root)))
}
