//! `site-links`: reads addresses with their places from standard input, asks for each, and tells
//! those that are gone. `cargo xtask links` hands it those of the books.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a command line talks to its user")]

use std::io::Read as _;
use std::process::ExitCode;

use anyhow::{Context, Result};
use site_links::{Address, Manners, Verdict, ask, read};

fn main() -> Result<ExitCode> {
    let mut lines = String::new();
    std::io::stdin().read_to_string(&mut lines).context("reading addresses")?;
    let addresses = read(&lines);
    println!("asking for {} addresses", addresses.len());
    let verdicts = ask(&addresses, Manners::default());
    let (mut gone, mut undecided) = (0, 0);
    for (address, verdict) in addresses.iter().zip(&verdicts) {
        match verdict {
            Verdict::There => {}
            Verdict::Undecided(why) => {
                undecided += 1;
                tell("look yourself", address, why);
            }
            Verdict::Gone(why) => {
                gone += 1;
                tell("gone", address, why);
            }
        }
    }
    println!(
        "{} there, {undecided} that a program may not see, {gone} gone",
        addresses.len() - gone - undecided
    );
    Ok(if gone == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn tell(what: &str, address: &Address, why: &str) {
    println!("{what}: {} ({why})", address.url);
    for place in &address.places {
        println!("    {place}");
    }
}
