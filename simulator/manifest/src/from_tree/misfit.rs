//! Why a value does not fit, in the words of this crate.

use std::fmt;

use serde::de::{Error, Expected, Unexpected};

use crate::message::Message;
use crate::nearest::nearest;

/// A value that does not fit.
#[derive(Debug)]
pub(super) struct Misfit(pub(super) Message);

impl fmt::Display for Misfit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", self.0)
    }
}

impl std::error::Error for Misfit {}

impl Error for Misfit {
    fn custom<T: fmt::Display>(text: T) -> Self {
        Self(Message::Scenario { text: text.to_string() })
    }

    fn invalid_type(found: Unexpected<'_>, wanted: &dyn Expected) -> Self {
        let wanted = wanted.to_string();
        let wanted = match wanted.as_str() {
            "a sequence" => "a list",
            "a string" => "text",
            name if name.starts_with("struct ") => "a mapping",
            other => other,
        };
        let text = format!("this has to be {wanted} and is {}", named(found));
        Self(Message::Scenario { text })
    }

    fn invalid_value(found: Unexpected<'_>, wanted: &dyn Expected) -> Self {
        Self::invalid_type(found, wanted)
    }

    fn unknown_variant(found: &str, known: &'static [&'static str]) -> Self {
        let near = nearest(found, known.iter().copied());
        let known = known.iter().map(|word| (*word).to_owned()).collect();
        Self(Message::Word { found: found.to_owned(), known, near })
    }

    fn missing_field(field: &'static str) -> Self {
        Self(Message::Missing { field: field.to_owned() })
    }
}

/// What stands there, without serde's names for types.
fn named(found: Unexpected<'_>) -> String {
    match found {
        Unexpected::Map => "a mapping".into(),
        Unexpected::Seq => "a list".into(),
        Unexpected::Unit | Unexpected::Option => "empty".into(),
        Unexpected::Str(text) => format!("`{text}`"),
        Unexpected::Signed(number) => format!("`{number}`"),
        Unexpected::Unsigned(number) => format!("`{number}`"),
        Unexpected::Bool(value) => format!("`{value}`"),
        other => other.to_string(),
    }
}
