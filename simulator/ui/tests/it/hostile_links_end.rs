//! Whatever an address says, reading it ends, without a panic, in a stage or in a message; and what
//! is read is written so that it reads the same again.

use simulator_model::RuntimePath;
use simulator_model::prng::Prng;
use simulator_ui::address::Address;
use simulator_ui::command::Command;
use simulator_ui::link;
use simulator_ui::playback::Action;
use simulator_ui::setup::Setup;
use simulator_ui::squeeze::{squeeze, unsqueeze};

use crate::both;

/// How many links are read; `cargo xtask bench` asks for a million.
const INPUTS: u64 = 20_000;

/// Links that lead somewhere, of both versions.
const CORPUS: [&str; 8] = [
    "?sim=2~c.simple~l.dockershim~l.containerd.s~a.0.s99~p~q",
    "?sim=2~c.crash~l.dockershim~l.cri-dockerd~l.containerd~l.cri-o~a.3.t2000000~v.table",
    "?sim=2~c.simple~l.dockershim~f.2000000.kill-container.main~f.5.lose-cni~n.7~k.1.24",
    "?a=b&sim=2~c.oom~l.cri-o~a.0.t-50000~v.terminal&embed=1",
    "?sim=v1~sim-1.containerd.s12",
    "?sim=v1~sim-1.dockershim.t1500000.p~sim-2.containerd.s3",
    "?sim=%32~c.%73imple~l.dockershim",
    "?&&=&sim",
];

/// Pieces that mean something in a link.
const PIECES: [&str; 24] = [
    "~",
    ".",
    "&",
    "=",
    "?",
    "%",
    "%7E",
    "sim=",
    "2~",
    "v1~",
    "c.",
    "y.",
    "l.",
    "f.",
    "n.",
    "k.",
    "a.",
    "p",
    "q",
    "-",
    "99999999999999999999",
    "-9223372036854775808",
    "容器",
    "\u{0}",
];

fn below(prng: &mut Prng, bound: usize) -> usize {
    let bound = u64::try_from(bound.max(1)).expect("a length fits");
    usize::try_from(prng.below(bound)).expect("a place fits")
}

/// A link with pieces put in, cut out, doubled and changed.
fn mutated(corpus: &[String], prng: &mut Prng) -> String {
    let mut letters: Vec<char> = corpus[below(prng, corpus.len())].chars().collect();
    for _ in 0..=below(prng, 6) {
        let at = below(prng, letters.len() + 1);
        let end = (at + below(prng, 12)).min(letters.len());
        match below(prng, 4) {
            0 => drop(letters.drain(at..end)),
            1 => {
                let copy = letters[at..end].to_vec();
                letters.splice(at..at, copy);
            }
            2 => {
                let piece = PIECES[below(prng, PIECES.len())].chars();
                letters.splice(at..at, piece);
            }
            _ => {
                let letter = u32::try_from(below(prng, 0x300)).ok().and_then(char::from_u32);
                letters.splice(at..end, letter);
            }
        }
    }
    letters.into_iter().collect()
}

#[test]
fn mutated_links() {
    let count = std::env::var("FUZZ_INPUTS").ok().and_then(|count| count.parse().ok());
    let paths = [RuntimePath::Dockershim, RuntimePath::Containerd];
    let plain = Setup::new("simple", &paths);
    let figure = both();
    let mut corpus: Vec<String> = CORPUS.map(str::to_owned).to_vec();
    let own = "kind: Pod\nmetadata: {name: web}\nspec: {containers: [{name: a, image: b}]}\n";
    corpus.push(format!("?sim=2~y.{}~l.dockershim", squeeze(own).expect("it is short")));
    let (mut led, mut refused) = (0_u64, 0_u64);
    for seed in 0..count.unwrap_or(INPUTS) {
        let query = mutated(&corpus, &mut Prng::new(seed));
        match Address::read(&query, "sim-1", &plain) {
            Ok(address) => {
                led += 1;
                let again = Address::read(&address.write(&query), "sim-1", &plain);
                assert_eq!(again.as_ref(), Ok(&address), "seed {seed}: {query:?}");
                if let Some((lane, at)) = address.at {
                    let _ = figure.follow_run(lane, at, address.polls);
                }
            }
            Err(_) => refused += 1,
        }
        if let Ok(Some(place)) = link::read(&query, "sim-1") {
            let again = link::read(&link::write(&query, "sim-1", &place), "sim-1");
            assert_eq!(again, Ok(Some(place.clone())), "seed {seed}: {query:?}");
            let _ = figure.follow(&place);
        }
        let _ = (Action::parse(&query), Command::parse(&query), unsqueeze(&query));
    }
    assert!(led > 1_000 && refused > 1_000, "links of both kinds: {led} lead, {refused} do not");
}
