//! The two languages of the book, and the few words the preprocessor itself writes in each.

use std::fmt;

use simulator_view::Lang;

/// A language the book is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Language {
    /// English, the folder `book/en`.
    En,
    /// Simplified Chinese, the folder `book/zh-CN`.
    ZhCn,
}

impl Language {
    /// Both languages; the first is the one a difference is measured against.
    pub const ALL: [Self; 2] = [Self::En, Self::ZhCn];

    /// The language tag: the value of `lang`, the name of the book's folder, the key in the facts.
    pub const fn code(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::ZhCn => "zh-CN",
        }
    }

    /// The language with this tag, if the book has it.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|language| language.code() == code)
    }

    /// The other language, whose book must mirror this one.
    #[must_use]
    pub const fn twin(self) -> Self {
        match self {
            Self::En => Self::ZhCn,
            Self::ZhCn => Self::En,
        }
    }

    /// One of two texts, the one in this language.
    pub const fn pick<'a>(self, en: &'a str, zh_cn: &'a str) -> &'a str {
        match self {
            Self::En => en,
            Self::ZhCn => zh_cn,
        }
    }

    /// The language as the view of the recordings calls it.
    pub const fn in_view(self) -> Lang {
        match self {
            Self::En => Lang::En,
            Self::ZhCn => Lang::ZhCn,
        }
    }

    /// The words of this language.
    pub const fn words(self) -> &'static Words {
        match self {
            Self::En => &ENGLISH,
            Self::ZhCn => &CHINESE,
        }
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// What the preprocessor writes into a page, in one language.
#[derive(Debug)]
pub struct Words {
    /// Heading of the list of documents at the end of a page.
    pub sources: &'static str,
    /// Said before a source's number, for those who hear the page.
    pub source: &'static str,
    /// Said before the number of a place that a source is cited from.
    pub back: &'static str,
    /// Goes before the date on which a document was read.
    pub read: &'static str,
    /// Between the parts of a reference.
    pub comma: &'static str,
    /// Between a label and what it labels.
    pub colon: &'static str,
    /// A fact for which no first-hand document was found.
    pub unverified: &'static str,
    /// A fact on which the documents differ.
    pub disputed: &'static str,
    /// Accessible name of a timeline.
    pub timeline: &'static str,
}

static ENGLISH: Words = Words {
    sources: "Sources",
    source: "source",
    back: "back to citation",
    read: "read",
    comma: ", ",
    colon: ": ",
    unverified: "Unverified",
    disputed: "Disputed",
    timeline: "Timeline",
};

static CHINESE: Words = Words {
    sources: "资料来源",
    source: "来源",
    back: "回到引用处",
    read: "查阅于",
    comma: "，",
    colon: "：",
    unverified: "未经核实",
    disputed: "说法不一",
    timeline: "时间线",
};
