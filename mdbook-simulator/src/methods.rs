//! A `methods` block becomes a table of all calls of the CRI: how often each was recorded on each
//! path, how long it took, who made it, and how many requests to Docker it became.

use std::collections::{BTreeMap, BTreeSet};

use simulator_model::RuntimePath;
use simulator_view::duration;

use crate::block::Block;
use crate::finding::Finding;
use crate::language::Language;
use crate::nearest::listed;
use crate::recordings::{RecordingMistake, Recordings, Timing};
use crate::table::{MarkdownTable, code, unbroken};

/// The calls of `runtime.v1alpha2`, in the order of api.proto (k8s 1.20.2,
/// staging/src/k8s.io/cri-api/pkg/apis/runtime/v1alpha2/api.proto).
pub const METHODS: [&str; 27] = [
    "Version",
    "RunPodSandbox",
    "StopPodSandbox",
    "RemovePodSandbox",
    "PodSandboxStatus",
    "ListPodSandbox",
    "CreateContainer",
    "StartContainer",
    "StopContainer",
    "RemoveContainer",
    "ListContainers",
    "ContainerStatus",
    "UpdateContainerResources",
    "ReopenContainerLog",
    "ExecSync",
    "Exec",
    "Attach",
    "PortForward",
    "ContainerStats",
    "ListContainerStats",
    "UpdateRuntimeConfig",
    "Status",
    "ListImages",
    "ImageStatus",
    "PullImage",
    "RemoveImage",
    "ImageFsInfo",
];

/// What all recordings say about one call.
#[derive(Debug, Default)]
struct Method {
    /// The loops of the kubelet that make it.
    loops: BTreeSet<String>,
    /// How often it was made on each path.
    counts: BTreeMap<RuntimePath, usize>,
    /// The fewest and the most requests to Docker that dockershim made for it.
    engine: Option<(usize, usize)>,
}

/// The table for a block.
pub fn table(
    block: &Block<'_>,
    recordings: &Recordings,
    language: Language,
    findings: &mut Vec<Finding>,
) -> Option<String> {
    match read(recordings) {
        Ok((methods, timings)) => Some(write(&methods, &timings, language)),
        Err(mistake) => {
            findings.push(block.page.finding(block.fence.range.start, mistake));
            None
        }
    }
}

type Methods = BTreeMap<String, Method>;
type Timings = BTreeMap<RuntimePath, BTreeMap<String, Timing>>;

fn read(recordings: &Recordings) -> Result<(Methods, Timings), RecordingMistake> {
    let unreadable = |scenario: &str, source| RecordingMistake::Unreadable {
        scenario: scenario.to_owned(),
        source,
    };
    let store = recordings.store().map_err(|source| unreadable("*", source))?;
    let mut methods = Methods::new();
    let mut timings = Timings::new();
    for path in RuntimePath::ALL {
        timings.insert(path, recordings.timings(path)?);
        for scenario in store.scenarios_on(path) {
            let recording = recordings
                .recording(path, &scenario)
                .map_err(|source| unreadable(&scenario, source))?;
            for call in recording.calls {
                let method = methods.entry(call.call).or_default();
                method.loops.insert(call.loop_name);
                *method.counts.entry(path).or_default() += 1;
                if path == RuntimePath::Dockershim && call.code.as_deref() == Some("OK") {
                    let count = call.docker.len();
                    let (least, most) = method.engine.unwrap_or((count, count));
                    method.engine = Some((least.min(count), most.max(count)));
                }
            }
        }
    }
    Ok((methods, timings))
}

fn write(methods: &Methods, timings: &Timings, language: Language) -> String {
    let mut headings = vec![
        language.pick("Call", "调用").to_owned(),
        language.pick("Loops of the kubelet", "kubelet 的循环").to_owned(),
        language.pick("Requests to Docker", "对 Docker 的请求数").to_owned(),
    ];
    headings.extend(RuntimePath::ALL.map(|path| path.title().to_owned()));
    let mut table = MarkdownTable::new(&headings);
    for name in METHODS {
        let Some(method) = methods.get(name) else { continue };
        let loops: Vec<String> = method.loops.iter().map(|name| code(name)).collect();
        let engine = match method.engine {
            Some((least, most)) if least == most => least.to_string(),
            Some((least, most)) => format!("{least}–{most}"),
            None => "–".to_owned(),
        };
        let mut cells = vec![code(name), loops.join(language.pick(", ", "、")), engine];
        cells.extend(RuntimePath::ALL.map(|path| {
            let count = method.counts.get(&path).copied().unwrap_or(0);
            let timing = timings.get(&path).and_then(|timings| timings.get(name));
            figures(count, timing, language)
        }));
        table.row(&cells);
    }
    let never: Vec<&str> =
        METHODS.into_iter().filter(|name| !methods.contains_key(*name)).collect();
    let never = match language {
        Language::En => format!("Never made in any recording: {}.\n", listed(&never, " and ")),
        Language::ZhCn => {
            format!("所有录制中都没有出现：{}。\n", listed(&never, " 和 ").replace("`, `", "`、`"))
        }
    };
    format!("{}\n{never}", table.finish())
}

/// `12 × 331 ms`; the count alone where nothing was measured, a dash where nothing was made.
fn figures(count: usize, timing: Option<&Timing>, language: Language) -> String {
    match (count, timing) {
        (0, _) => "–".to_owned(),
        (_, None) => count.to_string(),
        (_, Some(timing)) => {
            let each = duration(timing.median, language.in_view());
            format!("{count} {}", unbroken(&format!("× {each}")))
        }
    }
}
