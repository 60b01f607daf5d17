//! What the reader of manifests promises, one module a promise.

mod all_mistakes_at_once;
mod commands_end_as_they_say;
mod controllers_make_pods;
mod defaults_are_the_api_servers;
mod fields_reach_the_runtime;
mod hostile_texts_end;
mod names_follow_upstream;
mod nodes_hold_what_they_can;
mod one_pod;
mod pods_end_for_good;
mod pulls_carry_logins;
mod scenarios_are_read;
mod scenarios_ship_with_words;
mod schema_is_whole;
mod ten_pods;
mod volumes_must_be_there;

use std::path::{Path, PathBuf};

use simulator_manifest::{Lang, Options, Reading, read};

/// The scenarios of this repository; their pods lie in `pods` below.
fn scenarios() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../scenarios")
}

/// All manifests of this repository, as text.
fn corpus() -> Vec<String> {
    let mut files: Vec<_> = ["pods", "."]
        .iter()
        .flat_map(|folder| scenarios().join(folder).read_dir().expect("the folder is there"))
        .map(|entry| entry.expect("the folder can be read").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "yaml"))
        .collect();
    files.sort();
    files.iter().map(|path| std::fs::read_to_string(path).expect("it is a file")).collect()
}

/// What is said of a text, a line each: mistakes in both languages, notes, and the pods.
fn told(text: &str) -> String {
    let reading = read(text, &Options::default());
    telling(&reading)
}

fn telling(reading: &Reading) -> String {
    let mut lines = Vec::new();
    for mistake in &reading.mistakes {
        lines.push(format!("wrong {}", mistake.text(Lang::En)));
        lines.push(format!("  错误 {}", mistake.text(Lang::ZhCn)));
    }
    for note in &reading.notes {
        lines.push(format!("note {}", note.text(Lang::En)));
        lines.push(format!("  注意 {}", note.text(Lang::ZhCn)));
    }
    for pod in &reading.pods {
        lines.push(format!("pod {}/{}", pod.metadata.namespace, pod.metadata.name));
    }
    lines.join("\n") + "\n"
}
