//! Quantities of resources, such as `250m` of CPU or `64Mi` of memory.

use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A quantity, in thousandths.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Quantity {
    milli: i64,
}

/// Text that is no quantity.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{text}` is no quantity; write a number with a suffix such as `m`, `Ki`, `Mi` or `G`")]
pub struct QuantityError {
    /// The text as it was given.
    pub text: String,
}

impl Quantity {
    /// The value in thousandths: what CPU is counted in.
    pub const fn milli(self) -> i64 {
        self.milli
    }

    /// The value in whole units, rounded up: what memory is counted in.
    pub const fn value(self) -> i64 {
        (self.milli + 999) / 1_000
    }
}

/// What a suffix multiplies by, in thousandths.
fn scale(suffix: &str) -> Option<i64> {
    Some(match suffix {
        "m" => 1,
        "" => 1_000,
        "k" => 1_000_000,
        "M" => 1_000_000_000,
        "G" => 1_000_000_000_000,
        "T" => 1_000_000_000_000_000,
        "Ki" => 1_000 << 10,
        "Mi" => 1_000 << 20,
        "Gi" => 1_000 << 30,
        "Ti" => 1_000 << 40,
        _ => return None,
    })
}

impl FromStr for Quantity {
    type Err = QuantityError;

    fn from_str(text: &str) -> Result<Self, QuantityError> {
        let error = || QuantityError { text: text.into() };
        let split = text.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(text.len());
        let (number, suffix) = text.split_at(split);
        let scale = scale(suffix).ok_or_else(error)?;
        let (whole, part) = number.split_once('.').unwrap_or((number, ""));
        if part.len() > 3 || (whole.is_empty() && part.is_empty()) {
            return Err(error());
        }
        let digits = format!("{whole}{part:0<3}").parse::<i64>();
        let milli = digits.ok().and_then(|digits| digits.checked_mul(scale)).ok_or_else(error)?;
        Ok(Self { milli: milli / 1_000 })
    }
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Written {
    Number(i64),
    Text(String),
}

impl<'de> Deserialize<'de> for Quantity {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match Written::deserialize(deserializer)? {
            Written::Number(whole) => Ok(Self { milli: whole.saturating_mul(1_000) }),
            Written::Text(text) => text.parse().map_err(serde::de::Error::custom),
        }
    }
}

impl Serialize for Quantity {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&format_args!("{}m", self.milli))
    }
}
