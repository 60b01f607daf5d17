//! The files that pages share: css, js, images, the simulator and its data, under `assets/`.
//!
//! Each gets a name with a digest of its content, so that a server may let browsers keep it for ever.
//! Pages and assets refer to one as `@asset:css/book.css@`. A style sheet may be put together from
//! others: a line `@import "FILE";` is replaced by that file, so that a page asks for one.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use sha2::{Digest, Sha256};
use walkdir::WalkDir;

use crate::paths;

/// The folder of the assets in the site.
const FOLDER: &str = "assets";

/// The assets written so far: name in the sources → path from the root of the site.
#[derive(Default)]
pub(crate) struct Assets {
    paths: BTreeMap<String, String>,
}

impl Assets {
    /// Adds every file below `from` under the folder `group`, into the site at `out`.
    pub(crate) fn add_folder(&mut self, group: &str, from: &Path, out: &Path) -> Result<()> {
        if !from.is_dir() {
            return Ok(());
        }
        for file in files_below(from)? {
            let inside = file.strip_prefix(from)?.to_string_lossy().replace('\\', "/");
            self.add_file(&format!("{group}/{inside}"), &file, out)?;
        }
        Ok(())
    }

    /// Adds one file under `name`.
    fn add_file(&mut self, name: &str, file: &Path, out: &Path) -> Result<()> {
        let bytes = fs::read(file).with_context(|| format!("reading {}", paths::shown(file)))?;
        self.add(name, bytes, file, out)
    }

    /// Adds bytes that came of `source` under `name`; tokens in css, js and svg are replaced by relative URLs.
    pub(crate) fn add(
        &mut self,
        name: &str,
        bytes: Vec<u8>,
        source: &Path,
        out: &Path,
    ) -> Result<()> {
        let bytes = if is_text(name) {
            let text = String::from_utf8(bytes)
                .with_context(|| format!("{} is not UTF-8", paths::shown(source)))?;
            let folder = source.parent().unwrap_or(Path::new(""));
            let to_root = "../".repeat(name.matches('/').count() + 1);
            with_imports(&text, folder)
                .and_then(|text| self.replace(&text, &to_root))
                .with_context(|| format!("in {}", paths::shown(source)))?
                .into_bytes()
        } else {
            bytes
        };
        let path = format!("{FOLDER}/{}", hashed_name(name, &bytes));
        let target = out.join(&path);
        fs::create_dir_all(target.parent().unwrap_or(out))?;
        fs::write(&target, bytes).with_context(|| format!("writing {}", target.display()))?;
        self.paths.insert(name.to_owned(), path);
        Ok(())
    }

    /// The assets of a group: name without the group → path from the folder of the group.
    pub(crate) fn of_group(&self, group: &str) -> BTreeMap<&str, &str> {
        let folder = format!("{FOLDER}/{group}/");
        let inside = |name: &'_ str| name.strip_prefix(group)?.strip_prefix('/').map(str::len);
        let mut found = BTreeMap::new();
        for (name, path) in &self.paths {
            if let (Some(length), Some(path)) = (inside(name), path.strip_prefix(&folder)) {
                found.insert(&name[name.len() - length..], path);
            }
        }
        found
    }

    /// Replaces each `@asset:NAME@` by the URL of the asset, `to_root` leading to the site's root.
    pub(crate) fn replace(&self, text: &str, to_root: &str) -> Result<String> {
        let mut result = String::with_capacity(text.len());
        let mut rest = text;
        while let Some(start) = rest.find("@asset:") {
            let (before, token) = rest.split_at(start);
            result.push_str(before);
            let inner = &token["@asset:".len()..];
            let Some(end) = inner.find('@') else { bail!("`@asset:` without its closing `@`") };
            let name = &inner[..end];
            let Some(path) = self.paths.get(name) else {
                bail!("unknown asset `{name}`; the assets are: {}", self.names());
            };
            result.push_str(to_root);
            result.push_str(path);
            rest = &inner[end + 1..];
        }
        result.push_str(rest);
        Ok(result)
    }

