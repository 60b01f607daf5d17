//! The terminal of the big page: what the tools of each node print at the instant shown.

use std::fmt::Write as _;

use simulator_model::scenario::NODE_LOG;
use simulator_view::{Lang, instant};
use yew::prelude::*;

use crate::figure::Figure;
use crate::playback::Playback;
use crate::staging::StagedLane;
use crate::studio::Studio;

/// The choice of tools, and what the chosen one prints on each node.
pub(crate) fn terminal(studio: &Studio, figure: &Figure, playback: &Playback, lang: Lang) -> Html {
    let Some(engine) = &studio.engine else {
        return html! { <p class="sim-none">{ lang.pick("Loading the simulation…", "正在载入模拟……") }</p> };
    };
    let tools = studio.tools.iter().map(|tool| {
        let pressed = tool.id == studio.tool;
        html! {
            <button type="button" data-act={format!("tool {}", tool.id)}
                aria-pressed={pressed.to_string()}>{ &tool.command }</button>
        }
    });
    let command = studio.tools.iter().find(|tool| tool.id == studio.tool);
    let command = command.map(|tool| tool.command.clone()).unwrap_or_default();
    let mut screens = Vec::new();
    for (run, lane) in figure.runs().iter().zip(&studio.lanes) {
        let Some(number) = lane.answer.run else { continue };
        let at_us = playback.now_us + lane.zero_us;
        let printed = match studio.tool.as_str() {
            NODE_LOG => logged(lane, at_us, lang),
            tool => engine.view(number, at_us, tool),
        };
        let path = run.path().name();
        let prompt = format!("[{} {}] # {command}", path, instant(playback.now_us, lang));
        let empty = printed.trim().is_empty();
        let silent = lang.pick("(prints nothing)", "（没有输出）");
        screens.push(html! {
            <figure class="sim-screen">
                <figcaption>{ path }{ " · " }{ lang.pick("simulated", "模拟") }</figcaption>
                <pre tabindex="0" aria-label={prompt.clone()}><b>{ prompt }</b>{ "\n" }
                { if empty { silent.to_owned() } else { printed } }</pre>
            </figure>
        });
    }
    html! {
        <div class="sim-terminal">
            <div class="sim-tools" role="group" aria-label={lang.pick("Tools", "工具")}>{ for tools }</div>
            { screens }
        </div>
    }
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
