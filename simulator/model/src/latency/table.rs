//! The measured durations: median, 10th and 90th percentile in µs, by path and call.
//!
//! Source: simulator/recordings/timings.json, measured on the machine of the recordings. Calls
//! whose length is decided by what they wait for (`StopContainer`, a pull's transfer) are not drawn
//! from it.

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

#[allow(clippy::unnecessary_wraps, reason = "keeps the rows of the table short")]
const fn of(median: i64, p10: i64, p90: i64) -> Option<Spread> {
    Some(Spread { p10, median, p90 })
}

fn dockershim(key: Key) -> Option<Spread> {
    match key {
        Key::Cri("ContainerStatus") => of(2608, 1912, 7236),
        Key::Cri("CreateContainer") => of(63_749, 10_646, 131_384),
        Key::Cri("ExecSync") => of(119_161, 98_198, 166_203),
        Key::Cri("ImageStatus") => of(1900, 1290, 8900),
        Key::Cri("ListContainers") => of(1248, 744, 2763),
        Key::Cri("ListImages") => of(1832, 1287, 6689),
        Key::Cri("ListPodSandbox") => of(1752, 1009, 3986),
        Key::Cri("PodSandboxStatus") => of(7209, 1403, 26_010),
        Key::Cri("PullImage") => of(184_433, 24_995, 379_971),
        Key::Cri("RemoveContainer") => of(16_570, 6362, 27_701),
        Key::Cri("RemovePodSandbox") => of(15_089, 6739, 15_288),
        Key::Cri("RunPodSandbox") => of(495_599, 398_175, 1_050_801),
        Key::Cri("StartContainer") => of(256_727, 189_243, 405_696),
        Key::Cri("Status") => of(56_988, 38_833, 107_326),
        Key::Cri("StopContainer") => of(2_162_836, 865, 9_845_774),
        Key::Cri("StopPodSandbox") => of(4399, 1744, 436_655),
        Key::Cri("Version") => of(50_097, 37_520, 88_740),
        Key::Engine("DELETE /containers/ID") => of(13_627, 5537, 16_267),
        Key::Engine("GET /containers/ID") => of(747, 382, 1786),
        Key::Engine("GET /containers/ID/json") => of(702, 458, 3326),
        Key::Engine("GET /exec/ID/json") => of(666, 454, 1009),
        Key::Engine("GET /images/ID") => of(975, 698, 3706),
        Key::Engine("GET /images/ID/json") => of(747, 491, 1154),
        Key::Engine("GET /version") => of(51_573, 37_146, 92_685),
        Key::Engine("POST /containers/ID") => of(14_547, 9828, 104_741),
        Key::Engine("POST /containers/ID/exec") => of(599, 473, 3064),
        Key::Engine("POST /containers/ID/start") => of(309_569, 186_067, 621_097),
        Key::Engine("POST /containers/ID/stop") => of(1061, 426, 5_533_076),
        Key::Engine("POST /images/ID") => of(20_123, 15_424, 65_243),
        _ => None,
    }
}

