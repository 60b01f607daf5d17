//! The hash by which the kubelet knows a container's part of the manifest again
//! (container/helpers.go, `HashContainer`; pkg/util/hash/hash.go).
//!
//! It is FNV-1a, 32 bits, over how spew prints the bytes of the container as Go writes it in JSON:
//! fields in the order of the Go type, with the defaults of the API.

use serde::Serialize;

use crate::kubelet::container_config::mounts::token_mount;
use crate::pod::{
    Container, ContainerSecurityContext, EnvFrom, EnvSource, EnvVar, ExecAction, Handler, HttpGet,
    Pod, Probe, Quantity, Source, TcpSocket, VolumeMount,
};

/// The hash as the annotation shows it.
pub(super) fn hash(pod: &Pod, container: &Container, source: Source) -> String {
    let json = self::container(pod, container, source).text();
    let mut hash = b"([]uint8)[".iter().fold(0x811c_9dc5, |hash, byte| fnv(hash, *byte));
    for (place, byte) in json.bytes().enumerate() {
        if place > 0 {
            hash = fnv(hash, b' ');
        }
        // In decimal, without zeros in front.
        if byte >= 100 {
            hash = fnv(hash, b'0' + byte / 100);
        }
        if byte >= 10 {
            hash = fnv(hash, b'0' + byte / 10 % 10);
        }
        hash = fnv(hash, b'0' + byte % 10);
    }
    format!("{:x}", fnv(hash, b']'))
}

/// One step of FNV-1a, 32 bits.
const fn fnv(hash: u32, byte: u8) -> u32 {
    (hash ^ byte as u32).wrapping_mul(0x0100_0193)
}

/// A hook as Go writes it.
pub(super) fn handler(handler: &Handler) -> String {
    action(handler.exec.as_ref(), handler.http_get.as_ref(), handler.tcp_socket.as_ref()).text()
}

/// An object as Go writes it: what is empty is left out.
#[derive(Default)]
struct Object(Vec<String>);

impl Object {
    fn text(self) -> String {
        format!("{{{}}}", self.0.join(","))
    }

    fn raw(mut self, key: &str, value: &str) -> Self {
        self.0.push(format!("\"{key}\":{value}"));
        self
    }

    /// A value, unless it is the zero of its type.
    fn put<T: Serialize + Default + PartialEq>(self, key: &str, value: T) -> Self {
        if value == T::default() { self } else { self.raw(key, &go_json(&value)) }
    }

    fn list(self, key: &str, items: Vec<Self>) -> Self {
        if items.is_empty() {
            return self;
        }
        let items: Vec<_> = items.into_iter().map(Self::text).collect();
        self.raw(key, &format!("[{}]", items.join(",")))
    }

    fn object(self, key: &str, value: Option<Self>) -> Self {
        match value {
            Some(value) => self.raw(key, &value.text()),
            None => self,
        }
    }
}

/// Go escapes what would end a script in a page.
fn go_json(value: &impl Serialize) -> String {
    let text = serde_json::to_string(value).unwrap_or_default();
    text.replace('&', "\\u0026").replace('<', "\\u003c").replace('>', "\\u003e")
}

fn or<'a>(text: &'a str, default: &'a str) -> &'a str {
    if text.is_empty() { default } else { text }
}

