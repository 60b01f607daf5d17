//! kubeadm, and the annotation of the node in which it remembers the runtime's socket. The kubelet
//! does not read it.
//!
//! Read from k8s 1.20.2: `cmd/kubeadm/app/util/config/cluster.go` (`getNodeRegistration`),
//! `cmd/phases/upgrade/node/preflight.go`, `preflight/checks.go` (`RunPullImagesCheck`),
//! `util/runtime/runtime.go` (`NewContainerRuntime`). What later versions say is known from reports.

use crate::RuntimePath;
use crate::basis::Basis;
use crate::node::{Around, Change};
use crate::simulation::Simulation;

/// The first version to which dockershim's socket does not mean the `docker` command.
const CRICTL_ONLY: u8 = 24;
/// The first version that speaks the CRI itself, without `crictl` (kubernetes/kubernetes#124685).
const OWN_CLIENT: u8 = 31;
/// The first version whose images come from registry.k8s.io.
const NEW_REGISTRY: u8 = 25;

/// What 1.20 says where the command of dockershim's engine is gone.
const NO_DOCKER: &str = "docker is required for container runtime: exec: \"docker\": \
                         executable file not found in $PATH";

impl Simulation {
    /// `kubectl annotate node … --overwrite`, with the socket that the kubelet uses.
    pub(super) fn annotate(&mut self) {
        self.mark("kubectl annotate node");
        self.change(Change::Around(Around::StaleAnnotation(false)));
    }

    /// `kubeadm upgrade node` where the control plane runs, up to the end of its pre-flight checks;
    /// the upgrade itself is not modelled.
    pub(super) fn kubeadm_upgrade(&mut self) {
        self.mark("kubeadm upgrade node");
        let minor = self.scenario.node.kubelet.minor();
        let basis = if minor < CRICTL_ONLY { Basis::Source } else { Basis::Documents };
        let mut said = vec![
            "[preflight] Running pre-flight checks".to_owned(),
            "[preflight] Pulling images required for setting up a Kubernetes cluster".to_owned(),
        ];
        if self.node.around.stale_annotation && minor >= CRICTL_ONLY {
            let socket = RuntimePath::Dockershim.cri_socket();
            said.insert(
                0,
                format!(
                    "Usage of CRI endpoints without URL scheme is deprecated and can cause kubelet \
                 errors in the future. Automatically prepending scheme \"unix\" to the \
                 \"criSocket\" with value \"{socket}\". Please update your configuration!"
                ),
            );
        }
        said.push(match self.trouble_with_images(minor) {
            Some(trouble) => format!("error execution phase preflight: {trouble}"),
            None => format!(
                "[upgrade] Upgrading your Static Pod-hosted control plane instance to version \
                 \"v1.{minor}.0\"..."
            ),
        });
        for text in said {
            self.log("kubeadm", text, basis);
        }
    }

    /// Why the images of the control plane cannot be pulled through the socket that the annotation
    /// names.
    fn trouble_with_images(&self, minor: u8) -> Option<String> {
        let (own, around) = (self.options.path, &self.node.around);
        let named = if around.stale_annotation { RuntimePath::Dockershim } else { own };
        if named == RuntimePath::Dockershim && minor < CRICTL_ONLY {
            // With the command at hand they are pulled into Docker's store, whoever runs the pods.
            return self.scenario.docker.removed.then(|| NO_DOCKER.to_owned());
        }
        let up = match own {
            RuntimePath::Dockershim => self.node.kubelet_up,
            RuntimePath::CriDockerd => around.cri_dockerd_up,
            RuntimePath::Containerd | RuntimePath::CriO => self.node.runtime_up,
        };
        (named != own || !up).then(|| unreachable(named.cri_socket(), minor))
    }
}

/// What kubeadm says of a socket at which nobody answers.
fn unreachable(socket: &str, minor: u8) -> String {
    if minor >= OWN_CLIENT {
        return format!(
            "[preflight] Some fatal errors occurred:\nfailed to create new CRI runtime service: \
             validate service connection: validate CRI v1 runtime API for endpoint \
             \"unix://{socket}\": rpc error: code = Unavailable desc = connection error: desc = \
             \"transport: Error while dialing: dial unix {socket}: connect: no such file or \
             directory\""
        );
    }
    let registry = if minor < NEW_REGISTRY { "k8s.gcr.io" } else { "registry.k8s.io" };
    format!(
        "[preflight] Some fatal errors occurred:\n\t[ERROR ImagePull]: failed to pull image \
         {registry}/kube-apiserver:v1.{minor}.0: output: level=fatal msg=\"connect: connect \
         endpoint 'unix://{socket}', make sure you are running as root and the endpoint has been \
         started: context deadline exceeded\"\n, error: exit status 1"
    )
}
