//! What a manifest does not say is filled in as the API server of Kubernetes 1.20 does.

use simulator_manifest::{Defaults, Options, read};
use simulator_model::pod::{Pod, PullPolicy, RestartPolicy, Source};

fn pod(spec: &str, options: &Options) -> Pod {
    let text = format!("apiVersion: v1\nkind: Pod\nmetadata: {{name: p}}\nspec: {{{spec}}}\n");
    let mut reading = read(&text, options);
    assert!(reading.mistakes.is_empty(), "{:?}", reading.mistakes);
    reading.pods.remove(0)
}

#[test]
fn of_a_pod() {
    let pod = pod("containers: [{name: a, image: b}]", &Options::default());
    let spec = &pod.spec;
    assert_eq!(pod.metadata.namespace, "default");
    assert_eq!(spec.restart_policy, RestartPolicy::Always);
    assert_eq!(spec.dns_policy, "ClusterFirst");
    assert_eq!(spec.termination_grace_period_seconds, Some(30));
    assert_eq!(spec.enable_service_links, Some(true));
    assert_eq!(spec.service_account_name, "default");
    let container = &spec.containers[0];
    assert_eq!(container.termination_message_path, "/dev/termination-log");
    assert_eq!(container.termination_message_policy, "File");
}

#[test]
fn the_pull_policy_follows_the_tag() {
    let policy = |image: &str| {
        let spec = format!("containers: [{{name: a, image: '{image}'}}]");
        pod(&spec, &Options::default()).spec.containers[0].image_pull_policy
    };
    assert_eq!(policy("nginx"), Some(PullPolicy::Always));
    assert_eq!(policy("nginx:latest"), Some(PullPolicy::Always));
    assert_eq!(policy("nginx:1"), Some(PullPolicy::IfNotPresent));
    assert_eq!(policy("host:5000/nginx"), Some(PullPolicy::Always));
    assert_eq!(policy("nginx@sha256:00"), Some(PullPolicy::IfNotPresent));
}

#[test]
fn of_probes_ports_and_resources() {
    let spec = "hostNetwork: true, containers: [{name: a, image: b, ports: [{containerPort: 80}], \
                resources: {limits: {cpu: 1, memory: 1e3}, requests: {cpu: 500m}}, \
                livenessProbe: {httpGet: {port: 80}}}]";
    let pod = pod(spec, &Options::default());
    let container = &pod.spec.containers[0];
    assert_eq!(container.ports[0].protocol, "TCP");
    assert_eq!(container.ports[0].host_port, 80);
    assert_eq!(container.resources.requests["cpu"].milli(), 500);
    assert_eq!(container.resources.requests["memory"].value(), 1_000);
    let probe = container.liveness_probe.as_ref().expect("it is written");
    assert_eq!(probe.timeout_seconds, Some(1));
    assert_eq!(probe.period_seconds, Some(10));
    assert_eq!(probe.success_threshold, Some(1));
    assert_eq!(probe.failure_threshold, Some(3));
    let http = probe.http_get.as_ref().expect("it is written");
    assert_eq!((http.path.as_str(), http.scheme.as_str()), ("/", "HTTP"));
}

#[test]
fn numbers_and_words_are_those_of_yaml_1_1() {
    let spec = "terminationGracePeriodSeconds: 0x10, hostNetwork: on, \
                securityContext: {runAsUser: 010}, containers: [{name: a, image: b, tty: Yes}]";
    let pod = pod(spec, &Options::default());
    assert_eq!(pod.spec.termination_grace_period_seconds, Some(16));
    assert_eq!(pod.spec.security_context.run_as_user, Some(8));
    assert!(pod.spec.host_network && pod.spec.containers[0].tty);
}

#[test]
fn aliases_and_merge_keys_are_put_in() {
    let text = "
apiVersion: v1
kind: Pod
metadata: {name: p}
spec:
  initContainers:
  - &base {name: a, image: nginx:1, tty: true}
  containers:
  - {<<: *base, name: b}
";
    let reading = read(text, &Options::default());
    let container = &reading.pods[0].spec.containers[0];
    assert_eq!((container.name.as_str(), container.tty), ("b", true));
}

