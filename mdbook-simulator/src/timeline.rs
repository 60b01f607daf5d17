//! A `timeline` block becomes a list of facts by year, which a script may make more of.
//!
//! ````text
//! ```timeline from=2014 to=2016-12 kind=cri,dockershim
//! ```
//! ````

use std::collections::BTreeSet;

use crate::bibliography::Bibliography;
use crate::block::Block;
use crate::facts::{Date, DateMistake, Fact, Facts, Track};
use crate::finding::Finding;
use crate::html::escape;
use crate::language::Language;
use crate::nearest::{did_you_mean, listed};

/// What can be wrong with a `timeline` block.
#[derive(Debug, thiserror::Error)]
pub enum TimelineMistake {
    /// A date that is not one.
    #[error("`{key}`: {mistake}")]
    Date {
        /// The key.
        key: &'static str,
        /// What is wrong with it.
        #[source]
        mistake: DateMistake,
    },
    /// A track there is not.
    #[error("unknown kind `{name}`; valid kinds are {valid}{hint}")]
    UnknownKind {
        /// The name.
        name: String,
        /// A guess at what was meant.
        hint: String,
        /// The names there are.
        valid: String,
    },
    /// Nothing to show.
    #[error("no fact with `timeline = true` is in this timeline; widen from, to and kind")]
    Empty,
}

/// Which facts a timeline shows.
#[derive(Debug)]
struct Selection {
    from: Option<Date>,
    to: Option<Date>,
    tracks: Vec<Track>,
}

/// The anchor of a fact on a timeline.
pub fn anchor(fact: &Fact) -> String {
    format!("event-{}", fact.id)
}

/// The facts of a block, in the order of their dates.
pub fn facts_of<'a>(
    block: &Block<'_>,
    facts: &'a Facts,
    findings: &mut Vec<Finding>,
) -> Vec<&'a Fact> {
    let before = findings.len();
    let selection = Selection {
        from: date(block, "from", findings),
        to: date(block, "to", findings),
        tracks: tracks(block, findings),
    };
    let mut chosen: Vec<(Date, &Fact)> = facts
        .facts
        .values()
        .filter(|fact| fact.timeline)
        .filter_map(|fact| Some((fact.date?, fact)))
        .filter(|(date, fact)| selection.holds(*date, fact.kind))
        .collect();
    chosen.sort_by_key(|(date, fact)| (*date, &fact.id));
    if chosen.is_empty() && block.is_whole && findings.len() == before {
        findings.push(block.page.finding(block.fence.range.start, TimelineMistake::Empty));
    }
    chosen.into_iter().map(|(_, fact)| fact).collect()
}

impl Selection {
    fn holds(&self, date: Date, track: Option<Track>) -> bool {
        self.from.is_none_or(|from| date >= from)
            && self.to.is_none_or(|to| date <= to || is_within(date, to))
            && (self.tracks.is_empty() || track.is_some_and(|track| self.tracks.contains(&track)))
    }
}

/// Whether a date lies in a year or a month.
fn is_within(date: Date, whole: Date) -> bool {
    date.year == whole.year
        && whole.month.is_none_or(|month| date.month == Some(month))
        && whole.day.is_none_or(|day| date.day == Some(day))
}

fn date(block: &Block<'_>, key: &'static str, findings: &mut Vec<Finding>) -> Option<Date> {
    let (text, offset) = block.get(key)?;
    text.parse()
        .map_err(|mistake| {
            findings.push(block.page.finding(offset, TimelineMistake::Date { key, mistake }));
        })
        .ok()
}

fn tracks(block: &Block<'_>, findings: &mut Vec<Finding>) -> Vec<Track> {
    let mut tracks = Vec::new();
    for (name, offset) in block.list("kind") {
        if let Some(track) = Track::from_name(name) {
            tracks.push(track);
            continue;
        }
        let names = Track::names();
        let mistake = TimelineMistake::UnknownKind {
            name: name.to_owned(),
            hint: did_you_mean(name, names.iter().copied()),
            valid: listed(&names, " and "),
        };
        findings.push(block.page.finding(offset, mistake));
    }
    tracks
}

/// The list. `anchors` holds the anchors that timelines of the page have already.
pub fn list<'a>(
    facts: &[&'a Fact],
    language: Language,
    bibliography: &mut Bibliography<'a>,
    anchors: &mut BTreeSet<String>,
) -> String {
    let name = language.words().timeline;
    let mut html = format!("<ol class=\"timeline\" role=\"list\" aria-label=\"{name}\">\n");
    let dated = facts.iter().filter_map(|fact| Some((fact.date?, *fact)));
    let mut year = None;
    for (date, fact) in dated {
        if year != Some(date.year) {
            if year.is_some() {
                html.push_str("</ol></li>\n");
            }
            year = Some(date.year);
            html.push_str(&year_start(date.year, language));
        }
        html.push_str(&entry(date, fact, language, bibliography, anchors));
    }
    if year.is_some() {
        html.push_str("</ol></li>\n");
    }
    html.push_str("</ol>");
    html
}

fn year_start(year: u16, language: Language) -> String {
    let label = Date { year, month: None, day: None }.in_words(language);
    format!(
        "<li class=\"timeline-year\"><span class=\"timeline-year-label\">{label}</span>\
         <ol class=\"timeline-entries\" role=\"list\" aria-label=\"{label}\">\n"
    )
}

fn entry<'a>(
    date: Date,
    fact: &'a Fact,
    language: Language,
    bibliography: &mut Bibliography<'a>,
    anchors: &mut BTreeSet<String>,
) -> String {
    let anchor = anchor(fact);
    let id =
        if anchors.insert(anchor.clone()) { format!(" id=\"{anchor}\"") } else { String::new() };
    let track = fact.kind.map_or("", Track::name);
    let label = fact.kind.map_or("", |track| track.label(language));
    let versions: Vec<String> = fact
        .versions
        .iter()
        .flat_map(|versions| &versions.0)
        .map(|span| {
            format!(" <span class=\"timeline-version\">{}</span>", escape(&span.to_string()))
        })
        .collect();
    let claim = escape(fact.claim.get(language));
    let citation = bibliography.cite(&[fact]);
    format!(
        "<li class=\"timeline-entry track-{track}\"{id} data-track=\"{track}\" data-date=\"{date}\">\
         <p class=\"timeline-head\">{} <span class=\"timeline-track\">{label}</span>{}</p>\
         <p class=\"timeline-claim\">{claim}{citation}</p></li>\n",
        time(date, language),
        versions.concat()
    )
}

/// The date; its year is under the heading of the group, and spoken.
fn time(date: Date, language: Language) -> String {
    let within = date.within_year(language);
    let words = match (language, within.is_empty()) {
        (_, true) => date.in_words(language),
        (Language::En, _) => {
            format!("{within}<span class=\"visually-hidden\"> {}</span>", date.year)
        }
        (Language::ZhCn, _) => {
            format!("<span class=\"visually-hidden\">{} 年 </span>{within}", date.year)
        }
    };
    format!("<time class=\"timeline-date\" datetime=\"{date}\">{words}</time>")
}
