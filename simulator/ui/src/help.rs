//! The sheet of keys.

use simulator_view::Lang;
use yew::prelude::*;

use crate::words::{Word, keys};

/// What the sheet needs.
#[derive(Clone, PartialEq, Properties)]
pub(crate) struct Props {
    pub(crate) close: Callback<()>,
    pub(crate) lang: Lang,
}

/// The keys that work while the focus is inside the figure.
#[component]
pub(crate) fn Help(props: &Props) -> Html {
    let lang = props.lang;
    let rows = keys(lang).into_iter().map(|(key, does)| {
        html! { <><dt><kbd>{ key }</kbd></dt><dd>{ does }</dd></> }
    });
    html! {
        <div class="sim-help" role="region" aria-label={Word::Keys.text(lang)}>
            <dl>{ for rows }</dl>
            <button type="button" onclick={props.close.reform(|_: MouseEvent| ())}>
                { Word::Close.text(lang) }
            </button>
        </div>
    }
}
