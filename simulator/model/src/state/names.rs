//! Names as tools show them: 64 hexadecimal digits where a real node draws or computes them.
//!
//! Random IDs are drawn from the seed of the run, so that they are stable and yet differ from run
//! to run. What a real node computes from content (image IDs, digests, the UID of a static pod) is
//! worked out from the content's name alone; it has the form of the real thing, not its value.

use crate::call::Target;
use crate::identity::{ContainerId, ImageId, PodId, SandboxId};
use crate::pod::Source;
use crate::prng::Prng;
use crate::run::Run;

/// What an ID is drawn for.
#[derive(Clone, Copy)]
enum Salt {
    Sandbox = 1,
    Container,
    Image,
    Manifest,
    Pod,
}

impl Run {
    /// The ID of a sandbox.
    pub fn sandbox_hex(&self, id: SandboxId) -> String {
        hex(self.seed, Salt::Sandbox, u64::from(id.0))
    }

    /// The ID of a container.
    pub fn container_hex(&self, id: ContainerId) -> String {
        hex(self.seed, Salt::Container, u64::from(id.0))
    }

    /// The ID of either.
    pub fn hex(&self, target: Target) -> String {
        match target {
            Target::Sandbox(id) => self.sandbox_hex(id),
            Target::Container(id) => self.container_hex(id),
        }
    }

    /// The ID of an image, without `sha256:`. References to one image share it.
    pub fn image_hex(&self, id: ImageId) -> String {
        image_hex(self.catalog.image_name(self.catalog.content(id)))
    }

    /// The UID of a pod: as its manifest says, else 32 digits for a static pod (a hash of its
    /// manifest) and a UUID for one from the API server.
    pub fn pod_uid(&self, id: PodId) -> String {
        let metadata = &self.catalog.pod(id).metadata;
        let Some(made_up) = metadata.uid.strip_prefix("uid:") else {
            return metadata.uid.clone();
        };
        let digits = hex(0, Salt::Pod, content(&format!("{}/{made_up}", metadata.namespace)));
        if self.source == Source::Static {
            return digits[..32].to_owned();
        }
        // Version 4, variant 1: what the API server draws.
        let parts = [&digits[..8], &digits[8..12], &digits[13..16], &digits[17..20]];
        let [a, b, c, d] = parts;
        format!("{a}-{b}-4{c}-a{d}-{}", &digits[20..32])
    }

    /// `k8s_POD_<pod>_<namespace>_<uid>_<attempt>` or `k8s_<container>_…`: what Docker and CRI-O
    /// call it (k8s 1.20.2, pkg/kubelet/dockershim/naming.go).
    pub fn kubernetes_name(&self, target: Target) -> String {
        let (container, pod, attempt) = match target {
            Target::Sandbox(id) => {
                let entry = self.catalog.sandbox(id);
                ("POD", entry.pod, entry.attempt)
            }
            Target::Container(id) => {
                let entry = self.catalog.container(id);
                (entry.config.metadata.name.as_str(), entry.pod, entry.attempt)
            }
        };
        let metadata = &self.catalog.pod(pod).metadata;
        let (name, namespace, uid) = (&metadata.name, &metadata.namespace, self.pod_uid(pod));
        format!("k8s_{container}_{name}_{namespace}_{uid}_{attempt}")
    }

    /// `/var/log/pods/<namespace>_<pod>_<uid>`
    pub fn log_directory(&self, pod: PodId) -> String {
        let metadata = &self.catalog.pod(pod).metadata;
        let (name, namespace, uid) = (&metadata.name, &metadata.namespace, self.pod_uid(pod));
        format!("/var/log/pods/{namespace}_{name}_{uid}")
    }
}

/// The ID of the image behind a reference, without `sha256:`.
pub fn image_hex(reference: &str) -> String {
    hex(0, Salt::Image, content(reference))
}

/// The digest of the manifest behind a reference, with `sha256:`.
pub fn manifest_digest(reference: &str) -> String {
    format!("sha256:{}", hex(0, Salt::Manifest, content(reference)))
}

/// 64 digits.
fn hex(seed: u64, salt: Salt, number: u64) -> String {
    let mut prng = Prng::new(content(&format!("{}/{seed}/{number}", salt as u8)));
    (0..4).map(|_| format!("{:016x}", prng.next_u64())).collect()
}

/// A number that stands for a text (FNV-1a, 64 bits).
fn content(text: &str) -> u64 {
    let step = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
    text.bytes().fold(0xcbf2_9ce4_8422_2325, step)
}
