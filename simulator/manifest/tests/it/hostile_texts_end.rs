//! Whatever the text, reading ends soon, within limits and without a panic.

use simulator_manifest::fuzz::Tally;
use simulator_manifest::scenario::{Course, implied};
use simulator_manifest::{Lang, NODES_MAX, Options, TEXT_MAX, read};
use simulator_model::clock::Duration;
use simulator_model::pod::Source;
use simulator_model::{RuntimePath, simulate};

use crate::{corpus, told};

#[test]
fn too_long() {
    let text = "a".repeat(TEXT_MAX + 1);
    assert!(told(&text).contains("at most 1500000 are read"));
}

#[test]
fn too_deep() {
    let text = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    let told = told(&text);
    assert!(told.contains("nested too deep") || told.contains("no YAML"), "{told}");
    assert!(self::told(&"- ".repeat(100_000)).contains("nested too deep"));
}

#[test]
fn an_alias_bomb() {
    let mut text = "a: &a0 [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
    for level in 1..12 {
        let inside = format!("*a{}, ", level - 1).repeat(10);
        text += &format!("b{level}: &a{level} [{inside}]\n");
    }
    assert!(told(&text).contains("too many values"));
}

#[test]
fn aliases_that_nest() {
    let mut text = "a0: &a0 [[[[[[[[x]]]]]]]]\n".to_owned();
    for level in 1..20 {
        text += &format!("a{level}: &a{level} [[[[[[[[*a{}]]]]]]]]\n", level - 1);
    }
    assert!(told(&text).contains("nested too deep"));
}

#[test]
fn too_many_values() {
    let text = "x: [\n".to_owned() + &" 1,\n".repeat(NODES_MAX + 1) + " ]\n";
    assert!(told(&text).contains("too many values"));
}

#[test]
fn more_mistakes_than_anybody_reads() {
    let fields: String = (0..1_000).map(|index| format!("field{index}: 1\n")).collect();
    let text = format!("apiVersion: v1\nkind: Pod\nmetadata: {{name: a}}\n{fields}");
    let reading = read(&text, &Options::default());
    assert_eq!(reading.mistakes.len(), 101);
    assert!(reading.mistakes[100].text(Lang::En).contains("and 901 more"));
}

/// `fuzz-manifests` does the same for as long as one likes.
#[test]
fn mutated_manifests() {
    let corpus = corpus();
    let mut tally = Tally::default();
    let mut played = 0;
    for seed in 0..20_000 {
        let pods = tally.take(&corpus, seed).expect("every answer holds");
        assert!(pods.len() <= simulator_manifest::PODS_MAX);
        // Whatever can be read can be played to its end.
        if !pods.is_empty() && played < 60 {
            played += 1;
            let course = Course { end_at: Some(Duration::from_secs(60)), ..Course::default() };
            let path = RuntimePath::ALL[played % 4];
            simulate(&implied("mutated", Source::Api, pods, course), path, seed);
        }
    }
    assert_eq!(played, 60);
    assert!(tally.fine > 100 && tally.mistakes > 1_000, "the texts are of both kinds: {tally:?}");
}
