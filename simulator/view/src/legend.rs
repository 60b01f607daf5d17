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
    html.push_str(
        "<li><svg width=\"26\" height=\"10\" aria-hidden=\"true\"><path class=\"kin\" \
         d=\"M5 0V5H25\"/></svg> ",
    );
    html.push_str(lang.pick(
        "up to the parent process, not always who started it</li><li><small>▾ x.sock</small> the \
         Unix socket into the row below</li></ul>",
        "向上连到父进程，未必是启动它的进程</li><li><small>▾ x.sock</small> 通往下一行的 Unix \
         套接字</li></ul>",
    ));
    html
}
