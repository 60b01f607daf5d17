//! Configuration in TOML, YAML and JSON.

use mdbook_simulator::nearest::did_you_mean;
use serde_json::Value;

use super::Mistake;

/// One kind of file and its settings.
struct File {
    name: String,
    source: String,
    keys: Vec<String>,
}

/// The known settings of each kind of file.
pub(super) struct Settings(Vec<File>);

impl Settings {
    /// Reads the list.
    pub(super) fn read(text: &str) -> Self {
        let table: toml::Table = text.parse().expect("settings.toml");
        let files = table["file"].as_array().expect("`[[file]]`").iter().map(|file| {
            let word = |key: &str| file[key].as_str().expect("a word").to_owned();
            let keys = file["keys"].as_array().expect("`keys`").iter();
            let keys = keys.map(|key| key.as_str().expect("a key").to_owned()).collect();
            File { name: word("name"), source: word("source"), keys }
        });
        Self(files.collect())
    }

    /// The documents that the list names.
    pub(super) fn sources(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|file| file.source.as_str())
    }

    /// What is wrong with a TOML file: its form, or a setting that no kind of file has.
    pub(super) fn toml_mistakes(&self, body: &str) -> Vec<Mistake> {
        match toml::from_str::<Value>(body) {
            Ok(value) => unknown(&value, self.0.iter()),
            Err(error) => {
                let offset = error.span().map_or(0, |span| span.start);
                let below = body[..offset].matches('\n').count();
                vec![(below, format!("no TOML: {}", error.message()))]
            }
        }
    }

    /// What is wrong with YAML documents: their form, or, for a `kind` or a file that is in the
    /// list, a setting that it does not have.
    pub(super) fn yaml_mistakes(&self, body: &str) -> Vec<Mistake> {
        let mut mistakes = Vec::new();
        for document in serde_yaml_ng::Deserializer::from_str(body) {
            match serde::Deserialize::deserialize(document) {
                Ok(value) => {
                    let value: Value = value;
                    let kind = value.get("kind").and_then(Value::as_str);
                    let of_kind = self.0.iter().filter(|file| Some(file.name.as_str()) == kind);
                    let crictl = value.get("runtime-endpoint").map(|_| "crictl.yaml");
                    let of_name = self.0.iter().filter(|file| Some(file.name.as_str()) == crictl);
                    mistakes.extend(unknown(&value, of_kind.chain(of_name)));
                }
                Err(error) => {
                    let below = error.location().map_or(0, |place| place.line().saturating_sub(1));
                    mistakes.push((below, format!("no YAML: {error}")));
                    break;
                }
            }
        }
        mistakes
    }
}

/// The settings of `value` that the nearest of some kinds of file does not have.
fn unknown<'a>(value: &Value, files: impl Iterator<Item = &'a File>) -> Vec<Mistake> {
    let mut paths = Vec::new();
    collect(value, "", &mut paths);
    let unknown_of = |file: &'a File| {
        let unknown: Vec<&String> = paths.iter().filter(|p| !file.keys.contains(p)).collect();
        (file, unknown)
    };
    let nearest = files.map(unknown_of).min_by_key(|(_, unknown)| unknown.len());
    let Some((file, unknown)) = nearest else { return Vec::new() };
    let message = |path: &String| {
        let hint = did_you_mean(path, file.keys.iter().map(String::as_str));
        format!(
            "unknown setting `{path}` of {}; add it to book/facts/lists/settings.toml, \
             or mend it{hint}",
            file.name
        )
    };
    unknown.into_iter().map(|path| (0, message(path))).collect()
}

/// What is wrong with a JSON file.
pub(super) fn json_mistakes(body: &str) -> Vec<Mistake> {
    let error = serde_json::from_str::<Value>(body).err();
    error
        .map(|error| (error.line().saturating_sub(1), format!("no JSON: {error}")))
        .into_iter()
        .collect()
}

/// The paths of all values, the way the list writes them.
fn collect(value: &Value, path: &str, paths: &mut Vec<String>) {
    match value {
        Value::Object(table) => {
            for (key, inner) in table {
                let key = if key.contains("://") { "*" } else { key };
                let path = if path.is_empty() { key.to_owned() } else { format!("{path}.{key}") };
                collect(inner, &path, paths);
            }
        }
        Value::Array(items) if items.iter().any(Value::is_object) => {
            for item in items {
                collect(item, path, paths);
            }
        }
        Value::Number(number) if path == "version" => paths.push(format!("version = {number}")),
        _ => paths.push(path.to_owned()),
    }
}
