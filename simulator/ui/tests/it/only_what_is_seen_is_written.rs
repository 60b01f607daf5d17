//! A run of a hundred thousand calls is no more to a browser than one of a few hundred.

use simulator_model::RuntimePath;
use simulator_model::store::{self, Store};
use simulator_ui::figure::Figure;
use simulator_ui::list::list;
use simulator_ui::sequence::{Options, sequence};
use simulator_ui::table::{first_row, table};
use simulator_ui::window::Window;
use simulator_view::scene::{self, Scene};
use simulator_view::{Lang, Run, picture};

/// How many calls there are.
const CALLS: usize = 100_000;
/// The most elements of a panel.
const PANEL_MAX: usize = 2_000;
/// The most elements of the picture.
const PICTURE_MAX: usize = 6_000;

/// `simple` over and over.
fn long() -> Figure {
    let store = Store::open(store::folder()).expect("the repository has recordings");
    let mut long = store.recording(RuntimePath::Containerd, "simple").expect("it reads");
    let once = long.calls.clone();
    let lasts_us = once.last().map_or(0, |call| call.at_us) + 1_000_000;
    let mut later_us = 0;
    while long.calls.len() < CALLS {
        later_us += lasts_us;
        for mut call in once.iter().cloned() {
            call.at_us += later_us;
            long.calls.push(call);
        }
    }
    Figure::new(vec![Run::new(long)])
}

fn elements(html: &str) -> usize {
    html.matches('<').count() - html.matches("</").count()
}

#[test]
fn pictures_and_panels_hold_only_what_is_seen() {
    let figure = long();
    let notes = figure.score().notes(0, true);
    assert!(notes.len() >= CALLS, "{} calls", notes.len());
    for place in [0, 1, notes.len() / 2, notes.len() - 1] {
        let step = notes[place].step;
        let window = Window::around(step, notes.len());
        let options = Options { polls: true, scale: false, window };
        let row = i32::try_from(place).expect("a row") * simulator_ui::table::ROW_PX;
        for (panel, html) in [
            ("list", list(&figure, 0, true, window, Lang::En)),
            ("sequence", sequence(&figure, 0, options, Lang::En)),
            ("table", table(&figure, 0, true, first_row(row), Lang::En)),
        ] {
            let count = elements(&html);
            assert!(count < PANEL_MAX, "{panel} at {place}: {count} elements");
            let chosen = format!("data-act=\"step 0 {step}\"");
            assert!(html.contains(&chosen), "{panel}: step {step} is not among the rows");
        }
    }
    let runs: Vec<&Run> = figure.runs().iter().collect();
    for width in [360, 1_400] {
        let scene = Scene::new(&runs, scene::Options { width, polls: true, only: None });
        let count = elements(&picture::svg("long", &scene, &runs, Lang::En));
        assert!(count < PICTURE_MAX, "{width} px: {count} elements");
    }
}
