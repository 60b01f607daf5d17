//! Writes what pages load: `browser-data OUT` writes every recording as `OUT/PATH/SCENARIO.json`,
//! and all scenarios, with where each was recorded, as `OUT/scenarios.json`.
#![expect(clippy::print_stdout, reason = "a command tells what it did")]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};
use serde_json::{Value, json};
use simulator_manifest::Lang;
use simulator_manifest::scenario::read_scenario;
use simulator_model::scenario::{Predict, Text, Tool};
use simulator_model::store::{self, Store};
use simulator_model::{RuntimePath, browser};

fn main() -> Result<()> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [out] = args.as_slice() else {
        bail!("a folder to write to is needed: browser-data OUT");
    };
    let (out, root) = (Path::new(out), store::folder());
    let folder = root.parent().unwrap_or(Path::new(".")).join("scenarios");
    let store = Store::open(root)?;
    let files = browser::write(&store, out, &[])?;
    let scenarios = scenarios(&folder, &store)?;
    let count = scenarios.len();
    let file = out.join("scenarios.json");
    fs::write(&file, Value::from(scenarios).to_string())
        .with_context(|| format!("cannot write `{}`", file.display()))?;
    println!("{} recordings and {count} scenarios for the browser", files.len());
    Ok(())
}

/// All scenarios of a folder, in the order of its `order.txt`, which has to name every one.
fn scenarios(folder: &Path, store: &Store) -> Result<Vec<Value>> {
    let mut scenarios = BTreeMap::new();
    for entry in fs::read_dir(folder)
        .with_context(|| format!("cannot read the folder `{}`", folder.display()))?
    {
        let file = entry?.path();
        if file.extension().is_some_and(|extension| extension == "yaml") {
            let scenario = scenario(folder, &file, store)
                .with_context(|| format!("in the scenario `{}`", file.display()))?;
            let name = file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
            scenarios.insert(name, scenario);
        }
    }
    let order = fs::read_to_string(folder.join("order.txt")).context("cannot read `order.txt`")?;
    let mut ordered = Vec::new();
    for name in order.lines() {
        let found = scenarios.remove(name);
        ordered.push(found.with_context(|| format!("`order.txt` names `{name}`: no such file"))?);
    }
    if !scenarios.is_empty() {
        let missing: Vec<_> = scenarios.into_keys().collect();
        bail!("`order.txt` lacks {}; give each a line", missing.join(", "));
    }
    Ok(ordered)
}

/// A scenario with its words, its files, and the paths on which it was recorded.
fn scenario(folder: &Path, file: &Path, store: &Store) -> Result<Value> {
    let text = fs::read_to_string(file)?;
    let mut files = BTreeMap::new();
    let mut load = |name: &str| {
        let text = fs::read_to_string(folder.join(name)).map_err(|error| error.to_string())?;
        files.insert(name.to_owned(), text.clone());
        Ok(text)
    };
    let reading = read_scenario(&text, &file.display().to_string(), &mut load);
    let Some(scenario) = reading.scenario else {
        let mistakes: Vec<_> = reading.mistakes.iter().map(|it| it.text(Lang::En)).collect();
        bail!("{}", mistakes.join("\n"));
    };
    let (words, name) = (&scenario.words, &scenario.name);
    let recorded = store.paths_of(name).into_iter().map(RuntimePath::name);
    Ok(json!({
        "name": name,
        "title": both(words.title.as_ref()),
        "question": both(words.question.as_ref()),
        "watch": both(words.watch.as_ref()),
        "basis": words.basis.name(),
        "kubelet": scenario.node.kubelet.to_string(),
        "paths": words.paths.iter().flatten().map(|path| path.name()).collect::<Vec<_>>(),
        "predict": words.predict.as_ref().map(asked),
        "recorded": recorded.collect::<Vec<_>>(),
        "text": text,
        "files": files,
    }))
}

/// What is asked first, for a page.
fn asked(predict: &Predict) -> Value {
    let answers = predict.answers.iter().map(|answer| {
        let see = &answer.see;
        json!({
            "text": both(Some(&answer.text)),
            "right": answer.right,
            "because": both(Some(&answer.because)),
            "path": see.path.name(),
            "after_us": see.after.as_micros(),
            "step": see.step,
            "tool": see.tool.map(Tool::name),
        })
    });
    json!({"question": both(Some(&predict.question)), "answers": answers.collect::<Vec<_>>()})
}

fn both(text: Option<&Text>) -> Value {
    text.map_or(Value::Null, |text| json!({"en": text.en, "zh-CN": text.zh}))
}
