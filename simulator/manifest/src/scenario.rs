//! Scenario files (`scenario/1`), and scenarios made of bare manifests.

mod implied;
mod locate;

use std::collections::BTreeMap;

use simulator_model::Scenario;
use simulator_model::pod::{Pod, Source};
use simulator_model::scenario::Document;

pub use implied::{Course, assumed, implied};

use crate::finding::{Findings, Mistake, Note};
use crate::from_tree::from_tree;
use crate::message::Message;
use crate::place::Position;
use crate::read::{Defaults, Options, Reading, TEXT_MAX, finish, read, read_documents};
use crate::tree::{Node, documents};

/// What was read.
#[derive(Clone, Debug, Default)]
pub struct ScenarioReading {
    /// The scenario; none when there are mistakes.
    pub scenario: Option<Scenario>,
    /// What to know about its manifests.
    pub notes: Vec<Note>,
    /// What is wrong, in all files.
    pub mistakes: Vec<Mistake>,
}

/// Whether a text is a scenario rather than a manifest.
pub fn is_scenario(text: &str) -> bool {
    let (documents, _) = documents(text.get(..TEXT_MAX).unwrap_or(text));
    documents.first().is_some_and(|document| {
        let names_format = document.text("format").is_some();
        names_format || (document.get("steps").is_some() && document.get("kind").is_none())
    })
}

/// Reads a scenario called `file`. `load` gives the text of a file by its path relative to the
/// scenario, or says why it cannot.
///
/// A pod is named in `pods` by its file (`pods/NAME.yaml` for a bare name) or stands in `manifests`.
/// A file with one pod gives that pod under the name of the file; a manifest that makes one pod gives
/// it under its own name; all others go by the names of the pods.
pub fn read_scenario(
    text: &str,
    file: &str,
    load: &mut dyn FnMut(&str) -> Result<String, String>,
) -> ScenarioReading {
    let mut findings = Findings { file: file.to_owned(), ..Findings::default() };
    let scenario = scenario(text, &mut findings, load);
    let Reading { notes, mistakes, .. } = finish(Vec::new(), findings);
    let scenario = scenario.filter(|_| mistakes.is_empty());
    ScenarioReading { scenario, notes, mistakes }
}

fn scenario(
    text: &str,
    findings: &mut Findings,
    load: &mut dyn FnMut(&str) -> Result<String, String>,
) -> Option<Scenario> {
    if text.len() > TEXT_MAX {
        let message = Message::TooLong { bytes: text.len(), limit: TEXT_MAX };
        findings.mistake(Position::START, "", message);
        return None;
    }
    let (documents, mistakes) = documents(text);
    for (at, message) in mistakes {
        findings.mistake(at, "", message);
    }
    let [root] = documents.as_slice() else {
        if findings.mistakes.is_empty() {
            findings.mistake(Position::START, "", Message::OneScenario);
        }
        return None;
    };
    let (document, mistakes) = from_tree::<Document>(root, true);
    let misread: Vec<_> = mistakes.iter().map(|(at, _)| *at).collect();
    for (at, message) in mistakes {
        findings.mistake(at, "", message);
    }
    let document = document?;
    let pods = pods(root, &document, findings, load);
    let scenario = document.scenario(pods);
    let errors = match scenario {
        Ok(scenario) => return Some(scenario),
        Err(errors) => errors,
    };
    for error in errors {
        let at = locate::position(root, &error.place);
        // What was left out is spoken of already.
        if !misread.contains(&at) {
            let message = Message::Scenario { mistake: error.mistake };
            findings.mistake(at, &error.place.to_string(), message);
        }
    }
    None
}

/// The pods of a scenario by the names that its steps use.
fn pods(
    root: &Node,
    document: &Document,
    findings: &mut Findings,
    load: &mut dyn FnMut(&str) -> Result<String, String>,
) -> BTreeMap<String, Pod> {
    let mut pods = BTreeMap::new();
    let options = Options {
        file: findings.file.clone(),
        source: document.source,
        kubelet: kubelet(root),
        replicas: 1,
        defaults: if document.api_server_defaults || document.source == Source::Static {
            Defaults::ApiServer
        } else {
            Defaults::AsRecorded
        },
    };
    let items = root.get("manifests").map_or(&[][..], Node::items);
    let before = findings.mistakes.len();
    let inline = read_documents(items, &options, findings);
    let count = |name: &String| inline.iter().filter(|(owner, _)| owner == name).count();
    for (owner, pod) in &inline {
        let name = if count(owner) == 1 { owner } else { &pod.metadata.name };
        pods.insert(name.clone(), pod.clone());
    }
    if findings.mistakes.len() > before {
        // Steps that name what could not be read are not to blame.
        for metadata in items.iter().filter_map(|item| item.get("metadata")) {
            let name = metadata.text("name").unwrap_or_default().to_owned();
            pods.entry(name).or_default();
        }
    }
    for name in root.get("pods").map_or(&[][..], Node::items) {
        let Some(scalar) = name.scalar() else { continue };
        let path = path(&scalar.text);
        let text = match load(&path) {
            Ok(text) => text,
            Err(error) => {
                findings.mistake(name.at, "pods", Message::Unread { path, error });
                // Steps that name it are not to blame.
                pods.insert(stem(&scalar.text).to_owned(), Pod::default());
                continue;
            }
        };
        let mut reading = read(&text, &Options { file: path, ..options.clone() });
        if reading.pods.len() == 1 {
            pods.extend(reading.pods.pop().map(|pod| (stem(&scalar.text).to_owned(), pod)));
        }
        if !reading.mistakes.is_empty() {
            pods.insert(stem(&scalar.text).to_owned(), Pod::default());
        }
        for pod in reading.pods {
            pods.insert(pod.metadata.name.clone(), pod);
        }
        findings.mistakes.extend(reading.mistakes);
        findings.notes.extend(reading.notes);
    }
    pods
}

/// The minor version of `kubelet: 1.24`; what is no version is spoken of elsewhere.
fn kubelet(root: &Node) -> u32 {
    let text = root.text("kubelet").unwrap_or_default();
    let minor = text.trim_start_matches('v').split('.').nth(1);
    minor.and_then(|minor| minor.parse().ok()).unwrap_or(Options::default().kubelet)
}

/// A bare name lies in `pods` beside the scenario.
fn path(name: &str) -> String {
    let is_file = [".yaml", ".yml", ".json"].iter().any(|end| name.ends_with(end));
    if is_file { name.to_owned() } else { format!("pods/{name}.yaml") }
}

/// The name of a file without folders and ending.
fn stem(name: &str) -> &str {
    let file = name.rsplit('/').next().unwrap_or(name);
    let ends = [".yaml", ".yml", ".json"];
    ends.iter().find_map(|end| file.strip_suffix(end)).unwrap_or(file)
}
