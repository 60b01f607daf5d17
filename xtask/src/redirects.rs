//! Pages that only lead on: short addresses of questions, and addresses of pages that have moved.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use crate::assets::files_below;
use crate::paths;

/// Writes a folder for each question, so that `/en/faq/NAME` leads to it on every static host, and
/// a page at the old address of each page that `book/published.txt` says has moved.
pub(crate) fn write(language: &str, out: &Path) -> Result<()> {
    let book = out.join(language);
    for file in files_below(&book.join("faq")).unwrap_or_default() {
        let Some(name) = file.file_stem().filter(|name| *name != "index") else { continue };
        let page = format!("../{}.html", name.to_string_lossy());
        lead(&file.with_extension("").join("index.html"), &page, language)?;
    }
    let list = paths::root().join("book/published.txt");
    let list = fs::read_to_string(&list).context("reading book/published.txt")?;
    for (old, new) in moves(&list) {
        let up = "../".repeat(old.matches('/').count());
        lead(&book.join(&old), &format!("{up}{new}"), language)?;
        if old.starts_with("faq/") {
            let short = book.join(old.trim_end_matches(".html")).join("index.html");
            lead(&short, &format!("../{up}{new}"), language)?;
        }
    }
    Ok(())
}

/// The pages that have moved: the old address and the new one, from the root of the book.
fn moves(list: &str) -> Vec<(String, String)> {
    let lines = list.lines().filter(|line| !line.starts_with('#'));
    let moved = lines.filter_map(|line| line.trim().split_once(" -> "));
    moved.map(|(old, new)| (html_name(old), html_name(new))).collect()
}

/// `faq/new.md#why` → `faq/new.html#why`
fn html_name(page: &str) -> String {
    let (path, anchor) = page
        .split_once('#')
        .map_or((page, String::new()), |(path, anchor)| (path, format!("#{anchor}")));
    format!("{}.html{anchor}", path.trim_end_matches(".md"))
}

/// Writes a page that leads to another at once, with or without scripts; a script keeps the anchor.
fn lead(file: &Path, to: &str, language: &str) -> Result<()> {
    let (title, words) = match language {
        "zh-CN" => ("页面已移动", "本页在这里"),
        _ => ("This page is elsewhere", "The page is here"),
    };
    let html = format!(
        "<!DOCTYPE html>\n<html lang=\"{language}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <title>{title}</title>\n<meta name=\"robots\" content=\"noindex\">\n\
         <link rel=\"canonical\" href=\"{to}\">\n\
         <script>location.replace(\"{to}\" + location.search + location.hash)</script>\n\
         <meta http-equiv=\"refresh\" content=\"0; url={to}\">\n</head>\n\
         <body><main><h1>{title}</h1><p><a href=\"{to}\">{words}</a></p></main></body>\n</html>\n"
    );
    let folder = file.parent().context("a page is in a folder")?;
    fs::create_dir_all(folder)?;
    fs::write(file, html).with_context(|| format!("writing {}", paths::shown(file)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moved_page_is_read_with_its_anchor() {
        let list = "# old -> ignored\nfaq/a.md\nfaq/b.md -> faq/c.md#why\n";
        let expected = ("faq/b.html".to_owned(), "faq/c.html#why".to_owned());
        assert_eq!(moves(list), [expected]);
    }

    #[test]
    fn a_page_leads_on_without_scripts() {
        let folder = tempfile_dir("lead");
        let file = folder.join("faq/old/index.html");
        lead(&file, "../new.html", "en").expect("it is written");
        let html = fs::read_to_string(&file).expect("it is there");
        assert!(html.contains("content=\"0; url=../new.html\""), "{html}");
        fs::remove_dir_all(folder).expect("it is removed");
    }

    fn tempfile_dir(name: &str) -> std::path::PathBuf {
        std::env::temp_dir().join(format!("dockershim-redirects-{name}-{}", std::process::id()))
    }
}
