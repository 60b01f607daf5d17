//! The environment of a container (`kubelet_pods.go`, `makeEnvironmentVariables`).

use crate::messages::KeyValue;
use crate::pod::{FieldRef, Pod, Source};

/// The address of the service `kubernetes`.
const API_SERVICE: &str = "10.96.0.1";
/// The node's name and address in the recordings.
const NODE_NAME: &str = "node1";
const NODE_ADDRESS: &str = "10.99.0.2";

/// The variables; none where one of them cannot be worked out, which the kubelet calls
/// `CreateContainerConfigError`.
///
/// With an API server there are the variables of its service first. Then come the container's own,
/// in order; a later one of the same name wins.
pub(crate) fn environment(
    pod: &Pod,
    index: usize,
    source: Source,
    address: Option<u32>,
) -> Option<Vec<KeyValue>> {
    let mut envs = Vec::new();
    for env in &pod.container(index).env {
        let from = env.value_from.as_ref().and_then(|from| from.field_ref.as_ref());
        let value = match from {
            Some(field) => field_value(pod, field, source, address)?,
            None => expand(&env.value, &envs),
        };
        envs.retain(|known: &KeyValue| known.key != env.name);
        envs.push(KeyValue { key: env.name.clone(), value });
    }
    if source == Source::Api {
        for service in service_variables() {
            if !envs.iter().any(|env| env.key == service.key) {
                envs.push(service);
            }
        }
    }
    Some(envs)
}

/// The value of a field of the pod.
///
/// The field is looked up by the version of the API it was written for. A file is read with the
/// defaults of the API's scheme, which fill `v1` in. A pod from an API server is taken as it comes,
/// so where the server has not filled it in, the kubelet says `unsupported pod version: `.
fn field_value(
    pod: &Pod,
    field: &FieldRef,
    source: Source,
    address: Option<u32>,
) -> Option<String> {
    let version = field.api_version.as_str();
    if version != "v1" && !(version.is_empty() && source == Source::Static) {
        return None;
    }
    let metadata = &pod.metadata;
    let ip = || {
        if pod.spec.host_network {
            return NODE_ADDRESS.to_owned();
        }
        address.map(pod_address).unwrap_or_default()
    };
    Some(match field.field_path.as_str() {
        "metadata.name" => metadata.name.clone(),
        "metadata.namespace" => metadata.namespace.clone(),
        "metadata.uid" => metadata.uid.clone(),
        "spec.nodeName" => NODE_NAME.into(),
        "spec.serviceAccountName" => pod.spec.service_account_name.clone(),
        "status.hostIP" => NODE_ADDRESS.into(),
        "status.podIP" | "status.podIPs" => ip(),
        path => subscript(path, "metadata.labels", &metadata.labels)
            .or_else(|| subscript(path, "metadata.annotations", &metadata.annotations))?,
    })
}

/// `metadata.labels['key']`
fn subscript(
    path: &str,
    field: &str,
    map: &std::collections::BTreeMap<String, String>,
) -> Option<String> {
    let key = path.strip_prefix(field)?.strip_prefix("['")?.strip_suffix("']")?;
    Some(map.get(key).cloned().unwrap_or_default())
}

/// The address of a pod from its last part: the bridge of the recordings is 10.88.0.0/16.
pub(crate) fn pod_address(last: u32) -> String {
    format!("10.88.{}.{}", (last >> 8) & 0xff, last & 0xff)
}

/// What the service `kubernetes` puts into every container (envvars/envvars.go).
fn service_variables() -> Vec<KeyValue> {
    let url = format!("tcp://{API_SERVICE}:443");
    let variables = [
        ("KUBERNETES_SERVICE_HOST", API_SERVICE),
        ("KUBERNETES_SERVICE_PORT", "443"),
        ("KUBERNETES_SERVICE_PORT_HTTPS", "443"),
        ("KUBERNETES_PORT", &url),
        ("KUBERNETES_PORT_443_TCP", &url),
        ("KUBERNETES_PORT_443_TCP_PROTO", "tcp"),
        ("KUBERNETES_PORT_443_TCP_PORT", "443"),
        ("KUBERNETES_PORT_443_TCP_ADDR", API_SERVICE),
    ];
    variables.map(|(key, value)| KeyValue { key: key.into(), value: value.into() }).into()
}

/// Puts values in place of `$(NAME)`; `$$` stands for `$`, and unknown names stay as they are
/// (`third_party/forked/golang/expansion/expand.go`).
pub(crate) fn expand(text: &str, envs: &[KeyValue]) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('$') {
        out.push_str(&rest[..at]);
        rest = &rest[at + 1..];
        if let Some(after) = rest.strip_prefix('$') {
            out.push('$');
            rest = after;
            continue;
        }
        let inner = rest.strip_prefix('(').and_then(|rest| rest.split_once(')'));
        match inner {
            Some((name, after)) => {
                match envs.iter().find(|env| env.key == name) {
                    Some(env) => out.push_str(&env.value),
                    None => out.extend(["$(", name, ")"]),
                }
                rest = after;
            }
            None => out.push('$'),
        }
    }
    out + rest
}
