//! The big page around the player: its library, its setup, what is open, what came of the engine.

use serde_json::Value;
use simulator_model::RuntimePath;
use simulator_model::scenario::NODE_LOG;
use simulator_view::{Actor, Lang, Run, translation};

use crate::address::{Address, TOOL};
use crate::command::Command;
use crate::figure::Figure;
use crate::library::Library;
use crate::panel::{Asked, Drawer, Tab};
use crate::playback::{Action, Playback};
use crate::predict::{Predict, See};
use crate::setup::{Change, Fault, OWN, Setup};
use crate::shell::Engine;
use crate::staging::{Staged, StagedLane};
use crate::words::Word;

/// The state of the big page, but for the playback.
#[allow(
    clippy::struct_excessive_bools,
    reason = "switches that have nothing to do with each other"
)]
pub(crate) struct Studio {
    pub(crate) library: Library,
    pub(crate) setup: Setup,
    pub(crate) tab: Tab,
    pub(crate) drawer: Option<Drawer>,
    /// What the reader is asked.
    pub(crate) asked: Asked,
    /// The moment to go to, as soon as its run is there.
    aim: Option<See>,
    /// The lane to follow, as soon as it is there.
    new_lane: Option<usize>,
    pub(crate) lanes: Vec<StagedLane>,
    pub(crate) engine: Option<Engine>,
    /// The number of the newest staging; older ones come too late.
    pub(crate) serial: u32,
    pub(crate) busy: bool,
    /// What was wrong with the last setup; the one before still stands on the stage.
    pub(crate) problems: Vec<String>,
    /// The text of a link and what is wrong with it, until another picture stands in its place.
    pub(crate) refused: Option<(String, Vec<String>)>,
    /// Whether a break keeps the old future beside.
    pub(crate) fork: bool,
    /// What was typed where one's own manifests go.
    pub(crate) draft: String,
    /// The tool of the terminal.
    pub(crate) tool: String,
    pub(crate) tools: Vec<Tool>,
    pub(crate) versions: Vec<Version>,
    /// What was last said about a copy or a file.
    pub(crate) said: Option<&'static str>,
    /// Whether the page has little around it.
    pub(crate) embed: bool,
    /// Whether the sequence is true to scale.
    pub(crate) scale: bool,
    /// Whether fields are followed into the OCI specification.
    pub(crate) oci: bool,
}

/// A tool of the terminal.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Tool {
    pub(crate) id: String,
    pub(crate) command: String,
    /// What is typed on each path, as a JSON object, where paths differ.
    pub(crate) commands: Value,
}

impl Tool {
    /// What is typed on a node of the path.
    pub(crate) fn command_on(&self, path: RuntimePath) -> &str {
        self.commands[path.name()].as_str().unwrap_or(&self.command)
    }
}

/// A version of the kubelet, and what changes with it: whether it begins, what, source.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Version {
    pub(crate) name: String,
    pub(crate) recorded: bool,
    pub(crate) turns: Vec<(bool, String, String)>,
}

/// What a command asks of the world.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Wish {
    /// Nothing.
    Nothing,
    /// Stage the setup anew; whether the moment is kept.
    Stage {
        /// Whether the moment is kept.
        keep: bool,
    },
}

impl Studio {
    /// The page as its address says.
    pub(crate) fn new(library: Library, address: &Address, embed: bool) -> Self {
        let answers = answers(&library, &address.setup.scenario);
        let asked = match address.asked {
            Asked::Open if answers == 0 => Asked::No,
            Asked::Given(answer) if answer >= answers => Asked::No,
            asked => asked,
        };
        Self {
            asked,
            aim: None,
            new_lane: None,
            draft: address.setup.own.clone().unwrap_or_default(),
            setup: address.setup.clone(),
            tab: address.tab,
            library,
            drawer: address.drawer,
            lanes: Vec::new(),
            engine: None,
            serial: 0,
            busy: false,
            problems: Vec::new(),
            refused: None,
            fork: true,
            tool: address.tool.clone(),
            tools: Vec::new(),
            versions: Vec::new(),
            said: None,
            embed,
            scale: address.scale,
            oci: address.oci,
        }
    }