    /// The path of an asset from the site's root.
    pub(crate) fn path(&self, name: &str) -> Option<&str> {
        self.paths.get(name).map(String::as_str)
    }

    /// Every asset: name in the sources → path from the site's root.
    pub(crate) fn paths(&self) -> &BTreeMap<String, String> {
        &self.paths
    }

    fn names(&self) -> String {
        self.paths.keys().map(String::as_str).collect::<Vec<_>>().join(", ")
    }
}

/// A style sheet with its imports, one level deep, in their places.
fn with_imports(sheet: &str, dir: &Path) -> Result<String> {
    let mut whole = String::with_capacity(sheet.len());
    for line in sheet.lines() {
        match line.strip_prefix("@import \"").and_then(|rest| rest.strip_suffix("\";")) {
            Some(file) => {
                let file = dir.join(file);
                let imported = fs::read_to_string(&file)
                    .with_context(|| format!("importing {}", paths::shown(&file)))?;
                whole.push_str(&imported);
            }
            None => whole.push_str(line),
        }
        whole.push('\n');
    }
    Ok(whole)
}

/// The files below a folder, in a fixed order.
pub(crate) fn files_below(dir: &Path) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in WalkDir::new(dir).sort_by_file_name() {
        let entry = entry.with_context(|| format!("listing {}", paths::shown(dir)))?;
        if entry.file_type().is_file() {
            files.push(entry.into_path());
        }
    }
    Ok(files)
}

/// The first 16 hexadecimal digits of the SHA-256 of some bytes.
pub(crate) fn digest(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}

/// `css/site.css` → `css/site-0123456789.css`.
fn hashed_name(name: &str, bytes: &[u8]) -> String {
    let digest = &digest(bytes)[..10];
    match name.rsplit_once('.') {
        Some((stem, extension)) => format!("{stem}-{digest}.{extension}"),
        None => format!("{name}-{digest}"),
    }
}

fn is_text(name: &str) -> bool {
    [".css", ".js", ".svg"].iter().any(|extension| name.ends_with(extension))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn assets() -> Assets {
        let paths = [("css/a.css".to_owned(), "assets/css/a-1.css".to_owned())].into();
        Assets { paths }
    }

    #[test]
    fn a_token_becomes_the_url_from_the_page() {
        let text = r#"<link href="@asset:css/a.css@">"#;
        let replaced = assets().replace(text, "../").expect("the asset is known");
        assert_eq!(replaced, r#"<link href="../assets/css/a-1.css">"#);
    }

    #[test]
    fn an_unknown_asset_is_named_with_the_known_ones() {
        let error = assets().replace("@asset:css/b.css@", "").expect_err("unknown");
        assert_eq!(error.to_string(), "unknown asset `css/b.css`; the assets are: css/a.css");
    }

    #[test]
    fn a_style_sheet_takes_in_what_it_imports() {
        let dir = std::env::temp_dir().join(format!("imports-{}", std::process::id()));
        fs::create_dir_all(&dir).expect("a folder for the test");
        fs::write(dir.join("a.css"), "a {}\n").expect("a style sheet");
        let whole = with_imports("@import \"a.css\";\nb {}\n", &dir);
        assert_eq!(whole.expect("the import is there"), "a {}\n\nb {}\n");
        assert!(with_imports("@import \"c.css\";", &dir).is_err());
        fs::remove_dir_all(&dir).expect("the folder of the test");
    }

    #[test]
    fn the_name_carries_the_digest_of_the_content() {
        let first = hashed_name("js/site.js", b"one");
        assert_ne!(first, hashed_name("js/site.js", b"two"));
        assert!(first.starts_with("js/site-") && first.ends_with(".js"), "{first}");
    }
}
