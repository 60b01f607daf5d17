//! The image manager (`images/image_gc_manager.go`): every 5 min it notes which images are used,
//! and removes unused ones when the disk is too full; the eviction manager has it remove all of
//! them.
//!
//! What protects the pause image is its name: the kubelet looks up the image that it would itself
//! name (`--pod-infra-container-image`). Where the runtime uses another, nothing protects it, for
//! no container in a list is made from it. Read from k8s 1.20.2; no recording is long or full
//! enough to show it.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use crate::RuntimePath;
use crate::basis::Basis;
use crate::call::{ImageKeyKind, ListFilter, Loop, Reply, Request};
use crate::clock::{Duration, Instant};
use crate::dockershim::PAUSE_IMAGE;
use crate::identity::ImageId;
use crate::kubelet::{Context, Kubelet, Next, Wake};

/// How often (`ImageGCPeriod`, and the detection beside it).
const PERIOD: Duration = Duration::from_secs(300);
/// How full the disk may be (`imageGCHighThresholdPercent`).
const HIGH_PERCENT: u32 = 85;
/// How full it is to be afterwards (`imageGCLowThresholdPercent`).
const LOW_PERCENT: u32 = 80;
/// How long an image is left alone after it was first seen (`imageMinimumGCAge`).
const LEAST_AGE: Duration = Duration::from_secs(120);

/// What is remembered of an image.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct ImageRecord {
    /// When it was first seen; none for those that were there before the kubelet.
    first: Option<Instant>,
    /// When it was last seen in use.
    used: Option<Instant>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Stage {
    #[default]
    Begin,
    Rest,
    Stats,
    Pause,
    Images,
    Sandboxes,
    Containers,
    Remove,
}

/// The goroutine.
#[derive(Clone, Debug, Default)]
pub(crate) struct ImageManager {
    stage: Stage,
    once: bool,
    /// How much is to be freed, in MiB.
    wanted_mib: u32,
    freed_mib: u32,
    protected: BTreeSet<ImageId>,
    images: Vec<ImageId>,
    removing: VecDeque<ImageId>,
}

impl ImageManager {
    /// Removes every unused image, once (`DeleteUnusedImages`).
    pub(crate) fn remove_all() -> Self {
        Self { stage: Stage::Stats, once: true, wanted_mib: u32::MAX, ..Self::default() }
    }

    /// 1. See how full the disk is.
    /// 2. Look up the pause image, list images, sandboxes and containers; note what is used.
    /// 3. Remove unused images, the longest unused first, until enough is freed.
    pub(crate) fn resume(
        &mut self,
        wake: Wake,
        kubelet: &mut Kubelet,
        cx: &mut Context<'_>,
    ) -> Next {
        let stats = [Request::ListImages, Request::ImageFsInfo];
        let has_fs_info = matches!(kubelet.path, RuntimePath::Containerd | RuntimePath::CriDockerd);
        match (self.stage, wake) {
            (Stage::Begin, _) => {
                // What the first look of the image poll finds.
                let there = cx.node.images.keys().copied().chain(kubelet.listed_pause);
                kubelet.images = there.map(|image| (image, ImageRecord::default())).collect();
                self.rest()
            }
            (Stage::Rest, _) => {
                self.wanted_mib = 0;
                let [list, info] = stats;
                self.ask(Stage::Stats, if has_fs_info { info } else { list })
            }
            (Stage::Stats, _) => {
                if !self.once {
                    self.wanted_mib = over_threshold(kubelet, cx);
                }
                self.protected.clear();
                let image = cx.catalog.image(PAUSE_IMAGE);
                let key = ImageKeyKind::Reference;
                self.ask(Stage::Pause, Request::ImageStatus { image, annotations: None, key })
            }
            (Stage::Pause, Wake::Answer(answer)) => {
                if let Ok(Reply::Image(Some(image))) = answer {
                    self.protected.insert(cx.catalog.content(image));
                }
                self.ask(Stage::Images, Request::ListImages)
            }
            (Stage::Images, Wake::Answer(Ok(Reply::Images(list)))) => {
                self.images = list;
                self.ask(Stage::Sandboxes, Request::ListPodSandbox(ListFilter::default()))
            }
            (Stage::Sandboxes, Wake::Answer(Ok(_))) => {
                self.ask(Stage::Containers, Request::ListContainers(ListFilter::default()))
            }
            (Stage::Containers, Wake::Answer(Ok(Reply::Containers(list)))) => {
                let used = list.iter().map(|container| cx.catalog.container(container.id).image);
                let used: Vec<_> = used.map(|image| cx.catalog.content(image)).collect();
                self.protected.extend(used);
                self.detect(&mut kubelet.images, cx);
                self.removing = self.choose(&kubelet.images, cx);
                self.freed_mib = 0;
                self.next_removal(kubelet, cx)
            }
            (Stage::Remove, Wake::Answer(answer)) => {
                if let (Ok(_), Some(image)) = (answer, self.removing.pop_front()) {
                    kubelet.images.remove(&image);
                    self.freed_mib += kubelet.disk.image_mib(cx.catalog.image_name(image));
                }
                self.next_removal(kubelet, cx)
            }
            // A list that fails ends the round.
            (Stage::Images | Stage::Sandboxes | Stage::Containers, Wake::Answer(_)) => self.rest(),
            (_, Wake::Ready) => Next::Wait,
        }
    }

