//! Pages that changed in one language only: `book/twins.txt` remembers which texts of a page and its
//! twin say the same.
//!
//! A line names a page, the digest of its English text and that of its Chinese text. Where one of
//! them is another by now, the other language is *behind*; where both are, nobody has yet said that
//! they match again. `cargo xtask book-report --accept` says so.
//!
//! A page may have several lines, and matches if one of them fits: so git can keep the lines of both
//! sides of a merge (see `.gitattributes`), and the next `--accept` tidies up.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use crate::language::Language;
use crate::manuscript::{Manuscript, NOT_FOUND};
use crate::page::Page;
use crate::site::Site;

/// How a page and its twin stand to each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// They say the same.
    Match,
    /// The page in this language is behind: only the other one has changed since they matched.
    Behind(Language),
    /// Both have changed, or are new, and nobody has said yet that they match.
    Unsaid,
}

/// Which texts of pages match: page → digests of the texts, in the order of [`Language::ALL`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Record(BTreeMap<PathBuf, BTreeSet<[String; 2]>>);

/// The head of the file.
const HEAD: &str = "\
# Which texts of a page and its twin say the same: page, digest in English, digest in Chinese.
# Written by `cargo xtask book-report --accept`; after a merge, say that again.
";

impl Record {
    /// Reads the record of a site; none is an empty one.
    pub fn load(site: &Site) -> Self {
        fs::read_to_string(&site.twins).map(|text| Self::read(&text)).unwrap_or_default()
    }

    /// Reads the text of a record. Lines that say nothing are passed over: their pages then count as
    /// pages that nobody has compared.
    pub fn read(text: &str) -> Self {
        let mut record = Self::default();
        for line in text.lines().filter(|line| !line.starts_with('#')) {
            let mut words = line.split_whitespace();
            if let (Some(page), Some(en), Some(zh_cn)) = (words.next(), words.next(), words.next())
            {
                record.0.entry(page.into()).or_default().insert([en.to_owned(), zh_cn.to_owned()]);
            }
        }
        record
    }

    /// The text of the record.
    pub fn text(&self) -> String {
        let mut text = HEAD.to_owned();
        for (page, pairs) in &self.0 {
            for [en, zh_cn] in pairs {
                let _ = writeln!(text, "{} {en} {zh_cn}", page.display());
            }
        }
        text
    }

    /// How two texts of a page stand to each other.
    pub fn standing(&self, page: &Path, en: &str, zh_cn: &str) -> Standing {
        let Some(pairs) = self.0.get(page) else { return Standing::Unsaid };
        let (en, zh_cn) = (digest(en), digest(zh_cn));
        let has = |index: usize, digest: &String| pairs.iter().any(|pair| pair[index] == *digest);
        if pairs.contains(&[en.clone(), zh_cn.clone()]) {
            Standing::Match
        } else if has(0, &en) && !has(1, &zh_cn) {
            Standing::Behind(Language::En)
        } else if has(1, &zh_cn) && !has(0, &en) {
            Standing::Behind(Language::ZhCn)
        } else {
            Standing::Unsaid
        }
    }

    /// Notes that two texts of a page match, and forgets what it said of the page before.
    pub fn accept(&mut self, page: &Path, en: &str, zh_cn: &str) {
        self.0.insert(page.to_owned(), BTreeSet::from([[digest(en), digest(zh_cn)]]));
    }
}

/// The first 12 hexadecimal digits of the SHA-256 of a text.
fn digest(text: &str) -> String {
    Sha256::digest(text.trim_end()).iter().take(6).map(|byte| format!("{byte:02x}")).collect()
}

/// How each page of two books stands, in the order of the first: the pages that both have.
pub fn standings<'a>(
    record: &Record,
    en: &'a Manuscript,
    zh_cn: &Manuscript,
) -> Vec<(&'a Path, Standing)> {
    twins(en, zh_cn)
        .map(|(page, twin)| {
            let standing = record.standing(&page.path, &page.text, &twin.text);
            (page.path.as_path(), standing)
        })
        .collect()
}

fn twins<'a, 'b>(
    en: &'a Manuscript,
    zh_cn: &'b Manuscript,
) -> impl Iterator<Item = (&'a Page, &'b Page)> {
    let pages = en.pages.iter().filter(|page| page.path != Path::new(NOT_FOUND));
    pages.filter_map(|page| Some((page, zh_cn.page(&page.path)?)))
}

/// What there is to say about pages that do not match, a line each.
pub fn warnings(standings: &[(&Path, Standing)]) -> Vec<String> {
    let told = |(page, standing): &(&Path, Standing)| {
        let page = page.display();
        match standing {
            Standing::Match => None,
            Standing::Behind(language) => Some(format!(
                "book/{language}/src/{page} is behind: the page in `{}` has changed since; bring it \
                 up to date, or, where nothing is to do, say \
                 `cargo xtask book-report --accept {page}`",
                language.twin()
            )),
            Standing::Unsaid => Some(format!(
                "{page} has changed in both languages; where both say the same, say \
                 `cargo xtask book-report --accept`"
            )),
        }
    };
    standings.iter().filter_map(told).collect()
}

/// Why pages could not be accepted.
#[derive(Debug, thiserror::Error)]
pub enum AcceptError {
    /// Named pages that are not in both books.
    #[error("no page `{page}` in both books; name it as SUMMARY.md does, such as history/cri.md")]
    NoPage {
        /// The page as named.
        page: String,
    },
    /// The record cannot be written.
    #[error("{file} cannot be written: {source}")]
    Unwritable {
        /// The record.
        file: String,
        /// Why.
        #[source]
        source: io::Error,
    },
}

/// Notes in the record that pages match: those that are named or, without names, all that changed in
/// both languages. Gives the pages that are newly noted.
///
/// # Errors
///
/// For a name that is no page, and when the record cannot be written.
pub fn accept(site: &Site, names: &[&str]) -> Result<Vec<PathBuf>, AcceptError> {
    let [en, zh_cn] = Language::ALL.map(|language| Manuscript::load(site, language));
    let mut record = Record::load(site);
    let wanted: Vec<&Path> = names.iter().map(|name| Path::new(in_book(name))).collect();
    if let Some(page) =
        wanted.iter().find(|page| twins(&en, &zh_cn).all(|(it, _)| it.path != **page))
    {
        return Err(AcceptError::NoPage { page: page.display().to_string() });
    }
    let mut accepted = Vec::new();
    for (page, twin) in twins(&en, &zh_cn) {
        let standing = record.standing(&page.path, &page.text, &twin.text);
        let is_wanted = match standing {
            Standing::Match => true,
            Standing::Unsaid => wanted.is_empty() || wanted.contains(&page.path.as_path()),
            Standing::Behind(_) => wanted.contains(&page.path.as_path()),
        };
        if is_wanted {
            record.accept(&page.path, &page.text, &twin.text);
        }
        if is_wanted && standing != Standing::Match {
            accepted.push(page.path.clone());
        }
    }
    record.0.retain(|path, _| twins(&en, &zh_cn).any(|(page, _)| page.path == *path));
    fs::write(&site.twins, record.text()).map_err(|source| AcceptError::Unwritable {
        file: site.shown(&site.twins).display().to_string(),
        source,
    })?;
    Ok(accepted)
}

/// `book/en/src/history/cri.md` → `history/cri.md`
fn in_book(name: &str) -> &str {
    name.split_once("/src/").map_or(name, |(_, page)| page)
}
