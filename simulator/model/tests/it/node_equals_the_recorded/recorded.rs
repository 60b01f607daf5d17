//! The facts of a recorded snapshot.

use std::collections::BTreeSet;

use serde_json::Value;
use simulator_model::RuntimePath;

use super::Facts;

pub(super) fn facts(path: RuntimePath, snapshot: &Value) -> Facts {
    let mut facts = Facts::new();
    let text = |key: &str| snapshot[key].as_str();
    facts.insert("processes", processes(&snapshot["processes"]));
    facts.insert("logs", logs(text("logs").expect("a listing")));
    if path.has_docker() {
        // The engine was not asked while it was away.
        if let Some(ps) = text("docker_ps") {
            facts.insert("docker ps", docker_ps(ps));
            if ps.lines().count() == 1 {
                facts.insert("headers", vec![header(ps)]);
            }
            facts.insert("docker images", docker_images(text("images").expect("a list")));
            facts.insert("image column", vec![image_column(ps)]);
        }
        facts.insert("checkpoints", checkpoints(&snapshot["checkpoints"]));
    } else {
        facts.insert("own in docker ps", own(text("docker_ps").expect("a list")));
    }
    if let Some(containers) = text("ctr_c") {
        facts.insert("ctr containers", words(containers, &[0, 1, 2]));
        facts.insert("ctr tasks", words(text("ctr_t").expect("a list"), &[0, 2]));
        let images = words(text("images").expect("a list"), &[0, 1, 3, 4, 5, 6]);
        let lists = ["ctr_c", "ctr_t", "images"].map(|list| text(list).expect("a list"));
        facts.insert("headers", lists.map(header).into());
        facts.insert("ctr images", images.iter().map(|line| no_digests(line)).collect());
    }
    if let Some(containers) = text("containers") {
        facts.insert("runc list", words(containers, &[0, 2, 3, 5]));
        facts.insert("storage", storage(text("storage").expect("a listing")));
    }
    for lines in facts.values_mut() {
        lines.sort();
    }
    facts
}

/// `PARENT < COMMAND`, without what programs have started.
fn processes(list: &Value) -> Vec<String> {
    let list = list.as_array().expect("a list of processes");
    let args = |process: &Value| process["args"].as_str().expect("a command line").to_owned();
    let parent = |process: &Value| list.iter().find(|other| other["process"] == process["parent"]);
    let mut lines = Vec::new();
    for process in list {
        let Some(parent) = parent(process) else {
            lines.push(args(process));
            continue;
        };
        let of = args(parent);
        if of.contains("containerd-shim") || of.contains("conmon") {
            lines.push(format!("{} < {of}", args(process)));
        }
    }
    lines
}

/// The listing without dates, sizes of files, and totals of folders in which files are.
pub(super) fn logs(text: &str) -> Vec<String> {
    let mut lines = Vec::new();
    for section in text.trim_end().split("\n\n") {
        let mut section_lines = section.lines();
        let folder = section_lines.next().unwrap_or_default();
        let rest: Vec<_> = section_lines.collect();
        let has_files = rest.iter().any(|line| line.starts_with('-'));
        for line in rest {
            if line.starts_with("total") {
                lines.extend((!has_files).then(|| format!("{folder} {line}")));
                continue;
            }
            let mut words: Vec<_> = line.split_whitespace().collect();
            words.drain(5..8);
            if line.starts_with('-') {
                words.remove(4);
            }
            lines.push(format!("{folder} {}", words.join(" ")));
        }
        lines.push(folder.to_owned());
    }
    lines
}

/// ID, image, command, state with exit code, and name of each row.
fn docker_ps(text: &str) -> Vec<String> {
    text.lines().skip(1).map(docker_row).collect()
}

/// Columns are told apart by their texts, since the masked IDs have moved them.
pub(super) fn docker_row(line: &str) -> String {
    let (before, rest) = line.split_once('"').expect("a command in quotes");
    let (command, rest) = rest.rsplit_once('"').expect("a command in quotes");
    let name = rest.split_whitespace().last().unwrap_or_default();
    let state = match rest.split_once("Exited (") {
        Some((_, code)) => format!("Exited ({})", code.split(')').next().unwrap_or_default()),
        None if rest.contains(" Up ") => "Up".to_owned(),
        None => "Created".to_owned(),
    };
    let before: Vec<_> = before.split_whitespace().collect();
    format!("{} \"{command}\" {state} {name}", before.join(" "))
}

/// The first line, to the last blank: it shows how wide each column is. That of process numbers is
/// as wide as the numbers were long.
pub(super) fn header(text: &str) -> String {
    let line = text.lines().next().unwrap_or_default();
    let narrow = line
        .split_once("PID ")
        .map(|(before, after)| format!("{before}PID {}", after.trim_start()));
    format!("{}|", narrow.unwrap_or_else(|| line.to_owned()))
}

/// How wide the column of images is: the masks hide whether the longest image was named by ID or
/// by digest, its width tells.
fn image_column(text: &str) -> String {
    let header = text.lines().next().unwrap_or_default();
    let place = |word: &str| header.find(word).expect("a column");
    (place("COMMAND") - place("IMAGE")).to_string()
}

/// Rows of containers of the run on a node whose kubelet does not use Docker.
fn own(text: &str) -> Vec<String> {
    let rows = text.lines().skip(1);
    let masked = |line: &&str| line.starts_with("container:") || line.starts_with("sandbox:");
    rows.filter(masked).map(str::to_owned).collect()
}

/// Repository, tag and size.
fn docker_images(text: &str) -> Vec<String> {
    let rows = text.lines().skip(1).map(|line| line.split_whitespace().collect::<Vec<_>>());
    rows.map(|row| format!("{} {} {}", row[0], row[1], row[row.len() - 1])).collect()
}

fn checkpoints(value: &Value) -> Vec<String> {
    let files = value.as_object().into_iter().flatten();
    files.map(|(path, text)| format!("{path} {}", text.as_str().unwrap_or_default())).collect()
}

/// These words of each row, by their place.
pub(super) fn words(text: &str, places: &[usize]) -> Vec<String> {
    let rows = text.lines().skip(1).map(|line| line.split_whitespace().collect::<Vec<_>>());
    let picked = |row: Vec<&str>| {
        let words: Vec<_> = places.iter().filter_map(|place| row.get(*place).copied()).collect();
        words.join(" ")
    };
    rows.map(picked).collect()
}

/// Without the digits of digests.
pub(super) fn no_digests(line: &str) -> String {
    let mut parts = line.split("sha256:");
    let mut text = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        text.push_str("sha256:*");
        text.push_str(part.trim_start_matches(|c: char| c.is_ascii_hexdigit()));
    }
    text
}

/// The containers that CRI-O's storage holds.
fn storage(text: &str) -> Vec<String> {
    let of = text.split("overlay-containers:\n").nth(1).unwrap_or_default();
    let own: BTreeSet<_> = ["containers.json", "containers.lock"].into();
    of.lines().filter(|line| !own.contains(line) && !line.is_empty()).map(str::to_owned).collect()
}
