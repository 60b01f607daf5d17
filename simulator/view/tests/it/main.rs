//! What the view promises, one module a promise.

mod axis_and_scene_agree;
mod captions_are_sentences;
mod fields_are_followed_by_their_values;
mod figure_is_whole;
mod picture_shows_sockets_and_parents;
mod silent_runs_show_their_log;
mod simple_in_words;
mod steps_are_complete;

use simulator_model::RuntimePath;
use simulator_model::store::{self, Store};
use simulator_view::Run;

fn store() -> Store {
    Store::open(store::folder()).expect("the repository has recordings")
}

fn run(path: RuntimePath, scenario: &str) -> Run {
    Run::new(store().recording(path, scenario).expect("it reads"))
}

/// Every recording, as a run.
fn all() -> impl Iterator<Item = Run> {
    RuntimePath::ALL.into_iter().flat_map(|path| {
        store().scenarios_on(path).into_iter().map(move |scenario| run(path, &scenario))
    })
}
