//! The eviction manager's eye on the disk (`eviction/eviction_manager.go`, `synchronize`).
//!
//! Below 15 % of room (`imagefs.available`) the node is under disk pressure, and the manager first
//! takes back what belongs to no pod: dead containers, then unused images. Only when that is not
//! enough does it evict pods; which pod it would choose is not modelled, and the log says so. Read
//! from k8s 1.20.2; never recorded.

use crate::basis::Basis;
use crate::kubelet::garbage::GarbageCollector;
use crate::kubelet::image_manager::{ImageManager, used_mib};
use crate::kubelet::{Context, Kubelet};

/// The least room on the disk of the images, in percent (`defaults_linux.go`).
const LEAST_FREE_PERCENT: u64 = 15;

/// One round, every 10 s.
pub(crate) fn look(kubelet: &mut Kubelet, cx: &mut Context<'_>) {
    let size = u64::from(kubelet.disk.size_mib);
    let free = size - u64::from(used_mib(kubelet, cx)).min(size);
    let pressed = free * 100 < size * LEAST_FREE_PERCENT;
    let said = |text: &str| (text.to_owned(), Basis::Source);
    if pressed && !kubelet.disk_pressure {
        cx.out.lines.push(said("eviction manager: attempting to reclaim ephemeral-storage"));
        cx.spawn(GarbageCollector::once());
        cx.spawn(ImageManager::remove_all());
    } else if pressed && !kubelet.must_evict {
        cx.out.lines.push(said("eviction manager: must evict pod(s) to reclaim ephemeral-storage"));
        kubelet.must_evict = true;
    }
    if !pressed {
        kubelet.must_evict = false;
    }
    kubelet.disk_pressure = pressed;
}