    /// Takes what was staged.
    pub(crate) fn take(&mut self, staged: Staged, lang: Lang) -> Figure {
        if let Some(engine) = &self.engine {
            let runs = self.lanes.iter().filter_map(|lane| lane.answer.run);
            runs.for_each(|run| engine.forget(run));
        }
        if let Some(engine) = staged.engine {
            self.meet(&engine, lang);
            self.engine = Some(engine);
        }
        self.lanes = staged.lanes;
        self.problems.clear();
        self.busy = false;
        staged.figure
    }

    /// Takes up a text of a link with which nothing could be shown.
    pub(crate) fn take_refused(&mut self) {
        if let Some((own, problems)) = self.refused.take() {
            self.problems = problems;
            OWN.clone_into(&mut self.setup.scenario);
            self.setup.own = Some(own);
            self.drawer = Some(Drawer::Own);
        }
    }

    /// Whether the text that is open to be written is the one that is on the stage.
    pub(crate) fn shows_draft(&self) -> bool {
        self.drawer == Some(Drawer::Own) && self.setup.own.as_ref() == Some(&self.draft)
    }

    /// What the engine offers.
    fn meet(&mut self, engine: &Engine, lang: Lang) {
        if !self.tools.is_empty() {
            return;
        }
        let word = |value: &Value, key: &str| value[key].as_str().unwrap_or_default().to_owned();
        let views: Value = serde_json::from_str(&engine.views(lang.tag())).unwrap_or_default();
        for view in views.as_array().into_iter().flatten() {
            self.tools.push(Tool {
                id: word(view, "id"),
                command: word(view, "label"),
                commands: view["commands"].clone(),
            });
        }
        self.tools.push(Tool {
            id: NODE_LOG.to_owned(),
            command: "journalctl".to_owned(),
            commands: Value::Null,
        });
        if !self.tools.iter().any(|tool| tool.id == self.tool) {
            TOOL.clone_into(&mut self.tool);
            self.said = Some(Word::LinkGarbled.text(lang));
        }
        let versions: Value =
            serde_json::from_str(&engine.versions(lang.tag())).unwrap_or_default();
        for version in versions.as_array().into_iter().flatten() {
            let turns = |key: &str, begins: bool| {
                let facts = version[key].as_array().into_iter().flatten();
                let turn = move |fact: &Value| (begins, word(fact, "what"), word(fact, "source"));
                facts.map(turn).collect::<Vec<_>>()
            };
            self.versions.push(Version {
                name: word(version, "version"),
                recorded: version["recorded"] == true,
                turns: [turns("begins", true), turns("ends", false)].concat(),
            });
        }
    }

    /// Whether the recorded lanes need a simulated node for what is looked at.
    pub(crate) fn needs_tools(&self) -> bool {
        self.oci || self.tab == Tab::Terminal
    }

    /// Obeys a command, as far as that touches only the page's own state.
    pub(crate) fn obey(&mut self, command: &Command, playback: Option<&Playback>) -> Wish {
        self.said = None;
        match command {
            Command::Change(change) => return self.change(change),
            Command::Break { what, to } => {
                let Some(playback) = playback else { return Wish::Nothing };
                let at_us = playback.now_us.max(0);
                let fault = Fault { at_us, what: what.clone(), to: to.clone() };
                let (lane, fork, before) = (playback.run, self.fork, self.setup.lanes.len());
                let wish = self.change(&Change::Break { lane, fault, fork });
                // Whoever breaks something wants to see what comes of it.
                self.new_lane = (self.setup.lanes.len() > before).then_some(lane + 1);
                return wish;
            }
            Command::Own => return self.change(&Change::Own(self.draft.clone())),
            Command::Draft(text) => self.draft.clone_from(text),
            Command::Fork => self.fork = !self.fork,
            Command::Tab(tab) => {
                self.tab = *tab;
                return self.stage_tools();
            }
            Command::Drawer(drawer) => {
                self.drawer = (self.drawer != Some(*drawer)).then_some(*drawer);
            }
            Command::Close => self.drawer = None,
            Command::Tool(tool) => self.tool.clone_from(tool),
            Command::Log => {
                NODE_LOG.clone_into(&mut self.tool);
                self.tab = Tab::Terminal;
                return self.stage_tools();
            }
            Command::Scale => self.scale = !self.scale,
            Command::Oci => {
                self.oci = !self.oci;
                return self.stage_tools();
            }
            Command::Ask => self.asked = Asked::Open,
            Command::Guess(answer) => self.asked = Asked::Given(*answer),
            Command::Skip => self.asked = Asked::No,
            Command::See(answer) => return self.see(*answer),
            _ => {}
        }
        Wish::Nothing
    }