fn container(pod: &Pod, container: &Container, source: Source) -> Object {
    let c = container;
    let context = &c.security_context;
    let has_context = *context != ContainerSecurityContext::default();
    let mut mounts: Vec<_> = c.volume_mounts.iter().map(volume_mount).collect();
    if let Some(token) = token_mount(pod, c, source) {
        mounts.push(volume_mount(&token));
    }
    let lifecycle = &c.lifecycle;
    let hook = |handler: Option<&Handler>| {
        let handler = handler?;
        Some(action(handler.exec.as_ref(), handler.http_get.as_ref(), handler.tcp_socket.as_ref()))
    };
    let hooks = Object::default()
        .object("postStart", hook(lifecycle.post_start.as_ref()))
        .object("preStop", hook(lifecycle.pre_stop.as_ref()));
    Object::default()
        .raw("name", &go_json(&c.name))
        .put("image", c.image.as_str())
        .put("command", c.command.clone())
        .put("args", c.args.clone())
        .put("workingDir", c.working_dir.as_str())
        .list("ports", c.ports.iter().map(|port| self::port(pod, port)).collect())
        .list("envFrom", c.env_from.iter().map(env_from).collect())
        .list("env", c.env.iter().map(|env| self::env(env, source)).collect())
        .raw("resources", &resources(c).text())
        .list("volumeMounts", mounts)
        .object("livenessProbe", c.liveness_probe.as_ref().map(probe))
        .object("readinessProbe", c.readiness_probe.as_ref().map(probe))
        .object("startupProbe", c.startup_probe.as_ref().map(probe))
        .object("lifecycle", Some(hooks).filter(|hooks| !hooks.0.is_empty()))
        .put("terminationMessagePath", or(&c.termination_message_path, "/dev/termination-log"))
        .put("terminationMessagePolicy", or(&c.termination_message_policy, "File"))
        .raw("imagePullPolicy", &go_json(&c.pull_policy()))
        .object("securityContext", has_context.then(|| security_context(context)))
        .put("stdin", c.stdin)
        .put("stdinOnce", c.stdin_once)
        .put("tty", c.tty)
}

fn port(pod: &Pod, port: &crate::pod::ContainerPort) -> Object {
    let host_port = if pod.spec.host_network { port.container_port } else { port.host_port };
    Object::default()
        .put("name", port.name.as_str())
        .put("hostPort", host_port)
        .raw("containerPort", &port.container_port.to_string())
        .put("protocol", or(&port.protocol, "TCP"))
        .put("hostIP", port.host_ip.as_str())
}

fn env_from(from: &EnvFrom) -> Object {
    let object = |reference: &crate::pod::ObjectRef| {
        Object::default().put("name", reference.name.as_str()).put("optional", reference.optional)
    };
    Object::default()
        .put("prefix", from.prefix.as_str())
        .object("configMapRef", from.config_map_ref.as_ref().map(object))
        .object("secretRef", from.secret_ref.as_ref().map(object))
}

fn env(env: &EnvVar, source: Source) -> Object {
    let from = env.value_from.as_ref().map(|from| env_source(from, source));
    Object::default()
        .raw("name", &go_json(&env.name))
        .put("value", env.value.as_str())
        .object("valueFrom", from)
}

fn env_source(from: &EnvSource, source: Source) -> Object {
    // A file is read with the defaults of the API's scheme.
    let version = if source == Source::Static { "v1" } else { "" };
    let field = from.field_ref.as_ref().map(|field| {
        Object::default()
            .put("apiVersion", or(&field.api_version, version))
            .raw("fieldPath", &go_json(&field.field_path))
    });
    let resource = from.resource_field_ref.as_ref().map(|resource| {
        Object::default()
            .put("containerName", resource.container_name.as_str())
            .raw("resource", &go_json(&resource.resource))
            .raw("divisor", &go_json(&quantity(resource.divisor.unwrap_or_default())))
    });
    let key = |key: &crate::pod::KeyRef| {
        Object::default()
            .put("name", key.name.as_str())
            .raw("key", &go_json(&key.key))
            .put("optional", key.optional)
    };
    Object::default()
        .object("fieldRef", field)
        .object("resourceFieldRef", resource)
        .object("configMapKeyRef", from.config_map_key_ref.as_ref().map(key))
        .object("secretKeyRef", from.secret_key_ref.as_ref().map(key))
}

/// Limits and requests; a limit without a request requests as much.
fn resources(container: &Container) -> Object {
    let limits = &container.resources.limits;
    let mut requests = limits.clone();
    requests.extend(container.resources.requests.clone());
    let map = |map: &std::collections::BTreeMap<String, Quantity>| {
        let put = |object: Object, (name, amount): (&String, &Quantity)| {
            object.raw(name, &go_json(&quantity(*amount)))
        };
        let object = map.iter().fold(Object::default(), put);
        (!map.is_empty()).then_some(object)
    };
    Object::default().object("limits", map(limits)).object("requests", map(&requests))
}

