//! Every step of every recording can be told, in both languages, in one sentence or two.

use simulator_model::RuntimePath;
use simulator_view::caption::{Piece, caption, pieces, plain, why};
use simulator_view::detail::facts;
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

/// An answer is told, and where there is none nothing is made up.
#[test]
fn with_what_was_answered() {
    let told = |path, scenario: &str, lang| -> Vec<String> {
        let run = crate::run(path, scenario);
        run.steps.iter().map(|step| caption(&run, step, lang)).collect()
    };
    let (docker, containerd) = (RuntimePath::Dockershim, RuntimePath::Containerd);
    for (path, scenario, en, zh) in [
        (
            docker,
            "simple",
            "The kubelet asks dockershim whether it and its network are ready. They are.",
            "kubelet 询问 dockershim 和网络是否就绪：都已就绪。",
        ),
        (
            docker,
            "engine_restart",
            "The kubelet asks dockershim whether it and its network are ready. `RuntimeReady` is \
             false: `DockerDaemonNotReady`.",
            "kubelet 询问 dockershim 和网络是否就绪。`RuntimeReady` 为 false：`DockerDaemonNotReady`。",
        ),
        (
            containerd,
            "engine_restart",
            "The kubelet asks containerd whether it and its network are ready. It fails: \
             Unavailable.",
            "kubelet 询问 containerd 和网络是否就绪。调用失败：Unavailable。",
        ),
        (
            RuntimePath::CriO,
            "sandbox_killed",
            "A process of the pod is to be killed, and none is seen to end: CRI-O runs no pause \
             process.",
            "要杀死 Pod 的一个进程，但没有进程结束：CRI-O 不运行 pause 进程。",
        ),
        (
            containerd,
            "sandbox_killed",
            "A process of the pod is killed from outside.",
            "有人从外部杀死了 Pod 的一个进程。",
        ),
        (
            docker,
            "hostns",
            "The kubelet has dockershim stop the sandbox.",
            "kubelet 让 dockershim 停止沙箱。",
        ),
        (
            containerd,
            "api-besteffort",
            "The kubelet asks about container `main`. It fails: NotFound.",
            "kubelet 询问容器 `main` 的状态。调用失败：NotFound。",
        ),
    ] {
        for (lang, sentence) in [(Lang::En, en), (Lang::ZhCn, zh)] {
            let told = told(path, scenario, lang);
            assert!(told.iter().any(|it| it == sentence), "{path}/{scenario}: {sentence}");
        }
    }
}

/// A sandbox gives its network back once.
#[test]
fn with_what_was_done_before() {
    for run in all() {
        let told = run.steps.iter().map(|step| caption(&run, step, Lang::En));
        let given =
            told.filter(|it| it.contains("give its network back.") && !it.contains("fails"));
        let made = run.recording.calls.iter().filter(|call| call.call == "RunPodSandbox").count();
        assert!(given.count() <= made.max(1), "{}/{}", run.path(), run.recording.scenario);
    }
}

/// No sentence speaks of a program that the node does not have.
#[test]
fn about_who_is_there() {
    for run in all() {
        let absent: &[&str] = match run.path() {
            RuntimePath::Dockershim | RuntimePath::CriDockerd => &["CRI-O", "conmon"],
            RuntimePath::Containerd => &["Docker", "docker", "CRI-O", "conmon"],
            RuntimePath::CriO => &["Docker", "docker", "containerd", "shim", "垫片"],
        };
        for step in &run.steps {
            for lang in Lang::ALL {
                let told = caption(&run, step, lang);
                let mut words: Vec<&str> = pieces(&told)
                    .filter_map(|piece| match piece {
                        Piece::Words(words) => Some(words),
                        Piece::Code(_) => None,
                    })
                    .collect();
                words.extend(why(&run, step, lang));
                let facts = facts(&run, step, lang);
                words.extend(facts.iter().map(|fact| fact.text.as_str()));
                for name in absent {
                    let about = words.iter().find(|words| words.contains(name));
                    assert_eq!(about, None, "{} has no {name}", run.path());
                }
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
        ("start-containerd", "`containerd` is started again.", "`containerd` 重新启动。"),
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
