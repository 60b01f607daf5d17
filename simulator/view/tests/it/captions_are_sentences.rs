//! Every step of every recording can be told, in both languages, in one sentence or two.

use simulator_view::caption::{caption, plain};
use simulator_view::{Lang, What};

use crate::all;

#[test]
fn whole_and_closed() {
    for run in all() {
        for step in &run.steps {
            for lang in Lang::ALL {
                let told = caption(&run, step, lang);
                let end = lang.pick(".", "。");
                assert!(told.ends_with(end), "{told}");
                assert_eq!(told.matches('`').count() % 2, 0, "{told}");
                assert!(!told.contains("  ") && !told.contains("``"), "{told}");
                assert!(!plain(&told).contains('`'));
            }
        }
    }
}

/// Whatever is done to a node is told, also where no recording has it.
#[test]
fn deeds_of_the_model() {
    let (run, at) = all()
        .into_iter()
        .find_map(|run| {
            let at = run.steps.iter().position(|it| matches!(it.what, What::Mark(_)))?;
            Some((run, at))
        })
        .expect("a mark");
    let What::Mark(mark) = run.steps[at].what else { panic!("it is a mark") };
    let told = |word: &str, lang| {
        let mut run = run.clone();
        word.clone_into(&mut run.recording.marks[mark].mark);
        caption(&run, &run.steps[at], lang)
    };
    for (word, en, zh) in [
        ("crash-cri-dockerd", "`cri-dockerd` crashes.", "`cri-dockerd` 崩溃。"),
        ("start-containerd", "You start `containerd` again.", "你重新启动 `containerd`。"),
        ("crash-runtime", "The runtime's daemon crashes.", "运行时的守护进程崩溃。"),
        ("docker build", "You type `docker build`.", "你键入 `docker build`。"),
        (
            "kubeadm upgrade node",
            "You type `kubeadm upgrade node`.",
            "你键入 `kubeadm upgrade node`。",
        ),
    ] {
        assert_eq!((told(word, Lang::En), told(word, Lang::ZhCn)), (en.to_owned(), zh.to_owned()));
    }
}

#[test]
fn chinese_has_chinese_marks_and_spaces_between_scripts() {
    for run in all() {
        for step in &run.steps {
            let told = plain(&caption(&run, step, Lang::ZhCn));
            let letters: Vec<char> = told.chars().collect();
            for pair in letters.windows(2) {
                let han = |letter: char| ('\u{4e00}'..='\u{9fff}').contains(&letter);
                let latin = |letter: char| letter.is_ascii_alphanumeric();
                let touch = (han(pair[0]) && latin(pair[1])) || (latin(pair[0]) && han(pair[1]));
                assert!(!touch, "{told}");
            }
        }
    }
}
