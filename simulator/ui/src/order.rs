//! What the engine is asked for, and what it answers, as JSON. Pure.

use serde_json::{Value, json};
use simulator_view::Lang;

use crate::library::Library;
use crate::setup::{Lane, Setup};

/// The order for a lane.
pub(crate) fn order(setup: &Setup, node: &Lane, library: &Library, lang: Lang) -> String {
    let entry = library.get(&setup.scenario);
    let (text, files) = match (&setup.own, entry) {
        (Some(own), _) => (own.clone(), json!({})),
        (None, Some(entry)) => (entry.text.clone(), entry.files.clone()),
        (None, None) => (String::new(), json!({})),
    };
    let mut faults = Vec::new();
    for fault in &node.faults {
        let deed = if fault.to.is_empty() {
            json!(fault.what)
        } else {
            json!({ fault.what.as_str(): fault.to })
        };
        faults.push(json!({ "at_us": fault.at_us, "do": deed }));
    }
    let mut order = json!({
        "text": text,
        "name": setup.scenario,
        "files": if files.is_object() { files } else { json!({}) },
        "path": node.path.name(),
        "seed": setup.seed,
        "faults": faults,
        "lang": lang.tag(),
    });
    if let Some(version) = &setup.kubelet {
        order["kubelet"] = json!(version);
    }
    order.to_string()
}

/// What came of an order.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Answer {
    /// The number of the run.
    pub(crate) run: Option<u32>,
    /// The run, as the text of a recording.
    pub(crate) recording: String,
    /// What it rests on.
    pub(crate) basis: String,
    /// What to know about it.
    pub(crate) notes: Vec<String>,
    /// What programs of the node logged: who, when in µs since the recording began, what.
    pub(crate) log: Vec<(i64, String, String)>,
}

/// Reads an answer; the mistakes when there are any.
pub(crate) fn answer(text: &str) -> Result<Answer, Vec<String>> {
    let answer: Value = serde_json::from_str(text).map_err(|error| vec![error.to_string()])?;
    let texts = |key: &str| -> Vec<String> {
        let items = answer[key].as_array().into_iter().flatten();
        items.filter_map(|it| it.as_str()).map(str::to_owned).collect()
    };
    let mistakes = texts("mistakes");
    if !mistakes.is_empty() {
        return Err(mistakes);
    }
    let mut log = Vec::new();
    for line in answer["log"].as_array().into_iter().flatten() {
        let word = |key: &str| line[key].as_str().unwrap_or_default().to_owned();
        log.push((line["at_us"].as_i64().unwrap_or(0), word("who"), word("text")));
    }
    Ok(Answer {
        run: answer["run"].as_u64().and_then(|run| u32::try_from(run).ok()),
        recording: answer["recording"].to_string(),
        basis: answer["basis"].as_str().unwrap_or_default().to_owned(),
        notes: texts("notes"),
        log,
    })
}
