//! What the recorded pods do not use follows each runtime's source, where they differ above all.

use simulator_model::messages::{
    Capability, ContainerConfig, ContainerCreate, HugepageLimit, Int64Value, Mount,
    PodSandboxConfig, SecurityProfile, namespace_mode,
};
use simulator_model::oci::{
    CgroupDriver, ContainerExtras, Group, ImageFacts, NodeFacts, SandboxFacts, Spec, SpecError,
    User, containerd, crio, docker,
};

/// A container that can be asked of all three.
#[derive(Clone)]
struct Asked {
    pod: PodSandboxConfig,
    container: ContainerConfig,
    body: ContainerCreate,
    image: ImageFacts,
    node: NodeFacts,
    /// Whether the pod uses the node's IPC.
    on_node_ipc: bool,
}

impl Asked {
    fn new() -> Self {
        let mut asked = Self {
            pod: PodSandboxConfig::default(),
            container: ContainerConfig::default(),
            body: ContainerCreate::default(),
            image: ImageFacts { entrypoint: vec!["run".into()], ..ImageFacts::default() },
            node: NodeFacts::recorded(),
            on_node_ipc: false,
        };
        asked.pod.linux.cgroup_parent = "/kubepods/poduid".into();
        asked.container.linux.security_context.namespace_options.pid = namespace_mode::CONTAINER;
        asked.body.host_config.cgroup_parent = "/kubepods/poduid".into();
        asked.body.host_config.network_mode = "container:pause".into();
        asked.body.host_config.ipc_mode = "container:pause".into();
        asked
    }

    fn extras() -> ContainerExtras {
        ContainerExtras {
            id: "ctr".into(),
            volume_ids: vec!["one".into()],
            ..ContainerExtras::default()
        }
    }

    fn sandbox() -> SandboxFacts {
        SandboxFacts {
            id: "pause".into(),
            pid: 7,
            namespace_name: "ns".into(),
            ..SandboxFacts::default()
        }
    }

    fn containerd(&self) -> Result<Spec, SpecError> {
        containerd::container(
            containerd::Request {
                sandbox_config: &self.pod,
                config: &self.container,
                extras: &Self::extras(),
                image: &self.image,
                sandbox: &Self::sandbox(),
            },
            &self.node,
        )
    }

    fn crio(&self) -> Result<Spec, SpecError> {
        crio::container(
            crio::Request {
                sandbox_config: &self.pod,
                config: &self.container,
                extras: &Self::extras(),
                image: &self.image,
                sandbox: &Self::sandbox(),
            },
            &self.node,
        )
    }

    fn docker(&self) -> Result<Spec, SpecError> {
        let peers = [docker::Peer {
            id: "pause".into(),
            pid: 7,
            hostname: "pod".into(),
            on_node_ipc: self.on_node_ipc,
        }];
        docker::container(
            docker::Request {
                body: &self.body,
                extras: &Self::extras(),
                image: &self.image,
                peers: &peers,
            },
            &self.node,
        )
    }

    fn all(&self) -> [Spec; 3] {
        [self.docker(), self.containerd(), self.crio()].map(|spec| spec.expect("it can be made"))
    }
}

/// Source and options of the mount at the path.
fn mount<'a>(spec: &'a Spec, path: &str) -> (&'a str, String) {
    let found = spec.mounts.iter().find(|mount| mount.destination == path).expect("a mount");
    (&found.source, found.options.join(","))
}

#[test]
fn capabilities_are_added_last_but_first_by_crio() {
    let mut asked = Asked::new();
    let both = (vec!["NET_ADMIN".to_owned()], vec!["KILL".to_owned()]);
    (asked.body.host_config.cap_add, asked.body.host_config.cap_drop) = both.clone();
    asked.container.linux.security_context.capabilities =
        Some(Capability { add_capabilities: both.0, drop_capabilities: both.1 });
    let [docker, containerd, crio] = asked.all().map(|spec| spec.process.capabilities);
    for sets in [&docker, &containerd] {
        assert_eq!(sets.bounding.len(), 14);
        assert_eq!(sets.bounding.last().map(|name| &**name), Some("CAP_NET_ADMIN"));
        assert!(sets.inheritable.is_empty());
    }
    assert_eq!(crio.bounding[0], "CAP_NET_ADMIN");
    assert_eq!((crio.bounding.len(), crio.inheritable.len()), (9, 9));
}

#[test]
fn docker_gives_capabilities_to_root_only() {
    let mut asked = Asked::new();
    asked.body.user = "1000".into();
    asked.container.linux.security_context.run_as_user = Some(Int64Value { value: 1000 });
    let [docker, containerd, _] = asked.all().map(|spec| spec.process.capabilities);
    assert!(docker.effective.is_empty() && docker.bounding.len() == 14);
    assert_eq!(containerd.effective.len(), 14);
}