/// The API server of the recordings handed pods on as they were written.
#[test]
fn the_recordings_had_none() {
    let spec = "containers: [{name: a, image: b, env: [{name: NODE, valueFrom: {fieldRef: \
                {fieldPath: spec.nodeName}}}]}]";
    let version = |source, defaults| {
        let pod = pod(spec, &Options { source, defaults, ..Options::default() });
        let from = pod.spec.containers[0].env[0].value_from.clone().expect("it is written");
        from.field_ref.expect("it is written").api_version
    };
    assert_eq!(version(Source::Api, Defaults::ApiServer), "v1");
    assert_eq!(version(Source::Static, Defaults::AsRecorded), "v1");
    assert_eq!(version(Source::Api, Defaults::AsRecorded), "");
}

#[test]
fn both_ways_of_naming_a_seccomp_profile_are_kept_in_step() {
    let of = |annotations: &str, spec: &str, source| {
        let text = format!(
            "apiVersion: v1\nkind: Pod\nmetadata: {{name: p, annotations: {{{annotations}}}}}\nspec: \
             {{containers: [{{name: a, image: b}}], {spec}}}\n"
        );
        let reading = read(&text, &Options { source, ..Options::default() });
        assert!(reading.mistakes.is_empty(), "{:?}", reading.mistakes);
        reading.pods.into_iter().next().expect("there is a pod")
    };
    let for_pod = "seccomp.security.alpha.kubernetes.io/pod";
    let own = "container.seccomp.security.alpha.kubernetes.io/a";
    let field = "securityContext: {seccompProfile: {type: Localhost, localhostProfile: p.json}}";
    let pod = of("", field, Source::Api);
    assert_eq!(pod.metadata.annotations[for_pod], "localhost/p.json");
    let pod = of(&format!("{own}: docker/default"), "", Source::Api);
    let profile = pod.spec.containers[0].security_context.seccomp_profile.as_ref();
    assert_eq!(profile.map(|profile| profile.kind.as_str()), Some("RuntimeDefault"));
    // Nobody does so for a file.
    assert!(of("", field, Source::Static).metadata.annotations.is_empty());
    let pod = of(&format!("{own}: docker/default"), "", Source::Static);
    assert_eq!(pod.spec.containers[0].security_context.seccomp_profile, None);
}

#[test]
fn critical_classes_have_their_numbers_and_proc_is_masked() {
    let spec = "priorityClassName: system-node-critical, containers: [{name: a, image: b, \
                securityContext: {procMount: Unmasked}}]";
    let of = |source| pod(spec, &Options { source, ..Options::default() });
    let (api, file) = (of(Source::Api), of(Source::Static));
    assert_eq!((api.spec.priority, file.spec.priority), (Some(2_000_001_000), None));
    let proc_mount = |pod: &Pod| pod.spec.containers[0].security_context.proc_mount.clone();
    assert_eq!((proc_mount(&api), proc_mount(&file)), ("Default".into(), "Unmasked".into()));
}

#[test]
fn limits_are_requests_only_where_somebody_writes_them_down() {
    use simulator_model::pod::QualityOfService::{self, BestEffort, Burstable, Guaranteed};
    let of = |resources: &str, options: &Options| {
        let spec = format!("containers: [{{name: a, image: b, resources: {{{resources}}}}}]");
        QualityOfService::of(&pod(&spec, options))
    };
    let bare =
        Options { defaults: Defaults::AsRecorded, source: Source::Api, ..Options::default() };
    let file = Options { source: Source::Static, ..bare.clone() };
    let limits = "limits: {cpu: 1, memory: 1Gi}";
    assert_eq!(of(limits, &Options::default()), Guaranteed);
    assert_eq!(of(limits, &file), Guaranteed);
    assert_eq!(of(limits, &bare), Burstable);
    // Nothing is as good as not named, and one of the two is not enough.
    assert_eq!(of("limits: {cpu: 0, memory: 1Gi}", &Options::default()), Burstable);
    assert_eq!(of("limits: {cpu: 0}, requests: {memory: 0}", &Options::default()), BestEffort);
    assert_eq!(of("limits: {memory: 1Gi}", &Options::default()), Burstable);
}
