//! A `mapping` block becomes a table: what the kubelet said in the CRI, what dockershim made of it
//! for Docker, and what Docker made of that for runc, in recorded values.
//!
//! ````text
//! ```mapping of=container
//! ```
//! ````
//!
//! Which fields belong together is told by [`RULES`]; the values, and whether they were carried,
//! changed, added or dropped, come from the recordings.

mod flat;
mod rules;

use serde_json::Value;
use simulator_model::RuntimePath;
use simulator_model::recording::Call;

use crate::block::Block;
use crate::finding::Finding;
use crate::language::Language;
use crate::nearest::{did_you_mean, listed};
use crate::recordings::{RecordingMistake, Recordings};
use crate::table::{MarkdownTable, code};

pub use flat::{Fields, flatten};
pub use rules::{CONTAINER, RULES, Rule, SANDBOX};

/// What can be wrong with a `mapping` block.
#[derive(Debug, thiserror::Error)]
pub enum MappingMistake {
    /// Neither of the two.
    #[error("unknown thing `{name}`; valid ones are {valid}{hint}")]
    Unknown {
        /// As written.
        name: String,
        /// A guess at what was meant.
        hint: String,
        /// The names there are.
        valid: String,
    },
    /// No `of`.
    #[error("the block has no `of`; add `of=sandbox` or `of=container`")]
    Missing,
}

/// The three messages of one sandbox or container.
#[derive(Clone, Debug)]
pub struct Chain {
    /// The scenario in which it was recorded.
    pub scenario: String,
    /// The fields of the CRI request.
    pub cri: Fields,
    /// The fields of the body sent to Docker.
    pub docker: Fields,
    /// The fields of the specification given to runc.
    pub oci: Fields,
}

/// The table for a block.
pub fn table(
    block: &Block<'_>,
    recordings: &Recordings,
    language: Language,
    findings: &mut Vec<Finding>,
) -> Option<String> {
    let mut note = |offset, mistake: &dyn std::fmt::Display| {
        findings.push(block.page.finding(offset, mistake));
        None
    };
    let start = block.fence.range.start;
    let Some((name, offset)) = block.get("of") else {
        return if block.is_whole { note(start, &MappingMistake::Missing) } else { None };
    };
    let Some((_, rules)) = RULES.iter().find(|(kind, _)| *kind == name) else {
        let names = RULES.map(|(kind, _)| kind);
        let mistake = MappingMistake::Unknown {
            name: name.to_owned(),
            hint: did_you_mean(name, names),
            valid: listed(&names, " and "),
        };
        return note(offset, &mistake);
    };
    match chains(recordings, name) {
        Ok(chains) => Some(write(rules, &chains, language)),
        Err(mistake) => note(start, &mistake),
    }
}

/// All recorded sandboxes or containers on the dockershim path; those that use the most come first.
///
/// # Errors
///
/// When a recording cannot be read.
pub fn chains(recordings: &Recordings, of: &str) -> Result<Vec<Chain>, RecordingMistake> {
    let unreadable = |scenario: &str, source| RecordingMistake::Unreadable {
        scenario: scenario.to_owned(),
        source,
    };
    let store = recordings.store().map_err(|source| unreadable("*", source))?;
    let mut chains = Vec::new();
    for scenario in store.scenarios_on(RuntimePath::Dockershim) {
        let read = |source| unreadable(&scenario, source);
        let recording = recordings.recording(RuntimePath::Dockershim, &scenario).map_err(read)?;
        let specs = recordings.oci(RuntimePath::Dockershim, &scenario).map_err(read)?;
        for call in &recording.calls {
            let Some((id, docker)) = made(call, of) else { continue };
            let Some(spec) = specs.get(id) else { continue };
            let mut request = Value::clone(&call.request);
            if let Some(fields) = request.as_object_mut() {
                fields.remove("sandbox_config");
            }
            chains.push(Chain {
                scenario: scenario.clone(),
                cri: flatten(&request),
                docker: flatten(docker),
                oci: flatten(spec),
            });
        }
    }
    chains.sort_by_key(|chain| std::cmp::Reverse(chain.cri.len()));
    Ok(chains)
}

