//! `sitemap.xml`: every page with its address in each language, for search engines.

use std::fs;
use std::io::{self, Write};
use std::path::Path;

use anyhow::{Context, Result};
use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};

use crate::assets::files_below;
use crate::paths;
use crate::site::SiteUrl;

/// Writes the list of the pages in `out`; addresses in it have to be absolute.
pub(crate) fn write(out: &Path, site_url: &SiteUrl) -> Result<()> {
    let mut pages = pages(&out.join("en"))?;
    pages.retain(|page| paths::LANGUAGES.iter().all(|it| out.join(it).join(page).is_file()));
    let xml = sitemap(&pages, site_url.as_str()).context("writing the list of pages as XML")?;
    let file = out.join("sitemap.xml");
    fs::write(&file, xml).with_context(|| format!("writing {}", file.display()))
}

/// The pages of a book that search engines may list: those that do not say `noindex`.
fn pages(book: &Path) -> Result<Vec<String>> {
    let mut pages = Vec::new();
    for file in files_below(book)? {
        let is_page = file.extension().is_some_and(|extension| extension == "html");
        if is_page && !fs::read_to_string(&file)?.contains("name=\"robots\" content=\"noindex\"") {
            pages.push(file.strip_prefix(book)?.to_string_lossy().replace('\\', "/"));
        }
    }
    Ok(pages)
}

fn sitemap(pages: &[String], base: &str) -> io::Result<Vec<u8>> {
    let mut writer = Writer::new_with_indent(Vec::new(), b' ', 1);
    writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    let names = [
        ("xmlns", "http://www.sitemaps.org/schemas/sitemap/0.9"),
        ("xmlns:xhtml", "http://www.w3.org/1999/xhtml"),
    ];
    writer.create_element("urlset").with_attributes(names).write_inner_content(|writer| {
        for language in paths::LANGUAGES {
            for page in pages {
                url(writer, base, language, page)?;
            }
        }
        Ok(())
    })?;
    let mut xml = writer.into_inner();
    xml.push(b'\n');
    Ok(xml)
}

fn url<W: Write>(writer: &mut Writer<W>, base: &str, language: &str, page: &str) -> io::Result<()> {
    let address = |language: &str| format!("{base}{language}/{}", shown(page));
    writer.create_element("url").write_inner_content(|writer| {
        writer.create_element("loc").write_text_content(BytesText::new(&address(language)))?;
        for (tag, to) in
            paths::LANGUAGES.map(|it| (it, it)).into_iter().chain([("x-default", "en")])
        {
            let href = address(to);
            let link = [("rel", "alternate"), ("hreflang", tag), ("href", href.as_str())];
            writer.create_element("xhtml:link").with_attributes(link).write_empty()?;
        }
        Ok(())
    })?;
    Ok(())
}

/// The path as the page itself says it in its canonical address: empty for a front page.
fn shown(page: &str) -> &str {
    page.strip_suffix("index.html").unwrap_or(page)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_page_is_listed_in_each_language_with_its_twins() {
        let folder = tempfile::tempdir().expect("a folder");
        for (file, text) in [
            ("index.html", "<h1>"),
            ("faq/a.html", "<h1>"),
            ("faq/a/index.html", "<meta name=\"robots\" content=\"noindex\">"),
            ("style.css", ""),
        ] {
            for language in paths::LANGUAGES {
                let file = folder.path().join(language).join(file);
                fs::create_dir_all(file.parent().expect("its folder")).expect("a folder");
                fs::write(file, text).expect("a file");
            }
        }
        let url = SiteUrl::parse("https://example.org/a&b/").expect("an address");
        write(folder.path(), &url).expect("it is written");
        let xml = fs::read_to_string(folder.path().join("sitemap.xml")).expect("it is there");
        assert_eq!(xml.matches("<url>").count(), 4, "{xml}");
        assert_eq!(xml.matches("hreflang=\"zh-CN\"").count(), 4, "{xml}");
        assert!(xml.contains("<loc>https://example.org/a&amp;b/zh-CN/faq/a.html</loc>"), "{xml}");
        assert!(xml.contains("<loc>https://example.org/a&amp;b/en/</loc>"), "{xml}");
        assert!(xml.contains(
            "<xhtml:link rel=\"alternate\" hreflang=\"x-default\" \
             href=\"https://example.org/a&amp;b/en/faq/a.html\"/>"
        ));
        let mut reader = quick_xml::Reader::from_str(&xml);
        while reader.read_event().expect("it is XML") != Event::Eof {}
    }
}
