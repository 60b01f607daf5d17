//! Steps about daemons, the registry, the network and the disk, as they are written.

use crate::basis::Phrase;
use crate::node::Registry;
use crate::scenario::document::{Reader, WrittenStep};
use crate::scenario::place::Place;
use crate::scenario::{Action, Daemon, Deed, Return};

/// What names an image.
const REFERENCE: Phrase = Phrase { en: "a reference in `image`", zh: "`image` 写镜像引用" };

impl Reader<'_> {
    /// The action behind a word; none when it is not one of these.
    pub(super) fn deed(&mut self, place: &Place, written: &WrittenStep) -> Option<Action> {
        let action = match written.action.as_str() {
            "stop" => self.daemon(place, written, Deed::Stop),
            "start" => self.daemon(place, written, Deed::Start),
            "crash" => self.daemon(place, written, Deed::Crash),
            "oom-kill" => Action::OomKill { container: written.container.clone() },
            "registry" => Action::SetRegistry(self.registry(place, &written.state)),
            "remove-cni" => Action::SetCni { present: false },
            "restore-cni" => Action::SetCni { present: true },
            "remove-image" => {
                let known = Phrase {
                    en: "a reference in `image`, or `image: pause`",
                    zh: "`image` 写镜像引用，或写 `image: pause`",
                };
                let image = self.image(place, written, known);
                Action::RemoveImage { image: if image == "pause" { String::new() } else { image } }
            }
            "docker-build" => {
                let image = self.image(place, written, REFERENCE);
                Action::DockerBuild { image }
            }
            "import-image" => {
                let image = self.image(place, written, REFERENCE);
                Action::ImportImage { image }
            }
            "annotate" => Action::Annotate,
            "kubeadm-upgrade" => Action::KubeadmUpgrade,
            "fill-disk" => {
                let percent = written.percent.unwrap_or(0);
                if !(1..=100).contains(&percent) {
                    let known =
                        Phrase { en: "a number from 1 to 100", zh: "1 到 100 之间的数" };
                    self.told(&place.field("percent"), &percent.to_string(), known);
                }
                Action::FillDisk { percent }
            }
            _ => return None,
        };
        Some(action)
    }

    fn daemon(&mut self, place: &Place, written: &WrittenStep, deed: Deed) -> Action {
        let who = match written.who.as_str() {
            "kubelet" => Daemon::Kubelet,
            "runtime" => Daemon::Runtime,
            "dockerd" => Daemon::Dockerd,
            "containerd" => Daemon::Containerd,
            "cri-dockerd" => Daemon::CriDockerd,
            "cri-o" => Daemon::CriO,
            word => {
                let known = "kubelet, runtime, dockerd, containerd, cri-dockerd, cri-o";
                self.word(&place.field("who"), word, known);
                Daemon::Runtime
            }
        };
        let back = match written.pause.as_deref() {
            None => Return::Unit,
            Some("never") => Return::Never,
            Some(text) => Return::After(self.span(&place.field("pause"), text)),
        };
        Action::Daemon { who, deed, back }
    }

    /// The reference of an image, which has to be there.
    fn image(&mut self, place: &Place, written: &WrittenStep, known: Phrase) -> String {
        if written.image.is_empty() {
            self.told(&place.field("image"), "", known);
        }
        written.image.clone()
    }

    fn registry(&mut self, place: &Place, state: &str) -> Registry {
        match state {
            "up" => Registry::Up,
            "down" => Registry::Down,
            "unavailable" => Registry::Unavailable,
            "stalled" => Registry::Stalled,
            word => {
                self.word(&place.field("state"), word, "up, down, unavailable, stalled");
                Registry::Up
            }
        }
    }
}
