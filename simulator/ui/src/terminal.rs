//! The terminal of the big page: what the tools of each node print at the instant shown.

use simulator_view::{Lang, instant};
use yew::prelude::*;

use crate::figure::Figure;
use crate::playback::Playback;
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
        let printed = engine.view(number, at_us, &studio.tool);
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
