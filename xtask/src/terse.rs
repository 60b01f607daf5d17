//! Takes out of a wasm module what is there only to word a panic.
//!
//! A panic traps. What it says before, and where in the source it happened, goes to the console for
//! whoever works on the simulator, and `cargo xtask serve` keeps it. On the site it would be 3 % of
//! what every reader downloads.

use walrus::ir::Value;
use walrus::{ConstExpr, DataKind, FunctionBuilder, FunctionKind, Module};

/// The functions of Rust's libraries that put a message together and never return, by the
/// beginnings of their names.
const WORDY: [&str; 14] = [
    "__rustc::rust_begin_unwind",
    "alloc::alloc::handle_alloc_error",
    "alloc::raw_vec::capacity_overflow",
    "alloc::raw_vec::handle_error",
    "console_error_panic_hook::hook",
    "core::cell::panic_already",
    "core::option::expect_failed",
    "core::option::unwrap_failed",
    "core::panicking::",
    "core::result::unwrap_failed",
    "core::slice::copy_from_slice_impl::len_mismatch_fail",
    "core::slice::index::slice_index_fail",
    "core::str::slice_error_fail",
    "std::thread::local::panic_access_error",
];

/// What prints the values in those messages, and what carries them, by the beginnings of their
/// names. Nothing else does so in the player (clippy's `use_debug` sees to that in its crates, and
/// in what they use of the model), but as they are called by way of a table, the optimiser cannot
/// know.
const TOLD: [&str; 5] = [
    "<char as core::fmt::Debug>::",
    "<core::ops::range::Range<usize> as core::fmt::Debug>::",
    "<usize as core::fmt::Debug>::",
    "<&usize as core::fmt::Debug>::",
    "<std::panicking::panic_handler::",
];

/// The size of a `core::panic::Location`: address and length of the file's name, line, column.
const PLACE: usize = 16;

/// Makes panics trap without a word. `alone` where only they print values as Rust writes them.
pub(crate) fn make(module: &mut Module, alone: bool) {
    silence(module, &WORDY);
    if alone {
        silence(module, &TOLD);
    }
    blank_places(module);
}

/// Leaves of the wordy functions only that they trap; what only they used goes with the optimiser.
fn silence(module: &mut Module, wordy: &[&str]) {
    let is_wordy = |name: &str| {
        let name = format!("{:#}", rustc_demangle::demangle(name));
        wordy.iter().any(|wordy| name.starts_with(wordy))
    };
    let wordy = module.funcs.iter().filter(|it| it.name.as_deref().is_some_and(is_wordy));
    for id in wordy.map(walrus::Function::id).collect::<Vec<_>>() {
        let signature = module.types.get(module.funcs.get(id).ty());
        let (takes, gives) = (signature.params().to_vec(), signature.results().to_vec());
        let mut trap = FunctionBuilder::new(&mut module.types, &takes, &gives);
        trap.func_body().unreachable();
        let arguments = takes.iter().map(|kind| module.locals.add(*kind)).collect();
        module.funcs.get_mut(id).kind = FunctionKind::Local(trap.local_func(arguments));
    }
}

/// Overwrites the places in the source, and the names of its files, with zeros. They are constants
/// that nothing refers to any more, which the optimiser cannot know of data.
fn blank_places(module: &mut Module) {
    for id in module.data.iter().map(walrus::Data::id).collect::<Vec<_>>() {
        let data = module.data.get_mut(id);
        let DataKind::Active { offset: ConstExpr::Value(Value::I32(start)), .. } = data.kind else {
            continue;
        };
        let Ok(start) = usize::try_from(start) else { continue };
        blank_places_in(&mut data.value, start);
    }
}

/// The same in one piece of memory, which begins at an address.
fn blank_places_in(memory: &mut [u8], start: usize) {
    let mut names = Vec::new();
    let mut at = start.next_multiple_of(4) - start;
    while at + PLACE <= memory.len() {
        match file_of(memory, start, at) {
            Some(name) => {
                memory[at..at + PLACE].fill(0);
                names.push(name);
                at += PLACE;
            }
            None => at += 4,
        }
    }
    for name in names {
        memory[name].fill(0);
    }
}

/// Where the name of the file is, if there is a place in the source at `at`.
fn file_of(memory: &[u8], start: usize, at: usize) -> Option<std::ops::Range<usize>> {
    let number = |nth: usize| -> Option<usize> {
        let bytes = memory.get(at + 4 * nth..)?.first_chunk()?;
        usize::try_from(u32::from_le_bytes(*bytes)).ok()
    };
    let [address, length, line, column] = [number(0)?, number(1)?, number(2)?, number(3)?];
    let name = address.checked_sub(start)?;
    let name = name..name.checked_add(length)?;
    let sensible = (1..100_000).contains(&line) && (1..1_000).contains(&column);
    (sensible && memory.get(name.clone())?.ends_with(b".rs")).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A page of memory from address 1026: text, a file's name, a place in it, a pointer to text.
    fn memory(line: u32) -> Vec<u8> {
        let mut memory = b"hello\0src/app.rs".to_vec();
        memory.resize(18, 7);
        for number in [1032, 10, line, 9, 1026, 5] {
            memory.extend(u32::to_le_bytes(number));
        }
        memory
    }

    #[test]
    fn places_and_names_of_files_go_and_nothing_else() {
        let (before, mut after) = (memory(77), memory(77));
        blank_places_in(&mut after, 1026);
        assert_eq!(after[..6], before[..6], "the text");
        assert_eq!(after[6..16], [0; 10], "the name of the file");
        assert_eq!(after[18..34], [0; 16], "the place");
        assert_eq!(after[34..], before[34..], "the pointer to the text");
    }

    #[test]
    fn what_is_no_place_stays() {
        let mut after = memory(0);
        blank_places_in(&mut after, 1026);
        assert_eq!(after, memory(0));
    }

    #[test]
    fn a_wordy_function_only_traps() {
        let mut module = Module::default();
        let told = "<char as core::fmt::Debug>::fmt";
        for name in ["core::panicking::panic_fmt", "simulator_ui::mount", told] {
            let mut function = FunctionBuilder::new(&mut module.types, &[], &[]);
            function.name(name.to_owned()).func_body().i32_const(7).drop();
            let id = function.finish(vec![], &mut module.funcs);
            module.exports.add(name, id);
        }
        make(&mut module, true);
        let instructions = |name: &str| {
            let id = module.funcs.by_name(name).expect("it is there still");
            let function = module.funcs.get(id).kind.unwrap_local();
            let block = function.block(function.entry_block());
            block.instrs.iter().map(|(it, _)| format!("{it:?}")).collect::<Vec<_>>()
        };
        assert_eq!(instructions("core::panicking::panic_fmt"), ["Unreachable(Unreachable)"]);
        assert_eq!(instructions(told), ["Unreachable(Unreachable)"]);
        assert_eq!(instructions("simulator_ui::mount").len(), 2);
    }
}
