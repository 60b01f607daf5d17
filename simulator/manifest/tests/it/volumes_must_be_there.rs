//! A pod whose volumes, secrets or settings cannot be had waits as kubelet 1.20.2 lets it wait: the
//! runtime hears nothing of it, and the events say why.

use serde_json::Value;
use simulator_manifest::Lang;
use simulator_manifest::scenario::{ScenarioReading, read_scenario};
use simulator_model::{Run, RuntimePath, export, simulate};

use crate::one_pod::yaml;

fn read(source: &str, spec: &str, container: &str) -> ScenarioReading {
    let text = yaml(source, "", spec, container).replace("at: 30s", "at: 150s");
    let reading = read_scenario(&text, "one", &mut |file| Err(format!("no file {file}")));
    assert!(reading.mistakes.is_empty(), "{:?}", reading.mistakes);
    reading
}

fn run(source: &str, spec: &str, container: &str, path: RuntimePath) -> (Run, Vec<Value>) {
    let reading = read(source, spec, container);
    let run = simulate(&reading.scenario.expect("it has no mistakes"), path, 0);
    let lines = export::lines(&run);
    (run, lines)
}

fn count(lines: &[Value], call: &str) -> usize {
    lines.iter().filter(|line| line["call"] == call).count()
}

/// The messages of all events with a reason, in order.
fn messages<'a>(run: &'a Run, reason: &str) -> Vec<&'a str> {
    let found = run.events.iter().filter(|event| event.reason == reason);
    found.map(|event| event.message.as_str()).collect()
}

const MOUNT: &str = "volumeMounts: [{name: v, mountPath: /v}]";

#[test]
fn a_path_is_what_the_volume_says() {
    let on = |what: &str, path: RuntimePath| {
        let volume = format!("volumes: [{{name: v, hostPath: {{{what}}}}}]");
        let (run, lines) = run("static", &volume, MOUNT, path);
        let said = messages(&run, "FailedMount").first().map(|text| (*text).to_owned());
        let begun = count(&lines, "RunPodSandbox") > 0;
        assert_eq!(begun, said.is_none(), "{what} on {path}");
        said
    };
    for path in RuntimePath::ALL {
        let said = on("path: /var/run/docker.sock, type: Socket", path);
        let expected = "MountVolume.SetUp failed for volume \"v\" : hostPath type check failed: \
                        /var/run/docker.sock is not a socket file";
        let expected = (!path.has_docker()).then(|| expected.to_owned());
        assert_eq!(said, expected, "{path}");
        // Nobody looks at a path of which nothing is asked; then the runtime makes a folder.
        assert_eq!(on("path: /var/run/docker.sock", path), None);
        assert_eq!(on("path: /var/lib/docker/x, type: DirectoryOrCreate", path), None);
        // Of what is not known, the manifest is believed.
        assert_eq!(on("path: /opt/app, type: File", path), None);
        let said = on("path: /var/log, type: File", path).expect("it is a folder");
        assert!(said.ends_with("hostPath type check failed: /var/log is not a file"));
        let said = on("path: /var/lib/docker/containers, type: Directory", path);
        assert_eq!(said.is_some(), !path.has_docker(), "{path}");
    }
}

#[test]
fn a_sync_waits_two_minutes_and_three_seconds() {
    let volumes = "volumes: [{name: v, hostPath: {path: /proc, type: File}}, {name: unused, \
                   emptyDir: {}}]";
    let (run, lines) = run("api", volumes, MOUNT, RuntimePath::Containerd);
    assert_eq!(count(&lines, "RunPodSandbox"), 0);
    let said = messages(&run, "FailedMount");
    let late = said.iter().position(|text| text.starts_with("Unable")).expect("it gives up");
    assert_eq!(
        said[late],
        "Unable to attach or mount volumes: unmounted volumes=[v], unattached \
         volumes=[default-token-x7k2p v]: timed out waiting for the condition"
    );
    let apply = run.events[0].at;
    let at = run.events.iter().find(|event| event.message == said[late]).expect("it is there").at;
    assert_eq!(at.since(apply).as_micros() / 1_000_000, 123);
    // Each rest between two tries is twice as long as the one before.
    assert_eq!(late, 8, "{said:?}");
}

