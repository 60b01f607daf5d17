//! The head of the big page: which scenario, which version, which seed; what is open.

use std::fmt::Write as _;

use simulator_view::{Lang, escape};
use yew::prelude::*;

use crate::deeds;
use crate::figure::Figure;
use crate::markup::{write_placed, write_told};
use crate::panel::{Asked, Drawer};
use crate::player::{Player, raw};
use crate::setup::OWN;
use crate::studio::Studio;

/// The bar, and below it what the scenario asks.
pub(crate) fn head(studio: &Studio, player: &Player, lang: Lang) -> Html {
    if studio.embed {
        return embedded(studio, player, lang);
    }
    let title = title(studio, lang);
    let scenarios = lang.pick("Scenario", "场景");
    html! {
        <>
            <div class="sim-bar">
                { opener(studio, Drawer::Library, html! {
                    <><small>{ scenarios }</small><strong>{ title }</strong></>
                }) }
                { opener(studio, Drawer::Own, lang.pick("Your own pod", "自己的 Pod").into()) }
                <span class="sim-dials">{ version(studio, lang) }{ seed(studio, lang) }</span>
                <span class="sim-bar-end">
                    { opener(studio, Drawer::Share, lang.pick("Share", "分享与导出").into()) }
                    <button type="button" data-act="full">{ lang.pick("Full screen", "全屏") }</button>
                </span>
            </div>
            { asks(studio, lang) }
        </>
    }
}

/// In another page: the title, and the way to the big page, where everything is.
fn embedded(studio: &Studio, player: &Player, lang: Lang) -> Html {
    let whole = deeds::address(studio, player, false);
    html! {
        <div class="sim-bar">
            <strong class="sim-embed-title">{ title(studio, lang) }</strong>
            <a class="sim-whole" href={whole} target="_blank" rel="noopener">
                { lang.pick("Open the whole simulator", "打开完整的模拟器") }
            </a>
        </div>
    }
}

fn title(studio: &Studio, lang: Lang) -> String {
    match studio.library.get(&studio.setup.scenario) {
        Some(entry) => entry.title.clone(),
        None if studio.setup.scenario == OWN => {
            lang.pick("Your own pod", "你自己的 Pod").to_owned()
        }
        None => studio.setup.scenario.clone(),
    }
}

fn opener(studio: &Studio, drawer: Drawer, label: Html) -> Html {
    let open = studio.drawer == Some(drawer);
    html! {
        <button type="button" class="sim-open" data-act={format!("open {}", drawer.name())}
            aria-expanded={open.to_string()}>{ label }</button>
    }
}

/// The question and what to watch; and what the run rests on.
fn asks(studio: &Studio, lang: Lang) -> Html {
    let Some(entry) = studio.library.get(&studio.setup.scenario) else { return Html::default() };
    let basis = match entry.basis.as_str() {
        "source" => lang.pick(
            "Parts of this scenario were never recorded; they follow the programs' source.",
            "本场景有一部分没有录制，依据各程序的源代码。",
        ),
        "documents" => lang.pick(
            "Parts of this scenario were never recorded; they follow documents alone.",
            "本场景有一部分没有录制，只依据文档。",
        ),
        _ => "",
    };
    let mut out = "<div class=\"sim-asks\">".to_owned();
    let parts = [
        ("sim-question", entry.question.as_str()),
        ("sim-watch", entry.watch.as_str()),
        ("sim-basis", basis),
    ];
    for (class, text) in parts {
        if !text.is_empty() {
            let _ = write!(out, "<p class=\"{class}\">{}</p>", escape(text));
        }
    }
    if entry.predict.is_some() && studio.asked == Asked::No {
        out += "<button type=\"button\" class=\"sim-ask\" data-act=\"ask\">";
        out += lang.pick("Guess first", "先猜一猜");
        out += "</button>";
    }
    raw(&(out + "</div>").into())
}

