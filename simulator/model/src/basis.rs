//! What a behaviour or a statement of the model rests on.

use serde::Deserialize;

use crate::lang::Lang;

/// What something rests on, the firmest first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Basis {
    /// Held against a recording of a real node.
    #[default]
    Recorded,
    /// Read in the program's source, but never recorded.
    Source,
    /// Known from documents only: release notes, pull requests, issues, manuals.
    Documents,
}

impl Basis {
    /// All three, the firmest first.
    pub const ALL: [Self; 3] = [Self::Recorded, Self::Source, Self::Documents];

    /// The word for it in scenarios and in data.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Recorded => "recorded",
            Self::Source => "source",
            Self::Documents => "documents",
        }
    }
}

/// One sentence, or the name of a source, in the two languages of the book.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Phrase {
    /// English.
    pub en: &'static str,
    /// Simplified Chinese.
    pub zh: &'static str,
}

impl Phrase {
    /// A name that is the same in both, such as the path of a file.
    pub const fn name(name: &'static str) -> Self {
        Self { en: name, zh: name }
    }

    /// In one language.
    pub const fn text(self, lang: Lang) -> &'static str {
        lang.pick(self.en, self.zh)
    }
}