/// A quantity in its canonical form (apimachinery, pkg/api/resource). Whether it counts in powers of
/// 1000 or of 1024 follows from how it was written, which is not kept: the shorter is taken.
fn quantity(quantity: Quantity) -> String {
    let milli = quantity.milli();
    if milli % 1_000 != 0 {
        return format!("{milli}m");
    }
    let whole = milli / 1_000;
    let scaled = |step: i64, suffixes: [&str; 7]| {
        let (mut value, mut place) = (whole, 0);
        while value != 0 && value % step == 0 && place + 1 < suffixes.len() {
            (value, place) = (value / step, place + 1);
        }
        format!("{value}{}", suffixes[place])
    };
    let decimal = scaled(1_000, ["", "k", "M", "G", "T", "P", "E"]);
    let binary = scaled(1_024, ["", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei"]);
    if binary.len() < decimal.len() { binary } else { decimal }
}

fn volume_mount(mount: &VolumeMount) -> Object {
    Object::default()
        .raw("name", &go_json(&mount.name))
        .put("readOnly", mount.read_only)
        .raw("mountPath", &go_json(&mount.mount_path))
        .put("subPath", mount.sub_path.as_str())
        .put("mountPropagation", mount.mount_propagation.as_str())
        .put("subPathExpr", mount.sub_path_expr.as_str())
}

fn action(exec: Option<&ExecAction>, http: Option<&HttpGet>, tcp: Option<&TcpSocket>) -> Object {
    let exec = exec.map(|exec| Object::default().put("command", exec.command.clone()));
    let header = |header: &crate::pod::HttpHeader| {
        let name = Object::default().raw("name", &go_json(&header.name));
        name.raw("value", &go_json(&header.value))
    };
    let http = http.map(|http| {
        Object::default()
            .put("path", or(&http.path, "/"))
            .raw("port", &go_json(&http.port))
            .put("host", http.host.as_str())
            .put("scheme", or(&http.scheme, "HTTP"))
            .list("httpHeaders", http.http_headers.iter().map(header).collect())
    });
    let tcp = tcp.map(|tcp| {
        Object::default().raw("port", &go_json(&tcp.port)).put("host", tcp.host.as_str())
    });
    Object::default().object("exec", exec).object("httpGet", http).object("tcpSocket", tcp)
}

fn probe(probe: &Probe) -> Object {
    action(probe.exec.as_ref(), probe.http_get.as_ref(), probe.tcp_socket.as_ref())
        .put("initialDelaySeconds", probe.initial_delay_seconds)
        .put("timeoutSeconds", probe.timeout_seconds.unwrap_or(1))
        .put("periodSeconds", probe.period_seconds.unwrap_or(10))
        .put("successThreshold", probe.success_threshold.unwrap_or(1))
        .put("failureThreshold", probe.failure_threshold.unwrap_or(3))
}

fn security_context(context: &ContainerSecurityContext) -> Object {
    let capabilities = context.capabilities.as_ref().map(|capabilities| {
        Object::default()
            .put("add", capabilities.add.clone())
            .put("drop", capabilities.drop.clone())
    });
    let seccomp = context.seccomp_profile.as_ref().map(|profile| {
        Object::default()
            .raw("type", &go_json(&profile.kind))
            .put("localhostProfile", profile.localhost_profile.as_str())
    });
    let label = context.se_linux_options.as_ref().map(go_json);
    let object = Object::default()
        .object("capabilities", capabilities)
        .put("privileged", context.privileged);
    let object = match label {
        Some(label) => object.raw("seLinuxOptions", &label),
        None => object,
    };
    object
        .put("runAsUser", context.run_as_user)
        .put("runAsGroup", context.run_as_group)
        .put("runAsNonRoot", context.run_as_non_root)
        .put("readOnlyRootFilesystem", context.read_only_root_filesystem)
        .put("allowPrivilegeEscalation", context.allow_privilege_escalation)
        .put("procMount", context.proc_mount.as_str())
        .object("seccompProfile", seccomp)
}
