//! The runs that a page shows: played once, looked into many times.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::{Value, json};
use simulator_model::clock::Instant;
use simulator_model::lang::Lang;
use simulator_model::views::{View, render};
use simulator_model::{Run, RuntimePath, export, oci, simulate};

use crate::order::Order;
use crate::{mermaid, trace};

/// How many runs are kept; the oldest goes first.
const RUNS_MAX: usize = 16;
/// The longest run, in events of the recording, that is handed to a page.
const CALLS_MAX: usize = 200_000;

/// The runs of a page.
#[derive(Debug, Default)]
pub struct Session {
    runs: BTreeMap<u32, Run>,
    next: u32,
}

/// What comes of an order.
#[derive(Debug, Default, Serialize)]
pub struct Answer {
    /// The number of the run; none when there are mistakes.
    pub run: Option<u32>,
    /// The run as the JSON array of a recording's lines (cri-recording/1).
    pub recording: Vec<Value>,
    /// What programs of the node wrote into their logs.
    pub log: Vec<Value>,
    /// What the run rests on: `recorded`, `source` or `documents`, the weakest of what it needs.
    pub basis: &'static str,
    /// What to know about the text.
    pub notes: Vec<String>,
    /// What is wrong with the order.
    pub mistakes: Vec<String>,
}

impl Session {
    /// Plays an order, both as JSON.
    pub fn play(&mut self, order: &str) -> String {
        serde_json::to_string(&self.order(order)).unwrap_or_default()
    }

    /// Plays an order.
    pub fn order(&mut self, order: &str) -> Answer {
        match serde_json::from_str::<Order>(order) {
            Ok(order) => self.answer(&order),
            Err(error) => mistaken(vec![format!("order: {error}")]),
        }
    }

    fn answer(&mut self, order: &Order) -> Answer {
        let playable = match order.read() {
            Ok(playable) => playable,
            Err(mistakes) => return mistaken(mistakes),
        };
        let run = simulate(&playable.scenario, playable.path, order.seed.into());
        if run.calls.len() > CALLS_MAX {
            let calls = run.calls.len();
            return mistaken(vec![match order.language() {
                Lang::En => format!("the run has {calls} calls; a page shows {CALLS_MAX}"),
                Lang::ZhCn => format!("这次运行有 {calls} 次调用；页面最多显示 {CALLS_MAX} 次"),
            }]);
        }
        let log = run.node_log.iter().map(|line| {
            json!({
                "at_us": line.at.as_micros(),
                "who": line.who,
                "text": line.text,
                "basis": line.basis.name(),
            })
        });
        let answer = Answer {
            run: Some(self.next),
            recording: export::true_lines(&run),
            log: log.collect(),
            basis: playable.scenario.words.basis.name(),
            notes: playable.notes,
            mistakes: Vec::new(),
        };
        self.keep(run);
        answer
    }

    fn keep(&mut self, run: Run) {
        self.runs.insert(self.next, run);
        self.next = self.next.wrapping_add(1);
        while self.runs.len() > RUNS_MAX {
            self.runs.pop_first();
        }
    }

    /// What a tool prints at an instant, in µs since the recording began; empty for an unknown run
    /// or view.
    pub fn view(&self, run: u32, at_us: f64, view: &str) -> String {
        let (Some(run), Ok(view)) = (self.runs.get(&run), view.parse::<View>()) else {
            return String::new();
        };
        let moment = run.moment(Instant::from_micros(whole(at_us)));
        render(view, &moment)
    }

    /// What runc was given for a sandbox or container, such as `container:main:0`, as JSON; empty for
    /// an unknown run or name, and where the runtime refuses.
    pub fn spec(&self, run: u32, name: &str) -> String {
        let Some(run) = self.runs.get(&run) else { return String::new() };
        let spec = oci::spec_of_name(run, name).ok().flatten();
        spec.and_then(|spec| serde_json::to_string(&spec).ok()).unwrap_or_default()
    }

    /// Forgets a run.
    pub fn forget(&mut self, run: u32) {
        self.runs.remove(&run);
    }
}

/// The whole number below; 0 for what is none.
#[allow(clippy::cast_possible_truncation, reason = "a cast from a float saturates")]
fn whole(number: f64) -> i64 {
    number as i64
}

fn mistaken(mistakes: Vec<String>) -> Answer {
    Answer { mistakes, ..Answer::default() }
}

/// The views there are.
pub fn views(lang: Lang) -> String {
    let views = View::ALL.iter().map(|view| {
        json!({
            "id": view.name(),
            "command": view.command(),
            "commands": commands(*view),
            "label": label(*view, lang),
            "about": view.about(),
        })
    });
    Value::from(views.collect::<Vec<_>>()).to_string()
}

/// The command on each path, where paths differ.
fn commands(view: View) -> Value {
    let differs = RuntimePath::ALL.iter().any(|path| view.command_on(*path) != view.command());
    let on = |path: RuntimePath| (path.name().to_owned(), Value::from(view.command_on(path)));
    if differs { RuntimePath::ALL.map(on).into_iter().collect() } else { Value::Null }
}

/// What a reader calls a view: its command, or a word where there is none.
fn label(view: View, lang: Lang) -> &'static str {
    match view {
        View::Overview => lang.pick("overview", "概况"),
        View::Sockets => lang.pick("sockets", "套接字"),
        View::Conditions => lang.pick("conditions", "状况"),
        View::NodeReady => lang.pick("node ready?", "节点是否就绪"),
        View::Checkpoints => lang.pick("checkpoints", "检查点"),
        _ => view.command(),
    }
}

/// A recording in another format.
pub fn export(recording: &str, format: &str) -> String {
    let Ok(lines) = serde_json::from_str::<Vec<Value>>(recording) else { return String::new() };
    match format {
        "jsonl" => lines.iter().map(|line| format!("{line}\n")).collect(),
        "jaeger" => trace::jaeger(&lines).to_string(),
        "mermaid" => mermaid::sequence(&lines),
        _ => String::new(),
    }
}
