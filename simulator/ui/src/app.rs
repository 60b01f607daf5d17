//! The element in the page: loads its recordings, then plays them.

use simulator_view::Lang;
use web_sys::HtmlElement;
use yew::prelude::*;
use yew::suspense::use_future;

use crate::effects;
use crate::figure::Figure;
use crate::player::Player;
use crate::words::Word;

/// What the page says about a figure, in the attributes of its element.
#[derive(Clone, PartialEq, Properties)]
pub(crate) struct Source {
    /// The id of the element.
    pub(crate) id: AttrValue,
    /// The language.
    pub(crate) lang: Lang,
    /// The recordings: path and URL.
    pub(crate) recordings: Vec<(String, String)>,
    /// The page that says how they were made, if the static figure links to one.
    pub(crate) about: Option<AttrValue>,
    /// Whether the list and the messages are open from the start.
    pub(crate) open: bool,
    /// The element itself, to be told that it is alive.
    pub(crate) element: HtmlElement,
}

/// Reads the element's attributes and renders beside its static figure.
pub(crate) fn mount(element: &HtmlElement) {
    let attribute = |name: &str| element.get_attribute(name).unwrap_or_default();
    let paths = attribute("paths");
    let recordings = paths
        .split(',')
        .filter(|path| !path.is_empty())
        .map(|path| (path.to_owned(), attribute(&format!("data-{path}"))))
        .collect();
    let about = element.query_selector("a.sim-about").ok().flatten();
    let Some(document) = element.owner_document() else { return };
    let Ok(host) = document.create_element("div") else { return };
    host.set_class_name("sim-live");
    if element.prepend_with_node_1(&host).is_err() {
        return;
    }
    let source = Source {
        id: attribute("id").into(),
        lang: attribute("lang").parse().unwrap_or(Lang::En),
        recordings,
        about: about.and_then(|link| link.get_attribute("href")).map(AttrValue::from),
        open: element.closest(".front").ok().flatten().is_none(),
        element: element.clone(),
    };
    yew::Renderer::<App>::with_root_and_props(host, source).render();
}

#[component]
fn App(source: &Source) -> Html {
    let source = source.clone();
    html! {
        <Suspense>
            <Loaded ..source />
        </Suspense>
    }
}

/// Loads; meanwhile, and when it fails, the static figure is there.
#[component]
fn Loaded(source: &Source) -> HtmlResult {
    let recordings = source.recordings.clone();
    let figure = use_future(|| load(recordings))?;
    let alive = figure.is_ok();
    use_effect_with((), {
        let element = source.element.clone();
        move |()| {
            if alive {
                let _ = element.class_list().add_1("is-live");
            }
        }
    });
    Ok(match &*figure {
        Ok(figure) => html! { <Player figure={figure.clone()} source={source.clone()} /> },
        Err(problem) => html! {
            <p class="sim-note" role="status">
                { Word::Failed.text(source.lang) }{ " (" }{ problem }{ ")" }
            </p>
        },
    })
}

async fn load(recordings: Vec<(String, String)>) -> Result<Figure, String> {
    let mut texts = Vec::new();
    for (path, url) in recordings {
        let text = effects::fetch(&url).await;
        texts.push(text.ok_or_else(|| format!("{path}: {url}"))?);
    }
    Figure::read(texts.iter().map(String::as_str)).map_err(|problem| problem.to_string())
}
