//! A scenario as it is written in a file, before its pods are found.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::RuntimePath;
use crate::basis::{Basis, Phrase};
use crate::clock::Duration;
use crate::messages::DnsConfig;
use crate::node::Disk;
use crate::pod::{Pod, Source};
use crate::runtime_path::UnknownPath;
use crate::scenario::error::{ScenarioError, ScenarioMistake};
use crate::scenario::place::Place;
use crate::scenario::predict::WrittenPredict;
use crate::scenario::words::{Text, Words};
use crate::scenario::{Action, Behaviour, DockerOptions, Exit, OnTerm, Question, Scenario, Step};
use crate::versions::{CgroupDriver, CgroupVersion, CriVersion, KubeletVersion, Profile};

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
    predict: Option<WrittenPredict>,
    basis: Basis,
    paths: Option<Vec<String>>,
    kubelet: Option<String>,
    kubelet_flags: Option<Vec<String>>,
    runtime_cri: Option<Vec<CriVersion>>,
    cgroup: Option<CgroupVersion>,
    cgroup_driver: WrittenDrivers,
    sandbox_image: Option<String>,
    cni: WrittenCni,
    annotation: WrittenAnnotation,
    disk: WrittenDisk,
    resolv_conf: String,
    /// Where its pods come from.
    pub source: Source,
    /// The names of its manifests.
    pub pods: Vec<String>,
    behaviour: BTreeMap<String, Vec<WrittenBehaviour>>,
    registry_lacks: Vec<String>,
    registry_same: Option<Vec<Vec<String>>>,
    docker: DockerOptions,
    steps: Vec<WrittenStep>,
    /// Manifests that stand in the scenario itself.
    pub manifests: Vec<serde::de::IgnoredAny>,
    /// Whether the API server fills in what manifests do not say. That of the recordings did not.
    pub api_server_defaults: bool,
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

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum WrittenAnnotation {
    #[default]
    Right,
    Stale,
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

/// The words that `do` knows.
const ACTIONS: &str = "apply, delete, kill-container, kill-sandbox, start-kubelet, stop-kubelet, \
                       restart-runtime, stop, start, crash, oom-kill, registry, remove-cni, \
                       restore-cni, remove-image, docker-build, import-image, annotate, kubeadm-upgrade, \
                       fill-disk, run, logs, exec, attach, port-forward, stats-summary, running-pods, end";

impl Document {
    /// The scenario, with the pods by the names of their manifests.
    ///
    /// # Errors
    ///
    /// All mistakes at once.
    pub fn scenario(&self, pods: BTreeMap<String, Pod>) -> Result<Scenario, Vec<ScenarioError>> {
        let mut reader = Reader { document: self, pods: &pods, errors: Vec::new() };
        if self.format != FORMAT {
            reader.mistake(&Place::of("format"), ScenarioMistake::Format(self.format.clone()));
        }
        let mut behaviour = BTreeMap::new();
        for (container, starts) in &self.behaviour {
            let place = Place::of("behaviour").field(container);
            reader.container(&place, container);
            let starts = starts.iter().enumerate();
            let starts = starts.map(|(index, start)| reader.behaviour(&place.item(index), start));
            behaviour.insert(container.clone(), starts.collect());
        }
        let steps = self.steps.iter().enumerate();
        let mut steps: Vec<_> =
            steps.filter_map(|(index, step)| reader.step(index, step)).collect();
        steps.sort_by_key(|step| step.at);
        end(&mut steps);
        let node = reader.profile();
        let (paths, predict) =
            (reader.paths(), self.predict.as_ref().and_then(|it| reader.predict(it)));
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
                paths,
                predict,
            },
            node,
            docker: self.docker,
            without_cni: self.cni == WrittenCni::Missing,
            stale_annotation: self.annotation == WrittenAnnotation::Stale,
            disk: Disk {
                size_mib: self.disk.size_mib.unwrap_or(Disk::default().size_mib),
                images: self.disk.images.clone(),
            },
            resolver: resolver(&self.resolv_conf),
            steps,
            refused: Vec::new(),
        })
    }
}

