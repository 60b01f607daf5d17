//! The tables about kubelet versions, from the model that the simulator runs.

use simulator_model::basis::Basis;
use simulator_model::versions::{FACTS, KubeletVersion, VersionFact, pause_image};

use crate::language::Language;
use crate::table::{MarkdownTable, code};

/// The names of the tables.
pub(super) const NAMES: [&str; 2] = ["pause-images", "versions"];

/// The table of this name.
pub(super) fn table(name: &str, language: Language) -> Option<String> {
    match name {
        "versions" => Some(changes(language)),
        "pause-images" => Some(pause_images(language)),
        _ => None,
    }
}

fn changes(language: Language) -> String {
    let headings = match language {
        Language::En => ["Kubelet", "What holds", "Known from", "Where"],
        Language::ZhCn => ["kubelet", "内容", "依据", "出处"],
    };
    let mut table = MarkdownTable::new(&headings);
    for fact in &FACTS {
        let what = language.pick(fact.what.en, fact.what.zh);
        let basis = match fact.basis {
            Basis::Recorded => language.pick("recordings", "录制"),
            Basis::Source => language.pick("source code", "源代码"),
            Basis::Documents => language.pick("documents", "文档"),
        };
        table.row(&[
            span(fact).as_str(),
            what,
            basis,
            language.pick(fact.source.en, fact.source.zh),
        ]);
    }
    table.finish()
}

fn span(fact: &VersionFact) -> String {
    match fact.until {
        Some(until) if until == fact.since => fact.since.to_string(),
        Some(until) => format!("{}–{until}", fact.since),
        None => format!("{}+", fact.since),
    }
}

/// The versions with one pause image in one row.
fn pause_images(language: Language) -> String {
    let headings = match language {
        Language::En => ["Kubelet and kubeadm", "Pause image"],
        Language::ZhCn => ["kubelet 与 kubeadm", "pause 镜像"],
    };
    let mut spans: Vec<(KubeletVersion, KubeletVersion, String)> = Vec::new();
    for version in KubeletVersion::all() {
        let image = pause_image(version);
        match spans.last_mut() {
            Some((_, last, same)) if *same == image => *last = version,
            _ => spans.push((version, version, image)),
        }
    }
    let mut table = MarkdownTable::new(&headings);
    for (first, last, image) in spans {
        let span = if first == last { first.to_string() } else { format!("{first}–{last}") };
        table.row(&[span, code(&image)]);
    }
    table.finish()
}
