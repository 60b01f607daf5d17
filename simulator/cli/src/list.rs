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
    let mut text = String::from("Scenarios that ship with this repository, and where recorded:\n");
    let root = store::folder();
    let folder = root.parent().unwrap_or(Path::new(".")).join("scenarios");
    let recordings = Store::open(root).ok();
    for (name, about) in scenarios(&folder)? {
        let paths = recordings.as_ref().map_or_else(Vec::new, |store| store.paths_of(&name));
        let paths: Vec<_> = paths.iter().map(|path| path.name()).collect();
        let paths = if paths.is_empty() { "not recorded".into() } else { paths.join(", ") };
        let _ = write!(text, "  {name:20} {about}\n  {:20} {paths}\n", "");
    }
    let _ = writeln!(text, "  They lie in {}", folder.display());
    text.push_str("\nPaths (--path):\n");
    for path in RuntimePath::ALL {
        let _ = writeln!(text, "  {:20} the CRI at {}", path.name(), path.cri_socket());
    }
    text.push_str("\nViews (state --view):\n");
    for view in View::ALL {
        let command = match view.command() {
            "" => String::new(),
            command => format!(": {command}"),
        };
        let _ = writeln!(text, "  {:20} {}{command}", view.name(), view.about());
    }
    Ok(text)
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
