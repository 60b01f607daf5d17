//! The built site on disk.

use std::path::{Path, PathBuf};

use walkdir::WalkDir;

/// The languages of the site.
pub const LANGUAGES: [&str; 2] = ["en", "zh-CN"];

/// The folder of the built site: `SITE_DIR`, if it holds one.
pub fn dir() -> Option<PathBuf> {
    let dir = PathBuf::from(std::env::var_os("SITE_DIR")?);
    dir.join("index.html").is_file().then_some(dir)
}

/// The folder of the offline edition: `OFFLINE_DIR`, if it holds one.
pub fn offline() -> Option<PathBuf> {
    let dir = PathBuf::from(std::env::var_os("OFFLINE_DIR")?);
    dir.join("offline.js").is_file().then_some(dir)
}

/// The addresses of all pages from the site's root, such as `en/history/cri.html`, in a fixed order;
/// those that only lead on to another are not among them.
pub fn pages(dir: &Path) -> Vec<String> {
    all_pages(dir).into_iter().filter(|page| !leads_on(&dir.join(page))).collect()
}

/// The addresses of the pages that only lead on to another.
pub fn redirects(dir: &Path) -> Vec<String> {
    all_pages(dir).into_iter().filter(|page| leads_on(&dir.join(page))).collect()
}

fn leads_on(page: &Path) -> bool {
    std::fs::read_to_string(page).is_ok_and(|html| html.contains("http-equiv=\"refresh\""))
}

fn all_pages(dir: &Path) -> Vec<String> {
    WalkDir::new(dir)
        .sort_by_file_name()
        .into_iter()
        .flatten()
        .filter(|entry| entry.path().extension().is_some_and(|extension| extension == "html"))
        .filter_map(|entry| {
            let inside = entry.path().strip_prefix(dir).ok()?;
            Some(inside.to_string_lossy().replace('\\', "/"))
        })
        .collect()
}

/// All files of the site whose name ends in one of `endings`.
pub fn files(dir: &Path, endings: &[&str]) -> Vec<PathBuf> {
    WalkDir::new(dir)
        .sort_by_file_name()
        .into_iter()
        .flatten()
        .map(walkdir::DirEntry::into_path)
        .filter(|path| {
            let name = path.to_string_lossy();
            path.is_file() && endings.iter().any(|ending| name.ends_with(ending))
        })
        .collect()
}