fn cri_dockerd(key: Key) -> Option<Spread> {
    match key {
        Key::Cri("ContainerStatus") => of(3045, 2268, 10_099),
        Key::Cri("CreateContainer") => of(63_193, 11_290, 91_579),
        Key::Cri("ImageFsInfo") => of(54_850, 45_800, 171_782),
        Key::Cri("ImageStatus") => of(2320, 1597, 20_165),
        Key::Cri("ListContainerStats") => of(53_835, 1165, 143_671),
        Key::Cri("ListContainers") => of(1719, 1129, 6345),
        Key::Cri("ListImages") => of(7990, 2210, 38_345),
        Key::Cri("ListPodSandbox") => of(2161, 1386, 7392),
        Key::Cri("PodSandboxStatus") => of(7664, 2286, 20_035),
        Key::Cri("PullImage") => of(199_357, 29_959, 479_162),
        Key::Cri("RemoveContainer") => of(13_540, 11_660, 16_891),
        Key::Cri("RunPodSandbox") => of(495_880, 425_061, 1_928_927),
        Key::Cri("StartContainer") => of(228_834, 193_751, 446_306),
        Key::Cri("Status") => of(60_554, 42_604, 142_539),
        Key::Cri("StopContainer") => of(3_205_222, 1359, 30_209_547),
        Key::Cri("StopPodSandbox") => of(5223, 2490, 237_590),
        Key::Cri("Version") => of(49_041, 39_885, 107_525),
        Key::Engine("DELETE /containers/ID") => of(10_918, 9365, 22_310),
        Key::Engine("GET /containers/ID") => of(810, 463, 2532),
        Key::Engine("GET /containers/ID/json") => of(758, 493, 4525),
        Key::Engine("GET /images/ID") => of(2205, 841, 7578),
        Key::Engine("GET /images/ID/json") => of(826, 519, 1660),
        Key::Engine("GET /info") => of(52_993, 44_035, 164_368),
        Key::Engine("GET /version") => of(48_967, 39_200, 124_228),
        Key::Engine("POST /containers/ID") => of(14_106, 10_289, 28_094),
        Key::Engine("POST /containers/ID/start") => of(340_055, 190_225, 454_352),
        Key::Engine("POST /containers/ID/stop") => of(1206, 473, 9_121_421),
        Key::Engine("POST /images/ID") => of(24_352, 14_721, 137_954),
        _ => None,
    }
}

fn containerd(key: Key) -> Option<Spread> {
    match key {
        Key::Cri("ContainerStatus") => of(477, 323, 3081),
        Key::Cri("CreateContainer") => of(19_340, 7862, 34_834),
        Key::Cri("ExecSync") => of(102_529, 90_233, 213_536),
        Key::Cri("ImageFsInfo") => of(651, 426, 5964),
        Key::Cri("ImageStatus") => of(679, 437, 6044),
        Key::Cri("ListContainerStats") => of(716, 251, 5239),
        Key::Cri("ListContainers") => of(470, 291, 2262),
        Key::Cri("ListImages") => of(1863, 743, 12_410),
        Key::Cri("ListPodSandbox") => of(689, 345, 2849),
        Key::Cri("PodSandboxStatus") => of(481, 310, 1074),
        Key::Cri("PullImage") => of(134_066, 20_768, 196_545),
        Key::Cri("RemoveContainer") => of(10_493, 2818, 14_476),
        Key::Cri("RemovePodSandbox") => of(24_970, 20_412, 33_108),
        Key::Cri("RunPodSandbox") => of(326_453, 242_883, 839_316),
        Key::Cri("StartContainer") => of(194_621, 173_801, 380_921),
        Key::Cri("Status") => of(724, 507, 3806),
        Key::Cri("StopContainer") => of(2_400_744, 320_395, 30_230_993),
        Key::Cri("StopPodSandbox") => of(101_245, 17_768, 404_172),
        Key::Cri("Version") => of(609, 473, 2051),
        _ => None,
    }
}

fn cri_o(key: Key) -> Option<Spread> {
    match key {
        Key::Cri("ContainerStatus") => of(360, 209, 2478),
        Key::Cri("CreateContainer") => of(203_121, 175_617, 260_610),
        Key::Cri("ImageStatus") => of(1281, 686, 5630),
        Key::Cri("ListContainers") => of(427, 258, 1945),
        Key::Cri("ListImages") => of(1455, 708, 8015),
        Key::Cri("ListPodSandbox") => of(671, 338, 2651),
        Key::Cri("PodSandboxStatus") => of(380, 224, 853),
        Key::Cri("PullImage") => of(166_590, 23_827, 232_881),
        Key::Cri("RemoveContainer") => of(71_803, 58_676, 104_040),
        Key::Cri("RunPodSandbox") => of(203_730, 165_739, 230_501),
        Key::Cri("StartContainer") => of(111_587, 96_264, 145_984),
        Key::Cri("Status") => of(743, 546, 6483),
        Key::Cri("StopContainer") => of(5_456_539, 3_184_512, 9_721_055),
        Key::Cri("StopPodSandbox") => of(4274, 508, 253_009),
        Key::Cri("Version") => of(622, 493, 2496),
        _ => None,
    }
}