/// What a resolv.conf says (k8s 1.20.2, `pkg/kubelet/network/dns/dns.go`, `parseResolvConf`): of
/// several `search` lines the last counts, and a domain loses the dot at its end.
fn resolver(text: &str) -> DnsConfig {
    let mut found = DnsConfig::default();
    for line in text.lines() {
        let mut words = line.split_whitespace().map(str::to_owned);
        match words.next().as_deref() {
            Some("nameserver") => found.servers.extend(words.next()),
            Some("search") => {
                found.searches = words.map(|name| name.trim_end_matches('.').to_owned()).collect();
            }
            Some("options") => found.options.extend(words),
            _ => {}
        }
    }
    found
}

/// The registry of the recordings holds one image under both tags of busybox.
fn recorded_registry() -> Vec<Vec<String>> {
    let tag = |tag: &str| format!("127.0.0.1:5000/library/busybox:{tag}");
    vec![vec![tag("1.35"), tag("1.36")]]
}

pub(super) struct Reader<'a> {
    document: &'a Document,
    pods: &'a BTreeMap<String, Pod>,
    errors: Vec<ScenarioError>,
}

impl Reader<'_> {
    pub(super) fn mistake(&mut self, place: &Place, mistake: ScenarioMistake) {
        self.errors.push(ScenarioError { place: place.clone(), mistake });
    }

    pub(super) fn span(&mut self, place: &Place, text: &str) -> Duration {
        span(text).unwrap_or_else(|| {
            self.mistake(place, ScenarioMistake::Span(text.into()));
            Duration::ZERO
        })
    }

    /// A word that means nothing there; `known` are words that do, which no language translates.
    pub(super) fn word(&mut self, place: &Place, text: &str, known: &'static str) {
        self.told(place, text, Phrase::name(known));
    }

    /// As [`Self::word`], where what could be written is told in a language's own words.
    pub(super) fn told(&mut self, place: &Place, text: &str, known: Phrase) {
        self.mistake(place, ScenarioMistake::Word { text: text.to_owned(), known });
    }

    /// A container must be in one of the pods. Where a pod could not be read, it may be in that.
    fn container(&mut self, place: &Place, name: &str) {
        if self.pods.values().any(|pod| pod.all_containers().next().is_none()) {
            return;
        }
        let mut containers = self.pods.values().flat_map(Pod::all_containers);
        if !containers.any(|container| container.name == name) {
            let containers = self.pods.values().flat_map(Pod::all_containers);
            let known = containers.map(|container| container.name.clone()).collect();
            self.mistake(place, ScenarioMistake::Container { name: name.to_owned(), known });
        }
    }

    fn paths(&mut self) -> Option<Vec<RuntimePath>> {
        let written = self.document.paths.as_ref()?;
        let mut paths = Vec::new();
        for (index, name) in written.iter().enumerate() {
            match name.parse() {
                Ok(path) => paths.push(path),
                Err(error) => {
                    let error: UnknownPath = error;
                    self.mistake(&Place::of("paths").item(index), ScenarioMistake::Path(error));
                }
            }
        }
        Some(paths)
    }

    fn profile(&mut self) -> Profile {
        let document = self.document;
        let version = document.kubelet.as_deref().map(str::parse::<KubeletVersion>);
        let kubelet = version.unwrap_or(Ok(KubeletVersion::RECORDED)).unwrap_or_else(|error| {
            self.mistake(&Place::of("kubelet"), ScenarioMistake::Version(error));
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

    fn behaviour(&mut self, place: &Place, written: &WrittenBehaviour) -> Behaviour {
        let runs = match written.runs.as_deref() {
            None | Some("forever") => None,
            Some(text) => Some(self.span(&place.field("runs"), text)),
        };
        let exits = match &written.exits {
            None => Exit::Code(0),
            Some(WrittenExit::Code(code)) => Exit::Code(*code),
            Some(WrittenExit::Word(word)) if word == "oom" => Exit::OutOfMemory,
            Some(WrittenExit::Word(word)) => {
                let known = Phrase { en: "an exit code, oom", zh: "退出码、oom" };
                self.told(&place.field("exits"), word, known);
                Exit::Code(0)
            }
        };
        let on_term = match &written.on_term {
            None => OnTerm::Ignored,
            Some(WrittenOnTerm::Exits { exits, after }) => {
                let after = after.as_deref().unwrap_or("0s");
                let after = self.span(&place.field("on_term").field("after"), after);
                OnTerm::Exits { code: *exits, after }
            }
            Some(WrittenOnTerm::Word(word)) => {
                if word != "ignored" {
                    self.word(&place.field("on_term"), word, "ignored, {exits: CODE, after: SPAN}");
                }
                OnTerm::Ignored
            }
        };
        let fails = written.liveness_fails_after.as_deref();
        let liveness_fails_after =
            fails.map(|text| self.span(&place.field("liveness_fails_after"), text));
        Behaviour { runs, exits, on_term, liveness_fails_after }
    }

    fn step(&mut self, index: usize, written: &WrittenStep) -> Option<Step> {
        let place = Place::of("steps").item(index);
        let at = self.span(&place.field("at"), &written.at);
        let pod = written.pod.clone();
        let needs_pod = matches!(written.action.as_str(), "apply" | "delete" | "kill-sandbox");
        if (needs_pod || !pod.is_empty()) && !self.pods.contains_key(&pod) {
            let known = self.pods.keys().cloned().collect();
            let name = pod.clone();
            let mistake = if name.is_empty() {
                ScenarioMistake::NoPod { known }
            } else {
                ScenarioMistake::Pod { name, known }
            };
            self.mistake(&place.field("pod"), mistake);
        }
        let container = written.container.clone();
        if written.action == "kill-container" || !container.is_empty() {
            self.container(&place.field("container"), &container);
        }
        let action = match written.action.as_str() {
            "apply" => Action::Apply { pod },
            "delete" => Action::Delete { pod },
            "kill-container" => Action::KillContainer { container },
            "kill-sandbox" => Action::KillSandbox { pod },
            "start-kubelet" => Action::StartKubelet,
            "stop-kubelet" => Action::StopKubelet,
            "restart-runtime" => {
                let pause = written.pause.as_deref();
                let pause = self.span(&place.field("pause"), pause.unwrap_or("0s"));
                Action::RestartRuntime { pause }
            }
            "end" => Action::End,
            word => {
                if let Some(action) = self.deed(&place, written) {
                    return Some(Step { at, action });
                }
                let Some(question) = question(word) else {
                    self.word(&place.field("do"), word, ACTIONS);
                    return None;
                };
                Action::Ask { question, pod, container, command: written.command.clone() }
            }
        };
        let _ = written.tail;
        Some(Step { at, action })
    }
}

/// A scenario that does not say when it ends does so a minute after the last step.
fn end(steps: &mut Vec<Step>) {
    const AFTER: Duration = Duration::from_secs(60);
    if let Some(last) = steps.last().map(|step| step.at)
        && !steps.iter().any(|step| step.action == Action::End)
    {
        steps.push(Step { at: last + AFTER, action: Action::End });
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

/// The longest span of a scenario, in milliseconds.
const YEAR_MS: i64 = 365 * 24 * 3_600_000;

/// `250ms`, `12s`, `5m`, `1h`; at most a year
pub(super) fn span(text: &str) -> Option<Duration> {
    let split = text.find(|c: char| !c.is_ascii_digit())?;
    let (number, unit) = text.split_at(split);
    let number: i64 = number.parse().ok()?;
    let ms = match unit {
        "ms" => 1,
        "s" => 1_000,
        "m" => 60_000,
        "h" => 3_600_000,
        _ => return None,
    };
    let ms = number.checked_mul(ms).filter(|ms| *ms <= YEAR_MS)?;
    Some(Duration::from_millis(ms))
}
