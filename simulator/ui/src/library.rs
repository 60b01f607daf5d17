//! The scenarios there are: what each asks, and where its recordings are.

use serde_json::Value;
use simulator_model::RuntimePath;
use simulator_view::Lang;

use crate::predict::Predict;

/// All scenarios.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Library {
    entries: Vec<Entry>,
}

/// One scenario.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// Its name in files and links.
    pub name: String,
    /// Its name for readers.
    pub title: String,
    /// The question that it answers; empty where none is written.
    pub question: String,
    /// What to watch; empty where nothing is written.
    pub watch: String,
    /// What it rests on: `recorded`, `source` or `documents`.
    pub basis: String,
    /// The version of its kubelet, such as `1.20`; empty where it is not known.
    pub kubelet: String,
    /// The paths on which it tells its story; empty where it tells it on each.
    pub paths: Vec<RuntimePath>,
    /// What it can ask before it is shown.
    pub predict: Option<Predict>,
    /// Its text and its files, for the engine.
    pub text: String,
    /// The files that the text names, as a JSON object.
    pub files: Value,
    /// Its recordings: path and address, in the order of the paths.
    pub recorded: Vec<(RuntimePath, String)>,
}

impl Library {
    /// Reads `scenarios.json` and the map of the recordings, whose addresses are relative to
    /// `folder`. Whatever is not as expected is left out: a page with fewer scenarios is better
    /// than none.
    pub fn read(scenarios: &str, recordings: &str, folder: &str, lang: Lang) -> Self {
        let parse = |text: &str| serde_json::from_str::<Value>(text).unwrap_or_default();
        let (scenarios, recordings) = (parse(scenarios), parse(recordings));
        let mut entries: Vec<Entry> = Vec::new();
        for scenario in scenarios.as_array().into_iter().flatten() {
            entries.extend(entry(scenario, lang));
        }
        for (name, addresses) in recordings.as_object().into_iter().flatten() {
            let at = entries.iter().position(|entry| entry.name == *name);
            let at = at.unwrap_or_else(|| {
                entries.push(unnamed(name));
                entries.len() - 1
            });
            for path in RuntimePath::ALL {
                if let Some(file) = addresses[path.name()].as_str() {
                    entries[at].recorded.push((path, format!("{folder}{file}")));
                }
            }
        }
        Self { entries }
    }

    /// All of them, in the order of the file.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// The one of a name.
    pub fn get(&self, name: &str) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.name == name)
    }

    /// The address of a recording.
    pub fn recording(&self, name: &str, path: RuntimePath) -> Option<&str> {
        let mut recorded = self.get(name)?.recorded.iter();
        recorded.find(|(recorded, _)| *recorded == path).map(|(_, address)| address.as_str())
    }
}

fn entry(scenario: &Value, lang: Lang) -> Option<Entry> {
    let text = |key: &str| scenario[key].as_str().unwrap_or_default().to_owned();
    let told = |key: &str| scenario[key][lang.tag()].as_str().unwrap_or_default().to_owned();
    let name = scenario["name"].as_str()?.to_owned();
    let mut entry = unnamed(&name);
    if !told("title").is_empty() {
        entry.title = told("title");
    }
    entry.question = told("question");
    entry.watch = told("watch");
    entry.basis = text("basis");
    entry.kubelet = text("kubelet");
    let paths = scenario["paths"].as_array().into_iter().flatten();
    entry.paths = paths.filter_map(|path| path.as_str()?.parse().ok()).collect();
    entry.predict = Predict::read(&scenario["predict"], lang);
    entry.text = text("text");
    entry.files = scenario["files"].clone();
    Some(entry)
}

fn unnamed(name: &str) -> Entry {
    Entry {
        name: name.to_owned(),
        title: name.to_owned(),
        question: String::new(),
        watch: String::new(),
        basis: String::new(),
        kubelet: String::new(),
        paths: Vec::new(),
        predict: None,
        text: String::new(),
        files: Value::Null,
        recorded: Vec::new(),
    }
}
