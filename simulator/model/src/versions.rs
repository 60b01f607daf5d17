//! Kubelet versions: what is known to change from one to the next, and how far that is known.
//!
//! Only 1.20 was recorded (1.20.2). Everything about another version is read from sources, and says
//! so: see [`VersionFact::basis`].

mod facts;
mod flags;
mod profile;
mod start;

use std::fmt;
use std::str::FromStr;

pub use facts::{FACTS, pause_image};
pub use flags::{FLAGS, Flag};
pub use profile::{CgroupDriver, CgroupVersion, CriVersion, Profile};
pub use start::{Started, start};

use crate::basis::{Basis, Phrase};

/// A minor version of Kubernetes 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct KubeletVersion {
    minor: u8,
}

/// A text that is no version the model knows.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("unknown kubelet version `{text}`; write one from `1.20` to `1.37`")]
pub struct UnknownVersion {
    /// What it says.
    pub text: String,
}

impl KubeletVersion {
    /// The version of the recordings, and the oldest that the model knows.
    pub const RECORDED: Self = Self::of(20);
    /// The newest that the facts know.
    pub const NEWEST: Self = Self::of(37);

    pub(crate) const fn of(minor: u8) -> Self {
        Self { minor }
    }

    /// The number after `1.`.
    pub const fn minor(self) -> u8 {
        self.minor
    }

    /// Every version from the oldest to the newest.
    pub fn all() -> impl Iterator<Item = Self> {
        (Self::RECORDED.minor..=Self::NEWEST.minor).map(Self::of)
    }

    /// Whether what a run says about this version was held against recordings.
    pub fn is_recorded(self) -> bool {
        self == Self::RECORDED
    }
}

impl Default for KubeletVersion {
    fn default() -> Self {
        Self::RECORDED
    }
}

impl fmt::Display for KubeletVersion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "1.{}", self.minor)
    }
}

impl FromStr for KubeletVersion {
    type Err = UnknownVersion;

    /// Reads `1.24`, `v1.24` or `1.24.3`; the patch level is not told apart.
    fn from_str(text: &str) -> Result<Self, UnknownVersion> {
        let unknown = || UnknownVersion { text: text.to_owned() };
        let mut parts = text.strip_prefix('v').unwrap_or(text).split('.');
        if parts.next() != Some("1") {
            return Err(unknown());
        }
        let minor: u8 = parts.next().and_then(|part| part.parse().ok()).ok_or_else(unknown)?;
        let patch = parts.next().is_none_or(|part| part.parse::<u8>().is_ok());
        let version = Self::of(minor);
        let known = version >= Self::RECORDED && version <= Self::NEWEST;
        if known && patch && parts.next().is_none() { Ok(version) } else { Err(unknown()) }
    }
}

/// Something that holds for some versions and not for others.
#[derive(Clone, Copy, Debug)]
pub struct VersionFact {
    /// Its name in links and data.
    pub id: &'static str,
    /// What holds.
    pub what: Phrase,
    /// The first version for which it holds; 1.20 also where it held before.
    pub since: KubeletVersion,
    /// The last version for which it holds; none while it still does.
    pub until: Option<KubeletVersion>,
    /// Where that is written.
    pub source: Phrase,
    /// How firmly it is known.
    pub basis: Basis,
}

impl VersionFact {
    /// Whether it holds for a version.
    pub fn holds_for(&self, version: KubeletVersion) -> bool {
        self.since <= version && self.until.is_none_or(|until| version <= until)
    }
}

/// A fact that begins or ends to hold.
#[derive(Clone, Copy, Debug)]
pub enum Turn {
    /// It holds from this version on.
    Begins(&'static VersionFact),
    /// It held for the version before and does not any more.
    Ends(&'static VersionFact),
}

/// What holds for a version.
pub fn facts_for(version: KubeletVersion) -> impl Iterator<Item = &'static VersionFact> {
    FACTS.iter().filter(move |fact| fact.holds_for(version))
}

/// What a version changes, compared with the one before; nothing for the oldest.
pub fn changes_at(version: KubeletVersion) -> Vec<Turn> {
    if version == KubeletVersion::RECORDED {
        return Vec::new();
    }
    let before = KubeletVersion::of(version.minor - 1);
    let turn = |fact: &'static VersionFact| match (fact.holds_for(before), fact.holds_for(version))
    {
        (false, true) => Some(Turn::Begins(fact)),
        (true, false) => Some(Turn::Ends(fact)),
        _ => None,
    };
    FACTS.iter().filter_map(turn).collect()
}

/// The fact of this name.
pub fn fact(id: &str) -> Option<&'static VersionFact> {
    FACTS.iter().find(|fact| fact.id == id)
}
