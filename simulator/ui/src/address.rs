//! Everything on the big page as part of its address: `?sim=2~c.simple~l.dockershim~…`.
//!
//! A version, then entries, each a letter, a full stop and a value:
//!
//! | entry | says |
//! |---|---|
//! | `c.NAME` | the scenario |
//! | `y.LETTERS` | the reader's own manifests, [squeezed](crate::squeeze) |
//! | `l.PATH`, `l.PATH.s` | a lane; `s` when it is simulated though a recording exists |
//! | `f.AT.WHAT`, `f.AT.WHAT.TO` | what breaks in the lane before it, at µs since the pod was applied; `f.AT.fail-call.NAME.NTH` is one call |
//! | `n.SEED`, `k.VERSION` | the seed and the version of the kubelet |
//! | `a.LANE.sSTEP`, `a.LANE.tMICROS` | the lane that is followed and the moment |
//! | `p` | polls are shown |
//! | `x.N` | it plays at an Nth of real time |
//! | `v.TAB` | the panel below the picture |
//! | `t.TOOL` | the tool of the terminal |
//! | `s` | the sequence is true to scale |
//! | `d.DRAWER` | what is opened over it |
//! | `o` | fields are followed into the OCI specification |
//! | `q`, `q.ANSWER` | the reader is asked first, or gave an answer, by its number from 0 |
//!
//! None of the characters needs an escape in a query. Addresses of the first version,
//! [`crate::link`], still lead where they led.

use simulator_model::RuntimePath;

use crate::link::{At, BadLink, KEY, Place};
use crate::pace::Speed;
use crate::panel::{Asked, Drawer, Tab};
use crate::setup::{FAULTS_MAX, Fault, LANES_MAX, Lane, OWN, Setup};
use crate::squeeze::{squeeze, unsqueeze};

/// The version written.
const VERSION: &str = "2";
/// The tool of the terminal where nobody chose one: its empty answer is what surprises most.
pub const TOOL: &str = "docker-ps";

/// What the address says.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(
    clippy::struct_excessive_bools,
    reason = "switches that have nothing to do with each other"
)]
pub struct Address {
    /// What is on the stage.
    pub setup: Setup,
    /// The lane that is followed, and the moment; none where every reader starts.
    pub at: Option<(usize, At)>,
    /// Whether polls are shown.
    pub polls: bool,
    /// How fast it plays.
    pub speed: Speed,
    /// The panel below the picture.
    pub tab: Tab,
    /// What is opened over it.
    pub drawer: Option<Drawer>,
    /// The tool of the terminal.
    pub tool: String,
    /// Whether the sequence is true to scale.
    pub scale: bool,
    /// Whether fields are followed into the OCI specification.
    pub oci: bool,
    /// Whether the reader is asked what will happen, before it is shown.
    pub asked: Asked,
}

impl Address {
    /// A stage at its beginning.
    pub fn new(setup: Setup) -> Self {
        Self {
            setup,
            at: None,
            polls: false,
            speed: Speed::DEFAULT,
            tab: Tab::Steps,
            drawer: None,
            tool: TOOL.to_owned(),
            scale: false,
            oci: false,
            asked: Asked::No,
        }
    }

    /// What a query such as `?a=b&sim=…` says; `plain` where it says nothing.
    ///
    /// # Errors
    ///
    /// When the parameter is there and cannot be read.
    pub fn read(query: &str, figure: &str, plain: &Setup) -> Result<Self, BadLink> {
        let Some(value) = crate::link::value(query) else { return Ok(Self::new(plain.clone())) };
        let mut entries = value.split('~');
        if entries.next() != Some(VERSION) {
            return Self::read_old(query, figure, plain);
        }
        let mut parsed = Self::new(Setup { lanes: Vec::new(), ..plain.clone() });
        for entry in entries {
            parsed.take(entry).ok_or(BadLink::Garbled)?;
        }
        let setup = &mut parsed.setup;
        if setup.lanes.is_empty() || (setup.own.is_none() && setup.scenario == OWN) {
            return Err(BadLink::Garbled);
        }
        if setup.own.is_some() {
            OWN.clone_into(&mut setup.scenario);
        }
        if parsed.at.is_some_and(|(lane, _)| lane >= parsed.setup.lanes.len()) {
            return Err(BadLink::Garbled);
        }
        Ok(parsed)
    }

    fn read_old(query: &str, figure: &str, plain: &Setup) -> Result<Self, BadLink> {
        let mut address = Self::new(plain.clone());
        if let Some(Place { path, at, polls }) = crate::link::read(query, figure)? {
            let lane = plain.lanes.iter().position(|lane| lane.path.name() == path);
            address.at = Some((lane.ok_or(BadLink::Garbled)?, at));
            address.polls = polls;
        }
        Ok(address)
    }

