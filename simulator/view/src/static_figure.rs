//! The figure for print and for readers without JavaScript: picture, legend and list.

mod list;

use std::fmt::Write as _;

use crate::escape::escape;
use crate::legend::legend;
use crate::provenance;
use crate::scene::{Options, Scene};
use crate::{Lang, Run, picture};

/// The width of the static picture, in px.
const WIDTH_PX: i32 = 860;

/// The static figure of one or two runs of a scenario: HTML with an inline picture and a list of
/// all steps. `id` is that of the element around it and keeps the ids on a page apart.
///
/// Links to the recordings are written as `@asset:recordings/PATH/SCENARIO.json@`, to be replaced
/// by their addresses when the site is put together.
pub fn static_figure(id: &str, runs: &[Run], lang: Lang) -> String {
    let runs: Vec<&Run> = runs.iter().collect();
    let scene = Scene::new(&runs, Options { width: WIDTH_PX, polls: false, only: None });
    let mut html = format!("<div class=\"sim-static\" lang=\"{}\">", lang.tag());
    let _ = write!(
        html,
        "<div class=\"sim-scroll\" tabindex=\"0\" role=\"group\" aria-label=\"{}\">{}</div>",
        lang.pick("The picture; it scrolls sideways", "图，可以横向滚动"),
        picture::svg(&format!("{id}-pic"), &scene, &runs, lang)
    );
    html.push_str(&legend(&runs, lang));
    html.push_str("<p class=\"sim-source\">");
    for run in &runs {
        let _ = write!(
            html,
            "<span>{} <a href=\"@asset:recordings/{}/{}.json@\">{}</a></span> ",
            escape(&provenance::words(run, lang)),
            run.path(),
            escape(&run.recording.scenario),
            lang.pick("The recording", "录制文件")
        );
    }
    let _ = write!(
        html,
        "<a class=\"sim-about\" href=\"@root@{}/simulator/index.html#recorded\">{}</a></p>\
         <details class=\"sim-more\"><summary>{}</summary><div class=\"sim-lists\">",
        lang.tag(),
        lang.pick("How it was recorded", "录制方法"),
        lang.pick("Every step in words", "用文字列出每一步")
    );
    for run in &runs {
        list::write(&mut html, run, lang);
    }
    html.push_str("</div></details></div>");
    html
}
