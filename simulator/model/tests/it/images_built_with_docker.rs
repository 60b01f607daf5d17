//! An image that was built with Docker is found where Docker runs the pods, and elsewhere only once
//! it has been brought over.

use simulator_model::clock::Duration;
use simulator_model::pod::PullPolicy;
use simulator_model::scenario::{Action, Scenario};
use simulator_model::views::{View, render};
use simulator_model::{Run, RuntimePath, simulate};

use crate::faults_end_as_upstream::{end, scenario};

const IMAGE: &str = "127.0.0.1:5000/library/app:1";

/// A pod that wants the image, which no registry has, and what is done after it was applied.
fn wanted(policy: PullPolicy, steps: Vec<(i64, Action)>) -> Scenario {
    let mut wanted = scenario(steps);
    let pod = wanted.pods.get_mut("simple").expect("it is there");
    pod.spec.containers[0].image = IMAGE.into();
    pod.spec.containers[0].image_pull_policy = Some(policy);
    wanted.registry_lacks = vec![IMAGE.into()];
    wanted
}

fn build() -> Action {
    Action::DockerBuild { image: IMAGE.into() }
}

fn import() -> Action {
    Action::ImportImage { image: IMAGE.into() }
}

/// How many containers were started within so many seconds after the pod was applied.
fn started(run: &Run, seconds: i64) -> usize {
    let applied = run.marks.iter().find(|mark| mark.word == "apply").expect("it was").at;
    let until = applied + Duration::from_secs(seconds);
    let calls = run.calls.iter().filter(|call| call.at < until && call.outcome.is_ok());
    calls.filter(|call| call.request.name() == "StartContainer").count()
}

fn lists(run: &Run, seconds: i64, view: View) -> bool {
    let applied = run.marks.iter().find(|mark| mark.word == "apply").expect("it was").at;
    render(view, &run.moment(applied + Duration::from_secs(seconds))).contains("library/app")
}

#[test]
fn the_runtime_has_it_at_once_or_once_it_was_brought_over() {
    for (policy, reason) in
        [(PullPolicy::Never, "ErrImageNeverPull"), (PullPolicy::IfNotPresent, "Pulling")]
    {
        let mut built = wanted(policy, vec![(0, build()), (30, import()), end(60)]);
        built.steps.swap(0, 1);
        for path in RuntimePath::ALL {
            let run = simulate(&built, path, 0);
            let shared = path.has_docker();
            assert_eq!(started(&run, 30), usize::from(shared), "{path} {policy:?}");
            assert_eq!(started(&run, 60), 1, "{path} {policy:?}");
            let told = run.events.iter().any(|event| event.reason == reason);
            assert_eq!(told, !shared, "{path} {policy:?}: {reason}");
            assert!(lists(&run, 20, View::DockerImages), "{path}: Docker has it");
            assert_eq!(lists(&run, 20, View::Images), shared, "{path}");
            assert!(lists(&run, 50, View::Images), "{path}: brought over");
        }
    }
}

#[test]
fn what_docker_does_not_have_is_not_brought_over() {
    for path in RuntimePath::ALL {
        let run = simulate(&wanted(PullPolicy::Never, vec![(10, import()), end(40)]), path, 0);
        assert_eq!(started(&run, 40), 0, "{path}");
        assert!(!lists(&run, 30, View::DockerImages), "{path}");
    }
}

#[test]
fn nothing_is_built_while_dockerd_is_down() {
    let stop = crate::faults_end_as_upstream::deed(
        simulator_model::scenario::Daemon::Dockerd,
        simulator_model::scenario::Deed::Stop,
    );
    let steps = vec![(1, stop), (30, build()), end(40)];
    let run = simulate(&wanted(PullPolicy::Never, steps), RuntimePath::Dockershim, 0);
    assert!(run.last.built.is_empty());
}

/// No registry gave it a digest, so replies name it by its ID.
#[test]
fn it_has_no_digest_from_a_registry() {
    let mut built = wanted(PullPolicy::Never, vec![(0, build()), (0, import()), end(30)]);
    built.steps.swap(0, 1);
    for path in RuntimePath::ALL {
        let run = simulate(&built, path, 0);
        let lines = simulator_model::export::lines(&run);
        let replies = |call: &'static str| {
            let of = lines.iter().filter(move |line| line["call"] == call);
            of.map(|line| &line["response"]).cloned().collect::<Vec<_>>()
        };
        let image = replies("ImageStatus")
            .into_iter()
            .find(|reply| reply["image"]["repo_tags"][0] == IMAGE);
        let image = image.expect("it was looked for");
        assert_eq!(image["image"]["repo_digests"], serde_json::Value::Null, "{path}");
        let statuses = replies("ContainerStatus");
        let reference = statuses[0]["status"]["image_ref"].as_str().expect("a reference");
        let prefix = if path.has_docker() { "docker://" } else { "" };
        assert_eq!(reference, format!("{prefix}image:{IMAGE}"), "{path}");
    }
}
