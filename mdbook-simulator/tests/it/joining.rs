//! Lines of a Chinese paragraph are joined without a space.

use expect_test::{Expect, expect};
use mdbook_simulator::language::Language;

use crate::sample::render;

fn check(text: &str, expected: &Expect) {
    expected.assert_eq(&render(Language::ZhCn, text));
}

#[test]
fn between_chinese_characters_and_punctuation() {
    check(
        "移除\n垫片\n“引号”\n——破折号，\n。句号\n",
        &expect![[r#"
        移除垫片“引号”——破折号，。句号
    "#]],
    );
}

#[test]
fn latin_words_keep_their_space_but_not_beside_full_width_punctuation() {
    check(
        "中文\nkubelet\n中文，\nkubelet\n（括号\nlatin\nlatin\n",
        &expect![[r#"
        中文
        kubelet
        中文，kubelet（括号
        latin
        latin
    "#]],
    );
}

#[test]
fn marks_between_the_characters_do_not_matter() {
    check(
        "这是**粗体**\n*斜体*和[链接\n文字](a.md)\n后文 \n末尾\n",
        &expect![[r#"
        这是**粗体**<!-- -->*斜体*和[链接文字](a.md)后文末尾
    "#]],
    );
}

#[test]
fn emphasis_stays_emphasis() {
    // Without anything in between, Markdown would not close `**` between 。 and a character.
    check(
        "**粗体。**\n后文\n**“引号”**\n",
        &expect![[r#"
        **粗体。**<!-- -->后文<!-- -->**“引号”**
    "#]],
    );
}

#[test]
fn quotations_and_lists_lose_their_line_starts() {
    check(
        "> 引用\n> 继续\n\n- 列表\n  继续\n\n第一段\n\n第二段\n",
        &expect![[r#"
        > 引用继续

        - 列表继续

        第一段

        第二段
    "#]],
    );
}

#[test]
fn code_is_left_alone() {
    let text = "`代码`\n`代码\n内`\n\n```text\n中文\n中文\n```\n\n    缩进\n    代码\n";
    check(
        text,
        &expect![[r#"
        `代码`
        `代码
        内`

        ```text
        中文
        中文
        ```

            缩进
            代码
    "#]],
    );
}

#[test]
fn hard_breaks_stay() {
    check(
        "一行  \n二行\\\n三行\n",
        &expect![[r#"
        一行  
        二行\
        三行
    "#]],
    );
}

#[test]
fn around_citations() {
    let text = "前文。{{cite cri-introduced}}\n后文\n{{cite cri-introduced}}\n末尾\n";
    let rendered = render(Language::ZhCn, text);
    let body = rendered.split("\n\n<section").next().unwrap_or_default();
    assert!(!body.trim_end().contains('\n'), "a line break is left in {body}");
}

#[test]
fn english_is_not_touched() {
    assert_eq!(render(Language::En, "中文\n中文\n"), "中文\n中文\n");
}
