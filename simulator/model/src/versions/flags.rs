//! Flags of the kubelet that went with dockershim or after it.

use crate::versions::KubeletVersion;

/// A flag that some version no longer knows.
#[derive(Clone, Copy, Debug)]
pub struct Flag {
    /// Its name, with the dashes.
    pub name: &'static str,
    /// From when on the kubelet warns of it, and what it says behind `has been deprecated, `.
    pub deprecated: Option<(KubeletVersion, &'static str)>,
    /// The first version that does not know it.
    pub removed: KubeletVersion,
    /// What takes its place.
    pub instead: &'static str,
    /// Where that is written.
    pub source: &'static str,
}

const SHIM: &str = "will be removed along with dockershim.";
const SOURCE_121: &str = "kubernetes/kubernetes#98730 (deprecated), #106907 (removed)";

const fn v(minor: u8) -> KubeletVersion {
    KubeletVersion::of(minor)
}

/// One of the flags that were marked in 1.21 and went with dockershim.
const fn shim(name: &'static str, instead: &'static str) -> Flag {
    let deprecated = Some((v(21), SHIM));
    Flag { name, deprecated, removed: v(24), instead, source: SOURCE_121 }
}

/// The flags, by the version that removed them.
pub const FLAGS: [Flag; 11] = [
    shim("--network-plugin", "the runtime's own configuration"),
    shim("--cni-conf-dir", "containerd `conf_dir`, CRI-O `network_dir`"),
    shim("--cni-bin-dir", "containerd `bin_dir`, CRI-O `plugin_dirs`"),
    shim("--cni-cache-dir", "nothing: it is the runtime's own affair"),
    shim("--network-plugin-mtu", "the MTU in the CNI configuration"),
    shim("--docker-endpoint", "cri-dockerd `--docker-endpoint`"),
    shim(
        "--image-pull-progress-deadline",
        "cri-dockerd's flag, containerd `image_pull_progress_timeout`",
    ),
    shim("--experimental-dockershim-root-directory", "cri-dockerd `--cri-dockerd-root-directory`"),
    Flag {
        name: "--non-masquerade-cidr",
        deprecated: Some((v(20), "will be removed in a future version")),
        removed: v(24),
        instead: "ip-masq-agent, or `ipMasq` in the CNI configuration",
        source: "k8s 1.20.2, cmd/kubelet/app/options/options.go; kubernetes/kubernetes#107096",
    },
    Flag {
        name: "--container-runtime",
        deprecated: Some((v(24), "will be removed in 1.27 as the only valid value is 'remote'")),
        removed: v(27),
        instead: "nothing: the runtime is always a remote one",
        source: "kubernetes/kubernetes#107094 (deprecated), #114017 (removed)",
    },
    Flag {
        name: "--pod-infra-container-image",
        deprecated: Some((
            v(24),
            "will be removed in a future release. Image garbage collector will get sandbox image \
             information from CRI.",
        )),
        removed: v(35),
        instead: "containerd `sandbox_image`, CRI-O `pause_image`, cri-dockerd's flag",
        source: "kubernetes/kubernetes#108045 (deprecated), #133779 (removed)",
    },
];

/// The flag behind an argument such as `--network-plugin=cni`.
pub(super) fn flag(argument: &str) -> Option<&'static Flag> {
    let name = argument.split('=').next().unwrap_or(argument);
    FLAGS.iter().find(|flag| flag.name == name)
}
