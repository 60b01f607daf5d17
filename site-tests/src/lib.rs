//! What the tests of the built site stand on.
//!
//! - [`site`]: the built site and its pages
//! - [`server`]: serves it from the root or from a sub-path
//! - [`engine`]: Chromium, Firefox and WebKit, as far as they are there
//! - [`driver`]: starts and ends Chromium's driver; Firefox is spoken to as it is, and WebKit has
//!   a driver for each window
//! - [`browser`]: one browser window, in plain blocking calls, and axe-core in it
//! - [`pool`]: hands windows to tests
//!
//! The tests themselves are in `tests/browser/`. They run against the site that `cargo xtask test` built
//! (`SITE_DIR`); without a site or a browser they count as skipped, never as passed.

mod axe;
pub mod browser;
pub mod driver;
pub mod engine;
mod firefox;
mod marionette;
pub mod pool;
mod process;
pub mod server;
pub mod site;
mod webkit;
