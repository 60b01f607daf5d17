//! What is found, and in which order, on pages made for the purpose.

use site_search::Page;

use crate::browser::Browser;

fn page(path: &str, main: &str) -> Page {
    Page::read(path, &format!("<main>{main}</main>")).expect("a page")
}

fn english() -> Browser {
    Browser::with(
        "en",
        &[
            page(
                "shim.html",
                "<h1>The shim</h1><p>dockershim talked to the socket docker.sock of Docker.</p>
                 <h2 id=cost>What it cost</h2><p>Every change of RunPodSandbox was made twice.</p>",
            ),
            page(
                "removal.html",
                "<h1>Removal in 1.24</h1><p>The deprecated code was removed; the flag
                 --container-runtime=remote went later, with Kubernetes 1.27.</p>
                 <h2 id=docker>And Docker?</h2><p>Docker needs containerd, and /run/containerd.sock.
                 The version 1.2.24 is another matter.</p>",
            ),
        ],
    )
}

fn chinese() -> Browser {
    Browser::with(
        "zh-CN",
        &[
            page("shim.html", "<h1>垫片</h1><p>dockershim 是 kubelet 里的一段代码。</p>"),
            page(
                "removal.html",
                "<h1>移除</h1><p>1.24 版移除了 dockershim。容器镜像照常可用。</p>
                 <h2 id=why>移除、垫片</h2><p>为什么会从 kubelet 中移除。</p>",
            ),
        ],
    )
}

#[test]
fn a_heading_counts_more_than_text() {
    assert_eq!(english().places("removal")[0], "removal.html");
    assert_eq!(chinese().places("垫片")[0], "shim.html");
}

#[test]
fn all_words_must_be_there_in_whatever_field() {
    assert_eq!(english().places("removal flag"), ["removal.html"]);
    assert_eq!(english().places("removal quarkus"), [""; 0]);
}

#[test]
fn words_are_found_in_other_forms() {
    assert_eq!(english().places("deprecation"), ["removal.html"]);
    assert_eq!(english().places("sockets")[0], "shim.html");
}

#[test]
fn the_last_word_may_be_unfinished_and_only_that() {
    for typed in ["deprec", "deprecat", "deprecate", "deprecatio"] {
        assert_eq!(english().places(typed).len(), usize::from(typed != "deprecatio"), "{typed}");
    }
    assert_eq!(english().places("RunPodSan"), ["shim.html#cost"]);
    assert_eq!(english().places("RunPodSan "), [""; 0]);
    assert_eq!(english().places("runp change"), [""; 0]);
}

#[test]
fn an_identifier_is_found_by_its_parts_in_any_case() {
    for query in ["RunPodSandbox", "runpodsandbox", "PodSandbox", "sandbox", "pod"] {
        assert_eq!(english().places(query), ["shim.html#cost"], "{query}");
    }
}

#[test]
fn a_path_or_a_flag_is_found_as_it_stands() {
    assert_eq!(english().places("docker.sock"), ["shim.html"]);
    assert_eq!(english().places("/run/containerd.sock"), ["removal.html#docker"]);
    assert_eq!(english().places("--container-runtime"), ["removal.html"]);
    assert_eq!(english().places("1.24"), ["removal.html"]);
    assert_eq!(english().places("v1.24"), ["removal.html"]);
}

#[test]
fn a_name_is_found_with_another_hyphen() {
    assert_eq!(english().places("docker-shim"), ["shim.html"]);
}

#[test]
fn chinese_must_stand_in_the_text_side_by_side() {
    assert_eq!(chinese().places("除垫"), [""; 0]);
    assert_eq!(chinese().places("镜像"), ["removal.html"]);
    assert_eq!(chinese().places("容器镜像"), ["removal.html"]);
    assert_eq!(chinese().places("像镜"), [""; 0]);
}

#[test]
fn one_character_is_enough() {
    assert_eq!(chinese().places("镜"), ["removal.html"]);
    assert_eq!(chinese().places("像"), ["removal.html"]);
}

#[test]
fn a_chinese_question_is_asked_as_it_stands_and_then_by_its_words() {
    let browser = chinese();
    assert_eq!(browser.places("为什么会从")[0], "removal.html#why");
    assert!(!browser.is_in_parts("为什么会从"));
    assert_eq!(browser.places("dockershim为什么被移除"), ["removal.html"]);
    assert!(browser.is_in_parts("dockershim为什么被移除"));
}

#[test]
fn full_width_and_capitals_do_not_matter() {
    assert_eq!(chinese().places("ＤＯＣＫＥＲＳＨＩＭ").len(), 2);
}

#[test]
fn only_common_words_find_nothing() {
    assert_eq!(english().places("what is the"), [""; 0]);
    assert_eq!(english().places("  "), [""; 0]);
    assert_eq!(english().places("---"), [""; 0]);
}
