//! What the tests of the built site stand on.
//!
//! - [`site`]: the built site and its pages
//! - [`server`]: serves it from the root or from a sub-path
//! - [`driver`]: starts and ends the browser's driver
//! - [`browser`]: one browser window, in plain blocking calls, and axe-core in it
//! - [`pool`]: hands windows to tests
//!
//! The tests themselves are in `tests/browser/`. They run against the site that `cargo xtask test` built
//! (`SITE_DIR`); without a site or a browser they count as skipped, never as passed.

mod axe;
pub mod browser;
pub mod driver;
pub mod pool;
pub mod server;
pub mod site;
