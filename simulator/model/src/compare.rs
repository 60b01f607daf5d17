//! How far two recordings agree, in three figures.
//!
//! - **calls**: the CRI calls of each loop that acts on pods, in order, each with the calls to Docker
//!   Engine made inside it. A call agrees when its name, its subject, its code and every nested
//!   method, path and status agree. Loops that run side by side are compared one by one.
//! - **fields**: every leaf of the requests and of the nested queries and bodies of calls that agree,
//!   but for what is masked (see `mask`).
//! - **polls**: the loops that only watch: the nested calls of each kind of poll, and its median
//!   period, which may differ by 15 %.
//!
//! Two figures more are not part of the measure: **replies**, every leaf of the answers of calls that
//! agree, and, by [`specs`], the leaves of OCI specifications.

mod leaves;
mod mask;
mod matching;
mod polls;
mod specs;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use serde_json::{Value, json};

pub use specs::specs;

use leaves::leaves;
use mask::mask;

/// The loops that act on pods.
const ACTING: [&str; 7] = [
    "pod-worker",
    "image-puller",
    "kill-container",
    "kill-sandbox",
    "prober",
    "streaming",
    "garbage-collector",
];
/// Loops in which several goroutines run side by side: compared by subject, then by time.
const SIDE_BY_SIDE: [&str; 4] = ["kill-container", "kill-sandbox", "garbage-collector", "prober"];

/// So many of so many.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Share {
    /// So many …
    pub same: usize,
    /// … of so many.
    pub of: usize,
}

/// The three figures, and what differs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Figures {
    /// Calls that agree.
    pub calls: Share,
    /// Fields that agree.
    pub fields: Share,
    /// Polls that agree.
    pub polls: Share,
    /// Each difference, in a line.
    pub differences: Vec<String>,
    /// Leaves of replies that agree.
    pub replies: Share,
    /// Each difference of replies, in a line.
    pub other_replies: Vec<String>,
}

impl Share {
    /// Adds another to it.
    pub fn add(&mut self, other: Self) {
        self.same += other.same;
        self.of += other.of;
    }

    /// Whether it is whole.
    pub const fn is_whole(self) -> bool {
        self.same == self.of
    }
}

impl Figures {
    /// Whether nothing differs.
    pub fn agree(&self) -> bool {
        [self.calls, self.fields, self.polls].into_iter().all(Share::is_whole)
    }
}

impl fmt::Display for Share {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Thousandths, rounded to the nearest, halves to the even one.
        let (same, of) = if self.of == 0 { (1, 1) } else { (self.same, self.of) };
        let (whole, rest) = (same * 1_000 / of, same * 1_000 % of);
        let up = rest * 2 > of || (rest * 2 == of && whole % 2 == 1);
        let thousandths = whole + usize::from(up);
        write!(f, "{}.{:03} ({}/{})", thousandths / 1_000, thousandths % 1_000, self.same, self.of)
    }
}

impl fmt::Display for Figures {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "calls {}  fields {}  polls {}", self.calls, self.fields, self.polls)
    }
}

/// The calls of each loop.
type Loops<'a> = BTreeMap<&'a str, Vec<&'a Value>>;

/// Compares two recordings, each as its lines.
pub fn figures(recorded: &[Value], other: &[Value]) -> Figures {
    let (a, b) = (loops(recorded), loops(other));
    let mut figures = Figures::default();
    for name in ACTING {
        acting(name, &ordered(&a, name), &ordered(&b, name), &mut figures);
    }
    for name in polls::WATCHING {
        polls::watching(name, &a, &b, &mut figures);
    }
    figures
}

fn loops(lines: &[Value]) -> Loops<'_> {
    let mut loops = Loops::new();
    for line in lines.iter().filter(|line| line.get("call").is_some()) {
        loops.entry(text(line, "loop")).or_default().push(line);
    }
    loops
}

fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value.get(key).and_then(Value::as_str).unwrap_or("")
}

fn at(call: &Value) -> i64 {
    call.get("at_us").and_then(Value::as_i64).unwrap_or(0)
}

