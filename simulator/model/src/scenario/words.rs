//! What a reader is told about a scenario.

use serde::Deserialize;

use crate::RuntimePath;
use crate::basis::Basis;
use crate::scenario::predict::Predict;

/// One text in the two languages of the book.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Text {
    /// English.
    pub en: String,
    /// Simplified Chinese.
    #[serde(rename = "zh-CN")]
    pub zh: String,
}

/// What a reader is told about a scenario.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Words {
    /// A name to choose it by.
    pub title: Option<Text>,
    /// What to ask oneself before it is played.
    pub question: Option<Text>,
    /// What to look at while it is played.
    pub watch: Option<Text>,
    /// What the scenario as a whole rests on: the weakest of what it needs.
    pub basis: Basis,
    /// The paths on which it tells its story; none for all on which it can be played.
    pub paths: Option<Vec<RuntimePath>>,
    /// What a reader can be asked before it is shown.
    pub predict: Option<Predict>,
}
