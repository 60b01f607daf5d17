//! Probes and hooks end as their commands say: in time or not, well or not (k8s 1.20.2,
//! pkg/kubelet/prober, pkg/probe/exec, `pkg/kubelet/lifecycle/handlers.go`; what each runtime makes of
//! a command whose time is up: `dockershim/docker_streaming.go`, cri-dockerd 0.3.1
//! `core/container_exec.go`, containerd 1.6.20 `pkg/cri/server/container_execsync.go`, CRI-O 1.23.0
//! `internal/oci/runtime_oci.go`).

use serde_json::{Value, json};
use simulator_model::RuntimePath;

use crate::one_pod::{first, of, run, scenario, yaml};

fn stops(lines: &[Value]) -> usize {
    lines.iter().filter(|line| line["call"] == "StopContainer").count()
}

#[test]
fn a_probe_whose_time_is_up_has_failed() {
    let probe = "livenessProbe: {exec: {command: [sleep, '5']}, periodSeconds: 2, \
                 failureThreshold: 2}";
    for path in RuntimePath::ALL {
        let lines = run(&scenario("static", "", "terminationGracePeriodSeconds: 2", probe), path);
        let exec = first(&lines, "ExecSync");
        let took = exec["dur_us"].as_i64().expect("it has a length");
        assert!((1_000_000..1_300_000).contains(&took), "{took} µs on {path}");
        let (code, message, docker) = match path {
            RuntimePath::CriO => ("OK", json!(null), json!(null)),
            RuntimePath::Containerd => (
                "DeadlineExceeded",
                json!(
                    "failed to exec in container: timeout 1s exceeded: context deadline exceeded"
                ),
                json!(null),
            ),
            _ => ("DeadlineExceeded", json!("context deadline exceeded"), json!(2)),
        };
        assert_eq!((&exec["code"], &exec["message"]), (&json!(code), &message), "{path}");
        // Docker is not asked how it ended.
        assert_eq!(json!(exec["docker"].as_array().map(Vec::len)), docker, "{path}");
        if path == RuntimePath::CriO {
            assert_eq!(exec["response"]["exit_code"], -1);
        }
        assert!(stops(&lines) > 0, "the container is killed on {path}");
    }
}

/// A hook before the stop that outlasts the grace period is killed with its container.
#[test]
fn a_command_ends_with_its_container() {
    let hook = "lifecycle: {preStop: {exec: {command: [sleep, '60']}}}";
    let text = yaml("api", "", "terminationGracePeriodSeconds: 3", hook)
        .replace("- {at: 30s, do: end}", "- {at: 10s, do: delete, pod: one}\n- {at: 40s, do: end}");
    for path in RuntimePath::ALL {
        let lines = run(&of(&text), path);
        let hook = first(&lines, "ExecSync");
        assert_eq!(hook["response"]["exit_code"], 137, "{path}");
        // Three seconds of grace, and the two that every container gets.
        let took = hook["dur_us"].as_i64().expect("it has a length");
        assert!((4_900_000..5_600_000).contains(&took), "{took} µs on {path}");
    }
}

#[test]
fn a_command_that_fails_costs_the_container_its_life() {
    let hook = "lifecycle: {postStart: {exec: {command: [sh, -c, 'sleep 1; exit 3']}}}";
    let probe = "livenessProbe: {exec: {command: [/bin/false]}, periodSeconds: 2}";
    for path in RuntimePath::ALL {
        let lines = run(&scenario("static", "", "terminationGracePeriodSeconds: 2", hook), path);
        assert_eq!(first(&lines, "ExecSync")["response"]["exit_code"], 3, "{path}");
        assert!(stops(&lines) > 0, "the container is killed on {path}");
        let lines = run(&scenario("static", "", "terminationGracePeriodSeconds: 2", probe), path);
        assert_eq!(first(&lines, "ExecSync")["response"]["exit_code"], 1, "{path}");
        assert!(stops(&lines) > 0, "the container is killed on {path}");
    }
}

/// A container that has ended counts as one that fails its liveness probe, which has the pod synced
/// once more: without an API server that shows as one more `Version`.
#[test]
fn a_probe_of_a_dead_container_wakes_the_worker_once() {
    let versions = |probe: &str, path| {
        let other = "}, {name: other, image: '127.0.0.1:5000/library/busybox:1.36'";
        let yaml = yaml("static", "", "restartPolicy: OnFailure", &format!("{probe}{other}"));
        let ends = "behaviour:\n  main: [{runs: 5s, exits: 0}]\nsteps:";
        let lines = run(&of(&yaml.replace("steps:", ends)), path);
        let asked = lines.iter().filter(|line| line["loop"] == "pod-worker");
        asked.filter(|line| line["call"] == "Version").count()
    };
    let probe = "livenessProbe: {exec: {command: ['true']}, periodSeconds: 3}";
    for path in RuntimePath::ALL {
        assert_eq!(versions(probe, path), versions("", path) + 1, "{path}");
    }
}

#[test]
fn a_probe_knows_only_what_the_manifest_says() {
    let own = "env: [{name: A, value: one}, {name: A, value: '$(B)'}, \
               {name: IP, valueFrom: {fieldRef: {fieldPath: status.podIP}}}], \
               livenessProbe: {exec: {command: [echo, '$(A)-$(IP)-$(C)']}, periodSeconds: 2}";
    for path in RuntimePath::ALL {
        let lines = run(&scenario("static", "", "", own), path);
        let command = &first(&lines, "ExecSync")["request"]["cmd"];
        assert_eq!(command, &json!(["echo", "$(B)--$(C)"]), "{path}");
    }
}
