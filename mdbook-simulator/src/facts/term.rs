//! The glossary: which word the book uses for a thing, in each language, and what it means.
//!
//! ```toml
//! [[term]]
//! id = "pod-sandbox"
//! name.en = "PodSandbox"
//! name.zh-CN = "PodSandbox"
//! means.en = "One or two sentences."
//! means.zh-CN = "一两句话。"
//! also.en = ["pod sandbox", "sandbox"]        # optional: other forms that the text uses
//! also.zh-CN = ["沙箱"]
//! avoid = ["沙盒"]                             # optional: Chinese words that the book does not use
//! except = ["faq/page.md"]                    # optional: pages that may quote them
//! tooltip = true                              # optional: explain its first use on a page
//! ```

use std::path::PathBuf;

use super::Translated;
use crate::language::Language;

/// A term of the book.
#[derive(Clone, Debug)]
pub struct Term {
    /// Its id.
    pub id: String,
    /// The term.
    pub name: Translated,
    /// What it means.
    pub means: Translated,
    /// Other forms of it, in English and in Chinese.
    pub also: [Vec<String>; 2],
    /// Chinese words for the same thing that the book does not use.
    pub avoid: Vec<String>,
    /// The pages that may use them, relative to `src`.
    pub except: Vec<PathBuf>,
    /// Whether its first use on a page is explained there.
    pub tooltip: bool,
}

impl Term {
    /// Its anchor in the glossary.
    pub fn anchor(&self) -> String {
        format!("term-{}", self.id)
    }

    /// All forms of the term in a language.
    pub fn forms(&self, language: Language) -> impl Iterator<Item = &str> {
        let also = match language {
            Language::En => &self.also[0],
            Language::ZhCn => &self.also[1],
        };
        std::iter::once(self.name.get(language)).chain(also.iter().map(String::as_str))
    }
}
