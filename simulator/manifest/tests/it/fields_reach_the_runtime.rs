//! Fields of a pod that only some pods use reach the runtime as kubelet 1.20.2 sends them, on all
//! paths, and those that a node refuses are refused.

use serde_json::json;
use simulator_model::RuntimePath;

use crate::one_pod::{body, first, of, run, scenario, yaml};

#[test]
fn selinux_labels_are_merged_as_a_whole() {
    let pod = "securityContext: {seLinuxOptions: {user: u, level: 's0:c1'}}";
    let own = "securityContext: {seLinuxOptions: {type: spc_t}}";
    for path in RuntimePath::ALL {
        let lines = run(&scenario("static", "", pod, own), path);
        let (sandbox, container) =
            (first(&lines, "RunPodSandbox"), first(&lines, "CreateContainer"));
        let of_pod = &sandbox["request"]["config"]["linux"]["security_context"]["selinux_options"];
        assert_eq!(of_pod, &json!({"user": "u", "level": "s0:c1"}), "{path}");
        let own = &container["request"]["config"]["linux"]["security_context"]["selinux_options"];
        assert_eq!(own, &json!({"type": "spc_t"}), "{path}");
        if path.has_docker() {
            let options = &body(sandbox)["HostConfig"]["SecurityOpt"];
            assert_eq!(options, &json!(["label=user:u", "label=level:s0:c1", "no-new-privileges"]));
            let options = &body(container)["HostConfig"]["SecurityOpt"];
            assert_eq!(options, &json!(["label=type:spc_t", "seccomp=unconfined"]));
        }
    }
}

#[test]
fn seccomp_annotations_reach_only_the_old_field() {
    let notes = "seccomp.security.alpha.kubernetes.io/pod: unconfined, \
                 container.seccomp.security.alpha.kubernetes.io/main: runtime/default";
    for path in RuntimePath::ALL {
        let lines = run(&scenario("static", notes, "", ""), path);
        let container = first(&lines, "CreateContainer");
        let context = &container["request"]["config"]["linux"]["security_context"];
        assert_eq!(context["seccomp_profile_path"], "runtime/default", "{path}");
        // Which is why containerd and CRI-O, who look at the new field first, apply no profile.
        assert_eq!(context["seccomp"], json!({"profile_type": 1}), "{path}");
        if path.has_docker() {
            assert!(body(container)["HostConfig"]["SecurityOpt"].is_null(), "{path}");
        }
    }
}

#[test]
fn a_seccomp_profile_that_is_not_there_fails_the_container() {
    let own = "securityContext: {seccompProfile: {type: Localhost, localhostProfile: p/a.json}}";
    for path in RuntimePath::ALL {
        let lines = run(&scenario("static", "", "", own), path);
        let container = first(&lines, "CreateContainer");
        let message = container["message"].as_str().expect("it fails");
        let file = "/var/lib/kubelet/seccomp/p/a.json";
        let end = format!("profile \"{file}\": open {file}: no such file or directory");
        assert!(message.ends_with(&end), "{path}: {message}");
        assert!(!lines.iter().any(|line| line["call"] == "StartContainer"), "{path}");
    }
}

#[test]
fn apparmor_is_refused_where_the_kernel_has_none() {
    let key = "container.apparmor.security.beta.kubernetes.io/main";
    for path in RuntimePath::ALL {
        let lines = run(&scenario("static", &format!("{key}: runtime/default"), "", ""), path);
        assert!(!lines.iter().any(|line| line["call"] == "RunPodSandbox"), "{path}");
        let lines = run(&scenario("static", &format!("{key}: unconfined"), "", ""), path);
        let container = first(&lines, "CreateContainer");
        let context = &container["request"]["config"]["linux"]["security_context"];
        assert_eq!(context["apparmor_profile"], "unconfined", "{path}");
        if path.has_docker() {
            let options = &body(container)["HostConfig"]["SecurityOpt"];
            assert_eq!(options, &json!(["apparmor=unconfined", "seccomp=unconfined"]), "{path}");
        }
    }
}

