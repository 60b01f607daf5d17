//! A recording as the text of a Mermaid sequence diagram: what acts, without the polls.

use std::fmt::Write as _;

use serde_json::Value;

use crate::trace::is_simulated;

/// The loops that only watch; their calls would drown the others.
const WATCHING: [&str; 8] = [
    "pleg",
    "runtime-status",
    "stats",
    "housekeeping",
    "node-status",
    "log-rotation",
    "image-gc",
    "startup",
];

/// The longest text that Mermaid draws (its `maxTextSize` unless a page sets another), less the
/// room for a last line.
const LONGEST: usize = 50_000 - 100;

/// The diagram of a recording's lines, as far as Mermaid draws it.
pub fn sequence(lines: &[Value]) -> String {
    let path = lines.first().and_then(|header| header["path"].as_str()).unwrap_or("runtime");
    let mut text = format!("sequenceDiagram\n  participant kubelet\n  participant {path}\n");
    if matches!(path, "dockershim" | "cri-dockerd") {
        text.push_str("  participant dockerd\n");
    }
    if lines.first().is_some_and(is_simulated) {
        text.push_str("  Note over kubelet: simulated\n");
    }
    let (mut is_full, mut left_out) = (false, 0);
    for line in lines {
        let part = part(path, line);
        is_full |= text.len() + part.len() > LONGEST;
        if !is_full {
            text.push_str(&part);
        } else if line.get("call").is_some() && !part.is_empty() {
            left_out += 1;
        }
    }
    if is_full {
        let _ = writeln!(text, "  Note over kubelet: … {left_out} more calls");
    }
    text
}

/// What a line of a recording is in the diagram; nothing for a poll.
fn part(path: &str, line: &Value) -> String {
    let mut part = String::new();
    if let Some(mark) = line["mark"].as_str() {
        let _ = writeln!(part, "  Note over kubelet: {}", plain(mark));
    } else if let Some(call) = line["call"].as_str() {
        let watches = line["loop"].as_str().is_some_and(|it| WATCHING.contains(&it));
        if !watches && !call.starts_with("List") {
            write_call(&mut part, path, call, line);
        }
    }
    part
}

fn write_call(text: &mut String, path: &str, call: &str, line: &Value) {
    let _ = writeln!(text, "  kubelet->>+{path}: {}{}", plain(call), subject(line));
    for engine in line["docker"].as_array().into_iter().flatten() {
        let (method, route) = (string(engine, "method"), string(engine, "path"));
        let _ = writeln!(text, "  {path}->>dockerd: {} {}", plain(method), plain(route));
        if let Some(status) = engine["status"].as_u64() {
            let _ = writeln!(text, "  dockerd-->>{path}: {status}");
        }
    }
    let took = line["dur_us"].as_u64().unwrap_or(0);
    let _ = writeln!(
        text,
        "  {path}-->>-kubelet: {} ({}.{:03} ms)",
        plain(string(line, "code")),
        took / 1_000,
        took % 1_000
    );
}

/// What a call is about, in brackets.
fn subject(line: &Value) -> String {
    let request = &line["request"];
    let ids = ["container_id", "pod_sandbox_id"].map(|key| request[key].as_str());
    let image = request["image"]["image"].as_str();
    let name = request["config"]["metadata"]["name"].as_str();
    let found = ids.into_iter().chain([name, image]).flatten().next();
    found.map_or_else(String::new, |found| format!(" ({})", plain(found)))
}

fn string<'a>(of: &'a Value, key: &str) -> &'a str {
    of[key].as_str().unwrap_or_default()
}

/// Without the letters that end a line of Mermaid or begin a comment in it.
fn plain(text: &str) -> String {
    text.chars()
        .map(|letter| if matches!(letter, ';' | '#' | '\n' | '\r') { ' ' } else { letter })
        .collect()
}
