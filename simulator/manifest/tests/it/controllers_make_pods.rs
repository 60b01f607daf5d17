//! Controllers give the pods that a node would get, by the names that they would have.

use simulator_manifest::{Options, Reading, read};

const TEMPLATE: &str = "
  selector: {matchLabels: {app: web}}
  serviceName: web
  template:
    metadata: {labels: {app: web}}
    spec:
      containers: [{name: main, image: nginx}]
";

fn of(kind: &str, version: &str, extra: &str) -> Reading {
    let template = if kind == "StatefulSet" {
        TEMPLATE.to_owned()
    } else {
        TEMPLATE.replace("  serviceName: web\n", "")
    };
    let text = format!(
        "apiVersion: {version}\nkind: {kind}\nmetadata: {{name: web, namespace: shop}}\nspec:\n  \
         {extra}{template}"
    );
    let reading = read(&text, &Options { replicas: 3, ..Options::default() });
    assert!(reading.mistakes.is_empty(), "{:?}", reading.mistakes);
    reading
}

fn names(reading: &Reading) -> Vec<&str> {
    reading.pods.iter().map(|pod| pod.metadata.name.as_str()).collect()
}

#[test]
fn a_deployment_names_its_replica_set_and_its_pods() {
    let reading = of("Deployment", "apps/v1", "replicas: 2");
    let names = names(&reading);
    let parts: Vec<Vec<&str>> = names.iter().map(|name| name.split('-').collect()).collect();
    assert_eq!(parts.len(), 2);
    assert_eq!(parts[0][0], "web");
    assert_eq!(parts[0][1], parts[1][1], "one replica set");
    assert_ne!(parts[0][2], parts[1][2], "two pods");
    assert_eq!(parts[0][2].len(), 5);
    let labels = &reading.pods[0].metadata.labels;
    assert_eq!(labels["pod-template-hash"], parts[0][1]);
    assert_eq!(labels["app"], "web");
    assert_eq!(reading.pods[0].metadata.namespace, "shop");
}

#[test]
fn a_stateful_set_counts() {
    let reading = of("StatefulSet", "apps/v1", "replicas: 3");
    assert_eq!(names(&reading), ["web-0", "web-1", "web-2"]);
    let spec = &reading.pods[2].spec;
    assert_eq!((spec.hostname.as_str(), spec.subdomain.as_str()), ("web-2", "web"));
}

#[test]
fn a_daemon_set_has_one_pod_on_a_node() {
    let reading = of("DaemonSet", "apps/v1", "minReadySeconds: 1");
    assert_eq!(reading.pods.len(), 1);
    assert_eq!(reading.pods[0].metadata.labels["pod-template-generation"], "1");
}

#[test]
fn a_cron_job_makes_a_job_that_makes_a_pod() {
    let text = "
apiVersion: batch/v1beta1
kind: CronJob
metadata: {name: nightly}
spec:
  schedule: 0 0 * * *
  jobTemplate:
    spec:
      template:
        spec: {restartPolicy: Never, containers: [{name: main, image: nginx}]}
";
    let reading = read(text, &Options::default());
    let names = names(&reading);
    assert!(names[0].starts_with("nightly-1795392000-"), "{names:?}");
    let labels = &reading.pods[0].metadata.labels;
    assert_eq!(labels["job-name"], "nightly-1795392000");
}

#[test]
fn a_list_gives_what_is_in_it() {
    let pod = |name| {
        format!(
            "{{apiVersion: v1, kind: Pod, metadata: {{name: {name}}}, \
             spec: {{containers: [{{name: main, image: nginx}}]}}}}"
        )
    };
    let text = format!("apiVersion: v1\nkind: List\nitems: [{}, {}]\n", pod("one"), pod("two"));
    assert_eq!(names(&read(&text, &Options::default())), ["one", "two"]);
}

#[test]
fn the_same_text_gives_the_same_names() {
    let one = of("ReplicaSet", "apps/v1", "replicas: 3");
    assert_eq!(names(&one), names(&of("ReplicaSet", "apps/v1", "replicas: 3")));
}
