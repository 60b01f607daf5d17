//! The feed of changes in each language: `book/changes.toml` as Atom, at `en/feed.xml`.

use std::fs;
use std::io::{self, Write};
use std::path::Path;

use anyhow::{Context, Result, bail};
use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};
use serde::Deserialize;
use sha2::{Digest, Sha256};

use crate::paths;
use crate::site::SiteUrl;

/// The changes that readers notice, newest first.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Changes {
    change: Vec<Change>,
}

/// One of them.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Change {
    /// Its name, which stays, so that feed readers show it once.
    id: String,
    /// The day, as YYYY-MM-DD.
    date: String,
    /// The page to read, as `SUMMARY.md` names it.
    page: String,
    title: Translated,
    text: Translated,
}

/// A text in both languages.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Translated {
    en: String,
    #[serde(rename = "zh-CN")]
    zh_cn: String,
}

impl Translated {
    fn get(&self, language: &str) -> &str {
        if language == "zh-CN" { &self.zh_cn } else { &self.en }
    }
}

/// Writes the feed of one book. Addresses are absolute if the site's is known, and relative to the
/// feed if not.
pub(crate) fn write(language: &str, out: &Path, site_url: Option<&SiteUrl>) -> Result<()> {
    let book = out.join(language);
    let changes = read(|page| book.join(html_name(page)).is_file())?;
    let base = site_url.map_or(String::new(), |url| format!("{}{language}/", url.as_str()));
    let xml = feed(&changes, language, &base).context("writing the changes as XML")?;
    let file = book.join("feed.xml");
    fs::write(&file, xml).with_context(|| format!("writing {}", file.display()))
}

/// Reads the changes; `exists` says whether a page is there.
fn read(exists: impl Fn(&str) -> bool) -> Result<Changes> {
    let file = paths::root().join("book/changes.toml");
    let text = fs::read_to_string(&file).with_context(|| paths::shown(&file))?;
    let changes = parse(&text).with_context(|| format!("in {}", paths::shown(&file)))?;
    if let Some(change) = changes.change.iter().find(|change| !exists(&change.page)) {
        bail!("{}: no page `{}` (change `{}`)", paths::shown(&file), change.page, change.id);
    }
    Ok(changes)
}

fn parse(text: &str) -> Result<Changes> {
    let changes: Changes = toml::from_str(text)?;
    for (index, change) in changes.change.iter().enumerate() {
        let Change { id, date, .. } = change;
        let is_digit =
            |(at, c): (usize, char)| if at == 4 || at == 7 { c == '-' } else { c.is_ascii_digit() };
        if date.len() != 10 || !date.chars().enumerate().all(is_digit) {
            bail!("the date `{date}` of change `{id}` is not YYYY-MM-DD");
        }
        let before = &changes.change[..index];
        if before.iter().any(|other| other.id == *id) {
            bail!("two changes have the id `{id}`; give one of them another");
        }
        if before.last().is_some_and(|newer| newer.date < *date) {
            bail!("change `{id}` is newer than the one above it; put the newest first");
        }
    }
    Ok(changes)
}

fn feed(changes: &Changes, language: &str, base: &str) -> io::Result<Vec<u8>> {
    let (title, author) = match language {
        "zh-CN" => ("读懂 dockershim：更新", "读懂 dockershim"),
        _ => ("Dockershim, explained: changes", "Dockershim, explained"),
    };
    let mut writer = Writer::new_with_indent(Vec::new(), b' ', 1);
    writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    let names = [("xmlns", "http://www.w3.org/2005/Atom"), ("xml:lang", language)];
    writer.create_element("feed").with_attributes(names).write_inner_content(|writer| {
        text(writer, "title", title)?;
        text(writer, "id", &urn(language, ""))?;
        let newest = changes.change.first().map_or("1970-01-01", |change| &change.date);
        text(writer, "updated", &midnight(newest))?;
        writer
            .create_element("author")
            .write_inner_content(|writer| text(writer, "name", author))?;
        link(writer, "self", "application/atom+xml", &format!("{base}feed.xml"))?;
        // A link must not be empty: the front page of a feed without an address is its folder.
        let page = |path: &str| match [base, path].concat() {
            address if address.is_empty() => "./".to_owned(),
            address => address,
        };
        link(writer, "alternate", "text/html", &page(""))?;
        for change in &changes.change {
            writer.create_element("entry").write_inner_content(|writer| {
                text(writer, "title", change.title.get(language))?;
                text(writer, "id", &urn(language, &change.id))?;
                text(writer, "updated", &midnight(&change.date))?;
                let name = html_name(&change.page);
                let path = name.strip_suffix("index.html").unwrap_or(&name);
                link(writer, "alternate", "text/html", &page(path))?;
                text(writer, "summary", change.text.get(language))
            })?;
        }
        Ok(())
    })?;
    let mut xml = writer.into_inner();
    xml.push(b'\n');
    Ok(xml)
}

