//! `kubectl get` (kubectl 1.20): pods, events, the node.

use super::age::brief;
use super::table::{Layout, row, table};
use crate::RuntimePath;
use crate::report::Severity;
use crate::state::Moment;
use crate::state::pods::{EventRow, NODE_ADDRESS, NODE_NAME};

const LAYOUT: Layout = Layout { least: 6, padding: 3, closed: false };
const NONE: &str = "<none>";

/// `kubectl get pods -A -o wide`
pub(super) fn pods(moment: &Moment<'_>) -> String {
    let pods = moment.pods();
    if pods.is_empty() {
        return "No resources found\n".into();
    }
    let mut lines = Vec::new();
    for pod in pods {
        let metadata = &moment.pod(pod.pod).metadata;
        lines.push(vec![
            metadata.namespace.clone(),
            metadata.name.clone(),
            format!("{}/{}", pod.ready, pod.of),
            pod.status,
            pod.restarts.to_string(),
            brief(moment.at.since(pod.since)),
            pod.address.unwrap_or_else(|| NONE.to_owned()),
            NODE_NAME.to_owned(),
            NONE.to_owned(),
            NONE.to_owned(),
        ]);
    }
    lines.sort();
    let header = ["NAMESPACE", "NAME", "READY", "STATUS", "RESTARTS", "AGE", "IP", "NODE"];
    let header = header.iter().chain(&["NOMINATED NODE", "READINESS GATES"]);
    let mut rows = vec![header.map(|&name| name.to_owned()).collect()];
    rows.extend(lines);
    table(LAYOUT, &rows)
}

/// The conditions of each pod, as `kubectl describe pod` lists them.
pub(super) fn conditions(moment: &Moment<'_>) -> String {
    let mut text = String::new();
    for pod in moment.pods() {
        let metadata = &moment.pod(pod.pod).metadata;
        let phase = pod.report.phase.name();
        text.push_str(&format!("{}/{}: {phase}\n", metadata.namespace, metadata.name));
        let mut rows = vec![row(["  Type", "Status", "Reason"])];
        for condition in moment.conditions(&pod) {
            let status = if condition.holds { "True" } else { "False" };
            rows.push(row([&format!("  {}", condition.kind), status, condition.reason]));
        }
        let rows: String = table(Layout { least: 0, padding: 2, closed: false }, &rows);
        text.extend(rows.lines().map(|line| format!("{}\n", line.trim_end())));
    }
    if text.is_empty() { "No resources found\n".into() } else { text }
}

/// `kubectl get events -A`
pub(super) fn events(moment: &Moment<'_>) -> String {
    let events = moment.events();
    if events.is_empty() {
        return "No resources found\n".into();
    }
    let header = ["NAMESPACE", "LAST SEEN", "TYPE", "REASON", "OBJECT", "MESSAGE"];
    let mut rows = vec![row(header)];
    rows.extend(events.iter().map(|event| event_row(moment, event)));
    table(LAYOUT, &rows)
}

fn event_row(moment: &Moment<'_>, row: &EventRow) -> Vec<String> {
    let metadata = &moment.pod(row.event.pod).metadata;
    let since = |at| brief(moment.at.since(at));
    let seen = match row.count {
        1 => since(row.event.at),
        count => format!("{} (x{count} over {})", since(row.last), since(row.event.at)),
    };
    let kind = match row.event.severity {
        Severity::Normal => "Normal",
        Severity::Warning => "Warning",
    };
    vec![
        metadata.namespace.clone(),
        seen,
        kind.to_owned(),
        row.event.reason.to_owned(),
        format!("pod/{}", metadata.name),
        row.event.message.trim_end().to_owned(),
    ]
}

/// `kubectl get nodes -o wide`
pub(super) fn nodes(moment: &Moment<'_>) -> String {
    let header = ["NAME", "STATUS", "ROLES", "AGE", "VERSION", "INTERNAL-IP", "EXTERNAL-IP"];
    let header = header.iter().chain(&["OS-IMAGE", "KERNEL-VERSION", "CONTAINER-RUNTIME"]);
    let status = if moment.node_ready().ready { "Ready" } else { "NotReady" };
    let age = brief(moment.at.since(crate::clock::Instant::ZERO));
    let version = moment.run.profile.kubelet.to_string();
    let version = match version.as_str() {
        "1.20" => "v1.20.2".to_owned(),
        minor => format!("v{minor}.0"),
    };
    let runtime = match moment.path() {
        RuntimePath::Dockershim | RuntimePath::CriDockerd => "docker://20.10.24+dfsg1",
        RuntimePath::Containerd => "containerd://1.6.20~ds1",
        RuntimePath::CriO => "cri-o://1.23.0",
    };
    let system = "Debian GNU/Linux 12 (bookworm)";
    let line =
        [NODE_NAME, status, NONE, &age, &version, NODE_ADDRESS, NONE, system, "6.18", runtime];
    let owned = |cell: &&str| (*cell).to_owned();
    table(LAYOUT, &[header.map(owned).collect(), line.iter().map(owned).collect()])
}

/// The line of `kubectl describe node` about the annotation that kubeadm wrote when the node joined:
/// with a scheme from 1.24 on (kubernetes/kubernetes#107295), and left as it was since.
pub(super) fn annotation(moment: &Moment<'_>) -> String {
    let (stale, own) = (moment.node.around.stale_annotation, moment.path());
    let path = if stale { RuntimePath::Dockershim } else { own };
    let old = stale || moment.run.profile.kubelet.minor() < 24;
    let scheme = if old { "" } else { "unix://" };
    let socket = path.cri_socket();
    format!("Annotations:        kubeadm.alpha.kubernetes.io/cri-socket: {scheme}{socket}\n")
}

/// The condition Ready of the node, as `kubectl describe node` lists it.
pub(super) fn node_conditions(moment: &Moment<'_>) -> String {
    let ready = moment.node_ready();
    let status = match (ready.ready, ready.reason) {
        (true, _) => "True",
        (false, "NodeStatusUnknown") => "Unknown",
        (false, _) => "False",
    };
    let rows = [
        row(["Type", "Status", "Reason", "Message"]),
        row(["Ready", status, ready.reason, &ready.message]),
    ];
    table(Layout { least: 0, padding: 2, closed: false }, &rows)
}
