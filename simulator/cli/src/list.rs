//! `dockershim-sim list`: what can be played and looked at.

use std::fmt::Write;
use std::path::Path;

use anyhow::{Context, Result};
use simulator_model::RuntimePath;
use simulator_model::scenario::Document;
use simulator_model::store::{self, Store};
use simulator_model::views::View;

/// Scenarios with the paths on which they were recorded, paths, views.
pub(crate) fn text() -> Result<String> {
    let root = store::folder();
    let folder = root.parent().unwrap_or(Path::new(".")).join("scenarios");
    let recordings = Store::open(root).ok();
    let mut scenarios_and_paths = Vec::new();
    for (name, about) in scenarios(&folder)? {
        let paths = recordings.as_ref().map_or_else(Vec::new, |store| store.paths_of(&name));
        let paths: Vec<_> = paths.iter().map(|path| path.name()).collect();
        let paths = match paths.len() {
            0 => "not recorded".into(),
            all if all == RuntimePath::ALL.len() => "recorded on all paths".into(),
            _ => format!("recorded on {}", paths.join(", ")),
        };
        scenarios_and_paths.push((name, vec![about, paths]));
    }
    let paths = RuntimePath::ALL
        .map(|path| (path.name().to_owned(), vec![format!("the CRI at {}", path.cri_socket())]));
    let views = View::ALL.iter().map(|view| {
        let command = match view.command() {
            "" => String::new(),
            command => format!("; as `{command}`"),
        };
        (view.name().to_owned(), vec![format!("{}{command}", view.about())])
    });
    let mut text = format!(
        "Scenarios that ship with this repository, in {}\n\
         (dockershim-sim simulate FILE --path PATH):\n",
        folder.display()
    );
    section(&mut text, &scenarios_and_paths);
    text.push_str("\nPaths from the kubelet to the containers (--path):\n");
    section(&mut text, &paths);
    text.push_str("\nViews of the node at an instant (dockershim-sim state FILE --view VIEW):\n");
    section(&mut text, &views.collect::<Vec<_>>());
    text.push_str("\nWhat changes with the kubelet's version: dockershim-sim versions\n");
    Ok(text)
}

/// Rows of a name and lines about it, the lines below one another.
fn section(text: &mut String, rows: &[(String, Vec<String>)]) {
    let width = rows.iter().map(|(name, _)| name.chars().count()).max().unwrap_or_default();
    for (name, lines) in rows {
        for (place, line) in lines.iter().enumerate() {
            let name = if place == 0 { name } else { "" };
            let _ = writeln!(text, "  {name:width$}  {line}");
        }
    }
}

fn scenarios(folder: &Path) -> Result<Vec<(String, String)>> {
    let files = std::fs::read_dir(folder)
        .with_context(|| format!("cannot read the folder of scenarios `{}`", folder.display()))?;
    let mut scenarios = Vec::new();
    for file in files {
        let path = file.context("cannot read the folder of scenarios")?.path();
        if path.extension().is_none_or(|extension| extension != "yaml") {
            continue;
        }
        let text = std::fs::read_to_string(&path)
            .with_context(|| format!("cannot read the scenario `{}`", path.display()))?;
        let document: Document = serde_yaml_ng::from_str(&text)
            .with_context(|| format!("cannot understand the scenario `{}`", path.display()))?;
        scenarios.push((document.name, document.about));
    }
    scenarios.sort();
    Ok(scenarios)
}
