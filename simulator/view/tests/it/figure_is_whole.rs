//! The static figure holds everything, stays small, and is well-formed.

use simulator_model::RuntimePath;
use simulator_view::{Lang, Run, static_figure};

use crate::{all, run};

/// The most that a figure may weigh, in bytes.
const BYTES_MAX: usize = 60_000;

fn simple() -> Vec<Run> {
    vec![run(RuntimePath::Dockershim, "simple"), run(RuntimePath::Containerd, "simple")]
}

#[test]
fn it_is_small_enough_for_a_page() {
    for lang in Lang::ALL {
        let bytes = static_figure("sim-1", &simple(), lang).len();
        assert!(bytes <= BYTES_MAX, "{}: {bytes} bytes", lang.tag());
    }
}

#[test]
fn it_tells_every_acting_step() {
    let runs = simple();
    let html = static_figure("sim-1", &runs, Lang::En);
    let acting: usize = runs.iter().map(|run| run.acting().count()).sum();
    assert_eq!(html.matches("class=\"sim-time\"").count(), acting);
}

#[test]
fn it_says_what_it_was_recorded_from() {
    let english = static_figure("sim-1", &simple(), Lang::En);
    assert!(english.contains("Recorded from a real node, November 2026: kubelet v1.20.2"));
    assert!(english.contains("@asset:recordings/dockershim/simple.json@"));
    let chinese = static_figure("sim-1", &simple(), Lang::ZhCn);
    assert!(chinese.contains("录自真实节点"));
}

#[test]
fn tags_close_in_order() {
    for run in all() {
        for lang in Lang::ALL {
            let name = format!("{}/{}", run.path(), run.recording.scenario);
            check_tags(&name, &static_figure("sim-1", std::slice::from_ref(&run), lang));
        }
    }
}

/// Every tag that opens is closed, the last one first.
fn check_tags(name: &str, html: &str) {
    let mut open: Vec<&str> = Vec::new();
    for part in html.split('<').skip(1) {
        let (tag, _) = part.split_once('>').unwrap_or_else(|| panic!("{name}: `<{part}`"));
        let word = tag.split([' ', '/']).find(|word| !word.is_empty()).unwrap_or_default();
        if tag.starts_with('/') {
            assert_eq!(open.pop(), Some(word), "{name}");
        } else if !tag.ends_with('/') {
            open.push(word);
        }
    }
    assert!(open.is_empty(), "{name}: {open:?}");
}
