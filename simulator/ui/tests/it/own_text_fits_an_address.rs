//! A manifest becomes short enough for an address, comes back as it was, and mutilated it is refused.

use simulator_ui::squeeze::{TEXT_MAX, squeeze, unsqueeze};

const POD: &str = "apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\n  labels:\n    app: web\nspec:\n  \
    containers:\n  - name: main\n    image: nginx:1.27\n    ports:\n    - containerPort: 80\n";

#[test]
fn there_and_back() {
    let long = POD.repeat(40);
    for text in ["", "a", "é", "网页：一个 Pod", POD, &long, &"x".repeat(5_000)] {
        let letters = squeeze(text).expect("it is short enough");
        assert_eq!(unsqueeze(&letters).as_deref(), Some(text));
        let plain = |letter: char| letter.is_ascii_alphanumeric() || letter == '-' || letter == '_';
        assert!(letters.chars().all(plain), "{letters}");
    }
}

#[test]
fn a_usual_manifest_takes_less_than_its_own_length() {
    let letters = squeeze(POD).expect("it is short enough");
    assert!(letters.len() * 2 < POD.len(), "{} letters for {}", letters.len(), POD.len());
}

#[test]
fn what_is_too_long_is_refused_both_ways() {
    assert_eq!(squeeze(&"x".repeat(TEXT_MAX + 1)), None);
    // Pointing at what was just written makes a little text long: it stops at the limit.
    let bomb = format!("AAH_{}", "AR_".repeat(400_000));
    assert_eq!(unsqueeze(&bomb), None);
}

#[test]
fn one_changed_letter_is_noticed() {
    let letters = squeeze(POD).expect("it is short enough");
    let mut noticed = 0;
    for at in 0..letters.len() {
        let mut changed = letters.clone().into_bytes();
        changed[at] = if changed[at] == b'B' { b'C' } else { b'B' };
        let changed = String::from_utf8(changed).expect("letters");
        noticed += usize::from(unsqueeze(&changed).as_deref() != Some(POD) || changed == letters);
        assert_ne!(unsqueeze(&letters[..at]).as_deref(), Some(POD), "cut at {at}");
    }
    // The last letter may hold bits that belong to no byte.
    assert!(noticed + 1 >= letters.len(), "{noticed} of {}", letters.len());
}
