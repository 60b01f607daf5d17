//! The version dial: what each version of the kubelet changes, and on whose word.

use serde_json::{Value, json};
use simulator_model::lang::Lang;
use simulator_model::versions::{KubeletVersion, Turn, VersionFact, changes_at, facts_for};

/// A JSON array, the oldest version first: `{version, recorded, holds: [id], begins: [fact], ends:
/// [fact]}`, a fact being `{id, what, source, basis}`.
pub fn versions(lang: Lang) -> String {
    let versions = KubeletVersion::all().map(|version| {
        let (mut begins, mut ends) = (Vec::new(), Vec::new());
        for turn in changes_at(version) {
            match turn {
                Turn::Begins(it) => begins.push(fact(it, lang)),
                Turn::Ends(it) => ends.push(fact(it, lang)),
            }
        }
        json!({
            "version": version.to_string(),
            "recorded": version.is_recorded(),
            "holds": facts_for(version).map(|fact| fact.id).collect::<Vec<_>>(),
            "begins": begins,
            "ends": ends,
        })
    });
    Value::from(versions.collect::<Vec<_>>()).to_string()
}

fn fact(fact: &VersionFact, lang: Lang) -> Value {
    json!({
        "id": fact.id,
        "what": fact.what.text(lang),
        "source": fact.source.text(lang),
        "basis": fact.basis.name(),
    })
}
