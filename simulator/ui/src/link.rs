//! Where the reader is, as part of the page's address, so that a link shows the same thing.
//!
//! `?sim=v1~sim-1.dockershim.s29~sim-2.containerd.t1500000.p`: a version, then for each figure that
//! is not at its beginning its id, the path followed, a step (`s`) or an instant in µs (`t`), and
//! `p` where polls are shown. None of the characters needs an escape in a query.

/// The name of the parameter.
pub const KEY: &str = "sim";
/// The version written; others are not read.
const VERSION: &str = "v1";

/// Where the reader is in one figure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The path followed, such as `dockershim`.
    pub path: String,
    /// The step or the instant.
    pub at: At,
    /// Whether polls are shown.
    pub polls: bool,
}

/// A point of a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum At {
    /// A step, by its index in the run.
    Step(usize),
    /// An instant, in µs since the pod was applied.
    Instant(i64),
}

impl At {
    /// As it stands in addresses: `s29`, `t1500000`.
    pub fn text(self) -> String {
        match self {
            Self::Step(step) => format!("s{step}"),
            Self::Instant(us) => format!("t{us}"),
        }
    }

    /// What an address says.
    pub fn parse(text: &str) -> Option<Self> {
        match text.split_at_checked(1)? {
            ("s", step) => Some(Self::Step(step.parse().ok()?)),
            ("t", us) => Some(Self::Instant(us.parse().ok()?)),
            _ => None,
        }
    }
}

/// Why a link cannot be followed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BadLink {
    /// Made by another version of the page.
    Version,
    /// Cut off or changed on its way.
    Garbled,
}

/// The place of a figure in a query such as `?a=b&sim=…`; none when it is not mentioned.
///
/// # Errors
///
/// When the parameter is there and cannot be read.
pub fn read(query: &str, figure: &str) -> Result<Option<Place>, BadLink> {
    let Some(value) = value(query) else { return Ok(None) };
    let mut figures = value.split('~');
    if figures.next() != Some(VERSION) {
        return Err(BadLink::Version);
    }
    let mut found = None;
    for entry in figures {
        let (id, place) = entry.split_once('.').ok_or(BadLink::Garbled)?;
        if id == figure {
            found = Some(place_of(place).ok_or(BadLink::Garbled)?);
        }
    }
    Ok(found)
}

/// The query with a figure's place put in, and everything else in it kept but what is garbled.
pub fn write(query: &str, figure: &str, place: &Place) -> String {
    let at = place.at.text();
    let mut out = "?".to_owned();
    for pair in pairs(query).filter(|pair| !is_ours(pair)) {
        out.push_str(pair);
        out.push('&');
    }
    out = out + KEY + "=" + VERSION;
    let mut old = value(query).unwrap_or_default().split('~');
    let known = old.next() == Some(VERSION);
    for entry in old.filter(|entry| known && !entry.is_empty()) {
        let sound = entry.split_once('.').filter(|(_, place)| place_of(place).is_some());
        if sound.is_some_and(|(id, _)| id != figure) {
            out = out + "~" + entry;
        }
    }
    let polls = if place.polls { ".p" } else { "" };
    out + "~" + figure + "." + &place.path + "." + &at + polls
}

pub(crate) fn value(query: &str) -> Option<&str> {
    pairs(query).find(|pair| is_ours(pair)).map(|pair| pair.split_once('=').map_or("", |it| it.1))
}

pub(crate) fn pairs(query: &str) -> impl Iterator<Item = &str> {
    query.strip_prefix('?').unwrap_or(query).split('&').filter(|pair| !pair.is_empty())
}

pub(crate) fn is_ours(pair: &str) -> bool {
    pair.split('=').next() == Some(KEY)
}

fn place_of(text: &str) -> Option<Place> {
    let mut parts = text.split('.');
    let path = parts.next().filter(|path| !path.is_empty())?.to_owned();
    let at = parts.next()?;
    let at = At::parse(at)?;
    let polls = match parts.next() {
        None => false,
        Some("p") => true,
        Some(_) => return None,
    };
    parts.next().is_none().then_some(Place { path, at, polls })
}
