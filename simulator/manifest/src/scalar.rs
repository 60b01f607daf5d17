//! What a plain scalar means to Kubernetes, which reads YAML 1.1 (sigs.k8s.io/yaml v1.2 on go-yaml
//! v2, resolve.go): `yes` and `off` are booleans, and `0644` is octal.

use crate::tree::Scalar;

/// What a scalar is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Meaning {
    Null,
    Bool(bool),
    Int(i64),
    /// A number with a fraction, an exponent, or more digits than fit.
    Float,
    Text,
}

const TRUE: [&str; 11] = ["y", "Y", "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON"];
const FALSE: [&str; 11] =
    ["n", "N", "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF"];
const NULL: [&str; 5] = ["", "~", "null", "Null", "NULL"];
const NOT_FINITE: [&str; 12] = [
    ".nan", ".NaN", ".NAN", ".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF", "-.inf", "-.Inf",
    "-.INF",
];

impl Scalar {
    pub(crate) fn meaning(&self) -> Meaning {
        let text = self.text.as_str();
        if !self.plain {
            return Meaning::Text;
        }
        if NULL.contains(&text) {
            return Meaning::Null;
        }
        if TRUE.contains(&text) {
            return Meaning::Bool(true);
        }
        if FALSE.contains(&text) {
            return Meaning::Bool(false);
        }
        if let Some(number) = int(text) {
            return Meaning::Int(number);
        }
        if is_float(text) || NOT_FINITE.contains(&text) { Meaning::Float } else { Meaning::Text }
    }

    pub(crate) fn is_null(&self) -> bool {
        self.meaning() == Meaning::Null
    }

    pub(crate) fn int(&self) -> Option<i64> {
        if let Meaning::Int(number) = self.meaning() { Some(number) } else { None }
    }

    pub(crate) fn bool(&self) -> Option<bool> {
        if let Meaning::Bool(value) = self.meaning() { Some(value) } else { None }
    }
}

/// As Go reads a number of base 0, underscores taken out.
fn int(text: &str) -> Option<i64> {
    let starts = text.trim_start_matches(['+', '-']);
    if !starts.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let clean: String = text.chars().filter(|c| *c != '_').collect();
    let (sign, digits) = match clean.strip_prefix('-') {
        Some(digits) => ("-", digits),
        None => ("", clean.strip_prefix('+').unwrap_or(&clean)),
    };
    let prefixes = [("0x", 16), ("0X", 16), ("0b", 2), ("0o", 8), ("0", 8)];
    let found = prefixes.iter().find_map(|(prefix, base)| {
        digits.strip_prefix(prefix).filter(|rest| !rest.is_empty()).map(|rest| (rest, *base))
    });
    let (digits, base) = found.unwrap_or((digits, 10));
    if !digits.starts_with(|c: char| c.is_digit(base)) {
        return None;
    }
    i64::from_str_radix(&format!("{sign}{digits}"), base).ok()
}

/// `^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$`
fn is_float(text: &str) -> bool {
    let text = text.strip_prefix(['+', '-']).unwrap_or(text);
    let (number, exponent) = match text.split_once(['e', 'E']) {
        Some((number, exponent)) => (number, Some(exponent)),
        None => (text, None),
    };
    let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    let (whole, part) = number.split_once('.').unwrap_or((number, ""));
    let number_is_one = digits(whole) && digits(part) && !(whole.is_empty() && part.is_empty());
    let exponent_is_one = exponent.is_none_or(|exponent| {
        let exponent = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
        !exponent.is_empty() && digits(exponent)
    });
    number_is_one && exponent_is_one
}
