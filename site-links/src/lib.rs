//! Asks whether the addresses that the books name outside the site are still there.
//!
//! - [`Address`]: an address and the places that name it, read from lines of text.
//! - [`ask`]: all of them are asked, politely: few at a time, each host one after the other with a
//!   pause, each answer waited for only so long.
//! - [`Verdict`]: there, gone, or undecided where a host will not tell a program.

mod address;
mod asking;

pub use address::{Address, read};
pub use asking::{Manners, Verdict, ask};
