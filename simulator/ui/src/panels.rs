//! The panels below the picture on the big page: tabs, and the inspector beside them.

use simulator_view::Lang;
use web_sys::HtmlElement;
use yew::html::Scope;
use yew::prelude::*;

use crate::app::{App, Event};
use crate::panel::Tab;
use crate::player::{Player, raw};
use crate::studio::Studio;
use crate::terminal::terminal;

/// The tabs with the chosen panel, and the inspector.
pub(crate) fn panels(player: &Player, studio: &Studio, link: &Scope<App>, steps: &NodeRef) -> Html {
    let lang = player.lang;
    let tab = studio.tab;
    let onscroll = link.batch_callback(move |event: web_sys::Event| {
        let on: Option<HtmlElement> = event.target_dyn_into();
        on.filter(|_| tab == Tab::Table).map(|it| Event::Scrolled(it.scroll_top()))
    });
    let content = match tab {
        Tab::Terminal => terminal(studio, &player.figure, &player.playback, lang),
        _ => raw(player.written()),
    };
    html! {
        <div class="sim-panels">
            <section class="sim-main">
                { tabs(studio, lang) }
                <div class={format!("sim-steps is-{}", tab.name())} id="sim-panel" role="tabpanel"
                    aria-labelledby={format!("sim-tab-{}", tab.name())} tabindex="0" ref={steps}
                    {onscroll}>
                    { content }
                </div>
            </section>
            { player.details() }
        </div>
    }
}

fn tabs(studio: &Studio, lang: Lang) -> Html {
    let one = |tab: Tab| {
        let chosen = tab == studio.tab;
        html! {
            <button type="button" role="tab" id={format!("sim-tab-{}", tab.name())}
                aria-controls="sim-panel" aria-selected={chosen.to_string()}
                tabindex={if chosen { "0" } else { "-1" }}
                data-act={format!("tab {}", tab.name())}>{ word(tab, lang) }</button>
        }
    };
    html! {
        <div class="sim-tabs">
            <div role="tablist" aria-label={lang.pick("Panels", "面板")}>{ for Tab::ALL.map(one) }</div>
            { if studio.tab == Tab::Sequence { html! {
                <button type="button" data-act="scale" aria-pressed={studio.scale.to_string()}>
                    { lang.pick("True to scale", "按时间比例") }
                </button>
            } } else { Html::default() } }
        </div>
    }
}

const fn word(tab: Tab, lang: Lang) -> &'static str {
    match tab {
        Tab::Steps => lang.pick("Steps", "步骤"),
        Tab::Sequence => lang.pick("Sequence", "时序"),
        Tab::Table => lang.pick("Table", "表格"),
        Tab::Terminal => lang.pick("Terminal", "终端"),
    }
}
