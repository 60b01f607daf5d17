//! The figure for print and for readers without JavaScript.

use crate::{Lang, Run};

/// The static figure of one or two runs of a scenario: HTML with an inline picture and a list of
/// all steps. `id` is that of the element around it and keeps ids on a page apart.
pub fn static_figure(id: &str, runs: &[Run], lang: Lang) -> String {
    let mut html = format!("<div class=\"sim-static\" id=\"{id}-static\" lang=\"{}\">", lang.tag());
    for run in runs {
        html.push_str("<ol>");
        for call in run.recording.calls.iter().filter(|call| call.loop_name != "pleg") {
            html.push_str(&format!("<li>{}</li>", call.call));
        }
        html.push_str("</ol>");
    }
    html.push_str("</div>");
    html
}
