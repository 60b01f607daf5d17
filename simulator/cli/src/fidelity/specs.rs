//! The OCI specifications that a run leads to, held against those that were recorded.

use std::path::Path;

use anyhow::{Context, Result};
use serde_json::{Map, Value};
use simulator_model::compare::{self, Share};
use simulator_model::oci::{self, Drawn};
use simulator_model::store::{NODE_FILE, read_gzip};
use simulator_model::{Run, RuntimePath};

/// How many leaves agree over all recorded specifications, and what differs.
///
/// One that was recorded and that the run does not lead to counts with all its leaves.
pub(super) fn held_against(folder: &Path, run: &Run) -> Result<(Share, Vec<String>)> {
    let recorded = recorded(folder)?;
    let drawn = |name: &str| recorded.get(name).map(|spec| drawn(run.path, spec));
    let ours = oci::specs(run, |name| drawn(name).unwrap_or_default());
    let (mut share, mut differences) = (Share::default(), Vec::new());
    for (name, spec) in &recorded {
        let made = match ours.get(name) {
            Some(Ok(made)) => serde_json::to_value(made).context("a specification is JSON")?,
            Some(Err(error)) => {
                differences.push(format!("{name}: the runtime refuses it: {error}"));
                Value::Null
            }
            None => Value::Null,
        };
        let (part, different) = compare::specs(spec, &made);
        share.add(part);
        if made.is_null() {
            differences.push(format!("{name}: not made"));
        } else {
            differences.extend(different.iter().map(|line| format!("{name} {line}")));
        }
    }
    Ok((share, differences))
}

/// The recorded specifications by name; none where none was recorded.
fn recorded(folder: &Path) -> Result<Map<String, Value>> {
    let file = folder.join(NODE_FILE);
    if !file.is_file() {
        return Ok(Map::new());
    }
    let node: Value = serde_json::from_str(&read_gzip(&file)?)
        .with_context(|| format!("`{}` is no JSON", file.display()))?;
    Ok(node.get("oci").and_then(Value::as_object).cloned().unwrap_or_default())
}

/// What was drawn at random on the real node, and follows from no request.
fn drawn(path: RuntimePath, spec: &Value) -> Drawn {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let namespace = |kind: &str| {
        let namespaces = spec["linux"]["namespaces"].as_array().into_iter().flatten();
        let mut found = namespaces.filter(|namespace| namespace["type"] == kind);
        found.next().map(|namespace| text(&namespace["path"])).unwrap_or_default()
    };
    let pid = |path: &str| path.split('/').nth(2).and_then(|pid| pid.parse().ok());
    let hook = &spec["hooks"]["prestart"][0];
    let controller = hook["args"].as_array().and_then(|args| args.last()).map(text);
    let address = spec["annotations"].get("io.kubernetes.cri-o.IP.0").map(text);
    Drawn {
        root: text(&spec["root"]["path"]),
        pause_pid: pid(&namespace("ipc")).unwrap_or_default(),
        namespace_name: namespace("network").rsplit('/').next().unwrap_or_default().to_owned(),
        address: address.filter(|_| path == RuntimePath::CriO),
        dockerd_pid: pid(&text(&hook["path"])).unwrap_or_default(),
        network_controller: controller.unwrap_or_default(),
    }
}
