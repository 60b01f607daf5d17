//! From mdBook's pages to the site's: tokens replaced, each page in its place.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};

use crate::assets::{Assets, files_below};
use crate::kept::Kept;
use crate::site::SiteUrl;
use crate::{books, contents, live, offline, paths, unbroken};

/// What every page needs to be finished.
pub(crate) struct Finisher<'a> {
    /// The assets that tokens name.
    pub(crate) assets: &'a Assets,
    /// The address of the site, when it is known.
    pub(crate) site_url: Option<&'a SiteUrl>,
    /// Where finished pages are kept, for pages that get the script that reloads them.
    pub(crate) live: Option<Kept>,
}

impl Finisher<'_> {
    /// Finishes every page of one book into `out`.
    pub(crate) fn book(&self, language: &str, out: &Path) -> Result<()> {
        let from = books::output(language);
        for file in files_below(&from)? {
            let inside = file.strip_prefix(&from)?.to_string_lossy().replace('\\', "/");
            let target = out.join(language).join(&inside);
            fs::create_dir_all(target.parent().unwrap_or(out))?;
            if is_page(&inside) {
                let html = fs::read_to_string(&file)?;
                let page = Page { language: Some(language), path: &inside };
                let finish = || self.page(&page, &html);
                let finished = match &self.live {
                    Some(kept) => kept.page(&format!("{language}/{inside}"), &html, finish),
                    None => finish(),
                };
                let finished = finished.with_context(|| {
                    format!("finishing the page {language}/{inside} (theme/index.hbs?)")
                })?;
                fs::write(&target, finished)?;
            } else if is_media(&inside) {
                fs::copy(&file, &target)?;
            }
        }
        let whole = Path::new(language).join("print.html");
        if let Some(kept) = &self.live
            && !from.join("print.html").exists()
            && let Some(page) = kept.last(&whole.to_string_lossy())
        {
            fs::write(out.join(whole), page)?;
        }
        Ok(())
    }

    /// Finishes the pages that stand at the root of the site.
    pub(crate) fn root_pages(&self, out: &Path) -> Result<()> {
        for name in ["index.html", "404.html"] {
            let file = paths::root().join("theme/pages").join(name);
            let html = fs::read_to_string(&file)
                .with_context(|| format!("reading {}", paths::shown(&file)))?;
            let html = self
                .page(&Page { language: None, path: name }, &html)
                .with_context(|| format!("finishing {}", paths::shown(&file)))?;
            fs::write(out.join(name), html)?;
        }
        Ok(())
    }

    fn page(&self, page: &Page<'_>, html: &str) -> Result<String> {
        let to_root = self.to_root(page);
        let mut html = only_needed(html);
        if page.path == "print.html" {
            html = without_data(&html);
        }
        let (html, description) = take_description(&html);
        let html = match description {
            Some(text) => html.replace("@description@", &escape_attribute(&text)),
            None if html.contains("@description@") && page.path == "print.html" => {
                html.replace("@description@", "")
            }
            None if html.contains("@description@") => {
                bail!("the page has no description; begin it with <!-- description: … -->")
            }
            None => html,
        };
        let html = match page.language {
            Some(language) => {
                link_chapters(&contents::fold(&html), &format!("{to_root}{language}/"))?
            }
            None => html,
        };
        let mut html = self
            .assets
            .replace(&html, &to_root)?
            .replace("@head-links@", &self.head_links(page, &to_root))
            .replace("@page@", page.shown_path())
            .replace("@root@", &to_root)
            .replace("@build-version@", env!("CARGO_PKG_VERSION"));
        html = unbroken::keep_whole(&html);
        if self.live.is_some() {
            html = live::add_script(&offline::without_link(&html));
        }
        Ok(html)
    }

    /// The way from a page to the root of the site; absolute for a page that any address may show.
    fn to_root(&self, page: &Page<'_>) -> String {
        if page.path == "404.html" {
            return self.site_url.map_or("/", SiteUrl::path).to_owned();
        }
        let depth = page.path.matches('/').count() + usize::from(page.language.is_some());
        "../".repeat(depth)
    }

    /// The canonical address, the address in each language, and what link previews need.
    fn head_links(&self, page: &Page<'_>, to_root: &str) -> String {
        let base = self.site_url.map_or(to_root, SiteUrl::as_str);
        let mut links = String::new();
        if page.path != "404.html" {
            let shown = page.shown_path();
            let own = page.language.map_or(String::new(), |language| format!("{language}/"));
            links.push_str(&format!("<link rel=\"canonical\" href=\"{base}{own}{shown}\">\n"));
            let of_book = page.language.map_or("", |_| shown);
            for language in paths::LANGUAGES {
                links.push_str(&format!(
                    "<link rel=\"alternate\" hreflang=\"{language}\" \
                     href=\"{base}{language}/{of_book}\">\n"
                ));
            }
            let default = if of_book.is_empty() { String::new() } else { format!("en/{of_book}") };
            links.push_str(&format!(
                "<link rel=\"alternate\" hreflang=\"x-default\" href=\"{base}{default}\">\n\
                 <meta property=\"og:url\" content=\"{base}{own}{shown}\">\n"
            ));
        }
        if let Some(image) = self.assets.path("images/og.png") {
            links.push_str(&format!("<meta property=\"og:image\" content=\"{base}{image}\">\n"));
        }
        links
    }
}

