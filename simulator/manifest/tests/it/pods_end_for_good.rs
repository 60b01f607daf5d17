//! What ends a pod or a container for good: its deadline, a hook that fails, a removal.

use serde_json::Value;
use simulator_manifest::scenario::read_scenario;
use simulator_model::{Run, RuntimePath, export, simulate};

use crate::one_pod::yaml;

fn run(text: &str, path: RuntimePath) -> (Run, Vec<Value>) {
    let reading = read_scenario(text, "one", &mut |file| Err(format!("no file {file}")));
    assert!(reading.mistakes.is_empty(), "{:?}", reading.mistakes);
    let run = simulate(&reading.scenario.expect("it has no mistakes"), path, 0);
    let lines = export::lines(&run);
    (run, lines)
}

/// Seconds from the first event to the one with a reason.
fn after(run: &Run, reason: &str) -> Option<i64> {
    let found = run.events.iter().find(|event| event.reason == reason)?;
    Some(found.at.since(run.events[0].at).as_micros() / 1_000_000)
}

#[test]
fn a_deadline_outlives_the_kubelet_where_the_api_server_knows_it() {
    let stop = "- {at: 10s, do: stop-kubelet}\n- {at: 12s, do: start-kubelet}\n";
    for (source, expected) in [("api", 18..=20), ("static", 31..=50)] {
        let text = yaml(source, "", "activeDeadlineSeconds: 20", "")
            .replace("- {at: 30s", &format!("{stop}- {{at: 60s"));
        let (run, _) = run(&text, RuntimePath::Containerd);
        let found = after(&run, "DeadlineExceeded").expect("it is exceeded");
        assert!(expected.contains(&found), "{source}: {found} s");
    }
}

#[test]
fn a_hook_that_fails_says_so() {
    let hooks = "lifecycle: {postStart: {exec: {command: [sh, -c, exit 3]}}, preStop: {exec: \
                 {command: [sh, -c, exit 4]}}}";
    for path in RuntimePath::ALL {
        let (run, _) = run(&yaml("static", "", "", hooks), path);
        let said = |reason: &str| {
            let found = run.events.iter().find(|event| event.reason == reason);
            found.unwrap_or_else(|| panic!("no {reason} on {path}")).message.clone()
        };
        let start =
            "Exec lifecycle hook ([sh -c exit 3]) for Container \"main\" in Pod \"one-node1_shop(";
        assert!(said("FailedPostStartHook").starts_with(start), "{}", said("FailedPostStartHook"));
        let end = "failed - error: command 'sh -c exit 3' exited with 3: , message: \"\"";
        assert!(said("FailedPostStartHook").ends_with(end), "{}", said("FailedPostStartHook"));
        assert_eq!(said("Killing"), "FailedPostStartHook");
        assert!(said("FailedPreStopHook").contains("exited with 4"));
    }
}

/// The kubelet asks for a sandbox as often as it has seen containers of it go.
#[test]
fn a_sandbox_is_removed_however_often_it_is_asked() {
    let second = "{name: two, image: '127.0.0.1:5000/library/busybox:1.35', command: [b]}";
    let text = yaml("api", "", "", "")
        .replace("}], }", &format!("}}, {second}], terminationGracePeriodSeconds: 2}}"))
        .replace("- {at: 30s", "- {at: 20s, do: delete, pod: one}\n- {at: 120s");
    let reading = read_scenario(&text, "one", &mut |file| Err(format!("no file {file}")));
    let scenario = reading.scenario.expect("it has no mistakes");
    for path in RuntimePath::ALL {
        let mut most = 0;
        for seed in 0..8 {
            let lines = export::lines(&simulate(&scenario, path, seed));
            let of = |call: &str| -> Vec<String> {
                let asked =
                    |line: &&Value| line["loop"] == "garbage-collector" && line["call"] == call;
                let found = lines.iter().filter(asked);
                found.map(|line| line["code"].as_str().unwrap_or_default().to_owned()).collect()
            };
            let (stops, removals) = (of("StopPodSandbox"), of("RemovePodSandbox"));
            most = most.max(stops.len());
            assert!(removals.iter().all(|code| code == "OK"), "{path}: {removals:?}");
            // containerd alone minds being asked to stop what is gone, and then is not asked to
            // remove it.
            let minds = path == RuntimePath::Containerd;
            assert_eq!(stops[0], "OK", "{path}");
            let after = if minds { "NotFound" } else { "OK" };
            assert!(stops[1..].iter().all(|code| code == after), "{path}: {stops:?}");
            assert_eq!(removals.len(), if minds { 1 } else { stops.len() }, "{path}");
        }
        assert!(most > 1, "{path}: chance never lets both go at once");
    }
}

