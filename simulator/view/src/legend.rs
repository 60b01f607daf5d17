//! What the lines and shapes mean.

use crate::{Lang, Run, Wire};

/// The legend as an HTML list: one line style for each protocol, and what is derived.
pub fn legend(runs: &[&Run], lang: Lang) -> String {
    let used = |wire: &Wire| {
        runs.iter()
            .any(|run| run.acting().any(|(_, step)| step.hops.iter().any(|hop| hop.wire == *wire)))
    };
    let line = |class: &str, words: &str| {
        format!(
            "<li><svg width=\"26\" height=\"10\" aria-hidden=\"true\"><path class=\"hop {class}\" \
             d=\"M1 5H25\"/></svg> {words}</li>"
        )
    };
    let mut html = String::from("<ul class=\"sim-legend\">");
    for wire in Wire::ALL.into_iter().filter(used) {
        html.push_str(&line(&format!("w-{}", wire.class()), wire.name(lang)));
    }
    html.push_str(&line("derived", lang.pick("derived, not recorded", "推算所得，并非录制")));
    html.push_str("</ul>");
    html
}
