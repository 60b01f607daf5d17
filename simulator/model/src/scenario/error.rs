//! What can be wrong with a scenario.

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
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ScenarioMistake {
    /// The file says it is something else.
    #[error("the format is `{0}`; write `format: scenario/1`")]
    Format(String),
    /// A span of time that cannot be read.
    #[error("`{0}` is no span of time; write a number and `ms`, `s`, `m` or `h`, such as `20s`")]
    Span(String),
    /// A word that means nothing there.
    #[error("unknown `{text}`; write one of {known}")]
    Word {
        /// What it says.
        text: String,
        /// What it could say.
        known: &'static str,
    },
    /// A version that is not known.
    #[error(transparent)]
    Version(#[from] UnknownVersion),
    /// A path that is not known.
    #[error(transparent)]
    Path(#[from] UnknownPath),
    /// A question without something to choose from, or without one answer that is right.
    #[error("{count} answers of which {right} are right; write two to four, one of them right")]
    Answers {
        /// How many there are.
        count: usize,
        /// How many of them are right.
        right: usize,
    },
    /// A step that does not say which pod.
    #[error("the step needs a `pod`; {known}")]
    NoPod {
        /// What there is.
        known: String,
    },
    /// A pod that is not among the scenario's.
    #[error("there is no pod `{name}`; {known}")]
    Pod {
        /// What it says.
        name: String,
        /// What there is.
        known: String,
    },
    /// A container that is in none of the scenario's pods.
    #[error("there is no container `{name}` in the pods; {known}")]
    Container {
        /// What it says.
        name: String,
        /// What there is.
        known: String,
    },
}

/// The names there are, in a sentence.
pub(super) fn known<'a>(names: impl Iterator<Item = &'a String>) -> String {
    let names: Vec<_> = names.map(|name| format!("`{name}`")).collect();
    if names.is_empty() {
        "there is none at all".into()
    } else {
        format!("there are {}", names.join(", "))
    }
}
