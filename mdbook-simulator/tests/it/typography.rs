//! Chinese punctuation and spacing.

use std::path::Path;

use expect_test::expect;
use mdbook_simulator::check::typography_in_facts;
use mdbook_simulator::facts;

use crate::sample::Sample;

/// What is wrong with the Chinese front page, given its text.
fn findings(text: &str) -> String {
    let page = format!("<!-- description: x -->\n\n# 首页 {{#front}}\n\n{text}\n");
    let both = ["en", "zh-CN"].map(|language| format!("book/{language}/src/index.md"));
    Sample::with(&both.each_ref().map(|file| (file.as_str(), page.as_str()))).findings()
}

#[test]
fn what_is_right() {
    let text = "kubelet 用 CRI 与**运行时**通信，见 `docker ps`、[说明](index.md)；1.24 起（2022 年）不再如此……\n\
                他说：“好。”他还——想了想——说 “don't panic”，带 --flag 和 unix:///x.y:1,2 等 (a, b).\n\n\
                | 列 |\n|---|\n| containerd 1.6 |\n\n- 第一项 <span>x</span> 在此\n";
    assert_eq!(findings(text), "");
}

#[test]
fn every_mistake_has_its_line() {
    expect![[r#"
        book/zh-CN/src/index.md:5: half-width `!` beside a Chinese character; write `！`
        book/zh-CN/src/index.md:5: half-width `,` beside a Chinese character; write `，`
        book/zh-CN/src/index.md:5: half-width `.` beside a Chinese character; write `。`
        book/zh-CN/src/index.md:5: half-width `:` beside a Chinese character; write `：`
        book/zh-CN/src/index.md:5: half-width `;` beside a Chinese character; write `；`
        book/zh-CN/src/index.md:5: half-width `?` beside a Chinese character; write `？`
        book/zh-CN/src/index.md:6: half-width `(` beside a Chinese character; write `（`
        book/zh-CN/src/index.md:6: half-width `)` beside a Chinese character; write `）`
        book/zh-CN/src/index.md:7: no space between `I` and `通`; put one between Chinese and Latin letters, digits or code
        book/zh-CN/src/index.md:7: no space between ``` and `用`; put one between Chinese and Latin letters, digits or code
        book/zh-CN/src/index.md:7: no space between `用` and `C`; put one between Chinese and Latin letters, digits or code
        book/zh-CN/src/index.md:7: no space between `用` and ```; put one between Chinese and Latin letters, digits or code
        book/zh-CN/src/index.md:8: a space beside `。`, which has its own white space; remove it
        book/zh-CN/src/index.md:8: a space beside `，`, which has its own white space; remove it
        book/zh-CN/src/index.md:9: full-width `１`; write it half-width
        book/zh-CN/src/index.md:9: full-width `Ｃ`; write it half-width
        book/zh-CN/src/index.md:9: full-width `Ｉ`; write it half-width
        book/zh-CN/src/index.md:9: full-width `Ｒ`; write it half-width
        book/zh-CN/src/index.md:10: `"` is not the quotation mark of this book; write “ and ”, inside them ‘ and ’
        book/zh-CN/src/index.md:10: `「` is not the quotation mark of this book; write “ and ”, inside them ‘ and ’
        book/zh-CN/src/index.md:10: `」` is not the quotation mark of this book; write “ and ”, inside them ‘ and ’
        book/zh-CN/src/index.md:11: an ellipsis in Chinese is `……`
        book/zh-CN/src/index.md:12: a dash in Chinese is `——`, and a range is written with 至 or 到
        book/zh-CN/src/index.md:13: a space between `好` and `好`; Chinese characters have none between them
    "#]].assert_eq(&findings(
        "好,好.好:好;好!好?\n好(好)好\n用CRI通信，**用**CRI、[用](index.md)CRI，用`x`，`x`用\n好， 好 。好\nＣＲＩ１\n\
         「好」\"好\"\n好…好...好。。\n好—好--好–好\n好 好",
    ));
}

#[test]
fn the_facts_and_the_glossary_are_set_right() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../book/facts");
    let (facts, _) = facts::load(&folder, Path::new("book/facts"));
    assert!(facts.chinese_texts().len() > 600, "the texts were not found");
    let wrong: Vec<String> = typography_in_facts(&facts)
        .into_iter()
        .map(|(owner, mistake)| format!("{owner}: {mistake}"))
        .collect();
    assert_eq!(wrong, [""; 0]);
}