fn ordered<'a>(loops: &Loops<'a>, name: &str) -> Vec<&'a Value> {
    let mut calls = loops.get(name).cloned().unwrap_or_default();
    if name == "garbage-collector" {
        // Its lists are polls.
        calls.retain(|call| !text(call, "call").starts_with("List"));
    }
    if SIDE_BY_SIDE.contains(&name) {
        calls.sort_by_cached_key(|call| (subject(call), at(call)));
    } else {
        calls.sort_by_key(|call| at(call));
    }
    calls
}

/// What a call is about.
fn subject(call: &Value) -> String {
    let request = &call["request"];
    for key in ["container_id", "pod_sandbox_id"] {
        if let Some(id) = request.get(key) {
            return mask(id.as_str().unwrap_or_default());
        }
    }
    if let Some(config) = request.get("config") {
        return text(&config["metadata"], "name").to_owned();
    }
    if let Some(image) = request.get("image") {
        return mask(text(image, "image"));
    }
    if text(call, "call").starts_with("List") { query(request) } else { String::new() }
}

/// A request as one line, for lists.
fn query(request: &Value) -> String {
    let fields: Vec<_> =
        leaves(request).into_iter().map(|(key, value)| format!("\"{key}\": {value}")).collect();
    format!("{{{}}}", fields.join(", "))
}

fn docker(call: &Value) -> &[Value] {
    call.get("docker").and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

/// A call without its fields: what has to be the same for the fields to be compared.
fn shape(call: &Value) -> String {
    let code = call.get("code").map_or("-", |code| code.as_str().unwrap_or("-"));
    let mut shape = format!("{} {} {code}", text(call, "call"), subject(call));
    for inner in docker(call) {
        let status = inner.get("status").map_or("-".into(), ToString::to_string);
        let path = mask(text(inner, "path"));
        shape.push_str(&[" [", text(inner, "method"), " ", &path, " ", &status, "]"].concat());
    }
    shape
}

fn acting(name: &str, a: &[&Value], b: &[&Value], figures: &mut Figures) {
    let shapes = |calls: &[&Value]| calls.iter().map(|call| shape(call)).collect::<Vec<_>>();
    let (shapes_a, shapes_b) = (shapes(a), shapes(b));
    figures.calls.of += a.len().max(b.len());
    let (mut done_a, mut done_b) = (0, 0);
    for block in matching::blocks(&shapes_a, &shapes_b) {
        for only in &shapes_a[done_a..block.a] {
            figures.differences.push(format!("- {name}: {only}"));
        }
        for only in &shapes_b[done_b..block.b] {
            figures.differences.push(format!("+ {name}: {only}"));
        }
        figures.calls.same += block.len;
        for index in 0..block.len {
            fields(name, a[block.a + index], b[block.b + index], figures);
        }
        (done_a, done_b) = (block.a + block.len, block.b + block.len);
    }
}

fn fields(name: &str, a: &Value, b: &Value, figures: &mut Figures) {
    let asked = |call: &Value| {
        let inner = docker(call)
            .iter()
            .map(|inner| json!({"query": inner.get("query"), "body": inner.get("body")}));
        json!({"request": call.get("request"), "docker": inner.collect::<Vec<_>>()})
    };
    let call = text(a, "call");
    let (share, different) = differing(&asked(a), &asked(b));
    figures.fields.add(share);
    let line = |found: String| format!("  field {name} {call} {found}");
    figures.differences.extend(different.into_iter().map(line));
    let answered = |call: &Value| json!({"response": call.get("response")});
    let (share, different) = differing(&answered(a), &answered(b));
    figures.replies.add(share);
    let line = |found: String| format!("  reply {name} {call} {found}");
    figures.other_replies.extend(different.into_iter().map(line));
}

/// How many leaves agree, and each that does not.
fn differing(a: &Value, b: &Value) -> (Share, Vec<String>) {
    let (a, b) = (leaves(a), leaves(b));
    let keys: BTreeSet<_> = a.keys().chain(b.keys()).collect();
    let mut share = Share { same: 0, of: keys.len() };
    let mut different = Vec::new();
    for key in keys {
        let (in_a, in_b) = (a.get(key), b.get(key));
        if in_a == in_b {
            share.same += 1;
        } else {
            let show = |value: Option<&Value>| value.map_or("nothing".into(), ToString::to_string);
            different.push(format!("{key}: {} | {}", show(in_a), show(in_b)));
        }
    }
    (share, different)
}