fn text<W: Write>(writer: &mut Writer<W>, name: &str, text: &str) -> io::Result<()> {
    writer.create_element(name).write_text_content(BytesText::new(text)).map(|_| ())
}

fn link<W: Write>(writer: &mut Writer<W>, rel: &str, kind: &str, href: &str) -> io::Result<()> {
    let attributes = [("rel", rel), ("type", kind), ("href", href)];
    writer.create_element("link").with_attributes(attributes).write_empty().map(|_| ())
}

fn midnight(date: &str) -> String {
    format!("{date}T00:00:00Z")
}

/// A name for a feed or an entry that does not change when the site moves: a UUID of version 8 made
/// of its digest (RFC 9562, 5.8).
fn urn(language: &str, id: &str) -> String {
    let digest = Sha256::digest(format!("dockershim, explained/{language}/{id}"));
    let mut bytes: [u8; 16] = std::array::from_fn(|index| digest[index]);
    bytes[6] = bytes[6] & 0x0f | 0x80;
    bytes[8] = bytes[8] & 0x3f | 0x80;
    let hex = |range: std::ops::Range<usize>| -> String {
        bytes[range].iter().map(|byte| format!("{byte:02x}")).collect()
    };
    format!("urn:uuid:{}-{}-{}-{}-{}", hex(0..4), hex(4..6), hex(6..8), hex(8..10), hex(10..16))
}

/// `faq/index.md` → `faq/index.html`
fn html_name(page: &str) -> String {
    format!("{}.html", page.trim_end_matches(".md"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const CHANGE: &str = "[[change]]\nid = \"b\"\ndate = \"2026-11-24\"\npage = \"faq/index.md\"\n\
        title.en = \"A & B\"\ntitle.zh-CN = \"甲\"\ntext.en = \"One.\"\ntext.zh-CN = \"一。\"\n";

    fn xml(language: &str, base: &str) -> String {
        of(CHANGE, language, base)
    }

    fn of(changes: &str, language: &str, base: &str) -> String {
        let changes = parse(changes).expect("it is read");
        String::from_utf8(feed(&changes, language, base).expect("it is written")).expect("text")
    }

    #[test]
    fn a_change_is_an_entry_in_the_language_of_the_feed() {
        let (en, zh) = (xml("en", ""), xml("zh-CN", "https://example.org/zh-CN/"));
        assert!(en.contains("<title>A &amp; B</title>"), "{en}");
        assert!(en.contains("type=\"text/html\" href=\"faq/\""), "{en}");
        assert!(zh.contains("<summary>一。</summary>"), "{zh}");
        assert!(zh.contains("href=\"https://example.org/zh-CN/faq/\""), "{zh}");
        assert!(zh.contains("rel=\"self\" type=\"application/atom+xml\" href=\"https://example.org/zh-CN/feed.xml\""), "{zh}");
        for xml in [en, zh] {
            let mut reader = quick_xml::Reader::from_str(&xml);
            while reader.read_event().expect("it is XML") != Event::Eof {}
        }
    }

    #[test]
    fn a_change_of_the_front_page_leads_there() {
        let changes = CHANGE.replace("faq/index.md", "index.md");
        let count = |xml: &str, href: &str| xml.matches(&format!("href=\"{href}\"")).count();
        assert_eq!(count(&of(&changes, "en", ""), "./"), 2);
        let address = "https://example.org/en/";
        assert_eq!(count(&of(&changes, "en", address), address), 2);
    }

    #[test]
    fn names_stay_and_differ() {
        assert_eq!(urn("en", "a"), urn("en", "a"));
        assert_ne!(urn("en", "a"), urn("zh-CN", "a"));
        assert_eq!(urn("en", "a").len(), "urn:uuid:".len() + 36);
    }

    #[test]
    fn mistakes_are_told() {
        let error = |text: &str| parse(text).err().map(|error| error.to_string());
        let older = CHANGE.replace("\"b\"", "\"a\"").replace("11-24", "11-20");
        assert_eq!(error(&format!("{CHANGE}{older}")), None);
        let newest = "change `b` is newer than the one above it; put the newest first";
        assert_eq!(error(&format!("{older}{CHANGE}")).as_deref(), Some(newest));
        let twice = "two changes have the id `b`; give one of them another";
        assert_eq!(error(&format!("{CHANGE}{CHANGE}")).as_deref(), Some(twice));
        assert!(error(&CHANGE.replace("2026-11-24", "today")).is_some());
        assert!(error(&CHANGE.replace("title.zh-CN", "title.fr")).is_some());
    }

    #[test]
    fn the_changes_of_the_book_lead_to_its_pages() {
        let in_both = |page: &str| {
            paths::LANGUAGES.iter().all(|it| paths::book(it).join("src").join(page).is_file())
        };
        assert!(!read(in_both).expect("the changes are in order").change.is_empty());
    }
}
