//! A node refuses a pod for which it has no room or which does not want it, has others make way
//! for a critical one, and does not start a container whose mounts lead nowhere (k8s 1.20.2,
//! pkg/kubelet/lifecycle/predicate.go, pkg/kubelet/preemption, `pkg/kubelet/kubelet_pods.go`).

use simulator_manifest::scenario::read_scenario;
use simulator_model::{Run, RuntimePath, Scenario, simulate};

/// Pods by name, each as the rest of its `spec` and of its only container, put on the node one
/// after the other.
fn scenario(source: &str, pods: &[(&str, &str, &str)]) -> Scenario {
    read(&yaml(source, pods))
}

fn yaml(source: &str, pods: &[(&str, &str, &str)]) -> String {
    let (mut manifests, mut steps) = (String::new(), String::new());
    for (place, (name, spec, container)) in pods.iter().enumerate() {
        let image = "image: '127.0.0.1:5000/library/busybox:1.35'";
        manifests += &format!(
            "- apiVersion: v1
  kind: Pod
  metadata: {{name: {name}}}
  spec: {{{spec} containers: [{{name: {name}, {image}, {container}}}]}}
"
        );
        steps += &format!("- {{at: {}s, do: apply, pod: {name}}}\n", place * 10);
    }
    format!(
        "format: scenario/1\nname: room\nsource: {source}\nmanifests:\n{manifests}steps:\n{steps}\
         - {{at: 60s, do: end}}\n"
    )
}

fn read(text: &str) -> Scenario {
    let reading = read_scenario(text, "room", &mut |file| Err(format!("no file {file}")));
    assert!(reading.mistakes.is_empty(), "{:?}", reading.mistakes);
    assert!(reading.notes.is_empty(), "{:?}", reading.notes);
    reading.scenario.expect("it has no mistakes")
}

/// The run of one pod.
fn one(source: &str, spec: &str, container: &str, path: RuntimePath) -> Run {
    simulate(&scenario(source, &[("one", spec, container)]), path, 0)
}

/// The calls of a name.
fn count(run: &Run, call: &str) -> usize {
    run.calls.iter().filter(|made| made.request.name() == call).count()
}

/// What the event of a reason says.
fn event(run: &Run, reason: &str) -> String {
    let found = run.events.iter().find(|event| event.reason == reason);
    let all: Vec<_> = run.events.iter().map(|event| event.reason).collect();
    found.unwrap_or_else(|| panic!("no {reason} among {all:?}")).message.clone()
}

const TERMS: &str = "requiredDuringSchedulingIgnoredDuringExecution: {nodeSelectorTerms: ";

#[test]
fn a_pod_that_wants_another_node_is_refused() {
    let affinity = |terms: &str| format!("affinity: {{nodeAffinity: {{{TERMS}{terms}}}}}}},");
    let expression = |text: &str| affinity(&format!("[{{matchExpressions: [{text}]}}]"));
    let wanted = [
        (
            "nodeSelector: {kubernetes.io/os: linux, kubernetes.io/hostname: node1},".to_owned(),
            true,
        ),
        ("nodeSelector: {disk: ssd},".to_owned(), false),
        (expression("{key: kubernetes.io/arch, operator: In, values: [arm64, amd64]}"), true),
        (expression("{key: kubernetes.io/arch, operator: NotIn, values: [amd64]}"), false),
        (expression("{key: disk, operator: NotIn, values: [hdd]}"), true),
        (expression("{key: disk, operator: Exists}"), false),
        (expression("{key: disk, operator: DoesNotExist}"), true),
        (expression("{key: cores, operator: Gt, values: ['4']}"), false),
        (affinity("[{}]"), false),
        (affinity("[{matchFields: [{key: metadata.name, operator: In, values: [node1]}]}]"), true),
        (affinity("[{matchFields: [{key: metadata.name, operator: In, values: [node2]}]}]"), false),
        (
            affinity(
                "[{matchExpressions: [{key: disk, operator: Exists}]}, {matchExpressions: [{key: \
                 kubernetes.io/os, operator: Exists}]}]",
            ),
            true,
        ),
    ];
    for source in ["static", "api"] {
        for (spec, fits) in &wanted {
            let run = one(source, spec, "", RuntimePath::Containerd);
            assert_eq!(count(&run, "RunPodSandbox") == 1, *fits, "{source} {spec}");
            if !fits {
                assert_eq!(event(&run, "NodeAffinity"), "Predicate NodeAffinity failed", "{spec}");
            }
        }
    }
}

