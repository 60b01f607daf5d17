//! A scenario as it is written in a file, before its pods are found.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::basis::Basis;
use crate::clock::Duration;
use crate::node::Disk;
use crate::pod::{Pod, Source};
use crate::scenario::words::{Text, Words};
use crate::scenario::{Action, Behaviour, DockerOptions, Exit, OnTerm, Question, Scenario, Step};
use crate::versions::{
    CgroupDriver, CgroupVersion, CriVersion, KubeletVersion, Profile, UnknownVersion,
};

/// The name of the format.
pub const FORMAT: &str = "scenario/1";

/// `scenario/1`, field by field.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Document {
    /// `scenario/1`.
    pub format: String,
    /// Its name.
    pub name: String,
    /// What it shows, in a sentence.
    pub about: String,
    title: Option<Text>,
    question: Option<Text>,
    watch: Option<Text>,
    basis: Basis,
    kubelet: Option<String>,
    kubelet_flags: Option<Vec<String>>,
    runtime_cri: Option<Vec<CriVersion>>,
    cgroup: Option<CgroupVersion>,
    cgroup_driver: WrittenDrivers,
    sandbox_image: Option<String>,
    cni: WrittenCni,
    disk: WrittenDisk,
    /// Where its pods come from.
    pub source: Source,
    /// The names of its manifests.
    pub pods: Vec<String>,
    behaviour: BTreeMap<String, Vec<WrittenBehaviour>>,
    registry_lacks: Vec<String>,
    registry_same: Option<Vec<Vec<String>>>,
    docker: DockerOptions,
    steps: Vec<WrittenStep>,
}

