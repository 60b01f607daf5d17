//! Who keeps what: containers and images of Docker, of containerd's namespaces, of
//! containers/storage.

use crate::RuntimePath;
use crate::call::Target;
use crate::clock::Instant;
use crate::identity::ImageId;
use crate::node::RunState;
use crate::state::names::{image_hex, manifest_digest};
use crate::state::{Moment, Thing};

/// A place where containers and images are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Store {
    /// Docker Engine's own (`/var/lib/docker`).
    Docker,
    /// containerd's namespace `moby`: what Docker Engine runs just now. No images.
    Moby,
    /// containerd's namespace `k8s.io`: what the CRI plugin keeps.
    K8s,
    /// containers/storage: what CRI-O keeps (`/var/lib/containers/storage`).
    Containers,
}

/// An image of a store.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Image {
    /// One of the references, for links; none for the pause image, which no pod names.
    pub id: Option<ImageId>,
    /// References with tags, the first pulled first.
    pub tags: Vec<String>,
    /// Its ID, without `sha256:`.
    pub hex: String,
    /// The reference with the digest of its manifest; none where it was built or loaded from a
    /// file.
    pub digest: Option<String>,
    /// The digest of its manifest.
    pub manifest: String,
    /// Its size in bytes, as the store counts it.
    pub size: u64,
    /// Since when it is in the store.
    pub since: Instant,
}

impl Moment<'_> {
    /// The stores that anything on this path uses.
    pub fn stores(&self) -> Vec<Store> {
        match self.path() {
            RuntimePath::Dockershim | RuntimePath::CriDockerd => vec![Store::Docker, Store::Moby],
            RuntimePath::Containerd => vec![Store::K8s],
            RuntimePath::CriO => vec![Store::Containers],
        }
    }

    /// What a store keeps, the newest first: sandboxes and containers alike.
    ///
    /// Docker forgets a container in containerd as soon as its process has ended (moby 20.10,
    /// daemon/start.go, `Cleanup`); containerd's CRI plugin and CRI-O keep it until it is removed.
    pub fn kept(&self, store: Store) -> Vec<Thing> {
        if !self.stores().contains(&store) {
            return Vec::new();
        }
        let runs = |thing: &Thing| thing.state == RunState::Running;
        let things = self.things().into_iter();
        match store {
            Store::Moby => things.filter(runs).collect(),
            _ => things.collect(),
        }
    }

    /// The images of a store, the pause image first. A Docker Engine beside another runtime has
    /// what was built with it.
    ///
    /// An image has the size that the scenario gives it, else that of the recorded one.
    pub fn images(&self, store: Store) -> Vec<Image> {
        let beside = store == Store::Docker && !self.path().has_docker();
        if store == Store::Moby || !beside && !self.stores().contains(&store) {
            return Vec::new();
        }
        let catalog = &self.run.catalog;
        let pause = self.node.around.pause_image && !beside;
        let mut images: Vec<_> = pause.then(|| self.pause_image(store)).into_iter().collect();
        let kept = if beside { &self.node.built } else { &self.node.images };
        let mut kept: Vec<_> = kept.iter().collect();
        kept.sort_by_key(|(id, since)| (**since, **id));
        for (id, since) in kept {
            let name = catalog.image_name(*id).to_owned();
            let hex = self.run.image_hex(*id);
            if let Some(known) = images.iter_mut().find(|image| image.hex == hex) {
                if !known.tags.contains(&name) {
                    known.tags.push(name);
                }
                continue;
            }
            let manifest = manifest_digest(catalog.image_name(catalog.content(*id)));
            let pulled = !self.node.built.contains_key(id);
            images.push(Image {
                id: Some(*id),
                digest: pulled.then(|| format!("{}@{manifest}", repository(&name).0)),
                tags: vec![name],
                hex,
                manifest,
                size: self.size(*id, store),
                since: *since,
            });
        }
        images
    }

    /// The image by which Docker Engine made a container: a name with a tag for pause containers;
    /// for others the digest that a pull answered, or the ID of an image that was there.
    pub fn docker_image(&self, target: Target) -> String {
        let id = match target {
            Target::Sandbox(_) => return pause_image(self.path()).into(),
            Target::Container(id) => id,
        };
        let catalog = &self.run.catalog;
        let image = catalog.container(id).image;
        if !self.run.pulled_for(id) {
            return format!("sha256:{}", self.run.image_hex(image));
        }
        let manifest = manifest_digest(catalog.image_name(catalog.content(image)));
        format!("{}@{manifest}", repository(catalog.image_name(image)).0)
    }

    /// The command of a container as Docker Engine lists it; arguments with a space in quotes
    /// (moby 20.10, container/view.go).
    pub fn docker_command(&self, target: Target) -> String {
        let mut words = self.command(target).into_iter();
        let program = words.next().unwrap_or_default();
        let quoted = words.map(|word| if word.contains(' ') { format!("'{word}'") } else { word });
        std::iter::once(program).chain(quoted).collect::<Vec<_>>().join(" ")
    }

    fn size(&self, id: ImageId, store: Store) -> u64 {
        let known = self.run.disk.images.get(self.run.catalog.image_name(id));
        known.map_or_else(|| size(store, false), |mib| u64::from(*mib) << 20)
    }

    /// The pause image is on the node before the kubelet starts.
    fn pause_image(&self, store: Store) -> Image {
        let name = pause_image(self.path());
        Image {
            id: None,
            tags: vec![name.to_owned()],
            hex: image_hex(name),
            digest: None,
            manifest: manifest_digest(name),
            size: size(store, true),
            since: Instant::ZERO,
        }
    }
}

/// The pause image of a path: the kubelet's and cri-dockerd's default, or what containerd and
/// CRI-O were configured with on the recorded node.
pub const fn pause_image(path: RuntimePath) -> &'static str {
    match path {
        RuntimePath::Dockershim | RuntimePath::CriDockerd => "k8s.gcr.io/pause:3.2",
        RuntimePath::Containerd | RuntimePath::CriO => "127.0.0.1:5000/pause:3.2",
    }
}

/// A reference as repository and tag.
pub fn repository(reference: &str) -> (&str, &str) {
    let name = reference.split('@').next().unwrap_or(reference);
    let last = name.rfind('/').map_or(0, |slash| slash + 1);
    match name[last..].rfind(':') {
        Some(colon) => (&name[..last + colon], &name[last + colon + 1..]),
        None => (name, "latest"),
    }
}

/// Sizes from the recorded `ListImages` answers: Docker counts the files, containerd the
/// compressed layers, CRI-O the files with their metadata.
const fn size(store: Store, pause: bool) -> u64 {
    match (store, pause) {
        (Store::Docker | Store::Moby, true) => 682_696,
        (Store::Docker | Store::Moby, false) => 1_984_210,
        (Store::K8s, true) => 315_556,
        (Store::K8s, false) => 1_070_540,
        (Store::Containers, true) => 688_033,
        (Store::Containers, false) => 2_131_880,
    }
}