#[test]
fn a_pod_that_wants_what_the_node_lacks_is_refused() {
    let cases = [
        (
            "resources: {limits: {hugepages-2Mi: 64Mi, memory: 64Mi}}",
            "OutOfhugepages-2Mi",
            "hugepages-2Mi, requested: 67108864, used: 0, capacity: 0",
            "(res: hugepages-2Mi, q: 67108864), ",
        ),
        (
            "resources: {requests: {ephemeral-storage: 19Gi}}",
            "OutOfephemeral-storage",
            "ephemeral-storage, requested: 20401094656, used: 0, capacity: 19327352832",
            "(res: ephemeral-storage, q: 1073741824), ",
        ),
        (
            "resources: {requests: {cpu: 2500m}}",
            "OutOfcpu",
            "cpu, requested: 2500, used: 0, capacity: 2000",
            "(res: cpu, q: 500), ",
        ),
    ];
    for (container, reason, numbers, missing) in cases {
        for path in RuntimePath::ALL {
            let run = one("api", "", container, path);
            assert_eq!(count(&run, "RunPodSandbox"), 0, "{container}");
            let text = format!("Node didn't have enough resource: {numbers}");
            assert_eq!(event(&run, reason), text);
            // A static pod is critical, but there is nobody to make way.
            let run = one("static", "", container, path);
            assert_eq!(count(&run, "RunPodSandbox"), 0, "{container}");
            let text = event(&run, "UnexpectedAdmissionError");
            let end = format!("no set of running pods found to reclaim resources: [{missing}]");
            assert!(text.ends_with(&end), "{text}");
        }
    }
}

/// What a pod needs beside its containers is room as well; with an API server its class says how
/// much (pkg/scheduler/framework/plugins/noderesources/fit.go, `computePodResourceRequest`).
#[test]
fn a_pod_needs_room_beside_its_containers() {
    let asks = "resources: {requests: {cpu: 1800m}}";
    let text = "cpu, requested: 2050, used: 0, capacity: 2000";
    for path in RuntimePath::ALL {
        let run = one("static", "overhead: {cpu: 250m},", asks, path);
        assert_eq!(count(&run, "RunPodSandbox"), 0, "{path}");
        let run = one("static", "overhead: {cpu: 200m},", asks, path);
        assert_eq!(count(&run, "RunPodSandbox"), 1, "{path}");
        let class = |fixed: &str| {
            format!(
                "- apiVersion: node.k8s.io/v1
  kind: RuntimeClass
  metadata: {{name: own}}
  handler: {}
  overhead: {{podFixed: {{cpu: {fixed}}}}}
",
                if path.has_docker() { "docker" } else { "runc" }
            )
        };
        let with = |fixed: &str| {
            let pods = [("one", "runtimeClassName: own,", asks)];
            let yaml = yaml("api", &pods)
                .replace("manifests:\n", &format!("manifests:\n{}", class(fixed)));
            simulate(&read(&yaml), path, 0)
        };
        let run = with("250m");
        assert_eq!(count(&run, "RunPodSandbox"), 0, "{path}");
        assert_eq!(event(&run, "OutOfcpu"), format!("Node didn't have enough resource: {text}"));
        assert_eq!(count(&with("200m"), "RunPodSandbox"), 1, "{path}");
    }
}

