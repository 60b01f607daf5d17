//! Matching blocks of two sequences, as Python's `difflib.SequenceMatcher` finds them without junk:
//! the longest block first, then the same on either side of it.

/// A run of equal elements.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Block {
    /// Where it begins in the first sequence.
    pub(super) a: usize,
    /// Where it begins in the second.
    pub(super) b: usize,
    /// How long it is.
    pub(super) len: usize,
}

/// The blocks in order, with an empty one at the end of both.
pub(super) fn blocks<T: PartialEq>(a: &[T], b: &[T]) -> Vec<Block> {
    let mut left = vec![(0, a.len(), 0, b.len())];
    let mut found = Vec::new();
    while let Some((from_a, to_a, from_b, to_b)) = left.pop() {
        let block = longest(a, b, (from_a, to_a), (from_b, to_b));
        if block.len > 0 {
            found.push(block);
            left.push((from_a, block.a, from_b, block.b));
            left.push((block.a + block.len, to_a, block.b + block.len, to_b));
        }
    }
    found.sort_unstable();
    found.push(Block { a: a.len(), b: b.len(), len: 0 });
    found
}

/// The longest block; of equal ones the first in `a`, then the first in `b`.
fn longest<T: PartialEq>(a: &[T], b: &[T], of_a: (usize, usize), of_b: (usize, usize)) -> Block {
    let mut best = Block { a: of_a.0, b: of_b.0, len: 0 };
    // Lengths of the blocks that end at the element before, by place in `b` plus one.
    let mut before = vec![0; of_b.1 + 1];
    for (i, element) in a.iter().enumerate().take(of_a.1).skip(of_a.0) {
        let mut now = vec![0; of_b.1 + 1];
        for j in of_b.0..of_b.1 {
            if *element != b[j] {
                continue;
            }
            let len = before[j] + 1;
            now[j + 1] = len;
            if len > best.len {
                best = Block { a: i + 1 - len, b: j + 1 - len, len };
            }
        }
        // A block cannot begin before the range.
        now[of_b.0] = 0;
        before = now;
    }
    best
}
