//! The line under the title of a page: how long it takes to read, when it last changed, and whether
//! its twin has changed since.

use std::path::Path;

use crate::drift::Standing;
use crate::facts::Date;
use crate::language::Language;

/// What the line says.
#[derive(Clone, Copy, Debug)]
pub struct Byline {
    /// The language of the page.
    pub language: Language,
    /// How long reading takes; none for a page that is not there to be read through.
    pub minutes: Option<usize>,
    /// When the page was last changed, if that is known.
    pub changed: Option<Date>,
    /// How the page and its twin stand to each other.
    pub standing: Standing,
}

impl Byline {
    /// Puts the line under the first heading of a rendered page.
    pub fn add(&self, text: &str, path: &Path) -> String {
        let line = [self.facts(), self.notice(path)].concat();
        let title = text.find("\n# ").map_or(0, |at| at + 1);
        let end = text[title..].find('\n').map_or(text.len(), |length| title + length + 1);
        if line.is_empty() || !text[title..].starts_with("# ") {
            return text.to_owned();
        }
        format!("{}\n{line}\n{}", &text[..end], &text[end..])
    }

    fn facts(&self) -> String {
        let Some(minutes) = self.minutes else { return String::new() };
        let minutes = match self.language {
            Language::En => format!("{minutes} min read"),
            Language::ZhCn => format!("约 {minutes} 分钟读完"),
        };
        let label = self.language.pick("Last changed ", "最近修改于 ");
        let changed = self.changed.map(|day| {
            let words = day.in_words(self.language);
            format!(" <span>{label}<time datetime=\"{day}\">{words}</time></span>")
        });
        let changed = changed.unwrap_or_default();
        format!(
            "<div class=\"byline\"><span class=\"byline-length\">{minutes}</span>{changed}</div>\n"
        )
    }

    /// Tells the reader of a page that is behind where to read what is new.
    fn notice(&self, path: &Path) -> String {
        if self.standing != Standing::Behind(self.language) {
            return String::new();
        }
        let twin = self.language.twin();
        let page = path.with_extension("html").display().to_string();
        let page = match page.strip_suffix("index.html") {
            Some(folder) if folder.is_empty() || folder.ends_with('/') => folder,
            _ => &page,
        };
        let (told, link) = match self.language {
            Language::En => (
                "The Chinese version of this page has been changed since; what is new there is not \
                 here yet.",
                "中文版",
            ),
            Language::ZhCn => ("本页的英文版后来有改动，新内容还没有补到这里。", "English"),
        };
        format!(
            "<div class=\"behind\" role=\"note\">{told} <a href=\"@root@{twin}/{page}\" \
             lang=\"{twin}\" hreflang=\"{twin}\">{link}</a></div>\n"
        )
    }
}
