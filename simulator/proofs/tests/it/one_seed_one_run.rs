//! The same scenario, path and seed give the same run to the byte, and another seed another run.

use simulator_model::simulate;
use simulator_proofs::digest;

use crate::everything;

#[test]
fn every_run_repeats_itself() {
    for (scenario, path) in everything() {
        let digest = |seed| digest::of(&simulate(&scenario, path, seed));
        let first = digest(11);
        assert_eq!(first, digest(11), "{} on {path}", scenario.name);
        assert_ne!(first, digest(12), "{} on {path}", scenario.name);
    }
}