#[derive(Clone, Copy, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct WrittenDrivers {
    kubelet: CgroupDriver,
    runtime: CgroupDriver,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum WrittenCni {
    #[default]
    Present,
    Missing,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct WrittenDisk {
    size_mib: Option<u32>,
    images: BTreeMap<String, u32>,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct WrittenBehaviour {
    runs: Option<String>,
    exits: Option<WrittenExit>,
    on_term: Option<WrittenOnTerm>,
    liveness_fails_after: Option<String>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
enum WrittenExit {
    Code(i32),
    Word(String),
}

#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
enum WrittenOnTerm {
    Exits { exits: i32, after: Option<String> },
    Word(String),
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct WrittenStep {
    at: String,
    #[serde(rename = "do")]
    pub(super) action: String,
    pod: String,
    pub(super) container: String,
    command: Vec<String>,
    pub(super) pause: Option<String>,
    pub(super) who: String,
    pub(super) state: String,
    pub(super) image: String,
    pub(super) percent: Option<u8>,
    tail: Option<u64>,
}

/// What is wrong with a scenario.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ScenarioError {
    /// The file says it is something else.
    #[error("`format` is `{found}`; write `format: scenario/1`")]
    Format {
        /// What it says.
        found: String,
    },
    /// A span of time that cannot be read.
    #[error("{place}: `{text}` is no span of time; write a number and `s`, `ms` or `m`")]
    Span {
        /// Where.
        place: String,
        /// What it says.
        text: String,
    },
    /// A word that means nothing there.
    #[error("{place}: unknown `{text}`; write one of {known}")]
    Word {
        /// Where.
        place: String,
        /// What it says.
        text: String,
        /// What it could say.
        known: &'static str,
    },
    /// A version that is not known.
    #[error("`kubelet`: {0}")]
    Version(UnknownVersion),
    /// A pod that is not among the scenario's.
    #[error("{place}: pod `{name}` is not in `pods`; add it there or correct the name")]
    Pod {
        /// Where.
        place: String,
        /// What it says.
        name: String,
    },
}

/// The words that `do` knows.
const ACTIONS: &str = "apply, delete, kill-container, kill-sandbox, start-kubelet, stop-kubelet, \
                       restart-runtime, stop, start, crash, oom-kill, registry, remove-cni, \
                       restore-cni, remove-image, fill-disk, run, logs, exec, attach, \
                       port-forward, stats-summary, running-pods, end";

impl Document {
    /// The scenario, with the pods by the names of their manifests.
    ///
    /// # Errors
    ///
    /// All mistakes at once.
    pub fn scenario(&self, pods: BTreeMap<String, Pod>) -> Result<Scenario, Vec<ScenarioError>> {
        let mut reader = Reader { document: self, errors: Vec::new() };
        if self.format != FORMAT {
            reader.errors.push(ScenarioError::Format { found: self.format.clone() });
        }
        let behaviour = self.behaviour.iter().map(|(container, starts)| {
            (
                container.clone(),
                starts.iter().map(|start| reader.behaviour(container, start)).collect(),
            )
        });
        let behaviour = behaviour.collect();
        let steps = self.steps.iter().enumerate();
        let steps: Vec<_> = steps.filter_map(|(index, step)| reader.step(index, step)).collect();
        let node = reader.profile();
        if !reader.errors.is_empty() {
            return Err(reader.errors);
        }
        Ok(Scenario {
            name: self.name.clone(),
            source: self.source,
            pods,
            behaviour,
            registry_lacks: self.registry_lacks.clone(),
            same_images: self.registry_same.clone().unwrap_or_else(recorded_registry),
            words: Words {
                title: self.title.clone(),
                question: self.question.clone(),
                watch: self.watch.clone(),
                basis: self.basis,
            },
            node,
            docker: self.docker,
            without_cni: self.cni == WrittenCni::Missing,
            disk: Disk {
                size_mib: self.disk.size_mib.unwrap_or(Disk::default().size_mib),
                images: self.disk.images.clone(),
            },
            steps,
        })
    }
}

/// The registry of the recordings holds one image under both tags of busybox.
fn recorded_registry() -> Vec<Vec<String>> {
    let tag = |tag: &str| format!("127.0.0.1:5000/library/busybox:{tag}");
    vec![vec![tag("1.35"), tag("1.36")]]
}

pub(super) struct Reader<'a> {
    document: &'a Document,
    errors: Vec<ScenarioError>,
}

impl Reader<'_> {
    pub(super) fn span(&mut self, place: &str, text: &str) -> Duration {
        span(text).unwrap_or_else(|| {
            self.errors.push(ScenarioError::Span { place: place.into(), text: text.into() });
            Duration::ZERO
        })
    }

    pub(super) fn word(&mut self, place: &str, text: &str, known: &'static str) {
        let (place, text) = (place.to_owned(), text.to_owned());
        self.errors.push(ScenarioError::Word { place, text, known });
    }

    fn profile(&mut self) -> Profile {
        let document = self.document;
        let version = document.kubelet.as_deref().map(str::parse::<KubeletVersion>);
        let kubelet = version.unwrap_or(Ok(KubeletVersion::RECORDED)).unwrap_or_else(|error| {
            self.errors.push(ScenarioError::Version(error));
            KubeletVersion::RECORDED
        });
        Profile {
            kubelet,
            flags: document.kubelet_flags.clone(),
            runtime_cri: document.runtime_cri.clone(),
            kubelet_driver: document.cgroup_driver.kubelet,
            runtime_driver: document.cgroup_driver.runtime,
            cgroup: document.cgroup,
            sandbox_image: document.sandbox_image.clone(),
        }
    }

    fn behaviour(&mut self, container: &str, written: &WrittenBehaviour) -> Behaviour {
        let place = format!("behaviour of `{container}`");
        let runs = match written.runs.as_deref() {
            None | Some("forever") => None,
            Some(text) => Some(self.span(&place, text)),
        };
        let exits = match &written.exits {
            None => Exit::Code(0),
            Some(WrittenExit::Code(code)) => Exit::Code(*code),
            Some(WrittenExit::Word(word)) if word == "oom" => Exit::OutOfMemory,
            Some(WrittenExit::Word(word)) => {
                self.word(&place, word, "an exit code, oom");
                Exit::Code(0)
            }
        };
        let on_term = match &written.on_term {
            None => OnTerm::Ignored,
            Some(WrittenOnTerm::Exits { exits, after }) => {
                let after = after.as_deref().map_or(Duration::ZERO, |text| self.span(&place, text));
                OnTerm::Exits { code: *exits, after }
            }
            Some(WrittenOnTerm::Word(word)) => {
                if word != "ignored" {
                    self.word(&place, word, "ignored, {exits: CODE, after: SPAN}");
                }
                OnTerm::Ignored
            }
        };
        let fails = written.liveness_fails_after.as_deref();
        let liveness_fails_after = fails.map(|text| self.span(&place, text));
        Behaviour { runs, exits, on_term, liveness_fails_after }
    }

    fn step(&mut self, index: usize, written: &WrittenStep) -> Option<Step> {
        let place = format!("step {}", index + 1);
        let at = self.span(&place, &written.at);
        let pod = written.pod.clone();
        if !pod.is_empty() && !self.document.pods.contains(&pod) {
            self.errors.push(ScenarioError::Pod { place: place.clone(), name: pod.clone() });
        }
        let container = written.container.clone();
        let action = match written.action.as_str() {
            "apply" => Action::Apply { pod },
            "delete" => Action::Delete { pod },
            "kill-container" => Action::KillContainer { container },
            "kill-sandbox" => Action::KillSandbox { pod },
            "start-kubelet" => Action::StartKubelet,
            "stop-kubelet" => Action::StopKubelet,
            "restart-runtime" => {
                let pause = written.pause.as_deref();
                let pause = pause.map_or(Duration::ZERO, |text| self.span(&place, text));
                Action::RestartRuntime { pause }
            }
            "end" => Action::End,
            word => {
                if let Some(action) = self.deed(&place, written) {
                    return Some(Step { at, action });
                }
                let Some(question) = question(word) else {
                    self.word(&place, word, ACTIONS);
                    return None;
                };
                Action::Ask { question, pod, container, command: written.command.clone() }
            }
        };
        let _ = written.tail;
        Some(Step { at, action })
    }
}

fn question(word: &str) -> Option<Question> {
    Some(match word {
        "run" => Question::Run,
        "logs" => Question::Logs,
        "exec" => Question::Exec,
        "attach" => Question::Attach,
        "port-forward" => Question::PortForward,
        "stats-summary" => Question::StatsSummary,
        "running-pods" => Question::RunningPods,
        _ => return None,
    })
}

/// `250ms`, `12s`, `5m`
fn span(text: &str) -> Option<Duration> {
    let split = text.find(|c: char| !c.is_ascii_digit())?;
    let (number, unit) = text.split_at(split);
    let number: i64 = number.parse().ok()?;
    Some(match unit {
        "ms" => Duration::from_millis(number),
        "s" => Duration::from_secs(number),
        "m" => Duration::from_secs(number.checked_mul(60)?),
        "h" => Duration::from_secs(number.checked_mul(3_600)?),
        _ => return None,
    })
}
