//! List, sequence, table and storyboard show the same steps; the totals count them.

use simulator_model::RuntimePath;
use simulator_ui::sequence::{Options, sequence};
use simulator_ui::storyboard::storyboard;
use simulator_ui::table::{first_row, table};
use simulator_ui::window::Window;
use simulator_view::Lang;
use simulator_view::ledger::Ledger;
use simulator_view::tally::Tally;

use crate::figure;

#[test]
fn the_sequence_has_a_row_for_each_step_and_an_answer_for_each_call_with_others_inside() {
    for path in RuntimePath::ALL {
        let figure = figure(&[path]);
        for polls in [false, true] {
            let options = Options { polls, scale: false, window: Window::WHOLE };
            let html = sequence(&figure, 0, options, Lang::En);
            for note in figure.score().notes(0, polls) {
                let act = format!("data-act=\"step 0 {}\"", note.step);
                assert_eq!(html.matches(&act).count(), 1, "{path} {polls} {act}");
            }
            let run = figure.run(0).expect("there is one");
            let notes = figure.score().notes(0, polls);
            let outer =
                |step: usize| notes.iter().any(|it| run.steps[it.step].parent == Some(step));
            let answers = notes.iter().filter(|note| outer(note.step)).count();
            assert_eq!(html.matches("sq-end").count(), answers, "{path} {polls}");
        }
    }
}

#[test]
fn the_table_writes_what_is_in_sight_and_keeps_the_room_of_the_rest() {
    let figure = figure(&[RuntimePath::Dockershim]);
    let count = figure.score().notes(0, true).len();
    let (mut first, mut seen) = (0, 0);
    while first < count {
        let html = table(&figure, 0, true, first, Lang::ZhCn);
        let rows = html.matches("data-act=").count();
        assert!(rows > 0 && rows <= 60, "{rows} rows");
        seen += rows;
        first += rows;
    }
    assert_eq!(seen, count);
    assert_eq!(first_row(0), 0);
    assert_eq!(first_row(32 * 1000), 980);
    assert_eq!(table(&figure, 9, true, 0, Lang::En), "");
    assert!(!table(&figure, 0, true, usize::MAX, Lang::En).contains("data-act"));
}

#[test]
fn a_window_of_a_long_list_holds_its_middle() {
    for at in [0, 1, 1_000, 50_000, 99_999] {
        let range = Window::around(at, 100_000).range(100_000, Some);
        assert!(range.contains(&at) && range.len() <= 600, "{range:?} for {at}");
    }
    assert_eq!(Window::around(5, 100).range(100, Some), 0..100);
}

#[test]
fn the_totals_agree_with_the_tally() {
    for path in RuntimePath::ALL {
        let figure = figure(&[path]);
        let run = figure.run(0).expect("there is one");
        let ledger = Ledger::new(run);
        for now_us in [-1, 0, 500_000, 2_000_000, i64::MAX] {
            let (totals, tally) = (ledger.at(now_us), Tally::until(run, now_us));
            let counted = (totals.cri, totals.docker, totals.runc);
            assert_eq!(counted, (tally.cri, tally.docker, tally.runc), "{path} at {now_us}");
        }
        let end = ledger.at(i64::MAX);
        assert!(end.bytes > 1_000 && end.hops >= end.cri, "{end:?}");
    }
}

#[test]
fn the_storyboard_is_a_page_of_its_own() {
    let figure = figure(&[RuntimePath::Containerd]);
    let run = figure.run(0).expect("there is one");
    let page = storyboard(run, "a <b>", Lang::En);
    assert!(page.contains("a &lt;b&gt;") && page.contains("RunPodSandbox"));
    assert!(!page.contains("<link"), "it asks for another file");
    let top = run.acting().filter(|(_, step)| step.parent.is_none()).count();
    assert_eq!(page.matches("<li><time>").count(), top);
}
