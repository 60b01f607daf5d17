//! The head of the big page: which scenario, which version, which seed; what is open.

use std::fmt::Write as _;

use simulator_view::{Lang, escape};

use crate::deeds;
use crate::figure::Figure;
use crate::markup::{push, when, write_button, write_placed, write_told};
use crate::panel::{Asked, Drawer};
use crate::player::Player;
use crate::setup::OWN;
use crate::studio::Studio;

/// The kubelet of the recordings.
const RECORDED: &str = "1.20";

/// The bar, and below it what the scenario asks.
pub(crate) fn write_head(out: &mut String, studio: &Studio, player: &Player, lang: Lang) {
    if studio.embed {
        return write_embedded(out, studio, player, lang);
    }
    out.push_str("<div class=\"sim-bar\">");
    let [small, title] = [lang.pick("Scenario", "场景"), &escape(&title(studio, lang))];
    let scenario = ["<small>", small, "</small><strong>", title, "</strong>"].concat();
    write_opener(out, studio, Drawer::Library, &scenario);
    write_opener(out, studio, Drawer::Own, lang.pick("Your own pod", "自己的 Pod"));
    write_dials(out, studio, lang);
    out.push_str("<span class=\"sim-bar-end\">");
    write_opener(out, studio, Drawer::Share, lang.pick("Share", "分享与导出"));
    write_button(out, "full", "", lang.pick("Full screen", "全屏"));
    out.push_str("</span></div>");
    write_asks(out, studio, lang);
}

