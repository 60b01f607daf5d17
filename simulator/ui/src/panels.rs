//! The panels below the picture on the big page: tabs, and the inspector beside them.

use simulator_view::Lang;
use web_sys::HtmlElement;
use yew::html::Scope;
use yew::prelude::*;

use crate::app::{App, Event};
use crate::markup::{push, write_button, write_switch};
use crate::panel::Tab;
use crate::parts;
use crate::player::{Player, raw};
use crate::studio::Studio;

/// The tabs with the chosen panel, and the inspector.
pub(crate) fn panels(player: &Player, studio: &Studio, link: &Scope<App>, steps: &NodeRef) -> Html {
    let tab = studio.tab;
    let onscroll = link.batch_callback(move |event: web_sys::Event| {
        let on: Option<HtmlElement> = event.target_dyn_into();
        on.filter(|_| tab == Tab::Table).map(|it| Event::Scrolled(it.scroll_top()))
    });
    let content = match tab {
        Tab::Terminal => parts::place(parts::TERMINAL),
        _ => raw(player.written()),
    };
    html! {
        <div class="sim-panels">
            <section class="sim-main">
                { parts::place(parts::TABS) }
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

/// The tabs; and what the chosen one alone has.
pub(crate) fn write_tabs(out: &mut String, studio: &Studio, lang: Lang) {
    let panels = lang.pick("Panels", "面板");
    push(out, &["<div class=\"sim-tabs\"><div role=\"tablist\" aria-label=\"", panels, "\">"]);
    for tab in Tab::ALL {
        let (name, chosen) = (tab.name(), tab == studio.tab);
        let stop = if chosen { "0" } else { "-1" };
        let rest = format!(
            " role=\"tab\" id=\"sim-tab-{name}\" aria-controls=\"sim-panel\" \
             aria-selected=\"{chosen}\" tabindex=\"{stop}\""
        );
        write_button(out, &format!("tab {name}"), &rest, word(tab, lang));
    }
    out.push_str("</div>");
    if studio.tab == Tab::Sequence {
        write_switch(out, "scale", studio.scale, lang.pick("True to scale", "按时间比例"));
    }
    out.push_str("</div>");
}

const fn word(tab: Tab, lang: Lang) -> &'static str {
    match tab {
        Tab::Steps => lang.pick("Steps", "步骤"),
        Tab::Sequence => lang.pick("Sequence", "时序"),
        Tab::Table => lang.pick("Table", "表格"),
        Tab::Terminal => lang.pick("Terminal", "终端"),
    }
}