    fn take(&mut self, entry: &str) -> Option<()> {
        let (letter, value) = entry.split_once('.').unwrap_or((entry, ""));
        let setup = &mut self.setup;
        match letter {
            "c" if is_name(value) => value.clone_into(&mut setup.scenario),
            "y" => setup.own = Some(unsqueeze(value)?),
            "l" if setup.lanes.len() < LANES_MAX => setup.lanes.push(lane(value)?),
            "f" => {
                let faults = &mut setup.lanes.last_mut()?.faults;
                if faults.len() >= FAULTS_MAX {
                    return None;
                }
                faults.push(fault(value)?);
            }
            "n" => setup.seed = value.parse().ok()?,
            "k" if is_name(value) => setup.kubelet = Some(value.to_owned()),
            "a" => {
                let (lane, at) = value.split_once('.')?;
                self.at = Some((lane.parse().ok()?, At::parse(at)?));
            }
            "p" if value.is_empty() => self.polls = true,
            "q" if value.is_empty() => self.asked = Asked::Open,
            "q" => self.asked = Asked::Given(value.parse().ok()?),
            "s" if value.is_empty() => self.scale = true,
            "o" if value.is_empty() => self.oci = true,
            "v" => self.tab = Tab::parse(value)?,
            "x" => self.speed = Speed::parse(value)?,
            "d" => self.drawer = Some(Drawer::parse(value)?),
            "t" if is_name(value) => value.clone_into(&mut self.tool),
            _ => return None,
        }
        Some(())
    }

    /// The value of the parameter.
    pub fn value(&self) -> String {
        let mut out = VERSION.to_owned();
        let mut add = |letter: &str, value: &str| {
            out.push('~');
            out.push_str(letter);
            out.push('.');
            out.push_str(value);
        };
        let setup = &self.setup;
        match setup.own.as_ref().and_then(|text| squeeze(text)) {
            Some(own) => add("y", &own),
            None => add("c", &setup.scenario),
        }
        for lane in &setup.lanes {
            add("l", &format!("{}{}", lane.path, if lane.simulated { ".s" } else { "" }));
            for Fault { at_us, what, to } in &lane.faults {
                let dot = if to.is_empty() { "" } else { "." };
                add("f", &format!("{at_us}.{what}{dot}{to}"));
            }
        }
        if setup.seed != 0 {
            add("n", &setup.seed.to_string());
        }
        if let Some(version) = &setup.kubelet {
            add("k", version);
        }
        if let Some((lane, at)) = self.at {
            add("a", &format!("{lane}.{}", at.text()));
        }
        if self.speed != Speed::DEFAULT {
            add("x", &self.speed.divisor().to_string());
        }
        if let Some(drawer) = self.drawer {
            add("d", drawer.name());
        }
        if self.tab != Tab::Steps {
            add("v", self.tab.name());
        }
        if self.tool != TOOL {
            add("t", &self.tool);
        }
        if let Asked::Given(answer) = self.asked {
            add("q", &answer.to_string());
        }
        let open = self.asked == Asked::Open;
        for (is_so, entry) in
            [(self.scale, "~s"), (self.oci, "~o"), (self.polls, "~p"), (open, "~q")]
        {
            out.push_str(if is_so { entry } else { "" });
        }
        out
    }

    /// The query with this address in place of what it said before; the rest of it stays.
    pub fn write(&self, query: &str) -> String {
        let mut out = "?".to_owned();
        for pair in crate::link::pairs(query).filter(|pair| !crate::link::is_ours(pair)) {
            out.push_str(pair);
            out.push('&');
        }
        out + KEY + "=" + &self.value()
    }
}

fn lane(value: &str) -> Option<Lane> {
    let (path, simulated) = match value.split_once('.') {
        None => (value, false),
        Some((path, "s")) => (path, true),
        Some(_) => return None,
    };
    Some(Lane { simulated, ..Lane::new(path.parse::<RuntimePath>().ok()?) })
}

fn fault(value: &str) -> Option<Fault> {
    let mut parts = value.splitn(3, '.');
    let at_us = parts.next()?.parse().ok().filter(|at_us| *at_us >= 0)?;
    let what = parts.next().filter(|what| is_name(what))?.to_owned();
    let to = parts.next().unwrap_or_default();
    (to.is_empty() || is_name(to)).then(|| Fault { at_us, what, to: to.to_owned() })
}

/// A word without anything that would need an escape.
fn is_name(text: &str) -> bool {
    let plain = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_' | '.');
    !text.is_empty() && text.len() <= 253 && text.chars().all(plain)
}