#[test]
fn names_are_resolved_as_the_policy_says() {
    let own = json!({
        "servers": ["192.0.2.53"],
        "searches": ["example.org", "example.com"],
        "options": ["timeout:2"],
    });
    let cluster = json!({
        "servers": ["10.96.0.10"],
        "searches": ["shop.svc.cluster.local", "svc.cluster.local", "cluster.local", "example.org",
                     "example.com"],
        "options": ["ndots:5"],
    });
    let none = json!({"servers": ["192.0.2.1"]});
    let cases = [
        ("dnsPolicy: Default", &own),
        ("dnsPolicy: ClusterFirst, hostNetwork: true", &own),
        ("dnsPolicy: ClusterFirst", &cluster),
        ("dnsPolicy: None, dnsConfig: {nameservers: [192.0.2.1]}", &none),
    ];
    for (spec, expected) in cases {
        for path in RuntimePath::ALL {
            let lines = run(&scenario("static", "", spec, ""), path);
            let sandbox = first(&lines, "RunPodSandbox");
            assert_eq!(&sandbox["request"]["config"]["dns_config"], expected, "{spec} on {path}");
        }
    }
}

#[test]
fn a_whole_domain_name_needs_a_subdomain() {
    let host = |spec: &str| {
        let lines = run(&scenario("static", "", spec, ""), RuntimePath::Containerd);
        first(&lines, "RunPodSandbox")["request"]["config"]["hostname"].clone()
    };
    assert_eq!(host("setHostnameAsFQDN: true"), "one-node1");
    let whole = "setHostnameAsFQDN: true, hostname: a, subdomain: db";
    assert_eq!(host(whole), "a.db.shop.svc.cluster.local");
    assert_eq!(host("hostname: a, subdomain: db"), "a");
}

#[test]
fn what_is_behind_a_volume_may_be_read_only() {
    let spec = "volumes: [{name: a, nfs: {server: s, path: /p, readOnly: true}}, \
                {name: b, csi: {driver: d, readOnly: true}}, {name: c, nfs: {server: s, path: /p}}]";
    let own = "volumeMounts: [{name: a, mountPath: /a}, {name: b, mountPath: /b}, \
               {name: c, mountPath: /c}]";
    for path in RuntimePath::ALL {
        let lines = run(&scenario("static", "", spec, own), path);
        let container = first(&lines, "CreateContainer");
        let mounts = container["request"]["config"]["mounts"].as_array().expect("it has mounts");
        let read_only: Vec<_> = mounts[..3].iter().map(|mount| mount["readonly"] == true).collect();
        assert_eq!(read_only, [true, true, false], "{path}");
    }
}

#[test]
fn a_node_refuses_what_it_cannot_hold() {
    let refused = |source: &str, spec: &str, own: &str| {
        for path in RuntimePath::ALL {
            let lines = run(&scenario(source, "", spec, own), path);
            assert!(!lines.iter().any(|line| line["call"] == "RunPodSandbox"), "{spec} on {path}");
        }
    };
    refused("api", "", "resources: {requests: {cpu: '3'}}");
    refused("static", "", "resources: {limits: {memory: 24Gi}}");
    refused("api", "securityContext: {sysctls: [{name: net.core.somaxconn, value: '9'}]}", "");
    let safe = "securityContext: {sysctls: [{name: net.ipv4.tcp_syncookies, value: '0'}]}";
    refused("api", &format!("hostNetwork: true, {safe}"), "");
    for path in RuntimePath::ALL {
        let lines = run(&scenario("api", "", safe, "resources: {requests: {cpu: '2'}}"), path);
        let sandbox = first(&lines, "RunPodSandbox");
        let sysctls = &sandbox["request"]["config"]["linux"]["sysctls"];
        assert_eq!(sysctls, &json!({"net.ipv4.tcp_syncookies": "0"}), "{path}");
        if path.has_docker() {
            assert_eq!(&body(sandbox)["HostConfig"]["Sysctls"], sysctls, "{path}");
        }
    }
}

#[test]
fn a_group_without_a_user_makes_no_pause_process() {
    for path in RuntimePath::ALL {
        let lines = run(&scenario("static", "", "securityContext: {runAsGroup: 3}", ""), path);
        let code = &first(&lines, "RunPodSandbox")["code"];
        let expected = if path == RuntimePath::CriO { "OK" } else { "Unknown" };
        assert_eq!(code, expected, "{path}");
    }
}

