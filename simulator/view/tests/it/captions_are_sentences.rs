//! Every step of every recording can be told, in both languages, in one sentence or two.

use simulator_view::caption::{caption, plain};
use simulator_view::{Lang, Step};

use crate::all;

#[test]
fn whole_and_closed() {
    for run in all() {
        for step in &run.steps {
            for lang in Lang::ALL {
                let told = caption(&run, step, lang);
                let end = lang.pick(".", "。");
                assert!(told.ends_with(end) || is_bare(step, &told), "{told}");
                assert_eq!(told.matches('`').count() % 2, 0, "{told}");
                assert!(!told.contains("  ") && !told.contains("``"), "{told}");
                assert!(!plain(&told).contains('`'));
            }
        }
    }
}

/// A mark that the captions do not know is shown as it is.
fn is_bare(step: &Step, told: &str) -> bool {
    matches!(step.what, simulator_view::What::Mark(_)) && told.starts_with('`')
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
