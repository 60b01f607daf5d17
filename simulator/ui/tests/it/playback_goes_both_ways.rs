//! Every step forward can be taken back, and every way to a step leads to the same place.

use simulator_ui::playback::{Action, Playback};
use simulator_ui::score::Score;

use crate::both;

fn after(score: &Score, start: &Playback, actions: &[Action]) -> Playback {
    actions.iter().fold(start.clone(), |state, action| state.reduce(score, *action))
}

/// Every step of every run, with and without polls, as the reader stands on it.
fn everywhere(score: &Score, beginning: &Playback) -> Vec<Playback> {
    let mut all = Vec::new();
    for (run, polls) in [(0, false), (1, false), (0, true), (1, true)] {
        let mut state =
            after(score, beginning, &[Action::Polls(polls), Action::Follow(run), Action::First]);
        for _ in score.notes(run, polls) {
            all.push(state.clone());
            state = state.reduce(score, Action::Forward);
        }
        assert_eq!(Some(&state), all.last(), "the last step is the end");
    }
    all
}

#[test]
fn before_the_first_step_is_the_node_as_it_was() {
    let figure = both();
    let score = figure.score();
    let first = figure.beginning().reduce(score, Action::First);
    let before = first.reduce(score, Action::Back);
    assert_eq!((before.step(score), before.now_us), (None, score.start_us));
    assert!(before.now_us < 0, "the pod has not been applied");
    assert_eq!(before.reduce(score, Action::Back), before);
    for onward in [Action::Forward, Action::Turn, Action::Phase] {
        assert_eq!(before.reduce(score, onward), first, "{onward:?}");
    }
    let place = figure.place(&before).expect("it has an address");
    assert_eq!(figure.follow(&place).expect("it leads back").now_us, before.now_us);
}

#[test]
fn forward_then_back_changes_nothing() {
    let figure = both();
    let score = figure.score();
    let all = everywhere(score, &figure.beginning());
    for pair in all.windows(2).filter(|pair| pair[0].run == pair[1].run) {
        if pair[0].polls == pair[1].polls {
            assert_eq!(pair[0].reduce(score, Action::Forward), pair[1]);
            assert_eq!(pair[1].reduce(score, Action::Back), pair[0]);
        }
    }
}

#[test]
fn choosing_is_stepping() {
    let figure = both();
    let score = figure.score();
    for state in everywhere(score, &figure.beginning()) {
        let step = state.step(score).expect("there is a step");
        let from = Playback { polls: state.polls, ..figure.beginning() };
        assert_eq!(from.reduce(score, Action::Choose { run: state.run, step }), state);
    }
}

#[test]
fn scrubbing_is_stepping_to_the_last_step_begun() {
    let figure = both();
    let score = figure.score();
    for state in everywhere(score, &figure.beginning()) {
        let scrubbed = state.reduce(score, Action::Seek(state.now_us));
        let notes = score.notes(state.run, state.polls);
        assert_eq!(scrubbed.now_us, state.now_us);
        assert!(scrubbed.place >= state.place, "never before the step that stands there");
        assert_eq!(notes[scrubbed.place].at_us, notes[state.place].at_us);
    }
}

#[test]
fn playing_visits_everything_in_order_and_stops() {
    let figure = both();
    let score = figure.score();
    let mut state = after(score, &figure.beginning(), &[Action::First, Action::Toggle]);
    let mut before = state.clone();
    for _ in 0..100_000 {
        if !state.playing {
            break;
        }
        state = state.reduce(score, Action::Tick(16_000));
        assert!(state.now_us > before.now_us, "time goes on");
        assert!(state.place >= before.place, "no step is taken back");
        before = state.clone();
    }
    assert!(!state.playing && state.now_us == score.end_us, "it comes to its end");
    assert_eq!(state.place + 1, score.notes(0, false).len());
    let again = state.reduce(score, Action::Toggle);
    assert!(again.playing && again.now_us == score.start_us, "and plays again from the start");
}

#[test]
fn anything_goes_anywhere_without_harm() {
    let figure = both();
    let score = figure.score();
    let actions = [
        Action::Seek(i64::MIN),
        Action::Seek(i64::MAX),
        Action::Choose { run: 9, step: 9 },
        Action::Choose { run: 0, step: usize::MAX },
        Action::Follow(usize::MAX),
        Action::Tick(-5),
        Action::Tick(i64::from(u32::MAX)),
        Action::Toggle,
        Action::Back,
        Action::Polls(true),
    ];
    for first in actions {
        for second in actions {
            let state = after(score, &figure.beginning(), &[first, second]);
            assert!((score.start_us..=score.end_us).contains(&state.now_us));
            let begins_us = score.notes(state.run, state.polls)[0].at_us;
            let before = state.now_us < begins_us;
            assert_eq!(state.step(score).is_none(), before, "{first:?} {second:?}");
        }
    }
}

#[test]
fn hiding_polls_keeps_the_step_or_the_moment() {
    let figure = both();
    let score = figure.score();
    for state in everywhere(score, &figure.beginning()) {
        let other = state.reduce(score, Action::Polls(!state.polls));
        let acts = |state: &Playback| {
            let step = state.step(score).expect("there is a step");
            figure.runs()[state.run].steps[step].acts()
        };
        assert_eq!(other.now_us, state.now_us);
        if acts(&state) {
            assert_eq!(other.step(score), state.step(score));
        } else {
            assert!(acts(&other));
        }
    }
}

#[test]
fn nothing_to_play_is_no_harm() {
    let figure = crate::figure(&[]);
    let score = figure.score();
    let state = after(score, &figure.beginning(), &[Action::Forward, Action::Toggle, Action::Last]);
    assert_eq!(state.step(score), None);
}

#[test]
fn leaps_land_where_they_say_and_stay_where_there_is_nothing() {
    let figure = both();
    let score = figure.score();
    let notes = score.notes(0, false);
    let first = figure.beginning().reduce(score, Action::First);
    let phase = first.reduce(score, Action::Phase);
    assert!(notes[phase.place].opens_phase && phase.place > 0);
    assert_eq!(phase.reduce(score, Action::PhaseBack).place, first.place);
    let turn = first.reduce(score, Action::Turn);
    assert!(notes[turn.place].turns && turn.place > 0);
    let mut end = first.clone();
    for _ in notes {
        end = end.reduce(score, Action::Phase);
    }
    assert_eq!(end.reduce(score, Action::Phase), end);
    let failed = score.notes(0, true).iter().find(|note| note.failed);
    let error = first.reduce(score, Action::Error);
    match failed {
        Some(note) => assert_eq!(error.step(score), Some(note.step)),
        None => assert_eq!(error, first),
    }
}