#[test]
fn runtimes_want_a_minimum_of_memory() {
    for path in RuntimePath::ALL {
        let lines = run(&scenario("static", "", "", "resources: {limits: {memory: 5Mi}}"), path);
        let code = &first(&lines, "CreateContainer")["code"];
        let expected = if path == RuntimePath::Containerd { "OK" } else { "Unknown" };
        assert_eq!(code, expected, "{path}");
    }
}

#[test]
fn capabilities_that_do_not_exist_are_refused_or_ignored() {
    for (list, of_docker, of_crio) in [
        (
            "add",
            "invalid CapAdd: unknown capability: \"CAP_FLY\"",
            "unknown capability \"CAP_FLY\" to add",
        ),
        (
            "drop",
            "invalid CapDrop: unknown capability: \"CAP_FLY\"",
            "failed to drop cap CAP_FLY invalid capability: CAP_FLY",
        ),
    ] {
        let own = format!("securityContext: {{capabilities: {{{list}: [KILL, fly]}}}}");
        for path in RuntimePath::ALL {
            let lines = run(&scenario("static", "", "", &own), path);
            let message = first(&lines, "CreateContainer")["message"].clone();
            let expected = match path {
                RuntimePath::Containerd => json!(null),
                RuntimePath::CriO => json!(of_crio),
                _ => json!(format!("Error response from daemon: {of_docker}")),
            };
            assert_eq!(message, expected, "{list} on {path}");
        }
    }
}

#[test]
fn docker_wants_the_working_folder_from_the_root() {
    for path in RuntimePath::ALL {
        let lines = run(&scenario("static", "", "", "workingDir: srv/app"), path);
        let code = &first(&lines, "CreateContainer")["code"];
        let expected = if path.has_docker() { "Unknown" } else { "OK" };
        assert_eq!(code, expected, "{path}");
    }
}

#[test]
fn a_pod_past_its_deadline_is_killed() {
    for path in RuntimePath::ALL {
        let spec = "activeDeadlineSeconds: 9, terminationGracePeriodSeconds: 2";
        let lines = run(&scenario("api", "", spec, ""), path);
        let started = first(&lines, "StartContainer")["at_us"].as_i64().expect("it has an instant");
        let stopped = lines
            .iter()
            .find(|line| line["call"] == "StopContainer" && line["loop"] == "kill-container");
        let stopped = stopped.unwrap_or_else(|| panic!("nothing was stopped on {path}"));
        let after = stopped["at_us"].as_i64().expect("it has an instant") - started;
        assert!((6_000_000..11_000_000).contains(&after), "after {after} µs on {path}");
    }
}

#[test]
fn a_handler_must_be_known_to_the_runtime() {
    let text = |handler: &str| {
        format!(
            "manifests:
- apiVersion: node.k8s.io/v1
  kind: RuntimeClass
  metadata: {{name: own}}
  handler: {handler}
"
        )
    };
    let with = |handler: &str, source: &str, path| {
        let yaml = yaml(source, "", "runtimeClassName: own", "");
        let yaml = yaml.replace("manifests:\n", &text(handler));
        run(&of(&yaml), path)
    };
    for path in RuntimePath::ALL {
        let known = if path.has_docker() { "docker" } else { "runc" };
        let lines = with(known, "api", path);
        let sandbox = first(&lines, "RunPodSandbox");
        assert_eq!(
            (&sandbox["request"]["runtime_handler"], &sandbox["code"]),
            (&json!(known), &json!("OK"))
        );
        let lines = with("kata", "api", path);
        let sandbox = first(&lines, "RunPodSandbox");
        assert_eq!(sandbox["code"], "Unknown", "{path}");
        // Without an API server there is no class to look up.
        let lines = with("kata", "static", path);
        let sandbox = first(&lines, "RunPodSandbox");
        assert_eq!(sandbox["code"], "OK", "{path}");
        assert!(sandbox["request"]["runtime_handler"].is_null(), "{path}");
    }
}
