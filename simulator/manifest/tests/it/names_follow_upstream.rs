//! Names that the kubelet, admission and Docker's client make of what a manifest says.

use serde_json::Value;
use simulator_manifest::scenario::read_scenario;
use simulator_model::{RuntimePath, export, simulate};

fn run(spec: &str, image: &str, container: &str) -> Vec<Value> {
    let text = format!(
        "format: scenario/1
name: one
source: api
manifests:
- apiVersion: v1
  kind: Pod
  metadata: {{name: one}}
  spec: {{{spec} containers: [{{name: main, image: '{image}', {container}}}]}}
steps:
- {{at: 0s, do: apply, pod: one}}
- {{at: 9s, do: end}}
"
    );
    let reading = read_scenario(&text, "one", &mut |file| Err(format!("no file {file}")));
    assert!(reading.mistakes.is_empty(), "{:?}", reading.mistakes);
    let scenario = reading.scenario.expect("it has no mistakes");
    export::lines(&simulate(&scenario, RuntimePath::Dockershim, 0))
}

fn first<'a>(lines: &'a [Value], call: &str) -> &'a Value {
    lines.iter().find(|line| line["call"] == call).unwrap_or_else(|| panic!("no {call}"))
}

/// docker/docker 20.10, `client/image_pull.go`: the familiar name, and the digest or the tag.
#[test]
fn images_are_pulled_by_their_familiar_names() {
    let digest = format!("sha256:{}", "a".repeat(64));
    let cases = [
        ("busybox".to_owned(), "busybox", "latest"),
        ("docker.io/library/busybox:1.35".to_owned(), "busybox", "1.35"),
        ("index.docker.io/some/thing:1".to_owned(), "some/thing", "1"),
        ("library/busybox:1".to_owned(), "busybox", "1"),
        ("localhost/library/busybox:1".to_owned(), "localhost/library/busybox", "1"),
        ("quay.io/a/b:1".to_owned(), "quay.io/a/b", "1"),
        ("127.0.0.1:5000/a".to_owned(), "127.0.0.1:5000/a", "latest"),
        (format!("127.0.0.1:5000/a:1.35@{digest}"), "127.0.0.1:5000/a", digest.as_str()),
    ];
    for (image, name, tag) in cases {
        let lines = run("", &image, "command: [a]");
        let pulled = &first(&lines, "PullImage")["docker"][0];
        assert_eq!(pulled["query"]["fromImage"], name, "{image}");
        assert_eq!(pulled["query"]["tag"], tag, "{image}");
    }
}

/// plugin/pkg/admission/serviceaccount: the token is that of the pod's own account.
#[test]
fn the_token_is_of_the_pods_account() {
    for (spec, account) in [("", "default"), ("serviceAccountName: robot,", "robot")] {
        let lines = run(spec, "busybox", "command: [a]");
        let mounts = &first(&lines, "CreateContainer")["request"]["config"]["mounts"];
        let path = mounts[0]["host_path"].as_str().expect("a mount has a path");
        let secret = path.rsplit('/').next().expect("a path has an end");
        assert!(secret.starts_with(&format!("{account}-token-")), "{secret}");
    }
}

/// pkg/api/v1/resource/helpers.go, `MergeContainerResourceLimits`: who has no limit can have what
/// the node can give.
#[test]
fn a_limit_that_is_not_set_is_what_the_node_has() {
    let field = "valueFrom: {resourceFieldRef: {resource: limits.ephemeral-storage, divisor: 1Gi}}";
    let lines = run("", "busybox", &format!("command: [a], env: [{{name: ROOM, {field}}}]"));
    let envs = &first(&lines, "CreateContainer")["request"]["config"]["envs"];
    assert_eq!(envs[0]["value"], "18");
}
