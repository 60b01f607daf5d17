//! Every call, engine call, command and mark of a recording is a step exactly once.

use simulator_model::RuntimePath;
use simulator_model::recording::Call;
use simulator_view::{Phase, Run, Step, What};

use crate::all;

fn count(run: &Run, kind: impl Fn(&What) -> bool) -> usize {
    run.steps.iter().filter(|step| kind(&step.what)).count()
}

#[test]
fn each_exactly_once() {
    for run in all() {
        let recording = &run.recording;
        let name = format!("{}/{}", run.path(), recording.scenario);
        let mut seen: Vec<String> =
            run.steps.iter().map(|step| format!("{:?}", step.what)).collect();
        seen.sort_unstable();
        let all = seen.len();
        seen.dedup();
        assert_eq!(seen.len(), all, "{name}: a step is there twice");
        let engine: usize = recording.calls.iter().map(|call| call.docker.len()).sum();
        assert_eq!(count(&run, |it| matches!(it, What::Mark(_))), recording.marks.len(), "{name}");
        assert_eq!(count(&run, |it| matches!(it, What::Cri(_))), recording.calls.len(), "{name}");
        assert_eq!(count(&run, |it| matches!(it, What::Engine(..))), engine, "{name}");
        let outside = recording.outside_cri.len();
        assert_eq!(count(&run, |it| matches!(it, What::Outside(_))), outside, "{name}");
        if run.alignment.is_some() {
            assert_eq!(
                count(&run, |it| matches!(it, What::Runc(_))),
                recording.runc.len(),
                "{name}"
            );
        }
    }
}

#[test]
fn in_order_and_inside_their_parents() {
    for run in all() {
        let name = format!("{}/{}", run.path(), run.recording.scenario);
        for (index, step) in run.steps.iter().enumerate() {
            if let Some(next) = run.steps.get(index + 1) {
                assert!(step.at_us <= next.at_us, "{name}: step {index} is out of order");
            }
            if let Some(parent) = step.parent {
                assert!(parent < index, "{name}: step {index} comes before its parent");
                assert!(run.steps[parent].at_us <= step.at_us, "{name}: step {index}");
            }
        }
    }
}

#[test]
fn nothing_that_changes_a_node_counts_as_a_poll() {
    let changes = ["Run", "Create", "Start", "Stop", "Remove", "Pull", "Exec"];
    for run in all() {
        let applied = run.recording.mark("apply").is_some();
        let is_poll = |step: &&Step| !step.acts() && (!applied || step.at_us >= 0);
        for step in run.steps.iter().filter(is_poll) {
            let name = step.name(&run);
            let changing = changes.iter().any(|verb| name.starts_with(verb));
            assert!(!changing, "{}/{}: {name}", run.path(), run.recording.scenario);
        }
    }
}

#[test]
fn a_call_is_told_from_its_like_with_all_that_happened_in_it() {
    for run in all() {
        let name = format!("{}/{}", run.path(), run.recording.scenario);
        let mut told = std::collections::BTreeSet::new();
        for (index, step) in run.steps.iter().enumerate() {
            let call = run.nth_call(index);
            match step.what {
                What::Cri(_) if step.at_us < 0 => assert_eq!(call, None, "{name}"),
                What::Cri(_) => {
                    let call = call.expect("it is a call");
                    assert!(call.starts_with(&format!("{}.", step.name(&run))), "{name}: {call}");
                    assert!(told.insert(call.clone()), "{name}: {call} is two");
                }
                _ => assert_eq!(call, step.parent.and_then(|it| run.nth_call(it)), "{name}"),
            }
        }
        assert!(!told.is_empty(), "{name}");
    }
}

#[test]
fn only_what_was_recorded_says_so() {
    for run in all() {
        for step in &run.steps {
            let recorded = step.hops.iter().filter(|hop| hop.recorded).count();
            let expected = match step.what {
                What::Cni(_) => 0,
                // What is done to another program than the kubelet takes no way to it.
                What::Mark(mark) => {
                    let elsewhere =
                        ["kill", "start", "stop-runtime", "stopped", "start-runtime", "ready"];
                    usize::from(!elsewhere.contains(&run.recording.marks[mark].mark.as_str()))
                }
                _ => 1,
            };
            assert_eq!(recorded, expected, "{:?}", step.what);
        }
    }
}

/// A poll is folded away as long as it tells nothing new: that a runtime is gone, and that it is
/// back, is seen without unfolding any.
#[test]
fn an_outage_and_its_end_are_steps() {
    for path in RuntimePath::ALL {
        let run = crate::run(path, "engine_restart");
        let looks: Vec<_> = run
            .acting()
            .filter(|(_, step)| step.phase == Phase::Watching)
            .filter_map(|(_, step)| match step.what {
                What::Cri(call) => Some(&run.recording.calls[call]),
                _ => None,
            })
            .collect();
        let lists = |call: &&&Call| call.call == "ListPodSandbox" && call.loop_name == "pleg";
        let told: Vec<_> = looks.iter().filter(lists).map(|call| call.is_ok()).collect();
        assert_eq!((told.first(), told.last()), (Some(&false), Some(&true)), "{path}");
        assert!(looks.len() < 12, "{path}: {} are not folded away", looks.len());
    }
}

/// What was not answered when the recording ended is no outage.
#[test]
fn an_open_question_is_no_news() {
    for run in all().filter(|run| run.recording.mark("apply").is_some()) {
        for (_, step) in run.acting().filter(|(_, step)| step.phase == Phase::Watching) {
            if let What::Cri(call) = step.what {
                let call = &run.recording.calls[call];
                let known = call.code.is_some() || call.call == "ContainerStatus";
                assert!(known, "{}/{}: {}", run.path(), run.recording.scenario, call.call);
            }
        }
    }
}

/// Without a pod what is asked again and again is all there is to see.
#[test]
fn a_node_without_pods_shows_its_polls() {
    let run = crate::run(RuntimePath::Containerd, "startup");
    let asks = |name: &str| run.acting().filter(|(_, step)| step.name(&run) == name).count();
    assert!(asks("Status") >= 3 && asks("ListPodSandbox") >= 10);
}
