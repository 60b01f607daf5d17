//! What counts as a word.

use elasticlunr::Language;
use expect_test::{Expect, expect};
use site_search::token::Mixed;

fn check(text: &str, expected: &Expect) {
    expected.assert_eq(&Mixed::default().tokenize(text).join(" "));
}

#[test]
fn chinese_is_cut_into_pairs_and_ends_in_a_single_character() {
    check("移除垫片", &expect!["移除 除垫 垫片 片"]);
    check("垫", &expect!["垫"]);
    check("移除，垫片。", &expect!["移除 除 垫片 片"]);
}

#[test]
fn chinese_and_latin_part_without_a_space() {
    check("从dockershim迁移", &expect!["从 dockershim 迁移 移"]);
    check("Kubernetes 1.24 移除了它", &expect!["kubernet kubernetes 1 24 移除 除了 了它 它"]);
}

#[test]
fn english_words_have_their_stem_and_common_ones_are_left_out() {
    check("The deprecation of the shims", &expect!["deprec deprecation shim shims"]);
}

#[test]
fn identifiers_are_found_by_their_parts() {
    check("RunPodSandbox", &expect!["runpodsandbox run podsandbox pod sandbox"]);
    check("CRIRuntime", &expect!["criruntim criruntime cri runtim runtime"]);
    check("gRPC", &expect!["grpc g rpc"]);
}

#[test]
fn paths_flags_and_versions_are_found_by_their_words() {
    check("/var/run/dockershim.sock", &expect!["var run dockershim sock"]);
    check("--container-runtime", &expect!["contain container runtim runtime containerruntime"]);
    check("v1.24.0", &expect!["v1 1 24 0"]);
    check("CRI v1alpha2", &expect!["cri v1alpha2"]);
}

#[test]
fn names_with_a_hyphen_are_also_written_without() {
    check("CRI-O", &expect!["cri o crio"]);
}

#[test]
fn what_an_apostrophe_adds_is_no_word() {
    check("Docker's socket", &expect!["docker socket"]);
    check("Docker’s", &expect!["docker"]);
}

#[test]
fn full_width_latin_is_latin() {
    check("ＣＲＩ／Ｄｏｃｋｅｒ", &expect!["cri docker"]);
}