/// The kubelet takes devices that the node does not know out of the containers before it looks, but
/// not out of the init containers.
#[test]
fn unknown_devices_count_for_init_containers_only() {
    let device = "resources: {limits: {example.com/gpu: 1}}";
    let run = one("api", "", device, RuntimePath::CriO);
    assert_eq!(count(&run, "RunPodSandbox"), 1);
    let init = format!("initContainers: [{{name: first, image: busybox, {device}}}],");
    let run = one("api", &init, "", RuntimePath::CriO);
    assert_eq!(count(&run, "RunPodSandbox"), 0);
}

#[test]
fn others_make_way_for_a_critical_pod() {
    let asks = |cpu: &str| format!("resources: {{requests: {{cpu: {cpu}}}}}");
    let (much, little, most) = (asks("1500m"), asks("300m"), asks("600m"));
    let critical = "priority: 2000000000, priorityClassName: system-cluster-critical,";
    let grace = "terminationGracePeriodSeconds: 4,";
    let pods = [
        ("much", grace, much.as_str()),
        ("little", grace, little.as_str()),
        ("critical", critical, most.as_str()),
    ];
    for path in RuntimePath::ALL {
        let run = simulate(&scenario("api", &pods), path, 0);
        let preempted: Vec<_> = run.events.iter().filter(|e| e.reason == "Preempting").collect();
        // 400m are missing: the one pod that has them goes, and the other stays.
        assert_eq!(preempted.len(), 1, "{path}");
        let victim = &run.catalog.pod(preempted[0].pod).metadata.name;
        assert_eq!(victim, "much", "{path}");
        assert_eq!(preempted[0].message, "Preempted in order to admit critical pod");
        let made: Vec<_> =
            run.calls.iter().filter(|call| call.request.name() == "RunPodSandbox").collect();
        assert_eq!(made.len(), 3, "{path}");
        let killed = run.calls.iter().find(|call| call.request.name() == "StopPodSandbox");
        let killed = killed.unwrap_or_else(|| panic!("nobody made way on {path}"));
        assert!(killed.end <= made[2].at, "the room was made first on {path}");
    }
}

/// Static pods are all critical, so one makes way only for one of a higher priority.
#[test]
fn a_static_pod_makes_way_for_a_higher_priority_only() {
    let asks = "resources: {requests: {cpu: 1500m}}";
    let ranked = |first: &str, second: &str| {
        let pods = [("first", first, asks), ("second", second, asks)];
        simulate(&scenario("static", &pods), RuntimePath::Dockershim, 0)
    };
    let run = ranked("", "");
    assert_eq!(count(&run, "RunPodSandbox"), 1);
    let run = ranked("priority: 10,", "priority: 9,");
    assert_eq!(count(&run, "RunPodSandbox"), 1);
    let run = ranked("priority: 9,", "priority: 10,");
    assert_eq!(count(&run, "RunPodSandbox"), 2);
}

#[test]
fn a_path_inside_a_volume_must_lead_somewhere() {
    let mounts = |expression: &str, env: &str| {
        format!(
            "env: [{env}], volumeMounts: [{{name: v, mountPath: /v, subPathExpr: '{expression}'}}]"
        )
    };
    let known = "{name: NAME, value: a}, {name: UP, value: ..}, {name: ROOT, value: /etc}, \
                 {name: NONE}";
    let cases = [
        ("$(NAME)/$$(LACKS)", None),
        ("$(ZZ)-$(LACKS)-$(LACKS)", Some("missing value for LACKS, ZZ")),
        ("$(NONE)", Some("missing value for NONE")),
        ("x/$(UP)", Some("unable to provision SubPath `x/..`: must not contain '..'")),
        ("$(ROOT)", Some("error SubPath `/etc` must not be an absolute path")),
    ];
    for path in RuntimePath::ALL {
        for (expression, error) in cases {
            let run = one(
                "static",
                "volumes: [{name: v, emptyDir: {}}],",
                &mounts(expression, known),
                path,
            );
            let made = usize::from(error.is_none());
            assert_eq!(count(&run, "CreateContainer"), made, "{expression} on {path}");
            if let Some(error) = error {
                assert_eq!(event(&run, "Failed"), format!("Error: {error}"), "{path}");
            }
        }
    }
}
