//! What a text says of a version: that something is so in it, from it on, up to it or before it.
//!
//! The last three speak of a *turn*, the version in which something changed: “since 1.24”, “before
//! 1.24” and “up to 1.23” all speak of that of 1.24.

use std::collections::BTreeSet;
use std::fmt;
use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::{Dating, of_form, years_and_versions};
use crate::facts::{Fact, Facts, Releases};

/// How a version stands in a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Stand {
    In,
    From,
    UpTo,
    Before,
}

/// A version, and how it stands in a sentence.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Standing {
    version: String,
    stand: Stand,
}

impl fmt::Display for Standing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let version = &self.version;
        match self.stand {
            Stand::In => f.write_str(version),
            Stand::From => write!(f, "“from {version} on”"),
            Stand::UpTo => write!(f, "“up to {version}”"),
            Stand::Before => write!(f, "“before {version}”"),
        }
    }
}

impl Standing {
    /// The version in which something changed, if the sentence speaks of a change.
    fn turn(&self) -> Option<String> {
        match self.stand {
            Stand::In => None,
            Stand::From | Stand::Before => Some(self.version.clone()),
            Stand::UpTo => next(&self.version),
        }
    }
}

/// The version after this one: 1.24 for 1.23, and 0.3.21 for 0.3.20.
fn next(version: &str) -> Option<String> {
    let (line, last) = version.rsplit_once('.')?;
    Some(format!("{line}.{}", last.parse::<u32>().ok()? + 1))
}

/// Every version that the words name.
pub(crate) fn of_words(words: &str) -> Vec<Standing> {
    let standing = |(range, dating): (Range<usize>, Dating)| {
        let Dating::Version(version) = dating else { return None };
        let (before, after) = (&words[..range.start], &words[range.end..]);
        let of = |text: &str, forms: &[(Stand, Regex)]| {
            forms.iter().find(|(_, form)| form.is_match(text)).map(|(stand, _)| *stand)
        };
        let stand = of(after, &AFTER).or_else(|| of(before, &BEFORE)).unwrap_or(Stand::In);
        Some(Standing { version, stand })
    };
    years_and_versions(words).filter_map(standing).collect()
}

/// The versions and turns that facts know.
#[derive(Default)]
pub(crate) struct Turns {
    /// The versions that are named, and those from which on something is so.
    named: BTreeSet<String>,
    /// The versions of a range, the first and the last too.
    within: BTreeSet<String>,
    /// The versions in which something changed.
    changed: BTreeSet<String>,
}

impl Turns {
    /// Whether this is known: a turn also by a version that is named, as “removed in 1.24” bears
    /// out “since 1.24”.
    pub(crate) fn bear_out(&self, said: &Standing) -> bool {
        let is_in =
            |version: &String| self.named.contains(version) || self.within.contains(version);
        match said.turn() {
            None => is_in(&said.version),
            Some(turn) => self.changed.contains(&turn) || self.named.contains(&turn),
        }
    }

    /// Adds what others know.
    pub(crate) fn take(&mut self, others: Self) {
        self.named.extend(others.named);
        self.within.extend(others.within);
        self.changed.extend(others.changed);
    }

    /// Adds what a fact says, in both languages, and the releases that it is about.
    pub(crate) fn add_fact(&mut self, fact: &Fact, facts: &Facts) {
        for text in std::iter::once(&fact.claim).chain(&fact.note) {
            self.add_words(&text.en);
            self.add_words(&text.zh_cn);
        }
        for source in facts.sources_of(fact) {
            self.add_words(&source.title);
        }
        let spans = fact.versions.iter().flat_map(|versions| &versions.0);
        for span in spans {
            match &span.releases {
                Releases::One(only) => self.add(only, Stand::In),
                Releases::UpTo(last) => self.add(last, Stand::UpTo),
                Releases::Between(first, last) => {
                    self.add(first, Stand::From);
                    self.add(last, Stand::UpTo);
                    self.within.extend(super::between(first, last));
                }
            }
        }
    }

    /// Adds what the words say.
    pub(crate) fn add_words(&mut self, words: &str) {
        for Standing { version, stand } in of_words(words) {
            self.add(&version, stand);
        }
    }

    /// A release makes a turn or a name for its line as well: 1.6 for 1.6.4.
    fn add(&mut self, version: &str, stand: Stand) {
        let of_line = super::line(version).filter(|_| stand != Stand::UpTo);
        for version in std::iter::once(version).chain(of_line) {
            let standing = Standing { version: version.to_owned(), stand };
            self.changed.extend(standing.turn());
            if matches!(stand, Stand::In | Stand::From) {
                self.named.insert(standing.version);
            }
        }
    }
}

