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

    /// Nothing.
    pub const ZERO: Self = Self { milli: 0 };

    /// The value in whole units, rounded up: what memory is counted in.
    pub const fn value(self) -> i64 {
        self.milli.saturating_add(999) / 1_000
    }
}

impl std::iter::Sum for Quantity {
    fn sum<I: Iterator<Item = Self>>(all: I) -> Self {
        let milli = all.fold(0_i64, |sum, quantity| sum.saturating_add(quantity.milli));
        Self { milli }
    }
}

/// What a suffix multiplies by, in millionths of thousandths (apimachinery, pkg/api/resource,
/// suffix.go).
fn scale(suffix: &str) -> Option<i128> {
    const UNIT: i128 = 1_000_000_000;
    if let Some(exponent) = suffix.strip_prefix(['e', 'E']).filter(|text| !text.is_empty()) {
        let exponent: i32 = exponent.parse().ok().filter(|e| (-9..=18).contains(e))?;
        let power = 10_i128.pow(exponent.unsigned_abs());
        return Some(if exponent < 0 { UNIT / power } else { UNIT * power });
    }
    Some(match suffix {
        "n" => 1,
        "u" => 1_000,
        "m" => 1_000_000,
        "" => UNIT,
        "k" => UNIT * 1_000,
        "M" => UNIT * 1_000_000,
        "G" => UNIT * 1_000_000_000,
        "T" => UNIT * 1_000_000_000_000,
        "P" => UNIT * 1_000_000_000_000_000,
        "E" => UNIT * 1_000_000_000_000_000_000,
        "Ki" => UNIT << 10,
        "Mi" => UNIT << 20,
        "Gi" => UNIT << 30,
        "Ti" => UNIT << 40,
        "Pi" => UNIT << 50,
        "Ei" => UNIT << 60,
        _ => return None,
    })
}

impl FromStr for Quantity {
    type Err = QuantityError;

    /// Reads what the API reads. What is finer than a thousandth is rounded up, and what is larger
    /// than a quantity can be is as large as it can be.
    fn from_str(text: &str) -> Result<Self, QuantityError> {
        parse(text).ok_or_else(|| QuantityError { text: text.into() })
    }
}

fn parse(text: &str) -> Option<Quantity> {
    /// So many digits behind the point are read.
    const PART_DIGITS: usize = 9;
    /// A thousandth, in 10⁻¹⁸.
    const MILLI: i128 = 1_000_000_000_000_000;
    let negative = text.starts_with('-');
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    let split = unsigned.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(unsigned.len());
    let (number, suffix) = unsigned.split_at(split);
    let scale = scale(suffix)?;
    let (whole, part) = number.split_once('.').unwrap_or((number, ""));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if (whole.is_empty() && part.is_empty()) || !digits(part) || whole.len() > 18 {
        return None;
    }
    let part = &part[..part.len().min(PART_DIGITS)];
    let digits: i128 = format!("0{whole}{part:0<PART_DIGITS$}").parse().ok()?;
    // Digits count 10⁻⁹ and the scale counts 10⁻⁹, of which thousandths are left.
    let milli = digits.saturating_mul(scale);
    let milli = (milli + MILLI - 1) / MILLI;
    let milli = i64::try_from(milli).unwrap_or(i64::MAX);
    Some(Quantity { milli: if negative { -milli } else { milli } })
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
