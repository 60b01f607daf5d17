//! The environment of a container (`kubelet_pods.go`, `makeEnvironmentVariables`).

use crate::kubelet::sandbox_config::annotations;
use crate::messages::{KeyValue, StringMap};
use crate::node::Disk;
use crate::pod::{
    Container, EnvSource, EnvVar, FieldRef, KeyRef, Pod, Quantity, ResourceFieldRef, Source,
};

/// The address of the service `kubernetes`.
const API_SERVICE: &str = "10.96.0.1";
/// The node's name and address in the recordings.
pub(crate) const NODE_NAME: &str = "node1";
const NODE_ADDRESS: &str = "10.99.0.2";
/// The processors of the node in the recordings.
pub(crate) const NODE_CPU: i64 = 2;
/// The memory that pods of that node can have: all but the 100 MiB at which it would evict.
pub(crate) const NODE_MEMORY_TO_GIVE: i64 = 25_232_932_864 - (100 << 20);

/// The storage that pods of a node can have, in bytes: all of its disk but the tenth at which it
/// would evict (`eviction/defaults_linux.go`, `nodefs.available`; `cm/node_container_manager_linux.go`,
/// `GetNodeAllocatableReservation`).
pub(crate) fn storage_to_give(disk: &Disk) -> i64 {
    let size = i64::from(disk.size_mib) << 20;
    size - size / 10
}

/// The variables; where one of them cannot be worked out, why, which the kubelet calls
/// `CreateContainerConfigError`.
///
/// With an API server there are the variables of its service first. Then come the container's own,
/// in order; a later one of the same name wins. Without an API server there is nobody to ask for a
/// `ConfigMap` or a `Secret`, not even for one that may be missing.
pub(crate) fn environment(
    pod: &Pod,
    index: usize,
    source: Source,
    address: Option<u32>,
) -> Result<Vec<KeyValue>, String> {
    let container = pod.container(index);
    let services = if source == Source::Api { service_variables() } else { Vec::new() };
    let from = from_objects(pod, container, source)?;
    let mut envs: Vec<KeyValue> = Vec::new();
    for env in &container.env {
        let elsewhere = env.value_from.as_ref().filter(|_| env.value.is_empty());
        let value = if let Some(from) = elsewhere {
            // A value that may be missing is left out where it is.
            let Some(value) = value_from(pod, container, from, source, address)? else { continue };
            value
        } else {
            let mut known = envs.clone();
            let rest = from.iter().chain(&services);
            known.extend(rest.filter(|kv| !envs.iter().any(|e| e.key == kv.key)).cloned());
            expand(&env.value, &known)
        };
        envs.retain(|known| known.key != env.name);
        envs.push(KeyValue { key: env.name.clone(), value });
    }
    for variable in from.into_iter().chain(services) {
        if !envs.iter().any(|env| env.key == variable.key) {
            envs.push(variable);
        }
    }
    Ok(envs)
}

/// For how many variables the kubelet looks at the node.
pub(crate) fn node_objects(pod: &Pod, index: usize) -> usize {
    let wants_node = |env: &&EnvVar| {
        let from = env.value_from.as_ref().filter(|_| env.value.is_empty());
        from.is_some_and(|from| {
            let field = from.field_ref.as_ref();
            field.is_some_and(|field| field.field_path == "status.hostIP")
                || (field.is_none() && from.resource_field_ref.is_some())
        })
    };
    pod.container(index).env.iter().filter(wants_node).count()
}

/// The variables of whole objects; why not, where one is missing that must be there.
fn from_objects(pod: &Pod, container: &Container, source: Source) -> Result<Vec<KeyValue>, String> {
    let mut found: Vec<KeyValue> = Vec::new();
    for from in &container.env_from {
        let (kind, object) = match (&from.config_map_ref, &from.secret_ref) {
            (Some(object), _) => ("configMap", object),
            (None, Some(object)) => ("secret", object),
            (None, None) => continue,
        };
        reachable(pod, kind, &object.name, source)?;
        match &object.values {
            Some(values) => {
                for (key, value) in values {
                    let key = format!("{}{key}", from.prefix);
                    // The kubelet leaves out, with an event, what cannot be a name.
                    if !is_variable(&key) {
                        continue;
                    }
                    found.retain(|known| known.key != key);
                    found.push(KeyValue { key, value: value.clone() });
                }
            }
            None if object.optional == Some(true) => {}
            None => {
                return Err(format!("{} \"{}\" not found", kind.to_lowercase(), object.name));
            }
        }
    }
    Ok(found)
}

/// Whether there is an API server to ask for an object.
fn reachable(pod: &Pod, kind: &str, name: &str, source: Source) -> Result<(), String> {
    match source {
        Source::Api => Ok(()),
        Source::Static => {
            let namespace = &pod.metadata.namespace;
            Err(format!("couldn't get {kind} {namespace}/{name}, no kubeClient defined"))
        }
    }
}

/// As `IsEnvVarName` (apimachinery, pkg/util/validation/validation.go).
fn is_variable(name: &str) -> bool {
    let inside = |c: char| c.is_ascii_alphanumeric() || "_-.".contains(c);
    let digit = |c: char| c.is_ascii_digit();
    let dots = name == "." || name.starts_with("..");
    !name.is_empty() && name.chars().all(inside) && !name.starts_with(digit) && !dots
}

