//! A pull carries the login that a secret of the pod has for the registry (k8s 1.20.2,
//! pkg/credentialprovider, `kuberuntime/kuberuntime_image.go`).

use serde_json::{Value, json};
use simulator_manifest::Lang;
use simulator_manifest::scenario::{ScenarioReading, read_scenario};
use simulator_model::{RuntimePath, export, simulate};

/// A secret with logins, and a pod that pulls an image with it.
fn read(source: &str, secret: &str, image: &str) -> ScenarioReading {
    let text = format!(
        "format: scenario/1
name: one
source: {source}
registry_lacks: [quay.io/lacks/it:1]
manifests:
{secret}
- apiVersion: v1
  kind: Pod
  metadata: {{name: one}}
  spec: {{imagePullSecrets: [{{name: reg}}], containers: [{{name: main, image: '{image}', command: [a]}}]}}
steps:
- {{at: 0s, do: apply, pod: one}}
- {{at: 9s, do: end}}
"
    );
    read_scenario(&text, "one", &mut |file| Err(format!("no file {file}")))
}

/// `bmFtZTp3b3JkOng=` is `name:word:x`.
const SECRET: &str = r#"- apiVersion: v1
  kind: Secret
  metadata: {name: reg}
  type: kubernetes.io/dockerconfigjson
  stringData:
    .dockerconfigjson: '{"auths": {
      "https://index.docker.io/v1/": {"username": "hub", "password": "h"},
      "127.0.0.1:5000": {"auth": "bmFtZTp3b3JkOng="},
      "quay.io": {"username": "all", "password": "q"},
      "quay.io/team": {"username": "team", "password": "t"},
      "*.example.com": {"username": "star", "password": "s"}}}'"#;

fn pulls(reading: ScenarioReading, path: RuntimePath) -> Vec<Value> {
    assert!(reading.mistakes.is_empty(), "{:?}", reading.mistakes);
    let lines = export::lines(&simulate(&reading.scenario.expect("it is read"), path, 0));
    let pulls = lines.iter().filter(|line| line["call"] == "PullImage");
    pulls.map(|line| line["request"]["auth"].clone()).collect()
}

#[test]
fn by_the_longest_location_that_fits() {
    let login = |name: &str, word: &str| json!({"username": name, "password": word});
    let cases = [
        ("busybox:1.35", vec![login("hub", "h")]),
        ("127.0.0.1:5000/library/busybox:1.35", vec![login("name", "word:x")]),
        ("quay.io/other/it:1", vec![login("all", "q")]),
        // The first that works is enough.
        ("quay.io/team/it:1", vec![login("team", "t")]),
        ("reg.example.com/a:1", vec![login("star", "s")]),
        ("a.b.example.com/a:1", vec![Value::Null]),
        ("127.0.0.1:5001/a:1", vec![Value::Null]),
    ];
    for (image, expected) in cases {
        for path in RuntimePath::ALL {
            assert_eq!(pulls(read("api", SECRET, image), path), expected, "{image} on {path}");
        }
    }
}

#[test]
fn a_pull_that_fails_is_tried_with_each() {
    let secret = SECRET.replace("quay.io/team", "quay.io/lacks");
    let tried = pulls(read("api", &secret, "quay.io/lacks/it:1"), RuntimePath::Containerd);
    let names: Vec<_> = tried.iter().map(|auth| auth["username"].clone()).collect();
    assert_eq!(names, ["team", "all"]);
}

#[test]
fn a_secret_of_another_type_has_no_logins() {
    let secret = SECRET.replace("kubernetes.io/dockerconfigjson", "Opaque");
    let tried = pulls(read("api", &secret, "quay.io/team/it:1"), RuntimePath::Containerd);
    assert_eq!(tried, [Value::Null]);
}

#[test]
fn what_is_not_known_is_said() {
    let other = SECRET.replace("name: reg}", "name: other}");
    let reading = read("api", &other, "quay.io/team/it:1");
    assert!(reading.notes[0].text(Lang::En).contains("Secret `reg` is not in this text"));
    let tried = pulls(reading, RuntimePath::CriO);
    assert_eq!(tried[0]["username"], "value-of-username");
    let reading = read("static", SECRET, "quay.io/team/it:1");
    assert!(reading.notes[0].text(Lang::En).contains("the Secret `reg` is at the API server"));
    assert!(reading.notes[0].text(Lang::ZhCn).contains("Secret `reg` 存放在 API 服务器上"));
    let run = simulate(&reading.scenario.clone().expect("it is read"), RuntimePath::CriO, 0);
    let line = "Unable to retrieve pull secret default/reg for default/one-node1 due to failed to sync \
                secret cache: timed out waiting for the condition.  The image pull may not succeed.";
    assert!(run.node_log.iter().any(|said| said.text == line), "{:?}", run.node_log);
    assert_eq!(pulls(reading, RuntimePath::CriO), [Value::Null]);
}
