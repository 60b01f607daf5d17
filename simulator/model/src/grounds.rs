//! What a run rests on: recordings, source that was read, or documents.
//!
//! Everything that can be done to a node has a row among [`behaviours`] for each path, and every
//! run can be asked for the rows it needs: [`grounds`].

mod processes;
mod surroundings;

use crate::RuntimePath;
use crate::basis::{Basis, Phrase};
use crate::run::Run;
use crate::scenario::Scenario;
use crate::versions::{CgroupDriver, KubeletVersion, facts_for};

/// How a node behaves when something happens to it.
#[derive(Clone, Copy, Debug)]
pub struct Behaviour {
    /// What happens: the word of a mark, or of a premise of the scenario.
    pub id: &'static str,
    /// The paths it is said of.
    pub paths: &'static [RuntimePath],
    /// What the node does.
    pub what: Phrase,
    /// What that rests on.
    pub basis: Basis,
    /// The recording, or the source with its version.
    pub source: &'static str,
}

/// One thing that a run rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ground {
    /// The name of the behaviour or of the fact.
    pub id: &'static str,
    /// What is so.
    pub what: Phrase,
    /// What that rests on.
    pub basis: Basis,
    /// Where it is written.
    pub source: &'static str,
}

/// The calls themselves, at the version that was recorded and at others.
const CALLS: [Ground; 2] = [
    Ground {
        id: "calls",
        what: Phrase {
            en: "Which calls are made, in what order and with what in them, is that of kubelet \
                 1.20.2.",
            zh: "发出哪些调用、以何种顺序、带何种内容，均以 kubelet 1.20.2 为准。",
        },
        basis: Basis::Recorded,
        source: "the recordings of this repository",
    },
    Ground {
        id: "calls-assumed",
        what: Phrase {
            en: "No node was recorded at this version: the calls are those of kubelet 1.20.2, but \
                 for what is listed here.",
            zh: "没有录制过这一版本的节点：除下列各项外，调用均沿用 kubelet 1.20.2 的。",
        },
        basis: Basis::Documents,
        source: "the recordings of this repository, carried over",
    },
];

/// What a run rests on: its calls, what its version changes, and what was done to the node.
pub fn grounds(run: &Run) -> Vec<Ground> {
    let version = run.profile.kubelet;
    let [recorded, assumed] = CALLS;
    let mut grounds = vec![if version.is_recorded() { recorded } else { assumed }];
    let changed = |fact: &&crate::versions::VersionFact| !fact.holds_for(KubeletVersion::RECORDED);
    grounds.extend(facts_for(version).filter(changed).map(|fact| Ground {
        id: fact.id,
        what: fact.what,
        basis: fact.basis,
        source: fact.source.en,
    }));
    let marks = run.marks.iter().map(|mark| mark.word);
    for id in run.premises.iter().copied().chain(marks) {
        let Some(ground) = behaviour(id, run.path) else { continue };
        if !grounds.contains(&ground) {
            grounds.push(ground);
        }
    }
    grounds
}

/// The weakest thing a run rests on.
pub fn weakest(run: &Run) -> Basis {
    grounds(run).iter().map(|ground| ground.basis).max().unwrap_or_default()
}

/// Every row: what can happen, on which paths, and what is done then.
pub fn behaviours() -> impl Iterator<Item = &'static Behaviour> {
    processes::PROCESSES.iter().chain(&surroundings::SURROUNDINGS)
}

const fn row(
    id: &'static str,
    paths: &'static [RuntimePath],
    basis: Basis,
    source: &'static str,
    says: (&'static str, &'static str),
) -> Behaviour {
    Behaviour { id, paths, what: Phrase { en: says.0, zh: says.1 }, basis, source }
}

/// What a path does when something happens to it.
pub fn behaviour(id: &str, path: RuntimePath) -> Option<Ground> {
    let row = behaviours().find(|row| row.id == id && row.paths.contains(&path))?;
    Some(Ground { id: row.id, what: row.what, basis: row.basis, source: row.source })
}

/// What a scenario presupposes beyond its steps.
pub(crate) fn premises(scenario: &Scenario) -> Vec<&'static str> {
    let node = &scenario.node;
    let ends = |exit| {
        let mut starts = scenario.behaviour.values().flatten();
        starts.any(|start| start.exits == exit)
    };
    let differ = match (node.kubelet_driver, node.runtime_driver) {
        (CgroupDriver::Cgroupfs, CgroupDriver::Systemd) => Some("driver-systemd-below"),
        (CgroupDriver::Systemd, CgroupDriver::Cgroupfs) => Some("driver-systemd-above"),
        _ => None,
    };
    let given = [
        (!scenario.registry_lacks.is_empty()).then_some("registry-lacks"),
        scenario.without_cni.then_some("without-cni"),
        scenario.stale_annotation.then_some("stale-annotation"),
        ends(crate::scenario::Exit::OutOfMemory).then_some("oom-kill"),
        (node.sandbox_image.is_some()).then_some("sandbox-image"),
        differ,
        (scenario.pods.values().any(crate::pod::Pod::goes_beyond_recordings))
            .then_some("pod-fields"),
    ];
    given.into_iter().flatten().collect()
}
