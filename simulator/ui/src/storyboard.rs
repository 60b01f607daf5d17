//! A run as a page to print: the picture, and every step in words with a box to write in.

use std::fmt::Write as _;

use simulator_view::caption::{caption, plain};
use simulator_view::scene::{Options, Scene};
use simulator_view::{Lang, Run, escape, instant, picture, provenance};

/// The width of the picture, in px.
const WIDTH_PX: i32 = 1000;

/// The storyboard of a run as a whole HTML document that asks for no other file. Its picture has no
/// styles yet: the browser, which knows them, writes them in.
pub fn storyboard(run: &Run, title: &str, lang: Lang) -> String {
    let scene = Scene::new(&[run], Options { width: WIDTH_PX, polls: false, only: None });
    let (title, path) = (escape(title), run.path().title());
    let mut out = format!(
        "<!DOCTYPE html><html lang=\"{}\"><meta charset=\"utf-8\"><title>{title} · {path}</title>",
        lang.tag()
    );
    let _ = write!(
        out,
        "<style>@page{{margin:12mm}}body{{margin:0 auto;padding:0 1rem;max-width:64rem;\
         font:14px/1.5 sans-serif}}\
         svg{{width:100%;height:auto}}ol{{columns:2;column-gap:2rem;padding:0;list-style:none}}\
         li{{break-inside:avoid;margin:0 0 .8rem;padding:.5rem;border:1px solid #999}}\
         time{{font-weight:700}}code{{font-size:.9em}}</style>\
         <h1>{title} · {path}</h1><p>{}</p>{}<ol>",
        escape(&provenance::words(run, lang)),
        picture::svg("storyboard", &scene, &[run], lang)
    );
    for (index, step) in run.acting().filter(|(_, step)| step.parent.is_none()) {
        let _ = write!(
            out,
            "<li><time>{}</time> <code>{}</code><br>{}",
            instant(step.at_us, lang),
            escape(&step.name(run)),
            escape(&plain(&caption(run, step, lang)))
        );
        let inside = run.acting().filter(|(inner, _)| run.is_inside(*inner, index)).count();
        if inside > 0 {
            let _ = match lang {
                Lang::En => write!(out, " ({inside} more inside)"),
                Lang::ZhCn => write!(out, "（其中还有 {inside} 步）"),
            };
        }
        out.push_str("</li>");
    }
    out + "</ol></html>"
}
