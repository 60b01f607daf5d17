//! Finished pages of the last build, kept so that whoever changes one page does not wait for all.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result};

use crate::assets::{self, Assets};
use crate::paths;

/// The pages that `serve` finished last, each with the digest of what it was made of.
pub(crate) struct Kept {
    /// Where they are: a line with the digest, then the page.
    folder: PathBuf,
    /// What all pages have in common.
    common: String,
    /// Whether a page made of the same is taken from here.
    reused: bool,
}

impl Kept {
    /// The pages of `serve`; those made with the same assets are taken again if `reused`.
    pub(crate) fn new(assets: &Assets, reused: bool) -> Self {
        Self { folder: paths::target().join("kept"), common: names(assets), reused }
    }

    /// The finished page of `html`: the kept one if it was made of the same, or else a new one.
    pub(crate) fn page(
        &self,
        path: &str,
        html: &str,
        finish: impl FnOnce() -> Result<String>,
    ) -> Result<String> {
        let file = self.folder.join(path);
        let made_of = assets::digest(format!("{}{html}", self.common).as_bytes());
        if self.reused
            && let Ok(kept) = fs::read_to_string(&file)
            && let Some((of, page)) = kept.split_once('\n')
            && of == made_of
        {
            return Ok(page.to_owned());
        }
        let page = finish()?;
        fs::create_dir_all(file.parent().unwrap_or(&self.folder))?;
        fs::write(&file, format!("{made_of}\n{page}"))
            .with_context(|| format!("writing {}", file.display()))?;
        Ok(page)
    }

    /// The page at `path` as it was finished last, of whatever it was made; for one that a build in
    /// a hurry leaves out.
    pub(crate) fn last(&self, path: &str) -> Option<String> {
        let kept = fs::read_to_string(self.folder.join(path)).ok().filter(|_| self.reused)?;
        kept.split_once('\n').map(|(_, page)| page.to_owned())
    }
}

/// Every asset with its path, which has the digest of its content in it.
fn names(assets: &Assets) -> String {
    assets.paths().iter().map(|(name, path)| format!("{name} {path}\n")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kept(common: &str) -> (tempfile::TempDir, Kept) {
        let folder = tempfile::tempdir().expect("a folder for the test");
        let kept =
            Kept { folder: folder.path().to_owned(), common: common.to_owned(), reused: true };
        (folder, kept)
    }

    #[test]
    fn a_page_of_the_same_is_finished_once() {
        let (_folder, kept) = kept("assets");
        let first = kept.page("en/a.html", "text", || Ok("finished".to_owned())).expect("finished");
        let again = kept.page("en/a.html", "text", || panic!("finished twice")).expect("kept");
        assert_eq!(first, again);
        assert_eq!(kept.last("en/a.html").as_deref(), Some("finished"));
        assert_eq!(kept.last("en/b.html"), None);
    }

    #[test]
    fn a_page_of_something_else_is_finished_anew() {
        let (_folder, mut kept) = kept("assets");
        kept.page("en/a.html", "text", || Ok("one".to_owned())).expect("finished");
        let other = kept.page("en/a.html", "other", || Ok("two".to_owned())).expect("finished");
        assert_eq!(other, "two");
        kept.common = "other assets".to_owned();
        let third = kept.page("en/a.html", "other", || Ok("three".to_owned())).expect("finished");
        assert_eq!(third, "three");
    }
}
