//! The terminal of the big page: what the tools of each node print at the instant shown.

use std::fmt::Write as _;

use simulator_model::scenario::NODE_LOG;
use simulator_view::{Lang, escape, instant};

use crate::drawers::mend_first;
use crate::figure::Figure;
use crate::markup::{push, write_switch};
use crate::playback::Playback;
use crate::staging::StagedLane;
use crate::studio::Studio;

/// The choice of tools, and what the chosen one prints on each node.
pub(crate) fn write_terminal(
    out: &mut String,
    studio: &Studio,
    figure: &Figure,
    playback: &Playback,
    lang: Lang,
) {
    let Some(engine) = &studio.engine else {
        let loading = lang.pick("Loading the simulation…", "正在载入模拟……");
        push(out, &["<p class=\"sim-none\">", loading, "</p>"]);
        return;
    };
    let tools = lang.pick("Tools", "工具");
    push(
        out,
        &[
            "<div class=\"sim-terminal\"><div class=\"sim-tools\" role=\"group\" aria-label=\"",
            tools,
            "\">",
        ],
    );
    let mut chosen_tool = None;
    for tool in &studio.tools {
        let chosen = tool.id == studio.tool;
        if chosen {
            chosen_tool = Some(tool);
        }
        write_switch(out, &format!("tool {}", tool.id), chosen, &escape(&tool.command));
    }
    out.push_str("</div>");
    if !studio.problems.is_empty() && studio.lanes.iter().all(|lane| lane.answer.run.is_none()) {
        push(out, &["<p class=\"sim-none\">", mend_first(lang), "</p>"]);
    }
    for (run, lane) in figure.runs().iter().zip(&studio.lanes) {
        let Some(number) = lane.answer.run else { continue };
        let at_us = playback.now_us + lane.zero_us;
        let mut printed = match studio.tool.as_str() {
            NODE_LOG => logged(lane, at_us, lang),
            tool => engine.view(number, at_us, tool),
        };
        if printed.trim().is_empty() {
            lang.pick("(prints nothing)", "（没有输出）").clone_into(&mut printed);
        }
        let path = run.path().title();
        let now = instant(playback.now_us, lang);
        let command = chosen_tool.map_or("", |tool| tool.command_on(run.path()));
        let prompt = escape(&format!("[{path} {now}] # {command}"));
        push(
            out,
            &[
                "<figure class=\"sim-screen\"><figcaption>",
                path,
                " · ",
                lang.pick("simulated", "模拟"),
                "</figcaption><pre tabindex=\"0\" aria-label=\"",
                &prompt,
                "\"><b>",
                &prompt,
                "</b>\n",
                &escape(&printed),
                "</pre></figure>",
            ],
        );
    }
    out.push_str("</div>");
}

/// What the programs of a node had logged by an instant, in µs since its run began.
fn logged(staged: &StagedLane, at_us: i64, lang: Lang) -> String {
    let mut out = String::new();
    for (when_us, who, text) in staged.answer.log.iter().take_while(|line| line.0 <= at_us) {
        let when = instant(when_us - staged.zero_us, lang);
        let _ = writeln!(out, "{when} {who}: {text}");
    }
    out
}
