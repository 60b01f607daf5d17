//! The processes of the node with their parents and command lines.
//!
//! Recorded in `processes` of each `node.json`. What programs in containers start themselves is not
//! modelled: the commands of a pod are never run.

use crate::RuntimePath;
use crate::call::Target;
use crate::identity::{ContainerId, SandboxId};
use crate::node::RunState;
use crate::pod::Source;
use crate::run::Run;
use crate::state::{Moment, Thing};

/// What a process is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// The kubelet.
    Kubelet,
    /// Docker Engine.
    Dockerd,
    /// cri-dockerd.
    CriDockerd,
    /// containerd.
    Containerd,
    /// CRI-O.
    Crio,
    /// The shim of a sandbox: with containerd's CRI plugin the shim of the whole pod.
    SandboxShim(SandboxId),
    /// The shim or conmon of a container.
    ContainerShim(ContainerId),
    /// The pause process of a sandbox.
    Pause(SandboxId),
    /// The program of a container.
    Program(ContainerId),
}

/// One process.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Process {
    /// Its number.
    pub pid: u32,
    /// The number of its parent; 1 for daemons, and for shims, which leave their parent at once.
    pub parent: u32,
    /// What it is.
    pub role: Role,
    /// Its command line, word by word.
    pub args: Vec<String>,
}

/// How many numbers below its first process a shim has its own.
const SHIM_BEFORE: u32 = 20;

impl Moment<'_> {
    /// All processes of the node that the model knows, by number.
    pub fn processes(&self) -> Vec<Process> {
        let mut processes = self.daemons();
        for thing in self.things() {
            match self.path() {
                RuntimePath::Dockershim | RuntimePath::CriDockerd => {
                    self.add_with_shim(thing, &mut processes);
                }
                RuntimePath::Containerd => self.add_to_pod_shim(thing, &mut processes),
                RuntimePath::CriO => self.add_with_conmon(thing, &mut processes),
            }
        }
        processes.sort_by_key(|process| process.pid);
        processes
    }

    fn daemons(&self) -> Vec<Process> {
        let docker = self.path().has_docker();
        // A daemon on its way out listens no more and is still there.
        let runtime = self.node.runtime_up || self.node.around.leaving;
        let containerd = if docker {
            self.node.around.containerd_up
        } else {
            self.path() == RuntimePath::Containerd && runtime
        };
        let cri_dockerd_runs =
            self.path() == RuntimePath::CriDockerd && self.node.around.cri_dockerd_up;
        let cri_dockerd = "cri-dockerd --cni-bin-dir=/usr/lib/cni \
                           --pod-infra-container-image=k8s.gcr.io/pause:3.2 --network-plugin=cni";
        let kubelet = kubelet_args(self.run);
        let all = [
            (containerd, 611, Role::Containerd, "containerd"),
            (docker && self.node.runtime_up, 634, Role::Dockerd, "dockerd"),
            (cri_dockerd_runs, 655, Role::CriDockerd, cri_dockerd),
            (
                self.path() == RuntimePath::CriO && runtime,
                640,
                Role::Crio,
                "crio --config /etc/crio/crio.conf",
            ),
            (self.node.kubelet_up, 702, Role::Kubelet, kubelet.as_str()),
        ];
        let there = all.into_iter().filter(|(there, ..)| *there);
        there.map(|(_, pid, role, args)| process(pid, 1, role, split(args))).collect()
    }

    /// Docker: one shim for each container, pause containers among them.
    fn add_with_shim(&self, thing: Thing, processes: &mut Vec<Process>) {
        if thing.state != RunState::Running {
            return;
        }
        let shim = thing.pid - SHIM_BEFORE;
        let (shim_role, role) = roles(thing.target);
        let args = shim_args("moby", &self.run.hex(thing.target));
        processes.push(process(shim, 1, shim_role, args));
        processes.push(process(thing.pid, shim, role, self.program(thing.target)));
    }

    /// containerd's CRI plugin: one shim for the pod, as long as anything in it runs.
    fn add_to_pod_shim(&self, thing: Thing, processes: &mut Vec<Process>) {
        let shim = self.shim_number(thing.sandbox);
        if thing.target == Target::Sandbox(thing.sandbox) {
            let containers = self.node.containers_in(thing.sandbox);
            let busy = containers.into_iter().any(|id| self.node.is_running(id));
            if thing.state == RunState::Running || busy {
                let args = shim_args("k8s.io", &self.run.sandbox_hex(thing.sandbox));
                processes.push(process(shim, 1, Role::SandboxShim(thing.sandbox), args));
            }
        }
        if thing.state == RunState::Running {
            let (_, role) = roles(thing.target);
            processes.push(process(thing.pid, shim, role, self.program(thing.target)));
        }
    }

    /// The number of a pod's shim: a little below that of its pause process, or of the container
    /// that has outlived it.
    fn shim_number(&self, sandbox: SandboxId) -> u32 {
        let pause = self.node.sandboxes.get(&sandbox).and_then(|sandbox| sandbox.process);
        let containers = self.node.containers_in(sandbox).into_iter().rev();
        let mut programs = containers.filter_map(|id| self.node.containers[&id].process);
        pause.or_else(|| programs.next()).map_or(0, |pid| pid.0 - SHIM_BEFORE)
    }

    /// CRI-O: one conmon for each container, and for a pause container where there is one.
    fn add_with_conmon(&self, thing: Thing, processes: &mut Vec<Process>) {
        let absent =
            thing.target == Target::Sandbox(thing.sandbox) && !self.has_pause(thing.sandbox);
        if thing.state != RunState::Running || absent {
            return;
        }
        let conmon = thing.pid - SHIM_BEFORE;
        let (conmon_role, role) = roles(thing.target);
        processes.push(process(conmon, 1, conmon_role, self.conmon_args(thing)));
        processes.push(process(thing.pid, conmon, role, self.program(thing.target)));
    }

    /// CRI-O 1.23.0, `internal/oci/runtime_oci.go`, `CreateContainer`; the pause container's log
    /// is in its own folder.
    fn conmon_args(&self, thing: Thing) -> Vec<String> {
        let id = self.run.hex(thing.target);
        let data = format!("/var/run/containers/storage/overlay-containers/{id}/userdata");
        let kept = format!("/var/lib/containers/storage/overlay-containers/{id}/userdata");
        let (log, terminal) = match thing.target {
            Target::Sandbox(_) => (format!("{data}/{id}.log"), false),
            Target::Container(container) => {
                let config = &self.run.catalog.container(container).config;
                let directory = self.run.log_directory(thing.pod);
                (format!("{directory}/{}", config.log_path), config.tty)
            }
        };
        let name = self.run.kubernetes_name(thing.target);
        let line = format!(
            "/usr/bin/conmon -b {data} -c {id} --exit-dir /var/run/crio/exits -l {log} \
             --log-level info -n {name} -P {data}/conmon-pidfile -p {data}/pidfile \
             --persist-dir {kept} -r /usr/sbin/runc --runtime-arg --root=/run/runc \
             --socket-dir-path /var/run/crio -u {id} --syslog"
        );
        let terminal = terminal.then(|| "-t".to_owned());
        split(&line).into_iter().chain(terminal).collect()
    }

    /// The command line of a first process: a shell that ends in `exec` has become that program.
    fn program(&self, target: Target) -> Vec<String> {
        let command = self.command(target);
        match command.as_slice() {
            [shell, flag, script] if shell.ends_with("sh") && flag == "-c" => {
                let last = script.rsplit([';', '&']).next().unwrap_or_default().trim();
                last.strip_prefix("exec ").map_or_else(|| command.clone(), split)
            }
            _ => command,
        }
    }
}

