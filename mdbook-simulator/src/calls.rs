//! A `calls` block becomes a table of one recording: its calls in order, and what each set off.
//!
//! ````text
//! ```calls path=dockershim scenario=full
//! ```
//! ````

use std::collections::BTreeMap;

use simulator_view::caption::caption;
use simulator_view::{Run, Step, What, duration, instant};

use crate::block::Block;
use crate::finding::Finding;
use crate::language::Language;
use crate::recordings::{RecordingMistake, Recordings, Timing, missing, path};
use crate::table::{MarkdownTable, code, unbroken};

/// The table for a block.
pub fn table(
    block: &Block<'_>,
    recordings: &Recordings,
    language: Language,
    findings: &mut Vec<Finding>,
) -> Option<String> {
    let mut note = |offset, mistake: RecordingMistake| {
        findings.push(block.page.finding(offset, mistake));
        None
    };
    let start = block.fence.range.start;
    let Some((name, offset)) = block.get("path") else {
        return if block.is_whole {
            note(start, missing("path", "`path=dockershim`"))
        } else {
            None
        };
    };
    let (scenario, store) = recordings.scenario(block, findings)?;
    let mut note = |offset, mistake: RecordingMistake| {
        findings.push(block.page.finding(offset, mistake));
        None
    };
    let path = match path(name, scenario, &store.paths_of(scenario)) {
        Ok(path) => path,
        Err(mistake) => return note(offset, mistake),
    };
    let run = match recordings.recording(path, scenario) {
        Ok(recording) => Run::new(recording),
        Err(source) => {
            let scenario = scenario.to_owned();
            return note(start, RecordingMistake::Unreadable { scenario, source });
        }
    };
    match recordings.timings(path) {
        Ok(timings) => Some(of_run(&run, &timings, language)),
        Err(mistake) => note(start, mistake),
    }
}

fn of_run(run: &Run, timings: &BTreeMap<String, Timing>, language: Language) -> String {
    let lang = language.in_view();
    let inside = match (run.path().has_docker(), language) {
        (true, Language::En) => "Inside it: requests to Docker, CNI, runc",
        (true, Language::ZhCn) => "其间：发给 Docker 的请求、CNI、runc",
        (false, Language::En) => "Inside it: CNI, runc",
        (false, Language::ZhCn) => "其间：CNI、runc",
    };
    let headings = match language {
        Language::En => ["Time", "Call", "What it does", "Took", "Typical", inside],
        Language::ZhCn => ["时刻", "调用", "做什么", "用时", "一般用时", inside],
    };
    let mut table = MarkdownTable::new(&headings);
    for (index, step) in run.acting().filter(|(_, step)| step.parent.is_none()) {
        let (name, typical) = match step.what {
            What::Mark(_) => (String::new(), String::new()),
            What::Cri(_) => {
                let name = step.name(run);
                let typical = timings
                    .get(&name)
                    .map_or_else(String::new, |timing| unbroken(&duration(timing.median, lang)));
                (code(&name), typical)
            }
            What::Engine(..) | What::Outside(_) | What::Runc(_) | What::Cni(_) => continue,
        };
        let took = step.dur_us.map_or_else(String::new, |us| unbroken(&duration(us, lang)));
        let failed = step.failure(run).map_or_else(String::new, |code| format!(" **{code}**"));
        let what = caption(run, step, lang) + &failed;
        let inside = inner(run, index, language);
        table.row(&[unbroken(&instant(step.at_us, lang)), name, what, took, typical, inside]);
    }
    table.finish()
}

/// What happened inside a step, in order; what comes several times in a row is counted.
fn inner(run: &Run, outer: usize, language: Language) -> String {
    let mut names: Vec<(String, usize)> = Vec::new();
    for (_, step) in run.acting().filter(|(index, _)| run.is_inside(*index, outer)) {
        let name = inner_name(run, step, language);
        match names.last_mut() {
            Some((last, count)) if *last == name => *count += 1,
            _ => names.push((name, 1)),
        }
    }
    let names: Vec<String> = names
        .into_iter()
        .map(|(name, count)| if count == 1 { name } else { format!("{name} ×{count}") })
        .collect();
    names.join("<br>")
}

fn inner_name(run: &Run, step: &Step, language: Language) -> String {
    let name = code(&step.name(run));
    match step.what {
        What::Cni(_) => format!("{name} {}", language.pick("(derived)", "（推算）")),
        _ => name,
    }
}
