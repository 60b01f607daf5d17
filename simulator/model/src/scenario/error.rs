//! What can be wrong with a scenario.

use std::fmt;

use crate::basis::Phrase;
use crate::lang::Lang;
use crate::runtime_path::UnknownPath;
use crate::scenario::place::Place;
use crate::versions::UnknownVersion;

/// What is wrong with a scenario.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{place}: {mistake}")]
pub struct ScenarioError {
    /// Where.
    pub place: Place,
    /// What.
    pub mistake: ScenarioMistake,
}

/// What is wrong, without the place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ScenarioMistake {
    /// The file says it is something else.
    Format(String),
    /// A span of time that cannot be read.
    Span(String),
    /// A word that means nothing there.
    Word {
        /// What it says.
        text: String,
        /// What it could say.
        known: Phrase,
    },
    /// A version that is not known.
    Version(UnknownVersion),
    /// A path that is not known.
    Path(UnknownPath),
    /// A question without something to choose from, or without one answer that is right.
    Answers {
        /// How many there are.
        count: usize,
        /// How many of them are right.
        right: usize,
    },
    /// A step that does not say which pod.
    NoPod {
        /// The names there are.
        known: Vec<String>,
    },
    /// A pod that is not among the scenario's.
    Pod {
        /// What it says.
        name: String,
        /// The names there are.
        known: Vec<String>,
    },
    /// A container that is in none of the scenario's pods.
    Container {
        /// What it says.
        name: String,
        /// The names there are.
        known: Vec<String>,
    },
}

impl fmt::Display for ScenarioMistake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text(Lang::En))
    }
}

impl std::error::Error for ScenarioMistake {}

impl ScenarioMistake {
    /// The mistake in words.
    pub fn text(&self, lang: Lang) -> String {
        match lang {
            Lang::En => self.english(),
            Lang::ZhCn => self.chinese(),
        }
    }

    fn english(&self) -> String {
        let there = |known: &[String]| match named(known, ", ") {
            None => "there is none at all".to_owned(),
            Some(names) => format!("there are {names}"),
        };
        match self {
            Self::Format(found) => format!("the format is `{found}`; write `format: scenario/1`"),
            Self::Span(text) => format!(
                "`{text}` is no span of time; write a number and `ms`, `s`, `m` or `h`, such as `20s`"
            ),
            Self::Word { text, known } => {
                format!("unknown `{text}`; write one of {}", known.en)
            }
            Self::Version(unknown) => unknown.to_string(),
            Self::Path(unknown) => unknown.to_string(),
            Self::Answers { count, right } => format!(
                "{count} answers of which {right} are right; write two to four, one of them right"
            ),
            Self::NoPod { known } => format!("the step needs a `pod`; {}", there(known)),
            Self::Pod { name, known } => format!("there is no pod `{name}`; {}", there(known)),
            Self::Container { name, known } => {
                format!("there is no container `{name}` in the pods; {}", there(known))
            }
        }
    }

    fn chinese(&self) -> String {
        let there = |known: &[String]| match named(known, "、") {
            None => "这里一个都没有".to_owned(),
            Some(names) => format!("这里有 {names}"),
        };
        match self {
            Self::Format(found) => format!("格式是 `{found}`；请写 `format: scenario/1`"),
            Self::Span(text) => {
                format!("`{text}` 不是时长；请写数字加 `ms`、`s`、`m` 或 `h`，例如 `20s`")
            }
            Self::Word { text, known } => {
                format!("不认识 `{text}`；请从这些里选一个：{}", known.zh)
            }
            Self::Version(UnknownVersion { text }) => {
                format!("没有 `{text}` 这个 kubelet 版本；请写 `1.20` 到 `1.37` 之间的一个")
            }
            Self::Path(UnknownPath { name }) => format!(
                "没有 `{name}` 这条路径；可用的有 dockershim、cri-dockerd、containerd 和 cri-o"
            ),
            Self::Answers { count, right } => {
                format!("有 {count} 个答案，其中 {right} 个正确；请写两到四个，只有一个正确")
            }
            Self::NoPod { known } => format!("这一步要写明 `pod`；{}", there(known)),
            Self::Pod { name, known } => format!("没有名为 `{name}` 的 Pod；{}", there(known)),
            Self::Container { name, known } => {
                format!("各 Pod 中没有名为 `{name}` 的容器；{}", there(known))
            }
        }
    }
}

/// Names in a row; none of none.
fn named(names: &[String], between: &str) -> Option<String> {
    let quoted: Vec<_> = names.iter().map(|name| format!("`{name}`")).collect();
    (!quoted.is_empty()).then(|| quoted.join(between))
}
