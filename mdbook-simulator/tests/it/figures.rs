//! A `simulator` block becomes the element of the simulator.

use expect_test::expect;
use mdbook_simulator::language::Language;

use crate::sample::{Sample, render};

#[test]
fn the_element_with_a_figure_inside() {
    let text =
        "Before.\n\n```simulator scenario=simple paths=dockershim,containerd\n```\n\nAfter.\n";
    let rendered = render(Language::ZhCn, text);
    let (before, rest) = rendered.split_once(">\n").expect("the start of the element");
    expect![[r#"
        Before.

        <dockershim-simulator id="sim-1" scenario="simple" paths="dockershim,containerd" lang="zh-CN" data-module="@asset:simulator/simulator_ui.js@" data-wasm="@asset:simulator/simulator_ui_bg.wasm@" data-engine-module="@asset:simulator/simulator_engine.js@" data-engine-wasm="@asset:simulator/simulator_engine_bg.wasm@" data-scenarios="@asset:recordings/scenarios.json@" data-dockershim="@asset:recordings/dockershim/simple.json@" data-containerd="@asset:recordings/containerd/simple.json@""#]].assert_eq(before);
    let (figure, after) = rest.split_once("</dockershim-simulator>").expect("its end");
    assert!(figure.contains("<ol"), "no list in the figure");
    assert!(figure.contains("sim-1"), "ids in the figure do not start with that of the element");
    assert!(!figure.lines().any(|line| line.trim().is_empty()), "Markdown would end it early");
    assert_eq!(after, "\n\nAfter.\n");
}

#[test]
fn several_figures_have_ids_of_their_own() {
    let block = "```simulator scenario=simple paths=containerd\n```\n\n";
    let rendered = render(Language::En, &block.repeat(2));
    assert_eq!(rendered.matches(" id=\"sim-1\"").count(), 1);
    assert_eq!(rendered.matches(" id=\"sim-2\"").count(), 1);
}

#[test]
fn every_mistake_has_its_line() {
    let blocks = [
        "simulator scenario=smple paths=dockershim",
        "simulator scenario=simple paths=dockershin,containerd,containerd",
        "simulator scenario=simple paths=dockershim,cri-dockerd,cri-o",
        "simulator paths=dockershim",
        "simulator scenario=simple",
        "simulator scenario=simple path=dockershim",
        "simulator scenario=simple paths=dockershim, containerd",
        "simulatr scenario=simple",
    ];
    let text: String = blocks.map(|block| format!("```{block}\n```\n\n")).concat();
    let rendered =
        render(Language::En, &format!("{text}```simulator scenario=simple paths=cri-o\nx\n```\n"));
    let findings: Vec<&str> = rendered.lines().filter(|line| line.starts_with("book/")).collect();
    // The names of the scenarios are those of the recordings, which grow.
    let findings = findings.join("\n");
    let start = findings.find("valid scenarios are ").expect("the valid names");
    let end = start + findings[start..].find('\n').unwrap_or(0);
    assert!(findings[start..end].contains("`simple`"));
    expect![[r#"
        book/en/src/page.md:16: unknown key `path`; valid keys are `scenario`, `paths` and `size`; did you mean `paths`?
        book/en/src/page.md:19: `containerd` is not of the form key=value, without spaces; valid keys are `scenario`, `paths` and `size`
        book/en/src/page.md:22: unknown block `simulatr`; did you mean `simulator`?
        book/en/src/page.md:25: the block is not empty; nothing may stand between its fences
        book/en/src/page.md:1: unknown scenario `smple`; …
        book/en/src/page.md:4: unknown path `dockershin` for scenario `simple`; valid paths are `dockershim`, `cri-dockerd`, `containerd` and `cri-o`; did you mean `dockershim`?
        book/en/src/page.md:4: path `containerd` is given twice; keep one
        book/en/src/page.md:4: 3 paths do not fit beside each other; give one or two
        book/en/src/page.md:7: 3 paths do not fit beside each other; give one or two
        book/en/src/page.md:10: the block has no `scenario`; add `scenario=simple`
        book/en/src/page.md:13: the block has no `paths`; add `paths=dockershim,containerd`
        book/en/src/page.md:19: unknown path `` for scenario `simple`; valid paths are `dockershim`, `cri-dockerd`, `containerd` and `cri-o`"#]].assert_eq(&format!("{}…{}", &findings[..start], &findings[end..]));
}

#[test]
fn recordings_that_are_not_there() {
    let text = "<!-- description: Front. -->\n\n# Front {#front}\n\n\
                ```simulator scenario=simple paths=cri-o\n```\n";
    let sample = Sample::with(&[("book/en/src/index.md", text)]);
    let mut site = sample.site();
    site.recordings = "simulator/nowhere".into();
    let findings = mdbook_simulator::check::check(&site).expect_err("no recordings");
    expect![[r#"
        book/en/src/index.md:5: the recording of `simple` cannot be read: no recordings in `simulator/nowhere`; run `cargo xtask import-recordings DIR` or name another folder
        book/zh-CN/src/index.md:3: block `simulator scenario=simple paths=cri-o` of book/en/src/index.md:5 is not on this page; put it at the same place"#]].assert_eq(&findings.to_string());
}
