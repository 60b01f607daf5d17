//! Releases a fact is about.

use std::fmt;
use std::str::FromStr;

/// Releases of one or more products, such as `1.24` or `1.3 to 1.5, containerd 1.1`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Versions(pub Vec<VersionSpan>);

/// Some releases of a product that follow each other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VersionSpan {
    /// Whose releases they are; Kubernetes when not said.
    pub product: String,
    /// Which ones.
    pub releases: Releases,
}

/// One release, or several.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Releases {
    /// Just this one.
    One(String),
    /// From the first to the second, both included.
    Between(String, String),
    /// This one and all before it.
    UpTo(String),
}

/// The product of a version that names none.
const DEFAULT_PRODUCT: &str = "Kubernetes";

/// What can be wrong with versions.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum VersionMistake {
    /// Not of the form of a version.
    #[error("`{text}` is not a version; write `1.24`, `1.3 to 1.5`, `≤1.0` or `containerd 1.1`")]
    Form {
        /// The part that could not be read.
        text: String,
    },
    /// The second release is not later than the first.
    #[error("the versions `{text}` end before they start; write the earlier one first")]
    Order {
        /// What was written.
        text: String,
    },
}

impl FromStr for Versions {
    type Err = VersionMistake;

    fn from_str(text: &str) -> Result<Self, VersionMistake> {
        text.split(',').map(|part| span(part.trim())).collect::<Result<_, _>>().map(Self)
    }
}

fn span(text: &str) -> Result<VersionSpan, VersionMistake> {
    let starts_release = |c: char| c.is_ascii_digit() || c == '≤';
    let named = text.find(' ').filter(|_| !text.starts_with(starts_release));
    let (product, rest) =
        named.map_or((DEFAULT_PRODUCT, text), |space| (&text[..space], text[space..].trim()));
    let version = |part: &str| {
        let part = part.trim();
        let form = || VersionMistake::Form { text: text.to_owned() };
        is_version(part).then(|| part.to_owned()).ok_or_else(form)
    };
    let releases = if let Some(last) = rest.strip_prefix('≤') {
        Releases::UpTo(version(last)?)
    } else if let Some((first, last)) = rest.split_once(" to ") {
        Releases::Between(version(first)?, version(last)?)
    } else {
        Releases::One(version(rest)?)
    };
    if let Releases::Between(first, last) = &releases
        && numbers(first) >= numbers(last)
    {
        return Err(VersionMistake::Order { text: text.to_owned() });
    }
    Ok(VersionSpan { product: product.to_owned(), releases })
}

/// Whether the text is two or three numbers with dots, with or without `-alpha.0` or the like.
fn is_version(text: &str) -> bool {
    let (release, stage) = text.split_once('-').map_or((text, None), |(a, b)| (a, Some(b)));
    let parts: Vec<&str> = release.split('.').collect();
    let is_number = |part: &&str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    let stage_is_known = stage.is_none_or(|stage| {
        let (name, number) = stage.split_once('.').unwrap_or((stage, "0"));
        matches!(name, "alpha" | "beta" | "rc") && is_number(&number)
    });
    (2..=3).contains(&parts.len()) && parts.iter().all(is_number) && stage_is_known
}

fn numbers(version: &str) -> Vec<u32> {
    let release = version.split('-').next().unwrap_or_default();
    release.split('.').filter_map(|part| part.parse().ok()).collect()
}

impl fmt::Display for VersionSpan {
    /// The product and its releases: `Kubernetes 1.3–1.5`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let product = &self.product;
        match &self.releases {
            Releases::One(release) => write!(f, "{product} {release}"),
            Releases::Between(first, last) => write!(f, "{product} {first}–{last}"),
            Releases::UpTo(last) => write!(f, "{product} ≤ {last}"),
        }
    }
}