/// The flags of the recorded kubelets, or those of another version. One that has an API server has
/// two more.
fn kubelet_args(run: &Run) -> String {
    let path = run.path;
    let common = "kubelet --config=/lab/kubelet.yaml --hostname-override=node1 --v=4 \
                  --node-ip=10.99.0.2 --root-dir=/var/lib/kubelet";
    let recorded = run.profile.flags.is_none() && run.profile.kubelet.minor() == 20;
    let runtime = match path {
        _ if !recorded => run.profile.flags_on(path).join(" "),
        RuntimePath::Dockershim => {
            "--container-runtime=docker --docker-endpoint=unix:///var/run/docker.sock \
             --network-plugin=cni --cni-bin-dir=/usr/lib/cni"
                .to_owned()
        }
        _ => format!(
            "--container-runtime=remote --container-runtime-endpoint=unix://{}",
            path.cri_socket()
        ),
    };
    let server = match run.source {
        Source::Static => "",
        Source::Api => " --kubeconfig=/lab/api/kubeconfig --kube-api-content-type=application/json",
    };
    format!("{common} {runtime}{server}")
}

fn shim_args(namespace: &str, id: &str) -> Vec<String> {
    split(&format!(
        "/usr/bin/containerd-shim-runc-v2 -namespace {namespace} -id {id} \
         -address /run/containerd/containerd.sock"
    ))
}

const fn roles(target: Target) -> (Role, Role) {
    match target {
        Target::Sandbox(id) => (Role::SandboxShim(id), Role::Pause(id)),
        Target::Container(id) => (Role::ContainerShim(id), Role::Program(id)),
    }
}

const fn process(pid: u32, parent: u32, role: Role, args: Vec<String>) -> Process {
    Process { pid, parent, role, args }
}

fn split(line: &str) -> Vec<String> {
    line.split(' ').map(str::to_owned).collect()
}