#[test]
fn users_are_looked_up_in_the_image() {
    let mut asked = Asked::new();
    asked.image.user = "web".into();
    asked.image.passwd = Some(vec![User { name: "web".into(), uid: 33, gid: 34 }]);
    let members = vec!["web".to_owned()];
    asked.image.group = vec![Group { name: "logs".into(), gid: 4, members }];
    asked.container.linux.security_context.supplemental_groups = vec![2000];
    asked.body.host_config.group_add = vec!["2000".into()];
    let [docker, containerd, crio] = asked.all().map(|spec| spec.process.user);
    assert_eq!((docker.uid, docker.gid, docker.additional_gids), (33, 34, vec![34, 4, 2000]));
    // The image's groups are looked up for root, who was not named either.
    assert_eq!((containerd.uid, containerd.additional_gids), (33, vec![34, 2000]));
    assert_eq!((crio.uid, crio.gid, crio.additional_gids), (33, 34, vec![4, 2000]));
    asked.image.passwd = None;
    for refused in [asked.docker(), asked.containerd(), asked.crio()] {
        assert_eq!(refused, Err(SpecError::UnknownUser("web".into())));
    }
}

#[test]
fn a_crio_user_that_the_image_does_not_know_gets_a_passwd() {
    let mut asked = Asked::new();
    asked.image.passwd = Some(vec![User { name: "root".into(), uid: 0, gid: 0 }]);
    asked.container.linux.security_context.run_as_user = Some(Int64Value { value: 1000 });
    let spec = asked.crio().expect("it can be made");
    let (source, options) = mount(&spec, "/etc/passwd");
    assert!(source.ends_with("/ctr/userdata/passwd"));
    assert_eq!(options, "rw,bind,nodev,nosuid,noexec");
}

#[test]
fn propagation_reaches_the_root() {
    let mut asked = Asked::new();
    let shared = |propagation| Mount {
        container_path: "/m".into(),
        host_path: "/mnt".into(),
        readonly: true,
        propagation,
    };
    asked.container.mounts = vec![shared(2)];
    asked.body.host_config.binds = vec!["/mnt:/m:ro,rshared".into()];
    let [docker, containerd, crio] = asked.all();
    assert_eq!(mount(&docker, "/m").1, "rbind,ro,rshared");
    assert_eq!(mount(&containerd, "/m").1, "rbind,rshared,ro");
    assert_eq!(mount(&crio, "/m").1, "ro,rbind,rshared,bind");
    let roots = [docker, containerd, crio].map(|spec| spec.linux.rootfs_propagation);
    assert_eq!(roots, ["shared", "rshared", "rshared"]);
}

#[test]
fn docker_and_crio_see_their_own_folders_unmounted() {
    let mut asked = Asked::new();
    asked.container.mounts =
        vec![Mount { container_path: "/host".into(), host_path: "/".into(), ..Mount::default() }];
    asked.body.host_config.binds = vec!["/:/host".into()];
    let [docker, containerd, crio] = asked.all();
    assert_eq!(mount(&docker, "/host").1, "rbind,rslave");
    assert_eq!(mount(&containerd, "/host").1, "rbind,rprivate,rw");
    assert_eq!(mount(&crio, "/host").1, "rw,rbind,rslave,bind");
}

#[test]
fn shared_process_ids_go_through_the_pause_process() {
    let mut asked = Asked::new();
    asked.body.host_config.pid_mode = "container:pause".into();
    asked.container.linux.security_context.namespace_options.pid = namespace_mode::POD;
    for spec in asked.all() {
        let pid = spec.linux.namespaces.iter().find(|namespace| namespace.kind == "pid");
        assert_eq!(pid.map(|namespace| namespace.path.as_str()), Some("/proc/7/ns/pid"));
    }
    let extras = Asked::extras();
    let mut sandbox = |mode| {
        asked.pod.linux.security_context.namespace_options.pid = mode;
        crio::sandbox(&asked.pod, &extras, &asked.image, &Asked::sandbox(), &asked.node)
            .expect("it can be made")
    };
    assert!(sandbox(namespace_mode::CONTAINER).is_none());
    let pause = sandbox(namespace_mode::POD).expect("something must hold the namespace");
    assert_eq!(pause.linux.cgroups_path, "/kubepods/poduid/crio-pause");
}

#[test]
fn the_default_seccomp_profile_grows_with_capabilities() {
    let mut asked = Asked::new();
    asked.container.linux.security_context.seccomp = Some(SecurityProfile::default());
    let rules = |spec: &Spec| spec.linux.seccomp.as_ref().map(|profile| profile.syscalls.len());
    assert_eq!(asked.all().each_ref().map(rules), [Some(12), Some(11), Some(10)]);
    let add_capabilities = vec!["SYS_ADMIN".to_owned()];
    asked.body.host_config.cap_add.clone_from(&add_capabilities);
    asked.container.linux.security_context.capabilities =
        Some(Capability { add_capabilities, ..Capability::default() });
    // One rule more, and the two that hold back namespaces go.
    assert_eq!(asked.all().each_ref().map(rules), [Some(11), Some(10), Some(9)]);
    let file = SecurityProfile { profile_type: 2, localhost_ref: "/p.json".into() };
    asked.container.linux.security_context.seccomp = Some(file);
    assert_eq!(asked.containerd(), Err(SpecError::NoProfile("/p.json".into())));
}

