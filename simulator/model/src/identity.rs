//! Small numbers that stand for things, and the catalogue that knows what they are.

use std::sync::Arc;

use crate::messages::{ContainerConfig, PodSandboxConfig};
use crate::pod::Pod;

macro_rules! identity {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(
            Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize,
        )]
        pub struct $name(pub u32);

        impl $name {
            /// Its place in the catalogue.
            pub const fn index(self) -> usize {
                self.0 as usize
            }
        }
    };
}

identity!(
    /// One pod, by the order of the scenario.
    PodId
);
identity!(
    /// One pod sandbox, by the order of creation.
    SandboxId
);
identity!(
    /// One container, by the order of creation.
    ContainerId
);
identity!(
    /// One image reference, by the order in which it was first named.
    ImageId
);
identity!(
    /// One process of the node.
    ProcessId
);
identity!(
    /// One CRI call, by the order in which it was made.
    CallId
);

/// What can be created on a node and never changes afterwards: the names behind the numbers.
#[derive(Clone, Debug, Default)]
pub struct Catalog {
    pods: Vec<Arc<Pod>>,
    sandboxes: Vec<SandboxEntry>,
    containers: Vec<Arc<ContainerEntry>>,
    images: Vec<Arc<str>>,
    /// References under which the registry holds one and the same image.
    same_images: Vec<Vec<String>>,
}

/// What a sandbox was made from.
#[derive(Clone, Debug)]
pub struct SandboxEntry {
    /// Its pod.
    pub pod: PodId,
    /// How many sandboxes the pod had before.
    pub attempt: u32,
    /// The message that made it.
    pub config: Arc<PodSandboxConfig>,
}

/// What a container was made from.
#[derive(Clone, Debug)]
pub struct ContainerEntry {
    /// Its pod.
    pub pod: PodId,
    /// Its sandbox.
    pub sandbox: SandboxId,
    /// Its place among all containers of the pod, the init containers first.
    pub index: usize,
    /// How many times it was made before.
    pub attempt: u32,
    /// The image it was made from.
    pub image: ImageId,
    /// The message that made it.
    pub config: Arc<ContainerConfig>,
}

impl Catalog {
    /// Adds a pod.
    pub fn add_pod(&mut self, pod: Arc<Pod>) -> PodId {
        self.pods.push(pod);
        PodId(last(&self.pods))
    }

    /// Adds a sandbox.
    pub fn add_sandbox(&mut self, entry: SandboxEntry) -> SandboxId {
        self.sandboxes.push(entry);
        SandboxId(last(&self.sandboxes))
    }

    /// Adds a container.
    pub fn add_container(&mut self, entry: ContainerEntry) -> ContainerId {
        self.containers.push(Arc::new(entry));
        ContainerId(last(&self.containers))
    }

    /// The number of an image reference, new or known.
    pub fn image(&mut self, reference: &str) -> ImageId {
        if let Some(known) = self.images.iter().position(|image| image.as_ref() == reference) {
            return ImageId(number(known));
        }
        self.images.push(Arc::from(reference));
        ImageId(last(&self.images))
    }

    /// The pod behind a number.
    pub fn pod(&self, id: PodId) -> &Arc<Pod> {
        &self.pods[id.index()]
    }

    /// All pods.
    pub fn pods(&self) -> impl Iterator<Item = (PodId, &Arc<Pod>)> {
        self.pods.iter().enumerate().map(|(index, pod)| (PodId(number(index)), pod))
    }

    /// The sandbox behind a number.
    pub fn sandbox(&self, id: SandboxId) -> &SandboxEntry {
        &self.sandboxes[id.index()]
    }

    /// The container behind a number.
    pub fn container(&self, id: ContainerId) -> &ContainerEntry {
        &self.containers[id.index()]
    }

    /// How many sandboxes have been made.
    pub fn sandbox_count(&self) -> usize {
        self.sandboxes.len()
    }

    /// How many containers have been made.
    pub fn container_count(&self) -> usize {
        self.containers.len()
    }

    /// The image reference behind a number, such as `docker.io/library/busybox:1.35`.
    pub fn image_name(&self, id: ImageId) -> &str {
        &self.images[id.index()]
    }

    /// What recordings call this sandbox: `sandbox:POD:ATTEMPT`.
    pub fn sandbox_name(&self, id: SandboxId) -> String {
        let entry = self.sandbox(id);
        format!("sandbox:{}:{}", entry.config.metadata.name, entry.attempt)
    }

    /// What recordings call this container: `container:NAME:ATTEMPT`.
    pub fn container_name(&self, id: ContainerId) -> String {
        let entry = self.container(id);
        format!("container:{}:{}", entry.config.metadata.name, entry.attempt)
    }

    /// What recordings call the ID of this image: `image:REFERENCE`, after the first reference by
    /// which the image was named.
    pub fn image_id_name(&self, id: ImageId) -> String {
        format!("image:{}", self.image_name(self.content(id)))
    }

    /// The first reference to the same image.
    pub fn content(&self, id: ImageId) -> ImageId {
        let name = self.image_name(id);
        let holds = |group: &&Vec<String>| group.iter().any(|other| other == name);
        let Some(group) = self.same_images.iter().find(holds) else { return id };
        let first = self.images.iter().position(|image| group.iter().any(|o| **o == **image));
        first.map_or(id, |first| ImageId(number(first)))
    }

    /// Says under which references the registry holds one and the same image.
    pub fn set_same_images(&mut self, groups: Vec<Vec<String>>) {
        self.same_images = groups;
    }
}

/// The number of a place; a run never has 2³² things.
fn number(index: usize) -> u32 {
    u32::try_from(index).expect("a run has fewer than 2³² things of a kind")
}

fn last<T>(things: &[T]) -> u32 {
    number(things.len() - 1)
}