/// A value from elsewhere: none leaves the variable out, an error makes the configuration
/// impossible.
fn value_from(
    pod: &Pod,
    container: &Container,
    from: &EnvSource,
    source: Source,
    address: Option<u32>,
) -> Result<Option<String>, String> {
    if let Some(field) = &from.field_ref {
        return field_value(pod, field, source, address).map(Some);
    }
    if let Some(resource) = &from.resource_field_ref {
        return resource_value(pod, container, resource).map(Some);
    }
    let (kind, key) = match (&from.config_map_key_ref, &from.secret_key_ref) {
        (Some(key), _) => ("ConfigMap", key),
        (None, Some(key)) => ("Secret", key),
        (None, None) => return Ok(Some(String::new())),
    };
    let asked = if kind == "Secret" { "secret" } else { "configMap" };
    reachable(pod, asked, &key.name, source)?;
    match &key.value {
        Some(value) => Ok(Some(value.clone())),
        None if key.optional == Some(true) => Ok(None),
        None => {
            let (namespace, KeyRef { name, key, .. }) = (&pod.metadata.namespace, key);
            Err(format!("couldn't find key {key} in {kind} {namespace}/{name}"))
        }
    }
}

/// What a container needs or may use, in units of the divisor, rounded up
/// (pkg/api/v1/resource/helpers.go in the API machinery of 1.20, `ExtractContainerResourceValue`).
/// Where there is no limit, it is what the node can give away (`MergeContainerResourceLimits`).
fn resource_value(pod: &Pod, own: &Container, wanted: &ResourceFieldRef) -> Result<String, String> {
    let unsupported = || format!("unsupported container resource : {}", wanted.resource);
    let ResourceFieldRef { container_name, .. } = wanted;
    let named = |c: &&Container| c.name == *container_name;
    let container = if container_name.is_empty() {
        own
    } else {
        let found = pod.all_containers().find(named);
        found.ok_or_else(|| format!("container {container_name} not found"))?
    };
    let (kind, name) = wanted.resource.split_once('.').ok_or_else(unsupported)?;
    let (written, spare) = match kind {
        "limits" => (&container.resources.limits, true),
        "requests" => (&container.resources.requests, false),
        _ => return Err(unsupported()),
    };
    let milli = match written.get(name).copied().filter(|quantity| quantity.milli() != 0) {
        Some(quantity) => quantity.milli(),
        None if spare && name == "cpu" => NODE_CPU * 1_000,
        None if spare && name == "memory" => NODE_MEMORY_TO_GIVE.saturating_mul(1_000),
        None if spare && name == "ephemeral-storage" => {
            storage_to_give(&Disk::default()).saturating_mul(1_000)
        }
        None => 0,
    };
    let divisor = wanted.divisor.map_or(1_000, Quantity::milli);
    let divisor = if divisor == 0 { 1_000 } else { divisor };
    Ok((milli.saturating_add(divisor - 1) / divisor).to_string())
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
) -> Result<String, String> {
    let version = field.api_version.as_str();
    if version != "v1" && !(version.is_empty() && source == Source::Static) {
        return Err(format!("unsupported pod version: {version}"));
    }
    let metadata = &pod.metadata;
    let ip = || match (pod.spec.host_network, source) {
        (false, _) => address.map(pod_address).unwrap_or_default(),
        (true, Source::Api) => NODE_ADDRESS.to_owned(),
        // Without an API server the kubelet does not write the node's address into the status
        // (`generateAPIPodStatus`).
        (true, Source::Static) => String::new(),
    };
    let no_label = |path: &str| format!("field label not supported: {path}");
    Ok(match field.field_path.as_str() {
        "metadata.name" => metadata.name.clone(),
        "metadata.namespace" => metadata.namespace.clone(),
        "metadata.uid" => metadata.uid.clone(),
        "spec.nodeName" => NODE_NAME.into(),
        "spec.serviceAccountName" => pod.spec.service_account_name.clone(),
        "status.hostIP" => NODE_ADDRESS.into(),
        "status.podIP" | "status.podIPs" => ip(),
        "metadata.labels" => lines(&metadata.labels),
        "metadata.annotations" => lines(&annotations(pod, source)),
        path => subscript(path, "metadata.labels", &metadata.labels)
            .or_else(|| subscript(path, "metadata.annotations", &annotations(pod, source)))
            .ok_or_else(|| no_label(path))?,
    })
}

/// A map as lines of `key="value"` (pkg/fieldpath/fieldpath.go, `FormatMap`).
fn lines(map: &StringMap) -> String {
    let lines: Vec<_> = map.iter().map(|(key, value)| format!("{key}={value:?}")).collect();
    lines.join("\n")
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
    for part in parts(text) {
        match part {
            Part::Text(text) => out.push_str(text),
            Part::Reference(name) => match envs.iter().find(|env| env.key == name) {
                Some(env) => out.push_str(&env.value),
                None => out.extend(["$(", name, ")"]),
            },
        }
    }
    out
}

/// The names that a text refers to.
pub(crate) fn references(text: &str) -> impl Iterator<Item = &str> {
    parts(text).into_iter().filter_map(|part| match part {
        Part::Text(_) => None,
        Part::Reference(name) => Some(name),
    })
}

/// A part of a text with references.
enum Part<'a> {
    Text(&'a str),
    Reference(&'a str),
}

fn parts(text: &str) -> Vec<Part<'_>> {
    let mut parts = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find('$') {
        parts.push(Part::Text(&rest[..at]));
        rest = &rest[at + 1..];
        if let Some(after) = rest.strip_prefix('$') {
            parts.push(Part::Text("$"));
            rest = after;
            continue;
        }
        let inner = rest.strip_prefix('(').and_then(|rest| rest.split_once(')'));
        if let Some((name, after)) = inner {
            parts.push(Part::Reference(name));
            rest = after;
        } else {
            parts.push(Part::Text("$"));
        }
    }
    parts.push(Part::Text(rest));
    parts
}