/// What may stand between the word and the version, such as “since [Kubernetes] 1.24”.
const WHOSE: &str = "(?: ?(?:Kubernetes|kubelets?(?: of| 的版本)?|a kubelet of|containerd|CRI-O|\
                     Docker(?: Engine)?|version|kubeadm|cri-dockerd|API|版本))*";

/// What stands before the version.
static BEFORE: LazyLock<Vec<(Stand, Regex)>> = LazyLock::new(|| {
    let form = |stand: Stand, words: &[&str]| {
        (stand, of_form(&format!("(?:{}){WHOSE} ?[vV]?$", words.join("|"))))
    };
    vec![
        form(
            Stand::From,
            &[
                r"\b[Ss]ince",
                r"\b[Ff]rom",
                r"\b[Aa]s of",
                r"[Ss]tarting with",
                r"\b[Aa]t least",
                r"\bbetween",
                "自",
                "从",
                "始于",
                "至少",
            ],
        ),
        form(
            Stand::UpTo,
            &[
                r"\b[Uu]p to",
                r"\b[Tt]hrough",
                r"[0-9] to",
                r"[0-9]–",
                r"[0-9] [至到]",
                r"between [0-9.]+ and",
                "newer than",
                "later than",
                r"\blast .{0,40} is",
                "最后一个.{0,40}是",
                "只到",
            ],
        ),
        form(
            Stand::Before,
            &[
                r"\b[Bb]efore",
                "earlier than",
                "older than",
                r"\b[Bb]elow",
                r"\b[Uu]ntil",
                "早于",
                "低于",
            ],
        ),
    ]
});

/// What stands after it.
static AFTER: LazyLock<Vec<(Stand, Regex)>> = LazyLock::new(|| {
    let form = |stand: Stand, words: &[&str]| {
        (stand, of_form(&format!("^(?: 版本?)? ?(?:{})", words.join("|"))))
    };
    vec![
        form(
            Stand::From,
            &[
                r"(?:and|or) (?:later|newer|above)",
                r"on\b",
                "onwards",
                "at the least",
                r"(?:to |–|[至到] )[vV]?[0-9]+\.[0-9]",
                "起",
                "开始",
                "及以上",
                "及更新",
                "及更高",
                "及之后",
                "及以后",
                "以来",
                "之后",
                "以后",
                "或更高",
                "或更新",
                "以上",
            ],
        ),
        form(
            Stand::UpTo,
            &[
                r"(?:and|or) (?:earlier|older)",
                r"(?:is|was) the last",
                "为止",
                "及更早",
                "及更旧",
                "及以下",
                "或更早",
                "以下",
                "及之前",
                "及以前",
            ],
        ),
        form(Stand::Before, &["之前", "以前"]),
    ]
});

#[cfg(test)]
mod tests {
    use super::{Turns, of_words};

    fn named(words: &str) -> String {
        of_words(words).iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
    }

    #[test]
    fn how_versions_stand_in_both_languages() {
        assert_eq!(named("Since Kubernetes 1.24, removed in 1.24"), "“from 1.24 on”, 1.24");
        assert_eq!(
            named("from 1.20 to 1.23, and 1.24 and later"),
            "“from 1.20 on”, “up to 1.23”, “from 1.24 on”"
        );
        assert_eq!(
            named("upgrade to 1.24; 1.23 is the last; before 1.22"),
            "1.24, “up to 1.23”, “before 1.22”"
        );
        assert_eq!(named("从 1.24 起；1.24 移除"), "“from 1.24 on”, 1.24");
        assert_eq!(
            named("1.20 到 1.23；1.24 及以上；推迟到 1.24"),
            "“from 1.20 on”, “up to 1.23”, “from 1.24 on”, 1.24"
        );
        assert_eq!(named("到 1.23 为止；1.22 之前"), "“up to 1.23”, “before 1.22”");
    }

    #[test]
    fn one_turn_has_many_names() {
        let mut known = Turns::default();
        known.add_words("It was there up to 1.23.");
        let bears_out = |words: &str| of_words(words).iter().all(|it| known.bear_out(it));
        assert!(bears_out("since 1.24, before 1.24, 1.23 and earlier"));
        for wrong in ["since 1.23", "before 1.23", "up to 1.24", "in 1.24", "in 1.23"] {
            assert!(!bears_out(wrong), "{wrong}");
        }
        let mut known = Turns::default();
        known.add_words("It was removed in 1.24.");
        assert!(
            known.bear_out(&of_words("since 1.24")[0])
                && !known.bear_out(&of_words("since 1.25")[0])
        );
    }
}
