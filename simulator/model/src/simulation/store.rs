//! Images, their disk and their registry, as a scenario sets and changes them.

use std::sync::Arc;

use crate::RuntimePath;
use crate::node::{Around, Change, Registry};
use crate::pod::with_default_tag;
use crate::simulation::Simulation;

impl Simulation {
    /// What the node has and lacks at the beginning.
    pub(super) fn furnish(&mut self) {
        let scenario = Arc::clone(&self.scenario);
        for reference in scenario.disk.images.keys() {
            let image = self.catalog.image(reference);
            self.change(Change::ImagePulled(image));
        }
        if scenario.stale_annotation {
            self.change(Change::Around(Around::StaleAnnotation(true)));
        }
        if scenario.without_cni {
            self.change(Change::Around(Around::CniConfig { present: false }));
            self.change(Change::Around(Around::Network { ready: false }));
        }
    }

    pub(super) fn set_registry(&mut self, registry: Registry) {
        self.mark(match registry {
            Registry::Up => "registry-up",
            Registry::Down => "registry-down",
            Registry::Unavailable => "registry-unavailable",
            Registry::Stalled => "registry-stalled",
        });
        self.change(Change::Around(Around::Registry(registry)));
    }

    /// `docker rmi`, `crictl rmi`; an empty name stands for the pause image.
    pub(super) fn remove_image(&mut self, reference: &str) {
        self.mark("remove-image");
        if reference.is_empty() {
            self.change(Change::Around(Around::PauseImage { present: false }));
            return;
        }
        let image = self.catalog.image(reference);
        if self.node.images.contains_key(&image) {
            self.change(Change::ImageRemoved(image));
        }
    }

    /// `docker build`: the image is in Docker's store, which the runtime shares only where it is
    /// Docker Engine.
    pub(super) fn docker_build(&mut self, reference: &str) {
        self.mark("docker build");
        let docker = self.options.path.has_docker();
        if docker && !self.node.runtime_up {
            return;
        }
        let image = self.catalog.image(&with_default_tag(reference));
        self.change(Change::ImageBuilt(image));
        if docker {
            self.change(Change::ImagePulled(image));
        }
    }

    /// Brings an image that Docker has into the runtime's store; where they are one, it is there.
    pub(super) fn import_image(&mut self, reference: &str) {
        self.mark(match self.options.path {
            RuntimePath::CriO => "skopeo copy",
            _ => "ctr images import",
        });
        let image = self.catalog.image(&with_default_tag(reference));
        if !self.options.path.has_docker() && self.node.built.contains_key(&image) {
            self.change(Change::ImagePulled(image));
        }
    }

    /// Files other than images fill the disk up to so many percent.
    pub(super) fn fill_disk(&mut self, percent: u8) {
        self.mark("fill-disk");
        let disk = &self.scenario.disk;
        let name = |image| self.catalog.image_name(image);
        let images: u32 = self.node.images.keys().map(|image| disk.image_mib(name(*image))).sum();
        let wanted = u64::from(disk.size_mib) * u64::from(percent.min(100)) / 100;
        let mib = u32::try_from(wanted).unwrap_or(u32::MAX).saturating_sub(images);
        self.change(Change::Around(Around::Files { mib }));
    }
}
