//! Where things are in the repository and where output goes.

use std::path::{Path, PathBuf};

/// The languages of the site, in the order of their links.
pub(crate) const LANGUAGES: [&str; 2] = ["en", "zh-CN"];

/// The root of the repository.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().map_or_else(PathBuf::new, Path::to_path_buf)
}

/// Cargo's target folder; all generated output lies below it.
pub(crate) fn target() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from)
}

/// The site of `cargo xtask build` without `--out`.
pub(crate) fn default_out() -> PathBuf {
    target().join("site")
}

/// The folder of one of the two books.
pub(crate) fn book(language: &str) -> PathBuf {
    root().join("book").join(language)
}

/// A path as the reader of a message wants it: relative to the repository where it lies inside.
pub(crate) fn shown(path: &Path) -> String {
    path.strip_prefix(root()).unwrap_or(path).display().to_string()
}