/// Which page is being finished.
struct Page<'a> {
    /// The language of its book; none for the pages at the root.
    language: Option<&'a str>,
    /// The path inside its book, or at the root.
    path: &'a str,
}

impl Page<'_> {
    /// The path as addresses show it: empty for a front page.
    fn shown_path(&self) -> &str {
        self.path.strip_suffix("index.html").unwrap_or(self.path)
    }
}

/// Takes the first `<!-- description: … -->` out of a page.
fn take_description(html: &str) -> (String, Option<String>) {
    const OPEN: &str = "<!-- description:";
    let Some(start) = html.find(OPEN) else { return (html.to_owned(), None) };
    let Some(length) = html[start..].find("-->") else { return (html.to_owned(), None) };
    let text = html[start + OPEN.len()..start + length].trim().to_owned();
    let rest = html[start + length + 3..].trim_start_matches('\n');
    (format!("{}{rest}", &html[..start]), Some(text))
}

/// The page without the links and scripts for elements that it does not have.
///
/// A line of the template with ` data-for="NAME"` stays where the page has an element, or the
/// first class of one, of that name.
fn only_needed(html: &str) -> String {
    const KEY: &str = " data-for=\"";
    let mut result = String::with_capacity(html.len());
    for line in html.split_inclusive('\n') {
        match line.split_once(KEY).and_then(|(before, rest)| Some((before, rest.split_once('"')?)))
        {
            Some((before, (name, after))) => {
                if html.contains(&format!("<{name}")) || html.contains(&format!("class=\"{name}")) {
                    result.push_str(before);
                    result.push_str(after);
                }
            }
            None => result.push_str(line),
        }
    }
    result
}

/// The page without the data that each question says of itself: the print page is all of them.
fn without_data(html: &str) -> String {
    let is_data = |line: &&str| line.starts_with("<script type=\"application/ld+json\">");
    html.split_inclusive('\n').filter(|line| !is_data(line)).collect()
}

/// Replaces each `@href:PATH.md@` by the URL of that chapter, `to_book` leading to the book's root.
fn link_chapters(html: &str, to_book: &str) -> Result<String> {
    let mut parts = html.split("@href:");
    let mut result = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let Some((chapter, rest)) = part.split_once(".md@") else {
            bail!("`@href:` without its closing `.md@`");
        };
        let folder = chapter.strip_suffix("index").filter(|it| it.is_empty() || it.ends_with('/'));
        let path = folder.map_or(format!("{chapter}.html"), str::to_owned);
        result.push_str(&format!("{to_book}{path}{rest}"));
    }
    Ok(result)
}

fn escape_attribute(text: &str) -> String {
    text.replace('&', "&amp;").replace('"', "&quot;").replace('<', "&lt;")
}

/// mdBook also writes a page for its sidebar's frame, which this theme does without.
fn is_page(path: &str) -> bool {
    path.ends_with(".html") && path != "toc.html"
}

/// Pictures beside the chapters; mdBook's own scripts, styles and fonts stay behind.
fn is_media(path: &str) -> bool {
    [".png", ".jpg", ".svg", ".webp"].iter().any(|extension| path.ends_with(extension))
        && !path.starts_with("favicon")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_description_moves_out_of_the_page() {
        let (html, text) = take_description("<main><!-- description: What it was. -->\n<h1>");
        assert_eq!(html, "<main><h1>");
        assert_eq!(text.as_deref(), Some("What it was."));
    }

    #[test]
    fn a_page_loads_only_what_it_uses() {
        let link = "<link href=\"a.css\" data-for=\"timeline\">\n";
        assert_eq!(only_needed(&format!("{link}<p>")), "<p>");
        let used = format!("{link}<ol class=\"timeline\">");
        assert_eq!(only_needed(&used), "<link href=\"a.css\">\n<ol class=\"timeline\">");
    }

    #[test]
    fn a_chapter_is_linked_by_its_place_in_the_book() {
        let html =
            r#"<a href="@href:index.md@"><a href="@href:a/index.md@"><a href="@href:a/b.md@">"#;
        let linked = link_chapters(html, "../en/").expect("the tokens are closed");
        assert_eq!(linked, r#"<a href="../en/"><a href="../en/a/"><a href="../en/a/b.html">"#);
        assert!(link_chapters("@href:a", "").is_err());
    }

    #[test]
    fn front_pages_are_shown_without_their_file_name() {
        let page = |path| Page { language: Some("en"), path };
        assert_eq!(page("index.html").shown_path(), "");
        assert_eq!(page("history/index.html").shown_path(), "history/");
        assert_eq!(page("history/cri.html").shown_path(), "history/cri.html");
    }
}