#[test]
fn without_an_api_server_nobody_is_asked() {
    for path in RuntimePath::ALL {
        for (env, kind) in [
            ("env: [{name: A, valueFrom: {configMapKeyRef: {name: o, key: k}}}]", "configMap"),
            (
                "env: [{name: A, valueFrom: {secretKeyRef: {name: o, key: k, optional: true}}}]",
                "secret",
            ),
            ("envFrom: [{configMapRef: {name: o, optional: true}}]", "configMap"),
            ("envFrom: [{secretRef: {name: o}}]", "secret"),
        ] {
            let (run, lines) = run("static", "", env, path);
            assert_eq!(count(&lines, "RunPodSandbox"), 1, "{env} on {path}");
            assert_eq!(count(&lines, "CreateContainer"), 0, "{env} on {path}");
            let expected = format!("Error: couldn't get {kind} shop/o, no kubeClient defined");
            assert_eq!(messages(&run, "Failed")[0], expected);
        }
    }
    let note = &read("static", "", "envFrom: [{secretRef: {name: o}}]").notes[0];
    assert!(note.text(Lang::En).contains("the Secret `o` is at the API server"));
    assert!(note.text(Lang::ZhCn).contains("Secret `o` 存放在 API 服务器上"));
}

#[test]
fn without_an_api_server_their_volumes_are_never_mounted() {
    for (volume, why) in [
        (
            "configMap: {name: o, optional: true}",
            Some(
                "failed to sync configmap cache: timed out \
            waiting for the condition",
            ),
        ),
        (
            "secret: {secretName: o}",
            Some(
                "failed to sync secret cache: timed out waiting for the \
            condition",
            ),
        ),
        (
            "projected: {sources: []}",
            Some(
                "Cannot setup projected volume v because kube client is \
            not configured",
            ),
        ),
        ("persistentVolumeClaim: {claimName: o}", None),
    ] {
        let volumes = format!("volumes: [{{name: v, {volume}}}]");
        let (alone, lines) = run("static", &volumes, MOUNT, RuntimePath::CriO);
        assert_eq!(count(&lines, "RunPodSandbox"), 0, "{volume}");
        let said = messages(&alone, "FailedMount");
        let expected = why.map_or(
            "Unable to attach or mount volumes: unmounted volumes=[v], unattached \
            volumes=[v]: timed out waiting for the condition"
                .to_owned(),
            |why| format!("MountVolume.SetUp failed for volume \"v\" : {why}"),
        );
        assert_eq!(said[0], expected);
        let (asked, lines) = run("api", &volumes, MOUNT, RuntimePath::CriO);
        assert_eq!(count(&lines, "RunPodSandbox"), 1, "{volume}");
        assert_eq!(messages(&asked, "FailedMount"), Vec::<&str>::new());
    }
}

#[test]
fn what_no_container_mounts_is_not_waited_for() {
    let volumes = "volumes: [{name: v, hostPath: {path: /proc, type: File}}]";
    let (run, lines) = run("static", volumes, "", RuntimePath::Dockershim);
    assert_eq!(count(&lines, "RunPodSandbox"), 1);
    assert_eq!(messages(&run, "FailedMount"), Vec::<&str>::new());
}

#[test]
fn a_variable_says_why_it_cannot_be_had() {
    let key = "env: [{name: A, valueFrom: {secretKeyRef: {name: o, key: k}}}]";
    let text = yaml("api", "", "", key).replace(
        "manifests:\n",
        "api_server_defaults: true\nmanifests:\n\
        - {apiVersion: v1, kind: Secret, metadata: {name: o, namespace: shop}}\n",
    );
    let reading = read_scenario(&text, "one", &mut |file| Err(format!("no file {file}")));
    let scenario = reading.scenario.expect("it is read");
    let run = simulate(&scenario, RuntimePath::Containerd, 0);
    let expected = "Error: couldn't find key k in Secret shop/o";
    assert_eq!(messages(&run, "Failed")[0], expected);
    let root = "securityContext: {runAsNonRoot: true, runAsUser: 0}";
    let (run, _) = self::run("static", "", root, RuntimePath::Containerd);
    let said = messages(&run, "Failed")[0];
    let start = "Error: container's runAsUser breaks non-root policy (pod: \"one-node1_shop(";
    assert!(said.starts_with(start), "{said}");
    assert!(said.ends_with(")\", container: main)"), "{said}");
}
