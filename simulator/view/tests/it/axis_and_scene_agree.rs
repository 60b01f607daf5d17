//! The clock and the picture agree: what is drawn can be pointed at, and time never runs back.

use simulator_model::RuntimePath;
use simulator_view::axis::Axis;
use simulator_view::picture::svg;
use simulator_view::scene::{Options, Scene, hit};
use simulator_view::{Lang, Run};

use crate::{all, run};

#[test]
fn places_follow_time_and_lead_back() {
    for run in all() {
        let axis = Axis::new([&run], 100, 900);
        let mut before = i32::MIN;
        for step in &run.steps {
            let px = axis.px(step.at_us);
            assert!((100..=900).contains(&px), "{px}");
            assert!(px >= before, "{}/{}", run.path(), run.recording.scenario);
            before = px;
        }
        let end = axis.segments.last().map_or(100, |segment| segment.to_px);
        for px in 100..=end {
            let there = axis.px(axis.at_us(px));
            assert!((there - px).abs() <= 1, "{px} leads to {there}");
        }
    }
}

#[test]
fn ticks_keep_their_distance() {
    for run in all() {
        let ticks = Axis::new([&run], 0, 800).ticks(50);
        assert!(ticks.windows(2).all(|pair| pair[1].px - pair[0].px >= 50));
    }
}

#[test]
fn every_acting_step_is_drawn_and_can_be_pointed_at() {
    let runs = [run(RuntimePath::Dockershim, "simple"), run(RuntimePath::Containerd, "simple")];
    let runs: Vec<&Run> = runs.iter().collect();
    for width in [320, 700, 1200] {
        let scene = Scene::new(&runs, Options { width, polls: false, only: None });
        for (number, run) in runs.iter().enumerate() {
            for (index, step) in run.acting() {
                let frame = scene.frame(number, index);
                let frame = frame.unwrap_or_else(|| panic!("{} is not drawn", step.name(run)));
                assert!(frame.x >= scene.left && frame.x + frame.width <= width + 4);
                let (x, y) = (frame.x + frame.width / 2, frame.y + frame.height / 2);
                let (at, _) = hit(&scene, x, y).expect("something is there");
                assert_eq!(at, number);
            }
        }
    }
}

#[test]
fn one_run_alone_keeps_the_clock_of_both_and_gets_more_room() {
    let runs = [run(RuntimePath::Dockershim, "simple"), run(RuntimePath::Containerd, "simple")];
    let runs: Vec<&Run> = runs.iter().collect();
    let both = Scene::new(&runs, Options { width: 400, polls: false, only: None });
    let one = Scene::new(&runs, Options { width: 400, polls: false, only: Some((1, 0)) });
    let (alone, shared) = (one.axis.segments[0], both.axis.segments[0]);
    assert_eq!((alone.from_us, alone.to_us), (shared.from_us, shared.to_us));
    assert!(alone.to_px - alone.from_px > shared.to_px - shared.from_px);
    assert_eq!(one.runs.len(), 1);
    assert!(one.height < both.height);
}

#[test]
fn no_words_in_the_picture_are_cut_by_a_break() {
    for run in all() {
        for width in [400, 676, 1050] {
            let scene = Scene::new(&[&run], Options { width, polls: false, only: None });
            let part = &scene.runs[0];
            let bars = part.bars.iter().map(|bar| (bar.x, &bar.label));
            let lives = part.lives.iter().map(|life| (life.x, &life.label));
            for (x, label) in bars.chain(lives) {
                let Some(label) = label else { continue };
                let letters = i32::try_from(label.len()).expect("it is short");
                let (from, to) = (x + 5, x + 5 + letters * 5);
                for (middle, _) in scene.axis.breaks() {
                    assert!(
                        to <= middle - 4 || from > middle,
                        "{label} from {from} to {to} is cut at {middle}, in {}/{} at {width}",
                        run.path(),
                        run.recording.scenario
                    );
                }
            }
        }
    }
}

#[test]
fn the_words_of_breaks_stand_apart() {
    let paths = [
        RuntimePath::Dockershim,
        RuntimePath::CriDockerd,
        RuntimePath::Containerd,
        RuntimePath::CriO,
    ];
    let runs = paths.map(|path| run(path, "crash"));
    let runs: Vec<&Run> = runs.iter().collect();
    for width in [560, 676, 1050] {
        let scene = Scene::new(&runs, Options { width, polls: false, only: None });
        for lang in [Lang::En, Lang::ZhCn] {
            let picture = svg("p", &scene, &runs, lang);
            let mut reached = 0;
            let mut told = 0;
            for gap in picture.split("<text class=\"gap\" x=\"").skip(1) {
                let (x, rest) = gap.split_once('"').expect("a place");
                let words = rest.split_once('>').expect("words").1;
                let words = words.split_once('<').expect("an end").0;
                let wide: i32 = words.chars().map(|it| if it.is_ascii() { 5 } else { 10 }).sum();
                let x: i32 = x.parse().expect("a number");
                assert!(x - wide / 2 > reached, "{words} at {x} in {width}");
                reached = x + wide / 2;
                told += 1;
            }
            assert!(told >= 3, "{told} breaks say what they leave out at {width}");
        }
    }
}
