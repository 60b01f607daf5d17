//! An order gives a recording, or every mistake in it.

use serde_json::{Value, json};
use simulator_engine::session::{self, Session};
use simulator_model::lang::Lang;

use crate::{order, play};

#[test]
fn a_scenario_is_played_on_every_path() {
    for path in ["dockershim", "cri-dockerd", "containerd", "cri-o"] {
        let answer = play(&order("simple", path));
        assert_eq!(answer["mistakes"], json!([]), "{path}");
        assert_eq!(answer["recording"][0]["path"], json!(path));
        let calls = answer["recording"].as_array().expect("lines");
        assert!(calls.iter().any(|line| line["call"] == "RunPodSandbox"), "{path}");
    }
}

#[test]
fn a_bare_manifest_is_played() {
    let text = "apiVersion: v1\nkind: Pod\nmetadata: {name: mine}\n\
                spec: {containers: [{name: one, image: busybox}]}\n";
    let answer = play(&json!({"text": text, "name": "mine.yaml", "path": "containerd"}));
    assert_eq!(answer["mistakes"], json!([]));
    assert_eq!(answer["run"], json!(0));
}

#[test]
fn every_mistake_is_told_with_its_place() {
    let text = "kind: Pod\napiVersion: v1\nmetadata: {name: Mine}\nspec: {containrs: []}\n";
    let order = json!({"text": text, "name": "mine.yaml", "path": "nowhere", "kubelet": "1.99"});
    let answer = play(&order);
    assert_eq!(answer["run"], Value::Null);
    let mistakes: Vec<&str> =
        answer["mistakes"].as_array().expect("a list").iter().filter_map(Value::as_str).collect();
    let told = mistakes.join("\n");
    for part in ["`nowhere`", "1.99", "mine.yaml:4", "`containrs`"] {
        assert!(told.contains(part), "{part} in\n{told}");
    }
}

#[test]
fn mistakes_of_an_order_are_told_in_its_language() {
    let order = json!({"text": "", "path": "nowhere", "kubelet": "1.99", "lang": "zh-CN"});
    let mistakes = play(&order)["mistakes"].to_string();
    assert!(mistakes.contains("没有 `nowhere` 这条路径"), "{mistakes}");
    assert!(mistakes.contains("没有 `1.99` 这个 kubelet 版本"), "{mistakes}");
}

#[test]
fn what_is_no_order_is_refused() {
    for order in ["", "[]", "{\"txt\": 1}", "{\"seed\": -1}", "null"] {
        let answer: Value = serde_json::from_str(&Session::default().play(order)).expect("JSON");
        assert_ne!(answer["mistakes"], json!([]), "{order}");
    }
}

#[test]
fn the_famous_empty_list() {
    let mut session = Session::default();
    let answer = session.play(&order("simple", "containerd").to_string());
    let answer: Value = serde_json::from_str(&answer).expect("JSON");
    let mut lines = answer["recording"].as_array().expect("lines").iter();
    let apply = lines.find(|line| line["mark"] == "apply").and_then(|mark| mark["at_us"].as_f64());
    let running = apply.expect("it is applied") + 8_000_000.0;
    let docker = session.view(0, running, "docker-ps");
    assert_eq!(docker.lines().count(), 1, "only the heading: {docker}");
    let crictl = session.view(0, running, "crictl-ps");
    assert_eq!(crictl.lines().count(), 2, "{crictl}");
}

#[test]
fn an_unknown_run_or_view_shows_nothing() {
    let mut session = Session::default();
    session.play(&order("simple", "containerd").to_string());
    assert_eq!(session.view(7, 0.0, "docker-ps"), "");
    assert_eq!(session.view(0, 0.0, "nonsense"), "");
    assert_ne!(session.view(0, f64::NAN, "docker-ps"), "");
    session.forget(0);
    assert_eq!(session.view(0, 0.0, "docker-ps"), "");
}

#[test]
fn a_version_without_dockershim_says_so() {
    let mut order = order("simple", "dockershim");
    order["kubelet"] = json!("1.24");
    let answer = play(&order);
    let log = answer["log"].to_string();
    assert!(log.contains("unknown flag"), "{log}");
}

#[test]
fn views_without_a_command_are_called_by_a_word_of_the_language() {
    let labels = |lang| -> Vec<String> {
        let views: Value = serde_json::from_str(&session::views(lang)).expect("views are JSON");
        let views = views.as_array().expect("a list").iter();
        let views = views.filter(|view| view["command"] == "");
        views.map(|view| view["label"].as_str().expect("a word").to_owned()).collect()
    };
    let chinese = labels(Lang::ZhCn);
    assert!(!chinese.is_empty() && chinese.iter().all(|word| !word.is_ascii()), "{chinese:?}");
    assert!(labels(Lang::En).iter().all(|word| !word.is_empty() && word.is_ascii()));
}
