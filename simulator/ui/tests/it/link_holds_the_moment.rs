//! A link leads where it was made, several figures share a page, and a bad link does no harm.

use simulator_ui::link::{At, BadLink, Place, read, write};
use simulator_ui::playback::Action;

use crate::both;

fn place(path: &str, at: At, polls: bool) -> Place {
    Place { path: path.to_owned(), at, polls }
}

#[test]
fn there_and_back() {
    for at in [At::Step(0), At::Step(317), At::Instant(1_500_000), At::Instant(-50_000)] {
        for polls in [false, true] {
            let it = place("cri-o", at, polls);
            assert_eq!(read(&write("", "sim-1", &it), "sim-1"), Ok(Some(it)));
        }
    }
}

#[test]
fn every_moment_has_a_link_that_leads_to_it() {
    let figure = both();
    let score = figure.score();
    for run in 0..2 {
        for polls in [false, true] {
            for note in score.notes(run, polls) {
                let choose = Action::Choose { run, step: note.step };
                let there =
                    figure.beginning().reduce(score, Action::Polls(polls)).reduce(score, choose);
                let link = figure.place(&there).expect("there is a step");
                assert_eq!(figure.follow(&link), Some(there));
            }
        }
    }
    let between = figure.beginning().reduce(score, Action::Seek(1_234_567));
    let link = figure.place(&between).expect("there is a step");
    assert_eq!(link.at, At::Instant(1_234_567));
    assert_eq!(figure.follow(&link), Some(between));
}

#[test]
fn figures_do_not_clash_and_other_parameters_stay() {
    let (one, two) = (place("dockershim", At::Step(3), false), place("cri-o", At::Step(4), true));
    let query = write("?search=a%20b", "sim-1", &one);
    let query = write(&query, "sim-2", &two);
    assert_eq!(query, "?search=a%20b&sim=v1~sim-1.dockershim.s3~sim-2.cri-o.s4.p");
    assert_eq!(read(&query, "sim-1"), Ok(Some(one)));
    assert_eq!(read(&query, "sim-2"), Ok(Some(two.clone())));
    assert_eq!(read(&query, "sim-3"), Ok(None));
    let moved = write(&query, "sim-1", &two);
    assert_eq!(moved, "?search=a%20b&sim=v1~sim-2.cri-o.s4.p~sim-1.cri-o.s4.p");
}

#[test]
fn a_link_of_another_version_is_told_from_a_broken_one() {
    assert_eq!(read("?sim=v2~sim-1.x.s1", "sim-1"), Err(BadLink::Version));
    assert_eq!(read("?sim=", "sim-1"), Err(BadLink::Version));
    for broken in ["sim-1", "sim-1.", "sim-1.dockershim", "sim-1.a.q1", "sim-1.a.s", "sim-1.a.s1.x"]
    {
        assert_eq!(read(&format!("?sim=v1~{broken}"), "sim-1"), Err(BadLink::Garbled), "{broken}");
    }
    assert_eq!(read("?sim=v1~sim-1.a.s99999999999999999999999", "sim-1"), Err(BadLink::Garbled));
}

#[test]
fn a_link_to_what_is_not_here_leads_nowhere() {
    let figure = both();
    assert_eq!(figure.follow(&place("cri-o", At::Step(1), false)), None);
    assert_eq!(figure.follow(&place("dockershim", At::Step(usize::MAX), false)), None);
    assert!(figure.follow(&place("dockershim", At::Instant(i64::MIN), true)).is_some());
}

#[test]
fn no_query_makes_the_reader_of_links_fall_over() {
    let pieces = ["", "?", "&", "=", "sim", "~", ".", "v1", "sim-1", "s1", "t-", "é", "%", "p"];
    for a in pieces {
        for b in pieces {
            for c in pieces {
                for d in pieces {
                    let query = format!("?sim={a}{b}{c}{d}");
                    let _ = read(&query, "sim-1");
                    let it = place("dockershim", At::Step(1), false);
                    assert_eq!(
                        read(&write(&query, "sim-1", &it), "sim-1"),
                        Ok(Some(it)),
                        "{query}"
                    );
                }
            }
        }
    }
}
