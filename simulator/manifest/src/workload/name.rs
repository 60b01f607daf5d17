//! Names that are made up: in form those of Kubernetes, and the same each time.

use crate::tree::{Node, Value};

/// What made-up names are spelt with: no vowels and nothing that looks like another
/// (apimachinery, pkg/util/rand/rand.go).
const ALPHABET: &[u8] = b"bcdfghjklmnpqrstvwxz2456789";
/// How long the made-up part is, and the part before it at most
/// (apiserver, pkg/storage/names/generate.go).
const SUFFIX: usize = 5;
const PREFIX_MAX: usize = 58;

/// A name of `generateName`, for the pod with this number.
pub(super) fn generated(prefix: &str, index: usize) -> String {
    let prefix: String = prefix.chars().take(PREFIX_MAX).collect();
    let mut state = fnv(prefix.bytes().chain(index.to_le_bytes()));
    let mut name = prefix;
    for _ in 0..SUFFIX {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        name.push(letter((state >> 16) as usize));
    }
    name
}

/// The hash of a template, spelt as Kubernetes spells it (`pkg/controller/controller_utils.go`,
/// `ComputeHash`). Kubernetes hashes Go's own picture of the template, which only Go can draw: the
/// value differs, the form does not.
pub(super) fn template_hash(template: &Node) -> String {
    let mut bytes = Vec::new();
    spell(template, &mut bytes);
    fnv(bytes.into_iter()).to_string().bytes().map(|digit| letter(digit.into())).collect()
}

fn letter(number: usize) -> char {
    ALPHABET[number % ALPHABET.len()].into()
}

/// FNV-1a.
fn fnv(bytes: impl Iterator<Item = u8>) -> u32 {
    let step = |hash: u32, byte: u8| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193);
    bytes.fold(0x811c_9dc5, step)
}

fn spell(node: &Node, out: &mut Vec<u8>) {
    match &node.value {
        Value::Scalar(scalar) => out.extend(scalar.text.bytes()),
        Value::List(items) => items.iter().for_each(|item| spell(item, out)),
        Value::Map(entries) => {
            for entry in entries {
                out.extend(entry.key.bytes());
                spell(&entry.value, out);
            }
        }
    }
    out.push(0);
}