#[test]
fn a_name_that_the_kernel_cannot_hold_makes_no_sandbox() {
    let long = "a-name-that-is-as-long-as-many-are";
    for (host, fits) in [("short", true), (long, false)] {
        let spec = format!("hostname: {host}, subdomain: backend, setHostnameAsFQDN: true");
        let (run, lines) = run(&yaml("api", "", &spec, ""), RuntimePath::CriO);
        let asked = lines.iter().any(|line| line["call"] == "RunPodSandbox");
        assert_eq!(asked, fits, "{host}");
        let said = run.events.iter().find(|event| event.reason == "FailedCreatePodSandBox");
        let said = said.map(|event| event.message.clone());
        let expected = format!(
            "Failed to create pod sandbox: failed to construct FQDN from pod hostname and cluster \
             domain, FQDN {long}.backend.shop.svc.cluster.local is too long (64 characters is the max, \
             65 characters requested)"
        );
        assert_eq!(said, (!fits).then_some(expected), "{host}");
    }
}

/// Nobody is told of a startup probe that fails, so the container is killed at the next sync.
#[test]
fn what_kills_a_container_is_named() {
    let probe = "exec: {command: ['false']}, periodSeconds: 1, failureThreshold: 1";
    for (policy, again) in [("Always", ", will be restarted"), ("Never", "")] {
        for kind in ["startup", "liveness"] {
            let both = format!("livenessProbe: {{{probe}}}");
            let probes = match kind {
                "startup" => format!("startupProbe: {{{probe}}}, {both}"),
                _ => both,
            };
            // Another container goes on: of a pod in which nothing is left to do, all is stopped.
            let other = "{name: two, image: '127.0.0.1:5000/library/busybox:1.35', command: [b]}";
            let text = yaml("static", "", &format!("restartPolicy: {policy}"), &probes)
                .replace("}], restart", &format!("}}, {other}], restart"))
                .replace("at: 30s", "at: 130s");
            let (run, _) = run(&text, RuntimePath::Containerd);
            let killed = run.events.iter().find(|event| event.reason == "Killing");
            let expected = format!("Container main failed {kind} probe{again}");
            assert_eq!(killed.expect("it is killed").message, expected, "{policy}");
        }
    }
}

/// The worker of the pod and the collector of its dead containers remove an init container that has
/// failed twice side by side; most runtimes turn the second away.
#[test]
fn who_comes_second_to_remove_a_container_is_turned_away() {
    let init = "initContainers: [{name: first, image: '127.0.0.1:5000/library/busybox:1.35', command: \
                [a]}]";
    let text = yaml("api", "", init, "")
        .replace("steps:", "behaviour:\n  first: [{runs: 1s, exits: 1}]\nsteps:");
    for path in RuntimePath::ALL {
        let (_, lines) = run(&text, path);
        let removals = lines.iter().filter(|line| {
            line["call"] == "RemoveContainer"
                && line["request"]["container_id"] == "container:first:0"
        });
        let said: Vec<_> = removals.filter_map(|line| line["message"].as_str()).collect();
        let expected = match path {
            RuntimePath::CriO => None,
            RuntimePath::Containerd => Some(
                "failed to set removing state for container \"container:first:0\": container is \
                 already in removing state",
            ),
            _ => Some(
                "failed to remove container \"container:first:0\": Error response from daemon: \
                 removal of container container:first:0 is already in progress",
            ),
        };
        assert_eq!(said, expected.into_iter().collect::<Vec<_>>(), "{path}");
    }
}