/// The dial: versions and what turns with the chosen one.
fn version(studio: &Studio, lang: Lang) -> Html {
    let chosen = studio.setup.kubelet.clone();
    let mut options = vec![html! {
        <option value="" selected={chosen.is_none()}>{ lang.pick("as recorded (1.20)", "与录制相同（1.20）") }</option>
    }];
    for minor in 20..=37 {
        let name = format!("1.{minor}");
        let selected = chosen.as_ref() == Some(&name);
        options.push(html! { <option value={name.clone()} {selected}>{ name }</option> });
    }
    html! {
        <label class="sim-field">{ "kubelet" }
            <select data-act="kubelet" data-field="">{ options }</select>
        </label>
    }
}

fn seed(studio: &Studio, lang: Lang) -> Html {
    html! {
        <label class="sim-field">{ lang.pick("seed", "种子") }
            <input type="number" min="0" max="4294967295" data-act="seed" data-field=""
                value={studio.setup.seed.to_string()} />
        </label>
    }
}

/// What the chosen version of the kubelet changes, and on whose word. Open where there is room for
/// it beside the picture.
pub(crate) fn turns(studio: &Studio, room: bool, lang: Lang) -> Html {
    let Some(chosen) = &studio.setup.kubelet else { return Html::default() };
    let Some(version) = studio.versions.iter().find(|it| it.name == *chosen) else {
        return Html::default();
    };
    let mut out = details(room);
    let count = version.turns.len();
    let _ = match lang {
        Lang::En => write!(out, "What kubelet {chosen} changes ({count})"),
        Lang::ZhCn => write!(out, "kubelet {chosen} 带来的变化（{count}）"),
    };
    out += "</summary><ul>";
    for (begins, what, source) in &version.turns {
        out += if *begins { "<li>+ " } else { "<li>− " };
        write_told(&mut out, what);
        out += "<small>";
        write_told(&mut out, source);
        out += "</small></li>";
    }
    if version.turns.is_empty() {
        out += "<li>";
        out += lang.pick("Nothing that the model knows of.", "没有模型所知的变化。");
    }
    raw(&(out + "</ul></details>").into())
}

/// What there is to know about the reader's own text, although nothing is wrong with it.
pub(crate) fn remarks(studio: &Studio, lang: Lang) -> Html {
    let own = studio.lanes.first().filter(|_| studio.setup.own.is_some());
    let notes = own.map_or(&[][..], |first| &first.answer.notes);
    if notes.is_empty() {
        return Html::default();
    }
    // A few are read at once: perhaps nothing came of the text.
    let mut out = details(notes.len() <= 3);
    out += lang.pick("What becomes of your text", "这段文本如何参与模拟");
    out += "</summary><ul>";
    for note in notes {
        out += "<li>";
        write_placed(&mut out, note, lang);
    }
    raw(&(out + "</ul></details>").into())
}

fn details(open: bool) -> String {
    format!("<details class=\"sim-turns\"{}><summary>", if open { " open" } else { "" })
}

/// What is wrong, what is being done, what was done.
pub(crate) fn state(studio: &Studio, figure: &Figure, lang: Lang) -> Html {
    let mut out = "<div>".to_owned();
    for problem in &studio.problems {
        out += "<p class=\"sim-note sim-problem\">";
        write_placed(&mut out, problem, lang);
        out += "</p>";
    }
    if !studio.problems.is_empty() {
        out += "<p class=\"sim-note\">";
        out +=
            lang.pick("The picture still shows what was there before.", "图中仍是改动之前的内容。");
        out += "</p>";
    }
    for run in figure.runs().iter().filter(|run| run.recording.calls.is_empty()) {
        out += "<p class=\"sim-note\">";
        out += run.path().name();
        out += lang.pick(
            ": the kubelet makes no call. Its log says why: ",
            "：kubelet 没有发出任何调用，原因见其日志：",
        );
        out += "<button type=\"button\" data-act=\"log\">journalctl</button></p>";
    }
    let busy = studio.busy.then(|| lang.pick("Setting the stage…", "正在准备……"));
    for note in busy.into_iter().chain(studio.said) {
        out += "<p class=\"sim-note\">";
        out += note;
        out += "</p>";
    }
    html! { <div role="status" class="sim-state">{ raw(&(out + "</div>").into()) }</div> }
}
