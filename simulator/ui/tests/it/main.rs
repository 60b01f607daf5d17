//! What the player promises, one module a promise. All of it natively: no browser is needed.

mod address_holds_everything;
mod fields_reach_the_specification;
mod hostile_links_end;
mod link_holds_the_moment;
mod messages_name_their_place;
mod only_what_is_seen_is_written;
mod opens_on_the_telling_moment;
mod own_text_fits_an_address;
mod panels_hold_everything;
mod playback_goes_both_ways;
mod predictions_are_decided_by_the_run;
mod renderings_show_every_step;
mod rows_show_every_step;
mod setup_changes_one_thing;
mod time_hurries_through_waits;

use simulator_model::RuntimePath;
use simulator_model::store::{self, Store};
use simulator_ui::figure::Figure;
use simulator_view::Run;

/// A recorded scenario on some paths.
fn figure_of(scenario: &str, paths: &[RuntimePath]) -> Figure {
    let store = Store::open(store::folder()).expect("the repository has recordings");
    let run = |path: &RuntimePath| Run::new(store.recording(*path, scenario).expect("it reads"));
    Figure::new(paths.iter().map(run).collect())
}

/// `simple` on some paths.
fn figure(paths: &[RuntimePath]) -> Figure {
    figure_of("simple", paths)
}

/// The figure that most pages show.
fn both() -> Figure {
    figure(&[RuntimePath::Dockershim, RuntimePath::Containerd])
}