/// In another page: the title, and the way to the big page, where everything is.
fn write_embedded(out: &mut String, studio: &Studio, player: &Player, lang: Lang) {
    push(
        out,
        &[
            "<div class=\"sim-bar\"><strong class=\"sim-embed-title\">",
            &escape(&title(studio, lang)),
            "</strong><a class=\"sim-whole\" href=\"",
            &escape(&deeds::address(studio, player, false)),
            "\" target=\"_blank\" rel=\"noopener\">",
            lang.pick("Open the whole simulator", "打开完整的模拟器"),
            "</a></div>",
        ],
    );
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

fn write_opener(out: &mut String, studio: &Studio, drawer: Drawer, label: &str) {
    let open = studio.drawer == Some(drawer);
    let rest = format!(" class=\"sim-open\" aria-expanded=\"{open}\"");
    write_button(out, &format!("open {}", drawer.name()), &rest, label);
}

/// The question and what to watch; and what the run rests on.
fn write_asks(out: &mut String, studio: &Studio, lang: Lang) {
    let Some(entry) = studio.library.get(&studio.setup.scenario) else { return };
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
    out.push_str("<div class=\"sim-asks\">");
    let parts = [
        ("sim-question", entry.question.as_str()),
        ("sim-watch", entry.watch.as_str()),
        ("sim-basis", basis),
    ];
    for (class, text) in parts {
        if !text.is_empty() {
            push(out, &["<p class=\"", class, "\">", &escape(text), "</p>"]);
        }
    }
    if entry.predict.is_some() && studio.asked == Asked::No {
        write_button(out, "ask", " class=\"sim-ask\"", lang.pick("Guess first", "先猜一猜"));
    }
    out.push_str("</div>");
}

/// The version of the kubelet, and the seed.
fn write_dials(out: &mut String, studio: &Studio, lang: Lang) {
    let entry = studio.library.get(&studio.setup.scenario);
    let given = entry.map_or("", |entry| &entry.kubelet);
    let given = match given {
        "" | RECORDED => lang.pick("as recorded (1.20)", "与录制相同（1.20）").to_owned(),
        given => {
            [lang.pick("the scenario's (", "场景所用（"), given, lang.pick(")", "）")].concat()
        }
    };
    push(
        out,
        &[
            "<span class=\"sim-dials\"><label class=\"sim-field\">kubelet\
             <select data-act=\"kubelet\" data-field=\"\"><option value=\"\">",
            &given,
            "</option>",
        ],
    );
    for minor in 20..=37 {
        let name = format!("1.{minor}");
        let selected = when(studio.setup.kubelet.as_ref() == Some(&name), " selected");
        push(out, &["<option", selected, ">", &name, "</option>"]);
    }
    let seed = lang.pick("seed", "种子");
    let _ = write!(
        out,
        "</select></label><label class=\"sim-field\">{seed}<input type=\"number\" min=\"0\" \
         max=\"4294967295\" required data-act=\"seed\" data-field=\"\" value=\"{}\"></label></span>",
        studio.setup.seed
    );
}

/// What the chosen version of the kubelet changes, and on whose word. Open where there is room for
/// it beside the picture.
pub(crate) fn write_turns(out: &mut String, studio: &Studio, room: bool, lang: Lang) {
    let Some(chosen) = &studio.setup.kubelet else { return };
    let Some(version) = studio.versions.iter().find(|it| it.name == *chosen) else { return };
    write_details(out, "sim-turns", room);
    let count = version.turns.len();
    let _ = match lang {
        Lang::En => write!(out, "What kubelet {chosen} changes ({count})"),
        Lang::ZhCn => write!(out, "kubelet {chosen} 带来的变化（{count}）"),
    };
    *out += "</summary><ul>";
    for (begins, what, source) in &version.turns {
        *out += if *begins { "<li>+ " } else { "<li>− " };
        write_told(out, what);
        *out += "<small>";
        write_told(out, source);
        *out += "</small></li>";
    }
    if version.turns.is_empty() {
        *out += "<li>";
        *out += lang.pick("Nothing that the model knows of.", "没有模型所知的变化。");
    }
    *out += "</ul></details>";
}

/// What there is to know about the reader's own text, although nothing is wrong with it.
pub(crate) fn write_remarks(out: &mut String, studio: &Studio, lang: Lang) {
    let own = studio.lanes.first().filter(|_| studio.setup.own.is_some());
    let notes = own.map_or(&[][..], |first| &first.answer.notes);
    if notes.is_empty() {
        return;
    }
    // A few are read at once: perhaps nothing came of the text.
    write_details(out, "sim-remarks sim-turns", notes.len() <= 3);
    *out += lang.pick("What becomes of your text", "这段文本如何参与模拟");
    *out += "</summary><ul>";
    for note in notes {
        *out += "<li>";
        write_placed(out, note, lang);
    }
    *out += "</ul></details>";
}

fn write_details(out: &mut String, class: &str, open: bool) {
    push(out, &["<details class=\"", class, "\"", when(open, " open"), "><summary>"]);
}

/// What is wrong, what is being done, what was done.
pub(crate) fn write_state(out: &mut String, studio: &Studio, figure: &Figure, lang: Lang) {
    *out += "<div role=\"status\" class=\"sim-state\">";
    for problem in &studio.problems {
        *out += "<p class=\"sim-note sim-problem\">";
        write_placed(out, problem, lang);
        *out += "</p>";
    }
    if !studio.problems.is_empty() {
        let stale = if studio.setup.own.is_some() {
            lang.pick("The picture does not show this text yet.", "图中显示的还不是这段文本。")
        } else {
            lang.pick("The picture still shows what was there before.", "图中仍是改动之前的内容。")
        };
        write_note(out, stale);
    }
    for run in figure.runs().iter().filter(|run| run.recording.calls.is_empty()) {
        *out += "<p class=\"sim-note\">";
        *out += run.path().title();
        *out += lang.pick(
            ": the kubelet makes no call. Its log says why: ",
            "：kubelet 没有发出任何调用，原因见其日志：",
        );
        write_button(out, "log", "", "journalctl");
        *out += "</p>";
    }
    let busy = studio.busy.then(|| lang.pick("Setting the stage…", "正在准备……"));
    for note in busy.into_iter().chain(studio.said) {
        write_note(out, note);
    }
    *out += "</div>";
}

fn write_note(out: &mut String, note: &str) {
    push(out, &["<p class=\"sim-note\">", note, "</p>"]);
}
