//! How a page falls into sections.

use std::fmt::Write as _;

use expect_test::{Expect, expect};
use site_search::{Page, PageError};

fn check(main: &str, expected: &Expect) {
    let html = format!(
        "<!DOCTYPE html><title>Name · Book</title><body><nav>Contents</nav><main>{main}</main></body>"
    );
    let page = Page::read("a.html", &html).expect("a page");
    let mut text = format!("{}\n", page.name);
    for section in &page.sections {
        let _ = writeln!(
            text,
            "{:?} #{} [{}] {} | {}",
            section.kind, section.anchor, section.within, section.heading, section.body
        );
    }
    expected.assert_eq(&text);
}

#[test]
fn a_section_ends_at_the_next_heading() {
    check(
        r##"<!-- description: Thin. --><h1 id="top"><a class="header" href="#top">The shim</a></h1><p>It was <em>thin</em>.</p>
        <h2 id="why"><a class="header" href="#why">Why</a></h2><p>One.</p><ul><li>Two<li>three</ul>
        <h3 id="how">How</h3><p>So.</p><h4 id="details">Details</h4><p>And so.</p>"##,
        &expect![[r"
            Name
            Page # [] The shim | Thin. It was thin.
            Section #why [] Why | One. Two three
            Section #how [Why] How | So. Details And so.
        "]],
    );
}

#[test]
fn citations_sources_and_hidden_text_are_left_out() {
    check(
        r##"<h1>Page</h1><p>Claim.<span class="cite">&#8288;<sup><a href="#source-1">1</a></sup>
        <span class="cite-note" hidden>Title</span></span> More.</p>
        <p hidden>Hidden</p><svg><text>Picture</text></svg>
        <section class="sources"><h2 id="sources">Sources</h2><ol><li>Title</ol></section>"##,
        &expect![[r"
            Name
            Page # [] Page | Claim. More.
        "]],
    );
}

#[test]
fn the_cells_of_a_table_stay_apart() {
    check(
        "<h1>Page</h1><table><tr><th>Call</th><th>Cost</th></tr><tr><td>Version</td><td>2</td></tr>
        </table><p>After.</p>",
        &expect![[r"
            Name
            Page # [] Page | · Call · Cost · Version · 2 After.
        "]],
    );
}

#[test]
fn an_entry_of_a_timeline_is_found_by_itself() {
    check(
        r#"<h1>Timeline</h1><p>Before.</p><ol class="timeline"><li class="timeline-year">2022<ol>
        <li class="timeline-entry" id="on-2022-05-03"><p class="timeline-head"><time>3 May<span
        class="visually-hidden"> 2022</span></time> <span>Kubernetes</span></p>
        <p class="timeline-claim">Gone.<span class="cite">1</span></p></li></ol></li></ol><p>After.</p>"#,
        &expect![[r"
            Name
            Page # [] Timeline | Before. 2022 After.
            Entry #on-2022-05-03 [Timeline] 3 May 2022 Kubernetes | Gone.
        "]],
    );
}

#[test]
fn of_a_simulation_the_captions_are_kept_once() {
    check(
        r#"<h1>Page</h1><h2 id="see">See</h2><p>Play it.</p><dockershim-simulator id="sim-1">
        <div class="sim-scroll"><svg><text>Picture</text></svg></div>
        <section class="sim-list"><p>Totals</p><ol class="sim-phases"><li><span class="sim-phase">Start</span>
        <ol><li><span class="sim-time">0 s</span> <code class="sim-chip">RunPodSandbox</code> The kubelet asks.
        <span class="sim-took">2 ms</span><details>{}</details><ol><li>dockershim answers.</li></ol></li>
        <li>dockershim answers.</li></ol></li></ol></section>
        </dockershim-simulator><p>Done.</p>"#,
        &expect![[r"
            Name
            Page # [] Page | 
            Section #see [] See | Play it. Done.
            Simulation #sim-1 [See] See | RunPodSandbox The kubelet asks. · dockershim answers.
        "]],
    );
}

#[test]
fn a_page_without_text_is_named() {
    let error = Page::read("a.html", "<p>No main</p>").expect_err("no <main>");
    assert!(matches!(error, PageError::NoMain { .. }));
    assert!(error.to_string().contains("`a.html`"), "{error}");
}