    fn ask(&mut self, stage: Stage, request: Request) -> Next {
        self.stage = stage;
        Next::Call(Loop::ImageGc, request)
    }

    fn rest(&mut self) -> Next {
        if self.once {
            return Next::Done;
        }
        self.stage = Stage::Rest;
        Next::Sleep(PERIOD)
    }

    /// `detectImages`
    fn detect(&self, records: &mut BTreeMap<ImageId, ImageRecord>, cx: &Context<'_>) {
        for image in &self.images {
            let new = ImageRecord { first: Some(cx.now), used: None };
            let record = records.entry(*image).or_insert(new);
            if self.protected.contains(&cx.catalog.content(*image)) {
                record.used = Some(cx.now);
            }
        }
        records.retain(|image, _| self.images.contains(image));
    }

    /// The images that may go, the longest unused first (`freeSpace`).
    fn choose(
        &self,
        records: &BTreeMap<ImageId, ImageRecord>,
        cx: &Context<'_>,
    ) -> VecDeque<ImageId> {
        if self.wanted_mib == 0 {
            return VecDeque::new();
        }
        let old = |record: &ImageRecord| {
            record.first.is_none_or(|first| cx.now.since(first) >= LEAST_AGE)
        };
        let unused = |image: &ImageId| !self.protected.contains(&cx.catalog.content(*image));
        let candidates = records.iter().filter(|(image, record)| unused(image) && old(record));
        let mut chosen: Vec<_> =
            candidates.map(|(image, record)| (record.used, record.first, *image)).collect();
        chosen.sort_unstable();
        chosen.into_iter().map(|(_, _, image)| image).collect()
    }

    fn next_removal(&mut self, kubelet: &Kubelet, cx: &mut Context<'_>) -> Next {
        match self.removing.front() {
            Some(image) if self.freed_mib < self.wanted_mib => {
                let size = kubelet.disk.image_mib(cx.catalog.image_name(*image));
                let name = cx.catalog.image_name(*image);
                let text = format!("[imageGCManager]: Removing image {name:?} to free {size} MiB");
                cx.out.lines.push((text, Basis::Source));
                self.ask(Stage::Remove, Request::RemoveImage(*image))
            }
            _ => {
                if self.freed_mib < self.wanted_mib && !self.once {
                    let (wanted, freed) = (self.wanted_mib, self.freed_mib);
                    let text = format!(
                        "failed to garbage collect required amount of images. Wanted to free \
                         {wanted} MiB, but freed {freed} MiB"
                    );
                    cx.out.lines.push((text, Basis::Source));
                }
                self.rest()
            }
        }
    }
}

/// How much has to be freed, in MiB (`GarbageCollect`).
fn over_threshold(kubelet: &Kubelet, cx: &mut Context<'_>) -> u32 {
    let used = used_mib(kubelet, cx);
    let percent = kubelet.disk.used_percent(used);
    if percent < HIGH_PERCENT {
        return 0;
    }
    let size = kubelet.disk.size_mib;
    let wanted = used.saturating_sub(size / 100 * LOW_PERCENT);
    let text = format!(
        "[imageGCManager]: Disk usage on image filesystem is at {percent}% which is over the high \
         threshold ({HIGH_PERCENT}%). Trying to free {wanted} MiB down to the low threshold \
         ({LOW_PERCENT}%)."
    );
    cx.out.lines.push((text, Basis::Source));
    wanted
}

/// How full the disk of the images is, in MiB.
pub(crate) fn used_mib(kubelet: &Kubelet, cx: &Context<'_>) -> u32 {
    let name = |image| cx.catalog.image_name(image);
    kubelet.disk.used_mib(cx.node.images.keys(), name, &cx.node.around)
}