    /// What the scenario asks, if it does.
    pub(crate) fn predict(&self) -> Option<&Predict> {
        self.library.get(&self.setup.scenario)?.predict.as_ref()
    }

    /// Goes to the moment that decides an answer; its path comes onto the stage if it is not there.
    fn see(&mut self, answer: usize) -> Wish {
        let answer = self.predict().and_then(|predict| predict.answers.get(answer));
        let Some(see) = answer.map(|answer| answer.see.clone()) else { return Wish::Nothing };
        match &see.tool {
            Some(tool) => {
                self.tab = Tab::Terminal;
                self.tool.clone_from(tool);
            }
            None if self.tab == Tab::Terminal => self.tab = Tab::Steps,
            None => {}
        }
        let before = self.setup.clone();
        // Tools look into a simulated node, whose clock is not that of the recorded one.
        self.setup = self.setup.with_path(see.path, see.tool.is_some());
        self.aim = Some(see);
        if self.setup != before {
            return Wish::Stage { keep: true };
        }
        self.stage_tools()
    }

    /// Stages anew where something is looked at that only a simulated node has.
    fn stage_tools(&self) -> Wish {
        let missing = self.lanes.iter().any(|lane| lane.answer.run.is_none());
        if self.needs_tools() && missing { Wish::Stage { keep: true } } else { Wish::Nothing }
    }

    /// What runc was given for what a step made, where that is looked at.
    pub(crate) fn spec(&self, run: &Run, number: usize, step: usize) -> Option<Value> {
        let (engine, lane) =
            self.engine.as_ref().filter(|_| self.oci).zip(self.lanes.get(number))?;
        let name = translation::made(run, run.steps.get(step)?)?;
        serde_json::from_str(&engine.spec(lane.answer.run?, name)).ok()
    }

    /// The way to the moment that was asked for.
    pub(crate) fn aimed(&mut self, figure: &Figure) -> Option<Action> {
        if let Some(lane) = self.new_lane.take() {
            return Some(Action::Follow(lane));
        }
        let see = self.aim.take()?;
        let untouched =
            |run: usize| self.setup.lanes.get(run).is_none_or(|it| it.faults.is_empty());
        let mut runs = figure.runs().iter().enumerate();
        let (run, it) = runs.find(|(run, it)| it.path() == see.path && untouched(*run))?;
        Some(match see.step_of(it) {
            Some(step) => Action::Choose { run, step },
            None => Action::Point { run, now_us: see.after_us },
        })
    }

    fn change(&mut self, change: &Change) -> Wish {
        // What is chosen closes what it was chosen from, even if it is what was there.
        if !matches!(change, Change::Own(_)) {
            self.drawer = None;
        }
        let mut next = self.setup.change(change);
        if let Change::Scenario(name) = change
            && let Some(entry) = self.library.get(name)
        {
            next = next.on_one_of(&entry.paths);
        }
        if next == self.setup && self.problems.is_empty() {
            return Wish::Nothing;
        }
        self.setup = next;
        self.asked = match change {
            Change::Scenario(name) if answers(&self.library, name) > 0 => Asked::Open,
            Change::Scenario(_) | Change::Own(_) => Asked::No,
            _ => self.asked,
        };
        let keep = !matches!(change, Change::Scenario(_) | Change::Own(_));
        Wish::Stage { keep }
    }

    /// The containers and pods of a run that something can happen to, by their short names.
    pub(crate) fn victims(run: &Run) -> (Vec<String>, Vec<String>) {
        let (mut containers, mut pods) = (Vec::new(), Vec::new());
        for life in run.lives.iter().filter(|life| life.actor == Actor::Container) {
            let mut parts = life.subject.split(':');
            let list = match parts.next() {
                Some("container") => &mut containers,
                Some("sandbox") => &mut pods,
                _ => continue,
            };
            let name = parts.next().unwrap_or_default().to_owned();
            if !name.is_empty() && !list.contains(&name) {
                list.push(name);
            }
        }
        (containers, pods)
    }
}

/// How many answers the question of a scenario has; 0 where it asks nothing.
fn answers(library: &Library, scenario: &str) -> usize {
    let predict = library.get(scenario).and_then(|entry| entry.predict.as_ref());
    predict.map_or(0, |predict| predict.answers.len())
}
