//! What the kubelet asks a sandbox to be (`kuberuntime/kuberuntime_sandbox.go`,
//! `generatePodSandboxConfig`).

use crate::messages::{
    DnsConfig, Int64Value, LinuxPodSandboxConfig, LinuxSandboxSecurityContext, NamespaceOption,
    PodSandboxConfig, PodSandboxMetadata, PortMapping, SeLinuxOption, StringMap, namespace_mode,
};
use crate::pod::{Pod, QualityOfService, SeLinuxOptions, Source};

/// The cluster's name server, as the kubelet of the recordings was told (`--cluster-dns`).
const CLUSTER_DNS: &str = "10.96.0.10";
/// The cluster's domain (`--cluster-domain`).
const CLUSTER_DOMAIN: &str = "cluster.local";

/// How much fits into resolv.conf (pkg/apis/core/validation/validation.go, `MaxDNS…`).
const MOST_SERVERS: usize = 3;
const MOST_SEARCHES: usize = 6;
const MOST_SEARCH_CHARS: usize = 256;

/// The sandbox configuration of a pod.
pub(crate) fn make(
    pod: &Pod,
    source: Source,
    attempt: u32,
    resolver: &DnsConfig,
) -> PodSandboxConfig {
    let metadata = &pod.metadata;
    let (name, namespace, uid) = (&metadata.name, &metadata.namespace, &metadata.uid);
    PodSandboxConfig {
        metadata: PodSandboxMetadata {
            name: name.clone(),
            uid: uid.clone(),
            namespace: namespace.clone(),
            attempt,
        },
        hostname: hostname(pod),
        log_directory: format!("/var/log/pods/{namespace}_{name}_{uid}"),
        dns_config: dns(pod, resolver),
        port_mappings: port_mappings(pod),
        labels: labels(pod),
        annotations: annotations(pod, source),
        linux: linux(pod),
    }
}

/// The name inside; pods in the node's network take the node's name.
fn hostname(pod: &Pod) -> String {
    if pod.spec.host_network {
        return String::new();
    }
    let wanted = &pod.spec.hostname;
    let name = if wanted.is_empty() { &pod.metadata.name } else { wanted };
    // 63 is the limit of a label in DNS (kubelet_pods.go, `truncatePodHostnameIfNeeded`).
    let cut: String = name.chars().take(63).collect();
    let name = cut.trim_end_matches(['-', '.']);
    // The kernel's name is the short one unless the pod wants all of it, which it only has with a
    // subdomain (util/util.go, `GetNodenameForKernel`).
    let subdomain = &pod.spec.subdomain;
    if pod.spec.set_hostname_as_fqdn && !subdomain.is_empty() {
        return format!("{name}.{subdomain}.{}.svc.{CLUSTER_DOMAIN}", pod.metadata.namespace);
    }
    name.to_owned()
}

/// Why no sandbox can be asked for: a whole domain name that is too long for the kernel
/// (util/util.go, `GetNodenameForKernel`).
pub(crate) fn impossible(pod: &Pod) -> Option<String> {
    const MOST: usize = 64;
    let (name, whole) = (hostname(pod), pod.spec.set_hostname_as_fqdn);
    let length = name.len();
    (whole && !pod.spec.subdomain.is_empty() && length > MOST).then(|| {
        format!(
            "failed to construct FQDN from pod hostname and cluster domain, FQDN {name} is too long \
             ({MOST} characters is the max, {length} characters requested)"
        )
    })
}

/// What goes into resolv.conf (network/dns/dns.go, `GetPodDNS`). A pod that follows the cluster has
/// the search domains of the node behind the cluster's; one that follows the node has all that the
/// node's own file says.
fn dns(pod: &Pod, resolver: &DnsConfig) -> DnsConfig {
    let cluster = match pod.spec.dns_policy.as_str() {
        "" | "ClusterFirst" => !pod.spec.host_network,
        "ClusterFirstWithHostNet" => true,
        _ => false,
    };
    let mut dns = DnsConfig::default();
    if cluster {
        let namespace = &pod.metadata.namespace;
        let searches = [format!("{namespace}.svc."), "svc.".into(), String::new()];
        dns.servers.push(CLUSTER_DNS.into());
        dns.searches = searches.map(|prefix| format!("{prefix}{CLUSTER_DOMAIN}")).into();
        add_new(&mut dns.searches, &resolver.searches);
        dns.options.push("ndots:5".into());
    } else if pod.spec.dns_policy != "None" {
        dns.clone_from(resolver);
    }
    let more = &pod.spec.dns_config;
    add_new(&mut dns.servers, &more.nameservers);
    add_new(&mut dns.searches, &more.searches);
    for option in &more.options {
        // An option that is there is given its new value (`mergeDNSOptions`).
        dns.options.retain(|known| known.split(':').next() != Some(&option.name));
        let value = option.value.as_ref().filter(|value| !value.is_empty());
        let value = value.map(|value| format!(":{value}")).unwrap_or_default();
        dns.options.push(format!("{}{value}", option.name));
    }
    dns.servers.truncate(MOST_SERVERS);
    dns.searches.truncate(MOST_SEARCHES);
    while dns.searches.join(" ").len() > MOST_SEARCH_CHARS {
        dns.searches.pop();
    }
    dns
}