/// The ID and the body of what a call made, if it made what is asked for.
fn made<'a>(call: &'a Call, of: &str) -> Option<(&'a str, &'a Value)> {
    let (name, key) = match of {
        "sandbox" => ("RunPodSandbox", "pod_sandbox_id"),
        _ => ("CreateContainer", "container_id"),
    };
    let create = call.docker.iter().find(|call| call.path.ends_with("/containers/create"))?;
    let id = call.response.as_ref()?.get(key)?.as_str()?;
    (call.call == name).then_some((id, create.body.as_deref()?))
}

fn write(rules: &[Rule], chains: &[Chain], language: Language) -> String {
    let headings = match language {
        Language::En => ["CRI", "Docker Engine", "OCI (runc)", "What became of it"],
        Language::ZhCn => ["CRI", "Docker Engine", "OCI（runc）", "结果"],
    };
    let mut table = MarkdownTable::new(&headings);
    for rule in rules {
        let Some(chain) = chains.iter().find(|chain| rule.fits(chain)) else { continue };
        let cri = cell(rule.cri, &chain.cri);
        let docker = cell(rule.docker, &chain.docker);
        let oci = cell(rule.oci, &chain.oci);
        table.row(&[cri, docker, oci, outcome(rule, chain, language)]);
    }
    format!("<div class=\"wide mapping\">\n\n{}\n</div>", table.finish())
}

impl Rule {
    /// Whether the chain has all the fields of the rule.
    pub fn fits(&self, chain: &Chain) -> bool {
        let has = |paths: &[&str], fields: &Fields| paths.iter().all(|it| fields.contains_key(*it));
        has(self.cri, &chain.cri) && has(self.docker, &chain.docker) && has(self.oci, &chain.oci)
    }
}

fn cell(paths: &[&str], fields: &Fields) -> String {
    if paths.is_empty() {
        return "–".to_owned();
    }
    let shown = paths.iter().map(|path| {
        let values = fields.get(*path).map_or(&[][..], |values| values);
        format!("{}<br>{}", code(path), code(&short(values)))
    });
    shown.collect::<Vec<_>>().join("<br>")
}

/// How many characters of a value are shown.
const SHOWN_MAX: usize = 56;

fn short(values: &[Value]) -> String {
    let text = match values {
        [one] => one.to_string(),
        several => Value::Array(several.to_vec()).to_string(),
    };
    if text.chars().count() <= SHOWN_MAX {
        return text;
    }
    text.chars().take(SHOWN_MAX).chain(['…']).collect()
}

/// What became of the fields: told from which sides have them, and whether the values are equal.
fn outcome(rule: &Rule, chain: &Chain, language: Language) -> String {
    let same = |a: &[&str], of_a: &Fields, b: &[&str], of_b: &Fields| match (a, b) {
        ([a], [b]) => of_a.get(*a) == of_b.get(*b),
        _ => false,
    };
    let said = match (rule.cri, rule.docker, rule.oci) {
        (_, [], []) => language.pick(
            "no place in Docker's API; dockershim dropped it or did it itself",
            "Docker API 里没处放；dockershim 丢掉它，或者自己去做",
        ),
        (_, [], _) => language.pick("put in by Docker, unasked", "没人要求，由 Docker 自己加上"),
        ([], _, []) => {
            language.pick("added by dockershim, for Docker", "dockershim 为 Docker 加上")
        }
        ([], ..) => language.pick("added by dockershim", "由 dockershim 加上"),
        (_, _, []) => language.pick("kept by Docker", "由 Docker 保存"),
        (cri, docker, oci) => {
            let first = same(cri, &chain.cri, docker, &chain.docker);
            let second = same(docker, &chain.docker, oci, &chain.oci);
            match (first, second) {
                (true, true) => language.pick("carried as it was", "原样传到底"),
                (true, false) => language.pick("rewritten by Docker", "由 Docker 改写"),
                (false, true) => language.pick("rewritten by dockershim", "由 dockershim 改写"),
                (false, false) => language.pick("rewritten twice", "改写两次"),
            }
        }
    };
    let note = language.pick(rule.note.0, rule.note.1);
    let colon = language.words().colon;
    if note.is_empty() { said.to_owned() } else { format!("{said}{colon}{note}") }
}
