//! Tables come from the facts and the recordings, and every mistake has its line.

use std::collections::BTreeSet;

use expect_test::expect;
use mdbook_simulator::language::Language;
use mdbook_simulator::mapping::{Chain, Fields, RULES, Rule, chains};
use mdbook_simulator::methods::METHODS;
use mdbook_simulator::recordings::Recordings;
use simulator_model::RuntimePath;

use crate::sample::{Sample, recordings, render};

const TABLE: &str = r#"
[[source]]
id = "manual"
title = "A manual"
url = "https://example.org/manual"
read = "2026-11"

[[table]]
id = "sockets"
columns = ["Linux", { en = "Runtime", zh-CN = "运行时" }]

[[row]]
table = "sockets"
cells = ["`a|b`, `c, d`", { en = "one", zh-CN = "甲" }]
sources = ["manual"]
"#;

#[test]
fn a_table_of_facts_cites_each_row() {
    let sample = Sample::with(&[("book/facts/table.toml", TABLE)]);
    let (facts, _) = mdbook_simulator::facts::load(&sample.site().facts, "book/facts".as_ref());
    let figures = mdbook_simulator::figure::Figures::new(&recordings());
    let renderer = mdbook_simulator::render::Renderer {
        facts: &facts,
        figures: &figures,
        language: Language::ZhCn,
        pages: &[],
    };
    let page = mdbook_simulator::page::Page::read(
        "page.md",
        "page.md",
        "```facts table=sockets\n```\n".to_owned(),
    );
    let (text, findings) = renderer.page(&page);
    assert_eq!(findings, []);
    let (table, rest) = text.split_once("<span class=\"cite\"").expect("a citation");
    expect![[r"
        | Linux | 运行时 |
        |---|---|
        | `a\|b`、`c, d` | 甲"]]
    .assert_eq(table);
    assert!(rest.contains("<section class=\"sources\">"), "the row is not in the list of sources");
}

#[test]
fn links_in_cells_are_checked_on_the_page_that_shows_them() {
    let table = TABLE.replace("\"one\"", "\"[one](nowhere.md), [two](#front)\"");
    let text = "<!-- description: Front. -->\n\n# Front {#front}\n\n```facts table=sockets\n```\n";
    let sample = Sample::with(&[
        ("book/facts/table.toml", table.as_str()),
        ("book/en/src/index.md", text),
        ("book/zh-CN/src/index.md", text),
    ]);
    assert_eq!(sample.findings(), "book/en/src/index.md:5: page `nowhere.md` does not exist\n");
}

#[test]
fn mistakes_in_tables_and_blocks() {
    let broken = TABLE.replace("`a|b`\", ", "") + "\n[[row]]\ntable = \"socket\"\ncells = [1]\n";
    let broken = broken.replace("cells = [\"{ en", "cells = [{ en");
    let text = "<!-- description: Front. -->\n\n# Front {#front}\n\n```facts table=sokets\n```\n\n\
                ```facts\n```\n\n```glossary of=cri\n```\n\n```mapping of=sandboxes\n```\n\n\
                ```calls path=dockershin scenario=simple\n```\n\n```calls scenario=simple\n```\n";
    let sample = Sample::with(&[
        ("book/facts/table.toml", broken.as_str()),
        ("book/en/src/index.md", text),
        ("book/zh-CN/src/index.md", text),
    ]);
    let findings: String = sample
        .findings()
        .lines()
        .filter(|line| !line.starts_with("book/zh-CN"))
        .map(|line| format!("{line}\n"))
        .collect();
    expect![[r#"
        book/en/src/index.md:5: unknown table `sokets`; valid tables are `pause-images`, `sockets` and `versions`; did you mean `sockets`?
        book/en/src/index.md:8: the block has no `table`; add one of `pause-images`, `sockets` and `versions`
        book/en/src/index.md:11: `glossary` takes no keys; remove `of=cri`
        book/en/src/index.md:14: unknown thing `sandboxes`; valid ones are `sandbox` and `container`; did you mean `sandbox`?
        book/en/src/index.md:17: unknown path `dockershin` for scenario `simple`; valid paths are `dockershim`, `cri-dockerd`, `containerd` and `cri-o`; did you mean `dockershim`?
        book/en/src/index.md:20: the block has no `path`; add `path=dockershim`
        book/facts/table.toml:17: a row of `socket` has neither `facts` nor `sources`; name what bears it out
        book/facts/table.toml:18: unknown table `socket` in a row of `socket`; did you mean `sockets`?
        book/facts/table.toml:19: `cells` of a row must be given for each language: `.en` and `.zh-CN`
    "#]]
    .assert_eq(&findings);
}

#[test]
fn the_calls_of_a_recording_in_order() {
    let text = "```calls path=dockershim scenario=simple\n```\n";
    let rendered = render(Language::En, text);
    let rows: Vec<&str> = rendered.lines().filter(|line| line.contains("Sandbox`")).collect();
    expect!["| 0.316 s | `RunPodSandbox` | The kubelet has dockershim make a sandbox for the pod `simple-node1`: the place its containers will share. | 837 ms | 496 ms | `GET /images/k8s.gcr.io/pause:3.2/json`<br>`POST /containers/create`<br>`POST /containers/sandbox:simple-node1:0/start`<br>`runc create`<br>`runc start`<br>`GET /containers/sandbox:simple-node1:0/json` ×2<br>`CNI ADD` (derived) |"]
    .assert_eq(rows.first().expect("the sandbox"));
}

#[test]
fn the_hops_below_one_call() {
    let rendered = render(Language::En, "```hops call=StartContainer\n```\n");
    let froms: Vec<&str> = rendered.lines().filter_map(|row| row.split(" | ").nth(1)).collect();
    assert!(froms.contains(&"dockershim"), "{rendered}");
    assert!(froms.contains(&"containerd-shim-runc-v2"), "{rendered}");
    let rendered = render(Language::En, "```hops call=StartContianer\n```\n");
    assert!(rendered.contains("did you mean `StartContainer`"), "{rendered}");
}

#[test]
fn every_recorded_call_has_a_row() {
    let recordings = Recordings::new(&recordings());
    let store = recordings.store().expect("the recordings");
    let rendered = render(Language::En, "```methods\n```\n");
    for path in RuntimePath::ALL {
        for scenario in store.scenarios_on(path) {
            let recording = recordings.recording(path, &scenario).expect("a recording");
            for call in &recording.calls {
                assert!(METHODS.contains(&call.call.as_str()), "{} is not in the list", call.call);
            }
        }
    }
    assert!(rendered.contains("\n| `RunPodSandbox` | `pod-worker` | "), "{rendered}");
    expect![
        "Never made in any recording: `UpdateContainerResources`, `ReopenContainerLog`, `ContainerStats`, `UpdateRuntimeConfig` and `RemoveImage`."
    ]
    .assert_eq(rendered.trim_end().lines().last().expect("a last line"));
}

/// The recorded fields that no rule mentions, and the rules that no recording shows.
#[test]
fn the_mapping_is_complete() {
    let recordings = Recordings::new(&recordings());
    for (of, rules) in RULES {
        let chains = chains(&recordings, of).expect("the recordings");
        assert!(chains.len() > 10, "{of}: only {} recorded", chains.len());
        let recorded = |side: fn(&Chain) -> &Fields| -> BTreeSet<String> {
            chains.iter().flat_map(|chain| side(chain).keys().cloned()).collect()
        };
        let ruled = |side: fn(&Rule) -> &[&str]| -> BTreeSet<String> {
            rules.iter().flat_map(|rule| side(rule).iter().map(|it| (*it).to_owned())).collect()
        };
        assert_eq!(recorded(|chain| &chain.cri), ruled(|rule| rule.cri), "{of}, CRI");
        assert_eq!(recorded(|chain| &chain.docker), ruled(|rule| rule.docker), "{of}, Docker");
        assert_eq!(recorded(|chain| &chain.oci), ruled(|rule| rule.oci), "{of}, OCI");
        for rule in rules {
            assert!(chains.iter().any(|chain| rule.fits(chain)), "{of}: no recording has {rule:?}");
        }
    }
}

#[test]
fn a_mapping_shows_recorded_values() {
    let rendered = render(Language::En, "```mapping of=container\n```\n");
    let row = |field: &str| {
        rendered.lines().find(|line| line.starts_with(field)).unwrap_or_default().to_owned()
    };
    expect![[r"
        | `config.linux.resources.memory_limit_in_bytes`<br>`67108864` | `HostConfig.Memory`<br>`67108864` | `linux.resources.memory.limit`<br>`67108864` | carried as it was |"]]
    .assert_eq(&row("| `config.linux.resources.memory_limit_in_bytes`"));
    expect![[r#"
        | – | `HostConfig.RestartPolicy.Name`<br>`"no"` | – | added by dockershim, for Docker: restarting is the kubelet's affair |"#]]
    .assert_eq(&row("| – | `HostConfig.RestartPolicy"));
}

/// The model plays by its own list of flags; the table that readers see says the same.
#[test]
fn the_flags_of_the_book_are_those_of_the_model() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../book/facts");
    let (facts, _) = mdbook_simulator::facts::load(&folder, "book/facts".as_ref());
    let rows = &facts.tables.get("kubelet-flags").expect("the table").rows;
    for flag in simulator_model::versions::FLAGS {
        let name = format!("`{}`", flag.name);
        let row = rows.iter().find(|row| row.cells[0].en.contains(&name)).expect(flag.name);
        assert!(row.cells[2].en.starts_with(&flag.removed.to_string()), "{}: removed", flag.name);
        if let Some((version, _)) = flag.deprecated.filter(|(version, _)| version.minor() > 20) {
            assert!(row.cells[1].en.starts_with(&version.to_string()), "{}", flag.name);
        }
    }
}
