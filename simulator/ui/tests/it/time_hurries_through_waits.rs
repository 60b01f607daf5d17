//! Playing follows the clock of the run, but no wait is longer than a moment.

use simulator_ui::pace::{Speed, advance};

use crate::both;

/// How long it takes the reader to get from one instant to another, in µs, to a hundredth.
fn lasts(from_us: i64, to_us: i64, speed: Speed) -> i64 {
    let figure = both();
    let (mut now_us, mut lasted_us) = (from_us, 0);
    while now_us < to_us {
        now_us = advance(figure.score(), now_us, speed, 10_000);
        lasted_us += 10_000;
    }
    lasted_us
}

#[test]
fn a_dense_stretch_takes_as_long_as_the_speed_says() {
    let figure = both();
    // Between these two starts of runc something begins or ends at least every 0.15 s.
    let (from_us, to_us) = (561_000, 662_000);
    let dense = figure.score().events_us.iter().filter(|at| (from_us..to_us).contains(*at));
    assert!(dense.count() >= 4);
    let lasted_us = lasts(from_us, to_us, Speed::Tenth);
    assert!((900_000..1_200_000).contains(&lasted_us), "{lasted_us}");
}

#[test]
fn fourteen_idle_seconds_take_a_moment() {
    for speed in Speed::ALL {
        assert!(lasts(2_100_000, 16_000_000, speed) <= 1_600_000, "{speed:?}");
    }
}

#[test]
fn the_whole_run_can_be_watched_in_a_minute_or_two() {
    let figure = both();
    let (start_us, end_us) = (figure.score().start_us, figure.score().end_us);
    let seconds = |speed| lasts(start_us, end_us, speed) / 1_000_000;
    assert!((10..150).contains(&seconds(Speed::DEFAULT)), "{}", seconds(Speed::DEFAULT));
    assert!(seconds(Speed::Real) < 30, "{}", seconds(Speed::Real));
}

#[test]
fn cutting_a_wait_into_frames_changes_little() {
    let figure = both();
    let score = figure.score();
    for speed in Speed::ALL {
        let whole = advance(score, score.start_us, speed, 3_000_000);
        let frames = (0..300).fold(score.start_us, |now, _| advance(score, now, speed, 10_000));
        let apart = (whole - frames).abs();
        assert!(apart <= (whole - score.start_us) / 20 + 2_000, "{speed:?}: {apart}");
    }
}

#[test]
fn speeds_follow_each_other() {
    assert_eq!(Speed::Tenth.faster(), Speed::Quarter);
    assert_eq!(Speed::Tenth.slower(), Speed::Fortieth);
    assert_eq!(Speed::Real.faster(), Speed::Real);
    assert_eq!(Speed::Fortieth.slower(), Speed::Fortieth);
}