/// Adds what is not there yet (`omitDuplicates`).
fn add_new(list: &mut Vec<String>, more: &[String]) {
    for text in more {
        if !list.contains(text) {
            list.push(text.clone());
        }
    }
}

/// The ports of the containers, each only once (container/helpers.go, `MakePortMappings`).
fn port_mappings(pod: &Pod) -> Vec<PortMapping> {
    let mut mappings = Vec::new();
    for container in &pod.spec.containers {
        let mut names = std::collections::BTreeSet::new();
        for port in &container.ports {
            let mapping = port_mapping(pod, port);
            let name = if port.name.is_empty() {
                let PortMapping { protocol, container_port, host_port, host_ip } = &mapping;
                format!("-{protocol}-{host_ip}:{container_port}:{host_port}")
            } else {
                port.name.clone()
            };
            if names.insert(name) {
                mappings.push(mapping);
            }
        }
    }
    mappings
}

fn port_mapping(pod: &Pod, port: &crate::pod::ContainerPort) -> PortMapping {
    PortMapping {
        protocol: match port.protocol.as_str() {
            "UDP" => 1,
            "SCTP" => 2,
            _ => 0,
        },
        container_port: port.container_port,
        host_port: if pod.spec.host_network { port.container_port } else { port.host_port },
        host_ip: port.host_ip.clone(),
    }
}

/// The pod's labels and the kubelet's own (kuberuntime/labels.go).
fn labels(pod: &Pod) -> StringMap {
    let mut labels = pod.metadata.labels.clone();
    labels.extend(pod_labels(pod));
    labels
}

/// The labels by which the kubelet finds its own again.
pub(crate) fn pod_labels(pod: &Pod) -> StringMap {
    let metadata = &pod.metadata;
    let labels = [
        ("io.kubernetes.pod.name", &metadata.name),
        ("io.kubernetes.pod.namespace", &metadata.namespace),
        ("io.kubernetes.pod.uid", &metadata.uid),
    ];
    labels.map(|(key, value)| (key.to_owned(), value.clone())).into()
}

/// The pod's annotations and those of its source (config/common.go, `applyDefaults`).
pub(super) fn annotations(pod: &Pod, source: Source) -> StringMap {
    let mut annotations = pod.metadata.annotations.clone();
    let mut add = |key: &str, value: &str| annotations.insert(key.to_owned(), value.to_owned());
    add("kubernetes.io/config.seen", "2026-11-23T00:00:00.000000000Z");
    match source {
        Source::Static => {
            add("kubernetes.io/config.source", "file");
            add("kubernetes.io/config.hash", &pod.metadata.uid);
        }
        Source::Api => drop(add("kubernetes.io/config.source", "api")),
    }
    annotations
}

fn linux(pod: &Pod) -> LinuxPodSandboxConfig {
    let context = &pod.spec.security_context;
    let privileged = pod.all_containers().any(|c| c.security_context.privileged);
    let id = |id: Option<i64>| id.map(|value| Int64Value { value });
    let mut groups = context.supplemental_groups.clone();
    groups.splice(0..0, context.fs_group);
    LinuxPodSandboxConfig {
        cgroup_parent: format!("{}/pod{}", QualityOfService::of(pod).cgroup(), pod.metadata.uid),
        security_context: LinuxSandboxSecurityContext {
            namespace_options: namespaces(pod),
            selinux_options: context.se_linux_options.as_ref().map(selinux),
            run_as_user: id(context.run_as_user),
            run_as_group: id(context.run_as_group),
            supplemental_groups: groups,
            privileged,
            seccomp_profile_path: "runtime/default".into(),
        },
        sysctls: context.sysctls.iter().map(|s| (s.name.clone(), s.value.clone())).collect(),
    }
}

/// A label for `SELinux`, as it is handed on; the nodes of the recordings have no `SELinux`, so no
/// runtime puts it into effect.
pub(super) fn selinux(label: &SeLinuxOptions) -> SeLinuxOption {
    SeLinuxOption {
        user: label.user.clone(),
        role: label.role.clone(),
        kind: label.kind.clone(),
        level: label.level.clone(),
    }
}

/// Which namespaces the pod shares (kuberuntime/helpers.go, `namespacesForPod`).
pub(crate) fn namespaces(pod: &Pod) -> NamespaceOption {
    let node_or_pod = |node: bool| if node { namespace_mode::NODE } else { namespace_mode::POD };
    NamespaceOption {
        network: node_or_pod(pod.spec.host_network),
        ipc: node_or_pod(pod.spec.host_ipc),
        pid: if pod.spec.host_pid {
            namespace_mode::NODE
        } else if pod.spec.share_process_namespace {
            namespace_mode::POD
        } else {
            namespace_mode::CONTAINER
        },
    }
}
