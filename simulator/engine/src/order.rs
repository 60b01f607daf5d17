//! What a page asks for, and the scenario that it stands for.

use std::collections::BTreeMap;

use serde::Deserialize;
use simulator_manifest::scenario::{
    Course, ScenarioReading, assumed, implied, is_scenario, read_scenario,
};
use simulator_manifest::{Options, Reading};
use simulator_model::lang::Lang;
use simulator_model::pod::Source;
use simulator_model::scenario::ScenarioMistake;
use simulator_model::versions::KubeletVersion;
use simulator_model::{RuntimePath, Scenario};

use crate::fault::Fault;

/// A run that a page asks for.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Order {
    /// The text of a scenario, or of manifests.
    pub text: String,
    /// What the text is called in messages.
    pub name: String,
    /// The files that a scenario names, by their paths.
    pub files: BTreeMap<String, String>,
    /// The path of the node, such as `containerd`.
    pub path: String,
    /// Where chance starts.
    pub seed: u32,
    /// The version of the kubelet, in place of the scenario's.
    pub kubelet: Option<String>,
    /// What breaks besides.
    pub faults: Vec<Fault>,
    /// The language of messages.
    pub lang: String,
}

/// An order that can be played.
#[derive(Clone, Debug)]
pub struct Playable {
    /// The scenario with its faults.
    pub scenario: Scenario,
    /// The path.
    pub path: RuntimePath,
    /// What to know about the text, in words.
    pub notes: Vec<String>,
}

impl Order {
    /// The language of messages; English for one that is unknown.
    pub fn language(&self) -> Lang {
        self.lang.parse().unwrap_or(Lang::En)
    }

    /// What is to be played.
    ///
    /// # Errors
    ///
    /// With every mistake in the text and the order, in words.
    pub fn read(&self) -> Result<Playable, Vec<String>> {
        let mut mistakes = Vec::new();
        let mut note = |mistake: ScenarioMistake| mistakes.push(mistake.text(self.language()));
        let path = self.path.parse().map_err(|it| note(ScenarioMistake::Path(it))).ok();
        let kubelet = self
            .kubelet
            .as_ref()
            .and_then(|text| text.parse().map_err(|it| note(ScenarioMistake::Version(it))).ok());
        let (scenario, notes) = self.scenario(kubelet, &mut mistakes);
        match (scenario, path) {
            (Some(mut scenario), Some(path)) if mistakes.is_empty() => {
                if let Some(version) = kubelet {
                    scenario.node.kubelet = version;
                }
                for fault in &self.faults {
                    fault.happen_in(&mut scenario);
                }
                Ok(Playable { scenario, path, notes })
            }
            _ => Err(mistakes),
        }
    }

    fn scenario(
        &self,
        kubelet: Option<KubeletVersion>,
        mistakes: &mut Vec<String>,
    ) -> (Option<Scenario>, Vec<String>) {
        let lang = self.language();
        let missing = lang.pick("no such file", "没有这个文件");
        if is_scenario(&self.text) {
            let mut load = |file: &str| self.files.get(file).cloned().ok_or(missing.to_owned());
            let reading = read_scenario(&self.text, &self.name, &mut load);
            let ScenarioReading { scenario, notes, mistakes: found } = reading;
            mistakes.extend(found.iter().map(|mistake| mistake.text(lang)));
            return (scenario, notes.iter().map(|note| note.text(lang)).collect());
        }
        let options = Options {
            file: self.name.clone(),
            source: Source::Api,
            kubelet: kubelet.unwrap_or_default().minor().into(),
            ..Options::default()
        };
        let Reading { pods, notes, mistakes: found } =
            simulator_manifest::read(&self.text, &options);
        mistakes.extend(found.iter().map(|mistake| mistake.text(lang)));
        let notes = notes.iter().map(|note| note.text(lang));
        let notes = notes.chain(assumed(&pods).map(|remark| remark.text(lang))).collect();
        let scenario =
            mistakes.is_empty().then(|| implied(&self.name, Source::Api, pods, Course::default()));
        (scenario, notes)
    }
}
