//! The measured durations: median, 10th and 90th percentile in µs, by path and call.
//!
//! Source: simulator/recordings/timings.json, measured on the machine of the recordings. Calls whose
//! length is decided by what they wait for (`StopContainer`, a pull's transfer) are not drawn from it.

use crate::RuntimePath;
use crate::latency::{Key, Spread};

/// The spread of one call on one path; none where it was not measured.
pub(super) fn spread(path: RuntimePath, key: Key) -> Option<Spread> {
    match path {
        RuntimePath::Dockershim => dockershim(key),
        RuntimePath::CriDockerd => cri_dockerd(key),
        RuntimePath::Containerd => containerd(key),
        RuntimePath::CriO => cri_o(key),
    }
}

const fn of(median: i64, p10: i64, p90: i64) -> Option<Spread> {
    Some(Spread { p10, median, p90 })
}


fn dockershim(key: Key) -> Option<Spread> {
    match key {
        Key::Cri("ContainerStatus") => of(2608, 1912, 7236),
        Key::Cri("CreateContainer") => of(63749, 10646, 131384),
        Key::Cri("ExecSync") => of(119161, 98198, 166203),
        Key::Cri("ImageStatus") => of(1900, 1290, 8900),
        Key::Cri("ListContainers") => of(1248, 744, 2763),
        Key::Cri("ListImages") => of(1832, 1287, 6689),
        Key::Cri("ListPodSandbox") => of(1752, 1009, 3986),
        Key::Cri("PodSandboxStatus") => of(7209, 1403, 26010),
        Key::Cri("PullImage") => of(184433, 24995, 379971),
        Key::Cri("RemoveContainer") => of(16570, 6362, 27701),
        Key::Cri("RemovePodSandbox") => of(15089, 6739, 15288),
        Key::Cri("RunPodSandbox") => of(495599, 398175, 1050801),
        Key::Cri("StartContainer") => of(256727, 189243, 405696),
        Key::Cri("Status") => of(56988, 38833, 107326),
        Key::Cri("StopContainer") => of(2162836, 865, 9845774),
        Key::Cri("StopPodSandbox") => of(4399, 1744, 436655),
        Key::Cri("Version") => of(50097, 37520, 88740),
        Key::Engine("DELETE /containers/ID") => of(13627, 5537, 16267),
        Key::Engine("GET /containers/ID") => of(747, 382, 1786),
        Key::Engine("GET /containers/ID/json") => of(702, 458, 3326),
        Key::Engine("GET /exec/ID/json") => of(666, 454, 1009),
        Key::Engine("GET /images/ID") => of(975, 698, 3706),
        Key::Engine("GET /images/ID/json") => of(747, 491, 1154),
        Key::Engine("GET /version") => of(51573, 37146, 92685),
        Key::Engine("POST /containers/ID") => of(14547, 9828, 104741),
        Key::Engine("POST /containers/ID/exec") => of(599, 473, 3064),
        Key::Engine("POST /containers/ID/start") => of(309569, 186067, 621097),
        Key::Engine("POST /containers/ID/stop") => of(1061, 426, 5533076),
        Key::Engine("POST /images/ID") => of(20123, 15424, 65243),
        _ => None,
    }
}

