//! Reading scenarios and the manifests they name.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context, Result, bail};
use simulator_model::Scenario;
use simulator_model::pod::Pod;
use simulator_model::scenario::Document;

/// Reads a scenario file and its manifests, which lie in `pods` beside it.
pub(crate) fn read(path: &Path) -> Result<Scenario> {
    let document: Document = yaml(path, "scenario")?;
    let folder = path.parent().unwrap_or(Path::new(".")).join("pods");
    let mut pods = BTreeMap::new();
    for name in &document.pods {
        let pod: Pod = yaml(&folder.join(format!("{name}.yaml")), "manifest")?;
        pods.insert(name.clone(), pod);
    }
    document.scenario(pods).or_else(|errors| {
        let errors: Vec<_> = errors.iter().map(ToString::to_string).collect();
        bail!("the scenario `{}` has mistakes:\n{}", path.display(), errors.join("\n"))
    })
}

fn yaml<T: serde::de::DeserializeOwned>(path: &Path, what: &str) -> Result<T> {
    let text = std::fs::read_to_string(path)
        .with_context(|| format!("cannot read the {what} `{}`", path.display()))?;
    serde_yaml_ng::from_str(&text)
        .with_context(|| format!("cannot understand the {what} `{}`", path.display()))
}
