//! The list and the inspector tell every step, safely, in both languages.

use simulator_model::RuntimePath;
use simulator_ui::inspector::inspector;
use simulator_ui::json::write_json;
use simulator_ui::list::list;
use simulator_ui::playback::Action;
use simulator_ui::window::Window;
use simulator_view::Lang;

use crate::figure;

#[test]
fn what_is_pressed_says_what_it_does() {
    let figure = figure(&[RuntimePath::Dockershim]);
    let html = list(&figure, 0, true, Window::WHOLE, Lang::En);
    let mut acts = html.split("data-act=\"").skip(1).filter_map(|rest| rest.split('"').next());
    for note in figure.score().notes(0, true) {
        let act = acts.next().and_then(Action::parse);
        assert_eq!(act, Some(Action::Choose { run: 0, step: note.step }));
    }
    assert_eq!(acts.next(), None);
}

#[test]
fn the_way_to_the_call_around_a_step_is_told_in_words() {
    let figure = figure(&[RuntimePath::Dockershim]);
    let run = figure.run(0).expect("it is there");
    let step = run.steps.iter().position(|step| step.parent.is_some()).expect("calls make calls");
    for (lang, within) in [(Lang::En, "Within"), (Lang::ZhCn, "所属调用")] {
        let html = inspector(&figure, 0, Some(step), None, lang);
        let button = html.split("class=\"sim-within\"").nth(1).expect("there is a button");
        let button = button.split("</button>").next().unwrap_or_default();
        assert!(button.contains(&format!("\">{within} </span>")), "{button}");
    }
}

#[test]
fn every_step_can_be_inspected() {
    for path in RuntimePath::ALL {
        let figure = figure(&[path]);
        for lang in Lang::ALL {
            for note in figure.score().notes(0, true) {
                let html = inspector(&figure, 0, Some(note.step), None, lang);
                assert!(html.contains("sim-title") && html.contains("sim-facts"));
                let (opened, closed) =
                    (html.matches("<div").count(), html.matches("</div>").count());
                assert_eq!(opened, closed);
            }
        }
    }
}

#[test]
fn a_step_that_is_not_there_shows_nothing() {
    let figure = figure(&[RuntimePath::CriO]);
    for step in [None, Some(usize::MAX)] {
        assert_eq!(inspector(&figure, 0, step, None, Lang::En), "");
    }
    assert_eq!(inspector(&figure, 7, Some(0), None, Lang::En), "");
    assert_eq!(list(&figure, 7, false, Window::WHOLE, Lang::En), "");
}

#[test]
fn messages_cannot_break_out_of_the_page() {
    let value = serde_json::json!({ "<b>": ["</div><script>", 1, true, null, {}], "n": -5 });
    let mut html = String::new();
    write_json(&mut html, &value);
    assert!(!html.contains("<b>") && !html.contains("<script>"));
    assert!(html.contains("&lt;b&gt;") && html.contains("-5"));
}

#[test]
fn nothing_recorded_has_a_fraction() {
    for path in RuntimePath::ALL {
        let figure = figure(&[path]);
        for note in figure.score().notes(0, true) {
            let html = inspector(&figure, 0, Some(note.step), None, Lang::En);
            assert!(!html.contains("j-number\">…"), "a number could not be shown");
        }
    }
}
