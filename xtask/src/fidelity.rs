//! `cargo xtask fidelity`: the simulated node held against every recording of a real one.

use std::ffi::OsString;

use anyhow::Result;

use crate::toolchain::{cargo, run as run_tool};

/// Options of `fidelity`: those of `dockershim-sim fidelity`.
#[derive(clap::Args)]
pub(crate) struct Options {
    /// Scenarios, and options of `dockershim-sim fidelity` such as --verbose, --seeds N, --list
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    rest: Vec<OsString>,
}

/// Builds the program and lets it print the table; fails when that does.
pub(crate) fn run(options: &Options) -> Result<()> {
    let arguments = ["run", "--quiet", "--package", "dockershim-sim", "--", "fidelity"];
    run_tool(cargo().args(arguments).args(&options.rest), "dockershim-sim fidelity")
}
