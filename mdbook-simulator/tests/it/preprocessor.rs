//! The program as mdBook calls it: JSON in, JSON or mistakes out.

use std::io::Write;
use std::process::{Command, Output, Stdio};

use expect_test::expect;
use serde_json::{Value, json};

use crate::sample::Sample;

fn program() -> Command {
    Command::new(env!("CARGO_BIN_EXE_mdbook-simulator"))
}

/// Runs the program the way mdBook does.
pub(crate) fn run(input: &Value) -> Output {
    let mut child = program()
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let mut stdin = child.stdin.take().expect("its input");
    stdin.write_all(input.to_string().as_bytes()).expect("the program reads");
    drop(stdin);
    child.wait_with_output().expect("the program ends")
}

/// What mdBook sends for the front page of the English book.
fn input(sample: &Sample, preprocessor: &Value) -> Value {
    input_of(sample, "en", "index.md", preprocessor)
}

/// What mdBook sends for one page of a book.
pub(crate) fn input_of(sample: &Sample, book: &str, page: &str, preprocessor: &Value) -> Value {
    let file = sample.book(book).join("src").join(page);
    let content = std::fs::read_to_string(file).expect("the page");
    let chapter = json!({
        "name": "Front", "content": content, "number": null, "sub_items": [],
        "path": page, "source_path": page, "parent_names": [],
    });
    let config = json!({
        "book": { "language": book }, "preprocessor": { "simulator": preprocessor },
    });
    json!([
        {
            "root": sample.book(book), "config": config, "renderer": "html",
            "mdbook_version": "0.5.4",
        },
        { "items": [{ "Chapter": chapter }] },
    ])
}

#[test]
fn a_book_comes_out_without_directives() {
    let text = "<!-- description: Front. -->\n# Front {#front}\n\nCRI. {{cite cri-introduced}}\n";
    let sample = Sample::with(&[("book/en/src/index.md", text), ("book/zh-CN/src/index.md", text)]);
    let output = run(&input(&sample, &json!({ "before": ["links"] })));
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
    assert!(output.status.success());
    let book: Value = serde_json::from_slice(&output.stdout).expect("a book");
    let content = book["items"][0]["Chapter"]["content"].as_str().expect("its text");
    assert!(content.contains("## Sources {#sources}"), "{content}");
}

#[test]
fn a_mistake_fails_the_build() {
    let text = "<!-- description: Front. -->\n# Front {#front}\n\nCRI. {{cite cri-introducd}}\n";
    let sample = Sample::with(&[("book/en/src/index.md", text), ("book/zh-CN/src/index.md", text)]);
    let output = run(&input(&sample, &json!({})));
    assert!(!output.status.success());
    assert!(output.stdout.is_empty());
    expect![[r#"
        book/en/book.toml:1: the preprocessor must see the pages before files are included; add `before = ["links"]` to [preprocessor.simulator]
        book/en/src/index.md:4: unknown fact `cri-introducd`; facts are in book/facts/*.toml, each with an `id`; did you mean `cri-introduced`?
    "#]].assert_eq(&String::from_utf8_lossy(&output.stderr));
}

#[test]
fn only_html_is_supported() {
    let supports = |renderer: &str| {
        program().args(["supports", renderer]).status().expect("the program runs").success()
    };
    assert!(supports("html"));
    assert!(!supports("markdown"));
}

#[test]
fn check_on_the_command_line() {
    let sample = Sample::with(&[("book/zh-CN/src/index.md", "# x {#front}\n")]);
    let output = program().arg("check").arg(sample.book("en")).output().expect("it runs");
    assert!(!output.status.success());
    expect![[r#"
        book/zh-CN/src/index.md:1: the page has no description; make its first line `<!-- description: one sentence, at most 160 characters -->`
    "#]].assert_eq(&String::from_utf8_lossy(&output.stderr));
}

#[test]
fn arguments_that_mean_nothing() {
    let output = program().args(["chek", "book/en"]).output().expect("it runs");
    assert!(!output.status.success());
    expect![[r#"
        error: unknown arguments `chek book/en`; valid ones are
        mdbook-simulator                     read a book from mdBook, write it without directives
        mdbook-simulator supports RENDERER   succeed if RENDERER is html
        mdbook-simulator check BOOK          check both books, given the folder of one, such as book/en
        mdbook-simulator report BOOK         count what both books hold
        mdbook-simulator addresses BOOK      list the addresses of other sites, with the places that name them
        mdbook-simulator accept BOOK [PAGE]… note that pages match their twins; without PAGE, all that
                                             changed in both languages
        mdbook-simulator fingerprint LANG    read a text in en or zh-CN, write its fingerprints for `own_words`
    "#]].assert_eq(&String::from_utf8_lossy(&output.stderr));
}
