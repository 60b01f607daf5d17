//! What can be wrong with the facts.

use super::{DateMistake, VersionMistake};

/// A mistake in `book/facts/*.toml`; the place is told apart from it.
#[derive(Debug, thiserror::Error)]
pub enum FactMistake {
    /// The file is not TOML.
    #[error("{message}; the file is TOML, see https://toml.io")]
    Syntax {
        /// What the TOML reader says.
        message: String,
    },
    /// A key or table the schema does not know.
    #[error("unknown key `{key}` in {owner}; valid keys are {valid}{hint}")]
    UnknownKey {
        /// The key as written.
        key: String,
        /// What it stands in.
        owner: String,
        /// A guess at what was meant.
        hint: String,
        /// The keys there are.
        valid: String,
    },
    /// A key that must be there is not.
    #[error("{owner} has no `{key}`; add {example}")]
    Missing {
        /// What lacks it.
        owner: String,
        /// The key.
        key: &'static str,
        /// How it could look.
        example: &'static str,
    },
    /// A value of the wrong type, or an empty one.
    #[error("`{key}` of {owner} must be {wanted}")]
    Value {
        /// What it belongs to.
        owner: String,
        /// The key.
        key: String,
        /// What is asked for.
        wanted: &'static str,
    },
    /// A text that says other numbers in the two languages.
    #[error(
        "beside what both say, `{key}` of {owner} says {english_only} in English and {chinese_only} \
         in Chinese; let both say the same numbers, each as often"
    )]
    Numbers {
        /// What it belongs to.
        owner: String,
        /// The key.
        key: String,
        /// The numbers of the English text alone.
        english_only: String,
        /// The numbers of the Chinese text alone.
        chinese_only: String,
    },
    /// An id that could not be an anchor in a page.
    #[error("id `{id}` may hold only lower-case letters, digits and hyphens")]
    IdForm {
        /// The id as written.
        id: String,
    },
    /// Two facts, or two sources, with one id.
    #[error("{owner} is already in {first}; give one of them another id, or remove it")]
    Duplicate {
        /// The second one.
        owner: String,
        /// Where the first one is.
        first: String,
    },
    /// An address that is not one.
    #[error("`url` of {owner} is `{url}`, but {why}; write the whole address")]
    Url {
        /// The source.
        owner: String,
        /// As written.
        url: String,
        /// What is wrong with it.
        why: &'static str,
    },
    /// A date that is not one.
    #[error("`{key}` of {owner}: {mistake}")]
    Date {
        /// What it belongs to.
        owner: String,
        /// The key.
        key: &'static str,
        /// What is wrong with it.
        #[source]
        mistake: DateMistake,
    },
    /// Versions that are none.
    #[error("`versions` of {owner}: {mistake}")]
    Versions {
        /// The fact.
        owner: String,
        /// What is wrong with them.
        #[source]
        mistake: VersionMistake,
    },
    /// A word that is not one of those allowed.
    #[error("unknown {key} `{value}` in {owner}; valid ones are {valid}{hint}")]
    UnknownWord {
        /// What it belongs to.
        owner: String,
        /// The key.
        key: &'static str,
        /// As written.
        value: String,
        /// A guess at what was meant.
        hint: String,
        /// The words there are.
        valid: String,
    },
    /// A fact names a source that is not there.
    #[error("unknown source `{id}` in {owner}; every source needs a `[[source]]`{hint}")]
    UnknownSource {
        /// The fact.
        owner: String,
        /// As written.
        id: String,
        /// A guess at what was meant.
        hint: String,
    },
    /// A timeline cannot place the fact.
    #[error("{owner} has `timeline = true` but no `{key}`; add it, or remove `timeline`")]
    TimelineNeeds {
        /// The fact.
        owner: String,
        /// What is missing.
        key: &'static str,
    },
    /// A fact on which sources differ must say how.
    #[error("{owner} is disputed but has no `note`; say in note.en and note.zh-CN who says what")]
    DisputedWithoutNote {
        /// The fact.
        owner: String,
    },
    /// A row names a table or a fact that is not there.
    #[error("unknown {kind} `{id}` in {owner}{hint}")]
    UnknownOther {
        /// `table` or `fact`.
        kind: &'static str,
        /// The row.
        owner: String,
        /// As written.
        id: String,
        /// A guess at what was meant.
        hint: String,
    },
    /// A row that nothing bears out.
    #[error("{owner} has neither `facts` nor `sources`; name what bears it out")]
    RowWithoutSource {
        /// The row.
        owner: String,
    },
    /// A row with too few or too many cells.
    #[error("{owner} must have {width} cells, one for each column of its table")]
    RowWidth {
        /// The row.
        owner: String,
        /// How many columns the table has.
        width: usize,
    },
}

impl FactMistake {
    /// A thing that `owner` names and that is not there.
    pub(super) fn unknown(kind: &'static str, owner: String, id: String, hint: String) -> Self {
        match kind {
            "source" => Self::UnknownSource { owner, id, hint },
            _ => Self::UnknownOther { kind, owner, id, hint },
        }
    }
}
