//! What a browser asks for to show a page: `page-weight PAGE…`, each page given from the site's root.
#![allow(clippy::print_stdout, reason = "the table is what this program is for")]

use std::collections::BTreeSet;

use anyhow::{Context, Result};
use site_tests::engine::{Engine, Installed};
use site_tests::pool::Pool;
use site_tests::site;

fn main() -> Result<()> {
    let dir = site::dir().context("SITE_DIR names no built site; use `cargo xtask bench`")?;
    let installed = Installed::from_environment(Engine::Chromium)
        .context("CHROMIUM and CHROMEDRIVER are not set; use `cargo xtask bench`")?;
    let pool = Pool::start(installed, &dir)?;
    for page in std::env::args().skip(1) {
        pool.with_browser(|browser| {
            browser.devtools("Network.clearBrowserCache", serde_json::json!({}))?;
            browser.go(&pool.site.url(&page))?;
            // A figure near the viewport is then loading; give it the time to finish.
            std::thread::sleep(std::time::Duration::from_secs(2));
            let loaded = browser.run(
                "return [location.href.replace(location.hash, '')].concat(
                   performance.getEntriesByType('resource').map((entry) => entry.name))",
            )?;
            let files: BTreeSet<&str> = loaded
                .as_array()
                .into_iter()
                .flatten()
                .filter_map(|url| url.as_str()?.strip_prefix(pool.site.base()))
                .collect();
            let bytes: Vec<Vec<u8>> = files
                .iter()
                .filter_map(|file| std::fs::read(dir.join(file.split('?').next()?)).ok())
                .collect();
            let raw: usize = bytes.iter().map(Vec::len).sum();
            let sent: usize = bytes.iter().map(|bytes| gzip(bytes)).sum();
            println!("  {page:32} {:2} requests {raw:8} bytes, {sent:7} gzip", files.len());
            Ok(())
        })?;
    }
    pool.stop();
    Ok(())
}

fn gzip(bytes: &[u8]) -> usize {
    use std::io::Write;
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(bytes).and_then(|()| encoder.finish()).map_or(bytes.len(), |sent| sent.len())
}