fn cri_dockerd(key: Key) -> Option<Spread> {
    match key {
        Key::Cri("ContainerStatus") => of(3045, 2268, 10099),
        Key::Cri("CreateContainer") => of(63193, 11290, 91579),
        Key::Cri("ImageFsInfo") => of(54850, 45800, 171782),
        Key::Cri("ImageStatus") => of(2320, 1597, 20165),
        Key::Cri("ListContainerStats") => of(53835, 1165, 143671),
        Key::Cri("ListContainers") => of(1719, 1129, 6345),
        Key::Cri("ListImages") => of(7990, 2210, 38345),
        Key::Cri("ListPodSandbox") => of(2161, 1386, 7392),
        Key::Cri("PodSandboxStatus") => of(7664, 2286, 20035),
        Key::Cri("PullImage") => of(199357, 29959, 479162),
        Key::Cri("RemoveContainer") => of(13540, 11660, 16891),
        Key::Cri("RunPodSandbox") => of(495880, 425061, 1928927),
        Key::Cri("StartContainer") => of(228834, 193751, 446306),
        Key::Cri("Status") => of(60554, 42604, 142539),
        Key::Cri("StopContainer") => of(3205222, 1359, 30209547),
        Key::Cri("StopPodSandbox") => of(5223, 2490, 237590),
        Key::Cri("Version") => of(49041, 39885, 107525),
        Key::Engine("DELETE /containers/ID") => of(10918, 9365, 22310),
        Key::Engine("GET /containers/ID") => of(810, 463, 2532),
        Key::Engine("GET /containers/ID/json") => of(758, 493, 4525),
        Key::Engine("GET /images/ID") => of(2205, 841, 7578),
        Key::Engine("GET /images/ID/json") => of(826, 519, 1660),
        Key::Engine("GET /info") => of(52993, 44035, 164368),
        Key::Engine("GET /version") => of(48967, 39200, 124228),
        Key::Engine("POST /containers/ID") => of(14106, 10289, 28094),
        Key::Engine("POST /containers/ID/start") => of(340055, 190225, 454352),
        Key::Engine("POST /containers/ID/stop") => of(1206, 473, 9121421),
        Key::Engine("POST /images/ID") => of(24352, 14721, 137954),
        _ => None,
    }
}

fn containerd(key: Key) -> Option<Spread> {
    match key {
        Key::Cri("ContainerStatus") => of(477, 323, 3081),
        Key::Cri("CreateContainer") => of(19340, 7862, 34834),
        Key::Cri("ExecSync") => of(102529, 90233, 213536),
        Key::Cri("ImageFsInfo") => of(651, 426, 5964),
        Key::Cri("ImageStatus") => of(679, 437, 6044),
        Key::Cri("ListContainerStats") => of(716, 251, 5239),
        Key::Cri("ListContainers") => of(470, 291, 2262),
        Key::Cri("ListImages") => of(1863, 743, 12410),
        Key::Cri("ListPodSandbox") => of(689, 345, 2849),
        Key::Cri("PodSandboxStatus") => of(481, 310, 1074),
        Key::Cri("PullImage") => of(134066, 20768, 196545),
        Key::Cri("RemoveContainer") => of(10493, 2818, 14476),
        Key::Cri("RemovePodSandbox") => of(24970, 20412, 33108),
        Key::Cri("RunPodSandbox") => of(326453, 242883, 839316),
        Key::Cri("StartContainer") => of(194621, 173801, 380921),
        Key::Cri("Status") => of(724, 507, 3806),
        Key::Cri("StopContainer") => of(2400744, 320395, 30230993),
        Key::Cri("StopPodSandbox") => of(101245, 17768, 404172),
        Key::Cri("Version") => of(609, 473, 2051),
        _ => None,
    }
}

fn cri_o(key: Key) -> Option<Spread> {
    match key {
        Key::Cri("ContainerStatus") => of(360, 209, 2478),
        Key::Cri("CreateContainer") => of(203121, 175617, 260610),
        Key::Cri("ImageStatus") => of(1281, 686, 5630),
        Key::Cri("ListContainers") => of(427, 258, 1945),
        Key::Cri("ListImages") => of(1455, 708, 8015),
        Key::Cri("ListPodSandbox") => of(671, 338, 2651),
        Key::Cri("PodSandboxStatus") => of(380, 224, 853),
        Key::Cri("PullImage") => of(166590, 23827, 232881),
        Key::Cri("RemoveContainer") => of(71803, 58676, 104040),
        Key::Cri("RunPodSandbox") => of(203730, 165739, 230501),
        Key::Cri("StartContainer") => of(111587, 96264, 145984),
        Key::Cri("Status") => of(743, 546, 6483),
        Key::Cri("StopContainer") => of(5456539, 3184512, 9721055),
        Key::Cri("StopPodSandbox") => of(4274, 508, 253009),
        Key::Cri("Version") => of(622, 493, 2496),
        _ => None,
    }
}
