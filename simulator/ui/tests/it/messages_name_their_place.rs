//! A message about the reader's own text says in words where it is, in either language.

use simulator_ui::markup::write_placed;
use simulator_view::Lang;

fn placed(message: &str, lang: Lang) -> String {
    let mut out = String::new();
    write_placed(&mut out, message, lang);
    out
}

#[test]
fn line_and_column_are_told_in_words() {
    assert_eq!(placed("own:8:11: no YAML: a tab", Lang::En), "line 8, column 11: no YAML: a tab");
    assert_eq!(
        placed("own:8:11：不是合法的 YAML：有制表符", Lang::ZhCn),
        "第 8 行第 11 列：不是合法的 YAML：有制表符"
    );
}

#[test]
fn what_names_no_place_stays_as_it_is() {
    for message in ["the run has 7 calls: too many", "own", "own:8", "simple:1:2: from a file"] {
        assert_eq!(placed(message, Lang::En), message);
    }
}