#[test]
fn systemd_cgroups_are_slices() {
    let mut asked = Asked::new();
    asked.node.cgroups.driver = CgroupDriver::Systemd;
    asked.body.host_config.cgroup_parent = "kubepods-poduid.slice".into();
    asked.pod.linux.cgroup_parent = "/kubepods.slice/kubepods-poduid.slice".into();
    let paths = asked.all().map(|spec| spec.linux.cgroups_path);
    let [docker, containerd, crio] = ["docker", "cri-containerd", "crio"];
    let expected =
        [docker, containerd, crio].map(|prefix| format!("kubepods-poduid.slice:{prefix}:ctr"));
    assert_eq!(paths, expected);
}

#[test]
fn limits_are_written_each_in_its_way() {
    let mut asked = Asked::new();
    asked.node.cgroups.hugetlb = true;
    asked.body.host_config.memory = 1 << 20;
    let resources = &mut asked.container.linux.resources;
    resources.memory_limit_in_bytes = 1 << 20;
    resources.hugepage_limits = vec![HugepageLimit { page_size: "2MB".into(), limit: 0 }];
    let docker = asked.docker().expect("it can be made").linux.resources;
    // Nothing said of swap means as much again.
    assert_eq!(docker.memory.and_then(|memory| memory.swap), Some(2 << 20));
    let containerd = asked.containerd().expect("it can be made").linux.resources;
    assert_eq!(containerd.memory.and_then(|memory| memory.swap), Some(1 << 20));
    assert_eq!(containerd.hugepage_limits.len(), 1);
    let too_low = SpecError::MemoryTooLow { limit: 1 << 20, minimum: 12 << 20 };
    assert_eq!(asked.crio(), Err(too_low));
}

#[test]
fn the_privileged_can_write_everywhere() {
    let mut asked = Asked::new();
    asked.body.host_config.privileged = true;
    asked.container.linux.security_context.privileged = true;
    assert_eq!(asked.containerd(), Err(SpecError::NotPrivilegedSandbox));
    asked.pod.linux.security_context.privileged = true;
    let [docker, containerd, crio] = asked.all();
    assert_eq!(mount(&docker, "/sys").1, "nosuid,noexec,nodev");
    assert_eq!(mount(&containerd, "/sys").1, "nosuid,noexec,nodev,rw");
    assert_eq!(mount(&crio, "/proc").1, "nosuid,noexec,nodev,rw");
    let counts = [docker, containerd, crio].map(|spec| spec.process.capabilities.bounding.len());
    assert_eq!(counts, [38, 40, 41]);
}

#[test]
fn volumes_of_the_image_are_made_but_not_by_crio() {
    let mut asked = Asked::new();
    asked.image.volumes.insert("/data".into());
    let [docker, containerd, crio] = asked.all();
    assert_eq!(mount(&docker, "/data"), ("/var/lib/docker/volumes/one/_data", "rbind".into()));
    assert!(mount(&containerd, "/data").0.ends_with("/containers/ctr/volumes/one"));
    assert!(!crio.mounts.iter().any(|mount| mount.destination == "/data"));
}

#[test]
fn memory_of_the_node_is_shared_with_all_of_a_pod() {
    let mut asked = Asked::new();
    let sources = asked.all().each_ref().map(|spec| mount(spec, "/dev/shm").0.to_owned());
    assert!(sources.iter().all(|source| source.ends_with("/shm") && source != "/dev/shm"));
    asked.on_node_ipc = true;
    let context = &mut asked.container.linux.security_context;
    context.namespace_options.ipc = namespace_mode::NODE;
    for spec in asked.all() {
        assert_eq!(mount(&spec, "/dev/shm").0, "/dev/shm");
        // It is joined all the same.
        assert!(spec.linux.namespaces.iter().any(|namespace| namespace.kind == "ipc"));
    }
}

#[test]
fn docker_adds_a_group_once_and_cleans_the_folder() {
    let mut asked = Asked::new();
    asked.body.host_config.group_add = vec!["7".into(), "5".into(), "7".into()];
    asked.body.working_dir = "/srv//app/".into();
    let process = asked.docker().expect("it can be made").process;
    assert_eq!(process.user.additional_gids, [0, 7, 5]);
    assert_eq!(process.cwd, "/srv/app");
}

#[test]
fn nothing_to_run_is_refused() {
    let mut asked = Asked::new();
    asked.image.entrypoint.clear();
    for refused in [asked.docker(), asked.containerd(), asked.crio()] {
        assert_eq!(refused, Err(SpecError::NoCommand));
    }
}
