//! One call of a run, by its place among its like.

use std::str::FromStr;

use serde::Deserialize;

/// A CRI call, counted among those of its name since the first `apply`; where nothing is applied,
/// since the start.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct NthCall {
    /// Its name, such as `StartContainer`.
    pub name: String,
    /// How many of that name come before its instant.
    pub nth: u64,
    /// The container or pod that it is about, where others of its name are made at that instant;
    /// else empty.
    pub of: String,
}

/// A text that counts no call.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "`{text}` is no call; write its name and how many of that name come before it, such as `StartContainer.0`"
)]
pub struct NoCall {
    /// What it says.
    pub text: String,
}

impl FromStr for NthCall {
    type Err = NoCall;

    /// Reads `StartContainer.0`, or `StopContainer.0.main`.
    fn from_str(text: &str) -> Result<Self, NoCall> {
        let call = text.split_once('.').and_then(|(name, rest)| {
            let (nth, of) = rest.split_once('.').unwrap_or((rest, ""));
            Some(Self { name: name.to_owned(), nth: nth.parse().ok()?, of: of.to_owned() })
        });
        call.ok_or_else(|| NoCall { text: text.to_owned() })
    }
}

impl TryFrom<String> for NthCall {
    type Error = NoCall;

    fn try_from(text: String) -> Result<Self, NoCall> {
        text.parse()
    }
}
